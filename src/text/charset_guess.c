/* SPDX-License-Identifier: MIT
 *
 * Which encoding is it? Each candidate is tried on the first stretch of the
 * text that is not ASCII, and what comes out is weighed against what people
 * write in the languages of that encoding:
 *
 *	a letter that the language uses often	good
 *	one that it uses				good, less so
 *	a letter of another language, a capital
 *	inside a word, a symbol inside a word,
 *	a control character			bad
 *
 * A language is named by two lists of letters, so that French read as
 * windows-1250 loses: no single language of that encoding has all of its
 * letters. The weights are per character; the best mean wins. Ties go to the
 * earlier line of the table, so plain ISO-8859-1 is named before its supersets.
 */
#include "text/charset_priv.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

enum { SAMPLE_MAX = 8192 };

enum family { ALPHABET_LATIN, ALPHABET_OTHER, KANA, HANGUL, HAN };

struct profile {
	const char *charsets; /* names parted by spaces */
	enum family family;
	const char *common;
	const char *rest;
};

/* It miscounts the width of these. */
/* clang-format off */
#define ZH_HANS \
	"的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就"    \
	"分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经" \
	"十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当" \
	"使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相"
#define ZH_HANT \
	"的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就"    \
	"分對成會可主發年動同工也能下過子說產種面而方後多定行學法所民得經" \
	"十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當" \
	"使點從業本去把性好應開它合還因由其些然前外天政四日那社義事平形相"
#define KO_COMMON \
	"이다는의에을를가은하고지로도기한사리나자어시인서해정일대아그수" \
	"라과들부전제보스있게으만주장상여구것성니조오원국와면세공동년거"
/* clang-format on */
#define JA_COMMON      "日本人年大一国会中出者事上見月分後前時生行自的地方社"

#define ONE_BYTE_LATIN "ISO-8859-1 WINDOWS-1252 ISO-8859-15"
#define TWO_LATIN      "ISO-8859-2 WINDOWS-1250"
#define CYRILLIC       "WINDOWS-1251 KOI8-R ISO-8859-5 IBM866"

static const struct profile profiles[] = {
    {ONE_BYTE_LATIN, ALPHABET_LATIN, "éèàêçùâîôûïë", "œŒÉÀÈÊÇÂÎÔÛÙÏËüÿŸæÆ"},
    {ONE_BYTE_LATIN, ALPHABET_LATIN, "äöüß", "ÄÖÜéèàáâçñô"},
    {ONE_BYTE_LATIN, ALPHABET_LATIN, "áéíóúñ", "ÁÉÍÓÚÑüÜ¿¡ºªçï"},
    {ONE_BYTE_LATIN, ALPHABET_LATIN, "àèéíòóçú", "ÀÈÉÍÒÓÇÚïüÏÜ·ºª"},
    {ONE_BYTE_LATIN, ALPHABET_LATIN, "ãçáéíóúêâõàô", "ÃÇÁÉÍÓÚÊÂÕÀÔºªü"},
    {ONE_BYTE_LATIN, ALPHABET_LATIN, "àèìòùé", "ÀÈÌÒÙÉîº"},
    {ONE_BYTE_LATIN, ALPHABET_LATIN, "åäöéæø", "ÅÄÖÉÆØüèàðþíóúýÍÓÚÝÐÞ"},
    {TWO_LATIN, ALPHABET_LATIN, "ąęłżóćśńź", "ĄĘŁŻÓĆŚŃŹüöäé"},
    {TWO_LATIN, ALPHABET_LATIN, "áéíěšžčřýůúťňďó",
	"ÁÉÍĚŠŽČŘÝŮÚŤŇĎÓľĺŕôäĽĹŔÔÄöü"},
    {TWO_LATIN, ALPHABET_LATIN, "áéíóöőúüű", "ÁÉÍÓÖŐÚÜŰ"},
    {TWO_LATIN, ALPHABET_LATIN, "čšžćđ", "ČŠŽĆĐ"},
    {TWO_LATIN, ALPHABET_LATIN, "ăâîşţ", "ĂÂÎŞŢ"},
    {CYRILLIC, ALPHABET_OTHER, "оеаинтсрвлкмдпу",
	"ягьызбчйхжшюцщэфъёАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЁ"},
    {"WINDOWS-1251 KOI8-U ISO-8859-5", ALPHABET_OTHER, "оаниіевртслкдум",
	"пзьяйгбчїєжхщшюцґф’АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ"},
    {"WINDOWS-1251", ALPHABET_OTHER, "аеоитнсрвлкдпмз",
	"ъугщбящчцжхфшюйьјљњћђџўЉЊЋЂЏЎАБВГДЕЖЗИЙЈКЛМНОПРСТУФХЦЧШЩЪЬЮЯ"},
    {"ISO-8859-7 WINDOWS-1253", ALPHABET_OTHER, "αοειτνσςρπκμληυ",
	"άέήίόύώθγδβφχψωξζϊϋΐΰΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ"},
    {"ISO-8859-9 WINDOWS-1254", ALPHABET_LATIN, "ıİşğçöü", "ŞĞÇÖÜâîû"},
    {"WINDOWS-1256 ISO-8859-6", ALPHABET_OTHER, "اليمنورتبهدعسفكة",
	"أقحجخصشضطظغزثذإآىئءؤ،؛؟ـًٌٍَُِّْپچژگ"},
    {"ISO-8859-8 WINDOWS-1255", ALPHABET_OTHER, "יוהלאמרתבשנעדחק",
	"פצגטזסכךםןףץ"},
    {"SHIFT_JIS CP932 EUC-JP", KANA, JA_COMMON, ""},
    {"EUC-KR CP949", HANGUL, KO_COMMON, ""},
    {"GB18030", HAN, ZH_HANS, ""},
    {"BIG5 BIG5-HKSCS", HAN, ZH_HANT, ""},
};

enum { PROFILES = sizeof(profiles) / sizeof(profiles[0]) };

/* The decoded sample of one candidate. */
struct sample {
	uint32_t *v;
	size_t n;
	uint32_t *beyond; /* where in V stands what is not ASCII */
	size_t beyond_n;
	size_t bad;
	uint64_t hash;
};

static bool is_punctuation(uint32_t c)
{
	return (c >= 0x2013 && c <= 0x203A) || c == 0xAB || c == 0xBB ||
	       c == 0xA0 || c == 0xA7 || c == 0xB0 || c == 0xB7 ||
	       c == 0x20AC || c == 0x2116 || c == 0x2122 || c == 0xA9 ||
	       c == 0xA3 || c == 0xAE;
}

static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return ascii_is_alpha((char)c);
	return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !is_punctuation(c) &&
	       !(c >= 0x2000 && c < 0x3040);
}

static bool is_capital(uint32_t c)
{
	if (c < 0x80)
		return ascii_is_upper((char)c);
	if (c < 0x100)
		return c >= 0xC0 && c <= 0xDE && c != 0xD7;
	if (c < 0x180)
		return (c < 0x138 || (c >= 0x14A && c < 0x178)) ? !(c & 1)
								: c & 1;
	return (c >= 0x391 && c <= 0x3AB) || (c >= 0x400 && c <= 0x42F);
}

/* Code points at V; gives how many bytes had no meaning. */
static size_t decode_by_table(
    struct sample *o, const uint16_t *upper, struct str s)
{
	size_t bad = 0;

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x80)
			o->v[o->n++] = c;
		else if (upper[c - 0x80])
			o->v[o->n++] = upper[c - 0x80];
		else
			bad++;
	}
	return bad;
}

/* The same by the C library; SIZE_MAX: it does not know the encoding. */
static size_t decode_by_library(
    struct sample *o, const char *name, struct str s)
{
	iconv_t cd = iconv_open("UTF-32LE", name);
	char *in = (char *)(uintptr_t)s.p, *out = (char *)o->v;
	size_t left = s.n, room = (s.n + 1) * 4, bad = 0;

	if (cd == (iconv_t)-1)
		return SIZE_MAX;
	while (left > 0) {
		if (iconv(cd, &in, &left, &out, &room) != (size_t)-1)
			break;
		if (errno == E2BIG || (errno == EINVAL && left < 4))
			break;
		bad++;
		if (left > 0) { /* L1 */
			in++;
			left--;
		}
	}
	/* What was kept back (L1). */
	if (iconv(cd, NULL, NULL, &out, &room) == (size_t)-1)
		bad++;
	iconv_close(cd);
	o->n = (size_t)(out - (char *)o->v) / 4;
	return bad;
}

/* Decodes up to SAMPLE_MAX bytes into O, which has the room for them. */
static bool decode(struct sample *o, const char *name, struct str s)
{
	const uint16_t *upper = charset_upper(name);

	o->n = o->beyond_n = 0;
	o->hash = 1469598103934665603u;
	o->bad = upper ? decode_by_table(o, upper, s)
		       : decode_by_library(o, name, s);
	if (o->bad == SIZE_MAX)
		return false;
	for (size_t i = 0; i < o->n; i++) {
		o->hash = (o->hash ^ o->v[i]) * 1099511628211u;
		if (o->v[i] >= 0x80)
			o->beyond[o->beyond_n++] = (uint32_t)i;
	}
	return true;
}

enum { TABLE = 0x700 };

struct weights {
	unsigned char low[TABLE]; /* 2: common, 1: used */
	uint32_t high[160];	  /* common ones above, unsorted */
	size_t high_n;
};

static void weights_of(const struct profile *p, struct weights *w)
{
	memset(w, 0, sizeof(*w));
	for (int part = 0; part < 2; part++) {
		struct str s = str_of(part ? p->rest : p->common);

		for (size_t at = 0; at < s.n;) {
			uint32_t c = utf8_next(s, &at);

			if (c < TABLE)
				w->low[c] = part ? 1 : 2;
			else if (w->high_n < 160)
				w->high[w->high_n++] = c;
		}
	}
}

static bool is_common_high(const struct weights *w, uint32_t c)
{
	for (size_t i = 0; i < w->high_n; i++)
		if (w->high[i] == c)
			return true;
	return false;
}

/* The weight of character V[I] for an alphabet. */
static int weigh_alphabet(const struct profile *p, const struct weights *w,
    const struct sample *s, size_t i)
{
	uint32_t c = s->v[i], before = i ? s->v[i - 1] : ' ';
	uint32_t behind = i + 1 < s->n ? s->v[i + 1] : ' ';
	uint32_t before2 = i > 1 ? s->v[i - 2] : ' ';
	bool in_word = is_letter(before) && is_letter(behind);

	if (c < 0xA0)
		return -30;
	if (c >= TABLE || w->low[c] == 0) {
		if (is_punctuation(c))
			return in_word && c != 0x2019 && c != 0x2014 &&
				       c != 0x2013
				   ? -10
				   : 5;
		return is_letter(c) ? -12 : -15;
	}
	if (is_capital(c) && is_letter(before) && !is_capital(before))
		return -15;
	/* A sign of money: "£2" is "Ł2" or "Ј2" elsewhere. */
	if (!is_letter(before) && behind < 0x80 && ascii_is_digit((char)behind))
		return -12;
	if (p->family == ALPHABET_LATIN) {
		if (before >= 0x80 && before2 >= 0x80 && is_letter(before) &&
		    is_letter(before2))
			return -10;
	} else if ((before < 0x80 && is_letter(before)) ||
		   (behind < 0x80 && is_letter(behind))) {
		return -12;
	}
	return w->low[c] == 2 ? 10 : 7;
}

static int weigh_asian(
    const struct profile *p, const struct weights *w, uint32_t c)
{
	bool is_kana = c >= 0x3041 && c <= 0x30FE;
	bool is_hangul = c >= 0xAC00 && c <= 0xD7A3;
	bool is_han = c >= 0x4E00 && c <= 0x9FFF;

	if (c < 0xA0 || (c >= 0xE000 && c < 0xF900))
		return -20;
	if ((c >= 0x3000 && c <= 0x3020) || (c >= 0xFF01 && c <= 0xFF5E))
		return 6;
	if (c >= 0xFF61 && c <= 0xFF9F) /* half-width kana */
		return -6;
	if (is_punctuation(c))
		return 4;
	if (is_kana)
		return p->family == KANA ? (c < 0x30A0 ? 12 : 9) : -8;
	if (is_hangul)
		return p->family != HANGUL ? -8 : is_common_high(w, c) ? 14 : 4;
	if (is_han)
		return p->family == HANGUL ? -2 : is_common_high(w, c) ? 14 : 2;
	return -6;
}

/* The mean weight of the sample's characters beyond ASCII, times 100. */
static int weigh(
    const struct profile *p, const struct weights *w, const struct sample *s)
{
	long sum = 0, n = (long)s->beyond_n, kana = 0;

	for (size_t k = 0; k < s->beyond_n; k++) {
		size_t i = s->beyond[k];
		uint32_t c = s->v[i];

		kana += c >= 0x3041 && c <= 0x30FE;
		sum += p->family <= ALPHABET_OTHER ? weigh_alphabet(p, w, s, i)
						   : weigh_asian(p, w, c);
	}
	if (n == 0)
		return -9999;
	if (p->family == KANA && kana * 10 < n && n > 20)
		sum -= n * 6;
	/* A byte without a meaning weighs as ten bad letters. */
	return (int)((sum - (long)s->bad * 120) * 100 / n);
}

/* The stretch of the text to look at: from the start of the line with the
 * first byte beyond ASCII, for some lines. */
static struct str sample_of(struct str s)
{
	size_t from = 0, to;

	while (from < s.n && (unsigned char)s.p[from] < 0x80)
		from++;
	while (from > 0 && s.p[from - 1] != '\n' && s.p[from - 1] != '\r')
		from--;
	s = str_part(s, from, SAMPLE_MAX);
	to = str_find_last(s, '\n');
	if (s.n == SAMPLE_MAX && to < s.n && to > SAMPLE_MAX / 2)
		s = str_part(s, 0, to + 1);
	return s;
}

struct contest {
	struct str declared;
	const char *best;
	int best_score;
	uint64_t best_hash;
	int rival_score; /* the best whose text reads differently */
};

static const char *const known_names[] = {"ISO-8859-1", "WINDOWS-1252",
    "ISO-8859-15", "ISO-8859-2", "WINDOWS-1250", "WINDOWS-1251", "KOI8-R",
    "ISO-8859-5", "IBM866", "KOI8-U", "ISO-8859-7", "WINDOWS-1253",
    "ISO-8859-9", "WINDOWS-1254", "WINDOWS-1256", "ISO-8859-6", "ISO-8859-8",
    "WINDOWS-1255", "SHIFT_JIS", "CP932", "EUC-JP", "EUC-KR", "CP949",
    "GB18030", "BIG5", "BIG5-HKSCS"};

bool charset_is_weighed(struct str name)
{
	for (size_t i = 0; i < sizeof(known_names) / sizeof(known_names[0]);
	     i++)
		if (str_eq_fold(name, str_of(known_names[i])))
			return true;
	return false;
}

static void contest_enter(
    struct contest *c, const char *name, int score, uint64_t hash)
{
	if (str_eq_fold(c->declared, str_of(name)))
		score += 300;
	if (!c->best || score > c->best_score) {
		if (c->best && hash != c->best_hash &&
		    c->best_score > c->rival_score)
			c->rival_score = c->best_score;
		c->best = name;
		c->best_score = score;
		c->best_hash = hash;
	} else if (hash != c->best_hash && score > c->rival_score) {
		c->rival_score = score;
	}
}

/* Margins are in hundredths of a weight; few characters prove little. */
static unsigned sureness(const struct contest *c, size_t count)
{
	int margin = c->best_score - c->rival_score;
	int sure = 40 + margin / 8;
	int most = count < 3 ? 60 : count < 10 ? 80 : 99;

	if (c->best_score < 0)
		most = 30;
	return (unsigned)(sure > most ? most : sure < 10 ? 10 : sure);
}

static bool is_profile_of(const struct profile *p, struct str name)
{
	struct str rest = str_of(p->charsets);

	while (rest.p)
		if (str_eq(str_cut(&rest, ' '), name))
			return true;
	return false;
}

/* Room for a sample of N bytes, and the weights of all profiles. */
static struct weights *make_room(struct arena *a, size_t n, struct sample *s)
{
	struct weights *w = ARENA_ARRAY(a, struct weights, PROFILES);

	s->v = ARENA_ARRAY(a, uint32_t, n + 1);
	s->beyond = ARENA_ARRAY(a, uint32_t, n + 1);
	if (!w || !s->v || !s->beyond)
		return NULL;
	for (size_t i = 0; i < PROFILES; i++)
		weights_of(&profiles[i], &w[i]);
	return w;
}

struct charset_guess charset_guess(
    struct arena *a, struct str bytes, struct str declared)
{
	struct contest c = {.declared = declared, .rival_score = -9999};
	struct str part = sample_of(bytes);
	struct sample s;
	struct weights *w = make_room(a, part.n, &s);
	size_t count = 0;

	if (!w)
		return (struct charset_guess){NULL, 0};
	for (size_t i = 0; i < part.n; i++)
		count += (unsigned char)part.p[i] >= 0x80;
	for (size_t k = 0; k < sizeof(known_names) / sizeof(known_names[0]);
	     k++) {
		const char *name = known_names[k];

		if (!decode(&s, name, part))
			continue;
		for (size_t i = 0; i < PROFILES; i++)
			if (is_profile_of(&profiles[i], str_of(name)))
				contest_enter(&c, name,
				    weigh(&profiles[i], &w[i], &s), s.hash);
	}
	if (!c.best || c.best_score < -800)
		return (struct charset_guess){NULL, 0};
	return (struct charset_guess){c.best, sureness(&c, count)};
}
