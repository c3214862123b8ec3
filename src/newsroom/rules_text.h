/* SPDX-License-Identifier: MIT
 *
 * How publishing goes was changed: what the log says of it, in the language of
 * whoever reads it. Private to newsroom/.
 */
#ifndef NEWSROOM_RULES_TEXT_H
#define NEWSROOM_RULES_TEXT_H

#include "base/str.h"

struct visit;

/* DETAIL, "second pair of eyes: on, byline: 2 → 1", in words, which live as
 * long as the visit; DETAIL itself where it is nothing of that kind. */
struct str rules_text(const struct visit *v, struct str detail);

#endif
