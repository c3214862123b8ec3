/* SPDX-License-Identifier: MIT */
#include "newsroom/story_form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "newsroom/visit.h"
#include "page/desk_write.h"

static int set_up(void **state)
{
	*state = arena_new(1 << 20);
	return 0;
}

static int tear_down(void **state)
{
	arena_free(*state);
	return 0;
}

static void text_is(struct str s, const char *want)
{
	if (!str_eq(s, str_of(want)))
		fail_msg("\"%.*s\", not \"%s\"", STR_ARG(s), want);
}

static struct str again(struct arena *a, struct str_list names)
{
	struct str line;

	assert_int_equal(story_names_join(a, &names, &line), RC_OK);
	return line;
}

static void names_are_parted_by_the_commas_of_every_script(void **state)
{
	static const char *const lines[] = {"Ana Vaz, Bo Reed",
	    " Ana Vaz ,, Bo Reed,", "Ana Vaz، Bo Reed", "Ana Vaz、Bo Reed",
	    "Ana Vaz，Bo Reed", "Ana Vaz; Bo Reed", "Ana Vaz؛ Bo Reed;"};
	struct str_list names;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		assert_int_equal(
		    story_names_split(*state, str_of(lines[i]), &names), RC_OK);
		assert_int_equal(names.n, 2);
		text_is(names.v[0], "Ana Vaz");
		text_is(names.v[1], "Bo Reed");
	}
	assert_int_equal(story_names_split(*state, STR(" , "), &names), RC_OK);
	assert_int_equal(names.n, 0);
	assert_int_equal(story_names_split(*state, STR(""), &names), RC_OK);
	assert_int_equal(names.n, 0);
}

static void every_list_of_names_comes_back_as_it_was(void **state)
{
	struct str sets[][3] = {{STR("Ana Vaz"), STR("Bo Reed"), STR("Cy")},
	    {STR("Reed, Jr."), STR("Ana"), STR("Vaz, Sr.")},
	    {STR("آنا، باول"), STR("x"), STR("y")}};

	for (size_t i = 0; i < 3; i++)
		for (size_t n = 0; n <= 3; n++) {
			struct str_list is, names = {sets[i], n};
			struct str line = again(*state, names);

			assert_int_equal(
			    story_names_split(*state, line, &is), RC_OK);
			assert_int_equal(is.n, n);
			for (size_t k = 0; k < n; k++)
				assert_true(str_eq(is.v[k], names.v[k]));
		}
}

static void what_a_form_does_not_have_stays(void **state)
{
	struct http_form_field sent[] = {
	    {STR("headline"), STR(" One\n\tline ")},
	    {STR("body"), STR("Two\n\nlines\n")}};
	struct visit v = {.a = *state, .form = {2, sent}};
	struct manuscript base = {.headline = STR("Old"),
	    .kicker = STR("Kept"),
	    .slug = STR("kept"),
	    .body = STR("Old"),
	    .has_embargo = true};
	struct write_text before, text;
	struct manuscript m;

	assert_int_equal(story_form_of(*state, &base, &before), RC_OK);
	assert_int_equal(story_form_read(&v, &before, &text), RC_OK);
	assert_int_equal(
	    story_form_manuscript(*state, &base, &text, &m), RC_OK);
	text_is(m.headline, "One line");
	text_is(m.body, "Two\n\nlines\n");
	text_is(m.kicker, "Kept");
	text_is(m.slug, "kept");
	assert_true(m.has_embargo);
}

static void each_field_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < WRITE_FIELDS; i++)
		for (int k = 0; k < i; k++)
			assert_false(
			    str_eq(write_field_name((enum write_field)i),
				write_field_name((enum write_field)k)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		names_are_parted_by_the_commas_of_every_script, set_up,
		tear_down),
	    cmocka_unit_test_setup_teardown(
		every_list_of_names_comes_back_as_it_was, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
		what_a_form_does_not_have_stays, set_up, tear_down),
	    cmocka_unit_test(each_field_has_a_name_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
