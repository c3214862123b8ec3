/* SPDX-License-Identifier: MIT
 *
 * RSS 2.0 (rssboard.org/rss-specification), with the full text in
 * content:encoded and writers in dc:creator, and Atom (RFC 4287). Both hold
 * HTML as escaped text, so no story can break the XML around it.
 *
 * None of the formats has a place for what only newspapers have: so the
 * kicker is one of the categories, the dateline stands before the text, and
 * corrections stand below it.
 */
#include "page/feed.h"

#include "base/url.h"
#include "page/body.h"
#include "page/correction.h"
#include "page/lang.h"
#include "page/page.h"

void feed_element_(struct buf *b, struct html name, struct str text)
{
	if (!text.n)
		return;
	html_lit(b, "<");
	html_raw(b, name);
	html_lit(b, ">");
	html_text(b, text);
	html_lit(b, "</");
	html_raw(b, name);
	html_lit(b, ">\n");
}

void feed_url(struct buf *b, const struct view_paper *paper, struct str url)
{
	if (!html_url_is_safe(url)) {
		html_text(b, paper->origin);
		return;
	}
	if (html_url_is_own(url) && str_starts(url, STR("/")))
		html_text(b, paper->origin);
	html_text(b, url);
}

void feed_picture(struct buf *b, const struct view_paper *paper,
    const struct view_teaser *head)
{
	buf_init(b, FEED_CONTENT_MAX);
	if (head->picture.url.n && html_url_is_own(head->picture.url))
		url_resolve(b, paper->origin, head->url, head->picture.url);
}

static void put_picture(struct buf *b, const struct view_paper *paper,
    const struct view_teaser *head)
{
	const struct view_picture *picture = &head->picture;
	struct buf url;

	feed_picture(&url, paper, head);
	if (buf_rc(&url) != RC_OK)
		buf_fail(b, buf_rc(&url));
	if (url.n == 0) {
		buf_done(&url);
		return;
	}
	html_lit(b, "<figure><img");
	html_url(b, "src", STR_NONE, buf_str(&url));
	buf_done(&url);
	html_attr(b, "alt", picture->alt);
	html_lit(b, ">");
	if (picture->caption.n || picture->credit.n || picture->rights.n) {
		html_lit(b, "<figcaption>");
		html_text(b, picture->caption);
		if (picture->caption.n && picture->credit.n)
			html_lit(b, " ");
		html_text(b, picture->credit);
		if (picture->credit.n && picture->rights.n)
			html_lit(b, ".");
		if (picture->rights.n)
			html_lit(b, " ");
		html_text(b, picture->rights);
		html_lit(b, "</figcaption>");
	}
	html_lit(b, "</figure>\n");
}

static void put_corrections(
    struct buf *b, const struct words *words, const struct view_feed_item *item)
{
	if (!item->corrections_n)
		return;
	html_lit(b, "<h2>");
	html_text(b, correction_heading(words, item->corrections,
			 item->corrections_n, CORRECTION_ALL));
	html_lit(b, "</h2>\n");
	for (size_t i = 0; i < item->corrections_n; i++) {
		const struct view_correction *c = &item->corrections[i];
		struct str label = correction_label(words, item->corrections,
		    item->corrections_n, i, CORRECTION_ALL);

		html_lit(b, "<p>");
		if (label.n) {
			html_text(b, label);
			html_lit(b, " ");
		}
		if (c->date.month) {
			/* Plain words: nothing to escape. */
			words_date(b, words, c->date);
			html_lit(b, ": ");
		}
		html_text(b, c->text);
		html_lit(b, "</p>\n");
	}
}

struct str feed_kicker(const struct view_feed_item *item)
{
	const struct view_teaser *head = &item->head;

	for (size_t i = 0; i < item->tags.n; i++)
		if (str_eq(head->kicker, item->tags.v[i].name))
			return STR_NONE;
	return str_eq(head->kicker, head->section.name) ? STR_NONE
							: head->kicker;
}

struct str feed_tag(const struct view_feed_item *item, size_t i)
{
	struct str name = item->tags.v[i].name;

	return str_eq(name, item->head.section.name) ? STR_NONE : name;
}

void feed_content(struct buf *b, const struct view_paper *paper,
    const struct view_feed_item *item)
{
	const struct view_teaser *head = &item->head;
	struct body_options options = {
	    .origin = paper->origin,
	    .page = head->url,
	    .lang = head->lang,
	    .words = words_find(head->lang, words_of(paper->lang)),
	    .has_notes_at_end = true,
	    .has_picture_before = true,
	};

	if (head->standfirst.n) {
		html_lit(b, "<p><strong>");
		html_text(b, head->standfirst);
		html_lit(b, "</strong></p>\n");
	}
	put_picture(b, paper, head);
	if (head->dateline.n) {
		html_lit(b, "<p>");
		html_text(b, head->dateline);
		html_lit(b, "</p>\n");
	}
	body_write(b, item->body, &options);
	put_corrections(b, options.words, item);
}

/* The full text, escaped once more, within the open element of the caller. */
static void put_content(struct buf *b, const struct view_paper *paper,
    const struct view_feed_item *item)
{
	struct buf content;

	buf_init(&content, FEED_CONTENT_MAX);
	feed_content(&content, paper, item);
	if (buf_rc(&content) == RC_OK)
		html_text(b, buf_str(&content));
	else
		buf_fail(b, buf_rc(&content));
	buf_done(&content);
}

static struct str lang_or(struct str lang, const struct view_paper *paper)
{
	if (lang_is_valid(lang))
		return lang;
	return lang_is_valid(paper->lang) ? paper->lang : STR("en");
}

static void rss_url(struct buf *b, const struct view_paper *paper,
    struct html name, struct str url)
{
	html_lit(b, "<");
	html_raw(b, name);
	html_lit(b, ">");
	feed_url(b, paper, url);
	html_lit(b, "</");
	html_raw(b, name);
	html_lit(b, ">\n");
}

/* What stands in an item's description is HTML to those who read it, so a
 * text is escaped for that first. */
static void put_description(struct buf *b, struct str text)
{
	struct buf html;

	buf_init(&html, FEED_CONTENT_MAX);
	html_text(&html, text);
	if (buf_rc(&html) == RC_OK)
		feed_element(b, "description", buf_str(&html));
	else
		buf_fail(b, buf_rc(&html));
	buf_done(&html);
}

static void rss_item(struct buf *b, const struct view_paper *paper,
    const struct view_feed_item *item)
{
	const struct view_teaser *head = &item->head;

	html_lit(b, "<item>\n");
	feed_element(b, "title", head->headline);
	rss_url(b, paper, HTML("link"), head->url);
	html_lit(b, "<guid isPermaLink=\"false\">");
	html_text(b, item->id);
	html_lit(b, "</guid>\n<pubDate>");
	civil_rfc5322(b, head->published);
	html_lit(b, "</pubDate>\n");
	for (size_t i = 0; i < head->byline.n; i++)
		feed_element(b, "dc:creator", head->byline.v[i].name);
	if (lang_is_valid(head->lang) && !lang_same(head->lang, paper->lang))
		feed_element(b, "dc:language", head->lang);
	feed_element(b, "category", head->section.name);
	feed_element(b, "category", feed_kicker(item));
	for (size_t i = 0; i < item->tags.n; i++)
		feed_element(b, "category", feed_tag(item, i));
	put_description(b, head->standfirst);
	html_lit(b, "<content:encoded>");
	put_content(b, paper, item);
	html_lit(b, "</content:encoded>\n</item>\n");
}

void feed_rss(
    struct buf *b, const struct view_paper *paper, const struct view_feed *feed)
{
	html_lit(b,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<rss version=\"2.0\" "
	    "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
	    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
	    "xmlns:atom=\"http://www.w3.org/2005/Atom\">\n<channel>\n<title>");
	html_text(b, feed->title.n ? feed->title : paper->name);
	html_lit(b, "</title>\n");
	rss_url(b, paper, HTML("link"), feed->url);
	/* The description is not optional, but may be the name again. */
	html_lit(b, "<description>");
	html_text(b, paper->motto.n ? paper->motto : paper->name);
	html_lit(b, "</description>\n");
	feed_element(b, "language", lang_or(STR_NONE, paper));
	html_lit(b, "<lastBuildDate>");
	civil_rfc5322(b, feed->updated);
	html_lit(b, "</lastBuildDate>\n<generator>Farthing</generator>\n"
		    "<atom:link rel=\"self\" type=\"application/rss+xml\"");
	html_url(b, "href", paper->origin, feed->self);
	html_lit(b, "/>\n");
	for (size_t i = 0; i < feed->items_n; i++)
		rss_item(b, paper, &feed->items[i]);
	html_lit(b, "</channel>\n</rss>\n");
}

static void atom_moment(struct buf *b, struct html name, struct civil c)
{
	html_lit(b, "<");
	html_raw(b, name);
	html_lit(b, ">");
	civil_rfc3339(b, c);
	html_lit(b, "</");
	html_raw(b, name);
	html_lit(b, ">\n");
}

static void atom_author(struct buf *b, const struct view_paper *paper,
    const struct view_link *person)
{
	html_lit(b, "<author><name>");
	html_text(b, person->name);
	html_lit(b, "</name>");
	if (person->url.n) {
		html_lit(b, "<uri>");
		feed_url(b, paper, person->url);
		html_lit(b, "</uri>");
	}
	html_lit(b, "</author>\n");
}

static void atom_category(struct buf *b, struct str name)
{
	if (!name.n)
		return;
	html_lit(b, "<category");
	html_attr(b, "term", name);
	html_lit(b, "/>\n");
}

static void atom_entry(struct buf *b, const struct view_paper *paper,
    const struct view_feed_item *item)
{
	const struct view_teaser *head = &item->head;

	html_lit(b, "<entry");
	html_attr(b, "xml:lang", lang_or(head->lang, paper));
	html_lit(b, ">\n<id>");
	html_text(b, item->id);
	html_lit(b, "</id>\n<title>");
	html_text(b, head->headline);
	html_lit(b, "</title>\n<link rel=\"alternate\" type=\"text/html\"");
	html_url(b, "href", paper->origin, head->url);
	html_lit(b, "/>\n");
	atom_moment(b, HTML("published"), head->published);
	atom_moment(b, HTML("updated"),
	    head->has_updated ? head->updated : head->published);
	for (size_t i = 0; i < head->byline.n; i++)
		atom_author(b, paper, &head->byline.v[i]);
	atom_category(b, head->section.name);
	atom_category(b, feed_kicker(item));
	for (size_t i = 0; i < item->tags.n; i++)
		atom_category(b, feed_tag(item, i));
	feed_element(b, "summary", head->standfirst);
	html_lit(b, "<content type=\"html\">");
	put_content(b, paper, item);
	html_lit(b, "</content>\n</entry>\n");
}

void feed_atom(
    struct buf *b, const struct view_paper *paper, const struct view_feed *feed)
{
	html_lit(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		    "<feed xmlns=\"http://www.w3.org/2005/Atom\"");
	html_attr(b, "xml:lang", lang_or(STR_NONE, paper));
	html_lit(b, ">\n<id>");
	html_text(b, feed->id);
	html_lit(b, "</id>\n<title>");
	html_text(b, feed->title.n ? feed->title : paper->name);
	html_lit(b, "</title>\n");
	feed_element(b, "subtitle", paper->motto);
	atom_moment(b, HTML("updated"), feed->updated);
	/* RFC 4287 4.1.1: so that an entry may be without an author. */
	html_lit(b, "<author><name>");
	html_text(b, paper->name);
	html_lit(b, "</name></author>\n<generator>Farthing</generator>\n"
		    "<link rel=\"self\" type=\"application/atom+xml\"");
	html_url(b, "href", paper->origin, feed->self);
	html_lit(b, "/>\n<link rel=\"alternate\" type=\"text/html\"");
	html_url(b, "href", paper->origin, feed->url);
	html_lit(b, "/>\n");
	for (size_t i = 0; i < feed->items_n; i++)
		atom_entry(b, paper, &feed->items[i]);
	html_lit(b, "</feed>\n");
}
