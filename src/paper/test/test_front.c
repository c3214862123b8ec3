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

static enum paper_led last_led;

static enum rc lead(
    struct desk *d, const char *from, const char *to, int64_t story)
{
	struct paper_redirect r = {
	    .from = str_of(from), .to = str_of(to), .story = story};

	d->err.rc = RC_OK;
	return paper_set_redirect(d->paper, &r, &last_led, &d->err);
}

/* What is wrong with leading FROM there. */
static enum paper_led fault(
    struct desk *d, const char *from, const char *to, int64_t story)
{
	assert_int_equal(lead(d, from, to, story), RC_INVALID);
	assert_true(d->err.why[0]);
	return last_led;
}

static const char *led_to(struct desk *d, const char *path)
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
	assert_string_equal(led_to(d, "/old/page"), "/about");
	assert_string_equal(led_to(d, "/old/story"), "/2026/11/23/a");
	assert_string_equal(led_to(d, "/nothing"), "");
	desk_ok(d, paper_rename(d->paper, a, STR("b"), d->now, &d->err));
	assert_string_equal(led_to(d, "/old/story"), "/2026/11/23/b");
	desk_ok(d, paper_withdraw(d->paper, a, STR("x"), d->now, &d->err));
	assert_string_equal(led_to(d, "/old/story"), "");
	desk_ok(
	    d, paper_redirects(d->paper, d->a, STR(""), 10, &v, &n, &d->err));
	assert_int_equal(n, 2);
	desk_text(v[0].from, "/old/page");
	desk_ok(
	    d, paper_redirects(d->paper, d->a, v[0].from, 10, &v, &n, &d->err));
	assert_int_equal(n, 1);
	desk_ok(d, paper_drop_redirect(d->paper, STR("/old/page"), &d->err));
	assert_string_equal(led_to(d, "/old/page"), "");
	assert_int_equal(
	    paper_drop_redirect(d->paper, STR("/old/page"), &d->err),
	    RC_NOT_FOUND);
}

static void nobody_is_led_away_from_where_the_paper_answers(void **state)
{
	static const char *const own[] = {"/about", "/archive/", "/corrections",
	    "/feed.rss", "/robots.txt", "/support", "/support/verify",
	    "/support/gift/x", "/2026", "/2026/11", "/section/news",
	    "/section/news/feed.atom", "/person/ada-quay"};
	static const char *const others[] = {"/about/ethics", "/archive/1999",
	    "/feed", "/support/us", "/0000", "/2026/13", "/20261",
	    "/section/world", "/section/news/feed", "/person/bo-reed",
	    "/section", "/tag/news"};
	struct desk *d = *state;

	desk_publish(d, "A", "News", "Ada Quay");
	desk_apply(d);
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		assert_int_equal(fault(d, own[i], "/x", 0), PAPER_LED_OWN);
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		desk_ok(d, lead(d, others[i], "/x", 0));
		assert_string_equal(led_to(d, others[i]), "/x");
	}
	assert_int_equal(fault(d, "/x/", "/about", 0), PAPER_LED_MIDDLE);
}

static void nobody_is_led_in_a_circle_or_on(void **state)
{
	static const char *const no_paths[] = {"//evil.example",
	    "https://evil.example", "/\\evil.example", "", "a", "/a?b", "/a#b",
	    "/a b"};
	struct desk *d = *state;

	desk_publish(d, "A", "News", "Ada Quay");
	assert_int_equal(fault(d, "/a", "/a", 0), PAPER_LED_CIRCLE);
	assert_int_equal(fault(d, "/a/", "/a", 0), PAPER_LED_CIRCLE);
	desk_ok(d, lead(d, "/a", "/b", 0));
	assert_int_equal(fault(d, "/b", "/a", 0), PAPER_LED_CIRCLE);
	assert_int_equal(fault(d, "/b", "/c", 0), PAPER_LED_MIDDLE);
	assert_int_equal(fault(d, "/b", "", 1), PAPER_LED_MIDDLE);
	assert_int_equal(fault(d, "/z", "/a", 0), PAPER_LED_CHAIN);
	desk_ok(d, lead(d, "/a", "/", 0));
	desk_ok(d, lead(d, "/b", "/c", 0));
	assert_int_equal(fault(d, "/2026/11/23/a", "/x", 0), PAPER_LED_TAKEN);
	assert_int_equal(fault(d, "/z", "", 99), PAPER_LED_NO_STORY);
	assert_int_equal(fault(d, "/", "/about", 0), PAPER_LED_NO_PATH);
	for (size_t i = 0; i < sizeof(no_paths) / sizeof(*no_paths); i++) {
		assert_int_equal(
		    fault(d, "/z", no_paths[i], 0), PAPER_LED_NO_PATH);
		assert_int_equal(
		    fault(d, no_paths[i], "/z", 0), PAPER_LED_NO_PATH);
	}
}

static int64_t count_of(struct store *db, struct sql sql)
{
	int64_t n = -1;

	assert_int_equal(query_one(store_query(db, sql), &n), RC_OK);
	return n;
}

static void thousands_are_set_at_once_and_each_change_costs_itself(void **state)
{
	enum { MANY = 3000 };
	struct desk *d = *state;
	struct paper_redirect *v =
	    ARENA_ARRAY(d->a, struct paper_redirect, MANY);
	enum paper_led *led = ARENA_ARRAY(d->a, enum paper_led, MANY);
	int64_t before, after;

	for (size_t i = 0; i < MANY; i++)
		v[i] = (struct paper_redirect){
		    .from = arena_printf(d->a, "/old/%zu", i),
		    .to = i == 7 ? STR("nowhere") : STR("/about"),
		    .who = STR("ada")};
	v[9].to = STR("/old/8"); /* is led on by the line before */
	desk_ok(d, paper_set_redirects(d->paper, v, MANY, led, &d->err));
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(led[i], i == 7	  ? PAPER_LED_NO_PATH
					 : i == 9 ? PAPER_LED_CHAIN
						  : PAPER_LED);
	assert_string_equal(led_to(d, "/old/2999"), "/about");
	assert_string_equal(led_to(d, "/old/7"), "");
	assert_int_equal(
	    count_of(d->paper->edition, SQL("SELECT count(*) FROM redirect")),
	    MANY - 2);
	/* One more rewrites none of them. */
	before = count_of(d->paper->edition, SQL("SELECT total_changes()"));
	desk_ok(d, lead(d, "/new", "/about", 0));
	assert_string_equal(led_to(d, "/new"), "/about");
	desk_ok(d, paper_drop_redirect(d->paper, STR("/new"), &d->err));
	assert_string_equal(led_to(d, "/new"), "");
	after = count_of(d->paper->edition, SQL("SELECT total_changes()"));
	assert_true(after - before < 20);
	assert_true(
	    count_of(d->paper->db,
		SQL("SELECT count(*) FROM redirect_change")) < MANY + 4);
	/* A public.db that was lost gets all of them. */
	desk_close(d);
	desk_delete_public(d);
	desk_open(d);
	desk_apply(d);
	assert_string_equal(led_to(d, "/old/2999"), "/about");
	assert_string_equal(led_to(d, "/new"), "");
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
		rc = paper_outbox_apply(d->paper, d->now, 10, NULL, &d->err);
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
		assert_string_equal(led_to(d, "/a"), rc == RC_OK ? "/c" : "/b");
	} while (rc == RC_NO_SPACE && at < 100);
	assert_int_equal(rc, RC_OK);
	assert_true(at > 4);
	desk_ok(d, lead(d, "/a", "/d", 0));
	for (at = 1;; at++) {
		int left = at;

		store_hook(d->paper->edition, strike, &left);
		rc = paper_outbox_apply(d->paper, d->now, 10, NULL, &d->err);
		store_hook(d->paper->edition, NULL, NULL);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_NO_SPACE);
		assert_true(at < 100);
	}
	assert_string_equal(led_to(d, "/a"), "/d");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(the_front_page_is_arranged_by_hand),
	    desk_test(an_arrangement_that_does_not_fit_is_refused),
	    desk_test(a_banner_is_seen_until_its_time),
	    desk_test(an_address_is_led_elsewhere),
	    desk_test(nobody_is_led_away_from_where_the_paper_answers),
	    desk_test(nobody_is_led_in_a_circle_or_on),
	    desk_test(thousands_are_set_at_once_and_each_change_costs_itself),
	    desk_test(a_fault_leaves_the_front_page_as_it_was),
	    desk_test(a_fault_leads_no_address_elsewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
