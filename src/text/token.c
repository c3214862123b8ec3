/* SPDX-License-Identifier: MIT
 *
 * Texts in pieces; see token.h.
 */
#include "text/token.h"

#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/script.h"

/* A line with its end. */
static size_t line_end(struct str text, size_t at)
{
	const char *end = memchr(text.p + at, '\n', text.n - at);

	return end ? (size_t)(end - text.p) + 1 : text.n;
}

static size_t paragraph_end(struct str text, size_t at)
{
	size_t end = line_end(text, at);
	bool is_blank = str_blank(str_part(text, at, end - at));

	while (end < text.n) {
		size_t next = line_end(text, end);

		if (str_blank(str_part(text, end, next - end)) != is_blank)
			break;
		end = next;
	}
	/* So that a paragraph is the same at the end of a text and before. */
	return !is_blank && text.p[end - 1] == '\n' ? end - 1 : end;
}

static size_t word_end(struct str text, size_t at)
{
	size_t end = at;
	uint32_t c = utf8_next(text, &end);
	bool is_spaces = script_is_space(c);

	if (!is_spaces &&
	    (!letter_is_word(c) || !script_has_spaces(script_of(c))))
		return end;
	while (end < text.n) {
		size_t next = end;

		c = utf8_next(text, &next);
		if (is_spaces ? !script_is_space(c)
			      : !letter_is_word(c) ||
				    !script_has_spaces(script_of(c)))
			break;
		end = next;
	}
	return end;
}

static enum rc split(struct arena *a, struct str text,
    size_t (*piece_end)(struct str text, size_t at), struct tokens *ret_tokens)
{
	struct tokens t = {0};
	size_t n = 0;

	for (size_t at = 0; at < text.n; at = piece_end(text, at))
		if (n++ == TOKENS_MOST)
			return RC_LIMIT;
	t.v = ARENA_ARRAY(a, struct str, n);
	t.ids = ARENA_ARRAY(a, uint32_t, n);
	if (!t.v || !t.ids)
		return RC_NO_MEMORY;
	for (size_t at = 0; at < text.n;) {
		size_t end = piece_end(text, at);

		must(end > at && t.n < n);
		t.v[t.n++] = str_part(text, at, end - at);
		at = end;
	}
	*ret_tokens = t;
	return RC_OK;
}

enum rc tokens_of_paragraphs(
    struct arena *a, struct str text, struct tokens *ret_tokens)
{
	return split(a, text, paragraph_end, ret_tokens);
}

enum rc tokens_of_words(
    struct arena *a, struct str text, struct tokens *ret_tokens)
{
	return split(a, text, word_end, ret_tokens);
}

static uint64_t hash_of(struct str s)
{
	uint64_t hash = 14695981039346656037u;

	for (size_t i = 0; i < s.n; i++)
		hash = (hash ^ (unsigned char)s.p[i]) * 1099511628211u;
	return hash ^ hash >> 29;
}

struct slot {
	struct str text; /* p NULL: free */
	uint32_t id;
};

enum { PROBES_MAX = 64 };

/* Whoever makes words fall on one place gets different numbers for the same
 * words there, and so a longer difference; nobody waits longer. */
static uint32_t number_of(
    struct slot *slots, size_t mask, struct str text, uint32_t *next)
{
	size_t at = hash_of(text) & mask;

	for (int i = 0; i < PROBES_MAX; i++, at = (at + 1) & mask) {
		if (!slots[at].text.p) {
			slots[at] = (struct slot){text, *next};
			return (*next)++;
		}
		if (str_eq(slots[at].text, text))
			return slots[at].id;
	}
	return (*next)++;
}

enum rc tokens_number(struct arena *a, struct tokens *const *v, size_t count)
{
	size_t n = 0, size = 16;
	struct slot *slots;
	uint32_t next = 0;

	for (size_t i = 0; i < count; i++)
		n += v[i]->n;
	while (size < n * 2)
		size *= 2;
	slots = ARENA_ARRAY(a, struct slot, size);
	if (!slots)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < v[i]->n; k++)
			v[i]->ids[k] =
			    number_of(slots, size - 1, v[i]->v[k], &next);
	return RC_OK;
}

struct str tokens_text(const struct tokens *tokens, size_t at, size_t n)
{
	struct str first, last;

	must(at + n <= tokens->n);
	if (n == 0)
		return STR("");
	first = tokens->v[at];
	last = tokens->v[at + n - 1];
	return (struct str){first.p, (size_t)(last.p + last.n - first.p)};
}

bool token_is_word(struct str token)
{
	size_t at = 0;

	while (at < token.n)
		if (letter_is_word(utf8_next(token, &at)))
			return true;
	return false;
}

size_t words_count(struct str text)
{
	size_t n = 0;

	for (size_t at = 0; at < text.n;) {
		size_t end = word_end(text, at);

		n += token_is_word(str_part(text, at, end - at));
		at = end;
	}
	return n;
}
