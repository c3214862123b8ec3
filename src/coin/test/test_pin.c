/* SPDX-License-Identifier: MIT
 *
 * Which batch may follow which, and the file that remembers it.
 */
#include "coin/pin.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"

enum { DAY = 86400 };

/* A signed statement and what it is put together from. */
struct signing {
	struct minisign_secret secret;
	struct statement fields;
	char text[STATEMENT_MAX];
	struct statement statement;
	struct minisign_signature signature;
};

static const struct instant now = {INT64_C(1800000000) * 1000000};

static struct minisign_secret key_number(uint8_t n)
{
	struct minisign_secret secret;
	uint8_t seed[MINISIGN_KEY] = {n}, id[MINISIGN_ID] = {n};

	minisign_secret_make(seed, id, &secret);
	return secret;
}

static struct hash256 hash_of_key(uint8_t n)
{
	struct minisign_secret secret = key_number(n);

	return minisign_key_hash(&secret.key);
}

static void sign(struct signing *x)
{
	struct buf b;

	buf_init(&b, STATEMENT_MAX);
	statement_write(&b, &x->fields);
	memcpy(x->text, b.p, b.n);
	assert_int_equal(
	    statement_parse((struct str){x->text, b.n}, &x->statement, NULL),
	    RC_OK);
	buf_done(&b);
	minisign_sign(
	    &x->secret, x->statement.text, STR("batch"), &x->signature);
}

/* Batch NUMBER, signed by key KEY, which announces NEXT; after PREVIOUS. */
static void make(struct signing *x, uint32_t number, uint8_t key, uint8_t next,
    const struct signing *previous)
{
	struct hash256 before = {{0}};

	if (previous)
		before = statement_hash(&previous->statement);
	memset(x, 0, sizeof(*x));
	x->secret = key_number(key);
	x->fields = (struct statement){
	    .paper = STR("The Port Lune Farthing"),
	    .paper_id = hash_of_key(1),
	    .network = NETWORK_REGTEST,
	    .batch = number,
	    .count = 10,
	    .from = INSTANT_OF_S(instant_s(now) - DAY),
	    .until = INSTANT_OF_S(instant_s(now) + DAY),
	    .next_key = hash_of_key(next),
	};
	x->fields.previous = before;
	sign(x);
}

static enum rc offer_at(const struct pin *old, const struct signing *x,
    struct instant t, struct pin *ret, struct err *err)
{
	struct pin_offer offer = {&x->statement, &x->secret.key, &x->signature};

	return pin_accept(old, &offer, t, ret, err);
}

static void is_refused(const struct pin *old, const struct signing *x,
    enum rc want, const char *why)
{
	static struct pin ret;
	struct err err;

	ret.n_batches = 77;
	assert_int_equal(offer_at(old, x, now, &ret, &err), want);
	if (!strstr(err.why, why))
		fail_msg("\"%s\" does not say \"%s\"", err.why, why);
	assert_int_equal(ret.n_batches, 77);
}

static void the_first_batch_pins_its_key(void **state)
{
	static struct pin pin;
	struct signing one;

	(void)state;
	make(&one, 1, 1, 2, NULL);
	assert_int_equal(offer_at(NULL, &one, now, &pin, NULL), RC_OK);
	assert_int_equal(pin.n_batches, 1);
	assert_true(minisign_key_eq(pin_key(&pin), &one.secret.key));
	assert_non_null(pin_find(&pin, 1));
	assert_null(pin_find(&pin, 0));
	assert_null(pin_find(&pin, 2));
	is_refused(&pin, &one, RC_EXISTS, "installed already");
}

static void only_successors_are_accepted(void **state)
{
	static struct pin pin;
	struct signing one, two, other, x;

	(void)state;
	make(&one, 1, 1, 2, NULL);
	assert_int_equal(offer_at(NULL, &one, now, &pin, NULL), RC_OK);
	make(&two, 2, 1, 2, &one);

	make(&x, 3, 1, 2, &two);
	is_refused(&pin, &x, RC_DENIED, "leaves a gap: 2 is");
	x = two;
	x.fields.network = NETWORK_MAIN;
	sign(&x);
	is_refused(&pin, &x, RC_DENIED, "network main");
	x = two;
	x.fields.paper_id = hash_of_key(9);
	sign(&x);
	is_refused(&pin, &x, RC_DENIED, "another paper");
	make(&other, 1, 1, 2, NULL);
	other.fields.count = 11;
	sign(&other);
	is_refused(&pin, &other, RC_DENIED, "old number");
	make(&x, 2, 1, 2, &other);
	is_refused(&pin, &x, RC_DENIED, "follows another batch 1");
	make(&x, 2, 3, 2, &one);
	is_refused(&pin, &x, RC_DENIED, "neither the pinned");
	make(&x, 2, 1, 3, &one);
	is_refused(&pin, &x, RC_DENIED, "another next key");
	make(&x, 2, 1, 1, &one);
	is_refused(&pin, &x, RC_DENIED, "its own key");
	x = two;
	x.signature.sig[3] ^= 1;
	is_refused(&pin, &x, RC_DENIED, "signature is false");
	x = two;
	x.secret.key.pk[3] ^= 1;
	is_refused(&pin, &x, RC_DENIED, "signature is false");

	assert_int_equal(offer_at(&pin, &two, now, &pin, NULL), RC_OK);
	assert_int_equal(pin.n_batches, 2);
	assert_int_equal(pin.n_keys, 1);
	is_refused(&pin, &one, RC_DENIED, "old number");
}

static void time_bounds_what_is_installed(void **state)
{
	static struct pin pin;
	struct signing one;
	struct err err;

	(void)state;
	make(&one, 1, 1, 2, NULL);
	assert_int_equal(
	    offer_at(NULL, &one, one.statement.until, &pin, &err), RC_GONE);
	assert_int_equal(
	    offer_at(NULL, &one, (struct instant){one.statement.from.us - 1},
		&pin, &err),
	    RC_GONE);
	assert_int_equal(
	    offer_at(NULL, &one, one.statement.from, &pin, &err), RC_OK);
}

static void the_announced_key_takes_over(void **state)
{
	static struct pin pin;
	struct signing one, two, three, x;

	(void)state;
	make(&one, 1, 1, 2, NULL);
	assert_int_equal(offer_at(NULL, &one, now, &pin, NULL), RC_OK);
	make(&x, 2, 2, 1, &one);
	is_refused(&pin, &x, RC_DENIED, "in use before");
	make(&x, 2, 2, 2, &one);
	is_refused(&pin, &x, RC_DENIED, "its own key");
	make(&two, 2, 2, 3, &one);
	assert_int_equal(offer_at(&pin, &two, now, &pin, NULL), RC_OK);
	assert_int_equal(pin.n_keys, 2);
	assert_int_equal(pin_find(&pin, 1)->key, 0);
	assert_int_equal(pin_find(&pin, 2)->key, 1);
	/* The old key is history. */
	make(&x, 3, 1, 3, &two);
	is_refused(&pin, &x, RC_DENIED, "neither the pinned");
	make(&three, 3, 2, 3, &two);
	assert_int_equal(offer_at(&pin, &three, now, &pin, NULL), RC_OK);
}

static void a_first_batch_must_be_its_own_papers(void **state)
{
	static struct pin pin;
	struct signing x, five;

	(void)state;
	make(&x, 1, 2, 3, NULL);
	is_refused(NULL, &x, RC_DENIED, "does not name its own key");
	/* A machine that begins anew can begin with a later one. */
	make(&x, 4, 1, 2, &x);
	assert_int_equal(offer_at(NULL, &x, now, &pin, NULL), RC_OK);
	assert_int_equal(pin.first, 4);
	make(&five, 5, 1, 2, &x);
	assert_int_equal(offer_at(&pin, &five, now, &pin, NULL), RC_OK);
	assert_null(pin_find(&pin, 3));
	assert_non_null(pin_find(&pin, 5));
}

static void fill(struct pin *pin)
{
	struct signing one, two, three;

	make(&one, 1, 1, 2, NULL);
	make(&two, 2, 1, 2, &one);
	make(&three, 3, 2, 3, &two);
	assert_int_equal(offer_at(NULL, &one, now, pin, NULL), RC_OK);
	assert_int_equal(offer_at(pin, &two, now, pin, NULL), RC_OK);
	assert_int_equal(offer_at(pin, &three, now, pin, NULL), RC_OK);
}

static void the_file_is_read_as_it_was_written(void **state)
{
	static struct pin pin, read;
	struct err err;
	struct buf b, again;

	(void)state;
	fill(&pin);
	buf_init(&b, PIN_FILE_MAX);
	buf_init(&again, PIN_FILE_MAX);
	pin_write(&b, &pin);
	assert_int_equal(pin_parse(buf_str(&b), &read, &err), RC_OK);
	assert_int_equal(read.n_keys, 2);
	assert_int_equal(pin_find(&read, 3)->key, 1);
	pin_write(&again, &read);
	assert_true(str_eq(buf_str(&b), buf_str(&again)));
	for (size_t n = 0; n < b.n; n++) {
		assert_int_equal(
		    pin_parse(str_part(buf_str(&b), 0, n), &read, &err),
		    RC_INVALID);
		assert_int_equal(read.n_batches, 0);
	}
	/* A flipped bit gives no pin, or one that is written just so. */
	for (size_t bit = 0; bit < 8 * b.n; bit++) {
		b.p[bit / 8] = (char)(b.p[bit / 8] ^ 1 << bit % 8);
		if (pin_parse(buf_str(&b), &read, NULL) == RC_OK) {
			buf_clear(&again);
			pin_write(&again, &read);
			assert_true(str_eq(buf_str(&b), buf_str(&again)));
		}
		b.p[bit / 8] = (char)(b.p[bit / 8] ^ 1 << bit % 8);
	}
	buf_done(&b);
	buf_done(&again);
}

static void a_damaged_file_names_its_line(void **state)
{
	static struct pin pin;
	struct err err;

	(void)state;
	assert_int_equal(
	    pin_parse(STR("farthing pin 2\n"), &pin, &err), RC_NEWER);
	assert_int_equal(
	    pin_parse(STR("farthing pin 1\nnetwork: main\n"), &pin, &err),
	    RC_INVALID);
	assert_non_null(strstr(err.why, "line 2"));
}

static void a_full_pin_takes_no_more(void **state)
{
	static struct pin pin;
	struct signing one, two;

	(void)state;
	make(&one, 1, 1, 2, NULL);
	assert_int_equal(offer_at(NULL, &one, now, &pin, NULL), RC_OK);
	for (uint32_t i = 1; i < PIN_BATCHES_MAX; i++)
		pin.batches[pin.n_batches++] = pin.batches[0];
	make(&two, PIN_BATCHES_MAX + 1, 1, 2, &one);
	is_refused(&pin, &two, RC_LIMIT, "full");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_first_batch_pins_its_key),
	    cmocka_unit_test(only_successors_are_accepted),
	    cmocka_unit_test(time_bounds_what_is_installed),
	    cmocka_unit_test(the_announced_key_takes_over),
	    cmocka_unit_test(a_first_batch_must_be_its_own_papers),
	    cmocka_unit_test(the_file_is_read_as_it_was_written),
	    cmocka_unit_test(a_damaged_file_names_its_line),
	    cmocka_unit_test(a_full_pin_takes_no_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
