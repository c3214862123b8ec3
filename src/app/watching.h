/* SPDX-License-Identifier: MIT
 *
 * The watch process: asks nodes and sources of rates, and tells the till what
 * it found. It is the only one that connects to the net, and has no file of
 * the paper.
 */
#ifndef APP_WATCHING_H
#define APP_WATCHING_H

struct child_order;

/* Runs until SIGTERM; returns the exit code. */
int watching_run(const struct child_order *order);

#endif
