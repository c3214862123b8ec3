/* SPDX-License-Identifier: MIT
 *
 * Shortcodes of Hugo, "{{< name ... >}}" and "{{% name ... %}}", of Liquid,
 * "{% name ... %}" and "{{ page.name }}", of Kramdown, "{::name ...}", and of
 * WordPress (markdown_bracket.c). They are taken out before the Markdown is
 * read, since their insides are none. Figures leave a mark behind; all else is
 * reported. web/editor/shortcode.js does the same with those of Hugo and
 * Liquid. What raw HTML hides from readers (markdown_hidden.c) goes on the same
 * walk.
 *
 *	I1. A shortcode ends within its paragraph: what is open at a blank line
 *	    is text.
 *	I2. Nothing is taken out of code (markdown_code.c).
 *	I3. What "highlight" and "raw" enclose is code and text as it stands;
 *	    what "comment" encloses is nobody's.
 *	I4. "{{ name }}" is text where no other system would know the name.
 *	I5. What raw HTML hides leaves "<!---->": for the library's blocks and
 *	    words all is as it was, but for blank lines within. So does what
 *	    goes out of a block of HTML, which a blank line would end.
 */
#include "text/markdown_priv.h"

#include "base/arena.h"
#include "base/utf8.h"

/* What is longer is no shortcode; this keeps the search linear. */
enum {
	SHORTCODE_MAX = 2000,
	MISSES_MAX = 2000,
	TAG_MAX = 500,
	PREFIX_MAX = 80, /* of a line: its containers and white space */
};

enum {
	ENCLOSES_CODE,
	ENCLOSES_TEXT,
	ENCLOSES_COMMENT,
	ENCLOSES_KRAMDOWN, /* the same, and ends with "{:/}", too */
	ENCLOSERS,
};

static const struct str enclosers[ENCLOSERS] = {STR_INIT("highlight"),
    STR_INIT("raw"), STR_INIT("comment"), STR_INIT(":comment")};

static const struct str code_fence = STR_INIT("~~~~~~~~");

/* The next end of what an encloser encloses, for all places from FROM to AT:
 * each is looked for once, however many begin before it. */
struct enclosed_end {
	bool is_known;
	size_t from, at;
	size_t n;     /* bytes of it; 0: there is none */
	size_t fence; /* behind this no more code_fence before it */
};

struct cut {
	struct reading *r;
	struct str source;
	struct buf out;
	uint32_t line;	   /* of the source */
	uint32_t out_line; /* of the new one */
	size_t line_start; /* where the line begins, in the source */
	struct enclosed_end ends[ENCLOSERS];
	struct code_walk code;
	struct hidden_walk hidden;
	size_t done;	    /* of the source, up to here, it is in OUT */
	uint32_t misses;    /* of "{" and "[name" that begin nothing */
	bool is_plain;	    /* only what is hidden goes, and leaves nothing */
	uint32_t owed;	    /* line ends, until a blank line */
	bool is_behind_tag; /* the line before was a shortcode, and is blank */
};

static const struct {
	struct str open;
	struct str close;
} forms[] = {
    {STR_INIT("{{<"), STR_INIT(">}}")},
    {STR_INIT("{{%"), STR_INIT("%}}")},
    {STR_INIT("{%"), STR_INIT("%}")},
    {STR_INIT("{{"), STR_INIT("}}")},
    {STR_INIT("{:"), STR_INIT("}")},
};

enum { FORM_LIQUID = 2, FORM_VARIABLE, FORM_KRAMDOWN };

/* The part of S before its first blank line. */
static struct str paragraph_of(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		struct str line = str_from(s, i + 1);

		if (s.p[i] == '\n' &&
		    str_blank(str_part(line, 0, str_find(line, '\n'))))
			return str_part(s, 0, i);
	}
	return s;
}

/* "{{ x }}" speaks of a page to Jekyll; else it is a story's own (I4). */
static bool is_variable(struct str inside)
{
	static const struct str objects[] = {STR_INIT("site."),
	    STR_INIT("page."), STR_INIT("post."), STR_INIT("layout."),
	    STR_INIT("include."), STR_INIT("forloop.")};

	if (inside.n == 0 || inside.p[0] == '"' || inside.p[0] == '\'' ||
	    inside.p[0] == '.' || inside.p[0] == '$' ||
	    str_find(inside, '|') < inside.n)
		return true;
	for (size_t i = 0; i < sizeof(objects) / sizeof(objects[0]); i++)
		if (str_starts(inside, objects[i]))
			return true;
	return false;
}

/* "{::name}", "{:/name}" or "{:/}", and no attributes. */
static bool is_kramdown(struct str inside)
{
	struct str name = str_from(inside, 1);

	if (str_starts(inside, STR(":")))
		return name.n > 0 && ascii_is_alpha(name.p[0]);
	if (!str_starts(inside, STR("/")))
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (!ascii_is_alpha(name.p[i]))
			return false;
	return true;
}

/* "{%- x -%}" takes the white space around it, too. */
static struct str without_hyphens(struct str inside)
{
	if (str_starts(inside, STR("-")))
		inside = str_from(inside, 1);
	if (str_ends(inside, STR("-")))
		inside.n--;
	return str_trim(inside);
}

struct shortcode {
	struct str inside;
	size_t n; /* bytes of it all */
};

/* The shortcode at S; false if there is none. */
static bool shortcode_at(struct str s, struct shortcode *ret)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct str open = forms[i].open;
		struct str rest = str_part(s, open.n, SHORTCODE_MAX);
		size_t end;

		if (!str_starts(s, open))
			continue;
		rest = paragraph_of(rest); /* I1 */
		end = str_find_str(rest, forms[i].close);
		if (end == rest.n ||
		    str_find_str(str_part(rest, 0, end), open) < end)
			return false;
		ret->inside = str_trim(str_part(rest, 0, end));
		ret->n = open.n + end + forms[i].close.n;
		if (i == FORM_KRAMDOWN)
			return is_kramdown(ret->inside);
		if (i >= FORM_LIQUID)
			ret->inside = without_hyphens(ret->inside);
		return i != FORM_VARIABLE || is_variable(ret->inside);
	}
	return false;
}

static struct str name_of(struct str inside)
{
	size_t n = 0;

	while (n < inside.n && !ascii_is_space(inside.p[n]))
		n++;
	return str_part(inside, 0, n);
}

static void report(struct cut *c, struct str inside)
{
	static const struct str chooses[] = {STR_INIT("if"), STR_INIT("unless"),
	    STR_INIT("case"), STR_INIT("ifversion")};
	struct str name = name_of(inside);
	struct str why = STR("shortcodes of other systems are not carried");

	if (name.n == 0 || name.p[0] == '/' || str_starts(name, STR("end")) ||
	    str_eq(name, STR("else")) || str_eq(name, STR("elsif")) ||
	    str_eq(name, STR("when")))
		return; /* its start was reported */
	if (name.p[0] == ':')
		name = str_from(name, 1);
	for (size_t i = 0; i < sizeof(chooses) / sizeof(chooses[0]); i++)
		if (str_eq(name, chooses[i]))
			why = STR("what it chooses between is all carried; "
				  "take out what does not apply");
	left_add(&c->r->left,
	    arena_printf(c->r->a, "shortcode %.*s",
		STR_ARG(utf8_head(name, name.n < 60 ? name.n : 60))),
	    why, c->r->first_line + c->line - 1);
}

static void put(struct cut *c, struct str s)
{
	buf_add(&c->out, s);
	for (size_t i = 0; i < s.n; i++)
		c->out_line += s.p[i] == '\n';
}

/* What stands between FROM and TO has its line to itself. */
static bool is_alone(const struct cut *c, size_t from, size_t to)
{
	struct str s = c->source;

	while (
	    from > 0 && s.p[from - 1] != '\n' && ascii_is_space(s.p[from - 1]))
		from--;
	while (to < s.n && s.p[to] != '\n' && ascii_is_space(s.p[to]))
		to++;
	return (from == 0 || s.p[from - 1] == '\n') &&
	       (to == s.n || s.p[to] == '\n');
}

/* Steps over the source up to END; returns how many lines end there. */
static uint32_t step(struct cut *c, size_t at, size_t end)
{
	struct str rest = str_part(c->source, at, end - at);
	uint32_t lines = 0;
	size_t n;

	while ((n = str_find(rest, '\n')) < rest.n) {
		lines++;
		rest = str_from(rest, n + 1);
		c->line_start = (size_t)(rest.p - c->source.p);
	}
	c->line += lines;
	return lines;
}

/* Passes over the source up to END, leaving its line ends in place. */
static void pass(struct cut *c, size_t at, size_t end, bool is_kept)
{
	uint32_t lines = step(c, at, end);

	if (is_kept) {
		put(c, str_part(c->source, at, end - at));
	} else {
		buf_fill(&c->out, '\n', lines);
		c->out_line += lines;
	}
}

/* What keeps a line where the line of AT is, without a mark of a new item: in
 * the same quotations and items. */
static struct str line_prefix(struct cut *c, size_t at)
{
	struct str before =
	    str_part(c->source, c->line_start, at - c->line_start);
	bool is_item;
	struct buf b;

	before = str_part(before, 0, PREFIX_MAX + 1);
	before = str_part(before, 0, markdown_line_text(before, &is_item));
	buf_init_arena(&b, c->r->a, before.n);
	for (size_t i = 0; i < before.n; i++)
		buf_char(&b, before.p[i] == '>' || before.p[i] == '\t'
				 ? before.p[i]
				 : ' ');
	return buf_str(&b);
}

static const struct str nothing = STR_INIT("<!---->");

/* LINES more in a block of HTML, none of which is blank. */
static void put_lines(struct cut *c, struct str prefix, uint32_t lines)
{
	if (prefix.n > PREFIX_MAX) {
		c->owed += lines;
		return;
	}
	for (; lines > 0; lines--) {
		put(c, STR("\n"));
		put(c, prefix);
		put(c, nothing);
	}
}

/* I5: what is hidden from AT to END. In a block of HTML each of its lines stays
 * one, and none is blank; among words they would part the paragraph, and are
 * owed to the next blank line. */
static void put_nothing(struct cut *c, size_t at, size_t end)
{
	struct str prefix = line_prefix(c, at);
	bool is_block = c->hidden.in_html || c->line_start + prefix.n == at;
	uint32_t lines = step(c, at, end);

	if (!c->is_plain)
		put(c, nothing);
	if (c->is_plain || !is_block)
		c->owed += lines;
	else
		put_lines(c, prefix, lines);
}

/* Nothing stands before AT in its line but what markdown_line_text passes
 * over. */
static bool begins_line(const struct cut *c, size_t at)
{
	struct str before =
	    str_part(c->source, c->line_start, at - c->line_start);
	bool is_item;

	return before.n <= PREFIX_MAX &&
	       markdown_line_text(before, &is_item) == before.n;
}

/* Takes what stands between AT and END out. In the middle of a line of HTML it
 * may be part of a tag, and leaves nothing. */
static void drop(struct cut *c, size_t at, size_t end)
{
	struct str s = str_part(c->source, at, end - at);

	if (c->hidden.in_html &&
	    (begins_line(c, at) || str_find(s, '\n') < s.n))
		put_nothing(c, at, end);
	else
		pass(c, at, end, false);
	c->is_behind_tag = !c->hidden.in_html && is_alone(c, at, end);
}

/* Puts FIGURE in the place of what stands between AT and END. One that has its
 * line to itself gets blank lines around it. Behind one, white space would make
 * it code, so only what keeps it in its list stays. A block of HTML goes on
 * behind it. False: FIGURE is NULL. */
static bool put_figure(
    struct cut *c, struct node *figure, size_t at, size_t end)
{
	struct reading *r = c->r;
	bool in_html = c->hidden.in_html;
	bool has_line = !in_html && is_alone(c, at, end);
	struct str prefix = line_prefix(c, at);
	size_t indent = markdown_indent(str_from(c->source, c->line_start));

	if (!figure)
		return false;
	if (has_line) {
		if (!c->code.is_in_list)
			indent = 0;
		else if (indent > c->code.list_column)
			indent = c->code.list_column;
		put(c, STR("\n"));
		buf_fill(&c->out, ' ', indent);
	}
	r->figures[r->figures_n] = (struct shortcode_figure){.node = figure,
	    .written = str_part(c->source, at, end - at),
	    .source_line = r->first_line + c->line - 1,
	    .line = c->out_line,
	    .added = has_line ? 2 : 0};
	put(c, STR("\xEF\xB7\x90"));
	buf_u64(&c->out, r->figures_n);
	put(c, STR("\xEF\xB7\x91"));
	if (has_line)
		put(c, STR("\n"));
	if (in_html)
		put_lines(c, prefix, step(c, at, end));
	else
		pass(c, at, end, false);
	c->is_behind_tag = has_line;
	r->figures_n++;
	return true;
}

/* The length of the tag at S that ends what NAME encloses, or 0. */
static size_t end_tag(struct str s, struct str name)
{
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		size_t at = forms[i].open.n;
		bool has_hyphen = at < s.n && s.p[at] == '-';

		if (!str_starts(s, forms[i].open))
			continue;
		at += has_hyphen;
		while (at < s.n && s.p[at] == ' ')
			at++;
		if (str_starts(str_from(s, at), STR("end")))
			at += 3;
		else if (at < s.n && s.p[at] == '/')
			at++;
		else
			return 0;
		while (at < s.n && s.p[at] == ' ')
			at++;
		if (!str_starts(str_from(s, at), name))
			return 0;
		at += name.n;
		while (at < s.n && (s.p[at] == ' ' || s.p[at] == '-'))
			at++;
		return str_starts(str_from(s, at), forms[i].close)
			   ? at + forms[i].close.n
			   : 0;
	}
	return 0;
}

/* The same for WHICH of the enclosers. */
static size_t encloser_end(struct str s, size_t which)
{
	if (which != ENCLOSES_KRAMDOWN)
		return end_tag(s, enclosers[which]);
	if (str_starts(s, STR("{:/}")))
		return 4;
	return str_starts(s, STR("{:/comment}")) ? 11 : 0;
}

/* The end of what encloser WHICH encloses from BEHIND on. */
static const struct enclosed_end *end_of(
    struct cut *c, size_t which, size_t behind)
{
	struct enclosed_end *known = &c->ends[which];
	struct str s = c->source;
	size_t at = behind, n = 0;

	if (known->is_known && known->from <= behind && behind <= known->at)
		return known;
	*known = (struct enclosed_end){.is_known = true, .from = behind};
	for (; at < s.n && n == 0; at += n == 0)
		if (s.p[at] == '{')
			n = encloser_end(str_from(s, at), which);
	known->at = at;
	known->n = n;
	for (at = behind; at < known->at; at++) {
		at += str_find_str(str_part(s, at, known->at - at), code_fence);
		if (at < known->at)
			known->fence = at + 1;
	}
	return known;
}

/* I3: the shortcode from AT to BEHIND encloses what follows it; returns where
 * that ends, or BEHIND if it is none of those. */
static size_t take_enclosed(
    struct cut *c, struct str inside, size_t at, size_t behind)
{
	const struct enclosed_end *known;
	struct str enclosed;
	size_t end, which = 0;

	while (which < ENCLOSERS && !str_eq(name_of(inside), enclosers[which]))
		which++;
	if (which == ENCLOSERS)
		return behind;
	known = end_of(c, which, behind);
	end = known->at;
	enclosed = str_trim(str_part(c->source, behind, end - behind));
	if (known->n == 0 ||
	    (which == ENCLOSES_CODE && (!is_alone(c, at, behind) ||
					   !is_alone(c, end, end + known->n) ||
					   known->fence > behind)))
		return behind;
	if (which == ENCLOSES_COMMENT || which == ENCLOSES_KRAMDOWN) {
		report(c, inside);
		drop(c, at, end + known->n);
		return end + known->n;
	}
	drop(c, at, behind);
	if (which == ENCLOSES_CODE)
		put(c, code_fence);
	pass(c, behind, end, true);
	if (paragraph_of(enclosed).n < enclosed.n)
		c->hidden.in_html = false;
	if (which == ENCLOSES_CODE)
		put(c, code_fence);
	else
		drop(c, end, end + known->n);
	return end + known->n;
}

/* For one more figure. */
static bool has_room(struct reading *r)
{
	if (!r->figures)
		r->figures =
		    ARENA_ARRAY(r->a, struct shortcode_figure, FIGURES_MAX);
	return r->figures && r->figures_n < FIGURES_MAX;
}

/* What stands between the signs of a comment of C is how Hugo is told to show a
 * shortcode. */
static bool put_shown(struct cut *c, struct str inside, size_t at, size_t end)
{
	bool is_pointed = str_starts(str_from(c->source, at), STR("{{<"));

	if (!str_starts(inside, STR("/*")) || !str_ends(inside, STR("*/")))
		return false;
	put(c, is_pointed ? STR("{{&lt;") : STR("{{%"));
	put(c, str_part(inside, 2, inside.n - 4));
	put(c, is_pointed ? STR("&gt;}}") : STR("%}}"));
	(void)step(c, at, end);
	return true;
}

/* Returns where what was taken ends. */
static size_t take_one(struct cut *c, struct str inside, size_t at, size_t end)
{
	struct reading *r = c->r;
	size_t behind = take_enclosed(c, inside, at, end);

	if (behind > end || put_shown(c, inside, at, end))
		return behind;
	if (has_room(r) &&
	    put_figure(c,
		markdown_figure(r, inside, r->first_line + c->line - 1), at,
		end))
		return end;
	report(c, inside);
	drop(c, at, end);
	return end;
}

/* The code of <pre> from AT to END, in which no blank line ends the block. */
static void put_code(struct cut *c, size_t at, size_t end)
{
	struct str code = str_part(c->source, at, end - at);
	struct str prefix = line_prefix(c, at);

	(void)step(c, at, end);
	if (prefix.n > PREFIX_MAX)
		prefix = STR_NONE;
	while (code.n > 0) {
		size_t n = str_find(code, '\n');

		if (code.p > c->source.p + at && n < code.n &&
		    str_blank(str_part(code, 0, n))) {
			put(c, prefix);
			put(c, nothing);
		}
		put(c, str_part(code, 0, n + 1));
		code = str_from(code, n + 1);
	}
}

static void take_hidden(struct cut *c, enum hidden what, size_t at, size_t end)
{
	struct str s = str_part(c->source, at, end - at);
	uint32_t line = c->r->first_line + c->line - 1;

	if (what == HIDDEN_NOTHING) {
		put_code(c, at, end);
		return;
	}
	if (what == HIDDEN_ELEMENT)
		markdown_report_hidden(c->r, s, line);
	else if (s.n >= nothing.n)
		markdown_report_comment(c->r, s, line);
	put_nothing(c, at, end);
}

/* The white space of LINE, which begins at AT, goes where it would make it
 * code, since the line before it is blank now. */
static void unindent(struct cut *c, size_t at, struct str line)
{
	size_t column = c->code.is_in_list ? c->code.list_column : 0;
	size_t n = 0;

	if (markdown_indent(line) < column + 4 || c->code.is_in_item_code)
		return;
	while (n < line.n && (line.p[n] == ' ' || line.p[n] == '\t'))
		n++;
	put(c, str_part(c->source, c->done, at - c->done));
	buf_fill(&c->out, ' ', column);
	c->done = at + n;
}

/* A line of the source begins at AT, and no code. */
static void begin_line(struct cut *c, size_t at, bool is_indented)
{
	struct str line = str_from(c->source, at);
	bool is_item;
	struct str text;

	line.n = str_find(line, '\n');
	text = str_from(line, markdown_line_text(line, &is_item));
	c->hidden.text = at + line.n - text.n;
	if (c->is_behind_tag && text.n > 0)
		unindent(c, at, line);
	c->is_behind_tag = false;
	if (text.n > 0) {
		c->hidden.in_html |= !c->is_plain && text.p[0] == '<' &&
				     markdown_is_block(markdown_tag_name(text));
		return;
	}
	c->hidden.in_html = false;
	if (is_indented || c->owed == 0)
		return;
	put(c, str_part(c->source, c->done, at - c->done));
	buf_fill(&c->out, '\n', c->owed);
	c->out_line += c->owed;
	c->done = at;
	c->owed = 0;
}

/* The same of WordPress's. A caption that is no figure, and what is embedded,
 * stay without their tags. */
static size_t take_bracket(struct cut *c, const struct bracket *one, size_t at)
{
	bool is_caption =
	    one->all > one->n && !str_starts(one->inside, STR("embed"));
	size_t end = at + one->n;

	if (is_caption && has_room(c->r) &&
	    put_figure(c,
		markdown_bracket_figure(
		    c->r, one, c->r->first_line + c->line - 1),
		at, at + one->all))
		return at + one->all;
	if (!one->is_end)
		report(c, one->inside);
	drop(c, at, end);
	return end;
}

/* What stands between FROM and TO is no word among others. */
static bool stands_alone(const struct cut *c, size_t from, size_t to)
{
	struct str s = c->source;

	return is_alone(c, from, to) ||
	       (c->hidden.in_html && from > 0 && s.p[from - 1] == '>' &&
		   to < s.n && s.p[to] == '<');
}

/* Takes the shortcode at AT; returns where that ends, or AT. */
static size_t take_shortcode(struct cut *c, size_t at)
{
	struct str s = str_from(c->source, at);
	struct shortcode one;
	struct bracket bracket;

	if (c->is_plain || c->misses == MISSES_MAX)
		return at;
	if (s.p[0] == '{') {
		if (shortcode_at(s, &one)) {
			put(c, str_part(c->source, c->done, at - c->done));
			return take_one(c, one.inside, at, at + one.n);
		}
		c->misses++;
	} else if (markdown_is_bracket(s)) {
		if (markdown_bracket_at(
			paragraph_of(str_part(s, 0, SHORTCODE_MAX)),
			&bracket) &&
		    (!bracket.is_bare || stands_alone(c, at, at + bracket.n))) {
			put(c, str_part(c->source, c->done, at - c->done));
			return take_bracket(c, &bracket, at);
		}
		c->misses++;
	}
	return at;
}

/* How long the tag of Kramdown at S is that has its line to itself and Markdown
 * behind it, "<div markdown="1">"; 0: there is none. */
static size_t div_length(struct reading *r, struct str s)
{
	struct str line = str_part(s, 0, TAG_MAX);
	struct str value;

	line.n = str_find(line, '\n');
	if (line.n == TAG_MAX ||
	    !markdown_name_in(markdown_tag_name(line),
		"div section article aside main header footer") ||
	    str_find(line, '>') + 1 != str_trim(line).n)
		return 0;
	value = markdown_attribute(r, line, STR("markdown"));
	return str_eq(value, STR("1")) || str_eq(value, STR("block"))
		   ? str_trim(line).n
		   : 0;
}

/* The tag at AT goes alone, and leaves a blank line: what follows is no HTML.
 * Returns where it ends, or AT. */
static size_t take_markdown_tag(struct cut *c, size_t at)
{
	struct str s = str_from(c->source, at);
	size_t n = 0;

	if (s.p[0] == '<' && !c->is_plain && at == c->hidden.text)
		n = div_length(c->r, s);
	if (n == 0)
		return at;
	put(c, str_part(c->source, c->done, at - c->done));
	markdown_report_tag(c->r, s, c->r->first_line + c->line - 1);
	c->hidden.in_html = false;
	return at + n;
}

/* Takes what is none of the story's at AT; returns where that ends, or AT. */
static size_t take_at(struct cut *c, size_t at)
{
	enum hidden what;
	size_t end = take_shortcode(c, at);

	if (end == at)
		end = take_markdown_tag(c, at);
	if (end == at && !c->code.is_in_item_code) {
		end = markdown_hidden_end(&c->hidden, c->source, at, &what);
		if (end > at) {
			put(c, str_part(c->source, c->done, at - c->done));
			take_hidden(c, what, at, end);
		}
	}
	if (end == at)
		return at;
	c->done = end;
	if (at == c->hidden.text) {
		c->hidden.text = end;
		while (c->hidden.text < c->source.n &&
		       ascii_is_space(c->source.p[c->hidden.text]))
			c->hidden.text++;
	}
	return end;
}

/* No mark is the source's own. */
static struct str without_signs(struct reading *r, struct str source)
{
	static const struct str start = STR_INIT("\xEF\xB7");
	struct buf b;
	size_t i = 0;

	if (str_find_str(source, start) == source.n)
		return source;
	buf_init_arena(&b, r->a, source.n);
	while (i < source.n) {
		struct str rest = str_from(source, i);
		bool is_sign = str_starts(rest, STR("\xEF\xB7\x90")) ||
			       str_starts(rest, STR("\xEF\xB7\x91"));

		if (!is_sign)
			buf_char(&b, source.p[i]);
		i += is_sign ? 3 : 1;
	}
	return buf_rc(&b) ? STR_NONE : buf_str(&b);
}

static struct str take(struct reading *r, struct str source, bool is_plain)
{
	struct cut c = {.r = r, .line = 1, .out_line = 1, .is_plain = is_plain};

	if (str_find(source, '{') == source.n &&
	    str_find(source, '<') == source.n &&
	    str_find(source, '[') == source.n)
		return source;
	source = without_signs(r, source);
	c.source = source;
	buf_init_arena(&c.out, r->a,
	    source.n * (PREFIX_MAX + nothing.n + 1) + FIGURES_MAX * 256);
	for (size_t i = 0; i < source.n;) {
		size_t end = markdown_skip_code(&c.code, source, i); /* I2 */

		bool is_escaped = end == i + 2 && source.p[i] == '\\';
		size_t behind;

		if (end > i)
			c.is_behind_tag = false;
		else if (i == c.line_start)
			begin_line(&c, i, c.code.is_indented);
		behind = end == i || is_escaped ? take_at(&c, i) : i;
		if (behind > i) {
			i = behind;
			continue;
		}
		if (end == i)
			end = markdown_next_place(source, i + 1);
		(void)step(&c, i, end);
		i = end;
	}
	if (c.done == 0)
		return source;
	put(&c, str_from(source, c.done));
	return buf_rc(&c.out) ? STR_NONE : buf_str(&c.out);
}

struct str markdown_take_shortcodes(struct reading *r, struct str source)
{
	return take(r, source, false);
}

struct str markdown_take_hidden(struct reading *r, struct str source)
{
	return take(r, source, true);
}
