/* SPDX-License-Identifier: MIT
 *
 * One line of text; see authority.h.
 */
#include "paper/authority.h"

#include "base/arena.h"
#include "base/url.h"

struct str authority_host(struct str origin)
{
	struct str host = url_host(origin);

	if (str_starts(host, STR("[")))
		host = str_part(host, 1, host.n - 2);
	return host.n ? host : STR("localhost");
}

bool authority_is_tag(struct str authority)
{
	return str_starts(authority, STR("tag:"));
}

/* As the migrations of paper/schema.c say it in SQL. */
static bool is_of_every_machine(struct str host)
{
	return str_eq_fold(host, STR("localhost")) ||
	       str_starts(host, STR("127.")) || str_eq(host, STR("::1"));
}

struct str authority_mint(
    struct arena *a, struct str origin, struct instant now)
{
	struct str host = authority_host(origin);
	struct civil day = civil_at(now, 0);

	if (is_of_every_machine(host))
		return STR("");
	return arena_printf(a, "tag:%.*s,%04d-%02d-%02d:", STR_ARG(host),
	    (int)day.year, (int)day.month, (int)day.day);
}
