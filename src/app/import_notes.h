/* SPDX-License-Identifier: MIT
 *
 * What a person should hear about a manuscript that was imported: what it
 * holds that a story cannot carry, and its proof marks.
 */
#ifndef APP_IMPORT_NOTES_H
#define APP_IMPORT_NOTES_H

#include <stdbool.h>

#include "base/rc.h"
#include "base/str.h"
#include "text/manuscript.h"

struct arena;
struct buf;

/* How a line begins that says why a story is kept as a draft. */
extern const struct str import_held;

/* The line on a story that was to appear and is a draft again. */
extern const struct str import_waits_no_more;
/* The line on a draft that was taken back or timed by hand, and stays one. */
extern const struct str import_stays_draft;
/* The line on an embargo of the desk that the source does not say. */
extern const struct str import_keeps_embargo;
/* The line on a text that waits beside the one that readers go on seeing. */
extern const struct str import_kept_back;

/* PATH is that of a README, a licence or the like: words for whoever works on
 * a site, but where they have a title and a date of their own. */
bool import_is_readme(struct str path);
/* The answer on one that has not. */
extern const struct str import_about_site;

/* How the lines of these two proof marks begin. Whole archives have neither:
 * the summary of an import counts them. */
extern const struct str import_no_byline;
extern const struct str import_no_dateline;

/* Appends a line for each thing, ended by a newline; nothing where there is
 * nothing to say. LANG is the paper's language. IS_HELD: what holds M back has
 * made it a draft; else it came too late for that. RC_NO_MEMORY: A is spent. */
MUST_USE enum rc import_notes(struct arena *a, const struct manuscript *m,
    struct str lang, bool is_held, struct buf *b);

#endif
