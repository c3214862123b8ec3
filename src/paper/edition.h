/* SPDX-License-Identifier: MIT
 *
 * The writing side of public.db: what readers may see. All of it happens
 * inside a transaction of paper->edition, which the caller begins and commits,
 * and puts the database into a state: doing it twice changes nothing.
 */
#ifndef PAPER_EDITION_H
#define PAPER_EDITION_H

#include <stdbool.h>
#include <stdint.h>

#include "paper/paper_priv.h"

/* Bits of story.flags; the numbers lie in files. */
enum { EDITION_CORRECTED = 1, EDITION_OPINION = 2, EDITION_CHANGED = 4 };

/* Lists of the table "listing": all stories, a term by its id, or a day. */
enum { EDITION_ALL = 0 };
int64_t edition_day_list(int32_t year, unsigned month, unsigned day);

/* Puts a published story in, or its newest form. IS_NEW promises that it was
 * never in public.db. IS_TOLD writes change rows for it (else the caller
 * writes edition_tell(paper, STR("all"))). */
MUST_USE enum rc edition_put(struct paper *paper, const struct story_row *row,
    const struct fields *f, bool is_new, bool is_told);
/* The day of PATH, its month and its year have changed AT, though no story came
 * into them: one was taken out. */
MUST_USE enum rc edition_mark_day(
    struct paper *paper, struct str path, struct instant at);
/* Takes a story out of all lists. Addresses stay; with HAS_NOTE they answer
 * with the note of the withdrawal. */
MUST_USE enum rc edition_take(
    struct paper *paper, int64_t id, bool has_note, struct str note);
/* One more address of a story; nothing if it is known. */
MUST_USE enum rc edition_address(
    struct paper *paper, struct str path, int64_t id);
/* The present form of a term, if IS_SHOWN or if readers know it. */
MUST_USE enum rc edition_term(
    struct paper *paper, const struct term *term, bool is_shown);
/* Takes a section out that has no stories and is not named. */
MUST_USE enum rc edition_hide_section(struct paper *paper, int64_t id);
/* All that stands in the section FROM stands in the section TO. */
MUST_USE enum rc edition_move(struct paper *paper, int64_t from, int64_t to);
MUST_USE enum rc edition_settings(
    struct paper *paper, struct paper_settings *settings);
/* Empties it, for a new start from paper.db. */
MUST_USE enum rc edition_clear(struct paper *paper);

/* Tells readers that what has TAG was changed (paper/told.h). */
MUST_USE enum rc edition_tell(struct paper *paper, struct str tag);
/* Writes what was counted but not yet written; before every commit. */
MUST_USE enum rc edition_flush(struct paper *paper);

/* Numbers of the table "meta"; 0 where there is none. */
MUST_USE enum rc edition_number(
    struct paper *paper, struct str key, int64_t *ret_value);
MUST_USE enum rc edition_set_number(
    struct paper *paper, struct str key, int64_t value);
MUST_USE enum rc edition_set_text(
    struct paper *paper, struct str key, struct str value);

#endif
