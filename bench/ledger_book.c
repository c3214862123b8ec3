/* SPDX-License-Identifier: MIT
 *
 * ledger_book DIR ENTRIES: makes DIR/till.db with so many entries, unless it
 * is there, and measures it. Prints, one a line: milliseconds of the balance
 * (median of 21), of the whole check, of the export as JSON; megabytes that
 * the export wrote; kB of memory that it added; microseconds to take over one
 * payment (0 if the book was there).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "ledger/export.h"
#include "ledger/test/till_fixture.h"
#include "sys/clock.h"

enum { TOGETHER = 1000, IN_BLOCK = 200, ROUNDS = 21 };

static double ms_since(int64_t began)
{
	return (double)(clock_ns() - began) / 1e6;
}

/* The payment number N, or, first in a block, the block, and last, that it was
 * told to the end. */
static struct fact fact_at(struct till *t, unsigned n)
{
	unsigned height = 100 + n / IN_BLOCK;

	if (n % IN_BLOCK == 0)
		return till_block(t, FACT_BLOCK, 'a', height);
	if (n % IN_BLOCK == IN_BLOCK - 1) {
		struct fact f = till_fact(t, FACT_SYNCED);

		f.u.synced = (struct fact_synced){
		    height, till_block_hash('a', height), false};
		return f;
	}
	return till_paid(t, 'a', height, n, n % TILL_LEAVES, 5000 + n % 1000);
}

static double fill(struct till *t, unsigned entries)
{
	struct fact *v = calloc(TOGETHER, sizeof(*v));
	unsigned all =
	    entries / (IN_BLOCK - 2) * IN_BLOCK + entries % (IN_BLOCK - 2) + 1;
	int64_t began = clock_ns();

	till_install(t, 1, TILL_LEAVES, TILL_SHARED);
	for (unsigned n = 0; n < all; n += TOGETHER) {
		unsigned many = all - n < TOGETHER ? all - n : TOGETHER;

		for (unsigned i = 0; i < many; i++)
			v[i] = fact_at(t, n + i);
		till_ok(t, ledger_facts(t->ledger, v, many, t->now, &t->err));
	}
	free(v);
	return ms_since(began) * 1e3 / (double)all;
}

static enum rc see_balance(
    void *ctx, struct str account, struct sat amount, uint64_t entries)
{
	(void)account;
	(void)amount;
	*(uint64_t *)ctx += entries;
	return RC_OK;
}

static enum rc count_bytes(void *ctx, struct str bytes)
{
	*(uint64_t *)ctx += bytes.n;
	return RC_OK;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double balance_ms(struct till *t)
{
	double ms[ROUNDS];

	for (int i = 0; i < ROUNDS; i++) {
		uint64_t entries = 0;
		int64_t began = clock_ns();

		till_ok(t,
		    ledger_balance(t->ledger, see_balance, &entries, &t->err));
		must(entries > 0);
		ms[i] = ms_since(began);
	}
	qsort(ms, ROUNDS, sizeof(ms[0]), by_size);
	return ms[ROUNDS / 2];
}

static long memory_kb(void)
{
	struct rusage use;

	getrusage(RUSAGE_SELF, &use);
	return use.ru_maxrss;
}

int main(int argc, char **argv)
{
	uint8_t seed[MINISIGN_KEY] = {7};
	uint8_t id[MINISIGN_ID] = {1};
	struct till t = {.epoch = 1, .now = INSTANT_OF_S(1795428000)};
	uint64_t bytes = 0;
	double fill_us = 0;
	double check_ms, export_ms;
	int64_t began;
	long before;

	if (argc != 3)
		return 2;
	t.a = arena_new(1 << 26);
	minisign_secret_make(seed, id, &t.secret);
	snprintf(t.path, sizeof(t.path), "%s/till.db", argv[1]);
	if (access(t.path, R_OK) != 0) {
		till_open(&t);
		fill_us = fill(&t, (unsigned)strtoul(argv[2], NULL, 10));
		till_close(&t);
	}
	till_open(&t);
	/* The pin of an earlier run's batch is not kept. */
	ledger_use_pin(t.ledger, NULL);
	printf("%.3f\n", balance_ms(&t));
	before = memory_kb();
	began = clock_ns();
	till_ok(&t,
	    ledger_export(t.ledger, LEDGER_JSON, count_bytes, &bytes, &t.err));
	export_ms = ms_since(began);
	before = memory_kb() - before;
	began = clock_ns();
	till_check(&t);
	check_ms = ms_since(began);
	printf("%.0f\n%.0f\n%.1f\n%ld\n%.1f\n", check_ms, export_ms,
	    (double)bytes / 1e6, before, fill_us);
	till_close(&t);
	arena_free(t.a);
	return 0;
}
