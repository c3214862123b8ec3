/* SPDX-License-Identifier: MIT
 *
 * The desk on the side of a command; desk.h says what it is. A call that was
 * cut off because the newsroom process was being replaced is made again where
 * doing it twice is the same as doing it once.
 */
#include "app/desk.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>

#include "app/desk_work.h"
#include "app/files.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/socket.h"

enum {
	OPEN_MS = 5000,
	OPEN_STEP_MS = 20,
	CALL_MS = 30000,
	CHUNK = 64 * 1024,
};

struct desk {
	const struct desk_place *place;
	void *work; /* this process is the writer, or NULL */
	int fd;	    /* to the process that is, or -1 */
	struct str dir;
	struct arena *a;
	struct buf message; /* being sent, then the answer */
};

static enum rc open_newsroom(struct str dir, void **ret_work, struct err *err)
{
	struct desk_work *work;
	enum rc rc = desk_work_open(dir, &work, err);

	if (rc == RC_OK)
		*ret_work = work;
	return rc;
}

static void close_newsroom(void *work)
{
	desk_work_close(work);
}

static enum rc do_newsroom(
    void *work, const struct desk_message *message, struct buf *answer)
{
	return desk_work_do(work, message, answer);
}

static const char *name_newsroom(unsigned verb)
{
	return desk_verb_name((enum desk_verb)verb);
}

static bool repeats_newsroom(unsigned verb)
{
	return verb == DESK_PING || verb == DESK_KNOWN || verb == DESK_IMPORT ||
	       verb == DESK_SET || verb == DESK_PERSON || verb == DESK_FLUSH ||
	       verb == DESK_STAFF_LIST;
}

const struct desk_place desk_newsroom = {
    .what = "this paper",
    .socket = "run/newsroom.sock",
    .open = open_newsroom,
    .close = close_newsroom,
    .act = do_newsroom,
    .verb_name = name_newsroom,
    .may_repeat = repeats_newsroom,
};

static int64_t deadline_in(int ms)
{
	return clock_ns() + (int64_t)ms * 1000000;
}

/* Waits until FD is ready for EVENTS; false when the deadline has passed. */
static bool wait_for(int fd, short events, int64_t deadline)
{
	for (;;) {
		int64_t left = (deadline - clock_ns()) / 1000000;
		struct pollfd p = {.fd = fd, .events = events};
		int n;

		if (left <= 0)
			return false;
		n = poll(&p, 1, (int)left);
		if (n > 0)
			return true;
		if (n < 0 && errno != EINTR)
			return false;
	}
}

static enum rc connect_writer(struct desk *desk)
{
	struct str path = files_path(desk->a, desk->dir, desk->place->socket);

	if (!path.p)
		return RC_NO_MEMORY;
	return socket_connect_unix(path, &desk->fd, NULL);
}

/* Becomes the writer or finds the one that there is. */
static enum rc find_writer(struct desk *desk, struct err *err)
{
	int64_t deadline = deadline_in(OPEN_MS);

	for (;;) {
		enum rc rc = desk->place->open(desk->dir, &desk->work, err);

		if (rc != RC_BUSY || connect_writer(desk) == RC_OK)
			return rc == RC_BUSY ? RC_OK : rc;
		if (clock_ns() > deadline)
			return err_prefix(err, RC_BUSY,
			    "another command is writing to %s; try again "
			    "later: ",
			    desk->place->what);
		poll(NULL, 0, OPEN_STEP_MS);
	}
}

static struct desk *desk_new(const struct desk_place *place, struct str dir)
{
	struct desk *desk = calloc(1, sizeof(*desk));

	must(desk);
	desk->place = place;
	desk->fd = -1;
	desk->a = arena_new(CHUNK * 4);
	desk->dir = arena_copy(desk->a, dir);
	buf_init(&desk->message, DESK_HEAD + DESK_MESSAGE_MAX);
	return desk;
}

enum rc desk_open_at(const struct desk_place *place, struct str dir,
    struct desk **ret_desk, struct err *err)
{
	struct desk *desk;
	enum rc rc = files_need_paper(dir, err);

	if (rc != RC_OK)
		return rc;
	desk = desk_new(place, dir);
	rc = find_writer(desk, err);
	if (rc == RC_OK)
		*ret_desk = desk;
	else
		desk_close(desk);
	return rc;
}

enum rc desk_open_running(const struct desk_place *place, struct str dir,
    struct desk **ret_desk, struct err *err)
{
	struct desk *desk = desk_new(place, dir);

	if (connect_writer(desk) == RC_OK) {
		*ret_desk = desk;
		return RC_OK;
	}
	desk_close(desk);
	return err_set(
	    err, RC_NOT_FOUND, "no server runs on %.*s", STR_ARG(dir));
}

enum rc desk_open(struct str dir, struct desk **ret_desk, struct err *err)
{
	return desk_open_at(&desk_newsroom, dir, ret_desk, err);
}

void desk_close(struct desk *desk)
{
	if (!desk)
		return;
	if (desk->work)
		desk->place->close(desk->work);
	if (desk->fd >= 0)
		socket_close(desk->fd);
	buf_done(&desk->message);
	arena_free(desk->a);
	free(desk);
}

bool desk_is_remote(const struct desk *desk)
{
	return desk->fd >= 0;
}

static enum rc send_all(struct desk *desk, int64_t deadline)
{
	struct str rest = buf_str(&desk->message);

	while (rest.n > 0) {
		size_t n = 0;
		enum rc rc = socket_send(desk->fd, &rest, 1, false, &n);

		if (rc == RC_BUSY && !wait_for(desk->fd, POLLOUT, deadline))
			return RC_IO;
		if (rc != RC_OK && rc != RC_BUSY)
			return rc;
		rest = str_from(rest, n);
	}
	return RC_OK;
}

/* Receives until the message has N bytes. */
static enum rc receive(struct desk *desk, size_t n, int64_t deadline)
{
	while (desk->message.n < n) {
		size_t left = n - desk->message.n;
		size_t most = left < CHUNK ? left : CHUNK;
		char *room = buf_room(&desk->message, most);
		size_t got = 0;
		enum rc rc;

		if (!room)
			return RC_NO_MEMORY;
		rc = socket_recv(desk->fd, room, most, &got);
		if (rc == RC_BUSY) {
			if (!wait_for(desk->fd, POLLIN, deadline))
				return RC_IO;
			continue;
		}
		if (rc != RC_OK || got == 0)
			return RC_IO;
		buf_commit(&desk->message, got);
	}
	return RC_OK;
}

static enum rc exchange(struct desk *desk)
{
	int64_t deadline = deadline_in(CALL_MS);
	size_t follows;
	enum rc rc = send_all(desk, deadline);

	if (rc != RC_OK)
		return rc;
	buf_clear(&desk->message);
	rc = receive(desk, DESK_HEAD, deadline);
	if (rc == RC_OK)
		rc = desk_wire_head(buf_str(&desk->message), &follows);
	if (rc == RC_OK)
		rc = receive(desk, DESK_HEAD + follows, deadline);
	return rc;
}

static enum rc call_remote(struct desk *desk, unsigned verb,
    const struct str *parts, size_t n, struct err *err)
{
	enum rc rc = RC_OK;

	for (int tries = 0; tries < 2; tries++) {
		buf_clear(&desk->message);
		rc = desk_wire_write(&desk->message, verb, parts, n);
		if (rc != RC_OK)
			return err_set(err, rc, "%s: too large",
			    desk->place->verb_name(verb));
		rc = exchange(desk);
		if (rc != RC_IO || !desk->place->may_repeat(verb))
			break;
		/* The writing process went away: wait for the next one. */
		socket_close(desk->fd);
		desk->fd = -1;
		rc = find_writer(desk, err);
		if (rc != RC_OK || desk->work)
			return rc;
		rc = RC_IO;
	}
	return rc == RC_OK
		   ? RC_OK
		   : err_set(err, rc,
			 "%s: no answer from the running server (%s); look "
			 "whether it was done before you try again",
			 desk->place->verb_name(verb), rc_name(rc));
}

static enum rc call_local(struct desk *desk, unsigned verb,
    const struct str *parts, size_t n, struct err *err)
{
	struct desk_message *message;
	enum rc rc = RC_LIMIT;

	if (n > DESK_PARTS_MAX)
		return err_set(err, rc, "too many parts in one call");
	message = calloc(1, sizeof(*message));
	must(message);
	message->kind = verb;
	message->n = n;
	for (size_t i = 0; i < n; i++)
		message->v[i] = parts[i];
	buf_clear(&desk->message);
	rc = desk->place->act(desk->work, message, &desk->message);
	free(message);
	return rc == RC_OK ? rc : err_set(err, rc, "no memory for an answer");
}

/* What the answer in desk->message means. */
static enum rc read_answer(struct desk *desk, struct arena *a,
    struct desk_message *ret_reply, struct err *err)
{
	struct str text = arena_copy(a, buf_str(&desk->message));
	enum rc rc;

	if (!text.p)
		return err_set(err, RC_NO_MEMORY, "no memory for an answer");
	rc = desk_wire_read(text, ret_reply);
	if (rc != RC_OK || ret_reply->kind >= RC_COUNT)
		return err_set(err, RC_IO, "the answer was not understood");
	if (ret_reply->kind == RC_OK)
		return RC_OK;
	return err_set(err, (enum rc)ret_reply->kind, "%.*s",
	    STR_ARG(ret_reply->n ? ret_reply->v[0] : STR_NONE));
}

enum rc desk_call(struct desk *desk, struct arena *a, unsigned verb,
    const struct str *parts, size_t n, struct desk_message *ret_reply,
    struct err *err)
{
	enum rc rc = RC_OK;

	if (desk->fd >= 0)
		rc = call_remote(desk, verb, parts, n, err);
	/* Not "else": the process may have ended, and this be the writer. */
	if (rc == RC_OK && desk->work)
		rc = call_local(desk, verb, parts, n, err);
	return rc == RC_OK ? read_answer(desk, a, ret_reply, err) : rc;
}
