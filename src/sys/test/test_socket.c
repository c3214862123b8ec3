/* SPDX-License-Identifier: MIT
 *
 * Addresses and sockets.
 */
#include "sys/socket.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buf.h"

static struct err err;

static struct address address(const char *text)
{
	struct address a = {0};

	if (address_parse(str_of(text), &a) != RC_OK)
		fail_msg("%s", text);
	return a;
}

static void check_text(const char *text, const char *wanted)
{
	struct address a = address(text);
	struct buf b;

	buf_init(&b, 100);
	address_text(&b, &a);
	assert_string_equal(b.p, wanted);
	buf_done(&b);
}

static void addresses_are_read_and_written(void **state)
{
	static const char *const bad[] = {"", "1.2.3", "1.2.3.4.5", "256.1.1.1",
	    "1.2.3.4 ", "::1%lo", "[::1]", "1.2.3.4:80", "localhost",
	    ":::", "1:2:3:4:5:6:7:8:9", "12345::", "0x7f.1"};
	struct address a = {.port = 7};

	(void)state;
	check_text("192.0.2.1", "192.0.2.1");
	check_text("2001:DB8:0::1", "2001:db8::1");
	check_text("::ffff:192.0.2.1", "192.0.2.1");
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (address_parse(str_of(bad[i]), &a) != RC_INVALID)
			fail_msg("%s", bad[i]);
	assert_int_equal(
	    address_parse((struct str){"1.2.3.4\0", 8}, &a), RC_INVALID);
	assert_int_equal(a.port, 7);
}

static void places_are_read_and_written(void **state)
{
	static const char *const good[] = {
	    "127.0.0.1:8080", "[::1]:0", "[2001:db8::1]:65535", "*:80"};
	static const char *const bad[] = {"", ":", ":80", "127.0.0.1",
	    "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "::1:80", "[::1]",
	    "[::1]80", "[127.0.0.1]:80", "[*]:80", "[]:80", "localhost:80",
	    "*:80x", "127.0.0.1: 80", "[::1]:80:80"};
	struct address a;
	struct buf b;

	(void)state;
	buf_init(&b, 100);
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert_int_equal(
		    address_parse_place(str_of(good[i]), &a, &err), RC_OK);
		buf_clear(&b);
		address_place(&b, &a);
		assert_string_equal(b.p, good[i]);
	}
	buf_done(&b);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (address_parse_place(str_of(bad[i]), &a, &err) != RC_INVALID)
			fail_msg("%s", bad[i]);
}

static void a_v6_network_is_one_reader(void **state)
{
	struct address a = address("2001:db8:1:2::1");
	struct address same = address("2001:db8:1:2:ffff::9");
	struct address other = address("2001:db8:1:3::1");
	struct address v4 = address("192.0.2.1");
	struct address mapped = address("::ffff:192.0.2.1");
	struct address near = address("192.0.2.2");
	struct address zero = address("::192.0.2.1");
	struct address here = {.kind = ADDRESS_UNIX};

	(void)state;
	assert_true(address_key(&a) == address_key(&same));
	assert_true(address_key(&a) != address_key(&other));
	assert_true(address_key(&v4) == address_key(&mapped));
	assert_true(address_key(&v4) != address_key(&near));
	assert_true(address_key(&v4) != address_key(&zero));
	assert_true(address_key(&here) != address_key(&zero));
	a = address("127.9.9.9");
	assert_true(address_is_local(&a));
	a = address("::1");
	assert_true(address_is_local(&a));
	assert_true(address_is_local(&here));
	assert_false(address_is_local(&v4));
	a = address("::2");
	assert_false(address_is_local(&a));
}

static void wait_for(int fd, short events)
{
	struct pollfd p = {.fd = fd, .events = events};

	assert_int_equal(poll(&p, 1, 5000), 1);
}

/* A connection to PLACE, both ends. */
static void join(const struct address *place, int listener, int ret_fds[2],
    struct address *ret_peer)
{
	assert_int_equal(socket_connect(place, &ret_fds[0], &err), RC_OK);
	wait_for(ret_fds[0], POLLOUT);
	assert_int_equal(socket_connected(ret_fds[0], &err), RC_OK);
	wait_for(listener, POLLIN);
	assert_int_equal(socket_accept(listener, &ret_fds[1], ret_peer), RC_OK);
}

static void check_talk(const char *text)
{
	struct address place, peer, local;
	struct str parts[3] = {STR("a"), STR("bc"), STR("")};
	int listeners[2];
	int fds[2];
	char got[8];
	size_t n;

	assert_int_equal(
	    address_parse_place(str_of(text), &place, &err), RC_OK);
	assert_int_equal(socket_listen(&place, 16, listeners, 1, &err), RC_OK);
	assert_int_equal(socket_accept(listeners[0], &fds[0], &peer), RC_BUSY);
	assert_int_equal(socket_local(listeners[0], &local), RC_OK);
	assert_true(local.port != 0);
	place.port = local.port;
	if (place.kind == ADDRESS_ANY) {
		place = address("127.0.0.1");
		place.port = local.port;
	}
	join(&place, listeners[0], fds, &peer);
	assert_true(address_is_local(&peer));
	assert_int_equal(peer.kind, place.kind);
	assert_int_equal(socket_peer(fds[1], &local), RC_OK);
	assert_true(address_key(&local) == address_key(&peer));
	assert_int_equal(socket_peer(listeners[0], &local), RC_IO);
	assert_int_equal(socket_recv(fds[1], got, sizeof(got), &n), RC_BUSY);
	assert_int_equal(socket_send(fds[0], parts, 3, false, &n), RC_OK);
	assert_int_equal(n, 3);
	wait_for(fds[1], POLLIN);
	assert_int_equal(socket_recv(fds[1], got, sizeof(got), &n), RC_OK);
	assert_memory_equal(got, "abc", 3);
	socket_end(fds[0]);
	wait_for(fds[1], POLLIN);
	assert_int_equal(socket_recv(fds[1], got, sizeof(got), &n), RC_OK);
	assert_int_equal(n, 0);
	/* A reset is an error at the other end, and no SIGPIPE. */
	socket_abort(fds[1]);
	wait_for(fds[0], POLLIN);
	assert_int_equal(socket_recv(fds[0], got, sizeof(got), &n), RC_IO);
	assert_int_equal(socket_send(fds[0], parts, 1, false, &n), RC_IO);
	socket_close(fds[0]);
	socket_close(listeners[0]);
}

static void connections_are_made_over_both_protocols(void **state)
{
	struct address v6 = address("::1");
	int fd;

	(void)state;
	check_talk("127.0.0.1:0");
	check_talk("*:0");
	if (socket_listen(&v6, 1, &fd, 1, &err) == RC_OK) {
		socket_close(fd);
		check_talk("[::1]:0");
	} else {
		printf("note: no IPv6 here\n");
	}
}

static void a_taken_port_is_told_with_what_to_do(void **state)
{
	struct address place = address("127.0.0.1");
	struct address local;
	struct address elsewhere = address("192.0.2.77");
	int fds[3] = {-1, -1, -1};
	int more[1] = {-1};

	(void)state;
	/* Three sockets of ours share a port, another program does not. */
	assert_int_equal(socket_listen(&place, 4, fds, 3, &err), RC_OK);
	assert_int_equal(socket_local(fds[2], &local), RC_OK);
	assert_int_equal(socket_local(fds[0], &place), RC_OK);
	assert_int_equal(local.port, place.port);
	assert_int_equal(socket_listen(&place, 4, more, 1, &err), RC_BUSY);
	assert_int_equal(more[0], -1);
	assert_non_null(strstr(err.why, "another program listens"));
	assert_non_null(strstr(err.why, "127.0.0.1:"));
	assert_true(socket_is_listening(fds[0]));
	for (int i = 0; i < 3; i++)
		socket_close(fds[i]);
	/* The next start gets it at once. */
	assert_int_equal(socket_listen(&place, 4, more, 1, &err), RC_OK);
	socket_close(more[0]);
	assert_int_equal(
	    socket_listen(&elsewhere, 4, more, 1, &err), RC_NOT_FOUND);
}

static void unsent_bytes_are_counted(void **state)
{
	static char block[65536];
	struct str part = {block, sizeof(block)};
	int fds[2];
	size_t n, sent = 0;
	enum rc rc;

	(void)state;
	assert_int_equal(socket_pair(fds, &err), RC_OK);
	assert_int_equal(socket_unsent(fds[0]), 0);
	while ((rc = socket_send(fds[0], &part, 1, true, &n)) == RC_OK)
		sent += n;
	assert_int_equal(rc, RC_BUSY);
	assert_true(sent > 0 && socket_unsent(fds[0]) >= sent);
	assert_false(socket_is_listening(fds[0]));
	assert_false(socket_is_listening(0));
	socket_close(fds[0]);
	socket_close(fds[1]);
}

static void unix_sockets_are_ours_alone(void **state)
{
	char folder[] = "/tmp/farthing-socket-XXXXXX";
	char path[64];
	static char long_path[200];
	struct address peer;
	struct stat st;
	int listener, again, fds[2];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/till", folder);
	assert_int_equal(
	    socket_connect_unix(str_of(path), &fds[0], &err), RC_NOT_FOUND);
	assert_int_equal(
	    socket_listen_unix(str_of(path), 4, &listener, &err), RC_OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(
	    socket_connect_unix(str_of(path), &fds[0], &err), RC_OK);
	wait_for(listener, POLLIN);
	assert_int_equal(socket_accept(listener, &fds[1], &peer), RC_OK);
	assert_int_equal(peer.kind, ADDRESS_UNIX);
	assert_int_equal(
	    socket_listen_unix(str_of(path), 4, &again, &err), RC_BUSY);
	/* Left behind, it is replaced. */
	socket_close(listener);
	assert_int_equal(
	    socket_listen_unix(str_of(path), 4, &again, &err), RC_OK);
	socket_close(again);
	/* A file is not. */
	assert_int_equal(unlink(path), 0);
	again = open(path, O_CREAT | O_WRONLY, 0600);
	close(again);
	assert_int_equal(
	    socket_listen_unix(str_of(path), 4, &again, &err), RC_BUSY);
	memset(long_path, 'x', sizeof(long_path) - 1);
	assert_int_equal(
	    socket_listen_unix(str_of(long_path), 4, &again, &err), RC_INVALID);
	socket_close(fds[0]);
	socket_close(fds[1]);
	unlink(path);
	rmdir(folder);
}

static unsigned open_fds(void)
{
	unsigned count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static void descriptors_are_handed_over(void **state)
{
	int pair[2], pipes[2], got[SOCKET_FDS_MAX];
	char bytes[8];
	size_t n, count;
	unsigned before;

	(void)state;
	assert_int_equal(socket_pair(pair, &err), RC_OK);
	assert_int_equal(pipe(pipes), 0);
	assert_int_equal(
	    socket_recv_fds(pair[1], bytes, 8, &n, got, &count), RC_BUSY);
	assert_int_equal(socket_send_fds(pair[0], STR("hi"), pipes, 2), RC_OK);
	assert_int_equal(socket_send_fds(pair[0], STR("no"), NULL, 0), RC_OK);
	assert_int_equal(
	    socket_recv_fds(pair[1], bytes, 8, &n, got, &count), RC_OK);
	assert_int_equal(n, 2);
	assert_int_equal(count, 2);
	assert_memory_equal(bytes, "hi", 2);
	assert_int_equal(fcntl(got[0], F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	assert_int_equal(write(got[1], "x", 1), 1);
	assert_int_equal(read(pipes[0], bytes, 1), 1);
	close(got[0]);
	close(got[1]);
	assert_int_equal(
	    socket_recv_fds(pair[1], bytes, 8, &n, got, &count), RC_OK);
	assert_int_equal(count, 0);
	before = open_fds();
	for (int i = 0; i < SOCKET_FDS_MAX; i++)
		got[i] = pipes[0];
	assert_int_equal(
	    socket_send_fds(pair[0], STR("x"), got, SOCKET_FDS_MAX), RC_OK);
	assert_int_equal(
	    socket_recv_fds(pair[1], bytes, 8, &n, got, &count), RC_OK);
	assert_int_equal(count, SOCKET_FDS_MAX);
	for (size_t i = 0; i < count; i++)
		close(got[i]);
	assert_int_equal(open_fds(), before);
	socket_close(pair[0]);
	assert_int_equal(
	    socket_recv_fds(pair[1], bytes, 8, &n, got, &count), RC_OK);
	assert_int_equal(n, 0);
	socket_close(pair[1]);
	close(pipes[0]);
	close(pipes[1]);
}

static void running_out_of_descriptors_is_a_limit(void **state)
{
	struct address place = address("127.0.0.1");
	struct address peer;
	struct rlimit old, small;
	int listener, client, fd;
	enum rc rc;

	(void)state;
	assert_int_equal(socket_listen(&place, 4, &listener, 1, &err), RC_OK);
	assert_int_equal(socket_local(listener, &place), RC_OK);
	assert_int_equal(socket_connect(&place, &client, &err), RC_OK);
	wait_for(listener, POLLIN);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	small = old;
	small.rlim_cur = 3;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &small), 0);
	rc = socket_accept(listener, &fd, &peer);
	assert_int_equal(socket_raise_limit(64), 64);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_int_equal(rc, RC_LIMIT);
	/* It waits. */
	assert_int_equal(socket_accept(listener, &fd, &peer), RC_OK);
	assert_true(socket_raise_limit(1) >= 1);
	socket_close(fd);
	socket_close(client);
	socket_close(listener);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(addresses_are_read_and_written),
	    cmocka_unit_test(places_are_read_and_written),
	    cmocka_unit_test(a_v6_network_is_one_reader),
	    cmocka_unit_test(connections_are_made_over_both_protocols),
	    cmocka_unit_test(a_taken_port_is_told_with_what_to_do),
	    cmocka_unit_test(unsent_bytes_are_counted),
	    cmocka_unit_test(unix_sockets_are_ours_alone),
	    cmocka_unit_test(descriptors_are_handed_over),
	    cmocka_unit_test(running_out_of_descriptors_is_a_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
