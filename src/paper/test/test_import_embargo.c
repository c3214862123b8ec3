/* SPDX-License-Identifier: MIT
 *
 * An embargo that was set by hand, and the file that does not know of it.
 */
#include "paper/paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/test/import_fixture.h"

/* 2026-12-DAY, 06:00, and the moment that it is in UTC. */
static struct civil december(uint8_t day)
{
	return (struct civil){
	    .year = 2026, .month = 12, .day = day, .hour = 6, .has_time = true};
}

static int64_t december_us(uint8_t day)
{
	return civil_instant(december(day)).us;
}

/* A draft that came of a file, and was given an embargo until the DAY by hand.
 */
static int64_t held_by_hand(struct desk *d, struct manuscript *m, uint8_t day)
{
	struct manuscript by_hand;
	int64_t id;

	*m = desk_manuscript("Held", "News", "Ada Quay");
	m->has_published = true;
	m->published = (struct civil){.year = 2020, .month = 1, .day = 1};
	m->is_draft = true;
	take(d, "held.md", "00000001", m, &id);
	by_hand = *m;
	by_hand.has_embargo = true;
	by_hand.embargo = december(day);
	desk_save_manuscript(d, id, &by_hand);
	return id;
}

/* Takes M as the same source again; whether it says that an embargo stays. */
static bool take_keeps(struct desk *d, const char *hash, struct manuscript *m)
{
	bool keeps_embargo = false;
	struct paper_import import = {
	    .key = STR("held.md"),
	    .hash = str_of(hash),
	    .manuscript = m,
	    .now = d->now,
	    .ret_keeps_embargo = &keeps_embargo,
	};
	enum paper_outcome outcome;

	desk_ok(d, paper_batch_begin(d->paper, d->now, &d->err));
	desk_ok(d, paper_import(d->paper, &import, &outcome, NULL, &d->err));
	desk_ok(d, paper_batch_commit(d->paper, d->now, &d->err));
	return keeps_embargo;
}

static void an_embargo_set_by_hand_outlasts_every_import(void **state)
{
	struct desk *d = *state;
	struct manuscript m;
	int64_t id = held_by_hand(d, &m, 3);

	desk_ok(d, paper_submit(d->paper, id, d->now, &d->err));
	m.body = STR("A comma, moved.\n");
	assert_true(take_keeps(d, "00000002", &m));
	m.body = STR("And once more.\n");
	assert_true(take_keeps(d, "00000003", &m));
	desk_ok(d, paper_publish(d->paper, id, d->now, NULL, &d->err));
	assert_true(due_of(d, id).us == december_us(3));
}

static void a_finished_file_waits_for_the_embargo_set_by_hand(void **state)
{
	struct desk *d = *state;
	struct manuscript m;
	int64_t id = held_by_hand(d, &m, 3);

	m.is_draft = false;
	assert_true(take_keeps(d, "00000002", &m));
	assert_true(due_of(d, id).us == december_us(3));
	m.has_embargo = true;
	m.embargo = december(2);
	assert_true(take_keeps(d, "00000003", &m));
	assert_true(due_of(d, id).us == december_us(3));
}

static void a_file_may_say_a_later_embargo_and_take_its_own_back(void **state)
{
	struct desk *d = *state;
	struct manuscript m;
	int64_t id = held_by_hand(d, &m, 3);

	m.has_embargo = true;
	m.embargo = december(4);
	assert_false(take_keeps(d, "00000002", &m));
	m.embargo = december(2);
	assert_false(take_keeps(d, "00000003", &m));
	m.is_draft = false;
	assert_false(take_keeps(d, "00000004", &m));
	assert_true(due_of(d, id).us == december_us(2));
	m.has_embargo = false;
	assert_false(take_keeps(d, "00000005", &m));
	assert_int_equal(status_of(d, id), PAPER_PUBLISHED);
}

static void an_embargo_that_was_taken_off_by_hand_is_gone(void **state)
{
	struct desk *d = *state;
	struct manuscript m;
	int64_t id = held_by_hand(d, &m, 3);

	m.body = STR("A comma, moved.\n");
	assert_true(take_keeps(d, "00000002", &m));
	desk_save_manuscript(d, id, &m);
	m.is_draft = false;
	assert_false(take_keeps(d, "00000003", &m));
	assert_int_equal(status_of(d, id), PAPER_PUBLISHED);
}

static void an_embargo_set_by_hand_keeps_its_moment_in_another_zone(
    void **state)
{
	struct desk *d = *state;
	const struct zone *zone = zone_of(d, "Asia/Tokyo");
	struct manuscript m;
	int64_t id = held_by_hand(d, &m, 3);

	if (!zone)
		return;
	paper_use_zone(d->paper, zone);
	m.is_draft = false;
	assert_true(take_keeps(d, "00000002", &m));
	assert_true(due_of(d, id).us == december_us(3));
}

static struct instant embargo_of(struct desk *d, int64_t id)
{
	struct paper_story s;

	desk_ok(d, paper_show(d->paper, d->a, id, &s, NULL, &d->err));
	return s.embargo;
}

static void a_save_moves_no_embargo_in_a_zone_further_east(void **state)
{
	struct desk *d = *state;
	const struct zone *zone = zone_of(d, "Asia/Tokyo");
	struct manuscript m = desk_manuscript("East", "News", "Ada Quay");
	int64_t id;

	if (!zone)
		return;
	m.has_embargo = true;
	m.embargo = december(3);
	id = desk_save_manuscript(d, 0, &m);
	paper_use_zone(d->paper, zone);
	m.body = STR("A comma, moved.\n");
	desk_save_manuscript(d, id, &m);
	assert_true(embargo_of(d, id).us == december_us(3));
	/* What is set now is of this zone: nine hours earlier. */
	m.embargo = december(4);
	desk_save_manuscript(d, id, &m);
	assert_true(embargo_of(d, id).us ==
		    december_us(4) - INT64_C(9) * 3600 * 1000000);
}

static void an_embargo_ends_at_its_moment_also_in_a_zone_further_west(
    void **state)
{
	struct desk *d = *state;
	const struct zone *zone = zone_of(d, "America/New_York");
	struct manuscript m = desk_manuscript("West", "News", "Ada Quay");
	struct instant next;
	int64_t waits, draft;
	size_t n;

	if (!zone)
		return;
	m.has_embargo = true;
	m.embargo = december(3);
	take(d, "waits.md", "00000001", &m, &waits);
	m.is_draft = true;
	take(d, "draft.md", "00000001", &m, &draft);
	paper_use_zone(d->paper, zone);
	d->now.us = december_us(3);
	desk_ok(d, paper_due(d->paper, d->now, &n, &next, &d->err));
	assert_int_equal(status_of(d, waits), PAPER_PUBLISHED);
	desk_ok(d, paper_publish(d->paper, draft, d->now, NULL, &d->err));
	assert_int_equal(status_of(d, draft), PAPER_PUBLISHED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(an_embargo_set_by_hand_outlasts_every_import),
	    desk_test(a_finished_file_waits_for_the_embargo_set_by_hand),
	    desk_test(a_file_may_say_a_later_embargo_and_take_its_own_back),
	    desk_test(an_embargo_that_was_taken_off_by_hand_is_gone),
	    desk_test(an_embargo_set_by_hand_keeps_its_moment_in_another_zone),
	    desk_test(
		an_embargo_ends_at_its_moment_also_in_a_zone_further_west),
	    desk_test(a_save_moves_no_embargo_in_a_zone_further_east),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
