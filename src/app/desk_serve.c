/* SPDX-License-Identifier: MIT
 *
 * The writing side of the desk: at most DESK_CLIENTS_MAX connections, on
 * each one message at a time, which is answered before the next is read. A
 * message that does not arrive within MESSAGE_MS, one that is too large or
 * not understood, and a client that does not take its answer are let go; so a
 * faulty client costs a bounded amount of memory and nobody else's time.
 */
#include "app/desk_serve.h"

#include <stdlib.h>
#include <string.h>

#include "app/desk_wire.h"
#include "base/buf.h"
#include "base/must.h"
#include "sys/address.h"
#include "sys/file.h"
#include "sys/loop.h"
#include "sys/socket.h"

enum {
	MESSAGE_MS = 30000, /* from its first byte to its answer's last */
	CHUNK = 256 * 1024,
	KEEP_ROOM = 1024 * 1024, /* of a buffer between two messages */
};

struct desk_client {
	struct desk_server *server;
	int fd; /* -1: this place is free */
	struct watch watch;
	struct timer deadline;
	struct buf in;
	struct buf out;
	size_t out_at; /* sent so far */
	bool ends;     /* with this answer */
};

struct desk_server {
	struct loop *loop;
	desk_act_fn *act;
	void *ctx;
	char *path;
	int fd;
	struct watch watch;
	struct desk_message message; /* the one being read: large */
	struct desk_client clients[DESK_CLIENTS_MAX];
};

static void client_close(struct desk_client *c)
{
	struct desk_server *server = c->server;

	loop_unwatch(server->loop, &c->watch);
	loop_disarm(server->loop, &c->deadline);
	socket_close(c->fd);
	c->fd = -1;
	buf_done(&c->in);
	buf_done(&c->out);
	/* A place is free: who waits in the queue is looked at again. */
	loop_rewatch(server->loop, &server->watch, LOOP_READ);
}

static void deadline_due(struct timer *t)
{
	client_close(LOOP_OWNER(t, struct desk_client, deadline));
}

/* Large buffers go back between messages. */
static void empty(struct buf *b, size_t limit)
{
	if (b->size > KEEP_ROOM) {
		buf_done(b);
		buf_init(b, limit);
	} else {
		buf_clear(b);
	}
}

static void client_write(struct desk_client *c)
{
	while (c->out_at < c->out.n) {
		struct str rest = str_from(buf_str(&c->out), c->out_at);
		size_t n = 0;
		enum rc rc = socket_send(c->fd, &rest, 1, false, &n);

		if (rc == RC_BUSY) {
			loop_rewatch(c->server->loop, &c->watch, LOOP_WRITE);
			return;
		}
		if (rc != RC_OK) {
			client_close(c);
			return;
		}
		c->out_at += n;
	}
	if (c->ends) {
		client_close(c);
		return;
	}
	empty(&c->in, DESK_HEAD + DESK_MESSAGE_MAX);
	empty(&c->out, DESK_HEAD + DESK_MESSAGE_MAX);
	c->out_at = 0;
	loop_disarm(c->server->loop, &c->deadline);
	loop_rewatch(c->server->loop, &c->watch, LOOP_READ);
}

static void client_refuse(struct desk_client *c, enum rc rc)
{
	struct str why = STR("the running server does not understand this "
			     "program; are they of one version?");

	c->ends = true;
	if (desk_wire_write(&c->out, (unsigned)rc, &why, 1) == RC_OK)
		client_write(c);
	else
		client_close(c);
}

static void client_do(struct desk_client *c)
{
	struct desk_server *server = c->server;
	enum rc rc = desk_wire_read(buf_str(&c->in), &server->message);

	if (rc != RC_OK) {
		client_refuse(c, rc);
		return;
	}
	rc = server->act(server->ctx, &server->message, &c->out);
	if (rc != RC_OK)
		client_close(c);
	else
		client_write(c);
}

static void client_read(struct desk_client *c)
{
	size_t left = DESK_HEAD + DESK_MESSAGE_MAX - c->in.n;
	size_t most = left < CHUNK ? left : CHUNK;
	char *room = buf_room(&c->in, most);
	size_t follows = 0;
	size_t n = 0;
	enum rc rc;

	rc = room ? socket_recv(c->fd, room, most, &n) : RC_NO_MEMORY;
	if (rc == RC_BUSY)
		return;
	if (rc != RC_OK || n == 0) {
		client_close(c);
		return;
	}
	if (c->in.n == 0)
		loop_arm(c->server->loop, &c->deadline, MESSAGE_MS);
	buf_commit(&c->in, n);
	if (c->in.n < DESK_HEAD)
		return;
	rc = desk_wire_head(buf_str(&c->in), &follows);
	if (rc == RC_OK && c->in.n > DESK_HEAD + follows)
		rc = RC_INVALID;
	if (rc != RC_OK)
		client_refuse(c, rc);
	else if (c->in.n == DESK_HEAD + follows)
		client_do(c);
}

static void client_event(struct loop *l, struct watch *w, unsigned events)
{
	struct desk_client *c = LOOP_OWNER(w, struct desk_client, watch);

	(void)l;
	if (c->out.n > 0)
		client_write(c);
	else if (events & (LOOP_READ | LOOP_HANGUP))
		client_read(c);
}

static struct desk_client *free_client(struct desk_server *server)
{
	for (unsigned i = 0; i < DESK_CLIENTS_MAX; i++)
		if (server->clients[i].fd < 0)
			return &server->clients[i];
	return NULL;
}

static void server_event(struct loop *l, struct watch *w, unsigned events)
{
	struct desk_server *server = LOOP_OWNER(w, struct desk_server, watch);
	struct desk_client *c = free_client(server);
	struct address peer;
	int fd;

	(void)events;
	if (!c) {
		/* Until one closes. */
		loop_rewatch(l, w, 0);
		return;
	}
	if (socket_accept(server->fd, &fd, &peer) != RC_OK)
		return;
	*c = (struct desk_client){
	    .server = server, .fd = fd, .deadline = {.fn = deadline_due}};
	buf_init(&c->in, DESK_HEAD + DESK_MESSAGE_MAX);
	buf_init(&c->out, DESK_HEAD + DESK_MESSAGE_MAX);
	if (loop_watch(l, &c->watch, fd, LOOP_READ, client_event) != RC_OK) {
		socket_close(fd);
		c->fd = -1;
	}
}

enum rc desk_server_new(struct loop *loop, struct str path, desk_act_fn *act,
    void *ctx, struct desk_server **ret_server, struct err *err)
{
	struct desk_server *server = calloc(1, sizeof(*server));
	enum rc rc;

	must(server);
	server->loop = loop;
	server->act = act;
	server->ctx = ctx;
	server->fd = -1;
	server->path = strndup(path.p, path.n);
	must(server->path);
	for (unsigned i = 0; i < DESK_CLIENTS_MAX; i++)
		server->clients[i].fd = -1;
	rc = socket_listen_unix(path, DESK_CLIENTS_MAX, &server->fd, err);
	if (rc == RC_OK) {
		rc = loop_watch(
		    loop, &server->watch, server->fd, LOOP_READ, server_event);
		if (rc != RC_OK)
			err_set(
			    err, rc, "%s: cannot wait for calls", server->path);
	}
	if (rc == RC_OK)
		*ret_server = server;
	else
		desk_server_free(server);
	return rc;
}

void desk_server_free(struct desk_server *server)
{
	if (!server)
		return;
	for (unsigned i = 0; i < DESK_CLIENTS_MAX; i++)
		if (server->clients[i].fd >= 0)
			client_close(&server->clients[i]);
	if (server->fd >= 0) {
		enum rc rc;

		loop_unwatch(server->loop, &server->watch);
		socket_close(server->fd);
		/* One that stays behind is replaced by the next process. */
		rc = file_remove(str_of(server->path), NULL);
		(void)rc;
	}
	free(server->path);
	free(server);
}
