/* SPDX-License-Identifier: MIT
 *
 * Terms: what stories are sorted by. Sections, people and tags share one
 * space of ids, which is also that of public.db's lists. Two names are
 * the same term when they are the same folded (text/fold.h), under the spelling
 * that was first: "hans müller" is Hans Müller, Hans Muller is another, though
 * both give the slug "hans-muller"; who comes second gets "hans-muller-2", and
 * keeps it. A term that is given another name goes by its earlier ones, too; so
 * no other is given one of them.
 */
#ifndef PAPER_TERM_H
#define PAPER_TERM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

struct arena;
struct paper;
struct terms;

/* The numbers lie in files. */
enum term_kind { TERM_SECTION = 1, TERM_PERSON = 2, TERM_TAG = 3 };

struct term {
	int64_t id;
	enum term_kind kind;
	struct str slug, name, about;
	int64_t position; /* of sections in the paper's order; 0: none */
	bool is_named;	  /* a section that is shown also without stories */
	bool is_closed;	  /* one that takes no new stories */
};

/* What was found lately; to be forgotten (term_forget) when a transaction is
 * rolled back. */
struct terms *terms_new(void);
void terms_free(struct terms *terms);
void terms_forget(struct terms *terms);

/* A step for paper_once(): notes the names of terms that are from before names
 * were noted. */
MUST_USE enum rc terms_start(struct paper *paper);

/* The id of NAME, which is not blank, made if it is new. */
MUST_USE enum rc term_id(struct paper *paper, enum term_kind kind,
    struct str name, struct str lang, int64_t *ret_id);
/* The ids of a packed list (paper/packing.h), each once, into *IDS. */
MUST_USE enum rc term_ids(struct paper *paper, enum term_kind kind,
    struct str packed, struct str lang, struct buf *ids);
/* The term; its texts live in the arena. RC_NOT_FOUND. */
MUST_USE enum rc term_load(
    struct paper *paper, struct arena *a, int64_t id, struct term *ret_term);
/* The term that a text calls NAME, which is not blank, as it is today: texts
 * keep the name that was in force when they were saved. Where there is none,
 * what it would be, with the id 0. Nothing is written. */
MUST_USE enum rc term_today(struct paper *paper, struct arena *a,
    enum term_kind kind, struct str name, struct str lang,
    struct term *ret_term);
/* The same of a section, which may be blank: its name. */
MUST_USE enum rc term_section_today(struct paper *paper, struct arena *a,
    struct str name, struct str lang, struct str *ret_name);
/* The section with SLUG is one of opinion: its stories are set as such. */
bool term_is_opinion(struct str slug);
/* Who goes by NAME, today or at an earlier time. RC_NOT_FOUND. */
MUST_USE enum rc term_find_name(struct paper *paper, struct arena *a,
    enum term_kind kind, struct str name, struct str lang, int64_t *ret_id);
/* RC_EXISTS: another term than ID (0: any) goes by NAME, or did. */
MUST_USE enum rc term_name_is_free(
    struct paper *paper, enum term_kind kind, struct str name, int64_t id);
/* From now on term ID goes by NAME, too, unless another already does. */
MUST_USE enum rc term_add_name(
    struct paper *paper, enum term_kind kind, struct str name, int64_t id);
/* By slug. RC_NOT_FOUND. */
MUST_USE enum rc term_find(
    struct paper *paper, enum term_kind kind, struct str slug, int64_t *ret_id);

/* Whether public.db has surely the term: remembered for the newest ones. */
bool term_is_shown(const struct terms *terms, int64_t id);
void term_set_shown(struct terms *terms, int64_t id);
void term_forget_shown(struct terms *terms, int64_t id);

#endif
