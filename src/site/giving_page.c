/* SPDX-License-Identifier: MIT
 *
 * The support pages as answers; see giving_page.h.
 *
 * /support, the ledger and the way to verify are pages like others: made
 * once, kept in the cache under the tag "support", and let go when the till
 * tells something new. What belongs to one gift is made for one reader, kept
 * nowhere, and its address is told to no other site.
 */
#include "site/giving_page.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/url.h"
#include "coin/hex.h"
#include "coin/pin.h"
#include "http/entity.h"
#include "http/form.h"
#include "page/page.h"
#include "site/site_priv.h"
#include "site/giving.h"
#include "site/giving_file.h"
#include "site/giving_form.h"
#include "site/giving_view.h"

static const struct str TAG = STR_INIT("support");

/* Programs must not list what is one reader's. */
#define NO_ROBOTS "X-Robots-Tag: noindex, nofollow\r\n"

/* --- What all have ---------------------------------------------------- */

void giving_page_private(struct job *job)
{
	job->is_support = true;
	job->cache_control = STR("no-store");
	job->extra = STR(NO_ROBOTS);
	job->has_all_tags = false;
}

static void begin(struct job *job)
{
	job->is_support = true;
	job_tag(job, TAG, STR_NONE);
}

/* A short word to who is not a reader with a browser. */
static struct entity *plain(unsigned status, struct str text)
{
	return entity_new(&(struct entity_spec){.status = status,
	    .type = STR("text/plain; charset=utf-8"),
	    .cache = STR("no-store"),
	    .extra = STR("Referrer-Policy: no-referrer\r\n"),
	    .modified = INSTANT_NEVER,
	    .body = text});
}

/* The page in JOB, or the ready notice if it could not be made. */
static struct entity *finish(struct site *site, struct job *job, enum rc rc)
{
	struct entity *e = NULL;

	if (rc == RC_OK)
		rc = buf_rc(job->out);
	if (rc == RC_OK && !arena_is_spent(job->a))
		e = site_entity(site, job);
	return e ? e : giving_busy(site->giving);
}

/* --- Pages of the cache ----------------------------------------------- */

/* PURPOSE of a query, decoded. */
static struct str decode_purpose(struct job *job, struct str purpose)
{
	struct buf b;

	if (!purpose.n)
		return STR_NONE;
	buf_init_arena(&b, job->a, CACHE_NAME_MAX);
	route_purpose_text(&b, purpose);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

enum rc giving_page_main(struct job *job)
{
	struct view_form form = {.amount = job->route.choice,
	    .purpose = decode_purpose(job, job->route.purpose)};
	struct view_purpose purpose;
	struct view_support view;
	enum rc rc;

	begin(job);
	rc = giving_view_purpose(job, form.purpose, &purpose);
	if (rc && rc != RC_NOT_FOUND)
		return rc;
	form.purpose = purpose.value;
	rc = giving_view_main(job, &form, &view);
	if (rc)
		return rc;
	page_support(job->out, job->paper, &view);
	return buf_rc(job->out);
}

enum rc giving_page_ledger(struct job *job)
{
	struct view_ledger view;
	enum rc rc;

	begin(job);
	rc = giving_view_ledger(job, &view);
	if (rc)
		return rc;
	page_support_ledger(job->out, job->paper, &view);
	return buf_rc(job->out);
}

enum rc giving_page_ledger_file(struct job *job)
{
	begin(job);
	job->is_html = false;
	job->type = STR("application/json");
	job->extra = STR("Referrer-Policy: no-referrer\r\n" NO_ROBOTS);
	giving_file_write(job->out, job->paper, giving_summary(job->giving));
	return buf_rc(job->out);
}

enum rc giving_page_verify(struct job *job)
{
	struct view_verify view;
	enum rc rc;

	begin(job);
	rc = giving_view_verify(job, &view);
	if (rc)
		return rc;
	page_support_verify(job->out, job->paper, &view);
	return buf_rc(job->out);
}

enum {
	BATCHES_TEXT_MAX =
	    PIN_BATCHES_MAX * (2 * HASH256_BYTES + 12) + PIN_KEYS_MAX * 60,
};

/* The pin's keys and batches as the file to save lists them. */
static void put_batches(struct buf *b, const struct pin *pin)
{
	for (uint32_t i = 0; i < pin->n_batches; i++) {
		const struct pin_batch *batch = &pin->batches[i];

		if (i == 0 || batch->key != pin->batches[i - 1].key) {
			buf_add(b, i ? STR(" ") : STR_NONE);
			minisign_key_base64(b, &pin->keys[batch->key]);
		}
		buf_char(b, ' ');
		buf_u64(b, pin->first + i);
		buf_char(b, ' ');
		hex_write(b, hash256_str(&batch->statement));
	}
}

enum rc giving_page_verify_file(struct job *job)
{
	const struct pin *pin = giving_pin(job->giving);
	struct buf batches;
	struct buf key;
	enum rc rc;

	begin(job);
	job->is_html = false;
	job->type = STR("text/html; charset=utf-8");
	/* It is to be saved, and has a script: here it may not run. */
	job->extra = STR("Content-Disposition: attachment; "
			 "filename=\"verify.html\"\r\n"
			 "Content-Security-Policy: default-src 'none'; "
			 "sandbox\r\n"
			 "Referrer-Policy: no-referrer\r\n");
	if (!giving_verify_html(job->giving).n)
		return RC_NOT_FOUND;
	buf_init_arena(&key, job->a, 100);
	buf_init_arena(&batches, job->a, BATCHES_TEXT_MAX);
	if (pin) {
		minisign_key_base64(&key, pin_key(pin));
		put_batches(&batches, pin);
	}
	rc = buf_rc(&key) ? buf_rc(&key) : buf_rc(&batches);
	if (rc)
		return rc;
	/* Whatever comes after must be by the key in use: one that was put away
	 * may have been stolen. */
	page_support_verify_file(job->out, giving_verify_html(job->giving),
	    buf_str(&key), buf_str(&batches));
	return buf_rc(job->out);
}

static bool is_on_offer(struct job *job, struct str value)
{
	struct view_choices choices;

	giving_view_amounts(job->a, giving_summary(job->giving), &choices);
	for (size_t i = 0; i < choices.n; i++)
		if (str_eq(choices.v[i].value, value))
			return true;
	return false;
}

void giving_page_know(
    struct site *site, struct route *route, struct instant now)
{
	struct view_purpose purpose;
	struct job job;

	if (!route->choice.n && !route->purpose.n)
		return;
	job = site_job(site, now);
	if (!giving_summary(site->giving) || !is_on_offer(&job, route->choice))
		route->choice = STR_NONE;
	if (route->purpose.n &&
	    giving_view_purpose(
		&job, decode_purpose(&job, route->purpose), &purpose) != RC_OK)
		route->purpose = STR_NONE;
}

/* --- Asking for an address -------------------------------------------- */

/* The form once more, with what was wrong and what was typed. */
static struct entity *form_again(
    struct site *site, struct job *job, const struct view_form *form)
{
	struct view_support view;
	enum rc rc;

	giving_page_private(job);
	job->status = 400;
	rc = giving_view_main(job, form, &view);
	if (rc == RC_OK)
		page_support(job->out, job->paper, &view);
	return finish(site, job, rc);
}

static struct entity *post_form(struct site *site,
    const struct http_request *request, const struct http_form *form,
    struct instant now)
{
	struct job job = site_job(site, now);
	struct till_message *m = ARENA_NEW(job.a, struct till_message);
	struct view_form view;

	if (!m || giving_form_read(&job, form, &view, &m->ask) != RC_OK)
		return giving_busy(site->giving);
	if (view.fault != VIEW_FORM_GOOD)
		return form_again(site, &job, &view);
	m->kind = TILL_ASK;
	m->ask.at = now;
	giving_net(site->giving, request, m->ask.net);
	return giving_ask(site->giving, request, GIVING_ADDRESS, m, now);
}

struct entity *giving_page_post(
    struct site *site, const struct http_request *request, struct instant now)
{
	struct giving *s = site->giving;
	struct http_form form;

	if (http_is_foreign(request, url_host(site->view.origin)))
		return plain(403,
		    STR("This form was sent by a page of another site. Open "
			"/support here and send it again.\n"));
	if (!http_is_form(request) ||
	    http_form_parse(request->body, &form) != RC_OK)
		return plain(400,
		    STR("This is not the form of /support. Open the page and "
			"send its form again.\n"));
	if (!giving_summary(s))
		return giving_busy(s);
	if (!giving_is_open(s))
		return giving_is_silent(s) ? giving_busy(s) : giving_paused(s);
	return post_form(site, request, &form, now);
}

/* --- Gifts ------------------------------------------------------------ */

struct entity *giving_page_look(struct site *site,
    const struct http_request *request, const struct route *route,
    struct instant now)
{
	struct job job = site_job(site, now);
	struct till_message *m = ARENA_NEW(job.a, struct till_message);

	if (!m)
		return giving_busy(site->giving);
	if (till_token_parse(route->slug, &m->token) != RC_OK)
		return giving_unknown(site->giving);
	m->kind = TILL_GIFT_GET;
	return giving_ask(site->giving, request,
	    route->kind == ROUTE_RECEIPT ? GIVING_RECEIPT : GIVING_GIFT, m,
	    now);
}

static struct str gift_path(
    struct job *job, const struct till_token *token, const char *end)
{
	char text[TILL_TOKEN_TEXT];

	till_token_text(token, text);
	return arena_printf(
	    job->a, "/support/gift/%.*s%s", TILL_TOKEN_TEXT, text, end);
}

struct entity *giving_page_given(
    struct site *site, const struct till_token *token, struct instant now)
{
	struct job job = site_job(site, now);

	giving_page_private(&job);
	job.status = 303;
	job.is_html = false;
	job.extra = STR("Referrer-Policy: no-referrer\r\n" NO_ROBOTS);
	job.location = gift_path(&job, token, "");
	return finish(site, &job, job.location.n ? RC_OK : RC_NO_MEMORY);
}

struct entity *giving_page_refused(struct site *site, struct instant now)
{
	struct job job = site_job(site, now);

	if (!giving_summary(site->giving))
		return giving_busy(site->giving);
	return form_again(
	    site, &job, &(struct view_form){.fault = VIEW_FORM_UNKNOWN});
}

struct entity *giving_page_gift(struct site *site,
    const struct till_token *token, const struct till_gift *gift,
    bool is_receipt, struct instant now)
{
	struct job job = site_job(site, now);
	struct view_gift view;
	const char *fault;
	enum rc rc = giving_view_gift(
	    &job, giving_pin(site->giving), gift, &view, &fault);

	if (rc)
		return giving_busy(site->giving);
	if (fault)
		giving_alarm(site->giving, TILL_BAD_PROOF, str_of(fault));
	giving_page_private(&job);
	view.url = gift_path(&job, token, "");
	view.receipt_url = gift_path(&job, token, "/receipt");
	if (is_receipt) {
		page_support_receipt(job.out, job.paper, &view);
	} else {
		if (view.refresh_s)
			job.extra = arena_printf(
			    job.a, "Refresh: %u\r\n" NO_ROBOTS, view.refresh_s);
		page_support_gift(job.out, job.paper, &view);
	}
	return finish(site, &job, RC_OK);
}
