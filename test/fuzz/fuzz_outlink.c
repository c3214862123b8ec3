/* SPDX-License-Identifier: MIT
 *
 * Texts and Markdown without what leads elsewhere: what was cut once stays as
 * it is, and of a tree no foreign link and no picture is left.
 */
#include "text/outlink.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/url.h"
#include "text/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct str HOST = STR_INIT("lune.example");

static void look(const struct node *n)
{
	for (; n; n = n->next) {
		must(n->kind != NODE_PICTURE && n->kind != NODE_FIGURE);
		must(n->kind != NODE_LINK || outlink_is_own(n->url, HOST));
		look(n->child);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct markdown_options options = {.lang = STR("en")};
	struct str s = {(const char *)data, size};
	struct arena *a = arena_new(64 << 20);
	struct str once, twice;
	struct node *document;
	struct buf words;

	/* What it says of a host is a part of what it read. */
	must(str_find_str(s, url_host(s)) + url_host(s).n <= s.n);
	must(outlink_cut(a, s, HOST, &once) == RC_OK);
	must(outlink_cut(a, once, HOST, &twice) == RC_OK);
	must(str_eq(once, twice));
	if (markdown_parse(a, s, &options, &document, NULL, NULL) == RC_OK) {
		buf_init(&words, 32 << 20);
		must(outlink_cut_tree(a, document, HOST, &words) == RC_OK);
		look(document);
		buf_done(&words);
	}
	arena_free(a);
	return 0;
}
