/* SPDX-License-Identifier: MIT
 *
 * Marks that stand; see stet.h.
 */
#include "paper/stet.h"

#include "base/arena.h"
#include "paper/paper_priv.h"

static bool is_kind(struct str name)
{
	for (int kind = 0; kind < PROOF_KINDS; kind++)
		if (str_eq(
			name, str_of(proof_kind_name((enum proof_kind)kind))))
			return true;
	return false;
}

static enum rc room_check(struct paper *paper, int64_t story, struct err *err)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT count(*) FROM stet WHERE story = ?1"));
	int64_t count = 0;
	enum rc rc;

	query_add_i64(q, story);
	rc = query_one(q, &count);
	return rc == RC_OK && count >= PAPER_STETS_MOST
		   ? err_set(err, RC_LIMIT,
			 "story %lld has %d marks that stand: no more can be "
			 "kept",
			 (long long)story, PAPER_STETS_MOST)
		   : rc;
}

static void add_key(struct query *q, int64_t story, const struct stet *stet)
{
	query_add_i64(q, story);
	query_add_str(q, stet->kind);
	query_add_str(q, stet->field);
	query_add_str(q, stet->words);
	query_add_i64(q, (int64_t)stet->place);
}

enum rc paper_add_stet(struct paper *paper, int64_t story,
    const struct stet *stet, struct err *err)
{
	struct story_row row;
	struct query *q;
	enum rc rc;

	if (!is_kind(stet->kind) || stet->field.n > 32 ||
	    stet->words.n > PAPER_STET_WORDS_MAX || stet->place > stet->words.n)
		return err_set(err, RC_INVALID, "there is no such mark");
	rc = story_begin(paper, story, &row, err);
	if (rc != RC_OK)
		return rc;
	rc = room_check(paper, story, err);
	if (rc == RC_OK) {
		q = store_query(paper->db,
		    SQL("INSERT INTO stet (story, kind, field, words, place,"
			" who, at_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
			" ON CONFLICT (story, kind, field, words, place)"
			" DO UPDATE SET who = excluded.who,"
			" at_us = excluded.at_us"));
		add_key(q, story, stet);
		query_add_str(q, stet->who);
		query_add_i64(q, stet->at.us);
		rc = query_run(q, NULL);
	}
	return paper_end(paper, rc, "letting a mark stand", err);
}

enum rc paper_drop_stet(struct paper *paper, int64_t story,
    const struct stet *stet, struct err *err)
{
	struct query *q;
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	q = store_query(
	    paper->db, SQL("DELETE FROM stet WHERE story = ?1 AND kind = ?2"
			   " AND field = ?3 AND words = ?4"
			   " AND place = ?5"));
	add_key(q, story, stet);
	rc = query_run(q, NULL);
	return paper_end(paper, rc, "marking again what stood", err);
}

enum rc paper_stets(struct paper *paper, struct arena *a, int64_t story,
    struct stet **ret_v, size_t *ret_n, struct err *err)
{
	struct stet *v = ARENA_ARRAY(a, struct stet, PAPER_STETS_MOST);
	struct query *q;
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory for a list");
	q = store_query(
	    paper->db, SQL("SELECT kind, field, words, who, at_us, place"
			   " FROM stet"
			   " WHERE story = ?1"));
	query_add_i64(q, story);
	while (n < PAPER_STETS_MOST && (rc = query_step(q)) == RC_OK) {
		v[n] = (struct stet){
		    .kind = query_copy(q, a, 0),
		    .field = query_copy(q, a, 1),
		    .words = query_copy(q, a, 2),
		    .who = query_copy(q, a, 3),
		    .at = {query_i64(q, 4)},
		    .place = (size_t)query_i64(q, 5),
		};
		if (!v[n].kind.p || !v[n].field.p || !v[n].words.p ||
		    !v[n].who.p) {
			rc = RC_NO_MEMORY;
			break;
		}
		n++;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(
		    paper->db, rc, "listing the marks that stand", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}
