/* SPDX-License-Identifier: MIT
 *
 * One walk over a text: words are passed over and hashed by proof_word.c,
 * every other byte is told by a small table, and everything rare (a word met
 * twice, a word of two scripts, a quotation mark) is left to functions that
 * look more closely.
 *
 * Lines decide about the blocks of Markdown: headings, lists, code and tables
 * are told by how a line begins. That is less than CommonMark says, and enough
 * to know what is a paragraph of prose.
 *
 *	I1. word_at + word_n never passes the end of the text.
 *	I2. Every step of the walk moves on by at least one byte.
 */
#include "text/proof_priv.h"

#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/markdown_priv.h"
#include "text/script.h"

enum byte_class {
	B_OTHER, /* punctuation */
	B_WORD,	 /* ASCII letters and digits */
	B_SPACE,
	B_HIGH, /* the first byte of a longer character */
	B_QUOTE,
	B_MARKUP, /* ` [ ] ! < { \ * _ ~ */
	B_END,	  /* . ? */
	B_COMMA,
	B_BREAK, /* : ; ( ) and the like inside a sentence */
};

#define W   B_WORD
#define H4  B_HIGH, B_HIGH, B_HIGH, B_HIGH
#define H16 H4, H4, H4, H4

/* clang-format off */
/* Indexed by byte; what is left out is B_OTHER. */
static const unsigned char classes[256] = {
    ['0'] = W, W, W, W, W, W, W, W, W, W,
    ['A'] = W, W, W, W, W, W, W, W, W, W, W, W, W,
	    W, W, W, W, W, W, W, W, W, W, W, W, W,
    ['a'] = W, W, W, W, W, W, W, W, W, W, W, W, W,
	    W, W, W, W, W, W, W, W, W, W, W, W, W,
    [' '] = B_SPACE, ['\t'] = B_SPACE, ['\n'] = B_SPACE, ['\r'] = B_SPACE,
    ['`'] = B_MARKUP, ['['] = B_MARKUP, [']'] = B_MARKUP, ['!'] = B_MARKUP,
    ['<'] = B_MARKUP, ['{'] = B_MARKUP, ['\\'] = B_MARKUP, ['*'] = B_MARKUP,
    ['_'] = B_MARKUP, ['~'] = B_MARKUP,
    ['"'] = B_QUOTE, ['.'] = B_END, ['?'] = B_END, [','] = B_COMMA,
    [':'] = B_BREAK, [';'] = B_BREAK, ['('] = B_BREAK, ['-'] = B_BREAK,
    [0x80] = H16, H16, H16, H16, H16, H16, H16, H16,
};
/* clang-format on */

#undef W
#undef H4
#undef H16

/* A paragraph met before. */
struct seen {
	uint64_t hash;
	size_t at, n;
};

enum {
	HIGHLIGHT_MAX = 10000, /* bytes */
	PROBES_MAX = 100,      /* hashes alike by design are not met for ever */
};

enum block { BLOCK_NONE, BLOCK_PROSE, BLOCK_ITEM, BLOCK_HEADING };

struct scan {
	struct proof *p;
	struct quote_state quotes;
	bool is_body;
	enum block block;
	size_t block_at;
	size_t words;
	/* The word before this place, if only white space lies between. */
	uint64_t last_hash;
	size_t last_at, last_n;
	bool is_joined;
	/* The last character that counts for the end of a paragraph. */
	size_t point_at;
	bool is_open_end;
	bool in_table;	 /* up to the next blank line */
	bool has_breaks; /* verse, or lines broken on purpose */
	/* The sentence: where it began, its only comma so far. */
	size_t sentence_at, comma_at;
	bool has_breaks_inside;
	struct seen *seen;
	size_t seen_size; /* a power of two */
};

void proof_scan_days(struct proof *p)
{
	const char *const *days = language_days(p->lang);

	memset(p->day_bits, 0, sizeof(p->day_bits));
	if (p->has_date)
		return;
	for (; *days; days++) {
		/* The walk ends a word at a hyphen and at a space. */
		struct str day = str_of(*days);
		size_t dash = str_find_last(day, '-');
		size_t space = str_find_last(day, ' ');
		size_t from = dash < day.n    ? dash + 1
			      : space < day.n ? space + 1
					      : 0;
		uint64_t h = proof_hash(str_from(day, from)) >> 56;

		p->day_bits[h >> 6] |= (uint64_t)1 << (h & 63);
	}
}

/* --- words ------------------------------------------------------------ */

/* BIT is the word's place in the sieve. */
static void check_day(struct proof *p, struct str word, size_t at, uint64_t bit)
{
	if (p->lang == LANGUAGE_JA || p->lang == LANGUAGE_ZH ||
	    p->lang == LANGUAGE_TH)
		proof_check_dense_days(p, word, at);
	else if (p->lang == LANGUAGE_KO && day_is_korean(word))
		proof_say_day(p, at, word.n);
	else if (p->day_bits[bit >> 6] >> (bit & 63) & 1)
		proof_check_day(p, word, at);
}

static void word_done(
    struct scan *s, size_t at, size_t end, uint64_t h, unsigned scripts)
{
	struct proof *p = s->p;
	struct str word = {p->text.p + at, end - at};
	uint64_t bit = h >> 56;

	s->words++;
	s->is_open_end = true;
	s->point_at = at;
	if (s->is_joined && h == s->last_hash && s->last_n == word.n)
		proof_check_double(p, str_part(p->text, s->last_at, s->last_n),
		    s->last_at, word, at);
	if (scripts & (scripts - 1))
		proof_check_scripts(p, word, at, scripts);
	if (!p->has_date)
		check_day(p, word, at, bit);
	s->last_hash = h;
	s->last_at = at;
	s->last_n = word.n;
	s->is_joined = true;
}

/* --- sentences -------------------------------------------------------- */

static bool all_capital(struct str head)
{
	size_t words = 0;

	while (head.p) {
		struct str word = str_cut(&head, ' ');

		if (word.n == 0)
			continue;
		if (!word_is_capital(word) && !(words == 1 && head.p == NULL))
			return false;
		words++;
	}
	return words > 0 && words <= 4;
}

/* "Kim, who arrived by train." A name, one comma, a relative clause, the end:
 * the main verb has been forgotten. */
static void check_fragment(struct scan *s, size_t end)
{
	struct str text = s->p->text;
	struct str head, word;

	if (!s->comma_at || s->has_breaks_inside || s->quotes.n > 0 ||
	    s->comma_at - s->sentence_at > 60)
		return;
	head = str_part(text, s->sentence_at, s->comma_at - s->sentence_at);
	word = word_behind(text, s->comma_at + 1);
	if (!word_is_relative(s->p->lang, word) || !all_capital(str_trim(head)))
		return;
	proof_add(s->p, PROOF_FRAGMENT, s->sentence_at, end - s->sentence_at,
	    STR("This sentence seems to have no main verb"),
	    STR("finish it, or join it to the sentence before"));
}

static void sentence_start(struct scan *s, size_t at)
{
	s->sentence_at = at;
	s->comma_at = 0;
	s->has_breaks_inside = false;
}

/* A full stop ends a sentence only before a space and not behind what may be
 * an abbreviation: a short word with a capital, or a single letter. */
static void on_end(struct scan *s, size_t at)
{
	struct str text = s->p->text;
	struct str word = str_part(text, s->last_at, s->last_n);
	bool is_short =
	    s->is_joined && s->last_at + s->last_n == at &&
	    (word.n == 1 || (word.n <= 4 && word_is_capital(word))) &&
	    at + 1 < text.n && text.p[at + 1] == ' ';

	if (at + 1 < text.n && !ascii_is_space(text.p[at + 1]) &&
	    !str_starts(str_part(text, at + 1, 2), STR("\xC2\xA0"))) {
		s->has_breaks_inside = true;
		return;
	}
	if (text.p[at] == '.' && is_short)
		return;
	if (text.p[at] == '.')
		check_fragment(s, at + 1);
	sentence_start(s, at + 1);
}

/* --- characters beyond ASCII ------------------------------------------ */

/* Reads the word at AT; returns where it ends. */
static size_t scan_word(struct scan *s, size_t at)
{
	unsigned scripts = 0;
	uint64_t hash = 0;
	size_t end = proof_word(s->p->text, at, &hash, &scripts);

	must(end > at); /* I2 */
	word_done(s, at, end, hash, scripts);
	return end;
}

static bool is_asian_end(uint32_t c)
{
	return c == 0x300D || c == 0x300F || c == 0x3009 || c == 0x300B ||
	       c == 0x3011 || c == 0xFF09;
}

static size_t scan_high(struct scan *s, size_t at)
{
	struct str text = s->p->text;
	size_t i = at;
	uint32_t c;

	if (proof_is_letter(text, at))
		return scan_word(s, at);
	c = utf8_next(text, &i);
	if (c == 0xA0 || c == 0x202F || c == 0x3000)
		return i;
	s->is_joined = false;
	if ((c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0xBB ||
	    c == 0x2039 || c == 0x203A || (c >= 0x3008 && c <= 0x300F)) {
		proof_quote(s->p, &s->quotes, c, at, i - at);
		s->has_breaks_inside |= c != 0x2019;
		if (is_asian_end(c))
			s->is_open_end = false;
		return i;
	}
	s->has_breaks_inside = true;
	s->is_open_end = c == 0x60C || c == 0x3001 || c == 0xFF0C;
	s->point_at = at;
	return i;
}

/* --- markup ----------------------------------------------------------- */

/* Where the line of AT ends. */
static size_t line_end(struct str s, size_t at)
{
	const char *p = at < s.n ? memchr(s.p + at, '\n', s.n - at) : NULL;

	return p ? (size_t)(p - s.p) : s.n;
}

/* The end of "TO" behind AT on this line, or AT + 1 if it is not there. At
 * most 2,000 bytes are looked at, so that a text of opening signs costs no
 * more than that each. */
static size_t skip_to(struct str s, size_t at, struct str to)
{
	struct str part = str_part(s, at + 1, 2000);
	size_t i;

	part.n = str_find(part, '\n');
	i = str_find_str(part, to);
	return i == part.n ? at + 1 : at + 1 + i + to.n;
}

static size_t scan_code(struct str s, size_t at)
{
	size_t n = 1;
	struct str fence;
	size_t end;

	while (at + n < s.n && s.p[at + n] == '`')
		n++;
	fence = str_part(s, at, n > 8 ? 8 : n);
	end = skip_to(s, at + n - 1, fence);
	return end == at + n ? at + n : end;
}

static void missing_in_picture(
    struct scan *s, size_t at, size_t end, enum proof_kind kind)
{
	if (kind == PROOF_NO_ALT)
		proof_add(s->p, kind, at, end - at,
		    STR("This picture has no alternative text"),
		    STR("describe it for those who cannot see it"));
	else if (kind == PROOF_NO_CREDIT)
		proof_add(s->p, kind, at, end - at,
		    STR("This picture has no credit"),
		    STR("say who took it: ![...](... \"credit\")"));
}

size_t proof_caption(
    struct str s, size_t end, unsigned lines, struct str *ret_caption)
{
	size_t at = end;
	struct str line;

	*ret_caption = STR_NONE;
	for (; at < s.n && ascii_is_space(s.p[at]); at++)
		if (s.p[at] == '\n' && lines-- == 0)
			return end;
	line = str_part(s, at, 2000);
	line.n = str_find(line, '\n');
	line = str_trim(line);
	if (at > end && line.n > 2 && (line.p[0] == '*' || line.p[0] == '_') &&
	    line.p[1] != line.p[0] && line.p[line.n - 1] == line.p[0])
		*ret_caption = line;
	return at;
}

/* A title is one, and so is a caption which says whose the picture is. */
static bool has_credit(struct str s, struct str target, size_t end)
{
	struct str caption;

	if (str_find(target, '"') < target.n)
		return true;
	(void)proof_caption(s, end, 2, &caption);
	return markdown_names_credit(caption);
}

/* ![alternative text](address "credit") */
static size_t scan_picture(struct scan *s, size_t at)
{
	struct str text = s->p->text;
	size_t close = skip_to(text, at + 1, STR("]")), end;
	struct str target;

	if (close == at + 2 && (close > text.n || text.p[close - 1] != ']'))
		return at + 1;
	if (close >= text.n || text.p[close] != '(')
		return close;
	end = skip_to(text, close, STR(")"));
	if (end == close + 1)
		return close;
	target = str_part(text, close + 1, end - close - 2);
	if (str_blank(str_part(text, at + 2, close - at - 3)))
		missing_in_picture(s, at, end, PROOF_NO_ALT);
	if (!has_credit(text, target, end))
		missing_in_picture(s, at, end, PROOF_NO_CREDIT);
	s->is_open_end = false;
	return end;
}

/* What a backslash takes its meaning from: ASCII punctuation, and no part of a
 * character. CommonMark 0.31, section 2.4. */
static bool is_sign(char c)
{
	return c > ' ' && c < 0x7f && !ascii_is_alpha(c) && !ascii_is_digit(c);
}

static size_t scan_markup(struct scan *s, size_t at)
{
	struct str text = s->p->text;
	char next = at + 1 < text.n ? text.p[at + 1] : ' ';

	if (!s->is_body && text.p[at] != '!') {
		s->is_joined = false;
		return at + 1;
	}
	switch (text.p[at]) {
	case '`':
		s->is_joined = false;
		s->is_open_end = true;
		return scan_code(text, at);
	case '!':
		s->is_joined = false;
		if (s->is_body && next == '[')
			return scan_picture(s, at);
		s->is_open_end = false;
		sentence_start(s, at + 1);
		return at + 1;
	case '[':
		if (next == '^')
			return skip_to(text, at, STR("]"));
		return at + 1;
	case ']':
		if (next == '(')
			return skip_to(text, at + 1, STR(")"));
		return next == '[' ? skip_to(text, at + 1, STR("]")) : at + 1;
	case '<':
		if (!ascii_is_alpha(next) && next != '/' && next != '!')
			return at + 1;
		s->is_joined = false;
		s->is_open_end = false;
		return skip_to(text, at, STR(">"));
	case '{':
		s->is_joined = false;
		if (next == '{')
			return skip_to(text, at, STR("}}"));
		if (next == '%')
			return skip_to(text, at, STR("%}"));
		return skip_to(text, at, STR("}"));
	case '\\':
		s->has_breaks |= next == '\n';
		return at + 1 + is_sign(next);
	default: /* emphasis is no character of the text */
		return at + 1;
	}
}

/* A bare address: nothing in it is a word. */
static size_t scan_address(struct scan *s, size_t at)
{
	struct str text = s->p->text;

	while (at < text.n && !ascii_is_space(text.p[at]) &&
	       text.p[at] != ')' && text.p[at] != '>' && text.p[at] != '"')
		at++;
	s->is_open_end = false;
	s->is_joined = false;
	return at;
}

static size_t scan_point(struct scan *s, size_t at, enum byte_class class)
{
	struct str text = s->p->text;
	char c = text.p[at];

	if (c == ':' && at + 2 < text.n && text.p[at + 1] == '/' &&
	    text.p[at + 2] == '/')
		return scan_address(s, at);
	if (c == ';' && s->p->lang == LANGUAGE_EL)
		class = B_END; /* the question mark of Greek */
	s->is_joined = s->is_joined && class == B_END;
	if (class == B_END) {
		on_end(s, at);
		s->is_joined = false;
		s->is_open_end = false;
		s->point_at = at;
	} else if (class == B_COMMA) {
		s->has_breaks_inside |= s->comma_at != 0;
		s->comma_at = at;
		s->is_open_end = true;
		s->point_at = at;
	} else if (c != '(') {
		s->has_breaks_inside |= c != '-';
		s->is_open_end =
		    c == ';' || c == '%' || (c == ')' && s->is_open_end);
		s->point_at = at;
	} else {
		s->has_breaks_inside = true;
	}
	return at + 1;
}

/* One stretch of running text, up to TO. */
static void scan_text(struct scan *s, size_t at, size_t to)
{
	const unsigned char *p = (const unsigned char *)s->p->text.p;

	while (at < to) {
		enum byte_class class = classes[p[at]];

		switch (class) {
		case B_WORD:
			at = scan_word(s, at);
			break;
		case B_SPACE:
			at++;
			break;
		case B_HIGH:
			at = scan_high(s, at);
			break;
		case B_QUOTE:
			proof_quote(s->p, &s->quotes, '"', at, 1);
			s->is_joined = false;
			s->has_breaks_inside = true;
			at++;
			break;
		case B_MARKUP:
			at = scan_markup(s, at);
			break;
		case B_OTHER:
		case B_END:
		case B_COMMA:
		case B_BREAK:
			at = scan_point(s, at, class);
			break;
		}
	}
}

/* --- blocks ----------------------------------------------------------- */

static void check_paragraph_twice(struct scan *s, size_t end)
{
	struct str text = s->p->text;
	size_t n = end - s->block_at;
	struct seen *place;
	uint64_t hash;

	/* A refrain is sung again. */
	if (n < 40 || !s->seen || s->has_breaks)
		return;
	hash = proof_hash(str_part(text, s->block_at, n));
	for (uint64_t i = hash ^ hash >> 32, last = i + PROBES_MAX;; i++) {
		if (i == last)
			return;
		place = &s->seen[i & (s->seen_size - 1)];
		if (place->n == 0)
			break;
		if (place->hash == hash && place->n == n &&
		    memcmp(text.p + place->at, text.p + s->block_at, n) == 0) {
			proof_add(s->p, PROOF_DOUBLED_PARAGRAPH, s->block_at, n,
			    STR("This paragraph stands in the story twice"),
			    STR("take one out"));
			return;
		}
	}
	*place = (struct seen){hash, s->block_at, n};
}

/* Paragraphs that are one emphasis are captions, notes or small headings. */
static bool is_all_emphasis(struct str t)
{
	return t.n > 2 && (t.p[0] == '*' || t.p[0] == '_') &&
	       t.p[t.n - 1] == t.p[0];
}

/* A picture and, in emphasis below it, its caption. */
static bool is_figure(struct str t)
{
	size_t line = str_find_last(t, '\n');

	return line < t.n &&
	       (str_starts(t, STR("![")) || str_starts(t, STR("[!["))) &&
	       is_all_emphasis(str_trim(str_from(t, line)));
}

static bool may_follow_comma(struct str s, size_t at)
{
	while (at < s.n && ascii_is_space(s.p[at]))
		at++;
	return at < s.n &&
	       (s.p[at] == '>' || s.p[at] == '-' || s.p[at] == '*' ||
		   s.p[at] == '|' || s.p[at] == '`' || ascii_is_digit(s.p[at]));
}

static void check_no_end(struct scan *s, size_t end)
{
	struct str text = s->p->text;
	struct str whole =
	    str_trim(str_part(text, s->block_at, end - s->block_at));

	if (!s->is_open_end || s->has_breaks || is_all_emphasis(whole) ||
	    is_figure(whole) || (s->words < 4 && whole.n < 45) ||
	    !s->p->has_stops)
		return;
	if (str_starts(whole, STR("—")) || str_starts(whole, STR("–")))
		if (s->words < 12)
			return;
	if (text.p[s->point_at] == ',' && may_follow_comma(text, end))
		return;
	proof_add(s->p, PROOF_NO_END, s->point_at,
	    str_trim(str_part(text, s->point_at, end - s->point_at)).n,
	    STR("This paragraph has no end"),
	    STR("finish the sentence, or set its full stop"));
}

static void block_close(struct scan *s, size_t end)
{
	if (s->block == BLOCK_NONE)
		return;
	while (end > s->block_at && ascii_is_space(s->p->text.p[end - 1]))
		end--;
	if (s->block == BLOCK_PROSE && s->is_body) {
		check_no_end(s, end);
		check_paragraph_twice(s, end);
	}
	if (s->block != BLOCK_HEADING)
		proof_quote_end(s->p, &s->quotes,
		    end > s->block_at && s->p->text.p[end - 1] == ':');
	s->block = BLOCK_NONE;
	s->is_joined = false;
}

/* Starts a block whose text begins at AT; returns where to read on. */
static size_t block_open(struct scan *s, enum block block, size_t at)
{
	s->block = block;
	s->block_at = at;
	s->words = 0;
	s->is_joined = false;
	s->is_open_end = false;
	s->has_breaks = false;
	s->point_at = at;
	sentence_start(s, at);
	if (block == BLOCK_HEADING)
		return at;
	return at +
	       proof_quote_start(s->p, &s->quotes, at, block == BLOCK_ITEM);
}

/* LINE is none of prose, or says that what came before it was none. */
static bool is_no_prose(struct scan *s, struct str line)
{
	if (line.n == 0) {
		s->in_table = false;
		return true;
	}
	s->in_table |= proof_is_table_rule(line);
	if (s->block == BLOCK_PROSE &&
	    (s->in_table || proof_is_underline(line))) {
		s->block = BLOCK_ITEM;
		return true;
	}
	return s->in_table || proof_is_apart(line);
}

/* The line from AT to END, END being its line feed or the end of the text. */
static void scan_line(struct scan *s, size_t at, size_t end)
{
	struct str text = s->p->text, line;
	size_t indent = 0, mark, was = at;

	while (at < end && (text.p[at] == ' ' || text.p[at] == '\t')) {
		indent += text.p[at] == '\t' ? 4 : 1;
		at++;
	}
	while (at < end && text.p[at] == '>') {
		at++;
		while (at < end && text.p[at] == ' ')
			at++;
	}
	line = str_trim(str_part(text, at, end - at));
	if (is_no_prose(s, line) || (indent >= 4 && s->block == BLOCK_NONE)) {
		block_close(s, was);
		return;
	}
	mark = proof_item_mark(text, at, end);
	if (line.p[0] == '#') {
		block_close(s, was);
		at = block_open(s, BLOCK_HEADING, at);
		scan_text(s, at, end);
		block_close(s, end);
		return;
	}
	if (mark) {
		block_close(s, was);
		at = block_open(s, BLOCK_ITEM, at + mark);
	} else if (s->block == BLOCK_NONE) {
		at = block_open(s, indent >= 2 ? BLOCK_ITEM : BLOCK_PROSE, at);
	}
	scan_text(s, at, end);
	if (end + 1 < text.n && end >= 2 && text.p[end - 1] == ' ' &&
	    text.p[end - 2] == ' ')
		s->has_breaks = true;
}

/* "{% highlight c %}", "{{< highlight c >}}": code up to the line of its end,
 * which is looked for as far as such code may be long. Returns where that line
 * ends, or 0. */
static size_t highlighted(struct str text, size_t at, size_t end)
{
	struct str line = str_part(text, at, end - at), rest;
	size_t ends[2], behind;

	if (!str_starts(line, STR("{% highlight ")) &&
	    !str_starts(line, STR("{{< highlight ")))
		return 0;
	rest = str_part(text, end, HIGHLIGHT_MAX);
	ends[0] = str_find_str(rest, STR("endhighlight"));
	ends[1] = str_find_str(rest, STR("/highlight"));
	if (ends[1] == rest.n)
		ends[1] = str_find_str(rest, STR("/ highlight"));
	behind = ends[0] < ends[1] ? ends[0] : ends[1];
	return behind == rest.n ? 0 : line_end(text, end + behind);
}

static void scan_body(struct scan *s)
{
	struct str text = s->p->text;
	bool is_code = false;
	size_t highlight;

	for (size_t at = 0; at < text.n;) {
		size_t end = line_end(text, at), i = at;

		while (i < end && text.p[i] == ' ')
			i++;
		highlight = is_code ? 0 : highlighted(text, i, end);
		if (highlight > 0) {
			block_close(s, at);
			end = highlight;
		} else if (proof_is_fence(str_part(text, i, end - i))) {
			block_close(s, at);
			is_code = !is_code;
		} else if (!is_code) {
			scan_line(s, at, end);
		}
		at = end + 1;
	}
	block_close(s, text.n);
}

void proof_scan(struct proof *p, bool is_body)
{
	struct scan s = {.p = p, .is_body = is_body};

	if (p->text.n == 0)
		return;
	if (is_body) {
		s.seen_size = 64;
		while (s.seen_size < p->text.n / 30)
			s.seen_size *= 2;
		s.seen = ARENA_ARRAY(p->a, struct seen, s.seen_size);
		scan_body(&s);
	} else {
		size_t at = block_open(&s, BLOCK_PROSE, 0);

		scan_text(&s, at, p->text.n);
		block_close(&s, p->text.n);
	}
	proof_quote_done(p, &s.quotes);
}
