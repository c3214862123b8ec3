/* SPDX-License-Identifier: MIT
 *
 * Who may do what. A right is had by a role, and some of them only in the
 * sections that an account is for. What concerns the whole paper, as the front
 * page does, is not for who is kept to sections. Every route names a right
 * (newsroom/route.h), and a handler that touches one story asks again with that
 * story's section.
 */
#ifndef NEWSROOM_RIGHT_H
#define NEWSROOM_RIGHT_H

#include <stdbool.h>

#include "base/instant.h"
#include "base/str.h"
#include "paper/staff.h"

enum right {
	/* Those of signing in. */
	RIGHT_ANYONE, /* also without a session */
	RIGHT_HALF,   /* whose password was right and whose code is missing */
	RIGHT_ENROL,  /* who has to set up a second way, or is signed in */
	RIGHT_SELF,   /* whoever is signed in */
	/* Those of roles; in sections, or of the whole paper, where that is
	 * said. */
	RIGHT_STORIES,	 /* see the list and stories; section */
	RIGHT_WRITE,	 /* write own stories and submit them; section */
	RIGHT_EDIT,	 /* write those of others, resolve notes; section */
	RIGHT_PUBLISH,	 /* approve, publish, schedule, correct; section */
	RIGHT_WITHDRAW,	 /* section */
	RIGHT_FRONT,	 /* arrange the front page, breaking news; whole */
	RIGHT_PICTURES,	 /* upload, crop and caption */
	RIGHT_REDIRECTS, /* whole */
	RIGHT_SETTINGS,	 /* whole */
	RIGHT_HEALTH,
	RIGHT_MONEY, /* see till and ledger */
	RIGHT_STAFF, /* invite, disable, roles */
	RIGHT_AUDIT, /* whole */
	RIGHT_COUNT,
};

/* "write"; lives for ever. */
const char *right_name(enum right right);

/* Whoever a request comes from. */
struct who {
	int64_t id; /* 0: nobody */
	struct str login;
	struct str name;
	enum staff_role role;
	struct str_list sections; /* none: all */
	enum staff_state state;
	int64_t session;
	struct instant created; /* the session */
	struct instant seen;
	struct instant stepped;
	unsigned tries;
	bool has_password, has_totp;
	size_t passkeys;
};

/* Fully signed in. The one function that says so: everything asks it. */
bool who_is_signed_in(const struct who *who);
/* Has proved lately, and not only when signing in long ago, who it is. */
bool who_has_stepped_up(const struct who *who, struct instant now);

/* WHO has RIGHT in any section: may see its screens. */
bool right_has_any(const struct who *who, enum right right);
/* WHO has RIGHT for what stands in the section SECTION (its name; empty for a
 * story that has none yet, which only those who are for all sections have). */
bool right_has(const struct who *who, enum right right, struct str section);
/* The role has it, whoever that is. */
bool right_of_role(enum staff_role role, enum right right);

#endif
