/* SPDX-License-Identifier: MIT
 *
 * Texts of test/intake as they reach a newsroom, each with the draft and the
 * report that must come of it, byte for byte.
 */
#include "text/intake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include <dirent.h>

#include "base/arena.h"
#include "base/buf.h"

#define FOLDER "test/intake"
#define SAMPLE "samples/page-copied-from-another-paper.txt"

static struct str read_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	char *p = arena_alloc(a, 1 << 16);
	size_t n;

	if (!f)
		return STR_NONE;
	n = fread(p, 1, 1 << 16, f);
	(void)fclose(f);
	return (struct str){p, n};
}

static struct intake take(struct arena *a, struct str bytes)
{
	struct intake in;
	struct err err = {.rc = RC_OK};

	if (intake_read(a, bytes, STR("en"), &in, &err) != RC_OK)
		fail_msg("refused: %s", err.why);
	return in;
}

static int is_text(const struct dirent *d)
{
	return str_ends(str_of(d->d_name), STR(".txt"));
}

/* With FARTHING_ACCEPT set the outputs are written instead, to be judged in
 * the diff. */
static void compare(const char *path, struct str want, struct buf *b, int *bad)
{
	if (getenv("FARTHING_ACCEPT")) {
		FILE *f = fopen(path, "wb");

		assert_non_null(f);
		assert_int_equal(fwrite(b->p, 1, b->n, f), b->n);
		(void)fclose(f);
		return;
	}
	if (str_eq(want, buf_str(b)))
		return;
	++*bad;
	printf("%s should be:\n%.*s", path, STR_ARG(buf_str(b)));
}

static void each_sample_gives_its_draft_and_report(void **state)
{
	struct dirent **v = NULL;
	int n = scandir(FOLDER, &v, is_text, alphasort), bad = 0;

	(void)state;
	assert_true(n >= 8);
	for (int i = 0; i < n; i++) {
		struct arena *a = arena_new(64 << 20);
		struct str name = str_of(v[i]->d_name);
		struct str stem = str_part(name, 0, name.n - 4);
		struct str path = arena_printf(a, FOLDER "/%s", name.p);
		struct intake in = take(a, read_file(a, path.p));
		struct buf b;

		buf_init_arena(&b, a, 1 << 20);
		manuscript_write(&b, &in.m);
		path = arena_printf(a, FOLDER "/%.*s.md", STR_ARG(stem));
		compare(path.p, read_file(a, path.p), &b, &bad);
		buf_clear(&b);
		intake_report(&b, &in, name);
		path = arena_printf(a, FOLDER "/%.*s.report", STR_ARG(stem));
		compare(path.p, read_file(a, path.p), &b, &bad);
		arena_free(a);
		free(v[i]);
	}
	free(v);
	assert_int_equal(bad, 0);
}

static void assert_has(struct str s, struct str part)
{
	if (str_find_str(s, part) == s.n)
		fail_msg("\"%.*s\" is not in: %.*s", STR_ARG(part), STR_ARG(s));
}

static void assert_has_not(struct str s, struct str part)
{
	if (str_find_str(s, part) < s.n)
		fail_msg("\"%.*s\" is in: %.*s", STR_ARG(part), STR_ARG(s));
}

static bool has_note(const struct intake_note *v, size_t n, struct str part)
{
	for (size_t i = 0; i < n; i++)
		if (str_find_str(v[i].text, part) < v[i].text.n)
			return true;
	return false;
}

static void assert_str(struct str got, const char *want)
{
	if (!str_eq(got, str_of(want)))
		fail_msg("got: %.*s\nwant: %s", STR_ARG(got), want);
}

static void the_page_of_another_paper_comes_out_right(void **state)
{
	struct arena *a = arena_new(64 << 20);
	const char *shared = getenv("FARTHING_SHARED");
	struct str path =
	    arena_printf(a, "%s/" SAMPLE, shared ? shared : "../shared");
	struct str file = read_file(a, path.p);
	struct intake in;
	size_t paragraphs = 1;

	(void)state;
	if (!file.p) {
		printf("note: intake: %s is not here, not tried\n", SAMPLE);
		arena_free(a);
		return;
	}
	in = take(a, file);
	assert_str(in.m.headline,
	    "Friends Putin and Kim add strength against the United States");
	assert_str(in.m.picture.caption, "Putin and Kim");
	assert_true(str_starts(
	    in.m.standfirst, STR("In their meeting, both presidents")));
	assert_str(in.m.dateline, "Moscow/Seoul");
	assert_str(in.m.lang, "en");
	assert_true(in.m.is_draft);
	assert_int_equal(in.aside_n, 1);
	assert_string_equal(in.aside[0].what, "support call");
	assert_int_equal(in.aside[0].line, 5);
	assert_true(
	    str_starts(in.m.body, STR("North Korean leader Kim Jong Un")));
	assert_has(in.m.body,
	    STR("Russian dumplings “pelmeni” made with Kamchatka crab"));
	assert_has_not(in.m.body, STR("”\n\n”"));
	for (size_t i = 0; i + 1 < in.m.body.n; i++)
		paragraphs +=
		    in.m.body.p[i] == '\n' && in.m.body.p[i + 1] == '\n';
	assert_int_equal(paragraphs, 10);
	assert_true(has_note(in.actions, in.actions_n, STR("pelmeni")));
	assert_true(has_note(in.doubts, in.doubts_n, STR("no main verb")));
	assert_true(has_note(in.doubts, in.doubts_n, STR("relative day")));
	assert_true(has_note(in.doubts, in.doubts_n, STR("no byline")));
	assert_false(has_note(in.doubts, in.doubts_n, STR("quotation")));
	assert_int_equal(in.quotations_n, 3);
	arena_free(a);
}

static void quotation_marks_are_mended_only_where_clear(void **state)
{
	static const char *const cases[][2] = {
	    {"He ate crab.” caviar” and left the room.",
		"He ate crab “caviar” and left the room.\n"},
	    {"He said “no\" and left the room.",
		"He said “no” and left the room.\n"},
	    {"He said “no“ and left the room.",
		"He said “no” and left the room.\n"},
	    {"He said ``no'' and left the room.",
		"He said “no” and left the room.\n"},
	    {"He said no” and left the room.",
		"He said no” and left the room.\n"},
	    {"She said: “Yes.” Then: “No.”", "She said: “Yes.” Then: “No.”\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena *a = arena_new(32 << 20);
		struct intake in =
		    take(a, arena_printf(
				a, "A man leaves a room\n\n%s\n", cases[i][0]));

		assert_str(in.m.body, cases[i][1]);
		assert_int_equal(in.doubts_n > 0, 1);
		arena_free(a);
	}
}

static void an_address_is_neither_headline_nor_caption(void **state)
{
	static const char *const heads[] = {
	    "Ann Tolley <ann@marren.example>",
	    "ann@marren.example",
	    "Para: desk@courier.example",
	    "De: ann@marren.example\nA: desk@courier.example",
	    "От: ann@marren.example",
	    "Write to ann@marren.example for tickets",
	    "Subject: ann@marren.example\nTo: desk@courier.example\n",
	    "差出人： ann@marren.example",
	};
	static const char *const bodies[] = {"The ferry is back",
	    ("The ferry carried cars again on Friday, after two winters on the "
	     "slip and a summer of waiting for paint."),
	    "ann@marren.example says that the ferry carried cars on Friday."};

	(void)state;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]) * 3; i++) {
		struct arena *a = arena_new(32 << 20);
		struct intake in =
		    take(a, arena_printf(a, "%s\n%s\n\n%s\n", heads[i / 3],
				i % 2 ? heads[i / 3] : "", bodies[i % 3]));

		assert_true(in.m.headline.n > 0);
		assert_has_not(in.m.headline, STR("@"));
		assert_has_not(in.m.kicker, STR("@"));
		assert_has_not(in.m.picture.caption, STR("@"));
		assert_has_not(in.m.standfirst, STR("@"));
		arena_free(a);
	}
}

static void datelines_are_taken_in_the_ways_of_the_agencies(void **state)
{
	static const char *const cases[][2] = {
	    {"Altmühl, 12.03.2026 – ", "Altmühl"},
	    {"Fuenteclara, 12 de marzo de 2026.- ", "Fuenteclara"},
	    {"ЗАРЕЧЬЕ, 12 марта. /БЕРЕГ/. ", "Заречье"},
	    {"GANNET BAY, Ore. — ", "Gannet Bay, Ore."},
	    {"HARROW QUAY, England (CW) _ ", "Harrow Quay, England"},
	    {"ALTMÜHL (ufr) - ", "Altmühl"},
	    {"Harrow Quay\xC2\xA0– ", "Harrow Quay"},
	    {"Altmühl (ufr/lat) - ", "Altmühl"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena *a = arena_new(32 << 20);
		struct intake in = take(
		    a, arena_printf(a,
			   "The bridge is open again\n\n%sThe bridge opened on "
			   "Thursday, two years late.\n",
			   cases[i][0]));

		assert_str(in.m.dateline, cases[i][1]);
		assert_str(in.m.body,
		    "The bridge opened on Thursday, two years late.\n");
		arena_free(a);
	}
}

static void a_day_behind_the_agency_is_the_storys(void **state)
{
	struct arena *a = arena_new(32 << 20);
	struct intake in = take(a,
	    STR("The bridge is open again\n\nPORT LUNE (CW), March 3, 2026 - "
		"The bridge opened on Thursday, two years late.\n"));

	(void)state;
	assert_str(in.m.dateline, "Port Lune");
	assert_true(in.m.has_published);
	assert_int_equal(in.m.published.day, 3);
	in = take(
	    a, STR("The bridge is open again\n\nPORT LUNE (CW) March 3 - The "
		   "bridge opened on Thursday, two years late.\n"));
	assert_true(has_note(in.doubts, in.doubts_n, STR("March 3")));
	arena_free(a);
}

/* I1 of intake.c. */
static void nothing_of_a_head_is_lost(void **state)
{
	struct arena *a = arena_new(32 << 20);
	struct intake in = take(
	    a, STR("The bridge is open again\n\nBy Ann Tolley\n\nPublished 12 "
		   "March 2026 at 18.02\n\nGANNET BAY, Ore. (CW) - The bridge "
		   "opened on Thursday, two years late.\n"));

	(void)state;
	assert_true(has_note(in.actions, in.actions_n, STR("18.02")));
	assert_int_equal(in.aside_n, 1);
	assert_string_equal(in.aside[0].what, "agency");
	assert_str(in.aside[0].text, "CW");
	arena_free(a);
}

static void words_of_a_story_are_not_taken_for_furniture(void **state)
{
	static const char *const lines[] = {
	    "It was a fine picture: the lake.",
	    "“Search,” he said, “and you shall find.”",
	    "The vote was 4 / 3 / 2, with one away.",
	    "Dear Madam, she wrote, and nothing else.",
	    "The train left 2 hours ago, and the next is tomorrow’s.",
	    "Home is where the harbour is.",
	    "She came on 3 May 2026.",
	    "Kind regards were sent by all who had been there that day.",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]) * 2; i++) {
		struct arena *a = arena_new(32 << 20);
		const char *rest =
		    "The ferry carried cars again on Friday, after two "
		    "winters on the slip and a summer of waiting for paint.";
		const char *line = lines[i / 2];
		struct intake in = take(a,
		    arena_printf(a, "The ferry is back at last\n\n%s\n\n%s\n",
			i % 2 ? line : rest, i % 2 ? rest : line));

		assert_str(in.m.headline, "The ferry is back at last");
		assert_has(in.m.body, str_of(line));
		assert_int_equal(in.aside_n, 0);
		arena_free(a);
	}
}

static void the_note_below_a_greeting_is_no_standfirst(void **state)
{
	struct arena *a = arena_new(32 << 20);
	struct intake in = take(a,
	    STR("From: a@b.example\nTo: c@d.example\nSubject: Copy\n\n"
		"Hi Tom,\n\nhere is the piece we talked about. 480 words, "
		"photo to follow.\n\nBridge to close for a year\nBy Ines "
		"Corvo\n\nPORT LUNE, March 12 - The old bridge over the Lune "
		"will close to cars in May and will not open again.\n"));

	(void)state;
	assert_str(in.m.headline, "Bridge to close for a year");
	assert_str(in.m.standfirst, "");
	assert_has_not(in.m.body, STR("480 words"));
	assert_int_equal(in.aside_n, 5);
	assert_string_equal(in.aside[4].what, "covering note");
	arena_free(a);
}

#define STORY                                                                  \
	"The county will pay half of the repair of the old bridge, the board " \
	"decided on Wednesday evening. The work begins in May and takes a "    \
	"year, and eight thousand cars a day will take another way.\n\n"

static void the_mail_that_is_answered_is_no_part_of_the_story(void **state)
{
	static const char *const answered[] = {
	    "-----Original Message-----\nFrom: Desk <d@paper.example>\n",
	    "On Wed, 11 Mar 2026 at 18:02, Tom <tom@paper.example> wrote:\n",
	    "Den 11. mar. 2026 kl. 18.02 skrev Tom <tom@paper.example>:\n",
	    "From: Tom\nSent: Wednesday\nTo: Mara\nSubject: Statement\n",
	};
	static const char *const subjects[] = {"RE: Bridge", "FW: Bridge"};

	(void)state;
	for (size_t i = 0; i < sizeof(answered) / sizeof(answered[0]) * 2;
	     i++) {
		struct arena *a = arena_new(32 << 20);
		struct intake in = take(a,
		    arena_printf(a,
			"From: m@county.example\nTo: d@paper.example\n"
			"Subject: %s\n\nCounty pays half of the repair\n\n" STORY
			"Kind regards,\n\nMara Teixeira\n\n%s\n"
			"Hello Mara,\n\ncould we have a statement from you "
			"by noon? It is for the paper of Friday.\n",
			subjects[i % 2], answered[i / 2]));

		/* A head tells where a mail that is passed on begins. */
		if (i % 2 == 0 || i / 2 == 3) {
			assert_has_not(in.m.body, STR("statement"));
			assert_has_not(in.m.body, STR("Mara"));
		} else {
			assert_has(in.m.body, STR("statement"));
		}
		assert_has(in.m.body, STR("another way.\n"));
		arena_free(a);
	}
}

static void what_is_longer_than_a_field_is_none(void **state)
{
	struct arena *a = arena_new(64 << 20);
	struct intake in;
	struct buf words;

	(void)state;
	buf_init_arena(&words, a, 1 << 16);
	while (words.n < 20000)
		buf_lit(&words, "word ");
	in = take(a, arena_printf(a, "From: a@b.example\nSubject: %s\n\n" STORY,
			 buf_str(&words).p));
	assert_true(in.m.headline.n < 200);
	in = take(a, arena_printf(a,
			 "The bridge is to be closed\n\nCaption\n%s\n\nBy Ann "
			 "Orr\n\n" STORY,
			 buf_str(&words).p));
	assert_true(in.m.picture.caption.n < 1000);
	assert_has(in.m.body, STR("word word"));
	arena_free(a);
}

static void a_day_above_the_headline_parts_nothing(void **state)
{
	struct arena *a = arena_new(32 << 20);
	struct intake in = take(a,
	    STR("COMMUNIQUÉ DE PRESSE\n\nPort-Serein, le 12 mars 2026\n\n"
		"Le vieux bac s'arrête cet hiver\n\nLa mairie annonce l'arrêt "
		"du bac du 1er novembre au 31 mars.\n\n« C'est une décision "
		"difficile », déclare la maire, Anne Orr. « Nous n'avions pas "
		"le choix : les recettes ont baissé en deux ans ! »\n"));

	(void)state;
	assert_str(in.m.headline, "Le vieux bac s'arrête cet hiver");
	assert_int_equal(in.m.published.day, 12);
	arena_free(a);
}

static void a_day_below_the_story_is_its_date(void **state)
{
	struct arena *a = arena_new(32 << 20);
	struct intake in = take(
	    a, STR("The bridge is to be closed\n\n" STORY "12 Mart 2026\n"));

	(void)state;
	assert_true(in.m.has_published);
	assert_int_equal(in.m.published.month, 3);
	arena_free(a);
}

static void marks_of_danish_that_are_alike_stay(void **state)
{
	struct arena *a = arena_new(32 << 20);
	struct intake in = take(a,
	    STR("Færgen lukker til vinter\n\nByrådet har besluttet at lukke den "
		"gamle færge. ”Det er trist,” siger borgmesteren, ”men det er "
		"nødvendigt, og vi har ikke flere penge.”\n"));

	(void)state;
	assert_str(in.m.lang, "da");
	assert_has(in.m.body, STR("”Det er trist,” siger"));
	assert_false(has_note(in.doubts, in.doubts_n, STR("uotation mark")));
	arena_free(a);
}

static void the_bullets_of_a_word_processor_make_a_list(void **state)
{
	static const char *const bullets[] = {"•\t", "·\t", "o\t", "▪ ", "◦ ",
	    "‣ ", "● ", "■\t", "\xEF\x82\xB7\t", "\xEF\x82\xA7 ", "-\t", "*\t",
	    "·\xC2\xA0"};

	(void)state;
	for (size_t i = 0; i < sizeof(bullets) / sizeof(bullets[0]); i++) {
		struct arena *a = arena_new(32 << 20);
		struct intake in = take(a,
		    arena_printf(a,
			"The council buys a second boat\n\nThe ferry carries "
			"cars again on Friday, after two winters on the "
			"slip.\n\n%sEvery twenty minutes\n%sChildren free\n",
			bullets[i], bullets[i]));

		assert_has(in.m.body,
		    STR("\n- Every twenty minutes\n- Children free\n"));
		arena_free(a);
	}
}

static void lines_that_count_on_are_a_numbered_list(void **state)
{
	struct arena *a = arena_new(32 << 20);
	struct intake in = take(
	    a, STR("The council buys a second boat\n\n" STORY
		   "1.\tIt is *old*.\n\n2) It is slow.\n3. It is loved.\n\nIn "
		   "all it is a boat.\n\n1986. A great year for it.\n"));

	(void)state;
	assert_has(
	    in.m.body, STR("\n\n1. It is \\*old\\*.\n2. It is slow.\n3. It is "
			   "loved.\n\nIn"));
	assert_has(in.m.body, STR("\n1986\\. A great"));
	arena_free(a);
}

static void words_are_words_and_not_markdown(void **state)
{
	static const char *const cases[][2] = {
	    {"1.", "1\\."},
	    {"2)\tThe second one", "2\\)\tThe second one"},
	    {"It is ~~not~~ so.", "It is \\~\\~not\\~\\~ so."},
	    {"Write &amp;copy; for it.", "Write \\&copy; for it."},
	    {"Ask R&amp;D; they know.", "Ask R\\&D; they know."},
	    {"He typed {{< x >}} and left.",
		"He typed \\{\\{\\< x >}} and left."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena *a = arena_new(32 << 20);
		struct intake in = take(a,
		    arena_printf(a,
			"The council buys a second boat\n\nThe ferry carries "
			"cars again on Friday, after two winters on the "
			"slip.\n\n%s\n",
			cases[i][0]));

		assert_has(in.m.body, str_of(cases[i][1]));
		arena_free(a);
	}
}

static void what_is_no_story_is_refused(void **state)
{
	struct arena *a = arena_new(32 << 20);
	struct intake in;
	struct err err;

	(void)state;
	assert_int_equal(
	    intake_read(a, STR("Share\n\nFacebook\n"), STR("en"), &in, &err),
	    RC_INVALID);
	assert_int_equal(
	    intake_read(a, STR(""), STR("en"), &in, &err), RC_INVALID);
	assert_int_equal(
	    intake_read(a, STR("%PDF-1.4"), STR("en"), &in, &err), RC_INVALID);
	arena_free(a);
}

/* The processor's seconds for N bytes of UNIT, the better of two tries. */
static double seconds_for(const char *unit, size_t n)
{
	double best = 1e9;

	for (int i = 0; i < 2; i++) {
		struct arena *a = arena_new((size_t)1 << 30);
		struct intake in;
		struct buf b;
		clock_t start;
		double s;

		buf_init_arena(&b, a, 1 << 20);
		while (b.n < n)
			buf_add(&b, str_of(unit));
		start = clock();
		(void)!intake_read(a, buf_str(&b), STR("en"), &in, NULL);
		s = (double)(clock() - start) / CLOCKS_PER_SEC;
		best = s < best ? s : best;
		arena_free(a);
	}
	return best;
}

static void hostile_text_takes_linear_time(void **state)
{
	static const char *const units[] = {"”", "“ ", ",,", "``", "word ",
	    "\n", "a\n\n", "> \n", "A: b\n", "„", "„a ", "=?x?q?a?=", "- a\n",
	    "— A\n\n", " ”x", "a@b \n"};

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		double one = seconds_for(units[i], 1 << 14);
		double eight = seconds_for(units[i], 1 << 17);

		/* Squares would make 64 of 8. */
		if (eight > one * 24 + 0.05)
			fail_msg("8 times as many of %s take %.1f times as "
				 "long (%.3f s)",
			    units[i], eight / (one + 1e-9), eight);
	}
}

/* As long as a chapter, and as heavy as that of marks which do pair. */
static void marks_that_never_pair_cost_no_more_than_those_that_do(void **state)
{
	double single = seconds_for("„", 1 << 17);
	double paired = seconds_for("„a b c“", 1 << 17);

	(void)state;
	if (single > paired * 3 + 0.05)
		fail_msg("%.3f s for what pairs takes %.3f s", single, paired);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_sample_gives_its_draft_and_report),
	    cmocka_unit_test(the_page_of_another_paper_comes_out_right),
	    cmocka_unit_test(quotation_marks_are_mended_only_where_clear),
	    cmocka_unit_test(an_address_is_neither_headline_nor_caption),
	    cmocka_unit_test(datelines_are_taken_in_the_ways_of_the_agencies),
	    cmocka_unit_test(a_day_behind_the_agency_is_the_storys),
	    cmocka_unit_test(nothing_of_a_head_is_lost),
	    cmocka_unit_test(words_of_a_story_are_not_taken_for_furniture),
	    cmocka_unit_test(the_note_below_a_greeting_is_no_standfirst),
	    cmocka_unit_test(the_mail_that_is_answered_is_no_part_of_the_story),
	    cmocka_unit_test(what_is_longer_than_a_field_is_none),
	    cmocka_unit_test(a_day_above_the_headline_parts_nothing),
	    cmocka_unit_test(a_day_below_the_story_is_its_date),
	    cmocka_unit_test(marks_of_danish_that_are_alike_stay),
	    cmocka_unit_test(the_bullets_of_a_word_processor_make_a_list),
	    cmocka_unit_test(lines_that_count_on_are_a_numbered_list),
	    cmocka_unit_test(words_are_words_and_not_markdown),
	    cmocka_unit_test(what_is_no_story_is_refused),
	    cmocka_unit_test(hostile_text_takes_linear_time),
	    cmocka_unit_test(
		marks_that_never_pair_cost_no_more_than_those_that_do),
	};

	return cmocka_run_group_tests_name("intake", tests, NULL, NULL);
}
