/* SPDX-License-Identifier: MIT
 *
 * The frame of the newsroom's screens: head, rail, messages; see screen.h.
 * The parts of forms are in screen_form.c.
 */
#include "page/screen.h"

#include "page/desk.h"
#include "page/lang.h"

enum { SAYING_MAX = 8192 };

static struct str code_of(const struct screen *s)
{
	return desk_lang_code(s->lang);
}

void screen_say_with(
    const struct screen *s, enum msg msg, const struct str *values, size_t n)
{
	struct buf b;

	buf_init(&b, SAYING_MAX);
	desk_fill(&b, s->lang, msg, values, n);
	if (buf_rc(&b) == RC_OK)
		html_text(s->b, buf_str(&b));
	else
		buf_fail(s->b, buf_rc(&b));
	buf_done(&b);
}

void screen_say_count(const struct screen *s, enum msg msg, uint64_t count)
{
	struct buf b;

	buf_init(&b, SAYING_MAX);
	desk_fill_count(&b, s->lang, msg, count, STR_NONE);
	if (buf_rc(&b) == RC_OK)
		html_text(s->b, buf_str(&b));
	else
		buf_fail(s->b, buf_rc(&b));
	buf_done(&b);
}

void screen_say(const struct screen *s, enum msg msg)
{
	html_text(s->b, desk_word(s->lang, msg));
}

void screen_put_(const struct screen *s, struct html tag, enum msg msg)
{
	html_lit(s->b, "<");
	html_raw(s->b, tag);
	html_lit(s->b, ">");
	screen_say(s, msg);
	html_lit(s->b, "</");
	html_raw(s->b, tag);
	html_lit(s->b, ">\n");
}

void screen_link(const struct screen *s, struct str url, enum msg msg)
{
	html_lit(s->b, "<a");
	html_url(s->b, "href", STR_NONE, url);
	html_lit(s->b, ">");
	screen_say(s, msg);
	html_lit(s->b, "</a>");
}

void screen_status_(const struct screen *s, struct html kind, enum msg msg)
{
	html_lit(s->b, "<span class=\"status ");
	html_raw(s->b, kind);
	html_lit(s->b, "\">");
	screen_say(s, msg);
	html_lit(s->b, "</span>");
}

void screen_handed(const struct screen *s, struct str url)
{
	struct buf *b = s->b;

	html_lit(b, "<p class=\"code\" id=\"handed\">");
	html_text(b, url);
	html_lit(b, "</p>\n<p class=\"acts\" data-copy=\"handed\"");
	html_attr(b, "data-done", desk_word(s->lang, MSG_COPIED));
	html_attr(b, "data-failed", desk_word(s->lang, MSG_COPY_FAILED));
	html_lit(b, " hidden><button type=\"button\">");
	screen_say(s, MSG_COPY_LINK);
	html_lit(b, "</button> <span role=\"status\"></span></p>\n");
}

void screen_time(const struct screen *s, struct civil c)
{
	struct buf *b = s->b;

	html_lit(b, "<time datetime=\"");
	civil_rfc3339(b, c);
	html_lit(b, "\">");
	words_date(b, s->words, c);
	html_lit(b, " ");
	words_time(b, s->words, c);
	html_lit(b, "</time>");
}

void screen_empty(const struct screen *s, enum msg msg)
{
	html_lit(s->b, "<p class=\"empty\">");
	screen_say(s, msg);
	html_lit(s->b, "</p>\n");
}

void screen_wide(const struct screen *s, enum msg label)
{
	html_lit(s->b, "<div class=\"wide\" tabindex=\"0\" role=\"region\"");
	html_attr(s->b, "aria-label", desk_word(s->lang, label));
	html_lit(s->b, ">");
}

void screen_wide_end(const struct screen *s)
{
	html_lit(s->b, "</div>\n");
}

void screen_cell(const struct screen *s, enum msg head)
{
	html_lit(s->b, "<td");
	html_attr(s->b, "data-head", desk_word(s->lang, head));
	html_lit(s->b, "><div>");
}

void screen_cell_end(const struct screen *s)
{
	html_lit(s->b, "</div></td>");
}

static void page_link(
    const struct screen *s, struct html rel, struct str url, enum msg msg)
{
	if (!url.n)
		return;
	html_lit(s->b, "<a rel=\"");
	html_raw(s->b, rel);
	html_lit(s->b, "\"");
	html_url(s->b, "href", STR_NONE, url);
	html_lit(s->b, ">");
	screen_say(s, msg);
	html_lit(s->b, "</a>\n");
}

void screen_pager(const struct screen *s, struct str newer, struct str older)
{
	if (!newer.n && !older.n)
		return;
	html_lit(s->b, "<nav class=\"pager\">\n");
	page_link(s, HTML("prev"), newer, MSG_NEWER);
	page_link(s, HTML("next"), older, MSG_OLDER);
	html_lit(s->b, "</nav>\n");
}

/* The frame. */

static void put_head(const struct screen *s, struct str title)
{
	const struct view_desk *desk = s->desk;
	struct buf *b = s->b;

	html_lit(b, "<!DOCTYPE html>\n<html");
	html_attr(b, "lang", code_of(s));
	html_attr(b, "dir", lang_is_rtl(code_of(s)) ? STR("rtl") : STR("ltr"));
	html_lit(b, ">\n<head>\n<meta charset=\"utf-8\">\n<title>");
	html_text(b, title);
	html_lit(b, " – ");
	html_text(b, desk->paper);
	html_lit(b, "</title>\n<meta name=\"viewport\" "
		    "content=\"width=device-width,initial-scale=1\">\n"
		    "<meta name=\"color-scheme\" content=\"light dark\">\n"
		    "<meta name=\"robots\" content=\"noindex\">\n"
		    "<link rel=\"stylesheet\"");
	html_url(b, "href", STR_NONE, desk->css);
	html_lit(b, ">\n");
	if (desk->css_more.n) {
		html_lit(b, "<link rel=\"stylesheet\"");
		html_url(b, "href", STR_NONE, desk->css_more);
		html_lit(b, ">\n");
	}
	if (desk->icon.n) {
		html_lit(b, "<link rel=\"icon\" type=\"image/svg+xml\"");
		html_url(b, "href", STR_NONE, desk->icon);
		html_lit(b, ">\n");
	}
	if (desk->next.n) {
		html_lit(b, "<meta http-equiv=\"refresh\" content=\"0;url=");
		html_text(b, desk->next);
		html_lit(b, "\">\n");
	}
	if (desk->script.n) {
		html_lit(b, "<script type=\"module\"");
		html_url(b, "src", STR_NONE, desk->script);
		html_lit(b, "></script>\n");
	}
	html_lit(b, "</head>\n");
}

static void put_rail(const struct screen *s)
{
	const struct view_desk *desk = s->desk;
	struct buf *b = s->b;

	html_lit(b, "<nav class=\"rail\"");
	html_attr(b, "aria-label", desk_word(s->lang, MSG_RAIL));
	html_lit(b, ">\n<ul>\n");
	for (size_t i = 0; i < desk->rail_n; i++) {
		html_lit(b, "<li><a");
		html_url(b, "href", STR_NONE, desk->rail[i].url);
		if (desk->rail[i].is_current)
			html_lit(b, " aria-current=\"page\"");
		html_lit(b, ">");
		screen_say(s, desk->rail[i].word);
		html_lit(b, "</a></li>\n");
	}
	html_lit(b, "</ul>\n</nav>\n");
}

static void put_top(const struct screen *s)
{
	const struct view_desk *desk = s->desk;
	struct buf *b = s->b;

	html_lit(b, "<a class=\"skip\" href=\"#main\">");
	screen_say(s, MSG_SKIP);
	html_lit(b, "</a>\n<header class=\"top\">\n<p class=\"paper\"><a "
		    "href=\"/\">");
	html_text(b, desk->paper);
	html_lit(b, "</a> <span>");
	screen_say(s, MSG_NEWSROOM);
	html_lit(b, "</span></p>\n");
	if (desk->who.n) {
		html_lit(b, "<div class=\"who\">");
		if (desk->site.n) {
			html_lit(b, "<a rel=\"noreferrer\" target=\"_blank\"");
			html_url(b, "href", STR_NONE, desk->site);
			html_lit(b, ">");
			screen_say(s, MSG_RAIL_SEE_PAPER);
			html_lit(b, "</a>\n");
		}
		html_lit(b, "<a href=\"/account\">");
		html_text(b, desk->who);
		html_lit(b, "</a>\n");
		screen_do(s, STR("/sign-out"), MSG_SIGN_OUT);
		html_lit(b, "</div>\n");
	}
	html_lit(b, "</header>\n");
	if (desk->rail_n)
		put_rail(s);
}

struct screen screen_start_bare(struct buf *b, const struct view_desk *desk,
    struct str title, struct html kind)
{
	struct screen s = {.b = b, .desk = desk, .lang = desk->lang};

	s.words = words_of(code_of(&s));
	put_head(&s, title);
	html_lit(b, "<body class=\"");
	html_raw(b, kind);
	if (!desk->rail_n)
		html_lit(b, " alone");
	html_lit(b, "\">\n");
	put_top(&s);
	html_lit(b, "<main id=\"main\" tabindex=\"-1\">\n");
	if (desk->done != MSG_COUNT && desk->who.n) {
		html_lit(b, "<p class=\"done\" role=\"status\">");
		screen_say(&s, desk->done);
		html_lit(b, "</p>\n");
	}
	return s;
}

struct screen screen_start(
    struct buf *b, const struct view_desk *desk, struct str title)
{
	struct screen s = screen_start_bare(b, desk, title, HTML("screen"));

	html_lit(b, "<h1>");
	html_text(b, title);
	html_lit(b, "</h1>\n");
	if (desk->has_faults) {
		html_lit(b, "<p class=\"faults\" role=\"alert\">");
		screen_say(&s, MSG_FAULTS_TITLE);
		html_lit(b, "</p>\n");
	}
	return s;
}

void screen_end(const struct screen *s)
{
	html_lit(s->b, "</main>\n</body>\n</html>\n");
}

/* The two pages that say little. */

void desk_notice(struct buf *b, const struct view_desk *desk,
    const struct view_desk_notice *notice)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, notice->title));

	if (notice->text != MSG_COUNT)
		screen_put(&s, "p", notice->text);
	if (notice->more.n) {
		html_lit(b, "<p>");
		html_text(b, notice->more);
		html_lit(b, "</p>\n");
	}
	if (notice->url.n) {
		html_lit(b, "<p>");
		screen_link(&s, notice->url, notice->link);
		html_lit(b, "</p>\n");
	}
	screen_end(&s);
}

void desk_bounce(struct buf *b, const struct view_desk *desk)
{
	struct screen s =
	    screen_start(b, desk, desk_word(desk->lang, MSG_NEWSROOM));

	html_lit(b, "<p>");
	screen_link(&s, desk->next, MSG_GO_ON);
	html_lit(b, "</p>\n");
	screen_end(&s);
}
