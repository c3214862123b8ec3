/* SPDX-License-Identifier: MIT
 *
 * Manuscripts as Hugo and Jekyll write them, broken ones, and the round trip
 * through manuscript_write.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/manuscript.h"

#include "manuscript_fixture.h"

static void fails(const char *text, size_t n, enum rc want, const char *why)
{
	struct manuscript m = {.body_line = 77};
	struct err err = {0};
	enum rc rc = manuscript_parse(a, (struct str){text, n}, &m, &err);

	if (rc != want)
		fail_msg("%s: %s", rc_name(rc), text);
	assert_int_equal(m.body_line, 77);
	if (!strstr(err.why, why))
		fail_msg("\"%s\" does not say \"%s\"", err.why, why);
}

#define FAILS(text, why) fails((text), sizeof(text) - 1, RC_INVALID, (why))

static void a_hugo_head_is_read(void **state)
{
	struct manuscript m = read_ok(
	    "---\n"
	    "title: \"Harbour: the night shift\"\n"
	    "date: 2024-01-02T10:00:05+01:00\n"
	    "lastmod: 2024-01-03\n"
	    "draft: true\n"
	    "description: >-\n"
	    "  Two lines\n"
	    "  folded.\n"
	    "authors: [Ana Lund, {name: Bo Ek, email: bo@example.org}]\n"
	    "tags: [\"sea\", 'night']\n"
	    "categories:\n"
	    "  - World\n"
	    "  - Trade\n"
	    "cover:\n"
	    "  image: /img/a.jpg\n"
	    "  alt: A crane\n"
	    "  caption: \"The crane\"\n"
	    "  relative: true\n"
	    "aliases: [/old/a/]\n"
	    "slug: night-shift\n"
	    "language: en_GB\n"
	    "params: {toc: true}\n"
	    "---\n"
	    "\n"
	    "The *night* shift.\n");

	(void)state;
	is(m.headline, "Harbour: the night shift");
	is(m.standfirst, "Two lines folded.");
	is(m.slug, "night-shift");
	is(m.section, "World");
	is(m.lang, "en-GB");
	assert_int_equal(m.authors.n, 2);
	is(m.authors.v[0], "Ana Lund");
	is(m.authors.v[1], "Bo Ek");
	assert_int_equal(m.tags.n, 3);
	is(m.tags.v[0], "sea");
	is(m.tags.v[1], "night");
	is(m.tags.v[2], "Trade");
	is(m.picture.url, "/img/a.jpg");
	is(m.picture.alt, "A crane");
	is(m.picture.caption, "The crane");
	is(m.aliases.v[0], "/old/a/");
	assert_true(m.is_draft);
	assert_true(m.has_published && m.published.has_offset);
	assert_int_equal(m.published.hour, 10);
	assert_int_equal(m.published.offset_s, 3600);
	assert_true(m.has_updated && !m.updated.has_time);
	is(m.body, "The *night* shift.");
	assert_int_equal(m.body_line, 25);
	assert_true(left_has(&m, "params"));
	assert_true(left_has(&m, "email"));
	assert_true(left_has(&m, "relative"));
	assert_int_equal(m.left_n, 3);
	assert_int_equal(m.left[2].line, 18);
}

static void a_jekyll_head_is_read(void **state)
{
	struct manuscript m = read_ok("---\r\n"
				      "layout: post\r\n"
				      "title: Harbour\r\n"
				      "date: 2015-11-17 16:16:01 -0600\r\n"
				      "categories: world trade\r\n"
				      "tags: \"sea, night work\"\r\n"
				      "author: Ana Lund\r\n"
				      "published: false\r\n"
				      "permalink: /news/Harbour.html\r\n"
				      "redirect_from:\r\n"
				      "- /a\r\n"
				      "- /b\r\n"
				      "image:\r\n"
				      "  path: /x.jpg\r\n"
				      "...\r\n"
				      "One\r\n\r\nTwo\r\n");

	(void)state;
	is(m.section, "world");
	assert_int_equal(m.tags.n, 3);
	is(m.tags.v[1], "night work");
	is(m.tags.v[2], "trade");
	is(m.slug, "harbour");
	is(m.picture.url, "/x.jpg");
	assert_int_equal(m.aliases.n, 3);
	is(m.aliases.v[2], "/news/Harbour.html");
	assert_int_equal(m.published.offset_s, -6 * 3600);
	assert_true(m.is_draft);
	is(m.body, "One\n\nTwo");
	assert_true(left_has(&m, "layout"));
}

static void a_translation_is_an_address(void **state)
{
	struct manuscript m =
	    read_ok("---\ntitle: A\ntranslations:\n"
		    "  - {lang: de, url: \"javascript:x\"}\n"
		    "  - {lang: fr, url: /2026/01/02/quai}\n---\nB\n");

	(void)state;
	assert_int_equal(m.translations_n, 1);
	is(m.translations[0].lang, "fr");
	assert_true(left_has(&m, "translations"));
}

static void what_cannot_be_used_is_reported(void **state)
{
	struct manuscript m = read_ok("---\n"
				      "title: [a, b]\n"
				      "headline: second\n"
				      "date: soon\n"
				      "draft: perhaps\n"
				      "slug: ../../Etc\n"
				      "lang: not a tag\n"
				      "url: /:year/:slug\n"
				      "tags: [a, [b], c]\n"
				      "tags: [d]\n"
				      "images: [/1.jpg, /2.jpg]\n"
				      "corrections: none\n"
				      "kicker: *k\n"
				      "---\n");

	(void)state;
	is(m.headline, "");
	is(m.slug, "etc");
	is(m.lang, "");
	is(m.picture.url, "/1.jpg");
	assert_int_equal(m.tags.n, 2);
	assert_false(m.has_published);
	assert_true(m.is_draft);
	assert_true(left_has(&m, "title"));
	assert_true(left_has(&m, "headline"));
	assert_true(left_has(&m, "date"));
	assert_true(left_has(&m, "draft"));
	assert_true(left_has(&m, "slug"));
	assert_true(left_has(&m, "lang"));
	assert_true(left_has(&m, "images"));
	assert_true(left_has(&m, "corrections"));
	assert_true(left_has(&m, "kicker"));
	assert_true(left_has(&m, "url"));
	assert_int_equal(m.left_n, 12);
}

static void no_name_holds_what_is_not_seen(void **state)
{
	struct manuscript m =
	    read_ok("---\n"
		    "title: \"A\xE2\x80\xAE title\"\n"
		    "authors: [\"\xE2\x80\xAEnnA\", \"\xE3\x85\xA4\","
		    " \"To\xE2\x81\xA7m Ott\"]\n"
		    "tags: [\"\xE2\x80\x8Bsea\"]\n"
		    "section: \"\xE2\x80\x8EPort\"\n"
		    "description: \"\xE2\x80\x8F\xD7\x90\"\n"
		    "---\n"
		    "B.\n");

	(void)state;
	is(m.headline, "A title");
	assert_int_equal(m.authors.n, 2);
	is(m.authors.v[0], "nnA");
	is(m.authors.v[1], "Tom Ott");
	is(m.tags.v[0], "sea");
	is(m.section, "Port");
	/* A mark that only says which way a text runs may stand in one. */
	is(m.standfirst, "\xE2\x80\x8F\xD7\x90");
	assert_true(left_has(&m, "title") && left_has(&m, "authors"));
	assert_false(left_has(&m, "description"));
}

static void broken_files_are_refused_with_their_line(void **state)
{
	(void)state;
	FAILS("---\ntitle: a\n\nText\n", "line 1: the head that starts here");
	FAILS("---\ntitle: \"a\n---\n", "line ");
	FAILS("---\ntitle: a\nb: [1, 2\n---\n", "line ");
	FAILS("---\ntitle: a\n\tb: c\n---\n", "line 3: a tab");
	FAILS("---\ntitle: a: b: c\n---\n", "line 2: a colon inside");
	FAILS("---\ntitle: \"No end\ndate: x\n---\n",
	    "line 2: the text in quotation marks");
	FAILS("---\ntitle: a\n--- b\n---\n", "line 3");
	FAILS("---\n- a\n---\n", "line 2");
	FAILS("---\nhello\n---\n", "line 2");
	FAILS("---\ntitle: a\n---\nOne\ncaf\xE9\n", "line 5: not UTF-8");
	FAILS("One\nTwo\0Three\n", "line 2: a NUL");
	FAILS("\xFF\xFEO\0n\0", "UTF-16");
	FAILS("+++\ntitle = \"a\"\n+++\n", "hugo convert toYAML");
	FAILS("{\n\"title\": \"a\"\n}\n", "JSON");
	FAILS("{\"title\": \"a\"}\n", "JSON");
	FAILS("---\ntitle: a\x01\n---\n", "line 2");
	FAILS("---\ntitle: \"\\ud800\"\n---\n", "line 2");
}

static void an_encoding_is_named_where_the_text_bears_it_out(void **state)
{
	(void)state;
	/* "Паром не ходил в понедельник. Никто не знал почему." */
	FAILS("\xF0\xC1\xD2\xCF\xCD \xCE\xC5 \xC8\xCF\xC4\xC9\xCC \xD7 "
	      "\xD0\xCF\xCE\xC5\xC4\xC5\xCC\xD8\xCE\xC9\xCB. "
	      "\xEE\xC9\xCB\xD4\xCF \xCE\xC5 \xDA\xCE\xC1\xCC "
	      "\xD0\xCF\xDE\xC5\xCD\xD5.\n",
	    "iconv -f KOI8-R");
	/* The same in windows-1251. */
	FAILS("\xCF\xE0\xF0\xEE\xEC \xED\xE5 \xF5\xEE\xE4\xE8\xEB \xE2 "
	      "\xEF\xEE\xED\xE5\xE4\xE5\xEB\xFC\xED\xE8\xEA. "
	      "\xCD\xE8\xEA\xF2\xEE \xED\xE5 \xE7\xED\xE0\xEB "
	      "\xEF\xEE\xF7\xE5\xEC\xF3.\n",
	    "iconv -f WINDOWS-1251");
	FAILS("a\xFF\xFE\x80\xC0 b\n", "cannot be told");
}

static void too_much_is_refused(void **state)
{
	static char big[MANUSCRIPT_MAX + 2];
	struct buf b;

	(void)state;
	for (size_t i = 0; i < sizeof(big); i++)
		big[i] = 'a';
	fails(big, MANUSCRIPT_MAX + 1, RC_LIMIT, "larger than 1 MB");
	buf_init(&b, 1 << 20);
	buf_lit(&b, "---\na: ");
	buf_fill(&b, '[', 900);
	buf_lit(&b, "\n---\n");
	fails(b.p, b.n, RC_LIMIT, "nested");
	buf_clear(&b);
	buf_lit(&b, "---\na:\n");
	for (int i = 0; i < 9000; i++)
		buf_lit(&b, "- b\n");
	buf_lit(&b, "\n---\n");
	fails(b.p, b.n, RC_LIMIT, "values");
	buf_done(&b);
}

static void a_field_that_is_too_long_is_reported(void **state)
{
	struct manuscript m;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	buf_lit(&b, "---\ntitle: ");
	buf_fill(&b, 'a', MANUSCRIPT_FIELD_MAX + 1);
	buf_lit(&b, "\nkicker: ");
	buf_fill(&b, 'b', MANUSCRIPT_FIELD_MAX);
	buf_lit(&b, "\ntags: [c, ");
	buf_fill(&b, 'd', MANUSCRIPT_FIELD_MAX + 1);
	buf_lit(&b, "]\n---\nText\n");
	buf_char(&b, '\0');
	m = read_ok(b.p);
	is(m.headline, "");
	assert_true(left_has(&m, "title"));
	assert_int_equal(m.kicker.n, MANUSCRIPT_FIELD_MAX);
	assert_int_equal(m.tags.n, 1);
	assert_true(left_has(&m, "tags"));
	buf_clear(&b);
	buf_lit(&b, "# ");
	buf_fill(&b, 'a', MANUSCRIPT_FIELD_MAX + 1);
	buf_lit(&b, "\n\n# Next\n");
	buf_char(&b, '\0');
	m = read_ok(b.p);
	is(m.headline, "Next");
	assert_true(m.body.n > MANUSCRIPT_FIELD_MAX);
	buf_done(&b);
}

static void reports_cut_no_character(void **state)
{
	struct manuscript m;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	buf_lit(&b, "---\ndate: x");
	for (int i = 0; i < 30; i++)
		buf_lit(&b, "\xD0\xA4");
	buf_lit(&b, "\ntags:\n");
	for (int i = 0; i <= MANUSCRIPT_LIST_MAX; i++) {
		buf_lit(&b, " - x");
		buf_u64(&b, (uint64_t)i % 10);
		buf_u64(&b, (uint64_t)i / 10);
		for (int k = 0; k < 40; k++)
			buf_lit(&b, "\xD0\xA4");
		buf_lit(&b, "\n");
	}
	buf_lit(&b, "---\n");
	buf_char(&b, '\0');
	m = read_ok(b.p);
	assert_true(m.left_n >= 2);
	for (size_t i = 0; i < m.left_n; i++)
		assert_true(utf8_is_valid(m.left[i].why));
	buf_done(&b);
}

static void aliases_do_not_grow(void **state)
{
	struct manuscript m = read_ok("---\n"
				      "a: &a [x, x, x, x, x, x, x, x, x]\n"
				      "b: &b [*a, *a, *a, *a, *a, *a, *a]\n"
				      "c: &c [*b, *b, *b, *b, *b, *b, *b]\n"
				      "tags: [*c, *c, d]\n"
				      "---\n");

	(void)state;
	assert_int_equal(m.tags.n, 1);
	is(m.tags.v[0], "d");
}

static void the_first_heading_is_the_headline(void **state)
{
	struct manuscript m = read_ok("# The headline #\n\nText\n");

	(void)state;
	is(m.headline, "The headline");
	is(m.body, "Text");
	assert_int_equal(m.body_line, 3);
	m = read_ok("The headline\n============\n\nText\n");
	is(m.headline, "The headline");
	is(m.body, "Text");
	assert_int_equal(m.body_line, 4);
	m = read_ok("Text\n\n## Below\n");
	is(m.headline, "Below");
	is(m.body, "Text\n\n## Below");
	m = read_ok("---\ndate: 2024-01-02\n---\n# Top\n\nText\n");
	is(m.headline, "Top");
	is(m.body, "Text");
	m = read_ok("---\ntitle: T\n---\n# Top\n\nText\n");
	is(m.headline, "T");
	is(m.body, "# Top\n\nText");
	m = read_ok("# Learning C#\n\nText\n");
	is(m.headline, "Learning C#");
	m = read_ok("# Learning C# #\n\nText\n");
	is(m.headline, "Learning C#");
	m = read_ok("Budget 2027\n=EUR5m\n\nText\n");
	is(m.headline, "");
	is(m.body, "Budget 2027\n=EUR5m\n\nText");
	m = read_ok("Budget 2027\n=====  \n\nText\n");
	is(m.headline, "Budget 2027");
	m = read_ok("# A\u202e night\n\nText\n");
	is(m.headline, "A night");
	m = read_ok("Text\n\n## A\u202a night\n");
	is(m.headline, "A night");
	m = read_ok("{{< figure src=\"a.jpg\" >}}\n");
	is(m.body, "{{< figure src=\"a.jpg\" >}}");
	m = read_ok("");
	is(m.body, "");
}

static void the_file_name_fills_the_gaps(void **state)
{
	struct manuscript m = read_ok("Text\n");

	(void)state;
	assert_int_equal(manuscript_from_name(
			     a, &m, STR("_posts/2024-01-02-night-shift.md")),
	    RC_OK);
	is(m.slug, "night-shift");
	is(m.headline, "Night shift");
	assert_true(m.has_published);
	assert_int_equal(m.published.day, 2);
	assert_true(left_has(&m, "title"));
	m = read_ok("---\ntitle: T\nslug: s\ndate: 2020-05-05\n---\n");
	assert_int_equal(
	    manuscript_from_name(a, &m, STR("2024-01-02-x.md")), RC_OK);
	is(m.slug, "s");
	is(m.headline, "T");
	assert_int_equal(m.published.year, 2020);
	m = read_ok("---\ntitle: T\n---\n");
	assert_int_equal(manuscript_from_name(a, &m,
			     STR("content/posts/hafen-nacht/index.de.md")),
	    RC_OK);
	is(m.slug, "hafen-nacht");
	is(m.lang, "de");
	m = read_ok("---\ntitle: T\n---\n");
	assert_int_equal(manuscript_from_name(a, &m, STR("\xFF.md")), RC_OK);
	is(m.slug, "");
}

static void what_no_page_shows_gets_out_of_a_file_into_no_headline(void **state)
{
	static const struct {
		const char *path, *headline, *slug;
	} rows[] = {
	    {"2024-01-02-a\u202e-night\x01.md", "A night", "a-night"},
	    {"\u200b\u2066night\u2069.md", "Night", "night"},
	    {"\u200b.md", "", ""},
	    {" a\nb .md", "A b", "a-b"},
	    {"می\u200cخواهم.md", "می\u200cخواهم", "می-خواهم"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct manuscript m = read_ok("Text\n");

		assert_int_equal(
		    manuscript_from_name(a, &m, str_of(rows[i].path)), RC_OK);
		is(m.headline, rows[i].headline);
		is(m.slug, rows[i].slug);
	}
}

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

/* Texts that have broken YAML writers before. */
static struct str nasty(uint64_t *seed, bool may_be_empty)
{
	static const char *const bits[] = {"\"", "'", ": ", "- ", "\n", "---",
	    "\n---\n", "\n...\n", "# ", "\\", "\\n", "{", "}", "[", "]", "*a",
	    "&a", "!", "|", ">", "%", "@", "`", ",", "\t", "é", "\u2028",
	    "\xC2\x85", "\uFEFF", "🙂", "null", "~", "true", "1",
	    "2024-01-02", " ", "  ", "word", "слово", "كلمة", "\uFFFE",
	    "\uFFFD", "<b>"};
	struct buf b;
	uint32_t n = next_random(seed) % 6 + (may_be_empty ? 0 : 1);

	buf_init_arena(&b, a, 1000);
	for (uint32_t i = 0; i < n; i++)
		buf_add(&b, str_of(bits[next_random(seed) %
					(sizeof(bits) / sizeof(bits[0]))]));
	return n ? buf_str(&b) : STR_NONE;
}

/* One that may be a name: without what is not seen. */
static struct str nasty_name(uint64_t *seed)
{
	struct str s = nasty(seed, true), mark = STR("\uFEFF");
	struct buf b;

	buf_init_arena(&b, a, 1000);
	while (s.n > 0) {
		size_t n = str_find_str(s, mark);

		buf_add(&b, str_part(s, 0, n));
		s = str_from(s, n + mark.n);
	}
	return b.n > 0 ? buf_str(&b) : STR_NONE;
}

static struct str_list nasty_list(uint64_t *seed)
{
	struct str_list list = {0};
	size_t n = next_random(seed) % 4;

	list.v = ARENA_ARRAY(a, struct str, n);
	for (size_t i = 0; i < n; i++) {
		/* A number makes each one different. */
		struct str s = nasty_name(seed);

		list.v[list.n++] = arena_printf(a, "%.*s%zu", STR_ARG(s), i);
	}
	return list;
}

static struct civil random_civil(uint64_t *seed)
{
	struct civil c = {.year = (int32_t)(1 + next_random(seed) % 9999),
	    .month = (uint8_t)(1 + next_random(seed) % 12),
	    .day = (uint8_t)(1 + next_random(seed) % 28)};

	c.has_time = next_random(seed) % 2;
	if (c.has_time) {
		c.hour = (uint8_t)(next_random(seed) % 24);
		c.minute = (uint8_t)(next_random(seed) % 60);
		c.second = (uint8_t)(next_random(seed) % 60);
		c.has_offset = next_random(seed) % 2;
	}
	if (c.has_offset)
		c.offset_s = ((int32_t)(next_random(seed) % 53) - 24) * 1800;
	return c;
}

static void same_list(const struct str_list *one, const struct str_list *other)
{
	assert_int_equal(one->n, other->n);
	for (size_t i = 0; i < one->n; i++)
		assert_true(str_eq(one->v[i], other->v[i]));
}

static void same_civil(struct civil one, struct civil other)
{
	assert_int_equal(one.year, other.year);
	assert_int_equal(one.month, other.month);
	assert_int_equal(one.day, other.day);
	assert_int_equal(one.hour, other.hour);
	assert_int_equal(one.minute, other.minute);
	assert_int_equal(one.second, other.second);
	assert_int_equal(one.offset_s, other.offset_s);
	assert_int_equal(one.has_offset, other.has_offset);
	assert_int_equal(one.has_time, other.has_time);
}

static void same(struct str one, struct str other)
{
	if (!str_eq(one, other))
		fail_msg("<%.*s>, then <%.*s>", STR_ARG(one), STR_ARG(other));
}

static struct manuscript random_manuscript(uint64_t *seed)
{
	struct manuscript m = {
	    .headline = nasty(seed, true),
	    .kicker = nasty(seed, true),
	    .standfirst = nasty(seed, true),
	    .section = nasty_name(seed),
	    .dateline = nasty(seed, true),
	    .authors = nasty_list(seed),
	    .tags = nasty_list(seed),
	    .aliases = nasty_list(seed),
	    .slug = next_random(seed) % 2 ? STR("a-b") : STR_NONE,
	    .lang = next_random(seed) % 2 ? STR("pt-BR") : STR_NONE,
	    .picture = {nasty(seed, true), nasty(seed, true), nasty(seed, true),
		nasty(seed, true), nasty(seed, true)},
	    .is_draft = next_random(seed) % 2,
	    .has_published = next_random(seed) % 2,
	    .has_updated = next_random(seed) % 2,
	    .has_embargo = next_random(seed) % 2,
	    .corrections_n = next_random(seed) % 3,
	    .translations_n = next_random(seed) % 3,
	    .published = random_civil(seed),
	    .updated = random_civil(seed),
	    .embargo = random_civil(seed),
	};
	struct str body = nasty(seed, true);

	m.body = arena_printf(a, "x%.*s.", STR_ARG(body));
	m.corrections =
	    ARENA_ARRAY(a, struct manuscript_correction, m.corrections_n);
	for (size_t i = 0; i < m.corrections_n; i++)
		m.corrections[i] = (struct manuscript_correction){
		    random_civil(seed), nasty(seed, false)};
	m.translations =
	    ARENA_ARRAY(a, struct manuscript_translation, m.translations_n);
	for (size_t i = 0; i < m.translations_n; i++)
		m.translations[i] = (struct manuscript_translation){
		    STR("uk"), arena_printf(a, "/2026/01/02/%llx",
				   (unsigned long long)next_random(seed))};
	return m;
}

static void prop_what_is_written_is_read_again(void **state)
{
	uint64_t seed = 1665;

	(void)state;
	printf("seed %llu\n", (unsigned long long)seed);
	for (int i = 0; i < 1000; i++) {
		struct manuscript m = random_manuscript(&seed);
		struct manuscript n;
		struct buf b;
		struct err err = {0};

		buf_init_arena(&b, a, 1 << 16);
		manuscript_write(&b, &m);
		assert_int_equal(buf_rc(&b), RC_OK);
		if (manuscript_parse(a, buf_str(&b), &n, &err))
			fail_msg("%s in <%s>", err.why, b.p);
		assert_int_equal(n.left_n, 0);
		same(m.headline, n.headline);
		same(m.kicker, n.kicker);
		same(m.standfirst, n.standfirst);
		same(m.section, n.section);
		same(m.dateline, n.dateline);
		same(m.slug, n.slug);
		same(m.lang, n.lang);
		same(m.body, n.body);
		same(m.picture.url, n.picture.url);
		same(m.picture.alt, n.picture.alt);
		same(m.picture.caption, n.picture.caption);
		same(m.picture.credit, n.picture.credit);
		same(m.picture.rights, n.picture.rights);
		same_list(&m.authors, &n.authors);
		same_list(&m.tags, &n.tags);
		same_list(&m.aliases, &n.aliases);
		assert_int_equal(m.is_draft, n.is_draft);
		assert_int_equal(m.has_published, n.has_published);
		assert_int_equal(m.has_updated, n.has_updated);
		assert_int_equal(m.has_embargo, n.has_embargo);
		if (m.has_published)
			same_civil(m.published, n.published);
		if (m.has_updated)
			same_civil(m.updated, n.updated);
		if (m.has_embargo)
			same_civil(m.embargo, n.embargo);
		assert_int_equal(m.corrections_n, n.corrections_n);
		for (size_t k = 0; k < m.corrections_n; k++) {
			same_civil(
			    m.corrections[k].date, n.corrections[k].date);
			same(m.corrections[k].text, n.corrections[k].text);
		}
		assert_int_equal(m.translations_n, n.translations_n);
		for (size_t k = 0; k < m.translations_n; k++)
			same(m.translations[k].url, n.translations[k].url);
	}
}

static void an_arena_that_fails_is_reported(void **state)
{
	static const char text[] = "---\ntitle: \"a\\x01\"\ntags: [a, b]\n"
				   "layout: x\ndate: 2024-1-2\n---\nText\r\n";
	unsigned long n = 1;
	enum rc rc = RC_NO_MEMORY;

	(void)state;
	while (rc != RC_OK) {
		struct arena *one = arena_new(1 << 20);
		struct manuscript m;

		arena_fail_after(n++);
		rc = manuscript_parse(one, str_of(text), &m, NULL);
		arena_fail_after(0);
		if (rc)
			assert_int_equal(rc, RC_NO_MEMORY);
		arena_free(one);
		if (!arena_is_spent(a) && n > 1000)
			fail_msg("never succeeds");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_hugo_head_is_read),
	    cmocka_unit_test(a_jekyll_head_is_read),
	    cmocka_unit_test(a_translation_is_an_address),
	    cmocka_unit_test(what_cannot_be_used_is_reported),
	    cmocka_unit_test(no_name_holds_what_is_not_seen),
	    cmocka_unit_test(broken_files_are_refused_with_their_line),
	    cmocka_unit_test(an_encoding_is_named_where_the_text_bears_it_out),
	    cmocka_unit_test(too_much_is_refused),
	    cmocka_unit_test(a_field_that_is_too_long_is_reported),
	    cmocka_unit_test(reports_cut_no_character),
	    cmocka_unit_test(aliases_do_not_grow),
	    cmocka_unit_test(the_first_heading_is_the_headline),
	    cmocka_unit_test(the_file_name_fills_the_gaps),
	    cmocka_unit_test(
		what_no_page_shows_gets_out_of_a_file_into_no_headline),
	    cmocka_unit_test(prop_what_is_written_is_read_again),
	    cmocka_unit_test(an_arena_that_fails_is_reported),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
