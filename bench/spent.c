/* SPDX-License-Identifier: MIT
 *
 * spent COMMAND...: runs it with its standard output thrown away, and prints
 * the seconds of processor time that it took and the most memory that it had
 * at a time, in kB. Ends as the command did.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

int main(int argc, char **argv)
{
	struct rusage use;
	int status;
	pid_t pid;

	if (argc < 2)
		return 2;
	pid = fork();
	if (pid == 0) {
		dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &use) != pid)
		return 1;
	printf("%.3f %ld\n", seconds(use.ru_utime) + seconds(use.ru_stime),
	    use.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
