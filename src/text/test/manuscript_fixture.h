/* SPDX-License-Identifier: MIT
 *
 * What the tests of manuscripts share: an arena for each test, and a manuscript
 * that is read or fails the test. Behind cmocka.h.
 */
#ifndef TEXT_MANUSCRIPT_FIXTURE_H
#define TEXT_MANUSCRIPT_FIXTURE_H

#include "base/arena.h"
#include "text/manuscript.h"

static struct arena *a;

static int setup(void **state)
{
	(void)state;
	a = arena_new(64 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

static struct manuscript read_ok(const char *text)
{
	struct manuscript m = {0};
	struct err err = {0};

	if (manuscript_parse(a, str_of(text), &m, &err))
		fail_msg("%s", err.why);
	return m;
}

static void is(struct str got, const char *want)
{
	if (!str_eq(got, str_of(want)))
		fail_msg("\"%.*s\", not \"%s\"", STR_ARG(got), want);
}

static bool left_has(const struct manuscript *m, const char *field)
{
	for (size_t i = 0; i < m->left_n; i++)
		if (str_eq(m->left[i].field, str_of(field)))
			return true;
	return false;
}

#endif
