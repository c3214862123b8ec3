/* SPDX-License-Identifier: MIT
 *
 * From the writer's desk to the readers: a draft is submitted, edited, approved
 * and published, or sent back; a published story is changed, and its readers
 * are told what was changed; a story is taken back. Every step is kept with who
 * took it and when.
 *
 * An approval holds for exactly the revision that was looked at. Where the
 * paper wants a second pair of eyes (paper_set_review), nothing is published
 * here that has not been approved by somebody who wrote nothing of what changed
 * since the text that was approved, or that readers had, before: neither the
 * last saver, nor any before, nor those whose work was merged or restored.
 * An approval can be taken back until readers see the text. Commands at the
 * machine itself have to say that they do without (paper_check_approval).
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
 * eyes is wanted, and WHO has written some of it; RC_INVALID also: no headline.
 */
MUST_USE enum rc paper_approve(
    struct paper *paper, const struct paper_act *act, struct err *err);
/* WHO has written something of what changed in REVISION of the story ID, so
 * that somebody else's eyes are wanted. */
MUST_USE enum rc paper_has_written(struct paper *paper, int64_t id,
    int64_t revision, struct str who, bool *ret_has, struct err *err);
/* Takes back the approval of the newest text that ACT's note (a login) has
 * given, which is then as good as never given: the caller has asked whether WHO
 * may. A story that waits for its time with it waits no more, where approvals
 * are wanted. RC_DENIED: there is none, or readers see that text already. */
MUST_USE enum rc paper_take_approval(
    struct paper *paper, const struct paper_act *act, struct err *err);
/* Takes back all approvals of the newest text, because something that it shows
 * has been changed by WHO: as if the text had been. A story without one stays
 * as it is. */
MUST_USE enum rc paper_unapprove(
    struct paper *paper, const struct paper_act *act, struct err *err);
/* Has ACT's note (an account's name; empty: nobody) edit the story. */
MUST_USE enum rc paper_assign(
    struct paper *paper, const struct paper_act *act, struct err *err);
/* Takes a published or scheduled story back. ACT's note is the reason, which
 * readers are told: it is needed where they have the story, and where it was to
 * come back, the one told before holds if it is blank. RC_DENIED: it is
 * neither. */
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

/* The newest text of story ID is approved, or need not be. RC_DENIED: it is to
 * be, and is not. */
MUST_USE enum rc paper_check_approval(
    struct paper *paper, int64_t id, struct err *err);

/* Whether a second pair of eyes is wanted. */
MUST_USE enum rc paper_review(
    struct paper *paper, bool *ret_is_wanted, struct err *err);
MUST_USE enum rc paper_set_review(
    struct paper *paper, bool is_wanted, struct err *err);

/* The numbers lie in files. */
enum paper_step_kind {
	PAPER_STEP_UNAPPROVED = 0, /* its note: whose approval it was */
	PAPER_STEP_SUBMITTED = 1,
	PAPER_STEP_SENT_BACK = 2,
	PAPER_STEP_APPROVED = 3,
	PAPER_STEP_PUBLISHED = 4,
	PAPER_STEP_SCHEDULED = 5,
	PAPER_STEP_CHANGED = 6,
	PAPER_STEP_TAKEN_BACK = 7,
	PAPER_STEP_ASSIGNED = 8,
	PAPER_STEP_HELD = 9,	/* it was due and did not appear (held.h) */
	PAPER_STEP_WARNED = 10, /* it appeared, though something had ended */
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
	int64_t due;	       /* the one that will appear; 0: none */
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

/* The sections of the story ID for all of which somebody must be who takes a
 * step of its way to the readers: of the newest text, of what readers see or
 * saw last, of what waits for its time, and of REVISION (0: none). By the names
 * of today, each once; an empty one stands for a text that has none.
 * RC_NOT_FOUND. */
MUST_USE enum rc paper_sections_of(struct paper *paper, struct arena *a,
    int64_t id, int64_t revision, struct str_list *ret_names, struct err *err);
/* That of one revision of the story. RC_NOT_FOUND: it is none of its. */
MUST_USE enum rc paper_section_of(struct paper *paper, struct arena *a,
    int64_t id, int64_t revision, struct str *ret_name, struct err *err);

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

/* What the newsroom has told the story's readers of changes. */
struct paper_notice {
	enum paper_change change;
	enum paper_place place;
	struct instant at;
	struct str text;
};

/* Oldest first. */
MUST_USE enum rc paper_notices(struct paper *paper, struct arena *a, int64_t id,
    struct paper_notice **ret_v, size_t *ret_n, struct err *err);

/* Private to paper/: RELEASE says of a story that WAS_OUT what a change has to.
 */
struct story_row;
MUST_USE enum rc release_check(
    const struct paper_release *release, bool was_out, struct err *err);
/* Private to paper/: what readers are told, AT the time from which they see it.
 */
MUST_USE enum rc release_notice(struct paper *paper,
    const struct paper_release *release, const struct story_row *row,
    struct instant at);
/* Private to paper/: a row of what was done. */
MUST_USE enum rc step_add(struct paper *paper, const struct paper_act *act,
    enum paper_step_kind kind, int64_t revision);

#endif
