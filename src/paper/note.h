/* SPDX-License-Identifier: MIT
 *
 * Notes in the margin of a story: what one of the staff has to say about some
 * words of it, and what others answer. A note that was dealt with is resolved
 * and kept. Readers see nothing of it.
 */
#ifndef PAPER_NOTE_H
#define PAPER_NOTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"

struct arena;
struct paper;

enum {
	PAPER_NOTE_TEXT_MAX = 4000, /* bytes */
	PAPER_NOTE_QUOTE_MAX = 500,
	PAPER_NOTES_MOST = 500, /* of one story, with answers */
};

struct paper_note {
	int64_t id;
	int64_t parent; /* the note that it answers; 0: none */
	struct str who;
	struct instant at;
	struct str quote; /* the words it is about; empty: the whole story */
	int64_t offset;	  /* in bytes, where they stood in the body then */
	int64_t revision; /* of that body */
	struct str text;
	bool is_resolved; /* never for an answer */
	struct str resolved_by;
	struct instant resolved;
};

struct paper_remark {
	int64_t story;
	int64_t parent; /* 0: a new note; else its quote is not looked at */
	int64_t revision;
	struct str quote;
	int64_t offset;
	struct str text;
	struct str who;
	struct instant now;
};

/* Writes a note or an answer to one. RC_NOT_FOUND: no such story, or no such
 * note in it; RC_INVALID: no text, or too long; RC_LIMIT: the story has
 * PAPER_NOTES_MOST. RET_ID may be NULL. */
MUST_USE enum rc paper_add_note(struct paper *paper,
    const struct paper_remark *remark, int64_t *ret_id, struct err *err);
struct paper_resolve {
	int64_t story;
	int64_t note;
	bool is_resolved;
	struct str who;
	struct instant now;
};

/* Resolves a note, or takes that back. RC_NOT_FOUND: the story has no such
 * note. */
MUST_USE enum rc paper_resolve_note(
    struct paper *paper, const struct paper_resolve *resolve, struct err *err);
/* All of a story's, oldest first, each note before its answers. */
MUST_USE enum rc paper_notes(struct paper *paper, struct arena *a,
    int64_t story, struct paper_note **ret_v, size_t *ret_n, struct err *err);

/* Where the words of NOTE stand in BODY now: the nearest place to where they
 * stood. BODY's length if they are no longer there. */
size_t paper_note_place(const struct paper_note *note, struct str body);

#endif
