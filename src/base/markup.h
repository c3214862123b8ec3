/* SPDX-License-Identifier: MIT
 *
 * Text inside of HTML and XML. What makes the tags around it is page/html.h,
 * and picture/words.h for the packet within pictures.
 */
#ifndef BASE_MARKUP_H
#define BASE_MARKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct buf;

/* Appends TEXT so that it is nothing but text between tags and in attributes
 * with either quotation mark: those and "&", "<", ">" are escaped. What neither
 * HTML (13.1.4) nor XML 1.0 (2.2) may hold, controls, noncharacters and bytes
 * that are no UTF-8, becomes U+FFFD; a carriage return becomes a space. */
void markup_text(struct buf *b, struct str text);

/* The character C may stand in either: it is no control but a line feed or a
 * tab, and no noncharacter. */
bool markup_is_text(uint32_t c);

#endif
