/* SPDX-License-Identifier: MIT
 *
 * What the screens of accounts, staff and the log are made from.
 */
#ifndef PAGE_VIEW_DESK_STAFF_H
#define PAGE_VIEW_DESK_STAFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "page/view_desk.h"
#include "page/view_theirs.h"

/* The second half of signing in; and proving again who one is. */
struct view_desk_code {
	struct str next;
	bool is_again;	  /* by password, for who is signed in */
	bool has_kept;	  /* leads to a form that waits to be sent again */
	bool has_totp;	  /* else only recovery codes */
	bool has_passkey; /* offers it */
	bool is_without_password;
	bool is_wrong;
	bool is_used; /* the code was right, and used already */
	bool must_wait;
	uint64_t wait_s;
};

/* Setting up codes. */
struct view_desk_second {
	struct str uri;	   /* of the QR code */
	struct str secret; /* the same, to be typed */
	bool is_first;	   /* it is the way into the newsroom */
	bool is_wrong;
};

struct view_desk_codes {
	const struct str *v;
	size_t n;
	struct str next;
};

struct view_desk_key {
	int64_t id;
	struct str name;
	struct civil created;
	struct civil used;
	bool was_used;
};

struct view_desk_session {
	int64_t id;
	/* "Firefox" on "Windows"; or, of one that is not known, its own
	 * WORDS. All empty: it said nothing. */
	struct str browser, system, words;
	struct civil created, seen;
	bool is_this;
};

struct view_desk_account {
	struct str name, login;
	enum msg role;
	struct str lang;
	const struct view_desk_key *keys;
	size_t keys_n;
	const struct view_desk_session *sessions;
	size_t sessions_n;
	bool has_totp, has_password;
	uint64_t codes; /* recovery codes that are left */
	enum msg name_fault, password_fault, key_fault; /* MSG_COUNT: none */
};

/* The staff. */
struct view_desk_person {
	int64_t id;
	struct str name, login;
	int role;	     /* of paper/staff.h */
	struct str sections; /* "News, Sport"; empty: all */
	bool is_disabled;
	bool has_second;
	bool was_seen;
	struct civil seen;
};

struct view_desk_invite {
	int64_t id;
	struct str name;
	int role;
	bool is_reset;
	struct civil expires;
};

struct view_desk_staff {
	const struct view_desk_person *people;
	size_t people_n;
	const struct view_desk_invite *invites;
	size_t invites_n;
};

struct view_desk_scope {
	struct str name;
	bool is_chosen;
};

/* For which sections somebody is. */
enum view_scope { VIEW_SCOPE_NONE, VIEW_SCOPE_ALL, VIEW_SCOPE_SOME };

/* One person, or, with id 0, somebody who is to be invited. */
struct view_desk_staff_edit {
	struct view_desk_person person;
	const struct view_desk_scope *sections;
	size_t sections_n;
	enum view_scope scope;		     /* NONE: not chosen yet */
	enum msg name_fault, sections_fault; /* MSG_COUNT: none */
	enum msg fault;			     /* of the whole: the last owner */
	struct str seen;		     /* newsroom/seen.h */
	struct view_theirs theirs;
	struct str theirs_role; /* in words, with the sections */
};

/* A link that is shown once. */
struct view_desk_made {
	enum msg text;
	struct str url;
};

struct view_desk_audit_row {
	int64_t seq;
	struct civil at;
	struct str name;
	struct str login; /* of the account, which never changes */
	int64_t staff;	  /* its number; 0: none */
	struct str what;  /* in words */
	struct str about, detail;
};

struct view_desk_audit {
	const struct view_desk_audit_row *v;
	size_t n;
	struct str newer, older;
	struct str hash; /* of the newest row */
	bool was_checked;
	uint64_t good;	  /* rows that fit */
	uint64_t bad;	  /* the first that does not; 0: none */
	struct str go_on; /* more is to be checked; empty: all was */
};

#endif
