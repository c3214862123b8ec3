/* SPDX-License-Identifier: MIT
 *
 * The vault process; see vault.h. What it has read is wiped when it is done
 * with it.
 */
#include "app/vault.h"

#include <signal.h>
#include <sodium.h>

#include "app/child.h"
#include "app/say.h"
#include "app/shared.h"
#include "app/watchdog.h"
#include "base/buf.h"
#include "newsroom/password.h"
#include "newsroom/vault.h"
#include "sys/loop.h"
#include "sys/random.h"
#include "sys/sandbox.h"
#include "sys/socket.h"

struct vault_process {
	const struct child_order *order;
	const char *name;
	struct loop *loop;
	struct shared *shared;
	struct heartbeat heartbeat;
	struct watch watch;
	int code;
	char room[VAULT_PACKET_MAX + 1];
};

static void answer(struct vault_process *v, const struct vault_ask *ask)
{
	char hash[PASSWORD_HASH_ROOM];
	struct vault_reply reply = {.id = ask->id};
	struct str packet;
	struct buf b;
	size_t sent;

	if (ask->kind == VAULT_CHECK) {
		reply.is_right = password_check(ask->hash, ask->password);
	} else if (password_hash(ask->password, hash) == RC_OK) {
		reply.is_right = true;
		reply.hash = str_of(hash);
	}
	buf_init(&b, VAULT_PACKET_MAX);
	vault_put_reply(&b, &reply);
	packet = buf_str(&b);
	/* One that cannot be sent is one that the newsroom waits for until
	 * its time is up. */
	if (buf_rc(&b) != RC_OK ||
	    socket_send(v->order->vault_fd, &packet, 1, false, &sent) != RC_OK)
		say(v->name, "an answer to the newsroom is lost");
	buf_done(&b);
}

static void readable(struct loop *l, struct watch *w, unsigned events)
{
	struct vault_process *v = LOOP_OWNER(w, struct vault_process, watch);
	struct vault_ask ask;
	size_t n = 0;
	enum rc rc = socket_recv(w->fd, v->room, sizeof(v->room), &n);

	(void)events;
	if (rc == RC_BUSY)
		return;
	if (rc != RC_OK || n == 0) {
		say(v->name, "the socket to the newsroom is broken");
		v->code = 1;
		loop_stop(l);
		return;
	}
	if (vault_ask_parse((struct str){v->room, n}, &ask) == RC_OK)
		answer(v, &ask);
	else
		say(v->name, "the newsroom sent what is no question");
	sodium_memzero(v->room, sizeof(v->room));
}

static void signal_came(struct loop *l, void *ctx, int signo)
{
	(void)ctx;
	(void)signo;
	loop_stop(l);
}

static enum rc prepare(struct vault_process *v, struct err *err)
{
	static const int signals[] = {SIGTERM};
	const struct sandbox_rules rules = {.role = SANDBOX_TILL};
	struct sandbox_report report;
	enum rc rc = random_start();

	if (rc != RC_OK)
		err_set(err, rc, "no random numbers");
	if (rc == RC_OK)
		rc = shared_map(v->order->shared_fd, &v->shared, err);
	if (rc == RC_OK)
		rc = loop_new(&v->loop, err);
	if (rc == RC_OK)
		rc = loop_signals(v->loop, signals, 1, signal_came, v, err);
	if (rc == RC_OK)
		rc = sandbox_enter(&rules, &report, err);
	if (rc == RC_OK) {
		rc = loop_watch(v->loop, &v->watch, v->order->vault_fd,
		    LOOP_READ, readable);
		if (rc != RC_OK)
			err_set(err, rc, "cannot wait for questions");
	}
	return rc;
}

int vault_run(const struct child_order *order)
{
	static struct vault_process v;
	struct err err;

	v.order = order;
	v.name = child_name(CHILD_VAULT, 0);
	if (prepare(&v, &err) != RC_OK) {
		say(v.name, "%s", err.why);
		return 1;
	}
	heartbeat_start(&v.heartbeat, v.loop, v.shared, order);
	child_is_ready(order);
	loop_run(v.loop);
	loop_free(v.loop);
	return v.code;
}
