/* SPDX-License-Identifier: MIT
 *
 * The log: one line for each event, for the administrator and for programs
 * that read logs.
 *
 *	2026-11-23T18:30:05.123Z newsroom newsroom.publish story 17 is out
 *
 * The moment in UTC, the process, the decision, and words. The decision is a
 * name that stays the same while the words change, so that it can be counted
 * and looked up. Only app/, site/, newsroom/ and watch/ log; what lies below
 * returns its errors.
 */
#ifndef SYS_LOG_H
#define SYS_LOG_H

#include "base/rc.h"

struct log {
	int fd;		  /* usually 2; -1: nowhere */
	const char *role; /* "supervisor", "reader 1"; spaces become _ */
};

enum { LOG_LINE_MAX = 1024 };

/* Writes one line, in one write. DECISION is FOLDER.VERB, of letters, digits,
 * dots and dashes. Bytes in the message that are no printable text (control
 * characters, faulty UTF-8, characters that turn the direction of text) are
 * written as \xNN, and a backslash as \\, so that no reader's request can
 * forge a line or move a cursor. A line longer than LOG_LINE_MAX is cut and
 * ends in "...". A line that cannot be written is lost. LOG may be NULL. */
void log_event(const struct log *log, const char *decision, const char *fmt,
    ...) PRINTF_LIKE(3, 4);

#endif
