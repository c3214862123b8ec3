/* SPDX-License-Identifier: MIT
 *
 * What the tests of intake share: an arena for each, a story, and what intake
 * makes of a text.
 */
#ifndef TEXT_TEST_INTAKE_FIXTURE_H
#define TEXT_TEST_INTAKE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "text/intake.h"

#define HEADLINE "Council keeps the night bus"
#define STORY                                                                  \
	"The council of Port Lune voted on Monday to keep the night bus, "     \
	"after two hundred people had asked for it in writing.\n\n"            \
	"The driver of the last bus said that he had never seen so many "      \
	"people at a meeting of the council before.\n"

static struct arena *a;

static inline struct intake take(struct str bytes)
{
	struct intake in;
	struct err err = {.rc = RC_OK};

	if (intake_read(a, bytes, STR("en"), &in, &err) != RC_OK)
		fail_msg("refused: %s", err.why);
	return in;
}

/* OF: what it is, for whoever reads that it is not. */
static inline void assert_str(struct str got, const char *want, const char *of)
{
	if (!str_eq(got, str_of(want)))
		fail_msg(
		    "%s: got \"%.*s\", not \"%s\"", of, STR_ARG(got), want);
}

static inline int set_up(void **state)
{
	(void)state;
	a = arena_new(256 << 20);
	return 0;
}

static inline int tear_down(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

#endif
