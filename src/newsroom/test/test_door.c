/* SPDX-License-Identifier: MIT
 *
 * The newsroom's door while memory runs out: every address of signing in and
 * of accounts, with every allocation failing in its turn. What comes is a whole
 * answer or none, nobody gets in by it, and what was asked works afterwards.
 */
#include "newsroom/newsroom.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/zone.h"
#include "http/entity.h"
#include "http/request.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/passkey.h"
#include "newsroom/token.h"
#include "paper/audit.h"
#include "paper/test/desk_fixture.h"

static struct desk *desk;
static struct newsroom *newsroom;
static uint8_t next_token = 1;

static void chance(void *p, size_t n)
{
	randombytes_buf(p, n);
}

static struct instant now(void)
{
	return desk->now;
}

static const struct zone *utc(void *ctx)
{
	(void)ctx;
	return zone_utc();
}

static void show(void *ctx)
{
	(void)ctx;
}

static void say_nothing(void *ctx, const char *text)
{
	(void)ctx;
	(void)text;
}

static enum rc busy(
    void *ctx, const struct vault_ask *ask, vault_done_fn *done, void *done_ctx)
{
	(void)ctx;
	(void)ask;
	(void)done;
	(void)done_ctx;
	return RC_BUSY;
}

static int open_newsroom(void **state)
{
	struct newsroom_config config = {
	    .origin = STR("http://localhost:8081"),
	    .vault = {.ask = busy},
	    .random = chance,
	    .now = now,
	    .zone = utc,
	    .show = show,
	    .say = say_nothing,
	};

	if (desk_set_up(state) != 0 || sodium_init() < 0)
		return -1;
	desk = *state;
	config.paper = desk->paper;
	passkey_start();
	desk_ok(desk, newsroom_new(&config, &newsroom, &desk->err));
	return 0;
}

static int close_newsroom(void **state)
{
	newsroom_free(newsroom);
	return desk_tear_down(state);
}

/* A link of KIND, as its text. */
static struct str make_link(enum staff_link_kind kind, int64_t staff)
{
	const struct staff_by by = {0, STR("(shell)"), desk->now};
	uint8_t token[TOKEN_BYTES] = {next_token++}, hash[STAFF_HASH];
	struct staff_link link = {.kind = kind,
	    .staff = staff,
	    .role = STAFF_OWNER,
	    .name = STR("Ada"),
	    .created = desk->now,
	    .expires = {desk->now.us + INT64_C(1000000000)}};
	struct buf b;

	staff_hash((struct str){(const char *)token, sizeof(token)}, hash);
	desk_ok(
	    desk, staff_make_link(desk->paper, &link, hash, &by, &desk->err));
	buf_init_arena(&b, desk->a, 100);
	token_put(&b, token);
	return buf_str(&b);
}

static int64_t make_owner(void)
{
	uint8_t token[TOKEN_BYTES], hash[STAFF_HASH];
	uint8_t handle[STAFF_HANDLE] = {7};
	struct staff_joining joining = {.link = hash,
	    .login = STR("ada"),
	    .name = STR("Ada Quay"),
	    .lang = STR(""),
	    .password = STR("$hash"),
	    .handle = handle,
	    .now = desk->now};
	const struct staff_by by = {1, STR("Ada Quay"), desk->now};
	int64_t id = 0;

	assert_int_equal(
	    token_parse(make_link(STAFF_LINK_FIRST, 0), token), RC_OK);
	staff_hash((struct str){(const char *)token, sizeof(token)}, hash);
	desk_ok(desk, staff_join(desk->paper, &joining, &id, &desk->err));
	desk_ok(desk, staff_set_totp(desk->paper, id,
			  STR("12345678901234567890"), 0, &by, &desk->err));
	return id;
}

/* A session of STAFF in STATE, as its cookie. */
static struct str make_session(int64_t staff, enum staff_state state)
{
	uint8_t token[TOKEN_BYTES] = {next_token++}, hash[STAFF_HASH];
	struct staff_opening opening = {.token = hash,
	    .session = {.staff = staff,
		.state = state,
		.created = desk->now,
		.seen = desk->now,
		.stepped = state == STAFF_FULL ? desk->now : INSTANT_NEVER,
		.agent = STR("test")}};
	const struct staff_by by = {staff, STR("Ada Quay"), desk->now};
	struct buf b;

	staff_hash((struct str){(const char *)token, sizeof(token)}, hash);
	desk_ok(
	    desk, staff_open_session(desk->paper, &opening, &by, &desk->err));
	buf_init_arena(&b, desk->a, 200);
	buf_lit(&b, TOKEN_COOKIE "=");
	token_put(&b, token);
	return buf_str(&b);
}

/* One request; 0: no answer, for want of memory. BODY NULL: a GET. */
static unsigned ask(
    const char *path, const char *body, struct str cookie, unsigned long fail)
{
	static char text[8192];
	struct http_request r;
	struct entity *e;
	unsigned status = 0;
	size_t used;
	int n = body ? snprintf(text, sizeof(text),
			   "POST %s HTTP/1.1\r\nHost: localhost:8081\r\n"
			   "Sec-Fetch-Site: same-origin\r\nCookie: %.*s\r\n"
			   "Content-Type: application/x-www-form-urlencoded\r\n"
			   "Content-Length: %zu\r\n\r\n%s",
			   path, STR_ARG(cookie), strlen(body), body)
		     : snprintf(text, sizeof(text),
			   "GET %s HTTP/1.1\r\nHost: localhost:8081\r\n"
			   "Cookie: %.*s\r\n\r\n",
			   path, STR_ARG(cookie));

	assert_int_equal(
	    http_request_parse(text, (size_t)n, &r, &used, &status),
	    HTTP_PARSE_DONE);
	arena_fail_after(fail);
	e = newsroom_answer(newsroom, &r, desk->now);
	arena_fail_after(0);
	status = e ? entity_status(e) : 0;
	entity_unref(e);
	return status;
}

static int64_t owner; /* 0: there is none yet */

/* The owner's sessions that are full; and how many codes were wrong in the
 * newest of all. */
static size_t count_full(unsigned *ret_tries)
{
	struct arena *a = arena_new(1 << 20);
	struct staff_session *v;
	size_t n = 0, full = 0;

	desk_ok(
	    desk, staff_sessions(desk->paper, a, owner, &v, &n, &desk->err));
	for (size_t i = 0; i < n; i++)
		full += v[i].state == STAFF_FULL;
	if (ret_tries)
		*ret_tries = n > 0 ? v[0].tries : 0;
	arena_free(a);
	return full;
}

/* Asks PATH with each allocation failing until none is left to fail. WANT is
 * what it gives then; in between also no answer and our own faults. */
static void starve(const char *path, const char *body,
    struct str (*cookie)(void), unsigned want)
{
	unsigned status;
	unsigned long n = 1;

	status = ask(path, body, cookie(), 0);
	if (status != want)
		fail_msg("%s: %u, not %u", path, status, want);
	for (bool has_failed = true; has_failed; n++) {
		struct str c = cookie();
		size_t full = count_full(NULL);
		int64_t bad = -1, next = -1;

		assert_true(n < 3000);
		status = ask(path, body, c, n);
		if (status != 0 && status != want && status < 500)
			fail_msg("%s: %u, with the allocation %lu failing",
			    path, status, n);
		/* Nobody is in who was not. */
		if (count_full(NULL) > full)
			fail_msg("%s: let in, with %lu failing", path, n);
		desk_ok(desk, audit_check(desk->paper, 1, 100000, &bad, &next,
				  &desk->err));
		assert_int_equal(bad, 0);
		has_failed = status != want;
		/* An allocation whose failure does no harm hides no other. */
		if (!has_failed)
			has_failed = ask(path, body, cookie(), n + 1) != want ||
				     ask(path, body, cookie(), n + 2) != want;
	}
#ifdef FARTHING_DEBUG /* elsewhere no allocation fails */
	assert_true(n > 2);
#endif
	assert_int_equal(ask(path, body, cookie(), 0), want);
}

static struct str nobody(void)
{
	return STR("x=y");
}

static struct str half(void)
{
	return make_session(owner, STAFF_HALF);
}

static struct str full(void)
{
	static struct str cookie;

	/* One and the same, so that the number of sessions stays. */
	if (!cookie.p)
		cookie = make_session(owner, STAFF_FULL);
	return cookie;
}

static const char *path_of(struct str token, const char *start, const char *end)
{
	return arena_printf(desk->a, "%s%.*s%s", start, STR_ARG(token), end).p;
}

static void the_door_stands_while_memory_runs_out(void **state)
{
	const char *link;
	static const char *const gets[] = {"/account", "/account/second",
	    "/account/passkeys/challenge", "/again", "/again/challenge",
	    "/staff", "/staff/invite", "/staff/1", "/audit", "/audit?check=1"};

	(void)state;
	link = path_of(make_link(STAFF_LINK_FIRST, 0), "/first/", "");
	starve(link, NULL, nobody, 200);
	starve(link, "name=A&login=-&password=short", nobody, 422);
	starve(path_of(str_of(link), "", "/challenge"),
	    "name=Ada+Quay&login=ada", nobody, 200);
	starve(path_of(str_of(link), "", "/passkey"),
	    "name=Ada&login=ada&client_data=&authenticator_data=", nobody, 422);
	owner = make_owner();
	starve("/sign-in", NULL, nobody, 200);
	starve("/sign-in?next=/stories", NULL, nobody, 200);
	starve("/sign-in/challenge", NULL, nobody, 200);
	starve("/sign-in/passkey",
	    "id=AAAA&client_data=AAAA&authenticator_data=AAAA&signature=AAAA"
	    "&handle=&next=/",
	    nobody, 422);
	/* The vault is away. */
	starve("/sign-in/password", "login=ada&password=whatever+it+is&next=/",
	    nobody, 503);
	starve("/sign-in/code", NULL, half, 200);
	starve("/stories", NULL, half, 303);
	for (size_t i = 0; i < sizeof(gets) / sizeof(gets[0]); i++)
		starve(gets[i], NULL, full, 200);
	starve("/account/me", "name=Ada+Quay&lang=fr", full, 303);
	starve("/account/me", "name=&lang=", full, 422);
	starve("/account/password", "password=short", full, 422);
	starve("/account/password/remove", "", full, 422);
	starve("/account/totp/remove", "", full, 422);
	starve("/staff/1/disable", "", full, 422);
	starve("/staff/1/role", "role=3&scope=all", full, 409);
	starve("/staff/invite", "name=&role=4&scope=all", full, 422);
}

/* Each wrong code is one try, also if the answer to it is lost. */
static void a_wrong_code_counts_while_memory_runs_out(void **state)
{
	(void)state;
	owner = make_owner();
	for (unsigned long n = 1; n < 120; n++) {
		struct str cookie = half();
		unsigned tries = 0;
		unsigned status =
		    ask("/sign-in/code", "code=000000&next=/", cookie, n);

		assert_int_equal(count_full(&tries), 0);
		/* Said to be wrong is counted to be wrong. */
		if (status == 422)
			assert_int_equal(tries, 1);
		assert_true(status == 0 || status >= 422);
		if (status == 429)
			break;
		assert_true(n < 100 || status == 429);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		the_door_stands_while_memory_runs_out, open_newsroom,
		close_newsroom),
	    cmocka_unit_test_setup_teardown(
		a_wrong_code_counts_while_memory_runs_out, open_newsroom,
		close_newsroom),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
