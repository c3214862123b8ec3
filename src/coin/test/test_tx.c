/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "coin/hex.h"
#include "coin/tx.h"

/* The only transaction of the first block. */
#define GENESIS_TX                                                             \
	"01000000010000000000000000000000000000000000000000000000000000000000" \
	"000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32" \
	"303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e6420" \
	"6261696c6f757420666f722062616e6b73ffffffff0100f2052a0100000043410467" \
	"8afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc" \
	"3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000"
#define GENESIS_ID                                                             \
	"4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b"

/* BIP143, "Native P2WPKH", signed: one input of the first kind, one with a
 * witness; the number at its head is the version. */
#define BIP143_BODY                                                            \
	"02fff7f7881a8099afa6940d42d1e7f6362bec38171ea3edf433541db4e4ad969f00" \
	"000000494830450221008b9d1dc26ba6a9cb62127b02742fa9d754cd3bebf337f7a5" \
	"5d114c8e5cdd30be022040529b194ba3f9281a99f2b1c0a19c0489bc22ede944ccf4" \
	"ecbab4cc618ef3ed01eeffffffef51e1b804cc89d182d279655c3aa89e815b1b309f" \
	"e287d9b2b55d57b90ec68a0100000000ffffffff02202cb206000000001976a91482" \
	"80b37df378db99f66f85c95a783a76ac7a6d5988ac9093510d000000001976a9143b" \
	"de42dbee7e4dbe6a21b2d50ce2f0167faa815988ac"
#define BIP143_WITNESS                                                         \
	"000247304402203609e17b84f6a7d30c80bfa610b5b4542f32a8a0d5447a12fb1366" \
	"d7f01cc44a0220573a954c4518331561406f90300e8f3358f51928d43c212a8caed0" \
	"2de67eebee0121025476c2e83188368da1ff3e292e7acafcdb3566bb0ad253f62fc7" \
	"0f07aeee6357"
#define BIP143_TX "010000000001" BIP143_BODY BIP143_WITNESS "11000000"

/* An input and an output that are as short as can be. */
#define PLAIN_IN                                                               \
	"11111111111111111111111111111111111111111111111111111111111111110000" \
	"000000ffffffff"
#define NULL_IN                                                                \
	"0000000000000000000000000000000000000000000000000000000000000000ffff" \
	"ffff02abcdffffffff"
#define PLAIN_OUT "010000000000000000"

enum { BYTES_MOST = 2000 };

struct fixture {
	char p[BYTES_MOST];
	struct str bytes;
};

static struct str bytes_of(struct fixture *f, const char *hex)
{
	f->bytes = (struct str){f->p, strlen(hex) / 2};
	assert_true(f->bytes.n <= sizeof(f->p));
	assert_true(hex_read(str_of(hex), (uint8_t *)f->p, f->bytes.n));
	return f->bytes;
}

static enum rc parse_hex(const char *hex)
{
	struct fixture f;
	struct tx tx;

	return tx_parse(bytes_of(&f, hex), &tx);
}

static void assert_id(const struct tx *tx, const char *id)
{
	struct hash256 h = tx_id(tx);
	struct buf b;

	buf_init(&b, 100);
	hash256_text_id(&b, &h);
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_string_equal(b.p, id);
	buf_done(&b);
}

static void the_first_transaction_is_read(void **state)
{
	struct fixture f;
	struct tx tx;
	struct cursor at;
	struct tx_input in;
	struct tx_output out;

	(void)state;
	assert_int_equal(tx_parse(bytes_of(&f, GENESIS_TX), &tx), RC_OK);
	assert_id(&tx, GENESIS_ID);
	assert_true(tx.is_coinbase);
	assert_false(tx.has_witness);
	assert_false(tx.signals_rbf);
	assert_int_equal(tx.inputs_n, 1);
	assert_int_equal(tx.outputs_n, 1);
	at = tx_inputs(&tx);
	assert_true(tx_next_input(&at, &in));
	assert_true(outpoint_is_null(&in.from));
	assert_int_equal(in.script.n, 77);
	assert_false(tx_next_input(&at, &in));
	at = tx_outputs(&tx);
	assert_true(tx_next_output(&at, &out));
	assert_int_equal(sat_raw(out.value), 5000000000);
	assert_int_equal(out.script.n, 67);
	assert_false(tx_next_output(&at, &out));
}

static void the_id_leaves_out_the_witnesses(void **state)
{
	struct fixture f, stripped;
	struct tx tx, old;
	struct hash256 a, b;

	(void)state;
	assert_int_equal(tx_parse(bytes_of(&f, BIP143_TX), &tx), RC_OK);
	assert_true(tx.has_witness);
	assert_int_equal(tx.lock_time, 17);
	assert_int_equal(
	    tx_parse(
		bytes_of(&stripped, "01000000" BIP143_BODY "11000000"), &old),
	    RC_OK);
	assert_false(old.has_witness);
	a = tx_id(&tx);
	b = tx_id(&old);
	assert_true(hash256_eq(&a, &b));
	assert_id(&tx, "e8151a2af31c368a35053ddd4bdb285a8595c769a3ad83e0fa0231"
		       "4a602d4609");
}

static void inputs_and_outputs_are_walked(void **state)
{
	struct fixture f;
	struct tx tx;
	struct cursor at;
	struct tx_input in;
	struct tx_output out;

	(void)state;
	assert_int_equal(tx_parse(bytes_of(&f, BIP143_TX), &tx), RC_OK);
	at = tx_inputs(&tx);
	assert_true(tx_next_input(&at, &in));
	assert_int_equal(in.from.vout, 0);
	assert_int_equal(in.script.n, 73);
	assert_int_equal(in.sequence, 0xffffffee);
	assert_true(tx_next_input(&at, &in));
	assert_int_equal(in.from.vout, 1);
	assert_int_equal(in.script.n, 0);
	assert_false(tx_next_input(&at, &in));
	at = tx_outputs(&tx);
	assert_true(tx_next_output(&at, &out));
	assert_int_equal(sat_raw(out.value), 112340000);
	assert_true(tx_next_output(&at, &out));
	assert_int_equal(sat_raw(out.value), 223450000);
	assert_int_equal(out.script.n, 25);
	assert_false(tx_next_output(&at, &out));
	assert_true(tx.signals_rbf);
}

static void a_transaction_cut_anywhere_is_refused(void **state)
{
	struct fixture f;
	struct tx tx;
	struct str all = bytes_of(&f, BIP143_TX);

	(void)state;
	for (size_t n = 0; n < all.n; n++)
		assert_int_equal(
		    tx_parse(str_part(all, 0, n), &tx), RC_INVALID);
}

static void bytes_left_over_are_refused(void **state)
{
	(void)state;
	assert_int_equal(parse_hex(GENESIS_TX "00"), RC_INVALID);
	assert_int_equal(parse_hex(BIP143_TX "00"), RC_INVALID);
}

static void several_stand_one_behind_the_other(void **state)
{
	struct fixture f;
	struct cursor c = cursor_of(bytes_of(&f, BIP143_TX GENESIS_TX "99"));
	struct tx tx;

	(void)state;
	assert_int_equal(tx_take(&c, &tx), RC_OK);
	assert_true(tx.has_witness);
	assert_int_equal(tx_take(&c, &tx), RC_OK);
	assert_true(tx.is_coinbase);
	assert_int_equal(cursor_left(&c), 1);
	assert_int_equal(tx_take(&c, &tx), RC_INVALID);
	assert_int_equal(cursor_left(&c), 1);
}

static void counts_have_one_form_only(void **state)
{
	(void)state;
	assert_int_equal(parse_hex("02000000"
				   "01" PLAIN_IN "01" PLAIN_OUT "00000000"),
	    RC_OK);
	assert_int_equal(parse_hex("02000000"
				   "fd0100" PLAIN_IN "01" PLAIN_OUT "00000000"),
	    RC_INVALID);
	assert_int_equal(
	    parse_hex("02000000"
		      "01" PLAIN_IN "fe01000000" PLAIN_OUT "00000000"),
	    RC_INVALID);
	assert_int_equal(
	    parse_hex("02000000"
		      "01" PLAIN_IN "ff0100000000000000" PLAIN_OUT "00000000"),
	    RC_INVALID);
}

static void counts_beyond_the_bytes_are_refused(void **state)
{
	(void)state;
	assert_int_equal(
	    parse_hex("02000000"
		      "feffffffff" PLAIN_IN "01" PLAIN_OUT "00000000"),
	    RC_INVALID);
	assert_int_equal(
	    parse_hex("02000000"
		      "ffffffffffffffffff" PLAIN_IN "01" PLAIN_OUT "00000000"),
	    RC_INVALID);
	assert_int_equal(parse_hex("02000000"
				   "01" PLAIN_IN "02" PLAIN_OUT "00000000"),
	    RC_INVALID);
	assert_int_equal(parse_hex("02000000"
				   "0000000000"),
	    RC_INVALID);
}

/* 21 million bitcoin are 0x000775f05a074000 satoshi. */
static void values_end_at_21_million(void **state)
{
	(void)state;
	assert_int_equal(parse_hex("02000000"
				   "01" PLAIN_IN "010040075af075070000"
				   "00000000"),
	    RC_OK);
	assert_int_equal(parse_hex("02000000"
				   "01" PLAIN_IN "010140075af075070000"
				   "00000000"),
	    RC_INVALID);
	assert_int_equal(parse_hex("02000000"
				   "01" PLAIN_IN "01ffffffffffffffff00"
				   "00000000"),
	    RC_INVALID);
	/* Their sum, too. */
	assert_int_equal(parse_hex("02000000"
				   "01" PLAIN_IN
				   "020040075af075070000" PLAIN_OUT "00000000"),
	    RC_INVALID);
}

static void a_witness_flag_needs_a_witness(void **state)
{
	(void)state;
	assert_int_equal(parse_hex("02000000"
				   "0001"
				   "01" PLAIN_IN "01" PLAIN_OUT "0100"
				   "00000000"),
	    RC_OK);
	assert_int_equal(parse_hex("02000000"
				   "0001"
				   "01" PLAIN_IN "01" PLAIN_OUT "00"
				   "00000000"),
	    RC_INVALID);
	assert_int_equal(parse_hex("02000000"
				   "0002"
				   "01" PLAIN_IN "01" PLAIN_OUT "0100"
				   "00000000"),
	    RC_INVALID);
	assert_int_equal(parse_hex("02000000"
				   "0000"
				   "01" PLAIN_IN "01" PLAIN_OUT "00000000"),
	    RC_INVALID);
}

static void a_coinbase_has_one_input(void **state)
{
	(void)state;
	assert_int_equal(parse_hex("02000000"
				   "01" NULL_IN "01" PLAIN_OUT "00000000"),
	    RC_OK);
	assert_int_equal(
	    parse_hex("02000000"
		      "02" PLAIN_IN NULL_IN "01" PLAIN_OUT "00000000"),
	    RC_INVALID);
}

/* BIP125: any sequence below 0xfffffffe says so. */
static void replacing_is_signalled_by_the_sequence(void **state)
{
	static const struct {
		char last;
		bool signals;
	} cases[] = {
	    {'\xff', false}, {'\xfe', false}, {'\xfd', true}, {'\x00', true}};
	struct fixture f;
	struct tx tx;
	struct str all = bytes_of(&f, "02000000"
				      "01" PLAIN_IN "01" PLAIN_OUT "00000000");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		f.p[4 + 1 + 32 + 4 + 1] = cases[i].last;
		assert_int_equal(tx_parse(all, &tx), RC_OK);
		assert_int_equal(tx.signals_rbf, cases[i].signals);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_first_transaction_is_read),
	    cmocka_unit_test(the_id_leaves_out_the_witnesses),
	    cmocka_unit_test(inputs_and_outputs_are_walked),
	    cmocka_unit_test(a_transaction_cut_anywhere_is_refused),
	    cmocka_unit_test(bytes_left_over_are_refused),
	    cmocka_unit_test(several_stand_one_behind_the_other),
	    cmocka_unit_test(counts_have_one_form_only),
	    cmocka_unit_test(counts_beyond_the_bytes_are_refused),
	    cmocka_unit_test(values_end_at_21_million),
	    cmocka_unit_test(a_witness_flag_needs_a_witness),
	    cmocka_unit_test(a_coinbase_has_one_input),
	    cmocka_unit_test(replacing_is_signalled_by_the_sequence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
