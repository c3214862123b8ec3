/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "coin/block.h"
#include "coin/hex.h"

/* Lines of a block each: height, hash, block in hex. BIP158's file is JSON,
 * with one row a line. */
#define VECTORS "../shared/vectors/bip158-testnet-19.json"

/* The first block of the main network. */
#define GENESIS_HEADER                                                         \
	"0100000000000000000000000000000000000000000000000000000000000000000"  \
	"000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4" \
	"a29ab5f49ffff001d1dac2b7c"
#define GENESIS_TX                                                             \
	"01000000010000000000000000000000000000000000000000000000000000000000" \
	"000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32" \
	"303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e6420" \
	"6261696c6f757420666f722062616e6b73ffffffff0100f2052a0100000043410467" \
	"8afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc" \
	"3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000"
#define PLAIN_TX                                                               \
	"02000000"                                                             \
	"0111111111111111111111111111111111111111111111111111111111111111110"  \
	"000000000ffffffff01010000000000000000"                                \
	"00000000"

struct fixture {
	struct arena *a;
	struct str bytes;
	struct block block;
	struct err err;
};

static void set_up(struct fixture *f, struct str hex)
{
	char *p;

	f->a = arena_new(64 << 20);
	p = arena_alloc(f->a, hex.n / 2);
	assert_non_null(p);
	assert_true(hex_read(hex, (uint8_t *)p, hex.n / 2));
	f->bytes = (struct str){p, hex.n / 2};
}

static enum rc parse_hex(const char *hex)
{
	struct fixture f;
	enum rc rc;

	set_up(&f, str_of(hex));
	rc = block_parse(f.a, f.bytes, &f.block, &f.err);
	arena_free(f.a);
	return rc;
}

static void the_first_block_is_read(void **state)
{
	struct fixture f;
	struct buf b;

	(void)state;
	set_up(&f, STR(GENESIS_HEADER "01" GENESIS_TX));
	assert_int_equal(block_parse(f.a, f.bytes, &f.block, &f.err), RC_OK);
	assert_int_equal(f.block.txs_n, 1);
	assert_int_equal(instant_s(f.block.header.time), 1231006505);
	assert_true(block_work_is_done(&f.block.header, NETWORK_MAIN));
	assert_true(hash256_eq(
	    &f.block.header.hash, &network_facts(NETWORK_MAIN)->genesis));
	buf_init(&b, 100);
	hash256_text_id(&b, &f.block.header.hash);
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_string_equal(b.p, "000000000019d6689c085ae165831e934ff763ae46a2"
				 "a6c172b3f1b60a8ce26f");
	buf_done(&b);
	arena_free(f.a);
}

static void changed_blocks_are_refused(void **state)
{
	struct fixture f;

	(void)state;
	assert_int_equal(
	    parse_hex(GENESIS_HEADER "01" GENESIS_TX "00"), RC_INVALID);
	assert_int_equal(parse_hex(GENESIS_HEADER "00"), RC_INVALID);
	assert_int_equal(
	    parse_hex(GENESIS_HEADER "fd0100" GENESIS_TX), RC_INVALID);
	assert_int_equal(parse_hex(GENESIS_HEADER "01" PLAIN_TX), RC_INVALID);
	assert_int_equal(
	    parse_hex(GENESIS_HEADER "02" GENESIS_TX PLAIN_TX), RC_INVALID);
	set_up(&f, STR(GENESIS_HEADER "01" GENESIS_TX));
	for (size_t n = 0; n < f.bytes.n; n++)
		assert_int_equal(
		    block_parse(f.a, str_part(f.bytes, 0, n), &f.block, &f.err),
		    RC_INVALID);
	arena_free(f.a);
}

/* CVE-2012-2459: [1 2 3] and [1 2 3 3] have the same root. */
static void a_list_lengthened_by_repetition_is_refused(void **state)
{
	struct fixture f;
	struct hash256 id[3], left, right, root;
	char *p;

	(void)state;
	set_up(&f, STR(GENESIS_HEADER "03" GENESIS_TX PLAIN_TX PLAIN_TX));
	p = (char *)(uintptr_t)f.bytes.p;
	/* The third differs from the second by its lock time. */
	p[f.bytes.n - 1] = 1;
	assert_int_equal(
	    block_parse(f.a, f.bytes, &f.block, &f.err), RC_INVALID);
	id[0] = hash_sha256d(str_part(f.bytes, 81, 204));
	id[1] = hash_sha256d(str_part(f.bytes, 285, 60));
	id[2] = hash_sha256d(str_part(f.bytes, 345, 60));
	left = hash_sha256d_pair(&id[0], &id[1]);
	right = hash_sha256d_pair(&id[2], &id[2]);
	root = hash_sha256d_pair(&left, &right);
	memcpy(p + 36, root.b, 32);
	assert_int_equal(block_parse(f.a, f.bytes, &f.block, &f.err), RC_OK);
	assert_false(block_work_is_done(&f.block.header, NETWORK_MAIN));
	arena_free(f.a);
	set_up(
	    &f, STR(GENESIS_HEADER "04" GENESIS_TX PLAIN_TX PLAIN_TX PLAIN_TX));
	p = (char *)(uintptr_t)f.bytes.p;
	p[404] = 1;
	p[464] = 1;
	memcpy(p + 36, root.b, 32);
	assert_int_equal(
	    block_parse(f.a, f.bytes, &f.block, &f.err), RC_INVALID);
	arena_free(f.a);
}

static struct block_header with_bits(uint32_t bits)
{
	struct block_header h = {.bits = bits};

	return h;
}

static void targets_that_are_none_prove_nothing(void **state)
{
	/* Zero, negative, too long, easier than the network's easiest. */
	static const uint32_t bad[] = {
	    0, 0x1d000000, 0x1d80ffff, 0x21010000, 0x02ffff00, 0x1e00ffff};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct block_header h = with_bits(bad[i]);

		assert_false(block_work_is_done(&h, NETWORK_MAIN));
	}
}

static void work_grows_as_targets_shrink(void **state)
{
	(void)state;
	assert_true(block_work(0x207fffff) >= 2);
	assert_true(block_work(0x1d00ffff) > block_work(0x1e0377ae));
	assert_true(block_work(0x170331db) > block_work(0x1d00ffff));
	assert_true(block_work(0x03000001) == (block_work_t)1 << 100);
	assert_true(block_work(0xff7fffff) == 1);
}

static void bits_change_only_between_spans(void **state)
{
	(void)state;
	assert_true(
	    block_bits_may_follow(0x1d00ffff, 0x1d00ffff, 5, NETWORK_MAIN));
	assert_false(
	    block_bits_may_follow(0x1c00ffff, 0x1d00ffff, 5, NETWORK_MAIN));
	assert_false(
	    block_bits_may_follow(0x1c00ffff, 0x1d00ffff, 2016, NETWORK_MAIN));
	assert_true(
	    block_bits_may_follow(0x1c00ffff, 0x1c03fffc, 2016, NETWORK_MAIN));
	assert_true(
	    block_bits_may_follow(0x1c00ffff, 0x1d00ffff, 5, NETWORK_TESTNET));
}

/* The quoted string that FIELD strings into the row begins. */
static struct str quoted(struct str row, int field)
{
	while (field-- > 0) {
		row = str_from(row, str_find(row, '"') + 1);
		row = str_from(row, str_find(row, '"') + 1);
	}
	row = str_from(row, str_find(row, '"') + 1);
	return str_part(row, 0, str_find(row, '"'));
}

static void the_blocks_of_bip158_are_read(void **state)
{
	static char text[1 << 16];
	FILE *in = fopen(VECTORS, "rb");
	struct str all, row;
	int blocks = 0;

	(void)state;
	if (!in) {
		printf("note: " VECTORS " is not there; skipped\n");
		return;
	}
	all = (struct str){text, fread(text, 1, sizeof(text), in)};
	fclose(in);
	while (str_line(&all, &row)) {
		struct fixture f;
		struct hash256 hash;

		if (row.n < 200 || !ascii_is_digit(row.p[1]))
			continue;
		set_up(&f, quoted(row, 1));
		assert_int_equal(
		    block_parse(f.a, f.bytes, &f.block, &f.err), RC_OK);
		assert_int_equal(
		    hash256_parse_id(quoted(row, 0), &hash), RC_OK);
		assert_true(hash256_eq(&f.block.header.hash, &hash));
		assert_true(
		    block_work_is_done(&f.block.header, NETWORK_TESTNET));
		arena_free(f.a);
		blocks++;
	}
	assert_int_equal(blocks, 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_first_block_is_read),
	    cmocka_unit_test(changed_blocks_are_refused),
	    cmocka_unit_test(a_list_lengthened_by_repetition_is_refused),
	    cmocka_unit_test(targets_that_are_none_prove_nothing),
	    cmocka_unit_test(work_grows_as_targets_shrink),
	    cmocka_unit_test(bits_change_only_between_spans),
	    cmocka_unit_test(the_blocks_of_bip158_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
