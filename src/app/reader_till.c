/* SPDX-License-Identifier: MIT
 *
 * A reader's end of the socket to the till; see reader_till.h.
 */
#include "app/reader_till.h"

#include "app/child.h"
#include "base/arena.h"
#include "base/must.h"
#include "coin/pin.h"
#include "ledger/till_wire.h"
#include "page/asset.h"
#include "sys/clock.h"
#include "sys/socket.h"

enum { TICK_MS = 100, AT_ONCE = 64 };

static enum rc send_packet(void *ctx, struct str datagram)
{
	struct reader_till *t = ctx;
	size_t n;

	return socket_send(t->fd, &datagram, 1, false, &n);
}

enum rc reader_till_init(struct reader_till *t, struct arena *a,
    const struct child_order *order, struct err *err)
{
	*t = (struct reader_till){.fd = -1};
	if (order->pin_fd < 0 || order->till_fd < 0)
		return RC_OK;
	t->fd = order->till_fd;
	t->room = arena_alloc(a, TILL_WIRE_MAX);
	if (!t->room)
		return err_set(err, RC_NO_MEMORY, "no memory");
	t->wire = (struct site_till){
	    .send = send_packet,
	    .ctx = t,
	    .css = asset_find(STR("support.css")),
	    .verify_html = asset_find(STR("verify.html")),
	};
	return RC_OK;
}

static void till_event(struct loop *l, struct watch *w, unsigned events)
{
	struct reader_till *t = LOOP_OWNER(w, struct reader_till, watch);

	(void)events;
	for (unsigned i = 0; i < AT_ONCE; i++) {
		size_t n = 0;

		if (socket_recv(w->fd, t->room, TILL_WIRE_MAX, &n) != RC_OK ||
		    n == 0)
			return;
		site_till_hear(t->site, (struct str){t->room, n}, loop_now(l));
	}
}

static void tick_due(struct timer *timer)
{
	struct reader_till *t = LOOP_OWNER(timer, struct reader_till, tick);

	site_till_tick(t->site, clock_now());
	loop_arm(t->loop, timer, TICK_MS);
}

enum rc reader_till_start(struct reader_till *t, struct loop *loop,
    struct site *site, struct arena *a, const struct child_order *order,
    struct err *err)
{
	char *room;
	struct str pin;
	enum rc rc;

	if (t->fd < 0)
		return RC_OK;
	room = arena_alloc(a, PIN_FILE_MAX + 1);
	if (!room)
		return err_set(err, RC_NO_MEMORY, "no memory");
	rc = child_read_file(order->pin_fd, room, PIN_FILE_MAX + 1, &pin, err);
	if (rc == RC_OK)
		rc = site_use_pin(site, pin, err);
	if (rc != RC_OK)
		return err_prefix(err, rc, "trust/pin: ");
	t->site = site;
	t->loop = loop;
	t->tick.fn = tick_due;
	rc = loop_watch(loop, &t->watch, t->fd, LOOP_READ, till_event);
	if (rc != RC_OK)
		return err_set(err, rc, "cannot listen to the till");
	tick_due(&t->tick);
	return RC_OK;
}
