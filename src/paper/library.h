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
	LIBRARY_SHAPES = 3, /* 1:1, 4:3, 16:9 */
	LIBRARY_CUT_WIDTHS = 4,
	LIBRARY_WORDS_MAX = 8, /* of a search */
	LIBRARY_SOON_DAYS = 30,
};

struct library_size {
	uint32_t width, height;
};

/* Which files there are: the whole picture in some widths, each as AVIF, WebP
 * and JPEG, and three shapes as JPEG (width 0: not there); those that were cut
 * by hand also in some widths and the three formats, the widest of which is the
 * same JPEG. */
struct library_cut_files {
	struct library_size v[LIBRARY_CUT_WIDTHS]; /* narrowest first */
	size_t n;				   /* 0: none was cut so */
};
struct library_files {
	struct library_size whole[LIBRARY_WIDTHS_MAX]; /* narrowest first */
	size_t whole_n;
	struct library_size shapes[LIBRARY_SHAPES];
	struct library_cut_files cuts[LIBRARY_SHAPES];
};

/* The part of the picture that a shape has been set to by hand, in thousandths:
 * left and width of its width, top of its height. */
struct library_cut {
	uint16_t left, top;
	uint16_t width; /* 0: the focal point decides */
};

/* What people write, and may change. */
struct library_words {
	struct str caption, credit, creator, alt, rights;
	struct str expires;	   /* "2027-01-31"; empty: no end is known */
	uint16_t focus_x, focus_y; /* in thousandths, from the upper left */
	struct library_cut cuts[LIBRARY_SHAPES];
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
	int64_t revision;	    /* of its words, from 1 */
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

/* Changes words, focal point and cuts of what was revision BASE; stories that
 * readers see follow with the next paper_outbox_apply, and its files are owed.
 * RC_INVALID, RC_LIMIT as above; RC_EXISTS: somebody has changed them
 * meanwhile, so that BASE is not the newest; nothing is written. What each text
 * was and is stands in the audit log, in as many rows as it takes. */
bool library_words_same(
    const struct library_words *a, const struct library_words *b);
MUST_USE enum rc library_edit(struct paper *paper, int64_t id, int64_t base,
    const struct library_words *words, const struct staff_by *by,
    struct err *err);

/* Files whose words are not those of the row: a change of words owes them, in
 * the same transaction, until library_paid, whatever ends in between. They may
 * have a name in them that was taken out to protect somebody. */
struct library_debt {
	int64_t picture;
	int64_t staff; /* the account that has asked for them last */
};
/* Has files made anew where nothing was changed. RC_NOT_FOUND. */
MUST_USE enum rc library_owe(
    struct paper *paper, int64_t id, int64_t staff, struct err *err);
/* The files of PICTURE are there as its revision has it; nothing is owed any
 * more, unless it was changed meanwhile. Which there are may be others than
 * before. */
MUST_USE enum rc library_paid(struct paper *paper,
    const struct library_picture *picture, struct err *err);
MUST_USE enum rc library_is_owed(
    struct paper *paper, int64_t id, bool *ret_is_owed, struct err *err);
/* At most LIMIT debts, of the pictures with the lowest numbers above AFTER. */
MUST_USE enum rc library_debts(struct paper *paper, struct arena *a,
    int64_t after, size_t limit, struct library_debt **ret_v, size_t *ret_n,
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

/* Stories that have a picture, newest first: in the text that readers see, in a
 * version of it that they can look up, or, if neither is said, in the newest
 * text alone. At most LIMIT. */
struct library_use {
	int64_t story;
	struct str headline;
	bool is_public;
	bool is_in_version; /* and not in what is shown now */
};
struct library_uses {
	struct library_use *v;
	size_t n;
};
MUST_USE enum rc library_uses(struct paper *paper, struct arena *a,
    const struct library_picture *p, size_t limit, struct library_uses *ret,
    struct err *err);

/* The stories in which readers have the picture with STEM, in their text or in
 * a version that they can look up: its words reach them by itself. */
MUST_USE enum rc library_shown_in(struct paper *paper, struct arena *a,
    struct str stem, int64_t **ret_stories, size_t *ret_n, struct err *err);

/* The stories that wait for their time, and will appear with the picture: its
 * words will reach readers by themselves, too. */
MUST_USE enum rc library_waits_in(struct paper *paper, struct arena *a,
    const struct library_picture *p, int64_t **ret_stories, size_t *ret_n,
    struct err *err);
/* The stories whose newest text has the picture, is approved, and is not before
 * readers: whoever approved it has seen these words. */
MUST_USE enum rc library_approved_in(struct paper *paper, struct arena *a,
    const struct library_picture *p, int64_t **ret_stories, size_t *ret_n,
    struct err *err);

/* The account that sent the picture; 0: none did, or it is not known. */
MUST_USE enum rc library_sender(
    struct paper *paper, int64_t id, int64_t *ret_staff, struct err *err);

/* Forgets a picture that no story has; the caller then removes its files, of
 * which library_coming tells until library_settle is called. RC_BUSY: a story
 * has it. */
MUST_USE enum rc library_remove(struct paper *paper, int64_t id,
    const struct staff_by *by, struct err *err);

/* Files are written before there is a row that knows of them, and so somebody
 * has to know which, should the power go: library_expect is called before the
 * first byte, and library_settle when all is well, or gone again. What is left
 * in the list when the newsroom starts is removed then. Neither touches what
 * the library has. */
struct library_files_of {
	struct str stem, hash;
};
MUST_USE enum rc library_expect(struct paper *paper,
    const struct library_files_of *v, size_t n, struct err *err);
/* Another picture than FILES->stem, there or coming, has the same original. */
MUST_USE enum rc library_needs(struct paper *paper,
    const struct library_files_of *files, bool *ret_is_needed, struct err *err);
MUST_USE enum rc library_settle(
    struct paper *paper, struct str stem, struct err *err);
MUST_USE enum rc library_coming(struct paper *paper, struct arena *a,
    struct library_files_of **ret_v, size_t *ret_n, struct err *err);

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

/* What the list before publishing has to know of the pictures in M that are in
 * the library: all of them, each once, in the order of M. */
struct library_worry {
	struct library_picture picture;
	enum library_right right;
	bool lacks_rights; /* neither rights nor credit */
};
MUST_USE enum rc library_check(struct paper *paper, struct arena *a,
    const struct manuscript *m, struct str today, struct library_worry **ret_v,
    size_t *ret_n, struct err *err);

/* The pictures of the library that M names, each once, at most 1,000. */
MUST_USE enum rc library_in(struct paper *paper, struct arena *a,
    const struct manuscript *m, struct library_picture **ret_v, size_t *ret_n,
    struct err *err);
/* M names the picture with STEM. */
bool library_is_in(const struct manuscript *m, struct str stem);
/* Readers are shown the picture with STEM: a story that is public has it, or a
 * version of one that readers can look up. */
MUST_USE enum rc library_is_public(
    struct paper *paper, struct str stem, bool *ret_is_public, struct err *err);

/* The stem of a picture's address, "/pictures/STEM-...", with nothing before
 * it; p NULL: it is no such address. */
struct str library_stem(struct str url);

/* The name of a picture that is none of the library's, but was put into the
 * folder by hand: "quay.jpg" of "/pictures/quay.jpg", up to where a name surely
 * ends. p NULL: it is none. */
struct str library_by_hand(struct str url);
/* What readers get of such a picture has its name for a stem, in which there is
 * a point, and one size. */
bool library_is_by_hand(struct str stem);

/* The rendition that stories and editors name: the widest JPEG of at most
 * 1,200 points. P NULL: no memory. */
struct str library_url(
    struct arena *a, struct str stem, const struct library_files *files);
/* "400x300 800x600 1200x900;1200x1200 1200x900 1200x675", and behind that, where
 * a shape was cut by hand, ";400x400 1200x1200;;", as the files lie in the
 * tables, and back. Reading gives what is whole and leaves out the
 * rest. */
struct str library_pack_files(
    struct arena *a, const struct library_files *files);
struct library_files library_unpack_files(struct str packed);

#endif
