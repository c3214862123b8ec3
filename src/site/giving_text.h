/* SPDX-License-Identifier: MIT
 *
 * The newsroom's words on gifts reach a reader through the till, whose file
 * may have been written to by others. So they are read with distrust: an
 * address among them would be one that nobody has signed, and a link would
 * lead to somebody's page that shows one. Private to site/.
 */
#ifndef SITE_GIVING_TEXT_H
#define SITE_GIVING_TEXT_H

#include "base/rc.h"
#include "base/str.h"
#include "coin/payee.h"

struct arena;
struct till_summary;

struct giving_text {
	struct str origin; /* of the paper; empty: it has none */
	struct str lang;
	/* Out: what was found first, and then all texts are empty. */
	enum payee_kind payee;
};

/* Reads the texts of SUMMARY as readers would, each by itself and one after
 * the other, for an address could be cut into pieces. Where somebody to be
 * paid is named (coin/payee.h), no text is left. Else places of others
 * (text/outlink.h) are taken out of all but summary->text, which is Markdown:
 * it is for paper_body_own when it is shown. New texts live in A.
 * RC_NO_MEMORY: the texts were not looked through, and are empty. */
MUST_USE enum rc giving_text_read(
    struct arena *a, struct giving_text *text, struct till_summary *summary);

#endif
