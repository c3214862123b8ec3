/* SPDX-License-Identifier: MIT
 *
 * JSON strings (RFC 8259 section 7), written so that they are also safe inside
 * a script element: < > & and U+2028, U+2029 are escaped. Faulty UTF-8 becomes
 * U+FFFD. The braces and commas around them are the writer's literals.
 */
#ifndef PAGE_JSON_H
#define PAGE_JSON_H

#include "base/buf.h"
#include "base/str.h"

/* Appends TEXT as a string with its quotation marks. */
void json_text(struct buf *b, struct str text);
/* Appends the inside of a string only, to be joined with others. */
void json_part(struct buf *b, struct str text);
/* Appends '"NAME":"TEXT"' behind a comma, or nothing if TEXT is empty. */
void json_member_(struct buf *b, struct str name, struct str text);
#define json_member(b, name, text) json_member_((b), STR(name), (text))

#endif
