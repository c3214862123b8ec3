/* SPDX-License-Identifier: MIT
 *
 * The supervisor's state, which supervisor*.c, change.c and takeover.c
 * share.
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
#include "app/watchdog.h"
#include "base/err.h"
#include "sys/file.h"
#include "sys/loop.h"

enum {
	/* A slot is a place that shall always be filled by one child: one for
	 * each reader, the last ones for the newsroom, where the paper has a
	 * pin, for the till and the watch, and, where the newsroom has pages,
	 * for its vault and its darkroom. A version hands these numbers to the
	 * next: they stay what they are. */
	SLOT_NEWSROOM = CONFIG_READERS_MAX,
	SLOT_TILL,
	SLOT_WATCH,
	SLOT_VAULT,
	SLOT_DARKROOM,
	SLOTS,
	/* Those in place, those that shall follow, those that are leaving. */
	CHILDREN_MAX = 4 * SLOTS,
};

enum child_part {
	PART_NONE,	/* this entry is free */
	PART_IN_PLACE,	/* fills its slot */
	PART_CANDIDATE, /* shall fill it when the change is done */
	PART_LEAVING,	/* was told to end */
};

struct arena;
struct supervisor;

struct child {
	struct supervisor *s;
	enum child_part part;
	unsigned slot;
	unsigned bank;	    /* of the shared page */
	unsigned till_bank; /* of a reader's socket to the till */
	pid_t pid;
	bool is_ready;
	int ready_fd; /* -1: nothing is to come from it */
	struct watch ready;
	struct timer kill; /* armed while leaving */
	int64_t started_ns;
	int64_t left_ns; /* when it was told to end */
};

struct slot {
	struct supervisor *s;
	unsigned deaths;      /* in a row, each soon after the start */
	struct timer restart; /* armed while nobody fills it */
};

/* What is started: a program, its settings, its files. */
struct setting {
	int exe_fd;
	int config_fd;	/* without what only the watch is to know */
	int secrets_fd; /* with it; -1: not known */
	int pin_fd;	/* DIR/trust/pin; -1: the paper has none */
	int log_fd;	/* -1: none */
	int shared_fd;
	unsigned bank;	    /* of the shared page */
	unsigned till_bank; /* of the readers' sockets to the till */
	struct config config;
};

enum change_step {
	CHANGE_NONE,
	CHANGE_REHEARSAL,   /* the new program reads what it would be given */
	CHANGE_READERS,	    /* new readers start beside the old ones */
	CHANGE_WRITERS_END, /* the old newsroom, till and watch end */
	CHANGE_WRITERS,	    /* the new ones start */
};

struct change {
	enum change_step step;
	bool is_takeover; /* of a new program; else of new settings */
	struct setting next;
	/* SIGHUP came meanwhile, or waits for readers to leave. */
	bool is_wanted_again;
	bool is_program_wanted; /* SIGUSR2 waits for them */
	pid_t rehearsal;	/* 0: none runs */
	struct timer deadline;
	struct timer again;
};

struct supervisor {
	struct loop *loop;
	const char *dir;
	unsigned port;
	unsigned newsroom_port; /* SUPERVISOR_NO_PORT: not given */
	char binary[PATH_MAX];	/* where a new program will lie */
	struct file_lock lock;
	struct shared *shared;
	unsigned waits; /* of the start, for what it found busy */
	unsigned readers;
	unsigned listen_n;
	int listen[CONFIG_READERS_MAX][CONFIG_LISTEN_MAX];
	int metrics_fd;	 /* -1: none */
	int newsroom_fd; /* listens for the staff; -1: none */
	int vault[2]; /* the newsroom's end [0] and the vault's [1], like those
			 of the till; -1: none */
	int darkroom[2]; /* the same of the darkroom */
	/* Both ends of the sockets around the till, so that what is in them
	 * survives the death of either side: of each reader [0] its own end
	 * and [1] the till's; of the watch the same. */
	bool has_till_sockets;
	int till[CHILD_BANKS][CONFIG_READERS_MAX][2];
	int watch[2];
	int books[2]; /* newsroom [0] and till [1]; -1: none */
	struct setting now;
	struct change change;
	struct child children[CHILDREN_MAX];
	struct slot slots[SLOTS];
	struct watchdog watchdog;
	/* The newsroom has chosen sources of rates since this program began;
	 * who is no longer needed for them idles. */
	bool wants_rates;
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
/* Asks a child to end, and kills it if it has not after the grace time; a
 * reader, unless the server stops, after child_leave_ms. */
void supervisor_dismiss(struct supervisor *s, struct child *c);
/* Asks the readers that are leaving to do so within the grace time. It counts
 * from when each was dismissed, or from now where the server stops. */
void supervisor_hurry(struct supervisor *s);
/* The child in SLOT with PART, or NULL. */
struct child *supervisor_find(
    struct supervisor *s, unsigned slot, enum child_part part);
/* Fills an empty slot, at once or, if its children keep dying, later. */
void supervisor_fill(struct supervisor *s, unsigned slot);
/* Starts a watch once the till says that the newsroom wants rates, also where
 * farthing.conf names nobody to ask. */
void supervisor_look_at_rates(struct supervisor *s);
/* SETTING has work for this slot's child. */
bool supervisor_needs(
    const struct supervisor *s, const struct setting *setting, unsigned slot);
/* A child of SLOT lives, be it in place, to come or about to end. */
bool supervisor_is_held(struct supervisor *s, unsigned slot);
/* "reader 1", "newsroom". */
const char *supervisor_slot_name(unsigned slot);

/* At the start of a server that takes over from none (supervisor_open.c).
 * What went wrong was said. */
MUST_USE enum rc supervisor_open(struct supervisor *s, struct err *err);
/* Reads the settings and the pin of the paper's folder into *SETTING, and
 * opens what they name. */
MUST_USE enum rc supervisor_load(
    struct supervisor *s, struct setting *setting, struct err *err);
/* What `serve --port` means for settings. */
void supervisor_use_port(const struct supervisor *s, struct config *config);

/* Listens at PLACE by COUNT sockets, at the start. What is busy is tried again,
 * for no more than two seconds in all: the children of a server that was killed
 * by force end some milliseconds after it, and hold its ports until then. */
MUST_USE enum rc supervisor_listen(struct supervisor *s, const char *place,
    int backlog, int *ret_fds, size_t count, struct err *err);

/* What is around the newsroom's pages (supervisor_staff.c): binds their port,
 * unless it is off, and makes the sockets to vault and darkroom. What went
 * wrong was said. */
MUST_USE enum rc supervisor_listen_staff(struct supervisor *s);
/* Puts into ORDER what its child needs of them. */
void supervisor_staff_order(
    const struct supervisor *s, struct child_order *order);
/* Prints where the pages are. */
void supervisor_announce_staff(const struct supervisor *s);

/* What is around the till (supervisor_till.c). Makes the sockets between
 * readers, till and watch, if there are none yet. RC_LIMIT, RC_NO_MEMORY. */
MUST_USE enum rc supervisor_till_sockets(struct supervisor *s, struct err *err);
/* The bank of those between readers and till that the next readers get. */
unsigned supervisor_next_till_bank(const struct supervisor *s);
/* A reader that has it lives, though others have followed it. */
bool supervisor_is_till_bank_held(const struct supervisor *s);
/* Puts into ORDER what its child needs of them, and of the pin. */
void supervisor_till_order(struct supervisor *s, const struct setting *setting,
    struct child_order *order);
/* A sealed copy of DIR/trust/pin; -1 if there is none. RC_DENIED: others
 * than its owner may write to it; RC_LIMIT, RC_INVALID, RC_IO. */
MUST_USE enum rc supervisor_read_pin(
    const struct supervisor *s, struct arena *a, int *ret_fd, struct err *err);
/* The paper has one. */
bool supervisor_has_pin(const struct supervisor *s);

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

/* Says what of the sandbox is missing on this machine, and counts it. */
void supervisor_tell_fences(struct supervisor *s);

#endif
