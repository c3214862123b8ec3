/* SPDX-License-Identifier: MIT
 *
 * The addresses of the newsroom: one table for each area, joined in
 * newsroom.c. The dispatcher alone decides by the table whether a handler is
 * reached: it needs the right, a fresh step-up where that is asked for, a
 * request that no other site has forged, and no form field that the row does
 * not name. `farthing probe newsroom-routes` prints the table, from which the
 * test of every address in every state is made.
 *
 *	static const struct route routes[] = {
 *	    {HTTP_GET, "/stories/:id", RIGHT_STORIES, 0, "", show_story},
 *	    {HTTP_POST, "/stories/:id/save", RIGHT_WRITE, ROUTE_SHOWS,
 *		"base kind text tag_#", save_story},
 *	};
 */
#ifndef NEWSROOM_ROUTE_H
#define NEWSROOM_ROUTE_H

#include <stddef.h>

#include "base/rc.h"
#include "base/str.h"
#include "http/request.h"
#include "newsroom/right.h"

struct entity;
struct visit;

enum { ROUTE_PARAMS_MAX = 3, ROUTES_MOST = 300 };

enum route_flags {
	ROUTE_STEP_UP = 1, /* only if the person has proved lately who it is */
	ROUTE_RAW = 2,	   /* the body is no form; the handler reads it */
	ROUTE_SHOWS = 4,   /* afterwards readers may have something to see */
};

struct route {
	enum http_method method; /* GET (HEAD is one, too) or POST */
	/* Segments; ":name" stands for any one, which becomes a parameter. */
	const char *pattern;
	enum right right;
	unsigned flags;
	/* The names of the form's fields, with spaces between; "row_#" stands
	 * for "row_" and digits. All else is refused. */
	const char *fields;
	/* The answer; NULL: there is no memory, or (visit_later) it comes
	 * later. */
	struct entity *(*fn)(struct visit *v);
};

/* The route of a request in COUNT rows. RC_NOT_FOUND; RC_DENIED: the address
 * has one, but not for this method. PARAMS are views of PATH. */
MUST_USE enum rc route_find(const struct route *const *routes, size_t count,
    enum http_method method, struct str path, const struct route **ret_route,
    struct str ret_params[ROUTE_PARAMS_MAX]);

/* The form may have a field NAME. */
bool route_takes(const struct route *route, struct str name);

/* The areas. */
const struct route *routes_pictures(size_t *ret_n);
const struct route *routes_sign_in(size_t *ret_n);
const struct route *routes_join(size_t *ret_n);
const struct route *routes_second(size_t *ret_n);
const struct route *routes_again(size_t *ret_n);
const struct route *routes_kept(size_t *ret_n);
const struct route *routes_account(size_t *ret_n);
const struct route *routes_staff(size_t *ret_n);
const struct route *routes_audit(size_t *ret_n);
const struct route *routes_stories(size_t *ret_n);
const struct route *routes_settings(size_t *ret_n);
const struct route *routes_sections(size_t *ret_n);
const struct route *routes_section_move(size_t *ret_n);
const struct route *routes_people(size_t *ret_n);
const struct route *routes_publishing(size_t *ret_n);
const struct route *routes_support(size_t *ret_n);
const struct route *routes_money(size_t *ret_n);
const struct route *routes_health(size_t *ret_n);
const struct route *routes_steps(size_t *ret_n);
const struct route *routes_write(size_t *ret_n);
const struct route *routes_length(size_t *ret_n);
const struct route *routes_stet(size_t *ret_n);
const struct route *routes_present(size_t *ret_n);
const struct route *routes_notes(size_t *ret_n);
const struct route *routes_history(size_t *ret_n);
const struct route *routes_preview(size_t *ret_n);
const struct route *routes_publish(size_t *ret_n);
const struct route *routes_calendar(size_t *ret_n);
const struct route *routes_front(size_t *ret_n);
const struct route *routes_redirects(size_t *ret_n);

/* All of them, in RET, which has ROUTES_MOST places; how many there are. */
size_t routes_all(const struct route **ret);

#endif
