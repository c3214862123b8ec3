/* SPDX-License-Identifier: MIT
 *
 * The head's words for machines; see meta.h.
 */
#include "page/meta.h"

#include <stdio.h>

#include "page/correction.h"
#include "page/json.h"
#include "page/lang.h"

enum { SHAPE_URL_ROOM = 200 };

static void put_property(struct buf *b, struct html name, struct str value)
{
	if (!value.n)
		return;
	html_lit(b, "<meta property=\"");
	html_raw(b, name);
	html_lit(b, "\"");
	html_attr(b, "content", value);
	html_lit(b, ">\n");
}

static void put_address(const struct sheet *s, struct html name, struct str url)
{
	html_lit(s->b, "<meta property=\"");
	html_raw(s->b, name);
	html_lit(s->b, "\"");
	html_url(s->b, "content", s->paper->origin, url);
	html_lit(s->b, ">\n");
}

static void put_moment(struct buf *b, struct html name, struct civil c)
{
	html_lit(b, "<meta property=\"");
	html_raw(b, name);
	html_lit(b, "\" content=\"");
	civil_rfc3339(b, c);
	html_lit(b, "\">\n");
}

/* "en_GB": OpenGraph wants a region, so the language's first one is taken
 * where the tag has none. */
static void put_locale(struct buf *b, struct str lang)
{
	const struct words *w = words_find(lang, NULL);
	struct str region = str_from(lang, lang_base(lang).n + 1);

	if (region.n != 2 && !w)
		return;
	html_lit(b, "<meta property=\"og:locale\" content=\"");
	if (region.n == 2) {
		html_text(b, lang_base(lang));
		buf_char(b, '_');
		html_text(b, region);
	} else {
		html_text(b, str_of(w->locale));
	}
	html_lit(b, "\">\n");
}

static const struct str shape_names[VIEW_SHAPES] = {
    STR_INIT("1x1"), STR_INIT("4x3"), STR_INIT("16x9")};

/* The address of one shape of the library. P NULL: it is not there. */
static struct str shape_url(
    const struct view_picture *picture, size_t shape, char *room, size_t size)
{
	struct str stem = picture->files.stem;
	int n = snprintf(room, size, "/pictures/%.*s-%s.jpg", STR_ARG(stem),
	    shape_names[shape].p);

	if (!picture->files.shapes[shape].width || n < 0 || (size_t)n >= size)
		return STR_NONE;
	return (struct str){room, (size_t)n};
}

static void put_og_size(struct buf *b, struct view_size size)
{
	if (!size.width || !size.height)
		return;
	html_lit(b, "<meta property=\"og:image:width\"");
	html_attr_u64(b, "content", size.width);
	html_lit(b, ">\n<meta property=\"og:image:height\"");
	html_attr_u64(b, "content", size.height);
	html_lit(b, ">\n");
}

/* Where there are cuts, the widest first: most programs show the first one, in
 * that shape. */
static void put_og_picture(
    const struct sheet *s, const struct view_picture *picture)
{
	struct buf *b = s->b;
	bool has_shapes = false;

	for (size_t i = VIEW_SHAPES; i-- > 0;) {
		char room[SHAPE_URL_ROOM];
		struct str url = shape_url(picture, i, room, sizeof(room));

		if (!url.p)
			continue;
		put_address(s, HTML("og:image"), url);
		put_og_size(b, picture->files.shapes[i]);
		put_property(b, HTML("og:image:alt"), picture->alt);
		has_shapes = true;
	}
	if (has_shapes)
		return;
	put_address(s, HTML("og:image"), picture->url);
	put_og_size(b, (struct view_size){picture->width, picture->height});
	put_property(b, HTML("og:image:alt"), picture->alt);
}

static void put_article(const struct sheet *s)
{
	const struct view_story *story = s->story;
	const struct view_teaser *head = &story->head;
	struct buf *b = s->b;

	put_moment(b, HTML("article:published_time"), head->published);
	if (head->has_updated)
		put_moment(b, HTML("article:modified_time"), head->updated);
	put_property(b, HTML("article:section"), head->section.name);
	for (size_t i = 0; i < head->byline.n; i++)
		if (head->byline.v[i].url.n)
			put_address(
			    s, HTML("article:author"), head->byline.v[i].url);
	for (size_t i = 0; i < story->tags.n; i++)
		put_property(b, HTML("article:tag"), story->tags.v[i].name);
}

static void put_alternate(
    const struct sheet *s, struct str lang, struct str url)
{
	if (!lang_is_valid(lang))
		return;
	html_lit(s->b, "<link rel=\"alternate\"");
	html_attr(s->b, "hreflang", lang);
	html_url(s->b, "href", s->paper->origin, url);
	html_lit(s->b, ">\n");
}

/* Each of the translations, this story's own language among them. */
static void put_alternates(const struct sheet *s)
{
	const struct view_story *story = s->story;

	if (!story->translations_n)
		return;
	put_alternate(s, story->head.lang, s->url);
	for (size_t i = 0; i < story->translations_n; i++)
		put_alternate(
		    s, story->translations[i].lang, story->translations[i].url);
}

static bool has_picture(const struct sheet *s)
{
	return s->story && s->story->head.picture.url.n > 0 &&
	       html_url_is_safe(s->story->head.picture.url);
}

/* "World", "World – page 2" */
static void put_og_title(const struct sheet *s)
{
	struct buf *b = s->b;

	html_lit(b, "<meta property=\"og:title\" content=\"");
	html_text(b, s->title.n ? s->title : s->paper->name);
	if (s->part.n) {
		html_lit(b, " \xE2\x80\x93 ");
		html_text(b, s->part);
	}
	html_lit(b, "\">\n");
}

static void put_opengraph(const struct sheet *s)
{
	struct buf *b = s->b;

	put_property(b, HTML("og:site_name"), s->paper->name);
	put_property(
	    b, HTML("og:type"), s->story ? STR("article") : STR("website"));
	put_og_title(s);
	put_property(b, HTML("og:description"), s->description);
	put_address(s, HTML("og:url"), s->url);
	put_locale(b, s->story ? s->story->head.lang : s->lang);
	if (has_picture(s))
		put_og_picture(s, &s->story->head.picture);
	if (s->story)
		put_article(s);
	if (has_picture(s))
		html_lit(b, "<meta name=\"twitter:card\" "
			    "content=\"summary_large_image\">\n");
	else
		html_lit(
		    b, "<meta name=\"twitter:card\" content=\"summary\">\n");
}

void meta_put(const struct sheet *s)
{
	struct buf *b = s->b;

	if (s->description.n) {
		html_lit(b, "<meta name=\"description\"");
		html_attr(b, "content", s->description);
		html_lit(b, ">\n");
	}
	if (!s->url.n) {
		html_lit(b, "<meta name=\"robots\" content=\"noindex\">\n");
		return;
	}
	html_lit(b, "<link rel=\"canonical\"");
	html_url(b, "href", s->paper->origin, s->url);
	html_lit(b, ">\n");
	if (s->story)
		put_alternates(s);
	put_opengraph(s);
}

/* An address as a JSON string, made absolute. */
static void put_json_url(const struct sheet *s, struct str url)
{
	buf_char(s->b, '"');
	if (html_url_is_own(url) && str_starts(url, STR("/")))
		json_part(s->b, s->paper->origin);
	json_part(s->b, url);
	buf_char(s->b, '"');
}

/* A day that has no time is not given one. */
static void put_json_moment(struct buf *b, struct str name, struct civil c)
{
	size_t start;

	buf_lit(b, ",\"");
	buf_add(b, name);
	buf_lit(b, "\":\"");
	start = buf_str(b).n;
	civil_rfc3339(b, c);
	if (!c.has_time && buf_str(b).n > start + 10)
		buf_cut(b, start + 10);
	buf_char(b, '"');
}

static void put_organization(const struct sheet *s)
{
	struct buf *b = s->b;

	buf_lit(b, "{\"@type\":\"NewsMediaOrganization\",\"@id\":");
	put_json_url(s, STR("/#paper"));
	json_member(b, "name", s->paper->name);
	buf_lit(b, ",\"url\":");
	put_json_url(s, STR("/"));
}

/* The paper by its name alone, for what refers to it; what else there is of it
 * stands on the front page. */
static void put_publisher(const struct sheet *s)
{
	buf_lit(s->b, ",\"publisher\":");
	put_organization(s);
	buf_char(s->b, '}');
}

static void put_authors(const struct sheet *s, const struct view_links *byline)
{
	struct buf *b = s->b;

	if (!byline->n)
		return;
	buf_lit(b, ",\"author\":[");
	for (size_t i = 0; i < byline->n; i++) {
		if (i)
			buf_char(b, ',');
		buf_lit(b, "{\"@type\":\"Person\"");
		json_member(b, "name", byline->v[i].name);
		if (byline->v[i].url.n) {
			buf_lit(b, ",\"url\":");
			put_json_url(s, byline->v[i].url);
		}
		buf_char(b, '}');
	}
	buf_char(b, ']');
}

static void put_image_object(const struct sheet *s,
    const struct view_picture *picture, struct str url, struct view_size size)
{
	struct buf *b = s->b;

	buf_lit(b, "{\"@type\":\"ImageObject\",\"url\":");
	put_json_url(s, url);
	if (size.width && size.height)
		buf_printf(b, ",\"width\":%u,\"height\":%u",
		    (unsigned)size.width, (unsigned)size.height);
	json_member(b, "caption", picture->caption);
	json_member(b, "creditText", picture->credit);
	json_member(b, "copyrightNotice", picture->rights);
	buf_char(b, '}');
}

/* Search programs ask for a picture in three shapes. */
static void put_image(const struct sheet *s, const struct view_picture *picture)
{
	struct buf *b = s->b;
	bool is_first = true;

	buf_lit(b, ",\"image\":");
	for (size_t i = 0; i < VIEW_SHAPES; i++) {
		char room[SHAPE_URL_ROOM];
		struct str url = shape_url(picture, i, room, sizeof(room));

		if (!url.p)
			continue;
		buf_char(b, is_first ? '[' : ',');
		is_first = false;
		put_image_object(s, picture, url, picture->files.shapes[i]);
	}
	if (is_first)
		put_image_object(s, picture, picture->url,
		    (struct view_size){picture->width, picture->height});
	else
		buf_char(b, ']');
}

static void put_corrections(const struct sheet *s)
{
	struct buf *b = s->b;
	bool has_any = false;

	for (size_t i = 0; i < s->story->corrections_n; i++) {
		const struct view_correction *c = &s->story->corrections[i];

		if (!correction_is_one(c))
			continue;
		buf_add(b, has_any ? STR(",") : STR(",\"correction\":["));
		has_any = true;
		buf_lit(b, "{\"@type\":\"CorrectionComment\"");
		if (c->change == VIEW_CLARIFICATION)
			json_member(
			    b, "name", correction_name(s->words, c->change));
		json_member(b, "text", c->text);
		if (c->date.month)
			put_json_moment(b, STR("datePublished"), c->date);
		buf_char(b, '}');
	}
	if (has_any)
		buf_char(b, ']');
}

static void put_keywords(const struct sheet *s)
{
	struct buf *b = s->b;

	if (!s->story->tags.n)
		return;
	buf_lit(b, ",\"keywords\":[");
	for (size_t i = 0; i < s->story->tags.n; i++) {
		if (i)
			buf_char(b, ',');
		json_text(b, s->story->tags.v[i].name);
	}
	buf_char(b, ']');
}

static void put_news_article(const struct sheet *s)
{
	const struct view_teaser *head = &s->story->head;
	struct buf *b = s->b;

	if (head->is_opinion)
		buf_lit(
		    b, "\"@type\":[\"NewsArticle\",\"OpinionNewsArticle\"]");
	else
		buf_lit(b, "\"@type\":\"NewsArticle\"");
	json_member(b, "headline", head->headline);
	json_member(b, "description", head->standfirst);
	buf_lit(b, ",\"url\":");
	put_json_url(s, s->url);
	buf_lit(b, ",\"mainEntityOfPage\":");
	put_json_url(s, s->url);
	put_json_moment(b, STR("datePublished"), head->published);
	put_json_moment(b, STR("dateModified"),
	    head->has_updated ? head->updated : head->published);
	json_member(b, "dateline", head->dateline);
	json_member(b, "articleSection", head->section.name);
	json_member(b, "inLanguage", head->lang);
	if (s->story->words)
		buf_printf(b, ",\"wordCount\":%u", (unsigned)s->story->words);
	put_keywords(s);
	buf_lit(b, ",\"isAccessibleForFree\":true");
	put_authors(s, &head->byline);
	if (has_picture(s))
		put_image(s, &head->picture);
	put_corrections(s);
	put_publisher(s);
}

/* Pages on how the paper works, by what schema.org calls them. */
static void put_policies(const struct sheet *s)
{
	static const struct {
		struct str url, name;
	} rows[] = {
	    {STR_INIT("/about/standards"), STR_INIT("publishingPrinciples")},
	    {STR_INIT("/about/ethics"), STR_INIT("ethicsPolicy")},
	    {STR_INIT("/about/corrections"), STR_INIT("correctionsPolicy")},
	    {STR_INIT("/about/sources"), STR_INIT("unnamedSourcesPolicy")},
	    {STR_INIT("/about/checking"),
		STR_INIT("verificationFactCheckingPolicy")},
	    {STR_INIT("/about/ownership"), STR_INIT("ownershipFundingInfo")},
	    {STR_INIT("/about/feedback"), STR_INIT("actionableFeedbackPolicy")},
	};
	const struct view_links *policies = &s->paper->policies;

	for (size_t i = 0; i < policies->n; i++)
		for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++)
			if (str_eq(policies->v[i].url, rows[k].url)) {
				buf_lit(s->b, ",\"");
				buf_add(s->b, rows[k].name);
				buf_lit(s->b, "\":");
				put_json_url(s, policies->v[i].url);
			}
}

static void put_parent(const struct sheet *s)
{
	if (!s->paper->publisher.n)
		return;
	buf_lit(s->b, ",\"parentOrganization\":{\"@type\":\"Organization\"");
	json_member(s->b, "name", s->paper->publisher);
	buf_char(s->b, '}');
}

/* The whole of the paper's pages, by which search programs call it. */
static void put_site(const struct sheet *s)
{
	struct buf *b = s->b;

	buf_lit(b, "{\"@type\":\"WebSite\",\"@id\":");
	put_json_url(s, STR("/#site"));
	json_member(b, "name", s->paper->name);
	buf_lit(b, ",\"url\":");
	put_json_url(s, STR("/"));
	if (lang_is_valid(s->paper->lang))
		json_member(b, "inLanguage", s->paper->lang);
	buf_lit(b, ",\"publisher\":{\"@id\":");
	put_json_url(s, STR("/#paper"));
	buf_lit(b, "}}");
}

/* Who answers for the paper, and on the front page its site. */
static void put_paper(const struct sheet *s)
{
	struct buf *b = s->b;

	buf_lit(b, "\"@graph\":[");
	put_organization(s);
	json_member(b, "slogan", s->paper->motto);
	put_parent(s);
	json_member(b, "address", s->paper->address);
	put_policies(s);
	buf_char(b, '}');
	if (s->is_front) {
		buf_char(b, ',');
		put_site(s);
	}
	buf_char(b, ']');
}

/* Who writes: found from each story, whose author has the same address. */
static void put_profile(const struct sheet *s)
{
	struct buf *b = s->b;

	buf_lit(b, "\"@type\":\"ProfilePage\",\"url\":");
	put_json_url(s, s->url);
	buf_lit(b, ",\"mainEntity\":{\"@type\":\"Person\"");
	json_member(b, "name", s->list->title);
	json_member(b, "description", s->list->about);
	buf_lit(b, ",\"url\":");
	put_json_url(s, s->url);
	buf_lit(b, ",\"worksFor\":");
	put_organization(s);
	buf_lit(b, "}}");
}

static void put_collection(const struct sheet *s)
{
	struct buf *b = s->b;

	buf_lit(b, "\"@type\":\"CollectionPage\"");
	json_member(b, "name", s->list->title);
	json_member(b, "description", s->list->about);
	buf_lit(b, ",\"url\":");
	put_json_url(s, s->url);
	json_member(b, "inLanguage", s->lang);
	put_publisher(s);
}

static bool is_collection(const struct sheet *s)
{
	return s->list->kind == VIEW_SECTION || s->list->kind == VIEW_TAG;
}

/* That it is a list is said once, on its first page. */
void meta_put_linked(const struct sheet *s)
{
	bool is_list = s->list && s->url.n && !s->part.n &&
		       (s->list->kind == VIEW_PERSON || is_collection(s));
	struct buf *b = s->b;

	if (!s->story && !s->is_front && !s->is_about && !is_list)
		return;
	html_lit(b, "<script type=\"application/ld+json\">"
		    "{\"@context\":\"https://schema.org\",");
	if (s->story)
		put_news_article(s);
	else if (!is_list)
		put_paper(s);
	else if (is_collection(s))
		put_collection(s);
	else
		put_profile(s);
	html_lit(b, "}</script>\n");
}
