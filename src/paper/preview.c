/* SPDX-License-Identifier: MIT
 *
 * Secret links; see preview.h. The secret has all the randomness that a guess
 * would have to meet, so its plain BLAKE2b is enough.
 */
#include "paper/preview.h"

#include <sodium.h>

#include "base/arena.h"
#include "base/must.h"
#include "paper/paper_priv.h"

enum { HASH_BYTES = 32, LIST_MOST = 1000 };

static struct str hash_of(struct str secret, unsigned char room[HASH_BYTES])
{
	must(crypto_generichash(room, HASH_BYTES,
		 (const unsigned char *)secret.p, secret.n, NULL, 0) == 0);
	return (struct str){(const char *)room, HASH_BYTES};
}

static enum rc room_check(
    struct paper *paper, const struct paper_preview *preview, struct err *err)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT count(*) FROM preview WHERE story = ?1"
			   " AND is_revoked = 0 AND expires_us > ?2"));
	int64_t count = 0;
	enum rc rc;

	query_add_i64(q, preview->story);
	query_add_i64(q, preview->made.us);
	rc = query_one(q, &count);
	return rc == RC_OK && count >= PAPER_PREVIEWS_MOST
		   ? err_set(err, RC_LIMIT,
			 "story %lld has %d links: revoke some first",
			 (long long)preview->story, PAPER_PREVIEWS_MOST)
		   : rc;
}

static enum rc preview_insert(
    struct paper *paper, struct str secret, const struct paper_preview *preview)
{
	unsigned char room[HASH_BYTES];
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO preview (id, hash, story, who, note, made_us,"
		" expires_us, is_revoked)"
		" VALUES ((SELECT coalesce(max(id), 0) + 1 FROM preview),"
		" ?1, ?2, ?3, ?4, ?5, ?6, 0)"));

	query_add_blob(q, hash_of(secret, room));
	query_add_i64(q, preview->story);
	query_add_str(q, preview->who);
	query_add_str(q, str_trim(preview->note));
	query_add_i64(q, preview->made.us);
	query_add_i64(q, preview->expires.us);
	return query_run(q, NULL);
}

enum rc paper_add_preview(struct paper *paper, struct str secret,
    const struct paper_preview *preview, struct err *err)
{
	struct story_row row;
	enum rc rc;

	must(secret.n >= PAPER_SECRET_MIN);
	if (preview->expires.us <= preview->made.us)
		return err_set(
		    err, RC_INVALID, "the link would have expired already");
	if (preview->note.n > PAPER_NAME_MAX)
		return err_set(err, RC_INVALID,
		    "the note of a link has at most %d bytes", PAPER_NAME_MAX);
	rc = story_begin(paper, preview->story, &row, err);
	if (rc != RC_OK)
		return rc;
	rc = room_check(paper, preview, err);
	if (rc == RC_OK)
		rc = preview_insert(paper, secret, preview);
	return paper_end(paper, rc, "making a link", err);
}

enum rc paper_revoke_preview(
    struct paper *paper, int64_t story, int64_t id, struct err *err)
{
	struct query *q;
	int64_t count = 0;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db, SQL("UPDATE preview SET is_revoked = 1"
				       " WHERE id = ?1 AND story = ?2"));
	query_add_i64(q, id);
	query_add_i64(q, story);
	rc = query_run(q, &count);
	if (rc == RC_OK && count == 0)
		rc = err_set(err, RC_NOT_FOUND, "story %lld has no link %lld",
		    (long long)story, (long long)id);
	return paper_end(paper, rc, "revoking a link", err);
}

static enum rc preview_row(
    struct query *q, struct arena *a, struct paper_preview *ret_preview)
{
	struct paper_preview p = {
	    .id = query_i64(q, 0),
	    .story = query_i64(q, 1),
	    .who = query_copy(q, a, 2),
	    .note = query_copy(q, a, 3),
	    .made = {query_i64(q, 4)},
	    .expires = {query_i64(q, 5)},
	    .is_revoked = query_i64(q, 6) != 0,
	};

	if (!p.who.p || !p.note.p)
		return RC_NO_MEMORY;
	*ret_preview = p;
	return RC_OK;
}

enum rc paper_open_preview(struct paper *paper, struct arena *a,
    struct str secret, struct instant now, struct paper_preview *ret_preview,
    struct err *err)
{
	unsigned char room[HASH_BYTES];
	struct query *q = store_query(paper->db,
	    SQL("SELECT id, story, who, note, made_us, expires_us, is_revoked"
		" FROM preview WHERE hash = ?1"));
	struct paper_preview p;
	enum rc rc;

	query_add_blob(q, hash_of(secret, room));
	rc = query_step(q);
	if (rc == RC_OK)
		rc = preview_row(q, a, &p);
	query_end(q);
	if (rc == RC_NOT_FOUND)
		return err_set(err, rc, "this link opens nothing");
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "looking for a link", err);
	if (p.expires.us <= now.us || p.is_revoked)
		return err_set(err, RC_GONE,
		    "this link has expired: ask the newsroom for a new one");
	*ret_preview = p;
	return RC_OK;
}

enum rc paper_previews(struct paper *paper, struct arena *a, int64_t story,
    struct paper_preview **ret_v, size_t *ret_n, struct err *err)
{
	struct paper_preview *v =
	    ARENA_ARRAY(a, struct paper_preview, LIST_MOST);
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for a list");
	q = store_query(paper->db,
	    SQL("SELECT id, story, who, note, made_us, expires_us, is_revoked"
		" FROM preview WHERE story = ?1 ORDER BY id DESC"));
	query_add_i64(q, story);
	while (n < LIST_MOST && (rc = query_step(q)) == RC_OK) {
		rc = preview_row(q, a, &v[n]);
		if (rc != RC_OK)
			break;
		n++;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "listing links", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}
