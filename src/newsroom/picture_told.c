/* SPDX-License-Identifier: MIT
 *
 * What readers are told of new words of a picture; see picture_told.h.
 *
 * The form carries which stories it was asked about, as a number made of
 * theirs: have others come or gone since, it is asked once more, since nobody
 * has said what kind of change it is to these.
 */
#include "newsroom/picture_told.h"

#include "newsroom/change.h"
#include "newsroom/settings.h"
#include "newsroom/visit.h"

enum { STORIES_SHOWN = 50 };

/* FNV-1a, 64 bits: a mark, not a secret. */
static struct str mark_of(struct visit *v, const struct picture_told *told)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < told->n; i++)
		for (unsigned k = 0; k < 64; k += 8) {
			hash ^= (uint64_t)told->stories[i] >> k & 0xff;
			hash *= 1099511628211u;
		}
	return arena_printf(v->a, "%016llx", (unsigned long long)hash);
}

enum rc picture_told_read(struct visit *v, const struct library_picture *p,
    const struct library_words *to, struct picture_told *ret, struct err *err)
{
	struct picture_told t = {
	    .release = {.who = v->who.login, .now = v->now}};
	struct str mark = visit_field(v, STR("told"));
	bool is_fit;
	enum rc rc =
	    library_touches(v->paper, v->a, p, to, &t.stories, &t.n, err);

	if (rc != RC_OK)
		return rc;
	is_fit = change_read(v, &t.change, &t.release);
	t.is_asked = mark.n > 0;
	t.is_again = t.is_asked && !str_eq(mark, mark_of(v, &t));
	t.is_answered = t.is_asked && !t.is_again && is_fit;
	/* Nothing is wrong with what nobody was asked. */
	if (!t.is_asked)
		t.change.kind_fault = t.change.text_fault = MSG_COUNT;
	*ret = t;
	return RC_OK;
}

enum rc picture_told_view(struct visit *v, const struct picture_told *told,
    struct view_picture_told *ret, struct err *err)
{
	size_t n = told->n < STORIES_SHOWN ? told->n : STORIES_SHOWN;
	struct view_link *links = ARENA_ARRAY(v->a, struct view_link, n);
	struct str mark = mark_of(v, told);
	enum rc rc = links && mark.p ? RC_OK : RC_NO_MEMORY;

	/* The newest first. */
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		int64_t id = told->stories[told->n - 1 - i];
		struct paper_story story;

		rc = paper_show(v->paper, v->a, id, &story, NULL, err);
		if (rc == RC_OK)
			links[i] = (struct view_link){story.headline,
			    arena_printf(v->a, "/stories/%lld", (long long)id)};
	}
	if (rc == RC_OK)
		*ret = (struct view_picture_told){.change = &told->change,
		    .v = links,
		    .v_n = n,
		    .n = told->n,
		    .stories = mark,
		    .is_again = told->is_again};
	return rc;
}

enum rc picture_told_log(struct visit *v, const struct picture_told *told,
    int64_t id, struct err *err)
{
	struct str what = str_of(paper_change_name(told->release.change));
	struct str detail = arena_printf(v->a, "picture %lld", (long long)id);
	enum rc rc = detail.p ? RC_OK : RC_NO_MEMORY;

	for (size_t i = 0; rc == RC_OK && i < told->n; i++) {
		struct str about = arena_printf(
		    v->a, "story %lld", (long long)told->stories[i]);

		rc = about.p ? settings_log(v, what, about, detail, err)
			     : RC_NO_MEMORY;
	}
	return rc;
}
