/* SPDX-License-Identifier: MIT
 *
 * Batches are installed, and a leaf is taken out together with its proof. Both
 * are checked against the pin, which comes from outside of the database: no
 * row of it, however it was edited, makes another address genuine.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "ledger/ledger_priv.h"

/* A batch under way, in the scratch arena. The tree's nodes are kept level by
 * level: one of a level that waits for its right neighbour. */
struct installing {
	uint32_t number;
	uint32_t count, shared;
	int64_t first;
	uint32_t n; /* leaves so far */
	struct hash256 root;
	struct batch_tree tree;
	bool waits[BATCH_PATH_MAX + 1];
	struct hash256 left[BATCH_PATH_MAX + 1];
	uint32_t at[BATCH_PATH_MAX + 1]; /* nodes so far, by level */
};

enum rc batch_pinned(struct ledger *ledger, const struct statement *s,
    const struct minisign_signature *signature, struct err *err)
{
	const struct pin_batch *pinned;
	struct hash256 hash = statement_hash(s);

	if (!ledger->pin)
		return err_set(err, RC_DENIED,
		    "there is no pinned key to check the batch against");
	pinned = pin_find(ledger->pin, s->batch);
	if (!pinned || !hash256_eq(&pinned->statement, &hash) ||
	    s->network != ledger->network)
		return err_set(err, RC_DENIED,
		    "batch %u is not the one that was pinned at its "
		    "installation",
		    (unsigned)s->batch);
	return minisign_verify(
	    &ledger->pin->keys[pinned->key], signature, s->text, err);
}

/* Where the leaves of a new batch begin. */
static enum rc install_place(struct ledger *ledger, const struct statement *s,
    bool is_lost, int64_t *ret_first, struct err *err)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT coalesce(max(number), 0),"
			    " coalesce(max(first + count), 0),"
			    " coalesce(max(number = ?1), 0) FROM batch"));
	int64_t number = 0;
	int64_t first = 0;
	bool has = false;
	enum rc rc;

	query_add_i64(q, s->batch);
	rc = query_step(q);
	if (rc == RC_OK) {
		number = query_i64(q, 0);
		has = query_i64(q, 2) != 0;
		rc = query_count(q, 1, &first);
	}
	query_end(q);
	if (rc != RC_OK)
		return rc;
	if (has)
		return err_set(err, RC_EXISTS, "batch %u is installed already",
		    (unsigned)s->batch);
	if (s->batch < number && !is_lost)
		return err_set(err, RC_DENIED,
		    "batch %lld, a later one, is installed already",
		    (long long)number);
	*ret_first = first;
	return RC_OK;
}

static enum rc batch_insert(struct ledger *ledger,
    const struct ledger_batch *batch, const struct statement *s, int64_t first,
    struct instant now)
{
	struct hash256 hash = statement_hash(s);
	struct query *q = store_query(ledger->db,
	    SQL("INSERT INTO batch (number, hash, statement, signature, first,"
		" count, shared, next, installed_us)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"));

	query_add_i64(q, s->batch);
	query_add_hash(q, &hash);
	query_add_str(q, batch->statement);
	query_add_str(q, batch->signature);
	query_add_i64(q, first);
	query_add_i64(q, s->count);
	query_add_i64(q, s->shared);
	query_add_i64(q, batch->is_lost ? s->count : s->shared);
	query_add_i64(q, batch->is_lost ? s->from.us : now.us);
	/* Its addresses may have been paid in blocks that were looked through
	 * already: all are asked for again, from ledger_born on. */
	if (batch->is_lost)
		ledger->n[NUMBER_KNOWN_HEIGHT] = -1;
	return query_run(q, NULL);
}

static struct installing *installing_new(
    struct arena *a, const struct statement *s, int64_t first)
{
	struct installing *in = ARENA_NEW(a, struct installing);

	if (!in)
		return NULL;
	in->number = s->batch;
	in->count = s->count;
	in->shared = s->shared;
	in->first = first;
	in->root = s->root;
	batch_tree_init(&in->tree);
	return in;
}

enum rc ledger_install_begin(struct ledger *ledger,
    const struct ledger_batch *batch, struct instant now, struct err *err)
{
	struct minisign_signature signature;
	struct statement s;
	int64_t first = 0;
	enum rc rc = statement_parse(batch->statement, &s, err);

	if (rc == RC_OK)
		rc =
		    minisign_signature_parse(batch->signature, &signature, err);
	if (rc == RC_OK)
		rc = batch_pinned(ledger, &s, &signature, err);
	if (rc == RC_OK)
		rc = ledger_begin(ledger, err);
	if (rc != RC_OK)
		return rc;
	rc = install_place(ledger, &s, batch->is_lost, &first, err);
	if (rc == RC_OK)
		rc = batch_insert(ledger, batch, &s, first, now);
	if (rc == RC_OK) {
		ledger->installing = installing_new(ledger->scratch, &s, first);
		rc = ledger->installing ? RC_OK : RC_NO_MEMORY;
	}
	return rc == RC_OK ? RC_OK
			   : ledger_end(ledger, rc, "installing a batch", err);
}

static enum rc node_insert(struct ledger *ledger, struct installing *in,
    unsigned level, const struct hash256 *hash)
{
	struct query *q = store_query(
	    ledger->db, SQL("INSERT INTO node (batch, level, at, hash)"
			    " VALUES (?1, ?2, ?3, ?4)"));

	query_add_i64(q, in->number);
	query_add_i64(q, level);
	query_add_i64(q, in->at[level]++);
	query_add_hash(q, hash);
	return query_run(q, NULL);
}

static struct hash256 node_pair(
    const struct hash256 *left, const struct hash256 *right)
{
	const uint8_t inner = 1;
	const struct str parts[3] = {
	    {(const char *)&inner, 1}, hash256_str(left), hash256_str(right)};

	return hash_sha256_parts(parts, 3);
}

/* Writes a node, and those above it that are complete with it. */
static enum rc node_add(
    struct ledger *ledger, struct installing *in, struct hash256 hash)
{
	for (unsigned level = 0; level <= BATCH_PATH_MAX; level++) {
		enum rc rc = node_insert(ledger, in, level, &hash);

		if (rc != RC_OK)
			return rc;
		if (!in->waits[level]) {
			in->waits[level] = true;
			in->left[level] = hash;
			return RC_OK;
		}
		in->waits[level] = false;
		hash = node_pair(&in->left[level], &hash);
	}
	unreachable("a tree higher than the highest");
}

/* Odd last nodes go up as they are, where others stand at their level. */
static enum rc node_end(struct ledger *ledger, struct installing *in)
{
	for (unsigned level = 0; level <= BATCH_PATH_MAX; level++) {
		struct hash256 hash = in->left[level];
		enum rc rc;

		if (!in->waits[level] || in->at[level] < 2)
			continue;
		in->waits[level] = false;
		for (unsigned up = level + 1; up <= BATCH_PATH_MAX; up++) {
			rc = node_insert(ledger, in, up, &hash);
			if (rc != RC_OK)
				return rc;
			if (!in->waits[up]) {
				in->waits[up] = true;
				in->left[up] = hash;
				break;
			}
			in->waits[up] = false;
			hash = node_pair(&in->left[up], &hash);
		}
	}
	return RC_OK;
}

enum rc ledger_install_leaf(
    struct ledger *ledger, const struct batch_leaf *leaf, struct err *err)
{
	struct installing *in = ledger->installing;
	struct hash256 hash;
	struct query *q;
	enum rc rc;

	must(in);
	if (leaf->index != in->n || in->n >= in->count ||
	    leaf->is_shared != (leaf->index < in->shared))
		return err_set(err, RC_INVALID,
		    "leaf %u does not follow leaf %u of the statement",
		    (unsigned)leaf->index, (unsigned)in->n);
	hash = batch_leaf_hash(ledger->network, leaf);
	batch_tree_add(&in->tree, hash);
	q = store_query(ledger->db,
	    SQL("INSERT INTO leaf (number, batch, script, salt, is_shared)"
		" VALUES (?1, ?2, ?3, ?4, ?5)"));
	query_add_i64(q, in->first + leaf->index);
	query_add_i64(q, in->number);
	query_add_blob(q, script_pubkey_str(&leaf->script));
	query_add_blob(q, (struct str){(const char *)leaf->salt, BATCH_SALT});
	query_add_i64(q, leaf->is_shared ? 1 : 0);
	rc = query_run(q, NULL);
	if (rc == RC_EXISTS)
		return err_set(err, RC_INVALID,
		    "the address of leaf %u is in an earlier batch, or twice "
		    "in this one",
		    (unsigned)leaf->index);
	if (rc == RC_OK)
		rc = node_add(ledger, in, hash);
	if (rc != RC_OK)
		return store_fail(ledger->db, rc, "installing a batch", err);
	in->n++;
	return RC_OK;
}

enum rc ledger_install_commit(struct ledger *ledger, struct err *err)
{
	struct installing *in = ledger->installing;
	struct hash256 root;
	enum rc rc = RC_OK;

	must(in);
	if (in->n != in->count) {
		rc = err_set(err, RC_INVALID,
		    "the batch has %u addresses, its statement says %u",
		    (unsigned)in->n, (unsigned)in->count);
	} else {
		root = batch_tree_root(&in->tree);
		if (!hash256_eq(&root, &in->root))
			rc = err_set(err, RC_INVALID,
			    "the addresses are not those that were signed");
	}
	if (rc == RC_OK)
		rc = node_end(ledger, in);
	ledger->installing = NULL;
	/* A new batch opens what an old one's damage closed. */
	ledger->n[NUMBER_BAD_PROOF] = 0;
	ledger->n[NUMBER_VERSION]++;
	return ledger_end(ledger, rc, "installing a batch", err);
}

void ledger_install_cancel(struct ledger *ledger)
{
	enum rc rc;

	must(ledger->installing);
	ledger->installing = NULL;
	rc = ledger_end(ledger, RC_INVALID, "installing a batch", NULL);
	must(rc != RC_OK);
}

enum rc ledger_has_batch(
    struct ledger *ledger, uint32_t number, bool *ret_has, struct err *err)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT count(*) FROM batch WHERE number = ?1"));
	int64_t n = 0;
	enum rc rc;

	query_add_i64(q, number);
	rc = query_one(q, &n);
	if (rc != RC_OK)
		return store_fail(ledger->db, rc, "reading batches", err);
	*ret_has = n > 0;
	return RC_OK;
}

enum rc ledger_newest_statement(struct ledger *ledger, struct arena *a,
    struct str *ret_statement, struct err *err)
{
	struct query *q =
	    store_query(ledger->db, SQL("SELECT statement FROM batch"
					" ORDER BY number DESC LIMIT 1"));
	enum rc rc = query_step(q);
	struct str text = rc == RC_OK ? query_copy(q, a, 0) : STR_NONE;

	query_end(q);
	if (rc == RC_OK && !text.p)
		rc = RC_NO_MEMORY;
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND
			   ? err_set(err, rc, "there is no batch")
			   : store_fail(ledger->db, rc, "reading batches", err);
	*ret_statement = text;
	return RC_OK;
}

enum rc ledger_born(
    struct ledger *ledger, struct instant *ret_born, struct err *err)
{
	struct query *q =
	    store_query(ledger->db, SQL("SELECT min(installed_us) FROM batch"));
	struct instant born = INSTANT_NEVER;
	enum rc rc = query_step(q);

	if (rc == RC_OK && !query_is_null(q, 0))
		born.us = query_i64(q, 0);
	query_end(q);
	if (rc != RC_OK)
		return store_fail(ledger->db, rc, "reading batches", err);
	*ret_born = born;
	return RC_OK;
}

enum rc ledger_scripts(struct ledger *ledger, uint64_t from,
    struct script_pubkey *ret_v, size_t n, size_t *ret_n, struct err *err)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT script FROM leaf WHERE number >= ?1"
			    " ORDER BY number LIMIT ?2"));
	size_t got = 0;
	enum rc rc = RC_NOT_FOUND;

	query_add_i64(q, (int64_t)from);
	query_add_i64(q, (int64_t)n);
	while (got < n && (rc = query_step(q)) == RC_OK) {
		rc = script_pubkey_of(query_str(q, 0), &ret_v[got]);
		if (rc != RC_OK)
			break;
		got++;
	}
	query_end(q);
	if (rc == RC_INVALID)
		return err_set(err, RC_IO,
		    "till.db: leaf %llu holds no script any more",
		    (unsigned long long)(from + got));
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(ledger->db, rc, "reading addresses", err);
	*ret_n = got;
	return RC_OK;
}

/* The row of a leaf, whatever stands in it. */
static enum rc leaf_load(struct ledger *ledger, struct arena *a, int64_t number,
    struct leaf_row *ret_leaf, struct proof *ret_proof,
    struct str *ret_statement)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT l.batch, l.number - b.first, l.script, l.salt,"
		" l.is_shared, b.statement, b.signature FROM leaf l"
		" JOIN batch b ON b.number = l.batch WHERE l.number = ?1"));
	struct leaf_row leaf = {.number = number};
	struct str signature = STR_NONE;
	enum rc rc;

	query_add_i64(q, number);
	rc = query_step(q);
	if (rc == RC_OK) {
		struct str salt = query_str(q, 3);

		leaf.batch = (uint32_t)query_i64(q, 0);
		leaf.index = (uint32_t)query_i64(q, 1);
		leaf.is_shared = query_i64(q, 4) == 1;
		rc = script_pubkey_of(query_str(q, 2), &leaf.script);
		if (salt.n == BATCH_SALT)
			memcpy(ret_proof->leaf.salt, salt.p, BATCH_SALT);
		*ret_statement = query_copy(q, a, 5);
		signature = query_copy(q, a, 6);
	}
	query_end(q);
	if (rc != RC_OK)
		return rc;
	if (!ret_statement->p || !signature.p)
		return RC_NO_MEMORY;
	ret_proof->leaf.index = leaf.index;
	ret_proof->leaf.is_shared = leaf.is_shared;
	ret_proof->leaf.script = leaf.script;
	*ret_leaf = leaf;
	return minisign_signature_parse(signature, &ret_proof->signature, NULL);
}

/* The nodes beside the way up, in a tree of COUNT leaves. */
static enum rc path_load(struct ledger *ledger, const struct leaf_row *leaf,
    uint32_t count, struct proof *proof)
{
	uint32_t at = leaf->index;
	uint32_t width = count;
	uint32_t n = 0;

	for (unsigned level = 0; width > 1; level++) {
		struct query *q;
		enum rc rc;

		if ((at ^ 1) < width) {
			q = store_query(ledger->db,
			    SQL("SELECT hash FROM node WHERE batch = ?1"
				" AND level = ?2 AND at = ?3"));
			query_add_i64(q, leaf->batch);
			query_add_i64(q, level);
			query_add_i64(q, at ^ 1);
			rc = query_step(q);
			if (rc == RC_OK && n < BATCH_PATH_MAX)
				proof->path[n++] = query_hash(q, 0);
			query_end(q);
			if (rc != RC_OK)
				return rc;
		}
		at /= 2;
		width = width / 2 + width % 2;
	}
	proof->path_n = n;
	return RC_OK;
}

enum rc leaf_prove(struct ledger *ledger, struct arena *a, int64_t number,
    struct instant now, struct leaf_row *ret_leaf, struct proof *ret_proof,
    struct err *err)
{
	struct str statement = STR_NONE;
	struct leaf_row leaf;
	enum rc rc = leaf_load(ledger, a, number, &leaf, ret_proof, &statement);

	if (rc == RC_OK)
		rc = statement_parse(statement, &ret_proof->statement, NULL);
	if (rc == RC_OK)
		rc = path_load(
		    ledger, &leaf, ret_proof->statement.count, ret_proof);
	/* What cannot even be read is damaged as well. */
	if (rc == RC_INVALID || rc == RC_NOT_FOUND || rc == RC_NEWER)
		return err_set(err, RC_DENIED,
		    "till.db: the rows of leaf %lld were damaged or edited",
		    (long long)number);
	if (rc != RC_OK)
		return store_fail(ledger->db, rc, "reading an address", err);
	if (!ledger->pin)
		return err_set(err, RC_DENIED,
		    "there is no pinned key to check addresses against");
	rc = proof_check(ledger->pin, ret_proof, now, NULL, err);
	if (rc == RC_OK || rc == RC_GONE)
		*ret_leaf = leaf;
	return rc;
}

enum rc ledger_owns(struct ledger *ledger, struct arena *a, struct str address,
    struct instant now, bool *ret_is_own, struct err *err)
{
	struct script_pubkey script;
	struct leaf_row leaf;
	struct proof proof;
	struct query *q;
	int64_t number = 0;
	enum rc rc =
	    script_parse_address(address, ledger->network, &script, NULL);

	*ret_is_own = false;
	if (rc != RC_OK)
		return RC_OK;
	q = store_query(
	    ledger->db, SQL("SELECT number FROM leaf WHERE script = ?1"));
	query_add_blob(q, script_pubkey_str(&script));
	rc = query_one(q, &number);
	if (rc == RC_NOT_FOUND)
		return RC_OK;
	if (rc != RC_OK)
		return store_fail(
		    ledger->db, rc, "looking for an address", err);
	rc = leaf_prove(ledger, a, number, now, &leaf, &proof, err);
	/* Too early or too late it may not be handed out; it is ours. */
	*ret_is_own = rc == RC_OK || rc == RC_GONE;
	return *ret_is_own || rc == RC_DENIED ? RC_OK : rc;
}
