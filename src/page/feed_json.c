/* SPDX-License-Identifier: MIT
 *
 * JSON Feed, version 1.1 (jsonfeed.org/version/1.1).
 */
#include "page/feed.h"
#include "page/json.h"
#include "page/lang.h"
#include "page/page.h"

static void put_url(struct buf *b, const struct view_paper *paper,
    struct str name, struct str url)
{
	buf_lit(b, ",\"");
	buf_add(b, name);
	buf_lit(b, "\":\"");
	if (html_url_is_own(url) && str_starts(url, STR("/")))
		json_part(b, paper->origin);
	json_part(b, url);
	buf_char(b, '"');
}

static void put_moment(struct buf *b, struct str name, struct civil c)
{
	buf_lit(b, ",\"");
	buf_add(b, name);
	buf_lit(b, "\":\"");
	civil_rfc3339(b, c);
	buf_char(b, '"');
}

static void put_authors(struct buf *b, const struct view_paper *paper,
    const struct view_links *byline)
{
	if (!byline->n)
		return;
	buf_lit(b, ",\"authors\":[");
	for (size_t i = 0; i < byline->n; i++) {
		if (i)
			buf_char(b, ',');
		buf_lit(b, "{\"name\":");
		json_text(b, byline->v[i].name);
		if (byline->v[i].url.n)
			put_url(b, paper, STR("url"), byline->v[i].url);
		buf_char(b, '}');
	}
	buf_char(b, ']');
}

static void put_tag(struct buf *b, struct str name, bool *has_any)
{
	if (!name.n)
		return;
	buf_add(b, *has_any ? STR(",") : STR(",\"tags\":["));
	*has_any = true;
	json_text(b, name);
}

static void put_tags(struct buf *b, const struct view_feed_item *item)
{
	bool has_any = false;

	put_tag(b, item->head.section.name, &has_any);
	put_tag(b, feed_kicker(item), &has_any);
	for (size_t i = 0; i < item->tags.n; i++)
		put_tag(b, feed_tag(item, i), &has_any);
	if (has_any)
		buf_char(b, ']');
}

static void put_content(struct buf *b, const struct view_paper *paper,
    const struct view_feed_item *item)
{
	struct buf content;

	buf_init(&content, FEED_CONTENT_MAX);
	feed_content(&content, paper, item);
	buf_lit(b, ",\"content_html\":");
	if (buf_rc(&content) == RC_OK)
		json_text(b, buf_str(&content));
	else
		buf_fail(b, buf_rc(&content));
	buf_done(&content);
}

static void put_picture(struct buf *b, const struct view_paper *paper,
    const struct view_teaser *head)
{
	struct buf url;

	feed_picture(&url, paper, head);
	if (buf_rc(&url) != RC_OK)
		buf_fail(b, buf_rc(&url));
	else if (url.n > 0)
		put_url(b, paper, STR("image"), buf_str(&url));
	buf_done(&url);
}

static void put_item(struct buf *b, const struct view_paper *paper,
    const struct view_feed_item *item)
{
	const struct view_teaser *head = &item->head;

	buf_lit(b, "{\"id\":");
	json_text(b, item->id);
	put_url(b, paper, STR("url"), head->url);
	json_member(b, "title", head->headline);
	json_member(b, "summary", head->standfirst);
	put_content(b, paper, item);
	put_picture(b, paper, head);
	put_moment(b, STR("date_published"), head->published);
	if (head->has_updated)
		put_moment(b, STR("date_modified"), head->updated);
	put_authors(b, paper, &head->byline);
	put_tags(b, item);
	if (lang_is_valid(head->lang))
		json_member(b, "language", head->lang);
	buf_char(b, '}');
}

void feed_json(
    struct buf *b, const struct view_paper *paper, const struct view_feed *feed)
{
	buf_lit(b, "{\"version\":\"https://jsonfeed.org/version/1.1\"");
	json_member(b, "title", feed->title.n ? feed->title : paper->name);
	put_url(b, paper, STR("home_page_url"), feed->url);
	put_url(b, paper, STR("feed_url"), feed->self);
	json_member(b, "description", paper->motto);
	if (lang_is_valid(paper->lang))
		json_member(b, "language", paper->lang);
	buf_lit(b, ",\"items\":[");
	for (size_t i = 0; i < feed->items_n; i++) {
		buf_add(b, i ? STR(",\n") : STR("\n"));
		put_item(b, paper, &feed->items[i]);
	}
	buf_lit(b, "\n]}\n");
}
