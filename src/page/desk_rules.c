/* SPDX-License-Identifier: MIT
 *
 * The settings of support; see desk_money.h. A field's name is the setting's
 * key, and a field of several lines holds what stands in as many lines of the
 * till's text. No field says where money goes.
 */
#include "base/must.h"
#include "page/desk_money.h"
#include "page/desk_tabs.h"
#include "page/screen.h"

static const struct {
	struct html key;
	enum msg label, hint;
	unsigned rows;
	enum msg group; /* that begins with it; MSG_COUNT: none */
} rules[DESK_RULES] = {
    [DESK_RULE_TITLE] = {{STR_INIT("title")}, MSG_RULE_TITLE,
	MSG_RULE_TITLE_HINT, 0, MSG_RULES_PAGE},
    [DESK_RULE_TEXT] = {{STR_INIT("text")}, MSG_RULE_TEXT, MSG_RULE_TEXT_HINT,
	6, MSG_COUNT},
    [DESK_RULE_CURRENCY] = {{STR_INIT("currency")}, MSG_RULE_CURRENCY,
	MSG_RULE_CURRENCY_HINT, 0, MSG_COUNT},
    [DESK_RULE_AMOUNT] = {{STR_INIT("amount")}, MSG_RULE_AMOUNT,
	MSG_RULE_AMOUNT_HINT, 4, MSG_COUNT},
    [DESK_RULE_AMOUNT_BTC] = {{STR_INIT("amount_btc")}, MSG_RULE_AMOUNT_BTC,
	MSG_RULE_AMOUNT_BTC_HINT, 4, MSG_COUNT},
    [DESK_RULE_LEAST] = {{STR_INIT("least")}, MSG_RULE_LEAST,
	MSG_RULE_LIMIT_HINT, 0, MSG_COUNT},
    [DESK_RULE_MOST] = {{STR_INIT("most")}, MSG_RULE_MOST, MSG_RULE_LIMIT_HINT,
	0, MSG_COUNT},
    [DESK_RULE_COST] = {{STR_INIT("cost")}, MSG_RULE_COST, MSG_RULE_COST_HINT,
	5, MSG_RULES_COSTS},
    [DESK_RULE_START] = {{STR_INIT("start")}, MSG_RULE_START,
	MSG_RULE_START_HINT, 0, MSG_COUNT},
    [DESK_RULE_OPENING] = {{STR_INIT("opening")}, MSG_RULE_OPENING,
	MSG_RULE_OPENING_HINT, 0, MSG_COUNT},
    [DESK_RULE_CAMPAIGN] = {{STR_INIT("campaign")}, MSG_RULE_CAMPAIGN,
	MSG_RULE_CAMPAIGN_HINT, 3, MSG_RULES_GOALS},
    [DESK_RULE_CAMPAIGN_TEXT] = {{STR_INIT("campaign_text")},
	MSG_RULE_CAMPAIGN_TEXT, MSG_RULE_CAMPAIGN_TEXT_HINT, 3, MSG_COUNT},
    [DESK_RULE_CONFIRM] = {{STR_INIT("confirm")}, MSG_RULE_CONFIRM,
	MSG_RULE_CONFIRM_HINT, 3, MSG_RULES_COUNTING},
    [DESK_RULE_CONFIRM_ABOVE] = {{STR_INIT("confirm_above")},
	MSG_RULE_CONFIRM_ABOVE, MSG_RULE_CONFIRM_ABOVE_HINT, 0, MSG_COUNT},
    [DESK_RULE_DELAY] = {{STR_INIT("delay_days")}, MSG_RULE_DELAY,
	MSG_RULE_DELAY_HINT, 0, MSG_COUNT},
    [DESK_RULE_ROUND] = {{STR_INIT("round")}, MSG_RULE_ROUND,
	MSG_RULE_ROUND_HINT, 0, MSG_COUNT},
    [DESK_RULE_ROUND_BTC] = {{STR_INIT("round_btc")}, MSG_RULE_ROUND_BTC,
	MSG_RULE_ROUND_HINT, 0, MSG_COUNT},
    [DESK_RULE_RATE] = {{STR_INIT("rate")}, MSG_RULE_RATE, MSG_RULE_RATE_HINT,
	0, MSG_RULES_RATES},
    [DESK_RULE_SOURCES] = {{STR_INIT("rate_sources")}, MSG_RULE_SOURCES,
	MSG_RULE_SOURCES_HINT, 0, MSG_COUNT},
    [DESK_RULE_SOURCES_LEAST] = {{STR_INIT("rate_sources_least")},
	MSG_RULE_SOURCES_LEAST, MSG_RULE_SOURCES_LEAST_HINT, 0, MSG_COUNT},
    [DESK_RULE_BAND] = {{STR_INIT("rate_band_percent")}, MSG_RULE_BAND,
	MSG_RULE_BAND_HINT, 0, MSG_COUNT},
    [DESK_RULE_JUMP] = {{STR_INIT("rate_jump_percent")}, MSG_RULE_JUMP,
	MSG_RULE_JUMP_HINT, 0, MSG_COUNT},
    [DESK_RULE_STALE] = {{STR_INIT("rate_stale_minutes")}, MSG_RULE_STALE,
	MSG_RULE_STALE_HINT, 0, MSG_COUNT},
    [DESK_RULE_QUOTE] = {{STR_INIT("quote_minutes")}, MSG_RULE_QUOTE,
	MSG_RULE_QUOTE_HINT, 0, MSG_RULES_ADDRESSES},
    [DESK_RULE_WINDOW] = {{STR_INIT("window")}, MSG_RULE_WINDOW,
	MSG_RULE_WINDOW_HINT, 0, MSG_COUNT},
    [DESK_RULE_WINDOW_DAYS] = {{STR_INIT("window_days")}, MSG_RULE_WINDOW_DAYS,
	MSG_RULE_WINDOW_DAYS_HINT, 0, MSG_COUNT},
    [DESK_RULE_NETWORK] = {{STR_INIT("network_most")}, MSG_RULE_NETWORK,
	MSG_RULE_NETWORK_HINT, 0, MSG_COUNT},
    [DESK_RULE_UNVERIFIED] = {{STR_INIT("unverified_minutes")},
	MSG_RULE_UNVERIFIED, MSG_RULE_UNVERIFIED_HINT, 0, MSG_COUNT},
};

struct str desk_rule_key(enum desk_rule rule)
{
	must(rule < DESK_RULES);
	return rules[rule].key.markup;
}

bool desk_rule_has_lines(enum desk_rule rule)
{
	must(rule < DESK_RULES);
	return rules[rule].rows > 0;
}

static void put_rule(
    const struct screen *s, const struct view_desk_rules *view, int i)
{
	if (rules[i].group != MSG_COUNT)
		screen_put(s, "h2", rules[i].group);
	screen_field(s, &(struct screen_field){.label = rules[i].label,
			    .name = rules[i].key,
			    .value = view->values[i],
			    .has_hint = true,
			    .hint = rules[i].hint,
			    .has_fault = view->fault == i,
			    .fault = MSG_FAULT_RULE,
			    .fault_value = view->fault_text,
			    .has_theirs = view->has_theirs[i],
			    .theirs = view->theirs_values[i],
			    .rows = rules[i].rows});
}

/* What has no field, why, and what to write instead. */
static void put_nodes(const struct screen *s)
{
	screen_put(s, "h2", MSG_RULES_NODES);
	screen_put(s, "p", MSG_RULES_NODES_TEXT);
	html_lit(s->b, "<pre class=\"code\" dir=\"ltr\" tabindex=\"0\">"
		       "node = http://USER:PASSWORD@127.0.0.1:8332\n"
		       "rate_source = mine https://example.org/btc{cur} "
		       "data.last</pre>\n<p>");
	screen_link(s, STR("/health"), MSG_RULES_NODES_HEALTH);
	html_lit(s->b, "</p>\n");
}

void desk_rules(struct buf *b, const struct view_desk *desk,
    const struct view_desk_rules *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_SET_TAB_SUPPORT));

	desk_tabs(&s, &view->tabs);
	screen_theirs(&s, &view->theirs);
	screen_put(&s, "p", MSG_RULES_INTRO);
	screen_form(&s, STR("/settings/support"));
	screen_hidden(&s, "seen", view->seen);
	for (int i = 0; i < DESK_RULES; i++)
		put_rule(&s, view, i);
	if (view->others.n > 0) {
		screen_put(&s, "p", MSG_RULES_OTHERS);
		html_lit(b, "<pre class=\"code\" dir=\"ltr\" tabindex=\"0\">");
		html_text(b, view->others);
		html_lit(b, "</pre>\n");
	}
	screen_button(&s, MSG_SAVE, true);
	screen_form_end(&s);
	put_nodes(&s);
	screen_end(&s);
}
