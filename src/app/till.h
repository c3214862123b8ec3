/* SPDX-License-Identifier: MIT
 *
 * The till process: the sole writer of DIR/till/till.db. It answers what
 * readers ask, takes the facts that the watch tells, and does what commands
 * want over DIR/run/till.sock. It cannot connect to anything.
 */
#ifndef APP_TILL_H
#define APP_TILL_H

struct child_order;

/* Runs until SIGTERM; returns the exit code. */
int till_run(const struct child_order *order);

#endif
