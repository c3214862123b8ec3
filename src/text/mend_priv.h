/* SPDX-License-Identifier: MIT
 *
 * What the files of text/mend.h share: mend.c tries and keeps, mend_text.c
 * finds what might mend quotation marks, ends and doubles, mend_day.c writes
 * days out, mend_day_near.c knows what beside a day makes another one of it,
 * mend_date.c how dates are written. A candidate that is wrong costs a try, no
 * more.
 */
#ifndef TEXT_MEND_PRIV_H
#define TEXT_MEND_PRIV_H

#include "text/mend.h"
#include "text/proof_priv.h"

struct mend_job {
	struct arena *a;
	struct arena *scratch; /* of one try */
	const struct manuscript *m;
	struct str tag; /* the language, as proof_read has it */
	enum language lang;
	const struct mend_known *known;
	size_t counts[PROOF_KINDS]; /* of the marks that are there */
	size_t left;		    /* bytes that may still be read */
	const struct proof_mark *mark;
	struct str text; /* of the mark's field */
	struct mending *out;
};

/* Keeps the mend if it does what it should; false: it does not, or there is no
 * more room. ABOUT may be longer than it is shown. */
bool mend_try(struct mend_job *j, struct mend mend);

/* The field's bytes from AT, LENGTH of them, become TEXT. */
struct mend mend_of(const struct mend_job *j, enum mend_kind kind, size_t at,
    size_t length, struct str text);

/* Where the paragraph (item, line of a field) of AT begins and ends. */
size_t mend_block_start(struct str s, size_t at);
size_t mend_block_end(struct str s, size_t at);

/* The place of a field of plain text in M; NULL for the list of authors. */
struct str *mend_field(struct manuscript *m, struct str name);

/* Appends DAY as the language writes it in a sentence, with its year; false:
 * nobody knows. */
bool mend_date(const struct mend_job *j, struct buf *b, struct civil day);

/* WORD is a day counted from today, or in Korean begins with one: what of it
 * is, and how many days from today. */
bool mend_day_said(
    enum language lang, struct str word, struct str *ret_said, int *ret_days);

/* What stands beside DAY, which is from *AT to *END and *DAYS from today, and
 * makes another one of it ("pasado mañana") is taken in. False: nobody can know
 * which day is meant. */
bool mend_day_shift(const struct mend_job *j, struct str day, size_t *at,
    size_t *end, int *days);

/* What stands beside the day from AT to END counts from it ("a year ago
 * today"): its own date cannot stand there. */
bool mend_day_is_counted(const struct mend_job *j, size_t at, size_t end);

void mend_quote_open(struct mend_job *j);
void mend_quote_close(struct mend_job *j);
void mend_quote_side(struct mend_job *j);
void mend_no_end(struct mend_job *j);
void mend_fragment(struct mend_job *j);
void mend_double_word(struct mend_job *j);
void mend_double_paragraph(struct mend_job *j);
void mend_day(struct mend_job *j);

#endif
