/* SPDX-License-Identifier: MIT
 *
 * Long bodies, which come through a file, and who may send them.
 */
#include "http/test/rig.h"

enum { LONG = 3 * 1024 * 1024 + 17, MOST = 4 * 1024 * 1024 };

/* What the answer function saw. */
struct seen {
	size_t n;
	unsigned count;
	bool is_right; /* the bytes are those of byte_at */
};

static struct seen seen;

static char byte_at(size_t i)
{
	return (char)(i * 31 + i / 251);
}

static struct entity *look(
    void *ctx, const struct http_request *r, struct instant now)
{
	struct rig *rig = ctx;

	(void)now;
	if (r->has_body) {
		seen.count++;
		seen.n = r->body.n;
		seen.is_right = true;
		for (size_t i = 0; i < r->body.n; i++)
			if (r->body.p[i] != byte_at(i))
				seen.is_right = false;
	}
	return entity_ref(rig->page);
}

static size_t most(
    void *ctx, const struct http_request *r, uint64_t *ret_sender)
{
	(void)ctx;
	*ret_sender = r->path.n ? (uint64_t)r->path.p[r->path.n - 1] : 0;
	if (str_starts(r->path, STR("/pictures/")))
		return MOST;
	return 0;
}

static struct rig *long_rig(const char *folder)
{
	struct http_config config = fair_config();

	memset(&seen, 0, sizeof(seen));
	config.answer = look;
	config.body_most = most;
	config.spool = str_of(folder);
	return rig_new(config);
}

/* Sends N bytes of the pattern from AT on, while the server reads. */
static void send_bytes(struct rig *rig, int fd, size_t at, size_t n)
{
	static char piece[64 * 1024];

	while (n > 0) {
		size_t most_now = n < sizeof(piece) ? n : sizeof(piece);
		ssize_t sent;

		for (size_t i = 0; i < most_now; i++)
			piece[i] = byte_at(at + i);
		sent = send(fd, piece, most_now, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent > 0) {
			at += (size_t)sent;
			n -= (size_t)sent;
		} else if (errno != EAGAIN) {
			return;
		}
		loop_turn(rig->loop, 0);
	}
}

static void say_head(int fd, const char *path, size_t length)
{
	char head[200];
	int n = snprintf(head, sizeof(head),
	    "POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: %zu\r\n\r\n", path,
	    length);

	say(fd, (struct str){head, (size_t)n});
}

static void a_long_body_comes_whole_through_a_file(void **state)
{
	struct rig *rig = long_rig("/tmp");
	int fd = dial(rig);

	(void)state;
	say_head(fd, "/pictures/upload", LONG);
	send_bytes(rig, fd, 0, LONG);
	SAY(fd, GET("/"));
	assert_int_equal(count(receive_some(rig, fd), " 200 OK"), 2);
	assert_int_equal(seen.n, LONG);
	assert_true(seen.is_right);
	assert_int_equal(rig->server->spooled, 0);
	assert_int_equal(rig->server->unfinished, 0);
	close(fd);
	rig_free(rig);
}

/* Begins a body of N bytes as the sender that ends PATH; whether it is let
 * in. */
static bool begins(struct rig *rig, int *ret_fd, const char *path, size_t n)
{
	char answer[16];
	ssize_t got;

	*ret_fd = dial(rig);
	say_head(*ret_fd, path, n);
	send_bytes(rig, *ret_fd, 0, HTTP_SPOOL_FROM + 100);
	turn(rig, 30);
	got = recv(*ret_fd, answer, sizeof(answer), MSG_DONTWAIT);
	if (got > 0)
		assert_memory_equal(answer, "HTTP/1.1 503", 12);
	return got <= 0;
}

static void nobody_alone_takes_the_room_of_all(void **state)
{
	enum { UNIT = 200 * 1000, ALL = 16 };
	struct rig *rig = long_rig("/tmp");
	int fd[8];

	(void)state;
	rig->server->config.spooled_max = (size_t)ALL * UNIT;
	/* Of 16, one has 8 at most, all of its requests together. */
	assert_false(begins(rig, &fd[0], "/pictures/a", 9 * UNIT));
	assert_true(begins(rig, &fd[1], "/pictures/a", 6 * UNIT));
	assert_false(begins(rig, &fd[2], "/pictures/a", 3 * UNIT));
	/* Of the 10 that are left the next one has 5, and of 5 two and a
	 * half. */
	assert_false(begins(rig, &fd[3], "/pictures/b", 6 * UNIT));
	assert_true(begins(rig, &fd[4], "/pictures/b", 49 * UNIT / 10));
	assert_false(begins(rig, &fd[5], "/pictures/c", 3 * UNIT));
	assert_true(begins(rig, &fd[6], "/pictures/c", 2 * UNIT));
	/* Who lets go has it again. */
	close(fd[1]);
	turn(rig, 30);
	assert_true(begins(rig, &fd[7], "/pictures/a", 4 * UNIT));
	for (int i = 0; i < 8; i++)
		if (i != 1)
			close(fd[i]);
	rig_free(rig);
}

static void a_long_body_may_be_chunked(void **state)
{
	struct rig *rig = long_rig("/tmp");
	int fd = dial(rig);
	size_t at = 0;

	(void)state;
	SAY(fd, "POST /pictures/upload HTTP/1.1\r\nHost: a\r\n"
		"Transfer-Encoding: chunked\r\n\r\n");
	while (at < LONG) {
		size_t n = LONG - at < 100000 ? LONG - at : 100000;
		char line[20];
		int length = snprintf(line, sizeof(line), "%zx\r\n", n);

		say(fd, (struct str){line, (size_t)length});
		send_bytes(rig, fd, at, n);
		SAY(fd, "\r\n");
		at += n;
	}
	SAY(fd, "0\r\n\r\n");
	assert_int_equal(count(receive_some(rig, fd), " 200 OK"), 1);
	assert_int_equal(seen.n, LONG);
	assert_true(seen.is_right);
	assert_int_equal(rig->server->spooled, 0);
	close(fd);
	rig_free(rig);
}

static void who_leaves_half_way_leaves_nothing(void **state)
{
	struct rig *rig = long_rig("/tmp");
	int fd = dial(rig);

	(void)state;
	say_head(fd, "/pictures/upload", LONG);
	send_bytes(rig, fd, 0, LONG / 2);
	turn(rig, 20);
	assert_true(rig->server->spooled >= LONG);
	assert_true(rig->server->unfinished < HTTP_SPOOL_FROM);
	close(fd);
	assert_true(empties(rig));
	assert_int_equal(rig->server->spooled, 0);
	assert_int_equal(seen.count, 0);
	rig_free(rig);
}

static void only_who_may_can_send_a_long_one(void **state)
{
	struct rig *rig = long_rig("/tmp");
	int fd = dial(rig);

	(void)state;
	say_head(fd, "/other", LONG);
	assert_int_equal(count(receive_all(rig, fd), " 413 "), 1);
	close(fd);
	fd = dial(rig);
	say_head(fd, "/pictures/upload", MOST + 1);
	assert_int_equal(count(receive_all(rig, fd), " 413 "), 1);
	close(fd);
	/* A chunked one is not known to be too long before it is. */
	fd = dial(rig);
	SAY(fd, "POST /other HTTP/1.1\r\nHost: a\r\n"
		"Transfer-Encoding: chunked\r\n\r\n20000\r\n");
	send_bytes(rig, fd, 0, 0x20000);
	assert_int_equal(count(receive_all(rig, fd), " 413 "), 1);
	close(fd);
	assert_int_equal(seen.count, 0);
	rig_free(rig);
}

static void without_a_folder_for_it_there_is_a_503(void **state)
{
	struct rig *rig = long_rig("/nonexistent/folder");
	int fd = dial(rig);

	(void)state;
	say_head(fd, "/pictures/upload", LONG);
	send_bytes(rig, fd, 0, LONG);
	assert_int_equal(count(receive_all(rig, fd), " 503 "), 1);
	assert_int_equal(rig->server->spooled, 0);
	assert_int_equal(rig->server->unfinished, 0);
	close(fd);
	rig_free(rig);
}

static void without_a_spool_it_is_held_in_memory(void **state)
{
	struct rig *rig = long_rig("");
	int fd = dial(rig);

	(void)state;
	say_head(fd, "/pictures/upload", LONG);
	send_bytes(rig, fd, 0, LONG);
	assert_int_equal(count(receive_some(rig, fd), " 200 OK"), 1);
	assert_int_equal(seen.n, LONG);
	assert_true(seen.is_right);
	assert_int_equal(rig->server->unfinished, 0);
	close(fd);
	rig_free(rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_long_body_comes_whole_through_a_file),
	    cmocka_unit_test(nobody_alone_takes_the_room_of_all),
	    cmocka_unit_test(a_long_body_may_be_chunked),
	    cmocka_unit_test(who_leaves_half_way_leaves_nothing),
	    cmocka_unit_test(only_who_may_can_send_a_long_one),
	    cmocka_unit_test(without_a_folder_for_it_there_is_a_503),
	    cmocka_unit_test(without_a_spool_it_is_held_in_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
