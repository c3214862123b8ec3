/* SPDX-License-Identifier: MIT
 *
 * A story's text as the fields of a form, and back. Lists of names stand in
 * one field with commas between, or with ";" where a name has a comma in it.
 */
#ifndef NEWSROOM_STORY_FORM_H
#define NEWSROOM_STORY_FORM_H

#include "base/rc.h"
#include "page/view_desk_write.h"
#include "text/manuscript.h"

struct arena;
struct visit;

/* The names of all these fields, for a route. */
#define STORY_FORM_FIELDS                                                      \
	"kicker headline standfirst authors dateline body section lang tags "  \
	"picture alt caption credit rights"

/* The fields of M. RC_NO_MEMORY. */
MUST_USE enum rc story_form_of(
    struct arena *a, const struct manuscript *m, struct write_text *ret_text);

/* What was sent: a field that was not is that of BEFORE. Each is brought onto
 * one line, but for the body. RC_NO_MEMORY. */
MUST_USE enum rc story_form_read(const struct visit *v,
    const struct write_text *before, struct write_text *ret_text);

/* BASE with these fields; what the form does not have stays. RC_NO_MEMORY. */
MUST_USE enum rc story_form_manuscript(struct arena *a,
    const struct manuscript *base, const struct write_text *text,
    struct manuscript *ret_m);

/* The names in a list of one line. RC_NO_MEMORY. */
MUST_USE enum rc story_names_split(
    struct arena *a, struct str line, struct str_list *ret_names);
MUST_USE enum rc story_names_join(
    struct arena *a, const struct str_list *names, struct str *ret_line);

#endif
