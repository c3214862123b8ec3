/* SPDX-License-Identifier: MIT
 *
 * Head, nameplate and imprint; see frame.h. What is said in the head to
 * search engines and social networks about a story is in page/meta.c.
 */
#include "page/frame.h"

#include "base/must.h"
#include "page/lang.h"
#include "page/meta.h"
#include "page/support_priv.h"

struct sheet sheet_make(
    struct buf *b, const struct view_paper *paper, struct html kind)
{
	struct sheet s = {.b = b, .paper = paper, .kind = kind};

	s.lang = lang_is_valid(paper->lang) ? paper->lang : STR("en");
	s.words = words_of(s.lang);
	return s;
}

void sheet_words_start(const struct sheet *s, const struct words *words)
{
	if (lang_same(str_of(words->lang), s->lang))
		return;
	html_lit(s->b, "<span");
	lang_attrs(s->b, str_of(words->lang), s->lang);
	html_lit(s->b, ">");
}

void sheet_words_end(const struct sheet *s, const struct words *words)
{
	if (!lang_same(str_of(words->lang), s->lang))
		html_lit(s->b, "</span>");
}

void sheet_say(const struct sheet *s, enum word word)
{
	sheet_words_start(s, s->words);
	html_text(s->b, words_say(s->words, word));
	sheet_words_end(s, s->words);
}

void sheet_label(
    struct buf *b, const struct words *words, struct str lang, enum word word)
{
	if (!lang_same(str_of(words->lang), lang))
		html_attr(b, "lang", str_of(words->lang));
	html_attr(b, "aria-label", words_say(words, word));
}

void sheet_heading(const struct sheet *s, struct str title)
{
	html_lit(s->b, "<h1>");
	if (s->is_worded)
		sheet_words_start(s, s->words);
	html_text(s->b, title);
	if (s->is_worded)
		sheet_words_end(s, s->words);
	html_lit(s->b, "</h1>\n");
}

void sheet_link(const struct sheet *s, const struct view_link *link)
{
	if (link->url.n) {
		html_lit(s->b, "<a");
		html_url(s->b, "href", STR_NONE, link->url);
		html_lit(s->b, ">");
	}
	html_text(s->b, link->name);
	if (link->url.n)
		html_lit(s->b, "</a>");
}

void sheet_time(const struct sheet *s, const struct words *words,
    struct civil c, enum time_form form)
{
	struct buf *b = s->b;

	html_lit(b, "<time datetime=\"");
	if (form == TIME_LONG_DATE || !c.has_time) {
		buf_u64_wide(b, (uint64_t)c.year, 4);
		buf_char(b, '-');
		buf_u64_wide(b, c.month, 2);
		buf_char(b, '-');
		buf_u64_wide(b, c.day, 2);
	} else {
		civil_rfc3339(b, c);
	}
	html_lit(b, "\">");
	/* Within: where the time is a block, it begins on the page's side. */
	sheet_words_start(s, words);
	/* The catalogue's dates are plain words: nothing to escape. */
	if (form == TIME_LONG_DATE)
		words_long_date(b, words, c);
	if (form == TIME_DATE || form == TIME_BOTH)
		words_date(b, words, c);
	if (form == TIME_BOTH && c.has_time)
		html_text(b, words_say(words, WORD_COMMA));
	if ((form == TIME_BOTH || form == TIME_CLOCK) && c.has_time)
		words_time(b, words, c);
	sheet_words_end(s, words);
	html_lit(b, "</time>");
}

void sheet_part(
    const struct sheet *s, struct buf *b, uint32_t page, struct civil first)
{
	if (page > 1)
		words_page(b, s->words, page);
	else if (page == 0 && first.month)
		words_date(b, s->words, first);
}

void sheet_pager(const struct sheet *s, struct str newer, enum word later,
    struct str older, enum word earlier)
{
	struct buf *b = s->b;

	if (!newer.n && !older.n)
		return;
	html_lit(b, "<nav class=\"pager\"");
	sheet_label(b, s->words, s->lang, WORD_PAGES);
	html_lit(b, ">\n");
	if (newer.n) {
		html_lit(b, "<a rel=\"prev\"");
		html_url(b, "href", STR_NONE, newer);
		html_lit(b, ">");
		sheet_say(s, later);
		html_lit(b, "</a>\n");
	}
	if (older.n) {
		html_lit(b, "<a rel=\"next\"");
		html_url(b, "href", STR_NONE, older);
		html_lit(b, ">");
		sheet_say(s, earlier);
		html_lit(b, "</a>\n");
	}
	html_lit(b, "</nav>\n");
}

static void put_icons_and_colours(struct buf *b)
{
	html_lit(b, "<meta name=\"viewport\" "
		    "content=\"width=device-width,initial-scale=1\">\n"
		    "<meta name=\"color-scheme\" content=\"light dark\">\n"
		    "<meta name=\"theme-color\" content=\"#fffdf8\" "
		    "media=\"(prefers-color-scheme:light)\">\n"
		    "<meta name=\"theme-color\" content=\"#161412\" "
		    "media=\"(prefers-color-scheme:dark)\">\n"
		    "<link rel=\"icon\" href=\"/favicon.svg\" "
		    "type=\"image/svg+xml\">\n");
}

static void put_feed_link(const struct sheet *s, struct html type,
    struct str title, struct str base, struct html file)
{
	struct buf *b = s->b;

	html_lit(b, "<link rel=\"alternate\" type=\"");
	html_raw(b, type);
	html_lit(b, "\" title=\"");
	html_text(b, s->paper->name);
	if (title.n) {
		html_lit(b, ": ");
		html_text(b, title);
	}
	html_lit(b, "\" href=\"");
	html_text(b, base);
	html_raw(b, file);
	html_lit(b, "\">\n");
}

static void put_feed_links(
    const struct sheet *s, struct str title, struct str base)
{
	put_feed_link(
	    s, HTML("application/atom+xml"), title, base, HTML("/feed.atom"));
	put_feed_link(
	    s, HTML("application/rss+xml"), title, base, HTML("/feed.rss"));
	put_feed_link(
	    s, HTML("application/feed+json"), title, base, HTML("/feed.json"));
}

static void put_corrections_feeds(const struct sheet *s)
{
	const struct str base = STR("/corrections");

	put_feed_link(
	    s, HTML("application/atom+xml"), s->title, base, HTML(".atom"));
	put_feed_link(
	    s, HTML("application/rss+xml"), s->title, base, HTML(".rss"));
	put_feed_link(
	    s, HTML("application/feed+json"), s->title, base, HTML(".json"));
}

static void put_head(const struct sheet *s)
{
	struct buf *b = s->b;

	html_lit(b, "<!DOCTYPE html>\n<html");
	html_attr(b, "lang", s->lang);
	if (lang_is_rtl(s->lang))
		html_lit(b, " dir=\"rtl\"");
	html_lit(b, ">\n<head>\n<meta charset=\"utf-8\">\n<title");
	if (s->is_worded)
		lang_attrs(b, str_of(s->words->lang), s->lang);
	html_lit(b, ">");
	if (s->title.n) {
		html_text(b, s->title);
		html_lit(b, " \xE2\x80\x93 ");
	}
	if (s->part.n) {
		html_text(b, s->part);
		html_lit(b, " \xE2\x80\x93 ");
	}
	html_text(b, s->paper->name);
	html_lit(b, "</title>\n");
	put_icons_and_colours(b);
	meta_put(s);
	if (s->feed.n)
		put_feed_links(s, s->title, s->feed);
	if (s->has_corrections_feed)
		put_corrections_feeds(s);
	put_feed_links(s, STR_NONE, STR_NONE);
	html_style(b, s->paper->css);
	if (s->is_support)
		html_style(b, s->paper->support_css);
	meta_put_linked(s);
	html_lit(b, "</head>\n");
}

static void put_dateline(const struct sheet *s)
{
	struct buf *b = s->b;

	html_lit(b, "<p class=\"dateline\">");
	if (s->paper->place.n) {
		html_lit(b, "<span>");
		html_text(b, s->paper->place);
		html_lit(b, "</span> ");
	}
	sheet_time(s, s->words, *s->today, TIME_LONG_DATE);
	html_lit(b, " <span>");
	sheet_say(s, WORD_PRICE);
	html_lit(b, "</span></p>\n");
}

/* Words of the paper's own, on a page or in an element that is in the language
 * of the catalogue. */
static void put_theirs(const struct sheet *s)
{
	lang_attrs(s->b, s->paper->lang, str_of(s->words->lang));
}

static void put_sections(const struct sheet *s)
{
	const struct view_links *links = &s->paper->sections;
	struct buf *b = s->b;

	if (!links->n)
		return;
	html_lit(b, "<nav class=\"sections\"");
	sheet_label(b, s->words, s->lang, WORD_SECTIONS);
	html_lit(b, ">\n<ul");
	put_theirs(s);
	html_lit(b, ">\n");
	for (size_t i = 0; i < links->n; i++) {
		html_lit(b, "<li><a");
		html_url(b, "href", STR_NONE, links->v[i].url);
		if (s->url.n && str_eq(links->v[i].url, s->url))
			html_lit(b, " aria-current=\"page\"");
		html_lit(b, ">");
		html_text(b, links->v[i].name);
		html_lit(b, "</a></li>\n");
	}
	html_lit(b, "</ul>\n</nav>\n");
}

void sheet_breaking(const struct sheet *s, const struct view_link *breaking)
{
	struct buf *b = s->b;

	if (!breaking->name.n)
		return;
	html_lit(b, "<aside class=\"breaking\" aria-labelledby=\"breaking\">"
		    "<b id=\"breaking\">");
	sheet_say(s, WORD_BREAKING);
	html_lit(b, "</b> <bdi>");
	sheet_link(s, breaking);
	html_lit(b, "</bdi></aside>\n");
}

void sheet_start(const struct sheet *s)
{
	struct buf *b = s->b;

	put_head(s);
	html_lit(b, "<body class=\"");
	html_raw(b, s->kind);
	html_lit(b, "\">\n<a class=\"skip\" href=\"#main\">");
	sheet_say(s, WORD_SKIP);
	html_lit(b, "</a>\n<header class=\"masthead\">\n");
	if (s->today)
		put_dateline(s);
	if (s->is_front)
		html_lit(b, "<h1 class=\"nameplate\">");
	else
		html_lit(b, "<p class=\"nameplate\">");
	html_lit(b, "<a href=\"/\"");
	lang_attrs(b, s->paper->lang, s->lang);
	html_lit(b, ">");
	html_text(b, s->paper->name);
	if (s->is_front)
		html_lit(b, "</a></h1>\n");
	else
		html_lit(b, "</a></p>\n");
	if (s->is_front && s->paper->motto.n) {
		html_lit(b, "<p class=\"motto\">");
		html_text(b, s->paper->motto);
		html_lit(b, "</p>\n");
	}
	put_sections(s);
	html_lit(b, "</header>\n<main id=\"main\">\n");
	if (!s->is_front && !s->is_support)
		sheet_breaking(s, &s->paper->breaking);
}

/* The part of a query behind "=", all but what needs no escape escaped. */
static void put_query_value(struct buf *b, struct str value)
{
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];

		if (ascii_is_alpha(c) || ascii_is_digit(c) || c == '/' ||
		    c == '-' || c == '_' || c == '.') {
			buf_char(b, c);
			continue;
		}
		buf_char(b, '%');
		buf_char(b, "0123456789ABCDEF"[(unsigned char)c >> 4]);
		buf_char(b, "0123456789ABCDEF"[(unsigned char)c & 15]);
	}
}

enum { SUPPORT_URL_MAX = 4096 };

/* ' href="/support?for=/2026/11/23/lock&amp;amount=5"' */
static void put_support_url(const struct sheet *s, struct str amount)
{
	struct buf url;
	char mark = '?';

	buf_init(&url, SUPPORT_URL_MAX);
	buf_add(&url, s->paper->support_url);
	if (s->story) {
		buf_lit(&url, "?for=");
		put_query_value(&url, s->url);
		mark = '&';
	}
	if (amount.n) {
		buf_char(&url, mark);
		buf_lit(&url, "amount=");
		put_query_value(&url, amount);
	}
	html_url(s->b, "href", STR_NONE,
	    buf_rc(&url) == RC_OK ? buf_str(&url) : s->paper->support_url);
	buf_done(&url);
}

static void put_support_links(const struct sheet *s)
{
	const struct view_choices *amounts = &s->paper->support_amounts;
	struct buf *b = s->b;

	html_lit(b, "<p>");
	for (size_t i = 0; i < amounts->n; i++) {
		html_lit(b, "<a");
		put_support_url(s, amounts->v[i].value);
		html_lit(b, ">");
		support_money(s, amounts->v[i].money);
		html_lit(b, "</a> ");
	}
	html_lit(b, "<a");
	put_support_url(s, STR_NONE);
	html_lit(b, ">");
	sheet_say(s, WORD_SUPPORT_LINK);
	html_lit(b, "</a></p>\n");
}

void sheet_support(const struct sheet *s)
{
	struct buf *b = s->b;

	if (!s->paper->support_text.n && !s->paper->support_url.n)
		return;
	html_lit(b, "<aside class=\"support\" aria-labelledby=\"support\">\n"
		    "<h2 id=\"support\">");
	sheet_say(s, WORD_SUPPORT);
	html_lit(b, "</h2>\n");
	if (s->paper->support_text.n) {
		html_lit(b, "<p>");
		html_text(b, s->paper->support_text);
		html_lit(b, "</p>\n");
	}
	if (s->is_front)
		support_runway(s, &s->paper->support_runway);
	if (s->paper->support_url.n)
		put_support_links(s);
	html_lit(b, "</aside>\n");
}

static void put_own_link(const struct sheet *s, struct html url, enum word word)
{
	html_lit(s->b, "<li><a href=\"");
	html_raw(s->b, url);
	html_lit(s->b, "\">");
	sheet_say(s, word);
	html_lit(s->b, "</a></li>\n");
}

/* By which readers know its addresses; also where nobody is asked for gifts. */
static void put_key(const struct sheet *s)
{
	struct str rest = s->paper->key;
	struct buf *b = s->b;

	if (!rest.n)
		return;
	html_lit(b, "<p class=\"papers-key\"><a href=\"/support/verify\">");
	sheet_say(s, WORD_KEY);
	html_lit(b, "</a> <code dir=\"ltr\">");
	html_text(b, rest);
	html_lit(b, "</code></p>\n");
}

/* What the paper calls itself, marked on a page in another language. */
static void put_name(const struct sheet *s, struct str text)
{
	bool is_other = !lang_same(s->paper->lang, s->lang);

	if (is_other) {
		html_lit(s->b, "<span");
		lang_attrs(s->b, s->paper->lang, s->lang);
		html_lit(s->b, ">");
	}
	html_text(s->b, text);
	if (is_other)
		html_lit(s->b, "</span>");
}

static void put_publisher(const struct sheet *s)
{
	struct buf *b = s->b;

	if (!s->paper->publisher.n && !s->paper->address.n)
		return;
	html_lit(b, "<address>");
	if (s->paper->publisher.n) {
		sheet_say(s, WORD_PUBLISHER);
		html_lit(b, " <bdi>");
		put_name(s, s->paper->publisher);
		html_lit(b, "</bdi>");
	}
	if (s->paper->publisher.n && s->paper->address.n)
		html_lit(b, "<br>");
	put_name(s, s->paper->address);
	html_lit(b, "</address>\n");
}

/* Who answers for the paper: name, address, the rules it keeps, its key. */
static void put_imprint(const struct sheet *s)
{
	const struct view_links *policies = &s->paper->policies;
	struct buf *b = s->b;

	html_lit(b, "<footer class=\"imprint\">\n<p class=\"name\">");
	put_name(s, s->paper->name);
	html_lit(b, "</p>\n");
	put_publisher(s);
	put_key(s);
	html_lit(b, "<nav");
	sheet_label(b, s->words, s->lang, WORD_IMPRINT);
	html_lit(b, ">\n<ul>\n");
	if (s->paper->support_url.n)
		put_own_link(s, HTML("/support"), WORD_SUPPORT_LINK);
	put_own_link(s, HTML("/about"), WORD_ABOUT);
	put_own_link(s, HTML("/archive"), WORD_ARCHIVE);
	if (s->paper->has_corrections)
		put_own_link(s, HTML("/corrections"), WORD_CORRECTIONS);
	for (size_t i = 0; i < policies->n; i++) {
		if (str_eq(policies->v[i].url, STR("/about")))
			continue;
		html_lit(b, "<li>");
		sheet_words_start(s, s->words);
		sheet_link(s, &policies->v[i]);
		sheet_words_end(s, s->words);
		html_lit(b, "</li>\n");
	}
	html_lit(b, "<li><a href=\"/feed.rss\">RSS</a></li>\n"
		    "<li><a href=\"/feed.atom\">Atom</a></li>\n"
		    "<li><a href=\"/feed.json\">JSON Feed</a></li>\n"
		    "</ul>\n</nav>\n</footer>\n");
}

void sheet_end(const struct sheet *s)
{
	html_lit(s->b, "</main>\n");
	/* In a story it stands within. */
	if (!s->story && !s->is_support)
		sheet_support(s);
	put_imprint(s);
	html_lit(s->b, "</body>\n</html>\n");
}
