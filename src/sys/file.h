/* SPDX-License-Identifier: MIT
 *
 * Files as the rest of the program sees them: read whole, written whole,
 * locked, walked. Paths are views; one with a NUL inside or of PATH_MAX bytes
 * and more is RC_INVALID.
 *
 * Results, where nothing else is said, with the path in *ERR: RC_NOT_FOUND,
 * RC_DENIED (also a read-only disk), RC_NO_SPACE (also a quota), RC_LIMIT
 * (too many open files), RC_INVALID (a folder where a file is meant, and the
 * like), RC_IO. All of these functions block.
 */
#ifndef SYS_FILE_H
#define SYS_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"

enum file_kind {
	FILE_NONE, /* nothing there, or hidden from us */
	FILE_REGULAR,
	FILE_FOLDER,
	FILE_LINK, /* only in file_walk, which follows none */
	FILE_OTHER,
};

/* What PATH is; symbolic links are followed. */
enum file_kind file_kind(struct str path);

/* Reads a whole file of at most LIMIT bytes into A, with a NUL behind it that
 * n does not count. RC_LIMIT: longer. RC_BUSY: it changed while it was read,
 * so that what was read may be neither the old nor the new (told by its length
 * and time; two changes within one tick of the file system's clock, some
 * milliseconds on older kernels, look like one). RC_NO_MEMORY: the arena is
 * spent. */
MUST_USE enum rc file_read(struct arena *a, struct str path, size_t limit,
    struct str *ret_bytes, struct err *err);
/* The same, but RC_INVALID where the last part of PATH is a link: for folders
 * whose files are shown to anybody. */
MUST_USE enum rc file_read_no_link(struct arena *a, struct str path,
    size_t limit, struct str *ret_bytes, struct err *err);
/* When the file at PATH, or the link itself, or its rights and names, were
 * last changed; nobody can put that back. The codes of file_read. */
MUST_USE enum rc file_changed(
    struct str path, struct instant *ret_t, struct err *err);
/* Which file lies at PATH: two that are there at the same time differ. */
struct file_id {
	uint64_t device, number;
};
MUST_USE enum rc file_id(
    struct str path, struct file_id *ret_id, struct err *err);
/* A plain file that is open, and what was told of it then: which file, how many
 * bytes, when it was last changed (as by file_changed) and last written to. */
struct file_held {
	int fd;
	uint64_t number, size;
	int64_t changed_ns, written_ns;
};
/* Opens PATH, whose last part is no link (RC_INVALID). */
MUST_USE enum rc file_hold(
    struct str path, struct file_held *ret_held, struct err *err);
/* Reads N bytes from AT on, all of which are within its size, into ROOM.
 * RC_BUSY: the file was written to since it was opened, as file_read tells it;
 * another file put into its place is no matter. RC_IO. */
MUST_USE enum rc file_held_read(
    const struct file_held *held, uint64_t at, char *room, size_t n);
void file_let_go(struct file_held *held);

/* Reads what comes out of a descriptor until it ends (a pipe, standard
 * input); NAME is for messages. RC_LIMIT, RC_NO_MEMORY, RC_IO. */
MUST_USE enum rc file_read_fd(struct arena *a, int fd, const char *name,
    size_t limit, struct str *ret_bytes, struct err *err);
/* Writes all of BYTES to a descriptor that blocks. */
MUST_USE enum rc file_write_fd(
    int fd, const char *name, struct str bytes, struct err *err);

/* Makes PATH hold BYTES, with the permissions MODE (as 0644; the umask does
 * not matter): either all of it is there, also after a power cut, or what was
 * there before. The folder must exist and gets a temporary file for the
 * moment. */
MUST_USE enum rc file_write(
    struct str path, struct str bytes, unsigned mode, struct err *err);
/* Removes a file. RC_NOT_FOUND if there is none. */
MUST_USE enum rc file_remove(struct str path, struct err *err);

/* Makes a folder and those above it that are missing, with permissions MODE.
 * RC_OK also if it is there already. */
MUST_USE enum rc file_make_folder(
    struct str path, unsigned mode, struct err *err);

/* A lock that at most one process holds: a file with the holder's number in
 * it, where the disk is not full. It is let go by file_unlock or with the
 * process, however that ends, but is kept by children forked with it. RC_BUSY:
 * *ERR says which process holds it. */
struct file_lock {
	int fd;
};
MUST_USE enum rc file_lock(
    struct str path, struct file_lock *ret_lock, struct err *err);
void file_unlock(struct file_lock *lock);

struct file_entry {
	struct str path; /* as joined from the start of the walk */
	struct str name; /* its last part */
	enum file_kind kind;
	unsigned depth; /* 1 for what lies in the starting folder */
};

enum file_walk {
	FILE_WALK_ON,
	FILE_WALK_SKIP, /* do not go into this folder */
	FILE_WALK_END,	/* stop the walk */
};

enum { FILE_WALK_DEPTH_MAX = 32 };

/* Shows FN everything below the folder PATH, each folder's names sorted by
 * their bytes, a folder before what is in it. What is in ENTRY lives during
 * the call. Links are shown, not followed (PATH itself may be one). A tree
 * deeper than FILE_WALK_DEPTH_MAX is RC_LIMIT. What disappears meanwhile is
 * passed over. RC_OK also for FILE_WALK_END. */
MUST_USE enum rc file_walk(struct str path,
    enum file_walk (*fn)(void *ctx, const struct file_entry *entry), void *ctx,
    struct err *err);

#endif
