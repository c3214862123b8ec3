/* SPDX-License-Identifier: MIT
 *
 * Addresses at which the paper itself answers, so that nobody is ever led away
 * from there: its lists, feeds and files, the support pages, and the sections,
 * people and tags that readers can see. Which addresses there are is said in
 * site/route.h. Private to paper/.
 */
#ifndef PAPER_OWN_PAGE_H
#define PAPER_OWN_PAGE_H

#include <stdbool.h>

#include "base/rc.h"
#include "base/str.h"

struct paper;

/* *RET_IS_OWN: PATH (decoded, without a slash at its end) is one of them. */
MUST_USE enum rc own_page_find(
    struct paper *paper, struct str path, bool *ret_is_own);

#endif
