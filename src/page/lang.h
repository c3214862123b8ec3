/* SPDX-License-Identifier: MIT
 *
 * Languages as attributes. What a language is and which way it runs is known
 * to text/script.h.
 */
#ifndef PAGE_LANG_H
#define PAGE_LANG_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"
#include "text/script.h"

/* Written from right to left. */
bool lang_is_rtl(struct str lang);

/* Appends ' lang="fa" dir="rtl"' for words in LANG that stand among words in
 * AROUND: nothing if they are the same, dir only if it differs. An empty or
 * malformed LANG counts as AROUND. */
void lang_attrs(struct buf *b, struct str lang, struct str around);

/* Appends TEXT, which is in LANG, as text. Where LANG runs from right to left,
 * numbers that would fall apart there are kept in their order, with a bdi: what
 * has a sign (+15%), and groups of digits that are one number (+961 1 555 0100,
 * 2026-11-28, 60 000). */
void lang_numbers(struct buf *b, struct str text, struct str lang);

/* The same, and words in another script, of which there are at least two in a
 * row, get a span with language and direction ("und-Hebr", "rtl"), as they do
 * in the body of a story; all of it gets one where nearly all is in that other
 * script, with the signs at its ends. */
void lang_text(struct buf *b, struct str text, struct str lang);

/* What pages say by themselves (page/words.h) is known in LANG. */
bool lang_has_words(struct str lang);

#endif
