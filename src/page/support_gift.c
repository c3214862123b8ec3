/* SPDX-License-Identifier: MIT
 *
 * The page of a gift: the amount, the code and the address, where it stands,
 * and how to check it. Its receipt is in support_receipt.c.
 */
#include "page/money.h"
#include "page/page.h"
#include "page/qr.h"
#include "page/support_priv.h"

/* "about €10 · 17,000 sat" below the amount in bitcoin. */
static void put_worth(const struct sheet *s, const struct view_gift *g)
{
	struct piece value[2] = {{.kind = PIECE_MONEY, .money = g->value}};
	struct buf sat;

	if (!g->coin.code.n || g->coin.decimals != 8)
		return;
	buf_init(&sat, 64);
	money_write_sat(&sat, s->words, g->coin);
	html_lit(s->b, "<p class=\"worth\">");
	if (g->value.code.n) {
		html_lit(s->b, "<span>");
		support_say(s, SAY_ABOUT, value);
		html_lit(s->b, "</span> ");
	}
	html_lit(s->b, "<bdi dir=\"ltr\">");
	html_text(s->b, buf_str(&sat));
	html_lit(s->b, "</bdi></p>\n");
	buf_done(&sat);
}

/* How the amounts above hang together, and for how long; what else counts is
 * said only where there is an address to send it to. */
static void put_quote(const struct sheet *s, const struct view_gift *g)
{
	struct piece quote[2] = {
	    {.kind = PIECE_NUMBER, .number = g->quote_minutes},
	    {.kind = PIECE_CLOCK, .time = g->quote_until},
	};
	bool is_set = g->rate.set_day.month != 0;
	struct buf *b = s->b;

	if (!g->has_quote && g->value.code.n && !g->coin.code.n &&
	    !g->is_paused)
		support_note(s, HTML("quote"), SAY_NO_QUOTE, NULL);
	if (!g->has_quote || !g->coin.code.n)
		return;
	html_lit(b, "<p class=\"quote\">");
	support_rate(s, &g->rate, g->is_quote_over || g->is_paused);
	if (!g->is_paused)
		html_lit(b, "<br>");
	if (g->is_paused) {
		html_lit(b, "</p>\n");
		return;
	}
	if (g->is_quote_over) {
		support_say(s, SAY_QUOTE_OVER, NULL);
	} else {
		support_say(s, is_set ? SAY_QUOTE_SET : SAY_QUOTE, quote);
		html_lit(b, " ");
		support_say(s, SAY_QUOTE_LATER, NULL);
	}
	html_lit(b, "</p>\n");
}

static void put_head(const struct sheet *s, const struct view_gift *g)
{
	struct piece name[2] = {support_purpose(s, &g->purpose)};
	bool is_for_paper = !g->purpose.value.n && !g->purpose.name.n;
	enum saying label = is_for_paper ? SAY_GIFT : SAY_GIFT_FOR;
	struct view_money money = g->coin.code.n    ? g->coin
				  : g->value.code.n ? g->value
						    : g->total_coin;
	bool is_to_be_paid = g->state == VIEW_GIFT_WAITING && !g->is_paused;

	html_lit(s->b, "<header>\n");
	if (money.code.n || is_to_be_paid) {
		html_lit(s->b, "<p class=\"kicker\">");
		support_say(s, label, name);
		html_lit(s->b, "</p>\n");
	}
	html_lit(s->b, "<h1>");
	if (money.code.n)
		support_money(s, money);
	else
		support_say(s, is_to_be_paid ? SAY_ANY_AMOUNT : label, name);
	html_lit(s->b, "</h1>\n");
	put_worth(s, g);
	put_quote(s, g);
	html_lit(s->b, "</header>\n");
}

/* What must be known before paying. */
static void put_warnings(const struct sheet *s, const struct view_gift *g)
{
	struct piece until[2] = {{.kind = PIECE_DATE, .time = g->given_until}};

	support_network(s, g->network);
	support_unverified(s, g);
	if (g->given_until.month && !g->is_paused)
		support_note(s, HTML("warning"), SAY_OUT_OF_TIME, until);
	if (g->is_shared)
		support_note(s, HTML("warning"), SAY_SHARED, NULL);
}

static void put_address(const struct sheet *s, const struct view_gift *g)
{
	struct buf *b = s->b;

	html_lit(b, "<section class=\"pay\">\n");
	(void)qr_put(
	    b, g->qr.n ? g->qr : g->uri, words_saying(s->words, SAY_QR));
	html_lit(b, "<div>\n");
	support_heading(s, SAY_ADDRESS);
	html_lit(b, "<p>");
	support_address(s, g->address);
	html_lit(b, "</p>\n");
	support_note(s, HTML("hint"), SAY_ADDRESS_HINT, NULL);
	if (html_url_is_payment(g->uri)) {
		html_lit(b, "<p><a class=\"button\"");
		html_payment_url(b, g->uri);
		html_lit(b, ">");
		support_say(s, SAY_OPEN_WALLET, NULL);
		html_lit(b, "</a></p>\n");
	}
	html_lit(b, "</div>\n</section>\n");
}

static void put_confirmations(
    const struct sheet *s, uint32_t n, uint32_t wanted)
{
	struct piece both[2] = {
	    {.kind = PIECE_NUMBER, .number = n},
	    {.kind = PIECE_NUMBER, .number = wanted},
	};

	html_lit(s->b, " <span class=\"count\">");
	support_say(s, SAY_N_OF_M, both);
	html_lit(s->b, "</span>");
}

/* One step: its sign, its name, and "now" if it is the present one. */
static void put_step(
    const struct sheet *s, const struct view_gift *g, enum view_gift_state step)
{
	struct buf *b = s->b;
	bool is_now = step == g->state;
	bool is_done = g->state != VIEW_GIFT_REVERSED && step < g->state;

	if (is_now)
		html_lit(b, "<li aria-current=\"step\"><i aria-hidden=\"true\">"
			    "●</i> ");
	else if (is_done)
		html_lit(b, "<li class=\"done\"><i aria-hidden=\"true\">✓</i> "
			    "<span class=\"heard\">");
	else
		html_lit(b, "<li class=\"later\"><i aria-hidden=\"true\">○</i> "
			    "<span class=\"heard\">");
	if (!is_now) {
		support_say(s, is_done ? SAY_DONE : SAY_TO_COME, NULL);
		html_lit(b, "</span> ");
	}
	html_lit(b, "<span>");
	support_say(s, support_state(step), NULL);
	html_lit(b, "</span>");
	if (is_now && step == VIEW_GIFT_CONFIRMED)
		put_confirmations(s, g->confirmations, g->wanted);
	if (is_now) {
		html_lit(b, " <em>");
		support_say(s, SAY_NOW, NULL);
		html_lit(b, "</em>");
	}
	html_lit(b, "</li>\n");
}

/* What another transaction has replaced does not. */
static bool can_come_back(const struct view_gift *g)
{
	for (size_t i = 0; i < g->payments_n; i++)
		if (g->payments[i].state == VIEW_GIFT_REVERSED &&
		    g->payments[i].was_settled && !g->payments[i].is_replaced)
			return true;
	return false;
}

static void put_states(const struct sheet *s, const struct view_gift *g)
{
	struct buf *b = s->b;

	html_lit(b, "<section class=\"states\">\n");
	support_heading(s, SAY_STATE);
	html_lit(b, "<ol>\n");
	for (int step = VIEW_GIFT_WAITING; step <= VIEW_GIFT_SETTLED; step++)
		put_step(s, g, (enum view_gift_state)step);
	if (g->state == VIEW_GIFT_REVERSED)
		put_step(s, g, VIEW_GIFT_REVERSED);
	html_lit(b, "</ol>\n");
	if (g->state == VIEW_GIFT_SETTLED)
		support_note(s, HTML("thanks"), SAY_THANKS, NULL);
	if (g->state == VIEW_GIFT_REVERSED && can_come_back(g))
		support_note(s, HTML("sentence"), SAY_REVERSED_TEXT, NULL);
	html_lit(b, "</section>\n");
}

static void put_payment(const struct sheet *s, const struct view_payment *p)
{
	struct buf *b = s->b;

	html_lit(b, "<li>");
	support_money(s, p->coin);
	if (p->value.code.n) {
		html_lit(b, " <span>");
		support_money(s, p->value);
		html_lit(b, "</span>");
	}
	html_lit(b, " <span>");
	support_say(s, support_payment_state(p), NULL);
	html_lit(b, "</span>");
	if (p->state == VIEW_GIFT_CONFIRMED)
		put_confirmations(s, p->confirmations, p->wanted);
	html_lit(b, " ");
	support_time(s, p->time, TIME_BOTH);
	if (p->value.code.n && p->rate.price.code.n) {
		html_lit(b, "<p class=\"hint\">");
		support_rate(s, &p->rate, true);
		html_lit(b, "</p>\n");
	}
	if (p->is_late && p->state != VIEW_GIFT_REVERSED)
		support_note(s, HTML("hint"), SAY_LATE, NULL);
	if (p->is_replaced && p->was_settled)
		support_note(s, HTML("hint"), SAY_REPLACED, NULL);
	if (p->is_dropped && p->was_settled)
		support_note(s, HTML("hint"), SAY_DROPPED, NULL);
	if (p->txid.n) {
		html_lit(b, "<code dir=\"ltr\">");
		html_text(b, p->txid);
		html_lit(b, "</code>");
	}
	html_lit(b, "</li>\n");
}

/* More than one payment that counts, of those that are listed. */
static bool has_several(const struct view_gift *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->payments_n; i++)
		n += g->payments[i].state != VIEW_GIFT_REVERSED;
	return n > 1;
}

/* Under, over, several: all is said, and all counts. */
static void put_fit(const struct sheet *s, const struct view_gift *g)
{
	struct piece sums[2] = {
	    {.kind = PIECE_MONEY, .money = g->total_coin},
	    {.kind = PIECE_MONEY, .money = g->coin},
	};

	if (g->fit == VIEW_FIT_UNDER && !g->is_paused)
		support_note(s, HTML("sentence"), SAY_UNDER, sums);
	if (g->fit == VIEW_FIT_OVER)
		support_note(s, HTML("sentence"), SAY_OVER, sums);
	if (has_several(g))
		support_note(s, HTML("sentence"), SAY_SEVERAL, NULL);
}

static void put_payments(const struct sheet *s, const struct view_gift *g)
{
	struct piece all[2] = {
	    {.kind = PIECE_NUMBER, .number = g->payments_all}};

	if (!g->payments_n)
		return;
	html_lit(s->b, "<section class=\"payments\">\n");
	support_heading(s, SAY_PAYMENTS);
	put_fit(s, g);
	if (g->payments_all > g->payments_n)
		support_note(s, HTML("sentence"), SAY_NEWEST_ONLY, all);
	html_lit(s->b, "<ol>\n");
	for (size_t i = 0; i < g->payments_n; i++)
		put_payment(s, &g->payments[i]);
	html_lit(s->b, "</ol>\n</section>\n");
}

static void put_check(const struct sheet *s, const struct view_gift *g)
{
	struct piece numbers[2] = {
	    {.kind = PIECE_NUMBER, .number = g->proof.batch},
	    {.kind = PIECE_NUMBER, .number = g->proof.leaf},
	};
	struct buf *b = s->b;

	if (!g->proof.text.n)
		return;
	html_lit(b, "<details>\n<summary>");
	support_say(s, SAY_CHECK, NULL);
	html_lit(b, "</summary>\n");
	support_note(s, HTML("sentence"), SAY_CHECK_TEXT, NULL);
	html_lit(b, "<dl>\n");
	support_row(s, SAY_KEY);
	html_lit(b, "<code dir=\"ltr\">");
	html_text(b, g->proof.key);
	html_lit(b, "</code>");
	support_row_end(s);
	support_row(s, SAY_PROOF);
	support_say(s, SAY_BATCH, numbers);
	support_row_end(s);
	html_lit(b, "</dl>\n<pre tabindex=\"0\" role=\"region\" dir=\"ltr\"");
	html_attr(b, "aria-label", words_saying(s->words, SAY_PROOF));
	html_lit(b, ">");
	html_text(b, g->proof.text);
	html_lit(b, "</pre>\n");
	support_link(s, g->proof.verify_url, SAY_SEE_VERIFY);
	html_lit(b, "</details>\n");
}

static void put_keep(const struct sheet *s, const struct view_gift *g)
{
	struct piece seconds[2] = {
	    {.kind = PIECE_NUMBER, .number = g->refresh_s}};
	struct buf *b = s->b;

	html_lit(b, "<section class=\"keep\">\n");
	support_heading(s, SAY_KEEP);
	support_note(s, HTML("sentence"), SAY_KEEP_TEXT, NULL);
	html_lit(b, "<p><code dir=\"ltr\">");
	html_text(b, s->paper->origin);
	html_text(b, g->url);
	html_lit(b, "</code></p>\n");
	support_link(s, g->receipt_url, SAY_RECEIPT_LINK);
	if (g->refresh_s)
		support_note(s, HTML("hint refreshes"), SAY_REFRESHES, seconds);
	html_lit(b, "</section>\n");
}

void page_support_gift(
    struct buf *b, const struct view_paper *paper, const struct view_gift *gift)
{
	bool is_to_be_paid = gift->state == VIEW_GIFT_WAITING;
	struct sheet s = support_sheet(b, paper,
	    is_to_be_paid && gift->is_paused ? SAY_PAUSED
					     : support_state(gift->state));

	sheet_start(&s);
	html_lit(b, "<article class=\"gift\">\n");
	put_head(&s, gift);
	put_warnings(&s, gift);
	/* Until something has come, how to pay; then what has become of it. */
	if (!is_to_be_paid)
		put_states(&s, gift);
	if (!is_to_be_paid)
		put_payments(&s, gift);
	if (gift->is_paused)
		support_paused(&s);
	else
		put_address(&s, gift);
	/* Without a proof nobody knows that nothing has come. */
	if (is_to_be_paid && !gift->is_paused)
		put_states(&s, gift);
	if (is_to_be_paid)
		put_payments(&s, gift);
	if (!gift->is_paused)
		put_check(&s, gift);
	put_keep(&s, gift);
	html_lit(b, "</article>\n");
	sheet_end(&s);
}
