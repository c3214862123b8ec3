/* SPDX-License-Identifier: MIT
 *
 * The writing page and what saving answers. Private to newsroom/: write.c has
 * the handlers, write_answer.c what scripts are told, write_page.c the page.
 */
#ifndef NEWSROOM_WRITE_H
#define NEWSROOM_WRITE_H

#include "base/err.h"
#include "newsroom/story.h"
#include "page/view_desk_write.h"
#include "paper/write.h"

struct buf;
struct entity;
struct visit;

/* One save, or one look at a story. */
struct saving {
	struct visit *v;
	struct paper_story story;
	struct write_text text; /* as it was typed */
	struct manuscript base, typed;
	struct paper_write write;
	struct paper_write_result result;
	struct err err;
};

/* The page on which S->story is written, with S->text in it and FAULTS
 * (WRITE_FIELDS of them) beside the fields; FAULT, or MSG_COUNT, is why
 * nothing was saved. REMARKS may be NULL: they are read then. */
struct write_page {
	unsigned status;
	enum msg fault;
	const enum msg *faults; /* NULL: none */
	struct str typed_note;	/* a note that could not be kept */
	enum msg note_fault;	/* MSG_COUNT: none */
};
struct entity *write_page(struct saving *s, const struct write_page *page);
/* Both texts, side by side. */
struct entity *write_conflict_page(struct saving *s);

/* What a script is told: web/editor/README.md. */
struct entity *write_answer(struct saving *s);
/* ,"present":[...]: whoever else has S->story open, but in S->write.tab. */
MUST_USE enum rc write_present(struct buf *b, struct saving *s);
struct entity *write_refusal(struct visit *v, unsigned status, enum msg why);
/* The page that asks is another account's. */
struct entity *write_refuse_other(struct visit *v);

#endif
