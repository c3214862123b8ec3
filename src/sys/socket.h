/* SPDX-License-Identifier: MIT
 *
 * Stream sockets, TCP and Unix. All are made non-blocking and are closed when
 * another program is executed. Nothing here raises SIGPIPE.
 *
 * "Would block" is RC_BUSY throughout: wait for the event and call again.
 */
#ifndef SYS_SOCKET_H
#define SYS_SOCKET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "sys/address.h"

enum { SOCKET_LISTEN_MAX = 64 };

/* Makes COUNT (1 to SOCKET_LISTEN_MAX) sockets that listen at PLACE, each with
 * a queue of BACKLOG connections, one for each process or loop: the system
 * shares connections out among them (SO_REUSEPORT). Port 0 lets the system
 * choose one for all. Accepted sockets send without delay. ADDRESS_ANY takes
 * IPv4 and IPv6, "[::]" only IPv6. All or none. RC_BUSY: another program
 * listens there, be it one of ours; RC_DENIED: a port below 1024 without the
 * right to it; RC_NOT_FOUND: the address is not of this machine. The message
 * says what to do. */
MUST_USE enum rc socket_listen(const struct address *place, int backlog,
    int *ret_fds, size_t count, struct err *err);

/* Listens at a path, with mode 0600. A socket left by a process that is gone
 * is replaced. RC_BUSY: somebody answers there. */
MUST_USE enum rc socket_listen_unix(
    struct str path, int backlog, int *ret_fd, struct err *err);

/* Two sockets joined to each other. */
MUST_USE enum rc socket_pair(int ret_fds[2], struct err *err);
/* The same for packets (SOCK_SEQPACKET): each socket_send is received whole by
 * one socket_recv, or not at all. */
MUST_USE enum rc socket_pair_packets(int ret_fds[2], struct err *err);

/* Begins to connect; the socket becomes writable when that has ended, and
 * socket_connected says how. */
MUST_USE enum rc socket_connect(
    const struct address *place, int *ret_fd, struct err *err);
MUST_USE enum rc socket_connected(int fd, struct err *err);
/* Connects at once, or not. */
MUST_USE enum rc socket_connect_unix(
    struct str path, int *ret_fd, struct err *err);

/* Takes the next connection. RC_BUSY: there is none. RC_LIMIT, RC_NO_MEMORY:
 * no descriptor or memory for it; it stays in the queue, so stop listening
 * for a while. RC_IO: one has gone before it was taken; call again. */
MUST_USE enum rc socket_accept(int fd, int *ret_fd, struct address *ret_peer);

/* Receives at most N bytes. RC_OK with *RET_N 0: the other end has closed its
 * direction. RC_BUSY. RC_IO: the connection is broken. */
MUST_USE enum rc socket_recv(int fd, char *p, size_t n, size_t *ret_n);

enum { SOCKET_PARTS_MAX = 8 };

/* Sends as much as fits of COUNT parts (at most SOCKET_PARTS_MAX), one behind
 * the other. HAS_MORE: more will follow at once, so that a short packet may
 * wait for it. RC_BUSY: nothing fits. RC_IO: the connection is broken. */
MUST_USE enum rc socket_send(int fd, const struct str *parts, size_t count,
    bool has_more, size_t *ret_n);

/* How many sent bytes the other end has not yet acknowledged (TCP) or read
 * (Unix); 0 if that cannot be known. */
size_t socket_unsent(int fd);
/* Sends an end, and still receives. */
void socket_end(int fd);
/* Closes it; unsent bytes are still delivered. */
void socket_close(int fd);
/* Closes it with a reset: what is unsent is dropped and nothing lingers. */
void socket_abort(int fd);

/* Where FD itself is: tells the port that the system chose. */
MUST_USE enum rc socket_local(int fd, struct address *ret_address);
/* Who is at the other end. */
MUST_USE enum rc socket_peer(int fd, struct address *ret_address);
/* FD is a stream socket that listens: one handed over is what it should be. */
bool socket_is_listening(int fd);

enum { SOCKET_FDS_MAX = 16 };

/* Sends BYTES (at least 1) and copies of COUNT descriptors through a Unix
 * socket, all or nothing. RC_BUSY, RC_IO. */
MUST_USE enum rc socket_send_fds(
    int fd, struct str bytes, const int *fds, size_t count);
/* Receives such a message of at most N bytes; the descriptors are the
 * caller's from now on and closed on exec. *RET_COUNT of them, at most
 * SOCKET_FDS_MAX. RC_OK with *RET_N 0: the end. RC_INVALID: more descriptors
 * were sent; all are closed. RC_BUSY, RC_IO. */
MUST_USE enum rc socket_recv_fds(int fd, char *p, size_t n, size_t *ret_n,
    int ret_fds[SOCKET_FDS_MAX], size_t *ret_count);

/* Raises this process's limit of open descriptors towards WANTED; returns
 * what it is now. */
size_t socket_raise_limit(size_t wanted);

#endif
