/* SPDX-License-Identifier: MIT
 *
 * Raw HTML inside of Markdown. A page of ours is not made of foreign tags: the
 * tags go, their words stay, pictures become figures, and what Markdown could
 * say, too, is kept. This is no HTML parser and needs none, since nothing of it
 * reaches a page as a tag. Here is what both kinds share, blocks
 * (markdown_block.c) and what stands within a line.
 */
#include "text/markdown_priv.h"

#include "text/entity.h"
#include "text/link.h"

bool markdown_is_name(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' || c == '_' ||
	       c == ':';
}

/* How much of S stands before the QUOTE that ends it. */
static size_t quoted_length(struct str s, char quote, char escape)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != quote)
		n += escape && s.p[n] == escape && n + 1 < s.n ? 2 : 1;
	return n;
}

static struct str attribute_value(
    struct reading *r, struct str s, char quote, char escape)
{
	struct buf b;

	buf_init_arena(&b, r->a, s.n);
	for (size_t i = 0; i < s.n; i++) {
		if (escape && s.p[i] == escape && i + 1 < s.n &&
		    (s.p[i + 1] == quote || s.p[i + 1] == escape))
			i++;
		buf_char(&b, s.p[i]);
	}
	if (buf_rc(&b))
		return STR_NONE;
	return entity_text(r->a, markdown_unmarked(r, buf_str(&b), false));
}

struct str markdown_attribute(
    struct reading *r, struct str tag, struct str name)
{
	bool is_html = str_starts(tag, STR("<"));
	size_t at = 0;

	while (at < tag.n) {
		size_t start = at;
		struct str key;
		char quote, escape = '\0';

		while (at < tag.n && markdown_is_name(tag.p[at]))
			at++;
		if (at == start) {
			at++;
			continue;
		}
		key = str_part(tag, start, at - start);
		while (at < tag.n && ascii_is_space(tag.p[at]))
			at++;
		if (at >= tag.n || tag.p[at] != '=')
			continue;
		at++;
		while (at < tag.n && ascii_is_space(tag.p[at]))
			at++;
		quote = at < tag.n ? tag.p[at] : '\0';
		start = at;
		if (quote == '"' || quote == '\'' || quote == '`') {
			start++;
			escape = is_html || quote == '`' ? '\0' : '\\';
			at = start +
			     quoted_length(str_from(tag, start), quote, escape);
		} else {
			while (at < tag.n && !ascii_is_space(tag.p[at]) &&
			       tag.p[at] != '>')
				at++;
		}
		if (str_eq_fold(key, name))
			return attribute_value(
			    r, str_part(tag, start, at - start), quote, escape);
		at++;
	}
	return STR_NONE;
}

bool markdown_name_in(struct str name, const char *list)
{
	struct str rest = str_of(list);

	while (rest.p)
		if (str_eq_fold(str_cut(&rest, ' '), name))
			return true;
	return false;
}

bool markdown_is_block(struct str name)
{
	return markdown_name_in(name,
	    "address article aside audio blockquote body canvas caption center "
	    "col colgroup dd details dialog dir div dl dt embed fieldset "
	    "figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 "
	    "head header hgroup hr html iframe legend li main menu nav object "
	    "ol option p pre section select summary table tbody td textarea "
	    "tfoot th thead title tr ul video");
}

/* "<!-- more -->" parts the teaser in Hugo and Jekyll; here nothing is lost
 * with it. WordPress has one around each block ("wp:paragraph"). Others are
 * the newsroom's own notes. */
void markdown_report_comment(
    struct reading *r, struct str comment, uint32_t line)
{
	struct str inside = str_trim(str_part(comment, 4, comment.n - 7));

	if (!str_ends(comment, STR("-->"))) {
		left_add(&r->left, STR("HTML comment"),
		    STR("it has no end; what stands behind it is not carried"),
		    line);
		return;
	}
	if (inside.n == 0 || str_eq_fold(inside, STR("more")) ||
	    str_eq_fold(inside, STR("excerpt")) ||
	    str_starts(inside, STR("wp:")) || str_starts(inside, STR("/wp:")))
		return;
	left_add(&r->left, STR("HTML comment"), STR("comments are not carried"),
	    line);
}

bool markdown_is_emoji(struct reading *r, struct str tag)
{
	struct str class = markdown_attribute(r, tag, STR("class"));

	return str_find_str(class, STR("emoji")) < class.n ||
	       str_find_str(class, STR("smiley")) < class.n;
}

struct node *markdown_picture(
    struct reading *r, struct str tag, enum node_kind kind, uint32_t line)
{
	struct str url = markdown_attribute(r, tag, STR("src"));
	struct node *node;

	if (!link_is_safe_picture(url)) {
		left_add(&r->left, STR("HTML <img>"),
		    STR("its address is not one that a page may point to"),
		    line);
		return NULL;
	}
	node = node_new(r, kind);
	if (!node)
		return NULL;
	node->url = url;
	node->text = markdown_attribute(r, tag, STR("alt"));
	if (kind == NODE_PICTURE)
		node->title = markdown_attribute(r, tag, STR("title"));
	return node;
}

void markdown_html_inline(struct reading *r, struct str tag, uint32_t line,
    struct node_tail *inlines, bool has_room)
{
	struct str name = markdown_tag_name(tag);
	bool is_end = str_starts(tag, STR("</"));

	if (str_starts(tag, STR("<!--")) && tag.n >= 7) {
		markdown_report_comment(r, tag, line);
	} else if (str_eq_fold(name, STR("br"))) {
		node_append(inlines, node_new(r, NODE_BREAK));
	} else if (str_eq_fold(name, STR("img")) && markdown_is_emoji(r, tag)) {
		node_append_text(
		    r, inlines, markdown_attribute(r, tag, STR("alt")));
	} else if (str_eq_fold(name, STR("img"))) {
		node_append(
		    inlines, markdown_picture(r, tag, NODE_PICTURE, line));
	} else if (!markdown_tag(r, tag, line, inlines, has_room)) {
		if (markdown_name_in(name, "ul ol li blockquote"))
			markdown_html_wait(r, tag);
		/* In the cell of a table, for one. */
		if (!is_end && inlines->last && markdown_is_block(name))
			node_append(inlines, node_new(r, NODE_BREAK));
		markdown_report_tag(r, tag, line);
	}
}
