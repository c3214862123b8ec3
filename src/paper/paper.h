/* SPDX-License-Identifier: MIT
 *
 * The newspaper as its staff see it: stories from the first draft to the
 * withdrawal, the people and sections, and every way to change them. What is
 * published goes over into public.db (paper/public.h) through an outbox, a
 * table of what has to be done, so that a crash between the two loses nothing.
 *
 *	DIR/private/paper.db	all of it
 *	DIR/public/public.db	what readers may see
 *
 * Both folders must be there. A paper has one writer at a time: whoever opens
 * it with paper_create or paper_open holds a lock of the caller's making
 * (app: DIR/run/writer.lock) until paper_close.
 *
 * A function that changes something has changed it on the disk when it
 * returns RC_OK, and nothing at all when it does not. Readers see it after
 * paper_outbox_apply.
 *
 *	rc = paper_save(paper, &edit, &id, NULL, err);
 *	if (rc == RC_OK)
 *		rc = paper_publish(paper, id, now, NULL, err);
 *	if (rc == RC_OK)
 *		rc = paper_outbox_apply(paper, 1000, NULL, err);
 *
 * Results: those of store/store.h, RC_NOT_FOUND for a story that is not
 * there, and what is said beside each function.
 */
#ifndef PAPER_PAPER_H
#define PAPER_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "text/manuscript.h"

struct arena;
struct paper;
struct zone;

/* Pages on how the paper works, under /about/NAME; each may be empty. */
enum { PAPER_POLICIES = 8 };
/* "standards", "ethics", "corrections", "sources", "checking", "ownership",
 * "feedback", "privacy". Lives for ever. */
struct str paper_policy_name(size_t at);

struct paper_settings {
	struct str name, lang, motto, place, zone, origin, publisher, address;
	struct str support_text;
	struct str about; /* Markdown of the about page */
	/* What the names of its stories begin with (paper/authority.h). Made
	 * from the first origin, and what is set of it is not heeded. */
	struct str authority;
	struct str policies[PAPER_POLICIES]; /* likewise */
};

/* Makes the paper in the folder DIR, which has none yet (RC_EXISTS).
 * RC_INVALID: settings without a name or language. */
MUST_USE enum rc paper_create(struct str dir,
    const struct paper_settings *settings, struct instant now, struct err *err);

/* Opens the paper for writing and reading. RC_NOT_FOUND: there is none;
 * RC_NEWER: a newer version has written it; RC_DAMAGED: one of its files is no
 * such file any more. The caller owns it. If public.db
 * is missing or from another state of the paper, it is made anew by the next
 * calls of paper_outbox_apply. */
MUST_USE enum rc paper_open(
    struct str dir, struct paper **ret_paper, struct err *err);
/* Opens it for the functions that only read, beside a writer. */
MUST_USE enum rc paper_open_reader(
    struct str dir, struct paper **ret_paper, struct err *err);
void paper_close(struct paper *paper);

/* The rules of the paper's own time (settings.zone), which decide on which
 * day a story appears and what times without an offset mean. It must stay
 * until paper_close. Without one, UTC. */
void paper_use_zone(struct paper *paper, const struct zone *zone);

/* Width and height of the picture that somebody has put under NAME into the
 * folder whose files are served under /pictures/, as it is shown; false: not
 * known. Asked for when a story with it is published or changed, and not when
 * it is read. */
typedef bool paper_picture_fn(
    void *ctx, struct str name, uint32_t *ret_width, uint32_t *ret_height);
/* FN and CTX must stay until paper_close. Without one, no size is known. */
void paper_use_pictures(struct paper *paper, paper_picture_fn *fn, void *ctx);

MUST_USE enum rc paper_settings(struct paper *paper, struct arena *a,
    struct paper_settings *ret_settings, struct err *err);
/* The paper's language alone, which is asked for more often than the rest. */
MUST_USE enum rc paper_lang(struct paper *paper, struct arena *a,
    struct str *ret_lang, struct err *err);
/* RC_INVALID: no name or language; RC_LIMIT: longer than 4,000 bytes, or for
 * "about" 256 kB, for a policy 64 kB. */
MUST_USE enum rc paper_set_settings(struct paper *paper,
    const struct paper_settings *settings, struct instant now, struct err *err);
/* The sections in the paper's order, by name; made where they are new. Those
 * not named stay, behind them. */
MUST_USE enum rc paper_set_sections(
    struct paper *paper, const struct str_list *names, struct err *err);
/* Their names, in the paper's order; at most PAPER_SECTIONS_MOST of them. */
enum { PAPER_SECTIONS_MOST = 1000 };
MUST_USE enum rc paper_sections(struct paper *paper, struct arena *a,
    struct str_list *ret_names, struct err *err);
/* The name of a person and a few lines about them; made if new. The slug
 * stays when the name changes. SLUG empty: made from the name. RC_EXISTS:
 * somebody else goes by that name, or did. */
MUST_USE enum rc paper_set_person(struct paper *paper, struct str slug,
    struct str name, struct str about, struct err *err);

enum paper_status {
	PAPER_DRAFT,
	PAPER_SUBMITTED,
	PAPER_SCHEDULED,
	PAPER_PUBLISHED,
	PAPER_WITHDRAWN,
};

/* "draft", "submitted", ... ; lives for ever. */
const char *paper_status_name(enum paper_status status);
/* RC_NOT_FOUND: no status has that name. */
MUST_USE enum rc paper_status_find(
    struct str name, enum paper_status *ret_status);

/* One save. */
struct paper_edit {
	int64_t id; /* 0: a new story */
	const struct manuscript *manuscript;
	struct str who;	 /* of the staff, for the record */
	struct str note; /* why, for the record */
	struct instant now;
};

/* Saves a manuscript as the story's newest revision. An unchanged one makes
 * none (*RET_IS_NEW false). is_draft and "published" of the manuscript are
 * kept, but change no status. The save of a published story is published,
 * unless it is_draft: then it waits, as what is written at the desk does
 * (paper/write.h), and readers see the text before. It is published with the
 * time of the manuscript's "updated", or else NOW, as its update if what
 * readers read has changed: words, pictures, corrections. An embargo set on a
 * scheduled story moves it back. Outputs may be NULL.
 * RC_INVALID: no headline and no body, or a zero byte in a text. RC_DENIED: no
 * headline in a published or scheduled story, a draft's text in a scheduled
 * one, or an embargo that lies ahead in a published one. */
MUST_USE enum rc paper_save(struct paper *paper, const struct paper_edit *edit,
    int64_t *ret_id, bool *ret_is_new, struct err *err);

/* Hands a draft to the editors. RC_DENIED: it is beyond that. */
MUST_USE enum rc paper_submit(
    struct paper *paper, int64_t id, struct instant now, struct err *err);

/* Publishes a story now, or, under an embargo, schedules it for its end
 * (*RET_STATUS says which; may be NULL). It keeps the address and the time of
 * its first publication. RC_EXISTS: it is published. RC_INVALID: it has no
 * headline. */
MUST_USE enum rc paper_publish(struct paper *paper, int64_t id,
    struct instant now, enum paper_status *ret_status, struct err *err);

/* Has a story appear at WHEN, or at the end of its embargo if that is later;
 * a WHEN that has passed publishes it with that time. RC_EXISTS: it is
 * published. */
MUST_USE enum rc paper_schedule(struct paper *paper, int64_t id,
    struct instant when, struct instant now, enum paper_status *ret_status,
    struct err *err);

/* Takes a published or scheduled story back. Readers of a published one are
 * told NOTE. RC_DENIED: it is neither. */
MUST_USE enum rc paper_withdraw(struct paper *paper, int64_t id,
    struct str note, struct instant now, struct err *err);

/* Gives it another slug. The addresses it had lead to the new one.
 * RC_INVALID: nothing in SLUG to make one from. */
MUST_USE enum rc paper_rename(struct paper *paper, int64_t id, struct str slug,
    struct instant now, struct err *err);

/* Publishes what is due at NOW, each with the time for which it was set, at
 * most 100 at a time. *RET_COUNT: how many; *RET_NEXT: when to call again,
 * NOW if more are due, INSTANT_NEVER if nothing is scheduled. */
MUST_USE enum rc paper_due(struct paper *paper, struct instant now,
    size_t *ret_count, struct instant *ret_next, struct err *err);

/* Brings public.db to what paper.db says, at most LIMIT stories in one step;
 * NOW is since when readers see it. Doing it twice changes nothing.
 * *RET_IS_DONE (may be NULL): nothing is left to do. */
MUST_USE enum rc paper_outbox_apply(struct paper *paper, struct instant now,
    size_t limit, bool *ret_is_done, struct err *err);
/* As paper_open; but where public.db is found to be damaged, its files are
 * given another name, *RET_TO, which lives as long as A, and it is begun anew.
 * *RET_TO is left alone otherwise. */
MUST_USE enum rc paper_open_renewing(struct str dir, struct instant now,
    struct arena *a, struct str *ret_to, struct paper **ret_paper,
    struct err *err);
/* Looks through public.db, unless it is larger than LIMIT_KB (RC_LIMIT).
 * RC_DAMAGED. */
MUST_USE enum rc paper_look_through_public(
    struct paper *paper, uint32_t limit_kb);
/* Whether public.db was found to be damaged; then its files are given another
 * name and it is begun anew: paper_outbox_apply brings all to it, and readers
 * that have the old one open have to open it again. Not between paper_batch_*.
 * *RET_TO: the other name, which lives as long as A. */
bool paper_public_is_damaged(const struct paper *paper);
MUST_USE enum rc paper_renew_public(struct paper *paper, struct str dir,
    struct instant now, struct arena *a, struct str *ret_to, struct err *err);

/* What makes the pages is TEXT from now on (a build, its settings): if it was
 * something else, every page may look otherwise since NOW. *RET_IS_NEW. */
MUST_USE enum rc paper_made_by(struct paper *paper, struct str text,
    struct instant now, bool *ret_is_new, struct err *err);

/* Import. All between begin and commit is one step: it is on the disk, and
 * in public.db, when commit returns RC_OK, and gone if it does not; only where
 * public.db alone failed, it is kept and follows by paper_outbox_apply.
 * Between the two, only paper_import and paper_import_has may be called. */
enum paper_outcome {
	PAPER_ADDED,
	PAPER_CHANGED,
	PAPER_UNCHANGED, /* this key with this hash was imported before */
	PAPER_SKIPPED,	 /* nothing of it is taken; see err */
};

struct paper_import {
	struct str key;	 /* where it comes from: a path; at most 1,000 bytes */
	struct str hash; /* of the content, 8 to 64 bytes */
	const struct manuscript *manuscript;
	struct str who;
	struct instant now;
	/* Not all is known of the tree that the source lies in, and so of the
	 * section that its folders give: a story that has one keeps it. */
	bool has_no_folder;
	/* Set when the text waits beside the one that readers go on seeing, for
	 * it says draft; may be NULL. */
	bool *ret_is_kept_back;
	/* Set when the story was to appear, and is a draft again, for it says
	 * so; may be NULL. */
	bool *ret_waits_no_more;
	/* Set when the source would let a draft out that was taken or sent
	 * back, or given another time, by hand: it stays one; may be NULL. */
	bool *ret_stays_draft;
	/* Set when an embargo that was set by hand stays on a story that is not
	 * out yet, for the source says none, or an earlier one; may be NULL. */
	bool *ret_keeps_embargo;
};

MUST_USE enum rc paper_batch_begin(
    struct paper *paper, struct instant now, struct err *err);
MUST_USE enum rc paper_batch_commit(
    struct paper *paper, struct instant now, struct err *err);
void paper_batch_cancel(struct paper *paper);

/* The source KEY was imported with this very HASH: it need not be read. */
MUST_USE enum rc paper_import_has(struct paper *paper, struct str key,
    struct str hash, bool *ret_has, struct err *err);
/* Takes one manuscript over: as a draft if it says so, else published at its
 * time (NOW if it has none), scheduled if that or its embargo lies ahead. A
 * changed source is a new revision of the same story, which of a story that
 * is out no reader sees while the source says draft. One that is not out yet
 * becomes a draft then, and follows what its source says of its time, unless it
 * waits for another that was set by hand, had such a time when it became a
 * draft, or is one because it was taken or sent back by hand; of one that is
 * out nothing is taken while its date or embargo cannot be read, its embargo
 * lies ahead, or its date was put off and lies ahead. Until it is out, an
 * embargo that was set by hand stays, unless the source says a later one. Its
 * aliases lead to it.
 * *RET_ID may be NULL. After RC_INVALID and RC_LIMIT, which concern this
 * manuscript alone, the batch can go on; after all else it is to be
 * cancelled. */
MUST_USE enum rc paper_import(struct paper *paper,
    const struct paper_import *import, enum paper_outcome *ret_outcome,
    int64_t *ret_id, struct err *err);

/* Several changes as one: what is called between the two is on the disk when
 * paper_step_end returns RC_OK, and else none of it is, whatever each of them
 * returned. So a step and the row that tells of it (paper/audit.h) are there
 * both or neither. RC is what the calls between came to: unless it is RC_OK all
 * is taken back, and RC returned. paper_outbox_apply and imports do not belong
 * between the two, and one step stands in no other.
 *
 *	rc = paper_step_begin(paper, err);
 *	if (rc != RC_OK)
 *		return rc;
 *	rc = paper_release(paper, &release, NULL, err);
 *	if (rc == RC_OK)
 *		rc = audit_add(paper, &entry, err);
 *	return paper_step_end(paper, rc, err);
 */
MUST_USE enum rc paper_step_begin(struct paper *paper, struct err *err);
MUST_USE enum rc paper_step_end(
    struct paper *paper, enum rc rc, struct err *err);

/* How long a story is wanted. */
enum paper_unit {
	PAPER_UNIT_WORDS = 0, /* the numbers lie in files */
	PAPER_UNIT_CHARACTERS = 1,
};

enum { PAPER_LENGTH_MAX = 1000000 };

struct paper_length {
	uint32_t count; /* 0: nothing is said */
	enum paper_unit unit;
	struct str who; /* login of who said so; may be empty */
};

/* Reading. Everything lives as long as the arena. */
struct paper_story {
	int64_t id;
	enum paper_status status;
	struct str headline;
	struct str slug;
	struct str path;     /* empty: it never was published */
	struct str section;  /* name; may be empty */
	struct str note;     /* of the withdrawal */
	struct str assigned; /* who edits it; may be empty */
	struct str writer;   /* who began it at the desk; may be empty */
	struct paper_length wanted;
	int64_t revision; /* the newest */
	bool is_changed;  /* readers do not see that one (paper/write.h) */
	/* INSTANT_NEVER where there is none. */
	struct instant created, saved, published, updated, due, embargo;
};

struct paper_revision {
	int64_t id;
	struct instant saved;
	struct str who;
	struct str note;
	struct str headline;
};

struct paper_filter {
	bool has_status;
	enum paper_status status;
	/* Name, or slug; empty: all. */
	struct str section, person;
	struct str assigned; /* who edits it; empty: all */
	bool is_changed;     /* published, and readers do not see the newest */
	/* Who is asking, and the names of the sections that they may see (none:
	 * all). What they began or edit is let through besides. */
	struct str own;
	struct str_list sections;
	bool is_own;	 /* nothing but that */
	struct str text; /* words that are in the headline, or parts of
				words; capitals count for nothing */
	/* What was saved last comes first, of what was saved before SAVED
	 * (INSTANT_NEVER: of all); else the newest, with the highest id. */
	bool is_by_time;
	struct instant saved;
};

/* At most LIMIT stories in the order that FILTER asks for, below the id BEFORE
 * (INT64_MAX: from the start); by time, BEFORE decides among those that were
 * saved at the very moment SAVED. */
MUST_USE enum rc paper_list(struct paper *paper, struct arena *a,
    const struct paper_filter *filter, int64_t before, size_t limit,
    struct paper_story **ret_v, size_t *ret_n, struct err *err);

/* Those that are to appear from FROM on and before TO, at most 1,000, in that
 * order. */
MUST_USE enum rc paper_calendar(struct paper *paper, struct arena *a,
    struct instant from, struct instant to, struct paper_story **ret_v,
    size_t *ret_n, struct err *err);

/* The story that REF names: its id, an address it has or had, or its slug
 * (the newest of several). */
MUST_USE enum rc paper_find(
    struct paper *paper, struct str ref, int64_t *ret_id, struct err *err);

/* A story and its newest revision; RET_MANUSCRIPT may be NULL. */
MUST_USE enum rc paper_show(struct paper *paper, struct arena *a, int64_t id,
    struct paper_story *ret_story, struct manuscript *ret_manuscript,
    struct err *err);
/* Says how long story ID is wanted; no revision of its text. RC_NOT_FOUND;
 * RC_LIMIT: above PAPER_LENGTH_MAX. */
MUST_USE enum rc paper_set_length(struct paper *paper, int64_t id,
    const struct paper_length *length, struct err *err);

/* The place that the newest story in SECTION (a name or slug) was written at,
 * of the twenty saved last that readers have and that have one, as readers have
 * it: where an unpublished story was written may be a secret. Empty: none has,
 * or SECTION is empty. */
MUST_USE enum rc paper_place(struct paper *paper, struct arena *a,
    struct str section, struct str *ret_place, struct err *err);
/* Its revisions, newest first. */
MUST_USE enum rc paper_revisions(struct paper *paper, struct arena *a,
    int64_t id, struct paper_revision **ret_v, size_t *ret_n, struct err *err);
/* What a revision says. */
MUST_USE enum rc paper_revision(struct paper *paper, struct arena *a,
    int64_t revision, struct manuscript *ret_manuscript, struct err *err);

#endif
