/* SPDX-License-Identifier: MIT
 *
 * A manuscript as the columns of a revision, and back.
 */
#ifndef PAPER_FIELD_H
#define PAPER_FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "text/manuscript.h"

struct arena;

/* In the order of the columns of the table "revision". */
enum field {
	FIELD_HEADLINE,
	FIELD_KICKER,
	FIELD_STANDFIRST,
	FIELD_SLUG,
	FIELD_SECTION,
	FIELD_DATELINE,
	FIELD_LANG,
	FIELD_AUTHORS,
	FIELD_TAGS,
	FIELD_ALIASES,
	FIELD_PICTURE,
	FIELD_CORRECTIONS,
	FIELD_TRANSLATIONS,
	FIELD_IS_DRAFT,
	FIELD_PUBLISHED,
	FIELD_UPDATED,
	FIELD_EMBARGO,
	FIELD_BODY,
	FIELD_COUNT,
};

struct fields {
	struct str v[FIELD_COUNT];
};

/* The columns of M; views of M or of the arena. RC_NO_MEMORY, RC_LIMIT. */
MUST_USE enum rc fields_of(
    struct arena *a, const struct manuscript *m, struct fields *ret_fields);
/* The manuscript of the columns; views of them or of the arena. "left" and
 * "body_line" are empty. RC_NO_MEMORY. */
MUST_USE enum rc fields_manuscript(
    struct arena *a, const struct fields *fields, struct manuscript *ret_m);
bool fields_equal(const struct fields *a, const struct fields *b);
/* Nothing that readers see in a story differs but names and sorting: a name
 * that was taken out is not to live on in an earlier version. */
bool fields_look_equal(const struct fields *a, const struct fields *b);

/* What two people made of BASE, together: the body by text/merge.h, lists of
 * tags and aliases item by item, each other field as a whole. *RET_CONFLICTS
 * has the bit of each field (1u << FIELD_x) in which they cannot be put
 * together; OURS stands there. RC_NO_MEMORY, RC_LIMIT. */
MUST_USE enum rc fields_merge(struct arena *a, const struct fields *base,
    const struct fields *ours, const struct fields *theirs,
    struct fields *ret_fields, uint32_t *ret_conflicts);

#endif
