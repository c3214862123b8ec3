/* SPDX-License-Identifier: MIT
 *
 * Proof marks against two corpora: test/proof/clean, correct stories in a
 * dozen languages on which nothing may be marked, and test/proof/faulty, each
 * with the report that it must give (NAME.md, NAME.report).
 */
#include "text/proof.h"

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

#define CLEAN  "test/proof/clean"
#define FAULTY "test/proof/faulty"

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

static struct manuscript parse(struct arena *a, struct str file)
{
	struct manuscript m;
	struct err err;

	if (manuscript_parse(a, file, &m, &err) != RC_OK)
		fail_msg("%s", err.why);
	return m;
}

static void report_of(struct arena *a, struct str file, struct str name,
    struct buf *b, size_t *ret_n)
{
	struct manuscript m = parse(a, file);
	struct proof_mark *marks;

	assert_int_equal(proof_read(a, &m, STR("en"), &marks, ret_n), RC_OK);
	buf_init_arena(b, a, 1 << 20);
	proof_report(b, marks, *ret_n, name);
}

static int is_story(const struct dirent *d)
{
	return str_ends(str_of(d->d_name), STR(".md")) &&
	       strcmp(d->d_name, "README.md") != 0;
}

static void clean_text_gets_no_mark(void **state)
{
	struct dirent **v = NULL;
	int n = scandir(CLEAN, &v, is_story, alphasort);
	size_t alarms = 0, bytes = 0;

	(void)state;
	assert_true(n >= 25);
	for (int i = 0; i < n; i++) {
		struct arena *a = arena_new(8 << 20);
		struct str path = arena_printf(a, CLEAN "/%s", v[i]->d_name);
		struct str file = read_file(a, path.p);
		struct buf b;
		size_t marks;

		report_of(a, file, path, &b, &marks);
		printf("%.*s", STR_ARG(buf_str(&b)));
		alarms += marks;
		bytes += file.n;
		arena_free(a);
		free(v[i]);
	}
	free(v);
	printf("note: proof: %zu false alarms in %d clean stories, %zu "
	       "bytes\n",
	    alarms, n, bytes);
	assert_int_equal(alarms, 0);
}

static void each_fault_gets_the_mark_it_should(void **state)
{
	struct dirent **v = NULL;
	int n = scandir(FAULTY, &v, is_story, alphasort);
	int wrong = 0;

	(void)state;
	assert_true(n >= 5);
	for (int i = 0; i < n; i++) {
		struct arena *a = arena_new(8 << 20);
		struct str name = str_of(v[i]->d_name);
		struct str path = arena_printf(a, FAULTY "/%s", name.p);
		struct str want = arena_printf(
		    a, FAULTY "/%.*s.report", (int)name.n - 3, name.p);
		struct buf b;
		size_t marks;

		report_of(a, read_file(a, path.p), name, &b, &marks);
		want = read_file(a, want.p);
		if (!str_eq(buf_str(&b), want)) {
			wrong++;
			printf("%s gives:\n%.*s", name.p, STR_ARG(buf_str(&b)));
		}
		arena_free(a);
		free(v[i]);
	}
	free(v);
	assert_int_equal(wrong, 0);
}

/* One body, one language: the kinds that come out, as names. */
static void assert_kinds(const char *lang, const char *body, const char *kinds)
{
	struct arena *a = arena_new(1 << 20);
	struct str author = STR("A");
	struct manuscript m = {.lang = str_of(lang),
	    .body = str_of(body),
	    .body_line = 1,
	    .dateline = STR("Port"),
	    .authors = {&author, 1}};
	struct proof_mark *marks;
	struct buf b;
	size_t n;

	buf_init_arena(&b, a, 4096);
	assert_int_equal(proof_read(a, &m, STR("en"), &marks, &n), RC_OK);
	for (size_t i = 0; i < n; i++) {
		assert_true(marks[i].offset + marks[i].length <= m.body.n);
		assert_true(marks[i].line >= 1 && marks[i].column >= 1);
		buf_printf(
		    &b, "%s%s", i ? ", " : "", proof_kind_name(marks[i].kind));
	}
	if (!str_eq(buf_str(&b), str_of(kinds)))
		fail_msg("[%s] %s\n gives: %.*s\n want: %s", lang, body,
		    STR_ARG(buf_str(&b)), kinds);
	arena_free(a);
}

static void quotation_marks_are_judged_by_language(void **state)
{
	(void)state;
	assert_kinds("en", "He ate “pelmeni” and said: “Fine.”", "");
	assert_kinds("en", "Russian dumplings ” pelmeni” made with crab.",
	    "quotation mark turned");
	assert_kinds("en", "He said “no and left.", "quotation not closed");
	assert_kinds("en", "He said no” and left.", "quotation not opened");
	assert_kinds("en", "“One,” he said.\n\n“Two.\n\n“Three.”", "");
	assert_kinds("en", "“One.\n\nTwo.”",
	    "quotation not closed, quotation not opened");
	assert_kinds("en", "The ‘90s were loud.", "quotation mark turned");
	assert_kinds(
	    "en", "The ’90s were the workers’ years, rock ’n’ roll.", "");
	assert_kinds("en", "‘The workers’ strike is over,’ she said.", "");
	assert_kinds("en", "She said: \"It is 6'2\" wide.\"", "");
	assert_kinds("en", "She said \"no and left.", "quotation not closed");
	assert_kinds("en", "He wrote “off\" in red.", "quotation mark turned");
	assert_kinds("de", "„Nein“, sagte er, „das ‚Wort‘ fehlt.“", "");
	assert_kinds("de", "„Nein”, sagte er.", "quotation mark turned");
	assert_kinds("de", "»Nein«, sagte er, »nie.«", "");
	assert_kinds("pl", "„Nie”, powiedział, „to «koniec».”", "");
	assert_kinds("pl", "„Nie“, powiedział.", "quotation mark turned");
	assert_kinds("fr", "« Non », dit-il, l’« affaire » est close.", "");
	assert_kinds("fr", "« Non, dit-il.", "quotation not closed");
	assert_kinds("sv", "”Nej”, sa han.", "");
	assert_kinds("sv", "Hon sade: »Bra», och »gick».", "");
	assert_kinds("sv", "Hon sade: »Bra.", "quotation not closed");
	assert_kinds("pl", "To „Film »Most« wyszedł”.", "");
	assert_kinds("pl", "To «Most», nie „Film”.", "");
	assert_kinds("he", "מנכ\"ל החברה אמר: \"זה טוב\".", "");
	assert_kinds("he", "כך נכתב ב\"הארץ\" וב”מעריב”.", "");
	assert_kinds(
	    "he", "”קראתי ב”הארץ” היום”, אמר יו”ר הוועד.", "relative day");
	assert_kinds("he", "הוא אמר: \"זה טוב.", "quotation not closed");
	assert_kinds("ru", "«Нет, — сказал он, — „Заря“ закрыта».", "");
	assert_kinds("ja", "「はい」と彼は『本』を見た。", "");
	assert_kinds("ja", "「はいと彼は言った。", "quotation not closed");
}

static void quotations_that_end_in_their_own_way_get_no_mark(void **state)
{
	(void)state;
	assert_kinds(
	    "zh", "他说：“《红楼梦》好看”，和“‘双碳’目标”，又说：“……好”。", "");
	assert_kinds("zh", "他说好“，又走了。", "quotation not closed");
	assert_kinds("ru", "ООО «Компания «Ромашка» закрыто.", "");
	assert_kinds("uk", "ТОВ «Фірма «Мрія» й «Луна» закрито.", "");
	assert_kinds("ru", "Он сказал: «Нет, «Ромашка» закрыта».", "");
	assert_kinds(
	    "ru", "Он сказал: «Нет, она закрыта.", "quotation not closed");
	assert_kinds(
	    "en", "‘I went home.\n\n‘Then I slept,’ he said.\n\nHe left.", "");
	assert_kinds(
	    "en", "‘I went home.\n\nHe slept.", "quotation not closed");
	assert_kinds("en", "‘I went home.", "quotation not closed");
	assert_kinds("en", "‘I said “go.\n\n‘“Then I slept,”’ he said.", "");
	assert_kinds(
	    "en", "“One.\n\n![A boat](a.jpg \"Ann\")\n\n“Two,” he said.", "");
	assert_kinds("en", "“One.\n\n![A boat](a.jpg \"Ann\")\n\nTwo, he said.",
	    "quotation not closed");
}

static void a_story_may_begin_with_any_kind_of_quotation(void **state)
{
	(void)state;
	assert_kinds("de",
	    "»…und dann kam er«, sagte sie.\n\n»So ein Ding«, sagte er.", "");
	assert_kinds("de", "»›Komm her!‹, rief er«, sagte sie.\n\n»Nein.«", "");
	assert_kinds("de", "»*Die Zeit*« kam. »Die Zeit« blieb.", "");
	assert_kinds("cs", "»…tak«, řekl. »Ne.«", "");
	assert_kinds("de", "«…und so kam er», sagte sie. «Nein.»", "");
	assert_kinds("fr", "»…oui« dit-il.",
	    "quotation not opened, quotation not closed");
}

static void quotations_go_on_in_every_shape(void **state)
{
	(void)state;
	assert_kinds(
	    "zh", "\u3000\u3000“第一段。\n\n\u3000\u3000“第二段。”他说。", "");
	assert_kinds("en", "*“First of them.*\n\n*“Second of them.”*", "");
	/* Nothing but signs of emphasis takes nothing up. */
	assert_kinds("fr", "«\u202FUn.\n\n*", "quotation not closed");
	assert_kinds("fr", "«\u202FUn.\n\n\u3000»\u202FDeux\u202F».", "");
	assert_kinds("zh", "\u3000\u3000“第一段。\n\n\u3000\u3000第二段。",
	    "quotation not closed");
	assert_kinds(
	    "en", "‘I read “The Dogs’ Home” last year,’ she said.", "");
	assert_kinds(
	    "en", "‘I read \"The Dogs’ Home\" last year,’ she said.", "");
	assert_kinds("en", "‘I read “no,’ she said.", "quotation not closed");
	assert_kinds("en",
	    "“There are three things:\n\n- one\n- two\n\nand "
	    "that’s it,” he said.",
	    "");
	assert_kinds("en", "“There are two:\n\n1. one\n2. two,” he said.", "");
	assert_kinds("en", "“There are two:\n\n- one\n- two\n\nHe left.",
	    "quotation not closed");
	assert_kinds(
	    "en", "“There are two:\n\n- one\n- two\n\n“That’s it.”", "");
	assert_kinds("en", "“There are two.\n\n- one\n- two\n\nHe left.”",
	    "quotation not closed, quotation not opened");
}

static void what_rightly_stands_twice_gets_no_mark(void **state)
{
	(void)state;
	assert_kinds("en", "He told her her book was late.", "");
	assert_kinds("en", "I told you you could, and what it does does.", "");
	assert_kinds("en",
	    "Oh the boats go out at night,  \nand the boats come home.\n\n"
	    "One verse.\n\n"
	    "Oh the boats go out at night,  \nand the boats come home.",
	    "");
	assert_kinds("en", "NF-κB, αB-crystallin, ΔT and ΔE.", "");
	assert_kinds("el", "Το ΔE και το ΔΕΝ.", "mixed scripts");
	assert_kinds("en", "The ΔΟT.", "mixed scripts");
}

static void words_are_judged_by_language(void **state)
{
	(void)state;
	assert_kinds("en", "It was the the end.", "doubled word");
	assert_kinds("en", "It was the\nthe end.", "doubled word");
	assert_kinds("en", "I I saw it.", "doubled word");
	assert_kinds("en", "The The end.", "doubled word");
	assert_kinds("en", "He said that that.", "doubled word");
	assert_kinds("en", "He said that that day was Ba Ba’s.", "");
	assert_kinds("it", "Corri corri!", "");
	assert_kinds("tr", "Geldi ve ve gitti.", "doubled word");
	assert_kinds("tr", "Ve ve gitti.", "doubled word");
	assert_kinds("tr", "Yavaş yavaş geldi.", "");
	assert_kinds("ar", "قال قال الرجل ذلك.", "doubled word");
	assert_kinds("ar", "وقفوا صفا صفا هناك.", "");
	assert_kinds(
	    "en", "All he had had was that that man's know-how how.", "");
	assert_kinds("en", "They’re re-elected; Duran Duran sang.", "");
	assert_kinds("fr", "Nous nous levons et vous vous levez.", "");
	assert_kinds("fr", "Il est est parti.", "doubled word");
	assert_kinds("de", "Die Frau, die die Tür sah, sah sie.", "");
	assert_kinds("ru", "Он был был дома.", "doubled word");
	assert_kinds("ru", "Cтрана ждёт.", "mixed scripts");
	assert_kinds("ru", "Нет Facebook'а и iPhone’а.", "");
	assert_kinds("uk", "П'ять сіл і об'єкт, p'ять.", "mixed scripts");
	assert_kinds("en", "The pаypal scam.", "mixed scripts");
	assert_kinds("ru", "Блок Ж-1, COVID-19-й год, SMSка и PRщик.", "");
	assert_kinds("en", "A 5 kΩ part, TNFα and 3 μm.", "");
	assert_kinds("en", "They met yesterday.", "relative day");
	assert_kinds("en", "They met last Monday, at last.", "relative day");
	assert_kinds("es", "Ayer por la mañana llovió.", "relative day");
	assert_kinds("en",
	    "{% highlight c %}\nint the the\n\nx = 1\n{% endhighlight %}", "");
	assert_kinds(
	    "en", "{% highlight c %}\nIt was the the end.", "doubled word");
	assert_kinds("zh", "他昨天说。", "relative day");
	assert_kinds("he", "כל היום ירד גשם, ועל סדר היום נושא אחד.", "");
	assert_kinds("th", "เขามาเมื่อวานนี้", "relative day");
	assert_kinds("ko", "그는 어제는 말했다.", "relative day");
	assert_kinds("fr", "Avant-hier, il a plu.", "relative day");
	assert_kinds("de", "Die Heute-Show lief im Heute-Journal.", "");
	assert_kinds("nb", "Det regnet i går.", "relative day");
	assert_kinds("sv", "En dag, i ett hus, bli dag.", "");
	assert_kinds("pt", "Um domingo de sol.", "");
}

static void words_that_only_look_like_days_are_none(void **state)
{
	static const char *const none[][2] = {
	    {"zh", "目前天气很好，此前天津下雨，雨后天晴。"},
	    {"zh", "数据表明日本经济回暖，如今天气转凉。"},
	    {"zh", "这是后天性的，马上周末了。他看《光明日报》和今日头条。"},
	    {"zh",
		"[看](https://x.example/今日/a) https://x.example/今日 `今天`。"},
	    {"ja", "明日香村へ行く。今日本で何が。透明日焼け止め。基本日程。"},
	    {"ja", "好きのうちだ。"},
	    {"es",
		"Llovió esta mañana y media mañana más; hoy en día es raro."},
	    {"pt", "Hoje em dia é raro."},
	    {"ko", "그제야 왔다. 오늘날 모레노 감독은 내일신문을 읽는다."},
	    {"ko", "어제오늘의 일이 아니다."},
	    {"en", "It was his last night here, in the last week of August."},
	    {"en", "Rome's last night, and the workers’ next\nweek off."},
	    {"en", "USA Today reported it, and so did the\nToday programme."},
	    {"en", "He read “Today” and \"Tomorrow\" and slept."},
	    {"de", "Guten morgen! Er kam Montag morgen an."},
	    {"nl", "Goede morgen! Op een morgen in mei, op een mooie morgen."},
	    {"ru", "Так пишет «Сегодня», а «Завтра» молчит."},
	    {"uk", "Так пише «Сьогодні»."},
	    {"zh", "他唱《明天》和《明天会更好》。"},
	    {"nl", "Vandaag de dag is dat anders."},
	    {"de", "Im Heute leben, das Gestern lassen."},
	    {"es", "La ciudad del mañana; el mañana es incierto."},
	    {"pt", "A cidade do amanhã, e o amanhã é incerto."},
	    {"it", "Un domani migliore, la città del domani, oggi giorno."},
	    {"pl", "Stoi tak po dziś dzień."},
	    {"hi", "आज कल सब यही करते हैं।"},
	    {"th", "ทุกวันนี้ฝนตก"},
	    {"ar", "عاد في اليوم التالي، وكان اليوم الأول."},
	    {"ar", "احتفلوا باليوم العالمي، وهو اليوم العالمي للكتاب."},
	};
	static const char *const days[][2] = {{"zh", "他前天来，我后天去。"},
	    {"zh", "今天气温下降，上周末下雨。"},
	    {"zh-TW", "他說今日去，後天回。"},
	    {"ja", "きのうの会議は本日も続く。"}, {"ja", "明日と今日。"},
	    {"es", "Ayer llovió y mañana nevará."},
	    {"en", "They met last week. It’s next week."},
	    {"en", "Exports out today show that last month was bad."},
	    {"nl", "Morgen komt hij, tot morgen."},
	    {"ru", "«Сегодня и завтра»."}, {"zh", "《书》说今天去，“明天来”。"},
	    {"pt", "Hoje em Lisboa e amanhã."},
	    {"ko", "어제까지 왔고 내일부터 쉰다."},
	    {"ar", "وصل اليوم إلى المدينة أمس."}};

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_kinds(none[i][0], none[i][1], "");
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++)
		assert_kinds(
		    days[i][0], days[i][1], "relative day, relative day");
	assert_kinds("ja", "一昨日の会議。", "relative day");
}

/* Markdown escapes its signs alone. */
static void a_backslash_before_a_letter_takes_nothing_of_the_word(void **state)
{
	(void)state;
	assert_kinds("en", "It was the \\the end.", "doubled word");
	assert_kinds("fr", "Il est dans \\été été.", "doubled word");
	assert_kinds("ru", "Он был \\был дома.", "doubled word");
	assert_kinds("en", "It was the \\[the end.", "doubled word");
	assert_kinds("en", "It was the \\*\\* end.", "");
}

static void paragraphs_must_end(void **state)
{
	(void)state;
	assert_kinds("en", "The mayor went home and", "no end");
	assert_kinds("en", "## The mayor went home and\n\n- one of two\n", "");
	assert_kinds("en", "Kim, who arrived by train from North Korea.",
	    "no main verb");
	assert_kinds("en", "Mr. Smith, who came by train, left.", "");
	assert_kinds("el", "Τι λείπει ακόμη από την παλιά αγορά;", "");
	assert_kinds("el", "Τι λείπει ακόμη από την παλιά αγορά\u037E", "");
	assert_kinds("el", "Λείπει ακόμη από την παλιά αγορά,", "no end");
	assert_kinds(
	    "en", "The prize went to Mr. Smith, who came by train.", "");
	assert_kinds("en",
	    "The mayor went home early and left the door wide open.\n\n"
	    "The mayor went home early and left the door wide open.",
	    "doubled paragraph");
	assert_kinds("en", "![](a.jpg)", "no credit, no alternative text");
	assert_kinds("en", "![A boat](a.jpg \"Ann Lee\")", "");
	assert_kinds("en", "```\nthe the “ \n```\n\nRead `the the` now.", "");
	assert_kinds("en", "See [the map](http://a.b/the_the_\") now.", "");
}

static void headings_and_tables_need_no_end(void **state)
{
	(void)state;
	assert_kinds("en", "The mayor went home and left\n---\n\nOn.", "");
	assert_kinds("en", "The mayor went home and left\n=\n\nOn.", "");
	assert_kinds("en",
	    "Name of the place | Number of its people\n--- | ---\n"
	    "The town of Lune | Some ten thousand of them\n\nOn.",
	    "");
	assert_kinds("en",
	    "Name of the place | Number of its people\n|---|---|\n"
	    "The town of Lune | Some ten thousand of them\n\n"
	    "The mayor went home and",
	    "no end");
	assert_kinds("en", "The mayor went home and\n\n---\n\nOn.", "no end");
	assert_kinds("en", "The mayor went home and\n***\nOn.", "no end");
}

/* A megabyte of the same must not take longer than its length asks for. */
static void hostile_text_takes_linear_time(void **state)
{
	static const char *const units[] = {"\"", "“", "”", "word ", "\n", "[",
	    "![", "`", "<a", "{{", "> ", "Kim, who ", "「", "a\n\n", "‘", "«"};

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		struct arena *a = arena_new(256 << 20);
		struct str unit = str_of(units[i]);
		struct buf b;
		struct manuscript m = {.lang = STR("en")};
		struct proof_mark *marks;
		size_t n;
		clock_t start;
		double s;

		buf_init_arena(&b, a, 2 << 20);
		while (b.n < 1 << 20)
			buf_add(&b, unit);
		m.body = buf_str(&b);
		start = clock();
		assert_int_equal(
		    proof_read(a, &m, STR("en"), &marks, &n), RC_OK);
		s = (double)(clock() - start) / CLOCKS_PER_SEC;
		if (s > 2.0)
			fail_msg("1 MB of %s takes %.1f s", units[i], s);
		arena_free(a);
	}
}

/* No two paragraphs are the same; bit by bit of its number each has one letter
 * or the other. */
static void paragraphs_take_linear_time(const char *start, const char *letters)
{
	struct arena *a = arena_new(256 << 20);
	struct manuscript m = {.lang = STR("en")};
	struct proof_mark *marks;
	struct buf b;
	size_t n;
	clock_t began;
	double s;

	buf_init_arena(&b, a, 4 << 20);
	for (unsigned i = 0; b.n < 3 << 20; i++) {
		buf_add(&b, str_of(start));
		for (int bit = 0; bit < 44; bit++)
			buf_char(&b, letters[bit < 20 && i >> bit & 1]);
		buf_lit(&b, "\n\n");
	}
	m.body = buf_str(&b);
	began = clock();
	assert_int_equal(proof_read(a, &m, STR("en"), &marks, &n), RC_OK);
	s = (double)(clock() - began) / CLOCKS_PER_SEC;
	if (s > 2.0)
		fail_msg("3 MB of \"%s\" take %.1f s", letters, s);
	arena_free(a);
}

/* Paragraphs without a word. */
static void paragraphs_of_signs_take_linear_time(void **state)
{
	(void)state;
	paragraphs_take_linear_time(":", "+=");
}

static void paragraphs_that_differ_by_capitals_take_linear_time(void **state)
{
	(void)state;
	paragraphs_take_linear_time("", "aA");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(clean_text_gets_no_mark),
	    cmocka_unit_test(each_fault_gets_the_mark_it_should),
	    cmocka_unit_test(quotation_marks_are_judged_by_language),
	    cmocka_unit_test(quotations_that_end_in_their_own_way_get_no_mark),
	    cmocka_unit_test(a_story_may_begin_with_any_kind_of_quotation),
	    cmocka_unit_test(quotations_go_on_in_every_shape),
	    cmocka_unit_test(what_rightly_stands_twice_gets_no_mark),
	    cmocka_unit_test(words_are_judged_by_language),
	    cmocka_unit_test(words_that_only_look_like_days_are_none),
	    cmocka_unit_test(
		a_backslash_before_a_letter_takes_nothing_of_the_word),
	    cmocka_unit_test(paragraphs_must_end),
	    cmocka_unit_test(headings_and_tables_need_no_end),
	    cmocka_unit_test(hostile_text_takes_linear_time),
	    cmocka_unit_test(paragraphs_of_signs_take_linear_time),
	    cmocka_unit_test(
		paragraphs_that_differ_by_capitals_take_linear_time),
	};

	return cmocka_run_group_tests_name("proof", tests, NULL, NULL);
}
