/* SPDX-License-Identifier: MIT
 *
 * Feeds and sitemaps; see feeds.h.
 *
 * A month's sitemap is cut into parts by the counts of its days alone: a part
 * takes days as long as it stays within SITEMAP_STORIES; a day that has more,
 * as after a move of archives that gave every story one date, is cut into
 * parts of its own. That is far below the 50,000 of the protocol, so that no
 * crawler's request keeps readers waiting while it is made, and each part is
 * kept.
 */
#include "site/feeds.h"

#include "base/arena.h"
#include "page/correction.h"
#include "page/page.h"
#include "page/words.h"
#include "paper/authority.h"
#include "paper/body.h"

enum {
	FEED_STORIES = 30,
	/* Of Markdown: a book among the stories must not cost everybody the
	 * feed. What is beyond has its standfirst only. */
	FEED_BODY_BYTES = 128 * 1024,
	FEED_BODIES_BYTES = 1024 * 1024,
	FEED_MEMORY = 36 * 1024 * 1024,
	SITEMAP_STORIES = 2000,
	SITEMAP_TERMS = 20000,
	/* Of addresses. A page of more would not be kept by every reader, and
	 * be made for each request. */
	SITEMAP_TERM_BYTES = 768 * 1024,
	NEWS_STORIES = 1000,
	NEWS_S = 2 * 24 * 60 * 60,
	READ_AT_ONCE = 200,
};

/* Feed readers and crawlers ask on a clock; five minutes late is no loss, and
 * they need not ask for each of the three feeds each time. */
static const struct str FOR_PROGRAMS = STR_INIT("public, max-age=300");

/* --- Feeds ------------------------------------------------------------ */

static struct str authority_of(const struct job *job)
{
	return job->settings->authority.n ? job->settings->authority
					  : job->paper->origin;
}

/* Names that stay when the address changes (RFC 4151): KIND and ID behind the
 * paper's authority. A paper that had names before it had one goes on with the
 * host alone, and the year of YEAR_OF, which stays too. */
static struct str item_id(
    struct job *job, const char *kind, int64_t id, struct instant year_of)
{
	struct str authority = authority_of(job);
	struct str host = authority_host(authority);

	if (authority_is_tag(authority))
		return arena_printf(job->a, "%.*s%s/%lld", STR_ARG(authority),
		    kind, (long long)id);
	return arena_printf(job->a, "tag:%.*s,%04d:%s/%lld", STR_ARG(host),
	    (int)civil_at(year_of, 0).year, kind, (long long)id);
}

/* The feed's own name. Of the older papers, it is where it once lay. */
static struct str feed_id(struct job *job, struct str self)
{
	struct str authority = authority_of(job);

	return arena_printf(job->a, "%.*s%s%.*s", STR_ARG(authority),
	    authority_is_tag(authority) ? "feed" : "", STR_ARG(self));
}

/* The text of a story; empty when there is no room for it in the feed, where
 * *BYTES are taken. */
static enum rc fill_body(struct job *job, const struct public_story *story,
    size_t *bytes, struct view_feed_item *item)
{
	bool has_room = story->body.n <= FEED_BODY_BYTES &&
			*bytes + story->body.n <= FEED_BODIES_BYTES &&
			arena_used(job->a) < FEED_MEMORY;

	*bytes += has_room ? story->body.n : 0;
	return paper_body(job->a, has_room ? story->body : STR_NONE,
	    item->head.lang, &item->body);
}

static enum rc fill_item(struct job *job, const struct public_story *story,
    size_t *bytes, struct view_feed_item *item)
{
	enum rc rc = job_teaser(job, story, &item->head);

	if (rc == RC_OK)
		rc = fill_body(job, story, bytes, item);
	if (rc == RC_OK)
		rc = job_links(job, PUBLIC_TAG, &story->tags, &item->tags);
	if (rc == RC_OK)
		rc = job_corrections(
		    job, story, &item->corrections, &item->corrections_n);
	if (rc)
		return rc;
	item->id = item_id(job, "story", story->id, story->published);
	job_tag_story(job, story->id);
	return item->id.p ? RC_OK : RC_NO_MEMORY;
}

static enum rc fill_items(struct job *job, const struct public_story *v,
    size_t n, struct view_feed *feed)
{
	struct view_feed_item *items =
	    ARENA_ARRAY(job->a, struct view_feed_item, n);
	struct instant newest = {0};
	size_t bytes = 0;

	if (!items)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++) {
		enum rc rc = fill_item(job, &v[i], &bytes, &items[i]);

		if (rc)
			return rc;
		if (i == 0 || v[i].updated.us > newest.us)
			newest = v[i].updated;
	}
	feed->items = items;
	feed->items_n = n;
	feed->updated = job_civil(job, newest);
	return RC_OK;
}

/* "World – The Port Lune Gazette", and the tags that go with the list. */
static enum rc fill_title(struct job *job, struct view_feed *feed)
{
	const struct route *r = &job->route;
	struct str name, about;
	enum rc rc;

	feed->url = job_url_list(job, r->list, r->slug);
	feed->self = job_url_path(job, r->path);
	feed->id = feed_id(job, feed->self);
	if (r->list == PUBLIC_ALL) {
		feed->title = job->paper->name;
		job_tag(job, STR("front"), STR_NONE);
		return RC_OK;
	}
	rc = public_name(job->db, job->a, r->list, r->slug, &name, &about);
	if (rc)
		return rc;
	feed->title = arena_printf(job->a, "%.*s \xe2\x80\x93 %.*s",
	    STR_ARG(name), STR_ARG(job->paper->name));
	job_tag(job,
	    r->list == PUBLIC_SECTION  ? STR("section:")
	    : r->list == PUBLIC_PERSON ? STR("person:")
				       : STR("tag:"),
	    r->slug);
	return feed->title.p ? RC_OK : RC_NO_MEMORY;
}

/* The form that was asked for. */
static enum rc put_feed(struct job *job, const struct view_feed *feed)
{
	job->is_html = false;
	job->cache_control = FOR_PROGRAMS;
	switch (job->route.feed) {
	case FEED_RSS:
		job->type = STR("application/rss+xml; charset=utf-8");
		feed_rss(job->out, job->paper, feed);
		break;
	case FEED_ATOM:
		job->type = STR("application/atom+xml; charset=utf-8");
		feed_atom(job->out, job->paper, feed);
		break;
	case FEED_JSON:
		job->type = STR("application/feed+json; charset=utf-8");
		feed_json(job->out, job->paper, feed);
		break;
	}
	return buf_rc(job->out);
}

enum rc feeds_feed(struct job *job)
{
	const struct route *r = &job->route;
	struct view_feed feed = {0};
	struct public_story *v;
	size_t n;
	enum rc rc = fill_title(job, &feed);

	if (rc == RC_OK)
		rc = public_feed(
		    job->db, job->a, r->list, r->slug, FEED_STORIES, &v, &n);
	if (rc == RC_OK)
		rc = fill_items(job, v, n, &feed);
	if (rc)
		return rc;
	return put_feed(job, &feed);
}

/* A notice as an item: what was changed, and the story's headline. */
static enum rc fill_notice(struct job *job, const struct public_notice *notice,
    struct view_feed_item *item)
{
	const struct words *words = words_of(job->paper->lang);
	struct str lang = notice->lang.n ? notice->lang : job->paper->lang;
	struct view_correction c =
	    job_correction(job, &notice->correction, lang);
	struct str name = correction_name(
	    words, c.change == VIEW_FIRST ? VIEW_CORRECTION : c.change);
	struct node *text = ARENA_NEW(job->a, struct node);
	struct node *paragraph = ARENA_NEW(job->a, struct node);
	struct node *document = ARENA_NEW(job->a, struct node);

	if (!text || !paragraph || !document)
		return RC_NO_MEMORY;
	*text = (struct node){.kind = NODE_TEXT, .text = c.text};
	*paragraph = (struct node){.kind = NODE_PARAGRAPH, .child = text};
	*document = (struct node){.kind = NODE_DOCUMENT, .child = paragraph};
	*item = (struct view_feed_item){
	    .head = {.url = job_url_notices(job, notice->path),
		.headline = arena_printf(job->a, "%.*s: %.*s", STR_ARG(name),
		    STR_ARG(paper_line(job->a, notice->headline, lang))),
		.lang = lang,
		.published = job_civil(job, notice->correction.at)},
	    .id = item_id(job, "correction", notice->correction.id,
		notice->correction.at),
	    .body = document,
	};
	return arena_is_spent(job->a) ? RC_NO_MEMORY : RC_OK;
}

enum rc feeds_corrections(struct job *job)
{
	struct view_feed feed = {.url = STR("/corrections"),
	    .self = job_url_path(job, job->route.path)};
	struct view_feed_item *items;
	struct public_notice *v;
	size_t n;
	enum rc rc = public_notices(
	    job->db, job->a, PUBLIC_KEY_NEWEST, false, FEED_STORIES, &v, &n);

	if (rc)
		return rc;
	job_tag(job, STR("corrections"), STR_NONE);
	feed.id = feed_id(job, feed.self);
	items = ARENA_ARRAY(job->a, struct view_feed_item, n);
	feed.title = arena_printf(job->a, "%.*s \xe2\x80\x93 %.*s",
	    STR_ARG(words_say(words_of(job->paper->lang), WORD_CORRECTIONS)),
	    STR_ARG(job->paper->name));
	for (size_t i = 0; items && rc == RC_OK && i < n; i++) {
		job_tag_story(job, v[i].story);
		rc = fill_notice(job, &v[i], &items[i]);
	}
	if (rc == RC_OK && (!items || !feed.title.p))
		rc = RC_NO_MEMORY;
	if (rc)
		return rc;
	feed.items = items;
	feed.items_n = n;
	feed.updated =
	    job_civil(job, n > 0 ? v[0].correction.at : (struct instant){0});
	return put_feed(job, &feed);
}

/* --- Sitemaps --------------------------------------------------------- */

static void is_xml(struct job *job)
{
	job->is_html = false;
	job->type = STR("application/xml; charset=utf-8");
	job->cache_control = FOR_PROGRAMS;
}

/* Some days of a month, or some stories of a day. */
struct part {
	size_t day; /* the first */
	size_t days;
	uint64_t skip; /* stories of that day, the newest, in parts before */
	uint64_t stories;
	struct instant changed;
};

/* What of DAY, that has more than a part can have, is behind PART. */
static void take_of_day(struct part *part, const struct public_count *day)
{
	uint64_t left = day->stories - part->skip;

	part->days = left <= SITEMAP_STORIES;
	part->stories = part->days ? left : SITEMAP_STORIES;
	part->changed = day->changed;
}

/* Walks over the parts of a month, whose N days are V: the one behind PART, at
 * first {0}. Returns false if there is none. */
static bool next_part(const struct public_count *v, size_t n, struct part *part)
{
	struct part next = {.day = part->day + part->days};

	if (part->stories > 0 && part->days == 0)
		next.skip = part->skip + part->stories;
	if (next.day < n && v[next.day].stories > SITEMAP_STORIES) {
		take_of_day(&next, &v[next.day]);
	} else {
		for (size_t i = next.day; i < n; i++) {
			if (next.stories + v[i].stories > SITEMAP_STORIES)
				break;
			next.stories += v[i].stories;
			next.days++;
			if (v[i].changed.us > next.changed.us)
				next.changed = v[i].changed;
		}
	}
	*part = next;
	return next.stories > 0;
}

/* One row for each part of each month. */
struct rows {
	struct view_sitemap_row *v;
	size_t n;
	size_t room;
};

static struct view_sitemap_row *rows_add(struct job *job, struct rows *rows)
{
	if (rows->n == rows->room) {
		size_t room = rows->room ? rows->room * 2 : 64;
		struct view_sitemap_row *v =
		    ARENA_ARRAY(job->a, struct view_sitemap_row, room);

		if (!v)
			return NULL;
		for (size_t i = 0; i < rows->n; i++)
			v[i] = rows->v[i];
		rows->v = v;
		rows->room = room;
	}
	return &rows->v[rows->n++];
}

static enum rc index_part(struct job *job, struct rows *rows,
    const struct public_count *month, uint32_t part, struct instant changed)
{
	struct view_sitemap_row *row = rows_add(job, rows);
	struct buf b;

	if (!row)
		return RC_NO_MEMORY;
	buf_init_arena(&b, job->a, 64);
	route_sitemap(&b, month->year, month->month, part);
	row->url = buf_str(&b);
	if (changed.us)
		row->changed = job_civil(job, changed);
	return buf_rc(&b);
}

static enum rc index_month(
    struct job *job, struct rows *rows, const struct public_count *month)
{
	struct public_count *days;
	size_t n = 0;
	uint32_t number = 1;
	struct part part = {0};
	enum rc rc = RC_OK;

	/* Most months are one part: their days need not be read. */
	if (month->stories <= SITEMAP_STORIES)
		return month->stories
			   ? index_part(job, rows, month, 1, month->changed)
			   : RC_OK;
	rc = public_counts(
	    job->db, job->a, month->year, month->month, &days, &n);
	while (rc == RC_OK && next_part(days, n, &part))
		rc = index_part(job, rows, month, number++, part.changed);
	return rc;
}

static const struct str PAGES_PATH = STR_INIT("/sitemap-pages.xml");

bool feeds_route(struct str path, struct route *ret_route)
{
	if (!str_eq(path, PAGES_PATH))
		return false;
	*ret_route = (struct route){
	    .kind = ROUTE_SITEMAP_MONTH, .path = path, .part = 1};
	return true;
}

static enum rc add_page(struct job *job, struct rows *rows, struct str url)
{
	struct view_sitemap_row *row = rows_add(job, rows);

	if (!row || !url.p)
		return RC_NO_MEMORY;
	row->url = url;
	return RC_OK;
}

static enum rc sitemap_pages(struct job *job)
{
	const struct view_links *policies = &job->paper->policies;
	struct public_term *v = NULL;
	struct rows rows = {0};
	struct view_sitemap view;
	size_t n = 0, bytes = 0;
	enum rc rc = add_page(job, &rows, STR("/"));

	if (rc == RC_OK)
		rc = add_page(job, &rows, STR("/about"));
	/* Whatever is published may bring a person or a tag, or take one. */
	job_tag(job, STR("archive"), STR_NONE);
	for (size_t i = 0; rc == RC_OK && i < policies->n; i++)
		rc = add_page(job, &rows, policies->v[i].url);
	if (rc == RC_OK)
		rc = add_page(job, &rows, STR("/archive"));
	if (rc == RC_OK && job->paper->has_corrections)
		rc = add_page(job, &rows, STR("/corrections"));
	if (rc == RC_OK)
		rc = public_terms(job->db, job->a, SITEMAP_TERMS, &v, &n);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		struct str url = job_url_list(job, v[i].list, v[i].slug);

		bytes += url.n;
		if (bytes > SITEMAP_TERM_BYTES)
			break;
		rc = add_page(job, &rows, url);
	}
	if (rc)
		return rc;
	view = (struct view_sitemap){rows.v, rows.n};
	is_xml(job);
	sitemap_urls(job->out, job->paper, &view);
	return buf_rc(job->out);
}

enum rc feeds_sitemap_index(struct job *job)
{
	struct public_count *years;
	size_t years_n;
	struct rows rows = {0};
	struct view_sitemap view;
	enum rc rc = public_counts(job->db, job->a, 0, 0, &years, &years_n);

	if (rc)
		return rc;
	job_tag(job, STR("archive"), STR_NONE);
	rc = add_page(job, &rows, PAGES_PATH);
	for (size_t i = 0; rc == RC_OK && i < years_n; i++) {
		struct public_count *months;
		size_t n;

		rc = public_counts(
		    job->db, job->a, years[i].year, 0, &months, &n);
		for (size_t j = 0; rc == RC_OK && j < n; j++)
			rc = index_month(job, &rows, &months[j]);
	}
	if (rc)
		return rc;
	view = (struct view_sitemap){rows.v, rows.n};
	is_xml(job);
	sitemap_index(job->out, job->paper, &view);
	return buf_rc(job->out);
}

static enum rc add_day(struct job *job, const struct public_count *day,
    const struct part *part, struct rows *rows)
{
	struct public_address *v;
	size_t n;
	enum rc rc = public_day_addresses(job->db, job->a, day->year,
	    day->month, day->day, part->skip, SITEMAP_STORIES, &v, &n);

	if (rc)
		return rc;
	for (size_t i = 0; i < n; i++) {
		struct view_sitemap_row *row = rows_add(job, rows);

		if (!row)
			return RC_NO_MEMORY;
		row->url = job_url_path(job, v[i].path);
		row->changed = job_civil(job, v[i].changed);
	}
	return arena_is_spent(job->a) ? RC_NO_MEMORY : RC_OK;
}

enum rc feeds_sitemap_month(struct job *job)
{
	const struct route *r = &job->route;
	struct public_count *days;
	struct part part = {0};
	size_t n, i = 0;
	struct rows rows = {0};
	struct view_sitemap view;
	enum rc rc;

	if (!r->year)
		return sitemap_pages(job);
	rc = public_counts(job->db, job->a, r->year, r->month, &days, &n);
	if (rc)
		return rc;
	for (uint32_t number = 1; number <= r->part; number++)
		if (!next_part(days, n, &part))
			return RC_NOT_FOUND;
	job_tag_date(job, STR("month:"), r->year, r->month, 0);
	do {
		rc = add_day(job, &days[part.day + i], &part, &rows);
		if (rc)
			return rc;
	} while (++i < part.days);
	view = (struct view_sitemap){rows.v, rows.n};
	is_xml(job);
	sitemap_urls(job->out, job->paper, &view);
	return buf_rc(job->out);
}

/* --- Google News ------------------------------------------------------ */

static enum rc fill_news_row(struct job *job, const struct public_story *story,
    struct view_news_row *row)
{
	row->url = job_url_path(job, story->path);
	row->headline = paper_line(job->a, story->headline,
	    story->lang.n ? story->lang : job->paper->lang);
	row->lang = story->lang;
	row->published = job_civil(job, story->published);
	return row->url.p ? RC_OK : RC_NO_MEMORY;
}

/* A page of it changes when a story comes, and when one gets too old. */
enum rc feeds_sitemap_news(struct job *job)
{
	const int64_t window = (int64_t)NEWS_S * 1000000;
	struct view_news_row *rows =
	    ARENA_ARRAY(job->a, struct view_news_row, NEWS_STORIES);
	struct view_news view = {rows, 0};
	struct public_key after = PUBLIC_KEY_NEWEST;
	struct public_story *v;
	size_t n = READ_AT_ONCE;
	bool is_young = true;

	if (!rows)
		return RC_NO_MEMORY;
	job_tag(job, STR("front"), STR_NONE);
	while (is_young && n == READ_AT_ONCE && view.rows_n < NEWS_STORIES) {
		enum rc rc = public_list(job->db, job->a, PUBLIC_ALL, STR_NONE,
		    after, false, READ_AT_ONCE, &v, &n);

		for (size_t i = 0; rc == RC_OK && i < n && is_young; i++) {
			is_young = v[i].published.us > job->now.us - window;
			if (!is_young)
				job_turn(job, (struct instant){
						  v[i].published.us + window});
			if (!is_young || view.rows_n == NEWS_STORIES)
				break;
			after.published_us = v[i].published.us;
			after.id = v[i].id;
			job_expire(
			    job, (struct instant){v[i].published.us + window});
			rc = fill_news_row(job, &v[i], &rows[view.rows_n++]);
		}
		if (rc)
			return rc;
	}
	is_xml(job);
	sitemap_news(job->out, job->paper, &view);
	return buf_rc(job->out);
}

enum rc feeds_robots(struct job *job)
{
	job->is_html = false;
	job->type = STR("text/plain; charset=utf-8");
	job->cache_control = FOR_PROGRAMS;
	robots_txt(job->out, job->paper);
	return buf_rc(job->out);
}
