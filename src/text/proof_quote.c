/* SPDX-License-Identifier: MIT
 *
 * Quotation marks: which opens, which closes, and which does neither.
 *
 * The same character opens in one language and closes in another (“ closes in
 * German, ” opens in Swedish, » does either), so what a mark means is decided
 * by what is open, then by the language, then by what stands beside it. The
 * single marks ‘ ’ are apostrophes far more often than quotation marks: they
 * never close what was not opened.
 *
 * A quotation may go on over paragraphs: then each opens it anew and only the
 * last one closes it. One that is open at the end of a paragraph is therefore
 * kept until it is seen how the next one begins. Through the list that a colon
 * announces, and what follows that, it stays open.
 */
#include "text/proof_priv.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "text/typography.h"

enum {
	Q_STRAIGHT = '"',
	Q_LEFT = 0x201C,      /* “ */
	Q_RIGHT = 0x201D,     /* ” */
	Q_LOW = 0x201E,	      /* „ */
	Q_LEFT_ONE = 0x2018,  /* ‘ */
	Q_RIGHT_ONE = 0x2019, /* ’ */
	Q_LOW_ONE = 0x201A,   /* ‚ */
	Q_ANGLE_LEFT = 0xAB,  /* « */
	Q_ANGLE_RIGHT = 0xBB, /* » */
	Q_ANGLE_LEFT_ONE = 0x2039,
	Q_ANGLE_RIGHT_ONE = 0x203A,
};

enum { DOUBLE_MOST = 600 }; /* bytes of a quotation within another */

static bool is_space_before(struct str s, size_t at)
{
	if (at == 0)
		return true;
	if (ascii_is_space(s.p[at - 1]))
		return true;
	/* U+00A0, U+202F, U+3000 */
	return (at >= 2 && str_eq(str_part(s, at - 2, 2), STR("\xC2\xA0"))) ||
	       (at >= 3 &&
		   (str_eq(str_part(s, at - 3, 3), STR("\xE2\x80\xAF")) ||
		       str_eq(str_part(s, at - 3, 3), STR("\xE3\x80\x80"))));
}

static bool is_letter_at(uint32_t c)
{
	if (c < 0x80)
		return ascii_is_alpha((char)c) || ascii_is_digit((char)c);
	return c >= 0xC0 && !(c >= 0x2000 && c < 0x3041) &&
	       !(c >= 0xFF00 && c <= 0xFF20) && c != 0x60C && c != 0x61B &&
	       c != 0x61F && c != 0x6D4;
}

static enum side side_before(struct str s, size_t at)
{
	size_t i = at;
	uint32_t c;

	if (is_space_before(s, at))
		return SIDE_GAP;
	c = utf8_prev(s, &i);
	if (c == '(' || c == '[' || c == '-' || c == '/' || c == '*' ||
	    c == '_' || c == '>' || c == '\'' || c == Q_RIGHT_ONE ||
	    c == Q_LEFT || c == Q_LOW || c == Q_LEFT_ONE || c == 0x2013 ||
	    c == 0x2014 || c == Q_ANGLE_LEFT || c == 0xBF || c == 0xA1 ||
	    c == 0x640)
		return SIDE_GAP;
	return is_letter_at(c) ? SIDE_WORD : SIDE_POINT;
}

static enum side side_behind(struct str s, size_t at)
{
	uint32_t c;

	if (at >= s.n)
		return SIDE_GAP;
	c = utf8_next(s, &at);
	if (c == ' ' || c == '\n' || c == '\t' || c == 0xA0 || c == 0x202F ||
	    c == 0x3000)
		return SIDE_GAP;
	return is_letter_at(c) ? SIDE_WORD : SIDE_POINT;
}

/* Where an open mark among A, B, C stands in the stack, counted from its
 * bottom and one more; 0 if nowhere. */
static size_t find_open(
    const struct quote_state *q, uint32_t a, uint32_t b, uint32_t c)
{
	for (size_t i = q->n; i > 0; i--) {
		uint32_t m = q->open[i - 1].mark;

		if (m == a || m == b || m == c)
			return i;
	}
	return 0;
}

static void push(struct quote_state *q, uint32_t mark, size_t at, bool soft)
{
	if (q->n < QUOTE_DEPTH)
		q->open[q->n++] = (struct open_quote){mark, at, soft, false};
}

static size_t mark_bytes(uint32_t c)
{
	return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
}

static void never_closed(struct proof *p, const struct open_quote *o)
{
	proof_add(p, PROOF_QUOTE_OPEN, o->at, mark_bytes(o->mark),
	    STR("This quotation is opened and never closed"),
	    STR("close it, or take the mark out"));
}

/* Closes the quotation at stack place I (from 1), and what was left open in
 * it. */
static void close_to(struct proof *p, struct quote_state *q, size_t i)
{
	while (q->n > i) {
		q->n--;
		if (!q->open[q->n].is_soft && !q->open[q->n].is_shared)
			never_closed(p, &q->open[q->n]);
	}
	q->n = i - 1;
}

/* The quotation mark that INSTEAD names, if it names one. */
static struct str mark_named(struct str instead)
{
	size_t at = 0;

	while (at < instead.n && (unsigned char)instead.p[at] < 0x80)
		at++;
	if (at == instead.n)
		return STR_NONE;
	return str_part(
	    instead, at, (unsigned char)instead.p[at] < 0xE0 ? 2 : 3);
}

static void wrong(struct proof *p, size_t at, size_t n, struct str instead)
{
	if (p->n == PROOF_MARKS_MAX)
		return;
	proof_add(p, PROOF_QUOTE_SIDE, at, n,
	    STR("This quotation mark stands on the wrong side or is of the "
		"wrong kind"),
	    instead);
	proof_mend(p, at, mark_named(instead));
}

static void never_opened(struct proof *p, size_t at, size_t n)
{
	proof_add(p, PROOF_QUOTE_CLOSE, at, n,
	    STR("This quotation is closed and was never opened"),
	    STR("open it, or take the mark out"));
}

/* The next double mark of this paragraph behind AT closes too. */
static bool is_next_closing(struct str s, size_t at)
{
	while (at < s.n) {
		uint32_t c;

		if (s.p[at] == '\n' && at + 1 < s.n && s.p[at + 1] == '\n')
			return false;
		if ((unsigned char)s.p[at] != 0xE2) {
			at++;
			continue;
		}
		c = utf8_next(s, &at);
		if (c == Q_RIGHT)
			return side_behind(s, at) != SIDE_WORD;
		if (c == Q_LEFT || c == Q_LOW)
			return false;
	}
	return false;
}

static bool wants_high_close(enum language l)
{
	return l == LANGUAGE_PL || l == LANGUAGE_NL;
}

static bool is_dense(enum language l)
{
	return l == LANGUAGE_JA || l == LANGUAGE_ZH;
}

static void quote_left(struct proof *p, struct quote_state *q, size_t at)
{
	size_t open = find_open(q, Q_LOW, 0, 0);
	enum side before = side_before(p->text, at);
	enum side behind = side_behind(p->text, at + 3);

	if (open) {
		if (wants_high_close(p->lang) && before != SIDE_GAP)
			wrong(p, at, 3, STR("write ” here"));
		close_to(p, q, open);
		return;
	}
	open = find_open(q, Q_LEFT, 0, 0);
	/* Where no space parts words, “《So》” and “‘so’” begin a quotation. */
	if (before != SIDE_GAP && behind != SIDE_WORD &&
	    !(is_dense(p->lang) && !open && behind == SIDE_POINT)) {
		if (open) {
			wrong(p, at, 3, STR("turn it: ”"));
			close_to(p, q, open);
		} else {
			never_opened(p, at, 3);
		}
		return;
	}
	if (behind == SIDE_GAP && before == SIDE_GAP)
		wrong(p, at, 3, STR("take out the space behind it"));
	push(q, Q_LEFT, at, false);
}

static void quote_right(struct proof *p, struct quote_state *q, size_t at)
{
	enum side before = side_before(p->text, at);
	enum side behind = side_behind(p->text, at + 3);
	size_t open = find_open(q, Q_LEFT, Q_LOW, Q_RIGHT);

	if (open) {
		uint32_t m = q->open[open - 1].mark;

		if (m == Q_LOW &&
		    (p->lang == LANGUAGE_DE || p->lang == LANGUAGE_CS))
			wrong(p, at, 3, STR("write “ here"));
		else if (is_space_before(p->text, at) && at > 0 &&
			 p->lang != LANGUAGE_FR)
			wrong(p, at, 3,
			    behind == SIDE_WORD
				? STR("turn it, or move the space behind it")
				: STR("take out the space before it"));
		close_to(p, q, open);
		return;
	}
	if (p->lang == LANGUAGE_SV || p->lang == LANGUAGE_HE) {
		push(q, Q_RIGHT, at, false);
		return;
	}
	open = find_open(q, Q_STRAIGHT, 0, 0);
	if (open && before != SIDE_GAP) {
		wrong(p, q->open[open - 1].at, 1, STR("write “ here"));
		close_to(p, q, open);
		return;
	}
	/* Five feet ten: 5’10”. */
	if (at > 0 && ascii_is_digit(p->text.p[at - 1]))
		return;
	if ((before == SIDE_GAP && behind == SIDE_WORD) ||
	    is_next_closing(p->text, at + 3)) {
		wrong(p, at, 3, STR("turn it: “"));
		push(q, Q_LEFT, at, false);
		return;
	}
	never_opened(p, at, 3);
}

/* «so», »so« */
static void quote_angle(
    struct proof *p, struct quote_state *q, uint32_t c, size_t at)
{
	bool is_one = c == Q_ANGLE_LEFT_ONE || c == Q_ANGLE_RIGHT_ONE;
	bool is_left = c == Q_ANGLE_LEFT || c == Q_ANGLE_LEFT_ONE;
	size_t n = is_one ? 3 : 2, open;
	uint32_t opener;

	if (!q->is_oriented) {
		q->is_oriented = true;
		q->is_reversed =
		    !is_left &&
		    (p->lang == LANGUAGE_DE || p->lang == LANGUAGE_CS ||
			p->lang == LANGUAGE_SV || p->lang == LANGUAGE_PL ||
			p->lang == LANGUAGE_NONE) &&
		    (side_behind(p->text, at + n) == SIDE_WORD ||
			(side_before(p->text, at) == SIDE_GAP &&
			    side_behind(p->text, at + n) != SIDE_GAP));
	}
	opener = is_one
		     ? (q->is_reversed ? Q_ANGLE_RIGHT_ONE : Q_ANGLE_LEFT_ONE)
		     : (q->is_reversed ? Q_ANGLE_RIGHT : Q_ANGLE_LEFT);
	/* »So» in Swedish and Finnish. */
	open = find_open(q, Q_ANGLE_RIGHT, 0, 0);
	if (p->lang == LANGUAGE_SV && c == Q_ANGLE_RIGHT && open &&
	    side_before(p->text, at) != SIDE_GAP) {
		close_to(p, q, open);
		return;
	}
	if (c == opener) {
		if (side_before(p->text, at) == SIDE_WORD &&
		    side_behind(p->text, at + n) == SIDE_GAP &&
		    p->lang != LANGUAGE_FR) {
			open = find_open(q, opener, 0, 0);
			wrong(p, at, n,
			    is_left ? STR("turn it: »") : STR("turn it: «"));
			if (open)
				close_to(p, q, open);
			return;
		}
		push(q, c, at, false);
		return;
	}
	open = find_open(q, opener, 0, 0);
	if (open) {
		close_to(p, q, open);
		/* «Компания «Ромашка»: one mark is set for both. */
		if (open > 1 && q->open[open - 2].mark == opener &&
		    (p->lang == LANGUAGE_RU || p->lang == LANGUAGE_UK))
			q->open[open - 2].is_shared = true;
		return;
	}
	if (side_before(p->text, at) == SIDE_GAP &&
	    side_behind(p->text, at + n) == SIDE_WORD) {
		wrong(
		    p, at, n, is_left ? STR("turn it: »") : STR("turn it: «"));
		push(q, opener, at, false);
		return;
	}
	never_opened(p, at, n);
}

/* The next double mark of this paragraph behind AT closes, and is not far. */
static bool is_double_closing(struct str s, size_t at)
{
	size_t end = at + DOUBLE_MOST < s.n ? at + DOUBLE_MOST : s.n;

	while (at < end) {
		size_t was = at;
		uint32_t c = utf8_next(s, &at);

		if (c == '\n' && at < s.n && s.p[at] == '\n')
			return false;
		if (c == Q_STRAIGHT || c == Q_LEFT || c == Q_RIGHT ||
		    c == Q_ANGLE_LEFT || c == Q_ANGLE_RIGHT)
			return side_before(s, was) != SIDE_GAP &&
			       side_behind(s, at) != SIDE_WORD;
	}
	return false;
}

/* "‘I read “The Dogs’ Home” last year’": what closed the single mark at stack
 * place I (from 1) would cut a double one in two. */
static bool is_in_double(
    struct proof *p, const struct quote_state *q, size_t i, size_t behind)
{
	for (; i < q->n; i++)
		if (!q->open[i].is_soft)
			return is_double_closing(p->text, behind);
	return false;
}

static void quote_single(
    struct proof *p, struct quote_state *q, uint32_t c, size_t at)
{
	enum side before = side_before(p->text, at);
	enum side behind = side_behind(p->text, at + 3);
	size_t open;

	if (c == Q_LOW_ONE) {
		if (behind == SIDE_WORD && before == SIDE_GAP)
			push(q, c, at, true);
		return;
	}
	open = find_open(q, Q_LOW_ONE, 0, 0);
	if (open && behind != SIDE_WORD && !is_in_double(p, q, open, at + 3)) {
		close_to(p, q, open);
		return;
	}
	if (c == Q_LEFT_ONE) {
		if (before == SIDE_GAP && behind != SIDE_GAP)
			push(q, c, at, true);
		return;
	}
	open = find_open(q, Q_LEFT_ONE, 0, 0);
	if (open && behind != SIDE_WORD && !is_in_double(p, q, open, at + 3))
		close_to(p, q, open);
}

/* 6'2" and 12": feet and inches, not words. */
static bool is_inches(struct str s, size_t at, bool is_open)
{
	size_t i = at;

	if (at == 0 || !ascii_is_digit(s.p[at - 1]))
		return false;
	while (i > 0 && ascii_is_digit(s.p[i - 1]))
		i--;
	if (i > 1 && s.p[i - 1] == '\'' && ascii_is_digit(s.p[i - 2]))
		return true;
	return !is_open;
}

static void quote_straight(struct proof *p, struct quote_state *q, size_t at)
{
	size_t open = find_open(q, Q_STRAIGHT, 0, 0);
	size_t curly = find_open(q, Q_LEFT, Q_LOW, 0);

	if (is_inches(p->text, at, open || curly))
		return;
	if (open) {
		close_to(p, q, open);
		return;
	}
	if (curly && side_before(p->text, at) != SIDE_GAP) {
		bool is_low = q->open[curly - 1].mark == Q_LOW &&
			      !wants_high_close(p->lang);

		wrong(p, at, 1,
		    is_low ? STR("write “ here") : STR("write ” here"));
		close_to(p, q, curly);
		return;
	}
	push(q, Q_STRAIGHT, at, false);
}

static void quote_corner(
    struct proof *p, struct quote_state *q, uint32_t c, size_t at)
{
	/* 〈〉《》「」『』: each opening one is even. */
	if (!(c & 1)) {
		push(q, c, at, false);
	} else {
		size_t open = find_open(q, c - 1, 0, 0);

		if (open)
			close_to(p, q, open);
		else
			never_opened(p, at, 3);
	}
}

/* "מנכ"ל" holds no quotation; "ב"הארץ"" begins one behind its first letter. */
static bool is_in_hebrew(
    struct proof *p, struct quote_state *q, uint32_t c, size_t at, size_t n)
{
	bool opens;

	if ((c != Q_STRAIGHT && c != Q_RIGHT) ||
	    !typography_is_in_hebrew(p->text, at, n, q->n > 0, &opens))
		return false;
	if (opens)
		push(q, c, at, false);
	return true;
}

void proof_quote(
    struct proof *p, struct quote_state *q, uint32_t c, size_t at, size_t n)
{
	if (is_in_hebrew(p, q, c, at, n))
		return;
	switch (c) {
	case Q_STRAIGHT:
		quote_straight(p, q, at);
		break;
	case Q_LEFT:
		quote_left(p, q, at);
		break;
	case Q_RIGHT:
		quote_right(p, q, at);
		break;
	case Q_LOW:
		push(q, c, at, false);
		break;
	case Q_LEFT_ONE:
	case Q_RIGHT_ONE:
	case Q_LOW_ONE:
		quote_single(p, q, c, at);
		break;
	case Q_ANGLE_LEFT:
	case Q_ANGLE_RIGHT:
	case Q_ANGLE_LEFT_ONE:
	case Q_ANGLE_RIGHT_ONE:
		quote_angle(p, q, c, at);
		break;
	default:
		if (c >= 0x3008 && c <= 0x300F)
			quote_corner(p, q, c, at);
	}
}

/* The same quotation is taken up again by its opening mark, or, as some
 * French, Spanish and Russian papers do it, by the closing one. */
static bool takes_up(struct str s, size_t at, uint32_t mark)
{
	uint32_t c = at < s.n ? utf8_next(s, &at) : 0;

	return c == mark || (mark == Q_ANGLE_LEFT && c == Q_ANGLE_RIGHT) ||
	       (mark == Q_ANGLE_RIGHT && c == Q_ANGLE_LEFT);
}

/* Where the words of the paragraph at AT begin: behind the wide spaces of an
 * indentation and the signs of emphasis. */
static size_t words_at(struct str s, size_t at)
{
	while (at < s.n) {
		size_t next = at;
		uint32_t c = utf8_next(s, &next);

		if (c != 0x3000 && c != 0xA0 && c != '*' && c != '_')
			break;
		at = next;
	}
	return at;
}

size_t proof_quote_start(
    struct proof *p, struct quote_state *q, size_t at, bool is_item)
{
	struct str rest = str_from(p->text, at);
	size_t words = words_at(p->text, at);
	bool was_in_list = q->in_list;

	q->in_list = false;
	/* A picture may stand between the two. */
	if (!q->has_pending || rest.n == 0 || str_starts(rest, STR("![")) ||
	    str_starts(rest, STR("[![")))
		return 0;
	q->has_pending = false;
	if (!takes_up(p->text, words, q->pending.mark)) {
		q->in_list = is_item && q->leads_list;
		if (q->in_list || was_in_list)
			push(q, q->pending.mark, q->pending.at,
			    q->pending.is_soft);
		else
			never_closed(p, &q->pending);
		return 0;
	}
	rest = str_from(p->text, words);
	if ((q->pending.mark == Q_ANGLE_LEFT && str_starts(rest, STR("»"))) ||
	    (q->pending.mark == Q_ANGLE_RIGHT && str_starts(rest, STR("«")))) {
		push(q, q->pending.mark, words, false);
		return words + 2 - at;
	}
	return 0;
}

/* A single mark that is no quotation: in other languages than English, or an
 * apostrophe that a program has turned, ‘90s, ‘tis. */
static bool is_no_quotation(struct proof *p, const struct open_quote *o)
{
	size_t at = o->at + 3;

	if (!o->is_soft)
		return false;
	if (p->lang != LANGUAGE_EN || o->mark != Q_LEFT_ONE || at >= p->text.n)
		return true;
	if (!ascii_is_digit(p->text.p[at]) &&
	    !str_starts(str_from(p->text, at), STR("tis")) &&
	    !str_starts(str_from(p->text, at), STR("em ")))
		return false;
	wrong(p, o->at, 3, STR("this is an apostrophe: ’"));
	return true;
}

void proof_quote_end(struct proof *p, struct quote_state *q, bool ends_in_colon)
{
	size_t n = q->n;

	q->n = 0;
	if (!q->in_list)
		q->leads_list = ends_in_colon;
	for (size_t i = 0; i < n; i++) {
		if (q->open[i].is_shared || is_no_quotation(p, &q->open[i]) ||
		    q->has_pending)
			continue;
		q->pending = q->open[i];
		q->has_pending = true;
	}
}

void proof_quote_done(struct proof *p, struct quote_state *q)
{
	proof_quote_end(p, q, false);
	if (q->has_pending)
		never_closed(p, &q->pending);
	q->has_pending = false;
}
