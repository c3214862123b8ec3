/* SPDX-License-Identifier: MIT
 *
 * `farthing import`: manuscripts, single ones or whole trees, are brought into
 * the paper.
 *
 * The trees are walked twice, once to count for the progress bar and once to
 * read, so that memory does not grow with them. Files go to the desk in
 * batches, each one step on the disk: an import that is killed has brought in
 * whole batches, and the next one passes over what is there already, because
 * the desk knows each source by its path and the hash of its content.
 */
#include "app/command.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/desk.h"
#include "app/import_notes.h"
#include "app/import_tree.h"
#include "app/options.h"
#include "app/progress.h"
#include "app/say.h"
#include "base/arena.h"
#include "base/must.h"
#include "sys/file.h"
#include "sys/hash.h"
#include "text/manuscript.h"

enum {
	BATCH_FILES = 1024,
	BATCH_BYTES = 8 * 1024 * 1024,
	BATCH_ARENA = 64 * 1024 * 1024,
	REPLY_ARENA = 32 * 1024 * 1024,
};

/* How many files came to what end. */
struct import_count {
	uint64_t seen; /* of the progress bar */
	uint64_t added;
	uint64_t changed;
	uint64_t same;
	uint64_t refused;
	uint64_t other; /* not manuscripts */
	uint64_t about; /* of these, words about the site */
	uint64_t noted; /* something to say about them */
	uint64_t held;	/* drafts for what could not be read in them */
	uint64_t no_byline;
	uint64_t no_dateline;
	/* Of the batch that failed: nobody has said what came of each. */
	uint64_t unsure;
	uint64_t kept; /* of these, in the paper all the same */
};

struct import {
	struct desk *desk;
	struct arena *a; /* of the batch */
	struct arena *reply_arena;
	/* The option, then source, hash and text of each file. */
	struct str parts[1 + 3 * BATCH_FILES];
	size_t n;
	size_t bytes;
	struct desk_message reply;
	struct str root; /* as given, without slashes at its end */
	char *real_root; /* as the system sees it */
	char option[PATH_MAX + 16];
	char held[PATH_MAX]; /* a folder: all below it are kept as drafts */
	bool is_held_above;  /* so are all of this root */
	struct import_above above;
	bool is_draft;
	bool is_quiet;
	struct import_count count;
	struct progress progress;
	struct err err;
	enum rc rc; /* of the first failure that ends the import */
};

/* Counts what a line says that the summary tells; whether it is to be shown
 * where it stands, too. */
static bool import_count_line(struct import_count *c, struct str line)
{
	if (str_starts(line, import_no_byline)) {
		c->no_byline++;
		return false;
	}
	if (str_starts(line, import_no_dateline)) {
		c->no_dateline++;
		return false;
	}
	return true;
}

/* What a reader of the terminal is told about one file. */
static void import_tell(struct import *im, struct str source, struct str lines)
{
	struct str line;
	bool is_named = false;
	bool is_held = false;

	while (str_line(&lines, &line)) {
		if (!import_count_line(&im->count, line))
			continue;
		is_held |= str_starts(line, import_held);
		if (!is_named && !im->is_quiet) {
			progress_done(&im->progress);
			say_put(stdout, source, false);
			putchar('\n');
		}
		is_named = true;
		if (im->is_quiet)
			continue;
		fputs("  ", stdout);
		say_put(stdout, line, false);
		putchar('\n');
	}
	im->count.noted += is_named;
	im->count.held += is_held;
}

/* Counts one answer of the desk: "STATE ID PATH", then lines of notes. */
static void import_answer(struct import *im, struct str source, struct str part)
{
	struct str notes = part;
	struct str state = str_cut(&notes, '\n');
	struct str rest = state;
	struct str word = str_cut(&rest, ' ');

	if (str_eq(word, STR("new"))) {
		im->count.added++;
	} else if (str_eq(word, STR("changed"))) {
		im->count.changed++;
	} else if (str_eq(word, STR("same"))) {
		im->count.same++;
	} else if (str_eq(word, STR("passed"))) {
		im->count.other++;
		im->count.about += str_eq(state, import_about_site);
		notes = state;
	} else {
		im->count.refused++;
		notes = rest;
	}
	if (notes.n)
		import_tell(im, source, notes);
}

/* A batch that failed may be in the paper, and only not yet with its readers:
 * the desk is asked what it knows. */
static void import_ask_kept(struct import *im)
{
	struct str parts[2 * BATCH_FILES];
	struct err err;
	size_t n = 0;

	im->count.unsure = (im->n - 1) / 3;
	for (size_t i = 1; i + 2 < im->n; i += 3) {
		parts[n++] = im->parts[i];
		parts[n++] = im->parts[i + 1];
	}
	arena_reset(im->reply_arena);
	if (desk_call(im->desk, im->reply_arena, DESK_KNOWN, parts, n,
		&im->reply, &err) != RC_OK)
		return;
	for (size_t i = 0; i < im->reply.n; i++)
		im->count.kept += str_eq(im->reply.v[i], STR("yes"));
}

static void import_flush(struct import *im)
{
	if (im->n <= 1 || im->rc != RC_OK)
		return;
	arena_reset(im->reply_arena);
	im->rc = desk_call(im->desk, im->reply_arena, DESK_IMPORT, im->parts,
	    im->n, &im->reply, &im->err);
	for (size_t i = 0; im->rc == RC_OK && i < im->reply.n; i++)
		import_answer(im, im->parts[1 + 3 * i], im->reply.v[i]);
	if (im->rc != RC_OK)
		import_ask_kept(im);
	im->n = 1;
	im->bytes = 0;
	arena_reset(im->a);
}

/* The hash by which the desk knows a text again. */
static struct str import_hash(struct import *im, struct str text)
{
	struct hash h = hash_of(text);

	return arena_copy(im->a, (struct str){(char *)h.bytes, HASH_BYTES});
}

/* The path by which the source is known for ever: the system's name of the
 * root, and what is behind it. */
static struct str import_key(struct import *im, struct str path)
{
	struct str tail = str_from(path, im->root.n);
	struct str real = str_of(im->real_root);

	if (str_eq(real, STR("/")))
		real = STR_NONE;
	return arena_printf(im->a, "%.*s%.*s", STR_ARG(real), STR_ARG(tail));
}

static void import_file(struct import *im, struct str path)
{
	struct err err = {0};
	struct str text;
	enum rc rc = file_read(im->a, path, MANUSCRIPT_MAX, &text, &err);

	im->count.seen++;
	progress_step(&im->progress, im->count.seen);
	if (rc != RC_OK) {
		im->count.refused++;
		import_tell(im, path, str_of(err.why));
		return;
	}
	im->parts[im->n++] = import_key(im, path);
	im->parts[im->n++] = import_hash(im, text);
	im->parts[im->n++] = text;
	im->bytes += text.n;
	if (im->n == 1 + 3 * BATCH_FILES || im->bytes > BATCH_BYTES)
		import_flush(im);
}

/* What the desk is told of all files that follow. */
static void import_option(struct import *im, bool is_tree)
{
	int n = snprintf(im->option, sizeof(im->option), "%s\n%s",
	    im->is_draft || im->is_held_above || im->held[0] ? "draft" : "",
	    is_tree ? im->real_root : "");

	im->parts[0] = n > 0 && (size_t)n < sizeof(im->option)
			   ? str_of(im->option)
			   : STR("draft");
}

/* Keeps as drafts what lies below FOLDER, if something in it says so of all. */
static void import_hold(struct import *im, struct str folder)
{
	int n;

	if (im->is_held_above || im->held[0] || !import_holds_all(folder))
		return;
	import_flush(im);
	n = snprintf(im->held, sizeof(im->held), "%.*s/", STR_ARG(folder));
	must(n > 0 && (size_t)n < sizeof(im->held));
	import_option(im, true);
	import_tell(im, folder,
	    STR("kept as drafts, all below: _index.md (or the like) has a "
		"cascade that may keep them back"));
}

/* The files are let out as before where that folder ends. */
static void import_leave(struct import *im, struct str path)
{
	if (!im->held[0] || str_starts(path, str_of(im->held)))
		return;
	import_flush(im);
	im->held[0] = '\0';
	import_option(im, true);
}

/* Goes into a folder, or says that it does not. */
static enum file_walk import_enter(
    struct import *im, const struct file_entry *entry)
{
	if (!import_skips(entry)) {
		import_hold(im, entry->path);
		return FILE_WALK_ON;
	}
	if (!str_starts(entry->name, STR("."))) {
		import_tell(im, entry->path,
		    STR("passed over: a folder of the program that made the "
			"site"));
	}
	return FILE_WALK_SKIP;
}

static enum file_walk import_visit(void *ctx, const struct file_entry *entry)
{
	struct import *im = ctx;

	import_leave(im, entry->path);
	if (entry->kind == FILE_FOLDER)
		return import_enter(im, entry);
	if (import_takes(entry))
		import_file(im, entry->path);
	else
		im->count.other++;
	im->count.about +=
	    import_wants(entry->name) && import_is_about_tree(entry);
	return im->rc == RC_OK ? FILE_WALK_ON : FILE_WALK_END;
}

static enum file_walk import_count_one(
    void *ctx, const struct file_entry *entry)
{
	uint64_t *total = ctx;

	if (entry->kind == FILE_FOLDER)
		return import_skips(entry) ? FILE_WALK_SKIP : FILE_WALK_ON;
	*total += import_takes(entry);
	return FILE_WALK_ON;
}

/* How many manuscripts the words name. */
static enum rc import_total(
    struct words *words, uint64_t *ret_total, struct err *err)
{
	uint64_t total = 0;
	enum rc rc = RC_OK;

	for (int i = 1; i < words->n && rc == RC_OK; i++) {
		struct str path = str_of(words->v[i]);

		switch (file_kind(path)) {
		case FILE_FOLDER:
			rc = file_walk(path, import_count_one, &total, err);
			break;
		case FILE_NONE:
			return err_set(err, RC_NOT_FOUND,
			    "%s: no such file or folder", words->v[i]);
		case FILE_REGULAR:
		case FILE_LINK:
		case FILE_OTHER:
			total++;
		}
	}
	if (rc == RC_OK)
		*ret_total = total;
	return rc;
}

static void import_root(struct import *im, const char *root)
{
	struct str path = str_of(root);

	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	im->root = path;
	im->real_root = realpath(root, NULL);
	if (!im->real_root) {
		im->rc =
		    err_set(&im->err, RC_NOT_FOUND, "%s: it is gone", root);
		return;
	}
	im->held[0] = '\0';
	im->is_held_above =
	    import_is_held_above(&im->above, str_of(im->real_root));
	if (im->is_held_above)
		import_tell(im, path,
		    STR("kept as drafts: _index.md (or the like) of a folder "
			"above has a cascade that may keep them back"));
	import_option(im, file_kind(path) == FILE_FOLDER);
	if (file_kind(path) == FILE_FOLDER) {
		enum rc rc;

		import_hold(im, path);
		rc = file_walk(path, import_visit, im, &im->err);
		if (im->rc == RC_OK)
			im->rc = rc;
	} else {
		import_file(im, path);
	}
	import_flush(im);
	free(im->real_root);
}

static void import_summary(const struct import *im)
{
	const struct import_count *c = &im->count;

	printf("%llu new, %llu changed, %llu unchanged, %llu refused",
	    (unsigned long long)c->added, (unsigned long long)c->changed,
	    (unsigned long long)c->same, (unsigned long long)c->refused);
	if (c->other)
		printf(", %llu other file%s passed over",
		    (unsigned long long)c->other, c->other == 1 ? "" : "s");
	printf(".\n");
	if (c->about)
		printf("%llu of these %s words about the site (README and the "
		       "like).\n",
		    (unsigned long long)c->about, c->about == 1 ? "is" : "are");
	if (c->unsure)
		printf("Not counted: the last %llu, of which %llu are in the "
		       "paper.\n",
		    (unsigned long long)c->unsure, (unsigned long long)c->kept);
	if (c->held)
		printf("%llu of them %s kept as draft%s for what stands in the "
		       "file.\n",
		    (unsigned long long)c->held, c->held == 1 ? "is" : "are",
		    c->held == 1 ? "" : "s");
	if (c->no_byline + c->no_dateline)
		printf("%llu without a byline, %llu without a dateline.\n",
		    (unsigned long long)c->no_byline,
		    (unsigned long long)c->no_dateline);
	if (c->noted && im->is_quiet)
		printf("%llu file%s notes; without --quiet they are shown.\n",
		    (unsigned long long)c->noted,
		    c->noted == 1 ? " has" : "s have");
}

static enum rc import_all(struct import *im, struct words *words)
{
	uint64_t total = 0;
	enum rc rc = import_total(words, &total, &im->err);

	if (rc == RC_OK)
		rc = desk_open(str_of(words->v[0]), &im->desk, &im->err);
	if (rc != RC_OK)
		return rc;
	progress_init(&im->progress, "manuscripts", total);
	for (int i = 1; i < words->n && im->rc == RC_OK; i++)
		import_root(im, words->v[i]);
	progress_done(&im->progress);
	desk_close(im->desk);
	import_summary(im);
	if (im->rc != RC_OK)
		fprintf(stderr,
		    "farthing import: stopped. Run it again to go on: what is "
		    "in the paper already is passed over.\n");
	return im->rc;
}

int command_import(int argc, char **argv)
{
	struct option options[] = {{.name = "quiet"}, {.name = "draft"}, {0}};
	struct import *im;
	struct words words;
	struct err err;
	enum rc rc;
	int code;

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return command_usage("import", &err);
	if (words.n < 2)
		return command_usage("import", NULL);
	im = calloc(1, sizeof(*im));
	if (!im)
		return EXIT_FAILED;
	im->a = arena_new(BATCH_ARENA);
	im->reply_arena = arena_new(REPLY_ARENA);
	im->is_quiet = option_is_set(options, "quiet");
	im->is_draft = option_is_set(options, "draft");
	im->n = 1;
	rc = import_all(im, &words);
	code = rc != RC_OK	       ? command_failed("import", &im->err)
	       : im->count.refused > 0 ? EXIT_FAILED
				       : EXIT_DONE;
	arena_free(im->reply_arena);
	arena_free(im->a);
	free(im);
	return code;
}
