/* SPDX-License-Identifier: MIT
 *
 * What the files of paper/ share about an open paper.
 *
 * I1  Both databases are changed inside of transactions only. The one of
 *     paper.db commits first; its outbox then says what public.db lacks.
 * I2  public.db's "applied" is the newest outbox row that it has seen, written
 *     in the same transaction as what that row asked for.
 * I3  An outbox row is deleted only when what it asked for would survive a
 *     loss of power in public.db ("pruned" in paper.db).
 * I4  A story is in public.db's lists only while its status is published.
 * I5  Ids are never used twice: the counters only grow, also when a
 *     transaction is rolled back.
 */
#ifndef PAPER_PAPER_PRIV_H
#define PAPER_PAPER_PRIV_H

#include "base/instant.h"
#include "paper/field.h"
#include "paper/paper.h"
#include "paper/term.h"
#include "paper/write.h"
#include "store/store.h"

/* Kinds of outbox rows; the numbers lie in files. */
enum outbox_kind {
	OUTBOX_STORY = 1,     /* first: its id */
	OUTBOX_RANGE = 2,     /* all stories from first to last */
	OUTBOX_SETTINGS = 3,  /* settings and the order of sections */
	OUTBOX_TERM = 4,      /* first: its id */
	OUTBOX_FRONT = 5,     /* the front page by hand, and the banner */
	OUTBOX_REDIRECTS = 6, /* changes first to last; 0: all of them */
	OUTBOX_PICTURE = 7,   /* first: its id */
	OUTBOX_SECTION = 8,   /* what stood in section first stands in last */
};

/* Where the walk through a story's revisions stands (paper/thin.c). */
enum { THIN_BASES = 256 };

/* Levels of the calendar; the numbers lie in files. */
enum { EDITION_YEAR, EDITION_MONTH, EDITION_DAY, EDITION_LEVELS };
struct thinning {
	int64_t story;
	int64_t at; /* a revision that stays; 0: none is under way */
	int64_t next_us;
	int64_t bases[THIN_BASES]; /* from which merges began, the latest */
	size_t bases_n, bases_next;
	bool is_new;
};

struct paper {
	struct store *db;      /* private/paper.db */
	struct store *edition; /* public/public.db; NULL in readers */
	const struct zone *zone;
	struct arena *scratch; /* of one call */
	struct terms *terms;
	struct desk_index *index; /* NULL until it is needed */
	int64_t next_story, next_revision, next_outbox, next_change;
	int64_t applied;    /* I2 */
	int64_t applied_in; /* of a range under way: its last story done */
	int64_t pruned;	    /* I3 */
	int64_t filling;    /* not 0: public.db is being filled from nothing */
	bool must_wipe;	    /* what was withdrawn still lies in the log */
	bool in_batch;
	bool in_step;	     /* between paper_step_begin and paper_step_end */
	bool is_spoilt;	     /* a change of that step has failed */
	bool is_bulk;	     /* limits are set for a long run of writing */
	int64_t batch_first; /* the first story that the batch may add */
	int64_t batch_seq;   /* the outbox row of the batch; 0: none */
	/* Of a year, a month and a day: what is not yet in the calendar. */
	struct edition_count {
		int32_t year;
		uint8_t month, day;
		int64_t stories;
		int64_t changed_us; /* the newest of them */
	} counts[EDITION_LEVELS];
	bool is_told; /* readers learn place by place of what is written */
	/* Whether a story names translations. */
	enum {
		PAPER_TRANSLATIONS_NOT_ASKED,
		PAPER_TRANSLATIONS_NONE,
		PAPER_TRANSLATIONS_SOME
	} translations;
	/* paper/told.h: the instant of what is told now, of the newest that
	 * was told, and of the newest that lies in public.db. */
	int64_t tell_s, told_s, told_kept_s;
	struct thinning thinning;
	paper_picture_fn *picture_fn; /* NULL: no size is known */
	void *picture_ctx;
};

/* Who has said when a story appears, or that it does not; the numbers lie in
 * files. An import leaves alone what the desk has said. */
enum timing {
	TIMING_NONE = 0, /* nobody, or an earlier version of this program */
	TIMING_SOURCE = 1,
	TIMING_DESK = 2,
};

/* A row of the table "story". What is sorted under (section, people, tags) and
 * the headline are those of the newest revision; slug and path those that
 * readers know, once there are such.
 *
 * I6  While a story is published, readers see the revision "shown", sorted
 *     under the three shown_*; or, if shown is 0, the newest one. In all other
 *     states shown is 0.
 */
struct story_row {
	int64_t id;
	enum paper_status status;
	int64_t revision; /* the newest */
	struct instant created, saved, published, updated, due, embargo;
	int64_t section; /* 0: none */
	struct str slug, path, headline, note, people, tags;
	int64_t shown;
	int64_t shown_section;
	struct str shown_people, shown_tags;
	struct str assigned;  /* who of the staff edits it; may be empty */
	struct str writer;    /* who began it at the desk; may be empty */
	int64_t due_revision; /* which one is to appear; 0: the newest */
	enum timing timing;
};

/* A row of the table "revision" without its text, and of "save". */
struct revision {
	int64_t story, previous; /* 0: none */
	struct instant saved;
	struct str who, note;
	enum paper_kind kind;
	/* Of a merge: what its writer had typed; of what was restored: the
	 * earlier one; of what was moved and is not the newest text: the one
	 * that it stands for; else 0. */
	int64_t side;
	struct str tab, name;
};

void query_add_instant(struct query *q, struct instant t);
struct instant query_instant(struct query *q, int column);

/* Settings by key, in paper.db. *RET_VALUE is 0 when there is none. */
MUST_USE enum rc paper_number(
    struct paper *paper, struct str key, int64_t *ret_value);
MUST_USE enum rc paper_set_number(
    struct paper *paper, struct str key, int64_t value);
/* What is done once in a paper's life, when it is next opened for writing: STEP
 * in a transaction of paper.db, unless the number KEY says that it was. */
MUST_USE enum rc paper_once(
    struct paper *paper, struct str key, enum rc (*step)(struct paper *paper));
MUST_USE enum rc paper_load_settings(
    struct paper *paper, struct arena *a, struct paper_settings *ret_settings);
/* The texts of the settings in one order, for loops. */
enum { SETTINGS_COUNT = 11 + PAPER_POLICIES };
struct str settings_key(size_t at);
struct str *settings_value(struct paper_settings *settings, size_t at);

/* The paper's own time. */
struct civil paper_civil(const struct paper *paper, struct instant t);
struct instant paper_instant(const struct paper *paper, struct civil c);

/* Begin and end what changes paper.db: the scratch arena is emptied; words
 * for ERR. */
MUST_USE enum rc paper_begin(struct paper *paper, struct err *err);
MUST_USE enum rc paper_end(
    struct paper *paper, enum rc rc, const char *doing, struct err *err);

/* Story STORY has an autosave from now on that may be thinned out. */
MUST_USE enum rc thin_note(
    struct paper *paper, int64_t story, struct instant now);
/* REVISION itself, or, if it was thinned out, the one behind it that is left.
 * RC_NOT_FOUND: it never was one of the story's. */
MUST_USE enum rc thin_resolve(
    struct paper *paper, int64_t story, int64_t revision, int64_t *ret_kept);

MUST_USE enum rc story_load(
    struct paper *paper, int64_t id, struct story_row *ret_row);
MUST_USE enum rc story_update(struct paper *paper, const struct story_row *row);
MUST_USE enum rc story_insert(struct paper *paper, const struct story_row *row);
MUST_USE enum rc story_fields(struct paper *paper, struct arena *a,
    int64_t revision, struct fields *ret_fields, int64_t *ret_previous);
/* Adds a row to "revision", and to "save" where there is something to say. */
MUST_USE enum rc revision_insert(struct paper *paper,
    const struct revision *revision, const struct fields *f, int64_t *ret_id);
/* The ids of section, people and tags that F names, made where they are new,
 * into *ROW. */
MUST_USE enum rc story_terms(
    struct paper *paper, struct story_row *row, const struct fields *f);
/* The same for the newest text, under whose people the story is found. */
MUST_USE enum rc story_sort(
    struct paper *paper, struct story_row *row, const struct fields *f);
/* Whether it ever had an address. */
bool story_was_published(const struct story_row *row);
/* Begins a change of one story. */
MUST_USE enum rc story_begin(struct paper *paper, int64_t id,
    struct story_row *ret_row, struct err *err);
/* What readers of a published story see, and ROW as it is sorted for them. */
MUST_USE enum rc story_seen(struct paper *paper, struct arena *a,
    const struct story_row *row, struct story_row *ret_row,
    struct fields *ret_fields);
/* A new newest text from which nothing follows for readers: the revision, and
 * what the desk's lists show. */
MUST_USE enum rc story_work(struct paper *paper, struct story_row *row,
    const struct fields *f, const struct manuscript *m,
    const struct revision *revision);
/* Slug, address and translations as the fields F say. */
MUST_USE enum rc story_settle(
    struct paper *paper, struct story_row *row, const struct fields *f);
/* Readers see the newest text from now on, or none (I6). */
void story_show_newest(struct story_row *row);
/* What is the newest text of a published story is only what readers see, and
 * another one becomes the newest (I6). */
void story_part(struct story_row *row);
/* Has readers see REVISION, of which F are the fields, from now on (I6). */
MUST_USE enum rc story_show(struct paper *paper, struct story_row *row,
    int64_t revision, const struct fields *f);
/* A story that waits for its time comes no earlier than the embargo of its
 * newest text ends. */
MUST_USE enum rc story_put_off(struct paper *paper, struct story_row *row);
/* Takes a story from readers, or from the list of what is to come. One that was
 * to come back keeps the reason that was told before, where NOTE is blank. */
MUST_USE enum rc story_take_back(struct paper *paper, struct story_row *row,
    struct str note, struct instant now, struct err *err);
/* WHEN, or the end of an embargo that is later: that of REVISION, with the text
 * F, which readers are to have, or that of the newest one. The latter keeps the
 * moment that it had in the zone of before; an older one is read in today's. */
struct instant story_not_before(struct paper *paper,
    const struct story_row *row, int64_t revision, const struct fields *f,
    struct instant when);
/* Publishes REVISION (0: the newest) at WHEN, or at the end of an embargo that
 * is later; schedules it if that lies ahead. */
MUST_USE enum rc story_set_due(struct paper *paper, struct story_row *row,
    int64_t revision, struct instant when, struct instant now);
/* What every save of a command does: a revision, and what follows from the
 * fields. */
MUST_USE enum rc story_revise(struct paper *paper, struct story_row *row,
    const struct fields *f, const struct manuscript *m,
    const struct paper_edit *edit);
/* M, which is no draft, has an embargo that would take a published story from
 * its readers. */
bool story_would_vanish(struct paper *paper, const struct story_row *row,
    const struct manuscript *m, struct instant now);
/* A save of a story that is there; unchanged fields save nothing. RC_DENIED: it
 * is for readers, and has no headline or would vanish. */
MUST_USE enum rc story_save_old(struct paper *paper,
    const struct paper_edit *edit, const struct fields *f, bool *ret_is_new);
/* Gives the row its address and makes it published at AT. One that readers had
 * before keeps its time; with another text it was changed at AT, and what they
 * had is not to be read any more. */
MUST_USE enum rc story_go_live(struct paper *paper, struct story_row *row,
    const struct fields *f, struct instant at);

/* Goes back to the limits of daily work, behind the last batch. */
MUST_USE enum rc batch_end_bulk(struct paper *paper);

MUST_USE enum rc outbox_add(
    struct paper *paper, enum outbox_kind kind, int64_t first, int64_t last);
/* Puts all the addresses that a story had before into public.db. */
MUST_USE enum rc outbox_old_addresses(struct paper *paper, int64_t id);
/* Compares what public.db has seen with what paper.db has asked for. */
MUST_USE enum rc outbox_open(struct paper *paper);
/* Applies rows for LIMIT stories inside the open transaction of public.db, and
 * commits it. After a failure the caller rolls back with outbox_undo. */
MUST_USE enum rc outbox_write(
    struct paper *paper, size_t limit, bool *ret_is_done);
void outbox_undo(struct paper *paper, int64_t applied, int64_t applied_in);
/* Deletes rows that are done for good. */
MUST_USE enum rc outbox_prune(struct paper *paper);

#endif
