/* SPDX-License-Identifier: MIT
 *
 * Proof marks of a manuscript: which fields are missing, then each field and
 * the body read by proof_scan.c; the marks are brought into the order of the
 * text and given their lines, columns and excerpts.
 */
#include "text/proof.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/proof_priv.h"
#include "text/script.h"

void proof_add(struct proof *p, enum proof_kind kind, size_t at, size_t n,
    struct str message, struct str suggestion)
{
	must(at + n <= p->text.n);
	if (p->n == PROOF_MARKS_MAX)
		return;
	if (p->n == p->room) {
		size_t room = p->room ? p->room * 4 : 8;
		struct proof_mark *v =
		    ARENA_ARRAY(p->a, struct proof_mark, room);

		if (!v)
			return;
		if (p->n > 0)
			memcpy(v, p->marks, p->n * sizeof(*v));
		p->marks = v;
		p->room = room;
	}
	p->marks[p->n++] = (struct proof_mark){.kind = kind,
	    .field = p->field,
	    .offset = at,
	    .length = n,
	    .message = message,
	    .suggestion = suggestion};
}

void proof_mend(struct proof *p, size_t at, struct str text)
{
	if (p->n > 0 && p->marks[p->n - 1].offset == at)
		p->marks[p->n - 1].replacement = text;
}

static int by_offset(const void *x, const void *y)
{
	const struct proof_mark *a = x, *b = y;

	if (a->offset != b->offset)
		return a->offset < b->offset ? -1 : 1;
	return (int)a->kind - (int)b->kind;
}

/* Some bytes around the mark, on its own line, cut at spaces. */
static struct str excerpt_of(struct str s, size_t at, size_t n)
{
	size_t from = at, to = at + (n > 60 ? 60 : n), more;

	for (more = 0; from > 0 && s.p[from - 1] != '\n' && more < 40; more++) {
		if (more >= 20 && s.p[from - 1] == ' ')
			break;
		from--;
	}
	for (more = 0; to < s.n && s.p[to] != '\n' && more < 40; more++) {
		if (more >= 20 && s.p[to] == ' ')
			break;
		to++;
	}
	while (from < at && ((unsigned char)s.p[from] & 0xC0) == 0x80)
		from++;
	while (to < s.n && to > from && ((unsigned char)s.p[to] & 0xC0) == 0x80)
		to--;
	return str_part(s, from, to - from);
}

/* Sorts the marks of the field just read and gives them their places. */
static void place_marks(struct proof *p, uint32_t first_line)
{
	uint32_t line = first_line;
	size_t line_at = 0, at = 0, column = 1;

	if (p->n == p->field_from)
		return;
	qsort(p->marks + p->field_from, p->n - p->field_from, sizeof(*p->marks),
	    by_offset);
	for (size_t i = p->field_from; i < p->n; i++) {
		struct proof_mark *m = &p->marks[i];
		const char *lf;

		while ((lf = memchr(
			    p->text.p + line_at, '\n', m->offset - line_at))) {
			line_at = (size_t)(lf - p->text.p) + 1;
			line++;
			at = line_at;
			column = 1;
		}
		column += utf8_count(str_part(p->text, at, m->offset - at));
		at = m->offset;
		m->line = line;
		m->column = (uint32_t)column;
		m->excerpt = excerpt_of(p->text, m->offset, m->length);
	}
	p->field_from = p->n;
}

static void read_field(struct proof *p, struct str field, struct str text,
    uint32_t first_line, bool is_body)
{
	p->field = field;
	p->text = text;
	proof_scan(p, is_body);
	place_marks(p, first_line);
}

static void missing(struct proof *p, enum proof_kind kind, struct str field,
    struct str message, struct str suggestion)
{
	p->field = field;
	p->text = STR_NONE;
	proof_add(p, kind, 0, 0, message, suggestion);
	p->field_from = p->n;
}

static void check_missing(struct proof *p, const struct manuscript *m)
{
	const struct manuscript_picture *pic = &m->picture;

	if (m->authors.n == 0)
		missing(p, PROOF_NO_BYLINE, STR("authors"),
		    STR("The story has no byline"),
		    STR("name who wrote it, or the agency it came from"));
	if (str_blank(m->dateline))
		missing(p, PROOF_NO_DATELINE, STR("dateline"),
		    STR("The story has no dateline"),
		    STR("name the place it was written at"));
	if (pic->url.n == 0)
		return;
	if (str_blank(pic->caption))
		missing(p, PROOF_NO_CAPTION, STR("caption"),
		    STR("The picture has no caption"),
		    STR("say who and what is seen, where and when"));
	if (str_blank(pic->credit))
		missing(p, PROOF_NO_CREDIT, STR("credit"),
		    STR("The picture has no credit"), STR("say who took it"));
	if (str_blank(pic->alt))
		missing(p, PROOF_NO_ALT, STR("alt"),
		    STR("The picture has no alternative text"),
		    STR("describe it for those who cannot see it"));
}

/* In Thai and Lao a space does. */
static bool ends_by_sign(enum script script)
{
	return script != SCRIPT_THAI && script != SCRIPT_LAO;
}

enum rc proof_read(struct arena *a, const struct manuscript *m, struct str lang,
    struct proof_mark **ret_marks, size_t *ret_n)
{
	struct proof p = {.a = a, .has_date = m->has_published};

	p.tag = m->lang.n ? m->lang : lang;
	p.lang = language_of(p.tag);
	p.has_stops = ends_by_sign(script_of_lang(p.tag));
	proof_scan_days(&p);
	check_missing(&p, m);
	read_field(&p, STR("kicker"), m->kicker, 1, false);
	read_field(&p, STR("headline"), m->headline, 1, false);
	read_field(&p, STR("standfirst"), m->standfirst, 1, false);
	read_field(&p, STR("caption"), m->picture.caption, 1, false);
	read_field(&p, STR("alt"), m->picture.alt, 1, false);
	read_field(
	    &p, STR("body"), m->body, m->body_line ? m->body_line : 1, true);
	if (arena_is_spent(a))
		return RC_NO_MEMORY;
	*ret_marks = p.marks;
	*ret_n = p.n;
	return RC_OK;
}

const char *proof_kind_name(enum proof_kind kind)
{
	static const char *const names[] = {
	    [PROOF_QUOTE_OPEN] = "quotation not closed",
	    [PROOF_QUOTE_CLOSE] = "quotation not opened",
	    [PROOF_QUOTE_SIDE] = "quotation mark turned",
	    [PROOF_NO_END] = "no end",
	    [PROOF_FRAGMENT] = "no main verb",
	    [PROOF_DOUBLED_WORD] = "doubled word",
	    [PROOF_DOUBLED_PARAGRAPH] = "doubled paragraph",
	    [PROOF_RELATIVE_DAY] = "relative day",
	    [PROOF_MIXED_SCRIPT] = "mixed scripts",
	    [PROOF_NO_BYLINE] = "no byline",
	    [PROOF_NO_DATELINE] = "no dateline",
	    [PROOF_NO_CAPTION] = "no caption",
	    [PROOF_NO_CREDIT] = "no credit",
	    [PROOF_NO_ALT] = "no alternative text",
	};

	must(kind < PROOF_KINDS);
	return names[kind];
}

void proof_report(
    struct buf *b, const struct proof_mark *marks, size_t n, struct str file)
{
	for (size_t i = 0; i < n; i++) {
		const struct proof_mark *m = &marks[i];

		buf_add(b, file);
		if (m->line == 0)
			buf_printf(b, ": ");
		else if (str_eq(m->field, STR("body")))
			buf_printf(b, ":%u:%u: ", m->line, m->column);
		else
			buf_printf(
			    b, ": %.*s:%u: ", STR_ARG(m->field), m->column);
		buf_add(b, m->message);
		if (m->length > 0) {
			buf_lit(b, ", in \xE2\x80\xA6");
			buf_add(b, m->excerpt);
			buf_lit(b, "\xE2\x80\xA6");
		}
		buf_lit(b, ". Suggestion: ");
		buf_add(b, m->suggestion);
		buf_lit(b, ".\n");
	}
}
