/* SPDX-License-Identifier: MIT
 *
 * What crawlers read: sitemaps (sitemaps.org/protocol.html), Google's news
 * sitemap, robots.txt (RFC 9309), and the Content-Security-Policy that goes
 * with each page.
 */
#include "page/feed.h"
#include "page/lang.h"
#include "page/page.h"

static void put_location(
    struct buf *b, const struct view_paper *paper, struct str url)
{
	html_lit(b, "<loc>");
	feed_url(b, paper, url);
	html_lit(b, "</loc>");
}

static void put_rows(struct buf *b, const struct view_paper *paper,
    const struct view_sitemap *sitemap, struct html start, struct html end)
{
	for (size_t i = 0; i < sitemap->rows_n; i++) {
		html_raw(b, start);
		put_location(b, paper, sitemap->rows[i].url);
		if (sitemap->rows[i].changed.year) {
			html_lit(b, "<lastmod>");
			civil_rfc3339(b, sitemap->rows[i].changed);
			html_lit(b, "</lastmod>");
		}
		html_raw(b, end);
	}
}

void sitemap_urls(struct buf *b, const struct view_paper *paper,
    const struct view_sitemap *sitemap)
{
	html_lit(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset "
		    "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	put_rows(b, paper, sitemap, HTML("<url>"), HTML("</url>\n"));
	html_lit(b, "</urlset>\n");
}

void sitemap_index(struct buf *b, const struct view_paper *paper,
    const struct view_sitemap *sitemap)
{
	html_lit(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex "
		    "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	put_rows(b, paper, sitemap, HTML("<sitemap>"), HTML("</sitemap>\n"));
	html_lit(b, "</sitemapindex>\n");
}

/* Google wants ISO 639, and a region only for the two kinds of Chinese. */
static void put_news_lang(struct buf *b, struct str lang)
{
	struct str primary = lang_is_valid(lang) ? lang_base(lang) : STR("en");

	html_text(b, primary);
	if (!str_eq_fold(primary, STR("zh")))
		return;
	if (str_find_str(lang, STR("Hant")) < lang.n ||
	    str_find_str(lang, STR("TW")) < lang.n ||
	    str_find_str(lang, STR("HK")) < lang.n)
		html_lit(b, "-tw");
	else
		html_lit(b, "-cn");
}

void sitemap_news(
    struct buf *b, const struct view_paper *paper, const struct view_news *news)
{
	html_lit(b,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset "
	    "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
	    "xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\""
	    ">\n");
	for (size_t i = 0; i < news->rows_n; i++) {
		const struct view_news_row *row = &news->rows[i];

		html_lit(b, "<url>");
		put_location(b, paper, row->url);
		html_lit(b, "\n<news:news>\n<news:publication><news:name>");
		html_text(b, paper->name);
		html_lit(b, "</news:name><news:language>");
		put_news_lang(
		    b, lang_is_valid(row->lang) ? row->lang : paper->lang);
		html_lit(b, "</news:language></news:publication>\n"
			    "<news:publication_date>");
		civil_rfc3339(b, row->published);
		html_lit(b, "</news:publication_date>\n<news:title>");
		html_text(b, row->headline);
		html_lit(b, "</news:title>\n</news:news>\n</url>\n");
	}
	html_lit(b, "</urlset>\n");
}

void robots_txt(struct buf *b, const struct view_paper *paper)
{
	/* A gift's address is one reader's secret. */
	buf_lit(b, "User-agent: *\nDisallow: /support/gift/\n\nSitemap: ");
	buf_add(b, paper->origin);
	buf_lit(b, "/sitemap.xml\nSitemap: ");
	buf_add(b, paper->origin);
	buf_lit(b, "/news-sitemap.xml\n");
}

static void put_hash(struct buf *b, struct str sha256_base64)
{
	if (!sha256_base64.n)
		return;
	buf_lit(b, " 'sha256-");
	buf_add(b, sha256_base64);
	buf_char(b, '\'');
}

void page_csp(struct buf *b, struct str css_sha256_base64,
    struct str support_sha256_base64)
{
	buf_lit(b, "default-src 'none'; style-src");
	put_hash(b, css_sha256_base64);
	put_hash(b, support_sha256_base64);
	buf_lit(b, "; img-src 'self'; base-uri 'none'; form-action 'self'; "
		   "frame-ancestors 'none'");
}
