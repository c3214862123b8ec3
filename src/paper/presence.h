/* SPDX-License-Identifier: MIT
 *
 * Who is in which story just now. It lies in the memory of the newsroom
 * process and nowhere else: each page that is open says so every four seconds,
 * and whoever has not been heard for PRESENCE_S is gone. Nobody is kept out of
 * a story by it; texts of two are merged (paper/write.h).
 */
#ifndef PAPER_PRESENCE_H
#define PAPER_PRESENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/rc.h"
#include "base/str.h"

struct arena;
struct presence;

enum { PRESENCE_S = 12, PRESENCE_MOST = 512 };

/* The caller owns it. */
struct presence *presence_new(void);
void presence_free(struct presence *presence);

/* WHO has story ID open in the page TAB. TYPES: and is writing in it. Names
 * are cut at 64 bytes. When all places are taken, the one that was silent
 * longest goes. */
void presence_touch(struct presence *presence, int64_t id, struct str who,
    struct str tab, bool types, struct instant now);
/* The page is closed. */
void presence_leave(struct presence *presence, int64_t id, struct str tab);

struct present {
	struct str who;
	bool types;
	struct instant since, heard;
};

struct present_list {
	struct present *v;
	size_t n;
};

/* Who is in story ID, but for the page EXCEPT (empty: all); one who has it
 * open twice is named once. In the arena. RC_NO_MEMORY. */
MUST_USE enum rc presence_list(const struct presence *presence, struct arena *a,
    int64_t id, struct str except, struct instant now,
    struct present_list *ret_list);

#endif
