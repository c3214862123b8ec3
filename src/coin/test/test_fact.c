/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "coin/fact.h"
#include "coin/rate_source.h"

static struct hash256 hash(uint8_t fill)
{
	struct hash256 h;

	memset(h.b, fill, sizeof(h.b));
	return h;
}

static struct script_pubkey script(void)
{
	struct script_pubkey s = {.n = 22, .p = {0, 20, 1, 2, 3}};

	return s;
}

static void fill_inputs(struct fact_inputs *in, uint32_t total)
{
	in->total = total;
	in->n = (uint16_t)(total < FACT_INPUTS_MAX ? total : FACT_INPUTS_MAX);
	for (uint16_t i = 0; i < in->n; i++)
		in->v[i] = (struct outpoint){hash((uint8_t)i), i};
}

static void fill_chain(struct fact *f)
{
	if (f->kind == FACT_PAID) {
		f->u.paid = (struct fact_paid){.height = 7,
		    .block = hash(1),
		    .outpoint = {hash(2), 3},
		    .script = script(),
		    .value = sat_of_raw(SAT_MAX),
		    .is_coinbase = true};
		fill_inputs(&f->u.paid.inputs, 1);
	} else if (f->kind == FACT_SEEN) {
		f->u.seen = (struct fact_seen){.outpoint = {hash(2), 3},
		    .script = script(),
		    .value = sat_of_raw(1),
		    .signals_rbf = true};
		fill_inputs(&f->u.seen.inputs, 70000);
	} else {
		f->u.block = (struct fact_block){
		    900000, hash(1), hash(2), INSTANT_OF_S(1800000000)};
	}
}

/* One good fact of each kind. */
static struct fact fact_of(enum fact_kind kind)
{
	struct fact f = {.kind = kind, .epoch = 3, .seq = 1000};

	switch (kind) {
	case FACT_NODE:
		f.u.node = (struct fact_node){
		    NODE_STALE, 12, STR("node 1: its newest block is old")};
		break;
	case FACT_BLOCK:
	case FACT_BLOCK_GONE:
	case FACT_PAID:
	case FACT_SEEN:
		fill_chain(&f);
		break;
	case FACT_DROPPED:
		f.u.dropped =
		    (struct fact_dropped){hash(1), DROP_REPLACED, hash(2)};
		break;
	case FACT_SPENT_BY:
		f.u.spent_by = (struct fact_spent_by){
		    {hash(1), 2}, hash(3), hash(4), 5, hash(6)};
		break;
	case FACT_SYNCED:
		f.u.synced =
		    (struct fact_synced){FACT_HEIGHT_MAX, hash(1), true};
		break;
	case FACT_RATE:
		f.u.rate = (struct rate){fiat_of_raw(9876543), {"EUR", 2},
		    INSTANT_OF_S(1800000000), "kraken"};
		break;
	case FACT_SOURCES:
		f.u.sources =
		    (struct fact_sources){3, 2, STR("kraken: no answer")};
		break;
	case FACT_ALIVE:
		f.epoch = 0;
		f.seq = 0;
		break;
	}
	return f;
}

static char packed_bytes[200];

/* One good order of each kind. */
static struct order order_of(enum order_kind kind)
{
	struct order o = {.kind = kind, .epoch = 4};
	struct script_pubkey s = script();
	struct buf b;

	switch (kind) {
	case ORDER_HELLO:
		o.u.hello = (struct order_hello){.network = NETWORK_REGTEST,
		    .birth = 100,
		    .blocks_n = 2,
		    .blocks = {{9, hash(1)}, {8, hash(2)}}};
		break;
	case ORDER_SCRIPTS:
		buf_init(&b, 100);
		order_pack_script(&b, &s);
		order_pack_script(&b, &s);
		memcpy(packed_bytes, b.p, b.n);
		o.u.scripts = (struct order_scripts){5, 2, {packed_bytes, b.n}};
		buf_done(&b);
		break;
	case ORDER_PENDING:
		o.u.pending.txid = hash(9);
		fill_inputs(&o.u.pending.inputs, 2);
		break;
	case ORDER_RESCAN:
		o.u.rescan_from = 77;
		break;
	case ORDER_ACK:
		o.seq = 12;
		break;
	case ORDER_CURRENCY:
		o.u.currency =
		    (struct order_currency){true, {"JPY", 0}, true, 5};
		break;
	case ORDER_SCRIPTS_END:
		break;
	}
	return o;
}

static void what_is_written_is_read_again(void **state)
{
	struct buf b, again;

	(void)state;
	buf_init(&b, FACT_MESSAGE_MAX);
	buf_init(&again, FACT_MESSAGE_MAX);
	for (int kind = FACT_NODE; kind <= FACT_ALIVE; kind++) {
		struct fact f = fact_of((enum fact_kind)kind), back;

		buf_clear(&b);
		buf_clear(&again);
		assert_int_equal(fact_write(&b, &f), RC_OK);
		assert_int_equal(fact_parse(buf_str(&b), &back), RC_OK);
		assert_int_equal(back.kind, kind);
		assert_int_equal(back.epoch, f.epoch);
		assert_int_equal(back.seq, f.seq);
		assert_int_equal(fact_write(&again, &back), RC_OK);
		assert_true(str_eq(buf_str(&b), buf_str(&again)));
	}
	for (int kind = ORDER_HELLO; kind <= ORDER_CURRENCY; kind++) {
		struct order o = order_of((enum order_kind)kind), back;

		buf_clear(&b);
		buf_clear(&again);
		assert_int_equal(order_write(&b, &o), RC_OK);
		assert_int_equal(order_parse(buf_str(&b), &back), RC_OK);
		assert_int_equal(back.kind, kind);
		assert_int_equal(order_write(&again, &back), RC_OK);
		assert_true(str_eq(buf_str(&b), buf_str(&again)));
	}
	buf_done(&b);
	buf_done(&again);
}

static void members_arrive_as_they_were(void **state)
{
	struct fact f = fact_of(FACT_PAID), back;
	struct script_pubkey s;
	struct order o = order_of(ORDER_SCRIPTS), order;
	struct str packed;
	struct buf b;

	(void)state;
	buf_init(&b, FACT_MESSAGE_MAX);
	assert_int_equal(fact_write(&b, &f), RC_OK);
	assert_int_equal(fact_parse(buf_str(&b), &back), RC_OK);
	assert_int_equal(back.u.paid.height, 7);
	assert_int_equal(back.u.paid.outpoint.vout, 3);
	assert_int_equal(sat_raw(back.u.paid.value), SAT_MAX);
	assert_memory_equal(back.u.paid.script.p, f.u.paid.script.p, 22);
	assert_int_equal(back.u.paid.inputs.n, 1);
	buf_clear(&b);
	f = fact_of(FACT_SEEN);
	assert_int_equal(fact_write(&b, &f), RC_OK);
	assert_int_equal(fact_parse(buf_str(&b), &back), RC_OK);
	assert_int_equal(back.u.seen.inputs.total, 70000);
	assert_int_equal(back.u.seen.inputs.n, FACT_INPUTS_MAX);
	assert_int_equal(back.u.seen.inputs.v[63].vout, 63);
	buf_clear(&b);
	assert_int_equal(order_write(&b, &o), RC_OK);
	assert_int_equal(order_parse(buf_str(&b), &order), RC_OK);
	assert_int_equal(order.u.scripts.first, 5);
	packed = order.u.scripts.packed;
	assert_true(order_next_script(&packed, &s));
	assert_true(order_next_script(&packed, &s));
	assert_int_equal(s.n, 22);
	assert_false(order_next_script(&packed, &s));
	buf_done(&b);
}

/* Cut, lengthened, and in each byte of the head made wrong. */
static void assert_strict(struct str whole)
{
	static char copy[FACT_MESSAGE_MAX + 1];
	struct fact f;
	struct order o;

	memcpy(copy, whole.p, whole.n);
	for (size_t n = 0; n < whole.n; n++) {
		struct str part = {copy, n};

		assert_int_equal(fact_parse(part, &f), RC_INVALID);
		assert_int_equal(order_parse(part, &o), RC_INVALID);
	}
	copy[whole.n] = 0;
	assert_int_equal(
	    fact_parse((struct str){copy, whole.n + 1}, &f), RC_INVALID);
	assert_int_equal(
	    order_parse((struct str){copy, whole.n + 1}, &o), RC_INVALID);
	copy[0] = FACT_VERSION + 1;
	assert_int_equal(fact_parse((struct str){copy, whole.n}, &f), RC_NEWER);
}

static void messages_cut_or_lengthened_are_refused(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, FACT_MESSAGE_MAX);
	for (int kind = FACT_NODE; kind <= FACT_ALIVE; kind++) {
		struct fact f = fact_of((enum fact_kind)kind);

		buf_clear(&b);
		assert_int_equal(fact_write(&b, &f), RC_OK);
		assert_strict(buf_str(&b));
	}
	for (int kind = ORDER_HELLO; kind <= ORDER_CURRENCY; kind++) {
		struct order o = order_of((enum order_kind)kind);

		buf_clear(&b);
		assert_int_equal(order_write(&b, &o), RC_OK);
		assert_strict(buf_str(&b));
	}
	buf_done(&b);
}

static void assert_refused(const struct fact *f)
{
	struct buf b;

	buf_init(&b, FACT_MESSAGE_MAX);
	assert_int_equal(fact_write(&b, f), RC_INVALID);
	assert_int_equal(b.n, 0);
	buf_done(&b);
}

static void values_out_of_range_are_not_written(void **state)
{
	struct fact f = fact_of(FACT_BLOCK);

	(void)state;
	f.seq = 0;
	assert_refused(&f);
	f = fact_of(FACT_BLOCK);
	f.u.block.height = 0x80000000;
	assert_refused(&f);
	f = fact_of(FACT_BLOCK);
	f.u.block.time.us += 1;
	assert_refused(&f);
	f = fact_of(FACT_SEEN);
	f.u.seen.value = sat_of_raw(-1);
	assert_refused(&f);
	f = fact_of(FACT_SEEN);
	f.u.seen.inputs.n = 63;
	assert_refused(&f);
	f = fact_of(FACT_SEEN);
	f.u.seen.script.n = 0;
	assert_refused(&f);
	f = fact_of(FACT_NODE);
	f.u.node.text = STR("two\nlines");
	assert_refused(&f);
	f = fact_of(FACT_NODE);
	f.u.node.text = STR("no UTF-8: \xff");
	assert_refused(&f);
	f = fact_of(FACT_DROPPED);
	f.u.dropped.reason = DROP_GONE;
	assert_refused(&f);
	f = fact_of(FACT_RATE);
	f.u.rate.price = fiat_of_raw(0);
	assert_refused(&f);
	f = fact_of(FACT_RATE);
	f.u.rate.currency.decimals = 3;
	assert_refused(&f);
	f = fact_of(FACT_SOURCES);
	f.u.sources.answering = 4;
	assert_refused(&f);
	f = fact_of(FACT_SOURCES);
	f.u.sources.answering = 3;
	assert_refused(&f);
	f = fact_of(FACT_SOURCES);
	f.u.sources.text = STR("");
	assert_refused(&f);
	f = fact_of(FACT_ALIVE);
	f.seq = 1;
	assert_refused(&f);
	f = fact_of(FACT_ALIVE);
	f.epoch = 1;
	assert_refused(&f);
}

static void a_fact_is_no_order(void **state)
{
	struct fact f = fact_of(FACT_SYNCED);
	struct order o;
	struct buf b;

	(void)state;
	buf_init(&b, FACT_MESSAGE_MAX);
	assert_int_equal(fact_write(&b, &f), RC_OK);
	assert_int_equal(order_parse(buf_str(&b), &o), RC_INVALID);
	buf_done(&b);
}

static void the_till_lists_newer_blocks_first(void **state)
{
	struct order o = order_of(ORDER_HELLO);
	struct buf b;

	(void)state;
	buf_init(&b, FACT_MESSAGE_MAX);
	o.u.hello.blocks[1].height = 9;
	assert_int_equal(order_write(&b, &o), RC_INVALID);
	buf_done(&b);
}

static void a_currency_is_one_in_use_or_none(void **state)
{
	struct order o = order_of(ORDER_CURRENCY), back;
	struct buf b;

	(void)state;
	buf_init(&b, FACT_MESSAGE_MAX);
	assert_int_equal(order_write(&b, &o), RC_OK);
	assert_int_equal(order_parse(buf_str(&b), &back), RC_OK);
	assert_true(back.u.currency.is_wanted);
	assert_string_equal(back.u.currency.currency.code, "JPY");
	assert_true(back.u.currency.has_sources);
	assert_int_equal(back.u.currency.sources, 5);
	buf_clear(&b);
	o.u.currency.sources = RATE_READY_ALL + 1;
	assert_int_equal(order_write(&b, &o), RC_INVALID);
	o.u.currency.has_sources = false;
	assert_int_equal(order_write(&b, &o), RC_OK);
	assert_int_equal(order_parse(buf_str(&b), &back), RC_OK);
	assert_false(back.u.currency.has_sources);
	buf_clear(&b);
	o.u.currency.currency.decimals = 2;
	assert_int_equal(order_write(&b, &o), RC_INVALID);
	memcpy(o.u.currency.currency.code, "QQQ", 4);
	assert_int_equal(order_write(&b, &o), RC_INVALID);
	o.u.currency.is_wanted = false;
	assert_int_equal(order_write(&b, &o), RC_OK);
	assert_int_equal(order_parse(buf_str(&b), &back), RC_OK);
	assert_false(back.u.currency.is_wanted);
	buf_done(&b);
}

static void the_fullest_message_fits_a_datagram(void **state)
{
	struct script_pubkey s = {.n = SCRIPT_PUBKEY_MAX};
	struct order o = {.kind = ORDER_SCRIPTS, .epoch = 1};
	struct buf packed, b;

	(void)state;
	buf_init(&packed, FACT_MESSAGE_MAX);
	buf_init(&b, FACT_MESSAGE_MAX);
	for (int i = 0; i < FACT_SCRIPTS_MAX; i++)
		order_pack_script(&packed, &s);
	o.u.scripts =
	    (struct order_scripts){0, FACT_SCRIPTS_MAX, buf_str(&packed)};
	assert_int_equal(order_write(&b, &o), RC_OK);
	buf_done(&packed);
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_written_is_read_again),
	    cmocka_unit_test(members_arrive_as_they_were),
	    cmocka_unit_test(messages_cut_or_lengthened_are_refused),
	    cmocka_unit_test(values_out_of_range_are_not_written),
	    cmocka_unit_test(a_fact_is_no_order),
	    cmocka_unit_test(the_till_lists_newer_blocks_first),
	    cmocka_unit_test(a_currency_is_one_in_use_or_none),
	    cmocka_unit_test(the_fullest_message_fits_a_datagram),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
