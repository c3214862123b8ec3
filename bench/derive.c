/* SPDX-License-Identifier: MIT
 *
 * derive DESCRIPTOR SECONDS: how many addresses a descriptor gives for each
 * second of processor, beside what libsecp256k1 needs for the multiplication
 * alone. The two take turns, a thousand at a time, so that what else the
 * machine does strikes both alike. Prints four numbers:
 *
 *	scripts and addresses a second, as text
 *	scripts a second
 *	secp256k1_ec_pubkey_tweak_add a second (a point plus a multiple of the
 *		generator: what a child is)
 *	secp256k1_ec_pubkey_create a second (a multiple of the generator, in
 *		constant time)
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <secp256k1.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "coin/descriptor.h"
#include "coin/hash.h"

enum { RUN = 1000 };

struct figures {
	double address_s, script_s, add_s, create_s;
	unsigned long runs;
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double time_scripts(
    const struct descriptor *d, uint32_t first, struct buf *b)
{
	static struct script_pubkey scripts[RUN];
	double began = now();

	descriptor_scripts(d, 0, first, scripts, RUN);
	for (unsigned i = 0; b && i < RUN; i++) {
		buf_clear(b);
		script_address(b, &scripts[i],
		    descriptor_fits_network(d, NETWORK_MAIN) ? NETWORK_MAIN
							     : NETWORK_REGTEST);
		must(b->n > 0);
	}
	must(scripts[RUN - 1].n > 0);
	return now() - began;
}

/* Numbers that are as long as those of real children. */
static void make_numbers(uint32_t first, struct hash256 numbers[RUN])
{
	for (uint32_t i = 0; i < RUN; i++) {
		uint32_t seed = first + i;

		numbers[i] = hash_sha256(
		    (struct str){(const char *)&seed, sizeof(seed)});
	}
}

static void time_curve(
    secp256k1_context *ctx, uint32_t first, struct figures *f)
{
	static struct hash256 numbers[RUN];
	secp256k1_pubkey point, sum;
	double began;

	make_numbers(first, numbers);
	must(secp256k1_ec_pubkey_create(ctx, &point, numbers[0].b));
	began = now();
	for (unsigned i = 0; i < RUN; i++) {
		sum = point;
		must(secp256k1_ec_pubkey_tweak_add(
		    secp256k1_context_static, &sum, numbers[i].b));
	}
	f->add_s += now() - began;
	began = now();
	for (unsigned i = 0; i < RUN; i++)
		must(secp256k1_ec_pubkey_create(ctx, &sum, numbers[i].b));
	f->create_s += now() - began;
}

int main(int argc, char **argv)
{
	secp256k1_context *ctx =
	    secp256k1_context_create(SECP256K1_CONTEXT_SIGN);
	struct arena *a = arena_new(1 << 20);
	const struct descriptor *d;
	struct figures f = {0};
	double seconds, count;
	struct err err;
	struct buf b;

	if (argc != 3 ||
	    descriptor_parse(a, str_of(argv[1]), &d, &err) != RC_OK) {
		fprintf(stderr, "usage: derive DESCRIPTOR SECONDS\n");
		return 2;
	}
	seconds = strtod(argv[2], NULL);
	buf_init(&b, 200);
	for (double end = now() + seconds; now() < end; f.runs++) {
		uint32_t first = (uint32_t)f.runs * RUN;

		f.address_s += time_scripts(d, first, &b);
		f.script_s += time_scripts(d, first, NULL);
		time_curve(ctx, first, &f);
	}
	count = (double)f.runs * RUN;
	printf("%.0f %.0f %.0f %.0f\n", count / f.address_s, count / f.script_s,
	    count / f.add_s, count / f.create_s);
	buf_done(&b);
	arena_free(a);
	secp256k1_context_destroy(ctx);
	return 0;
}
