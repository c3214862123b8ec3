/* SPDX-License-Identifier: MIT
 *
 * The newsroom process: the one that writes. It publishes what is due, to the
 * second, and does what commands ask for over DIR/run/newsroom.sock.
 */
#ifndef APP_NEWSROOM_H
#define APP_NEWSROOM_H

struct child_order;

/* Works until it is told to end; returns the exit code. */
int newsroom_run(const struct child_order *order);

#endif
