/* SPDX-License-Identifier: MIT
 *
 * The receipt of a gift, made to be printed on one page.
 */
#include "page/money.h"
#include "page/page.h"
#include "page/qr.h"
#include "page/support_priv.h"

enum { URL_MAX = 1024 };

/* To the last decimal, so that sums stand below each other. */
static void put_sum(
    const struct sheet *s, struct view_money money, bool is_struck)
{
	struct buf text;

	buf_init(&text, 256);
	money_write_full(&text, s->words, money);
	html_lit(s->b, "<td class=\"end\"><bdi class=\"sum\" dir=\"ltr\">");
	if (is_struck && money.code.n)
		html_lit(s->b, "<s>");
	html_text(s->b, money.code.n ? buf_str(&text) : STR("–"));
	if (is_struck && money.code.n)
		html_lit(s->b, "</s>");
	html_lit(s->b, "</bdi></td>");
	buf_done(&text);
}

/* When, how far and by which transaction, and below it the sums: in one row
 * they would be wider than a phone. */
static void put_payment(const struct sheet *s, const struct view_payment *p)
{
	bool is_struck = p->state == VIEW_GIFT_REVERSED; /* in no sum */
	struct buf *b = s->b;

	html_lit(b, "<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"3\">");
	support_time(s, p->time, TIME_BOTH);
	html_lit(b, " <b>");
	support_say(s, support_payment_state(p), NULL);
	html_lit(b, "</b>");
	if (p->txid.n) {
		html_lit(b, "<code dir=\"ltr\">");
		html_text(b, p->txid);
		html_lit(b, "</code>");
	}
	if (p->value.code.n && p->rate.price.code.n) {
		html_lit(b, "<span class=\"hint\">");
		support_rate(s, &p->rate, true);
		html_lit(b, "</span>");
	}
	html_lit(b, "</th></tr>\n<tr><td></td>");
	put_sum(s, p->coin, is_struck);
	put_sum(s, p->value, is_struck);
	html_lit(b, "</tr>\n</tbody>\n");
}

static void put_payments(const struct sheet *s, const struct view_gift *g)
{
	struct buf *b = s->b;

	if (!g->payments_n) {
		support_note(s, HTML("sentence"), SAY_NOTHING_CAME, NULL);
		return;
	}
	html_lit(b, "<table>\n<thead><tr>");
	support_column(s, SAY_STATE, false);
	support_column(s, SAY_AMOUNT, true);
	support_column(s, SAY_WORTH, true);
	html_lit(b, "</tr></thead>\n");
	for (size_t i = 0; i < g->payments_n; i++)
		put_payment(s, &g->payments[i]);
	html_lit(b, "<tfoot><tr><th scope=\"row\">");
	support_say(s, SAY_TOTAL, NULL);
	html_lit(b, "</th>");
	put_sum(s, g->total_coin, false);
	put_sum(s, g->total_value, false);
	html_lit(b, "</tr></tfoot>\n</table>\n");
}

static void put_receiver(const struct sheet *s)
{
	const struct view_paper *paper = s->paper;
	struct buf *b = s->b;

	support_row(s, SAY_RECEIVED_BY);
	html_lit(b, "<bdi>");
	html_text(b, paper->publisher.n ? paper->publisher : paper->name);
	html_lit(b, "</bdi>");
	if (paper->address.n) {
		html_lit(b, "<br><bdi>");
		html_text(b, paper->address);
		html_lit(b, "</bdi>");
	}
	if (paper->origin.n) {
		html_lit(b, "<br><bdi dir=\"ltr\">");
		html_text(b, paper->origin);
		html_lit(b, "</bdi>");
	}
	support_row_end(s);
}

static void put_terms(const struct sheet *s, const struct view_gift *g)
{
	struct piece name[2] = {support_purpose(s, &g->purpose)};
	struct buf *b = s->b;

	html_lit(b, "<dl>\n");
	put_receiver(s);
	support_row(s, SAY_PURPOSE);
	html_lit(b, "<bdi>");
	html_text(b, name[0].text);
	html_lit(b, "</bdi>");
	support_row_end(s);
	support_row(s, SAY_ASKED);
	support_time(s, g->asked, TIME_BOTH);
	support_row_end(s);
	if (!g->is_paused) {
		support_row(s, SAY_ADDRESS);
		support_address(s, g->address);
		support_row_end(s);
	}
	html_lit(b, "</dl>\n");
}

/* The way back, as an address and as a code. */
static void put_way_back(const struct sheet *s, const struct view_gift *g)
{
	struct buf url;

	buf_init(&url, URL_MAX);
	buf_add(&url, s->paper->origin);
	buf_add(&url, g->url);
	html_lit(s->b, "<div class=\"back\">\n");
	if (s->paper->origin.n)
		(void)qr_put(s->b, buf_str(&url),
		    words_saying(s->words, SAY_QR_RECEIPT));
	html_lit(s->b, "<div>\n");
	support_note(s, HTML("sentence"), SAY_RECEIPT_FOOT, NULL);
	html_lit(s->b, "<p><code dir=\"ltr\">");
	html_text(s->b, buf_str(&url));
	html_lit(s->b, "</code></p>\n");
	support_link(s, g->url, SAY_BACK_TO_GIFT);
	html_lit(s->b, "</div>\n</div>\n");
	buf_done(&url);
}

void page_support_receipt(
    struct buf *b, const struct view_paper *paper, const struct view_gift *gift)
{
	struct sheet s = support_sheet(b, paper, SAY_RECEIPT);

	sheet_start(&s);
	html_lit(b, "<article class=\"receipt\">\n<header>\n<h1>");
	support_say(&s, SAY_RECEIPT, NULL);
	html_lit(b, "</h1>\n</header>\n");
	support_network(&s, gift->network);
	if (gift->is_paused)
		support_note(&s, HTML("warning"), SAY_UNPROVEN, NULL);
	support_unverified(&s, gift);
	put_terms(&s, gift);
	/* Then not all that came need be this reader's. */
	if (gift->is_shared)
		support_note(&s, HTML("warning"), SAY_SHARED, NULL);
	put_payments(&s, gift);
	if (gift->state == VIEW_GIFT_SETTLED)
		support_note(&s, HTML("thanks"), SAY_THANKS, NULL);
	put_way_back(&s, gift);
	html_lit(b, "</article>\n");
	sheet_end(&s);
}
