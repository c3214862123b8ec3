/* SPDX-License-Identifier: MIT
 *
 * A story's way to the readers, as one person sees it: what is read once for
 * each request about it, and the screen that is made of it. Private to
 * newsroom/: publish.c has the steps, publish_view.c the screen.
 */
#ifndef NEWSROOM_PUBLISH_H
#define NEWSROOM_PUBLISH_H

#include "newsroom/own.h"
#include "newsroom/story.h"
#include "page/view_desk_publish.h"
#include "paper/checklist.h"
#include "paper/workflow.h"
#include "text/manuscript.h"

struct entity;
struct visit;

struct publishing {
	struct paper_story story;
	struct manuscript text; /* the newest */
	/* In which it stands, stood, or would by the text that is asked for. */
	struct str_list sections;
	struct paper_state state;
	struct people people;
	/* The list before publishing, of the text that the person looked at,
	 * else of the newest; and of the one that is to appear by itself,
	 * where that is another. */
	struct check_list checks, due_checks;
	struct own_look own;
	/* What is typed and what is wrong with it; the rest is filled by
	 * publishing_page. */
	struct view_publish view;
};

/* The revision that the person looked at; 0 if it was not said. */
int64_t publishing_revision(const struct visit *v);
/* Reads it. RC_NOT_FOUND also for a story that the person may not see. */
MUST_USE enum rc publishing_load(
    struct visit *v, struct publishing *p, struct err *err);
/* The person has RIGHT for it: that to publish or withdraw in all its
 * sections, another by that of the newest text. */
bool publishing_may(
    const struct visit *v, enum right right, const struct publishing *p);
/* The list for REVISION (0: the newest), were it to appear at AT. One that is
 * none of the story's counts as the newest: showing it is refused anyway. */
MUST_USE enum rc publishing_check(struct visit *v, struct publishing *p,
    int64_t revision, struct instant at, struct check_list *ret_list,
    struct err *err);
/* An address stands in it of which only the till knows whether it is the
 * paper's: it is asked, and then AGAIN answers the same request. True: the
 * answer comes later. */
bool publishing_asks(struct visit *v, const struct publishing *p,
    struct entity *(*again)(struct visit *v));
/* The screen, with STATUS. */
struct entity *publishing_page(
    struct visit *v, struct publishing *p, unsigned status);
/* What is looked for, by its item. */
extern const enum msg publishing_item_words[CHECK_COUNT];
/* The names of items ("ended address") in the person's words. */
struct str publishing_items(struct visit *v, struct str names);
/* "/stories/17/publish" */
struct str publishing_url(struct visit *v, const struct publishing *p);

#endif
