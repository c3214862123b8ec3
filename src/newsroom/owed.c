/* SPDX-License-Identifier: MIT
 *
 * Files that are owed; see owed.h.
 */
#include "newsroom/owed.h"

#include "base/arena.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/upload.h"

enum { ORDER_ARENA = 128 * 1024, WALK_STEP = 32, WALK_ARENA = 16 * 1024 };

/* One more size of SHAPE, if it is one that was cut by hand: those come in more
 * formats than one. */
static void note_cut(const struct contact_sheet *sheet,
    enum picture_shape shape, struct library_size size,
    struct library_cut_files *cut)
{
	for (size_t i = 0; i < sheet->n; i++)
		if (sheet->v[i].shape == shape &&
		    sheet->v[i].format == PICTURE_AS_AVIF &&
		    sheet->v[i].width == size.width &&
		    cut->n < LIBRARY_CUT_WIDTHS) {
			cut->v[cut->n++] = size;
			return;
		}
}

struct library_files owed_files(const struct contact_sheet *sheet)
{
	struct library_files files = {0};

	/* Narrowest first; JPEG stands for the three formats. */
	for (size_t i = sheet->n; i-- > 0;) {
		const struct picture_rendition *r = &sheet->v[i];
		struct library_size size = {r->width, r->height};

		if (r->format != PICTURE_AS_JPEG)
			continue;
		if (r->shape != PICTURE_WHOLE)
			files.shapes[r->shape - PICTURE_1_1] = size;
		if (r->shape != PICTURE_WHOLE)
			note_cut(sheet, r->shape, size,
			    &files.cuts[r->shape - PICTURE_1_1]);
		else if (files.whole_n < LIBRARY_WIDTHS_MAX)
			files.whole[files.whole_n++] = size;
	}
	return files;
}

/* Tells all who wait for PICTURE up to REVISION. */
static void tell(struct newsroom *n, int64_t picture, int64_t revision,
    enum rc rc, const char *why)
{
	struct owed_wait **at = &n->owed.waits;

	while (*at) {
		struct owed_wait *wait = *at;

		if (wait->picture == picture && wait->revision <= revision) {
			*at = wait->next;
			wait->done(wait->ctx, rc, why);
		} else {
			at = &wait->next;
		}
	}
}

static struct owed_order *order_of(struct newsroom *n, int64_t picture)
{
	for (size_t i = 0; i < OWED_MOST; i++)
		if (n->owed.v[i].a && n->owed.v[i].p.id == picture)
			return &n->owed.v[i];
	return NULL;
}

/* A place for one more order of STAFF; NULL: there is none. */
static struct owed_order *free_place(struct newsroom *n, int64_t staff)
{
	struct owed_order *place = NULL;
	unsigned count = 0;

	for (size_t i = 0; i < OWED_MOST; i++) {
		if (!n->owed.v[i].a)
			place = &n->owed.v[i];
		else
			count += n->owed.v[i].staff == staff;
	}
	return count < OWED_EACH ? place : NULL;
}

static void developed(
    void *ctx, enum rc rc, const struct contact_sheet *sheet, const char *why);

static enum rc develop(struct owed_order *o)
{
	struct darkroom *darkroom = &o->n->config.darkroom;
	const struct library_words *w = &o->p.words;
	const struct picture_words words = {
	    .caption = w->caption,
	    .alt = w->alt,
	    .credit = w->credit,
	    .creator = w->creator,
	    .rights = w->rights,
	    .expires = w->expires,
	};
	struct darkroom_ask ask = {
	    .hash = o->p.hash,
	    .stem = o->p.stem,
	    .staff = o->staff,
	    .focus = {w->focus_x, w->focus_y},
	    .words = &words,
	};

	for (size_t i = 0; i < PICTURE_CUTS; i++)
		ask.cuts[i] = (struct picture_cut){
		    w->cuts[i].left, w->cuts[i].top, w->cuts[i].width};
	return darkroom->develop(darkroom->ctx, &ask, developed, o);
}

/* RC_BUSY: not now. RC_NOT_FOUND: there is no such picture. */
static enum rc begin(struct newsroom *n, int64_t picture, int64_t staff)
{
	struct owed_order *o = free_place(n, staff);
	struct err err = {0};
	enum rc rc;

	/* When that one is done, it is seen whether it was the newest. */
	if (order_of(n, picture))
		return RC_OK;
	if (!o)
		return RC_BUSY;
	*o = (struct owed_order){
	    .n = n, .a = arena_new(ORDER_ARENA), .staff = staff};
	rc = library_get(n->config.paper, o->a, picture, &o->p, &err);
	if (rc == RC_OK)
		rc = develop(o);
	if (rc == RC_OK)
		return RC_OK;
	if (err.why[0] && rc != RC_NOT_FOUND)
		n->config.say(n->config.ctx, err.why);
	arena_free(o->a);
	o->a = NULL;
	return rc;
}

static void walk_on(struct newsroom *n)
{
	struct arena *a = arena_new(WALK_ARENA);
	struct library_debt *v = NULL;
	size_t count = WALK_STEP;
	struct err err = {0};
	enum rc rc = RC_OK;

	while (rc == RC_OK && count == WALK_STEP) {
		arena_reset(a);
		rc = library_debts(n->config.paper, a, n->owed.at, WALK_STEP,
		    &v, &count, &err);
		for (size_t i = 0; rc == RC_OK && i < count; i++) {
			rc = begin(n, v[i].picture, v[i].staff);
			if (rc == RC_BUSY)
				break;
			n->owed.at = v[i].picture;
			rc = RC_OK;
		}
	}
	if (rc != RC_OK && rc != RC_BUSY)
		n->config.say(n->config.ctx, err.why);
	arena_free(a);
}

void owed_walk(struct newsroom *n)
{
	n->owed.at = 0;
	walk_on(n);
}

/* The files are there: unless the picture is gone meanwhile. */
static enum rc settle(struct newsroom *n, struct owed_order *o,
    const struct contact_sheet *sheet, struct err *err)
{
	struct library_picture now;
	enum rc rc = library_get(n->config.paper, o->a, o->p.id, &now, err);

	if (rc == RC_NOT_FOUND)
		upload_clear(
		    n, &(struct library_files_of){o->p.stem, o->p.hash});
	if (rc != RC_OK)
		return rc;
	o->p.files = owed_files(sheet);
	rc = library_paid(n->config.paper, &o->p, err);
	if (rc == RC_OK)
		n->config.show(n->config.ctx);
	return rc;
}

static void developed(
    void *ctx, enum rc rc, const struct contact_sheet *sheet, const char *why)
{
	struct owed_order *o = ctx;
	struct newsroom *n = o->n;
	const int64_t picture = o->p.id, revision = o->p.revision;
	const int64_t staff = o->staff;
	struct err err = {0};
	bool is_owed = false;

	if (rc == RC_OK) {
		rc = settle(n, o, sheet, &err);
		why = err.why;
	}
	arena_free(o->a);
	o->a = NULL;
	if (rc == RC_OK)
		rc = library_is_owed(n->config.paper, picture, &is_owed, &err);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		n->config.say(n->config.ctx, why);
	tell(n, picture, rc == RC_OK ? revision : INT64_MAX, rc, why);
	if (is_owed && begin(n, picture, staff) != RC_OK)
		tell(n, picture, INT64_MAX, RC_BUSY, "the darkroom is busy");
	/* Where the darkroom itself fails, it is given a while. */
	if (rc != RC_IO && rc != RC_BUSY)
		walk_on(n);
}

enum rc owed_ask(struct newsroom *n, struct owed_wait *wait, int64_t staff)
{
	enum rc rc = begin(n, wait->picture, staff);

	if (rc != RC_OK) {
		if (n->owed.at >= wait->picture)
			n->owed.at = wait->picture - 1;
		return RC_BUSY;
	}
	wait->next = n->owed.waits;
	n->owed.waits = wait;
	return RC_OK;
}
