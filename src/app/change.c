/* SPDX-License-Identifier: MIT
 *
 * How a running server gets new settings or a new program without a failed
 * request. In both cases new processes prove themselves beside the old ones
 * before anything is given up:
 *
 *	1. rehearsal	(program only) The new program is run once with the
 *			very state that it would take over, only reads it, and
 *			exits with 0.
 *	2. readers	New readers start on the same listening sockets. Each
 *			says that it is ready; until all have, nothing is lost
 *			by stopping here. From now on old and new ones serve.
 *	3. writers	(program only) There is one writer of each database,
 *			and one watch. The old ones are told to end and let go
 *			of their locks; the new ones take them. Stories that
 *			are due, commands, and readers who ask the till, wait
 *			for some tens of milliseconds; others notice nothing.
 *	4. exec		(program only) The supervisor executes the new program
 *			in place: same process number, same children, same
 *			sockets, same lock. Its start was tried in step 1.
 *	5. leaving	Old readers take no new connections, finish what they
 *			have, and end. That may take them long; the next change
 *			ends those that have had the grace time. (Settings only)
 *			The till and the watch end, too; when they have, new
 *			ones take their sockets.
 *
 * If anything goes wrong up to step 3, or a step takes more than STEP_MS, the
 * candidates are dismissed and the old writers are started again: the old
 * program has served all the time. That is why the supervisor is not replaced
 * first: what could fail has been done by others before it dares.
 *
 * A SIGHUP that comes in the midst of a change is kept for its end: what it
 * tells of may have come too late for what has been read already.
 *
 * Where the paper has a till, a change waits, for the grace time at most, until
 * the readers of the last but one have ended: the new ones get their sockets.
 *
 * Children that die meanwhile are started again from the program that started
 * them: it is held open (O_PATH), whatever lies at its path now.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/say.h"
#include "app/supervisor_priv.h"
#include "base/must.h"

enum { STEP_MS = 15000 };

static const char WHO[] = "farthing";

static bool is_busy(const struct supervisor *s)
{
	return s->change.step != CHANGE_NONE;
}

static void step_to(struct supervisor *s, enum change_step step)
{
	s->change.step = step;
	loop_arm(s->loop, &s->change.deadline, STEP_MS);
}

static void deadline_due(struct timer *t)
{
	struct change *change = LOOP_OWNER(t, struct change, deadline);

	change_abandon(LOOP_OWNER(change, struct supervisor, change),
	    "it took too long to get ready");
}

static void again_due(struct timer *t)
{
	struct change *change = LOOP_OWNER(t, struct change, again);
	struct supervisor *s = LOOP_OWNER(change, struct supervisor, change);

	if (s->is_stopping)
		return;
	if (change->is_program_wanted)
		change_program(s);
	/* There may be no new program to change to. */
	if (change->is_wanted_again && !change->is_program_wanted &&
	    !is_busy(s))
		change_settings(s);
}

void change_init(struct supervisor *s)
{
	s->change = (struct change){
	    .deadline = {.fn = deadline_due}, .again = {.fn = again_due}};
}

static void change_end(struct supervisor *s)
{
	loop_disarm(s->loop, &s->change.deadline);
	s->change.step = CHANGE_NONE;
	s->change.rehearsal = 0;
	if ((s->change.is_wanted_again || s->change.is_program_wanted) &&
	    !s->is_stopping)
		loop_arm(s->loop, &s->change.again, 0);
}

/* Closes what BESIDE does not use. */
static void setting_close(
    const struct setting *setting, const struct setting *beside)
{
	if (setting->exe_fd != beside->exe_fd)
		close(setting->exe_fd);
	if (setting->config_fd != beside->config_fd)
		close(setting->config_fd);
	if (setting->log_fd >= 0 && setting->log_fd != beside->log_fd)
		close(setting->log_fd);
	if (setting->shared_fd != beside->shared_fd)
		close(setting->shared_fd);
	if (setting->secrets_fd >= 0 &&
	    setting->secrets_fd != beside->secrets_fd)
		close(setting->secrets_fd);
	if (setting->pin_fd >= 0 && setting->pin_fd != beside->pin_fd)
		close(setting->pin_fd);
}

/* The slots that must be empty before they are filled anew. */
static void fill_writers(struct supervisor *s)
{
	for (unsigned i = SLOT_NEWSROOM; i < SLOTS; i++)
		supervisor_fill(s, i);
}

void change_abandon(struct supervisor *s, const char *why)
{
	struct change *change = &s->change;

	if (change->step == CHANGE_NONE)
		return;
	say(WHO, "the new %s did not take over: %s; the old serves on",
	    change->is_takeover ? "program" : "settings", why);
	if (change->rehearsal)
		kill(change->rehearsal, SIGKILL);
	change_end(s);
	for (unsigned i = 0; i < CHILDREN_MAX; i++)
		if (s->children[i].part == PART_CANDIDATE)
			supervisor_dismiss(s, &s->children[i]);
	setting_close(&change->next, &s->now);
	/* They wait for the locks, should others still hold them. */
	fill_writers(s);
}

static void start_readers(struct supervisor *s)
{
	step_to(s, CHANGE_READERS);
	/* There is room for two generations beside each other, and no more. */
	supervisor_hurry(s);
	for (unsigned i = 0; i < s->readers; i++)
		if (!supervisor_start(s, &s->change.next, i, PART_CANDIDATE)) {
			change_abandon(s, "a reader could not be started");
			return;
		}
}

static void start_writers(struct supervisor *s)
{
	step_to(s, CHANGE_WRITERS);
	for (unsigned i = SLOT_NEWSROOM; i < SLOTS; i++)
		if (supervisor_needs(s, &s->change.next, i) &&
		    !supervisor_start(s, &s->change.next, i, PART_CANDIDATE)) {
			change_abandon(s, "a writer could not be started");
			return;
		}
}

static void writer_ended(struct supervisor *s)
{
	for (unsigned i = SLOT_NEWSROOM; i < SLOTS; i++)
		if (supervisor_is_held(s, i))
			return;
	start_writers(s);
}

static void end_writers(struct supervisor *s)
{
	step_to(s, CHANGE_WRITERS_END);
	for (unsigned i = SLOT_NEWSROOM; i < SLOTS; i++) {
		struct child *c = supervisor_find(s, i, PART_IN_PLACE);

		loop_disarm(s->loop, &s->slots[i].restart);
		if (c)
			supervisor_dismiss(s, c);
	}
	writer_ended(s);
}

/* Lets go of the child in SLOT; its end, or its absence, lets another in. */
static void renew(struct supervisor *s, unsigned slot)
{
	struct child *c = supervisor_find(s, slot, PART_IN_PLACE);

	s->slots[slot].deaths = 0;
	loop_disarm(s->loop, &s->slots[slot].restart);
	if (c)
		supervisor_dismiss(s, c);
	else
		supervisor_fill(s, slot);
}

/* The candidates of new settings take the places of the old readers. */
static void settings_done(struct supervisor *s)
{
	struct setting old = s->now;

	change_end(s);
	for (unsigned i = 0; i < s->readers; i++) {
		struct child *c = supervisor_find(s, i, PART_IN_PLACE);
		struct child *next = supervisor_find(s, i, PART_CANDIDATE);

		must(next);
		if (c)
			supervisor_dismiss(s, c);
		next->part = PART_IN_PLACE;
		s->slots[i].deaths = 0;
		loop_disarm(s->loop, &s->slots[i].restart);
	}
	s->now = s->change.next;
	setting_close(&old, &s->now);
	renew(s, SLOT_TILL);
	renew(s, SLOT_WATCH);
	/* Its log, and the address by which browsers reach it. */
	if (s->newsroom_fd >= 0)
		renew(s, SLOT_NEWSROOM);
	metric_add(&s->shared->reloads, 1);
	supervisor_tell_fences(s);
	say(WHO, "serving with the new settings");
}

static void program_done(struct supervisor *s)
{
	struct err err;

	takeover_exec(s, s->change.next.exe_fd, &err);
	change_abandon(s, err.why);
}

/* All candidates of these slots that there must be are ready. */
static bool all_ready(struct supervisor *s, unsigned from, unsigned to)
{
	for (unsigned i = from; i < to; i++) {
		struct child *c = supervisor_find(s, i, PART_CANDIDATE);

		if (supervisor_needs(s, &s->change.next, i) &&
		    (!c || !c->is_ready))
			return false;
	}
	return true;
}

void change_ready(struct supervisor *s)
{
	if (s->change.step == CHANGE_READERS && all_ready(s, 0, s->readers)) {
		if (s->change.is_takeover)
			end_writers(s);
		else
			settings_done(s);
	} else if (s->change.step == CHANGE_WRITERS &&
		   all_ready(s, SLOT_NEWSROOM, SLOTS)) {
		program_done(s);
	}
}

static const char *what_ended(unsigned slot)
{
	switch (slot) {
	case SLOT_NEWSROOM:
		return "its newsroom process ended";
	case SLOT_TILL:
		return "its till process ended";
	case SLOT_WATCH:
		return "its watch process ended";
	case SLOT_VAULT:
		return "its vault process ended";
	case SLOT_DARKROOM:
		return "its darkroom process ended";
	default:
		return "a reader of it ended";
	}
}

void change_child_ended(
    struct supervisor *s, const struct child *c, enum child_part part)
{
	if (part == PART_CANDIDATE)
		change_abandon(s, what_ended(c->slot));
	else if (s->change.step == CHANGE_WRITERS_END &&
		 c->slot >= SLOT_NEWSROOM)
		writer_ended(s);
	else if (s->change.step == CHANGE_NONE &&
		 !supervisor_is_till_bank_held(s))
		loop_arm(s->loop, &s->change.again, 0);
}

bool change_rehearsal_ended(struct supervisor *s, pid_t pid, int status)
{
	if (s->change.rehearsal == 0 || pid != s->change.rehearsal)
		return false;
	s->change.rehearsal = 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		start_readers(s);
	else
		change_abandon(s, "it did not understand what it was given");
	return true;
}

/* The next readers would get the sockets of some that still leave. */
static bool must_wait(struct supervisor *s)
{
	if (!supervisor_is_till_bank_held(s))
		return false;
	supervisor_hurry(s);
	say(WHO, "readers of the last change are still answering; the next "
		 "follows when they have ended");
	return true;
}

static void say_what_waits(const struct supervisor *s, const struct config *c)
{
	const struct config *now = &s->now.config;
	bool same = c->listen_n == now->listen_n;

	for (unsigned i = 0; same && i < c->listen_n; i++)
		same = strcmp(c->listen[i], now->listen[i]) == 0;
	if (!same || c->readers != now->readers ||
	    strcmp(c->newsroom, now->newsroom) != 0 ||
	    strcmp(c->metrics, now->metrics) != 0)
		say(WHO, "listen, newsroom, metrics and readers are taken over "
			 "at the next start only");
}

void change_settings(struct supervisor *s)
{
	struct setting *next = &s->change.next;
	struct err err;

	if (is_busy(s)) {
		s->change.is_wanted_again = true;
		say(WHO, "a change is under way; the settings are read again "
			 "when it is done");
		return;
	}
	s->change.is_wanted_again = must_wait(s);
	if (s->change.is_wanted_again)
		return;
	*next = s->now;
	if (supervisor_load(s, next, &err) != RC_OK) {
		say(WHO, "the old settings stay: %s", err.why);
		return;
	}
	say_what_waits(s, &next->config);
	next->bank = (s->now.bank + 1) % SHARED_BANKS;
	next->till_bank = supervisor_next_till_bank(s);
	s->change.is_takeover = false;
	start_readers(s);
}

void change_program(struct supervisor *s)
{
	struct setting *next = &s->change.next;
	struct err err;

	if (is_busy(s)) {
		say(WHO, "a change is under way; send the signal again later");
		return;
	}
	s->change.is_program_wanted = must_wait(s);
	if (s->change.is_program_wanted)
		return;
	*next = s->now;
	next->till_bank = supervisor_next_till_bank(s);
	next->exe_fd = open(s->binary, O_PATH | O_CLOEXEC);
	if (next->exe_fd < 0) {
		say(WHO, "no new program: %s: %s", s->binary, strerror(errno));
		return;
	}
	if (shared_make(&next->shared_fd, &err) != RC_OK) {
		say(WHO, "no new program: %s", err.why);
		close(next->exe_fd);
		return;
	}
	s->change.is_takeover = true;
	step_to(s, CHANGE_REHEARSAL);
	if (takeover_rehearse(s, next->exe_fd, &s->change.rehearsal, &err) !=
	    RC_OK)
		change_abandon(s, err.why);
}
