/* SPDX-License-Identifier: MIT
 *
 * The library of pictures: what is known of each original that was sent, once
 * for each: the same bytes sent again are the same picture. The bytes
 * themselves are files (newsroom/darkroom.h); here are rows of paper.db.
 *
 * A story names a picture by the address of one of its renditions,
 * "/pictures/STEM-1200.jpg", in its head or in its text, which is Markdown
 * that any program understands. STEM is 128 random bits: who does not know it
 * does not find the picture. From it the library is found again, both in
 * paper.db and, for pictures of published stories alone, in public.db.
 *
 * Texts live as long as the arena. Results are those of store/store.h,
 * RC_NOT_FOUND for what is not there, and what is said beside each function.
 */
#ifndef PAPER_LIBRARY_H
#define PAPER_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "paper/staff.h"

struct arena;
struct manuscript;
struct paper;

enum {
	LIBRARY_HASH = 64, /* BLAKE2b-256 in hexadecimal */
	LIBRARY_STEM = 26, /* small letters and digits */
	LIBRARY_TEXT_MAX = 4000,
	LIBRARY_NAME_MAX = 200,
	LIBRARY_WIDTHS_MAX = 8,
	LIBRARY_SHAPES = 3,    /* 1:1, 4:3, 16:9 */
	LIBRARY_WORDS_MAX = 8, /* of a search */
	LIBRARY_SOON_DAYS = 30,
};

struct library_size {
	uint32_t width, height;
};

/* Which files there are: the whole picture in some widths, each as AVIF, WebP
 * and JPEG, and three shapes as JPEG (width 0: not there). */
struct library_files {
	struct library_size whole[LIBRARY_WIDTHS_MAX]; /* narrowest first */
	size_t whole_n;
	struct library_size shapes[LIBRARY_SHAPES];
};

/* What people write, and may change. */
struct library_words {
	struct str caption, credit, creator, alt, rights;
	struct str expires;	   /* "2027-01-31"; empty: no end is known */
	uint16_t focus_x, focus_y; /* in thousandths, from the upper left */
};

struct library_picture {
	int64_t id;
	struct str hash, stem;
	struct str name; /* as the file was called; to be shown only */
	struct str kind; /* "JPEG", "HEIC" */
	int64_t bytes;	 /* of the original */
	uint32_t width, height;
	struct library_words words;
	struct library_files files;
	bool had_place, had_device; /* the original told; nothing else does */
	struct str who;		    /* who sent it */
	struct instant added;
};

/* Adds one. Id and time are made here. RC_EXISTS: its hash is there already.
 * RC_INVALID: a date that is none; RC_LIMIT: a text is too long. */
MUST_USE enum rc library_add(struct paper *paper,
    const struct library_picture *picture, const struct staff_by *by,
    int64_t *ret_id, struct err *err);

MUST_USE enum rc library_get(struct paper *paper, struct arena *a, int64_t id,
    struct library_picture *ret_picture, struct err *err);
MUST_USE enum rc library_find_hash(struct paper *paper, struct arena *a,
    struct str hash, struct library_picture *ret_picture, struct err *err);

/* Changes words and focal point; stories that readers see follow with the next
 * paper_outbox_apply. RC_INVALID, RC_LIMIT as above. */
MUST_USE enum rc library_edit(struct paper *paper, int64_t id,
    const struct library_words *words, const struct staff_by *by,
    struct err *err);

/* At most LIMIT, the newest first, below the id BEFORE (INT64_MAX: from the
 * start), which have each word of TEXT, or a longer one that begins with it,
 * in words, name or sender. */
struct library_wish {
	struct str text;  /* empty: all */
	bool is_ending;	  /* only those whose rights have ended or will soon */
	struct str today; /* for that */
	int64_t before;
	size_t limit;
};
MUST_USE enum rc library_list(struct paper *paper, struct arena *a,
    const struct library_wish *wish, struct library_picture **ret_v,
    size_t *ret_n, struct err *err);

/* Stories whose newest text has the picture, newest first, at most LIMIT. */
struct library_use {
	int64_t story;
	struct str headline;
	bool is_public;
};
MUST_USE enum rc library_uses(struct paper *paper, struct arena *a, int64_t id,
    size_t limit, struct library_use **ret_v, size_t *ret_n, struct err *err);

/* How long it may be shown. Dates are those of the paper, "2026-11-27". */
enum library_right {
	LIBRARY_RIGHT_OPEN, /* no end is known */
	LIBRARY_RIGHT_FAR,
	LIBRARY_RIGHT_SOON, /* within LIBRARY_SOON_DAYS */
	LIBRARY_RIGHT_OVER, /* from the day behind the last one on */
};
enum library_right library_right(struct str expires, struct str today);
/* S is a day of the calendar, written so. */
bool library_is_date(struct str s);

/* What the list before publishing has to say of the pictures in M that are in
 * the library: those whose rights end, or are told by nobody. */
struct library_worry {
	struct library_picture picture;
	enum library_right right; /* SOON or OVER, where it is not */
	bool lacks_rights;	  /* neither rights nor credit */
};
MUST_USE enum rc library_check(struct paper *paper, struct arena *a,
    const struct manuscript *m, struct str today, struct library_worry **ret_v,
    size_t *ret_n, struct err *err);

/* The stem of a picture's address, "/pictures/STEM-...", with nothing before
 * it; p NULL: it is no such address. */
struct str library_stem(struct str url);

/* The rendition that stories and editors name: the widest JPEG of at most
 * 1,200 points. P NULL: no memory. */
struct str library_url(
    struct arena *a, struct str stem, const struct library_files *files);
/* "400x300 800x600 1200x900;1200x1200 1200x900 1200x675", as the files lie in
 * the tables, and back. Reading gives what is whole and leaves out the
 * rest. */
struct str library_pack_files(
    struct arena *a, const struct library_files *files);
struct library_files library_unpack_files(struct str packed);

#endif
