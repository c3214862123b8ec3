/* SPDX-License-Identifier: MIT
 *
 * What the paper consists of beside its stories, as its settings show it: the
 * sections in their order, the people who stand in bylines. And how the paper
 * stands: what was published last, and what comes next.
 *
 * A section or a person keeps the address for ever: another name changes what
 * stands on the page and not where it is.
 */
#ifndef PAPER_ROSTER_H
#define PAPER_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"

struct arena;
struct paper;
struct staff_by;

enum { ROSTER_NAME_MAX = 200, ROSTER_ABOUT_MAX = 4000 }; /* bytes */

struct roster_term {
	struct str slug, name, about;
	bool is_named;	/* a section that is shown also while it is empty */
	bool is_closed; /* one that takes no new stories; in no head of a page,
			   while its own page and its stories stay */
};

/* The sections, in order; at most PAPER_SECTIONS_MOST. */
MUST_USE enum rc roster_sections(struct paper *paper, struct arena *a,
    struct roster_term **ret_v, size_t *ret_n, struct err *err);

/* One section as it shall be. */
struct roster_wish {
	struct str slug; /* empty: a new one */
	struct str name;
	bool is_named, is_closed;
};

/* Brings the sections into the order of the N wishes (at most
 * PAPER_SECTIONS_MOST), with their names, and makes new ones; those left out
 * follow behind. Who was for a section by its old name is for it by the new
 * one. All of it is one step, with a row for BY in the audit log. RC_INVALID:
 * a blank or too long name; RC_EXISTS: two would go by one name, today's or an
 * earlier one; RC_NOT_FOUND: no such slug. *RET_AT (may be NULL) is then the
 * wish that is wrong. */
MUST_USE enum rc roster_arrange(struct paper *paper,
    const struct roster_wish *v, size_t n, const struct staff_by *by,
    size_t *ret_at, struct err *err);

/* People by name, behind the name AFTER (empty: from the first), at most
 * LIMIT. */
MUST_USE enum rc roster_people(struct paper *paper, struct arena *a,
    struct str after, size_t limit, struct roster_term **ret_v, size_t *ret_n,
    struct err *err);
/* One person. RC_NOT_FOUND. */
MUST_USE enum rc roster_person(struct paper *paper, struct arena *a,
    struct str slug, struct roster_term *ret_term, struct err *err);

/* The one whose address the name NAME would have. RC_NOT_FOUND. */
MUST_USE enum rc roster_person_named(struct paper *paper, struct arena *a,
    struct str name, struct roster_term *ret_term, struct err *err);

struct roster_pulse {
	int64_t last; /* the story published last; 0: none */
	struct str last_headline;
	struct instant last_at;
	int64_t next; /* the one that is due next; 0: none */
	struct str next_headline;
	struct instant next_at;
	bool has_story;	  /* of whatever status */
	bool has_picture; /* a story's newest text has one */
	bool has_person;  /* something is said about NAME */
	bool has_outbox;  /* something waits to come before readers */
};

/* NAME: of whom it is asked whether they are a person of the paper. */
MUST_USE enum rc roster_pulse(struct paper *paper, struct arena *a,
    struct str name, struct roster_pulse *ret_pulse, struct err *err);

/* Small numbers that the newsroom keeps by a key of its own, such as
 * "steps_hidden"; 0: not set. */
MUST_USE enum rc roster_number(
    struct paper *paper, struct str key, int64_t *ret_value, struct err *err);
MUST_USE enum rc roster_set_number(
    struct paper *paper, struct str key, int64_t value, struct err *err);

#endif
