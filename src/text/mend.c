/* SPDX-License-Identifier: MIT
 *
 * Mends of proof marks; see mend.h. Here each is tried: the text is read again
 * with it, and the marks of each kind are counted. Only the kind it is for may
 * have fewer then, and none may have more.
 *
 *	I1. job.counts is of all marks of the text, or nothing is tried.
 */
#include "text/mend.h"

#include "base/arena.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/markdown_priv.h"
#include "text/mend_priv.h"

enum {
	TRIES_MAX = 1024 * 1024, /* bytes read in trying, some 6 ms */
	SCRATCH_SIZE = 32 * 1024 * 1024,
};

/* --- fields ----------------------------------------------------------- */

static const struct str picture_names[] = {
    STR_INIT("alt"), STR_INIT("caption"), STR_INIT("credit")};

struct str *mend_field(struct manuscript *m, struct str name)
{
	if (str_eq(name, STR("body")))
		return &m->body;
	if (str_eq(name, STR("headline")))
		return &m->headline;
	if (str_eq(name, STR("kicker")))
		return &m->kicker;
	if (str_eq(name, STR("standfirst")))
		return &m->standfirst;
	if (str_eq(name, STR("dateline")))
		return &m->dateline;
	if (str_eq(name, picture_names[0]))
		return &m->picture.alt;
	if (str_eq(name, picture_names[1]))
		return &m->picture.caption;
	if (str_eq(name, picture_names[2]))
		return &m->picture.credit;
	return NULL;
}

struct manuscript mend_apply(
    struct arena *a, const struct manuscript *m, const struct mend *mend)
{
	struct manuscript made = *m;
	struct str *field = mend_field(&made, mend->field);
	struct str was = field ? *field : STR_NONE;
	struct buf b;

	must(mend->offset + mend->length <= was.n);
	buf_init_arena(&b, a, was.n + mend->text.n + 1);
	buf_add(&b, str_part(was, 0, mend->offset));
	buf_add(&b, mend->text);
	buf_add(&b, str_from(was, mend->offset + mend->length));
	was = buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
	if (field) {
		*field = was;
		return made;
	}
	made.authors.v = ARENA_ARRAY(a, struct str, 1);
	made.authors.n = made.authors.v && was.n > 0;
	if (made.authors.n > 0)
		made.authors.v[0] = was;
	return made;
}

/* --- trying ----------------------------------------------------------- */

static bool does_mend(struct mend_job *j, const struct mend *mend)
{
	size_t counts[PROOF_KINDS] = {0};
	struct proof_mark *marks;
	struct manuscript made;
	size_t n, size = j->m->body.n + 1024;
	bool is_mended;

	if (size > j->left) {
		j->left = 0; /* the next one reads as much */
		return false;
	}
	j->left -= size;
	made = mend_apply(j->scratch, j->m, mend);
	if (proof_read(j->scratch, &made, j->tag, &marks, &n) != RC_OK) {
		arena_reset(j->scratch);
		return false;
	}
	for (size_t i = 0; i < n; i++)
		counts[marks[i].kind]++;
	is_mended = counts[j->mark->kind] < j->counts[j->mark->kind];
	for (int k = 0; k < PROOF_KINDS; k++)
		is_mended = is_mended && counts[k] <= j->counts[k];
	arena_reset(j->scratch);
	return is_mended;
}

/* S on one line, cut at a space. */
static struct str shown(struct str s)
{
	struct str cut;

	s = str_trim(s);
	s.n = str_find(s, '\n');
	cut = utf8_head(s, MEND_ABOUT);
	while (cut.n < s.n && cut.n > MEND_ABOUT / 2 && cut.p[cut.n - 1] != ' ')
		cut = utf8_head(cut, cut.n - 1);
	return str_trim(cut);
}

bool mend_try(struct mend_job *j, struct mend mend)
{
	struct mending *out = j->out;

	if (out->n == MENDS_MOST)
		return false;
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].offset == mend.offset &&
		    out->v[i].length == mend.length &&
		    str_eq(out->v[i].text, mend.text))
			return false;
	if (!does_mend(j, &mend))
		return false;
	mend.about = shown(mend.about);
	out->v[out->n++] = mend;
	return true;
}

/* Where the COUNT words before AT begin, on the same line. */
static size_t words_before(struct str s, size_t at, int count)
{
	for (; count > 0; count--) {
		while (at > 0 && s.p[at - 1] == ' ')
			at--;
		while (at > 0 && !ascii_is_space(s.p[at - 1]))
			at--;
	}
	return at;
}

struct mend mend_of(const struct mend_job *j, enum mend_kind kind, size_t at,
    size_t length, struct str text)
{
	struct str s = j->text;
	struct mend m = {.kind = kind,
	    .field = j->mark->field,
	    .offset = at,
	    .length = length,
	    .text = text};
	size_t from = at;

	must(at + length <= s.n);
	switch (kind) {
	case MEND_WRITE:
		m.about = text;
		break;
	case MEND_DELETE:
		m.about = str_part(s, at, length);
		break;
	case MEND_BEHIND:
		from = words_before(s, at, 2);
		m.about = str_part(s, from, at - from);
		break;
	case MEND_BEFORE:
		m.about = utf8_head(str_from(s, at + length), 24);
		m.about.n = str_find(m.about, '\n');
		break;
	case MEND_KINDS:
		break;
	}
	return m;
}

/* --- what is missing -------------------------------------------------- */

static void fill(struct mend_job *j, struct str text)
{
	if (!str_blank(text))
		(void)mend_try(j, (struct mend){.kind = MEND_WRITE,
				      .field = j->mark->field,
				      .text = text,
				      .about = text});
}

static struct str picture_word(
    const struct mend_picture *p, enum proof_kind kind)
{
	return kind == PROOF_NO_ALT	  ? p->alt
	       : kind == PROOF_NO_CAPTION ? p->caption
					  : p->credit;
}

/* The words before a credit in a language, as web/editor/pictures.js. */
static struct str credit_start(enum language lang)
{
	switch (lang) {
	case LANGUAGE_DE:
	case LANGUAGE_ES:
	case LANGUAGE_IT:
	case LANGUAGE_PT:
	case LANGUAGE_NL:
	case LANGUAGE_PL:
		return STR("Foto: ");
	case LANGUAGE_RU:
		return STR("Фото: ");
	case LANGUAGE_EN:
	case LANGUAGE_FR:
		return STR("Photo: ");
	default:
		return STR("© ");
	}
}

/* WORDS in Markdown: nothing in them is a sign. */
static struct str escaped(struct arena *a, struct str words)
{
	struct buf b;

	buf_init_arena(&b, a, 2 * words.n + 1);
	for (size_t i = 0; i < words.n; i++) {
		char c = words.p[i];

		if (c == '\\' || c == '[' || c == ']' || c == '*' || c == '_' ||
		    c == '`' || c == '<' || c == '&')
			buf_char(&b, '\\');
		buf_char(&b, c == '\n' ? ' ' : c);
	}
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

/* ![](address) and perhaps *a caption* below: the credit goes behind that. */
static void write_credit(struct mend_job *j, size_t end, struct str credit)
{
	struct str start = credit_start(j->lang), caption;
	size_t at = proof_caption(j->text, end, 1, &caption);
	struct mend mend;

	if (caption.n > 2) {
		at += caption.n - 1;
		mend = mend_of(j, MEND_WRITE, at, 0,
		    arena_printf(j->a, " (%.*s%.*s)", STR_ARG(start),
			STR_ARG(escaped(j->a, credit))));
	} else {
		mend = mend_of(j, MEND_WRITE, end, 0,
		    arena_printf(j->a, "\n*%.*s%.*s*", STR_ARG(start),
			STR_ARG(escaped(j->a, credit))));
	}
	mend.about = credit;
	if (mend.text.p)
		(void)mend_try(j, mend);
}

static void write_alt(struct mend_job *j, size_t at, struct str alt)
{
	struct mend mend;

	/* What stands there is blank. */
	mend = mend_of(j, MEND_WRITE, at, str_find(str_from(j->text, at), ']'),
	    escaped(j->a, alt));
	mend.about = alt;
	if (mend.text.p)
		(void)mend_try(j, mend);
}

/* The address of the picture whose Markdown is S. */
static struct str url_in(struct str s)
{
	size_t at = str_find_str(s, STR("]("));

	s = str_trim(str_from(s, at + 2));
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ')' || ascii_is_space(s.p[i]))
			return str_part(s, 0, i);
	return s;
}

static enum rc fill_picture(struct mend_job *j)
{
	const struct proof_mark *mark = j->mark;
	bool is_body = str_eq(mark->field, STR("body"));
	struct str part = str_part(j->text, mark->offset, mark->length);
	struct mend_picture picture = {0};
	struct str word;
	enum rc rc;

	if (!j->known->picture)
		return RC_OK;
	rc = j->known->picture(j->known->ctx,
	    is_body ? url_in(part) : j->m->picture.url, &picture);
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	word = picture_word(&picture, mark->kind);
	if (str_blank(word))
		return RC_OK;
	if (!is_body)
		fill(j, word);
	else if (mark->kind == PROOF_NO_ALT)
		write_alt(j, mark->offset + 2, word);
	else
		write_credit(j, mark->offset + mark->length, word);
	return RC_OK;
}

/* --- one mark --------------------------------------------------------- */

static enum rc find_mends(struct mend_job *j)
{
	switch (j->mark->kind) {
	case PROOF_QUOTE_OPEN:
		mend_quote_open(j);
		break;
	case PROOF_QUOTE_CLOSE:
		mend_quote_close(j);
		break;
	case PROOF_QUOTE_SIDE:
		mend_quote_side(j);
		break;
	case PROOF_NO_END:
		mend_no_end(j);
		break;
	case PROOF_FRAGMENT:
		mend_fragment(j);
		break;
	case PROOF_DOUBLED_WORD:
		mend_double_word(j);
		break;
	case PROOF_DOUBLED_PARAGRAPH:
		mend_double_paragraph(j);
		break;
	case PROOF_RELATIVE_DAY:
		mend_day(j);
		break;
	case PROOF_MIXED_SCRIPT:
		(void)mend_try(j, mend_of(j, MEND_WRITE, j->mark->offset,
				      j->mark->length, j->mark->replacement));
		break;
	case PROOF_NO_BYLINE:
		fill(j, j->known->byline);
		break;
	case PROOF_NO_DATELINE:
		fill(j, j->known->dateline);
		break;
	case PROOF_NO_CAPTION:
	case PROOF_NO_CREDIT:
	case PROOF_NO_ALT:
		return fill_picture(j);
	case PROOF_KINDS:
		break;
	}
	return RC_OK;
}

/* Where somebody goes on by hand. */
static void find_place(struct mend_job *j)
{
	const struct proof_mark *mark = j->mark;
	struct mending *out = j->out;

	out->field = mark->field;
	out->offset = mark->offset;
	out->length = mark->length;
	if (mark->kind == PROOF_FRAGMENT || mark->kind == PROOF_NO_END) {
		/* Before the full stop; behind the last word. */
		out->offset += mark->length - (mark->kind == PROOF_FRAGMENT);
		out->length = 0;
	} else if (mark->kind == PROOF_NO_ALT && mark->length > 0) {
		out->offset += 2;
		out->length = 0;
	} else if (mark->kind == PROOF_NO_CREDIT && mark->length > 0) {
		out->offset += mark->length - 1;
		out->length = 0;
	}
}

static enum rc mend_one(struct mend_job *j)
{
	struct manuscript m = *j->m;
	const struct str *field = mend_field(&m, j->mark->field);

	j->text = field ? *field : STR_NONE;
	find_place(j);
	return j->left > 0 ? find_mends(j) : RC_OK;
}

/* Also those that MARKS has not: what stands is counted with each try, too. */
static void count_marks(struct mend_job *j)
{
	struct proof_mark *marks;
	size_t n;

	if (proof_read(j->scratch, j->m, j->tag, &marks, &n) == RC_OK &&
	    n < PROOF_MARKS_MAX) {
		j->left = TRIES_MAX; /* I1 */
		for (size_t i = 0; i < n; i++)
			j->counts[marks[i].kind]++;
	}
	arena_reset(j->scratch);
}

enum rc mend_find(struct arena *a, const struct manuscript *m, struct str lang,
    const struct mend_known *known, const struct proof_mark *marks, size_t n,
    struct mending **ret_mendings)
{
	static const struct mend_known nothing = {0};
	struct mending *v = ARENA_ARRAY(a, struct mending, n);
	struct mend_job j = {.a = a, .m = m, .known = known ? known : &nothing};
	enum rc rc = v ? RC_OK : RC_NO_MEMORY;

	if (rc != RC_OK)
		return rc;
	*ret_mendings = v;
	if (n == 0)
		return RC_OK;
	j.tag = m->lang.n ? m->lang : lang;
	j.lang = language_of(j.tag);
	j.scratch = arena_new(SCRATCH_SIZE);
	count_marks(&j);
	for (size_t i = 0; rc == RC_OK && i < n; i++) {
		j.mark = &marks[i];
		j.out = &v[i];
		rc = mend_one(&j);
	}
	arena_free(j.scratch);
	return rc == RC_OK && arena_is_spent(a) ? RC_NO_MEMORY : rc;
}
