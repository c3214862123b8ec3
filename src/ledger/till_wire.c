/* SPDX-License-Identifier: MIT
 *
 * The till's messages as bytes; the format is in till_wire.h.
 *
 * Each kind is walked over by one function (ledger/walk.h).
 */
#include "ledger/till_wire.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "ledger/walk.h"

enum { CONFIRMATIONS_MAX = 1000000 };

/* --- the kinds --- */

static void ask(struct walk *w, struct till_ask *v)
{
	walk_instant(w, &v->at);
	walk_fixed(w, v->net, sizeof(v->net));
	walk_sat(w, &v->wanted);
	walk_fiat(w, &v->worth);
	walk_code(w, v->currency);
	walk_name(w, &v->purpose);
	if (w->rc == RC_OK && fiat_raw(v->worth) > 0 &&
	    (sat_raw(v->wanted) > 0 || !v->currency[0]))
		walk_fail(w, RC_INVALID);
}

static void asked(struct walk *w, struct till_asked *v)
{
	WALK_NUMBER(w, v->refusal, TILL_REFUSALS - 1);
	if (w->rc || v->refusal != TILL_GIVEN)
		return;
	walk_flag(w, &v->is_shared);
	walk_fixed(w, v->token.b, sizeof(v->token.b));
}

static void alarm(struct walk *w, struct till_alarm *v)
{
	WALK_NUMBER(w, v->alarm, TILL_ALARMS - 1);
	walk_name(w, &v->what);
}

static void payment(struct walk *w, struct till_payment *v)
{
	walk_fixed(w, v->txid, sizeof(v->txid));
	WALK_NUMBER(w, v->output, UINT32_MAX);
	walk_sat(w, &v->amount);
	WALK_NUMBER(w, v->state, TILL_STATES - 1);
	WALK_NUMBER(w, v->confirmations, CONFIRMATIONS_MAX);
	WALK_NUMBER(w, v->needed, CONFIRMATIONS_MAX);
	walk_instant(w, &v->at);
	walk_flag(w, &v->is_late);
	walk_flag(w, &v->is_replaced);
	walk_flag(w, &v->is_dropped);
	walk_flag(w, &v->was_settled);
	if (w->rc == RC_OK &&
	    (v->state == TILL_WAITING ||
		((v->is_replaced || v->is_dropped || v->was_settled) &&
		    v->state != TILL_REVERSED)))
		walk_fail(w, RC_INVALID);
	walk_flag(w, &v->has_worth);
	if (w->rc || !v->has_worth)
		return;
	walk_currency(w, &v->currency);
	walk_fiat(w, &v->worth);
	walk_rate(w, &v->rate);
	if (w->rc == RC_OK && !v->currency.code[0])
		walk_fail(w, RC_INVALID);
}

static void gift(struct walk *w, struct till_gift *v)
{
	WALK_NUMBER(w, v->state, TILL_STATES - 1);
	walk_flag(w, &v->is_unverified);
	walk_flag(w, &v->is_shared);
	walk_instant(w, &v->asked);
	walk_instant(w, &v->synced);
	walk_name(w, &v->purpose);
	walk_sat(w, &v->wanted);
	walk_currency(w, &v->currency);
	walk_flag(w, &v->has_quote);
	if (w->rc == RC_OK && v->has_quote) {
		walk_rate(w, &v->rate);
		walk_fiat(w, &v->worth);
		walk_instant(w, &v->quote_until);
	}
	walk_sat(w, &v->settled);
	walk_sat(w, &v->confirmed);
	walk_sat(w, &v->seen);
	walk_bytes(w, &v->proof, TILL_PROOF_MAX);
	WALK_NUMBER(w, v->payments_all, UINT32_MAX);
	walk_count(w, &v->payments_n, TILL_PAYMENTS_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->payments_n; i++)
		payment(w, &v->payments[i]);
}

static bool is_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alpha(s.p[i]) && !ascii_is_digit(s.p[i]) &&
		    s.p[i] != '-')
			return false;
	return s.n > 0 && s.n <= 64;
}

static void campaign(struct walk *w, struct till_campaign *v)
{
	walk_name(w, &v->id);
	walk_name(w, &v->title);
	walk_name(w, &v->text);
	walk_fiat(w, &v->goal);
	walk_fiat(w, &v->reached);
	walk_flag(w, &v->is_open);
	walk_instant(w, &v->ends);
	if (w->rc == RC_OK && !is_id(v->id))
		walk_fail(w, RC_INVALID);
}

static void offer(struct walk *w, struct till_offer *v)
{
	walk_fiat_between(w, &v->worth, 1);
	walk_name(w, &v->what);
}

static void sat_offer(struct walk *w, struct till_sat_offer *v)
{
	walk_sat_between(w, &v->amount, 1);
	walk_name(w, &v->what);
}

static void cost(struct walk *w, struct till_cost *v)
{
	walk_name(w, &v->label);
	walk_fiat(w, &v->monthly);
}

static void month(struct walk *w, struct till_month *v)
{
	WALK_NUMBER(w, v->year, 9999);
	WALK_NUMBER(w, v->month, 12);
	WALK_NUMBER(w, v->gifts, UINT32_MAX);
	walk_sat_between(w, &v->received, -SAT_MAX);
	walk_fiat_between(w, &v->worth, -FIAT_MAX);
	if (w->rc == RC_OK && (v->year == 0 || v->month == 0))
		walk_fail(w, RC_INVALID);
}

static void earlier(struct walk *w, struct till_summary *v)
{
	struct till_earlier *e = &v->earlier;

	WALK_NUMBER(w, e->months, UINT32_MAX);
	if (w->rc || e->months == 0)
		return;
	WALK_NUMBER(w, e->gifts, UINT32_MAX);
	walk_sat_between(w, &e->received, -SAT_MAX);
	walk_fiat_between(w, &e->worth, -FIAT_MAX);
	if (w->rc == RC_OK && v->months_n < TILL_MONTHS_MAX)
		walk_fail(w, RC_INVALID);
}

static void policy(struct walk *w, struct till_policy *v)
{
	walk_sat(w, &v->up_to);
	WALK_NUMBER(w, v->confirmations, CONFIRMATIONS_MAX);
}

static void runway(struct walk *w, struct till_summary *v)
{
	walk_flag(w, &v->has_runway);
	if (w->rc == RC_OK && v->has_runway)
		walk_instant(w, &v->runway_until);
	walk_fiat(w, &v->monthly);
	walk_instant(w, &v->since);
	walk_fiat_between(w, &v->opening, -FIAT_MAX);
	walk_fiat_between(w, &v->given, -FIAT_MAX);
	walk_fiat(w, &v->used);
	walk_fiat(w, &v->coarse_step);
	WALK_NUMBER(w, v->delay_days, UINT16_MAX);
}

static void lists(struct walk *w, struct till_summary *v)
{
	walk_count(w, &v->offers_n, TILL_OFFERS_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->offers_n; i++)
		offer(w, &v->offers[i]);
	walk_count(w, &v->sat_offers_n, TILL_OFFERS_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->sat_offers_n; i++)
		sat_offer(w, &v->sat_offers[i]);
	walk_count(w, &v->policy_n, TILL_POLICY_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->policy_n; i++)
		policy(w, &v->policy[i]);
	walk_count(w, &v->costs_n, TILL_COSTS_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->costs_n; i++)
		cost(w, &v->costs[i]);
	runway(w, v);
	walk_count(w, &v->campaigns_n, TILL_CAMPAIGNS_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->campaigns_n; i++)
		campaign(w, &v->campaigns[i]);
	walk_count(w, &v->months_n, TILL_MONTHS_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->months_n; i++)
		month(w, &v->months[i]);
	earlier(w, v);
}

static void summary(struct walk *w, struct till_summary *v)
{
	WALK_NUMBER(w, v->pause, TILL_PAUSES - 1);
	WALK_NUMBER(w, v->network, WALK_NETWORKS - 1);
	walk_instant(w, &v->as_of);
	walk_fixed(w, v->secret, sizeof(v->secret));
	walk_currency(w, &v->currency);
	walk_flag(w, &v->has_rate);
	if (w->rc == RC_OK && v->has_rate)
		walk_rate(w, &v->rate);
	walk_fiat(w, &v->least);
	walk_fiat(w, &v->most);
	walk_name(w, &v->title);
	walk_lines(w, &v->text, TILL_TEXT_MAX);
	lists(w, v);
}

static void walk(struct walk *w, struct till_message *m)
{
	switch (m->kind) {
	case TILL_ASK:
		ask(w, &m->ask);
		break;
	case TILL_GIFT_GET:
		walk_fixed(w, m->token.b, sizeof(m->token.b));
		break;
	case TILL_ALARM:
		alarm(w, &m->alarm);
		break;
	case TILL_ASKED:
		asked(w, &m->asked);
		break;
	case TILL_GIFT:
		gift(w, &m->gift);
		break;
	case TILL_SUMMARY:
		summary(w, &m->summary);
		break;
	case TILL_SUMMARY_GET:
	case TILL_NO_GIFT:
		break;
	default: /* a byte that came is of no enum */
		walk_fail(w, RC_INVALID);
	}
}

static void head(struct walk *w, struct till_message *m)
{
	uint8_t version = TILL_WIRE_VERSION;

	WALK_NUMBER(w, version, UINT8_MAX);
	if (w->rc == RC_OK && version != TILL_WIRE_VERSION)
		walk_fail(w, RC_NEWER);
	WALK_NUMBER(w, m->kind, UINT8_MAX);
	WALK_NUMBER(w, m->id, UINT64_MAX);
}

enum rc till_wire_parse(struct str in, struct till_message *m)
{
	struct walk w = {.in = in};

	if (in.n > TILL_WIRE_MAX)
		return RC_LIMIT;
	memset(m, 0, sizeof(*m));
	head(&w, m);
	if (w.rc == RC_OK)
		walk(&w, m);
	if (w.rc == RC_OK && w.in.n > 0)
		w.rc = RC_INVALID;
	return w.rc;
}

enum rc till_wire_write(struct buf *b, const struct till_message *message)
{
	struct walk w = {.out = b};
	/* Where the walk writes to B, it stores nothing in the message. */
	struct till_message *m = (struct till_message *)message;

	head(&w, m);
	if (w.rc == RC_OK)
		walk(&w, m);
	if (w.rc == RC_OK && b->n > TILL_WIRE_MAX)
		w.rc = RC_LIMIT;
	return w.rc ? w.rc : buf_rc(b);
}

/* --- tokens --- */

static const char DIGITS[] = "abcdefghijklmnopqrstuvwxyz234567";

void till_token_text(const struct till_token *token, char text[TILL_TOKEN_TEXT])
{
	unsigned bits = 0;
	unsigned n = 0;
	size_t at = 0;

	for (size_t i = 0; i < TILL_TOKEN_BYTES; i++) {
		bits = (bits << 8 | token->b[i]) & 0xffff;
		for (n += 8; n >= 5; n -= 5)
			text[at++] = DIGITS[bits >> (n - 5) & 31];
	}
	/* 128 bits are 25 digits and three bits. */
	text[at++] = DIGITS[bits << (5 - n) & 31];
	must(at == TILL_TOKEN_TEXT);
}

static int digit(char c)
{
	if (c >= 'a' && c <= 'z')
		return c - 'a';
	return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
}

enum rc till_token_parse(struct str s, struct till_token *ret_token)
{
	struct till_token token = {{0}};
	unsigned bits = 0;
	unsigned n = 0;
	size_t at = 0;

	if (s.n != TILL_TOKEN_TEXT)
		return RC_INVALID;
	for (size_t i = 0; i < s.n; i++) {
		int d = digit(s.p[i]);

		if (d < 0)
			return RC_INVALID;
		bits = (bits << 5 | (unsigned)d) & 0xffff;
		n += 5;
		if (n >= 8) {
			n -= 8;
			token.b[at++] = (uint8_t)(bits >> n & 0xff);
		}
	}
	must(at == TILL_TOKEN_BYTES && n == 2);
	if (bits & 3)
		return RC_INVALID;
	*ret_token = token;
	return RC_OK;
}
