/* SPDX-License-Identifier: MIT
 *
 * What the tests of Markdown share: a tree in a short written form, and what
 * was not carried.
 */
#ifndef TEXT_TEST_MARKDOWN_FIXTURE_H
#define TEXT_TEST_MARKDOWN_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/markdown.h"

static struct arena *a;
static struct manuscript_left *left;
static size_t left_n;

static inline int setup(void **state)
{
	(void)state;
	a = arena_new(512 << 20);
	return 0;
}

static inline int teardown(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

static inline struct node *parse(
    struct str source, const char *lang, bool typography)
{
	struct markdown_options options = {
	    .lang = str_of(lang), .has_typography = typography};
	struct node *document = NULL;

	left = NULL;
	left_n = 0;
	assert_int_equal(
	    markdown_parse(a, source, &options, &document, &left, &left_n),
	    RC_OK);
	return document;
}

/* A tree as "p(words em(more)) h2(title)". */
static inline void sketch(struct buf *b, const struct node *node)
{
	static const char *const names[] = {"doc", "p", "h", "quote", "list",
	    "item", "pre", "hr", "table", "row", "cell", "figure", "note", "",
	    "~", "br", "code", "em", "strong", "del", "a", "img", "span",
	    "ref"};

	if (node->kind == NODE_TEXT) {
		buf_add(b, node->text);
		return;
	}
	buf_add(b, str_of(names[node->kind]));
	if (node->number)
		buf_u64(b, node->number);
	if (node->url.n)
		buf_printf(b, "[%.*s]", STR_ARG(node->url));
	if (node->lang.n)
		buf_printf(b, "{%.*s%s}", STR_ARG(node->lang),
		    node->dir == DIRECTION_RTL	 ? " rtl"
		    : node->dir == DIRECTION_LTR ? " ltr"
						 : "");
	if (node->title.n)
		buf_printf(b, "'%.*s'", STR_ARG(node->title));
	if (node->align)
		buf_printf(b, "%d", (int)node->align);
	if (node->text.n)
		buf_printf(b, "\"%.*s\"", STR_ARG(node->text));
	if (!node->child)
		return;
	buf_char(b, '(');
	for (const struct node *c = node->child; c; c = c->next) {
		sketch(b, c);
		if (c->next && node->kind < NODE_TEXT && c->kind < NODE_TEXT)
			buf_char(b, ' ');
	}
	buf_char(b, ')');
}

static inline void gives_in(
    const char *lang, const char *source, const char *want)
{
	struct node *document = parse(str_of(source), lang, false);
	struct buf b;

	buf_init_arena(&b, a, 1 << 20);
	for (const struct node *c = document->child; c; c = c->next) {
		sketch(&b, c);
		if (c->next)
			buf_char(&b, ' ');
	}
	if (!str_eq(buf_str(&b), str_of(want)))
		fail_msg("%s\n  gives %.*s\n  not   %s", source,
		    STR_ARG(buf_str(&b)), want);
}

static inline void gives(const char *source, const char *want)
{
	gives_in("en", source, want);
}

static inline void is_left(const char *field, uint32_t line)
{
	for (size_t i = 0; i < left_n; i++)
		if (str_eq(left[i].field, str_of(field)) &&
		    left[i].line == line)
			return;
	for (size_t i = 0; i < left_n; i++)
		printf("left: %.*s line %u\n", STR_ARG(left[i].field),
		    left[i].line);
	fail_msg("%s, line %u is not reported", field, line);
}

#endif
