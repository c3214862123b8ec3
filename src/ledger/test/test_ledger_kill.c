/* SPDX-License-Identifier: MIT
 *
 * A process that takes facts over, and acknowledges each with a byte, is
 * killed (SIGKILL) at a random time. What it acknowledged must be in the book;
 * nothing but the one fact under way may be there beside it. The facts are
 * those of the simulator's world: reorganised, repeated and out of order.
 *
 * FARTHING_SEED=n plays that one again; FARTHING_TEST_ALL=1 kills thousands
 * of times.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "ledger/test/sim_fact.h"

enum { FACTS = 600 };

struct record {
	struct sim *sim;
	struct fact *facts;
	size_t n;
	struct hash256 after[FACTS + 1]; /* what the book holds after n */
};

static bool record_tell(void *ctx, const struct sim_fact *s)
{
	struct record *r = ctx;

	if (r->n < FACTS)
		r->facts[r->n++] = sim_fact(r->sim, s);
	return true;
}

static uint32_t record_start(
    void *ctx, const struct sim *s, uint32_t *ret_epoch)
{
	(void)ctx;
	(void)s;
	(void)ret_epoch;
	return SIM_BASE - 1;
}

/* All that facts change, as a hash. */
static struct hash256 fingerprint(struct till *t)
{
	static const struct sql rows[] = {
	    {"SELECT id || ' ' || value FROM number ORDER BY id"},
	    {"SELECT hex(txid) || state || ' ' || reversals || ' ' || first_us"
	     " FROM payment ORDER BY id"},
	    {"SELECT hex(hash) FROM entry ORDER BY seq"},
	    {"SELECT hex(hash) || is_best FROM block ORDER BY hash"},
	    {"SELECT seq || ' ' || synced FROM early ORDER BY seq"},
	    {"SELECT epoch || ' ' || seq || ' ' || height FROM synced"
	     " ORDER BY epoch, seq"},
	};
	struct hash256 hash;
	struct buf b;

	buf_init(&b, 1 << 20);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct query *q = store_query(t->ledger->db, rows[i]);

		while (query_step(q) == RC_OK) {
			buf_add(&b, query_str(q, 0));
			buf_char(&b, '\n');
		}
		query_end(q);
	}
	hash = hash_sha256(buf_str(&b));
	assert_int_equal(buf_rc(&b), RC_OK);
	buf_done(&b);
	return hash;
}

static enum rc apply(struct till *t, const struct record *r, size_t at)
{
	struct instant now = {t->now.us + (int64_t)at * 1000000};

	return ledger_fact(t->ledger, &r->facts[at], now, &t->err);
}

static void make_record(struct record *r, uint64_t seed)
{
	struct till t;

	r->sim = malloc(sizeof(*r->sim));
	r->facts = calloc(FACTS, sizeof(*r->facts));
	r->n = 0;
	sim_init(r->sim, seed);
	r->sim->tell = record_tell;
	r->sim->start = record_start;
	r->sim->ctx = r;
	sim_start(r->sim);
	while (r->n < FACTS)
		sim_step(r->sim);
	till_init(&t);
	till_install(&t, 1, SIM_LEAVES, 2);
	r->after[0] = fingerprint(&t);
	for (size_t i = 0; i < FACTS; i++) {
		till_ok(&t, apply(&t, r, i));
		r->after[i + 1] = fingerprint(&t);
	}
	till_check(&t);
	till_done(&t);
}

/* Takes all facts over from the FROMth on in a process of its own, which is
 * killed after some time. Returns how many are acknowledged. */
static size_t run_and_kill(
    struct till *t, const struct record *r, size_t from, unsigned after_us)
{
	size_t done = from;
	int ends[2];
	int status;
	char byte;
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		till_open(t);
		for (size_t i = from; i < FACTS; i++)
			if (apply(t, r, i) != RC_OK ||
			    write(ends[1], "+", 1) != 1)
				_exit(2);
		_exit(0);
	}
	close(ends[1]);
	usleep(after_us);
	kill(child, SIGKILL);
	while (read(ends[0], &byte, 1) == 1)
		done++;
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status))
		assert_int_equal(WEXITSTATUS(status), 0);
	return done;
}

static void a_kill_at_any_time_loses_nothing_acknowledged(void **unused)
{
	unsigned rounds = getenv("FARTHING_TEST_ALL") ? 5000 : 100;
	uint64_t seed = sim_seed(20261127);
	struct record *r = calloc(1, sizeof(*r));
	unsigned kills = 0;

	(void)unused;
	print_message("note: seed %llu\n", (unsigned long long)seed);
	make_record(r, seed);
	while (kills < rounds) {
		struct till t;
		size_t done = 0;

		till_init(&t);
		till_install(&t, 1, SIM_LEAVES, 2);
		/* One book is killed on and on until all is told. */
		while (done < FACTS && kills < rounds) {
			struct hash256 hash;

			till_close(&t);
			done = run_and_kill(
			    &t, r, done, 1000 + sim_below(r->sim, 60000));
			kills++;
			till_open(&t);
			hash = fingerprint(&t);
			if (done < FACTS &&
			    hash256_eq(&hash, &r->after[done + 1]))
				done++;
			assert_true(hash256_eq(&hash, &r->after[done]));
		}
		till_check(&t);
		till_done(&t);
	}
	print_message("note: killed %u times\n", kills);
	free(r->sim);
	free(r->facts);
	free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_kill_at_any_time_loses_nothing_acknowledged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
