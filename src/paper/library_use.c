/* SPDX-License-Identifier: MIT
 *
 * Pictures of the library in stories, and what readers get of them; see
 * library.h.
 */
#include "base/arena.h"
#include "base/must.h"
#include "paper/edition.h"
#include "paper/library_priv.h"

static const struct str folder = STR_INIT("/pictures/");

struct str library_stem(struct str url)
{
	struct str stem = str_part(url, folder.n, LIBRARY_STEM);

	if (!str_starts(url, folder) || stem.n != LIBRARY_STEM ||
	    url.n <= folder.n + LIBRARY_STEM ||
	    url.p[folder.n + LIBRARY_STEM] != '-')
		return STR_NONE;
	for (size_t i = 0; i < stem.n; i++)
		if (!ascii_is_digit(stem.p[i]) &&
		    (stem.p[i] < 'a' || stem.p[i] > 'z'))
			return STR_NONE;
	return stem;
}

void library_stems(struct str s, struct str v[LIBRARY_IN_STORY_MAX], size_t *n)
{
	for (size_t at = str_find_str(s, folder); at < s.n;
	     at = str_find_str(s, folder)) {
		struct str stem;
		size_t i = 0;

		s = str_from(s, at);
		stem = library_stem(s);
		s = str_from(s, folder.n);
		while (stem.p && i < *n && !str_eq(v[i], stem))
			i++;
		if (stem.p && i == *n && *n < LIBRARY_IN_STORY_MAX)
			v[(*n)++] = stem;
	}
}

static size_t stems_of(
    const struct fields *f, struct str v[LIBRARY_IN_STORY_MAX])
{
	size_t n = 0;

	library_stems(f->v[FIELD_PICTURE], v, &n);
	library_stems(f->v[FIELD_BODY], v, &n);
	return n;
}

enum rc library_note_uses(
    struct paper *paper, int64_t story, const struct fields *f, bool had)
{
	struct str stems[LIBRARY_IN_STORY_MAX];
	size_t n = stems_of(f, stems);
	struct query *q;
	enum rc rc = RC_OK;

	if (had) {
		q = store_query(
		    paper->db, SQL("DELETE FROM picture_use WHERE story = ?1"));
		query_add_i64(q, story);
		rc = query_run(q, NULL);
	}
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		q = store_query(paper->db,
		    SQL("INSERT INTO picture_use (story, picture)"
			" SELECT ?1, id FROM picture WHERE stem = ?2"));
		query_add_i64(q, story);
		query_add_str(q, stems[i]);
		rc = query_run(q, NULL);
	}
	return rc;
}

static enum rc read_uses(struct query *q, struct arena *a,
    struct library_use *v, size_t limit, size_t *ret_n)
{
	size_t n = 0;
	enum rc rc = RC_OK;

	while (n < limit && (rc = query_step(q)) == RC_OK) {
		v[n].story = query_i64(q, 0);
		v[n].headline = query_copy(q, a, 1);
		v[n].is_public = query_i64(q, 2) == PAPER_PUBLISHED;
		if (!v[n++].headline.p)
			return RC_NO_MEMORY;
	}
	*ret_n = n;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc library_uses(struct paper *paper, struct arena *a, int64_t id,
    size_t limit, struct library_use **ret_v, size_t *ret_n, struct err *err)
{
	struct library_use *v = ARENA_ARRAY(a, struct library_use, limit);
	struct query *q = store_query(paper->db,
	    SQL("SELECT story.id, headline, status FROM picture_use JOIN story"
		" ON story.id = story WHERE picture = ?1"
		" ORDER BY story DESC LIMIT ?2"));
	size_t n = 0;
	enum rc rc = RC_NO_MEMORY;

	query_add_i64(q, id);
	query_add_i64(q, (int64_t)limit);
	if (v)
		rc = read_uses(q, a, v, limit, &n);
	query_end(q);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "looking for stories", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

/* --- before publishing --- */

static enum rc find_stem(struct paper *paper, struct arena *a, struct str stem,
    struct library_picture *ret, struct err *err)
{
	int64_t id = 0;
	struct query *q = store_query(
	    paper->db, SQL("SELECT id FROM picture WHERE stem = ?1"));
	enum rc rc;

	query_add_str(q, stem);
	rc = query_one(q, &id);
	if (rc != RC_OK)
		return rc;
	return library_get(paper, a, id, ret, err);
}

enum rc library_check(struct paper *paper, struct arena *a,
    const struct manuscript *m, struct str today, struct library_worry **ret_v,
    size_t *ret_n, struct err *err)
{
	struct str stems[LIBRARY_IN_STORY_MAX];
	struct library_worry *v;
	size_t n = 0, count = 0;
	enum rc rc = RC_OK;

	library_stems(m->picture.url, stems, &n);
	library_stems(m->body, stems, &n);
	v = ARENA_ARRAY(a, struct library_worry, n);
	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory");
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct library_worry *w = &v[count];

		rc = find_stem(paper, a, stems[i], &w->picture, err);
		if (rc == RC_NOT_FOUND) {
			rc = RC_OK;
			continue;
		}
		if (rc != RC_OK)
			break;
		w->right = library_right(w->picture.words.expires, today);
		w->lacks_rights = w->picture.words.rights.n == 0 &&
				  w->picture.words.credit.n == 0;
		count += w->right >= LIBRARY_RIGHT_SOON || w->lacks_rights;
	}
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "looking at pictures", err);
	*ret_v = v;
	*ret_n = count;
	return RC_OK;
}

/* --- readers --- */

static enum rc put_public(struct paper *paper, const struct library_picture *p)
{
	struct str files = library_pack_files(paper->scratch, &p->files);
	struct query *q = store_query(paper->edition,
	    SQL("INSERT INTO picture (stem, caption, credit, alt, rights,"
		" focus_x, focus_y, files) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
		" ?8) ON CONFLICT (stem) DO UPDATE SET caption ="
		" excluded.caption, credit = excluded.credit, alt ="
		" excluded.alt, rights = excluded.rights, focus_x ="
		" excluded.focus_x, focus_y = excluded.focus_y, files ="
		" excluded.files"));

	query_add_str(q, p->stem);
	query_add_str(q, p->words.caption);
	query_add_str(
	    q, p->words.credit.n ? p->words.credit : p->words.creator);
	query_add_str(q, p->words.alt);
	query_add_str(q, p->words.rights);
	query_add_i64(q, p->words.focus_x);
	query_add_i64(q, p->words.focus_y);
	query_add_str(q, files.p ? files : STR(""));
	return query_run(q, NULL);
}

enum rc library_show(struct paper *paper, const struct fields *f)
{
	struct str stems[LIBRARY_IN_STORY_MAX];
	size_t n = stems_of(f, stems);
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct library_picture picture;

		rc = find_stem(paper, paper->scratch, stems[i], &picture, NULL);
		if (rc == RC_OK)
			rc = put_public(paper, &picture);
		else if (rc == RC_NOT_FOUND)
			rc = RC_OK;
	}
	return rc;
}

enum rc library_show_again(struct paper *paper, int64_t id)
{
	struct library_picture p;
	struct query *q;
	struct str tag;
	int64_t count = 0;
	enum rc rc = library_get(paper, paper->scratch, id, &p, NULL);

	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	q = store_query(paper->edition,
	    SQL("SELECT count(*) FROM picture WHERE stem = ?1"));
	query_add_str(q, p.stem);
	rc = query_one(q, &count);
	if (rc != RC_OK || count == 0)
		return rc;
	tag = arena_printf(paper->scratch, "picture:%.*s", STR_ARG(p.stem));
	rc = put_public(paper, &p);
	if (rc == RC_OK)
		rc = tag.p ? edition_tell(paper, tag) : RC_NO_MEMORY;
	return rc;
}
