/* SPDX-License-Identifier: MIT
 *
 * The words that the page itself says ("Updated", "Older stories"), and how
 * dates are written, by language: one catalogue for the whole program. A
 * language without a catalogue gets the English one, marked as English.
 *
 * A date is written by a pattern in which %d is the day, %M the month as it
 * stands in a date, %Y the year, %W the weekday, %h and %m the time.
 */
#ifndef PAGE_WORDS_H
#define PAGE_WORDS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/instant.h"
#include "base/str.h"

enum word {
	WORD_SKIP,     /* link to the content, first in each page */
	WORD_SECTIONS, /* label of the sections' list */
	WORD_PRICE,    /* on the front, where a price would stand */
	WORD_BRIEFS,   /* heading of the short news */
	WORD_TOP,      /* heading, for those who listen, of the lead */
	WORD_BY,       /* before the writers' names; may be empty */
	WORD_AND,      /* before the last of several names */
	WORD_COMMA,    /* between names */
	WORD_UPDATED,
	WORD_CORRECTED,
	WORD_CORRECTION,
	WORD_CORRECTIONS,
	WORD_CLARIFICATION, /* what could be misread is said again */
	WORD_UPDATE,	    /* something has happened since */
	WORD_TYPO,	    /* a typing error was mended */
	WORD_FIRST,	    /* the story as it came out */
	WORD_VERSIONS,	    /* heading of a story's versions */
	WORD_VERSION,	    /* before a version's number */
	WORD_COMPARE,	  /* link to a story's versions, and their difference */
	WORD_OLD_VERSION, /* above an earlier version's text */
	WORD_READ_NEWEST, /* link to the story */
	WORD_TAKEN,	  /* in place of a text that was taken away */
	WORD_ONLY_FORM,	  /* two versions that have the same words */
	WORD_REMOVED,	  /* before what went, in the key of a comparison */
	WORD_ADDED,	  /* likewise what came */
	WORD_NO_CORRECTIONS, /* an empty list of corrections */
	WORD_BREAKING,	     /* label of the banner */
	WORD_OPINION,
	WORD_PICTURE, /* link to a picture that lies elsewhere */
	WORD_NOTES,   /* heading of the footnotes */
	WORD_NOTE,    /* "Note", before its number, for those who listen */
	WORD_BACK,    /* from a footnote to the text */
	WORD_TOPICS,
	WORD_TRANSLATIONS,
	WORD_RELATED,
	WORD_SUPPORT,	   /* heading of the call for support */
	WORD_SUPPORT_LINK, /* "Ways to give" */
	WORD_NEWER,
	WORD_OLDER,
	WORD_PAGES, /* label of newer and older */
	WORD_NEWER_YEAR,
	WORD_OLDER_YEAR,
	WORD_ARCHIVE,
	WORD_IMPRINT,
	WORD_PUBLISHER,
	WORD_KEY, /* before the fingerprint of the paper's key */
	WORD_ADDRESS,
	WORD_ABOUT,
	/* Titles of the pages on how the paper works, in the order of
	 * paper/paper.h. */
	WORD_POLICY_STANDARDS,
	WORD_POLICY_ETHICS,
	WORD_POLICY_CORRECTIONS,
	WORD_POLICY_SOURCES,
	WORD_POLICY_CHECKING,
	WORD_POLICY_OWNERSHIP,
	WORD_POLICY_FEEDBACK,
	WORD_POLICY_PRIVACY,
	WORD_FEEDS,
	WORD_MORE_LATEST, /* "Latest stories" */
	WORD_NOTHING,	  /* an empty list */
	WORD_STORIES_BY,  /* a person's stories: label above the name */
	WORD_TOPIC,	  /* label above a tag's name */
	WORD_SECTION,
	WORD_DAY,
	WORD_MISSING, /* 404: title, text */
	WORD_MISSING_TEXT,
	WORD_GONE, /* 410 */
	WORD_GONE_TEXT,
	WORD_BUSY, /* 503 */
	WORD_BUSY_TEXT,
	WORD_FAULT, /* any other */
	WORD_FAULT_TEXT,
	WORD_COUNT,
};

/* Plural forms, as the Unicode CLDR names them. */
enum plural {
	PLURAL_ZERO,
	PLURAL_ONE,
	PLURAL_TWO,
	PLURAL_FEW,
	PLURAL_MANY,
	PLURAL_OTHER,
	PLURAL_COUNT,
};

struct words {
	const char *lang;	 /* primary subtag */
	const char *locale;	 /* OpenGraph's, where no region is given */
	const char *date;	 /* "%d %M %Y" */
	const char *long_date;	 /* the same with the weekday */
	const char *day_month;	 /* "%d %M" */
	const char *month_year;	 /* "%S %Y": %S is the month by itself */
	const char *year;	 /* "%Y" */
	const char *time;	 /* "%h:%m" */
	const char *weekdays[7]; /* Monday first, as a line begins with them */
	const char *months[12];	 /* in a date */
	const char *months_alone[12];
	const char *stories[PLURAL_COUNT]; /* "%n stories" */
	const char *days[PLURAL_COUNT];	   /* "%n days", behind "after" */
	const char *sources[PLURAL_COUNT]; /* "median of %n sources" */
	const char *page; /* "page %n": of a long list, in its title */
	const char *says[WORD_COUNT];
};

/* The plural of N in LANG, one of the catalogues' languages. */
enum plural words_plural(struct str lang, uint64_t n);

/* The catalogue of LANG, or the English one. Lives for ever. */
const struct words *words_of(struct str lang);
/* The catalogue of LANG, or OTHERWISE. */
const struct words *words_find(struct str lang, const struct words *otherwise);
/* All of them, in no order, the last with lang NULL; for tests. */
const struct words *words_all(void);

struct str words_say(const struct words *w, enum word word);

/* Each appends plain text, not markup. */
void words_date(struct buf *b, const struct words *w, struct civil c);
void words_long_date(struct buf *b, const struct words *w, struct civil c);
void words_day_month(struct buf *b, const struct words *w, struct civil c);
void words_month_year(struct buf *b, const struct words *w, struct civil c);
/* The month by itself: "November". */
void words_month(struct buf *b, const struct words *w, struct civil c);
void words_year(struct buf *b, const struct words *w, int32_t year);
void words_time(struct buf *b, const struct words *w, struct civil c);
/* "1 story", "12 stories". */
void words_stories(struct buf *b, const struct words *w, uint64_t n);
/* "1 day", "2 days", as it stands behind "after". */
void words_days(struct buf *b, const struct words *w, uint64_t n);
/* "page 2" */
void words_page(struct buf *b, const struct words *w, uint64_t n);
/* Of a rate: "one source", "median of 3 sources". */
void words_sources(struct buf *b, const struct words *w, uint64_t n);

#endif
