/* SPDX-License-Identifier: MIT
 *
 * A paper that takes gifts: a real server in front of it, real proofs, and at
 * the other end of the wire a till whose words the test writes. For the tests
 * of site/. Each test program includes this once.
 */
#ifndef SITE_TEST_GIFTS_H
#define SITE_TEST_GIFTS_H

#include "site/test/world.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "coin/batch_tree.h"
#include "coin/pin.h"
#include "coin/proof.h"
#include "http/metrics.h"
#include "http/server.h"
#include "ledger/till_wire.h"
#include "sys/clock.h"
#include "sys/loop.h"
#include "sys/random.h"
#include "sys/socket.h"

enum { LEAVES = 5, SHARED = 1, SAID_MAX = 64 };

struct gifts {
	struct world *w;
	struct loop *loop;
	struct http_server *server;
	struct http_metrics metrics;
	int listening;
	uint16_t port;

	/* The wire: what the site said, oldest first. */
	struct buf said[SAID_MAX];
	size_t said_n;
	bool is_full; /* nothing more can be sent */

	/* The batch. */
	struct minisign_secret secret;
	struct buf statement_text;
	struct statement statement;
	struct minisign_signature signature;
	struct batch_leaf leaves[LEAVES];
	struct batch_nodes *nodes;
	struct pin pin;
	struct buf pin_text;

	struct till_summary summary;
	char in[1 << 20];
};

/* --- The batch -------------------------------------------------------- */

HELPER struct batch_leaf make_leaf(uint32_t i)
{
	struct hash160 key = {{0}};
	struct batch_leaf leaf = {.index = i, .is_shared = i < SHARED};

	for (size_t k = 0; k < sizeof(key.b); k++)
		key.b[k] = (uint8_t)(i * 31 + k);
	leaf.script = script_p2wpkh(&key);
	memset(leaf.salt, (int)i + 1, sizeof(leaf.salt));
	return leaf;
}

/* A batch of NETWORK under the secret key of SEED, and the pin that names it.
 */
HELPER void make_batch(struct gifts *g, uint8_t seed, enum network network)
{
	struct statement s = {.paper = STR("The Lune Gazette"),
	    .network = network,
	    .batch = 1,
	    .count = LEAVES,
	    .shared = SHARED,
	    .from = later(NOON, -100 * DAY),
	    .until = later(NOON, 100 * DAY)};
	struct err err = {0};
	uint8_t bytes[MINISIGN_KEY];

	memset(bytes, seed, sizeof(bytes));
	minisign_secret_make(bytes, bytes, &g->secret);
	s.paper_id = minisign_key_hash(&g->secret.key);
	memset(&s.next_key, 7, sizeof(s.next_key));
	batch_nodes_free(g->nodes);
	g->nodes = batch_nodes_new(LEAVES);
	assert_non_null(g->nodes);
	for (uint32_t i = 0; i < LEAVES; i++) {
		g->leaves[i] = make_leaf(i);
		batch_nodes_add(
		    g->nodes, batch_leaf_hash(network, &g->leaves[i]));
	}
	s.root = batch_nodes_root(g->nodes);
	buf_clear(&g->statement_text);
	statement_write(&g->statement_text, &s);
	check(statement_parse(buf_str(&g->statement_text), &g->statement, &err),
	    &err, "statement");
	minisign_sign(&g->secret, buf_str(&g->statement_text),
	    STR("farthing batch 1"), &g->signature);
	check(pin_accept(NULL,
		  &(struct pin_offer){
		      &g->statement, &g->secret.key, &g->signature},
		  NOON, &g->pin, &err),
	    &err, "pin");
	buf_clear(&g->pin_text);
	pin_write(&g->pin_text, &g->pin);
	assert_int_equal(buf_rc(&g->pin_text), RC_OK);
}

/* The proof of leaf I, in the world's arena. */
HELPER struct str make_proof(struct gifts *g, uint32_t i)
{
	struct proof p = {.leaf = g->leaves[i],
	    .signature = g->signature,
	    .statement = g->statement};
	struct buf b;

	p.path_n = batch_nodes_path(g->nodes, i, p.path);
	buf_init_arena(&b, g->w->a, PROOF_MAX);
	proof_write(&b, &p);
	assert_int_equal(buf_rc(&b), RC_OK);
	return buf_str(&b);
}

HELPER struct str address_of_leaf(struct gifts *g, uint32_t i)
{
	struct buf b;

	buf_init_arena(&b, g->w->a, 200);
	script_address(&b, &g->leaves[i].script, g->statement.network);
	return buf_str(&b);
}

/* --- The wire --------------------------------------------------------- */

HELPER enum rc take_datagram(void *ctx, struct str datagram)
{
	struct gifts *g = ctx;

	if (g->is_full)
		return RC_BUSY;
	assert_true(g->said_n < SAID_MAX);
	buf_init(&g->said[g->said_n], TILL_WIRE_MAX);
	buf_add(&g->said[g->said_n++], datagram);
	return RC_OK;
}

/* The newest message of KIND that the site sent; NULL: none. Lives in the
 * world's arena. */
HELPER struct till_message *heard(struct gifts *g, enum till_kind kind)
{
	struct till_message *m = arena_alloc(g->w->a, sizeof(*m));

	assert_non_null(m);
	for (size_t i = g->said_n; i > 0; i--) {
		assert_int_equal(
		    till_wire_parse(buf_str(&g->said[i - 1]), m), RC_OK);
		if (m->kind == kind)
			return m;
	}
	return NULL;
}

HELPER void forget(struct gifts *g)
{
	for (size_t i = 0; i < g->said_n; i++)
		buf_done(&g->said[i]);
	g->said_n = 0;
}

HELPER void tell(struct gifts *g, const struct till_message *m)
{
	struct buf b;

	buf_init(&b, TILL_WIRE_MAX);
	assert_int_equal(till_wire_write(&b, m), RC_OK);
	site_till_hear(g->w->site, buf_str(&b), g->w->now);
	buf_done(&b);
}

HELPER void tell_summary(struct gifts *g)
{
	struct till_message *m = arena_alloc(g->w->a, sizeof(*m));

	assert_non_null(m);
	m->kind = TILL_SUMMARY;
	m->summary = g->summary;
	tell(g, m);
}

HELPER void fill_summary(struct gifts *g)
{
	g->summary = (struct till_summary){
	    .network = NETWORK_REGTEST,
	    .as_of = NOON,
	    .secret = {1, 2, 3},
	    .currency = {"EUR", 2},
	    .has_rate = true,
	    .rate = {fiat_of_raw(5000000), STR("median"), NOON},
	    .least = fiat_of_raw(100),
	    .text = STR("No company pays for this paper."),
	    .offers_n = 2,
	    .offers = {{fiat_of_raw(500), STR("a day of ink")},
		{fiat_of_raw(2000), STR_NONE}},
	    .sat_offers_n = 1,
	    .sat_offers = {{sat_of_raw(10000), STR_NONE}},
	    .costs_n = 1,
	    .costs = {{STR("Printing"), fiat_of_raw(300000)}},
	    .has_runway = true,
	    .runway_until = later(NOON, 90 * DAY),
	    .monthly = fiat_of_raw(300000),
	    .since = later(NOON, -30 * DAY),
	    .given = fiat_of_raw(1000000),
	    .used = fiat_of_raw(100000),
	    .coarse_step = fiat_of_raw(1000),
	    .delay_days = 2,
	    .campaigns_n = 2,
	    .campaigns = {{STR("press"), STR("A new press"), STR("It creaks."),
			      fiat_of_raw(250000), fiat_of_raw(50000), true,
			      later(NOON, 60 * DAY)},
		{STR("roof"), STR("The roof"), STR_NONE, fiat_of_raw(1000),
		    fiat_of_raw(1000), false, later(NOON, -DAY)}},
	    .months_n = 1,
	    .months = {{2026, 11, 3, sat_of_raw(200000), fiat_of_raw(10000)}},
	};
}

/* A gift to leaf I as the till would tell of it: 10.00 EUR by a quote. */
HELPER struct till_message *make_gift(struct gifts *g, uint32_t i)
{
	struct till_message *m = arena_alloc(g->w->a, sizeof(*m));

	assert_non_null(m);
	m->kind = TILL_GIFT;
	m->gift = (struct till_gift){.state = TILL_WAITING,
	    .asked = g->w->now,
	    .synced = g->w->now,
	    .wanted = sat_of_raw(20000),
	    .currency = {"EUR", 2},
	    .has_quote = true,
	    .rate = {fiat_of_raw(5000000), STR("median"), g->w->now},
	    .worth = fiat_of_raw(1000),
	    .quote_until = later(g->w->now, HOUR),
	    .proof = make_proof(g, i)};
	return m;
}

/* --- The reader ------------------------------------------------------- */

static const struct till_token TOKEN = {"sixteen bytes .."};
#define TOKEN_TEXT "onuxq5dfmvxcaytzorsxgibofy"

HELPER struct entity *answer(
    void *ctx, const struct http_request *r, struct instant now)
{
	struct gifts *g = ctx;

	(void)now; /* the world has its own */
	return site_answer(g->w->site, r, g->w->now);
}

HELPER int dial(struct gifts *g)
{
	struct sockaddr_in at = {.sin_family = AF_INET,
	    .sin_port = htons(g->port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	return fd;
}

HELPER void turn(struct gifts *g, int ms)
{
	int64_t end = clock_ns() + ms * INT64_C(1000000);

	do
		loop_turn(g->loop, 1);
	while (clock_ns() < end);
}

/* Asks and lets the site hear of it; nothing may come yet. */
HELPER int begin_ask(struct gifts *g, struct str request)
{
	int fd = dial(g);

	forget(g);
	assert_int_equal(
	    send(fd, request.p, request.n, MSG_NOSIGNAL), (ssize_t)request.n);
	for (int i = 0; i < 2000 && g->said_n == 0; i++)
		loop_turn(g->loop, 1);
	assert_true(recv(fd, g->in, 1, MSG_DONTWAIT) < 0);
	return fd;
}

/* The answer, up to the end, which comes. */
HELPER struct str end_ask(struct gifts *g, int fd)
{
	int64_t patience = clock_ns() + INT64_C(5000000000);
	size_t n = 0;

	for (;;) {
		ssize_t got =
		    recv(fd, g->in + n, sizeof(g->in) - n, MSG_DONTWAIT);

		if (got == 0)
			break;
		if (got > 0)
			n += (size_t)got;
		assert_true(clock_ns() < patience);
		loop_turn(g->loop, 1);
	}
	close(fd);
	return arena_copy(g->w->a, (struct str){g->in, n});
}

HELPER struct str fetch(struct gifts *g, const char *target)
{
	struct str request = arena_printf(g->w->a,
	    "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", target);
	int fd = dial(g);

	assert_int_equal(
	    send(fd, request.p, request.n, MSG_NOSIGNAL), (ssize_t)request.n);
	return end_ask(g, fd);
}

HELPER struct str post_request(
    struct gifts *g, const char *fields, const char *body)
{
	return arena_printf(g->w->a,
	    "POST /support HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
	    "Content-Type: application/x-www-form-urlencoded\r\n%s"
	    "Content-Length: %zu\r\n\r\n%s",
	    fields, strlen(body), body);
}

/* Posts a form that is answered at once. */
HELPER struct str post(struct gifts *g, const char *fields, const char *body)
{
	struct str request = post_request(g, fields, body);
	int fd = dial(g);

	assert_int_equal(
	    send(fd, request.p, request.n, MSG_NOSIGNAL), (ssize_t)request.n);
	return end_ask(g, fd);
}

/* Looks at the gift of TOKEN, of which the till says M. */
HELPER struct str look(struct gifts *g, const char *end, struct till_message *m)
{
	int fd = begin_ask(
	    g, arena_printf(g->w->a,
		   "GET /support/gift/" TOKEN_TEXT "%s HTTP/1.1\r\nHost: a\r\n"
		   "Connection: close\r\n\r\n",
		   end));
	struct till_message *question = heard(g, TILL_GIFT_GET);

	assert_non_null(question);
	assert_memory_equal(question->token.b, TOKEN.b, sizeof(TOKEN.b));
	m->id = question->id;
	tell(g, m);
	return end_ask(g, fd);
}

HELPER void must_have(struct str page, const char *what)
{
	if (!has(page, what))
		fail_msg("lacks \"%s\":\n%.*s", what, STR_ARG(page));
}

HELPER void must_lack(struct str page, const char *what)
{
	if (has(page, what))
		fail_msg("has \"%s\":\n%.*s", what, STR_ARG(page));
}

HELPER void must_start(struct str page, const char *status)
{
	if (!str_starts(page, str_of(status)))
		fail_msg("is not %s:\n%.*s", status, STR_ARG(page));
}

/* --- Life ------------------------------------------------------------- */

HELPER void start_server(struct gifts *g)
{
	struct http_config config = {.answer = answer,
	    .ctx = g,
	    .connections_max = 1000,
	    .head_deadline_ms = 10000,
	    .idle_deadline_ms = 10000,
	    .send_min_bytes_per_s = 1000,
	    .cold_budget_ms = 1000,
	    .trusts_loopback = true,
	    .access_log_fd = -1,
	    .metrics = &g->metrics};
	struct address place = {0};

	assert_int_equal(random_start(), RC_OK);
	assert_int_equal(loop_new(&g->loop, NULL), RC_OK);
	assert_int_equal(address_parse(STR("127.0.0.1"), &place), RC_OK);
	assert_int_equal(
	    socket_listen(&place, 64, &g->listening, 1, NULL), RC_OK);
	assert_int_equal(socket_local(g->listening, &place), RC_OK);
	g->port = place.port;
	g->server = http_server_new(g->loop, &config);
	assert_int_equal(
	    http_server_listen(g->server, g->listening, NULL), RC_OK);
}

HELPER void start_site(struct gifts *g)
{
	struct site_till till = {.send = take_datagram,
	    .ctx = g,
	    .css = STR("main{color:red}"),
	    .verify_html =
		STR("<meta name=\"farthing-key\" content=\"\">"
		    "<meta name=\"farthing-batches\" content=\"\">")};
	struct site_config config = {.db = g->w->db,
	    .css = STR("body{margin:0}"),
	    .favicon = STR("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
	    .cache_limit = 8 << 20,
	    .load_zone = load_zone,
	    .secret = "sixteen bytes ..",
	    .picture = give_picture,
	    .picture_ctx = g->w,
	    .metrics = &g->metrics,
	    .till = &till};
	struct err err = {0};

	site_free(g->w->site);
	g->w->site = NULL;
	check(site_new(&config, &g->w->site, &err), &err, "site_new");
}

HELPER int gifts_start(void **state)
{
	struct gifts *g = calloc(1, sizeof(*g));
	struct err err = {0};

	assert_non_null(g);
	assert_int_equal(world_start((void **)&g->w), 0);
	buf_init(&g->statement_text, STATEMENT_MAX);
	buf_init(&g->pin_text, PIN_FILE_MAX);
	make_batch(g, 42, NETWORK_REGTEST);
	start_server(g);
	start_site(g);
	check(
	    site_use_pin(g->w->site, buf_str(&g->pin_text), &err), &err, "pin");
	fill_summary(g);
	tell_summary(g);
	*state = g;
	return 0;
}

HELPER int gifts_end(void **state)
{
	struct gifts *g = *state;
	void *world = g->w;

	forget(g);
	http_server_free(g->server);
	batch_nodes_free(g->nodes);
	buf_done(&g->statement_text);
	buf_done(&g->pin_text);
	world_end(&world);
	loop_free(g->loop);
	close(g->listening);
	free(g);
	return 0;
}

#endif
