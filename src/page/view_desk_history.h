/* SPDX-License-Identifier: MIT
 *
 * What the screens of a story's revisions and of its preview are made from.
 */
#ifndef PAGE_VIEW_DESK_HISTORY_H
#define PAGE_VIEW_DESK_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "page/view_desk_write.h"

struct view_revision {
	int64_t id;
	int64_t previous; /* 0: it is the first, or the one before is on the
			     next page */
	int kind;	  /* of paper/write.h */
	struct civil saved;
	struct str who, name, headline;
	bool is_newest;
	bool is_shown; /* readers see this one */
	/* It is one of several saves of a writer who paused: such a group is
	 * folded behind its newest one. */
	bool is_folded;
};

struct view_history {
	int64_t id;
	struct str headline;
	const struct view_revision *v; /* newest first */
	size_t n;
	int64_t newest;
	struct str older; /* address; empty: none */
	bool can_write;
};

/* Two revisions side by side. */
struct view_comparison {
	int64_t id;
	struct str headline; /* of the story */
	struct view_revision old, news;
	struct write_text was, is;
	bool can_write;
	int64_t newest;
};

/* A secret link. */
struct view_preview_link {
	int64_t id;
	struct str note, who;
	struct civil made, expires;
	bool is_over, is_revoked;
};

struct view_preview {
	int64_t id;
	struct str headline;
	bool is_phone;
	bool can_write;
	struct str made; /* the address of one just made; said only once */
	const struct view_preview_link *links;
	size_t links_n;
};

#endif
