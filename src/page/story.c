/* SPDX-License-Identifier: MIT
 *
 * A story's page. What surrounds the story is in the paper's language; the
 * article is in the story's, and so are the words within it ("Updated",
 * "Correction") as far as the catalogue has them.
 */
#include "page/body.h"
#include "page/correction.h"
#include "page/frame.h"
#include "page/lang.h"
#include "page/page.h"
#include "page/teaser.h"

struct article {
	const struct sheet *s;
	const struct view_story *story;
	const struct words *words; /* of the story's language */
	struct str lang;	   /* the story's */
	struct sheet inner;	   /* a sheet in that language */
};

static void put_kicker(const struct article *a)
{
	const struct view_teaser *head = &a->story->head;
	struct buf *b = a->s->b;
	struct str label = head->kicker;

	if (!label.n && head->is_opinion)
		label = words_say(a->words, WORD_OPINION);
	/* Not "Opinion Opinion". */
	if (str_eq_fold(label, head->section.name))
		label = STR_NONE;
	if (!head->section.name.n && !label.n)
		return;
	html_lit(b, "<p class=\"kicker\">");
	if (head->section.name.n) {
		html_lit(b, "<span");
		lang_attrs(b, a->s->lang, a->lang);
		html_lit(b, ">");
		sheet_link(a->s, &head->section);
		html_lit(b, "</span>");
	}
	if (label.n) {
		if (head->section.name.n)
			html_lit(b, " ");
		html_lit(b, "<span");
		if (!head->kicker.n)
			lang_attrs(b, str_of(a->words->lang), a->lang);
		html_lit(b, ">");
		html_text(b, label);
		html_lit(b, "</span>");
	}
	html_lit(b, "</p>\n");
}

static bool is_same_day(struct civil a, struct civil b)
{
	return a.year == b.year && a.month == b.month && a.day == b.day;
}

/* The inside of a span that is in the language of the words. */
static struct sheet in_words(const struct article *a)
{
	struct sheet said = a->inner;

	said.lang = str_of(a->words->lang);
	return said;
}

/* "Updated 11:15", with the date if it is another day's. */
static void put_updated(const struct article *a)
{
	const struct view_teaser *head = &a->story->head;
	struct sheet said = in_words(a);

	html_lit(a->s->b, " <span class=\"updated\">");
	sheet_words_start(&a->inner, a->words);
	sheet_say(&said, WORD_UPDATED);
	html_lit(a->s->b, " ");
	if (is_same_day(head->published, head->updated) &&
	    head->updated.has_time)
		sheet_time(&said, a->words, head->updated, TIME_CLOCK);
	else
		sheet_time(&said, a->words, head->updated, TIME_BOTH);
	sheet_words_end(&a->inner, a->words);
	html_lit(a->s->b, "</span>");
}

/* "Corrected", with the day of the last time; nothing if it only grew. */
static void put_corrected(const struct article *a)
{
	const struct view_story *story = a->story;
	size_t n = story->corrections_n;
	struct sheet said = in_words(a);
	struct civil date;

	while (n > 0 && !correction_is_one(&story->corrections[n - 1]))
		n--;
	if (n == 0)
		return;
	date = story->corrections[n - 1].date;
	html_lit(a->s->b, " <a href=\"#corrections\">");
	sheet_words_start(&a->inner, a->words);
	sheet_say(&said, WORD_CORRECTED);
	if (date.month && !is_same_day(story->head.published, date)) {
		html_lit(a->s->b, " ");
		sheet_time(&said, a->words, date, TIME_DATE);
	}
	sheet_words_end(&a->inner, a->words);
	html_lit(a->s->b, "</a>");
}

static void put_versions_link(const struct article *a)
{
	if (!a->story->versions_url.n)
		return;
	html_lit(a->s->b, " ");
	sheet_words_start(&a->inner, a->words);
	sheet_link(a->s, &(struct view_link){words_say(a->words, WORD_COMPARE),
			     a->story->versions_url});
	sheet_words_end(&a->inner, a->words);
}

/* Place and times: "Port Lune  23 November 2026, 06:40  Updated ..." */
static void put_when(const struct article *a)
{
	const struct view_teaser *head = &a->story->head;
	struct buf *b = a->s->b;

	html_lit(b, "<p class=\"when\">");
	if (head->dateline.n) {
		html_lit(b, "<span class=\"place\">");
		html_text(b, head->dateline);
		html_lit(b, "</span> ");
	}
	html_lit(b, "<span>");
	sheet_time(&a->inner, a->words, head->published, TIME_BOTH);
	html_lit(b, "</span>");
	if (head->has_updated)
		put_updated(a);
	put_corrected(a);
	put_versions_link(a);
	html_lit(b, "</p>\n");
}

static void put_header(const struct article *a)
{
	const struct view_teaser *head = &a->story->head;
	struct buf *b = a->s->b;

	html_lit(b, "<header>\n");
	put_kicker(a);
	html_lit(b, "<h1>");
	lang_text(b, head->headline, a->lang);
	html_lit(b, "</h1>\n");
	if (head->standfirst.n) {
		html_lit(b, "<p class=\"standfirst\">");
		lang_text(b, head->standfirst, a->lang);
		html_lit(b, "</p>\n");
	}
	html_lit(b, "<div class=\"credits\">\n");
	if (head->byline.n) {
		html_lit(b, "<p class=\"by\">");
		teaser_byline(&a->inner, a->words, &head->byline);
		html_lit(b, "</p>\n");
	}
	put_when(a);
	html_lit(b, "</div>\n</header>\n");
}

static void put_notice(
    const struct article *a, size_t at, enum correction_place place)
{
	const struct view_story *story = a->story;
	const struct view_correction *c = &story->corrections[at];
	struct str label = correction_label(
	    a->words, story->corrections, story->corrections_n, at, place);
	struct buf *b = a->s->b;

	html_lit(b, "<p>");
	if (label.n) {
		html_lit(b, "<b>");
		sheet_words_start(&a->inner, a->words);
		html_text(b, label);
		sheet_words_end(&a->inner, a->words);
		html_lit(b, "</b> ");
	}
	if (c->date.month) {
		sheet_time(&a->inner, a->words, c->date, TIME_DATE);
		html_lit(b, " ");
	}
	lang_text(b, c->text, a->lang);
	html_lit(b, "</p>\n");
}

/* The box of the notices that stand at the head, or at the foot. The first one
 * on the page has the name that links lead to. */
static void put_corrections(
    const struct article *a, enum correction_place place)
{
	const struct view_story *story = a->story;
	const struct view_correction *v = story->corrections;
	struct buf *b = a->s->b;
	size_t here = 0, above = 0;

	for (size_t i = 0; i < story->corrections_n; i++) {
		here += correction_is_at(&v[i], place);
		above += correction_is_at(&v[i], CORRECTION_HEAD);
	}
	if (!here)
		return;
	html_lit(b, "<section class=\"corrections\"");
	if (place == CORRECTION_HEAD || !above)
		html_lit(b, " id=\"corrections\"");
	html_lit(b, ">\n<h2>");
	sheet_words_start(&a->inner, a->words);
	html_text(
	    b, correction_heading(a->words, v, story->corrections_n, place));
	sheet_words_end(&a->inner, a->words);
	html_lit(b, "</h2>\n");
	for (size_t i = 0; i < story->corrections_n; i++)
		if (correction_is_at(&v[i], place))
			put_notice(a, i, place);
	html_lit(b, "</section>\n");
}

static void put_tags(const struct article *a)
{
	const struct view_links *tags = &a->story->tags;
	struct buf *b = a->s->b;

	if (!tags->n)
		return;
	html_lit(b, "<nav class=\"topics\"");
	sheet_label(b, a->words, a->lang, WORD_TOPICS);
	html_lit(b, ">\n<ul");
	lang_attrs(b, a->lang, str_of(a->words->lang));
	html_lit(b, ">\n");
	for (size_t i = 0; i < tags->n; i++) {
		html_lit(b, "<li>");
		sheet_link(a->s, &tags->v[i]);
		html_lit(b, "</li>\n");
	}
	html_lit(b, "</ul>\n</nav>\n");
}

/* The name of a language in itself; its tag if we do not know it. */
static struct str lang_name(struct str lang)
{
	static const struct {
		const char *tag;
		const char *name;
	} names[] = {
	    {"ar", "العربية"},
	    {"be", "Беларуская"},
	    {"de", "Deutsch"},
	    {"en", "English"},
	    {"es", "Español"},
	    {"fa", "فارسی"},
	    {"fr", "Français"},
	    {"he", "עברית"},
	    {"hi", "हिन्दी"},
	    {"it", "Italiano"},
	    {"ja", "日本語"},
	    {"ko", "한국어"},
	    {"nl", "Nederlands"},
	    {"pl", "Polski"},
	    {"pt", "Português"},
	    {"ru", "Русский"},
	    {"th", "ไทย"},
	    {"tr", "Türkçe"},
	    {"uk", "Українська"},
	    {"ur", "اردو"},
	    {"vi", "Tiếng Việt"},
	    {"zh", "中文"},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq_fold(lang_base(lang), str_of(names[i].tag)))
			return str_of(names[i].name);
	return lang;
}

static void put_translations(const struct article *a)
{
	const struct view_story *story = a->story;
	struct buf *b = a->s->b;

	if (!story->translations_n)
		return;
	html_lit(b, "<nav class=\"translations\"");
	sheet_label(b, a->words, a->lang, WORD_TRANSLATIONS);
	html_lit(b, ">\n<ul>\n");
	for (size_t i = 0; i < story->translations_n; i++) {
		const struct view_translation *t = &story->translations[i];

		html_lit(b, "<li><a rel=\"alternate\"");
		html_url(b, "href", STR_NONE, t->url);
		if (lang_is_valid(t->lang)) {
			html_attr(b, "hreflang", t->lang);
			html_attr(b, "lang", t->lang);
			html_raw(b, lang_is_rtl(t->lang)
					? HTML(" dir=\"rtl\"")
					: HTML(" dir=\"ltr\""));
		}
		html_lit(b, ">");
		html_text(b, lang_name(t->lang));
		html_lit(b, "</a></li>\n");
	}
	html_lit(b, "</ul>\n</nav>\n");
}

static void put_related(const struct article *a)
{
	if (!a->story->related.n)
		return;
	html_lit(a->s->b, "<section class=\"related\">\n<h2>");
	sheet_say(a->s, WORD_RELATED);
	html_lit(a->s->b, "</h2>\n");
	teaser_list(a->s, &a->story->related);
	html_lit(a->s->b, "</section>\n");
}

static void put_article(const struct article *a)
{
	/* Here the picture is seen as it was taken. */
	static const struct teaser_form whole = {
	    .cut = IMAGE_WHOLE, .is_first_picture = true};
	const struct view_story *story = a->story;
	struct buf *b = a->s->b;
	struct body_options options = {
	    .lang = a->lang,
	    .words = a->words,
	    .pictures = &story->pictures,
	    .has_picture_before = story->head.picture.url.n > 0,
	};

	if (story->head.is_opinion)
		html_lit(b, "<article class=\"story opinion\"");
	else
		html_lit(b, "<article class=\"story\"");
	lang_attrs(b, a->lang, a->s->lang);
	html_lit(b, ">\n");
	put_header(a);
	put_corrections(a, CORRECTION_HEAD);
	teaser_picture(&a->inner, &story->head.picture, HTML("plate"), &whole);
	html_lit(b, "<div class=\"text\">\n");
	body_write(b, story->body, &options);
	html_lit(b, "</div>\n");
	put_corrections(a, CORRECTION_FOOT);
	put_tags(a);
	put_translations(a);
	html_lit(b, "</article>\n");
}

enum { DESCRIPTION_MAX = 200 }; /* bytes: what search engines show */

void page_story(struct buf *b, const struct view_paper *paper,
    const struct view_story *story)
{
	struct sheet s = sheet_make(b, paper, HTML("page"));
	struct article a = {.s = &s, .story = story};
	struct buf description;

	/* Where there is no standfirst, the first words stand in. */
	buf_init(&description, 2 * DESCRIPTION_MAX);
	if (!story->head.standfirst.n && story->body)
		node_plain(story->body, DESCRIPTION_MAX, &description);
	s.title = story->head.headline;
	s.url = story->head.url;
	s.description = story->head.standfirst.n ? story->head.standfirst
						 : buf_str(&description);
	s.story = story;
	a.lang = lang_is_valid(story->head.lang) ? story->head.lang : s.lang;
	a.words = words_find(a.lang, s.words);
	a.inner = s;
	a.inner.words = a.words;
	a.inner.lang = a.lang;
	sheet_start(&s);
	put_article(&a);
	sheet_support(&s);
	put_related(&a);
	sheet_end(&s);
	buf_done(&description);
}
