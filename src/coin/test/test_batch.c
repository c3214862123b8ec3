/* SPDX-License-Identifier: MIT
 *
 * Batch files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "coin/test/signing.h"

static struct signing one;
static struct buf file;

static int set_up(void **state)
{
	(void)state;
	signing_make(&one, 6, 2);
	buf_init(&file, 65536);
	signing_batch(&one, &file);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	buf_done(&file);
	return 0;
}

struct told {
	unsigned heads;
	unsigned leaves;
	enum rc head_rc;
	enum rc leaf_rc;
};

static enum rc told_head(
    void *ctx, const struct batch_head *head, struct err *err)
{
	struct told *told = ctx;

	(void)err;
	assert_true(str_eq(head->statement.text, one.head.statement.text));
	assert_true(minisign_key_eq(&head->key, &one.head.key));
	told->heads++;
	return told->head_rc;
}

static enum rc told_leaf(
    void *ctx, const struct batch_leaf *leaf, struct err *err)
{
	const struct batch_leaf *want = &one.leaves[leaf->index];
	struct told *told = ctx;

	(void)err;
	assert_int_equal(leaf->index, told->leaves);
	assert_true(script_pubkey_eq(&leaf->script, &want->script));
	assert_memory_equal(leaf->salt, want->salt, BATCH_SALT);
	assert_int_equal(leaf->is_shared, want->is_shared);
	told->leaves++;
	return told->leaf_rc;
}

/* Reads TEXT in pieces of N bytes. */
static enum rc read_by(struct str text, size_t n,
    const struct batch_reader_calls *calls, void *ctx, struct err *err)
{
	static struct batch_reader reader;
	enum rc rc = RC_OK;

	batch_reader_init(&reader, calls, ctx);
	for (size_t at = 0; at < text.n && rc == RC_OK; at += n)
		rc = batch_reader_feed(&reader, str_part(text, at, n), err);
	return rc == RC_OK ? batch_reader_end(&reader, err) : rc;
}

static const struct batch_reader_calls calls = {told_head, told_leaf};
static const struct batch_reader_calls silent = {NULL, NULL};

static void a_batch_is_read_in_pieces_of_any_size(void **state)
{
	static const size_t sizes[] = {1, 2, 7, 64, 100000};

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct told told = {0};
		struct err err;

		if (read_by(buf_str(&file), sizes[i], &calls, &told, &err) !=
		    RC_OK)
			fail_msg("%s", err.why);
		assert_int_equal(told.heads, 1);
		assert_int_equal(told.leaves, 6);
	}
}

static void no_flipped_bit_goes_unseen(void **state)
{
	(void)state;
	for (size_t bit = 0; bit < 8 * file.n; bit++) {
		struct err err = {0};

		file.p[bit / 8] = (char)(file.p[bit / 8] ^ 1 << bit % 8);
		if (read_by(buf_str(&file), 100000, &silent, NULL, &err) ==
		    RC_OK)
			fail_msg("bit %zu", bit);
		assert_true(err.why[0] != '\0');
		file.p[bit / 8] = (char)(file.p[bit / 8] ^ 1 << bit % 8);
	}
}

static void no_shorter_and_no_longer_file_is_a_batch(void **state)
{
	struct err err;

	(void)state;
	for (size_t n = 0; n < file.n; n++)
		assert_int_not_equal(read_by(str_part(buf_str(&file), 0, n),
					 100000, &silent, NULL, &err),
		    RC_OK);
	buf_lit(&file, "\n");
	assert_int_equal(
	    read_by(buf_str(&file), 100000, &silent, NULL, &err), RC_INVALID);
	buf_cut(&file, file.n - 1);
}

/* The file with the first FROM in it replaced, read. */
static void replaced_is_refused(
    const char *from, const char *to, enum rc want, const char *why)
{
	struct str text = buf_str(&file);
	size_t at = str_find_str(text, str_of(from));
	struct err err;
	struct buf b;

	assert_true(at < text.n);
	buf_init(&b, 65536);
	buf_add(&b, str_part(text, 0, at));
	buf_add(&b, str_of(to));
	buf_add(&b, str_from(text, at + str_of(from).n));
	assert_int_equal(
	    read_by(buf_str(&b), 100000, &silent, NULL, &err), want);
	if (!strstr(err.why, why))
		fail_msg("\"%s\" does not say \"%s\"", err.why, why);
	buf_done(&b);
}

static void what_was_changed_is_named(void **state)
{
	(void)state;
	replaced_is_refused(
	    "farthing batch 1", "farthing batch 2", RC_NEWER, "newer one");
	replaced_is_refused(
	    "farthing batch", "fathing batch", RC_INVALID, "begins with");
	replaced_is_refused(
	    "count: 6", "count: 7", RC_DENIED, "signature is false");
	replaced_is_refused(
	    "comment: farthing", "comment: Farthing", RC_DENIED, "comment");
	replaced_is_refused("\n3 no ", "\n4 no ", RC_INVALID, "address 3 of 6");
	replaced_is_refused("\n3 no ", "\n03 no ", RC_INVALID, "address 3");
	replaced_is_refused("\n1 yes ", "\n1 no ", RC_INVALID, "shared");
	replaced_is_refused("\n2 no bc1", "\n2 no tb1", RC_INVALID, "network");
	replaced_is_refused("\n2 no bc1", "\n2 no  bc1", RC_INVALID, "network");
	replaced_is_refused(
	    "\nend\n", "\n6 no x y\nend\n", RC_INVALID, "address 6 of 6");
	replaced_is_refused("\nend\n", "\nEnd\n", RC_INVALID, "address 6");
	replaced_is_refused("\nend\n", "\n", RC_INVALID, "no end");
}

static void leaves_of_another_batch_are_refused(void **state)
{
	struct batch_leaf leaf = one.leaves[4];
	struct err err;
	struct buf b;

	(void)state;
	buf_init(&b, 65536);
	one.leaves[4].script = one.leaves[5].script;
	signing_batch(&one, &b);
	one.leaves[4] = leaf;
	assert_int_equal(
	    read_by(buf_str(&b), 100000, &silent, NULL, &err), RC_DENIED);
	assert_non_null(strstr(err.why, "not those that were signed"));
	buf_done(&b);
}

static void whoever_is_told_can_end_it(void **state)
{
	struct told head = {.head_rc = RC_BUSY}, leaf = {.leaf_rc = RC_LIMIT};
	struct err err;

	(void)state;
	assert_int_equal(
	    read_by(buf_str(&file), 9, &calls, &head, &err), RC_BUSY);
	assert_int_equal(head.leaves, 0);
	assert_int_equal(
	    read_by(buf_str(&file), 9, &calls, &leaf, &err), RC_LIMIT);
	assert_int_equal(leaf.leaves, 1);
}

static void a_head_or_line_without_end_is_refused(void **state)
{
	struct err err;
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 20);
	buf_lit(&b, "farthing batch ");
	buf_fill(&b, 'x', 100000);
	assert_int_equal(
	    read_by(buf_str(&b), 999, &silent, NULL, &err), RC_INVALID);
	buf_clear(&b);
	buf_add(&b, str_part(buf_str(&file), 0,
			str_find_str(buf_str(&file), STR("\n0 yes")) + 1));
	buf_fill(&b, '0', 100000);
	assert_int_equal(
	    read_by(buf_str(&b), 999, &silent, NULL, &err), RC_INVALID);
	assert_non_null(strstr(err.why, "too long"));
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_batch_is_read_in_pieces_of_any_size),
	    cmocka_unit_test(no_flipped_bit_goes_unseen),
	    cmocka_unit_test(no_shorter_and_no_longer_file_is_a_batch),
	    cmocka_unit_test(what_was_changed_is_named),
	    cmocka_unit_test(leaves_of_another_batch_are_refused),
	    cmocka_unit_test(whoever_is_told_can_end_it),
	    cmocka_unit_test(a_head_or_line_without_end_is_refused),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
