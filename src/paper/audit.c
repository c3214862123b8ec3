/* SPDX-License-Identifier: MIT
 *
 * The audit log; see audit.h.
 */
#include "paper/audit.h"

#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "paper/paper_priv.h"

static void hash_number(crypto_generichash_state *h, uint64_t n)
{
	unsigned char bytes[8];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(n >> (56 - 8 * i) & 0xff);
	crypto_generichash_update(h, bytes, sizeof(bytes));
}

static void hash_text(crypto_generichash_state *h, struct str s)
{
	hash_number(h, s.n);
	if (s.n)
		crypto_generichash_update(h, (const unsigned char *)s.p, s.n);
}

static void hash_row(const uint8_t before[AUDIT_HASH], int64_t seq,
    const struct audit_entry *e, uint8_t ret_hash[AUDIT_HASH])
{
	crypto_generichash_state h;

	crypto_generichash_init(&h, NULL, 0, AUDIT_HASH);
	crypto_generichash_update(&h, before, AUDIT_HASH);
	hash_number(&h, (uint64_t)seq);
	hash_number(&h, (uint64_t)e->at.us);
	hash_number(&h, (uint64_t)e->staff);
	hash_text(&h, e->name);
	hash_text(&h, e->what);
	hash_text(&h, e->about);
	hash_text(&h, e->detail);
	crypto_generichash_final(&h, ret_hash, AUDIT_HASH);
}

/* The newest row's number and hash; 0 and zeros before the first. */
static enum rc newest(
    struct paper *paper, int64_t *ret_seq, uint8_t ret_hash[AUDIT_HASH])
{
	struct query *q =
	    store_query(paper->db, SQL("SELECT seq, hash FROM audit"
				       " ORDER BY seq DESC LIMIT 1"));
	enum rc rc = query_step(q);

	*ret_seq = 0;
	memset(ret_hash, 0, AUDIT_HASH);
	if (rc == RC_OK) {
		struct str hash = query_str(q, 1);

		*ret_seq = query_i64(q, 0);
		if (hash.n == AUDIT_HASH)
			memcpy(ret_hash, hash.p, AUDIT_HASH);
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static struct str cut(struct str s)
{
	return utf8_head(s, AUDIT_TEXT_MAX);
}

enum rc audit_put(struct paper *paper, const struct audit_entry *entry)
{
	struct audit_entry e = *entry;
	uint8_t before[AUDIT_HASH], hash[AUDIT_HASH];
	struct query *q;
	int64_t seq;
	enum rc rc = newest(paper, &seq, before);

	if (rc != RC_OK)
		return rc;
	e.name = cut(e.name);
	e.about = cut(e.about);
	e.detail = cut(e.detail);
	hash_row(before, ++seq, &e, hash);
	q = store_query(paper->db,
	    SQL("INSERT INTO audit (seq, at_us, staff, name, what, about,"
		" detail, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"));
	query_add_i64(q, seq);
	query_add_i64(q, e.at.us);
	query_add_i64(q, e.staff);
	query_add_str(q, e.name);
	query_add_str(q, e.what);
	query_add_str(q, e.about);
	query_add_str(q, e.detail);
	query_add_blob(q, (struct str){(const char *)hash, sizeof(hash)});
	return query_run(q, NULL);
}

enum rc audit_add(
    struct paper *paper, const struct audit_entry *entry, struct err *err)
{
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = audit_put(paper, entry);
	return paper_end(paper, rc, "writing the audit log", err);
}

static enum rc read_row(struct query *q, struct arena *a, struct audit_row *row)
{
	struct str hash = query_str(q, 7);

	row->seq = query_i64(q, 0);
	row->entry.at.us = query_i64(q, 1);
	row->entry.staff = query_i64(q, 2);
	row->entry.name = query_copy(q, a, 3);
	row->entry.what = query_copy(q, a, 4);
	row->entry.about = query_copy(q, a, 5);
	row->entry.detail = query_copy(q, a, 6);
	if (hash.n == AUDIT_HASH)
		memcpy(row->hash, hash.p, AUDIT_HASH);
	else
		memset(row->hash, 0, AUDIT_HASH);
	return arena_is_spent(a) ? RC_NO_MEMORY : RC_OK;
}

enum rc audit_list(struct paper *paper, struct arena *a,
    const struct audit_wish *wish, struct audit_row **ret_v, size_t *ret_n,
    struct err *err)
{
	struct audit_row *v = ARENA_ARRAY(a, struct audit_row, wish->limit);
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for the log");
	q = store_query(paper->db,
	    SQL("SELECT seq, at_us, staff, name, what, about, detail, hash"
		" FROM audit WHERE seq < ?1 AND (?2 = 0 OR staff = ?2)"
		" ORDER BY seq DESC LIMIT ?3"));
	query_add_i64(q, wish->before);
	query_add_i64(q, wish->staff);
	query_add_i64(q, (int64_t)wish->limit);
	while (n < wish->limit && (rc = query_step(q)) == RC_OK)
		if ((rc = read_row(q, a, &v[n++])) != RC_OK)
			break;
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "reading the log", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

enum rc audit_since(struct paper *paper, struct arena *a, int64_t seq,
    struct str what, struct str about, struct audit_row *ret_row,
    struct err *err)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT seq, at_us, staff, name, what, about, detail, hash"
		" FROM audit WHERE seq > ?1 AND seq >"
		" (SELECT coalesce(max(seq), 0) FROM audit) - ?4"
		" AND what = ?2 AND (?3 = '' OR about = ?3)"
		" ORDER BY seq DESC LIMIT 1"));
	enum rc rc;

	query_add_i64(q, seq);
	query_add_str(q, what);
	query_add_str(q, about);
	query_add_i64(q, AUDIT_SINCE_MOST);
	rc = query_step(q);
	if (rc == RC_OK)
		rc = read_row(q, a, ret_row);
	query_end(q);
	if (rc == RC_NOT_FOUND)
		return err_set(err, rc, "the log has no such row");
	return rc == RC_OK ? rc
			   : store_fail(paper->db, rc, "reading the log", err);
}

/* The hash of row SEQ, which zeros stand for where it is 0. RC_NOT_FOUND. */
static enum rc hash_of_row(
    struct paper *paper, int64_t seq, uint8_t ret_hash[AUDIT_HASH])
{
	struct query *q;
	enum rc rc;

	memset(ret_hash, 0, AUDIT_HASH);
	if (seq == 0)
		return RC_OK;
	q = store_query(
	    paper->db, SQL("SELECT hash FROM audit WHERE seq = ?1"));
	query_add_i64(q, seq);
	rc = query_step(q);
	if (rc == RC_OK && query_str(q, 0).n == AUDIT_HASH)
		memcpy(ret_hash, query_str(q, 0).p, AUDIT_HASH);
	query_end(q);
	return rc;
}

/* Steps through the rows that Q gives, from FROM on. */
static enum rc check_rows(struct query *q, uint8_t hash[AUDIT_HASH],
    int64_t from, size_t limit, int64_t *ret_bad, int64_t *ret_next)
{
	struct arena *a = arena_new(64 * 1024);
	int64_t seq = from;
	enum rc rc = RC_OK;

	*ret_bad = *ret_next = 0;
	while (*ret_bad == 0 && (size_t)(seq - from) < limit &&
	       (rc = query_step(q)) == RC_OK) {
		struct audit_row row;
		uint8_t is[AUDIT_HASH];

		arena_reset(a);
		rc = read_row(q, a, &row);
		if (rc != RC_OK)
			break;
		hash_row(hash, row.seq, &row.entry, is);
		if (row.seq != seq || memcmp(is, row.hash, AUDIT_HASH) != 0)
			*ret_bad = seq;
		memcpy(hash, row.hash, AUDIT_HASH);
		seq++;
	}
	if (rc == RC_OK && *ret_bad == 0)
		*ret_next = seq;
	arena_free(a);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc audit_check(struct paper *paper, int64_t from, size_t limit,
    int64_t *ret_bad, int64_t *ret_next, struct err *err)
{
	uint8_t hash[AUDIT_HASH];
	struct query *q;
	int64_t bad = 0, next = 0;
	enum rc rc = hash_of_row(paper, from - 1, hash);

	if (rc == RC_NOT_FOUND) {
		*ret_bad = from - 1;
		*ret_next = 0;
		return RC_OK;
	}
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "checking the log", err);
	q = store_query(paper->db,
	    SQL("SELECT seq, at_us, staff, name, what, about, detail, hash"
		" FROM audit WHERE seq >= ?1 ORDER BY seq LIMIT ?2"));
	query_add_i64(q, from);
	query_add_i64(q, (int64_t)limit);
	rc = check_rows(q, hash, from, limit, &bad, &next);
	query_end(q);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "checking the log", err);
	*ret_bad = bad;
	*ret_next = next;
	return RC_OK;
}
