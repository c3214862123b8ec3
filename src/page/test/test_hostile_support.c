/* SPDX-License-Identifier: MIT
 *
 * The support pages filled with what somebody would send who wants to break
 * them, or to send a reader's money elsewhere: only our own tags come out, and
 * a link that opens a wallet is a payment link.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/html.h"
#include "page/page.h"
#include "page/test/hostile.h"

enum { ROUNDS = 400 };

/* Or none. */
static struct civil date_maybe(struct random *r)
{
	return next(&r->seed) % 4 ? date(r) : (struct civil){0};
}

static struct view_purpose purpose(struct random *r)
{
	return (struct view_purpose){.value = text(r),
	    .name = text(r),
	    .lang = text(r),
	    .url = text(r),
	    .is_story = next(&r->seed) % 2};
}

static const struct view_campaign *campaigns(struct random *r)
{
	struct view_campaign *v = ARENA_ARRAY(r->a, struct view_campaign, LIST);

	for (size_t i = 0; i < LIST; i++)
		v[i] = (struct view_campaign){.id = text(r),
		    .name = text(r),
		    .text = text(r),
		    .goal = money(r),
		    .raised = money(r),
		    .permille = (uint32_t)next(&r->seed),
		    .ends = date_maybe(r)};
	return v;
}

static struct view_support support(struct random *r)
{
	struct view_purpose *purposes =
	    ARENA_ARRAY(r->a, struct view_purpose, LIST);
	struct view_cost *costs = ARENA_ARRAY(r->a, struct view_cost, LIST);

	for (size_t i = 0; i < LIST; i++) {
		purposes[i] = purpose(r);
		costs[i] = (struct view_cost){text(r), money(r)};
	}
	return (struct view_support){
	    .state = (enum view_support_state)(next(&r->seed) % 2),
	    .title = text(r),
	    .why = text(r),
	    .cost_day = money(r),
	    .cost_month = money(r),
	    .costs = costs,
	    .costs_n = next(&r->seed) % LIST,
	    .runway = runway(r),
	    .campaigns = campaigns(r),
	    .campaigns_n = next(&r->seed) % LIST,
	    .amounts = choices(r),
	    .purposes = purposes,
	    .purposes_n = next(&r->seed) % LIST,
	    .least = money(r),
	    .currency = text(r),
	    .has_rate = next(&r->seed) % 2,
	    .network = text(r),
	    .form =
		{
		    .fault = (enum view_form_fault)(next(&r->seed) % 6),
		    .amount = text(r),
		    .own = text(r),
		    .unit = text(r),
		    .purpose = text(r),
		},
	};
}

static struct view_rate rate(struct random *r)
{
	return (struct view_rate){.price = money(r),
	    .set_day = date_maybe(r),
	    .source = text(r),
	    .sources = next(&r->seed) % 2 ? (uint32_t)next(&r->seed) : 0,
	    .time = date_maybe(r)};
}

static const struct view_payment *payments(struct random *r)
{
	struct view_payment *v = ARENA_ARRAY(r->a, struct view_payment, LIST);

	for (size_t i = 0; i < LIST; i++)
		v[i] = (struct view_payment){
		    .state = (enum view_gift_state)(next(&r->seed) % 5),
		    .coin = money(r),
		    .value = money(r),
		    .time = date_maybe(r),
		    .confirmations = (uint32_t)next(&r->seed),
		    .wanted = (uint32_t)next(&r->seed),
		    .txid = text(r),
		    .is_late = next(&r->seed) % 2,
		    .is_replaced = next(&r->seed) % 2,
		    .is_dropped = next(&r->seed) % 2,
		    .was_settled = next(&r->seed) % 2,
		    .rate = rate(r)};
	return v;
}

static struct view_gift gift(struct random *r)
{
	return (struct view_gift){
	    .url = text(r),
	    .receipt_url = text(r),
	    .purpose = purpose(r),
	    .state = (enum view_gift_state)(next(&r->seed) % 5),
	    .is_paused = next(&r->seed) % 4 == 0,
	    .coin = money(r),
	    .value = money(r),
	    .asked = date_maybe(r),
	    .has_quote = next(&r->seed) % 2,
	    .is_quote_over = next(&r->seed) % 2,
	    .quote_minutes = (uint32_t)next(&r->seed),
	    .quote_until = date_maybe(r),
	    .rate = rate(r),
	    .given_until = date_maybe(r),
	    .address = text(r),
	    .uri = text(r),
	    .qr = text(r),
	    .network = text(r),
	    .is_shared = next(&r->seed) % 2,
	    .is_unverified = next(&r->seed) % 2,
	    .verified_at = date_maybe(r),
	    .payments = payments(r),
	    .payments_n = next(&r->seed) % (LIST + 1),
	    .payments_all = next(&r->seed) % 9,
	    .total_coin = money(r),
	    .total_value = money(r),
	    .fit = (enum view_gift_fit)(next(&r->seed) % 4),
	    .proof = {text(r), text(r), next(&r->seed), next(&r->seed),
		text(r)},
	    .refresh_s = (uint32_t)next(&r->seed),
	};
}

static struct view_ledger ledger(struct random *r)
{
	struct view_ledger_month *months =
	    ARENA_ARRAY(r->a, struct view_ledger_month, LIST);

	for (size_t i = 0; i < LIST; i++)
		months[i] =
		    (struct view_ledger_month){date_maybe(r), next(&r->seed),
			money(r), money(r), (uint32_t)next(&r->seed)};
	return (struct view_ledger){
	    .runway = runway(r),
	    .cost_day = money(r),
	    .cost_month = money(r),
	    .opening = money(r),
	    .given = money(r),
	    .used = money(r),
	    .since = date_maybe(r),
	    .as_of = date_maybe(r),
	    .has_earlier = next(&r->seed) % 2,
	    .earlier = months[0],
	    .step = money(r),
	    .delay_days = (uint32_t)next(&r->seed),
	    .months = months,
	    .months_n = next(&r->seed) % (LIST + 1),
	    .total_coin = money(r),
	    .total_value = money(r),
	    .total_gifts = next(&r->seed),
	    .campaigns = campaigns(r),
	    .campaigns_n = next(&r->seed) % LIST,
	    .file_url = text(r),
	    .network = text(r),
	};
}

static void only_our_own_tags_come_out(void **state)
{
	const char *given = getenv("FARTHING_SEED");
	uint64_t first = given ? strtoull(given, NULL, 10) : 20261127;
	struct arena *a = arena_new(1 << 24);
	struct buf b;

	(void)state;
	printf("seed %" PRIu64 "\n", first);
	buf_init(&b, 1 << 22);
	for (uint64_t seed = first; seed < first + ROUNDS; seed++) {
		struct random r = {a, seed};
		struct view_paper p = paper(&r);
		struct view_support s = support(&r);
		struct view_gift g = gift(&r);
		struct view_ledger l = ledger(&r);
		struct view_old_key old = {text(&r), text(&r), 1, seed};
		struct view_verify v = {text(&r), text(&r), text(&r), 1,
		    date_maybe(&r), text(&r), text(&r), &old, seed % 2};

		page_support(&b, &p, &s);
		check(&b, false, seed);
		page_support_gift(&b, &p, &g);
		check(&b, false, seed);
		page_support_receipt(&b, &p, &g);
		check(&b, false, seed);
		page_support_ledger(&b, &p, &l);
		check(&b, false, seed);
		page_support_verify(&b, &p, &v);
		check(&b, false, seed);
		arena_reset(a);
	}
	buf_done(&b);
	arena_free(a);
}

/* Whatever the view says, no other scheme becomes the wallet's link. */
static void a_wallet_is_opened_by_payment_links_alone(void **state)
{
	static const char *const bad[] = {"", "bitcoin:", "javascript:alert(1)",
	    "https://evil.example/", "bitcoin:\"><script>", "bitcoin:a b",
	    "bitcoin:a#b", "bitcoin://evil.example/", "bitcoin:a\nb",
	    " bitcoin:abc", "litecoin:abc", "bitcoin:\xC3\xA9",
	    "bitcoin:a&lt;b", "bitcoin:a:b", "lightning:lnbc1"};
	static const char *const good[] = {"bitcoin:bc1qabc",
	    "BITCOIN:BC1QABC?amount=0.001",
	    "bitcoin:bc1qabc?amount=1&label=The%20Paper"};
	struct view_paper paper = {.name = STR("P"), .lang = STR("en")};
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct view_gift g = {.uri = str_of(bad[i])};

		assert_false(html_url_is_payment(g.uri));
		page_support_gift(&b, &paper, &g);
		assert_int_equal(buf_rc(&b), RC_OK);
		assert_int_equal(
		    str_find_str(buf_str(&b), STR("class=\"button\"")), b.n);
		buf_clear(&b);
	}
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct view_gift g = {.uri = str_of(good[i])};

		assert_true(html_url_is_payment(g.uri));
		page_support_gift(&b, &paper, &g);
		assert_true(str_find_str(buf_str(&b),
				STR("<a class=\"button\" href=\"")) < b.n);
		buf_clear(&b);
	}
	assert_false(html_url_is_payment((struct str){"bitcoin:a\0b", 11}));
	/* They are no links anywhere else. */
	assert_false(html_url_is_safe(STR("bitcoin:bc1qabc")));
	buf_done(&b);
}

/* An address that failed its check is on no page, in no form. */
static void a_paused_gift_shows_no_address(void **state)
{
	struct view_paper paper = {.name = STR("P"), .lang = STR("en")};
	struct view_gift g = {
	    .is_paused = true,
	    .address = STR("bc1qevil"),
	    .uri = STR("bitcoin:bc1qevil"),
	    .qr = STR("BITCOIN:BC1QEVIL"),
	    .proof = {.text = STR("bc1qevil"), .key = STR("RWevil")},
	};
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	for (int i = VIEW_GIFT_WAITING; i <= VIEW_GIFT_REVERSED; i++) {
		g.state = (enum view_gift_state)i;
		page_support_gift(&b, &paper, &g);
		page_support_receipt(&b, &paper, &g);
	}
	assert_int_equal(buf_rc(&b), RC_OK);
	assert_int_equal(str_find_str(buf_str(&b), STR("evil")), b.n);
	assert_int_equal(str_find_str(buf_str(&b), STR("EVIL")), b.n);
	assert_int_equal(str_find_str(buf_str(&b), STR("class=\"qr\"")), b.n);
	assert_int_equal(str_find_str(buf_str(&b), STR("bc1q")), b.n);
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(only_our_own_tags_come_out),
	    cmocka_unit_test(a_wallet_is_opened_by_payment_links_alone),
	    cmocka_unit_test(a_paused_gift_shows_no_address),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
