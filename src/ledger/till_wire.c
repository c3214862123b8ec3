/* SPDX-License-Identifier: MIT
 *
 * The till's messages as bytes; the format is in till_wire.h.
 *
 * Each kind is walked over by one function, which reads into the struct or
 * writes from it, as the walk says: so the two cannot differ, and what is
 * refused in one direction is refused in the other. The first fault is kept,
 * and all that follows does nothing.
 *
 * Nothing is allocated from a number in a message; a count is compared with the
 * list's fixed room before it is used.
 */
#include "ledger/till_wire.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"

enum {
	NETWORKS = 4, /* of coin/network.h */
	DECIMALS_MAX = 4,
	CONFIRMATIONS_MAX = 1000000,
};

struct walk {
	struct buf *out; /* NULL: reads from IN */
	struct str in;
	enum rc rc;
};

static void fail(struct walk *w, enum rc rc)
{
	if (w->rc == RC_OK)
		w->rc = rc;
}

/* N raw bytes to or from P. */
static void fixed(struct walk *w, void *p, size_t n)
{
	if (w->rc)
		return;
	if (w->out) {
		buf_add(w->out, (struct str){p, n});
	} else if (w->in.n < n) {
		fail(w, RC_INVALID);
	} else {
		memcpy(p, w->in.p, n);
		w->in = str_from(w->in, n);
	}
}

/* V in SIZE bytes; what it becomes is returned. */
static uint64_t number(struct walk *w, uint64_t v, size_t size, uint64_t most)
{
	unsigned char bytes[8];
	uint64_t got = 0;

	for (size_t i = 0; i < size; i++)
		bytes[i] = (unsigned char)(v >> (8 * (size - 1 - i)) & 0xff);
	if (w->out && v > most)
		fail(w, RC_INVALID);
	fixed(w, bytes, size);
	if (w->rc)
		return 0;
	for (size_t i = 0; i < size; i++)
		got = got << 8 | bytes[i];
	if (got > most)
		fail(w, RC_INVALID);
	return w->rc ? 0 : got;
}

/* When writing, nothing is stored: the message may be constant. */
#define NUMBER(w, field, most)                                                 \
	do {                                                                   \
		uint64_t got_ = number(                                        \
		    (w), (uint64_t)(field), sizeof(field), (uint64_t)(most));  \
		if (!(w)->out)                                                 \
			(field) = (__typeof__(field))got_;                     \
	} while (0)

static void flag(struct walk *w, bool *v)
{
	uint64_t got = number(w, *v, 1, 1);

	if (!w->out)
		*v = got != 0;
}

/* Only a month's totals can be below 0, after a reversal. */
static int64_t signed_number(
    struct walk *w, int64_t v, int64_t least, int64_t most)
{
	uint64_t got;

	if (w->out && (v < least || v > most))
		fail(w, RC_INVALID);
	got = number(w, (uint64_t)v, 8, UINT64_MAX);
	memcpy(&v, &got, sizeof(v));
	if (v < least || v > most)
		fail(w, RC_INVALID);
	return v;
}

static void sat_between(struct walk *w, struct sat *v, int64_t least)
{
	int64_t got = signed_number(w, sat_raw(*v), least, SAT_MAX);

	if (!w->out && w->rc == RC_OK)
		*v = sat_of_raw(got);
}

static void sat(struct walk *w, struct sat *v)
{
	sat_between(w, v, 0);
}

static void fiat_between(struct walk *w, struct fiat *v, int64_t least)
{
	int64_t got = signed_number(w, fiat_raw(*v), least, FIAT_MAX);

	if (!w->out && w->rc == RC_OK)
		*v = fiat_of_raw(got);
}

static void fiat(struct walk *w, struct fiat *v)
{
	fiat_between(w, v, 0);
}

static void instant(struct walk *w, struct instant *v)
{
	int64_t got = signed_number(w, v->us, 0, INT64_MAX);

	if (!w->out)
		v->us = got;
}

static void count(struct walk *w, size_t *n, size_t most)
{
	uint64_t got;

	if (w->out && *n > most)
		fail(w, RC_LIMIT);
	got = number(w, *n, 2, UINT16_MAX);
	if (got > most)
		fail(w, RC_LIMIT);
	if (!w->out)
		*n = w->rc ? 0 : (size_t)got;
}

static void bytes(struct walk *w, struct str *s, size_t most)
{
	size_t n = s->n;

	count(w, &n, most);
	if (w->rc)
		return;
	if (w->out) {
		buf_add(w->out, *s);
	} else if (w->in.n < n) {
		fail(w, RC_INVALID);
	} else {
		*s = str_part(w->in, 0, n);
		w->in = str_from(w->in, n);
	}
}

static bool is_clean(struct str s, bool has_lines)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < 0x20 && !(has_lines && (c == '\n' || c == '\t'))) ||
		    c == 0x7f)
			return false;
	}
	return utf8_is_valid(s);
}

static void text(struct walk *w, struct str *s, size_t most)
{
	bytes(w, s, most);
	if (w->rc == RC_OK && !is_clean(*s, most == TILL_TEXT_MAX))
		fail(w, RC_INVALID);
}

static void name(struct walk *w, struct str *s)
{
	text(w, s, TILL_NAME_MAX);
}

/* Three capitals, or three NULs for none; and a NUL. */
static void code(struct walk *w, char v[4])
{
	static const char none[4] = "";

	fixed(w, v, 3);
	if (w->rc)
		return;
	if (!w->out)
		v[3] = '\0';
	if (memcmp(v, none, 4) == 0)
		return;
	for (size_t i = 0; i < 3; i++)
		if (!ascii_is_upper(v[i]))
			fail(w, RC_INVALID);
	if (v[3] != '\0')
		fail(w, RC_INVALID);
}

static void currency(struct walk *w, struct currency *v)
{
	code(w, v->code);
	NUMBER(w, v->decimals, DECIMALS_MAX);
}

static void rate(struct walk *w, struct till_rate *v)
{
	fiat_between(w, &v->per_coin, 1);
	name(w, &v->source);
	instant(w, &v->at);
}

/* --- the kinds --- */

static void ask(struct walk *w, struct till_ask *v)
{
	instant(w, &v->at);
	fixed(w, v->net, sizeof(v->net));
	sat(w, &v->wanted);
	fiat(w, &v->worth);
	code(w, v->currency);
	name(w, &v->purpose);
	if (w->rc == RC_OK && fiat_raw(v->worth) > 0 &&
	    (sat_raw(v->wanted) > 0 || !v->currency[0]))
		fail(w, RC_INVALID);
}

static void asked(struct walk *w, struct till_asked *v)
{
	NUMBER(w, v->refusal, TILL_REFUSALS - 1);
	if (w->rc || v->refusal != TILL_GIVEN)
		return;
	flag(w, &v->is_shared);
	fixed(w, v->token.b, sizeof(v->token.b));
}

static void alarm(struct walk *w, struct till_alarm *v)
{
	NUMBER(w, v->alarm, TILL_ALARMS - 1);
	name(w, &v->what);
}

static void payment(struct walk *w, struct till_payment *v)
{
	fixed(w, v->txid, sizeof(v->txid));
	NUMBER(w, v->output, UINT32_MAX);
	sat(w, &v->amount);
	NUMBER(w, v->state, TILL_STATES - 1);
	NUMBER(w, v->confirmations, CONFIRMATIONS_MAX);
	NUMBER(w, v->needed, CONFIRMATIONS_MAX);
	instant(w, &v->at);
	flag(w, &v->is_late);
	flag(w, &v->is_replaced);
	flag(w, &v->is_dropped);
	flag(w, &v->was_settled);
	if (w->rc == RC_OK &&
	    (v->state == TILL_WAITING ||
		((v->is_replaced || v->is_dropped || v->was_settled) &&
		    v->state != TILL_REVERSED)))
		fail(w, RC_INVALID);
	flag(w, &v->has_worth);
	if (w->rc || !v->has_worth)
		return;
	currency(w, &v->currency);
	fiat(w, &v->worth);
	rate(w, &v->rate);
	if (w->rc == RC_OK && !v->currency.code[0])
		fail(w, RC_INVALID);
}

static void gift(struct walk *w, struct till_gift *v)
{
	NUMBER(w, v->state, TILL_STATES - 1);
	flag(w, &v->is_unverified);
	flag(w, &v->is_shared);
	instant(w, &v->asked);
	instant(w, &v->synced);
	name(w, &v->purpose);
	sat(w, &v->wanted);
	currency(w, &v->currency);
	flag(w, &v->has_quote);
	if (w->rc == RC_OK && v->has_quote) {
		rate(w, &v->rate);
		fiat(w, &v->worth);
		instant(w, &v->quote_until);
	}
	sat(w, &v->settled);
	sat(w, &v->confirmed);
	sat(w, &v->seen);
	bytes(w, &v->proof, TILL_PROOF_MAX);
	NUMBER(w, v->payments_all, UINT32_MAX);
	count(w, &v->payments_n, TILL_PAYMENTS_MAX);
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
	name(w, &v->id);
	name(w, &v->title);
	name(w, &v->text);
	fiat(w, &v->goal);
	fiat(w, &v->reached);
	flag(w, &v->is_open);
	instant(w, &v->ends);
	if (w->rc == RC_OK && !is_id(v->id))
		fail(w, RC_INVALID);
}

static void offer(struct walk *w, struct till_offer *v)
{
	fiat_between(w, &v->worth, 1);
	name(w, &v->what);
}

static void sat_offer(struct walk *w, struct till_sat_offer *v)
{
	sat_between(w, &v->amount, 1);
	name(w, &v->what);
}

static void cost(struct walk *w, struct till_cost *v)
{
	name(w, &v->label);
	fiat(w, &v->monthly);
}

static void month(struct walk *w, struct till_month *v)
{
	NUMBER(w, v->year, 9999);
	NUMBER(w, v->month, 12);
	NUMBER(w, v->gifts, UINT32_MAX);
	sat_between(w, &v->received, -SAT_MAX);
	fiat_between(w, &v->worth, -FIAT_MAX);
	if (w->rc == RC_OK && (v->year == 0 || v->month == 0))
		fail(w, RC_INVALID);
}

static void earlier(struct walk *w, struct till_summary *v)
{
	struct till_earlier *e = &v->earlier;

	NUMBER(w, e->months, UINT32_MAX);
	if (w->rc || e->months == 0)
		return;
	NUMBER(w, e->gifts, UINT32_MAX);
	sat_between(w, &e->received, -SAT_MAX);
	fiat_between(w, &e->worth, -FIAT_MAX);
	if (w->rc == RC_OK && v->months_n < TILL_MONTHS_MAX)
		fail(w, RC_INVALID);
}

static void policy(struct walk *w, struct till_policy *v)
{
	sat(w, &v->up_to);
	NUMBER(w, v->confirmations, CONFIRMATIONS_MAX);
}

static void runway(struct walk *w, struct till_summary *v)
{
	flag(w, &v->has_runway);
	if (w->rc == RC_OK && v->has_runway)
		instant(w, &v->runway_until);
	fiat(w, &v->monthly);
	instant(w, &v->since);
	fiat_between(w, &v->opening, -FIAT_MAX);
	fiat_between(w, &v->given, -FIAT_MAX);
	fiat(w, &v->used);
	fiat(w, &v->coarse_step);
	NUMBER(w, v->delay_days, UINT16_MAX);
}

static void lists(struct walk *w, struct till_summary *v)
{
	count(w, &v->offers_n, TILL_OFFERS_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->offers_n; i++)
		offer(w, &v->offers[i]);
	count(w, &v->sat_offers_n, TILL_OFFERS_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->sat_offers_n; i++)
		sat_offer(w, &v->sat_offers[i]);
	count(w, &v->policy_n, TILL_POLICY_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->policy_n; i++)
		policy(w, &v->policy[i]);
	count(w, &v->costs_n, TILL_COSTS_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->costs_n; i++)
		cost(w, &v->costs[i]);
	runway(w, v);
	count(w, &v->campaigns_n, TILL_CAMPAIGNS_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->campaigns_n; i++)
		campaign(w, &v->campaigns[i]);
	count(w, &v->months_n, TILL_MONTHS_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->months_n; i++)
		month(w, &v->months[i]);
	earlier(w, v);
}

static void summary(struct walk *w, struct till_summary *v)
{
	NUMBER(w, v->pause, TILL_PAUSES - 1);
	NUMBER(w, v->network, NETWORKS - 1);
	instant(w, &v->as_of);
	fixed(w, v->secret, sizeof(v->secret));
	currency(w, &v->currency);
	flag(w, &v->has_rate);
	if (w->rc == RC_OK && v->has_rate)
		rate(w, &v->rate);
	fiat(w, &v->least);
	fiat(w, &v->most);
	name(w, &v->title);
	text(w, &v->text, TILL_TEXT_MAX);
	lists(w, v);
}

static void walk(struct walk *w, struct till_message *m)
{
	switch (m->kind) {
	case TILL_ASK:
		ask(w, &m->ask);
		break;
	case TILL_GIFT_GET:
		fixed(w, m->token.b, sizeof(m->token.b));
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
		fail(w, RC_INVALID);
	}
}

static void head(struct walk *w, struct till_message *m)
{
	uint8_t version = TILL_WIRE_VERSION;

	NUMBER(w, version, UINT8_MAX);
	if (w->rc == RC_OK && version != TILL_WIRE_VERSION)
		fail(w, RC_NEWER);
	NUMBER(w, m->kind, UINT8_MAX);
	NUMBER(w, m->id, UINT64_MAX);
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
