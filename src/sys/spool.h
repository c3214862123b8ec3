/* SPDX-License-Identifier: MIT
 *
 * Room for what is too long to be held in memory while it comes: bytes that
 * can be read and written like any others, and lie in a file without a name.
 * The system keeps of them in memory what it can spare. The file is gone with
 * the spool, and with the process.
 *
 * The room on the disk is taken before it is handed out, so that a full disk
 * is an error of spool_grow and not a signal in the middle of a copy.
 */
#ifndef SYS_SPOOL_H
#define SYS_SPOOL_H

#include <stddef.h>

#include "base/rc.h"
#include "base/str.h"

struct spool {
	char *p;     /* read and write freely: SIZE bytes, zeroed when new */
	size_t size; /* read freely */
	int fd;	     /* private */
};

/* An empty one whose file lies in the folder DIR. Results: as sys/file.h, but
 * without words. */
MUST_USE enum rc spool_init(struct spool *s, struct str dir);
/* Makes it SIZE bytes long, which is not less than it is; P may move. When it
 * fails, the spool is as it was. RC_NO_SPACE, RC_NO_MEMORY, RC_IO. */
MUST_USE enum rc spool_grow(struct spool *s, size_t size);
/* Lets it go; twice is fine, and a zeroed one is. */
void spool_done(struct spool *s);

#endif
