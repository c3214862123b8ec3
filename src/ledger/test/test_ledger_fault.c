/* SPDX-License-Identifier: MIT
 *
 * What remains when a step of the database or an allocation fails, or the
 * process dies. A play of some twenty acts is performed once without faults,
 * and after each act it is written down what the book then holds. Then it is
 * performed again and again with a fault at another place: afterwards the book
 * must be as after the last act that was acknowledged, or as after the one
 * under way; never anything else.
 *
 * FARTHING_TEST_ALL=1 tries every step instead of some, and thousands of kills.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "ledger/export.h"
#include "ledger/summary.h"
#include "ledger/test/till_fixture.h"

enum { FACTS_MOST = 8 };

static enum rc tell(struct till *t, struct fact *v, size_t n)
{
	return ledger_facts(t->ledger, v, n, t->now, &t->err);
}

static enum rc ask(struct till *t, uint8_t number, const char *purpose)
{
	struct ledger_request r = {.net = {1}, .token = {{number}}};
	enum ledger_ask_limit limit;
	struct ledger_token token;
	enum rc rc = purpose_parse(str_of(purpose), &r.purpose);

	if (rc == RC_OK)
		rc = ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err);
	return rc;
}

static enum rc act_settings(struct till *t)
{
	return ledger_set_settings(t->ledger,
	    STR("currency = EUR\nnetwork_most = 2\n"
		"campaign = press 100 2026-11-01 2026-12-31 A press\n"),
	    t->now, &t->err);
}

/* The other computer's work, once a play. */
static const struct ledger_batch *signed_batch(struct till *t)
{
	static struct ledger_batch batch; /* Global: see above */

	if (t->pin.n_batches == 0)
		till_sign(t, 1, 9, 2, &batch);
	return &batch;
}

static enum rc act_install(struct till *t)
{
	return till_bring(t, signed_batch(t), 1, 9, 2);
}

static enum rc act_ask(struct till *t)
{
	return ask(t, 1, "");
}

static enum rc act_ask_campaign(struct till *t)
{
	return ask(t, 2, "press");
}

static enum rc act_ask_shared(struct till *t)
{
	return ask(t, 3, "/2026/11/23/storm");
}

static enum rc act_seen(struct till *t)
{
	struct fact f;

	t->seq = 100;
	f = till_seen(t, 1, 2, 5000);
	return tell(t, &f, 1);
}

static enum rc act_paid(struct till *t)
{
	struct fact v[4];

	t->seq = 0;
	v[0] = till_block(t, FACT_BLOCK, 'a', 100);
	v[1] = till_block(t, FACT_BLOCK, 'a', 101);
	v[2] = till_paid(t, 'a', 101, 1, 2, 5000);
	v[3] = till_paid(t, 'a', 101, 2, 3, 600000);
	return tell(t, v, 4);
}

static enum rc act_rates(struct till *t)
{
	struct fact v[2];

	t->seq = 200;
	for (int i = 0; i < 2; i++) {
		v[i] = till_fact(t, FACT_RATE);
		v[i].u.rate.price = fiat_of_raw(5000000 + i);
		v[i].u.rate.currency = (struct currency){"EUR", 2};
		v[i].u.rate.at = INSTANT_OF_S(1795428000 + 600 * 101);
		v[i].u.rate.source[0] = (char)('a' + i);
	}
	t->now = v[0].u.rate.at;
	return tell(t, v, 2);
}

static enum rc act_deeper(struct till *t)
{
	struct fact f;

	t->seq = 300;
	f = till_block(t, FACT_BLOCK, 'a', 102);
	return tell(t, &f, 1);
}

static enum rc act_reorganised(struct till *t)
{
	struct fact v[6];

	t->seq = 400;
	v[0] = till_block(t, FACT_BLOCK_GONE, 'a', 102);
	v[1] = till_block(t, FACT_BLOCK_GONE, 'a', 101);
	v[2] = till_block(t, FACT_BLOCK, 'b', 101);
	v[3] = till_paid(t, 'b', 101, 2, 3, 600000);
	v[4] = till_block(t, FACT_BLOCK, 'b', 102);
	v[5] = till_fact(t, FACT_SYNCED);
	v[5].u.synced =
	    (struct fact_synced){102, till_block_hash('b', 102), true};
	return tell(t, v, 6);
}

static enum rc act_dropped(struct till *t)
{
	struct fact v[2];

	t->seq = 500;
	v[0] = till_fact(t, FACT_DROPPED);
	v[0].u.dropped = (struct fact_dropped){
	    till_hash("tx", 1), DROP_REPLACED, till_hash("tx", 7)};
	v[1] = till_fact(t, FACT_NODE);
	v[1].u.node = (struct fact_node){.state = NODE_OK, .text = STR("x")};
	return tell(t, v, 2);
}

static enum rc act_tick(struct till *t)
{
	t->now = (struct instant){
	    INSTANT_OF_S(1795428000).us + 20 * INT64_C(86400000000)};
	return ledger_tick(t->ledger, t->now, NULL, &t->err);
}

static enum rc act_epoch(struct till *t)
{
	uint32_t epoch;

	return ledger_next_epoch(t->ledger, &epoch, &t->err);
}

static enum rc act_read(struct till *t)
{
	struct ledger_gift *g = malloc(sizeof(*g));
	struct ledger_token token = {{1}};
	struct ledger_status status;
	struct ledger_summary summary;
	struct ledger_report report;
	struct arena *a = arena_new(1 << 20);
	enum rc rc = ledger_gift(t->ledger, a, token, t->now, g, &t->err);

	if (rc == RC_OK)
		rc = ledger_status(t->ledger, a, t->now, &status, &t->err);
	if (rc == RC_OK)
		rc = ledger_summary(t->ledger, a, t->now, &summary, &t->err);
	if (rc == RC_OK)
		rc = ledger_check(t->ledger, NULL, NULL, &report, &t->err);
	arena_free(a);
	free(g);
	return rc;
}

static enum rc (*const acts[])(struct till *) = {
    act_settings,
    act_install,
    act_ask,
    act_ask_campaign,
    act_ask_shared,
    act_seen,
    act_paid,
    act_rates,
    act_deeper,
    act_read,
    act_reorganised,
    act_dropped,
    act_tick,
    act_epoch,
};

enum { ACTS = sizeof(acts) / sizeof(acts[0]) };

static enum rc dump_piece(void *ctx, struct str bytes)
{
	buf_add(ctx, bytes);
	return RC_OK;
}

/* All that the book holds, as text on the heap. */
static char *dump(struct till *t)
{
	static const struct sql rows[] = {
	    {"SELECT id || ' ' || value FROM number"
	     " WHERE value <> 0 ORDER BY id"},
	    {"SELECT id || ' ' || state || ' ' || reversals FROM payment"
	     " ORDER BY id"},
	    {"SELECT leaf || ' ' || is_open || ' ' || purpose || ' '"
	     " || (net IS NULL) FROM ask ORDER BY id"},
	    {"SELECT number || ' ' || next FROM batch"},
	    {"SELECT height || ' ' || is_best FROM block ORDER BY hash"},
	    {"SELECT day || ' ' || account || currency || ' ' || amount"
	     " || ' ' || money FROM day ORDER BY day, account, currency"},
	    {"SELECT key || value FROM setting ORDER BY key"},
	};
	struct ledger_report report;
	struct buf b;

	buf_init(&b, 1 << 20);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct query *q = store_query(t->ledger->db, rows[i]);

		while (query_step(q) == RC_OK) {
			buf_add(&b, query_str(q, 0));
			buf_char(&b, '\n');
		}
		query_end(q);
	}
	till_ok(
	    t, ledger_export(t->ledger, LEDGER_JSON, dump_piece, &b, &t->err));
	till_ok(
	    t, ledger_check(t->ledger, till_see_fault, NULL, &report, &t->err));
	assert_int_equal(report.faults, 0);
	assert_int_equal(buf_rc(&b), RC_OK);
	buf_char(&b, '\0');
	return b.p;
}

/* What the book holds after 0, 1, ... acts. */
static char **references(void)
{
	static char *v[ACTS + 1]; /* Global: made once */

	for (size_t k = 0; k <= ACTS && !v[ACTS]; k++) {
		struct till t;

		till_init(&t);
		for (size_t i = 0; i < k; i++)
			till_ok(&t, acts[i](&t));
		v[k] = dump(&t);
		till_done(&t);
	}
	return v;
}

static bool is_like(struct till *t, const char *a, const char *b, int at)
{
	char *got = dump(t);
	bool is_a = strcmp(got, a) == 0;
	bool is_b = strcmp(got, b) == 0;

	if (!is_a && !is_b)
		print_error("fault at %d\n--- got\n%s--- want\n%s--- or\n%s",
		    at, got, a, b);
	free(got);
	assert_true(is_a || is_b);
	return is_b;
}

struct fault {
	int left;
	bool is_deadly;
	bool has_struck;
};

static enum rc strike(void *data)
{
	struct fault *f = data;

	if (f->left == 0 || --f->left > 0)
		return RC_OK;
	f->has_struck = true;
	if (f->is_deadly)
		_exit(9);
	return RC_NO_SPACE;
}

static int stride(void)
{
	return getenv("FARTHING_TEST_ALL") ? 1 : 11;
}

static void a_failed_step_changes_nothing_and_can_be_retried(void **unused)
{
	char **want = references();
	int tried = 0;

	(void)unused;
	for (int at = 1;; at += stride()) {
		struct fault f = {.left = at};
		struct till t;

		till_init(&t);
		for (size_t i = 0; i < ACTS; i++) {
			enum rc rc;

			store_hook(t.ledger->db, strike, &f);
			rc = acts[i](&t);
			store_hook(t.ledger->db, NULL, NULL);
			if (rc == RC_OK)
				continue;
			assert_true(f.has_struck);
			assert_int_equal(rc, RC_NO_SPACE);
			assert_true(strlen(t.err.why) > 0);
			if (at % 2) {
				till_close(&t);
				till_open(&t);
			}
			if (!is_like(&t, want[i], want[i + 1], at))
				till_ok(&t, acts[i](&t));
		}
		is_like(&t, want[ACTS], want[ACTS], at);
		till_done(&t);
		if (!f.has_struck)
			break;
		tried++;
	}
	print_message("note: %d steps failed in turn\n", tried);
	assert_true(tried > 20);
}

static void a_failed_allocation_changes_nothing(void **unused)
{
	char **want = references();
	int failed = 0;

	(void)unused;
	for (size_t i = 0; i < ACTS; i++) {
		for (unsigned long n = 1;; n++) {
			struct till t;
			enum rc rc;

			till_init(&t);
			for (size_t k = 0; k < i; k++)
				till_ok(&t, acts[k](&t));
			arena_fail_after(i == 1 ? 0 : n);
			rc = acts[i](&t);
			arena_fail_after(0);
			is_like(&t, want[i], want[i + 1], (int)i);
			till_done(&t);
			if (rc == RC_OK)
				break;
			assert_int_equal(rc, RC_NO_MEMORY);
			failed++;
		}
	}
	print_message("note: %d allocations failed in turn\n", failed);
}

static void a_death_in_any_step_loses_nothing_acknowledged(void **unused)
{
	char **want = references();
	int died = 0;

	(void)unused;
	for (int at = 1;; at += stride()) {
		struct fault f = {.left = at, .is_deadly = true};
		struct till t;
		int ends[2];
		int done = 0;
		int status;
		char byte;
		pid_t child;

		till_init(&t);
		signed_batch(&t);
		till_close(&t);
		assert_int_equal(pipe(ends), 0);
		child = fork();
		assert_true(child >= 0);
		if (child == 0) {
			till_open(&t);
			store_hook(t.ledger->db, strike, &f);
			for (size_t i = 0; i < ACTS; i++)
				if (acts[i](&t) != RC_OK ||
				    write(ends[1], "+", 1) != 1)
					_exit(2);
			_exit(0);
		}
		close(ends[1]);
		while (read(ends[0], &byte, 1) == 1)
			done++;
		close(ends[0]);
		assert_int_equal(waitpid(child, &status, 0), child);
		till_open(&t);
		is_like(
		    &t, want[done], want[done < ACTS ? done + 1 : done], at);
		till_done(&t);
		if (done == ACTS)
			break;
		died++;
	}
	print_message("note: died in %d steps in turn\n", died);
	assert_true(died > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_failed_step_changes_nothing_and_can_be_retried),
	    cmocka_unit_test(a_failed_allocation_changes_nothing),
	    cmocka_unit_test(a_death_in_any_step_loses_nothing_acknowledged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
