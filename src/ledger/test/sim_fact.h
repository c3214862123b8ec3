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

/* What things are called on the chain, in every world alike: made once, for
 * hashing would cost more than all else that a simulator does itself. */
struct sim_names {
	struct hash256 blocks[SIM_BLOCKS], strangers[SIM_BLOCKS];
	struct hash256 txs[SIM_TXS];
	struct outpoint coins[SIM_TXS / 2];
	struct script_pubkey leaves[SIM_LEAVES];
};

static inline struct sim_names *sim_names_new(void)
{
	struct sim_names *n = malloc(sizeof(*n));

	must(n);
	for (unsigned i = 0; i < SIM_BLOCKS; i++) {
		n->blocks[i] = till_hash("sim block", i);
		n->strangers[i] = till_hash("stranger", i);
	}
	for (unsigned i = 0; i < SIM_TXS; i++)
		n->txs[i] = till_hash("tx", i);
	for (unsigned i = 0; i < SIM_TXS / 2; i++)
		n->coins[i] = (struct outpoint){till_hash("coin", i), 1};
	for (unsigned i = 0; i < SIM_LEAVES; i++)
		n->leaves[i] = till_script(1, i);
	return n;
}

static inline struct instant sim_block_time(uint32_t height)
{
	return INSTANT_OF_S(1795428000 + 600 * (int64_t)height);
}

static inline void sim_name_inputs(
    const struct sim_names *names, int tx, struct fact_inputs *in)
{
	in->total = 1;
	in->n = 1;
	in->v[0] = names->coins[tx / 2];
}

static inline void sim_fill_payment(
    const struct sim_names *names, const struct sim_fact *s, struct fact *f)
{
	struct outpoint outpoint = {names->txs[s->tx], 3};
	struct script_pubkey script = names->leaves[sim_leaf(s->tx)];
	struct sat value = sat_of_raw(sim_sats(s->tx));

	if (s->kind == SIM_PAID) {
		struct fact_paid *paid = &f->u.paid;

		paid->height = s->height;
		paid->block = names->blocks[s->block];
		paid->outpoint = outpoint;
		paid->script = script;
		paid->value = value;
		paid->is_coinbase = false;
		sim_name_inputs(names, s->tx, &paid->inputs);
	} else {
		struct fact_seen *seen = &f->u.seen;

		seen->outpoint = outpoint;
		seen->script = script;
		seen->value = value;
		seen->signals_rbf = false;
		sim_name_inputs(names, s->tx, &seen->inputs);
	}
}

/* Writes the word S as a fact, in place: most of a fact is room for inputs. */
static inline void sim_fact(const struct sim_names *names,
    const struct sim *sim, const struct sim_fact *s, struct fact *f)
{
	f->kind = sim_kinds[s->kind];
	f->epoch = s->mark.epoch;
	f->seq = s->mark.seq;
	switch (s->kind) {
	case SIM_BLOCK:
	case SIM_GONE:
		f->u.block =
		    (struct fact_block){s->height, names->blocks[s->block],
			names->blocks[sim->blocks[s->block].prev],
			sim_block_time(s->height)};
		break;
	case SIM_PAID:
	case SIM_SEEN:
		sim_fill_payment(names, s, f);
		break;
	case SIM_DROPPED:
		f->u.dropped = (struct fact_dropped){names->txs[s->tx],
		    s->flag ? DROP_REPLACED : DROP_GONE, names->txs[s->tx ^ 1]};
		break;
	case SIM_SPENT_BY:
		f->u.spent_by = (struct fact_spent_by){names->coins[s->tx / 2],
		    names->txs[s->tx], names->strangers[s->block], s->height,
		    names->blocks[s->block]};
		break;
	case SIM_SYNCED:
		f->u.synced = (struct fact_synced){
		    s->height, names->blocks[s->block], s->flag};
		break;
	}
}

#endif
