/* SPDX-License-Identifier: MIT
 *
 * What the files of Markdown share: one reading of one source.
 *
 *	markdown_guard.c	is the source safe for the library
 *	markdown_shortcode.c	takes shortcodes out of the source
 *	markdown_figure.c	figures among them
 *	markdown_bracket.c	those of WordPress
 *	markdown_code.c		where code stands in the source
 *	markdown_hidden.c	what its raw HTML hides from readers
 *	markdown_sign.c		keeps the library from reading it wrongly
 *	markdown_note.c		footnotes that the library loses
 *	markdown.c		the library's tree becomes ours
 *	markdown_html.c		raw HTML within a line, and its attributes
 *	markdown_tag.c		tags in it that become marks of ours
 *	markdown_block.c	raw HTML as blocks
 *	markdown_table.c	which of its tables are tables
 *	markdown_attribute.c	attributes of other systems go
 *	markdown_polish.c	headings, figures, marked languages
 *	markdown_language.c	languages found by their script
 */
#ifndef TEXT_MARKDOWN_PRIV_H
#define TEXT_MARKDOWN_PRIV_H

#include "base/buf.h"
#include "text/document.h"
#include "text/manuscript_priv.h"
#include "text/markdown.h"

/* A figure shortcode; in the source the marks U+FDD0 NUMBER U+FDD1 stand in
 * its place. */
struct shortcode_figure {
	struct node *node;
	bool is_taken;
	struct str written;
	uint32_t source_line;
	uint32_t line; /* of the new source, where "added" lines were put in */
	uint32_t added;
};

enum { FIGURES_MAX = 200 };

enum {
	BLOCK_DEPTH = 20, /* see I1 in markdown.c */
	TAGS_OPEN = 8,
	TAGS_WAITING = 16,
};

/* Where a child may be put behind the last one. */
struct node_tail {
	struct node *parent;
	struct node *last;
};

/* A node that is open: what is read goes into it. */
struct open_node {
	struct node_tail inside;
	struct node *before; /* it, among its siblings; or NULL */
	struct str tag;	     /* of raw HTML, which opened it; p is NULL where
				Markdown did */
	uint32_t line;	     /* of TAG */
};

/* A tag of raw HTML that is open (markdown_tag.c), and what stood before it. */
struct open_tag {
	const struct node *parent;
	struct node *last;
	struct str tag;
	uint32_t line;
	uint32_t links; /* reading.links at that time */
};

struct reading {
	struct arena *a;
	struct str lang;
	uint32_t first_line;
	struct left_list left;
	struct shortcode_figure *figures;
	uint32_t figures_n;
	uint32_t *note_lines; /* of the footnotes that there are, for reports */
	uint32_t notes_n;
	struct open_node stack[DOCUMENT_DEPTH]; /* the document, and so on */
	size_t depth;				/* entries in use */
	uint32_t
	    refused; /* containers of raw HTML without room that are open */
	struct open_tag tags[TAGS_OPEN];
	uint32_t tags_n;
	/* Of lists, items and quotations, within a line; see
	 * markdown_html_wait. */
	struct str waiting[TAGS_WAITING];
	uint32_t waiting_n;
	uint32_t links;	     /* made so far, marks of footnotes too */
	uint32_t links_open; /* around what is read */
};

/* NULL when the arena is spent. */
struct node *node_new(struct reading *r, enum node_kind kind);
void node_append(struct node_tail *tail, struct node *node);
/* A text behind the last child; texts side by side are joined later. */
void node_append_text(struct reading *r, struct node_tail *tail, struct str s);

/* The innermost node that is open. */
struct node_tail *markdown_top(struct reading *r);
/* Appends a node of KIND there and makes it the innermost one. NULL when the
 * arena is spent. */
struct node *markdown_open(struct reading *r, enum node_kind kind);
/* No two paragraphs of an item of LIST stand side by side. */
bool markdown_can_be_tight(const struct node *list);
/* Takes the next figure of a shortcode, whose marks stand in *S: *RET_BEFORE is
 * what stands before them, *S then what stands behind. False: there is none.
 * *RET_FIGURE may be NULL, for each stands once. */
bool markdown_take_figure(struct reading *r, struct str *s,
    struct str *ret_before, struct node **ret_figure);

/* S without marks of figures. Where it is code, it has what was written in
 * their places. */
struct str markdown_unmarked(struct reading *r, struct str s, bool is_code);

/* Texts side by side among the children of PARENT become one. */
void markdown_join_texts(struct reading *r, struct node *parent);
/* A node of inlines may be opened at DEPTH, LEVELS inlines deep, and will have
 * room for all that is put around and into it later, in open tags, too. */
bool markdown_has_room(const struct reading *r, size_t depth, size_t levels);

/* SOURCE without shortcodes of Hugo and tags of Liquid, and without what raw
 * HTML hides, reported; figures go into r->figures. */
struct str markdown_take_shortcodes(struct reading *r, struct str source);

/* The figure that a shortcode is, of which INSIDE is the name and attributes;
 * NULL if it is none, or its address none for a page. */
struct node *markdown_figure(
    struct reading *r, struct str inside, uint32_t line);

/* A shortcode of WordPress, "[caption ...]". */
struct bracket {
	struct str inside;   /* its name and attributes */
	size_t n;	     /* bytes of it */
	struct str enclosed; /* what stands between it and its end */
	size_t all;	     /* bytes with that and the end */
	bool is_end;	     /* "[/caption]" */
	bool is_bare;	     /* "[gallery]": a word, unless it stands alone */
};

/* The shortcode at the start of S, which ends with the paragraph; false if
 * there is none, though markdown_is_bracket finds one of its names. */
bool markdown_bracket_at(struct str s, struct bracket *ret);
/* What CAPTION encloses as a figure; NULL if it does not begin with a
 * picture. */
struct node *markdown_bracket_figure(
    struct reading *r, const struct bracket *caption, uint32_t line);

/* SOURCE, some words of Markdown, as a paragraph that may stand as deep as any;
 * NULL if it is none, or too long to be read beside a whole text. */
struct node *markdown_words(
    struct reading *r, struct str source, uint32_t line);

/* SOURCE, to be shown as it is written, without what raw HTML hides, which is
 * reported. */
struct str markdown_take_hidden(struct reading *r, struct str source);

enum { CODE_TICKS = 16 }; /* what has as many opens no code */

/* A walk over a source that passes over code; starts as zeroes. */
struct code_walk {
	size_t none_before[CODE_TICKS]; /* by backticks: where no span ends */
	bool is_behind_blank;
	bool is_indented;
	bool is_in_list;
	size_t list_column;   /* where the last item's own text begins */
	bool is_in_item_code; /* so deep in it that it must be code; not passed
				 over, for people indent their shortcodes */
};

/* Where the code, or the escaped character, that begins at AT of S ends; AT
 * itself if none begins there. To be asked at every byte that is not passed
 * over, in order; linear in all. */
size_t markdown_skip_code(struct code_walk *w, struct str s, size_t at);
/* The first place from AT on, which is not 0, where a line of S begins, code
 * may, or one of "{[<" stands: no code begins between. */
size_t markdown_next_place(struct str s, size_t at);

enum hidden {
	HIDDEN_NOTHING, /* <pre>: code, for readers to see */
	HIDDEN_COMMENT,
	HIDDEN_ELEMENT,
};

enum { HIDING = 10 };

/* A walk over a source; starts as zeroes. */
struct hidden_walk {
	bool in_html; /* to be kept: in a block of it, up to a blank line */
	size_t text;  /* to be kept: where the line's own text begins, behind
			 what was taken from its start */
	/* Where none that may begin ends; and none within words. */
	size_t none_before[2][HIDING];
};

/* Where what raw HTML hides, or its code, ends that begins at AT of S; AT
 * itself if none begins there. To be asked in order; linear in all. */
size_t markdown_hidden_end(
    struct hidden_walk *w, struct str s, size_t at, enum hidden *ret_what);

/* Where in LINE its own text begins: behind white space, the signs of
 * quotations and of items. */
size_t markdown_line_text(struct str line, bool *ret_is_item);
/* Columns of white space at the start of LINE. */
size_t markdown_indent(struct str line);

/* S with signs that are none of the story's (markdown_sign.c). Nothing when
 * the arena is spent. */
struct str markdown_put_signs(struct arena *a, struct str s);
/* Reports the footnotes of SOURCE that are none of r->note_lines. */
void markdown_report_notes(struct reading *r, struct str source);

/* Appends what a block of raw HTML says. Lists and quotations that it opens
 * may stay open behind it. */
void markdown_html_block(struct reading *r, struct str html, uint32_t line);
/* Ends what raw HTML has left open, reported, where it is innermost: all of it,
 * or with IS_LIST only lists, in which no Markdown can stand. */
void markdown_html_end(struct reading *r, bool is_list);
/* TAG, of a list, an item or a quotation, stands within a line: its end is that
 * of one which began in a block before. Kept until the words around it end. */
void markdown_html_wait(struct reading *r, struct str tag);
/* A node of the library's has ended: what waited ends now, if all that is open
 * since is of raw HTML. */
void markdown_html_waited(struct reading *r);
/* Raw HTML inside a line, which comes behind INLINES. */
void markdown_html_inline(struct reading *r, struct str tag, uint32_t line,
    struct node_tail *inlines, bool has_room);

/* A table of raw HTML. */
struct table_shape {
	uint32_t rows;
	uint32_t columns;
	bool has_head; /* its first row has no cell but of a head */
};

/* HTML begins with "<table>": it ends, and can be one of ours, of two rows and
 * columns or more. It is read to that end, or to what says that it cannot. */
bool markdown_table(
    struct reading *r, struct str html, struct table_shape *ret);

/* Takes TAG, which stands behind INLINES, if it is one that becomes a node;
 * HAS_ROOM: for another node around what follows. What becomes nothing is
 * reported. */
bool markdown_tag(struct reading *r, struct str tag, uint32_t line,
    struct node_tail *inlines, bool has_room);
/* PARENT ends: so do the tags that are open in it, reported. */
void markdown_tags_end(struct reading *r, const struct node *parent);
/* The name in "<name ...>" or "</name>". */
struct str markdown_tag_name(struct str tag);
/* Reports a tag that goes, unless it is the end of one. */
void markdown_report_tag(struct reading *r, struct str tag, uint32_t line);
/* Reports a tag that goes with all that is in it. */
void markdown_report_hidden(struct reading *r, struct str tag, uint32_t line);
/* The same of a comment that says something. */
void markdown_report_comment(
    struct reading *r, struct str comment, uint32_t line);
/* "<img>" that is small and stands for a sign, which its alt is. */
bool markdown_is_emoji(struct reading *r, struct str tag);
/* "<img>"; NULL, and reported, where its address is none for a page. */
struct node *markdown_picture(
    struct reading *r, struct str tag, enum node_kind kind, uint32_t line);
/* NAME is one of LIST, whose words are parted by spaces. */
bool markdown_name_in(struct str name, const char *list);
/* Of a tag that browsers part words at. */
bool markdown_is_block(struct str name);
bool markdown_is_name(char c);

/* The value of attribute NAME in TAG ("<img src=x alt='y'>" or the inside of
 * a shortcode); empty if there is none. Entities are decoded. */
struct str markdown_attribute(
    struct reading *r, struct str tag, struct str name);

/* A block of words is whole: takes attributes of other systems out of it. LINE
 * is where it begins. */
void markdown_attributes(struct reading *r, struct node *block, uint32_t line);

/* "{lang=xx}" at the start of S, or "{: lang="xx"}" as Kramdown has it: the
 * language, and its length; 0 if there is none. */
size_t markdown_lang_mark(struct str s, struct str *ret_lang);

/* Splits "Words. Photo: X" at the end of caption into caption and credit. */
void markdown_credit(struct node *figure);
/* Who is named in TITLE as the one who made the picture; empty: nobody. */
struct str markdown_credit_of(struct reading *r, struct str title);
/* Says that the link to URL around a figure is not carried, unless it leads to
 * a picture: a larger one. */
void markdown_report_link(struct reading *r, struct str url, uint32_t line);
/* TEXT has one of the words before which it is split. */
bool markdown_names_credit(struct str text);

void markdown_polish(struct reading *r, struct node *document);
void markdown_mark_languages(struct reading *r, struct node *document);

#endif
