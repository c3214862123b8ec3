/* SPDX-License-Identifier: MIT
 *
 * Gifts as a reader meets them: the pages, the form, the gift and its states,
 * and what happens when the till is slow or gone.
 */
#include "site/test/gifts.h"

static void without_a_till_there_are_no_support_pages(void **state)
{
	struct gifts *g = *state;
	struct http_request post = {
	    .method = HTTP_POST, .path = STR("/support")};
	struct entity *e;

	new_site(g->w);
	assert_status(g->w, "/support", 404);
	assert_status(g->w, "/support/ledger", 404);
	assert_status(g->w, "/support/verify.html", 404);
	assert_status(g->w, "/support/gift/" TOKEN_TEXT, 404);
	e = site_answer(g->w->site, &post, g->w->now);
	assert_int_equal(entity_status(e), 405);
	entity_unref(e);
	site_till_tick(g->w->site, g->w->now);
}

static void support_is_a_page_like_others(void **state)
{
	struct gifts *g = *state;
	struct str page = fetch(g, "/support");
	uint64_t renders;

	must_start(page, "HTTP/1.1 200 ");
	must_have(page, "\r\nReferrer-Policy: no-referrer\r\n");
	must_lack(page, "same-origin\r\nCross");
	must_lack(page, "Set-Cookie");
	must_lack(page, "<script");
	must_have(page, "No company pays for this paper.");
	must_have(page, "A new press");
	must_have(page, "Printing");
	must_have(page, "value=\"EUR500\"");
	must_have(page, "regtest");
	/* The second style sheet is let through. */
	must_have(page, "style-src 'sha256-");
	must_have(page, "' 'sha256-");
	/* From the cache, until the till tells something new. */
	renders = metric_get(&g->metrics.cold_renders);
	fetch(g, "/support");
	fetch(g, "/support?utm_source=x");
	tell_summary(g);
	fetch(g, "/support");
	assert_true(metric_get(&g->metrics.cold_renders) == renders);
	g->summary.text = STR("Now *even* less.");
	tell_summary(g);
	must_have(fetch(g, "/support"), "Now <em>even</em> less.");
	assert_true(metric_get(&g->metrics.cold_renders) == renders + 1);
}

static void every_page_names_the_key_and_the_way_to_give(void **state)
{
	static const char *const targets[] = {
	    "/", "/support", "/nowhere", "/support/gift/aaaa"};
	struct gifts *g = *state;
	struct buf b;

	buf_init(&b, 200);
	buf_lit(&b, "<code dir=\"ltr\">");
	minisign_fingerprint(&b, minisign_key_hash(&g->secret.key));
	buf_lit(&b, "</code>");
	buf_char(&b, '\0');
	check(site_notice_changes(g->w->site), NULL, "notice");
	for (size_t i = 0; i < sizeof(targets) / sizeof(*targets); i++) {
		struct str page = fetch(g, targets[i]);

		must_have(page, buf_str(&b).p);
		must_have(page, "<li><a href=\"/support\">");
	}
	buf_done(&b);
}

static void what_is_chosen_stands_in_the_address(void **state)
{
	struct gifts *g = *state;
	struct str page =
	    fetch(g, "/support?amount=EUR2000&for=/2026/11/23/harbour");
	uint64_t renders;

	must_have(page, "Harbour reopens after the storm");
	must_have(page, "value=\"/2026/11/23/harbour\"");
	renders = metric_get(&g->metrics.cold_renders);
	/* However it is written, it is one page. */
	fetch(g, "/support?for=%2f2026%2F11/23/%68arbour&amount=EUR2000");
	fetch(g, "/support?x=1&for=/2026/11/23/harbour&amount=EUR2000");
	assert_true(metric_get(&g->metrics.cold_renders) == renders);
	must_have(fetch(g, "/support?for=press"), "A new press");
	/* What is not known is the page without it, made once. */
	fetch(g, "/support");
	renders = metric_get(&g->metrics.cold_renders);
	fetch(g, "/support?for=roof");
	fetch(g, "/support?for=/2026/11/23/nothing");
	fetch(g, "/support?amount=EUR7&for=nothing");
	fetch(g, "/support?for=%00%ff");
	fetch(g, "/support?amount=%3Cscript%3E");
	assert_true(metric_get(&g->metrics.cold_renders) == renders);
}

static void the_ledger_is_a_page_and_a_file(void **state)
{
	struct gifts *g = *state;
	struct str page = fetch(g, "/support/ledger");

	must_start(page, "HTTP/1.1 200 ");
	must_have(page, "\r\nReferrer-Policy: no-referrer\r\n");
	must_have(page, "/support/ledger.json");
	page = fetch(g, "/support/ledger.json");
	must_start(page, "HTTP/1.1 200 ");
	must_have(page, "\r\nContent-Type: application/json\r\n");
	must_have(page, "\"given\": 1000000,");
	must_have(page, "\"rounded_down_to\": 1000,");
	must_have(
	    page, "{\"month\": \"2026-11\",\n\"gifts\": 3,\n\"sat\": 200000");
	must_lack(page, "\"earlier\"");
	must_have(page, "\n\"total_gifts\": 3,\n\"total_sat\": 200000,");
	/* Days, not instants: the roof's last one is that before its end. */
	must_have(page, "\n\"as_of\": \"2026-11-23\",");
	must_have(page, "\"name\": \"The roof\",\n\"goal\": 1000,\n"
			"\"reached\": 1000,\n\"to\": \"2026-11-22\"}");
	/* Of what a month cost nothing is known. */
	must_lack(page, "\"spent\"");
	must_have(page, "\"network\": \"regtest\"");
	page = fetch(g, "/support/verify");
	must_start(page, "HTTP/1.1 200 ");
	must_have(page, "/support/verify.html");
	page = fetch(g, "/support/verify.html");
	must_start(page, "HTTP/1.1 200 ");
	must_have(page, "attachment; filename=\"verify.html\"");
	must_have(page, "default-src 'none'; sandbox");
	/* A minisign key of "Ed" begins so in base64. */
	must_have(page, "name=\"farthing-key\" content=\"RW");
	must_have(page, "name=\"farthing-batches\" content=\"RW");
	must_have(page, " 1 ");
}

static void a_receipt_of_a_shared_address_says_so(void **state)
{
	struct gifts *g = *state;

	must_have(look(g, "/receipt", make_gift(g, 0)), "other readers");
	must_lack(look(g, "/receipt", make_gift(g, 3)), "other readers");
}

static void robots_keep_away_from_gifts(void **state)
{
	struct gifts *g = *state;

	must_have(fetch(g, "/robots.txt"), "\nDisallow: /support/gift/\n");
}

/* Asks for an address with BODY and checks that the till was asked for it. */
static struct till_message *ask_for(
    struct gifts *g, const char *body, int *ret_fd)
{
	struct till_message *m;

	*ret_fd = begin_ask(
	    g, post_request(g, "X-Forwarded-For: 192.0.2.7\r\n", body));
	m = heard(g, TILL_ASK);
	if (!m)
		fail_msg(
		    "no ask for %s: %.*s", body, STR_ARG(end_ask(g, *ret_fd)));
	return m;
}

static void assert_ask(struct gifts *g, const char *body, int64_t sats,
    int64_t cents, const char *purpose)
{
	int fd;
	struct till_message *m = ask_for(g, body, &fd);

	assert_true(sat_raw(m->ask.wanted) == sats);
	assert_true(fiat_raw(m->ask.worth) == cents);
	assert_string_equal(m->ask.currency, cents ? "EUR" : "");
	assert_true(str_eq(m->ask.purpose, str_of(purpose)));
	assert_true(m->ask.at.us == g->w->now.us);
	m->kind = TILL_ASKED;
	m->asked = (struct till_asked){.token = TOKEN};
	tell(g, m);
	must_start(end_ask(g, fd), "HTTP/1.1 303 ");
}

static void a_form_becomes_a_question(void **state)
{
	struct gifts *g = *state;

	assert_ask(g, "", 0, 0, "");
	assert_ask(g, "amount=none&own=&unit=EUR&for=", 0, 0, "");
	assert_ask(g, "amount=EUR500&own=&unit=EUR&for=press", 0, 500, "press");
	assert_ask(g, "amount=EUR500&own=12%2C50&unit=EUR", 0, 1250, "");
	assert_ask(g, "own=12.5&unit=EUR&for=%2F2026%2F11%2F23%2Fharbour", 0,
	    1250, "/2026/11/23/harbour");
	assert_ask(g, "own=+0%2C001+&unit=BTC", 100000, 0, "");
	assert_ask(g, "own=21+000&unit=sat", 21000, 0, "");
	g->summary.has_rate = false;
	tell_summary(g);
	assert_ask(g, "amount=BTC10000", 10000, 0, "");
}

/* An address in another script is encoded in links, and once more in forms. */
static void a_story_in_any_script_can_be_meant(void **state)
{
	static const struct plan plan = {"港口重新开放", "World", "Anna Brand",
	    "harbour", "港口", HOUR, NULL};
	struct gifts *g = *state;
	struct str page;

	publish(g->w, &plan);
	notice(g->w);
#define PATH "/2026/11/23/%E6%B8%AF%E5%8F%A3"
	page = fetch(g, "/support?for=" PATH);
	must_have(page, "港口重新开放");
	must_have(page, "value=\"" PATH "\"");
	assert_ask(g, "for=%2F2026%2F11%2F23%2F%25E6%25B8%25AF%25E5%258F%25A3",
	    0, 0, PATH);
	assert_ask(g, "for=%2F2026%2F11%2F23%2F%E6%B8%AF%E5%8F%A3", 0, 0, PATH);
#undef PATH
}

static void a_token_is_where_the_reader_goes(void **state)
{
	struct gifts *g = *state;
	int fd;
	struct till_message *m = ask_for(g, "amount=EUR500", &fd);
	struct str page;

	m->kind = TILL_ASKED;
	m->asked = (struct till_asked){.token = TOKEN};
	tell(g, m);
	page = end_ask(g, fd);
	must_start(page, "HTTP/1.1 303 See Other\r\n");
	must_have(page, "\r\nLocation: /support/gift/" TOKEN_TEXT "\r\n");
	must_have(page, "\r\nCache-Control: no-store\r\n");
	must_have(page, "\r\nReferrer-Policy: no-referrer\r\n");
	assert_int_equal(metric_get(&g->metrics.gifts_asked), 1);
}

static void networks_are_hashed_under_the_tills_secret(void **state)
{
	struct gifts *g = *state;
	static const uint8_t none[TILL_NET_BYTES];
	uint8_t first[TILL_NET_BYTES];
	int fd;
	struct till_message *m = ask_for(g, "", &fd);

	memcpy(first, m->ask.net, sizeof(first));
	assert_memory_not_equal(first, none, sizeof(first));
	close(fd);
	fd = begin_ask(
	    g, post_request(g, "X-Forwarded-For: 192.0.2.200\r\n", ""));
	m = heard(g, TILL_ASK);
	assert_memory_equal(m->ask.net, first, sizeof(first));
	close(fd);
	fd =
	    begin_ask(g, post_request(g, "X-Forwarded-For: 192.0.3.7\r\n", ""));
	m = heard(g, TILL_ASK);
	assert_memory_not_equal(m->ask.net, first, sizeof(first));
	close(fd);
	fd = begin_ask(g, post_request(g, "", ""));
	m = heard(g, TILL_ASK);
	assert_memory_equal(m->ask.net, none, sizeof(none));
	close(fd);
	/* Tomorrow it is another one. */
	g->summary.secret[0]++;
	tell_summary(g);
	fd =
	    begin_ask(g, post_request(g, "X-Forwarded-For: 192.0.2.7\r\n", ""));
	m = heard(g, TILL_ASK);
	assert_memory_not_equal(m->ask.net, first, sizeof(first));
	close(fd);
}

static void a_wrong_form_comes_back_as_it_was(void **state)
{
	struct gifts *g = *state;
	struct str page;

	forget(g);
	page = post(g, "", "own=five&unit=EUR&for=press");
	must_start(page, "HTTP/1.1 400 ");
	must_have(page, "value=\"five\"");
	must_have(page, "\r\nCache-Control: no-store\r\n");
	must_have(page, "aria-invalid");
	must_start(post(g, "", "own=0&unit=EUR"), "HTTP/1.1 400 ");
	must_start(post(g, "", "own=0.99&unit=EUR"), "HTTP/1.1 400 ");
	must_start(post(g, "", "own=1.999&unit=EUR"), "HTTP/1.1 400 ");
	must_start(post(g, "", "own=5&unit=USD"), "HTTP/1.1 400 ");
	must_start(post(g, "", "own=5"), "HTTP/1.1 400 ");
	must_start(post(g, "", "own=21000001&unit=BTC"), "HTTP/1.1 400 ");
	must_start(post(g, "", "own=99999999999999&unit=EUR"), "HTTP/1.1 400 ");
	must_start(post(g, "", "amount=EUR501"), "HTTP/1.1 400 ");
	must_start(post(g, "", "for=roof"), "HTTP/1.1 400 ");
	must_start(post(g, "", "for=%2F2026%2F11%2F23%2Fno"), "HTTP/1.1 400 ");
	page = post(g, "", "own=%3Cscript%3E&unit=%22%3E");
	must_start(page, "HTTP/1.1 400 ");
	must_lack(page, "<script");
	g->summary.has_rate = false;
	tell_summary(g);
	must_start(post(g, "", "own=5&unit=EUR"), "HTTP/1.1 400 ");
	assert_null(heard(g, TILL_ASK));
}

static void what_is_no_form_of_ours_is_refused(void **state)
{
	struct gifts *g = *state;

	forget(g);
	must_start(
	    post(g, "Sec-Fetch-Site: cross-site\r\n", ""), "HTTP/1.1 403 ");
	must_start(
	    post(g, "Origin: https://evil.example\r\n", ""), "HTTP/1.1 403 ");
	must_start(post(g, "", "a"), "HTTP/1.1 400 ");
	must_start(post(g, "", "own=%ff"), "HTTP/1.1 400 ");
	must_start(
	    post(g, "Content-Type: text/plain\r\n", ""), "HTTP/1.1 400 ");
	assert_null(heard(g, TILL_ASK));
	/* The paper's own origin, whatever the proxy calls it. */
	close(begin_ask(g,
	    post_request(g, "Origin: https://gazette.example:8443\r\n", "")));
	assert_non_null(heard(g, TILL_ASK));
}

static void refusals_are_said(void **state)
{
	static const struct {
		enum till_refusal refusal;
		const char *status;
	} all[] = {{TILL_PAUSED, "HTTP/1.1 503 "},
	    {TILL_LIMITED, "HTTP/1.1 429 "}, {TILL_NOT_NOW, "HTTP/1.1 503 "},
	    {TILL_NO_SUCH, "HTTP/1.1 400 "}};
	struct gifts *g = *state;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		int fd;
		struct till_message *m = ask_for(g, "", &fd);
		struct str page;

		m->kind = TILL_ASKED;
		m->asked =
		    (struct till_asked){.refusal = (uint8_t)all[i].refusal};
		tell(g, m);
		page = end_ask(g, fd);
		must_start(page, all[i].status);
		must_have(page, "\r\nCache-Control: no-store\r\n");
		must_have(page, "\r\nReferrer-Policy: no-referrer\r\n");
		if (all[i].refusal != TILL_NO_SUCH)
			must_have(page, "\r\nRetry-After: ");
	}
	/* What is known to be paused is not even asked. */
	g->summary.pause = TILL_USED_UP;
	tell_summary(g);
	forget(g);
	must_start(post(g, "", ""), "HTTP/1.1 503 ");
	assert_null(heard(g, TILL_ASK));
	must_lack(fetch(g, "/support"), "name=\"own\"");
}

static void a_gift_shows_its_address_and_proof(void **state)
{
	struct gifts *g = *state;
	struct str page = look(g, "", make_gift(g, 3));
	struct str address = address_of_leaf(g, 3);

	must_start(page, "HTTP/1.1 200 ");
	must_have(page, "\r\nCache-Control: no-store\r\n");
	must_have(page, "\r\nRefresh: 5\r\n");
	must_have(page, "\r\nReferrer-Policy: no-referrer\r\n");
	must_have(page, "\r\nX-Robots-Tag: noindex, nofollow\r\n");
	must_have(page, arena_cstr(g->w->a, address));
	must_have(page, "bitcoin:");
	must_have(page, "amount=0.0002");
	must_have(page, "<svg");
	must_have(page, "farthing proof 1");
	must_lack(page, "<script");
	assert_null(heard(g, TILL_ALARM));
	page = look(g, "/receipt", make_gift(g, 3));
	must_start(page, "HTTP/1.1 200 ");
	must_lack(page, "\r\nRefresh: ");
	must_have(page, "\r\nCache-Control: no-store\r\n");
	must_have(page, "<title>Receipt");
}

static void a_rate_set_by_the_newsroom_is_said_to_be(void **state)
{
	struct gifts *g = *state;
	struct till_message *m = make_gift(g, 3);
	struct str page;

	m->gift.rate.source = STR("set by newsroom on 2026-11-20");
	m->gift.rate.at = INSTANT_OF_S(1795132800);
	page = look(g, "", m);
	must_have(page, "set by the newsroom on <time "
			"datetime=\"2026-11-20\">");
	must_have(page, "This rate is good until <time");
	must_lack(page, " min old");
}

static void the_page_asks_again_by_its_state(void **state)
{
	static const struct {
		enum till_state state;
		int64_t age_s;
		const char *refresh;
	} all[] = {{TILL_WAITING, 600, "\r\nRefresh: 5\r\n"},
	    {TILL_WAITING, 1800, "\r\nRefresh: 15\r\n"},
	    {TILL_WAITING, 30 * DAY, "\r\nRefresh: 60\r\n"},
	    {TILL_SEEN, 0, "\r\nRefresh: 10\r\n"},
	    {TILL_CONFIRMED, 0, "\r\nRefresh: 30\r\n"}, {TILL_SETTLED, 0, NULL},
	    {TILL_REVERSED, 0, "\r\nRefresh: 60\r\n"}};
	struct gifts *g = *state;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		struct till_message *m = make_gift(g, 2);
		struct str page;

		m->gift.state = (uint8_t)all[i].state;
		m->gift.asked = later(g->w->now, -all[i].age_s);
		if (all[i].state != TILL_WAITING) {
			m->gift.payments_all = 1;
			m->gift.payments_n = 1;
			m->gift.payments[0] =
			    (struct till_payment){.txid = {[31] = 0xab},
				.amount = sat_of_raw(25000),
				.state = (uint8_t)all[i].state,
				.confirmations = 2,
				.needed = 3,
				.at = g->w->now};
		}
		page = look(g, "", m);
		must_start(page, "HTTP/1.1 200 ");
		if (all[i].refresh)
			must_have(page, all[i].refresh);
		else
			must_lack(page, "\r\nRefresh: ");
		if (all[i].state != TILL_WAITING)
			must_have(page, "ab00000000000000");
	}
}

/* The ledger's days are those of UTC, also for a paper far west of it. */
static void the_ledger_counts_the_tills_days(void **state)
{
	struct gifts *g = *state;
	struct str page;

	g->summary.as_of = INSTANT_OF_S(1795392000); /* 2026-11-23, 00:00 */
	g->summary.months_n = TILL_MONTHS_MAX;
	for (unsigned i = 0; i < TILL_MONTHS_MAX; i++)
		g->summary.months[i] =
		    (struct till_month){.year = (uint16_t)(2026 - i / 12),
			.month = (uint8_t)(12 - i % 12),
			.gifts = 5,
			.received = sat_of_raw(1000),
			.worth = fiat_of_raw(100)};
	g->summary.earlier =
	    (struct till_earlier){7, 35, sat_of_raw(7), fiat_of_raw(70)};
	tell_summary(g);
	page = fetch(g, "/support/ledger");
	must_have(page, "up to and including <time datetime=\"2026-11-23\">");
	must_have(page, "shown <bdi>2 days</bdi> after");
	must_have(page, "Earlier</th><td class=\"end\">35</td>");
	must_have(page, ">335</td><td class=\"end\"><bdi class=\"sum\" "
			"dir=\"ltr\">0.00060007\u00A0BTC</bdi>");
	page = fetch(g, "/support/ledger.json");
	must_have(page, "\n\"earlier\": {\"months\": 7,\n\"gifts\": 35,\n"
			"\"sat\": 7,\n\"worth\": 70},");
	must_have(page, "\n\"total_gifts\": 335,\n\"total_sat\": 60007,");
}

static void a_shared_address_is_said_to_be_shared(void **state)
{
	struct gifts *g = *state;
	struct str own = look(g, "", make_gift(g, 3));
	struct str shared = look(g, "", make_gift(g, 0));

	/* Whatever the till says: the signed leaf counts. */
	must_have(shared, "shared");
	must_lack(own, "class=\"shared");
}

static void an_unknown_gift_is_not_found(void **state)
{
	struct gifts *g = *state;
	struct till_message m = {.kind = TILL_NO_GIFT};
	struct str page = look(g, "", &m);

	must_start(page, "HTTP/1.1 404 ");
	must_have(page, "\r\nCache-Control: no-store\r\n");
	must_have(page, "\r\nReferrer-Policy: no-referrer\r\n");
	must_start(look(g, "/receipt", &m), "HTTP/1.1 404 ");
	/* What is no token is not asked for. */
	forget(g);
	must_start(fetch(g, "/support/gift/short"), "HTTP/1.1 404 ");
	must_start(fetch(g, "/support/gift/ONUXQ5DFMVXCAYTZORSXGIBOFY"),
	    "HTTP/1.1 404 ");
	assert_null(heard(g, TILL_GIFT_GET));
	/* Where it is moved to is no proxy's to keep either. */
	page = fetch(g, "/support/gift/" TOKEN_TEXT "/");
	must_start(page, "HTTP/1.1 301 ");
	must_have(page, "\r\nCache-Control: no-store\r\n");
	must_have(page, "\r\nReferrer-Policy: no-referrer\r\n");
}

static void a_till_that_is_gone_holds_nobody(void **state)
{
	struct gifts *g = *state;
	int fd;
	struct till_message *m = ask_for(g, "", &fd);
	struct till_message *late = m;
	struct str page = end_ask(g, fd);

	must_start(page, "HTTP/1.1 503 ");
	must_have(page, "\r\nRetry-After: 5\r\n");
	/* What comes too late is not for anybody. */
	late->kind = TILL_ASKED;
	late->asked = (struct till_asked){.token = TOKEN};
	tell(g, late);
	site_till_tick(g->w->site, g->w->now);
	assert_int_equal(metric_get(&g->metrics.till_late), 0);
	/* Nobody answers when it is looked after. */
	forget(g);
	g->w->now = later(g->w->now, 30);
	site_till_tick(g->w->site, g->w->now);
	assert_non_null(heard(g, TILL_SUMMARY_GET));
	g->w->now = later(g->w->now, 3);
	site_till_tick(g->w->site, g->w->now);
	assert_int_equal(metric_get(&g->metrics.till_is_silent), 1);
	forget(g);
	must_start(post(g, "", ""), "HTTP/1.1 503 ");
	must_start(fetch(g, "/support/gift/" TOKEN_TEXT), "HTTP/1.1 503 ");
	assert_null(heard(g, TILL_ASK));
	assert_null(heard(g, TILL_GIFT_GET));
	/* What it said last is still there. */
	page = fetch(g, "/support");
	must_start(page, "HTTP/1.1 200 ");
	must_have(page, "No company pays for this paper.");
	must_start(fetch(g, "/support/ledger"), "HTTP/1.1 200 ");
	/* And when it is back, all is as before. */
	tell_summary(g);
	assert_int_equal(metric_get(&g->metrics.till_is_silent), 0);
	must_have(fetch(g, "/support"), "name=\"own\"");
	assert_ask(g, "", 0, 0, "");
}

static void readers_that_go_are_forgotten(void **state)
{
	const struct linger hard = {.l_onoff = 1};
	struct gifts *g = *state;
	int fd;
	struct till_message *m = ask_for(g, "", &fd);

	assert_int_equal(
	    setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard)), 0);
	close(fd);
	turn(g, 30);
	site_till_tick(g->w->site, g->w->now);
	m->kind = TILL_ASKED;
	m->asked = (struct till_asked){.token = TOKEN};
	tell(g, m);
	turn(g, 10);
	assert_int_equal(http_server_connections(g->server), 0);
}

static void a_full_wire_is_said_at_once(void **state)
{
	struct gifts *g = *state;

	g->is_full = true;
	must_start(post(g, "", ""), "HTTP/1.1 503 ");
	must_start(fetch(g, "/support/gift/" TOKEN_TEXT), "HTTP/1.1 503 ");
	site_till_tick(g->w->site, g->w->now);
}

static void before_the_till_has_spoken_it_is_busy(void **state)
{
	struct gifts *g = *state;

	start_site(g);
	must_start(fetch(g, "/support"), "HTTP/1.1 503 ");
	must_start(fetch(g, "/support/ledger"), "HTTP/1.1 503 ");
	must_start(post(g, "", ""), "HTTP/1.1 503 ");
	must_start(fetch(g, "/support/verify"), "HTTP/1.1 200 ");
	must_start(fetch(g, "/"), "HTTP/1.1 200 ");
	/* Without a pin it stays paused. */
	tell_summary(g);
	must_lack(fetch(g, "/support"), "name=\"own\"");
	must_start(post(g, "", ""), "HTTP/1.1 503 ");
}

#define WITH_GIFTS(test)                                                       \
	cmocka_unit_test_setup_teardown(test, gifts_start, gifts_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    WITH_GIFTS(without_a_till_there_are_no_support_pages),
	    WITH_GIFTS(support_is_a_page_like_others),
	    WITH_GIFTS(every_page_names_the_key_and_the_way_to_give),
	    WITH_GIFTS(what_is_chosen_stands_in_the_address),
	    WITH_GIFTS(the_ledger_is_a_page_and_a_file),
	    WITH_GIFTS(a_receipt_of_a_shared_address_says_so),
	    WITH_GIFTS(robots_keep_away_from_gifts),
	    WITH_GIFTS(a_form_becomes_a_question),
	    WITH_GIFTS(a_story_in_any_script_can_be_meant),
	    WITH_GIFTS(a_token_is_where_the_reader_goes),
	    WITH_GIFTS(networks_are_hashed_under_the_tills_secret),
	    WITH_GIFTS(a_wrong_form_comes_back_as_it_was),
	    WITH_GIFTS(what_is_no_form_of_ours_is_refused),
	    WITH_GIFTS(refusals_are_said),
	    WITH_GIFTS(a_gift_shows_its_address_and_proof),
	    WITH_GIFTS(a_rate_set_by_the_newsroom_is_said_to_be),
	    WITH_GIFTS(the_page_asks_again_by_its_state),
	    WITH_GIFTS(the_ledger_counts_the_tills_days),
	    WITH_GIFTS(a_shared_address_is_said_to_be_shared),
	    WITH_GIFTS(an_unknown_gift_is_not_found),
	    WITH_GIFTS(a_till_that_is_gone_holds_nobody),
	    WITH_GIFTS(readers_that_go_are_forgotten),
	    WITH_GIFTS(a_full_wire_is_said_at_once),
	    WITH_GIFTS(before_the_till_has_spoken_it_is_busy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
