/* SPDX-License-Identifier: MIT
 *
 * Extended public keys.
 */
#include "coin/xkey.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "coin/test/vectors.h"

/* BIP32, vector 2: m, m/0, and vector 1: m/0h, m/0h/1. */
static const char parent[] =
    "xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9W6oDMSgv"
    "6Zz8idoc4a6mr8BDzTJY47LJhkJ8UB7WEGuduB";
static const char first_child[] =
    "xpub69H7F5d8KSRgmmdJg2KhpAK8SR3DjMwAdkxj3ZuxV27CprR9LgpeyGmXUbC6wb7ERfvrn"
    "KZjXoUmmDznezpbZb7ap6r1D3tgFxHmwMkQTPH";
static const char secret[] =
    "xprv9s21ZrQH143K31xYSDQpPDxsXRTUcvj2iNHm5NUtrGiGG5e2DtALGdso3pGz6ssrdK4PF"
    "mM8NSpSBHNqPqm55Qn3LqFtT2emdEXVYsCzC2U";
/* BIP84: the account of its test vectors. */
static const char zpub[] =
    "zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqtfSdVC"
    "ToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs";

static struct xkey xkey_of(const char *text)
{
	struct xkey x = {0};
	struct err err;

	if (xkey_parse(str_of(text), &x, &err) != RC_OK)
		fail_msg("%s", err.why);
	return x;
}

static void assert_xkey(const struct xkey *x, struct str text)
{
	struct buf b;

	buf_init(&b, 200);
	xkey_text(&b, x);
	if (!str_eq(buf_str(&b), text))
		fail_msg("%s", b.p);
	buf_done(&b);
}

static void a_child_follows_from_its_parent(void **state)
{
	struct xkey x = xkey_of(parent);
	struct xkey child;

	(void)state;
	assert_xkey(&x, str_of(parent));
	assert_int_equal(xkey_child(&x, 0, &child), RC_OK);
	assert_xkey(&child, str_of(first_child));
	assert_int_equal(child.depth, 1);
	assert_int_equal(child.fingerprint, xkey_fingerprint(&x));
}

static void hardened_children_and_children_too_deep_are_refused(void **state)
{
	struct xkey x = xkey_of(first_child);
	struct xkey child = {.depth = 77};

	(void)state;
	assert_int_equal(xkey_child(&x, XKEY_HARDENED, &child), RC_DENIED);
	assert_int_equal(xkey_child(&x, UINT32_MAX, &child), RC_DENIED);
	x.depth = 255;
	assert_int_equal(xkey_child(&x, 0, &child), RC_LIMIT);
	assert_int_equal(child.depth, 77);
	x.depth = 254;
	assert_int_equal(xkey_child(&x, XKEY_HARDENED - 1, &child), RC_OK);
	assert_int_equal(child.depth, 255);
}

static void private_keys_are_refused_and_not_repeated(void **state)
{
	struct xkey x = {.depth = 77};
	struct err err = {0};

	(void)state;
	assert_int_equal(xkey_parse(str_of(secret), &x, &err), RC_DENIED);
	assert_null(strstr(err.why, "9s21Zr"));
	assert_int_equal(x.depth, 77);
}

static void versions_say_what_a_key_is_for(void **state)
{
	struct xkey x = xkey_of(zpub);

	(void)state;
	assert_int_equal(x.kind, XKEY_WPKH);
	assert_false(x.is_test);
	assert_int_equal(x.depth, 3);
	assert_xkey(&x, str_of(zpub));
	for (int kind = XKEY_PLAIN; kind <= XKEY_WSH; kind++)
		for (int is_test = 0; is_test <= 1; is_test++) {
			static const char *const starts[2][5] = {
			    {"xpub", "ypub", "zpub", "Ypub", "Zpub"},
			    {"tpub", "upub", "vpub", "Upub", "Vpub"}};
			struct xkey again;
			struct buf b;

			x.kind = (enum xkey_kind)kind;
			x.is_test = is_test;
			buf_init(&b, 200);
			xkey_text(&b, &x);
			assert_memory_equal(b.p, starts[is_test][kind], 4);
			assert_int_equal(
			    xkey_parse(buf_str(&b), &again, NULL), RC_OK);
			assert_int_equal(again.kind, kind);
			assert_int_equal(again.is_test, is_test);
			buf_done(&b);
		}
}

static void a_key_with_one_wrong_character_is_refused(void **state)
{
	static const char all[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZ"
				  "abcdefghijkmnopqrstuvwxyz";
	struct xkey x;

	(void)state;
	for (size_t at = 0; at < sizeof(parent) - 1; at++)
		for (size_t c = at % 7; c < sizeof(all) - 1; c += 7) {
			char text[sizeof(parent)];

			memcpy(text, parent, sizeof(parent));
			if (text[at] == all[c])
				continue;
			text[at] = all[c];
			assert_int_not_equal(
			    xkey_parse(str_of(text), &x, NULL), RC_OK);
		}
	for (size_t n = 0; n < sizeof(parent) - 1; n++)
		assert_int_not_equal(
		    xkey_parse(str_part(str_of(parent), 0, n), &x, NULL),
		    RC_OK);
}

/* A derivation whose last step is not hardened follows from the case before
 * it, which the document lists in order. */
static void bip32_derivations(const json_t *cases)
{
	struct xkey before = {0};
	unsigned derived = 0;
	json_t *c;
	size_t i;

	json_array_foreach(cases, i, c)
	{
		struct str path = vector_str(c, "path");
		struct str last = str_from(path, str_find_last(path, '/') + 1);
		struct xkey x, child;
		uint64_t n;

		if (!vector_is(c, "kind", "derive"))
			continue;
		assert_int_equal(
		    xkey_parse(vector_str(c, "xpub"), &x, NULL), RC_OK);
		assert_xkey(&x, vector_str(c, "xpub"));
		assert_int_equal(
		    xkey_parse(vector_str(c, "xprv"), &child, NULL), RC_DENIED);
		if (str_u64(last, XKEY_HARDENED - 1, &n) == RC_OK) {
			assert_int_equal(
			    xkey_child(&before, (uint32_t)n, &child), RC_OK);
			assert_xkey(&child, vector_str(c, "xpub"));
			derived++;
		}
		before = x;
	}
	assert_true(derived >= 4);
}

static void the_vectors_of_bip32_hold(void **state)
{
	json_t *all = vectors_open("bip32.json");
	struct xkey x = {.depth = 77};
	unsigned invalid = 0;
	json_t *c;
	size_t i;

	(void)state;
	if (!all)
		return;
	bip32_derivations(json_object_get(all, "cases"));
	json_array_foreach(json_object_get(all, "cases"), i, c)
	{
		if (!vector_is(c, "kind", "invalid"))
			continue;
		assert_int_not_equal(
		    xkey_parse(vector_str(c, "key"), &x, NULL), RC_OK);
		invalid++;
	}
	assert_int_equal(invalid, 16);
	assert_int_equal(x.depth, 77);
	json_decref(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_child_follows_from_its_parent),
	    cmocka_unit_test(
		hardened_children_and_children_too_deep_are_refused),
	    cmocka_unit_test(private_keys_are_refused_and_not_repeated),
	    cmocka_unit_test(versions_say_what_a_key_is_for),
	    cmocka_unit_test(a_key_with_one_wrong_character_is_refused),
	    cmocka_unit_test(the_vectors_of_bip32_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
