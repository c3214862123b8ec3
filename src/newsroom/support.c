/* SPDX-License-Identifier: MIT
 *
 * The settings of support, which lie in the till as one text of lines "key =
 * value" (ledger/settings.h). A form shows the lines of each key in a field; a
 * save puts them together again, with the lines of other keys as they were, and
 * names by its hash the text that it was made from. Each field is a value by
 * itself, where two save at once (seen.h); should somebody be quicker between
 * the look at the till's text and the wish to keep another, it is looked at
 * once more. None of the keys says where money goes.
 */
#include <string.h>

#include "ledger/settings.h"
#include "newsroom/money.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/seen.h"
#include "newsroom/settings.h"
#include "newsroom/visit.h"
#include "page/desk_money.h"

enum { TEXT_ROOM = 256 * 1024, DETAIL_VALUE_MAX = 60 };

_Static_assert((int)DESK_RULES <= (int)SEEN_MOST, "all of them are seen");

/* IS: the fields as the till has them. */
static struct entity *show_form(struct visit *v, unsigned status,
    struct view_desk_rules *view, const struct str is[DESK_RULES])
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_SETTINGS);
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc = seen_write(v, is, DESK_RULES, &view->seen, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!b)
		return NULL;
	view->tabs = settings_tabs(v, MSG_SET_TAB_SUPPORT);
	desk.has_faults = status == 422;
	desk_rules(b, &desk, view);
	return visit_page(v, status, b);
}

/* "key = value" in its parts; KEY p NULL: a comment or an empty line. */
static struct str key_of(struct str line, struct str *ret_value)
{
	struct str key = str_trim(str_cut(&line, '='));

	*ret_value = str_trim(line);
	return key.n == 0 || key.p[0] == '#' ? STR_NONE : key;
}

static int rule_of(struct str key)
{
	for (int i = 0; i < DESK_RULES; i++)
		if (str_eq(key, desk_rule_key((enum desk_rule)i)))
			return i;
	return -1;
}

/* The values of each field, and the lines of no field, from TEXT. */
static enum rc split(struct arena *a, struct str text,
    struct str values[DESK_RULES], struct str *ret_others)
{
	struct buf b[DESK_RULES + 1];
	struct str line, value;

	for (int i = 0; i <= DESK_RULES; i++)
		buf_init_arena(&b[i], a, TEXT_ROOM);
	while (str_line(&text, &line)) {
		struct str key = key_of(line, &value);
		int at = key.p ? rule_of(key) : -1;
		struct buf *to = &b[at < 0 ? DESK_RULES : at];

		if (at >= 0 && to->n > 0)
			buf_char(to, '\n');
		buf_add(to, at < 0 ? line : value);
		if (at < 0)
			buf_char(to, '\n');
	}
	for (int i = 0; i <= DESK_RULES; i++) {
		if (buf_rc(&b[i]) != RC_OK)
			return buf_rc(&b[i]);
		if (i < DESK_RULES)
			values[i] = buf_str(&b[i]);
	}
	*ret_others = buf_str(&b[DESK_RULES]);
	return RC_OK;
}

static struct entity *rules_page(
    struct visit *v, const struct money_rules *rules)
{
	struct view_desk_rules view = {.fault = -1};

	if (split(v->a, rules->text, view.values, &view.others) != RC_OK)
		return NULL;
	return show_form(v, 200, &view, view.values);
}

static void shown(void *ctx, enum rc rc, const struct money_message *reply)
{
	struct visit *v = ctx;

	visit_answer(v, rc == RC_OK && reply->kind == MONEY_RULED
			    ? rules_page(v, &reply->rules)
			    : money_none(v, true));
}

static struct entity *show_rules(struct visit *v)
{
	struct money_message ask = {.kind = MONEY_RULES};

	if (!v->n->config.till.ask)
		return money_none(v, false);
	return money_ask(v, &ask, shown) ? NULL : visit_status(v, 503);
}

/* Saving: the till's text is asked for, changed, and handed back. */
struct saving {
	struct visit *v;
	struct view_desk_rules view; /* as it was sent */
	struct str is[DESK_RULES];   /* as the till has it */
	struct money_message ask;
	bool is_again; /* somebody was quicker; it was asked once more */
};

/* The lines of one field. Of a text each line counts, of a list those that are
 * not empty. */
static void put_rule(struct buf *b, enum desk_rule rule, struct str value)
{
	struct str key = desk_rule_key(rule);
	struct str line;

	if (str_blank(value))
		return;
	while (str_line(&value, &line)) {
		if (rule != DESK_RULE_TEXT && str_blank(line))
			continue;
		buf_add(b, key);
		buf_lit(b, " = ");
		buf_add(b, str_trim(line));
		buf_char(b, '\n');
	}
}

/* Puts TEXT together from the fields up to LAST. */
static void put_text(
    struct buf *b, const struct view_desk_rules *view, int last)
{
	/* Sums of money are read by the currency's decimals. */
	put_rule(b, DESK_RULE_CURRENCY, view->values[DESK_RULE_CURRENCY]);
	for (int i = 0; i < last; i++)
		if (i != DESK_RULE_CURRENCY)
			put_rule(b, (enum desk_rule)i, view->values[i]);
}

/* The field for which the text is not understood; -1: none. ERR says why: it is
 * the first one with which, and with those before it, the same is said. */
static int find_fault(struct arena *a, const struct view_desk_rules *view,
    struct buf *b, struct err *err)
{
	struct ledger_settings *settings = ARENA_NEW(a, struct ledger_settings);
	struct err part;

	buf_clear(b);
	put_text(b, view, DESK_RULES);
	if (!settings ||
	    settings_parse_spoken(a, buf_str(b), settings, err) == RC_OK)
		return -1;
	for (int last = 0; last < DESK_RULES; last++) {
		buf_clear(b);
		put_text(b, view, last);
		if (settings_parse_spoken(a, buf_str(b), settings, &part) !=
			RC_OK &&
		    strcmp(part.why, err->why) == 0)
			return last == 0 ? DESK_RULE_CURRENCY : last - 1;
	}
	return DESK_RULES - 1;
}

/* For the log: which settings are others now, and what the short ones say. */
static struct str changes(struct arena *a, const struct str was[DESK_RULES],
    const struct str is[DESK_RULES])
{
	struct buf b;

	buf_init_arena(&b, a, DESK_RULES * (DETAIL_VALUE_MAX + 64));
	for (int i = 0; i < DESK_RULES; i++) {
		struct str value = str_trim(is[i]);

		if (str_eq(str_trim(was[i]), value))
			continue;
		if (b.n > 0)
			buf_lit(&b, ", ");
		buf_add(&b, desk_rule_key((enum desk_rule)i));
		if (value.n <= DETAIL_VALUE_MAX &&
		    str_find(value, '\n') == value.n)
			buf_printf(&b, " = %.*s", STR_ARG(value));
	}
	return b.n > 0 && buf_rc(&b) == RC_OK ? buf_str(&b) : STR("");
}

static struct entity *show_fault(struct saving *s, int fault, struct str why)
{
	s->view.fault = fault;
	s->view.fault_text = arena_copy(s->v->a, why);
	return show_form(s->v, 422, &s->view, s->is);
}

/* Two have changed the same field. */
static struct entity *show_both(struct saving *s, const struct seen *seen)
{
	struct err err = {0};
	enum rc rc = seen_by(s->v, seen, STR("support"), STR(""),
	    STR("/settings/support"), &s->view.theirs);

	return rc == RC_OK ? show_form(s->v, 409, &s->view, s->is)
			   : visit_failed(s->v, rc, &err);
}

/* Puts together what was sent with what the till has. False: both have changed
 * the same field. */
static bool join_rules(struct saving *s, const struct seen *seen)
{
	struct view_desk_rules *view = &s->view;
	bool is_one = true;

	for (size_t i = 0; i < DESK_RULES; i++)
		switch (seen_fate(seen, i, view->values[i], s->is[i])) {
		case SEEN_MINE:
			break;
		case SEEN_THEIRS:
			view->values[i] = s->is[i];
			break;
		case SEEN_BOTH:
			view->has_theirs[i] = true;
			view->theirs_values[i] = s->is[i];
			is_one = false;
			break;
		}
	return is_one;
}

static void got_again(void *ctx, enum rc rc, const struct money_message *reply);

/* What the till says of the settings that it was asked to keep; NULL: it is
 * asked once more. */
static struct entity *kept(
    struct saving *s, enum rc rc, const struct money_message *reply)
{
	struct visit *v = s->v;
	struct till *till = &v->n->config.till;
	struct money_message ask = {.kind = MONEY_RULES};

	if (rc != RC_OK)
		return money_none(v, true);
	if (reply->kind != MONEY_REFUSED)
		return visit_done(v, STR("/settings/support"), STR("saved"));
	if (reply->refused.rc != RC_BUSY || s->is_again)
		return show_fault(s, 0, reply->refused.why);
	s->is_again = true;
	if (till->ask(till->ctx, &ask, got_again, s) != RC_OK)
		return money_none(v, true);
	return NULL;
}

static void saved(void *ctx, enum rc rc, const struct money_message *reply)
{
	struct saving *s = ctx;
	struct entity *e = kept(s, rc, reply);

	if (e)
		visit_answer(s->v, e);
}

/* Asks the till to keep what was typed; or the answer why not. */
static struct entity *hand_over(struct saving *s, const struct money_rules *is)
{
	struct visit *v = s->v;
	struct till *till = &v->n->config.till;
	struct seen seen = seen_sent(v);
	struct err err = {0};
	struct buf b;
	int fault;

	if (split(v->a, is->text, s->is, &s->view.others) != RC_OK)
		return visit_status(v, 503);
	if (!join_rules(s, &seen))
		return show_both(s, &seen);
	buf_init_arena(&b, v->a, TEXT_ROOM);
	fault = find_fault(v->a, &s->view, &b, &err);
	if (fault >= 0)
		return show_fault(s, fault, str_of(err.why));
	buf_clear(&b);
	put_text(&b, &s->view, DESK_RULES);
	buf_add(&b, s->view.others);
	if (buf_rc(&b) != RC_OK || b.n > SETTINGS_TEXT_MOST - 1)
		return show_fault(
		    s, DESK_RULE_TEXT, desk_word(v->lang, MSG_FAULT_LONG));
	s->ask.kind = MONEY_RULE;
	s->ask.rules.text = buf_str(&b);
	memcpy(s->ask.rules.hash, is->hash, sizeof(is->hash));
	/* The till's books are another process's: no transaction holds both.
	 * So the row is written first, and no change is without one. */
	if (settings_log(v, STR("support"), STR_NONE,
		changes(v->a, s->is, s->view.values), &err) != RC_OK)
		return visit_failed(v, RC_IO, &err);
	if (till->ask(till->ctx, &s->ask, saved, s) != RC_OK)
		return money_none(v, true);
	return NULL;
}

static void take_old(
    struct saving *s, enum rc rc, const struct money_message *reply)
{
	struct visit *v = s->v;
	struct money_rules is;
	struct entity *e;

	if (rc != RC_OK || reply->kind != MONEY_RULED) {
		visit_answer(v, money_none(v, true));
		return;
	}
	/* The reply goes with the next question. */
	is = reply->rules;
	is.text = arena_copy(v->a, is.text);
	s->view = (struct view_desk_rules){.fault = -1};
	for (int i = 0; i < DESK_RULES; i++)
		s->view.values[i] =
		    visit_field(v, desk_rule_key((enum desk_rule)i));
	e = is.text.p ? hand_over(s, &is) : visit_status(v, 503);
	if (e)
		visit_answer(v, e);
}

static void got_again(void *ctx, enum rc rc, const struct money_message *reply)
{
	take_old(ctx, rc, reply);
}

static void got_old(void *ctx, enum rc rc, const struct money_message *reply)
{
	struct visit *v = ctx;
	struct saving *s = ARENA_NEW(v->a, struct saving);

	if (!s) {
		visit_answer(v, NULL);
		return;
	}
	s->v = v;
	take_old(s, rc, reply);
}

static struct entity *save_rules(struct visit *v)
{
	struct money_message ask = {.kind = MONEY_RULES};

	if (!v->n->config.till.ask)
		return visit_missing(v);
	return money_ask(v, &ask, got_old) ? NULL : visit_status(v, 503);
}

static const struct route routes[] = {
    {HTTP_GET, "/settings/support", RIGHT_SETTINGS, ROUTE_STEP_UP, "",
	show_rules},
    {HTTP_POST, "/settings/support", RIGHT_SETTINGS, ROUTE_STEP_UP,
	"seen title text currency amount amount_btc least most cost start "
	"opening campaign campaign_text confirm confirm_above delay_days round "
	"round_btc rate rate_sources rate_sources_least rate_band_percent "
	"rate_jump_percent rate_stale_minutes quote_minutes window window_days "
	"network_most unverified_minutes",
	save_rules},
};

const struct route *routes_support(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
