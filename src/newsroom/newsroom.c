/* SPDX-License-Identifier: MIT
 *
 * The dispatcher: what every request goes through, in this order.
 *
 *	host	only the newsroom's own: no other name leads here, also not
 *		one that a stranger's DNS lets point to it
 *	files	/static/..., the same for everyone
 *	forged	a POST that another site had sent is refused
 *	who	the cookie's session, if it is one
 *	picture	a file of one, by its name: pictures.h says for whom
 *	route	none: 404, another method's: 405
 *	right	without it: to the page where one gets it, or 403
 *	form	a body that is no form, or has a field that the route does not
 *		name: 400
 *	answer	the route's handler
 */
#include "newsroom/newsroom.h"

#include <sodium.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/url.h"
#include "http/form.h"
#include "http/reader.h"
#include "newsroom/kept.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/pictures.h"
#include "newsroom/upload.h"
#include "newsroom/visit.h"
#include "page/desk.h"
#include "page/words.h"
#include "paper/paper.h"
#include "paper/presence.h"
#include "text/script.h"

enum {
	VISIT_ARENA = 96 * 1024 * 1024,
	NEWSROOM_ARENA = 256 * 1024,
	FORM_MAX = 8 * 1024 * 1024,	/* bytes of a form as it is sent */
	UPLOAD_MAX = 256 * 1024 * 1024, /* of pictures */
};

static const struct http_form_limits form_limits = {
    .fields_max = 2000, .value_max = 4 * 1024 * 1024, .has_lines = true};
static const struct http_form_limits query_limits = {
    .fields_max = 50, .value_max = 2000, .has_lines = false};

enum rc newsroom_form(
    struct arena *a, struct str body, struct http_long_form *ret_form)
{
	return http_long_form_read(a, body, &form_limits, ret_form);
}

size_t routes_all(const struct route **ret)
{
	static const struct route *(*const areas[])(size_t * ret_n) = {
	    routes_pictures, routes_sign_in, routes_join, routes_second,
	    routes_again, routes_kept, routes_account, routes_staff,
	    routes_audit, routes_stories, routes_settings, routes_sections,
	    routes_section_move, routes_people, routes_publishing,
	    routes_health, routes_steps, routes_write, routes_length,
	    routes_stet, routes_present, routes_notes, routes_history,
	    routes_preview, routes_publish, routes_calendar, routes_front,
	    routes_redirects, routes_support, routes_money};
	size_t count = 0;

	for (size_t i = 0; i < sizeof(areas) / sizeof(areas[0]); i++) {
		size_t n;
		const struct route *v = areas[i](&n);

		for (size_t k = 0; k < n; k++) {
			must(count < ROUTES_MOST);
			ret[count++] = &v[k];
		}
	}
	return count;
}

/* The key of the cookies by which devices are known: the same for as long as
 * the paper lives. */
static enum rc load_device_key(struct newsroom *n, struct err *err)
{
	uint8_t fresh[DEVICE_KEY];
	enum rc rc;

	_Static_assert((int)DEVICE_KEY == (int)STAFF_SECRET, "a key");
	n->config.random(fresh, sizeof(fresh));
	rc = staff_secret(
	    n->config.paper, STR("device"), fresh, n->device_key, err);
	sodium_memzero(fresh, sizeof(fresh));
	return rc;
}

struct str newsroom_origin(const struct newsroom *n)
{
	return n->origin;
}

bool newsroom_is_proxied(struct str origin)
{
	struct str host = url_host(origin);

	return str_starts(origin, STR("https://")) &&
	       !str_ends(host, STR(".onion"));
}

void newsroom_tick(struct newsroom *n)
{
	uint64_t ms = slow_run(&n->slow, n->config.now());

	if (ms > 0)
		n->config.wake_in(n->config.ctx, ms);
}

enum rc newsroom_new(const struct newsroom_config *config,
    struct newsroom **ret_newsroom, struct err *err)
{
	struct newsroom *n = calloc(1, sizeof(*n));
	enum rc rc;

	must(n);
	n->config = *config;
	n->a = arena_new(NEWSROOM_ARENA);
	n->origin = arena_copy(n->a, config->origin);
	n->host = url_host(n->origin);
	n->routes_n = routes_all(n->routes);
	config->random(n->challenges.key, sizeof(n->challenges.key));
	config->random(n->throttle.secret, sizeof(n->throttle.secret));
	config->random(n->key, sizeof(n->key));
	n->presence = presence_new();
	n->kept = kept_forms_new();
	rc = load_device_key(n, err);
	if (rc == RC_OK && (!n->origin.p || static_load(n) != RC_OK))
		rc = err_set(
		    err, RC_NO_MEMORY, "no memory for the newsroom's pages");
	if (rc == RC_OK) {
		upload_sweep(n);
		owed_walk(n);
		*ret_newsroom = n;
	} else {
		newsroom_free(n);
	}
	return rc;
}

void newsroom_start(void)
{
	passkey_start();
}

struct passkey_site newsroom_site(const struct newsroom *n)
{
	return (struct passkey_site){n->origin, n->host};
}

static enum rc refuse_vault(
    void *ctx, const struct vault_ask *ask, vault_done_fn *done, void *done_ctx)
{
	(void)ctx;
	(void)ask;
	(void)done;
	(void)done_ctx;
	return RC_BUSY;
}

void newsroom_free(struct newsroom *n)
{
	if (!n)
		return;
	newsroom_work(n);
	/* Who still waits is told to come again. */
	n->config.vault.ask = refuse_vault;
	slow_end(&n->slow);
	static_free(n);
	presence_free(n->presence);
	kept_forms_free(n->kept);
	arena_free(n->a);
	free(n);
}

struct str newsroom_log_path(struct str path)
{
	static const struct str secret[] = {STR_INIT("/first/"),
	    STR_INIT("/join/"), STR_INIT("/p/"), STR_INIT("/kept/")};

	for (size_t i = 0; i < sizeof(secret) / sizeof(secret[0]); i++)
		if (str_starts(path, secret[i]))
			return str_part(path, 0, secret[i].n);
	return path;
}

bool request_is_forged(const struct http_request *r, struct str origin)
{
	struct str value;
	unsigned n = http_request_field(r, STR("sec-fetch-site"), &value);

	if (n > 0)
		return n > 1 || !str_eq(value, STR("same-origin"));
	n = http_request_field(r, STR("origin"), &value);
	return n != 1 || !str_eq(value, origin);
}

/* Somebody came under another name. */
static struct entity *other_host(struct newsroom *n)
{
	struct entity *e = NULL;
	struct buf b;

	buf_init(&b, 1024);
	buf_lit(&b, "The newsroom is at ");
	buf_add(&b, n->origin);
	buf_lit(&b, "/\n");
	if (buf_rc(&b) == RC_OK)
		e = entity_new(&(struct entity_spec){.status = 421,
		    .type = STR("text/plain; charset=utf-8"),
		    .cache = STR("no-store"),
		    .modified = INSTANT_NEVER,
		    .body = buf_str(&b)});
	buf_done(&b);
	return e;
}

/* The language of somebody who is not known yet: what the browser asks for, or
 * the paper's. */
static unsigned guess_lang(struct visit *v)
{
	struct str field, first, lang;

	if (http_request_field(v->r, STR("accept-language"), &field) > 0)
		while (field.p) {
			first = str_cut(&field, ',');
			first = lang_base(str_trim(str_cut(&first, ';')));
			for (unsigned i = 0; i < DESK_LANGS; i++)
				if (str_eq_fold(first, desk_lang_code(i)))
					return i;
		}
	if (paper_lang(v->paper, v->a, &lang, NULL) == RC_OK)
		return desk_lang_column(lang);
	return 0;
}

static bool wants_json(const struct http_request *r)
{
	struct str value;

	return http_request_field(r, STR("accept"), &value) == 1 &&
	       str_find_str(value, STR("application/json")) < value.n;
}

static struct visit *visit_new(
    struct newsroom *n, const struct http_request *r, struct instant now)
{
	struct arena *a = arena_new(VISIT_ARENA);
	struct visit *v = ARENA_NEW(a, struct visit);

	if (!v) {
		arena_free(a);
		return NULL;
	}
	v->n = n;
	v->paper = n->config.paper;
	v->a = a;
	v->now = now;
	v->r = r;
	v->path = arena_copy(a, r->path);
	v->agent = arena_copy(a, r->user_agent);
	v->is_json = wants_json(r);
	if (!http_reader_net(r, &v->net))
		v->net = 0;
	v->lang = DESK_LANGS;
	if (!v->path.p || !v->agent.p) {
		arena_free(a);
		return NULL;
	}
	return v;
}

/* Where somebody goes to get the right that is missing; p NULL: nowhere. */
static struct str way_in(const struct visit *v)
{
	if (who_is_signed_in(&v->who))
		return v->route->right == RIGHT_HALF ? STR("/") : STR_NONE;
	if (v->who.id > 0 && v->who.state == STAFF_HALF)
		return STR("/sign-in/code");
	if (v->who.id > 0 && v->who.state == STAFF_ENROL)
		return STR("/account/second");
	return STR("/sign-in");
}

/* 0, or the status with which the form is refused. */
static unsigned read_form(struct visit *v)
{
	enum rc rc;

	if (v->r->method != HTTP_POST || (v->route->flags & ROUTE_RAW))
		return 0;
	if (v->r->body.n > 0 && !http_is_form(v->r))
		return 415;
	rc = newsroom_form(v->a, v->r->body, &v->form);
	if (rc != RC_OK)
		return rc == RC_NO_MEMORY ? 503 : 400;
	for (size_t i = 0; i < v->form.n; i++)
		if (!route_takes(v->route, v->form.v[i].name))
			return 400;
	return 0;
}

/* "/sign-in?next=/stories/17". A form that was sent waits at the address that
 * it leads to. */
static struct str with_next(struct visit *v, struct str way)
{
	struct str next = v->path;
	struct buf b;

	if (v->r->method == HTTP_POST)
		next = read_form(v) == 0 ? kept_form(v) : STR_NONE;
	if (!next.p || v->route->right == RIGHT_HALF ||
	    v->route->right == RIGHT_ENROL || str_eq(next, STR("/")))
		return way;
	buf_init_arena(&b, v->a, 8192);
	buf_add(&b, way);
	buf_lit(&b, "?next=");
	for (size_t i = 0; i < next.n; i++) {
		char c = next.p[i];

		if (ascii_is_alpha(c) || ascii_is_digit(c) || c == '/' ||
		    c == '-' || c == '.' || c == '_')
			buf_char(&b, c);
		else
			buf_printf(&b, "%%%02X", (unsigned char)c);
	}
	return buf_rc(&b) == RC_OK ? buf_str(&b) : way;
}

/* A link in a mail or on another page leads here: the browser keeps the
 * strict cookie back, and sends it when this site itself leads on. */
static bool came_from_elsewhere(const struct visit *v)
{
	struct str site, mode;

	return v->r->method == HTTP_GET && v->who.id == 0 &&
	       http_request_field(v->r, STR("sec-fetch-site"), &site) == 1 &&
	       (str_eq(site, STR("cross-site")) ||
		   str_eq(site, STR("same-site"))) &&
	       http_request_field(v->r, STR("sec-fetch-mode"), &mode) == 1 &&
	       str_eq(mode, STR("navigate"));
}

static struct entity *bounce(struct visit *v)
{
	struct view_desk desk = visit_desk(v, MSG_COUNT);
	struct buf *b = visit_buf(v);

	if (!b)
		return NULL;
	desk.next = v->path;
	desk_bounce(b, &desk);
	return visit_page(v, 200, b);
}

/* Whoever lacks the right. */
static struct entity *refuse(struct visit *v)
{
	struct str way = way_in(v);

	if (!way.p)
		return visit_status(v, 403);
	if (v->is_json)
		return visit_status(v, 401);
	if (came_from_elsewhere(v))
		return bounce(v);
	if (str_eq(way, STR("/sign-in")) || v->r->method == HTTP_POST)
		way = with_next(v, way);
	return visit_see_other(v, way);
}

static struct entity *dispatch(struct visit *v)
{
	struct err err = {0};
	struct entity *e;
	unsigned bad;
	enum rc rc = session_load(v, &err);

	if (v->lang == DESK_LANGS)
		v->lang = guess_lang(v);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (http_long_form_read(v->a, v->r->query, &query_limits, &v->query) !=
	    RC_OK)
		return visit_status(v, 400);
	rc = route_find((const struct route *const *)v->n->routes,
	    v->n->routes_n, v->r->method, v->path, &v->route, v->params);
	if (rc != RC_OK)
		return visit_status(v, rc == RC_DENIED ? 405 : 404);
	if (!right_has_any(&v->who, v->route->right))
		return refuse(v);
	/* Who is still enrolling has just typed the password. */
	if ((v->route->flags & ROUTE_STEP_UP) && who_is_signed_in(&v->who) &&
	    !who_has_stepped_up(&v->who, v->now))
		return v->is_json
			   ? visit_status(v, 401)
			   : visit_see_other(v, with_next(v, STR("/again")));
	bad = read_form(v);
	if (bad)
		return visit_status(v, bad);
	e = v->route->fn(v);
	if ((v->route->flags & ROUTE_SHOWS) && !v->later)
		v->n->config.show(v->n->config.ctx);
	return e;
}

/* Whoever has but the cookie of a session that is over takes nothing of the
 * account's. */
#define WAS_SENDER (UINT64_C(1) << 63)

size_t newsroom_body_most(
    void *ctx, const struct http_request *r, uint64_t *ret_sender)
{
	struct newsroom *n = ctx;
	size_t most = HTTP_BODY_MAX;
	struct visit *v;

	if (request_is_forged(r, n->origin))
		return most;
	v = visit_new(n, r, n->config.now());
	if (!v)
		return most;
	if (session_load(v, NULL) == RC_OK && who_is_signed_in(&v->who)) {
		most = str_eq(r->path, STR("/pictures/upload")) &&
			       right_has_any(&v->who, RIGHT_PICTURES)
			   ? UPLOAD_MAX
			   : FORM_MAX;
		*ret_sender = (uint64_t)v->who.id;
	} else if (v->was > 0) {
		/* It is laid aside until who sent it has signed in. */
		most = FORM_MAX;
		*ret_sender = WAS_SENDER | (uint64_t)v->was;
	}
	visit_free(v);
	return most;
}

uint64_t newsroom_sender(void *ctx, const struct http_request *r)
{
	struct newsroom *n = ctx;
	struct visit *v = visit_new(n, r, n->config.now());
	uint64_t sender = 0;

	if (!v)
		return 0;
	if (session_load(v, NULL) == RC_OK && who_is_signed_in(&v->who))
		sender = (uint64_t)session_number(v);
	visit_free(v);
	return sender;
}

struct entity *newsroom_answer(
    void *ctx, const struct http_request *r, struct instant now)
{
	struct newsroom *n = ctx;
	struct entity *e;
	struct visit *v;

	if (!str_eq_fold(r->host, n->host))
		return other_host(n);
	if (r->method != HTTP_POST) {
		e = static_find(n, r->path);
		if (e)
			return e;
	}
	v = visit_new(n, r, now);
	if (!v)
		return NULL;
	if (r->method == HTTP_POST && request_is_forged(r, n->origin)) {
		v->lang = guess_lang(v);
		e = visit_status(v, 403);
	} else if (r->method != HTTP_POST && picture_is_file(v->path)) {
		v->lang = guess_lang(v);
		e = picture_answer(v);
	} else {
		v->is_in_hand = true;
		e = dispatch(v);
		v->is_in_hand = false;
	}
	if (v->later && !v->is_answered)
		return NULL;
	visit_free(v);
	return e;
}
