/* SPDX-License-Identifier: MIT
 *
 * The front page by hand, the banner, and addresses led elsewhere.
 */
#include "paper/front.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/paper_priv.h"
#include "paper/redirect.h"
#include "paper/test/desk_fixture.h"

static struct public_front seen(struct desk *d)
{
	struct public_front f;

	desk_apply(d);
	desk_ok(d, public_front(d->public, d->a, d->now, &f));
	return f;
}

static void the_front_page_is_arranged_by_hand(void **state)
{
	struct desk *d = *state;
	int64_t a = desk_publish(d, "A", "News", "Ada Quay");
	int64_t b = desk_publish(d, "B", "News", "Ada Quay");
	int64_t c = desk_save(d, 0, "C", "News", "Ada Quay");
	struct paper_placed v[] = {
	    {.slot = PAPER_SECOND, .story = c, .until = INSTANT_NEVER},
	    {.slot = PAPER_SECOND, .story = b, .until = {d->now.us + 5000000}},
	    {.slot = PAPER_LEAD, .story = a, .until = INSTANT_NEVER},
	};
	struct paper_front f;
	struct public_front s;

	desk_ok(d, paper_front(d->paper, d->a, &f, &d->err));
	assert_int_equal(f.n, 0);
	desk_ok(d, paper_set_front(d->paper, f.number, v, 3, &d->err));
	/* Whoever has not seen that cannot undo it. */
	assert_int_equal(
	    paper_set_front(d->paper, f.number, v, 1, &d->err), RC_BUSY);
	desk_ok(d, paper_front(d->paper, d->a, &f, &d->err));
	assert_int_equal(f.n, 3);
	desk_text(f.v[0].headline, "A");
	assert_int_equal(f.v[1].status, PAPER_DRAFT);
	s = seen(d);
	assert_int_equal(s.leads, 1);
	assert_int_equal(s.seconds, 1); /* the other is not out */
	desk_text(s.v[0].headline, "A");
	desk_text(s.v[1].headline, "B");
	assert_int_equal(s.next.us, d->now.us + 5000000);
	desk_ok(d, paper_publish(d->paper, c, d->now, NULL, &d->err));
	s = seen(d);
	assert_int_equal(s.seconds, 2);
	desk_text(s.v[1].headline, "C");
	/* To the microsecond. */
	d->now.us += 4999999;
	assert_int_equal(seen(d).seconds, 2);
	d->now.us += 1;
	s = seen(d);
	assert_int_equal(s.seconds, 1);
	assert_int_equal(s.next.us, INT64_MAX);
	desk_ok(d, paper_withdraw(d->paper, a, STR("x"), d->now, &d->err));
	s = seen(d);
	assert_int_equal(s.leads, 0);
	desk_text(s.v[0].headline, "C");
}

static void an_arrangement_that_does_not_fit_is_refused(void **state)
{
	struct desk *d = *state;
	int64_t a = desk_publish(d, "A", "News", "Ada Quay");
	struct paper_placed v[] = {{.slot = PAPER_LEAD, .story = a},
	    {.slot = PAPER_SECOND, .story = a}};

	assert_int_equal(
	    paper_set_front(d->paper, 0, v, 2, &d->err), RC_INVALID);
	v[1].slot = PAPER_LEAD;
	v[1].story = a + 1;
	assert_int_equal(
	    paper_set_front(d->paper, 0, v, 2, &d->err), RC_INVALID);
	v[1].slot = PAPER_BRIEF;
	assert_int_equal(
	    paper_set_front(d->paper, 0, v, 2, &d->err), RC_NOT_FOUND);
	v[1].slot = (enum paper_slot)7;
	assert_int_equal(
	    paper_set_front(d->paper, 0, v, 2, &d->err), RC_INVALID);
	assert_int_equal(seen(d).leads, 0);
}

static void a_banner_is_seen_until_its_time(void **state)
{
	struct desk *d = *state;
	int64_t a = desk_save(d, 0, "A", "News", "Ada Quay");
	struct paper_banner b = {
	    .text = STR(" The lock has broken. "),
	    .story = a,
	    .until = {d->now.us + 10},
	};

	desk_ok(d, paper_set_banner(d->paper, &b, &d->err));
	desk_text(seen(d).banner, "The lock has broken.");
	assert_int_equal(seen(d).banner_path.n, 0);
	desk_ok(d, paper_publish(d->paper, a, d->now, NULL, &d->err));
	desk_text(seen(d).banner_path, "/2026/11/23/a");
	desk_close(d);
	desk_delete_public(d);
	desk_open(d);
	desk_text(seen(d).banner, "The lock has broken.");
	d->now.us += 10;
	assert_int_equal(seen(d).banner.n, 0);
	b.until = INSTANT_NEVER;
	b.story = 99;
	assert_int_equal(paper_set_banner(d->paper, &b, &d->err), RC_NOT_FOUND);
	b.text = STR("");
	b.story = 0;
	desk_ok(d, paper_set_banner(d->paper, &b, &d->err));
	assert_int_equal(seen(d).banner.n, 0);
}

static enum rc lead(
    struct desk *d, const char *from, const char *to, int64_t story)
{
	struct paper_redirect r = {
	    .from = str_of(from), .to = str_of(to), .story = story};

	d->err.rc = RC_OK;
	return paper_set_redirect(d->paper, &r, &d->err);
}

static const char *led(struct desk *d, const char *path)
{
	struct str to;
	enum rc rc;

	desk_apply(d);
	rc = public_redirect(d->public, d->a, str_of(path), &to);
	if (rc == RC_NOT_FOUND)
		return "";
	desk_ok(d, rc);
	return arena_cstr(d->a, to);
}

static void an_address_is_led_elsewhere(void **state)
{
	struct desk *d = *state;
	struct paper_redirect *v;
	size_t n;
	int64_t a = desk_publish(d, "A", "News", "Ada Quay");

	desk_ok(d, lead(d, "/old/page/", "/about", 0));
	desk_ok(d, lead(d, "/old/story", "", a));
	assert_string_equal(led(d, "/old/page"), "/about");
	assert_string_equal(led(d, "/old/story"), "/2026/11/23/a");
	assert_string_equal(led(d, "/nothing"), "");
	desk_ok(d, paper_rename(d->paper, a, STR("b"), d->now, &d->err));
	assert_string_equal(led(d, "/old/story"), "/2026/11/23/b");
	desk_ok(d, paper_withdraw(d->paper, a, STR("x"), d->now, &d->err));
	assert_string_equal(led(d, "/old/story"), "");
	desk_ok(
	    d, paper_redirects(d->paper, d->a, STR(""), 10, &v, &n, &d->err));
	assert_int_equal(n, 2);
	desk_text(v[0].from, "/old/page");
	desk_ok(
	    d, paper_redirects(d->paper, d->a, v[0].from, 10, &v, &n, &d->err));
	assert_int_equal(n, 1);
	desk_ok(d, paper_drop_redirect(d->paper, STR("/old/page"), &d->err));
	assert_string_equal(led(d, "/old/page"), "");
	assert_int_equal(
	    paper_drop_redirect(d->paper, STR("/old/page"), &d->err),
	    RC_NOT_FOUND);
}

static void nobody_is_led_in_a_circle(void **state)
{
	struct desk *d = *state;
	char from[16], to[16];

	desk_publish(d, "A", "News", "Ada Quay");
	assert_int_equal(lead(d, "/a", "/a", 0), RC_INVALID);
	assert_int_equal(lead(d, "/a/", "/a", 0), RC_INVALID);
	desk_ok(d, lead(d, "/a", "/b", 0));
	desk_ok(d, lead(d, "/b", "/c", 0));
	assert_int_equal(lead(d, "/c", "/a", 0), RC_INVALID);
	assert_int_equal(lead(d, "/b", "/a", 0), RC_INVALID);
	desk_ok(d, lead(d, "/b", "/", 0));
	for (int i = 0; i < PAPER_HOPS_MAX - 1; i++) {
		snprintf(from, sizeof(from), "/x%d", i + 1);
		snprintf(to, sizeof(to), "/x%d", i);
		desk_ok(d, lead(d, from, to, 0));
	}
	assert_int_equal(lead(d, "/y", from, 0), RC_INVALID);
	assert_int_equal(lead(d, "/2026/11/23/a", "/b", 0), RC_EXISTS);
	assert_int_equal(lead(d, "/z", "", 99), RC_NOT_FOUND);
	assert_int_equal(lead(d, "/z", "//evil.example", 0), RC_INVALID);
	assert_int_equal(lead(d, "/z", "https://evil.example", 0), RC_INVALID);
	assert_int_equal(lead(d, "/z", "/\\evil.example", 0), RC_INVALID);
	assert_int_equal(lead(d, "/", "/a", 0), RC_INVALID);
	assert_int_equal(lead(d, "/a?b", "/a", 0), RC_INVALID);
	assert_int_equal(lead(d, "/a b", "/a", 0), RC_INVALID);
}

static enum rc strike(void *data)
{
	int *left = data;

	return --*left == 0 ? RC_NO_SPACE : RC_OK;
}

static void a_fault_leaves_the_front_page_as_it_was(void **state)
{
	struct desk *d = *state;
	int64_t a = desk_publish(d, "A", "News", "Ada Quay");
	struct paper_placed v = {
	    .slot = PAPER_LEAD, .story = a, .until = INSTANT_NEVER};
	enum rc rc;
	int at = 0;

	do {
		int left = ++at;

		store_hook(d->paper->db, strike, &left);
		rc = paper_set_front(d->paper, 0, &v, 1, &d->err);
		store_hook(d->paper->db, NULL, NULL);
		if (rc != RC_OK)
			assert_int_equal(seen(d).leads, 0);
	} while (rc == RC_NO_SPACE && at < 100);
	assert_int_equal(rc, RC_OK);
	assert_true(at > 5);
	do {
		int left = at--;

		store_hook(d->paper->edition, strike, &left);
		rc = paper_outbox_apply(d->paper, 10, NULL, &d->err);
		store_hook(d->paper->edition, NULL, NULL);
	} while (rc == RC_NO_SPACE && at > 0);
	assert_int_equal(seen(d).leads, 1);
}

static void a_fault_leads_no_address_elsewhere(void **state)
{
	struct desk *d = *state;
	enum rc rc;
	int at = 0;

	desk_ok(d, lead(d, "/a", "/b", 0));
	do {
		int left = ++at;

		store_hook(d->paper->db, strike, &left);
		rc = lead(d, "/a", "/c", 0);
		store_hook(d->paper->db, NULL, NULL);
		assert_string_equal(led(d, "/a"), rc == RC_OK ? "/c" : "/b");
	} while (rc == RC_NO_SPACE && at < 100);
	assert_int_equal(rc, RC_OK);
	assert_true(at > 4);
	desk_ok(d, lead(d, "/a", "/d", 0));
	for (at = 1;; at++) {
		int left = at;

		store_hook(d->paper->edition, strike, &left);
		rc = paper_outbox_apply(d->paper, 10, NULL, &d->err);
		store_hook(d->paper->edition, NULL, NULL);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_NO_SPACE);
		assert_true(at < 100);
	}
	assert_string_equal(led(d, "/a"), "/d");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(the_front_page_is_arranged_by_hand),
	    desk_test(an_arrangement_that_does_not_fit_is_refused),
	    desk_test(a_banner_is_seen_until_its_time),
	    desk_test(an_address_is_led_elsewhere),
	    desk_test(nobody_is_led_in_a_circle),
	    desk_test(a_fault_leaves_the_front_page_as_it_was),
	    desk_test(a_fault_leads_no_address_elsewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
