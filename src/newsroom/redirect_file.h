/* SPDX-License-Identifier: MIT
 *
 * A file of redirects, as a spreadsheet or a list of another program writes it:
 * one a line, the old address, a comma, and where it leads.
 *
 *	/old/page,/new/page
 *	"/old/one, two",17
 *
 * Columns may be parted by commas, semicolons or tabs (RFC 4180 otherwise:
 * quotation marks around a column, doubled within one). Empty lines, spaces
 * around a column and a byte order mark count for nothing, and neither does a
 * first line that has names of columns. A quoted column does not go over a
 * line's end. Private to newsroom/.
 */
#ifndef NEWSROOM_REDIRECT_FILE_H
#define NEWSROOM_REDIRECT_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rc.h"
#include "base/str.h"

struct arena;

enum { REDIRECT_LINES_MOST = 20000 };

struct redirect_line {
	size_t number;	     /* of the line, from 1 */
	struct str from, to; /* views of the file, or the arena's */
	bool is_faulty;	     /* it does not have two columns */
};

/* Reads all of TEXT, whatever its bytes. RC_LIMIT: more than
 * REDIRECT_LINES_MOST lines say something; RC_NO_MEMORY. */
MUST_USE enum rc redirect_file_read(struct arena *a, struct str text,
    struct redirect_line **ret_v, size_t *ret_n);

#endif
