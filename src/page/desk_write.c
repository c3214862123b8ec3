/* SPDX-License-Identifier: MIT
 *
 * The screen on which a story is written; see desk_write.h. The story's own
 * parts stand as they will be read, on the left; what it is filed under, and
 * its picture, beside them.
 */
#include "page/desk_write.h"

#include "page/desk_language.h"
#include "page/desk_stories.h"
#include "page/json.h"
#include "page/screen.h"

static const struct {
	const char *name;
	enum msg label;
} fields[WRITE_FIELDS] = {
    [WRITE_KICKER] = {"kicker", MSG_STORY_KICKER},
    [WRITE_HEADLINE] = {"headline", MSG_STORY_HEADLINE},
    [WRITE_STANDFIRST] = {"standfirst", MSG_STORY_STANDFIRST},
    [WRITE_AUTHORS] = {"authors", MSG_STORY_AUTHORS},
    [WRITE_DATELINE] = {"dateline", MSG_STORY_DATELINE},
    [WRITE_BODY] = {"body", MSG_STORY_TEXT},
    [WRITE_SECTION] = {"section", MSG_STORY_SECTION},
    [WRITE_LANG] = {"lang", MSG_STORY_LANG},
    [WRITE_TAGS] = {"tags", MSG_STORY_TAGS},
    [WRITE_PICTURE] = {"picture", MSG_STORY_PICTURE},
    [WRITE_ALT] = {"alt", MSG_STORY_ALT},
    [WRITE_CAPTION] = {"caption", MSG_STORY_CAPTION},
    [WRITE_CREDIT] = {"credit", MSG_STORY_CREDIT},
    [WRITE_RIGHTS] = {"rights", MSG_STORY_RIGHTS},
};

struct str write_field_name(enum write_field field)
{
	return str_of(fields[field].name);
}

enum msg write_field_label(enum write_field field)
{
	return fields[field].label;
}

/* One screen while it is written. */
struct writing {
	const struct screen *s;
	const struct view_write *view;
	struct buf *b;
};

static void put_id(const struct writing *w, enum write_field field)
{
	/* The script looks for the text by this name. */
	if (field != WRITE_BODY)
		html_lit(w->b, "f-");
	html_text(w->b, write_field_name(field));
}

static void put_label(const struct writing *w, enum write_field field)
{
	html_lit(w->b, "<label for=\"");
	put_id(w, field);
	html_lit(w->b, "\">");
	screen_say(w->s, fields[field].label);
	html_lit(w->b, "</label>\n");
}

static void put_names(const struct writing *w, enum write_field field)
{
	html_lit(w->b, " id=\"");
	put_id(w, field);
	html_lit(w->b, "\"");
	html_attr(w->b, "name", write_field_name(field));
	if (w->view->faults[field] != MSG_COUNT) {
		html_lit(w->b, " aria-invalid=\"true\" aria-describedby=\"x-");
		html_text(w->b, write_field_name(field));
		html_lit(w->b, "\"");
	}
}

static void put_fault(const struct writing *w, enum write_field field)
{
	if (w->view->faults[field] == MSG_COUNT)
		return;
	html_lit(w->b, "<p class=\"fault\" id=\"x-");
	html_text(w->b, write_field_name(field));
	html_lit(w->b, "\">");
	screen_say(w->s, w->view->faults[field]);
	html_lit(w->b, "</p>\n");
}

/* A field that looks like the part of the story that it is. */
static void put_part(
    const struct writing *w, enum write_field field, uint64_t rows)
{
	html_lit(w->b, "<div class=\"field part-");
	html_text(w->b, write_field_name(field));
	html_lit(w->b, "\">\n");
	put_label(w, field);
	html_lit(w->b, "<textarea dir=\"auto\"");
	html_attr_u64(w->b, "rows", rows);
	put_names(w, field);
	/* A first line end is not part of the text. */
	html_lit(w->b, ">\n");
	html_text(w->b, w->view->text.v[field]);
	html_lit(w->b, "</textarea>\n");
	put_fault(w, field);
	html_lit(w->b, "</div>\n");
}

static void put_line(
    const struct writing *w, enum write_field field, enum msg hint)
{
	html_lit(w->b, "<div class=\"field part-");
	html_text(w->b, write_field_name(field));
	html_lit(w->b, "\">\n");
	put_label(w, field);
	html_lit(w->b, "<input dir=\"auto\" autocomplete=\"off\"");
	put_names(w, field);
	html_attr(w->b, "value", w->view->text.v[field]);
	if (field == WRITE_LANG)
		html_lit(w->b, " list=\"languages\"");
	html_lit(w->b, ">\n");
	if (field == WRITE_LANG)
		desk_languages(w->s, STR("languages"));
	put_fault(w, field);
	if (hint != MSG_COUNT) {
		html_lit(w->b, "<p class=\"hint\">");
		screen_say(w->s, hint);
		html_lit(w->b, "</p>\n");
	}
	html_lit(w->b, "</div>\n");
}

static void put_section(const struct writing *w)
{
	struct str chosen = w->view->text.v[WRITE_SECTION];
	const struct str_list *list = w->view->sections;
	bool is_there = chosen.n == 0;

	for (size_t i = 0; i < list->n; i++)
		is_there = is_there || str_eq(list->v[i], chosen);
	html_lit(w->b, "<div class=\"field part-section\">\n");
	put_label(w, WRITE_SECTION);
	html_lit(w->b, "<select");
	put_names(w, WRITE_SECTION);
	html_lit(w->b, ">\n");
	screen_option(w->s, STR(""),
	    desk_word(w->s->lang, MSG_STORY_NO_SECTION), chosen.n == 0);
	if (!is_there)
		screen_option(w->s, chosen, chosen, true);
	for (size_t i = 0; i < list->n; i++)
		screen_option(
		    w->s, list->v[i], list->v[i], str_eq(list->v[i], chosen));
	html_lit(w->b, "</select>\n");
	put_fault(w, WRITE_SECTION);
	html_lit(w->b, "</div>\n");
}

/* Under what it is found. */
static void put_filing(const struct writing *w)
{
	html_lit(w->b, "<div class=\"filing\">\n");
	put_section(w);
	put_line(w, WRITE_TAGS, MSG_COUNT);
	put_line(w, WRITE_LANG, MSG_COUNT);
	html_lit(w->b, "</div>\n");
}

static void put_picture(const struct writing *w)
{
	bool has_picture = false;

	for (int i = WRITE_PICTURE; i <= WRITE_RIGHTS; i++)
		has_picture = has_picture || w->view->text.v[i].n > 0 ||
			      w->view->faults[i] != MSG_COUNT;
	html_lit(w->b, "<details class=\"filed\"");
	if (has_picture)
		html_lit(w->b, " open");
	html_lit(w->b, ">\n<summary>");
	screen_say(w->s, MSG_STORY_PICTURE_TITLE);
	html_lit(w->b, "</summary>\n");
	put_line(w, WRITE_PICTURE, MSG_STORY_PICTURE_HINT);
	put_line(w, WRITE_ALT, MSG_STORY_ALT_HINT);
	put_line(w, WRITE_CAPTION, MSG_COUNT);
	put_line(w, WRITE_CREDIT, MSG_COUNT);
	put_line(w, WRITE_RIGHTS, MSG_COUNT);
	html_lit(w->b, "</details>\n");
}

/* The head: what is saved, where the story stands, and what to do next. */

static void put_saved(const struct writing *w)
{
	struct buf clock;
	struct str value;

	buf_init(&clock, 64);
	buf_u64_wide(&clock, w->view->saved.hour, 2);
	buf_char(&clock, ':');
	buf_u64_wide(&clock, w->view->saved.minute, 2);
	buf_char(&clock, ':');
	buf_u64_wide(&clock, w->view->saved.second, 2);
	value = buf_str(&clock);
	html_lit(w->b, "<p id=\"save-state\"");
	/* What was typed under another account is not to be saved by itself. */
	if (w->view->fault == MSG_WRITE_OTHER_ACCOUNT)
		html_lit(w->b, " data-state=\"other-account\"");
	else if (w->view->fault != MSG_COUNT)
		html_lit(w->b, " data-state=\"broken\"");
	html_lit(w->b, "><span>");
	if (w->view->fault != MSG_COUNT)
		screen_say(w->s, w->view->fault);
	else
		screen_say_with(w->s, MSG_EDITOR_SAVED_AT, &value, 1);
	html_lit(w->b, "</span></p>\n");
	buf_done(&clock);
}

static void put_here(const struct writing *w)
{
	const struct str_list *here = &w->view->here;
	struct buf names;
	struct str value;

	html_lit(w->b, "<p id=\"present\" class=\"quiet\"");
	if (here->n == 0)
		html_lit(w->b, " hidden");
	html_lit(w->b, ">");
	buf_init(&names, 4096);
	for (size_t i = 0; i < here->n; i++) {
		if (i > 0)
			buf_add(&names, desk_word(w->s->lang, MSG_LIST_COMMA));
		buf_add(&names, here->v[i]);
	}
	value = buf_str(&names);
	if (here->n > 0)
		screen_say_with(w->s, MSG_EDITOR_PRESENT, &value, 1);
	html_lit(w->b, "</p>\n");
	buf_done(&names);
}

static void put_standing(const struct writing *w)
{
	const struct view_write *view = w->view;

	html_lit(w->b, "<p class=\"standing\">");
	desk_status(w->s, view->status, view->is_changed);
	if (view->has_when) {
		html_lit(w->b, " ");
		screen_time(w->s, view->when);
		html_lit(w->b, " <small>");
		html_text(w->b, view->zone);
		html_lit(w->b, "</small>");
	}
	html_lit(w->b, "</p>\n");
	if (view->sent_back.n) {
		html_lit(w->b, "<p class=\"sent-back\"><b>");
		screen_say(w->s, MSG_STORY_SENT_BACK);
		html_lit(w->b, "</b> <span dir=\"auto\">");
		html_text(w->b, view->sent_back);
		html_lit(w->b, "</span></p>\n");
	}
}

static void put_way(const struct writing *w, struct html page, enum msg msg)
{
	html_lit(w->b, "<a href=\"/stories/");
	buf_i64(w->b, w->view->id);
	html_lit(w->b, "/");
	html_raw(w->b, page);
	html_lit(w->b, "\">");
	screen_say(w->s, msg);
	html_lit(w->b, "</a>\n");
}

static void put_acts(const struct writing *w)
{
	html_lit(w->b, "<p class=\"acts\">");
	screen_button(w->s, MSG_SAVE, false);
	screen_button_as(w->s,
	    w->view->can_publish ? MSG_STORY_PUBLISH : MSG_STORY_HAND_IN, true,
	    "then", STR("publish"));
	put_way(w, HTML("preview"), MSG_STORY_PREVIEW);
	put_way(w, HTML("revisions"), MSG_STORY_REVISIONS);
	html_lit(w->b, "<a class=\"to-notes\" href=\"#notes\">");
	screen_say_count(w->s, MSG_NOTES_OPEN, w->view->remarks.open);
	html_lit(w->b, "</a>\n");
	html_lit(w->b, "</p>\n");
}

static void put_head(const struct writing *w)
{
	html_lit(w->b, "<header class=\"story-head\">\n<h1 dir=\"auto\">");
	if (w->view->text.v[WRITE_HEADLINE].n)
		html_text(w->b, w->view->text.v[WRITE_HEADLINE]);
	else
		screen_say(w->s, MSG_STORY_UNTITLED);
	html_lit(w->b, "</h1>\n");
	put_standing(w);
	put_acts(w);
	html_lit(w->b, "</header>\n");
	put_saved(w);
	put_here(w);
	html_lit(w->b, "<div id=\"notices\"></div>\n<section id=\"conflict\" "
		       "class=\"fe-conflict\" hidden></section>\n");
}

static void put_form_start(const struct writing *w)
{
	const struct view_write *view = w->view;

	html_lit(w->b, "<form id=\"story\" class=\"story-form\" data-editor "
		       "method=\"post\" action=\"/stories/");
	buf_i64(w->b, view->id);
	html_lit(w->b, "/save\"");
	html_attr_u64(w->b, "data-story", (uint64_t)view->id);
	html_attr(w->b, "data-lang", view->lang);
	html_attr(w->b, "data-saved-at", view->saved_at);
	html_attr(w->b, "data-zone", view->zone);
	html_lit(w->b, " data-sign-in=\"/sign-in\" "
		       "data-intake=\"/stories/intake\"");
	if (view->can_upload)
		html_lit(w->b, " data-pictures=\"/pictures\" "
			       "data-upload=\"/pictures/upload\"");
	html_lit(w->b, ">\n<input type=\"hidden\" name=\"base\"");
	html_attr_u64(w->b, "value", (uint64_t)view->revision);
	html_lit(w->b, ">\n");
	screen_hidden(w->s, "tab", view->tab);
	screen_hidden(w->s, "account", view->account);
}

static void put_form(const struct writing *w)
{
	put_form_start(w);
	put_head(w);
	html_lit(w->b, "<div class=\"story-text\">\n");
	put_filing(w);
	put_line(w, WRITE_KICKER, MSG_COUNT);
	put_part(w, WRITE_HEADLINE, 2);
	put_part(w, WRITE_STANDFIRST, 3);
	html_lit(w->b, "<div class=\"credits\">\n");
	put_line(w, WRITE_AUTHORS, MSG_COUNT);
	put_line(w, WRITE_DATELINE, MSG_COUNT);
	html_lit(w->b, "</div>\n");
	put_picture(w);
	/* Not the field, which the editor hides: one is led here. */
	html_lit(w->b, "<div id=\"text\">\n");
	put_part(w, WRITE_BODY, 24);
	html_lit(w->b, "</div>\n");
	desk_length(w->s, w->view->id, &w->view->length);
	desk_marks(w->s, &w->view->marks);
	html_lit(w->b, "</div>\n</form>\n");
}

/* What the script says, by name (web/editor/README.md). */
static void put_words(const struct writing *w)
{
	static const struct str start = STR_INIT("EDITOR_");
	bool is_first = true;

	html_lit(w->b, "<script type=\"application/json\" "
		       "id=\"editor-words\">{");
	for (int i = 0; i < MSG_COUNT; i++) {
		struct str name = str_of(desk_word_id((enum msg)i));

		if (!str_starts(name, start))
			continue;
		if (!is_first)
			html_lit(w->b, ",");
		is_first = false;
		json_text(w->b, str_from(name, start.n));
		html_lit(w->b, ":");
		json_text(w->b, desk_word(w->s->lang, (enum msg)i));
	}
	html_lit(w->b, "}</script>\n<script type=\"application/json\" "
		       "id=\"proof-marks\">");
	desk_marks_json(w->b, w->s->lang, &w->view->marks);
	html_lit(w->b, "</script>\n");
}

void desk_write(
    struct buf *b, const struct view_desk *desk, const struct view_write *view)
{
	struct str headline = view->text.v[WRITE_HEADLINE];
	struct screen s = screen_start_bare(b, desk,
	    headline.n ? headline : desk_word(desk->lang, MSG_STORY_UNTITLED),
	    HTML("write"));
	struct writing w = {&s, view, b};

	put_form(&w);
	desk_remarks(&s, view->id, view->revision, &view->remarks);
	put_words(&w);
	screen_end(&s);
}
