/* SPDX-License-Identifier: MIT
 *
 * The supervisor, which must never die before its children do.
 *
 * It holds what must outlive a child: one listening socket for each reader
 * and address (SO_REUSEPORT), the lock on the paper's folder, the shared page,
 * the text of the settings and the access log. A connection that arrives
 * while a reader is being started again waits in the queue of its socket;
 * nobody is refused.
 *
 * I1  Each slot that is needed is filled by one child in place, or its
 *     restart is armed, or its last child is leaving, or the server is
 *     stopping.
 * I2  Only one newsroom, one till and one watch process run at a time, as far
 *     as the supervisor can tell; the locks in DIR/run make sure of the first
 *     two.
 * I3  All that is read is one byte from each child, our own settings, and
 *     signals. Nothing is allocated after the start but for changes.
 *
 * If the supervisor itself dies, by kill -9 or the lack of memory, its
 * children die with it (PR_SET_PDEATHSIG), and so do all copies of the
 * sockets and the lock: the port is free, and the next `serve` starts at
 * once. Under systemd, Restart=always does that.
 *
 * Changes of settings and program are in change.c, what is done once at the
 * start in supervisor_open.c, and the sockets around the till in
 * supervisor_till.c.
 */
#include "app/supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/fences.h"
#include "app/say.h"
#include "app/supervisor_priv.h"
#include "base/buf.h"
#include "base/must.h"
#include "sys/clock.h"
#include "sys/socket.h"

enum {
	SOON_S = 5,		/* a child that dies earlier dies soon */
	RESTART_FIRST_MS = 100, /* after the second death; then doubled */
	RESTART_MOST_MS = 5000,
	KILL_AFTER_MS = 3000, /* beyond the grace time */
	DESCRIPTORS = 100000,
	AT_ONCE_NS = 300 * 1000 * 1000,
};

static const char WHO[] = "farthing";

#define HOW_TO_RAISE                                                           \
	"Raise the limit: LimitNOFILE=65536 in systemd's unit, or "            \
	"`ulimit -n 65536` before the start"

static enum child_role role_of(unsigned slot)
{
	switch (slot) {
	case SLOT_NEWSROOM:
		return CHILD_NEWSROOM;
	case SLOT_TILL:
		return CHILD_TILL;
	case SLOT_WATCH:
		return CHILD_WATCH;
	case SLOT_VAULT:
		return CHILD_VAULT;
	case SLOT_DARKROOM:
		return CHILD_DARKROOM;
	default:
		return CHILD_READER;
	}
}

const char *supervisor_slot_name(unsigned slot)
{
	return child_name(role_of(slot), slot < CONFIG_READERS_MAX ? slot : 0);
}

struct child *supervisor_find(
    struct supervisor *s, unsigned slot, enum child_part part)
{
	for (unsigned i = 0; i < CHILDREN_MAX; i++)
		if (s->children[i].part == part && s->children[i].slot == slot)
			return &s->children[i];
	return NULL;
}

bool supervisor_is_held(struct supervisor *s, unsigned slot)
{
	return supervisor_find(s, slot, PART_IN_PLACE) ||
	       supervisor_find(s, slot, PART_CANDIDATE) ||
	       supervisor_find(s, slot, PART_LEAVING);
}

static struct child *free_entry(struct supervisor *s)
{
	for (unsigned i = 0; i < CHILDREN_MAX; i++)
		if (s->children[i].part == PART_NONE)
			return &s->children[i];
	return NULL;
}

/* What a person can open. */
static void print_place(const char *place)
{
	const char *colon = strrchr(place, ':');
	size_t host = colon ? (size_t)(colon - place) : strlen(place);
	bool is_all = strncmp(place, "*", host) == 0 ||
		      strncmp(place, "0.0.0.0", host) == 0 ||
		      strncmp(place, "[::]", host) == 0;

	printf("http://%.*s%s/%s", is_all ? 9 : (int)host,
	    is_all ? "localhost" : place,
	    colon && strcmp(colon, ":80") != 0 ? colon : "",
	    is_all ? " and all addresses of this machine" : "");
}

static void announce(struct supervisor *s)
{
	if (s->has_announced)
		return;
	s->has_announced = true;
	printf("Serving %s at ", s->dir);
	print_place(s->now.config.listen[0]);
	puts(" (stop with Ctrl-C)");
	supervisor_announce_staff(s);
	fflush(stdout);
}

static void close_ready(struct child *c)
{
	if (c->ready_fd < 0)
		return;
	loop_unwatch(c->s->loop, &c->ready);
	close(c->ready_fd);
	c->ready_fd = -1;
}

static void ready_readable(struct loop *l, struct watch *w, unsigned events)
{
	struct child *c = LOOP_OWNER(w, struct child, ready);
	char byte = 0;
	ssize_t n = read(c->ready_fd, &byte, 1);

	(void)l;
	(void)events;
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	close_ready(c);
	/* Its end, without a word, means its death, of which SIGCHLD tells. */
	if (n != 1 || byte != 'R')
		return;
	c->is_ready = true;
	c->s->has_newsroom |= c->slot == SLOT_NEWSROOM;
	if (c->part == PART_CANDIDATE)
		change_ready(c->s);
	else if (c->part == PART_IN_PLACE && role_of(c->slot) == CHILD_READER)
		announce(c->s);
}

static void kill_due(struct timer *t)
{
	struct child *c = LOOP_OWNER(t, struct child, kill);

	say(WHO, "%s has not ended in time and is killed",
	    supervisor_slot_name(c->slot));
	kill(c->pid, SIGKILL);
}

static void fill_order(struct supervisor *s, const struct setting *setting,
    unsigned slot, int ready_fd, struct child_order *order)
{
	enum child_role role = role_of(slot);
	bool is_reader = role == CHILD_READER;

	*order = (struct child_order){
	    .dir = s->dir,
	    .role = role,
	    .slot = is_reader ? slot : 0,
	    .bank = setting->bank,
	    .readers = s->readers,
	    .port = s->port,
	    .ready_fd = ready_fd,
	    .config_fd = setting->config_fd,
	    .shared_fd = setting->shared_fd,
	    .log_fd =
		is_reader || role == CHILD_NEWSROOM ? setting->log_fd : -1,
	    .metrics_fd = slot == 0 ? s->metrics_fd : -1,
	    .listen_n = is_reader ? s->listen_n : 0,
	};
	for (unsigned i = 0; i < order->listen_n; i++)
		order->listen[i] = s->listen[slot][i];
	supervisor_till_order(s, setting, order);
	supervisor_staff_order(s, order);
}

struct child *supervisor_start(struct supervisor *s,
    const struct setting *setting, unsigned slot, enum child_part part)
{
	struct child *c = free_entry(s);
	struct child_order order;
	struct err err;
	int fds[2];
	pid_t pid;
	enum rc rc;

	if (!c || pipe2(fds, O_CLOEXEC | O_NONBLOCK) != 0) {
		say(WHO, "cannot start %s: %s", supervisor_slot_name(slot),
		    c ? strerror(errno) : "too many are leaving");
		return NULL;
	}
	fill_order(s, setting, slot, fds[1], &order);
	order.is_in_place = part == PART_IN_PLACE;
	/* The watch has nothing to wait for before it is heard. */
	if (setting->shared_fd == s->now.shared_fd)
		metric_set(&s->shared->beats[setting->bank][slot],
		    slot == SLOT_WATCH ? (uint64_t)clock_ns() : 0);
	if (slot == SLOT_WATCH && setting->shared_fd == s->now.shared_fd)
		metric_set(&s->shared->started[setting->bank][slot],
		    (uint64_t)instant_s(clock_now()));
	rc = child_start(setting->exe_fd, &order, &pid, &err);
	close(fds[1]);
	if (rc != RC_OK) {
		say(WHO, "%s: %s", supervisor_slot_name(slot), err.why);
		close(fds[0]);
		return NULL;
	}
	*c = (struct child){
	    .s = s,
	    .part = part,
	    .slot = slot,
	    .bank = setting->bank,
	    .till_bank = setting->till_bank,
	    .pid = pid,
	    .ready_fd = fds[0],
	    .kill = {.fn = kill_due},
	    .started_ns = clock_ns(),
	};
	if (loop_watch(s->loop, &c->ready, fds[0], LOOP_READ, ready_readable) !=
	    RC_OK) {
		/* It runs, but nobody would hear it. */
		close(fds[0]);
		c->ready_fd = -1;
		kill(pid, SIGKILL);
	}
	return c;
}

void supervisor_dismiss(struct supervisor *s, struct child *c)
{
	unsigned ms = s->now.config.grace_seconds * 1000U;

	must(c->part != PART_NONE);
	if (c->part == PART_LEAVING)
		return;
	c->part = PART_LEAVING;
	c->left_ns = clock_ns();
	kill(c->pid, SIGTERM);
	if (role_of(c->slot) == CHILD_READER && !s->is_stopping) {
		kill(c->pid, CHILD_FOLLOWED);
		ms = child_leave_ms(s->now.config.grace_seconds);
	}
	loop_arm(s->loop, &c->kill, (uint64_t)ms + KILL_AFTER_MS);
}

void supervisor_hurry(struct supervisor *s)
{
	int64_t grace_ms = s->now.config.grace_seconds * INT64_C(1000);
	int64_t now_ns = clock_ns();

	for (unsigned i = 0; i < CHILDREN_MAX; i++) {
		struct child *c = &s->children[i];
		int64_t left_ms = grace_ms;

		if (c->part != PART_LEAVING || role_of(c->slot) != CHILD_READER)
			continue;
		if (s->is_stopping)
			kill(c->pid, CHILD_FOLLOWED);
		else
			left_ms -= (now_ns - c->left_ns) / 1000000;
		kill(c->pid, SIGTERM);
		loop_arm(s->loop, &c->kill,
		    KILL_AFTER_MS + (left_ms > 0 ? (uint64_t)left_ms : 0));
	}
}

static void restart_due(struct timer *t)
{
	struct slot *slot = LOOP_OWNER(t, struct slot, restart);

	supervisor_fill(slot->s, (unsigned)(slot - slot->s->slots));
}

static uint64_t restart_delay_ms(unsigned deaths)
{
	uint64_t ms = RESTART_FIRST_MS;

	if (deaths < 2)
		return 0;
	for (unsigned i = 2; i < deaths && ms < RESTART_MOST_MS; i++)
		ms *= 2;
	return ms < RESTART_MOST_MS ? ms : RESTART_MOST_MS;
}

void supervisor_fill(struct supervisor *s, unsigned slot)
{
	struct slot *place = &s->slots[slot];

	if (s->is_stopping || supervisor_find(s, slot, PART_IN_PLACE))
		return;
	if (!supervisor_needs(s, &s->now, slot)) {
		/* One that was there before the settings changed is not
		 * missed. */
		metric_set(&s->shared->started[s->now.bank][slot], 0);
		return;
	}
	/* Two of them would read from one socket. The end of the one that is
	 * leaving fills the slot. */
	if (slot > SLOT_NEWSROOM && supervisor_is_held(s, slot))
		return;
	if (supervisor_start(s, &s->now, slot, PART_IN_PLACE))
		return;
	place->deaths++;
	loop_arm(s->loop, &place->restart, RESTART_MOST_MS);
}

static metric *restarts_of(struct supervisor *s, unsigned slot)
{
	switch (role_of(slot)) {
	case CHILD_READER:
		return &s->shared->readers_restarted;
	case CHILD_NEWSROOM:
		return &s->shared->newsroom_restarted;
	case CHILD_TILL:
		return &s->shared->till_restarted;
	case CHILD_WATCH:
		return &s->shared->watch_restarted;
	case CHILD_VAULT:
		return &s->shared->vault_restarted;
	case CHILD_DARKROOM:
		return &s->shared->darkroom_restarted;
	case CHILD_ROLES:
		break;
	}
	unreachable("a role that is not in the list");
}

/* A child in place has died without being asked to. */
static void refill(struct supervisor *s, const struct child *c)
{
	struct slot *slot = &s->slots[c->slot];
	uint64_t ms;

	if (clock_ns() - c->started_ns > SOON_S * INT64_C(1000000000))
		slot->deaths = 0;
	slot->deaths++;
	metric_add(restarts_of(s, c->slot), 1);
	ms = restart_delay_ms(slot->deaths);
	if (ms == 0) {
		supervisor_fill(s, c->slot);
		return;
	}
	say(WHO, "%s has died %u times soon after its start; next try in %u ms",
	    supervisor_slot_name(c->slot), slot->deaths, (unsigned)ms);
	loop_arm(s->loop, &slot->restart, ms);
}

static bool wants_again(const struct child *c, int status)
{
	return c->slot < SLOT_NEWSROOM && WIFEXITED(status) &&
	       WEXITSTATUS(status) == CHILD_AGAIN;
}

static void say_how_it_ended(const struct child *c, int status)
{
	const char *name = supervisor_slot_name(c->slot);

	if (wants_again(c, status))
		return;

	if (c->part == PART_LEAVING &&
	    (WIFEXITED(status) || WTERMSIG(status) == SIGTERM))
		return;
	if (WIFSIGNALED(status))
		say(WHO, "%s (process %d) was ended by signal %d (%s)", name,
		    (int)c->pid, WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		say(WHO, "%s (process %d) has ended with code %d", name,
		    (int)c->pid, WEXITSTATUS(status));
}

static bool has_children(const struct supervisor *s)
{
	for (unsigned i = 0; i < CHILDREN_MAX; i++)
		if (s->children[i].part != PART_NONE)
			return true;
	return false;
}

/* Readers may still wait for the till's answer, and the till takes what the
 * watch has told: so these two go last, and one after the other. */
static bool may_dismiss(const struct supervisor *s, unsigned slot)
{
	bool is_last = slot == SLOT_TILL || slot == SLOT_WATCH;

	for (unsigned i = 0; is_last && i < CHILDREN_MAX; i++) {
		const struct child *c = &s->children[i];

		if (c->part != PART_NONE && c->slot != SLOT_TILL &&
		    c->slot != slot)
			return false;
	}
	return true;
}

static void dismiss_all(struct supervisor *s)
{
	for (unsigned i = 0; i < CHILDREN_MAX; i++)
		if (s->children[i].part != PART_NONE &&
		    may_dismiss(s, s->children[i].slot))
			supervisor_dismiss(s, &s->children[i]);
}

static void close_listening(struct supervisor *s)
{
	for (unsigned i = 0; i < s->readers; i++)
		for (unsigned k = 0; k < s->listen_n; k++)
			close(s->listen[i][k]);
	s->listen_n = 0;
	if (s->newsroom_fd >= 0)
		close(s->newsroom_fd);
	s->newsroom_fd = -1;
}

static void stop(struct supervisor *s)
{
	bool is_second = s->is_stopping;

	/* One signal may come twice: to this process and to its group. */
	if (is_second && clock_ns() - s->stopped_ns < AT_ONCE_NS)
		return;
	s->stopped_ns = clock_ns();
	if (!is_second)
		say(WHO, "stopping; open requests have %u s to end",
		    s->now.config.grace_seconds);
	s->is_stopping = true;
	metric_set(&s->shared->stopping, 1);
	change_abandon(s, "the server is stopping");
	/* Who comes now is refused by the system at once, and needs not
	 * wait. */
	if (!is_second)
		close_listening(s);
	for (unsigned i = 0; i < SLOTS; i++)
		loop_disarm(s->loop, &s->slots[i].restart);
	for (unsigned i = 0; is_second && i < CHILDREN_MAX; i++)
		if (s->children[i].part != PART_NONE)
			kill(s->children[i].pid, SIGKILL);
	if (!is_second) {
		supervisor_hurry(s);
		dismiss_all(s);
	}
	if (!has_children(s))
		loop_stop(s->loop);
}

/* The newsroom cannot ever work, so nothing is kept up: a paper that a newer
 * version has written. One that has worked is another matter, and so is a
 * paper.db that is damaged: readers need it not. */
static bool is_hopeless(
    const struct supervisor *s, const struct child *c, int status)
{
	return c->slot == SLOT_NEWSROOM && !s->has_newsroom &&
	       WIFEXITED(status) && WEXITSTATUS(status) == CHILD_NEWER;
}

/* What a reader held is held by nobody now. */
static void clear_gauges(struct supervisor *s, const struct child *was)
{
	struct http_metrics *m;

	if (role_of(was->slot) != CHILD_READER)
		return;
	for (unsigned i = 0; i < CHILDREN_MAX; i++)
		if (s->children[i].part != PART_NONE &&
		    s->children[i].slot == was->slot &&
		    s->children[i].bank == was->bank)
			return;
	m = &s->shared->readers[was->bank][was->slot];
	metric_set(&m->connections_open, 0);
	metric_set(&m->cache_bytes, 0);
	metric_set(&m->cache_pages, 0);
}

static void child_ended(struct supervisor *s, struct child *c, int status)
{
	enum child_part part = c->part;
	struct child was;

	say_how_it_ended(c, status);
	close_ready(c);
	loop_disarm(s->loop, &c->kill);
	was = *c;
	*c = (struct child){.part = PART_NONE, .ready_fd = -1};
	clear_gauges(s, &was);
	if (s->is_stopping) {
		dismiss_all(s);
		if (!has_children(s))
			loop_stop(s->loop);
		return;
	}
	if (part == PART_IN_PLACE && is_hopeless(s, &was, status)) {
		s->code = 1;
		stop(s);
	} else if (part == PART_IN_PLACE && wants_again(&was, status))
		supervisor_fill(s, was.slot);
	else if (part == PART_IN_PLACE)
		refill(s, &was);
	else
		change_child_ended(s, &was, part);
	/* What was told to end so that another can follow. What died by itself
	 * is for refill, which may let it wait. */
	if (part == PART_LEAVING && was.slot >= SLOT_NEWSROOM &&
	    s->change.step < CHANGE_WRITERS_END)
		supervisor_fill(s, was.slot);
}

static void reap(struct supervisor *s)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		unsigned i = 0;

		if (change_rehearsal_ended(s, pid, status))
			continue;
		while (
		    i < CHILDREN_MAX && (s->children[i].pid != pid ||
					    s->children[i].part == PART_NONE))
			i++;
		if (i < CHILDREN_MAX)
			child_ended(s, &s->children[i], status);
	}
}

static void signal_came(struct loop *l, void *ctx, int signo)
{
	struct supervisor *s = ctx;

	(void)l;
	if (signo == SIGCHLD)
		reap(s);
	else if (signo == SIGTERM || signo == SIGINT)
		stop(s);
	else if (s->is_stopping)
		say(WHO, "is stopping already");
	else if (signo == SIGHUP)
		change_settings(s);
	else if (signo == SIGUSR2)
		change_program(s);
}

void supervisor_tell_fences(struct supervisor *s)
{
	struct fences fences = fences_look(s->dir, geteuid());
	struct buf b;

	metric_set(&s->shared->landlock_abi, (uint64_t)fences.landlock_abi);
	metric_set(&s->shared->pin_is_apart, fences.is_pin_apart);
	buf_init(&b, 1000);
	fences_tell(&b, &fences);
	if (buf_str(&b).n > 0)
		say(WHO, "%.*s", STR_ARG(buf_str(&b)));
	buf_done(&b);
}

static void init(struct supervisor *s, const char *dir, unsigned port,
    unsigned newsroom_port)
{
	*s = (struct supervisor){.dir = dir,
	    .port = port,
	    .newsroom_port = newsroom_port,
	    .metrics_fd = -1,
	    .newsroom_fd = -1,
	    .vault = {-1, -1},
	    .books = {-1, -1},
	    .darkroom = {-1, -1}};
	s->now.log_fd = -1;
	s->now.pin_fd = -1;
	s->now.secrets_fd = -1;
	change_init(s);
	for (unsigned i = 0; i < SLOTS; i++)
		s->slots[i] =
		    (struct slot){.s = s, .restart = {.fn = restart_due}};
	for (unsigned i = 0; i < CHILDREN_MAX; i++)
		s->children[i].ready_fd = -1;
}

/* Children that came with a takeover need their timers, too. */
static void adopt_children(struct supervisor *s)
{
	for (unsigned i = 0; i < CHILDREN_MAX; i++) {
		struct child *c = &s->children[i];

		if (c->part == PART_NONE)
			continue;
		c->s = s;
		c->bank = s->now.bank;
		c->till_bank = c->part == PART_IN_PLACE
				   ? s->now.till_bank
				   : supervisor_next_till_bank(s);
		c->kill.fn = kill_due;
		c->started_ns = clock_ns();
		if (c->part != PART_IN_PLACE) {
			c->part = PART_IN_PLACE;
			supervisor_dismiss(s, c);
		}
	}
}

/* What this process has open while one generation of readers follows another,
 * which is more than any other has without connections. */
static size_t files_needed(unsigned readers, unsigned listen_n)
{
	return 48 + (size_t)readers * (8 + listen_n);
}

/* Too few open files would be found out by readers, one by one. */
static bool has_files(const struct supervisor *s, size_t limit)
{
	size_t needed = files_needed(
	    s->readers ? s->readers : 1, s->listen_n ? s->listen_n : 1);

	if (limit >= needed)
		return true;
	say(WHO,
	    "only %zu files can be open at once, and %zu are needed, besides "
	    "one for each connection. " HOW_TO_RAISE,
	    limit, needed);
	return false;
}

static void tell_places(const struct supervisor *s, size_t limit)
{
	unsigned wanted = s->now.config.connections;
	unsigned places = child_connections(limit);

	if (places >= wanted / s->readers)
		return;
	say(WHO,
	    "only %zu files can be open at once in each of %u readers: there "
	    "is room for %u connections, not for the %u of farthing.conf. " HOW_TO_RAISE,
	    limit, s->readers, places * s->readers, wanted);
}

int supervisor_run(const char *dir, unsigned port, unsigned newsroom_port)
{
	static struct supervisor supervisor;
	static const int signals[] = {
	    SIGCHLD, SIGTERM, SIGINT, SIGHUP, SIGUSR2};
	struct supervisor *s = &supervisor;
	struct err err = {0};
	size_t files;
	enum rc rc;

	init(s, dir, port, newsroom_port);
	rc = takeover_adopt(s, &err);
	if (takeover_is_rehearsal() || (rc != RC_OK && rc != RC_NOT_FOUND)) {
		if (rc != RC_OK)
			say(WHO, "cannot take over: %s", err.why);
		return rc == RC_OK ? 0 : 1;
	}
	files = socket_raise_limit(DESCRIPTORS);
	s->has_newsroom = rc == RC_OK;
	if (rc == RC_NOT_FOUND &&
	    (!has_files(s, files) || supervisor_open(s, &err) != RC_OK ||
		!has_files(s, files)))
		return 1;
	tell_places(s, files);
	if (loop_new(&s->loop, &err) != RC_OK ||
	    loop_signals(s->loop, signals, sizeof(signals) / sizeof(signals[0]),
		signal_came, s, &err) != RC_OK) {
		say(WHO, "%s", err.why);
		return 1;
	}
	adopt_children(s);
	supervisor_tell_fences(s);
	metric_set(&s->shared->started[0][SHARED_SUPERVISOR],
	    (uint64_t)instant_s(clock_now()));
	for (unsigned i = 0; i < s->readers; i++)
		supervisor_fill(s, i);
	for (unsigned i = SLOT_NEWSROOM; i < SLOTS; i++)
		supervisor_fill(s, i);
	watchdog_start(&s->watchdog, s);
	reap(s);
	/* The program before this one knew no till. */
	if (s->change.is_wanted_again ||
	    (s->has_announced && s->now.pin_fd < 0 && supervisor_has_pin(s))) {
		s->change.is_wanted_again = false;
		change_settings(s);
	}
	loop_run(s->loop);
	say(WHO, "stopped");
	return s->code;
}
