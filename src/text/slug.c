/* SPDX-License-Identifier: MIT
 *
 * Slugs; see slug.h.
 *
 * The headline is read character by character. Each becomes a few letters, a
 * gap between words, or nothing. Accents that follow their letter are dropped
 * or change it, so that composed and decomposed text give the same slug.
 *
 * I1  never two "-" in a row, none at the ends.
 * I2  at most SLUG_MAX characters.
 */
#include "text/slug.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "text/script.h"

enum { BYTES_MAX = SLUG_MAX * 4 + 16 };

/* The letter without its accents, for U+00DF to U+024F, U+1E00 to U+1EFF and
 * U+1F00 to U+1FFF; "." for capitals and "?" for those in a table below. */
static const char latin[] =
    "?aaaaaa?ceeeeiiiidnooooo?ouuuuy?y.a.a.a.c.c.c.c.d.d.e.e.e.e.e.g."
    "g.g.g.h.h.i.i.i.i.i.?.j.kk.l.l.l.?.l.n.n.n?.n.o.o.o.?.r.r.r.s.s."
    "s.s.t.t.t.u.u.u.u.u.u.w.y..z.z.zsb..b.?..c...d?....f..?...kl?..n"
    "..o.?.p..?.?t.t..u...y.z..z??.???????..?..?..?.a.i.o.u.u.u.u.ue."
    "a.a.?.g.g.k.o.o.zj..?.g...n.a.?.o.a.a.e.e.i.i.o.o.r.r.u.u.s.t.?."
    "h.d.u.z.a.e.o.o.o.o.ylntj??..c..sz.?....e.j.q.r.y";
static const char latin_more[] =
    ".a.b.b.b.c.d.d.d.d.d.e.e.e.e.e.f.g.h.h.h.h.h.i.i.k.k.k.l.l.l.l.m"
    ".m.m.n.n.n.n.o.o.o.o.p.p.r.r.r.r.s.s.s.s.s.t.t.t.t.u.u.u.u.u.v.v"
    ".w.w.w.w.w.x.x.y.z.z.zhtwyas??.?.a.a.a.a.a.a.a.a.a.a.a.a.e.e.e.e"
    ".e.e.e.e.i.i.o.o.o.o.o.o.o.o.o.o.o.o.u.u.u.u.u.u.u.y.y.y.y.?.v.y";
static const char greek_more[] =
    "aaaaaaaaaaaaaaaaeeeeee..eeeeee..iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii"
    "oooooo..oooooo..yyyyyyyy.y.y.y.yooooooooooooooooaaeeiiiiooyyoo.."
    "aaaaaaaaaaaaaaaaiiiiiiiiiiiiiiiiooooooooooooooooaaaaa.aaaaaaa.i."
    "..iii.iieeiii...iiii..iiiiii....yyyyrryyyyyyr.....ooo.ooooooo...";

struct spelling {
	uint16_t letter;
	char ascii[6];
};

static const struct spelling latin_special[] = {{0xDF, "ss"}, {0xE6, "ae"},
    {0xFE, "th"}, {0x133, "ij"}, {0x140, "l"}, {0x149, "n"}, {0x153, "oe"},
    {0x1C6, "dz"}, {0x1C9, "lj"}, {0x1CC, "nj"}, {0x1E3, "ae"}, {0x1F3, "dz"},
    {0x1FD, "ae"}, {0xFB00, "ff"}, {0xFB01, "fi"}, {0xFB02, "fl"},
    {0xFB03, "ffi"}, {0xFB04, "ffl"}};
static const struct spelling german[] = {
    {0xE4, "ae"}, {0xF6, "oe"}, {0xFC, "ue"}};
static const struct spelling danish[] = {{0xE5, "aa"}, {0xF8, "oe"}};
static const struct spelling norwegian[] = {{0xE5, "aa"}};

static const char russian[32][6] = {"a", "b", "v", "g", "d", "e", "zh", "z",
    "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts",
    "ch", "sh", "shch", "", "y", "", "e", "yu", "ya"};
static const struct spelling cyrillic[] = {{0x450, "e"}, {0x451, "yo"},
    {0x452, "dj"}, {0x453, "gj"}, {0x454, "ie"}, {0x455, "dz"}, {0x456, "i"},
    {0x457, "i"}, {0x458, "j"}, {0x459, "lj"}, {0x45A, "nj"}, {0x45B, "c"},
    {0x45C, "kj"}, {0x45D, "i"}, {0x45E, "u"}, {0x45F, "dz"}, {0x491, "g"},
    {0x493, "g"}, {0x497, "zh"}, {0x499, "z"}, {0x49B, "q"}, {0x4A1, "q"},
    {0x4A3, "n"}, {0x4AB, "s"}, {0x4AF, "u"}, {0x4B1, "u"}, {0x4B3, "h"},
    {0x4B7, "ch"}, {0x4BB, "h"}, {0x4CF, ""}, {0x4D9, "a"}, {0x4E3, "i"},
    {0x4E9, "o"}, {0x4EF, "u"}};
static const struct spelling ukrainian[] = {
    {0x433, "h"}, {0x438, "y"}, {0x439, "i"}, {0x44E, "iu"}, {0x44F, "ia"}};
/* At the start of a word. */
static const struct spelling ukrainian_first[] = {
    {0x454, "ye"}, {0x457, "yi"}, {0x439, "y"}, {0x44E, "yu"}, {0x44F, "ya"}};
static const struct spelling belarusian[] = {{0x433, "h"}};
static const struct spelling bulgarian[] = {
    {0x445, "h"}, {0x449, "sht"}, {0x44A, "a"}};
static const struct spelling serbian[] = {{0x436, "z"}, {0x445, "h"},
    {0x446, "c"}, {0x447, "c"}, {0x448, "s"}, {0x459, "lj"}, {0x45A, "nj"}};

static const char greek[25][3] = {"a", "v", "g", "d", "e", "z", "i", "th", "i",
    "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y", "f", "ch", "ps",
    "o"};
static const struct spelling greek_special[] = {{0x390, "i"}, {0x3AC, "a"},
    {0x3AD, "e"}, {0x3AE, "i"}, {0x3AF, "i"}, {0x3B0, "y"}, {0x3CA, "i"},
    {0x3CB, "y"}, {0x3CC, "o"}, {0x3CD, "y"}, {0x3CE, "o"}};

struct habit {
	char lang[4];
	const struct spelling *letters;
	size_t letters_n;
	const struct spelling *first;
	size_t first_n;
	bool apostrophe_parts; /* "l'eau" is two words */
};

#define LIST(v) v, sizeof(v) / sizeof((v)[0])
static const struct habit habits[] = {
    {"de", LIST(german), NULL, 0, false},
    {"da", LIST(danish), NULL, 0, false},
    {"nb", LIST(norwegian), NULL, 0, false},
    {"nn", LIST(norwegian), NULL, 0, false},
    {"no", LIST(norwegian), NULL, 0, false},
    {"uk", LIST(ukrainian), LIST(ukrainian_first), false},
    {"be", LIST(belarusian), NULL, 0, false},
    {"bg", LIST(bulgarian), NULL, 0, false},
    {"sr", LIST(serbian), NULL, 0, false},
    {"mk", LIST(serbian), NULL, 0, false},
    {"fr", NULL, 0, NULL, 0, true},
    {"it", NULL, 0, NULL, 0, true},
    {"ca", NULL, 0, NULL, 0, true},
};

struct slug {
	struct buf b;
	const struct habit *habit; /* NULL: none */
	size_t chars;
	size_t last_gap; /* bytes before the last "-"; 0 if none */
	uint32_t before; /* the letter before, small */
	bool has_gap;	 /* a "-" is due before the next letter */
	bool is_full;
};

static const char *spelling_find(const struct spelling *v, size_t n, uint32_t c)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].letter == c)
			return v[i].ascii;
	return NULL;
}

/* The ASCII of a small letter; NULL if it keeps its own form. */
static const char *spelling_of(const struct slug *s, uint32_t c, char one[2])
{
	const struct habit *habit = s->habit;
	const char *found = NULL;
	char base = '\0';

	if (habit && (s->has_gap || s->b.n == 0))
		found = spelling_find(habit->first, habit->first_n, c);
	if (!found && habit)
		found = spelling_find(habit->letters, habit->letters_n, c);
	if (!found)
		found = spelling_find(LIST(latin_special), c);
	if (!found && c >= 0x430 && c <= 0x44F)
		found = russian[c - 0x430];
	if (!found && c >= 0x3B1 && c <= 0x3C9)
		found = greek[c - 0x3B1];
	if (!found && c >= 0x390 && c <= 0x3CE)
		found = spelling_find(LIST(greek_special), c);
	if (!found && c >= 0x450 && c <= 0x4EF)
		found = spelling_find(LIST(cyrillic), c);
	if (found)
		return found;
	if (c < 0x80)
		base = (char)c;
	else if (c >= 0xDF && c - 0xDF < sizeof(latin) - 1)
		base = latin[c - 0xDF];
	else if (c >= 0x1E00 && c <= 0x1EFF)
		base = latin_more[c - 0x1E00];
	else if (c >= 0x1F00 && c <= 0x1FFF)
		base = greek_more[c - 0x1F00];
	else if (c >= 0xFF41 && c <= 0xFF5A)
		base = (char)(c - 0xFF41 + 'a');
	else if (c >= 0xFF10 && c <= 0xFF19)
		base = (char)(c - 0xFF10 + '0');
	if (!ascii_is_alpha(base) && !ascii_is_digit(base))
		return NULL;
	one[0] = base;
	one[1] = '\0';
	return one;
}

/* Makes room for CHARS more characters of a word, with the gap before it. */
static bool slug_room(struct slug *s, size_t chars)
{
	if (chars == 0)
		return false;
	if (s->has_gap && s->b.n > 0) {
		s->last_gap = s->b.n;
		buf_char(&s->b, '-');
		s->chars++;
	}
	s->has_gap = false;
	if (s->chars + chars <= SLUG_MAX) {
		s->chars += chars;
		return true;
	}
	s->is_full = true;
	/* A word of half the slug's length is cut in the middle. */
	if (s->last_gap > 0 && s->b.n - s->last_gap <= s->b.n / 2)
		buf_cut(&s->b, s->last_gap);
	return false;
}

static void slug_put(struct slug *s, struct str ascii)
{
	if (slug_room(s, ascii.n))
		buf_add(&s->b, ascii);
}

/* Takes N ASCII letters back, so that others can be put in their place. */
static void slug_unput(struct slug *s, size_t n)
{
	if (s->b.n < n)
		return;
	buf_cut(&s->b, s->b.n - n);
	s->chars -= n;
	if (s->b.n > 0 && s->b.p[s->b.n - 1] == '-') {
		buf_cut(&s->b, s->b.n - 1);
		s->chars--;
		s->has_gap = true;
	}
}

/* Hangul syllables out of their parts: Unicode 14, section 3.12. */
static bool slug_compose_hangul(struct slug *s, uint32_t c)
{
	uint32_t whole = 0;
	uint32_t before = s->before;
	size_t at = s->b.n;

	if (c >= 0x1161 && c <= 0x1175 && before >= 0x1100 && before <= 0x1112)
		whole = 0xAC00 + ((before - 0x1100) * 21 + (c - 0x1161)) * 28;
	else if (c >= 0x11A8 && c <= 0x11C2 && before >= 0xAC00 &&
		 before <= 0xD7A3 && (before - 0xAC00) % 28 == 0)
		whole = before + (c - 0x11A7);
	if (!whole || at == 0)
		return false;
	(void)utf8_prev(buf_str(&s->b), &at);
	buf_cut(&s->b, at);
	utf8_put(&s->b, whole);
	s->before = whole;
	return true;
}

/* An accent behind its letter: the letter is put right where the composed
 * one is spelt in another way. */
static void slug_accent(struct slug *s, uint32_t c)
{
	bool is_german = s->habit && str_eq(str_of(s->habit->lang), STR("de"));
	uint32_t before = s->before;
	char one[2];

	if (c == 0x308 && is_german &&
	    (before == 'a' || before == 'o' || before == 'u')) {
		slug_put(s, STR("e"));
	} else if (c == 0x306 && before == 0x438) {
		slug_unput(s, 1);
		slug_put(s, str_of(spelling_of(s, 0x439, one)));
	} else if (c == 0x308 && before == 0x435) {
		slug_unput(s, 1);
		slug_put(s, STR("yo"));
	} else if (c == 0x308 && before == 0x456) {
		slug_unput(s, 1);
		slug_put(s, str_of(spelling_of(s, 0x457, one)));
	} else {
		return;
	}
	s->before = 0;
}

/* Marks that only help reading are left out; vowel signs that make the word
 * are kept. */
static bool mark_is_kept(uint32_t c)
{
	return !(c < 0x370 || (c >= 0x483 && c <= 0x489) ||
		 (c >= 0x591 && c <= 0x5C7) || (c >= 0x610 && c <= 0x61A) ||
		 (c >= 0x64B && c <= 0x65F) || c == 0x670 ||
		 (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) ||
		 (c >= 0x20D0 && c <= 0x20FF) || c >= 0xFE00);
}

static void slug_letter(struct slug *s, uint32_t c, enum letter_class class)
{
	char one[2];
	const char *ascii;

	if (class == LETTER_MARK && !mark_is_kept(c)) {
		slug_accent(s, c);
		return;
	}
	if (slug_compose_hangul(s, c))
		return;
	c = letter_lower(c);
	ascii = spelling_of(s, c, one);
	if (ascii) {
		slug_put(s, str_of(ascii));
		/* One that is not spelt leaves no trace, or the slug of the
		 * slug would be another. */
		if (ascii[0])
			s->before = c;
		return;
	}
	/* Signs that count as letters, such as the Arabic tatweel and the
	 * feminine ordinal; the long mark of Kana is a letter indeed. */
	if (c < 0xDF ||
	    (script_of(c) == SCRIPT_COMMON && class == LETTER && c != 0x30FC))
		return;
	if (slug_room(s, 1))
		utf8_put(&s->b, c);
	s->before = c;
}

static bool is_apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x2BC;
}

static void slug_char(struct slug *s, uint32_t c)
{
	enum letter_class class = letter_class_of(c);

	if (class != LETTER_NONE && script_is_unseen(c))
		return; /* a filler */
	if (class != LETTER_NONE)
		slug_letter(s, c, class);
	else if (c == 0xAD || c == 0x200D || c == 0x2060 || c == 0xFEFF)
		return; /* soft hyphen, joiners */
	else if (is_apostrophe(c) && !(s->habit && s->habit->apostrophe_parts))
		return;
	else
		s->has_gap = true;
	if (class == LETTER_NONE)
		s->before = 0;
}

struct str slug_make_or(
    struct arena *a, struct str headline, struct str lang, struct str fallback)
{
	struct slug s = {0};

	for (size_t i = 0; i < sizeof(habits) / sizeof(habits[0]); i++)
		if (lang_same(str_of(habits[i].lang), lang))
			s.habit = &habits[i];
	buf_init_arena(&s.b, a, BYTES_MAX);
	for (size_t at = 0; at < headline.n && !s.is_full;) {
		size_t start = at;
		uint32_t c = utf8_next(headline, &at);

		if (c != UTF8_BAD || at != start + 1)
			slug_char(&s, c);
	}
	while (s.b.n > 0 && s.b.p[s.b.n - 1] == '-') /* I1 */
		buf_cut(&s.b, s.b.n - 1);
	if (s.b.n == 0)
		buf_add(&s.b, fallback);
	if (buf_rc(&s.b))
		return STR_NONE;
	must_slow(slug_is_valid(buf_str(&s.b)));
	return buf_str(&s.b);
}

struct str slug_make(struct arena *a, struct str headline, struct str lang)
{
	return slug_make_or(a, headline, lang, STR("story"));
}

bool slug_is_valid(struct str slug)
{
	size_t chars = 0;
	uint32_t before = '-';

	for (size_t at = 0; at < slug.n; chars++) {
		uint32_t c = utf8_next(slug, &at);

		if (c == '-' ? before == '-' : !letter_is_word(c))
			return false;
		if (letter_is_capital(c) || script_is_unseen(c))
			return false;
		before = c;
	}
	return chars > 0 && chars <= SLUG_MAX && before != '-';
}

void url_encode_path(struct buf *b, struct str path)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < path.n; i++) {
		char c = path.p[i];

		if (ascii_is_alpha(c) || ascii_is_digit(c) || c == '-' ||
		    c == '.' || c == '_' || c == '~' || c == '/') {
			buf_char(b, c);
		} else {
			buf_char(b, '%');
			buf_char(b, digits[(unsigned char)c >> 4]);
			buf_char(b, digits[(unsigned char)c & 15]);
		}
	}
}
