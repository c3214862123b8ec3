/* SPDX-License-Identifier: MIT
 *
 * Pictures of the library in stories, and what readers get of them; see
 * library.h.
 */
#include <stdlib.h>

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

/* Bytes that may stand in the name of a file in an address, as it is. */
static bool is_of_name(char c)
{
	return ascii_is_digit(c) || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80 || c == '.' ||
	       c == '-' || c == '_' || c == '~' || c == '+' || c == ',';
}

struct str library_by_hand(struct str url)
{
	struct str name = str_from(url, folder.n);
	size_t n = 0;

	if (!str_starts(url, folder) || library_stem(url).p)
		return STR_NONE;
	while (n < name.n && is_of_name(name.p[n]))
		n++;
	/* What is written with %XX, or lies deeper, is not looked at. */
	if (n > LIBRARY_NAME_MAX ||
	    (n < name.n && (name.p[n] == '%' || name.p[n] == '/')))
		return STR_NONE;
	name.n = n;
	return library_is_by_hand(name) && name.p[0] != '.' ? name : STR_NONE;
}

bool library_is_by_hand(struct str stem)
{
	return str_find(stem, '.') < stem.n;
}

/* The next address of the folder in *REST, with all behind it; *REST is then
 * what comes behind the folder. Slashes are rarer than letters: one is looked
 * for alone, since every text is searched when it is saved. */
static bool next_address(struct str *rest, struct str *ret_address)
{
	size_t at;

	while ((at = str_find(*rest, '/')) < rest->n) {
		*ret_address = str_from(*rest, at);
		if (str_starts(*ret_address, folder)) {
			*rest = str_from(*ret_address, folder.n);
			return true;
		}
		*rest = str_from(*rest, at + 1);
	}
	return false;
}

/* Adds what ONE makes of each address in S to the N in V, each once. */
static void add_all(struct str s, struct str (*one)(struct str address),
    struct str v[LIBRARY_IN_STORY_MAX], size_t *n)
{
	struct str address;

	while (next_address(&s, &address)) {
		struct str name = one(address);
		size_t i = 0;

		while (name.p && i < *n && !str_eq(v[i], name))
			i++;
		if (name.p && i == *n && *n < LIBRARY_IN_STORY_MAX)
			v[(*n)++] = name;
	}
}

void library_stems(struct str s, struct str v[LIBRARY_IN_STORY_MAX], size_t *n)
{
	add_all(s, library_stem, v, n);
}

static size_t stems_of(
    const struct fields *f, struct str v[LIBRARY_IN_STORY_MAX])
{
	size_t n = 0;

	library_stems(f->v[FIELD_PICTURE], v, &n);
	library_stems(f->v[FIELD_BODY], v, &n);
	return n;
}

bool library_is_in_fields(const struct fields *f, struct str stem)
{
	struct str stems[LIBRARY_IN_STORY_MAX];
	size_t n = stems_of(f, stems);

	for (size_t i = 0; i < n; i++)
		if (str_eq(stems[i], stem))
			return true;
	return false;
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

/* What public.db says of the stories that have STEM. */
static enum rc add_public(struct paper *paper, struct str stem,
    struct library_use *v, size_t limit, size_t *ret_n)
{
	struct query *q = store_query(paper->edition,
	    SQL("SELECT story, min(number) FROM picture_use WHERE stem = ?1"
		" GROUP BY story ORDER BY story DESC LIMIT ?2"));
	size_t n = 0;
	enum rc rc = RC_OK;

	query_add_str(q, stem);
	query_add_i64(q, (int64_t)limit);
	while (n < limit && (rc = query_step(q)) == RC_OK)
		v[n++] = (struct library_use){
		    .story = query_i64(q, 0),
		    .is_public = query_i64(q, 1) == 0,
		    .is_in_version = query_i64(q, 1) > 0,
		};
	query_end(q);
	*ret_n = n;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* Adds those whose newest text has it. */
static enum rc add_newest(struct paper *paper, int64_t id,
    struct library_use *v, size_t limit, size_t *n)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT story FROM picture_use WHERE picture = ?1"
			   " ORDER BY story DESC LIMIT ?2"));
	size_t known = *n, count = 0;
	enum rc rc = RC_OK;

	query_add_i64(q, id);
	query_add_i64(q, (int64_t)limit);
	while (count++ < limit && (rc = query_step(q)) == RC_OK) {
		int64_t story = query_i64(q, 0);
		size_t i = 0;

		while (i < known && v[i].story != story)
			i++;
		if (i == known)
			v[(*n)++] = (struct library_use){.story = story};
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static int by_story(const void *a, const void *b)
{
	const struct library_use *x = a, *y = b;

	return x->story < y->story ? 1 : x->story > y->story ? -1 : 0;
}

static enum rc add_headlines(
    struct paper *paper, struct arena *a, struct library_use *v, size_t n)
{
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct query *q = store_query(
		    paper->db, SQL("SELECT headline FROM story WHERE id = ?1"));

		query_add_i64(q, v[i].story);
		rc = query_step(q);
		if (rc == RC_OK)
			v[i].headline = query_copy(q, a, 0);
		if (rc == RC_OK && !v[i].headline.p)
			rc = RC_NO_MEMORY;
		query_end(q);
		if (rc == RC_NOT_FOUND)
			rc = RC_OK;
	}
	return rc;
}

enum rc library_uses(struct paper *paper, struct arena *a,
    const struct library_picture *p, size_t limit, struct library_uses *ret,
    struct err *err)
{
	struct library_use *v = ARENA_ARRAY(a, struct library_use, 2 * limit);
	size_t n = 0;
	enum rc rc = v ? RC_OK : RC_NO_MEMORY;

	if (rc == RC_OK && paper->edition)
		rc = add_public(paper, p->stem, v, limit, &n);
	if (rc == RC_OK)
		rc = add_newest(paper, p->id, v, limit, &n);
	if (rc == RC_OK && n > 0)
		qsort(v, n, sizeof(*v), by_story);
	if (n > limit)
		n = limit;
	if (rc == RC_OK)
		rc = add_headlines(paper, a, v, n);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "looking for stories", err);
	*ret = (struct library_uses){v, n};
	return RC_OK;
}

enum rc library_shown_in(struct paper *paper, struct arena *a, struct str stem,
    int64_t **ret_stories, size_t *ret_n, struct err *err)
{
	struct query *q = store_query(
	    paper->edition, SQL("SELECT count(DISTINCT story) FROM picture_use"
				" WHERE stem = ?1"));
	int64_t *stories = NULL;
	int64_t most = 0;
	size_t n = 0;
	enum rc rc;

	query_add_str(q, stem);
	rc = query_one(q, &most);
	if (rc == RC_OK) {
		stories = ARENA_ARRAY(a, int64_t, (size_t)most);
		rc = stories ? RC_OK : RC_NO_MEMORY;
	}
	if (rc == RC_OK) {
		q = store_query(
		    paper->edition, SQL("SELECT DISTINCT story FROM picture_use"
					" WHERE stem = ?1 ORDER BY story"));
		query_add_str(q, stem);
		while (n < (size_t)most && (rc = query_step(q)) == RC_OK)
			stories[n++] = query_i64(q, 0);
		query_end(q);
	}
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(
		    paper->edition, rc, "looking for stories", err);
	*ret_stories = stories;
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

enum rc library_in(struct paper *paper, struct arena *a,
    const struct manuscript *m, struct library_picture **ret_v, size_t *ret_n,
    struct err *err)
{
	struct str stems[LIBRARY_IN_STORY_MAX];
	struct library_picture *v;
	size_t n = 0, count = 0;
	enum rc rc = RC_OK;

	library_stems(m->picture.url, stems, &n);
	library_stems(m->body, stems, &n);
	v = ARENA_ARRAY(a, struct library_picture, n);
	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory");
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		rc = find_stem(paper, a, stems[i], &v[count], err);
		if (rc == RC_OK)
			count++;
		else if (rc == RC_NOT_FOUND)
			rc = RC_OK;
	}
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "looking at pictures", err);
	*ret_v = v;
	*ret_n = count;
	return RC_OK;
}

bool library_is_in(const struct manuscript *m, struct str stem)
{
	struct str stems[LIBRARY_IN_STORY_MAX];
	size_t n = 0;

	library_stems(m->picture.url, stems, &n);
	library_stems(m->body, stems, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(stems[i], stem))
			return true;
	return false;
}

enum rc library_check(struct paper *paper, struct arena *a,
    const struct manuscript *m, struct str today, struct library_worry **ret_v,
    size_t *ret_n, struct err *err)
{
	struct library_picture *pictures;
	struct library_worry *v;
	size_t n = 0;
	enum rc rc = library_in(paper, a, m, &pictures, &n, err);

	if (rc != RC_OK)
		return rc;
	v = ARENA_ARRAY(a, struct library_worry, n);
	if (!v)
		return err_set(err, RC_NO_MEMORY, "no memory");
	for (size_t i = 0; i < n; i++) {
		const struct library_words *words = &pictures[i].words;

		v[i] = (struct library_worry){
		    .picture = pictures[i],
		    .right = library_right(words->expires, today),
		    .lacks_rights =
			words->rights.n == 0 && words->credit.n == 0,
		};
	}
	*ret_v = v;
	*ret_n = n;
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

static enum rc note_public(
    struct paper *paper, int64_t story, int64_t number, struct str stem)
{
	struct query *q = store_query(
	    paper->edition, SQL("INSERT INTO picture_use (story, number, stem)"
				" VALUES (?1, ?2, ?3)"));

	query_add_i64(q, story);
	query_add_i64(q, number);
	query_add_str(q, stem);
	return query_run(q, NULL);
}

/* While a story is put there anew, what its text had until now has the number
 * -1. */
static enum rc run_for(struct paper *paper, struct sql sql, int64_t story)
{
	struct query *q = store_query(paper->edition, sql);

	query_add_i64(q, story);
	return query_run(q, NULL);
}

enum { ALL_NUMBERS = -2 };

/* Readers lose the pictures that the story has under NUMBER and nobody else
 * has, or the story under another: what they keep of the files is dropped. */
static enum rc tell_lost(struct paper *paper, int64_t story, int64_t number)
{
	struct query *q = store_query(paper->edition,
	    SQL("SELECT stem FROM picture_use AS u WHERE story = ?1"
		" AND (number = ?2 OR ?2 = -2) AND NOT EXISTS (SELECT 1 FROM"
		" picture_use AS o WHERE o.stem = u.stem AND (o.story <> ?1"
		" OR (?2 <> -2 AND o.number <> ?2)))"));
	enum rc rc;

	query_add_i64(q, story);
	query_add_i64(q, number);
	while ((rc = query_step(q)) == RC_OK) {
		struct str tag = arena_printf(
		    paper->scratch, "picture:%.*s", STR_ARG(query_str(q, 0)));

		rc = tag.p ? edition_tell(paper, tag) : RC_NO_MEMORY;
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc set_aside(struct paper *paper, int64_t story)
{
	return run_for(paper,
	    SQL("UPDATE picture_use SET number = -1"
		" WHERE story = ?1 AND number = 0"),
	    story);
}

static enum rc drop_set_aside(struct paper *paper, int64_t story)
{
	enum rc rc = tell_lost(paper, story, -1);

	if (rc != RC_OK)
		return rc;
	rc = run_for(paper,
	    SQL("DELETE FROM picture WHERE stem IN (SELECT stem FROM"
		" picture_use WHERE story = ?1 AND number = -1) AND NOT EXISTS"
		" (SELECT 1 FROM picture_use AS u WHERE u.stem = picture.stem"
		" AND u.number >= 0)"),
	    story);

	return rc == RC_OK ? run_for(paper,
				 SQL("DELETE FROM picture_use WHERE story = ?1"
				     " AND number = -1"),
				 story)
			   : rc;
}

/* Readers get the sizes of those that lie in the folder by themselves. */
static enum rc show_by_hand(
    struct paper *paper, int64_t story, const struct fields *f)
{
	struct str names[LIBRARY_IN_STORY_MAX];
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!paper->picture_fn)
		return RC_OK;
	add_all(f->v[FIELD_PICTURE], library_by_hand, names, &n);
	add_all(f->v[FIELD_BODY], library_by_hand, names, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct library_picture p = {
		    .stem = names[i], .files = {.whole_n = 1}};
		struct library_size *size = &p.files.whole[0];

		if (!paper->picture_fn(paper->picture_ctx, names[i],
			&size->width, &size->height))
			continue;
		rc = put_public(paper, &p);
		if (rc == RC_OK)
			rc = note_public(paper, story, 0, names[i]);
	}
	return rc;
}

enum rc library_show(
    struct paper *paper, int64_t story, const struct fields *f, bool is_new)
{
	struct str stems[LIBRARY_IN_STORY_MAX];
	size_t n = stems_of(f, stems);
	enum rc rc = is_new ? RC_OK : set_aside(paper, story);

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct library_picture picture;

		rc = find_stem(paper, paper->scratch, stems[i], &picture, NULL);
		if (rc == RC_OK)
			rc = put_public(paper, &picture);
		if (rc == RC_OK)
			rc = note_public(paper, story, 0, stems[i]);
		else if (rc == RC_NOT_FOUND)
			rc = RC_OK;
	}
	if (rc == RC_OK)
		rc = show_by_hand(paper, story, f);
	return rc == RC_OK && !is_new ? drop_set_aside(paper, story) : rc;
}

enum rc library_show_version(
    struct paper *paper, int64_t story, int64_t number, const struct fields *f)
{
	struct str stems[LIBRARY_IN_STORY_MAX];
	size_t n = stems_of(f, stems);
	struct query *q;
	enum rc rc = tell_lost(paper, story, number);

	must(number > 0);
	if (rc == RC_OK) {
		q = store_query(
		    paper->edition, SQL("DELETE FROM picture_use"
					" WHERE story = ?1 AND number = ?2"));
		query_add_i64(q, story);
		query_add_i64(q, number);
		rc = query_run(q, NULL);
	}
	for (size_t i = 0; rc == RC_OK && i < n; i++)
		rc = note_public(paper, story, number, stems[i]);
	return rc;
}

enum rc library_hide(struct paper *paper, int64_t story)
{
	enum rc rc = tell_lost(paper, story, ALL_NUMBERS);

	if (rc != RC_OK)
		return rc;
	rc = run_for(paper,
	    SQL("DELETE FROM picture WHERE stem IN (SELECT stem FROM"
		" picture_use WHERE story = ?1) AND NOT EXISTS (SELECT 1 FROM"
		" picture_use AS u WHERE u.stem = picture.stem"
		" AND u.story <> ?1)"),
	    story);

	return rc == RC_OK ? run_for(paper,
				 SQL("DELETE FROM picture_use"
				     " WHERE story = ?1"),
				 story)
			   : rc;
}

enum rc library_is_public(
    struct paper *paper, struct str stem, bool *ret_is_public, struct err *err)
{
	struct query *q = store_query(paper->edition,
	    SQL("SELECT EXISTS (SELECT 1 FROM picture_use WHERE stem = ?1)"));
	int64_t is_there = 0;
	enum rc rc;

	query_add_str(q, stem);
	rc = query_one(q, &is_there);
	if (rc != RC_OK)
		return store_fail(paper->edition, rc, "reading a picture", err);
	*ret_is_public = is_there != 0;
	return RC_OK;
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
	/* It may stand there, as any story may. */
	return rc == RC_OK ? edition_tell(paper, STR("front")) : rc;
}
