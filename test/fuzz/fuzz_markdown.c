/* SPDX-License-Identifier: MIT
 *
 * Any bytes as Markdown: the tree keeps to its depth, its addresses are safe,
 * its levels and numbers are in range, and it can be written as a page.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "page/page.h"
#include "page/test/markup.h"
#include "text/link.h"
#include "text/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check(const struct node *node, size_t depth)
{
	must(depth < DOCUMENT_DEPTH);
	must(utf8_is_valid(node->text));
	must(node->kind != NODE_LINK || link_is_safe(node->url));
	must((node->kind != NODE_PICTURE && node->kind != NODE_FIGURE) ||
	     link_is_safe_picture(node->url));
	must(node->kind != NODE_HEADING ||
	     (node->number >= 2 && node->number <= 4));
	for (const struct node *c = node->child; c; c = c->next) {
		must((node->kind == NODE_LIST) == (c->kind == NODE_ITEM));
		must((node->kind == NODE_TABLE) == (c->kind == NODE_ROW));
		must((node->kind == NODE_ROW) == (c->kind == NODE_CELL));
		must(c->kind != NODE_FOOTNOTE || node->kind == NODE_DOCUMENT);
		/* Blocks stand in blocks, inlines in what holds inlines. */
		must((c->kind >= NODE_TEXT) ==
		     (node->kind >= NODE_TEXT || node->kind == NODE_PARAGRAPH ||
			 node->kind == NODE_HEADING ||
			 node->kind == NODE_FIGURE || node->kind == NODE_CELL));
		check(c, depth + 1);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const langs[] = {"en", "ar", "fr", ""};
	struct str lang = str_of(langs[n % 4]);
	struct arena *a = arena_new(256 << 20);
	struct str source = {(const char *)data, n};
	struct markdown_options options = {
	    .lang = lang, .has_typography = n % 3 == 0};
	struct manuscript_left *left;
	size_t left_n;
	struct node *document;
	struct buf b;

	if (markdown_parse(a, source, &options, &document, &left, &left_n) ==
	    RC_OK) {
		check(document, 0);
		for (size_t i = 0; i < left_n; i++)
			must(utf8_is_valid(left[i].field) && left[i].line > 0);
		buf_init_arena(&b, a, 1000);
		node_plain(document, 300, &b);
		must(b.n <= 300 && buf_rc(&b) == RC_OK);
		must(utf8_is_valid(buf_str(&b)));
		(void)node_words(document);
		must(node_characters(document) <= 4 * n);
		buf_init(&b, 1 << 24);
		page_body(&b, document);
		must(buf_rc(&b) != RC_OK || !markup_fault(buf_str(&b), false));
		buf_done(&b);
	}
	arena_free(a);
	return 0;
}
