/* SPDX-License-Identifier: MIT
 *
 * The simulator's world told to a real till.db, which dies between any two
 * steps of the database now and then and is opened again. At quiet times the
 * entries must be exactly what the chain holds.
 *
 * FARTHING_SEED=n plays that one again; FARTHING_TEST_ALL=1 plays longer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ledger/test/sim_fact.h"

struct world {
	struct till till;
	struct sim *sim;
	uint64_t steps_left; /* until the database fails */
	uint64_t deaths;
};

static enum rc strike(void *data)
{
	struct world *w = data;

	return w->steps_left > 0 && --w->steps_left == 0 ? RC_IO : RC_OK;
}

static bool tell(void *ctx, const struct sim_fact *s)
{
	struct world *w = ctx;
	struct fact f = sim_fact(w->sim, s);
	enum rc rc = ledger_fact(w->till.ledger, &f, w->till.now, &w->till.err);

	w->till.now.us += 1000000;
	if (rc == RC_OK)
		return true;
	assert_int_equal(rc, RC_IO);
	assert_int_equal(w->steps_left, 0);
	till_close(&w->till);
	till_open(&w->till);
	w->deaths++;
	w->steps_left = 1 + sim_below(w->sim, 60000);
	store_hook(w->till.ledger->db, strike, w);
	return false;
}

/* What the till says of the blocks it knows decides where the watch begins;
 * those that are gone are told as gone. */
static uint32_t start(void *ctx, const struct sim *s, uint32_t *ret_epoch)
{
	struct world *w = ctx;
	struct ledger_block v[FACT_BLOCKS_MAX];
	size_t n;

	store_hook(w->till.ledger->db, NULL, NULL);
	till_ok(&w->till,
	    ledger_next_epoch(w->till.ledger, ret_epoch, &w->till.err));
	till_ok(&w->till, ledger_known_blocks(w->till.ledger, v,
			      FACT_BLOCKS_MAX, &n, &w->till.err));
	store_hook(w->till.ledger->db, strike, w);
	for (size_t i = 0; i < n; i++) {
		struct hash256 hash;

		if (v[i].height > sim_tip(s))
			continue;
		hash = sim_block_hash(s->chain[v[i].height - SIM_BASE]);
		if (hash256_eq(&hash, &v[i].hash))
			return v[i].height;
	}
	return SIM_BASE - 1;
}

/* The sum of the entries, and how many of a payment's were not reversed. */
static void compare(struct world *w)
{
	struct till *t = &w->till;
	int64_t want = 0;
	int64_t settled = 0;

	store_hook(t->ledger->db, NULL, NULL);
	for (int tx = 0; tx < SIM_TXS; tx++) {
		if (w->sim->where[tx] != SIM_CHAINED)
			continue;
		want += sim_sats(tx);
		settled++;
	}
	assert_int_equal(till_check(t), want);
	assert_int_equal(till_number(t, SQL("SELECT count(*) FROM payment"
					    " WHERE state = 2")),
	    settled);
	assert_int_equal(till_number(t, SQL("SELECT count(*) FROM payment"
					    " WHERE state = 1")),
	    0);
	assert_int_equal(
	    till_number(t, SQL("SELECT coalesce(sum(CASE kind WHEN 1 THEN"
			       " amount WHEN 2 THEN -amount ELSE 0 END), 0)"
			       " FROM entry")),
	    want);
	store_hook(t->ledger->db, strike, w);
}

static uint64_t play(uint64_t seed, uint64_t *ret_deaths)
{
	struct world *w = calloc(1, sizeof(*w));
	uint64_t told;

	w->sim = malloc(sizeof(*w->sim));
	till_init(&w->till);
	till_install(&w->till, 1, SIM_LEAVES, 2);
	sim_init(w->sim, seed);
	w->sim->tell = tell;
	w->sim->start = start;
	w->sim->ctx = w;
	w->steps_left = 30000;
	sim_start(w->sim);
	for (int round = 0; sim_has_room(w->sim, 400) && round < 12; round++) {
		for (int i = 0; i < 100; i++)
			sim_step(w->sim);
		sim_settle(w->sim);
		compare(w);
	}
	told = w->sim->told;
	*ret_deaths += w->deaths;
	till_done(&w->till);
	free(w->sim);
	free(w);
	return told;
}

static void whatever_the_line_does_the_book_says_what_the_chain_says(
    void **unused)
{
	bool is_all = getenv("FARTHING_TEST_ALL") != NULL;
	uint64_t most = is_all ? 3000000 : 100000;
	uint64_t seed = sim_seed(20261127);
	uint64_t told = 0;
	uint64_t deaths = 0;

	(void)unused;
	print_message("note: seed %llu\n", (unsigned long long)seed);
	while (told < most)
		told += play(seed++, &deaths);
	print_message("note: %llu facts were told, the till died %llu times\n",
	    (unsigned long long)told, (unsigned long long)deaths);
	assert_true(deaths > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		whatever_the_line_does_the_book_says_what_the_chain_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
