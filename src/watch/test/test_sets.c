/* SPDX-License-Identifier: MIT
 *
 * What the watch remembers: scripts, pending payments, the chain.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sys/random.h"
#include "watch/chain.h"
#include "watch/pending.h"
#include "watch/script_set.h"

enum { MANY = 20000 };

static struct script_pubkey script(uint32_t n)
{
	struct script_pubkey s = {.n = 22, .p = {0, 20}};

	memcpy(s.p + 2, &n, sizeof(n));
	return s;
}

static struct hash256 hash(uint32_t n)
{
	struct hash256 h = {{0}};

	memcpy(h.b, &n, sizeof(n));
	h.b[31] = 1;
	return h;
}

static void scripts_that_were_added_are_found_and_no_others(void **state)
{
	struct script_set *set;
	struct str v[100];
	struct script_pubkey s[100];
	bool hits[100];

	(void)state;
	assert_int_equal(script_set_new(MANY, &set), RC_OK);
	for (uint32_t i = 0; i < MANY; i++) {
		s[0] = script(2 * i);
		assert_int_equal(script_set_add(set, &s[0]), RC_OK);
		assert_int_equal(script_set_add(set, &s[0]), RC_EXISTS);
	}
	assert_int_equal(script_set_count(set), MANY);
	s[0] = script(1);
	assert_int_equal(script_set_add(set, &s[0]), RC_LIMIT);
	for (uint32_t i = 0; i < 2 * MANY; i++) {
		s[0] = script(i);
		assert_int_equal(
		    script_set_has(set, script_pubkey_str(&s[0])), i % 2 == 0);
	}
	for (uint32_t i = 0; i < 100; i++) {
		s[i] = script(i);
		v[i] = script_pubkey_str(&s[i]);
	}
	v[4] = STR_NONE;
	v[6] = STR("a script that is far longer than any that is watched");
	script_set_has_each(set, v, 99, hits);
	for (uint32_t i = 0; i < 99; i++)
		assert_int_equal(hits[i], i % 2 == 0 && i != 4 && i != 6);
	script_set_free(set);
}

static struct fact_inputs inputs(uint32_t first, uint16_t n)
{
	struct fact_inputs in = {.total = n, .n = n};

	for (uint16_t i = 0; i < n; i++)
		in.v[i] = (struct outpoint){hash(first + i), i};
	return in;
}

static void who_else_spends_an_outpoint_is_found(void **state)
{
	struct pending *p;
	struct fact_inputs in = inputs(100, 3);
	struct hash256 a = hash(1), b = hash(2), none = hash(3);
	struct pending_tx *tx;

	(void)state;
	assert_int_equal(pending_new(&p), RC_OK);
	assert_true(pending_is_empty(p));
	tx = pending_put(p, &a, &in);
	assert_non_null(tx);
	assert_ptr_equal(pending_put(p, &a, &in), tx);
	assert_ptr_equal(pending_spending(p, &in.v[2], &none), tx);
	assert_null(pending_spending(p, &in.v[2], &a));
	in.v[2].vout++;
	assert_null(pending_spending(p, &in.v[2], &none));
	in.v[2].vout--;
	assert_non_null(pending_put(p, &b, &in));
	assert_ptr_equal(pending_spending(p, &in.v[0], &b), tx);
	pending_drop(p, tx);
	assert_null(pending_get(p, &a));
	assert_null(pending_spending(p, &in.v[0], &b));
	pending_drop(p, pending_get(p, &b));
	assert_true(pending_is_empty(p));
	pending_free(p);
}

static void what_lies_deep_is_forgotten(void **state)
{
	struct pending *p;
	size_t left = 0;

	(void)state;
	assert_int_equal(pending_new(&p), RC_OK);
	for (uint32_t i = 0; i < 100; i++) {
		struct fact_inputs in = inputs(1000 * i, 2);
		struct hash256 id = hash(i);
		struct pending_tx *tx = pending_put(p, &id, &in);

		assert_non_null(tx);
		tx->height = i;
	}
	pending_age(p, PENDING_KEEP_BLOCKS + 50);
	for (struct pending_tx *tx = pending_first(p); tx;
	     tx = pending_next(tx), left++)
		assert_true(tx->height == 0 || tx->height >= 50);
	assert_int_equal(left, 51);
	pending_free(p);
}

/* So many that not all inputs are followed, then so many that not all can be
 * kept. */
static void what_is_beyond_the_limits_is_kept_without_its_inputs(void **state)
{
	struct pending *p;
	const struct fact_inputs first = inputs(1, 1);
	struct fact_inputs in;
	struct hash256 none = hash(0xffffffff), id;
	struct pending_tx *tx;
	uint32_t followed = PENDING_INPUTS_MAX / FACT_INPUTS_MAX;

	(void)state;
	assert_int_equal(pending_new(&p), RC_OK);
	/* Inputs of their own, as they have in the world. */
	for (uint32_t i = 0; i <= followed; i++) {
		id = hash(i);
		in = inputs(1000000 + i * FACT_INPUTS_MAX, FACT_INPUTS_MAX);
		in.v[0] = first.v[0];
		in.v[0].vout = i;
		assert_non_null(pending_put(p, &id, &in));
	}
	in.v[0].vout = 0;
	assert_non_null(pending_spending(p, &in.v[0], &none));
	in.v[0].vout = followed;
	assert_null(pending_spending(p, &in.v[0], &none));
	id = hash(followed);
	assert_non_null(pending_get(p, &id));
	/* Room again is used again. */
	id = hash(0);
	pending_drop(p, pending_get(p, &id));
	in.v[0].vout = followed + 1;
	id = hash(followed + 1);
	tx = pending_put(p, &id, &in);
	assert_non_null(tx);
	assert_ptr_equal(pending_spending(p, &in.v[0], &none), tx);
	for (uint32_t i = followed + 2; i < PENDING_MAX + 1; i++) {
		id = hash(i);
		assert_non_null(pending_put(p, &id, &in));
	}
	id = hash(PENDING_MAX + 1);
	assert_null(pending_put(p, &id, &in));
	assert_null(pending_get(p, &id));
	id = hash(PENDING_MAX);
	assert_non_null(pending_put(p, &id, &in));
	pending_free(p);
}

static void the_lowest_links_are_forgotten(void **state)
{
	struct chain c = {0};
	bool is_known;

	(void)state;
	assert_null(chain_top(&c));
	for (uint32_t i = 0; i < 4 * CHAIN_KEEP; i++) {
		struct chain_link link = {
		    .height = i, .bits = 0x207fffff, .is_known = i > 0};

		assert_int_equal(chain_push(&c, &link), RC_OK);
	}
	assert_int_equal(chain_top(&c)->height, 4 * CHAIN_KEEP - 1);
	assert_true(c.n >= CHAIN_KEEP && c.n < 4 * CHAIN_KEEP);
	assert_true(chain_work_above(&c, c.n - 10, &is_known) ==
		    10 * block_work(0x207fffff));
	assert_true(is_known);
	chain_clear(&c);
	assert_int_equal(
	    chain_push(&c, &(struct chain_link){.height = 7}), RC_OK);
	(void)chain_work_above(&c, 0, &is_known);
	assert_false(is_known);
	chain_pop(&c);
	assert_null(chain_top(&c));
	chain_done(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(scripts_that_were_added_are_found_and_no_others),
	    cmocka_unit_test(who_else_spends_an_outpoint_is_found),
	    cmocka_unit_test(what_lies_deep_is_forgotten),
	    cmocka_unit_test(
		what_is_beyond_the_limits_is_kept_without_its_inputs),
	    cmocka_unit_test(the_lowest_links_are_forgotten),
	};

	return random_start() == RC_OK
		   ? cmocka_run_group_tests(tests, NULL, NULL)
		   : 1;
}
