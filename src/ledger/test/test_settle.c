/* SPDX-License-Identifier: MIT
 *
 * The rules of settle.h alone, without a database: millions of words of the
 * simulator's world, and a small world in all its orders.
 *
 * FARTHING_SEED=n plays that one again; FARTHING_TEST_ALL=1 plays longer.
 */
#include "ledger/settle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ledger/test/sim.h"

/* What the tables of till.db hold, in arrays. */
struct pure_block {
	struct mark joined, gone;
	uint32_t height;
};

struct pure_tx {
	bool is_known;
	uint32_t in[64]; /* blocks that hold it; the oldest are forgotten */
	size_t in_n;
	uint32_t conflicts[16];
	size_t conflicts_n;
	struct settle_pool pool;
	uint32_t booked; /* the block of its entry; 0: none */
	int64_t sum;	 /* of its entries */
	int reversals, entries;
};

struct pure {
	struct pure_block blocks[SIM_BLOCKS];
	uint32_t newest[SIM_BASE + SIM_CHAIN + 64]; /* by height */
	struct {
		struct mark mark;
		uint32_t height;
	} synced[SIM_CHAIN * 4];
	size_t synced_n;
	bool is_best[SIM_BLOCKS]; /* pure_is_best, kept */
	uint32_t top;		  /* the greatest height heard of */
	uint32_t tip;
	uint32_t pool_epoch;
	struct pure_tx txs[SIM_TXS];
};

static bool pure_is_best(const struct pure *p, uint32_t id)
{
	const struct pure_block *b = &p->blocks[id];
	struct settle_block s = {b->joined, b->gone, b->height};
	uint32_t synced = UINT32_MAX;

	if (id == 0 || p->newest[b->height] != id)
		return false;
	for (size_t i = p->synced_n; i > 0; i--) {
		if (!mark_is_newer(p->synced[i - 1].mark, b->joined))
			break;
		synced = p->synced[i - 1].height;
	}
	return settle_is_best(&s, synced);
}

/* What FROM and above are, anew; true if that is another than before. */
static bool pure_best(struct pure *p, uint32_t from, uint32_t to)
{
	bool has_changed = false;

	for (uint32_t h = from; h <= to; h++) {
		uint32_t id = p->newest[h];
		bool is_best = pure_is_best(p, id);

		has_changed |= is_best != p->is_best[id];
		p->is_best[id] = is_best;
	}
	p->tip = p->top;
	while (p->tip >= SIM_BASE && !p->is_best[p->newest[p->tip]])
		p->tip--;
	return has_changed;
}

static bool is_best(const struct pure *p, uint32_t id)
{
	return p->is_best[id];
}

static uint32_t pure_place(const struct pure *p, const struct pure_tx *tx)
{
	uint32_t found = 0;

	if (tx->booked && is_best(p, tx->booked))
		return tx->booked;
	for (size_t i = 0; i < tx->in_n; i++)
		if (is_best(p, tx->in[i]) &&
		    (!found ||
			p->blocks[tx->in[i]].height < p->blocks[found].height))
			found = tx->in[i];
	return found;
}

static bool pure_is_conflicted(const struct pure *p, int at)
{
	const struct pure_tx *tx = &p->txs[at];

	for (size_t i = 0; i < tx->conflicts_n; i++)
		if (is_best(p, tx->conflicts[i]))
			return true;
	return pure_place(p, &p->txs[at ^ 1]) != 0;
}

static uint32_t needed(int tx)
{
	static const uint32_t steps[] = {1, 1, 2, 3};

	return steps[tx % 4];
}

static enum payment_state pure_settle(struct pure *p, int at)
{
	struct pure_tx *tx = &p->txs[at];
	uint32_t place = pure_place(p, tx);
	struct settle s = {
	    .in_chain = place != 0,
	    .confirmations = place ? p->tip - p->blocks[place].height + 1 : 0,
	    .needed = needed(at),
	    .is_booked = tx->booked != 0,
	    .is_booked_here = tx->booked != 0 && place == tx->booked,
	    .was_reversed = tx->reversals > 0,
	    .is_conflicted = pure_is_conflicted(p, at),
	};
	enum settle_act act;

	tx->pool.pool_epoch = p->pool_epoch;
	s.pool = settle_pool(&tx->pool);
	while ((act = settle_next(&s)) != SETTLE_NOTHING) {
		bool is_book = act == SETTLE_BOOK;

		tx->entries++;
		tx->sum += is_book ? sim_sats(at) : -sim_sats(at);
		tx->booked = is_book ? place : 0;
		tx->reversals += is_book ? 0 : 1;
		s.is_booked = s.is_booked_here = is_book;
		s.was_reversed = tx->reversals > 0;
	}
	return settle_state(&s);
}

static void pure_synced(struct pure *p, const struct sim_fact *f)
{
	size_t at = p->synced_n;

	if (f->flag && f->mark.epoch > p->pool_epoch)
		p->pool_epoch = f->mark.epoch;
	while (at > 0 && mark_is_newer(p->synced[at - 1].mark, f->mark))
		at--;
	for (size_t i = at; i < p->synced_n; i++)
		if (p->synced[i].height <= f->height)
			return;
	must(p->synced_n < sizeof(p->synced) / sizeof(p->synced[0]));
	memmove(&p->synced[at + 1], &p->synced[at],
	    (p->synced_n - at) * sizeof(p->synced[0]));
	p->synced[at].mark = f->mark;
	p->synced[at].height = f->height;
	p->synced_n++;
	while (at > 0 && p->synced[at - 1].height >= f->height) {
		memmove(&p->synced[at - 1], &p->synced[at],
		    (p->synced_n - at) * sizeof(p->synced[0]));
		at--;
		p->synced_n--;
	}
}

static void pure_block(struct pure *p, const struct sim_fact *f)
{
	struct pure_block *b = &p->blocks[f->block];
	struct mark *slot = f->kind == SIM_BLOCK ? &b->joined : &b->gone;
	uint32_t *newest = &p->newest[f->height];

	b->height = f->height;
	if (f->height > p->top)
		p->top = f->height;
	if (mark_is_newer(f->mark, *slot))
		*slot = f->mark;
	if (*newest == 0 ||
	    mark_is_newer(b->joined, p->blocks[*newest].joined)) {
		p->is_best[*newest] = false;
		*newest = f->block;
	}
}

static void pure_tx(struct pure *p, const struct sim_fact *f)
{
	struct pure_tx *tx = &p->txs[f->tx];

	if (f->kind == SIM_PAID || f->kind == SIM_SEEN)
		tx->is_known = true;
	if (f->kind == SIM_SEEN && mark_is_newer(f->mark, tx->pool.seen))
		tx->pool.seen = f->mark;
	if (f->kind == SIM_DROPPED &&
	    mark_is_newer(f->mark, tx->pool.dropped)) {
		tx->pool.dropped = f->mark;
		tx->pool.is_replaced = f->flag;
	}
	if (f->kind == SIM_PAID) {
		for (size_t i = 0; i < tx->in_n; i++)
			if (tx->in[i] == f->block)
				return;
		must(tx->in_n < 64);
		tx->in[tx->in_n++] = f->block;
	}
	if (f->kind == SIM_SPENT_BY) {
		for (size_t i = 0; i < tx->conflicts_n; i++)
			if (tx->conflicts[i] == f->block)
				return;
		must(tx->conflicts_n < 16);
		tx->conflicts[tx->conflicts_n++] = f->block;
	}
}

static bool pure_tell(void *ctx, const struct sim_fact *f)
{
	struct pure *p = ctx;
	uint32_t old_pool = p->pool_epoch;
	uint32_t old_tip = p->tip;
	bool has_changed;

	if (f->kind == SIM_PAID || f->kind == SIM_SEEN ||
	    f->kind == SIM_DROPPED || f->kind == SIM_SPENT_BY) {
		pure_tx(p, f);
		pure_settle(p, f->tx);
		pure_settle(p, f->tx ^ 1);
		return true;
	}
	if (f->kind == SIM_SYNCED) {
		pure_synced(p, f);
		has_changed = pure_best(p, f->height + 1, p->top);
	} else {
		uint32_t before = p->newest[f->height];
		bool was_best = p->is_best[before];

		pure_block(p, f);
		has_changed = pure_best(p, f->height, f->height) ||
			      (was_best && before != p->newest[f->height]);
	}
	if (!has_changed && old_pool == p->pool_epoch && old_tip == p->tip)
		return true;
	for (int tx = 0; tx < SIM_TXS; tx++)
		if (p->txs[tx].in_n > 0 || p->txs[tx].conflicts_n > 0)
			pure_settle(p, tx);
	return true;
}

/* It knows nothing: the watch tells all from the beginning. */
static uint32_t pure_start(void *ctx, const struct sim *s, uint32_t *ret_epoch)
{
	(void)ctx;
	(void)s;
	(void)ret_epoch;
	return SIM_BASE - 1;
}

static void pure_compare(struct pure *p, const struct sim *s)
{
	assert_int_equal(p->tip, sim_tip(s));
	for (int tx = 0; tx < SIM_TXS; tx++) {
		bool in_chain = s->where[tx] == SIM_CHAINED;
		enum payment_state state = pure_settle(p, tx);

		assert_int_equal(state == PAYMENT_SETTLED, in_chain);
		assert_int_equal(p->txs[tx].sum, in_chain ? sim_sats(tx) : 0);
		assert_int_equal(p->txs[tx].entries - p->txs[tx].reversals * 2,
		    in_chain ? 1 : 0);
		if (s->where[tx] == SIM_POOL)
			assert_true(
			    state == PAYMENT_SEEN || state == PAYMENT_REVERSED);
		if (s->where[tx] == SIM_OUT && p->txs[tx].is_known)
			assert_true(state == PAYMENT_DROPPED ||
				    state == PAYMENT_REPLACED ||
				    state == PAYMENT_REVERSED ||
				    p->txs[tx].pool.seen.epoch == 0);
	}
}

static uint64_t play(uint64_t seed)
{
	struct sim *s = malloc(sizeof(*s));
	struct pure *p = calloc(1, sizeof(*p));
	uint64_t told;

	sim_init(s, seed);
	s->tell = pure_tell;
	s->start = pure_start;
	s->ctx = p;
	sim_start(s);
	for (int round = 0; sim_has_room(s, 400) && round < 40; round++) {
		for (int i = 0; i < 100; i++)
			sim_step(s);
		sim_settle(s);
		pure_compare(p, s);
	}
	told = s->told;
	free(s);
	free(p);
	return told;
}

static void whatever_the_line_does_the_sums_are_the_chains(void **unused)
{
	bool is_all = getenv("FARTHING_TEST_ALL") != NULL;
	uint64_t most = is_all ? 20000000 : 2000000;
	uint64_t seed = sim_seed(20261127);
	uint64_t told = 0;

	(void)unused;
	print_message("note: seed %llu\n", (unsigned long long)seed);
	while (told < most)
		told += play(seed++);
	print_message("note: %llu words were told\n", (unsigned long long)told);
}

/* Three payments in blocks of two branches: a1 a2 and b1 b2, of which the
 * second wins. All orders of these words, at their marks, end the same. */
enum { SMALL = 9 };

static const struct sim_fact small[SMALL] = {
    {SIM_BLOCK, {1, 1}, 1, 100, 0, false},
    {SIM_PAID, {1, 2}, 1, 100, 0, false},
    {SIM_BLOCK, {1, 3}, 2, 101, 0, false},
    {SIM_PAID, {1, 4}, 2, 101, 4, false},
    {SIM_GONE, {1, 5}, 2, 101, 0, false},
    {SIM_BLOCK, {1, 6}, 3, 101, 0, false},
    {SIM_PAID, {1, 7}, 3, 101, 5, false},
    {SIM_BLOCK, {1, 8}, 4, 102, 0, false},
    {SIM_SYNCED, {1, 9}, 4, 102, 0, false},
};

static void small_compare(struct pure *p)
{
	/* 0 lies deep, 5 has taken 4's coin in the branch that won. */
	assert_int_equal(p->tip, 102);
	assert_int_equal(pure_settle(p, 0), PAYMENT_SETTLED);
	assert_int_equal(pure_settle(p, 4), PAYMENT_REPLACED);
	assert_int_equal(pure_settle(p, 5), PAYMENT_SETTLED);
	assert_int_equal(p->txs[0].sum, sim_sats(0));
	assert_int_equal(p->txs[4].sum, 0);
	assert_int_equal(p->txs[5].sum, sim_sats(5));
}

static void small_orders(struct pure *p, unsigned left, uint64_t *count)
{
	static struct pure saved[SMALL + 1]; /* Global: too large a stack */
	unsigned depth = 0;

	for (unsigned i = left; i; i &= i - 1)
		depth++;
	if (left == 0) {
		small_compare(p);
		(*count)++;
		return;
	}
	memcpy(&saved[depth], p, sizeof(*p));
	for (unsigned i = 0; i < SMALL; i++) {
		if (!(left & 1u << i))
			continue;
		pure_tell(p, &small[i]);
		small_orders(p, left & ~(1u << i), count);
		memcpy(p, &saved[depth], sizeof(*p));
	}
}

static void a_small_world_ends_the_same_in_all_orders(void **unused)
{
	struct pure *p = calloc(1, sizeof(*p));
	uint64_t count = 0;
	/* The first two stand in all orders of the quick run. */
	unsigned done = getenv("FARTHING_TEST_ALL") ? 0 : 2;

	(void)unused;
	for (unsigned i = 0; i < done; i++)
		pure_tell(p, &small[i]);
	small_orders(p, ((1u << SMALL) - 1) & ~((1u << done) - 1), &count);
	print_message("note: %llu orders\n", (unsigned long long)count);
	assert_true(count >= 5040);
	free(p);
}

static void marks_are_ordered_by_epoch_and_then_by_number(void **unused)
{
	(void)unused;
	assert_true(mark_is_newer((struct mark){2, 1}, (struct mark){1, 9}));
	assert_true(mark_is_newer((struct mark){1, 2}, (struct mark){1, 1}));
	assert_false(mark_is_newer((struct mark){1, 1}, (struct mark){1, 1}));
	assert_false(mark_is_newer((struct mark){1, 9}, (struct mark){2, 1}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(marks_are_ordered_by_epoch_and_then_by_number),
	    cmocka_unit_test(a_small_world_ends_the_same_in_all_orders),
	    cmocka_unit_test(whatever_the_line_does_the_sums_are_the_chains),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
