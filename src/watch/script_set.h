/* SPDX-License-Identifier: MIT
 *
 * The scripts that are watched: up to millions, looked up for every output of
 * every block. Open addressing under SipHash with a random key, so that
 * nobody can make transactions that fall into one slot. Scripts are never
 * taken out: an address is watched for ever.
 *
 * A slot is 8 bytes: a part of the hash, and where the script lies. A script
 * that is not watched costs its hash and one look into memory.
 */
#ifndef WATCH_SCRIPT_SET_H
#define WATCH_SCRIPT_SET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rc.h"
#include "base/str.h"
#include "coin/script.h"

struct script_set;

/* An empty set that holds at most MOST scripts (at least 1, below 2^31).
 * RC_NO_MEMORY. The caller owns it. */
MUST_USE enum rc script_set_new(size_t most, struct script_set **ret_set);
/* NULL is fine. */
void script_set_free(struct script_set *set);

/* RC_EXISTS: it is in there; RC_LIMIT; RC_NO_MEMORY. SCRIPT must not be
 * empty. */
MUST_USE enum rc script_set_add(
    struct script_set *set, const struct script_pubkey *script);
/* BYTES, the script of some output, of any length, is watched. */
bool script_set_has(const struct script_set *set, struct str bytes);
/* As script_set_has for each of the N scripts at V, into RET; faster than one
 * by one, for the looks into memory overlap. */
void script_set_has_each(
    const struct script_set *set, const struct str *v, size_t n, bool *ret);
size_t script_set_count(const struct script_set *set);

#endif
