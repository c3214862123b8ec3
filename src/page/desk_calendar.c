/* SPDX-License-Identifier: MIT
 *
 * The calendar, in three forms of the same days: a month as a table, a week
 * and a list as headings with what stands under them, for phones and for those
 * who listen.
 */
#include "page/desk_publish.h"
#include "page/desk_tabs.h"
#include "page/screen.h"

enum { WEEK = 7, TITLE_MAX = 400 };

static void put_link(
    const struct screen *s, struct str url, enum msg word, bool is_current)
{
	if (!url.n)
		return;
	html_lit(s->b, "<a");
	html_url(s->b, "href", STR_NONE, url);
	if (is_current)
		html_lit(s->b, " aria-current=\"true\"");
	html_lit(s->b, ">");
	screen_say(s, word);
	html_lit(s->b, "</a>\n");
}

static void put_ways(const struct screen *s, const struct view_calendar *view)
{
	html_lit(s->b, "<nav class=\"acts ways\"");
	html_attr(s->b, "aria-label", desk_word(s->lang, MSG_CALENDAR_FORMS));
	html_lit(s->b, ">\n");
	put_link(s, view->month, MSG_CALENDAR_MONTH, view->form == VIEW_MONTH);
	put_link(s, view->week, MSG_CALENDAR_WEEK, view->form == VIEW_WEEK);
	put_link(s, view->agenda, MSG_CALENDAR_LIST, view->form == VIEW_AGENDA);
	html_lit(s->b, "</nav>\n<p class=\"acts ways\">\n");
	put_link(s, view->older, MSG_CALENDAR_BEFORE, false);
	put_link(s, view->today, MSG_CALENDAR_TODAY, false);
	put_link(s, view->newer, MSG_CALENDAR_AFTER, false);
	html_lit(s->b, "</p>\n");
}

static void put_time(const struct screen *s, struct civil c)
{
	html_lit(s->b, "<time datetime=\"");
	civil_rfc3339(s->b, c);
	html_lit(s->b, "\">");
	words_time(s->b, s->words, c);
	html_lit(s->b, "</time>");
}

static void put_kind(const struct screen *s, enum msg word)
{
	if (word == MSG_DATE_PUBLISHED)
		screen_status(s, "good", word);
	else if (word == MSG_DATE_SCHEDULED)
		screen_status(s, "wait", word);
	else
		screen_status(s, "off", word);
}

static void put_dates(const struct screen *s, const struct view_day *day)
{
	struct buf *b = s->b;

	if (day->n == 0)
		return;
	html_lit(b, "<ul>\n");
	for (size_t i = 0; i < day->n; i++) {
		const struct view_date *date = &day->v[i];

		html_lit(b, "<li>");
		put_time(s, date->at);
		html_lit(b, " ");
		put_kind(s, date->word);
		html_lit(b, " <a");
		html_url(b, "href", STR_NONE, date->url);
		html_lit(b, "><bdi>");
		if (date->headline.n)
			html_text(b, date->headline);
		else
			screen_say(s, MSG_STORY_UNTITLED);
		html_lit(b, "</bdi></a>");
		if (date->section.n) {
			html_lit(b, " <small><bdi>");
			html_text(b, date->section);
			html_lit(b, "</bdi></small>");
		}
		html_lit(b, "</li>\n");
	}
	html_lit(b, "</ul>\n");
}

/* The day's number, and for those who listen the whole date. */
static void put_number(const struct screen *s, const struct view_day *day)
{
	struct buf *b = s->b;

	html_lit(b, "<time datetime=\"");
	civil_rfc3339(b, day->date);
	html_lit(b, "\"");
	if (day->is_today)
		html_lit(b, " class=\"today\"");
	html_lit(b, "><span class=\"wideday\">");
	words_long_date(b, s->words, day->date);
	html_lit(b, "</span><span class=\"number\" aria-hidden=\"true\">");
	buf_u64(b, day->date.day);
	html_lit(b, "</span>");
	if (day->is_today) {
		html_lit(b, " <small>");
		screen_say(s, MSG_CALENDAR_TODAY);
		html_lit(b, "</small>");
	}
	html_lit(b, "</time>\n");
}

/* "The clock goes forward by 60 minutes." */
static void put_shift(const struct screen *s, const struct view_day *day)
{
	bool is_forward = day->shift_s > 0;
	int32_t by = is_forward ? day->shift_s : -day->shift_s;

	if (by == 0)
		return;
	html_lit(s->b, "<p class=\"clock\">");
	screen_say_count(s, is_forward ? MSG_CLOCK_FORWARD : MSG_CLOCK_BACK,
	    (uint64_t)(by + 59) / 60);
	html_lit(s->b, "</p>\n");
}

static void put_cell(const struct screen *s, const struct view_day *day)
{
	html_lit(s->b, "<td");
	if (day->n == 0 && day->shift_s == 0)
		html_lit(s->b, " class=\"none\"");
	else if (day->is_outside)
		html_lit(s->b, " class=\"outside\"");
	html_lit(s->b, ">");
	put_number(s, day);
	put_shift(s, day);
	put_dates(s, day);
	html_lit(s->b, "</td>\n");
}

static void put_month(const struct screen *s, const struct view_calendar *view)
{
	struct buf *b = s->b;

	html_lit(b, "<table class=\"month\">\n<thead><tr>");
	for (int i = 0; i < WEEK; i++) {
		html_lit(b, "<th scope=\"col\">");
		html_text(b, str_of(s->words->weekdays[i]));
		html_lit(b, "</th>");
	}
	html_lit(b, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < view->days_n; i++) {
		if (i % WEEK == 0)
			html_lit(b, "<tr>\n");
		put_cell(s, &view->days[i]);
		if (i % WEEK == WEEK - 1)
			html_lit(b, "</tr>\n");
	}
	html_lit(b, "</tbody>\n</table>\n");
}

static void put_list(const struct screen *s, const struct view_calendar *view)
{
	struct buf *b = s->b;
	bool has_all = view->form == VIEW_WEEK;
	size_t shown = 0;

	for (size_t i = 0; i < view->days_n; i++) {
		const struct view_day *day = &view->days[i];

		if (!has_all &&
		    ((day->n == 0 && day->shift_s == 0) || day->is_outside))
			continue;
		shown += day->n;
		html_lit(b, "<h2 class=\"day\"><time datetime=\"");
		civil_rfc3339(b, day->date);
		html_lit(b, "\">");
		words_long_date(b, s->words, day->date);
		html_lit(b, "</time>");
		if (day->is_today) {
			html_lit(b, " <small>");
			screen_say(s, MSG_CALENDAR_TODAY);
			html_lit(b, "</small>");
		}
		html_lit(b, "</h2>\n");
		put_shift(s, day);
		put_dates(s, day);
	}
	if (shown == 0)
		screen_empty(s, MSG_CALENDAR_EMPTY);
}

static void put_title(struct buf *title, const struct words *words,
    const struct view_calendar *view)
{
	if (view->form != VIEW_WEEK) {
		words_month_year(title, words, view->first);
		return;
	}
	words_date(title, words, view->first);
	buf_lit(title, " – ");
	words_date(title, words, view->last);
}

void desk_calendar(struct buf *b, const struct view_desk *desk,
    const struct view_calendar *view)
{
	const struct words *words = words_of(desk_lang_code(desk->lang));
	struct buf title;
	struct screen s;

	buf_init(&title, TITLE_MAX);
	buf_add(&title, desk_word(desk->lang, MSG_CALENDAR_TITLE));
	buf_lit(&title, ": ");
	put_title(&title, words, view);
	s = screen_start(b, desk, buf_str(&title));
	put_ways(&s, view);
	desk_zone(&s, view->zone, view->now);
	if (view->is_cut)
		screen_put(&s, "p", MSG_CALENDAR_CUT);
	if (view->form == VIEW_MONTH)
		put_month(&s, view);
	else
		put_list(&s, view);
	screen_end(&s);
	buf_done(&title);
}

/* How publishing goes. */

static const enum msg level_words[] = {
    MSG_PUBLISHING_OFF, MSG_CHECK_WARNS, MSG_CHECK_BLOCKS};

static void put_level(
    const struct screen *s, const struct view_check_level *row, int level)
{
	static const struct str values[] = {
	    STR_INIT("0"), STR_INIT("1"), STR_INIT("2")};
	struct buf *b = s->b;

	html_lit(b, "<td><label class=\"choice\"><input type=\"radio\" "
		    "name=\"check_");
	html_text(b, row->name);
	html_lit(b, "\"");
	html_attr(b, "value", values[level]);
	html_lit(b, " aria-describedby=\"h-checks");
	if (row->has_theirs) {
		html_lit(b, " t-check_");
		html_text(b, row->name);
	}
	html_lit(b, "\"");
	if (level == row->level)
		html_lit(b, " checked");
	html_lit(b, "> <span>");
	screen_say(s, level_words[level]);
	html_lit(b, "</span></label></td>");
}

static void put_level_head(
    const struct screen *s, const struct view_check_level *row)
{
	struct buf *b = s->b;

	html_lit(b, "<tr><th scope=\"row\">");
	screen_say(s, row->word);
	if (row->has_theirs) {
		html_lit(b, "<div class=\"theirs\" id=\"t-check_");
		html_text(b, row->name);
		html_lit(b, "\"><strong>");
		screen_say(s, MSG_THEIRS_VALUE);
		html_lit(b, "</strong> ");
		screen_say(s, level_words[row->theirs]);
		html_lit(b, "</div>");
	}
	html_lit(b, "</th>");
}

static void put_levels(
    const struct screen *s, const struct view_publishing *view)
{
	struct buf *b = s->b;

	screen_wide(s, MSG_PUBLISHING_CHECKS);
	html_lit(b, "\n<table class=\"levels\">\n");
	for (size_t i = 0; i < view->levels_n; i++) {
		const struct view_check_level *level = &view->levels[i];

		put_level_head(s, level);
		if (level->is_fixed) {
			html_lit(b, "<td colspan=\"3\">");
			screen_say(s, MSG_PUBLISHING_ALWAYS);
			html_lit(b, "</td></tr>\n");
			continue;
		}
		for (int k = 0; k < 3; k++)
			put_level(s, level, k);
		html_lit(b, "</tr>\n");
	}
	html_lit(b, "</table>\n");
	screen_wide_end(s);
}

void desk_publishing(struct buf *b, const struct view_desk *desk,
    const struct view_publishing *view)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_PUBLISHING_TITLE));

	desk_tabs(&s, &view->tabs);
	screen_theirs(&s, &view->theirs);
	screen_form(&s, STR("/settings/publishing"));
	screen_hidden(&s, "seen", view->seen);
	screen_group(&s, MSG_PUBLISHING_EYES);
	screen_choice(
	    &s, &(struct screen_choice){.name = HTML("eyes"),
		    .value = STR("1"),
		    .text = desk_word(s.lang, MSG_PUBLISHING_EYES_ON),
		    .hint = desk_word(s.lang, MSG_PUBLISHING_EYES_HINT),
		    .is_box = true,
		    .is_chosen = view->must_approve});
	if (view->has_theirs_eyes)
		screen_theirs_value(&s, "eyes",
		    desk_word(s.lang, view->theirs_eyes ? MSG_PUBLISHING_EYES_ON
							: MSG_PUBLISHING_OFF));
	screen_group_end(&s);
	screen_put(&s, "h2", MSG_PUBLISHING_CHECKS);
	html_lit(b, "<p class=\"hint\" id=\"h-checks\">");
	screen_say(&s, MSG_PUBLISHING_CHECKS_HINT);
	html_lit(b, "</p>\n");
	put_levels(&s, view);
	html_lit(b, "<p class=\"acts\">");
	screen_button(&s, MSG_SAVE, true);
	html_lit(b, "</p>\n");
	screen_form_end(&s);
	screen_end(&s);
}
