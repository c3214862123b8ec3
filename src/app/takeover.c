/* SPDX-License-Identifier: MIT
 *
 * The supervisor's state on its way through exec into a new program. The order
 * of things is told in change.c; here is only what is written, and how it is
 * read again.
 *
 * The state is one line (handover.h) in the environment; the descriptors that
 * it names stay open over exec:
 *
 *	lock=FD			DIR/run/farthing.pid, locked
 *	config=FD log=FD metrics=FD shared=FD
 *	bank=N readers=N takeovers=N
 *	listen=READER/ADDRESS/FD
 *	child=SLOT/PID/PART	PART as enum child_part after the takeover
 *
 * and, only where the paper has a till, which older versions do not know:
 *
 *	secrets=FD pin=FD till_bank=N watch=FD/FD
 *	till=BANK/READER/FD/FD books=FD/FD
 *	again=1			SIGHUP came meanwhile
 *
 * and, only where the newsroom has pages:
 *
 *	newsroom=FD vault=FD/FD darkroom=FD/FD
 *
 * A rehearsal reads it in a process of its own, touches nothing, and exits.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "app/handover.h"
#include "app/say.h"
#include "app/supervisor.h"
#include "app/supervisor_priv.h"
#include "base/buf.h"
#include "base/must.h"
#include "sys/oserr.h"
#include "sys/socket.h"

enum { WORDS_MAX = 8 };

bool takeover_is_rehearsal(void)
{
	return getenv(TAKEOVER_REHEARSE) != NULL;
}

/* Which part a child has once the new program is in place. */
static enum child_part part_after(struct supervisor *s, const struct child *c)
{
	if (c->part == PART_CANDIDATE)
		return PART_IN_PLACE;
	if (c->part == PART_IN_PLACE &&
	    !supervisor_find(s, c->slot, PART_CANDIDATE))
		return PART_IN_PLACE;
	return PART_LEAVING;
}

static void write_till(
    struct buf *b, const struct supervisor *s, const struct setting *next)
{
	if (next->pin_fd < 0 || !s->has_till_sockets)
		return;
	handover_put_one(b, "secrets", next->secrets_fd);
	handover_put_one(b, "pin", next->pin_fd);
	handover_put_one(b, "till_bank", (int)next->till_bank);
	if (s->change.is_wanted_again)
		handover_put_one(b, "again", 1);
	handover_put(b, "watch", s->watch, 2);
	if (s->books[0] >= 0)
		handover_put(b, "books", s->books, 2);
	for (unsigned bank = 0; bank < CHILD_BANKS; bank++)
		for (unsigned i = 0; i < s->readers; i++)
			handover_put(b, "till",
			    (int[]){(int)bank, (int)i, s->till[bank][i][0],
				s->till[bank][i][1]},
			    4);
}

static void write_state(
    struct buf *b, struct supervisor *s, const struct setting *next)
{
	handover_put_one(b, "lock", s->lock.fd);
	handover_put_one(b, "config", next->config_fd);
	handover_put_one(b, "log", next->log_fd);
	handover_put_one(b, "metrics", s->metrics_fd);
	handover_put_one(b, "shared", next->shared_fd);
	handover_put_one(b, "bank", (int)next->bank);
	handover_put_one(b, "readers", (int)s->readers);
	handover_put_one(b, "takeovers",
	    (int)(metric_get(&s->shared->takeovers) & 0xffffff) + 1);
	for (unsigned i = 0; i < s->readers; i++)
		for (unsigned k = 0; k < s->listen_n; k++)
			handover_put(b, "listen",
			    (int[]){(int)i, (int)k, s->listen[i][k]}, 3);
	for (unsigned i = 0; i < CHILDREN_MAX; i++) {
		const struct child *c = &s->children[i];

		if (c->part != PART_NONE)
			handover_put(b, "child",
			    (int[]){(int)c->slot, (int)c->pid,
				(int)part_after(s, c)},
			    3);
	}
	write_till(b, s, next);
	if (s->newsroom_fd >= 0) {
		handover_put_one(b, "newsroom", s->newsroom_fd);
		handover_put(b, "vault", s->vault, 2);
		handover_put(b, "darkroom", s->darkroom, 2);
	}
}

/* Lets the descriptors of the state stay open over exec, or not. */
static bool inherit_all(
    struct supervisor *s, const struct setting *next, bool is_inherited)
{
	const int fds[] = {s->lock.fd, next->config_fd, next->log_fd,
	    s->metrics_fd, next->shared_fd, next->pin_fd,
	    next->pin_fd < 0 ? -1 : next->secrets_fd, s->newsroom_fd,
	    s->vault[0], s->vault[1], s->books[0], s->books[1], s->darkroom[0],
	    s->darkroom[1]};
	bool is_good = true;

	for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++)
		if (fds[i] >= 0)
			is_good &= child_inherit(fds[i], is_inherited) == RC_OK;
	for (unsigned i = 0; i < s->readers; i++)
		for (unsigned k = 0; k < s->listen_n; k++)
			is_good &= child_inherit(
				       s->listen[i][k], is_inherited) == RC_OK;
	for (unsigned i = 0; s->has_till_sockets && i < 2 * s->readers; i++)
		for (unsigned bank = 0; bank < CHILD_BANKS; bank++)
			is_good &= child_inherit(s->till[bank][i / 2][i % 2],
				       is_inherited) == RC_OK;
	for (unsigned i = 0; s->has_till_sockets && i < 2; i++)
		is_good &= child_inherit(s->watch[i], is_inherited) == RC_OK;
	return is_good;
}

/* Executes the program behind EXE_FD as `serve`. Returns only on failure. */
static void exec_serve(struct supervisor *s, int exe_fd)
{
	char name[] = "farthing", serve[] = "serve", option[] = "--port";
	char staff_option[] = "--newsroom-port";
	char port[16], staff_port[16];
	char *argv[WORDS_MAX] = {name, serve, (char *)s->dir};
	size_t n = 3;

	snprintf(port, sizeof(port), "%u", s->port);
	snprintf(staff_port, sizeof(staff_port), "%u", s->newsroom_port);
	if (s->port) {
		argv[n++] = option;
		argv[n++] = port;
	}
	if (s->newsroom_port != SUPERVISOR_NO_PORT) {
		argv[n++] = staff_option;
		argv[n++] = staff_port;
	}
	execveat(exe_fd, "", argv, environ, AT_EMPTY_PATH);
}

static void forget_environment(void)
{
	unsetenv(TAKEOVER_STATE);
	unsetenv(TAKEOVER_BINARY);
	unsetenv(TAKEOVER_REHEARSE);
}

static enum rc set_environment(
    struct supervisor *s, bool is_rehearsal, struct err *err)
{
	struct buf b;
	bool is_set;

	buf_init(&b, HANDOVER_MAX);
	write_state(&b, s, &s->change.next);
	is_set = buf_rc(&b) == RC_OK && setenv(TAKEOVER_STATE, b.p, 1) == 0 &&
		 setenv(TAKEOVER_BINARY, s->binary, 1) == 0 &&
		 (!is_rehearsal || setenv(TAKEOVER_REHEARSE, "1", 1) == 0);
	buf_done(&b);
	if (is_set)
		return RC_OK;
	forget_environment();
	return err_set(err, RC_NO_MEMORY, "no memory for a new program");
}

enum rc takeover_rehearse(
    struct supervisor *s, int exe_fd, pid_t *ret_pid, struct err *err)
{
	pid_t parent = getpid();
	pid_t pid;
	enum rc rc = set_environment(s, true, err);

	if (rc != RC_OK)
		return rc;
	pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() == parent &&
		    inherit_all(s, &s->change.next, true))
			exec_serve(s, exe_fd);
		_exit(127);
	}
	forget_environment();
	if (pid < 0)
		return oserr_set(err, errno, "cannot start a process");
	*ret_pid = pid;
	return RC_OK;
}

void takeover_exec(struct supervisor *s, int exe_fd, struct err *err)
{
	if (set_environment(s, false, err) != RC_OK)
		return;
	if (inherit_all(s, &s->change.next, true))
		exec_serve(s, exe_fd);
	oserr_set(err, errno, "%s", s->binary);
	forget_environment();
	if (!inherit_all(s, &s->change.next, false))
		say("farthing", "a descriptor could not be kept from children");
}

/* The other side. */

static bool take_listen(struct supervisor *s, const struct handover_item *item)
{
	if (item->n != 3 || item->v[0] < 0 ||
	    item->v[0] >= CONFIG_READERS_MAX || item->v[1] < 0 ||
	    item->v[1] >= CONFIG_LISTEN_MAX ||
	    !socket_is_listening(item->v[2]) ||
	    child_inherit(item->v[2], false) != RC_OK)
		return false;
	s->listen[item->v[0]][item->v[1]] = item->v[2];
	if ((unsigned)item->v[1] >= s->listen_n)
		s->listen_n = (unsigned)item->v[1] + 1;
	return true;
}

static bool take_child(struct supervisor *s, const struct handover_item *item)
{
	unsigned i = 0;

	if (item->n != 3 || item->v[0] < 0 || item->v[0] >= SLOTS ||
	    item->v[1] <= 1 ||
	    (item->v[2] != PART_IN_PLACE && item->v[2] != PART_LEAVING))
		return false;
	while (i < CHILDREN_MAX && s->children[i].part != PART_NONE)
		i++;
	if (i == CHILDREN_MAX)
		return false;
	s->children[i] = (struct child){
	    .part = (enum child_part)item->v[2],
	    .slot = (unsigned)item->v[0],
	    .pid = item->v[1],
	    .is_ready = true,
	    .ready_fd = -1,
	};
	return true;
}

static bool take_till(struct supervisor *s, const struct handover_item *item)
{
	if (item->n != 4 || item->v[0] < 0 || item->v[0] >= CHILD_BANKS ||
	    item->v[1] < 0 || item->v[1] >= CONFIG_READERS_MAX ||
	    child_inherit(item->v[2], false) != RC_OK ||
	    child_inherit(item->v[3], false) != RC_OK)
		return false;
	s->till[item->v[0]][item->v[1]][0] = item->v[2];
	s->till[item->v[0]][item->v[1]][1] = item->v[3];
	return true;
}

static bool take_watch(struct supervisor *s, const struct handover_item *item)
{
	if (item->n != 2 || child_inherit(item->v[0], false) != RC_OK ||
	    child_inherit(item->v[1], false) != RC_OK)
		return false;
	s->watch[0] = item->v[0];
	s->watch[1] = item->v[1];
	return true;
}

/* Both ends of a pair. */
static bool take_pair(int pair[2], const struct handover_item *item)
{
	if (item->n != 2 || item->v[0] <= 2 || item->v[1] <= 2 ||
	    child_inherit(item->v[0], false) != RC_OK ||
	    child_inherit(item->v[1], false) != RC_OK)
		return false;
	pair[0] = item->v[0];
	pair[1] = item->v[1];
	return true;
}

/* All that belongs to a till has come. */
static bool has_whole_till(struct supervisor *s)
{
	for (unsigned i = 0; i < 2 * s->readers; i++)
		for (unsigned bank = 0; bank < CHILD_BANKS; bank++)
			if (s->till[bank][i / 2][i % 2] <= 2)
				return false;
	return s->now.secrets_fd > 2 && s->now.till_bank < CHILD_BANKS &&
	       s->watch[0] > 2 && s->watch[1] > 2;
}

static bool take_number(
    struct supervisor *s, const struct handover_item *item, int *ret_takeovers)
{
	int again = 0;
	const struct {
		const char *key;
		int *at;
		bool is_fd;
	} numbers[] = {
	    {"lock", &s->lock.fd, true},
	    {"config", &s->now.config_fd, true},
	    {"log", &s->now.log_fd, true},
	    {"metrics", &s->metrics_fd, true},
	    {"shared", &s->now.shared_fd, true},
	    {"bank", (int *)&s->now.bank, false},
	    {"readers", (int *)&s->readers, false},
	    {"takeovers", ret_takeovers, false},
	    {"secrets", &s->now.secrets_fd, true},
	    {"pin", &s->now.pin_fd, true},
	    {"again", &again, false},
	    {"till_bank", (int *)&s->now.till_bank, false},
	    {"newsroom", &s->newsroom_fd, true},
	};

	if (item->n != 1)
		return false;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (!str_eq(item->key, str_of(numbers[i].key)))
			continue;
		*numbers[i].at = item->v[0];
		s->change.is_wanted_again |= again != 0;
		return !numbers[i].is_fd || item->v[0] == -1 ||
		       child_inherit(item->v[0], false) == RC_OK;
	}
	return false;
}

static bool read_state(
    struct supervisor *s, struct str state, int *ret_takeovers)
{
	struct handover_item item;
	enum rc rc;

	while ((rc = handover_next(&state, &item)) == RC_OK) {
		bool is_good;

		if (str_eq(item.key, STR("listen")))
			is_good = take_listen(s, &item);
		else if (str_eq(item.key, STR("child")))
			is_good = take_child(s, &item);
		else if (str_eq(item.key, STR("till")))
			is_good = take_till(s, &item);
		else if (str_eq(item.key, STR("watch")))
			is_good = take_watch(s, &item);
		else if (str_eq(item.key, STR("vault")))
			is_good = take_pair(s->vault, &item);
		else if (str_eq(item.key, STR("books")))
			is_good = take_pair(s->books, &item);
		else if (str_eq(item.key, STR("darkroom")))
			is_good = take_pair(s->darkroom, &item);
		else
			is_good = take_number(s, &item, ret_takeovers);
		if (!is_good)
			return false;
	}
	s->has_till_sockets = s->now.pin_fd > 2;
	return rc == RC_NOT_FOUND && s->lock.fd > 2 && s->now.config_fd > 2 &&
	       s->now.shared_fd > 2 && s->now.bank < SHARED_BANKS &&
	       s->readers >= 1 && s->readers <= CONFIG_READERS_MAX &&
	       s->listen_n >= 1 &&
	       (s->newsroom_fd < 0 ||
		   (socket_is_listening(s->newsroom_fd) && s->vault[0] > 2 &&
		       s->darkroom[0] > 2)) &&
	       (!s->has_till_sockets || has_whole_till(s));
}

static enum rc adopt(struct supervisor *s, const char *state,
    const char *binary, struct err *err)
{
	struct child_order order = {0};
	int takeovers = 0;
	enum rc rc;

	if (!binary || strlen(binary) >= sizeof(s->binary) ||
	    !read_state(s, str_of(state), &takeovers))
		return err_set(
		    err, RC_INVALID, "the state that was handed over is odd");
	memcpy(s->binary, binary, strlen(binary) + 1);
	/* The supervisor must know whether there is something to watch. */
	order.config_fd =
	    s->has_till_sockets ? s->now.secrets_fd : s->now.config_fd;
	rc = child_read_config(&order, &s->now.config, err);
	if (rc != RC_OK)
		return rc;
	supervisor_use_port(s, &s->now.config);
	rc = shared_map(s->now.shared_fd, &s->shared, err);
	if (rc != RC_OK)
		return rc;
	/* A version of before had none. */
	if (s->has_till_sockets && s->books[0] < 0)
		rc = socket_pair_packets(s->books, err);
	if (rc != RC_OK)
		return rc;
	metric_set(&s->shared->takeovers, (uint64_t)takeovers);
	s->now.exe_fd = open("/proc/self/exe", O_PATH | O_CLOEXEC);
	if (s->now.exe_fd < 0)
		return oserr_set(err, errno, "/proc/self/exe");
	return RC_OK;
}

enum rc takeover_adopt(struct supervisor *s, struct err *err)
{
	const char *state = getenv(TAKEOVER_STATE);
	enum rc rc;

	if (!state)
		return RC_NOT_FOUND;
	s->lock.fd = -1;
	rc = adopt(s, state, getenv(TAKEOVER_BINARY), err);
	if (rc != RC_OK)
		return rc;
	s->has_announced = true;
	if (!takeover_is_rehearsal()) {
		forget_environment();
		say("farthing", "a new program has taken over");
	}
	return RC_OK;
}
