/* SPDX-License-Identifier: MIT
 *
 * `farthing newsroom`: the way into the newsroom for its first owner, and for
 * somebody who is locked out.
 */
#include "app/command.h"

#include <stdio.h>
#include <string.h>

#include "app/config.h"
#include "app/desk.h"
#include "app/options.h"
#include "app/say.h"
#include "base/arena.h"

enum { NEWSROOM_ARENA = 4 * 1024 * 1024 };

/* Where the newsroom is as far as the settings say: an owner who serves it
 * elsewhere says so with --at. */
static enum rc find_origin(struct arena *a, const char *dir,
    const struct option *options, struct str *ret_origin, struct err *err)
{
	struct config *config = ARENA_NEW(a, struct config);
	struct str text, port;
	enum rc rc;

	*ret_origin = option_value(options, "at");
	if (ret_origin->n > 0)
		return RC_OK;
	if (!config)
		return err_set(err, RC_NO_MEMORY, "no memory left");
	rc = config_load(a, str_of(dir), &text, config, err);
	if (rc != RC_OK)
		return rc;
	if (config->newsroom_origin[0]) {
		*ret_origin = arena_copy(a, str_of(config->newsroom_origin));
		return RC_OK;
	}
	if (!config->newsroom[0])
		return err_set(
		    err, RC_INVALID, "farthing.conf says: newsroom = off");
	port = str_of(config->newsroom);
	port = str_from(port, str_find_last(port, ':') + 1);
	*ret_origin = arena_printf(a, "http://localhost:%.*s", STR_ARG(port));
	return RC_OK;
}

static enum rc make_link(struct arena *a, const char *dir,
    const struct option *options, struct str login, struct err *err)
{
	struct desk_message *reply = ARENA_NEW(a, struct desk_message);
	struct desk *desk = NULL;
	struct str origin;
	enum rc rc = reply ? find_origin(a, dir, options, &origin, err)
			   : err_set(err, RC_NO_MEMORY, "no memory left");

	if (rc == RC_OK)
		rc = desk_open(str_of(dir), &desk, err);
	if (rc == RC_OK)
		rc = desk_call(desk, a, DESK_STAFF_LINK, &login, 1, reply, err);
	if (rc == RC_OK) {
		/* A server that runs knows better where it is. */
		if (reply->n > 1 && reply->v[1].n > 0 &&
		    !option_is_set(options, "at"))
			origin = reply->v[1];
		printf("%.*s%.*s\n", STR_ARG(origin), STR_ARG(reply->v[0]));
	}
	desk_close(desk);
	return rc;
}

static enum rc list(struct arena *a, const char *dir, struct err *err)
{
	struct desk_message *reply = ARENA_NEW(a, struct desk_message);
	struct desk *desk = NULL;
	enum rc rc = reply ? desk_open(str_of(dir), &desk, err)
			   : err_set(err, RC_NO_MEMORY, "no memory left");

	if (rc == RC_OK)
		rc = desk_call(desk, a, DESK_STAFF_LIST, NULL, 0, reply, err);
	if (rc == RC_OK && reply->v[0].n == 0)
		puts("Nobody yet: `farthing newsroom DIR first-link` prints "
		     "the first owner's link.");
	else if (rc == RC_OK)
		say_put(stdout, reply->v[0], true);
	desk_close(desk);
	return rc;
}

int command_newsroom(int argc, char **argv)
{
	struct option options[] = {{.name = "at", .has_value = true}, {0}};
	struct arena *a;
	struct words words;
	struct err err = {0};
	const char *what;
	enum rc rc;

	if (options_read(argc, argv, options, &words, &err) != RC_OK)
		return command_usage("newsroom", &err);
	what = words.n >= 2 ? words.v[1] : "";
	a = arena_new(NEWSROOM_ARENA);
	if (words.n == 2 && strcmp(what, "first-link") == 0)
		rc = make_link(a, words.v[0], options, STR(""), &err);
	else if (words.n == 3 && strcmp(what, "reset") == 0 && words.v[2][0])
		rc =
		    make_link(a, words.v[0], options, str_of(words.v[2]), &err);
	else if (words.n == 2 && strcmp(what, "staff") == 0)
		rc = list(a, words.v[0], &err);
	else {
		arena_free(a);
		return command_usage("newsroom", NULL);
	}
	arena_free(a);
	return rc == RC_OK ? EXIT_DONE : command_failed("newsroom", &err);
}
