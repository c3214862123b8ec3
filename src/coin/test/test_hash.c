/* SPDX-License-Identifier: MIT
 *
 * Hashes, and the networks' first blocks that are known by theirs.
 */
#include "coin/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "coin/hex.h"
#include "coin/network.h"

static void assert_hash(struct hash256 h, const char *hex)
{
	struct buf b;

	buf_init(&b, 100);
	hash256_text(&b, &h);
	assert_string_equal(b.p, hex);
	buf_done(&b);
}

static void hashes_are_those_of_their_standards(void **state)
{
	struct str parts[3] = {STR("a"), STR_NONE, STR("bc")};
	struct hash160 h;
	uint8_t key[33];
	struct buf b;

	(void)state;
	/* FIPS 180-4. */
	assert_hash(hash_sha256(STR("abc")),
	    "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
	assert_hash(hash_sha256(STR_NONE), "e3b0c44298fc1c149afbf4c8996fb924"
					   "27ae41e4649b934ca495991b7852b855");
	assert_hash(hash_sha256_parts(parts, 3),
	    "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
	assert_hash(hash_sha256d(STR("hello")),
	    "9595c9df90075148eb06860365df3358"
	    "4b75bff782a510c6cd4883a419833d50");
	assert_hash(hash_tagged(STR("BIP0340/challenge"), STR_NONE),
	    "c216d352f5818b7b4beacd4ae0a26fe8"
	    "88080823d2a598856661bcd54f1b3713");
	/* The generator's key hash, BIP173's first example. */
	assert_true(hex_read(STR("0279be667ef9dcbbac55a06295ce870b07"
				 "029bfcdb2dce28d959f2815b16f81798"),
	    key, sizeof(key)));
	h = hash_160((struct str){(const char *)key, sizeof(key)});
	buf_init(&b, 100);
	hex_write(&b, (struct str){(const char *)h.b, sizeof(h.b)});
	assert_string_equal(b.p, "751e76e8199196d454941c45d1b3a323f1433bd6");
	buf_done(&b);
}

static void ids_are_written_with_the_last_byte_first(void **state)
{
	static const char id[] = "000000000019d6689c085ae165831e93"
				 "4ff763ae46a2a6c172b3f1b60a8ce26f";
	struct hash256 h = {{0}};
	struct buf b;

	(void)state;
	assert_true(hash256_is_zero(&h));
	assert_int_equal(hash256_parse_id(str_of(id), &h), RC_OK);
	assert_false(hash256_is_zero(&h));
	assert_int_equal(h.b[0], 0x6f);
	assert_int_equal(h.b[31], 0);
	buf_init(&b, 200);
	hash256_text_id(&b, &h);
	assert_string_equal(b.p, id);
	buf_done(&b);
	assert_int_equal(hash256_parse_id(STR("00"), &h), RC_INVALID);
	assert_int_equal(hash256_parse(STR("00"), &h), RC_INVALID);
	assert_int_equal(
	    hash256_parse(str_part(str_of(id), 0, 63), &h), RC_INVALID);
	assert_int_equal(hash256_parse(STR("g00000000019d6689c085ae165831e93"
					   "4ff763ae46a2a6c172b3f1b60a8ce26f"),
			     &h),
	    RC_INVALID);
	assert_int_equal(h.b[0], 0x6f);
}

static void networks_are_known_by_name_and_first_block(void **state)
{
	static const char *const ids[NETWORK_COUNT] = {
	    "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
	    "000000000933ea01ad0ee984209779baaec3ced90fa3f408719526f8d77f4943",
	    "00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6",
	    "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206"};
	enum network n = NETWORK_REGTEST;
	struct hash256 h;

	(void)state;
	for (unsigned i = 0; i < NETWORK_COUNT; i++) {
		assert_int_equal(hash256_parse_id(str_of(ids[i]), &h), RC_OK);
		assert_int_equal(network_of_genesis(&h, &n), RC_OK);
		assert_int_equal(n, i);
		assert_int_equal(
		    network_parse(network_name((enum network)i), &n), RC_OK);
		assert_int_equal(n, i);
		assert_int_equal(network_is_test((enum network)i), i > 0);
	}
	h.b[3] ^= 1;
	assert_int_equal(network_of_genesis(&h, &n), RC_NOT_FOUND);
	assert_int_equal(network_parse(STR("Main"), &n), RC_INVALID);
	assert_int_equal(network_parse(STR(""), &n), RC_INVALID);
	assert_int_equal(n, NETWORK_REGTEST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hashes_are_those_of_their_standards),
	    cmocka_unit_test(ids_are_written_with_the_last_byte_first),
	    cmocka_unit_test(networks_are_known_by_name_and_first_block),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
