/* SPDX-License-Identifier: MIT
 *
 * What the screens of the front page and of redirects are made from.
 */
#ifndef PAGE_VIEW_DESK_FRONT_H
#define PAGE_VIEW_DESK_FRONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "page/desk_words.h"
#include "page/view_theirs.h"

enum { VIEW_SLOTS = 3 };

/* A story that stands in a place by hand. */
struct view_placed {
	int slot; /* of paper/front.h: 1 lead, 2 beside it, 3 brief */
	int64_t story;
	struct str headline;
	int status;	  /* of paper/paper.h */
	struct str until; /* as typed: "2026-11-28T06:00", or empty */
	bool has_ended;
	enum msg fault; /* of that; MSG_COUNT: none */
};

/* One that could stand there, or does so by itself. */
struct view_offered {
	int slot; /* 0: none yet */
	int64_t story;
	struct str headline;
	int status;
};

struct view_desk_front {
	int64_t number;		     /* of the arrangement that was seen */
	const struct view_placed *v; /* by slot, each in order */
	size_t n;
	const struct view_offered *fills; /* what fills itself, by slot */
	size_t fills_n;
	const struct view_offered *offers; /* to be put somewhere */
	size_t offers_n;
	struct str words; /* for which they were sought */
	bool is_changed;  /* not what readers see */
	struct str preview_url;
	struct str undo; /* the arrangement before; empty: nothing to undo */
	int64_t undo_number;	   /* of the one that is to be undone */
	enum msg fault;		   /* MSG_COUNT: none */
	struct view_theirs newest; /* of FAULT: who arranged it last */

	struct str banner, banner_story, banner_until; /* as typed */
	bool is_banner_everywhere;
	bool has_banner; /* readers see one */
	enum msg banner_fault, story_fault, until_fault;
	bool is_twice;		/* the hour of banner_until comes twice */
	struct str banner_seen; /* newsroom/seen.h */
	struct view_theirs theirs;
	struct str theirs_banner;
	struct civil first, second;

	struct str zone;
	struct civil now;
};

/* Redirects. */
struct view_redirect {
	struct str from, to; /* as one reads them */
	struct str who;
	struct civil made;
};

/* A line of a file that was not taken. */
struct view_redirect_fault {
	uint64_t line;
	struct str text; /* "/old/page → /new/page" */
	enum msg why;
	uint64_t other; /* another line, {0} of WHY */
};

/* A line of a file whose address leads elsewhere already. */
struct view_redirect_over {
	struct str from, is, to;
};

struct view_redirects {
	const struct view_redirect *v;
	size_t n;
	struct str first, older; /* addresses; may be empty */
	struct str from, to;	 /* as typed */
	enum msg from_fault, to_fault;
	struct str undo_from, undo_to; /* the one just removed; may be empty */
	/* It leads elsewhere already, as another may have had it. */
	struct str seen;
	struct view_theirs theirs;
	struct str theirs_to;
	/* Of a file that was read: */
	enum msg file_fault;			  /* MSG_COUNT: none */
	uint64_t taken, refused;		  /* lines */
	const struct view_redirect_fault *faults; /* the first of them */
	size_t faults_n;
	/* Nothing of the file was taken yet: OVER_ALL of its addresses lead
	 * elsewhere, of which OVER are the first. */
	uint64_t over_all;
	const struct view_redirect_over *over;
	size_t over_n;
	struct str lines; /* the whole file */
};

#endif
