/* SPDX-License-Identifier: MIT
 *
 * The name of a browser, from what it calls itself (User-Agent, RFC 9110
 * section 10.1.5): by known words, of which the first in our order counts, for
 * nearly all browsers also name those that they want to be taken for. What is
 * found is good for telling one's own devices apart, and for nothing else:
 * anybody can send anything.
 *
 * Some cannot be told apart, and are not: Tor Browser calls itself Firefox on
 * Windows wherever it runs, and an iPad calls itself a Mac.
 */
#ifndef NEWSROOM_BROWSER_H
#define NEWSROOM_BROWSER_H

#include <stdbool.h>

#include "base/str.h"

enum { BROWSER_WORDS_MAX = 40 }; /* bytes */

struct browser {
	bool is_known;
	/* "Firefox"; of one that is not known the first words of what it
	 * said, BROWSER_WORDS_MAX at most, which may be none. */
	struct str name;
	struct str system; /* "Windows"; empty: not known, or not of use */
};

/* Any AGENT is right. What is returned lives for ever, or as long as AGENT. */
struct browser browser_of(struct str agent);

#endif
