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

enum { VALUE_MAX = 2000, BOUNDARY_MAX = 200 };

/* Where a part stands. */
struct place {
	unsigned depth;
	unsigned twins, siblings, message; /* as in mail_priv.h */
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

static void know_line(struct mail_part *part, struct str name, struct str value)
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
static enum rc read_head(struct arena *a, struct str *text, uint32_t *line_no,
    struct mail_part *ret_part)
{
	struct mail_part part = {0};
	struct str name = STR_NONE;
	struct str line;
	struct buf value;

	buf_init_arena(&value, a, VALUE_MAX);
	for (unsigned i = 0; i < MAIL_HEAD_LINES_MAX && str_line(text, &line);
	     i++) {
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
    struct mail_walk *w, struct str text, uint32_t line_no, struct place place);

static void look_at_parts(
    struct mail_walk *w, const struct mail_part *whole, struct place place)
{
	struct str text = whole->body;
	struct str line;
	const char *from = NULL;
	uint32_t from_line = 0;
	bool is_last = false;

	place.depth++;
	place.siblings = 0;
	if (is_word(whole->type, "multipart/alternative"))
		place.twins = ++w->multiparts;
	if (is_word(whole->type, "multipart/mixed"))
		place.siblings = ++w->multiparts;
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
			    from_line, place);
		if (!has_line)
			return;
		from = text.p;
		from_line = no;
		if (!from)
			return;
	}
}

/* A mail in a mail: its text goes below that of the outer one. RFC 2046 5.2.1
 * allows it no coding. */
static void look_at_message(
    struct mail_walk *w, const struct mail_part *part, struct place place)
{
	if (w->messages_n == MAIL_MESSAGES_MAX) {
		w->others++;
		return;
	}
	w->messages[w->messages_n++] =
	    (struct mail_message){part->body, part->line - 1};
	place = (struct place){
	    .depth = place.depth + 1, .message = w->messages_n - 1};
	look_at_part(w, part->body, part->line - 1, place);
}

/* A text cannot stand below a head in ASCII, nor tags be told from it, where
 * its bytes do not mean what they do there. */
static void make_ascii(struct arena *a, struct mail_part *part)
{
	part->read_as = charset_read_wide(a, part->charset, &part->text);
	if (!part->read_as && part->is_html)
		part->read_as =
		    charset_read_shifted(a, part->charset, &part->text);
	if (part->read_as)
		part->charset = STR("utf-8");
}

static void look_at_text(struct mail_walk *w, struct mail_part *part)
{
	bool is_plain = part->type.n == 0 || is_word(part->type, "text/plain");

	part->is_html = is_word(part->type, "text/html");
	if (part->is_file || !(is_plain || part->is_html) ||
	    (part->has_name && (part->is_html || w->has_named))) {
		w->others++;
		return;
	}
	part->text = mail_decode(w->a, part->coding, part->body);
	make_ascii(w->a, part);
	if (part->has_name) {
		w->named = *part;
		w->has_named = true;
	} else if (is_plain && str_blank(part->text)) {
		w->blank = *part;
		w->has_blank = true;
	} else {
		w->texts[w->texts_n] = ARENA_ARRAY(w->a, struct mail_part, 1);
		if (w->texts[w->texts_n])
			*w->texts[w->texts_n++] = *part;
	}
}

static void look_at_part(
    struct mail_walk *w, struct str text, uint32_t line_no, struct place place)
{
	struct mail_part part;
	struct str all = text;

	/* A part may begin with the empty line that ends its head. */
	if (w->parts == MAIL_PARTS_MAX || place.depth > MAIL_DEPTH_MAX ||
	    read_head(w->a, &text, &line_no, &part) != RC_OK) {
		w->others += !str_blank(all);
		return;
	}
	w->parts++;
	part.twins = place.twins;
	part.siblings = place.siblings;
	part.message = place.message;
	/* A mail that is nothing but a file is that. */
	if (place.depth == 0)
		part.is_file = part.has_name = false;
	if (starts_fold(part.type, "multipart/") && part.boundary.n > 0 &&
	    part.boundary.n <= BOUNDARY_MAX)
		look_at_parts(w, &part, place);
	else if (is_word(part.type, "message/rfc822") && part.coding.n == 0)
		look_at_message(w, &part, place);
	else
		look_at_text(w, &part);
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
	struct mail_walk w = {.a = a, .messages_n = 1};
	struct mail mail;
	uint32_t skipped = skip_start(&bytes), line_no = skipped;
	struct str text = bytes;
	struct mail_part head;
	enum rc rc;

	if (read_head(a, &text, &line_no, &head) != RC_OK)
		return arena_is_spent(a) ? RC_NO_MEMORY : RC_NOT_FOUND;
	if (!starts_fold(head.type, "multipart/") &&
	    !is_word(head.coding, "base64") &&
	    !is_word(head.type, "text/html") && !charset_is_wide(head.charset))
		return RC_NOT_FOUND;
	w.messages[0] = (struct mail_message){bytes, skipped};
	look_at_part(&w, bytes, skipped, (struct place){0});
	mail_choose(&w);
	if (arena_is_spent(a))
		return RC_NO_MEMORY;
	if (w.chosen_n == 0)
		return RC_INVALID;
	rc = mail_put(&w, &mail);
	if (rc == RC_OK)
		*ret_mail = mail;
	return rc;
}
