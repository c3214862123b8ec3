/* SPDX-License-Identifier: MIT
 *
 * Kinds and sizes by the heads of files.
 */
#include "picture/sniff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "sys/file.h"

static struct str read_picture(struct arena *a, const char *name)
{
	struct str path = arena_printf(a, "test/pictures/%s", name);
	struct str bytes;
	struct err err;

	if (file_read(a, path, 1 << 20, &bytes, &err) != RC_OK)
		fail_msg("%s", err.why);
	return bytes;
}

static const struct {
	const char *name;
	enum picture_kind kind;
	uint32_t width, height;
} files[] = {
    {"harbour.jpg", PICTURE_JPEG, 1200, 900},
    {"clear.png", PICTURE_PNG, 300, 400},
    {"still.webp", PICTURE_WEBP, 300, 400},
    {"still.avif", PICTURE_AVIF, 300, 400},
    {"still.heic", PICTURE_HEIC, 300, 400},
    {"moving.gif", PICTURE_GIF, 120, 160},
};
enum { FILES = sizeof(files) / sizeof(*files) };

static void each_kind_is_known_by_its_head(void **state)
{
	struct arena *a = arena_new(1 << 22);

	(void)state;
	for (size_t i = 0; i < FILES; i++) {
		struct picture_size size;
		struct str file = read_picture(a, files[i].name);

		assert_int_equal(picture_sniff(file, &size), RC_OK);
		assert_int_equal(size.kind, files[i].kind);
		assert_int_equal(size.width, files[i].width);
		assert_int_equal(size.height, files[i].height);
	}
	arena_free(a);
}

static void a_cut_head_is_refused_and_never_read_beyond(void **state)
{
	struct arena *a = arena_new(1 << 22);

	(void)state;
	for (size_t i = 0; i < FILES; i++) {
		struct str file = read_picture(a, files[i].name);
		size_t most = file.n < 700 ? file.n : 700;

		for (size_t n = 0; n < most; n++) {
			struct picture_size size = {0};
			struct arena *own = arena_new(1024);
			struct str part = arena_copy(own, str_part(file, 0, n));

			if (picture_sniff(part, &size) == RC_OK) {
				assert_int_equal(size.width, files[i].width);
				assert_int_equal(size.height, files[i].height);
			}
			arena_free(own);
		}
	}
	arena_free(a);
}

static void bombs_are_refused_by_their_head(void **state)
{
	struct picture_size size;

	(void)state;
	assert_int_equal(
	    picture_sniff(STR("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"
			      "\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0"),
		&size),
	    RC_LIMIT);
	assert_int_equal(
	    picture_sniff(STR("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"
			      "\0\0\x40\0\0\0\x40\0\x08\x02\0\0\0"),
		&size),
	    RC_LIMIT);
	assert_int_equal(picture_sniff(STR("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"
					   "\0\0\0\0\0\0\0\x01\x08\x02\0\0\0"),
			     &size),
	    RC_INVALID);
}

static void what_is_no_picture_is_refused(void **state)
{
	static const struct str no[] = {STR_INIT(""), STR_INIT("<svg/>"),
	    STR_INIT("%PDF-1.7"), STR_INIT("BM12345678901234567890"),
	    STR_INIT("II*\0........"), STR_INIT("#!/bin/sh\n"),
	    STR_INIT("\xff\xd8\xff"), STR_INIT("RIFF....WEBPVP9 ........"),
	    STR_INIT("\0\0\0\x10"
		     "ftypmp42\0\0\0\0")};
	struct picture_size size;

	(void)state;
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++)
		assert_int_equal(picture_sniff(no[i], &size), RC_INVALID);
}

static void what_breaks_off_is_not_whole(void **state)
{
	struct arena *a = arena_new(4 << 20);

	(void)state;
	for (size_t i = 0; i < 3; i++) { /* JPEG, PNG, WebP */
		struct str bytes = read_picture(a, files[i].name);

		assert_true(picture_is_whole(bytes, files[i].kind));
		for (size_t n = 0; n + 2 < bytes.n; n += 7)
			assert_false(picture_is_whole(
			    str_part(bytes, 0, n), files[i].kind));
	}
	/* A GIF is whole with the first of its pictures. */
	assert_true(
	    picture_is_whole(read_picture(a, "moving.gif"), PICTURE_GIF));
	for (size_t n = 0; n < 900; n += 7)
		assert_false(picture_is_whole(
		    str_part(read_picture(a, "moving.gif"), 0, n),
		    PICTURE_GIF));
	arena_free(a);
}

static void put(struct buf *b, uint64_t n, unsigned bytes, bool is_little)
{
	for (unsigned i = 0; i < bytes; i++)
		buf_char(b,
		    (char)(unsigned char)(n >>
					  8 * (is_little ? i : bytes - 1 - i)));
}

/* A box or chunk around what BODY has, which is emptied. */
static void put_box(struct buf *b, const char *name, struct buf *body)
{
	put(b, body->n + 8, 4, false);
	buf_add(b, str_of(name));
	buf_add(b, buf_str(body));
	buf_clear(body);
}

/* A file of KIND with N pictures in it: one of ours, and what a moving one has
 * beside it. */
static struct str moving(struct buf *b, enum picture_kind kind, unsigned n)
{
	struct buf in, out;

	buf_init(&in, 1 << 20);
	buf_init(&out, 1 << 20);
	buf_clear(b);
	switch (kind) {
	case PICTURE_GIF:
		buf_add(b, (struct str){"GIF89a\1\0\1\0\0\0\0", 13});
		for (unsigned i = 0; i < n; i++)
			buf_add(b, (struct str){",\0\0\0\0\1\0\1\0\0"
						"\2\2\x44\1\0",
				       15});
		buf_char(b, ';');
		break;
	case PICTURE_PNG:
		buf_lit(b, "\x89PNG\r\n\x1a\n");
		for (unsigned i = 0; i < n; i++)
			buf_add(b, (struct str){"\0\0\0\1fcTL.....", 13});
		break;
	case PICTURE_WEBP:
		buf_lit(b, "RIFF....WEBP");
		for (unsigned i = 0; i < n; i++)
			buf_add(b, (struct str){"ANMF\1\0\0\0..", 10});
		break;
	case PICTURE_AVIF:
	case PICTURE_HEIC:
		put(&in, 0, 8, false);
		put(&in, n, 4, false);
		put_box(&out, "stsz", &in);
		put_box(&in, "stbl", &out);
		put_box(&out, "minf", &in);
		put_box(&in, "mdia", &out);
		put_box(&out, "trak", &in);
		put_box(b, "moov", &out);
		break;
	case PICTURE_JPEG:
		break;
	}
	buf_done(&in);
	buf_done(&out);
	assert_int_equal(buf_rc(b), RC_OK);
	return buf_str(b);
}

static void a_million_pictures_in_one_are_refused(void **state)
{
	static const enum picture_kind kinds[] = {
	    PICTURE_GIF, PICTURE_PNG, PICTURE_WEBP, PICTURE_AVIF, PICTURE_HEIC};
	struct arena *a = arena_new(1 << 22);
	struct str said;
	struct buf b;

	(void)state;
	buf_init(&b, 16 << 20);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		enum picture_kind kind = kinds[i];

		assert_true(picture_is_brief(moving(&b, kind, 1), kind));
		assert_true(picture_is_brief(
		    moving(&b, kind, PICTURE_FRAMES_MAX), kind));
		assert_false(picture_is_brief(
		    moving(&b, kind, PICTURE_FRAMES_MAX + 1), kind));
		assert_false(picture_is_brief(moving(&b, kind, 1000000), kind));
	}
	/* A PNG that says so, and has none of them. */
	said = (struct str){"\x89PNG\r\n\x1a\n\0\0\0\10acTL\0\x0f\x42\x40"
			    "\0\0\0\0....",
	    28};
	assert_false(picture_is_brief(said, PICTURE_PNG));
	/* What stands behind the end is counted to its end and no further. */
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		(void)moving(&b, kinds[i], 3);
		buf_lit(&b, "PK\x03\x04 and more that is no chunk");
		assert_true(picture_is_brief(buf_str(&b), kinds[i]));
	}
	/* Still ones, and those of the tests, are not in question. */
	for (size_t i = 0; i < FILES; i++)
		assert_true(picture_is_brief(
		    read_picture(a, files[i].name), files[i].kind));
	buf_done(&b);
	arena_free(a);
}

/* What a camera writes before the rest of FILE: that it is to be turned. */
static struct str turned(
    struct buf *b, struct str file, bool is_little, unsigned turn)
{
	enum { TIFF = 8, COUNT = 2, ENTRY = 12 };

	buf_clear(b);
	buf_lit(b, "\xff\xd8\xff\xe1");
	put(b, 2 + 6 + TIFF + COUNT + (uint64_t)2 * ENTRY, 2, false);
	buf_add(b, (struct str){"Exif\0\0", 6});
	buf_add(b, is_little ? STR("II*\0") : STR("MM\0*"));
	put(b, TIFF, 4, is_little);
	put(b, 2, 2, is_little);
	put(b, 0x010f, 2, is_little); /* the maker comes first */
	put(b, 2, 2, is_little);
	put(b, 6, 4, is_little);
	put(b, 26, 4, is_little);
	put(b, 0x0112, 2, is_little);
	put(b, 3, 2, is_little);
	put(b, 1, 4, is_little);
	put(b, turn, 2, is_little);
	put(b, 0, 2, is_little);
	buf_add(b, str_from(file, 2));
	return buf_str(b);
}

static void a_picture_that_lies_on_its_side_says_so(void **state)
{
	struct arena *a = arena_new(1 << 22);
	struct str plain = read_picture(a, "harbour.jpg");
	struct buf b;

	(void)state;
	buf_init(&b, 1 << 22);
	assert_true(picture_is_on_side(plain, PICTURE_JPEG));
	for (unsigned turn = 0; turn < 12; turn++)
		for (int little = 0; little < 2; little++) {
			struct str file = turned(&b, plain, little, turn);
			struct picture_size size;

			assert_int_equal(picture_sniff(file, &size), RC_OK);
			assert_int_equal(size.width, 1200);
			assert_int_equal(picture_is_on_side(file, size.kind),
			    turn >= 5 && turn <= 8);
			assert_false(picture_is_on_side(file, PICTURE_PNG));
			assert_false(picture_is_on_side(
			    (struct str){file.p, 40}, PICTURE_JPEG));
		}
	buf_done(&b);
	arena_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_kind_is_known_by_its_head),
	    cmocka_unit_test(a_cut_head_is_refused_and_never_read_beyond),
	    cmocka_unit_test(bombs_are_refused_by_their_head),
	    cmocka_unit_test(what_is_no_picture_is_refused),
	    cmocka_unit_test(what_breaks_off_is_not_whole),
	    cmocka_unit_test(a_million_pictures_in_one_are_refused),
	    cmocka_unit_test(a_picture_that_lies_on_its_side_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
