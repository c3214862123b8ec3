/* SPDX-License-Identifier: MIT
 *
 * Files: read, written, locked, walked.
 */
#include "sys/file.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buf.h"
#include "sys/oserr.h"

static char root[] = "/tmp/farthing-file-XXXXXX";
static struct arena *a;
static struct err err;

/* A path below the test's folder. */
static struct str in(const char *name)
{
	struct str s = arena_printf(a, "%s/%s", root, name);

	assert_non_null(s.p);
	return s;
}

static int begin(void **state)
{
	(void)state;
	return mkdtemp(root) ? 0 : -1;
}

static int run(const char *program, const char *const *argv)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		execvp(program, (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	return waitpid(pid, &status, 0) == pid ? status : -1;
}

static int end(void **state)
{
	const char *const argv[] = {"rm", "-rf", root, NULL};

	/* Left there only by a test that failed. */
	(void)state;
	(void)!chdir(root);
	(void)umount2("disk", MNT_DETACH);
	(void)!chdir("/");
	return run("rm", argv);
}

static int fresh(void **state)
{
	(void)state;
	a = arena_new(64 << 20);
	memset(&err, 0, sizeof(err));
	return 0;
}

static int done(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

static void put(const char *name, const char *bytes)
{
	if (file_write(in(name), str_of(bytes), 0644, &err) != RC_OK)
		fail_msg("%s", err.why);
}

static void what_is_written_is_read(void **state)
{
	struct str big = {memset(arena_alloc(a, 300000), 'x', 300000), 300000};
	struct str bytes;
	struct stat st;
	mode_t old = umask(077);

	(void)state;
	put("a", "paper");
	umask(old);
	assert_int_equal(file_read(a, in("a"), 5, &bytes, &err), RC_OK);
	assert_true(str_eq(bytes, STR("paper")));
	assert_int_equal(bytes.p[5], '\0');
	assert_int_equal(stat(in("a").p, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	/* Replaced, not added to, and the link is to a new file. */
	assert_int_equal(file_write(in("a"), big, 0600, &err), RC_OK);
	assert_int_equal(file_read(a, in("a"), 1 << 20, &bytes, &err), RC_OK);
	assert_true(str_eq(bytes, big));
	assert_int_equal(file_remove(in("a"), &err), RC_OK);
	assert_int_equal(file_remove(in("a"), &err), RC_NOT_FOUND);
	put("empty", "");
	assert_int_equal(file_read(a, in("empty"), 0, &bytes, &err), RC_OK);
	assert_int_equal(bytes.n, 0);
	assert_non_null(bytes.p);
	assert_int_equal(file_remove(in("empty"), &err), RC_OK);
}

static void what_cannot_be_read_says_why(void **state)
{
	struct str bytes = {NULL, 7};
	struct arena *small = arena_new(3);

	(void)state;
	put("b", "123456");
	assert_int_equal(file_read(a, in("b"), 5, &bytes, &err), RC_LIMIT);
	assert_int_equal(
	    file_read(small, in("b"), 6, &bytes, &err), RC_NO_MEMORY);
	assert_int_equal(
	    file_read(a, in("missing"), 5, &bytes, &err), RC_NOT_FOUND);
	assert_non_null(strstr(err.why, "/missing: "));
	assert_int_equal(
	    file_read(a, in("b/c"), 5, &bytes, &err), RC_NOT_FOUND);
	assert_int_equal(
	    file_read(a, str_of(root), 5, &bytes, &err), RC_INVALID);
	assert_int_equal(mkfifo(in("pipe").p, 0600), 0);
	assert_int_equal(file_read(a, in("pipe"), 5, &bytes, &err), RC_INVALID);
	assert_int_equal(file_read(a, STR(""), 5, &bytes, &err), RC_INVALID);
	assert_int_equal(
	    file_read(a, STR("/etc/pass\0wd"), 5, &bytes, &err), RC_INVALID);
	assert_int_equal(bytes.n, 7);
	assert_int_equal(unlink(in("pipe").p), 0);
	arena_free(small);
}

static void a_link_is_followed_only_where_that_was_asked(void **state)
{
	struct str bytes = STR("before");

	(void)state;
	put("plain", "text");
	assert_int_equal(symlink(in("plain").p, in("link").p), 0);
	assert_int_equal(file_read(a, in("link"), 9, &bytes, &err), RC_OK);
	assert_true(str_eq(bytes, STR("text")));
	bytes = STR("before");
	assert_int_equal(
	    file_read_no_link(a, in("link"), 9, &bytes, &err), RC_INVALID);
	assert_true(str_eq(bytes, STR("before")));
	assert_int_equal(
	    file_read_no_link(a, in("plain"), 9, &bytes, &err), RC_OK);
	assert_true(str_eq(bytes, STR("text")));
	assert_int_equal(unlink(in("link").p), 0);
	assert_int_equal(unlink(in("plain").p), 0);
}

/* As file_write does not: in the very file that is there. */
static void put_in_place(const char *name, const char *bytes)
{
	FILE *f = fopen(in(name).p, "w");

	assert_non_null(f);
	assert_true(fputs(bytes, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void a_held_file_gives_its_own_bytes_or_says_that_it_cannot(void **state)
{
	struct file_held held, other;
	char room[8];

	(void)state;
	put("held", "first");
	assert_int_equal(symlink(in("held").p, in("link").p), 0);
	assert_int_equal(file_hold(in("link"), &held, &err), RC_INVALID);
	assert_int_equal(file_hold(in("none"), &held, &err), RC_NOT_FOUND);
	assert_int_equal(file_hold(in(""), &held, &err), RC_INVALID);
	assert_int_equal(file_hold(in("held"), &held, &err), RC_OK);
	assert_int_equal(held.size, 5);
	assert_int_equal(file_held_read(&held, 1, room, 4), RC_OK);
	assert_memory_equal(room, "irst", 4);
	/* Another in its place, which is told apart. */
	put("new", "other");
	assert_int_equal(rename(in("new").p, in("held").p), 0);
	assert_int_equal(file_held_read(&held, 0, room, 5), RC_OK);
	assert_memory_equal(room, "first", 5);
	assert_int_equal(file_hold(in("held"), &other, &err), RC_OK);
	assert_int_not_equal(other.number, held.number);
	/* Its own bytes, changed in place. */
	put_in_place("held", "longer");
	assert_int_equal(file_held_read(&other, 0, room, 5), RC_BUSY);
	put_in_place("held", "");
	assert_int_equal(file_held_read(&other, 0, room, 5), RC_BUSY);
	file_let_go(&held);
	file_let_go(&other);
	assert_int_equal(unlink(in("link").p), 0);
	assert_int_equal(unlink(in("held").p), 0);
}

static void files_of_the_kernel_have_no_length_and_are_read(void **state)
{
	struct str bytes;

	(void)state;
	assert_int_equal(
	    file_read(a, STR("/proc/self/status"), 65536, &bytes, &err), RC_OK);
	assert_true(str_find_str(bytes, STR("VmRSS")) < bytes.n);
	assert_int_equal(
	    file_read(a, STR("/proc/self/status"), 10, &bytes, &err), RC_LIMIT);
}

static void a_stream_is_read_to_its_end(void **state)
{
	struct str bytes;
	int p[2];

	(void)state;
	assert_int_equal(pipe(p), 0);
	assert_int_equal(
	    file_write_fd(p[1], "pipe", STR("some words"), &err), RC_OK);
	close(p[1]);
	assert_int_equal(
	    file_read_fd(a, p[0], "pipe", 10, &bytes, &err), RC_OK);
	assert_true(str_eq(bytes, STR("some words")));
	close(p[0]);
}

/* While one process rewrites a file in place, another never reads half of the
 * old and half of the new without being told. */
static void a_file_that_changes_is_not_believed(void **state)
{
	enum { SIZE = 1 << 20 };
	char *text = arena_alloc(a, SIZE);
	struct arena *reading = arena_new(4 << 20);
	unsigned busy = 0, whole = 0;
	pid_t pid;

	(void)state;
	memset(text, 'a', SIZE);
	assert_int_equal(
	    file_write(in("moving"), (struct str){text, SIZE}, 0644, &err),
	    RC_OK);
	pid = fork();
	if (pid == 0) {
		int fd = open(in("moving").p, O_WRONLY);

		alarm(60); /* should nobody end it */
		for (int i = 0;; i++) {
			memset(text, 'a' + i % 26, SIZE);
			for (int at = 0; at < SIZE; at += SIZE / 16)
				if (pwrite(fd, text + at, SIZE / 16, at) < 0)
					_exit(1);
			usleep((unsigned)i % 4 * 500);
		}
	}
	/* On a busy machine it takes a while until the other writes at all. */
	while ((busy < 5 || whole < 5) && waitpid(pid, NULL, WNOHANG) == 0) {
		struct str bytes;
		enum rc rc =
		    file_read(reading, in("moving"), SIZE, &bytes, &err);

		if (rc == RC_BUSY)
			busy++;
		else
			assert_int_equal(rc, RC_OK);
		/* The clock of file times ticks every few milliseconds, so
		 * a change within one tick cannot be seen by it. */
		if (rc == RC_OK)
			whole++;
		arena_reset(reading);
	}
	kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	assert_true(busy >= 5 && whole >= 5);
	arena_free(reading);
}

static enum file_walk no_litter(void *ctx, const struct file_entry *entry)
{
	(void)ctx;
	if (str_find(entry->name, '.') < entry->name.n)
		fail_msg("%.*s is left", STR_ARG(entry->path));
	return FILE_WALK_SKIP;
}

static void a_failed_write_leaves_the_old_and_no_litter(void **state)
{
	struct str bytes;

	(void)state;
	assert_int_equal(file_make_folder(in("taken/x"), 0755, &err), RC_OK);
	/* A folder cannot be replaced by a file. */
	assert_int_not_equal(
	    file_write(in("taken"), STR("new"), 0644, &err), RC_OK);
	assert_int_equal(
	    file_write(in("nowhere/a"), STR("new"), 0644, &err), RC_NOT_FOUND);
	assert_int_equal(
	    file_write(STR("/proc/farthing"), STR("x"), 0644, &err) == RC_OK,
	    false);
	assert_int_equal(file_kind(in("taken/x")), FILE_FOLDER);
	assert_int_equal(file_kind(in("nowhere")), FILE_NONE);
	assert_int_equal(file_walk(str_of(root), no_litter, NULL, &err), RC_OK);
	assert_int_equal(
	    file_read(a, in("taken"), 100, &bytes, NULL), RC_INVALID);
}

static void a_full_disk_is_said(void **state)
{
	int fd = open("/dev/full", O_WRONLY);

	(void)state;
	if (fd < 0) {
		printf("note: no /dev/full here\n");
		return;
	}
	assert_int_equal(
	    file_write_fd(fd, "letter", STR("x"), &err), RC_NO_SPACE);
	assert_string_equal(
	    err.why, "letter: cannot write: No space left on device");
	close(fd);
}

/* Whoever restarts a paper whose disk is full must be able to. */
static void lock_on_a_full_disk(void)
{
	struct file_lock lock, other;
	char block[4096] = {0};
	int fd;

	put("disk/lock", "");
	fd = open(in("disk/ballast").p, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	while (write(fd, block, sizeof(block)) > 0)
		;
	close(fd);
	assert_int_equal(file_lock(in("disk/lock"), &lock, &err), RC_OK);
	assert_int_equal(file_lock(in("disk/lock"), &other, &err), RC_BUSY);
	assert_non_null(strstr(err.why, "another process holds this lock"));
	file_unlock(&lock);
}

/* On a disk of our own: full, then read-only. */
static void a_full_or_read_only_disk_keeps_the_old_file(void **state)
{
	struct str disk = in("disk");
	size_t n = 1 << 20;
	struct str big = {memset(arena_alloc(a, n), 'x', n), n};
	struct str bytes;

	(void)state;
	assert_int_equal(file_make_folder(disk, 0755, &err), RC_OK);
	if (mount("none", disk.p, "tmpfs", 0, "size=64k") < 0) {
		printf("note: no right to mount a small disk here\n");
		return;
	}
	put("disk/a", "old");
	assert_int_equal(
	    file_write(in("disk/a"), big, 0644, &err), RC_NO_SPACE);
	assert_int_equal(file_read(a, in("disk/a"), 9, &bytes, &err), RC_OK);
	assert_true(str_eq(bytes, STR("old")));
	lock_on_a_full_disk();
	assert_int_equal(
	    mount("none", disk.p, NULL, MS_REMOUNT | MS_RDONLY, NULL), 0);
	assert_int_equal(
	    file_write(in("disk/a"), STR("new"), 0644, &err), RC_DENIED);
	assert_int_equal(file_make_folder(in("disk/b"), 0755, &err), RC_DENIED);
	assert_int_equal(umount(disk.p), 0);
}

static void folders_are_made_all_the_way(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(file_make_folder(in("x/y/z"), 0700, &err), RC_OK);
	assert_int_equal(file_make_folder(in("x/y/z"), 0700, &err), RC_OK);
	assert_int_equal(file_make_folder(in("x/y//w/"), 0700, &err), RC_OK);
	assert_int_equal(file_make_folder(STR("/"), 0700, &err), RC_OK);
	assert_int_equal(stat(in("x/y/z").p, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(file_kind(in("x/y/w")), FILE_FOLDER);
	put("x/file", "");
	assert_int_equal(file_make_folder(in("x/file"), 0700, &err), RC_EXISTS);
	assert_int_equal(
	    file_make_folder(in("x/file/y"), 0700, &err), RC_EXISTS);
	assert_int_equal(file_kind(in("x/file")), FILE_REGULAR);
}

static void a_lock_is_held_by_one_and_names_him(void **state)
{
	struct file_lock mine, yours;
	char who[40];
	int status;
	pid_t pid;

	(void)state;
	assert_int_equal(file_lock(in("lock"), &mine, &err), RC_OK);
	snprintf(who, sizeof(who), "process %d holds", (int)getpid());
	assert_int_equal(file_lock(in("lock"), &yours, &err), RC_BUSY);
	assert_non_null(strstr(err.why, who));
	file_unlock(&mine);
	file_unlock(&mine);
	/* It goes with the process that held it. */
	pid = fork();
	if (pid == 0)
		_exit(file_lock(in("lock"), &yours, NULL) == RC_OK ? 0 : 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(file_lock(in("lock"), &mine, &err), RC_OK);
	file_unlock(&mine);
}

struct seen {
	struct buf text;
	const char *skip;
	const char *last;
};

static enum file_walk see(void *ctx, const struct file_entry *entry)
{
	struct seen *s = ctx;

	assert_true(str_ends(entry->path, entry->name));
	buf_add(&s->text, str_from(entry->path, strlen(root) + 1));
	buf_printf(&s->text, "%c%u ",
	    entry->kind == FILE_FOLDER	  ? '/'
	    : entry->kind == FILE_LINK	  ? '@'
	    : entry->kind == FILE_REGULAR ? '='
					  : '?',
	    entry->depth);
	if (str_eq(entry->name, str_of(s->last)))
		return FILE_WALK_END;
	return str_eq(entry->name, str_of(s->skip)) ? FILE_WALK_SKIP
						    : FILE_WALK_ON;
}

static void check_walk(const char *skip, const char *last, const char *wanted)
{
	struct seen s = {.skip = skip, .last = last};

	buf_init(&s.text, 4096);
	assert_int_equal(file_walk(in("tree"), see, &s, &err), RC_OK);
	assert_string_equal(s.text.p, wanted);
	buf_done(&s.text);
}

static void a_tree_is_walked_in_order_and_links_are_not_followed(void **state)
{
	(void)state;
	assert_int_equal(file_make_folder(in("tree/b/c"), 0755, &err), RC_OK);
	put("tree/z", "12");
	put("tree/a", "1");
	put("tree/b/c/d", "");
	put("tree/b.x", "");
	put("tree/\xC3\xA9", "");
	assert_int_equal(symlink("..", in("tree/b/loop").p), 0);
	check_walk(NULL, NULL,
	    "tree/a=1 tree/b/1 tree/b/c/2 tree/b/c/d=3 tree/b/loop@2 "
	    "tree/b.x=1 tree/z=1 tree/\xC3\xA9=1 ");
	check_walk("b", NULL,
	    "tree/a=1 tree/b/1 tree/b.x=1 tree/z=1 tree/\xC3\xA9=1 ");
	check_walk(NULL, "d", "tree/a=1 tree/b/1 tree/b/c/2 tree/b/c/d=3 ");
}

static void a_tree_too_deep_is_refused(void **state)
{
	struct seen s = {0};
	struct buf path;

	(void)state;
	buf_init(&path, 4096);
	buf_add(&path, in("deep"));
	for (int i = 0; i < FILE_WALK_DEPTH_MAX - 1; i++)
		buf_lit(&path, "/d");
	assert_int_equal(file_make_folder(buf_str(&path), 0755, &err), RC_OK);
	buf_init(&s.text, 65536);
	assert_int_equal(file_walk(in("deep"), see, &s, &err), RC_OK);
	buf_lit(&path, "/d");
	assert_int_equal(file_make_folder(buf_str(&path), 0755, &err), RC_OK);
	assert_int_equal(file_walk(in("deep"), see, &s, &err), RC_LIMIT);
	assert_int_equal(file_walk(in("missing"), see, &s, &err), RC_NOT_FOUND);
	assert_int_equal(file_walk(in("tree/a"), see, &s, &err), RC_NOT_FOUND);
	buf_done(&s.text);
	buf_done(&path);
}

static void error_numbers_become_results(void **state)
{
	(void)state;
	assert_int_equal(oserr_rc(ENOENT), RC_NOT_FOUND);
	assert_int_equal(oserr_rc(EROFS), RC_DENIED);
	assert_int_equal(oserr_rc(EDQUOT), RC_NO_SPACE);
	assert_int_equal(oserr_rc(ECONNRESET), RC_IO);
	assert_int_equal(oserr_set(&err, 99999, "%s", "x"), RC_IO);
	assert_string_equal(err.why, "x: unknown error");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, done)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(what_is_written_is_read),
	    TEST(what_cannot_be_read_says_why),
	    TEST(a_link_is_followed_only_where_that_was_asked),
	    TEST(a_held_file_gives_its_own_bytes_or_says_that_it_cannot),
	    TEST(files_of_the_kernel_have_no_length_and_are_read),
	    TEST(a_stream_is_read_to_its_end),
	    TEST(a_file_that_changes_is_not_believed),
	    TEST(a_failed_write_leaves_the_old_and_no_litter),
	    TEST(a_full_disk_is_said),
	    TEST(a_full_or_read_only_disk_keeps_the_old_file),
	    TEST(folders_are_made_all_the_way),
	    TEST(a_lock_is_held_by_one_and_names_him),
	    TEST(a_tree_is_walked_in_order_and_links_are_not_followed),
	    TEST(a_tree_too_deep_is_refused),
	    TEST(error_numbers_become_results),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
