/* SPDX-License-Identifier: MIT
 *
 * A server over real sockets of this machine, client and server in one
 * thread: the test turns the loop while it waits. For tests only.
 */
#ifndef HTTP_TEST_RIG_H
#define HTTP_TEST_RIG_H

#include <setjmp.h>
#include <stdarg.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <cmocka.h>

#include "http/connection.h"
#include "http/later.h"
#include "http/metrics.h"
#include "http/reader.h"
#include "http/server.h"
#include "sys/clock.h"
#include "sys/loop.h"
#include "sys/random.h"
#include "sys/socket.h"

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"

enum { LATER = 300 };
enum { BIG = 6 * 1024 * 1024, TEXT = 200 * 1024, HELD = 4000 };

struct rig {
	struct loop *loop;
	struct http_server *server;
	struct http_metrics metrics;
	struct entity *page;
	struct entity *text; /* worth compressing */
	struct entity *big;
	int listening;
	uint16_t port;
	unsigned asked;
	unsigned asked_before; /* when the last one asked for /good */
	unsigned drained;
	struct http_later *later[LATER]; /* of requests for /later */
	unsigned later_n;
	unsigned later_ms;
	struct entity *late;
	uint64_t net;	      /* of who asked for /net last; 0: not known */
	bool answers_at_once; /* the handle, within the answer function */
	struct str seen_body; /* lives in SEEN */
	char seen[100];
	char in[BIG + 4096]; /* what the last read_* received */
	size_t in_n;
};

static inline struct entity *answer(
    void *ctx, const struct http_request *r, struct instant now)
{
	struct rig *rig = ctx;

	assert_true(now.us > 0);
	rig->asked++;
	if (r->has_body) {
		assert_true(r->body.n <= sizeof(rig->seen));
		memcpy(rig->seen, r->body.p, r->body.n);
		rig->seen_body = (struct str){rig->seen, r->body.n};
	}
	if (str_starts(r->path, STR("/later"))) {
		struct http_later *later =
		    http_later_new(r, rig->later_ms, rig->late);

		if (later && rig->answers_at_once)
			http_later_answer(later, entity_ref(rig->page));
		else if (later)
			rig->later[rig->later_n++] = later;
		return NULL;
	}
	if (str_eq(r->path, STR("/net")) && !http_reader_net(r, &rig->net))
		rig->net = 0;
	if (str_eq(r->path, STR("/big")))
		return entity_ref(rig->big);
	if (str_eq(r->path, STR("/text")))
		return entity_ref(rig->text);
	if (str_eq(r->path, STR("/busy")))
		return NULL;
	if (str_eq(r->path, STR("/good")))
		rig->asked_before = rig->asked;
	if (str_eq(r->path, STR("/cold"))) {
		int64_t start;

		if (!http_budget_take(r->budget))
			return NULL;
		/* Behind the leave, from which on time is counted: whatever
		 * else runs on the machine, this is more than the budget. */
		start = clock_ns();
		while (clock_ns() - start < 6000000)
			continue;
	}
	return entity_ref(rig->page);
}

static inline struct http_config fair_config(void)
{
	return (struct http_config){.answer = answer,
	    .connections_max = 100000,
	    .head_deadline_ms = 10000,
	    .idle_deadline_ms = 10000,
	    .send_min_bytes_per_s = 1000,
	    .cold_budget_ms = 1000,
	    .access_log_fd = -1};
}

static inline struct rig *rig_new(struct http_config config)
{
	struct rig *rig = calloc(1, sizeof(*rig));
	char *big = malloc(BIG);
	struct address place = {0};

	assert_non_null(rig);
	for (size_t i = 0; i < BIG; i++)
		big[i] = (char)(i * 7 + i / 255);
	rig->page = entity_new(&(struct entity_spec){.status = 200,
	    .type = STR("text/plain"),
	    .modified = INSTANT_OF_S(784111777),
	    .body = STR("the page")});
	memset(big, 'a', TEXT);
	rig->text = entity_new(&(struct entity_spec){.status = 200,
	    .type = STR("text/plain"),
	    .modified = INSTANT_NEVER,
	    .body = {big, TEXT}});
	rig->big = entity_new(&(struct entity_spec){.status = 200,
	    .type = STR("image/png"),
	    .modified = INSTANT_NEVER,
	    .body = {big, BIG}});
	free(big);
	rig->later_ms = 5000;
	assert_int_equal(random_start(), RC_OK);
	assert_int_equal(loop_new(&rig->loop, NULL), RC_OK);
	assert_int_equal(address_parse(STR("127.0.0.1"), &place), RC_OK);
	assert_int_equal(
	    socket_listen(&place, 4096, &rig->listening, 1, NULL), RC_OK);
	assert_int_equal(socket_local(rig->listening, &place), RC_OK);
	rig->port = place.port;
	config.ctx = rig;
	config.metrics = &rig->metrics;
	rig->server = http_server_new(rig->loop, &config);
	assert_int_equal(
	    http_server_listen(rig->server, rig->listening, NULL), RC_OK);
	return rig;
}

static inline void rig_free(struct rig *rig)
{
	http_server_free(rig->server);
	loop_free(rig->loop);
	entity_unref(rig->page);
	entity_unref(rig->text);
	entity_unref(rig->big);
	close(rig->listening);
	free(rig);
}

static inline void turn(struct rig *rig, int ms)
{
	int64_t end = clock_ns() + ms * INT64_C(1000000);

	do
		loop_turn(rig->loop, 1);
	while (clock_ns() < end);
}

static inline int dial(struct rig *rig)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
	    .sin_port = htons(rig->port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	return fd;
}

static inline void say(int fd, struct str s)
{
	assert_int_equal(send(fd, s.p, s.n, MSG_NOSIGNAL), (ssize_t)s.n);
}

#define SAY(fd, literal) say((fd), STR(literal))

/* Receives until N bytes are there or the end; false: there is nothing for
 * five seconds. *RET_END: the end, and not by a reset. */
static inline bool receive(struct rig *rig, int fd, size_t n, bool *ret_end)
{
	int64_t patience = clock_ns() + INT64_C(5000000000);

	rig->in_n = 0;
	*ret_end = false;
	while (rig->in_n < n) {
		ssize_t got =
		    recv(fd, rig->in + rig->in_n, n - rig->in_n, MSG_DONTWAIT);

		if (got == 0) {
			*ret_end = true;
			return true;
		}
		if (got > 0) {
			rig->in_n += (size_t)got;
			patience = clock_ns() + INT64_C(5000000000);
		} else if (clock_ns() > patience) {
			return false;
		}
		loop_turn(rig->loop, 1);
	}
	return true;
}

/* All that comes until the end, which must come. */
static inline struct str receive_all(struct rig *rig, int fd)
{
	bool is_end;

	assert_true(receive(rig, fd, sizeof(rig->in), &is_end));
	assert_true(is_end);
	return (struct str){rig->in, rig->in_n};
}

/* What comes until nothing more does; the connection must stay open. */
static inline struct str receive_some(struct rig *rig, int fd)
{
	int64_t patience = clock_ns() + INT64_C(5000000000);

	rig->in_n = 0;
	for (;;) {
		ssize_t n;

		turn(rig, 30);
		n = recv(fd, rig->in + rig->in_n, sizeof(rig->in) - rig->in_n,
		    MSG_DONTWAIT);
		if (n > 0) {
			rig->in_n += (size_t)n;
			continue;
		}
		assert_int_not_equal(n, 0);
		if (rig->in_n || clock_ns() > patience)
			break;
	}
	assert_true(rig->in_n > 0);
	return (struct str){rig->in, rig->in_n};
}

/* The server loses all its connections before long. */
static inline bool empties(struct rig *rig)
{
	int64_t patience = clock_ns() + INT64_C(5000000000);

	while (http_server_connections(rig->server) > 0)
		if (clock_ns() > patience)
			return false;
		else
			loop_turn(rig->loop, 1);
	return true;
}

static inline size_t count(struct str s, const char *needle)
{
	size_t n = 0;
	size_t at;

	while ((at = str_find_str(s, str_of(needle))) < s.n) {
		s = str_from(s, at + 1);
		n++;
	}
	return n;
}

#endif
