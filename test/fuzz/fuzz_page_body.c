/* SPDX-License-Identifier: MIT
 *
 * Bytes become a tree, the tree becomes HTML, and of that nothing may be but
 * our own tags, well nested. Each byte of the input chooses a kind of node,
 * whether to go down or up, or how many of the bytes that follow are text.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "page/body.h"
#include "page/page.h"
#include "page/test/markup.h"
#include "text/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { NODES_MAX = 2000, DEPTH_MAX = 12 };

struct source {
	struct str in;
	struct arena *a;
	size_t nodes;
};

static unsigned take(struct source *s)
{
	unsigned c = s->in.n ? (unsigned char)s->in.p[0] : 0;

	s->in = str_from(s->in, 1);
	return c;
}

static struct str take_text(struct source *s)
{
	struct str text = str_part(s->in, 0, take(s) % 32);

	s->in = str_from(s->in, text.n);
	return text;
}

static struct node *take_node(struct source *s, enum node_kind kind)
{
	struct node *n = ARENA_NEW(s->a, struct node);

	if (!n)
		exit(1);
	s->nodes++;
	n->kind = kind;
	n->number = take(s) % 8;
	n->references = n->number % 3;
	n->dir = (enum direction)(n->number % 3);
	n->align = (enum align)(n->number % 4);
	n->is_tight = n->number % 2;
	n->text = take_text(s);
	n->url = take_text(s);
	if (n->number > 4) {
		n->title = take_text(s);
		n->lang = take_text(s);
	}
	return n;
}

/* What may stand in KIND: blocks, words, items, rows, cells or nothing. */
static enum node_kind child_kind(enum node_kind kind, unsigned choice)
{
	static const enum node_kind blocks[] = {NODE_PARAGRAPH, NODE_HEADING,
	    NODE_QUOTE, NODE_LIST, NODE_CODE_BLOCK, NODE_RULE, NODE_TABLE,
	    NODE_FIGURE};
	static const enum node_kind words[] = {NODE_TEXT, NODE_SOFT_BREAK,
	    NODE_BREAK, NODE_CODE, NODE_EMPHASIS, NODE_STRONG, NODE_STRIKE,
	    NODE_LINK, NODE_PICTURE, NODE_SPAN, NODE_NOTE, NODE_TEXT};

	if (kind == NODE_DOCUMENT && choice % 5 == 0)
		return NODE_FOOTNOTE;
	if (kind == NODE_LIST)
		return NODE_ITEM;
	if (kind == NODE_TABLE)
		return NODE_ROW;
	if (kind == NODE_ROW)
		return NODE_CELL;
	if (kind == NODE_DOCUMENT || kind == NODE_QUOTE || kind == NODE_ITEM ||
	    kind == NODE_FOOTNOTE)
		return blocks[choice % 8];
	return words[choice % 12];
}

static bool has_children(enum node_kind kind)
{
	switch (kind) {
	case NODE_CODE_BLOCK:
	case NODE_RULE:
	case NODE_TEXT:
	case NODE_SOFT_BREAK:
	case NODE_BREAK:
	case NODE_CODE:
	case NODE_PICTURE:
	case NODE_NOTE:
		return false;
	case NODE_DOCUMENT:
	case NODE_PARAGRAPH:
	case NODE_HEADING:
	case NODE_QUOTE:
	case NODE_LIST:
	case NODE_ITEM:
	case NODE_TABLE:
	case NODE_ROW:
	case NODE_CELL:
	case NODE_FIGURE:
	case NODE_FOOTNOTE:
	case NODE_EMPHASIS:
	case NODE_STRONG:
	case NODE_STRIKE:
	case NODE_LINK:
	case NODE_SPAN:
		return true;
	}
	return false;
}

static void grow(struct source *s, struct node *parent, unsigned depth)
{
	struct node **at = &parent->child;

	while (s->in.n > 0 && s->nodes < NODES_MAX) {
		unsigned c = take(s);

		if (c % 4 == 0 && depth > 0)
			return;
		*at = take_node(s, child_kind(parent->kind, c / 4));
		if (depth < DEPTH_MAX && has_children((*at)->kind))
			grow(s, *at, depth + 1);
		at = &(*at)->next;
	}
}

static void check(struct buf *b)
{
	const char *fault;

	if (buf_rc(b) != RC_OK)
		abort();
	fault = markup_fault(buf_str(b), false);
	if (fault) {
		fprintf(stderr, "%s\n%.*s\n", fault, STR_ARG(buf_str(b)));
		abort();
	}
	buf_clear(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source s = {.in = {(const char *)data, size}};
	struct body_options options = {
	    .origin = STR("https://a.example"),
	    .lang = STR("en"),
	    .words = words_of(STR("ar")),
	};
	struct node *doc;
	struct buf b;

	s.a = arena_new(1 << 24);
	buf_init(&b, 1 << 24);
	doc = take_node(&s, NODE_DOCUMENT);
	grow(&s, doc, 0);
	body_write(&b, doc, &options);
	check(&b);
	options.page = STR("/2026/11/23/harbour");
	body_write(&b, doc, &options);
	check(&b);
	page_body(&b, doc);
	check(&b);
	buf_done(&b);
	arena_free(s.a);
	return 0;
}
