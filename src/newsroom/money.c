/* SPDX-License-Identifier: MIT
 *
 * What the treasurer sees. The till is asked each time, and answers a moment
 * later; nothing here changes anything.
 */
#include "newsroom/money.h"

#include <string.h>

#include "ledger/alarm.h"
#include "ledger/entry.h"
#include "ledger/export.h"
#include "ledger/ledger.h"
#include "ledger/rates.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/settings.h"
#include "newsroom/visit.h"
#include "page/desk_money.h"

/* Beyond some years nobody need be told. */
enum {
	TILL_MS = 6000,
	BTC = 8,
	PACE_DAYS_MOST = 3650,
	DAY_S = 86400,
	BEHIND_S = 3 * 3600
};

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
	int32_t day = 0;
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

	chain.has_tip = r->tip.us > 0;
	if (chain.has_tip) {
		int64_t age = instant_s(v->now) - instant_s(r->tip);

		chain.tip = visit_civil(v, r->tip);
		if (age >= BEHIND_S)
			chain.behind = (uint64_t)age / 3600;
	}
	if (chain.has_heard)
		chain.heard = visit_civil(v, r->heard);
	if (r->has_rate)
		chain.rate = money_fiat(&r->currency, r->rate.per_coin);
	chain.is_rate_fixed =
	    r->has_rate && rates_is_fixed(r->rate.source, &day);
	if (chain.is_rate_fixed)
		chain.rate_day =
		    civil_at(INSTANT_OF_S((int64_t)day * DAY_S), 0);
	return chain;
}

static enum msg pause_alarm(uint32_t pause)
{
	switch ((enum ledger_pause)pause) {
	case LEDGER_NO_BATCH:
		return MSG_ALARM_NO_BATCH;
	case LEDGER_USED_UP:
		return MSG_ALARM_USED_UP;
	case LEDGER_BAD_PROOF:
		return MSG_ALARM_BAD_PROOF;
	case LEDGER_NO_PIN:
		return MSG_ALARM_NO_PIN;
	case LEDGER_TAKEN:
		return MSG_ALARM_TAKEN;
	case LEDGER_BAD_SETTINGS:
		return MSG_ALARM_BAD_SETTINGS;
	case LEDGER_OUT_OF_TIME:
		return MSG_ALARM_OUT_OF_TIME;
	case LEDGER_OPEN:
		break;
	}
	return MSG_COUNT;
}

struct view_desk_alarm money_alarm(
    struct visit *v, const struct money_alarm *alarm)
{
	static const enum msg words[ALARM_KINDS] = {
	    [ALARM_PAUSED] = MSG_COUNT,
	    [ALARM_LOW] = MSG_ALARM_LOW,
	    [ALARM_OLD_BOOK] = MSG_ALARM_OLD_BOOK,
	    [ALARM_TALLY] = MSG_ALARM_TALLY,
	    [ALARM_UNASKED] = MSG_ALARM_UNASKED,
	    [ALARM_LOST] = MSG_ALARM_LOST,
	    [ALARM_NODE] = MSG_ALARM_NODE,
	    [ALARM_WRITING] = MSG_ALARM_WRITING,
	    [ALARM_BATCH] = MSG_ALARM_BATCH,
	    [ALARM_ASKING] = MSG_ALARM_ASKING,
	    [ALARM_RECEIPT] = MSG_ALARM_RECEIPT,
	    [ALARM_READER] = MSG_ALARM_READER,
	    [ALARM_WATCH] = MSG_ALARM_WATCH,
	    [ALARM_SILENT] = MSG_ALARM_SILENT,
	    [ALARM_RATES] = MSG_ALARM_RATES,
	    [ALARM_ENDING] = MSG_ALARM_ENDING,
	};
	struct view_desk_alarm view = {
	    .severity = alarm->severity,
	    .since = visit_civil(v, alarm->since),
	    .msg = alarm->kind < ALARM_KINDS ? words[alarm->kind] : MSG_COUNT,
	    .what = alarm->what,
	};

	if (alarm->has_numbers && alarm->kind == ALARM_PAUSED)
		view.msg = pause_alarm(alarm->n[0]);
	if (alarm->kind == ALARM_SILENT ||
	    (alarm->has_numbers && view.msg != MSG_COUNT))
		view.what = STR_NONE;
	else if (alarm->kind != ALARM_PAUSED && !alarm->has_numbers &&
		 (alarm->kind < ALARM_WRITING || alarm->kind > ALARM_SILENT))
		view.msg = MSG_COUNT; /* its numbers are not known */
	for (size_t i = 0; i < ALARM_NUMBERS; i++)
		view.values[i] =
		    arena_printf(v->a, "%u", (unsigned)alarm->n[i]);
	return view;
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

/* Until when the newest batch lasts, if it goes on like that. */
static void fill_pace(
    struct visit *v, const struct money_report *r, struct view_desk_money *view)
{
	uint64_t days;

	view->pace_n = r->pace_n;
	view->pace_days = r->pace_days;
	if (r->pace_n == 0 || r->batches_n == 0 || r->batches[0].left == 0)
		return;
	days = (uint64_t)r->batches[0].left * r->pace_days / r->pace_n;
	if (days > PACE_DAYS_MOST)
		return;
	view->has_end = true;
	view->end = visit_civil(
	    v, INSTANT_OF_S(instant_s(v->now) + (int64_t)days * DAY_S));
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
		view->alarms[i] = money_alarm(v, &r->alarms[i]);
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
	fill_pace(v, r, &view);
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

/* The book as a file: the till is asked for a piece, which is sent, and then
 * for the next, so that neither a large book nor a slow reader keeps anybody
 * else waiting, or more than a piece in memory. */
struct exporting {
	struct visit *v;
	struct money_message ask;
	bool has_begun;
};

static const struct {
	struct str name, type;
	enum ledger_format format;
} formats[] = {
    {STR_INIT("csv"), STR_INIT("text/csv; charset=utf-8"), LEDGER_CSV},
    {STR_INIT("json"), STR_INIT("application/json"), LEDGER_JSON},
    {STR_INIT("hledger"), STR_INIT("text/plain; charset=utf-8"),
	LEDGER_HLEDGER},
};

enum { FORMATS = sizeof(formats) / sizeof(formats[0]) };

static struct entity *export_head(struct exporting *x)
{
	struct visit *v = x->v;
	size_t at = 0;

	while (formats[at].format != (enum ledger_format)x->ask.export.format)
		at++;
	return visit_file_head(v, formats[at].type,
	    arena_printf(v->a, "ledger-%.*s.%.*s", STR_ARG(visit_day(v)),
		STR_ARG(formats[at].name)));
}

static void export_break(struct exporting *x)
{
	visit_answer(x->v, x->has_begun ? NULL : money_none(x->v, true));
}

static void piece_came(void *ctx, enum rc rc, const struct money_message *reply)
{
	struct exporting *x = ctx;
	struct entity *head = NULL;

	if (rc != RC_OK || reply->kind != MONEY_PIECE) {
		export_break(x);
		return;
	}
	if (!x->has_begun) {
		head = export_head(x);
		if (!head) {
			export_break(x);
			return;
		}
	}
	x->has_begun = true;
	x->ask.export.after = reply->piece.next;
	visit_piece(x->v, head, reply->piece.bytes, reply->piece.next == 0);
}

static void ask_piece(void *ctx)
{
	struct exporting *x = ctx;
	struct till *till = &x->v->n->config.till;

	if (visit_is_gone(x->v) ||
	    till->ask(till->ctx, &x->ask, piece_came, x) != RC_OK)
		export_break(x);
}

/* How many entries there are is asked first: what comes in meanwhile is not in
 * the file. */
static void counted(void *ctx, enum rc rc, const struct money_message *reply)
{
	struct exporting *x = ctx;
	struct visit *v = x->v;
	const struct str *format = &formats[x->ask.export.format].name;
	struct err err = {0};

	if (rc != RC_OK || reply->kind != MONEY_ENTRIES) {
		export_break(x);
		return;
	}
	if (reply->entries.n > 0)
		x->ask.export.upto = reply->entries.v[0].seq;
	rc = settings_log(v, STR("export"), *format,
	    arena_printf(v->a, "%llu", (unsigned long long)x->ask.export.upto),
	    &err);
	if (rc != RC_OK) {
		visit_answer(v, visit_failed(v, rc, &err));
		return;
	}
	x->ask.kind = MONEY_EXPORT;
	visit_on_more(v, ask_piece, x);
	ask_piece(x);
}

static struct entity *export_ledger(struct visit *v)
{
	struct exporting *x = ARENA_NEW(v->a, struct exporting);
	struct till *till = &v->n->config.till;
	struct str name = v->params[0];
	size_t at = 0;

	_Static_assert(
	    LEDGER_CSV == 0 && LEDGER_JSON == 1 && LEDGER_HLEDGER == 2,
	    "the order of formats");
	while (at < FORMATS && !str_eq(formats[at].name, name))
		at++;
	if (!till->ask || at == FORMATS)
		return visit_missing(v);
	if (!x || !visit_later(v, TILL_MS))
		return visit_status(v, 503);
	x->v = v;
	x->ask.kind = MONEY_PAGE;
	if (till->ask(till->ctx, &x->ask, counted, x) != RC_OK) {
		export_break(x);
		return NULL;
	}
	memset(&x->ask, 0, sizeof(x->ask));
	x->ask.export.format = (uint8_t)formats[at].format;
	return NULL;
}

static const struct route routes[] = {
    {HTTP_GET, "/money", RIGHT_MONEY, 0, "", show_money},
    {HTTP_GET, "/money/ledger", RIGHT_MONEY, 0, "", show_ledger},
    {HTTP_GET, "/money/export/:format", RIGHT_MONEY, 0, "", export_ledger},
};

const struct route *routes_money(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
