/* SPDX-License-Identifier: MIT
 *
 * Which names are one person, one tag, one section.
 */
#include "paper/term.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "paper/paper_priv.h"
#include "paper/test/desk_fixture.h"

/* The story at PATH stands under NAME and links to SLUG. */
static void byline_is(
    struct desk *d, const char *path, const char *name, const char *slug)
{
	struct public_story story;

	assert_int_equal(desk_read(d, path, &story, NULL), PUBLIC_LIVE);
	assert_int_equal(story.people.n, 1);
	desk_text(story.people.v[0].name, name);
	desk_text(story.people.v[0].slug, slug);
}

static void each_spelling_of_a_name_is_printed_as_it_was_written(void **state)
{
	struct desk *d = *state;

	desk_publish(d, "A", "World", "Hans Muller");
	desk_publish(d, "B", "World", "Hans Müller");
	desk_publish(d, "C", "World", "HANS  Mu\xCC\x88ller");
	desk_publish(d, "D", "World", "Hans Muller");
	byline_is(d, "/2026/11/23/a", "Hans Muller", "hans-muller");
	byline_is(d, "/2026/11/23/b", "Hans Müller", "hans-muller-2");
	byline_is(d, "/2026/11/23/c", "Hans Müller", "hans-muller-2");
	byline_is(d, "/2026/11/23/d", "Hans Muller", "hans-muller");
}

static void tags_that_differ_in_signs_alone_are_several(void **state)
{
	struct desk *d = *state;
	struct str names[] = {
	    STR("C#"), STR("C++"), STR("c"), STR("Bar"), STR("Bär")};
	static const char *const slugs[] = {"c", "c-2", "c-3", "bar", "bar-2"};
	struct manuscript m = desk_manuscript("A", "World", "Ada Quay");
	struct public_story story;
	int64_t id;

	m.tags = (struct str_list){names, 5};
	id = desk_save_manuscript(d, 0, &m);
	desk_ok(d, paper_publish(d->paper, id, d->now, NULL, &d->err));
	desk_apply(d);
	desk_read(d, "/2026/11/23/a", &story, NULL);
	assert_int_equal(story.tags.n, 5);
	for (size_t i = 0; i < 5; i++) {
		assert_true(str_eq(story.tags.v[i].name, names[i]));
		desk_text(story.tags.v[i].slug, slugs[i]);
	}
}

static void a_name_of_signs_alone_has_a_sound_address(void **state)
{
	struct desk *d = *state;

	desk_publish(d, "A", "World", "!!!");
	desk_publish(d, "B", "World", "???");
	byline_is(d, "/2026/11/23/a", "!!!", "person");
	byline_is(d, "/2026/11/23/b", "???", "person-2");
}

static void who_is_given_another_name_goes_by_the_old_one_too(void **state)
{
	struct desk *d = *state;
	struct term term;

	desk_publish(d, "A", "World", "Ann Lee");
	desk_ok(d, paper_set_person(d->paper, STR("ann-lee"), STR("Ann Stone"),
		       STR(""), &d->err));
	desk_publish(d, "B", "World", "Ann Lee");
	desk_publish(d, "C", "World", "Ann Stone");
	byline_is(d, "/2026/11/23/a", "Ann Stone", "ann-lee");
	byline_is(d, "/2026/11/23/b", "Ann Stone", "ann-lee");
	byline_is(d, "/2026/11/23/c", "Ann Stone", "ann-lee");
	desk_ok(d, term_today(d->paper, d->a, TERM_PERSON, STR("Ánn Lee"),
		       STR(""), &term));
	assert_int_equal(term.id, 0);
	desk_text(term.slug, "ann-lee-2");
}

static size_t found(struct desk *d, const char *person)
{
	struct paper_filter f = {.person = str_of(person)};
	struct paper_story *v;
	size_t n;

	desk_ok(
	    d, paper_list(d->paper, d->a, &f, INT64_MAX, 9, &v, &n, &d->err));
	return n;
}

static void a_person_is_found_by_name_or_address(void **state)
{
	struct desk *d = *state;

	desk_publish(d, "A", "World", "Hans Muller");
	desk_publish(d, "B", "World", "Hans Müller");
	desk_publish(d, "C", "World", "Hans Müller");
	assert_int_equal(found(d, "hans muller"), 1);
	assert_int_equal(found(d, "Hans Müller"), 2);
	assert_int_equal(found(d, "hans-muller-2"), 2);
	assert_int_equal(found(d, "Hâns Muller"), 1);
	assert_int_equal(found(d, "Nobody"), 0);
}

/* As an earlier version left them: no name is noted, and Ann Lee was renamed
 * to Ann Stone. */
static void names_of_before_are_noted_when_the_paper_is_opened(void **state)
{
	struct desk *d = *state;

	desk_publish(d, "A", "World", "Hans Muller");
	desk_publish(d, "B", "World", "Ann Lee");
	assert_int_equal(
	    store_script(d->paper->db, SQL("DELETE FROM term_name;"
					   "UPDATE setting SET value = '0'"
					   " WHERE key = 'term_names';"
					   "UPDATE term SET name = 'Ann Stone'"
					   " WHERE slug = 'ann-lee';")),
	    RC_OK);
	desk_close(d);
	desk_open(d);
	desk_publish(d, "C", "World", "Hans Muller");
	desk_publish(d, "D", "World", "Hans Müller");
	desk_publish(d, "E", "World", "Ann Lee");
	byline_is(d, "/2026/11/23/c", "Hans Muller", "hans-muller");
	byline_is(d, "/2026/11/23/d", "Hans Müller", "hans-muller-2");
	/* Readers had not been told of her new name. */
	byline_is(d, "/2026/11/23/e", "Ann Lee", "ann-lee");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(each_spelling_of_a_name_is_printed_as_it_was_written),
	    desk_test(tags_that_differ_in_signs_alone_are_several),
	    desk_test(a_name_of_signs_alone_has_a_sound_address),
	    desk_test(who_is_given_another_name_goes_by_the_old_one_too),
	    desk_test(a_person_is_found_by_name_or_address),
	    desk_test(names_of_before_are_noted_when_the_paper_is_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
