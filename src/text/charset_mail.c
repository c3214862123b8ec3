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

enum { WORDS_TRIED = 2000, WORD_MOST = 500, RUN_MOST = 8000 };

/* "=?charset?Q?text?=" */
struct word {
	struct str charset, text;
	char kind; /* q or b */
	size_t n;  /* its length */
};

/* Reads the word that S, behind "=?", begins with. */
static bool read_word(struct str s, struct word *ret_word)
{
	struct str rest = str_part(s, 0, WORD_MOST), name, kind, end;
	struct word w;

	name = str_cut(&rest, '?');
	kind = str_cut(&rest, '?');
	if (!rest.p || name.n == 0 || name.n > 24 || kind.n != 1)
		return false;
	w.text = str_cut(&rest, '?');
	w.kind = ascii_lower(kind.p[0]);
	end = str_part(rest, 0, 1);
	if (!str_eq(end, STR("=")) || str_find(w.text, '\n') < w.text.n ||
	    (w.kind != 'q' && w.kind != 'b'))
		return false;
	/* RFC 2231 section 5: "utf-8*en" names the language, too. */
	w.charset = str_part(name, 0, str_find(name, '*'));
	w.n = (size_t)(end.p + 1 - s.p) + 2;
	*ret_word = w;
	return true;
}

/* Words in one encoding that follow each other are one run of bytes: some
 * programs cut them within a character, which RFC 2047 section 5 forbids. */
struct words {
	struct charset_job *job;
	struct buf out, raw, text; /* raw and text: of the run */
	struct str charset;	   /* of the run */
	size_t from, to;	   /* the run, in the job's text */
	size_t done;		   /* up to here it is in OUT */
	bool is_behind;		   /* there, right behind a word */
	size_t found;
	uint32_t *lines; /* the source's line of each line of OUT */
	size_t lines_n;
	uint32_t line; /* of the job's text, at DONE */
};

static void begin_line(struct words *w)
{
	const struct charset_job *job = w->job;

	w->lines[w->lines_n++] = job->lines && w->line <= job->lines_n
				     ? job->lines[w->line - 1]
				     : w->line;
}

/* Moves on to TO; what stands between is in OUT then, unless IS_DROPPED. */
static void move_to(struct words *w, size_t to, bool is_dropped)
{
	struct str part = str_part(w->job->text, w->done, to - w->done);

	for (size_t i = 0; i < part.n; i++)
		if (part.p[i] == '\n') {
			w->line++;
			if (!is_dropped)
				begin_line(w);
		}
	if (!is_dropped)
		buf_add(&w->out, part);
	w->done = to;
}

/* White space between two words, which is none of their text; some programs
 * lose the space with which the second line begins. */
static bool is_fold(struct str s)
{
	return str_blank(s) && str_find(s, '\n') == str_find_last(s, '\n');
}

static bool read_run(struct words *w)
{
	const char *known = charset_named(w->job->a, w->charset), *larger;
	struct buf *text = &w->text;

	buf_clear(text);
	if (!known || buf_rc(&w->raw) != RC_OK)
		return false;
	larger = charset_larger(known, buf_str(&w->raw), 0);
	if (charset_convert(text, larger ? larger : known, buf_str(&w->raw)) ==
		SIZE_MAX ||
	    str_find(buf_str(text), '\0') < text->n || text->n == 0)
		return false;
	/* A word has no line's end: it would be another header. */
	for (size_t i = 0; i < text->n; i++)
		if (text->p[i] == '\n' || text->p[i] == '\r')
			text->p[i] = ' ';
	return true;
}

static void end_run(struct words *w)
{
	struct str gap = str_part(w->job->text, w->done, w->from - w->done);
	bool is_read;

	if (w->to == w->from)
		return;
	is_read = read_run(w);
	move_to(w, w->from, is_read && w->is_behind && is_fold(gap));
	move_to(w, w->to, is_read);
	if (is_read)
		buf_add(&w->out, buf_str(&w->text));
	w->is_behind = is_read;
	w->found += is_read;
	w->from = w->to;
}

/* Adds WORD, which stands at AT, to the run or begins another. */
static void add_word(struct words *w, const struct word *word, size_t at)
{
	struct str gap = str_part(w->job->text, w->to, at - w->to);

	if (w->to == w->from || !is_fold(gap) ||
	    !str_eq_fold(w->charset, word->charset) ||
	    w->raw.n + WORD_MOST > RUN_MOST) {
		end_run(w);
		buf_clear(&w->raw);
		w->charset = word->charset;
		w->from = at;
	}
	w->to = at + word->n;
	if (word->kind == 'q')
		unquote_word(&w->raw, word->text);
	else
		unbase_word(&w->raw, word->text);
}

static bool make_words(struct words *w)
{
	struct str s = w->job->text;
	size_t lines = 1;

	for (size_t i = 0; i < s.n; i++)
		lines += s.p[i] == '\n';
	w->lines = ARENA_ARRAY(w->job->a, uint32_t, lines + 1);
	if (!w->lines)
		return false;
	buf_init_arena(&w->out, w->job->a, s.n * 4 + 64);
	buf_init_arena(&w->raw, w->job->a, RUN_MOST);
	/* Of a byte the C library asks for four, and a sign may become two. */
	buf_init_arena(&w->text, w->job->a, RUN_MOST * (size_t)8 + 64);
	w->line = 1;
	begin_line(w);
	return true;
}

void charset_mend_words(struct charset_job *job)
{
	struct str s = job->text;
	struct words w = {.job = job};
	struct word word;
	size_t at = str_find_str(s, STR("=?"));

	if (at == s.n || !make_words(&w))
		return;
	for (size_t tries = 0; at < s.n && tries < WORDS_TRIED; tries++) {
		if (read_word(str_from(s, at + 2), &word)) {
			add_word(&w, &word, at);
			at += word.n;
		} else {
			at += 2;
		}
		at += str_find_str(str_from(s, at), STR("=?"));
	}
	end_run(&w);
	move_to(&w, s.n, false);
	if (w.found == 0 || buf_rc(&w.out) != RC_OK)
		return;
	job->text = buf_str(&w.out);
	job->lines = w.lines;
	job->lines_n = w.lines_n;
	charset_say(job, 0, STR("Undid encoded words in a mail's head."));
}
