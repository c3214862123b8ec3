/* SPDX-License-Identifier: MIT
 *
 * See mail_priv.h. What a mail shows as lines of their own become lines. Of
 * attributes only that is looked at by which a mail hides something
 * ("display:none"), such as the words that a list of mails shows of it.
 *
 *	H1. What has no end hides nothing, and is looked for once.
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
enum { UNREAD = 3 };

static const char *const unread[UNREAD] = {"script", "style", "title"};

static bool is_void(struct str name)
{
	static const char *const names[] = {"img", "br", "hr", "input", "meta",
	    "link", "col", "area", "wbr", "source"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_word(name, names[i]))
			return true;
	return false;
}

/* Where the next end tag of NAME begins, from AT on, or s.n. */
static size_t find_end(struct str s, size_t at, struct str name)
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

struct html_text {
	struct buf *b;
	bool is_start;	  /* white space is none here */
	bool is_item_due; /* the sign of a list's item stands before words */
	/* H1. */
	bool is_comment_lost, is_quote_lost, is_hidden_lost;
	bool is_unread_lost[UNREAD];
};

struct tag {
	size_t end; /* its last byte */
	bool is_text;
};

/* The tag at AT. What stands in quotation marks behind "=" ends none. One that
 * another "<" ends has lost its ">", or was none: "x<y". */
static struct tag read_tag(struct html_text *t, struct str s, size_t at)
{
	enum { VALUE_MOST = 4096 };
	bool has_value = false;
	size_t i = at + 1;

	for (; i < s.n && s.p[i] != '>' && s.p[i] != '<'; i++) {
		struct str value = str_part(s, i + 2, VALUE_MOST);
		size_t n;

		if (s.p[i] != '=' || i + 1 >= s.n || t->is_quote_lost ||
		    (s.p[i + 1] != '"' && s.p[i + 1] != '\''))
			continue;
		n = str_find(value, s.p[i + 1]);
		if (n < value.n) {
			i += 2 + n;
			has_value = true;
		}
	}
	if (i >= s.n && has_value) {
		t->is_quote_lost = true;
		for (i = at + 1; i < s.n && s.p[i] != '>' && s.p[i] != '<';)
			i++;
	}
	if (i < s.n && s.p[i] == '>')
		return (struct tag){i, false};
	return (struct tag){i - 1, !has_value};
}

/* The end of the comment at AT; of one that has none, that of its first tag. */
static size_t comment_end(struct html_text *t, struct str s, size_t at)
{
	struct str rest = str_from(s, at + 4);
	size_t n = t->is_comment_lost ? rest.n : str_find_str(rest, STR("-->"));

	t->is_comment_lost = n == rest.n;
	return n < rest.n ? at + 4 + n + 2 : read_tag(t, s, at).end;
}

/* "display:none" */
static bool is_hidden(struct str tag)
{
	static const char *const words[] = {"display", ":", "none"};

	for (size_t i = 0; i + 12 <= tag.n; i++) {
		size_t at = i, k = 0;

		for (; k < 3; k++) {
			struct str word = str_of(words[k]);

			while (k > 0 && at < tag.n && ascii_is_space(tag.p[at]))
				at++;
			if (!str_eq_fold(str_part(tag, at, word.n), word))
				break;
			at += word.n;
		}
		if (k == 3)
			return true;
	}
	return false;
}

/* The last byte of the element NAME whose tag ends at AT; AT, if it has no end.
 * A paragraph ends where the next one begins. */
static size_t element_end(
    struct html_text *t, struct str s, size_t at, struct str name)
{
	size_t depth = 1;

	for (size_t i = at + 1; i < s.n && !t->is_hidden_lost; i++) {
		bool is_end = i + 1 < s.n && s.p[i + 1] == '/';

		if (s.p[i] != '<' ||
		    !str_eq_fold(tag_name(str_from(s, i + 1)), name))
			continue;
		if (!is_end && is_word(name, "p"))
			return i - 1;
		depth = is_end ? depth - 1 : depth + 1;
		if (depth == 0)
			return read_tag(t, s, i).end;
	}
	t->is_hidden_lost = true;
	return at;
}

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

/* Where what the tag of NAME hides ends, or the tag itself; it stands from AT
 * to END. */
static size_t hidden_end(
    struct html_text *t, struct str s, struct str name, size_t at, size_t end)
{
	struct str tag = str_part(s, at, end - at);

	if (is_void(name) || str_ends(tag, STR("/")))
		return end;
	for (size_t i = 0; i < UNREAD; i++) {
		size_t next;

		if (!is_word(name, unread[i]) || t->is_unread_lost[i])
			continue;
		next = find_end(s, end, name);
		t->is_unread_lost[i] = next >= s.n;
		return next < s.n ? read_tag(t, s, next).end : end;
	}
	return is_hidden(tag) ? element_end(t, s, end, name) : end;
}

void mail_put_html(struct buf *b, struct str s)
{
	struct html_text t = {.b = b, .is_start = true};

	for (size_t i = 0; i < s.n; i++) {
		struct str name;
		struct tag tag;
		bool is_end;

		if (s.p[i] != '<' || !starts_tag(s, i)) {
			put_char(&t, s.p[i]);
			continue;
		}
		if (str_starts(str_from(s, i), STR("<!--"))) {
			i = comment_end(&t, s, i);
			continue;
		}
		tag = read_tag(&t, s, i);
		if (tag.is_text) {
			put_char(&t, s.p[i]);
			continue;
		}
		name = tag_name(str_from(s, i + 1));
		is_end = s.p[i + 1] == '/';
		put_tag(&t, name, is_end);
		i = is_end ? tag.end : hidden_end(&t, s, name, i, tag.end);
	}
	buf_char(b, '\n');
}
