/* SPDX-License-Identifier: MIT
 *
 * The desk: how a command changes the paper. There is one writing process for
 * each database, so a command asks for the writer's lock (DIR/run/writer.lock).
 * It gets it when no server runs on DIR; then it is the writer itself. Else it
 * sends its calls to the newsroom process over DIR/run/newsroom.sock. The same
 * calls do the same in both cases, and when desk_call returns RC_OK the change
 * is committed and on its way to every reader.
 *
 *	struct desk *desk;
 *	struct desk_message reply;
 *	struct str parts[] = {path, STR("")};
 *
 *	rc = desk_open(dir, &desk, err);
 *	...
 *	rc = desk_call(desk, a, DESK_PUBLISH, parts, 2, &reply, err);
 *	...
 *	desk_close(desk);
 *
 * Reading the paper (list, show) needs no desk: anyone may open paper.db for
 * reading.
 */
#ifndef APP_DESK_H
#define APP_DESK_H

#include <stdbool.h>

#include "app/desk_wire.h"
#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;
struct desk;

/* A writer and how it is reached: the newsroom, or the till (till_desk.h). */
struct desk_place {
	const char *what;   /* is written to: "this paper" */
	const char *socket; /* in DIR: "run/newsroom.sock" */
	/* Becomes the writer. RC_BUSY: there is one, whose number ERR has. */
	enum rc (*open)(struct str dir, void **ret_work, struct err *err);
	void (*close)(void *work);
	/* Does what the message asks and appends the answer. */
	enum rc (*act)(
	    void *work, const struct desk_message *message, struct buf *answer);
	const char *(*verb_name)(unsigned verb);
	bool (*may_repeat)(unsigned verb); /* twice is the same as once */
};

extern const struct desk_place desk_newsroom;

/* Takes the writer's lock on the paper in DIR, or connects to the newsroom
 * process that holds it. Waits up to five seconds for another command that
 * holds it. RC_NOT_FOUND: no paper in DIR; RC_BUSY: another command is still
 * writing; RC_DENIED; RC_NEWER; RC_IO. The caller owns it. */
MUST_USE enum rc desk_open(
    struct str dir, struct desk **ret_desk, struct err *err);
/* The same for another writer; desk_open is that of the newsroom. */
MUST_USE enum rc desk_open_at(const struct desk_place *place, struct str dir,
    struct desk **ret_desk, struct err *err);
/* Only connects to the process that is the writer now. RC_NOT_FOUND: none
 * is. */
MUST_USE enum rc desk_open_running(const struct desk_place *place,
    struct str dir, struct desk **ret_desk, struct err *err);
/* Lets go of the lock, after a checkpoint, or of the connection. NULL is
 * fine. */
void desk_close(struct desk *desk);

/* The calls go to a running process. */
bool desk_is_remote(const struct desk *desk);

/* Does VERB with its PARTS in one transaction, and answers when that is on the
 * disk. What each verb takes and answers is in desk_wire.h; the parts of
 * *RET_REPLY live as long as the arena. Any code but RC_OK: nothing of the
 * call was done, and ERR says why. Blocks; RC_IO after thirty seconds without
 * an answer, and then it is not known whether the call was done: all calls
 * may be repeated. */
MUST_USE enum rc desk_call(struct desk *desk, struct arena *a, unsigned verb,
    const struct str *parts, size_t n, struct desk_message *ret_reply,
    struct err *err);

#endif
