/* SPDX-License-Identifier: MIT
 *
 * What is looked at before a story is published: what may be missing, or
 * stand in it by mistake. Each item warns or blocks as the newsroom sets;
 * nothing is mended here. Pure, but for the settings.
 */
#ifndef PAPER_CHECKLIST_H
#define PAPER_CHECKLIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "text/manuscript.h"
#include "text/proof.h"

struct arena;
struct library_words;
struct library_worry;
struct paper;
struct stet;

/* In the order of the list; the numbers lie in files. */
enum check_item {
	CHECK_HEADLINE, /* none; blocks whatever is set */
	CHECK_SECTION,	/* none */
	CHECK_BYLINE,	/* nobody */
	CHECK_TEXT,	/* no body */
	CHECK_ALT,	/* a picture without alternative text */
	CHECK_RIGHTS,	/* a picture without rights or credit */
	CHECK_PROOF,	/* proof marks (text/proof.h) */
	CHECK_ADDRESS,	/* an address for coins that is not the paper's */
	CHECK_EMBARGO,	/* it will not appear before then */
	CHECK_ENDED,	/* a picture whose rights have ended; that they will
			   soon only warns, whatever is set */
	CHECK_COUNT,
};

enum check_level { CHECK_OFF = 0, CHECK_WARNS = 1, CHECK_BLOCKS = 2 };

/* "headline", "section", ...; lives for ever. */
const char *check_item_name(enum check_item item);

struct check_levels {
	enum check_level v[CHECK_COUNT];
};

/* As they are before anybody has set them: addresses block, embargos say so,
 * and all else warns. */
extern const struct check_levels check_levels_first;

enum { CHECK_PLAIN_MAX = 96 };

/* An address for coins. */
struct check_address {
	struct str text; /* as it stands there */
	/* What the paper's till would know it by; empty: it is of a kind that
	 * no paper's till has. */
	char plain[CHECK_PLAIN_MAX];
};

struct check_options {
	const struct check_levels *levels;
	struct str lang;	/* the paper's */
	struct instant now;	/* when it is to appear, for the embargo */
	struct instant embargo; /* INSTANT_NEVER: none */
	/* What the library says of the pictures (library_check): words that
	 * a story leaves to it are not missing. */
	const struct library_worry *worries;
	size_t worries_n;
	/* Marks of the story that somebody let stand (paper/stet.h); the list
	 * says which of them it has. */
	struct stet *stets;
	size_t stets_n;
	/* Finds the next address for coins in TEXT from *AT on, and moves *AT
	 * behind it; RET_ADDRESS->text is a part of TEXT. False: there is none.
	 * NULL: nobody looks. It knows what an address is; this does not. */
	bool (*find_address)(void *ctx, struct str text, size_t *at,
	    struct check_address *ret_address);
	void *ctx;
	/* ADDRESS is one of the paper's own. NULL: it has none. */
	bool (*is_own)(void *own_ctx, struct str address);
	void *own_ctx;
};

/* One thing that was found. */
struct check_find {
	enum check_item item;
	enum check_level level; /* CHECK_WARNS or CHECK_BLOCKS */
	size_t count;		/* how many of the kind; at least 1 */
	struct str what;	/* the address, the first proof mark's message,
				   the picture's address; or empty */
	enum proof_kind proof;	/* of CHECK_PROOF: of the first mark */
	bool is_over;		/* of CHECK_ENDED: they have ended */
};

struct check_list {
	struct check_find *v; /* in the order of the items, each once */
	size_t n;
	bool is_blocked;
	const struct stet *stets; /* as given, is_met set */
	size_t stets_n;
};

/* Looks through M. Lives as long as the arena and M. RC_NO_MEMORY. */
MUST_USE enum rc check_story(struct arena *a, const struct manuscript *m,
    const struct check_options *options, struct check_list *ret_list);

/* The same for the words of a picture of the library, which readers get by
 * themselves: CHECK_ADDRESS alone. */
MUST_USE enum rc check_words(struct arena *a, const struct library_words *words,
    const struct check_options *options, struct check_list *ret_list);

MUST_USE enum rc paper_check_levels(
    struct paper *paper, struct check_levels *ret_levels, struct err *err);
MUST_USE enum rc paper_set_check_levels(
    struct paper *paper, const struct check_levels *levels, struct err *err);

#endif
