/* SPDX-License-Identifier: MIT
 *
 * Notes in the margin; see desk_write.h.
 */
#include "page/desk_write.h"

#include "page/screen.h"

struct margin {
	const struct screen *s;
	int64_t id, revision;
};

static void put_form_start(const struct margin *m, struct html kind)
{
	struct buf *b = m->s->b;

	html_lit(b, "<form class=\"");
	html_raw(b, kind);
	html_lit(b, "\" method=\"post\" action=\"/stories/");
	buf_i64(b, m->id);
	html_lit(b, "/notes\">\n");
}

static void put_number(const struct margin *m, struct html name, int64_t number)
{
	html_lit(m->s->b, "<input type=\"hidden\" name=\"");
	html_raw(m->s->b, name);
	html_lit(m->s->b, "\"");
	html_attr_u64(m->s->b, "value", (uint64_t)number);
	html_lit(m->s->b, ">\n");
}

static void put_by(const struct margin *m, const struct view_remark *r)
{
	html_lit(m->s->b, "<p class=\"by\"><b>");
	html_text(m->s->b, r->who);
	html_lit(m->s->b, "</b> ");
	screen_time(m->s, r->at);
	html_lit(m->s->b, "</p>\n");
}

static void put_quote(const struct margin *m, const struct view_remark *r)
{
	if (!r->quote.n)
		return;
	html_lit(m->s->b, "<blockquote dir=\"auto\">");
	html_text(m->s->b, r->quote);
	html_lit(m->s->b, "</blockquote>\n");
	if (!r->is_lost)
		return;
	html_lit(m->s->b, "<p class=\"hint\">");
	screen_say(m->s, MSG_NOTE_LOST);
	html_lit(m->s->b, "</p>\n");
}

static void put_text(const struct margin *m, const struct view_remark *r)
{
	html_lit(m->s->b, "<p class=\"said\" dir=\"auto\">");
	html_text(m->s->b, r->text);
	html_lit(m->s->b, "</p>\n");
}

static void put_answer_form(const struct margin *m, const struct view_remark *r)
{
	struct buf *b = m->s->b;

	html_lit(b, "<details>\n<summary>");
	screen_say(m->s, MSG_NOTE_ANSWER);
	html_lit(b, "</summary>\n");
	put_form_start(m, HTML("answer"));
	put_number(m, HTML("parent"), r->id);
	html_lit(b, "<label for=\"answer-");
	buf_i64(b, r->id);
	html_lit(b, "\">");
	screen_say(m->s, MSG_NOTE_ANSWER);
	html_lit(b, "</label>\n<textarea dir=\"auto\" rows=\"3\" "
		    "name=\"text\" required id=\"answer-");
	buf_i64(b, r->id);
	html_lit(b, "\"></textarea>\n");
	screen_button(m->s, MSG_NOTE_SEND, false);
	html_lit(b, "</form>\n</details>\n");
}

static void put_resolve_form(
    const struct margin *m, const struct view_remark *r)
{
	put_form_start(m, HTML("do"));
	put_number(m, HTML("note"), r->id);
	screen_button_as(m->s,
	    r->is_resolved ? MSG_NOTE_REOPEN : MSG_NOTE_RESOLVE, false, "do",
	    r->is_resolved ? STR("reopen") : STR("resolve"));
	html_lit(m->s->b, "</form>\n");
}

/* A note with its answers; where the next one begins. */
static size_t put_note(
    const struct margin *m, const struct view_remarks *view, size_t at)
{
	const struct view_remark *note = &view->v[at++];

	html_lit(m->s->b, "<li id=\"note-");
	buf_i64(m->s->b, note->id);
	html_lit(m->s->b, "\">\n");
	put_by(m, note);
	put_quote(m, note);
	put_text(m, note);
	while (at < view->n && view->v[at].is_answer) {
		html_lit(m->s->b, "<div class=\"answered\">\n");
		put_by(m, &view->v[at]);
		put_text(m, &view->v[at]);
		html_lit(m->s->b, "</div>\n");
		at++;
	}
	if (note->is_resolved) {
		html_lit(m->s->b, "<p class=\"hint\">");
		screen_say_with(
		    m->s, MSG_NOTE_RESOLVED_BY, &note->resolved_by, 1);
		html_lit(m->s->b, "</p>\n");
	} else {
		put_answer_form(m, note);
	}
	put_resolve_form(m, note);
	html_lit(m->s->b, "</li>\n");
	return at;
}

static size_t pass_note(const struct view_remarks *view, size_t at)
{
	at++;
	while (at < view->n && view->v[at].is_answer)
		at++;
	return at;
}

static void put_list(
    const struct margin *m, const struct view_remarks *view, bool is_resolved)
{
	html_lit(m->s->b, "<ul class=\"remarks\">\n");
	for (size_t at = 0; at < view->n;)
		at = view->v[at].is_resolved == is_resolved
			 ? put_note(m, view, at)
			 : pass_note(view, at);
	html_lit(m->s->b, "</ul>\n");
}

static void put_new_form(
    const struct margin *m, const struct view_remarks *view)
{
	put_form_start(m, HTML("new-note"));
	put_number(m, HTML("revision"), m->revision);
	screen_field(m->s, &(struct screen_field){.label = MSG_NOTE_QUOTE,
			       .name = HTML("quote"),
			       .has_hint = true,
			       .hint = MSG_NOTE_QUOTE_HINT,
			       .more = HTML(" dir=\"auto\" maxlength=\"300\" "
					    "autocomplete=\"off\"")});
	screen_field(m->s, &(struct screen_field){.label = MSG_NOTE_NEW,
			       .name = HTML("text"),
			       .value = view->typed,
			       .rows = 3,
			       .is_required = true,
			       .has_fault = view->fault != MSG_COUNT,
			       .fault = view->fault,
			       .more = HTML(" dir=\"auto\"")});
	screen_button(m->s, MSG_NOTE_SEND, false);
	screen_form_end(m->s);
}

void desk_remarks(const struct screen *s, int64_t id, int64_t revision,
    const struct view_remarks *view)
{
	struct margin m = {s, id, revision};
	size_t notes = 0;

	for (size_t i = 0; i < view->n; i++)
		notes += !view->v[i].is_answer;
	html_lit(s->b, "<section class=\"margin\" id=\"notes\">\n<h2>");
	screen_say(s, MSG_STORY_NOTES);
	html_lit(s->b, "</h2>\n");
	if (view->open)
		put_list(&m, view, false);
	put_new_form(&m, view);
	if (notes > view->open) {
		html_lit(s->b, "<details>\n<summary>");
		screen_say_count(s, MSG_NOTES_RESOLVED, notes - view->open);
		html_lit(s->b, "</summary>\n");
		put_list(&m, view, true);
		html_lit(s->b, "</details>\n");
	}
	html_lit(s->b, "</section>\n");
}
