/* SPDX-License-Identifier: MIT
 *
 * The messages between newsroom and till: each has one form, and nothing but
 * that form is read. What the treasurer is told is what the book says.
 */
#include "ledger/money_wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ledger/test/till_fixture.h"
#include "ledger/treasury.h"

enum { EVERY_KIND = 12 };

static const struct instant THEN = {INT64_C(1795435200) * 1000000};

static void fill_report(struct money_report *r)
{
	*r = (struct money_report){.pause = TILL_USED_UP,
	    .network = 3,
	    .currency = {"EUR", 2},
	    .node = 1,
	    .node_text = STR("core at 127.0.0.1"),
	    .is_verified = true,
	    .heard = THEN,
	    .height = 900000,
	    .has_rate = true,
	    .rate = {fiat_of_raw(6000000), STR("median of 3"), THEN},
	    .sources = 3,
	    .answering = 2,
	    .sources_text = STR("kraken: no answer"),
	    .waiting = 7,
	    .paid = {{1, sat_of_raw(5)}, {2, sat_of_raw(SAT_MAX)}},
	    .batch = 2,
	    .batches_n = 1,
	    .batches = {{2, 100, 20, 4, THEN}},
	    .months_n = 1,
	    .months = {{2026, 11, 3, sat_of_raw(-5), fiat_of_raw(-9)}},
	    .purposes_n = 1,
	    .purposes = {{STR("income:gifts:general"), 3, sat_of_raw(5),
		fiat_of_raw(3)}},
	    .entries = 4,
	    .has_runway = true,
	    .runway_until = THEN,
	    .monthly = fiat_of_raw(120000),
	    .since = THEN,
	    .opening = fiat_of_raw(-1),
	    .given = fiat_of_raw(8),
	    .delay_days = 2,
	    .alarms_n = 1,
	    .tip = THEN,
	    .pace_n = 31,
	    .pace_days = 30,
	    .alarms = {{1, 2, THEN, true, {2}, STR("20 addresses are left")}}};
}

static void fill(struct money_message *m, int kind)
{
	static const uint8_t kinds[EVERY_KIND] = {MONEY_LOOK, MONEY_PAGE,
	    MONEY_RULES, MONEY_RULE, MONEY_REPORT, MONEY_ENTRIES, MONEY_RULED,
	    MONEY_REFUSED, MONEY_WHOSE, MONEY_OWNED, MONEY_EXPORT, MONEY_PIECE};

	memset(m, 0, sizeof(*m));
	m->kind = kinds[kind];
	m->id = UINT64_C(0x0123456789abcdef);
	if (m->kind == MONEY_PAGE)
		m->before = 17;
	if (m->kind == MONEY_RULE || m->kind == MONEY_RULED)
		m->rules = (struct money_rules){
		    STR("# of us\ntitle = Keep us alive\n"), {1, 2, 3}};
	if (m->kind == MONEY_REPORT)
		fill_report(&m->report);
	if (m->kind == MONEY_WHOSE || m->kind == MONEY_OWNED)
		m->whose = (struct money_whose){
		    .n = 2, .address = {STR("bc1qa"), STR("bc1qb")}};
	if (m->kind == MONEY_OWNED)
		m->whose.is_own[1] = true;
	if (m->kind == MONEY_EXPORT)
		m->export = (struct money_export){1, 17, 400};
	if (m->kind == MONEY_PIECE)
		m->piece = (struct money_piece){53, STR("{\"a\": 1}\n")};
	if (m->kind == MONEY_REFUSED)
		m->refused = (struct money_refused){RC_BUSY, STR("meanwhile")};
	if (m->kind == MONEY_ENTRIES) {
		m->entries.n = 2;
		m->entries.has_more = true;
		m->entries.v[0] = (struct money_entry){.seq = 9,
		    .kind = 2,
		    .booked = THEN,
		    .date = THEN,
		    .txid = {7},
		    .about = 3,
		    .amount = sat_of_raw(9),
		    .debit = STR("assets"),
		    .credit = STR("income:gifts:general"),
		    .has_worth = true,
		    .currency = {"EUR", 2},
		    .worth = fiat_of_raw(-5),
		    .price = fiat_of_raw(1)};
		m->entries.v[1] = (struct money_entry){.seq = 8, .kind = 3};
	}
}

static void write_message(struct buf *b, int kind)
{
	static struct money_message m;

	buf_clear(b);
	fill(&m, kind);
	assert_int_equal(money_wire_write(b, &m), RC_OK);
}

static void every_message_comes_back_the_same(void **state)
{
	static struct money_message m;
	struct buf b, again;

	(void)state;
	buf_init(&b, MONEY_WIRE_MAX);
	buf_init(&again, MONEY_WIRE_MAX);
	for (int i = 0; i < EVERY_KIND; i++) {
		write_message(&b, i);
		assert_int_equal(money_wire_parse(buf_str(&b), &m), RC_OK);
		buf_clear(&again);
		assert_int_equal(money_wire_write(&again, &m), RC_OK);
		assert_true(str_eq(buf_str(&b), buf_str(&again)));
	}
	buf_done(&b);
	buf_done(&again);
}

static void a_byte_less_or_more_is_refused(void **state)
{
	static struct money_message m;
	struct buf b;

	(void)state;
	buf_init(&b, MONEY_WIRE_MAX);
	for (int i = 0; i < EVERY_KIND; i++) {
		write_message(&b, i);
		for (size_t n = 0; n < b.n; n++)
			assert_int_not_equal(
			    money_wire_parse((struct str){b.p, n}, &m), RC_OK);
		buf_char(&b, '\0');
		assert_int_not_equal(money_wire_parse(buf_str(&b), &m), RC_OK);
	}
	buf_done(&b);
}

static void what_breaks_a_rule_is_not_written(void **state)
{
	static struct money_message m;
	struct buf b;

	(void)state;
	buf_init(&b, MONEY_WIRE_MAX);
	fill(&m, 3);
	m.rules.text = STR("title = \x1b[0m\n");
	assert_int_equal(money_wire_write(&b, &m), RC_INVALID);
	fill(&m, 4);
	m.report.batches[0].left = 101;
	buf_clear(&b);
	assert_int_equal(money_wire_write(&b, &m), RC_INVALID);
	fill(&m, 7);
	m.refused.rc = RC_OK;
	buf_clear(&b);
	assert_int_equal(money_wire_write(&b, &m), RC_INVALID);
	fill(&m, 5);
	m.entries.n = MONEY_ENTRIES_MAX + 1;
	buf_clear(&b);
	assert_int_equal(money_wire_write(&b, &m), RC_LIMIT);
	m.kind = 99;
	buf_clear(&b);
	assert_int_equal(money_wire_write(&b, &m), RC_INVALID);
	buf_done(&b);
}

/* The treasury. */

static void the_treasurer_is_told_what_the_book_says(void **state)
{
	struct till *t = *state;
	static struct money_report r;
	static struct money_entries e;

	till_settings(t, "currency = EUR\nconfirm_above = 1\n"
			 "rate = fixed 60000 2026-11-23\n");
	t->now = INSTANT_OF_S(1795428000 + 600 * 100);
	till_ok(t, treasury_report(t->ledger, t->a, t->now, &r, &t->err));
	assert_int_equal(r.months_n + r.purposes_n + r.entries, 0);
	assert_int_equal(r.batches_n, 1);
	assert_int_equal(r.batches[0].left, TILL_LEAVES - TILL_SHARED);
	till_ask_for(t, "", 1, NULL);
	till_ask_for(t, "/2026/11/23/storm", 2, NULL);
	till_ask_for(t, "", 3, NULL);
	till_blocks(t, 'a', 100, 101);
	till_tell(t, till_paid(t, 'a', 100, 1, 4, 100000));
	till_tell(t, till_paid(t, 'a', 101, 2, 5, 50000));
	till_ok(t, treasury_report(t->ledger, t->a, t->now, &r, &t->err));
	assert_int_equal(r.batches[0].left, TILL_LEAVES - TILL_SHARED - 3);
	assert_int_equal(r.waiting, 1);
	assert_int_equal(r.paid[PAYMENT_SETTLED].n, 2);
	assert_int_equal(sat_raw(r.paid[PAYMENT_SETTLED].sum), 150000);
	assert_int_equal(r.months_n, 1);
	assert_int_equal(r.months[0].gifts, 2);
	assert_int_equal(sat_raw(r.months[0].received), 150000);
	assert_int_equal(fiat_raw(r.months[0].worth), 9000);
	assert_int_equal(r.purposes_n, 2);
	assert_int_equal(sat_raw(r.purposes[0].received), 100000);
	assert_int_equal(r.entries, 2);
	till_ok(t, treasury_entries(t->ledger, t->a, 0, &e, &t->err));
	assert_int_equal(e.n, 2);
	assert_int_equal(e.v[0].seq, 2);
	assert_false(e.has_more);
	till_ok(t, treasury_entries(t->ledger, t->a, 2, &e, &t->err));
	assert_int_equal(e.n, 1);
	assert_int_equal(sat_raw(e.v[0].amount), 100000);
	assert_int_equal(fiat_raw(e.v[0].worth), 6000);
}

static enum rc strike(void *data)
{
	int *left = data;

	return --*left == 0 ? RC_IO : RC_OK;
}

static void a_fault_while_reading_is_told(void **state)
{
	struct till *t = *state;
	static struct money_report r;
	static struct money_entries e;
	enum rc rc;
	int at = 0;

	till_settings(t, "currency = EUR\nconfirm_above = 1\n");
	till_ask_for(t, "", 1, NULL);
	till_blocks(t, 'a', 100, 101);
	till_tell(t, till_paid(t, 'a', 100, 1, 4, 100000));
	do {
		int left = ++at;

		store_hook(t->ledger->db, strike, &left);
		rc = treasury_report(t->ledger, t->a, t->now, &r, &t->err);
		if (rc == RC_OK)
			rc = treasury_entries(t->ledger, t->a, 0, &e, &t->err);
		store_hook(t->ledger->db, NULL, NULL);
		assert_true(rc == RC_OK || rc == RC_IO);
	} while (rc != RC_OK && at < 200);
	assert_int_equal(rc, RC_OK);
	assert_true(at > 10);
}

static bool owns(struct till *t, const struct script_pubkey *script)
{
	bool is_own = true;
	struct buf b;

	buf_init_arena(&b, t->a, 200);
	script_address(&b, script, NETWORK_REGTEST);
	till_ok(t, ledger_owns(
		       t->ledger, t->a, buf_str(&b), t->now, &is_own, &t->err));
	return is_own;
}

static void an_address_is_the_papers_only_with_its_proof(void **s)
{
	struct till *t = *s;
	struct script_pubkey own = till_script(1, 5),
			     shared = till_script(1, 0),
			     evil = till_script(66, 6);
	bool is_own = true;
	struct query *q;

	assert_true(owns(t, &own) && owns(t, &shared));
	assert_false(owns(t, &evil));
	till_ok(t, ledger_owns(t->ledger, t->a, STR("bc1qnone"), t->now,
		       &is_own, &t->err));
	assert_false(is_own);
	/* Of an edited book it is not. */
	till_ok(t, store_script(t->ledger->db, SQL("DROP TRIGGER leaf_same")));
	q = store_query(
	    t->ledger->db, SQL("UPDATE leaf SET script = ?1 WHERE number = 5"));
	query_add_blob(q, script_pubkey_str(&evil));
	till_ok(t, query_run(q, NULL));
	assert_false(owns(t, &evil) || owns(t, &own));
	/* Its time is over: not to be handed out, and ours all the same. */
	t->now = INSTANT_OF_S(1896000000);
	assert_true(owns(t, &shared));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    till_test(an_address_is_the_papers_only_with_its_proof),
	    cmocka_unit_test(every_message_comes_back_the_same),
	    cmocka_unit_test(a_byte_less_or_more_is_refused),
	    cmocka_unit_test(what_breaks_a_rule_is_not_written),
	    till_test(the_treasurer_is_told_what_the_book_says),
	    till_test(a_fault_while_reading_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
