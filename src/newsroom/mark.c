/* SPDX-License-Identifier: MIT
 *
 * Proof marks and their mends; see mark.h.
 */
#include "newsroom/mark.h"

#include "newsroom/stet.h"
#include "newsroom/story.h"
#include "newsroom/story_form.h"
#include "newsroom/visit.h"
#include "page/words.h"
#include "paper/library.h"
#include "paper/paper.h"
#include "paper/stet.h"
#include "text/mend.h"

static const struct {
	enum msg message, go;
} said[PROOF_KINDS] = {
    [PROOF_QUOTE_OPEN] = {MSG_PROOF_QUOTE_OPEN, MSG_GO_THERE},
    [PROOF_QUOTE_CLOSE] = {MSG_PROOF_QUOTE_CLOSE, MSG_GO_THERE},
    [PROOF_QUOTE_SIDE] = {MSG_PROOF_QUOTE_SIDE, MSG_GO_THERE},
    [PROOF_NO_END] = {MSG_PROOF_NO_END, MSG_GO_FINISH},
    [PROOF_FRAGMENT] = {MSG_PROOF_FRAGMENT, MSG_GO_FINISH},
    [PROOF_DOUBLED_WORD] = {MSG_PROOF_DOUBLED_WORD, MSG_GO_THERE},
    [PROOF_DOUBLED_PARAGRAPH] = {MSG_PROOF_DOUBLED_PARAGRAPH, MSG_GO_THERE},
    [PROOF_RELATIVE_DAY] = {MSG_PROOF_RELATIVE_DAY, MSG_GO_DAY},
    [PROOF_MIXED_SCRIPT] = {MSG_PROOF_MIXED_SCRIPT, MSG_GO_THERE},
    [PROOF_NO_BYLINE] = {MSG_PROOF_NO_BYLINE, MSG_GO_BYLINE},
    [PROOF_NO_DATELINE] = {MSG_PROOF_NO_DATELINE, MSG_GO_DATELINE},
    [PROOF_NO_CAPTION] = {MSG_PROOF_NO_CAPTION, MSG_GO_CAPTION},
    [PROOF_NO_CREDIT] = {MSG_PROOF_NO_CREDIT, MSG_GO_CREDIT},
    [PROOF_NO_ALT] = {MSG_PROOF_NO_ALT, MSG_GO_ALT},
};

static const enum msg mends[MEND_KINDS] = {
    [MEND_WRITE] = MSG_MEND_WRITE,
    [MEND_DELETE] = MSG_MEND_DELETE,
    [MEND_BEHIND] = MSG_MEND_BEHIND,
    [MEND_BEFORE] = MSG_MEND_BEFORE,
};

/* One look at a text. */
struct marking {
	struct visit *v;
	const struct manuscript *m;
	struct library_picture *pictures;
	size_t pictures_n;
	bool has_looked;
	struct err *err;
};

static bool put_day(struct buf *b, struct str lang, struct civil day)
{
	const struct words *w = words_find(lang, NULL);

	if (w)
		words_date(b, w, day);
	return w != NULL;
}

static enum rc find_picture(
    void *ctx, struct str url, struct mend_picture *ret_picture)
{
	struct marking *x = ctx;
	struct str stem = library_stem(url);
	enum rc rc = RC_OK;

	if (!stem.p)
		return RC_NOT_FOUND;
	if (!x->has_looked)
		rc = library_in(x->v->paper, x->v->a, x->m, &x->pictures,
		    &x->pictures_n, x->err);
	if (rc != RC_OK)
		return rc;
	x->has_looked = true;
	for (size_t i = 0; i < x->pictures_n; i++) {
		const struct library_words *w = &x->pictures[i].words;

		if (!str_eq(x->pictures[i].stem, stem))
			continue;
		*ret_picture = (struct mend_picture){
		    .alt = w->alt,
		    .caption = w->caption,
		    .credit = w->credit.n ? w->credit : w->creator,
		};
		return RC_OK;
	}
	return RC_NOT_FOUND;
}

static struct view_mend view_of_mend(
    enum proof_kind kind, const struct mend *mend)
{
	return (struct view_mend){
	    .say = kind == PROOF_DOUBLED_PARAGRAPH ? MSG_MEND_PARAGRAPH
						   : mends[mend->kind],
	    .about = mend->about,
	    .field = mend->field,
	    .offset = mend->offset,
	    .length = mend->length,
	    .text = mend->text,
	};
}

static struct view_mark view_of(struct arena *a, const struct manuscript *m,
    const struct proof_mark *mark, const struct mending *mending)
{
	struct stet stet = {.kind = str_of(proof_kind_name(mark->kind)),
	    .field = mark->field,
	    .words = mark->excerpt,
	    .place = stet_place(m, mark)};
	bool is_body = str_eq(mark->field, STR("body"));
	struct view_mark view = {
	    .kind = str_of(proof_kind_name(mark->kind)),
	    .field = mark->field,
	    .offset = mark->offset,
	    .length = mark->length,
	    .line = is_body ? mark->line : 0,
	    .excerpt = mark->excerpt,
	    .message = said[mark->kind].message,
	    .go = said[mark->kind].go,
	    .place = mending->field,
	    .place_offset = mending->offset,
	    .place_length = mending->length,
	    .mends_n = mending->n,
	};

	view.stet = stet_value(a, &stet);
	for (size_t i = 0; i < mending->n; i++)
		view.mends[i] = view_of_mend(mark->kind, &mending->v[i]);
	return view;
}

/* What a mend has to be told, as far as it is not looked up when asked. */
static enum rc fill_known(
    struct marking *x, bool with_place, struct mend_known *known)
{
	struct visit *v = x->v;
	struct str_list name = {&v->who.name, v->who.name.n > 0};
	enum rc rc = RC_OK;

	if (x->m->authors.n == 0)
		rc = story_names_join(v->a, &name, &known->byline);
	if (rc == RC_OK && with_place && str_blank(x->m->dateline))
		rc = paper_place(
		    v->paper, v->a, x->m->section, &known->dateline, x->err);
	return rc;
}

static enum rc make_views(struct visit *v, const struct manuscript *m,
    const struct proof_mark *marks, const struct mending *mendings, size_t n,
    struct view_marks *ret_marks)
{
	struct view_mark *view = ARENA_ARRAY(v->a, struct view_mark, n);

	if (!view)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		view[i] = view_of(v->a, m, &marks[i], &mendings[i]);
	*ret_marks = (struct view_marks){.v = view, .n = n};
	return arena_is_spent(v->a) ? RC_NO_MEMORY : RC_OK;
}

static enum msg message_of(struct str kind)
{
	for (int i = 0; i < PROOF_KINDS; i++)
		if (str_eq(kind, str_of(proof_kind_name((enum proof_kind)i))))
			return said[i].message;
	return MSG_EDITOR_PROOF;
}

enum rc mark_stands(struct visit *v, const struct stet *stets, size_t n,
    struct view_stands *ret_stands, struct err *err)
{
	struct view_stand *view = ARENA_ARRAY(v->a, struct view_stand, n);
	struct people people = {0};
	size_t count = 0;
	enum rc rc = view ? RC_OK : RC_NO_MEMORY;

	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		if (!stets[i].is_met)
			continue;
		if (count == 0)
			rc = people_load(v, &people, err);
		if (rc != RC_OK)
			return rc;
		view[count++] = (struct view_stand){.kind = stets[i].kind,
		    .message = message_of(stets[i].kind),
		    .excerpt = stets[i].words,
		    .by = people_name(&people, stets[i].who),
		    .unstet = stet_value(v->a, &stets[i])};
	}
	*ret_stands = (struct view_stands){view, count};
	return rc;
}

enum rc mark_fill(struct visit *v, int64_t story, const struct manuscript *m,
    bool with_place, struct view_marks *ret_marks, struct err *err)
{
	struct marking x = {.v = v, .m = m, .err = err};
	struct mend_known known = {.today = visit_civil(v, v->now),
	    .day = put_day,
	    .picture = find_picture,
	    .ctx = &x};
	struct manuscript text = *m;
	struct proof_mark *marks = NULL;
	struct mending *mendings = NULL;
	struct stet *stets = NULL;
	struct str lang = m->lang;
	size_t n = 0, stets_n = 0;
	enum rc rc = RC_OK;

	text.body_line = 0; /* lines of the field */
	if (lang.n == 0)
		rc = paper_lang(v->paper, v->a, &lang, err);
	if (rc == RC_OK)
		rc = paper_stets(v->paper, v->a, story, &stets, &stets_n, err);
	if (rc == RC_OK)
		rc = stet_read(v->a, &text, lang, stets, stets_n, &marks, &n);
	if (rc == RC_OK && n > 0)
		rc = fill_known(&x, with_place, &known);
	if (rc == RC_OK)
		rc = mend_find(v->a, &text, lang, &known, marks, n, &mendings);
	if (rc == RC_OK)
		rc = make_views(v, &text, marks, mendings,
		    n > MARKS_MOST ? MARKS_MOST : n, ret_marks);
	return rc == RC_OK
		   ? mark_stands(v, stets, stets_n, &ret_marks->stands, err)
		   : rc;
}
