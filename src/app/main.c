/* SPDX-License-Identifier: MIT
 *
 * Farthing: a newspaper in one program. The first word chooses a command.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"

/* Whoever starts this with one of the three closed would have the next file
 * that is opened in its place, and messages written into that. */
static bool fill_standard(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd)
			return false;
	return true;
}

/* What a command printed is there, or its end says that it is not. Nothing is
 * said to a reader that hung up. */
static int flushed(int status)
{
	struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
	bool has_failed = fflush(stdout) != 0;

	if ((!has_failed && !ferror(stdout)) ||
	    (poll(&out, 1, 0) == 1 && (out.revents & POLLERR)))
		return status;
	fprintf(stderr,
	    "farthing: what was to be printed could not all be written%s%s\n",
	    has_failed ? ": " : "", has_failed ? strerror(errno) : "");
	return status == EXIT_DONE ? EXIT_FAILED : status;
}

int main(int argc, char **argv)
{
	const struct command *command;

	if (!fill_standard())
		return EXIT_FAILED;

	/* A reader that hangs up, or `farthing list | head`, is no reason to
	 * die: writes then fail with EPIPE and are dealt with there. */
	signal(SIGPIPE, SIG_IGN);
	if (argc < 2 || strcmp(argv[1], "--help") == 0 ||
	    strcmp(argv[1], "-h") == 0)
		return flushed(command_help(0, NULL));
	if (strcmp(argv[1], "--version") == 0)
		return command_version(0, NULL);
	command = command_find(argv[1]);
	if (!command) {
		command_is_unknown("farthing", argv[1]);
		return EXIT_USAGE;
	}
	return flushed(command->run(argc - 2, argv + 2));
}
