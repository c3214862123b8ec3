/* SPDX-License-Identifier: MIT
 *
 * The wire to the till; see giving.h.
 *
 *	a reader asks -> giving_ask -> datagram	the connection waits
 *	datagram -> site_till_hear -> wait -> page -> http_later_answer
 *
 * Each question has an id that nobody can guess, and a place in WAITS; what
 * comes with another id comes too late, or is not for this process, and is let
 * go. The deadline is the server's (http/later.h); a wait whose reader is gone
 * is swept away by site_till_tick.
 *
 * The two ends of the wire live in the supervisor, so a till that is gone is
 * seen by its silence alone: it is asked for its summary on a clock, and while
 * it owes the answer for too long nobody is made to wait for it.
 *
 * Invariants:
 * I1  summary looks into news, and holds exactly if has_summary is set.
 * I2  A wait's handle is answered exactly once: where the wait is removed.
 */
#include "site/giving.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "coin/pin.h"
#include "http/entity.h"
#include "http/later.h"
#include "http/limits.h"
#include "http/metrics.h"
#include "http/reader.h"
#include "page/page.h"
#include "site/site_priv.h"
#include "site/giving_page.h"
#include "site/giving_text.h"
#include "site/giving_view.h"

enum {
	PROBE_MS = 20000,	 /* between two looks at a till that answers */
	PROBE_SILENT_MS = 2000,	 /* ... that does not */
	ALARM_MS = 1000,	 /* between two alarms */
	CALL_MEMORY = 64 * 1024, /* of the call's choices */
	CALL_BYTES = 16 * 1024,
	TEXT_MEMORY = 1024 * 1024, /* of texts that were mended */
	ORIGIN_BYTES = 4096,
	KEY_BYTES = 128,
	NOTICES = 4,
	RETRY_BUSY_S = 5,
	RETRY_PAUSED_S = 3600,
	RETRY_LIMITED_S = 3600,
};

struct wait {
	uint64_t id;
	struct http_later *later;
	enum giving_want want;
	struct till_token token;
};

struct giving {
	struct site *site;
	struct site_till till;
	struct buf news; /* the last SUMMARY as it came */
	bool has_summary;
	struct till_message summary; /* I1 */
	struct arena *text_arena;    /* of its texts that were mended */
	struct buf origin;	     /* of the paper when they were */
	struct till_message heard;
	struct pin *pin; /* NULL: none */
	struct buf key;	 /* fingerprint of its key in use */
	struct arena *call_arena;
	struct view_choices amounts; /* live in call_arena */
	struct view_runway runway;   /* likewise */
	struct buf call;	     /* what they were made of */
	struct wait waits[HTTP_LATER_MAX];
	size_t waits_n;
	uint64_t asked;	    /* questions so far */
	struct instant now; /* of the last call from outside */
	struct instant probed;
	struct instant alarmed;
	bool owes_summary;
	bool is_silent;
	struct entity *notices[NOTICES];
};

/* --- Life ------------------------------------------------------------- */

struct giving *giving_new(struct site *site, const struct site_till *till)
{
	struct giving *s = calloc(1, sizeof(*s));

	must(s && till->send);
	s->site = site;
	s->till = *till;
	s->is_silent = true; /* until it has spoken */
	s->call_arena = arena_new(CALL_MEMORY);
	s->text_arena = arena_new(TEXT_MEMORY);
	buf_init(&s->origin, ORIGIN_BYTES);
	buf_init(&s->news, TILL_WIRE_MAX);
	buf_init(&s->call, CALL_BYTES);
	buf_init(&s->key, KEY_BYTES);
	return s;
}

void giving_free(struct giving *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->waits_n; i++)
		http_later_answer(s->waits[i].later, NULL);
	for (size_t i = 0; i < NOTICES; i++)
		entity_unref(s->notices[i]);
	buf_done(&s->news);
	buf_done(&s->call);
	buf_done(&s->origin);
	buf_done(&s->key);
	arena_free(s->call_arena);
	arena_free(s->text_arena);
	free(s->pin);
	free(s);
}

/* --- What is ready ---------------------------------------------------- */

static enum rc make_notice(struct giving *s, const struct job *shown,
    enum view_support_notice_kind kind, struct entity **ret)
{
	static const struct {
		unsigned status, retry_s;
	} kinds[NOTICES] = {
	    [VIEW_NOTICE_PAUSED] = {503, RETRY_PAUSED_S},
	    [VIEW_NOTICE_BUSY] = {503, RETRY_BUSY_S},
	    [VIEW_NOTICE_LIMIT] = {429, RETRY_LIMITED_S},
	    [VIEW_NOTICE_UNKNOWN] = {404, 0},
	};
	struct job job = site_job(s->site, shown->now);
	enum rc rc;

	job.paper = shown->paper;
	giving_page_private(&job);
	job.status = kinds[kind].status;
	job.retry_after_s = kinds[kind].retry_s;
	page_support_notice(
	    job.out, job.paper, &(struct view_support_notice){kind});
	rc = buf_rc(job.out);
	if (rc)
		return rc;
	*ret = site_entity(s->site, &job);
	return *ret ? RC_OK : RC_NO_MEMORY;
}

enum rc giving_ready(struct giving *s, struct job *job)
{
	struct entity *made[NOTICES] = {NULL};
	enum rc rc = RC_OK;

	for (unsigned i = 0; rc == RC_OK && i < NOTICES; i++)
		rc = make_notice(
		    s, job, (enum view_support_notice_kind)i, &made[i]);
	for (size_t i = 0; i < NOTICES; i++) {
		entity_unref(rc ? made[i] : s->notices[i]);
		if (rc == RC_OK)
			s->notices[i] = made[i];
	}
	return rc;
}

static struct entity *ready(
    const struct giving *s, enum view_support_notice_kind kind)
{
	must(s->notices[kind]);
	return entity_ref(s->notices[kind]);
}

struct entity *giving_busy(const struct giving *s)
{
	return ready(s, VIEW_NOTICE_BUSY);
}

struct entity *giving_paused(const struct giving *s)
{
	return ready(s, VIEW_NOTICE_PAUSED);
}

struct entity *giving_limited(const struct giving *s)
{
	return ready(s, VIEW_NOTICE_LIMIT);
}

struct entity *giving_unknown(const struct giving *s)
{
	return ready(s, VIEW_NOTICE_UNKNOWN);
}

/* --- What is known ---------------------------------------------------- */

const struct till_summary *giving_summary(const struct giving *s)
{
	return s->has_summary ? &s->summary.summary : NULL;
}

const struct pin *giving_pin(const struct giving *s)
{
	return s->pin;
}

struct str giving_verify_html(const struct giving *s)
{
	return s->till.verify_html;
}

bool giving_is_open(const struct giving *s)
{
	return s->has_summary && s->pin && !s->is_silent &&
	       s->summary.summary.pause == TILL_OPEN &&
	       s->summary.summary.network == (uint8_t)s->pin->network;
}

struct str giving_origin(const struct giving *s)
{
	struct str own = s->site->settings.origin;

	return own.n ? own : s->site->view.origin;
}

bool giving_is_silent(const struct giving *s)
{
	return s->is_silent;
}

void giving_call(const struct giving *s, struct view_paper *view)
{
	view->support_url = STR("/support");
	view->support_css = s->till.css;
	view->support_amounts = s->amounts;
	view->support_runway = s->runway;
	view->key = buf_str(&s->key);
}

enum rc site_use_pin(struct site *site, struct str text, struct err *err)
{
	struct giving *s = site->giving;
	struct pin *pin;
	enum rc rc;

	must(s);
	pin = malloc(sizeof(*pin));
	if (!pin)
		return err_set(err, RC_NO_MEMORY, "no memory for the pin");
	rc = pin_parse(text, pin, err);
	if (rc) {
		free(pin);
		return rc;
	}
	free(s->pin);
	s->pin = pin;
	buf_clear(&s->key);
	if (pin->n_batches > 0)
		minisign_fingerprint(&s->key, minisign_key_hash(pin_key(pin)));
	/* Every page names it, also those that are ready. */
	giving_call(s, &site->view);
	site_drop_all(site);
	site->must_reload = true;
	return RC_OK;
}

/* Whether MS have passed since T; also if the clock was put back. */
static bool is_over(struct instant t, struct instant now, int64_t ms)
{
	return now.us < t.us || now.us - t.us >= ms * 1000;
}

/* --- Asking ----------------------------------------------------------- */

static void count(metric *m)
{
	metric_add(m, 1);
}

/* One after the other, and no outsider can tell which comes next. */
static uint64_t next_id(struct giving *s)
{
	unsigned char hash[crypto_shorthash_BYTES];
	uint64_t id;

	_Static_assert(crypto_shorthash_BYTES == sizeof(id), "");
	_Static_assert(crypto_shorthash_KEYBYTES == CACHE_KEY_BYTES, "");
	do {
		s->asked++;
		crypto_shorthash(hash, (const unsigned char *)&s->asked,
		    sizeof(s->asked), s->site->config.secret);
		memcpy(&id, hash, sizeof(id));
	} while (id == 0); /* that of a SUMMARY nobody asked for */
	return id;
}

static enum rc send_message(struct giving *s, const struct till_message *m)
{
	struct buf b;
	enum rc rc;

	buf_init(&b, TILL_WIRE_MAX);
	rc = till_wire_write(&b, m);
	if (rc == RC_OK)
		rc = s->till.send(s->till.ctx, buf_str(&b));
	buf_done(&b);
	return rc;
}

struct entity *giving_ask(struct giving *s, const struct http_request *request,
    enum giving_want want, struct till_message *m, struct instant now)
{
	struct http_later *later = NULL;
	struct entity *busy = giving_busy(s);

	s->now = now;
	if (!s->is_silent && s->waits_n < HTTP_LATER_MAX)
		later = http_later_new(request, TILL_PATIENCE_MS, busy);
	if (!later)
		return busy;
	m->id = next_id(s);
	if (send_message(s, m) != RC_OK) {
		http_later_answer(later, busy);
		return NULL;
	}
	entity_unref(busy);
	if (want == GIVING_ADDRESS && s->site->config.metrics)
		count(&s->site->config.metrics->gifts_asked);
	s->waits[s->waits_n] =
	    (struct wait){.id = m->id, .later = later, .want = want};
	if (m->kind == TILL_GIFT_GET)
		s->waits[s->waits_n].token = m->token;
	s->waits_n++;
	return NULL;
}

void giving_net(const struct giving *s, const struct http_request *request,
    uint8_t ret_net[TILL_NET_BYTES])
{
	unsigned char bytes[8];
	uint64_t net;

	must(s->has_summary);
	memset(ret_net, 0, TILL_NET_BYTES);
	if (!http_reader_net(request, &net))
		return;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(net >> (56 - 8 * i) & 0xff);
	must(crypto_generichash(ret_net, TILL_NET_BYTES, bytes, sizeof(bytes),
		 s->summary.summary.secret, TILL_SECRET_BYTES) == 0);
}

void giving_alarm(struct giving *s, enum till_alarm_kind kind, struct str what)
{
	struct till_message *m;

	if (s->site->config.metrics)
		count(&s->site->config.metrics->till_alarms);
	if (!is_over(s->alarmed, s->now, ALARM_MS))
		return;
	m = calloc(1, sizeof(*m));
	if (!m)
		return;
	m->kind = TILL_ALARM;
	m->alarm = (struct till_alarm){(uint8_t)kind, str_part(what, 0, 200)};
	if (send_message(s, m) == RC_OK)
		s->alarmed = s->now;
	free(m);
}

/* --- Hearing ---------------------------------------------------------- */

static void set_silent(struct giving *s, bool is_silent)
{
	if (s->is_silent == is_silent)
		return;
	s->is_silent = is_silent;
	site_drop(s->site, STR("support"));
	if (s->site->config.metrics)
		metric_set(&s->site->config.metrics->till_is_silent, is_silent);
}

/* What every page says of gifts is made anew if it has changed, and those
 * pages are let go that said it. */
static void renew_call(struct giving *s)
{
	struct str before = buf_str(&s->call);
	struct buf now;

	buf_init(&now, CALL_BYTES);
	giving_view_call_text(&now, &s->summary.summary);
	if (buf_rc(&now) == RC_OK && !str_eq(buf_str(&now), before)) {
		arena_reset(s->call_arena);
		giving_view_amounts(
		    s->call_arena, &s->summary.summary, &s->amounts);
		giving_view_runway(&s->summary.summary, &s->runway);
		giving_call(s, &s->site->view);
		site_drop_all(s->site);
		buf_clear(&s->call);
		buf_add(&s->call, buf_str(&now));
	}
	buf_done(&now);
}

static void alarm_of_text(struct giving *s, enum payee_kind payee)
{
	struct buf b;

	buf_init(&b, 200);
	buf_printf(&b,
	    "%s stands in a text of the support pages; addresses come from "
	    "batches alone. See `farthing support` for the texts",
	    payee_name(payee));
	giving_alarm(s, TILL_BAD_MESSAGE, buf_str(&b));
	buf_done(&b);
}

/* Nobody has signed what stands in the texts. */
static void read_texts(struct giving *s)
{
	struct giving_text text = {
	    .origin = giving_origin(s), .lang = s->site->view.lang};
	enum rc rc;

	buf_clear(&s->origin);
	buf_add(&s->origin, text.origin);
	arena_reset(s->text_arena);
	rc = giving_text_read(s->text_arena, &text, &s->summary.summary);
	if (rc == RC_OK && text.payee == PAYEE_NONE)
		return;
	s->summary.summary.pause = TILL_OTHERWISE;
	if (rc == RC_OK)
		alarm_of_text(s, text.payee);
}

static void take_summary(struct giving *s, struct str datagram)
{
	struct str fields = str_from(datagram, TILL_HEAD);

	s->owes_summary = false;
	if (s->has_summary && str_eq(giving_origin(s), buf_str(&s->origin)) &&
	    str_eq(fields, str_from(buf_str(&s->news), TILL_HEAD)))
		return;
	buf_clear(&s->news);
	buf_add(&s->news, datagram);
	if (buf_rc(&s->news) != RC_OK ||
	    till_wire_parse(buf_str(&s->news), &s->summary) != RC_OK) {
		s->has_summary = false;
		return;
	}
	s->has_summary = true;
	read_texts(s);
	site_drop(s->site, STR("support"));
	renew_call(s);
}

static struct wait *find(struct giving *s, uint64_t id)
{
	for (size_t i = 0; i < s->waits_n; i++)
		if (s->waits[i].id == id)
			return &s->waits[i];
	return NULL;
}

/* I2 */
static void end_wait(struct giving *s, struct wait *w, struct entity *e)
{
	http_later_answer(w->later, e);
	*w = s->waits[--s->waits_n];
}

static struct entity *answer_asked(
    struct giving *s, const struct till_asked *asked, struct instant now)
{
	switch ((enum till_refusal)asked->refusal) {
	case TILL_GIVEN:
		return giving_page_given(s->site, &asked->token, now);
	case TILL_PAUSED:
		return giving_paused(s);
	case TILL_LIMITED:
		return giving_limited(s);
	case TILL_NO_SUCH:
		return giving_page_refused(s->site, now);
	case TILL_NOT_NOW:
	case TILL_REFUSALS:
		break;
	}
	return giving_busy(s);
}

/* What the till said to a wait; NULL: that was no answer to it. */
static struct entity *answer_of(struct giving *s, const struct wait *w,
    const struct till_message *m, struct instant now)
{
	if (w->want == GIVING_ADDRESS)
		return m->kind == TILL_ASKED ? answer_asked(s, &m->asked, now)
					     : NULL;
	if (m->kind == TILL_NO_GIFT)
		return giving_unknown(s);
	if (m->kind == TILL_GIFT)
		return giving_page_gift(s->site, &w->token, &m->gift,
		    w->want == GIVING_RECEIPT, now);
	return NULL;
}

static void take_answer(
    struct giving *s, const struct till_message *m, struct instant now)
{
	struct wait *w = find(s, m->id);
	struct entity *e;

	if (!w)
		return; /* too late */
	e = answer_of(s, w, m, now);
	if (!e) {
		giving_alarm(s, TILL_BAD_MESSAGE,
		    STR("an answer of another kind than the question's"));
		e = giving_busy(s);
	}
	end_wait(s, w, e);
}

void site_till_hear(struct site *site, struct str datagram, struct instant now)
{
	struct giving *s = site->giving;
	struct till_message *m;

	must(s);
	s->now = now;
	m = &s->heard;
	if (till_wire_parse(datagram, m) != RC_OK || m->kind < TILL_ASKED) {
		giving_alarm(s, TILL_BAD_MESSAGE,
		    STR("a message of the till cannot be read"));
		return;
	}
	if (m->kind == TILL_SUMMARY)
		take_summary(s, datagram);
	else
		take_answer(s, m, now);
	set_silent(s, !s->has_summary);
}

/* --- The clock -------------------------------------------------------- */

static void probe(struct giving *s, struct instant now)
{
	struct till_message *m = calloc(1, sizeof(*m));

	if (!m)
		return;
	m->kind = TILL_SUMMARY_GET;
	m->id = next_id(s);
	(void)send_message(s, m);
	free(m);
	s->probed = now;
	s->owes_summary = true;
}

static void sweep(struct giving *s)
{
	for (size_t i = s->waits_n; i > 0; i--) {
		struct wait *w = &s->waits[i - 1];

		if (!http_later_is_gone(w->later))
			continue;
		end_wait(s, w, NULL);
		if (s->site->config.metrics)
			count(&s->site->config.metrics->till_late);
	}
}

void site_till_tick(struct site *site, struct instant now)
{
	struct giving *s = site->giving;
	int64_t pause_ms;

	if (!s)
		return;
	s->now = now;
	sweep(s);
	if (s->owes_summary && is_over(s->probed, now, TILL_PATIENCE_MS))
		set_silent(s, true);
	pause_ms = s->is_silent ? PROBE_SILENT_MS : PROBE_MS;
	if (is_over(s->probed, now, pause_ms))
		probe(s, now);
}
