/* SPDX-License-Identifier: MIT
 *
 * Words, focal point and cuts of a picture are changed.
 *
 * I1  What readers have in a story changes with the picture at once, past all
 *     that stands before publishing. So whoever changes it could publish each
 *     of these stories; an address for coins that is not the paper's is treated
 *     as the list before publishing has it; and the log says what was changed.
 *     A story that waits for its time is as good as before readers. One that
 *     is approved and waits for nothing has its approval taken back, unless
 *     who changes it could publish it.
 * I2  The files are made anew with each saving, also where it changes nothing.
 *     That they are owed is written with the words (newsroom/owed.h).
 * I3  What was typed is on the page that refuses it.
 * I4  Where nothing is published before somebody else has approved it, new
 *     words for what readers have, or will at a time that is set, are refused:
 *     they belong into the story. To take words out is always free, for they
 *     may put somebody in danger; and approvals are taken back whoever changes
 *     words.
 * I5  New words of what readers have are a change of each story that has them:
 *     it is asked what kind of change, and nothing is written before that is
 *     said (newsroom/picture_told.h). It is asked last, when nothing else is in
 *     the way.
 */
#include "newsroom/due.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/own.h"
#include "newsroom/picture_told.h"
#include "newsroom/pictures.h"
#include "newsroom/story.h"
#include "newsroom/visit.h"
#include "paper/workflow.h"

enum {
	FILES_MS = 180 * 1000, /* the till and the darkroom */
	PERCENT = 100,
	THOUSANDTHS = 10, /* of one percent */
};

/* One paragraph: what is sent has no line of its own under a picture. */
static struct str clean(struct visit *v, struct str name)
{
	struct str s = str_trim(visit_field(v, name));
	char *p = arena_alloc(v->a, s.n);

	if (!p)
		return STR_NONE;
	for (size_t i = 0; i < s.n; i++)
		p[i] = (unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f ? ' '
								      : s.p[i];
	return (struct str){p, s.n};
}

static enum rc read_percent(struct visit *v, struct str name, uint16_t *ret)
{
	uint64_t n;
	enum rc rc = str_u64(str_trim(visit_field(v, name)), PERCENT, &n);

	if (rc == RC_OK)
		*ret = (uint16_t)(n * THOUSANDTHS);
	return rc;
}

/* "12.5" percent, in thousandths. */
static enum rc read_part(struct str s, uint16_t *ret)
{
	struct str whole = str_cut(&s, '.');
	uint64_t n = 0, tenths = 0;
	enum rc rc = str_u64(whole, PERCENT, &n);

	if (rc == RC_OK && s.n > 0)
		rc = s.n == 1 ? str_u64(s, 9, &tenths) : RC_INVALID;
	n = n * THOUSANDTHS + tenths;
	if (rc == RC_OK && n > PERCENT * THOUSANDTHS)
		rc = RC_INVALID;
	if (rc == RC_OK)
		*ret = (uint16_t)n;
	return rc;
}

/* The part that a shape is set to: all three numbers, or none. *RET_HALF: only
 * some of them, or what is no number. */
static enum rc read_cut(struct visit *v, const struct picture_cut_fields *names,
    struct library_cut *ret, bool *ret_half)
{
	struct str left = str_trim(visit_field(v, names->left));
	struct str top = str_trim(visit_field(v, names->top));
	struct str width = str_trim(visit_field(v, names->width));
	enum rc rc;

	*ret = (struct library_cut){0};
	if (!left.n && !top.n && !width.n)
		return RC_OK;
	if (!left.n || !top.n || !width.n) {
		*ret_half = true;
		return RC_OK;
	}
	rc = read_part(left, &ret->left);
	if (rc == RC_OK)
		rc = read_part(top, &ret->top);
	if (rc == RC_OK)
		rc = read_part(width, &ret->width);
	*ret_half = rc != RC_OK || ret->width == 0;
	return rc == RC_INVALID ? RC_OK : rc;
}

/* Within the picture's edges. */
static void fit_cuts(
    const struct library_picture *p, struct library_words *words)
{
	for (size_t i = 0; i < LIBRARY_SHAPES; i++) {
		struct library_cut *c = &words->cuts[i];
		struct picture_cut fit = picture_cut_fit(p->width, p->height,
		    (enum picture_shape)(PICTURE_1_1 + i),
		    (struct picture_cut){c->left, c->top, c->width});

		*c = (struct library_cut){fit.left, fit.top, fit.width};
	}
}

const struct picture_cut_fields picture_cut_fields[LIBRARY_SHAPES] = {
    {STR_INIT("left1"), STR_INIT("top1"), STR_INIT("width1")},
    {STR_INIT("left4"), STR_INIT("top4"), STR_INIT("width4")},
    {STR_INIT("left16"), STR_INIT("top16"), STR_INIT("width16")}};

/* *RET_HALF: which shape has but half of its numbers; LIBRARY_SHAPES: none. */
static enum rc read_cuts(
    struct visit *v, struct library_words *words, size_t *ret_half)
{
	enum rc rc = RC_OK;

	*ret_half = LIBRARY_SHAPES;
	for (size_t i = 0; rc == RC_OK && i < LIBRARY_SHAPES; i++) {
		bool is_half = false;

		rc = read_cut(
		    v, &picture_cut_fields[i], &words->cuts[i], &is_half);
		if (is_half)
			*ret_half = i;
	}
	return rc;
}

/* What was sent, as words of a picture. RC_INVALID: a form of nobody's. */
static enum rc read_words(
    struct visit *v, struct library_words *ret_words, uint64_t *ret_base)
{
	struct library_words words = {
	    .caption = clean(v, STR("caption")),
	    .credit = clean(v, STR("credit")),
	    .creator = clean(v, STR("creator")),
	    .alt = clean(v, STR("alt")),
	    .rights = clean(v, STR("rights")),
	    .expires = clean(v, STR("expires")),
	};

	if (arena_is_spent(v->a))
		return RC_NO_MEMORY;
	if (read_percent(v, STR("x"), &words.focus_x) != RC_OK ||
	    read_percent(v, STR("y"), &words.focus_y) != RC_OK ||
	    str_u64(visit_field(v, STR("base")), INT64_MAX, ret_base) != RC_OK)
		return RC_INVALID;
	*ret_words = words;
	return RC_OK;
}

/* --- the files --- */

struct files_wait {
	struct owed_wait wait;
	struct visit *v;
	struct library_picture picture;
	struct str done;
};

static struct entity *files_later(
    struct visit *v, const struct library_picture *picture, const char *why)
{
	struct picture_notes notes = picture_plain;

	notes.done = MSG_PICTURE_CROPS_LATER;
	v->n->config.say(v->n->config.ctx, why);
	return picture_page(v, 200, picture, &notes);
}

static void files_made(void *ctx, enum rc rc, const char *why)
{
	struct files_wait *w = ctx;
	struct visit *v = w->v;
	struct str url =
	    arena_printf(v->a, "/pictures/%lld", (long long)w->picture.id);

	visit_answer(v, rc == RC_OK ? visit_done(v, url, w->done)
				    : files_later(v, &w->picture, why));
}

/* The words are saved; now the files follow. *RET_E is the answer, NULL with
 * RC_BUSY: it comes later. */
static enum rc wait_for_files(struct visit *v,
    const struct library_picture *picture, struct str done,
    struct entity **ret_e)
{
	const bool was_later = v->later != NULL;
	struct files_wait *w = ARENA_NEW(v->a, struct files_wait);

	*ret_e = NULL;
	if (!w)
		return RC_NO_MEMORY;
	*w = (struct files_wait){.v = v, .picture = *picture, .done = done};
	w->wait = (struct owed_wait){.picture = picture->id,
	    .revision = picture->revision,
	    .done = files_made,
	    .ctx = w};
	if (!was_later && !visit_later(v, FILES_MS)) {
		*ret_e = files_later(v, picture, "too many wait for pictures");
		return RC_OK;
	}
	if (owed_ask(v->n, &w->wait, v->who.id) == RC_OK)
		return RC_BUSY;
	*ret_e = files_later(v, picture, "the darkroom is busy");
	if (was_later)
		return RC_OK;
	visit_answer(v, *ret_e);
	*ret_e = NULL;
	return RC_BUSY;
}

/* --- what may be --- */

struct stories {
	int64_t *v;
	size_t n;
};

/* Where readers have a picture, and where they will at a time that is set. */
struct reach {
	struct stories shown, waiting;
};

/* The person could publish each of the N stories. */
static enum rc may_release(struct visit *v, const int64_t *stories, size_t n,
    bool *ret_may, struct err *err)
{
	enum rc rc = RC_OK;

	*ret_may = true;
	for (size_t i = 0; rc == RC_OK && *ret_may && i < n; i++) {
		struct str_list sections;

		rc = paper_sections_of(
		    v->paper, v->a, stories[i], 0, &sections, err);
		if (rc == RC_OK)
			*ret_may =
			    story_may_release(v, RIGHT_PUBLISH, &sections);
		else if (rc == RC_NOT_FOUND)
			rc = RC_OK;
	}
	return rc;
}

static bool has_story(const struct stories *stories, int64_t id)
{
	for (size_t i = 0; i < stories->n; i++)
		if (stories->v[i] == id)
			return true;
	return false;
}

/* Those of the approved stories that the person could not publish, or, where
 * nobody publishes alone, all that have no time set (those get no new words,
 * see I4): to them the approvals are lost, as by any other change. */
static enum rc find_unapproved(struct visit *v, const struct library_picture *p,
    const struct reach *reach, bool is_reviewed, struct stories *ret,
    struct err *err)
{
	struct stories all = {0};
	enum rc rc =
	    library_approved_in(v->paper, v->a, p, &all.v, &all.n, err);

	ret->n = 0;
	ret->v = all.v;
	for (size_t i = 0; rc == RC_OK && i < all.n; i++) {
		bool may;

		rc = may_release(v, &all.v[i], 1, &may, err);
		if (rc == RC_OK &&
		    (!may ||
			(is_reviewed && !has_story(&reach->waiting, all.v[i]))))
			ret->v[ret->n++] = all.v[i];
	}
	return rc;
}

/* The person could publish each story that it reaches. */
static enum rc may_change(
    struct visit *v, const struct reach *reach, bool *ret_may, struct err *err)
{
	enum rc rc =
	    may_release(v, reach->shown.v, reach->shown.n, ret_may, err);

	return rc == RC_OK && *ret_may ? may_release(v, reach->waiting.v,
					     reach->waiting.n, ret_may, err)
				       : rc;
}

static enum rc find_reach(struct visit *v, const struct library_picture *p,
    struct reach *ret, struct err *err)
{
	enum rc rc = library_shown_in(
	    v->paper, v->a, p->stem, &ret->shown.v, &ret->shown.n, err);

	return rc == RC_OK ? library_waits_in(v->paper, v->a, p,
				 &ret->waiting.v, &ret->waiting.n, err)
			   : rc;
}

static bool is_new(struct str was, struct str is)
{
	return is.n > 0 && !str_eq(was, is);
}

static bool has_new_words(
    const struct library_words *was, const struct library_words *is)
{
	return is_new(was->caption, is->caption) ||
	       is_new(was->credit, is->credit) ||
	       is_new(was->creator, is->creator) || is_new(was->alt, is->alt) ||
	       is_new(was->rights, is->rights);
}

/* One saving, which may be looked at twice: before the till has said whose an
 * address is, and after. */
struct saving {
	struct visit *v;
	struct library_picture p;
	struct library_words words;
	uint64_t base;
	struct stories unapproved;
	struct picture_told told;
	struct own_look own;
	struct err err;
	bool is_waiting; /* the answer comes later, from somebody else */
};

/* What was answered to I5 stays on the page, whatever else is in the way. */
static struct entity *refuse(
    struct saving *s, unsigned status, const struct picture_notes *notes)
{
	struct picture_notes all = *notes;

	if (s->told.is_asked && s->told.n > 0)
		all.told = &s->told;
	s->p.words = s->words;
	s->p.revision = (int64_t)s->base;
	return picture_page(s->v, status, &s->p, &all);
}

static struct entity *refuse_address(
    struct saving *s, const struct check_find *find)
{
	struct picture_notes notes = picture_plain;

	notes.wants_tick = find->level == CHECK_WARNS;
	notes.fault = notes.wants_tick ? MSG_PICTURE_ADDRESS_WARNS
				       : MSG_PICTURE_ADDRESS_BLOCKED;
	notes.address = find->what;
	return refuse(s, 422, &notes);
}

/* I5. */
static struct entity *ask_kind(struct saving *s)
{
	struct picture_notes notes = picture_plain;

	notes.told = &s->told;
	/* What was said of an address stays said. */
	notes.address = visit_field(s->v, STR("despite"));
	notes.wants_tick = notes.is_ticked = notes.address.n > 0;
	return refuse(s, 422, &notes);
}

/* Somebody was quicker: both texts are shown, and what is sent next goes on
 * from the newest. */
static struct entity *show_both(struct saving *s)
{
	const struct library_words newest = s->p.words;
	struct picture_notes notes = picture_plain;

	notes.meanwhile = &newest;
	if (s->told.is_asked && s->told.n > 0)
		notes.told = &s->told;
	s->p.words = s->words;
	return picture_page(s->v, 409, &s->p, &notes);
}

static struct entity *save(struct saving *s);

static void till_answered(void *ctx)
{
	struct saving *s = ctx;
	struct visit *v = s->v;
	struct entity *e = save(s);

	if (!s->is_waiting)
		visit_answer(v, e);
}

/* The answer waits for what the till says. */
static bool asks(struct saving *s)
{
	if (!own_asks(&s->own) || s->v->later || !visit_later(s->v, FILES_MS))
		return false;
	own_ask(&s->own, till_answered, s);
	return true;
}

/* What is changed is looked at in all the stories that it reaches: whether the
 * person may, and, by I4, whether there are words that somebody else would
 * have to see. */
static enum rc look_at_stories(
    struct saving *s, bool is_reviewed, bool *ret_may, bool *ret_forbids)
{
	struct visit *v = s->v;
	struct reach reach = {0};
	enum rc rc;

	*ret_may = true;
	*ret_forbids = false;
	s->unapproved = (struct stories){0};
	/* Who is for all sections need not be asked of each story. */
	if (!is_reviewed && right_has(&v->who, RIGHT_PUBLISH, STR("")))
		return RC_OK;
	rc = find_reach(v, &s->p, &reach, &s->err);
	if (rc == RC_OK)
		rc = may_change(v, &reach, ret_may, &s->err);
	if (rc != RC_OK || !*ret_may)
		return rc;
	*ret_forbids = is_reviewed && has_new_words(&s->p.words, &s->words) &&
		       reach.shown.n + reach.waiting.n > 0;
	return find_unapproved(
	    v, &s->p, &reach, is_reviewed, &s->unapproved, &s->err);
}

/* Whether the words may be changed. False: *RET_E is the answer, or NULL if it
 * comes later. */
static bool is_allowed(struct saving *s, struct entity **ret_e)
{
	struct visit *v = s->v;
	struct picture_notes notes = picture_plain;
	const struct due_look look = {.n = v->n,
	    .a = v->a,
	    .embargo = INSTANT_NEVER,
	    .at = v->now,
	    .own = &s->own};
	struct check_list list;
	bool is_reviewed, may = false, forbids = false;
	enum rc rc = paper_review(v->paper, &is_reviewed, &s->err);

	*ret_e = NULL;
	if (rc == RC_OK)
		rc = look_at_stories(s, is_reviewed, &may, &forbids);
	if (rc == RC_OK && (!may || forbids)) {
		notes.fault =
		    may ? MSG_PICTURE_REVIEWED : MSG_PICTURE_NOT_YOURS;
		*ret_e = refuse(s, may ? 409 : 403, &notes);
		return false;
	}
	s->own = (struct own_look){.n = v->n, .now = v->now};
	if (rc == RC_OK)
		rc = due_check_words(&look, &s->words, &list, &s->err);
	if (rc != RC_OK) {
		*ret_e = visit_failed(v, rc, &s->err);
		return false;
	}
	if (asks(s))
		return false;
	if (list.n > 0 &&
	    (list.v[0].level == CHECK_BLOCKS ||
		!str_eq(visit_field(v, STR("despite")), list.v[0].what))) {
		*ret_e = refuse_address(s, &list.v[0]);
		return false;
	}
	return true;
}

/* The words and what follows from them, or nothing. */
static enum rc write_words(struct saving *s)
{
	struct visit *v = s->v;
	struct staff_by by = visit_by(v);
	enum rc rc = paper_step_begin(v->paper, &s->err);

	if (rc != RC_OK)
		return rc;
	rc = library_change(v->paper,
	    &(struct library_change){.picture = &s->p,
		.words = &s->words,
		.release = s->told.release},
	    &by, &s->err);
	if (rc == RC_OK)
		rc = picture_told_log(v, &s->told, s->p.id, &s->err);
	for (size_t i = 0; rc == RC_OK && i < s->unapproved.n; i++)
		rc = paper_unapprove(v->paper,
		    &(struct paper_act){.id = s->unapproved.v[i],
			.who = v->who.login,
			.now = v->now},
		    &s->err);
	return paper_step_end(v->paper, rc, &s->err);
}

/* Asks all that stands before new words, and writes them. False: *RET_E is the
 * answer, or NULL if it comes later. */
static bool save_words(struct saving *s, struct entity **ret_e)
{
	enum rc rc =
	    picture_told_read(s->v, &s->p, &s->words, &s->told, &s->err);

	if (rc == RC_OK && s->p.revision != (int64_t)s->base) {
		*ret_e = show_both(s);
		return false;
	}
	if (rc == RC_OK && !is_allowed(s, ret_e))
		return false;
	if (rc == RC_OK && s->told.n > 0 && !s->told.is_answered) {
		*ret_e = ask_kind(s);
		return false;
	}
	if (rc == RC_OK)
		rc = write_words(s);
	if (rc != RC_OK) {
		*ret_e = visit_failed(s->v, rc, &s->err);
		return false;
	}
	s->p.words = s->words;
	s->p.revision++;
	s->v->n->config.show(s->v->n->config.ctx);
	return true;
}

static struct str done_word(const struct saving *s)
{
	if (s->unapproved.n)
		return STR("picture-unapproved");
	return s->told.n ? STR("picture-told") : STR("saved");
}

static struct entity *save(struct saving *s)
{
	struct visit *v = s->v;
	struct entity *e = NULL;
	enum rc rc = picture_open(v, &s->p, &s->err);

	if (rc != RC_OK)
		return visit_failed(v, rc, &s->err);
	if (library_words_same(&s->p.words, &s->words)) {
		rc = library_owe(v->paper, s->p.id, v->who.id, &s->err);
		if (rc != RC_OK)
			return visit_failed(v, rc, &s->err);
	} else if (!save_words(s, &e)) {
		return e;
	}
	s->is_waiting = wait_for_files(v, &s->p, done_word(s), &e) == RC_BUSY;
	return e;
}

/* I3, for numbers that are refused. */
static struct entity *refuse_cuts(struct saving *s)
{
	struct picture_cut_fields typed[LIBRARY_SHAPES];
	struct picture_notes notes = picture_plain;

	for (size_t i = 0; i < LIBRARY_SHAPES; i++) {
		const struct picture_cut_fields *names = &picture_cut_fields[i];

		typed[i] =
		    (struct picture_cut_fields){visit_field(s->v, names->left),
			visit_field(s->v, names->top),
			visit_field(s->v, names->width)};
	}
	notes.fault = MSG_PICTURE_CUT_FAULT;
	notes.typed = typed;
	return refuse(s, 422, &notes);
}

struct entity *save_picture(struct visit *v)
{
	struct saving *s = ARENA_NEW(v->a, struct saving);
	struct picture_notes notes = picture_plain;
	size_t half = LIBRARY_SHAPES;
	enum rc rc;

	if (!s)
		return NULL;
	*s = (struct saving){.v = v};
	rc = picture_open(v, &s->p, &s->err);
	if (rc == RC_OK)
		rc = read_words(v, &s->words, &s->base);
	if (rc == RC_OK)
		rc = read_cuts(v, &s->words, &half);
	if (rc == RC_INVALID)
		return visit_status(v, 400);
	if (rc != RC_OK)
		return visit_failed(v, rc, &s->err);
	if (s->words.expires.n && !library_is_date(s->words.expires)) {
		notes.expires_fault = MSG_PICTURE_EXPIRES_FAULT;
		return refuse(s, 422, &notes);
	}
	if (half < LIBRARY_SHAPES)
		return refuse_cuts(s);
	fit_cuts(&s->p, &s->words);
	return save(s);
}
