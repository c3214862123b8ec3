/* SPDX-License-Identifier: MIT
 *
 * What raw HTML hides from readers: comments, scripts, styles, and what stands
 * in place of a film that cannot be played. The library would end them at a
 * blank line, or show them where they stand among words, so their ends are
 * found before it reads the source. The same of <pre>, which is all code.
 *
 *	I1. What has no end hides nothing.
 *	I2. An end is looked for once, however many starts stand before it.
 *	I3. A tag among words may be meant as a word: then it hides nothing
 *	    behind its paragraph. A comment does, for nobody means that.
 */
#include "text/markdown_priv.h"

static const struct {
	struct str name;
	enum hidden what; /* NOTHING: only in a block of HTML */
	bool is_short;	  /* ends within its paragraph, and hides no picture */
} hiding[HIDING] = {{STR_INIT("!--"), HIDDEN_COMMENT, false},
    {STR_INIT("pre"), HIDDEN_NOTHING, false},
    {STR_INIT("script"), HIDDEN_ELEMENT, false},
    {STR_INIT("style"), HIDDEN_ELEMENT, false},
    {STR_INIT("template"), HIDDEN_ELEMENT, false},
    {STR_INIT("audio"), HIDDEN_ELEMENT, true},
    {STR_INIT("iframe"), HIDDEN_ELEMENT, true},
    {STR_INIT("noscript"), HIDDEN_ELEMENT, true},
    {STR_INIT("object"), HIDDEN_ELEMENT, true},
    {STR_INIT("video"), HIDDEN_ELEMENT, true}};

/* "<NAME" or "</NAME" stands at AT of S, and no longer name. */
static bool has_name(struct str s, size_t at, struct str name)
{
	size_t end = at + name.n;

	return str_eq_fold(str_part(s, at, name.n), name) &&
	       (end >= s.n || !markdown_is_name(s.p[end]));
}

/* Where the comment at AT ends, or 0. */
static size_t comment_end(struct str s, size_t at)
{
	size_t behind = at + 2; /* "<!-->" is whole */
	size_t end = behind + str_find_str(str_from(s, behind), STR("-->"));

	return end < s.n ? end + 3 : 0;
}

/* Where what hides as WHICH at AT ends, or 0; *RET_SEEN is how far it was
 * looked for. */
static size_t element_end(
    struct str s, size_t at, size_t which, bool is_short, size_t *ret_seen)
{
	size_t i = at + 1;

	for (; i < s.n; i++) {
		char c = s.p[i];

		if (c == '\n' && is_short &&
		    str_blank(
			str_part(s, i + 1, str_find(str_from(s, i + 1), '\n'))))
			break;
		if (c != '<')
			continue;
		if (is_short && has_name(s, i + 1, STR("img")))
			break;
		if (i + 1 < s.n && s.p[i + 1] == '/' &&
		    has_name(s, i + 2, hiding[which].name)) {
			i += str_find(str_from(s, i), '>');
			return i < s.n ? i + 1 : 0;
		}
	}
	*ret_seen = i;
	return 0;
}

size_t markdown_hidden_end(
    struct hidden_walk *w, struct str s, size_t at, enum hidden *ret_what)
{
	size_t which = 0;
	size_t seen = s.n;
	bool is_short;
	size_t end;

	if (s.p[at] != '<')
		return at;
	while (which < HIDING &&
	       !(which == 0 ? str_starts(str_from(s, at), STR("<!--"))
			    : has_name(s, at + 1, hiding[which].name)))
		which++;
	if (which == HIDING ||
	    (hiding[which].what == HIDDEN_NOTHING && !w->in_html))
		return at;
	is_short = hiding[which].is_short ||
		   (which > 0 && !w->in_html && at != w->text &&
		       s.p[at - 1] != '>'); /* I3 */
	if (w->none_before[is_short][which] > at)
		return at;
	end = which == 0 ? comment_end(s, at)
			 : element_end(s, at, which, is_short, &seen);
	if (end == 0) {
		w->none_before[is_short][which] = seen; /* I2 */
		return at;
	}
	*ret_what = hiding[which].what;
	return end;
}
