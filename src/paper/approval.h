/* SPDX-License-Identifier: MIT
 *
 * Whose approval of a text counts; private to paper/. The rule stands in
 * paper/workflow.h.
 */
#ifndef PAPER_APPROVAL_H
#define PAPER_APPROVAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

struct arena;
struct paper;

/* Who approved REVISION of the story ID last, wrote nothing of what changed in
 * it, and did not take that back; *RET_WHO is copied. ANYBODY: also one of its
 * writers. RC_NOT_FOUND: nobody. */
MUST_USE enum rc approval_find(struct paper *paper, struct arena *a, int64_t id,
    int64_t revision, bool anybody, struct str *ret_who);
/* The approvals of the revision FROM that hold are those of TO, too, which says
 * the same; NOTE says why. Inside of a transaction. */
MUST_USE enum rc approval_carry(
    struct paper *paper, int64_t id, int64_t from, int64_t to, struct str note);

#endif
