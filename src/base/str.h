/* SPDX-License-Identifier: MIT
 *
 * A view of bytes: where they start and how many there are. It owns nothing,
 * is not ended by a NUL, may hold any byte, and lives as long as what it looks
 * at. All text inside the program is handed about in this form; a NUL is put
 * behind it only at the door of the C library (str_cstr in base/arena.h).
 *
 * Text is UTF-8 where nothing else is said. Functions here work on bytes;
 * those that know characters are in base/utf8.h.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"

struct str {
	const char *p; /* may be NULL only when n is 0 */
	size_t n;
};

/* A view of a string literal; the compiler counts. STR_INIT is the same for
 * static initialisers, where a compound literal is not allowed. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_INIT(literal)                                                      \
	{                                                                      \
		"" literal, sizeof(literal) - 1                                \
	}
#define STR_NONE   ((struct str){NULL, 0})

/* For printf's "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).n ? (s).p : ""

/* The view of a NUL-terminated string; NULL gives an empty view. */
struct str str_of(const char *cstr);

/* The same bytes. */
bool str_eq(struct str a, struct str b);
/* The same bytes when the ASCII letters' case is ignored. */
bool str_eq_fold(struct str a, struct str b);
/* Below, at or above zero as A sorts before, with or behind B, by bytes. */
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, struct str start);
bool str_ends(struct str s, struct str end);

/* Where C first (last) stands in S, or s.n if nowhere. */
size_t str_find(struct str s, char c);
size_t str_find_last(struct str s, char c);
/* Where NEEDLE first stands in S, or s.n if nowhere. An empty one stands at
 * the start. Linear time. */
size_t str_find_str(struct str s, struct str needle);

/* The part of S from FROM on (at most N bytes of it); both are cut to what is
 * there, so no argument is out of range. */
struct str str_from(struct str s, size_t from);
struct str str_part(struct str s, size_t from, size_t n);

/* Cuts S at the first SEP: what stands before it is returned, what stands
 * behind it is left in *S. Without SEP all of it is returned and *S is
 * empty with p NULL; so "while (s.p)" walks over all fields, empty ones too. */
struct str str_cut(struct str *s, char sep);

/* Takes the next line from *TEXT, without its end (LF, CRLF or CR). Returns
 * false when *TEXT is used up. */
bool str_line(struct str *text, struct str *ret_line);

/* S without ASCII white space (space, tab, LF, CR, FF, VT) at its ends. */
struct str str_trim(struct str s);
/* Nothing in it but ASCII white space, or nothing at all. */
bool str_blank(struct str s);

/* The decimal number that S is, digits only, all of S. RC_INVALID: not such a
 * number; RC_LIMIT: above MAX. */
MUST_USE enum rc str_u64(struct str s, uint64_t max, uint64_t *ret_n);
/* The same with an optional leading minus; RC_LIMIT outside of int64_t. */
MUST_USE enum rc str_i64(struct str s, int64_t *ret_n);

/* ASCII only; never looks at the locale. */
bool ascii_is_space(char c);
bool ascii_is_digit(char c);
bool ascii_is_alpha(char c);
bool ascii_is_upper(char c);
char ascii_lower(char c);
/* 0 to 15, or -1 if C is no hexadecimal digit. */
int ascii_hex(char c);

#endif
