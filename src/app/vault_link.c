/* SPDX-License-Identifier: MIT
 *
 * Questions to the vault; see vault_link.h. A question that is not answered
 * in WAIT_NS, because the vault died over it, is given up. Ids are random:
 * what comes for a newsroom that is no more is nobody's here.
 */
#include "app/vault_link.h"

#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "sys/clock.h"
#include "sys/random.h"
#include "sys/socket.h"

enum { TICK_MS = 250 };
static const int64_t WAIT_NS = INT64_C(15000000000);

static void finish(
    struct vault_question *q, enum rc rc, const struct vault_reply *reply)
{
	struct vault_question was = *q;

	*q = (struct vault_question){0};
	was.done(was.ctx, rc, reply);
}

static void tick_due(struct timer *t)
{
	struct vault_link *link = LOOP_OWNER(t, struct vault_link, timer);
	int64_t now = clock_ns();
	bool is_waiting = false;

	for (size_t i = 0; i < VAULT_QUEUE_MAX; i++)
		if (link->v[i].id && link->v[i].due_ns <= now)
			finish(&link->v[i], RC_IO, NULL);
	for (size_t i = 0; i < VAULT_QUEUE_MAX; i++)
		is_waiting |= link->v[i].id != 0;
	if (is_waiting)
		loop_arm(link->loop, t, TICK_MS);
}

static void readable(struct loop *l, struct watch *w, unsigned events)
{
	struct vault_link *link = LOOP_OWNER(w, struct vault_link, watch);
	struct vault_reply reply;
	size_t n = 0;
	enum rc rc = socket_recv(w->fd, link->room, sizeof(link->room), &n);

	(void)events;
	if (rc == RC_BUSY)
		return;
	/* The supervisor holds the other end: this cannot be for long. */
	if (rc != RC_OK || n == 0) {
		loop_unwatch(l, w);
		return;
	}
	if (vault_reply_parse((struct str){link->room, n}, &reply) != RC_OK)
		return;
	for (size_t i = 0; i < VAULT_QUEUE_MAX; i++)
		if (link->v[i].id && link->v[i].id == reply.id) {
			finish(&link->v[i], RC_OK, &reply);
			return;
		}
}

static bool is_full_of_strangers(const struct vault_link *link)
{
	size_t n = 0;

	for (size_t i = 0; i < VAULT_QUEUE_MAX; i++)
		n += link->v[i].id && !link->v[i].is_known;
	return n >= VAULT_STRANGERS_MAX;
}

static enum rc link_ask(
    void *ctx, const struct vault_ask *ask, vault_done_fn *done, void *done_ctx)
{
	struct vault_link *link = ctx;
	struct vault_ask copy = *ask;
	struct str packet;
	struct buf b;
	size_t at = 0, sent;
	enum rc rc;

	while (at < VAULT_QUEUE_MAX && link->v[at].id)
		at++;
	if (at == VAULT_QUEUE_MAX ||
	    (!ask->is_known && is_full_of_strangers(link)))
		return RC_BUSY;
	copy.id = random_u64() | 1;
	buf_init(&b, VAULT_PACKET_MAX);
	vault_put_ask(&b, &copy);
	packet = buf_str(&b);
	rc = buf_rc(&b);
	if (rc == RC_OK)
		rc = socket_send(link->fd, &packet, 1, false, &sent);
	if (b.p)
		sodium_memzero(b.p, b.n);
	buf_done(&b);
	if (rc != RC_OK)
		return RC_BUSY;
	link->v[at] = (struct vault_question){.id = copy.id,
	    .due_ns = clock_ns() + WAIT_NS,
	    .is_known = ask->is_known,
	    .done = done,
	    .ctx = done_ctx};
	if (!timer_is_armed(&link->timer))
		loop_arm(link->loop, &link->timer, TICK_MS);
	return RC_OK;
}

enum rc vault_link_init(
    struct vault_link *link, struct loop *loop, int fd, struct err *err)
{
	enum rc rc;

	*link = (struct vault_link){
	    .loop = loop, .fd = fd, .timer = {.fn = tick_due}};
	rc = loop_watch(loop, &link->watch, fd, LOOP_READ, readable);
	return rc == RC_OK ? rc : err_set(err, rc, "cannot wait for the vault");
}

void vault_link_done(struct vault_link *link)
{
	if (!link->loop)
		return;
	for (size_t i = 0; i < VAULT_QUEUE_MAX; i++)
		if (link->v[i].id)
			finish(&link->v[i], RC_IO, NULL);
	loop_disarm(link->loop, &link->timer);
	loop_unwatch(link->loop, &link->watch);
	link->loop = NULL;
}

struct vault vault_link_vault(struct vault_link *link)
{
	return (struct vault){.ctx = link, .ask = link_ask};
}
