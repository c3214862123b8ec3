/* SPDX-License-Identifier: MIT
 *
 * An arrangement of the front page while it is being made: it travels in the
 * address of the screen, and in the forms of it, and is changed by one button
 * at a time. Pure, and private to newsroom/.
 *
 *	/front?number=7&row_0=1:17&row_1=2:12&until_1=2026-11-28T06:00&do=up:1
 */
#ifndef NEWSROOM_FRONT_H
#define NEWSROOM_FRONT_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/rc.h"
#include "base/str.h"
#include "http/form.h"
#include "paper/front.h"

struct arrangement_row {
	enum paper_slot slot;
	int64_t story;
	struct str until; /* as typed */
};

/* By slot, each in order; one story stands in it once. */
struct arrangement {
	struct arrangement_row v[PAPER_PLACED_MOST + 1];
	size_t n;
};

/* What FORM says; false: it says nothing of any row. Rows that are none are
 * left out. */
bool arrangement_read(
    const struct http_long_form *form, struct arrangement *ret_arrangement);
/* Does what a button says: "up:3", "down:3", "out:3", "lead:3", "second:3",
 * "brief:3" of a row, "add-lead:17" and so on of a story. A slot that is full
 * hands its last one down. All else does nothing. */
void arrangement_do(struct arrangement *arrangement, struct str what);
/* "row_0=1:17&until_0=...", for an address. */
void arrangement_write(struct buf *b, const struct arrangement *arrangement);

#endif
