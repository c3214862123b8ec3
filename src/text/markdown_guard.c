/* SPDX-License-Identifier: MIT
 *
 * Which Markdown is not given to the library, because it would take more than
 * linear time or an unbounded multiple of the input in memory. Found by
 * doubling inputs of some eighty kinds with libcmark-gfm 0.29.0.gfm.6:
 *
 *	containers nested deep, then many lines	every line visits every one
 *	"<?", "<!A", "<![CDATA["		each looks for its end
 *	tables of many columns			short rows are filled up
 *	millions of marks or lines		some 200 bytes for each byte
 *	links among emphasis in one paragraph	each "]" walks back over every
 *						mark of emphasis before it
 *						(of a table each cell is one)
 *
 * All else that is known to be bad (emphasis, brackets, backticks, reference
 * definitions, footnotes) it reads in linear time.
 */
#include "text/markdown_priv.h"

enum {
	MARKERS_MAX = 24,  /* ">", "-", "1." at the start of one line */
	INDENT_MAX = 120,  /* columns */
	OPENERS_MAX = 100, /* of "<?" and its like */
	COLUMNS_MAX = 100,
	CELLS_MAX = 50000,
	MARKS_MAX = 100000,
	LINES_MAX = 50000,
	WALKS_MAX = 10000000, /* some 7 ns each */
};

struct guard {
	uint32_t openers;
	uint32_t marks;
	uint32_t lines;
	uint32_t columns; /* of the table that may be open */
	uint64_t cells;
	uint64_t walks;
	uint32_t delimiters; /* of emphasis in the paragraph, so far */
	bool is_behind_blank;
	struct str first; /* the line before, if it was behind a blank one */
	bool in_table;
	struct str margin; /* of the table's head */
};

/* Where the mark of a list's item at AT of LINE ends, or AT if there is none.
 * The dashes of rules, tables and lines below headings are none. */
static size_t item_end(struct str line, size_t at)
{
	size_t end = at;

	if (line.p[at] == '-' || line.p[at] == '*' || line.p[at] == '+') {
		end++;
	} else {
		while (end < line.n && ascii_is_digit(line.p[end]))
			end++;
		if (end == at || end == line.n ||
		    (line.p[end] != '.' && line.p[end] != ')'))
			return at;
		end++;
	}
	return end == line.n || line.p[end] == ' ' || line.p[end] == '\t' ? end
									  : at;
}

/* "* * *" */
static bool is_rule(struct str s)
{
	uint32_t signs = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ' ' || s.p[i] == '\t')
			continue;
		if (s.p[i] != s.p[0] || (s.p[i] != '-' && s.p[i] != '*'))
			return false;
		signs++;
	}
	return signs >= 3;
}

/* Markers of quotations and lists, and columns, at the start of a line. */
static bool is_too_deep(struct str line)
{
	uint32_t markers = 0;
	uint32_t columns = 0;
	uint32_t before = 0;  /* of them, before what may be a rule */
	size_t rule = line.n; /* where that begins */
	size_t at = 0;

	while (at < line.n) {
		char c = line.p[at];
		size_t end = at + 1;

		if (c == ' ' || c == '\t') {
			columns += c == '\t' ? 4 : 1;
		} else if (c == '>') {
			before = ++markers;
			rule = line.n;
		} else {
			end = item_end(line, at);
			if (end == at)
				break;
			rule = rule < at ? rule : at;
			markers++;
		}
		at = end;
	}
	if (markers > MARKERS_MAX)
		return before > MARKERS_MAX || !is_rule(str_from(line, rule));
	/* White space alone opens nothing: it may be code. */
	return columns > INDENT_MAX && markers > 0 && at < line.n;
}

/* "---|:--" and the like: how many columns it sets; 0 if it is none. */
static uint32_t delimiter_columns(struct str line)
{
	uint32_t columns = 0;
	bool in_dashes = false;

	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];

		if (c == '-') {
			columns += !in_dashes;
			in_dashes = true;
		} else if (c == '|' || c == ':' || c == ' ' || c == '\t' ||
			   c == '>' || c == '*' || c == '+' || c == '\f' ||
			   c == '\v') {
			in_dashes = false;
		} else {
			return 0;
		}
	}
	return columns;
}

static bool is_mark(char c)
{
	switch (c) {
	case '*':
	case '_':
	case '[':
	case ']':
	case '<':
	case '`':
	case '~':
	case '!':
	case '&':
	case '\\':
	case '|':
	case '>':
		return true;
	default:
		return false;
	}
}

/* "- words" and the like: whatever is open, a new paragraph starts here. */
static bool starts_item(struct str line)
{
	size_t at = 0;

	while (at < 3 && at < line.n && line.p[at] == ' ')
		at++;
	return at + 2 < line.n &&
	       (line.p[at] == '-' || line.p[at] == '*' || line.p[at] == '+') &&
	       line.p[at + 1] == ' ' && line.p[at + 2] != ' ';
}

/* ":--" */
static bool is_delimiter_cell(struct str cell)
{
	cell = str_trim(cell);
	if (str_starts(cell, STR(":")))
		cell = str_from(cell, 1);
	if (str_ends(cell, STR(":")))
		cell.n--;
	for (size_t i = 0; i < cell.n; i++)
		if (cell.p[i] != '-')
			return false;
	return cell.n > 0;
}

/* How many cells "| a | b |" has; 0 where the library may count otherwise. */
static uint32_t row_cells(struct str row, bool is_delimiter)
{
	uint32_t cells = 0;

	row = str_trim(row);
	if (!str_starts(row, STR("|")) || str_find(row, '\\') < row.n)
		return 0;
	row = str_from(row, 1);
	if (str_ends(row, STR("|")))
		row.n--;
	while (row.p) {
		struct str cell = str_cut(&row, '|');

		if (cell.n == 0 || (is_delimiter && !is_delimiter_cell(cell)))
			return 0;
		cells++;
	}
	return cells;
}

static struct str margin_of(struct str line)
{
	size_t n = 0;

	while (n < line.n && (line.p[n] == ' ' || line.p[n] == '\t'))
		n++;
	return str_part(line, 0, n);
}

/* LINE is a row of a table, or below its head: what begins with "|" as the head
 * does begins no other block, and stands in the same ones. */
static bool is_row(const struct guard *g, struct str line)
{
	struct str margin = margin_of(line);
	struct str row = str_from(line, margin.n);
	uint32_t cells;

	if (g->in_table)
		return str_eq(margin, g->margin) && str_starts(row, STR("|")) &&
		       !str_blank(str_from(row, 1));
	if (g->first.n == 0 || !str_eq(margin, margin_of(g->first)))
		return false;
	cells = row_cells(row, true);
	return cells > 0 && cells == row_cells(g->first, false);
}

static void end_block(struct guard *g)
{
	g->columns = 0;
	g->delimiters = 0;
	g->is_behind_blank = true;
	g->first = STR_NONE;
	g->in_table = false;
}

static void begin_line(struct guard *g, struct str line)
{
	g->in_table = is_row(g, line);
	g->margin = margin_of(line);
	if (g->in_table || starts_item(line))
		g->delimiters = 0;
	g->first = g->is_behind_blank ? line : STR_NONE;
	g->is_behind_blank = false;
}

static void count_marks(struct guard *g, struct str line)
{
	for (size_t i = 0; i < line.n; i++) {
		if (!is_mark(line.p[i]))
			continue;
		g->marks++;
		if (line.p[i] == '*' || line.p[i] == '_' || line.p[i] == '~')
			g->delimiters++;
		else if (line.p[i] == ']')
			g->walks += g->delimiters;
		if (line.p[i] == '<' && i + 1 < line.n &&
		    (line.p[i + 1] == '?' ||
			(line.p[i + 1] == '!' && i + 2 < line.n &&
			    line.p[i + 2] != '-')))
			g->openers++;
	}
}

/* C stands in S more than MOST times. */
static bool has_more(struct str s, char c, size_t most)
{
	for (size_t n = 0; n <= most; n++) {
		size_t at = str_find(s, c);

		if (at == s.n)
			return false;
		s = str_from(s, at + 1);
	}
	return true;
}

/* Most sources have too few signs for any of the limits on marks, and marks
 * take the longest to count. */
static bool may_have_many_marks(struct str source)
{
	return source.n > MARKS_MAX || has_more(source, '<', OPENERS_MAX) ||
	       has_more(source, ']', WALKS_MAX / (source.n + 1));
}

/* str_line, which looks at every byte, is for sources that have CR. */
static bool next_line(struct str *source, bool has_cr, struct str *ret_line)
{
	if (has_cr)
		return str_line(source, ret_line);
	if (source->n == 0)
		return false;
	*ret_line = str_cut(source, '\n');
	return true;
}

bool markdown_is_hostile(struct str source, uint32_t *ret_line)
{
	struct guard g = {.is_behind_blank = true};
	bool has_cr = has_more(source, '\r', 0);
	bool is_counted = may_have_many_marks(source);
	struct str line;

	while (next_line(&source, has_cr, &line)) {
		uint32_t columns;

		g.lines++;
		*ret_line = g.lines;
		if (is_too_deep(line))
			return true;
		if (str_blank(line)) {
			end_block(&g);
			continue;
		}
		begin_line(&g, line);
		columns = delimiter_columns(line);
		if (columns > g.columns)
			g.columns = columns;
		g.cells += g.columns;
		if (is_counted)
			count_marks(&g, line);
		if (g.columns > COLUMNS_MAX || g.cells > CELLS_MAX ||
		    g.openers > OPENERS_MAX || g.marks > MARKS_MAX ||
		    g.lines > LINES_MAX || g.walks > WALKS_MAX)
			return true;
	}
	return false;
}
