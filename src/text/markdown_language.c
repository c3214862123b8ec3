/* SPDX-License-Identifier: MIT
 *
 * Languages found by their script: a paragraph, quotation or run of words in
 * another script than the story's is marked "und-Arab" and the like, with its
 * direction, so that it is set, read aloud and hyphenated as what it is.
 */
#include "text/markdown_priv.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/script.h"
#include "text/script_run.h"

struct tally {
	uint32_t letters[SCRIPT_COUNT];
	uint32_t all;
	uint32_t words;
	bool in_word;
};

static void tally_text(struct tally *t, struct str text)
{
	for (size_t at = 0; at < text.n;) {
		char byte = text.p[at];
		uint32_t c;
		enum letter_class class;

		if (ascii_is_alpha(byte)) {
			t->letters[SCRIPT_LATIN]++;
			t->all++;
			t->words += !t->in_word;
			t->in_word = true;
			at++;
			continue;
		}
		if ((unsigned char)byte < 0x80) {
			t->in_word &= byte == '\'' || byte == '-';
			at++;
			continue;
		}
		c = utf8_next(text, &at);
		class = letter_class_of(c);
		if (class == LETTER) {
			t->letters[script_of(c)]++;
			t->all++;
			t->words +=
			    !t->in_word || !script_has_spaces(script_of(c));
		}
		t->in_word = class != LETTER_NONE;
	}
}

static void tally_node(struct tally *t, const struct node *node)
{
	if (node->kind == NODE_TEXT)
		tally_text(t, node->text);
	for (const struct node *c = node->child; c; c = c->next)
		if (c->lang.n == 0)
			tally_node(t, c);
	if (node->kind < NODE_TEXT)
		t->in_word = false;
}

static enum script most_of(const struct tally *t)
{
	enum script most = SCRIPT_COMMON;

	for (unsigned i = SCRIPT_OTHER; i < SCRIPT_COUNT; i++)
		if (t->letters[i] >
		    (most == SCRIPT_COMMON ? 0 : t->letters[most]))
			most = (enum script)i;
	return most;
}

static uint32_t own_letters(const struct tally *t, enum script around)
{
	uint32_t n = 0;

	for (unsigned i = SCRIPT_OTHER; i < SCRIPT_COUNT; i++)
		if (script_same((enum script)i, around))
			n += t->letters[i];
	return n;
}

static enum script script_of_story(
    struct reading *r, const struct node *document)
{
	struct tally t = {0};

	if (r->lang.n > 0 && !lang_has_many_scripts(r->lang))
		return script_of_lang(r->lang);
	tally_node(&t, document);
	return most_of(&t);
}

/* Kana are written in Japanese alone. */
static struct str lang_of(struct reading *r, enum script script, bool has_kana)
{
	if (has_kana && script_same(script, SCRIPT_HAN))
		return STR("ja");
	return arena_printf(r->a, "und-%.*s", STR_ARG(script_code(script)));
}

static bool has_kana(const struct node *node)
{
	struct tally t = {0};

	tally_node(&t, node);
	return t.letters[SCRIPT_HIRAGANA] + t.letters[SCRIPT_KATAKANA] > 0;
}

static void mark(struct reading *r, struct node *node, enum script script,
    enum script around)
{
	node->lang = lang_of(r, script, has_kana(node));
	if (script_direction(script) != script_direction(around))
		node->dir = script_direction(script);
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* Splits a text at its runs. */
static void mark_runs(struct reading *r, struct node *text, enum script around)
{
	if (around == SCRIPT_LATIN && is_ascii(text->text))
		return;
	for (;;) {
		size_t start = 0;
		size_t end;
		enum script script;
		struct node *span;
		struct node *words;
		struct node *rest;

		if (!script_next_run(text->text, around, &start, &end, &script))
			return;
		span = node_new(r, NODE_SPAN);
		words = node_new(r, NODE_TEXT);
		rest = node_new(r, NODE_TEXT);
		if (!span || !words || !rest)
			return;
		words->text = str_part(text->text, start, end - start);
		rest->text = str_from(text->text, end);
		rest->next = text->next;
		span->child = words;
		span->next = rest;
		mark(r, span, script, around);
		text->text = str_part(text->text, 0, start);
		text->next = span;
		text = rest;
	}
}

static void mark_tree(struct reading *r, struct node *node, enum script around)
{
	bool is_block =
	    node->kind == NODE_PARAGRAPH || node->kind == NODE_QUOTE;

	if (node->lang.n > 0) {
		around = script_of_lang(node->lang);
	} else if (is_block) {
		struct tally t = {0};
		enum script most;

		tally_node(&t, node);
		most = most_of(&t);
		if (!script_same(most, around) && t.words >= SCRIPT_RUN_WORDS &&
		    own_letters(&t, around) <= t.all / 10) {
			/* In other blocks the words get spans. */
			mark(r, node, most, around);
			around = most;
		}
	}
	for (struct node *c = node->child; c;) {
		struct node *next = c->next;

		if (c->kind == NODE_TEXT)
			mark_runs(r, c, around);
		else
			mark_tree(r, c, around);
		c = next;
	}
}

/* Splitting leaves empty texts behind. */
static void drop_empty_texts(struct node *node)
{
	struct node **link = &node->child;

	while (*link) {
		struct node *c = *link;

		if (c->kind == NODE_TEXT && c->text.n == 0) {
			*link = c->next;
			continue;
		}
		if (c->child)
			drop_empty_texts(c);
		link = &c->next;
	}
}

void markdown_mark_languages(struct reading *r, struct node *document)
{
	enum script around = script_of_story(r, document);

	if (around == SCRIPT_COMMON)
		return;
	mark_tree(r, document, around);
	drop_empty_texts(document);
}
