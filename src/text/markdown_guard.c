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
};

/* Markers of quotations and lists, and columns, at the start of a line. */
static bool is_too_deep(struct str line)
{
	uint32_t markers = 0;
	uint32_t columns = 0;
	size_t at = 0;

	while (at < line.n) {
		char c = line.p[at];

		if (c == ' ' || c == '\t') {
			columns += c == '\t' ? 4 : 1;
		} else if (c == '>' || c == '-' || c == '*' || c == '+') {
			markers++;
		} else if (ascii_is_digit(c)) {
			while (
			    at + 1 < line.n && ascii_is_digit(line.p[at + 1]))
				at++;
			if (at + 1 >= line.n ||
			    (line.p[at + 1] != '.' && line.p[at + 1] != ')'))
				break;
			at++;
			markers++;
		} else {
			break;
		}
		at++;
		/* A rule may be as long as it likes. */
		if (c != '>' && markers > MARKERS_MAX && at == line.n)
			break;
	}
	if (columns > INDENT_MAX)
		return at < line.n;
	return markers > MARKERS_MAX;
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

bool markdown_is_hostile(struct str source, uint32_t *ret_line)
{
	struct guard g = {0};
	struct str line;

	while (str_line(&source, &line)) {
		uint32_t columns;

		g.lines++;
		*ret_line = g.lines;
		if (is_too_deep(line))
			return true;
		if (str_blank(line)) {
			g.columns = 0;
			g.delimiters = 0;
			continue;
		}
		if (starts_item(line))
			g.delimiters = 0;
		columns = delimiter_columns(line);
		if (columns > g.columns)
			g.columns = columns;
		g.cells += g.columns;
		count_marks(&g, line);
		if (g.columns > COLUMNS_MAX || g.cells > CELLS_MAX ||
		    g.openers > OPENERS_MAX || g.marks > MARKS_MAX ||
		    g.lines > LINES_MAX || g.walks > WALKS_MAX)
			return true;
	}
	return false;
}
