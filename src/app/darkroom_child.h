/* SPDX-License-Identifier: MIT
 *
 * One picture, one process. The child has two descriptors, the original to
 * read and a memory file to write, and closes the sandbox around itself before
 * the first byte is decoded: no file, no socket, no other process. What it
 * eats is limited by the system. However it ends, its parent only looks at how
 * it ended and at bytes that nobody can change any more.
 */
#ifndef APP_DARKROOM_CHILD_H
#define APP_DARKROOM_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/str.h"
#include "picture/develop.h"

struct buf;

/* What is done in the child; so that tests can have a child that crashes,
 * loops, eats memory or looks around. */
struct darkroom_work {
	enum rc (*begin)(struct err *err); /* before the sandbox closes */
	enum rc (*develop)(struct str file, const struct picture_wish *wish,
	    struct buf *b, struct err *err);
};

struct darkroom_limits {
	unsigned cpu_s;
	uint64_t memory; /* bytes that it may write to; 0: no limit, as
			    sanitizers need it */
};

/* The limits of a picture, sanitizers or not. */
extern const struct darkroom_limits darkroom_limits;

struct darkroom_child {
	pid_t pid;    /* 0: there is none */
	int out_fd;   /* the memory file; -1: none */
	bool is_late; /* it was killed, since it took too long */
};

/* Forks a child for the original behind IN_FD; it has its own copy of WISH.
 * RC_LIMIT, RC_NO_MEMORY, RC_IO. */
MUST_USE enum rc darkroom_child_start(struct darkroom_child *c, int in_fd,
    const struct picture_wish *wish, const struct darkroom_work *work,
    const struct darkroom_limits *limits, struct err *err);

/* The child has ended with STATUS, of waitpid. RC_OK: *RET_FD is the memory
 * file with all it wrote, sealed, and the caller's; else *ERR says for the
 * person who sent the picture why there is none. C is empty afterwards. */
MUST_USE enum rc darkroom_child_end(
    struct darkroom_child *c, int status, int *ret_fd, struct err *err);

#endif
