/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ledger/test/till_fixture.h"

static const char SETTINGS[] = "currency = EUR\n"
			       "rate_stale_minutes = 60\n";

static enum payment_state state(struct till *t, struct ledger_token token)
{
	struct ledger_gift *g = till_gift(t, token);

	assert_int_equal(g->payments_n, 1);
	return g->payments[0].state;
}

static void a_gift_goes_from_waiting_to_settled(void **s)
{
	struct till *t = *s;
	struct ledger_token token = till_ask_for(t, "", 1, NULL);
	struct ledger_gift *g = till_gift(t, token);

	assert_int_equal(g->payments_n, 0);
	assert_false(g->is_shared);
	assert_true(script_pubkey_str(&g->script).n > 0);
	till_blocks(t, 'a', 100, 101);
	till_tell(t, till_seen(t, 1, 4, 2000000));
	assert_int_equal(state(t, token), PAYMENT_SEEN);
	till_tell(t, till_block(t, FACT_BLOCK, 'a', 102));
	till_tell(t, till_paid(t, 'a', 102, 1, 4, 2000000));
	assert_int_equal(state(t, token), PAYMENT_CONFIRMED);
	assert_int_equal(till_check(t), 0);
	till_blocks(t, 'a', 103, 104);
	assert_int_equal(state(t, token), PAYMENT_SETTLED);
	g = till_gift(t, token);
	assert_int_equal(g->payments[0].confirmations, 3);
	assert_int_equal(g->payments[0].needed, 3);
	assert_int_equal(sat_raw(g->settled), 2000000);
	assert_int_equal(till_check(t), 2000000);
}

static void a_reorganisation_is_a_reversing_entry(void **s)
{
	struct till *t = *s;
	struct ledger_token token = till_ask_for(t, "", 1, NULL);

	till_blocks(t, 'a', 100, 102);
	till_tell(t, till_paid(t, 'a', 102, 1, 4, 5000));
	assert_int_equal(state(t, token), PAYMENT_SETTLED);
	till_tell(t, till_block(t, FACT_BLOCK_GONE, 'a', 102));
	assert_int_equal(state(t, token), PAYMENT_REVERSED);
	assert_int_equal(till_check(t), 0);
	till_tell(t, till_block(t, FACT_BLOCK, 'b', 102));
	till_tell(t, till_paid(t, 'b', 102, 1, 4, 5000));
	assert_int_equal(state(t, token), PAYMENT_SETTLED);
	assert_int_equal(till_check(t), 5000);
	assert_int_equal(till_number(t, SQL("SELECT count(*) FROM entry")), 3);
}

static void a_shorter_chain_above_the_block_reverses_nothing(void **s)
{
	struct till *t = *s;

	till_blocks(t, 'a', 100, 102);
	till_tell(t, till_paid(t, 'a', 100, 1, 4, 2000000));
	assert_int_equal(till_check(t), 2000000);
	till_tell(t, till_block(t, FACT_BLOCK_GONE, 'a', 102));
	till_tell(t, till_block(t, FACT_BLOCK_GONE, 'a', 101));
	assert_int_equal(till_check(t), 2000000);
	assert_int_equal(till_number(t, SQL("SELECT count(*) FROM entry")), 1);
}

static void a_block_that_takes_anothers_place_ends_it(void **s)
{
	struct till *t = *s;

	till_blocks(t, 'a', 100, 102);
	till_tell(t, till_paid(t, 'a', 102, 1, 4, 5000));
	/* That 102 left was told to nobody. */
	till_tell(t, till_block(t, FACT_BLOCK, 'b', 102));
	assert_int_equal(till_check(t), 0);
	/* Old words told again change nothing. */
	t->seq = 2;
	till_tell(t, till_block(t, FACT_BLOCK, 'a', 102));
	assert_int_equal(till_check(t), 0);
}

static void synced_below_a_block_ends_it(void **s)
{
	struct till *t = *s;
	struct fact f;

	till_blocks(t, 'a', 100, 102);
	till_tell(t, till_paid(t, 'a', 102, 1, 4, 5000));
	f = till_fact(t, FACT_SYNCED);
	f.u.synced.height = 101;
	f.u.synced.hash = till_block_hash('a', 101);
	till_tell(t, f);
	assert_int_equal(till_check(t), 0);
}

static void a_replaced_payment_is_followed_by_its_coins(void **s)
{
	struct till *t = *s;
	struct ledger_token token = till_ask_for(t, "", 1, NULL);
	struct fact f;

	till_tell(t, till_seen(t, 1, 4, 5000));
	f = till_fact(t, FACT_DROPPED);
	f.u.dropped = (struct fact_dropped){
	    till_hash("tx", 1), DROP_REPLACED, till_hash("tx", 2)};
	till_tell(t, f);
	assert_int_equal(state(t, token), PAYMENT_REPLACED);
	till_tell(t, till_seen(t, 1, 4, 5000));
	assert_int_equal(state(t, token), PAYMENT_SEEN);
	/* Another payment of ours, of the same coins, is confirmed. */
	till_blocks(t, 'a', 100, 100);
	f = till_paid(t, 'a', 100, 9, 5, 7000);
	f.u.paid.inputs.v[0] = (struct outpoint){till_hash("coin", 1), 1};
	till_tell(t, f);
	assert_int_equal(state(t, token), PAYMENT_REPLACED);
	assert_int_equal(till_check(t), 7000);
	/* Its block goes: the coins are free again. */
	till_tell(t, till_block(t, FACT_BLOCK_GONE, 'a', 100));
	assert_int_equal(state(t, token), PAYMENT_SEEN);
	assert_int_equal(till_check(t), 0);
	f = till_fact(t, FACT_SPENT_BY);
	f.u.spent_by = (struct fact_spent_by){
	    .outpoint = {till_hash("coin", 1), 1},
	    .seen = till_hash("tx", 1),
	    .txid = till_hash("tx", 77),
	    .height = 100,
	    .block = till_block_hash('b', 100),
	};
	till_tell(t, f);
	assert_int_equal(state(t, token), PAYMENT_SEEN);
	till_tell(t, till_block(t, FACT_BLOCK, 'b', 100));
	assert_int_equal(state(t, token), PAYMENT_REPLACED);
	assert_int_equal(till_check(t), 0);
}

static void what_a_new_epoch_does_not_see_was_dropped(void **s)
{
	struct till *t = *s;
	struct ledger_token token = till_ask_for(t, "", 1, NULL);
	struct order_pending pending;
	struct hash256 none = {{0}};
	struct fact f;

	till_tell(t, till_seen(t, 1, 4, 5000));
	till_ok(t, ledger_next_pending(t->ledger, &none, &pending, &t->err));
	assert_int_equal(pending.inputs.n, 1);
	assert_int_equal(
	    ledger_next_pending(t->ledger, &pending.txid, &pending, &t->err),
	    RC_NOT_FOUND);
	t->epoch = 2;
	t->seq = 0;
	f = till_fact(t, FACT_SYNCED);
	f.u.synced.pool_told = true;
	till_tell(t, f);
	assert_int_equal(state(t, token), PAYMENT_DROPPED);
	till_tell(t, till_seen(t, 1, 4, 5000));
	assert_int_equal(state(t, token), PAYMENT_SEEN);
}

static void the_value_is_fixed_at_confirmation(void **s)
{
	struct till *t = *s;
	struct ledger_token token;
	struct ledger_gift *g;

	till_settings(t, SETTINGS);
	token = till_ask_for(t, "", 1, NULL);
	t->now = INSTANT_OF_S(1795428000 + 600 * 100);
	till_rate(t, "one", 5000000, t->now);
	till_rate(t, "two", 5100000, t->now);
	till_rate(t, "three", 9900000, t->now);
	till_blocks(t, 'a', 100, 100);
	till_tell(t, till_paid(t, 'a', 100, 1, 4, 90000));
	g = till_gift(t, token);
	assert_true(g->payments[0].has_value);
	/* The median of one and two; three lies too far off. */
	assert_int_equal(fiat_raw(g->payments[0].rate.price), 5050000);
	assert_int_equal(fiat_raw(g->payments[0].value), 4545);
	till_rate(t, "one", 6000000, (struct instant){t->now.us + 1000000});
	till_rate(t, "two", 6000000, (struct instant){t->now.us + 1000000});
	g = till_gift(t, token);
	assert_int_equal(fiat_raw(g->payments[0].value), 4545);
	till_check(t);
}

static void a_value_that_is_unknown_comes_later_or_never(void **s)
{
	struct till *t = *s;
	struct ledger_token token;
	struct ledger_gift *g;

	till_settings(t, SETTINGS);
	token = till_ask_for(t, "", 1, NULL);
	t->now = INSTANT_OF_S(1795428000 + 600 * 100);
	till_blocks(t, 'a', 100, 100);
	till_tell(t, till_paid(t, 'a', 100, 1, 4, 90000));
	till_tell(t, till_paid(t, 'a', 100, 2, 5, 300000));
	g = till_gift(t, token);
	assert_false(g->payments[0].has_value);
	t->now.us += INT64_C(1800000000);
	till_rate(t, "one", 5000000, t->now);
	till_rate(t, "two", 5000000, t->now);
	g = till_gift(t, token);
	assert_true(g->payments[0].has_value);
	assert_int_equal(fiat_raw(g->payments[0].value), 4500);
	assert_int_equal(till_number(t, SQL("SELECT count(*) FROM entry")), 2);
	assert_int_equal(till_check(t), 90000);
	/* Its reversal takes the same value back. */
	till_tell(t, till_block(t, FACT_BLOCK_GONE, 'a', 100));
	assert_int_equal(till_check(t), 0);
	assert_int_equal(till_number(t, SQL("SELECT sum(money) FROM day")), 0);
}

static void a_rate_too_late_values_nothing(void **s)
{
	struct till *t = *s;

	till_settings(t, SETTINGS);
	t->now = INSTANT_OF_S(1795428000 + 600 * 100);
	till_blocks(t, 'a', 100, 100);
	till_tell(t, till_paid(t, 'a', 100, 1, 4, 90000));
	t->now.us += INT64_C(3601000000);
	till_rate(t, "one", 5000000, t->now);
	till_rate(t, "two", 5000000, t->now);
	assert_int_equal(till_number(t, SQL("SELECT count(*) FROM entry")), 1);
	till_check(t);
}

static void addresses_are_rationed_by_network_and_window(void **s)
{
	struct till *t = *s;
	enum ledger_ask_limit limit;
	struct ledger_token token;

	till_settings(t, "network_most = 3\nwindow = 5\n");
	for (int i = 0; i < 3; i++) {
		till_ask_for(t, "", 1, &limit);
		assert_int_equal(limit, ASK_OWN);
	}
	token = till_ask_for(t, "", 1, &limit);
	assert_int_equal(limit, ASK_NETWORK);
	assert_true(till_gift(t, token)->is_shared);
	till_ask_for(t, "", 2, &limit);
	till_ask_for(t, "", 2, &limit);
	assert_int_equal(limit, ASK_OWN);
	till_ask_for(t, "", 3, &limit);
	assert_int_equal(limit, ASK_WINDOW);
	/* One is paid: there is room for another. */
	till_blocks(t, 'a', 100, 100);
	till_tell(t, till_paid(t, 'a', 100, 1, 4, 5000));
	till_ask_for(t, "", 3, &limit);
	assert_int_equal(limit, ASK_OWN);
	till_ask_for(t, "", 3, &limit);
	assert_int_equal(limit, ASK_WINDOW);
	/* In two weeks the unpaid ones have left it, and networks are
	 * forgotten. */
	t->now.us += 15 * INT64_C(86400000000);
	till_ok(t, ledger_tick(t->ledger, t->now, NULL, &t->err));
	assert_int_equal(till_number(t, SQL("SELECT count(*) FROM ask"
					    " WHERE net IS NOT NULL")),
	    0);
	till_ask_for(t, "", 1, &limit);
	assert_int_equal(limit, ASK_OWN);
	/* But they are still watched and paid. */
	till_tell(t, till_paid(t, 'a', 100, 2, 6, 6000));
	assert_int_equal(till_check(t), 11000);
}

static void no_address_is_handed_out_twice(void **s)
{
	struct till *t = *s;
	struct ledger_request r = {.net = {0}};
	struct ledger_token token;
	enum ledger_ask_limit limit;
	struct ledger_status status;

	till_settings(t, "window = 100\n");
	for (int i = 0; i < TILL_LEAVES - TILL_SHARED; i++) {
		till_ok(t,
		    ledger_status(t->ledger, t->a, t->now, &status, &t->err));
		assert_int_equal(
		    status.is_low, (TILL_LEAVES - TILL_SHARED - i) * 5 <=
				       TILL_LEAVES - TILL_SHARED);
		till_ask_for(t, "", 0, &limit);
		assert_int_equal(limit, ASK_OWN);
	}
	r.token.b[15] = 1;
	assert_int_equal(
	    ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err),
	    RC_GONE);
	till_ok(t, ledger_status(t->ledger, t->a, t->now, &status, &t->err));
	assert_int_equal(status.pause, LEDGER_USED_UP);
	assert_int_equal(till_number(t, SQL("SELECT count(DISTINCT leaf)"
					    " FROM ask")),
	    TILL_LEAVES - TILL_SHARED);
	/* The next batch goes on. */
	till_install(t, 2, 10, 2);
	till_ok(t, ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err));
	assert_int_equal(
	    ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err),
	    RC_EXISTS);
}

/* As after a copy from before was put back: the chain knows better. */
static void an_address_that_was_paid_is_not_handed_out(void **s)
{
	struct till *t = *s;
	struct ledger_request r = {.net = {0}};
	struct ledger_token token;
	enum ledger_ask_limit limit;

	till_settings(t, "window = 100\n");
	till_blocks(t, 'a', 100, 100);
	till_tell(t, till_paid(t, 'a', 100, 1, TILL_SHARED, 5000));
	till_tell(t, till_seen(t, 2, TILL_SHARED + 1, 5000));
	token = till_ask_for(t, "", 0, &limit);
	assert_int_equal(limit, ASK_OWN);
	assert_int_equal(till_gift(t, token)->payments_n, 0);
	assert_int_equal(
	    till_number(t, SQL("SELECT leaf FROM ask")), TILL_SHARED + 2);
	assert_int_equal(
	    till_number(t, SQL("SELECT next FROM batch")), TILL_SHARED + 3);
	/* Nor is the last one, if it was paid. */
	till_tell(t, till_paid(t, 'a', 100, 3, TILL_LEAVES - 1, 5000));
	for (int i = TILL_SHARED + 3; i < TILL_LEAVES - 1; i++)
		till_ask_for(t, "", 0, &limit);
	r.token.b[15] = 1;
	assert_int_equal(
	    ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err),
	    RC_GONE);
	till_check(t);
}

static void a_count_put_back_hands_out_nothing_twice(void **s)
{
	struct till *t = *s;
	enum ledger_ask_limit limit;

	till_settings(t, "window = 100\n");
	till_ask_for(t, "", 0, &limit);
	till_ask_for(t, "", 0, &limit);
	till_ok(
	    t, store_script(t->ledger->db, SQL("DROP TRIGGER batch_never_back;"
					       "UPDATE batch SET next = 0;")));
	till_ask_for(t, "", 0, &limit);
	assert_int_equal(limit, ASK_OWN);
	assert_int_equal(
	    till_number(t, SQL("SELECT max(leaf) FROM ask")), TILL_SHARED + 2);
	assert_int_equal(
	    till_number(t, SQL("SELECT count(DISTINCT leaf) FROM ask")), 3);
}

static void an_address_called_shared_is_damaged_not_passed_over(void **s)
{
	struct till *t = *s;
	struct ledger_request r = {.net = {0}};
	enum ledger_ask_limit limit;
	struct ledger_token token;

	till_ok(t,
	    store_script(t->ledger->db, SQL("DROP TRIGGER leaf_same;"
					    "UPDATE leaf SET is_shared = 1;")));
	r.token.b[15] = 1;
	assert_int_equal(
	    ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err),
	    RC_DENIED);
}

static void settings_hold_no_address(void **s)
{
	struct till *t = *s;

	assert_int_equal(
	    ledger_set_settings(t->ledger,
		STR("text = Or to bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4."
		    "\n"),
		t->now, &t->err),
	    RC_INVALID);
	assert_non_null(strstr(t->err.why, "bc1qw508"));
	assert_int_equal(
	    ledger_set_settings(t->ledger,
		STR("text = bc1qw508d6qejxtdg4y5\ntext = r3zarvary0c5xw7kv8f3"
		    "t4\n"),
		t->now, &t->err),
	    RC_INVALID);
	assert_non_null(strstr(t->err.why, "an address stands in"));
	assert_int_equal(ledger_settings(t->ledger)->text.n, 0);
}

static void a_flood_of_asks_fills_no_disk(void **s)
{
	struct till *t = *s;
	enum ledger_ask_limit limit = ASK_OWN;
	struct ledger_token token;
	int64_t n;

	till_settings(t, "window = 1\n");
	for (int i = 0; i < 1001; i++)
		till_ask_for(t, "", 0, &limit);
	assert_int_equal(limit, ASK_WINDOW);
	for (int i = 0; i < 20; i++) {
		token = till_ask_for(t, "", 0, &limit);
		assert_int_equal(limit, ASK_FLOOD);
	}
	n = till_number(t, SQL("SELECT count(*) FROM ask"));
	assert_int_equal(n, 1001 + TILL_SHARED);
	assert_true(till_gift(t, token)->is_common);
}

static void an_edited_address_pauses_support(void **s)
{
	struct till *t = *s;
	struct ledger_token token = till_ask_for(t, "", 1, NULL);
	struct ledger_request r = {.token = {{9}}};
	struct ledger_gift *g = arena_alloc(t->a, sizeof(*g));
	struct ledger_status status;
	enum ledger_ask_limit limit;
	struct ledger_report report;
	struct query *q;
	struct script_pubkey evil = till_script(66, 6);

	till_ok(t, store_script(t->ledger->db, SQL("DROP TRIGGER leaf_same")));
	q = store_query(
	    t->ledger->db, SQL("UPDATE leaf SET script = ?1 WHERE number = 5"));
	query_add_blob(q, script_pubkey_str(&evil));
	till_ok(t, query_run(q, NULL));
	assert_int_equal(
	    ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err),
	    RC_DENIED);
	till_ok(t, ledger_status(t->ledger, t->a, t->now, &status, &t->err));
	assert_int_equal(status.pause, LEDGER_BAD_PROOF);
	till_ok(t, ledger_check(t->ledger, NULL, NULL, &report, &t->err));
	assert_true(report.faults > 0);
	till_ok(t, ledger_tick(t->ledger, t->now, NULL, &t->err));
	till_ok(t, ledger_status(t->ledger, t->a, t->now, &status, &t->err));
	assert_int_equal(status.pause, LEDGER_BAD_PROOF);
	/* Mended, it goes on, and without being asked. */
	evil = till_script(1, 5);
	q = store_query(
	    t->ledger->db, SQL("UPDATE leaf SET script = ?1 WHERE number = 5"));
	query_add_blob(q, script_pubkey_str(&evil));
	till_ok(t, query_run(q, NULL));
	till_ok(t, ledger_tick(t->ledger, t->now, NULL, &t->err));
	till_ok(t, ledger_status(t->ledger, t->a, t->now, &status, &t->err));
	assert_int_equal(status.pause, LEDGER_OPEN);
	till_ok(t, ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err));
	till_check(t);
}

static void an_edited_address_is_seen_before_anybody_asks(void **s)
{
	struct till *t = *s;
	struct script_pubkey evil = till_script(66, 6);
	struct ledger_status status;
	struct str statement;
	struct query *q;
	/* The next of one's own, and the next shared one. */
	int64_t leaves[2] = {
	    till_number(t, SQL("SELECT shared FROM batch")), 0};

	till_ok(t, ledger_look_ahead(t->ledger, t->now, &t->err));
	till_ok(
	    t, ledger_newest_statement(t->ledger, t->a, &statement, &t->err));
	assert_true(str_starts(statement, STR("farthing statement")));
	till_ok(t, store_script(t->ledger->db, SQL("DROP TRIGGER leaf_same")));
	for (unsigned i = 0; i < 2; i++) {
		struct str was = script_pubkey_str(&evil);
		struct script_pubkey good = till_script(1, (uint32_t)leaves[i]);

		q = store_query(t->ledger->db,
		    SQL("UPDATE leaf SET script = ?1 WHERE number = ?2"));
		query_add_blob(q, was);
		query_add_i64(q, leaves[i]);
		till_ok(t, query_run(q, NULL));
		assert_int_equal(
		    ledger_look_ahead(t->ledger, t->now, &t->err), RC_DENIED);
		till_ok(t,
		    ledger_status(t->ledger, t->a, t->now, &status, &t->err));
		assert_int_equal(status.pause, LEDGER_BAD_PROOF);
		q = store_query(t->ledger->db,
		    SQL("UPDATE leaf SET script = ?1 WHERE number = ?2"));
		query_add_blob(q, script_pubkey_str(&good));
		query_add_i64(q, leaves[i]);
		till_ok(t, query_run(q, NULL));
		till_ok(t, ledger_tick(t->ledger, t->now, NULL, &t->err));
		till_ok(t, ledger_look_ahead(t->ledger, t->now, &t->err));
		till_ok(t,
		    ledger_status(t->ledger, t->a, t->now, &status, &t->err));
		assert_int_equal(status.pause, LEDGER_OPEN);
	}
	till_check(t);
}

/* The till asks again for each token that was used before: a leaf that was
 * must not look like one. */
static void a_leaf_in_another_ask_is_not_handed_out(void **s)
{
	struct till *t = *s;
	struct ledger_token token = till_ask_for(t, "", 1, NULL);
	struct script_pubkey moved = till_script(1, 5);
	struct ledger_gift *g;

	till_ok(t,
	    store_script(t->ledger->db, SQL("UPDATE ask SET leaf = leaf + 1")));
	token = till_ask_for(t, "", 1, NULL);
	g = till_gift(t, token);
	assert_false(
	    str_eq(script_pubkey_str(&g->script), script_pubkey_str(&moved)));
}

static void an_edited_statement_is_a_fault_of_the_check(void **s)
{
	struct till *t = *s;
	struct ledger_report report;

	till_ok(t, store_script(t->ledger->db,
		       SQL("DROP TRIGGER batch_never_back;"
			   "UPDATE batch SET statement = 'none'")));
	till_ok(t, ledger_check(t->ledger, NULL, NULL, &report, &t->err));
	assert_true(report.faults > 0);
}

static void entries_cannot_be_changed(void **s)
{
	struct till *t = *s;
	struct ledger_report report;

	till_blocks(t, 'a', 100, 100);
	till_tell(t, till_paid(t, 'a', 100, 1, 4, 5000));
	till_tell(t, till_paid(t, 'a', 100, 2, 5, 6000));
	assert_int_equal(
	    store_script(t->ledger->db, SQL("UPDATE entry SET amount = 9")),
	    RC_EXISTS);
	assert_int_equal(
	    store_script(t->ledger->db, SQL("DELETE FROM entry")), RC_EXISTS);
	till_ok(t, store_script(t->ledger->db,
		       SQL("DROP TRIGGER entry_same;"
			   "UPDATE entry SET amount = 5001 WHERE seq = 1;"
			   "UPDATE payment SET amount = 5001 WHERE id = 1;"
			   "UPDATE balance SET amount = 11001"
			   " WHERE amount > 0;"
			   "UPDATE balance SET amount = -11001"
			   " WHERE amount < 0;"
			   "UPDATE day SET amount = 11001;")));
	till_ok(t, ledger_check(t->ledger, NULL, NULL, &report, &t->err));
	assert_true(report.faults > 0);
}

static void see_words(void *ctx, const char *why)
{
	bool *is_seen = ctx;

	if (strstr(why, "a gift has no settled payment: entry (2)"))
		*is_seen = true;
}

static void a_gift_whose_payment_is_gone_is_a_fault_of_the_check(void **s)
{
	static const struct sql edits[] = {
	    {"DELETE FROM payment WHERE id = 2"},
	    {"UPDATE payment SET booked = NULL, state = 0 WHERE id = 2"},
	    {"UPDATE payment SET booked = 1 WHERE id = 2"},
	};

	(void)s;
	for (size_t i = 0; i < sizeof(edits) / sizeof(*edits); i++) {
		struct ledger_report report;
		bool is_seen = false;
		void *state;
		struct till *t;

		till_set_up(&state);
		t = state;
		till_blocks(t, 'a', 100, 100);
		till_tell(t, till_paid(t, 'a', 100, 1, 4, 5000));
		till_tell(t, till_paid(t, 'a', 100, 2, 5, 6000));
		till_check(t);
		till_ok(t, store_script(t->ledger->db, edits[i]));
		till_ok(t, ledger_check(t->ledger, see_words, &is_seen, &report,
			       &t->err));
		assert_true(report.faults > 0 && is_seen);
		till_tear_down(&state);
	}
}

static void shared_payments_count_for_the_paper_in_general(void **s)
{
	struct till *t = *s;
	enum ledger_ask_limit limit;
	struct ledger_token token;
	struct ledger_gift *g;

	till_settings(t, "window = 1\n");
	till_ask_for(t, "/2026/11/23/storm", 1, NULL);
	token = till_ask_for(t, "/2026/11/23/storm", 1, &limit);
	assert_int_equal(limit, ASK_WINDOW);
	till_blocks(t, 'a', 100, 100);
	till_tell(t, till_paid(t, 'a', 100, 1, 0, 5000));
	till_tell(t, till_paid(t, 'a', 100, 2, 4, 3000));
	g = till_gift(t, token);
	assert_true(g->is_shared);
	assert_int_equal(sat_raw(g->settled), 5000);
	assert_int_equal(
	    till_number(t, SQL("SELECT amount FROM balance JOIN account"
			       " ON id = account"
			       " WHERE name = 'income:gifts:general'")),
	    -5000);
	assert_int_equal(
	    till_number(
		t, SQL("SELECT amount FROM balance JOIN account ON id = account"
		       " WHERE name = 'income:gifts:story:/2026/11/23/storm'")),
	    -3000);
}

static void only_blocks_heard_in_full_are_known(void **s)
{
	struct till *t = *s;
	struct ledger_block v[32];
	uint64_t seq;
	uint32_t epoch;
	size_t n;
	struct fact f;

	till_blocks(t, 'a', 1, 40);
	till_ok(t, ledger_known_blocks(t->ledger, v, 32, &n, &t->err));
	assert_int_equal(n, 0);
	f = till_fact(t, FACT_SYNCED);
	f.u.synced.height = 40;
	t->seq++;
	till_tell(t, f);
	till_blocks(t, 'a', 41, 41);
	ledger_heard(t->ledger, &epoch, &seq);
	assert_int_equal(seq, 41);
	till_ok(t, ledger_known_blocks(t->ledger, v, 32, &n, &t->err));
	assert_int_equal(v[0].height, 40);
	assert_int_equal(v[11].height, 29);
	assert_int_equal(v[12].height, 27);
	assert_int_equal(v[13].height, 23);
	/* The missing one comes late. */
	f = till_fact(t, FACT_NODE);
	f.seq = 42;
	f.u.node = (struct fact_node){.state = NODE_OK, .text = STR("fine")};
	till_tell(t, f);
	ledger_heard(t->ledger, &epoch, &seq);
	assert_int_equal(seq, 43);
	assert_true(ledger_is_verified(t->ledger, t->now));
	/* A watch that begins anew, and a node that catches up, change nothing
	 * for two hours; one that is gone, or not ours, does at once. */
	f = till_fact(t, FACT_NODE);
	for (enum node_state k = NODE_OK; k <= NODE_STALE; k++) {
		f.seq++;
		f.u.node = (struct fact_node){.state = k, .text = STR("x")};
		till_tell(t, f);
		assert_int_equal(ledger_is_verified(t->ledger, t->now),
		    k == NODE_OK || k == NODE_SYNCING);
	}
	f.seq++;
	f.u.node = (struct fact_node){.state = NODE_OK, .text = STR("fine")};
	till_tell(t, f);
	t->now.us += 3 * INT64_C(3600000000);
	assert_false(ledger_is_verified(t->ledger, t->now));
}

static void settings_that_cannot_be_read_stop_gifts_not_the_book(void **s)
{
	static const char *const bad[] = {"'{'", "'no_such_key = 1'",
	    "printf('%.*c', 3000000, 'x')", "cast(x'ff00fe' AS text)"};
	struct till *t = *s;
	struct ledger_status status;
	struct ledger_token token;
	struct ledger_request r = {.token = {{7, 7}}};
	enum ledger_ask_limit limit;
	char edit[200];

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		till_settings(t, "title = Before\n");
		snprintf(edit, sizeof(edit),
		    "UPDATE setting SET value = %s WHERE key = 'support'",
		    bad[i]);
		till_ok(t, store_script(t->ledger->db, (struct sql){edit}));
		till_close(t);
		till_open(t);
		till_ok(t,
		    ledger_status(t->ledger, t->a, t->now, &status, &t->err));
		assert_int_equal(status.pause, LEDGER_BAD_SETTINGS);
		assert_int_equal(
		    ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err),
		    RC_GONE);
		/* What comes in is booked all the same. */
		till_tell(t, till_seen(t, (unsigned)i + 1, 5, 80000));
		till_settings(t, "title = After\n");
		till_ok(t,
		    ledger_status(t->ledger, t->a, t->now, &status, &t->err));
		assert_int_equal(status.pause, LEDGER_OPEN);
	}
	assert_true(str_eq(ledger_settings(t->ledger)->title, STR("After")));
	till_ok(t, ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err));
}

static void a_stolen_book_opens_no_receipt(void **s)
{
	struct till *t = *s;
	struct ledger_token token = till_ask_for(t, "", 1, NULL);
	struct query *q = store_query(t->ledger->db,
	    SQL("SELECT count(*) FROM ask WHERE instr(token, ?1) > 0"));
	int64_t n = 1;

	query_add_blob(q, (struct str){(const char *)token.b, 16});
	till_ok(t, query_one(q, &n));
	assert_int_equal(n, 0);
}

static void a_batch_that_is_not_the_pinned_one_is_refused(void **s)
{
	struct till *t = *s;
	struct ledger_batch batch;
	struct pin before = t->pin;

	till_sign(t, 2, 10, 2, &batch);
	assert_int_equal(till_bring(t, &batch, 2, 9, 2), RC_INVALID);
	assert_int_equal(till_bring(t, &batch, 3, 10, 2), RC_INVALID);
	assert_int_equal(till_bring(t, &batch, 2, 10, 3), RC_INVALID);
	ledger_use_pin(t->ledger, &before);
	assert_int_equal(till_bring(t, &batch, 2, 10, 2), RC_DENIED);
	ledger_use_pin(t->ledger, &t->pin);
	till_ok(t, till_bring(t, &batch, 2, 10, 2));
	assert_int_equal(till_bring(t, &batch, 2, 10, 2), RC_EXISTS);
	till_check(t);
}

static void a_clock_or_a_fact_out_of_range_is_passed_by(void **s)
{
	struct till *t = *s;
	struct ledger_status status;

	till_blocks(t, 'a', 100, 100);
	till_tell(t, till_paid(t, 'a', 100, 1, 9999, 5000));
	/* More than there is, in two payments. */
	till_tell(t, till_paid(t, 'a', 100, 2, 4, SAT_MAX));
	till_tell(t, till_paid(t, 'a', 100, 3, 5, SAT_MAX));
	till_tell(t, till_paid(t, 'a', 100, 2, 4, 17));
	till_ok(t, ledger_status(t->ledger, t->a, t->now, &status, &t->err));
	assert_int_equal(status.ignored, 1);
	assert_true(status.contradictions > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    till_test(a_gift_goes_from_waiting_to_settled),
	    till_test(a_reorganisation_is_a_reversing_entry),
	    till_test(a_shorter_chain_above_the_block_reverses_nothing),
	    till_test(a_block_that_takes_anothers_place_ends_it),
	    till_test(synced_below_a_block_ends_it),
	    till_test(a_replaced_payment_is_followed_by_its_coins),
	    till_test(what_a_new_epoch_does_not_see_was_dropped),
	    till_test(the_value_is_fixed_at_confirmation),
	    till_test(a_value_that_is_unknown_comes_later_or_never),
	    till_test(a_rate_too_late_values_nothing),
	    till_test(addresses_are_rationed_by_network_and_window),
	    till_test(no_address_is_handed_out_twice),
	    till_test(an_address_that_was_paid_is_not_handed_out),
	    till_test(a_count_put_back_hands_out_nothing_twice),
	    till_test(an_address_called_shared_is_damaged_not_passed_over),
	    till_test(settings_hold_no_address),
	    till_test(a_flood_of_asks_fills_no_disk),
	    till_test(an_edited_address_pauses_support),
	    till_test(an_edited_address_is_seen_before_anybody_asks),
	    till_test(a_leaf_in_another_ask_is_not_handed_out),
	    till_test(an_edited_statement_is_a_fault_of_the_check),
	    till_test(entries_cannot_be_changed),
	    cmocka_unit_test(
		a_gift_whose_payment_is_gone_is_a_fault_of_the_check),
	    till_test(shared_payments_count_for_the_paper_in_general),
	    till_test(only_blocks_heard_in_full_are_known),
	    till_test(settings_that_cannot_be_read_stop_gifts_not_the_book),
	    till_test(a_stolen_book_opens_no_receipt),
	    till_test(a_batch_that_is_not_the_pinned_one_is_refused),
	    till_test(a_clock_or_a_fact_out_of_range_is_passed_by),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
