/* SPDX-License-Identifier: MIT
 *
 * A node that tells of more bitcoin than there can be: what is not in a block
 * costs it nothing to say. Whatever it says, the till takes the facts that come
 * with it, and receipts and the treasurer's view are shown.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ledger/schema.h"
#include "ledger/test/till_fixture.h"
#include "ledger/treasury.h"
#include "store/migration.h"

/* So many times all bitcoin are more than an int64_t holds. */
enum { LIES = 4500, LIES_AT_ONCE = 50 };

static struct money_report *report(struct till *t)
{
	static struct money_report r;

	till_ok(t, treasury_report(t->ledger, t->a, t->now, &r, &t->err));
	return &r;
}

/* Transactions from FROM on, each of all the bitcoin there will ever be, to
 * leaf 5. */
static void lie(struct till *t, unsigned from, unsigned n)
{
	struct fact *v = calloc(LIES_AT_ONCE, sizeof(*v));

	assert_non_null(v);
	for (unsigned i = 0; i < n; i += LIES_AT_ONCE) {
		unsigned some =
		    n - i < LIES_AT_ONCE ? n - i : (unsigned)LIES_AT_ONCE;

		for (unsigned k = 0; k < some; k++)
			v[k] = till_seen(t, from + i + k, 5, SAT_MAX);
		till_ok(t, ledger_facts(t->ledger, v, some, t->now, &t->err));
	}
	free(v);
}

static void lies_of_any_sum_keep_no_gift_from_being_booked(void **state)
{
	struct till *t = *state;
	struct ledger_token other = till_ask_for(t, "", 1, NULL);
	struct ledger_token lied_to = till_ask_for(t, "", 2, NULL);
	struct fact f;

	assert_int_equal(till_gift(t, lied_to)->proof.leaf.index, 5);
	till_settings(t, "confirm_above = 1\n");
	till_blocks(t, 'a', 100, 100);
	lie(t, 1000, LIES);
	till_tell(t, till_paid(t, 'a', 100, 1, 4, 20000));
	assert_int_equal(sat_raw(till_gift(t, other)->settled), 20000);
	assert_int_equal(till_gift(t, lied_to)->payments_all, LIES);
	assert_int_equal(sat_raw(till_gift(t, lied_to)->seen), SAT_MAX);
	assert_int_equal(report(t)->paid[PAYMENT_SEEN].n, LIES);
	assert_int_equal(sat_raw(report(t)->paid[PAYMENT_SEEN].sum), SAT_MAX);
	assert_int_equal(sat_raw(report(t)->paid[PAYMENT_SETTLED].sum), 20000);
	till_check(t);
	/* They end with the watch's next look at the whole mempool, and a
	 * gift that was seen among them is all that is left. */
	t->epoch++;
	t->seq = 0;
	till_tell(t, till_seen(t, 2, 5, 123456789));
	till_tell(t, till_block(t, FACT_BLOCK, 'a', 100));
	f = till_fact(t, FACT_SYNCED);
	f.u.synced = (struct fact_synced){100, till_block_hash('a', 100), true};
	till_tell(t, f);
	assert_int_equal(sat_raw(report(t)->paid[PAYMENT_SEEN].sum), 123456789);
	assert_int_equal(report(t)->paid[PAYMENT_DROPPED].n, LIES);
	till_check(t);
}

/* A till.db as the migrations up to the fifth leave it, with payments. */
static void make_old(struct till *t)
{
	const struct store_options how = {
	    .mode = STORE_WRITER, .may_create = true};
	struct store *db = NULL;
	size_t n;
	const struct migration *list = schema_till(&n);

	till_close(t);
	assert_int_equal(unlink(t->path), 0);
	till_ok(t, store_open(str_of(t->path), &how, &db, &t->err));
	till_ok(t, migration_run(db, "till.db", list, 5, &t->err));
	till_ok(
	    t, store_script(db,
		   SQL("INSERT INTO payment (txid, vout, leaf, amount,"
		       " is_coinbase, first_us, state, reversals) VALUES"
		       " (zeroblob(32), 0, 1, 2100000000000000, 0, 1, 5, 0),"
		       " (zeroblob(32), 1, 1, 2100000000000000, 0, 1, 5, 0),"
		       " (zeroblob(32), 2, 1, 150000001, 0, 1, 0, 0),"
		       " (zeroblob(32), 3, 1, 250000002, 0, 1, 0, 0)")));
	store_close(db);
}

static void sums_that_an_older_till_kept_are_made_anew(void **state)
{
	struct till *t = *state;

	make_old(t);
	till_open(t);
	assert_int_equal(report(t)->paid[PAYMENT_DROPPED].n, 2);
	assert_int_equal(
	    sat_raw(report(t)->paid[PAYMENT_DROPPED].sum), SAT_MAX);
	assert_int_equal(report(t)->paid[PAYMENT_SEEN].n, 2);
	assert_int_equal(sat_raw(report(t)->paid[PAYMENT_SEEN].sum), 400000003);
	till_ok(t, store_script(t->ledger->db,
		       SQL("UPDATE payment SET state = 0 WHERE vout = 0;"
			   " DELETE FROM payment WHERE vout = 2")));
	assert_int_equal(report(t)->paid[PAYMENT_SEEN].n, 2);
	till_ok(t, store_script(t->ledger->db,
		       SQL("DELETE FROM payment WHERE vout = 0")));
	assert_int_equal(sat_raw(report(t)->paid[PAYMENT_SEEN].sum), 250000002);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    till_test(lies_of_any_sum_keep_no_gift_from_being_booked),
	    till_test(sums_that_an_older_till_kept_are_made_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
