/* SPDX-License-Identifier: MIT
 *
 * The translations that a story names, as far as readers may see them: those
 * of this paper only while they are published. Others are none of our secrets.
 *
 * An address is of this paper when it has no host, or the host of the paper's
 * origin. It then shows nothing but what public.db has as a story; so one that
 * is written in a way that we do not understand is not shown.
 */
#ifndef PAPER_TRANSLATION_H
#define PAPER_TRANSLATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

struct arena;
struct manuscript;
struct manuscript_translation;
struct paper;
struct story_row;

/* Remembers in paper.db what story ID now names. IS_NEW: it named nothing
 * before. */
MUST_USE enum rc translation_note(
    struct paper *paper, int64_t id, struct str packed, bool is_new);
/* Those of PACKED, of story ID, that may be seen now; in the scratch arena. It
 * is not one of its own. */
MUST_USE enum rc translation_filter(
    struct paper *paper, int64_t id, struct str packed, struct str *ret_packed);
/* The same of a text that is not out: those that readers would have now. */
MUST_USE enum rc translation_seen(struct paper *paper, struct arena *a,
    int64_t id, const struct manuscript *m,
    struct manuscript_translation **ret_v, size_t *ret_n);
/* Puts right what public.db says in the stories that name ROW's, after that
 * one has come, gone, or got another address. */
MUST_USE enum rc translation_follow(
    struct paper *paper, const struct story_row *row, bool is_told);
/* A step for paper_once(): notes all of a paper of before this file, and has
 * all stories put in anew. */
MUST_USE enum rc translation_start(struct paper *paper);
/* Has all stories put in anew if the host of NEWS is another than that of
 * OLD. */
MUST_USE enum rc translation_move(
    struct paper *paper, struct str old, struct str news);

#endif
