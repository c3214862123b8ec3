/* SPDX-License-Identifier: MIT
 *
 * Passphrases: asked for at the terminal, where they are not shown, or read
 * from a file's first line.
 */
#ifndef APP_PASSPHRASE_H
#define APP_PASSPHRASE_H

#include "base/err.h"
#include "base/str.h"
#include "coin/minisign.h"

/* To be wiped. */
struct passphrase {
	size_t n;
	char p[MINISIGN_PASSPHRASE_MAX];
};

/* Fills *RET from the first line of FILE ("-" is standard input), or, where
 * FILE is empty, from the terminal with PROMPT; from standard input if there
 * is no terminal. IS_NEW asks twice. RC_INVALID: empty, too long, or not the
 * same twice; and the results of file_read. */
MUST_USE enum rc passphrase_read(struct str file, const char *prompt,
    bool is_new, struct passphrase *ret, struct err *err);
struct str passphrase_str(const struct passphrase *p);
void passphrase_wipe(struct passphrase *p);

#endif
