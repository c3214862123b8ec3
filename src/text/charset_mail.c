/* SPDX-License-Identifier: MIT
 *
 * What mail programs do to a text so that it passes through old machines,
 * undone: quoted-printable and encoded words.
 */
#include "text/charset_priv.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/mail.h"

/* --- quoted-printable ------------------------------------------------- */

/* Where the body begins, behind a mail's head that S begins with; 0: there is
 * none. *RET_CODING: what that says of the body's coding, or empty. */
static size_t body_of(struct str s, struct str *ret_coding)
{
	static const char *const name = "Content-Transfer-Encoding";
	bool is_head = true;
	struct str rest = s, line;

	*ret_coding = STR_NONE;
	for (size_t i = 0; str_line(&rest, &line) && !str_blank(line); i++) {
		size_t n = mail_field_name(line);

		if (n > 0 && str_eq_fold(str_part(line, 0, n), str_of(name)))
			*ret_coding = str_trim(str_from(line, n + 1));
		is_head &= n > 0 || (i > 0 && ascii_is_space(line.p[0])) ||
			   (i == 0 && mail_is_mbox(line));
	}
	return rest.p && (is_head || ret_coding->n > 0) ? (size_t)(rest.p - s.p)
							: 0;
}

static int quoted_byte(struct str s, size_t at)
{
	int high = at + 2 < s.n && s.p[at] == '=' ? ascii_hex(s.p[at + 1]) : -1;
	int low = high >= 0 ? ascii_hex(s.p[at + 2]) : -1;

	return low < 0 ? -1 : high * 16 + low;
}

/* Looks for the signs, where no head tells: "=C3=A9", and a line that ends in
 * "=". A formula (n=85) and a link (?id=2034) have none of them. */
static bool shows_quoted(struct str s)
{
	size_t high = 0, letters = 0, pairs = 0, soft = 0, other = 0;

	for (size_t i = 0; i < s.n; i++) {
		int byte = quoted_byte(s, i), next;

		if (s.p[i] != '=')
			continue;
		if (byte >= 0) {
			next = quoted_byte(s, i + 3);
			pairs++;
			high += byte >= 0x80;
			letters += byte >= 0xC2 && byte <= 0xF4 &&
				   next >= 0x80 && next < 0xC0;
		} else if (i + 1 < s.n &&
			   (s.p[i + 1] == '\n' || s.p[i + 1] == '\r')) {
			soft++;
		} else {
			other++;
		}
	}
	return (letters >= 2 || (soft > 0 && high >= 2)) &&
	       pairs + soft > other * 4;
}

/* Whether S is quoted-printable, and *RET_FROM where. */
static bool is_quoted(struct str s, size_t *ret_from)
{
	struct str coding, body;

	*ret_from = body_of(s, &coding);
	body = str_from(s, *ret_from);
	if (coding.n > 0)
		return str_eq_fold(coding, STR("quoted-printable")) &&
		       str_find(body, '=') < body.n;
	return shows_quoted(body);
}

struct quoted {
	struct buf b;
	uint32_t *lines;
	size_t lines_n;
	uint32_t line; /* of the source */
};

static void quoted_put(struct quoted *q, char c)
{
	buf_char(&q->b, c);
	if (c == '\n')
		q->lines[q->lines_n++] = q->line;
}

static size_t quoted_escape(struct quoted *q, struct str s, size_t i)
{
	int byte = quoted_byte(s, i);

	if (i + 1 < s.n && s.p[i + 1] == '\n') {
		q->line++;
		return i + 2;
	}
	if (i + 2 < s.n && s.p[i + 1] == '\r' && s.p[i + 2] == '\n') {
		q->line++;
		return i + 3;
	}
	if (byte <= 0) {
		quoted_put(q, '=');
		return i + 1;
	}
	quoted_put(q, (char)byte);
	return i + 3;
}

void charset_mend_quoted(struct charset_job *job)
{
	struct str s = job->text;
	struct quoted q = {.line = 1};
	size_t from, lines = 1;

	if (!is_quoted(s, &from))
		return;
	for (size_t i = 0; i < s.n; i++)
		lines += s.p[i] == '\n' || s.p[i] == '=';
	q.lines = ARENA_ARRAY(job->a, uint32_t, lines + 1);
	if (!q.lines)
		return;
	buf_init_arena(&q.b, job->a, s.n + 1);
	q.lines[q.lines_n++] = 1;
	for (size_t i = 0; i < s.n;) {
		if (s.p[i] == '=' && i >= from) {
			i = quoted_escape(&q, s, i);
			continue;
		}
		q.line += s.p[i] == '\n';
		quoted_put(&q, s.p[i++]);
	}
	if (buf_rc(&q.b) != RC_OK)
		return;
	job->text = buf_str(&q.b);
	job->lines = q.lines;
	job->lines_n = q.lines_n;
	charset_say(job, 0, STR("Undid the quoted-printable of a mail."));
}

enum { WORDS_TRIED = 2000 };

/* --- encoded words ---------------------------------------------------- */

static void unquote_word(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '=' && i + 2 < s.n &&
		    ascii_hex(s.p[i + 1]) >= 0 && ascii_hex(s.p[i + 2]) >= 0) {
			buf_char(b, (char)(ascii_hex(s.p[i + 1]) * 16 +
					   ascii_hex(s.p[i + 2])));
			i += 2;
		} else {
			buf_char(b, s.p[i] == '_' ? ' ' : s.p[i]);
		}
	}
}

static void unbase_word(struct buf *b, struct str s)
{
	uint32_t bits = 0;
	unsigned have = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		uint32_t v = c >= 'A' && c <= 'Z'   ? (uint32_t)(c - 'A')
			     : c >= 'a' && c <= 'z' ? (uint32_t)(c - 'a') + 26
			     : c >= '0' && c <= '9' ? (uint32_t)(c - '0') + 52
			     : c == '+'		    ? 62
			     : c == '/'		    ? 63
						    : 64;

		if (v == 64)
			continue;
		bits = (bits << 6 | v) & 0xFFFFFF;
		have += 6;
		if (have >= 8) {
			have -= 8;
			buf_char(b, (char)(bits >> have & 0xFF));
		}
	}
}

/* Reads "=?charset?Q?text?=" at S; gives its length, 0 if it is none. */
static size_t encoded_word(struct charset_job *job, struct str s, struct buf *b)
{
	struct str rest = str_part(s, 2, 500), name, kind, text, end;
	struct buf raw, out;
	const char *known;
	size_t n;

	name = str_cut(&rest, '?');
	kind = str_cut(&rest, '?');
	if (!rest.p || name.n == 0 || name.n > 24 || kind.n != 1)
		return 0;
	text = str_cut(&rest, '?');
	end = str_part(rest, 0, 1);
	if (!str_eq(end, STR("=")) || str_find(text, '\n') < text.n)
		return 0;
	n = (size_t)(end.p + 1 - s.p);
	buf_init_arena(&raw, job->a, 600);
	buf_init_arena(&out, job->a, 2600);
	if (ascii_lower(kind.p[0]) == 'q')
		unquote_word(&raw, text);
	else if (ascii_lower(kind.p[0]) == 'b')
		unbase_word(&raw, text);
	else
		return 0;
	/* RFC 2231 section 5: "utf-8*en" names the language, too. */
	known = charset_named(job->a, str_part(name, 0, str_find(name, '*')));
	if (!known || buf_rc(&raw) != RC_OK ||
	    charset_convert(&out, known, buf_str(&raw)) == SIZE_MAX ||
	    str_find(buf_str(&out), '\0') < out.n || out.n == 0)
		return 0;
	/* A word has no line's end: it would be another header. */
	for (size_t i = 0; i < out.n; i++)
		if (out.p[i] == '\n' || out.p[i] == '\r')
			out.p[i] = ' ';
	buf_add(b, buf_str(&out));
	return n;
}

void charset_mend_words(struct charset_job *job)
{
	struct str s = job->text;
	struct buf b;
	size_t found = 0, from = 0, at = 0, tries = 0;

	if (str_find_str(s, STR("=?")) == s.n)
		return;
	buf_init_arena(&b, job->a, s.n * 4 + 64);
	while (found < 200 && tries++ < WORDS_TRIED) {
		struct str rest = str_from(s, at);
		size_t n, i = str_find_str(rest, STR("=?"));

		if (i == rest.n)
			break;
		i += at;
		/* White space between two encoded words is not text. */
		if (found == 0 || from != at ||
		    !str_blank(str_part(s, at, i - at)))
			buf_add(&b, str_part(s, from, i - from));
		n = encoded_word(job, str_from(s, i), &b);
		found += n > 0;
		if (n == 0)
			buf_lit(&b, "=?");
		from = at = i + (n ? n : 2);
	}
	buf_add(&b, str_from(s, from));
	if (found == 0 || buf_rc(&b) != RC_OK)
		return;
	job->text = buf_str(&b);
	charset_say(job, 0, STR("Undid encoded words in a mail's head."));
}
