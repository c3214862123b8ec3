/* SPDX-License-Identifier: MIT
 *
 * Who wrote a manuscript, the addresses that it had elsewhere, and what its
 * file's name says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "text/manuscript.h"

#include "manuscript_fixture.h"

static void no_mail_address_of_an_author_is_carried(void **state)
{
	struct manuscript m =
	    read_ok("---\ntitle: A\nauthors:\n- Ann Lee <ann@x.org>\n"
		    "- '\"Bo Ek\" <bo@x.org> <b@x.org>'\n- cy@x.org\n"
		    "- Team <Harbour>\n- '@dee'\n---\nB.\n");

	(void)state;
	assert_int_equal(m.authors.n, 4);
	is(m.authors.v[0], "Ann Lee");
	is(m.authors.v[1], "Bo Ek");
	is(m.authors.v[2], "Team <Harbour>");
	is(m.authors.v[3], "@dee");
	assert_int_equal(m.left_n, 3);
	assert_true(left_has(&m, "authors"));
}

static void several_authors_with_mail_addresses_are_several_names(void **state)
{
	static const struct {
		const char *text;
		const char *names; /* with "|" between them */
	} rows[] = {
	    {"Joe Bloggs <j@x.org>, Ann <a@x.org>", "Joe Bloggs|Ann"},
	    {"Joe <j@x.org>; Ann Lee", "Joe|Ann Lee"},
	    {"<j@x.org>, Ann", "Ann"},
	    {"Joe <j@x.org> and Ann <a@x.org>", "Joe and Ann"},
	    {"Joe <mailto:j@x.org>", "Joe"},
	    {"Joe (j@x.org)", "Joe"},
	    {"j@x.org (Joe Bloggs)", "Joe Bloggs"},
	    {"Joe Bloggs, j@x.org", "Joe Bloggs"},
	    {"Joe - o'neil+x@x.org", "Joe"},
	    {"Joe a@(b@c.d)x.org", "Joe a@ x.org"},
	    {"山田太郎（taro@x.jp）", "山田太郎"},
	    {"王小明：xm@x.cn", "王小明"},
	    {"王小明　xm@x.cn、李雷", "王小明、李雷"},
	    {"Jane Doe and John Roe (j@x.org, r@x.org)",
		"Jane Doe and John Roe"},
	    {"Jane Doe (j@x.org r@x.org)", "Jane Doe"},
	    {"Jane Doe (Reuters, j@x.org)", "Jane Doe (Reuters)"},
	    {"Jane Doe (j@x.org, Reuters)", "Jane Doe (Reuters)"},
	    {"Jane Doe (<j@x.org>)", "Jane Doe"},
	    {"Jane Doe (j@x.org", "Jane Doe"},
	    {"j@x.org) Jane Doe", "Jane Doe"},
	    {"Jane Doe – j@x.org", "Jane Doe"},
	    {"Jane Doe — j@x.org", "Jane Doe"},
	    {"Jane Doe · j@x.org", "Jane Doe"},
	    {"هدى، h@x.org", "هدى"},
	    {"Jane Doe, j@x.org, The Times", "Jane Doe, The Times"},
	    {"Jane Doe, j@x.org, r@x.org", "Jane Doe"},
	    {"Jane Doe <j@x.org> – The Times", "Jane Doe – The Times"},
	    {"A <a@x.org>, B <b@x.org>, and Cy Poe <cy@x.org>", "A|B|Cy Poe"},
	    {"A <a@x.org>, & Andy <b@x.org>; Anders und Bo",
		"A|Andy|Anders und Bo"},
	    {"Ann Lee, Bo Ek", "Ann Lee, Bo Ek"},
	    {"Team <Harbour>, <Pier>", "Team <Harbour>, <Pier>"},
	    {"@dee@social.example", "@dee@social.example"},
	    {"Desk @ Harbour.", "Desk @ Harbour."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct manuscript m = read_ok(arena_printf(a,
		    "---\ntitle: A\nauthor: \"%s\"\n---\nB.\n%c", rows[i].text,
		    0)
						  .p);
		struct str names = str_of(rows[i].names);

		for (size_t k = 0; k < m.authors.n; k++) {
			struct str name = str_cut(&names, '|');

			if (!str_eq(m.authors.v[k], name))
				fail_msg("%s: \"%.*s\"", rows[i].text,
				    STR_ARG(m.authors.v[k]));
		}
		assert_int_equal(names.n, 0);
		assert_int_equal(left_has(&m, "author"),
		    strcmp(rows[i].text, rows[i].names) != 0);
	}
}

static void an_old_address_is_an_alias(void **state)
{
	static const struct {
		const char *head;
		const char *slug;
		const char *alias;
	} rows[] = {
	    {"url: /news/2019/quay/", "quay", "/news/2019/quay/"},
	    {"permalink: old/quay.html", "quay", "/old/quay.html"},
	    {"slug: ferry\nurl: /news/quay", "ferry", "/news/quay"},
	    {"url: /", "", NULL},
	    {"url: /:year/quay", "", NULL},
	    {"url: https://example.org/quay", "", NULL},
	    {"url: /?p=7", "", NULL},
	    {"url: /news/ferry.htm", "ferry", "/news/ferry.htm"},
	    {"url: /caf%C3%A9/", "café", "/caf%C3%A9/"},
	    {"slug: \"%D8%A7%D9%84\"", "\u0627\u0644", NULL},
	    {"permalink: /2020/01/%d8%a7%d9%84/", "\u0627\u0644",
		"/2020/01/%d8%a7%d9%84/"},
	    {"url: /old/100%25/a%20b/", "a-b", "/old/100%25/a%20b/"},
	    {"url: /old/%ff-a/", "ff-a", "/old/%ff-a/"},
	    {"url: /old/a%00b/", "a-00b", "/old/a%00b/"},
	};
	char text[200];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct manuscript m;

		snprintf(text, sizeof(text), "---\ntitle: A\n%s\n---\n",
		    rows[i].head);
		m = read_ok(text);
		is(m.slug, rows[i].slug);
		assert_int_equal(m.aliases.n, rows[i].alias ? 1 : 0);
		if (rows[i].alias)
			is(m.aliases.v[0], rows[i].alias);
		else
			assert_true(strchr(rows[i].head, '"') || i == 3 ||
				    left_has(&m, "url"));
	}
}

static void the_folder_of_an_index_is_an_old_address_too(void **state)
{
	struct manuscript m = read_ok(
	    "---\ntitle: A\npermalink: /blog/ferry/index.html\n---\nB\n");

	(void)state;
	is(m.slug, "ferry");
	assert_int_equal(m.aliases.n, 2);
	is(m.aliases.v[0], "/blog/ferry/index.html");
	is(m.aliases.v[1], "/blog/ferry/");
	m = read_ok("---\ntitle: A\nurl: blog/quay/index.htm\n---\nB\n");
	is(m.slug, "quay");
	m = read_ok("---\ntitle: A\nurl: /index.html\n---\nB\n");
	is(m.slug, "");
	assert_int_equal(m.aliases.n, 1);
}

static void only_the_code_of_a_language_is_one_in_a_name(void **state)
{
	static const struct {
		const char *path, *slug, *lang;
	} rows[] = {
	    {"_posts/2020-01-01-node.js.md", "node-js", ""},
	    {"harbour.zz.md", "harbour-zz", ""},
	    {"harbour.ed.md", "harbour-ed", ""},
	    {"harbour.de.md", "harbour", "de"},
	    {"harbour.zu.md", "harbour", "zu"},
	    {"harbour.aa.md", "harbour", "aa"},
	    {"harbour.DE.md", "harbour-de", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct manuscript m = read_ok("---\ntitle: A\n---\nB\n");

		assert_int_equal(
		    manuscript_from_name(a, &m, str_of(rows[i].path)), RC_OK);
		is(m.slug, rows[i].slug);
		is(m.lang, rows[i].lang);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(no_mail_address_of_an_author_is_carried),
	    cmocka_unit_test(
		several_authors_with_mail_addresses_are_several_names),
	    cmocka_unit_test(an_old_address_is_an_alias),
	    cmocka_unit_test(the_folder_of_an_index_is_an_old_address_too),
	    cmocka_unit_test(only_the_code_of_a_language_is_one_in_a_name),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
