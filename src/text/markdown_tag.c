/* SPDX-License-Identifier: MIT
 *
 * Tags of raw HTML that say within a line what Markdown has marks for, too:
 * links, emphasis, code; what is raised; and quotation marks. What stands
 * between such a tag and its end goes into a node of its own, where both stand
 * among the same words. All other tags go, and are reported.
 *
 * I1  a tag that is open has its place in the tree: its parent has not ended.
 * I2  no link stands in a link, no footnote's mark in one that is made here.
 */
#include "text/markdown_priv.h"

#include "base/arena.h"
#include "text/link.h"

static const struct {
	struct str name;
	enum node_kind kind; /* NODE_TEXT: raised or lowered */
} known[] = {{STR_INIT("a"), NODE_LINK}, {STR_INIT("b"), NODE_STRONG},
    {STR_INIT("strong"), NODE_STRONG}, {STR_INIT("i"), NODE_EMPHASIS},
    {STR_INIT("em"), NODE_EMPHASIS}, {STR_INIT("cite"), NODE_EMPHASIS},
    {STR_INIT("s"), NODE_STRIKE}, {STR_INIT("del"), NODE_STRIKE},
    {STR_INIT("strike"), NODE_STRIKE}, {STR_INIT("code"), NODE_CODE},
    {STR_INIT("kbd"), NODE_CODE}, {STR_INIT("samp"), NODE_CODE},
    {STR_INIT("tt"), NODE_CODE}, {STR_INIT("sub"), NODE_TEXT},
    {STR_INIT("sup"), NODE_TEXT}};

struct str markdown_tag_name(struct str tag)
{
	size_t at = 1;
	size_t start;

	if (at < tag.n && tag.p[at] == '/')
		at++;
	start = at;
	while (at < tag.n && markdown_is_name(tag.p[at]))
		at++;
	return str_part(tag, start, at - start);
}

void markdown_report_tag(struct reading *r, struct str tag, uint32_t line)
{
	struct str name = str_part(markdown_tag_name(tag), 0, 40);

	if (!str_starts(tag, STR("</")))
		left_add(&r->left,
		    arena_printf(r->a, "HTML <%.*s>", STR_ARG(name)),
		    STR("tags are not carried; the text in them is"), line);
}

void markdown_report_hidden(struct reading *r, struct str tag, uint32_t line)
{
	struct str name = str_part(markdown_tag_name(tag), 0, 40);

	left_add(&r->left, arena_printf(r->a, "HTML <%.*s>", STR_ARG(name)),
	    STR("neither the tag nor what is in it is carried"), line);
}

/* S of signs that Unicode has raised or lowered too, as those: H₂O, m². Nothing
 * if it has others: those stay as they are. */
static struct str raised(struct reading *r, struct str s, bool is_low)
{
	static const char *const signs = "0123456789+-=()";
	static const char *const high[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶",
	    "⁷", "⁸", "⁹", "⁺", "⁻", "⁼", "⁽", "⁾"};
	static const char *const low[] = {"₀", "₁", "₂", "₃", "₄", "₅", "₆",
	    "₇", "₈", "₉", "₊", "₋", "₌", "₍", "₎"};
	struct buf b;

	buf_init_arena(&b, r->a, s.n * 3 + 1);
	for (size_t i = 0; i < s.n; i++) {
		size_t sign = str_find(str_of(signs), s.p[i]);

		if (sign == str_of(signs).n)
			return STR_NONE;
		buf_add(&b, str_of(is_low ? low[sign] : high[sign]));
	}
	return buf_rc(&b) ? STR_NONE : buf_str(&b);
}

/* Where a link of TAG leads; nothing, and reported, if it cannot be one. */
static struct str link_url(struct reading *r, const struct open_tag *tag)
{
	struct str url = str_trim(markdown_attribute(r, tag->tag, STR("href")));

	if (url.n > 0 && !link_is_safe(url)) {
		left_add(&r->left, STR("HTML <a>"),
		    STR("its address is not one that a page may point to"),
		    tag->line);
		return STR_NONE;
	}
	if (url.n > 0 && r->links_open == 0 && r->links == tag->links)
		return url;
	markdown_report_tag(r, tag->tag, tag->line);
	return STR_NONE;
}

/* Puts what stands behind TAG, from FIRST on, into a node of KIND. */
static void wrap(struct reading *r, const struct open_tag *tag,
    enum node_kind kind, struct node *first, struct node_tail *inlines)
{
	struct str url = kind == NODE_LINK ? link_url(r, tag) : STR_NONE;
	struct node *node;

	if (kind == NODE_LINK && url.n == 0)
		return;
	node = node_new(r, kind);
	if (!node)
		return;
	if (kind == NODE_LINK) {
		r->links++;
		node->url = url;
		node->title = markdown_attribute(r, tag->tag, STR("title"));
	}
	node->child = first;
	if (tag->last)
		tag->last->next = node;
	else
		inlines->parent->child = node;
	inlines->last = node;
}

/* The words from FIRST on, if there is nothing else. */
static struct str words_of(struct reading *r, const struct node *first)
{
	struct buf b;
	size_t n = 0;

	for (const struct node *c = first; c; c = c->next) {
		if (c->kind != NODE_TEXT && c->kind != NODE_SOFT_BREAK)
			return STR_NONE;
		n += c->text.n + 1;
	}
	buf_init_arena(&b, r->a, n);
	for (const struct node *c = first; c; c = c->next)
		if (c->kind == NODE_TEXT)
			buf_add(&b, c->text);
		else
			buf_char(&b, ' ');
	return buf_rc(&b) ? STR_NONE : buf_str(&b);
}

/* The same of tags that hold nothing but words. */
static void set_words(struct reading *r, const struct open_tag *tag,
    enum node_kind kind, struct node *first, struct node_tail *inlines)
{
	struct str words = words_of(r, first);

	if (words.n > 0 && kind == NODE_TEXT)
		words = raised(r, words,
		    str_eq_fold(markdown_tag_name(tag->tag), STR("sub")));
	if (words.n == 0) {
		markdown_report_tag(r, tag->tag, tag->line);
		return;
	}
	*first = (struct node){.kind = kind, .text = words};
	inlines->last = first;
}

static void close_tag(struct reading *r, const struct open_tag *tag,
    enum node_kind kind, struct node_tail *inlines)
{
	struct node inside = {.kind = NODE_SPAN,
	    .child = tag->last ? tag->last->next : inlines->parent->child};

	if (!inside.child) {
		/* Nothing is lost with "<b></b>", but a place is with
		 * "<a name=x></a>". */
		if (kind == NODE_LINK)
			(void)link_url(r, tag);
		return;
	}
	markdown_join_texts(r, &inside);
	inlines->last = inside.child;
	while (inlines->last->next)
		inlines->last = inlines->last->next;
	if (kind == NODE_CODE || kind == NODE_TEXT)
		set_words(r, tag, kind, inside.child, inlines);
	else
		wrap(r, tag, kind, inside.child, inlines);
}

/* Takes the last open tag away, which stays without its end. */
static void drop_tag(struct reading *r)
{
	r->tags_n--;
	markdown_report_tag(r, r->tags[r->tags_n].tag, r->tags[r->tags_n].line);
}

void markdown_tags_end(struct reading *r, const struct node *parent)
{
	while (r->tags_n > 0 && r->tags[r->tags_n - 1].parent == parent)
		drop_tag(r);
}

static void end_tag(struct reading *r, struct str name, enum node_kind kind,
    struct node_tail *inlines)
{
	size_t at = r->tags_n;

	while (at > 0 && r->tags[at - 1].parent == inlines->parent &&
	       !str_eq_fold(markdown_tag_name(r->tags[at - 1].tag), name))
		at--;
	if (at == 0 || r->tags[at - 1].parent != inlines->parent)
		return;
	while (r->tags_n > at)
		drop_tag(r);
	r->tags_n--;
	close_tag(r, &r->tags[r->tags_n], kind, inlines);
}

bool markdown_tag(struct reading *r, struct str tag, uint32_t line,
    struct node_tail *inlines, bool has_room)
{
	struct str name = markdown_tag_name(tag);
	size_t i = 0;

	if (str_eq_fold(name, STR("q"))) {
		node_append_text(r, inlines, STR("\""));
		return true;
	}
	while (i < sizeof(known) / sizeof(known[0]) &&
	       !str_eq_fold(known[i].name, name))
		i++;
	if (i == sizeof(known) / sizeof(known[0]))
		return false;
	if (str_starts(tag, STR("</")))
		end_tag(r, name, known[i].kind, inlines);
	else if (has_room && r->tags_n < TAGS_OPEN)
		r->tags[r->tags_n++] = (struct open_tag){
		    inlines->parent, inlines->last, tag, line, r->links};
	else
		markdown_report_tag(r, tag, line);
	return true;
}
