/* SPDX-License-Identifier: MIT
 *
 * The proof marks of a text with what mends them, for a page or a script: what
 * text/mend.h cannot know (who writes, where, the day, the library) is put in.
 */
#ifndef NEWSROOM_MARK_H
#define NEWSROOM_MARK_H

#include <stdbool.h>

#include "base/err.h"
#include "page/view_desk_write.h"

struct manuscript;
struct stet;
struct visit;

enum { MARKS_MOST = 200 }; /* shown of one story */

/* Of STORY, whose marks that somebody let stand are told apart. WITH_PLACE:
 * where the story has no place, that of the newest ones in its section is
 * looked up: for a page, not for each save. The marks live as long as the visit
 * and M. Results are those of the paper; RC_NO_MEMORY. */
MUST_USE enum rc mark_fill(struct visit *v, int64_t story,
    const struct manuscript *m, bool with_place, struct view_marks *ret_marks,
    struct err *err);

/* Those of the N in V that a text was found to have (stet_read). */
MUST_USE enum rc mark_stands(struct visit *v, const struct stet *stets,
    size_t n, struct view_stands *ret_stands, struct err *err);

#endif
