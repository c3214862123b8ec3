/* SPDX-License-Identifier: MIT
 *
 * Bodies; see body.h. What was taken out of the manuscript was reported to
 * the desk when it came in; readers need not hear of it again.
 */
#include "paper/body.h"

#include "base/arena.h"
#include "text/markdown.h"
#include "text/outlink.h"

static enum rc read_body(struct arena *a, struct str markdown, struct str lang,
    struct node **ret_document)
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

enum rc paper_body(struct arena *a, struct str markdown, struct str lang,
    const struct node **ret_document)
{
	struct node *document;
	enum rc rc = read_body(a, markdown, lang, &document);

	if (rc == RC_OK)
		*ret_document = document;
	return rc;
}

/* "https://news.example:8443" to "news.example". */
static struct str host_of(struct str origin)
{
	struct str host = str_from(origin, str_find_str(origin, STR("://")));

	host = str_from(host, 3);
	host = str_part(host, 0, str_find(host, '/'));
	return str_part(host, 0, str_find(host, ':'));
}

enum rc paper_body_own(struct arena *a, const struct paper_source *source,
    struct str origin, const struct node **ret_document, struct buf *words)
{
	struct node *document;
	enum rc rc = read_body(a, source->markdown, source->lang, &document);

	if (rc == RC_OK)
		rc = outlink_cut_tree(a, document, host_of(origin), words);
	if (rc == RC_OK)
		*ret_document = document;
	return rc;
}

enum rc paper_text_own(
    struct arena *a, struct str text, struct str origin, struct str *ret_text)
{
	return outlink_cut(a, text, host_of(origin), ret_text);
}
