/* SPDX-License-Identifier: MIT
 *
 * Who pipelines many requests takes turns with the others.
 */
#include "http/test/rig.h"

/* N requests in one piece, and the first digit of what each is answered. */
static void say_many(int fd, size_t n, char *ret_wanted)
{
	struct buf b;

	buf_init(&b, 1 << 20);
	for (size_t i = 0; i < n; i++) {
		bool is_busy = i % 7 == 3;

		buf_add(&b, is_busy ? STR(GET("/busy")) : STR(GET("/")));
		ret_wanted[i] = is_busy ? '5' : '2';
	}
	assert_int_equal(buf_rc(&b), RC_OK);
	say(fd, buf_str(&b));
	buf_done(&b);
}

/* The first digits of the statuses in S. */
static size_t statuses(struct str s, char *ret_found)
{
	const struct str start = STR("HTTP/1.1 ");
	size_t n = 0;
	size_t at;

	while ((at = str_find_str(s, start)) < s.n) {
		s = str_from(s, at + start.n);
		ret_found[n++] = s.p[0];
	}
	return n;
}

enum { GREEDY = 20, PIPELINED = 300 };

static void who_pipelines_lets_others_go_first(void **state)
{
	struct rig *rig = rig_new(fair_config());
	char wanted[PIPELINED];
	int fds[GREEDY];
	int good;

	(void)state;
	for (int i = 0; i < GREEDY; i++)
		fds[i] = dial(rig);
	good = dial(rig);
	turn(rig, 30);
	assert_int_equal(http_server_connections(rig->server), GREEDY + 1);
	for (int i = 0; i < GREEDY; i++)
		say_many(fds[i], PIPELINED, wanted);
	SAY(good, GET("/good"));
	/* One answer for each who asked before, and a share or two. */
	assert_int_equal(count(receive_some(rig, good), " 200 OK"), 1);
	assert_in_range(rig->asked_before, 1, GREEDY + 1 + 2 * HTTP_TURN_UNITS);
	/* In the midst of it, the next one does not wait for all either. */
	for (int i = 0; i < GREEDY; i++)
		say_many(fds[i], PIPELINED, wanted);
	loop_turn(rig->loop, 0);
	rig->asked = 0;
	SAY(good, GET("/good"));
	assert_int_equal(count(receive_some(rig, good), " 200 OK"), 1);
	assert_in_range(rig->asked_before, 1, GREEDY + 1 + 3 * HTTP_TURN_UNITS);
	for (int i = 0; i < GREEDY; i++) {
		struct str got = receive_some(rig, fds[i]);

		assert_int_equal(count(got, "HTTP/1.1 "), 2 * PIPELINED);
		close(fds[i]);
	}
	close(good);
	assert_true(empties(rig));
	rig_free(rig);
}

static void what_waits_its_turn_is_answered_in_order(void **state)
{
	struct rig *rig = rig_new(fair_config());
	char wanted[PIPELINED + 2];
	char found[PIPELINED + 2];
	int fd = dial(rig);

	(void)state;
	/* What comes meanwhile waits behind. */
	say_many(fd, PIPELINED, wanted);
	for (int i = 0; i < 3; i++)
		loop_turn(rig->loop, 1);
	assert_in_range(rig->asked, 1, PIPELINED - 1);
	SAY(fd, GET("/") "GET /busy HT");
	SAY(fd, "TP/1.1\r\nHost: a\r\n\r\n");
	wanted[PIPELINED] = '2';
	wanted[PIPELINED + 1] = '5';
	shutdown(fd, SHUT_WR);
	assert_int_equal(statuses(receive_all(rig, fd), found), PIPELINED + 2);
	assert_memory_equal(found, wanted, sizeof(wanted));
	close(fd);
	rig_free(rig);
}

static void who_goes_while_waiting_is_forgotten(void **state)
{
	const struct linger hard = {.l_onoff = 1};
	struct rig *rig = rig_new(fair_config());
	char wanted[PIPELINED];
	int fds[3];

	(void)state;
	for (int i = 0; i < 3; i++) {
		fds[i] = dial(rig);
		say_many(fds[i], PIPELINED, wanted);
	}
	loop_turn(rig->loop, 10);
	loop_turn(rig->loop, 10);
	assert_in_range(rig->asked, 1, 2 * PIPELINED);
	assert_int_equal(
	    setsockopt(fds[1], SOL_SOCKET, SO_LINGER, &hard, sizeof(hard)), 0);
	close(fds[1]);
	assert_int_equal(
	    count(receive_some(rig, fds[2]), "HTTP/1.1 "), PIPELINED);
	assert_int_equal(http_server_connections(rig->server), 2);
	/* And the server may go before them. */
	say_many(fds[0], PIPELINED, wanted);
	loop_turn(rig->loop, 10);
	rig_free(rig);
	close(fds[0]);
	close(fds[2]);
}

static void large_answers_count_for_more(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);

	(void)state;
	SAY(fd, GET("/text") GET("/text") GET("/text") GET("/text") GET("/text")
		    GET("/text") GET("/text") GET("/text"));
	while (rig->asked == 0)
		loop_turn(rig->loop, 10);
	assert_in_range(
	    rig->asked, 1, 1 + HTTP_TURN_UNITS / (TEXT / HTTP_UNIT_BYTES + 1));
	assert_int_equal(count(receive_some(rig, fd), "HTTP/1.1 200 OK"), 8);
	close(fd);
	rig_free(rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(who_pipelines_lets_others_go_first),
	    cmocka_unit_test(what_waits_its_turn_is_answered_in_order),
	    cmocka_unit_test(who_goes_while_waiting_is_forgotten),
	    cmocka_unit_test(large_answers_count_for_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
