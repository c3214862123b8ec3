/* SPDX-License-Identifier: MIT */
#include "paper/staff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "paper/audit.h"
#include "paper/paper_priv.h"
#include "paper/test/desk_fixture.h"
#include "paper/workflow.h"

static uint8_t hashes[64][STAFF_HASH];
static unsigned hashes_n;

static const uint8_t *new_hash(void)
{
	uint8_t *h = hashes[hashes_n++ % 64];

	memset(h, 0, STAFF_HASH);
	memcpy(h, &hashes_n, sizeof(hashes_n));
	return h;
}

static struct staff_by by(struct desk *d, int64_t id)
{
	return (struct staff_by){id, STR("Test"), d->now};
}

/* An account of ROLE with the login LOGIN, made by a link. */
static enum rc try_join(struct desk *d, enum staff_link_kind kind,
    enum staff_role role, const char *login, int64_t *ret_id)
{
	const uint8_t *token = new_hash();
	struct staff_by shell = by(d, 0);
	struct staff_link link = {.kind = kind,
	    .role = role,
	    .name = str_of(login),
	    .created = d->now,
	    .expires = {d->now.us + 1000000}};
	struct staff_joining j = {.link = token,
	    .login = str_of(login),
	    .name = str_of(login),
	    .lang = STR(""),
	    .password = STR("$hash"),
	    .handle = new_hash(),
	    .now = d->now};
	enum rc rc = staff_make_link(d->paper, &link, token, &shell, &d->err);

	return rc == RC_OK ? staff_join(d->paper, &j, ret_id, &d->err) : rc;
}

static int64_t join(struct desk *d, enum staff_role role, const char *login)
{
	int64_t id = 0;

	desk_ok(d, try_join(d, STAFF_LINK_JOIN, role, login, &id));
	return id;
}

static void the_last_owner_cannot_be_lost(void **state)
{
	struct desk *d = *state;
	int64_t ada = join(d, STAFF_OWNER, "ada");
	int64_t bob = join(d, STAFF_EDITOR, "bob");
	struct staff_by who = by(d, ada);

	assert_int_equal(
	    staff_set_role(d->paper, ada, STAFF_EDITOR, NULL, &who, &d->err),
	    RC_DENIED);
	assert_int_equal(
	    staff_set_disabled(d->paper, ada, true, &who, &d->err), RC_DENIED);
	desk_ok(
	    d, staff_set_role(d->paper, bob, STAFF_OWNER, NULL, &who, &d->err));
	/* Two owners who each take the other's place away: one of them can. */
	desk_ok(d, staff_set_disabled(d->paper, ada, true, &who, &d->err));
	assert_int_equal(
	    staff_set_disabled(d->paper, bob, true, &who, &d->err), RC_DENIED);
	desk_ok(d, staff_set_disabled(d->paper, ada, false, &who, &d->err));
}

static void there_is_one_first_owner(void **state)
{
	struct desk *d = *state;
	int64_t id;
	bool has = true;

	desk_ok(d, staff_has_owner(d->paper, &has, &d->err));
	assert_false(has);
	desk_ok(d, try_join(d, STAFF_LINK_FIRST, STAFF_OWNER, "ada", &id));
	assert_int_equal(
	    try_join(d, STAFF_LINK_FIRST, STAFF_OWNER, "eve", &id), RC_EXISTS);
}

/* Two links for the first owner are out; one is used. */
static void a_first_link_is_dead_once_there_is_an_owner(void **state)
{
	struct desk *d = *state;
	const uint8_t *token = new_hash();
	struct staff_by shell = by(d, 0);
	struct staff_link link = {.kind = STAFF_LINK_FIRST,
	    .role = STAFF_OWNER,
	    .created = d->now,
	    .expires = {d->now.us + 1000000}};
	struct staff_joining j = {.link = token,
	    .login = STR("eve"),
	    .name = STR("Eve"),
	    .lang = STR(""),
	    .password = STR("$hash"),
	    .handle = new_hash(),
	    .now = d->now};
	int64_t id;

	desk_ok(d, staff_make_link(d->paper, &link, token, &shell, &d->err));
	join(d, STAFF_OWNER, "ada");
	assert_int_equal(staff_join(d->paper, &j, &id, &d->err), RC_NOT_FOUND);
}

/* An owner who is sent away has invited somebody: perhaps under another name
 * the same person. */
static void who_is_sent_away_leaves_no_way_back(void **state)
{
	struct desk *d = *state;
	int64_t ada = join(d, STAFF_OWNER, "ada");
	int64_t eve = join(d, STAFF_OWNER, "eve");
	struct staff_by adas = by(d, ada), eves = by(d, eve);
	const uint8_t *tokens[] = {new_hash(), new_hash(), new_hash()};
	struct staff_link link = {.kind = STAFF_LINK_JOIN,
	    .role = STAFF_OWNER,
	    .name = STR("Mallory"),
	    .made_by = eve,
	    .created = d->now,
	    .expires = {d->now.us + 1000000}};

	desk_ok(d, staff_make_link(d->paper, &link, tokens[0], &eves, &d->err));
	desk_ok(d,
	    staff_set_role(d->paper, eve, STAFF_EDITOR, NULL, &adas, &d->err));
	assert_int_equal(
	    staff_find_link(d->paper, d->a, tokens[0], d->now, &link, &d->err),
	    RC_NOT_FOUND);
	desk_ok(d, staff_make_link(d->paper, &link, tokens[0], &eves, &d->err));
	link.made_by = ada;
	desk_ok(d, staff_make_link(d->paper, &link, tokens[1], &adas, &d->err));
	link.kind = STAFF_LINK_RESET;
	link.staff = eve;
	desk_ok(d, staff_make_link(d->paper, &link, tokens[2], &adas, &d->err));
	desk_ok(d, staff_set_disabled(d->paper, eve, true, &adas, &d->err));
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(staff_find_link(d->paper, d->a, tokens[i],
				     d->now, &link, &d->err),
		    i == 1 ? RC_OK : RC_NOT_FOUND);
}

static void a_link_works_once_and_not_too_late(void **state)
{
	struct desk *d = *state;
	const uint8_t *token = new_hash();
	struct staff_by shell = by(d, 0);
	struct staff_link link = {.kind = STAFF_LINK_JOIN,
	    .role = STAFF_REPORTER,
	    .name = STR("Kim"),
	    .created = d->now,
	    .expires = {d->now.us + 1000000}};
	struct staff_joining j = {.link = token,
	    .login = STR("kim"),
	    .name = STR("Kim"),
	    .lang = STR("ko"),
	    .password = STR("$hash"),
	    .handle = new_hash(),
	    .now = {d->now.us + 1000000}};
	int64_t id = 0;

	desk_ok(d, staff_make_link(d->paper, &link, token, &shell, &d->err));
	assert_int_equal(staff_join(d->paper, &j, &id, &d->err), RC_NOT_FOUND);
	j.now = d->now;
	desk_ok(d, staff_join(d->paper, &j, &id, &d->err));
	j.login = STR("kim2");
	j.handle = new_hash();
	assert_int_equal(staff_join(d->paper, &j, &id, &d->err), RC_NOT_FOUND);
}

static void a_login_is_one_persons(void **state)
{
	struct desk *d = *state;
	struct str login;
	int64_t id;

	join(d, STAFF_OWNER, "ada");
	assert_int_equal(
	    try_join(d, STAFF_LINK_JOIN, STAFF_REPORTER, "ada", &id),
	    RC_EXISTS);
	desk_ok(d, staff_login(d->a, STR(" Ada.Quay@Example.org "), &login));
	desk_text(login, "ada.quay@example.org");
	assert_int_equal(
	    staff_login(d->a, STR("ada quay"), &login), RC_INVALID);
	assert_int_equal(staff_login(d->a, STR(".ada"), &login), RC_INVALID);
	assert_int_equal(staff_login(d->a, STR("аda"), &login), RC_INVALID);
}

static enum staff_state state_next = STAFF_FULL;

static int64_t open_session(
    struct desk *d, int64_t id, const uint8_t *token, const uint8_t *was)
{
	struct staff_opening o = {.token = token,
	    .was = was,
	    .session = {.staff = id,
		.state = state_next,
		.created = d->now,
		.seen = d->now,
		.stepped = d->now,
		.agent = STR("Browser")},
	    .what = STR("sign-in")};
	struct staff_by who = by(d, id);
	struct staff_session s;

	desk_ok(d, staff_open_session(d->paper, &o, &who, &d->err));
	desk_ok(d, staff_find_session(d->paper, d->a, token, &s, &d->err));
	return s.id;
}

static enum rc find_session(struct desk *d, const uint8_t *token)
{
	struct staff_session s;

	return staff_find_session(d->paper, d->a, token, &s, &d->err);
}

static void a_session_that_rises_leaves_its_token_behind(void **state)
{
	struct desk *d = *state;
	int64_t ada = join(d, STAFF_OWNER, "ada");
	const uint8_t *half = new_hash(), *full = new_hash();

	open_session(d, ada, half, NULL);
	open_session(d, ada, full, half);
	assert_int_equal(find_session(d, half), RC_NOT_FOUND);
	assert_int_equal(find_session(d, full), RC_OK);
}

/* Who knows the password, and has no code, opens half ones without end. */
static void half_sessions_push_no_full_one_out(void **state)
{
	struct desk *d = *state;
	int64_t ada = join(d, STAFF_OWNER, "ada");
	uint8_t full[STAFF_HASH] = {7}, token[STAFF_HASH] = {9};
	struct staff_session *list;
	size_t n;

	open_session(d, ada, full, NULL);
	state_next = STAFF_HALF;
	for (int i = 0; i < STAFF_SESSIONS_MOST + 5; i++) {
		token[1] = (uint8_t)i;
		open_session(d, ada, token, NULL);
	}
	state_next = STAFF_FULL;
	assert_int_equal(find_session(d, full), RC_OK);
	for (int i = 0; i < STAFF_SESSIONS_MOST; i++) {
		token[2] = (uint8_t)(i + 1);
		open_session(d, ada, token, NULL);
	}
	assert_int_equal(find_session(d, full), RC_NOT_FOUND);
	desk_ok(d, staff_sessions(d->paper, d->a, ada, &list, &n, &d->err));
	assert_int_equal(n, STAFF_SESSIONS_MOST);
}

static void who_loses_a_role_loses_all_sessions(void **state)
{
	struct desk *d = *state;
	int64_t ada = join(d, STAFF_OWNER, "ada");
	int64_t bob = join(d, STAFF_EDITOR, "bob");
	const uint8_t *a = new_hash(), *b = new_hash();
	struct staff_by who = by(d, ada);

	open_session(d, ada, a, NULL);
	open_session(d, bob, b, NULL);
	desk_ok(d,
	    staff_set_role(d->paper, bob, STAFF_REPORTER, NULL, &who, &d->err));
	assert_int_equal(find_session(d, a), RC_OK);
	assert_int_equal(find_session(d, b), RC_NOT_FOUND);
}

static void nobody_ends_a_session_of_somebody_else(void **state)
{
	struct desk *d = *state;
	int64_t ada = join(d, STAFF_OWNER, "ada");
	int64_t bob = join(d, STAFF_EDITOR, "bob");
	const uint8_t *a = new_hash();
	struct staff_by who = by(d, bob);
	int64_t session = open_session(d, ada, a, NULL);

	assert_int_equal(
	    staff_end_session(d->paper, bob, session, &who, &d->err),
	    RC_NOT_FOUND);
	assert_int_equal(find_session(d, a), RC_OK);
}

static void steps_and_counters_only_go_forward(void **state)
{
	struct desk *d = *state;
	int64_t ada = join(d, STAFF_OWNER, "ada");
	struct staff_by who = by(d, ada);
	struct staff_passkey k = {.staff = ada,
	    .credential = STR("one"),
	    .algorithm = -7,
	    .public_key = STR("key"),
	    .counter = 5,
	    .name = STR("Phone"),
	    .created = d->now};
	struct staff_passkey got;

	desk_ok(d,
	    staff_set_totp(d->paper, ada, STR("secret"), 100, &who, &d->err));
	assert_int_equal(
	    staff_use_totp(d->paper, ada, 100, &d->err), RC_DENIED);
	desk_ok(d, staff_use_totp(d->paper, ada, 101, &d->err));
	assert_int_equal(
	    staff_use_totp(d->paper, ada, 101, &d->err), RC_DENIED);
	desk_ok(d, staff_add_passkey(d->paper, &k, &who, &d->err));
	assert_int_equal(
	    staff_add_passkey(d->paper, &k, &who, &d->err), RC_EXISTS);
	desk_ok(
	    d, staff_find_passkey(d->paper, d->a, STR("one"), &got, &d->err));
	assert_int_equal(
	    staff_use_passkey(d->paper, got.id, 5, d->now, &d->err), RC_DENIED);
	assert_int_equal(
	    staff_use_passkey(d->paper, got.id, 0, d->now, &d->err), RC_DENIED);
	desk_ok(d, staff_use_passkey(d->paper, got.id, 6, d->now, &d->err));
}

static void the_only_way_in_cannot_be_removed(void **state)
{
	struct desk *d = *state;
	int64_t ada = join(d, STAFF_OWNER, "ada");
	struct staff_by who = by(d, ada);
	struct staff_passkey k = {.staff = ada,
	    .credential = STR("one"),
	    .algorithm = -7,
	    .public_key = STR("key"),
	    .name = STR(""),
	    .created = d->now};
	struct staff_passkey got;
	struct staff staff;

	assert_int_equal(
	    staff_remove_password(d->paper, ada, 0, &who, &d->err), RC_DENIED);
	desk_ok(d, staff_add_passkey(d->paper, &k, &who, &d->err));
	desk_ok(
	    d, staff_find_passkey(d->paper, d->a, STR("one"), &got, &d->err));
	assert_int_equal(
	    staff_remove_passkey(d->paper, ada, got.id, &who, &d->err),
	    RC_DENIED);
	/* The password can go, and be set anew; the passkey alone stays. */
	desk_ok(
	    d, staff_set_totp(d->paper, ada, STR("secret"), 1, &who, &d->err));
	desk_ok(d, staff_remove_password(d->paper, ada, 0, &who, &d->err));
	desk_ok(d, staff_get(d->paper, d->a, ada, &staff, &d->err));
	assert_int_equal(staff.password.n, 0);
	assert_int_equal(staff.totp.n, 0);
	desk_ok(
	    d, staff_set_totp(d->paper, ada, STR("secret"), 1, &who, &d->err));
	assert_int_equal(
	    staff_remove_passkey(d->paper, ada, got.id, &who, &d->err),
	    RC_DENIED);
	desk_ok(d, staff_set_totp(d->paper, ada, STR(""), 0, &who, &d->err));
	desk_ok(d,
	    staff_set_password(d->paper, ada, STR("$hash"), 0, &who, &d->err));
	assert_int_equal(
	    staff_remove_passkey(d->paper, ada, got.id, &who, &d->err),
	    RC_DENIED);
	desk_ok(
	    d, staff_set_totp(d->paper, ada, STR("secret"), 1, &who, &d->err));
	desk_ok(d, staff_remove_passkey(d->paper, ada, got.id, &who, &d->err));
	assert_int_equal(
	    staff_set_totp(d->paper, ada, STR(""), 0, &who, &d->err),
	    RC_DENIED);
}

static void a_recovery_code_works_once(void **state)
{
	struct desk *d = *state;
	int64_t ada = join(d, STAFF_OWNER, "ada");
	struct staff_by who = by(d, ada);
	uint8_t codes[2][STAFF_HASH] = {{1}, {2}};
	struct staff s;

	desk_ok(d, staff_set_recovery(d->paper, ada,
		       (const uint8_t(*)[STAFF_HASH])codes, 2, &who, &d->err));
	desk_ok(d, staff_use_recovery(d->paper, ada, codes[0], &who, &d->err));
	assert_int_equal(
	    staff_use_recovery(d->paper, ada, codes[0], &who, &d->err),
	    RC_NOT_FOUND);
	desk_ok(d, staff_get(d->paper, d->a, ada, &s, &d->err));
	assert_int_equal(s.recovery_codes, 1);
}

/* Every step of the database fails once; what was asked for then has happened
 * as a whole, log and all, or not at all. */
static enum rc fail_at;
static long fail_left;

static enum rc fail_once(void *data)
{
	(void)data;
	return --fail_left == 0 ? fail_at : RC_OK;
}

static int64_t log_rows(struct desk *d)
{
	const struct audit_wish wish = {INT64_MAX, 0, 1};
	struct audit_row *rows;
	size_t n;

	desk_ok(d, audit_list(d->paper, d->a, &wish, &rows, &n, &d->err));
	return n ? rows[0].seq : 0;
}

static void a_change_that_fails_changes_nothing(void **state)
{
	struct desk *d = *state;
	int64_t ada = join(d, STAFF_OWNER, "ada");
	int64_t bob = join(d, STAFF_EDITOR, "bob");
	struct staff_by who = by(d, ada);
	enum rc rc = RC_IO;

	fail_at = RC_NO_SPACE;
	for (long at = 1; rc != RC_OK; at++) {
		int64_t before = log_rows(d);
		struct staff s;

		assert_true(at < 100);
		fail_left = at;
		store_hook(d->paper->db, fail_once, NULL);
		rc = staff_set_disabled(d->paper, bob, true, &who, &d->err);
		store_hook(d->paper->db, NULL, NULL);
		desk_ok(d, staff_get(d->paper, d->a, bob, &s, &d->err));
		assert_int_equal(s.is_disabled, rc == RC_OK);
		assert_int_equal(log_rows(d), before + (rc == RC_OK));
	}
}

static void every_change_is_in_the_log(void **state)
{
	struct desk *d = *state;
	const struct audit_wish wish = {INT64_MAX, 0, 100};
	struct audit_row *rows;
	size_t n;

	join(d, STAFF_OWNER, "ada");
	desk_ok(d, audit_list(d->paper, d->a, &wish, &rows, &n, &d->err));
	assert_int_equal(n, 2);
	desk_text(rows[0].entry.what, "join");
	desk_text(rows[0].entry.about, "ada");
	desk_text(rows[1].entry.what, "invite");
}

static void names_that_look_alike_are_one_persons(void **state)
{
	static const struct {
		const char *one, *other;
		bool alike;
	} names[] = {
	    {"Ada Quay", "ada  QUAY", true},
	    {"Ada Quay", "Ada Quay", true},
	    {"Ada Quay",
		"\xD0\x90"
		"d\xD0\xB0 Quay",
		true},					      /* Cyrillic */
	    {"Ada Quay", "A\xE2\x80\x8B\x64\x61 Quay", true}, /* unseen */
	    {"Ada Quay", "Ada-Quay.", true},
	    {"Bill", "B1II", true},
	    {"Oto", "\xCE\x9F\x74\x30", true}, /* Greek, and a digit */
	    {"Ada Quay", "Ada Quayle", false},
	    {"Ada Quay", "AdaQuay", false},
	    {"Jose", "Jos\xC3\xA9", false},
	    {"\xED\x99\x8D", "\xEA\xB9\x80", false},
	};
	struct desk *d = *state;
	int64_t bob = join(d, STAFF_EDITOR, "bob"), id;
	struct staff_by who = by(d, bob);

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (staff_names_alike(d->a, str_of(names[i].one),
			str_of(names[i].other)) != names[i].alike)
			fail_msg("%s, %s", names[i].one, names[i].other);
	join(d, STAFF_EDITOR, "carol");
	assert_int_equal(staff_set_name(d->paper, bob,
			     STR("C\xD0\xB0"
				 "rol"),
			     &who, &d->err),
	    RC_EXISTS);
	desk_ok(d, staff_set_name(d->paper, bob, STR("BOB"), &who, &d->err));
	assert_int_equal(
	    try_join(d, STAFF_LINK_JOIN, STAFF_EDITOR, "b0b", &id), RC_EXISTS);
}

/* The step of a handler: two changes, and the row that tells of them. */
static enum rc step_with_row(struct desk *d, int64_t story)
{
	const struct paper_release release = {
	    .id = story, .who = STR("ada"), .when = d->now, .now = d->now};
	enum rc rc = paper_step_begin(d->paper, &d->err);

	if (rc != RC_OK)
		return rc;
	rc = paper_release(d->paper, &release, NULL, &d->err);
	if (rc == RC_OK)
		rc = paper_set_review(d->paper, true, &d->err);
	if (rc == RC_OK)
		rc = audit_add(d->paper,
		    &(struct audit_entry){.at = d->now,
			.name = STR("Ada"),
			.what = STR("publish"),
			.about = STR("story 1")},
		    &d->err);
	return paper_step_end(d->paper, rc, &d->err);
}

static void a_step_and_its_row_are_there_both_or_neither(void **state)
{
	const struct manuscript m = {
	    .headline = STR("A step"), .body = STR("And its row.\n")};
	struct desk *d = *state;
	const struct paper_edit edit = {
	    .manuscript = &m, .who = STR("ada"), .now = d->now};
	int64_t story, bad = -1, next = -1;
	enum rc rc = RC_IO;

	desk_ok(d, paper_save(d->paper, &edit, &story, NULL, &d->err));
	fail_at = RC_NO_SPACE;
	for (long at = 1; rc != RC_OK; at++) {
		int64_t before = log_rows(d);
		struct paper_step *steps;
		struct paper_state s;
		size_t n = 0;

		assert_true(at < 200);
		fail_left = at;
		store_hook(d->paper->db, fail_once, NULL);
		rc = step_with_row(d, story);
		store_hook(d->paper->db, NULL, NULL);
		desk_ok(d, paper_state(d->paper, d->a, story, &s, &d->err));
		desk_ok(d, paper_steps(d->paper, d->a, story, INT64_MAX, 10,
			       &steps, &n, &d->err));
		assert_int_equal(s.status == PAPER_PUBLISHED, rc == RC_OK);
		assert_int_equal(s.must_approve, rc == RC_OK);
		assert_int_equal(n, rc == RC_OK);
		assert_int_equal(log_rows(d), before + (rc == RC_OK));
	}
	/* A rule that refuses takes the rest back, too. */
	assert_int_equal(step_with_row(d, story), RC_INVALID);
	desk_ok(d, audit_check(d->paper, 1, 100, &bad, &next, &d->err));
	assert_int_equal(bad, 0);
	/* And nothing stays open behind it. */
	desk_ok(d, paper_set_review(d->paper, false, &d->err));
}

static void a_log_that_was_edited_does_not_fit(void **state)
{
	struct desk *d = *state;
	int64_t bad = -1, next = -1;

	for (int i = 0; i < 5; i++)
		desk_ok(d, audit_add(d->paper,
			       &(struct audit_entry){.at = d->now,
				   .name = STR("Ada"),
				   .what = STR("publish"),
				   .about = STR("story 1")},
			       &d->err));
	desk_ok(d, audit_check(d->paper, 1, 100, &bad, &next, &d->err));
	assert_int_equal(bad, 0);
	assert_int_equal(next, 0);
	desk_ok(d, audit_check(d->paper, 1, 2, &bad, &next, &d->err));
	assert_int_equal(next, 3);
	desk_ok(
	    d, store_script(d->paper->db,
		   SQL("UPDATE audit SET about = 'story 2' WHERE seq = 4")));
	desk_ok(d, audit_check(d->paper, 1, 100, &bad, &next, &d->err));
	assert_int_equal(bad, 4);
	desk_ok(d,
	    store_script(d->paper->db, SQL("DELETE FROM audit WHERE seq = 2")));
	desk_ok(d, audit_check(d->paper, 1, 100, &bad, &next, &d->err));
	assert_int_equal(bad, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(names_that_look_alike_are_one_persons),
	    desk_test(a_step_and_its_row_are_there_both_or_neither),
	    desk_test(the_last_owner_cannot_be_lost),
	    desk_test(there_is_one_first_owner),
	    desk_test(a_first_link_is_dead_once_there_is_an_owner),
	    desk_test(who_is_sent_away_leaves_no_way_back),
	    desk_test(a_link_works_once_and_not_too_late),
	    desk_test(a_login_is_one_persons),
	    desk_test(a_session_that_rises_leaves_its_token_behind),
	    desk_test(half_sessions_push_no_full_one_out),
	    desk_test(who_loses_a_role_loses_all_sessions),
	    desk_test(nobody_ends_a_session_of_somebody_else),
	    desk_test(steps_and_counters_only_go_forward),
	    desk_test(the_only_way_in_cannot_be_removed),
	    desk_test(a_recovery_code_works_once),
	    desk_test(a_change_that_fails_changes_nothing),
	    desk_test(every_change_is_in_the_log),
	    desk_test(a_log_that_was_edited_does_not_fit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
