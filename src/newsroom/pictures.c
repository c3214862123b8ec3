/* SPDX-License-Identifier: MIT
 *
 * The picture library: its list, one picture, and its words and focal point.
 * What is sent to it is in upload.c.
 */
#include "newsroom/pictures.h"

#include <string.h>

#include "newsroom/newsroom_priv.h"
#include "newsroom/upload.h"
#include "newsroom/visit.h"
#include "page/desk_pictures.h"
#include "page/json.h"

enum {
	PAGE_LENGTH = 48,
	USES_MOST = 100,
	CROPS_MS = 180 * 1000,
	PERCENT = 100,
	THOUSANDTHS = 10, /* of one percent */
};

/* --- the list --- */

static struct str page_url(
    struct visit *v, struct str query, bool is_ending, int64_t before)
{
	struct buf b;

	buf_init_arena(&b, v->a, VISIT_PAGE_MAX);
	buf_printf(&b, "/pictures?before=%lld", (long long)before);
	if (is_ending)
		buf_lit(&b, "&ending=1");
	if (query.n) {
		buf_lit(&b, "&q=");
		for (size_t i = 0; i < query.n; i++)
			buf_printf(&b, "%%%02X", (unsigned char)query.p[i]);
	}
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

struct str picture_thumb(struct arena *a, const struct library_picture *p)
{
	return arena_printf(a, "/pictures/%.*s-%u.jpg", STR_ARG(p->stem),
	    (unsigned)p->files.whole[0].width);
}

static void fill_thumb(
    struct visit *v, const struct library_picture *p, struct view_thumb *t)
{
	*t = (struct view_thumb){
	    .url = arena_printf(v->a, "/pictures/%lld", (long long)p->id),
	    .src = picture_thumb(v->a, p),
	    .width = p->files.whole[0].width,
	    .height = p->files.whole[0].height,
	    .caption = p->words.caption.n ? p->words.caption : p->name,
	    .alt = p->words.alt,
	    .credit = p->words.credit.n ? p->words.credit : p->words.creator,
	    .right =
		(enum view_right)library_right(p->words.expires, visit_day(v)),
	    .expires = p->words.expires,
	};
}

static enum rc list_pictures(struct visit *v, struct library_wish *wish,
    struct library_picture **ret_v, size_t *ret_n, struct err *err)
{
	struct str text = visit_query(v, STR("q"));
	struct str before = visit_query(v, STR("before"));
	uint64_t id;

	*wish = (struct library_wish){
	    .text = str_trim(text),
	    .is_ending = visit_query(v, STR("ending")).n > 0,
	    .today = visit_day(v),
	    .before = INT64_MAX,
	    .limit = PAGE_LENGTH + 1,
	};
	if (str_u64(before, INT64_MAX, &id) == RC_OK)
		wish->before = (int64_t)id;
	return library_list(v->paper, v->a, wish, ret_v, ret_n, err);
}

void picture_json(
    struct visit *v, struct buf *b, const struct library_picture *p)
{
	buf_printf(b, "{\"id\":%lld,\"url\":", (long long)p->id);
	json_text(b, library_url(v->a, p->stem, &p->files));
	buf_lit(b, ",\"thumb\":");
	json_text(b, picture_thumb(v->a, p));
	buf_lit(b, ",\"name\":");
	json_text(b, p->name);
	buf_lit(b, ",\"alt\":");
	json_text(b, p->words.alt);
	buf_lit(b, ",\"caption\":");
	json_text(b, p->words.caption);
	buf_lit(b, ",\"credit\":");
	json_text(b, p->words.credit.n ? p->words.credit : p->words.creator);
	json_member(b, "rights", p->words.rights);
	json_member(b, "expires", p->words.expires);
	buf_printf(b,
	    ",\"width\":%u,\"height\":%u,\"had_place\":%s,"
	    "\"had_device\":%s}",
	    (unsigned)p->width, (unsigned)p->height,
	    p->had_place ? "true" : "false", p->had_device ? "true" : "false");
}

static struct entity *answer_json(
    struct visit *v, const struct library_picture *p, size_t n)
{
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	buf_lit(b, "{\"pictures\":[");
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_char(b, ',');
		picture_json(v, b, &p[i]);
	}
	buf_lit(b, "]}\n");
	return visit_json(v, 200, b);
}

struct entity *pictures_page(
    struct visit *v, unsigned status, struct view_desk_pictures *view)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_PICTURES);
	struct buf *b = visit_buf(v);
	struct library_wish wish;
	struct library_picture *p = NULL;
	struct view_thumb *thumbs;
	size_t n = 0;
	struct err err = {0};
	enum rc rc = list_pictures(v, &wish, &p, &n, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (n > PAGE_LENGTH) {
		n = PAGE_LENGTH;
		view->older =
		    page_url(v, wish.text, wish.is_ending, p[n - 1].id);
	}
	thumbs = ARENA_ARRAY(v->a, struct view_thumb, n);
	if (!thumbs || !b)
		return NULL;
	for (size_t i = 0; i < n; i++)
		fill_thumb(v, &p[i], &thumbs[i]);
	view->v = thumbs;
	view->n = n;
	view->query = wish.text;
	view->is_ending = wish.is_ending;
	if (wish.before != INT64_MAX)
		view->newer = STR("/pictures");
	desk.script = visit_static(v, STR("pictures.js"));
	desk_pictures(b, &desk, view);
	return visit_page(v, status, b);
}

static struct entity *show_pictures(struct visit *v)
{
	struct view_desk_pictures view = {0};
	struct library_wish wish;
	struct library_picture *p = NULL;
	size_t n = 0;
	struct err err = {0};
	enum rc rc;

	if (!v->is_json && !str_eq(visit_query(v, STR("format")), STR("json")))
		return pictures_page(v, 200, &view);
	v->is_json = true;
	rc = list_pictures(v, &wish, &p, &n, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	return answer_json(v, p, n < PAGE_LENGTH ? n : PAGE_LENGTH);
}

/* --- one --- */

static enum rc fill_uses(struct visit *v, int64_t id,
    struct view_desk_picture *view, struct err *err)
{
	struct library_use *uses;
	struct view_picture_use *links;
	size_t n;
	enum rc rc =
	    library_uses(v->paper, v->a, id, USES_MOST, &uses, &n, err);

	if (rc != RC_OK)
		return rc;
	links = ARENA_ARRAY(v->a, struct view_picture_use, n);
	if (!links)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		links[i] = (struct view_picture_use){
		    .url = arena_printf(
			v->a, "/stories/%lld", (long long)uses[i].story),
		    .headline = uses[i].headline,
		    .is_public = uses[i].is_public};
	view->uses = links;
	view->uses_n = n;
	return RC_OK;
}

static void fill_shapes(struct visit *v, const struct library_picture *p,
    struct view_desk_picture *view)
{
	static const char *const names[LIBRARY_SHAPES] = {"1x1", "4x3", "16x9"};

	for (size_t i = 0; i < LIBRARY_SHAPES; i++)
		if (p->files.shapes[i].width)
			view->shapes[i] =
			    arena_printf(v->a, "/pictures/%.*s-%s.jpg",
				STR_ARG(p->stem), names[i]);
}

static struct entity *picture_page(struct visit *v, unsigned status,
    const struct library_picture *p, enum msg done, enum msg expires_fault)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_PICTURES);
	const struct library_words *w = &p->words;
	struct view_desk_picture view = {
	    .url = arena_printf(v->a, "/pictures/%lld", (long long)p->id),
	    .src = library_url(v->a, p->stem, &p->files),
	    .name = p->name,
	    .kind = p->kind,
	    .who = p->who,
	    .added = visit_civil(v, p->added),
	    .bytes = p->bytes,
	    .width = p->width,
	    .height = p->height,
	    .had_place = p->had_place,
	    .had_device = p->had_device,
	    .caption = w->caption,
	    .credit = w->credit,
	    .creator = w->creator,
	    .alt = w->alt,
	    .rights = w->rights,
	    .expires = w->expires,
	    .focus_x = w->focus_x / THOUSANDTHS,
	    .focus_y = w->focus_y / THOUSANDTHS,
	    .expires_fault = expires_fault,
	    .right = (enum view_right)library_right(w->expires, visit_day(v)),
	};
	struct err err = {0};
	struct buf *b = visit_buf(v);
	enum rc rc = fill_uses(v, p->id, &view, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!b)
		return NULL;
	fill_shapes(v, p, &view);
	if (done != MSG_COUNT)
		desk.done = done;
	desk.has_faults = expires_fault != MSG_COUNT;
	desk.script = visit_static(v, STR("pictures.js"));
	desk_picture(b, &desk, &view);
	return visit_page(v, status, b);
}

static enum rc load(
    struct visit *v, struct library_picture *ret, struct err *err)
{
	int64_t id;
	enum rc rc = visit_id(v, 0, &id);

	return rc == RC_OK ? library_get(v->paper, v->a, id, ret, err) : rc;
}

static struct entity *show_picture(struct visit *v)
{
	struct library_picture p;
	struct err err = {0};
	enum rc rc = load(v, &p, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	return picture_page(v, 200, &p, MSG_COUNT, MSG_COUNT);
}

/* --- changes --- */

/* One paragraph: what is sent has no line of its own under a picture. */
static struct str clean(struct visit *v, struct str name)
{
	struct str s = str_trim(visit_field(v, name));
	char *p = arena_alloc(v->a, s.n);

	if (!p)
		return STR_NONE;
	for (size_t i = 0; i < s.n; i++)
		p[i] = (unsigned char)s.p[i] < 0x20 ? ' ' : s.p[i];
	return (struct str){p, s.n};
}

static enum rc read_percent(struct visit *v, struct str name, uint16_t *ret)
{
	uint64_t n;
	enum rc rc = str_u64(str_trim(visit_field(v, name)), PERCENT, &n);

	if (rc == RC_OK)
		*ret = (uint16_t)(n * THOUSANDTHS);
	return rc;
}

struct recrop {
	struct visit *v;
	struct library_picture picture;
};

static void recropped(
    void *ctx, enum rc rc, const struct contact_sheet *sheet, const char *why)
{
	struct recrop *r = ctx;
	struct visit *v = r->v;
	struct str url =
	    arena_printf(v->a, "/pictures/%lld", (long long)r->picture.id);

	(void)sheet;
	if (rc == RC_OK) {
		visit_answer(v, visit_done(v, url, STR("saved")));
		return;
	}
	v->n->config.say(v->n->config.ctx, why);
	visit_answer(v, picture_page(v, 200, &r->picture,
			    MSG_PICTURE_CROPS_LATER, MSG_COUNT));
}

/* The words are saved; now the cuts follow the focal point. */
static struct entity *recrop(
    struct visit *v, const struct library_picture *picture)
{
	struct darkroom *darkroom = &v->n->config.darkroom;
	struct recrop *r = ARENA_NEW(v->a, struct recrop);
	const struct darkroom_ask ask = {
	    .hash = picture->hash,
	    .stem = picture->stem,
	    .focus = {picture->words.focus_x, picture->words.focus_y},
	};

	if (!r)
		return NULL;
	*r = (struct recrop){v, *picture};
	if (!visit_later(v, CROPS_MS))
		return picture_page(
		    v, 200, picture, MSG_PICTURE_CROPS_LATER, MSG_COUNT);
	if (darkroom->develop(darkroom->ctx, &ask, recropped, r) != RC_OK)
		recropped(r, RC_BUSY, NULL, "the darkroom is busy");
	return NULL;
}

static struct entity *save_picture(struct visit *v)
{
	struct library_picture p;
	struct library_words words = {
	    .caption = clean(v, STR("caption")),
	    .credit = clean(v, STR("credit")),
	    .creator = clean(v, STR("creator")),
	    .alt = clean(v, STR("alt")),
	    .rights = clean(v, STR("rights")),
	    .expires = clean(v, STR("expires")),
	};
	struct staff_by by = visit_by(v);
	struct err err = {0};
	bool is_moved;
	enum rc rc = load(v, &p, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (arena_is_spent(v->a))
		return NULL;
	if (read_percent(v, STR("x"), &words.focus_x) != RC_OK ||
	    read_percent(v, STR("y"), &words.focus_y) != RC_OK)
		return visit_status(v, 400);
	is_moved = words.focus_x != p.words.focus_x ||
		   words.focus_y != p.words.focus_y;
	p.words = words;
	if (words.expires.n && !library_is_date(words.expires))
		return picture_page(
		    v, 422, &p, MSG_COUNT, MSG_PICTURE_EXPIRES_FAULT);
	rc = library_edit(v->paper, p.id, &words, &by, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!is_moved)
		return visit_done(v,
		    arena_printf(v->a, "/pictures/%lld", (long long)p.id),
		    STR("saved"));
	v->n->config.show(v->n->config.ctx);
	return recrop(v, &p);
}

/* --- files --- */

/* "STEM-800.avif": nothing that could lead out of the folder. */
static struct str type_of(struct str name)
{
	struct str ending;

	for (size_t i = 0; i < name.n; i++)
		if (!ascii_is_alpha(name.p[i]) && !ascii_is_digit(name.p[i]) &&
		    name.p[i] != '-' && name.p[i] != '.')
			return STR_NONE;
	ending = str_from(name, str_find_last(name, '.'));
	if (str_eq(ending, STR(".jpg")))
		return STR("image/jpeg");
	if (str_eq(ending, STR(".webp")))
		return STR("image/webp");
	return str_eq(ending, STR(".avif")) ? STR("image/avif") : STR_NONE;
}

struct entity *picture_find(struct newsroom *n, struct str path)
{
	struct darkroom *darkroom = &n->config.darkroom;
	struct arena *a;
	struct entity *e = NULL;
	struct str name, type, bytes;

	if (!library_stem(path).p)
		return NULL;
	name = str_from(path, strlen("/pictures/"));
	type = type_of(name);
	if (!type.n)
		return NULL;
	a = arena_new(RENDITION_ARENA);
	if (darkroom->read(darkroom->ctx, a, name, &bytes) == RC_OK)
		e = entity_new(&(struct entity_spec){.status = 200,
		    .type = type,
		    .cache = STR("private, no-cache"),
		    .extra =
			STR("Cross-Origin-Resource-Policy: same-origin\r\n"),
		    .modified = INSTANT_NEVER,
		    .body = bytes});
	arena_free(a);
	return e;
}

static const struct route routes[] = {
    {HTTP_GET, "/pictures", RIGHT_PICTURES, 0, "", show_pictures},
    {HTTP_POST, "/pictures/upload", RIGHT_PICTURES, ROUTE_RAW, "", take_upload},
    {HTTP_GET, "/pictures/:id", RIGHT_PICTURES, 0, "", show_picture},
    {HTTP_POST, "/pictures/:id/save", RIGHT_PICTURES, ROUTE_SHOWS,
	"caption credit creator alt rights expires x y", save_picture},
};

const struct route *routes_pictures(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
