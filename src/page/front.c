/* SPDX-License-Identifier: MIT
 *
 * The front page: the lead, two to four seconds, the briefs, then a band for
 * each section. Bands take one of three forms by what they hold, and never
 * that of the band before.
 */
#include "page/frame.h"
#include "page/page.h"
#include "page/teaser.h"

enum band_form { BAND_BIG, BAND_ROW, BAND_LIST, BAND_FORMS };

static bool has_picture(const struct view_teaser *t)
{
	return t->picture.url.n > 0 && html_url_is_own(t->picture.url);
}

static void put_lead(const struct sheet *s, const struct view_front *front)
{
	static const struct teaser_form form = {
	    .class = {STR_INIT("lead")},
	    .level = 2,
	    .has_picture = true,
	    .cut = IMAGE_16_9,
	    .is_first_picture = true,
	    .has_standfirst = true,
	    .has_byline = true,
	    .has_section = true,
	};

	for (size_t i = 0; i < front->lead.n; i++)
		teaser_put(s, &front->lead.v[i], &form);
}

static void put_seconds(const struct sheet *s, const struct view_front *front)
{
	struct teaser_form form = {
	    .level = 2,
	    .cut = IMAGE_4_3,
	    .has_standfirst = true,
	    .has_section = true,
	};

	if (!front->seconds.n)
		return;
	html_lit(s->b, "<div class=\"seconds\">\n");
	for (size_t i = 0; i < front->seconds.n; i++) {
		form.has_picture = i == 0;
		teaser_put(s, &front->seconds.v[i], &form);
	}
	html_lit(s->b, "</div>\n");
}

/* The clock of today's briefs, the day of older ones. */
static void put_brief_time(
    const struct sheet *s, const struct view_front *front, struct civil c)
{
	bool is_today = c.year == front->today.year &&
			c.month == front->today.month &&
			c.day == front->today.day;

	if (is_today && c.has_time) {
		sheet_time(s, s->words, c, TIME_CLOCK);
		return;
	}
	html_lit(s->b, "<time datetime=\"");
	civil_rfc3339(s->b, c);
	html_lit(s->b, "\">");
	sheet_words_start(s, s->words);
	words_day_month(s->b, s->words, c);
	sheet_words_end(s, s->words);
	html_lit(s->b, "</time>");
}

static void put_briefs(const struct sheet *s, const struct view_front *front)
{
	struct buf *b = s->b;

	if (!front->briefs.n)
		return;
	html_lit(b, "<section class=\"briefs\">\n<h2>");
	sheet_say(s, WORD_BRIEFS);
	html_lit(b, "</h2>\n<ul>\n");
	for (size_t i = 0; i < front->briefs.n; i++) {
		const struct view_teaser *t = &front->briefs.v[i];

		html_lit(b, "<li>");
		put_brief_time(s, front, t->published);
		html_lit(b, " ");
		teaser_headline(s, t);
		html_lit(b, "</li>\n");
	}
	html_lit(b, "</ul>\n</section>\n");
}

static bool band_fits(const struct view_band *band, enum band_form form)
{
	switch (form) {
	case BAND_BIG:
		return band->teasers.n >= 2 && has_picture(band->teasers.v);
	case BAND_ROW:
		return band->teasers.n >= 3;
	case BAND_LIST:
	case BAND_FORMS:
		return true;
	}
	return true;
}

/* The first form that fits and is not that of the band before; what comes
 * first turns with each band, so that the page does not settle into a
 * rhythm. */
static enum band_form band_choose(
    const struct view_band *band, size_t index, enum band_form before)
{
	for (size_t i = 0; i < BAND_FORMS; i++) {
		enum band_form form =
		    (enum band_form)((index + i) % BAND_FORMS);

		if (form != before && band_fits(band, form))
			return form;
	}
	return before == BAND_LIST ? BAND_ROW : BAND_LIST;
}

static void put_band_stories(
    const struct sheet *s, const struct view_band *band, enum band_form form)
{
	for (size_t i = 0; i < band->teasers.n; i++) {
		bool is_big = form == BAND_BIG && i == 0;
		struct teaser_form how = {
		    .level = 3,
		    .class = is_big ? HTML("big") : HTML(""),
		    .has_picture = is_big || form == BAND_ROW,
		    .cut = is_big ? IMAGE_16_9 : IMAGE_4_3,
		    .has_standfirst = form != BAND_LIST || i == 0,
		    .has_byline = is_big,
		};

		if (form == BAND_BIG && i > 3)
			how.has_standfirst = false;
		teaser_put(s, &band->teasers.v[i], &how);
	}
}

static void put_band(
    const struct sheet *s, const struct view_band *band, enum band_form form)
{
	struct buf *b = s->b;

	switch (form) {
	case BAND_BIG:
		html_lit(b, "<section class=\"band one\">\n<h2>");
		break;
	case BAND_ROW:
		html_lit(b, "<section class=\"band row\">\n<h2>");
		break;
	case BAND_LIST:
	case BAND_FORMS:
		html_lit(b, "<section class=\"band rest\">\n<h2>");
		break;
	}
	sheet_link(s, &band->section);
	html_lit(b, "</h2>\n<div>\n");
	put_band_stories(s, band, form);
	html_lit(b, "</div>\n</section>\n");
}

void page_front(struct buf *b, const struct view_paper *paper,
    const struct view_front *front)
{
	struct sheet s = sheet_make(b, paper, HTML("front"));
	enum band_form form = BAND_FORMS;

	s.url = STR("/");
	s.description = paper->motto;
	s.is_front = true;
	s.today = &front->today;
	sheet_start(&s);
	sheet_breaking(&s, &front->breaking);
	if (!front->lead.n && !front->seconds.n && !front->briefs.n &&
	    !front->bands_n) {
		html_lit(b, "<p>");
		sheet_say(&s, WORD_NOTHING);
		html_lit(b, "</p>\n");
	}
	html_lit(b, "<div class=\"top\">\n");
	put_lead(&s, front);
	put_seconds(&s, front);
	put_briefs(&s, front);
	html_lit(b, "</div>\n");
	for (size_t i = 0; i < front->bands_n; i++) {
		if (!front->bands[i].teasers.n)
			continue;
		form = band_choose(&front->bands[i], i, form);
		put_band(&s, &front->bands[i], form);
	}
	sheet_end(&s);
}
