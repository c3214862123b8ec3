/* SPDX-License-Identifier: MIT
 *
 * Pictures of the library in previews: what readers' pages have in public.db
 * (site/pictures.c) is taken from the library itself here, since a story that
 * is not out has nothing there.
 */
#include "newsroom/pictures.h"

#include "newsroom/visit.h"
#include "page/dress.h"
#include "paper/body.h"

static enum rc picture_view(struct visit *v, const struct library_picture *p,
    struct str base, struct view_picture *ret)
{
	const struct library_words *w = &p->words;
	const struct library_files *files = &p->files;
	struct view_size *sizes =
	    ARENA_ARRAY(v->a, struct view_size, files->whole_n);

	if (!sizes)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < files->whole_n; i++)
		sizes[i] = (struct view_size){
		    files->whole[i].width, files->whole[i].height};
	*ret = (struct view_picture){
	    .alt = w->alt,
	    .caption = w->caption,
	    .credit = w->credit.n ? w->credit : w->creator,
	    .rights = w->rights,
	    .files = {.stem = p->stem,
		.whole = sizes,
		.whole_n = files->whole_n,
		.base = base},
	    .focus_x = w->focus_x,
	    .focus_y = w->focus_y,
	};
	for (size_t i = 0; i < VIEW_SHAPES; i++) {
		const struct library_cut_files *cut = &files->cuts[i];
		struct view_size *shape =
		    ARENA_ARRAY(v->a, struct view_size, cut->n);

		if (!shape)
			return RC_NO_MEMORY;
		for (size_t k = 0; k < cut->n; k++)
			shape[k] = (struct view_size){
			    cut->v[k].width, cut->v[k].height};
		ret->files.cuts[i] = (struct view_cut_sizes){shape, cut->n};
		ret->files.shapes[i] = (struct view_size){
		    files->shapes[i].width, files->shapes[i].height};
	}
	if (files->whole_n) {
		ret->width = sizes[files->whole_n - 1].width;
		ret->height = sizes[files->whole_n - 1].height;
	}
	return RC_OK;
}

/* Its words with the marks of the story's language, as readers get them. */
static void polish(struct visit *v, struct view_picture *p, struct str lang)
{
	p->caption = paper_line(v->a, p->caption, lang);
	p->alt = paper_line(v->a, p->alt, lang);
	p->credit = paper_line(v->a, p->credit, lang);
}

enum rc pictures_of(struct visit *v, const struct manuscript *m,
    struct str base, struct view_story *view, struct err *err)
{
	struct str stem = library_stem(m->picture.url);
	struct view_picture head = {0};
	struct library_picture *rows;
	struct view_picture *pictures;
	size_t n = 0;
	enum rc rc = library_in(v->paper, v->a, m, &rows, &n, err);

	if (rc != RC_OK)
		return rc;
	pictures = ARENA_ARRAY(v->a, struct view_picture, n);
	if (!pictures)
		return RC_NO_MEMORY;
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		rc = picture_view(v, &rows[i], base, &pictures[i]);
		if (rc == RC_OK && stem.p && str_eq(rows[i].stem, stem))
			head = pictures[i];
	}
	if (rc != RC_OK)
		return rc;
	view->head.picture = dress_picture(&head, &m->picture);
	polish(v, &view->head.picture, view->head.lang);
	for (size_t i = 0; i < n; i++)
		polish(v, &pictures[i], view->head.lang);
	view->pictures = (struct view_pictures){pictures, n};
	return RC_OK;
}
