/* SPDX-License-Identifier: MIT
 *
 * The newsroom's end of the socket to the darkroom: which pictures wait, who
 * waits for them, and the files of pictures, which the newsroom alone writes.
 * What comes back is checked before a file is made of it, and then written
 * rendition by rendition, each in a turn of the loop of its own, so that
 * nobody's save waits for a whole picture.
 */
#ifndef APP_DARKROOM_LINK_H
#define APP_DARKROOM_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "newsroom/darkroom.h"
#include "sys/loop.h"

/* A picture that waits. Accounts take turns: the second picture of one waits
 * for round two, the third for round three, and each round is worked off in the
 * order of arrival. */
struct darkroom_wait {
	int64_t staff;
	uint64_t round;
	char hash[DARKROOM_HASH_LENGTH + 1];
	char stem[DARKROOM_STEM_LENGTH + 1];
	/* An order with its words, whose id is made when it is sent. */
	struct buf order;
	darkroom_done_fn *done;
	void *ctx;
};

struct darkroom_link {
	struct loop *loop;
	int fd;
	struct str dir; /* of the paper */
	struct watch watch;
	struct timer late;    /* armed while the darkroom is at work */
	struct deferred work; /* the next step */
	/* Those that wait, as they came; while ID is not 0, the first is the
	 * one worked on. */
	struct darkroom_wait v[DARKROOM_QUEUE_MAX];
	size_t n;
	uint64_t round; /* of the one worked on last */
	uint64_t id;	/* of the order that is out; 0: none */
	void *map;	/* what came back; NULL: nothing */
	size_t map_size;
	struct contact_sheet sheet; /* a view of it */
	size_t written;		    /* renditions that are files */
};

/* Begins to listen at FD, which stays the caller's, as does DIR. LINK stays in
 * place until darkroom_link_done; LOOP outlives it. RC_NO_MEMORY, RC_LIMIT. */
MUST_USE enum rc darkroom_link_init(struct darkroom_link *link,
    struct loop *loop, int fd, struct str dir, struct err *err);
/* Tells all who wait that nothing comes (RC_IO). */
void darkroom_link_done(struct darkroom_link *link);

/* How newsroom/ uses it. */
struct darkroom darkroom_link_darkroom(struct darkroom_link *link);

#endif
