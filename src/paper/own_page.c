/* SPDX-License-Identifier: MIT
 *
 * Addresses at which the paper itself answers; see own_page.h.
 */
#include "paper/own_page.h"

#include "base/utf8.h"
#include "paper/paper_priv.h"
#include "paper/term.h"

static bool is_among(struct str s, const char *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(s, str_of(v[i])))
			return true;
	return false;
}

static bool is_feed(struct str name)
{
	static const char *const feeds[] = {
	    "feed.rss", "feed.atom", "feed.json"};

	return is_among(name, feeds, sizeof(feeds) / sizeof(*feeds));
}

/* Those that are there whatever is published. Nothing below "support" leads
 * elsewhere, for nothing is kept about who asks for it. */
static bool is_plain(struct str path)
{
	static const char *const plain[] = {"/about", "/archive",
	    "/corrections", "/corrections.rss", "/corrections.atom",
	    "/corrections.json", "/robots.txt", "/sitemap.xml",
	    "/news-sitemap.xml", "/favicon.svg", "/favicon.ico", "/support",
	    "/support/ledger", "/support/ledger.json", "/support/verify",
	    "/support/verify.html"};

	return is_among(path, plain, sizeof(plain) / sizeof(*plain)) ||
	       is_feed(str_from(path, 1)) ||
	       str_starts(path, STR("/support/gift/"));
}

static bool is_digits(struct str s, size_t width)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_digit(s.p[i]))
			return false;
	return s.n == width;
}

/* "/YYYY" and "/YYYY/MM", which lead to the archive's. */
static bool is_month(struct str path)
{
	struct str rest = str_from(path, 1);
	struct str year = str_cut(&rest, '/');
	uint64_t month;

	return is_digits(year, 4) && !str_eq(year, STR("0000")) &&
	       (!rest.p ||
		   (is_digits(rest, 2) && str_u64(rest, 12, &month) == RC_OK &&
		       month > 0));
}

/* "/section/SLUG", "/tag/SLUG/feed.rss". RC_NOT_FOUND: no such path. */
static enum rc list_of(
    struct str path, enum term_kind *ret_kind, struct str *ret_slug)
{
	struct str rest = str_from(path, 1);
	struct str list = str_cut(&rest, '/');
	struct str slug = str_cut(&rest, '/');

	if (slug.n == 0 || (rest.p && !is_feed(rest)))
		return RC_NOT_FOUND;
	if (str_eq(list, STR("section")))
		*ret_kind = TERM_SECTION;
	else if (str_eq(list, STR("person")))
		*ret_kind = TERM_PERSON;
	else if (str_eq(list, STR("tag")))
		*ret_kind = TERM_TAG;
	else
		return RC_NOT_FOUND;
	*ret_slug = slug;
	return RC_OK;
}

enum rc own_page_find(struct paper *paper, struct str path, bool *ret_is_own)
{
	enum term_kind kind;
	struct str slug;
	struct query *q;
	int64_t id;
	enum rc rc;

	*ret_is_own = is_plain(path) || is_month(path);
	if (*ret_is_own || list_of(path, &kind, &slug) != RC_OK)
		return RC_OK;
	q = store_query(paper->edition,
	    SQL("SELECT id FROM term WHERE kind = ?1 AND slug = ?2"));
	query_add_i64(q, kind);
	query_add_str(q, slug);
	rc = query_one(q, &id);
	*ret_is_own = rc == RC_OK;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}
