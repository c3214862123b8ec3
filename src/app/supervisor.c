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
 * I1  Each slot is filled by one child in place, or its restart is armed, or
 *     the server is stopping.
 * I2  Only one newsroom process runs at a time, as far as the supervisor can
 *     tell; the lock in DIR/run/writer.lock makes sure.
 * I3  All that is read is one byte from each child, our own settings, and
 *     signals. Nothing is allocated after the start but for changes.
 *
 * If the supervisor itself dies, by kill -9 or the lack of memory, its
 * children die with it (PR_SET_PDEATHSIG), and so do all copies of the
 * sockets and the lock: the port is free, and the next `serve` starts at
 * once. Under systemd, Restart=always does that.
 *
 * Changes of settings and program are in change.c.
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

#include "app/handover.h"
#include "app/say.h"
#include "app/supervisor_priv.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "sys/address.h"
#include "sys/bell.h"
#include "sys/clock.h"
#include "sys/oserr.h"
#include "sys/socket.h"

enum {
	BACKLOG = 4096,
	SOON_S = 5,		/* a child that dies earlier dies soon */
	RESTART_FIRST_MS = 100, /* after the second death; then doubled */
	RESTART_MOST_MS = 5000,
	KILL_AFTER_MS = 3000, /* beyond the grace time */
	DESCRIPTORS = 100000,
	READERS_DEFAULT_MAX = 8,
	AT_ONCE_NS = 300 * 1000 * 1000,
};

static const char WHO[] = "farthing";

const char *supervisor_slot_name(unsigned slot)
{
	return slot == SLOT_NEWSROOM ? child_name(CHILD_NEWSROOM, 0)
				     : child_name(CHILD_READER, slot);
}

struct child *supervisor_find(
    struct supervisor *s, unsigned slot, enum child_part part)
{
	for (unsigned i = 0; i < CHILDREN_MAX; i++)
		if (s->children[i].part == part && s->children[i].slot == slot)
			return &s->children[i];
	return NULL;
}

static struct child *free_entry(struct supervisor *s)
{
	for (unsigned i = 0; i < CHILDREN_MAX; i++)
		if (s->children[i].part == PART_NONE)
			return &s->children[i];
	return NULL;
}

static void announce(struct supervisor *s)
{
	if (s->has_announced)
		return;
	s->has_announced = true;
	printf("Serving %s at http://%s/ (stop with Ctrl-C)\n", s->dir,
	    s->now.config.listen[0]);
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
	else if (c->part == PART_IN_PLACE && c->slot != SLOT_NEWSROOM)
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
	bool is_reader = slot != SLOT_NEWSROOM;

	*order = (struct child_order){
	    .dir = s->dir,
	    .role = is_reader ? CHILD_READER : CHILD_NEWSROOM,
	    .slot = is_reader ? slot : 0,
	    .bank = setting->bank,
	    .readers = s->readers,
	    .port = s->port,
	    .ready_fd = ready_fd,
	    .config_fd = setting->config_fd,
	    .shared_fd = setting->shared_fd,
	    .log_fd = is_reader ? setting->log_fd : -1,
	    .metrics_fd = slot == 0 ? s->metrics_fd : -1,
	    .listen_n = is_reader ? s->listen_n : 0,
	};
	for (unsigned i = 0; i < order->listen_n; i++)
		order->listen[i] = s->listen[slot][i];
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
	must(c->part != PART_NONE);
	if (c->part == PART_LEAVING)
		return;
	c->part = PART_LEAVING;
	kill(c->pid, SIGTERM);
	loop_arm(s->loop, &c->kill,
	    s->now.config.grace_seconds * 1000U + KILL_AFTER_MS);
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
	if (supervisor_start(s, &s->now, slot, PART_IN_PLACE))
		return;
	place->deaths++;
	loop_arm(s->loop, &place->restart, RESTART_MOST_MS);
}

/* A child in place has died without being asked to. */
static void refill(struct supervisor *s, const struct child *c)
{
	struct slot *slot = &s->slots[c->slot];
	uint64_t ms;

	if (clock_ns() - c->started_ns > SOON_S * INT64_C(1000000000))
		slot->deaths = 0;
	slot->deaths++;
	metric_add(c->slot == SLOT_NEWSROOM ? &s->shared->newsroom_restarted
					    : &s->shared->readers_restarted,
	    1);
	ms = restart_delay_ms(slot->deaths);
	if (ms == 0) {
		supervisor_fill(s, c->slot);
		return;
	}
	say(WHO, "%s has died %u times soon after its start; next try in %u ms",
	    supervisor_slot_name(c->slot), slot->deaths, (unsigned)ms);
	loop_arm(s->loop, &slot->restart, ms);
}

static void say_how_it_ended(const struct child *c, int status)
{
	const char *name = supervisor_slot_name(c->slot);

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

static void close_listening(struct supervisor *s)
{
	for (unsigned i = 0; i < s->readers; i++)
		for (unsigned k = 0; k < s->listen_n; k++)
			close(s->listen[i][k]);
	s->listen_n = 0;
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
	change_abandon(s, "the server is stopping");
	/* Who comes now is refused by the system at once, and needs not
	 * wait. */
	if (!is_second)
		close_listening(s);
	for (unsigned i = 0; i < SLOTS; i++)
		loop_disarm(s->loop, &s->slots[i].restart);
	for (unsigned i = 0; i < CHILDREN_MAX; i++) {
		struct child *c = &s->children[i];

		if (c->part == PART_NONE)
			continue;
		if (is_second)
			kill(c->pid, SIGKILL);
		else
			supervisor_dismiss(s, c);
	}
	if (!has_children(s))
		loop_stop(s->loop);
}

/* The newsroom cannot ever work, so nothing is kept up: a paper that a newer
 * version has written. One that has worked is another matter. */
static bool is_hopeless(
    const struct supervisor *s, const struct child *c, int status)
{
	return c->slot == SLOT_NEWSROOM && !s->has_newsroom &&
	       WIFEXITED(status) && WEXITSTATUS(status) == CHILD_NEWER;
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
	if (s->is_stopping) {
		if (!has_children(s))
			loop_stop(s->loop);
		return;
	}
	if (part == PART_IN_PLACE && is_hopeless(s, &was, status)) {
		s->code = 1;
		stop(s);
	} else if (part == PART_IN_PLACE)
		refill(s, &was);
	else
		change_child_ended(s, &was, part);
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

/* Start. */

static enum rc listen_at(struct supervisor *s, const char *place, unsigned at)
{
	struct address address;
	struct err err;
	int fds[CONFIG_READERS_MAX];
	enum rc rc = address_parse_place(str_of(place), &address, &err);

	if (rc == RC_OK)
		rc = socket_listen(&address, BACKLOG, fds, s->readers, &err);
	if (rc != RC_OK) {
		say(WHO, "%s", err.why);
		return rc;
	}
	for (unsigned i = 0; i < s->readers; i++)
		s->listen[i][at] = fds[i];
	return RC_OK;
}

static enum rc listen_for_metrics(struct supervisor *s)
{
	const struct config *config = &s->now.config;
	struct address address;
	struct err err;
	enum rc rc;

	s->metrics_fd = -1;
	if (!config->metrics[0])
		return RC_OK;
	rc = address_parse_place(str_of(config->metrics), &address, &err);
	if (rc == RC_OK)
		rc = socket_listen(&address, 16, &s->metrics_fd, 1, &err);
	if (rc == RC_OK)
		return RC_OK;
	/* A second paper on this machine need not set what nobody reads. */
	if (config->has_metrics)
		say(WHO, "%s", err.why);
	else
		say(WHO,
		    "serving without metrics: another program, perhaps a paper "
		    "of yours, has %s (see \"metrics\" in farthing.conf)",
		    config->metrics);
	return config->has_metrics ? rc : RC_OK;
}

static enum rc bind_ports(struct supervisor *s)
{
	const struct config *config = &s->now.config;
	enum rc rc = RC_OK;

	for (unsigned i = 0; rc == RC_OK && i < config->listen_n; i++)
		rc = listen_at(s, config->listen[i], i);
	if (rc != RC_OK)
		return rc;
	s->listen_n = config->listen_n;
	return listen_for_metrics(s);
}

static enum rc open_log(
    const char *dir, const struct config *config, int *ret_fd, struct err *err)
{
	char path[PATH_MAX];
	const char *log = config->access_log;
	int n, fd;

	if (!log[0]) {
		*ret_fd = -1;
		return RC_OK;
	}
	n = snprintf(path, sizeof(path), "%s%s%s", log[0] == '/' ? "" : dir,
	    log[0] == '/' ? "" : "/", log);
	if (n < 0 || (size_t)n >= sizeof(path))
		return err_set(err, RC_INVALID, "access_log: path too long");
	fd = open(
	    path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0640);
	if (fd < 0)
		return oserr_set(err, errno, "access_log %s", path);
	*ret_fd = fd;
	return RC_OK;
}

void supervisor_use_port(const struct supervisor *s, struct config *config)
{
	if (!s->port)
		return;
	snprintf(config->listen[0], CONFIG_TEXT_MAX, "127.0.0.1:%u", s->port);
	config->listen_n = 1;
}

enum rc supervisor_load(const struct supervisor *s, struct config *ret_config,
    int *ret_config_fd, int *ret_log_fd, struct err *err)
{
	struct arena *a = arena_new(4 * CONFIG_MAX);
	struct config config;
	struct str text;
	int fd = -1;
	enum rc rc = config_load(a, str_of(s->dir), &text, &config, err);

	if (rc == RC_OK) {
		fd = handover_file("farthing-config", text);
		if (fd < 0)
			rc = oserr_set(err, errno, "settings");
	}
	arena_free(a);
	if (rc == RC_OK)
		rc = open_log(s->dir, &config, ret_log_fd, err);
	if (rc != RC_OK) {
		if (fd >= 0)
			close(fd);
		return rc;
	}
	supervisor_use_port(s, &config);
	*ret_config = config;
	*ret_config_fd = fd;
	return RC_OK;
}

static unsigned count_readers(const struct config *config)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	if (config->readers)
		return config->readers;
	if (cores < 1)
		return 1;
	return cores > READERS_DEFAULT_MAX ? READERS_DEFAULT_MAX
					   : (unsigned)cores;
}

static void explain_lock(struct supervisor *s, struct err *err)
{
	char why[ERR_WHY_MAX];

	memcpy(why, err->why, sizeof(why));
	err_set(err, RC_BUSY,
	    "%s is being served already: %s. With its number, kill stops it, "
	    "kill -HUP gives it new settings, kill -USR2 a new program",
	    s->dir, why);
}

static enum rc take_lock(struct supervisor *s, struct err *err)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%s/run", s->dir);
	enum rc rc;

	if (n < 0 || (size_t)n >= sizeof(path) - 16)
		return err_set(
		    err, RC_INVALID, "the folder's path is too long");
	rc = file_make_folder(str_of(path), 0700, err);
	if (rc != RC_OK)
		return rc;
	snprintf(path + n, sizeof(path) - (size_t)n, "/farthing.pid");
	rc = file_lock(str_of(path), &s->lock, err);
	if (rc == RC_BUSY)
		explain_lock(s, err);
	return rc;
}

/* Readers listen to it from their start on and cannot make it themselves. */
static enum rc hang_bell(struct supervisor *s, struct err *err)
{
	char path[PATH_MAX];
	int n = snprintf(path, sizeof(path), "%s/public/bell", s->dir);
	enum rc rc;
	int fd;

	if (n < 0 || (size_t)n >= sizeof(path))
		return err_set(
		    err, RC_INVALID, "the folder's path is too long");
	rc = bell_open(str_of(path), &fd, err);
	if (rc == RC_OK)
		close(fd);
	return rc;
}

static enum rc find_program(struct supervisor *s, struct err *err)
{
	ssize_t n = readlink("/proc/self/exe", s->binary, sizeof(s->binary));

	if (n <= 0 || (size_t)n >= sizeof(s->binary))
		return oserr_set(err, n < 0 ? errno : ENAMETOOLONG,
		    "cannot find the program itself by /proc/self/exe");
	s->binary[n] = '\0';
	/* Children are of this very program, also while its file is being
	 * replaced. */
	s->now.exe_fd = open("/proc/self/exe", O_PATH | O_CLOEXEC);
	if (s->now.exe_fd < 0)
		return oserr_set(err, errno, "/proc/self/exe");
	return RC_OK;
}

static enum rc start_fresh(struct supervisor *s, struct err *err)
{
	enum rc rc = find_program(s, err);

	if (rc == RC_OK)
		rc = take_lock(s, err);
	if (rc == RC_OK)
		rc = hang_bell(s, err);
	if (rc == RC_OK)
		rc = supervisor_load(
		    s, &s->now.config, &s->now.config_fd, &s->now.log_fd, err);
	if (rc == RC_OK)
		rc = shared_make(&s->now.shared_fd, err);
	if (rc == RC_OK)
		rc = shared_map(s->now.shared_fd, &s->shared, err);
	if (rc != RC_OK) {
		say(WHO, "%s", err->why);
		return rc;
	}
	s->readers = count_readers(&s->now.config);
	return bind_ports(s);
}

static void init(struct supervisor *s, const char *dir, unsigned port)
{
	*s = (struct supervisor){.dir = dir, .port = port, .metrics_fd = -1};
	s->now.log_fd = -1;
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
		c->kill.fn = kill_due;
		c->started_ns = clock_ns();
		if (c->part != PART_IN_PLACE) {
			c->part = PART_IN_PLACE;
			supervisor_dismiss(s, c);
		}
	}
}

int supervisor_run(const char *dir, unsigned port)
{
	static struct supervisor supervisor;
	static const int signals[] = {
	    SIGCHLD, SIGTERM, SIGINT, SIGHUP, SIGUSR2};
	struct supervisor *s = &supervisor;
	struct err err = {0};
	enum rc rc;

	init(s, dir, port);
	rc = takeover_adopt(s, &err);
	if (takeover_is_rehearsal() || (rc != RC_OK && rc != RC_NOT_FOUND)) {
		if (rc != RC_OK)
			say(WHO, "cannot take over: %s", err.why);
		return rc == RC_OK ? 0 : 1;
	}
	socket_raise_limit(DESCRIPTORS);
	s->has_newsroom = rc == RC_OK;
	if (rc == RC_NOT_FOUND && start_fresh(s, &err) != RC_OK)
		return 1;
	if (loop_new(&s->loop, &err) != RC_OK ||
	    loop_signals(s->loop, signals, sizeof(signals) / sizeof(signals[0]),
		signal_came, s, &err) != RC_OK) {
		say(WHO, "%s", err.why);
		return 1;
	}
	adopt_children(s);
	for (unsigned i = 0; i < s->readers; i++)
		supervisor_fill(s, i);
	supervisor_fill(s, SLOT_NEWSROOM);
	reap(s);
	loop_run(s->loop);
	say(WHO, "stopped");
	return s->code;
}
