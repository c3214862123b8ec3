/* SPDX-License-Identifier: MIT
 *
 * The sandbox, tried by breaking out of it. Each attempt runs in a child that
 * enters the sandbox first; it returns 0 if the attempt succeeded, else errno.
 */
#include "sys/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buf.h"
#include "base/must.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/loop.h"
#include "sys/random.h"
#include "sys/sandbox_priv.h"
#include "sys/socket.h"

enum { KILLED = 1000, ABORTED, NO_ENTRY = 254 };

enum fence { BOTH, FILTER_ONLY, LANDLOCK_ONLY };

static char folder[] = "/tmp/farthing-sandbox-XXXXXX";
static char inside[64];	 /* a file in it */
static char other[64];	 /* one that is not there yet */
static int early_socket; /* TCP, made before the sandbox */
static int listener;
static struct address listening;
static struct sandbox_report last;

static int make_folder(void **state)
{
	struct address any = {.kind = ADDRESS_V4, .ip = {127, 0, 0, 1}};

	(void)state;
	if (!mkdtemp(folder))
		return -1;
	snprintf(inside, sizeof(inside), "%s/inside", folder);
	snprintf(other, sizeof(other), "%s/other", folder);
	early_socket = socket(AF_INET, SOCK_STREAM, 0);
	return socket_listen(&any, 8, &listener, 1, NULL) == RC_OK &&
		       socket_local(listener, &listening) == RC_OK &&
		       file_write(str_of(inside), STR("paper"), 0644, NULL) ==
			   RC_OK
		   ? 0
		   : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	unlink(inside);
	unlink(other);
	close(listener);
	close(early_socket);
	return rmdir(folder);
}

static int enter(enum sandbox_role role, enum fence fence)
{
	struct str here = str_of(folder);
	struct sandbox_rules rules = {.role = role, .filters_always = true};
	struct sandbox_report report = {0};
	enum rc rc = RC_IO;

	if (role == SANDBOX_READER || role == SANDBOX_WATCH ||
	    role == SANDBOX_DARKROOM_PARENT ||
	    role == SANDBOX_DARKROOM_WAITING) {
		rules.readable = &here;
		rules.readable_count = 1;
	} else if (role != SANDBOX_DARKROOM) {
		rules.writable = &here;
		rules.writable_count = 1;
	}
	switch (fence) {
	case BOTH:
		rc = sandbox_enter(&rules, &report, NULL);
		break;
	case FILTER_ONLY:
		report.closes_tcp = true; /* as if: the filter is on trial */
		rc = seccomp_enter(&rules, &report, NULL);
		break;
	case LANDLOCK_ONLY:
		rc = landlock_enter(&rules, &report, NULL);
		break;
	}
	return rc == RC_OK ? 0 : -1;
}

/* Runs ATTEMPT in a sandboxed child: its errno, 0, or KILLED. */
static int try(enum sandbox_role role, enum fence fence, int (*attempt)(void))
{
	int status;
	pid_t pid = fork();

	assert_true(pid >= 0);
	if (pid == 0) {
		/* seccomp_enter alone needs it, too. */
		if (fence != BOTH && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
			_exit(NO_ENTRY);
		if (enter(role, fence) < 0)
			_exit(NO_ENTRY);
		_exit(attempt());
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT)
		return ABORTED;
	if (WIFSIGNALED(status)) {
		assert_int_equal(WTERMSIG(status), SIGSYS);
		return KILLED;
	}
	assert_int_not_equal(WEXITSTATUS(status), NO_ENTRY);
	return WEXITSTATUS(status);
}

static int opened(int fd)
{
	return fd < 0 ? errno : 0;
}

static int read_passwd(void)
{
	return opened(open("/etc/passwd", O_RDONLY));
}

static int read_inside(void)
{
	char text[8];
	int fd = open(inside, O_RDONLY);

	return fd >= 0 && read(fd, text, sizeof(text)) == 5 ? 0 : errno;
}

static int write_inside(void)
{
	return opened(open(inside, O_WRONLY));
}

static int create_inside(void)
{
	int fd = open(other, O_RDWR | O_CREAT, 0600);

	return fd >= 0 && unlink(other) == 0 ? 0 : errno;
}

static int truncate_inside(void)
{
	return truncate(inside, 5) < 0 ? errno : 0;
}

static int replace_inside(void)
{
	struct err err;

	return file_write(str_of(inside), STR("paper"), 0644, &err) == RC_OK
		   ? 0
		   : EPERM;
}

static int create_outside(void)
{
	return opened(open("/tmp/farthing-outside", O_RDWR | O_CREAT, 0600));
}

static int make_tcp(void)
{
	return opened(socket(AF_INET, SOCK_STREAM, 0));
}

static int make_tcp6(void)
{
	return opened(socket(AF_INET6, SOCK_STREAM, 0));
}

static int make_unix(void)
{
	return opened(socket(AF_UNIX, SOCK_STREAM, 0));
}

static struct sockaddr_in there(void)
{
	return (struct sockaddr_in){
	    .sin_family = AF_INET,
	    .sin_port = htons(listening.port),
	    .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
}

static int connect_early_socket(void)
{
	struct sockaddr_in to = there();

	return connect(early_socket, (void *)&to, sizeof(to)) < 0 ? errno : 0;
}

/* As the C library looks up names and libcurl connects. */
static int connect_new_socket(void)
{
	struct sockaddr_in to = there();
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	return fd < 0 || connect(fd, (void *)&to, sizeof(to)) < 0 ? errno : 0;
}

static int send_datagram(void)
{
	struct sockaddr_in to = there();
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	return fd < 0 || connect(fd, (void *)&to, sizeof(to)) < 0 ||
		       send(fd, "x", 1, 0) != 1
		   ? errno
		   : 0;
}

static void *set_true(void *p)
{
	*(bool *)p = true;
	return NULL;
}

static int run_thread(void)
{
	pthread_t thread;
	bool has_run = false;
	int failed = pthread_create(&thread, NULL, set_true, &has_run);

	if (failed)
		return failed;
	pthread_join(thread, NULL);
	return has_run ? 0 : 1;
}

static int open_fast(void)
{
	struct sockaddr_in to = there();

	return sendto(early_socket, "x", 1, MSG_FASTOPEN | MSG_NOSIGNAL,
		   (void *)&to, sizeof(to)) < 0
		   ? errno
		   : 0;
}

static int open_fast_by_message(void)
{
	struct sockaddr_in to = there();
	struct iovec iov = {"x", 1};
	struct msghdr m = {.msg_name = &to,
	    .msg_namelen = sizeof(to),
	    .msg_iov = &iov,
	    .msg_iovlen = 1};

	return sendmsg(early_socket, &m, MSG_FASTOPEN | MSG_NOSIGNAL) < 0
		   ? errno
		   : 0;
}

static int listen_elsewhere(void)
{
	struct sockaddr_in to = there();

	to.sin_port = 0;
	return bind(early_socket, (void *)&to, sizeof(to)) < 0 ? errno : 0;
}

static int run_a_shell(void)
{
	char *argv[] = {"sh", "-c", "true", NULL};

	execv("/bin/sh", argv);
	return errno;
}

static int fork_once(void)
{
	pid_t pid = (pid_t)syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);

	if (pid == 0)
		_exit(0);
	return pid < 0 ? errno : 0;
}

/* Into a network of its own. */
static int fork_elsewhere(void)
{
	pid_t pid = (pid_t)syscall(
	    SYS_clone, SIGCHLD | CLONE_NEWUSER | CLONE_NEWNET, 0, 0, 0, 0);

	if (pid == 0)
		_exit(0);
	return pid < 0 ? errno : 0;
}

static int kill_a_child(void)
{
	int status;
	pid_t pid = fork();

	if (pid == 0)
		for (;;)
			pause();
	if (pid < 0 || kill(pid, SIGKILL) != 0 ||
	    waitpid(pid, &status, 0) != pid)
		return errno;
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL ? 0 : EPERM;
}

static int limit_itself(void)
{
	const struct rlimit none = {0, 0};

	return setrlimit(RLIMIT_CORE, &none) < 0 ? errno : 0;
}

/* A tighter sandbox within. */
static int add_a_fence(void)
{
	const struct sandbox_rules rules = {
	    .role = SANDBOX_DARKROOM, .filters_always = true};
	struct sandbox_report report;

	if (sandbox_enter(&rules, &report, NULL) != RC_OK)
		return EPERM;
	return read_inside() == EPERM ? 0 : 1;
}

static int make_a_memory_file(void)
{
	return opened((int)syscall(SYS_memfd_create, "x", 0));
}

/* As a library is loaded. */
static int run_a_file(void)
{
	int fd = open(inside, O_RDONLY);

	return fd >= 0 && mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE,
			      fd, 0) != MAP_FAILED
		   ? 0
		   : errno;
}

static int trace_the_parent(void)
{
	return ptrace(PTRACE_SEIZE, getppid(), 0, 0) < 0 ? errno : 0;
}

static int mount_something(void)
{
	return mount("none", folder, "tmpfs", 0, NULL) < 0 ? errno : 0;
}

static int set_up_a_ring(void)
{
	return syscall(SYS_io_uring_setup, 1, NULL) < 0 ? errno : 0;
}

static int load_bpf(void)
{
	return syscall(SYS_bpf, 0, NULL, 0) < 0 ? errno : 0;
}

static int take_keys(void)
{
	return syscall(SYS_keyctl, 0, -3, 0) < 0 ? errno : 0;
}

static int read_the_parent(void)
{
	return syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0) < 0
		   ? errno
		   : 0;
}

static int new_user_namespace(void)
{
	return syscall(SYS_unshare, 0x10000000) < 0 ? errno : 0;
}

static int handle_faults(void)
{
	return syscall(SYS_userfaultfd, 0) < 0 ? errno : 0;
}

static int run_memory(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
		   ? errno
		   : 0;
}

static int make_memory_runnable(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return mprotect(p, 4096, PROT_READ | PROT_EXEC) < 0 ? errno : 0;
}

static int signal_the_parent(void)
{
	return kill(getppid(), 0) < 0 ? errno : 0;
}

static int fail_an_assertion(void)
{
	must(close(2) != 0); /* where the message would go */
	return 0;
}

static void took_it(struct loop *l, struct watch *w, unsigned events)
{
	struct address peer;
	int fd;

	(void)events;
	if (socket_accept(w->fd, &fd, &peer) == RC_OK)
		loop_stop(l);
}

/* All that a server does in its life. */
static int serve(void)
{
	struct loop *l;
	struct watch w;
	struct arena *a = arena_new(1 << 20);
	struct str bytes;
	struct str parts[2] = {STR("a"), STR("b")};
	int pair[2];
	size_t n;
	char got[4];
	void *big = malloc(8 << 20);

	if (!big || !memset(big, 1, 8 << 20))
		return 1;
	free(big);
	if (loop_new(&l, NULL) != RC_OK ||
	    loop_watch(l, &w, listener, LOOP_READ, took_it) != RC_OK)
		return 2;
	loop_run(l);
	if (socket_pair(pair, NULL) != RC_OK ||
	    socket_send(pair[0], parts, 2, false, &n) != RC_OK || n != 2 ||
	    socket_send(pair[0], parts, 1, false, &n) != RC_OK || n != 1 ||
	    socket_recv(pair[1], got, sizeof(got), &n) != RC_OK || n != 3)
		return 3;
	if (file_read(a, str_of(inside), 100, &bytes, NULL) != RC_OK)
		return 4;
	if (random_u64() == 0 || clock_now().us == 0)
		return 5;
	return 0;
}

static int served(enum sandbox_role role)
{
	struct sockaddr_in to = there();
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	int answer;

	assert_int_equal(connect(fd, (void *)&to, sizeof(to)), 0);
	answer = try(role, BOTH, serve);
	close(fd);
	return answer;
}

static bool is_denied(int answer)
{
	return answer == EPERM || answer == EACCES || answer == KILLED;
}

static void a_server_does_its_work_inside(void **state)
{
	(void)state;
	assert_int_equal(served(SANDBOX_READER), 0);
	assert_int_equal(served(SANDBOX_NEWSROOM), 0);
	assert_int_equal(served(SANDBOX_TILL), 0);
	assert_int_equal(served(SANDBOX_WATCH), 0);
}

static void a_failed_assertion_still_ends_the_process(void **state)
{
	(void)state;
	assert_int_equal(try(SANDBOX_READER, BOTH, fail_an_assertion), ABORTED);
}

static void nobody_breaks_out(void **state)
{
	static int (*const attempts[])(void) = {make_tcp, make_tcp6,
	    connect_early_socket, open_fast, open_fast_by_message,
	    listen_elsewhere, run_a_shell, fork_once, trace_the_parent,
	    mount_something, set_up_a_ring, load_bpf, take_keys,
	    read_the_parent, new_user_namespace, handle_faults, run_memory,
	    make_memory_runnable, signal_the_parent};

	(void)state;
	for (size_t i = 0; i < sizeof(attempts) / sizeof(*attempts); i++) {
		int reader = try(SANDBOX_READER, BOTH, attempts[i]);
		int newsroom = try(SANDBOX_NEWSROOM, BOTH, attempts[i]);
		int till = try(SANDBOX_TILL, BOTH, attempts[i]);

		if (!is_denied(reader) || !is_denied(newsroom) ||
		    !is_denied(till))
			fail_msg("attempt %zu: reader %d, newsroom %d, till %d",
			    i, reader, newsroom, till);
	}
}

static void what_only_an_intruder_calls_kills(void **state)
{
	static int (*const attempts[])(void) = {run_a_shell, trace_the_parent,
	    mount_something, set_up_a_ring, load_bpf, take_keys,
	    read_the_parent, new_user_namespace, handle_faults};

	(void)state;
	for (size_t i = 0; i < sizeof(attempts) / sizeof(*attempts); i++)
		assert_int_equal(
		    try(SANDBOX_READER, FILTER_ONLY, attempts[i]), KILLED);
}

static void the_watch_connects_and_does_nothing_else(void **state)
{
	static int (*const needed[])(void) = {connect_new_socket, send_datagram,
	    connect_early_socket, make_tcp6, run_thread, read_inside};
	static int (*const attempts[])(void) = {make_unix, listen_elsewhere,
	    run_a_shell, fork_once, trace_the_parent, mount_something,
	    set_up_a_ring, load_bpf, take_keys, read_the_parent,
	    new_user_namespace, handle_faults, run_memory, make_memory_runnable,
	    signal_the_parent, write_inside, create_inside, truncate_inside,
	    replace_inside};

	(void)state;
	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++)
		if (try(SANDBOX_WATCH, BOTH, needed[i]) != 0)
			fail_msg("it cannot do %zu: %d", i,
			    try(SANDBOX_WATCH, BOTH, needed[i]));
	for (size_t i = 0; i < sizeof(attempts) / sizeof(*attempts); i++)
		if (!is_denied(try(SANDBOX_WATCH, BOTH, attempts[i])))
			fail_msg("attempt %zu: %d", i,
			    try(SANDBOX_WATCH, BOTH, attempts[i]));
}

static void the_till_makes_and_connects_no_socket(void **state)
{
	static int (*const attempts[])(void) = {make_unix, make_tcp, make_tcp6,
	    connect_early_socket, open_fast, open_fast_by_message, run_thread};

	(void)state;
	for (size_t i = 0; i < sizeof(attempts) / sizeof(*attempts); i++)
		assert_true(
		    is_denied(try(SANDBOX_TILL, FILTER_ONLY, attempts[i])));
	assert_int_equal(try(SANDBOX_TILL, BOTH, write_inside), 0);
	assert_int_equal(try(SANDBOX_TILL, BOTH, replace_inside), 0);
}

/* With Landlock left out: each fence is to hold by itself. */
static void who_decodes_reaches_nothing(void **state)
{
	static int (*const attempts[])(void) = {read_inside, read_passwd,
	    write_inside, create_inside, truncate_inside, replace_inside,
	    make_unix, make_tcp, make_tcp6, connect_early_socket, open_fast,
	    open_fast_by_message, listen_elsewhere, fork_once, run_a_shell,
	    trace_the_parent, mount_something, new_user_namespace, run_memory,
	    make_memory_runnable, signal_the_parent, add_a_fence,
	    make_a_memory_file};

	(void)state;
	assert_int_equal(try(SANDBOX_DARKROOM, FILTER_ONLY, run_thread), 0);
	for (size_t i = 0; i < sizeof(attempts) / sizeof(*attempts); i++)
		if (!is_denied(try(SANDBOX_DARKROOM, FILTER_ONLY, attempts[i])))
			fail_msg("attempt %zu: %d", i,
			    try(SANDBOX_DARKROOM, FILTER_ONLY, attempts[i]));
	assert_int_equal(
	    try(SANDBOX_DARKROOM, FILTER_ONLY, run_a_shell), KILLED);
}

static int (*const parent_needs[])(void) = {fork_once, kill_a_child,
    limit_itself, add_a_fence, make_a_memory_file, run_thread, read_inside};
static int (*const parent_attempts[])(void) = {write_inside, create_inside,
    truncate_inside, replace_inside, make_unix, make_tcp, make_tcp6,
    connect_early_socket, open_fast, open_fast_by_message, listen_elsewhere,
    run_a_shell, trace_the_parent, mount_something, set_up_a_ring, load_bpf,
    take_keys, read_the_parent, new_user_namespace, fork_elsewhere, run_memory,
    make_memory_runnable, signal_the_parent};

static void forks_and_kills_and_does_little_else(enum sandbox_role role)
{
	for (size_t i = 0; i < sizeof(parent_needs) / sizeof(*parent_needs);
	     i++)
		if (try(role, BOTH, parent_needs[i]) != 0)
			fail_msg("it cannot do %zu: %d", i,
			    try(role, BOTH, parent_needs[i]));
	for (size_t i = 0;
	     i < sizeof(parent_attempts) / sizeof(*parent_attempts); i++)
		if (!is_denied(try(role, FILTER_ONLY, parent_attempts[i])))
			fail_msg("attempt %zu: %d", i,
			    try(role, FILTER_ONLY, parent_attempts[i]));
}

static void its_parent_forks_and_kills_and_does_little_else(void **state)
{
	(void)state;
	forks_and_kills_and_does_little_else(SANDBOX_DARKROOM_PARENT);
	assert_true(
	    is_denied(try(SANDBOX_DARKROOM_PARENT, FILTER_ONLY, run_a_file)));
}

static int run_a_file_once_it_has_loaded(void)
{
	return enter(SANDBOX_DARKROOM_PARENT, BOTH) < 0 ? NO_ENTRY
							: run_a_file();
}

static void while_it_waits_it_may_load_libraries_besides(void **state)
{
	(void)state;
	forks_and_kills_and_does_little_else(SANDBOX_DARKROOM_WAITING);
	assert_int_equal(try(SANDBOX_DARKROOM_WAITING, BOTH, run_a_file), 0);
	assert_int_equal(
	    try(SANDBOX_DARKROOM_WAITING, BOTH, run_a_file_once_it_has_loaded),
	    EPERM);
}

static void only_the_newsroom_makes_unix_sockets(void **state)
{
	(void)state;
	assert_int_equal(try(SANDBOX_READER, FILTER_ONLY, make_unix), EPERM);
	assert_int_equal(try(SANDBOX_NEWSROOM, FILTER_ONLY, make_unix), 0);
}

static void a_reader_without_landlock_still_cannot_write(void **state)
{
	(void)state;
	assert_int_equal(try(SANDBOX_READER, FILTER_ONLY, read_inside), 0);
	assert_int_equal(try(SANDBOX_READER, FILTER_ONLY, write_inside), EPERM);
	assert_int_equal(
	    try(SANDBOX_READER, FILTER_ONLY, create_inside), EPERM);
	assert_int_equal(
	    try(SANDBOX_READER, FILTER_ONLY, truncate_inside), EPERM);
	assert_int_equal(
	    try(SANDBOX_READER, FILTER_ONLY, replace_inside), EPERM);
}

static void landlock_shows_only_what_the_rules_name(void **state)
{
	(void)state;
	if (last.landlock_abi == 0) {
		printf("note: this kernel has no Landlock\n");
		return;
	}
	for (enum fence f = BOTH; f <= LANDLOCK_ONLY; f += LANDLOCK_ONLY) {
		assert_int_equal(try(SANDBOX_READER, f, read_inside), 0);
		assert_true(is_denied(try(SANDBOX_READER, f, read_passwd)));
		assert_true(is_denied(try(SANDBOX_READER, f, write_inside)));
		assert_true(is_denied(try(SANDBOX_READER, f, create_inside)));
		assert_true(is_denied(try(SANDBOX_NEWSROOM, f, read_passwd)));
		assert_true(is_denied(try(SANDBOX_TILL, f, read_passwd)));
		assert_true(is_denied(try(SANDBOX_TILL, f, create_outside)));
		assert_true(is_denied(try(SANDBOX_WATCH, f, read_passwd)));
		assert_true(
		    is_denied(try(SANDBOX_NEWSROOM, f, create_outside)));
		assert_int_equal(try(SANDBOX_NEWSROOM, f, write_inside), 0);
		assert_int_equal(try(SANDBOX_NEWSROOM, f, create_inside), 0);
		assert_int_equal(try(SANDBOX_NEWSROOM, f, replace_inside), 0);
	}
	if (last.closes_tcp)
		assert_true(is_denied(
		    try(SANDBOX_READER, LANDLOCK_ONLY, connect_early_socket)));
}

static void a_missing_path_is_an_error_only_for_writing(void **state)
{
	struct str nowhere = STR("/nonexistent/farthing");
	struct sandbox_rules rules = {
	    .writable = &nowhere, .writable_count = 1};
	struct sandbox_report report = {0};
	struct err err;

	(void)state;
	if (last.landlock_abi == 0)
		return;
	/* Fails before anything is closed, so it may run here. */
	assert_int_equal(landlock_enter(&rules, &report, &err), RC_NOT_FOUND);
	assert_non_null(strstr(err.why, "/nonexistent/farthing"));
}

/* Asks a child what this kernel has. */
static int learn(void **state)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		struct sandbox_rules rules = {.filters_always = true};

		if (sandbox_enter(&rules, &last, NULL) != RC_OK)
			_exit(1);
		_exit(last.landlock_abi | (last.closes_tcp ? 64 : 0) |
		      (last.has_filter ? 128 : 0));
	}
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) ||
	    !(WEXITSTATUS(status) & 128))
		return -1;
	last.landlock_abi = WEXITSTATUS(status) & 63;
	last.closes_tcp = WEXITSTATUS(status) & 64;
	return make_folder(state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_server_does_its_work_inside),
	    cmocka_unit_test(a_failed_assertion_still_ends_the_process),
	    cmocka_unit_test(nobody_breaks_out),
	    cmocka_unit_test(what_only_an_intruder_calls_kills),
	    cmocka_unit_test(the_watch_connects_and_does_nothing_else),
	    cmocka_unit_test(the_till_makes_and_connects_no_socket),
	    cmocka_unit_test(who_decodes_reaches_nothing),
	    cmocka_unit_test(its_parent_forks_and_kills_and_does_little_else),
	    cmocka_unit_test(while_it_waits_it_may_load_libraries_besides),
	    cmocka_unit_test(only_the_newsroom_makes_unix_sockets),
	    cmocka_unit_test(a_reader_without_landlock_still_cannot_write),
	    cmocka_unit_test(landlock_shows_only_what_the_rules_name),
	    cmocka_unit_test(a_missing_path_is_an_error_only_for_writing),
	};

	if (random_start() != RC_OK)
		return 1;
	return cmocka_run_group_tests(tests, learn, remove_folder);
}
