/* SPDX-License-Identifier: MIT
 *
 * Processes: starting them with descriptors to inherit, learning how they
 * ended, and memory shared with them.
 */
#ifndef SYS_PROCESS_H
#define SYS_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct buf;

/* In a started process the given descriptors have these numbers: the first is
 * PROCESS_FIRST_FD, the next one above it, and so on. */
enum { PROCESS_FIRST_FD = 3, PROCESS_FDS_MAX = 256 };

struct process_spec {
	const char *path;  /* of the program; NULL: this one again, as the
			      file that was started, even if it has been
			      replaced meanwhile */
	char *const *argv; /* argv[0] included, ends with NULL */
	const int *fds;	   /* to inherit; all others are closed, except for
			      0, 1 and 2 */
	size_t fd_count;
	bool outlives_us; /* false: it gets SIGTERM when this process dies */
};

/* Starts a process; the environment is passed on, and no signal is blocked
 * there. Returns when the new program runs, or tells why it cannot:
 * RC_NOT_FOUND, RC_DENIED, RC_NO_MEMORY, RC_LIMIT, RC_IO. */
MUST_USE enum rc process_start(
    const struct process_spec *spec, int *ret_pid, struct err *err);

struct process_end {
	int pid;
	bool by_signal;
	int code; /* the exit code, or the signal */
};

/* Tells of one child that has ended, without waiting. RC_NOT_FOUND: none has
 * (or there is none). */
MUST_USE enum rc process_reap(struct process_end *ret_end);
/* Waits for the child PID to end. RC_NOT_FOUND: it is no child of ours. */
MUST_USE enum rc process_wait(int pid, struct process_end *ret_end);
/* "ended with code 1", "was killed by signal 11 (Segmentation fault)". */
void process_end_text(struct buf *b, const struct process_end *end);

/* RC_NOT_FOUND: no such process. RC_DENIED. */
MUST_USE enum rc process_signal(int pid, int signo);
int process_id(void);
/* What the linker calls this very program, in hexadecimal digits ("build id"):
 * another for any other bytes. Empty if it has no such name. */
void process_build(struct buf *b);
/* Sets the short name that ps and top show; it is cut at 15 bytes. */
void process_set_name(const char *name);

/* Resident memory of a process (0: this one) in bytes, pages shared with
 * others counted in full. RC_NOT_FOUND, RC_DENIED, RC_IO. */
MUST_USE enum rc process_memory(int pid, uint64_t *ret_bytes);

/* Zeroed memory of N bytes that can be handed to other processes as a
 * descriptor; its size is sealed. *RET_P stays mapped until the process ends.
 * RC_NO_MEMORY, RC_LIMIT. */
MUST_USE enum rc process_share(
    const char *name, size_t n, int *ret_fd, void **ret_p, struct err *err);
/* Maps such memory in the process that was handed it. RC_INVALID: it is not
 * of N bytes, or not sealed. */
MUST_USE enum rc process_map(int fd, size_t n, void **ret_p, struct err *err);

#endif
