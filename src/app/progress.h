/* SPDX-License-Identifier: MIT
 *
 * A progress bar for long work: on a terminal one line that is drawn anew at
 * most ten times a second, elsewhere a line every five seconds; nothing at
 * all for work that is done within half a second.
 */
#ifndef APP_PROGRESS_H
#define APP_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
	const char *what; /* "stories"; lives as long as this */
	uint64_t total;	  /* 0: not known */
	int64_t began_ns;
	int64_t drawn_ns;
	bool is_terminal;
	bool is_drawn;
};

/* Starts the clock. Draws on standard error. */
void progress_init(struct progress *p, const char *what, uint64_t total);
/* DONE of the total are done. Cheap enough for every one of them. */
void progress_step(struct progress *p, uint64_t done);
/* Takes the bar away. */
void progress_done(struct progress *p);

#endif
