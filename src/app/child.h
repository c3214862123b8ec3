/* SPDX-License-Identifier: MIT
 *
 * The kinds of processes that the supervisor starts, and what it tells
 * them: a role, a slot, and descriptors that they inherit. A child is this
 * same program, executed anew, so that it has nothing in its memory but what
 * is its own.
 */
#ifndef APP_CHILD_H
#define APP_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "app/config.h"
#include "base/err.h"
#include "base/str.h"

struct arena;

/* Those behind the reader in the order of the supervisor's slots. */
enum child_role {
	CHILD_READER,
	CHILD_NEWSROOM,
	CHILD_TILL,
	CHILD_WATCH,
	CHILD_VAULT,
	CHILD_DARKROOM,
	CHILD_ROLES, /* how many there are */
};

/* Readers of two generations run side by side while one follows the other;
 * each has a socket to the till of its own. */
enum { CHILD_BANKS = 2, CHILD_TILL_ENDS = CHILD_BANKS * CONFIG_READERS_MAX };

/* A reader that another follows is told so by CHILD_FOLLOWED, behind SIGTERM:
 * it then has CHILD_LEAVE_S for what it is sending, not the grace time alone.
 * A second one, before SIGTERM, says that all of the server stops, and that it
 * has the grace time from now on.
 * One of an earlier version, which does not know that signal, is not ended by
 * it. */
#define CHILD_FOLLOWED SIGURG
enum { CHILD_LEAVE_S = 3600 };

/* A child's exit code: the paper was written by a newer version. All other
 * failures are 1. */
enum { CHILD_NEWER = 3 };

/* A reader's: it could not open the public paper, has excused itself to those
 * who came, and wants to be started again at once. */
enum { CHILD_AGAIN = 4 };

struct child_order {
	const char *dir; /* of the paper; absolute */
	enum child_role role;
	unsigned slot;	  /* of a reader, from 0 */
	unsigned bank;	  /* of the shared page */
	unsigned readers; /* how many share limits and cache */
	unsigned port;	  /* of `serve --port`; 0: not given */
	int is_in_place;  /* nobody else does its work meanwhile */
	int ready_fd;	  /* a byte is written to it when all is well */
	int config_fd;	  /* text of the settings, already found good; only
			     that of the watch has its secrets in it */
	int shared_fd;	  /* -1: not for this one */
	int log_fd;	  /* access log; -1: none */
	int metrics_fd;	  /* listens; -1: not this one's task */
	int listen[CONFIG_LISTEN_MAX];
	unsigned listen_n;
	int pin_fd;	 /* DIR/trust/pin as it was read, sealed; -1: the paper
			 has no till, or it is not this one's to know */
	int till_fd;	 /* packets to the till and from it; -1: none */
	int watch_fd;	 /* the till's: to the watch and from it; else -1 */
	int vault_fd;	 /* the newsroom's and the vault's: to each other; -1 */
	int darkroom_fd; /* the newsroom's and the darkroom's; -1 */
	int books_fd;	 /* the newsroom's and the till's: to each other; -1 */
	int till_ends[CHILD_TILL_ENDS]; /* the till's: one for each reader */
	unsigned till_ends_n;
};

/* "reader 1", "newsroom", "till", "watch", "vault", "darkroom": in
 * messages. Lives for ever. */
const char *child_name(enum child_role role, unsigned slot);

/* The place of a child among all: that of its slot in the supervisor. */
unsigned child_place(enum child_role role, unsigned slot);

/* Forks and executes the program behind EXE_FD with ORDER. The child gets
 * only the descriptors of the order and the standard ones, no blocked signal,
 * and dies when this process does. RC_LIMIT, RC_NO_MEMORY, RC_IO. */
MUST_USE enum rc child_start(int exe_fd, const struct child_order *order,
    pid_t *ret_pid, struct err *err);

/* Reads the order in the words behind `serve`. RC_NOT_FOUND: it is not the
 * call of a child; RC_INVALID: one of another version. */
MUST_USE enum rc child_read_order(
    int argc, char **argv, struct child_order *ret_order, struct err *err);

/* How many connections a reader can have that may open LIMIT files: some are
 * its own, and some are left for those that are told that there is no room. */
unsigned child_connections(size_t limit);

/* How long a reader may take to end that another follows. */
unsigned child_leave_ms(unsigned grace_seconds);

/* What makes the pages: this build, and what the order says of them
 * (paper_made_by). P is NULL when the arena is spent. */
struct str child_made_by(struct arena *a, const struct child_order *order);

/* Reads all of a file that several processes read, leaving its place alone,
 * into ROOM of SIZE bytes. RC_LIMIT: it fills them; RC_IO. */
MUST_USE enum rc child_read_file(
    int fd, char *room, size_t size, struct str *ret_text, struct err *err);
/* Reads the settings of the order. */
MUST_USE enum rc child_read_config(const struct child_order *order,
    struct config *ret_config, struct err *err);

/* Tells the supervisor that this child does its work. */
void child_is_ready(const struct child_order *order);

/* Variables of the environment between two supervisors; see takeover.h. */
#define TAKEOVER_STATE	  "FARTHING_TAKEOVER"
#define TAKEOVER_BINARY	  "FARTHING_BINARY"
#define TAKEOVER_REHEARSE "FARTHING_REHEARSE"

/* Lets FD stay open over exec (or not). RC_IO: it is not open. */
MUST_USE enum rc child_inherit(int fd, bool is_inherited);

#endif
