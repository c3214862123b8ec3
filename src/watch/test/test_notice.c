/* SPDX-License-Identifier: MIT
 *
 * The bytes of notices: WebSocket by the standard's own examples (RFC 6455
 * sections 1.3 and 5.7), and ZMTP; and what happens without memory.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <arpa/inet.h>
#include <cmocka.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "sys/random.h"
#include "watch/notice.h"
#include "watch/websocket.h"
#include "watch/zmtp.h"

enum { SAID_MAX = 200 };

static const uint8_t nonce[] = "the sample nonce";

#define GOOD                                                                   \
	"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"           \
	"Connection: keep-alive, Upgrade\r\n"                                  \
	"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"

static enum rc answer(struct str in, size_t *ret_n)
{
	struct err err;

	return websocket_read_answer(in, nonce, ret_n, &err);
}

static void the_standard_s_answer_is_taken(void **state)
{
	struct str in = STR(GOOD "\x81\x01x");
	size_t n = 0;

	(void)state;
	assert_int_equal(answer(in, &n), RC_OK);
	assert_int_equal(n, sizeof(GOOD) - 1);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(answer(str_part(in, 0, i), &n), RC_BUSY);
}

static void an_answer_with_any_fault_is_refused(void **state)
{
	static const char *const bad[] = {"HTTP/1.0 101 x\r\n\r\n",
	    "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 101 x\r\n\r\n", "\r\n\r\n",
	    "HTTP/1.1 1010\r\n\r\n",
	    /* another nonce's */
	    "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
	    "Sec-WebSocket-Accept: S3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
	    /* twice */
	    "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
	    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
	    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
	    "HTTP/1.1 101 x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n"
	    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
	    "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: close\r\n"
	    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
	    /* what was not offered */
	    "HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
	    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
	    "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n"};
	char endless[WEBSOCKET_HEAD_MAX];
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(answer(str_of(bad[i]), &n), RC_INVALID);
	assert_int_equal(
	    answer(STR("HTTP/1.1 401 Unauthorized\r\n\r\n"), &n), RC_DENIED);
	memset(endless, 'a', sizeof(endless));
	assert_int_equal(
	    answer((struct str){endless, sizeof(endless)}, &n), RC_LIMIT);
	assert_int_equal(n, 0);
}

static void the_opening_has_all_that_a_server_asks_for(void **state)
{
	struct websocket_opening opening = {.host = STR("127.0.0.1:8334"),
	    .path = STR("/ws"),
	    .user = STR("Aladdin"),
	    .password = STR("open sesame")};
	struct buf b;

	(void)state;
	memcpy(opening.nonce, nonce, sizeof(opening.nonce));
	buf_init(&b, 4096);
	websocket_write_opening(&b, &opening);
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_string_equal(b.p,
	    "GET /ws HTTP/1.1\r\nHost: 127.0.0.1:8334\r\n"
	    "Upgrade: websocket\r\nConnection: Upgrade\r\n"
	    "User-Agent: farthing\r\nSec-WebSocket-Version: 13\r\n"
	    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
	    "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n");
	buf_done(&b);
}

static enum rc frame(struct str in, struct websocket_frame *ret, size_t *n)
{
	return websocket_read_frame(in, ret, n);
}

static void the_standard_s_frames_are_read(void **state)
{
	struct websocket_frame f;
	size_t n = 0;

	(void)state;
	assert_int_equal(frame(STR("\x81\x05Hello!"), &f, &n), RC_OK);
	assert_true(f.is_last && f.opcode == WEBSOCKET_TEXT && n == 7);
	assert_true(str_eq(f.payload, STR("Hello")));
	assert_int_equal(frame(STR("\x01\x03Hel"), &f, &n), RC_OK);
	assert_true(!f.is_last && f.opcode == WEBSOCKET_TEXT);
	assert_int_equal(frame(STR("\x80\x02lo"), &f, &n), RC_OK);
	assert_true(f.is_last && f.opcode == WEBSOCKET_CONTINUATION);
	assert_int_equal(frame(STR("\x89\x05Hello"), &f, &n), RC_OK);
	assert_true(f.opcode == WEBSOCKET_PING);
	assert_int_equal(frame(STR("\x82\x7e\x01\x00"), &f, &n), RC_BUSY);
	assert_int_equal(frame(STR("\x81"), &f, &n), RC_BUSY);
	assert_int_equal(frame(STR("\x81\x05Hell"), &f, &n), RC_BUSY);
}

static void frames_that_break_a_rule_are_refused(void **state)
{
	struct websocket_frame f;
	size_t n = 0;

	(void)state;
	/* A mask; reserved bits and opcodes; a control frame in parts. */
	assert_int_equal(
	    frame(STR("\x81\x85\0\0\0\0Hello"), &f, &n), RC_INVALID);
	assert_int_equal(frame(STR("\xc1\x00"), &f, &n), RC_INVALID);
	assert_int_equal(frame(STR("\x83\x00"), &f, &n), RC_INVALID);
	assert_int_equal(frame(STR("\x8b\x00"), &f, &n), RC_INVALID);
	assert_int_equal(frame(STR("\x09\x00"), &f, &n), RC_INVALID);
	/* A long ping; lengths that are not in their shortest form. */
	assert_int_equal(frame(STR("\x89\x7e\0\x7e"), &f, &n), RC_INVALID);
	assert_int_equal(frame(STR("\x81\x7e\0\x7d"), &f, &n), RC_INVALID);
	assert_int_equal(
	    frame(STR("\x81\x7f\0\0\0\0\0\0\xff\xff"), &f, &n), RC_INVALID);
	assert_int_equal(
	    frame(STR("\x81\x7f\0\0\0\0\0\1\0\1"), &f, &n), RC_LIMIT);
	assert_int_equal(
	    frame(STR("\x81\x7f\xff\0\0\0\0\0\0\0"), &f, &n), RC_LIMIT);
	assert_int_equal(n, 0);
}

static void our_frames_are_masked_as_in_the_standard(void **state)
{
	static const uint8_t mask[] = {0x37, 0xfa, 0x21, 0x3d};
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	websocket_write_frame(&b, WEBSOCKET_TEXT, STR("Hello"), mask);
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_int_equal(b.n, 11);
	assert_memory_equal(
	    b.p, "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58", 11);
	buf_clear(&b);
	websocket_write_frame(
	    &b, WEBSOCKET_PONG, (struct str){(const char[200]){0}, 200}, mask);
	assert_int_equal(b.n, 208);
	assert_memory_equal(b.p, "\x8a\xfe\x00\xc8\x37\xfa", 6);
	buf_done(&b);
}

static void a_greeting_is_read_by_its_bytes(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	zmtp_write_greeting(&b);
	assert_int_equal(b.n, ZMTP_GREETING);
	assert_int_equal(zmtp_read_greeting(buf_str(&b)), RC_OK);
	for (size_t i = 0; i < ZMTP_GREETING; i++)
		assert_int_equal(
		    zmtp_read_greeting(str_part(buf_str(&b), 0, i)), RC_BUSY);
	b.p[11] = 1; /* 3.1 */
	assert_int_equal(zmtp_read_greeting(buf_str(&b)), RC_OK);
	b.p[10] = 2;
	assert_int_equal(zmtp_read_greeting(buf_str(&b)), RC_INVALID);
	b.p[10] = 3;
	memcpy(b.p + 12, "PLAIN", 5);
	assert_int_equal(zmtp_read_greeting(buf_str(&b)), RC_INVALID);
	assert_int_equal(zmtp_read_greeting(STR("HTTP")), RC_INVALID);
	buf_done(&b);
}

static void publishers_are_known_by_their_ready(void **state)
{
	(void)state;
	assert_int_equal(zmtp_read_ready(STR("\5READY\13Socket-Type"
					     "\0\0\0\3PUB"
					     "\10Identity\0\0\0\0")),
	    RC_OK);
	assert_int_equal(zmtp_read_ready(STR("\5READY\13socket-type"
					     "\0\0\0\4XPUB")),
	    RC_OK);
	assert_int_equal(zmtp_read_ready(STR("\5READY\13Socket-Type"
					     "\0\0\0\3SUB")),
	    RC_INVALID);
	assert_int_equal(zmtp_read_ready(STR("\5READY\13Socket-Type"
					     "\0\0\0\4PUB")),
	    RC_INVALID);
	assert_int_equal(zmtp_read_ready(STR("\5READY")), RC_INVALID);
	assert_int_equal(zmtp_read_ready(STR("\5READY\13Socket")), RC_INVALID);
	assert_int_equal(zmtp_read_ready(STR("\5ERROR\0")), RC_INVALID);
	assert_int_equal(zmtp_read_ready(STR_NONE), RC_INVALID);
}

static void frames_of_zmtp_are_read_and_refused(void **state)
{
	struct zmtp_frame f;
	size_t n = 0;
	struct buf b;

	(void)state;
	assert_int_equal(zmtp_read_frame(STR("\1\6hashtx\0"), &f, &n), RC_OK);
	assert_true(f.has_more && !f.is_command && n == 8);
	assert_true(str_eq(f.body, STR("hashtx")));
	assert_int_equal(
	    zmtp_read_frame(STR("\2\0\0\0\0\0\0\0\1x"), &f, &n), RC_OK);
	assert_true(n == 10 && str_eq(f.body, STR("x")));
	assert_int_equal(zmtp_read_frame(STR("\2\0\0"), &f, &n), RC_BUSY);
	assert_int_equal(zmtp_read_frame(STR("\0\5abc"), &f, &n), RC_BUSY);
	assert_int_equal(zmtp_read_frame(STR_NONE, &f, &n), RC_BUSY);
	assert_int_equal(zmtp_read_frame(STR("\x08\0"), &f, &n), RC_INVALID);
	assert_int_equal(zmtp_read_frame(STR("\5\0"), &f, &n), RC_INVALID);
	assert_int_equal(
	    zmtp_read_frame(STR("\2\0\0\0\0\0\1\0\1"), &f, &n), RC_LIMIT);
	assert_int_equal(
	    zmtp_read_frame(STR("\2\xff\0\0\0\0\0\0\0"), &f, &n), RC_LIMIT);
	buf_init(&b, 100);
	zmtp_write_ready(&b);
	zmtp_write_subscription(&b, STR("hashtx"));
	assert_int_equal(b.n, 2 + 25 + 2 + 7);
	assert_memory_equal(b.p, "\4\x19\5READY\13Socket-Type\0\0\0\3SUB", 27);
	assert_memory_equal(b.p + 27, "\0\7\1hashtx", 9);
	buf_done(&b);
}

static void addresses_are_a_host_and_a_port(void **state)
{
	static const char *const bad[] = {"", "tcp://", "tcp://a",
	    "tcp://a:", "tcp://:1", "tcp://a:0", "tcp://a:65536", "tcp://a:1/",
	    "ipc://a:1", "tcp://u@a:1", "tcp://a b:1", "tcp://*:1",
	    "tcp://a:+1"};
	struct str host;

	(void)state;
	assert_int_equal(
	    notice_address_parse(STR("tcp://[::1]:28332"), &host), RC_OK);
	assert_true(str_eq(host, STR("[::1]:28332")));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(
		    notice_address_parse(str_of(bad[i]), &host), RC_INVALID);
}

static void keep_why(void *ctx, struct str host, const char *why)
{
	char *said = ctx;

	(void)host;
	snprintf(said, SAID_MAX, "%s", why ? why : "");
}

static int listen_here(char *url, size_t room)
{
	struct sockaddr_in at = {
	    .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(fd, 8), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
	snprintf(url, room, "tcp://127.0.0.1:%u", ntohs(at.sin_port));
	return fd;
}

static void without_memory_there_are_no_notices_and_nothing_is_left(
    void **state)
{
	struct notice_settings s = {.addresses_n = 2,
	    .addresses = {{.at = STR("tcp://127.0.0.1:1")},
		{.at = STR("tcp://127.0.0.1:2")}}};
	struct notice *notice = NULL;
	struct err err;
	unsigned long n = 0;
	enum rc rc;

	(void)state;
	do {
		arena_fail_after(++n);
		rc = notice_new(&s, &notice, &err);
		arena_fail_after(0);
		assert_true(rc == RC_OK || rc == RC_NO_MEMORY);
		assert_true((rc == RC_OK) == (notice != NULL));
	} while (rc != RC_OK && n < 100);
	if (n == 1)
		print_message("note: allocations fail in debug builds only\n");
	notice_free(notice);
}

/* Whatever allocation of a connection fails, it is told, and the next try
 * goes well. */
static void a_connection_that_had_no_memory_is_tried_again(void **state)
{
	char url[64], said[SAID_MAX];
	int listening = listen_here(url, sizeof(url));
	unsigned failed = 0;

	(void)state;
	for (unsigned long n = 1; n < 20; n++) {
		struct notice_settings s = {.addresses_n = 1,
		    .addresses = {{.at = str_of(url)}},
		    .rest_ms = 1,
		    .told = keep_why,
		    .ctx = said};
		struct notice *notice;
		struct err err;
		int fd = -1;

		said[0] = '\0';
		assert_int_equal(notice_new(&s, &notice, &err), RC_OK);
		arena_fail_after(n);
		notice_turn(notice);
		arena_fail_after(0);
		if (said[0]) {
			assert_string_equal(said, "no memory to connect");
			failed++;
		}
		for (int i = 0; i < 5000 && fd < 0; i++) {
			notice_turn(notice);
			fd = accept(listening, NULL, NULL);
			usleep(1000);
		}
		assert_true(fd >= 0);
		close(fd);
		notice_free(notice);
		if (!said[0])
			break;
	}
	print_message("note: %u allocations failed in turn\n", failed);
	close(listening);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_standard_s_answer_is_taken),
	    cmocka_unit_test(an_answer_with_any_fault_is_refused),
	    cmocka_unit_test(the_opening_has_all_that_a_server_asks_for),
	    cmocka_unit_test(the_standard_s_frames_are_read),
	    cmocka_unit_test(frames_that_break_a_rule_are_refused),
	    cmocka_unit_test(our_frames_are_masked_as_in_the_standard),
	    cmocka_unit_test(a_greeting_is_read_by_its_bytes),
	    cmocka_unit_test(publishers_are_known_by_their_ready),
	    cmocka_unit_test(frames_of_zmtp_are_read_and_refused),
	    cmocka_unit_test(addresses_are_a_host_and_a_port),
	    cmocka_unit_test(
		without_memory_there_are_no_notices_and_nothing_is_left),
	    cmocka_unit_test(a_connection_that_had_no_memory_is_tried_again),
	};

	return random_start() == RC_OK
		   ? cmocka_run_group_tests(tests, NULL, NULL)
		   : 1;
}
