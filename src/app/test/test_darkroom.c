/* SPDX-License-Identifier: MIT
 *
 * The darkroom's children: ones that do as they should, and ones that have
 * been taken over by what they read, which this program has none of; so they
 * are played.
 */
#include "app/darkroom_child.c" /* app is in no library */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "newsroom/darkroom.h"
#include "picture/contact_sheet.h"
#include "picture/develop.h"
#include "sys/file.h"

static struct arena *arena;
/* A file that is open here, and that no child may reach. */
static int secret_fd;

static int picture_fd(const char *name)
{
	struct str path = arena_printf(arena, "test/pictures/%s", name);
	int fd = open(path.p, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	return fd;
}

static enum rc no_beginning(struct err *err)
{
	(void)err;
	return RC_OK;
}

/* Runs a child over the picture NAME to its end. */
static enum rc run(const char *name, const struct darkroom_work *work,
    const struct darkroom_limits *limits, int *ret_fd, struct err *err)
{
	struct darkroom_child c;
	int in = picture_fd(name);
	int status;
	enum rc rc;

	assert_int_equal(
	    darkroom_child_start(&c, in,
		&(struct picture_wish){.focus = PICTURE_FOCUS_MIDDLE}, work,
		limits, err),
	    RC_OK);
	assert_int_equal(waitpid(c.pid, &status, 0), c.pid);
	rc = darkroom_child_end(&c, status, ret_fd, err);
	close(in);
	return rc;
}

static enum rc play(
    enum rc (*develop)(struct str file, const struct picture_wish *wish,
	struct buf *b, struct err *err),
    struct err *err)
{
	const struct darkroom_limits limits = {
	    .cpu_s = 1, .memory = darkroom_limits.memory ? 64 << 20 : 0};
	const struct darkroom_work work = {no_beginning, develop};
	int fd = -1;
	enum rc rc = run("clear.png", &work, &limits, &fd, err);

	if (rc == RC_OK)
		close(fd);
	return rc;
}

static void a_picture_comes_back_sealed(void **state)
{
	const struct darkroom_work work = {picture_begin, picture_develop};
	struct contact_sheet sheet;
	struct str bytes;
	struct err err;
	int fd;

	(void)state;
	if (run("harbour.jpg", &work, &darkroom_limits, &fd, &err) != RC_OK)
		fail_msg("%s", err.why);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	assert_int_equal(
	    file_read_fd(arena, fd, "sheet", CONTACT_SHEET_MAX, &bytes, &err),
	    RC_OK);
	assert_int_equal(contact_sheet_read(bytes, &sheet), RC_OK);
	assert_int_equal(sheet.size.width, 900);
	assert_true(sheet.n >= 9);
	assert_int_equal(write(fd, "x", 1), -1);
	assert_int_equal(ftruncate(fd, 0), -1);
	close(fd);
}

static enum rc begin_and_count(struct err *err)
{
	struct err more = {0};
	enum rc rc = picture_begin(&more);
	size_t tasks = 0;
	DIR *dir = opendir("/proc/self/task");

	if (rc != RC_OK || !dir)
		return err_set(err, RC_IO, "%s", more.why);
	while (readdir(dir))
		tasks++;
	closedir(dir);
	/* "." and ".." are in the list. */
	return err_set(err, RC_EXISTS, "%zu tasks", tasks - 2);
}

/* The sandbox closes around one thread. */
static void libraries_start_no_thread_before_the_sandbox(void **state)
{
	const struct darkroom_work work = {begin_and_count, picture_develop};
	struct err err;
	int fd = -1;

	(void)state;
	assert_int_equal(
	    run("clear.png", &work, &darkroom_limits, &fd, &err), RC_EXISTS);
	assert_string_equal(err.why, "1 tasks");
}

static void all_kinds_are_developed_within_the_sandbox(void **state)
{
	static const char *const names[] = {"clear.png", "still.webp",
	    "still.avif", "still.heic", "moving.gif"};
	const struct darkroom_work work = {picture_begin, picture_develop};
	struct err err;
	int fd;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (run(names[i], &work, &darkroom_limits, &fd, &err) != RC_OK)
			fail_msg("%s: %s", names[i], err.why);
		close(fd);
	}
}

static void what_is_no_picture_is_refused_in_words(void **state)
{
	const struct darkroom_work work = {picture_begin, picture_develop};
	struct err err;
	int fd = -1;

	(void)state;
	assert_int_equal(
	    run("README.md", &work, &darkroom_limits, &fd, &err), RC_INVALID);
	assert_non_null(strstr(err.why, "JPEG, PNG, WebP"));
	assert_int_equal(fd, -1);
}

static enum rc crash(struct str file, const struct picture_wish *wish,
    struct buf *b, struct err *err)
{
	(void)file;
	(void)wish;
	(void)b;
	(void)err;
	signal(SIGSEGV, SIG_DFL);
	raise(SIGSEGV);
	return RC_OK;
}

static enum rc loop(struct str file, const struct picture_wish *wish,
    struct buf *b, struct err *err)
{
	(void)wish;
	(void)b;
	(void)err;
	for (volatile size_t i = 0; file.n; i++)
		;
	return RC_OK;
}

static enum rc eat(struct str file, const struct picture_wish *wish,
    struct buf *b, struct err *err)
{
	enum { BITE = 1 << 20 };

	(void)file;
	(void)wish;
	(void)b;
	for (size_t i = 0; i < 1024; i++) {
		/* A compiler that sees nobody look leaves it all out. */
		volatile char *p = malloc(BITE);

		if (!p)
			return err_set(err, RC_NO_MEMORY, "hungry");
		for (size_t k = 0; k < BITE; k += 4096)
			p[k] = 1;
	}
	return RC_OK;
}

/* More than it may hand back. */
static enum rc write_on(struct str file, const struct picture_wish *wish,
    struct buf *b, struct err *err)
{
	static char page[1 << 20];

	(void)file;
	(void)wish;
	(void)b;
	for (;;)
		if (write(4, page, sizeof(page)) <= 0)
			return err_set(err, RC_LIMIT, "full");
}

static enum rc lie(struct str file, const struct picture_wish *wish,
    struct buf *b, struct err *err)
{
	(void)file;
	(void)wish;
	(void)b;
	(void)err;
	_exit(77);
}

static void a_child_that_dies_is_a_refusal(void **state)
{
	struct err err;

	(void)state;
	assert_int_equal(play(crash, &err), RC_INVALID);
	assert_non_null(strstr(err.why, "signal 11"));
	assert_int_equal(play(lie, &err), RC_INVALID);
}

static void a_child_that_never_ends_is_ended(void **state)
{
	struct err err;

	(void)state;
	assert_int_equal(play(loop, &err), RC_LIMIT);
	assert_non_null(strstr(err.why, "too long"));
}

static void a_child_that_eats_all_memory_starves_alone(void **state)
{
	struct err err;

	(void)state;
	if (!darkroom_limits.memory) {
		print_message("note: no limits of memory with sanitizers\n");
		return;
	}
	assert_int_equal(play(eat, &err), RC_NO_MEMORY);
}

static void a_child_that_writes_without_end_is_ended(void **state)
{
	struct err err;

	(void)state;
	assert_int_not_equal(play(write_on, &err), RC_OK);
}

/* Tells in its reason what it could reach; empty if nothing. */
static enum rc look_around(struct str file, const struct picture_wish *wish,
    struct buf *b, struct err *err)
{
	char found[200] = "";
	struct stat st;

	(void)wish;
	(void)b;
	if (open("/etc/passwd", O_RDONLY) >= 0)
		strcat(found, "a file; ");
	if (open("/tmp/farthing-p", O_WRONLY | O_CREAT, 0600) >= 0)
		strcat(found, "a new file; ");
	if (open("/proc/self/environ", O_RDONLY) >= 0)
		strcat(found, "its environment; ");
	if (open(".", O_RDONLY | O_DIRECTORY) >= 0)
		strcat(found, "a folder; ");
	for (int fd = 5; fd < 256; fd++)
		if (fstat(fd, &st) == 0)
			strcat(found, "a descriptor; ");
	if (write(3, "x", 1) == 1)
		strcat(found, "the original; ");
	if (file.n == 0)
		strcat(found, "nothing to read; ");
	return err_set(err, RC_DENIED, "found: %s", found);
}

static void a_child_reaches_no_file(void **state)
{
	struct err err;

	(void)state;
	assert_int_equal(play(look_around, &err), RC_DENIED);
	assert_string_equal(err.why, "found: ");
}

static enum rc call_out(struct str file, const struct picture_wish *wish,
    struct buf *b, struct err *err)
{
	char found[200] = "";

	(void)file;
	(void)wish;
	(void)b;
	if (socket(AF_INET, SOCK_STREAM, 0) >= 0)
		strcat(found, "TCP; ");
	if (socket(AF_UNIX, SOCK_STREAM, 0) >= 0)
		strcat(found, "Unix; ");
	if (kill(getppid(), 0) == 0)
		strcat(found, "its parent; ");
	if (fork() >= 0)
		strcat(found, "a process; ");
	return err_set(err, RC_DENIED, "found: %s", found);
}

static void a_child_reaches_no_socket_and_no_process(void **state)
{
	struct err err;

	(void)state;
#if defined(__SANITIZE_ADDRESS__)
	print_message("note: no filter of calls with sanitizers\n");
	return;
#endif
	assert_int_equal(play(call_out, &err), RC_DENIED);
	assert_string_equal(err.why, "found: ");
}

static void packets_are_read_as_they_were_written(void **state)
{
	const struct darkroom_order order = {.id = 77,
	    .focus = {250, 1000},
	    .has_words = true,
	    .words = {.caption = STR("The quay"), .creator = STR("")}};
	const struct darkroom_answer answer = {78, RC_LIMIT, STR("too much")};
	struct darkroom_order order_back;
	struct darkroom_answer answer_back;
	struct buf b;

	(void)state;
	buf_init(&b, DARKROOM_PACKET_MAX);
	darkroom_put_order(&b, &order);
	assert_int_equal(darkroom_order_parse(buf_str(&b), &order_back), RC_OK);
	assert_int_equal(order_back.id, 77);
	assert_int_equal(order_back.focus.y, 1000);
	assert_true(order_back.has_words);
	assert_true(str_eq(order_back.words.caption, STR("The quay")));
	assert_int_equal(order_back.words.creator.n, 0);
	buf_char(&b, 'x');
	assert_int_equal(
	    darkroom_order_parse(buf_str(&b), &order_back), RC_INVALID);
	buf_clear(&b);
	darkroom_put_answer(&b, &answer);
	assert_int_equal(
	    darkroom_answer_parse(buf_str(&b), &answer_back), RC_OK);
	assert_int_equal(answer_back.rc, RC_LIMIT);
	assert_true(str_eq(answer_back.why, STR("too much")));
	assert_int_equal(darkroom_answer_parse(
			     str_part(buf_str(&b), 0, b.n - 1), &answer_back),
	    RC_INVALID);
	buf_done(&b);
}

static int set_up(void **state)
{
	(void)state;
	arena = arena_new(256 << 20);
	secret_fd = open("/etc/hostname", O_RDONLY);
	return picture_load(NULL) == RC_OK ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	if (secret_fd >= 0)
		close(secret_fd);
	arena_free(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_picture_comes_back_sealed),
	    cmocka_unit_test(libraries_start_no_thread_before_the_sandbox),
	    cmocka_unit_test(all_kinds_are_developed_within_the_sandbox),
	    cmocka_unit_test(what_is_no_picture_is_refused_in_words),
	    cmocka_unit_test(a_child_that_dies_is_a_refusal),
	    cmocka_unit_test(a_child_that_never_ends_is_ended),
	    cmocka_unit_test(a_child_that_eats_all_memory_starves_alone),
	    cmocka_unit_test(a_child_that_writes_without_end_is_ended),
	    cmocka_unit_test(a_child_reaches_no_file),
	    cmocka_unit_test(a_child_reaches_no_socket_and_no_process),
	    cmocka_unit_test(packets_are_read_as_they_were_written),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
