/* SPDX-License-Identifier: MIT */
#include "coin/payee.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "coin/address_find.h"
#include "coin/keccak.h"
#include "coin/monero.h"
#include "coin/test/vectors.h"

static void assert_kind(const char *text, enum payee_kind kind)
{
	enum payee_kind is = payee_find(str_of(text));

	if (is != kind)
		fail_msg("%s: %s", text, payee_name(is));
}

static void addresses_are_seen_however_they_are_broken_up(void **state)
{
	static const char *const texts[] = {
	    "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu",
	    "pay to: BC1QCR8TE4KR609GCAWUTMRZA0J4XV80JY8Z306FYU!",
	    "bc1q cr8t e4kr 609g cawu tmrz a0j4 xv80 jy8z 306f yu, please",
	    "b-c-1-q-c-r-8-t-e-4-k-r-6-0-9-g-c-a-w-u-t-m-r-z-a-0-j-4-x-v-8-0-j"
	    "-y-8-z-3-0-6-f-y-u",
	    "bc1qcr8te4kr609gc\nawutmrza0j4xv80\n\njy8z306fyu",
	    "bc1qcr8te4**kr609**gcawutmrza0j4\\xv80jy8z306fyu",
	    /* zero width space, joiner, soft hyphen, word joiner */
	    "bc1q\xE2\x80\x8B"
	    "cr8t\xE2\x80\x8D"
	    "e4kr\xC2\xAD"
	    "609g\xE2\x81\xA0"
	    "cawutmrza0j4xv80jy8z306fyu",
	    /* a mark above a letter; a no-break space */
	    "bc1q\xCC\x81"
	    "cr8te4kr609g\xC2\xA0"
	    "cawutmrza0j4xv80jy8z306fyu",
	    /* Cyrillic a, c, e; full width digits; a circled one */
	    "b\xD1\x81\x31q\xD1\x81r8te4kr609gcawutmrz\xD0\xB0"
	    "0j4xv80jy8z306fyu",
	    "bc\xEF\xBC\x91qcr8te4kr\xEF\xBC\x96"
	    "09gcawutmrza0j4xv80jy8z306fyu",
	    "bc\xE2\x91\xA0qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu",
	    /* mathematical bold small b and c, double-struck one */
	    "\xF0\x9D\x90\x9B\xF0\x9D\x90\x9C\xF0\x9D\x9F\x99"
	    "qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu",
	    /* turned round */
	    "\xE2\x80\xAEuyf603z8yj08vx4j0azrmtuwacg906rk4et8rcq1cb",
	    "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx",
	    "BCRT1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KYGT080",
	    "1A1z P1eP 5QGe fi2D MPTf TL5S Lmv7 Divf Na",
	    "give1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNathanks",
	    "3P14159f73E4gFr7JterCCQh9QjiTjiZrG",
	    "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1",
	    /* a damaged one that somebody is told how to mend */
	    "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyx",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_kind(texts[i], PAYEE_ADDRESS);
}

static void other_ways_to_be_paid_are_seen(void **state)
{
	static const char monero[] =
	    "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYB"
	    "b98uNbr2VBBEt7f2wfn3RVGQBEP3A";
	char grouped[300];
	size_t n = 0;

	(void)state;
	assert_kind(
	    "0x52908400098527886E0F7030069857D2E4169EE7", PAYEE_ETHEREUM);
	assert_kind("0X 5290 8400 0985 2788 6e0f 7030 0698 57d2 e416 9ee7",
	    PAYEE_ETHEREUM);
	assert_kind(monero, PAYEE_MONERO);
	for (size_t i = 0; monero[i]; i++) {
		grouped[n++] = monero[i];
		if (i % 5 == 4)
			grouped[n++] = ' ';
	}
	grouped[n] = '\0';
	assert_kind(grouped, PAYEE_MONERO);
	/* An offer has no checksum. */
	assert_kind(
	    "lno1pqps7sjqpgtyzm3qv4uxzmtsd3jjqer9wd3hy6tsw35k7msjzfpy7n"
	    "z5yqcnygrfdej82um5wf5k2uckyypwa3eyt44h6txtxquqh7lz5djge4af",
	    PAYEE_LIGHTNING);
}

static void official_examples_are_seen(void **state)
{
	static const struct {
		const char *file, *key;
		enum payee_kind kind;
	} sets[] = {{"bolt11.json", "invoice", PAYEE_LIGHTNING},
	    {"lnurl.json", "lnurl", PAYEE_LIGHTNING},
	    {"eip55.json", "checksummed", PAYEE_ETHEREUM}};

	(void)state;
	for (size_t k = 0; k < sizeof(sets) / sizeof(*sets); k++) {
		json_t *all = vectors_open(sets[k].file);
		size_t i, n = 0;
		json_t *c;

		json_array_foreach(json_object_get(all, "cases"), i, c)
		{
			struct str s = vector_str(c, sets[k].key);
			enum payee_kind is = payee_find(s);

			if (s.n < 30)
				continue;
			if (is != sets[k].kind)
				fail_msg(
				    "%.*s: %s", STR_ARG(s), payee_name(is));
			n++;
		}
		assert_true(!all || n > 0);
		json_decref(all);
	}
}

static void a_drawn_code_is_seen(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	for (size_t i = 0; i < 100; i++)
		buf_lit(&b, "\xE2\x96\x88 ");
	assert_int_equal(payee_find(buf_str(&b)), PAYEE_DRAWING);
	buf_cut(&b, 10);
	assert_int_equal(payee_find(buf_str(&b)), PAYEE_NONE);
	buf_done(&b);
}

static void what_only_looks_like_it_passes(void **state)
{
	static const char *const texts[] = {
	    "",
	    "On ABC 1 there was a cat, and the press rests.",
	    "PGP: 0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567",
	    "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
	    "j4ai a6de k4gp 5mri cvtj 3v4u cdfl hzgp",
	    "4 people; 48,000 EUR; 2026-11-23; +49 30 901820",
	    "ISBN 978-3-16-148410-0; DE89 3704 0044 0532 0130 00",
	    "desk@portlune.example, https://portlune.example/support",
	    "1111111111111111111111111111111111111111",
	    "0x, lnbc1, bc1q: how addresses begin",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_kind(texts[i], PAYEE_NONE);
}

static size_t count_next(struct str text)
{
	struct payee_found found;
	size_t at = 0, n = 0;

	while (payee_next(text, &at, &found))
		n++;
	assert_int_equal(at, text.n);
	return n;
}

/* Whole stories in many languages, and page furniture. */
static void real_prose_raises_no_alarm(void **state)
{
	size_t bytes = 0;
	glob_t found;

	(void)state;
	assert_int_equal(
	    glob("test/port-lune/stories/*.md", 0, NULL, &found), 0);
	assert_int_equal(
	    glob("test/intake/*.md", GLOB_APPEND, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		static char text[1 << 20];
		FILE *file = fopen(found.gl_pathv[i], "rb");
		struct str s = {text, 0};
		enum payee_kind is;

		assert_non_null(file);
		s.n = fread(text, 1, sizeof(text), file);
		fclose(file);
		is = payee_find(s);
		if (is != PAYEE_NONE)
			fail_msg("%s: %s", found.gl_pathv[i], payee_name(is));
		assert_int_equal(count_next(s), 0);
		bytes += s.n;
	}
	globfree(&found);
	assert_true(bytes > 30000);
}

static void those_in_a_story_are_found_where_they_stand(void **state)
{
	static const char text[] =
	    "Give to bc1q cr8t e4kr 609g cawu tmrz a0j4 xv80 jy8z 306f yu, or "
	    "0x52908400098527886E0F7030069857D2E4169EE7. Or: "
	    "b\xD1\x81\x31qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu";
	struct str s = str_of(text);
	struct payee_found found = {.kind = PAYEE_NONE};
	size_t at = 0;

	(void)state;
	assert_true(payee_next(s, &at, &found));
	assert_int_equal(found.kind, PAYEE_ADDRESS);
	assert_string_equal(
	    found.plain, "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
	assert_true(str_eq(found.text,
	    STR("bc1q cr8t e4kr 609g cawu tmrz a0j4 xv80 jy8z 306f yu")));
	assert_true(payee_next(s, &at, &found));
	assert_int_equal(found.kind, PAYEE_ETHEREUM);
	assert_true(str_eq(
	    found.text, STR("0x52908400098527886E0F7030069857D2E4169EE7")));
	assert_true(payee_next(s, &at, &found));
	assert_string_equal(
	    found.plain, "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
	assert_true(str_starts(found.text, STR("b\xD1\x81")));
	assert_false(payee_next(s, &at, &found));
	assert_int_equal(
	    count_next(STR("\xE2\x80\xAEuyf603z8yj08vx4j0azrmtuwacg906"
			   "rk4et8rcq1cb")),
	    1);
}

static void hashes_and_code_in_a_story_are_no_false_alarm(void **state)
{
	static const char *const texts[] = {
	    /* a transaction of Bitcoin, of Ethereum, in groups; commits */
	    "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b",
	    "0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060",
	    "0x 5c504ed4 32cb5113 8bcf09aa 5e8a410d d4a1e204 ef84bfed 1be16dfb "
	    "a1b22060",
	    "commit 83af01ea3d7f3d2e2b2a1f7de4fa5a6ee3d4d1f1, and then "
	    "0xdeadbeef and 0xcafe",
	    /* like an address, and no wallet takes it */
	    "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyx",
	    "44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYB"
	    "b98uNbr2VBBEt7f2wfn3RVGQBEP3B",
	};
	struct buf all;
	uint32_t seed = 7;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (count_next(str_of(texts[i])))
			fail_msg("%s", texts[i]);
	/* Ten thousand hashes, in lines as people write them. */
	buf_init(&all, 1 << 20);
	for (size_t i = 0; i < 10000 * 64; i++) {
		seed = seed * 1664525 + 1013904223;
		buf_char(&all, "0123456789abcdef"[seed >> 28]);
		if (i % 64 == 63)
			buf_char(&all, '\n');
	}
	assert_int_equal(buf_rc(&all), RC_OK);
	assert_int_equal(count_next(buf_str(&all)), 0);
	buf_done(&all);
}

static double cpu_ms(void)
{
	return (double)clock() * 1000 / CLOCKS_PER_SEC;
}

/* How long it takes to look through 100,000 characters of PART; the least of
 * several times. */
static double time_of(const char *part)
{
	double least = 1e9;
	struct buf b;

	buf_init(&b, 110000);
	while (b.n < 100000)
		buf_add(&b, str_of(part));
	for (size_t i = 0; i < 4; i++) {
		double began = cpu_ms();

		assert_int_equal(count_next(buf_str(&b)), 0);
		if (cpu_ms() - began < least)
			least = cpu_ms() - began;
	}
	buf_done(&b);
	return least;
}

static void no_text_takes_long_to_look_through(void **state)
{
	static const char silent[] =
	    "sp1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"
	    "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq";
	static const char *const parts[] = {"1", "4", "8", "4aB7", "1z", "1. ",
	    "a<![CDATA[", "bc1q", "lnbc1q", silent,
	    "0xaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
	double plain = time_of("a");

	(void)state;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		double ms = time_of(parts[i]);

		if (ms > 8 * (plain + 1))
			fail_msg("%s: %.0f ms, where others take %.0f",
			    parts[i], ms, plain);
	}
}

static void official_addresses_of_monero_verify(void **state)
{
	json_t *all = vectors_open("monero.json");
	size_t i, n = 0;
	json_t *c;

	(void)state;
	json_array_foreach(json_object_get(all, "cases"), i, c)
	{
		struct str s = vector_str(c, "address");
		size_t at = 0;
		struct address_found found;

		if (s.n != MONERO_LENGTH && s.n != MONERO_LENGTH_ID)
			continue;
		/* Those of the writing alone have tags that no network has. */
		if (json_is_true(json_object_get(c, "valid")))
			assert_int_equal(
			    monero_verifies(s), !str_eq(vector_str(c, "kind"),
						    STR("address_codec")));
		if (monero_verifies(s)) {
			assert_true(address_find(s, &at, &found));
			assert_int_equal(count_next(s), 1);
			n++;
		}
	}
	assert_true(!all || n > 3);
	json_decref(all);
}

static void keccak_is_that_of_before_sha3(void **state)
{
	char text[300];
	struct hash256 hash = keccak_256(STR("")), wanted;

	(void)state;
	assert_int_equal(hash256_parse(STR("c5d2460186f7233c927e7db2dcc703c0e50"
					   "0b653ca82273b7bfad8045d85a470"),
			     &wanted),
	    RC_OK);
	assert_true(hash256_eq(&hash, &wanted));
	hash = keccak_256(STR("abc"));
	assert_int_equal(hash256_parse(STR("4e03657aea45a94fc7d47ba826c8d667c0d"
					   "1e6e33a64a036ec44f58fa12d6c45"),
			     &wanted),
	    RC_OK);
	assert_true(hash256_eq(&hash, &wanted));
	/* One byte short of a block, and a block. */
	memset(text, 'a', sizeof(text));
	hash = keccak_256((struct str){text, 135});
	wanted = keccak_256((struct str){text, 136});
	assert_false(hash256_eq(&hash, &wanted));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(addresses_are_seen_however_they_are_broken_up),
	    cmocka_unit_test(other_ways_to_be_paid_are_seen),
	    cmocka_unit_test(official_examples_are_seen),
	    cmocka_unit_test(a_drawn_code_is_seen),
	    cmocka_unit_test(what_only_looks_like_it_passes),
	    cmocka_unit_test(real_prose_raises_no_alarm),
	    cmocka_unit_test(those_in_a_story_are_found_where_they_stand),
	    cmocka_unit_test(hashes_and_code_in_a_story_are_no_false_alarm),
	    cmocka_unit_test(no_text_takes_long_to_look_through),
	    cmocka_unit_test(official_addresses_of_monero_verify),
	    cmocka_unit_test(keccak_is_that_of_before_sha3),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
