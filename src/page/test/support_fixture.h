/* SPDX-License-Identifier: MIT
 *
 * The support pages of the papers of fixture.h, in every state that a reader
 * can meet.
 */
#ifndef PAGE_TEST_SUPPORT_FIXTURE_H
#define PAGE_TEST_SUPPORT_FIXTURE_H

#include "page/page.h"
#include "page/test/fixture.h"

#define POUNDS(n)                                                              \
	{                                                                      \
		.code = STR_INIT("GBP"), .units = (n), .decimals = 2           \
	}
#define BTC(n)                                                                 \
	{                                                                      \
		.code = STR_INIT("BTC"), .units = (n), .decimals = 8           \
	}
#define DAY(y, m, d)                                                           \
	{                                                                      \
		.year = (y), .month = (m), .day = (d)                          \
	}

static const struct view_choice support_choices[] = {
    {STR_INIT("500"), POUNDS(500), STR_INIT("two hours of the printer")},
    {STR_INIT("2000"), POUNDS(2000), STR_INIT("a day of the office")},
    {STR_INIT("5000"), POUNDS(5000), STR_INIT("a story from the court")},
};

/* Where there is no rate: longer ones. */
static const struct view_choice support_coins[] = {
    {STR_INIT("BTC2000"), BTC(2000), STR_INIT("two hours of the printer")},
    {STR_INIT("BTC10000"), BTC(10000), {NULL, 0}},
    {STR_INIT("BTC55555"), BTC(55555), STR_INIT("a story from the court")},
    {STR_INIT("BTC1000000"), BTC(1000000), {NULL, 0}},
};

static const struct view_runway support_funded = {
    .is_known = true,
    .until = DAY(2027, 3, 3),
    .as_of = DAY(2026, 11, 20),
    .days = 103,
};

/* The papers, with their call. */
static inline struct view_paper with_call(const struct view_paper *paper)
{
	struct view_paper p = *paper;

	p.support_amounts =
	    (struct view_choices){support_choices, COUNT(support_choices)};
	p.support_runway = support_funded;
	return p;
}

static const struct view_paper german = {
    .name = STR_INIT("Der Port Lune Heller"),
    .lang = STR_INIT("de"),
    .motto = STR_INIT("Kleine Münze, ganze Wahrheit"),
    .place = STR_INIT("Port Lune"),
    .origin = STR_INIT("https://heller.example"),
    .publisher = STR_INIT("Verein Port Lune Heller e.\u00A0V."),
    .address = STR_INIT("Seilergang 2, Port Lune"),
    .support_text = STR_INIT("Keine Firma und keine Partei zahlt für diese "
			     "Zeitung, sondern wer sie liest."),
    .support_url = STR_INIT("/support"),
    .key = STR_INIT("j4ai a6de k4gp 5mri cvtj 3v4u cdfl hzgp"),
    .css = STR_INIT("body{color:#1a1816}"),
};

static const struct view_cost support_costs[] = {
    {STR_INIT("Four people"), POUNDS(140000)},
    {STR_INIT("Rent above the bakery"), POUNDS(37500)},
    {STR_INIT("Machine and line"), POUNDS(5500)},
};

static const struct view_campaign support_campaigns_[] = {
    {
	.id = STR_INIT("court"),
	.name = STR_INIT("The dredging papers in court"),
	.text = STR_INIT("A lawyer and the copies of four thousand pages."),
	.goal = POUNDS(120000),
	.raised = POUNDS(75000),
	.permille = 625,
	.ends = DAY(2027, 1, 31),
    },
    {
	.id = STR_INIT("bell"),
	.name = STR_INIT("A bell for the lock"),
	.goal = POUNDS(30000),
	.raised = POUNDS(34500),
	.permille = 1150,
    },
};

static const struct view_purpose support_purposes[] = {
    {.is_story = false},
    {
	.value = STR_INIT("/2026/11/23/tidal-lock"),
	.name = STR_INIT("Tidal lock to reopen after nine years"),
	.lang = STR_INIT("en"),
	.url = STR_INIT("/2026/11/23/tidal-lock"),
	.is_story = true,
    },
    {
	.value = STR_INIT("court"),
	.name = STR_INIT("The dredging papers in court"),
    },
};

static inline struct view_support support_view(void)
{
	return (struct view_support){
	    .why = STR("This paper belongs to four people above a bakery. No "
		       "firm, party or council pays for it, and it carries no "
		       "advertising.\n\nWhat you give goes straight to the "
		       "newsroom. Nobody stands in between who could stop it."),
	    .cost_day = POUNDS(6016),
	    .cost_month = POUNDS(183000),
	    .costs = support_costs,
	    .costs_n = COUNT(support_costs),
	    .runway = support_funded,
	    .campaigns = support_campaigns_,
	    .campaigns_n = COUNT(support_campaigns_),
	    .amounts = {support_choices, COUNT(support_choices)},
	    .purposes = support_purposes,
	    .purposes_n = COUNT(support_purposes),
	    .least = POUNDS(100),
	    .currency = STR("GBP"),
	    .has_rate = true,
	    .form = {.unit = STR("GBP")},
	};
}

#define ADDRESS_ "bc1qrz46a4gt0sghvvyt4gy5kp2rswmhtufv6sdq9v"

static inline struct view_gift gift_view(void)
{
	return (struct view_gift){
	    .url = STR("/support/gift/mfzwq2lpobzgkzdfonxw4zlt4a"),
	    .receipt_url =
		STR("/support/gift/mfzwq2lpobzgkzdfonxw4zlt4a/receipt"),
	    .purpose = support_purposes[1],
	    .coin = BTC(23255),
	    .value = POUNDS(2000),
	    .asked = at(2026, 11, 23, 14, 3),
	    .has_quote = true,
	    .quote_minutes = 3,
	    .quote_until = at(2026, 11, 23, 14, 18),
	    .rate = {.price = POUNDS(8600000),
		.sources = 3,
		.time = at(2026, 11, 23, 14, 0)},
	    .address = STR(ADDRESS_),
	    .uri = STR("bitcoin:" ADDRESS_ "?amount=0.00023255"),
	    .qr = STR("BITCOIN:BC1QRZ46A4GT0SGHVVYT4GY5KP2RSWMHTUFV6SDQ9V"
		      "?amount=0.00023255"),
	    .wanted = 3,
	    .proof =
		{
		    .text = STR(
			"farthing proof 1\n"
			"address: bc1qrz46a4gt0sghvvyt4gy5kp2rswmhtufv6sdq9v\n"
			"leaf: 17\n"
			"shared: no\n"
			"salt: 9407c273dbb022773ca7049d9ab3e265\n"
			"path: F5WyTQnslNITHNlv2sSmkTIASlMeCv46HHJXQtt1tfuSiqpb/Ly+DD"
			"g9GGnoh66KtA3VGZtAof5z+p6rTsWDRkwlFLAVHopF1wv/OMuC0LdLR0XaCv"
			"sdDrW3S/TgmvOf+Ig/Krs/77JQBtbmURJfi0/5tc8Jdtl+tuFT0fFNaFqCOD"
			"t47NhMwEcCyMbfeaQ7q3jREi8k/jw6IQbta9OV9PIXw+j8m/RDPPjt2ExoMQ"
			"1pNYU1DP7kFzBkEF6nMNpp\n"
			"signature: RUQ1fXe3q6WYVpDL9tmLph2SGmTdH81lhzE61owy/ohr+/MDv"
			"5iegNstl08P3nWdzEIPa5O0OF+ArNADh7Ygt9YaZg3hf12mEQo=\n"
			"comment: farthing batch 1\n"
			"comment-signature: hGPp4UO2MYQxGDAN51pUhUtRm16flLXGqGvm6bxTi"
			"I2b8Hj74rF/PXjxwC76Rvtkzt7iFC2NUJwFSEP3TtFzBQ==\n"
			"farthing statement 1\n"
			"paper: The Port Lune Farthing\n"
			"paper-id: 437283ae1e140daaf2c88a02f745ce0aff76f7b420c2f15236"
			"0f63520955b392\n"
			"origin: https://farthing.example\n"
			"rail: btc\n"
			"network: main\n"
			"batch: 1\n"
			"first: 0\n"
			"count: 60\n"
			"shared: 8\n"
			"root: 146dda0af989c2cd9fd701ba7bf6d97b783516f787eef4076849d8"
			"deb2956676\n"
			"from: 2026-11-26T00:00:00Z\n"
			"until: 2027-11-27T00:00:00Z\n"
			"previous: 00000000000000000000000000000000000000000000000000"
			"00000000000000\n"
			"next-key: a4b5693bfb94478d38c9636d3a90c502e9b724039f528b13c4"
			"032668580f5f0c\n"),
		    .key = STR(
			"RWQ1fXe3q6WYVpM+IyUtxXK1SHD/WhFn36njtOJ79MuCVMN4o4PTyDYN"),
		    .batch = 1,
		    .leaf = 17,
		    .verify_url = STR("/support/verify"),
		},
	    .refresh_s = 15,
	};
}

#define TXID_ "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16"

/* Payments on one address: one too small, a late one that is on its way, one
 * that was replaced before it was in any block. */
static const struct view_payment support_payments[] = {
    {.state = VIEW_GIFT_SETTLED,
	.coin = BTC(20000),
	.value = POUNDS(1720),
	.rate = {.price = POUNDS(8600000),
	    .sources = 3,
	    .time = {.year = 2026,
		.month = 11,
		.day = 23,
		.hour = 14,
		.minute = 25,
		.has_time = true,
		.has_offset = true}},
	.time = {.year = 2026,
	    .month = 11,
	    .day = 23,
	    .hour = 14,
	    .minute = 31,
	    .has_time = true,
	    .has_offset = true},
	.confirmations = 3,
	.wanted = 3,
	.txid = STR_INIT(TXID_)},
    {.state = VIEW_GIFT_CONFIRMED,
	.coin = BTC(1000000),
	.time = {.year = 2026,
	    .month = 12,
	    .day = 1,
	    .hour = 9,
	    .minute = 2,
	    .has_time = true,
	    .has_offset = true},
	.confirmations = 1,
	.wanted = 3,
	.txid = STR_INIT(TXID_),
	.is_late = true},
    {.state = VIEW_GIFT_REVERSED,
	.coin = BTC(5000),
	.time = {.year = 2026,
	    .month = 12,
	    .day = 1,
	    .hour = 9,
	    .minute = 40,
	    .has_time = true,
	    .has_offset = true},
	.txid = STR_INIT(TXID_),
	.is_replaced = true},
};

/* Twice, the second of them dust: together exactly what was asked for. */
static const struct view_payment support_twice[] = {
    {.state = VIEW_GIFT_SETTLED,
	.coin = BTC(22709),
	.value = POUNDS(1953),
	.rate = {.price = POUNDS(8600000),
	    .sources = 3,
	    .time = {.year = 2026,
		.month = 11,
		.day = 23,
		.hour = 14,
		.minute = 25,
		.has_time = true,
		.has_offset = true}},
	.time = {.year = 2026,
	    .month = 11,
	    .day = 23,
	    .hour = 14,
	    .minute = 31,
	    .has_time = true,
	    .has_offset = true},
	.confirmations = 3,
	.wanted = 3,
	.txid = STR_INIT(TXID_)},
    {.state = VIEW_GIFT_SETTLED,
	.coin = BTC(546),
	.value = POUNDS(46),
	.rate = {.price = POUNDS(8500000),
	    .source = STR_INIT("set by the newsroom"),
	    .time = {.year = 2026,
		.month = 11,
		.day = 24,
		.hour = 8,
		.minute = 0,
		.has_time = true,
		.has_offset = true}},
	.time = {.year = 2026,
	    .month = 11,
	    .day = 24,
	    .hour = 8,
	    .minute = 12,
	    .has_time = true,
	    .has_offset = true},
	.confirmations = 2,
	.wanted = 1,
	.txid = STR_INIT(TXID_),
	.is_late = true},
};

/* Settled, and then no longer in the chain; the second for good. */
static const struct view_payment support_reversed[] = {
    {.state = VIEW_GIFT_REVERSED,
	.coin = BTC(23255),
	.time = {.year = 2026,
	    .month = 11,
	    .day = 23,
	    .hour = 14,
	    .minute = 31,
	    .has_time = true,
	    .has_offset = true},
	.txid = STR_INIT(TXID_),
	.was_settled = true,
	.is_dropped = true},
    {.state = VIEW_GIFT_REVERSED,
	.coin = BTC(5000),
	.time = {.year = 2026,
	    .month = 12,
	    .day = 1,
	    .hour = 9,
	    .minute = 40,
	    .has_time = true,
	    .has_offset = true},
	.txid = STR_INIT(TXID_),
	.was_settled = true,
	.is_replaced = true},
};

static const struct view_ledger_month support_months[] = {
    {DAY(2026, 11, 1), 40, BTC(1690000), POUNDS(145000), 1000},
    {DAY(2026, 10, 1), 20, BTC(820000), POUNDS(70000), 485},
    {DAY(2026, 9, 1), 0, BTC(30000), POUNDS(0), 17},
};

static inline struct view_ledger ledger_view(void)
{
	return (struct view_ledger){
	    .runway = support_funded,
	    .cost_day = POUNDS(6016),
	    .cost_month = POUNDS(183000),
	    .opening = POUNDS(216000),
	    .given = POUNDS(14625000),
	    .used = POUNDS(14222860),
	    .since = DAY(2020, 6, 1),
	    .as_of = DAY(2026, 11, 20),
	    .step = POUNDS(5000),
	    .delay_days = 7,
	    .months = support_months,
	    .months_n = COUNT(support_months),
	    .has_earlier = true,
	    .earlier = {.gifts = 2310,
		.coin = BTC(312500000),
		.value = POUNDS(14410000)},
	    .total_coin = BTC(315040000),
	    .total_value = POUNDS(14625000),
	    .total_gifts = 2370,
	    .campaigns = support_campaigns_,
	    .campaigns_n = COUNT(support_campaigns_),
	    .file_url = STR("/support/ledger.json"),
	};
}

static inline void put_support(struct buf *b, const struct view_paper *paper)
{
	struct view_support v = support_view();

	page_support(b, paper, &v);
}

/* What was typed was not a number; it stays, and so do the choices. */
static inline void put_support_fault(
    struct buf *b, const struct view_paper *paper)
{
	struct view_support v = support_view();

	v.form = (struct view_form){
	    .fault = VIEW_FORM_NOT_A_NUMBER,
	    .amount = STR("2000"),
	    .own = STR("twenty <pounds>"),
	    .unit = STR("BTC"),
	    .purpose = STR("/2026/11/23/tidal-lock"),
	};
	page_support(b, paper, &v);
}

/* A paper just set up: no costs, no rate, no campaigns, on a test network. */
static inline void put_support_bare(
    struct buf *b, const struct view_paper *paper)
{
	struct view_support v = {
	    .amounts = {support_coins, COUNT(support_coins)},
	    .purposes = support_purposes,
	    .purposes_n = 1,
	    .currency = STR("GBP"),
	    .network = STR("regtest"),
	};

	page_support(b, paper, &v);
}

static inline void put_support_paused(
    struct buf *b, const struct view_paper *paper)
{
	struct view_support v = support_view();

	v.state = VIEW_SUPPORT_PAUSED;
	v.runway.is_over = true;
	page_support(b, paper, &v);
}

static inline void put_support_limit(
    struct buf *b, const struct view_paper *paper)
{
	struct view_support_notice v = {VIEW_NOTICE_LIMIT};

	page_support_notice(b, paper, &v);
}

static inline void put_gift(struct buf *b, const struct view_paper *paper)
{
	struct view_gift v = gift_view();

	page_support_gift(b, paper, &v);
}

/* Any amount, for the paper, on a shared address, with no node in reach. */
static inline void put_gift_any(struct buf *b, const struct view_paper *paper)
{
	struct view_gift v = gift_view();

	v.purpose = support_purposes[0];
	v.coin.code = v.value.code = STR_NONE;
	v.has_quote = false;
	v.uri = STR("bitcoin:" ADDRESS_);
	v.qr = STR_NONE;
	v.is_shared = true;
	v.is_unverified = true;
	v.verified_at = at(2026, 11, 22, 19, 40);
	v.network = STR("regtest");
	page_support_gift(b, paper, &v);
}

static inline void put_gift_confirmed(
    struct buf *b, const struct view_paper *paper)
{
	struct view_gift v = gift_view();

	v.state = VIEW_GIFT_CONFIRMED;
	v.is_quote_over = true;
	v.confirmations = 1;
	v.payments = support_payments + 1;
	v.payments_n = 1;
	v.total_coin = (struct view_money)BTC(1000000);
	v.fit = VIEW_FIT_OVER;
	v.refresh_s = 60;
	page_support_gift(b, paper, &v);
}

static inline struct view_gift settled_view(void)
{
	struct view_gift v = gift_view();

	v.state = VIEW_GIFT_SETTLED;
	v.is_quote_over = true;
	v.payments = support_payments;
	v.payments_n = COUNT(support_payments);
	v.total_coin = (struct view_money)BTC(1020000);
	v.fit = VIEW_FIT_OVER;
	v.refresh_s = 30;
	return v;
}

static inline void put_gift_settled(
    struct buf *b, const struct view_paper *paper)
{
	struct view_gift v = settled_view();

	page_support_gift(b, paper, &v);
}

static inline void put_gift_reversed(
    struct buf *b, const struct view_paper *paper)
{
	struct view_gift v = gift_view();

	v.state = VIEW_GIFT_REVERSED;
	v.is_quote_over = true;
	v.payments = support_reversed;
	v.payments_n = COUNT(support_reversed);
	page_support_gift(b, paper, &v);
}

/* Only that which another transaction replaced, which was never in a block. */
static inline void put_gift_replaced(
    struct buf *b, const struct view_paper *paper)
{
	struct view_gift v = gift_view();

	v.payments = support_payments + 2;
	v.payments_n = 1;
	page_support_gift(b, paper, &v);
}

static inline void put_gift_under(struct buf *b, const struct view_paper *paper)
{
	struct view_gift v = gift_view();

	v.state = VIEW_GIFT_SETTLED;
	v.is_quote_over = true;
	v.payments = support_payments;
	v.payments_n = 1;
	v.total_coin = (struct view_money)BTC(20000);
	v.total_value = (struct view_money)POUNDS(1720);
	v.fit = VIEW_FIT_UNDER;
	v.refresh_s = 0;
	page_support_gift(b, paper, &v);
}

static inline struct view_gift twice_view(void)
{
	struct view_gift v = gift_view();

	v.state = VIEW_GIFT_SETTLED;
	v.is_quote_over = true;
	v.payments = support_twice;
	v.payments_n = COUNT(support_twice);
	v.total_coin = (struct view_money)BTC(23255);
	v.total_value = (struct view_money)POUNDS(1999);
	v.fit = VIEW_FIT_EXACT;
	v.refresh_s = 0;
	return v;
}

static inline void put_gift_twice(struct buf *b, const struct view_paper *paper)
{
	struct view_gift v = twice_view();

	page_support_gift(b, paper, &v);
}

/* Any amount, paid, and now its address cannot be proven. */
static inline void put_gift_paused_paid(
    struct buf *b, const struct view_paper *paper)
{
	struct view_gift v = twice_view();

	v.is_paused = true;
	v.coin.code = v.value.code = STR_NONE;
	v.has_quote = false;
	v.fit = VIEW_FIT_NONE;
	page_support_gift(b, paper, &v);
}

/* From a batch that is no longer handed out. */
static inline void put_gift_old(struct buf *b, const struct view_paper *paper)
{
	struct view_gift v = gift_view();

	v.is_quote_over = true;
	v.given_until = (struct civil)DAY(2026, 11, 27);
	v.refresh_s = 60;
	page_support_gift(b, paper, &v);
}

static inline void put_receipt_twice(
    struct buf *b, const struct view_paper *paper)
{
	struct view_gift v = twice_view();

	page_support_receipt(b, paper, &v);
}

/* Nothing is proven, and no node answers. */
static inline void put_receipt_paused(
    struct buf *b, const struct view_paper *paper)
{
	struct view_gift v = twice_view();

	v.is_paused = true;
	v.is_unverified = true;
	v.verified_at = at(2026, 11, 22, 19, 40);
	page_support_receipt(b, paper, &v);
}

static inline void put_gift_paused(
    struct buf *b, const struct view_paper *paper)
{
	struct view_gift v = gift_view();

	v.is_paused = true;
	page_support_gift(b, paper, &v);
}

static inline void put_receipt(struct buf *b, const struct view_paper *paper)
{
	struct view_gift v = settled_view();

	page_support_receipt(b, paper, &v);
}

static inline void put_ledger(struct buf *b, const struct view_paper *paper)
{
	struct view_ledger v = ledger_view();

	page_support_ledger(b, paper, &v);
}

static inline void put_ledger_empty(
    struct buf *b, const struct view_paper *paper)
{
	struct view_ledger v = {.network = STR("regtest")};

	page_support_ledger(b, paper, &v);
}

static inline void put_verify(struct buf *b, const struct view_paper *paper)
{
	struct view_verify v = {
	    .key =
		STR("RWQ1fXe3q6WYVpM+IyUtxXK1SHD/WhFn36njtOJ79MuCVMN4o4PTyDYN"),
	    .fingerprint = STR("inzi hlq6 cqg2 v4wi ribp oroo bl7x n55u"),
	    .key_id = STR("5698A5ABB7777D35"),
	    .batch = 1,
	    .valid_until = DAY(2027, 11, 30),
	    .html_url = STR("/support/verify.html"),
	};

	page_support_verify(b, paper, &v);
}

/* Two keys have been put away. */
static inline void put_verify_rotated(
    struct buf *b, const struct view_paper *paper)
{
	static const struct view_old_key old[] = {
	    {STR_INIT(
		 "RWSxxncaoCQJK9vGtEl6Z6tBcY6LKVzUBqE0OVyQ6RuFoMiSPI7IWF4R"),
		STR_INIT("o2gx 5wq4 3lhc 7bfa q2vd yvz6 n4ks tj3u"), 3, 4},
	    {STR_INIT(
		 "RWQ9wEGMd9mR2+GGrC6zXUWCVtYZcE3AdBCwGmEDkJ9xa8oWJwNLuvIq"),
		STR_INIT("k7ra c5vd 2m6p xw4t jqzn 3ohb yd5f ue2s"), 2, 2},
	};
	struct view_verify v = {
	    .key =
		STR("RWQ1fXe3q6WYVpM+IyUtxXK1SHD/WhFn36njtOJ79MuCVMN4o4PTyDYN"),
	    .fingerprint = STR("inzi hlq6 cqg2 v4wi ribp oroo bl7x n55u"),
	    .key_id = STR("5698A5ABB7777D35"),
	    .batch = 5,
	    .html_url = STR("/support/verify.html"),
	    .old_keys = old,
	    .old_keys_n = COUNT(old),
	};

	page_support_verify(b, paper, &v);
}

#endif
