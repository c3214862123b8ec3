/* SPDX-License-Identifier: MIT
 *
 * The newsroom's accounts: who works here, what each may do, and by what each
 * is known. Rows of paper.db; the rules of signing in are newsroom/'s.
 *
 * I1  There is always an owner who can sign in, once there was one: what
 *     would take the last away is RC_DENIED. One writer and one transaction
 *     for each change decide races.
 * I2  What opens a door (a session, a link, a recovery code) is here as a
 *     hash only: BLAKE2b-256 of 32 random bytes (or 10, of a code).
 * I3  Every change is in the audit log (paper/audit.h), in its transaction.
 * I4  A person who is disabled, or gets another role or other sections, loses
 *     all sessions in the same transaction. Who is disabled, or no owner any
 *     more, leaves no open link behind: an invitation could be the way back.
 *
 * Texts live as long as the arena. Results are those of store/store.h,
 * RC_NOT_FOUND for what is not there, and what is said beside each function.
 */
#ifndef PAPER_STAFF_H
#define PAPER_STAFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/instant.h"
#include "base/str.h"
#include "text/manuscript.h"

struct arena;
struct paper;

enum {
	STAFF_LOGIN_MAX = 64, /* bytes */
	STAFF_NAME_MAX = 200,
	STAFF_MOST = 1000, /* accounts */
	STAFF_TOKEN = 32,  /* bytes of what a cookie or a link holds */
	STAFF_HASH = 32,
	STAFF_HANDLE = 32,
	STAFF_SECRET = 32,
	STAFF_PASSKEYS_MOST = 20, /* of one account */
	STAFF_RECOVERY_CODES = 10,
	STAFF_SESSIONS_MOST = 50, /* of one account, of these: */
	STAFF_FULL_MOST = 40,	  /* full; the oldest goes */
	STAFF_RISING_MOST = 10,	  /* others; the oldest of them goes */
	STAFF_LINKS_MOST = 200,
};

/* The numbers lie in files. */
enum staff_role {
	STAFF_OWNER = 1,
	STAFF_PUBLISHER,
	STAFF_EDITOR,
	STAFF_REPORTER,
	STAFF_PHOTOGRAPHER,
	STAFF_TREASURER,
	STAFF_ROLES, /* one above the last */
};

/* "owner", "publisher", ... ; lives for ever. */
const char *staff_role_name(enum staff_role role);
/* RC_NOT_FOUND: no role has that name. */
MUST_USE enum rc staff_role_find(struct str name, enum staff_role *ret_role);

/* A LOGIN as it is kept: small letters and digits of ASCII, and . - _ @ inside,
 * at most STAFF_LOGIN_MAX bytes. In *RET, which lives as long as the arena,
 * capitals have become small. RC_INVALID, RC_NO_MEMORY. */
MUST_USE enum rc staff_login(
    struct arena *a, struct str login, struct str *ret);

/* BLAKE2b-256 of a token (or code). */
void staff_hash(struct str token, uint8_t ret_hash[STAFF_HASH]);

/* Who does it and when, for the log. ID 0: from the shell. */
struct staff_by {
	int64_t id;
	struct str name;
	struct instant now;
};

struct staff {
	int64_t id;
	struct str login;
	struct str name;
	enum staff_role role;
	struct str_list sections; /* names; none: all of them */
	struct str lang;	  /* of the screens; empty: the paper's */
	bool is_disabled;
	struct str password; /* its hash; empty: none */
	struct str totp;     /* the secret; empty: none */
	int64_t totp_step;   /* the last one used */
	struct str handle;   /* what passkeys know it by */
	size_t passkeys;
	size_t recovery_codes; /* not yet used */
	struct instant created;
	struct instant seen; /* by any session; or INSTANT_NEVER */
	/* Wrong codes lately: a level, and when it was that, in seconds
	 * (newsroom/throttle.h). */
	uint32_t codes_level;
	int64_t codes_at_s;
};

MUST_USE enum rc staff_get(struct paper *paper, struct arena *a, int64_t id,
    struct staff *ret_staff, struct err *err);
MUST_USE enum rc staff_find(struct paper *paper, struct arena *a,
    struct str login, struct staff *ret_staff, struct err *err);
/* The account whose passkeys know it by HANDLE. */
MUST_USE enum rc staff_find_handle(struct paper *paper, struct arena *a,
    struct str handle, struct staff *ret_staff, struct err *err);
/* All, in order of their names. */
MUST_USE enum rc staff_list(struct paper *paper, struct arena *a,
    struct staff **ret_v, size_t *ret_n, struct err *err);
/* There is an owner who is not disabled. */
MUST_USE enum rc staff_has_owner(
    struct paper *paper, bool *ret_has, struct err *err);

/* NAME can be a person's: neither empty nor above STAFF_NAME_MAX, and plain
 * (text/script.h). What is not is RC_INVALID wherever a name is given. */
bool staff_name_may_be(struct str name);
/* Two names are the same, or look so: in small letters, and with letters that
 * look alike in other scripts. */
bool staff_names_alike(struct arena *a, struct str one, struct str other);
/* No other account than ID (0: than none) has a name that looks like NAME. */
MUST_USE enum rc staff_name_is_free(struct paper *paper, struct arena *a,
    struct str name, int64_t id, bool *ret_is_free, struct err *err);

/* Changes of one account. RC_EXISTS: somebody has that name, or one that looks
 * like it. */
MUST_USE enum rc staff_set_name(struct paper *paper, int64_t id,
    struct str name, const struct staff_by *by, struct err *err);
MUST_USE enum rc staff_set_lang(struct paper *paper, int64_t id,
    struct str lang, const struct staff_by *by, struct err *err);
/* RC_DENIED: the last owner. */
MUST_USE enum rc staff_set_role(struct paper *paper, int64_t id,
    enum staff_role role, const struct str_list *sections,
    const struct staff_by *by, struct err *err);
/* RC_DENIED: the last owner. */
MUST_USE enum rc staff_set_disabled(struct paper *paper, int64_t id,
    bool is_disabled, const struct staff_by *by, struct err *err);
/* HASH as newsroom/password.h makes it. All other sessions than KEEP (0:
 * none) end. */
MUST_USE enum rc staff_set_password(struct paper *paper, int64_t id,
    struct str hash, int64_t keep, const struct staff_by *by, struct err *err);
/* Takes password and codes of an app away; sessions as above. RC_DENIED: there
 * is no passkey that would be left. */
MUST_USE enum rc staff_remove_password(struct paper *paper, int64_t id,
    int64_t keep, const struct staff_by *by, struct err *err);
/* SECRET empty: none any more, which is RC_DENIED where the password would
 * stand alone. STEP is the one just used. */
MUST_USE enum rc staff_set_totp(struct paper *paper, int64_t id,
    struct str secret, int64_t step, const struct staff_by *by,
    struct err *err);
/* Notes the use of a TOTP step. RC_DENIED: it, or a later one, was used. */
MUST_USE enum rc staff_use_totp(
    struct paper *paper, int64_t id, int64_t step, struct err *err);
/* Replaces all recovery codes by those with these N hashes. */
MUST_USE enum rc staff_set_recovery(struct paper *paper, int64_t id,
    const uint8_t (*hashes)[STAFF_HASH], size_t n, const struct staff_by *by,
    struct err *err);
/* Uses one up. RC_NOT_FOUND: it is none, or was used. */
MUST_USE enum rc staff_use_recovery(struct paper *paper, int64_t id,
    const uint8_t hash[STAFF_HASH], const struct staff_by *by, struct err *err);

/* A key of the newsroom's own that outlives a restart, by its name; FRESH is
 * kept under it if there is none yet. */
MUST_USE enum rc staff_secret(struct paper *paper, struct str name,
    const uint8_t fresh[STAFF_SECRET], uint8_t ret_secret[STAFF_SECRET],
    struct err *err);

/* Passkeys. */
struct staff_passkey {
	int64_t id;
	int64_t staff;
	struct str credential; /* its own name, chosen by the authenticator */
	int64_t algorithm;     /* COSE */
	struct str public_key; /* as newsroom/passkey.h has it */
	int64_t counter;
	struct str name;
	struct instant created;
	struct instant used; /* INSTANT_NEVER: not yet */
};

/* RC_EXISTS: that credential is known; RC_LIMIT: STAFF_PASSKEYS_MOST. */
MUST_USE enum rc staff_add_passkey(struct paper *paper,
    const struct staff_passkey *passkey, const struct staff_by *by,
    struct err *err);
MUST_USE enum rc staff_find_passkey(struct paper *paper, struct arena *a,
    struct str credential, struct staff_passkey *ret_passkey, struct err *err);
MUST_USE enum rc staff_passkeys(struct paper *paper, struct arena *a,
    int64_t staff, struct staff_passkey **ret_v, size_t *ret_n,
    struct err *err);
/* RC_DENIED: COUNTER is not above the one kept, unless both are 0. */
MUST_USE enum rc staff_use_passkey(struct paper *paper, int64_t passkey,
    int64_t counter, struct instant now, struct err *err);
/* Of the account STAFF. RC_DENIED: it could not sign in any more. */
MUST_USE enum rc staff_remove_passkey(struct paper *paper, int64_t staff,
    int64_t passkey, const struct staff_by *by, struct err *err);

/* Sessions. */
enum staff_state {
	STAFF_HALF = 1, /* the password was right; a code is missing */
	STAFF_ENROL,	/* it was right, and a second way is to be set up */
	STAFF_FULL,
};

struct staff_session {
	int64_t id;
	int64_t staff;
	enum staff_state state;
	unsigned tries; /* wrong codes */
	struct instant created;
	struct instant seen;
	struct instant stepped; /* last step-up; INSTANT_NEVER: none */
	struct str agent;	/* the browser, as it calls itself */
};

/* Opens a session under TOKEN's hash; ends that with the hash WAS, if it is
 * not NULL: so the token changes whenever a session rises. WHAT is for the
 * log: "sign-in"; empty: nothing is logged. */
struct staff_opening {
	const uint8_t *token; /* hash */
	const uint8_t *was;   /* hash, or NULL */
	struct staff_session session;
	struct str what;
	struct str detail;
};
MUST_USE enum rc staff_open_session(struct paper *paper,
    const struct staff_opening *opening, const struct staff_by *by,
    struct err *err);
MUST_USE enum rc staff_find_session(struct paper *paper, struct arena *a,
    const uint8_t token[STAFF_HASH], struct staff_session *ret_session,
    struct err *err);
MUST_USE enum rc staff_sessions(struct paper *paper, struct arena *a,
    int64_t staff, struct staff_session **ret_v, size_t *ret_n,
    struct err *err);
MUST_USE enum rc staff_see_session(
    struct paper *paper, int64_t session, struct instant now, struct err *err);
/* One more wrong code in SESSION, and what is to be known of it at the account
 * from now on. */
struct staff_wrong {
	int64_t session, staff;
	uint32_t level;
	int64_t at_s;
};
/* *RET_TRIES: how many there were in the session, with it. */
MUST_USE enum rc staff_try_session(struct paper *paper,
    const struct staff_wrong *wrong, unsigned *ret_tries, struct err *err);
/* A code was right: the wrong ones count no more. */
MUST_USE enum rc staff_forget_codes(
    struct paper *paper, int64_t staff, struct err *err);
/* Ends one of STAFF's sessions. */
MUST_USE enum rc staff_end_session(struct paper *paper, int64_t staff,
    int64_t session, const struct staff_by *by, struct err *err);
/* Ends all but KEEP (0: none). */
MUST_USE enum rc staff_end_sessions(struct paper *paper, int64_t staff,
    int64_t keep, const struct staff_by *by, struct err *err);
/* Deletes those that were opened before OLDEST or not seen since IDLE, and
 * the half ones opened before HALF. */
struct staff_ends {
	struct instant oldest, idle, half;
};
MUST_USE enum rc staff_sweep(
    struct paper *paper, const struct staff_ends *ends, struct err *err);

/* One-time links. */
enum staff_link_kind {
	STAFF_LINK_FIRST = 1, /* the first owner; none once there is one */
	STAFF_LINK_JOIN,
	STAFF_LINK_RESET, /* new ways to sign in for the account STAFF */
};

struct staff_link {
	int64_t id;
	enum staff_link_kind kind;
	int64_t staff; /* of STAFF_LINK_RESET; else 0 */
	struct str name;
	enum staff_role role;
	struct str_list sections;
	int64_t made_by;
	struct instant created;
	struct instant expires;
};

/* RC_EXISTS: STAFF_LINK_FIRST, and there is an owner; RC_LIMIT. */
MUST_USE enum rc staff_make_link(struct paper *paper,
    const struct staff_link *link, const uint8_t token[STAFF_HASH],
    const struct staff_by *by, struct err *err);
/* RC_NOT_FOUND also for one that has expired at NOW. */
MUST_USE enum rc staff_find_link(struct paper *paper, struct arena *a,
    const uint8_t token[STAFF_HASH], struct instant now,
    struct staff_link *ret_link, struct err *err);
/* Those that can still be used. */
MUST_USE enum rc staff_links(struct paper *paper, struct arena *a,
    struct instant now, struct staff_link **ret_v, size_t *ret_n,
    struct err *err);
MUST_USE enum rc staff_remove_link(struct paper *paper, int64_t link,
    const struct staff_by *by, struct err *err);

/* Uses a link up: makes the account that it stands for, or gives that of
 * STAFF_LINK_RESET the new password and takes its other ways in, and its
 * sessions. RC_NOT_FOUND: no such link any more; RC_EXISTS: the login is
 * taken, or the name, or somebody has one that looks like it. */
struct staff_joining {
	const uint8_t *link; /* hash of its token */
	struct str login;    /* of staff_login; not for RESET */
	struct str name;     /* not for RESET */
	struct str lang;
	struct str password; /* its hash; may be empty where a passkey is added
				in the same step */
	const struct staff_passkey *passkey; /* or NULL */
	const uint8_t *handle;		     /* STAFF_HANDLE random bytes */
	struct instant now;
};
MUST_USE enum rc staff_join(struct paper *paper,
    const struct staff_joining *joining, int64_t *ret_id, struct err *err);

#endif
