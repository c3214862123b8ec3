/* SPDX-License-Identifier: MIT
 *
 * What stands at the newsroom's door: tokens, routes, rights, challenges,
 * buckets, passwords.
 */
#include "newsroom/challenge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/password.h"
#include "newsroom/right.h"
#include "newsroom/route.h"
#include "newsroom/throttle.h"
#include "newsroom/token.h"
#include "newsroom/vault.h"

static struct str account_of(
    struct buf *b, const uint8_t key[DEVICE_KEY], int64_t staff)
{
	buf_init(b, 100);
	device_account_put(b, key, staff);
	return buf_str(b);
}

static void an_account_has_one_name_in_browsers_and_no_other_has_it(
    void **state)
{
	static const uint8_t key[DEVICE_KEY] = {1}, other[DEVICE_KEY] = {2};
	struct buf a, b, c, d;
	struct str one = account_of(&a, key, 1);

	(void)state;
	assert_int_equal(one.n, DEVICE_ACCOUNT_TEXT);
	assert_true(token_is_base64url(one));
	assert_true(str_eq(one, account_of(&b, key, 1)));
	assert_false(str_eq(one, account_of(&c, key, 2)));
	assert_false(str_eq(one, account_of(&d, other, 1)));
	buf_done(&a);
	buf_done(&b);
	buf_done(&c);
	buf_done(&d);
}

static void a_device_is_read_as_it_was_written_and_nothing_else(void **state)
{
	const uint8_t key[DEVICE_KEY] = {1}, other[DEVICE_KEY] = {2};
	struct device device = {.id = "0123456789abcde", .staff = 7}, back;
	struct instant now = INSTANT_OF_S(1000000);
	struct instant end = INSTANT_OF_S(1000000 + DEVICE_S);
	struct buf b;

	(void)state;
	buf_init(&b, 100);
	device_put(&b, key, &device, now);
	assert_int_equal(b.n, DEVICE_TEXT);
	assert_int_equal(device_parse(buf_str(&b), key, end, &back), RC_OK);
	assert_memory_equal(back.id, device.id, DEVICE_ID);
	assert_int_equal(back.staff, 7);
	assert_int_equal(device_parse(buf_str(&b), key,
			     INSTANT_OF_S(1000001 + DEVICE_S), &back),
	    RC_GONE);
	assert_int_equal(
	    device_parse(buf_str(&b), other, now, &back), RC_INVALID);
	for (size_t i = 0; i < DEVICE_TEXT; i++) {
		char was = b.p[i];

		assert_int_equal(
		    device_parse(str_part(buf_str(&b), 0, i), key, now, &back),
		    RC_INVALID);
		b.p[i] = was == 'A' ? 'B' : 'A';
		assert_int_equal(
		    device_parse(buf_str(&b), key, now, &back), RC_INVALID);
		b.p[i] = '\x80';
		assert_int_equal(
		    device_parse(buf_str(&b), key, now, &back), RC_INVALID);
		b.p[i] = was;
	}
	buf_done(&b);
}

static void count_call(void *ctx)
{
	++*(unsigned *)ctx;
}

static void what_waits_is_done_once_and_only_few_wait(void **state)
{
	static struct slow slow;
	unsigned calls = 0;
	struct instant now = INSTANT_OF_S(1000000);
	struct instant half = {now.us + SLOW_MS * 500};
	struct slow_try try = {.since = now, .fn = count_call, .ctx = &calls};

	(void)state;
	assert_int_equal(slow_run(&slow, now), 0);
	for (size_t i = 0; i < SLOW_MOST; i++) {
		try.key = i / SLOW_EACH;
		try.since = i == 0 ? now : half;
		assert_int_equal(slow_add(&slow, &try), RC_OK);
		if (i % SLOW_EACH == SLOW_EACH - 1)
			assert_int_equal(slow_add(&slow, &try), RC_BUSY);
	}
	try.key = 1000;
	assert_int_equal(slow_add(&slow, &try), RC_BUSY);
	assert_int_equal(slow_run(&slow, half), SLOW_MS / 2);
	assert_int_equal(calls, 0);
	now.us += SLOW_MS * 1000;
	assert_int_equal(slow_run(&slow, now), SLOW_MS / 2);
	assert_int_equal(calls, 1);
	/* The clock is set back: nobody waits for it. */
	assert_int_equal(slow_run(&slow, INSTANT_OF_S(5)), 0);
	assert_int_equal(calls, SLOW_MOST);
	assert_int_equal(slow_add(&slow, &try), RC_OK);
	slow_end(&slow);
	assert_int_equal(calls, SLOW_MOST + 1);
}

static void only_a_proxys_word_is_believed(void **state)
{
	(void)state;
	assert_true(newsroom_is_proxied(STR("https://desk.example.org")));
	assert_true(newsroom_is_proxied(STR("https://desk.example.org:8443")));
	assert_false(newsroom_is_proxied(STR("http://localhost:8081")));
	assert_false(newsroom_is_proxied(STR("http://abcdef.onion")));
	assert_false(newsroom_is_proxied(STR("https://abcdef.onion")));
	assert_false(newsroom_is_proxied(STR("https://abcdef.onion:444")));
}

static void a_token_is_read_as_it_was_written(void **state)
{
	uint8_t token[TOKEN_BYTES], back[TOKEN_BYTES];
	struct buf b;

	(void)state;
	for (size_t i = 0; i < sizeof(token); i++)
		token[i] = (uint8_t)(i * 37 + 200);
	buf_init(&b, 100);
	token_put(&b, token);
	assert_int_equal(b.n, TOKEN_TEXT);
	assert_int_equal(token_parse(buf_str(&b), back), RC_OK);
	assert_memory_equal(token, back, sizeof(token));
	b.p[42]++; /* bits that are left over */
	assert_int_equal(token_parse(buf_str(&b), back), RC_INVALID);
	b.p[42]--;
	b.p[3] = '+';
	assert_int_equal(token_parse(buf_str(&b), back), RC_INVALID);
	assert_int_equal(token_parse(STR(""), back), RC_INVALID);
	buf_done(&b);
}

static void a_cookie_that_comes_twice_is_nobodys(void **state)
{
	struct str value;

	(void)state;
	assert_int_equal(
	    cookie_parse(STR("x=1; a=b=c; y=2"), STR("a"), &value), RC_OK);
	assert_true(str_eq(value, STR("b=c")));
	assert_int_equal(
	    cookie_parse(STR("a=1; a=2"), STR("a"), &value), RC_INVALID);
	assert_int_equal(
	    cookie_parse(STR("aa=1; b; =a"), STR("a"), &value), RC_NOT_FOUND);
	assert_int_equal(cookie_parse(STR(""), STR("a"), &value), RC_NOT_FOUND);
}

static struct entity *nothing(struct visit *v)
{
	(void)v;
	return NULL;
}

static void a_path_finds_its_row_and_its_parameters(void **state)
{
	static const struct route rows[] = {
	    {HTTP_GET, "/stories/new", RIGHT_WRITE, 0, "", nothing},
	    {HTTP_GET, "/stories/:id", RIGHT_STORIES, 0, "", nothing},
	    {HTTP_POST, "/stories/:id/notes/:note", RIGHT_EDIT, 0, "text tag_#",
		nothing},
	};
	const struct route *const all[] = {&rows[0], &rows[1], &rows[2]};
	struct str params[ROUTE_PARAMS_MAX];
	const struct route *r;

	(void)state;
	assert_int_equal(
	    route_find(all, 3, HTTP_GET, STR("/stories/new"), &r, params),
	    RC_OK);
	assert_ptr_equal(r, &rows[0]);
	assert_int_equal(
	    route_find(all, 3, HTTP_HEAD, STR("/stories/17"), &r, params),
	    RC_OK);
	assert_true(str_eq(params[0], STR("17")));
	assert_int_equal(route_find(all, 3, HTTP_POST,
			     STR("/stories/17/notes/4"), &r, params),
	    RC_OK);
	assert_true(str_eq(params[1], STR("4")));
	assert_int_equal(
	    route_find(all, 3, HTTP_POST, STR("/stories/17"), &r, params),
	    RC_DENIED);
	assert_int_equal(
	    route_find(all, 3, HTTP_GET, STR("/stories/"), &r, params),
	    RC_NOT_FOUND);
	assert_int_equal(
	    route_find(all, 3, HTTP_GET, STR("/stories/17/"), &r, params),
	    RC_NOT_FOUND);
	assert_true(route_takes(&rows[2], STR("text")));
	assert_true(route_takes(&rows[2], STR("tag_17")));
	assert_false(route_takes(&rows[2], STR("tag_")));
	assert_false(route_takes(&rows[2], STR("tag_1a")));
	assert_false(route_takes(&rows[2], STR("tex")));
	assert_false(route_takes(&rows[0], STR("")));
}

static void a_section_is_the_limit_of_a_right(void **state)
{
	struct str names[] = {STR("News"), STR("Sport")};
	struct who who = {.id = 3,
	    .session = 9,
	    .state = STAFF_FULL,
	    .role = STAFF_EDITOR,
	    .sections = {names, 2}};

	(void)state;
	assert_true(right_has(&who, RIGHT_PUBLISH, STR("Sport")));
	assert_false(right_has(&who, RIGHT_PUBLISH, STR("Opinion")));
	assert_false(right_has(&who, RIGHT_PUBLISH, STR("")));
	assert_false(right_has_any(&who, RIGHT_FRONT));
	assert_false(right_has(&who, RIGHT_FRONT, STR("Sport")));
	assert_false(right_has(&who, RIGHT_STAFF, STR("News")));
	who.role = STAFF_PUBLISHER;
	for (int i = RIGHT_STORIES; i < RIGHT_COUNT; i++)
		assert_int_equal(right_has_any(&who, (enum right)i),
		    i != RIGHT_FRONT && i != RIGHT_REDIRECTS &&
			i != RIGHT_SETTINGS && i != RIGHT_AUDIT &&
			i != RIGHT_STAFF);
	who.role = STAFF_EDITOR;
	who.sections.n = 0;
	assert_true(right_has(&who, RIGHT_PUBLISH, STR("Opinion")));
	assert_true(right_has_any(&who, RIGHT_FRONT));
	who.role = STAFF_TREASURER;
	for (int i = RIGHT_STORIES; i < RIGHT_MONEY; i++)
		assert_int_equal(
		    right_has_any(&who, (enum right)i), i == RIGHT_HEALTH);
	who.state = STAFF_HALF;
	assert_false(right_has(&who, RIGHT_MONEY, STR("")));
	assert_false(right_has_any(&who, RIGHT_SELF));
	assert_true(right_has_any(&who, RIGHT_HALF));
}

static void a_step_up_grows_old(void **state)
{
	struct who who = {.id = 1, .session = 1, .state = STAFF_FULL};
	struct instant now = INSTANT_OF_S(1000000);

	(void)state;
	who.stepped = now;
	assert_true(who_has_stepped_up(&who, now));
	assert_true(who_has_stepped_up(&who, INSTANT_OF_S(1000600)));
	assert_false(who_has_stepped_up(&who, INSTANT_OF_S(1000601)));
	assert_false(who_has_stepped_up(&who, INSTANT_OF_S(999999)));
	who.stepped = INSTANT_NEVER;
	assert_false(who_has_stepped_up(&who, now));
	who.stepped = now;
	who.state = STAFF_ENROL;
	assert_false(who_has_stepped_up(&who, now));
}

static void a_challenge_is_for_one_purpose_session_and_use(void **state)
{
	static struct challenges c, other;
	const uint8_t nonce[16] = "0123456789abcdef";
	struct instant now = INSTANT_OF_S(1000000);
	uint8_t bytes[CHALLENGE_BYTES];
	struct str ch = {(const char *)bytes, sizeof(bytes)};

	(void)state;
	memset(c.key, 1, sizeof(c.key));
	memset(other.key, 2, sizeof(other.key));
	challenge_make(&c, CHALLENGE_STEP_UP, 7, nonce, now, bytes);
	assert_int_equal(
	    challenge_check(&c, CHALLENGE_STEP_UP, 7, ch, now), RC_OK);
	assert_int_equal(
	    challenge_check(&c, CHALLENGE_ADD, 7, ch, now), RC_INVALID);
	assert_int_equal(
	    challenge_check(&c, CHALLENGE_STEP_UP, 8, ch, now), RC_INVALID);
	assert_int_equal(
	    challenge_check(&other, CHALLENGE_STEP_UP, 7, ch, now), RC_INVALID);
	assert_int_equal(challenge_check(&c, CHALLENGE_STEP_UP, 7, ch,
			     INSTANT_OF_S(1000000 + CHALLENGE_S + 1)),
	    RC_GONE);
	assert_int_equal(challenge_use(&c, ch, 1, now), RC_OK);
	assert_int_equal(challenge_use(&c, ch, 1, now), RC_GONE);
	assert_int_equal(
	    challenge_check(&c, CHALLENGE_STEP_UP, 7, ch, now), RC_GONE);
	for (size_t i = 0; i < CHALLENGE_BYTES; i++) {
		bytes[i] ^= 1;
		assert_int_equal(
		    challenge_check(&c, CHALLENGE_STEP_UP, 7, ch, now),
		    RC_INVALID);
		bytes[i] ^= 1;
	}
}

static void used_challenges_make_room_when_they_are_old(void **state)
{
	static struct challenges c;
	struct instant now = INSTANT_OF_S(1000000);
	uint8_t bytes[CHALLENGE_BYTES], nonce[16] = {0};
	struct str ch = {(const char *)bytes, sizeof(bytes)};

	(void)state;
	for (unsigned i = 0; i <= CHALLENGE_USED_MAX; i++) {
		nonce[0] = (uint8_t)(i & 255);
		nonce[1] = (uint8_t)(i >> 8);
		challenge_make(&c, CHALLENGE_SIGN_IN, 0, nonce, now, bytes);
		assert_int_equal(challenge_use(&c, ch, i / 32, now),
		    i < CHALLENGE_USED_MAX ? RC_OK : RC_BUSY);
	}
	now = INSTANT_OF_S(1000000 + CHALLENGE_S + 1);
	challenge_make(&c, CHALLENGE_SIGN_IN, 0, nonce, now, bytes);
	assert_int_equal(challenge_use(&c, ch, 1, now), RC_OK);
}

/* A colleague signs in by a script, again and again. */
static void nobody_alone_uses_up_the_challenges_of_all(void **state)
{
	static struct challenges c;
	struct instant now = INSTANT_OF_S(1000000);
	uint8_t bytes[CHALLENGE_BYTES], nonce[16] = {0};
	struct str ch = {(const char *)bytes, sizeof(bytes)};

	(void)state;
	for (unsigned i = 0; i < CHALLENGE_USED_MAX; i++) {
		nonce[0] = (uint8_t)(i & 255);
		nonce[1] = (uint8_t)(i >> 8);
		challenge_make(&c, CHALLENGE_SIGN_IN, 0, nonce, now, bytes);
		assert_int_equal(challenge_use(&c, ch, 7, now),
		    i < CHALLENGE_USED_EACH ? RC_OK : RC_BUSY);
	}
	assert_int_equal(challenge_use(&c, ch, 8, now), RC_OK);
}

static void too_many_wrong_ones_wait_and_time_forgets_them(void **state)
{
	static struct throttle t;
	struct str ada = STR("ada");
	int64_t s = 1000000;

	(void)state;
	for (int i = 0; i < 10; i++) {
		assert_int_equal(
		    throttle_wait(&t, THROTTLE_ACCOUNT, ada, INSTANT_OF_S(s)),
		    0);
		throttle_add(&t, THROTTLE_ACCOUNT, ada, INSTANT_OF_S(s));
	}
	assert_int_equal(
	    throttle_wait(&t, THROTTLE_ACCOUNT, ada, INSTANT_OF_S(s)), 30);
	assert_int_equal(
	    throttle_wait(&t, THROTTLE_ACCOUNT, ada, INSTANT_OF_S(s + 29)), 1);
	assert_int_equal(
	    throttle_wait(&t, THROTTLE_ACCOUNT, ada, INSTANT_OF_S(s + 30)), 0);
	/* Nobody else waits for it, nor another kind. */
	assert_int_equal(
	    throttle_wait(&t, THROTTLE_ACCOUNT, STR("bob"), INSTANT_OF_S(s)),
	    0);
	assert_int_equal(
	    throttle_wait(&t, THROTTLE_CODE, ada, INSTANT_OF_S(s)), 0);
	throttle_clear(&t, THROTTLE_ACCOUNT, ada);
	assert_int_equal(
	    throttle_wait(&t, THROTTLE_ACCOUNT, ada, INSTANT_OF_S(s)), 0);
}

/* Whoever guesses at an account tries many made up names in between. */
static void names_that_are_made_up_push_no_full_bucket_out(void **state)
{
	static struct throttle t;
	struct instant now = INSTANT_OF_S(1000000);
	struct instant later = INSTANT_OF_S(1000002);
	char name[16];

	(void)state;
	for (int i = 0; i < 10; i++) {
		throttle_add(&t, THROTTLE_ACCOUNT, STR("ada"), now);
		throttle_add(&t, THROTTLE_CODE, STR("ada"), now);
	}
	for (int round = 0; round < 9; round++)
		for (int i = 0; i < 2 * THROTTLE_PLACES; i++) {
			snprintf(name, sizeof(name), "n%d", i);
			throttle_add(&t, THROTTLE_ACCOUNT, str_of(name), later);
		}
	assert_true(throttle_wait(&t, THROTTLE_ACCOUNT, STR("ada"), later) > 0);
	assert_true(throttle_wait(&t, THROTTLE_CODE, STR("ada"), later) > 0);
	/* The newest has a place. */
	for (int i = 0; i < 10; i++)
		throttle_add(&t, THROTTLE_ACCOUNT, STR("new"), later);
	assert_true(throttle_wait(&t, THROTTLE_ACCOUNT, STR("new"), later) > 0);
}

static void a_clock_that_is_set_back_keeps_nobody_out_or_in(void **state)
{
	static struct throttle t;
	struct instant then = INSTANT_OF_S(400000000);
	struct instant now = INSTANT_OF_S(1000000);
	struct staff_session s = {
	    .state = STAFF_FULL, .created = then, .seen = then};

	(void)state;
	for (int i = 0; i < 10; i++)
		throttle_add(&t, THROTTLE_ACCOUNT, STR("ada"), then);
	assert_true(throttle_wait(&t, THROTTLE_ACCOUNT, STR("ada"), then) > 0);
	assert_int_equal(
	    throttle_wait(&t, THROTTLE_ACCOUNT, STR("ada"), now), 0);
	assert_false(session_is_over(&s, then));
	assert_true(session_is_over(&s, now));
	s.created = now;
	assert_true(session_is_over(&s, now));
	s.seen = now;
	assert_false(session_is_over(&s, now));
	assert_false(session_is_over(&s, INSTANT_OF_S(1000000 - 60)));
	assert_false(session_is_over(&s, INSTANT_OF_S(1000000 + 2 * 86400)));
	assert_true(session_is_over(&s, INSTANT_OF_S(1000000 + 4 * 86400)));
}

static void a_bucket_says_once_that_it_is_full(void **state)
{
	static struct throttle t;
	struct str ada = STR("ada");
	int64_t s = 1000000;
	unsigned said = 0;

	(void)state;
	for (int i = 0; i < 100; i++, s += 30)
		said += throttle_add(&t, THROTTLE_ACCOUNT, ada,
		    INSTANT_OF_S(i < 10 ? 1000000 : s));
	assert_int_equal(said, 1);
	s += 30 * 10;
	for (int i = 0; i < 10; i++)
		said +=
		    throttle_add(&t, THROTTLE_ACCOUNT, ada, INSTANT_OF_S(s));
	assert_int_equal(said, 2);
}

static void a_password_is_its_own_hashs_and_no_others(void **state)
{
	char hash[PASSWORD_HASH_ROOM];

	(void)state;
	assert_int_equal(password_may_be(STR("elevenchars")), RC_INVALID);
	assert_int_equal(password_may_be(STR("twelve chars")), RC_OK);
	assert_int_equal(password_may_be(STR("пароль")), RC_INVALID);
	assert_int_equal(password_may_be(STR("длинный пароль")), RC_OK);
	assert_int_equal(
	    password_hash(STR("correct horse battery"), hash), RC_OK);
	assert_true(
	    str_starts(str_of(hash), STR("$argon2id$v=19$m=65536,t=3,p=1$")));
	assert_true(password_check(str_of(hash), STR("correct horse battery")));
	assert_false(
	    password_check(str_of(hash), STR("correct horse batterz")));
	assert_false(password_check(STR(""), STR("")));
	assert_false(password_check(STR("no hash"), STR("x")));
	assert_false(password_check(password_nobody(), STR("")));
}

static void vault_packets_are_read_as_they_were_written(void **state)
{
	struct vault_ask ask = {.id = UINT64_MAX - 5,
	    .kind = VAULT_CHECK,
	    .hash = STR("hash"),
	    .password = STR("a password")};
	struct vault_reply reply = {7, true, STR("made")};
	struct vault_ask ask2;
	struct vault_reply reply2;
	struct buf b;

	(void)state;
	buf_init(&b, VAULT_PACKET_MAX);
	vault_put_ask(&b, &ask);
	assert_int_equal(vault_ask_parse(buf_str(&b), &ask2), RC_OK);
	assert_true(ask2.id == ask.id && ask2.kind == ask.kind &&
		    str_eq(ask2.hash, ask.hash) &&
		    str_eq(ask2.password, ask.password));
	for (size_t i = 0; i < b.n; i++)
		assert_int_equal(
		    vault_ask_parse(str_part(buf_str(&b), 0, i), &ask2),
		    RC_INVALID);
	buf_clear(&b);
	vault_put_reply(&b, &reply);
	assert_int_equal(vault_reply_parse(buf_str(&b), &reply2), RC_OK);
	assert_true(reply2.id == 7 && reply2.is_right &&
		    str_eq(reply2.hash, reply.hash));
	buf_char(&b, 'x');
	assert_int_equal(vault_reply_parse(buf_str(&b), &reply2), RC_INVALID);
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(
		a_device_is_read_as_it_was_written_and_nothing_else),
	    cmocka_unit_test(
		an_account_has_one_name_in_browsers_and_no_other_has_it),
	    cmocka_unit_test(what_waits_is_done_once_and_only_few_wait),
	    cmocka_unit_test(only_a_proxys_word_is_believed),
	    cmocka_unit_test(a_token_is_read_as_it_was_written),
	    cmocka_unit_test(a_cookie_that_comes_twice_is_nobodys),
	    cmocka_unit_test(a_path_finds_its_row_and_its_parameters),
	    cmocka_unit_test(a_section_is_the_limit_of_a_right),
	    cmocka_unit_test(a_step_up_grows_old),
	    cmocka_unit_test(a_challenge_is_for_one_purpose_session_and_use),
	    cmocka_unit_test(used_challenges_make_room_when_they_are_old),
	    cmocka_unit_test(nobody_alone_uses_up_the_challenges_of_all),
	    cmocka_unit_test(too_many_wrong_ones_wait_and_time_forgets_them),
	    cmocka_unit_test(names_that_are_made_up_push_no_full_bucket_out),
	    cmocka_unit_test(a_bucket_says_once_that_it_is_full),
	    cmocka_unit_test(a_clock_that_is_set_back_keeps_nobody_out_or_in),
	    cmocka_unit_test(a_password_is_its_own_hashs_and_no_others),
	    cmocka_unit_test(vault_packets_are_read_as_they_were_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
