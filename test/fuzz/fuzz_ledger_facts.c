/* SPDX-License-Identifier: MIT
 *
 * Any facts, in any order, of a small world: ten blocks' places, five leaves, a
 * few transactions. Whatever comes, the book stays in order: check finds no
 * fault, and telling all of it again changes no balance.
 *
 * A fact is eight bytes: kind, epoch, seq, block, transaction, leaf, amount,
 * whatever is left to decide.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "ledger/test/till_fixture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FACT_BYTES = 8, FACTS_MOST = 64 };

static struct fact fact_of(const uint8_t *p)
{
	const struct till_world w = {
	    .branch = (char)('a' + p[3] / 10 % 3),
	    .height = 100 + p[3] % 10,
	    .tx = p[4] % 6,
	    .leaf = p[5] % 6,
	    .sats = 1 + (int64_t)p[6] * p[6] * 1000,
	    .more = p[7],
	};
	struct fact f = {
	    .kind = (enum fact_kind)(1 + p[0] % (FACT_RATE - 1)),
	    .epoch = 1 + p[1] % 3,
	    .seq = 1 + p[2],
	};

	till_fill(&f, &w);
	return f;
}

static int64_t tell(struct till *t, const uint8_t *data, size_t size)
{
	if (size > FACT_BYTES * FACTS_MOST)
		size = FACT_BYTES * FACTS_MOST;
	for (size_t i = 0; i + FACT_BYTES <= size; i += FACT_BYTES)
		till_tell(t, fact_of(data + i));
	return till_check(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct till t;
	int64_t balance;

	till_init(&t);
	till_install(&t, 1, 8, 2);
	balance = tell(&t, data, size);
	must(tell(&t, data, size) == balance);
	till_done(&t);
	return 0;
}
