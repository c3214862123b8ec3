/* SPDX-License-Identifier: MIT
 *
 * The screens of running the paper: money, ledger, health, settings, steps.
 * Whatever stands in them, their markup is their own and whole, in every
 * language; and some of what they say, word for word, in English and Arabic.
 */
#include "page/desk_money.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "page/desk_settings.h"

#define EVIL "\"'><script>alert(1)</script></textarea></table>"

enum { EN = 0, AR = 5 };

static const struct civil noon = {
    .year = 2026, .month = 11, .day = 27, .hour = 12, .has_time = true};

static struct view_desk desk(unsigned lang)
{
	return (struct view_desk){.paper = STR(EVIL),
	    .lang = lang,
	    .css = STR("/static/0/desk.css"),
	    .who = STR(EVIL),
	    .done = MSG_COUNT};
}

static struct view_money btc(int64_t units)
{
	return (struct view_money){STR("BTC"), units, 8};
}

static struct view_money eur(int64_t units)
{
	return (struct view_money){STR("EUR"), units, 2};
}

static struct view_desk_chain chain(void)
{
	return (struct view_desk_chain){.network = STR(EVIL),
	    .is_test = true,
	    .node = MSG_MONEY_NODE_SYNCING,
	    .node_text = STR(EVIL),
	    .has_heard = true,
	    .heard = noon,
	    .height = 900000,
	    .has_tip = true,
	    .tip = noon,
	    .behind = 5,
	    .has_rate = true,
	    .rate = eur(6000000),
	    .rate_source = STR(EVIL),
	    .sources = 3,
	    .answering = 1,
	    .sources_text = STR(EVIL)};
}

static struct view_desk_alarm alarms[] = {
    {.severity = 2,
	.since = {.year = 2026, .month = 11, .day = 27, .has_time = true},
	.msg = MSG_ALARM_LOW,
	.values = {STR_INIT("3"), STR_INIT("0"), STR_INIT("0")}},
    {.severity = 3,
	.since = {.year = 2026, .month = 11, .day = 27, .has_time = true},
	.msg = MSG_ALARM_WRITING,
	.what = STR_INIT(EVIL)},
    {.severity = 1,
	.since = {.year = 2026, .month = 11, .day = 27, .has_time = true},
	.msg = MSG_COUNT,
	.what = STR_INIT(EVIL)},
};

static void put_money(struct buf *b, unsigned lang)
{
	const struct view_desk_month months[] = {
	    {{.year = 2026, .month = 11, .day = 1}, 7, btc(5000), eur(300)},
	    {{.year = 2026, .month = 10, .day = 1}, 1, btc(-2), eur(-1)}};
	const struct view_desk_purpose purposes[] = {
	    {STR(""), 7, btc(5000), eur(300)},
	    {STR(EVIL), 1, btc(1), {STR_NONE, 0, 0}}};
	const struct view_desk_batch batches[] = {{3, 10, 100, noon, true}};
	struct view_desk in = desk(lang);
	struct view_desk_money view = {.state = MSG_MONEY_OPEN,
	    .is_open = true,
	    .alarms = alarms,
	    .alarms_n = 3,
	    .months = months,
	    .months_n = 2,
	    .purposes = purposes,
	    .purposes_n = 2,
	    .runway = {true, noon, noon, eur(1), eur(2), eur(3), 2},
	    .batches = batches,
	    .batches_n = 1,
	    .pace_n = 60,
	    .pace_days = 30,
	    .has_end = true,
	    .end = noon,
	    .chain = chain(),
	    .entries = 8};

	for (int i = 0; i < DESK_PAID; i++)
		view.paid[i] =
		    (struct view_desk_paid){MSG_MONEY_STATE_SEEN, 1, btc(9)};
	desk_money(b, &in, &view);
}

static void put_ledger(struct buf *b, unsigned lang)
{
	const struct view_desk_entry rows[] = {{9, 3, MSG_MONEY_KIND_REVERSE,
	    noon, btc(-9), eur(-9), STR(EVIL), STR(EVIL)}};
	struct view_desk in = desk(lang);

	desk_ledger(b, &in,
	    &(struct view_desk_ledger){
		rows, 1, STR("/money/ledger"), STR("/money/ledger?before=9")});
}

static void put_health(struct buf *b, unsigned lang)
{
	const struct view_desk_process processes[] = {
	    {DESK_READER, 1, true, true, noon, 0},
	    {DESK_SUPERVISOR, 0, true, false, {0}, 0},
	    {DESK_WATCH, 0, false, true, noon, 7}};
	const struct view_desk_disk disks[] = {
	    {STR("private/, public/"), 1500000000, UINT64_C(20000000000)}};
	const struct view_desk_file files[] = {{MSG_HEALTH_FILE_PAPER, 12345}};
	struct view_desk_chain c = chain();
	struct view_desk in = desk(lang);
	struct view_desk_health view = {.processes = processes,
	    .processes_n = 3,
	    .disks = disks,
	    .disks_n = 1,
	    .files = files,
	    .files_n = 1,
	    .has_pin = true,
	    .version = STR(EVIL),
	    .last = {STR(EVIL), STR("/stories/1"), noon},
	    .chain = &c,
	    .troubles = {{.msg = MSG_TROUBLE_PROCESS, .value = STR(EVIL)},
		{.msg = MSG_COUNT,
		    .alarm = &alarms[1],
		    .url = STR("/money"),
		    .link = MSG_RAIL_MONEY}},
	    .troubles_n = 2};

	desk_health(b, &in, &view);
}

static void put_paper(struct buf *b, unsigned lang)
{
	const struct view_desk_zone zones[] = {
	    {STR("America/Argentina/Buenos_Aires"), -3 * 3600},
	    {STR("Asia/Kolkata"), 19800}, {STR("Europe/Lisbon"), 0},
	    {STR("UTC"), 0}};
	struct view_desk in = desk(lang);
	struct view_desk_paper view = {
	    .zones = zones, .zones_n = 4, .there = noon};

	for (int i = 0; i < DESK_PAPER_FIELDS; i++) {
		view.values[i] = STR(EVIL);
		view.faults[i] = i % 2 ? MSG_FAULT_LONG : MSG_COUNT;
		view.has_theirs[i] = true;
		view.theirs_values[i] = i % 3 ? STR(EVIL) : STR("");
	}
	view.theirs = (struct view_theirs){true, .url = STR("/settings/paper")};
	desk_paper(b, &in, &view);
}

static void put_rules(struct buf *b, unsigned lang)
{
	struct view_desk in = desk(lang);
	struct view_desk_rules view = {.fault = DESK_RULE_COST,
	    .fault_text = STR(EVIL),
	    .others = STR(EVIL),
	    .seen = STR(EVIL),
	    .theirs = {true, STR(EVIL), noon, STR("/settings/support")}};

	for (int i = 0; i < DESK_RULES; i++) {
		view.values[i] = STR(EVIL);
		view.has_theirs[i] = i % 2 == 0;
		view.theirs_values[i] = STR(EVIL);
	}
	desk_rules(b, &in, &view);
}

static void put_steps(struct buf *b, unsigned lang)
{
	struct view_desk in = desk(lang);
	struct view_desk_steps view = {.is_done = {true}};

	for (int i = 0; i < DESK_STEPS; i++)
		view.urls[i] = STR("/steps");
	desk_steps(b, &in, &view);
}

typedef void put_fn(struct buf *b, unsigned lang);

static put_fn *const screens[] = {
    put_money, put_ledger, put_health, put_paper, put_rules, put_steps};

enum { SCREENS = sizeof(screens) / sizeof(screens[0]) };

static size_t count(struct str s, const char *what)
{
	size_t n = 0, at;

	while ((at = str_find_str(s, str_of(what))) < s.n) {
		n++;
		s = str_from(s, at + 1);
	}
	return n;
}

static void whatever_stands_in_them_is_text(void **state)
{
	static const char *const tags[] = {"table", "textarea", "form", "ul",
	    "dl", "select", "optgroup", "p", "bdi", "span", "svg", "figure"};

	(void)state;
	for (size_t i = 0; i < SCREENS; i++)
		for (unsigned lang = 0; lang < DESK_LANGS; lang++) {
			struct buf b;

			buf_init(&b, 1 << 20);
			screens[i](&b, lang);
			assert_int_equal(buf_rc(&b), RC_OK);
			assert_int_equal(count(buf_str(&b), "alert(1)</"), 0);
			assert_int_equal(count(buf_str(&b), "<script"), 0);
			for (size_t t = 0; t < sizeof(tags) / sizeof(tags[0]);
			     t++) {
				char open[20], end[20], more[20];

				snprintf(open, sizeof(open), "<%s>", tags[t]);
				snprintf(more, sizeof(more), "<%s ", tags[t]);
				snprintf(end, sizeof(end), "</%s>", tags[t]);
				assert_int_equal(count(buf_str(&b), open) +
						     count(buf_str(&b), more),
				    count(buf_str(&b), end));
			}
			buf_done(&b);
		}
}

static void says(put_fn *put, unsigned lang, const char *what)
{
	struct buf b;

	buf_init(&b, 1 << 20);
	put(&b, lang);
	if (str_find_str(buf_str(&b), str_of(what)) >= b.n)
		fail_msg("not there: %s", what);
	buf_done(&b);
}

static void they_say_it_in_the_language_of_the_reader(void **state)
{
	(void)state;
	says(put_money, EN,
	    "A fifth of the addresses of batch 3 is left, or less.");
	says(put_money, AR, "بقي خُمس عناوين الدفعة 3 أو أقل.");
	says(put_money, EN,
	    "In the last 30 days 60 addresses were handed out. At that pace "
	    "those of the newest batch last until 27 November 2026.");
	says(put_money, AR, "في آخر 30 يومًا أُعطي 60 عنوانًا.");
	says(put_money, EN, "October 2026 to November 2026. The highest bar");
	says(put_money, EN, "Nothing newer for 5 hours");
	says(put_money, EN, "href=\"/money/export/csv\">CSV, for spreadsheets");
	says(put_money, AR, "href=\"/money/export/csv\">CSV، لجداول");
	says(put_ledger, EN, "href=\"/money/ledger?before=9\"");
	says(put_health, EN, "Supervisor of all others</th>");
	says(put_health, AR, "المشرف على البقية</th>");
	says(put_health, EN, "status bad\">does not answer</span>");
	says(put_health, EN,
	    "1.5 GB of 20.0 GB <code class=\"quiet\" dir=\"ltr\">"
	    "private/, public/</code>");
	says(put_paper, EN, "<optgroup label=\"America\">");
	says(put_paper, AR, "<optgroup label=\"الأمريكتان\">");
	says(put_paper, EN,
	    ">Buenos Aires (Argentina), UTC\xE2\x88\x92"
	    "3</option>");
	says(put_paper, EN, ">Kolkata, UTC+5:30</option>");
	says(put_paper, EN, ">Lisbon, UTC+0</option>");
	says(put_steps, EN, "status good\">done</span>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(whatever_stands_in_them_is_text),
	    cmocka_unit_test(they_say_it_in_the_language_of_the_reader),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
