/* SPDX-License-Identifier: MIT
 *
 * The staff's half of the paper: a request becomes an answer. It is handed
 * the open paper, of which it is the writer, and everything of the world that
 * it needs (chance, the vault) as functions, and serves on one thread: what
 * takes long is done elsewhere and answered later.
 */
#ifndef NEWSROOM_NEWSROOM_H
#define NEWSROOM_NEWSROOM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "newsroom/darkroom.h"
#include "newsroom/till.h"
#include "newsroom/vault.h"
#include "page/view.h"
#include "paper/front.h"
#include "paper/public.h"

struct arena;
struct buf;
struct check_address;
struct entity;
struct health;
struct http_request;
struct newsroom;
struct paper;
struct view_desk_zone;
struct zone;

enum { NEWSROOM_FRONT_MOST = PAPER_PLACED_MOST + 32 };

/* The front page as readers would see it. */
struct newsroom_front {
	struct paper_front front; /* given: as it would be arranged */
	struct instant now;	  /* given */
	/* Which stories stand in it, also those that nobody has put there: the
	 * lead, SECONDS beside it, briefs. */
	int64_t ids[NEWSROOM_FRONT_MOST];
	size_t n, seconds;
	struct str csp; /* of the page; lives as long as the newsroom */
};

/* What surrounds a story on the page that readers get. */
struct newsroom_around {
	/* Given: its id, path (empty: it never was out), time of publication,
	 * and the slugs of its section and tags. */
	struct public_story story;
	struct instant now;
	/* Lives until something else is asked of the readers' pages. */
	const struct view_paper *paper;
	struct view_teasers related;
	bool has_versions; /* readers can look up what they had before */
};

struct newsroom_config {
	struct paper *paper;
	/* As browsers reach it: "https://desk.example.org". Never taken from a
	 * request: links and passkeys hang on it. Copied. */
	struct str origin;
	struct vault vault;
	struct darkroom darkroom;
	struct till till; /* ask NULL: the paper has none */
	void *ctx;	  /* of the functions below */
	void (*random)(void *p, size_t n);
	struct instant (*now)(void);
	const struct zone *(*zone)(void *ctx); /* the paper's own time */
	/* Another zone; at once. RC_INVALID, RC_NOT_FOUND: no such zone. */
	enum rc (*use_zone)(void *ctx, struct str name, struct err *err);
	/* All zones that there are, by name. */
	enum rc (*zones)(void *ctx, struct arena *a, struct instant now,
	    struct view_desk_zone **ret_v, size_t *ret_n);
	/* How machine and processes are. */
	void (*health)(void *ctx, struct instant now, struct health *ret);
	void (*show)(void *ctx); /* brings what changed before readers */
	void (*say)(void *ctx, const char *text); /* to the server's log */
	/* As check_options.find_address (paper/checklist.h), for all kinds of
	 * coins that are known. NULL: nobody looks. */
	bool (*find_address)(void *ctx, struct str text, size_t *at,
	    struct check_address *ret_address);
	/* Fills what is not given, and appends the page to OUT (NULL: only
	 * what stands in it is asked). NULL: there is no preview. */
	enum rc (*front_page)(void *ctx, struct arena *a,
	    struct newsroom_front *front, struct buf *out, struct err *err);
	/* Fills what is not given. NULL: there is no preview. */
	enum rc (*around_story)(
	    void *ctx, struct newsroom_around *around, struct err *err);
	/* Has newsroom_work called once, when all requests that are there have
	 * been read. NULL: saves are not gathered. */
	void (*wake)(void *ctx);
	/* Has newsroom_tick called once in MS; not again before that. NULL:
	 * nothing is done more slowly. */
	void (*wake_in)(void *ctx, uint64_t ms);
};

/* Readies the libraries that are used; once, before the sandbox closes. */
void newsroom_start(void);

/* RC_NO_MEMORY, and what reading the paper gives. The caller owns it; PAPER
 * outlives it. */
MUST_USE enum rc newsroom_new(const struct newsroom_config *config,
    struct newsroom **ret_newsroom, struct err *err);
void newsroom_free(struct newsroom *n); /* NULL is fine */

/* The http_answer_fn of the newsroom's server; CTX is the newsroom. */
struct entity *newsroom_answer(
    void *ctx, const struct http_request *r, struct instant now);

/* The http_most_fn of the same server: only who is signed in may send much, and
 * each account is one sender. */
size_t newsroom_body_most(
    void *ctx, const struct http_request *r, uint64_t *ret_sender);

/* The sender of the same server: the session of who is signed in; else 0. */
uint64_t newsroom_sender(void *ctx, const struct http_request *r);

/* How a path stands in the access log: without what opens a door, "desk:"
 * in front. For http_config.log_path. */
struct str newsroom_log_path(struct str path);

/* Saves what was gathered since WAKE was called: one wait for the disk for all
 * who paused at the same moment. */
void newsroom_work(struct newsroom *n);
/* Has old autosaves go, in a step of some ms; *RET_MORE: there is more to do,
 * soon. */
MUST_USE enum rc newsroom_thin(
    struct newsroom *n, struct instant now, bool *ret_more, struct err *err);
/* To be called once their answers have been sent: what nobody waits for. */
void newsroom_rest(struct newsroom *n);

/* Does what was to wait; called when WAKE_IN asked for it. */
void newsroom_tick(struct newsroom *n);

/* A proxy on this machine, and nothing else, brings requests from the net, so
 * that X-Forwarded-For is its word: ORIGIN is https, for which a proxy is
 * needed. Else whoever comes from this machine comes by Tor or SSH, which write
 * no such field: it is then the visitor's own. */
bool newsroom_is_proxied(struct str origin);
/* Its own; lives as long as the newsroom. */
struct str newsroom_origin(const struct newsroom *n);

/* A last look at stories that are due at NOW, before they appear: what may not
 * is kept back. RC_BUSY: the till has been asked first; SHOW is called when
 * it has answered. */
MUST_USE enum rc newsroom_due(
    struct newsroom *n, struct instant now, struct err *err);

/* Once in a while: deletes sessions that are over, and tries again what the
 * darkroom owes. */
MUST_USE enum rc newsroom_sweep(
    struct newsroom *n, struct instant now, struct err *err);

#endif
