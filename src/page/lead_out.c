/* SPDX-License-Identifier: MIT
 *
 * A public page that is looked at somewhere else than at its own address; see
 * page.h. What is read here was written by page/ itself: attributes stand in
 * double quotes, and neither ">" nor a quotation mark stands bare in one.
 */
#include "base/buf.h"
#include "page/html.h"
#include "page/page.h"

static const struct str HREF = STR_INIT(" href=\"");

/* One tag "<a ...>", ORIGIN without a slash at its end. */
static void put_link(struct buf *b, struct str tag, struct str origin)
{
	size_t at = str_find_str(tag, HREF);
	struct str target = str_from(tag, at + HREF.n);
	bool is_own = str_starts(target, STR("/"));

	/* A place on the page itself, or no link. */
	if (at == tag.n || str_starts(target, STR("#"))) {
		buf_add(b, tag);
		return;
	}
	buf_add(b, str_part(tag, 0, at));
	if (is_own && origin.n == 0) {
		buf_add(b, str_from(target, str_find(target, '"') + 1));
		return;
	}
	html_lit(b, " target=\"_blank\" href=\"");
	if (is_own)
		html_text(b, origin);
	buf_add(b, target);
}

void page_lead_out(struct buf *b, struct str page, struct str origin)
{
	const struct str link = STR("<a ");

	if (str_ends(origin, STR("/")))
		origin.n--;
	while (page.n > 0) {
		size_t at = str_find_str(page, link);
		size_t n;

		buf_add(b, str_part(page, 0, at));
		page = str_from(page, at);
		n = str_find(page, '>');
		put_link(b, str_part(page, 0, n), origin);
		page = str_from(page, n);
	}
}
