/* SPDX-License-Identifier: MIT
 *
 * The messages of newsroom and till as bytes; see money_wire.h.
 */
#include "ledger/money_wire.h"

#include <string.h>

#include "base/buf.h"
#include "ledger/walk.h"

enum { NODE_STATES = 6, ENTRY_KINDS = 3, SEVERITIES = 3, FORMATS = 4 };

static void batch(struct walk *w, struct money_batch *v)
{
	WALK_NUMBER(w, v->number, UINT32_MAX);
	WALK_NUMBER(w, v->leaves, UINT32_MAX);
	WALK_NUMBER(w, v->left, UINT32_MAX);
	WALK_NUMBER(w, v->shared, UINT32_MAX);
	walk_instant(w, &v->installed);
	if (w->rc == RC_OK && v->left > v->leaves)
		walk_fail(w, RC_INVALID);
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

static void purpose(struct walk *w, struct money_purpose *v)
{
	walk_name(w, &v->account);
	WALK_NUMBER(w, v->gifts, UINT32_MAX);
	walk_sat_between(w, &v->received, -SAT_MAX);
	walk_fiat_between(w, &v->worth, -FIAT_MAX);
}

static void alarm(struct walk *w, struct money_alarm *v)
{
	WALK_NUMBER(w, v->kind, MONEY_ALARMS_MAX - 1);
	WALK_NUMBER(w, v->severity, SEVERITIES);
	walk_instant(w, &v->since);
	walk_flag(w, &v->has_numbers);
	for (size_t i = 0; w->rc == RC_OK && i < MONEY_ALARM_NUMBERS; i++)
		WALK_NUMBER(w, v->n[i], UINT32_MAX);
	walk_text(w, &v->what, MONEY_LINE_MAX);
	if (w->rc == RC_OK && v->severity == 0)
		walk_fail(w, RC_INVALID);
}

static void chain(struct walk *w, struct money_report *v)
{
	WALK_NUMBER(w, v->node, NODE_STATES - 1);
	walk_text(w, &v->node_text, MONEY_LINE_MAX);
	walk_flag(w, &v->is_verified);
	walk_instant(w, &v->heard);
	WALK_NUMBER(w, v->height, UINT32_MAX);
	walk_instant(w, &v->tip);
	walk_flag(w, &v->has_rate);
	if (w->rc == RC_OK && v->has_rate)
		walk_rate(w, &v->rate);
	WALK_NUMBER(w, v->sources, UINT32_MAX);
	WALK_NUMBER(w, v->answering, UINT32_MAX);
	walk_text(w, &v->sources_text, MONEY_LINE_MAX);
}

static void lists(struct walk *w, struct money_report *v)
{
	walk_count(w, &v->batches_n, MONEY_BATCHES_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->batches_n; i++)
		batch(w, &v->batches[i]);
	walk_count(w, &v->months_n, TILL_MONTHS_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->months_n; i++)
		month(w, &v->months[i]);
	walk_count(w, &v->purposes_n, MONEY_PURPOSES_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->purposes_n; i++)
		purpose(w, &v->purposes[i]);
	walk_count(w, &v->alarms_n, MONEY_ALARMS_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->alarms_n; i++)
		alarm(w, &v->alarms[i]);
}

static void report(struct walk *w, struct money_report *v)
{
	WALK_NUMBER(w, v->pause, TILL_PAUSES - 1);
	WALK_NUMBER(w, v->network, WALK_NETWORKS - 1);
	walk_currency(w, &v->currency);
	chain(w, v);
	WALK_NUMBER(w, v->waiting, UINT32_MAX);
	for (size_t i = 0; i < MONEY_PAID_STATES; i++) {
		WALK_NUMBER(w, v->paid[i].n, UINT32_MAX);
		walk_sat(w, &v->paid[i].sum);
	}
	WALK_NUMBER(w, v->batch, UINT32_MAX);
	WALK_NUMBER(w, v->missing, UINT32_MAX);
	WALK_NUMBER(w, v->pace_n, UINT32_MAX);
	WALK_NUMBER(w, v->pace_days, UINT16_MAX);
	lists(w, v);
	WALK_NUMBER(w, v->entries, UINT64_MAX);
	walk_flag(w, &v->has_runway);
	if (w->rc == RC_OK && v->has_runway)
		walk_instant(w, &v->runway_until);
	walk_fiat(w, &v->monthly);
	walk_instant(w, &v->since);
	walk_fiat_between(w, &v->opening, -FIAT_MAX);
	walk_fiat_between(w, &v->given, -FIAT_MAX);
	WALK_NUMBER(w, v->delay_days, UINT16_MAX);
}

static void entry(struct walk *w, struct money_entry *v)
{
	WALK_NUMBER(w, v->seq, UINT64_MAX);
	WALK_NUMBER(w, v->kind, ENTRY_KINDS);
	walk_instant(w, &v->booked);
	walk_instant(w, &v->date);
	walk_fixed(w, v->txid, sizeof(v->txid));
	WALK_NUMBER(w, v->output, UINT32_MAX);
	WALK_NUMBER(w, v->height, UINT32_MAX);
	WALK_NUMBER(w, v->about, UINT64_MAX);
	walk_sat(w, &v->amount);
	walk_name(w, &v->debit);
	walk_name(w, &v->credit);
	walk_flag(w, &v->has_worth);
	if (w->rc == RC_OK && (v->seq == 0 || v->kind == 0))
		walk_fail(w, RC_INVALID);
	if (w->rc || !v->has_worth)
		return;
	walk_currency(w, &v->currency);
	walk_fiat_between(w, &v->worth, -FIAT_MAX);
	walk_fiat_between(w, &v->price, 1);
	if (w->rc == RC_OK && !v->currency.code[0])
		walk_fail(w, RC_INVALID);
}

static void entries(struct walk *w, struct money_entries *v)
{
	walk_count(w, &v->n, MONEY_ENTRIES_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->n; i++)
		entry(w, &v->v[i]);
	walk_flag(w, &v->has_more);
}

static void rules(struct walk *w, struct money_rules *v)
{
	walk_lines(w, &v->text, MONEY_TEXT_MAX);
	walk_fixed(w, v->hash, sizeof(v->hash));
}

static void whose(struct walk *w, struct money_whose *v, bool is_answer)
{
	walk_count(w, &v->n, MONEY_ASKED_MAX);
	for (size_t i = 0; w->rc == RC_OK && i < v->n; i++) {
		walk_text(w, &v->address[i], MONEY_ADDRESS_MAX);
		if (is_answer)
			walk_flag(w, &v->is_own[i]);
	}
}

static void refused(struct walk *w, struct money_refused *v)
{
	WALK_NUMBER(w, v->rc, RC_COUNT - 1);
	walk_text(w, &v->why, MONEY_LINE_MAX);
	if (w->rc == RC_OK && v->rc == RC_OK)
		walk_fail(w, RC_INVALID);
}

static void fields(struct walk *w, struct money_message *m)
{
	switch (m->kind) {
	case MONEY_LOOK:
	case MONEY_RULES:
		break;
	case MONEY_PAGE:
		WALK_NUMBER(w, m->before, UINT64_MAX);
		break;
	case MONEY_RULE:
	case MONEY_RULED:
		rules(w, &m->rules);
		break;
	case MONEY_REPORT:
		report(w, &m->report);
		break;
	case MONEY_ENTRIES:
		entries(w, &m->entries);
		break;
	case MONEY_WHOSE:
	case MONEY_OWNED:
		whose(w, &m->whose, m->kind == MONEY_OWNED);
		break;
	case MONEY_EXPORT:
		WALK_NUMBER(w, m->export.format, FORMATS - 1);
		WALK_NUMBER(w, m->export.after, INT64_MAX);
		WALK_NUMBER(w, m->export.upto, INT64_MAX);
		break;
	case MONEY_PIECE:
		WALK_NUMBER(w, m->piece.next, INT64_MAX);
		walk_bytes(w, &m->piece.bytes, MONEY_TEXT_MAX);
		break;
	case MONEY_REFUSED:
		refused(w, &m->refused);
		break;
	default: /* a byte that came is of no enum */
		walk_fail(w, RC_INVALID);
	}
}

static void head(struct walk *w, struct money_message *m)
{
	uint8_t version = MONEY_WIRE_VERSION;

	WALK_NUMBER(w, version, UINT8_MAX);
	if (w->rc == RC_OK && version != MONEY_WIRE_VERSION)
		walk_fail(w, RC_NEWER);
	WALK_NUMBER(w, m->kind, UINT8_MAX);
	WALK_NUMBER(w, m->id, UINT64_MAX);
}

enum rc money_wire_parse(struct str in, struct money_message *m)
{
	struct walk w = {.in = in};

	if (in.n > MONEY_WIRE_MAX)
		return RC_LIMIT;
	memset(m, 0, sizeof(*m));
	head(&w, m);
	if (w.rc == RC_OK)
		fields(&w, m);
	if (w.rc == RC_OK && w.in.n > 0)
		w.rc = RC_INVALID;
	return w.rc;
}

enum rc money_wire_write(struct buf *b, const struct money_message *message)
{
	struct walk w = {.out = b};
	/* Where the walk writes to B, it stores nothing in the message. */
	struct money_message *m = (struct money_message *)message;

	head(&w, m);
	if (w.rc == RC_OK)
		fields(&w, m);
	if (w.rc == RC_OK && b->n > MONEY_WIRE_MAX)
		w.rc = RC_LIMIT;
	return w.rc ? w.rc : buf_rc(b);
}
