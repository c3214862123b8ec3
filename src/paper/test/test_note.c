/* SPDX-License-Identifier: MIT
 *
 * Notes in the margin, secret links, and who is in a story.
 */
#include "paper/note.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/paper_priv.h"
#include "paper/presence.h"
#include "paper/preview.h"
#include "paper/test/desk_fixture.h"

static void a_note_is_answered_resolved_and_kept(void **state)
{
	struct desk *d = *state;
	int64_t story = desk_save(d, 0, "A", "News", "Ada Quay");
	struct paper_remark r = {.story = story,
	    .quote = STR("wall"),
	    .offset = 4,
	    .text = STR("Which wall?"),
	    .who = STR("ed"),
	    .now = d->now};
	struct paper_resolve done = {.story = story,
	    .is_resolved = true,
	    .who = STR("ada"),
	    .now = d->now};
	struct paper_note *v;
	int64_t first, second, answer;
	size_t n;

	desk_ok(d, paper_add_note(d->paper, &r, &first, &d->err));
	r.text = STR("And when?");
	desk_ok(d, paper_add_note(d->paper, &r, &second, &d->err));
	r.parent = first;
	r.text = STR("The sea wall.");
	r.who = STR("ada");
	desk_ok(d, paper_add_note(d->paper, &r, &answer, &d->err));
	/* An answer is not answered, nor resolved. */
	r.parent = answer;
	assert_int_equal(
	    paper_add_note(d->paper, &r, NULL, &d->err), RC_NOT_FOUND);
	done.note = answer;
	assert_int_equal(
	    paper_resolve_note(d->paper, &done, &d->err), RC_NOT_FOUND);
	done.note = first;
	desk_ok(d, paper_resolve_note(d->paper, &done, &d->err));
	desk_ok(d, paper_notes(d->paper, d->a, story, &v, &n, &d->err));
	assert_int_equal(n, 3);
	assert_int_equal(v[0].id, first);
	assert_int_equal(v[1].id, answer);
	assert_int_equal(v[1].parent, first);
	assert_int_equal(v[2].id, second);
	assert_true(v[0].is_resolved);
	desk_text(v[0].resolved_by, "ada");
	assert_false(v[2].is_resolved);
	desk_text(v[2].quote, "wall");
	done.is_resolved = false;
	desk_ok(d, paper_resolve_note(d->paper, &done, &d->err));
	desk_ok(d, paper_notes(d->paper, d->a, story, &v, &n, &d->err));
	assert_false(v[0].is_resolved);
	/* Of another story it is none. */
	done.story = desk_save(d, 0, "B", "News", "Ada Quay");
	assert_int_equal(
	    paper_resolve_note(d->paper, &done, &d->err), RC_NOT_FOUND);
	r.parent = 0;
	r.text = STR(" ");
	assert_int_equal(
	    paper_add_note(d->paper, &r, NULL, &d->err), RC_INVALID);
	r.text = STR("x");
	r.story = 99;
	assert_int_equal(
	    paper_add_note(d->paper, &r, NULL, &d->err), RC_NOT_FOUND);
}

static void a_note_finds_its_words_again(void **state)
{
	struct paper_note n = {.quote = STR("the wall"), .offset = 30};

	(void)state;
	assert_int_equal(
	    paper_note_place(&n, STR("the wall, and then came the wall again")),
	    24);
	n.offset = 2;
	assert_int_equal(
	    paper_note_place(&n, STR("the wall, and then came the wall again")),
	    0);
	assert_int_equal(paper_note_place(&n, STR("a dyke")), 6);
	n.quote = STR("");
	assert_int_equal(paper_note_place(&n, STR("a dyke")), 6);
}

static void notes_have_an_end(void **state)
{
	struct desk *d = *state;
	struct paper_remark r = {.story = desk_save(d, 0, "A", "News", "Ada"),
	    .text = STR("x"),
	    .who = STR("ed")};

	for (int i = 0; i < PAPER_NOTES_MOST; i++)
		desk_ok(d, paper_add_note(d->paper, &r, NULL, &d->err));
	assert_int_equal(paper_add_note(d->paper, &r, NULL, &d->err), RC_LIMIT);
}

static void a_link_opens_one_story_until_it_ends(void **state)
{
	struct desk *d = *state;
	const struct str secret = STR("0123456789abcdef0123456789abcdef");
	const struct str other = STR("0123456789abcdef0123456789abcdeg");
	struct paper_preview p = {
	    .story = desk_save(d, 0, "A", "News", "Ada Quay"),
	    .who = STR("ed"),
	    .note = STR("for the lawyer"),
	    .made = d->now,
	    .expires = {d->now.us + 1000},
	};
	struct paper_preview *v;
	struct paper_preview found;
	size_t n;

	desk_ok(d, paper_add_preview(d->paper, secret, &p, &d->err));
	desk_ok(d, paper_open_preview(
		       d->paper, d->a, secret, d->now, &found, &d->err));
	assert_int_equal(found.story, p.story);
	desk_text(found.who, "ed");
	assert_int_equal(
	    paper_open_preview(d->paper, d->a, other, d->now, &found, &d->err),
	    RC_NOT_FOUND);
	assert_int_equal(paper_open_preview(d->paper, d->a, secret, p.expires,
			     &found, &d->err),
	    RC_GONE);
	desk_close(d);
	assert_false(desk_file_has(d, "private/paper.db", "0123456789abcdef"));
	desk_open(d);
	desk_ok(d, paper_previews(d->paper, d->a, p.story, &v, &n, &d->err));
	assert_int_equal(n, 1);
	desk_text(v[0].note, "for the lawyer");
	assert_int_equal(
	    paper_revoke_preview(d->paper, p.story + 1, v[0].id, &d->err),
	    RC_NOT_FOUND);
	desk_ok(d, paper_revoke_preview(d->paper, p.story, v[0].id, &d->err));
	assert_int_equal(
	    paper_open_preview(d->paper, d->a, secret, d->now, &found, &d->err),
	    RC_GONE);
	p.expires = d->now;
	assert_int_equal(
	    paper_add_preview(d->paper, other, &p, &d->err), RC_INVALID);
	p.expires = INSTANT_NEVER;
	p.story = 99;
	assert_int_equal(
	    paper_add_preview(d->paper, other, &p, &d->err), RC_NOT_FOUND);
}

static void assert_in(struct presence *p, int64_t id, const char *except,
    struct instant now, const char *want)
{
	struct arena *a = arena_new(1 << 20);
	struct present_list list;
	struct buf b;

	buf_init_arena(&b, a, 1 << 16);
	assert_int_equal(
	    presence_list(p, a, id, str_of(except), now, &list), RC_OK);
	for (size_t i = 0; i < list.n; i++)
		buf_printf(&b, "%.*s%s ", STR_ARG(list.v[i].who),
		    list.v[i].types ? "*" : "");
	desk_text(buf_str(&b), want);
	arena_free(a);
}

static void people_in_a_story_see_each_other(void **state)
{
	struct presence *p = presence_new();
	struct instant now = INSTANT_OF_S(1000);

	(void)state;
	presence_touch(p, 1, STR("ada"), STR("t1"), true, now);
	presence_touch(p, 1, STR("bo"), STR("t2"), false, now);
	presence_touch(p, 2, STR("cy"), STR("t3"), false, now);
	assert_in(p, 1, "", now, "ada* bo ");
	assert_in(p, 1, "t1", now, "bo ");
	assert_in(p, 2, "", now, "cy ");
	assert_in(p, 3, "", now, "");
	/* One who has it open twice is one. */
	presence_touch(p, 1, STR("bo"), STR("t4"), true, now);
	assert_in(p, 1, "", now, "ada* bo* ");
	presence_leave(p, 1, STR("t4"));
	assert_in(p, 1, "", now, "ada* bo ");
	now = INSTANT_OF_S(1000 + PRESENCE_S);
	presence_touch(p, 1, STR("bo"), STR("t2"), false, now);
	assert_in(p, 1, "", now, "ada* bo ");
	now.us += 1;
	assert_in(p, 1, "", now, "bo ");
	presence_free(p);
}

static void a_crowd_costs_no_more_memory(void **state)
{
	struct presence *p = presence_new();
	char tab[16];

	(void)state;
	for (int i = 0; i < 3 * PRESENCE_MOST; i++) {
		snprintf(tab, sizeof(tab), "t%d", i);
		presence_touch(p, 1 + i % 7, STR("ada"), str_of(tab), false,
		    INSTANT_OF_S(1000 + i / 100));
	}
	/* The newest is there, the oldest made room. */
	assert_in(
	    p, 1 + (3 * PRESENCE_MOST - 1) % 7, "", INSTANT_OF_S(1015), "ada ");
	presence_free(p);
}

static enum rc strike(void *data)
{
	int *left = data;

	return --*left == 0 ? RC_NO_SPACE : RC_OK;
}

static void a_fault_while_noting_keeps_nothing_by_halves(void **state)
{
	struct desk *d = *state;
	struct paper_remark r = {.story = desk_save(d, 0, "A", "News", "Ada"),
	    .text = STR("x"),
	    .who = STR("ed")};
	struct paper_note *v;
	size_t n;
	enum rc rc;
	int at = 0;

	do {
		int left = ++at;

		store_hook(d->paper->db, strike, &left);
		rc = paper_add_note(d->paper, &r, NULL, &d->err);
		store_hook(d->paper->db, NULL, NULL);
		desk_ok(
		    d, paper_notes(d->paper, d->a, r.story, &v, &n, &d->err));
		assert_int_equal(n, rc == RC_OK);
	} while (rc == RC_NO_SPACE && at < 100);
	assert_int_equal(rc, RC_OK);
	assert_true(at > 3);
}

static void a_fault_while_making_a_link_makes_none(void **state)
{
	struct desk *d = *state;
	const struct str secret = STR("0123456789abcdef0123456789abcdef");
	struct paper_preview p = {.story = desk_save(d, 0, "A", "News", "Ada"),
	    .made = d->now,
	    .expires = INSTANT_NEVER};
	struct paper_preview found;
	enum rc rc;
	int at = 0;

	do {
		int left = ++at;

		store_hook(d->paper->db, strike, &left);
		rc = paper_add_preview(d->paper, secret, &p, &d->err);
		store_hook(d->paper->db, NULL, NULL);
		assert_int_equal(paper_open_preview(d->paper, d->a, secret,
				     d->now, &found, &d->err),
		    rc == RC_OK ? RC_OK : RC_NOT_FOUND);
	} while (rc == RC_NO_SPACE && at < 100);
	assert_int_equal(rc, RC_OK);
	assert_true(at > 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(a_note_is_answered_resolved_and_kept),
	    cmocka_unit_test(a_note_finds_its_words_again),
	    desk_test(notes_have_an_end),
	    desk_test(a_link_opens_one_story_until_it_ends),
	    cmocka_unit_test(people_in_a_story_see_each_other),
	    cmocka_unit_test(a_crowd_costs_no_more_memory),
	    desk_test(a_fault_while_noting_keeps_nothing_by_halves),
	    desk_test(a_fault_while_making_a_link_makes_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
