/* SPDX-License-Identifier: MIT
 *
 * What the files of the picture library share. Private to newsroom/.
 */
#ifndef NEWSROOM_PICTURES_H
#define NEWSROOM_PICTURES_H

#include "page/view_desk.h"
#include "paper/library.h"

struct arena;
struct buf;
struct entity;
struct manuscript;
struct picture_told;
struct view_desk_pictures;
struct view_story;
struct visit;

/* The picture that the address names. RC_NOT_FOUND. */
MUST_USE enum rc picture_open(
    struct visit *v, struct library_picture *ret_picture, struct err *err);

/* How the screen of a picture differs from a plain look at it. */
struct picture_cut_fields;

struct picture_notes {
	enum msg done;		/* MSG_COUNT: nothing was */
	enum msg expires_fault; /* MSG_COUNT: none */
	enum msg fault;		/* why nothing is saved; MSG_COUNT: none */
	struct str address;	/* for coins, that FAULT is about */
	bool wants_tick;	/* it is saved all the same, once it is said */
	bool is_ticked;
	/* What kind of change it is, is asked; NULL: it is not. */
	const struct picture_told *told;
	/* What somebody else has saved, where the picture shown holds what was
	 * not. */
	const struct library_words *meanwhile;
	/* The numbers of the cuts, as they were typed; NULL: the picture's. */
	const struct picture_cut_fields *typed;
};
extern const struct picture_notes picture_plain;
struct entity *picture_page(struct visit *v, unsigned status,
    const struct library_picture *p, const struct picture_notes *notes);
/* The form's fields of a part that is set by hand, for each shape. */
struct picture_cut_fields {
	struct str left, top, width;
};
extern const struct picture_cut_fields picture_cut_fields[LIBRARY_SHAPES];
/* Changes words, focal point and cuts. */
struct entity *save_picture(struct visit *v);

/* The screen of the library; VIEW may already say what was refused. */
struct entity *pictures_page(
    struct visit *v, unsigned status, struct view_desk_pictures *view);
/* A picture as scripts read it (web/editor/README.md). */
void picture_json(
    struct visit *v, struct buf *b, const struct library_picture *p);
/* The address of the smallest JPEG. P NULL: no memory. */
struct str picture_thumb(struct arena *a, const struct library_picture *p);

/* PATH is "/pictures/" and the name of a file, as readers' pages have it. */
bool picture_is_file(struct str path);
/* The answer to a request for such a file. It is there for whoever may see the
 * library, and for all if readers are shown it; else it is missing. */
struct entity *picture_answer(struct visit *v);
/* The file NAME, for somebody who may see it; or that it is missing. */
struct entity *picture_file(struct visit *v, struct str name);

/* Pictures for a preview of M: that at its head, and those in its text. BASE
 * is put before their addresses (view.h). */
MUST_USE enum rc pictures_of(struct visit *v, const struct manuscript *m,
    struct str base, struct view_story *view, struct err *err);

#endif
