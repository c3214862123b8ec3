/* SPDX-License-Identifier: MIT
 *
 * See mail_priv.h. The text of a mail, as text/intake.h reads it:
 *
 *	the head	without what is about the coding of the body
 *	Content-Type	of the text, as it is now
 *	empty line
 *	the text
 *	a mark, head and text of each mail that it brought with it, as a
 *	program writes it that passes a mail on
 */
#include "base/arena.h"
#include "base/buf.h"
#include "text/mail_priv.h"

/* Lines of the text from AT on come from line LINE of the source. */
struct segment {
	size_t at;
	uint32_t line;
	bool keeps_lines; /* each from the next */
};

enum {
	HEAD_KEPT = 5, /* fields of a mail in a mail */
	SEGMENTS_MAX = MAIL_HEAD_LINES_MAX + 4 + MAIL_PARTS_MAX * 2 +
		       MAIL_MESSAGES_MAX * (HEAD_KEPT + 2)
};

struct put {
	struct buf b;
	struct segment v[SEGMENTS_MAX];
	size_t n;
};

static void begin(struct put *p, uint32_t line, bool keeps_lines)
{
	p->v[p->n++] = (struct segment){p->b.n, line, keeps_lines};
}

static bool starts_fold(struct str s, const char *start)
{
	struct str want = str_of(start);

	return str_eq_fold(str_part(s, 0, want.n), want);
}

static void put_head(struct put *p, const struct mail_message *message)
{
	struct str rest = message->bytes, line;
	bool is_kept = true;

	for (uint32_t no = message->line_no + 1;
	     str_line(&rest, &line) && !str_blank(line); no++) {
		if (!ascii_is_space(line.p[0]))
			is_kept = !starts_fold(line, "content-") &&
				  !starts_fold(line, "mime-version:");
		if (!is_kept)
			continue;
		begin(p, no, false);
		buf_add(&p->b, line);
		buf_char(&p->b, '\n');
	}
}

/* What its readers need to know of the text. */
static void put_type(struct put *p, const struct mail_walk *w)
{
	const struct mail_part *longest = w->chosen[0];

	for (size_t i = 1; i < w->chosen_n; i++)
		if (w->chosen[i]->text.n > longest->text.n)
			longest = w->chosen[i];
	begin(p, w->chosen[0]->line - 1, false);
	if (longest->charset.n > 0 || longest->format.n > 0) {
		buf_lit(&p->b, "Content-Type: text/plain");
		if (longest->charset.n > 0)
			buf_printf(
			    &p->b, "; charset=%.*s", STR_ARG(longest->charset));
		if (starts_fold(longest->format, "flowed"))
			buf_lit(&p->b, "; format=flowed");
		if (starts_fold(longest->delsp, "yes"))
			buf_lit(&p->b, "; delsp=yes");
		buf_char(&p->b, '\n');
	}
	buf_char(&p->b, '\n');
}

/* Of the head of a mail in a mail, what programs show of it, each on one line.
 */
static void put_message_head(struct put *p, const struct mail_message *message)
{
	static const char *const names[HEAD_KEPT] = {
	    "from:", "date:", "to:", "cc:", "subject:"};
	bool was[HEAD_KEPT] = {false}, is_open = false;
	struct str rest = message->bytes, line;

	begin(p, message->line_no + 1, false);
	buf_lit(&p->b, "\n---------- Forwarded message ---------\n");
	for (uint32_t no = message->line_no + 1;
	     str_line(&rest, &line) && !str_blank(line); no++) {
		if (ascii_is_space(line.p[0])) {
			if (is_open)
				buf_char(&p->b, ' ');
			if (is_open)
				buf_add(&p->b, str_trim(line));
			continue;
		}
		if (is_open)
			buf_char(&p->b, '\n');
		is_open = false;
		for (size_t i = 0; i < HEAD_KEPT && !is_open; i++) {
			is_open = !was[i] && starts_fold(line, names[i]);
			was[i] |= is_open;
		}
		if (!is_open)
			continue;
		begin(p, no, false);
		buf_add(&p->b, line);
	}
	if (is_open)
		buf_char(&p->b, '\n');
	buf_char(&p->b, '\n');
}

static void put_part(
    struct put *p, const struct mail_part *part, struct mail *mail)
{
	bool is_coded = str_eq_fold(part->coding, STR("base64"));
	bool is_quoted = str_eq_fold(part->coding, STR("quoted-printable"));

	mail->was_html |= part->is_html;
	mail->was_base64 |= is_coded;
	mail->was_quoted |= is_quoted;
	mail->charset = mail->charset ? mail->charset : part->read_as;
	begin(p, part->line, !part->is_html && !is_coded && !is_quoted);
	if (part->is_html)
		mail_put_html(&p->b, part->text);
	else
		buf_add(&p->b, part->text);
}

/* The line of the source of each line of the text. */
static bool map_lines(struct arena *a, const struct put *p, struct mail *mail)
{
	struct str text = mail->text;
	size_t lines = 1, at = 0;
	uint32_t down = 0;

	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	mail->lines = ARENA_ARRAY(a, uint32_t, lines);
	if (!mail->lines)
		return false;
	for (size_t i = 0, k = 0; k < lines; k++, down++) {
		while (at + 1 < p->n && p->v[at + 1].at <= i) {
			at++;
			down = 0;
		}
		mail->lines[k] =
		    p->v[at].line + (p->v[at].keeps_lines ? down : 0);
		i += str_find(str_from(text, i), '\n') + 1;
	}
	mail->lines_n = lines;
	return true;
}

enum rc mail_put(struct mail_walk *w, struct mail *ret_mail)
{
	struct mail mail = {.source_line = w->chosen[0]->line,
	    .texts = (unsigned)w->chosen_n,
	    .others = w->others,
	    .other_texts = w->other_texts};
	struct put *p = ARENA_ARRAY(w->a, struct put, 1);
	size_t room = w->messages[0].bytes.n * 2;
	unsigned message = 0;

	if (!p)
		return RC_NO_MEMORY;
	/* Of a tag, which has three bytes, four may come. */
	for (size_t i = 0; i < w->chosen_n; i++)
		room += w->chosen[i]->text.n * 4 / 3 + 16;
	buf_init_arena(&p->b, w->a, room + 8192);
	put_head(p, &w->messages[0]);
	put_type(p, w);
	for (size_t i = 0; i < w->chosen_n; i++) {
		const struct mail_part *part = w->chosen[i];

		/* An end of line, and an empty line. */
		if (i > 0 && !str_ends(buf_str(&p->b), STR("\n")))
			buf_char(&p->b, '\n');
		if (i > 0)
			buf_char(&p->b, '\n');
		if (part->message != message)
			put_message_head(p, &w->messages[part->message]);
		message = part->message;
		put_part(p, part, &mail);
	}
	mail.text = buf_str(&p->b);
	if (buf_rc(&p->b) != RC_OK || !map_lines(w->a, p, &mail))
		return RC_NO_MEMORY;
	*ret_mail = mail;
	return RC_OK;
}
