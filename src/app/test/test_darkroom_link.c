/* SPDX-License-Identifier: MIT
 *
 * The newsroom's end of the darkroom: a darkroom that tells the truth, and one
 * that has been taken over and is played here.
 */
#include "app/darkroom_link.c" /* app is in no library */

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"

#define HASH "00000000000000000000000000000000000000000000000000000000000000aa"
#define STEM "abcdefghijklmnopqrstuvwxyz"

static struct {
	struct loop *loop;
	struct darkroom_link link;
	struct darkroom newsroom;
	struct arena *a;
	char dir[64];
	int ends[2]; /* [1] is the darkroom's */
	unsigned done, failed;
	enum rc rc;
	char why[DARKROOM_WHY_MAX + 1];
	size_t renditions;
} t;

static struct str path_of(const char *name)
{
	return arena_printf(t.a, "%s/%s", t.dir, name);
}

static int set_up(void **state)
{
	(void)state;
	memset(&t, 0, sizeof(t));
	t.a = arena_new(64 << 20);
	strcpy(t.dir, "/tmp/farthing-link-XXXXXX");
	if (!mkdtemp(t.dir) || socket_pair_packets(t.ends, NULL) != RC_OK ||
	    loop_new(&t.loop, NULL) != RC_OK || random_start() != RC_OK)
		return -1;
	t.newsroom = darkroom_link_darkroom(&t.link);
	return darkroom_link_init(
		   &t.link, t.loop, t.ends[0], str_of(t.dir), NULL) == RC_OK
		   ? 0
		   : -1;
}

static enum file_walk remove_file(void *ctx, const struct file_entry *entry)
{
	(void)ctx;
	if (entry->kind != FILE_FOLDER)
		(void)unlink(arena_cstr(t.a, entry->path));
	return FILE_WALK_ON;
}

static int tear_down(void **state)
{
	static const char *const folders[] = {
	    "private/originals", "public/pictures", "private", "public", "."};

	(void)state;
	darkroom_link_done(&t.link);
	loop_free(t.loop);
	close(t.ends[0]);
	close(t.ends[1]);
	(void)!file_walk(str_of(t.dir), remove_file, NULL, NULL);
	for (size_t i = 0; i < 4; i++)
		(void)rmdir(path_of(folders[i]).p);
	rmdir(t.dir);
	arena_free(t.a);
	return 0;
}

static void done(
    void *ctx, enum rc rc, const struct contact_sheet *sheet, const char *why)
{
	(void)ctx;
	t.done++;
	t.failed += rc != RC_OK;
	t.rc = rc;
	t.renditions = sheet ? sheet->n : 0;
	snprintf(t.why, sizeof(t.why), "%s", why);
}

static enum rc ask_for(int64_t staff, darkroom_done_fn *fn, void *ctx)
{
	const struct darkroom_ask a = {.hash = STR(HASH),
	    .stem = STR(STEM),
	    .staff = staff,
	    .focus = {500, 500}};

	return t.newsroom.develop(t.newsroom.ctx, &a, fn, ctx);
}

static enum rc ask(void)
{
	return ask_for(7, done, NULL);
}

static void keep_original(void)
{
	struct err err;

	if (t.newsroom.keep(t.newsroom.ctx, STR(HASH), STR("original"), &err) !=
	    RC_OK)
		fail_msg("%s", err.why);
}

/* Takes the next order, as the darkroom does. */
static uint64_t take_order(void)
{
	char room[DARKROOM_PACKET_MAX];
	int fds[SOCKET_FDS_MAX];
	struct darkroom_order order;
	char bytes[16] = "";
	size_t n = 0, count = 0;

	for (int i = 0; i < 5; i++)
		loop_turn(t.loop, 0);
	assert_int_equal(
	    socket_recv_fds(t.ends[1], room, sizeof(room), &n, fds, &count),
	    RC_OK);
	assert_int_equal(count, 1);
	assert_int_equal(pread(fds[0], bytes, sizeof(bytes) - 1, 0), 8);
	assert_string_equal(bytes, "original");
	close(fds[0]);
	assert_int_equal(
	    darkroom_order_parse((struct str){room, n}, &order), RC_OK);
	return order.id;
}

static void answer(uint64_t id, enum rc rc, const char *why, int fd)
{
	const struct darkroom_answer a = {id, rc, str_of(why)};
	struct buf b;

	buf_init(&b, DARKROOM_PACKET_MAX);
	darkroom_put_answer(&b, &a);
	assert_int_equal(
	    socket_send_fds(t.ends[1], buf_str(&b), &fd, fd >= 0), RC_OK);
	buf_done(&b);
	if (fd >= 0)
		close(fd);
	for (int i = 0; i < 40; i++)
		loop_turn(t.loop, 0);
}

static int memory_file(struct str bytes, bool is_sealed)
{
	int fd = memfd_create("sheet", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	assert_int_equal(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
	if (is_sealed)
		assert_int_equal(
		    fcntl(fd, F_ADD_SEALS,
			F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE),
		    0);
	return fd;
}

/* Two renditions, as the fuzzer's corpus has them. */
static struct str some_sheet(void)
{
	struct str bytes;

	assert_int_equal(
	    file_read(t.a, STR("test/fuzz/corpus/contact_sheet/two"), 1 << 20,
		&bytes, NULL),
	    RC_OK);
	return bytes;
}

static void a_sheet_becomes_files(void **state)
{
	(void)state;
	keep_original();
	assert_int_equal(ask(), RC_OK);
	assert_int_equal(t.done, 0); /* later, never at once */
	answer(take_order(), RC_OK, "", memory_file(some_sheet(), true));
	assert_int_equal(t.done, 1);
	assert_int_equal(t.rc, RC_OK);
	assert_int_equal(t.renditions, 2);
	assert_int_equal(t.link.n, 0);
}

static void an_original_is_for_its_owner_alone(void **state)
{
	struct stat st;

	(void)state;
	keep_original();
	assert_int_equal(stat(path_of("private/originals/" HASH).p, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	t.newsroom.drop(t.newsroom.ctx, STR(HASH));
	assert_int_equal(stat(path_of("private/originals/" HASH).p, &st), -1);
}

static void what_can_still_be_changed_is_not_taken(void **state)
{
	(void)state;
	keep_original();
	assert_int_equal(ask(), RC_OK);
	answer(take_order(), RC_OK, "", memory_file(some_sheet(), false));
	assert_int_equal(t.rc, RC_IO);
	assert_int_equal(t.done, 1);
}

static void what_is_no_sheet_is_not_taken(void **state)
{
	struct str sheet = some_sheet();

	(void)state;
	keep_original();
	assert_int_equal(ask(), RC_OK);
	answer(take_order(), RC_OK, "",
	    memory_file(str_part(sheet, 0, sheet.n - 1), true));
	assert_int_equal(t.rc, RC_IO);
	assert_int_equal(ask(), RC_OK);
	answer(take_order(), RC_OK, "", -1);
	assert_int_equal(t.rc, RC_IO);
	assert_int_equal(t.done, 2);
	assert_int_equal(
	    file_kind(path_of("public/pictures/" STEM "-1x1.jpg")), FILE_NONE);
}

static void a_refusal_comes_with_its_words(void **state)
{
	(void)state;
	keep_original();
	assert_int_equal(ask(), RC_OK);
	answer(take_order(), RC_INVALID, "no picture", -1);
	assert_int_equal(t.rc, RC_INVALID);
	assert_string_equal(t.why, "no picture");
}

static void an_answer_that_nobody_asked_for_is_dropped(void **state)
{
	uint64_t id;

	(void)state;
	keep_original();
	assert_int_equal(ask(), RC_OK);
	id = take_order();
	answer(id + 1, RC_OK, "", memory_file(some_sheet(), true));
	assert_int_equal(t.done, 0);
	answer(id, RC_LIMIT, "too large", -1);
	assert_int_equal(t.done, 1);
	answer(id, RC_OK, "", memory_file(some_sheet(), true));
	assert_int_equal(t.done, 1);
}

static void one_is_out_at_a_time_and_few_wait(void **state)
{
	(void)state;
	keep_original();
	for (unsigned i = 0; i < DARKROOM_QUEUE_MAX; i++)
		assert_int_equal(
		    ask_for(i / DARKROOM_QUEUE_EACH, done, NULL), RC_OK);
	assert_int_equal(ask(), RC_BUSY);
	for (unsigned i = 0; i < 3; i++)
		answer(take_order(), RC_INVALID, "no", -1);
	assert_int_equal(t.done, 3);
	assert_int_equal(ask(), RC_OK);
	/* The newsroom ends: all who wait are told. */
	darkroom_link_done(&t.link);
	assert_int_equal(t.done, DARKROOM_QUEUE_MAX + 1);
	assert_int_equal(t.rc, RC_IO);
}

/* Who was served, in order: "aba" for 1, 2, 1. */
static char served[DARKROOM_QUEUE_MAX + 1];

static void served_a(
    void *ctx, enum rc rc, const struct contact_sheet *sheet, const char *why)
{
	const char *who = ctx;

	(void)rc;
	(void)sheet;
	(void)why;
	strncat(served, who, sizeof(served) - 1 - strlen(served));
}

static void accounts_take_turns(void **state)
{
	/* They outlive this: some wait until the link ends. */
	static char a[] = "a", b[] = "b", c[] = "c";

	(void)state;
	served[0] = '\0';
	keep_original();
	for (unsigned i = 0; i < DARKROOM_QUEUE_EACH; i++)
		assert_int_equal(ask_for(1, served_a, a), RC_OK);
	/* One account does not fill what all have. */
	assert_int_equal(ask_for(1, served_a, a), RC_BUSY);
	answer(take_order(), RC_INVALID, "no", -1);
	/* What comes behind twenty of another waits for the one that is on, and
	 * one more at most; the second of the same account takes its turn. */
	assert_int_equal(ask_for(2, served_a, b), RC_OK);
	assert_int_equal(ask_for(2, served_a, b), RC_OK);
	assert_int_equal(ask_for(3, served_a, c), RC_OK);
	for (unsigned i = 0; i < 6; i++)
		answer(take_order(), RC_INVALID, "no", -1);
	assert_string_equal(served, "aabcaba");
	/* Who asks again as soon as it is served does not overtake either. */
	assert_int_equal(ask_for(2, served_a, b), RC_OK);
	for (unsigned i = 0; i < 2; i++)
		answer(take_order(), RC_INVALID, "no", -1);
	assert_non_null(strchr(served + 7, 'b'));
}

static void an_original_that_is_gone_is_told(void **state)
{
	(void)state;
	assert_int_equal(ask(), RC_OK);
	for (int i = 0; i < 5; i++)
		loop_turn(t.loop, 0);
	assert_int_equal(t.rc, RC_NOT_FOUND);
}

static void a_rendition_that_cannot_be_written_is_told(void **state)
{
	(void)state;
	keep_original();
	assert_int_equal(rmdir(path_of("public/pictures").p), 0);
	assert_int_equal(ask(), RC_OK);
	answer(take_order(), RC_OK, "", memory_file(some_sheet(), true));
	assert_int_equal(t.done, 1);
	assert_int_not_equal(t.rc, RC_OK);
}

static void names_lead_into_one_folder(void **state)
{
	struct str bytes;

	(void)state;
	keep_original();
	assert_int_equal(t.newsroom.read(t.newsroom.ctx, t.a,
			     STR("../../private/originals/" HASH ".x"), &bytes),
	    RC_NOT_FOUND);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(a_sheet_becomes_files),
	    TEST(an_original_is_for_its_owner_alone),
	    TEST(what_can_still_be_changed_is_not_taken),
	    TEST(what_is_no_sheet_is_not_taken),
	    TEST(a_refusal_comes_with_its_words),
	    TEST(an_answer_that_nobody_asked_for_is_dropped),
	    TEST(one_is_out_at_a_time_and_few_wait),
	    TEST(accounts_take_turns),
	    TEST(an_original_that_is_gone_is_told),
	    TEST(a_rendition_that_cannot_be_written_is_told),
	    TEST(names_lead_into_one_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
