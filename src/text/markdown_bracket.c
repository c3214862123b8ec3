/* SPDX-License-Identifier: MIT
 *
 * Shortcodes of WordPress, "[gallery ids=...]", "[caption ...]...[/caption]".
 * Only those that WordPress itself has: brackets are Markdown's own, too, and
 * what people write. A caption's picture and words become a figure.
 */
#include "text/markdown_priv.h"

#include "base/arena.h"

static const struct {
	struct str name;
	struct str end; /* of what it encloses, without which it is text */
	bool is_bare;	/* it may have no attributes */
} known[] = {{STR_INIT("caption"), STR_INIT("[/caption]"), false},
    {STR_INIT("wp_caption"), STR_INIT("[/wp_caption]"), false},
    {STR_INIT("embed"), STR_INIT("[/embed]"), true},
    {STR_INIT("gallery"), {0}, true}, {STR_INIT("playlist"), {0}, true},
    {STR_INIT("audio"), {0}, false}, {STR_INIT("video"), {0}, false}};

enum { KNOWN = sizeof(known) / sizeof(known[0]) };

/* Behind "]" stands what makes the brackets a link of Markdown. */
static bool is_link(struct str behind)
{
	return str_starts(behind, STR("(")) || str_starts(behind, STR(":")) ||
	       (str_starts(behind, STR("[")) && !str_starts(behind, STR("[/")));
}

/* Which of the known the name at the start of S is; KNOWN: none. */
static size_t known_at(struct str s)
{
	size_t name = 0;
	size_t which = 0;

	while (name < s.n && markdown_is_name(s.p[name]))
		name++;
	while (
	    which < KNOWN && !str_eq(known[which].name, str_part(s, 0, name)))
		which++;
	return which;
}

bool markdown_is_bracket(struct str s)
{
	return str_starts(s, STR("[")) &&
	       known_at(str_from(s, str_starts(s, STR("[/")) ? 2 : 1)) < KNOWN;
}

bool markdown_bracket_at(struct str s, struct bracket *ret)
{
	bool is_end = str_starts(s, STR("[/"));
	struct str inside = str_from(s, is_end ? 2 : 1);
	size_t which = known_at(inside);
	struct str behind;
	size_t name, end;

	if (which == KNOWN)
		return false;
	name = known[which].name.n;
	inside.n = str_find(inside, ']');
	behind = str_from(s, (size_t)(inside.p + inside.n - s.p) + 1);
	if (inside.p + inside.n == s.p + s.n || is_link(behind) ||
	    (!is_end && !known[which].is_bare &&
		str_find(inside, '=') == inside.n) ||
	    (name < inside.n && !ascii_is_space(inside.p[name])))
		return false;
	*ret = (struct bracket){
	    .inside = inside, .n = (size_t)(behind.p - s.p), .is_end = is_end};
	ret->all = ret->n;
	if (known[which].end.n == 0 || is_end)
		return true;
	end = str_find_str(behind, known[which].end);
	ret->enclosed = str_part(behind, 0, end);
	ret->all = ret->n + end + known[which].end.n;
	return end < behind.n;
}

/* How much of HTML is its picture, with a link around it; 0: it begins with
 * none. */
static size_t picture_length(struct str html)
{
	size_t at = str_find_str(html, STR("<img"));
	struct str before = str_trim(str_part(html, 0, at));
	size_t end = at + str_find(str_from(html, at), '>');

	if (end >= html.n || (before.n > 0 && !str_starts(before, STR("<a "))))
		return 0;
	end++;
	return str_starts(str_from(html, end), STR("</a>")) ? end + 4 : end;
}

struct node *markdown_bracket_figure(
    struct reading *r, const struct bracket *caption, uint32_t line)
{
	struct str html = caption->enclosed;
	size_t picture = picture_length(html);
	struct str words = str_trim(str_from(html, picture));
	struct node *document = node_new(r, NODE_DOCUMENT);
	struct reading inside = {
	    .a = r->a, .lang = r->lang, .left = r->left, .depth = BLOCK_DEPTH};
	struct buf b;

	if (picture == 0 || !document)
		return NULL;
	if (words.n == 0)
		words = markdown_attribute(r, caption->inside, STR("caption"));
	buf_init_arena(&b, r->a, html.n + words.n + 100);
	buf_lit(&b, "<figure>");
	buf_add(&b, str_part(html, 0, picture));
	buf_lit(&b, "<figcaption>");
	buf_add(&b, words);
	buf_lit(&b, "</figcaption></figure>");
	for (size_t i = 0; i < inside.depth; i++)
		inside.stack[i].inside.parent = document;
	if (buf_rc(&b))
		return NULL;
	markdown_html_block(&inside, buf_str(&b), line);
	if (!document->child || document->child->kind != NODE_FIGURE ||
	    document->child->next)
		return NULL;
	r->left = inside.left;
	return document->child;
}
