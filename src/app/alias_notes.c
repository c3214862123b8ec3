/* SPDX-License-Identifier: MIT
 *
 * Old addresses that lead nowhere; see alias_notes.h.
 */
#include "app/alias_notes.h"

#include "base/buf.h"
#include "paper/alias.h"
#include "site/feeds.h"
#include "site/route.h"
#include "text/manuscript.h"

/* Whether PATH is kept for pages of the paper's own, be there one or not:
 * sections, people and tags come and go. */
static bool is_of_paper(struct str path)
{
	struct route route;

	return (route_parse(path, STR_NONE, &route) == RC_OK ||
		   feeds_route(path, &route)) &&
	       route.kind != ROUTE_STORY;
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
		enum paper_alias state = PAPER_ALIAS_FREE;
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
			put(b, alias,
			    "such addresses are kept for the paper's own "
			    "pages");
			continue;
		}
		rc = paper_alias_state(paper, path, id, &state, NULL);
		if (rc != RC_OK)
			return rc;
		if (state == PAPER_ALIAS_TAKEN)
			put(b, alias, "another story has it");
		else if (state == PAPER_ALIAS_LED)
			put(b, alias,
			    "somebody has led it elsewhere by hand; the "
			    "newsroom's redirects say where");
	}
	return RC_OK;
}
