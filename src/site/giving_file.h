/* SPDX-License-Identifier: MIT
 *
 * /support/ledger.json: the public figures as a file, with all that is needed
 * to compute them again. Private to site/.
 */
#ifndef SITE_GIVING_FILE_H
#define SITE_GIVING_FILE_H

#include "base/buf.h"
#include "ledger/till_wire.h"
#include "page/view.h"

/* Appends the file. Amounts are integers of the smallest unit; the form is
 * at the top of giving_file.c. */
void giving_file_write(struct buf *b, const struct view_paper *paper,
    const struct till_summary *summary);

#endif
