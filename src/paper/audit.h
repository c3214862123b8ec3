/* SPDX-License-Identifier: MIT
 *
 * The audit log: what was done in the newsroom, by whom and when. Rows are
 * only ever added. Each holds the hash of itself and of the row before it, so
 * that one which was changed or taken out later breaks the chain:
 *
 *	hash(n) = BLAKE2b-256(hash(n-1), seq, time, account, and name, what,
 *		about, detail each behind its length)
 *
 * numbers as eight bytes, big-endian; hash(0) is 32 zero bytes. Whoever can
 * write to the database can also make a whole new chain: the newest hash,
 * noted elsewhere, shows that.
 *
 * A row is written in the transaction of the step that it tells of
 * (paper_step_begin where that is one of paper/'s other changes), so neither is
 * there without the other. Only of what the till keeps in its own books, the
 * row goes before the step: a kill between the two leaves a row that tells of
 * what was asked.
 *
 * What goes in is what a colleague may read: no password, code, token or draft.
 */
#ifndef PAPER_AUDIT_H
#define PAPER_AUDIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "paper/paper.h"

enum { AUDIT_HASH = 32, AUDIT_TEXT_MAX = 1000, AUDIT_SINCE_MOST = 20000 };

struct audit_entry {
	struct instant at;
	int64_t staff;	   /* the account that did it; 0: none, the shell */
	struct str name;   /* its name then */
	struct str what;   /* a word of a fixed set: "sign-in", "publish" */
	struct str about;  /* whom or what: a name, "story 17"; may be empty */
	struct str detail; /* may be empty */
};

struct audit_row {
	int64_t seq; /* from 1 */
	struct audit_entry entry;
	uint8_t hash[AUDIT_HASH];
};

/* Adds a row. Texts are cut at AUDIT_TEXT_MAX bytes. */
MUST_USE enum rc audit_add(
    struct paper *paper, const struct audit_entry *entry, struct err *err);
/* The same inside of a change of paper/ that is under way (paper_begin). */
MUST_USE enum rc audit_put(
    struct paper *paper, const struct audit_entry *entry);

/* At most LIMIT rows, the newest first, below BEFORE (INT64_MAX: from the
 * start), of the account STAFF (0: of all). */
struct audit_wish {
	int64_t before;
	int64_t staff;
	size_t limit;
};
MUST_USE enum rc audit_list(struct paper *paper, struct arena *a,
    const struct audit_wish *wish, struct audit_row **ret_v, size_t *ret_n,
    struct err *err);

/* The newest row behind the row SEQ that tells WHAT of ABOUT (empty: of
 * whatever); of a long log only the end is looked through. RC_NOT_FOUND. */
MUST_USE enum rc audit_since(struct paper *paper, struct arena *a, int64_t seq,
    struct str what, struct str about, struct audit_row *ret_row,
    struct err *err);

/* Recomputes the rows FROM and the LIMIT - 1 behind it. *RET_BAD: the first
 * that is missing or does not fit, 0 if all do; *RET_NEXT: where to go on, 0
 * at the end. The whole log of years is checked in pieces. */
MUST_USE enum rc audit_check(struct paper *paper, int64_t from, size_t limit,
    int64_t *ret_bad, int64_t *ret_next, struct err *err);

#endif
