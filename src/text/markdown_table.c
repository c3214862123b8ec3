/* SPDX-License-Identifier: MIT
 *
 * Which tables of raw HTML are tables of ours: rows of as many cells, with
 * nothing but words in them. Others are laid out by their tables, or cannot be
 * said in Markdown; their cells become paragraphs.
 */
#include "text/markdown_priv.h"

enum { COLUMNS_MAX = 100 };

/* False: the row that ends has not as many cells as the others. */
static bool end_row(struct table_shape *shape, uint32_t *cells)
{
	uint32_t n = *cells;

	*cells = 0;
	if (n == 0)
		return true;
	if (shape->rows++ == 0)
		shape->columns = n;
	return n == shape->columns;
}

static bool has_span(struct reading *r, struct str tag)
{
	struct str columns = markdown_attribute(r, tag, STR("colspan"));
	struct str rows = markdown_attribute(r, tag, STR("rowspan"));

	return (columns.n > 0 && !str_eq(columns, STR("1"))) ||
	       (rows.n > 0 && !str_eq(rows, STR("1")));
}

/* A tag that may stand in a cell. */
static bool is_of_words(struct str name)
{
	return markdown_name_in(name, "p div") ||
	       (!markdown_is_block(name) &&
		   !markdown_name_in(name, "img script style template"));
}

/* TAG stands in the table; false: then it is none of ours. */
static bool add_tag(struct reading *r, struct table_shape *shape,
    uint32_t *cells, struct str tag)
{
	struct str name = markdown_tag_name(tag);
	bool is_end = str_starts(tag, STR("</"));

	if (str_eq_fold(name, STR("tr")))
		return end_row(shape, cells);
	if (markdown_name_in(name, "th td")) {
		*cells += !is_end;
		if (shape->rows == 0 && str_eq_fold(name, STR("td")))
			shape->has_head = false;
		return is_end || !has_span(r, tag);
	}
	return markdown_name_in(name, "thead tbody tfoot col colgroup") ||
	       is_of_words(name);
}

bool markdown_table(struct reading *r, struct str html, struct table_shape *ret)
{
	struct table_shape shape = {.has_head = true};
	size_t at = str_find(html, '>');
	uint32_t cells = 0;

	for (;;) {
		struct str tag;
		size_t n;

		at += str_find(str_from(html, at), '<');
		tag = str_from(html, at);
		if (str_starts(tag, STR("<!--"))) {
			at += str_find_str(tag, STR("-->"));
			continue;
		}
		n = str_find(tag, '>');
		if (n == tag.n)
			return false;
		if (markdown_tag_name(tag).n == 0) {
			at++; /* only a sign */
			continue;
		}
		tag.n = n + 1;
		at += tag.n;
		if (str_eq_fold(markdown_tag_name(tag), STR("table"))) {
			if (!str_starts(tag, STR("</")))
				return false;
			break;
		}
		if (!add_tag(r, &shape, &cells, tag))
			return false;
	}
	html = str_part(html, 0, at);
	if (!end_row(&shape, &cells) || shape.rows < 2 || shape.columns < 2 ||
	    shape.columns > COLUMNS_MAX ||
	    str_find_str(html, STR("\xEF\xB7\x90")) < html.n)
		return false;
	*ret = shape;
	return true;
}
