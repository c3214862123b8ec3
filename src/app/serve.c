/* SPDX-License-Identifier: MIT
 *
 * The command `serve`: reads its words and becomes the supervisor, or the
 * child that a supervisor asked for.
 */
#include "app/serve.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>

#include "app/child.h"
#include "app/command.h"
#include "app/darkroom.h"
#include "app/newsroom.h"
#include "app/files.h"
#include "app/options.h"
#include "app/reader.h"
#include "app/say.h"
#include "app/supervisor.h"
#include "app/till.h"
#include "app/vault.h"
#include "app/watching.h"

static int serve_child(const struct child_order *order)
{
	static const struct {
		const char *name;
		int (*run)(const struct child_order *order);
	} roles[] = {
	    [CHILD_READER] = {"farthing-reader", reader_run},
	    [CHILD_NEWSROOM] = {"farthing-news", newsroom_run},
	    [CHILD_TILL] = {"farthing-till", till_run},
	    [CHILD_WATCH] = {"farthing-watch", watching_run},
	    [CHILD_VAULT] = {"farthing-vault", vault_run},
	    [CHILD_DARKROOM] = {"farthing-dark", darkroom_run},
	};

	/* The name in short lists of processes; executing by descriptor has
	 * left none. */
	prctl(PR_SET_NAME, roles[order->role].name);
	say_times();
	return roles[order->role].run(order);
}

int serve_command(int argc, char **argv)
{
	struct option options[] = {{.name = "port", .has_value = true},
	    {.name = "newsroom-port", .has_value = true}, {0}};
	static char dir[PATH_MAX];
	struct child_order order;
	struct words words;
	uint64_t port, newsroom_port;
	struct err err;
	enum rc rc = child_read_order(argc, argv, &order, &err);

	if (rc == RC_OK)
		return serve_child(&order);
	if (rc != RC_NOT_FOUND)
		return command_failed("serve", &err);
	rc = options_read(argc, argv, options, &words, &err);
	if (rc == RC_OK)
		rc = option_number(options, "port", 65535, 0, &port, &err);
	if (rc == RC_OK)
		rc = option_number(options, "newsroom-port", 65535,
		    SUPERVISOR_NO_PORT, &newsroom_port, &err);
	if (rc != RC_OK)
		return command_usage("serve", &err);
	if (words.n != 1)
		return command_usage("serve", NULL);
	if (!realpath(words.v[0], dir)) {
		err_set(&err, RC_NOT_FOUND,
		    "%s: no such folder; make a paper "
		    "with `farthing init`",
		    words.v[0]);
		return command_failed("serve", &err);
	}
	if (files_need_paper(str_of(dir), &err) != RC_OK)
		return command_failed("serve", &err);
	prctl(PR_SET_NAME, "farthing");
	say_times();
	return supervisor_run(dir, (unsigned)port, (unsigned)newsroom_port);
}
