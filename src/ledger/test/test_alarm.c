/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ledger/alarm.h"
#include "ledger/test/till_fixture.h"

#define HOUR_US INT64_C(3600000000)

static struct ledger_status well(void)
{
	return (struct ledger_status){.batch = 1,
	    .leaves = 100,
	    .left = 90,
	    .node = NODE_OK,
	    .is_verified = true,
	    .until = INSTANT_NEVER,
	    .passed.at = INSTANT_NEVER,
	    .tally_mended = INSTANT_NEVER};
}

static const struct instant NOON = {INT64_C(1795428000000000)};

static struct instant later(int64_t hours)
{
	return (struct instant){NOON.us + hours * HOUR_US};
}

static unsigned count(const struct alarm_list *list)
{
	unsigned n = 0;

	for (int k = 0; k < ALARM_KINDS; k++)
		n += list->v[k].severity != 0;
	return n;
}

static void told(void *ctx, const struct alarm *alarm)
{
	assert_true(alarm->severity != 0);
	++*(unsigned *)ctx;
}

static void a_state_is_told_once_and_goes_with_what_it_is_about(void **state)
{
	struct alarm_list list = {0};
	struct ledger_status s = well();
	unsigned n = 0;

	(void)state;
	assert_false(alarm_look(&list, &s, NOON, told, &n));
	assert_int_equal(count(&list), 0);
	s.pause = LEDGER_USED_UP;
	s.left = 0;
	s.is_low = true;
	assert_true(alarm_look(&list, &s, NOON, told, &n));
	/* Used up is not "low" as well. */
	assert_int_equal(count(&list), 1);
	assert_int_equal(n, 1);
	assert_false(alarm_look(&list, &s, later(5), told, &n));
	assert_int_equal(n, 1);
	assert_int_equal(list.v[ALARM_PAUSED].since.us, NOON.us);
	assert_int_equal(list.v[ALARM_PAUSED].last.us, later(5).us);
	s.pause = LEDGER_BAD_PROOF;
	assert_true(alarm_look(&list, &s, later(6), told, &n));
	assert_int_equal(n, 2);
	assert_int_equal(list.v[ALARM_PAUSED].since.us, NOON.us);
	s = well();
	assert_true(alarm_look(&list, &s, later(7), told, &n));
	assert_int_equal(count(&list), 0);
	assert_int_equal(n, 2);
}

static void each_state_has_words_that_say_what_to_do(void **state)
{
	static const struct {
		enum alarm_kind kind;
		enum alarm_severity severity;
		const char *words;
	} want[] = {
	    {ALARM_LOW, ALARM_WARNING, "sign the next batch"},
	    {ALARM_OLD_BOOK, ALARM_URGENT, "4 to 8 of batch 3"},
	    {ALARM_TALLY, ALARM_NOTICE, "install the next batch"},
	    {ALARM_UNASKED, ALARM_WARNING, "address 17 of batch 1"},
	    {ALARM_LOST, ALARM_URGENT, "install the batch's file again"},
	    {ALARM_NODE, ALARM_WARNING, "farthing.conf"},
	};
	struct alarm_list list = {0};
	struct ledger_status s = well();

	(void)state;
	s.is_low = true;
	s.passed = (struct ledger_passed){3, 4, 9, NOON};
	s.tally_mended = NOON;
	s.has_unasked = true;
	s.unasked = 17;
	s.missing = 2;
	s.is_verified = false;
	assert_true(alarm_look(&list, &s, later(-1), NULL, NULL));
	alarm_look(&list, &s, NOON, NULL, NULL);
	assert_int_equal(count(&list), sizeof(want) / sizeof(want[0]));
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		const struct alarm *a = &list.v[want[i].kind];

		assert_int_equal(a->severity, want[i].severity);
		assert_non_null(strstr(a->what, want[i].words));
		assert_true(strlen(a->what) < sizeof(a->what) - 1);
	}
	for (int p = LEDGER_NO_BATCH; p <= LEDGER_OUT_OF_TIME; p++) {
		s.pause = (enum ledger_pause)p;
		alarm_look(&list, &s, NOON, NULL, NULL);
		assert_non_null(strchr(list.v[ALARM_PAUSED].what, ';'));
	}
}

static struct ledger_status status_at(struct till *t, int64_t s)
{
	struct ledger_status status;

	till_ok(t,
	    ledger_status(t->ledger, t->a, INSTANT_OF_S(s), &status, &t->err));
	return status;
}

/* The fixture's batch is signed from 1795000000 until 1895000000. */
static void a_batch_outside_of_its_time_pauses_support(void **state)
{
	struct till *t = *state;
	struct ledger_request r = {.net = {1}};
	struct ledger_token token;
	enum ledger_ask_limit limit;

	assert_int_equal(status_at(t, 1794999999).pause, LEDGER_OUT_OF_TIME);
	assert_int_equal(status_at(t, 1795000000).pause, LEDGER_OPEN);
	assert_int_equal(status_at(t, 1894999999).pause, LEDGER_OPEN);
	assert_int_equal(status_at(t, 1895000000).pause, LEDGER_OUT_OF_TIME);
	/* As whoever asks is answered. */
	t->now = INSTANT_OF_S(1895000000);
	assert_int_equal(
	    ledger_ask(t->ledger, &r, t->now, &limit, &token, &t->err),
	    RC_GONE);
}

static void the_end_of_a_batch_is_told_four_weeks_before(void **state)
{
	const int64_t warned = 1895000000 - 28 * 86400;
	struct till *t = *state;
	struct alarm_list list = {0};
	struct ledger_status s = status_at(t, warned - 1);

	assert_false(
	    alarm_look(&list, &s, INSTANT_OF_S(warned - 1), NULL, NULL));
	s = status_at(t, warned);
	assert_true(alarm_look(&list, &s, INSTANT_OF_S(warned), NULL, NULL));
	assert_int_equal(list.v[ALARM_ENDING].severity, ALARM_WARNING);
	assert_int_equal(list.v[ALARM_ENDING].n[0], 1);
	assert_non_null(strstr(list.v[ALARM_ENDING].what, "2030-01-18"));
	/* Its end is told as what it is. */
	s = status_at(t, 1895000000);
	assert_true(
	    alarm_look(&list, &s, INSTANT_OF_S(1895000000), NULL, NULL));
	assert_int_equal(count(&list), 1);
	assert_int_equal(list.v[ALARM_PAUSED].n[0], LEDGER_OUT_OF_TIME);
}

static void a_node_has_two_minutes_to_be_heard_of(void **state)
{
	struct alarm_list list = {0};
	struct ledger_status s = well();
	struct instant now = NOON;

	(void)state;
	s.is_verified = false;
	assert_false(alarm_look(&list, &s, now, NULL, NULL));
	now.us += INT64_C(119000000);
	assert_false(alarm_look(&list, &s, now, NULL, NULL));
	/* A word of it, and it begins anew. */
	s.is_verified = true;
	assert_false(alarm_look(&list, &s, now, NULL, NULL));
	s.is_verified = false;
	assert_false(alarm_look(&list, &s, now, NULL, NULL));
	now.us += INT64_C(119000000);
	assert_false(alarm_look(&list, &s, now, NULL, NULL));
	now.us += INT64_C(1000000);
	assert_true(alarm_look(&list, &s, now, NULL, NULL));
	assert_int_equal(list.v[ALARM_NODE].severity, ALARM_WARNING);
	/* A clock that went back tells it late, not never, and takes back
	 * nothing. */
	assert_false(alarm_look(&list, &s, later(-9), NULL, NULL));
	assert_int_equal(count(&list), 1);
	alarm_clear(&list, ALARM_NODE);
	assert_true(alarm_look(&list, &s, later(-8), NULL, NULL));
	/* A paper without a node is told nothing. */
	s.node = 0;
	assert_true(alarm_look(&list, &s, later(-7), NULL, NULL));
	assert_int_equal(count(&list), 0);
}

static void sources_that_answer_without_a_rate_are_told(void **state)
{
	struct alarm_list list = {0};
	struct ledger_status s = well();
	struct instant now = NOON;

	(void)state;
	s.sources = 3;
	s.answering = 3;
	s.sources_needed = 2;
	assert_false(alarm_look(&list, &s, now, NULL, NULL));
	now.us += INT64_C(599000000);
	assert_false(alarm_look(&list, &s, now, NULL, NULL));
	now.us += INT64_C(1000000);
	assert_true(alarm_look(&list, &s, now, NULL, NULL));
	assert_int_equal(list.v[ALARM_RATES].severity, ALARM_WARNING);
	assert_int_equal(list.v[ALARM_RATES].n[0], 3);
	assert_non_null(strstr(list.v[ALARM_RATES].what, "clock"));
	s.has_rate = true;
	assert_true(alarm_look(&list, &s, now, NULL, NULL));
	assert_int_equal(count(&list), 0);
	/* Too few need no patience, and a rate set by hand no sources. */
	s.answering = 1;
	assert_true(alarm_look(&list, &s, now, NULL, NULL));
	s.has_rate = false;
	s.sources_needed = 0;
	assert_true(alarm_look(&list, &s, now, NULL, NULL));
	assert_false(alarm_look(&list, &s, later(9), NULL, NULL));
	assert_int_equal(count(&list), 0);
}

static void an_event_goes_a_day_after_it_happened_last(void **state)
{
	struct alarm_list list = {0};
	struct ledger_status s = well();

	(void)state;
	assert_true(alarm_raise(&list, ALARM_READER, "one", NOON));
	assert_false(alarm_raise(&list, ALARM_READER, "one", later(10)));
	assert_true(alarm_raise(&list, ALARM_READER, "two", later(20)));
	assert_false(alarm_look(&list, &s, later(43), NULL, NULL));
	assert_string_equal(list.v[ALARM_READER].what, "two");
	assert_int_equal(list.v[ALARM_READER].since.us, NOON.us);
	assert_true(alarm_look(&list, &s, later(45), NULL, NULL));
	assert_int_equal(count(&list), 0);
	/* A clock that goes back does not keep it. */
	assert_true(alarm_raise(&list, ALARM_READER, "one", later(1000)));
	assert_true(alarm_look(&list, &s, NOON, NULL, NULL));
	assert_false(alarm_clear(&list, ALARM_READER));
}

static void the_worst_stands_first(void **state)
{
	struct arena *a = arena_new(1 << 16);
	struct str v[ALARM_KINDS];
	struct alarm_list list = {0};
	struct ledger_status s = well();

	(void)state;
	s.is_low = true;
	s.tally_mended = NOON;
	alarm_look(&list, &s, NOON, NULL, NULL);
	alarm_raise(&list, ALARM_RECEIPT, "a receipt", NOON);
	assert_int_equal(alarm_lines(&list, a, v), 3);
	assert_true(str_eq(v[0], STR("urgent 2026-11-23T10:00:00Z a receipt")));
	assert_true(str_starts(v[1], STR("warning 2026-11-23T10:00:00Z ")));
	assert_true(str_starts(v[2], STR("notice ")));
	arena_free(a);
}

static void a_text_of_any_length_is_cut(void **state)
{
	struct alarm_list list = {0};
	char text[3000];

	(void)state;
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	assert_true(alarm_raise(&list, ALARM_READER, text, NOON));
	assert_int_equal(strlen(list.v[ALARM_READER].what), ALARM_TEXT_MAX - 1);
	/* The same again is no news. */
	assert_false(alarm_raise(&list, ALARM_READER, text, NOON));
}

static void the_list_survives_a_new_start(void **state)
{
	struct till *t = *state;
	struct alarm_list list = {0};
	struct alarm_list kept;

	alarm_raise(&list, ALARM_READER, "a reader", NOON);
	alarm_raise(&list, ALARM_WRITING, "no room", later(1));
	till_ok(t, ledger_alarms_save(t->ledger, &list, &t->err));
	till_close(t);
	till_open(t);
	till_ok(t, ledger_alarms(t->ledger, &kept, &t->err));
	assert_memory_equal(&kept, &list, sizeof(list));
	alarm_clear(&list, ALARM_READER);
	till_ok(t, ledger_alarms_save(t->ledger, &list, &t->err));
	till_ok(t, ledger_alarms(t->ledger, &kept, &t->err));
	assert_int_equal(count(&kept), 1);
}

static void edited_rows_are_left_out(void **state)
{
	struct till *t = *state;
	struct alarm_list kept;

	till_ok(t,
	    store_script(t->ledger->db,
		SQL("INSERT INTO alarm VALUES (-1, 1, 1, 1, 'a'),"
		    " (500, 1, 1, 1, 'a'), (1, 0, 1, 1, 'a'),"
		    " (2, 4, 1, 1, 'a'), (3, 1, -5, 1, 'a'),"
		    " (4, 1, 1, 9223372036854775807, 'a'),"
		    " (5, 1, 1, 1, hex(zeroblob(500))), (6, 1, 1, 1, 'b')")));
	till_ok(t, ledger_alarms(t->ledger, &kept, &t->err));
	assert_int_equal(count(&kept), 1);
	assert_string_equal(kept.v[6].what, "b");
}

static enum rc strike(void *data)
{
	int *left = data;

	return *left > 0 && --*left == 0 ? RC_NO_SPACE : RC_OK;
}

static void a_failed_step_keeps_the_old_list(void **state)
{
	struct till *t = *state;
	struct alarm_list old = {0}, new = {0}, kept;
	int failed = 0;

	alarm_raise(&old, ALARM_READER, "old", NOON);
	alarm_raise(&new, ALARM_WRITING, "new", NOON);
	till_ok(t, ledger_alarms_save(t->ledger, &old, &t->err));
	for (int at = 1;; at++) {
		int left = at;
		enum rc rc;

		store_hook(t->ledger->db, strike, &left);
		rc = ledger_alarms_save(t->ledger, &new, &t->err);
		store_hook(t->ledger->db, NULL, NULL);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_NO_SPACE);
		till_ok(t, ledger_alarms(t->ledger, &kept, &t->err));
		assert_memory_equal(&kept, &old, sizeof(old));
		failed++;
	}
	assert_true(failed >= 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		a_state_is_told_once_and_goes_with_what_it_is_about),
	    cmocka_unit_test(each_state_has_words_that_say_what_to_do),
	    till_test(a_batch_outside_of_its_time_pauses_support),
	    till_test(the_end_of_a_batch_is_told_four_weeks_before),
	    cmocka_unit_test(a_node_has_two_minutes_to_be_heard_of),
	    cmocka_unit_test(sources_that_answer_without_a_rate_are_told),
	    cmocka_unit_test(an_event_goes_a_day_after_it_happened_last),
	    cmocka_unit_test(the_worst_stands_first),
	    cmocka_unit_test(a_text_of_any_length_is_cut),
	    till_test(the_list_survives_a_new_start),
	    till_test(edited_rows_are_left_out),
	    till_test(a_failed_step_keeps_the_old_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
