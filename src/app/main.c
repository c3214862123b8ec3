/* SPDX-License-Identifier: MIT
 *
 * Farthing: a newspaper in one program. The first word chooses a command.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "app/command.h"

int main(int argc, char **argv)
{
	const struct command *command;

	/* A reader that hangs up, or `farthing list | head`, is no reason to
	 * die: writes then fail with EPIPE and are dealt with there. */
	signal(SIGPIPE, SIG_IGN);
	if (argc < 2 || strcmp(argv[1], "--help") == 0 ||
	    strcmp(argv[1], "-h") == 0)
		return command_help(0, NULL);
	if (strcmp(argv[1], "--version") == 0)
		return command_version(0, NULL);
	command = command_find(argv[1]);
	if (!command) {
		fprintf(stderr,
		    "farthing: there is no command \"%s\"; "
		    "`farthing help` lists them\n",
		    argv[1]);
		return EXIT_USAGE;
	}
	return command->run(argc - 2, argv + 2);
}
