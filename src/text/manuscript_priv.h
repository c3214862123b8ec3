/* SPDX-License-Identifier: MIT
 *
 * What the files of the manuscript share.
 */
#ifndef TEXT_MANUSCRIPT_PRIV_H
#define TEXT_MANUSCRIPT_PRIV_H

#include <stdint.h>

#include "base/rc.h"
#include "text/manuscript.h"

struct arena;
struct front_node;

enum { MANUSCRIPT_LEFT_MAX = 500 };

/* A growing list of what was left out; behind MANUSCRIPT_LEFT_MAX it only
 * counts, and the last entry says so. Sticky: asks the arena once, at last. */
struct left_list {
	struct arena *a;
	struct manuscript_left *v;
	size_t n;
	size_t size;
};

/* FIELD and WHY must live as long as the arena. */
void left_add(
    struct left_list *list, struct str field, struct str why, uint32_t line);

/* Fills M from the fields of HEAD. RC_NO_MEMORY. */
MUST_USE enum rc manuscript_take_fields(struct arena *a,
    const struct front_node *head, struct left_list *left,
    struct manuscript *m);

#endif
