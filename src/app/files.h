/* SPDX-License-Identifier: MIT
 *
 * Where things lie in a paper's folder.
 *
 *	DIR/farthing.conf	ports and limits
 *	DIR/private/		paper.db; nobody else may look into it
 *	DIR/public/		public.db, pictures/
 *	DIR/run/		locks and sockets
 *	DIR/till/, DIR/tally	the till's (till_book.h, till_tally.h)
 *	DIR/trust/pin		written by `farthing batch install` alone
 */
#ifndef APP_FILES_H
#define APP_FILES_H

#include "base/err.h"
#include "base/str.h"

struct arena;
struct file_lock;

/* DIR joined with NAME ("private/paper.db"); p NULL when A is spent. */
struct str files_path(struct arena *a, struct str dir, const char *name);

/* Makes DIR and the folders in it, where they are missing. */
MUST_USE enum rc files_make_folders(struct str dir, struct err *err);

/* RC_NOT_FOUND, with words that help, if there is no paper in DIR. */
MUST_USE enum rc files_need_paper(struct str dir, struct err *err);

/* The lock of whoever changes the paper in DIR. As file_lock and
 * files_need_paper. */
MUST_USE enum rc files_lock_writer(
    struct arena *a, struct str dir, struct file_lock *ret, struct err *err);

#endif
