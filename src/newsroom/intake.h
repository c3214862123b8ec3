/* SPDX-License-Identifier: MIT
 *
 * Raw text taken in at the desk (text/intake.h): as JSON for the editor's
 * script, or as a new draft with a note beside it that says what was done.
 */
#ifndef NEWSROOM_INTAKE_H
#define NEWSROOM_INTAKE_H

#include "base/err.h"
#include "page/desk_words.h"
#include "text/intake.h"

struct entity;
struct visit;

/* RC_INVALID: there is no text in it; RC_LIMIT: too much; RC_NO_MEMORY. */
MUST_USE enum rc intake_of(
    struct visit *v, struct str text, struct intake **ret, struct err *err);
struct entity *intake_json(struct visit *v, const struct intake *in);
/* Status 422 and the reason, as JSON. */
struct entity *intake_refuse(struct visit *v, enum msg why);
/* Keeps what was done, doubted and set aside in a note of story ID. */
MUST_USE enum rc intake_note_down(
    struct visit *v, const struct intake *in, int64_t id, struct err *err);

/* "/stories/17", in the visit's arena; p NULL without memory. */
struct str stories_url(struct visit *v, int64_t id);

#endif
