/* SPDX-License-Identifier: MIT
 *
 * See mail_priv.h. What a mail shows as lines of their own become lines; no
 * attribute is looked at.
 */
#include "text/mail_priv.h"

#include "base/buf.h"

static bool is_word(struct str s, const char *word)
{
	return str_eq_fold(s, str_of(word));
}

/* The name of the tag that S, behind "<", begins with. */
static struct str tag_name(struct str s)
{
	size_t n = str_starts(s, STR("/")) ? 1 : 0;
	size_t from = n;

	while (n < s.n && (ascii_is_alpha(s.p[n]) || ascii_is_digit(s.p[n])))
		n++;
	return str_part(s, from, n - from);
}

/* Where the line ends in front of the tag and behind it. */
static bool is_block(struct str name)
{
	static const char *const names[] = {"p", "br", "div", "li", "ul", "ol",
	    "tr", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6",
	    "hr", "section", "article", "header", "footer", "figure",
	    "figcaption", "center", "dl", "dt", "dd", "pre", "address", "main",
	    "aside", "nav", "form", "fieldset", "caption"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_word(name, names[i]))
			return true;
	return false;
}

/* What stands in these is not text. Of a page's head it is all that is to be
 * hidden, and that may have no end. */
static bool is_hidden(struct str name)
{
	return is_word(name, "script") || is_word(name, "style") ||
	       is_word(name, "title");
}

/* Behind the end tag of NAME, from AT on. */
static size_t skip_hidden(struct str s, size_t at, struct str name)
{
	for (; at < s.n; at++)
		if (s.p[at] == '<' && at + 1 < s.n && s.p[at + 1] == '/' &&
		    str_eq_fold(tag_name(str_from(s, at + 1)), name))
			break;
	return at;
}

/* A "<" that no name stands behind is text: "5 < 6". */
static bool starts_tag(struct str s, size_t at)
{
	char c = at + 1 < s.n ? s.p[at + 1] : ' ';

	return ascii_is_alpha(c) || c == '/' || c == '!' || c == '?';
}

/* Where the tag at AT ends, its ">"; what stands in quotation marks behind "="
 * ends none. */
static size_t tag_end(struct str s, size_t at)
{
	enum { VALUE_MOST = 4096 };

	for (; at < s.n && s.p[at] != '>'; at++) {
		struct str value = str_part(s, at + 2, VALUE_MOST);
		size_t n;

		if (s.p[at] != '=' || at + 1 >= s.n ||
		    (s.p[at + 1] != '"' && s.p[at + 1] != '\''))
			continue;
		n = str_find(value, s.p[at + 1]);
		if (n < value.n)
			at += 2 + n;
	}
	return at;
}

/* The end of the comment at AT; of one that has none, that of its first tag:
 * no text is lost for it. *HAS_END: there may still be one. */
static size_t comment_end(struct str s, size_t at, bool *has_end)
{
	struct str rest = str_from(s, at + 4);
	size_t n = *has_end ? str_find_str(rest, STR("-->")) : rest.n;

	*has_end = n < rest.n;
	return *has_end ? at + 4 + n + 2 : tag_end(s, at);
}

struct html_text {
	struct buf *b;
	bool is_start;	  /* white space is none here */
	bool is_item_due; /* the sign of a list's item stands before words */
};

static void put_char(struct html_text *t, char c)
{
	bool is_space = ascii_is_space(c);

	if (!is_space && t->is_item_due) {
		buf_lit(t->b, "- ");
		t->is_item_due = false;
	}
	if (!is_space || !t->is_start)
		buf_char(t->b, is_space ? ' ' : c);
	t->is_start = is_space;
}

/* NAME is that of a tag, and IS_END if that ends something. */
static void put_tag(struct html_text *t, struct str name, bool is_end)
{
	if (is_word(name, "td") || is_word(name, "th"))
		put_char(t, ' ');
	if (!is_block(name))
		return;
	buf_add(t->b, is_word(name, "br") ? STR("\n") : STR("\n\n"));
	t->is_start = true;
	if (is_word(name, "li"))
		t->is_item_due = !is_end;
}

void mail_put_html(struct buf *b, struct str s)
{
	struct html_text t = {.b = b, .is_start = true};
	bool has_end = true;

	for (size_t i = 0; i < s.n; i++) {
		struct str name;
		bool is_end;

		if (s.p[i] != '<' || !starts_tag(s, i)) {
			put_char(&t, s.p[i]);
			continue;
		}
		if (str_starts(str_from(s, i), STR("<!--"))) {
			i = comment_end(s, i, &has_end);
			continue;
		}
		name = tag_name(str_from(s, i + 1));
		is_end = s.p[i + 1] == '/';
		put_tag(&t, name, is_end);
		if (is_hidden(name) && !is_end)
			i = skip_hidden(s, i + 1, name);
		i = tag_end(s, i);
	}
	buf_char(b, '\n');
}
