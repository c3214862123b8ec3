/* SPDX-License-Identifier: MIT
 *
 * What a gift is for: the paper in general, one of its stories, or a campaign.
 * The text form is what stands in addresses, in the database and in the names
 * of accounts, so its letters are few:
 *
 *	(empty)			the paper in general
 *	/2026/11/23/storm	a story, by the path of its page
 *	new-press		a campaign, by its id
 *
 * A story's path begins with a slash and holds ASCII letters, digits and
 * "/-_.~%"; an id is lower-case letters, digits and "-", and begins with one of
 * the first two. Whether there is such a story is the reader's to know, whether
 * there is such a campaign the ledger's.
 */
#ifndef LEDGER_PURPOSE_H
#define LEDGER_PURPOSE_H

#include "base/str.h"

struct buf;

enum { PURPOSE_PATH_MOST = 200, PURPOSE_ID_MOST = 40 };

enum purpose_kind {
	PURPOSE_GENERAL,
	PURPOSE_STORY,
	PURPOSE_CAMPAIGN,
};

struct purpose {
	enum purpose_kind kind;
	struct str name; /* path or id; empty for the paper in general */
};

/* RC_INVALID: none of the three forms; RC_LIMIT: too long. The name is a part
 * of S. */
MUST_USE enum rc purpose_parse(struct str s, struct purpose *ret_purpose);

/* "income:gifts:general", "income:gifts:story:/2026/11/23/storm",
 * "income:gifts:campaign:new-press". */
void purpose_account(struct buf *b, const struct purpose *purpose);

#endif
