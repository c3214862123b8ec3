/* SPDX-License-Identifier: MIT */
#include "text/outlink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/markdown.h"

static const struct str OWN = STR_INIT("www.lune.example");

static void assert_cut(const char *text, const char *wanted)
{
	struct arena *a = arena_new(1 << 16);
	struct str got;

	assert_int_equal(outlink_cut(a, str_of(text), OWN, &got), RC_OK);
	if (!str_eq(got, str_of(wanted)))
		fail_msg("%s: %.*s", text, STR_ARG(got));
	arena_free(a);
}

static void places_of_others_are_cut_out(void **state)
{
	static const char *const texts[][2] = {
	    {"Pay at https://evil.example/pay now.", "Pay at […] now."},
	    {"Pay at evil.example.", "Pay at […]"},
	    {"(evil.example/Pay)", "([…])"},
	    {"EVIL.EXAMPLE", "[…]"},
	    {"Evil.Example/x", "[…]"},
	    {"a.de and 123.com", "[…] and […]"},
	    {"xn--80ak6aa92e.com", "[…]"},
	    {"give@evil.example, thanks", "[…], thanks"},
	    {"Give@Wallet.Evil.Example", "[…]"},
	    {"mailto:give@evil.example", "[…]"},
	    {"lightning:give@evil.example", "[…]"},
	    {"https://www.lune.example@evil.example/", "[…]"},
	    {"https://www.lune.example:x@evil.example/", "[…]"},
	    {"https://www.lune.example.evil.example/", "[…]"},
	    {"evilwww.lune.example", "[…]"},
	    {"ftp://www.lune.example/", "[…]"},
	    {"go to:evil.example", "go […]"},
	    {"请访问evil.example获得", "请访问[…]获得"},
	    {"ev\xE2\x80\x8Bil.exa\xC2\xADmple", "[…]"},
	    {"ｅｖｉｌ．ｅｘａｍｐｌｅ", "[…]"},
	    {"évil.example", "é[…]"},
	    {"**evil.example**", "[…]"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_cut(texts[i][0], texts[i][1]);
}

static void what_is_own_or_no_place_stays(void **state)
{
	static const char *const texts[] = {
	    "",
	    "https://www.lune.example/about, www.lune.example",
	    "HTTPS://WWW.LUNE.EXAMPLE",
	    "https://www.lune.example:8443/support?x=1#y",
	    "desk@www.lune.example or desk@lune.example",
	    "archive.www.lune.example",
	    "e.g. 5.00 a day; z.B. St.Petersburg, Ph.D., 23.11.2026, p.m.",
	    "and so...then? 1.200,50 EUR. U.S.A. 10.30 Uhr",
	    "The end.Next sentence. @farthing 24/7 and/or",
	    "Нас читают. Газета живёт. 我们靠读者。谢谢",
	    "«Nous vivons de ce que donnent nos lecteurs.»",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_cut(texts[i], texts[i]);
}

static void without_a_host_all_places_are_others(void **state)
{
	struct arena *a = arena_new(1 << 16);
	struct str got;

	(void)state;
	assert_int_equal(
	    outlink_cut(a, STR("https://lune.example"), STR_NONE, &got), RC_OK);
	assert_true(str_eq(got, STR("[…]")));
	assert_true(outlink_is_own(STR("/about"), STR_NONE));
	assert_false(outlink_is_own(STR("https://lune.example/"), STR_NONE));
	assert_false(outlink_is_own(STR("https:///x"), STR_NONE));
	arena_free(a);
}

static void links_are_own_or_not(void **state)
{
	static const char *const own[] = {"/", "/a:b", "#x", "?a=b:c", "about",
	    "https://www.lune.example", "http://WWW.lune.example:80/a",
	    "mailto:desk@lune.example"};
	static const char *const others[] = {"", "//evil.example/",
	    "https://evil.example", "https://www.lune.example@evil.example",
	    "https:/evil.example", "tel:123", "mailto:a@evil.example",
	    "https:\\\\evil.example", "\\\\evil.example",
	    "https://www.lune.example\\@evil.example", "javascript:alert(1)",
	    "bitcoin:bc1q"};

	(void)state;
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (!outlink_is_own(str_of(own[i]), OWN))
			fail_msg("%s", own[i]);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (outlink_is_own(str_of(others[i]), OWN))
			fail_msg("%s", others[i]);
}

static void count_links(const struct node *n, size_t *links, size_t *pictures)
{
	for (; n; n = n->next) {
		*links += n->kind == NODE_LINK;
		*pictures += n->kind == NODE_PICTURE || n->kind == NODE_FIGURE;
		count_links(n->child, links, pictures);
	}
}

static struct str cut_markdown(
    struct arena *a, const char *markdown, size_t *links, size_t *pictures)
{
	const struct markdown_options options = {.lang = STR("en")};
	struct node *document;
	struct buf words;

	buf_init_arena(&words, a, 1 << 16);
	assert_int_equal(markdown_parse(a, str_of(markdown), &options,
			     &document, NULL, NULL),
	    RC_OK);
	assert_int_equal(outlink_cut_tree(a, document, OWN, &words), RC_OK);
	*links = *pictures = 0;
	count_links(document, links, pictures);
	return buf_str(&words);
}

static void a_tree_keeps_its_own_links_alone(void **state)
{
	static const struct {
		const char *markdown, *words;
		size_t links;
	} list[] = {
	    {"[here](https://evil.example/pay) and [there](/about)\n",
		"here and there\n", 1},
	    {"![pay](/qr.png) words\n", " words\n", 0},
	    {"![pay](https://evil.example/qr.png)\n", "", 0},
	    {"<https://evil.example/>\n", "[…]\n", 0},
	    {"[evil.example](/about)\n", "[…]\n", 1},
	    {"evil.**exam**ple\n", "[…]\n", 0},
	    {"e**vil.ex**am*ple*\n", "e[…]ample\n", 0},
	    {"&#101;vil\\.example\n", "[…]\n", 0},
	    {"Note[^1].\n\n[^1]: at evil.example\n", "Note.\nat […]\n", 0},
	    {"| a | b |\n|---|---|\n| evil.example | c |\n", "a\nb\n[…]\nc\n",
		0},
	    {"    evil.example\n", "[…]\n\n", 0},
	    {"- b&#99;1q\n- **cr**8t\n", "bc1q\ncr8t\n", 0},
	};
	struct arena *a = arena_new(1 << 22);

	(void)state;
	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++) {
		size_t links, pictures;
		struct str words =
		    cut_markdown(a, list[i].markdown, &links, &pictures);

		if (!str_eq(words, str_of(list[i].words)))
			fail_msg("%s: %.*s", list[i].markdown, STR_ARG(words));
		assert_int_equal(links, list[i].links);
		assert_int_equal(pictures, 0);
	}
	arena_free(a);
}

static void without_memory_nothing_is_half_done(void **state)
{
	bool has_ended = false;

	(void)state;
	for (unsigned long n = 0; !has_ended; n++) {
		struct arena *a = arena_new(1 << 20);
		struct str got = STR("x");
		enum rc rc;

		arena_fail_after(n);
		rc = outlink_cut(a, STR("see evil.example"), OWN, &got);
		arena_fail_after(0);
		has_ended = rc == RC_OK && n > 0;
		assert_true(rc == RC_OK || rc == RC_NO_MEMORY);
		assert_true(
		    str_eq(got, rc == RC_OK ? STR("see […]") : STR("x")));
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(places_of_others_are_cut_out),
	    cmocka_unit_test(what_is_own_or_no_place_stays),
	    cmocka_unit_test(without_a_host_all_places_are_others),
	    cmocka_unit_test(links_are_own_or_not),
	    cmocka_unit_test(a_tree_keeps_its_own_links_alone),
	    cmocka_unit_test(without_memory_nothing_is_half_done),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
