/* SPDX-License-Identifier: MIT
 *
 * Proofs of addresses: genuine ones hold, all others do not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "coin/test/signing.h"

static struct signing one;
static struct pin pin;
static struct instant now;

static int set_up(void **state)
{
	struct pin_offer offer = {
	    &one.head.statement, &one.head.key, &one.head.signature};

	(void)state;
	signing_make(&one, 13, 3);
	now = (struct instant){one.head.statement.from.us + 5};
	return pin_accept(NULL, &offer, now, &pin, NULL) != RC_OK;
}

static void a_genuine_proof_holds(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < 13; i++) {
		struct proof proof = signing_proof(&one, i), read;
		enum proof_fault fault;
		struct err err;
		struct buf b, again;

		assert_int_equal(
		    proof_check(&pin, &proof, now, &fault, &err), RC_OK);
		assert_int_equal(fault, PROOF_FAULT_NONE);
		buf_init(&b, PROOF_MAX);
		buf_init(&again, PROOF_MAX);
		proof_write(&b, &proof);
		if (proof_parse(buf_str(&b), &read, &err) != RC_OK)
			fail_msg("%s\n%s", err.why, b.p);
		assert_int_equal(
		    proof_check(&pin, &read, now, &fault, &err), RC_OK);
		assert_int_equal(
		    proof_check_by_key(&one.head.key, &read, now, &fault, &err),
		    RC_OK);
		proof_write(&again, &read);
		assert_true(str_eq(buf_str(&b), buf_str(&again)));
		buf_done(&b);
		buf_done(&again);
	}
}

/* Whether TEXT still is a proof that holds, by either check. */
static bool holds(struct str text)
{
	struct proof proof;

	return proof_parse(text, &proof, NULL) == RC_OK &&
	       (proof_check(&pin, &proof, now, NULL, NULL) != RC_DENIED ||
		   proof_check_by_key(&one.head.key, &proof, now, NULL, NULL) !=
		       RC_DENIED);
}

static void no_flipped_bit_goes_unseen(void **state)
{
	struct proof proof = signing_proof(&one, 7);
	struct buf b;

	(void)state;
	buf_init(&b, PROOF_MAX);
	proof_write(&b, &proof);
	assert_true(holds(buf_str(&b)));
	for (size_t bit = 0; bit < 8 * b.n; bit++) {
		b.p[bit / 8] = (char)(b.p[bit / 8] ^ 1 << bit % 8);
		if (holds(buf_str(&b)))
			fail_msg("bit %zu:\n%s", bit, b.p);
		b.p[bit / 8] = (char)(b.p[bit / 8] ^ 1 << bit % 8);
	}
	for (size_t n = 0; n < b.n; n++)
		assert_false(holds(str_part(buf_str(&b), 0, n)));
	buf_done(&b);
}

static void fault_is(const struct proof *proof, enum proof_fault want)
{
	enum proof_fault fault;
	struct err err;
	enum rc rc = proof_check(&pin, proof, now, &fault, &err);

	assert_int_equal(fault, want);
	assert_int_equal(rc, want >= PROOF_FAULT_EARLY ? RC_GONE : RC_DENIED);
	assert_string_equal(err.why, proof_fault_text(want));
}

static void a_proof_of_another_leaf_does_not_hold(void **state)
{
	struct proof proof = signing_proof(&one, 7), other;

	(void)state;
	other = proof;
	other.leaf.script = one.leaves[8].script;
	fault_is(&other, PROOF_FAULT_ROOT);
	other = proof;
	other.leaf.index = 6;
	fault_is(&other, PROOF_FAULT_ROOT);
	other = proof;
	other.leaf.index = 13;
	fault_is(&other, PROOF_FAULT_INDEX);
	other = proof;
	other.leaf.is_shared = true;
	fault_is(&other, PROOF_FAULT_SHARED);
	other = proof;
	other.path_n--;
	fault_is(&other, PROOF_FAULT_ROOT);
	other = proof;
	other.leaf.salt[0] ^= 1;
	fault_is(&other, PROOF_FAULT_ROOT);
	other = proof;
	other.leaf.script.n = 0;
	fault_is(&other, PROOF_FAULT_INDEX);
}

static void a_statement_that_was_not_installed_does_not_hold(void **state)
{
	static struct signing more, other;
	struct proof proof;

	(void)state;
	more = one;
	more.head.statement.text = STR_NONE;
	more.head.statement.count = 12;
	signing_sign(&more);
	proof = signing_proof(&more, 7);
	fault_is(&proof, PROOF_FAULT_NOT_PINNED);

	/* Re-signed by somebody else, who names the paper. */
	other = one;
	other.secret = signing_key(3);
	signing_sign(&other);
	proof = signing_proof(&other, 7);
	assert_int_equal(proof_check(&pin, &proof, now, NULL, NULL), RC_DENIED);
	fault_is(&proof, PROOF_FAULT_KEY);
	memcpy(proof.signature.id, one.head.key.id, MINISIGN_ID);
	fault_is(&proof, PROOF_FAULT_SIGNATURE);

	other = one;
	other.head.statement.paper_id.b[0] ^= 1;
	signing_sign(&other);
	proof = signing_proof(&other, 7);
	fault_is(&proof, PROOF_FAULT_PAPER);

	other = one;
	other.head.statement.network = NETWORK_SIGNET;
	signing_sign(&other);
	proof = signing_proof(&other, 7);
	fault_is(&proof, PROOF_FAULT_NETWORK);
}

static void a_statement_text_and_its_fields_belong_together(void **state)
{
	struct proof proof = signing_proof(&one, 7);

	(void)state;
	/* The text is what is signed; a field beside it must not help. */
	proof.statement.root.b[0] ^= 1;
	fault_is(&proof, PROOF_FAULT_ROOT);
}

static void an_empty_pin_holds_nothing(void **state)
{
	static struct pin empty;
	struct proof proof = signing_proof(&one, 7);

	(void)state;
	assert_int_equal(
	    proof_check(&empty, &proof, now, NULL, NULL), RC_DENIED);
}

static void time_is_told_apart_from_forgery(void **state)
{
	struct proof proof = signing_proof(&one, 7);
	struct instant was = now;

	(void)state;
	now = one.head.statement.until;
	fault_is(&proof, PROOF_FAULT_LATE);
	now.us--;
	assert_int_equal(proof_check(&pin, &proof, now, NULL, NULL), RC_OK);
	now.us = one.head.statement.from.us - 1;
	fault_is(&proof, PROOF_FAULT_EARLY);
	proof.leaf.salt[1] ^= 1;
	fault_is(&proof, PROOF_FAULT_ROOT);
	now = was;
}

static void cleaned(const char *before, const char *line_start,
    const char *line_end, const char *after)
{
	struct arena *a = arena_new(1 << 20);
	struct proof proof = signing_proof(&one, 7);
	struct str text, line, clean;
	struct buf b, dirty;

	buf_init_arena(&b, a, PROOF_MAX);
	buf_init_arena(&dirty, a, 4 * PROOF_MAX);
	proof_write(&b, &proof);
	text = buf_str(&b);
	buf_add(&dirty, str_of(before));
	while (str_line(&text, &line)) {
		buf_add(&dirty, str_of(line_start));
		buf_add(&dirty, line);
		buf_add(&dirty, str_of(line_end));
	}
	buf_add(&dirty, str_of(after));
	assert_int_equal(proof_clean(a, buf_str(&dirty), &clean), RC_OK);
	if (!str_eq(clean, buf_str(&b)))
		fail_msg("%.*s", STR_ARG(clean));
	arena_free(a);
}

static void a_copied_proof_is_cleaned(void **state)
{
	struct arena *a = arena_new(1 << 20);
	struct str clean;

	(void)state;
	cleaned("", "", "\n", "");
	cleaned("", "", "\r\n", "\r\n\r\n");
	cleaned("", "", "\r", "");
	cleaned("Dear Ada,\nhere it is:\n\n", "", "  \n", "Yours\n");
	cleaned("", "> ", "\n", "> and more\n");
	cleaned("", "   ", "\t\n\n", "");
	cleaned("\xef\xbb\xbf", "", "\n", "");
	assert_int_equal(proof_clean(a, STR("nothing"), &clean), RC_INVALID);
	assert_int_equal(proof_clean(a, STR_NONE, &clean), RC_INVALID);
	assert_int_equal(
	    proof_clean(a, STR("farthing proof \n1\n"), &clean), RC_INVALID);
	arena_free(a);
}

static void a_proof_has_one_form(void **state)
{
	static const char *const starts[] = {
	    "farthing proof 1\n", "Farthing proof 1\n", "", "\n"};
	struct proof proof;

	(void)state;
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		assert_int_equal(
		    proof_parse(str_of(starts[i]), &proof, NULL), RC_INVALID);
	assert_int_equal(
	    proof_parse(STR("farthing proof 2\n"), &proof, NULL), RC_NEWER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_genuine_proof_holds),
	    cmocka_unit_test(no_flipped_bit_goes_unseen),
	    cmocka_unit_test(a_proof_of_another_leaf_does_not_hold),
	    cmocka_unit_test(a_statement_that_was_not_installed_does_not_hold),
	    cmocka_unit_test(a_statement_text_and_its_fields_belong_together),
	    cmocka_unit_test(an_empty_pin_holds_nothing),
	    cmocka_unit_test(time_is_told_apart_from_forgery),
	    cmocka_unit_test(a_copied_proof_is_cleaned),
	    cmocka_unit_test(a_proof_has_one_form),
	};

	return cmocka_run_group_tests(tests, set_up, NULL);
}
