/* SPDX-License-Identifier: MIT */
#include "page/html.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "page/json.h"
#include "page/lang.h"
#include "page/page.h"

static struct buf b;

static int start(void **state)
{
	(void)state;
	buf_init(&b, 1 << 16);
	return 0;
}

static int end(void **state)
{
	(void)state;
	buf_done(&b);
	return 0;
}

#define assert_written(literal)                                                \
	do {                                                                   \
		assert_int_equal(buf_rc(&b), RC_OK);                           \
		assert_int_equal(b.n, sizeof(literal) - 1);                    \
		assert_memory_equal(b.p, literal, b.n);                        \
		buf_clear(&b);                                                 \
	} while (0)

static void text_is_escaped(void **state)
{
	(void)state;
	html_text(&b, STR("a <b> & \"c\" 'd'"));
	assert_written("a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
	html_text(&b, STR("\"</script>"));
	assert_written("&quot;&lt;/script&gt;");
	html_text(&b, STR("plain Ünïcödé 한국 \xF0\x9F\x97\x9E"));
	assert_written("plain Ünïcödé 한국 \xF0\x9F\x97\x9E");
}

static void what_no_text_may_hold_is_replaced(void **state)
{
	(void)state;
	html_text(&b, STR("a\0b\x01"
			  "c\x7f"));
	assert_written("a\xEF\xBF\xBD"
		       "b\xEF\xBF\xBD"
		       "c\xEF\xBF\xBD");
	html_text(&b, STR("\xC0\xBC\xFF<"));
	assert_written("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD&lt;");
	html_text(&b, STR("\xC2\x85\xEF\xBF\xBF\xEF\xB7\x90"));
	assert_written("\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	html_text(&b, STR("a\r\n\tb"));
	assert_written("a \n\tb");
	html_text(&b, STR("cut \xE2\x82"));
	assert_written("cut \xEF\xBF\xBD\xEF\xBF\xBD");
}

static void an_attribute_cannot_be_left(void **state)
{
	(void)state;
	html_attr(&b, "title", STR("\" onload=\"x"));
	assert_written(" title=\"&quot; onload=&quot;x\"");
	html_attr_maybe(&b, "title", STR_NONE);
	assert_written("");
	html_attr_u64(&b, "width", 640);
	assert_written(" width=\"640\"");
}

static void an_address_that_runs_is_taken_out(void **state)
{
	static const char *const bad[] = {"javascript:alert(1)", "JaVaScRiPt:x",
	    " javascript:x", "java\nscript:x", "data:text/html,", "vbscript:x",
	    "\x01javascript:x", ":x", "", "/\\evil.example", "http\t://x",
	    "file:///etc/passwd"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(html_url_is_safe(str_of(bad[i])));
		html_url(&b, "href", STR("https://a.example"), str_of(bad[i]));
		assert_written(" href=\"#\"");
	}
}

static void an_address_is_made_absolute_by_the_origin(void **state)
{
	(void)state;
	html_url(&b, "href", STR("https://a.example"), STR("/x?a=1&b=2"));
	assert_written(" href=\"https://a.example/x?a=1&amp;b=2\"");
	html_url(&b, "href", STR("https://a.example"), STR("//b.example/"));
	assert_written(" href=\"//b.example/\"");
	html_url(&b, "href", STR("https://a.example"), STR("mailto:x@y"));
	assert_written(" href=\"mailto:x@y\"");
	html_url(&b, "href", STR("https://a.example"), STR("tel:+351210"));
	assert_written(" href=\"tel:+351210\"");
	html_url(&b, "href", STR_NONE, STR("/a|b\"c"));
	assert_written(" href=\"/a%7Cb%22c\"");
}

static void only_relative_addresses_are_the_papers_own(void **state)
{
	(void)state;
	assert_true(html_url_is_own(STR("/picture/1.jpg")));
	assert_true(html_url_is_own(STR("1.jpg")));
	assert_false(html_url_is_own(STR("//evil.example/1.jpg")));
	assert_false(html_url_is_own(STR("/\\evil.example/1.jpg")));
	assert_false(html_url_is_own(STR("/\t/evil.example/1.jpg")));
	assert_false(html_url_is_own(STR("https://evil.example/1.jpg")));
}

static void a_style_sheet_cannot_end_its_element(void **state)
{
	(void)state;
	html_style(&b, STR("p{color:red}"));
	assert_written("<style>p{color:red}</style>\n");
	html_style(&b, STR("p{}</style><script>"));
	assert_written("<style></style>\n");
}

static void json_is_safe_inside_a_script_element(void **state)
{
	(void)state;
	json_text(&b, STR("</script>&\"\\\n\t\x01"));
	assert_written("\"\\u003c/script\\u003e\\u0026\\\"\\\\\\n\\t\\u0001\"");
	json_text(&b, STR("\xE2\x80\xA8\xE2\x80\xA9 \xFF ü"));
	assert_written("\"\\u2028\\u2029 \\ufffd ü\"");
}

static void a_language_tells_its_direction(void **state)
{
	(void)state;
	assert_true(lang_is_rtl(STR("ar")));
	assert_true(lang_is_rtl(STR("he-IL")));
	assert_true(lang_is_rtl(STR("und-Arab")));
	assert_true(lang_is_rtl(STR("AZ-arab-IR")));
	assert_false(lang_is_rtl(STR("ks-Deva")));
	assert_false(lang_is_rtl(STR("ar-Latn")));
	assert_false(lang_is_rtl(STR("en")));
	assert_false(lang_is_rtl(STR("")));
}

static void a_language_is_marked_only_where_it_changes(void **state)
{
	(void)state;
	lang_attrs(&b, STR("en"), STR("en"));
	assert_written("");
	lang_attrs(&b, STR("fr"), STR("en"));
	assert_written(" lang=\"fr\"");
	lang_attrs(&b, STR("ar"), STR("en"));
	assert_written(" lang=\"ar\" dir=\"rtl\"");
	lang_attrs(&b, STR("en"), STR("ar"));
	assert_written(" lang=\"en\" dir=\"ltr\"");
	lang_attrs(&b, STR("x y\"z"), STR("en"));
	assert_written("");
}

static void a_page_leads_out_to_its_paper(void **state)
{
	struct str page = STR("<p><a href=\"/a\">A</a> <a rel=\"next\" "
			      "href=\"https://b.example/\">B</a> "
			      "<a id=\"n\" href=\"#c\">C</a> <a>D</a> "
			      "<link href=\"/e\"><a href=\"/\"");

	(void)state;
	page_lead_out(&b, page, STR("https://p.example/"));
	assert_written("<p><a target=\"_blank\" href=\"https://p.example/a\">A"
		       "</a> <a rel=\"next\" target=\"_blank\" "
		       "href=\"https://b.example/\">B</a> "
		       "<a id=\"n\" href=\"#c\">C</a> <a>D</a> "
		       "<link href=\"/e\"><a target=\"_blank\" "
		       "href=\"https://p.example/\"");
	page_lead_out(
	    &b, STR("<a class=\"x\" href=\"/a\" id=\"y\">A</a>"), STR(""));
	assert_written("<a class=\"x\" id=\"y\">A</a>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(text_is_escaped),
	    cmocka_unit_test(what_no_text_may_hold_is_replaced),
	    cmocka_unit_test(an_attribute_cannot_be_left),
	    cmocka_unit_test(an_address_that_runs_is_taken_out),
	    cmocka_unit_test(an_address_is_made_absolute_by_the_origin),
	    cmocka_unit_test(only_relative_addresses_are_the_papers_own),
	    cmocka_unit_test(a_style_sheet_cannot_end_its_element),
	    cmocka_unit_test(json_is_safe_inside_a_script_element),
	    cmocka_unit_test(a_language_tells_its_direction),
	    cmocka_unit_test(a_language_is_marked_only_where_it_changes),
	    cmocka_unit_test(a_page_leads_out_to_its_paper),
	};

	return cmocka_run_group_tests(tests, start, end);
}
