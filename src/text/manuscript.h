/* SPDX-License-Identifier: MIT
 *
 * A manuscript: one story as a text file, a head of named fields between two
 * lines "---" (YAML, as Hugo and Jekyll write it) and a body in Markdown. It
 * is the form in which stories come in (import), go out (export), and are
 * handed from one process to another; manuscript_parse(manuscript_write(m))
 * gives m again.
 *
 * Fields and the names by which they are read (the first is written):
 *
 *	headline	title, headline
 *	kicker		kicker, overline
 *	standfirst	description, standfirst, summary, subtitle, excerpt
 *	slug		slug, or the end of url / permalink (of its folder, if
 *			that is "index.html"); escapes (%C3%A9) are read
 *	section		section, or the first of categories / category
 *	authors		authors, author (text, list, or list of maps with name);
 *			a text is several behind the mail address of each
 *	tags		tags, tag, and the categories behind the first
 *	dateline	dateline, place, location
 *	published	date, publishDate (pubdate, published_at, publish_at,
 *			published_on, publish_on, published_date,
 *			publication_date)
 *	updated		lastmod, updated, modified, last_modified_at
 *	embargo		embargo (embargo_until, embargoed_until, embargoed);
 *			publishDate beside a date
 *	is_draft	draft (is_draft), published: false (is_published), or
 *			publish, public, is_public, visible; expiryDate
 *			(unpublishDate, expires), private (hidden, unlisted,
 *			headless, is_private, is_hidden), status (post_status),
 *			state: draft and the like, visibility (access),
 *			password, build; no head
 *	lang		lang, language
 *	picture		picture / image / cover / featured_image / images (the
 *			first): url (src, path, image), alt, caption, credit,
 *			rights
 *	aliases		aliases, redirect_from, and the whole of url /
 *			permalink, with its folder if the end is "index.html"
 *	corrections	corrections: list of maps date, text
 *	translations	translations: list of maps lang, url
 *
 * Capitals, and "-", "_" and spaces between words, make no other name.
 *
 * Dates are what civil_parse reads, and forms that can be read in one way only:
 * 2024/1/2, 2024.1.2, "January 2, 2024", "2 Jan 2024" (in English), with a time
 * of day as civil_parse has it behind, and RFC 5322's. No day is told from a
 * month by guessing.
 *
 * A field that is not in this list, or whose value cannot be used, is not
 * lost in silence: it is named in "left", with the reason. Where it might have
 * kept the story from readers, or put it off, the story is a draft: only what
 * clearly says that it may be seen lets it out.
 */
#ifndef TEXT_MANUSCRIPT_H
#define TEXT_MANUSCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"

struct arena;
struct buf;

enum {
	/* Bytes of one file. The page of a story is made while other readers
	 * wait, and the worst text of this size costs some 0.2 s. */
	MANUSCRIPT_MAX = 1024 * 1024,
	/* Bytes of one field but the body: lists of stories hold dozens. */
	MANUSCRIPT_FIELD_MAX = 8 * 1024,
	MANUSCRIPT_LIST_MAX = 64, /* authors, tags, aliases, ... */
};

struct str_list {
	struct str *v;
	size_t n;
};

struct manuscript_picture {
	struct str url;
	struct str alt;	    /* alternative text */
	struct str caption; /* plain text */
	struct str credit;
	struct str rights;
};

struct manuscript_correction {
	struct civil date;
	struct str text;
};

struct manuscript_translation {
	struct str lang;
	struct str url;
};

/* Something that was not carried, and why: for the reports of import. */
struct manuscript_left {
	struct str field; /* "layout", "shortcode youtube" */
	struct str why;	  /* "no such field in a story" */
	uint32_t line;	  /* in the file, from 1; 0 if unknown */
	bool holds;	  /* the story is a draft because of it */
};

struct manuscript {
	struct str headline;
	struct str kicker;
	struct str standfirst;
	struct str slug;
	struct str section;
	struct str dateline;
	struct str lang; /* empty: the paper's */
	struct str_list authors;
	struct str_list tags;
	struct str_list aliases;
	struct manuscript_picture picture;
	struct manuscript_correction *corrections;
	size_t corrections_n;
	struct manuscript_translation *translations;
	size_t translations_n;
	struct str layout; /* how another program lays it out; not kept */
	bool is_draft;
	bool has_published; /* else "published" says nothing */
	bool has_updated;
	bool has_embargo;
	struct civil published; /* without an offset: the paper's own time */
	struct civil updated;
	struct civil embargo;
	struct str body;    /* Markdown, UTF-8, line ends LF */
	uint32_t body_line; /* the line of the file on which it starts */
	struct manuscript_left *left;
	size_t left_n;
	/* The date or embargo that cannot be read, if there is one; else "why"
	 * is empty. Nobody knows when such a story may be seen. */
	struct manuscript_left unread;
};

/* Reads FILE, whose bytes must be UTF-8 (a byte order mark is skipped). All
 * views live as long as the arena and FILE both do. RC_INVALID with line
 * number in ERR: no end of the head, broken YAML, not UTF-8, binary; RC_LIMIT:
 * larger than MANUSCRIPT_MAX, too deep or too many; RC_NO_MEMORY. A file
 * without a head is a draft whose headline is its first heading. */
MUST_USE enum rc manuscript_parse(struct arena *a, struct str file,
    struct manuscript *ret_m, struct err *err);

/* Fills what the head does not say from the file's name: date and slug of
 * "2024-01-02-harbour.md" (Jekyll), slug and language of "harbour.de.md", the
 * slug of "harbour/index.md" (Hugo: the folder's name); and a headline made
 * from the slug if there is none at all, which is reported in "left". PATH may
 * have folders; what lies in a folder "_drafts" (Jekyll) is a draft. So is,
 * reported, what has neither a date nor an embargo: nothing says that readers
 * may have it now. What is not seen (script_is_unseen) is left out of names.
 * RC_NO_MEMORY. */
MUST_USE enum rc manuscript_from_name(
    struct arena *a, struct manuscript *m, struct str path);

/* Fills the section, if the head names none, from PATH as it is within its
 * site: Jekyll's "harbour/_posts/2024-01-02-ferry.md" is of "harbour". It lives
 * as long as the arena and PATH do. RC_NO_MEMORY. */
MUST_USE enum rc manuscript_from_folder(
    struct arena *a, struct manuscript *m, struct str path);

/* PATH is an "index" whose head asks for the layout of a page that shows no
 * text of its own, such as Jekyll's "layout: home": no story. */
bool manuscript_is_index(const struct manuscript *m, struct str path);

/* The name of an author whom a mail's head or a list of git names: "Ann" of
 * "Ann <ann@example.org>", without brackets and signs that are left with
 * nothing to hold or part; empty if there is nothing but a mail address, which
 * no reader shall see, or if the arena is spent. A TEXT without one is the name
 * itself. It lives as long as the arena and TEXT do. */
struct str manuscript_author(struct arena *a, struct str text);

/* Writes M as a file. "left", "unread", "layout" and "body_line"
 * are not written. */
void manuscript_write(struct buf *b, const struct manuscript *m);

#endif
