/* SPDX-License-Identifier: MIT
 *
 * What kind of block a line of Markdown belongs to, as far as proof reading has
 * to know; see proof_priv.h.
 */
#include "text/proof_priv.h"

size_t proof_item_mark(struct str s, size_t at, size_t end)
{
	size_t n = 0;

	if (at + 1 < end &&
	    (s.p[at] == '-' || s.p[at] == '*' || s.p[at] == '+') &&
	    ascii_is_space(s.p[at + 1]))
		return 2;
	while (at + n < end && n < 9 && ascii_is_digit(s.p[at + n]))
		n++;
	if (n > 0 && at + n + 1 < end &&
	    (s.p[at + n] == '.' || s.p[at + n] == ')') &&
	    s.p[at + n + 1] == ' ')
		return n + 2;
	return 0;
}

static bool is_rule(struct str line)
{
	if (line.n < 3 || (line.p[0] != '-' && line.p[0] != '*' &&
			      line.p[0] != '_' && line.p[0] != '='))
		return false;
	for (size_t i = 1; i < line.n; i++)
		if (line.p[i] != line.p[0] && !ascii_is_space(line.p[i]))
			return false;
	return true;
}

bool proof_is_apart(struct str line)
{
	return line.p[0] == '|' || is_rule(line) ||
	       (line.p[0] == '<' && line.n > 1 &&
		   (ascii_is_alpha(line.p[1]) || line.p[1] == '/' ||
		       line.p[1] == '!') &&
		   !str_starts(line, STR("<http")) &&
		   line.p[line.n - 1] == '>') ||
	       (str_starts(line, STR("{{")) && str_ends(line, STR("}}"))) ||
	       (str_starts(line, STR("{%")) && str_ends(line, STR("%}"))) ||
	       (line.p[0] == '{' && line.p[line.n - 1] == '}') ||
	       (line.p[0] == '[' && str_find_str(line, STR("]:")) < 60 &&
		   str_find_str(line, STR("]:")) + 2 < line.n &&
		   line.p[1] != '^');
}

bool proof_is_table_rule(struct str line)
{
	bool has_bar = false, has_dash = false;

	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];

		has_bar |= c == '|';
		has_dash |= c == '-';
		if (c != '|' && c != '-' && c != ':' && c != ' ')
			return false;
	}
	return has_bar && has_dash;
}

bool proof_is_underline(struct str line)
{
	if (line.p[0] != '=' && line.p[0] != '-')
		return false;
	for (size_t i = 1; i < line.n; i++)
		if (line.p[i] != line.p[0])
			return false;
	return true;
}

bool proof_is_fence(struct str line)
{
	return str_starts(line, STR("```")) || str_starts(line, STR("~~~"));
}
