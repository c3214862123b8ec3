/* SPDX-License-Identifier: MIT
 *
 * A till in an enemy's hands: whatever it says, no address is shown that the
 * newsroom did not sign, the page says that support is paused, and the
 * newsroom is told.
 */
#include "site/test/gifts.h"

/* M leads to a page without any address, and to an alarm. */
static void assert_nothing_shown(struct gifts *g, struct till_message *m)
{
	uint64_t alarms = metric_get(&g->metrics.till_alarms);
	struct str page = look(g, "", m);

	must_start(page, "HTTP/1.1 200 ");
	must_lack(page, "bitcoin:");
	must_lack(page, "BITCOIN:");
	must_lack(page, "bcrt1");
	must_lack(page, "bc1");
	must_lack(page, "farthing proof");
	must_lack(page, "<svg");
	must_have(page, "paused");
	assert_true(metric_get(&g->metrics.till_alarms) == alarms + 1);
	page = look(g, "/receipt", m);
	must_lack(page, "bitcoin:");
	must_lack(page, "bcrt1");
	must_lack(page, "farthing proof");
}

/* A copy of PROOF with what stands behind the line's NAME replaced. */
static struct str with_line(
    struct gifts *g, struct str proof, const char *name, struct str value)
{
	size_t at = str_find_str(proof, str_of(name));
	size_t end;

	assert_true(at < proof.n);
	at += strlen(name);
	end = at + str_find(str_from(proof, at), '\n');
	return arena_printf(g->w->a, "%.*s%.*s%.*s",
	    STR_ARG(str_part(proof, 0, at)), STR_ARG(value),
	    STR_ARG(str_from(proof, end)));
}

static void another_address_is_not_shown(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 3);
	struct till_message *told;

	/* Another of the paper's own, and a stranger's. */
	m->gift.proof =
	    with_line(g, m->gift.proof, "\naddress: ", address_of_leaf(g, 2));
	assert_nothing_shown(g, m);
	told = heard(g, TILL_ALARM);
	/* The alarm went with the first look; one a second is enough. */
	assert_null(told);
	g->w->now = later(g->w->now, 2);
	m = make_gift(g, 3);
	m->gift.proof = with_line(g, m->gift.proof,
	    "\naddress: ", STR("bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080"));
	look(g, "", m);
	told = heard(g, TILL_ALARM);
	assert_non_null(told);
	assert_int_equal(told->alarm.alarm, TILL_BAD_PROOF);
	assert_true(told->alarm.what.n > 0);
	must_lack(told->alarm.what, "bcrt1");
}

static void another_place_in_the_batch_is_not_shown(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 3);

	m->gift.proof = with_line(g, m->gift.proof, "\nleaf: ", STR("2"));
	assert_nothing_shown(g, m);
	m = make_gift(g, 3);
	m->gift.proof = with_line(g, m->gift.proof, "\nshared: ", STR("yes"));
	assert_nothing_shown(g, m);
	m = make_gift(g, 0);
	m->gift.proof = with_line(g, m->gift.proof, "\nshared: ", STR("no"));
	assert_nothing_shown(g, m);
	m = make_gift(g, 3);
	m->gift.proof = with_line(g, m->gift.proof, "\npath: ", STR("none"));
	assert_nothing_shown(g, m);
}

/* A batch that is right in itself, under a key that is not pinned. */
static void another_key_is_not_believed(void **state)
{
	struct gifts *g = *state;
	struct till_message *m;

	make_batch(g, 43, NETWORK_REGTEST);
	m = make_gift(g, 3);
	assert_nothing_shown(g, m);
	/* Once it is pinned, it is the paper's. */
	assert_int_equal(
	    site_use_pin(g->w->site, buf_str(&g->pin_text), NULL), RC_OK);
	must_have(look(g, "", make_gift(g, 3)), "bitcoin:");
}

/* The same key signs something that was never installed. */
static void another_statement_is_not_believed(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 3);

	m->gift.proof = with_line(g, m->gift.proof, "\ncount: ", STR("6"));
	assert_nothing_shown(g, m);
	make_batch(g, 42, NETWORK_MAIN);
	m = make_gift(g, 3);
	assert_nothing_shown(g, m);
}

static void another_network_pauses_all(void **state)
{
	struct gifts *g = *state;

	g->summary.network = NETWORK_MAIN;
	tell_summary(g);
	must_lack(fetch(g, "/support"), "name=\"own\"");
	must_start(post(g, "", ""), "HTTP/1.1 503 ");
}

static void a_bad_pin_changes_nothing(void **state)
{
	struct gifts *g = *state;
	struct err err = {0};

	assert_int_not_equal(
	    site_use_pin(g->w->site, STR("farthing pin 1\n"), &err), RC_OK);
	assert_int_not_equal(site_use_pin(g->w->site, STR_NONE, &err), RC_OK);
	must_have(look(g, "", make_gift(g, 3)), "bitcoin:");
	/* Never given one, it shows none. */
	start_site(g);
	tell_summary(g);
	assert_nothing_shown(g, make_gift(g, 3));
}

static void a_damaged_proof_shows_nothing(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 4);
	struct str whole = m->gift.proof;
	uint32_t seed = 20261123;

	print_message("note: seed %u\n", seed);
	for (int i = 0; i < 150; i++) {
		struct str copy = arena_copy(g->w->a, whole);
		size_t bit;

		seed = seed * 1664525 + 1013904223;
		bit = (seed >> 8) % (8 * whole.n);
		((char *)copy.p)[bit / 8] ^= (char)(1 << bit % 8);
		m->gift.proof = copy;
		assert_nothing_shown(g, m);
	}
	for (size_t n = 1; n < whole.n; n += 97) {
		m->gift.proof = str_part(whole, 0, n);
		assert_nothing_shown(g, m);
	}
	m->gift.proof = whole;
	must_have(look(g, "", m), "bitcoin:");
}

/* The till itself has found that the address is not what was signed. */
static void a_till_that_doubts_shows_nothing(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 3);
	struct str page;

	m->gift.proof = STR_NONE;
	page = look(g, "", m);
	must_lack(page, "bitcoin:");
	must_have(page, "paused");
	assert_int_equal(metric_get(&g->metrics.till_alarms), 0);
}

static void what_cannot_be_read_changes_nothing(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 3);
	struct till_message *told;
	struct buf b;
	int fd;

	buf_init(&b, TILL_WIRE_MAX);
	assert_int_equal(till_wire_write(&b, m), RC_OK);
	fd = begin_ask(
	    g, STR("GET /support/gift/" TOKEN_TEXT " HTTP/1.1\r\nHost: a\r\n"
		   "Connection: close\r\n\r\n"));
	m->id = heard(g, TILL_GIFT_GET)->id;
	forget(g);
	for (size_t n = 0; n < b.n; n += 41)
		site_till_hear(
		    g->w->site, str_part(buf_str(&b), 0, n), g->w->now);
	/* A question is nothing that a till says. */
	buf_clear(&b);
	assert_int_equal(
	    till_wire_write(&b, &(struct till_message){.kind = TILL_GIFT_GET}),
	    RC_OK);
	site_till_hear(g->w->site, buf_str(&b), g->w->now);
	told = heard(g, TILL_ALARM);
	assert_non_null(told);
	assert_int_equal(told->alarm.alarm, TILL_BAD_MESSAGE);
	assert_int_equal(g->said_n, 1);
	/* Answers to nobody are let go. */
	tell(g, &(struct till_message){.kind = TILL_NO_GIFT, .id = m->id + 1});
	tell(g, m);
	must_have(end_ask(g, fd), "bitcoin:");
	/* It was answered: once more is too late. */
	tell(g, m);
	buf_done(&b);
}

static void an_answer_of_another_kind_is_none(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = arena_alloc(g->w->a, sizeof(*m));
	int fd = begin_ask(g, post_request(g, "", ""));
	struct till_message *gift = make_gift(g, 3);
	struct str page;

	assert_non_null(m);
	gift->id = heard(g, TILL_ASK)->id;
	tell(g, gift);
	page = end_ask(g, fd);
	must_start(page, "HTTP/1.1 503 ");
	must_lack(page, "bitcoin:");
	m->kind = TILL_ASKED;
	m->asked = (struct till_asked){.token = TOKEN};
	page = look(g, "", m);
	must_start(page, "HTTP/1.1 503 ");
	must_lack(page, "Location: ");
	assert_int_equal(metric_get(&g->metrics.till_alarms), 2);
}

static void what_the_till_writes_is_text(void **state)
{
	static const char *const targets[] = {"/", "/support",
	    "/support?for=press", "/support/ledger", "/support/ledger.json",
	    "/2026/11/23/harbour"};
	struct gifts *g = *state;
	struct str bad = STR("</script><script>alert(1)</script>\"'&");
	struct till_message *m = make_gift(g, 3);

	g->summary.text = bad;
	g->summary.title = bad;
	g->summary.rate.source = bad;
	g->summary.offers[0].what = bad;
	g->summary.costs[0].label = bad;
	g->summary.campaigns[0].title = bad;
	g->summary.campaigns[0].text = bad;
	tell_summary(g);
	for (size_t i = 0; i < sizeof(targets) / sizeof(*targets); i++)
		must_lack(fetch(g, targets[i]), "<script>alert");
	m->gift.purpose = bad;
	m->gift.rate.source = bad;
	must_lack(look(g, "", m), "<script>alert");
}

static void the_key_shown_is_the_one_that_signed(void **state)
{
	struct gifts *g = *state;
	struct pin *pin = arena_alloc(g->w->a, sizeof(*pin));
	struct minisign_secret other;
	uint8_t seed[MINISIGN_KEY] = {77};
	struct err err = {0};
	struct buf old, b;

	/* Another key came into use after this batch. */
	assert_non_null(pin);
	minisign_secret_make(seed, seed, &other);
	*pin = g->pin;
	pin->keys[pin->n_keys++] = other.key;
	pin->batches[pin->n_batches++] =
	    (struct pin_batch){pin->next_key, pin->n_keys - 1};
	buf_init_arena(&b, g->w->a, PIN_FILE_MAX);
	pin_write(&b, pin);
	check(site_use_pin(g->w->site, buf_str(&b), &err), &err, "pin");
	buf_init_arena(&old, g->w->a, 200);
	minisign_key_base64(&old, &g->secret.key);
	must_have(
	    look(g, "", make_gift(g, 3)), arena_cstr(g->w->a, buf_str(&old)));
}

/* Taken in with the settings, or written into the till's file. */
static void an_address_among_the_words_is_not_shown(void **state)
{
	static const char *const targets[] = {"/", "/support",
	    "/support?for=press", "/support/ledger", "/support/ledger.json"};
	struct gifts *g = *state;
	struct str *const texts[] = {&g->summary.text, &g->summary.title,
	    &g->summary.offers[0].what, &g->summary.costs[0].label,
	    &g->summary.campaigns[0].title, &g->summary.campaigns[0].text};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		g->w->now = later(g->w->now, 2);
		fill_summary(g);
		*texts[i] = STR("Send it to **bc1qw508d6qejxtdg4y5r3zarvary0c5"
				"xw7kv8f3t4** today");
		forget(g);
		tell_summary(g);
		assert_non_null(heard(g, TILL_ALARM));
		for (size_t k = 0; k < sizeof(targets) / sizeof(*targets); k++)
			must_lack(fetch(g, targets[k]), "bc1q");
		must_have(fetch(g, "/support"), "paused");
	}
	fill_summary(g);
	tell_summary(g);
	must_lack(fetch(g, "/support"), "paused");
}

/* Whoever reads it off the page would still pay there. */
static void an_address_in_disguise_pauses_support(void **state)
{
	static const char *const texts[] = {
	    "bc1q w508 d6qe jxtd g4y5 r3za rvar y0c5 xw7k v8f3 t4",
	    "b&#99;1qw508d6qejxtd**g4y5r3**zarvary0c5xw7kv8f3t4",
	    "bc1qw508d6q\n\n- ejxtdg4y5r3zarvary\n- 0c5xw7kv8f3t4",
	    "0x52908400098527886E0F7030069857D2E4169EE7"};
	struct gifts *g = *state;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		g->w->now = later(g->w->now, 2);
		fill_summary(g);
		g->summary.text = str_of(texts[i]);
		forget(g);
		tell_summary(g);
		assert_non_null(heard(g, TILL_ALARM));
		must_have(fetch(g, "/support"), "paused");
		must_lack(fetch(g, "/support"), "d6q");
	}
}

/* A line of it in each of several texts. */
static void an_address_in_pieces_pauses_support(void **state)
{
	struct gifts *g = *state;

	fill_summary(g);
	g->summary.offers_n = 3;
	g->summary.offers[1] = g->summary.offers[2] = g->summary.offers[0];
	g->summary.offers[0].what = STR("bc1qw508d6qejxt");
	g->summary.offers[1].what = STR("dg4y5r3zarvary");
	g->summary.offers[2].what = STR("0c5xw7kv8f3t4");
	tell_summary(g);
	must_have(fetch(g, "/support"), "paused");
	must_lack(fetch(g, "/"), "d6qejxt");
}

static void no_text_leads_to_another_site(void **state)
{
	struct gifts *g = *state;
	struct str page;

	fill_summary(g);
	g->summary.title = STR("Give at evil.example");
	g->summary.text =
	    STR("See [our page](https://evil.example/pay), [the ledger]"
		"(/support/ledger) and https://evil.example.\n\n"
		"![code](https://evil.example/qr.png)\n\n"
		"Mail give@evil.example\n");
	g->summary.offers[0].what = STR("a day of www.evil.example/x");
	g->summary.costs[0].label = STR("evil.example");
	g->summary.campaigns[0].text = STR("More at https://evil.example");
	tell_summary(g);
	page = fetch(g, "/support");
	must_have(page, "<a href=\"/support/ledger\">the ledger</a>");
	must_have(page, "our page");
	must_have(page, "Give at […]");
	must_lack(page, "evil.example");
	must_lack(page, "<img");
	must_lack(page, "paused");
	must_lack(fetch(g, "/"), "evil.example");
	must_lack(fetch(g, "/support/ledger"), "evil.example");
	must_lack(fetch(g, "/support/ledger.json"), "evil.example");
}

static void amounts_at_the_ends_of_their_range_are_shown(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 3);

	g->summary.monthly = fiat_of_raw(FIAT_MAX);
	g->summary.given = fiat_of_raw(-FIAT_MAX);
	g->summary.used = fiat_of_raw(FIAT_MAX);
	g->summary.opening = fiat_of_raw(-FIAT_MAX);
	g->summary.campaigns[0].reached = fiat_of_raw(FIAT_MAX);
	g->summary.campaigns[0].goal = fiat_of_raw(1);
	g->summary.as_of = (struct instant){INT64_MAX};
	g->summary.runway_until = (struct instant){0};
	g->summary.months_n = 3;
	for (size_t i = 0; i < 3; i++)
		g->summary.months[i] = (struct till_month){9999, 12, UINT32_MAX,
		    sat_of_raw(i ? SAT_MAX : -SAT_MAX), fiat_of_raw(FIAT_MAX)};
	tell_summary(g);
	must_start(fetch(g, "/support"), "HTTP/1.1 200 ");
	must_start(fetch(g, "/support/ledger"), "HTTP/1.1 200 ");
	must_start(fetch(g, "/support/ledger.json"), "HTTP/1.1 200 ");
	must_start(fetch(g, "/"), "HTTP/1.1 200 ");
	m->gift.asked = (struct instant){INT64_MAX};
	m->gift.quote_until = (struct instant){0};
	m->gift.rate.at = (struct instant){0};
	m->gift.rate.per_coin = fiat_of_raw(FIAT_MAX);
	m->gift.settled = sat_of_raw(SAT_MAX);
	m->gift.confirmed = sat_of_raw(SAT_MAX);
	m->gift.payments_all = UINT32_MAX;
	m->gift.payments_n = 1;
	m->gift.payments[0] = (struct till_payment){.state = TILL_SETTLED,
	    .amount = sat_of_raw(SAT_MAX),
	    .at = {INT64_MAX},
	    .has_worth = true,
	    .currency = {"EUR", 2},
	    .worth = fiat_of_raw(FIAT_MAX),
	    .rate = {fiat_of_raw(FIAT_MAX), STR("median of 0"), {INT64_MAX}}};
	must_start(look(g, "", m), "HTTP/1.1 200 ");
	must_start(look(g, "/receipt", m), "HTTP/1.1 200 ");
}

/* Whatever allocation fails, there is one answer, and either all of the gift's
 * page or none of it. */
static void without_memory_there_is_a_whole_page_or_none(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 3);
	unsigned long n = 0;
	struct str page;

	do {
		int fd = begin_ask(
		    g, STR("GET /support/gift/" TOKEN_TEXT " HTTP/1.1\r\n"
			   "Host: a\r\nConnection: close\r\n\r\n"));
		struct buf b;

		m->id = heard(g, TILL_GIFT_GET)->id;
		buf_init(&b, TILL_WIRE_MAX);
		assert_int_equal(till_wire_write(&b, m), RC_OK);
		arena_fail_after(++n);
		site_till_hear(g->w->site, buf_str(&b), g->w->now);
		arena_fail_after(0);
		buf_done(&b);
		page = end_ask(g, fd);
		if (!str_starts(page, STR("HTTP/1.1 200 "))) {
			must_start(page, "HTTP/1.1 503 ");
			must_lack(page, "bcrt1");
		}
	} while (!str_starts(page, STR("HTTP/1.1 200 ")));
	must_have(page, "bitcoin:");
	print_message("note: %lu allocations failed\n", n - 1);
	/* The same for the form. */
	for (n = 1; n < 40; n++) {
		struct http_request r = {.method = HTTP_POST,
		    .path = STR("/support"),
		    .fields = STR("Content-Type: application/"
				  "x-www-form-urlencoded\r\n"),
		    .body = STR("own=five&unit=EUR&for=%2F2026%2F11%2F23%2F"
				"harbour")};
		struct entity *e;
		unsigned status;

		arena_fail_after(n);
		e = site_answer(g->w->site, &r, g->w->now);
		arena_fail_after(0);
		assert_non_null(e);
		status = entity_status(e);
		assert_true(status == 400 || status == 503);
		entity_unref(e);
	}
}

#define WITH_GIFTS(test)                                                       \
	cmocka_unit_test_setup_teardown(test, gifts_start, gifts_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_GIFTS(another_address_is_not_shown),
	    WITH_GIFTS(another_place_in_the_batch_is_not_shown),
	    WITH_GIFTS(another_key_is_not_believed),
	    WITH_GIFTS(another_statement_is_not_believed),
	    WITH_GIFTS(another_network_pauses_all),
	    WITH_GIFTS(a_bad_pin_changes_nothing),
	    WITH_GIFTS(a_damaged_proof_shows_nothing),
	    WITH_GIFTS(a_till_that_doubts_shows_nothing),
	    WITH_GIFTS(what_cannot_be_read_changes_nothing),
	    WITH_GIFTS(an_answer_of_another_kind_is_none),
	    WITH_GIFTS(what_the_till_writes_is_text),
	    WITH_GIFTS(the_key_shown_is_the_one_that_signed),
	    WITH_GIFTS(an_address_among_the_words_is_not_shown),
	    WITH_GIFTS(an_address_in_disguise_pauses_support),
	    WITH_GIFTS(an_address_in_pieces_pauses_support),
	    WITH_GIFTS(no_text_leads_to_another_site),
	    WITH_GIFTS(without_memory_there_is_a_whole_page_or_none),
	    WITH_GIFTS(amounts_at_the_ends_of_their_range_are_shown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
