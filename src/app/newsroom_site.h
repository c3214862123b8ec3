/* SPDX-License-Identifier: MIT
 *
 * What the newsroom's pages are told by parts of the program that they do not
 * know: how the front page will look, and what surrounds a story (site/), and
 * which words of a story are addresses for coins (coin/).
 */
#ifndef APP_NEWSROOM_SITE_H
#define APP_NEWSROOM_SITE_H

#include <stdbool.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;
struct check_address;
struct newsroom_around;
struct newsroom_front;
struct public_db;
struct site;

/* A zeroed one is ready. */
struct newsroom_site {
	struct str dir; /* the paper's; to be filled before it is used */
	struct public_db *db;
	struct site *site; /* made when it is first needed */
};

void newsroom_site_done(struct newsroom_site *s);

/* newsroom_config.front_page of S. */
MUST_USE enum rc newsroom_site_front(struct newsroom_site *s,
    struct newsroom_front *front, struct buf *out, struct err *err);

/* newsroom_config.around_story of S. */
MUST_USE enum rc newsroom_site_around(
    struct newsroom_site *s, struct newsroom_around *around, struct err *err);

/* newsroom_config.find_address. Whole words that verify (coin/address_find.h)
 * and what is hidden (coin/payee.h), whichever comes first. */
bool newsroom_find_address(
    void *ctx, struct str text, size_t *at, struct check_address *ret_address);

#endif
