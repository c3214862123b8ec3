/* SPDX-License-Identifier: MIT
 *
 * Proof marks: what a careful reader would pencil into the margin of a
 * manuscript. A mark is not an error; nothing is changed and nothing refused.
 *
 * The source lines of the Markdown are read directly, in one pass, because
 * import does this for every story: code, addresses of links, shortcodes, raw
 * HTML and tables are passed over. The work is linear in the input.
 *
 * A false alarm costs more than a fault missed, for an editor who is warned
 * too often stops reading: where a rule cannot be sure it keeps quiet.
 */
#ifndef TEXT_PROOF_H
#define TEXT_PROOF_H

#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "text/manuscript.h"

struct arena;
struct buf;

enum { PROOF_MARKS_MAX = 500 }; /* of one story; what comes after is dropped */

enum proof_kind {
	PROOF_QUOTE_OPEN,   /* a quotation is opened and not closed */
	PROOF_QUOTE_CLOSE,  /* closed, and was not opened */
	PROOF_QUOTE_SIDE,   /* a mark turned to the wrong side, or of the
				  wrong kind for the language */
	PROOF_NO_END,	    /* a paragraph without a full stop */
	PROOF_FRAGMENT,	    /* a sentence without a main verb */
	PROOF_DOUBLED_WORD, /* "the the" */
	PROOF_DOUBLED_PARAGRAPH,
	/* "yesterday" in a story with no date, and none in brackets behind it */
	PROOF_RELATIVE_DAY,
	PROOF_MIXED_SCRIPT, /* Latin "c" in a Cyrillic word */
	PROOF_NO_BYLINE,
	PROOF_NO_DATELINE,
	PROOF_NO_CAPTION, /* these three only where there is a picture */
	PROOF_NO_CREDIT,
	PROOF_NO_ALT,
	PROOF_KINDS, /* how many there are */
};

struct proof_mark {
	enum proof_kind kind;
	struct str field;      /* "body", "headline", "standfirst", ... */
	uint32_t line;	       /* body: of the file, from body_line on; other
				  fields: of the field, from 1; 0 where the
				  field is missing */
	uint32_t column;       /* in characters, from 1; 0 as above */
	size_t offset;	       /* in bytes, in the field's text */
	size_t length;	       /* in bytes; 0 where something is missing */
	struct str excerpt;    /* the place and a few words around it */
	struct str message;    /* a sentence without its full stop */
	struct str suggestion; /* what to do; a sentence without full stop */
	/* What may be put in its place by one click; p NULL: a person has to
	 * think. */
	struct str replacement;
};

/* Reads M, whose body must be valid UTF-8, in the language m->lang or, where
 * that is empty, LANG (the paper's; may be empty). The marks come in the order
 * of the text, missing fields first; they and their texts live as long as both
 * the arena and M do. RC_NO_MEMORY. */
MUST_USE enum rc proof_read(struct arena *a, const struct manuscript *m,
    struct str lang, struct proof_mark **ret_marks, size_t *ret_n);

/* The name of KIND in lower case words: "doubled word". Lives for ever. */
const char *proof_kind_name(enum proof_kind kind);

/* Appends a line for each mark, as compilers write them:
 *	FILE:LINE:COLUMN: message. Suggestion: what to do.
 * Where a field is missing, or is not the body: FILE: FIELD: message. ... */
void proof_report(
    struct buf *b, const struct proof_mark *marks, size_t n, struct str file);

#endif
