/* SPDX-License-Identifier: MIT
 *
 * The newsroom's insides. Private to newsroom/.
 */
#ifndef NEWSROOM_NEWSROOM_PRIV_H
#define NEWSROOM_NEWSROOM_PRIV_H

#include "newsroom/challenge.h"
#include "newsroom/device.h"
#include "newsroom/due.h"
#include "newsroom/newsroom.h"
#include "newsroom/owed.h"
#include "newsroom/own.h"
#include "newsroom/passkey.h"
#include "newsroom/route.h"
#include "newsroom/slow.h"
#include "newsroom/throttle.h"
#include "newsroom/totp.h"

struct arena;
struct http_long_form;
struct kept_forms;
struct presence;
struct saving;
struct visit;

enum { STATIC_FILES_MAX = 32, SAVES_MOST = 64 };

/* A file of web/ under an address that changes with its content. */
struct static_file {
	struct str name;
	struct str url; /* "/static/HASH/NAME" */
	struct entity *entity;
};

struct newsroom {
	struct newsroom_config config;
	struct arena *a; /* of what lives as long as the newsroom */
	struct str origin;
	struct str host; /* of it, without the port */
	const struct route *routes[ROUTES_MOST];
	size_t routes_n;
	struct static_file files[STATIC_FILES_MAX];
	size_t files_n;
	struct challenges challenges;
	struct throttle throttle;
	struct slow slow; /* passwords that are looked at later */
	uint8_t device_key[DEVICE_KEY];
	uint8_t
	    key[32]; /* of the secrets that are shown before they are kept */
	struct own_words own;		  /* which addresses are the paper's */
	struct due due;			  /* the last look that goes on */
	struct presence *presence;	  /* who has which story open */
	struct saving *saves[SAVES_MOST]; /* that wait for newsroom_work */
	size_t saves_n;
	struct owed owed; /* files of pictures that are being made anew */
	struct kept_forms *kept; /* that came from who was signed out */
};

/* Makes the table of files (static.c). RC_NO_MEMORY. */
MUST_USE enum rc static_load(struct newsroom *n);
void static_free(struct newsroom *n);
/* A reference to the file at PATH; NULL: there is none. */
struct entity *static_find(struct newsroom *n, struct str path);
/* The address of NAME; empty if there is no such file. */
struct str static_url(const struct newsroom *n, struct str name);

/* Fills V->who from the request's cookie (session.c). A cookie that opens
 * nothing is nobody. */
MUST_USE enum rc session_load(struct visit *v, struct err *err);

/* A form's fields within the newsroom's limits: RC_INVALID, RC_LIMIT,
 * RC_NO_MEMORY. */
MUST_USE enum rc newsroom_form(
    struct arena *a, struct str body, struct http_long_form *ret_form);

/* Lays the form that came aside, if it is one to be kept, for who is here or
 * was (kept_page.c). The address where it waits; p NULL: it is not kept. */
struct str kept_form(struct visit *v);

/* S has been open, or unused, for too long; or it comes from a time that is
 * not yet: the clock was wrong then, and would keep it open. */
bool session_is_over(const struct staff_session *s, struct instant now);

/* A number that this session has for itself alone (0: there is no session).
 * Its id is not one: a table gives the id of a row that is gone again. */
int64_t session_number(const struct visit *v);

/* A POST that another site has had sent, as far as one can tell: anything but
 * a browser's "same-origin", or, from one that does not say so, but our own
 * Origin. */
bool request_is_forged(const struct http_request *r, struct str origin);

/* The site as passkeys know it. */
struct passkey_site newsroom_site(const struct newsroom *n);

/* A challenge for a browser, as JSON: {"challenge":...,"rp":...,"known":[...]
 * and so on, and what ACCOUNT (NULL: nobody is known) has already. */
struct entity *passkey_wish(struct visit *v, enum challenge_purpose purpose,
    const struct staff *account);
/* The same for who has a link: NUMBER is the link's own. */
struct entity *passkey_wish_for(struct visit *v, enum challenge_purpose purpose,
    int64_t number, const struct staff *account);
/* The key of the new passkey that the form brings, over a challenge of ours for
 * PURPOSE and NUMBER, unused, which is used up by STAFF (0: who joins).
 * RC_DENIED: not so. */
MUST_USE enum rc passkey_made(struct visit *v, enum challenge_purpose purpose,
    int64_t number, int64_t staff, struct passkey_key *ret_key);
/* The passkey with which the form that was sent is signed: a challenge of ours
 * for PURPOSE, unused; the signature right; the counter above. RC_DENIED: not
 * so; and what paper/ gives. */
MUST_USE enum rc passkey_sent(struct visit *v, enum challenge_purpose purpose,
    struct staff_passkey *ret_passkey, struct err *err);
/* Notes in the log that somebody was refused at the door of the account STAFF:
 * by what, DETAIL. */
void note_refused(struct visit *v, int64_t staff, struct str detail);
/* Words for a script whose passkey was refused, 422. */
struct entity *passkey_refused(struct visit *v);

/* New recovery codes for ACCOUNT, shown once, and then NEXT. */
struct entity *show_new_codes(
    struct visit *v, const struct staff *account, struct str next);

/* Frees a visit. */
void visit_free(struct visit *v);

#endif
