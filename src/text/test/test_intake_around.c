/* SPDX-License-Identifier: MIT
 *
 * What stands below a story is not for readers; what is of it stays.
 */
#include "text/intake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

#define HEADLINE "Council keeps the night bus"
#define STORY                                                                  \
	"The council of Port Lune voted on Monday to keep the night bus, "     \
	"after two hundred people had asked for it in writing.\n\n"            \
	"The driver of the last bus said that he had never seen so many "      \
	"people at a meeting of the council before.\n"

static struct arena *a;

static struct intake take(struct str bytes)
{
	struct intake in;
	struct err err = {.rc = RC_OK};

	if (intake_read(a, bytes, STR("en"), &in, &err) != RC_OK)
		fail_msg("refused: %s", err.why);
	return in;
}

static void assert_str(struct str got, const char *want, const char *of)
{
	if (!str_eq(got, str_of(want)))
		fail_msg(
		    "%s: got \"%.*s\", not \"%s\"", of, STR_ARG(got), want);
}

static bool is_aside(const struct intake *in, const char *part)
{
	for (size_t i = 0; i < in->aside_n; i++)
		if (str_find_str(in->aside[i].text, str_of(part)) <
		    in->aside[i].text.n)
			return true;
	return false;
}

static bool is_doubted(const struct intake *in, const char *part)
{
	for (size_t i = 0; i < in->doubts_n; i++)
		if (str_find_str(in->doubts[i].text, str_of(part)) <
		    in->doubts[i].text.n)
			return true;
	return false;
}

static void nothing_below_the_end_mark_is_of_the_story(void **state)
{
	static const char *const marks[] = {"ENDS", "- ENDS -", "-ENDS-",
	    "-ends-", "[ENDS]", "*** ENDS ***", "– ENDS –", "ENDS.",
	    "---ENDS---", "(Ende)", "- Ende -", "-FIN-", "- FIN -", "-30-",
	    "— 30 —", "#####", "###", "# # #", "Ends", "(END)", "/ENDS",
	    "FIN DU COMMUNIQUÉ", "*** Конец ***", "[完]"};

	(void)state;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		struct intake in = take(arena_printf(a,
		    HEADLINE
		    "\n\n" STORY "\n%s\n\nAbout the council:\n\n"
		    "Please call Ann Lee, who leads the press office, at home "
		    "on 01234 567890 for any questions.\n",
		    marks[i]));

		assert_str(in.m.body, STORY, marks[i]);
		assert_true(is_aside(&in, "01234 567890"));
	}
}

static void a_line_that_only_looks_like_an_end_ends_nothing(void **state)
{
	static const char *const lines[] = {"- 30", "The end of the line",
	    "End of an era", "- Ends meet", "* * *", "Kontakt verloren",
	    "Regards from the night bus", "Contact with the driver"};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct intake in = take(arena_printf(
		    a, HEADLINE "\n\n" STORY "\n%s\n\n" STORY, lines[i]));

		assert_true(str_ends(in.m.body, STR(STORY)));
		assert_false(is_aside(&in, "driver of the last bus"));
	}
}

static void an_end_mark_above_most_of_the_text_is_doubted(void **state)
{
	struct intake in =
	    take(STR(HEADLINE "\n\n" STORY "\nEnde\n\n" STORY "\n" STORY));

	(void)state;
	assert_true(is_doubted(&in, "More text stands below"));
	in = take(STR(HEADLINE "\n\n" STORY "\nEnde\n\nA line.\n"));
	assert_false(is_doubted(&in, "More text stands below"));
}

static void a_signature_is_set_aside_whatever_stands_below_it(void **state)
{
	static const char *const greetings[] = {"Best regards,",
	    "Kind regards, Ann", "Mit freundlichen Grüßen", "Cordialement,",
	    "Un saludo,", "С уважением,"};
	static const char *const below[] = {
	    "This e-mail is confidential. If you are not the intended "
	    "recipient, please delete it at once.",
	    "We think of the trees: please do not print this if you need not.",
	};

	(void)state;
	for (size_t i = 0; i < 12; i++) {
		struct intake in = take(arena_printf(a,
		    HEADLINE "\n\n" STORY
			     "\n%s\nAnn Lee\nMobile: 01234 567890\n"
			     "ann@example.org\n\n%s\n",
		    greetings[i / 2], below[i % 2]));

		assert_str(in.m.body, STORY, greetings[i / 2]);
		assert_true(is_aside(&in, "01234 567890"));
		assert_true(is_aside(&in, "ann@example.org"));
	}
}

static void the_note_above_a_greeting_is_not_the_story(void **state)
{
	struct intake in = take(STR(
	    "Subject: Night bus\nFrom: Ann\n\nHi Tom,\n\nyou will find our text "
	    "below, and we would be glad to see it in the paper of Thursday or "
	    "that of Friday.\n\nBest regards,\nAnn\n\n" HEADLINE "\n\n" STORY
	    "\n" STORY));

	(void)state;
	assert_true(str_ends(in.m.body, STR(STORY)));
}

static void notes_for_editors_are_set_aside_whatever_they_say(void **state)
{
	static const char *const labels[] = {"Notes to editors",
	    "Note to editor:", "NOTES TO EDITORS:", "Pressekontakt:",
	    "Media contact: Ann Lee", "Contact presse :", "Контакты:"};

	(void)state;
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]) * 2; i++) {
		struct intake in = take(arena_printf(a,
		    "%s" HEADLINE "\n\n" STORY
		    "\n%s\n\nPlease call Ann Lee, who leads the press office, "
		    "at home on 01234 567890 for any questions.\n",
		    i % 2 ? "Subject: Fwd: Bus\nFrom: Ann\n\n" : "",
		    labels[i / 2]));

		assert_str(in.m.body, STORY, labels[i / 2]);
		assert_true(is_aside(&in, "01234 567890"));
	}
}

static int set_up(void **state)
{
	(void)state;
	a = arena_new(256 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(nothing_below_the_end_mark_is_of_the_story),
	    TEST(a_line_that_only_looks_like_an_end_ends_nothing),
	    TEST(an_end_mark_above_most_of_the_text_is_doubted),
	    TEST(a_signature_is_set_aside_whatever_stands_below_it),
	    TEST(the_note_above_a_greeting_is_not_the_story),
	    TEST(notes_for_editors_are_set_aside_whatever_they_say),
	};

	return cmocka_run_group_tests_name("intake_around", tests, NULL, NULL);
}
