/* SPDX-License-Identifier: MIT
 *
 * Copied text becomes a draft. In four walks: the lines are cut into pieces;
 * pieces that are furniture are set aside; the head (kicker, headline,
 * standfirst, byline, date, caption) is taken from the pieces before the first
 * paragraph; the rest is the body. Proof marks of the draft become doubts.
 *
 *	I1. Every line of the source ends in a field, in the body or in the
 *	    list of what was set aside.
 */
#include "text/intake.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/intake_priv.h"
#include "text/proof.h"
#include "text/script.h"

enum { NOTES_MAX = 300, LANGUAGE_SAMPLE = 8192 };

static void note(
    struct job *job, struct notes *to, uint32_t line, struct str text)
{
	if (to->n == NOTES_MAX)
		return;
	if (!to->v)
		to->v = ARENA_ARRAY(job->a, struct intake_note, NOTES_MAX);
	if (to->v)
		to->v[to->n++] = (struct intake_note){
		    .line = line, .column = 0, .text = text};
}

void intake_did(struct job *job, uint32_t line, struct str text)
{
	note(job, &job->did, line, text);
}

void intake_doubt(struct job *job, uint32_t line, struct str text)
{
	note(job, &job->doubts, line, text);
}

void intake_warn(struct job *job, uint32_t line, struct str text)
{
	struct notes *to = &job->doubts;
	struct intake_note own;

	if (job->warnings == NOTES_MAX)
		return;
	if (to->n == NOTES_MAX)
		to->n--;
	note(job, to, line, text);
	if (!to->v)
		return;
	own = to->v[to->n - 1];
	memmove(&to->v[job->warnings + 1], &to->v[job->warnings],
	    (to->n - 1 - job->warnings) * sizeof(own));
	to->v[job->warnings++] = own;
}

void intake_set_aside(
    struct job *job, uint32_t line, const char *what, struct str text)
{
	struct intake *in = &job->in;

	if (in->aside_n == job->aside_room) {
		size_t room = job->aside_room ? job->aside_room * 4 : 16;
		struct intake_aside *v =
		    ARENA_ARRAY(job->a, struct intake_aside, room);

		if (!v)
			return;
		if (in->aside_n)
			memcpy(v, in->aside, in->aside_n * sizeof(*v));
		in->aside = v;
		job->aside_room = room;
	}
	in->aside[in->aside_n] =
	    (struct intake_aside){line, what, text, in->aside_n};
	in->aside_n++;
}

size_t intake_count_words(struct str s)
{
	size_t n = 0;

	while (s.p)
		n += str_cut(&s, ' ').n > 0;
	return n;
}

/* --- body ------------------------------------------------------------- */

/* The "&" that S begins with is one of an entity ("&copy;"), or would be. */
static bool starts_entity(struct str s)
{
	size_t n = 1;

	while (n < s.n && (ascii_is_alpha(s.p[n]) || ascii_is_digit(s.p[n]) ||
			      (s.p[n] == '#' && n == 1)))
		n++;
	return n > 1 && n < s.n && s.p[n] == ';';
}

/* Characters that Markdown would take for its own. */
static void put_escaped(struct buf *b, struct str s)
{
	static const char *const anywhere = "*_`[<\\~{", *const first =
							     "#+->=|";
	size_t digits = 0;

	while (digits < s.n && digits < 9 && ascii_is_digit(s.p[digits]))
		digits++;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool is_number = digits && i == digits &&
				 (c == '.' || c == ')') &&
				 (i + 1 == s.n || ascii_is_space(s.p[i + 1]));

		if (is_number || (c && strchr(anywhere, c)) ||
		    (i == 0 && c && strchr(first, c)) ||
		    (c == '&' && starts_entity(str_from(s, i))))
			buf_char(b, '\\');
		buf_char(b, c);
	}
}

/* Ends a line of the body, which came from LINE of the source. */
static void body_line(struct job *job, struct buf *b, uint32_t line)
{
	buf_char(b, '\n');
	job->body_lines[job->body_lines_n++] = line;
}

static bool is_subhead(const struct job *job, size_t i)
{
	const struct piece *p = &job->v[i];
	size_t at = 0;
	uint32_t c = utf8_next(p->text, &at);
	struct civil day;

	return i + 1 < job->n && p->words <= 10 && p->chars <= 70 &&
	       !p->is_item && !p->may_hold && !intake_is_ended(p->text) &&
	       (letter_is_capital(c) || (c >= 0x600 && letter_is_word(c))) &&
	       (job->v[i + 1].chars >= 60 ||
		   (c >= 0x3000 && job->v[i + 1].chars >= 25)) &&
	       !intake_date(p->folded, &day);
}

/* A paragraph that is all quotation, with the speaker's name on a line of its
 * own behind it. */
static bool is_block_quotation(const struct job *job, size_t i)
{
	struct str s = job->v[i].text, next;

	if (i + 1 >= job->n)
		return false;
	next = job->v[i + 1].text;
	if ((!str_starts(next, STR("— ")) && !str_starts(next, STR("– ")) &&
		!str_starts(next, STR("-- "))) ||
	    job->v[i + 1].chars > 70 || intake_is_ended(next))
		return false;
	return str_starts(s, STR("“")) || str_starts(s, STR("„")) ||
	       str_starts(s, STR("«")) || str_starts(s, STR("\""));
}

/* A dateline's agency and reporter are the byline where there is no other. */
static void take_agency(
    struct job *job, uint32_t line, const struct dateline *d)
{
	struct str_list *to = &job->in.m.authors;

	to->v = ARENA_ARRAY(job->a, struct str, 2);
	if (!to->v)
		return;
	if (d->reporter.n)
		to->v[to->n++] = d->reporter;
	if (d->agency.n)
		to->v[to->n++] = d->agency;
	intake_did(job, line,
	    arena_printf(job->a,
		"Took \"%.*s\" out of the dateline as the byline.",
		STR_ARG(to->v[0])));
}

/* The place that P begins with, out of it; IS_LATE: P is not the first. */
static struct str take_dateline(struct job *job, struct piece *p, bool is_late)
{
	struct manuscript *m = &job->in.m;
	struct dateline d;

	if (m->dateline.n || !intake_may_be_dateline(job->a, p->text, &d) ||
	    (is_late && !d.is_sure))
		return p->text;
	if (d.is_guess) {
		intake_doubt(job, p->line,
		    arena_printf(job->a,
			"\"%.*s\" may be the dateline or a part of the "
			"sentence; it is left in the text.",
			STR_ARG(d.place)));
		return p->text;
	}
	m->dateline = d.place;
	intake_did(job, p->line,
	    arena_printf(job->a,
		"Took \"%.*s\" as the dateline out of the first paragraph.",
		STR_ARG(d.place)));
	if (!d.is_sure)
		intake_doubt(job, p->line,
		    STR("The dateline is told by its place alone; it may be a "
			"word of the story."));
	if (d.has_date)
		intake_set_date(job, p->line, d.date, d.when);
	else if (d.when.n && !m->has_published)
		intake_doubt(job, p->line,
		    arena_printf(job->a,
			"The dateline says \"%.*s\", which is no whole date; "
			"the story's date is left open.",
			STR_ARG(d.when)));
	if ((d.agency.n || d.reporter.n) && m->authors.n == 0) {
		take_agency(job, p->line, &d);
	} else {
		if (d.reporter.n)
			intake_set_aside(job, p->line, "reporter", d.reporter);
		if (d.agency.n)
			intake_set_aside(job, p->line, "agency", d.agency);
	}
	return d.rest;
}

/* The number that S begins with ("2. ", "2) "), and the bytes up to the words;
 * false: it has none. */
static bool item_number(struct str s, uint32_t *ret_number, size_t *ret_n)
{
	uint32_t number = 0;
	size_t n = 0;

	while (n < s.n && n < 4 && ascii_is_digit(s.p[n]))
		number = number * 10 + (uint32_t)(s.p[n++] - '0');
	if (n == 0 || n + 2 >= s.n || (s.p[n] != '.' && s.p[n] != ')') ||
	    !ascii_is_space(s.p[n + 1]))
		return false;
	*ret_number = number;
	*ret_n = n + 2;
	return true;
}

/* The pieces I and I + 1 are two items of one numbered list. */
static bool counts_on(const struct job *job, size_t i)
{
	uint32_t one, next;
	size_t n;

	return i + 1 < job->n && item_number(job->v[i].text, &one, &n) &&
	       item_number(job->v[i + 1].text, &next, &n) && next == one + 1;
}

static void put_item(struct buf *b, struct str text)
{
	uint32_t number;
	size_t n;

	if (item_number(text, &number, &n)) {
		buf_u64(b, number);
		buf_lit(b, ". ");
	} else {
		n = intake_bullet(text);
		buf_lit(b, "- ");
	}
	put_escaped(b, str_trim(str_from(text, n)));
}

static void put_piece(struct job *job, struct buf *b, size_t i, struct str text)
{
	struct piece *p = &job->v[i];
	bool goes_on = counts_on(job, i);

	if (intake_has_contact(text))
		intake_doubt(job, p->line,
		    STR("A mail address or a telephone number stands here; is "
			"it for readers?"));
	text = intake_mend_quotes(job, text, p->line);
	intake_find_quotations(job, p->line, text);
	if (p->is_item || goes_on || (i > 0 && counts_on(job, i - 1))) {
		put_item(b, text);
	} else if (is_subhead(job, i)) {
		buf_lit(b, "## ");
		put_escaped(b, text);
		intake_did(
		    job, p->line, STR("Took this line as a subheading."));
	} else {
		put_escaped(b, text);
	}
	body_line(job, b, p->line);
	if (!goes_on &&
	    !(p->is_item && i + 1 < job->n && job->v[i + 1].is_item))
		body_line(job, b, p->line);
}

/* The quotation I, and its speaker on the next line. */
static void put_block_quotation(struct job *job, struct buf *b, size_t i)
{
	struct piece *p = &job->v[i];

	buf_lit(b, "> ");
	put_escaped(b, p->text);
	body_line(job, b, p->line);
	buf_lit(b, ">");
	body_line(job, b, p->line);
	buf_lit(b, "> ");
	put_escaped(b, p[1].text);
	body_line(job, b, p[1].line);
	body_line(job, b, p[1].line);
	intake_find_quotations(job, p->line, p->text);
	intake_did(
	    job, p->line, STR("Set this quotation apart, with its speaker."));
}

static void put_body(struct job *job, struct buf *b)
{
	size_t paragraphs = 0;

	for (size_t i = 0; i < job->n; i++) {
		struct piece *p = &job->v[i];
		struct str caption, credit;
		bool is_late = i + 2 >= job->n && i > 0;

		if (is_late &&
		    (intake_take_byline(job, p) || intake_take_date(job, p)))
			continue;
		if (i > 0 && p->chars < 120 &&
		    intake_take_marked_caption(job, p))
			continue;
		if (i > 0 && p->chars < 160 &&
		    intake_caption(p, &caption, &credit)) {
			intake_set_aside(job, p->line,
			    "caption of another picture", p->text);
			continue;
		}
		if (is_block_quotation(job, i)) {
			put_block_quotation(job, b, i++);
			continue;
		}
		put_piece(job, b, i,
		    p->is_item || paragraphs > 1
			? p->text
			: take_dateline(job, p, paragraphs > 0));
		paragraphs += !p->is_item && p->chars >= 60;
	}
	while (b->n > 0 && b->p[b->n - 1] == '\n')
		buf_cut(b, b->n - 1);
	if (b->n > 0)
		buf_char(b, '\n');
}

/* --- doubts ----------------------------------------------------------- */

static void add_proof(struct job *job)
{
	struct proof_mark *marks = NULL;
	size_t n = 0;

	if (proof_read(job->a, &job->in.m, STR("en"), &marks, &n) != RC_OK)
		return;
	for (size_t i = 0; i < n; i++) {
		const struct proof_mark *k = &marks[i];
		uint32_t line = 0;

		if (str_eq(k->field, STR("body")) && k->line >= 1 &&
		    k->line <= job->body_lines_n)
			line = job->body_lines[k->line - 1];
		if (k->length > 0)
			intake_doubt(job, line,
			    arena_printf(job->a,
				"%.*s: \"%.*s\". Suggestion: %.*s.",
				STR_ARG(k->message), STR_ARG(k->excerpt),
				STR_ARG(k->suggestion)));
		else
			intake_doubt(job, line,
			    arena_printf(job->a, "%.*s. Suggestion: %.*s.",
				STR_ARG(k->message), STR_ARG(k->suggestion)));
	}
}

static void say_charset(struct job *job)
{
	const struct charset *cs = &job->in.charset;

	if (strcmp(cs->name, "UTF-8") != 0) {
		intake_did(job, 0,
		    arena_printf(job->a, "Read the text as %s.", cs->name));
		if (cs->sure < 50)
			intake_doubt(job, 0,
			    arena_printf(job->a,
				"The encoding is a guess (%u in 100); look at "
				"letters with accents.",
				cs->sure));
	}
	if (cs->doubt.n > 0)
		intake_doubt(job, 0, cs->doubt);
	for (size_t i = 0; i < cs->notes_n; i++)
		intake_did(job, charset_line(cs, cs->notes[i].line),
		    cs->notes[i].text);
}

/* By what is left of the text when all that stands around it is gone. */
static struct str language_of(struct job *job)
{
	struct buf b;

	buf_init_arena(&b, job->a, MANUSCRIPT_MAX * (size_t)3);
	for (size_t i = 0; i < job->n && b.n < LANGUAGE_SAMPLE; i++) {
		buf_add(&b, job->v[i].folded);
		buf_char(&b, '\n');
	}
	return intake_language(job->a, buf_str(&b));
}

static enum rc make_draft(struct job *job, struct str lang, struct err *err)
{
	struct manuscript *m = &job->in.m;
	uint32_t first_line;
	struct buf b;

	intake_cut_pieces(job, job->in.charset.text);
	intake_sort(job);
	if (job->n == 0)
		return err_set(err, RC_INVALID,
		    "there is no story in this text, only what stands around "
		    "one");
	m->is_draft = true;
	m->lang = language_of(job);
	if (m->lang.n == 0)
		m->lang = lang;
	first_line = job->v[0].line;
	intake_take_head(job);
	job->body_lines = ARENA_ARRAY(job->a, uint32_t, (job->n + 1) * 4);
	if (!job->body_lines)
		return RC_NO_MEMORY;
	buf_init_arena(&b, job->a, MANUSCRIPT_MAX * (size_t)3);
	put_body(job, &b);
	if (buf_rc(&b) != RC_OK)
		return RC_NO_MEMORY;
	m->body = buf_str(&b);
	m->body_line = 1;
	m->headline = intake_mend_quotes(job, m->headline, first_line);
	if (m->body.n == 0)
		intake_doubt(job, 0, STR("The story has no body."));
	if (job->mail_date.n && !m->has_published)
		intake_doubt(job, 0,
		    arena_printf(job->a,
			"The mail is dated \"%.*s\"; the story itself has no "
			"date.",
			STR_ARG(job->mail_date)));
	add_proof(job);
	return RC_OK;
}

/* Of two on a line the first found: qsort itself keeps no order, and all of a
 * mail in base64 is on one line. */
static int by_line(const void *x, const void *y)
{
	const struct intake_aside *a = x, *b = y;

	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return a->nth < b->nth ? -1 : a->nth > b->nth;
}

enum rc intake_read(struct arena *a, struct str bytes, struct str lang,
    struct intake *ret_intake, struct err *err)
{
	struct job job = {.a = a};
	size_t lines = 1;
	enum rc rc;

	rc = intake_read_text(&job, bytes, err);
	if (rc != RC_OK)
		return rc;
	say_charset(&job);
	for (size_t i = 0; i < job.in.charset.text.n; i++)
		lines += job.in.charset.text.p[i] == '\n';
	job.v = ARENA_ARRAY(a, struct piece, lines + 1);
	rc = job.v ? make_draft(&job, lang, err) : RC_NO_MEMORY;
	if (rc == RC_INVALID)
		return rc;
	if (rc != RC_OK || arena_is_spent(a))
		return err_set(err, RC_NO_MEMORY, "no memory left");
	if (job.in.aside_n > 1)
		qsort(job.in.aside, job.in.aside_n, sizeof(*job.in.aside),
		    by_line);
	job.in.actions = job.did.v;
	job.in.actions_n = job.did.n;
	job.in.doubts = job.doubts.v;
	job.in.doubts_n = job.doubts.n;
	*ret_intake = job.in;
	return RC_OK;
}
