/* SPDX-License-Identifier: MIT
 *
 * Shortcodes of WordPress, "[gallery ids=...]", "[caption ...]...[/caption]".
 * Only those that WordPress itself has: brackets are Markdown's own, too, and
 * what people write. A caption's picture and words become a figure. Exporters
 * write them as "\[gallery ...\]", too.
 */
#include "text/markdown_priv.h"

#include "base/arena.h"

static const struct {
	struct str name;
	bool encloses; /* it is text without its end */
	bool is_bare;  /* it may have no attributes */
} known[] = {{STR_INIT("caption"), true, false},
    {STR_INIT("wp_caption"), true, false}, {STR_INIT("embed"), true, true},
    {STR_INIT("gallery"), false, true}, {STR_INIT("playlist"), false, true},
    {STR_INIT("audio"), false, false}, {STR_INIT("video"), false, false}};

enum { KNOWN = sizeof(known) / sizeof(known[0]) };

/* Behind "]" stands what makes the brackets a link of Markdown. What ENCLOSES
 * may begin with one. */
static bool is_link(struct str behind, bool encloses)
{
	return str_starts(behind, STR("(")) || str_starts(behind, STR(":")) ||
	       (!encloses && str_starts(behind, STR("[")) &&
		   !str_starts(behind, STR("[/")));
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
	if (str_starts(s, STR("\\[")))
		s = str_from(s, 1);
	return str_starts(s, STR("[")) &&
	       known_at(str_from(s, str_starts(s, STR("[/")) ? 2 : 1)) < KNOWN;
}

/* Finds "[/NAME]" in S, or "\[/NAME\]". */
static bool find_end(
    struct str s, struct str name, struct str *ret_before, size_t *ret_all)
{
	static const struct str open = STR_INIT("[/");

	for (size_t at = str_find_str(s, open); at < s.n;
	     at += 1 + str_find_str(str_from(s, at + 1), open)) {
		struct str rest = str_from(s, at + open.n);

		if (!str_starts(rest, name))
			continue;
		rest = str_from(rest, name.n);
		if (str_starts(rest, STR("\\")))
			rest = str_from(rest, 1);
		if (!str_starts(rest, STR("]")))
			continue;
		*ret_all = (size_t)(rest.p + 1 - s.p);
		*ret_before =
		    str_part(s, 0, at - (at > 0 && s.p[at - 1] == '\\'));
		return true;
	}
	return false;
}

bool markdown_bracket_at(struct str s, struct bracket *ret)
{
	bool is_escaped = str_starts(s, STR("\\["));
	struct str close = is_escaped ? STR("\\]") : STR("]");
	struct str inside = str_from(s, is_escaped ? 2 : 1);
	bool is_end = str_starts(inside, STR("/"));
	struct str behind;
	size_t name, which, end;

	inside = str_from(inside, is_end);
	which = known_at(inside);
	if (which == KNOWN)
		return false;
	name = known[which].name.n;
	end = str_find_str(inside, close);
	if (end == inside.n)
		return false;
	behind = str_from(inside, end + close.n);
	inside.n = end;
	*ret = (struct bracket){.inside = inside,
	    .n = (size_t)(behind.p - s.p),
	    .is_end = is_end,
	    .is_bare = !is_end && inside.n == name};
	ret->all = ret->n;
	if (ret->is_bare ? !known[which].is_bare
			 : !is_end && str_find(inside, '=') == inside.n)
		return false;
	if (!ascii_is_space(inside.n > name ? inside.p[name] : ' ') ||
	    is_link(behind, known[which].encloses && !is_end))
		return false;
	if (!known[which].encloses || is_end)
		return true;
	ret->is_bare = false;
	if (!find_end(behind, known[which].name, &ret->enclosed, &end))
		return false;
	ret->all = ret->n + end;
	return true;
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

static bool is_break(const struct node *node)
{
	return node->kind == NODE_SOFT_BREAK || node->kind == NODE_BREAK;
}

/* CAPTION that begins with a picture of Markdown; NULL: it begins with none,
 * or has what only the whole text can tell. */
static struct node *figure_of_words(
    struct reading *r, const struct bracket *caption, uint32_t line)
{
	struct str words = str_trim(caption->enclosed);
	struct node_tail tail = {0};
	struct node *figure, *picture;
	struct str link = STR_NONE;

	if ((!str_starts(words, STR("![")) && !str_starts(words, STR("[!["))) ||
	    str_find_str(words, STR("][")) < words.n ||
	    str_find_str(words, STR("[^")) < words.n)
		return NULL;
	figure = markdown_words(r, words, line);
	picture = figure ? figure->child : NULL;
	if (!picture)
		return NULL;
	figure->child = picture->next;
	if (picture->kind == NODE_LINK && picture->child &&
	    !picture->child->next) {
		link = picture->url;
		picture = picture->child;
	}
	if (picture->kind != NODE_PICTURE)
		return NULL;
	markdown_report_link(r, link, line);
	figure->kind = NODE_FIGURE;
	figure->url = picture->url;
	figure->text = picture->text;
	while (figure->child && is_break(figure->child))
		figure->child = figure->child->next;
	tail.parent = figure;
	if (!figure->child)
		node_append_text(r, &tail,
		    picture->title.n > 0
			? picture->title
			: markdown_attribute(
			      r, caption->inside, STR("caption")));
	else if (str_starts(figure->child->text, STR(" ")))
		figure->child->text = str_from(figure->child->text, 1);
	markdown_credit(figure);
	if (figure->title.n == 0)
		figure->title = markdown_credit_of(r, picture->title);
	return figure;
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

	if (picture == 0)
		return figure_of_words(r, caption, line);
	if (!document)
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
