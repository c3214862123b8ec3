/* SPDX-License-Identifier: MIT
 *
 * Raw HTML in Markdown, as Hugo, Jekyll, WordPress and people write it.
 */
#include "text/test/markdown_fixture.h"

static void is_not_left(void)
{
	assert_int_equal(left_n, 0);
}

static void what_is_raised_stays_raised(void **state)
{
	(void)state;
	gives(
	    "H<sub>2</sub>O, 10<sup>-6</sup> m<SUP>2</SUP>", "p(H₂O, 10⁻⁶ m²)");
	is_not_left();
	gives("<p>H<sub>2</sub>O and <b>b</b></p>", "p(H₂O and strong(b))");
	gives("The 5<sup>th</sup> <sub>a", "p(The 5th a)");
	is_left("HTML <sup>", 1);
	is_left("HTML <sub>", 1);
	gives("a<sub>1*2*</sub> </sup>", "p(a1em(2) )");
	is_left("HTML <sub>", 1);
}

static void raw_html_leaves_its_words(void **state)
{
	(void)state;
	gives("A <u>low</u> word<br>end", "p(A low wordbrend)");
	is_left("HTML <u>", 1);
	gives("<div class=\"x\">\nWords &amp; more\n</div>\n\nText",
	    "p(Words & more) p(Text)");
	is_left("HTML <div>", 1);
	gives("<script>alert('x')</script>\n\nText", "p(Text)");
	gives("Text\n\n<!--more-->\n\nMore", "p(Text) p(More)");
	assert_int_equal(left_n, 0);
	gives("<figure>\n<img src=\"a.jpg\" alt='A \"b\"'>\n<figcaption>The "
	      "<em>crane</em>. Photo: Bo</figcaption>\n</figure>",
	    "figure[a.jpg]'Bo'\"A \"b\"\"(The em(crane).)");
	gives("<img src=\"javascript:x\">", "");
	gives("Text <img src=x.png alt=y> end", "p(Text img[x.png]\"y\" end)");
}

static void what_html_marks_in_a_line_stays_marked(void **state)
{
	(void)state;
	gives("A <a href=\"https://a.example/?b&amp;c\" target=_blank>*long* "
	      "report</a>.",
	    "p(A a[https://a.example/?b&c](em(long) report).)");
	gives("<A HREF='/a'>a</A><b>b</b> <strong>c</strong><i>d</i><em>e</em>",
	    "p(a[/a](a)strong(b) strong(c)em(d)em(e))");
	gives("<p>See <a href=\"/a\" title=\"T\">the <b>long</b> one</a>, "
	      "<s>not</s> <code>b</code>.</p>",
	    "p(See a[/a]'T'(the strong(long) one), del(not) code\"b\".)");
	gives("<div><a href=/a>a </a><i>b</i> <kbd>c</kbd></div>",
	    "p(a[/a](a) em(b) code\"c\")");
	is_left("HTML <div>", 1);
	gives("<figure><img src=a.jpg><figcaption>The <a href=/b>crane</a>. "
	      "Photo: Bo</figcaption></figure>",
	    "figure[a.jpg]'Bo'(The a[/b](crane).)");
	gives("a <b></b> <a href=/a></a>", "p(a  )");
	is_not_left();
}

static void what_html_makes_of_blocks_stays_so(void **state)
{
	(void)state;
	gives("<h2>One <em>a</em></h2>\n<p>Two<br>three</p><hr/>"
	      "<H3>Four</H3>five",
	    "h2(One em(a)) p(Twobrthree) hr h3(Four) p(five)");
	gives("<blockquote><p>One</p><p>Two</p></blockquote>three",
	    "quote(p(One) p(Two)) p(three)");
	gives("<ul>\n<li>One</li>\n<li><b>Two</b>\n<ol><li>Three<li>Four"
	      "</ol></li>\n</ul>\nFive",
	    "list(item(p(One)) item(p(strong(Two)) list1(item(p(Three)) "
	    "item(p(Four))))) p(Five)");
	gives("<ul>One<img src=a.jpg><li></li><h3>Two</h3></ul>",
	    "list(item(p(One) figure[a.jpg]) item(h4(Two)))");
	gives("<p>One<br><br>Two <br> <i>three</i></p>",
	    "p(One) p(Twobrem(three))");
	gives("<ul></ul><blockquote><h2><b></b></h2></blockquote>a", "p(a)");
	is_not_left();
	gives("<p>One<li>two</li></blockquote></p>", "p(One) p(two)");
	is_left("HTML <li>", 1);
}

static void tags_that_cannot_stand_leave_their_words(void **state)
{
	(void)state;
	gives("<a href=\"javascript:x\">a</a>", "p(a)");
	is_left("HTML <a>", 1);
	gives("a<a name=x></a> <a href=/x>[b](/c)</a>", "p(a a[/c](b))");
	is_left("HTML <a>", 1);
	gives("[<a href=/x>b</a>](/c)", "p(a[/c](b))");
	is_left("HTML <a>", 1);
	gives("<a href=/x>a <a href=/y>b</a></a>", "p(a a[/y](b))");
	is_left("HTML <a>", 1);
	gives("<a href=/x>a[^1]</a>\n\n[^1]: N", "p(aref1) note1(p(N))");
	is_left("HTML <a>", 1);
	gives("<b>a *b</b> c* d", "p(a em(b c) d)");
	is_left("HTML <b>", 1);
	gives("<b>a <i>b</b> c</i>", "p(strong(a b) c)");
	is_left("HTML <i>", 1);
	gives("<p><b>a</p><p>b</b></p>", "p(a) p(b)");
	is_left("HTML <b>", 1);
	gives("<code>a*b*</code></code>", "p(aem(b))");
	is_left("HTML <code>", 1);
	gives("<i>a\n\nb</i>", "p(a) p(b)");
	is_left("HTML <i>", 1);
}

static size_t depth_of(const struct node *node)
{
	size_t most = 0;

	for (const struct node *c = node->child; c; c = c->next) {
		size_t deep = depth_of(c);

		most = deep > most ? deep : most;
	}
	return most + 1;
}

static void tags_in_tags_keep_to_the_depth(void **state)
{
	static const char *const starts[] = {"", "> > > > > > > > > > > > > > ",
	    "- - - - - - - - - - - - - - - - - - ", "<p>",
	    "<ul><li><ol><blockquote><ul><li><ul><ol><ul>",
	    "> > > > > > > > > > > > > > > > > <ul><ol><ul><blockquote>",
	    ("> > > > > > > > > > > > > > > > > > <table><tr><td>a<td>b<tr>"
	     "<td></table><table><tr><td>a<td>b<tr><td>c</td>d<td>")};
	struct buf b;

	(void)state;
	for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
		buf_init(&b, 100000);
		buf_add(&b, str_of(starts[i]));
		for (int k = 0; k < 9; k++)
			buf_lit(&b, "a <b>*[a ");
		buf_lit(&b, "вся правда о всём");
		for (int k = 0; k < 9; k++)
			buf_lit(&b, " c]{lang=fr}*</b>");
		assert_true(depth_of(parse(buf_str(&b), "en", false)) <=
			    DOCUMENT_DEPTH);
		buf_done(&b);
	}
}

static void containers_stay_open_across_blank_lines(void **state)
{
	(void)state;
	gives("<blockquote>\n\n*One*\n\nTwo\n\n</blockquote>\n\nThree",
	    "quote(p(em(One)) p(Two)) p(Three)");
	gives("<!-- wp:list -->\n<ul class=\"wp-block-list\"><!-- wp:list-item "
	      "-->\n<li>One</li>\n<!-- /wp:list-item -->\n\n<!-- wp:list-item "
	      "-->\n<li>Two</li>\n<!-- /wp:list-item --></ul>\n<!-- /wp:list "
	      "-->\n\nThree",
	    "list(item(p(One)) item(p(Two))) p(Three)");
	gives("<!-- wp:quote -->\n<blockquote><!-- wp:paragraph -->\n"
	      "<p>One</p>\n<!-- /wp:paragraph -->\n\n<!-- wp:paragraph -->\n"
	      "<p>Two</p>\n<!-- /wp:paragraph --><cite>Ana</cite></blockquote>"
	      "\n<!-- /wp:quote -->",
	    "quote(p(One) p(Two) p(em(Ana)))");
	gives("<ul>\n\n<li>\n\n- a\n- b\n\n</li>\n\n</ul>",
	    "list(item(list(item(p(a)) item(p(b)))))");
	is_not_left();
	gives("<ul>\n<li>One</li>\n\n# Two", "list(item(p(One))) h2(Two)");
	is_left("HTML <ul>", 1);
	gives("> <blockquote>\n>\n> One\n\nTwo", "quote(quote(p(One))) p(Two)");
	is_left("HTML <blockquote>", 1);
	gives(
	    "<blockquote>\n\nA[^1]\n\n[^1]: B", "quote(p(Aref1)) note1(p(B))");
	is_left("HTML <blockquote>", 1);
	gives("> <ul>\n\n</ul>\n\n- a\n\n</ul>", "quote list(item(p(a)))");
}

static void containers_end_where_words_of_markdown_do(void **state)
{
	(void)state;
	gives("<blockquote>First.\n\nSecond.</blockquote>\n\n*Normal*\n\nMore.",
	    "quote(p(First.) p(Second.)) p(em(Normal)) p(More.)");
	gives("<ul>\n<li>Two\n\nmore.</li></ul>\n\nNormal.\n\n## Head",
	    "list(item(p(Two) p(more.))) p(Normal.) h2(Head)");
	gives("<ol>\n<li>A\n\n*b*</li>\n<li>c\n\n# d</li></ol>\n\ne",
	    "list1(item(p(A) p(em(b))) item(p(c) h4(d))) p(e)");
	gives("<ul><li>a\n\n- b</li></ul>\n- c\n\nd",
	    "list(item(p(a) list(item(p(b)) item(p(c))))) p(d)");
	gives("<blockquote>\n\n| a |\n| - |\n| b</blockquote> |\n\nc",
	    "quote(table(row(cell(a)) row(cell(b)))) p(c)");
	gives("<blockquote>a\n\n*b</blockquote>* c\n\nd",
	    "quote(p(a) p(em(b) c)) p(d)");
	is_not_left();
	gives("<blockquote>\n\na <blockquote>b</blockquote> c\n\nd"
	      "</blockquote>\n\ne",
	    "quote(p(a brb c) p(d)) p(e)");
	gives("> <ul><li>a\n>\n> b</li></ul></blockquote>\n>\n> c",
	    "quote(list(item(p(a) p(b))) p(c))");
	gives("> <ul><li>a\n>\n> b</li></ul></li>\n>\n> c</li>\n>\n"
	      "> <ul><li>d\n>\n> e\n>\n> f</ul>",
	    "quote(list(item(p(a) p(b))) p(c) list(item(p(d) p(e) p(f))))");
	gives("a</li></ul></blockquote></ol>\n\n<ul><li>b\n\nc",
	    "p(a) list(item(p(b) p(c)))");
}

static void a_caption_is_its_own_figures(void **state)
{
	(void)state;
	gives("<figure><img src=a.jpg><figcaption>One <u>two</u></figcaption>"
	      "</figure><figure><iframe src=x></iframe><figcaption>Three"
	      "</figcaption></figure>",
	    "figure[a.jpg](One two) p(Three)");
	gives("<figure><img src=a.jpg><figcaption>Photo: Bo</figcaption>"
	      "</figure><figure><video></video><figcaption>Words</figcaption>"
	      "</figure>",
	    "figure[a.jpg]'Bo' p(Words)");
	gives("<figure><img src=a.jpg><figcaption>C</figcaption></figure>"
	      "<figure><figcaption>D</figcaption><img src=b.jpg></figure>",
	    "figure[a.jpg](C) figure[b.jpg](D)");
	gives("<figure><img src=a.jpg><figcaption>C</figure><ul><li>a</ul>"
	      "<h2>H</h2>",
	    "figure[a.jpg](C) list(item(p(a))) h2(H)");
	gives("<figure><img src=a.jpg><figcaption><p>One.</p><p>Two.</p>"
	      "</figcaption></figure>",
	    "figure[a.jpg](One.brTwo.)");
	gives("<figure><figure><img src=a.jpg></figure><figure><img src=b.jpg>"
	      "<figcaption>B</figcaption></figure><figcaption>All</figcaption>"
	      "</figure>",
	    "figure[a.jpg] figure[b.jpg](B) p(All)");
	gives("<ol><figure><figcaption>a<ul><li>b",
	    "list1(item(p(a) list(item(p(b)))))");
	gives("<ul><figure><figcaption>a<li>b</ul>",
	    "list(item(p(a)) item(p(b)))");
	gives("<ul><li><figure><img src=a.jpg><figcaption>a</ul>b",
	    "list(item(figure[a.jpg](a))) p(b)");
	gives("<p>Text {{< figure src=\"/a.jpg\" >}} more</p>",
	    "p(Text) figure[/a.jpg] p(more)");
}

static void entities_are_their_characters(void **state)
{
	(void)state;
	gives("<p>S&atilde;o &egrave; &bull; &#146;x&#x92; &#150; A&#10;B "
	      "&alpha; &Omega; &euro; &le; &AElig; &yuml; &sigmaf;</p>",
	    "p(São è • ’x’ – A B span{und-Grek}(α Ω) € ≤ Æ ÿ ς)");
	gives("<p>&forall; &nabla; &ni; &int; &supe; &rfloor; &rang; &uArr; "
	      "&thetasym; &there4; &diams;</p>",
	    "p(∀ ∇ ∋ ∫ ⊇ ⌋ ⟩ ⇑ ϑ ∴ ♦)");
	gives("<p>&nope; &; &#; &#x; &#0; &#xD800; &#x110000; &-; &#x2019</p>",
	    "p(&nope; &; &#; &#x; &#0; &#xD800; &#x110000; &-; &#x2019)");
	gives("<p>&nbsp;</p><p>a</p>\n<p> &nbsp; </p>", "p(a)");
	gives("<p><a href=\"/a?b&eacute;\">c</a></p>", "p(a[/a?bé](c))");
}

static void words_part_where_browsers_part_them(void **state)
{
	(void)state;
	gives("<p>super<wbr>long <acronym>AB</acronym></p>", "p(superlong AB)");
	gives("<p>a <b> b </b> c&nbsp;d</p>", "p(a strong( b) c\u00a0d)");
	gives("<h2><img src=/i.png> Title</h2><p>a</p>",
	    "figure[/i.png] h2(Title) p(a)");
	gives("<h2><div>Two</div></h2>", "h2(Two)");
	gives(
	    "<p>a <img class=\"emoji\" alt=\"☂\" src=x.png> b</p>", "p(a ☂ b)");
	gives("a <img class=\"wp-smiley\" alt=\":)\" src=x.gif>*b*",
	    "p(a :)em(b))");
	gives("| a <ul><li>one</li><li>two</li></ul> |\n| --- |",
	    "table(row(cell(a brbronebrtwo)))");
	gives("- <p>One</p><p>Two</p>", "list(item(p(One) p(Two)))");
	gives("<p><b>One<br><br>Two</b></p>", "p(strong(OnebrTwo))");
	gives("She said <q>yes</q>.\n\n<p>She said <q>no</q>.</p>",
	    "p(She said \"yes\".) p(She said \"no\".)");
}

static void code_of_html_keeps_its_lines(void **state)
{
	(void)state;
	gives("<pre><code class=x>one\n  two &lt;b&gt;\n\nthree</code></pre>"
	      "<p>a</p>",
	    "pre\"one\n  two <b>\n\nthree\" p(a)");
	gives(
	    "<pre>\nA verse\n  of <em>two</em>", "pre\"A verse\n  of two\n\"");
	gives("<code>a\nb</code>", "p(code\"a b\")");
	gives("<pre></pre>", "");
}

static void numbers_of_lists_stay(void **state)
{
	(void)state;
	gives("<ol start=\"3\"><li>a</ol><ol start=-1><li>b</ol>",
	    "list3(item(p(a))) list1(item(p(b)))");
	gives("<ul><li>A</li><ul><li>B</li></ul><li>C</li></ul>",
	    "list(item(p(A) list(item(p(B)))) item(p(C)))");
}

static void a_tag_without_end_takes_no_words(void **state)
{
	(void)state;
	gives("<p>a <a href=\"/x>link</a> words</p>\n<p>more</p>",
	    "p(a link words) p(more)");
	gives("<p>a <b c", "p(a <b c)");
	gives("<p\nclass=x", "p(<p class=x)");
	gives("<p>a < b <> c</p>", "p(a < b <> c)");
	gives("<div>\n<script>a\nb</script>\n<u>c</u></div>", "p(c)");
	is_left("HTML <u>", 4);
	gives("<!DOCTYPE html>\n<p>a</p>", "p(a)");
	is_not_left();
}

static void a_table_of_words_is_a_table(void **state)
{
	(void)state;
	gives(
	    "<!-- wp:table -->\n<figure class=\"wp-block-table\"><table><thead>"
	    "<tr><th>A</th><th data-align=\"right\">B</th></tr></thead>\n"
	    "<tbody><tr><td>1 <b>2</b></td>\n<td><a href=/c>d</a><br>e</td>"
	    "</tr></tbody></table><figcaption>C</figcaption></figure>\n"
	    "<!-- /wp:table -->",
	    "table(row(cell(A) cell3(B)) row(cell(1 strong(2)) "
	    "cell(a[/c](d)bre))) p(C)");
	is_not_left();
	gives("<table border=1>\n<tr>\n<td><p>a</p><p>b</p>\n<td> c\n<tr>"
	      "<td></td><td align=center>d <i>e</table>f",
	    "table(row(cell cell) row(cell(abrb) cell(c)) "
	    "row(cell cell2(d e))) p(f)");
	is_left("HTML <i>", 5);
	assert_int_equal(left_n, 1);
	gives("<ul><li>a<table><tr><th>b<th>c<tr><td>d<td>e</table>f</li></ul>",
	    "list(item(p(a) table(row(cell(b) cell(c)) row(cell(d) cell(e))) "
	    "p(f)))");
	gives("<table><tr><td>a<td>b</tr>c<tr><td>d<td>e</table>",
	    "table(row(cell cell) row(cell(a) cell(b)) row(cell(d) cell(e))) "
	    "p(c)");
}

static void a_table_of_more_than_words_is_paragraphs(void **state)
{
#define ROW "<tr><td>a<td>b"

	(void)state;
	gives("<table>" ROW ROW, "p(a) p(b) p(a) p(b)");
	gives("<table>" ROW "<tr><td colspan=2>c</table>", "p(a) p(b) p(c)");
	gives("<table>" ROW "<tr><td>c</table>", "p(a) p(b) p(c)");
	gives("<table>" ROW ROW "<ul><li>c</ul></table>",
	    "p(a) p(b) p(a) p(b) list(item(p(c)))");
	gives("<table>" ROW ROW "<img src=/c></table>",
	    "p(a) p(b) p(a) p(b) figure[/c]");
	gives("<table><tr><td>"
	      "<table>" ROW ROW "</table></table>",
	    "table(row(cell cell) row(cell(a) cell(b)) row(cell(a) cell(b)))");
	gives("<table>" ROW "<tr><td>a<td><q c=\"></table>\"><i>d\n\nf",
	    "table(row(cell cell) row(cell(a) cell(b)) row(cell(a) cell(\"d)))"
	    " p(f)");
	is_left("HTML <i>", 1);
	gives("<table>" ROW ROW "{{< figure src=/c >}}</table>",
	    "p(a) p(b) p(a) p(b) figure[/c]");
#undef ROW
}

static void a_table_without_room_is_paragraphs(void **state)
{
	struct buf b;

	(void)state;
	for (size_t depth = 15; depth < 25; depth++) {
		struct node *document;

		buf_init(&b, 1000);
		for (int k = 0; k < 2; k++) {
			for (size_t i = 0; i < depth; i++)
				buf_lit(&b, "> ");
			buf_add(&b, k ? STR("| - | - |") : STR("| a | c |\n"));
		}
		document = parse(buf_str(&b), "en", false);
		assert_true(depth_of(document) <= DOCUMENT_DEPTH);
		while (document->child->kind == NODE_QUOTE)
			document = document->child;
		for (const struct node *c = document->child; c; c = c->next)
			assert_true(c->kind < NODE_TEXT);
		buf_done(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_raised_stays_raised),
	    cmocka_unit_test(raw_html_leaves_its_words),
	    cmocka_unit_test(what_html_marks_in_a_line_stays_marked),
	    cmocka_unit_test(what_html_makes_of_blocks_stays_so),
	    cmocka_unit_test(tags_that_cannot_stand_leave_their_words),
	    cmocka_unit_test(tags_in_tags_keep_to_the_depth),
	    cmocka_unit_test(containers_stay_open_across_blank_lines),
	    cmocka_unit_test(containers_end_where_words_of_markdown_do),
	    cmocka_unit_test(a_caption_is_its_own_figures),
	    cmocka_unit_test(entities_are_their_characters),
	    cmocka_unit_test(words_part_where_browsers_part_them),
	    cmocka_unit_test(code_of_html_keeps_its_lines),
	    cmocka_unit_test(numbers_of_lists_stay),
	    cmocka_unit_test(a_tag_without_end_takes_no_words),
	    cmocka_unit_test(a_table_of_words_is_a_table),
	    cmocka_unit_test(a_table_of_more_than_words_is_paragraphs),
	    cmocka_unit_test(a_table_without_room_is_paragraphs),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
