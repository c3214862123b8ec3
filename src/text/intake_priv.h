/* SPDX-License-Identifier: MIT
 *
 * What the files of text/intake.h share. intake_mail.c reads what comes in,
 * and intake_cut.c cuts the text into pieces (a line, or a paragraph whose
 * lines were wrapped). intake_part.c says what a piece looks like,
 * intake_date.c which day it says, intake_caption.c which are captions and
 * intake_furniture.c what is none of the story, and intake_end.c what stands
 * below it; intake_language.c tells its language and intake_quote.c mends
 * quotation marks. intake_embargo.c looks for what says that the story must
 * wait, and intake_moment.c until when. By the order of the pieces,
 * intake_head.c decides what stands above the story and intake.c what the rest
 * is.
 */
#ifndef TEXT_INTAKE_PRIV_H
#define TEXT_INTAKE_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "text/intake.h"

struct piece {
	uint32_t line; /* of the source */
	struct str text;
	struct str folded; /* in small letters */
	size_t chars, words;
	const char *what; /* of the furniture it is, or NULL */
	bool is_gone;	  /* set aside, or taken for a field */
	bool is_item;	  /* of a list */
	bool is_greeted;  /* a mail's greeting stands above it */
	bool may_hold; /* no sentence, and perhaps the notice of an embargo */
};

struct notes {
	struct intake_note *v;
	size_t n, room;
};

struct job {
	struct arena *a;
	struct intake in;
	struct piece *v;
	size_t n;
	struct notes did, doubts;
	size_t warnings; /* the first ones of the doubts */
	size_t aside_room, quotations_room;
	struct str subject; /* of the mail */
	bool is_flowed;	    /* RFC 3676: a line that goes on ends in a space */
	bool is_delsp;	    /* and that space is no part of it */
	bool was_html;	    /* the mail, so it marks no line that it quotes */
	struct str mail_date;
	uint32_t *body_lines; /* the source's line of each line of the body */
	size_t body_lines_n;
};

enum { INTAKE_SUBJECT_LONGEST = 400 }; /* bytes; a longer one is no headline */

/* The beginning of a story's first paragraph. */
struct dateline {
	struct str place;
	struct str agency;
	struct str reporter;
	struct str when; /* its day, as it was written */
	struct str rest; /* the paragraph without it */
	struct civil date;
	bool has_date;
	bool is_sure;
	bool is_guess; /* as likely a part of the sentence */
};

enum { INTAKE_NUMBERS = 8 };

struct intake_number {
	unsigned value;
	size_t digits;	/* at most 5 */
	size_t at, end; /* bytes */
	size_t words;	/* that stand before it */
	bool is_clock;	/* of an hour: "10:30", "6 Uhr" */
	bool is_part;	/* the minutes of the hour before it */
};

struct intake_numbers {
	struct intake_number v[INTAKE_NUMBERS]; /* the first ones */
	size_t n;
	bool is_full;	/* there are more */
	unsigned month; /* the first that is named, or 0 */
	size_t months;	/* how many are */
	size_t month_at, month_words;
};

/* TEXT in small letters; as long as the arena. */
struct str intake_fold(struct arena *a, struct str text);
/* The language that a text shows, or empty; in small letters. */
struct str intake_language(struct arena *a, struct str folded);
/* Whether LIST ("one|two") has an entry that S starts with, or that stands in
 * S; the first gives its length. */
size_t intake_starts_with(struct str s, const char *list);
bool intake_has(struct str s, const char *list);
/* Whether S, in small letters, is one of LINES ("|one|two|"). */
bool intake_is_one_of(struct str s, const char *lines);
/* Whether the whole piece is one of LINES ("|one|two|"). */
bool intake_is_line(const struct piece *p, const char *lines);
/* Below it stands the mail that is answered, or the one that is passed on. */
bool intake_starts_answered(const struct piece *p);
bool intake_starts_passed_on(const struct piece *p);
/* What kind of furniture a piece is, or NULL: wherever it stands; above a
 * story; below one, where all that follows is furniture too. */
const char *intake_furniture(const struct piece *p);
const char *intake_front_furniture(const struct piece *p);
const char *intake_end_furniture(const struct piece *p);
/* No sentence of a story is taken for furniture of the kind WHAT. */
bool intake_is_sure_furniture(const char *what);
/* "- ENDS -" and its like. */
bool intake_is_end_mark(const struct piece *p);
/* What all is that stands below the piece I, where the story ends with it: it
 * is a mail's greeting, begins the notes for editors or heads a quoted mail;
 * else NULL. Of what may be the story, CHARS stand above it and BEHIND below;
 * what becomes of those is doubted. In *RET_WHAT what the piece itself is,
 * where that is known. */
const char *intake_ends_story(struct job *job, size_t i, size_t chars,
    size_t behind, bool is_passed_on, const char **ret_what);
/* What all is below an end mark, or a quoted mail. */
extern const char *const intake_below_mark;
/* How many lines the head of a mail has that begins at I: three at least that
 * are known, the subject among them; 0: there is none. One line between them
 * may have a name that is not known here. */
size_t intake_mail_head(struct job *job, size_t i);
/* A mark of a wire's own, of numbers and initials. */
bool intake_is_code(const struct piece *p);
/* An address of the kind name@example. */
bool intake_has_address(struct str s);
/* Such an address, or a telephone number. */
bool intake_has_contact(struct str s);
/* Below a story's last paragraph: a line with either that is no sentence, or
 * has a name before a colon; a short line with a colon at its end; and the
 * piece I is such a line, or stands above one as its label. */
bool intake_is_contact_line(const struct piece *p);
bool intake_is_label(const struct piece *p);
bool intake_begins_contact(const struct job *job, size_t i);
/* Letters, and all of them capitals. */
bool intake_is_capitals(struct str text);
/* How many bytes of LINE are the sign of a list's item and the white space
 * behind it; 0: it is none. */
size_t intake_bullet(struct str line);
/* It ends as a sentence does. */
bool intake_is_ended(struct str text);
/* The authors of a byline such as "By Ann Lee and Tom Ott"; 0: it is none. */
size_t intake_byline(
    struct arena *a, const struct piece *p, struct str *v, size_t max);
/* The names that a piece is, with nothing said around them; 0: it is not. */
size_t intake_names(
    struct arena *a, const struct piece *p, struct str *v, size_t max);
/* The line below a byline: the reporter's house, or where from. */
bool intake_is_house(const struct piece *p);
/* A day with month and year in words or numbers; an hour beside it is none of
 * it. */
bool intake_date(struct str folded, struct civil *ret_c);
bool intake_date_of(
    const struct intake_numbers *d, struct str folded, struct civil *ret_c);
/* The numbers of S, and its month. */
struct intake_numbers intake_numbers(struct str folded);
/* The next word of letters in S from *AT on, which is moved behind it; empty:
 * there is none. */
struct str intake_next_word(struct str s, size_t *at);
/* 1 to 12 if WORD is the name of a month; else 0. */
unsigned intake_month(struct str word);

/* How much of the end of an embargo FOLDED says. */
enum intake_moment {
	INTAKE_MOMENT_NONE, /* no whole day, or more than one */
	INTAKE_MOMENT_DAY,  /* no hour that is sure: *RET_C is the day's end */
	INTAKE_MOMENT_HOUR
};

/* Where a zone is named that has several meanings, or is not known, it is the
 * one in which the moment comes last; so it is where a word of the line is not
 * known, and then an hour up to twelve is not sure. */
enum intake_moment intake_moment(struct str folded, struct civil *ret_c);

/* Whether FOLDED has a word that neither a moment nor the notice of an embargo
 * is known to have. */
bool intake_has_other_words(struct str folded);

/* Reads the dateline at the start of TEXT; false: there is none. The other one
 * also takes what is a guess. */
bool intake_dateline(struct arena *a, struct str text, struct dateline *ret);
bool intake_may_be_dateline(
    struct arena *a, struct str text, struct dateline *ret);
/* A caption or credit that says so itself ("Photo: dpa"). Either may be empty.
 */
bool intake_caption(
    const struct piece *p, struct str *ret_caption, struct str *ret_credit);
/* A short name and a colon, also "*Name:*"; gives the name and what stands
 * behind the colon. */
bool intake_field(struct str line, struct str *ret_name, struct str *ret_value);
/* Is a mail's header line; gives its name and what stands behind the colon. */
bool intake_mail_header(struct arena *a, struct str line, struct str *ret_name,
    struct str *ret_value);

enum intake_header {
	INTAKE_HEADER_OTHER,
	INTAKE_HEADER_SUBJECT,
	INTAKE_HEADER_DATE
};

enum intake_header intake_header_kind(struct arena *a, struct str name);

/* BYTES as the job's text. The results of intake_read. */
MUST_USE enum rc intake_read_text(
    struct job *job, struct str bytes, struct err *err);
/* intake_cut.c: TEXT as the job's row of pieces, which has room for one a line;
 * without the mail's head that it begins with. */
void intake_cut_pieces(struct job *job, struct str text);
/* Sets the mail's head that TEXT begins with aside, and keeps what is needed of
 * it. Returns what stands behind it, and in *LINE_NO how many lines of the text
 * have passed. */
struct str intake_cut_mail_head(
    struct job *job, struct str text, uint32_t *line_no);
/* intake_embargo.c: looks for what says that the story must wait, in the mail's
 * subject and in the row, where lines that say no more are set aside. */
void intake_find_embargo(struct job *job);
/* How long the word of an embargo is that FOLDED, which is not empty, starts
 * with; 0: none. And whether WORD is a known one of those around it. */
size_t intake_starts_embargo(struct str folded);
bool intake_is_notice_word(struct str word);
/* A mail's subject without what programs put before it ("Fwd:"). */
struct str intake_bare_subject(struct arena *a, struct str subject);
/* SUBJECT without the notice of an embargo that it begins with. */
struct str intake_without_embargo(struct arena *a, struct str subject);
/* intake_head.c: sets aside what stands around the story, and takes its head
 * out of the row; what is left is the body. */
void intake_sort(struct job *job);
void intake_take_head(struct job *job);
bool intake_take_byline(struct job *job, const struct piece *p);
bool intake_take_date(struct job *job, const struct piece *p);
/* SAID is how the text has it, for the report: with its hour. */
void intake_set_date(
    struct job *job, uint32_t line, struct civil c, struct str said);
bool intake_take_marked_caption(struct job *job, const struct piece *p);
void intake_set_aside(
    struct job *job, uint32_t line, const char *what, struct str text);
void intake_did(struct job *job, uint32_t line, struct str text);
void intake_doubt(struct job *job, uint32_t line, struct str text);
/* A doubt that stands before all others. */
void intake_warn(struct job *job, uint32_t line, struct str text);
/* TEXT with its quotation marks mended where that is beyond doubt. */
struct str intake_mend_quotes(struct job *job, struct str text, uint32_t line);
/* Adds the quotations of S, those of some length: a word or two in marks is
 * none. */
void intake_find_quotations(struct job *job, uint32_t line, struct str s);
size_t intake_count_words(struct str s);

#endif
