/* SPDX-License-Identifier: MIT
 *
 * What the support pages share: sentences with money and dates in them, thin
 * bars, notes. Private to page/.
 */
#ifndef PAGE_SUPPORT_PRIV_H
#define PAGE_SUPPORT_PRIV_H

#include "page/frame.h"
#include "page/view_support.h"
#include "page/words_support.h"

/* What is put into a saying. Each is kept apart from the direction of the
 * words around it. */
struct piece {
	enum {
		PIECE_TEXT,
		PIECE_NUMBER,
		PIECE_MONEY,
		PIECE_DATE,
		PIECE_CLOCK,
		PIECE_MOMENT, /* date and time */
	} kind;
	struct str text;
	struct str lang; /* of the text; empty: the page's */
	uint64_t number;
	struct view_money money;
	struct civil time;
};

/* Appends the saying with PIECES for %1 and %2; NULL where it has none. */
void support_say(
    const struct sheet *s, enum saying saying, const struct piece pieces[2]);
/* The same as a paragraph of CLASS. */
void support_note(const struct sheet *s, struct html class, enum saying saying,
    const struct piece pieces[2]);
/* What the paper itself has written, kept apart from what stands around it. */
void support_theirs(const struct sheet *s, struct str text);
/* '<h2>' the saying '</h2>' */
void support_heading(const struct sheet *s, enum saying saying);

/* Money, set from left to right. */
void support_money(const struct sheet *s, struct view_money money);

/* A date or time; a dash where there is none (month 0). */
void support_time(const struct sheet *s, struct civil c, enum time_form form);

/* A thin bar, PERMILLE of it filled (at most all). Not read aloud: a sentence
 * beside it says the same. */
void support_bar(const struct sheet *s, uint32_t permille);

/* The sentence and the bar of a year, with the dates at its ends. Nothing if
 * it is not known. */
void support_runway(const struct sheet *s, const struct view_runway *runway);

/* The section of campaigns; nothing if there are none. */
void support_campaigns(
    const struct sheet *s, const struct view_campaign *v, size_t n);

/* That NETWORK is not one of real money; nothing if it is empty. */
void support_network(const struct sheet *s, struct str network);

/* "A gift for: The lock", as a piece of text. */
struct piece support_purpose(
    const struct sheet *s, const struct view_purpose *purpose);

/* A row of a list of terms: the saying, then what the caller adds, then
 * support_row_end. */
void support_row(const struct sheet *s, enum saying saying);
void support_row_end(const struct sheet *s);

/* Head and cell of a table; a column of sums is set to its end. A cell of
 * money without a code holds a dash. */
void support_column(const struct sheet *s, enum saying saying, bool is_sum);
void support_cell(const struct sheet *s, struct view_money money);

/* A link in a paragraph of its own; nothing if URL is empty. */
void support_link(const struct sheet *s, struct str url, enum saying saying);

/* The section that says that support is paused. */
void support_paused(const struct sheet *s);

/* A sheet of a support page. */
struct sheet support_sheet(
    struct buf *b, const struct view_paper *paper, enum saying title);

/* The state of a gift by its name; of a payment, which can also have gone
 * without ever having been in the chain. */
enum saying support_state(enum view_gift_state state);
enum saying support_payment_state(const struct view_payment *payment);

/* Why what stands here of a gift may be old, or not be so; nothing where all
 * is known. */
void support_unverified(const struct sheet *s, const struct view_gift *gift);

/* "1 BTC = £86,000, median of 3 sources"; and when, where HAS_TIME. Nothing
 * if there is no rate. */
void support_rate(
    const struct sheet *s, const struct view_rate *rate, bool has_time);

/* An address in groups of four. Copied, it is one word: what parts the groups
 * is their style. */
void support_address(const struct sheet *s, struct str address);

#endif
