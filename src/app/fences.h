/* SPDX-License-Identifier: MIT
 *
 * What keeps the processes of the server from writing the pinned key, said to
 * whoever runs it: Landlock, where the kernel has it, and whom the files
 * belong to.
 */
#ifndef APP_FENCES_H
#define APP_FENCES_H

#include <stdbool.h>
#include <sys/types.h>

struct buf;

struct fences {
	int landlock_abi; /* 0: this kernel has none, or has it switched off */
	bool has_pin;
	/* The pin, its folder and the paper's are not the server's own, so it
	 * could not put another there even without Landlock. */
	bool is_pin_apart;
};

/* As they are for a server that runs as USER on the paper in DIR. */
struct fences fences_look(const char *dir, uid_t user);
/* Appends, in one line without its end, what is missing and what to do;
 * nothing where Landlock stands. */
void fences_tell(struct buf *b, const struct fences *fences);

#endif
