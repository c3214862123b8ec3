/* SPDX-License-Identifier: MIT
 *
 * Files of pictures that are owed (paper/library.h): those whose words or cuts
 * have changed are developed anew. What is owed is a row that was written with
 * the words; so it is done whatever ends in between, the newsroom or the
 * darkroom, and tried again at the next start and every while until it is
 * done. A picture has one order out at a time, with its newest words, and so
 * no older ones come last. Private to newsroom/.
 */
#ifndef NEWSROOM_OWED_H
#define NEWSROOM_OWED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "paper/library.h"

struct arena;
struct contact_sheet;
struct newsroom;

enum {
	OWED_MOST = 16, /* orders that are out */
	OWED_EACH = 4,	/* of one account */
};

/* Somebody who waits for the files of a picture, as REVISION has it or a later
 * one. Theirs, and stays in place until DONE is called, once: RC_OK, or why
 * they are not there yet. */
struct owed_wait {
	int64_t picture, revision;
	void (*done)(void *ctx, enum rc rc, const char *why);
	void *ctx;
	struct owed_wait *next;
};

struct owed_order {
	struct newsroom *n;
	struct arena *a; /* NULL: this one is free */
	struct library_picture p;
	int64_t staff;
};

struct owed {
	struct owed_order v[OWED_MOST];
	struct owed_wait *waits;
	/* The walk through all that is owed has come to this picture. */
	int64_t at;
};

/* Walks through all that is owed. At the start, and every while. */
void owed_walk(struct newsroom *n);
/* Has what is owed of WAIT's picture made for the account STAFF, or waits for
 * what is being made. RC_BUSY: it is done later, and nobody calls DONE. */
MUST_USE enum rc owed_ask(
    struct newsroom *n, struct owed_wait *wait, int64_t staff);

/* Which files SHEET has. */
struct library_files owed_files(const struct contact_sheet *sheet);

#endif
