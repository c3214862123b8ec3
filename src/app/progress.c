/* SPDX-License-Identifier: MIT
 *
 * A progress bar; see progress.h.
 */
#include "app/progress.h"

#include <stdio.h>
#include <unistd.h>

#include "sys/clock.h"

enum { BAR_WIDTH = 30 };

static const int64_t ns_per_s = 1000000000;

void progress_init(struct progress *p, const char *what, uint64_t total)
{
	*p = (struct progress){
	    .what = what,
	    .total = total,
	    .began_ns = clock_ns(),
	    .is_terminal = isatty(2) == 1,
	};
	p->drawn_ns = p->began_ns;
}

static void progress_draw(struct progress *p, uint64_t done, int64_t now)
{
	uint64_t seconds = (uint64_t)((now - p->began_ns) / ns_per_s);
	uint64_t permille = p->total ? done * 1000 / p->total : 0;
	uint64_t left = done ? seconds * (p->total - done) / done : 0;
	int filled = (int)(permille * BAR_WIDTH / 1000);

	if (!p->total) {
		fprintf(stderr, "%s%llu %s%s", p->is_terminal ? "\r" : "",
		    (unsigned long long)done, p->what,
		    p->is_terminal ? "" : "\n");
		return;
	}
	if (!p->is_terminal) {
		fprintf(stderr, "%llu of %llu %s\n", (unsigned long long)done,
		    (unsigned long long)p->total, p->what);
		return;
	}
	fprintf(stderr,
	    "\r[%.*s%*s] %3llu %%  %llu of %llu %s, %llu:%02llu left  ", filled,
	    "##############################", BAR_WIDTH - filled, "",
	    (unsigned long long)permille / 10, (unsigned long long)done,
	    (unsigned long long)p->total, p->what,
	    (unsigned long long)left / 60, (unsigned long long)left % 60);
}

void progress_step(struct progress *p, uint64_t done)
{
	int64_t now = clock_ns();
	int64_t pause = p->is_terminal ? ns_per_s / 10 : 5 * ns_per_s;

	if (now - p->began_ns < ns_per_s / 2 || now - p->drawn_ns < pause)
		return;
	if (p->total && done > p->total)
		p->total = done;
	progress_draw(p, done, now);
	p->drawn_ns = now;
	p->is_drawn = true;
}

void progress_done(struct progress *p)
{
	if (p->is_drawn && p->is_terminal)
		fprintf(stderr, "\r%*s\r", 79, "");
}
