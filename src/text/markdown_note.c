/* SPDX-License-Identifier: MIT
 *
 * Footnotes that the library loses without a word, for no mark refers to them.
 */
#include "text/markdown_priv.h"

enum { NOTES_CHECKED = 100, FOOTNOTE_NAME_MAX = 500 };

/* "[^name]" at the start of S, if it begins a footnote. */
static struct str note_name(struct str s)
{
	struct str name = str_part(s, 0, FOOTNOTE_NAME_MAX);
	size_t end;

	if (!str_starts(s, STR("[^")))
		return STR_NONE;
	name.n = str_find(name, '\n');
	end = str_find(name, ']');
	return end + 1 < name.n && name.p[end + 1] == ':'
		   ? str_part(name, 0, end + 1)
		   : STR_NONE;
}

static void report_note(struct reading *r, struct str name, uint32_t line)
{
	for (uint32_t i = 0; i < r->notes_n; i++)
		if (r->note_lines[i] == line)
			return;
	left_add(&r->left, name,
	    STR("a footnote that nothing refers to, or that has the name of "
		"another"),
	    line);
}

void markdown_report_notes(struct reading *r, struct str source)
{
	struct code_walk code = {0};
	uint32_t line = r->first_line;
	uint32_t seen = 0;

	if (str_find_str(source, STR("[^")) == source.n)
		return;
	for (size_t i = 0; i < source.n && seen < NOTES_CHECKED;) {
		size_t end = markdown_skip_code(&code, source, i);
		struct str name = STR_NONE;

		if (end == i && (i == 0 || source.p[i - 1] == '\n'))
			name = note_name(str_from(source, i));
		if (name.n > 0) {
			report_note(r, name, line);
			seen++;
		}
		if (end == i)
			end = markdown_next_place(source, i + 1);
		for (; i < end; i++)
			line += source.p[i] == '\n';
	}
}
