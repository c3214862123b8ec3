/* SPDX-License-Identifier: MIT
 *
 * Text as it reaches a newsroom, copied out of a page or a mail, becomes a
 * draft: headline, kicker, standfirst, byline, dateline, date, picture caption
 * and credit, subheadings, quotations and body are told apart; what belongs to
 * the page or mail around the story (share buttons, support calls, headers,
 * signatures) is set aside, not thrown away.
 *
 * It works by shape, place and tables of words in a dozen languages; it does
 * not understand. So it keeps three lists for the editor: what it did, what it
 * doubts, what it set aside, each with its line in the source. The story's
 * words are never changed except for quotation marks whose damage leaves one
 * reading only, and that is said.
 *
 * A line that says that the story must wait is the first of the doubts, and the
 * draft's embargo where its day is whole: never too early, though perhaps too
 * late. A caller that does not keep the embargo must show that doubt.
 *
 * The proof marks of the draft (text/proof.h) are among the doubts, so a
 * caller need not ask for them again.
 */
#ifndef TEXT_INTAKE_H
#define TEXT_INTAKE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "text/charset.h"
#include "text/manuscript.h"

struct arena;
struct buf;

struct intake_note {
	uint32_t line;	 /* of the source, from 1; 0: about all of it */
	uint32_t column; /* in characters, from 1; 0: the whole line */
	struct str text; /* a sentence for a person */
};

/* A piece of furniture, word for word. */
struct intake_aside {
	uint32_t line;
	const char *what; /* "support call", "mail header"; lives for ever */
	struct str text;
	size_t nth; /* as it was found, from 0 */
};

struct intake_quotation {
	uint32_t line;
	struct str text; /* with its marks; it also stays in the body */
};

struct intake {
	struct manuscript m; /* is_draft; lang as found, or the paper's */
	struct charset charset;
	struct intake_note *actions;
	size_t actions_n;
	struct intake_note *doubts;
	size_t doubts_n;
	struct intake_aside *aside; /* by line, then as found */
	size_t aside_n;
	struct intake_quotation *quotations;
	size_t quotations_n;
};

/* Reads BYTES in any encoding (text/charset.h). LANG is the paper's language,
 * taken where the text does not show its own. All of the result lives as long
 * as the arena. RC_INVALID: not text, or nothing in it but furniture; RC_LIMIT:
 * a text larger than MANUSCRIPT_MAX, or a mail, with its files, larger than
 * CHARSET_MAX; RC_NO_MEMORY. */
MUST_USE enum rc intake_read(struct arena *a, struct str bytes, struct str lang,
    struct intake *ret_intake, struct err *err);

/* Appends the three lists as plain text for a person:
 *	FILE:LINE: what was done
 * under a heading each, an empty list left out. */
void intake_report(struct buf *b, const struct intake *in, struct str file);

#endif
