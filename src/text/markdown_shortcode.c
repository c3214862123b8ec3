/* SPDX-License-Identifier: MIT
 *
 * Shortcodes of Hugo, "{{< name ... >}}" and "{{% name ... %}}", and Liquid,
 * "{% name ... %}" and "{{ name }}". They are taken out before the Markdown is
 * read, since their insides are none. Figures leave a mark behind; all else is
 * reported. As in Hugo and Jekyll, code blocks are no exception.
 */
#include "text/markdown_priv.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/link.h"

/* What is longer is no shortcode; this keeps the search linear. */
enum { SHORTCODE_MAX = 2000, MISSES_MAX = 2000 };

struct cut {
	struct reading *r;
	struct str source;
	struct buf out;
	uint32_t line;	   /* of the source */
	uint32_t out_line; /* of the new one */
	size_t line_start; /* where the line begins, in the source */
};

static const struct {
	struct str open;
	struct str close;
} forms[] = {
    {STR_INIT("{{<"), STR_INIT(">}}")},
    {STR_INIT("{{%"), STR_INIT("%}}")},
    {STR_INIT("{%"), STR_INIT("%}")},
    {STR_INIT("{{"), STR_INIT("}}")},
};

/* The shortcode at S: its inside and its length; false if there is none. */
static bool shortcode_at(struct str s, struct str *ret_inside, size_t *ret_n)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct str open = forms[i].open;
		struct str rest = str_part(s, open.n, SHORTCODE_MAX);
		size_t end;

		if (!str_starts(s, open))
			continue;
		end = str_find_str(rest, forms[i].close);
		if (end == rest.n)
			return false;
		*ret_inside = str_trim(str_part(rest, 0, end));
		*ret_n = open.n + end + forms[i].close.n;
		return true;
	}
	return false;
}

static struct str first_attribute(
    struct reading *r, struct str tag, const char *const *names, size_t n)
{
	struct str value = STR_NONE;

	for (size_t i = 0; i < n && value.n == 0; i++)
		value = markdown_attribute(r, tag, str_of(names[i]));
	return value;
}

/* A figure out of its attributes; NULL if it is none. */
static struct node *figure_of(struct reading *r, struct str inside)
{
	static const char *const src[] = {"src", "url", "image_path", "file"};
	static const char *const caption[] = {"caption", "title"};
	static const char *const credit[] = {"attr", "credit", "source"};
	struct str head = str_part(inside, 0, 40);
	struct node_tail tail = {0};
	struct node *figure;

	if (!str_starts(inside, STR("figure")) &&
	    !(str_starts(inside, STR("include ")) &&
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
	figure->title = first_attribute(r, inside, credit, 3);
	tail.parent = figure;
	node_append_text(r, &tail, first_attribute(r, inside, caption, 2));
	if (figure->title.n == 0)
		markdown_credit(figure);
	return figure;
}

static void report(struct cut *c, struct str inside)
{
	size_t n = 0;

	if (inside.n == 0 || inside.p[0] == '/' ||
	    str_starts(inside, STR("end")))
		return; /* its start was reported */
	while (n < inside.n && !ascii_is_space(inside.p[n]))
		n++;
	left_add(&c->r->left,
	    arena_printf(c->r->a, "shortcode %.*s",
		STR_ARG(utf8_head(inside, n < 60 ? n : 60))),
	    STR("shortcodes of other systems are not carried"),
	    c->r->first_line + c->line - 1);
}

static void put(struct cut *c, struct str s)
{
	buf_add(&c->out, s);
	for (size_t i = 0; i < s.n; i++)
		c->out_line += s.p[i] == '\n';
}

/* A figure that has its line to itself gets blank lines around it. */
static void put_figure(
    struct cut *c, struct node *figure, size_t at, size_t end)
{
	struct reading *r = c->r;
	struct str before =
	    str_part(c->source, c->line_start, at - c->line_start);
	struct str behind = str_from(c->source, end);
	bool is_alone = str_blank(before) &&
			str_blank(str_part(behind, 0, str_find(behind, '\n')));

	if (is_alone) {
		put(c, STR("\n"));
		put(c, before);
	}
	r->figures[r->figures_n] =
	    (struct shortcode_figure){figure, c->out_line, is_alone ? 2 : 0};
	put(c, STR("\xEF\xB7\x90"));
	buf_u64(&c->out, r->figures_n);
	put(c, STR("\xEF\xB7\x91"));
	if (is_alone)
		put(c, STR("\n"));
	r->figures_n++;
}

static void take_one(struct cut *c, struct str inside, size_t at, size_t end)
{
	struct reading *r = c->r;
	struct node *figure = figure_of(r, inside);

	if (!r->figures)
		r->figures =
		    ARENA_ARRAY(r->a, struct shortcode_figure, FIGURES_MAX);
	if (figure && r->figures && r->figures_n < FIGURES_MAX)
		put_figure(c, figure, at, end);
	else
		report(c, inside);
	for (size_t i = at; i < end; i++)
		if (c->source.p[i] == '\n') {
			c->line++;
			put(c, STR("\n"));
		}
}

struct str markdown_take_shortcodes(struct reading *r, struct str source)
{
	struct cut c = {.r = r, .source = source, .line = 1, .out_line = 1};
	size_t done = 0;
	uint32_t misses = 0;
	size_t at = str_find(source, '{');

	if (str_find_str(source, STR("{{")) == source.n &&
	    str_find_str(source, STR("{%")) == source.n)
		return source;
	buf_init_arena(&c.out, r->a, source.n + FIGURES_MAX * 256);
	for (size_t i = 0; i < source.n; i++) {
		struct str inside;
		size_t n;

		if (source.p[i] == '\n') {
			c.line++;
			c.line_start = i + 1;
		}
		if (i < at || source.p[i] != '{' || misses == MISSES_MAX)
			continue;
		if (!shortcode_at(str_from(source, i), &inside, &n)) {
			misses++;
			continue;
		}
		put(&c, str_part(source, done, i - done));
		take_one(&c, inside, i, i + n);
		done = i + n;
		i = done - 1;
	}
	put(&c, str_from(source, done));
	return buf_rc(&c.out) ? STR_NONE : buf_str(&c.out);
}
