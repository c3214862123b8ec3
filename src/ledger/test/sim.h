/* SPDX-License-Identifier: MIT
 *
 * A small world with a chain, a mempool and a watch that tells of them over a
 * bad line, for the simulators. All chance comes from one seed.
 *
 * Transactions 2n and 2n + 1 spend the same coin, so one of them at most is
 * alive; strangers spend coins, too. The chain grows and is reorganised, 1 to
 * 20 blocks deep, up to longer and to shorter chains; payments move, are
 * dropped and double-spent. What the watch tells is repeated and comes out of
 * order; when the watch starts anew, what had not arrived is lost and the
 * watch begins at the blocks that the other end says it knows.
 */
#ifndef LEDGER_TEST_SIM_H
#define LEDGER_TEST_SIM_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "base/str.h"
#include "ledger/settle.h"

enum {
	SIM_TXS = 400,
	SIM_BLOCKS = 4000, /* in all branches */
	SIM_CHAIN = 1000,
	SIM_BASE = 100, /* height of the first block */
	SIM_BLOCK_TXS = 6,
	SIM_QUEUE = 4096,
	SIM_LEAVES = 16,
	SIM_WINDOW = 24, /* how far words may overtake each other */
	SIM_DEPTH = 20,
};

enum sim_kind {
	SIM_BLOCK,
	SIM_GONE,
	SIM_PAID,
	SIM_SEEN,
	SIM_DROPPED,
	SIM_SPENT_BY,
	SIM_SYNCED,
};

struct sim_fact {
	enum sim_kind kind;
	struct mark mark;
	uint32_t block; /* id; 0: none */
	uint32_t height;
	int tx;
	bool flag; /* replaced; pool told */
};

struct sim_block {
	uint32_t height;
	uint32_t prev;
	int txs[SIM_BLOCK_TXS];
	int txs_n;
	int strangers; /* the coin that a stranger spends; -1 */
};

enum sim_where { SIM_NOT_YET, SIM_POOL, SIM_CHAINED, SIM_OUT };

struct sim {
	uint64_t random;
	struct sim_block blocks[SIM_BLOCKS]; /* by id; 0 is not used */
	uint32_t blocks_n;
	uint32_t chain[SIM_CHAIN]; /* ids */
	size_t chain_n;
	enum sim_where where[SIM_TXS];
	int next_tx;
	/* The line. */
	struct mark mark;		  /* of the newest word */
	struct sim_fact queue[SIM_QUEUE]; /* a ring */
	size_t queue_at, queue_n;
	uint64_t told, starts, reorganisations;
	/* The other end. TELL says false when it has died in it; so does FLUSH
	 * (may be NULL), after which nothing that was told is only on its way
	 * to the disk. */
	bool (*tell)(void *ctx, const struct sim_fact *f);
	bool (*flush)(void *ctx);
	/* Begins a new epoch and gives the height up to which the chain is
	 * known there, SIM_BASE - 1 if none of it. */
	uint32_t (*start)(void *ctx, const struct sim *s, uint32_t *ret_epoch);
	void *ctx;
};

static inline uint32_t sim_below(struct sim *s, uint32_t below)
{
	/* xorshift64*, Vigna 2014 */
	s->random ^= s->random >> 12;
	s->random ^= s->random << 25;
	s->random ^= s->random >> 27;
	return (uint32_t)((s->random * 0x2545F4914F6CDD1Du) >> 33) % below;
}

static inline bool sim_percent(struct sim *s, uint32_t percent)
{
	return sim_below(s, 100) < percent;
}

static inline uint32_t sim_tip(const struct sim *s)
{
	return SIM_BASE + (uint32_t)s->chain_n - 1;
}

static inline int64_t sim_sats(int tx)
{
	static const int64_t steps[] = {5000, 90000, 500000, 3000000};

	return steps[tx % 4] + tx;
}

static inline int sim_leaf(int tx)
{
	return tx * 7 % SIM_LEAVES;
}

static inline void sim_start(struct sim *s);

static inline struct sim_fact *sim_queued(struct sim *s, size_t i)
{
	return &s->queue[(s->queue_at + i) % SIM_QUEUE];
}

/* Brings one word of the line over; the line may be lost by it. */
static inline void sim_deliver(struct sim *s)
{
	uint32_t window =
	    s->queue_n < SIM_WINDOW ? (uint32_t)s->queue_n : SIM_WINDOW;
	size_t at = sim_percent(s, 70) ? 0 : sim_below(s, window);
	struct sim_fact f = *sim_queued(s, at);
	bool is_again = sim_percent(s, 10);

	s->told++;
	if (!s->tell(s->ctx, &f)) {
		sim_start(s);
		return;
	}
	if (is_again)
		return;
	for (; at > 0; at--)
		*sim_queued(s, at) = *sim_queued(s, at - 1);
	s->queue_at = (s->queue_at + 1) % SIM_QUEUE;
	s->queue_n--;
}

static inline void sim_say(
    struct sim *s, enum sim_kind kind, uint32_t block, int tx, bool flag)
{
	while (s->queue_n == SIM_QUEUE)
		sim_deliver(s);
	s->mark.seq++;
	*sim_queued(s, s->queue_n++) = (struct sim_fact){kind, s->mark, block,
	    block ? s->blocks[block].height : 0, tx, flag};
}

static inline void sim_say_synced(struct sim *s, bool pool_told)
{
	sim_say(s, SIM_SYNCED, s->chain[s->chain_n - 1], 0, pool_told);
}

static inline void sim_say_block(struct sim *s, uint32_t id)
{
	const struct sim_block *b = &s->blocks[id];

	sim_say(s, SIM_BLOCK, id, 0, false);
	for (int i = 0; i < b->txs_n; i++)
		sim_say(s, SIM_PAID, id, b->txs[i], false);
	if (b->strangers < 0)
		return;
	for (int tx = 2 * b->strangers; tx <= 2 * b->strangers + 1; tx++)
		if (s->where[tx] != SIM_NOT_YET)
			sim_say(s, SIM_SPENT_BY, id, tx, false);
}

/* The watch starts anew, with a HELLO. */
static inline void sim_start(struct sim *s)
{
	uint32_t epoch = s->mark.epoch + 1;
	uint32_t known;

	s->queue_n = 0;
	s->starts++;
	known = s->start(s->ctx, s, &epoch);
	must(epoch > s->mark.epoch);
	s->mark = (struct mark){epoch, 0};
	for (uint32_t h = known + 1; h <= sim_tip(s); h++)
		sim_say_block(s, s->chain[h - SIM_BASE]);
	sim_say_synced(s, false);
	for (int tx = 0; tx < SIM_TXS; tx++)
		if (s->where[tx] == SIM_POOL)
			sim_say(s, SIM_SEEN, 0, tx, false);
	sim_say_synced(s, true);
}

static inline bool coin_is_free(const struct sim *s, int tx)
{
	int rival = tx ^ 1;

	if (s->where[rival] == SIM_POOL || s->where[rival] == SIM_CHAINED)
		return false;
	for (size_t i = 0; i < s->chain_n; i++)
		if (s->blocks[s->chain[i]].strangers == tx / 2)
			return false;
	return true;
}

static inline int sim_pick(struct sim *s, enum sim_where where)
{
	for (int i = 0; i < 8; i++) {
		int tx = (int)sim_below(s, SIM_TXS);

		if (s->where[tx] == where)
			return tx;
	}
	return -1;
}

static inline void sim_enter(struct sim *s, int tx)
{
	if (tx < 0 || !coin_is_free(s, tx))
		return;
	s->where[tx] = SIM_POOL;
	sim_say(s, SIM_SEEN, 0, tx, false);
}

static inline void sim_leave(struct sim *s, int tx, bool is_replaced)
{
	if (tx < 0)
		return;
	s->where[tx] = SIM_OUT;
	sim_say(s, SIM_DROPPED, 0, tx, is_replaced);
	if (is_replaced)
		sim_enter(s, tx ^ 1);
}

static inline void sim_mine(struct sim *s, bool is_empty)
{
	uint32_t id = s->blocks_n;
	struct sim_block *b = &s->blocks[id];
	int victim;

	if (s->blocks_n == SIM_BLOCKS || s->chain_n == SIM_CHAIN)
		return;
	s->blocks_n++;
	memset(b, 0, sizeof(*b));
	b->strangers = -1;
	b->prev = s->chain_n > 0 ? s->chain[s->chain_n - 1] : 0;
	b->height = SIM_BASE + (uint32_t)s->chain_n;
	s->chain[s->chain_n++] = id;
	for (int i = 0; !is_empty && i < 12 && b->txs_n < SIM_BLOCK_TXS; i++) {
		int tx = sim_pick(s, SIM_POOL);

		if (tx < 0)
			continue;
		s->where[tx] = SIM_CHAINED;
		b->txs[b->txs_n++] = tx;
	}
	victim = !is_empty && sim_percent(s, 15) ? sim_pick(s, SIM_POOL) : -1;
	if (victim >= 0) {
		b->strangers = victim / 2;
		s->where[victim] = SIM_OUT;
		sim_say(s, SIM_DROPPED, 0, victim, true);
	}
	sim_say_block(s, id);
}

static inline void sim_unmine(struct sim *s)
{
	uint32_t id = s->chain[--s->chain_n];
	const struct sim_block *b = &s->blocks[id];

	sim_say(s, SIM_GONE, id, 0, false);
	for (int i = 0; i < b->txs_n; i++) {
		s->where[b->txs[i]] = SIM_OUT;
		if (sim_percent(s, 80))
			sim_enter(s, b->txs[i]);
		if (s->where[b->txs[i]] == SIM_OUT)
			sim_say(s, SIM_DROPPED, 0, b->txs[i], false);
	}
}

static inline void sim_reorganise(struct sim *s)
{
	uint32_t depth = 1 + sim_below(s, sim_percent(s, 20) ? SIM_DEPTH : 4);
	uint32_t again = depth + 1;

	if (depth >= s->chain_n || s->blocks_n + depth + 2 > SIM_BLOCKS ||
	    s->chain_n + 2 > SIM_CHAIN)
		return;
	if (sim_percent(s, 20))
		again = sim_below(s, depth + 1);
	for (uint32_t i = 0; i < depth; i++)
		sim_unmine(s);
	for (uint32_t i = 0; i < again; i++)
		sim_mine(s, false);
	sim_say_synced(s, false);
	s->reorganisations++;
}

/* One thing happens, and some words come over. */
static inline void sim_step(struct sim *s)
{
	uint32_t dice = sim_below(s, 100);

	if (dice < 40 && s->next_tx < SIM_TXS) {
		sim_enter(s, s->next_tx);
		s->next_tx += 2;
	} else if (dice < 50) {
		int tx = sim_pick(s, SIM_POOL);

		sim_leave(s, tx, sim_percent(s, 60));
	} else if (dice < 55) {
		sim_enter(s, sim_pick(s, SIM_OUT));
	} else if (dice < 90) {
		sim_mine(s, false);
		sim_say_synced(s, false);
	} else if (dice < 98) {
		sim_reorganise(s);
	} else if (sim_percent(s, 40)) {
		sim_start(s);
	}
	for (uint32_t n = sim_below(s, 12); n > 0 && s->queue_n > 0; n--)
		sim_deliver(s);
}

/* All that is on the way arrives, and what is in the chain grows deep. */
static inline void sim_settle(struct sim *s)
{
	for (int i = 0; i < 6; i++)
		sim_mine(s, true);
	sim_say_synced(s, false);
	for (;;) {
		while (s->queue_n > 0)
			sim_deliver(s);
		if (!s->flush || s->flush(s->ctx))
			break;
		sim_start(s);
	}
}

static inline void sim_init(struct sim *s, uint64_t seed)
{
	memset(s, 0, sizeof(*s));
	s->random = seed * 2654435761u + 88172645463325252u;
	s->blocks_n = 1;
	sim_mine(s, false);
	s->queue_n = 0;
}

/* There is room for at least STEPS more. */
static inline bool sim_has_room(const struct sim *s, uint32_t blocks)
{
	return s->blocks_n + blocks < SIM_BLOCKS &&
	       s->chain_n + blocks < SIM_CHAIN;
}

/* A number of the environment, or the one given. */
static inline uint64_t sim_number(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	uint64_t n = otherwise;

	if (text && str_u64(str_of(text), UINT64_MAX, &n) != RC_OK)
		n = otherwise;
	return n;
}

/* The seed of this run. */
static inline uint64_t sim_seed(uint64_t otherwise)
{
	return sim_number("FARTHING_SEED", otherwise);
}

#endif
