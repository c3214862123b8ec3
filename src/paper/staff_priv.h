/* SPDX-License-Identifier: MIT
 *
 * What the files of staff*.c share. Private to them.
 */
#ifndef PAPER_STAFF_PRIV_H
#define PAPER_STAFF_PRIV_H

#include "paper/paper_priv.h"
#include "paper/staff.h"

enum { STAFF_SECTIONS_PACKED = 64 * 1024 };

/* A bound list of names; empty for none. P is NULL when A is spent. */
struct str staff_pack(struct arena *a, const struct str_list *list);

/* A row of the log: WHAT was done to the account or thing named ABOUT. Inside
 * a transaction. */
MUST_USE enum rc staff_log(struct paper *paper, const struct staff_by *by,
    const char *what, struct str about, struct str detail);

/* The login of an account, in the scratch arena. Inside a transaction. */
MUST_USE enum rc staff_name_of(
    struct paper *paper, int64_t id, struct str *ret_login);

/* RC_EXISTS: another account than ID has a name that looks like NAME. Inside a
 * transaction. */
MUST_USE enum rc staff_claim_name(
    struct paper *paper, struct str name, int64_t id, struct err *err);

/* RC_DENIED: without the account ID (as an owner) there would be none who can
 * sign in. Inside a transaction. */
MUST_USE enum rc staff_other_owner(
    struct paper *paper, int64_t id, struct err *err);

/* Ends the sessions of STAFF but KEEP. Inside a transaction. */
MUST_USE enum rc staff_drop_sessions(
    struct paper *paper, int64_t staff, int64_t keep);

/* Inside a transaction. */
MUST_USE enum rc staff_insert_passkey(
    struct paper *paper, const struct staff_passkey *passkey);

#endif
