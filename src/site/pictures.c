/* SPDX-License-Identifier: MIT
 *
 * Pictures of the library on readers' pages: which files there are, and the
 * words that the story itself does not give. Each page notes the pictures that
 * it shows, so that it is made anew when their words change.
 */
#include "base/arena.h"
#include "page/dress.h"
#include "paper/body.h"
#include "site/giving.h"
#include "site/job.h"

enum { PICTURES_MAX = 1000 }; /* in one text */

/* By what public.db knows the picture at URL; p NULL: by nothing. */
static struct str key_of(struct str url)
{
	struct str stem = library_stem(url);

	return stem.p ? stem : library_by_hand(url);
}

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
	    .focus_x = row.focus_x,
	    .focus_y = row.focus_y,
	};
	for (size_t i = 0; i < VIEW_SHAPES; i++) {
		const struct library_cut_files *cut = &row.files.cuts[i];
		struct view_size *v =
		    ARENA_ARRAY(job->a, struct view_size, cut->n);

		if (!v)
			return RC_NO_MEMORY;
		for (size_t k = 0; k < cut->n; k++)
			v[k] = (struct view_size){
			    cut->v[k].width, cut->v[k].height};
		ret->files.cuts[i] = (struct view_cut_sizes){v, cut->n};
		ret->files.shapes[i] = (struct view_size){
		    row.files.shapes[i].width, row.files.shapes[i].height};
	}
	/* All of one picture's sizes have the same proportions. */
	if (row.files.whole_n) {
		ret->width = sizes[row.files.whole_n - 1].width;
		ret->height = sizes[row.files.whole_n - 1].height;
	}
	/* There is that one file, and no rendition. */
	if (library_is_by_hand(stem))
		ret->files.whole_n = 0;
	job_tag(job, STR("picture:"), stem);
	return RC_OK;
}

enum rc job_picture(struct job *job, const struct manuscript_picture *picture,
    struct view_picture *ret_picture)
{
	struct view_picture known = {0};
	struct str stem = key_of(picture->url);
	enum rc rc = stem.p ? find_picture(job, stem, &known) : RC_NOT_FOUND;

	if (rc && rc != RC_NOT_FOUND)
		return rc;
	*ret_picture = dress_picture(&known, picture);
	return RC_OK;
}

static bool has_stem(struct str text, struct str stem)
{
	return str_find_str(text, stem) < text.n;
}

/* A page that is no story names it: about, a policy, support. */
static bool is_on_a_page(const struct job *job, struct str stem)
{
	bool has = has_stem(job->settings->about, stem);

	for (size_t i = 0; !has && i < PAPER_POLICIES; i++)
		has = has_stem(job->settings->policies[i], stem);
	return has || (job->giving && giving_summary(job->giving) &&
			  has_stem(giving_summary(job->giving)->text, stem));
}

enum rc job_may_show(struct job *job, struct str stem)
{
	bool has = false;
	enum rc rc = public_has_picture(job->db, stem, &has);

	if (rc)
		return rc;
	return has || is_on_a_page(job, stem) ? RC_OK : RC_NOT_FOUND;
}

void job_polish(struct job *job, struct view_picture *p, struct str lang)
{
	p->caption = paper_line(job->a, p->caption, lang);
	p->alt = paper_line(job->a, p->alt, lang);
	p->credit = paper_line(job->a, p->credit, lang);
}

struct finder {
	struct job *job;
	struct str lang;
	struct view_picture *v;
	size_t n;
	enum rc rc;
};

static void find_in(struct finder *f, const struct node *n)
{
	for (; n && f->rc == RC_OK; n = n->next) {
		struct str stem =
		    n->kind == NODE_FIGURE || n->kind == NODE_PICTURE
			? key_of(n->url)
			: STR_NONE;
		size_t i = 0;

		while (stem.p && i < f->n && !str_eq(f->v[i].files.stem, stem))
			i++;
		if (stem.p && i == f->n && f->n < PICTURES_MAX) {
			f->rc = find_picture(f->job, stem, &f->v[f->n]);
			if (f->rc == RC_OK)
				job_polish(f->job, &f->v[f->n++], f->lang);
			else if (f->rc == RC_NOT_FOUND)
				f->rc = RC_OK;
		}
		find_in(f, n->child);
	}
}

enum rc job_pictures(struct job *job, const struct node *body, struct str lang,
    struct view_pictures *ret_pictures)
{
	struct finder f = {.job = job, .lang = lang};

	f.v = ARENA_ARRAY(job->a, struct view_picture, PICTURES_MAX);
	if (!f.v)
		return RC_NO_MEMORY;
	find_in(&f, body);
	if (f.rc == RC_OK)
		*ret_pictures = (struct view_pictures){f.v, f.n};
	return f.rc;
}
