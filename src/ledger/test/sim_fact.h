/* SPDX-License-Identifier: MIT
 *
 * The words of the simulator's world as the facts that a till takes.
 */
#ifndef LEDGER_TEST_SIM_FACT_H
#define LEDGER_TEST_SIM_FACT_H

#include "ledger/test/sim.h"
#include "ledger/test/till_fixture.h"

static const enum fact_kind sim_kinds[] = {FACT_BLOCK, FACT_BLOCK_GONE,
    FACT_PAID, FACT_SEEN, FACT_DROPPED, FACT_SPENT_BY, FACT_SYNCED};

static inline struct hash256 sim_block_hash(uint32_t id)
{
	return till_hash("sim block", id);
}

static inline struct fact_inputs sim_coin(int tx)
{
	struct fact_inputs in = {.total = 1, .n = 1};

	in.v[0] = (struct outpoint){till_hash("coin", (uint64_t)tx / 2), 1};
	return in;
}

static inline void sim_fill_payment(struct fact *f, const struct sim_fact *s)
{
	struct outpoint outpoint = {till_hash("tx", (uint64_t)s->tx), 3};
	struct script_pubkey script = till_script(1, (unsigned)sim_leaf(s->tx));
	struct sat value = sat_of_raw(sim_sats(s->tx));

	if (s->kind == SIM_PAID)
		f->u.paid =
		    (struct fact_paid){s->height, sim_block_hash(s->block),
			outpoint, script, value, false, sim_coin(s->tx)};
	else
		f->u.seen = (struct fact_seen){
		    outpoint, script, value, false, sim_coin(s->tx)};
}

static inline struct fact sim_fact(
    const struct sim *sim, const struct sim_fact *s)
{
	struct fact f = {.kind = sim_kinds[s->kind],
	    .epoch = s->mark.epoch,
	    .seq = s->mark.seq};
	struct hash256 txid = till_hash("tx", (uint64_t)s->tx);

	switch (s->kind) {
	case SIM_BLOCK:
	case SIM_GONE:
		f.u.block =
		    (struct fact_block){s->height, sim_block_hash(s->block),
			sim_block_hash(sim->blocks[s->block].prev),
			INSTANT_OF_S(1795428000 + 600 * (int64_t)s->height)};
		break;
	case SIM_PAID:
	case SIM_SEEN:
		sim_fill_payment(&f, s);
		break;
	case SIM_DROPPED:
		f.u.dropped = (struct fact_dropped){txid,
		    s->flag ? DROP_REPLACED : DROP_GONE,
		    till_hash("tx", (uint64_t)(s->tx ^ 1))};
		break;
	case SIM_SPENT_BY:
		f.u.spent_by = (struct fact_spent_by){sim_coin(s->tx).v[0],
		    txid, till_hash("stranger", s->block), s->height,
		    sim_block_hash(s->block)};
		break;
	case SIM_SYNCED:
		f.u.synced = (struct fact_synced){
		    s->height, sim_block_hash(s->block), s->flag};
		break;
	}
	return f;
}

#endif
