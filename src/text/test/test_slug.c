/* SPDX-License-Identifier: MIT
 *
 * Slugs of headlines in many scripts, and what must hold for every headline.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/slug.h"

static void slug_is(const char *headline, const char *lang, const char *want)
{
	struct arena *a = arena_new(1 << 16);
	struct str got = slug_make(a, str_of(headline), str_of(lang));

	if (!str_eq(got, str_of(want)))
		fail_msg("%s (%s): %.*s, not %s", headline, lang, STR_ARG(got),
		    want);
	arena_free(a);
}

static void latin_headlines_become_ascii(void **state)
{
	(void)state;
	slug_is("Friends Putin and Kim add strength", "en",
	    "friends-putin-and-kim-add-strength");
	slug_is(
	    "Putin’s “old” plan: 3 points", "en", "putins-old-plan-3-points");
	slug_is("Größe über alles – Öl", "de", "groesse-ueber-alles-oel");
	slug_is("Gro\xCC\x88\xC3\x9F"
		"e",
	    "de", "groesse");
	slug_is("Größe über", "en", "grosse-uber");
	slug_is("Smörgåsbord för älgar", "sv", "smorgasbord-for-algar");
	slug_is("Ærø og Åbenrå", "da", "aeroe-og-aabenraa");
	slug_is("L’été à l'Œuvre", "fr", "l-ete-a-l-oeuvre");
	slug_is("Łódź, Gdańsk i Śląsk", "pl", "lodz-gdansk-i-slask");
	slug_is("İstanbul'da ışık", "tr", "istanbulda-isik");
	slug_is("Đà Nẵng và Huế", "vi", "da-nang-va-hue");
	slug_is("¿Qué pasó? ¡Mañana!", "es", "que-paso-manana");
	slug_is("The 1ª ﬁsh", "es", "the-1-fish");
}

static void what_is_not_seen_is_no_letter(void **state)
{
	(void)state;
	slug_is("\xE3\x85\xA4", "ko", "story");
	slug_is("A\xE1\x85\x9F\xE1\x85\xA0 b\xEF\xBE\xA0", "ko", "a-b");
	assert_false(slug_is_valid(STR("\xE3\x85\xA4")));
	assert_false(slug_is_valid(STR("a\xEF\xBE\xA0")));
}

static void cyrillic_and_greek_become_ascii(void **state)
{
	(void)state;
	slug_is("Путин и Ким: новый щит", "ru", "putin-i-kim-novyy-shchit");
	slug_is("Новыи\xCC\x86 ёж", "ru", "novyy-yozh");
	slug_is("Їжак і Ґудзик, Юрій", "uk", "yizhak-i-gudzyk-yurii");
	slug_is("Україна", "uk", "ukraina");
	slug_is("Щастие", "bg", "shtastie");
	slug_is("Живот у Љубљани", "sr", "zivot-u-ljubljani");
	slug_is("Η Ελλάδα σήμερα", "el", "i-ellada-simera");
}

static void other_scripts_keep_their_letters(void **state)
{
	(void)state;
	slug_is("صحيفة «الفجر» اليوم", "ar", "صحيفة-الفجر-اليوم");
	slug_is("مُحَمَّد", "ar", "محمد");
	slug_is("习近平访问 莫斯科!", "zh", "习近平访问-莫斯科");
	slug_is("スーパー ニュース", "ja", "スーパー-ニュース");
	slug_is("서울의 봄", "ko", "서울의-봄");
	slug_is("\xE1\x84\x89\xE1\x85\xA5\xE1\x84\x8B\xE1\x85\xAE\xE1\x86\xAF",
	    "ko", "서울");
	slug_is("שָׁלוֹם עולם", "he", "שלום-עולם");
	slug_is("हिन्दी समाचार", "hi", "हिन्दी-समाचार");
	slug_is("ข่าววันนี้", "th", "ข่าววันนี้");
}

static void nothing_left_gives_story(void **state)
{
	(void)state;
	slug_is("", "en", "story");
	slug_is("?!... — “”", "en", "story");
	slug_is("🙂🙂", "", "story");
	slug_is("\xFF\xFE", "", "story");
}

static void long_headlines_are_cut_between_words(void **state)
{
	char one_word[300];
	char want[SLUG_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(one_word); i++)
		one_word[i] = 'a';
	one_word[sizeof(one_word) - 1] = '\0';
	for (size_t i = 0; i < SLUG_MAX; i++)
		want[i] = 'a';
	want[SLUG_MAX] = '\0';
	slug_is(one_word, "en", want);
	slug_is("aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee fffffffff "
		"ggggggggg hhhhhhhhh iiiiiiiii",
	    "en",
	    "aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee-fffffffff-"
	    "ggggggggg-hhhhhhhhh");
	slug_is("aaaaaaaaa bbbbbbbbb ccccccccc ddddddddd eeeeeeeee fffffffff "
		"ggggggggg hhhhhhhhhXX iiiiiiiii",
	    "en",
	    "aaaaaaaaa-bbbbbbbbb-ccccccccc-ddddddddd-eeeeeeeee-fffffffff-"
	    "ggggggggg");
}

static uint32_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*seed >> 33);
}

/* A headline of characters from many blocks. */
static void random_headline(struct buf *b, uint64_t *seed)
{
	static const uint32_t blocks[] = {0x20, 0x20, 0x40, 0x60, 0xC0, 0x100,
	    0x180, 0x300, 0x370, 0x400, 0x430, 0x530, 0x5D0, 0x620, 0x900,
	    0xE00, 0x1100, 0x1160, 0x11A8, 0x1E00, 0x1F00, 0x2010, 0x3040,
	    0x30A0, 0x4E00, 0xAC00, 0xFB00, 0xFF20, 0x1F600};
	unsigned n = next_random(seed) % 120;

	for (unsigned i = 0; i < n; i++) {
		uint32_t block =
		    blocks[next_random(seed) % (sizeof(blocks) / 4)];

		utf8_put(b, block + next_random(seed) % 96);
	}
}

static void prop_every_headline_has_a_valid_and_stable_slug(void **state)
{
	static const char *const langs[] = {"en", "de", "uk", "ru", "fr", ""};
	uint64_t seed = 20261123;

	(void)state;
	printf("seed %llu\n", (unsigned long long)seed);
	for (int i = 0; i < 3000; i++) {
		struct arena *a = arena_new(1 << 16);
		struct str lang = str_of(langs[i % 6]);
		struct buf b;
		struct str slug;
		struct str again;

		buf_init_arena(&b, a, 4096);
		random_headline(&b, &seed);
		slug = slug_make(a, buf_str(&b), lang);
		assert_true(utf8_is_valid(slug));
		assert_true(slug_is_valid(slug));
		again = slug_make(a, slug, lang);
		if (!str_eq(again, slug))
			fail_msg("%.*s: %.*s, then %.*s", STR_ARG(buf_str(&b)),
			    STR_ARG(slug), STR_ARG(again));
		arena_free(a);
	}
}

static void valid_slugs_are_told_from_others(void **state)
{
	(void)state;
	assert_true(slug_is_valid(STR("a")));
	assert_true(slug_is_valid(STR("a-2-b")));
	assert_true(slug_is_valid(STR("서울의-봄")));
	assert_false(slug_is_valid(STR("")));
	assert_false(slug_is_valid(STR("-a")));
	assert_false(slug_is_valid(STR("a-")));
	assert_false(slug_is_valid(STR("a--b")));
	assert_false(slug_is_valid(STR("A")));
	assert_false(slug_is_valid(STR("a/b")));
	assert_false(slug_is_valid(STR("..")));
	assert_false(slug_is_valid(STR("a\xFF")));
	assert_false(slug_is_valid(STR("Ж")));
}

static void paths_are_percent_encoded(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	url_encode_path(&b, STR("/2026/11/23/서-a_b~.c d%"));
	assert_true(
	    str_eq(buf_str(&b), STR("/2026/11/23/%EC%84%9C-a_b~.c%20d%25")));
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(latin_headlines_become_ascii),
	    cmocka_unit_test(what_is_not_seen_is_no_letter),
	    cmocka_unit_test(cyrillic_and_greek_become_ascii),
	    cmocka_unit_test(other_scripts_keep_their_letters),
	    cmocka_unit_test(nothing_left_gives_story),
	    cmocka_unit_test(long_headlines_are_cut_between_words),
	    cmocka_unit_test(prop_every_headline_has_a_valid_and_stable_slug),
	    cmocka_unit_test(valid_slugs_are_told_from_others),
	    cmocka_unit_test(paths_are_percent_encoded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
