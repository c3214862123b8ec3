/* SPDX-License-Identifier: MIT
 *
 * Lists of stories: of a section, a person, a tag or a day, the archive, and
 * the short pages: about, and notices such as 404.
 */
#include "page/body.h"
#include "page/frame.h"
#include "page/page.h"
#include "page/teaser.h"

/* "/archive/2026/11", or, MONTH 0, "/archive/2026" */
static void put_archive_link(
    const struct sheet *s, int32_t year, unsigned month)
{
	struct buf *b = s->b;

	html_lit(b, " <a href=\"/archive/");
	buf_u64_wide(b, (uint64_t)year, 4);
	if (month) {
		buf_char(b, '/');
		buf_u64_wide(b, month, 2);
	}
	html_lit(b, "\">");
	sheet_words_start(s, s->words);
	if (month)
		words_month(b, s->words,
		    (struct civil){.year = year, .month = (uint8_t)month});
	else
		words_year(b, s->words, year);
	sheet_words_end(s, s->words);
	html_lit(b, "</a>");
}

/* The way up: archive, year, month, as far as there are any. */
static void put_way_up(const struct sheet *s, int32_t year, unsigned month)
{
	struct buf *b = s->b;

	html_lit(b, "<p class=\"kicker\"><a href=\"/archive\">");
	sheet_say(s, WORD_ARCHIVE);
	html_lit(b, "</a>");
	if (year)
		put_archive_link(s, year, 0);
	if (year && month)
		put_archive_link(s, year, month);
	html_lit(b, "</p>\n");
}

static void put_list_head(const struct sheet *s, const struct view_list *list)
{
	struct buf *b = s->b;

	html_lit(b, "<header>\n");
	if (list->kind == VIEW_PERSON || list->kind == VIEW_TAG) {
		html_lit(b, "<p class=\"kicker\">");
		sheet_say(
		    s, list->kind == VIEW_TAG ? WORD_TOPIC : WORD_STORIES_BY);
		html_lit(b, "</p>\n");
	}
	if (list->kind == VIEW_DAY)
		put_way_up(s, list->day.year, list->day.month);
	html_lit(b, "<h1>");
	if (list->kind == VIEW_DAY)
		sheet_time(s, s->words, list->day, TIME_LONG_DATE);
	else
		html_text(b, list->title);
	html_lit(b, "</h1>\n");
	if (list->about.n) {
		html_lit(b, "<p class=\"standfirst\">");
		html_text(b, list->about);
		html_lit(b, "</p>\n");
	}
	html_lit(b, "</header>\n");
}

static void put_day_link(const struct sheet *s, struct civil day)
{
	struct buf *b = s->b;

	/* The other one keeps its side. */
	if (!day.year) {
		html_lit(b, "<span></span>\n");
		return;
	}
	html_lit(b, "<a href=\"/");
	buf_u64_wide(b, (uint64_t)day.year, 4);
	buf_char(b, '/');
	buf_u64_wide(b, day.month, 2);
	buf_char(b, '/');
	buf_u64_wide(b, day.day, 2);
	html_lit(b, "\">");
	sheet_words_start(s, s->words);
	words_date(b, s->words, day);
	sheet_words_end(s, s->words);
	html_lit(b, "</a>\n");
}

/* Links to the days beside it. */
static void put_days(const struct sheet *s, const struct view_list *list)
{
	struct buf *b = s->b;

	if (!list->day_after.year && !list->day_before.year)
		return;
	html_lit(b, "<nav class=\"pager\"");
	sheet_label(b, s->words, s->lang, WORD_ARCHIVE);
	html_lit(b, ">\n");
	put_day_link(s, list->day_after);
	put_day_link(s, list->day_before);
	html_lit(b, "</nav>\n");
}

static void put_teasers(const struct sheet *s, const struct view_list *list)
{
	struct teaser_form form = {
	    .level = 2,
	    .has_picture = true,
	    .cut = IMAGE_4_3,
	    .has_standfirst = true,
	    .has_byline = list->kind != VIEW_PERSON,
	    .has_section = list->kind != VIEW_SECTION,
	    .has_date = true,
	    .is_of_one_day = list->kind == VIEW_DAY,
	};
	struct buf *b = s->b;

	html_lit(b, "<div class=\"stories\">\n");
	if (!list->teasers.n) {
		html_lit(b, "<p>");
		sheet_say(s, WORD_NOTHING);
		html_lit(b, "</p>\n");
	}
	for (size_t i = 0; i < list->teasers.n; i++)
		teaser_put(s, &list->teasers.v[i], &form);
	html_lit(b, "</div>\n");
}

enum { TITLE_MAX = 128 };

void page_list(
    struct buf *b, const struct view_paper *paper, const struct view_list *list)
{
	struct sheet s = sheet_make(b, paper, HTML("list"));
	struct civil first =
	    list->teasers.n ? list->teasers.v[0].published : (struct civil){0};
	struct buf day, part;

	buf_init(&day, TITLE_MAX);
	buf_init(&part, SHEET_PART_MAX);
	if (list->kind == VIEW_DAY)
		words_date(&day, s.words, list->day);
	sheet_part(&s, &part, list->page, first);
	s.title = list->kind == VIEW_DAY ? buf_str(&day) : list->title;
	s.is_worded = list->kind == VIEW_DAY;
	s.part = buf_str(&part);
	s.url = list->url;
	s.description = list->about;
	s.feed = list->feed;
	s.list = list;
	sheet_start(&s);
	put_list_head(&s, list);
	put_teasers(&s, list);
	sheet_pager(&s, list->newer, WORD_NEWER, list->older, WORD_OLDER);
	put_days(&s, list);
	sheet_end(&s);
	buf_done(&day);
	buf_done(&part);
}

/* What a row of the archive is called: a year, a month or a day. */
static void put_row_name(
    const struct sheet *s, const struct view_archive *archive, struct civil c)
{
	sheet_words_start(s, s->words);
	if (archive->year == 0)
		words_year(s->b, s->words, c.year);
	else if (archive->month == 0)
		words_month(s->b, s->words, c);
	else
		words_day_month(s->b, s->words, c);
	sheet_words_end(s, s->words);
}

static void put_rows(const struct sheet *s, const struct view_archive *archive)
{
	struct buf *b = s->b;

	if (!archive->rows_n) {
		html_lit(b, "<p>");
		sheet_say(s, WORD_NOTHING);
		html_lit(b, "</p>\n");
		return;
	}
	html_lit(b, "<ul class=\"days\">\n");
	for (size_t i = 0; i < archive->rows_n; i++) {
		const struct view_archive_row *row = &archive->rows[i];

		html_lit(b, "<li><a");
		html_url(b, "href", STR_NONE, row->url);
		html_lit(b, ">");
		put_row_name(s, archive, row->date);
		html_lit(b, "</a> <span>");
		sheet_words_start(s, s->words);
		words_stories(b, s->words, row->stories);
		sheet_words_end(s, s->words);
		html_lit(b, "</span></li>\n");
	}
	html_lit(b, "</ul>\n");
}

static void archive_title(struct buf *b, const struct words *words,
    const struct view_archive *archive)
{
	struct civil c = {.year = archive->year, .month = archive->month};

	if (archive->year == 0)
		buf_add(b, words_say(words, WORD_ARCHIVE));
	else if (archive->month == 0)
		words_year(b, words, archive->year);
	else
		words_month_year(b, words, c);
}

void page_archive(struct buf *b, const struct view_paper *paper,
    const struct view_archive *archive)
{
	struct sheet s = sheet_make(b, paper, HTML("archive"));
	struct buf title;

	buf_init(&title, TITLE_MAX);
	archive_title(&title, s.words, archive);
	s.title = buf_str(&title);
	s.is_worded = true;
	s.url = archive->url;
	sheet_start(&s);
	html_lit(b, "<header>\n");
	if (archive->year != 0)
		put_way_up(&s, archive->month ? archive->year : 0, 0);
	sheet_heading(&s, s.title);
	html_lit(b, "</header>\n");
	put_rows(&s, archive);
	sheet_pager(&s, archive->newer, WORD_NEWER_YEAR, archive->older,
	    WORD_OLDER_YEAR);
	sheet_end(&s);
	buf_done(&title);
}

void page_about(struct buf *b, const struct view_paper *paper,
    const struct view_about *about)
{
	struct sheet s = sheet_make(b, paper, HTML("page"));
	struct body_options options = {.lang = s.lang, .words = s.words};

	s.title =
	    about->title.n ? about->title : words_say(s.words, WORD_ABOUT);
	s.is_worded = true;
	s.url = about->url;
	s.is_about = true;
	sheet_start(&s);
	html_lit(b, "<article class=\"story\">\n<header>\n");
	sheet_heading(&s, s.title);
	html_lit(b, "</header>\n<div class=\"text\">\n");
	body_write(b, about->body, &options);
	html_lit(b, "</div>\n</article>\n");
	sheet_end(&s);
}

static enum word notice_title(unsigned status)
{
	if (status == 404)
		return WORD_MISSING;
	if (status == 410)
		return WORD_GONE;
	if (status == 503)
		return WORD_BUSY;
	return WORD_FAULT;
}

void page_notice(struct buf *b, const struct view_paper *paper,
    const struct view_notice *notice)
{
	struct sheet s = sheet_make(b, paper, HTML("notice"));
	enum word title = notice_title(notice->status);

	s.title = words_say(s.words, title);
	s.is_worded = true;
	sheet_start(&s);
	html_lit(b, "<header>\n");
	sheet_heading(&s, s.title);
	html_lit(b, "<p class=\"standfirst\">");
	if (notice->note.n) {
		html_lit(b, "<bdi>");
		html_text(b, notice->note);
		html_lit(b, "</bdi>");
	} else {
		/* Each title's text stands right behind it. */
		sheet_say(&s, (enum word)(title + 1));
	}
	html_lit(b, "</p>\n</header>\n");
	if (notice->latest.n) {
		html_lit(b, "<section class=\"related\">\n<h2>");
		sheet_say(&s, WORD_MORE_LATEST);
		html_lit(b, "</h2>\n");
		teaser_list(&s, &notice->latest);
		html_lit(b, "</section>\n");
	}
	sheet_end(&s);
}
