/* SPDX-License-Identifier: MIT
 *
 * ledger_book fill DIR ENTRIES: makes DIR/till.db with about so many entries.
 * Prints the microseconds that it then takes to take over one payment more, a
 * thousand in a transaction.
 *
 * ledger_book treasurer DIR: what the newsroom asks for. Prints the 99th of 300
 * milliseconds of the report, of a page of entries, of a piece of the export.
 *
 * ledger_book look DIR: measures that book. Prints, one a line: milliseconds of
 * the balance (median of 21), of the whole check, of the export as JSON;
 * megabytes that the export wrote; kB of memory that it added.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "ledger/export.h"
#include "ledger/test/till_fixture.h"
#include "ledger/treasury.h"
#include "sys/clock.h"

enum {
	TOGETHER = 1000,
	IN_BLOCK = 200,
	MEASURED = 20 * TOGETHER,
	ROUNDS = 21,
	FILL_CACHE_KB = 1 << 20, /* all of it: rows by hash are everywhere */
	FILL_LOG_KB = 1 << 20,
};

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

static void take_over(struct till *t, unsigned from, unsigned to)
{
	struct fact *v = calloc(TOGETHER, sizeof(*v));

	must(v);
	for (unsigned n = from; n < to; n += TOGETHER) {
		for (unsigned i = 0; i < TOGETHER; i++)
			v[i] = fact_at(t, n + i);
		till_ok(
		    t, ledger_facts(t->ledger, v, TOGETHER, t->now, &t->err));
	}
	free(v);
}

static void fill(struct till *t, unsigned entries)
{
	unsigned all =
	    entries / (IN_BLOCK - 2) * IN_BLOCK / TOGETHER * TOGETHER;
	unsigned last = all > MEASURED ? all - MEASURED : 0;
	int64_t began;

	till_open(t);
	till_install(t, 1, TILL_LEAVES, TILL_SHARED);
	till_ok(t, store_bulk(t->ledger->db, FILL_LOG_KB, FILL_CACHE_KB));
	take_over(t, 0, last);
	till_close(t);
	till_open(t);
	began = clock_ns();
	take_over(t, last, all);
	printf("%.1f\n", ms_since(began) * 1e3 / (double)(all - last));
	till_close(t);
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

static void look(struct till *t)
{
	uint64_t bytes = 0;
	double check_ms, export_ms;
	int64_t began;
	long before;

	till_open(t);
	/* The pin of an earlier run's batch is not kept. */
	ledger_use_pin(t->ledger, NULL);
	printf("%.3f\n", balance_ms(t));
	before = memory_kb();
	began = clock_ns();
	till_ok(t, ledger_export(
		       t->ledger, LEDGER_JSON, count_bytes, &bytes, &t->err));
	export_ms = ms_since(began);
	before = memory_kb() - before;
	began = clock_ns();
	till_check(t);
	check_ms = ms_since(began);
	printf("%.0f\n%.0f\n%.1f\n%ld\n", check_ms, export_ms,
	    (double)bytes / 1e6, before);
	till_close(t);
}

enum { ASKED = 300 };

static double p99(double *ms)
{
	qsort(ms, ASKED, sizeof(ms[0]), by_size);
	return ms[ASKED * 99 / 100];
}

static void treasurer(struct till *t)
{
	static struct money_report report;
	static struct money_entries page;
	double ms[3][ASKED];
	struct buf piece;

	till_open(t);
	ledger_use_pin(t->ledger, NULL);
	buf_init(&piece, 1 << 20);
	for (unsigned i = 0; i < ASKED; i++) {
		int64_t began = clock_ns();
		uint64_t next;

		arena_reset(t->a);
		till_ok(t,
		    treasury_report(t->ledger, t->a, t->now, &report, &t->err));
		ms[0][i] = ms_since(began);
		began = clock_ns();
		till_ok(t, treasury_entries(t->ledger, t->a,
			       report.entries / ASKED * i, &page, &t->err));
		ms[1][i] = ms_since(began);
		began = clock_ns();
		buf_clear(&piece);
		till_ok(t, ledger_export_piece(t->ledger, LEDGER_JSON,
			       report.entries / ASKED * i, report.entries,
			       &piece, &next, &t->err));
		ms[2][i] = ms_since(began);
	}
	for (int i = 0; i < 3; i++)
		printf("%.3f\n", p99(ms[i]));
	printf("%llu\n", (unsigned long long)report.entries);
	buf_done(&piece);
	till_close(t);
}

int main(int argc, char **argv)
{
	uint8_t seed[MINISIGN_KEY] = {7};
	uint8_t id[MINISIGN_ID] = {1};
	struct till t = {.epoch = 1, .now = INSTANT_OF_S(1795428000)};
	bool is_fill = argc == 4 && strcmp(argv[1], "fill") == 0;

	if (!is_fill && (argc != 3 || (strcmp(argv[1], "look") != 0 &&
					  strcmp(argv[1], "treasurer") != 0))) {
		fprintf(stderr,
		    "usage: %s fill DIR ENTRIES | look DIR | treasurer DIR\n",
		    argv[0]);
		return 2;
	}
	t.a = arena_new(1 << 26);
	minisign_secret_make(seed, id, &t.secret);
	snprintf(t.path, sizeof(t.path), "%s/till.db", argv[2]);
	if (is_fill)
		fill(&t, (unsigned)strtoul(argv[3], NULL, 10));
	else if (strcmp(argv[1], "treasurer") == 0)
		treasurer(&t);
	else
		look(&t);
	arena_free(t.a);
	return 0;
}
