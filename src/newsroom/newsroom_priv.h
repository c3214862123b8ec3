/* SPDX-License-Identifier: MIT
 *
 * The newsroom's insides. Private to newsroom/.
 */
#ifndef NEWSROOM_NEWSROOM_PRIV_H
#define NEWSROOM_NEWSROOM_PRIV_H

#include "newsroom/newsroom.h"
#include "newsroom/route.h"

struct arena;
struct visit;

enum { STATIC_FILES_MAX = 32 };

/* A file of web/ under an address that changes with its content. */
struct static_file {
	struct str name;
	struct str url; /* "/static/HASH/NAME" */
	struct entity *entity;
};

struct newsroom {
	struct newsroom_config config;
	struct arena *a; /* of what lives as long as the newsroom */
	struct str origin;
	struct str host; /* of it, without the port */
	const struct route *routes[ROUTES_MOST];
	size_t routes_n;
	struct static_file files[STATIC_FILES_MAX];
	size_t files_n;
};

/* Makes the table of files (static.c). RC_NO_MEMORY. */
MUST_USE enum rc static_load(struct newsroom *n);
void static_free(struct newsroom *n);
/* A reference to the file at PATH; NULL: there is none. */
struct entity *static_find(struct newsroom *n, struct str path);
/* The address of NAME; empty if there is no such file. */
struct str static_url(const struct newsroom *n, struct str name);

/* Fills V->who from the request's cookie (session.c). A cookie that opens
 * nothing is nobody. */
MUST_USE enum rc session_load(struct visit *v, struct err *err);

/* A POST that another site has had sent, as far as one can tell: anything but
 * a browser's "same-origin", or, from one that does not say so, but our own
 * Origin. */
bool request_is_forged(const struct http_request *r, struct str origin);

/* Frees a visit. */
void visit_free(struct visit *v);

#endif
