/* SPDX-License-Identifier: MIT
 *
 * A story's body as a tree: what the Markdown of a manuscript means, cleaned
 * of everything a newspaper does not print. It is made by text/markdown.h and
 * turned into HTML by page/body.h; between the two nothing is a string of
 * tags.
 *
 * All nodes and views live as long as the arena they were made in. The tree is
 * at most DOCUMENT_DEPTH deep, so that walking it may recurse.
 *
 * Which fields count for which kind is said beside each kind; others are zero.
 */
#ifndef TEXT_DOCUMENT_H
#define TEXT_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum { DOCUMENT_DEPTH = 32 };

enum node_kind {
	/* Blocks. */
	NODE_DOCUMENT,	 /* children: blocks, then the NODE_FOOTNOTEs */
	NODE_PARAGRAPH,	 /* inlines; lang, dir */
	NODE_HEADING,	 /* inlines; number: 2 to 4 (h1 is the headline) */
	NODE_QUOTE,	 /* blocks; a direct quotation set apart; lang, dir */
	NODE_LIST,	 /* NODE_ITEMs; number: first number, or 0 for bullets;
			   is_tight */
	NODE_ITEM,	 /* blocks */
	NODE_CODE_BLOCK, /* text */
	NODE_RULE,	 /* a break between parts */
	NODE_TABLE,	 /* NODE_ROWs, the first one is the head; without a
			   word in it there is none */
	NODE_ROW,	 /* NODE_CELLs */
	NODE_CELL,	 /* inlines; align */
	NODE_FIGURE,	 /* a picture that stands alone: url, text is the
			   alternative text, children: inlines of the caption;
			   title: the credit */
	NODE_FOOTNOTE,	 /* blocks; number: 1, 2, ... in order of first use;
			   references: how many refer to it */
	/* Inlines. */
	NODE_TEXT,	 /* text */
	NODE_SOFT_BREAK, /* a line end in the manuscript: a space on the page */
	NODE_BREAK,	 /* a line break that was meant */
	NODE_CODE,	 /* text */
	NODE_EMPHASIS,	 /* inlines */
	NODE_STRONG,	 /* inlines */
	NODE_STRIKE,	 /* inlines */
	NODE_LINK,	 /* inlines; url, checked by link_is_safe; title;
			    number: the line of one around a picture alone */
	NODE_PICTURE,	 /* a picture inside a line: url, text (alternative),
			   title */
	NODE_SPAN,	 /* inlines in another language: lang, dir */
	NODE_NOTE,	 /* the mark of footnote "number"; references: which
			   mark of that note this is, from 1 */
};

enum direction {
	DIRECTION_SAME, /* as around it */
	DIRECTION_LTR,
	DIRECTION_RTL,
};

enum align { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct node {
	enum node_kind kind;
	enum direction dir;
	enum align align;
	bool is_tight;
	uint32_t number;
	uint32_t references;
	struct str text;
	struct str url;
	struct str title;
	struct str lang; /* BCP 47, such as "ru" or "und-Arab"; empty: as
			    around it */
	struct node *next;
	struct node *child; /* the first one */
};

/* The words of a tree with all marks taken away, blocks parted by a blank
 * line: for descriptions, counts and feeds. Writes at most LIMIT bytes and
 * then stops at a word's end. */
struct buf;
void node_plain(const struct node *node, size_t limit, struct buf *b);

/* How many words a reader reads in it. Languages without spaces between words
 * (Han, Kana, Thai) are counted at two characters a word. */
uint32_t node_words(const struct node *node);
/* How many characters: as many spaces as there are stand for one between two
 * others, and for none at the ends of a block. */
uint32_t node_characters(const struct node *node);
/* Texts in LANG are measured in characters, as in Chinese, Japanese, Korean
 * and Thai; all others in words. */
bool lang_counts_characters(struct str lang);

#endif
