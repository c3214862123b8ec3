/* SPDX-License-Identifier: MIT
 *
 * The screens of publishing, byte for byte as somebody has looked at them and
 * taken them for right, in English and in Arabic: test/golden/NAME. With
 * FARTHING_GOLDEN=accept (make golden-accept) they are written anew.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/buf.h"
#include "page/desk_front.h"
#include "page/desk_pictures.h"
#include "page/desk_publish.h"
#include "page/desk_settings.h"

enum { FILE_MAX_BYTES = 256 * 1024, ENGLISH = 0, ARABIC = 5, DAYS = 35 };

#define AT(d, h, offset)                                                       \
	{                                                                      \
		.year = 2026, .month = 10, .day = (d), .hour = (h),            \
		.offset_s = (offset), .has_time = true, .has_offset = true     \
	}

static const struct civil summer = AT(24, 12, 7200);
static const struct civil winter = AT(26, 6, 3600);
static const struct civil winter_utc = AT(26, 5, 0);

static struct view_desk desk_in(unsigned lang)
{
	static const struct view_desk_link rail[] = {
	    {MSG_RAIL_STORIES, STR_INIT("/stories"), true},
	    {MSG_RAIL_CALENDAR, STR_INIT("/calendar"), false}};

	return (struct view_desk){.lang = lang,
	    .paper = STR("The Port Lune Farthing"),
	    .site = STR("https://portlune.example"),
	    .css = STR("/static/0/desk.css"),
	    .icon = STR("/static/0/favicon.svg"),
	    .who = STR("Ada Quay"),
	    .rail = rail,
	    .rail_n = 2,
	    .done = MSG_COUNT};
}

static const struct view_stand stands[] = {
    {.message = MSG_PROOF_RELATIVE_DAY,
	.excerpt = STR_INIT("It was his last night here."),
	.by = STR_INIT("Bo <Reed>")},
};

static const struct view_check newest_checks[] = {
    {.word = MSG_CHECK_ADDRESS,
	.blocks = true,
	.count = 1,
	.mark = MSG_COUNT,
	.what = STR_INIT("bc1q\xE2\x80\x8Bw508 <d6qe>"),
	.url = STR_INIT("/stories/7#body")},
    {.word = MSG_CHECK_PROOF, .count = 2, .mark = MSG_MARK_DOUBLED_WORD}};
static const struct view_check due_checks[] = {
    {.word = MSG_CHECK_ALT, .count = 2, .mark = MSG_COUNT}};
static const struct view_step some_steps[] = {
    {MSG_STEP_HELD, STR_INIT(""), STR_INIT("A picture"), AT(25, 6, 3600)},
    {MSG_STEP_SCHEDULED, STR_INIT("Bo Reed"), STR_INIT(""), AT(24, 11, 7200)}};
static const struct view_person some_editors[] = {
    {STR_INIT("bo"), STR_INIT("Bo Reed")}};

static void put_publish(struct buf *b, unsigned lang)
{
	struct view_desk desk = desk_in(lang);
	struct view_publish view = {.url = STR("/stories/7"),
	    .headline = STR("The clocks & the tide"),
	    .lang = STR("en"),
	    .section = STR("Harbour"),
	    .writer = STR("Rae Holt"),
	    .revision = 71,
	    .status = 2,
	    .due = {true, winter, winter_utc, 150000},
	    .zone = STR("Europe/Berlin"),
	    .now = summer,
	    .must_approve = true,
	    .is_approved = false,
	    .checks = {newest_checks, 2, true, {stands, 1}},
	    .due_checks = {due_checks, 1, false, {NULL, 0}},
	    .has_due_checks = true,
	    .held = STR("Pictures whose rights end"),
	    .is_held = true,
	    .next = VIEW_NEXT_APPROVE,
	    .why = MSG_COUNT,
	    .can_publish = true,
	    .can_approve = true,
	    .can_schedule = true,
	    .can_unschedule = true,
	    .can_embargo = true,
	    .can_assign = true,
	    .fault = MSG_FAULTS_TITLE,
	    .note_fault = MSG_COUNT,
	    .change = {.text_fault = MSG_COUNT, .kind_fault = MSG_COUNT},
	    .reason_fault = MSG_COUNT,
	    .schedule = {.date = STR("2026-10-25"),
		.time = STR("02:30"),
		.fault = MSG_WHEN_TWICE,
		.is_twice = true,
		.first = AT(25, 2, 7200),
		.second = AT(25, 2, 3600)},
	    .hold = {.date = STR("2027-03-28T02:30"),
		.fault = MSG_WHEN_GAP,
		.is_gap = true,
		.first = AT(28, 1, 3600),
		.second = AT(28, 3, 7200)},
	    .steps = some_steps,
	    .steps_n = 2,
	    .editors = some_editors,
	    .editors_n = 1};

	desk.has_faults = true;
	desk_publish(b, &desk, &view);
}

static void put_calendar(
    struct buf *b, unsigned lang, enum view_calendar_form form)
{
	static const struct view_date dates[] = {
	    {MSG_DATE_PUBLISHED, AT(24, 6, 7200), STR_INIT("The wall <holds>"),
		STR_INIT("Harbour"), STR_INIT("/stories/1/publish")},
	    {MSG_DATE_SCHEDULED, AT(25, 2, 3600), STR_INIT(""), STR_INIT(""),
		STR_INIT("/stories/7/publish")}};
	struct view_desk desk = desk_in(lang);
	struct view_day days[DAYS];
	struct view_calendar view = {.form = form,
	    .first = {.year = 2026, .month = 10, .day = 1},
	    .last = {.year = 2026, .month = 10, .day = 31},
	    .days = days,
	    .days_n = form == VIEW_WEEK ? 7 : DAYS,
	    .zone = STR("Europe/Berlin"),
	    .now = summer,
	    .newer = STR("/calendar?day=2026-11-01"),
	    .older = STR("/calendar?day=2026-09-30"),
	    .today = STR("/calendar?day=2026-10-24"),
	    .month = STR("/calendar?form=month"),
	    .week = STR("/calendar?form=week"),
	    .agenda = STR("/calendar?form=list")};

	for (unsigned i = 0; i < DAYS; i++) {
		unsigned day = form == VIEW_WEEK ? 19 + i : i;
		bool is_outside = day < 1 || day > 31;

		days[i] = (struct view_day){
		    .date = {.year = 2026,
			.month = 10,
			.day = (uint8_t)(is_outside ? 30 : day),
			.weekday = (uint8_t)(i % 7)},
		    .is_outside = is_outside,
		    .is_today = day == 24,
		    .shift_s = day == 25 ? -3600 : 0,
		    .v = day == 24 ? &dates[0] : &dates[1],
		    .n = day == 24 || day == 25};
	}
	desk_calendar(b, &desk, &view);
}

static void put_month(struct buf *b, unsigned lang)
{
	put_calendar(b, lang, VIEW_MONTH);
}

static void put_week(struct buf *b, unsigned lang)
{
	put_calendar(b, lang, VIEW_WEEK);
}

static void put_front(struct buf *b, unsigned lang)
{
	static const struct view_placed placed[] = {
	    {1, 7, STR_INIT("The clocks & the tide"), 3, STR_INIT(""), false,
		MSG_COUNT},
	    {2, 8, STR_INIT("Old news"), 3, STR_INIT("2026-02-30T06:00"), true,
		MSG_FRONT_UNTIL_FAULT}};
	static const struct view_offered fills[] = {
	    {3, 9, STR_INIT("By itself"), 3}};
	static const struct view_offered offers[] = {{0, 10, STR_INIT(""), 2}};
	struct view_desk desk = desk_in(lang);
	struct view_desk_front view = {.number = 4,
	    .v = placed,
	    .n = 2,
	    .fills = fills,
	    .fills_n = 1,
	    .offers = offers,
	    .offers_n = 1,
	    .words = STR("tide"),
	    .is_changed = true,
	    .preview_url = STR("/front/preview?all=1&row_0=1:7"),
	    .undo = STR("1.9."),
	    .fault = MSG_FAULTS_TITLE,
	    .banner = STR("The \"dam\" breaks"),
	    .banner_story = STR("7"),
	    .banner_until = STR("2026-10-25T02:30"),
	    .is_banner_everywhere = true,
	    .has_banner = true,
	    .banner_fault = MSG_COUNT,
	    .story_fault = MSG_COUNT,
	    .until_fault = MSG_WHEN_TWICE,
	    .is_twice = true,
	    .first = AT(25, 2, 7200),
	    .second = AT(25, 2, 3600),
	    .zone = STR("Europe/Berlin"),
	    .now = summer};

	desk_front(b, &desk, &view);
}

static void put_redirects(struct buf *b, unsigned lang)
{
	static const struct view_redirect rows[] = {{STR_INIT("/old/page"),
	    STR_INIT("/new"), STR_INIT("Ada Quay"), AT(24, 12, 7200)}};
	static const struct view_redirect_fault faults[] = {
	    {3, STR_INIT("/a → /a"), MSG_REDIRECT_LOOP, 0},
	    {5, STR_INIT("<b>"), MSG_REDIRECT_LINE_FAULT, 0},
	    {6, STR_INIT("/b → 2"), MSG_REDIRECT_LINE_TWICE, 9}};
	struct view_desk desk = desk_in(lang);
	struct view_redirects view = {.v = rows,
	    .n = 1,
	    .older = STR("/redirects?after=%2Fold%2Fpage"),
	    .from = STR("/x y"),
	    .to = STR("/old/page"),
	    .from_fault = MSG_REDIRECT_PATH_FAULT,
	    .to_fault = MSG_REDIRECT_CHAIN,
	    .undo_from = STR("/gone"),
	    .undo_to = STR("7"),
	    .file_fault = MSG_COUNT,
	    .taken = 3001,
	    .refused = 3,
	    .faults = faults,
	    .faults_n = 3};

	desk_redirects(b, &desk, &view);
}

/* What a file would overwrite. */
static void put_over(struct buf *b, unsigned lang)
{
	static const struct view_redirect_over over[] = {
	    {STR_INIT("/old/page"), STR_INIT("/new"), STR_INIT("2")},
	    {STR_INIT("/a & b"), STR_INIT("The <tide>"), STR_INIT("/")}};
	struct view_desk desk = desk_in(lang);
	struct view_redirects view = {.from_fault = MSG_COUNT,
	    .to_fault = MSG_COUNT,
	    .file_fault = MSG_COUNT,
	    .seen = STR("7.0123456789abcdef"),
	    .over_all = 5,
	    .over = over,
	    .over_n = 2,
	    .lines = STR("/old/page,2\n\"/a & b\",/")};

	desk_redirects(b, &desk, &view);
}

/* Readers have words of a picture that are changed. */
static void put_told(struct buf *b, unsigned lang)
{
	static const struct view_link stories[] = {
	    {STR_INIT("The <wall> holds"), STR_INIT("/stories/7")},
	    {STR_INIT("Boats & tide"), STR_INIT("/stories/9")}};
	static const struct view_change_form change = {
	    .text = STR_INIT("It was the <north> wall."),
	    .text_fault = MSG_COUNT,
	    .kind_fault = MSG_CHANGE_KIND_FAULT};
	static const struct view_picture_told told = {.change = &change,
	    .v = stories,
	    .v_n = 2,
	    .n = 4,
	    .stories = STR_INIT("4.0123456789abcdef"),
	    .is_again = true};
	struct view_desk desk = desk_in(lang);
	struct view_desk_picture view = {.url = STR("/pictures/3"),
	    .base = STR("2"),
	    .src = STR("/pictures/abc-800.jpg"),
	    .name = STR("wall & sea.jpg"),
	    .kind = STR("JPEG"),
	    .who = STR("Ada Quay"),
	    .added = AT(24, 12, 7200),
	    .bytes = 1234567,
	    .width = 4000,
	    .height = 3000,
	    .had_place = true,
	    .words = {.caption = STR("The \"north\" wall"),
		.credit = STR("Rae Holt"),
		.creator = STR(""),
		.alt = STR("A wall before the sea"),
		.rights = STR(""),
		.expires = STR(""),
		.focus_x = 50,
		.focus_y = 50},
	    .expires_fault = MSG_COUNT,
	    .fault = MSG_COUNT,
	    .told = &told};

	desk.has_faults = true;
	desk_picture(b, &desk, &view);
}

/* One section is closed, and its stories can go to another. */
static void put_sections(struct buf *b, unsigned lang)
{
	static const struct view_desk_section rows[] = {
	    {STR_INIT("town"), STR_INIT("Town & sea"), true, false, MSG_COUNT},
	    {STR_INIT("tides"), STR_INIT("Tides"), true, true, MSG_COUNT}};
	static const struct view_desk_move moves[] = {
	    {STR_INIT("tides"), STR_INIT("Tides"), 12, STR_INIT(""),
		STR_INIT("7.0123456789abcdef"), MSG_MOVE_AGAIN}};
	struct view_desk desk = desk_in(lang);
	struct view_desk_sections view = {.moves = moves,
	    .moves_n = 1,
	    .open = rows,
	    .open_n = 1,
	    .v = rows,
	    .n = 2,
	    .fresh_fault = MSG_COUNT,
	    .seen = STR("7.fedcba9876543210")};

	desk.has_faults = true;
	desk_sections(b, &desk, &view);
}

static void put_publishing(struct buf *b, unsigned lang)
{
	static const struct view_check_level levels[] = {
	    {MSG_ITEM_HEADLINE, STR_INIT("headline"), 2, true, false, 0},
	    {MSG_ITEM_ENDED, STR_INIT("ended"), 1, false, true, 2}};
	struct view_desk desk = desk_in(lang);
	struct view_publishing view = {
	    .must_approve = true, .levels = levels, .levels_n = 2};

	desk_publishing(b, &desk, &view);
}

static const struct golden {
	const char *name;
	void (*put)(struct buf *b, unsigned lang);
} goldens[] = {
    {"desk-publish", put_publish},
    {"desk-calendar-month", put_month},
    {"desk-calendar-week", put_week},
    {"desk-front", put_front},
    {"desk-redirects", put_redirects},
    {"desk-redirects-over", put_over},
    {"desk-picture-told", put_told},
    {"desk-sections", put_sections},
    {"desk-publishing", put_publishing},
};

static const struct {
	const char *end;
	unsigned lang;
} languages[] = {{"", ENGLISH}, {"-arabic", ARABIC}};

static void accept(const char *folder, const char *path, const struct buf *b)
{
	FILE *out;

	(void)mkdir(folder, 0777);
	out = fopen(path, "wb");
	assert_non_null(out);
	assert_int_equal(fwrite(b->p, 1, b->n, out), b->n);
	assert_int_equal(fclose(out), 0);
}

static void compare(const char *path, const struct buf *b)
{
	char *was = malloc(FILE_MAX_BYTES);
	FILE *in = fopen(path, "rb");
	size_t n, i = 0;

	assert_non_null(was);
	if (!in)
		fail_msg("%s: not there; make golden-accept", path);
	n = fread(was, 1, FILE_MAX_BYTES, in);
	fclose(in);
	while (i < n && i < b->n && was[i] == b->p[i])
		i++;
	if (i < n || i < b->n)
		fail_msg("%s: differs at byte %zu: %.80s", path, i,
		    b->p + (i > 20 ? i - 20 : 0));
	free(was);
}

static void each_screen_is_as_it_was_accepted(void **state)
{
	const char *mode = getenv("FARTHING_GOLDEN");

	(void)state;
	for (size_t i = 0; i < sizeof(goldens) / sizeof(*goldens); i++)
		for (size_t k = 0; k < 2; k++) {
			char folder[200], path[256];
			struct buf b;

			snprintf(folder, sizeof(folder), "test/golden/%s%s",
			    goldens[i].name, languages[k].end);
			snprintf(path, sizeof(path), "%s/index.html", folder);
			buf_init(&b, FILE_MAX_BYTES);
			goldens[i].put(&b, languages[k].lang);
			assert_int_equal(buf_rc(&b), RC_OK);
			if (mode && strcmp(mode, "accept") == 0)
				accept(folder, path, &b);
			else if (!mode)
				compare(path, &b);
			buf_done(&b);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_screen_is_as_it_was_accepted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
