/* SPDX-License-Identifier: MIT
 *
 * Starting a child, and the child's first steps. Between fork and exec the
 * child calls nothing but system calls: the order is written as text before.
 *
 * The order is the second word of the command line, so that a list of
 * processes shows it:
 *
 *	farthing: reader 1 serve --child=reader=1,slot=0,... DIR
 */
#include "app/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "app/handover.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "sys/oserr.h"
#include "sys/process.h"

enum {
	ORDER_MAX = 4000,
	NAME_ROOM = 32,
	ENVIRONMENT_MAX = 9,
	MADE_BY_MAX = 200,
	OWN_FILES = 32, /* a reader has some 15 */
	SHED_MOST = 256,
};

enum field_kind {
	FIELD_NUMBER,
	FIELD_FD,   /* inherited, where it is not -1 */
	FIELD_LATE, /* the same, and -1 where it is missing: a version that
		       does not know it is only told of it if need be */
};

/* A number of the order and where it lies. */
struct field {
	const char *key;
	size_t offset;
	enum field_kind kind;
};

/* Descriptors of which there are several. */
struct list {
	const char *key;
	size_t offset; /* of the first */
	size_t count;  /* offset of the unsigned that says how many */
	unsigned most;
};

#define FIELD(name, kind)                                                      \
	{                                                                      \
#name, offsetof(struct child_order, name), (kind)              \
	}

static const struct field FIELDS[] = {
    FIELD(role, FIELD_NUMBER),
    FIELD(slot, FIELD_NUMBER),
    FIELD(bank, FIELD_NUMBER),
    FIELD(readers, FIELD_NUMBER),
    FIELD(port, FIELD_NUMBER),
    FIELD(is_in_place, FIELD_NUMBER),
    FIELD(ready_fd, FIELD_FD),
    FIELD(config_fd, FIELD_FD),
    FIELD(shared_fd, FIELD_FD),
    FIELD(log_fd, FIELD_FD),
    FIELD(metrics_fd, FIELD_FD),
    FIELD(pin_fd, FIELD_LATE),
    FIELD(till_fd, FIELD_LATE),
    FIELD(watch_fd, FIELD_LATE),
    FIELD(vault_fd, FIELD_LATE),
    FIELD(books_fd, FIELD_LATE),
    FIELD(darkroom_fd, FIELD_LATE),
};

static const struct list LISTS[] = {
    {"listen", offsetof(struct child_order, listen),
	offsetof(struct child_order, listen_n), CONFIG_LISTEN_MAX},
    {"till_end", offsetof(struct child_order, till_ends),
	offsetof(struct child_order, till_ends_n), CHILD_TILL_ENDS},
};

enum {
	FIELDS_N = sizeof(FIELDS) / sizeof(FIELDS[0]),
	LISTS_N = sizeof(LISTS) / sizeof(LISTS[0]),
};

_Static_assert(sizeof(enum child_role) == sizeof(int), "a field is an int");

static const int *field_of(const struct child_order *order, size_t i)
{
	return (
	    const int *)(const void *)((const char *)order + FIELDS[i].offset);
}

static const int *list_of(const struct child_order *order, size_t i)
{
	return (
	    const int *)(const void *)((const char *)order + LISTS[i].offset);
}

static unsigned count_of(const struct child_order *order, size_t i)
{
	return *(const unsigned *)(const void *)((const char *)order +
						 LISTS[i].count);
}

const char *child_name(enum child_role role, unsigned slot)
{
	static char names[CONFIG_READERS_MAX][NAME_ROOM];

	switch (role) {
	case CHILD_NEWSROOM:
		return "newsroom";
	case CHILD_TILL:
		return "till";
	case CHILD_WATCH:
		return "watch";
	case CHILD_VAULT:
		return "vault";
	case CHILD_DARKROOM:
		return "darkroom";
	case CHILD_READER:
	case CHILD_ROLES:
		break;
	}
	must(slot < CONFIG_READERS_MAX);
	snprintf(names[slot], NAME_ROOM, "reader %u", slot + 1);
	return names[slot];
}

unsigned child_place(enum child_role role, unsigned slot)
{
	return role == CHILD_READER
		   ? slot
		   : CONFIG_READERS_MAX + (unsigned)role - CHILD_NEWSROOM;
}

enum rc child_inherit(int fd, bool is_inherited)
{
	int flags = fcntl(fd, F_GETFD);

	if (flags < 0)
		return RC_IO;
	flags = is_inherited ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC;
	return fcntl(fd, F_SETFD, flags) == 0 ? RC_OK : RC_IO;
}

static void write_order(struct buf *b, const struct child_order *order)
{
	for (size_t i = 0; i < FIELDS_N; i++)
		if (FIELDS[i].kind != FIELD_LATE || *field_of(order, i) >= 0)
			handover_put_one(b, FIELDS[i].key, *field_of(order, i));
	for (size_t i = 0; i < LISTS_N; i++)
		for (unsigned k = 0; k < count_of(order, i); k++)
			handover_put_one(b, LISTS[i].key, list_of(order, i)[k]);
}

/* Lets the order's descriptors stay open over exec, or not. It is called
 * between fork and exec, too, and does only what is safe there. */
static bool inherit_order(const struct child_order *order, bool is_inherited)
{
	for (size_t i = 0; i < FIELDS_N; i++) {
		int fd = *field_of(order, i);

		if (FIELDS[i].kind != FIELD_NUMBER && fd >= 0 &&
		    child_inherit(fd, is_inherited) != RC_OK)
			return false;
	}
	for (size_t i = 0; i < LISTS_N; i++)
		for (unsigned k = 0; k < count_of(order, i); k++)
			if (child_inherit(list_of(order, i)[k], is_inherited) !=
			    RC_OK)
				return false;
	return true;
}

/* What of the environment a child may need: where libraries and certificates
 * lie, and how sanitizers are set. Whatever else whoever started the server had
 * in it is nothing for those that read strangers' bytes. A library that is
 * preloaded, as another clock, has settings of its own: then all goes on. */
static char *const *pick_environment(char *room[ENVIRONMENT_MAX + 1])
{
	static const struct str names[] = {STR_INIT("LD_LIBRARY_PATH="),
	    STR_INIT("SSL_CERT_FILE="), STR_INIT("SSL_CERT_DIR="),
	    STR_INIT("TMPDIR="), STR_INIT("TZDIR="), STR_INIT("ASAN_OPTIONS="),
	    STR_INIT("LSAN_OPTIONS="), STR_INIT("UBSAN_OPTIONS="),
	    STR_INIT("JOURNAL_STREAM=")};
	size_t n = 0;

	if (getenv("LD_PRELOAD"))
		return environ;
	for (char **p = environ; *p && n < ENVIRONMENT_MAX; p++)
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			if (str_starts(str_of(*p), names[i])) {
				room[n++] = *p;
				break;
			}
	room[n] = NULL;
	return room;
}

static _Noreturn void become_child(int exe_fd, pid_t parent,
    const struct child_order *order, char *const argv[], char *const env[])
{
	sigset_t blocked;

	/* Who is left without a supervisor shall not hold the port. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	/* Ctrl-C reaches the whole group; when to end is the supervisor's
	 * decision. */
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGUSR1, SIG_IGN);
	signal(SIGUSR2, SIG_IGN);
	/* An order to end waits until the child's loop takes it: before, it
	 * would end the child as if it had crashed. */
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigprocmask(SIG_SETMASK, &blocked, NULL);
	/* Nor what was open then. */
	(void)close_range(3, ~0u, CLOSE_RANGE_CLOEXEC);
	if (inherit_order(order, true))
		execveat(exe_fd, "", argv, env, AT_EMPTY_PATH);
	_exit(127);
}

enum rc child_start(int exe_fd, const struct child_order *order, pid_t *ret_pid,
    struct err *err)
{
	char title[NAME_ROOM + 16];
	char serve[] = "serve";
	struct buf b;
	pid_t parent = getpid();
	pid_t pid;
	enum rc rc;

	snprintf(title, sizeof(title), "farthing: %s",
	    child_name(order->role, order->slot));
	buf_init(&b, ORDER_MAX);
	buf_lit(&b, "--child=");
	write_order(&b, order);
	rc = buf_rc(&b);
	if (rc != RC_OK) {
		rc = err_set(err, rc, "no memory to start a process");
	} else {
		char *argv[] = {title, serve, b.p, (char *)order->dir, NULL};
		char *room[ENVIRONMENT_MAX + 1];
		char *const *env = pick_environment(room);

		pid = fork();
		if (pid == 0)
			become_child(exe_fd, parent, order, argv, env);
		if (pid < 0)
			rc = oserr_set(err, errno, "cannot start a process");
		else
			*ret_pid = pid;
	}
	buf_done(&b);
	return rc;
}

static enum rc take_item(
    struct child_order *order, const struct handover_item *item)
{
	if (item->n != 1)
		return RC_INVALID;
	for (size_t i = 0; i < LISTS_N; i++) {
		unsigned n = count_of(order, i);

		if (!str_eq(item->key, str_of(LISTS[i].key)))
			continue;
		if (n == LISTS[i].most)
			return RC_INVALID;
		*(int *)(list_of(order, i) + n) = item->v[0];
		*(unsigned *)(void *)((char *)order + LISTS[i].count) = n + 1;
		return RC_OK;
	}
	for (size_t i = 0; i < FIELDS_N; i++)
		if (str_eq(item->key, str_of(FIELDS[i].key))) {
			*(int *)field_of(order, i) = item->v[0];
			return RC_OK;
		}
	return RC_INVALID;
}

enum rc child_read_order(
    int argc, char **argv, struct child_order *ret_order, struct err *err)
{
	struct str start = STR("--child=");
	struct child_order order = {.pin_fd = -1,
	    .till_fd = -1,
	    .watch_fd = -1,
	    .vault_fd = -1,
	    .books_fd = -1,
	    .darkroom_fd = -1};
	struct handover_item item;
	struct str rest;
	enum rc rc;

	if (argc != 2 || !str_starts(str_of(argv[0]), start))
		return RC_NOT_FOUND;
	order.dir = argv[1];
	rest = str_from(str_of(argv[0]), start.n);
	while ((rc = handover_next(&rest, &item)) == RC_OK) {
		rc = take_item(&order, &item);
		if (rc != RC_OK)
			break;
	}
	if (rc != RC_NOT_FOUND || (unsigned)order.role >= CHILD_ROLES ||
	    order.slot >= CONFIG_READERS_MAX || order.bank > 1 ||
	    order.readers < 1 ||
	    /* None of the descriptors goes further than to this process. */
	    !inherit_order(&order, false))
		return err_set(err, RC_INVALID,
		    "this was started by another version of the program");
	*ret_order = order;
	return RC_OK;
}

enum rc child_read_file(
    int fd, char *room, size_t size, struct str *ret_text, struct err *err)
{
	size_t n = 0;

	while (n < size) {
		ssize_t got = pread(fd, room + n, size - n, (off_t)n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return oserr_set(err, errno, "a file handed over");
		if (got == 0)
			break;
		n += (size_t)got;
	}
	if (n == size)
		return err_set(
		    err, RC_LIMIT, "a file handed over is too large");
	*ret_text = (struct str){room, n};
	return RC_OK;
}

enum rc child_read_config(
    const struct child_order *order, struct config *ret_config, struct err *err)
{
	static char room[CONFIG_MAX + 2];
	struct str text;
	enum rc rc =
	    child_read_file(order->config_fd, room, sizeof(room), &text, err);

	return rc == RC_OK ? config_parse(text, ret_config, err) : rc;
}

void child_is_ready(const struct child_order *order)
{
	ssize_t n = write(order->ready_fd, "R", 1);

	/* A supervisor that is gone takes this process with it. */
	(void)n;
	close(order->ready_fd);
}

struct str child_made_by(struct arena *a, const struct child_order *order)
{
	struct buf b;

	buf_init_arena(&b, a, MADE_BY_MAX);
	process_build(&b);
	buf_printf(&b, " %u", order->port);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

unsigned child_connections(size_t limit)
{
	size_t shed = limit / 8 < SHED_MOST ? limit / 8 : SHED_MOST;

	if (limit <= OWN_FILES + shed)
		return 1;
	limit -= OWN_FILES + shed;
	return limit < UINT_MAX ? (unsigned)limit : UINT_MAX;
}

unsigned child_leave_ms(unsigned grace_seconds)
{
	return (grace_seconds > CHILD_LEAVE_S ? grace_seconds : CHILD_LEAVE_S) *
	       1000U;
}
