/* SPDX-License-Identifier: MIT
 *
 * Time zones by name, as the system knows them.
 */
#ifndef SYS_ZONE_FILE_H
#define SYS_ZONE_FILE_H

#include "base/arena.h"
#include "base/zone.h"

/* The zone called NAME ("Europe/Berlin") in the tz database, from
 * /usr/share/zoneinfo; "UTC" is known without it. The zone lives as long as
 * A. RC_INVALID: no name of a zone can look like this, or the file is no
 * zone. RC_NOT_FOUND: there is no such zone, or no such database. */
MUST_USE enum rc zone_file_load(struct arena *a, struct str name,
    const struct zone **ret_zone, struct err *err);

#endif
