/* SPDX-License-Identifier: MIT
 *
 * The public half of the paper, as the reader process sees it: what is
 * published, and nothing else. It lies in public.db, which the newsroom
 * process writes (paper/outbox.h) and which is opened here for reading only.
 *
 * Lists go by key, never by offset: a page of a list begins behind the last
 * story of the page before. All rows live as long as the arena.
 *
 * Functions return RC_OK, RC_NOT_FOUND, RC_NO_MEMORY, RC_IO, or what is said
 * beside them.
 */
#ifndef PAPER_PUBLIC_H
#define PAPER_PUBLIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "paper/change.h"
#include "paper/library.h"
#include "paper/paper.h"
#include "text/manuscript.h"

struct arena;
struct public_db;

struct public_link {
	struct str name;
	struct str slug; /* address: /section/SLUG, /person/SLUG, /tag/SLUG */
};

struct public_links {
	struct public_link *v;
	size_t n;
};

/* Settings of the paper that readers may know. */
struct public_paper {
	struct str name, lang, motto, place, zone, origin, publisher, address;
	struct str support_text;
	struct str about;     /* Markdown of the about page */
	struct str authority; /* paper/authority.h; empty: none yet */
	struct str policies[PAPER_POLICIES]; /* of others; may be empty */
	struct public_links sections;	     /* in the paper's order */
};

/* Where a story stands in time: the key of all lists. */
struct public_key {
	int64_t published_us;
	int64_t id;
};

#define PUBLIC_KEY_NEWEST ((struct public_key){INT64_MAX, INT64_MAX})

/* What readers were told of a change. */
struct public_correction {
	int64_t id;
	struct instant at; /* for the order */
	struct civil date; /* month 0: none; without a time, or with one in the
			      paper's zone */
	enum paper_change change;
	enum paper_place place;
	struct str text;
};

struct public_story {
	int64_t id;
	struct str path; /* "/2026/11/23/harbour" */
	struct str headline, kicker, standfirst, dateline, lang;
	struct public_link section;
	struct public_links people; /* byline */
	struct public_links tags;   /* filled by public_story only */
	struct manuscript_picture picture;
	struct instant published;
	struct instant updated; /* equal to published if never */
	bool has_corrections;
	bool has_versions; /* it was changed since it was published */
	bool is_opinion;
	/* Filled by public_story and public_feed only. */
	struct str body;		       /* Markdown */
	struct public_correction *corrections; /* oldest first */
	size_t corrections_n;
	struct manuscript_translation *translations;
	size_t translations_n;
};

/* What a guessed or old address leads to. */
enum public_state { PUBLIC_LIVE, PUBLIC_MOVED, PUBLIC_WITHDRAWN };

/* Opens DIR's public.db for reading. RC_NEWER: made by a newer version;
 * RC_NOT_FOUND: there is none. The caller owns it. */
MUST_USE enum rc public_open(
    struct str dir, struct public_db **ret_db, struct err *err);
void public_close(struct public_db *db);

MUST_USE enum rc public_paper(
    struct public_db *db, struct arena *a, struct public_paper *ret_paper);

/* The story at PATH, which is UTF-8 as it was before %XX was put in; one slash
 * behind an address leads to the one without (PUBLIC_MOVED). With *RET_STATE
 * PUBLIC_MOVED, *RET_TEXT is its present path; with PUBLIC_WITHDRAWN, the
 * newsroom's note; in both, of *RET_STORY only the id is filled. */
MUST_USE enum rc public_story(struct public_db *db, struct arena *a,
    struct str path, enum public_state *ret_state,
    struct public_story *ret_story, struct str *ret_text);

enum public_list {
	PUBLIC_ALL,	/* slug is not used */
	PUBLIC_SECTION, /* by slug */
	PUBLIC_PERSON,
	PUBLIC_TAG,
};

/* At most LIMIT stories of a list that stand behind AFTER (exclusive), newest
 * first, or, with NEWER, before it, oldest first. */
MUST_USE enum rc public_list(struct public_db *db, struct arena *a,
    enum public_list list, struct str slug, struct public_key after, bool newer,
    size_t limit, struct public_story **ret_v, size_t *ret_n);

/* What stands above a key in a list. */
struct public_above {
	uint64_t count; /* stories, or MOST if there are as many or more */
	bool has_step;
	struct public_key step; /* the one STEP places above; STEP from 1 */
};
MUST_USE enum rc public_list_above(struct public_db *db, enum public_list list,
    struct str slug, struct public_key key, uint32_t step, uint32_t most,
    struct public_above *ret_above);
/* Likewise among the stories of one civil DAY. */
MUST_USE enum rc public_day_above(struct public_db *db, struct civil day,
    struct public_key key, uint32_t step, uint32_t most,
    struct public_above *ret_above);
/* Likewise among all notices, with keys as public_notices has them. */
MUST_USE enum rc public_notices_above(struct public_db *db,
    struct public_key key, uint32_t step, uint32_t most,
    struct public_above *ret_above);

/* The same as public_list newest first, with bodies, for feeds. */
MUST_USE enum rc public_feed(struct public_db *db, struct arena *a,
    enum public_list list, struct str slug, size_t limit,
    struct public_story **ret_v, size_t *ret_n);

/* Name (and, for people, a few lines about them) of a section, person or
 * tag. */
MUST_USE enum rc public_name(struct public_db *db, struct arena *a,
    enum public_list list, struct str slug, struct str *ret_name,
    struct str *ret_about);

/* The addresses of sections, persons and tags, at most LIMIT: sections first,
 * persons next, each by its slug. */
struct public_term {
	enum public_list list;
	struct str slug;
};
MUST_USE enum rc public_terms(struct public_db *db, struct arena *a,
    size_t limit, struct public_term **ret_v, size_t *ret_n);

/* Stories that came before STORY and belong to it: same tags first, then the
 * same section; newest first. Only earlier ones, so that publishing a story
 * does not change the pages of all others of its section. */
MUST_USE enum rc public_related(struct public_db *db, struct arena *a,
    const struct public_story *story, size_t limit, struct public_story **ret_v,
    size_t *ret_n);

/* A picture of the library that published stories have (paper/library.h). */
struct public_picture {
	struct str stem; /* as given */
	struct str caption, credit, alt, rights;
	uint16_t focus_x, focus_y;
	struct library_files files;
};
MUST_USE enum rc public_picture(struct public_db *db, struct arena *a,
    struct str stem, struct public_picture *ret_picture);

/* A story that readers have, or a version that they can look up, has STEM. */
MUST_USE enum rc public_has_picture(
    struct public_db *db, struct str stem, bool *ret_has);

/* Counts by civil day of the paper's zone, kept by the writer. YEAR 0: one
 * row a year; MONTH 0: one row a month of YEAR; else one row a day. */
struct public_count {
	int32_t year;
	uint8_t month, day;
	uint64_t stories;
	struct instant changed; /* the newest of them, or change of one */
};
MUST_USE enum rc public_counts(struct public_db *db, struct arena *a,
    int32_t year, uint8_t month, struct public_count **ret_v, size_t *ret_n);

/* The stories of one civil day, newest first, at most LIMIT behind AFTER. */
MUST_USE enum rc public_day(struct public_db *db, struct arena *a, int32_t year,
    uint8_t month, uint8_t day, struct public_key after, size_t limit,
    struct public_story **ret_v, size_t *ret_n);

/* Where the stories of one civil day are, newest first: at most LIMIT behind
 * the SKIP newest. */
struct public_address {
	struct str path;
	struct instant changed;
};
MUST_USE enum rc public_day_addresses(struct public_db *db, struct arena *a,
    int32_t year, uint8_t month, uint8_t day, uint64_t skip, size_t limit,
    struct public_address **ret_v, size_t *ret_n);

/* The nearest day after DAY, or before it, that has stories. RC_NOT_FOUND:
 * there is none. */
MUST_USE enum rc public_day_beside(
    struct public_db *db, struct civil day, bool newer, struct civil *ret_day);

/* A notice, and whose it is. */
struct public_notice {
	struct public_correction correction;
	int64_t story;
	struct str path, headline, lang;
};

/* At most LIMIT notices of all stories behind AFTER (exclusive; its
 * published_us is the time of the notice, its id that of the notice), newest
 * first, or, with NEWER, before it, oldest first. */
MUST_USE enum rc public_notices(struct public_db *db, struct arena *a,
    struct public_key after, bool newer, size_t limit,
    struct public_notice **ret_v, size_t *ret_n);

/* What the readers of a story have had. */
struct public_version {
	int64_t number; /* from 1 */
	enum paper_change change;
	struct instant at;
	bool is_taken; /* the newsroom has taken its text away: no texts */
	struct str headline, kicker, standfirst, dateline, lang;
	/* Filled by public_version only. */
	struct manuscript_picture picture;
	struct str body; /* Markdown */
	/* Of the library's pictures in it, what their words were then: those
	 * that the text gives itself stand before them. */
	struct public_picture *pictures;
	size_t pictures_n;
};

/* The versions of story ID, newest first, at most LIMIT; none if it was never
 * changed. */
MUST_USE enum rc public_versions(struct public_db *db, struct arena *a,
    int64_t id, size_t limit, struct public_version **ret_v, size_t *ret_n);
/* One of them with its text. RC_NOT_FOUND: there is none of that number. */
MUST_USE enum rc public_version(struct public_db *db, struct arena *a,
    int64_t id, int64_t number, struct public_version *ret_version);

/* The front page by hand. Stories that are not published are left out, and
 * what has ended at NOW. */
struct public_front {
	struct public_story *v; /* the lead if there is one, then the seconds,
				   then the first briefs */
	size_t leads, seconds, briefs;
	struct str banner;	/* empty: none */
	struct str banner_path; /* of its story; empty: it leads nowhere */
	int64_t banner_story;
	struct instant next; /* when something of it ends; INSTANT_NEVER */
	struct instant last; /* when something has ended; 0: nothing has */
};

MUST_USE enum rc public_front(struct public_db *db, struct arena *a,
    struct instant now, struct public_front *ret_front);
/* The same with PLAN, arrangement and banner, in place of what is there, for
 * those who look at it beforehand. */
struct paper_front;
MUST_USE enum rc public_front_planned(struct public_db *db, struct arena *a,
    struct instant now, const struct paper_front *plan,
    struct public_front *ret_front);

/* The banner that stands on every page. */
struct public_banner {
	struct str text; /* empty: none */
	struct str path; /* of its story; empty: it leads nowhere */
	int64_t story;
	struct instant until; /* INSTANT_NEVER */
};

MUST_USE enum rc public_banner(
    struct public_db *db, struct arena *a, struct public_banner *ret_banner);

/* Where PATH, which is no page, leads by hand. RC_NOT_FOUND: nowhere. */
MUST_USE enum rc public_redirect(
    struct public_db *db, struct arena *a, struct str path, struct str *ret_to);

/* Holds one state of the database for all that is read until it is let go. */
MUST_USE enum rc public_hold(struct public_db *db);
void public_let_go(struct public_db *db);

/* *RET_IS_FILLING: the database is being filled from nothing; what is not in it
 * may still come. */
MUST_USE enum rc public_is_filling(struct public_db *db, bool *ret_is_filling);

/* Since which second what has TAG is as it is, of the tags below; 0: longer
 * than "all", which is every page. No two states have the same (paper/told.h);
 * it can lie ahead. */
MUST_USE enum rc public_told(
    struct public_db *db, struct str tag, int64_t *ret_at_s);
/* The text of paper_made_by; empty: not known. */
MUST_USE enum rc public_made_by(
    struct public_db *db, struct arena *a, struct str *ret_text);

/* What has changed since. */
struct public_change {
	uint64_t seq;
	struct str tag; /* "story:17", "section:world", "person:...",
			   "tag:...", "day:2026-11-23", "picture:...",
			   "front": any story or picture that readers have,
			   or what is arranged there,
			   "days": one has its first story, or none now,
			   "corrections", "redirects", "paper",
			   "left:section:world", "left:tag:...": a story
			   stands there no more, or now does below newer ones;
			   "all": anything may have changed */
};

/* Whether anything was written since the last call: one look at SQLite's
 * data_version (PostgreSQL: a notification). Cheap enough for 50 a second. */
MUST_USE enum rc public_has_changed(struct public_db *db, bool *ret_changed);
/* The rows of the change list above SEQ, oldest first, at most LIMIT.
 * RC_GONE: rows above SEQ were already cut from the list, so everything may
 * have changed. */
MUST_USE enum rc public_changes(struct public_db *db, struct arena *a,
    uint64_t seq, size_t limit, struct public_change **ret_v, size_t *ret_n);
/* The newest seq, to start from. */
MUST_USE enum rc public_seq(struct public_db *db, uint64_t *ret_seq);

/* For tests: the connection. */
struct store;
struct store *public_store(struct public_db *db);

#endif
