/* SPDX-License-Identifier: MIT
 *
 * Links of the chain; see chain.h.
 */
#include "watch/chain.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"

enum { ROOM_FIRST = 256 };

void chain_done(struct chain *c)
{
	free(c->v);
	memset(c, 0, sizeof(*c));
}

void chain_clear(struct chain *c)
{
	c->n = 0;
}

enum rc chain_push(struct chain *c, const struct chain_link *link)
{
	must(c->n == 0 || link->height > c->v[c->n - 1].height);
	if (c->n >= c->room && c->room < 2 * CHAIN_KEEP) {
		size_t room = c->room ? c->room * 2 : ROOM_FIRST;
		struct chain_link *v = realloc(c->v, room * sizeof(*v));

		if (!v)
			return RC_NO_MEMORY;
		c->v = v;
		c->room = room;
	}
	if (c->n >= c->room) {
		memmove(c->v, c->v + (c->n - CHAIN_KEEP),
		    CHAIN_KEEP * sizeof(*c->v));
		c->n = CHAIN_KEEP;
	}
	c->v[c->n++] = *link;
	return RC_OK;
}

const struct chain_link *chain_top(const struct chain *c)
{
	return c->n ? &c->v[c->n - 1] : NULL;
}

void chain_pop(struct chain *c)
{
	must(c->n > 0);
	c->n--;
}

struct chain_link chain_link_of(
    uint32_t height, const struct block_header *header)
{
	return (struct chain_link){.height = height,
	    .hash = header->hash,
	    .prev = header->prev,
	    .time = header->time,
	    .bits = header->bits,
	    .is_known = true};
}

block_work_t chain_work_above(const struct chain *c, size_t n, bool *ret_known)
{
	block_work_t work = 0;

	*ret_known = true;
	for (size_t i = n; i < c->n; i++) {
		if (!c->v[i].is_known)
			*ret_known = false;
		else
			work += block_work(c->v[i].bits);
	}
	return work;
}
