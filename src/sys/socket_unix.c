/* SPDX-License-Identifier: MIT
 *
 * Unix sockets, and descriptors sent through them; see socket.h.
 */
#include "sys/socket.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/must.h"
#include "sys/oserr.h"

static enum rc unix_address(
    struct str path, struct sockaddr_un *ret_to, struct err *err)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};

	if (path.n == 0 || path.n >= sizeof(to.sun_path) ||
	    str_find(path, '\0') < path.n)
		return err_set(err, RC_INVALID,
		    "%.*s: a socket's path has 1 to %zu bytes", STR_ARG(path),
		    sizeof(to.sun_path) - 1);
	memcpy(to.sun_path, path.p, path.n);
	*ret_to = to;
	return RC_OK;
}

static int unix_new(void)
{
	return socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static enum rc unix_pair(int kind, int ret_fds[2], struct err *err)
{
	int fds[2];

	if (socketpair(AF_UNIX, kind | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds) <
	    0)
		return oserr_set(err, errno, "cannot make a socket pair");
	ret_fds[0] = fds[0];
	ret_fds[1] = fds[1];
	return RC_OK;
}

enum rc socket_pair(int ret_fds[2], struct err *err)
{
	return unix_pair(SOCK_STREAM, ret_fds, err);
}

enum rc socket_pair_packets(int ret_fds[2], struct err *err)
{
	return unix_pair(SOCK_SEQPACKET, ret_fds, err);
}

enum rc socket_connect_unix(struct str path, int *ret_fd, struct err *err)
{
	struct sockaddr_un to;
	enum rc rc = unix_address(path, &to, err);
	int fd;

	if (rc != RC_OK)
		return rc;
	fd = unix_new();
	if (fd < 0)
		return oserr_set(err, errno, "cannot make a socket");
	if (connect(fd, (const void *)&to, sizeof(to)) < 0) {
		rc = oserr_set(err, errno, "%s: cannot connect", to.sun_path);
		close(fd);
		return rc;
	}
	*ret_fd = fd;
	return RC_OK;
}

/* Binds with mode 0600 from the first moment on. */
static bool unix_bind(int fd, const struct sockaddr_un *to)
{
	mode_t old = umask(0177);
	int failed = bind(fd, (const void *)to, sizeof(*to));
	int errnum = errno;

	umask(old);
	errno = errnum;
	return !failed;
}

/* Takes away the socket of a process that is gone: nobody answers there. */
static bool unix_clear(struct str path, const struct sockaddr_un *to)
{
	struct stat st;
	int fd;

	if (lstat(to->sun_path, &st) < 0 || !S_ISSOCK(st.st_mode) ||
	    socket_connect_unix(path, &fd, NULL) == RC_OK) {
		errno = EADDRINUSE;
		return false;
	}
	return unlink(to->sun_path) == 0;
}

enum rc socket_listen_unix(
    struct str path, int backlog, int *ret_fd, struct err *err)
{
	struct sockaddr_un to;
	enum rc rc = unix_address(path, &to, err);
	int fd;

	if (rc != RC_OK)
		return rc;
	fd = unix_new();
	if (fd < 0)
		return oserr_set(err, errno, "cannot make a socket");
	if ((!unix_bind(fd, &to) &&
		(errno != EADDRINUSE || !unix_clear(path, &to) ||
		    !unix_bind(fd, &to))) ||
	    listen(fd, backlog) < 0) {
		rc = oserr_set(
		    err, errno, "%s: cannot listen there", to.sun_path);
		close(fd);
		return rc;
	}
	*ret_fd = fd;
	return RC_OK;
}

union control {
	char space[CMSG_SPACE(sizeof(int) * SOCKET_FDS_MAX)];
	struct cmsghdr align;
};

enum rc socket_send_fds(int fd, struct str bytes, const int *fds, size_t count)
{
	union control control = {0};
	struct iovec iov = {(void *)(uintptr_t)bytes.p, bytes.n};
	struct msghdr message = {.msg_iov = &iov, .msg_iovlen = 1};
	ssize_t n;

	must(bytes.n > 0 && count <= SOCKET_FDS_MAX);
	if (count > 0) {
		struct cmsghdr *c;

		message.msg_control = control.space;
		message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
		c = CMSG_FIRSTHDR(&message);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof(int) * count);
		memcpy(CMSG_DATA(c), fds, sizeof(int) * count);
	}
	n = sendmsg(fd, &message, MSG_NOSIGNAL);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? RC_BUSY : RC_IO;
	return (size_t)n == bytes.n ? RC_OK : RC_IO;
}

/* Takes the descriptors out of a message. */
static size_t control_fds(struct msghdr *message, int fds[SOCKET_FDS_MAX])
{
	size_t count = 0;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c;
	     c = CMSG_NXTHDR(message, c)) {
		size_t n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		must(count + n <= SOCKET_FDS_MAX);
		memcpy(fds + count, CMSG_DATA(c), n * sizeof(int));
		count += n;
	}
	return count;
}

enum rc socket_recv_fds(int fd, char *p, size_t n, size_t *ret_n,
    int ret_fds[SOCKET_FDS_MAX], size_t *ret_count)
{
	union control control = {0};
	struct iovec iov = {p, n};
	struct msghdr message = {
	    .msg_iov = &iov,
	    .msg_iovlen = 1,
	    .msg_control = control.space,
	    .msg_controllen = sizeof(control.space),
	};
	int fds[SOCKET_FDS_MAX];
	size_t count;
	ssize_t got = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);

	if (got < 0)
		return errno == EAGAIN || errno == EINTR ? RC_BUSY : RC_IO;
	count = control_fds(&message, fds);
	if (message.msg_flags & MSG_CTRUNC) {
		for (size_t i = 0; i < count; i++)
			close(fds[i]);
		return RC_INVALID;
	}
	memcpy(ret_fds, fds, count * sizeof(int));
	*ret_count = count;
	*ret_n = (size_t)got;
	return RC_OK;
}
