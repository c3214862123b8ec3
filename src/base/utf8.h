/* SPDX-License-Identifier: MIT
 *
 * UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing
 * above U+10FFFF. What a character is (letter, script, direction) is known to
 * text/; here are only its bytes.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct buf;

enum { UTF8_BAD = 0xFFFD }; /* the replacement character */

/* Reads the character at S[*AT] and moves *AT behind it. *AT must be below
 * s.n. A faulty sequence gives UTF8_BAD and moves on by one byte; tell it from
 * a real U+FFFD by the one byte moved. */
uint32_t utf8_next(struct str s, size_t *at);
/* Reads the character that ends before S[*AT] and moves *AT to its start.
 * *AT must be above 0. */
uint32_t utf8_prev(struct str s, size_t *at);
/* All of S is valid UTF-8. */
bool utf8_is_valid(struct str s);
/* Where the first fault of S stands, or s.n. */
size_t utf8_first_fault(struct str s);
/* How many characters S has, each faulty byte counted as one. */
size_t utf8_count(struct str s);
/* Appends the character C, which must be a Unicode scalar value. */
void utf8_put(struct buf *b, uint32_t c);
/* The longest start of S that is not above N bytes and cuts no character. */
struct str utf8_head(struct str s, size_t n);

#endif
