/* SPDX-License-Identifier: MIT
 *
 * The darkroom process: it develops pictures for the newsroom
 * (newsroom/darkroom.h), one after the other, and reads none of them itself:
 * each is decoded by a child that is forked for it (app/darkroom_child.h) and
 * dies with it. It keeps the libraries loaded, so that a child starts at once.
 */
#ifndef APP_DARKROOM_H
#define APP_DARKROOM_H

struct child_order;

/* Works until it is told to end; returns the exit code. */
int darkroom_run(const struct child_order *order);

#endif
