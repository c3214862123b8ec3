/* SPDX-License-Identifier: MIT
 *
 * The library of pictures; see library.h. What stories and readers have to do
 * with it is in library_use.c.
 */
#include "paper/library.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "paper/audit.h"
#include "paper/library_priv.h"

enum {
	QUERY_BYTES = 4096,
	FOCUS_MAX = 1000,
	SEARCHED_BYTES = 6 * LIBRARY_TEXT_MAX,
	LOGGED_BYTES = 16 * LIBRARY_TEXT_MAX, /* old and new */
	MEDIUM = 1200,
	DAY_S = 24 * 60 * 60,
	COMING_MOST = 1000,
};

/* --- files --- */

static void put_size(struct buf *b, struct library_size size)
{
	buf_printf(b, "%ux%u", (unsigned)size.width, (unsigned)size.height);
}

static bool has_cuts(const struct library_files *files)
{
	bool has = false;

	for (size_t i = 0; i < LIBRARY_SHAPES; i++) {
		must(files->cuts[i].n <= LIBRARY_CUT_WIDTHS);
		has = has || files->cuts[i].n > 0;
	}
	return has;
}

struct str library_pack_files(
    struct arena *a, const struct library_files *files)
{
	struct buf b;

	must(files->whole_n <= LIBRARY_WIDTHS_MAX);
	buf_init_arena(&b, a, QUERY_BYTES);
	for (size_t i = 0; i < files->whole_n; i++) {
		if (i)
			buf_char(&b, ' ');
		put_size(&b, files->whole[i]);
	}
	buf_char(&b, ';');
	for (size_t i = 0; i < LIBRARY_SHAPES; i++) {
		if (i)
			buf_char(&b, ' ');
		put_size(&b, files->shapes[i]);
	}
	for (size_t i = 0; has_cuts(files) && i < LIBRARY_SHAPES; i++) {
		buf_char(&b, ';');
		for (size_t k = 0; k < files->cuts[i].n; k++) {
			if (k)
				buf_char(&b, ' ');
			put_size(&b, files->cuts[i].v[k]);
		}
	}
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

static bool take_size(struct str *rest, struct library_size *ret)
{
	struct str s = str_cut(rest, ' ');
	struct str width = str_cut(&s, 'x');
	uint64_t w, h;

	if (str_u64(width, 65535, &w) != RC_OK ||
	    str_u64(s, 65535, &h) != RC_OK)
		return false;
	*ret = (struct library_size){(uint32_t)w, (uint32_t)h};
	return true;
}

struct library_files library_unpack_files(struct str packed)
{
	struct library_files files = {0};
	struct str whole = str_cut(&packed, ';');
	struct str shapes = str_cut(&packed, ';');

	while (whole.n > 0 && files.whole_n < LIBRARY_WIDTHS_MAX &&
	       take_size(&whole, &files.whole[files.whole_n]))
		files.whole_n += files.whole[files.whole_n].width > 0;
	for (size_t i = 0; i < LIBRARY_SHAPES && shapes.n > 0; i++)
		if (!take_size(&shapes, &files.shapes[i]))
			break;
	for (size_t i = 0; i < LIBRARY_SHAPES && packed.n > 0; i++) {
		struct str cut = str_cut(&packed, ';');
		struct library_cut_files *c = &files.cuts[i];
		struct library_size size;

		while (cut.n > 0 && c->n < LIBRARY_CUT_WIDTHS &&
		       take_size(&cut, &size))
			if (size.width > 0)
				c->v[c->n++] = size;
	}
	return files;
}

struct str library_url(
    struct arena *a, struct str stem, const struct library_files *files)
{
	uint32_t width = 0;

	for (size_t i = 0; i < files->whole_n; i++)
		if (i == 0 || files->whole[i].width <= MEDIUM)
			width = files->whole[i].width;
	return arena_printf(
	    a, "/pictures/%.*s-%u.jpg", STR_ARG(stem), (unsigned)width);
}

/* --- dates --- */

/* RC_INVALID: S is no day. */
static enum rc day_of(struct str s, int64_t *ret_day)
{
	struct civil c;
	enum rc rc = s.n == 10 ? civil_parse(s, &c) : RC_INVALID;

	if (rc == RC_OK)
		*ret_day = civil_days(c.year, c.month, c.day);
	return rc;
}

bool library_is_date(struct str s)
{
	int64_t day;

	return day_of(s, &day) == RC_OK;
}

enum library_right library_right(struct str expires, struct str today)
{
	int64_t end, now;

	if (day_of(expires, &end) != RC_OK || day_of(today, &now) != RC_OK)
		return LIBRARY_RIGHT_OPEN;
	if (end < now)
		return LIBRARY_RIGHT_OVER;
	return end - now <= LIBRARY_SOON_DAYS ? LIBRARY_RIGHT_SOON
					      : LIBRARY_RIGHT_FAR;
}

/* The day LIBRARY_SOON_DAYS behind TODAY. */
static struct str soon_of(struct arena *a, struct str today)
{
	int64_t day;
	struct civil c;

	if (day_of(today, &day) != RC_OK)
		return STR("");
	c = civil_at(INSTANT_OF_S((day + LIBRARY_SOON_DAYS) * DAY_S), 0);
	return arena_printf(a, "%04d-%02u-%02u", (int)c.year, (unsigned)c.month,
	    (unsigned)c.day);
}

/* --- cuts --- */

/* "100 50 600;;0 0 1000": a part for each shape that was cut by hand. */
static struct str pack_cuts(struct arena *a, const struct library_words *w)
{
	struct buf b;
	bool has = false;

	buf_init_arena(&b, a, QUERY_BYTES);
	for (size_t i = 0; i < LIBRARY_SHAPES; i++) {
		const struct library_cut *cut = &w->cuts[i];

		must(cut->left <= FOCUS_MAX && cut->top <= FOCUS_MAX &&
		     cut->width <= FOCUS_MAX);
		if (i)
			buf_char(&b, ';');
		if (cut->width)
			buf_printf(
			    &b, "%u %u %u", cut->left, cut->top, cut->width);
		has = has || cut->width;
	}
	if (buf_rc(&b) != RC_OK)
		return STR_NONE;
	return has ? buf_str(&b) : STR("");
}

static uint16_t take_part(struct str *s)
{
	uint64_t n = 0;

	return str_u64(str_cut(s, ' '), FOCUS_MAX, &n) == RC_OK ? (uint16_t)n
								: 0;
}

static void unpack_cuts(struct str s, struct library_words *w)
{
	for (size_t i = 0; i < LIBRARY_SHAPES && s.n > 0; i++) {
		struct str part = str_cut(&s, ';');

		w->cuts[i].left = take_part(&part);
		w->cuts[i].top = take_part(&part);
		w->cuts[i].width = take_part(&part);
	}
}

/* --- rows --- */

static enum rc read_picture(
    struct query *q, struct arena *a, struct library_picture *ret)
{
	struct library_picture p = {.id = query_i64(q, 0)};
	struct str files;
	struct str *const texts[] = {&p.hash, &p.stem, &p.name, &p.kind,
	    &p.words.caption, &p.words.credit, &p.words.creator, &p.words.alt,
	    &p.words.rights, &p.words.expires, &p.who, &files};

	for (int i = 0; i < (int)(sizeof(texts) / sizeof(texts[0])); i++) {
		*texts[i] = query_copy(q, a, 1 + i);
		if (!texts[i]->p)
			return RC_NO_MEMORY;
	}
	p.files = library_unpack_files(files);
	p.bytes = query_i64(q, 13);
	p.width = (uint32_t)query_i64(q, 14);
	p.height = (uint32_t)query_i64(q, 15);
	p.words.focus_x = (uint16_t)query_i64(q, 16);
	p.words.focus_y = (uint16_t)query_i64(q, 17);
	p.had_place = query_i64(q, 18) & 1;
	p.had_device = query_i64(q, 18) & 2;
	p.added.us = query_i64(q, 19);
	p.revision = query_i64(q, 20);
	unpack_cuts(query_str(q, 21), &p.words);
	*ret = p;
	return RC_OK;
}

#define COLUMNS                                                                \
	"id, hash, stem, name, kind, caption, credit, creator, alt, rights,"   \
	" expires, who, files, bytes, width, height, focus_x, focus_y,"        \
	" flags, added_us, revision, cuts"

static enum rc read_one(struct paper *paper, struct query *q, struct arena *a,
    struct library_picture *ret_picture, struct err *err)
{
	struct library_picture picture;
	enum rc rc = query_step(q);

	if (rc == RC_OK)
		rc = read_picture(q, a, &picture);
	query_end(q);
	if (rc == RC_NOT_FOUND)
		return err_set(err, rc, "there is no such picture");
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "reading a picture", err);
	*ret_picture = picture;
	return RC_OK;
}

enum rc library_get(struct paper *paper, struct arena *a, int64_t id,
    struct library_picture *ret_picture, struct err *err)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT " COLUMNS " FROM picture WHERE id = ?1"));

	query_add_i64(q, id);
	return read_one(paper, q, a, ret_picture, err);
}

enum rc library_find_hash(struct paper *paper, struct arena *a, struct str hash,
    struct library_picture *ret_picture, struct err *err)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT " COLUMNS " FROM picture WHERE hash = ?1"));

	query_add_str(q, hash);
	return read_one(paper, q, a, ret_picture, err);
}

/* --- changes --- */

static enum rc check_words(const struct library_words *w, struct err *err)
{
	const struct str texts[] = {
	    w->caption, w->credit, w->creator, w->alt, w->rights};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (texts[i].n > LIBRARY_TEXT_MAX)
			return err_set(err, RC_LIMIT,
			    "a text of a picture is longer than %d bytes",
			    LIBRARY_TEXT_MAX);
	if (w->expires.n > 0 && !library_is_date(w->expires))
		return err_set(err, RC_INVALID,
		    "the day on which rights end is no date; write it as "
		    "2027-01-31");
	must(w->focus_x <= FOCUS_MAX && w->focus_y <= FOCUS_MAX);
	return RC_OK;
}

/* What is searched for a picture. */
static enum rc put_search(struct paper *paper, int64_t id, struct str name,
    const struct library_words *w, struct str who)
{
	struct query *q = store_query(paper->db, SQL("DELETE FROM picture_find"
						     " WHERE rowid = ?1"));
	struct buf b;
	enum rc rc;

	query_add_i64(q, id);
	rc = query_run(q, NULL);
	buf_init_arena(&b, paper->scratch, SEARCHED_BYTES);
	buf_add(&b, w->caption);
	buf_char(&b, '\n');
	buf_add(&b, w->credit);
	buf_char(&b, '\n');
	buf_add(&b, w->creator);
	buf_char(&b, '\n');
	buf_add(&b, w->alt);
	buf_char(&b, '\n');
	buf_add(&b, w->rights);
	buf_char(&b, '\n');
	buf_add(&b, name);
	buf_char(&b, '\n');
	buf_add(&b, who);
	if (rc == RC_OK)
		rc = buf_rc(&b);
	if (rc != RC_OK)
		return rc;
	q = store_query(paper->db,
	    SQL("INSERT INTO picture_find (rowid, words) VALUES (?1, ?2)"));
	query_add_i64(q, id);
	query_add_str(q, buf_str(&b));
	return query_run(q, NULL);
}

static enum rc log_change(struct paper *paper, const struct staff_by *by,
    const char *what, int64_t id, struct str detail)
{
	struct str about =
	    arena_printf(paper->scratch, "picture %lld", (long long)id);

	return audit_put(paper, &(struct audit_entry){.at = by->now,
				    .staff = by->id,
				    .name = by->name,
				    .what = str_of(what),
				    .about = about,
				    .detail = detail});
}

/* --- files without a row --- */

static enum rc note_coming(
    struct paper *paper, const struct library_files_of *files)
{
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO picture_coming (stem, hash) VALUES (?1, ?2)"));

	query_add_str(q, files->stem);
	query_add_str(q, files->hash);
	return query_run(q, NULL);
}

static enum rc forget_coming(struct paper *paper, struct str stem)
{
	struct query *q = store_query(
	    paper->db, SQL("DELETE FROM picture_coming WHERE stem = ?1"));

	query_add_str(q, stem);
	return query_run(q, NULL);
}

enum rc library_expect(struct paper *paper, const struct library_files_of *v,
    size_t n, struct err *err)
{
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		must(v[i].hash.n == LIBRARY_HASH);
		must(v[i].stem.n == LIBRARY_STEM);
		rc = note_coming(paper, &v[i]);
	}
	return paper_end(paper, rc, "expecting pictures", err);
}

enum rc library_needs(struct paper *paper, const struct library_files_of *files,
    bool *ret_is_needed, struct err *err)
{
	struct query *q = store_query(paper->db,
	    SQL("SELECT EXISTS (SELECT 1 FROM picture WHERE hash = ?1"
		" AND stem <> ?2) OR EXISTS (SELECT 1 FROM picture_coming"
		" WHERE hash = ?1 AND stem <> ?2)"));
	int64_t is_needed = 1;
	enum rc rc;

	query_add_str(q, files->hash);
	query_add_str(q, files->stem);
	rc = query_one(q, &is_needed);
	if (rc != RC_OK)
		return store_fail(paper->db, rc, "reading a picture", err);
	*ret_is_needed = is_needed != 0;
	return RC_OK;
}

enum rc library_settle(struct paper *paper, struct str stem, struct err *err)
{
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	return paper_end(
	    paper, forget_coming(paper, stem), "settling a picture", err);
}

enum rc library_coming(struct paper *paper, struct arena *a,
    struct library_files_of **ret_v, size_t *ret_n, struct err *err)
{
	struct library_files_of *v =
	    ARENA_ARRAY(a, struct library_files_of, COMING_MOST);
	struct query *q = store_query(
	    paper->db, SQL("SELECT stem, hash FROM picture_coming LIMIT ?1"));
	size_t n = 0;
	enum rc rc = v ? RC_OK : RC_NO_MEMORY;

	query_add_i64(q, COMING_MOST);
	while (
	    rc == RC_OK && n < COMING_MOST && (rc = query_step(q)) == RC_OK) {
		v[n].stem = query_copy(q, a, 0);
		v[n].hash = query_copy(q, a, 1);
		if (!v[n].stem.p || !v[n].hash.p)
			rc = RC_NO_MEMORY;
		n++;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(
		    paper->db, rc, "looking for unfinished pictures", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}

static enum rc forget_row(struct paper *paper, int64_t id)
{
	const struct sql all[] = {
	    SQL("DELETE FROM picture_was WHERE stem ="
		" (SELECT stem FROM picture WHERE id = ?1)"),
	    SQL("DELETE FROM picture WHERE id = ?1"),
	    SQL("DELETE FROM picture_find WHERE rowid = ?1"),
	    SQL("DELETE FROM picture_owed WHERE picture = ?1"),
	    SQL("DELETE FROM picture_use WHERE picture = ?1")};
	enum rc rc = RC_OK;

	for (size_t i = 0; rc == RC_OK && i < sizeof(all) / sizeof(all[0]);
	     i++) {
		struct query *q = store_query(paper->db, all[i]);

		query_add_i64(q, id);
		rc = query_run(q, NULL);
	}
	return rc;
}

enum rc library_sender(
    struct paper *paper, int64_t id, int64_t *ret_staff, struct err *err)
{
	char about[40];
	int64_t staff = 0;
	struct query *q;
	enum rc rc;

	/* Two people may have one name; the log knows the account. */
	snprintf(about, sizeof(about), "picture %lld", (long long)id);
	q = store_query(
	    paper->db, SQL("SELECT staff FROM audit WHERE what = 'picture-add'"
			   " AND about = ?1 ORDER BY seq DESC LIMIT 1"));
	query_add_str(q, str_of(about));
	rc = query_one(q, &staff);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "reading a picture", err);
	*ret_staff = staff;
	return RC_OK;
}

enum rc library_remove(
    struct paper *paper, int64_t id, const struct staff_by *by, struct err *err)
{
	struct library_picture p;
	struct library_uses uses = {0};
	enum rc rc = paper_begin(paper, err);

	if (rc != RC_OK)
		return rc;
	rc = library_get(paper, paper->scratch, id, &p, err);
	if (rc == RC_OK)
		rc = library_uses(paper, paper->scratch, &p, 1, &uses, err);
	if (rc == RC_OK && uses.n > 0)
		rc = err_set(err, RC_BUSY, "a story has this picture");
	if (rc == RC_OK)
		rc = forget_row(paper, id);
	if (rc == RC_OK)
		rc = note_coming(
		    paper, &(struct library_files_of){p.stem, p.hash});
	if (rc == RC_OK)
		rc = log_change(paper, by, "picture-remove", id, p.name);
	return paper_end(paper, rc, "removing a picture", err);
}

static void bind_words(
    struct query *q, const struct library_words *w, struct str cuts)
{
	query_add_str(q, w->caption);
	query_add_str(q, w->credit);
	query_add_str(q, w->creator);
	query_add_str(q, w->alt);
	query_add_str(q, w->rights);
	query_add_str(q, w->expires);
	query_add_i64(q, w->focus_x);
	query_add_i64(q, w->focus_y);
	query_add_str(q, cuts);
}

static enum rc insert(struct paper *paper, const struct library_picture *p,
    const struct staff_by *by, int64_t *ret_id)
{
	struct str files = library_pack_files(paper->scratch, &p->files);
	struct str cuts = pack_cuts(paper->scratch, &p->words);
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO picture (caption, credit, creator, alt, rights,"
		" expires, focus_x, focus_y, cuts, hash, stem, name, kind,"
		" who, files, bytes, width, height, flags, added_us) VALUES"
		" (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
		" ?14, ?15, ?16, ?17, ?18, ?19, ?20)"));
	enum rc rc;

	bind_words(q, &p->words, cuts.p ? cuts : STR(""));
	query_add_str(q, p->hash);
	query_add_str(q, p->stem);
	query_add_str(q, p->name);
	query_add_str(q, p->kind);
	query_add_str(q, by->name);
	query_add_str(q, files.p ? files : STR(""));
	query_add_i64(q, p->bytes);
	query_add_i64(q, p->width);
	query_add_i64(q, p->height);
	query_add_i64(q, (p->had_place ? 1 : 0) | (p->had_device ? 2 : 0));
	query_add_i64(q, by->now.us);
	rc = query_run(q, NULL);
	if (rc != RC_OK)
		return rc;
	return query_one(
	    store_query(paper->db, SQL("SELECT max(id) FROM picture")), ret_id);
}

enum rc library_add(struct paper *paper, const struct library_picture *picture,
    const struct staff_by *by, int64_t *ret_id, struct err *err)
{
	struct library_picture p = *picture;
	int64_t id = 0;
	enum rc rc = check_words(&p.words, err);

	must(p.hash.n == LIBRARY_HASH && p.stem.n == LIBRARY_STEM);
	p.name = utf8_head(p.name, LIBRARY_NAME_MAX);
	if (rc == RC_OK)
		rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	rc = insert(paper, &p, by, &id);
	if (rc == RC_OK)
		rc = put_search(paper, id, p.name, &p.words, by->name);
	if (rc == RC_OK)
		rc = log_change(paper, by, "picture-add", id, p.name);
	if (rc == RC_OK)
		rc = forget_coming(paper, p.stem);
	rc = paper_end(paper, rc, "adding a picture", err);
	if (rc == RC_OK)
		*ret_id = id;
	return rc;
}

static enum rc update(
    struct paper *paper, int64_t id, const struct library_words *words)
{
	struct str cuts = pack_cuts(paper->scratch, words);
	struct query *q = store_query(paper->db,
	    SQL("UPDATE picture SET caption = ?1, credit = ?2, creator = ?3,"
		" alt = ?4, rights = ?5, expires = ?6, focus_x = ?7,"
		" focus_y = ?8, cuts = ?9, revision = revision + 1"
		" WHERE id = ?10"));

	bind_words(q, words, cuts.p ? cuts : STR(""));
	query_add_i64(q, id);
	return query_run(q, NULL);
}

/* What people write of a picture, by name. */
enum { TEXTS = 6 };
static const char *const text_names[TEXTS] = {
    "caption", "credit", "creator", "alt", "rights", "expires"};

static void list_texts(const struct library_words *w, struct str v[TEXTS])
{
	v[0] = w->caption;
	v[1] = w->credit;
	v[2] = w->creator;
	v[3] = w->alt;
	v[4] = w->rights;
	v[5] = w->expires;
}

static bool are_cuts_same(
    const struct library_words *a, const struct library_words *b)
{
	for (size_t i = 0; i < LIBRARY_SHAPES; i++)
		if (a->cuts[i].left != b->cuts[i].left ||
		    a->cuts[i].top != b->cuts[i].top ||
		    a->cuts[i].width != b->cuts[i].width)
			return false;
	return true;
}

bool library_words_same(
    const struct library_words *a, const struct library_words *b)
{
	struct str x[TEXTS], y[TEXTS];

	list_texts(a, x);
	list_texts(b, y);
	for (size_t i = 0; i < TEXTS; i++)
		if (!str_eq(x[i], y[i]))
			return false;
	return a->focus_x == b->focus_x && a->focus_y == b->focus_y &&
	       are_cuts_same(a, b);
}

/* 'caption: "The quay" -> "The mole"; ...' A row has little room, and the end
 * of a long text matters as much as its beginning: so there may be several. */
static enum rc log_words(struct paper *paper, const struct staff_by *by,
    int64_t id, const struct library_words *old,
    const struct library_words *words)
{
	struct str was[TEXTS], is[TEXTS], rest;
	struct buf b;
	enum rc rc = RC_OK;

	list_texts(old, was);
	list_texts(words, is);
	buf_init_arena(&b, paper->scratch, LOGGED_BYTES);
	for (size_t i = 0; i < TEXTS; i++)
		if (!str_eq(was[i], is[i]))
			buf_printf(&b, "%s%s: \"%.*s\" -> \"%.*s\"",
			    b.n ? "; " : "", text_names[i], STR_ARG(was[i]),
			    STR_ARG(is[i]));
	if (old->focus_x != words->focus_x || old->focus_y != words->focus_y)
		buf_printf(&b, "%sfocus: %u, %u -> %u, %u", b.n ? "; " : "",
		    old->focus_x, old->focus_y, words->focus_x, words->focus_y);
	if (!are_cuts_same(old, words)) {
		was[0] = pack_cuts(paper->scratch, old);
		is[0] = pack_cuts(paper->scratch, words);
		buf_printf(&b, "%scuts: \"%.*s\" -> \"%.*s\"", b.n ? "; " : "",
		    STR_ARG(was[0]), STR_ARG(is[0]));
	}
	if (buf_rc(&b) != RC_OK)
		return RC_NO_MEMORY;
	rest = buf_str(&b);
	do {
		struct str part = utf8_head(rest, AUDIT_TEXT_MAX);

		rc = log_change(paper, by, "picture-edit", id, part);
		rest = str_from(rest, part.n ? part.n : rest.n);
	} while (rc == RC_OK && rest.n > 0);
	return rc;
}

enum rc library_edit(struct paper *paper, int64_t id, int64_t base,
    const struct library_words *words, const struct staff_by *by,
    struct err *err)
{
	struct library_picture old;
	enum rc rc = check_words(words, err);

	if (rc == RC_OK)
		rc = paper_begin(paper, err);
	if (rc != RC_OK)
		return rc;
	rc = library_get(paper, paper->scratch, id, &old, err);
	if (rc == RC_OK && old.revision != base)
		rc = err_set(err, RC_EXISTS,
		    "somebody has changed this picture meanwhile");
	if (rc == RC_OK)
		rc = update(paper, id, words);
	if (rc == RC_OK)
		rc = put_search(paper, id, old.name, words, old.who);
	if (rc == RC_OK)
		rc = log_words(paper, by, id, &old.words, words);
	if (rc == RC_OK)
		rc = library_note_owed(paper, id, by->id);
	if (rc == RC_OK)
		rc = outbox_add(paper, OUTBOX_PICTURE, id, 0);
	return paper_end(paper, rc, "changing a picture", err);
}

/* --- lists --- */

static bool has_substance(struct str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (ascii_is_alpha(word.p[i]) || ascii_is_digit(word.p[i]) ||
		    (unsigned char)word.p[i] >= 0x80)
			return true;
	return false;
}

/* '"grey"* "quay"*': no word of a person is anything but a word there. */
static struct str search_of(struct arena *a, struct str text)
{
	struct buf b;
	unsigned n = 0;

	buf_init_arena(&b, a, QUERY_BYTES);
	while (text.n > 0 && n < LIBRARY_WORDS_MAX) {
		struct str word = str_cut(&text, ' ');

		if (!has_substance(word))
			continue;
		if (n++)
			buf_char(&b, ' ');
		buf_char(&b, '"');
		for (size_t i = 0; i < word.n; i++)
			buf_char(&b,
			    word.p[i] == '"' || (unsigned char)word.p[i] < 0x20
				? ' '
				: word.p[i]);
		buf_lit(&b, "\"*");
	}
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

static struct query *list_query(
    struct paper *paper, struct arena *a, const struct library_wish *wish)
{
	struct str search = search_of(a, wish->text);
	struct str soon = wish->is_ending ? soon_of(a, wish->today) : STR("");
	struct query *q;

	if (search.n > 0) {
		q = store_query(paper->db,
		    SQL("SELECT " COLUMNS " FROM picture_find CROSS JOIN"
			" picture ON id = picture_find.rowid"
			" WHERE picture_find MATCH ?4"
			" AND picture_find.rowid < ?1 AND (?2 = '' OR"
			" (expires <> '' AND expires <= ?2))"
			" ORDER BY picture_find.rowid DESC LIMIT ?3"));
	} else if (wish->is_ending) {
		q = store_query(paper->db,
		    SQL("SELECT " COLUMNS " FROM picture WHERE expires <> ''"
			" AND expires <= ?2 AND id < ?1"
			" ORDER BY id DESC LIMIT ?3"));
	} else {
		q = store_query(paper->db,
		    SQL("SELECT " COLUMNS " FROM picture WHERE id < ?1"
			" AND ?2 = '' ORDER BY id DESC LIMIT ?3"));
	}
	query_add_i64(q, wish->before);
	query_add_str(q, soon);
	query_add_i64(q, (int64_t)wish->limit);
	if (search.n > 0)
		query_add_str(q, search);
	return q;
}

enum rc library_list(struct paper *paper, struct arena *a,
    const struct library_wish *wish, struct library_picture **ret_v,
    size_t *ret_n, struct err *err)
{
	struct library_picture *v =
	    ARENA_ARRAY(a, struct library_picture, wish->limit);
	struct query *q = list_query(paper, a, wish);
	size_t n = 0;
	enum rc rc = v ? RC_OK : RC_NO_MEMORY;

	while (rc == RC_OK && n < wish->limit && (rc = query_step(q)) == RC_OK)
		rc = read_picture(q, a, &v[n++]);
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "listing pictures", err);
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}
