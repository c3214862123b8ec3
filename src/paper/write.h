/* SPDX-License-Identifier: MIT
 *
 * Working on a story in the newsroom. A story has a newest revision, on which
 * everybody works, and, when it is published, the one that readers see; they
 * become the same by publishing (paper/workflow.h) and by nothing else. What is
 * saved here changes nothing for readers.
 *
 * Several may work at once. Each save names the revision its text began from.
 * If that is still the newest one, the text becomes the newest. If not, the
 * changes of both are put together (text/merge.h) where they touch each other
 * nowhere; else nothing is saved, and the writer gets the newest text, to
 * decide. No save ever takes words away that the writer had not seen.
 *
 * A revision is a record: it keeps the name that its section had when it was
 * saved. Whatever becomes the newest text, be it restored, put together or
 * saved from an old page, goes by the name of today.
 *
 * An answer can be lost on the way: then a writer saves on from an older
 * revision than their own last one. So each page that somebody writes in has a
 * name, the "tab": whatever it saved before is not held against it.
 */
#ifndef PAPER_WRITE_H
#define PAPER_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "text/manuscript.h"

struct arena;
struct paper;

/* How a revision came to be. The numbers lie in files. */
enum paper_kind {
	PAPER_KIND_SAVE = 0,	 /* the writer said so; or a command */
	PAPER_KIND_AUTOSAVE = 1, /* the writer paused */
	PAPER_KIND_MERGE = 2,	 /* the work of two */
	PAPER_KIND_RESTORE = 3,	 /* an earlier one taken up again */
	PAPER_KIND_TYPED = 4,	 /* what went into a merge; in no list */
	PAPER_KIND_MOVED = 5,	 /* into another section, with all of it; no
				    word is WHO's */
};

enum { PAPER_TAB_MAX = 64, PAPER_NAME_MAX = 200 }; /* bytes */

struct paper_write {
	int64_t id;   /* 0: a new story */
	int64_t base; /* the revision from which the text began; 0: new */
	const struct manuscript *manuscript;
	enum paper_kind kind; /* MERGE: the writer has solved a conflict */
	int64_t restored;     /* RESTORE: which one it was; else 0 */
	struct str who;
	struct str tab;	 /* of the page it was written in; empty: none */
	struct str note; /* why, for the record */
	struct str name; /* of this revision; empty: none */
	struct instant now;
};

enum paper_written {
	PAPER_WRITTEN,	 /* it is the newest revision now */
	PAPER_SAME,	 /* the newest one says just that; a SAVE makes an
			    autosave of the same writer one, too */
	PAPER_MERGED,	 /* saved together with the work of somebody else */
	PAPER_CONFLICTED /* not saved: see "newest" */
};

struct paper_write_result {
	enum paper_written outcome;
	int64_t id;
	int64_t revision; /* the newest, from which to go on */
	/* MERGED and CONFLICTED: whose work came between, and when. */
	struct str who;
	struct instant saved;
	/* MERGED: what was saved. CONFLICTED: the newest text, which the writer
	 * had not seen, and the one from which they began. */
	struct manuscript text, base;
	/* CONFLICTED: bit FIELD_x (paper/field.h) where both say something
	 * else. */
	uint32_t conflicts;
};

/* Saves a text. All that is given back lives as long as the arena, of which it
 * needs some six times the text's size. RC_INVALID: a new story with neither
 * headline nor text, too long a name, or a zero byte; RC_DENIED: a story that
 * waits for its time needs a headline; RC_NOT_FOUND: no such story, or BASE is
 * none of its revisions. */
MUST_USE enum rc paper_write(struct paper *paper, struct arena *a,
    const struct paper_write *write, struct paper_write_result *ret_result,
    struct err *err);

/* Several saves that came at once, in their order: one wait for the disk for
 * all of them, where none fails. Each ends as paper_write would have ended it;
 * on failure its result is untouched and its err says why. */
struct paper_write_task {
	struct paper_write write;
	struct paper_write_result result;
	enum rc rc;
	struct err err;
};

void paper_write_all(struct paper *paper, struct arena *a,
    struct paper_write_task *tasks, size_t n);

/* What can wait until the answers are on their way; at most some ms. */
void paper_rest(struct paper *paper);

/* Makes an earlier revision the newest text again, under the embargo that the
 * newest one has, or under none. BASE as above: another one saved meanwhile is
 * a conflict. RC_NOT_FOUND: it is none of the story's. */
MUST_USE enum rc paper_restore(struct paper *paper, struct arena *a,
    int64_t revision, const struct paper_write *write,
    struct paper_write_result *ret_result, struct err *err);

/* Gives a revision a name; an empty one takes it away. */
MUST_USE enum rc paper_name(struct paper *paper, int64_t id, int64_t revision,
    struct str name, struct err *err);

struct paper_saving {
	int64_t id; /* of the revision */
	enum paper_kind kind;
	struct instant saved;
	struct str who, note, name, headline;
	bool is_shown; /* readers see this one */
};

/* Revisions of a story, newest first, behind BEFORE (0: from the newest on; not
 * included), at most LIMIT. *RET_OLDER: to go on behind the last one; 0: there
 * are no more. */
MUST_USE enum rc paper_history(struct paper *paper, struct arena *a, int64_t id,
    int64_t before, size_t limit, struct paper_saving **ret_v, size_t *ret_n,
    int64_t *ret_older, struct err *err);

/* One of them. RC_NOT_FOUND: it is none of the story's. */
MUST_USE enum rc paper_saving(struct paper *paper, struct arena *a, int64_t id,
    int64_t revision, struct paper_saving *ret_saving, struct err *err);

/* The revision from which somebody writes on who began from REVISION: itself,
 * or, if it was thinned out meanwhile (paper/thin.h), the one behind it. */
MUST_USE enum rc paper_base(struct paper *paper, int64_t id, int64_t revision,
    int64_t *ret_base, struct err *err);

/* The text of one revision of the story. RC_NOT_FOUND: it is none of its. */
MUST_USE enum rc paper_text(struct paper *paper, struct arena *a, int64_t id,
    int64_t revision, struct manuscript *ret_manuscript, struct err *err);

/* Which revision is the newest and which one readers see (0: none). */
MUST_USE enum rc paper_newest(struct paper *paper, int64_t id,
    int64_t *ret_newest, int64_t *ret_shown, struct err *err);

#endif
