/* SPDX-License-Identifier: MIT
 *
 * Pictures that are sent. While the body is there, each file's head is read,
 * and it is kept under its hash if it may be a picture that is not known yet;
 * then they are developed one after the other. Names that come with files are
 * shown and never used.
 */
#include "newsroom/upload.h"

#include <sodium.h>
#include <string.h>

#include "base/utf8.h"
#include "http/multipart.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/owed.h"
#include "newsroom/pictures.h"
#include "newsroom/visit.h"
#include "page/desk_pictures.h"
#include "page/json.h"
#include "picture/develop.h"
#include "picture/sniff.h"

enum {
	FILES_MOST = 50,
	ANSWER_MS = 20 * 60 * 1000,
	FOCUS_MIDDLE = 500,
	HASH_BYTES = LIBRARY_HASH / 2,
	SWEEP_ARENA = 1024 * 1024,
};

struct upload_file {
	struct str name;
	char hash[LIBRARY_HASH + 1];
	int64_t bytes;
	char stem[LIBRARY_STEM + 1];
	struct library_picture picture; /* id 0: not yet, or not at all */
	bool was_known;
	bool is_expected; /* its files are noted as coming */
	struct str sent;  /* the bytes, while the form is read */
	enum msg refusal; /* MSG_COUNT: none */
};

struct upload {
	struct visit *v;
	size_t n, at;
	struct upload_file files[FILES_MOST];
};

static void next(struct upload *u);

/* --- what came --- */

static void refuse(
    struct upload *u, struct upload_file *f, enum msg why, const char *detail)
{
	f->refusal = why;
	if (detail[0])
		u->v->n->config.say(u->v->n->config.ctx, detail);
}

static enum msg refusal_of(enum rc rc)
{
	switch (rc) {
	case RC_INVALID:
		return MSG_PICTURE_BROKEN;
	case RC_LIMIT:
	case RC_NO_MEMORY:
		return MSG_PICTURE_TOO_HEAVY;
	case RC_NO_SPACE:
		return MSG_PICTURE_NO_ROOM;
	case RC_BUSY:
		return MSG_PICTURE_BUSY;
	default:
		return MSG_PICTURE_FAILED;
	}
}

/* The last part of a path, as some browsers of old send one; without what
 * could turn the letters around it. */
static struct str show_name(struct arena *a, struct str name)
{
	static const struct str marks[] = {STR_INIT("\u202a"),
	    STR_INIT("\u202b"), STR_INIT("\u202c"), STR_INIT("\u202d"),
	    STR_INIT("\u202e"), STR_INIT("\u2066"), STR_INIT("\u2067"),
	    STR_INIT("\u2068"), STR_INIT("\u2069"), STR_INIT("\u200e"),
	    STR_INIT("\u200f")};
	struct buf b;

	for (size_t i = name.n; i-- > 0;)
		if (name.p[i] == '/' || name.p[i] == '\\') {
			name = str_from(name, i + 1);
			break;
		}
	name = utf8_head(name, LIBRARY_NAME_MAX);
	buf_init_arena(&b, a, LIBRARY_NAME_MAX + 1);
	while (name.n > 0) {
		size_t skip = 0;

		for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
			if (str_starts(name, marks[i]))
				skip = marks[i].n;
		if (skip == 0)
			buf_char(&b,
			    (unsigned char)name.p[0] < 0x20 || name.p[0] == 0x7f
				? ' '
				: name.p[0]);
		name = str_from(name, skip ? skip : 1);
	}
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR("");
}

static void hash_file(struct upload_file *f, struct str bytes)
{
	unsigned char hash[HASH_BYTES];

	crypto_generichash(hash, sizeof(hash), (const unsigned char *)bytes.p,
	    bytes.n, NULL, 0);
	sodium_bin2hex(f->hash, sizeof(f->hash), hash, sizeof(hash));
}

/* 26 times 5 bits by chance. */
static void make_stem(struct upload *u, char ret[LIBRARY_STEM + 1])
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz234567";
	unsigned char bytes[LIBRARY_STEM];

	u->v->n->config.random(bytes, sizeof(bytes));
	for (size_t i = 0; i < LIBRARY_STEM; i++)
		ret[i] = letters[bytes[i] & 31];
	ret[LIBRARY_STEM] = '\0';
}

/* A picture of the library, if it is one already. */
static bool is_known(struct upload *u, struct upload_file *f)
{
	if (library_find_hash(u->v->paper, u->v->a, str_of(f->hash),
		&f->picture, NULL) != RC_OK)
		return false;
	f->was_known = true;
	return true;
}

/* Removes what there is of files that become no picture of their own: nothing
 * is half kept. Where even that fails, the next start of the newsroom does
 * it. */
static enum rc clear_away(
    struct newsroom *n, const struct library_files_of *files, struct err *err)
{
	struct darkroom *darkroom = &n->config.darkroom;
	bool is_needed = true;
	enum rc rc = library_needs(n->config.paper, files, &is_needed, err);

	if (rc != RC_OK)
		return rc;
	darkroom->discard(darkroom->ctx, files->stem);
	if (!is_needed)
		darkroom->drop(darkroom->ctx, files->hash);
	return library_settle(n->config.paper, files->stem, err);
}

static void abandon(struct upload *u, struct upload_file *f)
{
	const struct library_files_of files = {
	    str_of(f->stem), str_of(f->hash)};
	struct err err = {0};

	if (f->is_expected && clear_away(u->v->n, &files, &err) != RC_OK)
		u->v->n->config.say(u->v->n->config.ctx, err.why);
	f->is_expected = false;
}

static void abandon_all(struct upload *u)
{
	for (size_t i = 0; i < u->n; i++)
		abandon(u, &u->files[i]);
}

void upload_sweep(struct newsroom *n)
{
	struct arena *a = arena_new(SWEEP_ARENA);
	struct library_files_of *v;
	size_t count = 0;
	struct err err = {0};
	enum rc rc = library_coming(n->config.paper, a, &v, &count, &err);

	for (size_t i = 0; rc == RC_OK && i < count; i++)
		rc = clear_away(n, &v[i], &err);
	if (rc != RC_OK)
		n->config.say(n->config.ctx, err.why);
	arena_free(a);
}

void upload_clear(struct newsroom *n, const struct library_files_of *files)
{
	struct err err = {0};

	if (clear_away(n, files, &err) != RC_OK)
		n->config.say(n->config.ctx, err.why);
}

static void look_at(struct upload *u, struct upload_file *f, struct str bytes)
{
	struct picture_size size;
	enum rc rc = picture_sniff(bytes, &size);

	f->bytes = (int64_t)bytes.n;
	if (rc == RC_LIMIT || bytes.n > PICTURE_FILE_MAX) {
		refuse(u, f, MSG_PICTURE_TOO_LARGE, "");
		return;
	}
	if (rc != RC_OK) {
		refuse(u, f, MSG_PICTURE_NOT_ONE, "");
		return;
	}
	if (!picture_is_brief(bytes, size.kind)) {
		refuse(u, f, MSG_PICTURE_TOO_LONG, "");
		return;
	}
	if (!picture_is_whole(bytes, size.kind)) {
		refuse(u, f, MSG_PICTURE_BROKEN, "");
		return;
	}
	hash_file(f, bytes);
	if (is_known(u, f))
		return;
	make_stem(u, f->stem);
	f->sent = bytes;
}

/* Keeps the originals of all that may be pictures, having noted them first: so
 * that, should the power go, what nobody knows of is removed. */
static void keep_all(struct upload *u)
{
	struct darkroom *darkroom = &u->v->n->config.darkroom;
	struct library_files_of *v =
	    ARENA_ARRAY(u->v->a, struct library_files_of, u->n);
	struct err err = {0};
	size_t n = 0;
	enum rc rc = v ? RC_OK : RC_NO_MEMORY;

	for (size_t i = 0; rc == RC_OK && i < u->n; i++)
		if (u->files[i].sent.n)
			v[n++] = (struct library_files_of){
			    str_of(u->files[i].stem), str_of(u->files[i].hash)};
	if (rc == RC_OK && n > 0)
		rc = library_expect(u->v->paper, v, n, &err);
	for (size_t i = 0; i < u->n; i++) {
		struct upload_file *f = &u->files[i];
		enum rc kept = rc;

		if (!f->sent.n)
			continue;
		f->is_expected = rc == RC_OK;
		if (rc == RC_OK)
			kept = darkroom->keep(
			    darkroom->ctx, str_of(f->hash), f->sent, &err);
		f->sent = STR_NONE;
		if (kept != RC_OK) {
			refuse(u, f, refusal_of(kept), err.why);
			abandon(u, f);
		}
	}
}

/* 0, or the status with which the whole form is refused; WHY says why, if it
 * is not MSG_COUNT. */
static unsigned read_parts(struct upload *u, enum msg *ret_why)
{
	struct visit *v = u->v;
	struct http_multipart parts;
	struct str boundary;
	enum rc rc = http_multipart_boundary(v->r, &boundary);

	*ret_why = MSG_COUNT;
	if (rc == RC_NOT_FOUND)
		return 415;
	if (rc == RC_OK)
		rc = http_multipart_read(v->a, v->r->body, boundary, &parts);
	if (rc == RC_NO_MEMORY)
		return 503;
	if (rc == RC_LIMIT)
		*ret_why = MSG_PICTURE_TOO_MANY;
	if (rc != RC_OK)
		return rc == RC_LIMIT ? 422 : 400;
	for (size_t i = 0; i < parts.n; i++) {
		const struct http_part *part = &parts.v[i];

		if (!str_eq(part->name, STR("file")) || !part->file_name.p)
			return 400;
		/* What a browser sends where nothing was chosen. */
		if (part->file_name.n == 0 && part->bytes.n == 0)
			continue;
		if (u->n == FILES_MOST) {
			*ret_why = MSG_PICTURE_TOO_MANY;
			return 422;
		}
		u->files[u->n].refusal = MSG_COUNT;
		u->files[u->n].name = show_name(v->a, part->file_name);
		u->n++;
	}
	if (u->n == 0) {
		*ret_why = MSG_PICTURE_NO_FILE;
		return 422;
	}
	for (size_t i = 0, k = 0; i < parts.n; i++)
		if (parts.v[i].file_name.n || parts.v[i].bytes.n)
			look_at(u, &u->files[k++], parts.v[i].bytes);
	keep_all(u);
	return arena_is_spent(v->a) ? 503 : 0;
}

/* --- answers --- */

static void put_refused_json(struct upload *u, struct buf *b)
{
	bool is_first = true;

	buf_lit(b, "],\"refused\":[");
	for (size_t i = 0; i < u->n; i++) {
		const struct upload_file *f = &u->files[i];

		if (f->refusal == MSG_COUNT)
			continue;
		buf_lit(b, "");
		if (!is_first)
			buf_char(b, ',');
		is_first = false;
		buf_lit(b, "{\"name\":");
		json_text(b, f->name);
		buf_lit(b, ",\"message\":");
		json_text(b, desk_word(u->v->lang, f->refusal));
		buf_char(b, '}');
	}
	buf_lit(b, "]");
}

static struct entity *answer_json(struct upload *u, unsigned status)
{
	struct buf *b = visit_buf(u->v);
	const struct upload_file *refused = NULL;
	bool is_first = true;

	if (!b)
		return NULL;
	buf_lit(b, "{\"pictures\":[");
	for (size_t i = 0; i < u->n; i++) {
		const struct upload_file *f = &u->files[i];

		if (f->refusal != MSG_COUNT) {
			refused = refused ? refused : f;
			continue;
		}
		if (!is_first)
			buf_char(b, ',');
		is_first = false;
		picture_json(u->v, b, &f->picture);
		/* Behind what all pictures have. */
		buf_cut(b, b->n - 1);
		buf_printf(
		    b, ",\"known\":%s}", f->was_known ? "true" : "false");
	}
	put_refused_json(u, b);
	if (refused)
		json_member(
		    b, "message", desk_word(u->v->lang, refused->refusal));
	buf_lit(b, "}\n");
	return visit_json(u->v, status, b);
}

static unsigned status_of(const struct upload *u)
{
	unsigned status = 422;

	for (size_t i = 0; i < u->n; i++) {
		if (u->files[i].refusal == MSG_COUNT)
			return 200;
		if (u->files[i].refusal == MSG_PICTURE_NO_ROOM)
			status = 507;
		else if (u->files[i].refusal == MSG_PICTURE_BUSY)
			status = 503;
		else if (u->files[i].refusal == MSG_PICTURE_FAILED)
			status = 500;
	}
	return status;
}

static struct entity *answer_page(struct upload *u, unsigned status)
{
	struct view_desk_pictures view = {0};
	struct view_refused *refused =
	    ARENA_ARRAY(u->v->a, struct view_refused, u->n);

	if (!refused)
		return NULL;
	for (size_t i = 0; i < u->n; i++) {
		const struct upload_file *f = &u->files[i];

		if (f->refusal != MSG_COUNT)
			refused[view.refused_n++] =
			    (struct view_refused){f->name, f->refusal};
		else if (f->was_known)
			view.known_n++;
		else
			view.added_n++;
	}
	view.refused = refused;
	if (view.refused_n)
		return pictures_page(u->v, status == 200 ? 422 : status, &view);
	if (u->n > 1)
		return visit_done(
		    u->v, STR("/pictures"), STR("pictures-added"));
	return visit_done(u->v,
	    arena_printf(
		u->v->a, "/pictures/%lld", (long long)u->files[0].picture.id),
	    u->files[0].was_known ? STR("picture-known")
				  : STR("picture-added"));
}

static struct entity *answer(struct upload *u)
{
	unsigned status = status_of(u);

	return u->v->is_json ? answer_json(u, status) : answer_page(u, status);
}

/* The form as a whole is refused. */
static struct entity *answer_refusal(
    struct visit *v, unsigned status, enum msg why)
{
	struct view_refused refused = {STR(""), why};
	struct view_desk_pictures view = {.refused = &refused, .refused_n = 1};
	struct buf *b;

	if (why == MSG_COUNT)
		return visit_status(v, status);
	if (!v->is_json)
		return pictures_page(v, status, &view);
	b = visit_buf(v);
	if (!b)
		return NULL;
	buf_lit(b, "{\"pictures\":[],\"refused\":[]");
	json_member(b, "message", desk_word(v->lang, why));
	buf_lit(b, "}\n");
	return visit_json(v, status, b);
}

/* --- one after the other --- */

static struct library_picture picture_of(
    const struct upload_file *f, const struct contact_sheet *sheet)
{
	const struct picture_words *w = &sheet->words;
	return (struct library_picture){
	    .hash = str_of(f->hash),
	    .stem = str_of(f->stem),
	    .name = f->name,
	    .kind = str_of(picture_kind_name(sheet->size.kind)),
	    .bytes = f->bytes,
	    .width = sheet->size.width,
	    .height = sheet->size.height,
	    .words = {.caption = w->caption.n ? w->caption : w->headline,
		.credit = w->credit,
		.creator = w->creator,
		.alt = w->alt,
		.rights = w->rights,
		.expires = library_is_date(w->expires) ? w->expires : STR_NONE,
		.focus_x = FOCUS_MIDDLE,
		.focus_y = FOCUS_MIDDLE},
	    .files = owed_files(sheet),
	    .had_place = w->has_place,
	    .had_device = w->has_device,
	};
}

static void add(
    struct upload *u, struct upload_file *f, const struct contact_sheet *sheet)
{
	struct visit *v = u->v;
	struct library_picture p = picture_of(f, sheet);
	struct staff_by by = visit_by(v);
	struct err err = {0};
	struct staff sender;
	int64_t id;
	/* Who sent it may have been disabled on the way. */
	enum rc rc = staff_get(v->paper, v->a, v->who.id, &sender, &err);

	if (rc == RC_OK &&
	    (sender.is_disabled || !right_of_role(sender.role, RIGHT_PICTURES)))
		rc = RC_DENIED;
	if (rc == RC_OK)
		rc = library_add(v->paper, &p, &by, &id, &err);
	/* Another one has sent the same meanwhile: the files that were just
	 * made are one set too many. */
	if (rc == RC_EXISTS && is_known(u, f)) {
		abandon(u, f);
		return;
	}
	if (rc == RC_OK) {
		f->is_expected = false;
		rc = library_get(v->paper, v->a, id, &f->picture, &err);
	}
	if (rc != RC_OK)
		refuse(u, f, refusal_of(rc), err.why);
}

static void developed(
    void *ctx, enum rc rc, const struct contact_sheet *sheet, const char *why)
{
	struct upload *u = ctx;
	struct upload_file *f = &u->files[u->at];

	if (rc == RC_OK)
		add(u, f, sheet);
	else
		refuse(u, f, refusal_of(rc), why);
	if (f->refusal != MSG_COUNT)
		abandon(u, f);
	u->at++;
	next(u);
}

static void next(struct upload *u)
{
	struct darkroom *darkroom = &u->v->n->config.darkroom;

	for (; u->at < u->n; u->at++) {
		struct upload_file *f = &u->files[u->at];
		struct darkroom_ask ask = {.staff = u->v->who.id,
		    .focus = {FOCUS_MIDDLE, FOCUS_MIDDLE}};

		if (f->refusal != MSG_COUNT || f->picture.id)
			continue;
		if (is_known(u, f)) {
			abandon(u, f);
			continue;
		}
		ask.hash = str_of(f->hash);
		ask.stem = str_of(f->stem);
		if (darkroom->develop(darkroom->ctx, &ask, developed, u) ==
		    RC_OK)
			return;
		refuse(u, f, MSG_PICTURE_BUSY, "");
		abandon(u, f);
	}
	visit_answer(u->v, answer(u));
}

struct entity *take_upload(struct visit *v)
{
	struct upload *u = ARENA_NEW(v->a, struct upload);
	enum msg why;
	unsigned status;
	bool is_done = true;

	if (!u)
		return NULL;
	u->v = v;
	status = read_parts(u, &why);
	if (status) {
		abandon_all(u);
		return answer_refusal(v, status, why);
	}
	for (size_t i = 0; i < u->n; i++)
		is_done &= u->files[i].refusal != MSG_COUNT ||
			   u->files[i].picture.id != 0;
	if (is_done)
		return answer(u);
	if (!visit_later(v, ANSWER_MS)) {
		abandon_all(u);
		return visit_status(v, 503);
	}
	next(u);
	return NULL;
}
