/* SPDX-License-Identifier: MIT
 *
 * Bytes of unknown origin become clean UTF-8. A text that reaches a newsroom
 * was saved by somebody else's program: this finds the encoding, converts it,
 * and takes out what copying and mailing have put in.
 *
 * In this order:
 *	1. a mail's quoted-printable is undone, where its head says so or the
 *	   text clearly is;
 *	2. the encoding: a byte order mark, else valid UTF-8, else what the
 *	   mail or page says of itself if the text bears it out, else by the
 *	   frequency of letters (iconv(3) converts); of one that is part of a
 *	   larger one, the larger where the bytes need it;
 *	3. encoded words in a mail's head become letters;
 *	4. text encoded twice ("â€œ" where “ was meant) is repaired;
 *	5. HTML entities (&quot;) are resolved;
 *	6. line ends become LF; zero-width characters, soft hyphens and control
 *	   characters go, runs of unbreakable spaces become one space.
 *
 * Everything but line ends is said in the list of what was done.
 *
 *	struct charset cs;
 *	rc = charset_read(a, bytes, &cs, err);
 *	cs.name, cs.sure: "KOI8-R", 93
 */
#ifndef TEXT_CHARSET_H
#define TEXT_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;

enum { CHARSET_MAX = 16 * 1024 * 1024 }; /* bytes of input */

/* One thing that was done to the text. */
struct charset_note {
	uint32_t line;	 /* of the text returned, from 1; 0: all of it */
	struct str text; /* a sentence for a person */
};

struct charset {
	struct str text;  /* UTF-8, no NUL, line ends LF */
	const char *name; /* as iconv knows it; lives for ever */
	unsigned sure;	  /* 0 to 100; below 50 a person should look */
	struct str doubt; /* a sentence: its own claim was not followed */
	struct charset_note *notes;
	size_t notes_n;
	/* Undoing quoted-printable and encoded words joins lines: then lines[i]
	 * is the line of the source on which line i + 1 of text starts. Else
	 * NULL. */
	uint32_t *lines;
	size_t lines_n;
};

/* Reads BYTES. The result lives as long as the arena. RC_INVALID: not text
 * (a PDF, an archive, a picture, ...; ERR says which, and what to do) or in no
 * encoding known here; RC_LIMIT: larger than CHARSET_MAX; RC_NO_MEMORY. */
MUST_USE enum rc charset_read(struct arena *a, struct str bytes,
    struct charset *ret_charset, struct err *err);

/* The same for the text of a mail whose coding is undone (text/mail.h): it has
 * no step 1. */
MUST_USE enum rc charset_read_decoded(struct arena *a, struct str bytes,
    struct charset *ret_charset, struct err *err);

/* CLAIM, which a text calls its own encoding, is one of more than a byte for
 * each letter (UTF-16, UTF-32). */
bool charset_is_wide(struct str claim);

/* TEXT as UTF-8, where it is in such an encoding, by its mark or by CLAIM; or
 * where it is in one of seven bits that shifts between ASCII and others
 * (ISO-2022-JP), by CLAIM or its own signs. Returns its name, which lives for
 * ever; NULL: it is in none, or not all of it has a meaning there, and TEXT is
 * left as it was. The result lives as long as the arena. */
const char *charset_read_wide(
    struct arena *a, struct str claim, struct str *text);
const char *charset_read_shifted(
    struct arena *a, struct str claim, struct str *text);

/* TEXT as UTF-8, by CLAIM and by its letters, as charset_read does it, if all
 * of it has a meaning. Returns and keeps as the two above. */
const char *charset_read_claimed(
    struct arena *a, struct str claim, struct str *text);

/* The line of the source on which line LINE (from 1) of the text started. */
uint32_t charset_line(const struct charset *cs, uint32_t line);

#endif
