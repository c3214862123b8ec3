/* SPDX-License-Identifier: MIT
 *
 * Answers that come later: one for each request, in order, whoever goes first.
 */
#include "http/test/rig.h"

static void an_answer_can_come_later(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	int other = dial(rig);
	struct str got;

	(void)state;
	SAY(fd, GET("/later"));
	turn(rig, 30);
	assert_int_equal(rig->later_n, 1);
	assert_false(http_later_is_gone(rig->later[0]));
	/* Others are served meanwhile. */
	SAY(other, GET("/"));
	assert_int_equal(count(receive_some(rig, other), " 200 OK"), 1);
	assert_true(recv(fd, rig->in, 1, MSG_DONTWAIT) < 0);
	http_later_answer(rig->later[0], entity_ref(rig->page));
	got = receive_some(rig, fd);
	assert_true(str_starts(got, STR("HTTP/1.1 200 OK\r\nDate: ")));
	assert_true(str_ends(got, STR("\r\n\r\nthe page")));
	/* And the connection goes on. */
	SAY(fd, GET("/") GET("/later"));
	assert_int_equal(count(receive_some(rig, fd), " 200 OK"), 1);
	assert_int_equal(rig->later_n, 2);
	http_later_answer(rig->later[1], NULL);
	got = receive_some(rig, fd);
	assert_int_equal(count(got, "HTTP/1.1 503 "), 1);
	assert_int_equal(count(got, "Retry-After: 5\r\n"), 1);
	assert_int_equal(rig->server->waiting, 0);
	close(fd);
	close(other);
	assert_true(empties(rig));
	rig_free(rig);
}

static void what_is_pipelined_behind_it_waits(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	struct str got;

	(void)state;
	SAY(fd, GET("/busy") GET("/later") GET("/") GET("/later") GET("/busy"));
	got = receive_some(rig, fd);
	assert_int_equal(count(got, "HTTP/1.1 "), 1);
	/* What comes now is not even read. */
	SAY(fd, GET("/"));
	turn(rig, 30);
	assert_int_equal(rig->asked, 2);
	http_later_answer(rig->later[0], entity_ref(rig->text));
	got = receive_some(rig, fd);
	assert_int_equal(count(got, "HTTP/1.1 200"), 2);
	assert_true(str_ends(got, STR("the page")));
	assert_int_equal(rig->later_n, 2);
	http_later_answer(rig->later[1], entity_ref(rig->page));
	got = receive_some(rig, fd);
	assert_int_equal(count(got, "HTTP/1.1 "), 3);
	assert_true(str_starts(got, STR("HTTP/1.1 200")));
	assert_true(str_ends(got, STR("the page")));
	assert_int_equal(rig->asked, 6);
	close(fd);
	assert_true(empties(rig));
	rig_free(rig);
}

static void the_form_is_chosen_as_if_it_came_at_once(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	struct str got;

	(void)state;
	SAY(fd, "GET /later HTTP/1.1\r\nHost: a\r\nAccept-Encoding: deflate\r\n"
		"Accept-Encoding: gzip\r\nConnection: close\r\n\r\n");
	turn(rig, 30);
	http_later_answer(rig->later[0], entity_ref(rig->text));
	got = receive_all(rig, fd);
	assert_int_equal(count(got, "\r\nContent-Encoding: gzip\r\n"), 1);
	assert_int_equal(count(got, "\r\nConnection: close\r\n"), 1);
	close(fd);
	fd = dial(rig);
	SAY(fd, "HEAD /later HTTP/1.1\r\nHost: a\r\n\r\n");
	turn(rig, 30);
	http_later_answer(rig->later[1], entity_ref(rig->page));
	got = receive_some(rig, fd);
	assert_true(str_ends(got, STR("Content-Length: 8\r\n\r\n")) ||
		    str_ends(got, STR("\r\n\r\n")));
	assert_int_equal(count(got, "the page"), 0);
	close(fd);
	/* A large one does not fit into the socket at once. */
	fd = dial(rig);
	SAY(fd, GET("/later") GET("/"));
	turn(rig, 30);
	http_later_answer(rig->later[2], entity_ref(rig->big));
	turn(rig, 10);
	got = receive_some(rig, fd);
	assert_true(got.n > BIG);
	assert_true(str_ends(got, STR("the page")));
	close(fd);
	assert_true(empties(rig));
	rig_free(rig);
}

static void a_deadline_answers_in_its_place(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	struct str got;

	(void)state;
	/* Long enough for a machine that has much else to do. */
	rig->later_ms = 500;
	rig->late = rig->text;
	SAY(fd, GET("/later") GET("/"));
	turn(rig, 20);
	assert_int_equal(rig->later_n, 1);
	assert_true(recv(fd, rig->in, 1, MSG_DONTWAIT) < 0);
	got = receive_some(rig, fd);
	assert_int_equal(count(got, "HTTP/1.1 200"), 2);
	assert_true(got.n > TEXT);
	assert_true(http_later_is_gone(rig->later[0]));
	http_later_answer(rig->later[0], entity_ref(rig->page));
	rig->late = NULL;
	SAY(fd, GET("/later"));
	got = receive_some(rig, fd);
	assert_int_equal(count(got, "HTTP/1.1 "), 1);
	assert_int_equal(count(got, "HTTP/1.1 503 "), 1);
	http_later_answer(rig->later[1], NULL);
	turn(rig, 30);
	assert_true(recv(fd, rig->in, 1, MSG_DONTWAIT) < 0);
	close(fd);
	assert_true(empties(rig));
	rig_free(rig);
}

/* Timers come before what was deferred: the answer wins, and is the only one.
 */
static void an_answer_at_the_deadline_is_one_answer(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);

	(void)state;
	rig->later_ms = 20;
	rig->late = rig->text;
	SAY(fd, GET("/later"));
	while (rig->later_n == 0)
		loop_turn(rig->loop, 1);
	usleep(80000);
	http_later_answer(rig->later[0], entity_ref(rig->page));
	assert_true(str_ends(receive_some(rig, fd), STR("\r\n\r\nthe page")));
	assert_int_equal(
	    count((struct str){rig->in, rig->in_n}, "HTTP/1.1"), 1);
	close(fd);
	assert_true(empties(rig));
	rig_free(rig);
}

static void an_answer_from_within_is_one_answer(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);

	(void)state;
	rig->answers_at_once = true;
	SAY(fd, GET("/later") GET("/later") GET("/later"));
	assert_int_equal(count(receive_some(rig, fd), "HTTP/1.1 "), 3);
	assert_int_equal(metric_get(&rig->metrics.requests[2]), 3);
	close(fd);
	assert_true(empties(rig));
	rig_free(rig);
}

static void who_waits_may_go(void **state)
{
	const struct linger hard = {.l_onoff = 1};
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	int half = dial(rig);

	(void)state;
	SAY(fd, GET("/later") GET("/"));
	SAY(half, GET("/later"));
	shutdown(half, SHUT_WR);
	turn(rig, 30);
	assert_int_equal(rig->later_n, 2);
	assert_int_equal(
	    setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard)), 0);
	close(fd);
	turn(rig, 30);
	assert_int_equal(http_server_connections(rig->server), 1);
	assert_true(http_later_is_gone(rig->later[0]) ||
		    http_later_is_gone(rig->later[1]));
	http_later_answer(rig->later[0], entity_ref(rig->page));
	http_later_answer(rig->later[1], entity_ref(rig->page));
	/* Who closed one half only gets the answer. */
	assert_int_equal(count(receive_all(rig, half), " 200 OK"), 1);
	close(half);
	assert_true(empties(rig));
	rig_free(rig);
}

static void not_too_many_wait(void **state)
{
	struct rig *rig = rig_new(fair_config());
	static int fds[HTTP_LATER_MAX + 1];

	(void)state;
	for (int i = 0; i <= HTTP_LATER_MAX; i++) {
		fds[i] = dial(rig);
		SAY(fds[i], GET("/later"));
		loop_turn(rig->loop, 0);
	}
	turn(rig, 50);
	assert_int_equal(rig->later_n, HTTP_LATER_MAX);
	assert_int_equal(metric_get(&rig->metrics.refused[REFUSED_BUSY]), 1);
	for (unsigned i = 0; i < rig->later_n; i++)
		http_later_answer(rig->later[i], entity_ref(rig->page));
	turn(rig, 50);
	assert_int_equal(metric_get(&rig->metrics.requests[2]), HTTP_LATER_MAX);
	assert_int_equal(rig->server->waiting, 0);
	for (int i = 0; i <= HTTP_LATER_MAX; i++)
		close(fds[i]);
	assert_true(empties(rig));
	rig_free(rig);
}

static void on_drained(void *ctx)
{
	((struct rig *)ctx)->drained++;
}

static void draining_waits_for_it(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	struct str got;

	(void)state;
	SAY(fd, GET("/later") GET("/"));
	turn(rig, 30);
	http_server_drain(rig->server, 2000, on_drained, rig);
	turn(rig, 30);
	assert_int_equal(rig->drained, 0);
	http_later_answer(rig->later[0], entity_ref(rig->page));
	got = receive_all(rig, fd);
	assert_int_equal(count(got, " 200 OK"), 1);
	assert_int_equal(count(got, "Connection: close\r\n"), 1);
	close(fd);
	turn(rig, 50);
	assert_int_equal(rig->drained, 1);
	rig_free(rig);
}

static void the_server_may_go_before_the_handles(void **state)
{
	struct rig *rig = rig_new(fair_config());
	struct http_later *kept;
	int fd = dial(rig);
	int other = dial(rig);

	(void)state;
	SAY(fd, GET("/later"));
	SAY(other, GET("/later"));
	turn(rig, 30);
	assert_int_equal(rig->later_n, 2);
	/* One is answered and not yet sent, the other is kept. */
	http_later_answer(rig->later[0], entity_ref(rig->page));
	kept = rig->later[1];
	http_server_drain(rig->server, 30, on_drained, rig);
	turn(rig, 80);
	assert_int_equal(rig->drained, 1);
	SAY(fd, "x");
	rig_free(rig);
	assert_true(http_later_is_gone(kept));
	http_later_answer(kept, NULL);
	close(fd);
	close(other);
	rig = rig_new(fair_config());
	fd = dial(rig);
	SAY(fd, GET("/later"));
	turn(rig, 30);
	http_later_answer(rig->later[0], entity_ref(rig->page));
	rig_free(rig);
	close(fd);
}

static void without_a_server_nothing_comes_later(void **state)
{
	struct http_request r = {.method = HTTP_GET, .path = STR("/")};

	(void)state;
	assert_null(http_later_new(&r, 1000, NULL));
}

/* What asks for pieces. */
struct source {
	struct rig *rig;
	unsigned asked, given, pieces;
	bool is_ended; /* it saw that nobody waits */
};

static struct entity *streamed(void)
{
	return entity_new(&(struct entity_spec){.status = 200,
	    .type = STR("text/csv"),
	    .modified = INSTANT_NEVER,
	    .is_streamed = true});
}

static void more(void *ctx)
{
	struct source *s = ctx;
	struct http_later *later = s->rig->later[s->rig->later_n - 1];

	s->asked++;
	if (http_later_is_gone(later)) {
		s->is_ended = true;
		http_later_answer(later, NULL);
	} else if (s->given < s->pieces) {
		s->given++;
		http_later_piece(
		    later, NULL, STR("piece;"), s->given == s->pieces);
	}
}

/* Begins an answer of PIECES to what the rig was asked last. */
static void begin_pieces(struct rig *rig, struct source *s, unsigned pieces)
{
	*s = (struct source){.rig = rig, .given = 1, .pieces = pieces};
	http_later_on_more(rig->later[rig->later_n - 1], more, s);
	http_later_piece(rig->later[rig->later_n - 1], streamed(),
	    STR("first;"), pieces == 1);
}

static void an_answer_can_come_in_pieces(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	struct source source;
	struct str got;

	(void)state;
	SAY(fd, GET("/later") GET("/"));
	turn(rig, 30);
	begin_pieces(rig, &source, 3);
	got = receive_some(rig, fd);
	assert_true(str_starts(got, STR("HTTP/1.1 200 OK\r\nDate: ")));
	assert_int_equal(count(got, "Transfer-Encoding: chunked\r\n"), 1);
	assert_int_equal(count(got, "\r\n\r\n6\r\nfirst;\r\n6\r\npiece;\r\n"
				    "6\r\npiece;\r\n0\r\n\r\nHTTP/1.1 200 OK"),
	    1);
	assert_int_equal(source.asked, 2);
	assert_int_equal(rig->server->waiting, 0);
	/* The connection goes on. */
	SAY(fd, GET("/later"));
	turn(rig, 30);
	begin_pieces(rig, &source, 1);
	got = receive_some(rig, fd);
	assert_true(str_ends(got, STR("6\r\nfirst;\r\n0\r\n\r\n")));
	close(fd);
	assert_true(empties(rig));
	rig_free(rig);
}

static void pieces_without_chunks_end_with_the_connection(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	struct source source;
	struct str got;

	(void)state;
	SAY(fd, "GET /later HTTP/1.0\r\n\r\n");
	turn(rig, 30);
	begin_pieces(rig, &source, 2);
	got = receive_all(rig, fd);
	assert_int_equal(count(got, "Connection: close\r\n"), 1);
	assert_int_equal(count(got, "Transfer-Encoding"), 0);
	assert_int_equal(count(got, "Content-Length"), 0);
	assert_true(str_ends(got, STR("\r\n\r\nfirst;piece;")));
	close(fd);
	assert_true(empties(rig));
	rig_free(rig);
}

/* Without chunks an end would look like that of the whole. */
static void pieces_that_break_off_end_with_a_reset(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	struct source source;

	(void)state;
	SAY(fd, "GET /later HTTP/1.0\r\n\r\n");
	turn(rig, 30);
	begin_pieces(rig, &source, 3);
	source.pieces = 1; /* none is given */
	assert_true(str_ends(receive_some(rig, fd), STR("\r\n\r\nfirst;")));
	http_later_answer(rig->later[0], NULL);
	turn(rig, 60);
	assert_int_equal(recv(fd, rig->in, 9, 0), -1);
	assert_int_equal(errno, ECONNRESET);
	close(fd);
	assert_true(empties(rig));
	rig_free(rig);
}

static void of_pieces_a_head_is_enough_for_head(void **state)
{
	struct rig *rig = rig_new(fair_config());
	int fd = dial(rig);
	struct source source;
	struct str got;

	(void)state;
	SAY(fd, "HEAD /later HTTP/1.1\r\nHost: a\r\n\r\n");
	turn(rig, 30);
	begin_pieces(rig, &source, 5);
	got = receive_some(rig, fd);
	assert_true(str_ends(got, STR("\r\n\r\n")));
	assert_true(source.is_ended);
	assert_int_equal(source.given, 1);
	SAY(fd, GET("/"));
	assert_int_equal(count(receive_some(rig, fd), " 200 OK"), 1);
	close(fd);
	assert_true(empties(rig));
	rig_free(rig);
}

static void who_takes_pieces_may_go(void **state)
{
	struct rig *rig = rig_new(fair_config());
	struct source source;

	(void)state;
	/* While the next one is fetched. */
	for (int i = 0; i < 2; i++) {
		int fd = dial(rig);

		SAY(fd, GET("/later"));
		turn(rig, 30);
		begin_pieces(rig, &source, 2);
		source.pieces = 1; /* none is given */
		receive_some(rig, fd);
		assert_int_equal(source.asked, 1);
		if (i == 0) {
			/* With a reset, which is told at once. */
			const struct linger at_once = {1, 0};

			setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once,
			    sizeof(at_once));
			close(fd);
		}
		turn(rig, 60);
		assert_false(source.is_ended);
		if (i == 0)
			http_later_piece(rig->later[rig->later_n - 1], NULL,
			    STR("x"), false);
		else
			/* And an owner that fails breaks it off. */
			http_later_answer(rig->later[rig->later_n - 1], NULL);
		turn(rig, 60);
		assert_int_equal(source.is_ended, i == 0);
		assert_int_equal(rig->server->waiting, 0);
		if (i == 1) {
			assert_int_equal(recv(fd, rig->in, 9, 0), -1);
			close(fd);
		}
	}
	assert_true(empties(rig));
	rig_free(rig);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(an_answer_can_come_later),
	    cmocka_unit_test(what_is_pipelined_behind_it_waits),
	    cmocka_unit_test(the_form_is_chosen_as_if_it_came_at_once),
	    cmocka_unit_test(a_deadline_answers_in_its_place),
	    cmocka_unit_test(an_answer_at_the_deadline_is_one_answer),
	    cmocka_unit_test(an_answer_from_within_is_one_answer),
	    cmocka_unit_test(who_waits_may_go),
	    cmocka_unit_test(not_too_many_wait),
	    cmocka_unit_test(draining_waits_for_it),
	    cmocka_unit_test(the_server_may_go_before_the_handles),
	    cmocka_unit_test(without_a_server_nothing_comes_later),
	    cmocka_unit_test(an_answer_can_come_in_pieces),
	    cmocka_unit_test(pieces_without_chunks_end_with_the_connection),
	    cmocka_unit_test(pieces_that_break_off_end_with_a_reset),
	    cmocka_unit_test(of_pieces_a_head_is_enough_for_head),
	    cmocka_unit_test(who_takes_pieces_may_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
