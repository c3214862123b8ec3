/* SPDX-License-Identifier: MIT
 *
 * A story's way to the readers, as one person sees it: what is read once for
 * each request about it, and the screen that is made of it. Private to
 * newsroom/: publish.c has the steps, publish_view.c the screen.
 */
#ifndef NEWSROOM_PUBLISH_H
#define NEWSROOM_PUBLISH_H

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
	struct paper_state state;
	struct people people;
	struct check_list checks;
	/* What is typed and what is wrong with it; the rest is filled by
	 * publishing_page. */
	struct view_publish view;
};

/* Reads it. RC_NOT_FOUND also for a story that the person may not see. */
MUST_USE enum rc publishing_load(
    struct visit *v, struct publishing *p, struct err *err);
/* The screen, with STATUS. */
struct entity *publishing_page(
    struct visit *v, struct publishing *p, unsigned status);
/* "/stories/17/publish" */
struct str publishing_url(struct visit *v, const struct publishing *p);

#endif
