/* SPDX-License-Identifier: MIT
 *
 * Bodies; see body.h. What was taken out of the manuscript was reported to
 * the desk when it came in; readers need not hear of it again.
 */
#include "paper/body.h"

#include "base/arena.h"
#include "text/markdown.h"

enum rc paper_body(struct arena *a, struct str markdown, struct str lang,
    const struct node **ret_document)
{
	const struct markdown_options options = {
	    .lang = lang, .has_typography = true};
	struct node *document = NULL;
	enum rc rc =
	    markdown_parse(a, markdown, &options, &document, NULL, NULL);

	if (rc == RC_NO_MEMORY || arena_is_spent(a))
		return RC_NO_MEMORY;
	if (rc) {
		document = ARENA_NEW(a, struct node);
		if (!document)
			return RC_NO_MEMORY;
		document->kind = NODE_DOCUMENT;
	}
	*ret_document = document;
	return RC_OK;
}
