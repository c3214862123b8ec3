/* SPDX-License-Identifier: MIT
 *
 * Requests in pieces; see inbox.h.
 */
#include "http/inbox.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"

/* The first inbox has room for little more than came: thousands who send
 * slowly are then held in the memory that the server spares for them. */
enum { INBOX_STEP = 256 };

/* Who answers for what C's inbox takes of the memory. */
static limits_slot holder(const struct connection *c)
{
	return c->in && c->in->sender != LIMITS_NOBODY ? c->in->sender
						       : c->slot;
}

void inbox_hold_for(struct connection *c, limits_slot sender)
{
	struct limits *l = c->server->limits;
	struct inbox *in = c->in;
	ptrdiff_t n = in->spool.p ? 0 : (ptrdiff_t)in->size;

	limits_hold(l, holder(c), -n);
	in->sender = sender;
	limits_hold(l, holder(c), n);
}

void inbox_forget_sender(struct connection *c)
{
	limits_slot sender = c->in->sender;

	if (sender == LIMITS_NOBODY)
		return;
	inbox_hold_for(c, LIMITS_NOBODY);
	limits_close(c->server->limits, sender);
}

void inbox_drop(struct connection *c)
{
	struct inbox *in = c->in;
	struct spool spool;

	if (!in)
		return;
	inbox_forget_sender(c);
	c->in = NULL;
	spool = in->spool;
	if (spool.p) {
		c->server->spooled -= in->size;
		spool_done(&spool);
		return;
	}
	c->server->unfinished -= in->size;
	limits_hold(c->server->limits, c->slot, -(ptrdiff_t)in->size);
	free(in);
}

/* C's request, of which HAD bytes are in memory, may have SIZE there. */
static bool may_hold(const struct connection *c, size_t had, size_t size)
{
	const struct http_server *s = c->server;
	limits_slot slot = holder(c);
	size_t own = limits_held(s->limits, slot);
	size_t others = s->unfinished - own;

	if (s->unfinished - had + size > HTTP_UNFINISHED_MAX)
		return false;
	return slot == LIMITS_NOBODY ||
	       own - had + size <= (HTTP_UNFINISHED_MAX - others) / 2;
}

/* An inbox of SIZE bytes with what is in the connection's, if there is one,
 * which it takes the place of. NULL: none can be had. */
static struct inbox *grow_in_memory(struct connection *c, size_t size)
{
	struct http_server *s = c->server;
	size_t had = c->in ? c->in->size : 0;
	struct inbox *in;

	if (!may_hold(c, had, size))
		return NULL;
	in = realloc(c->in, sizeof(*in) + size);
	if (!in)
		return NULL;
	if (!had) {
		memset(in, 0, sizeof(*in));
		in->sender = LIMITS_NOBODY;
	}
	s->unfinished += size - had;
	c->in = in;
	limits_hold(s->limits, holder(c), (ptrdiff_t)(size - had));
	in->size = size;
	return in;
}

/* What the sender of C's request has in files already, C's own left out. */
static size_t spooled_by_sender(const struct connection *c)
{
	size_t n = 0;

	for (const struct connection *o = c->server->all; o; o = o->next)
		if (o != c && o->in && o->in->spool.p &&
		    o->in->parser.sender == c->in->parser.sender)
			n += o->in->size;
	return n;
}

/* C's request, of which HAD bytes lie in a file, may have SIZE there. */
static bool may_spool(const struct connection *c, size_t had, size_t size)
{
	const struct http_server *s = c->server;
	size_t most =
	    s->config.spooled_max ? s->config.spooled_max : HTTP_SPOOLED_MAX;
	size_t own = spooled_by_sender(c);
	size_t others = s->spooled - had - own;

	return others <= most && own + size <= (most - others) / 2;
}

static struct inbox *grow_in_file(struct connection *c, size_t size)
{
	struct http_server *s = c->server;
	struct spool spool = c->in->spool;
	bool is_new = !spool.p;
	size_t had = is_new ? 0 : c->in->size;
	struct inbox *in;

	if (!may_spool(c, had, size))
		return NULL;
	if (is_new && spool_init(&spool, s->config.spool) != RC_OK)
		return NULL;
	if (spool_grow(&spool, sizeof(*in) + size) != RC_OK) {
		if (is_new)
			spool_done(&spool);
		return NULL;
	}
	/* Where it was in a file, c->in may lie elsewhere from here on. */
	in = (struct inbox *)(void *)spool.p;
	if (is_new) {
		memcpy(in, c->in, sizeof(*in) + c->in->n);
		inbox_hold_for(c, LIMITS_NOBODY); /* whose it is, IN says now */
		inbox_drop(c);
	}
	s->spooled += size - had;
	in->spool = spool;
	in->size = size;
	return in;
}

/* How large an inbox becomes that is to hold WANTED bytes: as large as the
 * request, where that is known and too long for memory. */
static size_t inbox_size(const struct connection *c, size_t wanted)
{
	const struct inbox *in = c->in;
	size_t size = in ? in->size : 0;

	if (size == 0)
		size = wanted / INBOX_STEP * INBOX_STEP + INBOX_STEP;
	while (size < wanted)
		size *= 2;
	if (in && in->parser.head && !in->parser.is_chunked &&
	    size > HTTP_SPOOL_FROM) {
		size_t all = in->parser.head + (size_t)in->parser.body;

		size = all > wanted ? all : wanted;
	}
	return size;
}

bool inbox_grow(struct connection *c, size_t wanted)
{
	struct http_server *s = c->server;
	struct inbox *in;
	size_t size;

	if (wanted <= (c->in ? c->in->size : 0))
		return true;
	size = inbox_size(c, wanted);
	if (c->in && size > HTTP_SPOOL_FROM && s->config.spool.n)
		in = grow_in_file(c, size);
	else
		in = grow_in_memory(c, size);
	if (!in)
		return false;
	c->in = in;
	return true;
}
