/* SPDX-License-Identifier: MIT
 *
 * What the screen is made from on which a story is written.
 */
#ifndef PAGE_VIEW_DESK_WRITE_H
#define PAGE_VIEW_DESK_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "page/desk_words.h"
#include "text/manuscript.h"

/* What is written of a story, in the order of the screen. */
enum write_field {
	WRITE_KICKER,
	WRITE_HEADLINE,
	WRITE_STANDFIRST,
	WRITE_AUTHORS, /* with commas between */
	WRITE_DATELINE,
	WRITE_BODY, /* Markdown; all others are of one line */
	WRITE_SECTION,
	WRITE_LANG,
	WRITE_TAGS, /* with commas between */
	WRITE_PICTURE,
	WRITE_ALT,
	WRITE_CAPTION,
	WRITE_CREDIT,
	WRITE_RIGHTS,
	WRITE_FIELDS,
};

struct write_text {
	struct str v[WRITE_FIELDS];
};

/* Beside the text: what somebody has noted, and was answered. */
struct view_remark {
	int64_t id;
	bool is_answer;
	struct str who;
	struct civil at;
	struct str quote;
	bool is_lost; /* the words it is about are no longer there */
	struct str text;
	bool is_resolved;
	struct str resolved_by;
};

struct view_remarks {
	const struct view_remark *v;
	size_t n;
	size_t open;	  /* how many are not resolved */
	struct str typed; /* a note that could not be kept */
	enum msg fault;	  /* MSG_COUNT: none */
};

/* A proof mark, what may be done about it with one click, and where somebody
 * goes on by hand. Places are bytes of a field's text. */
struct view_mend {
	enum msg say; /* with {0} ABOUT and {1} TEXT */
	struct str about;
	struct str field;
	size_t offset, length;
	struct str text;
};

struct view_mark {
	struct str kind; /* as text/proof.h names it */
	struct str field;
	size_t offset, length;
	uint32_t line; /* in the body; 0: not there */
	struct str excerpt;
	enum msg message;
	enum msg go; /* what going there is for */
	struct str place;
	size_t place_offset, place_length;
	struct view_mend mends[2];
	size_t mends_n;
	struct str stet; /* what a button sends that lets it stand */
};

/* A mark that somebody has let stand. */
struct view_stand {
	struct str kind;
	enum msg message;
	struct str excerpt; /* may be empty */
	struct str by;
	struct str unstet; /* what a button sends that takes it back */
};

struct view_stands {
	const struct view_stand *v;
	size_t n;
};

struct view_marks {
	const struct view_mark *v;
	size_t n;
	struct view_stands stands;
};

/* How long it is, and is wanted. */
struct view_length {
	uint32_t words, characters;
	uint32_t wanted; /* 0: nothing is said */
	bool is_characters;
	struct str by; /* who said so; may be empty */
	bool can_set;
};

struct view_write {
	int64_t id, revision;
	struct str tab;	    /* a name for this page */
	struct str account; /* whose it is, in the browser's storage */
	struct write_text text;
	enum msg faults[WRITE_FIELDS]; /* MSG_COUNT: none */
	enum msg fault;		       /* why nothing was saved; MSG_COUNT */
	const struct str_list *sections;
	struct str zone, lang; /* the paper's */
	struct str saved_at;   /* ISO 8601 */
	struct civil saved;
	struct str saved_by;
	int status; /* of paper/paper.h */
	bool is_changed;
	bool has_when;
	struct civil when;    /* it is to appear then, or appeared */
	struct str sent_back; /* what an editor said; empty: nothing */
	struct str_list here; /* who else has it open */
	bool can_publish, can_upload;
	struct str editor; /* address of the script */
	struct view_remarks remarks;
	struct view_marks marks;
	struct view_length length;
};

/* Two have changed the same words. */
struct view_conflict {
	int64_t id, revision; /* the newest, on which a choice is saved */
	struct str tab, account;
	struct str by; /* whose the newest is */
	struct civil saved;
	struct write_text mine, theirs;
	/* mine, and what they alone have changed: what is proposed. */
	struct write_text merged;
	bool is_open[WRITE_FIELDS]; /* in these the two say something else */
};

#endif
