/* SPDX-License-Identifier: MIT
 *
 * Damaged quotation marks, mended where only one reading is left:
 *
 *	``so'' ,,so''		typed on a machine without quotation marks
 *	“so"	„so"		a pair of two kinds
 *	“so“	„so” (German)	a mark turned
 *	dumplings.” pelmeni” made
 *				the first mark stood behind the space and was
 *				turned; a full stop inside the sentence goes too
 *
 * Each is said. What is left unpaired is a doubt, found by the proof marks.
 */
#include "text/intake_priv.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/proof.h"
#include "text/script.h"
#include "text/typography.h"

struct mend {
	struct job *job;
	uint32_t line;
	struct str text;
	struct buf out;
	uint32_t open; /* “ or „, or 0 */
	size_t mended;
};

static bool is_german(struct str lang)
{
	return str_eq(lang, STR("de")) || str_eq(lang, STR("cs"));
}

static bool is_word_at(struct str s, size_t at)
{
	return at < s.n && letter_is_word(utf8_next(s, &at));
}

/* Says that the mark at AT is now another one, with the words around it. */
static void say(struct mend *m, size_t at, struct str now)
{
	struct str s = m->text;
	size_t from = at, to = at + 1;

	while (from > 0 && s.p[from - 1] != ' ' && at - from < 60)
		from--;
	while (to < s.n && s.p[to] != ' ' && to - at < 60)
		to++;
	while (from < at && ((unsigned char)s.p[from] & 0xC0) == 0x80)
		from++;
	while (to < s.n && ((unsigned char)s.p[to] & 0xC0) == 0x80)
		to++;
	m->mended++;
	intake_did(m->job, m->line,
	    arena_printf(m->job->a,
		"Mended a quotation mark in \"%.*s\": it is now %.*s.",
		(int)(to - from), s.p + from, STR_ARG(now)));
}

/* `X.” word” rest`: gives the end of the word's closing mark, or 0. */
static size_t turned_pair(struct str s, size_t at)
{
	struct str rest = str_part(s, at + 3, 90);
	size_t close = str_find_str(rest, STR("”"));

	if (close == rest.n || close < 2 || rest.p[0] != ' ' ||
	    str_find_str(rest, STR("“")) < close ||
	    str_find(rest, '\n') < close || rest.p[close - 1] == ' ' ||
	    !is_word_at(s, at + 4))
		return 0;
	return at + 3 + close + 3;
}

static size_t mend_turned_pair(struct mend *m, size_t at, size_t end)
{
	struct str s = m->text;
	struct str inner = str_part(s, at + 4, end - at - 4);
	size_t from = at, to = end, i = at + 4;
	bool has_point = at > 0 && s.p[at - 1] == '.' &&
			 !letter_is_capital(utf8_next(s, &i));
	struct str now;

	while (from > 0 && s.p[from - 1] != ' ')
		from--;
	while (to < s.n && s.p[to] == ' ')
		to++;
	while (to < s.n && s.p[to] != ' ')
		to++;
	if (has_point)
		buf_cut(&m->out, m->out.n - 1);
	buf_lit(&m->out, " “");
	buf_add(&m->out, inner);
	now = arena_printf(m->job->a, "%.*s “%.*s%.*s",
	    (int)(at - from - (has_point ? 1 : 0)), s.p + from, STR_ARG(inner),
	    (int)(to - end), s.p + end);
	m->mended++;
	intake_did(m->job, m->line,
	    arena_printf(m->job->a,
		"Mended quotation marks: \"%.*s\" is now \"%.*s\".",
		(int)(to - from), s.p + from, STR_ARG(now)));
	if (has_point)
		intake_doubt(m->job, m->line,
		    arena_printf(m->job->a,
			"A full stop stood inside the sentence before “%.*s "
			"and was taken out; look whether words are missing "
			"there.",
			STR_ARG(inner)));
	return end;
}

static size_t mend_right(struct mend *m, size_t at)
{
	struct str s = m->text;
	bool gap = at == 0 || s.p[at - 1] == ' ' || s.p[at - 1] == '(';
	size_t end;

	if (m->open) {
		if (m->open == 0x201E && is_german(m->job->in.m.lang)) {
			say(m, at, STR("“"));
			buf_lit(&m->out, "“");
		} else {
			buf_lit(&m->out, "”");
		}
		m->open = 0;
		return at + 3;
	}
	end = !gap ? turned_pair(s, at) : 0;
	if (end)
		return mend_turned_pair(m, at, end);
	if (gap && is_word_at(s, at + 3) &&
	    str_find_str(str_from(s, at + 3), STR("”")) < s.n - at - 3) {
		say(m, at, STR("“"));
		buf_lit(&m->out, "“");
		m->open = 0x201C;
		return at + 3;
	}
	buf_lit(&m->out, "”");
	return at + 3;
}

static size_t mend_left(struct mend *m, size_t at)
{
	struct str s = m->text;

	if (m->open == 0x201C && at > 0 && s.p[at - 1] != ' ' &&
	    !is_word_at(s, at + 3)) {
		say(m, at, STR("”"));
		buf_lit(&m->out, "”");
		m->open = 0;
	} else {
		buf_lit(&m->out, "“");
		m->open = m->open == 0x201E ? 0 : 0x201C;
	}
	return at + 3;
}

static size_t mend_straight(struct mend *m, size_t at)
{
	struct str s = m->text;

	if (m->open && at > 0 && s.p[at - 1] != ' ' && !is_word_at(s, at + 1)) {
		bool is_low = m->open == 0x201E && is_german(m->job->in.m.lang);

		say(m, at, is_low ? STR("“") : STR("”"));
		buf_add(&m->out, is_low ? STR("“") : STR("”"));
		m->open = 0;
	} else {
		buf_lit(&m->out, "\"");
	}
	return at + 1;
}

/* ``so'' and ,,so'': gives how many bytes were dealt with, or 0. */
static size_t mend_typed(struct mend *m, size_t at)
{
	struct str rest = str_from(m->text, at), mark;
	bool is_low = str_starts(rest, STR(",,"));
	size_t close;

	if (!is_low && !str_starts(rest, STR("``")))
		return 0;
	close = str_find_str(str_part(rest, 2, 1000), STR("''"));
	if (close >= 1000 || close + 2 >= rest.n || !is_word_at(rest, 2))
		return 0;
	mark = is_low ? STR("„") : STR("“");
	say(m, at, mark);
	buf_add(&m->out, mark);
	buf_add(&m->out, str_part(rest, 2, close));
	buf_add(&m->out,
	    is_low && is_german(m->job->in.m.lang) ? STR("“") : STR("”"));
	return close + 4;
}

struct str intake_mend_quotes(struct job *job, struct str text, uint32_t line)
{
	struct mend m = {.job = job, .line = line, .text = text};

	/* These open and close with the same mark. */
	if (str_eq(job->in.m.lang, STR("sv")) ||
	    str_eq(job->in.m.lang, STR("da")) ||
	    str_eq(job->in.m.lang, STR("fi")))
		return text;
	buf_init_arena(&m.out, job->a, text.n * 2 + 64);
	for (size_t at = 0; at < text.n;) {
		struct str rest = str_from(text, at);
		size_t n;

		if (text.p[at] == '"') {
			at = mend_straight(&m, at);
		} else if (text.p[at] == ',' || text.p[at] == '`') {
			n = mend_typed(&m, at);
			if (n == 0)
				buf_char(&m.out, text.p[at]);
			at += n ? n : 1;
		} else if ((unsigned char)text.p[at] != 0xE2) {
			buf_char(&m.out, text.p[at++]);
		} else if (str_starts(rest, STR("”"))) {
			at = mend_right(&m, at);
		} else if (str_starts(rest, STR("“"))) {
			at = mend_left(&m, at);
		} else {
			if (str_starts(rest, STR("„")))
				m.open = 0x201E;
			buf_char(&m.out, text.p[at++]);
		}
	}
	return m.mended && buf_rc(&m.out) == RC_OK ? buf_str(&m.out) : text;
}

static void add_quotation(struct job *job, uint32_t line, struct str text)
{
	struct intake *in = &job->in;

	if (in->quotations_n == job->quotations_room) {
		size_t room =
		    job->quotations_room ? job->quotations_room * 4 : 16;
		struct intake_quotation *v =
		    ARENA_ARRAY(job->a, struct intake_quotation, room);

		if (!v)
			return;
		if (in->quotations_n)
			memcpy(
			    v, in->quotations, in->quotations_n * sizeof(*v));
		in->quotations = v;
		job->quotations_room = room;
	}
	in->quotations[in->quotations_n++] =
	    (struct intake_quotation){line, text};
}

/* The mark is part of a Hebrew abbreviation. */
static bool is_gershayim(struct str s, size_t at, size_t n)
{
	bool opens;

	return typography_is_in_hebrew(s, at, n, false, &opens) && !opens;
}

enum { PAIRS = 6, QUOTATION_MAX = 3000 };

static const struct {
	struct str open, close;
} pairs[PAIRS] = {{STR_INIT("“"), STR_INIT("”")},
    {STR_INIT("„"), STR_INIT("“")}, {STR_INIT("„"), STR_INIT("”")},
    {STR_INIT("«"), STR_INIT("»")}, {STR_INIT("「"), STR_INIT("」")},
    {STR_INIT("\""), STR_INIT("\"")}};

/* Where a pair's closing mark was found, for all places from which it is the
 * next one: a text of marks that never pair is not searched for each. */
struct closing {
	size_t from, at;
};

/* The closing mark of PAIR at FROM or behind it, or s.n. */
static size_t next_closing(
    struct closing *known, size_t pair, struct str s, size_t from)
{
	struct str close = pairs[pair].close;
	size_t at = from;

	if (known->from <= from && from <= known->at)
		return known->at;
	while (at < s.n) {
		at += str_find_str(str_from(s, at), close);
		if (at >= s.n || !is_gershayim(s, at, close.n))
			break;
		at += close.n;
	}
	*known = (struct closing){from, at < s.n ? at : s.n};
	return known->at;
}

/* The quotation that opens at AT of S; gives the end of it, or 0. */
static size_t quotation_at(struct job *job, struct closing known[static PAIRS],
    struct str s, size_t at, uint32_t line)
{
	struct str rest = str_from(s, at);

	for (size_t i = 0; i < PAIRS; i++) {
		size_t from = at + pairs[i].open.n, end;
		struct str in;

		if (!str_starts(rest, pairs[i].open) ||
		    is_gershayim(s, at, pairs[i].open.n))
			continue;
		end = next_closing(&known[i], i, s, from);
		if (end == s.n || end - from > QUOTATION_MAX)
			continue;
		in = str_part(s, from, end - from);
		end += pairs[i].close.n;
		if (intake_count_words(in) >= 3 ||
		    (pairs[i].open.p[0] == pairs[4].open.p[0] && in.n >= 24))
			add_quotation(job, line, str_part(s, at, end - at));
		return end;
	}
	return 0;
}

void intake_find_quotations(struct job *job, uint32_t line, struct str s)
{
	struct closing known[PAIRS];

	for (size_t i = 0; i < PAIRS; i++)
		known[i] = (struct closing){1, 0};
	for (size_t at = 0; at < s.n;) {
		size_t end = quotation_at(job, known, s, at, line);

		at = end ? end : at + 1;
	}
}
