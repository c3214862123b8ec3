/* SPDX-License-Identifier: MIT
 *
 * A till's book in a folder of its own, for tests: a key, a pin, a batch, and
 * facts as watch would tell them. Failures of the fixture itself end the
 * process, so that fuzz targets and benches can use it as well.
 */
#ifndef LEDGER_TEST_TILL_FIXTURE_H
#define LEDGER_TEST_TILL_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "coin/batch_tree.h"
#include "ledger/check.h"
#include "ledger/ledger.h"
#include "ledger/ledger_priv.h"

enum { TILL_LEAVES = 40, TILL_SHARED = 4 };

struct till {
	char dir[64];
	char path[80];
	struct ledger *ledger;
	struct pin pin;
	struct minisign_secret secret;
	struct hash256 previous; /* statement */
	struct arena *a;
	struct instant now; /* 2026-11-23T10:00:00Z at first */
	struct err err;
	uint32_t epoch;
	uint64_t seq;
	uint64_t tokens;
};

#define till_test(name)                                                        \
	cmocka_unit_test_setup_teardown(name, till_set_up, till_tear_down)

static inline void till_ok(struct till *t, enum rc rc)
{
	if (rc != RC_OK)
		fprintf(stderr, "%s: %s\n", rc_name(rc), t->err.why);
	must(rc == RC_OK);
}

/* A hash that stands for the number N of a kind of thing. */
static inline struct hash256 till_hash(const char *what, uint64_t n)
{
	char text[64];
	int size = snprintf(
	    text, sizeof(text), "%s %llu", what, (unsigned long long)n);

	return hash_sha256((struct str){text, (size_t)size});
}

static inline struct script_pubkey till_script(unsigned batch, unsigned leaf)
{
	struct hash256 h = till_hash("leaf", batch * 1000000u + leaf);
	struct hash160 key;

	memcpy(key.b, h.b, sizeof(key.b));
	return script_p2wpkh(&key);
}

static inline struct batch_leaf till_leaf(
    unsigned batch, unsigned index, unsigned shared)
{
	struct batch_leaf leaf = {
	    .index = index,
	    .is_shared = index < shared,
	    .script = till_script(batch, index),
	};

	memset(leaf.salt, (int)(index & 0xff), sizeof(leaf.salt));
	return leaf;
}

static inline void till_open(struct till *t)
{
	const struct ledger_options options = {
	    .network = NETWORK_REGTEST,
	    .may_create = true,
	    .may_lose_newest = true,
	};

	till_ok(t, ledger_open(str_of(t->path), &options, &t->ledger, &t->err));
	ledger_use_pin(t->ledger, &t->pin);
}

static inline void till_close(struct till *t)
{
	ledger_close(t->ledger);
	t->ledger = NULL;
}

/* A statement over COUNT leaves as it would come from the other computer, and
 * the pin that has accepted it. */
static inline void till_sign(struct till *t, unsigned number, unsigned count,
    unsigned shared, struct ledger_batch *ret_batch)
{
	struct minisign_signature signature;
	struct batch_tree tree;
	struct statement s = {
	    .paper = STR("The Port Lune Farthing"),
	    .paper_id = minisign_key_hash(&t->secret.key),
	    .network = NETWORK_REGTEST,
	    .batch = number,
	    .count = count,
	    .shared = shared,
	    .from = INSTANT_OF_S(1795000000),
	    .until = INSTANT_OF_S(1895000000),
	    .previous = t->previous,
	    .next_key = till_hash("next key", 1),
	};
	struct statement read;
	struct buf b;

	batch_tree_init(&tree);
	for (unsigned i = 0; i < count; i++) {
		struct batch_leaf leaf = till_leaf(number, i, shared);

		batch_tree_add(&tree, batch_leaf_hash(NETWORK_REGTEST, &leaf));
	}
	s.root = batch_tree_root(&tree);
	buf_init_arena(&b, t->a, STATEMENT_MAX);
	statement_write(&b, &s);
	ret_batch->is_lost = false;
	ret_batch->statement = buf_str(&b);
	till_ok(t, statement_parse(buf_str(&b), &read, &t->err));
	minisign_sign(&t->secret, read.text, STR("farthing batch"), &signature);
	buf_init_arena(&b, t->a, MINISIGN_FILE_MAX);
	minisign_signature_write(&b, &signature, STR("a batch"));
	ret_batch->signature = buf_str(&b);
	till_ok(t, pin_accept(&t->pin,
		       &(struct pin_offer){&read, &t->secret.key, &signature},
		       t->now, &t->pin, &t->err));
	t->previous = statement_hash(&read);
}

static inline enum rc till_bring(struct till *t,
    const struct ledger_batch *batch, unsigned number, unsigned count,
    unsigned shared)
{
	enum rc rc = ledger_install_begin(t->ledger, batch, t->now, &t->err);

	for (unsigned i = 0; rc == RC_OK && i < count; i++) {
		struct batch_leaf leaf = till_leaf(number, i, shared);

		rc = ledger_install_leaf(t->ledger, &leaf, &t->err);
		if (rc != RC_OK) {
			ledger_install_cancel(t->ledger);
			return rc;
		}
	}
	return rc == RC_OK ? ledger_install_commit(t->ledger, &t->err) : rc;
}

static inline void till_install(
    struct till *t, unsigned number, unsigned count, unsigned shared)
{
	struct ledger_batch batch;

	till_sign(t, number, count, shared, &batch);
	till_ok(t, till_bring(t, &batch, number, count, shared));
}

static inline void till_init(struct till *t)
{
	uint8_t seed[MINISIGN_KEY] = {7};
	uint8_t id[MINISIGN_ID] = {1, 2, 3};

	memset(t, 0, sizeof(*t));
	t->a = arena_new(1 << 26);
	t->now = INSTANT_OF_S(1795428000);
	t->epoch = 1;
	minisign_secret_make(seed, id, &t->secret);
	/* Memory, where there is such a place: no test here loses power. */
	strcpy(t->dir, access("/dev/shm", W_OK) == 0
			   ? "/dev/shm/farthing-till-XXXXXX"
			   : "/tmp/farthing-till-XXXXXX");
	if (!mkdtemp(t->dir))
		abort();
	snprintf(t->path, sizeof(t->path), "%s/till.db", t->dir);
	till_open(t);
}

static inline void till_done(struct till *t)
{
	static const char *const ends[] = {"", "-wal", "-shm"};

	till_close(t);
	for (size_t i = 0; i < 3; i++) {
		char path[96];

		snprintf(path, sizeof(path), "%s%s", t->path, ends[i]);
		unlink(path);
	}
	rmdir(t->dir);
	arena_free(t->a);
}

static inline int till_set_up(void **state)
{
	struct till *t = malloc(sizeof(*t));

	till_init(t);
	till_install(t, 1, TILL_LEAVES, TILL_SHARED);
	*state = t;
	return 0;
}

static inline int till_tear_down(void **state)
{
	till_done(*state);
	free(*state);
	return 0;
}

static inline void till_settings(struct till *t, const char *text)
{
	till_ok(
	    t, ledger_set_settings(t->ledger, str_of(text), t->now, &t->err));
}

/* Facts, each with the next number of the epoch. */
static inline struct fact till_fact(struct till *t, enum fact_kind kind)
{
	return (struct fact){.kind = kind, .epoch = t->epoch, .seq = ++t->seq};
}

/* Block HEIGHT of the branch named BRANCH ('a': the one all begin with). */
static inline struct hash256 till_block_hash(char branch, unsigned height)
{
	return till_hash(
	    "block", (uint64_t)(unsigned char)branch << 32 | height);
}

static inline struct fact till_block(
    struct till *t, enum fact_kind kind, char branch, unsigned height)
{
	struct fact f = till_fact(t, kind);

	f.u.block = (struct fact_block){
	    .height = height,
	    .hash = till_block_hash(branch, height),
	    .prev = till_block_hash(branch, height - 1),
	    .time = INSTANT_OF_S(1795428000 + 600 * (int64_t)height),
	};
	return f;
}

static inline struct fact till_paid(struct till *t, char branch,
    unsigned height, unsigned tx, unsigned leaf, int64_t sats)
{
	struct fact f = till_fact(t, FACT_PAID);

	f.u.paid = (struct fact_paid){
	    .height = height,
	    .block = till_block_hash(branch, height),
	    .outpoint = {till_hash("tx", tx), 0},
	    .script = till_script(1, leaf),
	    .value = sat_of_raw(sats),
	    .inputs = {.total = 1, .n = 1},
	};
	f.u.paid.inputs.v[0] = (struct outpoint){till_hash("coin", tx), 1};
	return f;
}

static inline struct fact till_seen(
    struct till *t, unsigned tx, unsigned leaf, int64_t sats)
{
	struct fact f = till_fact(t, FACT_SEEN);

	f.u.seen = (struct fact_seen){
	    .outpoint = {till_hash("tx", tx), 0},
	    .script = till_script(1, leaf),
	    .value = sat_of_raw(sats),
	    .inputs = {.total = 1, .n = 1},
	};
	f.u.seen.inputs.v[0] = (struct outpoint){till_hash("coin", tx), 1};
	return f;
}

/* One of the facts of a small world, by its numbers, for simulators. */
struct till_world {
	char branch;
	unsigned height, tx, leaf;
	int64_t sats;
	unsigned more; /* decides what is left to decide */
};

static inline void till_fill_pool(struct fact *f, const struct till_world *w)
{
	if (f->kind == FACT_DROPPED) {
		f->u.dropped = (struct fact_dropped){till_hash("tx", w->tx),
		    w->more % 2 ? DROP_GONE : DROP_REPLACED, {{0}}};
	} else if (f->kind == FACT_SPENT_BY) {
		f->u.spent_by = (struct fact_spent_by){
		    .outpoint = {till_hash("coin", w->tx / 2), 1},
		    .seen = till_hash("tx", w->tx),
		    .txid = till_hash("stranger", w->more % 3),
		    .height = w->more % 4 ? w->height : 0,
		};
		if (w->more % 4)
			f->u.spent_by.block =
			    till_block_hash(w->branch, w->height);
	} else if (f->kind == FACT_SYNCED) {
		f->u.synced = (struct fact_synced){w->height,
		    till_block_hash(w->branch, w->height), w->more % 2 == 1};
	} else {
		f->u.node = (struct fact_node){
		    .state = (enum node_state)(1 + w->more % 5),
		    .text = STR("a node"),
		};
	}
}

/* Transactions 2n and 2n + 1 spend the same coin. */
static inline void till_fill(struct fact *f, const struct till_world *w)
{
	struct fact_inputs inputs = {.total = 1, .n = 1};
	struct outpoint outpoint = {till_hash("tx", w->tx), w->leaf};

	inputs.v[0] = (struct outpoint){till_hash("coin", w->tx / 2), 1};
	if (f->kind == FACT_BLOCK || f->kind == FACT_BLOCK_GONE) {
		f->u.block = (struct fact_block){
		    .height = w->height,
		    .hash = till_block_hash(w->branch, w->height),
		    .prev = till_block_hash(w->branch, w->height - 1),
		    .time = INSTANT_OF_S(1795428000 + 600 * (int64_t)w->height),
		};
	} else if (f->kind == FACT_PAID) {
		f->u.paid = (struct fact_paid){
		    .height = w->height,
		    .block = till_block_hash(w->branch, w->height),
		    .outpoint = outpoint,
		    .script = till_script(1, w->leaf),
		    .value = sat_of_raw(w->sats),
		    .inputs = inputs,
		};
	} else if (f->kind == FACT_SEEN) {
		f->u.seen = (struct fact_seen){
		    .outpoint = outpoint,
		    .script = till_script(1, w->leaf),
		    .value = sat_of_raw(w->sats),
		    .inputs = inputs,
		};
	} else {
		till_fill_pool(f, w);
	}
}

static inline void till_tell(struct till *t, struct fact f)
{
	till_ok(t, ledger_fact(t->ledger, &f, t->now, &t->err));
}

static inline void till_blocks(
    struct till *t, char branch, unsigned from, unsigned to)
{
	for (unsigned h = from; h <= to; h++)
		till_tell(t, till_block(t, FACT_BLOCK, branch, h));
}

static inline void till_rate(
    struct till *t, const char *source, int64_t cents, struct instant at)
{
	struct fact f = till_fact(t, FACT_RATE);

	f.u.rate.price = fiat_of_raw(cents);
	f.u.rate.currency = (struct currency){"EUR", 2};
	f.u.rate.at = at;
	snprintf(f.u.rate.source, sizeof(f.u.rate.source), "%s", source);
	till_tell(t, f);
}

/* Asks for an address of one's own and gives its leaf's number. */
static inline struct ledger_token till_ask_for(struct till *t,
    const char *purpose, uint8_t net, enum ledger_ask_limit *ret_limit)
{
	struct ledger_request r = {.net = {net}};
	struct ledger_token token;
	enum ledger_ask_limit limit;

	t->tokens++;
	memcpy(r.token.b, &t->tokens, sizeof(t->tokens));
	till_ok(t, purpose_parse(str_of(purpose), &r.purpose));
	till_ok(t, ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err));
	if (ret_limit)
		*ret_limit = limit;
	return token;
}

static inline struct ledger_gift *till_gift(
    struct till *t, struct ledger_token token)
{
	struct ledger_gift *g = arena_alloc(t->a, sizeof(*g));

	till_ok(t, ledger_gift(t->ledger, t->a, token, t->now, g, &t->err));
	return g;
}

static inline int64_t till_number(struct till *t, struct sql sql)
{
	int64_t n = 0;

	till_ok(t, query_one(store_query(t->ledger->db, sql), &n));
	return n;
}

static inline void till_see_fault(void *ctx, const char *why)
{
	(void)ctx;
	fprintf(stderr, "check: %s\n", why);
}

/* The book is in order; gives the balance. */
static inline int64_t till_check(struct till *t)
{
	struct ledger_report report;

	till_ok(
	    t, ledger_check(t->ledger, till_see_fault, NULL, &report, &t->err));
	must(report.faults == 0);
	return sat_raw(report.balance);
}

#endif
