/* SPDX-License-Identifier: MIT
 *
 * Attributes of language and direction; see lang.h.
 */
#include "page/lang.h"

#include "base/utf8.h"
#include "page/html.h"
#include "text/script_run.h"

bool lang_is_rtl(struct str lang)
{
	return lang_direction(lang) == DIRECTION_RTL;
}

void lang_attrs(struct buf *b, struct str lang, struct str around)
{
	bool is_turned = lang_is_rtl(lang) != lang_is_rtl(around);

	if (!lang_is_valid(lang) || (lang_same(lang, around) && !is_turned))
		return;
	html_attr(b, "lang", lang);
	if (!is_turned)
		return;
	if (lang_is_rtl(lang))
		html_lit(b, " dir=\"rtl\"");
	else
		html_lit(b, " dir=\"ltr\"");
}

/* How many bytes at the start of S are a sign, or a space within a number. */
static size_t sign_of(struct str s)
{
	static const char *const signs[] = {"+", "-", "\u2212", "±"};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (str_starts(s, str_of(signs[i])))
			return str_of(signs[i]).n;
	return 0;
}

static size_t space_of(struct str s)
{
	static const char *const spaces[] = {" ", "\u00A0", "\u202F", "\u2009"};

	for (size_t i = 0; i < sizeof(spaces) / sizeof(spaces[0]); i++)
		if (str_starts(s, str_of(spaces[i])))
			return str_of(spaces[i]).n;
	return 0;
}

/* The sign at AT of S joins what stands on its sides: two numbers, "9:00-17:00"
 * and "10%-20%", or in Hebrew a word and a number, "ב-1948". */
static bool is_joint(struct str s, size_t at)
{
	size_t before = at;
	uint32_t c;

	if (at == 0)
		return false;
	do
		before--;
	while (before > 0 && ((unsigned char)s.p[before] & 0xC0) == 0x80);
	c = utf8_next(s, &before);
	return (c < 0x80 && ascii_is_digit((char)c)) || c == '%' || c == '$' ||
	       (c >= 0xA2 && c <= 0xA5) ||     /* cent, pound, yen */
	       (c >= 0x20A0 && c <= 0x20CF) || /* other currencies */
	       (s.p[at] == '-' && script_of(c) == SCRIPT_HEBREW);
}

struct number {
	size_t n; /* bytes */
	unsigned digits, groups;
	bool has_sign, has_space, has_mark;
	bool is_grouped; /* every group but the first has three digits */
};

static bool is_digit_at(struct str s, size_t at)
{
	return at < s.n && ascii_is_digit(s.p[at]);
}

/* What parts two groups of digits at AT of S; 0: nothing does. */
static size_t gap_at(struct str s, size_t at, struct number *x)
{
	static const struct str marks = STR_INIT(".,:/");
	size_t gap = space_of(str_from(s, at));
	bool is_space;

	if (at < s.n && str_find(marks, s.p[at]) < marks.n &&
	    is_digit_at(s, at + 1)) {
		x->has_mark = true;
		return 1;
	}
	/* Behind a fraction, an hour or a date comes another number. */
	if (x->has_mark)
		return 0;
	is_space = gap > 0 && is_digit_at(s, at + gap);
	if (!is_space)
		gap = at < s.n && s.p[at] == '-' && is_digit_at(s, at + 1);
	/* Only in a telephone's number may the two be mixed. */
	if (gap > 0 && x->groups > 1 && !x->has_sign &&
	    is_space != x->has_space)
		return 0;
	x->has_space |= is_space;
	x->groups += gap > 0;
	return gap;
}

/* The number at FROM of TEXT, sign and all; n 0: there is none. */
static struct number number_at(struct str text, size_t from)
{
	struct number x = {.groups = 1, .is_grouped = true};
	struct str s = str_from(text, from);
	size_t at = is_joint(text, from) ? 0 : sign_of(s), gap = 0;

	x.has_sign = at > 0;
	if (!is_digit_at(s, at))
		return (struct number){0};
	do {
		size_t group = 0;

		for (at += gap; is_digit_at(s, at); at++)
			group++;
		x.digits += (unsigned)group;
		if (!x.has_mark)
			x.is_grouped &= x.groups > 1 ? group == 3 : group <= 3;
		gap = gap_at(s, at, &x);
	} while (gap > 0);
	if (x.has_sign && at < s.n && s.p[at] == '%')
		at++;
	x.n = at;
	return x;
}

/* It would fall apart: its parts would stand from right to left. */
static bool is_fragile(const struct number *x)
{
	enum { PHONE = 7 };

	if (x->has_sign)
		return true;
	if (x->groups > 1 && x->has_space && x->is_grouped)
		return true;
	return x->digits >= PHONE &&
	       (x->groups > 2 || (x->groups == 2 && x->has_space));
}

static bool has_digit(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (ascii_is_digit(s.p[i]))
			return true;
	return false;
}

void lang_numbers(struct buf *b, struct str text, struct str lang)
{
	size_t done = 0, at = 0;

	if (!lang_is_rtl(lang) || !has_digit(text)) {
		html_text(b, text);
		return;
	}
	while (at < text.n) {
		struct number x = number_at(text, at);

		if (x.n > 0 && is_fragile(&x)) {
			html_text(b, str_part(text, done, at - done));
			html_lit(b, "<bdi dir=\"ltr\">");
			html_text(b, str_part(text, at, x.n));
			html_lit(b, "</bdi>");
			done = at + x.n;
		}
		/* What is in the middle of a word or number begins none. */
		at += x.n > 0 ? x.n : 1;
		while (
		    x.n == 0 && at < text.n &&
		    (ascii_is_alpha(text.p[at - 1]) ||
			ascii_is_digit(text.p[at - 1])) &&
		    (sign_of(str_from(text, at)) || ascii_is_digit(text.p[at])))
			at++;
	}
	html_text(b, str_from(text, done));
}

/* How many letters TEXT has, and how many of them in the script AROUND. */
struct letters {
	size_t all, own;
	bool has_kana; /* which Japanese alone has */
};

static struct letters letters_of(struct str text, enum script around)
{
	struct letters n = {0};

	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_next(text, &at);
		enum script script = script_of(c);

		if (letter_class_of(c) != LETTER || script == SCRIPT_COMMON)
			continue;
		n.all++;
		n.own += script_same(script, around);
		n.has_kana |=
		    script == SCRIPT_HIRAGANA || script == SCRIPT_KATAKANA;
	}
	return n;
}

static void put_run(
    struct buf *b, struct str text, enum script script, enum script around)
{
	bool is_japanese = script_same(script, SCRIPT_HAN) &&
			   letters_of(text, around).has_kana;
	enum direction way = script_direction(script);

	html_lit(b, "<span lang=\"");
	if (!is_japanese)
		html_lit(b, "und-");
	html_text(b, is_japanese ? STR("ja") : script_code(script));
	html_lit(b, "\"");
	if (way != script_direction(around))
		html_raw(b, way == DIRECTION_RTL ? HTML(" dir=\"rtl\"")
						 : HTML(" dir=\"ltr\""));
	html_lit(b, ">");
	html_text(b, text);
	html_lit(b, "</span>");
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

static void put_runs(
    struct buf *b, struct str text, enum script around, struct str lang)
{
	enum script script;
	size_t start = 0, end;

	while (script_next_run(text, around, &start, &end, &script)) {
		lang_numbers(b, str_part(text, 0, start), lang);
		put_run(b, str_part(text, start, end - start), script, around);
		text = str_from(text, end);
		start = 0;
	}
	lang_numbers(b, text, lang);
}

void lang_text(struct buf *b, struct str text, struct str lang)
{
	enum script around = lang_has_many_scripts(lang) ? script_most(text)
							 : script_of_lang(lang);
	enum script script;
	size_t start = 0, end;
	struct letters n;

	if (around == SCRIPT_COMMON ||
	    (around == SCRIPT_LATIN && is_ascii(text)) ||
	    !script_next_run(text, around, &start, &end, &script)) {
		lang_numbers(b, text, lang);
		return;
	}
	n = letters_of(text, around);
	if (n.own <= n.all / 10)
		put_run(b, text, script, around);
	else
		put_runs(b, text, around, lang);
}
