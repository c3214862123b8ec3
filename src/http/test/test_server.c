/* SPDX-License-Identifier: MIT
 *
 * What the server answers, refuses, limits and counts.
 */
#include <netinet/tcp.h>

#include "http/test/rig.h"

static void a_page_is_served_and_the_connection_kept(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct str got;

		SAY(fd, GET("/"));
		got = receive_some(rig, fd);
		assert_true(str_starts(got, STR("HTTP/1.1 200 OK\r\nDate: ")));
		assert_int_equal(count(got, "Connection:"), 0);
		assert_int_equal(count(got, "Content-Length: 8\r\n"), 1);
		assert_true(str_ends(got, STR("\r\n\r\nthe page")));
	}
	assert_int_equal(http_server_connections(rig->server), 1);
	assert_int_equal(metric_get(&rig->metrics.requests[2]), 3);
	close(fd);
	assert_true(empties(rig));
	rig_free(rig);
}

static void pipelined_requests_are_answered_in_order(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	struct str got;

	(void)state;
	SAY(fd, GET("/") GET("/busy") GET("/") "GET / HT");
	got = receive_some(rig, fd);
	assert_int_equal(count(got, "HTTP/1.1 200"), 2);
	assert_int_equal(count(got, "HTTP/1.1 503"), 1);
	assert_true(
	    str_find_str(got, STR("503")) > str_find_str(got, STR("the page")));
	SAY(fd, "TP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" GET("/"));
	got = receive_all(rig, fd);
	assert_int_equal(count(got, "HTTP/1.1 "), 1);
	assert_int_equal(count(got, "Connection: close\r\n"), 1);
	assert_int_equal(rig->asked, 4);
	close(fd);
	rig_free(rig);
}

static void lists_over_several_lines_are_one_list(void **state)
{
	struct rig *rig = rig_new(fair_config());
	struct str etag = entity_etag(rig->page);
	int fd = dial(rig);
	struct str got;
	char ask[300];

	(void)state;
	snprintf(ask, sizeof(ask),
	    "GET / HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"other\"\r\n"
	    "X: y\r\nif-none-match:W/\"third\" , %.*s\r\n\r\n",
	    STR_ARG(etag));
	say(fd, str_of(ask));
	got = receive_some(rig, fd);
	assert_true(str_starts(got, STR("HTTP/1.1 304 ")));
	/* Two halves are not one tag. */
	snprintf(ask, sizeof(ask),
	    "GET / HTTP/1.1\r\nHost: a\r\nIf-None-Match: %.*s\r\n"
	    "If-None-Match: %.*s\r\n\r\n",
	    STR_ARG(str_part(etag, 0, 5)), STR_ARG(str_from(etag, 5)));
	say(fd, str_of(ask));
	got = receive_some(rig, fd);
	assert_true(str_starts(got, STR("HTTP/1.1 200 ")));
#define ASK(first, second)                                                     \
	"GET /text HTTP/1.1\r\nAccept-Encoding: " first "\r\nHost: a\r\n"      \
	"Accept-Encoding: " second "\r\n\r\n"
	SAY(fd, ASK("deflate", "gzip"));
	got = receive_some(rig, fd);
	assert_int_equal(count(got, "\r\nContent-Encoding: gzip\r\n"), 1);
	SAY(fd, ASK("*", "gzip;q=0, br;q=0"));
	got = receive_some(rig, fd);
	assert_int_equal(count(got, "\r\nContent-Encoding: "), 0);
	SAY(fd, ASK("", "gzip"));
	got = receive_some(rig, fd);
	assert_int_equal(count(got, "\r\nContent-Encoding: gzip\r\n"), 1);
#undef ASK
	close(fd);
	rig_free(rig);
}

static void a_request_may_come_byte_by_byte(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	struct str in = STR("POST /x HTTP/1.1\r\nHost: a\r\n"
			    "Transfer-Encoding: chunked\r\n\r\n"
			    "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");

	(void)state;
	for (size_t i = 0; i < in.n; i++) {
		say(fd, str_part(in, i, 1));
		loop_turn(rig->loop, 1);
	}
	assert_int_equal(count(receive_some(rig, fd), "HTTP/1.1 200"), 1);
	assert_true(str_eq(rig->seen_body, STR("hello")));
	assert_int_equal(rig->server->unfinished, 0);
	close(fd);
	rig_free(rig);
}

static void head_and_conditional_requests_get_no_body(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	char ask[200];
	struct str got;

	(void)state;
	SAY(fd, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
	got = receive_some(rig, fd);
	assert_int_equal(count(got, "Content-Length: 8\r\n"), 1);
	assert_true(str_ends(got, STR("\r\n\r\n")));
	snprintf(ask, sizeof(ask),
	    "GET / HTTP/1.1\r\nHost: a\r\nIf-None-Match: %.*s\r\n\r\n",
	    STR_ARG(entity_etag(rig->page)));
	say(fd, str_of(ask));
	got = receive_some(rig, fd);
	assert_true(str_starts(got, STR("HTTP/1.1 304 Not Modified\r\n")));
	assert_int_equal(count(got, "ETag: "), 1);
	assert_true(str_ends(got, STR("\r\n\r\n")));
	close(fd);
	rig_free(rig);
}

static void a_malformed_request_gets_one_answer_and_the_end(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	struct str got;

	(void)state;
	SAY(fd, GET("/") "GET /../x HTTP/1.1\r\nHost: a\r\n\r\n" GET("/"));
	got = receive_all(rig, fd);
	assert_int_equal(count(got, "HTTP/1.1 200"), 1);
	assert_int_equal(count(got, "HTTP/1.1 400 Bad Request\r\n"), 1);
	assert_int_equal(count(got, "HTTP/1.1 "), 2);
	assert_int_equal(count(got, "Connection: close\r\n"), 1);
	assert_int_equal(rig->asked, 1);
	close(fd);
	/* More than is read before the answer must not turn it into a reset. */
	fd = dial(rig);
	for (int i = 0; i < 20; i++)
		SAY(fd, "GET /%00 HTTP/1.1\r\nHost: a\r\nX: yyyyyyyyyyyy\r\n");
	got = receive_all(rig, fd);
	assert_int_equal(count(got, "HTTP/1.1 400"), 1);
	close(fd);
	assert_int_equal(
	    metric_get(&rig->metrics.refused[REFUSED_MALFORMED]), 2);
	rig_free(rig);
}

static void a_half_closed_client_gets_its_answer(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);

	(void)state;
	SAY(fd, GET("/big"));
	shutdown(fd, SHUT_WR);
	assert_int_equal(
	    count(str_part(receive_all(rig, fd), 0, 500), " 200"), 1);
	assert_true(rig->in_n > BIG);
	close(fd);
	rig_free(rig);
}

static void a_large_answer_arrives_whole(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	enum coding coding;
	size_t at;
	struct str form = entity_form(rig->big, CODING_IDENTITY, &at, &coding);
	bool is_end;

	(void)state;
	SAY(fd, GET("/big") GET("/"));
	turn(rig, 20);
	assert_int_equal(rig->asked, 1);
	assert_true(receive(rig, fd, 54 + form.n, &is_end));
	assert_memory_equal(rig->in + 54, form.p, form.n);
	assert_true(receive(rig, fd, 54, &is_end));
	assert_int_equal(
	    count((struct str){rig->in, 54}, "HTTP/1.1 200 OK"), 1);
	assert_int_equal(rig->asked, 2);
	close(fd);
	rig_free(rig);
}

static void slow_ones_are_let_go(void **state)
{
	struct http_config config = fair_config();
	struct rig *rig;
	struct str got;
	int idle;
	int head;
	int body;
	int reader;

	(void)state;
	config.head_deadline_ms = 300;
	config.idle_deadline_ms = 1500;
	config.send_min_bytes_per_s = 100000;
	rig = rig_new(config);
	idle = dial(rig);
	head = dial(rig);
	body = dial(rig);
	reader = dial(rig);
	SAY(head, "GET / HTTP/1.1\r\n");
	SAY(body,
	    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n");
	SAY(reader, GET("/big"));
	turn(rig, 20);
	assert_int_equal(http_server_connections(rig->server), 4);
	got = receive_all(rig, head);
	assert_true(str_starts(got, STR("HTTP/1.1 408 ")));
	/* A head has its own deadline, before that of idle ones. */
	assert_true(recv(idle, rig->in, 1, MSG_DONTWAIT) < 0);
	got = receive_all(rig, body);
	assert_true(str_starts(got, STR("HTTP/1.1 408 ")));
	assert_int_equal(receive_all(rig, idle).n, 0);
	close(head);
	close(body);
	assert_true(empties(rig));
	assert_int_equal(
	    metric_get(&rig->metrics.refused[REFUSED_SLOW_READER]), 1);
	assert_int_equal(
	    metric_get(&rig->metrics.refused[REFUSED_SLOW_HEAD]), 1);
	assert_int_equal(
	    metric_get(&rig->metrics.refused[REFUSED_SLOW_BODY]), 1);
	close(idle);
	close(reader);
	rig_free(rig);
}

/* As over a real net: small packets, of which few are on the way. */
static int dial_narrow(struct rig *rig)
{
	const struct sockaddr_in at = {.sin_family = AF_INET,
	    .sin_port = htons(rig->port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const int room = 16 * 1024, segment = 1400;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	assert_int_equal(
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room)), 0);
	assert_int_equal(
	    setsockopt(fd, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof(segment)),
	    0);
	assert_int_equal(
	    connect(fd, (const struct sockaddr *)&at, sizeof(at)), 0);
	return fd;
}

/* What the kernel still has of the answers before is not this one's. */
static void a_reader_who_pipelines_and_is_fast_enough_is_not_let_go(
    void **state)
{
	struct http_config config = fair_config();
	char room[16 * 1024];
	struct rig *rig;
	size_t got = 0;
	int fd;

	(void)state;
	config.head_deadline_ms = 400;
	config.send_min_bytes_per_s = 10000;
	rig = rig_new(config);
	fd = dial_narrow(rig);
	SAY(fd, GET("/text") GET("/text") GET("/text") GET("/big"));
	for (int i = 0; i < 200 && got < 2 * TEXT; i++) {
		ssize_t n = recv(fd, room, sizeof(room), MSG_DONTWAIT);

		if (n > 0)
			got += (size_t)n;
		turn(rig, 20);
	}
	assert_int_equal(
	    metric_get(&rig->metrics.refused[REFUSED_SLOW_READER]), 0);
	assert_true(got >= 2 * TEXT);
	close(fd);
	rig_free(rig);
}

/* Old clients send a line end behind a body (RFC 9112 2.2): no request. */
static void a_line_end_and_then_nothing_is_closed_without_a_word(void **state)
{
	struct http_config config = fair_config();
	struct rig *rig;
	struct str got;
	int fd;

	(void)state;
	config.head_deadline_ms = 300;
	rig = rig_new(config);
	fd = dial(rig);
	SAY(fd, GET("/") "\r\n");
	got = receive_all(rig, fd);
	assert_int_equal(count(got, "HTTP/1.1 "), 1);
	assert_true(str_starts(got, STR("HTTP/1.1 200 OK")));
	close(fd);
	assert_int_equal(
	    metric_get(&rig->metrics.refused[REFUSED_SLOW_HEAD]), 0);
	rig_free(rig);
}

static bool takes_none(void *ctx, const struct http_request *r)
{
	(void)ctx;
	assert_int_equal(r->method, HTTP_POST);
	assert_true(str_eq(r->path, STR("/")));
	return false;
}

static void a_body_that_nobody_takes_is_not_waited_for(void **state)
{
	struct http_config config = fair_config();
	struct rig *rig;
	struct str got;
	int fd;

	(void)state;
	config.takes = takes_none;
	rig = rig_new(config);
	fd = dial(rig);
	SAY(fd, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n");
	got = receive_all(rig, fd);
	assert_int_equal(count(got, "HTTP/1.1 200 OK"), 1);
	assert_int_equal(count(got, "Connection: close"), 1);
	assert_int_equal(rig->asked, 1);
	close(fd);
	rig_free(rig);
}

static void an_active_connection_outlives_its_idle_deadline(void **state)
{
	struct http_config config = fair_config();
	struct rig *rig;
	int fd;

	(void)state;
	config.idle_deadline_ms = 400;
	rig = rig_new(config);
	fd = dial(rig);
	for (int i = 0; i < 8; i++) {
		SAY(fd, GET("/"));
		assert_true(receive_some(rig, fd).n > 0);
	}
	assert_int_equal(receive_all(rig, fd).n, 0);
	close(fd);
	rig_free(rig);
}

static void over_the_limits_there_are_ready_answers(void **state)
{
	struct http_config config = fair_config();
	struct rig *rig;
	struct str got;
	int fds[4];

	(void)state;
	config.connections_max = 3;
	config.connections_per_address = 2;
	rig = rig_new(config);
	for (int i = 0; i < 4; i++) {
		fds[i] = dial(rig);
		SAY(fds[i], GET("/"));
	}
	assert_int_equal(count(receive_some(rig, fds[1]), " 200 OK"), 1);
	got = receive_all(rig, fds[2]);
	assert_true(str_starts(got, STR("HTTP/1.1 429 ")));
	assert_int_equal(count(got, "Retry-After: "), 1);
	close(fds[3]);
	rig_free(rig);

	config.connections_per_address = 0;
	rig = rig_new(config);
	for (int i = 0; i < 4; i++) {
		fds[i] = dial(rig);
		SAY(fds[i], GET("/"));
	}
	got = receive_all(rig, fds[3]);
	assert_true(str_starts(got, STR("HTTP/1.1 503 ")));
	assert_int_equal(count(got, "Retry-After: "), 1);
	close(fds[0]);
	turn(rig, 10);
	close(fds[3]);
	fds[3] = dial(rig);
	SAY(fds[3], GET("/"));
	assert_int_equal(count(receive_some(rig, fds[3]), " 200 OK"), 1);
	for (int i = 1; i < 4; i++)
		close(fds[i]);
	rig_free(rig);
}

static void too_many_requests_are_told_so(void **state)
{
	struct http_config config = fair_config();
	struct rig *rig;
	struct str got;
	int fd;

	(void)state;
	config.requests_per_s = 1;
	config.requests_burst = 3;
	rig = rig_new(config);
	fd = dial(rig);
	SAY(fd, GET("/") GET("/") GET("/") GET("/") GET("/") GET("/"));
	got = receive_some(rig, fd);
	assert_int_equal(count(got, " 200 OK"), 4);
	assert_int_equal(count(got, "HTTP/1.1 429"), 2);
	assert_int_equal(count(got, "Retry-After: "), 2);
	/* A new connection is no new reader. */
	close(fd);
	fd = dial(rig);
	SAY(fd, GET("/"));
	assert_int_equal(count(receive_some(rig, fd), "HTTP/1.1 429"), 1);
	close(fd);
	rig_free(rig);
}

static void behind_a_proxy_readers_are_told_apart(void **state)
{
	struct http_config config = fair_config();
	struct rig *rig;
	struct str got;
	int fd;

	(void)state;
	config.requests_per_s = 1;
	config.requests_burst = 0;
	config.connections_per_address = 1;
	config.trusts_loopback = true;
	rig = rig_new(config);
	close(dial(rig));
	fd = dial(rig);
#define FROM(address)                                                          \
	"GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " address "\r\n\r\n"
	SAY(fd, FROM("192.0.2.1") FROM("192.0.2.2") FROM("192.0.2.1"));
	got = receive_some(rig, fd);
	assert_int_equal(count(got, " 200 OK"), 2);
	assert_int_equal(count(got, "HTTP/1.1 429"), 1);
	/* What the reader wrote itself does not help. */
	SAY(fd,
	    FROM("9.9.9.9, 192.0.2.1") FROM("2001:db8::1") FROM("2001:db8::2"));
	got = receive_some(rig, fd);
	assert_int_equal(count(got, " 200 OK"), 1);
	assert_int_equal(count(got, "HTTP/1.1 429"), 2);
	SAY(fd, GET("/") GET("/"));
	assert_int_equal(count(receive_some(rig, fd), " 200 OK"), 2);
	close(fd);
	rig_free(rig);
}

static uint64_t net_of(struct rig *rig, int fd, const char *forwarded)
{
	char ask[300];

	snprintf(ask, sizeof(ask), "GET /net HTTP/1.1\r\nHost: a\r\n%s\r\n",
	    forwarded);
	say(fd, str_of(ask));
	assert_int_equal(count(receive_some(rig, fd), " 200 OK"), 1);
	return rig->net;
}

static void networks_are_told_apart_behind_a_proxy_only(void **state)
{
	struct http_config config = fair_config();
	struct rig *rig = rig_new(config);
	struct http_request none = {.method = HTTP_GET};
	uint64_t net;
	int fd = dial(rig);

	(void)state;
	/* What is written by somebody who is not trusted says nothing. */
	assert_true(net_of(rig, fd, "X-Forwarded-For: 192.0.2.1\r\n") == 0);
	close(fd);
	rig_free(rig);
	config.trusts_loopback = true;
	rig = rig_new(config);
	fd = dial(rig);
#define NET(address) net_of(rig, fd, "X-Forwarded-For: " address "\r\n")
	net = NET("192.0.2.1");
	assert_true(net != 0);
	assert_true(NET("8.8.8.8, 192.0.2.254") == net);
	assert_true(NET("192.0.3.1") != net);
	net = NET("2001:db8:1:ffff::1");
	assert_true(net != 0);
	assert_true(NET("2001:db8:1::2") == net);
	assert_true(NET("2001:db8:2::2") != net);
	assert_true(NET("0.0.192.1") != NET("0:0:0:c000::1"));
	assert_true(NET("127.0.0.1") == 0);
	assert_true(NET("nonsense") == 0);
	assert_true(net_of(rig, fd, "") == 0);
#undef NET
	assert_false(http_reader_net(&none, &net));
	close(fd);
	rig_free(rig);
}

static void strange_hosts_are_misdirected(void **state)
{
	struct http_config config = fair_config();
	struct rig *rig;
	struct str got;
	int fd;

	(void)state;
	config.host = STR("paper.example");
	rig = rig_new(config);
	fd = dial(rig);
	SAY(fd, "GET / HTTP/1.1\r\nHost: Paper.Example:80\r\n\r\n"
		"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");
	got = receive_some(rig, fd);
	assert_int_equal(count(got, " 200 OK"), 1);
	assert_int_equal(count(got, "HTTP/1.1 421 "), 1);
	assert_int_equal(rig->asked, 1);
	close(fd);
	rig_free(rig);
}

static void cold_pages_have_a_budget(void **state)
{
	struct http_config config = fair_config();
	struct rig *rig;
	struct str got;
	int fd;

	(void)state;
	config.cold_budget_ms = 5;
	rig = rig_new(config);
	fd = dial(rig);
	SAY(fd, GET("/cold") GET("/cold") GET("/cold") GET("/cold") GET("/"));
	got = receive_some(rig, fd);
	/* The first is let through, and uses up all. */
	assert_int_equal(count(got, " 200 OK"), 2);
	assert_int_equal(count(got, "HTTP/1.1 503"), 3);
	SAY(fd, GET("/cold"));
	assert_int_equal(count(receive_some(rig, fd), " 200 OK"), 1);
	assert_true(http_budget_take(NULL));
	close(fd);
	rig_free(rig);
}

static void on_drained(void *ctx)
{
	((struct rig *)ctx)->drained++;
}

static void draining_ends_all_in_time(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int busy = dial(rig);
	int idle = dial(rig);
	struct str got;

	(void)state;
	SAY(busy, GET("/"));
	assert_true(receive_some(rig, busy).n > 0);
	http_server_drain(rig->server, 500, on_drained, rig);
	turn(rig, 20);
	assert_int_equal(rig->drained, 0);
	SAY(busy, GET("/"));
	got = receive_all(rig, busy);
	assert_int_equal(count(got, " 200 OK"), 1);
	assert_int_equal(count(got, "Connection: close\r\n"), 1);
	close(busy);
	/* Nobody new is taken. */
	close(dial(rig));
	turn(rig, 20);
	assert_int_equal(http_server_connections(rig->server), 1);
	assert_int_equal(receive_all(rig, idle).n, 0);
	turn(rig, 20);
	assert_int_equal(rig->drained, 1);
	close(idle);
	rig_free(rig);
	rig = rig_new(fair_config());
	http_server_drain(rig->server, 1000, on_drained, rig);
	turn(rig, 10);
	assert_int_equal(rig->drained, 1);
	rig_free(rig);
}

static void counters_are_told_to_prometheus(void **state)
{
	struct http_metrics metrics = {0};
	const struct metrics_process processes[] = {
	    {STR("reader-0"), &metrics}, {STR("reader-1"), &metrics}};
	struct entity *e;
	struct buf b;

	(void)state;
	metric_add(&metrics.requests[2], 7);
	metric_add(&metrics.refused[REFUSED_RATE], 2);
	metric_set(&metrics.cache_bytes, 12345);
	buf_init(&b, 1 << 20);
	metrics_write(&b, processes, 2);
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_int_equal(count(buf_str(&b),
			     "farthing_http_requests_total{process=\"reader-1\""
			     ",class=\"2xx\"} 7\n"),
	    1);
	assert_int_equal(count(buf_str(&b),
			     "farthing_http_refused_total{process=\"reader-0\""
			     ",reason=\"rate\"} 2\n"),
	    1);
	assert_int_equal(
	    count(buf_str(&b), "# TYPE farthing_cache_bytes gauge\n"), 1);
	assert_int_equal(
	    count(buf_str(&b), "farthing_cache_bytes{process=\"reader-0\"} "
			       "12345\n"),
	    1);
	buf_done(&b);
	e = metrics_entity(processes, 2);
	assert_non_null(e);
	assert_int_equal(entity_status(e), 200);
	entity_unref(e);
}

/* Descriptors run out: who comes is sent away, and does not wait for ever. */
static void without_descriptors_readers_are_sent_away(void **state)
{
	struct rig *rig = rig_new(fair_config());
	struct rlimit before;
	struct rlimit tight;
	int first = dial(rig);
	int second = dial(rig);
	int third;
	ssize_t n;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	tight = before;
	tight.rlim_cur = (rlim_t)second + 2;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &tight), 0);
	turn(rig, 30);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
	SAY(first, GET("/"));
	assert_int_equal(count(receive_some(rig, first), " 200 OK"), 1);
	n = recv(second, rig->in, sizeof(rig->in), MSG_DONTWAIT);
	assert_true(n <= 0);
	assert_true(n == 0 || errno == ECONNRESET);
	assert_true(
	    metric_get(&rig->metrics.refused[REFUSED_DESCRIPTORS]) >= 1);
	third = dial(rig);
	SAY(third, GET("/"));
	assert_int_equal(count(receive_some(rig, third), " 200 OK"), 1);
	close(first);
	close(second);
	close(third);
	rig_free(rig);
}

static void idle_connections_are_small(void **state)
{
	struct rig *rig = rig_new(fair_config());
	static int fds[HELD];

	(void)state;
	socket_raise_limit(20000);
	for (int i = 0; i < HELD; i++) {
		fds[i] = dial(rig);
		loop_turn(rig->loop, 0);
	}
	turn(rig, 50);
	assert_int_equal(http_server_connections(rig->server), HELD);
	print_message("note: a connection of the server has %zu bytes\n",
	    sizeof(struct connection));
	assert_true(sizeof(struct connection) <= 250);
	for (int i = 0; i < HELD; i++)
		close(fds[i]);
	assert_true(empties(rig));
	rig_free(rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_page_is_served_and_the_connection_kept),
	    cmocka_unit_test(pipelined_requests_are_answered_in_order),
	    cmocka_unit_test(lists_over_several_lines_are_one_list),
	    cmocka_unit_test(a_request_may_come_byte_by_byte),
	    cmocka_unit_test(head_and_conditional_requests_get_no_body),
	    cmocka_unit_test(a_malformed_request_gets_one_answer_and_the_end),
	    cmocka_unit_test(a_half_closed_client_gets_its_answer),
	    cmocka_unit_test(a_large_answer_arrives_whole),
	    cmocka_unit_test(slow_ones_are_let_go),
	    cmocka_unit_test(
		a_reader_who_pipelines_and_is_fast_enough_is_not_let_go),
	    cmocka_unit_test(
		a_line_end_and_then_nothing_is_closed_without_a_word),
	    cmocka_unit_test(a_body_that_nobody_takes_is_not_waited_for),
	    cmocka_unit_test(an_active_connection_outlives_its_idle_deadline),
	    cmocka_unit_test(over_the_limits_there_are_ready_answers),
	    cmocka_unit_test(too_many_requests_are_told_so),
	    cmocka_unit_test(behind_a_proxy_readers_are_told_apart),
	    cmocka_unit_test(networks_are_told_apart_behind_a_proxy_only),
	    cmocka_unit_test(strange_hosts_are_misdirected),
	    cmocka_unit_test(cold_pages_have_a_budget),
	    cmocka_unit_test(draining_ends_all_in_time),
	    cmocka_unit_test(counters_are_told_to_prometheus),
	    cmocka_unit_test(without_descriptors_readers_are_sent_away),
	    cmocka_unit_test(idle_connections_are_small),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
