/* SPDX-License-Identifier: MIT
 *
 * Languages that a story may be in, to be found by their names, each in itself.
 * Any other code can be written as well. Private to page/.
 */
#ifndef PAGE_DESK_LANGUAGE_H
#define PAGE_DESK_LANGUAGE_H

#include <stddef.h>

#include "base/str.h"

struct screen;

/* A list that a field of one line offers, with the id ID. */
void desk_languages(const struct screen *s, struct str id);

/* The code at AT and its name; P NULL behind the last. Lives for ever. */
struct str desk_language(size_t at, struct str *ret_name);

#endif
