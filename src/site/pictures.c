/* SPDX-License-Identifier: MIT
 *
 * Pictures of the library on readers' pages: which files there are, and the
 * words that the story itself does not give. Each page notes the pictures that
 * it shows, so that it is made anew when their words change.
 */
#include "base/arena.h"
#include "site/job.h"

enum { PICTURES_MAX = 200 }; /* in one text */

/* What public.db has of STEM. RC_NOT_FOUND: nothing. */
static enum rc find_picture(
    struct job *job, struct str stem, struct view_picture *ret)
{
	struct public_picture row;
	struct view_size *sizes;
	enum rc rc = public_picture(job->db, job->a, stem, &row);

	if (rc)
		return rc;
	sizes = ARENA_ARRAY(job->a, struct view_size, row.files.whole_n);
	if (!sizes)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < row.files.whole_n; i++)
		sizes[i] = (struct view_size){
		    row.files.whole[i].width, row.files.whole[i].height};
	*ret = (struct view_picture){
	    .alt = row.alt,
	    .caption = row.caption,
	    .credit = row.credit,
	    .rights = row.rights,
	    .files = {.stem = stem,
		.whole = sizes,
		.whole_n = row.files.whole_n},
	};
	for (size_t i = 0; i < VIEW_SHAPES; i++)
		ret->files.shapes[i] = (struct view_size){
		    row.files.shapes[i].width, row.files.shapes[i].height};
	/* All of one picture's sizes have the same proportions. */
	if (row.files.whole_n) {
		ret->width = sizes[row.files.whole_n - 1].width;
		ret->height = sizes[row.files.whole_n - 1].height;
	}
	job_tag(job, STR("picture:"), stem);
	return RC_OK;
}

enum rc job_picture(struct job *job, const struct manuscript_picture *picture,
    struct view_picture *ret_picture)
{
	struct view_picture known = {0};
	struct view_picture p;
	struct str stem = library_stem(picture->url);
	enum rc rc = stem.p ? find_picture(job, stem, &known) : RC_NOT_FOUND;

	if (rc && rc != RC_NOT_FOUND)
		return rc;
	p = known;
	p.url = picture->url;
	if (picture->alt.n || !p.alt.p)
		p.alt = picture->alt;
	if (picture->caption.n || !p.caption.p)
		p.caption = picture->caption;
	/* Who is named, and with what rights, belongs together. */
	if (picture->credit.n || picture->rights.n || !p.credit.p) {
		p.credit = picture->credit;
		p.rights = picture->rights;
	}
	*ret_picture = p;
	return RC_OK;
}

struct finder {
	struct job *job;
	struct view_picture *v;
	size_t n;
	enum rc rc;
};

static void find_in(struct finder *f, const struct node *n)
{
	for (; n && f->rc == RC_OK; n = n->next) {
		struct str stem =
		    n->kind == NODE_FIGURE || n->kind == NODE_PICTURE
			? library_stem(n->url)
			: STR_NONE;
		size_t i = 0;

		while (stem.p && i < f->n && !str_eq(f->v[i].files.stem, stem))
			i++;
		if (stem.p && i == f->n && f->n < PICTURES_MAX) {
			f->rc = find_picture(f->job, stem, &f->v[f->n]);
			if (f->rc == RC_OK)
				f->n++;
			else if (f->rc == RC_NOT_FOUND)
				f->rc = RC_OK;
		}
		find_in(f, n->child);
	}
}

enum rc job_pictures(struct job *job, const struct node *body,
    struct view_pictures *ret_pictures)
{
	struct finder f = {.job = job};

	f.v = ARENA_ARRAY(job->a, struct view_picture, PICTURES_MAX);
	if (!f.v)
		return RC_NO_MEMORY;
	find_in(&f, body);
	if (f.rc == RC_OK)
		*ret_pictures = (struct view_pictures){f.v, f.n};
	return f.rc;
}
