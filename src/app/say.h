/* SPDX-License-Identifier: MIT
 *
 * What the processes of a server tell its owner: whole lines on standard
 * error, each with one write, so that lines of several processes do not mix.
 */
#ifndef APP_SAY_H
#define APP_SAY_H

#include "base/rc.h"

/* Writes "WHO: what is formatted" as one line, cut at 1,000 bytes. Whether it
 * could be written does not matter to the caller. WHO is such as "farthing"
 * or "reader 1". */
void say(const char *who, const char *fmt, ...) PRINTF_LIKE(2, 3);

#endif
