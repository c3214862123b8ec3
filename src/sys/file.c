/* SPDX-License-Identifier: MIT
 *
 * Files, read and written whole; see file.h. The walk is in file_walk.c.
 */
#include "sys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/must.h"
#include "sys/oserr.h"
#include "sys/path.h"

enum file_kind file_kind(struct str path)
{
	char z[PATH_MAX];
	struct stat st;

	if (path_cstr(path, z, NULL) != RC_OK || stat(z, &st) < 0)
		return FILE_NONE;
	return S_ISREG(st.st_mode)   ? FILE_REGULAR
	       : S_ISDIR(st.st_mode) ? FILE_FOLDER
				     : FILE_OTHER;
}

static ssize_t file_read_some(int fd, char *p, size_t n)
{
	ssize_t got;

	do
		got = read(fd, p, n);
	while (got < 0 && errno == EINTR);
	return got;
}

enum rc file_read_fd(struct arena *a, int fd, const char *name, size_t limit,
    struct str *ret_bytes, struct err *err)
{
	struct buf b;

	buf_init_arena(&b, a, limit);
	for (;;) {
		char block[16 * 1024];
		ssize_t n = file_read_some(fd, block, sizeof(block));

		if (n < 0)
			return oserr_set(err, errno, "%s: cannot read", name);
		if (n == 0)
			break;
		buf_add(&b, (struct str){block, (size_t)n});
		if (buf_rc(&b) == RC_LIMIT)
			return err_set(err, RC_LIMIT,
			    "%s: longer than %zu bytes", name, limit);
		if (buf_rc(&b) != RC_OK)
			return err_set(
			    err, buf_rc(&b), "%s: no memory to read it", name);
	}
	*ret_bytes = buf_str(&b).p ? buf_str(&b) : STR("");
	return RC_OK;
}

static bool file_is_same(const struct stat *x, const struct stat *y)
{
	return x->st_size == y->st_size &&
	       x->st_mtim.tv_sec == y->st_mtim.tv_sec &&
	       x->st_mtim.tv_nsec == y->st_mtim.tv_nsec;
}

/* Reads a plain file whose length FSTAT has told. */
static enum rc file_read_plain(struct arena *a, int fd, const char *name,
    const struct stat *before, struct str *ret_bytes, struct err *err)
{
	size_t size = (size_t)before->st_size;
	char *p = arena_alloc(a, size + 1);
	struct stat after;
	size_t n = 0;

	if (!p)
		return err_set(
		    err, RC_NO_MEMORY, "%s: no memory to read it", name);
	/* One byte more is asked for, to see whether it has grown. */
	while (n <= size) {
		ssize_t got = file_read_some(fd, p + n, size + 1 - n);

		if (got < 0)
			return oserr_set(err, errno, "%s: cannot read", name);
		n += (size_t)got;
		/* Less than was asked for: that was its end. */
		if (got == 0 || n == size)
			break;
	}
	if (fstat(fd, &after) < 0)
		return oserr_set(err, errno, "%s: cannot read", name);
	if (n != size || !file_is_same(before, &after))
		return err_set(err, RC_BUSY,
		    "%s: changed while it was read; try again", name);
	*ret_bytes = (struct str){p, size};
	return RC_OK;
}

/* Opens a plain file, of which FSTAT has told *RET_ST. */
static enum rc file_open_plain(
    const char *z, int flags, int *ret_fd, struct stat *ret_st, struct err *err)
{
	/* Not to hang at a pipe that nobody writes to. */
	int fd = open(z, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags);
	enum rc rc;

	if (fd < 0 && (flags & O_NOFOLLOW) && errno == ELOOP)
		return err_set(err, RC_INVALID, "%s: is a link", z);
	if (fd < 0)
		return oserr_set(err, errno, "%s: cannot open", z);
	if (fstat(fd, ret_st) < 0) {
		rc = oserr_set(err, errno, "%s: cannot read", z);
	} else if (S_ISDIR(ret_st->st_mode)) {
		rc = err_set(err, RC_INVALID, "%s: is a folder", z);
	} else if (!S_ISREG(ret_st->st_mode)) {
		rc = err_set(err, RC_INVALID, "%s: is not a plain file", z);
	} else {
		*ret_fd = fd;
		return RC_OK;
	}
	close(fd);
	return rc;
}

static enum rc file_read_with(struct arena *a, struct str path, int flags,
    size_t limit, struct str *ret_bytes, struct err *err)
{
	char z[PATH_MAX];
	struct stat st;
	enum rc rc = path_cstr(path, z, err);
	int fd;

	if (rc == RC_OK)
		rc = file_open_plain(z, flags, &fd, &st, err);
	if (rc != RC_OK)
		return rc;
	if (st.st_size > 0 && (uint64_t)st.st_size > limit)
		rc = err_set(
		    err, RC_LIMIT, "%s: longer than %zu bytes", z, limit);
	else if (st.st_size == 0) /* perhaps one of /proc, or growing */
		rc = file_read_fd(a, fd, z, limit, ret_bytes, err);
	else
		rc = file_read_plain(a, fd, z, &st, ret_bytes, err);
	close(fd);
	return rc;
}

enum rc file_read(struct arena *a, struct str path, size_t limit,
    struct str *ret_bytes, struct err *err)
{
	return file_read_with(a, path, 0, limit, ret_bytes, err);
}

enum rc file_read_no_link(struct arena *a, struct str path, size_t limit,
    struct str *ret_bytes, struct err *err)
{
	return file_read_with(a, path, O_NOFOLLOW, limit, ret_bytes, err);
}

static int64_t file_ns(struct timespec t)
{
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

enum rc file_hold(struct str path, struct file_held *ret_held, struct err *err)
{
	char z[PATH_MAX];
	struct stat st;
	enum rc rc = path_cstr(path, z, err);
	int fd;

	if (rc == RC_OK)
		rc = file_open_plain(z, O_NOFOLLOW, &fd, &st, err);
	if (rc == RC_OK)
		*ret_held = (struct file_held){.fd = fd,
		    .number = st.st_ino,
		    .size = (uint64_t)st.st_size,
		    .changed_ns = file_ns(st.st_ctim),
		    .written_ns = file_ns(st.st_mtim)};
	return rc;
}

enum rc file_held_read(
    const struct file_held *held, uint64_t at, char *room, size_t n)
{
	struct stat st;

	while (n > 0) {
		ssize_t got = pread(held->fd, room, n, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return RC_IO;
		if (got == 0)
			return RC_BUSY;
		room += got;
		at += (uint64_t)got;
		n -= (size_t)got;
	}
	/* Behind the reading: what has changed since was not read. */
	if (fstat(held->fd, &st) < 0)
		return RC_IO;
	return (uint64_t)st.st_size == held->size &&
		       file_ns(st.st_mtim) == held->written_ns
		   ? RC_OK
		   : RC_BUSY;
}

void file_let_go(struct file_held *held)
{
	close(held->fd);
	held->fd = -1;
}

static enum rc file_look(struct str path, struct stat *ret_st, struct err *err)
{
	char z[PATH_MAX];
	enum rc rc = path_cstr(path, z, err);

	if (rc == RC_OK && lstat(z, ret_st) < 0)
		rc = oserr_set(err, errno, "%s: cannot read", z);
	return rc;
}

enum rc file_id(struct str path, struct file_id *ret_id, struct err *err)
{
	struct stat st;
	enum rc rc = file_look(path, &st, err);

	if (rc == RC_OK)
		*ret_id = (struct file_id){st.st_dev, st.st_ino};
	return rc;
}

enum rc file_changed(struct str path, struct instant *ret_t, struct err *err)
{
	struct stat st;
	enum rc rc = file_look(path, &st, err);

	if (rc != RC_OK)
		return rc;
	*ret_t = (struct instant){
	    (int64_t)st.st_ctim.tv_sec * 1000000 + st.st_ctim.tv_nsec / 1000};
	return RC_OK;
}

enum rc file_write_fd(
    int fd, const char *name, struct str bytes, struct err *err)
{
	while (bytes.n > 0) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return oserr_set(err, errno, "%s: cannot write", name);
		bytes = str_from(bytes, (size_t)n);
	}
	return RC_OK;
}

/* Makes the names in the folder of PATH last through a power cut. */
static enum rc file_sync_folder(const char *path, struct err *err)
{
	char folder[PATH_MAX];
	enum rc rc = RC_OK;
	int fd;

	path_parent(path, folder);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return oserr_set(err, errno, "%s: cannot open", folder);
	/* Some file systems cannot do it, and say EINVAL. */
	if (fsync(fd) < 0 && errno != EINVAL)
		rc = oserr_set(err, errno, "%s: cannot write", folder);
	close(fd);
	return rc;
}

enum rc file_write(
    struct str path, struct str bytes, unsigned mode, struct err *err)
{
	char z[PATH_MAX];
	char temporary[PATH_MAX];
	enum rc rc = path_cstr(path, z, err);
	int n;
	int fd;

	if (rc != RC_OK)
		return rc;
	n = snprintf(temporary, sizeof(temporary), "%s.XXXXXX", z);
	if (n < 0 || (size_t)n >= sizeof(temporary))
		return err_set(err, RC_INVALID, "%s: too long a path", z);
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		return oserr_set(err, errno, "%s: cannot write", z);
	rc = file_write_fd(fd, z, bytes, err);
	if (rc == RC_OK && (fchmod(fd, (mode_t)mode) < 0 || fsync(fd) < 0))
		rc = oserr_set(err, errno, "%s: cannot write", z);
	if (close(fd) < 0 && rc == RC_OK)
		rc = oserr_set(err, errno, "%s: cannot write", z);
	if (rc == RC_OK && rename(temporary, z) < 0)
		rc = oserr_set(err, errno, "%s: cannot write", z);
	if (rc != RC_OK) {
		unlink(temporary);
		return rc;
	}
	return file_sync_folder(z, err);
}

enum rc file_remove(struct str path, struct err *err)
{
	char z[PATH_MAX];
	enum rc rc = path_cstr(path, z, err);

	if (rc == RC_OK && unlink(z) < 0)
		rc = oserr_set(err, errno, "%s: cannot remove", z);
	return rc;
}

enum rc file_make_folder(struct str path, unsigned mode, struct err *err)
{
	char z[PATH_MAX];
	enum rc rc = path_cstr(path, z, err);
	int errnum;

	if (rc != RC_OK)
		return rc;
	for (size_t i = 1; i <= path.n; i++) {
		if (z[i] != '/' && z[i] != '\0')
			continue;
		z[i] = '\0';
		/* A folder on the way may be there and not be ours. */
		errnum = mkdir(z, (mode_t)mode) < 0 ? errno : 0;
		if (errnum && file_kind(str_of(z)) != FILE_FOLDER)
			return oserr_set(
			    err, errnum, "%s: cannot make this folder", z);
		if (i < path.n)
			z[i] = '/';
	}
	return RC_OK;
}

static enum rc file_lock_is_held(const char *path, int fd, struct err *err)
{
	char pid[24] = "";
	ssize_t n = pread(fd, pid, sizeof(pid) - 1, 0);
	struct str who = str_trim((struct str){pid, n > 0 ? (size_t)n : 0});
	uint64_t number;

	if (str_u64(who, 1u << 30, &number) != RC_OK)
		return err_set(
		    err, RC_BUSY, "%s: another process holds this lock", path);
	return err_set(err, RC_BUSY, "%s: process %.*s holds this lock", path,
	    STR_ARG(who));
}

enum rc file_lock(struct str path, struct file_lock *ret_lock, struct err *err)
{
	char z[PATH_MAX];
	char pid[24];
	enum rc rc = path_cstr(path, z, err);
	int n;
	int fd;

	if (rc != RC_OK)
		return rc;
	fd = open(z, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd < 0)
		return oserr_set(err, errno, "%s: cannot lock", z);
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		rc = errno == EWOULDBLOCK
			 ? file_lock_is_held(z, fd, err)
			 : oserr_set(err, errno, "%s: cannot lock", z);
		goto done;
	}
	n = snprintf(pid, sizeof(pid), "%ld\n", (long)getpid());
	rc = file_write_fd(fd, z, (struct str){pid, (size_t)n}, err);
	/* The lock is what counts: also on a full disk, without the number. */
	if (rc == RC_NO_SPACE) {
		n = 0;
		rc = RC_OK;
	}
	/* Behind the number, not before it: the room it lies in is not given
	 * back first. */
	if (rc == RC_OK && ftruncate(fd, n) < 0)
		rc = oserr_set(err, errno, "%s: cannot lock", z);
done:
	if (rc == RC_OK)
		ret_lock->fd = fd;
	else
		close(fd);
	return rc;
}

void file_unlock(struct file_lock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	lock->fd = -1;
}
