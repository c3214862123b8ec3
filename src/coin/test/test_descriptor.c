/* SPDX-License-Identifier: MIT
 *
 * Descriptors.
 */
#include "coin/descriptor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "coin/hex.h"
#include "coin/test/vectors.h"

/* Public test keys: BIP32's vectors 1 and 2, BIP84's and BIP86's accounts. */
#define KEY_A                                                                  \
	"xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjq" \
	"JoCu1Rupje8YtGqsefD265TMg7usUDFdp6W1EGMcet8"
#define KEY_B                                                                  \
	"xpub661MyMwAqRbcFW31YEwpkMuc5THy2PSt5bDMsktWQcFF8syAmRUapSCGu8ED9W6o" \
	"DMSgv6Zz8idoc4a6mr8BDzTJY47LJhkJ8UB7WEGuduB"
#define SECRET_A                                                               \
	"xprv9s21ZrQH143K3QTDL4LXw2F7HEK3wJUD2nW2nRk4stbPy6cq3jPPqjiChkVvvNKm" \
	"PGJxWUtg6LnF5kejMRNNU3TGtRBeJgk33yuGBxrMPHi"
#define ZPUB                                                                   \
	"zpub6rFR7y4Q2AijBEqTUquhVz398htDFrtymD9xYYfG1m4wAcvPhXNfE3EfH1r1ADqt" \
	"fSdVCToUG868RvUUkgDKf31mGDtKsAYz2oz2AGutZYs"
#define XPUB_86                                                                \
	"xpub6BgBgsespWvERF3LHQu6CnqdvfEvtMcQjYrcRzx53QJjSxarj2afYWcLteoGVky7" \
	"D3UKDP9QyrLprQ3VCECoY49yfdDEHGCtMMj92pReUsQ"
#define PLAIN                                                                  \
	"03a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5bd"
#define WIF "L4rK1yDtCWekvXuE6oXD9jCYfFNV2cWRpVuPLBcCU2z8TrisoyY1"

static const struct descriptor *descriptor_of(struct arena *a, const char *text)
{
	const struct descriptor *d = NULL;
	struct err err;

	if (descriptor_parse(a, str_of(text), &d, &err) != RC_OK)
		fail_msg("%s: %s", text, err.why);
	return d;
}

static void assert_address(const struct descriptor *d, uint32_t branch,
    uint32_t index, enum network network, const char *address)
{
	struct script_pubkey s;
	struct buf b;

	assert_int_equal(descriptor_script(d, branch, index, &s), RC_OK);
	buf_init(&b, 200);
	script_address(&b, &s, network);
	assert_string_equal(b.p, address);
	buf_done(&b);
}

static void assert_text(const struct descriptor *d, const char *text)
{
	struct str all = descriptor_text(d);

	if (!str_eq(str_part(all, 0, str_find(all, '#')), str_of(text)))
		fail_msg("%.*s", STR_ARG(all));
}

static void a_zpub_by_itself_is_bip84(void **state)
{
	struct arena *a = arena_new(1 << 20);
	const struct descriptor *d = descriptor_of(a, " " ZPUB "\n");

	(void)state;
	assert_int_equal(descriptor_kind(d), DESCRIPTOR_WPKH);
	assert_int_equal(descriptor_branches(d), 2);
	assert_true(descriptor_is_ranged(d));
	assert_true(descriptor_fits_network(d, NETWORK_MAIN));
	assert_false(descriptor_fits_network(d, NETWORK_REGTEST));
	assert_address(d, 0, 0, NETWORK_MAIN,
	    "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu");
	assert_address(d, 0, 1, NETWORK_MAIN,
	    "bc1qnjg0jd8228aq7egyzacy8cys3knf9xvrerkf9g");
	assert_address(d, 1, 0, NETWORK_MAIN,
	    "bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el");
	assert_true(
	    str_starts(descriptor_text(d), STR("wpkh(xpub6CatWdiZiodmUeTDp8")));
	arena_free(a);
}

static void taproot_keys_are_tweaked_as_bip86_says(void **state)
{
	struct arena *a = arena_new(1 << 20);
	const struct descriptor *d =
	    descriptor_of(a, "tr([73c5da0a/86'/0'/0']" XPUB_86 "/<0;1>/*)");

	(void)state;
	assert_address(d, 0, 0, NETWORK_MAIN,
	    "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr");
	assert_text(d, "tr([73c5da0a/86h/0h/0h]" XPUB_86 "/<0;1>/*)");
	arena_free(a);
}

static void keys_of_several_are_sorted(void **state)
{
	struct arena *a = arena_new(1 << 20);
	const struct descriptor *one = descriptor_of(
	    a, "wsh(sortedmulti(2," KEY_A "/<0;1>/*," KEY_B "/<4;5>/*))");
	const struct descriptor *other = descriptor_of(
	    a, "wsh(sortedmulti(2," KEY_B "/<4;5>/*," KEY_A "/<0;1>/*))");
	const struct descriptor *fewer = descriptor_of(
	    a, "wsh(sortedmulti(1," KEY_B "/<4;5>/*," KEY_A "/<0;1>/*))");
	struct script_pubkey s, t, u;

	(void)state;
	for (uint32_t i = 0; i < 20; i++) {
		assert_int_equal(descriptor_script(one, 1, i, &s), RC_OK);
		assert_int_equal(descriptor_script(other, 1, i, &t), RC_OK);
		assert_int_equal(descriptor_script(fewer, 1, i, &u), RC_OK);
		assert_int_equal(
		    script_kind(script_pubkey_str(&s)), SCRIPT_P2WSH);
		assert_true(script_pubkey_eq(&s, &t));
		assert_false(script_pubkey_eq(&s, &u));
	}
	arena_free(a);
}

static void a_run_of_scripts_is_the_scripts_one_by_one(void **state)
{
	static const char *const texts[] = {ZPUB, "pkh(" KEY_A "/7/*)",
	    "sh(wpkh(" KEY_A "/<0;1>/*))", "tr(" KEY_A "/*)",
	    "wsh(sortedmulti(1," KEY_A "/*," KEY_B "/*," PLAIN "))"};
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct descriptor *d = descriptor_of(a, texts[i]);
		uint32_t branch = descriptor_branches(d) - 1;
		struct script_pubkey run[100], one;

		descriptor_scripts(d, branch, 2147483548, run, 100);
		for (uint32_t k = 0; k < 100; k += 3) {
			assert_int_equal(
			    descriptor_script(d, branch, 2147483548 + k, &one),
			    RC_OK);
			assert_true(script_pubkey_eq(&run[k], &one));
		}
	}
	arena_free(a);
}

static void every_writing_comes_down_to_one_text(void **state)
{
	static const char *const texts[][2] = {
	    {KEY_A, "pkh(" KEY_A "/<0;1>/*)"},
	    {KEY_A "/5/*", "pkh(" KEY_A "/5/*)"},
	    {"[D34DB33F/44'/0h/00']" KEY_A,
		"pkh([d34db33f/44h/0h/0h]" KEY_A "/<0;1>/*)"},
	    {"wpkh(03A34B99F22C790C4E36B2B3C2C35A36DB06226E41C692FC82B8B56AC1"
	     "C540C5BD)",
		"wpkh(" PLAIN ")"},
	    {"tr(A34B99F22C790C4E36B2B3C2C35A36DB06226E41C692FC82B8B56AC1C540"
	     "C5BD)",
		"tr(a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c5"
		"40c5bd)"},
	    {"sh(wpkh(" KEY_A "/1/2/<10;11;12>/3/*))",
		"sh(wpkh(" KEY_A "/1/2/<10;11;12>/3/*))"},
	    {"wsh(sortedmulti(1," KEY_B "/*," KEY_A "))",
		"wsh(sortedmulti(1," KEY_B "/*," KEY_A "))"},
	};
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct descriptor *d = descriptor_of(a, texts[i][0]);
		struct str text = descriptor_text(d);
		const struct descriptor *again;

		assert_text(d, texts[i][1]);
		assert_int_equal(text.n, strlen(texts[i][1]) + 9);
		assert_int_equal(
		    descriptor_parse(a, text, &again, NULL), RC_OK);
		assert_true(str_eq(descriptor_text(again), text));
	}
	arena_free(a);
}

static void one_branch_has_a_text_of_its_own(void **state)
{
	struct arena *a = arena_new(1 << 20);
	const struct descriptor *d = descriptor_of(a, ZPUB);
	const struct descriptor *single;
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	descriptor_branch_text(&b, d, 1);
	assert_int_equal(
	    descriptor_parse(a, buf_str(&b), &single, NULL), RC_OK);
	assert_int_equal(descriptor_branches(single), 1);
	assert_address(single, 0, 0, NETWORK_MAIN,
	    "bc1q8c6fshw2dlwun7ekn9qwf37cu2rn755upcp6el");
	buf_done(&b);
	arena_free(a);
}

static void keys_without_a_network_fit_every_one(void **state)
{
	struct arena *a = arena_new(1 << 20);
	const struct descriptor *d = descriptor_of(a, "wpkh(" PLAIN ")");

	(void)state;
	for (unsigned n = 0; n < NETWORK_COUNT; n++)
		assert_true(descriptor_fits_network(d, (enum network)n));
	assert_false(descriptor_is_ranged(d));
	assert_address(d, 0, 0, NETWORK_REGTEST,
	    "bcrt1qngw83fg8dz0k749cg7k3emc7v98wy0c7azaa6h");
	arena_free(a);
}

static const char *const faulty[][2] = {
    {"", "no descriptor"},
    {"  \n", "no descriptor"},
    {"hello", "no extended key"},
    {PLAIN, "by itself"},
    {KEY_A "x", "checksum"},
    {"wpkh()", "character 6: a key belongs here"},
    {"wpkh(" KEY_A, "a \")\" belongs here"},
    {"wpkh(" KEY_A "/0/*))", "nothing may follow"},
    {"wpkh(" KEY_A "/0/*) ", NULL},
    {"wpkh(" KEY_A "/0/*)x", "nothing may follow"},
    {"wpkh( " KEY_A "/0/*)", "character 1 cannot stand"},
    {"WPKH(" KEY_A "/0/*)", "none of the descriptors"},
    {"multi(1," KEY_A ")", "none of the descriptors"},
    {"addr(bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu)",
	"none of the descriptors"},
    {"wsh(multi(1," KEY_A "))", "none of the descriptors"},
    {"sh(sortedmulti(1," KEY_A "))", "none of the descriptors"},
    {"wpkh(" KEY_A "/0h/*)", "hardened"},
    {"wpkh(" KEY_A "/0'/*)", "hardened"},
    {"wpkh(" KEY_A "/0/*h)", "hardened"},
    {"wpkh(" KEY_A "/<0h;1h>/*)", "hardened"},
    {"wpkh(" KEY_A "/<0;1>h/*)", "hardened"},
    {"wpkh(" KEY_A "/0H/*)", "belongs here"},
    {"wpkh(" KEY_A "/*/0)", "nothing follows"},
    {"wpkh(" KEY_A "/*/*)", "nothing follows"},
    {"wpkh(" KEY_A "//*)", "a number"},
    {"wpkh(" KEY_A "/)", "a number"},
    {"wpkh(" KEY_A "/-1)", "a number"},
    {"wpkh(" KEY_A "/2147483648/*)", "a number"},
    {"wpkh(" KEY_A "/00000000001/*)", "a number"},
    {"wpkh(" KEY_A "/<0>/*)", "at least two"},
    {"wpkh(" KEY_A "/<>/*)", "a number"},
    {"wpkh(" KEY_A "/<0;>/*)", "a number"},
    {"wpkh(" KEY_A "/<0;0>/*)", "twice"},
    {"wpkh(" KEY_A "/<0;1/*)", "not closed"},
    {"wpkh(" KEY_A "/<0;1>/<2;3>/*)", "one <...;...> only"},
    {"wpkh(" KEY_A "/<0;1;2;3;4;5;6;7;8>/*)", "too many"},
    {"wpkh(" PLAIN "/0)", "belongs here"},
    {"wpkh(" PLAIN "/*)", "belongs here"},
    {"wpkh(04a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1"
     "c540c5bd5b8dec5235a0fa8722476c7709c02559e3aa73aa03918ba2d492eea7"
     "5abea235)",
	"uncompressed"},
    {"wpkh(a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c5"
     "40c5bd)",
	"neither"},
    {"wpkh(02000000000000000000000000000000000000000000000000000000000"
     "0000005)",
	"no public key"},
    {"wpkh([d34db33/0]" PLAIN ")", "eight"},
    {"wpkh([d34db33f/0" PLAIN ")", "does not end"},
    {"wpkh([d34db33f/0/]" PLAIN ")", "a number"},
    {"wpkh([d34db33f/*]" PLAIN ")", "a number"},
    {"wpkh([d34db33f][d34db33f]" PLAIN ")", "a key belongs here"},
    {"wpkh([d34db33f])", "a key belongs here"},
    {"sh(wpkh(" ZPUB "/0/*))", "not for this kind"},
    {"tr(" PLAIN ",pk(" PLAIN "))", "with scripts"},
    {"tr(" PLAIN ",{})", "with scripts"},
    {"wsh(sortedmulti(2," KEY_A "/*))", "more than there are"},
    {"wsh(sortedmulti(0," KEY_A "/*))", "no signature"},
    {"wsh(sortedmulti(1))", "has no key"},
    {"wsh(sortedmulti(," KEY_A "/*))", "a number"},
    {"wsh(sortedmulti(2," KEY_A "/0/*," KEY_A "/1/*))", "the same"},
    {"wsh(sortedmulti(1," KEY_A "/<0;1>/*," KEY_B "/<0;1;2>/*))",
	"different numbers"},
    {"wpkh(" KEY_A "/0/*)#", "has eight"},
    {"wpkh(" KEY_A "/0/*)#qqqqqqqq", "checksum is wrong"},
    {"wpkh(" KEY_A "/0/*)#qqqqqqqqq", "has eight"},
};

static void faulty_descriptors_are_refused_with_a_reason(void **state)
{
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < sizeof(faulty) / sizeof(*faulty); i++) {
		const struct descriptor *d = NULL;
		struct err err = {0};
		enum rc rc =
		    descriptor_parse(a, str_of(faulty[i][0]), &d, &err);

		if (!faulty[i][1])
			continue;
		if (rc != RC_INVALID || !strstr(err.why, faulty[i][1]))
			fail_msg(
			    "%s: %s: %s", faulty[i][0], rc_name(rc), err.why);
		assert_null(d);
		assert_null(strstr(err.why, "xpub661"));
		assert_null(strstr(err.why, "a34b99f"));
	}
	arena_free(a);
}

static void private_keys_are_refused_and_never_repeated(void **state)
{
	static const char *const secrets[] = {SECRET_A,
	    "wpkh(" SECRET_A "/0/*)", "wpkh([d34db33f/84h/0h/0h]" SECRET_A ")",
	    "wsh(sortedmulti(1," KEY_A "," SECRET_A "))",
	    "wpkh(" SECRET_A "/0/*)#qqqqqqqq", "xprv9s21ZrQH143K3QTDL4LXw2F7HE",
	    ("zprvAdG4iTXWBoARxkkzNpNh8r6Qag3irQB8PzEMkAFeTRXxHpbF9z4QgEvBRmfvq"
	     "WvGp42t42nvgGpNgYSJA9iefm1yYNZKEm7z6qUWCroSQnE"),
	    WIF, "pkh(" WIF ")", "key: " WIF "\n",
	    "5KYZdUEo39z3FPrtuX2QbbwGnNP5zTd7yyr2SC1j299sBCnWjss",
	    "cTpB4YiyKiBcPxnefsDpbnDxFDffjqJob8wGCEDXxgQ7zQoMXJdH",
	    "6PRVWUbkzzsbcVac2qwfssoUJAN1Xhrg6bNk8J7Nzm5H7kxEbn2Nh2ZoGg",
	    "S6c56bnXQiBjk9mqSYE7ykVQ7NzrRy",
	    "e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262",
	    ("abandon abandon abandon abandon abandon abandon abandon abandon "
	     "abandon abandon abandon about"),
	    ("legal winner thank year wave sausage worth useful legal\n"
	     "winner thank yellow\n"),
	    ("Letter Advice Cage Absurd Amount Doctor Acoustic Avoid Letter "
	     "Advice Cage Absurd Amount Doctor Acoustic Avoid Letter Always")};
	struct arena *a = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < sizeof(secrets) / sizeof(*secrets); i++) {
		const struct descriptor *d = NULL;
		struct err err = {0};

		assert_true(descriptor_has_private_key(str_of(secrets[i])));
		assert_int_equal(
		    descriptor_parse(a, str_of(secrets[i]), &d, &err),
		    RC_DENIED);
		assert_null(d);
		for (const char *p = secrets[i]; strlen(p) >= 8; p++) {
			char part[9] = {0};

			memcpy(part, p, 8);
			if (strstr(err.why, part))
				fail_msg("%s in: %s", part, err.why);
		}
	}
	arena_free(a);
}

static void public_things_are_not_taken_for_private_keys(void **state)
{
	static const char *const open[] = {KEY_A, ZPUB, "wpkh(" PLAIN ")", "",
	    "xprv", "bc1qcr8te4kr609gcawutmrza0j4xv80jy8z306fyu",
	    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
	    "This is a sentence which has, as it happens, twelve words in it.",
	    ("tr(a34b99f22c790c4e36b2b3c2c35a36db06226e41c692fc82b8b56ac1c540c5"
	     "bd)"),
	    "one two three four five six seven eight nine ten eleven"};

	(void)state;
	for (size_t i = 0; i < sizeof(open) / sizeof(*open); i++)
		if (descriptor_has_private_key(str_of(open[i])))
			fail_msg("%s", open[i]);
}

static void one_wrong_character_is_found_by_the_checksum(void **state)
{
	struct arena *a = arena_new(1 << 22);
	struct str text = descriptor_text(descriptor_of(a, "wpkh(" PLAIN ")"));
	const struct descriptor *d;
	char wrong[200];

	(void)state;
	assert_true(text.n < sizeof(wrong));
	for (size_t at = 0; at < text.n; at++)
		for (char c = 32; c < 127; c++) {
			struct str s = {wrong, text.n};

			memcpy(wrong, text.p, text.n);
			wrong[at] = c;
			/* Without "#" it is no checksum any more. */
			if (c == text.p[at] || str_find(s, '#') != text.n - 9)
				continue;
			if (descriptor_parse(a, s, &d, NULL) == RC_OK)
				fail_msg("%.*s", STR_ARG(s));
			arena_reset(a);
			text = descriptor_text(
			    descriptor_of(a, "wpkh(" PLAIN ")"));
		}
	arena_free(a);
}

static void texts_too_long_or_deep_are_refused(void **state)
{
	struct arena *a = arena_new(1 << 20);
	const struct descriptor *d = NULL;
	struct buf b;

	(void)state;
	buf_init(&b, 20000);
	buf_lit(&b, "wpkh(");
	buf_fill(&b, '(', DESCRIPTOR_MAX);
	assert_int_equal(descriptor_parse(a, buf_str(&b), &d, NULL), RC_LIMIT);
	buf_clear(&b);
	buf_lit(&b, "wpkh(" KEY_A);
	for (unsigned i = 0; i < 33; i++)
		buf_lit(&b, "/1");
	buf_lit(&b, "/*)");
	assert_int_equal(
	    descriptor_parse(a, buf_str(&b), &d, NULL), RC_INVALID);
	buf_clear(&b);
	buf_lit(&b, "wsh(sortedmulti(1");
	for (unsigned i = 0; i < 21; i++)
		buf_lit(&b, "," PLAIN);
	buf_lit(&b, "))");
	assert_int_equal(
	    descriptor_parse(a, buf_str(&b), &d, NULL), RC_INVALID);
	assert_null(d);
	buf_done(&b);
	arena_free(a);
}

static void without_memory_nothing_is_read(void **state)
{
	struct arena *a = arena_new(1 << 20);

	(void)state;
#ifdef FARTHING_DEBUG
	for (unsigned long n = 1;; n++) {
		const struct descriptor *d = NULL;
		enum rc rc;

		arena_reset(a);
		arena_fail_after(n);
		rc = descriptor_parse(a, STR(ZPUB), &d, NULL);
		arena_fail_after(0);
		if (rc == RC_OK)
			break;
		assert_true(rc == RC_NO_MEMORY && !d);
	}
#endif
	arena_free(a);
}

static void checksum_vector(const json_t *c)
{
	struct str text = vector_str(c, "descriptor");
	size_t hash = str_find(text, '#');
	struct str given = str_from(text, hash + 1);
	char sum[8];
	bool is_valid =
	    given.n == 8 &&
	    descriptor_checksum(str_part(text, 0, hash), sum) == RC_OK &&
	    memcmp(sum, given.p, 8) == 0;

	assert_int_equal(is_valid,
	    json_is_true(json_object_get(c, "valid_if_checksum_required")));
}

/* Key expressions are put into wpkh(); what needs a private key, and
 * uncompressed keys, are refused there. */
static void key_vector(struct arena *a, const json_t *c)
{
	struct str key = vector_str(c, "key");
	const struct descriptor *d;
	bool is_secret = json_is_true(json_object_get(c, "secret"));
	bool is_hardened = str_find_str(key, STR("/3h/")) < key.n;
	bool fits = json_is_true(json_object_get(c, "valid")) && !is_secret &&
		    !is_hardened && !str_starts(key, STR("04"));
	struct str text = arena_printf(a, "wpkh(%.*s)", STR_ARG(key));
	enum rc rc = descriptor_parse(a, text, &d, NULL);

	if (rc != (fits ? RC_OK : is_secret ? RC_DENIED : RC_INVALID))
		fail_msg("%.*s: %s", STR_ARG(text), rc_name(rc));
}

static void descriptor_vector(struct arena *a, const json_t *c)
{
	struct str text = vector_str(c, "descriptor");
	const json_t *scripts = json_object_get(c, "scripts");
	const struct descriptor *d;
	const json_t *hex;
	size_t i;
	bool is_secret = json_is_true(json_object_get(c, "secret"));
	bool is_known =
	    !str_starts(text, STR("wsh(pk")) &&
	    !str_starts(text, STR("sh(wsh(")) &&
	    !(str_starts(text, STR("tr(")) && str_find(text, ',') < text.n);
	bool fits =
	    json_is_true(json_object_get(c, "valid")) && !is_secret && is_known;
	enum rc rc = descriptor_parse(a, text, &d, NULL);

	if (rc != (fits ? RC_OK : is_secret ? RC_DENIED : RC_INVALID))
		fail_msg("%.*s: %s", STR_ARG(text), rc_name(rc));
	if (!fits)
		return;
	json_array_foreach(scripts, i, hex)
	{
		struct script_pubkey s;
		struct buf b;

		assert_int_equal(
		    descriptor_script(d, 0, (uint32_t)i, &s), RC_OK);
		buf_init(&b, 200);
		hex_write(&b, script_pubkey_str(&s));
		assert_string_equal(b.p, json_string_value(hex));
		buf_done(&b);
	}
}

static void the_vectors_of_bip380_382_and_386_hold(void **state)
{
	json_t *all = vectors_open("descriptors.json");
	json_t *c;
	size_t i;

	(void)state;
	if (!all)
		return;
	json_array_foreach(json_object_get(all, "cases"), i, c)
	{
		struct arena *a = arena_new(1 << 20);

		if (vector_is(c, "kind", "checksum"))
			checksum_vector(c);
		else if (vector_is(c, "kind", "key_expression"))
			key_vector(a, c);
		else if (vector_is(c, "kind", "descriptor"))
			descriptor_vector(a, c);
		else
			fail_msg("a kind of vector that is not known");
		arena_free(a);
	}
	json_decref(all);
}

static void the_vectors_of_bip84_and_bip86_hold(void **state)
{
	static const char *const files[] = {"bip84.json", "bip86.json"};

	(void)state;
	for (size_t f = 0; f < 2; f++) {
		struct arena *a = arena_new(1 << 20);
		json_t *all = vectors_open(files[f]);
		const struct descriptor *d = NULL;
		json_t *c;
		size_t i;

		json_array_foreach(json_object_get(all, "cases"), i, c)
		{
			struct str path = vector_str(c, "path");
			struct str key =
			    vector_str(c, f == 0 ? "zpub" : "xpub");

			if (vector_is(c, "kind", "account"))
				d = descriptor_of(
				    a, arena_printf(a,
					   f == 0 ? "%.*s" : "tr(%.*s/<0;1>/*)",
					   STR_ARG(key))
					   .p);
			else if (!vector_is(c, "kind", "root"))
				assert_address(d,
				    vector_is(c, "kind", "change"),
				    (uint32_t)(path.p[path.n - 1] - '0'),
				    NETWORK_MAIN, vector_str(c, "address").p);
		}
		json_decref(all);
		arena_free(a);
	}
}

/* Those with no script tree are tr(KEY). */
static void the_vectors_of_bip341_hold(void **state)
{
	json_t *all = vectors_open("bip341-wallet-test-vectors.json");
	unsigned tried = 0;
	json_t *c;
	size_t i;

	(void)state;
	json_array_foreach(json_object_get(all, "scriptPubKey"), i, c)
	{
		const json_t *given = json_object_get(c, "given");
		struct arena *a = arena_new(1 << 20);
		struct str key = vector_str(given, "internalPubkey");
		struct str text = arena_printf(a, "tr(%.*s)", STR_ARG(key));

		if (json_is_null(json_object_get(given, "scriptTree"))) {
			assert_address(descriptor_of(a, text.p), 0, 0,
			    NETWORK_MAIN,
			    vector_str(
				json_object_get(c, "expected"), "bip350Address")
				.p);
			tried++;
		}
		arena_free(a);
	}
	assert_true(!all || tried > 0);
	json_decref(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_zpub_by_itself_is_bip84),
	    cmocka_unit_test(taproot_keys_are_tweaked_as_bip86_says),
	    cmocka_unit_test(keys_of_several_are_sorted),
	    cmocka_unit_test(a_run_of_scripts_is_the_scripts_one_by_one),
	    cmocka_unit_test(every_writing_comes_down_to_one_text),
	    cmocka_unit_test(one_branch_has_a_text_of_its_own),
	    cmocka_unit_test(keys_without_a_network_fit_every_one),
	    cmocka_unit_test(faulty_descriptors_are_refused_with_a_reason),
	    cmocka_unit_test(private_keys_are_refused_and_never_repeated),
	    cmocka_unit_test(public_things_are_not_taken_for_private_keys),
	    cmocka_unit_test(one_wrong_character_is_found_by_the_checksum),
	    cmocka_unit_test(texts_too_long_or_deep_are_refused),
	    cmocka_unit_test(without_memory_nothing_is_read),
	    cmocka_unit_test(the_vectors_of_bip380_382_and_386_hold),
	    cmocka_unit_test(the_vectors_of_bip84_and_bip86_hold),
	    cmocka_unit_test(the_vectors_of_bip341_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
