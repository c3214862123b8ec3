/* SPDX-License-Identifier: MIT
 *
 * The table of rights; see right.h.
 */
#include "newsroom/right.h"

#include "base/must.h"

enum {
	OWNER = 1 << STAFF_OWNER,
	PUBLISHER = 1 << STAFF_PUBLISHER,
	EDITOR = 1 << STAFF_EDITOR,
	REPORTER = 1 << STAFF_REPORTER,
	PHOTOGRAPHER = 1 << STAFF_PHOTOGRAPHER,
	TREASURER = 1 << STAFF_TREASURER,
	DESK = OWNER | PUBLISHER | EDITOR,
	STEP_UP_S = 600,
};

/* What of the paper a right is about. */
enum scope {
	ALIKE,	    /* the same for all who have the role */
	BY_SECTION, /* what stands in a section */
	WHOLE,	    /* all of the paper: not for who is kept to sections */
};

static const struct {
	const char *name;
	unsigned roles;
	enum scope scope;
} table[RIGHT_COUNT] = {
    [RIGHT_ANYONE] = {"anyone", 0, ALIKE},
    [RIGHT_HALF] = {"half", 0, ALIKE},
    [RIGHT_ENROL] = {"enrol", 0, ALIKE},
    [RIGHT_SELF] = {"self", 0, ALIKE},
    [RIGHT_STORIES] = {"stories", DESK | REPORTER | PHOTOGRAPHER, BY_SECTION},
    [RIGHT_WRITE] = {"write", DESK | REPORTER, BY_SECTION},
    [RIGHT_EDIT] = {"edit", DESK, BY_SECTION},
    [RIGHT_PUBLISH] = {"publish", DESK, BY_SECTION},
    [RIGHT_WITHDRAW] = {"withdraw", DESK, BY_SECTION},
    [RIGHT_FRONT] = {"front", DESK, WHOLE},
    [RIGHT_PICTURES] = {"pictures", DESK | REPORTER | PHOTOGRAPHER, ALIKE},
    [RIGHT_REDIRECTS] = {"redirects", OWNER | PUBLISHER, WHOLE},
    [RIGHT_SETTINGS] = {"settings", OWNER | PUBLISHER, WHOLE},
    [RIGHT_HEALTH] = {"health", OWNER | PUBLISHER | TREASURER, ALIKE},
    [RIGHT_MONEY] = {"money", OWNER | PUBLISHER | TREASURER, ALIKE},
    [RIGHT_STAFF] = {"staff", OWNER, ALIKE},
    [RIGHT_AUDIT] = {"audit", OWNER | PUBLISHER, WHOLE},
};

const char *right_name(enum right right)
{
	must(right < RIGHT_COUNT);
	return table[right].name;
}

bool who_is_signed_in(const struct who *who)
{
	return who->id > 0 && who->session > 0 && who->state == STAFF_FULL;
}

bool who_has_stepped_up(const struct who *who, struct instant now)
{
	return who_is_signed_in(who) && who->stepped.us != INSTANT_NEVER.us &&
	       who->stepped.us <= now.us &&
	       now.us - who->stepped.us <= (int64_t)STEP_UP_S * 1000000;
}

bool right_of_role(enum staff_role role, enum right right)
{
	must(right < RIGHT_COUNT);
	return (table[right].roles >> role & 1) != 0;
}

bool right_has_any(const struct who *who, enum right right)
{
	switch (right) {
	case RIGHT_ANYONE:
		return true;
	case RIGHT_HALF:
		return who->id > 0 && who->state == STAFF_HALF;
	case RIGHT_ENROL:
		return who_is_signed_in(who) ||
		       (who->id > 0 && who->state == STAFF_ENROL);
	case RIGHT_SELF:
		return who_is_signed_in(who);
	default:
		return who_is_signed_in(who) &&
		       right_of_role(who->role, right) &&
		       (table[right].scope != WHOLE || who->sections.n == 0);
	}
}

bool right_has(const struct who *who, enum right right, struct str section)
{
	if (!right_has_any(who, right))
		return false;
	if (table[right].scope != BY_SECTION || who->sections.n == 0)
		return true;
	for (size_t i = 0; i < who->sections.n; i++)
		if (str_eq(who->sections.v[i], section))
			return true;
	return false;
}
