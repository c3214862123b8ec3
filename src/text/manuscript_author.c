/* SPDX-License-Identifier: MIT
 *
 * The names of those who wrote a manuscript, without their mail addresses: what
 * a program wrote for its own use is not to be seen by readers.
 */
#include "text/manuscript_priv.h"

#include "base/arena.h"
#include "base/buf.h"

/* What cannot stand within a mail address, and so parts words. */
static bool is_between(char c)
{
	return ascii_is_space(c) || c == ',' || c == ';' || c == ':' ||
	       c == '<' || c == '>' || c == '(' || c == ')' || c == '[' ||
	       c == ']' || c == '"' || c == '/' || c == '|';
}

/* "@dee@social.example" is a name by which readers are to find somebody. */
static bool is_mail(struct str word)
{
	size_t at = str_find_last(word, '@');
	struct str host = str_from(word, at + 1);

	return at > 0 && at < word.n && word.p[0] != '@' &&
	       str_find(host, '.') < host.n;
}

static size_t word_end(struct str s, size_t at)
{
	while (at < s.n && !is_between(s.p[at]))
		at++;
	return at;
}

/* Where the mail address that starts at AT ends, with its "mailto:" and the
 * brackets around it; AT if none does. */
static size_t mail_end(struct str s, size_t at)
{
	static const char brackets[] = "<>()[]";
	size_t from = at, end;
	char close = 0;

	for (size_t i = 0; i < 6; i += 2)
		if (s.p[at] == brackets[i])
			close = brackets[i + 1];
	from += close != 0;
	if (str_starts(str_from(s, from), STR("mailto:")))
		from += 7;
	end = word_end(s, from);
	if (!is_mail(str_part(s, from, end - from)))
		return at;
	return close && end < s.n && s.p[end] == close ? end + 1 : end;
}

/* TEXT with a space for each of its addresses. */
static bool mails_out(struct str text, struct buf *b)
{
	bool has_some = false;
	size_t at = 0;

	while (at < text.n) {
		size_t end = mail_end(text, at);

		if (end > at) {
			has_some = true;
			buf_char(b, ' ');
			at = end;
			continue;
		}
		end = word_end(text, at);
		end += end == at;
		buf_add(b, str_part(text, at, end - at));
		at = end;
	}
	return has_some;
}

/* What stood around an address is left over where that is gone. */
static bool is_left_over(char c)
{
	return ascii_is_space(c) || c == ',' || c == ';' || c == ':' ||
	       c == '-' || c == '/' || c == '|';
}

static struct str without_ends(struct str s)
{
	while (s.n > 0 && is_left_over(s.p[0]))
		s = str_from(s, 1);
	while (s.n > 0 && is_left_over(s.p[s.n - 1]))
		s.n--;
	return s;
}

/* S, without the quotation marks or brackets around the whole of it. */
static struct str without_marks(struct str s)
{
	struct str inner;
	char close;

	s = without_ends(s);
	if (s.n < 2 || (s.p[0] != '"' && s.p[0] != '('))
		return s;
	inner = str_part(s, 1, s.n - 2);
	close = s.p[0] == '(' ? ')' : '"';
	return s.p[s.n - 1] == close && str_find(inner, close) == inner.n
		   ? str_trim(inner)
		   : s;
}

struct str manuscript_author(struct arena *a, struct str text)
{
	struct str kept, word;
	struct buf b, one;

	if (str_find(text, '@') == text.n)
		return text;
	buf_init_arena(&b, a, text.n + 1);
	if (!mails_out(text, &b))
		return text;
	kept = without_marks(buf_str(&b));
	buf_init_arena(&one, a, text.n + 1);
	while (kept.n > 0) {
		word = str_cut(&kept, ' ');
		if (word.n > 0 && one.n > 0)
			buf_char(&one, ' ');
		buf_add(&one, word);
	}
	return buf_str(&one);
}

struct str manuscript_cut_author(struct str *rest)
{
	struct str text = *rest;
	size_t open = text.n;
	bool is_behind = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (is_behind && (c == ',' || c == ';')) {
			*rest = str_from(text, i + 1);
			return str_part(text, 0, i);
		}
		if (c == '<')
			open = i;
		else if (c == '>' && open < i) {
			is_behind = mail_end(text, open) == i + 1;
			open = text.n;
			continue;
		}
		is_behind = is_behind && ascii_is_space(c);
	}
	*rest = STR_NONE;
	return text;
}
