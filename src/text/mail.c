/* SPDX-License-Identifier: MIT
 *
 * Mails; see mail.h. One walk over the lines of each part, with limits on
 * depth and number, so the time grows with the bytes alone.
 *
 *	head of a part	lines "Name: value", folded ones joined (RFC 5322 2.2.3)
 *	multipart	parts between lines "--BOUNDARY" (RFC 2046 5.1.1)
 */
#include "text/mail.h"

#include "base/arena.h"
#include "base/buf.h"

enum { HEAD_LINES_MAX = 1000, VALUE_MAX = 2000, BOUNDARY_MAX = 200 };

/* What the head of a part says of it. */
struct part {
	struct str type;     /* "text/plain"; empty: not said */
	struct str boundary; /* of its parts */
	struct str charset;
	struct str format; /* "flowed" (RFC 3676) */
	struct str delsp;
	struct str coding;
	struct str body;
	uint32_t line; /* of the source, where the body begins */
	bool is_file;  /* not to be shown (RFC 2183) */
};

struct walk {
	struct arena *a;
	struct part plain, html;
	bool has_plain, has_html;
	unsigned parts, others;
};

static bool is_word(struct str s, const char *word)
{
	return str_eq_fold(s, str_of(word));
}

static bool starts_fold(struct str s, const char *start)
{
	struct str want = str_of(start);

	return str_eq_fold(str_part(s, 0, want.n), want);
}

/* The value of parameter NAME in "type; name=value; name=\"value\"". */
static struct str parameter(struct str value, const char *name)
{
	(void)str_cut(&value, ';');
	while (value.p) {
		bool is_quoted;
		struct str key = str_trim(str_part(value, 0,
		    str_find(value, '=') < str_find(value, ';')
			? str_find(value, '=')
			: str_find(value, ';')));
		struct str rest = str_from(value, str_find(value, '=') + 1);
		struct str found;

		rest = str_trim(rest);
		is_quoted = str_starts(rest, STR("\""));
		if (is_quoted)
			rest = str_from(rest, 1);
		found =
		    str_part(rest, 0, str_find(rest, is_quoted ? '"' : ';'));
		if (is_word(key, name))
			return str_trim(found);
		value = is_quoted ? str_from(rest, found.n + 1) : value;
		(void)str_cut(&value, ';');
	}
	return STR_NONE;
}

static void know_line(struct part *part, struct str name, struct str value)
{
	if (is_word(name, "content-type")) {
		struct str rest = value;

		part->type = str_trim(str_cut(&rest, ';'));
		part->boundary = parameter(value, "boundary");
		part->charset = parameter(value, "charset");
		part->format = parameter(value, "format");
		part->delsp = parameter(value, "delsp");
	} else if (is_word(name, "content-transfer-encoding")) {
		part->coding = value;
	} else if (is_word(name, "content-disposition")) {
		part->is_file = starts_fold(value, "attachment");
	}
}

size_t mail_field_name(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] > ' ' && line.p[n] <= '~' &&
	       line.p[n] != ':')
		n++;
	return n < line.n && line.p[n] == ':' ? n : 0;
}

bool mail_is_mbox(struct str line)
{
	return str_starts(line, STR("From ")) ||
	       str_starts(line, STR(">From "));
}

/* Reads the head of a part from *TEXT; what is left there is the body.
 * RC_INVALID: it has no head. */
static enum rc read_head(
    struct arena *a, struct str *text, uint32_t *line_no, struct part *ret_part)
{
	struct part part = {0};
	struct str name = STR_NONE;
	struct str line;
	struct buf value;

	buf_init_arena(&value, a, VALUE_MAX);
	for (unsigned i = 0; i < HEAD_LINES_MAX && str_line(text, &line); i++) {
		(*line_no)++;
		if (i > 0 && line.n > 0 && ascii_is_space(line.p[0])) {
			buf_add(&value, line);
			continue;
		}
		/* A value longer than any sane one is none. */
		if (buf_rc(&value) == RC_OK && name.n > 0)
			know_line(&part, name,
			    str_trim(arena_copy(a, buf_str(&value))));
		if (str_blank(line)) {
			part.body = *text;
			part.line = *line_no + 1;
			*ret_part = part;
			return RC_OK;
		}
		if (i == 0 && mail_is_mbox(line))
			continue;
		name = str_part(line, 0, mail_field_name(line));
		if (name.n == 0)
			return RC_INVALID;
		buf_clear(&value);
		buf_add(&value, str_from(line, name.n + 1));
	}
	return RC_INVALID;
}

static void look_at(struct walk *w, const struct part *part);

/* Whether LINE stands between parts; *RET_LAST: behind the last one. */
static bool is_boundary(struct str line, struct str boundary, bool *ret_last)
{
	struct str rest;

	if (!str_starts(line, STR("--")) ||
	    !str_starts(str_from(line, 2), boundary))
		return false;
	rest = str_from(line, 2 + boundary.n);
	*ret_last = str_starts(rest, STR("--"));
	return str_blank(*ret_last ? str_from(rest, 2) : rest);
}

static void look_at_part(
    struct walk *w, struct str text, uint32_t line_no, unsigned depth);

static void look_at_parts(
    struct walk *w, const struct part *whole, unsigned depth)
{
	struct str text = whole->body;
	struct str line;
	const char *from = NULL;
	uint32_t from_line = 0;
	bool is_last = false;

	for (uint32_t no = whole->line; !is_last; no++) {
		const char *at = text.p;
		bool has_line = str_line(&text, &line);

		if (has_line && !is_boundary(line, whole->boundary, &is_last))
			continue;
		if (from)
			look_at_part(w,
			    (struct str){
				from, (size_t)((has_line ? at
							 : whole->body.p +
							       whole->body.n) -
					       from)},
			    from_line, depth + 1);
		if (!has_line)
			return;
		from = text.p;
		from_line = no;
		if (!from)
			return;
	}
}

static void look_at_part(
    struct walk *w, struct str text, uint32_t line_no, unsigned depth)
{
	struct part part;

	if (++w->parts > MAIL_PARTS_MAX || depth > MAIL_DEPTH_MAX)
		return;
	/* A part may begin with the empty line that ends its head. */
	if (read_head(w->a, &text, &line_no, &part) != RC_OK)
		return;
	if (starts_fold(part.type, "multipart/") && part.boundary.n > 0 &&
	    part.boundary.n <= BOUNDARY_MAX)
		look_at_parts(w, &part, depth);
	else
		look_at(w, &part);
}

static void look_at(struct walk *w, const struct part *part)
{
	bool is_plain = part->type.n == 0 || is_word(part->type, "text/plain");

	if (!part->is_file && is_plain && !w->has_plain) {
		w->plain = *part;
		w->has_plain = true;
	} else if (!part->is_file && is_word(part->type, "text/html") &&
		   !w->has_html) {
		w->html = *part;
		w->has_html = true;
	} else {
		w->others++;
	}
}

static int digit_of(char c)
{
	if (ascii_is_upper(c))
		return c - 'A';
	if (ascii_is_alpha(c))
		return c - 'a' + 26;
	if (ascii_is_digit(c))
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* RFC 2045 6.8: what is no digit is passed over, "=" ends it. */
static void put_base64(struct buf *b, struct str s)
{
	uint32_t bits = 0;
	unsigned n = 0;

	for (size_t i = 0; i < s.n && s.p[i] != '='; i++) {
		int digit = digit_of(s.p[i]);

		if (digit < 0)
			continue;
		bits = (bits << 6 | (uint32_t)digit) & 0xFFFFFF;
		n += 6;
		if (n >= 8) {
			n -= 8;
			buf_char(b, (char)(bits >> n & 0xFF));
		}
	}
}

/* RFC 2045 6.7. */
static void put_quoted(struct buf *b, struct str s)
{
	struct str line;

	while (str_line(&s, &line)) {
		bool is_soft = false;

		while (line.n > 0 && ascii_is_space(line.p[line.n - 1]))
			line.n--;
		for (size_t i = 0; i < line.n && !is_soft; i++) {
			int high =
			    i + 2 < line.n ? ascii_hex(line.p[i + 1]) : -1;
			int low =
			    i + 2 < line.n ? ascii_hex(line.p[i + 2]) : -1;

			is_soft = line.p[i] == '=' && i + 1 == line.n;
			if (is_soft)
				break;
			if (line.p[i] != '=' || high < 0 || low < 0) {
				buf_char(b, line.p[i]);
				continue;
			}
			buf_char(b, (char)(high << 4 | low));
			i += 2;
		}
		if (!is_soft)
			buf_char(b, '\n');
	}
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
	    "figcaption"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_word(name, names[i]))
			return true;
	return false;
}

/* What stands in these is not text. */
static bool is_hidden(struct str name)
{
	return is_word(name, "script") || is_word(name, "style") ||
	       is_word(name, "head") || is_word(name, "title");
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

static void put_space(struct buf *b, char c, bool *is_start)
{
	bool is_space = ascii_is_space(c);

	if (!is_space || !*is_start)
		buf_char(b, is_space ? ' ' : c);
	*is_start = is_space;
}

/* HTML without its tags; entities are text/charset.h's. */
static void put_html(struct buf *b, struct str s)
{
	bool is_start = true, has_end = true;

	for (size_t i = 0; i < s.n; i++) {
		struct str name;

		if (s.p[i] != '<' || !starts_tag(s, i)) {
			put_space(b, s.p[i], &is_start);
			continue;
		}
		if (str_starts(str_from(s, i), STR("<!--"))) {
			i = comment_end(s, i, &has_end);
			continue;
		}
		name = tag_name(str_from(s, i + 1));
		if (is_word(name, "td") || is_word(name, "th"))
			put_space(b, ' ', &is_start);
		if (is_block(name)) {
			buf_add(
			    b, is_word(name, "br") ? STR("\n") : STR("\n\n"));
			if (is_word(name, "li") && s.p[i + 1] != '/')
				buf_lit(b, "- ");
			is_start = true;
		}
		if (is_hidden(name) && s.p[i + 1] != '/')
			i = skip_hidden(s, i + 1, name);
		i = tag_end(s, i);
	}
	buf_char(b, '\n');
}

/* The head without the lines that are about the coding of the body. */
static void put_mail_head(struct buf *b, struct str bytes, struct mail *mail)
{
	bool is_kept = true;
	struct str line;

	for (uint32_t no = 1; str_line(&bytes, &line) && !str_blank(line);
	     no++) {
		if (!ascii_is_space(line.p[0]))
			is_kept = !starts_fold(line, "content-") &&
				  !starts_fold(line, "mime-version:");
		if (!is_kept)
			continue;
		buf_add(b, line);
		buf_char(b, '\n');
		mail->head_lines[mail->head_n++] = no;
	}
}

/* What its readers need to know of the text. */
static void put_type(struct buf *b, const struct part *part)
{
	buf_lit(b, "Content-Type: text/plain");
	if (part->charset.n > 0)
		buf_printf(b, "; charset=%.*s", STR_ARG(part->charset));
	if (is_word(part->format, "flowed"))
		buf_lit(b, "; format=flowed");
	if (is_word(part->delsp, "yes"))
		buf_lit(b, "; delsp=yes");
	buf_char(b, '\n');
}

static enum rc put_mail(struct walk *w, struct str bytes, struct mail *mail)
{
	const struct part *part = w->has_plain ? &w->plain : &w->html;
	struct str body = part->body;
	struct buf b, raw;

	mail->was_html = !w->has_plain;
	mail->was_base64 = is_word(part->coding, "base64");
	mail->was_quoted = is_word(part->coding, "quoted-printable");
	mail->keeps_lines =
	    !mail->was_html && !mail->was_base64 && !mail->was_quoted;
	mail->source_line = part->line;
	mail->others = w->others;
	/* read_head has seen that it has no more lines. */
	mail->head_lines =
	    ARENA_ARRAY(w->a, uint32_t, (size_t)HEAD_LINES_MAX + 2);
	if (!mail->head_lines)
		return RC_NO_MEMORY;
	buf_init_arena(&raw, w->a, body.n + 16);
	if (mail->was_base64)
		put_base64(&raw, body);
	if (mail->was_quoted)
		put_quoted(&raw, body);
	if (mail->was_base64 || mail->was_quoted)
		body = buf_str(&raw);
	/* Each tag is at most four bytes, and has three bytes at least. */
	buf_init_arena(&b, w->a, bytes.n + body.n + 4 * VALUE_MAX);
	put_mail_head(&b, bytes, mail);
	if (part->charset.n > 0 || part->format.n > 0) {
		put_type(&b, part);
		mail->head_lines[mail->head_n++] = part->line - 1;
	}
	buf_char(&b, '\n');
	mail->head_lines[mail->head_n++] = part->line - 1;
	if (mail->was_html)
		put_html(&b, body);
	else
		buf_add(&b, body);
	mail->text = buf_str(&b);
	return buf_rc(&raw) == RC_OK && buf_rc(&b) == RC_OK ? RC_OK
							    : RC_NO_MEMORY;
}

enum rc mail_read(struct arena *a, struct str bytes, struct mail *ret_mail)
{
	struct walk w = {.a = a};
	struct mail mail = {0};
	struct str text = bytes;
	uint32_t line_no = 0;
	struct part head;
	bool is_multipart;
	enum rc rc;

	if (read_head(a, &text, &line_no, &head) != RC_OK)
		return arena_is_spent(a) ? RC_NO_MEMORY : RC_NOT_FOUND;
	is_multipart = starts_fold(head.type, "multipart/");
	if (!is_multipart && !is_word(head.coding, "base64") &&
	    !is_word(head.type, "text/html"))
		return RC_NOT_FOUND;
	look_at_part(&w, bytes, 0, 0);
	if (arena_is_spent(a))
		return RC_NO_MEMORY;
	if (!w.has_plain && !w.has_html)
		return RC_INVALID;
	rc = put_mail(&w, bytes, &mail);
	if (rc == RC_OK)
		*ret_mail = mail;
	return rc;
}
