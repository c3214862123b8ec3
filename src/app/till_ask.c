/* SPDX-License-Identifier: MIT
 *
 * Questions to the till; see till_ask.h. Ids are random: what comes for a
 * newsroom that is no more is nobody's here.
 */
#include "app/till_ask.h"

#include "base/buf.h"
#include "sys/clock.h"
#include "sys/random.h"
#include "sys/socket.h"

enum { TICK_MS = 250, AT_ONCE = 16 };
static const int64_t WAIT_NS = INT64_C(4000000000);

static void finish(
    struct till_question *q, enum rc rc, const struct money_message *reply)
{
	struct till_question was = *q;

	*q = (struct till_question){0};
	was.done(was.ctx, rc, reply);
}

static void tick_due(struct timer *t)
{
	struct till_asker *asker = LOOP_OWNER(t, struct till_asker, timer);
	int64_t now = clock_ns();
	bool is_waiting = false;

	for (size_t i = 0; i < TILL_QUESTIONS_MAX; i++)
		if (asker->v[i].id && asker->v[i].due_ns <= now)
			finish(&asker->v[i], RC_IO, NULL);
	for (size_t i = 0; i < TILL_QUESTIONS_MAX; i++)
		is_waiting |= asker->v[i].id != 0;
	if (is_waiting)
		loop_arm(asker->loop, t, TICK_MS);
}

static void hear(struct till_asker *asker, struct str packet)
{
	if (money_wire_parse(packet, &asker->reply) != RC_OK ||
	    asker->reply.kind < MONEY_REPORT)
		return;
	for (size_t i = 0; i < TILL_QUESTIONS_MAX; i++)
		if (asker->v[i].id && asker->v[i].id == asker->reply.id) {
			finish(&asker->v[i], RC_OK, &asker->reply);
			return;
		}
}

static void readable(struct loop *l, struct watch *w, unsigned events)
{
	struct till_asker *asker = LOOP_OWNER(w, struct till_asker, watch);

	(void)events;
	for (int i = 0; i < AT_ONCE; i++) {
		size_t n = 0;
		enum rc rc =
		    socket_recv(w->fd, asker->room, sizeof(asker->room), &n);

		if (rc == RC_BUSY)
			return;
		/* The supervisor holds the other end: this cannot be for
		 * long. */
		if (rc != RC_OK || n == 0) {
			loop_unwatch(l, w);
			return;
		}
		hear(asker, (struct str){asker->room, n});
	}
}

static enum rc ask_till(
    void *ctx, struct money_message *ask, till_done_fn *done, void *done_ctx)
{
	struct till_asker *asker = ctx;
	struct str packet;
	struct buf b;
	size_t at = 0, sent;
	enum rc rc;

	while (at < TILL_QUESTIONS_MAX && asker->v[at].id)
		at++;
	if (at == TILL_QUESTIONS_MAX)
		return RC_BUSY;
	ask->id = random_u64() | 1;
	buf_init(&b, MONEY_WIRE_MAX);
	rc = money_wire_write(&b, ask);
	packet = buf_str(&b);
	if (rc == RC_OK)
		rc = socket_send(asker->fd, &packet, 1, false, &sent);
	buf_done(&b);
	if (rc != RC_OK)
		return rc == RC_INVALID || rc == RC_LIMIT ? rc : RC_BUSY;
	asker->v[at] = (struct till_question){.id = ask->id,
	    .due_ns = clock_ns() + WAIT_NS,
	    .done = done,
	    .ctx = done_ctx};
	if (!timer_is_armed(&asker->timer))
		loop_arm(asker->loop, &asker->timer, TICK_MS);
	return RC_OK;
}

enum rc till_asker_init(
    struct till_asker *asker, struct loop *loop, int fd, struct err *err)
{
	enum rc rc;

	*asker = (struct till_asker){
	    .loop = loop, .fd = fd, .timer = {.fn = tick_due}};
	rc = loop_watch(loop, &asker->watch, fd, LOOP_READ, readable);
	return rc == RC_OK ? rc : err_set(err, rc, "cannot wait for the till");
}

void till_asker_done(struct till_asker *asker)
{
	if (!asker->loop)
		return;
	for (size_t i = 0; i < TILL_QUESTIONS_MAX; i++)
		if (asker->v[i].id)
			finish(&asker->v[i], RC_IO, NULL);
	loop_disarm(asker->loop, &asker->timer);
	loop_unwatch(asker->loop, &asker->watch);
	asker->loop = NULL;
}

struct till till_asker_till(struct till_asker *asker)
{
	return (struct till){.ctx = asker, .ask = ask_till};
}
