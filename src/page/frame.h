/* SPDX-License-Identifier: MIT
 *
 * What all pages have around them: the head with what machines read, the
 * nameplate with the sections, and the imprint. Private to page/.
 */
#ifndef PAGE_FRAME_H
#define PAGE_FRAME_H

#include <stdbool.h>

#include "page/html.h"
#include "page/view.h"
#include "page/words.h"

/* One page while it is being written. */
struct sheet {
	struct buf *b;
	const struct view_paper *paper;
	const struct words *words;
	struct str lang;	/* of the paper, or English's if it has none */
	struct html kind;	/* class of the body: "front", "story", ... */
	struct str title;	/* without the paper's name; empty: only that*/
	bool is_worded;		/* the title is of the catalogue */
	struct str part;	/* behind the title: "page 2"; mostly empty */
	struct str url;		/* canonical; empty: not to be indexed */
	struct str description; /* for search engines and previews */
	struct str feed;	/* base address of a feed of its own, or empty*/
	bool has_corrections_feed;
	const struct view_story *story; /* a story's page, else NULL */
	const struct view_list *list;	/* a list's page, else NULL */
	const struct civil *today;	/* for the date line, else NULL */
	bool is_front;
	bool is_about;
	bool is_support; /* has the support pages' style, and no call */
};

/* A sheet of PAPER to be written to B. */
struct sheet sheet_make(
    struct buf *b, const struct view_paper *paper, struct html kind);

/* The banner of news that cannot wait; nothing for one without a name. */
void sheet_breaking(const struct sheet *s, const struct view_link *breaking);
/* From the doctype to the open main element, with the banner of every page. */
void sheet_start(const struct sheet *s);
/* From the end of the main element to the end of the page. */
void sheet_end(const struct sheet *s);

/* The call for support, if the paper makes one. sheet_end writes it, but for
 * stories, where it stands before the related ones. */
void sheet_support(const struct sheet *s);

/* Around words of the catalogue WORDS on a sheet whose language has none:
 * '<span lang="en" dir="ltr">', or nothing where the two are the same. */
void sheet_words_start(const struct sheet *s, const struct words *words);
void sheet_words_end(const struct sheet *s, const struct words *words);

/* Appends one of the page's own words, as text with the span that it needs. */
void sheet_say(const struct sheet *s, enum word word);

/* Appends ' aria-label="WORD"' of a nav, with the language of WORDS where that
 * is not LANG's; words of the nav that are no links of the catalogue's are to
 * be marked by lang_attrs, from that language back. */
void sheet_label(
    struct buf *b, const struct words *words, struct str lang, enum word word);

/* '<h1>' TITLE '</h1>', which is of the catalogue where is_worded is set. */
void sheet_heading(const struct sheet *s, struct str title);

/* '<time datetime="...">' around the date, the time, or both, in the language
 * of WORDS, which is marked if it is not the sheet's. */
enum time_form { TIME_DATE, TIME_CLOCK, TIME_BOTH, TIME_LONG_DATE };
void sheet_time(const struct sheet *s, const struct words *words,
    struct civil c, enum time_form form);

enum { SHEET_PART_MAX = 128 }; /* bytes */

/* What tells PAGE of a list from the others: its number, or, without one, the
 * day of its first story. Nothing on the first page. */
void sheet_part(
    const struct sheet *s, struct buf *b, uint32_t page, struct civil first);

/* Links to the pages beside this one; nothing if it has none. */
void sheet_pager(const struct sheet *s, struct str newer, enum word later,
    struct str older, enum word earlier);

/* '<a href="URL">' NAME '</a>', or NAME by itself if URL is empty; NAME is
 * kept apart from the direction of what stands around it. */
void sheet_link(const struct sheet *s, const struct view_link *link);

#endif
