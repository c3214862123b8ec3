/* SPDX-License-Identifier: MIT
 *
 * The files of web/ (style sheets, icons), which are built into the binary by
 * tools/embed.c.
 */
#ifndef PAGE_ASSET_H
#define PAGE_ASSET_H

#include "base/str.h"

struct asset {
	const char *name; /* "broadsheet.css"; NULL ends the table */
	struct str bytes;
};

/* Lives for ever; defined in a file made while building. */
extern const struct asset assets[];

/* The file of that name, or an empty view if there is none. */
struct str asset_find(struct str name);

#endif
