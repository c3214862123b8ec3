/* SPDX-License-Identifier: MIT
 *
 * What the names of a paper's stories and feeds begin with. A feed reader
 * knows by its name whether it has a story already, so names stay for ever
 * (RFC 4287, section 4.2.6), also when the paper moves because its domain was
 * taken from it. So the authority is minted once, from the first origin that
 * others can reach, and never again.
 *
 * It has one of two forms. "tag:portlune.example,2026-11-28:" is the host and
 * a day on which the paper had it (RFC 4151, section 2.1). Papers older than
 * this file have "https://portlune.example", their origin as it was then: what
 * is named after it is said in site/feeds.c.
 */
#ifndef PAPER_AUTHORITY_H
#define PAPER_AUTHORITY_H

#include "base/instant.h"
#include "base/str.h"

struct arena;

/* The authority of a paper that has ORIGIN from NOW on. Empty where ORIGIN is
 * empty or leads to the reader's own machine, which is everybody's. P is NULL
 * when the arena is spent. */
struct str authority_mint(
    struct arena *a, struct str origin, struct instant now);

/* Has it the first of the forms? */
bool authority_is_tag(struct str authority);

/* The host of ORIGIN as a tag may hold it: without the brackets of an IPv6
 * address; "localhost" where there is none. A view into ORIGIN. */
struct str authority_host(struct str origin);

#endif
