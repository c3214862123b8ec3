/* SPDX-License-Identifier: MIT
 *
 * The first steps of a new paper. Private to newsroom/.
 */
#ifndef NEWSROOM_STEPS_H
#define NEWSROOM_STEPS_H

#include <stdbool.h>

struct visit;

/* Whoever is here is an owner for whom the newsroom opens with the steps, which
 * stand in the menu as long. */
bool steps_are_open(struct visit *v);

#endif
