/* SPDX-License-Identifier: MIT
 *
 * /support: why, what it costs, how long it lasts, and the form that asks for
 * an address. Its notices, too.
 */
#include "page/body.h"
#include "page/lang.h"
#include "page/page.h"
#include "page/support_priv.h"

static void put_their_paragraph(const struct sheet *s)
{
	html_lit(s->b, "<p");
	lang_attrs(s->b, s->paper->lang, s->lang);
	html_lit(s->b, ">");
}

/* Paragraphs, parted by empty lines. */
static void put_why(const struct sheet *s, struct str why)
{
	struct str line;
	bool is_open = false;

	while (str_line(&why, &line)) {
		if (str_blank(line)) {
			if (is_open)
				html_lit(s->b, "</p>\n");
			is_open = false;
			continue;
		}
		if (is_open)
			html_lit(s->b, "\n");
		else
			put_their_paragraph(s);
		html_text(s->b, line);
		is_open = true;
	}
	if (is_open)
		html_lit(s->b, "</p>\n");
}

static void put_runway(const struct sheet *s, const struct view_support *v)
{
	if (!v->runway.is_known)
		return;
	html_lit(s->b, "<section class=\"runway\">\n");
	support_heading(s, SAY_RUNWAY);
	support_runway(s, &v->runway);
	support_link(s, STR("/support/ledger"), SAY_SEE_LEDGER);
	html_lit(s->b, "</section>\n");
}

static void put_costs(const struct sheet *s, const struct view_support *v)
{
	struct piece both[2] = {
	    {.kind = PIECE_MONEY, .money = v->cost_day},
	    {.kind = PIECE_MONEY, .money = v->cost_month},
	};
	struct buf *b = s->b;

	if (!v->cost_day.code.n && !v->costs_n)
		return;
	html_lit(b, "<section class=\"costs\">\n");
	support_heading(s, SAY_COSTS);
	if (v->cost_day.code.n)
		support_note(s, HTML("sentence"), SAY_COSTS_BOTH, both);
	if (v->costs_n) {
		html_lit(b, "<table>\n<thead><tr><th scope=\"col\">");
		support_say(s, SAY_COSTS_NAME, NULL);
		html_lit(b, "</th><th scope=\"col\" class=\"end\">");
		support_say(s, SAY_COSTS_MONTH, NULL);
		html_lit(b, "</th></tr></thead>\n<tbody>\n");
		for (size_t i = 0; i < v->costs_n; i++) {
			html_lit(b, "<tr><td>");
			support_theirs(s, v->costs[i].name);
			html_lit(b, "</td><td class=\"end\">");
			support_money(s, v->costs[i].month);
			html_lit(b, "</td></tr>\n");
		}
		html_lit(b, "</tbody>\n</table>\n");
	}
	html_lit(b, "</section>\n");
}

/* Can this amount be asked for now? */
static bool is_offered(const struct view_support *v, const struct view_money *m)
{
	return v->has_rate || str_eq(m->code, STR("BTC"));
}

static void put_radio(
    const struct sheet *s, struct html name, struct str value, bool is_checked)
{
	html_lit(s->b, "<label><input type=\"radio\" name=\"");
	html_raw(s->b, name);
	html_lit(s->b, "\"");
	html_attr(s->b, "value", value);
	if (is_checked)
		html_lit(s->b, " checked");
	html_lit(s->b, "> <span>");
}

static bool has_coins(const struct view_support *v)
{
	for (size_t i = 0; i < v->amounts.n; i++)
		if (str_eq(v->amounts.v[i].money.code, STR("BTC")))
			return true;
	return false;
}

static void put_choices(const struct sheet *s, const struct view_support *v)
{
	struct str chosen = v->form.amount;

	if (has_coins(v))
		html_lit(s->b, "<div class=\"choices coins\">\n");
	else
		html_lit(s->b, "<div class=\"choices\">\n");
	for (size_t i = 0; i < v->amounts.n; i++) {
		const struct view_choice *c = &v->amounts.v[i];

		if (!is_offered(v, &c->money))
			continue;
		put_radio(
		    s, HTML("amount"), c->value, str_eq(c->value, chosen));
		support_money(s, c->money);
		if (c->what.n) {
			html_lit(s->b, " <small>");
			support_theirs(s, c->what);
			html_lit(s->b, "</small>");
		}
		html_lit(s->b, "</span></label>\n");
	}
	put_radio(s, HTML("amount"), STR("none"), str_eq(chosen, STR("none")));
	support_say(s, SAY_ANY, NULL);
	html_lit(s->b, " <small>");
	support_say(s, SAY_ANY_HINT, NULL);
	html_lit(s->b, "</small></span></label>\n</div>\n");
}

static void put_unit(
    const struct sheet *s, const struct view_support *v, struct str unit)
{
	html_lit(s->b, "<option");
	html_attr(s->b, "value", unit);
	if (str_eq(unit, v->form.unit))
		html_lit(s->b, " selected");
	html_lit(s->b, ">");
	html_text(s->b, unit);
	html_lit(s->b, "</option>");
}

static bool is_own_fault(enum view_form_fault fault)
{
	return fault == VIEW_FORM_NOT_A_NUMBER ||
	       fault == VIEW_FORM_TOO_SMALL || fault == VIEW_FORM_TOO_LARGE ||
	       fault == VIEW_FORM_NO_RATE;
}

static void put_own_fault(const struct sheet *s, const struct view_support *v)
{
	struct piece typed[2] = {{.kind = PIECE_TEXT, .text = v->form.own}};
	struct piece least[2] = {{.kind = PIECE_MONEY, .money = v->least}};

	html_lit(s->b, "<p class=\"fault\" id=\"own-fault\">");
	switch (v->form.fault) {
	case VIEW_FORM_NOT_A_NUMBER:
		support_say(s, SAY_FAULT_NUMBER, typed);
		break;
	case VIEW_FORM_TOO_SMALL:
		support_say(s, SAY_FAULT_SMALL, least);
		break;
	case VIEW_FORM_TOO_LARGE:
		support_say(s, SAY_FAULT_LARGE, NULL);
		break;
	case VIEW_FORM_NO_RATE:
		support_say(s, SAY_FAULT_RATE, NULL);
		break;
	case VIEW_FORM_GOOD:
	case VIEW_FORM_UNKNOWN:
		break;
	}
	html_lit(s->b, "</p>\n");
}

static void put_own(const struct sheet *s, const struct view_support *v)
{
	bool is_faulty = is_own_fault(v->form.fault);
	struct buf *b = s->b;

	html_lit(b, "<div class=\"own\">\n<p><label for=\"own\">");
	support_say(s, SAY_OWN, NULL);
	html_lit(b, "</label> <input id=\"own\" name=\"own\" dir=\"ltr\" "
		    "inputmode=\"decimal\" autocomplete=\"off\" "
		    "maxlength=\"32\" aria-describedby=\"own-hint");
	if (is_faulty)
		html_lit(b, " own-fault\" aria-invalid=\"true\" autofocus");
	else
		html_lit(b, "\"");
	html_attr(b, "value", v->form.own);
	html_lit(b, "></p>\n<p><label for=\"unit\">");
	support_say(s, SAY_UNIT, NULL);
	html_lit(b, "</label> <select id=\"unit\" name=\"unit\">");
	if (v->currency.n && v->has_rate)
		put_unit(s, v, v->currency);
	put_unit(s, v, STR("BTC"));
	put_unit(s, v, STR("sat"));
	html_lit(b, "</select></p>\n</div>\n");
	if (is_faulty)
		put_own_fault(s, v);
	html_lit(b, "<p class=\"hint\" id=\"own-hint\">");
	support_say(s, SAY_OWN_HINT, NULL);
	if (v->currency.n && !v->has_rate) {
		html_lit(b, " ");
		support_say(s, SAY_NO_RATE, NULL);
	}
	html_lit(b, "</p>\n");
}

static void put_purposes(const struct sheet *s, const struct view_support *v)
{
	struct buf *b = s->b;

	if (!v->purposes_n)
		return;
	if (v->purposes_n == 1) {
		html_lit(b, "<input type=\"hidden\" name=\"for\"");
		html_attr(b, "value", v->purposes[0].value);
		html_lit(b, ">\n");
		return;
	}
	html_lit(b, "<fieldset class=\"purposes\">\n<legend>");
	support_say(s, SAY_WHAT_FOR, NULL);
	html_lit(b, "</legend>\n");
	for (size_t i = 0; i < v->purposes_n; i++) {
		const struct view_purpose *p = &v->purposes[i];
		struct piece name[2] = {support_purpose(s, p)};

		put_radio(s, HTML("for"), p->value,
		    str_eq(p->value, v->form.purpose));
		if (p->is_story)
			support_say(s, SAY_FOR_STORY, name);
		else if (p->value.n)
			support_say(s, SAY_FOR_CAMPAIGN, name);
		else
			support_say(s, SAY_FOR_PAPER, NULL);
		html_lit(b, "</span></label>\n");
	}
	html_lit(b, "</fieldset>\n");
}

static void put_form(const struct sheet *s, const struct view_support *v)
{
	struct buf *b = s->b;

	html_lit(b, "<form method=\"post\" action=\"/support\">\n");
	if (v->form.fault == VIEW_FORM_UNKNOWN)
		support_note(s, HTML("fault"), SAY_FAULT_UNKNOWN, NULL);
	html_lit(b, "<fieldset>\n<legend>");
	support_say(s, SAY_HOW_MUCH, NULL);
	html_lit(b, "</legend>\n");
	put_choices(s, v);
	put_own(s, v);
	html_lit(b, "</fieldset>\n");
	put_purposes(s, v);
	html_lit(b, "<p><button type=\"submit\">");
	support_say(s, SAY_SHOW_ADDRESS, NULL);
	html_lit(b, "</button></p>\n");
	support_note(s, HTML("hint"), SAY_NO_ACCOUNT, NULL);
	html_lit(b, "</form>\n");
}

static void put_ways(const struct sheet *s)
{
	html_lit(s->b, "<section class=\"ways\">\n");
	support_heading(s, SAY_WAYS);
	html_lit(s->b, "<dl>\n");
	support_row(s, SAY_BITCOIN);
	support_say(s, SAY_WAY_BITCOIN, NULL);
	support_row_end(s);
	html_lit(s->b, "</dl>\n");
	support_link(s, STR("/support/verify"), SAY_SEE_VERIFY);
	html_lit(s->b, "</section>\n");
}

enum { TITLE_MAX = 256 };

void page_support(struct buf *b, const struct view_paper *paper,
    const struct view_support *support)
{
	struct sheet s = support_sheet(b, paper, SAY_TITLE);
	struct body_options options = {.lang = paper->lang, .words = s.words};
	struct str heading = s.title;
	struct buf title;

	if (support->title.n)
		heading = s.title = support->title;
	buf_init(&title, TITLE_MAX);
	if (support->form.fault != VIEW_FORM_GOOD) {
		buf_add(&title, words_saying(s.words, SAY_FAULT));
		buf_char(&title, ' ');
		buf_add(&title, s.title);
		s.title = buf_str(&title);
	} else {
		s.url = STR("/support");
		s.description = paper->support_text;
	}
	sheet_start(&s);
	support_network(&s, support->network);
	html_lit(b, "<div class=\"appeal\">\n<header>\n<h1");
	if (support->title.n)
		lang_attrs(b, paper->lang, s.lang);
	html_lit(b, ">");
	html_text(b, heading);
	html_lit(b, "</h1>\n");
	if (support->body) {
		html_lit(b, "<div class=\"text\"");
		lang_attrs(b, paper->lang, s.lang);
		html_lit(b, ">\n");
		body_write(b, support->body, &options);
		html_lit(b, "</div>\n");
	} else {
		put_why(
		    &s, support->why.n ? support->why : paper->support_text);
	}
	html_lit(b, "</header>\n");
	put_runway(&s, support);
	html_lit(b, "<div class=\"give\">\n");
	if (support->state == VIEW_SUPPORT_PAUSED)
		support_paused(&s);
	else
		put_form(&s, support);
	put_ways(&s);
	html_lit(b, "</div>\n<div class=\"aside\">\n");
	put_costs(&s, support);
	support_campaigns(&s, support->campaigns, support->campaigns_n);
	html_lit(b, "</div>\n</div>\n");
	sheet_end(&s);
	buf_done(&title);
}

static enum saying notice_title(enum view_support_notice_kind kind)
{
	switch (kind) {
	case VIEW_NOTICE_PAUSED:
		return SAY_PAUSED;
	case VIEW_NOTICE_BUSY:
		return SAY_BUSY;
	case VIEW_NOTICE_LIMIT:
		return SAY_LIMIT;
	case VIEW_NOTICE_UNKNOWN:
		return SAY_UNKNOWN;
	}
	return SAY_BUSY;
}

void page_support_notice(struct buf *b, const struct view_paper *paper,
    const struct view_support_notice *notice)
{
	enum saying title = notice_title(notice->kind);
	struct sheet s = support_sheet(b, paper, title);

	sheet_start(&s);
	html_lit(b, "<header>\n<h1>");
	html_text(b, s.title);
	html_lit(b, "</h1>\n");
	/* Each title's text stands right behind it. */
	support_note(&s, HTML("standfirst"), (enum saying)(title + 1), NULL);
	html_lit(b, "</header>\n");
	support_link(&s, STR("/support"), SAY_TITLE);
	sheet_end(&s);
}
