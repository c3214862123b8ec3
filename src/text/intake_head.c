/* SPDX-License-Identifier: MIT
 *
 * What stands before the story proper: furniture of the page, mail or wire,
 * and the story's head (kicker, headline, standfirst, byline, date, caption).
 *
 * The story proper begins at its lede: the first piece with a sure dateline,
 * or the first paragraph of some length that no byline, date or dateline
 * follows. Only above the lede may short lines be taken for furniture by their
 * shape, and the headline is the first line there that is more than a label.
 */
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "text/intake_priv.h"
#include "text/script.h"

enum {
	FRONT_MAX = 40,
	NAMES_MAX = 8,
	STORY_SHORTEST = 150, /* characters */
	SENTENCE_CHARS = 15,
	SENTENCE_WORDS = 5,    /* a shorter one is a label */
	CAPTION_LONGEST = 600, /* characters */
};

/* How wide a text is: a sign of an East Asian script says as much as three
 * letters, one of Thai, which has no spaces, as two. */
static size_t width_of(const struct piece *p)
{
	size_t n = 0;

	for (size_t at = 0; at < p->text.n;) {
		uint32_t c = utf8_next(p->text, &at);

		n += c >= 0x2E80 ? 3 : c >= 0xE00 && c < 0xE80 ? 2 : 1;
	}
	return n;
}

/* What is gone leaves the row. */
static void close_ranks(struct job *job)
{
	size_t to = 0;

	for (size_t i = 0; i < job->n; i++)
		if (!job->v[i].is_gone)
			job->v[to++] = job->v[i];
	job->n = to;
}

static void drop(struct job *job, struct piece *p, const char *what)
{
	p->is_gone = true;
	intake_set_aside(job, p->line, what, p->text);
}

static bool set_authors(
    struct job *job, const struct piece *p, const struct str *names, size_t n)
{
	struct str_list *to = &job->in.m.authors;

	to->v = ARENA_ARRAY(job->a, struct str, n);
	if (!to->v)
		return false;
	memcpy(to->v, names, n * sizeof(*names));
	to->n = n;
	intake_did(job, p->line,
	    arena_printf(
		job->a, "Took \"%.*s\" as the byline.", STR_ARG(p->text)));
	return true;
}

bool intake_take_byline(struct job *job, const struct piece *p)
{
	struct str v[NAMES_MAX];
	size_t n =
	    job->in.m.authors.n ? 0 : intake_byline(job->a, p, v, NAMES_MAX);

	return n > 0 && set_authors(job, p, v, n);
}

void intake_set_date(
    struct job *job, uint32_t line, struct civil c, struct str said)
{
	struct manuscript *m = &job->in.m;

	if (m->has_published)
		return;
	m->has_published = true;
	m->published = c;
	intake_did(job, line,
	    arena_printf(job->a,
		"Took %04d-%02u-%02u as the story's date out of \"%.*s\".",
		c.year, c.month, c.day, STR_ARG(said)));
}

/* A line that says a day and little else; one that begins with "Published" may
 * tell of the changes, too. */
static bool is_date_line(const struct piece *p)
{
	static const char *const labels =
	    "published |publié le |veröffentlicht |erschienen |publicado |"
	    "pubblicato |опубликовано |opublikowano |gepubliceerd ";
	bool is_labelled = intake_starts_with(p->folded, labels) > 0;
	struct civil c;

	return !p->may_hold && p->chars <= (is_labelled ? 120u : 60u) &&
	       p->words <= (is_labelled ? 20u : 9u) &&
	       (p->words <= 4 || !intake_is_ended(p->text)) &&
	       intake_date(p->folded, &c);
}

bool intake_take_date(struct job *job, const struct piece *p)
{
	struct civil c;

	if (!is_date_line(p) || job->in.m.has_published ||
	    !intake_date(p->folded, &c))
		return false;
	intake_set_date(job, p->line, c, p->text);
	return true;
}

bool intake_take_marked_caption(struct job *job, const struct piece *p)
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
	bool is_call = last == '!' || last == '?' || last == 0xFF01 ||
		       last == 0xFF1F || last == 0x61F;

	return width_of(p) >= 6 && p->chars <= 160 && !p->is_item &&
	       last != ',' && (is_call || !intake_is_ended(p->text)) &&
	       !intake_has_address(p->text);
}

/* More than the label of a section, and less than two sentences. */
static bool is_proper_headline(const struct piece *p)
{
	return looks_like_headline(p) && (p->words >= 4 || width_of(p) >= 25) &&
	       !intake_has(p->text, "。|। ");
}

/* --- lede --------------------------------------------------------------- */

/* The first paragraph or dateline at FROM or behind it, with nothing of a head
 * next to it. */
static bool is_head_ahead(struct job *job, size_t i)
{
	for (size_t k = i + 1; k < job->n && k < i + 4; k++) {
		struct dateline d;
		struct str v[NAMES_MAX];
		struct civil c;

		if (intake_byline(job->a, &job->v[k], v, NAMES_MAX) ||
		    intake_dateline(job->a, job->v[k].text, &d) ||
		    (job->v[k].chars < 60 && intake_date(job->v[k].folded, &c)))
			return true;
		if (job->v[k].chars > 200)
			return false;
	}
	return false;
}

static bool is_lede(struct job *job, size_t i, size_t width)
{
	const struct piece *p = &job->v[i];
	struct dateline d;

	if (p->is_item || intake_front_furniture(p))
		return false;
	if (width_of(p) >= 50 && intake_dateline(job->a, p->text, &d) &&
	    d.is_sure)
		return true;
	return intake_is_ended(p->text) && width_of(p) >= width &&
	       !is_head_ahead(job, i);
}

/* Where the story proper begins; job->n if nowhere. */
static size_t find_lede(struct job *job)
{
	static const size_t widths[] = {100, 60, 35};

	for (size_t k = 0; k < 3; k++)
		for (size_t i = 0; i < job->n && i < FRONT_MAX; i++)
			if (is_lede(job, i, widths[k]))
				return i;
	return job->n;
}

/* --- furniture ---------------------------------------------------------- */

/* A mail's head that stands among the text, as mail programs put it above what
 * is passed on: two lines of it at least, one below the other. */
static void drop_mail_heads(struct job *job, size_t lede)
{
	struct str name[2], value[2];
	bool was = false;

	for (size_t i = 0; i < lede; i++) {
		struct piece *p = &job->v[i];
		bool is_head =
		    intake_mail_header(job->a, p->text, &name[0], &value[0]);
		bool is_next = i + 1 < job->n &&
			       intake_mail_header(job->a, job->v[i + 1].text,
				   &name[1], &value[1]);

		was = is_head && (was || is_next);
		if (!was)
			continue;
		if (intake_header_kind(job->a, name[0]) ==
		    INTAKE_HEADER_SUBJECT)
			job->subject = value[0];
		drop(job, p, "mail header");
	}
}

/* A line that comes again, whole or behind "By". */
static bool is_repeated(struct job *job, size_t i, size_t lede)
{
	const struct piece *p = &job->v[i];

	for (size_t k = i + 1; k < lede && k < i + 12; k++) {
		struct str v[NAMES_MAX];
		const struct piece *q = &job->v[k];

		if (str_eq(q->folded, p->folded) ||
		    (p->words <= 6 && str_ends(q->folded, p->folded) &&
			intake_byline(job->a, q, v, NAMES_MAX)))
			return true;
	}
	return false;
}

static void drop_front(struct job *job)
{
	size_t lede = find_lede(job);

	/* A text without a paragraph is all head, or none. */
	if (lede == job->n)
		return;
	drop_mail_heads(job, lede);
	for (size_t i = 0; i < lede; i++) {
		struct piece *p = &job->v[i];
		struct str caption, credit;
		const char *what;

		if (p->is_gone || p->is_item || is_date_line(p) ||
		    intake_caption(p, &caption, &credit))
			continue;
		what = intake_front_furniture(p);
		if (!what && is_repeated(job, i, lede))
			what = "line that is repeated";
		if (what)
			drop(job, p, what);
		if (what && str_eq(str_of(what), STR("greeting")))
			for (size_t k = i + 1; k < job->n; k++)
				job->v[k].is_greeted = true;
	}
	close_ranks(job);
}

/* P is no paragraph of a story. */
static bool is_line_below(const struct piece *p)
{
	return p->is_item || !intake_is_ended(p->text) || width_of(p) < 35 ||
	       intake_is_label(p) || intake_is_contact_line(p);
}

/* Behind the last paragraph, all from the first line that ends a story on. */
static void drop_end(struct job *job)
{
	const char *what = NULL;
	size_t i = job->n;

	while (i > 0 && is_line_below(&job->v[i - 1]))
		i--;
	if (i == 0)
		return;
	for (; i < job->n; i++) {
		const char *next = intake_end_furniture(&job->v[i]);

		if (!what && !next && intake_begins_contact(job, i)) {
			next = "contact";
			intake_doubt(job, job->v[i].line,
			    STR("The lines from here on look like whom the "
				"press may ask, and are set aside; are they "
				"for readers?"));
		}
		what = next ? next : what;
		if (what)
			drop(job, &job->v[i], what);
		else if (intake_is_code(&job->v[i]) &&
			 !is_date_line(&job->v[i]))
			drop(job, &job->v[i], "code");
	}
	close_ranks(job);
}

/* "Read also" alone has its link on the next line. */
static bool is_link_below(const struct piece *label, const struct piece *p)
{
	return label->is_gone && label->chars <= 24 && label->words <= 3 &&
	       label->words > 0 && p->chars <= 110 && p->words >= 2 &&
	       !p->is_item && !intake_is_ended(p->text);
}

/* A program put one of MARKS ("fwd:|wg:") before the subject S. */
static bool has_mark(struct arena *a, struct str s, const char *marks)
{
	enum { MARK_LONGEST = 32 };

	return intake_starts_with(
		   intake_fold(a, utf8_head(s, MARK_LONGEST)), marks) > 0;
}

static const char *const passed_on_marks =
    "fwd:|fw:|wg:|tr:|rv:|enc:|пер:|vs:|vb:|vl:|pd:|doorst:|i: |ilt:|πρθ:|"
    "转发:|转发：|轉寄:|轉寄：|転送:|전달:|הועבר:|إعادة توجيه:";

/* The mail passes another one on, and so has its story below that one's head.
 */
static bool passes_on(struct job *job)
{
	return has_mark(job->a, job->subject, passed_on_marks);
}

/* Whoever passes a mail on writes a note above it, for the desk alone. Of what
 * stands above and below the mark, the longer is the story. Where the subject
 * says that a mail IS_PASSED_ON, its head is a mark, too. */
static void drop_notes(struct job *job, bool is_passed_on)
{
	size_t above = 0, below = 0, first = 0;

	for (size_t i = 0; i < job->n; i++)
		below += job->v[i].chars;
	for (size_t i = 0; i < job->n; i++) {
		struct piece *p = &job->v[i];
		bool is_line = intake_starts_passed_on(p);
		size_t head = is_passed_on ? intake_mail_head(job, i) : 0;
		bool is_note =
		    below > above && (below > STORY_SHORTEST || above == 0);

		below -= p->chars;
		if (!is_line && head == 0) {
			above += p->chars;
			continue;
		}
		if (above > 0)
			intake_doubt(job, p->line,
			    STR("A mail is passed on here; of what stands above "
				"this line and below, the longer is taken for "
				"the story and the other is set aside."));
		for (; first < i && is_note; first++)
			drop(job, &job->v[first], "covering note");
		/* A head is read later, for it names the story. */
		for (first = i;
		     first < job->n && (!is_note || (is_line && first == i));
		     first++)
			drop(job, &job->v[first], "quoted mail");
		if (!is_note)
			break;
		above = 0;
		for (; head > 1; head--)
			below -= job->v[++i].chars;
	}
	close_ranks(job);
}

/* How much of a story P may be. */
static size_t story_chars(const struct piece *p)
{
	return !p->what && p->chars >= 60 ? p->chars : 0;
}

/* As long as a sentence; where no spaces part words, characters count. */
static bool has_sentence(const struct piece *p)
{
	size_t at = 0;
	uint32_t c = p->text.n > 0 ? utf8_next(p->text, &at) : ' ';

	return p->words >= SENTENCE_WORDS ||
	       (p->chars >= SENTENCE_CHARS && letter_is_word(c) &&
		   !script_has_spaces(script_of(c)));
}

/* Words tell furniture, and a story may have them, too. */
static void doubt_sentence(struct job *job, const struct piece *p)
{
	if (!has_sentence(p) || !intake_is_ended(p->text) ||
	    str_ends(p->text, STR(":")) || intake_is_sure_furniture(p->what))
		return;
	intake_doubt(job, p->line,
	    arena_printf(job->a,
		"This sentence was set aside as a %s for its words; is it of "
		"the story? \"%.*s\"",
		p->what, STR_ARG(p->text)));
}

/* Returns how much may be the story. */
static size_t know_furniture(struct job *job)
{
	size_t chars = 0;

	for (size_t i = 0; i < job->n; i++) {
		job->v[i].what = intake_furniture(&job->v[i]);
		chars += story_chars(&job->v[i]);
	}
	return chars;
}

void intake_sort(struct job *job)
{
	static const char *const link = "link to another story";
	const char *over = NULL; /* what all is that follows */
	bool is_link = false, has_story = false;
	bool is_passed_on = passes_on(job);
	size_t chars = 0; /* of what may be the story */
	size_t behind;	  /* of what may still be */

	intake_find_embargo(job);
	close_ranks(job);
	drop_notes(job, is_passed_on);
	behind = know_furniture(job);
	for (size_t i = 0; i < job->n; i++) {
		struct piece *p = &job->v[i];
		const char *what = p->what;

		behind -= story_chars(p);
		if (!over)
			over = intake_ends_story(
			    job, i, chars, behind, is_passed_on, &what);
		if (over && over != intake_below_mark &&
		    intake_end_furniture(p))
			over = intake_end_furniture(p);
		if (!what && over)
			what = over;
		else if (!what && is_link && is_link_below(p - 1, p))
			what = link;
		if (!over && has_story && intake_is_end_mark(p)) {
			over = intake_below_mark;
			what = "end mark";
			if (behind > chars)
				intake_doubt(job, p->line,
				    STR("More text stands below this end mark "
					"than above; all of it is set aside."));
		}
		has_story |= !what && p->chars >= 60;
		chars += what ? 0 : story_chars(p);
		is_link =
		    what && !is_link && str_eq(str_of(what), str_of(link));
		if (what && what == p->what)
			doubt_sentence(job, p);
		if (what)
			drop(job, p, what);
	}
	close_ranks(job);
	drop_front(job);
	drop_end(job);
}

/* --- headline ----------------------------------------------------------- */

struct str intake_bare_subject(struct arena *a, struct str s)
{
	static const char *const answered_marks =
	    "re:|aw:|sv:|antw:|odp:|ynt:|απ:|回复:|回复：|答复:|答复：|"
	    "回覆:|回覆：|返信:|회신:|השב:|رد:";
	enum { MARKS_MOST = 16 };
	struct str mark, rest;

	for (size_t i = 0; i < MARKS_MOST; i++) {
		if ((!has_mark(a, s, answered_marks) &&
			!has_mark(a, s, passed_on_marks)) ||
		    !intake_field(s, &mark, &rest))
			break;
		s = rest;
	}
	return s;
}

/* S without the words that hold an address. */
static struct str before_address(struct str s)
{
	size_t n = str_find(s, '@');

	if (!intake_has_address(s))
		return s;
	while (n > 0 && s.p[n - 1] != ' ')
		n--;
	return str_trim(str_part(s, 0, n));
}

static void working_headline(struct job *job, size_t lede)
{
	struct piece *p = &job->v[lede < job->n ? lede : 0];
	struct dateline d;
	struct str text = p->text, head;
	size_t n;

	if (intake_dateline(job->a, text, &d))
		text = d.rest;
	head = utf8_head(text, 90);
	n = head.n < text.n ? str_find_last(head, ' ') : head.n;
	if (str_find_str(head, STR(". ")) < head.n)
		n = str_find_str(head, STR(". "));
	head = before_address(str_part(head, 0, n ? n : head.n));
	job->in.m.headline = head.n ? head : STR("Untitled");
	intake_doubt(job, p->line,
	    STR("There is no headline; the first words stand in for one."));
}

/* A word or a few above a longer line, or one word in capitals: HARBOUR. */
static bool is_kicker(const struct piece *p, const struct piece *next)
{
	bool is_label = p->words == 1 && intake_is_capitals(p->text);

	return p->chars <= 30 && p->words <= 4 && !p->is_item &&
	       !intake_is_ended(p->text) && looks_like_headline(next) &&
	       (is_label ||
		   (width_of(next) > 20 && width_of(next) > width_of(p) + 8));
}

/* The piece that is the headline, above LEDE; lede if none is. What may be the
 * notice of an embargo is none where there is another. */
static size_t find_headline(struct job *job, size_t lede)
{
	struct piece *v = job->v;
	size_t first = lede, held = lede;

	for (size_t i = 0; i < lede; i++) {
		struct str names[NAMES_MAX];
		struct str caption, credit;

		/* A day above the headline, or between a label and that,
		 * parts nothing. */
		if (is_date_line(&v[i]) &&
		    (i == 0 || (first < lede && v[first].words <= 3)) &&
		    i + 1 < lede && is_proper_headline(&v[i + 1]) &&
		    !intake_names(job->a, &v[i + 1], names, NAMES_MAX))
			continue;
		if (is_date_line(&v[i]) || v[i].is_item ||
		    intake_byline(job->a, &v[i], names, NAMES_MAX) ||
		    intake_caption(&v[i], &caption, &credit))
			break;
		if (intake_is_ended(v[i].text) && i > first)
			break;
		if (v[i].may_hold) {
			held = held < lede ? held : i;
			continue;
		}
		if (is_proper_headline(&v[i]))
			return i;
		if (looks_like_headline(&v[i]) &&
		    (first == lede || v[first].words == 1))
			first = i;
	}
	return job->subject.n > 0 || (first < lede && v[first].words > 1)
		   ? first
		   : held;
}

static void take_subject(struct job *job, size_t lede)
{
	struct str subject = intake_without_embargo(
	    job->a, intake_bare_subject(job->a, job->subject));

	if (subject.n == 0 || subject.n > INTAKE_SUBJECT_LONGEST ||
	    intake_has_address(subject)) {
		working_headline(job, lede);
		return;
	}
	job->in.m.headline = subject;
	intake_did(job, 0, STR("Took the mail's subject as the headline."));
}

/* Without the sign that a wire ends its headline with. */
static struct str bare_headline(struct str s)
{
	return str_ends(s, STR(" =")) ? str_trim(str_part(s, 0, s.n - 2)) : s;
}

static void take_headline(struct job *job, size_t lede)
{
	struct piece *v = job->v;
	struct manuscript *m = &job->in.m;
	size_t at = find_headline(job, lede);

	if (at == lede) {
		take_subject(job, lede);
		return;
	}
	for (size_t i = 0; i < at; i++) {
		if (is_date_line(&v[i]) || v[i].may_hold)
			continue;
		if (i + 1 == at && is_kicker(&v[i], &v[at])) {
			m->kicker = v[i].text;
			v[i].is_gone = true;
			intake_did(job, v[i].line,
			    STR("Took this line as the kicker."));
		} else if (v[i].chars <= 40 && !intake_is_ended(v[i].text)) {
			drop(job, &v[i], "navigation");
		} else if (v[i].is_greeted) {
			drop(job, &v[i], "covering note");
		}
	}
	m->headline = bare_headline(v[at].text);
	v[at].is_gone = true;
	intake_did(job, v[at].line, STR("Took this line as the headline."));
}

/* --- the rest of the head ------------------------------------------------ */

/* Names alone are a byline where a day stands next to them. */
static bool take_names(struct job *job, size_t i)
{
	struct piece *p = &job->v[i];
	struct str names[NAMES_MAX];
	bool has_day = (i + 1 < job->n && is_date_line(&job->v[i + 1])) ||
		       (i > 0 && is_date_line(&job->v[i - 1]));
	size_t n = has_day && !job->in.m.authors.n
		       ? intake_names(job->a, p, names, NAMES_MAX)
		       : 0;

	return n > 0 && set_authors(job, p, names, n);
}

/* What a page itself calls the caption stands below that word. */
static bool take_labelled_caption(struct job *job, size_t i, size_t lede)
{
	struct str *caption = &job->in.m.picture.caption;
	struct piece *next = &job->v[i + 1];

	if (i + 1 >= lede || caption->n || next->chars > CAPTION_LONGEST ||
	    !intake_is_line(&job->v[i],
		"|image caption|caption|bildunterschrift|légende|"
		"pie de foto|legenda|didascalia|подпись|podpis|"))
		return false;
	drop(job, &job->v[i], "label of a caption");
	*caption = next->text;
	next->is_gone = true;
	intake_did(
	    job, next->line, STR("Took this line as a picture's caption."));
	return true;
}

/* A line that says itself what it is. */
static bool take_sure(struct job *job, size_t i, size_t lede)
{
	struct piece *p = &job->v[i];

	if (intake_take_byline(job, p) || take_names(job, i) ||
	    intake_take_marked_caption(job, p) || intake_take_date(job, p) ||
	    take_labelled_caption(job, i, lede)) {
		p->is_gone = true;
		return true;
	}
	if (job->in.m.authors.n && intake_is_house(p))
		drop(job, p, "the reporter's house");
	else if (job->in.m.has_published && is_date_line(p))
		drop(job, p, "date");
	return p->is_gone;
}

/* The line below it is the byline or the day. */
static bool is_above_byline(struct job *job, size_t i)
{
	struct str v[NAMES_MAX];

	return i + 1 < job->n &&
	       (is_date_line(&job->v[i + 1]) ||
		   intake_byline(job->a, &job->v[i + 1], v, NAMES_MAX) ||
		   (i + 2 < job->n && is_date_line(&job->v[i + 2]) &&
		       intake_names(job->a, &job->v[i + 1], v, NAMES_MAX)));
}

/* A short line that is no sentence; below the byline it may be longer, for
 * nothing else has its place there. */
static bool may_be_caption(struct job *job, size_t i)
{
	const struct piece *p = &job->v[i];
	bool is_below = job->in.m.authors.n > 0;
	size_t at = p->text.n;

	return !intake_is_ended(p->text) &&
	       p->chars <= (is_below ? 140u : 90u) &&
	       p->words <= (is_below ? 20u : 7u) && i + 1 < job->n &&
	       !job->in.m.picture.caption.n &&
	       (p->words >= 2 || width_of(p) >= 15) &&
	       utf8_prev(p->text, &at) != ',' && !is_above_byline(job, i) &&
	       !intake_has_address(p->text);
}

static bool may_be_standfirst(struct job *job, size_t i)
{
	const struct piece *p = &job->v[i];

	return !job->in.m.standfirst.n && p->chars <= 320 && p->words >= 3 &&
	       (intake_is_ended(p->text) || is_above_byline(job, i) ||
		   p->chars > 40) &&
	       !intake_has_address(p->text) && is_head_ahead(job, i);
}

void intake_take_head(struct job *job)
{
	size_t lede = find_lede(job);
	bool is_open = true; /* nothing of the body has come yet */

	/* Of lines without a paragraph the first few may be head. */
	if (lede == job->n && lede > 4)
		lede = 4;
	/* The one line of a mail is its text, for it has a subject. */
	if (job->n == 1 && job->subject.n > 0)
		lede = 0;
	take_headline(job, lede);
	for (size_t i = 0; i < lede; i++) {
		struct piece *p = &job->v[i];

		if (p->is_gone || p->may_hold || take_sure(job, i, lede))
			continue;
		is_open = is_open && !p->is_item;
		if (is_open && may_be_standfirst(job, i)) {
			job->in.m.standfirst = p->text;
			p->is_gone = true;
			intake_did(job, p->line,
			    STR("Took this line as the standfirst."));
		} else if (is_open && may_be_caption(job, i)) {
			take_caption(job, p);
			p->is_gone = true;
		} else {
			is_open = false;
		}
	}
	close_ranks(job);
}
