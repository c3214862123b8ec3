/* SPDX-License-Identifier: MIT
 *
 * What a page is made from: plain structs that whoever knows the paper fills
 * and whoever writes the tags reads. They hold no database, no clock and no
 * owner: everything is a view into the caller's arena and lives as long as
 * that. So every page can be rendered, fuzzed and compared without a paper.
 *
 * Text is plain UTF-8 and is escaped by the page; addresses are checked and
 * relative to the paper ("/2026/11/23/harbour") unless they start with a
 * scheme. Times are civil, in the paper's zone, with their offset. An empty
 * view means "has none", and so does a count of 0.
 */
#ifndef PAGE_VIEW_H
#define PAGE_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "text/document.h"
#include "text/word_diff.h"

struct view_link {
	struct str name;
	struct str url;
};

struct view_links {
	struct view_link *v;
	size_t n;
};

/* Money as a number of its smallest units: 1050 of "EUR" with 2 decimals are
 * 10.50 euros, 12345 of "BTC" with 8 are 0.00012345 bitcoin. The page writes
 * it as the reader's language does. An empty code: no money at all, which is
 * not the same as 0. */
struct view_money {
	struct str code; /* ISO 4217, or "BTC" */
	int64_t units;
	uint8_t decimals; /* 0 to 18 */
};

/* An amount that the newsroom proposes. */
struct view_choice {
	struct str value; /* for the form and the query, letters and digits */
	struct view_money money;
	struct str
	    what; /* what it pays for: "a day of the printer"; or empty */
};

struct view_choices {
	const struct view_choice *v;
	size_t n; /* 0 to 4 */
};

/* How long the paper lives on what was given. Coarse and late, as configured:
 * whoever fills it has seen to that. */
struct view_runway {
	bool is_known;	    /* else nothing is said of it */
	bool is_over;	    /* what was given is used up */
	struct civil until; /* funded up to this day */
	struct civil as_of; /* the last day that was counted */
	uint32_t days;	    /* from as_of to until */
};

/* The paper itself: the same for every page. */
struct view_paper {
	struct str name;
	struct str lang; /* BCP 47 */
	struct str motto;
	struct str place;     /* where it appears: "Port Lune" */
	struct str origin;    /* "https://example.org", no slash at the end */
	struct str publisher; /* for the imprint */
	struct str address;   /* postal or mail address for the imprint */
	struct view_links sections;
	struct view_links policies; /* about, corrections policy, ... */
	bool has_corrections;	    /* there is something on /corrections */
	struct str support_text;    /* the call for support; empty: none */
	struct str support_url;	    /* empty: the call has no link yet */
	struct view_choices support_amounts; /* links of the call */
	struct view_runway support_runway;   /* said on the front page */
	struct str key;		/* fingerprint of its key; empty: none pinned */
	struct str css;		/* the whole style sheet, put into each page */
	struct str support_css; /* what support pages have beyond it */
	/* News that cannot wait, on every page but the front page, which has
	 * its own, and those of support; no name: none. */
	struct view_link breaking;
};

struct view_size {
	uint32_t width, height;
};

enum { VIEW_SHAPES = 3 };

/* A shape that was cut by hand, in the sizes that there are of it, narrowest
 * first: AVIF, WebP, JPEG. N 0: it was not. */
struct view_cut_sizes {
	const struct view_size *v;
	size_t n;
};

/* Which files the library has of a picture (paper/library.h). */
struct view_files {
	struct str stem; /* of their names; the name of a file put there by
			    hand, of which there is nothing else */
	const struct view_size *whole; /* narrowest first; AVIF, WebP, JPEG */
	size_t whole_n;		       /* 0: it is none of the library's */
	struct view_size shapes[VIEW_SHAPES]; /* 1:1, 4:3, 16:9; JPEG;
						 width 0: not there */
	struct view_cut_sizes cuts[VIEW_SHAPES];
	struct str base; /* put before "/pictures/": "/p/SECRET" where nobody
			    else is to see them; mostly empty */
};

struct view_picture {
	struct str url;
	struct str alt;
	struct str caption;
	struct str credit;
	struct str rights;
	uint32_t width; /* 0: unknown */
	uint32_t height;
	struct view_files files;
	/* Of the library's: what must stay in view, in thousandths of width
	 * and height, from the upper left. */
	uint16_t focus_x, focus_y;
};

struct view_pictures {
	const struct view_picture *v;
	size_t n;
};

/* A story in a list, and the head of a story page. */
struct view_teaser {
	struct str url;
	struct str headline;
	struct str kicker;
	struct str standfirst;
	struct str lang; /* always filled; the paper's if it is the same */
	struct str dateline;
	struct view_link section;
	struct view_links byline; /* people; url may be empty */
	struct view_picture picture;
	struct civil published;
	struct civil updated;
	bool has_updated;
	bool has_corrections;
	bool is_opinion;
};

struct view_teasers {
	struct view_teaser *v;
	size_t n;
};

/* What was done to a story since it was published; VIEW_FIRST: nothing. */
enum view_change {
	VIEW_FIRST,
	VIEW_CORRECTION,
	VIEW_CLARIFICATION,
	VIEW_UPDATE,
	VIEW_TYPO,
};

struct view_correction {
	struct civil date; /* month 0: none */
	struct str text;
	enum view_change change; /* VIEW_FIRST is taken for a correction */
	bool is_at_head;	 /* of the story; else at its foot */
};

struct view_translation {
	struct str lang;
	struct str url;
};

struct view_story {
	struct view_teaser head;
	const struct node *body;
	struct view_pictures pictures; /* of the library, in the body */
	struct view_links tags;
	const struct view_correction *corrections;
	size_t corrections_n;
	const struct view_translation *translations;
	size_t translations_n;
	struct view_teasers related;
	struct str versions_url; /* empty: it was never changed */
	uint32_t words;
	bool has_demo_note; /* "This story is fiction ..." is not added by the
			       page; this only marks demonstration papers */
};

/* One band of the front page. */
struct view_band {
	struct view_link section;
	struct view_teasers teasers;
};

struct view_front {
	struct civil today;	     /* for the date line */
	struct view_link breaking;   /* news that cannot wait; url may be
					empty; no name: none */
	struct view_teasers lead;    /* 0 or 1 */
	struct view_teasers seconds; /* 0 to 4 */
	struct view_teasers briefs;  /* 0 to 12, newest first */
	const struct view_band *bands;
	size_t bands_n;
};

enum view_list_kind {
	VIEW_SECTION,
	VIEW_PERSON,
	VIEW_TAG,
	VIEW_DAY,
};

/* Section, person, tag and day pages: stories, newest first. */
struct view_list {
	enum view_list_kind kind;
	struct str url;	  /* of this page, as it is canonical */
	struct str title; /* the section's, person's, tag's name */
	uint32_t page;	  /* from 1; 0: too far down for a number */
	struct str about; /* a person's few lines; else empty */
	struct civil day; /* VIEW_DAY; title is not used */
	/* The nearest days that have stories; year 0: there is none. */
	struct civil day_after, day_before;
	struct view_teasers teasers;
	struct str newer; /* url of the page before; empty: none */
	struct str older;
	struct str feed; /* base url of its feeds, e.g. "/world"; empty: none */
};

/* Archive of a year (months with counts) or a month (days with counts), and
 * of the whole (years with counts). */
struct view_archive_row {
	struct civil date; /* its first day */
	struct str url;
	uint64_t stories;
};

struct view_archive {
	int32_t year;  /* 0: the list of years */
	uint8_t month; /* 0: the months of the year */
	struct str url;
	struct str newer;
	struct str older;
	const struct view_archive_row *rows;
	size_t rows_n;
};

struct view_notice_row {
	struct view_correction correction;
	struct view_link story; /* the notice's own place in the story */
	struct str lang;	/* of the story */
};

/* All notices of the paper, newest first. */
struct view_notices {
	struct str url;
	uint32_t page; /* as a list's */
	const struct view_notice_row *rows;
	size_t rows_n;
	struct str newer;
	struct str older;
};

/* What readers of a story have had, newest first. */
struct view_version_row {
	uint32_t number; /* from 1 */
	struct civil at;
	enum view_change change;
	struct str headline;
	struct str url;		/* of its text */
	struct str compare_url; /* with the one before; empty: the first */
	bool is_taken;		/* the newsroom shows its text no more */
};

struct view_versions {
	struct view_link story;
	struct str lang;
	const struct view_version_row *rows;
	size_t rows_n;
};

/* One of them, as it stood. */
struct view_version {
	struct view_link story; /* as it is now */
	struct view_link versions;
	struct str lang;
	struct view_version_row row;
	struct str standfirst;
	struct view_picture picture;
	struct view_pictures pictures; /* of the library, their words alone */
	const struct node *body;       /* NULL: taken away */
};

/* Two of them beside each other: plain words, blocks parted by blank lines. */
struct view_compare {
	struct view_link story;
	struct view_link versions;
	struct str lang;
	struct view_version_row old, news;
	struct word_diff headline, standfirst, text;
	struct word_diff pictures; /* their words; empty where they are alike */
	bool is_only_form;	   /* no word differs */
};

/* About and policy pages. */
struct view_about {
	struct str url;
	struct str title;
	const struct node *body;
};

/* 404, 410, 503 and other short words to a reader. */
struct view_notice {
	unsigned status;
	struct str note;	    /* 410: the newsroom's own words */
	struct view_teasers latest; /* something to go on with */
};

/* Feeds: what RSS, Atom and JSON Feed all are made from. */
struct view_feed_item {
	struct view_teaser head;
	struct str id;		 /* stable for ever: tag URI */
	const struct node *body; /* the full text */
	struct view_links tags;
	const struct view_correction *corrections;
	size_t corrections_n;
};

struct view_feed {
	struct str title;
	struct str id;	      /* as an item's */
	struct str url;	      /* of the page that it feeds */
	struct str self;      /* of this feed */
	struct civil updated; /* newest change in it */
	const struct view_feed_item *items;
	size_t items_n;
};

/* Sitemaps. */
struct view_sitemap_row {
	struct str url;
	struct civil changed; /* year 0: not known */
};

struct view_sitemap {
	const struct view_sitemap_row *rows;
	size_t rows_n;
};

struct view_news_row {
	struct str url;
	struct str headline;
	struct str lang;
	struct civil published;
};

struct view_news {
	const struct view_news_row *rows;
	size_t rows_n;
};

#endif
