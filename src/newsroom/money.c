/* SPDX-License-Identifier: MIT
 *
 * What the treasurer sees. The till is asked each time, and answers a moment
 * later; nothing here changes anything.
 */
#include "newsroom/money.h"

#include <string.h>

#include "ledger/alarm.h"
#include "ledger/entry.h"
#include "ledger/ledger.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/visit.h"
#include "page/desk_money.h"

enum { TILL_MS = 6000, BTC = 8 };

struct view_money money_sat(struct sat sat)
{
	return (struct view_money){STR("BTC"), sat_raw(sat), BTC};
}

struct view_money money_fiat(const struct currency *currency, struct fiat fiat)
{
	if (!currency->code[0])
		return (struct view_money){STR_NONE, 0, 0};
	return (struct view_money){
	    str_of(currency->code), fiat_raw(fiat), currency->decimals};
}

bool money_ask(struct visit *v, struct money_message *ask, till_done_fn *done)
{
	struct till *till = &v->n->config.till;

	if (!till->ask || !visit_later(v, TILL_MS))
		return false;
	if (till->ask(till->ctx, ask, done, v) != RC_OK)
		done(v, RC_IO, NULL);
	return true;
}

struct entity *money_none(struct visit *v, bool is_silent)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_MONEY);
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	desk_money_none(b, &desk, is_silent);
	return visit_page(v, is_silent ? 503 : 200, b);
}

/* The till's report as a view. */

static enum msg state_of(uint8_t pause)
{
	switch ((enum till_pause)pause) {
	case TILL_OPEN:
		return MSG_MONEY_OPEN;
	case TILL_NO_BATCH:
		return MSG_MONEY_PAUSE_BATCH;
	case TILL_USED_UP:
		return MSG_MONEY_PAUSE_USED;
	case TILL_BAD_PROOFS:
		return MSG_MONEY_PAUSE_PROOF;
	case TILL_NO_PIN:
	case TILL_OTHERWISE:
	case TILL_PAUSES:
		break;
	}
	return MSG_MONEY_PAUSE_OTHER;
}

static enum msg node_of(uint8_t node)
{
	switch ((enum node_state)node) {
	case NODE_OK:
		return MSG_MONEY_NODE_OK;
	case NODE_DOWN:
		return MSG_MONEY_NODE_DOWN;
	case NODE_WRONG_NETWORK:
		return MSG_MONEY_NODE_WRONG;
	case NODE_SYNCING:
		return MSG_MONEY_NODE_SYNCING;
	case NODE_STALE:
		return MSG_MONEY_NODE_STALE;
	}
	return MSG_COUNT;
}

struct view_desk_chain money_chain(
    struct visit *v, const struct money_report *r)
{
	enum network network = (enum network)r->network;
	struct view_desk_chain chain = {
	    .network = network_name(network),
	    .is_test = network_is_test(network),
	    .node = node_of(r->node),
	    .is_node_well = r->node == NODE_OK,
	    .node_text = r->node_text,
	    .is_verified = r->is_verified,
	    .has_heard = r->heard.us > 0,
	    .height = r->height,
	    .has_rate = r->has_rate,
	    .rate_source = r->rate.source,
	    .sources = r->sources,
	    .answering = r->answering,
	    .sources_text = r->sources_text,
	};

	if (chain.has_heard)
		chain.heard = visit_civil(v, r->heard);
	if (r->has_rate)
		chain.rate = money_fiat(&r->currency, r->rate.per_coin);
	return chain;
}

struct str money_purpose_name(struct str account)
{
	static const struct str heads[] = {STR_INIT("income:gifts:story:"),
	    STR_INIT("income:gifts:campaign:")};

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (str_starts(account, heads[i]))
			return str_from(account, heads[i].n);
	return str_eq(account, STR("income:gifts:general")) ? STR("") : account;
}

static void fill_paid(
    const struct money_report *r, struct view_desk_money *view)
{
	const struct money_paid *p = r->paid;
	static const enum payment_state back[] = {
	    PAYMENT_REVERSED, PAYMENT_REPLACED, PAYMENT_DROPPED};
	uint64_t n = 0;

	view->paid[0] = (struct view_desk_paid){
	    .what = MSG_MONEY_STATE_WAITING, .n = r->waiting};
	view->paid[1] = (struct view_desk_paid){MSG_MONEY_STATE_SEEN,
	    p[PAYMENT_SEEN].n, money_sat(p[PAYMENT_SEEN].sum)};
	view->paid[2] = (struct view_desk_paid){MSG_MONEY_STATE_CONFIRMED,
	    p[PAYMENT_CONFIRMED].n, money_sat(p[PAYMENT_CONFIRMED].sum)};
	view->paid[3] = (struct view_desk_paid){MSG_MONEY_STATE_SETTLED,
	    p[PAYMENT_SETTLED].n, money_sat(p[PAYMENT_SETTLED].sum)};
	for (size_t i = 0; i < sizeof(back) / sizeof(back[0]); i++)
		n += p[back[i]].n;
	view->paid[4] =
	    (struct view_desk_paid){.what = MSG_MONEY_STATE_BACK, .n = n};
}

static bool fill_lists(
    struct visit *v, const struct money_report *r, struct view_desk_money *view)
{
	struct view_desk_month *months =
	    ARENA_ARRAY(v->a, struct view_desk_month, r->months_n);
	struct view_desk_purpose *purposes =
	    ARENA_ARRAY(v->a, struct view_desk_purpose, r->purposes_n);
	struct view_desk_batch *batches =
	    ARENA_ARRAY(v->a, struct view_desk_batch, r->batches_n);

	view->alarms = ARENA_ARRAY(v->a, struct view_desk_alarm, r->alarms_n);
	if (!months || !purposes || !batches || !view->alarms)
		return false;
	for (size_t i = 0; i < r->months_n; i++) {
		const struct till_month *m = &r->months[i];

		months[i] = (struct view_desk_month){
		    .month = {.year = m->year, .month = m->month, .day = 1},
		    .gifts = m->gifts,
		    .received = money_sat(m->received),
		    .worth = money_fiat(&r->currency, m->worth)};
	}
	for (size_t i = 0; i < r->purposes_n; i++) {
		const struct money_purpose *p = &r->purposes[i];

		purposes[i] = (struct view_desk_purpose){
		    money_purpose_name(p->account), p->gifts,
		    money_sat(p->received), money_fiat(&r->currency, p->worth)};
	}
	for (size_t i = 0; i < r->batches_n; i++)
		batches[i] = (struct view_desk_batch){r->batches[i].number,
		    r->batches[i].left, r->batches[i].leaves,
		    visit_civil(v, r->batches[i].installed), i == 0};
	for (size_t i = 0; i < r->alarms_n; i++)
		view->alarms[i] =
		    (struct view_desk_alarm){r->alarms[i].severity,
			visit_civil(v, r->alarms[i].since), r->alarms[i].what};
	view->months = months;
	view->months_n = r->months_n;
	view->purposes = purposes;
	view->purposes_n = r->purposes_n;
	view->batches = batches;
	view->batches_n = r->batches_n;
	view->alarms_n = r->alarms_n;
	return true;
}

static struct entity *money_page(struct visit *v, const struct money_report *r)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_MONEY);
	struct view_desk_money view = {
	    .state = state_of(r->pause),
	    .is_open = r->pause == TILL_OPEN,
	    .chain = money_chain(v, r),
	    .entries = r->entries,
	    .runway = {.is_known = r->has_runway,
		.until = civil_at(r->runway_until, 0),
		.since = civil_at(r->since, 0),
		.opening = money_fiat(&r->currency, r->opening),
		.given = money_fiat(&r->currency, r->given),
		.monthly = money_fiat(&r->currency, r->monthly),
		.delay_days = r->delay_days},
	};
	struct buf *b = visit_buf(v);

	if (!b || !fill_lists(v, r, &view))
		return NULL;
	fill_paid(r, &view);
	desk_money(b, &desk, &view);
	return visit_page(v, 200, b);
}

static void looked(void *ctx, enum rc rc, const struct money_message *reply)
{
	struct visit *v = ctx;

	visit_answer(v, rc == RC_OK && reply->kind == MONEY_REPORT
			    ? money_page(v, &reply->report)
			    : money_none(v, true));
}

static struct entity *show_money(struct visit *v)
{
	struct money_message ask = {.kind = MONEY_LOOK};

	if (!v->n->config.till.ask)
		return money_none(v, false);
	return money_ask(v, &ask, looked) ? NULL : visit_status(v, 503);
}

/* The ledger. */

static enum msg kind_of(uint8_t kind)
{
	switch ((enum entry_kind)kind) {
	case ENTRY_GIFT:
		return MSG_MONEY_KIND_GIFT;
	case ENTRY_REVERSE:
		return MSG_MONEY_KIND_REVERSE;
	case ENTRY_VALUE:
		break;
	}
	return MSG_MONEY_KIND_VALUE;
}

/* As wallets and explorers write it: the last byte first. */
static struct str txid_text(
    struct arena *a, const uint8_t txid[TILL_TXID_BYTES])
{
	struct buf b;

	buf_init_arena(&b, a, 2 * TILL_TXID_BYTES + 1);
	for (int i = TILL_TXID_BYTES - 1; i >= 0; i--)
		buf_printf(&b, "%02x", txid[i]);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

static struct view_desk_entry view_entry(
    struct visit *v, const struct money_entry *e)
{
	bool is_back = e->kind == ENTRY_REVERSE;
	struct view_desk_entry out = {
	    .seq = e->seq,
	    .about = e->about,
	    .kind = kind_of(e->kind),
	    .date = visit_civil(v, e->date),
	    .amount = money_sat(e->amount),
	    .purpose = money_purpose_name(is_back ? e->debit : e->credit),
	    .txid = txid_text(v->a, e->txid),
	};

	if (is_back)
		out.amount.units = -out.amount.units;
	if (e->has_worth) {
		struct currency *currency = ARENA_NEW(v->a, struct currency);

		if (currency) {
			*currency = e->currency;
			out.worth = money_fiat(currency, e->worth);
		}
	}
	return out;
}

static struct entity *ledger_page(
    struct visit *v, const struct money_entries *entries)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_MONEY);
	struct view_desk_entry *rows =
	    ARENA_ARRAY(v->a, struct view_desk_entry, entries->n);
	struct view_desk_ledger view = {.v = rows, .n = entries->n};
	struct buf *b = visit_buf(v);

	if (!b || !rows)
		return NULL;
	for (size_t i = 0; i < entries->n; i++)
		rows[i] = view_entry(v, &entries->v[i]);
	if (entries->has_more)
		view.older = arena_printf(v->a, "/money/ledger?before=%llu",
		    (unsigned long long)entries->v[entries->n - 1].seq);
	if (visit_query(v, STR("before")).n > 0)
		view.newer = STR("/money/ledger");
	desk_ledger(b, &desk, &view);
	return visit_page(v, 200, b);
}

static void turned(void *ctx, enum rc rc, const struct money_message *reply)
{
	struct visit *v = ctx;

	visit_answer(v, rc == RC_OK && reply->kind == MONEY_ENTRIES
			    ? ledger_page(v, &reply->entries)
			    : money_none(v, true));
}

static struct entity *show_ledger(struct visit *v)
{
	struct money_message ask = {.kind = MONEY_PAGE};
	struct str before = visit_query(v, STR("before"));

	if (!v->n->config.till.ask)
		return visit_missing(v);
	if (before.p && str_u64(before, INT64_MAX, &ask.before) != RC_OK)
		return visit_missing(v);
	return money_ask(v, &ask, turned) ? NULL : visit_status(v, 503);
}

static const struct route routes[] = {
    {HTTP_GET, "/money", RIGHT_MONEY, 0, "", show_money},
    {HTTP_GET, "/money/ledger", RIGHT_MONEY, 0, "", show_ledger},
};

const struct route *routes_money(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
