/* SPDX-License-Identifier: MIT
 *
 * Typographic marks; see typography.h.
 *
 * A block is read once, with the character before and the one behind in sight:
 * the words of its inlines lie one after the other in setting.words, so that
 * nothing ends where emphasis or a link begins. What has been set is never
 * straight again, so setting it twice changes nothing.
 */
#include "text/typography.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/bare_link.h"
#include "text/script.h"

struct setting {
	const struct quotes *quotes;
	struct str lang;
	struct buf *b;
	struct str words;	   /* of the block */
	size_t at, end;		   /* where in it the walk is; its node's end */
	size_t link_from, link_to; /* the next address in it, from AT on */
	uint32_t before;  /* the character before; 0 at the start of a block */
	bool is_taken_up; /* the next paragraph begins with a single mark */
	bool is_hebrew;
	bool has_endings; /* behind a mark: "Ankara'da", "'Milliyet'in" */
	bool in_double;
	bool in_single;
	bool in_outer;	 /* the double one is in a single one, open still */
	bool in_inches;	 /* "5'10" has come, and its mark of inches has not */
	bool has_closed; /* a single mark, with the character before */
};

enum {
	PREFIX_MAX = 4,	  /* letters */
	QUOTE_MOST = 600, /* bytes within which the other mark is looked for */
};
enum { NBSP = 0xA0, NARROW = 0x202F };

/* Or the start of a block. */
static bool is_space(uint32_t c)
{
	return c == 0 || script_is_space(c);
}

/* What an opening mark may stand behind. */
static bool is_opener(uint32_t c)
{
	return is_space(c) || c == '(' || c == '[' || c == '{' || c == '/' ||
	       c == '-' || c == '"' || c == '\'' || c == 0x2013 ||
	       c == 0x2014 || c == 0x201C || c == 0x201E || c == 0x2018 ||
	       c == 0x201A || c == 0xAB || c == 0x2039 || c == 0xBF ||
	       c == 0xA1 || c == '=' || c == 0x300C || c == 0x300E;
}

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
	return letter_is_word(c);
}

/* 0 is the end of the block. */
static uint32_t peek(struct str s, size_t at)
{
	return at < s.n ? utf8_next(s, &at) : 0;
}

/* A letter or point among which quotations stand without a space. */
static bool is_dense(uint32_t c)
{
	enum script script = script_of(c);

	return script == SCRIPT_HANGUL || !script_has_spaces(script) ||
	       (c > 0x3000 && c < 0x3040) || (c > 0xFF00 && c < 0xFF21);
}

/* What a quotation may begin with. */
static bool begins_words(uint32_t c)
{
	return is_letter(c) || c == '$' || c == 0xA3 || c == 0x20AC ||
	       c == 0xA1 || c == 0xBF || c == 0x2026 || c == 0xFF08 ||
	       c == 0x2018 || c == 0x201C ||
	       (c >= 0x3008 && c <= 0x3010 && !(c & 1));
}

static size_t skip_spaces(struct str s, size_t at)
{
	while (at < s.n) {
		size_t next = at;
		uint32_t c = utf8_next(s, &next);

		if (c == 0 || c == '\n' || !is_space(c))
			break;
		at = next;
	}
	return at;
}

static void put(struct setting *t, uint32_t c)
{
	utf8_put(t->b, c);
	t->before = c;
	t->has_closed = false;
}

static void put_mark(struct setting *t, struct str mark)
{
	size_t at = 0;

	buf_add(t->b, mark);
	t->before = utf8_next(mark, &at);
	t->has_closed = false;
}

static void put_open(struct setting *t, struct str mark)
{
	put_mark(t, mark);
	if (t->quotes->space.n && mark.p == t->quotes->open.p)
		buf_add(t->b, t->quotes->space);
}

/* Drops the spaces just written: the right one takes their place. */
static bool unput_space(struct setting *t)
{
	size_t n = t->b->n;

	if (n > 0 && t->b->p[n - 1] == ' ')
		buf_cut(t->b, n - 1);
	else if (n > 1 && str_ends(buf_str(t->b), STR("\xC2\xA0")))
		buf_cut(t->b, n - 2);
	else if (n > 2 && str_ends(buf_str(t->b), t->quotes->space) &&
		 t->quotes->space.n)
		buf_cut(t->b, n - t->quotes->space.n);
	else
		return false;
	return true;
}

static void put_close(struct setting *t, struct str mark)
{
	if (t->quotes->space.n && mark.p == t->quotes->close.p) {
		while (unput_space(t))
			;
		buf_add(t->b, t->quotes->space);
	}
	put_mark(t, mark);
}

static void set_lang(struct setting *t, struct str lang)
{
	t->quotes = quotes_of(lang);
	t->lang = lang;
	t->is_hebrew = script_of_lang(lang) == SCRIPT_HEBREW;
	t->has_endings = lang_same(lang, STR("tr"));
}

static bool is_hebrew_letter(uint32_t c)
{
	return is_letter(c) && script_of(c) == SCRIPT_HEBREW;
}

/* "and", "the", "in", "from", "to", "like", "that": they are written in one
 * with the word behind them. */
static bool is_hebrew_prefix(struct str s, size_t at)
{
	size_t n = 0;

	while (at > 0) {
		uint32_t c = utf8_prev(s, &at);

		if (c == '"' || c == 0x201D || c == 0x5F4)
			return false;
		if (!is_hebrew_letter(c))
			break;
		n++;
		if (n > PREFIX_MAX ||
		    (c != 0x5D1 && c != 0x5D4 && c != 0x5D5 && c != 0x5DB &&
			c != 0x5DC && c != 0x5DE && c != 0x5E9))
			return false;
	}
	return n > 0;
}

/* As many double marks close behind AT, one after the other. */
static bool has_closing_doubles(struct str s, size_t at, int most)
{
	uint32_t before = ' ';
	size_t end = at + QUOTE_MOST < s.n ? at + QUOTE_MOST : s.n;

	while (at < end && most > 0) {
		uint32_t c = utf8_next(s, &at);

		if (c == '"' || c == 0x201D) {
			bool is_behind = at < s.n && is_letter(peek(s, at));

			if (is_space(before))
				return false;
			most -= !(is_letter(before) && is_behind);
		}
		before = c;
	}
	return most == 0;
}

bool typography_is_in_hebrew(
    struct str s, size_t at, size_t n, bool is_open, bool *ret_opens)
{
	size_t i = at, next = at + n;
	uint32_t c;

	if (at == 0 || next >= s.n || !is_hebrew_letter(utf8_prev(s, &i)))
		return false;
	c = utf8_next(s, &next);
	if (!is_hebrew_letter(c))
		return false;
	/* One letter behind it ends an abbreviation. */
	*ret_opens = next < s.n && is_hebrew_letter(peek(s, next)) &&
		     is_hebrew_prefix(s, at) &&
		     has_closing_doubles(s, next, is_open ? 2 : 1);
	return true;
}

/* Also behind a letter: L'"affaire", لـ"رويترز", 彼は"平和"と. In a quotation only
 * words open one anew: "And then--" ends with its dash. */
static bool is_opening_double(const struct setting *t, struct str s, size_t at)
{
	uint32_t behind = peek(s, at + 1);

	if (t->before == 0x2019 && !t->has_closed && begins_words(behind))
		return true;
	if (is_opener(t->before))
		return !t->in_double || begins_words(behind);
	return !t->in_double && begins_words(behind) &&
	       (!is_digit(t->before) || is_dense(behind));
}

/* The last double mark before AT that was typed as such opens a quotation. */
static bool is_open_before(const struct setting *t, struct str s, size_t at)
{
	size_t from = at > QUOTE_MOST ? at - QUOTE_MOST : 0;

	while (from < at && ((unsigned char)s.p[from] & 0xC0) == 0x80)
		from++;
	while (at > from) {
		uint32_t c = utf8_prev(s, &at);

		if (c == 0xAB || c == 0xBB || (c >= 0x201C && c <= 0x201E))
			return c == 0x201E || c == peek(t->quotes->open, 0);
	}
	return false;
}

/* Who is 2030 inches tall? */
static bool is_year(struct str s, size_t at)
{
	size_t n = 0;

	while (n < at && ascii_is_digit(s.p[at - 1 - n]))
		n++;
	return n > 3;
}

/* "A 12\" disc": nothing that could be closed is open. */
static bool is_inches(const struct setting *t, struct str s, size_t at)
{
	return t->in_inches ||
	       (is_digit(t->before) && !t->in_double && !is_year(s, at) &&
		   !is_dense(peek(s, at + 1)) && !is_open_before(t, s, at));
}

/* Returns how many bytes behind the mark are taken with it. */
static size_t set_double(struct setting *t, struct str s, size_t at)
{
	bool opens = is_opening_double(t, s, at);
	bool was_single = t->in_single;

	if (is_inches(t, s, at)) {
		t->in_inches = false;
		put(t, 0x2033);
		return 0;
	}
	if (t->is_hebrew && is_letter(t->before) &&
	    is_letter(peek(s, at + 1))) {
		bool is_prefix = false;

		(void)typography_is_in_hebrew(
		    s, at, 1, t->in_double, &is_prefix);
		if (!is_prefix) {
			put(t, 0x5F4);
			return 0;
		}
		opens = true;
	}
	t->in_double = opens;
	t->in_single = !opens && t->in_outer;
	t->in_outer = opens && was_single;
	if (!opens) {
		put_close(t, t->quotes->close);
		return 0;
	}
	put_open(t, t->quotes->open);
	return t->quotes->space.n
		   ? skip_spaces(str_part(s, 0, t->end), at + 1) - at - 1
		   : 0;
}

/* A single mark may close before BEHIND. */
static bool may_close_single(uint32_t behind)
{
	return !is_letter(behind) || is_dense(behind);
}

/* "rock 'n' roll" */
static bool is_and(struct str s, size_t at)
{
	return str_starts(str_from(s, at), STR("'n'"));
}

/* A single mark further on closes what is open at AT; where names take their
 * endings behind a mark, in the quotation that is open still. BETWEEN: also one
 * between letters. SURE: not one that may belong to an owner ("the dogs' home").
 */
static bool has_closing_single(
    const struct setting *t, struct str s, size_t at, bool between, bool sure)
{
	uint32_t before = ' ';
	size_t end = at + QUOTE_MOST < s.n ? at + QUOTE_MOST : s.n;

	while (at < end) {
		size_t was = at;
		uint32_t c = utf8_next(s, &at);

		if (c == '\'' && is_opener(before) && is_and(s, was)) {
			at += 2;
			before = c;
			continue;
		}
		if (c == '\'' && t->has_endings && is_opener(before) &&
		    is_letter(peek(s, at)))
			return false;
		if (c == '\'' && !is_space(before) &&
		    !(sure && (before == 's' || before == 'S') &&
			peek(s, at) == ' ') &&
		    (between || may_close_single(peek(s, at))))
			return true;
		before = c;
	}
	return false;
}

/* Words that have lost their start: "'ndrangheta", "'em". Those of MAYBE begin
 * a quotation as often. */
static const struct {
	char lang[4];
	const char *words, *maybe;
} cut_words[] = {
    {"en", " em tis twas twere twill twould twixt neath ",
	" til cause cos coz bout round hood tween fraid "},
    {"it", " ndrangheta ndranghetista ndranghetisti ndrina ndrine ", " "},
    {"de", " n ne nem nen ner nes s ", " "},
    {"nl", " k m n ns r s t ", " "},
    {"af", " k n s t ", " "},
};

static bool has_word(const char *list, struct str word)
{
	struct str rest = str_of(list);

	while (rest.p && word.n > 0)
		if (str_eq_fold(str_cut(&rest, ' '), word))
			return true;
	return false;
}

/* The mark at AT stands for what the word behind it has lost. One that another
 * mark ends at once is quoted: "'n'". */
static bool is_cut_word(const struct setting *t, struct str s, size_t at)
{
	size_t end = at + 1;
	struct str word;

	while (end < s.n && ascii_is_alpha(s.p[end]))
		end++;
	word = str_part(s, at + 1, end - at - 1);
	if (end < s.n && (s.p[end] == '\'' || (unsigned char)s.p[end] >= 0x80))
		return false;
	for (size_t i = 0; i < sizeof(cut_words) / sizeof(cut_words[0]); i++)
		if (lang_same(t->lang, str_of(cut_words[i].lang)))
			return has_word(cut_words[i].words, word) ||
			       (has_word(cut_words[i].maybe, word) &&
				   !has_closing_single(
				       t, s, at + 1, false, true));
	return false;
}

/* "'90s": two digits and no more. */
static bool is_decade(struct str s, size_t at)
{
	return at + 2 < s.n && ascii_is_digit(s.p[at + 1]) &&
	       ascii_is_digit(s.p[at + 2]) &&
	       (at + 3 >= s.n || !ascii_is_digit(s.p[at + 3]));
}

/* The feet of "5'10\"": one or two digits behind, and the mark of inches. */
static bool is_feet(const struct setting *t, struct str s, size_t at)
{
	size_t n = 1;

	while (n < 3 && at + n < s.n && ascii_is_digit(s.p[at + n]))
		n++;
	return t->before >= '0' && t->before <= '9' && n > 1 && at + n < s.n &&
	       s.p[at + n] == '"';
}

static bool is_opening_single(const struct setting *t, struct str s, size_t at)
{
	if (t->in_single || is_space(peek(s, at + 1)) || is_decade(s, at) ||
	    is_and(s, at) || is_cut_word(t, s, at) ||
	    !(is_opener(t->before) || is_dense(t->before) ||
		(t->in_double && t->before == peek(t->quotes->open, 0))))
		return false;
	return (t->before == 0 && t->is_taken_up) ||
	       has_closing_single(t, s, at + 1, t->has_endings, false);
}

static bool is_closing_single(const struct setting *t, struct str s, size_t at)
{
	return t->in_single &&
	       (may_close_single(peek(s, at + 1)) ||
		   (t->has_endings &&
		       !has_closing_single(t, s, at + 1, false, false)));
}

/* "'שלום'": behind a Hebrew letter a mark may be the sign of an abbreviation;
 * the one behind the only word of a quotation is none, nor is the last. */
static bool is_hebrew_closing(const struct setting *t, struct str s, size_t at)
{
	size_t from = at;
	uint32_t c = 0;

	if (!is_closing_single(t, s, at))
		return false;
	while (from > 0 && is_letter(c = utf8_prev(s, &from)))
		;
	return c == '\'' || !has_closing_single(t, s, at + 1, false, false);
}

static void set_single(struct setting *t, struct str s, size_t at)
{
	t->in_inches = is_feet(t, s, at);
	if (t->in_inches) {
		put(t, 0x2032);
	} else if (t->is_hebrew && script_of(t->before) == SCRIPT_HEBREW &&
		   !is_hebrew_closing(t, s, at)) {
		put(t, 0x5F3);
	} else if (is_opening_single(t, s, at)) {
		t->in_single = true;
		put_open(t, t->quotes->inner_open);
	} else if (is_closing_single(t, s, at)) {
		t->in_single = false;
		put_close(t, t->quotes->inner_close);
		t->has_closed = true;
	} else {
		put(t, 0x2019);
	}
}

static uint32_t dash_of(const struct setting *t)
{
	return lang_same(t->lang, STR("ru")) || lang_same(t->lang, STR("uk")) ||
		       lang_same(t->lang, STR("be"))
		   ? 0x2014
		   : 0x2013;
}

static size_t run_of(struct str s, size_t at)
{
	size_t n = 1;

	while (at + n < s.n && s.p[at + n] == s.p[at])
		n++;
	return n;
}

/* Hyphens: two are a dash, three a long one, one between words and spaces a
 * dash too. Returns how many were taken. */
static size_t set_dash(struct setting *t, struct str s, size_t at)
{
	size_t n = run_of(str_part(s, 0, t->end), at);
	uint32_t behind = peek(s, at + n);
	bool between = t->before == ' ' && at >= 2 && at + n < s.n &&
		       behind == ' ' && !ascii_is_digit(s.p[at - 2]);

	if (n == 3)
		put(t, 0x2014);
	else if (n == 2 || (n == 1 && between))
		put(t, dash_of(t));
	else
		for (size_t i = 0; i < n; i++)
			put(t, '-');
	return n;
}

static size_t set_dots(struct setting *t, struct str s, size_t at)
{
	size_t n = run_of(str_part(s, 0, t->end), at);

	if (n == 3)
		put(t, 0x2026);
	else
		for (size_t i = 0; i < n; i++)
			put(t, '.');
	return n;
}

/* French: a narrow space before tall marks and inside of guillemets. */
static void set_tall(struct setting *t, uint32_t c, struct str s, size_t behind)
{
	bool has_dots = peek(s, behind) == '.' &&
			run_of(str_part(s, 0, t->end), behind) == 3;
	uint32_t next = has_dots ? 0x2026 : peek(s, behind);
	bool at_end = is_space(next) || next == '"' || next == 0xBB ||
		      (c != ':' && (next == '!' || next == '?' || next == ')' ||
				       next == ']' || next == 0x2026));
	bool had_space = false;

	while (at_end && unput_space(t))
		had_space = true;
	if (had_space || (c != ':' && at_end && is_letter(t->before)))
		utf8_put(t->b, c == ':' ? NBSP : NARROW);
	put(t, c);
}

/* How many bytes from AT on, up to the end of S, need no setting. */
static size_t plain_run(struct str s, size_t at, bool is_french)
{
	size_t n = 0;

	while (at + n < s.n) {
		char c = s.p[at + n];

		if (c == '"' || c == '\'' || c == '-' || c == '.')
			break;
		if (is_french && (c == '!' || c == '?' || c == ';' ||
				     c == ':' || c == '\xC2'))
			break;
		n++;
	}
	return n;
}

/* Bytes as they are. */
static void put_plain(struct setting *t, struct str s)
{
	size_t end = s.n;

	buf_add(t->b, s);
	t->before = utf8_prev(s, &end);
}

/* How many bytes from AT on stay as they are: an address, or what needs no
 * setting up to the next one. */
static size_t untouched(struct setting *t, size_t at, bool is_french)
{
	size_t limit;

	while (t->link_to <= at && t->link_from < t->words.n)
		bare_link_next(
		    t->words, t->link_to, &t->link_from, &t->link_to);
	limit = t->link_from > at ? t->link_from : t->link_to;
	if (limit > t->end)
		limit = t->end;
	if (t->link_from <= at)
		return limit - at;
	return plain_run(str_part(t->words, 0, limit), at, is_french);
}

/* The words from AT to END. */
static void set_words(struct setting *t)
{
	bool is_french = t->quotes->space.n > 0;
	struct str s = t->words;

	for (size_t at = t->at; at < t->end;) {
		size_t n = untouched(t, at, is_french);
		size_t start = at;
		uint32_t c;

		if (n > 0) {
			put_plain(t, str_part(s, at, n));
			at += n;
			continue;
		}
		c = utf8_next(s, &at);
		if (c == '"') {
			at += set_double(t, s, start);
		} else if (c == '\'') {
			set_single(t, s, start);
		} else if (c == '-') {
			at = start + set_dash(t, s, start);
		} else if (c == '.') {
			at = start + set_dots(t, s, start);
		} else if (is_french &&
			   (c == '!' || c == '?' || c == ';' || c == ':')) {
			set_tall(t, c, s, at);
		} else if (is_french && c == 0xAB) {
			t->in_double = true;
			put_open(t, t->quotes->open);
			at = skip_spaces(str_part(s, 0, t->end), at);
		} else if (is_french && c == 0xBB) {
			t->in_double = false;
			put_close(t, t->quotes->close);
		} else {
			put_plain(t, str_part(s, start, at - start));
		}
	}
}

/* What stands for an inline without words of its own; 0: nothing does. */
static char sign_of(const struct node *node)
{
	if (node->kind == NODE_SOFT_BREAK || node->kind == NODE_BREAK)
		return ' ';
	return node->kind == NODE_CODE || node->kind == NODE_PICTURE ? 'x' : 0;
}

/* The words of NODE's inlines, one after the other, are written at TO unless it
 * is NULL; a line end is a space, code a letter. Returns how many bytes they
 * are. */
static size_t words_of(const struct node *node, char *to)
{
	size_t n = 0;

	for (const struct node *c = node->child; c; c = c->next) {
		if (c->kind == NODE_TEXT && to && c->text.n > 0)
			memcpy(to + n, c->text.p, c->text.n);
		else if (to && sign_of(c))
			to[n] = sign_of(c);
		n += c->kind == NODE_TEXT ? c->text.n : sign_of(c) != 0;
		if (c->kind > NODE_TEXT)
			n += words_of(c, to ? to + n : NULL);
	}
	return n;
}

static bool begins_with_single(const struct node *node)
{
	return node && node->kind == NODE_PARAGRAPH && node->child &&
	       node->child->kind == NODE_TEXT &&
	       str_starts(node->child->text, STR("'"));
}

/* False where memory has run out. */
static bool start_block(
    struct arena *a, struct setting *t, const struct node *node)
{
	size_t n = words_of(node, NULL);
	char *words = arena_alloc(a, n + 1);

	if (!words)
		return false;
	(void)words_of(node, words);
	t->words = (struct str){words, n};
	t->at = 0;
	t->link_from = 0;
	t->link_to = 0;
	t->before = 0;
	t->in_double = false;
	t->in_single = false;
	t->in_outer = false;
	t->in_inches = false;
	t->is_taken_up =
	    begins_with_single(node) && begins_with_single(node->next);
	return true;
}

static void set_text(struct arena *a, struct setting *t, struct node *node)
{
	struct buf b;

	t->end = t->at + node->text.n;
	if (plain_run(node->text, 0, t->quotes->space.n > 0) < node->text.n) {
		buf_init_arena(&b, a, node->text.n * 8 + 16);
		t->b = &b;
		set_words(t);
		if (buf_rc(&b) == RC_OK)
			node->text = buf_str(&b);
		t->b = NULL;
	} else if (node->text.n > 0) {
		size_t at = node->text.n;

		t->before = utf8_prev(node->text, &at);
	}
	t->at = t->end;
}

static void set_node(struct arena *a, struct setting *t, struct node *node)
{
	struct setting outer = *t;
	bool is_block = node->kind < NODE_TEXT;

	if (is_block && !start_block(a, t, node))
		return;
	if (node->lang.n > 0 && !lang_same(node->lang, STR("und")))
		set_lang(t, node->lang);
	if (node->kind == NODE_TEXT) {
		set_text(a, t, node);
	} else if (!is_block && sign_of(node)) {
		t->before = (unsigned char)sign_of(node);
		t->at++;
	}
	for (struct node *c = node->child; c; c = c->next)
		set_node(a, t, c);
	if (is_block)
		*t = outer;
	t->quotes = outer.quotes;
	t->lang = outer.lang;
	t->is_hebrew = outer.is_hebrew;
	t->has_endings = outer.has_endings;
}

enum rc typography_set(struct arena *a, struct node *document, struct str lang)
{
	struct setting t = {0};

	set_lang(&t, lang);
	set_node(a, &t, document);
	return arena_is_spent(a) ? RC_NO_MEMORY : RC_OK;
}

void typography_line(struct buf *b, struct str line, struct str lang)
{
	struct setting t = {.b = b, .words = line, .end = line.n};

	set_lang(&t, lang);
	set_words(&t);
}
