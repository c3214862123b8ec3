/* SPDX-License-Identifier: MIT
 *
 * What the list of stories and the screen of a new one are made from.
 */
#ifndef PAGE_VIEW_DESK_STORIES_H
#define PAGE_VIEW_DESK_STORIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "page/desk_words.h"
#include "text/manuscript.h"

struct view_story_row {
	int64_t id;
	struct str headline; /* empty: it has none yet */
	struct str section;
	struct str writer; /* names */
	struct str assigned;
	int status; /* of paper/paper.h */
	bool is_changed;
	struct civil saved;
	bool is_today; /* saved today: the time alone is said */
	bool has_when;
	struct civil when;    /* it is to appear then */
	struct str_list here; /* who has it open just now */
	uint32_t wanted;      /* its length; 0: nothing is said */
	bool is_characters;
};

struct view_stories {
	const struct view_story_row *v;
	size_t n;
	struct str older, newest; /* addresses; empty: none */
	bool can_write;
	bool is_filtered;
	/* The filter as it was sent. */
	int status; /* -1: all; VIEW_STATUS_CHANGED */
	struct str section, person, words;
	bool is_own;
	const struct str_list *sections; /* to choose from */
	struct str account; /* what it is called in the browser's storage */
	struct str zone;    /* the paper's */
};

/* Beyond the statuses of paper/paper.h: readers do not see the newest text. */
enum { VIEW_STATUS_CHANGED = 5, VIEW_STATUSES };

struct view_new_story {
	struct str headline, section, text, lang; /* as typed */
	const struct str_list *sections;
	enum msg headline_fault, text_fault; /* MSG_COUNT: none */
};

#endif
