/* SPDX-License-Identifier: MIT
 *
 * Old copies of till.db that are put back, tills that are lost, and rows that
 * are edited so that another address would be shown than the one that was
 * handed out: whatever is done to the file, no address is handed out twice,
 * and the newsroom is told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ledger/alarm.h"
#include "ledger/tally.h"
#include "ledger/test/till_fixture.h"

enum { FILE_MAX = 1 << 22 };

/* The tally in memory, which the tests let fail. */
struct stick {
	struct tally tally;
	bool is_broken;
	unsigned pledges;
};

static void stick_look(void *ctx, uint32_t batch, uint32_t *n, bool *is_sure)
{
	struct stick *s = ctx;
	struct tally_batch b = tally_find(&s->tally, batch);

	*n = b.n;
	*is_sure = b.is_sure;
}

static enum rc stick_pledge(
    void *ctx, uint32_t batch, uint32_t n, struct err *err)
{
	struct stick *s = ctx;

	if (s->is_broken)
		return err_set(err, RC_NO_SPACE, "the tally is full");
	s->pledges++;
	return tally_raise(&s->tally, batch, n, false);
}

static void stick_given(void *ctx, uint32_t batch, uint32_t n)
{
	struct stick *s = ctx;

	assert_int_equal(tally_raise(&s->tally, batch, n, true), RC_OK);
}

static const struct ledger_tally_calls stick_calls = {
    stick_look, stick_pledge, stick_given};

static struct stick stick;

/* Opens the book with the tally. */
static void open_tallied(struct till *t)
{
	till_open(t);
	ledger_use_tally(t->ledger, &stick_calls, &stick);
	till_ok(t, ledger_catch_up(t->ledger, t->now, &t->err));
}

static void reopen(struct till *t)
{
	till_close(t);
	open_tallied(t);
}

static int set_up(void **state)
{
	int bad = till_set_up(state);
	struct till *t = *state;

	memset(&stick, 0, sizeof(stick));
	till_settings(t, "network_most = 1000\nwindow = 1000\n");
	reopen(t);
	return bad;
}

#define old_test(name)                                                         \
	cmocka_unit_test_setup_teardown(name, set_up, till_tear_down)

/* The index of a new address; -1: none was given. */
static int ask(struct till *t, struct ledger_token *ret_token)
{
	struct ledger_request r = {.net = {1}};
	struct ledger_token token;
	enum ledger_ask_limit limit;

	t->tokens++;
	memcpy(r.token.b, &t->tokens, sizeof(t->tokens));
	if (ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err) != RC_OK)
		return -1;
	assert_int_equal(limit, ASK_OWN);
	if (ret_token)
		*ret_token = token;
	return (int)till_gift(t, token)->proof.leaf.index;
}

static struct ledger_status status_of(struct till *t)
{
	struct ledger_status s;

	till_ok(t, ledger_status(t->ledger, t->a, t->now, &s, &t->err));
	return s;
}

static struct alarm_list alarms_of(struct till *t)
{
	struct ledger_status s = status_of(t);
	struct alarm_list list = {0};

	alarm_look(&list, &s, t->now, NULL, NULL);
	return list;
}

struct copy {
	char *p;
	size_t n;
};

static struct copy copy_file(struct till *t)
{
	struct copy c = {malloc(FILE_MAX), 0};
	FILE *f;

	till_close(t);
	f = fopen(t->path, "rb");
	assert_true(c.p && f);
	c.n = fread(c.p, 1, FILE_MAX, f);
	assert_in_range(c.n, 1, FILE_MAX - 1);
	fclose(f);
	open_tallied(t);
	return c;
}

static void put_back(struct till *t, const struct copy *c)
{
	FILE *f;

	till_close(t);
	f = fopen(t->path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(c->p, 1, c->n, f), c->n);
	fclose(f);
	open_tallied(t);
}

static void run(struct till *t, const char *text)
{
	till_ok(t, store_script(t->ledger->db, (struct sql){text}));
}

static void an_old_copy_hands_nothing_out_again(void **state)
{
	struct till *t = *state;
	struct alarm_list list;
	struct copy c;

	ask(t, NULL);
	assert_int_equal(ask(t, NULL), TILL_SHARED + 1);
	c = copy_file(t);
	for (int i = 2; i < 7; i++)
		assert_int_equal(ask(t, NULL), TILL_SHARED + i);
	put_back(t, &c);
	assert_int_equal(status_of(t).passed.from, TILL_SHARED + 2);
	assert_int_equal(status_of(t).passed.to, TILL_SHARED + 7);
	list = alarms_of(t);
	assert_int_equal(list.v[ALARM_OLD_BOOK].severity, ALARM_URGENT);
	assert_non_null(strstr(list.v[ALARM_OLD_BOOK].what, "6 to 10"));
	assert_int_equal(ask(t, NULL), TILL_SHARED + 7);
	/* What was passed over is watched. */
	till_blocks(t, 'a', 100, 106);
	till_tell(t, till_paid(t, 'a', 101, 1, TILL_SHARED + 3, 70000));
	assert_true(till_check(t) > 0);
	free(c.p);
}

static void one_address_is_enough_to_tell_an_old_copy(void **state)
{
	struct till *t = *state;
	struct copy c = copy_file(t);

	ask(t, NULL);
	put_back(t, &c);
	assert_int_equal(alarms_of(t).v[ALARM_OLD_BOOK].severity, ALARM_URGENT);
	assert_int_equal(ask(t, NULL), TILL_SHARED + 1);
	free(c.p);
}

static void the_alarm_goes_with_a_newer_copy_or_after_two_weeks(void **state)
{
	struct till *t = *state;
	struct copy old = copy_file(t);
	struct copy new;

	ask(t, NULL);
	new = copy_file(t);
	put_back(t, &old);
	assert_int_not_equal(alarms_of(t).v[ALARM_OLD_BOOK].severity, 0);
	put_back(t, &new);
	assert_int_equal(alarms_of(t).v[ALARM_OLD_BOOK].severity, 0);
	put_back(t, &old);
	assert_int_not_equal(alarms_of(t).v[ALARM_OLD_BOOK].severity, 0);
	t->now.us += 15 * INT64_C(86400000000);
	assert_int_equal(alarms_of(t).v[ALARM_OLD_BOOK].severity, 0);
	free(old.p);
	free(new.p);
}

static void an_old_copy_put_back_beneath_a_running_till_is_noticed(void **state)
{
	struct till *t = *state;

	ask(t, NULL);
	ask(t, NULL);
	run(t, "DROP TRIGGER batch_never_back; DROP TRIGGER ask_stays;"
	       "DELETE FROM ask; UPDATE batch SET next = shared");
	assert_int_equal(ask(t, NULL), TILL_SHARED + 2);
	assert_int_equal(alarms_of(t).v[ALARM_OLD_BOOK].severity, ALARM_URGENT);
}

static void a_crash_after_the_pledge_passes_one_address_over(void **state)
{
	struct till *t = *state;

	ask(t, NULL);
	/* As if it had died between tally and commit. */
	assert_int_equal(
	    tally_raise(&stick.tally, 1, TILL_SHARED + 2, false), RC_OK);
	reopen(t);
	assert_int_equal(alarms_of(t).v[ALARM_OLD_BOOK].severity, 0);
	assert_int_equal(ask(t, NULL), TILL_SHARED + 2);
}

static void a_missing_tally_is_made_anew_and_that_is_told(void **state)
{
	struct till *t = *state;

	ask(t, NULL);
	ask(t, NULL);
	assert_int_equal(alarms_of(t).v[ALARM_TALLY].severity, 0);
	memset(&stick, 0, sizeof(stick));
	reopen(t);
	assert_int_equal(tally_find(&stick.tally, 1).n, TILL_SHARED + 2);
	assert_int_equal(alarms_of(t).v[ALARM_TALLY].severity, ALARM_NOTICE);
	assert_int_equal(ask(t, NULL), TILL_SHARED + 2);
}

static void a_new_book_needs_no_word_about_its_tally(void **state)
{
	struct till *t = *state;

	assert_int_equal(alarms_of(t).v[ALARM_TALLY].severity, 0);
	assert_int_equal(stick.tally.batches_n, 0);
	assert_int_equal(ask(t, NULL), TILL_SHARED);
}

static void without_its_tally_nothing_is_handed_out(void **state)
{
	struct till *t = *state;

	stick.is_broken = true;
	assert_int_equal(ask(t, NULL), -1);
	assert_int_equal(t->err.rc, RC_NO_SPACE);
	assert_string_equal(t->err.why, "the tally is full");
	assert_int_equal(till_number(t, SQL("SELECT count(*) FROM ask")), 0);
	/* What is forgotten after a day is forgotten all the same. */
	stick.is_broken = false;
	ask(t, NULL);
	memset(&stick, 0, sizeof(stick));
	stick.is_broken = true;
	t->now.us += 2 * INT64_C(86400000000);
	assert_int_equal(
	    ledger_tick(t->ledger, t->now, NULL, &t->err), RC_NO_SPACE);
	assert_int_equal(till_number(t, SQL("SELECT count(*) FROM ask WHERE net"
					    " NOT NULL")),
	    0);
	stick.is_broken = false;
	assert_int_equal(ask(t, NULL), TILL_SHARED + 1);
}

struct fault {
	int left;
	bool has_struck;
};

static enum rc strike(void *data)
{
	struct fault *f = data;

	if (f->left == 0 || --f->left > 0)
		return RC_OK;
	f->has_struck = true;
	return RC_NO_SPACE;
}

static void a_failed_step_of_an_ask_costs_no_address(void **state)
{
	struct till *t = *state;
	int failed = 0;
	int want = TILL_SHARED;

	for (int at = 1;; at++) {
		struct fault f = {.left = at};
		struct ledger_request r = {.token = {{1, (uint8_t)at}}};
		enum ledger_ask_limit limit;
		struct ledger_token token;
		enum rc rc;

		store_hook(t->ledger->db, strike, &f);
		rc = ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err);
		store_hook(t->ledger->db, NULL, NULL);
		assert_int_equal(rc, f.has_struck ? RC_NO_SPACE : RC_OK);
		if (!f.has_struck)
			break;
		failed++;
	}
	assert_true(failed > 5);
	assert_int_equal(ask(t, NULL), ++want);
	assert_int_equal(alarms_of(t).v[ALARM_OLD_BOOK].severity, 0);
}

static void a_failed_step_of_catching_up_hands_nothing_out_twice(void **state)
{
	struct till *t = *state;
	struct copy c = copy_file(t);

	for (int i = 0; i < 4; i++)
		ask(t, NULL);
	for (int at = 1;; at++) {
		struct fault f = {.left = at};
		int got;

		put_back(t, &c);
		/* The start has done it: undo that, and let an ask do it. */
		run(t, "DROP TRIGGER batch_never_back;"
		       "UPDATE batch SET next = shared");
		store_hook(t->ledger->db, strike, &f);
		got = ask(t, NULL);
		store_hook(t->ledger->db, NULL, NULL);
		if (f.has_struck && got < 0)
			assert_int_equal(t->err.rc, RC_NO_SPACE);
		else
			assert_true(got >= TILL_SHARED + 4);
		assert_true(ask(t, NULL) >= TILL_SHARED + 4);
		if (!f.has_struck)
			break;
		if (at > 12) /* the batch is small */
			break;
	}
	free(c.p);
}

static void failed_allocations_cost_no_address(void **state)
{
	struct till *t = *state;

	for (unsigned long n = 1;; n++) {
		struct ledger_request r = {.token = {{2, (uint8_t)n}}};
		enum ledger_ask_limit limit;
		struct ledger_token token;
		enum rc rc;

		arena_fail_after(n);
		rc = ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err);
		arena_fail_after(0);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_NO_MEMORY);
	}
	assert_int_equal(ask(t, NULL), TILL_SHARED + 1);
}

/* Paid leaves. */

static void pay(struct till *t, unsigned from, unsigned to)
{
	for (unsigned i = from; i < to; i++)
		till_tell(t, till_seen(t, 1000 + i, i, 5000));
}

static void a_payment_before_its_turn_is_told_and_passed_over(void **state)
{
	struct till *t = *state;
	struct alarm_list list;

	ask(t, NULL);
	pay(t, TILL_SHARED + 1, TILL_SHARED + 3);
	list = alarms_of(t);
	assert_int_equal(list.v[ALARM_UNASKED].severity, ALARM_WARNING);
	assert_non_null(strstr(list.v[ALARM_UNASKED].what, "address 5 of"));
	assert_int_equal(ask(t, NULL), TILL_SHARED + 3);
	assert_int_equal(alarms_of(t).v[ALARM_UNASKED].severity, 0);
}

static void so_many_paid_before_their_turn_pause_support(void **state)
{
	struct till *t = *state;
	struct ledger_status s;

	till_install(t, 2, 1200, 2);
	run(t, "INSERT INTO payment (txid, vout, leaf, amount, is_coinbase,"
	       " first_us, state, reversals) SELECT randomblob(32), 0, number,"
	       " 5000, 0, 1, 5, 0 FROM leaf WHERE batch = 2 AND is_shared = 0"
	       " LIMIT 1000");
	assert_int_equal(ask(t, NULL), -1);
	assert_int_equal(t->err.rc, RC_GONE);
	assert_non_null(strstr(t->err.why, "older than it was"));
	s = status_of(t);
	assert_int_equal(s.pause, LEDGER_TAKEN);
	assert_non_null(strstr(alarms_of(t).v[ALARM_PAUSED].what, "paused"));
	/* One less can be passed over; and a new batch opens again. */
	run(t, "DELETE FROM payment WHERE leaf = (SELECT max(leaf) FROM"
	       " payment)");
	assert_int_equal(status_of(t).pause, LEDGER_OPEN);
	assert_int_equal(ask(t, NULL), 2 + 999);
}

/* Edited asks. */

static enum rc look(struct till *t, struct ledger_token token)
{
	struct ledger_gift *g = arena_alloc(t->a, sizeof(*g));

	return ledger_gift(t->ledger, t->a, token, t->now, g, &t->err);
}

static uint64_t faults_of(struct till *t)
{
	struct ledger_report report;

	till_ok(t, ledger_check(t->ledger, NULL, NULL, &report, &t->err));
	return report.faults;
}

static void an_ask_moved_to_another_signed_leaf_is_not_shown(void **state)
{
	struct till *t = *state;
	struct ledger_token token;

	ask(t, &token);
	assert_int_equal(look(t, token), RC_OK);
	run(t, "UPDATE ask SET leaf = leaf + 3");
	assert_int_equal(look(t, token), RC_DENIED);
	assert_non_null(strstr(t->err.why, "was edited"));
	assert_int_equal(faults_of(t), 1);
	/* Others are given addresses all the same. */
	assert_int_equal(status_of(t).pause, LEDGER_OPEN);
	run(t, "UPDATE ask SET leaf = leaf - 3");
	assert_int_equal(look(t, token), RC_OK);
	assert_int_equal(faults_of(t), 0);
}

static void asks_that_changed_places_are_found_by_the_check(void **state)
{
	struct till *t = *state;
	struct ledger_token one, two;

	ask(t, &one);
	ask(t, &two);
	run(t, "UPDATE ask SET leaf = 30 WHERE leaf = 4;"
	       "UPDATE ask SET leaf = 4 WHERE leaf = 5;"
	       "UPDATE ask SET leaf = 5 WHERE leaf = 30");
	assert_int_equal(look(t, one), RC_DENIED);
	assert_int_equal(look(t, two), RC_DENIED);
	assert_int_equal(faults_of(t), 1);
}

static void an_ask_for_a_leaf_that_is_not_there_pauses_nothing_for_good(
    void **state)
{
	static const char *const edits[] = {"UPDATE ask SET leaf = 5000",
	    "UPDATE ask SET leaf = -1", "UPDATE ask SET is_shared = 1",
	    "UPDATE ask SET leaf = 9223372036854775807",
	    "UPDATE ask SET seal = NULL"};
	struct till *t = *state;
	struct ledger_token token;

	ask(t, &token);
	for (size_t i = 0; i < sizeof(edits) / sizeof(edits[0]); i++) {
		run(t, "CREATE TABLE kept AS SELECT * FROM ask");
		run(t, edits[i]);
		assert_int_equal(look(t, token), RC_DENIED);
		run(t, "UPDATE ask SET leaf = (SELECT leaf FROM kept),"
		       " is_shared = 0, seal = (SELECT seal FROM kept);"
		       "DROP TABLE kept");
		assert_int_equal(look(t, token), RC_OK);
		assert_int_equal(status_of(t).pause, LEDGER_OPEN);
	}
	assert_int_equal(ask(t, NULL), TILL_SHARED + 1);
}

static void a_batch_row_mended_opens_support_again(void **state)
{
	struct till *t = *state;

	run(t, "DROP TRIGGER batch_never_back");
	run(t, "UPDATE batch SET shared = 40, first = 7777;"
	       "INSERT OR REPLACE INTO number (id, value) VALUES (14, 7785)");
	reopen(t);
	assert_int_equal(status_of(t).pause, LEDGER_BAD_PROOF);
	till_ok(t, store_script(t->ledger->db,
		       SQL("UPDATE batch SET shared = 4, first = 0")));
	till_ok(t, ledger_tick(t->ledger, t->now, NULL, &t->err));
	assert_int_equal(status_of(t).pause, LEDGER_OPEN);
	assert_int_equal(ask(t, NULL), TILL_SHARED);
}

static void a_leaf_that_was_deleted_pauses_until_it_is_back(void **state)
{
	struct till *t = *state;
	struct ledger_token token;

	ask(t, &token);
	run(t, "DROP TRIGGER leaf_stays; CREATE TABLE kept AS SELECT * FROM"
	       " leaf WHERE number = 4; DELETE FROM leaf WHERE number = 4");
	assert_int_equal(look(t, token), RC_DENIED);
	assert_int_equal(status_of(t).pause, LEDGER_BAD_PROOF);
	assert_int_equal(ask(t, NULL), -1);
	run(t, "INSERT INTO leaf SELECT * FROM kept; DROP TABLE kept");
	assert_int_equal(ask(t, NULL), TILL_SHARED + 1);
	assert_int_equal(look(t, token), RC_OK);
}

/* Lost tills. */

static enum rc bring_lost(struct till *t, const struct ledger_batch *batch,
    unsigned number, unsigned count)
{
	struct ledger_batch lost = *batch;

	lost.is_lost = true;
	return till_bring(t, &lost, number, count, 2);
}

static void lose(struct till *t)
{
	till_close(t);
	unlink(t->path);
	open_tallied(t);
}

static void a_lost_batch_is_watched_and_hands_nothing_out(void **state)
{
	struct till *t = *state;
	struct script_pubkey scripts[8];
	struct ledger_batch batch;
	struct instant born;
	size_t n;

	till_sign(t, 2, 6, 2, &batch);
	lose(t);
	assert_int_equal(status_of(t).pause, LEDGER_NO_BATCH);
	assert_int_equal(status_of(t).missing, 1);
	assert_int_equal(alarms_of(t).v[ALARM_LOST].severity, ALARM_URGENT);
	till_ok(t, bring_lost(t, &batch, 2, 6));
	assert_int_equal(status_of(t).pause, LEDGER_USED_UP);
	assert_int_equal(ask(t, NULL), -1);
	assert_int_equal(t->err.rc, RC_GONE);
	till_ok(t, ledger_scripts(t->ledger, 0, scripts, 8, &n, &t->err));
	assert_int_equal(n, 6);
	till_ok(t, ledger_born(t->ledger, &born, &t->err));
	assert_int_equal(born.us, INSTANT_OF_S(1795000000).us);
	assert_int_equal(bring_lost(t, &batch, 2, 6), RC_EXISTS);
	/* No word about a tally that knows less: nobody was given any. */
	till_ok(t, ledger_catch_up(t->ledger, t->now, &t->err));
	assert_int_equal(alarms_of(t).v[ALARM_TALLY].severity, 0);
	/* The next batch opens support again. */
	till_install(t, 3, 8, 2);
	assert_int_equal(status_of(t).pause, LEDGER_OPEN);
	assert_int_equal(ask(t, NULL), 2);
	assert_int_equal(till_check(t), 0);
}

static void an_older_lost_batch_follows_a_newer_one(void **state)
{
	struct till *t = *state;
	struct ledger_batch two, three;
	bool has = true;

	till_sign(t, 2, 6, 2, &two);
	till_sign(t, 3, 5, 2, &three);
	lose(t);
	till_ok(t, bring_lost(t, &three, 3, 5));
	till_ok(t, ledger_has_batch(t->ledger, 2, &has, &t->err));
	assert_false(has);
	assert_int_equal(till_bring(t, &two, 2, 6, 2), RC_DENIED);
	till_ok(t, bring_lost(t, &two, 2, 6));
	till_ok(t, ledger_has_batch(t->ledger, 2, &has, &t->err));
	assert_true(has);
	assert_int_equal(status_of(t).batch, 3);
	assert_int_equal(
	    till_number(t, SQL("SELECT max(number) FROM leaf")), 10);
	till_check(t);
}

static void blocks_are_looked_through_again_for_a_lost_batch(void **state)
{
	struct till *t = *state;
	struct ledger_block blocks[16];
	struct ledger_batch batch;
	struct fact f;
	size_t n = 0;

	till_blocks(t, 'a', 100, 103);
	f = till_fact(t, FACT_SYNCED);
	f.u.synced = (struct fact_synced){103, till_block_hash('a', 103), true};
	till_tell(t, f);
	till_ok(t, ledger_known_blocks(t->ledger, blocks, 16, &n, &t->err));
	assert_int_not_equal(n, 0);
	till_sign(t, 2, 6, 2, &batch);
	till_ok(t, bring_lost(t, &batch, 2, 6));
	till_ok(t, ledger_known_blocks(t->ledger, blocks, 16, &n, &t->err));
	assert_int_equal(n, 0);
}

static void a_failure_while_a_batch_is_installed_leaves_nothing_of_it(
    void **state)
{
	struct till *t = *state;
	struct ledger_batch batch;
	unsigned failed = 0;

	till_sign(t, 2, 6, 2, &batch);
	for (int is_memory = 0; is_memory < 2; is_memory++)
		for (int at = 1;; at++) {
			struct fault f = {.left = is_memory ? 0 : at};
			enum rc rc;

			store_hook(t->ledger->db, strike, &f);
			arena_fail_after(is_memory ? (unsigned long)at : 0);
			rc = bring_lost(t, &batch, 2, 6);
			arena_fail_after(0);
			store_hook(t->ledger->db, NULL, NULL);
			if (rc == RC_OK || rc == RC_EXISTS)
				break;
			failed++;
			assert_int_equal(
			    rc, is_memory ? RC_NO_MEMORY : RC_NO_SPACE);
			assert_int_equal(
			    till_number(t, SQL("SELECT count(*) FROM leaf"
					       " WHERE batch = 2")),
			    0);
			if (is_memory == 0 && f.has_struck && at > 60)
				break;
		}
	assert_true(failed > 20);
}

static void each_allocation_of_an_installation_may_fail(void **state)
{
#ifndef FARTHING_DEBUG
	/* Other builds cannot let an allocation fail. */
	skip();
#endif
	struct till *t = *state;
	struct ledger_batch batch;
	unsigned failed = 0;

	till_sign(t, 2, 6, 2, &batch);
	for (unsigned long n = 1;; n++) {
		enum rc rc;

		arena_fail_after(n);
		rc = till_bring(t, &batch, 2, 6, 2);
		arena_fail_after(0);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_NO_MEMORY);
		assert_int_equal(status_of(t).batch, 1);
		failed++;
	}
	assert_true(failed > 0);
	assert_int_equal(status_of(t).batch, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    old_test(an_old_copy_hands_nothing_out_again),
	    old_test(one_address_is_enough_to_tell_an_old_copy),
	    old_test(the_alarm_goes_with_a_newer_copy_or_after_two_weeks),
	    old_test(an_old_copy_put_back_beneath_a_running_till_is_noticed),
	    old_test(a_crash_after_the_pledge_passes_one_address_over),
	    old_test(a_missing_tally_is_made_anew_and_that_is_told),
	    old_test(a_new_book_needs_no_word_about_its_tally),
	    old_test(without_its_tally_nothing_is_handed_out),
	    old_test(a_failed_step_of_an_ask_costs_no_address),
	    old_test(a_failed_step_of_catching_up_hands_nothing_out_twice),
	    old_test(failed_allocations_cost_no_address),
	    old_test(a_payment_before_its_turn_is_told_and_passed_over),
	    old_test(so_many_paid_before_their_turn_pause_support),
	    old_test(an_ask_moved_to_another_signed_leaf_is_not_shown),
	    old_test(asks_that_changed_places_are_found_by_the_check),
	    old_test(
		an_ask_for_a_leaf_that_is_not_there_pauses_nothing_for_good),
	    old_test(a_batch_row_mended_opens_support_again),
	    old_test(a_leaf_that_was_deleted_pauses_until_it_is_back),
	    old_test(a_lost_batch_is_watched_and_hands_nothing_out),
	    old_test(an_older_lost_batch_follows_a_newer_one),
	    old_test(blocks_are_looked_through_again_for_a_lost_batch),
	    old_test(a_failure_while_a_batch_is_installed_leaves_nothing_of_it),
	    old_test(each_allocation_of_an_installation_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
