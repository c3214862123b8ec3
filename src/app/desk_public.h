/* SPDX-License-Identifier: MIT
 *
 * public.db as the writer has it. All in it stands in paper.db, too: found to
 * be damaged, it is given another name, begun anew, and filled by what follows;
 * a line says so. Readers that have the old one open notice by themselves.
 */
#ifndef APP_DESK_PUBLIC_H
#define APP_DESK_PUBLIC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct paper;

/* paper_open. */
MUST_USE enum rc desk_public_open(
    struct str dir, struct paper **ret_paper, struct err *err);
/* paper_outbox_apply, now. */
MUST_USE enum rc desk_public_apply(struct paper *paper, struct str dir,
    size_t limit, bool *ret_is_done, struct err *err);
/* Looks through it where that takes no longer than a start may. */
MUST_USE enum rc desk_public_look(
    struct paper *paper, struct str dir, struct err *err);

#endif
