/* SPDX-License-Identifier: MIT
 *
 * What is wrong now; see alarm.h.
 */
#include "ledger/alarm.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "ledger/ledger_priv.h"

#define DAY_US		 INT64_C(86400000000)

#define NODE_PATIENCE_US INT64_C(120000000)
#define RATE_PATIENCE_US INT64_C(600000000)

enum {
	TOLD_DAYS = 14,	  /* what cannot be mended is told so long */
	ENDING_DAYS = 28, /* a batch's end is told so long before it */
};

static const struct {
	enum alarm_severity severity;
	bool is_event;
} KINDS[ALARM_KINDS] = {
    [ALARM_PAUSED] = {ALARM_URGENT, false},
    [ALARM_LOW] = {ALARM_WARNING, false},
    [ALARM_OLD_BOOK] = {ALARM_URGENT, false},
    [ALARM_TALLY] = {ALARM_NOTICE, false},
    [ALARM_UNASKED] = {ALARM_WARNING, false},
    [ALARM_LOST] = {ALARM_URGENT, false},
    [ALARM_NODE] = {ALARM_WARNING, false},
    [ALARM_WRITING] = {ALARM_URGENT, true},
    [ALARM_BATCH] = {ALARM_URGENT, true},
    [ALARM_ASKING] = {ALARM_URGENT, true},
    [ALARM_RECEIPT] = {ALARM_URGENT, true},
    [ALARM_READER] = {ALARM_URGENT, true},
    [ALARM_WATCH] = {ALARM_WARNING, true},
    [ALARM_SILENT] = {ALARM_WARNING, true},
    [ALARM_RATES] = {ALARM_WARNING, false},
    [ALARM_ENDING] = {ALARM_WARNING, false},
};

const char *alarm_severity_name(enum alarm_severity severity)
{
	switch (severity) {
	case ALARM_NOTICE:
		return "notice";
	case ALARM_WARNING:
		return "warning";
	case ALARM_URGENT:
		return "urgent";
	}
	return "?";
}

bool alarm_raise(struct alarm_list *list, enum alarm_kind kind,
    const char *what, struct instant now)
{
	struct alarm *a = &list->v[kind];
	bool is_news;

	must(kind < ALARM_KINDS);
	is_news = !a->severity || strncmp(a->what, what, sizeof(a->what) - 1);
	if (!a->severity)
		a->since = now;
	a->last = now;
	a->severity = KINDS[kind].severity;
	a->has_numbers = false;
	if (is_news)
		snprintf(a->what, sizeof(a->what), "%s", what);
	return is_news;
}

bool alarm_clear(struct alarm_list *list, enum alarm_kind kind)
{
	bool was = list->v[kind].severity != 0;

	memset(&list->v[kind], 0, sizeof(list->v[kind]));
	return was;
}

/* The state, in words. */

struct looking {
	struct alarm_list *list;
	struct instant now;
	void (*say)(void *ctx, const struct alarm *alarm);
	void *ctx;
	bool has_changed;
};

struct numbers {
	uint32_t n[ALARM_NUMBERS];
};

#define NUMBERS(...) ((struct numbers){{__VA_ARGS__}})

static void stands(struct looking *l, enum alarm_kind kind, struct numbers n,
    const char *fmt, ...) PRINTF_LIKE(4, 5);

static void stands(struct looking *l, enum alarm_kind kind, struct numbers n,
    const char *fmt, ...)
{
	struct alarm *alarm = &l->list->v[kind];
	char what[ALARM_TEXT_MAX];
	bool is_news;
	va_list args;

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	is_news = alarm_raise(l->list, kind, what, l->now);
	alarm->has_numbers = true;
	memcpy(alarm->n, n.n, sizeof(alarm->n));
	if (!is_news)
		return;
	l->has_changed = true;
	if (l->say)
		l->say(l->ctx, alarm);
}

static void is_over(struct looking *l, enum alarm_kind kind)
{
	l->has_changed |= alarm_clear(l->list, kind);
}

static const char *pause_text(enum ledger_pause pause)
{
	switch (pause) {
	case LEDGER_OPEN:
		break;
	case LEDGER_NO_BATCH:
		return "support is paused: there is no batch of addresses in "
		       "till/till.db; install one by farthing batch install";
	case LEDGER_USED_UP:
		return "support is paused: all addresses are handed out; sign "
		       "the next batch and install it (doc/support.md, 7)";
	case LEDGER_BAD_PROOF:
		return "support is paused: an address in till/till.db is not "
		       "what was signed. Somebody or something has changed the "
		       "file; put back a copy of till/ from before "
		       "(doc/support.md, 6)";
	case LEDGER_NO_PIN:
		return "support is paused: there is no pinned key in "
		       "trust/pin; put back the file, or install a batch";
	case LEDGER_TAKEN:
		return "support is paused: too many addresses in a row were "
		       "paid before they were handed out, so till/till.db is "
		       "older than it was; sign the next batch and install it "
		       "(doc/support.md, 7)";
	case LEDGER_BAD_SETTINGS:
		return "support is paused: the settings of support in "
		       "till/till.db cannot be read. Somebody or something has "
		       "changed the file, or an older program runs; put back a "
		       "copy of till/ from before, or write all settings anew "
		       "by farthing support DIR --file FILE";
	case LEDGER_OUT_OF_TIME:
		return "support is paused: the time for which the newest batch "
		       "was signed is over, or has not begun. See whether the "
		       "server's clock is right; if it is, sign the next batch "
		       "and install it (doc/support.md, 7)";
	}
	return "support is paused";
}

static bool is_recent(struct instant at, struct instant now)
{
	return at.us != INSTANT_NEVER.us && now.us - at.us < TOLD_DAYS * DAY_US;
}

static void look_at_end(struct looking *l, const struct ledger_status *s)
{
	struct civil end;

	if (s->until.us == INSTANT_NEVER.us || s->until.us <= l->now.us ||
	    s->until.us - l->now.us > ENDING_DAYS * DAY_US) {
		is_over(l, ALARM_ENDING);
		return;
	}
	end = civil_at(s->until, 0);
	stands(l, ALARM_ENDING, NUMBERS(s->batch),
	    "the time for which batch %u was signed ends within four weeks, on "
	    "%04d-%02d-%02d: from then on support is paused. Sign the next "
	    "batch and install it before (doc/support.md, 7)",
	    (unsigned)s->batch, (int)end.year, (int)end.month, (int)end.day);
}

static void look_at_book(struct looking *l, const struct ledger_status *s)
{
	const struct ledger_passed *p = &s->passed;

	if (is_recent(p->at, l->now))
		stands(l, ALARM_OLD_BOOK, NUMBERS(p->from, p->to - 1, p->batch),
		    "till/till.db is older than it was: the addresses %u to %u "
		    "of batch %u were handed out by a newer one (DIR/tally "
		    "knows). They stay watched and are never handed out again, "
		    "but their receipts are lost. If you have a newer copy of "
		    "till/, stop the server and put that back; else nothing is "
		    "to be done but to ask who put the old one there",
		    (unsigned)p->from, (unsigned)p->to - 1, (unsigned)p->batch);
	else
		is_over(l, ALARM_OLD_BOOK);
	if (is_recent(s->tally_mended, l->now))
		stands(l, ALARM_TALLY, NUMBERS(0),
		    "DIR/tally was missing or older than till/till.db, and was "
		    "made anew of what till.db knows. If an old copy of the "
		    "whole folder was put back, addresses may be handed out "
		    "twice: sign and install the next batch at once");
	else
		is_over(l, ALARM_TALLY);
	if (s->has_unasked)
		stands(l, ALARM_UNASKED, NUMBERS(s->unasked, s->batch),
		    "address %u of batch %u was paid before it was handed out. "
		    "Either till/till.db and DIR/tally are both old copies: "
		    "then sign and install the next batch at once; or somebody "
		    "took the address from the wallet: then nothing is to be "
		    "done",
		    (unsigned)s->unasked, (unsigned)s->batch);
	else
		is_over(l, ALARM_UNASKED);
	if (s->missing)
		stands(l, ALARM_LOST, NUMBERS(s->missing),
		    "batch %u was installed, but is not in till/till.db: gifts "
		    "to its addresses are not seen. Put back the newest copy "
		    "of till/, or else install the batch's file again: then "
		    "its addresses are watched, and not handed out any more",
		    (unsigned)s->missing);
	else
		is_over(l, ALARM_LOST);
}

/* WHAT has stood since *SINCE, of which this is told, for PATIENCE_US. */
static bool has_lasted(
    struct instant *since, bool what, struct instant now, int64_t patience_us)
{
	if (!what) {
		*since = (struct instant){0};
		return false;
	}
	if (since->us == 0 || since->us > now.us)
		*since = now;
	return now.us - since->us >= patience_us;
}

/* Sources that differ, or the clock, can leave the paper without a rate though
 * all answer. */
static void look_at_sources(struct looking *l, const struct ledger_status *s)
{
	bool is_few = s->sources > 0 && s->answering < s->sources_needed;
	bool is_vain =
	    s->sources > 0 && s->sources_needed > 0 && !is_few && !s->has_rate;
	bool is_long =
	    has_lasted(&l->list->unrated, is_vain, l->now, RATE_PATIENCE_US);

	if (is_few)
		stands(l, ALARM_RATES,
		    NUMBERS(s->answering, s->sources, s->sources_needed),
		    "%u of %u sources of rates answer%s, and %u must agree: "
		    "soon amounts can only be asked in bitcoin, and gifts are "
		    "booked without a value. %.*s. See \"rates\" in "
		    "farthing.conf, and the log for what can be done",
		    s->answering, s->sources, s->answering == 1 ? "s" : "",
		    s->sources_needed, STR_ARG(s->sources_text));
	else if (is_long)
		stands(l, ALARM_RATES,
		    NUMBERS(s->answering, s->sources, s->sources_needed),
		    "%u of %u sources of rates answer%s, and %u must agree, "
		    "but no rate comes of what they say: amounts can only be "
		    "asked in bitcoin, and gifts are booked without a value. "
		    "See whether the server's clock is right, and "
		    "\"rate_band_percent\" and \"rate_stale_minutes\" in the "
		    "settings of support",
		    s->answering, s->sources, s->answering == 1 ? "s" : "",
		    s->sources_needed);
	else if (!is_vain)
		is_over(l, ALARM_RATES);
}

static void forget_events(struct looking *l)
{
	for (int k = 0; k < ALARM_KINDS; k++) {
		const struct alarm *a = &l->list->v[k];
		int64_t age = l->now.us - a->last.us;

		/* A clock that went back must not keep it for ever. */
		if (KINDS[k].is_event && a->severity &&
		    (age > DAY_US || age < -DAY_US))
			is_over(l, (enum alarm_kind)k);
	}
}

/* A watch that has just begun, and a node that is being started again, have
 * some time before anybody is told. */
static void look_at_node(struct looking *l, const struct ledger_status *status)
{
	bool is_unheard = status->node && !status->is_verified;
	bool is_long =
	    has_lasted(&l->list->unheard, is_unheard, l->now, NODE_PATIENCE_US);

	if (!is_unheard)
		is_over(l, ALARM_NODE);
	if (!is_long)
		return;
	stands(l, ALARM_NODE, NUMBERS(0),
	    "no node has told the till about the chain lately: gifts are not "
	    "seen now, and are caught up with later; see \"node\" in "
	    "farthing.conf, and whether the node runs");
}

bool alarm_look(struct alarm_list *list, const struct ledger_status *status,
    struct instant now, void (*say)(void *ctx, const struct alarm *alarm),
    void *ctx)
{
	struct looking l = {list, now, say, ctx, false};

	if (status->pause != LEDGER_OPEN)
		stands(&l, ALARM_PAUSED, NUMBERS(status->pause), "%s",
		    pause_text(status->pause));
	else
		is_over(&l, ALARM_PAUSED);
	if (status->is_low && status->left > 0)
		stands(&l, ALARM_LOW, NUMBERS(status->batch),
		    "a fifth of the addresses of batch %u is left, or less; "
		    "sign the next batch and install it (doc/support.md, 7)",
		    (unsigned)status->batch);
	else
		is_over(&l, ALARM_LOW);
	look_at_end(&l, status);
	look_at_node(&l, status);
	look_at_book(&l, status);
	look_at_sources(&l, status);
	forget_events(&l);
	return l.has_changed;
}

static struct str alarm_line(struct arena *a, const struct alarm *alarm)
{
	struct buf b;

	buf_init_arena(&b, a, ALARM_TEXT_MAX + 100);
	buf_printf(&b, "%s ", alarm_severity_name(alarm->severity));
	civil_rfc3339(&b, civil_at(alarm->since, 0));
	buf_printf(&b, " %s", alarm->what);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

size_t alarm_lines(const struct alarm_list *list, struct arena *a,
    struct str ret_v[ALARM_KINDS])
{
	size_t n = 0;

	for (int s = ALARM_URGENT; s >= ALARM_NOTICE; s--)
		for (int k = 0; k < ALARM_KINDS; k++)
			if ((int)list->v[k].severity == s)
				ret_v[n++] = alarm_line(a, &list->v[k]);
	return n;
}

/* In till.db. */

static enum rc alarm_insert(
    struct ledger *ledger, int kind, const struct alarm *a)
{
	struct query *q = store_query(ledger->db,
	    SQL("INSERT INTO alarm (kind, severity, since_us, last_us, what)"
		" VALUES (?1, ?2, ?3, ?4, ?5)"));

	query_add_i64(q, kind);
	query_add_i64(q, a->severity);
	query_add_i64(q, a->since.us);
	query_add_i64(q, a->last.us);
	query_add_str(q, str_of(a->what));
	return query_run(q, NULL);
}

enum rc ledger_alarms_save(
    struct ledger *ledger, const struct alarm_list *list, struct err *err)
{
	enum rc rc = ledger_begin(ledger, err);

	if (rc != RC_OK)
		return rc;
	rc = query_run(store_query(ledger->db, SQL("DELETE FROM alarm")), NULL);
	for (int k = 0; rc == RC_OK && k < ALARM_KINDS; k++)
		if (list->v[k].severity)
			rc = alarm_insert(ledger, k, &list->v[k]);
	return ledger_end(ledger, rc, "keeping alarms", err);
}

static void alarm_read(struct query *q, struct alarm_list *list)
{
	int64_t kind = query_i64(q, 0);
	int64_t severity = query_i64(q, 1);
	struct str what = query_str(q, 4);
	struct alarm a = {.severity = ALARM_NOTICE};

	if (kind < 0 || kind >= ALARM_KINDS || severity < ALARM_NOTICE ||
	    severity > ALARM_URGENT || what.n >= sizeof(a.what) ||
	    query_time(q, 2, &a.since) != RC_OK ||
	    query_time(q, 3, &a.last) != RC_OK)
		return;
	a.severity = (enum alarm_severity)severity;
	if (what.n > 0)
		memcpy(a.what, what.p, what.n);
	list->v[kind] = a;
}

enum rc ledger_alarms(
    struct ledger *ledger, struct alarm_list *ret_list, struct err *err)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT kind, severity, since_us, last_us, what"
			    " FROM alarm ORDER BY kind"));
	enum rc rc;

	memset(ret_list, 0, sizeof(*ret_list));
	while ((rc = query_step(q)) == RC_OK)
		alarm_read(q, ret_list);
	query_end(q);
	return rc == RC_NOT_FOUND
		   ? RC_OK
		   : store_fail(ledger->db, rc, "reading alarms", err);
}
