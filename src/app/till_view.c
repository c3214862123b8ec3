/* SPDX-License-Identifier: MIT
 *
 * What the ledger says, in the words of the wire; see till_view.h.
 */
#include "app/till_view.h"

#include <string.h>

#include "base/arena.h"
#include "ledger/summary.h"
#include "ledger/treasury.h"

_Static_assert(
    (int)TILL_PAYMENTS_MAX >= (int)LEDGER_GIFT_PAYMENTS_MOST, "all fit");
_Static_assert(
    (int)TILL_CAMPAIGNS_MAX >= (int)SETTINGS_CAMPAIGNS_MOST, "all fit");
_Static_assert((int)TILL_OFFERS_MAX >= (int)SETTINGS_AMOUNTS_MOST, "all fit");
_Static_assert((int)TILL_POLICY_MAX > (int)SETTINGS_CONFIRMS_MOST, "all fit");

static uint8_t state_of_payment(enum payment_state state)
{
	switch (state) {
	case PAYMENT_SEEN:
		return TILL_SEEN;
	case PAYMENT_CONFIRMED:
		return TILL_CONFIRMED;
	case PAYMENT_SETTLED:
		return TILL_SETTLED;
	case PAYMENT_REVERSED:
	case PAYMENT_REPLACED:
	case PAYMENT_DROPPED:
		return TILL_REVERSED;
	}
	return TILL_REVERSED;
}

static bool is_some(struct sat a)
{
	return sat_cmp(a, SAT_ZERO) > 0;
}

static uint8_t state_of_gift(const struct ledger_gift *gift)
{
	if (is_some(gift->settled))
		return TILL_SETTLED;
	if (is_some(gift->confirmed))
		return TILL_CONFIRMED;
	if (is_some(gift->seen))
		return TILL_SEEN;
	/* What never was in the chain was not taken back by it. */
	for (size_t i = 0; i < gift->payments_n; i++)
		if (gift->payments[i].was_reversed)
			return TILL_REVERSED;
	return TILL_WAITING;
}

static struct till_rate rate_of(const struct rate *rate)
{
	return (struct till_rate){.per_coin = rate->price,
	    .source = str_of(rate->source),
	    .at = rate->at};
}

static struct till_payment view_payment(
    const struct ledger_gift *gift, const struct ledger_payment *p)
{
	struct till_payment out = {
	    .output = p->outpoint.vout,
	    .amount = p->amount,
	    .state = state_of_payment(p->state),
	    .confirmations = p->confirmations,
	    .needed = p->needed,
	    .at = p->confirmed.us == INSTANT_NEVER.us ? p->seen : p->confirmed,
	    .is_late = gift->has_quote && p->seen.us > gift->quote_ends.us,
	    .is_replaced = p->state == PAYMENT_REPLACED,
	    .is_dropped = p->state == PAYMENT_DROPPED,
	    .has_worth = p->has_value,
	};

	out.was_settled = out.state == TILL_REVERSED && p->was_reversed;
	if (p->has_value) {
		out.currency = p->currency;
		out.worth = p->value;
		out.rate = rate_of(&p->rate);
	}
	memcpy(out.txid, p->outpoint.txid.b, sizeof(out.txid));
	return out;
}

void till_view_gift(const struct ledger_gift *gift, struct instant heard,
    struct till_gift *ret_gift)
{
	struct till_gift out = {
	    .state = state_of_gift(gift),
	    .is_unverified = !gift->is_verified,
	    .is_shared = gift->is_shared || gift->is_common,
	    .asked = gift->asked,
	    .synced =
		heard.us == INSTANT_NEVER.us ? (struct instant){0} : heard,
	    .purpose = gift->purpose,
	    .wanted = gift->wanted,
	    .currency = gift->currency,
	    .has_quote = gift->has_quote,
	    .worth = gift->wanted_money,
	    .settled = gift->settled,
	    .confirmed = gift->confirmed,
	    .seen = gift->seen,
	    .proof = gift->proof_text,
	    .payments_all = gift->payments_all > UINT32_MAX
				? UINT32_MAX
				: (uint32_t)gift->payments_all,
	    .payments_n = gift->payments_n,
	};

	if (gift->has_quote) {
		out.rate = rate_of(&gift->rate);
		out.quote_until = gift->quote_ends;
	}
	for (size_t i = 0; i < gift->payments_n; i++)
		out.payments[i] = view_payment(gift, &gift->payments[i]);
	*ret_gift = out;
}

/* The summary. */

static void view_settings(
    const struct ledger_settings *s, struct till_summary *out)
{
	out->title = s->title;
	out->text = s->text;
	out->least = s->least;
	out->most = s->most;
	if (s->has_currency)
		out->currency = s->currency;
	for (size_t i = 0; i < s->amounts_n; i++)
		if (settings_offers(s, s->amounts[i].worth))
			out->offers[out->offers_n++] =
			    (struct till_offer){.worth = s->amounts[i].worth,
				.what = s->amounts[i].what};
	for (size_t i = 0; i < s->amounts_btc_n; i++)
		out->sat_offers[out->sat_offers_n++] =
		    (struct till_sat_offer){.amount = s->amounts_btc[i].amount,
			.what = s->amounts_btc[i].what};
	for (size_t i = 0; i < s->costs_n; i++)
		out->costs[out->costs_n++] = (struct till_cost){
		    .label = s->costs[i].label, .monthly = s->costs[i].monthly};
}

static void view_policy(
    const struct ledger_settings *s, struct till_summary *out)
{
	for (size_t i = 0; i < s->confirms_n; i++)
		out->policy[out->policy_n++] =
		    (struct till_policy){.up_to = s->confirms[i].below,
			.confirmations = s->confirms[i].confirmations};
	out->policy[out->policy_n++] = (struct till_policy){
	    .up_to = sat_of_raw(SAT_MAX), .confirmations = s->confirm_above};
}

static struct instant instant_of_day(int32_t day)
{
	return INSTANT_OF_S((int64_t)day * 86400);
}

static uint32_t few(int64_t gifts)
{
	return gifts > UINT32_MAX ? UINT32_MAX : (uint32_t)gifts;
}

/* RC_LIMIT: the sums of the older months leave the range. */
static enum rc view_months(
    const struct ledger_summary *sum, struct till_summary *out)
{
	struct till_earlier *e = &out->earlier;
	int64_t gifts = 0;

	for (size_t i = sum->months_n; i > 0; i--) {
		const struct summary_month *m = &sum->months[i - 1];

		if (out->months_n < TILL_MONTHS_MAX) {
			out->months[out->months_n++] =
			    (struct till_month){.year = (uint16_t)m->year,
				.month = m->month,
				.gifts = few(m->gifts),
				.received = m->received,
				.worth = m->worth};
			continue;
		}
		e->months++;
		gifts += m->gifts;
		if (!sat_add(&e->received, e->received, m->received) ||
		    !fiat_add(&e->worth, e->worth, m->worth))
			return RC_LIMIT;
	}
	e->gifts = few(gifts);
	return RC_OK;
}

static void view_campaigns(const struct ledger_settings *s,
    const struct ledger_summary *sum, struct instant now,
    struct till_summary *out)
{
	for (size_t i = 0; i < s->campaigns_n; i++) {
		const struct settings_campaign *c = &s->campaigns[i];
		struct instant end = instant_of_day(c->to_day + 1);

		out->campaigns[out->campaigns_n++] =
		    (struct till_campaign){.id = c->id,
			.title = c->title,
			.text = c->text,
			.goal = c->goal,
			.reached = sum->campaigns[i].reached,
			.is_open = now.us < end.us &&
				   now.us >= instant_of_day(c->from_day).us,
			.ends = end};
	}
}

static enum rc view_sums(const struct ledger_settings *s,
    const struct ledger_summary *sum, struct instant now,
    struct till_summary *out)
{
	out->as_of = instant_of_day(sum->cutoff);
	out->has_runway = sum->has_runway;
	if (sum->has_runway)
		out->runway_until = instant_of_day(sum->funded_until);
	out->monthly = s->costs_per_month;
	if (s->has_start)
		out->since = instant_of_day(s->start_day);
	out->opening = s->opening;
	out->given = sum->given;
	out->used = sum->used;
	out->coarse_step = s->round;
	out->delay_days = (uint16_t)s->delay_days;
	view_campaigns(s, sum, now, out);
	return view_months(sum, out);
}

enum rc till_view_summary(struct ledger *ledger, struct arena *a,
    enum network network, struct instant now, struct till_summary *ret_summary,
    struct err *err)
{
	const struct ledger_settings *settings = ledger_settings(ledger);
	struct ledger_status *status = ARENA_NEW(a, struct ledger_status);
	struct ledger_summary *sum = ARENA_NEW(a, struct ledger_summary);
	enum rc rc;

	if (!status || !sum)
		return err_set(err, RC_NO_MEMORY, "no memory");
	rc = ledger_status(ledger, a, now, status, err);
	if (rc == RC_OK)
		rc = ledger_summary(ledger, a, now, sum, err);
	if (rc != RC_OK)
		return rc;
	memset(ret_summary, 0, sizeof(*ret_summary));
	ret_summary->network = (uint8_t)network;
	ret_summary->pause = ledger_pause_told(status->pause);
	ret_summary->has_rate = status->has_rate;
	if (status->has_rate)
		ret_summary->rate = rate_of(&status->rate);
	view_settings(settings, ret_summary);
	view_policy(settings, ret_summary);
	rc = view_sums(settings, sum, now, ret_summary);
	return rc == RC_OK ? rc : err_set(err, rc, "the sums are too large");
}
