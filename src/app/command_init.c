/* SPDX-License-Identifier: MIT
 *
 * `farthing init` makes a paper, `farthing set` shows and changes what it is
 * called and where it appears.
 */
#include "app/command.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/desk.h"
#include "app/files.h"
#include "app/options.h"
#include "app/reading.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/zone.h"
#include "page/lang.h"
#include "paper/paper.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/zone_file.h"

enum { INIT_ARENA = 8 * 1024 * 1024, SET_VALUE_MAX = 1024 * 1024 };

static const char init_conf[] =
    "# Ports and limits of this paper's server. Lines are \"key = value\";\n"
    "# what is commented out stands as it is without the line.\n"
    "#\n"
    "# listen = 127.0.0.1:8080\n"
    "# metrics = 127.0.0.1:9180\n"
    "# readers = 0\n"
    "# cache_mb = 64\n"
    "# access_log = off\n";

/* A language tag, and not "english". */
static bool lang_is_usual(struct str lang)
{
	size_t n = lang_base(lang).n;

	return lang_is_valid(lang) && (n == 2 || n == 3);
}

static bool origin_is_valid(struct str origin)
{
	struct str host =
	    str_starts(origin, STR("https://"))	 ? str_from(origin, 8)
	    : str_starts(origin, STR("http://")) ? str_from(origin, 7)
						 : STR_NONE;

	if (host.n == 0)
		return false;
	for (size_t i = 0; i < host.n; i++)
		if (host.p[i] <= ' ' || host.p[i] == '/' || host.p[i] == '?' ||
		    host.p[i] == '#' || host.p[i] == '@' || host.p[i] == '"' ||
		    host.p[i] == '<' || host.p[i] == '\\')
			return false;
	return true;
}

/* Refuses what would only show later, on a page or in a feed. */
static enum rc init_check(
    struct arena *a, const struct paper_settings *s, struct err *err)
{
	const struct zone *zone;

	if (str_blank(s->name))
		return err_set(err, RC_INVALID, "--name is needed");
	if (!lang_is_usual(s->lang))
		return err_set(err, RC_INVALID,
		    "--lang needs a language tag such as en or pt-BR");
	if (!origin_is_valid(s->origin))
		return err_set(err, RC_INVALID,
		    "--origin needs the form https://example.org, without a "
		    "path, not \"%.*s\"",
		    STR_ARG(s->origin));
	return zone_file_load(a, s->zone, &zone, err);
}

/* Takes away what a paper that could not be made has left; a folder only if
 * nothing else lies in it, and DIR only if we made it. */
static void init_undo(struct arena *a, struct str dir, bool is_our_dir)
{
	static const char *const files[] = {"private/paper.db",
	    "private/paper.db-wal", "private/paper.db-shm", "public/public.db",
	    "public/public.db-wal", "public/public.db-shm"};
	static const char *const folders[] = {
	    "private", "public/pictures", "public", "run", ""};
	enum rc rc = RC_OK;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		rc = file_remove(files_path(a, dir, files[i]), NULL);
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
		struct str path = files_path(a, dir, folders[i]);

		if (path.p && (folders[i][0] || is_our_dir))
			rmdir(arena_printf(a, "%.*s%c", STR_ARG(path), 0).p);
	}
	(void)rc;
}

static enum rc init_make(
    struct arena *a, const char *dir, struct paper_settings *s, struct err *err)
{
	struct str conf = files_path(a, str_of(dir), "farthing.conf");
	struct str db = files_path(a, str_of(dir), "private/paper.db");
	bool is_our_dir = file_kind(str_of(dir)) == FILE_NONE;
	struct str public = files_path(a, str_of(dir), "public/public.db");
	bool had_paper = file_kind(db) != FILE_NONE;
	enum rc rc = init_check(a, s, err);

	if (rc != RC_OK)
		return rc;
	/* It may be the last copy of what was published. */
	if (!had_paper && file_kind(public) != FILE_NONE)
		return err_set(err, RC_EXISTS,
		    "%s has no private/paper.db, but a public/public.db: what "
		    "a paper has published. Put the first back from a copy, or "
		    "move the second away",
		    dir);
	rc = files_make_folders(str_of(dir), err);
	if (rc == RC_OK)
		rc = paper_create(str_of(dir), s, clock_now(), err);
	if (rc == RC_OK && file_kind(conf) == FILE_NONE)
		rc = file_write(conf, str_of(init_conf), 0644, err);
	if (rc != RC_OK && !had_paper)
		init_undo(a, str_of(dir), is_our_dir);
	return rc;
}

/* That the page's own words ("By", "Older stories", dates) are not in LANG. */
static void note_words(struct str lang)
{
	if (!lang_has_words(lang))
		printf(
		    "Note: what pages say by themselves (\"By\", dates) is in "
		    "English; there are\nno words in \"%.*s\" yet.\n",
		    STR_ARG(lang));
}

int command_init(int argc, char **argv)
{
	struct option options[] = {
	    {.name = "name", .has_value = true},
	    {.name = "lang", .has_value = true},
	    {.name = "zone", .has_value = true},
	    {.name = "place", .has_value = true},
	    {.name = "motto", .has_value = true},
	    {.name = "origin", .has_value = true},
	    {0},
	};
	struct paper_settings settings;
	struct words words;
	struct arena *a;
	struct err err;
	enum rc rc;

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return command_usage("init", &err);
	if (words.n != 1)
		return command_usage(
		    "init", words.n == 0
				? NULL
				: &(struct err){.why = "one folder is needed"});
	settings = (struct paper_settings){
	    .name = option_value(options, "name"),
	    .lang = option_value(options, "lang"),
	    .zone = option_is_set(options, "zone")
			? option_value(options, "zone")
			: STR("UTC"),
	    .place = option_value(options, "place"),
	    .motto = option_value(options, "motto"),
	    .origin = option_is_set(options, "origin")
			  ? option_value(options, "origin")
			  : STR("http://127.0.0.1:8080"),
	};
	a = arena_new(INIT_ARENA);
	rc = init_make(a, words.v[0], &settings, &err);
	arena_free(a);
	if (rc == RC_INVALID)
		return command_usage("init", &err);
	if (rc != RC_OK)
		return command_failed("init", &err);
	printf(
	    "%.*s is made. Next:\n  farthing import ", STR_ARG(settings.name));
	command_word(words.v[0]);
	fputs(" FILE...\n  farthing serve ", stdout);
	command_word(words.v[0]);
	putchar('\n');
	note_words(settings.lang);
	return EXIT_DONE;
}

/* The names as `farthing set DIR sections` takes them. */
static struct str set_sections(struct arena *a, struct str_list names)
{
	struct buf b;

	buf_init_arena(&b, a, SET_VALUE_MAX);
	for (size_t i = 0; i < names.n; i++) {
		buf_add(&b, i ? STR(", ") : STR(""));
		buf_add(&b, names.v[i]);
	}
	return buf_str(&b);
}

/* One line, or the one that KEY names. Returns how many were printed. */
static int set_show(
    const struct paper_settings *s, struct str sections, const char *key)
{
	const struct {
		const char *key;
		struct str value;
	} rows[] = {
	    {"name", s->name},
	    {"lang", s->lang},
	    {"motto", s->motto},
	    {"place", s->place},
	    {"zone", s->zone},
	    {"origin", s->origin},
	    {"publisher", s->publisher},
	    {"address", s->address},
	    {"sections", sections},
	    {"support", s->support_text},
	    {"about", s->about},
	};
	int n = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (key && strcmp(key, rows[i].key) != 0)
			continue;
		if (key)
			printf("%.*s\n", STR_ARG(rows[i].value));
		else
			printf("%-10s %.*s\n", rows[i].key,
			    STR_ARG(rows[i].value));
		n++;
	}
	return n;
}

static int set_print(const char *dir, const char *key)
{
	struct reading reading;
	struct str_list names;
	struct err err;
	enum rc rc = reading_init(&reading, dir, &err);
	int n = 0;

	if (rc != RC_OK)
		return command_failed("set", &err);
	rc = paper_sections(reading.paper, reading.a, &names, &err);
	if (rc == RC_OK)
		n = set_show(
		    &reading.settings, set_sections(reading.a, names), key);
	reading_done(&reading);
	if (rc != RC_OK)
		return command_failed("set", &err);
	if (n > 0)
		return EXIT_DONE;
	err_set(&err, RC_INVALID,
	    "there is no setting \"%s\"; `farthing set %s` shows all", key,
	    dir);
	return command_usage("set", &err);
}

/* The value, or what is in the file that "@FILE" names. */
static enum rc set_value(
    struct arena *a, const char *word, struct str *ret_value, struct err *err)
{
	if (word[0] != '@') {
		*ret_value = str_of(word);
		return RC_OK;
	}
	return file_read(a, str_of(word + 1), SET_VALUE_MAX, ret_value, err);
}

static enum rc set_check(
    struct arena *a, const char *key, struct str value, struct err *err)
{
	const struct zone *zone;

	if (strcmp(key, "lang") == 0 && !lang_is_usual(value))
		return err_set(err, RC_INVALID,
		    "lang needs a language tag such as en or pt-BR");
	if (strcmp(key, "origin") == 0 && !origin_is_valid(value))
		return err_set(err, RC_INVALID,
		    "origin needs the form https://example.org, without a "
		    "path");
	if (strcmp(key, "zone") == 0)
		return zone_file_load(a, value, &zone, err);
	return RC_OK;
}

static enum rc set_change(struct arena *a, const char *dir, const char *key,
    const char *word, struct err *err)
{
	struct desk_message *reply = ARENA_NEW(a, struct desk_message);
	struct str parts[2] = {str_of(key), STR_NONE};
	struct desk *desk;
	enum rc rc;

	if (!reply)
		return err_set(err, RC_NO_MEMORY, "no memory left");
	rc = set_value(a, word, &parts[1], err);
	if (rc == RC_OK)
		rc = set_check(a, key, parts[1], err);
	if (rc == RC_OK)
		rc = desk_open(str_of(dir), &desk, err);
	if (rc != RC_OK)
		return rc;
	rc = desk_call(desk, a, DESK_SET, parts, 2, reply, err);
	desk_close(desk);
	return rc;
}

int command_set(int argc, char **argv)
{
	struct option options[] = {{0}};
	struct words words;
	struct arena *a;
	struct err err;
	enum rc rc;

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return command_usage("set", &err);
	if (words.n == 1 || words.n == 2)
		return set_print(words.v[0], words.n == 2 ? words.v[1] : NULL);
	if (words.n != 3)
		return command_usage("set", NULL);
	a = arena_new(INIT_ARENA);
	rc = set_change(a, words.v[0], words.v[1], words.v[2], &err);
	arena_free(a);
	if (rc != RC_OK)
		return command_failed("set", &err);
	if (strcmp(words.v[1], "lang") == 0)
		note_words(str_of(words.v[2]));
	if (strcmp(words.v[1], "zone") == 0)
		puts("Scheduled stories and embargoes keep their moment; "
		     "`farthing list DIR --status scheduled` shows it in the "
		     "new time.");
	return EXIT_DONE;
}
