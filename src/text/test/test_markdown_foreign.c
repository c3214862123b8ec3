/* SPDX-License-Identifier: MIT
 *
 * What other systems and other languages put into Markdown: shortcodes,
 * attributes, words of other scripts.
 */
#include "text/test/markdown_fixture.h"

static void is_not_left(void)
{
	assert_int_equal(left_n, 0);
}

static void shortcodes_become_figures_or_are_reported(void **state)
{
	(void)state;
	gives("One\n{{< figure src=\"/a.jpg\" alt=\"A crane\" caption=\"It's "
	      "*up*\" attr=\"Bo\" >}}\nTwo",
	    "p(One) figure[/a.jpg]'Bo'\"A crane\"(It's em(up)) p(Two)");
	gives("{{< figure src=javascript:x >}}", "");
	gives("See {{< youtube abc >}} now", "p(See  now)");
	gives("{% include figure.html src=\"a.jpg\" caption=\"C\" %}",
	    "figure[a.jpg](C)");
	gives("A {{ not closed", "p(A {{ not closed)");
	parse(STR("{{< figure src=a.jpg >}}\n\n{{< figure src=b.jpg >}}\n\n"
		  "<u>x</u>\n\n{{< tweet 1 >}}"),
	    "en", false);
	is_left("HTML <u>", 5);
	is_left("shortcode tweet", 7);
}

static void the_words_of_a_figure_are_not_lost(void **state)
{
#define FIGURE(name) "{{< figure src=/" name ".jpg caption=C attr=D >}}"

	(void)state;
	gives("a " FIGURE("b") "\n*c*", "p(a ) figure[/b.jpg]'D'(C) p(em(c))");
	gives(FIGURE("a") " " FIGURE("b"),
	    "figure[/a.jpg]'D'(C) figure[/b.jpg]'D'(C)");
	gives("> a\n> " FIGURE("b"), "quote(p(a) figure[/b.jpg]'D'(C))");
	gives("- a " FIGURE("b") " c",
	    "list(item(p(a ) figure[/b.jpg]'D'(C) p( c)))");
	is_not_left();
	gives("\n| a |\n| - |\n| " FIGURE("b") " |",
	    "table(row(cell(a)) row(cell(img[/b.jpg])))");
	is_left("shortcode figure", 4);
	gives("# a " FIGURE("b") "\n\n*" FIGURE("c") "*",
	    "h2(a img[/b.jpg]) p(em(img[/c.jpg]))");
	is_left("shortcode figure", 1);
	is_left("shortcode figure", 3);
	gives("{{< figure src=/a.jpg caption=\"He said \\\"no\\\" \\\\ twice\" "
	      "alt='\\d' >}}",
	    "figure[/a.jpg]\"\\d\"(He said \"no\" \\ twice)");
	gives(
	    "{% include image.html url=\"/a.jpg\" description=\"C\" title=T %}",
	    "figure[/a.jpg](C)");
	gives("<img src=/a.jpg alt=\"b\\\" title=\"c\">",
	    "figure[/a.jpg]\"b\\\"");
#undef FIGURE
}

static void captions_and_credits_are_markdown(void **state)
{
	(void)state;
	gives("{{< figure src=/a.jpg caption=\"The [*b*](/c) `d` <i>e</i>\" "
	      "attr=\"Photo by [Jane](https://x.example/)\" >}}",
	    "figure[/a.jpg]'Photo by Jane'(The a[/c](em(b)) code\"d\" em(e))");
	gives("{{< figure src=/a.jpg caption=\"1. May\" attr=\"# B\" >}}",
	    "figure[/a.jpg]'# B'(1. May)");
	gives("\n{{< figure src=/a.jpg caption=\"<u>b</u> Photo: D\" >}}",
	    "figure[/a.jpg]'D'(b)");
	is_left("HTML <u>", 2);
}

static void a_caption_may_be_long_and_begin_with_a_number(void **state)
{
	struct buf b, want;

	(void)state;
	gives("{{< figure src=/a.jpg caption=\"12. M\u00e4rz: der "
	      "[Hafen](/x) *alt*\" >}}",
	    "figure[/a.jpg](12. M\u00e4rz: der a[/x](Hafen) em(alt))");
	gives("{{< figure src=/a.jpg caption=\"_The Dog_, 1890\" "
	      "attr=\"_Jane Doe_\" >}}",
	    "figure[/a.jpg]'Jane Doe'(em(The Dog), 1890)");
	gives("{{< figure src=/a.jpg caption=\"**\u201CNo\u201D** he\" >}}",
	    "figure[/a.jpg](strong(\u201CNo\u201D) he)");
	gives("{{< figure src=/a.jpg caption=\"*(left)* A\" >}}",
	    "figure[/a.jpg](em((left)) A)");
	gives(
	    "{{< figure src=/a.jpg caption=\"* a\" >}}", "figure[/a.jpg](* a)");
	gives("{{< figure src=/a.jpg caption=\"- *a*\" >}}",
	    "figure[/a.jpg](- em(a))");
	buf_init_arena(&b, a, 1000);
	buf_init_arena(&want, a, 1000);
	buf_lit(&b, "{{< figure src=/a.jpg caption=\"*a*");
	buf_lit(&want, "figure[/a.jpg](em(a)");
	buf_fill(&b, 'b', 600);
	buf_fill(&want, 'b', 600);
	buf_add(&b, (struct str){"\" >}}", 6});
	buf_add(&want, (struct str){")", 2});
	gives(b.p, want.p);
}

static void no_words_of_a_shortcode_go_unsaid(void **state)
{
	(void)state;
	gives(
	    "{{< figure src=/a.jpg title=\"The *harbour*\" caption=\"1. May\" "
	    ">}}\n\n{{< figure src=/b.jpg title=C caption=C >}}",
	    "figure[/a.jpg](The em(harbour)br1. May) figure[/b.jpg](C)");
	gives("Write {{</* youtube id */>}} or {{%/* b */%}} so.",
	    "p(Write {{< youtube id >}} or {{% b %}} so.)");
	is_not_left();
	gives("\n[{{< figure src=/a.jpg caption=C >}}](http://x.y)",
	    "figure[/a.jpg](C)");
	is_left("link http://x.y", 2);
}

static void shortcodes_of_wordpress_are_left_out(void **state)
{
	(void)state;
	gives("[caption id=\"a_1\" width=3]<a href=\"/b\"><img src=\"/c.jpg\" "
	      "alt=\"D\" /></a> The <em>crane</em>. Photo: Bo[/caption]\n\nE",
	    "figure[/c.jpg]'Bo'\"D\"(The em(crane).) p(E)");
	gives("A [caption caption=\"B\"]<img src=/c.jpg>[/caption]\nd",
	    "p(A ) figure[/c.jpg](B) p(d)");
	gives(
	    "A\n\n[gallery ids=\"1,2\"]\n\n[embed]https://a.example/[/embed]\n"
	    "[audio mp3=\"/b\"][/audio]c",
	    "p(A) p(https://a.example/~c)");
	is_left("shortcode gallery", 3);
	is_left("shortcode embed", 5);
	is_left("shortcode audio", 6);
	assert_int_equal(left_n, 3);
	gives(
	    "[gallery](/a) [video][b] [video] [caption] [galleries] `[gallery]`\n\n"
	    "[b]: /c\n",
	    "p(a[/a](gallery) a[/c](video) [video] [caption] [galleries] "
	    "code\"[gallery]\")");
	is_not_left();
}

static void a_caption_may_have_a_picture_of_markdown(void **state)
{
	(void)state;
	gives("[caption id=a]![b](/c.jpg) D *e*. Photo: Bo[/caption]",
	    "figure[/c.jpg]'Bo'\"b\"(D em(e).)");
	gives("[caption id=\"a\" width=\"300\"][![A](/a.jpg)](http://x.org) "
	      "Cap[/caption]",
	    "figure[/a.jpg]\"A\"(Cap)");
	gives("[caption id=a]![A](/a.jpg \"T\")[/caption]",
	    "figure[/a.jpg]\"A\"(T)");
	gives("\\[caption id=\"a\\_1\"\\]![A](/a.jpg)\nCap\\[/caption\\]\n\n"
	      "\\[gallery ids=\"1\"\\] b",
	    "figure[/a.jpg]\"A\"(Cap) p(b)");
	is_left("shortcode gallery", 4);
	gives("[caption id=a][<img src=/a.jpg>][1] Cap[/caption]\n\n[1]: /b",
	    "p(a[/b](img[/a.jpg]) Cap)");
	is_left("shortcode caption", 1);
	gives(
	    "[caption id=a]B ![A](/a.jpg)[/caption]", "p(B img[/a.jpg]\"A\")");
	gives("\\[caption id=a\\] b \\[gallery c\\]",
	    "p([caption id=a] b [gallery c])");
}

static void a_word_in_brackets_is_a_word(void **state)
{
	(void)state;
	gives("The [gallery] was [playlist x] closed,\n[gallery] [gallery]",
	    "p(The [gallery] was [playlist x] closed,~[gallery] [gallery])");
	gives("Some [text][gallery], [playlist].\n\n[gallery]: /g\n"
	      "[playlist]: /p",
	    "p(Some a[/g](text), a[/p](playlist).)");
	is_not_left();
	gives("A\n\n [gallery]\n\n<p>[playlist]</p>", "p(A)");
	is_left("shortcode gallery", 3);
	is_left("shortcode playlist", 5);
}

static void an_indented_figure_is_no_code(void **state)
{
	(void)state;
	gives("{{< gallery >}}\n\t{{< figure src=\"/a.jpg\" caption=\"A\" >}}\n"
	      "    {{< figure src=\"/b.jpg\" >}}\n{{< /gallery >}}\n\nB",
	    "figure[/a.jpg](A) figure[/b.jpg] p(B)");
	gives("<div>\n    {{< figure src=/a.jpg >}}\n</div>\n\nA\n"
	      "      {{< figure src=/b.jpg >}}\nB",
	    "figure[/a.jpg] p(A) figure[/b.jpg] p(B)");
	gives("- a\n\n  {{< figure src=/a.jpg >}}\n- b\n"
	      "            {{< figure src=/b.jpg >}}\n\nc",
	    "list(item(p(a) figure[/a.jpg]) item(p(b) figure[/b.jpg])) p(c)");
	gives("1. a\n   - b\n\n\t {{< figure src=/a.jpg >}}\n\n[^1]\n\n"
	      "[^1]: c\n\n        {{< figure src=/b.jpg >}}",
	    "list1(item(p(a) list(item(p(b) figure[/a.jpg])))) p(ref1) "
	    "note1(p(c) figure[/b.jpg])");
}

static void what_goes_out_of_html_ends_no_block(void **state)
{
	(void)state;
	gives("<div>\n    {{< gallery dir=\"x\" >}}\n    <p>A <b>b</b>.</p>\n"
	      "</div>",
	    "p(A strong(b).)");
	is_left("shortcode gallery", 2);
	gives("<ul>\n  {% for p in x %}\n    <li>a</li>\n  {% endfor %}\n"
	      "  {% if a %}{% endif %}\n    <li>b</li>\n</ul>",
	    "list(item(p(a)) item(p(b)))");
	gives("<div>\n{% comment %}\n\na\n\n{% endcomment %}\n    <p>b</p>\n"
	      "{% raw %}\n    <p>{{ c }}</p>\n{% endraw %}\n    <p>d</p>\n"
	      "<u>e</u></div>",
	    "p(b) p({{ c }}) p(d) p(e)");
	is_left("HTML <u>", 12);
	gives("<div>\n    [gallery ids=\"1\"]\n    <p>a</p>\n</div>", "p(a)");
	gives("> <div>\n>     {{< a\n>     b >}}\n>     <p>c</p>\n> </div>",
	    "quote(p(c))");
	gives("- <div>\n      {{< a >}}\n\n  {{< a >}}\n- b",
	    "list(item item(p(b)))");
	gives(
	    "<p>a</p> {{< b\n c >}}\n    <p>d <a href=\"{{ page.x }}e\">f</a>",
	    "p(a) p(d a[e](f))");
	gives("<div>\n    {{< figure src=/a.jpg\n  alt=b >}}\n    <p>c</p>\n"
	      "<u>d</u></div>",
	    "figure[/a.jpg]\"b\" p(c) p(d)");
	is_left("HTML <u>", 5);
	gives("<div>\n    [caption id=a]<img src=/a.jpg> B[/caption]\n"
	      "    <p>c</p>\n</div>",
	    "figure[/a.jpg](B) p(c)");
	gives("<div>\n{% raw %}\na\n\nb\n{% endraw %} *c*", "p(a) p(b~em(c))");
}

static void a_line_behind_a_shortcode_is_no_code(void **state)
{
	(void)state;
	gives("A\n{{< a >}}\n    b *c*\n    d", "p(A) p(b em(c)~d)");
	gives("<span>\n\t{{< a >}}\n\t<b>c</b>\n</span>", "p(strong(c)~)");
	gives("{{< figure src=/a.jpg >}}\n      b", "figure[/a.jpg] p(b)");
	gives("1. a\n   {{< a >}}\n         b\n2. c",
	    "list1(item(p(a) p(b)) item(p(c)))");
	gives("{{< a >}}\n\n    b", "pre\"b\n\"");
	gives("{{< a >}}\n```\n    b\n```\n    c", "pre\"    b\n\" pre\"c\n\"");
}

static bool has_mark(const struct node *node)
{
	for (const struct node *c = node; c; c = c->next)
		if (str_find_str(c->text, STR("\xEF\xB7")) < c->text.n ||
		    str_find_str(c->url, STR("\xEF\xB7")) < c->url.n ||
		    str_find_str(c->title, STR("\xEF\xB7")) < c->title.n ||
		    has_mark(c->child))
			return true;
	return false;
}

static void no_mark_of_a_figure_reaches_a_page(void **state)
{
#define FIGURE "{{< figure src=/a.jpg >}}"
	static const char *const sources[] = {"[a](/b" FIGURE ")",
	    "[a](/b \"c" FIGURE "\")", "![a" FIGURE "](/b" FIGURE ")",
	    "<img src=\"/b" FIGURE "\" alt=\"" FIGURE "\">",
	    "a <a href=\"/b" FIGURE "\">c</a> <code>d" FIGURE "</code>",
	    "<pre>\n" FIGURE "</pre>", "a <pre>" FIGURE "</pre>",
	    "a\xEF\xB7\x91 " FIGURE " \xEF\xB7\x90", "# " FIGURE " a",
	    "[^" FIGURE "]", "<p " FIGURE ">a</p>", "a `b`` " FIGURE " ``` `",
	    "> - a\n>\n>       " FIGURE, "- a\n\n         " FIGURE "b\n",
	    "| " FIGURE " |\n| - |"};

	(void)state;
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (has_mark(parse(str_of(sources[i]), "en", false)->child))
			fail_msg("%s", sources[i]);
	gives("- a\n\n         " FIGURE " b\n",
	    "list(item(p(a) pre\"   " FIGURE " b\n\"))");
#undef FIGURE
}

static void no_mark_of_a_figure_hides_what_an_address_is(void **state)
{
	(void)state;
	gives("[a](\f{{< figure src=/f >}} \"t\")", "p(a)");
	is_left("link", 1);
	gives("[a](java{{<figure src=a.jpg>}}script:x)", "p(a)");
	gives("![a](data{{<figure src=a.jpg>}}:x)", "p(a)");
}

static void a_shortcode_ends_within_its_paragraph(void **state)
{
	(void)state;
	gives("One {{ two\n\nThree\n\nfour }} five",
	    "p(One {{ two) p(Three) p(four }} five)");
	gives("One {{< x\n \nTwo >}} three", "p(One {{< x) p(Two >}} three)");
	gives("One {{< x and {{< y >}} two", "p(One {{< x and  two)");
	gives("A {{< figure src=a.jpg\n  alt=\"B\" >}}\n\nC",
	    "p(A img[a.jpg]\"B\") p(C)");
	is_not_left();
}

static void code_keeps_its_braces(void **state)
{
	(void)state;
	gives("Write `{{ page.name }}` or ``{% x %} ` y``.",
	    "p(Write code\"{{ page.name }}\" or code\"{% x %} ` y\".)");
	gives("```html\n{{ page.name }}\n\n{{< x >}}\n```\n{{< y >}}",
	    "pre\"{{ page.name }}\n\n{{< x >}}\n\"");
	is_left("shortcode y", 6);
	gives("> ~~~\n> {% x %}\n\n{% y %}", "quote(pre\"{% x %}\n\")");
	gives("- a\n\n  ```\n  {% x %}\n  ```",
	    "list(item(p(a) pre\"{% x %}\n\"))");
	gives("a\n\n    {% x %}\n\nb", "p(a) pre\"{% x %}\n\" p(b)");
	gives("- a\n\n      {% x %}", "list(item(p(a)))");
	gives("one ` tick {{ page.a }}", "p(one ` tick)");
	gives("- a `b\n- {{< x >}}c\n  d`\n1. `e\n  {{< x >}}`",
	    "list(item(p(a `b)) item(p(c~d`))) "
	    "list1(item(p(code\"e   {{< x >}}\")))");
	gives("\\`{{ page.a }}` \\{% x %}", "p(`` {% x %})");
}

static void enclosed_code_is_code_and_text_is_text(void **state)
{
	(void)state;
	gives("{% highlight c %}\nx = \"{{ y }}\";\n\n{% if %}\n"
	      "{% endhighlight %}\n{{< z >}}",
	    "pre\"x = \"{{ y }}\";\n\n{% if %}\n\"");
	is_left("shortcode z", 6);
	assert_int_equal(left_n, 1);
	gives("{{< highlight go \"linenos=1\" >}}\na\n{{< / highlight >}}\nb",
	    "pre\"a\n\" p(b)");
	gives("A {% highlight c %}b{% endhighlight %} c", "p(A b c)");
	is_left("shortcode highlight", 1);
	gives("{% highlight c %}\nx", "p(x)");
	gives("{% raw %}{{ page.x }}{%- endraw -%} y", "p({{ page.x }} y)");
	is_not_left();
	gives("A {% comment %} not\n\nthis {% endcomment %}B", "p(A) p(B)");
	is_left("shortcode comment", 1);
}

static void names_of_no_other_system_are_text(void **state)
{
	(void)state;
	gives("Dear {{name}}, {{ site.title }} {{ x | upcase }}!",
	    "p(Dear {{name}},  !)");
	is_left("shortcode site.title", 1);
	gives("{% if a %}One{% else %}two{% endif %}", "p(Onetwo)");
	is_left("shortcode if", 1);
	assert_int_equal(left_n, 1);
	assert_true(str_starts(left[0].why, STR("what it chooses between")));
}

static void attributes_are_left_out_and_said(void **state)
{
	(void)state;
	gives("One\n\n## Head {#custom-id}\n\n## *Em* {: .x #y}\n\n## {a}",
	    "p(One) h2(Head) h2(em(Em)) h2({a})");
	is_left("attributes {#custom-id}", 3);
	is_left("attributes {: .x #y}", 5);
	gives("Text\n{: .note}\n\n{:toc}\n\n{: .a} {:.b}\nmore",
	    "p(Text) p(more)");
	is_left("attributes {: .note}", 2);
	is_left("attributes {:toc}", 4);
	gives("* TOC\n{:toc}\n\n- a\n-\n", "list(item(p(a)) item)");
	gives("![A](a.jpg){: .wide}\n\n[b](c){:target=\"_blank\"} "
	      "[d](e){width=5} *f*{g} x {h}",
	    "figure[a.jpg]\"A\" p(a[c](b) a[e](d) em(f){g} x {h})");
	gives("a {lang=fr} [b]{lang=!} {: :)",
	    "p(a {lang=fr} [b]{lang=!} {: :))");
	is_not_left();
	gives("The HTML.\n\n*[HTML]: *Hyper* text\n*[CSS]: Sheets\nEnd",
	    "p(The HTML.) p(End)");
	is_left("abbreviation HTML", 3);
	is_left("abbreviation CSS", 4);
	gives("A ==b c== d", "p(A ==b c== d)");
	is_left("==", 1);
	gives("if a == b and c == d ======", "p(if a == b and c == d ======)");
	is_not_left();
	gives("`{: .note}`\n\n    {:toc}",
	    "p(code\"{: .note}\") pre\"{:toc}\n\"");
}

static void markdown_in_html_of_kramdown_is_read(void **state)
{
	(void)state;
	gives("<div class=\"x\" markdown=\"1\">\n**a** b\n\n- c\n</div>\n\n"
	      "> <section markdown=block>\n> *d*\n> </section>\n\n<u>e</u>",
	    "p(strong(a) b) list(item(p(c))) quote(p(em(d))) p(e)");
	is_left("HTML <div>", 1);
	is_left("HTML <section>", 7);
	is_left("HTML <u>", 11);
	gives(
	    "<div markdown=\"0\">\n*a*</div>\n\n<div markdown=\"1\">*b*</div>",
	    "p(*a*) p(*b*)");
}

static void comments_of_kramdown_are_shown_to_nobody(void **state)
{
	(void)state;
	gives("A\n\n{::comment}\nSecret\n\nmore\n{:/comment}\n\nB "
	      "{::comment}c{:/}d\n\n{::nomarkdown}\n<p>e</p>\n"
	      "{:/nomarkdown}\n\n{::options x=\"y\" /}",
	    "p(A) p(B d) p(e)");
	is_left("shortcode comment", 3);
	is_left("shortcode comment", 9);
	is_left("shortcode nomarkdown", 11);
	is_left("shortcode options", 15);
	assert_int_equal(left_n, 4);
	gives("`{::comment}` {::comment} a {:/ b} {:: c} {:/",
	    "p(code\"{::comment}\"  a {:/ b} {:: c} {:/)");
}

static void marked_languages_are_set(void **state)
{
	(void)state;
	gives("He said [na zdrowie]{lang=pl} and left",
	    "p(He said span{pl ltr}(na zdrowie) and left)");
	gives("[*a* b]{lang=fa} [c]", "p(span{fa rtl}(em(a) b) [c])");
	gives("> Bonjour\n> {lang=fr}", "quote{fr ltr}(p(Bonjour))");
	gives("> Bonjour\n>\n> {lang=fr}\n\nText",
	    "quote{fr ltr}(p(Bonjour)) p(Text)");
	gives("Bonjour\n{lang=fr}", "p{fr ltr}(Bonjour)");
	gives("Bonjour\n\n{lang=fr}", "p{fr ltr}(Bonjour)");
	gives("Bonjour\n{: lang=\"fr\"}\n\nSalut\n{lang='fr'}",
	    "p{fr ltr}(Bonjour) p{fr ltr}(Salut)");
	gives("[na]{:lang=\"pl\"} b", "p(span{pl ltr}(na) b)");
	is_not_left();
	gives("*mot juste*{:lang=\"fr\"} `a`{lang=\"fr\"}\n\n"
	      "## B {: lang=\"fr\"}\n\nc\n{: lang=\"!\"}",
	    "p(em(mot juste) code\"a\") h2(B) p(c)");
	is_left("attributes {:lang=\"fr\"}", 1);
	is_left("attributes {lang=\"fr\"}", 1);
	is_left("attributes {: lang=\"fr\"}", 3);
	is_left("attributes {: lang=\"!\"}", 6);
	gives("a {lang=fr} [b]{lang=!}", "p(a {lang=fr} [b]{lang=!})");
}

static void other_scripts_are_found(void **state)
{
	(void)state;
	gives("The paper صحيفة الفجر said",
	    "p(The paper span{und-Arab rtl}(صحيفة الفجر) said)");
	gives("The word правда alone", "p(The word правда alone)");
	gives("The «Новая газета» paper",
	    "p(The «span{und-Cyrl}(Новая газета)» paper)");
	gives("> قال إن الأمر انتهى",
	    "quote{und-Arab rtl}(p(قال إن الأمر انتهى))");
	gives_in("ar", "قال Reporters Without Borders إن",
	    "p(قال span{und-Latn ltr}(Reporters Without Borders) إن)");
	gives_in("ja", "これは漢字とカナです", "p(これは漢字とカナです)");
	gives("> 日本語の引用です。", "quote{ja}(p(日本語の引用です。))");
	gives(
	    "He wrote 日本語の in it", "p(He wrote span{ja}(日本語の) in it)");
	gives("He wrote 漢字 in it", "p(He wrote span{und-Hani}(漢字) in it)");
	gives_in("sr", "Ovo je srpski tekst", "p(Ovo je srpski tekst)");
}

static void a_figure_s_credit_and_link_are_not_lost_in_silence(void **state)
{
	(void)state;
	gives(
	    "[caption id=\"a\"][![A](/a.jpg \"Photo: J. Doe\")](https://x.org/r)"
	    " Words.[/caption]",
	    "figure[/a.jpg]'J. Doe'\"A\"(Words.)");
	is_left("link https://x.org/r", 1);
	gives(
	    "One.\n\n[![A](/a.jpg \"Photo: J. Doe\")](https://x.org/r)\n*Words*",
	    "p(One.) figure[/a.jpg]'J. Doe'\"A\"(Words)");
	is_left("link https://x.org/r", 3);
	gives("{{< figure src=/a.jpg link=\"https://x.org/r\" >}}",
	    "figure[/a.jpg]");
	is_left("link https://x.org/r", 1);
	/* To itself, or larger. */
	gives("[![A](/a-300.jpg)](/a.jpg)", "figure[/a-300.jpg]\"A\"");
	is_not_left();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(shortcodes_become_figures_or_are_reported),
	    cmocka_unit_test(the_words_of_a_figure_are_not_lost),
	    cmocka_unit_test(captions_and_credits_are_markdown),
	    cmocka_unit_test(a_caption_may_be_long_and_begin_with_a_number),
	    cmocka_unit_test(no_words_of_a_shortcode_go_unsaid),
	    cmocka_unit_test(shortcodes_of_wordpress_are_left_out),
	    cmocka_unit_test(a_caption_may_have_a_picture_of_markdown),
	    cmocka_unit_test(
		a_figure_s_credit_and_link_are_not_lost_in_silence),
	    cmocka_unit_test(a_word_in_brackets_is_a_word),
	    cmocka_unit_test(an_indented_figure_is_no_code),
	    cmocka_unit_test(a_line_behind_a_shortcode_is_no_code),
	    cmocka_unit_test(what_goes_out_of_html_ends_no_block),
	    cmocka_unit_test(no_mark_of_a_figure_reaches_a_page),
	    cmocka_unit_test(no_mark_of_a_figure_hides_what_an_address_is),
	    cmocka_unit_test(a_shortcode_ends_within_its_paragraph),
	    cmocka_unit_test(code_keeps_its_braces),
	    cmocka_unit_test(enclosed_code_is_code_and_text_is_text),
	    cmocka_unit_test(names_of_no_other_system_are_text),
	    cmocka_unit_test(attributes_are_left_out_and_said),
	    cmocka_unit_test(markdown_in_html_of_kramdown_is_read),
	    cmocka_unit_test(comments_of_kramdown_are_shown_to_nobody),
	    cmocka_unit_test(marked_languages_are_set),
	    cmocka_unit_test(other_scripts_are_found),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
