/* SPDX-License-Identifier: MIT
 *
 * A mail as it was saved by a mail program becomes one text: the lines of its
 * head that are for people, an empty line, and the body as its writer saw it.
 * Of a mail in several forms (RFC 2046 5.1.4) the plain one is taken, unless it
 * is far shorter than the other; else the HTML without its tags. Of one in
 * several parts, the first that is text, with those beside it that are like it;
 * below it, what mails within it say (message/rfc822), each with its head and a
 * mark above, as where a mail is passed on. A part with a file's name is a
 * file, and taken only where there is no other; a plain one that is blank is
 * none. base64 and quoted-printable (RFC 2045 6) are
 * undone, and an encoding in which ASCII is not itself (UTF-16, ISO-2022-JP)
 * where the head and the tags could not be told from the text.
 *
 * What is not such a mail, or needs none of this, stays as it is: a mail of
 * one plain part is text/charset.h's to read, also in quoted-printable.
 */
#ifndef TEXT_MAIL_H
#define TEXT_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

struct arena;

enum {
	MAIL_DEPTH_MAX = 8,    /* parts within parts */
	MAIL_PARTS_MAX = 200,  /* looked at */
	MAIL_MESSAGES_MAX = 8, /* the mail, and those within it */
};

struct mail {
	struct str text;     /* in the encoding of its parts, or UTF-8 */
	const char *charset; /* of a part that was converted; NULL: none */
	uint32_t *lines;     /* of the source, of each line of the text */
	size_t lines_n;
	uint32_t source_line; /* of the source: where the first part begins */
	bool was_html;	      /* one at least of its parts */
	bool was_base64;
	bool was_quoted;      /* quoted-printable */
	unsigned texts;	      /* parts that are in it */
	unsigned others;      /* parts that are not in it */
	unsigned other_texts; /* those of them that are text, not files */
};

/* RC_NOT_FOUND: BYTES are to be read as they are; RC_INVALID: a mail in which
 * no part is text; RC_NO_MEMORY. */
MUST_USE enum rc mail_read(
    struct arena *a, struct str bytes, struct mail *ret_mail);

/* How long the name is that LINE, a field of a head, begins with, up to its
 * colon (RFC 5322 2.2); 0: it is none. */
size_t mail_field_name(struct str line);

/* "From somebody Fri May  1 20:00:00 2026": where a mail begins in a file of many (RFC
 * 4155); it is no field. */
bool mail_is_mbox(struct str line);

#endif
