/* SPDX-License-Identifier: MIT
 *
 * The till's end of the sockets to the readers: what a reader asks is answered,
 * and whatever goes wrong becomes an alarm of its kind.
 */
#include "app/till_readers.c"
#include "app/till_view.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ledger/test/till_fixture.h"

struct place {
	struct till t;
	struct loop *loop;
	struct till_book book;
	struct till_readers *readers;
	int fds[2]; /* the reader's, the till's */
	int raised[ALARM_KINDS], cleared[ALARM_KINDS];
	int asked;
	char room[TILL_WIRE_MAX];
	struct till_message message;
};

static void asked(void *ctx)
{
	((struct place *)ctx)->asked++;
}

static void alarmed(void *ctx, enum alarm_kind kind, const char *what)
{
	struct place *p = ctx;

	assert_true(!what || what[0] != '\0');
	(what ? p->raised : p->cleared)[kind]++;
}

static const struct till_readers_calls calls = {asked, alarmed};

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	must(random_start() == RC_OK);
	till_init(&p->t);
	till_install(&p->t, 1, TILL_LEAVES, TILL_SHARED);
	p->book.ledger = p->t.ledger;
	p->book.pin = &p->t.pin;
	p->book.call = arena_new(4 << 20);
	till_ok(&p->t, loop_new(&p->loop, &p->t.err));
	till_ok(&p->t, socket_pair_packets(p->fds, &p->t.err));
	till_ok(&p->t, till_readers_new(p->loop, &p->book, &p->fds[1], 1,
			   &calls, p, &p->readers, &p->t.err));
	*state = p;
	return 0;
}

static int tear_down(void **state)
{
	struct place *p = *state;

	till_readers_free(p->readers);
	socket_close(p->fds[0]);
	socket_close(p->fds[1]);
	loop_free(p->loop);
	arena_free(p->book.call);
	till_done(&p->t);
	free(p);
	return 0;
}

#define readers_test(name)                                                     \
	cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static void say_bytes(struct place *p, struct str bytes)
{
	size_t n;

	must(socket_send(p->fds[0], &bytes, 1, false, &n) == RC_OK);
	channel_event(p->loop, &p->readers->channels[0].watch, LOOP_READ);
}

static void say(struct place *p, const struct till_message *m)
{
	struct buf b;

	buf_init(&b, TILL_WIRE_MAX);
	must(till_wire_write(&b, m) == RC_OK);
	say_bytes(p, buf_str(&b));
	buf_done(&b);
}

/* The next answer, or NULL. */
static const struct till_message *hear(struct place *p)
{
	size_t n = 0;

	if (socket_recv(p->fds[0], p->room, sizeof(p->room), &n) != RC_OK)
		return NULL;
	must(till_wire_parse((struct str){p->room, n}, &p->message) == RC_OK);
	return &p->message;
}

static const struct till_message *ask(struct place *p)
{
	struct till_message m = {.kind = TILL_ASK, .id = 7};

	m.ask.at = clock_now();
	say(p, &m);
	return hear(p);
}

static const struct till_message *look(struct place *p, struct till_token token)
{
	struct till_message m = {.kind = TILL_GIFT_GET, .id = 8};

	m.token = token;
	say(p, &m);
	return hear(p);
}

static unsigned alarms(const struct place *p)
{
	unsigned n = 0;

	for (int k = 0; k < ALARM_KINDS; k++)
		n += (unsigned)p->raised[k];
	return n;
}

static void an_ask_is_answered_and_its_gift_has_a_proof(void **state)
{
	struct place *p = *state;
	const struct till_message *m = ask(p);

	assert_non_null(m);
	assert_int_equal(m->kind, TILL_ASKED);
	assert_int_equal(m->id, 7);
	assert_int_equal(m->asked.refusal, TILL_GIVEN);
	m = look(p, m->asked.token);
	assert_non_null(m);
	assert_int_equal(m->kind, TILL_GIFT);
	assert_true(m->gift.proof.n > 0);
	assert_int_equal(p->asked, 1);
	assert_int_equal(p->cleared[ALARM_ASKING], 1);
	assert_int_equal(alarms(p), 0);
	assert_int_equal(look(p, (struct till_token){{1}})->kind, TILL_NO_GIFT);
}

static void an_ask_that_is_too_old_costs_no_address(void **state)
{
	struct place *p = *state;
	struct till_message m = {.kind = TILL_ASK};

	m.ask.at.us = clock_now().us - 3000000;
	say(p, &m);
	assert_null(hear(p));
	m.ask.at.us = clock_now().us + 3000000;
	say(p, &m);
	assert_null(hear(p));
	assert_int_equal(
	    till_number(&p->t, SQL("SELECT count(*) FROM ask")), 0);
}

static void an_address_that_does_not_hold_is_an_alarm(void **state)
{
	struct place *p = *state;
	const struct till_message *m;

	till_ok(&p->t, store_script(p->t.ledger->db,
			   SQL("DROP TRIGGER leaf_same;"
			       "UPDATE leaf SET salt = zeroblob(16)")));
	m = ask(p);
	assert_int_equal(m->asked.refusal, TILL_PAUSED);
	assert_int_equal(p->raised[ALARM_ASKING], 1);
	assert_int_equal(alarms(p), 1);
}

static void a_receipt_that_was_moved_is_shown_without_an_address(void **state)
{
	struct place *p = *state;
	struct till_token token = ask(p)->asked.token;
	const struct till_message *m;

	till_ok(&p->t, store_script(p->t.ledger->db,
			   SQL("UPDATE ask SET leaf = leaf + 1")));
	m = look(p, token);
	assert_int_equal(m->kind, TILL_GIFT);
	assert_int_equal(m->gift.proof.n, 0);
	assert_int_equal(p->raised[ALARM_RECEIPT], 1);
	assert_int_equal(alarms(p), 1);
}

static void what_a_reader_should_not_say_is_an_alarm(void **state)
{
	struct place *p = *state;
	struct till_message m = {.kind = TILL_NO_GIFT};

	say_bytes(p, STR("hello"));
	assert_int_equal(p->raised[ALARM_READER], 1);
	say(p, &m);
	assert_int_equal(p->raised[ALARM_READER], 2);
	m.kind = TILL_ALARM;
	m.alarm = (struct till_alarm){TILL_BAD_PROOF, STR("a bad proof")};
	say(p, &m);
	assert_int_equal(p->raised[ALARM_READER], 3);
	assert_int_equal(alarms(p), 3);
	assert_null(hear(p));
}

static enum rc fail_step(void *data)
{
	int *left = data;

	return *left > 0 && --*left == 0 ? RC_NO_SPACE : RC_OK;
}

static void each_step_of_an_ask_may_fail(void **state)
{
	struct place *p = *state;

	for (int at = 1;; at++) {
		int left = at;
		const struct till_message *m;

		store_hook(p->t.ledger->db, fail_step, &left);
		m = ask(p);
		store_hook(p->t.ledger->db, NULL, NULL);
		assert_non_null(m);
		if (left > 0)
			break;
		assert_int_equal(m->asked.refusal, TILL_NOT_NOW);
		assert_int_equal(p->raised[ALARM_ASKING], at);
	}
	assert_true(p->raised[ALARM_ASKING] > 5);
	assert_int_equal(
	    till_number(&p->t, SQL("SELECT count(*) FROM ask")), 1);
}

static void each_allocation_of_an_answer_may_fail(void **state)
{
#ifndef FARTHING_DEBUG
	/* Other builds cannot let an allocation fail. */
	skip();
#endif
	struct place *p = *state;
	struct till_token token = ask(p)->asked.token;

	for (unsigned long n = 1;; n++) {
		const struct till_message *m;
		unsigned before = alarms(p);

		arena_fail_after(n);
		m = look(p, token);
		arena_fail_after(0);
		if (m && m->gift.proof.n > 0)
			break;
		assert_true(alarms(p) > before);
		assert_true(n < 100);
	}
	assert_true(alarms(p) > 0);
}

static void the_summary_is_told_once_and_when_it_has_changed(void **state)
{
	struct place *p = *state;

	till_readers_tell(p->readers, false);
	assert_int_equal(hear(p)->kind, TILL_SUMMARY);
	till_readers_tell(p->readers, false);
	assert_null(hear(p));
	till_readers_tell(p->readers, true);
	assert_non_null(hear(p));
	till_settings(&p->t, "title = Another\n");
	till_readers_tell(p->readers, false);
	assert_true(str_eq(hear(p)->summary.title, STR("Another")));
	say(p, &(struct till_message){.kind = TILL_SUMMARY_GET, .id = 3});
	assert_int_equal(hear(p)->id, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    readers_test(an_ask_is_answered_and_its_gift_has_a_proof),
	    readers_test(an_ask_that_is_too_old_costs_no_address),
	    readers_test(an_address_that_does_not_hold_is_an_alarm),
	    readers_test(a_receipt_that_was_moved_is_shown_without_an_address),
	    readers_test(what_a_reader_should_not_say_is_an_alarm),
	    readers_test(each_step_of_an_ask_may_fail),
	    readers_test(each_allocation_of_an_answer_may_fail),
	    readers_test(the_summary_is_told_once_and_when_it_has_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
