/* SPDX-License-Identifier: MIT
 *
 * What one click may do about a proof mark (text/proof.h): a few bytes of one
 * field are put in place of others. Every mend has been tried: with it the mark
 * is gone, and no other has come. Where only the writer can know what is meant
 * there is no mend, but always the place where to go on.
 *
 * It is work of its own, done for a page and not for every story of an import:
 * the text is read again for each try, TRIES_MAX bytes (mend.c) at most in all;
 * marks behind that have their place alone.
 */
#ifndef TEXT_MEND_H
#define TEXT_MEND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/instant.h"
#include "base/str.h"
#include "text/proof.h"

struct arena;

/* How it is said. */
enum mend_kind {
	MEND_WRITE,  /* ABOUT is written, there or instead of what stands */
	MEND_DELETE, /* ABOUT is taken out */
	MEND_BEHIND, /* TEXT is set behind ABOUT, the words before it */
	MEND_BEFORE, /* TEXT is set before ABOUT, the words behind it */
	MEND_KINDS,
};

struct mend {
	enum mend_kind kind;
	struct str field; /* as in struct proof_mark */
	size_t offset;	  /* bytes of the field's text, which go */
	size_t length;
	struct str text;  /* and what comes; may be empty, P is never NULL */
	struct str about; /* to be shown: some words, cut to MEND_ABOUT */
};

enum { MENDS_MOST = 2, MEND_ABOUT = 60 /* bytes */ };

struct mending {
	struct mend v[MENDS_MOST]; /* the likeliest first */
	size_t n;		   /* may be 0 */
	/* Where somebody goes on by hand; never without a field. */
	struct str field;
	size_t offset, length; /* in bytes; length 0: between two letters */
};

/* What a library knows of a picture; empty where it does not. */
struct mend_picture {
	struct str alt, caption, credit;
};

/* What only the newsroom knows; all of it may be left out. */
struct mend_known {
	struct str byline;   /* of whoever writes, as the field has it */
	struct str dateline; /* the place where such stories come from */
	struct civil today;  /* in the paper's own time */
	/* Appends DAY as LANG writes it, with its year; false: it cannot. Of
	 * some languages that is known without (mend_date.c). */
	bool (*day)(struct buf *b, struct str lang, struct civil day);
	/* What is known of the picture at URL. RC_NOT_FOUND: nothing. */
	enum rc (*picture)(
	    void *ctx, struct str url, struct mend_picture *ret_picture);
	void *ctx;
};

/* The mends of MARKS, which are of proof_read(M, LANG), or of stet_read: one
 * for each, in their order; texts live as long as the arena and M do. KNOWN may
 * be NULL. RC_NO_MEMORY, and what KNOWN->picture gives but RC_NOT_FOUND. */
MUST_USE enum rc mend_find(struct arena *a, const struct manuscript *m,
    struct str lang, const struct mend_known *known,
    const struct proof_mark *marks, size_t n, struct mending **ret_mendings);

/* M with the mend; what did not change is shared. P of the field's text is NULL
 * where memory has run out (the arena is spent then). */
struct manuscript mend_apply(
    struct arena *a, const struct manuscript *m, const struct mend *mend);

#endif
