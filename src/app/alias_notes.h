/* SPDX-License-Identifier: MIT
 *
 * What a person should hear about the addresses that a story had before: which
 * of them do not lead to it.
 */
#ifndef APP_ALIAS_NOTES_H
#define APP_ALIAS_NOTES_H

#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

struct arena;
struct buf;
struct paper;

struct str_list;

/* Appends a line for each of ALIASES that leads nowhere, or to a page or a
 * story other than ID, ended by a newline. RC_NO_MEMORY: A is spent; or what
 * the database says. */
MUST_USE enum rc alias_notes(struct paper *paper, struct arena *a, int64_t id,
    const struct str_list *aliases, struct buf *b);

#endif
