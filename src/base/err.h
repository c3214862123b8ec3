/* SPDX-License-Identifier: MIT
 *
 * What went wrong, in words for a person: what happened, where, and what to
 * do. Only functions whose failure a person will read take a struct err; the
 * caller owns it. It is always the last parameter and may be NULL, which
 * means that nobody will read it.
 *
 *	if (fd < 0)
 *		return err_set(err, RC_IO, "%s: cannot open: %s", path,
 *		    strerror(errno));
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/rc.h"

enum { ERR_WHY_MAX = 400 };

struct err {
	enum rc rc;
	char why[ERR_WHY_MAX]; /* one sentence, no newline, NUL-terminated */
};

/* Fills *ERR (if not NULL) and returns RC, so that it fits a return
 * statement. A text too long is cut at a character's border. Control
 * characters in it, which may come from a hostile file name, are replaced by
 * question marks. RC must not be RC_OK. */
enum rc err_set(struct err *err, enum rc rc, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/* Puts a prefix ("import/a.md:3: ") in front of what *ERR says. NULL is
 * allowed. Returns err->rc, or RC where ERR is NULL. */
enum rc err_prefix(struct err *err, enum rc rc, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

#endif
