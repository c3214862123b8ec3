/* SPDX-License-Identifier: MIT
 *
 * A reader process: it serves the public paper, of which it can only read.
 */
#ifndef APP_READER_H
#define APP_READER_H

struct child_order;

/* Serves until it is told to end; returns the exit code. */
int reader_run(const struct child_order *order);

#endif
