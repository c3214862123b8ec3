/* SPDX-License-Identifier: MIT
 *
 * Scripts and letters; see script.h. Below U+0080 by rule, above by a binary
 * search in one table of some seven hundred ranges.
 */
#include "text/script.h"

#include "base/must.h"
#include "base/utf8.h"

struct script_range {
	uint32_t first;
	uint32_t last;
	uint8_t script;
	uint8_t class;
};

#define S(name, class) SCRIPT_##name, class
#define L	       LETTER
#define M	       LETTER_MARK
#define D	       LETTER_DIGIT
#include "text/script_table.h"
#undef S
#undef L
#undef M
#undef D

enum { SCRIPT_RANGES = sizeof(script_ranges) / sizeof(script_ranges[0]) };

static const char script_codes[SCRIPT_COUNT][5] = {"Zyyy", "Zzzz", "Latn",
    "Grek", "Cyrl", "Armn", "Hebr", "Arab", "Syrc", "Thaa", "Nkoo", "Deva",
    "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh",
    "Thai", "Laoo", "Tibt", "Mymr", "Geor", "Hang", "Ethi", "Khmr", "Mong",
    "Hira", "Kana", "Bopo", "Hani", "Cher", "Tfng"};

/* NULL if C is in no range. */
static const struct script_range *range_of(uint32_t c)
{
	size_t low = 0;
	size_t high = SCRIPT_RANGES;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (c > script_ranges[mid].last)
			low = mid + 1;
		else
			high = mid;
	}
	if (low == SCRIPT_RANGES || c < script_ranges[low].first)
		return NULL;
	return &script_ranges[low];
}

enum script script_of(uint32_t c)
{
	const struct script_range *range;

	if (c < 0x80)
		return ascii_is_alpha((char)c) ? SCRIPT_LATIN : SCRIPT_COMMON;
	range = range_of(c);
	return range ? (enum script)range->script : SCRIPT_COMMON;
}

enum letter_class letter_class_of(uint32_t c)
{
	const struct script_range *range;

	if (c < 0x80)
		return ascii_is_alpha((char)c)	 ? LETTER
		       : ascii_is_digit((char)c) ? LETTER_DIGIT
						 : LETTER_NONE;
	range = range_of(c);
	return range ? (enum letter_class)range->class : LETTER_NONE;
}

bool letter_is_word(uint32_t c)
{
	return letter_class_of(c) != LETTER_NONE;
}

/* Where capitals and small letters alternate: capitals are even or odd. */
static const struct {
	uint16_t first;
	uint16_t last;
	uint8_t capital_is_odd;
} pairs[] = {
    {0x100, 0x12F, 0},
    {0x132, 0x137, 0},
    {0x139, 0x148, 1},
    {0x14A, 0x177, 0},
    {0x179, 0x17E, 1},
    {0x1CD, 0x1DC, 1},
    {0x1DE, 0x1EF, 0},
    {0x1F8, 0x21F, 0},
    {0x222, 0x233, 0},
    {0x246, 0x24F, 0},
    {0x370, 0x373, 0},
    {0x376, 0x377, 0},
    {0x3D8, 0x3EF, 0},
    {0x460, 0x481, 0},
    {0x48A, 0x4BF, 0},
    {0x4C1, 0x4CE, 1},
    {0x4D0, 0x52F, 0},
    {0x1E00, 0x1E95, 0},
    {0x1EA0, 0x1EFF, 0},
};

/* Where they stand a fixed way apart. */
static const struct {
	uint16_t first;
	uint16_t last;
	int16_t way;
} shifts[] = {
    {0xC0, 0xD6, 32},
    {0xD8, 0xDE, 32},
    {0x130, 0x130, -199},
    {0x178, 0x178, -121},
    {0x18A, 0x18A, 205},
    {0x18F, 0x18F, 202},
    {0x19D, 0x19D, 213},
    {0x1C4, 0x1C4, 2},
    {0x1C5, 0x1C5, 1},
    {0x1C7, 0x1C7, 2},
    {0x1C8, 0x1C8, 1},
    {0x1CA, 0x1CA, 2},
    {0x1CB, 0x1CB, 1},
    {0x386, 0x386, 38},
    {0x388, 0x38A, 37},
    {0x38C, 0x38C, 64},
    {0x38E, 0x38F, 63},
    {0x391, 0x3A1, 32},
    {0x3A3, 0x3AB, 32},
    {0x400, 0x40F, 80},
    {0x410, 0x42F, 32},
    {0x4C0, 0x4C0, 15},
    {0x531, 0x556, 48},
    {0x1C90, 0x1CBA, -3008},
    {0x1CBD, 0x1CBF, -3008},
    {0x1E9E, 0x1E9E, -7615},
    {0x1F08, 0x1F0F, -8},
    {0x1F18, 0x1F1D, -8},
    {0x1F28, 0x1F2F, -8},
    {0x1F38, 0x1F3F, -8},
    {0x1F48, 0x1F4D, -8},
    {0x1F68, 0x1F6F, -8},
    {0xFF21, 0xFF3A, 32},
};

uint32_t letter_lower(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	/* Most of what is left has no case at all. */
	if ((c > 0x556 && c < 0x1C90) || c > 0xFF3A ||
	    (c > 0x1FFF && c < 0xFF21))
		return c;
	for (size_t i = 0; i < sizeof(shifts) / sizeof(shifts[0]); i++)
		if (c >= shifts[i].first && c <= shifts[i].last && c != 0xD7)
			return (uint32_t)((int32_t)c + shifts[i].way);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (c >= pairs[i].first && c <= pairs[i].last)
			return (c & 1) == pairs[i].capital_is_odd ? c + 1 : c;
	return c;
}

bool letter_is_capital(uint32_t c)
{
	return letter_lower(c) != c;
}

enum direction script_direction(enum script script)
{
	switch (script) {
	case SCRIPT_COMMON:
		return DIRECTION_SAME;
	case SCRIPT_HEBREW:
	case SCRIPT_ARABIC:
	case SCRIPT_SYRIAC:
	case SCRIPT_THAANA:
	case SCRIPT_NKO:
		return DIRECTION_RTL;
	default:
		return DIRECTION_LTR;
	}
}

struct str script_code(enum script script)
{
	must(script < SCRIPT_COUNT);
	return (struct str){script_codes[script], 4};
}

bool script_has_spaces(enum script script)
{
	switch (script) {
	case SCRIPT_HAN:
	case SCRIPT_HIRAGANA:
	case SCRIPT_KATAKANA:
	case SCRIPT_BOPOMOFO:
	case SCRIPT_THAI:
	case SCRIPT_LAO:
	case SCRIPT_KHMER:
	case SCRIPT_MYANMAR:
	case SCRIPT_TIBETAN:
		return false;
	default:
		return true;
	}
}

static bool script_is_east_asian(enum script script)
{
	return script == SCRIPT_HAN || script == SCRIPT_HIRAGANA ||
	       script == SCRIPT_KATAKANA || script == SCRIPT_BOPOMOFO ||
	       script == SCRIPT_HANGUL;
}

bool script_same(enum script one, enum script other)
{
	return one == other || one == SCRIPT_COMMON || other == SCRIPT_COMMON ||
	       (script_is_east_asian(one) && script_is_east_asian(other));
}

/* Languages that are not written in Latin letters. */
static const struct {
	char lang[4];
	uint8_t script;
} lang_scripts[] = {
    {"am", SCRIPT_ETHIOPIC},
    {"ar", SCRIPT_ARABIC},
    {"arz", SCRIPT_ARABIC},
    {"as", SCRIPT_BENGALI},
    {"be", SCRIPT_CYRILLIC},
    {"bg", SCRIPT_CYRILLIC},
    {"bn", SCRIPT_BENGALI},
    {"bo", SCRIPT_TIBETAN},
    {"ce", SCRIPT_CYRILLIC},
    {"chr", SCRIPT_CHEROKEE},
    {"ckb", SCRIPT_ARABIC},
    {"dv", SCRIPT_THAANA},
    {"dz", SCRIPT_TIBETAN},
    {"el", SCRIPT_GREEK},
    {"fa", SCRIPT_ARABIC},
    {"gu", SCRIPT_GUJARATI},
    {"he", SCRIPT_HEBREW},
    {"hi", SCRIPT_DEVANAGARI},
    {"hy", SCRIPT_ARMENIAN},
    {"iw", SCRIPT_HEBREW},
    {"ja", SCRIPT_HAN},
    {"ka", SCRIPT_GEORGIAN},
    {"kk", SCRIPT_CYRILLIC},
    {"km", SCRIPT_KHMER},
    {"kn", SCRIPT_KANNADA},
    {"ko", SCRIPT_HANGUL},
    {"ky", SCRIPT_CYRILLIC},
    {"lo", SCRIPT_LAO},
    {"mk", SCRIPT_CYRILLIC},
    {"ml", SCRIPT_MALAYALAM},
    {"mn", SCRIPT_CYRILLIC},
    {"mr", SCRIPT_DEVANAGARI},
    {"my", SCRIPT_MYANMAR},
    {"ne", SCRIPT_DEVANAGARI},
    {"nqo", SCRIPT_NKO},
    {"or", SCRIPT_ORIYA},
    {"os", SCRIPT_CYRILLIC},
    {"pa", SCRIPT_GURMUKHI},
    {"prs", SCRIPT_ARABIC},
    {"ps", SCRIPT_ARABIC},
    {"ru", SCRIPT_CYRILLIC},
    {"sa", SCRIPT_DEVANAGARI},
    {"sd", SCRIPT_ARABIC},
    {"si", SCRIPT_SINHALA},
    {"sr", SCRIPT_CYRILLIC},
    {"syr", SCRIPT_SYRIAC},
    {"ta", SCRIPT_TAMIL},
    {"te", SCRIPT_TELUGU},
    {"tg", SCRIPT_CYRILLIC},
    {"th", SCRIPT_THAI},
    {"ti", SCRIPT_ETHIOPIC},
    {"tt", SCRIPT_CYRILLIC},
    {"ug", SCRIPT_ARABIC},
    {"uk", SCRIPT_CYRILLIC},
    {"ur", SCRIPT_ARABIC},
    {"yi", SCRIPT_HEBREW},
    {"yue", SCRIPT_HAN},
    {"zh", SCRIPT_HAN},
};

/* Codes of ISO 15924 that name a mix of scripts. */
static enum script script_of_code(struct str code)
{
	if (str_eq_fold(code, STR("Hans")) || str_eq_fold(code, STR("Hant")) ||
	    str_eq_fold(code, STR("Jpan")))
		return SCRIPT_HAN;
	if (str_eq_fold(code, STR("Kore")))
		return SCRIPT_HANGUL;
	for (size_t i = 0; i < SCRIPT_COUNT; i++)
		if (str_eq_fold(code, (struct str){script_codes[i], 4}))
			return (enum script)i;
	return SCRIPT_OTHER;
}

/* Takes the next part of a tag off *LANG. */
static struct str lang_part(struct str *lang)
{
	size_t n = 0;
	struct str part;

	while (n < lang->n && lang->p[n] != '-' && lang->p[n] != '_')
		n++;
	part = str_part(*lang, 0, n);
	*lang = str_from(*lang, n + 1);
	return part;
}

struct str lang_base(struct str lang)
{
	return lang_part(&lang);
}

bool lang_same(struct str one, struct str other)
{
	return str_eq_fold(lang_base(one), lang_base(other));
}

enum script script_of_lang(struct str lang)
{
	struct str base = lang_part(&lang);

	if (base.n == 0)
		return SCRIPT_COMMON;
	while (lang.n > 0) {
		struct str part = lang_part(&lang);

		if (part.n == 4 && ascii_is_alpha(part.p[0]))
			return script_of_code(part);
	}
	for (size_t i = 0; i < sizeof(lang_scripts) / sizeof(lang_scripts[0]);
	     i++)
		if (str_eq_fold(base, str_of(lang_scripts[i].lang)))
			return (enum script)lang_scripts[i].script;
	return SCRIPT_LATIN;
}

enum direction lang_direction(struct str lang)
{
	return script_direction(script_of_lang(lang));
}

bool lang_is_valid(struct str lang)
{
	bool is_first = true;

	if (lang.n == 0 || lang.n > 35 || lang.p[lang.n - 1] == '-')
		return false;
	while (lang.n > 0) {
		struct str part = str_cut(&lang, '-');
		bool is_letters = true;

		if (part.n == 0 || part.n > 8)
			return false;
		for (size_t i = 0; i < part.n; i++) {
			is_letters &= ascii_is_alpha(part.p[i]);
			if (!ascii_is_alpha(part.p[i]) &&
			    !ascii_is_digit(part.p[i]))
				return false;
		}
		if (is_first &&
		    (!is_letters ||
			(part.n < 2 &&
			    !(lang.n && str_eq_fold(part, STR("x"))) &&
			    !(lang.n && str_eq_fold(part, STR("i"))))))
			return false;
		is_first = false;
	}
	return true;
}

enum script script_most(struct str text)
{
	uint32_t count[SCRIPT_COUNT] = {0};
	enum script most = SCRIPT_COMMON;

	for (size_t at = 0; at < text.n;) {
		uint32_t c = utf8_next(text, &at);

		if (letter_class_of(c) == LETTER)
			count[script_of(c)]++;
	}
	for (unsigned i = SCRIPT_OTHER; i < SCRIPT_COUNT; i++)
		if (count[i] > (most == SCRIPT_COMMON ? 0 : count[most]))
			most = (enum script)i;
	return most;
}

bool script_is_space(uint32_t c)
{
	return (c >= '\t' && c <= '\r') || c == ' ' || c == 0x85 || c == 0xA0 ||
	       c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
	       c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Letters that fill the place of one, and show nothing. */
static bool is_filler(uint32_t c)
{
	return c == 0x115f || c == 0x1160 || c == 0x17b4 || c == 0x17b5 ||
	       c == 0x2800 || c == 0x3164 || c == 0xffa0;
}

bool script_is_unseen(uint32_t c)
{
	return is_filler(c) || c < 0x20 || (c >= 0x7f && c < 0xa0) ||
	       c == 0xad || c == 0x61c || c == 0x180e || c == 0x200b ||
	       c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
	       (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe0fff);
}

bool script_is_plain(struct str s)
{
	size_t at = 0;

	if (!utf8_is_valid(s))
		return false;
	while (at < s.n)
		if (script_is_unseen(utf8_next(s, &at)))
			return false;
	return true;
}
