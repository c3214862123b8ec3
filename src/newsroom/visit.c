/* SPDX-License-Identifier: MIT
 *
 * What handlers call; see visit.h.
 */
#include "newsroom/visit.h"

#include "base/must.h"
#include "base/zone.h"
#include "http/later.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/steps.h"
#include "page/desk.h"
#include "page/html.h"
#include "page/json.h"
#include "paper/paper.h"

/* Nothing but our own files: no inline script or style, no other host, no
 * frame around it. Pictures may come from memory before they are uploaded. */
static const struct str desk_csp = STR_INIT(
    "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self' blob: data:; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

struct str visit_field(const struct visit *v, struct str name)
{
	return http_long_form_value(&v->form, name);
}

struct str visit_query(const struct visit *v, struct str name)
{
	return http_long_form_value(&v->query, name);
}

enum rc visit_id(const struct visit *v, size_t at, int64_t *ret_id)
{
	uint64_t id;

	must(at < ROUTE_PARAMS_MAX);
	/* One way to write it, so that one thing has one address. */
	if (str_u64(v->params[at], INT64_MAX, &id) != RC_OK || id == 0 ||
	    v->params[at].p[0] == '0')
		return RC_NOT_FOUND;
	*ret_id = (int64_t)id;
	return RC_OK;
}

struct staff_by visit_by(const struct visit *v)
{
	return (struct staff_by){v->who.id, v->who.name, v->now};
}

const struct zone *visit_zone(const struct visit *v)
{
	return v->n->config.zone(v->n->config.ctx);
}

struct civil visit_civil(const struct visit *v, struct instant t)
{
	return zone_civil(visit_zone(v), t);
}

struct str visit_day(struct visit *v)
{
	struct civil c = visit_civil(v, v->now);

	return arena_printf(v->a, "%04d-%02u-%02u", (int)c.year,
	    (unsigned)c.month, (unsigned)c.day);
}

struct str visit_static(const struct visit *v, struct str name)
{
	return static_url(v->n, name);
}

struct str visit_account(struct visit *v)
{
	struct buf b;

	buf_init_arena(&b, v->a, DEVICE_ACCOUNT_TEXT);
	device_account_put(&b, v->n->device_key, v->who.id);
	return buf_str(&b);
}

bool visit_is_of_other(struct visit *v)
{
	struct str account = visit_field(v, STR("account"));

	return account.n > 0 && !str_eq(account, visit_account(v));
}

/* The frame. */

static const struct {
	enum msg word;
	const char *url;
	enum right right;
} rail[] = {
    {MSG_RAIL_STORIES, "/stories", RIGHT_STORIES},
    {MSG_RAIL_CALENDAR, "/calendar", RIGHT_STORIES},
    {MSG_RAIL_FRONT, "/front", RIGHT_FRONT},
    {MSG_RAIL_PICTURES, "/pictures", RIGHT_PICTURES},
    {MSG_RAIL_REDIRECTS, "/redirects", RIGHT_REDIRECTS},
    {MSG_RAIL_MONEY, "/money", RIGHT_MONEY},
    {MSG_RAIL_STAFF, "/staff", RIGHT_STAFF},
    {MSG_RAIL_SETTINGS, "/settings", RIGHT_SETTINGS},
    {MSG_RAIL_AUDIT, "/audit", RIGHT_AUDIT},
    {MSG_RAIL_HEALTH, "/health", RIGHT_HEALTH},
};

enum { RAIL_N = sizeof(rail) / sizeof(rail[0]) };

/* The first steps stand in it, too, until they are done or put away: each leads
 * elsewhere, and nobody should have to look for the way back. */
static void fill_rail(struct visit *v, struct view_desk *desk, enum msg current)
{
	struct view_desk_link *links =
	    ARENA_ARRAY(v->a, struct view_desk_link, RAIL_N + 1);

	if (links && steps_are_open(v))
		links[desk->rail_n++] = (struct view_desk_link){
		    MSG_RAIL_STEPS, STR("/steps"), current == MSG_RAIL_STEPS};
	for (size_t i = 0; links && i < RAIL_N; i++)
		if (right_has_any(&v->who, rail[i].right))
			links[desk->rail_n++] =
			    (struct view_desk_link){rail[i].word,
				str_of(rail[i].url), rail[i].word == current};
	desk->rail = links;
}

struct view_desk visit_desk(struct visit *v, enum msg current)
{
	struct paper_settings settings = {0};
	struct view_desk desk = {
	    .lang = v->lang,
	    .css = static_url(v->n, STR("desk.css")),
	    .icon = static_url(v->n, STR("favicon.svg")),
	    .done = MSG_COUNT,
	};
	struct str done = visit_query(v, STR("done"));

	if (paper_settings(v->paper, v->a, &settings, NULL) == RC_OK) {
		desk.paper = settings.name;
		desk.site = settings.origin;
	}
	if (done.p)
		desk.done = desk_word_done(done);
	if (who_is_signed_in(&v->who)) {
		desk.who = v->who.name;
		fill_rail(v, &desk, current);
	}
	return desk;
}

struct buf *visit_buf(struct visit *v)
{
	struct buf *b = ARENA_NEW(v->a, struct buf);

	if (b)
		buf_init_arena(b, v->a, VISIT_PAGE_MAX);
	return b;
}

/* Answers. */

/* No page of another host, a neighbour's included, has anything of ours as its
 * picture or script: the strict cookie alone does not stop a neighbour. */
#define OWN_ONLY "Cross-Origin-Resource-Policy: same-origin\r\n"

static struct entity *answer(
    struct visit *v, const struct entity_spec *of, struct buf *b)
{
	struct entity_spec spec = *of;

	if (!b || buf_rc(b) != RC_OK)
		return NULL;
	spec.cache = STR("no-store");
	spec.modified = INSTANT_NEVER;
	spec.body = buf_str(b);
	spec.extra = v->cookie.n ? arena_printf(v->a, OWN_ONLY "%.*s",
				       STR_ARG(v->cookie))
				 : STR(OWN_ONLY);
	if (!spec.extra.p)
		return NULL;
	return entity_new(&spec);
}

struct entity *visit_page_csp(
    struct visit *v, unsigned status, struct buf *b, struct str csp)
{
	return answer(v,
	    &(struct entity_spec){.status = status,
		.type = STR("text/html; charset=utf-8"),
		.is_html = true,
		.csp = csp},
	    b);
}

struct entity *visit_secret_page(struct buf *b, struct str csp)
{
	struct entity_spec spec = {.status = 200,
	    .type = STR("text/html; charset=utf-8"),
	    .is_html = true,
	    .csp = csp,
	    .referrer = STR("no-referrer"),
	    .cache = STR("no-store"),
	    .extra = STR("X-Robots-Tag: noindex, nofollow, noarchive\r\n"),
	    .modified = INSTANT_NEVER};

	if (buf_rc(b) != RC_OK)
		return NULL;
	spec.body = buf_str(b);
	return entity_new(&spec);
}

struct entity *visit_page(struct visit *v, unsigned status, struct buf *b)
{
	return visit_page_csp(v, status, b, desk_csp);
}

struct entity *visit_see_other(struct visit *v, struct str path)
{
	struct buf *b = visit_buf(v);

	must(path.n > 0 && path.p[0] == '/');
	if (v->is_json && b) {
		buf_lit(b, "{\"next\":");
		json_text(b, path);
		buf_lit(b, "}\n");
		return visit_json(v, 200, b);
	}
	return answer(
	    v, &(struct entity_spec){.status = 303, .location = path}, b);
}

struct entity *visit_done(struct visit *v, struct str path, struct str word)
{
	char mark = str_find(path, '?') < path.n ? '&' : '?';
	struct str target = arena_printf(
	    v->a, "%.*s%cdone=%.*s", STR_ARG(path), mark, STR_ARG(word));

	return target.p ? visit_see_other(v, target) : NULL;
}

struct entity *visit_json(struct visit *v, unsigned status, struct buf *b)
{
	return answer(v,
	    &(struct entity_spec){
		.status = status, .type = STR("application/json")},
	    b);
}

static const struct {
	unsigned status;
	enum msg title, text;
} statuses[] = {
    {400, MSG_ERROR_400, MSG_ERROR_400_TEXT},
    {401, MSG_ERROR_401, MSG_ERROR_401_TEXT},
    {403, MSG_ERROR_403, MSG_ERROR_403_TEXT},
    {404, MSG_ERROR_404, MSG_ERROR_404_TEXT},
    {405, MSG_ERROR_405, MSG_ERROR_400_TEXT},
    {415, MSG_ERROR_400, MSG_ERROR_400_TEXT},
    {429, MSG_ERROR_429, MSG_ERROR_429_TEXT},
    {503, MSG_ERROR_503, MSG_ERROR_503_TEXT},
    {507, MSG_ERROR_507, MSG_ERROR_507_TEXT},
    {500, MSG_ERROR_500, MSG_ERROR_500_TEXT},
};

struct entity *visit_status(struct visit *v, unsigned status)
{
	enum { LAST = sizeof(statuses) / sizeof(statuses[0]) - 1 };
	struct view_desk desk;
	struct view_desk_notice notice = {0};
	struct buf *b = visit_buf(v);
	size_t i = 0;

	while (i < LAST && statuses[i].status != status)
		i++;
	if (!b)
		return NULL;
	if (v->is_json) {
		buf_printf(b, "{\"error\":%u,\"title\":", status);
		json_text(b, desk_word(v->lang, statuses[i].title));
		buf_lit(b, ",\"text\":");
		json_text(b, desk_word(v->lang, statuses[i].text));
		buf_lit(b, "}\n");
		return visit_json(v, status, b);
	}
	desk = visit_desk(v, MSG_COUNT);
	notice.title = statuses[i].title;
	notice.text = statuses[i].text;
	notice.url = STR("/");
	notice.link = MSG_GO_ON;
	desk_notice(b, &desk, &notice);
	return visit_page(v, status, b);
}

struct entity *visit_missing(struct visit *v)
{
	return visit_status(v, 404);
}

struct entity *visit_failed(struct visit *v, enum rc rc, const struct err *err)
{
	switch (rc) {
	case RC_NOT_FOUND:
	case RC_GONE:
		return visit_status(v, 404);
	case RC_DENIED:
		return visit_status(v, 403);
	case RC_INVALID:
	case RC_EXISTS:
	case RC_LIMIT:
		return visit_status(v, 400);
	case RC_BUSY:
		return visit_status(v, 503);
	case RC_NO_MEMORY:
		return NULL;
	case RC_NO_SPACE:
	case RC_IO:
	case RC_NEWER:
	case RC_DAMAGED:
	case RC_OK:
	case RC_COUNT:
		break;
	}
	v->n->config.say(
	    v->n->config.ctx, err && err->why[0] ? err->why : rc_name(rc));
	return visit_status(v, rc == RC_NO_SPACE ? 507 : 500);
}

/* Later. */

bool visit_later(struct visit *v, unsigned ms)
{
	must(v->r && !v->later);
	v->later = http_later_new(v->r, ms, NULL);
	if (!v->later)
		return false;
	v->r = NULL;
	return true;
}

void visit_answer(struct visit *v, struct entity *e)
{
	must(v->later);
	http_later_answer(v->later, e);
	if (v->is_in_hand)
		v->is_answered = true;
	else
		visit_free(v);
}

struct entity *visit_file_head(
    struct visit *v, struct str type, struct str name)
{
	struct entity_spec spec = {.status = 200,
	    .type = type,
	    .cache = STR("no-store"),
	    .modified = INSTANT_NEVER,
	    .is_streamed = true};

	if (!name.p)
		return NULL;
	spec.extra = arena_printf(v->a,
	    OWN_ONLY "Content-Disposition: attachment; filename=\"%.*s\"\r\n",
	    STR_ARG(name));
	return spec.extra.p ? entity_new(&spec) : NULL;
}

void visit_on_more(struct visit *v, void (*more)(void *ctx), void *ctx)
{
	must(v->later);
	http_later_on_more(v->later, more, ctx);
}

void visit_piece(
    struct visit *v, struct entity *head, struct str bytes, bool is_last)
{
	http_later_piece(v->later, head, bytes, is_last);
	if (is_last)
		visit_free(v);
}

bool visit_is_gone(const struct visit *v)
{
	return http_later_is_gone(v->later);
}

void visit_free(struct visit *v)
{
	arena_free(v->a);
}

struct str visit_next(struct str next)
{
	if (next.n > 1 && next.n < 1000 && next.p[0] == '/' &&
	    html_url_is_own(next))
		return next;
	return STR("/");
}

struct str visit_home(const struct visit *v)
{
	for (size_t i = 0; i < RAIL_N; i++)
		if (right_has_any(&v->who, rail[i].right))
			return str_of(rail[i].url);
	return STR("/account");
}

enum msg visit_name_fault(struct str name)
{
	if (staff_name_may_be(name))
		return MSG_COUNT;
	if (str_blank(name))
		return MSG_FAULT_EMPTY;
	return name.n > STAFF_NAME_MAX ? MSG_FAULT_LONG : MSG_FAULT_UNSEEN;
}
