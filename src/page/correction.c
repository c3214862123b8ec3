/* SPDX-License-Identifier: MIT
 *
 * The page of all corrections, a story's versions, and two of them compared;
 * and how notices are named (correction.h).
 */
#include "page/correction.h"

#include "base/must.h"
#include "page/body.h"
#include "page/frame.h"
#include "page/lang.h"
#include "page/page.h"
#include "page/teaser.h"

struct str correction_name(const struct words *words, enum view_change change)
{
	static const enum word names[] = {
	    [VIEW_FIRST] = WORD_FIRST,
	    [VIEW_CORRECTION] = WORD_CORRECTION,
	    [VIEW_CLARIFICATION] = WORD_CLARIFICATION,
	    [VIEW_UPDATE] = WORD_UPDATE,
	    [VIEW_TYPO] = WORD_TYPO,
	};

	return words_say(words, names[change]);
}

static enum view_change change_of(const struct view_correction *c)
{
	return c->change == VIEW_FIRST ? VIEW_CORRECTION : c->change;
}

/* The first of those at PLACE; N if there is none. */
static size_t first_at(
    const struct view_correction *v, size_t n, enum correction_place place)
{
	size_t i = 0;

	while (i < n && !correction_is_at(&v[i], place))
		i++;
	return i;
}

static bool is_one_kind(
    const struct view_correction *v, size_t n, enum correction_place place)
{
	size_t first = first_at(v, n, place);

	for (size_t i = first; i < n; i++)
		if (correction_is_at(&v[i], place) &&
		    change_of(&v[i]) != change_of(&v[first]))
			return false;
	return true;
}

bool correction_is_at(
    const struct view_correction *c, enum correction_place place)
{
	return place == CORRECTION_ALL ||
	       c->is_at_head == (place == CORRECTION_HEAD);
}

struct str correction_heading(const struct words *words,
    const struct view_correction *v, size_t n, enum correction_place place)
{
	size_t first = first_at(v, n, place);
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += correction_is_at(&v[i], place);
	must(count > 0);
	if (!is_one_kind(v, n, place) ||
	    (count > 1 && change_of(&v[first]) == VIEW_CORRECTION))
		return words_say(words, WORD_CORRECTIONS);
	return correction_name(words, change_of(&v[first]));
}

struct str correction_label(const struct words *words,
    const struct view_correction *v, size_t n, size_t at,
    enum correction_place place)
{
	return is_one_kind(v, n, place)
		   ? STR_NONE
		   : correction_name(words, change_of(&v[at]));
}

bool correction_is_one(const struct view_correction *c)
{
	return c->change != VIEW_UPDATE && c->change != VIEW_TYPO;
}

static void put_name(const struct sheet *s, enum view_change change)
{
	sheet_words_start(s, s->words);
	html_text(s->b, correction_name(s->words, change));
	sheet_words_end(s, s->words);
}

/* A link whose words are the catalogue's. */
static void put_word_link(const struct sheet *s, enum word word, struct str url)
{
	sheet_words_start(s, s->words);
	sheet_link(s, &(struct view_link){words_say(s->words, word), url});
	sheet_words_end(s, s->words);
}

/* --- All corrections --------------------------------------------------- */

static void put_row(const struct sheet *s, const struct view_notice_row *row)
{
	const struct view_correction *c = &row->correction;
	struct buf *b = s->b;

	html_lit(b, "<article>\n<p class=\"kicker\">");
	put_name(s, change_of(c));
	html_lit(b, "</p>\n<h2");
	lang_attrs(b, row->lang, s->lang);
	html_lit(b, ">");
	sheet_link(s, &row->story);
	html_lit(b, "</h2>\n<p class=\"told\"");
	lang_attrs(b, row->lang, s->lang);
	html_lit(b, ">");
	lang_text(b, c->text, lang_is_valid(row->lang) ? row->lang : s->lang);
	html_lit(b, "</p>\n");
	if (c->date.month) {
		html_lit(b, "<p class=\"when\">");
		sheet_time(s, s->words, c->date, TIME_BOTH);
		html_lit(b, "</p>\n");
	}
	html_lit(b, "</article>\n");
}

void page_corrections(struct buf *b, const struct view_paper *paper,
    const struct view_notices *notices)
{
	struct sheet s = sheet_make(b, paper, HTML("list"));
	struct buf part;

	buf_init(&part, SHEET_PART_MAX);
	sheet_part(&s, &part, notices->page,
	    notices->rows_n ? notices->rows[0].correction.date
			    : (struct civil){0});
	s.title = words_say(s.words, WORD_CORRECTIONS);
	s.is_worded = true;
	s.part = buf_str(&part);
	s.url = notices->url;
	s.has_corrections_feed = true;
	sheet_start(&s);
	html_lit(b, "<header>\n");
	sheet_heading(&s, s.title);
	html_lit(b, "</header>\n<div class=\"stories\">\n");
	if (!notices->rows_n) {
		html_lit(b, "<p>");
		sheet_say(&s, WORD_NO_CORRECTIONS);
		html_lit(b, "</p>\n");
	}
	for (size_t i = 0; i < notices->rows_n; i++)
		put_row(&s, &notices->rows[i]);
	html_lit(b, "</div>\n");
	sheet_pager(&s, notices->newer, WORD_NEWER_YEAR, notices->older,
	    WORD_OLDER_YEAR);
	sheet_end(&s);
	buf_done(&part);
}

/* --- Versions ---------------------------------------------------------- */

static void put_number(const struct sheet *s, uint32_t number)
{
	sheet_say(s, WORD_VERSION);
	html_lit(s->b, " ");
	buf_u64(s->b, number);
}

/* The label above, and what the page is. */
static void put_head(
    const struct sheet *s, const struct view_link *label, struct str heading)
{
	struct buf *b = s->b;

	html_lit(b, "<header>\n<p class=\"kicker\">");
	sheet_link(s, label);
	html_lit(b, "</p>\n");
	sheet_heading(s, heading);
}

static void put_version_row(
    const struct sheet *s, struct str lang, const struct view_version_row *row)
{
	struct buf *b = s->b;

	html_lit(b, "<li>\n<p class=\"kicker\"><span>");
	put_number(s, row->number);
	html_lit(b, "</span> <span>");
	put_name(s, row->change);
	html_lit(b, "</span></p>\n");
	if (row->is_taken) {
		html_lit(b, "<p>");
		sheet_say(s, WORD_TAKEN);
		html_lit(b, "</p>\n");
	} else {
		html_lit(b, "<h2");
		lang_attrs(b, lang, s->lang);
		html_lit(b, ">");
		sheet_link(s, &(struct view_link){row->headline, row->url});
		html_lit(b, "</h2>\n");
	}
	html_lit(b, "<p class=\"when\">");
	sheet_time(s, s->words, row->at, TIME_BOTH);
	if (row->compare_url.n) {
		html_lit(b, " ");
		put_word_link(s, WORD_COMPARE, row->compare_url);
	}
	html_lit(b, "</p>\n</li>\n");
}

void page_versions(struct buf *b, const struct view_paper *paper,
    const struct view_versions *versions)
{
	struct sheet s = sheet_make(b, paper, HTML("list"));

	s.title = words_say(s.words, WORD_VERSIONS);
	s.is_worded = true;
	sheet_start(&s);
	put_head(&s, &versions->story, s.title);
	html_lit(b, "</header>\n<ol class=\"versions\" reversed>\n");
	for (size_t i = 0; i < versions->rows_n; i++)
		put_version_row(&s, versions->lang, &versions->rows[i]);
	html_lit(b, "</ol>\n");
	sheet_end(&s);
}

static void put_version_when(
    const struct sheet *s, const struct view_version_row *row)
{
	struct buf *b = s->b;

	html_lit(b, "<p class=\"when\"><span>");
	put_number(s, row->number);
	html_lit(b, "</span> <span>");
	put_name(s, row->change);
	html_lit(b, "</span> ");
	sheet_time(s, s->words, row->at, TIME_BOTH);
	html_lit(b, "</p>\n");
}

/* That it is old, and where the story is. */
static void put_warning(const struct sheet *s, const struct view_version *v)
{
	struct buf *b = s->b;

	html_lit(b, "<p class=\"standfirst\">");
	sheet_say(s, v->body ? WORD_OLD_VERSION : WORD_TAKEN);
	html_lit(b, " ");
	put_word_link(s, WORD_READ_NEWEST, v->story.url);
	html_lit(b, "</p>\n");
}

static void put_old_text(const struct sheet *s, const struct view_version *v)
{
	struct sheet inner = *s;
	struct buf *b = s->b;
	struct body_options options = {.pictures = &v->pictures,
	    .has_picture_before = v->picture.url.n > 0};

	inner.lang = lang_is_valid(v->lang) ? v->lang : s->lang;
	inner.words = words_find(inner.lang, s->words);
	options.lang = inner.lang;
	options.words = inner.words;
	teaser_picture(&inner, &v->picture, HTML("plate"),
	    &(struct teaser_form){
		.cut = IMAGE_WHOLE, .is_first_picture = true});
	html_lit(b, "<div class=\"text\"");
	lang_attrs(b, inner.lang, s->lang);
	html_lit(b, ">\n<h2>");
	lang_text(b, v->row.headline, inner.lang);
	html_lit(b, "</h2>\n");
	if (v->standfirst.n) {
		html_lit(b, "<p class=\"standfirst\">");
		lang_text(b, v->standfirst, inner.lang);
		html_lit(b, "</p>\n");
	}
	body_write(b, v->body, &options);
	html_lit(b, "</div>\n");
}

void page_version(struct buf *b, const struct view_paper *paper,
    const struct view_version *version)
{
	struct sheet s = sheet_make(b, paper, HTML("page"));

	s.title = words_say(s.words, WORD_VERSIONS);
	s.is_worded = true;
	sheet_start(&s);
	html_lit(b, "<article class=\"story\">\n");
	put_head(&s, &version->versions, s.title);
	put_version_when(&s, &version->row);
	put_warning(&s, version);
	html_lit(b, "</header>\n");
	if (version->body)
		put_old_text(&s, version);
	html_lit(b, "</article>\n");
	sheet_end(&s);
}

/* --- Comparison -------------------------------------------------------- */

/* Writes the words of a difference, in paragraphs or in one element. */
struct pen {
	struct buf *b;
	enum word_fate fate;
	bool has_paragraphs;
	bool is_open;	/* a paragraph */
	bool is_marked; /* and within it the element of the fate */
};

static void pen_unmark(struct pen *p)
{
	if (p->is_marked && p->fate == WORD_WENT)
		html_lit(p->b, "</del>");
	if (p->is_marked && p->fate == WORD_CAME)
		html_lit(p->b, "</ins>");
	p->is_marked = false;
}

static void pen_close(struct pen *p)
{
	pen_unmark(p);
	if (p->is_open && p->has_paragraphs)
		html_lit(p->b, "</p>\n");
	p->is_open = false;
}

static void pen_text(struct pen *p, struct str text)
{
	if (text.n == 0 || (!p->is_open && str_blank(text)))
		return;
	if (!p->is_open && p->has_paragraphs)
		html_lit(p->b, "<p>");
	p->is_open = true;
	if (!p->is_marked && p->fate == WORD_WENT)
		html_lit(p->b, "<del>");
	if (!p->is_marked && p->fate == WORD_CAME)
		html_lit(p->b, "<ins>");
	p->is_marked = true;
	html_text(p->b, text);
}

static void pen_piece(struct pen *p, const struct word_piece *piece)
{
	struct str rest = piece->text;

	if (p->fate != piece->fate)
		pen_unmark(p);
	p->fate = piece->fate;
	while (p->has_paragraphs) {
		size_t at = str_find_str(rest, STR("\n\n"));

		pen_text(p, str_part(rest, 0, at));
		if (at == rest.n)
			return;
		pen_close(p);
		rest = str_from(rest, at + 2);
	}
	pen_text(p, rest);
}

void correction_diff(
    struct buf *b, const struct word_diff *diff, bool has_paragraphs)
{
	struct pen pen = {
	    .b = b, .fate = WORD_STAYED, .has_paragraphs = has_paragraphs};

	for (size_t i = 0; i < diff->n; i++)
		for (size_t k = 0; k < diff->rows[i].n; k++)
			pen_piece(&pen, &diff->rows[i].v[k]);
	pen_close(&pen);
}

static void put_key(const struct sheet *s)
{
	html_lit(s->b, "<p class=\"when\"><del>");
	sheet_say(s, WORD_REMOVED);
	html_lit(s->b, "</del> <ins>");
	sheet_say(s, WORD_ADDED);
	html_lit(s->b, "</ins></p>\n");
}

static void put_compared(const struct sheet *s, const struct view_compare *c)
{
	struct str lang = lang_is_valid(c->lang) ? c->lang : s->lang;
	struct buf *b = s->b;

	html_lit(b, "<div class=\"text\"");
	lang_attrs(b, lang, s->lang);
	html_lit(b, ">\n<h2>");
	correction_diff(b, &c->headline, false);
	html_lit(b, "</h2>\n");
	if (c->standfirst.n) {
		html_lit(b, "<p class=\"standfirst\">");
		correction_diff(b, &c->standfirst, false);
		html_lit(b, "</p>\n");
	}
	correction_diff(b, &c->text, true);
	if (c->pictures.n) {
		html_lit(b, "<h3");
		lang_attrs(b, s->lang, lang);
		html_lit(b, ">");
		sheet_say(s, WORD_PICTURE);
		html_lit(b, "</h3>\n");
		correction_diff(b, &c->pictures, true);
	}
	html_lit(b, "</div>\n");
}

void page_compare(struct buf *b, const struct view_paper *paper,
    const struct view_compare *compare)
{
	struct sheet s = sheet_make(b, paper, HTML("page"));

	s.title = words_say(s.words, WORD_COMPARE);
	s.is_worded = true;
	sheet_start(&s);
	html_lit(b, "<article class=\"story\">\n");
	put_head(&s, &compare->versions, s.title);
	put_version_when(&s, &compare->old);
	put_version_when(&s, &compare->news);
	html_lit(b, "<p class=\"standfirst\">");
	if (compare->is_only_form) {
		sheet_say(&s, WORD_ONLY_FORM);
		html_lit(b, " ");
	}
	put_word_link(&s, WORD_READ_NEWEST, compare->story.url);
	html_lit(b, "</p>\n");
	if (!compare->is_only_form)
		put_key(&s);
	html_lit(b, "</header>\n");
	put_compared(&s, compare);
	html_lit(b, "</article>\n");
	sheet_end(&s);
}
