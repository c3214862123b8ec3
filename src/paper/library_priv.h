/* SPDX-License-Identifier: MIT
 *
 * What the rest of paper/ does for the library. Private to paper/.
 */
#ifndef PAPER_LIBRARY_PRIV_H
#define PAPER_LIBRARY_PRIV_H

#include "paper/library.h"
#include "paper/paper_priv.h"

struct buf;

/* What is beyond that in one story, readers do not get. */
enum { LIBRARY_IN_STORY_MAX = 1000 };

/* The stems that S names, each once, added to the N in V. */
void library_stems(struct str s, struct str v[LIBRARY_IN_STORY_MAX], size_t *n);

/* The text F names the picture with STEM. */
bool library_is_in_fields(const struct fields *f, struct str stem);

/* Notes which pictures the newest text of a story has. HAD: it had a text
 * before. */
MUST_USE enum rc library_note_uses(
    struct paper *paper, int64_t story, const struct fields *f, bool had);

/* STAFF has asked that the files of picture ID be made anew. */
MUST_USE enum rc library_note_owed(
    struct paper *paper, int64_t id, int64_t staff);

/* Puts the pictures of a story that is published into public.db, and takes out
 * those that nothing there has any more. IS_NEW: the story was not there. */
MUST_USE enum rc library_show(
    struct paper *paper, int64_t story, const struct fields *f, bool is_new);
/* Notes those of its version NUMBER (from 1), which readers can look up. */
MUST_USE enum rc library_show_version(
    struct paper *paper, int64_t story, int64_t number, const struct fields *f);
/* Writes what readers of version NUMBER, of which F are the fields, had as
 * words of the library's pictures: records of stem, caption, credit,
 * alternative text and rights (paper/packing.h). */
MUST_USE enum rc library_pack_was(struct paper *paper, struct arena *a,
    int64_t story, int64_t number, const struct fields *f, struct buf *b);
/* Takes out all that nothing but STORY had. */
MUST_USE enum rc library_hide(struct paper *paper, int64_t story);
/* Brings one that may be there up to date. */
MUST_USE enum rc library_show_again(struct paper *paper, int64_t id);

#endif
