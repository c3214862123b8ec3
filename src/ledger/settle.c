/* SPDX-License-Identifier: MIT
 *
 * The rules; see settle.h.
 */
#include "ledger/settle.h"

#include "base/must.h"

static const char *const NAMES[PAYMENT_STATES] = {
    "seen", "confirmed", "settled", "reversed", "replaced", "dropped"};

bool mark_is_newer(struct mark a, struct mark b)
{
	return a.epoch != b.epoch ? a.epoch > b.epoch : a.seq > b.seq;
}

const char *payment_state_name(enum payment_state state)
{
	must((unsigned)state < PAYMENT_STATES);
	return NAMES[state];
}

bool settle_is_best(const struct settle_block *block, uint32_t synced)
{
	return mark_is_newer(block->joined, block->gone) &&
	       block->height <= synced;
}

enum pool_state settle_pool(const struct settle_pool *pool)
{
	bool was_seen = pool->seen.epoch > 0;

	if (mark_is_newer(pool->dropped, pool->seen))
		return pool->is_replaced ? POOL_REPLACED : POOL_DROPPED;
	if (was_seen && pool->seen.epoch < pool->pool_epoch)
		return POOL_DROPPED;
	return POOL_WAITING;
}

enum settle_act settle_next(const struct settle *s)
{
	must(!s->is_booked_here || (s->is_booked && s->in_chain));
	if (s->is_booked)
		return s->is_booked_here ? SETTLE_NOTHING : SETTLE_REVERSE;
	if (s->in_chain && s->confirmations >= s->needed)
		return SETTLE_BOOK;
	return SETTLE_NOTHING;
}

enum payment_state settle_state(const struct settle *s)
{
	must(settle_next(s) == SETTLE_NOTHING);
	if (s->is_booked)
		return PAYMENT_SETTLED;
	if (s->in_chain)
		return PAYMENT_CONFIRMED;
	if (s->is_conflicted)
		return PAYMENT_REPLACED;
	if (s->was_reversed)
		return PAYMENT_REVERSED;
	switch (s->pool) {
	case POOL_WAITING:
		return PAYMENT_SEEN;
	case POOL_REPLACED:
		return PAYMENT_REPLACED;
	case POOL_DROPPED:
		return PAYMENT_DROPPED;
	}
	unreachable("a pool of no state");
}
