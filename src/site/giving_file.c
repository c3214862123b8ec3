/* SPDX-License-Identifier: MIT
 *
 * The ledger's public figures as JSON:
 *
 *	{"format": "farthing-ledger-2",
 *	 "paper": "...", "origin": "https://...", "network": "main",
 *	 "as_of": "2026-11-23", "since": "2026-08-01", "delay_days": 2,
 *	 "currency": {"code": "EUR", "decimals": 2},
 *	 "rounded_down_to": 1000, "opening": 100000, "given": 523000,
 *	 "used": 420000, "monthly_costs": 420000, "cost_of_a_day": 13808,
 *	 "funded_until": "2026-12-15",
 *	 "total_gifts": 120, "total_sat": 9120000,
 *	 "gifts_rounded_down_to": 5,
 *	 "formula": ["given = ..."],
 *	 "costs": [{"name": "...", "month": 420000}],
 *	 "months": [{"month": "2026-11", "gifts": 5, "sat": 120000,
 *	             "worth": 9000}],
 *	 "earlier": {"months": 3, "gifts": 15, "sat": 90000, "worth": 4000},
 *	 "campaigns": [{"id": "...", "name": "...", "goal": 0, "reached": 0,
 *	                "to": "2027-01-31"}]}
 *
 * Amounts are integers: of the currency's smallest unit, or satoshi. Days are
 * those of UTC. What is not known is left out: "earlier" is there only where
 * there are more months than are listed one by one. Every other figure that
 * /support/ledger shows follows from the basis in this file ("since", "as_of",
 * "opening", "costs", "months", "earlier") by "formula".
 */
#include "site/giving_file.h"

#include "coin/amount.h"
#include "coin/network.h"
#include "ledger/summary.h"
#include "page/json.h"
#include "site/giving_view.h"

static void put_i64(struct buf *b, struct str name, int64_t n)
{
	buf_lit(b, ",\n");
	json_text(b, name);
	buf_lit(b, ": ");
	buf_i64(b, n);
}

static void put_fiat(struct buf *b, struct str name, struct fiat v)
{
	put_i64(b, name, fiat_raw(v));
}

static void put_day(struct buf *b, struct str name, struct instant t)
{
	struct civil c = civil_at(t, 0);

	buf_lit(b, ",\n");
	json_text(b, name);
	buf_lit(b, ": \"");
	buf_u64_wide(b, (uint64_t)c.year, 4);
	buf_char(b, '-');
	buf_u64_wide(b, c.month, 2);
	buf_char(b, '-');
	buf_u64_wide(b, c.day, 2);
	buf_char(b, '"');
}

static void put_text(struct buf *b, struct str name, struct str text)
{
	buf_lit(b, ",\n");
	json_text(b, name);
	buf_lit(b, ": ");
	json_text(b, text);
}

static void start_item(struct buf *b, size_t i)
{
	buf_add(b, i ? STR(",\n{") : STR("\n{"));
}

static void put_costs(struct buf *b, const struct till_summary *s)
{
	buf_lit(b, ",\n\"costs\": [");
	for (size_t i = 0; i < s->costs_n; i++) {
		start_item(b, i);
		buf_lit(b, "\"name\": ");
		json_text(b, s->costs[i].label);
		put_fiat(b, STR("month"), s->costs[i].monthly);
		buf_char(b, '}');
	}
	buf_char(b, ']');
}

static void put_months(struct buf *b, const struct till_summary *s)
{
	buf_lit(b, ",\n\"months\": [");
	for (size_t i = 0; i < s->months_n; i++) {
		const struct till_month *m = &s->months[i];

		start_item(b, i);
		buf_lit(b, "\"month\": \"");
		buf_u64_wide(b, m->year, 4);
		buf_char(b, '-');
		buf_u64_wide(b, m->month, 2);
		buf_char(b, '"');
		put_i64(b, STR("gifts"), m->gifts);
		put_i64(b, STR("sat"), sat_raw(m->received));
		if (s->currency.code[0])
			put_fiat(b, STR("worth"), m->worth);
		buf_char(b, '}');
	}
	buf_char(b, ']');
	if (s->earlier.months == 0)
		return;
	buf_lit(b, ",\n\"earlier\": {\"months\": ");
	buf_u64(b, s->earlier.months);
	put_i64(b, STR("gifts"), s->earlier.gifts);
	put_i64(b, STR("sat"), sat_raw(s->earlier.received));
	if (s->currency.code[0])
		put_fiat(b, STR("worth"), s->earlier.worth);
	buf_char(b, '}');
}

static void put_campaigns(struct buf *b, const struct till_summary *s)
{
	buf_lit(b, ",\n\"campaigns\": [");
	for (size_t i = 0; i < s->campaigns_n; i++) {
		const struct till_campaign *c = &s->campaigns[i];

		start_item(b, i);
		buf_lit(b, "\"id\": ");
		json_text(b, c->id);
		put_text(b, STR("name"), c->title);
		if (fiat_raw(c->goal) > 0)
			put_fiat(b, STR("goal"), c->goal);
		put_fiat(b, STR("reached"), c->reached);
		if (c->ends.us > 0)
			put_day(b, STR("to"), giving_view_last(c->ends));
		buf_char(b, '}');
	}
	buf_char(b, ']');
}

/* Sums in the paper's currency, and the runway that follows from them. */
static void put_funds(struct buf *b, const struct till_summary *s)
{
	buf_lit(b, ",\n\"currency\": {\"code\": ");
	json_text(b, str_of(s->currency.code));
	put_i64(b, STR("decimals"), s->currency.decimals);
	buf_char(b, '}');
	put_fiat(b, STR("rounded_down_to"), s->coarse_step);
	put_fiat(b, STR("opening"), s->opening);
	put_fiat(b, STR("given"), s->given);
	put_fiat(b, STR("used"), s->used);
	put_fiat(b, STR("monthly_costs"), s->monthly);
	put_fiat(b, STR("cost_of_a_day"), giving_view_cost_day(s->monthly));
	if (s->has_runway)
		put_day(b, STR("funded_until"), s->runway_until);
}

/* Of what there is no rate or currency for, too. */
static void put_totals(struct buf *b, const struct till_summary *s)
{
	struct giving_total total = giving_view_total(s);

	put_i64(b, STR("total_gifts"), (int64_t)total.gifts);
	if (total.is_summed)
		put_i64(b, STR("total_sat"), sat_raw(total.coins));
	put_i64(b, STR("gifts_rounded_down_to"), SUMMARY_GIFTS_STEP);
}

static void put_formula(struct buf *b)
{
	static const struct str lines[] = {
	    STR_INIT("a month = all settled gifts whose block is of one of its "
		     "days (UTC), from since to as_of; worth by the rate when "
		     "each was confirmed, rounded down to a multiple of "
		     "rounded_down_to; gifts rounded down to a multiple of "
		     "gifts_rounded_down_to"),
	    STR_INIT("given = the sum of worth over months and earlier"),
	    STR_INIT("total_gifts, total_sat = the sums of gifts and sat over "
		     "months and earlier"),
	    STR_INIT("monthly_costs = the sum of month over costs"),
	    STR_INIT("cost_of_a_day = monthly_costs * 12 / 365, rounded to the "
		     "nearest unit"),
	    STR_INIT("used = monthly_costs * 12 / 365 * days from since to "
		     "as_of, both among them, rounded down"),
	    STR_INIT("funded_until = since + days, where days = (opening + "
		     "given) * 365 / (monthly_costs * 12), rounded down"),
	    STR_INIT("a month's bar = its sat / the greatest sat of months; a "
		     "campaign's bar = reached / goal"),
	};

	buf_lit(b, ",\n\"formula\": [");
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		buf_add(b, i ? STR(",\n") : STR("\n"));
		json_text(b, lines[i]);
	}
	buf_char(b, ']');
}

void giving_file_write(
    struct buf *b, const struct view_paper *paper, const struct till_summary *s)
{
	buf_lit(b, "{\"format\": \"farthing-ledger-2\"");
	put_text(b, STR("paper"), paper->name);
	put_text(b, STR("origin"), paper->origin);
	put_text(b, STR("network"), network_name((enum network)s->network));
	put_day(b, STR("as_of"), s->as_of);
	if (s->since.us > 0)
		put_day(b, STR("since"), s->since);
	put_i64(b, STR("delay_days"), s->delay_days);
	if (s->currency.code[0])
		put_funds(b, s);
	put_totals(b, s);
	put_formula(b);
	put_costs(b, s);
	put_months(b, s);
	put_campaigns(b, s);
	buf_lit(b, "}\n");
}
