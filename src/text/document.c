/* SPDX-License-Identifier: MIT
 *
 * Walks over documents; see document.h. The depth of a tree is bounded, so
 * the walks recurse.
 */
#include "text/document.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/script.h"

struct plain {
	struct buf *b;
	size_t end; /* of the buffer: start plus limit */
	size_t start;
	unsigned gap; /* line ends, or 1 for a space, due before more text */
	bool is_full;
};

enum { GAP_SPACE = 1, GAP_BLOCK = 2 };

static void plain_gap(struct plain *p, unsigned gap)
{
	if (p->gap < gap)
		p->gap = gap;
}

/* Cuts what was written back to the end of a word. */
static void plain_stop(struct plain *p, struct str rest)
{
	struct str head = utf8_head(rest, p->end - p->b->n);
	size_t at;

	buf_add(p->b, head);
	p->is_full = true;
	/* A language without spaces may be cut anywhere. */
	at = head.n;
	if (at < rest.n && !script_has_spaces(script_of(utf8_next(rest, &at))))
		return;
	at = p->b->n;
	if (head.n < rest.n && ascii_is_space(rest.p[head.n]))
		return;
	while (at > p->start && !ascii_is_space(p->b->p[at - 1]))
		at--;
	while (at > p->start && ascii_is_space(p->b->p[at - 1]))
		at--;
	if (at > p->start)
		buf_cut(p->b, at);
}

static void plain_text(struct plain *p, struct str text)
{
	if (text.n == 0 || p->is_full)
		return;
	if (p->gap && p->b->n > p->start) {
		struct str gap = p->gap == GAP_SPACE ? STR(" ") : STR("\n\n");

		if (p->end - p->b->n <= gap.n) {
			p->is_full = true;
			return;
		}
		buf_add(p->b, gap);
	}
	p->gap = 0;
	if (text.n > p->end - p->b->n)
		plain_stop(p, text);
	else
		buf_add(p->b, text);
}

static void plain_walk(struct plain *p, const struct node *node)
{
	switch (node->kind) {
	case NODE_TEXT:
	case NODE_CODE:
		plain_text(p, node->text);
		return;
	case NODE_CODE_BLOCK:
		plain_gap(p, GAP_BLOCK);
		plain_text(p, str_trim(node->text));
		plain_gap(p, GAP_BLOCK);
		return;
	case NODE_SOFT_BREAK:
	case NODE_BREAK:
		plain_gap(p, GAP_SPACE);
		return;
	case NODE_FOOTNOTE: /* read out of place, they say little */
	case NODE_NOTE:
	case NODE_PICTURE:
	case NODE_RULE:
	case NODE_FIGURE:
		return;
	case NODE_CELL:
		plain_gap(p, GAP_SPACE);
		break;
	case NODE_EMPHASIS:
	case NODE_STRONG:
	case NODE_STRIKE:
	case NODE_LINK:
	case NODE_SPAN:
	case NODE_DOCUMENT:
		break;
	case NODE_PARAGRAPH:
	case NODE_HEADING:
	case NODE_QUOTE:
	case NODE_LIST:
	case NODE_ITEM:
	case NODE_TABLE:
	case NODE_ROW:
		plain_gap(p, GAP_BLOCK);
		break;
	}
	for (const struct node *c = node->child; c && !p->is_full; c = c->next)
		plain_walk(p, c);
	if (node->kind < NODE_TEXT && node->kind != NODE_CELL)
		plain_gap(p, GAP_BLOCK);
}

void node_plain(const struct node *node, size_t limit, struct buf *b)
{
	struct plain p = {.b = b, .start = b->n};

	p.end = limit < SIZE_MAX - b->n ? b->n + limit : SIZE_MAX;
	plain_walk(&p, node);
}

struct count {
	uint64_t words;
	uint64_t dense; /* characters of languages without spaces */
	bool in_word;
};

/* Most of most texts, without asking the tables. */
static void count_ascii(struct count *n, unsigned char c)
{
	if ((c | 0x20u) - 'a' < 26 || c - (unsigned)'0' < 10) {
		n->words += !n->in_word;
		n->in_word = true;
	} else if (c != '\'' && c != '-') {
		n->in_word = false;
	}
}

static void count_text(struct count *n, struct str text)
{
	for (size_t at = 0; at < text.n;) {
		enum letter_class class;
		uint32_t c;

		if ((unsigned char)text.p[at] < 0x80) {
			count_ascii(n, (unsigned char)text.p[at++]);
			continue;
		}
		c = utf8_next(text, &at);
		class = letter_class_of(c);

		if (class == LETTER_NONE) {
			/* "don't" and "well-known" are one word each. */
			if (c != '\'' && c != '-' && c != 0x2019 && c != 0xAD)
				n->in_word = false;
		} else if (class != LETTER_MARK &&
			   !script_has_spaces(script_of(c))) {
			n->dense++;
			n->in_word = false;
		} else if (!n->in_word && class != LETTER_MARK) {
			n->words++;
			n->in_word = true;
		}
	}
}

static void count_walk(struct count *n, const struct node *node)
{
	switch (node->kind) {
	case NODE_TEXT:
	case NODE_CODE:
	case NODE_CODE_BLOCK:
		count_text(n, node->text);
		break;
	case NODE_EMPHASIS:
	case NODE_STRONG:
	case NODE_STRIKE:
	case NODE_LINK:
	case NODE_SPAN:
	case NODE_NOTE:
		break;
	default: /* every block, and the breaks, end a word */
		n->in_word = false;
		break;
	}
	for (const struct node *c = node->child; c; c = c->next)
		count_walk(n, c);
}

uint32_t node_words(const struct node *node)
{
	struct count n = {0};

	count_walk(&n, node);
	n.words += (n.dense + 1) / 2;
	return n.words < UINT32_MAX ? (uint32_t)n.words : UINT32_MAX;
}

/* --- characters ------------------------------------------------------- */

struct characters {
	uint64_t n;
	bool has_text;	/* in this block */
	bool has_space; /* since the last one that counts */
};

static bool is_white(uint32_t c)
{
	return script_is_space(c) || c == 0xFEFF;
}

static void characters_text(struct characters *x, struct str text)
{
	for (size_t at = 0; at < text.n;) {
		if (is_white(utf8_next(text, &at))) {
			x->has_space = true;
			continue;
		}
		x->n += x->has_space && x->has_text ? 2 : 1;
		x->has_text = true;
		x->has_space = false;
	}
}

static void characters_walk(struct characters *x, const struct node *node)
{
	bool is_inline = node->kind >= NODE_TEXT;

	if (node->kind == NODE_TEXT || node->kind == NODE_CODE ||
	    node->kind == NODE_CODE_BLOCK) {
		if (!is_inline)
			x->has_text = false;
		characters_text(x, node->text);
	} else if (node->kind == NODE_SOFT_BREAK || node->kind == NODE_BREAK) {
		x->has_space = true;
	} else if (!is_inline) {
		x->has_text = false;
	}
	for (const struct node *c = node->child; c; c = c->next)
		characters_walk(x, c);
	if (!is_inline)
		x->has_text = false;
}

uint32_t node_characters(const struct node *node)
{
	struct characters x = {0};

	characters_walk(&x, node);
	return x.n < UINT32_MAX ? (uint32_t)x.n : UINT32_MAX;
}

bool lang_counts_characters(struct str lang)
{
	enum script script = script_of_lang(lang);

	return script == SCRIPT_HANGUL ||
	       (script != SCRIPT_COMMON && !script_has_spaces(script));
}
