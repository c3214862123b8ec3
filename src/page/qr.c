/* SPDX-License-Identifier: MIT
 *
 * Drawing a QR code; see qr.h. libqrencode makes the modules; each run of
 * black ones in a row is one horizontal stroke of a single path, moved to by
 * relative steps, which is the shortest form that SVG has for it.
 */
#include "page/qr.h"

#include <qrencode.h>
#include <stdlib.h>
#include <string.h>

#include "page/html.h"

enum { QUIET = 4 };

static QRcode *encode(struct str text)
{
	char cstr[QR_TEXT_MAX + 1];

	if (!text.n || text.n > QR_TEXT_MAX || memchr(text.p, '\0', text.n))
		return NULL;
	memcpy(cstr, text.p, text.n);
	cstr[text.n] = '\0';
	/* Upper-case letters and digits take the shorter alphanumeric mode. */
	return QRcode_encodeString(
	    cstr, 0, QR_ECLEVEL_M, QR_MODE_8, /* casesensitive= */ 1);
}

/* One row: "m" to each run and "h" along it. *AT is the column where the
 * path's pen stands; returns it where the row ends. */
static int put_row(struct buf *b, const unsigned char *row, int width, int at)
{
	for (int x = 0; x < width;) {
		int from = x;

		if (!(row[x] & 1)) {
			x++;
			continue;
		}
		while (x < width && (row[x] & 1))
			x++;
		buf_printf(b, "m%d 0h%d", from - at, x - from);
		at = x;
	}
	return at;
}

static void put_path(struct buf *b, const QRcode *code)
{
	int at = 0;

	/* Strokes lie on the middle of a row. */
	buf_printf(b, "M%d %d.5", QUIET, QUIET);
	for (int y = 0; y < code->width; y++) {
		const unsigned char *row =
		    code->data + (size_t)y * (size_t)code->width;

		if (y > 0) {
			buf_printf(b, "m%d 1", -at);
			at = 0;
		}
		at = put_row(b, row, code->width, at);
	}
}

bool qr_put(struct buf *b, struct str text, struct str label)
{
	QRcode *code = encode(text);
	int side;

	if (!code)
		return false;
	side = code->width + 2 * QUIET;
	html_lit(b, "<svg class=\"qr\" role=\"img\"");
	html_attr(b, "aria-label", label);
	buf_printf(b, " viewBox=\"0 0 %d %d\"", side, side);
	html_lit(b, " shape-rendering=\"crispEdges\">"
		    "<path fill=\"#fff\" d=\"M0 0h");
	buf_printf(b, "%dv%dH0z", side, side);
	html_lit(b, "\"></path><path stroke=\"#000\" d=\"");
	put_path(b, code);
	html_lit(b, "\"></path></svg>\n");
	QRcode_free(code);
	return true;
}
