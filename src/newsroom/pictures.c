/* SPDX-License-Identifier: MIT
 *
 * The picture library: its list and one picture. What is sent to it is in
 * upload.c, and how its words are changed in picture_save.c.
 */
#include "newsroom/pictures.h"

#include <string.h>

#include "newsroom/change.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/picture_told.h"
#include "newsroom/upload.h"
#include "newsroom/story.h"
#include "newsroom/visit.h"
#include "page/desk_pictures.h"
#include "page/json.h"

enum {
	PAGE_LENGTH = 48,
	USES_MOST = 100,
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

/* The person may know that the story is there: readers do, or its section is
 * theirs. */
static bool may_know(struct visit *v, int64_t id)
{
	struct paper_story story;

	return paper_show(v->paper, v->a, id, &story, NULL, NULL) == RC_OK &&
	       (story.status == PAPER_PUBLISHED ||
		   story_may(v, RIGHT_STORIES, &story));
}

static enum rc fill_uses(struct visit *v, const struct library_picture *p,
    struct view_desk_picture *view, struct err *err)
{
	struct library_uses uses;
	struct view_picture_use *links;
	enum rc rc = library_uses(v->paper, v->a, p, USES_MOST, &uses, err);

	if (rc != RC_OK)
		return rc;
	links = ARENA_ARRAY(v->a, struct view_picture_use, uses.n);
	if (!links)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < uses.n; i++) {
		if (!may_know(v, uses.v[i].story)) {
			view->is_used_elsewhere = true;
			continue;
		}
		links[view->uses_n++] = (struct view_picture_use){
		    .url = arena_printf(
			v->a, "/stories/%lld", (long long)uses.v[i].story),
		    .headline = uses.v[i].headline,
		    .is_public = uses.v[i].is_public,
		    .is_in_version = uses.v[i].is_in_version};
	}
	view->uses = links;
	return RC_OK;
}

static void fill_shapes(struct visit *v, const struct library_picture *p,
    struct view_desk_picture *view)
{
	static const char *const names[LIBRARY_SHAPES] = {"1x1", "4x3", "16x9"};

	for (size_t i = 0; i < LIBRARY_SHAPES; i++) {
		view->cuts[i].left = picture_cut_fields[i].left;
		view->cuts[i].top = picture_cut_fields[i].top;
		view->cuts[i].width = picture_cut_fields[i].width;
		if (p->files.shapes[i].width)
			view->shapes[i] =
			    arena_printf(v->a, "/pictures/%.*s-%s.jpg",
				STR_ARG(p->stem), names[i]);
	}
}

static struct view_picture_words words_of(const struct library_words *w)
{
	struct view_picture_words words = {
	    .caption = w->caption,
	    .credit = w->credit,
	    .creator = w->creator,
	    .alt = w->alt,
	    .rights = w->rights,
	    .expires = w->expires,
	    .focus_x = w->focus_x / THOUSANDTHS,
	    .focus_y = w->focus_y / THOUSANDTHS,
	};

	for (size_t i = 0; i < LIBRARY_SHAPES; i++)
		words.cuts[i] = (struct view_cut){
		    w->cuts[i].left, w->cuts[i].top, w->cuts[i].width};
	return words;
}

/* To be asked for the first time is no fault. */
static bool has_faults(const struct picture_notes *notes)
{
	return notes->expires_fault != MSG_COUNT || notes->fault != MSG_COUNT ||
	       (notes->told && notes->told->is_asked);
}

struct entity *picture_page(struct visit *v, unsigned status,
    const struct library_picture *p, const struct picture_notes *notes)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_PICTURES);
	const struct library_words *w = &p->words;
	struct view_picture_words meanwhile;
	struct view_cut_fields typed[VIEW_SHAPES];
	struct view_picture_told told;
	struct view_desk_picture view = {
	    .url = arena_printf(v->a, "/pictures/%lld", (long long)p->id),
	    .base = arena_printf(v->a, "%lld", (long long)p->revision),
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
	    .words = words_of(w),
	    .expires_fault = notes->expires_fault,
	    .fault = notes->fault,
	    .address = notes->address,
	    .wants_tick = notes->wants_tick,
	    .is_ticked = notes->is_ticked,
	    .right = (enum view_right)library_right(w->expires, visit_day(v)),
	};
	struct err err = {0};
	struct buf *b = visit_buf(v);
	enum rc rc = fill_uses(v, p, &view, &err);

	/* The answer to a save says so itself. */
	if (rc == RC_OK && notes->done == MSG_COUNT)
		rc = library_is_owed(v->paper, p->id, &view.is_owed, &err);
	if (rc == RC_OK && notes->told) {
		rc = picture_told_view(v, notes->told, &told, &err);
		view.told = &told;
	}
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!b)
		return NULL;
	if (notes->meanwhile) {
		meanwhile = words_of(notes->meanwhile);
		view.meanwhile = &meanwhile;
	}
	fill_shapes(v, p, &view);
	for (size_t i = 0; notes->typed && i < VIEW_SHAPES; i++) {
		const struct picture_cut_fields *t = &notes->typed[i];

		typed[i] = (struct view_cut_fields){t->left, t->top, t->width};
		view.typed = typed;
	}
	if (notes->done != MSG_COUNT)
		desk.done = notes->done;
	desk.has_faults = has_faults(notes);
	desk.script = visit_static(v, STR("pictures.js"));
	desk_picture(b, &desk, &view);
	return visit_page(v, status, b);
}

const struct picture_notes picture_plain = {
    .done = MSG_COUNT, .expires_fault = MSG_COUNT, .fault = MSG_COUNT};

enum rc picture_open(
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
	enum rc rc = picture_open(v, &p, &err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	return picture_page(v, 200, &p, &picture_plain);
}

/* --- changes --- */

/* A picture is removed with its original: by who sent it, or by an editor. */
static enum rc may_remove(
    struct visit *v, int64_t id, bool *ret_may, struct err *err)
{
	int64_t sender = 0;
	enum rc rc = RC_OK;

	if (!right_has_any(&v->who, RIGHT_EDIT))
		rc = library_sender(v->paper, id, &sender, err);
	*ret_may = right_has_any(&v->who, RIGHT_EDIT) || sender == v->who.id;
	return rc;
}

static struct entity *remove_picture(struct visit *v)
{
	struct picture_notes notes = picture_plain;
	bool may = false;
	struct library_picture p;
	struct staff_by by = visit_by(v);
	struct err err = {0};
	enum rc rc = picture_open(v, &p, &err);

	if (rc == RC_OK)
		rc = may_remove(v, p.id, &may, &err);
	if (rc == RC_OK && !may) {
		notes.fault = MSG_PICTURE_REMOVE_OTHERS;
		return picture_page(v, 403, &p, &notes);
	}
	if (rc == RC_OK)
		rc = library_remove(v->paper, p.id, &by, &err);
	/* The screen says which stories have it. */
	if (rc == RC_BUSY)
		return picture_page(v, 409, &p, &picture_plain);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	upload_clear(v->n, &(struct library_files_of){p.stem, p.hash});
	return visit_done(v, STR("/pictures"), STR("picture-removed"));
}

/* --- files --- */

/* Drawings may hold scripts: nothing runs in them. */
#define SAME_SITE "Cross-Origin-Resource-Policy: same-origin\r\n"
static const struct {
	struct str ending, type, extra;
} kinds[] = {
    {STR_INIT(".jpg"), STR_INIT("image/jpeg"), STR_INIT(SAME_SITE)},
    {STR_INIT(".jpeg"), STR_INIT("image/jpeg"), STR_INIT(SAME_SITE)},
    {STR_INIT(".webp"), STR_INIT("image/webp"), STR_INIT(SAME_SITE)},
    {STR_INIT(".avif"), STR_INIT("image/avif"), STR_INIT(SAME_SITE)},
    {STR_INIT(".png"), STR_INIT("image/png"), STR_INIT(SAME_SITE)},
    {STR_INIT(".gif"), STR_INIT("image/gif"), STR_INIT(SAME_SITE)},
    {STR_INIT(".svg"), STR_INIT("image/svg+xml"),
	STR_INIT(SAME_SITE "Content-Security-Policy: default-src 'none'; "
			   "style-src 'unsafe-inline'; sandbox\r\n")},
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

/* Which kind the file NAME is, if it is a name that leads nowhere else, as
 * readers' addresses have them ("STEM-800.avif"); KINDS: it is none. */
static size_t kind_of(struct str name)
{
	struct str ending = str_from(name, str_find_last(name, '.'));
	bool was_dot = true; /* none at the start */

	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];
		bool is_dot = c == '.';

		if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '-' &&
		    c != '_' && (!is_dot || was_dot))
			return KINDS;
		was_dot = is_dot;
	}
	for (size_t i = 0; i < KINDS; i++)
		if (str_eq(ending, kinds[i].ending))
			return i;
	return KINDS;
}

bool picture_is_file(struct str path)
{
	struct str folder = STR("/pictures/");

	return str_starts(path, folder) &&
	       kind_of(str_from(path, folder.n)) < KINDS;
}

struct entity *picture_file(struct visit *v, struct str name)
{
	struct darkroom *darkroom = &v->n->config.darkroom;
	size_t kind = kind_of(name);
	struct str bytes;

	if (kind == KINDS ||
	    darkroom->read(darkroom->ctx, v->a, name, &bytes) != RC_OK)
		return visit_missing(v);
	return entity_new(&(struct entity_spec){.status = 200,
	    .type = kinds[kind].type,
	    .cache = STR("private, no-cache"),
	    .extra = kinds[kind].extra,
	    .modified = INSTANT_NEVER,
	    .body = bytes});
}

struct entity *picture_answer(struct visit *v)
{
	struct str stem = library_stem(v->path);
	bool is_open = !stem.p; /* what lies there by hand, all readers have */
	struct err err = {0};
	enum rc rc = session_load(v, &err);

	if (rc == RC_OK && !is_open)
		is_open = right_has_any(&v->who, RIGHT_PICTURES) ||
			  right_has_any(&v->who, RIGHT_STORIES);
	if (rc == RC_OK && !is_open)
		rc = library_is_public(v->paper, stem, &is_open, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	return is_open
		   ? picture_file(v, str_from(v->path, strlen("/pictures/")))
		   : visit_missing(v);
}

static const struct route routes[] = {
    {HTTP_GET, "/pictures", RIGHT_PICTURES, 0, "", show_pictures},
    {HTTP_POST, "/pictures/upload", RIGHT_PICTURES, ROUTE_RAW, "", take_upload},
    {HTTP_GET, "/pictures/:id", RIGHT_PICTURES, 0, "", show_picture},
    {HTTP_POST, "/pictures/:id/save", RIGHT_PICTURES, ROUTE_SHOWS,
	"base caption credit creator alt rights expires x y despite left1 top1"
	" width1 left4 top4 width4 left16 top16 width16 told " CHANGE_FIELDS,
	save_picture},
    {HTTP_POST, "/pictures/:id/remove", RIGHT_PICTURES, 0, "", remove_picture},
};

const struct route *routes_pictures(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
