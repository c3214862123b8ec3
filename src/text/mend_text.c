/* SPDX-License-Identifier: MIT
 *
 * What might mend quotation marks, ends of sentences and what stands twice; all
 * of it is tried by mend.c before it is offered. See mend_priv.h.
 */
#include "text/mend_priv.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/script.h"
#include "text/typography.h"

/* --- places ----------------------------------------------------------- */

size_t mend_block_start(struct str s, size_t at)
{
	size_t line;

	for (;;) {
		line = at;
		while (line > 0 && s.p[line - 1] != '\n')
			line--;
		if (line < 2 || str_blank(str_part(s, line, at - line)))
			break;
		at = line - 1;
		if (at == 0 || s.p[at - 1] == '\n')
			break;
	}
	/* Signs of a quotation, a list, a heading. */
	while (line < s.n && (s.p[line] == '>' || s.p[line] == '#' ||
				 s.p[line] == ' ' || s.p[line] == '\t'))
		line++;
	if (line + 1 < s.n &&
	    (s.p[line] == '-' || s.p[line] == '*' || s.p[line] == '+') &&
	    s.p[line + 1] == ' ')
		line += 2;
	return line;
}

size_t mend_block_end(struct str s, size_t at)
{
	while (at < s.n && !(s.p[at] == '\n' &&
			       (at + 1 == s.n || s.p[at + 1] == '\n' ||
				   s.p[at + 1] == '#' || s.p[at + 1] == '-')))
		at++;
	while (at > 0 && ascii_is_space(s.p[at - 1]))
		at--;
	return at;
}

/* The mark that ends a sentence, standing at AT: how many bytes; 0 if none. */
static size_t stop_at(struct str s, size_t at)
{
	static const struct str stops[] = {STR_INIT("."), STR_INIT("!"),
	    STR_INIT("?"), STR_INIT("…"), STR_INIT("。"), STR_INIT("！"),
	    STR_INIT("？"), STR_INIT("؟"), STR_INIT("۔"), STR_INIT("।")};

	for (size_t i = 0; i < sizeof(stops) / sizeof(stops[0]); i++)
		if (str_starts(str_from(s, at), stops[i]))
			return stops[i].n;
	return 0;
}

static bool is_wide_stop(struct str s, size_t at)
{
	return (unsigned char)s.p[at] == 0xE3 || (unsigned char)s.p[at] == 0xEF;
}

/* The word before AT is short and has a capital: "Mr.", "J.". */
static bool is_short_before(struct str s, size_t at)
{
	size_t from = at;

	while (from > 0 && !ascii_is_space(s.p[from - 1]) && at - from < 8)
		from--;
	return at > from && at - from <= 4 &&
	       word_is_capital(str_part(s, from, at - from));
}

/* Behind the stop of the sentence in which AT stands, or END. */
static size_t sentence_end(struct str s, size_t at, size_t end)
{
	for (; at < end; at++) {
		size_t n = stop_at(s, at);

		if (n == 0 || (s.p[at] == '.' && is_short_before(s, at)))
			continue;
		if (at + n >= end || ascii_is_space(s.p[at + n]) ||
		    is_wide_stop(s, at))
			return at + n;
	}
	return end;
}

/* The first letter of the sentence in which AT stands. */
static size_t sentence_start(struct str s, size_t at)
{
	size_t start = mend_block_start(s, at), i = start;

	while (i < at) {
		size_t next = sentence_end(s, i, at);

		if (next >= at)
			break;
		while (next < at && ascii_is_space(s.p[next]))
			next++;
		start = i = next;
	}
	return start;
}

/* --- quotation marks -------------------------------------------------- */

/* The mark that closes what C opens in the language, or opens what it
 * closes. */
static struct str partner(const struct mend_job *j, struct str c, bool closes)
{
	static const struct {
		struct str open, close;
	} pairs[] = {{STR_INIT("“"), STR_INIT("”")},
	    {STR_INIT("‘"), STR_INIT("’")}, {STR_INIT("„"), STR_INIT("“")},
	    {STR_INIT("‚"), STR_INIT("‘")}, {STR_INIT("«"), STR_INIT("»")},
	    {STR_INIT("‹"), STR_INIT("›")}, {STR_INIT("»"), STR_INIT("«")},
	    {STR_INIT("›"), STR_INIT("‹")}, {STR_INIT("「"), STR_INIT("」")},
	    {STR_INIT("『"), STR_INIT("』")}, {STR_INIT("《"), STR_INIT("》")},
	    {STR_INIT("〈"), STR_INIT("〉")}, {STR_INIT("\""), STR_INIT("\"")}};
	const struct quotes *q = quotes_of(j->tag);
	const struct str own[2][2] = {
	    {q->open, q->close}, {q->inner_open, q->inner_close}};

	for (int i = 0; i < 2; i++)
		if (str_eq(own[i][!closes], c))
			return own[i][closes];
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (str_eq(closes ? pairs[i].open : pairs[i].close, c))
			return closes ? pairs[i].close : pairs[i].open;
	return STR_NONE;
}

/* How many bytes of a no-break space stand at AT. */
static size_t hard_space(struct str s, size_t at)
{
	struct str rest = str_from(s, at);

	return str_starts(rest, STR("\xC2\xA0"))       ? 2
	       : str_starts(rest, STR("\xE2\x80\xAF")) ? 3
						       : 0;
}

static size_t hard_space_before(struct str s, size_t at)
{
	return at >= 2 && hard_space(s, at - 2) == 2   ? 2
	       : at >= 3 && hard_space(s, at - 3) == 3 ? 3
						       : 0;
}

/* The space that French sets inside of its marks, N bytes of which stand there
 * in S: as it is there, but one that holds. */
static struct str inner_space(const struct mend_job *j, size_t at, size_t n)
{
	return n == 1 ? quotes_of(j->tag)->space : str_part(j->text, at, n);
}

static bool is_spaced(const struct mend_job *j)
{
	return quotes_of(j->tag)->space.n > 0;
}

static struct str mark_of(const struct mend_job *j)
{
	return str_part(j->text, j->mark->offset, j->mark->length);
}

static void delete_range(struct mend_job *j, size_t at, size_t n)
{
	(void)mend_try(j, mend_of(j, MEND_DELETE, at, n, STR("")));
}

/* The mark alone is shown, also where its space goes with it. */
static void delete_mark(struct mend_job *j, size_t before, size_t behind)
{
	size_t at = j->mark->offset, n = j->mark->length;
	struct mend mend =
	    mend_of(j, MEND_DELETE, at - before, before + n + behind, STR(""));

	mend.about = mark_of(j);
	(void)mend_try(j, mend);
}

void mend_quote_open(struct mend_job *j)
{
	struct str s = j->text, c = mark_of(j);
	size_t at = j->mark->offset, behind = at + c.n;
	size_t end = mend_block_end(s, behind);
	size_t stop = sentence_end(s, behind, end);
	size_t space = hard_space(s, behind);
	struct str close = partner(j, c, true);

	if (space == 0 && is_spaced(j) && behind < s.n && s.p[behind] == ' ')
		space = 1;
	if (close.n > 0) {
		struct str text =
		    space ? arena_printf(j->a, "%.*s%.*s",
				STR_ARG(inner_space(j, behind, space)),
				STR_ARG(close))
			  : close;
		bool is_whole = at == mend_block_start(s, at);

		if (!text.p)
			return;
		/* What begins with a quotation is one as a rule. */
		if (!mend_try(j, mend_of(j, MEND_BEHIND, is_whole ? end : stop,
				     0, text)))
			(void)mend_try(j, mend_of(j, MEND_BEHIND,
					      is_whole ? stop : end, 0, text));
	}
	delete_mark(j, 0, space);
}

void mend_quote_close(struct mend_job *j)
{
	struct str s = j->text, c = mark_of(j);
	size_t at = j->mark->offset, space = hard_space_before(s, at);
	size_t start = sentence_start(s, at);
	struct str open = partner(j, c, false);

	if (space == 0 && is_spaced(j) && at > 0 && s.p[at - 1] == ' ')
		space = 1;
	if (open.n > 0 && start < at) {
		struct str text =
		    space ? arena_printf(j->a, "%.*s%.*s", STR_ARG(open),
				STR_ARG(inner_space(j, at - space, space)))
			  : open;

		if (!text.p)
			return;
		if (!mend_try(j, mend_of(j, MEND_BEFORE, start, 0, text)))
			(void)mend_try(
			    j, mend_of(j, MEND_BEFORE, mend_block_start(s, at),
				   0, text));
	}
	delete_mark(j, space, 0);
}

static struct str last_word(struct str s, size_t end)
{
	size_t from = end;

	while (from > 0 && !ascii_is_space(s.p[from - 1]))
		from--;
	return str_part(s, from, end - from);
}

/* The word behind AT, to be shown: a long one is not cut within a character. */
static struct str next_word(struct str s, size_t at)
{
	struct str word = word_behind(s, at);

	return word.n == 0
		   ? word
		   : utf8_head(str_from(s, (size_t)(word.p - s.p)), word.n);
}

/* MARK in place of FROM to TO, and shown with the WORD that it is set at. */
static void set_mark(struct mend_job *j, size_t from, size_t to,
    struct str mark, struct str word, bool is_behind)
{
	struct mend mend = mend_of(j, MEND_WRITE, from, to - from, mark);

	mend.about =
	    is_behind
		? arena_printf(j->a, "%.*s%.*s", STR_ARG(word), STR_ARG(mark))
		: arena_printf(j->a, "%.*s%.*s", STR_ARG(mark), STR_ARG(word));
	if (mend.about.p)
		(void)mend_try(j, mend);
}

/* A mark at AT can open: it hangs on no word before it. */
static bool may_open_at(struct str s, size_t at)
{
	uint32_t c;

	if (at == 0)
		return true;
	c = utf8_prev(s, &at);
	return script_is_space(c) || c == '(' || c == '[' || c == '/' ||
	       c == '-' || c == '*' || c == '_' || c == 0x2013 || c == 0x2014;
}

static bool is_word_at(struct str s, size_t at)
{
	return at < s.n && letter_is_word(utf8_next(s, &at));
}

void mend_quote_side(struct mend_job *j)
{
	struct str s = j->text, instead = j->mark->replacement;
	struct str mark = instead.n ? instead : mark_of(j);
	size_t at = j->mark->offset, behind = at + j->mark->length;
	size_t from = at, to = behind;

	if (instead.n > 0)
		(void)mend_try(
		    j, mend_of(j, MEND_WRITE, at, j->mark->length, instead));
	while (to < s.n && s.p[to] == ' ')
		to++;
	while (from > 0 && s.p[from - 1] == ' ')
		from--;
	/* A space on the inner side, where it is turned, too. */
	if (to > behind && may_open_at(s, at))
		set_mark(j, at, to, mark, next_word(s, to), false);
	if (from < at && is_word_at(s, behind))
		mark = arena_printf(j->a, "%.*s ", STR_ARG(mark));
	if (from < at && mark.p)
		set_mark(j, from, behind, mark, last_word(s, from), true);
	delete_mark(j, 0, 0);
}

/* --- ends ------------------------------------------------------------- */

/* The full stop of a script; empty: it has none. */
static struct str stop_of(struct str lang, enum script script)
{
	switch (script) {
	case SCRIPT_HAN:
	case SCRIPT_HIRAGANA:
	case SCRIPT_KATAKANA:
	case SCRIPT_BOPOMOFO:
		return STR("。");
	case SCRIPT_DEVANAGARI:
	case SCRIPT_BENGALI:
	case SCRIPT_GURMUKHI:
	case SCRIPT_ORIYA:
		return STR("।");
	case SCRIPT_ARMENIAN:
		return STR("։");
	case SCRIPT_ETHIOPIC:
		return STR("።");
	case SCRIPT_MYANMAR:
		return STR("။");
	case SCRIPT_KHMER:
		return STR("។");
	case SCRIPT_TIBETAN:
		return STR("།");
	case SCRIPT_THAI: /* a space ends their sentences */
	case SCRIPT_LAO:
		return STR_NONE;
	case SCRIPT_ARABIC:
		return lang_same(lang, STR("ur")) ? STR("۔") : STR(".");
	default:
		return STR(".");
	}
}

/* The script of the last letter before AT. */
static enum script script_before(struct str s, size_t at)
{
	for (size_t steps = 0; at > 0 && steps < 64; steps++) {
		enum script script = script_of(utf8_prev(s, &at));

		if (script != SCRIPT_COMMON)
			return script;
	}
	return SCRIPT_LATIN;
}

void mend_no_end(struct mend_job *j)
{
	struct str s = j->text;
	size_t end = j->mark->offset + j->mark->length, at = end;
	struct str stop = stop_of(j->tag, script_before(s, end));
	uint32_t last;

	if (stop.n == 0) /* the last word is of another language */
		stop = stop_of(j->tag, script_of_lang(j->tag));
	if (stop.n == 0 || end == 0)
		return;
	last = utf8_prev(s, &at);
	/* A comma there was to be the stop. */
	if (last == ',' || last == ';' || last == '-' || last == 0x60C ||
	    last == 0x3001 || last == 0xFF0C) {
		struct mend mend = mend_of(j, MEND_BEHIND, at, end - at, stop);

		(void)mend_try(j, mend);
		return;
	}
	(void)mend_try(j, mend_of(j, MEND_BEHIND, end, 0, stop));
}

/* "Kim, whose train was late." is "Kim’s train was late." */
static void mend_whose(struct mend_job *j, size_t comma, size_t end)
{
	static const struct str signs[] = {STR_INIT("’s"), STR_INIT("’")};
	struct str s = j->text;
	struct str name = str_part(s, j->mark->offset, comma - j->mark->offset);
	struct str rest = next_word(s, end);
	bool is_s = str_ends(name, STR("s"));

	/* Of a name with an s at its end some write the one, some the other. */
	for (int i = 0; i <= is_s; i++) {
		struct mend mend =
		    mend_of(j, MEND_WRITE, comma, end - comma, signs[i]);

		mend.about = arena_printf(j->a, "%.*s%.*s %.*s", STR_ARG(name),
		    STR_ARG(signs[i]), STR_ARG(rest));
		if (mend.about.p)
			(void)mend_try(j, mend);
	}
}

/* "Kim, who came by train." lacks its verb; "Kim came by train." does not. */
void mend_fragment(struct mend_job *j)
{
	struct str s = j->text;
	size_t at = j->mark->offset;
	size_t comma = at + str_find(str_part(s, at, j->mark->length), ',');
	struct str word = word_behind(s, comma + 1), rest;
	struct mend mend;
	size_t end;

	if (comma >= at + j->mark->length || word.n == 0)
		return;
	end = (size_t)(word.p - s.p) + word.n;
	if (str_eq_fold(word, STR("whose"))) {
		mend_whose(j, comma, end);
		return;
	}
	while (at < comma && ascii_is_space(s.p[at]))
		at++;
	rest = next_word(s, end);
	mend = mend_of(j, MEND_DELETE, comma, end - comma, STR(""));
	mend.kind = MEND_WRITE;
	mend.about = arena_printf(
	    j->a, "%.*s %.*s", (int)(comma - at), s.p + at, STR_ARG(rest));
	(void)mend_try(j, mend);
}

/* --- what stands twice ------------------------------------------------ */

/* Nothing would be lost with what parts two words: white space, and the signs
 * of a quotation at the start of a line. */
static bool is_gap(struct str s)
{
	bool is_line_start = false;

	for (size_t i = 0; i < s.n; i++) {
		is_line_start |= s.p[i] == '\n';
		if (!ascii_is_space(s.p[i]) &&
		    !(s.p[i] == '>' && is_line_start))
			return false;
	}
	return true;
}

/* The first stays, with its capital, and so do the signs of Markdown that stand
 * between the two ("the **the"); not those that held the second alone. */
void mend_double_word(struct mend_job *j)
{
	struct str s = j->text, word, closing, opening;
	size_t at = j->mark->offset, end = at + j->mark->length, from;
	unsigned scripts;
	uint64_t hash;
	struct mend mend;

	word = str_part(s, at, proof_word(s, at, &hash, &scripts) - at);
	if (2 * word.n >= j->mark->length)
		return;
	closing = str_part(s, at + word.n, j->mark->length - 2 * word.n);
	for (from = closing.n; from > 0; from--)
		if (ascii_is_space(closing.p[from - 1]))
			break;
	opening = str_from(closing, from);
	closing.n = 0; /* white space parts the two, if not always ours */
	while (closing.n < from && !ascii_is_space(closing.p[closing.n]))
		closing.n++;
	/* A footnote, or the title of a link. */
	if (!is_gap(str_part(s, at + word.n + closing.n, from - closing.n)))
		return;
	if (closing.n > 0 && opening.n > 0) {
		if (!str_starts(str_from(s, end), opening))
			return;
		end += opening.n;
		opening.n = 0;
	}
	mend = mend_of(j, MEND_WRITE, at, end - at,
	    arena_printf(j->a, "%.*s%.*s%.*s", STR_ARG(opening), STR_ARG(word),
		STR_ARG(closing)));
	mend.about = word;
	if (mend.text.p)
		(void)mend_try(j, mend);
}

/* Where the white space before AT begins, with the signs of a quotation on
 * lines that hold nothing else. */
static size_t gap_before(struct str s, size_t at)
{
	size_t from = at, i = at;

	for (;;) {
		while (i > 0 && s.p[i - 1] != '\n' &&
		       (ascii_is_space(s.p[i - 1]) || s.p[i - 1] == '>'))
			i--;
		if (i > 0 && s.p[i - 1] != '\n')
			break;
		from = i;
		if (i == 0)
			break;
		i--;
	}
	while (from > 0 && ascii_is_space(s.p[from - 1]))
		from--;
	return from;
}

void mend_double_paragraph(struct mend_job *j)
{
	struct str s = j->text;
	size_t at = j->mark->offset, from = gap_before(s, at);
	struct mend mend;

	mend =
	    mend_of(j, MEND_DELETE, from, at + j->mark->length - from, STR(""));
	mend.about = str_part(s, at, j->mark->length);
	(void)mend_try(j, mend);
	if (j->out->n == 0)
		delete_range(j, at, j->mark->length);
}
