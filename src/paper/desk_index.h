/* SPDX-License-Identifier: MIT
 *
 * What the desk filters its stories by, in memory: some 100 bytes a story, so
 * that a hundred thousand are looked through in a few milliseconds, whatever
 * is asked, and no import pays for an index on the disk. It is made when it is
 * first needed, by one walk over the table "story", and follows what is saved.
 * Private to paper/.
 *
 * X1  What it says of a story is what was committed: a change only notes the
 *     story's number, and the row is read again by the next question.
 */
#ifndef PAPER_DESK_INDEX_H
#define PAPER_DESK_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

struct desk_index;
struct paper;

struct desk_question {
	bool has_status, must_be_changed;
	int status;
	int64_t section; /* 0: any */
	int64_t person;	 /* 0: any */
	struct str assigned;
	/* Who is asking: theirs are let through in any section. */
	struct str own;
	bool must_be_own;
	bool has_sections; /* only what stands in one of these */
	const int64_t *sections;
	size_t sections_n;
	struct str text; /* all words of it must be in the headline; capitals
			    count for nothing */
	/* By number: those before this one. By time, what was saved last first:
	 * those saved before BEFORE_US, or then and with a number before. */
	bool is_by_time;
	int64_t before, before_us;
};

void desk_index_free(struct desk_index *index);
/* Story ID has changed, or may have. Nothing before the first question. */
void desk_index_note(struct paper *paper, int64_t id);

/* The numbers of at most LIMIT stories, the highest or the one saved last
 * first. RC_NO_MEMORY. */
MUST_USE enum rc desk_index_ask(struct paper *paper,
    const struct desk_question *question, int64_t *ids, size_t limit,
    size_t *ret_n);

#endif
