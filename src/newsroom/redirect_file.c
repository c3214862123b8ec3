/* SPDX-License-Identifier: MIT
 *
 * Files of redirects; see redirect_file.h.
 */
#include "newsroom/redirect_file.h"

#include "base/arena.h"
#include "base/buf.h"

static const struct str BYTE_ORDER_MARK = STR_INIT("\xEF\xBB\xBF");

static bool parts(char c)
{
	return c == ',' || c == ';' || c == '\t';
}

/* Without the quotation marks around a column and the doubled ones in it. */
static struct str unquoted(struct arena *a, struct str s)
{
	struct buf b;

	buf_init_arena(&b, a, s.n + 1);
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' && (i + 1 == s.n || s.p[i + 1] != '"'))
			break;
		i += s.p[i] == '"';
		buf_char(&b, s.p[i]);
	}
	return buf_rc(&b) == RC_OK ? str_trim(buf_str(&b)) : STR_NONE;
}

/* Takes a column from the front of LINE; P NULL: no memory. *RET_IS_LAST: there
 * is none behind it. *RET_IS_WHOLE: its quotation marks are closed, and only
 * spaces stand behind them. */
static struct str column(
    struct arena *a, struct str *line, bool *ret_is_last, bool *ret_is_whole)
{
	struct str s = *line;
	size_t start = 0, end;
	bool is_quoted;

	while (start < s.n && (s.p[start] == ' '))
		start++;
	is_quoted = start < s.n && s.p[start] == '"';
	end = start + is_quoted;
	*ret_is_whole = true;
	if (is_quoted) {
		while (end < s.n && (s.p[end] != '"' ||
					(end + 1 < s.n && s.p[end + 1] == '"')))
			end += s.p[end] == '"' ? 2 : 1;
		*ret_is_whole = end < s.n;
		end = end < s.n ? end + 1 : s.n;
	}
	while (end < s.n && !parts(s.p[end])) {
		*ret_is_whole &= !is_quoted || s.p[end] == ' ';
		end++;
	}
	*ret_is_last = end == s.n;
	*line = str_from(s, end + 1);
	return is_quoted ? unquoted(a, str_part(s, start + 1, end - start - 1))
			 : str_trim(str_part(s, start, end - start));
}

static enum rc read_line(
    struct arena *a, struct str line, struct redirect_line *ret)
{
	bool is_last, is_whole, is_end, is_fine;

	ret->from = column(a, &line, &is_last, &is_whole);
	ret->to = STR("");
	ret->is_faulty = is_last || !is_whole;
	if (!is_last) {
		ret->to = column(a, &line, &is_end, &is_fine);
		ret->is_faulty |= !is_end || !is_fine;
	}
	ret->is_faulty |= ret->from.n == 0 || ret->to.n == 0;
	return ret->from.p && ret->to.p ? RC_OK : RC_NO_MEMORY;
}

/* Names of columns, as the first line has them. */
static bool has_names(const struct redirect_line *line)
{
	return str_find(line->from, '/') == line->from.n &&
	       str_find(line->to, '/') == line->to.n;
}

/* The line from the front of TEXT, without its end. */
static struct str take_line(struct str *text)
{
	size_t n = str_find(*text, '\n');
	struct str line = str_part(*text, 0, n);

	*text = str_from(*text, n + 1);
	return str_trim(line);
}

static size_t count_lines(struct str text)
{
	size_t n = 0;

	while (text.n > 0)
		n += take_line(&text).n > 0;
	return n;
}

enum rc redirect_file_read(struct arena *a, struct str text,
    struct redirect_line **ret_v, size_t *ret_n)
{
	struct redirect_line *v;
	size_t n = 0, count;

	if (str_starts(text, BYTE_ORDER_MARK))
		text = str_from(text, BYTE_ORDER_MARK.n);
	count = count_lines(text);
	if (count > REDIRECT_LINES_MOST)
		return RC_LIMIT;
	v = ARENA_ARRAY(a, struct redirect_line, count);
	if (!v)
		return RC_NO_MEMORY;
	for (size_t number = 1; text.n > 0; number++) {
		struct str line = take_line(&text);
		enum rc rc;

		if (line.n == 0)
			continue;
		v[n].number = number;
		rc = read_line(a, line, &v[n]);
		if (rc != RC_OK)
			return rc;
		n += n > 0 || !has_names(&v[n]);
	}
	*ret_v = v;
	*ret_n = n;
	return RC_OK;
}
