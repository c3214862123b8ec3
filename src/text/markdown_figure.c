/* SPDX-License-Identifier: MIT
 *
 * Figures of Hugo, "figure src=...", and of Jekyll, "include figure.html
 * url=...", out of the attributes of their shortcodes.
 */
#include "text/markdown_priv.h"

#include "text/link.h"

static struct str first_attribute(
    struct reading *r, struct str tag, const char *const *names, size_t n)
{
	struct str value = STR_NONE;

	for (size_t i = 0; i < n && value.n == 0; i++)
		value = markdown_attribute(r, tag, str_of(names[i]));
	return value;
}

/* What a caption or credit says, in Markdown as Hugo takes it; on a line of its
 * own behind what FIGURE has. */
static void put_caption(
    struct reading *r, struct node *figure, struct str s, uint32_t line)
{
	struct node_tail tail = {figure, figure->child};
	struct node *words = markdown_words(r, s, line);

	if (tail.last && s.n > 0) {
		while (tail.last->next)
			tail.last = tail.last->next;
		node_append(&tail, node_new(r, NODE_BREAK));
	}
	if (words)
		node_append(&tail, words->child);
	else
		node_append_text(r, &tail, s);
}

static void put_credit(
    struct reading *r, struct node *figure, struct str s, uint32_t line)
{
	struct node *words = markdown_words(r, s, line);
	struct buf b;

	figure->title = s;
	if (!words)
		return;
	buf_init_arena(&b, r->a, s.n * 4);
	node_plain(words, s.n, &b);
	if (buf_rc(&b) == RC_OK)
		figure->title = buf_str(&b);
}

struct node *markdown_figure(
    struct reading *r, struct str inside, uint32_t line)
{
	static const char *const src[] = {"src", "url", "image_path", "file"};
	static const char *const caption[] = {
	    "caption", "description", "title"};
	static const char *const credit[] = {"attr", "credit", "source"};
	bool is_hugo = str_starts(inside, STR("figure"));
	struct str head = str_part(inside, 0, 40);
	struct str words, title;
	struct node *figure;

	if (!is_hugo && !(str_starts(inside, STR("include ")) &&
			    (str_find_str(head, STR("figure")) < head.n ||
				str_find_str(head, STR("image")) < head.n)))
		return NULL;
	figure = node_new(r, NODE_FIGURE);
	if (!figure)
		return NULL;
	figure->url = first_attribute(r, inside, src, 4);
	if (!link_is_safe_picture(figure->url))
		return NULL;
	figure->text = markdown_attribute(r, inside, STR("alt"));
	put_credit(r, figure, first_attribute(r, inside, credit, 3), line);
	words = first_attribute(r, inside, caption, 3);
	title = markdown_attribute(r, inside, STR("title"));
	if (is_hugo && !str_eq(title, words))
		put_caption(r, figure, title, line);
	put_caption(r, figure, words, line);
	if (figure->title.n == 0)
		markdown_credit(figure);
	markdown_report_link(
	    r, markdown_attribute(r, inside, STR("link")), line);
	return figure;
}
