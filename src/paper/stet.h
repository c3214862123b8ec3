/* SPDX-License-Identifier: MIT
 *
 * Proof marks of a story that somebody has let stand (text/stet.h). They are
 * no part of its text: no revision is made, and each text of the story in which
 * the same words are marked again has them. Readers see nothing of it.
 */
#ifndef PAPER_STET_H
#define PAPER_STET_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "text/stet.h"

struct arena;
struct paper;

enum {
	PAPER_STETS_MOST = PROOF_MARKS_MAX, /* of one story */
	PAPER_STET_WORDS_MAX = 1000,	    /* bytes */
};

/* Lets the mark stand; a second time says who did it last. RC_NOT_FOUND: no
 * such story; RC_INVALID: no such kind of mark, or too many words; RC_LIMIT:
 * the story has PAPER_STETS_MOST. */
MUST_USE enum rc paper_add_stet(struct paper *paper, int64_t story,
    const struct stet *stet, struct err *err);
/* It is a mark again. RC_OK also where it was one. */
MUST_USE enum rc paper_drop_stet(struct paper *paper, int64_t story,
    const struct stet *stet, struct err *err);
/* All of a story's; they live as long as the arena. */
MUST_USE enum rc paper_stets(struct paper *paper, struct arena *a,
    int64_t story, struct stet **ret_v, size_t *ret_n, struct err *err);

#endif
