/* SPDX-License-Identifier: MIT
 *
 * What readers have had of a story, and what they can read of it later.
 */
#include "paper/workflow.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "paper/test/desk_fixture.h"

static void text_of(struct desk *d, int64_t id, const char *body)
{
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");

	m.body = str_of(body);
	desk_save_manuscript(d, id, &m);
}

static void withdraw(struct desk *d, int64_t id)
{
	d->now.us += 1000000;
	desk_ok(d,
	    paper_withdraw(d->paper, id, STR("By a court."), d->now, &d->err));
}

static void publish(struct desk *d, int64_t id)
{
	d->now.us += 1000000;
	desk_ok(d, paper_publish(d->paper, id, d->now, NULL, &d->err));
}

static struct public_story seen(struct desk *d)
{
	struct public_story s;

	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/storm", &s, NULL), PUBLIC_LIVE);
	return s;
}

static void what_was_withdrawn_is_not_read_below_what_came_for_it(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_publish(d, "Storm", "News", "Ada Quay");
	struct public_version v;

	text_of(d, id, "Libel one.\n");
	text_of(d, id, "Libel two.\n");
	withdraw(d, id);
	text_of(d, id, "Clean.\n");
	publish(d, id);
	desk_text(seen(d).body, "Clean.\n");
	for (int64_t n = 1; n <= 3; n++) {
		desk_ok(d, public_version(d->public, d->a, id, n, &v));
		assert_true(v.is_taken);
		assert_int_equal(v.headline.n + v.body.n, 0);
	}
	desk_ok(d, public_version(d->public, d->a, id, 4, &v));
	desk_text(v.body, "Clean.\n");
	desk_close(d);
	assert_false(desk_file_has(d, "public/public.db", "Libel"));
	desk_open(d);
	/* The newsroom can show it all the same. */
	desk_ok(d, paper_take_version(d->paper, id, 2, false, &d->err));
	desk_apply(d);
	desk_ok(d, public_version(d->public, d->a, id, 2, &v));
	desk_text(v.body, "Libel one.\n");
}

static void what_comes_back_as_it_was_keeps_its_versions(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_publish(d, "Storm", "News", "Ada Quay");
	struct public_version v;
	struct instant updated;

	text_of(d, id, "Two.\n");
	updated = seen(d).updated;
	withdraw(d, id);
	publish(d, id);
	assert_int_equal(seen(d).updated.us, updated.us);
	desk_ok(d, public_version(d->public, d->a, id, 1, &v));
	assert_false(v.is_taken);
}

static void another_text_that_comes_back_is_a_change(void **state)
{
	struct desk *d = *state;
	int64_t id = desk_publish(d, "Storm", "News", "Ada Quay");
	struct paper_release r = {.id = id,
	    .who = STR("ed"),
	    .change = PAPER_UPDATE,
	    .text = STR("It is another text.")};

	withdraw(d, id);
	text_of(d, id, "Two.\n");
	publish(d, id);
	assert_int_equal(seen(d).updated.us, d->now.us);
	withdraw(d, id);
	text_of(d, id, "Three.\n");
	r.now = r.when = (struct instant){d->now.us + 1000000};
	desk_ok(d, paper_release(d->paper, &r, NULL, &d->err));
	assert_int_equal(seen(d).updated.us, r.now.us);
}

/* The id of the notice of TEXT. */
static int64_t notice_id(struct desk *d, const char *text)
{
	struct public_story s = seen(d);

	for (size_t i = 0; i < s.corrections_n; i++)
		if (str_eq(s.corrections[i].text, str_of(text)))
			return s.corrections[i].id;
	fail_msg("no notice \"%s\"", text);
	return 0;
}

static void a_notice_keeps_its_id_when_a_newer_one_is_put_before_it(
    void **state)
{
	struct desk *d = *state;
	int64_t id = desk_publish(d, "Storm", "News", "Ada Quay");
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");
	struct manuscript_correction front[] = {
	    {{.year = 2026, .month = 11, .day = 26}, STR("The newest.")},
	    {{.year = 2026, .month = 11, .day = 25}, STR("Of that day.")},
	    {{.year = 2026, .month = 11, .day = 25}, STR("Of that day too.")},
	    {{0}, STR("Without a date.")}};
	int64_t a, b, c;

	m.corrections = front + 1;
	m.corrections_n = 3;
	desk_save_manuscript(d, id, &m);
	a = notice_id(d, "Of that day.");
	b = notice_id(d, "Of that day too.");
	c = notice_id(d, "Without a date.");
	m.corrections = front;
	m.corrections_n = 4;
	desk_save_manuscript(d, id, &m);
	assert_int_equal(notice_id(d, "Of that day."), a);
	assert_int_equal(notice_id(d, "Of that day too."), b);
	assert_int_equal(notice_id(d, "Without a date."), c);
	assert_int_equal(notice_id(d, "The newest."), id * 1024 + 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(what_was_withdrawn_is_not_read_below_what_came_for_it),
	    desk_test(what_comes_back_as_it_was_keeps_its_versions),
	    desk_test(another_text_that_comes_back_is_a_change),
	    desk_test(a_notice_keeps_its_id_when_a_newer_one_is_put_before_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
