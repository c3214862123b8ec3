/* SPDX-License-Identifier: MIT
 *
 * The messages between reader and till: each has one form, and nothing but
 * that form is read.
 */
#include "ledger/till_wire.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

enum { EVERY_KIND = 9 };

static const struct instant THEN = {INT64_C(1795435200) * 1000000};

static void fill_gift(struct till_gift *g)
{
	*g = (struct till_gift){.state = TILL_CONFIRMED,
	    .is_shared = true,
	    .asked = THEN,
	    .synced = THEN,
	    .purpose = STR("/2026/11/23/harbour"),
	    .wanted = sat_of_raw(123456),
	    .currency = {"EUR", 2},
	    .has_quote = true,
	    .rate = {.per_coin = fiat_of_raw(8123456),
		.source = STR("median of 3 sources"),
		.at = THEN},
	    .worth = fiat_of_raw(10000),
	    .quote_until = THEN,
	    .settled = sat_of_raw(100),
	    .confirmed = sat_of_raw(7),
	    .seen = sat_of_raw(SAT_MAX),
	    .proof = STR("\0any\xff bytes\n"),
	    .payments_all = 3,
	    .payments_n = 2};
	g->payments[0] = (struct till_payment){.txid = {1, 2, 3},
	    .output = 7,
	    .amount = sat_of_raw(100),
	    .state = TILL_SETTLED,
	    .confirmations = 6,
	    .needed = 3,
	    .at = THEN,
	    .has_worth = true,
	    .currency = {"EUR", 2},
	    .worth = fiat_of_raw(8),
	    .rate = {fiat_of_raw(8000000), STR("median of 2"), THEN}};
	g->payments[1] = (struct till_payment){.state = TILL_REVERSED,
	    .amount = sat_of_raw(5),
	    .was_settled = true};
}

static void fill_summary(struct till_summary *s)
{
	*s = (struct till_summary){.pause = TILL_USED_UP,
	    .network = 3,
	    .as_of = THEN,
	    .secret = {9, 8, 7},
	    .currency = {"JPY", 0},
	    .has_rate = true,
	    .rate = {fiat_of_raw(1), STR("x"), THEN},
	    .least = fiat_of_raw(1),
	    .most = fiat_of_raw(FIAT_MAX),
	    .title = STR("Keep us alive"),
	    .text = STR("We *print*.\n\n\tAnd so on.\n"),
	    .offers_n = 2,
	    .offers = {{fiat_of_raw(500), STR("a day of ink")},
		{fiat_of_raw(1000), STR_NONE}},
	    .sat_offers_n = 1,
	    .sat_offers = {{sat_of_raw(10000), STR_NONE}},
	    .policy_n = 1,
	    .policy = {{sat_of_raw(1000000), 1}},
	    .costs_n = 1,
	    .costs = {{STR("Printing"), fiat_of_raw(120000)}},
	    .has_runway = true,
	    .runway_until = THEN,
	    .monthly = fiat_of_raw(120000),
	    .since = THEN,
	    .opening = fiat_of_raw(-5),
	    .given = fiat_of_raw(7),
	    .used = fiat_of_raw(9),
	    .coarse_step = fiat_of_raw(1000),
	    .delay_days = 7,
	    .campaigns_n = 1,
	    .campaigns = {{STR("roof-2"), STR("A roof"), STR("It rains."),
		fiat_of_raw(10), fiat_of_raw(3), true, THEN}},
	    .months_n = 1,
	    .months = {{2026, 11, 3, sat_of_raw(-7), fiat_of_raw(-1)}}};
}

static void fill_months(struct till_summary *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		s->months[i] = (struct till_month){.year = 2026, .month = 1};
	s->months_n = n;
}

/* One of each kind, a full one. */
static void fill(int which, struct till_message *m)
{
	memset(m, 0, sizeof(*m));
	m->id = UINT64_C(0x0102030405060708);
	switch (which) {
	case 0:
		m->kind = TILL_ASK;
		m->ask = (struct till_ask){.at = THEN,
		    .net = {5},
		    .worth = fiat_of_raw(500),
		    .currency = "EUR",
		    .purpose = STR("roof-2")};
		break;
	case 1:
		m->kind = TILL_GIFT_GET;
		memcpy(m->token.b, "sixteen bytes ..", TILL_TOKEN_BYTES);
		break;
	case 2:
		m->kind = TILL_SUMMARY_GET;
		break;
	case 3:
		m->kind = TILL_ALARM;
		m->alarm = (struct till_alarm){
		    TILL_BAD_MESSAGE, STR("not readable: \xc3\xa4")};
		break;
	case 4:
		m->kind = TILL_ASKED;
		m->asked = (struct till_asked){.is_shared = true};
		memcpy(m->asked.token.b, "sixteen bytes ..", TILL_TOKEN_BYTES);
		break;
	case 5:
		m->kind = TILL_ASKED;
		m->asked.refusal = TILL_LIMITED;
		break;
	case 6:
		m->kind = TILL_GIFT;
		fill_gift(&m->gift);
		break;
	case 7:
		m->kind = TILL_NO_GIFT;
		break;
	default:
		m->kind = TILL_SUMMARY;
		fill_summary(&m->summary);
	}
}

static void every_message_comes_back_the_same(void **state)
{
	struct till_message *m = malloc(sizeof(*m));
	struct till_message *got = malloc(sizeof(*got));
	struct buf b;
	struct buf again;

	(void)state;
	assert_non_null(m);
	assert_non_null(got);
	buf_init(&b, TILL_WIRE_MAX);
	buf_init(&again, TILL_WIRE_MAX);
	for (int i = 0; i < EVERY_KIND; i++) {
		buf_clear(&b);
		buf_clear(&again);
		fill(i, m);
		assert_int_equal(till_wire_write(&b, m), RC_OK);
		assert_int_equal(till_wire_parse(buf_str(&b), got), RC_OK);
		assert_int_equal(got->kind, m->kind);
		assert_true(got->id == m->id);
		assert_int_equal(till_wire_write(&again, got), RC_OK);
		assert_true(str_eq(buf_str(&b), buf_str(&again)));
	}
	/* The last was a summary; and a gift, by its fields. */
	assert_true(fiat_raw(got->summary.opening) == -5);
	assert_true(sat_raw(got->summary.months[0].received) == -7);
	assert_true(str_eq(got->summary.campaigns[0].title, STR("A roof")));
	assert_string_equal(got->summary.currency.code, "JPY");
	buf_clear(&b);
	fill(6, m);
	assert_int_equal(till_wire_write(&b, m), RC_OK);
	assert_int_equal(till_wire_parse(buf_str(&b), got), RC_OK);
	assert_true(str_eq(got->gift.proof, m->gift.proof));
	assert_int_equal(got->gift.payments_n, 2);
	assert_int_equal(got->gift.payments[0].confirmations, 6);
	assert_true(got->gift.payments[1].has_worth == false);
	assert_true(got->gift.quote_until.us == THEN.us);
	buf_done(&b);
	buf_done(&again);
	free(m);
	free(got);
}

/* In memory of exactly its size, so that a read beyond it is seen. */
static enum rc parse_exact(struct str s, struct till_message *m)
{
	char *p = malloc(s.n ? s.n : 1);
	enum rc rc;

	assert_non_null(p);
	if (s.n)
		memcpy(p, s.p, s.n);
	rc = till_wire_parse((struct str){p, s.n}, m);
	free(p);
	return rc;
}

static void a_byte_less_or_more_is_refused(void **state)
{
	struct till_message *m = malloc(sizeof(*m));
	struct buf b;

	(void)state;
	assert_non_null(m);
	buf_init(&b, TILL_WIRE_MAX);
	for (int i = 0; i < EVERY_KIND; i++) {
		buf_clear(&b);
		fill(i, m);
		assert_int_equal(till_wire_write(&b, m), RC_OK);
		for (size_t n = 0; n < b.n; n++)
			assert_int_equal(
			    parse_exact(str_part(buf_str(&b), 0, n), m),
			    RC_INVALID);
		buf_char(&b, '\0');
		assert_int_equal(parse_exact(buf_str(&b), m), RC_INVALID);
	}
	buf_done(&b);
	free(m);
}

/* Whatever bit is wrong, the message is refused or is another whole one. */
static void a_wrong_bit_never_gives_two_forms(void **state)
{
	struct till_message *m = malloc(sizeof(*m));
	struct buf b;
	struct buf again;
	size_t refused = 0;

	(void)state;
	assert_non_null(m);
	buf_init(&b, TILL_WIRE_MAX);
	buf_init(&again, TILL_WIRE_MAX);
	for (int i = 0; i < EVERY_KIND; i++) {
		buf_clear(&b);
		fill(i, m);
		assert_int_equal(till_wire_write(&b, m), RC_OK);
		for (size_t bit = 0; bit < 8 * b.n; bit++) {
			b.p[bit / 8] = (char)(b.p[bit / 8] ^ 1 << bit % 8);
			buf_clear(&again);
			if (till_wire_parse(buf_str(&b), m) != RC_OK) {
				refused++;
			} else {
				assert_int_equal(
				    till_wire_write(&again, m), RC_OK);
				assert_true(
				    str_eq(buf_str(&b), buf_str(&again)));
			}
			b.p[bit / 8] = (char)(b.p[bit / 8] ^ 1 << bit % 8);
		}
	}
	assert_true(refused > 1000);
	buf_done(&b);
	buf_done(&again);
	free(m);
}

/* What cannot be read cannot be written either. */
static void assert_refused(const struct till_message *m, enum rc rc)
{
	struct buf b;

	buf_init(&b, TILL_WIRE_MAX);
	assert_int_equal(till_wire_write(&b, m), rc);
	buf_done(&b);
}

static void what_breaks_a_rule_is_not_written(void **state)
{
	struct till_message *m = malloc(sizeof(*m));

	(void)state;
	assert_non_null(m);
#define TRY(which, change, rc)                                                 \
	do {                                                                   \
		fill((which), m);                                              \
		change;                                                        \
		assert_refused(m, (rc));                                       \
	} while (0)
	TRY(0, m->kind = 0, RC_INVALID);
	TRY(0, m->kind = TILL_SUMMARY + 1, RC_INVALID);
	TRY(0, m->ask.wanted = sat_of_raw(1), RC_INVALID);
	TRY(0, m->ask.worth = fiat_of_raw(-1), RC_INVALID);
	TRY(0, m->ask.purpose = STR("a\nb"), RC_INVALID);
	TRY(0, m->ask.purpose = STR("a\xff"), RC_INVALID);
	TRY(0, m->ask.currency[1] = 'u', RC_INVALID);
	TRY(0, m->ask.currency[3] = 'X', RC_INVALID);
	TRY(0, m->ask.currency[0] = '\0', RC_INVALID);
	TRY(0, memset(m->ask.currency, 0, 4), RC_INVALID);
	TRY(0, (memset(m->ask.currency, 0, 4), m->ask.worth = fiat_of_raw(0)),
	    RC_OK);
	TRY(4, m->asked.refusal = TILL_REFUSALS, RC_INVALID);
	TRY(6, m->gift.state = TILL_STATES, RC_INVALID);
	TRY(6, m->gift.payments[1].state = TILL_WAITING, RC_INVALID);
	TRY(6, m->gift.payments[0].is_replaced = true, RC_INVALID);
	TRY(6, m->gift.payments[0].was_settled = true, RC_INVALID);
	TRY(6, m->gift.payments[0].currency.code[0] = '\0', RC_INVALID);
	TRY(6, memset(m->gift.payments[0].currency.code, 0, 4), RC_INVALID);
	TRY(6, m->gift.payments[0].rate.per_coin = fiat_of_raw(0), RC_INVALID);
	TRY(6, m->gift.payments_n = TILL_PAYMENTS_MAX + 1, RC_LIMIT);
	TRY(6, m->gift.asked.us = -1, RC_INVALID);
	TRY(6, m->gift.rate.per_coin = fiat_of_raw(0), RC_INVALID);
	TRY(6, m->gift.currency.decimals = 9, RC_INVALID);
	TRY(8, m->summary.network = 4, RC_INVALID);
	TRY(8, m->summary.pause = TILL_PAUSES, RC_INVALID);
	TRY(8, m->summary.months[0].month = 13, RC_INVALID);
	TRY(8, m->summary.months[0].month = 0, RC_INVALID);
	TRY(8, m->summary.offers[0].worth = fiat_of_raw(0), RC_INVALID);
	TRY(8, m->summary.campaigns[0].id = STR("a/b"), RC_INVALID);
	TRY(8, m->summary.campaigns[0].id = STR_NONE, RC_INVALID);
	TRY(8, m->summary.title = STR("a\nb"), RC_INVALID);
	TRY(8, m->summary.text = STR("a\rb"), RC_INVALID);
	TRY(8, m->summary.months_n = TILL_MONTHS_MAX + 1, RC_LIMIT);
	/* Nothing is earlier than what is not full. */
	TRY(8, m->summary.earlier.months = 1, RC_INVALID);
	for (size_t i = 1; i < TILL_MONTHS_MAX; i++)
		TRY(8,
		    (fill_months(&m->summary, i + 1),
			m->summary.earlier.months = 1),
		    i + 1 < TILL_MONTHS_MAX ? RC_INVALID : RC_OK);
#undef TRY
	free(m);
}

static void a_message_has_limits(void **state)
{
	struct till_message *m = malloc(sizeof(*m));
	static char long_text[TILL_TEXT_MAX + 1];
	struct buf b;

	(void)state;
	assert_non_null(m);
	memset(long_text, 'x', sizeof(long_text));
	fill(8, m);
	m->summary.text = (struct str){long_text, TILL_TEXT_MAX};
	buf_init(&b, TILL_WIRE_MAX);
	assert_int_equal(till_wire_write(&b, m), RC_OK);
	m->summary.text.n++;
	assert_refused(m, RC_LIMIT);
	fill(8, m);
	m->summary.title = (struct str){long_text, TILL_NAME_MAX + 1};
	assert_refused(m, RC_LIMIT);
	/* Too long as a whole. */
	buf_clear(&b);
	fill(8, m);
	m->summary.campaigns_n = TILL_CAMPAIGNS_MAX;
	m->summary.costs_n = TILL_COSTS_MAX;
	m->summary.text = (struct str){long_text, TILL_TEXT_MAX};
	for (size_t i = 0; i < TILL_CAMPAIGNS_MAX; i++) {
		m->summary.campaigns[i] = m->summary.campaigns[0];
		m->summary.campaigns[i].text =
		    (struct str){long_text, TILL_NAME_MAX};
		m->summary.campaigns[i].title =
		    (struct str){long_text, TILL_NAME_MAX};
	}
	for (size_t i = 0; i < TILL_COSTS_MAX; i++)
		m->summary.costs[i].label =
		    (struct str){long_text, TILL_NAME_MAX};
	assert_int_equal(till_wire_write(&b, m), RC_OK);
	assert_true(b.n <= TILL_WIRE_MAX);
	buf_done(&b);
	assert_int_equal(
	    till_wire_parse((struct str){long_text, 5}, m), RC_NEWER);
	buf_init(&b, 2 * TILL_WIRE_MAX);
	buf_fill(&b, '\1', TILL_WIRE_MAX + 1);
	assert_int_equal(till_wire_parse(buf_str(&b), m), RC_LIMIT);
	buf_done(&b);
	free(m);
}

static void assert_token(const char *bytes, const char *text)
{
	struct till_token token;
	struct till_token again;
	char got[TILL_TOKEN_TEXT + 1] = "";

	memcpy(token.b, bytes, TILL_TOKEN_BYTES);
	till_token_text(&token, got);
	assert_string_equal(got, text);
	assert_int_equal(till_token_parse(str_of(text), &again), RC_OK);
	assert_memory_equal(again.b, token.b, TILL_TOKEN_BYTES);
}

static void tokens_have_one_text(void **state)
{
	struct till_token token;

	(void)state;
	/* As coreutils' base32 writes them. */
	assert_token(
	    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "aaaaaaaaaaaaaaaaaaaaaaaaaa");
	assert_token("sixteen bytes ..", "onuxq5dfmvxcaytzorsxgibofy");
	assert_token("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
		     "\xff\xff",
	    "7777777777777777777777777"
	    "4");
	assert_int_equal(
	    till_token_parse(STR("aaaaaaaaaaaaaaaaaaaaaaaaab"), &token),
	    RC_INVALID);
	assert_int_equal(
	    till_token_parse(STR("aaaaaaaaaaaaaaaaaaaaaaaaa"), &token),
	    RC_INVALID);
	assert_int_equal(
	    till_token_parse(STR("aaaaaaaaaaaaaaaaaaaaaaaaaaa"), &token),
	    RC_INVALID);
	assert_int_equal(
	    till_token_parse(STR("Aaaaaaaaaaaaaaaaaaaaaaaaaa"), &token),
	    RC_INVALID);
	assert_int_equal(
	    till_token_parse(STR("1aaaaaaaaaaaaaaaaaaaaaaaaa"), &token),
	    RC_INVALID);
	assert_int_equal(till_token_parse(STR_NONE, &token), RC_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_message_comes_back_the_same),
	    cmocka_unit_test(a_byte_less_or_more_is_refused),
	    cmocka_unit_test(a_wrong_bit_never_gives_two_forms),
	    cmocka_unit_test(what_breaks_a_rule_is_not_written),
	    cmocka_unit_test(a_message_has_limits),
	    cmocka_unit_test(tokens_have_one_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
