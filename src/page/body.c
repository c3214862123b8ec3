/* SPDX-License-Identifier: MIT
 *
 * The walk over a story's tree; see body.h.
 *
 * I1  Each function that opens a tag closes it before it returns.
 * I2  Footnotes are written once: those before "note" are done.
 * I3  No link stands in a link.
 */
#include "page/body.h"

#include "base/buf.h"
#include "base/must.h"
#include "base/url.h"
#include "page/html.h"
#include "page/image.h"
#include "page/lang.h"
#include "page/page.h"

enum { ADDRESS_MAX = 32 * 1024 * 1024 }; /* bytes: as of a whole story */

struct writer {
	struct buf *b;
	const struct body_options *options;
	const struct node *note; /* the next footnote to write */
	uint32_t notes_seen;	 /* the highest number that was referred to */
	uint32_t level;		 /* of the last heading */
	unsigned depth;
	bool in_link;
	bool has_picture;
	struct buf address; /* the one that full() has made last */
};

static void put_blocks(struct writer *w, const struct node *n);
static void put_inlines(struct writer *w, const struct node *n);

static void put_lang(struct writer *w, const struct node *n)
{
	html_attr_maybe(w->b, "lang", n->lang);
	if (n->dir == DIRECTION_RTL)
		html_lit(w->b, " dir=\"rtl\"");
	else if (n->dir == DIRECTION_LTR)
		html_lit(w->b, " dir=\"ltr\"");
}

/* Of an element whose one attribute is said in words of the catalogue. */
static void put_words_lang(const struct writer *w)
{
	struct str lang = str_of(w->options->words->lang);

	if (!lang_same(lang, w->options->lang))
		html_attr(w->b, "lang", lang);
}

/* Code runs from left to right, whatever stands around it. Ends its tag. */
static void put_code_direction(struct writer *w)
{
	if (lang_is_rtl(w->options->lang))
		html_lit(w->b, " dir=\"ltr\"");
	html_lit(w->b, ">");
}

/* URL as it is to be written; valid until the next call. */
static struct str full(struct writer *w, struct str url)
{
	if (!w->options->page.n || !html_url_is_safe(url))
		return url;
	buf_clear(&w->address);
	url_resolve(&w->address, w->options->origin, w->options->page, url);
	if (buf_rc(&w->address) != RC_OK) {
		buf_fail(w->b, buf_rc(&w->address));
		return STR_NONE;
	}
	return buf_str(&w->address);
}

/* Pictures that lie elsewhere are linked to, never loaded; in a link there are
 * only their words (I3). */
static void put_far_picture(struct writer *w, const struct node *n)
{
	if (!w->in_link) {
		html_lit(w->b, "<a rel=\"noopener\"");
		html_url(w->b, "href", w->options->origin, full(w, n->url));
		html_lit(w->b, ">");
	}
	html_text(w->b, words_say(w->options->words, WORD_PICTURE));
	if (n->text.n) {
		html_lit(w->b, ": ");
		html_text(w->b, n->text);
	}
	if (!w->in_link)
		html_lit(w->b, "</a>");
}

static void put_picture(struct writer *w, const struct node *n)
{
	const struct view_picture *known;
	struct image image;

	if (!html_url_is_own(n->url)) {
		put_far_picture(w, n);
		return;
	}
	known = image_find(w->options->pictures, n->url);
	image = (struct image){.origin = w->options->origin,
	    .url = full(w, n->url),
	    .alt = n->text,
	    .sizes = HTML("(min-width: 40rem) 38rem, 100vw"),
	    .is_lazy = w->has_picture};
	if (known) {
		image.alt = n->text.n ? n->text : known->alt;
		image.width = known->width;
		image.height = known->height;
		image.files = &known->files;
	}
	image_put(w->b, &image);
	w->has_picture = true;
}

/* Its words are its address, which paper need not show a second time. */
static bool is_bare(const struct node *n)
{
	struct str text;

	if (!n->child || n->child->next || n->child->kind != NODE_TEXT)
		return false;
	text = n->child->text;
	return text.n > 0 && str_ends(n->url, text) &&
	       (text.n == n->url.n ||
		   str_ends(str_part(n->url, 0, n->url.n - text.n), STR("//")));
}

static void put_link(struct writer *w, const struct node *n)
{
	if (w->in_link) {
		put_inlines(w, n->child);
		return;
	}
	w->in_link = true;
	html_lit(w->b, "<a");
	if (!w->options->has_notes_at_end && !html_url_is_own(n->url) &&
	    is_bare(n))
		html_lit(w->b, " class=\"bare\"");
	html_url(w->b, "href", w->options->origin, full(w, n->url));
	html_attr_maybe(w->b, "title", n->title);
	if (!html_url_is_own(n->url))
		html_lit(w->b, " rel=\"noopener\"");
	html_lit(w->b, ">");
	put_inlines(w, n->child);
	html_lit(w->b, "</a>");
	w->in_link = false;
}

/* "ref-2", and "ref-2-3" for the third mark of note 2. */
static void put_mark_id(struct writer *w, const struct node *n)
{
	html_lit(w->b, "ref-");
	buf_u64(w->b, n->number);
	if (n->references > 1) {
		buf_char(w->b, '-');
		buf_u64(w->b, n->references);
	}
}

static void put_mark(struct writer *w, const struct node *n)
{
	struct buf *b = w->b;

	if (n->number > w->notes_seen)
		w->notes_seen = n->number;
	if (w->options->has_notes_at_end) {
		html_lit(b, "<sup>");
		buf_u64(b, n->number);
		html_lit(b, "</sup>");
		return;
	}
	if (w->in_link) {
		html_lit(b, "<sup id=\"");
		put_mark_id(w, n);
		html_lit(b, "\">");
		buf_u64(b, n->number);
		html_lit(b, "</sup>");
		return;
	}
	html_lit(b, "<sup><a id=\"");
	put_mark_id(w, n);
	html_lit(b, "\" href=\"#note-");
	buf_u64(b, n->number);
	html_lit(b, "\" role=\"doc-noteref\"");
	put_words_lang(w);
	html_lit(b, " aria-label=\"");
	html_text(b, words_say(w->options->words, WORD_NOTE));
	buf_char(b, ' ');
	buf_u64(b, n->number);
	html_lit(b, "\">");
	buf_u64(b, n->number);
	html_lit(b, "</a></sup>");
}

static void put_wrapped(
    struct writer *w, const struct node *n, struct html start, struct html end)
{
	html_raw(w->b, start);
	put_inlines(w, n->child);
	html_raw(w->b, end);
}

static void put_inline(struct writer *w, const struct node *n)
{
	switch (n->kind) {
	case NODE_TEXT:
		lang_numbers(w->b, n->text, w->options->lang);
		return;
	case NODE_SOFT_BREAK:
		html_lit(w->b, "\n");
		return;
	case NODE_BREAK:
		html_lit(w->b, "<br>\n");
		return;
	case NODE_CODE:
		html_lit(w->b, "<code");
		put_code_direction(w);
		html_text(w->b, n->text);
		html_lit(w->b, "</code>");
		return;
	case NODE_EMPHASIS:
		put_wrapped(w, n, HTML("<em>"), HTML("</em>"));
		return;
	case NODE_STRONG:
		put_wrapped(w, n, HTML("<strong>"), HTML("</strong>"));
		return;
	case NODE_STRIKE:
		put_wrapped(w, n, HTML("<s>"), HTML("</s>"));
		return;
	case NODE_LINK:
		put_link(w, n);
		return;
	case NODE_PICTURE:
		put_picture(w, n);
		return;
	case NODE_SPAN:
		html_lit(w->b, "<span");
		put_lang(w, n);
		put_wrapped(w, n, HTML(">"), HTML("</span>"));
		return;
	case NODE_NOTE:
		put_mark(w, n);
		return;
	case NODE_DOCUMENT:
	case NODE_PARAGRAPH:
	case NODE_HEADING:
	case NODE_QUOTE:
	case NODE_LIST:
	case NODE_ITEM:
	case NODE_CODE_BLOCK:
	case NODE_RULE:
	case NODE_TABLE:
	case NODE_ROW:
	case NODE_CELL:
	case NODE_FIGURE:
	case NODE_FOOTNOTE:
		unreachable("a block stands among words");
	}
}

static void put_inlines(struct writer *w, const struct node *n)
{
	must(++w->depth <= 2 * DOCUMENT_DEPTH);
	for (; n; n = n->next)
		put_inline(w, n);
	w->depth--;
}

/* A page's headings go down one step at a time, whatever the manuscript
 * does: h1 is the headline. */
static void put_heading(struct writer *w, const struct node *n)
{
	static const struct html start[] = {
	    {STR_INIT("<h2")}, {STR_INIT("<h3")}, {STR_INIT("<h4")}};
	static const struct html end[] = {{STR_INIT("</h2>\n")},
	    {STR_INIT("</h3>\n")}, {STR_INIT("</h4>\n")}};
	uint32_t level = n->number < 2 ? 2 : n->number;

	if (level > w->level + 1)
		level = w->level + 1;
	if (level > 4)
		level = 4;
	w->level = level;
	html_raw(w->b, start[level - 2]);
	put_lang(w, n);
	put_wrapped(w, n, HTML(">"), end[level - 2]);
}

static void put_list(struct writer *w, const struct node *n)
{
	if (n->number > 0) {
		html_lit(w->b, "<ol");
		if (n->number != 1)
			html_attr_u64(w->b, "start", n->number);
		html_lit(w->b, ">\n");
	} else {
		html_lit(w->b, "<ul>\n");
	}
	for (const struct node *item = n->child; item; item = item->next) {
		const struct node *c = item->child;

		html_lit(w->b, "<li>");
		for (; n->is_tight && c && c->kind == NODE_PARAGRAPH;
		     c = c->next) {
			put_inlines(w, c->child);
			if (c->next)
				html_lit(w->b, "\n");
		}
		put_blocks(w, c);
		html_lit(w->b, "</li>\n");
	}
	if (n->number > 0)
		html_lit(w->b, "</ol>\n");
	else
		html_lit(w->b, "</ul>\n");
}

static void put_row(struct writer *w, const struct node *row, bool is_head)
{
	html_lit(w->b, "<tr>");
	for (const struct node *c = row->child; c; c = c->next) {
		if (is_head)
			html_lit(w->b, "<th scope=\"col\"");
		else
			html_lit(w->b, "<td");
		if (c->align == ALIGN_RIGHT)
			html_lit(w->b, " class=\"end\"");
		else if (c->align == ALIGN_CENTRE)
			html_lit(w->b, " class=\"centre\"");
		html_lit(w->b, ">");
		put_inlines(w, c->child);
		if (is_head)
			html_lit(w->b, "</th>");
		else
			html_lit(w->b, "</td>");
	}
	html_lit(w->b, "</tr>\n");
}

static bool is_empty_row(const struct node *row)
{
	for (const struct node *c = row->child; c; c = c->next)
		if (c->child)
			return false;
	return true;
}

/* The division around it can scroll sideways, also by the keyboard. */
static void put_table(struct writer *w, const struct node *n)
{
	const struct node *row = n->child;

	if (!row)
		return;
	html_lit(w->b, "<div class=\"wide\" tabindex=\"0\"><table>\n");
	if (!is_empty_row(row)) {
		html_lit(w->b, "<thead>\n");
		put_row(w, row, true);
		html_lit(w->b, "</thead>\n");
	}
	row = row->next;
	if (row)
		html_lit(w->b, "<tbody>\n");
	for (const struct node *r = row; r; r = r->next)
		put_row(w, r, false);
	if (row)
		html_lit(w->b, "</tbody>\n");
	html_lit(w->b, "</table></div>\n");
}

static void put_figure(struct writer *w, const struct node *n)
{
	bool is_own = html_url_is_own(n->url);
	const struct view_picture *known =
	    image_find(w->options->pictures, n->url);
	struct str caption = known ? known->caption : STR_NONE;
	struct str credit = n->title.n || !known ? n->title : known->credit;

	if (known && known->height > known->width)
		html_lit(w->b, "<figure class=\"tall\">");
	else
		html_lit(w->b, "<figure>");
	if (is_own)
		put_picture(w, n);
	if (!is_own || n->child || caption.n || credit.n) {
		html_lit(w->b, "<figcaption>");
		put_inlines(w, n->child);
		if (!n->child)
			lang_text(w->b, caption, w->options->lang);
		if (credit.n) {
			html_lit(w->b, " <span class=\"credit\">");
			html_text(w->b, credit);
			html_lit(w->b, "</span>");
		}
		if (!is_own) {
			html_lit(w->b, " ");
			put_picture(w, n);
		}
		html_lit(w->b, "</figcaption>");
	}
	html_lit(w->b, "</figure>\n");
}

static void put_quote(struct writer *w, const struct node *n)
{
	html_lit(w->b, "<blockquote");
	put_lang(w, n);
	html_lit(w->b, ">\n");
	put_blocks(w, n->child);
	html_lit(w->b, "</blockquote>\n");
}

/* "https://me@www.example.org:8080/x" to "example.org": where a link leads,
 * whatever its words say. */
static struct str shown_host(struct str url)
{
	struct str host = url_host(url);

	return str_starts(host, STR("www.")) ? str_from(host, 4) : host;
}

/* A paragraph that is one link to a page elsewhere, and nothing else. */
static bool is_card(const struct node *n)
{
	const struct node *link = n->child;

	if (!link || link->kind != NODE_LINK || link->next ||
	    !html_url_is_safe(link->url) ||
	    (!str_starts(link->url, STR("https://")) &&
		!str_starts(link->url, STR("http://"))))
		return false;
	for (const struct node *c = link->child; c; c = c->next)
		if (c->kind != NODE_TEXT)
			return false;
	return link->child && shown_host(link->url).n > 0;
}

/* What elsewhere would be an embedded page: nothing of it is loaded. */
static void put_card(struct writer *w, const struct node *n)
{
	html_lit(w->b, "<p class=\"card\"");
	put_lang(w, n);
	html_lit(w->b, ">");
	put_inlines(w, n->child);
	html_lit(w->b, " <span dir=\"ltr\">");
	html_text(w->b, shown_host(n->child->url));
	html_lit(w->b, "</span></p>\n");
}

static void put_block(struct writer *w, const struct node *n)
{
	switch (n->kind) {
	case NODE_PARAGRAPH:
		if (w->depth == 0 && is_card(n)) {
			put_card(w, n);
			return;
		}
		html_lit(w->b, "<p");
		put_lang(w, n);
		put_wrapped(w, n, HTML(">"), HTML("</p>\n"));
		return;
	case NODE_HEADING:
		put_heading(w, n);
		return;
	case NODE_QUOTE:
		put_quote(w, n);
		return;
	case NODE_LIST:
		put_list(w, n);
		return;
	case NODE_CODE_BLOCK:
		html_lit(w->b, "<pre tabindex=\"0\"");
		put_code_direction(w);
		html_lit(w->b, "<code>");
		html_text(w->b, n->text);
		html_lit(w->b, "</code></pre>\n");
		return;
	case NODE_RULE:
		html_lit(w->b, "<hr>\n");
		return;
	case NODE_TABLE:
		put_table(w, n);
		return;
	case NODE_FIGURE:
		put_figure(w, n);
		return;
	case NODE_FOOTNOTE: /* put_note's */
		return;
	case NODE_DOCUMENT:
	case NODE_ITEM:
	case NODE_ROW:
	case NODE_CELL:
	case NODE_TEXT:
	case NODE_SOFT_BREAK:
	case NODE_BREAK:
	case NODE_CODE:
	case NODE_EMPHASIS:
	case NODE_STRONG:
	case NODE_STRIKE:
	case NODE_LINK:
	case NODE_PICTURE:
	case NODE_SPAN:
	case NODE_NOTE:
		unreachable("no block, yet it stands among blocks");
	}
}

static void put_blocks(struct writer *w, const struct node *n)
{
	must(++w->depth <= 2 * DOCUMENT_DEPTH);
	for (; n; n = n->next)
		put_block(w, n);
	w->depth--;
}

/* One footnote beside the text: its number leads back to its first mark. */
static void put_note(struct writer *w, const struct node *n)
{
	struct buf *b = w->b;

	html_lit(b, "<aside class=\"note\" role=\"doc-footnote\" id=\"note-");
	buf_u64(b, n->number);
	html_lit(b, "\">");
	if (n->references > 0) {
		html_lit(b, "<a href=\"#ref-");
		buf_u64(b, n->number);
		html_lit(b, "\" role=\"doc-backlink\"");
		put_words_lang(w);
		html_attr(b, "title", words_say(w->options->words, WORD_BACK));
		html_lit(b, ">");
		buf_u64(b, n->number);
		html_lit(b, "</a> ");
	}
	put_blocks(w, n->child);
	html_lit(b, "</aside>\n");
}

static const struct node *first_note(const struct node *n)
{
	while (n && n->kind != NODE_FOOTNOTE)
		n = n->next;
	return n;
}

/* The footnotes up to number LAST that are not written yet. A note may itself
 * refer to the next one. */
static void put_notes(struct writer *w, bool has_all)
{
	while (w->note && (has_all || w->note->number <= w->notes_seen)) {
		const struct node *n = w->note;

		w->note = first_note(n->next); /* I2 */
		put_note(w, n);
	}
}

static void put_notes_list(struct writer *w)
{
	if (!w->note)
		return;
	html_lit(w->b, "<hr>\n<ol>\n");
	for (; w->note; w->note = first_note(w->note->next)) {
		html_lit(w->b, "<li>");
		put_blocks(w, w->note->child);
		html_lit(w->b, "</li>\n");
	}
	html_lit(w->b, "</ol>\n");
}

void body_write(struct buf *b, const struct node *document,
    const struct body_options *options)
{
	struct writer w = {.b = b, .options = options, .level = 1};

	must(options->words);
	if (!document)
		return;
	must(document->kind == NODE_DOCUMENT);
	w.has_picture = options->has_picture_before;
	buf_init(&w.address, ADDRESS_MAX);
	w.note = first_note(document->child);
	for (const struct node *n = document->child; n; n = n->next) {
		put_block(&w, n);
		if (!options->has_notes_at_end)
			put_notes(&w, false);
	}
	if (options->has_notes_at_end)
		put_notes_list(&w);
	else
		put_notes(&w, true);
	buf_done(&w.address);
}

bool body_is_empty(const struct node *document)
{
	return !document || !document->child;
}

void page_body(struct buf *b, const struct node *document)
{
	struct body_options options = {
	    .words = words_of(STR("en")),
	    .has_notes_at_end = true,
	};

	body_write(b, document, &options);
}
