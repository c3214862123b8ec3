/* SPDX-License-Identifier: MIT
 *
 * What the newsroom process can see of the machine and of its neighbours: the
 * shared page, the sizes of files, the room on the disk.
 */
#ifndef APP_NEWSROOM_HEALTH_H
#define APP_NEWSROOM_HEALTH_H

#include "app/child.h"
#include "app/shared.h"
#include "newsroom/health.h"

struct arena;

/* As it is now, of the paper and the server that ORDER is about. */
void newsroom_health(const struct child_order *order,
    const struct shared *shared, struct health *ret_health);
/* All time zones of this machine, by name, with what they are east of UTC at
 * NOW, which is looked up once in a quarter of an hour. */
MUST_USE enum rc newsroom_zones(struct arena *a, struct instant now,
    struct view_desk_zone **ret_v, size_t *ret_n);

#endif
