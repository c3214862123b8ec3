/* SPDX-License-Identifier: MIT
 *
 * What the till tells the readers of a real ledger: the day up to which it
 * counts, months that are too many for one message, and gifts that came to
 * nothing.
 */
#include "app/till_view.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ledger/test/till_fixture.h"

#define DAY_US	 INT64_C(86400000000)
#define SETTINGS "currency = EUR\nstart = 2010-01-01\ncost = 100 All of it\n"

static struct till_summary *summary(struct till *t)
{
	struct till_summary *s = ARENA_NEW(t->a, struct till_summary);

	must(s);
	till_ok(t, till_view_summary(
		       t->ledger, t->a, NETWORK_REGTEST, t->now, s, &t->err));
	return s;
}

static void without_delay_today_is_counted_and_no_day_to_come(void **state)
{
	static const struct {
		const char *text;
		int64_t days;
	} rows[] = {{SETTINGS "delay_days = 0\n", 0},
	    {SETTINGS "delay_days = 1\n", 1},
	    {SETTINGS "delay_days = 30\n", 30}};
	struct till *t = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		till_settings(t, rows[i].text);
		assert_true(summary(t)->as_of.us / DAY_US ==
			    t->now.us / DAY_US - rows[i].days);
		assert_true(summary(t)->as_of.us % DAY_US == 0);
	}
}

/* One gift of 1000 sat a month for longer than a message lists months. */
static void what_is_older_than_the_list_is_in_its_sum(void **state)
{
	enum { MONTHS = TILL_MONTHS_MAX + 17 };
	struct till *t = *state;
	struct till_summary *s;
	int64_t all = 0;
	struct buf b;

	till_settings(t,
	    SETTINGS "delay_days = 0\nround = 0.01\nround_btc = 0.00000001\n");
	till_ok(t, query_run(store_query(t->ledger->db,
				 SQL("INSERT INTO account (name) VALUES"
				     " ('income:gifts:general')"
				     " ON CONFLICT DO NOTHING")),
		       NULL));
	for (int i = 0; i < MONTHS; i++) {
		struct query *q = store_query(t->ledger->db,
		    SQL("INSERT INTO day (day, account, currency, amount,"
			" money, gifts) SELECT ?1, id, 'EUR', ?2, ?3, 5"
			" FROM account WHERE name = 'income:gifts:general'"));

		query_add_i64(q, t->now.us / DAY_US - 31 * i);
		query_add_i64(q, 1000 + i);
		query_add_i64(q, 10 + i);
		till_ok(t, query_run(q, NULL));
	}
	s = summary(t);
	assert_int_equal(s->months_n, TILL_MONTHS_MAX);
	assert_true(s->earlier.months > 0);
	assert_true(s->months_n + s->earlier.months <= MONTHS);
	for (size_t i = 0; i < s->months_n; i++) {
		all += sat_raw(s->months[i].received);
		s->given = fiat_of_raw(
		    fiat_raw(s->given) - fiat_raw(s->months[i].worth));
	}
	assert_int_equal(all + sat_raw(s->earlier.received),
	    MONTHS * 1000 + MONTHS * (MONTHS - 1) / 2);
	assert_int_equal(fiat_raw(s->given), fiat_raw(s->earlier.worth));
	/* It is a message that can be sent. */
	buf_init_arena(&b, t->a, TILL_WIRE_MAX);
	assert_int_equal(till_wire_write(&b,
			     &(struct till_message){
				 .kind = TILL_SUMMARY, .id = 1, .summary = *s}),
	    RC_OK);
}

static void what_would_be_refused_is_not_offered(void **state)
{
	struct till *t = *state;
	struct till_summary *s = ARENA_NEW(t->a, struct till_summary);

	must(s);
	/* As an older program took it. */
	till_ok(
	    t, store_script(t->ledger->db,
		   SQL("INSERT INTO setting VALUES ('support', 'currency = EUR"
		       "\nleast = 10.00\namount = 5.00 a coffee"
		       "\namount = 20.00 a book')")));
	till_close(t);
	till_open(t);
	till_ok(t, till_view_summary(
		       t->ledger, t->a, NETWORK_REGTEST, t->now, s, &t->err));
	assert_int_equal(s->pause, TILL_OPEN);
	assert_int_equal(s->offers_n, 1);
	assert_int_equal(fiat_raw(s->offers[0].worth), 2000);
}

static struct till_gift *seen_by_readers(
    struct till *t, struct ledger_token token)
{
	struct till_gift *g = ARENA_NEW(t->a, struct till_gift);

	must(g);
	till_view_gift(till_gift(t, token), t->now, g);
	return g;
}

static void what_was_never_settled_is_not_taken_back(void **state)
{
	struct till *t = *state;
	struct ledger_token token;
	struct till_gift *g;
	struct fact f;

	till_settings(t, SETTINGS);
	token = till_ask_for(t, "", 1, NULL);
	till_blocks(t, 'a', 100, 101);
	till_tell(t, till_seen(t, 1, 4, 5000));
	assert_int_equal(seen_by_readers(t, token)->state, TILL_SEEN);
	f = till_fact(t, FACT_DROPPED);
	f.u.dropped =
	    (struct fact_dropped){till_hash("tx", 1), DROP_REPLACED, {{0}}};
	till_tell(t, f);
	g = seen_by_readers(t, token);
	assert_int_equal(g->state, TILL_WAITING);
	assert_int_equal(g->payments[0].state, TILL_REVERSED);
	assert_true(g->payments[0].is_replaced);
	assert_false(g->payments[0].was_settled);
}

static void what_was_settled_and_went_was_taken_back(void **state)
{
	struct till *t = *state;
	struct ledger_token token;
	struct till_gift *g;

	till_settings(t, SETTINGS);
	token = till_ask_for(t, "", 1, NULL);
	t->now = INSTANT_OF_S(1795428000 + 600 * 100);
	till_rate(t, "one", 5000000, t->now);
	till_rate(t, "two", 5000000, t->now);
	till_blocks(t, 'a', 100, 110);
	till_tell(t, till_paid(t, 'a', 100, 1, 4, 5000));
	g = seen_by_readers(t, token);
	assert_int_equal(g->state, TILL_SETTLED);
	assert_true(g->payments[0].has_worth);
	assert_int_equal(fiat_raw(g->payments[0].rate.per_coin), 5000000);
	assert_string_equal(g->payments[0].currency.code, "EUR");
	for (unsigned h = 110; h >= 100; h--)
		till_tell(t, till_block(t, FACT_BLOCK_GONE, 'a', h));
	g = seen_by_readers(t, token);
	assert_int_equal(g->state, TILL_REVERSED);
	assert_true(g->payments[0].was_settled);
	assert_false(g->payments[0].has_worth);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    till_test(without_delay_today_is_counted_and_no_day_to_come),
	    till_test(what_is_older_than_the_list_is_in_its_sum),
	    till_test(what_would_be_refused_is_not_offered),
	    till_test(what_was_never_settled_is_not_taken_back),
	    till_test(what_was_settled_and_went_was_taken_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
