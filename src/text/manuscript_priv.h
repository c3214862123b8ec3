/* SPDX-License-Identifier: MIT
 *
 * What the files of the manuscript share.
 */
#ifndef TEXT_MANUSCRIPT_PRIV_H
#define TEXT_MANUSCRIPT_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "text/manuscript.h"

struct arena;
struct front_node;

enum { MANUSCRIPT_LEFT_MAX = 500 };

/* A growing list of what was left out; behind MANUSCRIPT_LEFT_MAX it only
 * counts, and the last entry says so. Sticky: asks the arena once, at last. */
struct left_list {
	struct arena *a;
	struct manuscript_left *v;
	size_t n;
	size_t size;
};

/* FIELD and WHY must live as long as the arena. */
void left_add(
    struct left_list *list, struct str field, struct str why, uint32_t line);
/* The same of what keeps the story a draft (manuscript_left.holds); the list
 * has it however long it is. */
void left_hold(
    struct left_list *list, struct str field, struct str why, uint32_t line);

enum field {
	F_HEADLINE,
	F_KICKER,
	F_STANDFIRST,
	F_SLUG,
	F_URL,
	F_SECTION,
	F_CATEGORIES,
	F_AUTHORS,
	F_TAGS,
	F_DATELINE,
	F_DATE,
	F_PUBLISH_DATE,
	F_EXPIRY,
	F_UPDATED,
	F_EMBARGO,
	F_DRAFT,
	F_PUBLISHED,
	F_PUBLIC,
	F_PRIVATE,
	F_STATUS,
	F_STATE,
	F_VISIBILITY,
	F_PASSWORD,
	F_BUILD,
	F_MERGE,
	F_LANG,
	F_PICTURE,
	F_ALIASES,
	F_CORRECTIONS,
	F_TRANSLATIONS,
	FIELD_COUNT,
};

/* A head that is being read: which of its nodes is which field, and of which
 * rank the name is by which it was found. */
struct head_reading {
	struct arena *a;
	struct left_list *left;
	struct manuscript *m;
	const struct front_node *of[FIELD_COUNT];
	size_t rank[FIELD_COUNT];
};

/* Says that NODE is not carried, and why. */
void reading_leave(
    struct head_reading *r, const struct front_node *node, struct str why);
/* Keeps the story a draft because of NODE. */
void reading_hold(
    struct head_reading *r, const struct front_node *node, struct str why);
/* The same where it is not known when the story may be seen
 * (manuscript.unread). */
void reading_hold_time(
    struct head_reading *r, const struct front_node *node, struct str why);
/* Whether FIELD says when, or whether, readers may see the story. */
bool field_is_gate(enum field field);
/* A date before which nothing is held back; false, perhaps reported: none. */
bool reading_date(struct head_reading *r, const struct front_node *node,
    struct civil *ret_date);
/* Fills dates, embargo and draft; see manuscript_when.c. */
void reading_when(struct head_reading *r);

/* Reads a date in the forms that manuscript.h lists; all else is RC_INVALID,
 * for a date that is guessed may show a story years too early. */
MUST_USE enum rc manuscript_date(
    struct arena *a, struct str text, struct civil *ret_date);

/* TEXT, valid UTF-8, as a field: without controls, and what makes the letters
 * behind it read backwards. It may be TEXT itself, or nothing, as where the
 * arena is spent. */
struct str manuscript_line(struct arena *a, struct str text);
/* The same as a name: without all that is not seen, and could make it look
 * like another (script_is_unseen). */
struct str manuscript_name(struct arena *a, struct str text);

/* Cuts the first author off REST, which may name several with their mail
 * addresses: "Joe <joe@x.org>, and Ann <ann@x.org>", where "and" is cut off as
 * well. All of it where nothing behind a mail address parts two. */
struct str manuscript_cut_author(struct str *rest);

/* Fills M from the fields of HEAD. RC_NO_MEMORY. */
MUST_USE enum rc manuscript_take_fields(struct arena *a,
    const struct front_node *head, struct left_list *left,
    struct manuscript *m);

#endif
