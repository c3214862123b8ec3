/* SPDX-License-Identifier: MIT
 *
 * `farthing intake`: raw text, copied out of a page or a mail, becomes a
 * draft, with a list of what was done and what is doubted.
 */
#include "app/command.h"

#include <stdio.h>
#include <string.h>

#include "app/desk.h"
#include "app/options.h"
#include "app/say.h"
#include "base/arena.h"
#include "base/buf.h"
#include "paper/paper.h"
#include "sys/file.h"
#include "text/charset.h"
#include "text/intake.h"

enum { INTAKE_ARENA = 256 * 1024 * 1024, INTAKE_TEXT = 64 * 1024 * 1024 };

/* The paper's language, for texts that do not show their own. */
static enum rc intake_lang(
    struct arena *a, const char *dir, struct str *ret_lang, struct err *err)
{
	struct paper_settings settings;
	struct paper *paper;
	enum rc rc = paper_open_reader(str_of(dir), &paper, err);

	if (rc != RC_OK)
		return rc;
	rc = paper_settings(paper, a, &settings, err);
	paper_close(paper);
	if (rc == RC_OK)
		*ret_lang = settings.lang;
	return rc;
}

static enum rc intake_bytes(
    struct arena *a, const char *file, struct str *ret_bytes, struct err *err)
{
	if (strcmp(file, "-") == 0)
		return file_read_fd(
		    a, 0, "standard input", CHARSET_MAX, ret_bytes, err);
	return file_read(a, str_of(file), CHARSET_MAX, ret_bytes, err);
}

/* Saves the draft and prints under which number. */
static enum rc intake_save(
    struct arena *a, const char *dir, struct str text, struct err *err)
{
	struct desk_message *reply = ARENA_NEW(a, struct desk_message);
	struct str parts[] = {STR(""), text, STR("")};
	struct desk *desk;
	enum rc rc;

	if (!reply)
		return err_set(err, RC_NO_MEMORY, "no memory left");
	rc = desk_open(str_of(dir), &desk, err);
	if (rc != RC_OK)
		return rc;
	rc = desk_call(desk, a, DESK_SAVE, parts, 3, reply, err);
	desk_close(desk);
	if (rc != RC_OK)
		return rc;
	printf(
	    "Saved as draft %.*s. Next: farthing show ", STR_ARG(reply->v[0]));
	command_word(dir);
	printf(" %.*s\n\n", STR_ARG(reply->v[0]));
	return RC_OK;
}

/* FILE without its folders: it stands before each line of the report. */
static struct str intake_name(const char *file)
{
	const char *slash = strrchr(file, '/');

	return str_of(slash ? slash + 1 : file);
}

static enum rc intake_file(struct arena *a, const char *dir, const char *file,
    bool is_dry, struct err *err)
{
	struct buf text, report;
	struct intake *in = ARENA_NEW(a, struct intake);
	struct str lang, bytes;
	enum rc rc = in ? intake_lang(a, dir, &lang, err)
			: err_set(err, RC_NO_MEMORY, "no memory left");

	if (rc == RC_OK)
		rc = intake_bytes(a, file, &bytes, err);
	if (rc == RC_OK) {
		rc = intake_read(a, bytes, lang, in, err);
		if (rc != RC_OK)
			rc = err_prefix(err, rc, "%s: ", file);
	}
	if (rc != RC_OK)
		return rc;
	buf_init_arena(&text, a, INTAKE_TEXT);
	buf_init_arena(&report, a, INTAKE_TEXT);
	manuscript_write(&text, &in->m);
	intake_report(&report, in, intake_name(file));
	if (buf_rc(&text) != RC_OK || buf_rc(&report) != RC_OK)
		return err_set(
		    err, RC_LIMIT, "%s: the text is too large", file);
	if (is_dry)
		printf("%.*s\n", STR_ARG(buf_str(&text)));
	else
		rc = intake_save(a, dir, buf_str(&text), err);
	if (rc == RC_OK)
		say_put(is_dry ? stderr : stdout, buf_str(&report), true);
	return rc;
}

int command_intake(int argc, char **argv)
{
	struct option options[] = {{.name = "dry-run"}, {0}};
	struct words words;
	struct arena *a;
	struct err err;
	enum rc rc;

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return command_usage("intake", &err);
	if (words.n != 2)
		return command_usage("intake", NULL);
	a = arena_new(INTAKE_ARENA);
	rc = intake_file(
	    a, words.v[0], words.v[1], option_is_set(options, "dry-run"), &err);
	arena_free(a);
	return rc == RC_OK ? EXIT_DONE : command_failed("intake", &err);
}
