/* SPDX-License-Identifier: MIT
 *
 * The staff's half of the paper: a request becomes an answer. It is handed
 * the open paper, of which it is the writer, and everything of the world that
 * it needs (chance, the vault) as functions, and serves on one thread: what
 * takes long is done elsewhere and answered later.
 */
#ifndef NEWSROOM_NEWSROOM_H
#define NEWSROOM_NEWSROOM_H

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "newsroom/darkroom.h"
#include "newsroom/till.h"
#include "newsroom/vault.h"
#include "paper/front.h"

struct arena;
struct buf;
struct entity;
struct health;
struct http_request;
struct newsroom;
struct paper;
struct str_list;
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
	/* The names of all zones that there are. */
	enum rc (*zones)(
	    void *ctx, struct arena *a, struct str_list *ret_zones);
	/* How machine and processes are. */
	void (*health)(void *ctx, struct instant now, struct health *ret);
	void (*show)(void *ctx); /* brings what changed before readers */
	void (*say)(void *ctx, const char *text); /* to the server's log */
	/* The first address for coins in TEXT that is not the paper's, a part
	 * of TEXT. False: there is none. NULL: nobody looks. */
	bool (*find_address)(
	    void *ctx, struct str text, struct str *ret_address);
	/* Fills what is not given, and appends the page to OUT (NULL: only
	 * what stands in it is asked). NULL: there is no preview. */
	enum rc (*front_page)(void *ctx, struct arena *a,
	    struct newsroom_front *front, struct buf *out, struct err *err);
	/* Has newsroom_work called once, when all requests that are there have
	 * been read. NULL: saves are not gathered. */
	void (*wake)(void *ctx);
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

/* The http_most_fn of the same server: only who is signed in may send much. */
size_t newsroom_body_most(void *ctx, const struct http_request *r);

/* How a path stands in the access log: without what opens a door, "desk:"
 * in front. For http_config.log_path. */
struct str newsroom_log_path(struct str path);

/* Saves what was gathered since WAKE was called: one wait for the disk for all
 * who paused at the same moment. */
void newsroom_work(struct newsroom *n);

/* Once in a while: deletes sessions that are over. */
MUST_USE enum rc newsroom_sweep(
    struct newsroom *n, struct instant now, struct err *err);

#endif
