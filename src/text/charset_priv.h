/* SPDX-License-Identifier: MIT
 *
 * The steps of text/charset.h, each in a file of its own: charset.c orders
 * them, charset_guess.c weighs encodings, charset_declared.c follows what the
 * text says of itself, charset_mail.c undoes the codings of mails and
 * charset_mend.c repairs what pages and editors do to text. Only for these
 * files and their tests.
 */
#ifndef TEXT_CHARSET_PRIV_H
#define TEXT_CHARSET_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;
struct buf;

/* A work in progress: the text so far and what was done to it. */
struct charset_job {
	struct arena *a;
	struct str text;
	struct charset_note *notes; /* room for CHARSET_NOTES */
	size_t notes_n;
	uint32_t *lines; /* NULL, or the source's line of each line */
	size_t lines_n;
};

enum { CHARSET_NOTES = 24 };

struct charset_guess {
	const char *name; /* NULL: none fits */
	unsigned sure;
};

/* Which of the eight-bit and East Asian encodings BYTES, which are not UTF-8,
 * are most likely in. DECLARED is what the text says of itself, or empty. */
struct charset_guess charset_guess(
    struct arena *a, struct str bytes, struct str declared);

/* NAME is one of those that charset_guess weighs. */
bool charset_is_weighed(struct str name);

/* What charset_guess calls the encoding that the text calls CLAIM. */
struct str charset_claim_name(struct str claim);
/* The C library's name of what a mail calls CLAIM; NULL: it is none of those
 * that are known here, and a mail does not choose what is loaded. */
const char *charset_named(struct arena *a, struct str claim);
/* Converts the text as it says itself (CLAIM, or empty), where that is an
 * encoding which must be told. False: it is left as it was, and *RET_DOUBT
 * says why if there was such a claim. */
bool charset_follow(struct charset_job *job, struct str claim,
    struct charset_guess *ret_guess, struct str *ret_doubt);
/* What to say of a text that calls itself CLAIM and was read as NAME; empty if
 * CLAIM is known. */
struct str charset_doubt_claim(
    struct arena *a, struct str claim, const char *name);

/* L1  The C library keeps some Chinese characters back until it has seen
 *     whether another joins them. So it can say that something is wrong when
 *     no byte is left to be passed over, and must be asked for the last one at
 *     the end. */

/* Converts BYTES from encoding NAME to UTF-8 and appends. Bytes without a
 * meaning become U+FFFD; returns how many, or SIZE_MAX if the C library does
 * not know the encoding or the buffer has failed. */
size_t charset_convert(struct buf *b, const char *name, struct str bytes);

/* What the bytes from 0x80 mean in encoding NAME, if each is a character
 * there; 0: nothing. NULL: there is no such table, and the C library has to
 * load one, which takes longer than to read a story. */
const uint16_t *charset_upper(const char *name);

/* The larger encoding that BYTES are in although they go by NAME; NULL: none
 * is known, or they need none. BAD of them have no meaning in NAME. */
const char *charset_larger(const char *name, struct str bytes, size_t bad);

/* Appends S, which is ISO-2022-JP or EUC-JP, as windows' Shift_JIS: at most two
 * bytes for one. */
void charset_put_shift_jis(struct buf *b, struct str s);

/* Undoes quoted-printable (RFC 2045 section 6.7) where the text clearly is. */
void charset_mend_quoted(struct charset_job *job);
/* Encoded words in mail headers (RFC 2047); the text is UTF-8 by now. */
void charset_mend_words(struct charset_job *job);
/* Text in UTF-8 that was taken for windows-1252 or -1251 and encoded again. */
void charset_mend_twice(struct charset_job *job);
/* HTML entities. */
void charset_mend_entities(struct charset_job *job);
/* Line ends, invisible characters, runs of unbreakable spaces. */
void charset_mend_junk(struct charset_job *job);

/* Adds a note; LINE 0 means the whole text. */
void charset_say(struct charset_job *job, uint32_t line, struct str text);

#endif
