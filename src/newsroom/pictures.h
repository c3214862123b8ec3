/* SPDX-License-Identifier: MIT
 *
 * What the files of the picture library share. Private to newsroom/.
 */
#ifndef NEWSROOM_PICTURES_H
#define NEWSROOM_PICTURES_H

#include "paper/library.h"

struct arena;
struct buf;
struct entity;
struct newsroom;
struct view_desk_pictures;
struct visit;

enum { RENDITION_ARENA = 20 * 1024 * 1024 };

/* The screen of the library; VIEW may already say what was refused. */
struct entity *pictures_page(
    struct visit *v, unsigned status, struct view_desk_pictures *view);
/* A picture as scripts read it (web/editor/README.md). */
void picture_json(
    struct visit *v, struct buf *b, const struct library_picture *p);
/* The address of the smallest JPEG. P NULL: no memory. */
struct str picture_thumb(struct arena *a, const struct library_picture *p);

/* A reference to the rendition at PATH; NULL: there is none. It is given to
 * whoever knows its name, which has 128 random bits in it, as readers' pages
 * do: previews for people outside show pictures, too. */
struct entity *picture_find(struct newsroom *n, struct str path);

#endif
