/* SPDX-License-Identifier: MIT
 *
 * The last look at what is due, where stories have addresses for coins that the
 * till is asked about: it comes to an end, whatever they have.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/zone.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/passkey.h"
#include "paper/test/step_fixture.h"

enum { ROUNDS_MOST = 500 };

static struct desk *desk;
static struct newsroom *newsroom;
static till_done_fn *till_done;
static void *till_done_ctx;
static struct money_message asked;
static char asked_text[MONEY_ASKED_MAX][CHECK_PLAIN_MAX];

static void chance(void *p, size_t n)
{
	randombytes_buf(p, n);
}

static struct instant now(void)
{
	return desk->now;
}

static const struct zone *utc(void *ctx)
{
	(void)ctx;
	return zone_utc();
}

static void show(void *ctx)
{
	(void)ctx;
}

static void say_nothing(void *ctx, const char *text)
{
	(void)ctx;
	(void)text;
}

static enum rc keep_question(
    void *ctx, struct money_message *ask, till_done_fn *done, void *done_ctx)
{
	(void)ctx;
	assert_null(till_done);
	assert_int_equal(ask->kind, MONEY_WHOSE);
	asked = *ask;
	for (size_t i = 0; i < ask->whose.n; i++)
		snprintf(asked_text[i], sizeof(asked_text[i]), "%.*s",
		    STR_ARG(ask->whose.address[i]));
	till_done = done;
	till_done_ctx = done_ctx;
	return RC_OK;
}

/* All but "coin0" are the paper's. */
static void answer_question(void)
{
	till_done_fn *done = till_done;
	struct money_message reply = {
	    .kind = MONEY_OWNED, .whose = asked.whose};

	assert_non_null(done);
	till_done = NULL;
	for (size_t i = 0; i < asked.whose.n; i++) {
		reply.whose.address[i] = str_of(asked_text[i]);
		reply.whose.is_own[i] = strcmp(asked_text[i], "coin0") != 0;
	}
	done(till_done_ctx, RC_OK, &reply);
}

/* "coin17" is an address. */
static bool find_coin(
    void *ctx, struct str text, size_t *at, struct check_address *ret_address)
{
	struct check_address found = {.text = STR("")};
	size_t end;

	(void)ctx;
	while (*at < text.n && !str_starts(str_from(text, *at), STR("coin")))
		(*at)++;
	if (*at == text.n)
		return false;
	for (end = *at; end < text.n && text.p[end] > ' '; end++)
		;
	found.text = str_part(text, *at, end - *at);
	snprintf(found.plain, sizeof(found.plain), "%.*s", STR_ARG(found.text));
	*at = end;
	*ret_address = found;
	return true;
}

static int open_newsroom(void **state)
{
	struct newsroom_config config = {
	    .origin = STR("http://localhost:8081"),
	    .till = {.ask = keep_question},
	    .random = chance,
	    .now = now,
	    .zone = utc,
	    .show = show,
	    .say = say_nothing,
	    .find_address = find_coin,
	};

	if (desk_set_up(state) != 0 || sodium_init() < 0)
		return -1;
	desk = *state;
	config.paper = desk->paper;
	passkey_start();
	till_done = NULL;
	desk_ok(desk, newsroom_new(&config, &newsroom, &desk->err));
	return 0;
}

static int close_newsroom(void **state)
{
	newsroom_free(newsroom);
	return desk_tear_down(state);
}

/* N addresses from FIRST on. */
static struct str coins(unsigned first, unsigned n)
{
	struct buf b;

	buf_init_arena(&b, desk->a, 64 * 1024);
	for (unsigned i = first; i < first + n; i++)
		buf_printf(&b, "coin%u ", i);
	return buf_str(&b);
}

/* A story that is due, with N addresses from FIRST on. */
static int64_t due_with(unsigned first, unsigned n)
{
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");
	struct paper_write_result got;
	struct paper_write w = {
	    .manuscript = &m, .who = STR("ada"), .now = desk->now};
	struct paper_release when = {.who = STR("ed"), .now = desk->now};
	unsigned half = n / 2;

	m.body = coins(first, half);
	m.standfirst = coins(first + half, n - half);
	desk_ok(desk, paper_write(desk->paper, desk->a, &w, &got, &desk->err));
	when.id = got.id;
	when.when = (struct instant){desk->now.us + 1000000};
	desk_ok(desk, paper_release(desk->paper, &when, NULL, &desk->err));
	return got.id;
}

static enum paper_status status_of(int64_t id)
{
	struct paper_story story;

	desk_ok(desk,
	    paper_show(desk->paper, desk->a, id, &story, NULL, &desk->err));
	return story.status;
}

/* Looks until the look has ended. */
static void look(void)
{
	enum rc rc = RC_BUSY;

	desk->now.us += 2000000;
	for (unsigned i = 0; rc == RC_BUSY && i < ROUNDS_MOST; i++) {
		rc = newsroom_due(newsroom, desk->now, &desk->err);
		if (rc == RC_BUSY)
			answer_question();
	}
	desk_ok(desk, rc);
}

static void what_has_addresses_of_the_paper_alone_appears(void **state)
{
	int64_t own = due_with(1, 100), other = due_with(0, 1);

	(void)state;
	look();
	assert_int_equal(status_of(own), PAPER_SCHEDULED);
	assert_int_equal(status_of(other), PAPER_SUBMITTED);
}

static void many_stories_with_addresses_appear_at_once(void **state)
{
	int64_t ids[180];

	(void)state;
	for (unsigned i = 0; i < 180; i++)
		ids[i] = due_with(1 + i, 1);
	look();
	for (unsigned i = 0; i < 180; i++)
		assert_int_equal(status_of(ids[i]), PAPER_SCHEDULED);
}

static void a_story_of_too_many_addresses_stops_no_other(void **state)
{
	int64_t heavy = due_with(1, 180), plain = due_with(500, 0);

	(void)state;
	look();
	/* Nobody can say that all of them are the paper's. */
	assert_int_equal(status_of(heavy), PAPER_SUBMITTED);
	assert_int_equal(status_of(plain), PAPER_SCHEDULED);
}

static void a_text_that_was_changed_meanwhile_is_looked_at_again(void **state)
{
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");
	struct paper_write_result got;
	int64_t first = due_with(1, 1), second = due_with(2, 1), shown;
	struct paper_write w = {
	    .id = first, .manuscript = &m, .who = STR("ada")};

	(void)state;
	desk->now.us += 2000000;
	assert_int_equal(
	    newsroom_due(newsroom, desk->now, &desk->err), RC_BUSY);
	answer_question();
	/* The first has passed, the second is asked about. */
	assert_int_equal(
	    newsroom_due(newsroom, desk->now, &desk->err), RC_BUSY);
	m.body = STR("Give to coin0 now.");
	w.now = desk->now;
	desk_ok(desk,
	    paper_newest(desk->paper, first, &w.base, &shown, &desk->err));
	desk_ok(desk, paper_write(desk->paper, desk->a, &w, &got, &desk->err));
	answer_question();
	look();
	assert_int_equal(status_of(first), PAPER_SUBMITTED);
	assert_int_equal(status_of(second), PAPER_SCHEDULED);
}

#define due_test(name)                                                         \
	cmocka_unit_test_setup_teardown(name, open_newsroom, close_newsroom)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    due_test(what_has_addresses_of_the_paper_alone_appears),
	    due_test(many_stories_with_addresses_appear_at_once),
	    due_test(a_story_of_too_many_addresses_stops_no_other),
	    due_test(a_text_that_was_changed_meanwhile_is_looked_at_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
