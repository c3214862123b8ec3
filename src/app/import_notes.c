/* SPDX-License-Identifier: MIT
 *
 * Notes on an imported manuscript; see import_notes.h.
 *
 * The body is read as Markdown only where something in it may have to be left
 * out: most bodies hold nothing of the kind, and reading them costs more than
 * all the rest of an import.
 */
#include "app/import_notes.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/markdown.h"
#include "text/proof.h"

static bool notes_may_leave(struct str body)
{
	static const struct str signs[] = {STR_INIT("<"), STR_INIT("{"),
	    STR_INIT("[^"), STR_INIT("script:"), STR_INIT("data:"),
	    STR_INIT("]:"), STR_INIT("![")};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (str_find_str(body, signs[i]) < body.n)
			return true;
	return false;
}

static void notes_left(
    struct buf *b, const struct manuscript_left *left, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_lit(b, "not carried: ");
		if (left[i].line) {
			buf_lit(b, "line ");
			buf_u64(b, left[i].line);
			buf_lit(b, ": ");
		}
		buf_add(b, left[i].field);
		buf_lit(b, ": ");
		buf_add(b, left[i].why);
		buf_char(b, '\n');
	}
}

enum rc import_notes(
    struct arena *a, const struct manuscript *m, struct str lang, struct buf *b)
{
	struct markdown_options options = {
	    .lang = m->lang.n ? m->lang : lang, .first_line = m->body_line};
	struct manuscript_left *left;
	struct proof_mark *marks;
	struct node *document;
	size_t n = 0;
	enum rc rc;

	notes_left(b, m->left, m->left_n);
	if (notes_may_leave(m->body)) {
		rc = markdown_parse(a, m->body, &options, &document, &left, &n);
		if (rc != RC_OK)
			return rc;
		notes_left(b, left, n);
	}
	rc = proof_read(a, m, lang, &marks, &n);
	if (rc == RC_OK)
		proof_report(b, marks, n, STR("proof"));
	return rc;
}
