/* SPDX-License-Identifier: MIT
 *
 * Stories in lists; see teaser.h.
 */
#include "page/teaser.h"

#include "page/lang.h"

enum { MIDDLE = 5 }; /* tenths */

/* Before, between and behind the names of a byline. */
void teaser_byline(const struct sheet *s, const struct words *words,
    const struct view_links *byline)
{
	struct buf *b = s->b;

	if (!byline->n)
		return;
	sheet_words_start(s, words);
	html_text(b, words_say(words, WORD_BY));
	for (size_t i = 0; i < byline->n; i++) {
		if (i > 0)
			html_text(
			    b, words_say(words,
				   i + 1 < byline->n ? WORD_COMMA : WORD_AND));
		html_lit(b, "<bdi>");
		sheet_link(s, &byline->v[i]);
		html_lit(b, "</bdi>");
	}
	sheet_words_end(s, words);
}

static void put_image(const struct sheet *s, const struct view_picture *picture,
    enum image_cut cut, bool is_lazy)
{
	image_put(s->b, &(struct image){.url = picture->url,
			    .alt = picture->alt,
			    .width = picture->width,
			    .height = picture->height,
			    .files = &picture->files,
			    /* What stands further down is smaller. */
			    .sizes = is_lazy ? HTML("(min-width: 48rem) 20rem, "
						    "50vw")
					     : HTML("(min-width: 48rem) 44rem, "
						    "100vw"),
			    .is_lazy = is_lazy,
			    .cut = cut});
}

/* A picture elsewhere is linked to: pages ask nobody else for anything. */
static void put_elsewhere(
    const struct sheet *s, const struct view_picture *picture)
{
	struct buf *b = s->b;

	html_lit(b, "<a rel=\"noopener\"");
	html_url(b, "href", STR_NONE, picture->url);
	html_lit(b, ">");
	sheet_say(s, WORD_PICTURE);
	if (picture->alt.n) {
		html_lit(b, ": ");
		html_text(b, picture->alt);
	}
	html_lit(b, "</a>");
}

/* It ends as a sentence does, in the scripts that have such an end. */
static bool is_ended(struct str s)
{
	static const struct str ends[] = {STR_INIT("."), STR_INIT("!"),
	    STR_INIT("?"), STR_INIT("…"), STR_INIT("。"), STR_INIT("؟"),
	    STR_INIT("”"), STR_INIT("»"), STR_INIT("“"), STR_INIT(")")};

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (str_ends(s, ends[i]))
			return true;
	return false;
}

static void put_caption(const struct sheet *s,
    const struct view_picture *picture, bool is_own, struct str lang)
{
	struct buf *b = s->b;

	html_lit(b, "\n<figcaption>");
	if (picture->caption.n) {
		lang_text(b, picture->caption, lang);
		html_lit(b, " ");
	}
	if (picture->caption.n && !is_ended(picture->caption) &&
	    (picture->credit.n || picture->rights.n))
		html_lit(b, "· ");
	if (picture->credit.n || picture->rights.n) {
		html_lit(b, "<span class=\"credit\">");
		html_text(b, picture->credit);
		if (picture->credit.n && picture->rights.n)
			html_lit(b, ". ");
		html_text(b, picture->rights);
		html_lit(b, "</span> ");
	}
	if (!is_own && html_url_is_safe(picture->url))
		put_elsewhere(s, picture);
	html_lit(b, "</figcaption>");
}

/* "plate", or "cut4 at3": a room of 4:3, and where the picture is cut. */
static void put_figure(const struct sheet *s,
    const struct view_picture *picture, struct html class, enum image_cut cut,
    struct str lang)
{
	struct buf *b = s->b;
	static const char *const names[IMAGE_CUTS] = {
	    "", "cut1", "cut4", "cut16"};
	unsigned place =
	    cut == IMAGE_WHOLE ? MIDDLE : image_place(picture, cut);

	html_lit(b, "<figure");
	/* One that stands upright would fill more than a screen. */
	if (class.markup.n && cut == IMAGE_WHOLE &&
	    picture->height > picture->width)
		class = HTML("plate tall");
	if (class.markup.n || cut != IMAGE_WHOLE) {
		html_lit(b, " class=\"");
		html_raw(b, class);
		if (class.markup.n && cut != IMAGE_WHOLE)
			html_lit(b, " ");
		html_text(b, str_of(names[cut]));
		if (place != MIDDLE)
			buf_printf(b, " at%u", place);
		html_lit(b, "\"");
	}
	lang_attrs(b, lang, s->lang);
	html_lit(b, ">");
}

/* LANG: of its words. */
static void put_picture(const struct sheet *s,
    const struct view_picture *picture, struct html class,
    const struct teaser_form *form, struct str lang)
{
	struct buf *b = s->b;
	bool is_own = html_url_is_own(picture->url);
	bool has_words =
	    picture->caption.n || picture->credit.n || picture->rights.n;

	/* What nobody may follow is no picture; its words are kept. */
	if (!picture->url.n || (!html_url_is_safe(picture->url) && !has_words))
		return;
	put_figure(s, picture, class, is_own ? form->cut : IMAGE_WHOLE, lang);
	if (is_own)
		put_image(s, picture, form->cut, !form->is_first_picture);
	if (!is_own || (form->is_first_picture && has_words))
		put_caption(
		    s, picture, is_own, lang_is_valid(lang) ? lang : s->lang);
	html_lit(b, "</figure>\n");
}

void teaser_picture(const struct sheet *s, const struct view_picture *picture,
    struct html class, const struct teaser_form *form)
{
	put_picture(s, picture, class, form, s->lang);
}

void teaser_headline(const struct sheet *s, const struct view_teaser *teaser)
{
	struct buf *b = s->b;

	html_lit(b, "<a");
	html_url(b, "href", STR_NONE, teaser->url);
	if (lang_is_valid(teaser->lang) && !lang_same(teaser->lang, s->lang))
		html_attr(b, "hreflang", teaser->lang);
	lang_attrs(b, teaser->lang, s->lang);
	html_lit(b, ">");
	lang_text(b, teaser->headline,
	    lang_is_valid(teaser->lang) ? teaser->lang : s->lang);
	html_lit(b, "</a>");
}

void teaser_list(const struct sheet *s, const struct view_teasers *teasers)
{
	html_lit(s->b, "<ul>\n");
	for (size_t i = 0; i < teasers->n; i++) {
		html_lit(s->b, "<li>");
		teaser_headline(s, &teasers->v[i]);
		html_lit(s->b, "</li>\n");
	}
	html_lit(s->b, "</ul>\n");
}

static void put_kicker(const struct sheet *s, const struct view_teaser *t,
    const struct teaser_form *form)
{
	struct buf *b = s->b;
	struct str label = t->kicker;

	if (!label.n && t->is_opinion)
		label = words_say(s->words, WORD_OPINION);
	/* Not what stands above the list already. */
	if (label.n && !form->has_section &&
	    str_eq_fold(label, t->section.name))
		return;
	if (t->kicker.n) {
		html_lit(b, "<p class=\"kicker\"");
		lang_attrs(b, t->lang, s->lang);
		html_lit(b, ">");
		html_text(b, t->kicker);
		html_lit(b, "</p>\n");
	} else if (t->is_opinion) {
		html_lit(b, "<p class=\"kicker\">");
		sheet_say(s, WORD_OPINION);
		html_lit(b, "</p>\n");
	} else if (form->has_section && t->section.name.n) {
		html_lit(b, "<p class=\"kicker\">");
		sheet_link(s, &t->section);
		html_lit(b, "</p>\n");
	}
}

static void put_foot(const struct sheet *s, const struct view_teaser *t,
    const struct teaser_form *form)
{
	struct buf *b = s->b;
	bool has_byline = form->has_byline && t->byline.n > 0;

	if (!has_byline && !form->has_date)
		return;
	html_lit(b, "<p class=\"by\">");
	if (has_byline) {
		html_lit(b, "<span>");
		teaser_byline(s, s->words, &t->byline);
		html_lit(b, "</span>");
	}
	if (has_byline && form->has_date)
		html_lit(b, " ");
	if (form->has_date)
		sheet_time(s, s->words, t->published,
		    form->is_of_one_day && t->published.has_time ? TIME_CLOCK
								 : TIME_BOTH);
	html_lit(b, "</p>\n");
}

static void put_class(
    const struct sheet *s, const struct view_teaser *t, struct html class)
{
	bool has_class = class.markup.n > 0;

	if (!has_class && !t->is_opinion)
		return;
	html_lit(s->b, " class=\"");
	html_raw(s->b, class);
	if (has_class && t->is_opinion)
		html_lit(s->b, " ");
	if (t->is_opinion)
		html_lit(s->b, "opinion");
	html_lit(s->b, "\"");
}

void teaser_put(const struct sheet *s, const struct view_teaser *t,
    const struct teaser_form *form)
{
	struct buf *b = s->b;
	bool is_two = form->level == 2;

	html_lit(b, "<article");
	put_class(s, t, form->class);
	html_lit(b, ">\n");
	if (form->has_picture && html_url_is_own(t->picture.url))
		put_picture(s, &t->picture, HTML(""), form, t->lang);
	put_kicker(s, t, form);
	html_raw(b, is_two ? HTML("<h2>") : HTML("<h3>"));
	teaser_headline(s, t);
	html_raw(b, is_two ? HTML("</h2>\n") : HTML("</h3>\n"));
	if (form->has_standfirst && t->standfirst.n) {
		html_lit(b, "<p class=\"standfirst\"");
		lang_attrs(b, t->lang, s->lang);
		html_lit(b, ">");
		lang_text(b, t->standfirst,
		    lang_is_valid(t->lang) ? t->lang : s->lang);
		html_lit(b, "</p>\n");
	}
	put_foot(s, t, form);
	html_lit(b, "</article>\n");
}
