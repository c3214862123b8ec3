/* SPDX-License-Identifier: MIT
 *
 * What kinds of change a published story goes through, in the words that
 * newspapers have for them. Readers are told of the first three; a typing
 * error that was mended makes a version and no notice.
 */
#ifndef PAPER_CHANGE_H
#define PAPER_CHANGE_H

#include "base/rc.h"
#include "base/str.h"

/* The numbers lie in files. */
enum paper_change {
	PAPER_FIRST = 0,	 /* the story as it was first published */
	PAPER_CORRECTION = 1,	 /* something in it was wrong; needs a text */
	PAPER_CLARIFICATION = 2, /* it could be misread; needs a text */
	PAPER_UPDATE = 3,	 /* something has happened since */
	PAPER_TYPO = 4,
};

/* Where in the story the notice stands. */
enum paper_place { PAPER_FOOT = 0, PAPER_HEAD = 1 };

/* "correction", "clarification", "update", "typo"; "first". Lives for ever. */
const char *paper_change_name(enum paper_change change);
/* RC_NOT_FOUND: no change that one can make has that name. */
MUST_USE enum rc paper_change_find(
    struct str name, enum paper_change *ret_change);

#endif
