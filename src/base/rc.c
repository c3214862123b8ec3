/* SPDX-License-Identifier: MIT
 *
 * Names of the results; see rc.h.
 */
#include "base/rc.h"

#include "base/must.h"

const char *rc_name(enum rc rc)
{
	static const char *const names[RC_COUNT] = {
	    [RC_OK] = "ok",
	    [RC_NOT_FOUND] = "not found",
	    [RC_EXISTS] = "exists",
	    [RC_INVALID] = "invalid",
	    [RC_LIMIT] = "limit",
	    [RC_NO_MEMORY] = "no memory",
	    [RC_NO_SPACE] = "no space",
	    [RC_IO] = "input or output failed",
	    [RC_BUSY] = "busy",
	    [RC_DENIED] = "denied",
	    [RC_NEWER] = "newer",
	    [RC_GONE] = "gone",
	    [RC_DAMAGED] = "damaged",
	};

	must(rc < RC_COUNT);
	return names[rc];
}
