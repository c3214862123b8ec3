/* SPDX-License-Identifier: MIT
 *
 * The till's book: batches that lie ready are taken in whole or not at all,
 * whatever fails; alarms are written down; and what the desk answers.
 */
#include "app/desk_wire.c"
#include "app/files.c"
#include "app/till_book.c"
#include "app/till_desk.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ledger/test/till_fixture.h"

enum { COUNT = 9, SHARED = 2 };

/* A paper's folder with a pin, and the file of its first batch. */
struct place {
	struct till t;
	char dir[64];
	struct str pin;
	struct str file;
	struct till_book *book;
};

static struct str batch_file(
    struct till *t, unsigned number, const struct ledger_batch *batch)
{
	struct batch_head head = {.key = t->secret.key};
	struct buf b;

	till_ok(t, statement_parse(batch->statement, &head.statement, &t->err));
	till_ok(t, minisign_signature_parse(
		       batch->signature, &head.signature, &t->err));
	buf_init_arena(&b, t->a, 1 << 16);
	batch_write_head(&b, &head);
	for (unsigned i = 0; i < COUNT; i++) {
		struct batch_leaf leaf = till_leaf(number, i, SHARED);

		batch_write_leaf(&b, NETWORK_REGTEST, &leaf);
	}
	batch_write_end(&b);
	till_ok(t, buf_rc(&b));
	return buf_str(&b);
}

static int set_up(void **state)
{
	struct place *p = calloc(1, sizeof(*p));
	struct ledger_batch batch;
	struct buf b;

	till_init(&p->t);
	till_sign(&p->t, 1, COUNT, SHARED, &batch);
	p->file = batch_file(&p->t, 1, &batch);
	buf_init_arena(&b, p->t.a, PIN_FILE_MAX);
	pin_write(&b, &p->t.pin);
	p->pin = buf_str(&b);
	strcpy(p->dir, "/tmp/farthing-book-XXXXXX");
	if (!mkdtemp(p->dir))
		return -1;
	till_ok(&p->t, till_book_lock(str_of(p->dir), &p->book, &p->t.err));
	till_ok(&p->t, till_book_open(p->book, p->pin, &p->t.err));
	*state = p;
	return 0;
}

static enum file_walk drop(void *ctx, const struct file_entry *entry)
{
	(void)ctx;
	if (entry->kind != FILE_FOLDER)
		assert_int_equal(file_remove(entry->path, NULL), RC_OK);
	return FILE_WALK_ON;
}

static int tear_down(void **state)
{
	struct place *p = *state;
	char path[96];

	till_book_close(p->book);
	assert_int_equal(
	    file_walk(str_of(p->dir), drop, NULL, &p->t.err), RC_OK);
	snprintf(path, sizeof(path), "%s/till", p->dir);
	rmdir(path);
	snprintf(path, sizeof(path), "%s/run", p->dir);
	rmdir(path);
	assert_int_equal(rmdir(p->dir), 0);
	till_done(&p->t);
	free(p);
	return 0;
}

#define book_test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

static struct str path_of(struct place *p, const char *name)
{
	return arena_printf(p->t.a, "%s/till/%s", p->dir, name);
}

static void lay(struct place *p, const char *name, struct str text)
{
	till_ok(&p->t, file_write(path_of(p, name), text, 0600, &p->t.err));
}

static struct ledger_status status_of(struct place *p)
{
	struct ledger_status s;

	till_ok(&p->t,
	    ledger_status(p->book->ledger, p->t.a, p->t.now, &s, &p->t.err));
	return s;
}

static enum rc take(struct place *p, unsigned *ret_count)
{
	return till_book_take_in(p->book, p->t.now, ret_count, &p->t.err);
}

static void what_lies_ready_is_taken_in_and_its_file_goes(void **state)
{
	struct place *p = *state;
	unsigned n = 7;

	till_ok(&p->t, take(p, &n));
	assert_int_equal(n, 0);
	lay(p, "batch-1", p->file);
	lay(p, "batch-2", STR("the pin does not know this one\n"));
	till_ok(&p->t, take(p, &n));
	assert_int_equal(n, 1);
	assert_int_equal(status_of(p).left, COUNT - SHARED);
	assert_int_equal(file_kind(path_of(p, "batch-1")), FILE_NONE);
	assert_int_equal(file_kind(path_of(p, "batch-2")), FILE_REGULAR);
	/* One that is in already: its file was to be removed. */
	lay(p, "batch-1", p->file);
	till_ok(&p->t, take(p, &n));
	assert_int_equal(file_kind(path_of(p, "batch-1")), FILE_NONE);
}

static void what_was_lost_is_taken_in_as_used_up(void **state)
{
	struct place *p = *state;
	unsigned n = 0;

	lay(p, "lost-1", p->file);
	till_ok(&p->t, take(p, &n));
	assert_int_equal(n, 1);
	assert_int_equal(status_of(p).left, 0);
	assert_int_equal(status_of(p).pause, LEDGER_USED_UP);
	assert_int_equal(file_kind(path_of(p, "lost-1")), FILE_NONE);
	/* And nobody begins it anew. */
	lay(p, "batch-1", p->file);
	till_ok(&p->t, take(p, NULL));
	assert_int_equal(status_of(p).left, 0);
}

static void a_damaged_batch_stays_and_leaves_nothing(void **state)
{
	struct place *p = *state;

	for (size_t at = 0; at < p->file.n; at += 97) {
		struct str bad = arena_copy(p->t.a, p->file);

		((char *)bad.p)[at] ^= 1;
		lay(p, "batch-1", bad);
		assert_int_not_equal(take(p, NULL), RC_OK);
		assert_non_null(strstr(p->t.err.why, "till/batch-1: "));
		assert_int_equal(
		    file_kind(path_of(p, "batch-1")), FILE_REGULAR);
		assert_int_equal(status_of(p).batch, 0);
		lay(p, "batch-1", str_part(p->file, 0, at));
		assert_int_not_equal(take(p, NULL), RC_OK);
		assert_int_equal(status_of(p).batch, 0);
	}
	lay(p, "batch-1", p->file);
	till_ok(&p->t, take(p, NULL));
}

/* The file of batch NUMBER, which the book's pin knows from now on. */
static struct str sign_one_more(struct place *p, unsigned number)
{
	struct ledger_batch batch;

	till_sign(&p->t, number, COUNT, SHARED, &batch);
	*p->book->pin = p->t.pin;
	return batch_file(&p->t, number, &batch);
}

static void a_batch_that_is_no_good_keeps_none_behind_it_out(void **state)
{
	struct place *p = *state;
	struct str second = sign_one_more(p, 2);
	struct str third = sign_one_more(p, 3);
	unsigned n = 0;

	lay(p, "batch-1", p->file);
	lay(p, "batch-2", str_part(second, 0, second.n - 1));
	lay(p, "batch-3", third);
	assert_int_equal(take(p, &n), RC_INVALID);
	assert_non_null(strstr(p->t.err.why, "till/batch-2: "));
	assert_int_equal(n, 2);
	assert_int_equal(status_of(p).batch, 3);
	assert_int_equal(status_of(p).missing, 2);
	assert_int_equal(file_kind(path_of(p, "batch-2")), FILE_REGULAR);
	assert_int_equal(file_kind(path_of(p, "batch-3")), FILE_NONE);
}

static enum rc no_space(void *data)
{
	(void)data;
	return RC_NO_SPACE;
}

/* Else the later one would be in, and this one could not be any more. */
static void a_batch_that_may_go_in_later_is_waited_for(void **state)
{
	struct place *p = *state;

	lay(p, "batch-1", p->file);
	lay(p, "batch-2", sign_one_more(p, 2));
	store_hook(p->book->ledger->db, no_space, NULL);
	assert_int_equal(take(p, NULL), RC_NO_SPACE);
	store_hook(p->book->ledger->db, NULL, NULL);
	assert_non_null(strstr(p->t.err.why, "till/batch-1: "));
	till_ok(&p->t, take(p, NULL));
	assert_int_equal(status_of(p).batch, 2);
	assert_int_equal(status_of(p).missing, 0);
}

static void each_allocation_of_taking_in_may_fail(void **state)
{
#ifndef FARTHING_DEBUG
	/* Other builds cannot let an allocation fail. */
	skip();
#endif
	struct place *p = *state;
	unsigned failed = 0;

	for (unsigned long n = 1;; n++) {
		struct str path = path_of(p, n % 2 ? "batch-1" : "lost-1");
		bool is_in;
		enum rc rc;

		till_ok(&p->t, file_write(path, p->file, 0600, &p->t.err));
		arena_fail_after(n);
		rc = take(p, NULL);
		arena_fail_after(0);
		if (rc == RC_OK)
			break;
		failed++;
		assert_int_equal(rc, RC_NO_MEMORY);
		/* What failed may have been to look for the next one. */
		is_in = status_of(p).batch == 1;
		assert_int_equal(
		    file_kind(path), is_in ? FILE_NONE : FILE_REGULAR);
		if (is_in)
			break;
		till_ok(&p->t, file_remove(path, &p->t.err));
	}
	assert_true(failed >= 2);
	assert_int_equal(status_of(p).batch, 1);
}

struct fault {
	int left;
	bool has_struck;
};

static enum rc strike(void *data)
{
	struct fault *f = data;

	if (f->left == 0 || --f->left > 0)
		return RC_OK;
	f->has_struck = true;
	return RC_NO_SPACE;
}

static void each_step_of_taking_in_may_fail(void **state)
{
	struct place *p = *state;
	unsigned failed = 0;

	lay(p, "batch-1", p->file);
	for (int at = 1;; at++) {
		struct fault f = {.left = at};
		enum rc rc;

		store_hook(p->book->ledger->db, strike, &f);
		rc = take(p, NULL);
		store_hook(p->book->ledger->db, NULL, NULL);
		if (!f.has_struck) {
			till_ok(&p->t, rc);
			break;
		}
		assert_int_equal(rc, RC_NO_SPACE);
		assert_int_equal(status_of(p).batch, 0);
		assert_int_equal(
		    file_kind(path_of(p, "batch-1")), FILE_REGULAR);
		failed++;
	}
	assert_true(failed > 2 * COUNT);
}

static void alarms_are_lines_and_their_file_stays_small(void **state)
{
	struct place *p = *state;
	struct str text;

	assert_null(till_alarms(p->t.a, str_of(p->dir), 2000).p);
	till_book_alarm(p->book, p->t.now, STR("one\nline\tonly"));
	assert_true(str_eq(till_alarms(p->t.a, str_of(p->dir), 2000),
	    STR("2026-11-23T10:00:00Z one line only\n")));
	for (int i = 0; i < 3000; i++) {
		char line[80];

		snprintf(line, sizeof(line), "alarm number %d of many", i);
		till_book_alarm(p->book, p->t.now, str_of(line));
		arena_reset(p->book->call);
	}
	text = till_alarms(p->t.a, str_of(p->dir), 200);
	assert_in_range(text.n, 100, 200);
	assert_true(str_starts(text, STR("2026-11-23T")));
	assert_true(str_ends(text, STR("number 2999 of many\n")));
	arena_fail_after(1);
	till_book_alarm(p->book, p->t.now, STR("not written"));
	arena_fail_after(0);
	till_ok(&p->t, file_remove(path_of(p, "alarms.old"), &p->t.err));
}

/* The desk. */

static struct desk_message *call(struct place *p,
    const struct alarm_list *alarms, unsigned verb, const char *part)
{
	struct desk_message *m = ARENA_NEW(p->t.a, struct desk_message);
	struct desk_message *reply = ARENA_NEW(p->t.a, struct desk_message);
	struct buf b;

	assert_true(m && reply);
	m->kind = verb;
	m->n = part ? 1 : 0;
	m->v[0] = part ? str_of(part) : STR_NONE;
	buf_init_arena(&b, p->t.a, 1 << 16);
	assert_int_equal(till_desk_do(p->book, alarms, m, &b), RC_OK);
	assert_int_equal(desk_wire_read(buf_str(&b), reply), RC_OK);
	return reply;
}

static void the_desk_does_what_it_knows(void **state)
{
	struct place *p = *state;
	struct desk_message *r = call(p, NULL, TILL_PING, NULL);

	assert_int_equal(r->kind, RC_OK);
	assert_int_equal(call(p, NULL, TILL_PING, "x")->kind, RC_INVALID);
	assert_int_equal(call(p, NULL, TILL_SET, NULL)->kind, RC_INVALID);
	assert_int_equal(call(p, NULL, TILL_VERBS, NULL)->kind, RC_INVALID);
	assert_int_equal(call(p, NULL, TILL_SET, "window = 7\n")->kind, RC_OK);
	assert_true(
	    str_eq(ledger_settings_text(p->book->ledger), STR("window = 7\n")));
	r = call(p, NULL, TILL_SET, "window = lots\n");
	assert_int_equal(r->kind, RC_INVALID);
	assert_true(r->v[0].n > 0);
	lay(p, "batch-1", p->file);
	r = call(p, NULL, TILL_TAKE_IN, NULL);
	assert_int_equal(r->kind, RC_OK);
	assert_true(str_eq(r->v[0], STR("1")));
}

static void the_desk_tells_the_alarms_of_the_till_or_the_kept_ones(void **state)
{
	struct place *p = *state;
	struct alarm_list list = {0};
	struct desk_message *r;

	assert_int_equal(call(p, &list, TILL_TELL_ALARMS, NULL)->n, 0);
	for (int k = 0; k < ALARM_KINDS; k++)
		alarm_raise(
		    &list, (enum alarm_kind)k, "something is wrong", p->t.now);
	r = call(p, &list, TILL_TELL_ALARMS, NULL);
	assert_int_equal(r->kind, RC_OK);
	assert_int_equal(r->n, ALARM_KINDS);
	assert_true(str_eq(
	    r->v[0], STR("urgent 2026-11-23T10:00:00Z something is wrong")));
	assert_int_equal(call(p, NULL, TILL_TELL_ALARMS, NULL)->n, 0);
	till_ok(&p->t, ledger_alarms_save(p->book->ledger, &list, &p->t.err));
	assert_int_equal(call(p, NULL, TILL_TELL_ALARMS, NULL)->n, ALARM_KINDS);
}

static void failed_allocations_of_an_answer_are_said(void **state)
{
	struct place *p = *state;
	struct alarm_list list = {0};
	struct desk_message *m = ARENA_NEW(p->t.a, struct desk_message);

	assert_non_null(m);
	m->kind = TILL_TELL_ALARMS;
	alarm_raise(&list, ALARM_READER, "something is wrong", p->t.now);
	for (unsigned long n = 1;; n++) {
		struct desk_message *reply =
		    ARENA_NEW(p->t.a, struct desk_message);
		struct buf b;
		unsigned kind;

		assert_non_null(reply);
		buf_init(&b, 1 << 16);
		arena_fail_after(n);
		assert_int_equal(till_desk_do(p->book, &list, m, &b), RC_OK);
		arena_fail_after(0);
		assert_int_equal(desk_wire_read(buf_str(&b), reply), RC_OK);
		kind = reply->kind;
		buf_done(&b);
		if (kind == RC_OK)
			break;
		assert_int_equal(kind, RC_NO_MEMORY);
		assert_true(n < 100);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    book_test(what_lies_ready_is_taken_in_and_its_file_goes),
	    book_test(what_was_lost_is_taken_in_as_used_up),
	    book_test(a_damaged_batch_stays_and_leaves_nothing),
	    book_test(a_batch_that_is_no_good_keeps_none_behind_it_out),
	    book_test(a_batch_that_may_go_in_later_is_waited_for),
	    book_test(each_allocation_of_taking_in_may_fail),
	    book_test(each_step_of_taking_in_may_fail),
	    book_test(alarms_are_lines_and_their_file_stays_small),
	    book_test(the_desk_does_what_it_knows),
	    book_test(the_desk_tells_the_alarms_of_the_till_or_the_kept_ones),
	    book_test(failed_allocations_of_an_answer_are_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
