/* SPDX-License-Identifier: MIT
 *
 * The text is cut into pieces: a line, or the lines of a paragraph that
 * somebody's program has wrapped, or that flow (RFC 3676). What a mail quotes,
 * and its signature, are set aside here, for they go by lines.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/intake_priv.h"
#include "text/script.h"

/* In columns. */
enum {
	WRAPPED_LEAST = 50,
	WRAPPED_MOST = 90,
	LAST_LINE_MOST = 40, /* a shorter one ends its paragraph */
	SIGNED_MOST = 60,    /* what follows "--" begins with a name */
};

static void add_piece(struct job *job, uint32_t line, struct str text)
{
	struct piece *p = &job->v[job->n++];

	*p = (struct piece){.line = line, .text = text};
	p->folded = intake_fold(job->a, text);
	p->chars = utf8_count(text);
	p->words = intake_count_words(text);
	p->is_item = intake_bullet(text) > 0;
}

/* C is a sign or mark of a script that writes no spaces, two columns wide. */
static bool is_spaceless(uint32_t c)
{
	return c >= 0x2E80 && script_of(c) != SCRIPT_HANGUL;
}

static size_t columns_of(struct str s)
{
	size_t n = 0;

	for (size_t at = 0; at < s.n;)
		n += utf8_next(s, &at) >= 0x2E80 ? 2 : 1;
	return n;
}

/* LINE, which has another below it, was ended by a program. Signs without
 * spaces are wrapped at any width, and a paragraph of them that is one line is
 * of any, so there it tells that the line ends within a sentence. */
static bool is_full(struct str line)
{
	size_t at = line.n, columns = columns_of(line);

	if (line.n > 0 && is_spaceless(utf8_prev(line, &at)))
		return columns >= WRAPPED_LEAST && !intake_is_ended(line);
	return columns >= WRAPPED_LEAST && columns <= WRAPPED_MOST;
}

/* LINE parts a mail from its signature, in REST. Programs lose the space at
 * the end of "-- "; then it may part the story, too. */
static bool is_signature(struct str line, struct str rest)
{
	if (!str_eq(line, STR("--")))
		return str_eq(line, STR("-- "));
	while (str_line(&rest, &line))
		if (!str_blank(line))
			return columns_of(str_trim(line)) <= SIGNED_MOST;
	return true;
}

/* Most lines that have a next one in their block are as long as a program
 * wraps them. */
static bool is_wrapped(struct str text)
{
	size_t full = 0, other = 0;
	struct str line, last = STR_NONE;

	while (str_line(&text, &line)) {
		if (is_signature(line, text))
			break;
		line = str_trim(line);
		if (line.n > 0 && line.p[0] == '>')
			continue;
		if (line.n > 0 && last.n > 0) {
			if (is_full(last))
				full++;
			else
				other++;
		}
		last = line;
	}
	return full >= 2 && full > other;
}

struct cut {
	struct job *job;
	struct buf b;	 /* the piece so far */
	uint32_t line;	 /* where it began */
	struct str last; /* its last line */
	bool goes_on;	 /* which said so, of a text that flows */
	bool is_wrapped;
	bool is_over; /* the rest is the mail's signature */
};

static void end_piece(struct cut *c)
{
	if (c->b.n == 0)
		return;
	add_piece(c->job, c->line, arena_copy(c->job->a, buf_str(&c->b)));
	buf_clear(&c->b);
}

/* Of a mail's head no line goes on another, however long they are. */
static bool is_next_header(const struct cut *c, struct str line)
{
	struct str name, value;

	return intake_mail_header(c->job->a, line, &name, &value) &&
	       intake_mail_header(c->job->a, buf_str(&c->b), &name, &value);
}

/* LINE goes on what the lines above it began. */
static bool joins(const struct cut *c, struct str line)
{
	if (c->is_over || line.n == 0 || line.p[0] == '>')
		return false;
	if (c->job->is_flowed)
		return c->goes_on;
	/* A wide space is how a paragraph begins in Japanese. */
	return c->is_wrapped && columns_of(c->last) >= LAST_LINE_MOST &&
	       intake_bullet(line) == 0 && !str_starts(line, STR("\u3000")) &&
	       !is_next_header(c, line);
}

static void add_line(struct cut *c, struct str line, uint32_t at)
{
	size_t end = c->last.n, start = 0;

	if (!joins(c, line))
		end_piece(c);
	if (c->b.n == 0)
		c->line = at;
	else if (!c->job->is_delsp && !is_spaceless(utf8_prev(c->last, &end)) &&
		 !is_spaceless(utf8_next(line, &start)))
		buf_char(&c->b, ' ');
	buf_add(&c->b, line);
}

void intake_cut_pieces(struct job *job, struct str text)
{
	struct cut c = {.job = job};
	uint32_t no = 0;
	struct str line;

	text = intake_cut_mail_head(job, text, &no);
	c.is_wrapped = is_wrapped(text);
	buf_init_arena(&c.b, job->a, MANUSCRIPT_MAX * (size_t)2);
	while (str_line(&text, &line)) {
		uint32_t at = charset_line(&job->in.charset, ++no);
		bool goes_on = job->is_flowed && str_ends(line, STR(" "));

		c.is_over = c.is_over || is_signature(line, text);
		line = str_trim(line);
		if (line.n == 0) {
			end_piece(&c);
		} else if (c.is_over || line.p[0] == '>') {
			end_piece(&c);
			intake_set_aside(job, at,
			    c.is_over ? "mail signature" : "quoted mail", line);
		} else {
			add_line(&c, line, at);
		}
		c.last = line;
		c.goes_on = goes_on;
	}
	end_piece(&c);
}
