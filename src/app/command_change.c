/* SPDX-License-Identifier: MIT
 *
 * The commands that change one story: submit, publish, schedule, withdraw,
 * save.
 * Each is one call to the desk (app/desk.h), which does it at once or has the
 * running newsroom process do it.
 */
#include "app/command.h"

#include <stdio.h>
#include <string.h>

#include "app/desk.h"
#include "app/options.h"
#include "app/say.h"
#include "base/arena.h"
#include "sys/file.h"
#include "text/manuscript.h"

enum { CHANGE_ARENA = 1024 * 1024, SAVE_ARENA = 16 * 1024 * 1024 };

static void change_notes(struct str notes)
{
	struct str line;

	while (str_line(&notes, &line)) {
		fputs("  ", stdout);
		say_put(stdout, line, false);
		putchar('\n');
	}
}

/* Prints what was done. The desk answers with the story's number and, where a
 * status has changed, that, the address and the time. */
static void change_tell(const struct desk_message *reply, const char *done)
{
	if (reply->n < 4) {
		printf("Story %.*s %s.\n", STR_ARG(reply->v[0]), done);
		return;
	}
	if (str_eq(reply->v[1], STR("draft"))) {
		printf("Story %.*s is a draft again, and will not appear.\n",
		    STR_ARG(reply->v[0]));
		return;
	}
	printf(
	    "Story %.*s is %.*s", STR_ARG(reply->v[0]), STR_ARG(reply->v[1]));
	if (str_eq(reply->v[1], STR("scheduled")))
		printf(" for %.*s", STR_ARG(reply->v[3]));
	if (reply->v[2].n)
		printf(": %.*s", STR_ARG(reply->v[2]));
	putchar('\n');
	if (reply->n > 4)
		change_notes(reply->v[4]);
}

/* Opens the desk of DIR, makes one call, says what came of it. */
static int change_call(const char *name, const char *dir, enum desk_verb verb,
    const struct str *parts, size_t n, const char *done)
{
	struct arena *a = arena_new(CHANGE_ARENA);
	struct desk_message *reply = ARENA_NEW(a, struct desk_message);
	struct desk *desk = NULL;
	struct err err = {0};
	enum rc rc = reply ? desk_open(str_of(dir), &desk, &err)
			   : err_set(&err, RC_NO_MEMORY, "no memory left");

	if (rc == RC_OK)
		rc = desk_call(desk, a, verb, parts, n, reply, &err);
	if (rc == RC_OK)
		change_tell(reply, done);
	desk_close(desk);
	arena_free(a);
	return rc == RC_OK ? EXIT_DONE : command_failed(name, &err);
}

/* The commands of the form DIR STORY. */
static int change_simple(const char *name, int argc, char **argv,
    enum desk_verb verb, const char *done)
{
	struct option options[] = {{0}};
	struct words words;
	struct err err;
	struct str parts[1];

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return command_usage(name, &err);
	if (words.n != 2)
		return command_usage(name, NULL);
	parts[0] = str_of(words.v[1]);
	return change_call(name, words.v[0], verb, parts, 1, done);
}

int command_submit(int argc, char **argv)
{
	return change_simple(
	    "submit", argc, argv, DESK_SUBMIT, "is handed to the editors");
}

static struct str approval_of(const struct option *options)
{
	return option_is_set(options, "without-approval")
		   ? STR("without-approval")
		   : STR("");
}

int command_publish(int argc, char **argv)
{
	struct option options[] = {{.name = "without-approval"}, {0}};
	struct words words;
	struct err err;
	struct str parts[2];

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return command_usage("publish", &err);
	if (words.n != 2)
		return command_usage("publish", NULL);
	parts[0] = str_of(words.v[1]);
	parts[1] = approval_of(options);
	return change_call(
	    "publish", words.v[0], DESK_PUBLISH, parts, 2, "is published");
}

int command_schedule(int argc, char **argv)
{
	struct option options[] = {{.name = "without-approval"}, {0}};
	struct words words;
	struct err err;
	struct str parts[3];

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return command_usage("schedule", &err);
	if (words.n != 3)
		return command_usage("schedule", NULL);
	parts[0] = str_of(words.v[1]);
	parts[1] = str_of(words.v[2]);
	parts[2] = approval_of(options);
	return change_call(
	    "schedule", words.v[0], DESK_SCHEDULE, parts, 3, "is scheduled");
}

int command_withdraw(int argc, char **argv)
{
	struct option options[] = {{.name = "note", .has_value = true}, {0}};
	struct words words;
	struct err err;
	struct str parts[2];

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return command_usage("withdraw", &err);
	if (words.n != 2)
		return command_usage("withdraw", NULL);
	parts[0] = str_of(words.v[1]);
	parts[1] = option_value(options, "note");
	if (str_blank(parts[1])) {
		err_set(&err, RC_INVALID,
		    "--note is needed: readers are told why a story is gone");
		return command_usage("withdraw", &err);
	}
	return change_call(
	    "withdraw", words.v[0], DESK_WITHDRAW, parts, 2, "is withdrawn");
}

/* "line 7: why" of FILE, as compilers say it: "FILE:7: why". */
static enum rc save_name_file(struct err *err, enum rc rc, const char *file)
{
	struct err said = *err;
	struct str why = str_of(said.why);
	struct str rest = str_from(why, 5);
	struct str line = str_cut(&rest, ':');
	uint64_t number;

	if (rc != RC_INVALID && rc != RC_LIMIT && rc != RC_DENIED)
		return rc;
	if (!str_starts(why, STR("line ")) ||
	    str_u64(line, UINT32_MAX, &number) != RC_OK)
		return err_prefix(err, rc, "%s: ", file);
	return err_set(err, rc, "%s:%llu:%.*s", file,
	    (unsigned long long)number, STR_ARG(rest));
}

static void save_tell(const struct desk_message *reply)
{
	struct str notes = reply->n > 2 ? reply->v[2] : STR_NONE;
	struct str path = reply->n > 3 ? reply->v[3] : STR_NONE;

	printf("Story %.*s is saved", STR_ARG(reply->v[0]));
	if (path.n > 0)
		printf(": %.*s\n", STR_ARG(path));
	else
		puts(".");
	change_notes(notes);
}

/* Saves FILE as a revision of REF, or as a new draft. */
static enum rc change_save(struct arena *a, const char *dir, const char *ref,
    const char *file, struct err *err)
{
	bool is_input = strcmp(file, "-") == 0;
	struct str parts[3] = {STR(""), STR_NONE, STR("")};
	struct desk_message *reply = ARENA_NEW(a, struct desk_message);
	struct desk *desk = NULL;
	enum rc rc;

	if (!reply)
		return err_set(err, RC_NO_MEMORY, "no memory left");
	if (strcmp(ref, "new") != 0)
		parts[0] = str_of(ref);
	rc = is_input
		 ? file_read_fd(
		       a, 0, "standard input", MANUSCRIPT_MAX, &parts[1], err)
		 : file_read(a, str_of(file), MANUSCRIPT_MAX, &parts[1], err);
	if (rc == RC_OK)
		rc = desk_open(str_of(dir), &desk, err);
	if (rc != RC_OK)
		return rc;
	rc = desk_call(desk, a, DESK_SAVE, parts, 3, reply, err);
	if (rc == RC_OK)
		save_tell(reply);
	else
		rc =
		    save_name_file(err, rc, is_input ? "standard input" : file);
	desk_close(desk);
	return rc;
}

int command_save(int argc, char **argv)
{
	struct option options[] = {{0}};
	struct words words;
	struct err err = {0};
	struct arena *a;
	enum rc rc;

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return command_usage("save", &err);
	if (words.n != 3)
		return command_usage("save", NULL);
	a = arena_new(SAVE_ARENA);
	rc = change_save(a, words.v[0], words.v[1], words.v[2], &err);
	arena_free(a);
	return rc == RC_OK ? EXIT_DONE : command_failed("save", &err);
}
