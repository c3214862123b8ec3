/* SPDX-License-Identifier: MIT
 *
 * From the writer's desk to the readers: a draft is submitted, edited, approved
 * and published, or sent back; a published story is changed, and its readers
 * are told what was changed; a story is taken back. Every step is kept with who
 * took it and when.
 *
 * An approval holds for exactly the revision that was looked at. Where the
 * paper wants a second pair of eyes (paper_set_review), nothing is published
 * here that has not been approved by somebody else than the one who saved it.
 * Commands at the machine itself (paper/paper.h) ask nobody.
 *
 * Who may do what is not known here: the caller has asked that already.
 */
#ifndef PAPER_WORKFLOW_H
#define PAPER_WORKFLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "paper/change.h"
#include "paper/paper.h"

struct arena;
struct paper;

enum { PAPER_NOTE_MAX = 4000 }; /* bytes of a note, reason or notice */

struct paper_act {
	int64_t id;
	int64_t revision; /* which WHO has looked at; 0: does not matter */
	struct str who;
	struct str note;
	struct instant now;
};

/* All of these: RC_NOT_FOUND, no such story or revision; RC_BUSY, a newer
 * text than REVISION has been saved since, so look again; RC_INVALID, a text is
 * missing or too long. */

/* Hands a draft to the editors. RC_DENIED: it is beyond that. */
MUST_USE enum rc paper_hand_in(
    struct paper *paper, const struct paper_act *act, struct err *err);
/* Gives it back to its writer, with a note, which is needed. RC_DENIED: it is
 * not submitted. */
MUST_USE enum rc paper_send_back(
    struct paper *paper, const struct paper_act *act, struct err *err);
/* Approves REVISION, which must be the newest (0: the newest). A story that
 * waits for its time then appears in that form. RC_DENIED: a second pair of
 * eyes is wanted, and WHO has saved it; RC_INVALID also: no headline. */
MUST_USE enum rc paper_approve(
    struct paper *paper, const struct paper_act *act, struct err *err);
/* Has ACT's note (an account's name; empty: nobody) edit the story. */
MUST_USE enum rc paper_assign(
    struct paper *paper, const struct paper_act *act, struct err *err);
/* Takes a published or scheduled story back. ACT's note is the reason, which
 * is needed, and told to readers, where they have had the story. RC_DENIED: it
 * is neither. */
MUST_USE enum rc paper_take_back(
    struct paper *paper, const struct paper_act *act, struct err *err);

struct paper_release {
	int64_t id;
	int64_t revision; /* 0: the newest */
	struct str who;
	struct instant when; /* up to NOW: at once */
	struct instant now;
	/* Of a story that readers have had: */
	enum paper_change change; /* not PAPER_FIRST */
	enum paper_place place;
	struct str text;   /* the notice */
	bool is_old_taken; /* earlier versions are not to be read any more: what
			      was wrong in them does harm */
};

/* Publishes a story, now or later, or changes what readers of a published one
 * see. REVISION is the newest, or one that is approved. *RET_STATUS may be
 * NULL. RC_EXISTS: readers see just that already; RC_DENIED: it is not approved
 * by a second person, or its embargo has not ended; RC_INVALID also: no
 * headline. */
MUST_USE enum rc paper_release(struct paper *paper,
    const struct paper_release *release, enum paper_status *ret_status,
    struct err *err);

/* Whether a second pair of eyes is wanted. */
MUST_USE enum rc paper_review(
    struct paper *paper, bool *ret_is_wanted, struct err *err);
MUST_USE enum rc paper_set_review(
    struct paper *paper, bool is_wanted, struct err *err);

/* The numbers lie in files. */
enum paper_step_kind {
	PAPER_STEP_SUBMITTED = 1,
	PAPER_STEP_SENT_BACK = 2,
	PAPER_STEP_APPROVED = 3,
	PAPER_STEP_PUBLISHED = 4,
	PAPER_STEP_SCHEDULED = 5,
	PAPER_STEP_CHANGED = 6,
	PAPER_STEP_TAKEN_BACK = 7,
	PAPER_STEP_ASSIGNED = 8,
};

struct paper_step {
	int64_t id;
	enum paper_step_kind kind;
	int64_t revision;
	struct str who, note;
	struct instant at;
};

/* The steps of a story, newest first, at most LIMIT below the id BEFORE
 * (INT64_MAX: all). */
MUST_USE enum rc paper_steps(struct paper *paper, struct arena *a, int64_t id,
    int64_t before, size_t limit, struct paper_step **ret_v, size_t *ret_n,
    struct err *err);

struct paper_state {
	enum paper_status status;
	int64_t newest, shown; /* shown 0: readers see none */
	bool is_changed;       /* readers do not see the newest text */
	bool is_approved;      /* the newest revision, as the paper wants it */
	struct str approved_by;
	struct str assigned;
	bool must_approve; /* a second pair of eyes is wanted */
	struct str note;   /* with which it was sent back last; else empty */
};

/* Where a story stands. */
MUST_USE enum rc paper_state(struct paper *paper, struct arena *a, int64_t id,
    struct paper_state *ret_state, struct err *err);

/* What readers of a story have had. */
struct paper_version {
	int64_t number; /* from 1 */
	int64_t revision;
	enum paper_change change;
	struct instant at;
	bool is_taken; /* its text is not to be read any more */
};

/* Newest first, at most 1,000; none if it was never changed. */
MUST_USE enum rc paper_versions(struct paper *paper, struct arena *a,
    int64_t id, struct paper_version **ret_v, size_t *ret_n, struct err *err);
/* Takes an earlier version's text from readers, or gives it back. RC_NOT_FOUND:
 * no such version; RC_DENIED: it is the one that readers see. */
MUST_USE enum rc paper_take_version(struct paper *paper, int64_t id,
    int64_t number, bool is_taken, struct err *err);

#endif
