/* SPDX-License-Identifier: MIT
 *
 * What the screens of the picture library are made from; see view_desk.h.
 */
#ifndef PAGE_VIEW_DESK_PICTURES_H
#define PAGE_VIEW_DESK_PICTURES_H

#include "page/view.h"
#include "page/view_desk.h"
#include "page/view_desk_publish.h"

enum view_right {
	VIEW_RIGHT_OPEN, /* no end is known */
	VIEW_RIGHT_FAR,
	VIEW_RIGHT_SOON,
	VIEW_RIGHT_OVER,
};

struct view_thumb {
	struct str url; /* of its screen */
	struct str src; /* of a small rendition */
	uint32_t width, height;
	struct str caption; /* or its file's name */
	struct str alt;
	struct str credit;
	enum view_right right;
	struct str expires;
};

/* A file that was not taken. */
struct view_refused {
	struct str name;
	enum msg why;
};

struct view_desk_pictures {
	struct str query; /* what is searched */
	bool is_ending;	  /* only those whose rights end */
	const struct view_thumb *v;
	size_t n;
	struct str newer, older;
	const struct view_refused *refused;
	size_t refused_n;
	size_t added_n, known_n; /* with those that were refused */
};

struct view_picture_use {
	struct str url;
	struct str headline;
	bool is_public;
	bool is_in_version; /* that readers can look up */
};

/* In thousandths of the picture; WIDTH 0: the focal point decides. */
struct view_cut {
	unsigned left, top, width;
};
struct view_cut_fields {
	struct str left, top, width; /* names of the form's fields, or texts */
};

struct view_picture_words {
	struct str caption, credit, creator, alt, rights, expires;
	unsigned focus_x, focus_y; /* percent */
	struct view_cut cuts[VIEW_SHAPES];
};

/* Readers have these words in stories, and so it is asked what kind of change
 * it is. */
struct view_picture_told {
	const struct view_change_form *change;
	const struct view_link *v; /* the stories, as many as are shown */
	size_t v_n;
	uint64_t n;	    /* how many there are */
	struct str stories; /* which, in one word: comes back with the answer */
	bool is_again;	    /* they are others than when it was asked before */
};

struct view_desk_picture {
	struct str url;	 /* of this screen */
	struct str base; /* which revision of the words the form began from */
	struct str src;	 /* a rendition of at most 1,200 points */
	struct str name, kind, who;
	struct civil added;
	int64_t bytes;
	uint32_t width, height;
	bool had_place, had_device;
	struct view_picture_words words;
	/* What somebody else has saved while these words were written, which
	 * are not saved; NULL: nothing. */
	const struct view_picture_words *meanwhile;
	enum msg expires_fault; /* MSG_COUNT: none */
	enum msg fault;		/* why nothing is saved; MSG_COUNT: none */
	struct str address;	/* for coins, that it is about; may be empty */
	bool wants_tick;	/* it is saved once that is ticked */
	bool is_ticked;
	const struct view_picture_told *told; /* NULL: nothing is asked */
	bool is_owed; /* its files are being made anew */
	enum view_right right;
	struct str shapes[VIEW_SHAPES]; /* 1:1, 4:3, 16:9; may be empty */
	struct view_cut_fields cuts[VIEW_SHAPES];
	/* The three numbers of each, as they were typed and refused; NULL:
	 * those of WORDS. */
	const struct view_cut_fields *typed;
	const struct view_picture_use *uses;
	size_t uses_n;
	bool is_used_elsewhere; /* by stories that one may not see */
};

#endif
