/* SPDX-License-Identifier: MIT
 *
 * A bell between processes; see bell.h.
 */
#include "sys/bell.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "sys/oserr.h"
#include "sys/path.h"

static enum rc bell_failed(struct str path, struct err *err)
{
	return oserr_set(err, errno, "%.*s", STR_ARG(path));
}

enum rc bell_open(struct str path, int *ret_fd, struct err *err)
{
	char name[PATH_MAX];
	enum rc rc = path_cstr(path, name, err);
	int fd;

	if (rc != RC_OK)
		return rc;
	fd = open(name, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd < 0)
		return bell_failed(path, err);
	*ret_fd = fd;
	return RC_OK;
}

void bell_ring(int fd)
{
	/* Whoever does not hear it looks by himself soon. */
	if (fd >= 0 && pwrite(fd, "\n", 1, 0) != 1)
		return;
}

enum rc bell_listen(struct str path, int *ret_fd, struct err *err)
{
	char name[PATH_MAX];
	enum rc rc = path_cstr(path, name, err);
	int fd;

	if (rc != RC_OK)
		return rc;
	fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (fd < 0)
		return bell_failed(path, err);
	if (inotify_add_watch(fd, name, IN_MODIFY) < 0) {
		rc = bell_failed(path, err);
		close(fd);
		return rc;
	}
	*ret_fd = fd;
	return RC_OK;
}

void bell_heard(int fd)
{
	char events[4096];

	while (read(fd, events, sizeof(events)) > 0)
		;
}
