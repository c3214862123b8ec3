/* SPDX-License-Identifier: MIT
 *
 * Manuscripts, written; see manuscript.h. Every text goes into double quotes
 * on one line, with YAML 1.1's escapes (section 5.7): no value can end the
 * head, be taken for a number, or be folded.
 */
#include "text/manuscript.h"

#include "base/buf.h"
#include "base/utf8.h"

/* Characters that a YAML reader folds, drops or refuses. */
static bool is_escaped(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 ||
	       c == 0x2029 || c == 0xFEFF || (c & 0xFFFE) == 0xFFFE;
}

static void put_text(struct buf *b, struct str s)
{
	buf_char(b, '"');
	for (size_t at = 0; at < s.n;) {
		size_t start = at;
		uint32_t c = utf8_next(s, &at);

		if (c == '"' || c == '\\') {
			buf_char(b, '\\');
			buf_char(b, (char)c);
		} else if (c == '\n') {
			buf_lit(b, "\\n");
		} else if (c == '\t') {
			buf_lit(b, "\\t");
		} else if (c == UTF8_BAD && at == start + 1) {
			utf8_put(b, UTF8_BAD);
		} else if (is_escaped(c)) {
			buf_printf(b, c < 0x10000 ? "\\u%04X" : "\\U%08X", c);
		} else {
			buf_add(b, str_part(s, start, at - start));
		}
	}
	buf_char(b, '"');
}

static void put_field(struct buf *b, struct str name, struct str value)
{
	if (value.n == 0)
		return;
	buf_add(b, name);
	buf_lit(b, ": ");
	put_text(b, value);
	buf_char(b, '\n');
}

static void put_list(
    struct buf *b, struct str name, const struct str_list *list)
{
	if (list->n == 0)
		return;
	buf_add(b, name);
	buf_lit(b, ": [");
	for (size_t i = 0; i < list->n; i++) {
		if (i > 0)
			buf_lit(b, ", ");
		put_text(b, list->v[i]);
	}
	buf_lit(b, "]\n");
}

static void put_civil(struct buf *b, struct civil c)
{
	struct buf whole;

	buf_init(&whole, 64);
	civil_rfc3339(&whole, c);
	/* "2026-11-23T14:05:06" is 19 bytes, with the date in the first 10. */
	if (!c.has_time)
		buf_cut(&whole, 10);
	else if (!c.has_offset)
		buf_cut(&whole, 19);
	buf_add(b, buf_str(&whole));
	buf_done(&whole);
}

static void put_date(struct buf *b, struct str name, bool has, struct civil c)
{
	if (!has)
		return;
	buf_add(b, name);
	buf_lit(b, ": ");
	put_civil(b, c);
	buf_char(b, '\n');
}

static void put_picture(struct buf *b, const struct manuscript_picture *p)
{
	if (p->url.n + p->alt.n + p->caption.n + p->credit.n + p->rights.n == 0)
		return;
	buf_lit(b, "picture:\n");
	put_field(b, STR("  url"), p->url);
	put_field(b, STR("  alt"), p->alt);
	put_field(b, STR("  caption"), p->caption);
	put_field(b, STR("  credit"), p->credit);
	put_field(b, STR("  rights"), p->rights);
}

void manuscript_write(struct buf *b, const struct manuscript *m)
{
	buf_lit(b, "---\ntitle: ");
	put_text(b, m->headline);
	buf_char(b, '\n');
	put_field(b, STR("kicker"), m->kicker);
	put_field(b, STR("description"), m->standfirst);
	put_field(b, STR("slug"), m->slug);
	put_field(b, STR("section"), m->section);
	put_list(b, STR("authors"), &m->authors);
	put_list(b, STR("tags"), &m->tags);
	put_field(b, STR("dateline"), m->dateline);
	put_date(b, STR("date"), m->has_published, m->published);
	put_date(b, STR("lastmod"), m->has_updated, m->updated);
	put_date(b, STR("embargo"), m->has_embargo, m->embargo);
	if (m->is_draft)
		buf_lit(b, "draft: true\n");
	put_field(b, STR("lang"), m->lang);
	put_picture(b, &m->picture);
	put_list(b, STR("aliases"), &m->aliases);
	if (m->corrections_n)
		buf_lit(b, "corrections:\n");
	for (size_t i = 0; i < m->corrections_n; i++) {
		buf_lit(b, "  - date: ");
		put_civil(b, m->corrections[i].date);
		buf_lit(b, "\n    text: ");
		put_text(b, m->corrections[i].text);
		buf_char(b, '\n');
	}
	if (m->translations_n)
		buf_lit(b, "translations:\n");
	for (size_t i = 0; i < m->translations_n; i++) {
		buf_lit(b, "  - lang: ");
		put_text(b, m->translations[i].lang);
		buf_lit(b, "\n    url: ");
		put_text(b, m->translations[i].url);
		buf_char(b, '\n');
	}
	buf_lit(b, "---\n\n");
	buf_add(b, m->body);
	if (m->body.n > 0)
		buf_char(b, '\n');
}
