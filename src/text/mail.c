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
#include "text/charset.h"
#include "text/mail_priv.h"

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
	struct str text;     /* the body without its coding */
	const char *read_as; /* the text's encoding until it was UTF-8; NULL */
	uint32_t line;	     /* of the source, where the body begins */
	bool is_file;	     /* not to be shown in place (RFC 2183) */
	bool has_name;	     /* as files have */
	unsigned twins; /* those of one multipart/alternative; 0: has none */
};

struct walk {
	struct arena *a;
	struct part plain, html, named, blank;
	bool has_plain, has_html, has_named, has_blank;
	unsigned parts, others, alternatives;
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

/* A file has a name, in one piece, in several or in its own encoding (RFC 2231
 * 3 and 4). */
static bool has_name(struct str value, const char *const names[static 4])
{
	for (size_t i = 0; i < 4; i++)
		if (parameter(value, names[i]).n > 0)
			return true;
	return false;
}

static void know_line(struct part *part, struct str name, struct str value)
{
	static const char *const names[4] = {
	    "name", "name*", "name*0", "name*0*"};
	static const char *const file_names[4] = {
	    "filename", "filename*", "filename*0", "filename*0*"};

	if (is_word(name, "content-type")) {
		struct str rest = value;

		part->type = str_trim(str_cut(&rest, ';'));
		part->boundary = parameter(value, "boundary");
		part->charset = parameter(value, "charset");
		part->format = parameter(value, "format");
		part->delsp = parameter(value, "delsp");
		part->has_name |= has_name(value, names);
	} else if (is_word(name, "content-transfer-encoding")) {
		part->coding = value;
	} else if (is_word(name, "content-disposition")) {
		part->is_file |= starts_fold(value, "attachment");
		part->has_name |= has_name(value, file_names);
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
	if (!str_starts(line, STR("From ")) && !str_starts(line, STR(">From ")))
		return false;
	for (size_t i = 0; i + 2 < line.n; i++)
		if (ascii_is_digit(line.p[i]) && line.p[i + 1] == ':' &&
		    ascii_is_digit(line.p[i + 2]))
			return true;
	return false;
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

static void look_at(struct walk *w, struct part *part);

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

static void look_at_part(struct walk *w, struct str text, uint32_t line_no,
    unsigned depth, unsigned twins);

static void look_at_parts(
    struct walk *w, const struct part *whole, unsigned depth)
{
	struct str text = whole->body;
	struct str line;
	const char *from = NULL;
	uint32_t from_line = 0;
	bool is_last = false;
	unsigned twins = is_word(whole->type, "multipart/alternative")
			     ? ++w->alternatives
			     : whole->twins;

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
			    from_line, depth + 1, twins);
		if (!has_line)
			return;
		from = text.p;
		from_line = no;
		if (!from)
			return;
	}
}

static void look_at_part(struct walk *w, struct str text, uint32_t line_no,
    unsigned depth, unsigned twins)
{
	struct part part;

	if (++w->parts > MAIL_PARTS_MAX || depth > MAIL_DEPTH_MAX)
		return;
	/* A part may begin with the empty line that ends its head. */
	if (read_head(w->a, &text, &line_no, &part) != RC_OK)
		return;
	part.twins = twins;
	/* A mail that is nothing but a file is that. */
	if (depth == 0)
		part.is_file = part.has_name = false;
	if (starts_fold(part.type, "multipart/") && part.boundary.n > 0 &&
	    part.boundary.n <= BOUNDARY_MAX)
		look_at_parts(w, &part, depth);
	else
		look_at(w, &part);
}

/* A text cannot stand below a head in ASCII, nor tags be told from it, where
 * its bytes do not mean what they do there. */
static void make_ascii(struct arena *a, struct part *part, bool is_html)
{
	part->read_as = charset_read_wide(a, part->charset, &part->text);
	if (!part->read_as && is_html)
		part->read_as =
		    charset_read_shifted(a, part->charset, &part->text);
	if (part->read_as)
		part->charset = STR("utf-8");
}

static void look_at(struct walk *w, struct part *part)
{
	bool is_plain = part->type.n == 0 || is_word(part->type, "text/plain");
	bool is_html = is_word(part->type, "text/html") && !part->has_name;
	bool *has = is_html	     ? &w->has_html
		    : part->has_name ? &w->has_named
				     : &w->has_plain;

	if (part->is_file || !(is_plain || is_html) || *has) {
		w->others++;
		return;
	}
	part->text = mail_decode(w->a, part->coding, part->body);
	make_ascii(w->a, part, is_html);
	if (is_plain && !part->has_name && str_blank(part->text)) {
		w->blank = *part;
		w->has_blank = true;
		return;
	}
	*(is_html ? &w->html : part->has_name ? &w->named : &w->plain) = *part;
	*has = true;
}

/* The part that is the text; NULL: none. The plain form of two is taken, and
 * of two that are not forms of one thing the first; a file that is shown in
 * place only where there is no other text. */
static const struct part *choose(struct walk *w)
{
	bool are_twins = w->plain.twins > 0 && w->plain.twins == w->html.twins;

	if (!w->has_plain && !w->has_html)
		return w->has_named   ? &w->named
		       : w->has_blank ? &w->blank
				      : NULL;
	w->others += w->has_named;
	if (!w->has_plain || !w->has_html)
		return w->has_plain ? &w->plain : &w->html;
	w->others += !are_twins;
	return are_twins || w->plain.line < w->html.line ? &w->plain : &w->html;
}

/* The head without the lines that are about the coding of the body; LINE_NO of
 * the source stand above it. */
static void put_mail_head(
    struct buf *b, struct str bytes, uint32_t line_no, struct mail *mail)
{
	bool is_kept = true;
	struct str line;

	while (str_line(&bytes, &line) && !str_blank(line)) {
		line_no++;
		if (!ascii_is_space(line.p[0]))
			is_kept = !starts_fold(line, "content-") &&
				  !starts_fold(line, "mime-version:");
		if (!is_kept)
			continue;
		buf_add(b, line);
		buf_char(b, '\n');
		mail->head_lines[mail->head_n++] = line_no;
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

static enum rc put_mail(struct walk *w, const struct part *part,
    struct str bytes, uint32_t skipped, struct mail *mail)
{
	struct buf b;

	mail->was_html = is_word(part->type, "text/html");
	mail->was_base64 = is_word(part->coding, "base64");
	mail->was_quoted = is_word(part->coding, "quoted-printable");
	mail->keeps_lines =
	    !mail->was_html && !mail->was_base64 && !mail->was_quoted;
	mail->source_line = part->line;
	mail->others = w->others;
	mail->charset = part->read_as;
	/* read_head has seen that it has no more lines. */
	mail->head_lines =
	    ARENA_ARRAY(w->a, uint32_t, (size_t)HEAD_LINES_MAX + 2);
	if (!mail->head_lines)
		return RC_NO_MEMORY;
	/* Each tag is at most four bytes, and has three bytes at least. */
	buf_init_arena(&b, w->a, bytes.n + part->text.n + 4 * VALUE_MAX);
	put_mail_head(&b, bytes, skipped, mail);
	if (part->charset.n > 0 || part->format.n > 0) {
		put_type(&b, part);
		mail->head_lines[mail->head_n++] = part->line - 1;
	}
	buf_char(&b, '\n');
	mail->head_lines[mail->head_n++] = part->line - 1;
	if (mail->was_html)
		mail_put_html(&b, part->text);
	else
		buf_add(&b, part->text);
	mail->text = buf_str(&b);
	return buf_rc(&b) == RC_OK ? RC_OK : RC_NO_MEMORY;
}

/* Programs that save a mail put a mark of UTF-8 or empty lines above it. Gives
 * how many lines *BYTES has no more. */
static uint32_t skip_start(struct str *bytes)
{
	uint32_t lines = 0;
	struct str rest, line;

	if (str_starts(*bytes, STR("\xEF\xBB\xBF")))
		*bytes = str_from(*bytes, 3);
	for (rest = *bytes; str_line(&rest, &line) && str_blank(line); lines++)
		*bytes = rest;
	return lines;
}

enum rc mail_read(struct arena *a, struct str bytes, struct mail *ret_mail)
{
	struct walk w = {.a = a};
	struct mail mail = {0};
	uint32_t skipped = skip_start(&bytes), line_no = skipped;
	struct str text = bytes;
	const struct part *part;
	struct part head;
	bool is_multipart;
	enum rc rc;

	if (read_head(a, &text, &line_no, &head) != RC_OK)
		return arena_is_spent(a) ? RC_NO_MEMORY : RC_NOT_FOUND;
	is_multipart = starts_fold(head.type, "multipart/");
	if (!is_multipart && !is_word(head.coding, "base64") &&
	    !is_word(head.type, "text/html") && !charset_is_wide(head.charset))
		return RC_NOT_FOUND;
	look_at_part(&w, bytes, skipped, 0, 0);
	if (arena_is_spent(a))
		return RC_NO_MEMORY;
	part = choose(&w);
	if (!part)
		return RC_INVALID;
	rc = put_mail(&w, part, bytes, skipped, &mail);
	if (rc == RC_OK)
		*ret_mail = mail;
	return rc;
}
