/* SPDX-License-Identifier: MIT
 *
 * Old addresses that lead nowhere; see alias_notes.h.
 */
#include "app/alias_notes.h"

#include "base/buf.h"
#include "paper/alias.h"
#include "site/route.h"
#include "text/manuscript.h"

/* Whether the paper has a page of its own at PATH, whatever its stories are:
 * an address of a story, section, person or tag is asked for first as such,
 * and where there is none it may lead elsewhere. */
static bool is_of_paper(struct str path)
{
	struct route route;

	if (route_parse(path, STR_NONE, &route) != RC_OK)
		return false;
	return route.kind != ROUTE_STORY && route.kind != ROUTE_LIST &&
	       !(route.kind == ROUTE_ABOUT && route.slug.n > 0);
}

static void put(struct buf *b, struct str alias, const char *why)
{
	buf_lit(b, "not carried: address ");
	buf_add(b, alias);
	buf_lit(b, ": ");
	buf_add(b, str_of(why));
	buf_char(b, '\n');
}

enum rc alias_notes(struct paper *paper, struct arena *a, int64_t id,
    const struct str_list *aliases, struct buf *b)
{
	for (size_t i = 0; i < aliases->n; i++) {
		struct str alias = aliases->v[i];
		struct str path;
		bool is_taken = false;
		enum rc rc = paper_alias_path(a, alias, &path);

		if (rc == RC_INVALID) {
			put(b, alias,
			    "only a path of this paper, such as /old/page, "
			    "can lead to a story");
			continue;
		}
		if (rc != RC_OK)
			return rc;
		if (is_of_paper(path)) {
			put(b, alias, "the paper has a page of its own there");
			continue;
		}
		rc = paper_alias_taken(paper, path, id, &is_taken, NULL);
		if (rc != RC_OK)
			return rc;
		if (is_taken)
			put(b, alias, "another story has it");
	}
	return RC_OK;
}
