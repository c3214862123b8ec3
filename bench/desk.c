/* SPDX-License-Identifier: MIT
 *
 * desk DIR: works on the paper in DIR as a newsroom does, and prints a line for
 * each thing measured: its name, how often, and microseconds at the 50th and
 * 99th percentile.
 *
 *	save	  twenty writers pause at the same moment; how long the last
 *		  word of each takes until it is on the disk, one by one
 *	together  the same, handed over at once
 *	list-...  fifty stories of a filter
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "paper/paper.h"
#include "paper/write.h"
#include "sys/clock.h"

enum { WRITERS = 20, ROUNDS = 200, LISTS = 400, TEXT_BYTES = 8000 };

struct desk {
	struct paper *paper;
	struct arena *a;
	int64_t ids[WRITERS], bases[WRITERS];
	double us[WRITERS * ROUNDS];
	size_t n;
	struct err err;
};

static void check(struct desk *d, enum rc rc)
{
	if (rc == RC_OK)
		return;
	fprintf(stderr, "desk: %s\n", d->err.why);
	exit(1);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void report(struct desk *d, const char *name)
{
	qsort(d->us, d->n, sizeof(d->us[0]), compare);
	printf("%s %zu %.1f %.1f\n", name, d->n, d->us[d->n / 2],
	    d->us[d->n * 99 / 100]);
	d->n = 0;
}

static double since(int64_t start)
{
	return (double)(clock_ns() - start) / 1000;
}

/* Stories from all over the archive. */
static void choose(struct desk *d)
{
	struct paper_filter filter = {0};
	struct paper_story *v;
	int64_t shown;
	size_t n;

	check(d,
	    paper_list(d->paper, d->a, &filter, INT64_MAX, 1, &v, &n, &d->err));
	must(n == 1 && v[0].id > WRITERS);
	for (int64_t i = 0; i < WRITERS; i++) {
		d->ids[i] = 1 + v[0].id / WRITERS * i;
		check(d, paper_newest(d->paper, d->ids[i], &d->bases[i], &shown,
			     &d->err));
	}
}

static struct str text_of(struct desk *d, int round, int writer)
{
	struct buf b;

	buf_init_arena(&b, d->a, TEXT_BYTES + 64);
	buf_printf(&b, "Round %d of writer %d. ", round, writer);
	for (int i = 0; b.n < TEXT_BYTES; i++)
		buf_printf(&b, "word%d%s", i, i % 60 ? " " : "\n\n");
	return buf_str(&b);
}

static void fill(struct desk *d, int round, struct manuscript *m,
    struct paper_write_task *tasks)
{
	for (int i = 0; i < WRITERS; i++) {
		m[i] = (struct manuscript){.headline = STR("A headline"),
		    .section = STR("News"),
		    .body = text_of(d, round, i)};
		tasks[i] =
		    (struct paper_write_task){.write = {.id = d->ids[i],
						  .base = d->bases[i],
						  .manuscript = &m[i],
						  .kind = PAPER_KIND_AUTOSAVE,
						  .who = STR("ada"),
						  .tab = STR("bench"),
						  .now = clock_now()}};
	}
}

static void save(struct desk *d, bool is_together, const char *name)
{
	for (int round = 0; round < ROUNDS; round++) {
		struct manuscript m[WRITERS];
		struct paper_write_task t[WRITERS];
		int64_t start;

		arena_reset(d->a);
		fill(d, round + (is_together ? ROUNDS : 0), m, t);
		start = clock_ns();
		if (is_together)
			paper_write_all(d->paper, d->a, t, WRITERS);
		for (int i = 0; i < WRITERS; i++) {
			if (!is_together)
				paper_write_all(d->paper, d->a, &t[i], 1);
			d->us[d->n++] = since(start);
			d->err = t[i].err;
			check(d, t[i].rc);
			must(t[i].result.outcome == PAPER_WRITTEN);
			d->bases[i] = t[i].result.revision;
		}
	}
	report(d, name);
}

static void list(struct desk *d, const char *name, struct paper_filter filter)
{
	for (int i = 0; i < LISTS; i++) {
		int64_t before = i % 2 ? INT64_MAX : d->ids[WRITERS / 2];
		struct paper_story *v;
		int64_t start;
		size_t n;

		arena_reset(d->a);
		start = clock_ns();
		check(d, paper_list(d->paper, d->a, &filter, before, 50, &v, &n,
			     &d->err));
		d->us[d->n++] = since(start);
	}
	report(d, name);
}

static void lists(struct desk *d)
{
	struct paper_filter draft = {.has_status = true, .status = PAPER_DRAFT};
	struct paper_filter both = draft;

	both.section = STR("harbour");
	list(d, "list-all", (struct paper_filter){0});
	list(d, "list-draft", draft);
	list(d, "list-section", (struct paper_filter){.section = both.section});
	list(d, "list-draft-section", both);
	list(d, "list-changed", (struct paper_filter){.is_changed = true});
	list(d, "list-word", (struct paper_filter){.text = STR("a headline")});
	list(d, "list-no-word",
	    (struct paper_filter){.text = STR("xyzzy plugh")});
	list(d, "list-assigned", (struct paper_filter){.assigned = STR("bo")});
}

int main(int argc, char **argv)
{
	static struct desk d; /* Global: large */

	if (argc != 2) {
		fprintf(stderr, "usage: desk DIR\n");
		return 2;
	}
	d.a = arena_new(256 << 20);
	check(&d, paper_open(str_of(argv[1]), &d.paper, &d.err));
	choose(&d);
	save(&d, false, "save");
	save(&d, true, "together");
	lists(&d);
	paper_close(d.paper);
	arena_free(d.a);
	return 0;
}
