/* SPDX-License-Identifier: MIT
 *
 * Bodies; see body.h. What was taken out of the manuscript was reported to
 * the desk when it came in; readers need not hear of it again.
 */
#include "paper/body.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/url.h"
#include "text/markdown.h"
#include "text/outlink.h"
#include "text/typography.h"

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

struct str paper_line(struct arena *a, struct str line, struct str lang)
{
	struct buf b;

	if (line.n == 0)
		return line;
	/* A mark of one byte becomes three, and in French a space more. */
	buf_init_arena(&b, a, line.n * 6 + 16);
	typography_line(&b, line, lang);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : line;
}

enum rc paper_body_own(struct arena *a, const struct paper_source *source,
    struct str origin, const struct node **ret_document, struct buf *words)
{
	struct node *document;
	enum rc rc = read_body(a, source->markdown, source->lang, &document);

	if (rc == RC_OK)
		rc = outlink_cut_tree(a, document, url_host(origin), words);
	if (rc == RC_OK)
		*ret_document = document;
	return rc;
}

enum rc paper_text_own(
    struct arena *a, struct str text, struct str origin, struct str *ret_text)
{
	return outlink_cut(a, text, url_host(origin), ret_text);
}
