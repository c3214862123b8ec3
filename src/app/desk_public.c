/* SPDX-License-Identifier: MIT
 *
 * A public.db that is damaged; see desk_public.h.
 */
#include "app/desk_public.h"

#include "app/say.h"
#include "base/arena.h"
#include "paper/paper.h"
#include "sys/clock.h"

enum {
	LOOK_KB = 64 * 1024, /* some 50 ms */
	NAME_ARENA = 16 * 1024,
};

static void tell(struct str dir, struct str to)
{
	say("farthing",
	    "%.*s/public/public.db was damaged. It is %.*s now, which can be "
	    "removed, and is made anew from private/paper.db: nothing is lost",
	    STR_ARG(dir), STR_ARG(to));
}

enum rc desk_public_open(
    struct str dir, struct paper **ret_paper, struct err *err)
{
	struct arena *a = arena_new(NAME_ARENA);
	struct str to = STR_NONE;
	enum rc rc =
	    paper_open_renewing(dir, clock_now(), a, &to, ret_paper, err);

	if (to.n > 0)
		tell(dir, to);
	arena_free(a);
	return rc;
}

static enum rc renew(struct paper *paper, struct str dir, struct err *err)
{
	struct arena *a = arena_new(NAME_ARENA);
	struct str to = STR_NONE;
	enum rc rc = paper_renew_public(paper, dir, clock_now(), a, &to, err);

	if (to.n > 0)
		tell(dir, to);
	arena_free(a);
	return rc;
}

enum rc desk_public_apply(struct paper *paper, struct str dir, size_t limit,
    bool *ret_is_done, struct err *err)
{
	enum rc rc =
	    paper_outbox_apply(paper, clock_now(), limit, ret_is_done, err);

	if (rc != RC_DAMAGED || !paper_public_is_damaged(paper))
		return rc;
	rc = renew(paper, dir, err);
	return rc == RC_OK ? paper_outbox_apply(
				 paper, clock_now(), limit, ret_is_done, err)
			   : rc;
}

enum rc desk_public_look(struct paper *paper, struct str dir, struct err *err)
{
	enum rc rc = paper_look_through_public(paper, LOOK_KB);

	return rc == RC_DAMAGED ? renew(paper, dir, err) : RC_OK;
}
