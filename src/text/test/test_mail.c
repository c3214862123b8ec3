/* SPDX-License-Identifier: MIT */
#include "text/mail.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"

static struct arena *a;

static struct mail read_mail(const char *bytes)
{
	struct mail mail = {0};

	assert_int_equal(mail_read(a, str_of(bytes), &mail), RC_OK);
	return mail;
}

static void assert_text(const char *bytes, const char *want)
{
	struct mail mail = read_mail(bytes);

	if (!str_eq(mail.text, str_of(want)))
		print_error("got \"%.*s\"\n", STR_ARG(mail.text));
	assert_true(str_eq(mail.text, str_of(want)));
}

static void assert_rc(const char *bytes, enum rc rc)
{
	struct mail mail;

	assert_int_equal(mail_read(a, str_of(bytes), &mail), rc);
}

static void what_needs_nothing_is_left_alone(void **state)
{
	(void)state;
	assert_rc("", RC_NOT_FOUND);
	assert_rc("A headline\n\nA text.\n", RC_NOT_FOUND);
	assert_rc("Note: this\n\nA text.\n", RC_NOT_FOUND);
	assert_rc("Subject: a\nFrom: b\n\nA text.\n", RC_NOT_FOUND);
	assert_rc("Content-Type: text/plain\n"
		  "Content-Transfer-Encoding: quoted-printable\n\na=3D\n",
	    RC_NOT_FOUND);
	/* The head has no end. */
	assert_rc("Content-Transfer-Encoding: base64", RC_NOT_FOUND);
}

static void base64_is_undone(void **state)
{
	(void)state;
	assert_text("Subject: a\r\nContent-Transfer-Encoding: BASE64\r\n\r\n"
		    "SGVsbG8s\r\nIHdv cmxk\r\nLg==\r\n",
	    "Subject: a\n\nHello, world.");
}

/* Some programs encode a text piece by piece. Others put a line of their own
 * below it, in plain letters. */
static void base64_in_several_pieces_is_undone(void **state)
{
	(void)state;
	assert_text("Content-Transfer-Encoding: base64\n\n"
		    "SGVsbG8=\nLCA=\nd29ybGQu\n",
	    "\nHello, world.");
	assert_text("Content-Transfer-Encoding: base64\n\n"
		    "SGVsbG8=\n_______\nBus mailing list\n",
	    "\nHello");
}

static void a_mail_may_begin_with_a_mark_or_empty_lines(void **state)
{
	static const char *const starts[] = {
	    "\xEF\xBB\xBF", "\n", "\r\n \n", "\xEF\xBB\xBF\n"};
	static const uint32_t lines[] = {0, 1, 2, 1};

	(void)state;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		struct mail mail = read_mail(arena_printf(a,
		    "%sSubject: a\nContent-Transfer-Encoding: base64\n\n"
		    "SGVsbG8=\n",
		    starts[i])
						 .p);

		assert_true(str_eq(mail.text, STR("Subject: a\n\nHello")));
		assert_int_equal(mail.lines[0], lines[i] + 1);
		assert_int_equal(mail.source_line, lines[i] + 4);
	}
}

static void the_plain_form_is_taken_before_the_other(void **state)
{
	static const char mail[] =
	    "Subject: a\nMIME-Version: 1.0\n"
	    "Content-Type: multipart/alternative;\n\tboundary=\"x y\"\n\n"
	    "For old programs.\n--x y\nContent-Type: text/html\n\n<p>no\n"
	    "--x y\nContent-Type: text/plain; charset=utf-8\n\nYes.\n"
	    "--x y--\nbehind\n";
	struct mail got;

	(void)state;
	assert_text(mail, "Subject: a\nContent-Type: text/plain; "
			  "charset=utf-8\n\nYes.\n");
	got = read_mail(mail);
	assert_int_equal(got.source_line, 14);
	assert_int_equal(got.lines_n, 5);
	assert_int_equal(got.lines[3], 14);
	assert_int_equal(got.others, 0);
	assert_int_equal(got.lines[0], 1);
}

static void html_loses_its_tags_and_what_is_not_text(void **state)
{
	(void)state;
	assert_text("Subject: a\nContent-Type: text/html\n\n"
		    "<html><head><title>t</title></head><style>p{}</style>"
		    "<h1>One\n  two</h1><p title=\"x\">Three &amp; "
		    "four<br>five<!-- c --><script>if (a<b) c</script></p>",
	    "Subject: a\n\n\n\nOne two\n\n\n\nThree &amp; four\nfive\n\n\n");
}

static void what_only_looks_like_a_tag_in_html_is_text(void **state)
{
	(void)state;
	assert_text("Subject: a\nContent-Type: text/html\n\n"
		    "<!--[if mso]><xml><w:View>Normal</w:View></xml>"
		    "<![endif]-->5 < 6 and 7 > 4<!-- a > b -->, <a "
		    "title=\"x > y\" href='>'>so</a> <3 <!-- no end> it is",
	    "Subject: a\n\n5 < 6 and 7 > 4, so <3 it is\n");
}

static void the_cells_of_a_table_in_html_are_parted(void **state)
{
	(void)state;
	assert_text("Subject: a\nContent-Type: text/html\n\n"
		    "<tr><th>Hull</th><td>1,200</td></tr>",
	    "Subject: a\n\n\n\nHull 1,200 \n\n\n");
}

static void the_items_of_a_list_in_html_stay_items(void **state)
{
	(void)state;
	assert_text("Subject: a\nContent-Type: text/html\n\n"
		    "<ul><li>One</li><li>two</li></ul>",
	    "Subject: a\n\n\n\n\n\n- One\n\n\n\n- two\n\n\n\n\n");
}

static void the_lines_of_html_are_parted_however_they_are_named(void **state)
{
	(void)state;
	assert_text("Subject: a\nContent-Type: text/html\n\n"
		    "<center>A</center>B<dl><dt>C</dt><dd>D</dd></dl>",
	    "Subject: a\n\n\n\nA\n\nB\n\n\n\nC\n\n\n\nD\n\n\n\n\n");
	/* As Google Docs writes it. */
	assert_text("Subject: a\nContent-Type: text/html\n\n"
		    "<ul><li><p>One</p></li><li></li></ul>two",
	    "Subject: a\n\n\n\n\n\n\n\n- One\n\n\n\n\n\n\n\n\n\ntwo\n");
}

static void a_head_of_html_without_an_end_hides_nothing(void **state)
{
	(void)state;
	assert_text("Subject: a\nContent-Type: text/html\n\n"
		    "<html><head><meta charset=utf-8><title>t</title>"
		    "<body>Text.",
	    "Subject: a\n\nText.\n");
}

static void an_empty_element_of_html_hides_nothing(void **state)
{
	static const char *const heads[] = {
	    "<style/>", "<title />", "<script>", "<style type='a'>"};

	(void)state;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		assert_text(arena_printf(a,
				"Content-Type: text/html\n\n<head>%s</head>"
				"<body>Text, and <title>t</title>more.",
				heads[i])
				.p,
		    "\nText, and more.\n");
}

static void a_sign_that_is_no_tag_swallows_nothing(void **state)
{
	(void)state;
	assert_text("Content-Type: text/html\n\n"
		    "<p>Where x<y the <b>bus</b> stays.<p>It is a<b",
	    "\n\n\nWhere x<y the bus stays.\n\nIt is a<b\n");
	/* These are tags, although they have no end. */
	assert_text("Content-Type: text/html\n\n"
		    "One <a href=\"x>y\" <b>two</b> <a href=\"x>three",
	    "\nOne two three\n");
}

static void what_html_does_not_show_is_no_text(void **state)
{
	(void)state;
	assert_text("Content-Type: text/html\n\n"
		    "<div style=\"font-size:1px;DISPLAY : none\"><div>Look "
		    "</div>inside</div>Text<span style='display:none;'> a"
		    "</span>.<p style=display:none>b<p>More."
		    "<img style=\"display:none\"> End",
	    "\n\n\nText.\n\n\n\nMore. End\n");
	/* Without an end it would be all. */
	assert_text("Content-Type: text/html\n\n"
		    "<div style=\"display:none\">Text<div>and more",
	    "\n\n\nText\n\nand more\n");
	assert_text("Content-Type: text/html\n\n"
		    "<div style=\"display:block;x:none\">Text</div>",
	    "\n\n\nText\n\n\n");
}

/* Each of these begins something that has no end. */
static void html_that_never_ends_takes_linear_time(void **state)
{
	static const char *const starts[] = {"<a=\"", "<style>", "<!--",
	    "<i style=\"display:none\">", "<p style=display:none>", "<a<",
	    "<a b=\"<\" c=\"", "</style<", "<a b='<' style=\"display:none\" "};
	enum { COPIES = 60000 };
	struct arena *own = arena_new(64 << 20);
	struct mail mail;
	struct buf b;
	clock_t start;

	(void)state;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		buf_init_arena(&b, own, 4 << 20);
		buf_lit(&b, "Content-Type: text/html\n\nText");
		for (unsigned k = 0; k < COPIES; k++)
			buf_add(&b, str_of(starts[i]));
		start = clock();
		assert_int_equal(mail_read(own, buf_str(&b), &mail), RC_OK);
		if (clock() - start > CLOCKS_PER_SEC / 2)
			fail_msg("%s: %.1f s", starts[i],
			    (double)(clock() - start) / CLOCKS_PER_SEC);
	}
	arena_free(own);
}

/* S in base64. */
static struct str encode(struct str s)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	struct buf b;

	buf_init_arena(&b, a, s.n * 2 + 8);
	for (size_t i = 0; i < s.n; i += 3) {
		uint32_t bits = 0;

		for (size_t k = 0; k < 3; k++)
			bits = bits << 8 |
			       (i + k < s.n ? (unsigned char)s.p[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			buf_char(&b, i + k > s.n
					 ? '='
					 : digits[bits >> (18 - 6 * k) & 63]);
		if (i % 54 == 51)
			buf_char(&b, '\n');
	}
	return buf_str(&b);
}

/* Of ASCII, as UTF-16. */
static struct str widen(const char *text, bool is_big, bool has_mark)
{
	struct buf b;

	buf_init_arena(&b, a, 1 << 16);
	if (has_mark)
		buf_add(&b, is_big ? STR("\xFE\xFF") : STR("\xFF\xFE"));
	for (; *text; text++) {
		buf_char(&b, is_big ? '\0' : *text);
		buf_char(&b, is_big ? *text : '\0');
	}
	return buf_str(&b);
}

static void a_part_in_utf_16_is_read_before_its_head_is_put_above(void **state)
{
	static const struct {
		const char *charset;
		bool is_big, has_mark;
	} cases[] = {{"utf-16le", false, false}, {"UTF-16BE", true, false},
	    {"utf-16", false, true}, {"utf-16", true, true},
	    {"utf-16", false, false}, {"unicode", true, false},
	    {"utf-8", false, true}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (unsigned is_html = 0; is_html < 2; is_html++) {
			struct str wide =
			    widen(is_html ? "<p>Hello, the bus stays."
					  : "Hello, the bus stays.\n",
				cases[i].is_big, cases[i].has_mark);
			struct mail mail;

			wide.n += i % 2; /* half a letter more */
			mail = read_mail(arena_printf(a,
			    "Subject: a\nContent-Type: text/%s; charset=%s\n"
			    "Content-Transfer-Encoding: base64\n\n%.*s\n",
			    is_html ? "html" : "plain", cases[i].charset,
			    STR_ARG(encode(wide)))
					     .p);

			assert_true(str_starts(mail.text, STR("Subject: a\n")));
			assert_true(str_ends(
			    mail.text, STR("\nHello, the bus stays.\n")));
			assert_string_equal(mail.charset,
			    cases[i].is_big ? "UTF-16BE" : "UTF-16LE");
		}
}

static void a_wrong_claim_of_utf_16_is_not_followed(void **state)
{
	(void)state;
	assert_text("Content-Type: text/plain; charset=utf-16\n"
		    "Content-Transfer-Encoding: base64\n\nSGVsbG8hCg==\n",
	    "Content-Type: text/plain; charset=utf-16\n\nHello!\n");
}

/* Its bytes are those of ASCII, also that of "<". */
static void html_in_japanese_of_seven_bits_loses_no_letters(void **state)
{
	static const char *const charsets[] = {"; charset=ISO-2022-JP", ""};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct mail mail = read_mail(arena_printf(a,
		    "Content-Type: text/html%s\n\n<p>\x1b$B2#IM;T$N2q<R$O\x1b(B"
		    "<p>\x1b$B;TD9\x1b(B.",
		    charsets[i])
						 .p);

		assert_true(
		    str_ends(mail.text, STR("\n\n横浜市の会社は\n\n市長.\n")));
		assert_string_equal(mail.charset, "ISO-2022-JP-2");
	}
}

static void that_lines_flow_is_told_on(void **state)
{
	(void)state;
	assert_text("Content-Type: multipart/mixed; boundary=b\n\n--b\n"
		    "Content-Type: text/plain; charset=utf-8; "
		    "Format=Flowed; DelSp=Yes\n\nA \ntext.\n--b--\n",
	    "Content-Type: text/plain; charset=utf-8; format=flowed; "
	    "delsp=yes\n\nA \ntext.\n");
}

static void a_head_may_have_names_and_lines_of_programs(void **state)
{
	(void)state;
	assert_text("From ann@paper.example Fri May  1 20:00:00 2026\n"
		    "X-Spam_score: -1.9\nX.Y: z\n"
		    "Content-Transfer-Encoding: base64\n\nSGVsbG8=\n",
	    "From ann@paper.example Fri May  1 20:00:00 2026\n"
	    "X-Spam_score: -1.9\nX.Y: z\n\nHello");
	assert_rc("A head line: this\n"
		  "Content-Transfer-Encoding: base64\n\nSGVsbG8=\n",
	    RC_NOT_FOUND);
}

static void files_are_counted_not_read(void **state)
{
	struct mail mail =
	    read_mail("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"
		      "Text.\n--b\nContent-Type: image/png\n\nxx\n--b\n"
		      "Content-Type: text/plain\nContent-Disposition: "
		      "attachment\n\nno\n--b--\n");

	(void)state;
	assert_int_equal(mail.others, 2);
	assert_true(str_ends(mail.text, STR("\nText.\n")));
}

#define ALTERNATIVE "Content-Type: multipart/alternative; boundary="
#define MIXED	    "Content-Type: multipart/mixed; boundary="
#define HTML_PART   "Content-Type: text/html\n\n<p>Story.\n"

static void a_line_of_a_mail_is_told_by_that_of_its_source(void **state)
{
	/* Its mark and the lines below have none of their own. */
	static const uint32_t lines[] = {
	    1, 5, 6, 7, 8, 15, 15, 15, 17, 17, 19, 20};
	struct mail mail = read_mail(
	    "Subject: a\n" MIXED "b\n\n--b\n\nOne\ntwo\n--b\n"
	    "Content-Type: image/png\n\nxx\n--b\n"
	    "Content-Type: message/rfc822\n\nSubject: b\nX-A: b\nFrom: c\n\n"
	    "Three\nfour\n--b--\n");

	(void)state;
	assert_true(
	    str_ends(mail.text, STR("Subject: b\nFrom: c\n\nThree\nfour\n")));
	assert_int_equal(mail.lines_n, sizeof(lines) / sizeof(lines[0]) + 1);
	assert_memory_equal(mail.lines, lines, sizeof(lines));
	assert_int_equal(mail.texts, 2);
}

static void a_file_that_is_text_is_no_story(void **state)
{
	static const char *const files[] = {
	    "Content-Type: text/plain; name=\"notes.txt\"\n\nPrivate.\n",
	    "Content-Type: text/plain\nContent-Disposition: inline; "
	    "filename=\"notes.txt\"\n\nPrivate.\n",
	    "Content-Disposition: inline; filename*=utf-8''n.txt\n"
	    "Content-Type: text/plain\n\nPrivate.\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct mail mail = read_mail(arena_printf(
		    a, MIXED "b\n\n--b\n%s--b\n" HTML_PART "--b--\n", files[i])
						 .p);

		assert_true(mail.was_html);
		assert_int_equal(mail.others, 1);
	}
	/* Where there is no other text, it is what was sent. */
	for (size_t i = 0; i < 2; i++) {
		struct mail mail = read_mail(arena_printf(
		    a, MIXED "b\n\n--b\n\n \n--b\n%s--b--\n", files[i])
						 .p);

		assert_true(str_ends(mail.text, STR("\nPrivate.\n")));
		assert_int_equal(mail.others, 0);
	}
	/* All that there is, is the text. */
	assert_text("Content-Type: text/plain; name=story.txt\n"
		    "Content-Transfer-Encoding: base64\n\nSGVsbG8=\n",
	    "\nHello");
}

static void a_plain_form_that_is_blank_is_none(void **state)
{
	static const char *const blanks[] = {
	    "Content-Type: text/plain\n\n \n\n",
	    "Content-Type: text/plain\n"
	    "Content-Transfer-Encoding: base64\n\nIAoK\n",
	    "Content-Type: text/plain\n"
	    "Content-Transfer-Encoding: quoted-printable\n\n=20=0A=\n\n"};

	(void)state;
	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
		struct mail mail = read_mail(arena_printf(a,
		    ALTERNATIVE "b\n\n--b\n%s--b\n" HTML_PART "--b--\n",
		    blanks[i])
						 .p);

		assert_true(mail.was_html);
		assert_int_equal(mail.others, 0);
	}
	assert_false(read_mail(MIXED "b\n\n--b\n\n \n--b--\n").was_html);
}

/* The plain one is the other's twin only where both are said to be. */
static void of_parts_that_are_not_alike_the_first_is_the_story(void **state)
{
	struct mail mail;

	(void)state;
	mail =
	    read_mail(MIXED "b\n\n--b\n" HTML_PART "--b\n"
			    "Content-Type: text/plain\n\nA footer.\n--b--\n");
	assert_true(mail.was_html);
	assert_int_equal(mail.others, 1);
	mail = read_mail(MIXED "b\n\n--b\n\nStory.\n--b\n" HTML_PART "--b--\n");
	assert_false(mail.was_html);
	assert_int_equal(mail.others, 1);
	/* The HTML with its pictures is one form, the plain text the other. */
	mail = read_mail(ALTERNATIVE
	    "b\n\n--b\nContent-Type: multipart/related; boundary=c\n\n--c\n" HTML_PART
	    "--c--\n--b\n\nStory.\n--b--\n");
	assert_false(mail.was_html);
	assert_int_equal(mail.others, 0);
}

static void a_mail_without_text_is_told(void **state)
{
	(void)state;
	assert_rc("Content-Type: multipart/mixed; boundary=b\n\n--b\n"
		  "Content-Type: image/png\n\nxx\n--b--\n",
	    RC_INVALID);
	assert_rc("Content-Type: multipart/mixed; boundary=b\n\n", RC_INVALID);
	assert_rc("Content-Type: image/png\nContent-Transfer-Encoding: "
		  "base64\n\nAAAA\n",
	    RC_INVALID);
}

static void parts_within_parts_have_an_end(void **state)
{
	struct mail mail;
	struct buf b;

	(void)state;
	buf_init_arena(&b, a, 1 << 20);
	for (unsigned i = 0; i <= MAIL_DEPTH_MAX; i++)
		buf_printf(&b,
		    "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i,
		    i);
	buf_lit(&b, "\nText.\n");
	assert_int_equal(mail_read(a, buf_str(&b), &mail), RC_INVALID);
	buf_clear(&b);
	buf_lit(&b, "Content-Type: multipart/mixed; boundary=b\n\n");
	for (unsigned i = 0; i < 2 * MAIL_PARTS_MAX; i++)
		buf_lit(&b, "--b\nContent-Type: image/png\n\n");
	buf_lit(&b, "--b\n\nText.\n");
	assert_int_equal(mail_read(a, buf_str(&b), &mail), RC_INVALID);
	buf_clear(&b);
	buf_lit(&b, MIXED "b\n\n");
	for (unsigned i = 0; i < MAIL_MESSAGES_MAX + 2; i++)
		buf_lit(&b, "--b\nContent-Type: message/rfc822\n\nFrom: c\n\n"
			    "Text.\n");
	assert_int_equal(mail_read(a, buf_str(&b), &mail), RC_OK);
	assert_int_equal(mail.texts, MAIL_MESSAGES_MAX - 1);
	assert_int_equal(mail.others, 3);
	buf_clear(&b);
	buf_lit(&b, MIXED "b\n\n--b\n");
	for (unsigned i = 0; i < 2 * MAIL_DEPTH_MAX; i++)
		buf_lit(&b, "Content-Type: message/rfc822\n\n");
	buf_lit(&b, "From: c\n\nText.\n");
	assert_int_equal(mail_read(a, buf_str(&b), &mail), RC_INVALID);
}

static int set_up(void **state)
{
	(void)state;
	a = arena_new(1 << 22);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_needs_nothing_is_left_alone),
	    cmocka_unit_test(base64_is_undone),
	    cmocka_unit_test(base64_in_several_pieces_is_undone),
	    cmocka_unit_test(a_mail_may_begin_with_a_mark_or_empty_lines),
	    cmocka_unit_test(the_plain_form_is_taken_before_the_other),
	    cmocka_unit_test(html_loses_its_tags_and_what_is_not_text),
	    cmocka_unit_test(what_only_looks_like_a_tag_in_html_is_text),
	    cmocka_unit_test(the_cells_of_a_table_in_html_are_parted),
	    cmocka_unit_test(the_items_of_a_list_in_html_stay_items),
	    cmocka_unit_test(
		the_lines_of_html_are_parted_however_they_are_named),
	    cmocka_unit_test(a_head_of_html_without_an_end_hides_nothing),
	    cmocka_unit_test(an_empty_element_of_html_hides_nothing),
	    cmocka_unit_test(a_sign_that_is_no_tag_swallows_nothing),
	    cmocka_unit_test(what_html_does_not_show_is_no_text),
	    cmocka_unit_test(html_that_never_ends_takes_linear_time),
	    cmocka_unit_test(
		a_part_in_utf_16_is_read_before_its_head_is_put_above),
	    cmocka_unit_test(a_wrong_claim_of_utf_16_is_not_followed),
	    cmocka_unit_test(html_in_japanese_of_seven_bits_loses_no_letters),
	    cmocka_unit_test(that_lines_flow_is_told_on),
	    cmocka_unit_test(a_head_may_have_names_and_lines_of_programs),
	    cmocka_unit_test(files_are_counted_not_read),
	    cmocka_unit_test(a_line_of_a_mail_is_told_by_that_of_its_source),
	    cmocka_unit_test(a_file_that_is_text_is_no_story),
	    cmocka_unit_test(a_plain_form_that_is_blank_is_none),
	    cmocka_unit_test(
		of_parts_that_are_not_alike_the_first_is_the_story),
	    cmocka_unit_test(a_mail_without_text_is_told),
	    cmocka_unit_test(parts_within_parts_have_an_end),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
