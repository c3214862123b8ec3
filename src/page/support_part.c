/* SPDX-License-Identifier: MIT
 *
 * The parts of support pages; see support_priv.h.
 */
#include "page/support_priv.h"

#include "page/lang.h"
#include "page/money.h"

enum { MONEY_TEXT_MAX = 256, GROUP = 4, YEAR_DAYS = 365 };

void support_money(const struct sheet *s, struct view_money money)
{
	struct buf text;

	buf_init(&text, MONEY_TEXT_MAX);
	money_write(&text, s->words, money);
	html_lit(s->b, "<bdi class=\"sum\" dir=\"ltr\">");
	html_text(s->b, buf_str(&text));
	html_lit(s->b, "</bdi>");
	buf_done(&text);
}

void support_time(const struct sheet *s, struct civil c, enum time_form form)
{
	if (c.month)
		sheet_time(s, s->words, c, form);
	else
		html_lit(s->b, "–");
}

static void put_piece(const struct sheet *s, const struct piece *piece)
{
	switch (piece->kind) {
	case PIECE_TEXT:
		html_lit(s->b, "<bdi");
		lang_attrs(s->b, piece->lang, s->lang);
		html_lit(s->b, ">");
		html_text(s->b, piece->text);
		html_lit(s->b, "</bdi>");
		return;
	case PIECE_NUMBER:
		money_number(s->b, s->words, piece->number);
		return;
	case PIECE_MONEY:
		support_money(s, piece->money);
		return;
	case PIECE_DATE:
		support_time(s, piece->time, TIME_DATE);
		return;
	case PIECE_CLOCK:
		support_time(s, piece->time, TIME_CLOCK);
		return;
	case PIECE_MOMENT:
		support_time(s, piece->time, TIME_BOTH);
		return;
	}
}

void support_say(
    const struct sheet *s, enum saying saying, const struct piece pieces[2])
{
	struct str rest = words_saying(s->words, saying);

	sheet_words_start(s, s->words);
	while (rest.n) {
		size_t at = str_find(rest, '%');
		bool is_first = str_starts(str_from(rest, at), STR("%1"));

		html_text(s->b, str_part(rest, 0, at));
		if (at < rest.n && pieces)
			put_piece(s, &pieces[is_first ? 0 : 1]);
		rest = str_from(rest, at + 2);
	}
	sheet_words_end(s, s->words);
}

void support_theirs(const struct sheet *s, struct str text)
{
	html_lit(s->b, "<bdi");
	lang_attrs(s->b, s->paper->lang, s->lang);
	html_lit(s->b, ">");
	html_text(s->b, text);
	html_lit(s->b, "</bdi>");
}

void support_note(const struct sheet *s, struct html class, enum saying saying,
    const struct piece pieces[2])
{
	html_lit(s->b, "<p class=\"");
	html_raw(s->b, class);
	html_lit(s->b, "\">");
	support_say(s, saying, pieces);
	html_lit(s->b, "</p>\n");
}

void support_heading(const struct sheet *s, enum saying saying)
{
	html_lit(s->b, "<h2>");
	support_say(s, saying, NULL);
	html_lit(s->b, "</h2>\n");
}

void support_bar(const struct sheet *s, uint32_t permille)
{
	if (permille > 1000)
		permille = 1000;
	/* As attributes: the policy lets no style attribute in. */
	html_lit(s->b, "<svg class=\"bar\" aria-hidden=\"true\">"
		       "<rect height=\"100%\" width=\"");
	buf_printf(s->b, "%u.%u", permille / 10, permille % 10);
	html_lit(s->b, "%\"></rect></svg>\n");
}

/* The dates of a bar that is a year long. */
static void put_scale(const struct sheet *s, const struct view_runway *runway)
{
	struct civil from = runway->as_of;
	struct civil to = from;

	to.year++;
	if (to.month == 2 && to.day == 29)
		to.day = 28;
	from.has_time = false;
	to.has_time = false;
	html_lit(s->b, "<p class=\"scale\">");
	support_time(s, from, TIME_DATE);
	html_lit(s->b, " ");
	support_time(s, to, TIME_DATE);
	html_lit(s->b, "</p>\n");
}

void support_runway(const struct sheet *s, const struct view_runway *runway)
{
	struct piece until[2] = {{.kind = PIECE_DATE, .time = runway->until}};
	uint64_t days = runway->is_over ? 0 : runway->days;

	if (!runway->is_known || !runway->as_of.month)
		return;
	until[0].time.has_time = false;
	html_lit(s->b, "<p class=\"funded\">");
	if (runway->is_over)
		support_say(s, SAY_FUNDED_OVER, NULL);
	else
		support_say(s, SAY_FUNDED, until);
	html_lit(s->b, "</p>\n");
	support_bar(
	    s, days >= YEAR_DAYS ? 1000 : (uint32_t)(days * 1000 / YEAR_DAYS));
	put_scale(s, runway);
}

/* The paper's own words, which are marked on a page in another language. */
static void put_theirs(const struct sheet *s, struct str text)
{
	if (lang_same(s->paper->lang, s->lang))
		html_text(s->b, text);
	else
		support_theirs(s, text);
}

static void put_campaign(const struct sheet *s, const struct view_campaign *c)
{
	struct piece sums[2] = {
	    {.kind = PIECE_MONEY, .money = c->raised},
	    {.kind = PIECE_MONEY, .money = c->goal},
	};
	struct piece ends[2] = {{.kind = PIECE_DATE, .time = c->ends}};

	html_lit(s->b, "<li>\n<h3>");
	support_theirs(s, c->name);
	html_lit(s->b, "</h3>\n");
	if (c->text.n) {
		html_lit(s->b, "<p>");
		put_theirs(s, c->text);
		html_lit(s->b, "</p>\n");
	}
	if (c->goal.code.n)
		support_bar(s, c->permille);
	html_lit(s->b, "<p class=\"scale\"><span>");
	if (c->goal.code.n)
		support_say(s, SAY_RAISED, sums);
	else
		support_money(s, c->raised);
	html_lit(s->b, "</span>");
	if (c->ends.month) {
		html_lit(s->b, " <span>");
		support_say(s, SAY_ENDS, ends);
		html_lit(s->b, "</span>");
	}
	html_lit(s->b, "</p>\n</li>\n");
}

void support_campaigns(
    const struct sheet *s, const struct view_campaign *v, size_t n)
{
	if (!n)
		return;
	html_lit(s->b, "<section class=\"campaigns\">\n");
	support_heading(s, SAY_CAMPAIGNS);
	html_lit(s->b, "<ul>\n");
	for (size_t i = 0; i < n; i++)
		put_campaign(s, &v[i]);
	html_lit(s->b, "</ul>\n</section>\n");
}

void support_network(const struct sheet *s, struct str network)
{
	struct piece name[2] = {{.kind = PIECE_TEXT, .text = network}};

	if (network.n)
		support_note(s, HTML("warning"), SAY_TEST_NETWORK, name);
}

struct piece support_purpose(
    const struct sheet *s, const struct view_purpose *purpose)
{
	struct str name = purpose->name;

	if (!name.n)
		name = purpose->value.n ? purpose->value
					: words_saying(s->words, SAY_FOR_PAPER);
	return (struct piece){.kind = PIECE_TEXT,
	    .text = name,
	    .lang = !purpose->name.n  ? STR_NONE
		    : purpose->lang.n ? purpose->lang
				      : s->paper->lang};
}

void support_row(const struct sheet *s, enum saying saying)
{
	html_lit(s->b, "<div><dt>");
	support_say(s, saying, NULL);
	html_lit(s->b, "</dt> <dd>");
}

void support_row_end(const struct sheet *s)
{
	html_lit(s->b, "</dd></div>\n");
}

void support_column(const struct sheet *s, enum saying saying, bool is_sum)
{
	if (is_sum)
		html_lit(s->b, "<th scope=\"col\" class=\"end\">");
	else
		html_lit(s->b, "<th scope=\"col\">");
	support_say(s, saying, NULL);
	html_lit(s->b, "</th>");
}

void support_cell(const struct sheet *s, struct view_money money)
{
	html_lit(s->b, "<td class=\"end\">");
	if (money.code.n)
		support_money(s, money);
	else
		html_lit(s->b, "–");
	html_lit(s->b, "</td>");
}

void support_link(const struct sheet *s, struct str url, enum saying saying)
{
	if (!url.n)
		return;
	html_lit(s->b, "<p class=\"further\"><a");
	html_url(s->b, "href", STR_NONE, url);
	html_lit(s->b, ">");
	support_say(s, saying, NULL);
	html_lit(s->b, "</a></p>\n");
}

void support_paused(const struct sheet *s)
{
	html_lit(s->b, "<section class=\"paused\">\n");
	support_heading(s, SAY_PAUSED);
	support_note(s, HTML("sentence"), SAY_PAUSED_TEXT, NULL);
	html_lit(s->b, "</section>\n");
}

struct sheet support_sheet(
    struct buf *b, const struct view_paper *paper, enum saying title)
{
	struct sheet s = sheet_make(b, paper, HTML("giving"));

	/* All of the page but what the paper says of itself is the catalogue's:
	 * where the paper's language has none, it is a page in another one. */
	if (!lang_same(str_of(s.words->lang), s.lang))
		s.lang = str_of(s.words->lang);
	s.is_support = true;
	s.title = words_saying(s.words, title);
	return s;
}

enum saying support_state(enum view_gift_state state)
{
	switch (state) {
	case VIEW_GIFT_WAITING:
		return SAY_WAITING;
	case VIEW_GIFT_SEEN:
		return SAY_SEEN;
	case VIEW_GIFT_CONFIRMED:
		return SAY_CONFIRMED;
	case VIEW_GIFT_SETTLED:
		return SAY_SETTLED;
	case VIEW_GIFT_REVERSED:
		return SAY_REVERSED;
	}
	return SAY_WAITING;
}

enum saying support_payment_state(const struct view_payment *payment)
{
	if (payment->state != VIEW_GIFT_REVERSED || payment->was_settled)
		return support_state(payment->state);
	return payment->is_replaced ? SAY_REPLACED : SAY_DROPPED;
}

void support_unverified(const struct sheet *s, const struct view_gift *gift)
{
	struct piece last[2] = {
	    {.kind = PIECE_MOMENT, .time = gift->verified_at}};

	if (gift->is_unverified)
		support_note(s, HTML("warning"),
		    gift->verified_at.month ? SAY_UNVERIFIED
					    : SAY_UNVERIFIED_NEVER,
		    last);
}

void support_rate(
    const struct sheet *s, const struct view_rate *rate, bool has_time)
{
	struct piece name[2] = {{.kind = PIECE_TEXT, .text = rate->source}};
	struct piece day[2] = {{.kind = PIECE_DATE, .time = rate->set_day}};
	struct buf *b = s->b;

	if (!rate->price.code.n)
		return;
	html_lit(b, "<bdi dir=\"ltr\">1\u00A0BTC = ");
	support_money(s, rate->price);
	html_lit(b, "</bdi>");
	if (rate->set_day.month) {
		sheet_say(s, WORD_COMMA);
		support_say(s, SAY_RATE_SET, day);
		return;
	}
	if (rate->sources) {
		struct buf text;

		buf_init(&text, MONEY_TEXT_MAX);
		words_sources(&text, s->words, rate->sources);
		sheet_say(s, WORD_COMMA);
		html_text(b, buf_str(&text));
		buf_done(&text);
	} else if (rate->source.n) {
		sheet_say(s, WORD_COMMA);
		support_say(s, SAY_RATE_FROM, name);
	}
	if (has_time && rate->time.month) {
		sheet_say(s, WORD_COMMA);
		support_time(s, rate->time, TIME_BOTH);
	}
}

void support_address(const struct sheet *s, struct str address)
{
	html_lit(s->b, "<code class=\"address\" dir=\"ltr\">");
	for (size_t at = 0; at < address.n; at += GROUP) {
		if (at > 0)
			html_lit(s->b, "<wbr>");
		html_lit(s->b, "<span>");
		html_text(s->b, str_part(address, at, GROUP));
		html_lit(s->b, "</span>");
	}
	html_lit(s->b, "</code>");
}
