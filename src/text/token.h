/* SPDX-License-Identifier: MIT
 *
 * A text cut into paragraphs or words, each with a number that is the same for
 * the same bytes: what differences and merges count in. The pieces, put behind
 * each other, are the text, byte for byte, whatever it holds.
 *
 * Paragraphs are runs of lines with something in them, without the last
 * line's end; that and the blank lines behind it are a piece of their own.
 * Words are runs of letters and digits; in scripts that part no words each
 * character is one; spaces are runs, every other character is a piece by
 * itself.
 */
#ifndef TEXT_TOKEN_H
#define TEXT_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

struct arena;

struct tokens {
	struct str *v;
	uint32_t *ids;
	size_t n;
};

/* Texts of more pieces are compared as a whole: RC_LIMIT. Some 200 KB of words;
 * paragraphs no text has so many. */
enum { TOKENS_MOST = 1 << 16 };

MUST_USE enum rc tokens_of_paragraphs(
    struct arena *a, struct str text, struct tokens *ret_tokens);
MUST_USE enum rc tokens_of_words(
    struct arena *a, struct str text, struct tokens *ret_tokens);
/* Numbers the pieces of COUNT texts alike. RC_NO_MEMORY. */
MUST_USE enum rc tokens_number(
    struct arena *a, struct tokens *const *v, size_t count);

/* The text of N pieces from AT on. */
struct str tokens_text(const struct tokens *tokens, size_t at, size_t n);

/* How many words stand in TEXT. */
size_t words_count(struct str text);

/* It has a letter or a digit in it. */
bool token_is_word(struct str token);

#endif
