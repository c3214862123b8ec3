/* SPDX-License-Identifier: MIT
 *
 * The page on which a story is written, and the one where two have changed the
 * same words; see write.h.
 */
#include "newsroom/length.h"
#include "newsroom/mark.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/note.h"
#include "newsroom/story_form.h"
#include "newsroom/token.h"
#include "newsroom/visit.h"
#include "newsroom/write.h"
#include "page/desk_write.h"
#include "paper/presence.h"
#include "paper/workflow.h"

/* A name for this page, so that what it saves is not held against it. */
static struct str new_tab(struct visit *v)
{
	uint8_t bytes[TOKEN_BYTES];
	struct buf b;

	v->n->config.random(bytes, sizeof(bytes));
	buf_init_arena(&b, v->a, TOKEN_TEXT + 1);
	token_put(&b, bytes);
	return buf_str(&b);
}

static struct str iso_of(struct visit *v, struct instant t)
{
	struct buf b;

	buf_init_arena(&b, v->a, 64);
	civil_rfc3339(&b, civil_at(t, 0));
	return buf_str(&b);
}

static enum rc fill_here(
    struct saving *s, const struct people *people, struct view_write *view)
{
	struct visit *v = s->v;
	struct present_list list;
	struct str *names;
	enum rc rc = presence_list(
	    v->n->presence, v->a, s->story.id, view->tab, v->now, &list);

	if (rc != RC_OK)
		return rc;
	names = ARENA_ARRAY(v->a, struct str, list.n);
	if (!names)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < list.n; i++)
		if (!str_eq(list.v[i].who, v->who.login))
			names[view->here.n++] =
			    people_name(people, list.v[i].who);
	view->here.v = names;
	return RC_OK;
}

static enum rc fill_standing(struct saving *s, struct view_write *view)
{
	struct visit *v = s->v;
	const struct paper_story *story = &s->story;
	struct paper_state state;
	struct instant when =
	    story->status == PAPER_SCHEDULED ? story->due : story->published;
	struct str_list sections;
	enum rc rc = paper_state(v->paper, v->a, story->id, &state, &s->err);

	if (rc == RC_OK)
		rc = paper_sections_of(
		    v->paper, v->a, story->id, 0, &sections, &s->err);
	if (rc != RC_OK)
		return rc;
	view->status = (int)story->status;
	view->is_changed = story->is_changed;
	view->has_when = when.us != INSTANT_NEVER.us &&
			 (story->status == PAPER_SCHEDULED ||
			     story->status == PAPER_PUBLISHED);
	if (view->has_when)
		view->when = visit_civil(v, when);
	if (story->status == PAPER_DRAFT)
		view->sent_back = state.note;
	view->can_publish = story_may_release(v, RIGHT_PUBLISH, &sections);
	view->can_upload = right_has_any(&v->who, RIGHT_PICTURES);
	return RC_OK;
}

/* Of the text as it stands in the page: but not of one that is refused for its
 * size. They are a help, and no reason to keep back the page that gives
 * somebody their text again. */
static enum rc fill_marks(
    struct saving *s, const struct people *people, struct view_write *view)
{
	struct manuscript *m = ARENA_NEW(s->v->a, struct manuscript);
	enum rc rc = m ? story_form_manuscript(s->v->a, &s->base, &s->text, m)
		       : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = length_fill(s->v, &s->story, m, people, &view->length);
	if (rc != RC_OK || m->body.n > MANUSCRIPT_MAX)
		return rc;
	rc = mark_fill(s->v, s->story.id, m, true, &view->marks, &s->err);
	if (rc != RC_OK)
		s->v->n->config.say(s->v->n->config.ctx,
		    s->err.why[0] ? s->err.why : rc_name(rc));
	return RC_OK;
}

static enum rc fill_page(struct saving *s, const struct write_page *page,
    struct view_write *view, struct str_list *sections)
{
	struct visit *v = s->v;
	struct paper_settings settings;
	struct people people;
	enum rc rc = people_load(v, &people, &s->err);

	if (rc == RC_OK)
		rc = paper_settings(v->paper, v->a, &settings, &s->err);
	if (rc == RC_OK)
		rc = story_sections(v, RIGHT_WRITE, sections, &s->err);
	if (rc == RC_OK)
		rc = fill_standing(s, view);
	if (rc == RC_OK)
		rc = fill_here(s, &people, view);
	if (rc == RC_OK)
		rc = note_fill(v, &s->story, s->text.v[WRITE_BODY], &people,
		    &view->remarks, &s->err);
	if (rc == RC_OK)
		rc = fill_marks(s, &people, view);
	if (rc != RC_OK)
		return rc;
	view->sections = sections;
	view->lang = settings.lang;
	view->zone = settings.zone;
	view->remarks.typed = page->typed_note;
	view->remarks.fault = page->note_fault;
	return RC_OK;
}

struct entity *write_page(struct saving *s, const struct write_page *page)
{
	struct visit *v = s->v;
	struct view_desk desk = visit_desk(v, MSG_RAIL_STORIES);
	struct view_write view = {
	    .id = s->story.id,
	    .revision = s->write.base > 0 ? s->write.base : s->story.revision,
	    .text = s->text,
	    .fault = page->fault,
	    .tab = s->write.tab.n > 0 ? s->write.tab : new_tab(v),
	    .account = visit_account(v),
	    .saved = visit_civil(v, s->story.saved),
	    .saved_at = iso_of(v, s->story.saved),
	};
	struct str_list sections;
	struct buf *b = visit_buf(v);
	enum rc rc = b ? fill_page(s, page, &view, &sections) : RC_NO_MEMORY;

	if (rc != RC_OK)
		return visit_failed(v, rc, &s->err);
	for (int i = 0; i < WRITE_FIELDS; i++)
		view.faults[i] = page->faults ? page->faults[i] : MSG_COUNT;
	presence_touch(
	    v->n->presence, s->story.id, v->who.login, view.tab, false, v->now);
	desk.css_more = visit_static(v, STR("editor.css"));
	desk.script = visit_static(v, STR("editor.js"));
	desk.has_faults = page->faults != NULL;
	desk_write(b, &desk, &view);
	return visit_page(v, page->status, b);
}

/* What only one has changed needs no choice. */
static void put_together(
    struct view_conflict *view, const struct write_text *base)
{
	for (int i = 0; i < WRITE_FIELDS; i++) {
		struct str mine = view->mine.v[i], theirs = view->theirs.v[i];

		view->merged.v[i] = mine;
		if (str_eq(mine, base->v[i]))
			view->merged.v[i] = theirs;
		else if (!str_eq(theirs, base->v[i]) && !str_eq(mine, theirs))
			view->is_open[i] = true;
	}
}

struct entity *write_conflict_page(struct saving *s)
{
	struct visit *v = s->v;
	struct view_desk desk = visit_desk(v, MSG_RAIL_STORIES);
	struct view_conflict view = {
	    .id = s->story.id,
	    .revision = s->result.revision,
	    .tab = s->write.tab,
	    .account = visit_account(v),
	    .saved = visit_civil(v, s->result.saved),
	    .mine = s->text,
	};
	struct write_text base;
	struct people people;
	struct buf *b = visit_buf(v);
	enum rc rc = b ? people_load(v, &people, &s->err) : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = story_form_of(v->a, &s->result.base, &base);
	if (rc == RC_OK)
		rc = story_form_of(v->a, &s->result.text, &view.theirs);
	if (rc != RC_OK)
		return visit_failed(v, rc, &s->err);
	view.by = people_name(&people, s->result.who);
	put_together(&view, &base);
	desk_conflict(b, &desk, &view);
	return visit_page(v, 409, b);
}
