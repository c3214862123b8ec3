/* SPDX-License-Identifier: MIT
 *
 * The list of stories; see desk_stories.h.
 */
#include "page/desk_stories.h"

#include "page/screen.h"

static const struct {
	const char *name;
	enum msg word;
} statuses[VIEW_STATUSES] = {
    {"draft", MSG_STATUS_DRAFT},
    {"submitted", MSG_STATUS_SUBMITTED},
    {"scheduled", MSG_STATUS_SCHEDULED},
    {"published", MSG_STATUS_PUBLISHED},
    {"withdrawn", MSG_STATUS_WITHDRAWN},
    {"changed", MSG_STATUS_CHANGED},
};

struct str desk_status_name(int status)
{
	return str_of(statuses[status].name);
}

int desk_status_find(struct str name)
{
	for (int i = 0; i < VIEW_STATUSES; i++)
		if (str_eq(name, str_of(statuses[i].name)))
			return i;
	return -1;
}

void desk_status(const struct screen *s, int status, bool is_changed)
{
	static const struct html kinds[VIEW_STATUSES] = {
	    {STR_INIT("off")},
	    {STR_INIT("wait")},
	    {STR_INIT("wait")},
	    {STR_INIT("good")},
	    {STR_INIT("bad")},
	    {STR_INIT("wait")},
	};

	if (is_changed)
		status = VIEW_STATUS_CHANGED;
	screen_status_(s, kinds[status], statuses[status].word);
}

/* The filter. */

static void put_statuses(
    const struct screen *s, const struct view_stories *view)
{
	screen_select(s, MSG_STORIES_STATUS, "status");
	screen_option(
	    s, STR(""), desk_word(s->lang, MSG_STORIES_ALL), view->status < 0);
	for (int i = 0; i < VIEW_STATUSES; i++)
		screen_option(s, desk_status_name(i),
		    desk_word(s->lang, statuses[i].word), view->status == i);
	screen_select_end(s);
}

static void put_sections(const struct screen *s, const struct str_list *list,
    struct str chosen, enum msg none)
{
	screen_select(s, MSG_STORY_SECTION, "section");
	screen_option(s, STR(""), desk_word(s->lang, none), chosen.n == 0);
	for (size_t i = 0; i < list->n; i++)
		screen_option(
		    s, list->v[i], list->v[i], str_eq(list->v[i], chosen));
	screen_select_end(s);
}

static void put_filter(const struct screen *s, const struct view_stories *view)
{
	struct screen_choice own = {.name = HTML("mine"),
	    .value = STR("1"),
	    .text = desk_word(s->lang, MSG_STORIES_MINE),
	    .is_box = true,
	    .is_chosen = view->is_own};

	html_lit(s->b, "<form class=\"filter\" role=\"search\" "
		       "action=\"/stories\">\n");
	screen_field(s, &(struct screen_field){.label = MSG_STORIES_WORDS,
			    .name = HTML("q"),
			    .type = HTML("search"),
			    .value = view->words});
	put_statuses(s, view);
	put_sections(s, view->sections, view->section, MSG_STORIES_ALL);
	screen_field(s, &(struct screen_field){.label = MSG_STORIES_PERSON,
			    .name = HTML("person"),
			    .value = view->person});
	screen_choice(s, &own);
	html_lit(s->b, "<p class=\"acts\">");
	screen_button(s, MSG_STORIES_FILTER, false);
	if (view->is_filtered)
		screen_link(s, STR("/stories"), MSG_STORIES_UNFILTER);
	html_lit(s->b, "</p>\n</form>\n");
}

/* Rows. */

static void put_headline(
    const struct screen *s, const struct view_story_row *row)
{
	html_lit(s->b, "<a class=\"headline\"");
	html_lit(s->b, " href=\"/stories/");
	buf_i64(s->b, row->id);
	html_lit(s->b, "\" dir=\"auto\">");
	if (row->headline.n)
		html_text(s->b, row->headline);
	else
		screen_say(s, MSG_STORY_UNTITLED);
	html_lit(s->b, "</a>");
}

static void put_here(const struct screen *s, const struct str_list *names)
{
	struct buf all;
	struct str value;

	if (names->n == 0)
		return;
	buf_init(&all, 4096);
	for (size_t i = 0; i < names->n; i++) {
		if (i > 0)
			buf_add(&all, desk_word(s->lang, MSG_LIST_COMMA));
		buf_add(&all, names->v[i]);
	}
	value = buf_str(&all);
	html_lit(s->b, "<span class=\"here\">");
	screen_say_with(s, MSG_STORIES_HERE, &value, 1);
	html_lit(s->b, "</span>\n");
	buf_done(&all);
}

static void put_saved(const struct screen *s, const struct view_story_row *row)
{
	html_lit(s->b, "<time datetime=\"");
	civil_rfc3339(s->b, row->saved);
	html_lit(s->b, "\">");
	if (row->is_today)
		words_time(s->b, s->words, row->saved);
	else
		words_date(s->b, s->words, row->saved);
	html_lit(s->b, "</time>");
}

static void put_wanted(const struct screen *s, const struct view_story_row *row)
{
	if (row->wanted == 0)
		return;
	html_lit(s->b, "<small>");
	screen_say_count(s,
	    row->is_characters ? MSG_WANTED_CHARACTERS : MSG_WANTED_WORDS,
	    row->wanted);
	html_lit(s->b, "</small>\n");
}

static void put_name(const struct screen *s, struct html kind, struct str name)
{
	html_lit(s->b, "<td class=\"");
	html_raw(s->b, kind);
	html_lit(s->b, "\"><bdi>");
	html_text(s->b, name);
	html_lit(s->b, "</bdi></td>\n");
}

static void put_row(const struct screen *s, const struct view_story_row *row)
{
	struct buf *b = s->b;

	html_lit(b, "<tr><th scope=\"row\">");
	put_headline(s, row);
	html_lit(b, "\n");
	put_wanted(s, row);
	put_here(s, &row->here);
	html_lit(b, "</th>\n<td class=\"state\">");
	desk_status(s, row->status, row->is_changed);
	if (row->has_when) {
		html_lit(b, " ");
		screen_time(s, row->when);
	}
	html_lit(b, "</td>\n");
	put_name(s, HTML("section"), row->section);
	put_name(s, HTML("by"), row->assigned.n ? row->assigned : row->writer);
	html_lit(b, "<td class=\"saved\">");
	put_saved(s, row);
	html_lit(b, "</td></tr>\n");
}

static void put_heads(const struct screen *s)
{
	static const enum msg heads[] = {MSG_STORY_HEADLINE, MSG_STORIES_STATUS,
	    MSG_STORY_SECTION, MSG_AUDIT_WHO, MSG_STORIES_SAVED};

	html_lit(s->b, "<thead><tr>");
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		html_lit(s->b, "<th scope=\"col\">");
		screen_say(s, heads[i]);
		html_lit(s->b, "</th>");
	}
	html_lit(s->b, "</tr></thead>\n");
}

static void put_rows(const struct screen *s, const struct view_stories *view)
{
	if (view->n == 0) {
		screen_empty(s, view->is_filtered ? MSG_STORIES_NONE
				: view->can_write ? MSG_STORIES_EMPTY
						  : MSG_STORIES_EMPTY_READ);
		return;
	}
	html_lit(s->b, "<table class=\"stories\"");
	html_attr(s->b, "aria-label", desk_word(s->lang, MSG_STORIES_TITLE));
	html_lit(s->b, ">\n");
	put_heads(s);
	html_lit(s->b, "<tbody>\n");
	for (size_t i = 0; i < view->n; i++)
		put_row(s, &view->v[i]);
	html_lit(s->b, "</tbody>\n</table>\n");
	if (!view->newest.n && !view->older.n)
		return;
	html_lit(s->b, "<nav class=\"pager\">\n");
	if (view->newest.n)
		screen_link(s, view->newest, MSG_STORIES_NEWEST);
	if (view->older.n)
		screen_link(s, view->older, MSG_OLDER);
	html_lit(s->b, "</nav>\n");
}

/* Text that lies unsaved in the browser: its script (web/editor/copies.js)
 * alone knows, and fills this, or leaves it hidden. */

static void put_copies(const struct screen *s, const struct view_stories *view)
{
	html_lit(s->b, "<section id=\"copies\" hidden");
	html_attr(s->b, "data-account", view->account);
	html_attr(s->b, "data-zone", view->zone);
	html_attr(
	    s->b, "data-untitled", desk_word(s->lang, MSG_STORY_UNTITLED));
	html_attr(s->b, "data-show", desk_word(s->lang, MSG_COPIES_SHOW));
	html_attr(s->b, "data-delete", desk_word(s->lang, MSG_COPIES_DELETE));
	html_attr(s->b, "data-deleted", desk_word(s->lang, MSG_COPIES_DELETED));
	html_attr(s->b, "data-undo", desk_word(s->lang, MSG_UNDO));
	html_lit(s->b, ">\n<div hidden>\n");
	screen_put(s, "h2", MSG_COPIES_TITLE);
	screen_put(s, "p", MSG_COPIES_HOW);
	html_lit(s->b, "<ul class=\"list\"></ul>\n</div>\n"
		       "<p class=\"note\" hidden>");
	screen_say(s, MSG_EDITOR_OTHER_COPIES);
	html_lit(s->b, "</p>\n</section>\n");
}

void desk_stories(struct buf *b, const struct view_desk *desk,
    const struct view_stories *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_STORIES_TITLE));

	if (view->can_write) {
		html_lit(b, "<p class=\"acts\"><a class=\"button main\" "
			    "href=\"/stories/new\">");
		screen_say(&s, MSG_STORY_NEW);
		html_lit(b, "</a></p>\n");
	}
	put_copies(&s, view);
	put_filter(&s, view);
	put_rows(&s, view);
	screen_end(&s);
}

/* A new story. */

static void put_raw(const struct screen *s, const struct view_new_story *view)
{
	html_lit(s->b, "<section>\n");
	screen_put(s, "h2", MSG_STORY_RAW);
	screen_form(s, STR("/stories/intake"));
	screen_field(s, &(struct screen_field){.label = MSG_STORY_RAW_TEXT,
			    .name = HTML("text"),
			    .value = view->text,
			    .rows = 10,
			    .has_hint = true,
			    .hint = MSG_STORY_RAW_HINT,
			    .has_fault = view->text_fault != MSG_COUNT,
			    .fault = view->text_fault,
			    .more = HTML(" dir=\"auto\"")});
	screen_button(s, MSG_STORY_RAW_TAKE, false);
	screen_form_end(s);
	html_lit(s->b, "</section>\n");
}

void desk_new_story(struct buf *b, const struct view_desk *desk,
    const struct view_new_story *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_STORY_NEW));

	screen_form(&s, STR("/stories/new"));
	screen_field(&s,
	    &(struct screen_field){.label = MSG_STORY_HEADLINE,
		.name = HTML("headline"),
		.value = view->headline,
		.has_hint = true,
		.hint = MSG_STORY_NEW_HINT,
		.has_fault = view->headline_fault != MSG_COUNT,
		.fault = view->headline_fault,
		.is_required = true,
		.more = HTML(" dir=\"auto\" autofocus autocomplete=\"off\"")});
	put_sections(&s, view->sections, view->section, MSG_STORY_NO_SECTION);
	screen_button(&s, MSG_STORY_BEGIN, true);
	screen_form_end(&s);
	put_raw(&s, view);
	screen_end(&s);
}
