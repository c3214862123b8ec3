/* SPDX-License-Identifier: MIT
 *
 * Stream sockets; see socket.h. Unix sockets' own calls are in
 * socket_unix.c.
 */
#include "sys/socket.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <linux/sockios.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/must.h"
#include "sys/oserr.h"

static const uint8_t mapped_v4[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255};

static struct address address_of(const struct sockaddr_storage *from)
{
	struct address a = {0};

	if (from->ss_family == AF_INET) {
		const struct sockaddr_in *v4 = (const void *)from;

		a.kind = ADDRESS_V4;
		a.port = ntohs(v4->sin_port);
		memcpy(a.ip, &v4->sin_addr, 4);
	} else if (from->ss_family == AF_INET6) {
		const struct sockaddr_in6 *v6 = (const void *)from;
		const uint8_t *ip = v6->sin6_addr.s6_addr;

		a.port = ntohs(v6->sin6_port);
		if (memcmp(ip, mapped_v4, 12) == 0) {
			a.kind = ADDRESS_V4;
			memcpy(a.ip, ip + 12, 4);
		} else {
			a.kind = ADDRESS_V6;
			memcpy(a.ip, ip, 16);
		}
	} else if (from->ss_family == AF_UNIX) {
		a.kind = ADDRESS_UNIX;
	}
	return a;
}

/* The system's form of an address; returns its length. */
static socklen_t address_fill(
    const struct address *a, bool has_v6, struct sockaddr_storage *ret_to)
{
	struct sockaddr_in *v4 = (void *)ret_to;
	struct sockaddr_in6 *v6 = (void *)ret_to;

	memset(ret_to, 0, sizeof(*ret_to));
	if (a->kind == ADDRESS_V6 || (a->kind == ADDRESS_ANY && has_v6)) {
		v6->sin6_family = AF_INET6;
		v6->sin6_port = htons(a->port);
		if (a->kind == ADDRESS_V6)
			memcpy(&v6->sin6_addr, a->ip, 16);
		return sizeof(*v6);
	}
	v4->sin_family = AF_INET;
	v4->sin_port = htons(a->port);
	if (a->kind == ADDRESS_V4)
		memcpy(&v4->sin_addr, a->ip, 4);
	return sizeof(*v4);
}

static int socket_new(int family)
{
	return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static bool socket_set(int fd, int level, int option, int value)
{
	return setsockopt(fd, level, option, &value, sizeof(value)) == 0;
}

/* Why listening at PLACE failed, with what to do. */
static enum rc socket_refused(
    const struct address *place, int errnum, struct err *err)
{
	char text[64];
	struct buf b;
	enum rc rc;

	buf_init(&b, sizeof(text));
	address_place(&b, place);
	if (errnum == EADDRINUSE)
		rc = err_set(err, RC_BUSY,
		    "%s: another program listens at this port already; stop "
		    "it (\"ss -ltnp\" names it) or choose another port",
		    b.p);
	else if (errnum == EACCES)
		rc = err_set(err, RC_DENIED,
		    "%s: ports below %d need a right of their own; choose a "
		    "higher port, or give the program CAP_NET_BIND_SERVICE",
		    b.p, 1024);
	else if (errnum == EADDRNOTAVAIL)
		rc = err_set(err, RC_NOT_FOUND,
		    "%s: this machine does not have this address", b.p);
	else
		rc = oserr_set(err, errnum, "%s: cannot listen there", b.p);
	buf_done(&b);
	return rc;
}

/* Makes one socket bound to PLACE. */
static enum rc socket_bind(
    const struct address *place, bool is_shared, int *ret_fd, struct err *err)
{
	bool wants_v6 = place->kind == ADDRESS_V6 || place->kind == ADDRESS_ANY;
	struct sockaddr_storage to;
	socklen_t n;
	int fd = socket_new(wants_v6 ? AF_INET6 : AF_INET);
	int errnum;

	if (fd < 0 && errno == EAFNOSUPPORT && place->kind == ADDRESS_ANY) {
		wants_v6 = false; /* a machine without IPv6 */
		fd = socket_new(AF_INET);
	}
	if (fd < 0)
		return socket_refused(place, errno, err);
	n = address_fill(place, wants_v6, &to);
	if ((wants_v6 && !socket_set(fd, IPPROTO_IPV6, IPV6_V6ONLY,
			     place->kind == ADDRESS_V6)) ||
	    !socket_set(fd, SOL_SOCKET, SO_REUSEADDR, 1) ||
	    !socket_set(fd, SOL_SOCKET, SO_REUSEPORT, is_shared) ||
	    !socket_set(fd, IPPROTO_TCP, TCP_NODELAY, 1) ||
	    bind(fd, (const void *)&to, n) < 0) {
		errnum = errno;
		close(fd);
		return socket_refused(place, errnum, err);
	}
	*ret_fd = fd;
	return RC_OK;
}

/* SO_REUSEPORT would let two programs of one user share a port unawares, so
 * that each gets half of the other's readers. A socket without it finds out
 * whether anybody listens there. */
static enum rc socket_probe(const struct address *place, struct err *err)
{
	int fd;
	enum rc rc;

	if (place->port == 0)
		return RC_OK;
	rc = socket_bind(place, /* is_shared= */ false, &fd, err);
	if (rc == RC_OK)
		close(fd);
	return rc;
}

enum rc socket_listen(const struct address *place, int backlog, int *ret_fds,
    size_t count, struct err *err)
{
	struct address at = *place;
	enum rc rc;
	int fds[SOCKET_LISTEN_MAX];
	size_t n = 0;

	must(place->kind != ADDRESS_NONE && place->kind != ADDRESS_UNIX);
	must(count > 0 && count <= SOCKET_LISTEN_MAX);
	rc = socket_probe(place, err);
	while (rc == RC_OK && n < count) {
		struct address local;

		rc = socket_bind(&at, /* is_shared= */ true, &fds[n], err);
		if (rc != RC_OK)
			break;
		if (listen(fds[n++], backlog) < 0)
			rc = socket_refused(place, errno, err);
		else if (at.port == 0 && socket_local(fds[0], &local) == RC_OK)
			at.port = local.port;
	}
	if (rc == RC_OK)
		memcpy(ret_fds, fds, sizeof(*fds) * count);
	else
		while (n > 0)
			close(fds[--n]);
	return rc;
}

enum rc socket_connect(
    const struct address *place, int *ret_fd, struct err *err)
{
	struct sockaddr_storage to;
	socklen_t n = address_fill(place, false, &to);
	int fd = socket_new(to.ss_family);

	must(place->kind == ADDRESS_V4 || place->kind == ADDRESS_V6);
	if (fd < 0)
		return oserr_set(err, errno, "cannot make a socket");
	if (!socket_set(fd, IPPROTO_TCP, TCP_NODELAY, 1) ||
	    (connect(fd, (const void *)&to, n) < 0 && errno != EINPROGRESS)) {
		enum rc rc = oserr_set(err, errno, "cannot connect");

		close(fd);
		return rc;
	}
	*ret_fd = fd;
	return RC_OK;
}

enum rc socket_connected(int fd, struct err *err)
{
	int errnum = 0;
	socklen_t n = sizeof(errnum);

	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &errnum, &n) < 0)
		errnum = errno;
	return errnum ? oserr_set(err, errnum, "cannot connect") : RC_OK;
}

/* A call on a connection has failed: what that means. */
static enum rc socket_rc(int errnum)
{
	must(errnum != EBADF && errnum != EFAULT && errnum != ENOTSOCK);
	if (errnum == EAGAIN || errnum == EWOULDBLOCK || errnum == EINTR)
		return RC_BUSY;
	return RC_IO;
}

enum rc socket_accept(int fd, int *ret_fd, struct address *ret_peer)
{
	struct sockaddr_storage from = {0};
	socklen_t n = sizeof(from);
	int peer = accept4(fd, (void *)&from, &n, SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (peer < 0) {
		enum rc rc = oserr_rc(errno);

		return rc == RC_LIMIT || rc == RC_NO_MEMORY ? rc
							    : socket_rc(errno);
	}
	*ret_fd = peer;
	*ret_peer = address_of(&from);
	return RC_OK;
}

enum rc socket_recv(int fd, char *p, size_t n, size_t *ret_n)
{
	ssize_t got = recv(fd, p, n, 0);

	if (got < 0)
		return socket_rc(errno);
	*ret_n = (size_t)got;
	return RC_OK;
}

enum rc socket_send(
    int fd, const struct str *parts, size_t count, bool has_more, size_t *ret_n)
{
	int flags = MSG_NOSIGNAL | (has_more ? MSG_MORE : 0);
	struct iovec iov[SOCKET_PARTS_MAX];
	struct msghdr message = {.msg_iov = iov, .msg_iovlen = count};
	ssize_t sent;

	must(count > 0 && count <= SOCKET_PARTS_MAX);
	if (count == 1) {
		sent = send(fd, parts[0].p, parts[0].n, flags);
	} else {
		for (size_t i = 0; i < count; i++) {
			iov[i].iov_base = (void *)(uintptr_t)parts[i].p;
			iov[i].iov_len = parts[i].n;
		}
		sent = sendmsg(fd, &message, flags);
	}
	if (sent < 0)
		return socket_rc(errno);
	*ret_n = (size_t)sent;
	return RC_OK;
}

size_t socket_unsent(int fd)
{
	int n = 0;

	return ioctl(fd, SIOCOUTQ, &n) == 0 && n > 0 ? (size_t)n : 0;
}

void socket_end(int fd)
{
	(void)shutdown(fd, SHUT_WR);
}

void socket_close(int fd)
{
	(void)close(fd);
}

void socket_abort(int fd)
{
	struct linger linger = {.l_onoff = 1, .l_linger = 0};

	(void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
	(void)close(fd);
}

enum rc socket_local(int fd, struct address *ret_address)
{
	struct sockaddr_storage from = {0};
	socklen_t n = sizeof(from);

	if (getsockname(fd, (void *)&from, &n) < 0)
		return RC_IO;
	*ret_address = address_of(&from);
	return RC_OK;
}

enum rc socket_peer(int fd, struct address *ret_address)
{
	struct sockaddr_storage from = {0};
	socklen_t n = sizeof(from);

	if (getpeername(fd, (void *)&from, &n) < 0)
		return RC_IO;
	*ret_address = address_of(&from);
	return RC_OK;
}

bool socket_is_listening(int fd)
{
	int is_listening = 0;
	socklen_t n = sizeof(is_listening);

	return getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &is_listening, &n) ==
		   0 &&
	       is_listening;
}

size_t socket_raise_limit(size_t wanted)
{
	struct rlimit limit;
	rlim_t old;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return 0;
	old = limit.rlim_cur;
	if (limit.rlim_cur >= wanted)
		return limit.rlim_cur;
	if (limit.rlim_max < wanted) {
		/* Only root may; then the hard limit is what there is. */
		struct rlimit more = {.rlim_cur = wanted, .rlim_max = wanted};

		if (setrlimit(RLIMIT_NOFILE, &more) == 0)
			return wanted;
	}
	limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
	return setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : old;
}
