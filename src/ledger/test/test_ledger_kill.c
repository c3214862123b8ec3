/* SPDX-License-Identifier: MIT
 *
 * A process that takes facts over, one or some in a transaction, and
 * acknowledges each transaction with a byte, is killed (SIGKILL) at a random
 * time. What it acknowledged must be in the book; nothing but the one
 * transaction under way may be there beside it, whole or not at all. The facts
 * are those of the simulator's world: reorganised, repeated and out of order.
 *
 * FARTHING_SEED=n plays that one again; FARTHING_KILLS=n kills so often.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "ledger/test/sim_fact.h"

enum {
	FACTS = 2000,
	TOGETHER = 12,	   /* facts in one transaction, at most */
	KILL_US = 8000,	   /* a process is killed before that, or, where that */
	WAIT_US = 1000000, /* is too short a time to write in, before this */
};

struct record {
	struct sim *sim;
	struct sim_names *names;
	struct fact *facts;
	size_t facts_n;
	/* Transaction i takes the facts from first[i] on, up to first[i + 1];
	 * after[i] is what the book holds before it. */
	size_t first[FACTS + 1];
	struct hash256 after[FACTS + 1];
	size_t n;
};

static bool record_tell(void *ctx, const struct sim_fact *s)
{
	struct record *r = ctx;

	if (r->facts_n < FACTS)
		sim_fact(r->names, r->sim, s, &r->facts[r->facts_n++]);
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

	return ledger_facts(t->ledger, &r->facts[r->first[at]],
	    r->first[at + 1] - r->first[at], now, &t->err);
}

static void make_facts(struct record *r, uint64_t seed)
{
	r->sim = malloc(sizeof(*r->sim));
	r->names = sim_names_new();
	r->facts = calloc(FACTS, sizeof(*r->facts));
	sim_init(r->sim, seed);
	r->sim->tell = record_tell;
	r->sim->start = record_start;
	r->sim->ctx = r;
	sim_start(r->sim);
	while (r->facts_n < FACTS)
		sim_step(r->sim);
	while (r->first[r->n] < FACTS) {
		size_t end = r->first[r->n] + 1;

		if (sim_percent(r->sim, 50))
			end += sim_below(r->sim, TOGETHER);
		r->first[++r->n] = end < FACTS ? end : FACTS;
	}
}

static void make_record(struct record *r, uint64_t seed)
{
	struct till t;

	make_facts(r, seed);
	till_init(&t);
	till_install(&t, 1, SIM_LEAVES, 2);
	r->after[0] = fingerprint(&t);
	for (size_t i = 0; i < r->n; i++) {
		till_ok(&t, apply(&t, r, i));
		r->after[i + 1] = fingerprint(&t);
	}
	till_check(&t);
	till_done(&t);
}

static void free_record(struct record *r)
{
	free(r->sim);
	free(r->names);
	free(r->facts);
	free(r);
}

/* Makes all transactions from the FROMth on in a process of its own, which is
 * killed after some time. Returns how many are acknowledged, and whether the
 * process was killed before its end. */
static size_t run_and_kill(struct till *t, const struct record *r, size_t from,
    unsigned after_us, bool *ret_killed)
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
		for (size_t i = from; i < r->n; i++)
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
	*ret_killed = WIFSIGNALED(status);
	return done;
}

struct tally {
	unsigned kills, books, unacknowledged, no_progress;
};

/* One book is killed on and on until all is told. */
static void kill_book(
    const struct record *r, uint64_t most, struct tally *tally)
{
	struct till t;
	uint32_t window = KILL_US;
	size_t done = 0;

	till_init(&t);
	till_install(&t, 1, SIM_LEAVES, 2);
	while (done < r->n && tally->kills < most) {
		size_t from = done;
		struct hash256 hash;
		bool is_killed;

		till_close(&t);
		done = run_and_kill(
		    &t, r, from, sim_below(r->sim, window), &is_killed);
		till_open(&t);
		hash = fingerprint(&t);
		if (done < r->n && hash256_eq(&hash, &r->after[done + 1])) {
			tally->unacknowledged++;
			done++;
		}
		assert_true(hash256_eq(&hash, &r->after[done]));
		tally->kills += is_killed;
		tally->no_progress += done == from;
		if (done > from)
			window = KILL_US;
		else if (window < WAIT_US)
			window *= 2;
	}
	till_check(&t);
	till_done(&t);
	tally->books++;
}

static void a_kill_at_any_time_loses_nothing_acknowledged(void **unused)
{
	uint64_t most = sim_number("FARTHING_KILLS", 100);
	uint64_t seed = sim_seed(20261127);
	struct record *r = calloc(1, sizeof(*r));
	struct tally tally = {0};

	(void)unused;
	print_message("note: seed %llu\n", (unsigned long long)seed);
	make_record(r, seed);
	while (tally.kills < most)
		kill_book(r, most, &tally);
	print_message("note: killed %u times, over %u books; %u times what was "
		      "written had not been acknowledged yet, %u times nothing "
		      "had been written\n",
	    tally.kills, tally.books, tally.unacknowledged, tally.no_progress);
	/* Kills that hit nothing would show nothing. */
	assert_true(tally.no_progress <= tally.kills / 10 * 9 + 9);
	free_record(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_kill_at_any_time_loses_nothing_acknowledged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
