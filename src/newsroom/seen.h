/* SPDX-License-Identifier: MIT
 *
 * What somebody saw in a form when they began to fill it in, so that of two
 * who save the same thing none overwrites what they have not seen. The form
 * has a hidden field "seen", made from what was saved when it was drawn:
 *
 *	ROW.HASH.HASH...	the newest row of the log then, decimal; and 16
 *				hexadecimal digits for each value, in order
 *
 * Value by value, a save then knows who changed what. What only one of the two
 * has changed is put together by itself; for the rest the form is shown again,
 * with what was saved beside what was typed, and a new "seen": sent once more,
 * it is sent knowingly. A form without the field has seen nothing.
 *
 * Blanks at the ends of a value, and how its lines end, are no difference.
 */
#ifndef NEWSROOM_SEEN_H
#define NEWSROOM_SEEN_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "page/view_theirs.h"

struct arena;
struct visit;

enum { SEEN_MOST = 40 }; /* values of a form */

struct seen {
	int64_t row;
	size_t n; /* 0: nothing was seen */
	uint64_t hash[SEEN_MOST];
};

/* The field for the N values as they are saved now. RC_NO_MEMORY, and what
 * reading the log gives. */
MUST_USE enum rc seen_write(struct visit *v, const struct str *values, size_t n,
    struct str *ret_text, struct err *err);
/* The text of a field; what is none has seen nothing. */
struct seen seen_read(struct str text);
/* What the visit's form has seen. */
struct seen seen_sent(const struct visit *v);

enum seen_fate {
	SEEN_MINE,   /* nobody else has touched it: what was typed counts */
	SEEN_THEIRS, /* only they have changed it: what they saved stays */
	SEEN_BOTH,   /* both, and not alike */
};

/* What becomes of the value AT, typed as MINE and saved as IS. */
enum seen_fate seen_fate(
    const struct seen *seen, size_t at, struct str mine, struct str is);

/* Who has saved it since then, and when: by the newest row of the log that
 * tells WHAT of ABOUT (empty: of whatever). Without one it was a command.
 * URL: the form as it is now; it has to stay. */
MUST_USE enum rc seen_by(struct visit *v, const struct seen *seen,
    struct str what, struct str about, struct str url,
    struct view_theirs *ret_theirs);

#endif
