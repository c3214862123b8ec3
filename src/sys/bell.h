/* SPDX-License-Identifier: MIT
 *
 * A bell between processes that share a folder and nothing else: one rings
 * when it has written something, others that listen wake up. It is a file of
 * one byte whose writing inotify(7) tells. A ring can be lost (a limit of the
 * system, a network disk), so whoever listens must also look by himself from
 * time to time.
 */
#ifndef SYS_BELL_H
#define SYS_BELL_H

#include "base/err.h"
#include "base/str.h"

/* Opens the bell PATH for ringing; makes the file if it is missing. */
MUST_USE enum rc bell_open(struct str path, int *ret_fd, struct err *err);
/* Rings. That it could not be heard is no error. */
void bell_ring(int fd);

/* A descriptor that becomes readable when the bell PATH is rung, which must be
 * there (RC_NOT_FOUND). RC_LIMIT: too many listeners on this machine. */
MUST_USE enum rc bell_listen(struct str path, int *ret_fd, struct err *err);
/* Takes away what has rung so far. */
void bell_heard(int fd);

#endif
