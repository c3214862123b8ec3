/* SPDX-License-Identifier: MIT
 *
 * UTF-8, against a slow second reader over every short sequence.
 */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"

/* Reads a character the other way round: tries every length, decodes without
 * looking, then asks whether encoding it gives the same bytes. */
static size_t slow_len(const unsigned char *p, size_t left, uint32_t *ret_c)
{
	static const unsigned lead[5] = {0, 0x00, 0xC0, 0xE0, 0xF0};
	static const unsigned mask[5] = {0, 0x80, 0xE0, 0xF0, 0xF8};
	static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};

	for (size_t n = 1; n <= 4 && n <= left; n++) {
		uint32_t c = p[0] & ~mask[n] & 0xFF;
		bool is_good = (p[0] & mask[n]) == lead[n];

		for (size_t i = 1; i < n; i++) {
			is_good = is_good && (p[i] & 0xC0) == 0x80;
			c = c * 64 + (p[i] & 0x3F);
		}
		if (is_good && c >= least[n] && c <= 0x10FFFF &&
		    (c < 0xD800 || c > 0xDFFF)) {
			*ret_c = c;
			return n;
		}
	}
	return 0;
}

/* All functions agree with the slow reader about P. */
static void check(const unsigned char *p, size_t n)
{
	struct str s = {(const char *)p, n};
	size_t at = 0;
	size_t slow = 0;
	size_t count = 0;
	size_t first_fault = n;
	size_t starts[8];

	while (slow < n) {
		uint32_t wanted = UTF8_BAD;
		size_t len = slow_len(p + slow, n - slow, &wanted);
		uint32_t c = utf8_next(s, &at);

		if (len == 0 && first_fault == n)
			first_fault = slow;
		starts[count++] = slow;
		slow += len ? len : 1;
		if (c != wanted || at != slow)
			fail_msg("at %zu of %02X %02X %02X %02X", slow, p[0],
			    p[1], p[2], p[3]);
	}
	assert_int_equal(utf8_count(s), count);
	assert_int_equal(utf8_first_fault(s), first_fault);
	assert_int_equal(utf8_is_valid(s), first_fault == n);
	/* Backwards the same borders, where there is no fault. */
	while (first_fault == n && count > 0) {
		size_t start = starts[--count];
		uint32_t wanted = 0;

		(void)slow_len(p + start, n - start, &wanted);
		assert_int_equal(utf8_prev(s, &at), wanted);
		assert_int_equal(at, start);
	}
}

static void all_sequences_of_three_bytes_are_read_right(void **state)
{
	unsigned char p[4] = {0};

	(void)state;
	for (uint32_t i = 0; i < 1u << 16; i++) {
		p[0] = (unsigned char)(i >> 8);
		p[1] = (unsigned char)i;
		check(p, 1);
		check(p, 2);
		/* The third byte: every border of the table. */
		for (int k = 0; k < 8; k++) {
			p[2] = (unsigned char[]){
			    0x00, 0x7F, 0x80, 0x8F, 0x9F, 0xA0, 0xBF, 0xC0}[k];
			check(p, 3);
		}
	}
}

static void sequences_of_four_bytes_are_read_right(void **state)
{
	static const unsigned char later[] = {
	    0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
	enum { LATER = sizeof(later) };

	(void)state;
	for (unsigned first = 0xE0; first < 0x100; first++)
		for (unsigned i = 0; i < LATER * LATER * LATER; i++) {
			unsigned char p[4] = {(unsigned char)first,
			    later[i % LATER], later[i / LATER % LATER],
			    later[i / LATER / LATER]};

			check(p, 4);
		}
}

static void every_character_is_written_and_read_again(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 8);
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		size_t at = 0;

		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		buf_clear(&b);
		utf8_put(&b, c);
		if (utf8_next(buf_str(&b), &at) != c || at != b.n)
			fail_msg("U+%04X", c);
		at = b.n;
		if (utf8_prev(buf_str(&b), &at) != c || at != 0)
			fail_msg("U+%04X backwards", c);
	}
	buf_done(&b);
}

static void reading_backwards_passes_faults_byte_by_byte(void **state)
{
	struct str s = STR("a\x80\xE2\x82");
	size_t at = s.n;

	(void)state;
	assert_int_equal(utf8_prev(s, &at), UTF8_BAD);
	assert_int_equal(at, 3);
	assert_int_equal(utf8_prev(s, &at), UTF8_BAD);
	assert_int_equal(at, 2);
	assert_int_equal(utf8_prev(s, &at), UTF8_BAD);
	assert_int_equal(at, 1);
	assert_int_equal(utf8_prev(s, &at), 'a');
	assert_int_equal(at, 0);
}

static void a_head_cuts_no_character(void **state)
{
	struct str s = STR("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x97\x9Ez");
	static const size_t wanted[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11};

	(void)state;
	for (size_t n = 0; n < 12; n++)
		assert_int_equal(utf8_head(s, n).n, wanted[n]);
	assert_int_equal(utf8_head(s, SIZE_MAX).n, 11);
	/* Faulty bytes do not take the rest with them. */
	assert_int_equal(utf8_head(STR("\x80\x80\x80\x80\x80\x80"), 5).n, 5);
	assert_int_equal(utf8_head(STR("ab\xE2\x82"), 3).n, 3);
	assert_int_equal(utf8_head(STR_NONE, 0).n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(all_sequences_of_three_bytes_are_read_right),
	    cmocka_unit_test(sequences_of_four_bytes_are_read_right),
	    cmocka_unit_test(every_character_is_written_and_read_again),
	    cmocka_unit_test(reading_backwards_passes_faults_byte_by_byte),
	    cmocka_unit_test(a_head_cuts_no_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
