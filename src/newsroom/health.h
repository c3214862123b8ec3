/* SPDX-License-Identifier: MIT
 *
 * What the newsroom's screens are told of the machine and of the server's
 * processes, which it cannot see by itself (newsroom_config.health).
 */
#ifndef NEWSROOM_HEALTH_H
#define NEWSROOM_HEALTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "page/view_desk_settings.h"

enum { HEALTH_PROCESSES_MOST = 80, HEALTH_DISKS_MOST = 3 };

struct health_process {
	enum desk_process kind;
	unsigned number; /* of a reader, from 1 */
	bool is_alive;	 /* its loop has turned within some seconds */
	struct instant since;
	uint64_t restarts; /* of all of this kind, after failures */
};

/* A disk, and the paper's folders that lie on it: "private, public". */
struct health_disk {
	char folders[64];
	uint64_t id;
	uint64_t free, all; /* bytes */
};

struct health {
	struct str version;
	struct health_process processes[HEALTH_PROCESSES_MOST];
	size_t processes_n;
	struct health_disk disks[HEALTH_DISKS_MOST];
	size_t disks_n;
	/* Bytes of the databases; 0: there is none. */
	uint64_t paper_bytes, public_bytes, till_bytes;
	int landlock; /* its version; 0: none */
	bool has_pin, is_pin_apart;
};

#endif
