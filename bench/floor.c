/* SPDX-License-Identifier: MIT
 *
 * The floor: the least that a program can do to answer HTTP over keep-alive
 * connections. It reads until an empty line, and writes the bytes of FILE, a
 * whole response with its head, in one call. No parser, no log, no limits, no
 * deadlines: what another server costs above it is the price of these.
 *
 *	floor PORT FILE		port 0: any; prints "ready PORT" when it listens
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 64, CONNECTIONS = 20000 };

static _Noreturn void fail(const char *what)
{
	perror(what);
	exit(1);
}

static char *read_file(const char *path, size_t *ret_n)
{
	FILE *in = fopen(path, "rb");
	char *p;
	long n;

	if (!in || fseek(in, 0, SEEK_END) || (n = ftell(in)) < 0)
		fail(path);
	rewind(in);
	p = malloc((size_t)n + 1);
	if (!p || fread(p, 1, (size_t)n, in) != (size_t)n)
		fail(path);
	fclose(in);
	*ret_n = (size_t)n;
	return p;
}

static int listen_at(unsigned port)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	int one = 1;
	struct sockaddr_in at = {.sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(at);

	if (fd < 0)
		fail("socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	if (bind(fd, (struct sockaddr *)&at, sizeof(at)) || listen(fd, 4096) ||
	    getsockname(fd, (struct sockaddr *)&at, &n))
		fail("listen");
	printf("ready %u\n", (unsigned)ntohs(at.sin_port));
	fflush(stdout);
	return fd;
}

static void add(int epoll, int fd)
{
	struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};

	if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e))
		fail("epoll_ctl");
}

/* How many of the last bytes "\r\n\r\n" were seen, of each connection. */
static uint8_t seen[CONNECTIONS];

static void answer(int fd, const char *response, size_t n)
{
	char in[16384];
	ssize_t got = recv(fd, in, sizeof(in), 0);

	if (got <= 0) {
		close(fd);
		seen[fd] = 0;
		return;
	}
	/* The usual case: the head came whole. */
	if (seen[fd] == 0 && got >= 4 &&
	    memcmp(in + got - 4, "\r\n\r\n", 4) == 0) {
		if (send(fd, response, n, MSG_NOSIGNAL) != (ssize_t)n)
			close(fd);
		return;
	}
	for (ssize_t i = 0; i < got; i++) {
		if (in[i] == "\r\n\r\n"[seen[fd]])
			seen[fd]++;
		else
			seen[fd] = in[i] == '\r';
		if (seen[fd] == 4) {
			seen[fd] = 0;
			if (send(fd, response, n, MSG_NOSIGNAL) != (ssize_t)n)
				close(fd);
		}
	}
}

int main(int argc, char **argv)
{
	struct epoll_event events[EVENTS];
	char *response;
	size_t n;
	int epoll = epoll_create1(0);
	int listening;

	if (argc != 3) {
		fprintf(stderr, "usage: %s PORT FILE\n", argv[0]);
		return 1;
	}

	response = read_file(argv[2], &n);
	listening = listen_at((unsigned)strtoul(argv[1], NULL, 10));
	add(epoll, listening);
	for (;;) {
		int count = epoll_wait(epoll, events, EVENTS, -1);

		for (int i = 0; i < count; i++) {
			int fd = events[i].data.fd;

			if (fd != listening) {
				answer(fd, response, n);
				continue;
			}
			fd = accept4(listening, NULL, NULL, SOCK_NONBLOCK);
			if (fd >= CONNECTIONS)
				close(fd);
			else if (fd >= 0)
				add(epoll, fd);
		}
	}
}
