/* SPDX-License-Identifier: MIT
 *
 * A text as a QR code (ISO/IEC 18004, error correction level M), drawn as
 * inline SVG: black on a white square that includes the quiet zone of four
 * modules, whatever the colours of the page are.
 */
#ifndef PAGE_QR_H
#define PAGE_QR_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

enum { QR_TEXT_MAX = 1024 }; /* bytes */

/* Appends the svg element, with LABEL as its alternative text. Returns false,
 * having appended nothing, if TEXT is empty, too long or holds a NUL, and if
 * there is no memory. */
bool qr_put(struct buf *b, struct str text, struct str label);

#endif
