/* SPDX-License-Identifier: MIT
 *
 * Addresses; see route.h. All is read strictly: what route_target would not
 * write in the same way is no address of ours, but for the few that are
 * "moved".
 */
#include "site/route.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/instant.h"
#include "base/must.h"
#include "base/utf8.h"

enum {
	SLUG_BYTES_MAX = 400, /* 80 characters, and names that were imported */
	PICTURE_NAME_MAX = 200,
	PART_MAX = 9999,
	SEGMENTS_MAX = 6,
	CHOICE_MAX = 24,
	PURPOSE_MAX = 700, /* bytes as route_target writes them */
	TOKEN_MAX = 64,	   /* what is longer is none */
};

/* Digits only, exactly as many as S has; at most 9. */
static bool read_digits(struct str s, size_t width, int32_t *ret_n)
{
	int32_t n = 0;

	if (s.n != width)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_is_digit(s.p[i]))
			return false;
		n = n * 10 + (s.p[i] - '0');
	}
	*ret_n = n;
	return true;
}

static bool read_year(struct str s, struct route *r)
{
	return read_digits(s, 4, &r->year) && r->year >= 1;
}

static bool read_month(struct str s, struct route *r)
{
	int32_t n;

	if (!read_digits(s, 2, &n) || n < 1 || n > 12)
		return false;
	r->month = (uint8_t)n;
	return true;
}

static bool read_day(struct str s, struct route *r)
{
	int32_t n;

	if (!read_digits(s, 2, &n) || n < 1 ||
	    (unsigned)n > civil_month_days(r->year, r->month))
		return false;
	r->day = (uint8_t)n;
	return true;
}

/* A segment that could name something: the slug rules proper are the paper's;
 * here only what no name can hold is refused. */
static bool is_slug(struct str s)
{
	if (s.n == 0 || s.n > SLUG_BYTES_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c <= ' ' || c == '/' || c == 0x7f)
			return false;
	}
	return utf8_is_valid(s);
}

/* --- Queries ---------------------------------------------------------- */

static void put_key(struct buf *b, struct public_key key)
{
	buf_i64(b, key.published_us);
	buf_char(b, '.');
	buf_i64(b, key.id);
}

static enum rc key_read(struct str s, struct public_key *ret_key)
{
	struct public_key key;
	struct str rest = s;
	struct str us = str_cut(&rest, '.');
	char room[64];
	int n;

	if (str_i64(us, &key.published_us) || str_i64(rest, &key.id) ||
	    key.id < 1 || key.id == INT64_MAX)
		return RC_INVALID;
	/* One key, one text: no "+1", no "007", no "-0". */
	n = snprintf(room, sizeof(room), "%lld.%lld",
	    (long long)key.published_us, (long long)key.id);
	if (!str_eq(s, (struct str){room, (size_t)n}))
		return RC_INVALID;
	*ret_key = key;
	return RC_OK;
}

/* Takes before= or after= out of the query, of which there may be one. */
static enum rc read_paging(struct str query, struct route *r)
{
	while (query.p) {
		struct str value = str_cut(&query, '&');
		struct str name = str_cut(&value, '=');
		enum route_paging paging;

		if (str_eq(name, STR("before")))
			paging = PAGING_BEFORE;
		else if (str_eq(name, STR("after")) && r->kind != ROUTE_DAY)
			paging = PAGING_AFTER;
		else
			continue;
		if (r->paging != PAGING_FIRST || key_read(value, &r->key))
			return RC_NOT_FOUND;
		r->paging = paging;
	}
	return RC_OK;
}

static bool is_choice(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alpha(s.p[i]) && !ascii_is_digit(s.p[i]))
			return false;
	return s.n > 0 && s.n <= CHOICE_MAX;
}

/* The byte at *AT, decoded; -1 if it is none that may stand here. */
static int next_byte(struct str s, size_t *at)
{
	char c = s.p[(*at)++];
	int high, low;

	if (c != '%')
		return c > ' ' && c < 0x7f ? c : -1;
	if (s.n - *at < 2)
		return -1;
	high = ascii_hex(s.p[*at]);
	low = ascii_hex(s.p[*at + 1]);
	*at += 2;
	if (high < 0 || low < 0 || high < 2 || (high == 7 && low == 15))
		return -1;
	return high * 16 + low;
}

/* Stands in an address as it is. */
static bool is_plain(int c)
{
	return ascii_is_alpha((char)c) || ascii_is_digit((char)c) ||
	       memchr("-._~/", c, 5);
}

/* Measured as it will be written, however it came. */
static bool is_purpose(struct str s)
{
	size_t at = 0;
	size_t n = 0;

	while (at < s.n) {
		int c = next_byte(s, &at);

		if (c < 0)
			return false;
		n += is_plain(c) ? 1 : 3;
	}
	return n > 0 && n <= PURPOSE_MAX;
}

/* What is not understood is left out, like all that is not known here. */
static void read_support_query(struct str query, struct route *r)
{
	while (query.p) {
		struct str value = str_cut(&query, '&');
		struct str name = str_cut(&value, '=');

		if (str_eq(name, STR("amount")) && is_choice(value))
			r->choice = value;
		else if (str_eq(name, STR("for")) && is_purpose(value))
			r->purpose = value;
	}
}

/* --- Paths ------------------------------------------------------------ */

static bool read_feed(struct str name, struct route *r)
{
	static const struct {
		struct str name;
		enum route_feed feed;
	} feeds[] = {
	    {STR_INIT("feed.rss"), FEED_RSS},
	    {STR_INIT("feed.atom"), FEED_ATOM},
	    {STR_INIT("feed.json"), FEED_JSON},
	};

	for (size_t i = 0; i < sizeof(feeds) / sizeof(*feeds); i++) {
		if (str_eq(name, feeds[i].name)) {
			r->kind = ROUTE_FEED;
			r->feed = feeds[i].feed;
			return true;
		}
	}
	return false;
}

static bool read_corrections_feed(struct str form, struct route *r)
{
	r->kind = ROUTE_CORRECTIONS_FEED;
	r->feed = str_eq(form, STR("atom"))   ? FEED_ATOM
		  : str_eq(form, STR("json")) ? FEED_JSON
					      : FEED_RSS;
	return r->feed != FEED_RSS || str_eq(form, STR("rss"));
}

/* "YYYY-MM.xml" or "YYYY-MM-PART.xml", behind "sitemap-". */
static bool read_sitemap(struct str s, struct route *r)
{
	struct str year, month;
	uint64_t part = 1;

	if (!str_ends(s, STR(".xml")))
		return false;
	s.n -= strlen(".xml");
	year = str_cut(&s, '-');
	month = str_cut(&s, '-');
	if (!read_year(year, r) || !read_month(month, r))
		return false;
	if (s.p && (s.n == 0 || s.p[0] == '0' || str_u64(s, PART_MAX, &part) ||
		       part < 2))
		return false;
	r->kind = ROUTE_SITEMAP_MONTH;
	r->part = (uint32_t)part;
	return true;
}

/* A name that is one plain file of the folder: letters, digits, "-", "_" and
 * single points inside, ended by a kind of picture that browsers know. */
static bool read_picture(struct str name, struct route *r)
{
	static const struct {
		struct str end;
		struct str type;
	} types[] = {
	    {STR_INIT(".jpg"), STR_INIT("image/jpeg")},
	    {STR_INIT(".jpeg"), STR_INIT("image/jpeg")},
	    {STR_INIT(".png"), STR_INIT("image/png")},
	    {STR_INIT(".webp"), STR_INIT("image/webp")},
	    {STR_INIT(".avif"), STR_INIT("image/avif")},
	    {STR_INIT(".gif"), STR_INIT("image/gif")},
	    {STR_INIT(".svg"), STR_INIT("image/svg+xml")},
	};

	if (name.n > PICTURE_NAME_MAX || str_starts(name, STR(".")))
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '-' &&
		    c != '_' && (c != '.' || name.p[i - 1] == '.'))
			return false;
	}
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		if (str_ends(name, types[i].end)) {
			r->kind = ROUTE_PICTURE;
			r->slug = name;
			r->type = types[i].type;
			return true;
		}
	}
	return false;
}

/* Paths of one segment. */
static bool read_one(struct str name, struct route *r)
{
	static const struct {
		struct str name;
		enum route_kind kind;
	} plain[] = {
	    {STR_INIT("about"), ROUTE_ABOUT},
	    {STR_INIT("archive"), ROUTE_ARCHIVE},
	    {STR_INIT("corrections"), ROUTE_CORRECTIONS},
	    {STR_INIT("robots.txt"), ROUTE_ROBOTS},
	    {STR_INIT("sitemap.xml"), ROUTE_SITEMAP_INDEX},
	    {STR_INIT("news-sitemap.xml"), ROUTE_SITEMAP_NEWS},
	    {STR_INIT("favicon.svg"), ROUTE_FAVICON},
	    {STR_INIT("favicon.ico"), ROUTE_FAVICON_ICO},
	    {STR_INIT("support"), ROUTE_SUPPORT},
	};

	for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++) {
		if (str_eq(name, plain[i].name)) {
			r->kind = plain[i].kind;
			return true;
		}
	}
	if (str_starts(name, STR("sitemap-")))
		return read_sitemap(str_from(name, strlen("sitemap-")), r);
	if (read_year(name, r)) {
		r->kind = ROUTE_ARCHIVE;
		r->is_moved = true;
		return true;
	}
	if (str_starts(name, STR("corrections.")))
		return read_corrections_feed(
		    str_from(name, strlen("corrections.")), r);
	return read_feed(name, r);
}

/* Behind /archive/ . */
static bool read_archive(const struct str *v, size_t n, struct route *r)
{
	r->kind = ROUTE_ARCHIVE;
	return n <= 2 && read_year(v[0], r) && (n < 2 || read_month(v[1], r));
}

/* A number from 1, without leading zeros. */
static bool read_number(struct str s, uint32_t *ret_n)
{
	uint64_t n;

	if (s.n == 0 || s.p[0] == '0' || str_u64(s, PART_MAX, &n))
		return false;
	*ret_n = (uint32_t)n;
	return true;
}

/* Behind /YYYY/MM/DD/SLUG/ : "versions", "versions/N", "versions/N-M". */
static bool read_versions(const struct str *v, size_t n, struct route *r)
{
	struct str number, to;

	if (n > 2 || !str_eq(v[0], STR("versions")))
		return false;
	r->kind = ROUTE_VERSIONS;
	r->slug = str_part(r->path, 0, (size_t)(v[0].p - r->path.p) - 1);
	if (n == 1)
		return true;
	to = v[1];
	number = str_cut(&to, '-');
	r->kind = to.p ? ROUTE_COMPARE : ROUTE_VERSION;
	return read_number(number, &r->part) &&
	       (!to.p ||
		   (read_number(to, &r->part_to) && r->part < r->part_to));
}

/* /YYYY/MM, /YYYY/MM/DD, /YYYY/MM/DD/SLUG and what lies below that */
static bool read_dated(const struct str *v, size_t n, struct route *r)
{
	if (!read_year(v[0], r) || !read_month(v[1], r))
		return false;
	if (n == 2) {
		r->kind = ROUTE_ARCHIVE;
		r->is_moved = true;
		return true;
	}
	r->kind = n == 3 ? ROUTE_DAY : ROUTE_STORY;
	return read_day(v[2], r) && (n == 3 || is_slug(v[3])) &&
	       (n < 5 || read_versions(v + 4, n - 4, r));
}

static bool read_list(const struct str *v, size_t n, struct route *r)
{
	if (str_eq(v[0], STR("section")))
		r->list = PUBLIC_SECTION;
	else if (str_eq(v[0], STR("person")))
		r->list = PUBLIC_PERSON;
	else if (str_eq(v[0], STR("tag")))
		r->list = PUBLIC_TAG;
	else
		return false;
	r->kind = ROUTE_LIST;
	r->slug = v[1];
	return is_slug(v[1]) && (n == 2 || (n == 3 && read_feed(v[2], r)));
}

/* Behind /support/ . */
static bool read_support(const struct str *v, size_t n, struct route *r)
{
	if (str_eq(v[0], STR("gift"))) {
		if (n < 2 || n > 3 || !is_slug(v[1]) || v[1].n > TOKEN_MAX ||
		    (n == 3 && !str_eq(v[2], STR("receipt"))))
			return false;
		r->kind = n == 2 ? ROUTE_GIFT : ROUTE_RECEIPT;
		r->slug = v[1];
		return true;
	}
	if (str_eq(v[0], STR("ledger")))
		r->kind = ROUTE_LEDGER;
	else if (str_eq(v[0], STR("ledger.json")))
		r->kind = ROUTE_LEDGER_FILE;
	else if (str_eq(v[0], STR("verify")))
		r->kind = ROUTE_VERIFY;
	else if (str_eq(v[0], STR("verify.html")))
		r->kind = ROUTE_VERIFY_FILE;
	else
		return false;
	return n == 1;
}

static bool read_path(const struct str *v, size_t n, struct route *r)
{
	if (n == 1)
		return read_one(v[0], r);
	if (str_eq(v[0], STR("support")))
		return read_support(v + 1, n - 1, r);
	if (str_eq(v[0], STR("archive")))
		return read_archive(v + 1, n - 1, r);
	if (str_eq(v[0], STR("about"))) {
		r->kind = ROUTE_ABOUT;
		r->slug = v[1];
		return n == 2 && is_slug(v[1]);
	}
	if (str_eq(v[0], STR("pictures")))
		return n == 2 && read_picture(v[1], r);
	if (v[0].n == 4 && ascii_is_digit(v[0].p[0]))
		return read_dated(v, n, r);
	return read_list(v, n, r);
}

enum rc route_parse(struct str path, struct str query, struct route *ret_route)
{
	struct route r = {.kind = ROUTE_FRONT, .part = 1, .path = path};
	struct str v[SEGMENTS_MAX];
	struct str rest;
	size_t n = 0;

	if (!str_starts(path, STR("/")))
		return RC_NOT_FOUND;
	if (path.n > 1 && path.p[path.n - 1] == '/') {
		r.is_moved = true;
		r.path.n--;
	}
	rest = str_from(r.path, 1);
	if (rest.n > 0) {
		while (rest.p && n < SEGMENTS_MAX)
			v[n++] = str_cut(&rest, '/');
		if (rest.p || !read_path(v, n, &r))
			return RC_NOT_FOUND;
	} else if (path.n > 1) {
		return RC_NOT_FOUND; /* "//" */
	}
	if ((r.kind == ROUTE_LIST || r.kind == ROUTE_DAY ||
		r.kind == ROUTE_CORRECTIONS) &&
	    read_paging(query, &r))
		return RC_NOT_FOUND;
	if (r.kind == ROUTE_SUPPORT)
		read_support_query(query, &r);
	*ret_route = r;
	return RC_OK;
}

bool route_is_support(const struct route *route)
{
	return route->kind >= ROUTE_SUPPORT;
}

/* --- Writing ---------------------------------------------------------- */

static void put_encoded(struct buf *b, char c)
{
	static const char hex[] = "0123456789ABCDEF";

	if (is_plain((unsigned char)c)) {
		buf_char(b, c);
	} else {
		buf_char(b, '%');
		buf_char(b, hex[(unsigned char)c >> 4]);
		buf_char(b, hex[(unsigned char)c & 15]);
	}
}

void route_encode(struct buf *b, struct str path)
{
	for (size_t i = 0; i < path.n; i++)
		put_encoded(b, path.p[i]);
}

void route_purpose(struct buf *b, struct str purpose)
{
	size_t at = 0;

	while (at < purpose.n)
		put_encoded(b, (char)next_byte(purpose, &at));
}

void route_purpose_text(struct buf *b, struct str purpose)
{
	size_t at = 0;

	while (at < purpose.n)
		buf_char(b, (char)next_byte(purpose, &at));
}

static bool has_query(const struct route *r)
{
	return r->paging != PAGING_FIRST || r->choice.n || r->purpose.n;
}

static void put_query(struct buf *b, const struct route *r)
{
	if (r->paging != PAGING_FIRST) {
		buf_add(b, r->paging == PAGING_BEFORE ? STR("before=")
						      : STR("after="));
		put_key(b, r->key);
	}
	if (r->purpose.n) {
		buf_lit(b, "for=");
		route_purpose(b, r->purpose);
	}
	if (r->choice.n) {
		buf_add(b, r->purpose.n ? STR("&amount=") : STR("amount="));
		buf_add(b, r->choice);
	}
}

/* The path as it would be decoded. */
static void put_path(struct buf *b, const struct route *r)
{
	if (r->kind == ROUTE_FRONT) {
		buf_char(b, '/');
	} else if (r->kind == ROUTE_ARCHIVE && r->is_moved && r->year) {
		buf_lit(b, "/archive/");
		buf_u64_wide(b, (uint64_t)r->year, 4);
		if (r->month) {
			buf_char(b, '/');
			buf_u64_wide(b, r->month, 2);
		}
	} else {
		buf_add(b, r->path);
	}
}

void route_target(struct buf *b, const struct route *route)
{
	struct route r = *route;

	if (r.kind == ROUTE_FRONT || (r.kind == ROUTE_ARCHIVE && r.is_moved))
		put_path(b, &r); /* nothing in it to encode */
	else
		route_encode(b, r.path);
	if (!has_query(&r))
		return;
	buf_char(b, '?');
	put_query(b, &r);
}

void route_key(struct buf *b, const struct route *route)
{
	put_path(b, route);
	if (!has_query(route))
		return;
	buf_char(b, '\0');
	put_query(b, route);
}

void route_page(struct buf *b, struct str base, enum route_paging paging,
    struct public_key key)
{
	struct route r = {.paging = paging, .key = key};

	must(paging != PAGING_FIRST);
	buf_add(b, base);
	buf_char(b, '?');
	put_query(b, &r);
}

void route_list(struct buf *b, enum public_list list, struct str slug)
{
	must(list != PUBLIC_ALL);
	buf_add(b, list == PUBLIC_SECTION  ? STR("/section/")
		   : list == PUBLIC_PERSON ? STR("/person/")
					   : STR("/tag/"));
	route_encode(b, slug);
}

void route_sitemap(struct buf *b, int32_t year, uint8_t month, uint32_t part)
{
	buf_lit(b, "/sitemap-");
	buf_u64_wide(b, (uint64_t)year, 4);
	buf_char(b, '-');
	buf_u64_wide(b, month, 2);
	if (part > 1) {
		buf_char(b, '-');
		buf_u64(b, part);
	}
	buf_lit(b, ".xml");
}
