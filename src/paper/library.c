/* SPDX-License-Identifier: MIT
 *
 * The library of pictures; see library.h. What stories and readers have to do
 * with it is in library_use.c.
 */
#include "paper/library.h"

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
	MEDIUM = 1200,
	DAY_S = 24 * 60 * 60,
};

/* --- files --- */

static void put_size(struct buf *b, struct library_size size)
{
	buf_printf(b, "%ux%u", (unsigned)size.width, (unsigned)size.height);
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

	while (whole.n > 0 && files.whole_n < LIBRARY_WIDTHS_MAX &&
	       take_size(&whole, &files.whole[files.whole_n]))
		files.whole_n += files.whole[files.whole_n].width > 0;
	for (size_t i = 0; i < LIBRARY_SHAPES && packed.n > 0; i++)
		if (!take_size(&packed, &files.shapes[i]))
			break;
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
	*ret = p;
	return RC_OK;
}

#define COLUMNS                                                                \
	"id, hash, stem, name, kind, caption, credit, creator, alt, rights,"   \
	" expires, who, files, bytes, width, height, focus_x, focus_y,"        \
	" flags, added_us"

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

static void bind_words(struct query *q, const struct library_words *w)
{
	query_add_str(q, w->caption);
	query_add_str(q, w->credit);
	query_add_str(q, w->creator);
	query_add_str(q, w->alt);
	query_add_str(q, w->rights);
	query_add_str(q, w->expires);
	query_add_i64(q, w->focus_x);
	query_add_i64(q, w->focus_y);
}

static enum rc insert(struct paper *paper, const struct library_picture *p,
    const struct staff_by *by, int64_t *ret_id)
{
	struct str files = library_pack_files(paper->scratch, &p->files);
	struct query *q = store_query(paper->db,
	    SQL("INSERT INTO picture (caption, credit, creator, alt, rights,"
		" expires, focus_x, focus_y, hash, stem, name, kind, who,"
		" files, bytes, width, height, flags, added_us) VALUES (?1,"
		" ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
		" ?15, ?16, ?17, ?18, ?19)"));
	enum rc rc;

	bind_words(q, &p->words);
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
	rc = paper_end(paper, rc, "adding a picture", err);
	if (rc == RC_OK)
		*ret_id = id;
	return rc;
}

static enum rc update(
    struct paper *paper, int64_t id, const struct library_words *words)
{
	struct query *q = store_query(paper->db,
	    SQL("UPDATE picture SET caption = ?1, credit = ?2, creator = ?3,"
		" alt = ?4, rights = ?5, expires = ?6, focus_x = ?7,"
		" focus_y = ?8 WHERE id = ?9"));

	bind_words(q, words);
	query_add_i64(q, id);
	return query_run(q, NULL);
}

enum rc library_edit(struct paper *paper, int64_t id,
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
	if (rc == RC_OK)
		rc = update(paper, id, words);
	if (rc == RC_OK)
		rc = put_search(paper, id, old.name, words, old.who);
	if (rc == RC_OK)
		rc = log_change(paper, by, "picture-edit", id, STR(""));
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
		    SQL("SELECT " COLUMNS " FROM picture WHERE id IN (SELECT"
			" rowid FROM picture_find WHERE picture_find MATCH ?4)"
			" AND id < ?1 AND (?2 = '' OR (expires <> '' AND"
			" expires <= ?2)) ORDER BY id DESC LIMIT ?3"));
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
