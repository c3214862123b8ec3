/* SPDX-License-Identifier: MIT
 *
 * What the processes of a server tell its owner: whole lines on standard
 * error, each with one write, so that lines of several processes do not mix.
 */
#ifndef APP_SAY_H
#define APP_SAY_H

#include <stdbool.h>
#include <stdio.h>

#include "base/rc.h"
#include "base/str.h"

/* From now on each line has its time in front, in UTC:
 * "2026-11-28T14:05:06Z ", or on a terminal, whose person knows the day,
 * "14:05:06Z "; none where standard error is systemd's journal, which has its
 * own. For the processes of the server; a command's words need none. */
void say_times(void);

/* Writes "WHO: what is formatted" as one line, cut at 1,000 bytes. Whether it
 * could be written does not matter to the caller. WHO is such as "farthing"
 * or "reader 1". */
void say(const char *who, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* Writes S, which may hold names and texts of strangers, to OUT: a control
 * character in it (U+0000 to U+001F, U+007F to U+009F), but for tabs and, if
 * HAS_LINES, line feeds, becomes a question mark. */
void say_put(FILE *out, struct str s, bool has_lines);
/* The same, with lines, in place: a question mark for each byte. */
void say_plain(char *p, size_t n);

#endif
