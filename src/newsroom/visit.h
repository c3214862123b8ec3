/* SPDX-License-Identifier: MIT
 *
 * One request to the newsroom while it is being answered: what handlers get,
 * and what they call. All of it lives in the visit's arena.
 *
 *	static struct entity *show(struct visit *v)
 *	{
 *		struct view_desk desk = visit_desk(v, MSG_RAIL_STORIES);
 *		struct buf *b = visit_buf(v);
 *		...
 *		desk_stories(b, &desk, &view);
 *		return visit_page(v, 200, b);
 *	}
 *
 * A change is a POST; it is answered by visit_see_other, so that loading the
 * page again sends nothing again. A form with a fault is shown again with
 * status 422. An id that one may not see gets visit_missing, as if there were
 * none.
 */
#ifndef NEWSROOM_VISIT_H
#define NEWSROOM_VISIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/instant.h"
#include "http/entity.h"
#include "http/form.h"
#include "http/request.h"
#include "newsroom/device.h"
#include "newsroom/right.h"
#include "newsroom/route.h"
#include "page/view_desk.h"
#include "paper/staff.h"

struct http_later;
struct newsroom;
struct paper;
struct zone;

enum { VISIT_PAGE_MAX = 16 * 1024 * 1024 };

struct visit {
	struct newsroom *n;
	struct paper *paper;
	struct arena *a;
	struct instant now;
	struct who who;
	const struct route *route;
	struct str path; /* a copy */
	struct str params[ROUTE_PARAMS_MAX];
	struct http_long_form form;  /* of a POST, but for ROUTE_RAW */
	struct http_long_form query; /* what stands behind the "?" */
	bool is_json;		     /* a script asks, and wants JSON */
	unsigned lang;		     /* column of desk_words.h */
	struct str cookie;	     /* whole Set-Cookie lines of the answer */
	uint8_t token[STAFF_HASH]; /* hash of the session's, where it has one */
	uint64_t net;		   /* the reader's network; 0: not known */
	struct device device;	   /* that the browser's cookie says it is */
	/* Nobody is here, but the cookie is that of a full session of this
	 * account, which has ended by time; else 0. */
	int64_t was;
	struct str agent; /* a copy */
	/* NULL once the answer is to come later. */
	const struct http_request *r;
	struct http_later *later;
	/* Its handler is at work: an answer that comes meanwhile leaves the
	 * visit to it. */
	bool is_in_hand, is_answered;
};

/* What was sent. P is NULL if it was not. */
struct str visit_field(const struct visit *v, struct str name);
struct str visit_query(const struct visit *v, struct str name);
/* The parameter AT of the address as an id. RC_NOT_FOUND. */
MUST_USE enum rc visit_id(const struct visit *v, size_t at, int64_t *ret_id);

/* For the log of changes. */
struct staff_by visit_by(const struct visit *v);
/* The paper's own time. */
const struct zone *visit_zone(const struct visit *v);
/* The day that it is there, "2026-11-27". P NULL: no memory. */
struct str visit_day(struct visit *v);
struct civil visit_civil(const struct visit *v, struct instant t);
/* The address of a file of web/ ("desk.css"); lives as long as the newsroom. */
struct str visit_static(const struct visit *v, struct str name);
/* What the account is called in this browser's storage (device.h). P NULL: no
 * memory. */
struct str visit_account(struct visit *v);
/* The form that was sent stood on a page of another account: somebody else has
 * signed in since then in the same browser. */
bool visit_is_of_other(struct visit *v);

/* The frame of a screen: rail as far as the person's rights go, CURRENT being
 * the entry that is marked (MSG_COUNT: none). */
struct view_desk visit_desk(struct visit *v, enum msg current);
/* An empty buffer in the arena for a page. NULL: no memory. */
struct buf *visit_buf(struct visit *v);

/* Answers. Each is one reference for the dispatcher; NULL without memory. */
struct entity *visit_page(struct visit *v, unsigned status, struct buf *b);
/* The same with a policy of its own, for pages as readers see them. */
struct entity *visit_page_csp(
    struct visit *v, unsigned status, struct buf *b, struct str csp);
/* 303 to PATH, which is ours. */
/* The same for whoever has a secret address and no account: found by no search
 * engine, and no other site is told where it was read. */
struct entity *visit_secret_page(struct buf *b, struct str csp);
struct entity *visit_see_other(struct visit *v, struct str path);
/* The same with "?done=WORD" behind it: the next page says MSG_DONE_WORD. */
struct entity *visit_done(struct visit *v, struct str path, struct str word);
struct entity *visit_json(struct visit *v, unsigned status, struct buf *b);
/* A page, or JSON, that says what STATUS means: 400, 401, 403, 404, 405, 429,
 * 500, 503, 507. */
struct entity *visit_status(struct visit *v, unsigned status);
struct entity *visit_missing(struct visit *v);
/* What a failed call of paper/ comes to; our own faults are also said in the
 * server's log. */
struct entity *visit_failed(struct visit *v, enum rc rc, const struct err *err);

/* The answer comes later, within MS: the handler then returns NULL, and
 * somebody calls visit_answer once. False: too many wait; answer now. */
MUST_USE bool visit_later(struct visit *v, unsigned ms);
/* Answers with E (NULL: the ready 503) and frees V, once its handler is done
 * with it. */
void visit_answer(struct visit *v, struct entity *e);

/* A file in pieces (http/later.h), after visit_later. The head: a file called
 * NAME that the browser keeps. NULL: no memory. */
struct entity *visit_file_head(
    struct visit *v, struct str type, struct str name);
void visit_on_more(struct visit *v, void (*more)(void *ctx), void *ctx);
/* HEAD with the first, else NULL. The last one frees V; MORE, and before it
 * visit_is_gone, may find that nobody waits: then visit_answer(V, NULL). */
void visit_piece(
    struct visit *v, struct entity *head, struct str bytes, bool is_last);
bool visit_is_gone(const struct visit *v);

/* Signing in: opens a session in STATE for ACCOUNT, in place of the one that
 * the visit came with, and sets the cookie. WHAT and DETAIL are for the log;
 * WHAT may be empty. V->who is the new one. */
MUST_USE enum rc visit_open_session(struct visit *v,
    const struct staff *account, enum staff_state state, struct str what,
    struct str detail, struct err *err);
/* Has the browser forget its cookie. */
void visit_drop_cookie(struct visit *v);
/* What is wrong with a person's NAME; MSG_COUNT: nothing. */
enum msg visit_name_fault(struct str name);
/* NEXT where it is an address of ours, else "/". */
struct str visit_next(struct str next);
/* The first screen of the rail: where "/" leads. */
struct str visit_home(const struct visit *v);

#endif
