/* SPDX-License-Identifier: MIT
 *
 * Days and hours in the lines that stand around a story.
 */
#include "text/intake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

#define STORY                                                                  \
	"The council of Port Lune voted on Monday to keep the night bus, "     \
	"after two hundred people had asked for it in writing.\n\n"            \
	"The driver of the last bus said that he had never seen so many "      \
	"people at a meeting of the council before.\n"

/* The day that a line above the story gives, as 20260312; 0: none. */
static unsigned day_of(const char *line)
{
	struct arena *a = arena_new(64 << 20);
	struct intake in;
	struct err err = {.rc = RC_OK};
	unsigned day = 0;

	if (intake_read(a,
		arena_printf(a,
		    "Council keeps the night bus\n\nBy Ann Tolley\n\n%s\n\n" STORY,
		    line),
		STR("en"), &in, &err) != RC_OK)
		fail_msg("refused: %s", err.why);
	if (in.m.has_published)
		day = (unsigned)in.m.published.year * 10000u +
		      in.m.published.month * 100u + in.m.published.day;
	arena_free(a);
	return day;
}

static void assert_day(const char *line, unsigned want)
{
	unsigned got = day_of(line);

	if (got != want)
		fail_msg("%s: got %u", line, got);
}

static void the_hour_beside_a_day_is_not_taken_for_it(void **state)
{
	static const char *const lines[] = {
	    "10:30 AM EDT, Thu March 12, 2026",
	    "18:30, 12 марта 2026",
	    "18:30 12 марта 2026",
	    "18.30, 12 марта 2026",
	    "09:15, 12 March 2026",
	    "9 a.m., March 12, 2026",
	    "9 Uhr, 12. März 2026",
	    "9.15 Uhr, 12. März 2026",
	    "12 de marzo de 2026, 10:15 h",
	    "10:15 h. 12 de marzo de 2026",
	    "Publié le 12 mars 2026 à 06h15, mis à jour à 10h00",
	    "06h15, le 12 mars 2026",
	    "Published 3 hours ago, 12 March 2026",
	    "2026年3月12日 5時30分",
	    "5時30分 2026年3月12日",
	    "12.03.2026 - 10:15",
	    "18.30, 12.03.2026",
	    "10 h 12 mars 2026",
	    "12 mars 2026, 18 h 30",
	    "12. marts 2026 18.30",
	    "10:15 2026-03-12",
	    "godz. 9, 12 marca 2026",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_day(lines[i], 20260312);
}

static void the_number_next_to_the_month_is_the_day(void **state)
{
	(void)state;
	assert_day("No. 7, Thursday, March 12, 2026", 20260312);
	assert_day("Page 4, 12 March 2026", 20260312);
	assert_day("March 12th 2026, page 4", 20260312);
	assert_day("12 de março de 2026", 20260312);
}

static void a_day_whose_order_is_a_matter_of_taste_is_none(void **state)
{
	(void)state;
	assert_day("03/12/2026 10:15", 0);
	assert_day("10:30, 2026", 0);
	assert_day("12:03, May 2026", 0);
	assert_day("31 June 2026", 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_hour_beside_a_day_is_not_taken_for_it),
	    cmocka_unit_test(the_number_next_to_the_month_is_the_day),
	    cmocka_unit_test(a_day_whose_order_is_a_matter_of_taste_is_none),
	};

	return cmocka_run_group_tests_name("intake_date", tests, NULL, NULL);
}
