/* SPDX-License-Identifier: MIT
 *
 * The client against a server of bare sockets in a child process, which can
 * answer in ways that no decent server does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/buf.h"
#include "http/client.h"
#include "sys/clock.h"

struct fixture {
	struct http_client *client;
	struct buf body;
	struct err err;
	unsigned status;
	unsigned port;
	pid_t child;
	char url[100];
};

static void say(int fd, const char *text)
{
	ssize_t n = write(fd, text, strlen(text));

	(void)n;
}

/* Answers the request in IN; false: goes on for ever, the caller sleeps. */
static void answer(int fd, const char *in)
{
	if (strstr(in, "GET /good ")) {
		say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n"
			"Set-Cookie: a=b\r\n\r\nhello");
	} else if (strstr(in, "GET /echo ") || strstr(in, "POST /echo ")) {
		char head[100];

		snprintf(head, sizeof(head),
		    "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n",
		    strlen(in));
		say(fd, head);
		say(fd, in);
	} else if (strstr(in, "GET /away ")) {
		say(fd, "HTTP/1.1 302 Found\r\nLocation: /good\r\n"
			"Content-Length: 4\r\n\r\naway");
	} else if (strstr(in, "GET /file ")) {
		say(fd, "HTTP/1.1 302 Found\r\nLocation: "
			"file:///etc/passwd\r\nContent-Length: 0\r\n\r\n");
	} else if (strstr(in, "GET /endless ")) {
		say(fd, "HTTP/1.1 200 OK\r\n\r\n");
		for (int i = 0; i < 100000; i++)
			say(fd, "again and again ");
	} else if (strstr(in, "GET /huge ")) {
		say(fd, "HTTP/1.1 200 OK\r\n"
			"Content-Length: 99999999999\r\n\r\n");
	} else if (strstr(in, "GET /old ")) {
		say(fd, "just text, as in HTTP/0.9");
		close(fd);
		_exit(0);
	} else if (strstr(in, "GET /slow ")) {
		say(fd, "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n");
		for (int i = 0; i < 200; i++) {
			say(fd, ".");
			usleep(100000);
		}
	}
}

static void serve(int listening)
{
	for (;;) {
		int fd = accept(listening, NULL, NULL);
		char in[4096];
		ssize_t n;

		if (fork() != 0) {
			close(fd);
			continue;
		}
		while ((n = read(fd, in, sizeof(in) - 1)) > 0) {
			in[n] = '\0';
			answer(fd, in);
		}
		_exit(0);
	}
}

static int set_up(void **state)
{
	static struct fixture f;
	struct sockaddr_in at = {.sin_family = AF_INET};
	socklen_t n = sizeof(at);
	int listening = socket(AF_INET, SOCK_STREAM, 0);

	memset(&f, 0, sizeof(f));
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(listening, (struct sockaddr *)&at, sizeof(at)) != 0 ||
	    listen(listening, 10) != 0 ||
	    getsockname(listening, (struct sockaddr *)&at, &n) != 0)
		return 1;
	f.port = ntohs(at.sin_port);
	f.child = fork();
	if (f.child == 0) {
		setpgid(0, 0);
		signal(SIGCHLD, SIG_IGN);
		signal(SIGPIPE, SIG_DFL);
		serve(listening);
	}
	setpgid(f.child, f.child);
	close(listening);
	buf_init(&f.body, 1 << 20);
	*state = &f;
	return http_client_new(&f.client, &f.err) == RC_OK ? 0 : 1;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	kill(-f->child, SIGKILL);
	waitpid(f->child, NULL, 0);
	http_client_free(f->client);
	buf_done(&f->body);
	return 0;
}

static struct http_ask ask_for(struct fixture *f, const char *path)
{
	struct http_ask ask = {.bytes_max = 1000, .ms_max = 5000};

	snprintf(
	    f->url, sizeof(f->url), "http://127.0.0.1:%u%s", f->port, path);
	ask.url = str_of(f->url);
	return ask;
}

static enum rc run(struct fixture *f, const struct http_ask *ask)
{
	return http_client_ask(f->client, ask, &f->body, &f->status, &f->err);
}

static bool body_has(const struct fixture *f, const char *text)
{
	struct str body = buf_str(&f->body);

	return str_find_str(body, str_of(text)) < body.n;
}

static void an_answer_is_appended(void **state)
{
	struct fixture *f = *state;
	struct http_ask ask = ask_for(f, "/good");

	buf_lit(&f->body, "so ");
	assert_int_equal(run(f, &ask), RC_OK);
	assert_int_equal(f->status, 200);
	assert_true(str_eq(buf_str(&f->body), STR("so hello")));
}

static void nothing_is_sent_that_was_not_asked_for(void **state)
{
	struct fixture *f = *state;
	struct http_ask ask = ask_for(f, "/good");

	assert_int_equal(setenv("http_proxy", "http://127.0.0.1:1", 1), 0);
	assert_int_equal(setenv("all_proxy", "http://127.0.0.1:1", 1), 0);
	assert_int_equal(run(f, &ask), RC_OK);
	ask = ask_for(f, "/echo");
	assert_int_equal(run(f, &ask), RC_OK);
	assert_false(body_has(f, "Cookie"));
	assert_false(body_has(f, "Accept-Encoding"));
	assert_false(body_has(f, "Authorization"));
	assert_int_equal(unsetenv("http_proxy"), 0);
	assert_int_equal(unsetenv("all_proxy"), 0);
}

static void a_body_is_posted_with_its_type_and_user(void **state)
{
	struct fixture *f = *state;
	struct http_ask ask = ask_for(f, "/echo");

	ask.body = STR("{\"id\":1}");
	ask.content_type = STR("application/json");
	ask.user = STR("u");
	ask.password = STR("p:w");
	assert_int_equal(run(f, &ask), RC_OK);
	assert_true(body_has(f, "POST /echo"));
	assert_true(body_has(f, "Content-Type: application/json\r\n"));
	assert_true(body_has(f, "Authorization: Basic dTpwOnc=\r\n"));
	assert_true(body_has(f, "{\"id\":1}"));
}

static void answers_without_end_are_cut_off(void **state)
{
	struct fixture *f = *state;
	struct http_ask ask = ask_for(f, "/endless");

	assert_int_equal(run(f, &ask), RC_LIMIT);
	assert_int_equal(f->body.n, 0);
	ask = ask_for(f, "/huge");
	assert_int_equal(run(f, &ask), RC_LIMIT);
	assert_int_equal(f->body.n, 0);
}

static void a_slow_answer_is_cut_off(void **state)
{
	struct fixture *f = *state;
	struct http_ask ask = ask_for(f, "/slow");
	int64_t start = clock_ns();

	ask.ms_max = 700;
	assert_int_equal(run(f, &ask), RC_LIMIT);
	assert_true(clock_ns() - start < 5000000000);
	assert_int_equal(f->body.n, 0);
}

static bool not_long(void *ctx)
{
	return --*(int *)ctx > 0;
}

static void the_caller_can_give_up(void **state)
{
	struct fixture *f = *state;
	struct http_ask ask = ask_for(f, "/slow");
	int turns = 3;

	ask.go_on = not_long;
	ask.ctx = &turns;
	ask.ms_max = 15000;
	assert_int_equal(run(f, &ask), RC_BUSY);
}

static void nobody_is_followed_unless_asked(void **state)
{
	struct fixture *f = *state;
	struct http_ask ask = ask_for(f, "/away");

	assert_int_equal(run(f, &ask), RC_OK);
	assert_int_equal(f->status, 302);
	buf_clear(&f->body);
	ask.redirects = 1;
	assert_int_equal(run(f, &ask), RC_OK);
	assert_int_equal(f->status, 200);
	buf_clear(&f->body);
	ask = ask_for(f, "/file");
	ask.redirects = 1;
	assert_int_equal(run(f, &ask), RC_IO);
	assert_int_equal(f->body.n, 0);
}

static void what_is_no_http_is_refused(void **state)
{
	struct fixture *f = *state;
	struct http_ask ask = ask_for(f, "/old");

	assert_int_equal(run(f, &ask), RC_IO);
	assert_int_equal(f->body.n, 0);
}

static void bad_addresses_are_refused(void **state)
{
	static const char *const bad[] = {"", "file:///etc/passwd",
	    "gopher://a/", "http://", "http:///x", "http://u:p@host/",
	    "http://a b/", "http://a/\r\nX: y", "HTTPS//a", "http://a\\@b/",
	    "127.0.0.1:80"};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct http_ask ask = ask_for(f, "/good");

		ask.url = str_of(bad[i]);
		assert_int_equal(run(f, &ask), RC_INVALID);
	}
}

static void a_server_that_is_gone_is_named(void **state)
{
	struct fixture *f = *state;
	struct http_ask ask = ask_for(f, "/good");

	ask.url = STR("http://127.0.0.1:1/secret-path");
	ask.user = STR("me");
	ask.password = STR("hidden");
	assert_int_equal(run(f, &ask), RC_IO);
	assert_non_null(strstr(f->err.why, "127.0.0.1:1"));
	assert_null(strstr(f->err.why, "hidden"));
	assert_null(strstr(f->err.why, "secret"));
}

/* The name goes to the proxy, and is not looked up here. */
static void names_are_looked_up_behind_the_proxy(void **state)
{
	struct fixture *f = *state;
	struct http_ask ask = ask_for(f, "/good");
	struct sockaddr_in at = {.sin_family = AF_INET};
	socklen_t n = sizeof(at);
	int listening = socket(AF_INET, SOCK_STREAM, 0), result = 1;
	pid_t proxy;

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(
	    bind(listening, (struct sockaddr *)&at, sizeof(at)), 0);
	assert_int_equal(listen(listening, 1), 0);
	assert_int_equal(getsockname(listening, (struct sockaddr *)&at, &n), 0);
	proxy = fork();
	if (proxy == 0) {
		unsigned char in[300];
		int fd = accept(listening, NULL, NULL);

		/* RFC 1928: methods; then CONNECT to a name (type 3). */
		if (read(fd, in, sizeof(in)) < 3 || in[0] != 5 ||
		    write(fd, "\5\0", 2) != 2 || read(fd, in, sizeof(in)) < 8 ||
		    in[3] != 3 || memcmp(in + 5, "abc.onion", 9) != 0)
			_exit(1);
		say(fd, "\5\1");
		_exit(0);
	}
	snprintf(f->url, sizeof(f->url), "127.0.0.1:%u",
	    (unsigned)ntohs(at.sin_port));
	ask.url = STR("http://abc.onion/");
	ask.proxy = str_of(f->url);
	assert_int_not_equal(run(f, &ask), RC_OK);
	waitpid(proxy, &result, 0);
	assert_int_equal(result, 0);
	close(listening);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		an_answer_is_appended, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		nothing_is_sent_that_was_not_asked_for, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_body_is_posted_with_its_type_and_user, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		answers_without_end_are_cut_off, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_slow_answer_is_cut_off, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		the_caller_can_give_up, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		nobody_is_followed_unless_asked, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		what_is_no_http_is_refused, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		bad_addresses_are_refused, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		a_server_that_is_gone_is_named, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		names_are_looked_up_behind_the_proxy, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
