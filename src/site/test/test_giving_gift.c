/* SPDX-License-Identifier: MIT
 *
 * What the page and the receipt of a gift say of what has come, of the rate by
 * which it counts, and of the address that it came to.
 */
#include "site/test/gifts.h"

/* The time in which its addresses may be given out is over. */
static void a_fresh_ask_out_of_time_is_paused(void **state)
{
	struct gifts *g = *state;
	struct till_message *m;
	struct str page;

	g->w->now = later(NOON, 101 * DAY);
	m = make_gift(g, 3);
	page = look(g, "", m);
	must_start(page, "HTTP/1.1 200 ");
	must_have(page, "<title>Support is paused");
	must_lack(page, "bcrt1");
	must_lack(page, "farthing proof 1");
	assert_non_null(heard(g, TILL_ALARM));
	page = look(g, "/receipt", m);
	must_lack(page, "bcrt1");
	must_have(page, "Not verified: at the moment nothing proves");
	/* Nor is one that is older than its batch. */
	m->gift.asked = later(NOON, -101 * DAY);
	must_lack(look(g, "", m), "bcrt1");
}

static void an_old_gift_keeps_its_address_and_says_so(void **state)
{
	struct gifts *g = *state;
	struct till_message *m;
	struct str page;

	g->w->now = later(NOON, 101 * DAY);
	m = make_gift(g, 3);
	m->gift.asked = NOON;
	page = look(g, "", m);
	must_have(page, "bitcoin:bcrt1");
	must_have(page, "This address was given out until <time");
	assert_null(heard(g, TILL_ALARM));
	must_lack(look(g, "", make_gift(g, 3)), "was given out until");
	g->w->now = NOON;
	must_lack(look(g, "", make_gift(g, 3)), "was given out until");
}

static struct till_payment paid(struct gifts *g, enum till_state state)
{
	return (struct till_payment){.amount = sat_of_raw(10000),
	    .state = (uint8_t)state,
	    .at = g->w->now,
	    .needed = 3};
}

static void confirmations_are_those_of_the_farthest(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 3);
	struct str page;

	m->gift.state = TILL_CONFIRMED;
	m->gift.confirmed = sat_of_raw(20000);
	m->gift.seen = sat_of_raw(10000);
	m->gift.payments_all = 3;
	m->gift.payments_n = 3;
	m->gift.payments[0] = paid(g, TILL_CONFIRMED);
	m->gift.payments[0].confirmations = 2;
	m->gift.payments[1] = paid(g, TILL_CONFIRMED);
	m->gift.payments[1].confirmations = 1;
	m->gift.payments[2] = paid(g, TILL_SEEN);
	page = look(g, "", m);
	must_have(page,
	    "<span>In the chain</span> "
	    "<span class=\"count\">2 of 3 confirmations</span> <em>");
	must_have(page, "All of them count.");
	/* The newsroom has asked for fewer since. */
	m->gift.payments[0].needed = 1;
	must_have(look(g, "", m), ">1 of 1 confirmations</span> <em>");
	/* What is settled is not the end while more is on its way. */
	m->gift.state = TILL_SETTLED;
	m->gift.payments[0].state = TILL_SETTLED;
	must_have(look(g, "", m), "\r\nRefresh: 10\r\n");
}

static void the_link_asks_for_what_has_not_come(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 3);

	must_have(look(g, "", m), "?amount=0.0002&amp;");
	m->gift.state = TILL_SEEN;
	m->gift.seen = sat_of_raw(5000);
	must_have(look(g, "", m), "?amount=0.00015&amp;");
	m->gift.settled = sat_of_raw(15000);
	must_lack(look(g, "", m), "amount=0");
	m->gift.settled = sat_of_raw(SAT_MAX);
	must_lack(look(g, "", m), "amount=0");
}

static void what_was_replaced_counts_for_nothing(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 3);
	struct str page;

	m->gift.state = TILL_SEEN;
	m->gift.seen = sat_of_raw(10000);
	m->gift.payments_all = 2;
	m->gift.payments_n = 2;
	m->gift.payments[0] = paid(g, TILL_REVERSED);
	m->gift.payments[0].is_replaced = true;
	m->gift.payments[1] = paid(g, TILL_SEEN);
	page = look(g, "", m);
	must_have(page, "<span>Replaced by another transaction</span>");
	must_lack(page, "Taken back");
	must_lack(page, "All of them count.");
	must_have(page, "0.0001\u00A0BTC</bdi> of the <bdi");
	must_have(look(g, "/receipt", m), "<s>0.00010000\u00A0BTC</s>");
}

/* Wherever there is a sum in a currency there is its rate, with source and
 * time. */
static void what_a_gift_is_worth_comes_with_its_rate(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 3);
	struct str page;

	m->gift.rate.source = STR("median of 3");
	page = look(g, "", m);
	must_have(page, "€50,000</bdi></bdi>, median of 3 sources<br>The rate "
			"is 0 min old");
	m->gift.rate.source = STR("set by hand");
	must_have(look(g, "", m), "source: <bdi>set by hand</bdi>");
	m->gift.quote_until = later(g->w->now, -HOUR);
	must_have(look(g, "", m), "set by hand</bdi>, <time datetime=");
	m->gift.state = TILL_SETTLED;
	m->gift.settled = sat_of_raw(10000);
	m->gift.payments_n = m->gift.payments_all = 1;
	m->gift.payments[0] = paid(g, TILL_SETTLED);
	m->gift.payments[0].has_worth = true;
	/* The paper has changed its currency since the gift was asked for. */
	m->gift.payments[0].currency = (struct currency){"USD", 2};
	m->gift.payments[0].worth = fiat_of_raw(600);
	m->gift.payments[0].rate = (struct till_rate){
	    fiat_of_raw(6000000), STR("median of 4"), g->w->now};
	page = look(g, "", m);
	must_have(page, "$6</bdi>");
	must_have(page, "$60,000</bdi></bdi>, median of 4 sources, <time");
	page = look(g, "/receipt", m);
	must_have(page, "$60,000</bdi></bdi>, median of 4 sources, <time");
	must_have(page, "$6.00</bdi></td></tr></tfoot>");
}

static void a_paused_gift_is_not_said_to_wait(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 3);
	struct str page;

	m->gift.proof = STR_NONE;
	m->gift.wanted = sat_of_raw(0);
	m->gift.worth = fiat_of_raw(0);
	m->gift.has_quote = false;
	page = look(g, "", m);
	must_have(page, "<title>Support is paused");
	must_lack(page, "Any amount you like");
	m->gift.state = TILL_SETTLED;
	m->gift.settled = sat_of_raw(10000);
	m->gift.payments_n = m->gift.payments_all = 1;
	m->gift.payments[0] = paid(g, TILL_SETTLED);
	page = look(g, "", m);
	must_have(page, "<title>Settled");
	must_have(
	    page, "<h1><bdi class=\"sum\" dir=\"ltr\">0.0001\u00A0BTC</bdi>");
	must_lack(page, "Any amount you like");
}

static void a_receipt_says_what_is_not_verified(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 3);

	must_lack(look(g, "/receipt", m), "Not verified");
	m->gift.is_unverified = true;
	must_have(look(g, "/receipt", m), "Not verified: no node");
	m->gift.is_unverified = false;
	m->gift.proof = STR_NONE;
	must_have(
	    look(g, "/receipt", m), "Not verified: at the moment nothing");
}

#define WITH_GIFTS(test)                                                       \
	cmocka_unit_test_setup_teardown(test, gifts_start, gifts_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_GIFTS(a_fresh_ask_out_of_time_is_paused),
	    WITH_GIFTS(an_old_gift_keeps_its_address_and_says_so),
	    WITH_GIFTS(confirmations_are_those_of_the_farthest),
	    WITH_GIFTS(the_link_asks_for_what_has_not_come),
	    WITH_GIFTS(what_was_replaced_counts_for_nothing),
	    WITH_GIFTS(what_a_gift_is_worth_comes_with_its_rate),
	    WITH_GIFTS(a_paused_gift_is_not_said_to_wait),
	    WITH_GIFTS(a_receipt_says_what_is_not_verified),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
