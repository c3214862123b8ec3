/* SPDX-License-Identifier: MIT
 *
 * What a piece of text looks like: tables of the words that pages and mails of
 * a dozen languages put around a story, and the forms of bylines and
 * datelines. Everything is compared in small letters.
 */
#include "text/intake_priv.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/script.h"

struct str intake_fold(struct arena *a, struct str text)
{
	struct buf b;

	buf_init_arena(&b, a, text.n * 3 + 16);
	for (size_t at = 0; at < text.n;)
		utf8_put(&b, letter_lower(utf8_next(text, &at)));
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

size_t intake_starts_with(struct str s, const char *list)
{
	struct str rest = str_of(list);

	/* No entry is of one letter. Thousands of such lines may come. */
	while (rest.p && s.n > 1) {
		struct str one = str_cut(&rest, '|');

		if (one.n > 0 && one.p[0] == s.p[0] && str_starts(s, one))
			return one.n;
	}
	return 0;
}

bool intake_has(struct str s, const char *list)
{
	struct str rest = str_of(list);

	while (rest.p && s.n > 1) {
		struct str one = str_cut(&rest, '|');

		if (one.n > 0 && str_find_str(s, one) < s.n)
			return true;
	}
	return false;
}

/* --- lists ------------------------------------------------------------- */

/* U+F0B7 and U+F0A7 are what the bullets of Symbol and Wingdings become. */
size_t intake_bullet(struct str line)
{
	static const char *const signs[] = {"-", "*", "•", "·", "▪", "◦", "‣",
	    "●", "○", "■", "o\t", "\xEF\x82\xB7", "\xEF\x82\xA7"};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		struct str sign = str_of(signs[i]), rest;
		size_t n = str_ends(sign, STR("\t")) ? sign.n - 1 : sign.n;

		if (!str_starts(line, sign))
			continue;
		rest = str_from(line, n);
		if (str_starts(rest, STR(" ")) || str_starts(rest, STR("\t")))
			return n + 1;
		return str_starts(rest, STR("\xC2\xA0")) ? n + 2 : 0;
	}
	return 0;
}

/* --- sentences -------------------------------------------------------- */

bool intake_is_ended(struct str text)
{
	size_t at = text.n;

	while (at > 0) {
		uint32_t c = utf8_prev(text, &at);

		switch (c) {
		case '.':
		case '!':
		case '?':
		case ':':
		case 0x2026: /* … */
		case 0x3002: /* 。 */
		case 0x964:  /* । */
		case 0xFF01:
		case 0xFF1F:
		case 0x61F: /* ؟ */
			return true;
		case '"':
		case '\'':
		case ')':
		case ' ':
		case 0xA0:
		case 0x2019:
		case 0x201C:
		case 0x201D:
		case 0xAB:
		case 0xBB:
		case 0x300D:
		case 0x300F:
			continue;
		default:
			return false;
		}
	}
	return false;
}

/* --- bylines ---------------------------------------------------------- */

static bool is_name(struct str s)
{
	size_t at = 0;
	uint32_t c;

	s = str_trim(s);
	if (s.n < 2 || s.n > 80)
		return false;
	c = utf8_next(s, &at);
	if (letter_class_of(c) != LETTER || str_find(s, '@') < s.n)
		return false;
	return letter_is_capital(c) || (c >= 0x590 && c < 0x700) || c >= 0x3000;
}

/* "Ann Lee and Tom Ott, Berlin" into its names. A last word behind a comma is
 * the reporters' place; a name of one word has others before it. */
static size_t split_names(
    struct arena *a, struct str rest, struct str *v, size_t max)
{
	static const char *const joints[] = {" and ", " und ", " et ", " y ",
	    " e ", " и ", " i ", " en ", " och ", " ve ", " και ", ", ", " & ",
	    "、", "　", " و", "·"};
	size_t n = 0;
	bool is_comma = false;

	while (rest.n > 0 && n < max) {
		size_t cut = rest.n, len = 0;
		bool was_comma = is_comma;
		struct str name;

		for (size_t i = 0; i < sizeof(joints) / sizeof(joints[0]);
		     i++) {
			size_t at = str_find_str(rest, str_of(joints[i]));

			if (at > 0 && at < cut) {
				cut = at;
				len = strlen(joints[i]);
				is_comma = joints[i][0] == ',';
			}
		}
		name = str_trim(str_part(rest, 0, cut));
		name = str_trim(str_part(name, 0, str_find(name, '<')));
		rest = str_from(rest, cut + len);
		if (rest.n == 0 && n > 0 && was_comma &&
		    str_find(name, ' ') == name.n &&
		    str_find(v[0], ' ') < v[0].n)
			break;
		if (is_name(name))
			v[n++] = arena_copy(a, name);
	}
	return n;
}

/* How many words of S begin with a capital, and in *RET_N how many there are; 0
 * if there are others than the small words of names. */
static size_t count_capitals(struct str s, size_t *ret_n)
{
	static const char *const small =
	    "|de|da|do|dos|das|del|della|di|du|la|le|van|von|der|den|zu|zur|"
	    "af|bin|ibn|ben|al|el|y|e|";
	size_t caps = 0;

	*ret_n = 0;
	while (s.p) {
		struct str word = str_cut(&s, ' ');
		size_t at = 0;
		uint32_t c;

		if (word.n == 0)
			continue;
		for (size_t i = 0; i < word.n; i++)
			if ((unsigned char)word.p[i] < 0x80 &&
			    !ascii_is_alpha(word.p[i]) &&
			    !(word.p[i] == '.' && i == word.n - 1) &&
			    word.p[i] != '-' && word.p[i] != '\'')
				return 0;
		++*ret_n;
		c = utf8_next(word, &at);
		if (letter_is_capital(c) || (c >= 0x590 && c < 0x700))
			caps++;
		else if (!intake_is_one_of(word, small))
			return 0;
	}
	return caps;
}

/* Two to five words, each with a capital but for the small words of names. */
static bool is_full_name(struct str s)
{
	size_t words;

	s = str_trim(str_part(s, 0, str_find(s, '(')));
	return count_capitals(s, &words) >= 2 && words <= 5;
}

/* S, behind a byline's opening, is a name of at least LEAST words; where from
 * and for whom may stand behind it. */
static bool is_author(struct str s, size_t least)
{
	static const char *const ends[] = {" in ", " from ", " for ", " at ",
	    " with ", " aus ", " für ", " mit ", " à ", " pour ", " avec ",
	    " en ", " para ", " con ", " com ", " per ", " da ", " для ",
	    " из ", " w ", " z ", " dla ", " voor ", " för ", " |", " –", " —",
	    " -", " /", "/", "(", ":"};
	size_t at = 0, words;

	if (utf8_next(s, &at) >= 0x2E80)
		return true;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		s = str_part(s, 0, str_find_str(s, str_of(ends[i])));
	return count_capitals(str_trim(s), &words) >= least && words <= 7;
}

/* Two to six signs of Chinese writing, Hangul of two to four. */
static bool is_east_asian_name(struct str s)
{
	size_t n = 0;

	for (size_t at = 0; at < s.n; n++) {
		uint32_t c = utf8_next(s, &at);

		if (!(c >= 0x4E00 && c <= 0x9FFF) &&
		    !(c >= 0xAC00 && c <= 0xD7A3))
			return false;
	}
	return n >= 2 && n <= 6;
}

size_t intake_names(
    struct arena *a, const struct piece *p, struct str *v, size_t max)
{
	size_t n;

	if (p->chars > 80 || p->words > 12 || p->is_item ||
	    (intake_is_ended(p->text) && !str_ends(p->text, STR(")"))))
		return 0;
	n = split_names(a, p->text, v, max);
	for (size_t i = 0; i < n; i++)
		if (!is_full_name(v[i]) && !is_east_asian_name(v[i]))
			return 0;
	return n;
}

bool intake_is_house(const struct piece *p)
{
	static const char *const from =
	    "reporting from |reporters in |in |aus |depuis |desde |"
	    "correspondent|korrespondent|staff |political |special ";
	static const char *const houses =
	    " news| press| agency| agentur| agence| agencia| wire| times|"
	    " post| herald| gazette| tribune| courier| bell| correspondent|"
	    " reporter| editor| writer| staff| redaktion| redacción|"
	    " rédaction| корреспондент| redazione| redação|news | presse|"
	    "reuters| media| radio";

	return p->chars <= 60 && p->words <= 6 && !p->is_item &&
	       (!intake_is_ended(p->text) || str_ends(p->text, STR("."))) &&
	       ((intake_starts_with(p->folded, from) && p->words >= 3) ||
		   (p->words <= 4 && intake_has(p->folded, houses)));
}

size_t intake_byline(
    struct arena *a, const struct piece *p, struct str *v, size_t max)
{
	static const char *const openings =
	    "by |von |por |par |di |od |от |автор: |автор — |текст: |autor: |"
	    "autorin: |text: |texte : |texto: |testo: |tekst: |بقلم: |بقلم |"
	    "كتب: |كتبت: |文・|記者 |记者 |글 |door |av |text av |haber: |"
	    "της |του |των |γράφει ο |γράφει η |מאת |מאת: |reported by |"
	    "written by |words by |por: |de notre ";
	/* Names begin with these, too: "Von Storch", "Di Maria". */
	bool is_particle = intake_starts_with(p->folded, "von |di |de ") > 0;
	size_t skip = intake_starts_with(p->folded, openings), n;
	struct str rest = p->text;

	if (p->chars > 80 || p->words > 10)
		return 0;
	if (skip) {
		rest = str_from(p->text, skip);
	} else if (str_ends(rest, STR(" 기자"))) {
		rest = str_part(rest, 0, rest.n - 7);
	} else {
		return 0;
	}
	rest = str_trim(rest);
	if (intake_is_ended(rest))
		return 0;
	if (intake_starts_with(
		rest, "our |unserem |unserer |notre |nuestro ")) {
		v[0] = arena_copy(a, rest);
		return 1;
	}
	n = is_name(rest) ? split_names(a, rest, v, max) : 0;
	return n > 0 && is_author(v[0], is_particle ? 2 : 1) ? n : 0;
}

/* --- datelines -------------------------------------------------------- */

bool intake_is_capitals(struct str s)
{
	size_t letters = 0;

	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);

		if (letter_class_of(c) != LETTER)
			continue;
		if (!letter_is_capital(c))
			return false;
		letters++;
	}
	return letters >= 2;
}

/* BERLIN becomes Berlin; a word of up to three letters may be initials. */
static struct str part_case(struct arena *a, struct str s)
{
	struct buf b;
	bool is_first = true;

	if (!intake_is_capitals(s) || utf8_count(s) <= 3)
		return arena_copy(a, s);
	buf_init_arena(&b, a, s.n * 2 + 8);
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);

		utf8_put(&b, is_first ? c : letter_lower(c));
		is_first = letter_class_of(c) == LETTER_NONE && c != '\'';
	}
	return buf_str(&b);
}

/* LISBON, Portugal: each part by itself. */
static struct str place_case(struct arena *a, struct str s)
{
	struct buf b;

	if (str_find(s, ',') == s.n)
		return part_case(a, s);
	buf_init_arena(&b, a, s.n * 2 + 8);
	while (s.p) {
		buf_add(&b, part_case(a, str_cut(&s, ',')));
		if (s.p)
			buf_char(&b, ',');
	}
	return buf_str(&b);
}

/* All words of the head of a dateline begin with a capital, or are numbers,
 * months, or small words of dates. */
static bool is_dateline_head(struct arena *a, struct str head)
{
	size_t words = 0;
	struct str rest = head;

	while (rest.p) {
		struct str word = str_trim(str_cut(&rest, ' '));
		struct str low = intake_fold(a, word);
		size_t at = 0;
		uint32_t c;

		if (word.n == 0)
			continue;
		words++;
		while (low.n > 0 &&
		       (low.p[low.n - 1] == ',' || low.p[low.n - 1] == '.'))
			low.n--;
		if (word.p[0] == '(' || ascii_is_digit(word.p[0]) ||
		    word.p[0] == '/' || str_eq(low, STR("le")) ||
		    str_eq(low, STR("de")) || str_eq(low, STR("am")) ||
		    str_eq(low, STR("del")) || str_eq(low, STR("г")) ||
		    str_eq(low, STR("року")) || str_eq(low, STR("den")) ||
		    intake_month(low))
			continue;
		c = utf8_next(word, &at);
		if (!letter_is_capital(c) && !(c >= 0x620 && c < 0x700))
			return false;
	}
	return words > 0 && words <= 7;
}

/* WHEN as the dateline's day, if it says one. */
static bool take_when(struct arena *a, struct str when, struct dateline *d)
{
	struct str folded = intake_fold(a, when);
	struct intake_numbers p = intake_numbers(folded);

	if (p.n == 0 && !p.month)
		return false;
	d->has_date = intake_date(folded, &d->date);
	d->when = arena_copy(a, str_trim(when));
	return true;
}

static bool says_day(struct arena *a, struct str when)
{
	struct civil c;
	struct str folded = intake_fold(a, when);

	return intake_numbers(folded).month || intake_date(folded, &c);
}

/* What stands in the brackets of a dateline: its agency, its day, or one behind
 * the other. */
static void take_bracket(struct arena *a, struct str in, struct dateline *d)
{
	size_t comma = str_find(in, ',');
	struct str first = str_trim(str_part(in, 0, comma));
	bool is_day =
	    says_day(a, first) || intake_is_notice_word(intake_fold(a, first));

	if (is_day && take_when(a, in, d))
		return;
	if (says_day(a, str_from(in, comma + 1)) &&
	    take_when(a, str_from(in, comma + 1), d))
		in = str_part(in, 0, comma);
	d->agency = arena_copy(a, str_trim(in));
}

/* Splits "BERLIN, 3. März (dpa)" and "BERLIN (AP), March 3, 2026". */
static void dateline_parts(struct arena *a, struct str head, struct dateline *d)
{
	size_t open = str_find(head, '('), comma;
	struct str behind = STR_NONE;

	if (open < head.n) {
		struct str in = str_from(head, open + 1);
		size_t close = str_find(in, ')');

		take_bracket(a, str_part(in, 0, close), d);
		behind = str_trim(str_from(in, close + 1));
		if (str_starts(behind, STR(",")))
			behind = str_from(behind, 1);
		head = str_part(head, 0, open);
	}
	comma = str_find(head, ',');
	if (comma < head.n && take_when(a, str_from(head, comma + 1), d))
		head = str_part(head, 0, comma);
	else
		(void)take_when(a, behind, d);
	d->place = place_case(a, str_trim(head));
}

/* (서울=연합뉴스), 【東京】: the place in brackets. */
static bool bracket_dateline(
    struct arena *a, struct str text, struct dateline *d)
{
	bool is_round = str_starts(text, STR("("));
	struct str open = is_round ? STR("(") : STR("【");
	struct str close = is_round ? STR(")") : STR("】");
	struct str head;
	size_t end, eq;

	if (!str_starts(text, open))
		return false;
	end = str_find_str(str_part(text, 0, 120), close);
	if (end >= 120 || end >= text.n)
		return false;
	head = str_part(text, open.n, end - open.n);
	if (intake_has(head, "問い合わせ|問合せ|連絡|聯絡|联系|문의"))
		return false;
	eq = str_find(head, '=');
	if (is_round && eq == head.n)
		return false;
	d->place = arena_copy(a, str_trim(str_part(head, 0, eq)));
	if (eq < head.n)
		d->agency = arena_copy(a, str_trim(str_from(head, eq + 1)));
	d->rest = str_trim(str_from(text, end + close.n));
	d->is_sure = true;
	/* "(서울=연합뉴스) 홍길동 기자 = " */
	end = str_find_str(str_part(d->rest, 0, 60), STR(" 기자 = "));
	if (end < 40 && end > 0 && end + 10 < d->rest.n) {
		d->reporter = arena_copy(a, str_part(d->rest, 0, end));
		d->rest = str_from(d->rest, end + 10);
	}
	return d->place.n > 0;
}

static bool starts_small(struct str s)
{
	size_t at = 0;
	uint32_t c = s.n ? utf8_next(s, &at) : 0;
	enum script script = script_of(c);

	return letter_class_of(c) == LETTER && !letter_is_capital(c) &&
	       (script == SCRIPT_LATIN || script == SCRIPT_GREEK ||
		   script == SCRIPT_CYRILLIC || script == SCRIPT_ARMENIAN);
}

/* How sure it is that HEAD, before a dash, is a dateline; false: it is not.
 * Behind one a sentence begins; a place has no number in it; and Arabic has no
 * capitals to tell it by. */
static bool weigh_dash(struct arena *a, struct str head, struct dateline *d)
{
	enum { WORDS_MOST = 3 }; /* that only may be a place */
	bool is_day = says_day(a, d->when);
	bool has_more = d->agency.n > 0 || is_day;
	bool is_small = starts_small(d->rest);

	d->is_guess = is_small || intake_numbers(d->place).n > 0 ||
		      (d->when.n > 0 && !is_day) ||
		      ((unsigned char)head.p[0] >= 0xD8 && !has_more);
	d->is_sure = !d->is_guess &&
		     (has_more || intake_is_capitals(
				      str_part(head, 0, str_find(head, ','))));
	return !d->is_guess || has_more ||
	       (!is_small && intake_count_words(head) <= WORDS_MOST);
}

static bool dash_dateline(struct arena *a, struct str text, struct dateline *d)
{
	static const char *const dashes[] = {" — ", " – ", " - ", " -- ", " _ ",
	    "— ", " —", ".- ", ".— ", "\xC2\xA0— ", "\xC2\xA0– ", "\xC2\xA0- "};
	struct str head = utf8_head(text, 120);
	size_t cut = head.n, len = 0;

	for (size_t i = 0; i < sizeof(dashes) / sizeof(dashes[0]); i++) {
		size_t at = str_find_str(head, str_of(dashes[i]));

		if (at > 1 && at < cut) {
			cut = at;
			len = strlen(dashes[i]);
		}
	}
	if (len == 0)
		return false;
	head = str_part(head, 0, cut);
	if (!is_dateline_head(a, head))
		return false;
	dateline_parts(a, head, d);
	d->rest = str_trim(str_from(text, cut + len));
	return d->place.n > 0 && utf8_count(d->place) < 50 &&
	       weigh_dash(a, head, d);
}

/* "ПЕРМЬ, 14 марта. /ТАСС/. ": the agency between strokes. */
static bool stroke_dateline(
    struct arena *a, struct str text, struct dateline *d)
{
	struct str head = utf8_head(text, 80), agency;
	size_t open = str_find_str(head, STR(" /")), end;

	if (open == head.n)
		return false;
	agency = str_part(head, open + 2, head.n);
	end = str_find(agency, '/');
	if (end == agency.n || end < 2)
		return false;
	d->rest = str_from(text, open + 2 + end + 1);
	agency = str_part(agency, 0, end);
	head = str_trim(str_part(head, 0, open));
	if (str_ends(head, STR(".")))
		head.n--;
	if (!intake_is_capitals(agency) || !is_dateline_head(a, head))
		return false;
	while (d->rest.n > 0 && (d->rest.p[0] == '.' || d->rest.p[0] == '-' ||
				    ascii_is_space(d->rest.p[0])))
		d->rest = str_from(d->rest, 1);
	dateline_parts(a, head, d);
	d->agency = arena_copy(a, agency);
	d->is_sure = true;
	return d->place.n > 0 && utf8_count(d->place) < 50;
}

/* "Moscow/Seoul. North Korean ..." */
static bool stop_dateline(struct arena *a, struct str text, struct dateline *d)
{
	struct str head = utf8_head(text, 60);
	size_t cut = str_find_str(head, STR(". ")), at;
	uint32_t c;

	if (cut == head.n || cut < 2)
		return false;
	at = cut + 2;
	c = utf8_next(text, &at);
	head = str_part(head, 0, cut);
	if (!letter_is_capital(c) && c != 0x201C && c != 0x201E && c != 0xAB &&
	    c != '"')
		return false;
	if (!is_dateline_head(a, head) || utf8_count(head) < 4)
		return false;
	d->is_sure = str_find(head, '/') < head.n || intake_is_capitals(head) ||
		     says_day(a, str_from(head, str_find(head, ',')));
	if (!d->is_sure && str_find(head, ' ') < head.n)
		return false;
	dateline_parts(a, head, d);
	d->rest = str_trim(str_from(text, cut + 2));
	return d->place.n > 0;
}

bool intake_may_be_dateline(
    struct arena *a, struct str text, struct dateline *ret)
{
	struct dateline d = {.is_sure = false};
	bool is_told = true;

	if (!bracket_dateline(a, text, &d) && !stroke_dateline(a, text, &d)) {
		d = (struct dateline){.is_sure = false};
		is_told = dash_dateline(a, text, &d);
	}
	if (!is_told) {
		d = (struct dateline){.is_sure = false};
		if (!stop_dateline(a, text, &d))
			return false;
	}
	if (d.rest.n < 20)
		return false;
	*ret = d;
	return true;
}

bool intake_dateline(struct arena *a, struct str text, struct dateline *ret)
{
	struct dateline d;

	if (!intake_may_be_dateline(a, text, &d) || d.is_guess)
		return false;
	*ret = d;
	return true;
}
