/* SPDX-License-Identifier: MIT
 *
 * What the desk's filters find, against a walk over all stories, through every
 * kind of change.
 *
 * FARTHING_TEST_SEED=N repeats a run.
 */
#include "paper/paper.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/paper_priv.h"
#include "paper/test/desk_fixture.h"
#include "paper/workflow.h"

static uint64_t seed_state;

static unsigned below(unsigned n)
{
	seed_state ^= seed_state << 13;
	seed_state ^= seed_state >> 7;
	seed_state ^= seed_state << 17;
	return (unsigned)(seed_state % n);
}

static const char *const headlines[] = {"Storm breaks the WALL",
    "ÉCOLE reopens", "Wall of the Éclair", "Größe zählt", "Шторм", ""};
static const char *const sections[] = {"News", "Weather", "Sport"};
static const char *const authors[] = {"Ada Quay", "Bo Reed"};
static const char *const editors[] = {"ed", "cy", ""};

static bool wrote(struct desk *d, int64_t id, const char *author)
{
	struct paper_story story;
	struct manuscript m;

	desk_ok(d, paper_show(d->paper, d->a, id, &story, &m, &d->err));
	return m.authors.n > 0 && str_eq(m.authors.v[0], str_of(author));
}

static bool fits(struct desk *d, const struct paper_filter *f,
    const struct paper_story *s, const char *section, const char *author)
{
	return (!f->has_status || s->status == f->status) &&
	       (!f->is_changed || s->is_changed) &&
	       (!section || str_eq(s->section, str_of(section))) &&
	       (f->assigned.n == 0 || str_eq(s->assigned, f->assigned)) &&
	       (!author || wrote(d, s->id, author));
}

static int by_time(const void *a, const void *b)
{
	const struct paper_story *x = a, *y = b;

	if (x->saved.us != y->saved.us)
		return x->saved.us < y->saved.us ? 1 : -1;
	return x->id < y->id ? 1 : -1;
}

/* All filters but that of the text, which has a test of its own. */
static void compare(struct desk *d)
{
	const char *section = below(2) ? sections[below(3)] : NULL;
	const char *author = below(2) ? authors[below(2)] : NULL;
	struct paper_filter all = {0},
			    f = {
				.has_status = below(2),
				.status = (enum paper_status)below(5),
				.is_changed = below(5) == 0,
				.section = STR(""),
				.assigned = str_of(
				    below(3) == 0 ? editors[below(3)] : ""),
				.is_by_time = below(2),
				.saved = INSTANT_NEVER,
			    };
	struct paper_story *v, *w;
	size_t n, w_n, at = 0;
	int64_t before = INT64_MAX;

	if (section)
		f.section = section == sections[0]   ? STR("news")
			    : section == sections[1] ? STR("weather")
						     : STR("sport");
	if (author)
		f.person =
		    author == authors[0] ? STR("ada-quay") : STR("bo-reed");
	desk_ok(d,
	    paper_list(d->paper, d->a, &all, INT64_MAX, 1000, &v, &n, &d->err));
	if (f.is_by_time)
		qsort(v, n, sizeof(*v), by_time);
	do {
		desk_ok(d, paper_list(d->paper, d->a, &f, before, 4, &w, &w_n,
			       &d->err));
		for (size_t i = 0; i < w_n; i++, at++) {
			while (at < n && !fits(d, &f, &v[at], section, author))
				at++;
			assert_true(at < n);
			assert_int_equal(v[at].id, w[i].id);
			before = w[i].id;
			f.saved = w[i].saved;
		}
	} while (w_n == 4);
	for (; at < n; at++)
		assert_false(fits(d, &f, &v[at], section, author));
}

static enum rc refuse(void *data)
{
	int *left = data;

	return --*left <= 0 ? RC_NO_SPACE : RC_OK;
}

static void change(struct desk *d, int64_t stories)
{
	unsigned author = below(2);
	struct manuscript m = desk_manuscript(
	    headlines[below(5)], sections[below(3)], authors[author]);
	struct paper_edit edit = {.manuscript = &m, .now = d->now};
	struct paper_act act = {.who = STR("x"), .now = d->now};
	int64_t id = 1 + (int64_t)below((unsigned)stories + 1);
	int left = 3 + (int)below(10);

	act.id = id;
	switch (below(7)) {
	case 0:
		edit.id = id;
		(void)!paper_save(d->paper, &edit, NULL, NULL, NULL);
		break;
	case 1:
		(void)!paper_publish(d->paper, id, d->now, NULL, NULL);
		break;
	case 2:
		(void)!paper_withdraw(d->paper, id, STR("x"), d->now, NULL);
		break;
	case 3:
		act.note = str_of(editors[below(3)]);
		(void)!paper_assign(d->paper, &act, NULL);
		break;
	case 4: {
		struct paper_write_result got;
		struct paper_write w = {
		    .id = id, .manuscript = &m, .now = d->now};
		int64_t shown;

		if (paper_newest(d->paper, id, &w.base, &shown, NULL) == RC_OK)
			(void)!paper_write(d->paper, d->a, &w, &got, NULL);
		break;
	}
	case 5: /* what fails changes nothing */
		edit.id = id;
		store_hook(d->paper->db, refuse, &left);
		(void)!paper_save(d->paper, &edit, NULL, NULL, NULL);
		store_hook(d->paper->db, NULL, NULL);
		break;
	default:
		(void)!paper_save(d->paper, &edit, NULL, NULL, NULL);
		break;
	}
}

static void filters_find_what_a_walk_over_all_finds(void **state)
{
	const char *wish = getenv("FARTHING_TEST_SEED");
	uint64_t seed = wish ? strtoull(wish, NULL, 10) : 20261127;
	struct desk *d = *state;

	print_message("note: seed %llu\n", (unsigned long long)seed);
	seed_state = seed * 2 + 1;
	for (int i = 0; i < 900; i++) {
		change(d, 1 + i / 6);
		if (below(3) == 0) {
			compare(d);
			arena_reset(d->a);
		}
		if (below(150) == 0) {
			desk_close(d);
			desk_open(d);
		}
	}
}

static size_t found(struct desk *d, const char *text)
{
	struct paper_filter f = {.text = str_of(text)};
	struct paper_story *v;
	size_t n;

	desk_ok(
	    d, paper_list(d->paper, d->a, &f, INT64_MAX, 100, &v, &n, &d->err));
	return n;
}

static void words_are_found_in_any_order_and_case(void **state)
{
	struct desk *d = *state;

	for (size_t i = 0; i < 5; i++)
		desk_save(d, 0, headlines[i], "News", "Ada Quay");
	assert_int_equal(found(d, "wall"), 2);
	assert_int_equal(found(d, "WALL storm"), 1);
	assert_int_equal(found(d, "école"), 1);
	assert_int_equal(found(d, "éc"), 2);
	assert_int_equal(found(d, "ШТОРМ"), 1);
	assert_int_equal(found(d, "größe  "), 1);
	assert_int_equal(found(d, "wall nothing"), 0);
	assert_int_equal(found(d, "   "), 5);
	desk_save(d, 1, "Calm", "News", "Ada Quay");
	assert_int_equal(found(d, "wall"), 1);
	assert_int_equal(found(d, "calm"), 1);
}

static void a_reader_beside_the_writer_sees_changes(void **state)
{
	struct desk *d = *state;
	struct paper *reader;
	struct paper_filter f = {.text = STR("storm")};
	struct paper_story *v;
	size_t n;

	desk_save(d, 0, "Storm", "News", "Ada Quay");
	desk_ok(d, paper_open_reader(str_of(d->dir), &reader, &d->err));
	desk_ok(d, paper_list(reader, d->a, &f, INT64_MAX, 9, &v, &n, &d->err));
	assert_int_equal(n, 1);
	desk_save(d, 0, "Storm again", "News", "Ada Quay");
	desk_ok(d, paper_list(reader, d->a, &f, INT64_MAX, 9, &v, &n, &d->err));
	assert_int_equal(n, 2);
	paper_close(reader);
}

static void an_import_of_many_is_found(void **state)
{
	struct desk *d = *state;
	char key[32];

	assert_int_equal(found(d, "storm"), 0);
	desk_ok(d, paper_batch_begin(d->paper, d->now, &d->err));
	for (int i = 0; i < 700; i++) {
		struct manuscript m =
		    desk_manuscript("Storm", "News", "Ada Quay");
		struct paper_import import = {.key = str_of(key),
		    .hash = STR("01234567"),
		    .manuscript = &m,
		    .now = d->now};
		enum paper_outcome outcome;

		snprintf(key, sizeof(key), "%d", i);
		import.key = str_of(key);
		desk_ok(d,
		    paper_import(d->paper, &import, &outcome, NULL, &d->err));
	}
	desk_ok(d, paper_batch_commit(d->paper, d->now, &d->err));
	assert_int_equal(found(d, "storm"), 100);
}

static void the_calendar_says_what_is_to_come(void **state)
{
	struct desk *d = *state;
	struct paper_story *v;
	size_t n;

	for (int i = 0; i < 3; i++) {
		int64_t id = desk_save(d, 0, "Later", "News", "Ada Quay");

		desk_ok(d, paper_schedule(d->paper, id,
			       (struct instant){d->now.us + (3 - i) * 1000000},
			       d->now, NULL, &d->err));
	}
	desk_ok(d, paper_calendar(d->paper, d->a, d->now,
		       (struct instant){d->now.us + 3000000}, &v, &n, &d->err));
	assert_int_equal(n, 2);
	assert_true(v[0].due.us < v[1].due.us);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(filters_find_what_a_walk_over_all_finds),
	    desk_test(words_are_found_in_any_order_and_case),
	    desk_test(a_reader_beside_the_writer_sees_changes),
	    desk_test(an_import_of_many_is_found),
	    desk_test(the_calendar_says_what_is_to_come),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
