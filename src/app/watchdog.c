/* SPDX-License-Identifier: MIT
 *
 * Beats and who looks after them; see watchdog.h. A place of the shared page
 * that holds 0 is that of a child which has not begun its work: waiting for a
 * lock or bringing a database up to date may take any time.
 */
#include "app/watchdog.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "app/child.h"
#include "app/say.h"
#include "app/supervisor_priv.h"
#include "sys/clock.h"

enum {
	BEAT_MS = 500,
	LOOK_MS = 500,
	/* Nobody waits for the newsroom as for a page, and one step of it can
	 * be a commit on a slow disk. */
	NEWSROOM_TIMES = 3,
};

static void beat_due(struct timer *t)
{
	struct heartbeat *h = LOOP_OWNER(t, struct heartbeat, timer);

	heartbeat_once(h);
	loop_arm(h->loop, t, BEAT_MS);
}

void heartbeat_start(struct heartbeat *h, struct loop *loop,
    struct shared *shared, const struct child_order *order)
{
	*h = (struct heartbeat){
	    .loop = loop,
	    .at = &shared->beats[order->bank]
				[child_place(order->role, order->slot)],
	    .timer = {.fn = beat_due},
	};
	metric_set(&shared->started[order->bank]
				   [child_place(order->role, order->slot)],
	    (uint64_t)instant_s(clock_now()));
	beat_due(&h->timer);
}

void heartbeat_once(void *h)
{
	metric_set(((struct heartbeat *)h)->at, (uint64_t)clock_ns());
}

/* Whoever looks at it with a debugger wants it to stand still. */
static bool is_traced(pid_t pid)
{
	char path[64];
	char line[256];
	bool is = false;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	f = fopen(path, "re");
	while (f && !is && fgets(line, sizeof(line), f))
		is = strncmp(line, "TracerPid:", 10) == 0 &&
		     strcmp(line + 10, "\t0\n") != 0;
	if (f)
		fclose(f);
	return is;
}

/* The moment up to which the child in SLOT can have been silent; 0: not now. */
static int64_t heard_until(struct supervisor *s, unsigned slot, int64_t now)
{
	const struct child *till;

	if (slot != SLOT_WATCH)
		return now;
	till = supervisor_find(s, SLOT_TILL, PART_IN_PLACE);
	return till ? (int64_t)metric_get(
			  &s->shared->beats[till->bank][SLOT_TILL])
		    : 0;
}

static void look_at(struct watchdog *w, const struct child *c, int64_t now)
{
	struct supervisor *s = w->s;
	metric *beat = &s->shared->beats[c->bank][c->slot];
	int64_t limit_s = s->now.config.watchdog_seconds;
	int64_t beat_ns = (int64_t)metric_get(beat);

	if (c->slot >= SLOT_NEWSROOM)
		limit_s *= NEWSROOM_TIMES;
	now = heard_until(s, c->slot, now);
	if (beat_ns == 0 || now - beat_ns <= limit_s * INT64_C(1000000000) ||
	    is_traced(c->pid))
		return;
	say("farthing",
	    "%s (process %d) has hung for %d s and is killed; see "
	    "\"watchdog_seconds\" in farthing.conf",
	    supervisor_slot_name(c->slot), (int)c->pid, (int)limit_s);
	/* Its end is told by SIGCHLD; it is not to be killed again. */
	metric_set(beat, 0);
	kill(c->pid, SIGKILL);
}

static void look_due(struct timer *t)
{
	struct watchdog *w = LOOP_OWNER(t, struct watchdog, timer);
	struct supervisor *s = w->s;
	int64_t now = clock_ns();
	bool was_late = now - w->looked_ns > 4 * LOOK_MS * INT64_C(1000000);

	w->looked_ns = now;
	loop_arm(s->loop, t, LOOK_MS);
	supervisor_look_at_rates(s);
	/* When this process itself had to wait, so had they. */
	if (was_late || s->is_stopping || s->now.config.watchdog_seconds == 0)
		return;
	for (unsigned i = 0; i < CHILDREN_MAX; i++)
		if (s->children[i].part == PART_IN_PLACE)
			look_at(w, &s->children[i], now);
}

void watchdog_start(struct watchdog *w, struct supervisor *s)
{
	*w = (struct watchdog){
	    .s = s, .timer = {.fn = look_due}, .looked_ns = clock_ns()};
	loop_arm(s->loop, &w->timer, LOOK_MS);
}
