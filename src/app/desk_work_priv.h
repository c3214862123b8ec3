/* SPDX-License-Identifier: MIT
 *
 * What the files that do the desk's work share: the work itself, one call of
 * it, and the verbs that are not in desk_work.c.
 */
#ifndef APP_DESK_WORK_PRIV_H
#define APP_DESK_WORK_PRIV_H

#include <stddef.h>
#include <stdint.h>

#include "app/desk_wire.h"
#include "app/desk_work.h"
#include "base/instant.h"
#include "base/rc.h"
#include "base/str.h"
#include "sys/file.h"

struct arena;
struct paper;
struct zone;

enum {
	DESK_NOTES_MOST = 1024 * 1024, /* on one story */
	DESK_OUTBOX_STEP = 500,	       /* stories; some tens of milliseconds */
};

struct desk_work {
	struct file_lock lock;
	struct paper *paper;
	struct arena *zone_arena;
	const struct zone *zone;
	/* Why the paper's own zone is not there; until a setting names another
	 * nothing is done that a wrong clock could do at a wrong time. */
	struct err zone_lost;
	int bell;	     /* rung when readers have something to look at */
	struct str origin;   /* of the staff's pages; empty: none served */
	char *dir;	     /* the paper's folder */
	struct arena *call;  /* of one call: its answer */
	struct arena *story; /* of one manuscript of it */
	void (*beat)(void *ctx); /* NULL: nobody wants to know */
	void *beat_ctx;
};

/* One call that is being done. */
struct job {
	struct desk_work *work;
	struct paper *paper;
	struct arena *a;
	const struct desk_message *in;
	struct instant now;
	struct str lang; /* the paper's; filled for imports */
	struct str out[DESK_PARTS_MAX];
	size_t out_n;
	struct err err;
};

/* Adds a part to the answer. PART stays where it is until that is sent. */
void job_answer(struct job *job, struct str part);

/* The number of a story as a part. */
MUST_USE enum rc job_answer_id(struct job *job, int64_t id);

/* Part I of the call, from 0; empty behind the last. */
struct str job_part(const struct job *job, size_t i);

/* Returns RC_NO_MEMORY, and says so to the caller. */
MUST_USE enum rc job_no_memory(struct job *job);

/* The story that the first part of the call names. */
MUST_USE enum rc job_find(struct job *job, int64_t *ret_id);

/* Says that long work goes on. */
void desk_work_alive(const struct desk_work *work);

/* Brings all that waits to the public paper. */
MUST_USE enum rc desk_flush(struct job *job);

/* The verbs that bring manuscripts in; desk_wire.h says what each gets and
 * answers. */
MUST_USE enum rc desk_known(struct job *job);
MUST_USE enum rc desk_import(struct job *job);
MUST_USE enum rc desk_save(struct job *job);

#endif
