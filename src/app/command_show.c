/* SPDX-License-Identifier: MIT
 *
 * `farthing list` and `farthing show`: what is in the paper, read beside
 * whoever writes it.
 */
#include "app/command.h"

#include <stdio.h>
#include <unistd.h>

#include "app/options.h"
#include "app/missing.h"
#include "app/reading.h"
#include "app/say.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "paper/write.h"
#include "sys/file.h"
#include "text/proof.h"

enum {
	LIST_MOST = 50,
	LIST_PAGE = 500, /* rows asked for at once */
	SHOW_TEXT = 64 * 1024 * 1024,
};

/* A line: number, status, time, headline. */
static void list_line(const struct reading *reading, struct buf *b,
    const struct paper_story *story)
{
	/* One that is out and comes back later has both times. */
	struct instant t = story->status == PAPER_SCHEDULED ? story->due
			   : story->published.us != INSTANT_NEVER.us
			       ? story->published
			       : story->saved;

	buf_printf(b, "%7lld  %-9s  ", (long long)story->id,
	    paper_status_name(story->status));
	reading_time(reading, b, t);
	buf_lit(b, "  ");
	buf_add(b, story->headline.n ? story->headline : STR("(no headline)"));
	buf_char(b, '\n');
}

static enum rc list_filter(
    struct option *options, struct paper_filter *ret_filter, struct err *err)
{
	struct paper_filter f = {0};
	struct str status = option_value(options, "status");
	struct str section = option_value(options, "section");
	struct str person = option_value(options, "person");

	if (option_is_set(options, "status")) {
		f.has_status = true;
		if (paper_status_find(status, &f.status) != RC_OK)
			return err_set(err, RC_INVALID,
			    "--status is draft, submitted, scheduled, "
			    "published or withdrawn, not \"%.*s\"",
			    STR_ARG(status));
	}
	f.section = section;
	f.person = person;
	f.text = option_value(options, "find");
	*ret_filter = f;
	return RC_OK;
}

static bool list_is_filtered(const struct paper_filter *filter)
{
	return filter->has_status || filter->section.n || filter->person.n ||
	       filter->text.n;
}

/* Prints page after page, so that memory does not grow with the list. */
static enum rc list_print(struct reading *reading,
    const struct paper_filter *filter, uint64_t most, struct err *err)
{
	int64_t before = INT64_MAX;
	uint64_t printed = 0;
	enum rc rc = RC_OK;
	struct buf b;

	buf_init(&b, SHOW_TEXT);
	while (rc == RC_OK && printed < most) {
		size_t want =
		    most - printed < LIST_PAGE ? most - printed : LIST_PAGE;
		struct arena *a = arena_new(SHOW_TEXT);
		struct paper_story *v;
		size_t n = 0;

		rc = paper_list(
		    reading->paper, a, filter, before, want, &v, &n, err);
		buf_clear(&b);
		for (size_t i = 0; rc == RC_OK && i < n; i++)
			list_line(reading, &b, &v[i]);
		if (rc == RC_OK && n > 0) {
			before = v[n - 1].id;
			say_plain(b.p, b.n);
			rc = file_write_fd(
			    1, "standard output", buf_str(&b), err);
		}
		printed += n;
		arena_free(a);
		if (n < want)
			break;
	}
	buf_done(&b);
	if (rc == RC_OK && printed == 0)
		fputs(list_is_filtered(filter)
			  ? "No such stories.\n"
			  : "No stories. `farthing import` or `farthing "
			    "intake` bring some in.\n",
		    stderr);
	return rc;
}

int command_list(int argc, char **argv)
{
	struct option options[] = {
	    {.name = "status", .has_value = true},
	    {.name = "section", .has_value = true},
	    {.name = "person", .has_value = true},
	    {.name = "find", .has_value = true},
	    {.name = "most", .has_value = true},
	    {0},
	};
	struct paper_filter filter;
	struct reading reading;
	struct words words;
	struct err err;
	uint64_t most;
	enum rc rc;

	if (options_read(argc, argv, options, &words, &err) != RC_OK ||
	    option_number(
		options, "most", UINT32_MAX, LIST_MOST, &most, &err) != RC_OK)
		return command_usage("list", &err);
	if (words.n != 1 || most == 0)
		return command_usage("list", NULL);
	if (reading_init(&reading, words.v[0], &err) != RC_OK)
		return command_failed("list", &err);
	rc = list_filter(options, &filter, &err);
	if (rc == RC_OK)
		rc = list_print(&reading, &filter, most, &err);
	reading_done(&reading);
	return rc == RC_OK ? EXIT_DONE : command_failed("list", &err);
}

static void show_field(struct buf *b, const char *name, struct str value)
{
	if (value.n)
		buf_printf(b, "%-11s %.*s\n", name, STR_ARG(value));
}

static void show_time(const struct reading *reading, struct buf *b,
    const char *name, struct instant t)
{
	if (t.us == INSTANT_NEVER.us)
		return;
	buf_printf(b, "%-11s ", name);
	reading_time(reading, b, t);
	buf_char(b, '\n');
}

static void show_names(struct buf *b, const char *name, struct str_list list)
{
	if (list.n == 0)
		return;
	buf_printf(b, "%-11s ", name);
	for (size_t i = 0; i < list.n; i++) {
		buf_add(b, i ? STR(", ") : STR(""));
		buf_add(b, list.v[i]);
	}
	buf_char(b, '\n');
}

static void show_head(const struct reading *reading, struct buf *b,
    const struct paper_story *story, const struct manuscript *m, int64_t shown)
{
	buf_printf(b, "%-11s %lld, %s\n", "story", (long long)story->id,
	    paper_status_name(story->status));
	show_field(b, "address", story->path);
	if (shown)
		buf_printf(b, "%-11s see revision %lld, not this text\n",
		    "readers", (long long)shown);
	show_field(b, "kicker", m->kicker);
	show_field(b, "headline", m->headline);
	show_field(b, "standfirst", m->standfirst);
	show_field(b, "section", m->section);
	show_names(b, "byline", m->authors);
	show_field(b, "dateline", m->dateline);
	show_names(b, "tags", m->tags);
	show_field(b, "language", m->lang);
	show_field(b, "picture", m->picture.url);
	show_field(b, "caption", m->picture.caption);
	show_field(b, "credit", m->picture.credit);
	show_field(b, "note", story->note);
	show_time(reading, b, "saved", story->saved);
	show_time(reading, b, "due", story->due);
	show_time(reading, b, "embargo", story->embargo);
	show_time(reading, b, "published", story->published);
	show_time(reading, b, "updated", story->updated);
}

static enum rc show_marks(const struct reading *reading, struct buf *b,
    const struct manuscript *m, struct err *err)
{
	struct proof_mark *marks;
	size_t n;
	enum rc rc =
	    proof_read(reading->a, m, reading->settings.lang, &marks, &n);

	if (rc != RC_OK)
		return err_set(err, rc, "the proof marks: %s", rc_name(rc));
	buf_printf(b, "\n%zu proof mark%s\n", n, n == 1 ? "" : "s");
	proof_report(b, marks, n, STR("proof"));
	return RC_OK;
}

static enum rc show_revisions(
    const struct reading *reading, struct buf *b, int64_t id, struct err *err)
{
	struct paper_revision *v;
	size_t n;
	enum rc rc =
	    paper_revisions(reading->paper, reading->a, id, &v, &n, err);

	if (rc != RC_OK)
		return rc;
	buf_printf(b, "\n%zu revision%s, newest first\n", n, n == 1 ? "" : "s");
	for (size_t i = 0; i < n; i++) {
		buf_printf(b, "%7lld  ", (long long)v[i].id);
		reading_time(reading, b, v[i].saved);
		buf_printf(
		    b, "  %.*s  %.*s\n", STR_ARG(v[i].who), STR_ARG(v[i].note));
	}
	return RC_OK;
}

/* Reads revision NUMBER of story ID. */
static enum rc show_revision(struct reading *reading, int64_t id,
    int64_t number, struct manuscript *ret_m, struct err *err)
{
	struct paper_revision *v = NULL;
	size_t n = 0;
	enum rc rc =
	    paper_revisions(reading->paper, reading->a, id, &v, &n, err);

	for (size_t i = 0; rc == RC_OK && i < n; i++)
		if (v[i].id == number)
			return paper_revision(
			    reading->paper, reading->a, number, ret_m, err);
	return rc == RC_OK ? err_set(err, RC_NOT_FOUND,
				 "story %lld has no revision %lld; `farthing "
				 "show` without one lists them",
				 (long long)id, (long long)number)
			   : rc;
}

static enum rc show_story(struct reading *reading, struct option *options,
    const char *ref, struct buf *b, struct err *err)
{
	struct str revision = option_value(options, "revision");
	struct paper_story story;
	struct manuscript m;
	int64_t id, newest, shown;
	int64_t number = 0;
	enum rc rc = paper_find(reading->paper, str_of(ref), &id, err);

	if (rc == RC_OK)
		rc =
		    paper_show(reading->paper, reading->a, id, &story, &m, err);
	if (rc == RC_OK)
		rc = paper_newest(reading->paper, id, &newest, &shown, err);
	if (rc == RC_OK && revision.n) {
		if (str_i64(revision, &number) != RC_OK)
			return err_set(err, RC_INVALID,
			    "--revision needs a number from the list");
		rc = show_revision(reading, id, number, &m, err);
	}
	if (rc != RC_OK)
		return rc;
	if (number == 0)
		number = newest;
	if (option_is_set(options, "manuscript")) {
		/* It was published or scheduled all the same; saved again,
		 * the word would keep the text from its readers. */
		m.is_draft &=
		    number != shown &&
		    (story.status != PAPER_SCHEDULED || number != newest);
		manuscript_write(b, &m);
		return RC_OK;
	}
	show_head(reading, b, &story, &m, number != shown ? shown : 0);
	buf_printf(b, "\n%.*s\n", STR_ARG(str_trim(m.body)));
	rc = show_marks(reading, b, &m, err);
	if (rc == RC_OK)
		rc = missing_pictures(
		    reading->paper, reading->a, reading->dir, &m, b, err);
	return rc == RC_OK ? show_revisions(reading, b, id, err) : rc;
}

int command_show(int argc, char **argv)
{
	struct option options[] = {{.name = "manuscript"},
	    {.name = "revision", .has_value = true}, {0}};
	struct reading reading;
	struct words words;
	struct err err;
	struct buf b;
	enum rc rc;

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return command_usage("show", &err);
	if (words.n != 2)
		return command_usage("show", NULL);
	if (reading_init(&reading, words.v[0], &err) != RC_OK)
		return command_failed("show", &err);
	buf_init(&b, SHOW_TEXT);
	rc = show_story(&reading, options, words.v[1], &b, &err);
	if (rc == RC_OK && buf_rc(&b) != RC_OK)
		rc = err_set(&err, buf_rc(&b), "the story is too large");
	if (rc == RC_OK) {
		/* A manuscript that goes into a file keeps every character. */
		if (!option_is_set(options, "manuscript") || isatty(1))
			say_plain(b.p, b.n);
		rc = file_write_fd(1, "standard output", buf_str(&b), &err);
	}
	buf_done(&b);
	reading_done(&reading);
	return rc == RC_OK ? EXIT_DONE : command_failed("show", &err);
}
