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

enum { NOTES_MAX = 300 };

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

static void set_aside(
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
	in->aside[in->aside_n++] = (struct intake_aside){line, what, text};
}

/* --- pieces ----------------------------------------------------------- */

size_t intake_count_words(struct str s)
{
	size_t n = 0;

	while (s.p)
		n += str_cut(&s, ' ').n > 0;
	return n;
}

static void add_piece(struct job *job, uint32_t line, struct str text)
{
	struct piece *p = &job->v[job->n++];

	*p = (struct piece){.line = line, .text = text};
	p->folded = intake_fold(job->a, text);
	p->chars = utf8_count(text);
	p->words = intake_count_words(text);
	p->is_item = str_starts(text, STR("- ")) ||
		     str_starts(text, STR("* ")) || str_starts(text, STR("• "));
}

/* Most lines that have a next one in their block are 50 to 90 characters
 * long: somebody's program has wrapped them. */
static bool is_wrapped(struct str text)
{
	size_t full = 0, other = 0, last = 0;
	struct str line;

	while (str_line(&text, &line)) {
		if (str_eq(line, STR("-- ")) || str_eq(line, STR("--")))
			break;
		line = str_trim(line);
		if (line.n > 0 && line.p[0] == '>')
			continue;
		if (line.n > 0 && last > 0) {
			if (last >= 50 && last <= 90)
				full++;
			else
				other++;
		}
		last = line.n ? utf8_count(line) : 0;
	}
	return full >= 2 && full > other;
}

static bool starts_item(struct str line)
{
	return str_starts(line, STR("- ")) || str_starts(line, STR("* ")) ||
	       str_starts(line, STR("• "));
}

/* The head of a mail: headers up to the first blank line. Returns what is
 * behind it, and counts the lines passed. */
static struct str cut_mail_head(
    struct job *job, struct str text, uint32_t *line_no)
{
	struct str rest = text, line, name, value;
	uint32_t no = 0;
	size_t headers = 0;

	while (str_line(&rest, &line) && !str_blank(line)) {
		no++;
		if (headers && ascii_is_space(line.p[0]))
			continue;
		if (!intake_mail_header(line, &name, &value))
			break;
		headers++;
	}
	if (headers < 2)
		return text;
	rest = text;
	for (no = 0; str_line(&rest, &line) && !str_blank(line);) {
		bool is_more = ascii_is_space(line.p[0]);

		no++;
		if (!is_more && !intake_mail_header(line, &name, &value)) {
			rest = str_from(text, (size_t)(line.p - text.p));
			no--;
			break;
		}
		set_aside(job, charset_line(&job->in.charset, no),
		    "mail header", str_trim(line));
		if (str_eq_fold(name, STR("subject")) ||
		    str_eq_fold(name, STR("betreff")) ||
		    str_eq_fold(name, STR("objet")) ||
		    str_eq_fold(name, STR("asunto")) ||
		    str_eq(name, STR("Тема")) ||
		    str_eq_fold(name, STR("temat")))
			job->subject = is_more ? job->subject : value;
		if (str_eq_fold(name, STR("date")) ||
		    str_eq_fold(name, STR("datum")))
			job->mail_date = is_more ? job->mail_date : value;
	}
	*line_no = rest.p && str_blank(line) ? no + 1 : no;
	return rest;
}

/* Joins or keeps the lines of TEXT as pieces. */
static void cut_pieces(struct job *job, struct str text)
{
	uint32_t no = 0, first = 0;
	size_t last = 0; /* characters of the line before */
	struct buf b;
	struct str line;
	bool wrapped, is_over = false;

	text = cut_mail_head(job, text, &no);
	wrapped = is_wrapped(text);
	buf_init_arena(&b, job->a, MANUSCRIPT_MAX * (size_t)2);
	while (str_line(&text, &line)) {
		uint32_t at = charset_line(&job->in.charset, ++no);
		bool is_blank = str_blank(line);

		if (str_eq(line, STR("-- ")) || str_eq(line, STR("--")))
			is_over = true;
		line = str_trim(line);
		if (b.n > 0 && (is_blank || !wrapped || is_over || last < 40 ||
				   line.p[0] == '>' || starts_item(line))) {
			add_piece(job, first, arena_copy(job->a, buf_str(&b)));
			buf_clear(&b);
		}
		last = utf8_count(line);
		if (is_blank)
			continue;
		if (is_over || line.p[0] == '>') {
			set_aside(job, at,
			    is_over ? "mail signature" : "quoted mail", line);
			continue;
		}
		if (b.n == 0)
			first = at;
		else
			buf_char(&b, ' ');
		buf_add(&b, line);
	}
	if (b.n > 0)
		add_piece(job, first, arena_copy(job->a, buf_str(&b)));
}

static void sort_furniture(struct job *job)
{
	for (size_t i = 0; i < job->n; i++) {
		struct piece *p = &job->v[i];
		const char *what = intake_furniture(p);

		if (!what)
			continue;
		p->is_aside = true;
		set_aside(job, p->line, what, p->text);
	}
	/* What was set aside leaves the row. */
	for (size_t i = 0, to = 0;; i++) {
		if (i == job->n) {
			job->n = to;
			break;
		}
		if (!job->v[i].is_aside)
			job->v[to++] = job->v[i];
	}
}

/* --- head ------------------------------------------------------------- */

static bool take_byline(struct job *job, const struct piece *p)
{
	struct manuscript *m = &job->in.m;
	struct str v[8];
	size_t n = m->authors.n ? 0 : intake_byline(job->a, p, v, 8);

	if (n == 0)
		return false;
	m->authors.v = ARENA_ARRAY(job->a, struct str, n);
	if (!m->authors.v)
		return false;
	memcpy(m->authors.v, v, n * sizeof(*v));
	m->authors.n = n;
	intake_did(job, p->line,
	    arena_printf(
		job->a, "Took \"%.*s\" as the byline.", STR_ARG(p->text)));
	return true;
}

static void set_date(struct job *job, uint32_t line, struct civil c)
{
	struct manuscript *m = &job->in.m;

	if (m->has_published)
		return;
	m->has_published = true;
	m->published = c;
	intake_did(job, line,
	    arena_printf(job->a, "Took %04d-%02u-%02u as the story's date.",
		c.year, c.month, c.day));
}

static bool take_date(struct job *job, const struct piece *p)
{
	struct civil c;

	if (p->chars > 60 || p->words > 9 || job->in.m.has_published ||
	    !intake_date(p->folded, &c))
		return false;
	set_date(job, p->line, c);
	return true;
}

static bool take_marked_caption(struct job *job, const struct piece *p)
{
	struct manuscript_picture *pic = &job->in.m.picture;
	struct str caption, credit;

	if (!intake_caption(p, &caption, &credit) ||
	    (caption.n && pic->caption.n) || (credit.n && pic->credit.n))
		return false;
	if (caption.n)
		pic->caption = caption;
	if (credit.n)
		pic->credit = credit;
	intake_did(job, p->line,
	    caption.n && credit.n
		? STR("Took this line as a picture's caption and credit.")
	    : caption.n ? STR("Took this line as a picture's caption.")
			: STR("Took this line as a picture's credit."));
	return true;
}

static void take_caption(struct job *job, const struct piece *p)
{
	job->in.m.picture.caption = p->text;
	intake_did(job, p->line,
	    arena_printf(job->a, "Took \"%.*s\" as a picture's caption.",
		STR_ARG(p->text)));
	intake_doubt(job, p->line,
	    STR("This line is taken as a caption for its place and "
		"shortness; the picture itself has not come with it."));
}

static bool looks_like_headline(const struct piece *p)
{
	size_t at = p->text.n;
	uint32_t last = utf8_prev(p->text, &at);

	return p->chars >= 6 && p->chars <= 160 && !p->is_item && last != '.' &&
	       last != ':' && last != ',' && last != 0x3002;
}

static struct str bare_subject(struct str s)
{
	static const char *const marks[] = {
	    "re:", "fwd:", "fw:", "wg:", "aw:", "tr:", "rv:", "пер:"};

	for (size_t i = 0; i < 8;) {
		size_t n = strlen(marks[i]);

		if (str_eq_fold(str_part(s, 0, n), str_of(marks[i]))) {
			s = str_trim(str_from(s, n));
			i = 0;
		} else {
			i++;
		}
	}
	return s;
}

static void working_headline(struct job *job)
{
	struct str text = job->v[0].text;
	struct str head = utf8_head(text, 90);
	size_t n = head.n < text.n ? str_find_last(head, ' ') : head.n;

	if (str_find_str(head, STR(". ")) < head.n)
		n = str_find_str(head, STR(". "));
	job->in.m.headline = str_part(head, 0, n ? n : head.n);
	intake_doubt(job, job->v[0].line,
	    STR("There is no headline; the first words stand in for one."));
}

/* A word or a few above a longer line, or one word in capitals: HARBOUR. */
static bool is_kicker(const struct job *job)
{
	const struct piece *v = job->v;
	bool is_label = v[0].words == 1 && intake_is_capitals(v[0].text);

	return job->n > 2 && v[0].chars <= 30 && v[0].words <= 4 &&
	       !intake_is_ended(v[0].text) && looks_like_headline(&v[1]) &&
	       (is_label || (v[1].chars > 20 && v[1].chars > v[0].chars + 8));
}

static size_t take_headline(struct job *job)
{
	struct piece *v = job->v;
	struct manuscript *m = &job->in.m;
	struct dateline d;

	if (!is_kicker(job) && (!looks_like_headline(&v[0]) ||
				   intake_dateline(job->a, v[0].text, &d))) {
		if (job->subject.n) {
			m->headline = bare_subject(job->subject);
			intake_did(job, 0,
			    STR("Took the mail's subject as the headline."));
		} else {
			working_headline(job);
		}
		return 0;
	}
	if (is_kicker(job)) {
		m->kicker = v[0].text;
		m->headline = v[1].text;
		intake_did(
		    job, v[0].line, STR("Took this line as the kicker."));
		intake_did(
		    job, v[1].line, STR("Took this line as the headline."));
		return 2;
	}
	m->headline = v[0].text;
	intake_did(job, v[0].line, STR("Took this line as the headline."));
	return 1;
}

/* One of the next pieces shows that the story proper has not begun yet. */
static bool is_head_ahead(struct job *job, size_t i)
{
	for (size_t k = i + 1; k < job->n && k < i + 4; k++) {
		struct dateline d;
		struct str v[8];
		struct civil c;

		if (intake_byline(job->a, &job->v[k], v, 8) ||
		    intake_dateline(job->a, job->v[k].text, &d) ||
		    (job->v[k].chars < 60 && intake_date(job->v[k].folded, &c)))
			return true;
		if (job->v[k].chars > 200)
			return false;
	}
	return false;
}

static size_t take_head(struct job *job)
{
	struct manuscript *m = &job->in.m;
	size_t i = take_headline(job);

	for (; i < job->n; i++) {
		struct piece *p = &job->v[i];
		struct dateline d;

		if (take_byline(job, p) || take_date(job, p))
			continue;
		if (intake_dateline(job->a, p->text, &d) || p->is_item)
			break;
		if (take_marked_caption(job, p))
			continue;
		if (!intake_is_ended(p->text) && p->chars <= 90 &&
		    i + 1 < job->n) {
			if (p->words <= 7 && !m->picture.caption.n) {
				take_caption(job, p);
				continue;
			}
		} else if (!intake_is_ended(p->text)) {
			break;
		}
		if (m->standfirst.n || p->chars > 320 || !is_head_ahead(job, i))
			break;
		m->standfirst = p->text;
		intake_did(
		    job, p->line, STR("Took this line as the standfirst."));
	}
	return i;
}

/* --- body ------------------------------------------------------------- */

/* Characters that Markdown would take for its own. */
static void put_escaped(struct buf *b, struct str s)
{
	size_t digits = 0;

	while (digits < s.n && digits < 9 && ascii_is_digit(s.p[digits]))
		digits++;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool is_start =
		    i == 0 && (c == '#' || c == '+' || c == '-' || c == '>' ||
				  c == '=' || c == '~' || c == '|');
		bool is_number = digits && i == digits &&
				 (c == '.' || c == ')') && i + 1 < s.n &&
				 s.p[i + 1] == ' ';

		if (is_start || is_number || c == '*' || c == '_' || c == '`' ||
		    c == '[' || c == '<' || c == '\\')
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

	return i + 1 < job->n && p->words <= 10 && p->chars <= 70 &&
	       !p->is_item && !intake_is_ended(p->text) &&
	       (letter_is_capital(c) || (c >= 0x600 && letter_is_word(c))) &&
	       (job->v[i + 1].chars >= 60 ||
		   (c >= 0x3000 && job->v[i + 1].chars >= 25));
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

static struct str take_dateline(struct job *job, struct piece *p)
{
	struct manuscript *m = &job->in.m;
	struct dateline d;

	if (m->dateline.n || !intake_dateline(job->a, p->text, &d))
		return p->text;
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
		set_date(job, p->line, d.date);
	else if (d.when.n)
		intake_doubt(job, p->line,
		    arena_printf(job->a,
			"The dateline says \"%.*s\", which is no whole date; "
			"the story's date is left open.",
			STR_ARG(d.when)));
	if ((d.agency.n || d.reporter.n) && m->authors.n == 0)
		take_agency(job, p->line, &d);
	return d.rest;
}

static void put_piece(struct job *job, struct buf *b, size_t i, struct str text)
{
	struct piece *p = &job->v[i];

	text = intake_mend_quotes(job, text, p->line);
	intake_find_quotations(job, p->line, text);
	if (p->is_item) {
		buf_lit(b, "- ");
		put_escaped(b, str_trim(str_from(
				   text, str_starts(text, STR("•")) ? 3 : 1)));
	} else if (is_subhead(job, i)) {
		buf_lit(b, "## ");
		put_escaped(b, text);
		intake_did(
		    job, p->line, STR("Took this line as a subheading."));
	} else {
		put_escaped(b, text);
	}
	body_line(job, b, p->line);
	if (!(p->is_item && i + 1 < job->n && job->v[i + 1].is_item))
		body_line(job, b, p->line);
}

static void put_body(struct job *job, struct buf *b, size_t from)
{
	bool is_first = true;

	for (size_t i = from; i < job->n; i++) {
		struct piece *p = &job->v[i];
		bool is_late = i + 2 >= job->n && i > from;

		if (is_late && (take_byline(job, p) || take_date(job, p)))
			continue;
		if (i > from && p->chars < 120 && take_marked_caption(job, p))
			continue;
		if (is_block_quotation(job, i)) {
			buf_lit(b, "> ");
			put_escaped(b, p->text);
			body_line(job, b, p->line);
			buf_lit(b, ">");
			body_line(job, b, p->line);
			buf_lit(b, "> ");
			put_escaped(b, job->v[i + 1].text);
			body_line(job, b, job->v[i + 1].line);
			body_line(job, b, job->v[i + 1].line);
			intake_find_quotations(job, p->line, p->text);
			intake_did(job, p->line,
			    STR("Set this quotation apart, with its "
				"speaker."));
			i++;
			continue;
		}
		put_piece(
		    job, b, i, is_first ? take_dateline(job, p) : p->text);
		is_first = false;
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
	for (size_t i = 0; i < cs->notes_n; i++)
		intake_did(job, charset_line(cs, cs->notes[i].line),
		    cs->notes[i].text);
}

static enum rc make_draft(struct job *job, struct str lang, struct err *err)
{
	struct manuscript *m = &job->in.m;
	struct buf b;
	size_t from;

	cut_pieces(job, job->in.charset.text);
	sort_furniture(job);
	if (job->n == 0)
		return err_set(err, RC_INVALID,
		    "there is no story in this text, only what stands around "
		    "one");
	m->is_draft = true;
	m->lang = intake_language(job->a, job->in.charset.text);
	if (m->lang.n == 0)
		m->lang = lang;
	from = take_head(job);
	job->body_lines = ARENA_ARRAY(job->a, uint32_t, (job->n + 1) * 4);
	if (!job->body_lines)
		return RC_NO_MEMORY;
	buf_init_arena(&b, job->a, MANUSCRIPT_MAX * (size_t)3);
	put_body(job, &b, from);
	if (buf_rc(&b) != RC_OK)
		return RC_NO_MEMORY;
	m->body = buf_str(&b);
	m->body_line = 1;
	m->headline = intake_mend_quotes(job, m->headline, job->v[0].line);
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

static int by_line(const void *x, const void *y)
{
	const struct intake_aside *a = x, *b = y;

	return a->line < b->line ? -1 : a->line > b->line;
}

enum rc intake_read(struct arena *a, struct str bytes, struct str lang,
    struct intake *ret_intake, struct err *err)
{
	struct job job = {.a = a};
	size_t lines = 1;
	enum rc rc;

	if (bytes.n > MANUSCRIPT_MAX)
		return err_set(err, RC_LIMIT, "the text is larger than %d MB",
		    MANUSCRIPT_MAX / 1024 / 1024);
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
