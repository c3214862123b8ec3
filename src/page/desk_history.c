/* SPDX-License-Identifier: MIT
 *
 * The list of a story's revisions; see desk_history.h.
 */
#include "page/desk_history.h"

#include "page/desk_write.h"
#include "page/screen.h"

/* In the order of enum paper_kind (paper/write.h). */
static const enum msg kinds[] = {MSG_KIND_SAVE, MSG_KIND_AUTOSAVE,
    MSG_KIND_MERGE, MSG_KIND_RESTORE, MSG_KIND_SAVE, MSG_KIND_MOVED};

static void put_path(const struct screen *s, int64_t id, struct html way)
{
	html_lit(s->b, "/stories/");
	buf_i64(s->b, id);
	html_lit(s->b, "/");
	html_raw(s->b, way);
}

static void put_radio(const struct screen *s, struct html name,
    const struct view_revision *r, bool is_chosen)
{
	html_lit(s->b, "<label class=\"pick\"><input type=\"radio\" name=\"");
	html_raw(s->b, name);
	html_lit(s->b, "\"");
	html_attr_u64(s->b, "value", (uint64_t)r->id);
	if (is_chosen)
		html_lit(s->b, " checked");
	html_lit(s->b, "> ");
	screen_say(s,
	    str_eq(name.markup, STR("a")) ? MSG_COMPARE_OLD : MSG_COMPARE_NEW);
	html_lit(s->b, "</label>\n");
}

static void put_number(const struct screen *s, struct html name, int64_t number)
{
	html_lit(s->b, "<input type=\"hidden\" name=\"");
	html_raw(s->b, name);
	html_lit(s->b, "\"");
	html_attr_u64(s->b, "value", (uint64_t)number);
	html_lit(s->b, ">\n");
}

static void put_act(const struct screen *s, const struct view_history *view,
    const struct view_revision *r, struct html way)
{
	html_lit(s->b, "<form class=\"do\" method=\"post\" action=\"");
	put_path(s, view->id, way);
	html_lit(s->b, "\">\n");
	put_number(s, HTML("revision"), r->id);
}

static void put_name_form(const struct screen *s,
    const struct view_history *view, const struct view_revision *r)
{
	html_lit(s->b, "<details>\n<summary>");
	screen_say(s, MSG_REVISION_NAME);
	html_lit(s->b, "</summary>\n<form class=\"name\" method=\"post\" "
		       "action=\"");
	put_path(s, view->id, HTML("name"));
	html_lit(s->b, "\">\n");
	put_number(s, HTML("revision"), r->id);
	html_lit(s->b, "<label for=\"name-");
	buf_i64(s->b, r->id);
	html_lit(s->b, "\">");
	screen_say(s, MSG_REVISION_NAME_LABEL);
	html_lit(s->b, "</label>\n<input name=\"name\" maxlength=\"60\" "
		       "dir=\"auto\" id=\"name-");
	buf_i64(s->b, r->id);
	html_lit(s->b, "\"");
	html_attr(s->b, "value", r->name);
	html_lit(s->b, ">\n");
	screen_button(s, MSG_SAVE, false);
	html_lit(s->b, "</form>\n</details>\n");
}

static void put_acts(const struct screen *s, const struct view_history *view,
    const struct view_revision *r)
{
	html_lit(s->b, "<div class=\"does\">\n");
	if (r->previous > 0) {
		html_lit(s->b, "<a href=\"");
		put_path(s, view->id, HTML("compare?a="));
		buf_i64(s->b, r->previous);
		html_lit(s->b, "&amp;b=");
		buf_i64(s->b, r->id);
		html_lit(s->b, "\">");
		screen_say(s, MSG_REVISION_CHANGES);
		html_lit(s->b, "</a>\n");
	}
	if (view->can_write && !r->is_newest) {
		put_act(s, view, r, HTML("restore"));
		put_number(s, HTML("base"), view->newest);
		screen_button(s, MSG_REVISION_RESTORE, false);
		html_lit(s->b, "</form>\n");
	}
	if (view->can_write)
		put_name_form(s, view, r);
	html_lit(s->b, "</div>\n");
}

static void put_revision(const struct screen *s,
    const struct view_history *view, const struct view_revision *r)
{
	struct buf *b = s->b;

	html_lit(b, "<li>\n<p class=\"when\">");
	screen_time(s, r->saved);
	html_lit(b, " <b>");
	html_text(b, r->who);
	html_lit(b, "</b> <span class=\"quiet\">");
	screen_say(s, kinds[r->kind]);
	html_lit(b, "</span>");
	if (r->name.n) {
		html_lit(b, " <strong dir=\"auto\">");
		html_text(b, r->name);
		html_lit(b, "</strong>");
	}
	if (r->is_newest) {
		html_lit(b, " ");
		screen_status(s, "good", MSG_REVISION_NEWEST);
	}
	if (r->is_shown) {
		html_raw(b, r->is_newest ? HTML(" · ") : HTML(" "));
		screen_status(s, "good", MSG_REVISION_SHOWN);
	}
	html_lit(b, "</p>\n");
	put_acts(s, view, r);
	html_lit(b, "</li>\n");
}

/* From AT on: one revision, and behind it those that are folded. */
static size_t put_group(
    const struct screen *s, const struct view_history *view, size_t at)
{
	size_t end = at + 1;

	put_revision(s, view, &view->v[at]);
	while (end < view->n && view->v[end].is_folded)
		end++;
	if (end == at + 1)
		return end;
	html_lit(s->b, "<li class=\"folded\">\n<details>\n<summary>");
	screen_say_count(s, MSG_REVISIONS_MORE, end - at - 1);
	html_lit(s->b, "</summary>\n<ul class=\"list history\">\n");
	for (size_t i = at + 1; i < end; i++)
		put_revision(s, view, &view->v[i]);
	html_lit(s->b, "</ul>\n</details>\n</li>\n");
	return end;
}

/* Any two of those on this page. */
static void put_choice(const struct screen *s, const struct view_history *view)
{
	if (view->n < 2)
		return;
	html_lit(s->b, "<details class=\"any-two\">\n<summary>");
	screen_say(s, MSG_COMPARE_ANY);
	html_lit(s->b, "</summary>\n<form action=\"");
	put_path(s, view->id, HTML("compare"));
	html_lit(s->b, "\">\n<ul class=\"list\">\n");
	for (size_t i = 0; i < view->n; i++) {
		const struct view_revision *r = &view->v[i];

		html_lit(s->b, "<li>");
		put_radio(s, HTML("a"), r, i == 1);
		put_radio(s, HTML("b"), r, i == 0);
		screen_time(s, r->saved);
		html_lit(s->b, " ");
		html_text(s->b, r->name.n ? r->name : r->who);
		html_lit(s->b, "</li>\n");
	}
	html_lit(s->b, "</ul>\n");
	screen_button(s, MSG_COMPARE, false);
	html_lit(s->b, "</form>\n</details>\n");
}

static void put_back(const struct screen *s, int64_t id, struct str headline)
{
	html_lit(s->b, "<p class=\"back\"><a href=\"/stories/");
	buf_i64(s->b, id);
	html_lit(s->b, "\" dir=\"auto\">");
	if (headline.n)
		html_text(s->b, headline);
	else
		screen_say(s, MSG_STORY_UNTITLED);
	html_lit(s->b, "</a></p>\n");
}

void desk_history(struct buf *b, const struct view_desk *desk,
    const struct view_history *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_STORY_REVISIONS));

	put_back(&s, view->id, view->headline);
	put_choice(&s, view);
	html_lit(b, "<ul class=\"list history\">\n");
	for (size_t at = 0; at < view->n;)
		at = put_group(&s, view, at);
	html_lit(b, "</ul>\n");
	screen_pager(&s, STR_NONE, view->older);
	html_lit(b, "<p class=\"hint\">");
	screen_say(&s, MSG_REVISIONS_KEPT);
	html_lit(b, "</p>\n");
	screen_end(&s);
}

void desk_notes(struct buf *b, const struct view_desk *desk, int64_t id,
    struct str headline, const struct view_remarks *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_STORY_NOTES));

	put_back(&s, id, headline);
	desk_remarks(&s, id, 0, view);
	screen_end(&s);
}

/* Preview. */

static void put_widths(const struct screen *s, const struct view_preview *view)
{
	static const enum msg words[] = {MSG_PREVIEW_DESK, MSG_PREVIEW_PHONE};

	html_lit(s->b, "<p class=\"acts\">");
	for (int phone = 0; phone < 2; phone++) {
		html_lit(s->b, "<a href=\"");
		put_path(s, view->id, HTML("preview"));
		html_raw(s->b, phone ? HTML("?width=phone\"") : HTML("\""));
		if (view->is_phone == (phone == 1))
			html_lit(s->b, " aria-current=\"true\"");
		html_lit(s->b, ">");
		screen_say(s, words[phone]);
		html_lit(s->b, "</a>\n");
	}
	html_lit(s->b, "<a target=\"_blank\" href=\"");
	put_path(s, view->id, HTML("page"));
	html_lit(s->b, "\">");
	screen_say(s, MSG_PREVIEW_ALONE);
	html_lit(s->b, "</a>\n<a href=\"");
	put_path(s, view->id, HTML("notes"));
	html_lit(s->b, "\">");
	screen_say(s, MSG_STORY_NOTES);
	html_lit(s->b, "</a></p>\n");
}

/* Nothing in it runs: a story has no scripts, and the frame forbids them. */
static void put_frame(const struct screen *s, const struct view_preview *view)
{
	html_lit(s->b, "<iframe class=\"");
	html_raw(s->b, view->is_phone ? HTML("phone") : HTML("desk"));
	html_lit(s->b, "\" sandbox=\"allow-same-origin\"");
	html_attr(s->b, "title", desk_word(s->lang, MSG_PREVIEW_FRAME));
	html_lit(s->b, " src=\"");
	put_path(s, view->id, HTML("page"));
	html_lit(s->b, "\"></iframe>\n");
}

static void put_link_row(const struct screen *s,
    const struct view_preview *view, const struct view_preview_link *link)
{
	html_lit(s->b, "<li><b dir=\"auto\">");
	html_text(s->b, link->note);
	html_lit(s->b, "</b> <span class=\"quiet\">");
	html_text(s->b, link->who);
	html_lit(s->b, "</span> ");
	if (link->is_revoked) {
		screen_status(s, "off", MSG_LINK_REVOKED);
	} else {
		if (link->is_over)
			screen_status(s, "off", MSG_LINK_OVER);
		else
			screen_status(s, "wait", MSG_LINK_UNTIL);
		html_lit(s->b, " ");
		screen_time(s, link->expires);
	}
	if (view->can_write && !link->is_revoked && !link->is_over) {
		html_lit(s->b, "\n<form class=\"do\" method=\"post\" "
			       "action=\"");
		put_path(s, view->id, HTML("links/"));
		buf_i64(s->b, link->id);
		html_lit(s->b, "/revoke\">");
		screen_button(s, MSG_LINK_REVOKE, false);
		html_lit(s->b, "</form>");
	}
	html_lit(s->b, "</li>\n");
}

static void put_link_form(
    const struct screen *s, const struct view_preview *view)
{
	static const struct {
		struct str value;
		uint64_t days;
	} choices[] = {{STR_INIT("1"), 1}, {STR_INIT("3"), 3},
	    {STR_INIT("7"), 7}, {STR_INIT("30"), 30}};
	struct buf label;

	html_lit(s->b, "<form method=\"post\" action=\"");
	put_path(s, view->id, HTML("links"));
	html_lit(s->b, "\">\n");
	screen_field(s, &(struct screen_field){.label = MSG_LINK_FOR,
			    .name = HTML("note"),
			    .has_hint = true,
			    .hint = MSG_LINK_HINT,
			    .more = HTML(" dir=\"auto\" maxlength=\"100\"")});
	screen_select(s, MSG_LINK_DAYS, "days");
	for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
		buf_init(&label, 64);
		desk_fill_count(
		    &label, s->lang, MSG_DAYS, choices[i].days, STR_NONE);
		screen_option(
		    s, choices[i].value, buf_str(&label), choices[i].days == 3);
		buf_done(&label);
	}
	screen_select_end(s);
	screen_button(s, MSG_LINK_MAKE, false);
	screen_form_end(s);
}

static void put_links(const struct screen *s, const struct view_preview *view)
{
	html_lit(s->b, "<section id=\"links\">\n<h2>");
	screen_say(s, MSG_LINKS);
	html_lit(s->b, "</h2>\n");
	if (view->made.n) {
		html_lit(s->b, "<p class=\"done\" role=\"status\">");
		screen_say(s, MSG_LINK_MADE);
		html_lit(s->b, "</p>\n");
		screen_handed(s, view->made);
	}
	if (view->links_n) {
		html_lit(s->b, "<ul class=\"list\">\n");
		for (size_t i = 0; i < view->links_n; i++)
			put_link_row(s, view, &view->links[i]);
		html_lit(s->b, "</ul>\n");
	}
	if (view->can_write)
		put_link_form(s, view);
	html_lit(s->b, "</section>\n");
}

void desk_preview(struct buf *b, const struct view_desk *desk,
    const struct view_preview *view)
{
	struct screen s = screen_start_bare(b, desk,
	    desk_word(desk->lang, MSG_STORY_PREVIEW), HTML("previewing"));

	html_lit(b, "<h1>");
	screen_say(&s, MSG_STORY_PREVIEW);
	html_lit(b, "</h1>\n");
	put_back(&s, view->id, view->headline);
	put_widths(&s, view);
	if (view->made.n)
		put_links(&s, view);
	put_frame(&s, view);
	if (!view->made.n)
		put_links(&s, view);
	screen_end(&s);
}
