/* SPDX-License-Identifier: MIT
 *
 * The ledger's public figures as JSON:
 *
 *	{"format": "farthing-ledger-1",
 *	 "paper": "...", "origin": "https://...", "network": "main",
 *	 "as_of": "2026-11-23T00:00:00Z", "since": "...",
 *	 "currency": {"code": "EUR", "decimals": 2},
 *	 "rounded_down_to": 1000, "delay_days": 2,
 *	 "opening": 100000, "given": 523000, "used": 420000,
 *	 "monthly_costs": 420000, "funded_until": "...",
 *	 "formula": "...",
 *	 "costs": [{"name": "...", "month": 420000}],
 *	 "months": [{"month": "2026-11", "gifts": 3, "sat": 120000,
 *	             "worth": 9700}],
 *	 "campaigns": [{"id": "...", "name": "...", "goal": 0, "reached": 0}]}
 *
 * Amounts are integers: of the currency's smallest unit, or satoshi. What is
 * not known is left out.
 */
#include "site/giving_file.h"

#include "coin/amount.h"
#include "coin/network.h"
#include "page/json.h"

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

static void put_instant(struct buf *b, struct str name, struct instant t)
{
	buf_lit(b, ",\n");
	json_text(b, name);
	buf_lit(b, ": \"");
	civil_rfc3339(b, civil_at(t, 0));
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
			put_instant(b, STR("ends"), c->ends);
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
	if (s->has_runway)
		put_instant(b, STR("funded_until"), s->runway_until);
	put_text(b, STR("formula"),
	    STR("given is the sum of the months' worth; every day costs "
		"monthly_costs * 12 / 365, and funded_until is so many whole "
		"days after since as opening + given pay for"));
}

void giving_file_write(
    struct buf *b, const struct view_paper *paper, const struct till_summary *s)
{
	buf_lit(b, "{\"format\": \"farthing-ledger-1\"");
	put_text(b, STR("paper"), paper->name);
	put_text(b, STR("origin"), paper->origin);
	put_text(b, STR("network"), network_name((enum network)s->network));
	put_instant(b, STR("as_of"), s->as_of);
	if (s->since.us > 0)
		put_instant(b, STR("since"), s->since);
	put_i64(b, STR("delay_days"), s->delay_days);
	if (s->currency.code[0])
		put_funds(b, s);
	put_costs(b, s);
	put_months(b, s);
	put_campaigns(b, s);
	buf_lit(b, "}\n");
}
