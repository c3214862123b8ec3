/* SPDX-License-Identifier: MIT
 *
 * Real files through the real library, each in a process of its own, as the
 * darkroom does it.
 */
#include "picture/develop.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "picture/contact_sheet.h"
#include "sys/file.h"

enum { ROOM = 64 * 1024 * 1024 };

static struct arena *arena;

static struct str read_picture(const char *name)
{
	struct str path = arena_printf(arena, "test/pictures/%s", name);
	struct str bytes;
	struct err err;

	if (file_read(arena, path, 1 << 20, &bytes, &err) != RC_OK)
		fail_msg("%s", err.why);
	return bytes;
}

static void run_child(struct str file, struct picture_focus focus, int fd)
{
	struct err err = {0};
	struct buf b;
	enum rc rc = picture_begin(&err);

	buf_init(&b, CONTACT_SHEET_MAX);
	if (rc == RC_OK)
		rc = picture_develop(
		    file, &(struct picture_wish){.focus = focus}, &b, &err);
	if (rc == RC_OK)
		rc = file_write_fd(fd, "pipe", buf_str(&b), &err);
	if (rc != RC_OK)
		fprintf(stderr, "note: %s\n", err.why);
	/* Leaks of the libraries are not ours. */
	_exit((int)rc);
}

/* Develops FILE in a child; *RET_SHEET lives as long as the arena. */
static enum rc develop(
    struct str file, struct picture_focus focus, struct contact_sheet *ret)
{
	int ends[2];
	int status;
	struct str bytes;
	struct err err;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(ends[0]);
		run_child(file, focus, ends[1]);
	}
	close(ends[1]);
	assert_int_equal(
	    file_read_fd(arena, ends[0], "pipe", ROOM / 2, &bytes, &err),
	    RC_OK);
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) != RC_OK)
		return (enum rc)WEXITSTATUS(status);
	assert_int_equal(contact_sheet_read(bytes, ret), RC_OK);
	return RC_OK;
}

static size_t count(const struct contact_sheet *s, enum picture_shape shape,
    enum picture_format format)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += s->v[i].shape == shape && s->v[i].format == format;
	return n;
}

static bool has(struct str s, struct str word)
{
	return str_find_str(s, word) < s.n;
}

static void a_photograph_is_turned_upright_and_told_in_words(void **state)
{
	struct contact_sheet s;

	(void)state;
	assert_int_equal(
	    develop(read_picture("harbour.jpg"), PICTURE_FOCUS_MIDDLE, &s),
	    RC_OK);
	assert_int_equal(s.size.width, 900);
	assert_int_equal(s.size.height, 1200);
	assert_true(str_eq(s.words.caption,
	    STR("The quay of Port Lune at dawn – café lights")));
	assert_true(str_eq(
	    s.words.alt, STR("A sailing boat before hills, the sun low")));
	assert_true(
	    str_eq(s.words.credit, STR("Nuria Salas / Port Lune Gazette")));
	assert_true(str_eq(s.words.creator, STR("Nuria Salas")));
	assert_true(str_eq(s.words.expires, STR("2027-01-31")));
	assert_true(s.words.has_place);
	assert_true(s.words.has_device);
	for (int format = 0; format < PICTURE_FORMATS; format++)
		assert_int_equal(
		    count(&s, PICTURE_WHOLE, (enum picture_format)format),
		    2); /* 800 and 400 wide */
	assert_int_equal(count(&s, PICTURE_16_9, PICTURE_AS_JPEG), 1);
	for (size_t i = 0; i < s.n; i++)
		if (s.v[i].shape == PICTURE_WHOLE) {
			assert_true(s.v[i].height > s.v[i].width);
		}
}

static void renditions_keep_the_words_and_lose_the_secrets(void **state)
{
	static const struct str secrets[] = {STR_INIT("Lumen"),
	    STR_INIT("778120"), STR_INIT("GPS"), STR_INIT("IPTC"),
	    STR_INIT("Photoshop 3"), STR_INIT("Port Lune</"), STR_INIT("8BIM")};
	struct contact_sheet s;

	(void)state;
	assert_int_equal(
	    develop(read_picture("harbour.jpg"), PICTURE_FOCUS_MIDDLE, &s),
	    RC_OK);
	for (size_t i = 0; i < s.n; i++) {
		struct str bytes = s.v[i].bytes;

		assert_true(has(bytes, STR("sun low")));
		assert_true(has(bytes, STR("Nuria Salas / Port Lune")));
		for (size_t k = 0; k < sizeof(secrets) / sizeof(*secrets); k++)
			if (has(bytes, secrets[k]))
				fail_msg("rendition %zu of format %d has %.*s",
				    i, (int)s.v[i].format, STR_ARG(secrets[k]));
	}
}

static void each_kind_is_developed(void **state)
{
	static const char *const names[] = {"clear.png", "still.webp",
	    "still.avif", "still.heic", "moving.gif"};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct contact_sheet s;
		enum rc rc =
		    develop(read_picture(names[i]), PICTURE_FOCUS_MIDDLE, &s);

		if (rc != RC_OK)
			fail_msg("%s: %s", names[i], rc_name(rc));
		assert_int_equal(count(&s, PICTURE_WHOLE, PICTURE_AS_AVIF), 1);
		assert_int_equal(count(&s, PICTURE_WHOLE, PICTURE_AS_WEBP), 1);
		assert_int_equal(count(&s, PICTURE_WHOLE, PICTURE_AS_JPEG), 1);
		assert_int_equal(count(&s, PICTURE_1_1, PICTURE_AS_JPEG), 1);
	}
}

static void what_is_broken_or_no_picture_is_refused(void **state)
{
	struct str photo = read_picture("harbour.jpg");
	struct contact_sheet s;

	(void)state;
	assert_int_equal(develop(STR("<svg xmlns='http://www.w3.org/2000/svg'>"
				     "<script>alert(1)</script></svg>"),
			     PICTURE_FOCUS_MIDDLE, &s),
	    RC_INVALID);
	assert_int_equal(
	    develop(str_part(photo, 0, 24000), PICTURE_FOCUS_MIDDLE, &s),
	    RC_INVALID);
	assert_int_equal(develop(STR("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"
				     "\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0"),
			     PICTURE_FOCUS_MIDDLE, &s),
	    RC_LIMIT);
}

static int start(void **state)
{
	struct err err;

	(void)state;
	arena = arena_new((size_t)4 * ROOM);
	return picture_load(&err) == RC_OK ? 0 : -1;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_photograph_is_turned_upright_and_told_in_words),
	    cmocka_unit_test(renditions_keep_the_words_and_lose_the_secrets),
	    cmocka_unit_test(each_kind_is_developed),
	    cmocka_unit_test(what_is_broken_or_no_picture_is_refused),
	};

	return cmocka_run_group_tests(tests, start, end);
}
