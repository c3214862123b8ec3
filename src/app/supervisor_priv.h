/* SPDX-License-Identifier: MIT
 *
 * The supervisor's state, which supervisor.c, change.c and takeover.c share.
 */
#ifndef APP_SUPERVISOR_PRIV_H
#define APP_SUPERVISOR_PRIV_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "app/child.h"
#include "app/config.h"
#include "app/shared.h"
#include "base/err.h"
#include "sys/file.h"
#include "sys/loop.h"

enum {
	/* A slot is a place that shall always be filled by one child: one for
	 * each reader, the last for the newsroom. */
	SLOT_NEWSROOM = CONFIG_READERS_MAX,
	SLOTS = CONFIG_READERS_MAX + 1,
	/* Those in place, those that shall follow, those that are leaving. */
	CHILDREN_MAX = 4 * SLOTS,
};

enum child_part {
	PART_NONE,	/* this entry is free */
	PART_IN_PLACE,	/* fills its slot */
	PART_CANDIDATE, /* shall fill it when the change is done */
	PART_LEAVING,	/* was told to end */
};

struct supervisor;

struct child {
	struct supervisor *s;
	enum child_part part;
	unsigned slot;
	pid_t pid;
	bool is_ready;
	int ready_fd; /* -1: nothing is to come from it */
	struct watch ready;
	struct timer kill; /* armed while leaving */
	int64_t started_ns;
};

struct slot {
	struct supervisor *s;
	unsigned deaths;      /* in a row, each soon after the start */
	struct timer restart; /* armed while nobody fills it */
};

/* What is started: a program, its settings, its files. */
struct setting {
	int exe_fd;
	int config_fd;
	int log_fd; /* -1: none */
	int shared_fd;
	unsigned bank; /* of the shared page */
	struct config config;
};

enum change_step {
	CHANGE_NONE,
	CHANGE_REHEARSAL,    /* the new program reads what it would be given */
	CHANGE_READERS,	     /* new readers start beside the old ones */
	CHANGE_NEWSROOM_END, /* the old newsroom lets go of the lock */
	CHANGE_NEWSROOM,     /* the new one starts */
};

struct change {
	enum change_step step;
	bool is_takeover; /* of a new program; else of new settings */
	struct setting next;
	pid_t rehearsal; /* 0: none runs */
	struct timer deadline;
};

struct supervisor {
	struct loop *loop;
	const char *dir;
	unsigned port;
	char binary[PATH_MAX]; /* where a new program will lie */
	struct file_lock lock;
	struct shared *shared;
	unsigned readers;
	unsigned listen_n;
	int listen[CONFIG_READERS_MAX][CONFIG_LISTEN_MAX];
	int metrics_fd; /* -1: none */
	struct setting now;
	struct change change;
	struct child children[CHILDREN_MAX];
	struct slot slots[SLOTS];
	bool is_stopping;
	int64_t stopped_ns; /* the last signal to stop */
	bool has_announced;
	bool has_newsroom; /* one has been ready */
	int code;	   /* to exit with */
};

/* Starts a child of SETTING for SLOT. NULL: it could not, and that was
 * said. */
struct child *supervisor_start(struct supervisor *s,
    const struct setting *setting, unsigned slot, enum child_part part);
/* Asks a child to end, and kills it if it has not after the grace time. */
void supervisor_dismiss(struct supervisor *s, struct child *c);
/* The child in SLOT with PART, or NULL. */
struct child *supervisor_find(
    struct supervisor *s, unsigned slot, enum child_part part);
/* Fills an empty slot, at once or, if its children keep dying, later. */
void supervisor_fill(struct supervisor *s, unsigned slot);
/* "reader 1", "newsroom". */
const char *supervisor_slot_name(unsigned slot);
/* Reads the settings of the paper's folder, and opens what they name. */
MUST_USE enum rc supervisor_load(const struct supervisor *s,
    struct config *ret_config, int *ret_config_fd, int *ret_log_fd,
    struct err *err);
/* What `serve --port` means for settings. */
void supervisor_use_port(const struct supervisor *s, struct config *config);

/* A change of settings or of the program (change.c). */
void change_init(struct supervisor *s);
void change_settings(struct supervisor *s);
void change_program(struct supervisor *s);
/* What happens meanwhile: a candidate is ready. */
void change_ready(struct supervisor *s);
/* A child that was no longer in place, or the rehearsal, has ended. */
void change_child_ended(
    struct supervisor *s, const struct child *c, enum child_part part);
bool change_rehearsal_ended(struct supervisor *s, pid_t pid, int status);
/* Goes back to what was, for the reason given. */
void change_abandon(struct supervisor *s, const char *why);

/* Takes over from the supervisor that this process was before, if it was one.
 * RC_NOT_FOUND: it was not. Else all of S that outlives a program is filled,
 * or RC_INVALID, RC_NEWER, RC_IO. */
MUST_USE enum rc takeover_adopt(struct supervisor *s, struct err *err);
/* Replaces this process by the program behind EXE_FD, which adopts all. Only
 * returns if that failed, and then nothing has changed. */
void takeover_exec(struct supervisor *s, int exe_fd, struct err *err);
/* Starts the program behind EXE_FD as a child that only tries to adopt, and
 * exits with 0 if it could. */
MUST_USE enum rc takeover_rehearse(
    struct supervisor *s, int exe_fd, pid_t *ret_pid, struct err *err);
/* This process is such a rehearsal. */
bool takeover_is_rehearsal(void);

#endif
