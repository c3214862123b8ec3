/* SPDX-License-Identifier: MIT
 *
 * Addresses that a story had before the paper came to us, as its manuscript
 * names them ("aliases"). They lead to the story from the moment on when it is
 * published, where they are free.
 */
#ifndef PAPER_ALIAS_H
#define PAPER_ALIAS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena;
struct paper;

/* The path that ALIAS says, as public.db is asked for it: decoded, without a
 * slash at its end. RC_INVALID: it is none, or more than a path: relative, on
 * another host, with a query or a fragment, of more than 1,000 bytes.
 * RC_NO_MEMORY. */
MUST_USE enum rc paper_alias_path(
    struct arena *a, struct str alias, struct str *ret_path);

enum paper_alias {
	PAPER_ALIAS_FREE,  /* or story ID has it */
	PAPER_ALIAS_TAKEN, /* it is an address of another story */
	PAPER_ALIAS_LED,   /* somebody has led it elsewhere (redirect.h) */
};

/* What PATH would be to story ID. May be called within an import. */
MUST_USE enum rc paper_alias_state(struct paper *paper, struct str path,
    int64_t id, enum paper_alias *ret_alias, struct err *err);

/* Private to paper/, inside of a transaction; words for no one. */
MUST_USE enum rc alias_state(struct paper *paper, struct str path, int64_t id,
    enum paper_alias *ret_alias);

#endif
