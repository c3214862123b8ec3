/* SPDX-License-Identifier: MIT
 *
 * Names as they are compared: two are the same when only white space, capitals
 * or the Unicode form of a letter parts them.
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "base/str.h"

struct arena;

/* NAME (UTF-8; a faulty byte counts as U+FFFD) in the form that all which are
 * the same share: white space is one space and none at the ends, capitals are
 * small, composed letters are parted into letter and accents, typographic
 * apostrophes and hyphens are those of ASCII, and what is not seen
 * (script_is_unseen) is left out. The accents themselves count: "Bär" is not
 * "Bar". For comparing alone, never shown. p is NULL when the arena is spent. */
struct str fold_name(struct arena *a, struct str name);

#endif
