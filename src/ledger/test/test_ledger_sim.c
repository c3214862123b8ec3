/* SPDX-License-Identifier: MIT
 *
 * The simulator's world told to a real till.db, which dies between any two
 * steps of the database now and then and is opened again. Facts are taken over
 * as the till takes them, one or many in a transaction, and are lost with it.
 * At quiet times the entries must be exactly what the chain holds. No statement
 * that facts need may walk through all that there is.
 *
 * World after world is played until FARTHING_SIM_FACTS facts were told, each of
 * its own seed, which is printed. FARTHING_SEED=n begins with that one, and
 * plays it just as it was. FARTHING_SIM_PART=k of FARTHING_SIM_PARTS=n plays
 * each nth of them, from the kth on, until its part of the facts was told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "ledger/test/sim_fact.h"

enum {
	TOGETHER = 256,	     /* facts in one transaction, as app/till_link.c */
	DEATH_STEPS = 20000, /* of the database between two failures, at most */
	ROUNDS = 6,	     /* of one world, */
	ROUND_STEPS = 200,   /* each so long until it is quiet */
};

/* What has been played, over all worlds. */
struct tally {
	uint64_t told, deaths, retries, reorganisations, starts, checks;
	uint64_t entries, valued;
};

struct world {
	struct till till;
	struct sim *sim;
	const struct sim_names *names;
	/* Told, and not on the disk yet; a rate may be one too many. */
	struct fact batch[TOGETHER + 1];
	size_t batch_n, batch_want;
	uint64_t steps_left; /* until the database fails */
	struct tally *tally;
};

static enum rc strike(void *data)
{
	struct world *w = data;

	return w->steps_left > 0 && --w->steps_left == 0 ? RC_IO : RC_OK;
}

static void arm(struct world *w)
{
	if (w->steps_left == 0)
		w->steps_left = 1 + sim_below(w->sim, DEATH_STEPS);
	store_hook(w->till.ledger->db, strike, w);
}

/* Takes over what was told, all or nothing. The database may fail in it: then
 * the till tries the same again, or it dies and all that was told and not
 * written is lost, which gives false. */
static bool flush(void *ctx)
{
	static const uint32_t most[] = {1, 16, TOGETHER};
	struct world *w = ctx;
	enum rc rc = ledger_facts(
	    w->till.ledger, w->batch, w->batch_n, w->till.now, &w->till.err);

	if (rc != RC_OK) {
		assert_int_equal(rc, RC_IO);
		assert_int_equal(w->steps_left, 0);
		if (sim_percent(w->sim, 25)) {
			w->tally->retries++;
			arm(w);
			return flush(w);
		}
		till_close(&w->till);
		till_open(&w->till);
		w->tally->deaths++;
		arm(w);
	}
	w->batch_n = 0;
	w->batch_want = 1 + sim_below(w->sim, most[sim_below(w->sim, 3)]);
	return rc == RC_OK;
}

/* Now and then a rate comes: some gifts have one when they settle, some get
 * their value later, some never. Its epoch is before all of the watch's, for
 * the simulator counts their words. */
static void tell_rate(struct world *w)
{
	struct fact *f = &w->batch[w->batch_n++];

	f->kind = FACT_RATE;
	f->epoch = 1;
	f->seq = 1;
	f->u.rate = (struct rate){
	    .price = fiat_of_raw(4600000 + sim_below(w->sim, 800000)),
	    .currency = {"EUR", 2},
	    .at = w->till.now,
	    .source = "sim",
	};
}

static bool tell(void *ctx, const struct sim_fact *s)
{
	struct world *w = ctx;
	struct instant tip = sim_block_time(sim_tip(w->sim));

	/* The till's clock only goes on, about as the blocks'. */
	w->till.now.us += 1000000;
	if (w->till.now.us < tip.us)
		w->till.now = tip;
	if (sim_percent(w->sim, 3))
		tell_rate(w);
	sim_fact(w->names, w->sim, s, &w->batch[w->batch_n++]);
	return w->batch_n < w->batch_want || flush(w);
}

/* What the till says of the blocks it knows decides where the watch begins;
 * those that are gone are told as gone. What it had read of the watch before
 * is written first. */
static uint32_t start(void *ctx, const struct sim *s, uint32_t *ret_epoch)
{
	struct world *w = ctx;
	struct ledger_block v[FACT_BLOCKS_MAX];
	size_t n;

	if (w->batch_n > 0)
		(void)flush(w);
	store_hook(w->till.ledger->db, NULL, NULL);
	till_ok(&w->till,
	    ledger_next_epoch(w->till.ledger, ret_epoch, &w->till.err));
	till_ok(&w->till, ledger_known_blocks(w->till.ledger, v,
			      FACT_BLOCKS_MAX, &n, &w->till.err));
	arm(w);
	for (size_t i = 0; i < n; i++) {
		const struct hash256 *hash;

		if (v[i].height > sim_tip(s))
			continue;
		hash = &w->names->blocks[s->chain[v[i].height - SIM_BASE]];
		if (hash256_eq(hash, &v[i].hash))
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
	w->tally->checks++;
	arm(w);
}

static struct world *world_new(
    uint64_t seed, const struct sim_names *names, struct tally *tally)
{
	struct world *w = calloc(1, sizeof(*w));
	uint32_t unused; /* the rates' epoch */

	w->sim = malloc(sizeof(*w->sim));
	w->names = names;
	w->tally = tally;
	till_init(&w->till);
	till_install(&w->till, 1, SIM_LEAVES, 2);
	sim_init(w->sim, seed);
	w->sim->tell = tell;
	w->sim->flush = flush;
	w->sim->start = start;
	w->sim->ctx = w;
	w->batch_want = 1;
	till_settings(&w->till, "currency = EUR\nrate_sources_least = 1\n");
	till_ok(
	    &w->till, ledger_next_epoch(w->till.ledger, &unused, &w->till.err));
	return w;
}

static void world_free(struct world *w)
{
	till_done(&w->till);
	free(w->sim);
	free(w);
}

static void play(
    uint64_t seed, const struct sim_names *names, struct tally *tally)
{
	struct world *w = world_new(seed, names, tally);

	sim_start(w->sim);
	for (int round = 0; sim_has_room(w->sim, 400) && round < ROUNDS;
	     round++) {
		for (int i = 0; i < ROUND_STEPS; i++)
			sim_step(w->sim);
		sim_settle(w->sim);
		compare(w);
	}
	tally->told += w->sim->told;
	tally->starts += w->sim->starts;
	tally->reorganisations += w->sim->reorganisations;
	tally->entries += (uint64_t)w->till.ledger->entries;
	tally->valued += (uint64_t)till_number(
	    &w->till, SQL("SELECT count(*) FROM entry WHERE kind <> 2"
			  " AND money NOT NULL"));
	world_free(w);
}

/* A statement that a fact needs must not go through all that there is. */
static void see_plan(void *ctx, const char *text)
{
	static const char *const grow[] = {"SCAN block", "SCAN synced",
	    "SCAN tx", "SCAN spend", "SCAN conflict", "SCAN payment",
	    "SCAN appearance", "SCAN early", "SCAN entry", "SCAN day",
	    "SCAN rate", "SCAN leaf", "SCAN node"};
	sqlite3 *db = ctx;
	char explain[4096];
	sqlite3_stmt *st;

	snprintf(explain, sizeof(explain), "EXPLAIN QUERY PLAN %s", text);
	assert_int_equal(
	    sqlite3_prepare_v2(db, explain, -1, &st, NULL), SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *step = (const char *)sqlite3_column_text(st, 3);
		bool is_walk = false;

		for (size_t i = 0; i < sizeof(grow) / sizeof(*grow); i++)
			if (strcmp(step, grow[i]) == 0)
				is_walk = !strstr(text, " LIMIT 1");
		/* Words of all the time before, for one of now. */
		if (strstr(step, "SEARCH synced") &&
		    (strstr(step, "(epoch<?)") || strstr(step, "(height<?)")))
			is_walk = true;
		if (is_walk)
			fail_msg("%s\n%s", text, step);
	}
	sqlite3_finalize(st);
}

static void no_fact_makes_the_till_read_all_that_it_has(void **unused)
{
	struct sim_names *names = sim_names_new();
	struct tally t = {0};
	struct world *w = world_new(sim_seed(20261127), names, &t);
	sqlite3 *db;

	(void)unused;
	w->steps_left = UINT64_MAX;
	sim_start(w->sim);
	for (int i = 0; i < ROUND_STEPS; i++)
		sim_step(w->sim);
	sim_settle(w->sim);
	assert_int_equal(sqlite3_open(w->till.path, &db), SQLITE_OK);
	store_each(w->till.ledger->db, see_plan, db);
	sqlite3_close(db);
	world_free(w);
	free(names);
}

static void whatever_the_line_does_the_book_says_what_the_chain_says(
    void **unused)
{
	uint64_t parts = sim_number("FARTHING_SIM_PARTS", 1);
	uint64_t most = sim_number("FARTHING_SIM_FACTS", 100000);
	uint64_t seed =
	    sim_seed(20261127) + sim_number("FARTHING_SIM_PART", 1) - 1;
	struct sim_names *names = sim_names_new();
	struct tally t = {0};

	(void)unused;
	print_message("note: seeds from %llu on\n", (unsigned long long)seed);
	for (; t.told * parts < most; seed += parts) {
		print_message("world of seed %llu\n", (unsigned long long)seed);
		play(seed, names, &t);
	}
	free(names);
	print_message("note: %llu facts were told to a till.db, of %llu starts "
		      "of the watch and %llu reorganisations; %llu entries, "
		      "of them %llu with a value, %llu checks\n",
	    (unsigned long long)t.told, (unsigned long long)t.starts,
	    (unsigned long long)t.reorganisations,
	    (unsigned long long)t.entries, (unsigned long long)t.valued,
	    (unsigned long long)t.checks);
	print_message("note: the till died %llu times between two writes, and "
		      "tried again %llu times\n",
	    (unsigned long long)t.deaths, (unsigned long long)t.retries);
	assert_true(t.deaths > t.told / 10000);
	assert_true(t.valued > t.entries / 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		whatever_the_line_does_the_book_says_what_the_chain_says),
	    cmocka_unit_test(no_fact_makes_the_till_read_all_that_it_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
