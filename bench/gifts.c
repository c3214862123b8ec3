/* SPDX-License-Identifier: MIT
 *
 * gifts DIR N: tells the book of the paper in DIR, which is not served
 * meanwhile, of N payments on regtest, spread over two years up to now, and of
 * rates, so that its public ledger has something to show.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/must.h"
#include "coin/hash.h"
#include "ledger/ledger.h"
#include "sys/clock.h"

enum { SCRIPTS = 500, DAYS = 730, DEEP = 6 };

struct gifts {
	struct ledger *ledger;
	struct script_pubkey scripts[SCRIPTS];
	size_t scripts_n;
	uint64_t seq;
	uint32_t height;
	struct err err;
};

static void ok(struct gifts *g, enum rc rc)
{
	if (rc != RC_OK)
		fprintf(stderr, "gifts: %s\n", g->err.why);
	must(rc == RC_OK);
}

static struct hash256 name(const char *what, uint64_t n)
{
	char text[64];
	int size = snprintf(
	    text, sizeof(text), "%s %llu", what, (unsigned long long)n);

	return hash_sha256((struct str){text, (size_t)size});
}

static struct fact next(struct gifts *g, enum fact_kind kind)
{
	return (struct fact){.kind = kind, .epoch = 1, .seq = ++g->seq};
}

static void tell(struct gifts *g, const struct fact *f)
{
	ok(g, ledger_fact(g->ledger, f, clock_now(), &g->err));
}

static void tell_block(struct gifts *g, struct instant at)
{
	struct fact f = next(g, FACT_BLOCK);

	g->height++;
	f.u.block = (struct fact_block){g->height, name("block", g->height),
	    name("block", g->height - 1), INSTANT_OF_S(instant_s(at))};
	tell(g, &f);
}

static void tell_rate(struct gifts *g, const char *source, struct instant at)
{
	struct fact f = next(g, FACT_RATE);

	f.u.rate.price = fiat_of_raw(5000000);
	f.u.rate.currency = (struct currency){"EUR", 2};
	f.u.rate.at = at;
	snprintf(f.u.rate.source, sizeof(f.u.rate.source), "%s", source);
	tell(g, &f);
}

static void tell_payment(struct gifts *g, unsigned n)
{
	struct fact f = next(g, FACT_PAID);
	struct fact_paid *paid = &f.u.paid;

	paid->height = g->height;
	paid->block = name("block", g->height);
	paid->outpoint = (struct outpoint){name("tx", n), 0};
	paid->script = g->scripts[n % g->scripts_n];
	paid->value = sat_of_raw(20000 + n % 1000 * 10);
	paid->inputs.total = 1;
	paid->inputs.n = 1;
	paid->inputs.v[0] = (struct outpoint){name("coin", n), 1};
	tell(g, &f);
}

int main(int argc, char **argv)
{
	const struct ledger_options options = {
	    .network = NETWORK_REGTEST, .may_lose_newest = true};
	static struct gifts g;
	struct instant now = clock_now();
	char path[400];
	unsigned all;
	struct fact f;

	if (argc != 3) {
		fprintf(stderr, "usage: %s DIR N\n", argv[0]);
		return 2;
	}
	all = (unsigned)strtoul(argv[2], NULL, 10);
	snprintf(path, sizeof(path), "%s/till/till.db", argv[1]);
	ok(&g, ledger_open(str_of(path), &options, &g.ledger, &g.err));
	ok(&g, ledger_scripts(
		   g.ledger, 0, g.scripts, SCRIPTS, &g.scripts_n, &g.err));
	must(g.scripts_n > 0);
	for (unsigned n = 0; n < all; n++) {
		int64_t days = DAYS - (int64_t)n * DAYS / all;
		struct instant at = {now.us - days * 86400 * INT64_C(1000000)};

		tell_rate(&g, "one", at);
		tell_rate(&g, "two", at);
		tell_block(&g, at);
		tell_payment(&g, n);
	}
	for (unsigned i = 0; i < DEEP; i++)
		tell_block(&g, now);
	f = next(&g, FACT_SYNCED);
	f.u.synced =
	    (struct fact_synced){g.height, name("block", g.height), false};
	tell(&g, &f);
	ledger_close(g.ledger);
	return 0;
}
