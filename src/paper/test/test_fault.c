/* SPDX-License-Identifier: MIT
 *
 * What remains when a step fails, or the process dies in it. A play of some
 * twenty acts is performed once without faults, and after each act it is
 * written down what the paper and its readers then see. Then it is performed
 * again and again, with a fault at another step each time: afterwards the
 * paper must look as after the last act that was acknowledged, or as after
 * the one that was under way; never like anything else.
 *
 * FARTHING_TEST_ALL=1 tries every step instead of some.
 */
#include "paper/paper.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/front.h"
#include "paper/library_told.h"
#include "paper/paper_priv.h"
#include "paper/test/desk_fixture.h"
#include "paper/workflow.h"
#include "paper/write.h"

static enum rc find(struct desk *d, const char *ref, int64_t *ret_id)
{
	return paper_find(d->paper, str_of(ref), ret_id, &d->err);
}

static enum rc save(struct desk *d, const char *ref, const char *headline,
    const char *section, const char *author)
{
	struct manuscript m = desk_manuscript(headline, section, author);
	struct paper_edit edit = {.manuscript = &m, .now = d->now};
	enum rc rc = ref ? find(d, ref, &edit.id) : RC_OK;

	return rc == RC_OK ? paper_save(d->paper, &edit, NULL, NULL, &d->err)
			   : rc;
}

static enum rc act_save(struct desk *d)
{
	return save(d, NULL, "Storm", "News", "Ada Quay");
}

static enum rc act_submit(struct desk *d)
{
	int64_t id;
	enum rc rc = find(d, "storm", &id);

	return rc == RC_OK ? paper_submit(d->paper, id, d->now, &d->err) : rc;
}

static enum rc act_publish(struct desk *d)
{
	int64_t id;
	enum rc rc = find(d, "storm", &id);

	return rc == RC_OK ? paper_publish(d->paper, id, d->now, NULL, &d->err)
			   : rc;
}

static enum rc act_apply(struct desk *d)
{
	return paper_outbox_apply(d->paper, d->now, 100, NULL, &d->err);
}

static enum rc act_edit(struct desk *d)
{
	return save(d, "storm", "Storm breaks the wall", "Weather", "Bo Reed");
}

/* A new text, of which readers see nothing. */
static enum rc act_work(struct desk *d)
{
	struct manuscript m =
	    desk_manuscript("Storm breaks the dyke", "News", "Cy Old");
	struct paper_write_result got;
	struct paper_write w = {.manuscript = &m, .now = d->now};
	int64_t shown;
	enum rc rc = find(d, "storm", &w.id);

	if (rc == RC_OK)
		rc = paper_newest(d->paper, w.id, &w.base, &shown, &d->err);
	return rc == RC_OK ? paper_write(d->paper, d->a, &w, &got, &d->err)
			   : rc;
}

static enum rc act_correct(struct desk *d)
{
	struct paper_release r = {.change = PAPER_CORRECTION,
	    .text = STR("It was the dyke."),
	    .now = d->now,
	    .when = d->now};
	enum rc rc = find(d, "storm", &r.id);

	return rc == RC_OK ? paper_release(d->paper, &r, NULL, &d->err) : rc;
}

static enum rc act_front(struct desk *d)
{
	struct paper_placed placed = {
	    .slot = PAPER_LEAD, .until = INSTANT_NEVER};
	enum rc rc = find(d, "storm", &placed.story);

	return rc == RC_OK ? paper_set_front(d->paper, 0, &placed, 1, &d->err)
			   : rc;
}

static enum rc act_rename(struct desk *d)
{
	int64_t id;
	enum rc rc = find(d, "storm", &id);

	return rc == RC_OK ? paper_rename(d->paper, id, STR("the-storm"),
				 d->now, &d->err)
			   : rc;
}

static enum rc act_save_second(struct desk *d)
{
	return save(d, NULL, "Budget", "News", "Ada Quay");
}

static enum rc act_schedule(struct desk *d)
{
	struct instant when = {d->now.us + 1000000};
	int64_t id;
	enum rc rc = find(d, "budget", &id);

	return rc == RC_OK
		   ? paper_schedule(d->paper, id, when, d->now, NULL, &d->err)
		   : rc;
}

static enum rc act_due(struct desk *d)
{
	struct instant later = {d->now.us + 2000000};
	struct instant next;
	size_t n;

	return paper_due(d->paper, later, &n, &next, &d->err);
}

static enum rc act_withdraw(struct desk *d)
{
	int64_t id;
	enum rc rc = find(d, "the-storm", &id);

	return rc == RC_OK ? paper_withdraw(d->paper, id, STR("An error."),
				 d->now, &d->err)
			   : rc;
}

static enum rc act_settings(struct desk *d)
{
	struct paper_settings settings = {
	    .name = STR("The Evening Farthing"),
	    .lang = STR("en"),
	};

	return paper_set_settings(d->paper, &settings, d->now, &d->err);
}

static enum rc act_sections(struct desk *d)
{
	struct str v[] = {STR("Weather"), STR("Letters"), STR("News")};

	return paper_set_sections(d->paper, &(struct str_list){v, 3}, &d->err);
}

static enum rc act_person(struct desk *d)
{
	return paper_set_person(d->paper, STR("ada-quay"), STR("Ada M. Quay"),
	    STR("She writes."), &d->err);
}

static enum rc import_some(struct desk *d, const char *hash, const char *text)
{
	enum rc rc = paper_batch_begin(d->paper, d->now, &d->err);

	for (int i = 0; rc == RC_OK && i < 3; i++) {
		static const char *const names[] = {"One", "Two", "Three"};
		struct manuscript m =
		    desk_manuscript(names[i], "Archive", "Cy Old");
		struct paper_import import = {
		    .key = str_of(names[i]),
		    .hash = str_of(hash),
		    .manuscript = &m,
		    .now = d->now,
		};
		enum paper_outcome outcome;

		m.body = str_of(text);
		m.is_draft = i == 1;
		rc = paper_import(d->paper, &import, &outcome, NULL, &d->err);
		if (rc != RC_OK)
			paper_batch_cancel(d->paper);
	}
	return rc == RC_OK ? paper_batch_commit(d->paper, d->now, &d->err) : rc;
}

static enum rc act_import(struct desk *d)
{
	return import_some(d, "01234567", "Old.\n");
}

static enum rc act_import_changed(struct desk *d)
{
	return import_some(d, "76543210", "Old, and mended.\n");
}

#define STEM "abcdefghijklmnopqrstuvwxyz"

static const struct staff_by by = {1, STR_INIT("Ada Quay"), {1000000}};

static enum rc act_picture(struct desk *d)
{
	const struct library_picture picture = {
	    .hash = STR("0000000000000000000000000000000000000000000000000000"
			"000000000000"),
	    .stem = STR(STEM),
	    .kind = STR("JPEG"),
	    .words = {.caption = STR("The quay")},
	    .files = {.whole = {{400, 300}}, .whole_n = 1},
	};
	int64_t id;

	return library_add(d->paper, &picture, &by, &id, &d->err);
}

static enum rc act_pictured(struct desk *d)
{
	struct manuscript m = desk_manuscript("Pictured", "News", "Ada Quay");
	struct paper_edit edit = {.manuscript = &m, .now = d->now};

	m.picture.url = STR("/pictures/" STEM "-400.jpg");
	return paper_save(d->paper, &edit, NULL, NULL, &d->err);
}

static enum rc act_publish_pictured(struct desk *d)
{
	int64_t id;
	enum rc rc = find(d, "pictured", &id);

	return rc == RC_OK ? paper_publish(d->paper, id, d->now, NULL, &d->err)
			   : rc;
}

/* New words of the picture, which its story's readers are told. */
static enum rc act_words(struct desk *d)
{
	const struct library_words words = {.caption = STR("The mole")};
	struct library_picture p;
	const struct library_change change = {.picture = &p,
	    .words = &words,
	    .release = {.change = PAPER_CORRECTION,
		.text = STR("It is the mole."),
		.who = STR("ada"),
		.now = d->now}};
	enum rc rc = library_get(d->paper, d->a, 1, &p, &d->err);

	if (rc == RC_OK)
		rc = paper_step_begin(d->paper, &d->err);
	if (rc != RC_OK)
		return rc;
	rc = library_change(d->paper, &change, &by, &d->err);
	return paper_step_end(d->paper, rc, &d->err);
}

static enum rc (*const acts[])(struct desk *) = {
    act_save,
    act_apply,
    act_submit,
    act_publish,
    act_apply,
    act_edit,
    act_apply,
    act_work,
    act_correct,
    act_front,
    act_apply,
    act_rename,
    act_save_second,
    act_schedule,
    act_apply,
    act_import,
    act_due,
    act_apply,
    act_withdraw,
    act_settings,
    act_sections,
    act_apply,
    act_person,
    act_import_changed,
    act_apply,
    act_picture,
    act_pictured,
    act_publish_pictured,
    act_apply,
    act_words,
    act_apply,
};

enum { ACTS = sizeof(acts) / sizeof(acts[0]) };

/* What the paper looks like after 0, 1, ... acts, all of it applied. */
static struct str *references(void)
{
	static struct str v[ACTS + 1]; /* Global: made once */
	void *state;

	for (size_t k = 0; k <= ACTS && v[ACTS].n == 0; k++) {
		struct desk *d;

		assert_int_equal(desk_set_up(&state), 0);
		d = state;
		for (size_t i = 0; i < k; i++)
			desk_ok(d, acts[i](d));
		desk_apply(d);
		v[k] = desk_dump(d);
		v[k].p = strndup(v[k].p, v[k].n);
		desk_tear_down(&state);
	}
	return v;
}

static void assert_like(struct str got, struct str a, struct str b, int at)
{
	if (str_eq(got, a) || str_eq(got, b))
		return;
	print_error("fault at step %d\n--- got\n%.*s--- want\n%.*s--- or\n"
		    "%.*s",
	    at, STR_ARG(got), STR_ARG(a), STR_ARG(b));
	fail();
}

struct fault {
	int left;
	bool is_deadly;
	bool has_struck;
};

static enum rc strike(void *data)
{
	struct fault *f = data;

	if (f->left == 0 || --f->left > 0)
		return RC_OK;
	f->has_struck = true;
	if (f->is_deadly)
		_exit(9);
	return RC_NO_SPACE;
}

static void arm(struct desk *d, struct fault *f)
{
	store_hook(d->paper->db, strike, f);
	store_hook(d->paper->edition, strike, f);
}

static int stride(void)
{
	return getenv("FARTHING_TEST_ALL") ? 1 : 13;
}

static void a_failed_step_changes_nothing_and_can_be_retried(void **unused)
{
	struct str *want = references();
	int tried = 0;

	(void)unused;
	for (int at = 1;; at += stride()) {
		struct fault f = {.left = at};
		struct desk *d;
		void *state;

		assert_int_equal(desk_set_up(&state), 0);
		d = state;
		for (size_t i = 0; i < ACTS; i++) {
			enum rc rc;

			arm(d, &f);
			rc = acts[i](d);
			if (rc == RC_OK)
				continue;
			assert_true(f.has_struck);
			assert_int_equal(rc, RC_NO_SPACE);
			assert_true(strlen(d->err.why) > 0);
			if (at % 2) {
				desk_close(d);
				desk_open(d);
			}
			desk_apply(d);
			assert_like(desk_dump(d), want[i], want[i + 1], at);
			if (str_eq(desk_dump(d), want[i]))
				desk_ok(d, acts[i](d));
			desk_apply(d);
			assert_like(desk_dump(d), want[i + 1], want[i + 1], at);
		}
		f.left = 0;
		desk_apply(d);
		assert_like(desk_dump(d), want[ACTS], want[ACTS], at);
		desk_tear_down(&state);
		if (!f.has_struck)
			break;
		tried++;
	}
	print_message("note: %d steps failed in turn\n", tried);
	assert_true(tried > 10);
}

/* Performs the play in a child, which writes a byte for each act done. */
static int perform(struct desk *d, struct fault *f, int kill_after_us)
{
	int ends[2];
	int done = 0;
	int status;
	char byte;
	pid_t child;

	desk_close(d);
	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (paper_open(str_of(d->dir), &d->paper, &d->err) != RC_OK)
			_exit(1);
		arm(d, f);
		for (size_t i = 0; i < ACTS; i++)
			if (acts[i](d) != RC_OK || write(ends[1], "+", 1) != 1)
				_exit(2);
		_exit(0);
	}
	close(ends[1]);
	if (kill_after_us > 0) {
		usleep((useconds_t)kill_after_us);
		kill(child, SIGKILL);
	}
	while (read(ends[0], &byte, 1) == 1)
		done++;
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status))
		assert_true(
		    WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == 9);
	desk_open(d);
	desk_apply(d);
	return done;
}

static void a_death_in_any_step_loses_nothing_acknowledged(void **unused)
{
	struct str *want = references();
	int died = 0;

	(void)unused;
	for (int at = 1;; at += stride()) {
		struct fault f = {.left = at, .is_deadly = true};
		struct desk *d;
		void *state;
		int done;

		assert_int_equal(desk_set_up(&state), 0);
		d = state;
		done = perform(d, &f, 0);
		assert_like(desk_dump(d), want[done],
		    want[done < ACTS ? done + 1 : done], at);
		desk_tear_down(&state);
		if (done == ACTS)
			break;
		died++;
	}
	print_message("note: died in %d steps in turn\n", died);
	assert_true(died > 10);
}

static void a_kill_at_any_time_loses_nothing_acknowledged(void **unused)
{
	struct str *want = references();
	unsigned seed = 20261123;
	int rounds = getenv("FARTHING_TEST_ALL") ? 300 : 12;

	(void)unused;
	print_message("note: seed %u\n", seed);
	for (int i = 0; i < rounds; i++) {
		struct fault f = {0};
		struct desk *d;
		void *state;
		int done;

		seed = seed * 1103515245u + 12345u;
		assert_int_equal(desk_set_up(&state), 0);
		d = state;
		done = perform(d, &f, 1 + (int)(seed >> 8) % 60000);
		assert_like(desk_dump(d), want[done],
		    want[done < ACTS ? done + 1 : done], i);
		desk_tear_down(&state);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_failed_step_changes_nothing_and_can_be_retried),
	    cmocka_unit_test(a_death_in_any_step_loses_nothing_acknowledged),
	    cmocka_unit_test(a_kill_at_any_time_loses_nothing_acknowledged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
