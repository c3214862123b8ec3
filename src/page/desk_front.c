/* SPDX-License-Identifier: MIT
 *
 * Arranging the front page. What is being arranged stands in the page's own
 * address: each button asks for the screen as it would be then, nothing is
 * kept anywhere, and the browser's way back is the undo. Only the main button
 * sends it, and readers see it. A script lets rows be dragged (web/desk.js).
 */
#include "page/desk_front.h"

#include "page/desk_publish.h"
#include "page/desk_stories.h"
#include "page/screen.h"

static const struct {
	enum msg title, put;
	struct html name;
} slots[VIEW_SLOTS + 1] = {
    {MSG_COUNT, MSG_COUNT, {STR_INIT("")}},
    {MSG_FRONT_LEAD, MSG_FRONT_TO_LEAD, {STR_INIT("lead")}},
    {MSG_FRONT_SECONDS, MSG_FRONT_TO_SECONDS, {STR_INIT("second")}},
    {MSG_FRONT_BRIEFS, MSG_FRONT_TO_BRIEFS, {STR_INIT("brief")}},
};

/* '<button name="do" value="up:3" aria-label="Up: Headline">Up</button>' */
static void put_do(const struct screen *s, struct html what, int64_t which,
    enum msg msg, struct str headline)
{
	struct buf *b = s->b;

	html_lit(b, "<button class=\"plain\" name=\"do\" value=\"");
	html_raw(b, what);
	html_lit(b, ":");
	buf_i64(b, which);
	html_lit(b, "\">");
	screen_say(s, msg);
	html_lit(b, "<span class=\"spoken\">: ");
	html_text(b, headline);
	html_lit(b, "</span></button>\n");
}

static void put_headline(
    const struct screen *s, int64_t id, struct str headline, int status)
{
	struct buf *b = s->b;

	html_lit(b, "<a class=\"story\" href=\"/stories/");
	buf_i64(b, id);
	html_lit(b, "/publish\"><bdi>");
	if (headline.n)
		html_text(b, headline);
	else
		screen_say(s, MSG_STORY_UNTITLED);
	html_lit(b, "</bdi></a>");
	if (status != 3) {
		html_lit(b, " ");
		desk_status(s, status, false);
	}
}

static void put_until(
    const struct screen *s, const struct view_placed *row, size_t at)
{
	struct buf *b = s->b;

	html_lit(b, "<label class=\"until\"><span>");
	screen_say(s, MSG_FRONT_UNTIL);
	html_lit(b, "<span class=\"spoken\">: ");
	html_text(b, row->headline);
	html_lit(b, "</span></span> <input type=\"datetime-local\" "
		    "name=\"until_");
	buf_u64(b, at);
	html_lit(b, "\"");
	html_attr_maybe(b, "value", row->until);
	if (row->fault != MSG_COUNT) {
		html_lit(b, " aria-invalid=\"true\" aria-describedby=\"x-");
		buf_u64(b, at);
		html_lit(b, "\"");
	}
	html_lit(b, "></label>\n");
	if (row->fault == MSG_COUNT)
		return;
	html_lit(b, "<p class=\"fault\" id=\"x-");
	buf_u64(b, at);
	html_lit(b, "\">");
	screen_say_with(s, row->fault, &row->until, 1);
	html_lit(b, "</p>\n");
}

static void put_row(
    const struct screen *s, const struct view_desk_front *view, size_t at)
{
	const struct view_placed *row = &view->v[at];
	bool has_above = at > 0 && view->v[at - 1].slot == row->slot;
	bool has_below = at + 1 < view->n && view->v[at + 1].slot == row->slot;
	struct buf *b = s->b;

	html_lit(
	    b, "<li class=\"placed\">\n<input type=\"hidden\" name=\"row_");
	buf_u64(b, at);
	html_lit(b, "\" value=\"");
	buf_i64(b, row->slot);
	html_lit(b, ":");
	buf_i64(b, row->story);
	html_lit(b, "\">\n");
	put_headline(s, row->story, row->headline, row->status);
	if (row->has_ended) {
		html_lit(b, " ");
		screen_status(s, "off", MSG_FRONT_ENDED);
	}
	html_lit(b, "\n<div class=\"acts\">\n");
	if (has_above)
		put_do(s, HTML("up"), (int64_t)at, MSG_FRONT_UP, row->headline);
	if (has_below)
		put_do(s, HTML("down"), (int64_t)at, MSG_FRONT_DOWN,
		    row->headline);
	for (int slot = 1; slot <= VIEW_SLOTS; slot++)
		if (slot != row->slot)
			put_do(s, slots[slot].name, (int64_t)at,
			    slots[slot].put, row->headline);
	put_do(s, HTML("out"), (int64_t)at, MSG_FRONT_OUT, row->headline);
	put_until(s, row, at);
	html_lit(b, "</div>\n</li>\n");
}

static void put_fill(
    const struct screen *s, const struct view_offered *fill, int slot)
{
	struct buf *b = s->b;

	html_lit(b, "<li class=\"fill\">");
	put_headline(s, fill->story, fill->headline, fill->status);
	html_lit(b, " <small>");
	screen_say(s, MSG_FRONT_BY_ITSELF);
	html_lit(b, "</small> ");
	html_lit(b, "<button class=\"plain\" name=\"do\" value=\"add-");
	html_raw(b, slots[slot].name);
	html_lit(b, ":");
	buf_i64(b, fill->story);
	html_lit(b, "\">");
	screen_say(s, MSG_FRONT_PIN);
	html_lit(b, "<span class=\"spoken\">: ");
	html_text(b, fill->headline);
	html_lit(b, "</span></button></li>\n");
}

static void put_slot(
    const struct screen *s, const struct view_desk_front *view, int slot)
{
	struct buf *b = s->b;
	bool is_empty = true;

	html_lit(b, "<section class=\"slot\">\n");
	screen_put(s, "h2", slots[slot].title);
	html_lit(b, "<ol class=\"list\" data-slot=\"");
	buf_i64(b, slot);
	html_lit(b, "\">\n");
	for (size_t i = 0; i < view->n; i++)
		if (view->v[i].slot == slot) {
			put_row(s, view, i);
			is_empty = false;
		}
	for (size_t i = 0; i < view->fills_n; i++)
		if (view->fills[i].slot == slot) {
			put_fill(s, &view->fills[i], slot);
			is_empty = false;
		}
	if (is_empty) {
		html_lit(b, "<li class=\"quiet\">");
		screen_say(s, MSG_FRONT_NOTHING);
		html_lit(b, "</li>\n");
	}
	html_lit(b, "</ol>\n</section>\n");
}

static void put_offers(
    const struct screen *s, const struct view_desk_front *view)
{
	struct buf *b = s->b;

	html_lit(b, "<section class=\"offers\">\n");
	screen_put(s, "h2", MSG_FRONT_ADD);
	screen_field(s, &(struct screen_field){.label = MSG_FRONT_WORDS,
			    .name = HTML("q"),
			    .type = HTML("search"),
			    .value = view->words});
	html_lit(b, "<p class=\"acts\">");
	screen_button_as(s, MSG_FRONT_FIND, false, "do", STR("find"));
	html_lit(b, "</p>\n");
	if (view->offers_n == 0)
		screen_empty(s, MSG_FRONT_FOUND_NONE);
	html_lit(b, "<ul class=\"list\">\n");
	for (size_t i = 0; i < view->offers_n; i++) {
		const struct view_offered *offer = &view->offers[i];

		html_lit(b, "<li>");
		put_headline(s, offer->story, offer->headline, offer->status);
		html_lit(b, "\n<div class=\"acts\">\n");
		put_do(s, HTML("add-lead"), offer->story, MSG_FRONT_TO_LEAD,
		    offer->headline);
		put_do(s, HTML("add-second"), offer->story,
		    MSG_FRONT_TO_SECONDS, offer->headline);
		put_do(s, HTML("add-brief"), offer->story, MSG_FRONT_TO_BRIEFS,
		    offer->headline);
		html_lit(b, "</div></li>\n");
	}
	html_lit(b, "</ul>\n</section>\n");
}

static void put_arrangement(
    const struct screen *s, const struct view_desk_front *view)
{
	struct buf *b = s->b;

	html_lit(b, "<form id=\"front\" class=\"front\" method=\"get\" "
		    "action=\"/front\">\n"
		    "<input type=\"hidden\" name=\"number\" value=\"");
	buf_i64(b, view->number);
	/* What the enter key presses is the first button: it must do nothing
	 * that readers see. */
	html_lit(b, "\">\n<button class=\"spoken\" name=\"do\" value=\"look\" "
		    "tabindex=\"-1\" aria-hidden=\"true\">.</button>\n"
		    "<div class=\"cols\">\n<div>\n");
	for (int slot = 1; slot <= VIEW_SLOTS; slot++)
		put_slot(s, view, slot);
	html_lit(b, "<p class=\"acts save\">");
	if (view->is_changed)
		screen_put(s, "strong", MSG_FRONT_UNSENT);
	html_lit(b, "<button class=\"main\" formmethod=\"post\" "
		    "formaction=\"/front\">");
	screen_say(s, MSG_FRONT_PUBLISH);
	html_lit(b, "</button>\n<button name=\"do\" value=\"look\">");
	screen_say(s, MSG_FRONT_LOOK);
	html_lit(b, "</button>\n");
	if (view->is_changed) {
		html_lit(b, "<a href=\"/front\">");
		screen_say(s, MSG_FRONT_DROP);
		html_lit(b, "</a>\n");
	}
	html_lit(b, "</p>\n");
	desk_zone(s, view->zone, view->now);
	html_lit(b, "</div>\n<div>\n");
	put_offers(s, view);
	html_lit(b, "</div>\n</div>\n</form>\n");
}

static void put_which(
    const struct screen *s, const struct view_desk_front *view)
{
	if (!view->is_twice)
		return;
	screen_group(s, MSG_WHEN_WHICH);
	desk_which(s, STR("earlier"), MSG_WHEN_FIRST, view->first);
	desk_which(s, STR("later"), MSG_WHEN_SECOND, view->second);
	screen_group_end(s);
}

/* The arrangement as it is on the screen, so that neither is lost. */
static void put_hidden_rows(
    const struct screen *s, const struct view_desk_front *view)
{
	struct buf *b = s->b;

	html_lit(b, "<input type=\"hidden\" name=\"number\" value=\"");
	buf_i64(b, view->number);
	html_lit(b, "\">\n");
	for (size_t i = 0; i < view->n; i++) {
		html_lit(b, "<input type=\"hidden\" name=\"row_");
		buf_u64(b, i);
		html_lit(b, "\" value=\"");
		buf_i64(b, view->v[i].slot);
		html_lit(b, ":");
		buf_i64(b, view->v[i].story);
		html_lit(b, "\"><input type=\"hidden\" name=\"until_");
		buf_u64(b, i);
		html_lit(b, "\"");
		html_attr(b, "value", view->v[i].until);
		html_lit(b, ">\n");
	}
}

static void put_banner(
    const struct screen *s, const struct view_desk_front *view)
{
	struct screen_field text = {.label = MSG_BANNER_TEXT,
	    .name = HTML("text"),
	    .value = view->banner,
	    .has_hint = true,
	    .hint = MSG_BANNER_HINT,
	    .has_fault = view->banner_fault != MSG_COUNT,
	    .fault = view->banner_fault,
	    .more = HTML(" maxlength=\"200\"")};
	struct screen_field story = {.label = MSG_BANNER_STORY,
	    .name = HTML("story"),
	    .value = view->banner_story,
	    .has_hint = true,
	    .hint = MSG_BANNER_STORY_HINT,
	    .has_fault = view->story_fault != MSG_COUNT,
	    .fault = view->story_fault};
	struct screen_field until = {.label = MSG_BANNER_UNTIL,
	    .name = HTML("until"),
	    .type = HTML("datetime-local"),
	    .value = view->banner_until,
	    .has_hint = true,
	    .hint = MSG_BANNER_UNTIL_HINT,
	    .has_fault = view->until_fault != MSG_COUNT,
	    .fault = view->until_fault,
	    .fault_value = view->banner_until};

	html_lit(s->b, "<section id=\"banner\">\n");
	screen_put(s, "h2", MSG_BANNER_TITLE);
	html_lit(s->b, "<p>");
	if (view->has_banner)
		screen_status(s, "bad", MSG_BANNER_ON);
	else
		screen_status(s, "off", MSG_BANNER_NONE);
	html_lit(s->b, "</p>\n");
	screen_theirs(s, &view->theirs);
	if (view->theirs.is_there)
		screen_theirs_value(s, "banner", view->theirs_banner);
	screen_form(s, STR("/front/banner"));
	screen_hidden(s, "seen", view->banner_seen);
	screen_field(s, &text);
	screen_field(s, &story);
	screen_field(s, &until);
	put_which(s, view);
	screen_choice(s, &(struct screen_choice){.name = HTML("everywhere"),
			     .value = STR("1"),
			     .text = desk_word(s->lang, MSG_BANNER_EVERYWHERE),
			     .is_box = true,
			     .is_chosen = view->is_banner_everywhere});
	put_hidden_rows(s, view);
	html_lit(s->b, "<p class=\"acts\">");
	screen_button(s, MSG_BANNER_BUTTON, false);
	html_lit(s->b, "<button formmethod=\"get\" "
		       "formaction=\"/front/preview\" "
		       "formtarget=\"front-preview\">");
	screen_say(s, MSG_BANNER_LOOK);
	html_lit(s->b, "</button>\n");
	if (view->has_banner)
		screen_button_as(s, MSG_BANNER_OFF, false, "off", STR("1"));
	html_lit(s->b, "</p>\n");
	screen_form_end(s);
	html_lit(s->b, "</section>\n");
}

static void put_preview(
    const struct screen *s, const struct view_desk_front *view)
{
	struct buf *b = s->b;

	screen_put(s, "h2", MSG_FRONT_PREVIEW);
	/* Nothing in it runs, but its pictures ask for the person's cookie. */
	html_lit(b, "<iframe class=\"preview\" name=\"front-preview\" "
		    "sandbox=\"allow-same-origin\"");
	html_attr(b, "title", desk_word(s->lang, MSG_FRONT_PREVIEW));
	html_url(b, "src", STR_NONE, view->preview_url);
	html_lit(b, "></iframe>\n<p>");
	html_lit(b, "<a target=\"_blank\"");
	html_url(b, "href", STR_NONE, view->preview_url);
	html_lit(b, ">");
	screen_say(s, MSG_FRONT_PREVIEW_ALONE);
	html_lit(b, "</a></p>\n");
}

static void put_fault(
    const struct screen *s, const struct view_desk_front *view)
{
	struct buf *b = s->b;
	struct str who = view->newest.who;

	if (view->fault == MSG_COUNT)
		return;
	html_lit(b, "<div class=\"faults\" role=\"alert\">\n<p>");
	screen_say(s, view->fault);
	html_lit(b, "</p>\n");
	if (view->newest.is_there && who.n > 0) {
		html_lit(b, "<p>");
		screen_say_with(s, MSG_FRONT_BY, &who, 1);
		html_lit(b, " ");
		screen_time(s, view->newest.at);
		html_lit(b, "</p>\n");
	}
	html_lit(b, "</div>\n");
}

/* What was just published is taken back by one button. */
static void put_undo(const struct screen *s, const struct view_desk_front *view)
{
	if (view->undo.n == 0)
		return;
	screen_form(s, STR("/front/undo"));
	screen_hidden(s, "was", view->undo);
	html_lit(s->b, "<input type=\"hidden\" name=\"number\" value=\"");
	buf_i64(s->b, view->undo_number);
	html_lit(s->b, "\">\n");
	screen_button(s, MSG_FRONT_UNDO, false);
	screen_form_end(s);
}

void desk_front(struct buf *b, const struct view_desk *desk,
    const struct view_desk_front *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_FRONT_TITLE));

	put_fault(&s, view);
	put_undo(&s, view);
	html_lit(b, "<p class=\"hint lead-in\">");
	screen_say(&s, MSG_FRONT_HINT);
	html_lit(b, "</p>\n");
	put_arrangement(&s, view);
	put_preview(&s, view);
	put_banner(&s, view);
	screen_end(&s);
}
