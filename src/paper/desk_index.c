/* SPDX-License-Identifier: MIT
 *
 * Filtering in memory; see desk_index.h. Entries lie by number, so a new story
 * is put behind the last one; headlines lie behind each other in one buffer,
 * in small letters. A headline that was changed leaves a hole; when holes are
 * more than half of the buffer, all is made anew.
 */
#include "paper/desk_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "paper/paper_priv.h"
#include "text/script.h"

enum {
	PENDING_MOST = 256,
	TEXT_MOST = 1u << 30,
	HEADLINE_MOST = 2000, /* bytes of one that are looked at */
	WORDS_MOST = 16,
	FOLD_MOST = 4 * HEADLINE_MOST,
};

struct entry {
	int64_t id, section, saved_us;
	uint64_t assigned, writer; /* hashes; 0: nobody */
	uint32_t text_at;
	uint16_t text_n;
	uint8_t status;
	bool is_changed;
};

struct desk_index {
	struct entry *v;
	size_t n, room;
	struct buf text;
	size_t holes;	 /* bytes */
	int64_t version; /* of the database, for readers */
	bool is_stale;
	int64_t pending[PENDING_MOST];
	size_t pending_n;
};

static struct desk_index *index_new(void)
{
	struct desk_index *x = calloc(1, sizeof(*x));

	if (!x)
		must_failed(
		    "memory for an index", __FILE__, __LINE__, __func__);
	buf_init(&x->text, TEXT_MOST);
	x->is_stale = true;
	return x;
}

void desk_index_free(struct desk_index *index)
{
	if (!index)
		return;
	buf_done(&index->text);
	free(index->v);
	free(index);
}

void desk_index_note(struct paper *paper, int64_t id)
{
	struct desk_index *x = paper->index;

	if (!x || x->is_stale)
		return;
	for (size_t i = 0; i < x->pending_n; i++)
		if (x->pending[i] == id)
			return;
	if (x->pending_n == PENDING_MOST)
		x->is_stale = true;
	else
		x->pending[x->pending_n++] = id;
}

static uint64_t hash_of(struct str s)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < s.n; i++)
		hash = (hash ^ (unsigned char)s.p[i]) * 1099511628211u;
	return s.n == 0 ? 0 : hash | 1;
}

/* Appends TEXT in small letters. */
static void fold(struct buf *b, struct str text)
{
	text = utf8_head(text, HEADLINE_MOST);
	for (size_t at = 0; at < text.n;)
		utf8_put(b, letter_lower(utf8_next(text, &at)));
}

/* The place of ID, or where it would be. */
static size_t index_find(const struct desk_index *x, int64_t id)
{
	size_t low = 0, high = x->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (x->v[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static enum rc index_room(struct desk_index *x)
{
	size_t room = x->room ? x->room * 2 : 1024;
	struct entry *v;

	if (x->n < x->room)
		return RC_OK;
	v = realloc(x->v, room * sizeof(*v));
	if (!v)
		return RC_NO_MEMORY;
	x->v = v;
	x->room = room;
	return RC_OK;
}

#define INDEX_COLUMNS                                                          \
	"SELECT id, status, section, shown, assigned, writer,"                 \
	" headline, saved_us FROM story "

static enum rc entry_read(
    struct desk_index *x, struct query *q, struct entry *ret_entry)
{
	size_t at = x->text.n;
	enum rc rc;

	fold(&x->text, query_str(q, 6));
	rc = buf_rc(&x->text);
	if (rc != RC_OK)
		return rc == RC_LIMIT ? RC_NO_MEMORY : rc;
	*ret_entry = (struct entry){
	    .id = query_i64(q, 0),
	    .status = (uint8_t)query_i64(q, 1),
	    .section = query_i64(q, 2),
	    .saved_us = query_i64(q, 7),
	    .is_changed = query_i64(q, 3) != 0,
	    .assigned = hash_of(query_str(q, 4)),
	    .writer = hash_of(query_str(q, 5)),
	    .text_at = (uint32_t)at,
	    .text_n = (uint16_t)(x->text.n - at),
	};
	return RC_OK;
}

static enum rc index_fill(struct paper *paper, struct desk_index *x)
{
	struct query *q =
	    store_query(paper->db, SQL("" INDEX_COLUMNS "ORDER BY id"));
	enum rc rc;

	x->n = 0;
	x->holes = 0;
	x->pending_n = 0;
	buf_clear(&x->text);
	while ((rc = query_step(q)) == RC_OK) {
		rc = index_room(x);
		if (rc == RC_OK)
			rc = entry_read(x, q, &x->v[x->n]);
		if (rc != RC_OK)
			break;
		x->n++;
	}
	query_end(q);
	x->is_stale = rc != RC_NOT_FOUND;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc index_put(struct desk_index *x, struct query *q)
{
	int64_t id = query_i64(q, 0);
	size_t at = index_find(x, id);
	enum rc rc = index_room(x);

	if (rc != RC_OK)
		return rc;
	if (at < x->n && x->v[at].id == id) {
		x->holes += x->v[at].text_n;
		return entry_read(x, q, &x->v[at]);
	}
	memmove(&x->v[at + 1], &x->v[at], (x->n - at) * sizeof(x->v[0]));
	rc = entry_read(x, q, &x->v[at]);
	if (rc == RC_OK)
		x->n++;
	else
		x->is_stale = true;
	return rc;
}

/* X1 */
static enum rc index_follow(struct paper *paper, struct desk_index *x)
{
	enum rc rc = RC_OK;

	while (x->pending_n > 0 && (rc == RC_OK || rc == RC_NOT_FOUND)) {
		struct query *q = store_query(
		    paper->db, SQL("" INDEX_COLUMNS "WHERE id = ?1"));

		query_add_i64(q, x->pending[x->pending_n - 1]);
		rc = query_step(q);
		if (rc == RC_OK)
			rc = index_put(x, q);
		query_end(q);
		if (rc == RC_OK || rc == RC_NOT_FOUND)
			x->pending_n--;
	}
	if (x->holes > x->text.n / 2 && x->holes > 1 << 16)
		x->is_stale = true;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* One who only reads hears of no change: the database says that there was
 * one. */
static enum rc index_look(struct paper *paper, struct desk_index *x)
{
	int64_t version = 0;
	enum rc rc;

	if (paper->edition)
		return RC_OK;
	rc = store_data_version(paper->db, &version);
	if (rc == RC_OK && version != x->version) {
		x->version = version;
		x->is_stale = true;
	}
	return rc;
}

static enum rc index_ready(struct paper *paper, struct desk_index **ret_index)
{
	enum rc rc;

	if (!paper->index)
		paper->index = index_new();
	rc = index_look(paper, paper->index);
	if (rc == RC_OK && !paper->index->is_stale)
		rc = index_follow(paper, paper->index);
	if (rc == RC_OK && paper->index->is_stale)
		rc = index_fill(paper, paper->index);
	if (rc == RC_OK)
		*ret_index = paper->index;
	return rc;
}

struct needle {
	struct str words[WORDS_MOST];
	size_t n;
	uint64_t assigned, own;
};

static enum rc needle_make(const struct desk_question *question,
    struct buf *room, struct needle *ret_needle)
{
	struct needle needle = {.assigned = hash_of(question->assigned),
	    .own = hash_of(question->own)};
	struct str rest;

	fold(room, question->text);
	if (buf_rc(room) != RC_OK)
		return buf_rc(room);
	rest = buf_str(room);
	while (rest.p && needle.n < WORDS_MOST) {
		struct str word = str_cut(&rest, ' ');

		if (word.n > 0)
			needle.words[needle.n++] = word;
	}
	*ret_needle = needle;
	return RC_OK;
}

static bool entry_is_seen(const struct entry *e,
    const struct desk_question *question, const struct needle *needle)
{
	if (needle->own != 0 &&
	    (e->writer == needle->own || e->assigned == needle->own))
		return true;
	if (question->must_be_own)
		return false;
	if (!question->has_sections)
		return true;
	for (size_t i = 0; i < question->sections_n; i++)
		if (e->section == question->sections[i])
			return true;
	return false;
}

static bool entry_fits(const struct desk_index *x, const struct entry *e,
    const struct desk_question *question, const struct needle *needle)
{
	struct str text = str_part(buf_str(&x->text), e->text_at, e->text_n);

	if (question->has_status && e->status != question->status)
		return false;
	if (question->section != 0 && e->section != question->section)
		return false;
	if (question->must_be_changed && !e->is_changed)
		return false;
	if (!entry_is_seen(e, question, needle))
		return false;
	if (needle->assigned != 0 && e->assigned != needle->assigned)
		return false;
	for (size_t i = 0; i < needle->n; i++)
		if (str_find_str(text, needle->words[i]) == text.n)
			return false;
	return true;
}

/* What is found: places in the index, in the order of the answer. */
struct found {
	const struct desk_index *x;
	const struct desk_question *question;
	int64_t *at;
	size_t n, limit;
};

/* A stands behind B in a list by time. */
static bool is_older(const struct entry *a, const struct entry *b)
{
	return a->saved_us < b->saved_us ||
	       (a->saved_us == b->saved_us && a->id < b->id);
}

/* The numbers come in falling order: nothing can be added to a full list but
 * by time. */
static bool found_is_full(const struct found *f)
{
	return f->n == f->limit && !f->question->is_by_time;
}

static void found_add(struct found *f, size_t at)
{
	const struct entry *e = &f->x->v[at];
	const struct entry end = {
	    .id = f->question->before, .saved_us = f->question->before_us};
	size_t i = f->n;

	if (!f->question->is_by_time) {
		f->at[f->n++] = (int64_t)at;
		return;
	}
	if (f->limit == 0 || !is_older(e, &end))
		return;
	while (i > 0 && is_older(&f->x->v[f->at[i - 1]], e))
		i--;
	if (i == f->limit)
		return;
	if (f->n < f->limit)
		f->n++;
	for (size_t k = f->n - 1; k > i; k--)
		f->at[k] = f->at[k - 1];
	f->at[i] = (int64_t)at;
}

static void ask_all(struct found *f, const struct needle *needle)
{
	const struct desk_question *question = f->question;
	size_t at =
	    question->is_by_time ? f->x->n : index_find(f->x, question->before);

	while (at > 0 && !found_is_full(f))
		if (entry_fits(f->x, &f->x->v[--at], question, needle))
			found_add(f, at);
}

static enum rc ask_person(
    struct paper *paper, struct found *f, const struct needle *needle)
{
	const struct desk_question *question = f->question;
	const struct desk_index *x = f->x;
	struct query *q = store_query(
	    paper->db, SQL("SELECT story FROM story_person WHERE person = ?1"
			   " AND story < ?2 ORDER BY story DESC"));
	enum rc rc = RC_OK;

	query_add_i64(q, question->person);
	query_add_i64(q, question->is_by_time ? INT64_MAX : question->before);
	while (!found_is_full(f) && (rc = query_step(q)) == RC_OK) {
		int64_t id = query_i64(q, 0);
		size_t at = index_find(x, id);

		if (at < x->n && x->v[at].id == id &&
		    entry_fits(x, &x->v[at], question, needle))
			found_add(f, at);
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc desk_index_ask(struct paper *paper,
    const struct desk_question *question, int64_t *ids, size_t limit,
    size_t *ret_n)
{
	struct desk_index *x;
	struct needle needle;
	struct buf room;
	struct found f = {.question = question, .at = ids, .limit = limit};
	enum rc rc = index_ready(paper, &x);

	if (rc != RC_OK)
		return rc;
	f.x = x;
	buf_init(&room, FOLD_MOST);
	rc = needle_make(question, &room, &needle);
	if (rc == RC_OK && question->person != 0)
		rc = ask_person(paper, &f, &needle);
	else if (rc == RC_OK)
		ask_all(&f, &needle);
	buf_done(&room);
	for (size_t i = 0; i < f.n; i++)
		ids[i] = x->v[ids[i]].id;
	if (rc == RC_OK)
		*ret_n = f.n;
	return rc;
}
