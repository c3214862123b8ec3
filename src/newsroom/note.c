/* SPDX-License-Identifier: MIT
 *
 * Notes in the margin: written, answered and resolved. Whoever sees a story may
 * note something and resolve their own; those of others are for who may write
 * it.
 */
#include "newsroom/note.h"

#include "newsroom/intake.h"
#include "newsroom/story_form.h"
#include "newsroom/visit.h"
#include "newsroom/write.h"
#include "page/desk_history.h"
#include "paper/note.h"

enum rc note_fill(struct visit *v, const struct paper_story *story,
    struct str body, const struct people *people, struct view_remarks *ret_view,
    struct err *err)
{
	struct view_remarks view = {.fault = MSG_COUNT};
	struct paper_note *notes;
	struct view_remark *remarks;
	size_t n;
	enum rc rc = paper_notes(v->paper, v->a, story->id, &notes, &n, err);

	if (rc != RC_OK)
		return rc;
	remarks = ARENA_ARRAY(v->a, struct view_remark, n);
	if (!remarks)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		const struct paper_note *note = &notes[i];
		bool is_answer = note->parent != 0;

		remarks[i] = (struct view_remark){
		    .id = note->id,
		    .is_answer = is_answer,
		    .who = people_name(people, note->who),
		    .at = visit_civil(v, note->at),
		    .quote = note->quote,
		    .is_lost = note->quote.n > 0 &&
			       paper_note_place(note, body) == body.n,
		    .text = note->text,
		    .is_resolved = note->is_resolved,
		    .resolved_by = people_name(people, note->resolved_by),
		};
		view.open += !is_answer && !note->is_resolved;
	}
	view.v = remarks;
	view.n = n;
	*ret_view = view;
	return RC_OK;
}

static enum rc read_id(const struct visit *v, struct str name, int64_t *ret_id)
{
	struct str sent = visit_field(v, name);
	uint64_t id = 0;

	if (sent.n > 0 && str_u64(sent, INT64_MAX, &id) != RC_OK)
		return RC_INVALID;
	*ret_id = (int64_t)id;
	return RC_OK;
}

/* Notes alone, for who may not write the story. */
static struct entity *notes_screen(
    struct visit *v, struct str typed, enum msg fault, unsigned status)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_STORIES);
	struct view_remarks view;
	struct paper_story story;
	struct manuscript m;
	struct people people;
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc = b ? story_open(v, &story, &m, &err) : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = people_load(v, &people, &err);
	if (rc == RC_OK)
		rc = note_fill(v, &story, m.body, &people, &view, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	view.typed = typed;
	view.fault = fault;
	desk_notes(b, &desk, story.id, story.headline, &view);
	return visit_page(v, status, b);
}

static struct entity *show_notes(struct visit *v)
{
	return notes_screen(v, STR(""), MSG_COUNT, 200);
}

/* The page again, with the note that could not be kept. */
static struct entity *show_again(
    struct visit *v, struct str typed, enum msg fault, unsigned status)
{
	struct saving s = {.v = v};
	enum rc rc = story_open(v, &s.story, &s.base, &s.err);

	if (rc == RC_OK && !story_may(v, RIGHT_WRITE, &s.story))
		return notes_screen(v, typed, fault, status);
	if (rc == RC_OK)
		rc = story_form_of(v->a, &s.base, &s.text);
	if (rc != RC_OK)
		return visit_failed(v, rc, &s.err);
	return write_page(&s, &(struct write_page){.status = status,
				  .fault = MSG_COUNT,
				  .typed_note = typed,
				  .note_fault = fault});
}

static enum rc find_note(struct visit *v, int64_t story, int64_t id,
    struct paper_note *ret_note, struct err *err)
{
	struct paper_note *notes;
	size_t n;
	enum rc rc = paper_notes(v->paper, v->a, story, &notes, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (notes[i].id == id && notes[i].parent == 0) {
			*ret_note = notes[i];
			return RC_OK;
		}
	return rc == RC_OK ? RC_NOT_FOUND : rc;
}

static enum rc resolve(struct visit *v, const struct paper_story *story,
    struct str act, struct err *err)
{
	struct paper_resolve order = {.story = story->id,
	    .is_resolved = str_eq(act, STR("resolve")),
	    .who = v->who.login,
	    .now = v->now};
	struct paper_note note;
	enum rc rc = read_id(v, STR("note"), &order.note);

	if (!order.is_resolved && !str_eq(act, STR("reopen")))
		return RC_INVALID;
	if (rc == RC_OK)
		rc = find_note(v, story->id, order.note, &note, err);
	if (rc != RC_OK)
		return rc;
	if (!story_may(v, RIGHT_WRITE, story) &&
	    !str_eq(note.who, v->who.login))
		return RC_DENIED;
	return paper_resolve_note(v->paper, &order, err);
}

static struct entity *go_back(struct visit *v, const struct paper_story *story)
{
	struct str url = arena_printf(v->a,
	    story_may(v, RIGHT_WRITE, story) ? "/stories/%lld#notes"
					     : "/stories/%lld/notes",
	    (long long)story->id);

	return url.p ? visit_see_other(v, url) : NULL;
}

static struct entity *send_note(struct visit *v)
{
	struct paper_story story;
	struct paper_remark remark = {.who = v->who.login,
	    .quote = str_trim(visit_field(v, STR("quote"))),
	    .text = str_trim(visit_field(v, STR("text"))),
	    .now = v->now};
	struct str act = visit_field(v, STR("do"));
	struct err err = {0};
	enum rc rc = story_open(v, &story, NULL, &err);

	if (rc == RC_OK && act.n > 0) {
		rc = resolve(v, &story, act, &err);
		return rc == RC_OK ? go_back(v, &story)
				   : visit_failed(v, rc, &err);
	}
	if (rc == RC_OK)
		rc = read_id(v, STR("parent"), &remark.parent);
	if (rc == RC_OK)
		rc = read_id(v, STR("revision"), &remark.revision);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (remark.text.n == 0)
		return show_again(v, STR(""), MSG_FAULT_EMPTY, 422);
	if (remark.text.n > PAPER_NOTE_TEXT_MAX ||
	    remark.quote.n > PAPER_NOTE_QUOTE_MAX)
		return show_again(v, remark.text, MSG_FAULT_LONG, 422);
	remark.story = story.id;
	rc = paper_add_note(v->paper, &remark, NULL, &err);
	if (rc == RC_NO_SPACE)
		return show_again(v, remark.text, MSG_WRITE_DISK_FULL, 507);
	return rc == RC_OK ? go_back(v, &story) : visit_failed(v, rc, &err);
}

static const struct route routes[] = {
    {HTTP_GET, "/stories/:id/notes", RIGHT_STORIES, 0, "", show_notes},
    {HTTP_POST, "/stories/:id/notes", RIGHT_STORIES, 0,
	"quote text parent revision note do", send_note},
};

const struct route *routes_notes(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
