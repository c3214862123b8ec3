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
#include "text/document.h"
#include "text/markdown.h"
#include "text/proof.h"

const struct str import_held = STR_INIT("kept as a draft: ");
const struct str import_waits_no_more = STR_INIT(
    "it says draft: it was to appear at its time, and does not any more\n");
const struct str import_stays_draft = STR_INIT(
    "it stays a draft: it was taken or sent back, or given another time, by "
    "hand; publish it in the newsroom, or with `farthing publish`\n");
const struct str import_keeps_embargo = STR_INIT(
    "its embargo stays: it was set by hand; take it off in the newsroom, or "
    "with `farthing save`\n");
const struct str import_kept_back = STR_INIT(
    "it says draft: this text is kept, and readers go on seeing the one "
    "before; take \"draft\" out and bring it in again, or publish it in the "
    "newsroom; `farthing withdraw` takes the story back\n");
const struct str import_no_byline = STR_INIT("proof: The story has no byline");
const struct str import_no_dateline =
    STR_INIT("proof: The story has no dateline");

const struct str import_about_site = STR_INIT(
    "passed over: words about the site; with a title and a date it would be a "
    "story");

bool import_is_readme(struct str path)
{
	static const struct str names[] = {STR_INIT("readme"),
	    STR_INIT("changelog"), STR_INIT("license"), STR_INIT("licence"),
	    STR_INIT("copying"), STR_INIT("contributing"),
	    STR_INIT("code_of_conduct")};
	size_t slash = str_find_last(path, '/');
	struct str name = slash < path.n ? str_from(path, slash + 1) : path;
	struct str stem = str_part(name, 0, str_find(name, '.'));

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq_fold(stem, names[i]))
			return true;
	return false;
}

static bool notes_has(struct str body, char sign)
{
	return str_find(body, sign) < body.n;
}

/* A link whose address a story surely carries starts with one of these. */
static bool notes_link_is_plain(struct str target)
{
	return str_starts(target, STR("http://")) ||
	       str_starts(target, STR("https://")) ||
	       str_starts(target, STR("mailto:")) ||
	       str_starts(target, STR("/")) || str_starts(target, STR("#"));
}

/* Readers are shown only pictures that lie with the paper: the pages allow no
 * other (Content-Security-Policy), and the server has no other to give. */
static bool notes_picture_is_ours(struct str url)
{
	return str_starts(url, STR("/pictures/"));
}

/* Whether the brackets that TEXT ends in are those of a picture. */
static bool notes_is_picture(struct str text)
{
	return str_find_str(text, STR("![")) < text.n;
}

static bool notes_has_bracket(struct str body)
{
	while (body.n > 0) {
		body = str_from(body, str_find(body, '['));
		if (markdown_is_bracket(body))
			return true;
		body = str_from(body, 1);
	}
	return false;
}

/* Whether something in BODY may be left out, all of its Markdown or markup,
 * shortcodes, pictures, footnotes, reference links, links to strange
 * addresses. */
static bool notes_may_leave(struct str body)
{
	struct str rest = body;
	uint32_t line;

	if (notes_has(body, '<') || notes_has(body, '{') ||
	    notes_has_bracket(body))
		return true;
	while (rest.n > 0) {
		size_t at = str_find(rest, ']');
		struct str behind = str_from(rest, at + 1);

		if (at == rest.n)
			break;
		if (str_starts(behind, STR("(")) &&
		    notes_is_picture((struct str){rest.p, at}) &&
		    !notes_picture_is_ours(str_from(behind, 1)))
			return true;
		if (str_starts(behind, STR(":")) ||
		    (str_starts(behind, STR("(")) &&
			!notes_link_is_plain(str_from(behind, 1))))
			return true;
		rest = behind;
	}
	return markdown_is_hostile(body, &line);
}

static void notes_left(
    struct buf *b, const struct manuscript_left *left, size_t n, bool is_held)
{
	for (size_t i = 0; i < n; i++) {
		buf_add(b, is_held && left[i].holds ? import_held
						    : STR("not carried: "));
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

static void notes_picture(struct buf *b, struct str url)
{
	buf_lit(b, "not carried: picture ");
	buf_add(b, url);
	buf_lit(b, ": readers see only what lies in the paper's folder "
		   "public/pictures; copy it there and write /pictures/NAME\n");
}

/* A link from one file to another of a tree: no page lies where it leads. */
static bool notes_link_is_relative(struct str url)
{
	return url.n > 0 && url.p[0] != '/' && url.p[0] != '#' &&
	       url.p[0] != '?' && str_find(url, ':') == url.n;
}

static void notes_link(struct buf *b, struct str url)
{
	buf_lit(b, "not carried: link ");
	buf_add(b, url);
	buf_lit(b, ": it leads to a file beside this one, and to nothing on "
		   "the page; write an address such as /2026/03/02/ferry\n");
}

/* The pictures of the text that readers would not see, and the links that lead
 * them nowhere. */
static void notes_targets(struct buf *b, const struct node *node)
{
	for (; node; node = node->next) {
		if ((node->kind == NODE_FIGURE || node->kind == NODE_PICTURE) &&
		    !notes_picture_is_ours(node->url))
			notes_picture(b, node->url);
		if (node->kind == NODE_LINK &&
		    notes_link_is_relative(node->url))
			notes_link(b, node->url);
		notes_targets(b, node->child);
	}
}

enum rc import_notes(struct arena *a, const struct manuscript *m,
    struct str lang, bool is_held, struct buf *b)
{
	struct markdown_options options = {
	    .lang = m->lang.n ? m->lang : lang, .first_line = m->body_line};
	struct manuscript_left *left;
	struct proof_mark *marks;
	struct node *document;
	size_t n = 0;
	enum rc rc;

	notes_left(b, m->left, m->left_n, is_held);
	if (m->picture.url.n && !notes_picture_is_ours(m->picture.url))
		notes_picture(b, m->picture.url);
	if (notes_may_leave(m->body)) {
		rc = markdown_parse(a, m->body, &options, &document, &left, &n);
		if (rc != RC_OK)
			return rc;
		notes_left(b, left, n, is_held);
		notes_targets(b, document);
	}
	rc = proof_read(a, m, lang, &marks, &n);
	if (rc == RC_OK)
		proof_report(b, marks, n, STR("proof"));
	return rc;
}
