/* SPDX-License-Identifier: MIT
 *
 * What the rest of paper/ does for the library. Private to paper/.
 */
#ifndef PAPER_LIBRARY_PRIV_H
#define PAPER_LIBRARY_PRIV_H

#include "paper/library.h"
#include "paper/paper_priv.h"

enum { LIBRARY_IN_STORY_MAX = 200 };

/* The stems that S names, each once, added to the N in V. */
void library_stems(struct str s, struct str v[LIBRARY_IN_STORY_MAX], size_t *n);

/* Notes which pictures the newest text of a story has. HAD: it had a text
 * before. */
MUST_USE enum rc library_note_uses(
    struct paper *paper, int64_t story, const struct fields *f, bool had);

/* Puts the pictures of a story that is published into public.db. */
MUST_USE enum rc library_show(struct paper *paper, const struct fields *f);
/* Brings one that may be there up to date. */
MUST_USE enum rc library_show_again(struct paper *paper, int64_t id);

#endif
