/* SPDX-License-Identifier: MIT
 *
 * Processes and the log. The program starts itself: with an argument it is
 * the child, and does what that says.
 */
#include "sys/process.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "sys/file.h"
#include "sys/log.h"
#include "sys/random.h"

static struct err err;

static void check_end(int pid, const char *wanted)
{
	struct process_end end;
	struct buf b;

	assert_int_equal(process_wait(pid, &end), RC_OK);
	assert_int_equal(end.pid, pid);
	buf_init(&b, 200);
	process_end_text(&b, &end);
	assert_string_equal(b.p, wanted);
	buf_done(&b);
}

/* Starts this program with one argument. */
static int start(const char *what, const int *fds, size_t count)
{
	char *argv[] = {"farthing", (char *)(uintptr_t)what, NULL};
	struct process_spec spec = {
	    .argv = argv, .fds = fds, .fd_count = count};
	int pid;

	if (process_start(&spec, &pid, &err) != RC_OK)
		fail_msg("%s", err.why);
	return pid;
}

/* The child: tells through its first descriptor what it has. */
static int tell_descriptors(void)
{
	char text[300];
	size_t n = 0;

	for (int fd = 0; fd < 200; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			n += (size_t)snprintf(
			    text + n, sizeof(text) - n, "%d ", fd);
	return write(4, text, n) == (ssize_t)n ? 0 : 1;
}

static int tell_signals(void)
{
	sigset_t blocked;
	int signo = 0;

	sigprocmask(SIG_BLOCK, NULL, &blocked);
	prctl(PR_GET_PDEATHSIG, &signo);
	return sigismember(&blocked, SIGUSR1) ? 1 : signo == SIGTERM ? 0 : 2;
}

static int use_shared_memory(void)
{
	uint64_t *shared;

	if (process_map(3, 8192, (void **)&shared, NULL) != RC_OK)
		return 1;
	if (process_map(3, 4096, (void **)&shared, NULL) != RC_INVALID)
		return 2;
	if (process_map(4, 8192, (void **)&shared, NULL) != RC_INVALID)
		return 3;
	shared[1000] = shared[0] + 1;
	return 0;
}

static void a_process_has_just_what_it_is_given(void **state)
{
	int pipes[2], both[3];
	char text[300] = "";
	int pid;

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	/* Given in an order that must not be mixed up: each of these may be
	 * the new number of another. */
	both[0] = pipes[0];
	both[1] = pipes[1];
	both[2] = pipes[0];
	pid = start("descriptors", both, 3);
	check_end(pid, "ended with code 0");
	assert_true(read(pipes[0], text, sizeof(text) - 1) > 0);
	assert_string_equal(text, "0 1 2 3 4 5 ");
	close(pipes[0]);
	close(pipes[1]);
}

static void a_process_starts_with_signals_open_and_dies_with_us(void **state)
{
	sigset_t some;

	(void)state;
	sigemptyset(&some);
	sigaddset(&some, SIGUSR1);
	sigprocmask(SIG_BLOCK, &some, NULL);
	check_end(start("signals", NULL, 0), "ended with code 0");
	sigprocmask(SIG_UNBLOCK, &some, NULL);
}

static void an_end_is_told(void **state)
{
	struct process_end end;
	int pid = start("sleep", NULL, 0);

	(void)state;
	assert_int_equal(process_reap(&end), RC_NOT_FOUND);
	assert_int_equal(process_signal(pid, SIGTERM), RC_OK);
	check_end(pid, "was killed by signal 15 (Terminated)");
	assert_int_equal(process_signal(pid, 0), RC_NOT_FOUND);
	assert_int_equal(process_wait(pid, &end), RC_NOT_FOUND);
	check_end(start("unknown", NULL, 0), "ended with code 9");
	pid = start("unknown", NULL, 0);
	for (int i = 0; i < 500 && process_reap(&end) != RC_OK; i++)
		usleep(10000);
	assert_int_equal(end.pid, pid);
	assert_int_equal(end.code, 9);
}

static void a_program_that_is_not_there_is_told_by_the_start(void **state)
{
	char *argv[] = {"x", NULL};
	struct process_spec spec = {
	    .path = "/nonexistent/farthing", .argv = argv};
	int pid = -1;

	(void)state;
	assert_int_equal(process_start(&spec, &pid, &err), RC_NOT_FOUND);
	assert_int_equal(pid, -1);
	assert_non_null(strstr(err.why, "/nonexistent/farthing"));
	spec.path = "/etc/passwd";
	assert_int_equal(process_start(&spec, &pid, &err), RC_DENIED);
}

static void memory_is_shared_with_a_child(void **state)
{
	uint64_t *shared;
	int fd, fds[2];

	(void)state;
	assert_int_equal(
	    process_share("metrics", 8192, &fd, (void **)&shared, &err), RC_OK);
	assert_int_equal(shared[0], 0);
	shared[0] = 41;
	fds[0] = fd;
	fds[1] = open("/dev/null", O_RDWR);
	check_end(start("shared", fds, 2), "ended with code 0");
	assert_int_equal(shared[1000], 42);
	assert_int_not_equal(ftruncate(fd, 0), 0);
	close(fd);
	close(fds[1]);
}

static void memory_is_measured(void **state)
{
	uint64_t mine = 0, same = 0, other = 7;
	size_t n = 32 << 20;
	char *big = malloc(n);

	(void)state;
	assert_non_null(big);
	assert_int_equal(process_memory(0, &mine), RC_OK);
	memset(big, 1, n);
	assert_int_equal(process_memory(process_id(), &same), RC_OK);
	assert_true(same >= mine + n - (1 << 20) && same < mine + 3 * n);
	assert_int_equal(process_memory(1 << 22, &other), RC_NOT_FOUND);
	assert_true(other == 7);
	free(big);
}

/* The line that is logged, behind the moment. */
static void check_log(const char *message, size_t n, const char *wanted)
{
	char line[2 * LOG_LINE_MAX] = "";
	struct log log = {.role = "reader 1"};
	struct civil c;
	int pipes[2];
	ssize_t got;

	assert_int_equal(pipe(pipes), 0);
	log.fd = pipes[1];
	log_event(&log, "test.line", "%.*s", (int)n, message);
	got = read(pipes[0], line, sizeof(line) - 1);
	assert_true(got > 25 && got <= LOG_LINE_MAX);
	assert_int_equal(
	    civil_parse(
		(struct str){line, strlen("2026-11-23T18:30:05.123Z")}, &c),
	    RC_OK);
	assert_true(c.has_offset && c.offset_s == 0);
	assert_string_equal(line + 24, wanted);
	close(pipes[0]);
	close(pipes[1]);
}

static void a_hostile_message_stays_within_its_line(void **state)
{
	static const char evil[] =
	    "a\nb\x1B[2J\\ \xFF\xE2\x80\xAE \xC2\x85 \xC3\xA9";

	(void)state;
	check_log("plain", 5, " reader_1 test.line plain\n");
	check_log(evil, sizeof(evil) - 1,
	    " reader_1 test.line a\\x0Ab\\x1B[2J\\\\ \\xFF\\xE2\\x80\\xAE "
	    "\\xC2\\x85 \xC3\xA9\n");
}

static void a_long_message_is_cut(void **state)
{
	char message[3000];
	char line[2 * LOG_LINE_MAX] = "";
	struct log log = {.role = "x"};
	int pipes[2];

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	log.fd = pipes[1];
	for (int shift = 0; shift < 3; shift++) {
		ssize_t n;

		memset(message, 'x', sizeof(message));
		for (size_t i = (size_t)shift; i + 3 < sizeof(message); i += 3)
			memcpy(message + i, "\xE2\x82\xAC", 3);
		message[sizeof(message) - 1] = '\0';
		log_event(&log, "test.long", "%s", message);
		n = read(pipes[0], line, sizeof(line));
		assert_true(n > 900 && n <= LOG_LINE_MAX);
		assert_memory_equal(line + n - 4, "...\n", 4);
		assert_memory_equal(line + n - 7, "\xE2\x82\xAC", 3);
	}
	memset(message, '\n', sizeof(message) - 1);
	log_event(&log, "test.long", "%s", message);
	assert_true(read(pipes[0], line, sizeof(line)) <= LOG_LINE_MAX);
	log_event(NULL, "test.nowhere", "x");
	log.fd = -1;
	log_event(&log, "test.nowhere", "x");
	close(pipes[0]);
	close(pipes[1]);
}

static void random_numbers_differ(void **state)
{
	unsigned seen[7] = {0};

	(void)state;
	assert_int_equal(random_start(), RC_OK);
	assert_true(random_u64() != random_u64());
	for (int i = 0; i < 7000; i++)
		seen[random_below(7)]++;
	for (int i = 0; i < 7; i++)
		assert_true(seen[i] > 700 && seen[i] < 1300);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_process_has_just_what_it_is_given),
	    cmocka_unit_test(
		a_process_starts_with_signals_open_and_dies_with_us),
	    cmocka_unit_test(an_end_is_told),
	    cmocka_unit_test(a_program_that_is_not_there_is_told_by_the_start),
	    cmocka_unit_test(memory_is_shared_with_a_child),
	    cmocka_unit_test(memory_is_measured),
	    cmocka_unit_test(a_hostile_message_stays_within_its_line),
	    cmocka_unit_test(a_long_message_is_cut),
	    cmocka_unit_test(random_numbers_differ),
	};

	if (argc < 2)
		return cmocka_run_group_tests(tests, NULL, NULL);
	if (strcmp(argv[1], "descriptors") == 0)
		return tell_descriptors();
	if (strcmp(argv[1], "signals") == 0)
		return tell_signals();
	if (strcmp(argv[1], "shared") == 0)
		return use_shared_memory();
	if (strcmp(argv[1], "sleep") == 0)
		return sleep(60) > 0;
	return 9;
}
