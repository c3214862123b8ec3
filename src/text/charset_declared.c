/* SPDX-License-Identifier: MIT
 *
 * What a text says of its own encoding, where its letters alone do not tell:
 * encodings of seven bits, which look like ASCII, and those of eight that
 * charset_guess.c does not weigh, because nobody could tell them from their
 * neighbours without being told.
 *
 * A claim is believed only if every byte has a meaning in it. One that cannot
 * be followed is said, by the name that the text gave.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/charset.h"
#include "text/charset_priv.h"

/* As mails and pages write them, in small letters; and as iconv does. */
static const struct {
	const char *claims;
	const char *name;  /* NULL: iconv has no table for it */
	const char *shift; /* of seven bits: what its text must have in it */
} told[] = {
    {"|iso-2022-jp|iso-2022-jp-1|iso-2022-jp-2|csiso2022jp|", "ISO-2022-JP-2",
	"\x1b$"},
    {"|iso-2022-kr|csiso2022kr|", "ISO-2022-KR", "\x1b$)C"},
    {"|iso-2022-cn|", "ISO-2022-CN", "\x1b$"},
    {"|hz-gb-2312|hz|", NULL, "~{"},
    {"|utf-7|", NULL, "+"},
    {"|windows-1257|cp1257|x-cp1257|", "WINDOWS-1257", NULL},
    {"|windows-1258|cp1258|", "WINDOWS-1258", NULL},
    {"|windows-874|cp874|tis-620|tis620|iso-8859-11|x-windows-874|", "CP874",
	NULL},
    {"|macintosh|x-mac-roman|mac|macroman|x-macroman|", "MACINTOSH", NULL},
    {"|x-mac-ce|x-mac-centraleurroman|mac-centraleurope|", "MAC-CENTRALEUROPE",
	NULL},
    {"|x-mac-cyrillic|mac-cyrillic|x-mac-ukrainian|", "MAC-CYRILLIC", NULL},
    {"|iso-8859-3|latin3|", "ISO-8859-3", NULL},
    {"|iso-8859-4|latin4|", "ISO-8859-4", NULL},
    {"|iso-8859-10|latin6|", "ISO-8859-10", NULL},
    {"|iso-8859-13|latin7|", "ISO-8859-13", NULL},
    {"|iso-8859-14|latin8|", "ISO-8859-14", NULL},
    {"|iso-8859-16|latin10|", "ISO-8859-16", NULL},
    {"|ibm437|cp437|", "IBM437", NULL},
    {"|ibm775|cp775|", "CP775", NULL},
    {"|ibm850|cp850|", "IBM850", NULL},
    {"|ibm852|cp852|", "IBM852", NULL},
    {"|ibm855|cp855|", "IBM855", NULL},
    {"|ibm857|cp857|", "IBM857", NULL},
    {"|koi8-t|", "KOI8-T", NULL},
    {"|euc-tw|", "EUC-TW", NULL},
};

/* Other names of what charset_guess.c weighs, which is asked about them. */
static const struct {
	const char *claims;
	const char *name;
} weighed[] = {
    {"|us-ascii|ascii|latin1|latin-1|iso8859-1|iso_8859-1|", "ISO-8859-1"},
    {"|cp1252|x-cp1252|ansi|", "WINDOWS-1252"},
    {"|iso8859-2|iso_8859-2|latin2|", "ISO-8859-2"},
    {"|iso8859-15|iso_8859-15|latin9|", "ISO-8859-15"},
    {"|cp1250|x-cp1250|", "WINDOWS-1250"},
    {"|cp1251|x-cp1251|", "WINDOWS-1251"},
    {"|cp1253|", "WINDOWS-1253"},
    {"|cp1254|iso8859-9|latin5|", "WINDOWS-1254"},
    {"|cp1255|iso-8859-8-i|", "WINDOWS-1255"},
    {"|cp1256|", "WINDOWS-1256"},
    {"|koi8|cskoi8r|", "KOI8-R"},
    {"|cp866|", "IBM866"},
    {"|shift-jis|x-sjis|sjis|windows-31j|ms_kanji|", "SHIFT_JIS"},
    {"|x-euc-jp|eucjp|", "EUC-JP"},
    {"|ks_c_5601-1987|euckr|windows-949|uhc|", "EUC-KR"},
    {"|gb2312|gbk|x-gbk|cp936|euc-cn|gb_2312-80|", "GB18030"},
    {"|cp950|x-x-big5|big5hkscs|", "BIG5"},
};

/* Whether CLAIM, in any case, is one of CLAIMS. */
static bool is_claim(struct str claim, const char *claims)
{
	struct str rest = str_of(claims);

	while (rest.p && claim.n > 0)
		if (str_eq_fold(str_cut(&rest, '|'), claim))
			return true;
	return false;
}

struct str charset_claim_name(struct str claim)
{
	for (size_t i = 0; i < sizeof(weighed) / sizeof(weighed[0]); i++)
		if (is_claim(claim, weighed[i].claims))
			return str_of(weighed[i].name);
	return claim;
}

const char *charset_named(struct arena *a, struct str claim)
{
	struct str name = charset_claim_name(claim);

	if (str_eq_fold(claim, STR("utf-8")) || str_eq_fold(claim, STR("utf8")))
		return "UTF-8";
	if (charset_is_weighed(name))
		return arena_cstr(a, name);
	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
		if (is_claim(claim, told[i].claims))
			return told[i].name;
	return NULL;
}

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* The text as NAME, if all of it has a meaning there. */
static bool follow(struct charset_job *job, const char *name)
{
	struct buf b;

	buf_init_arena(&b, job->a, CHARSET_MAX * (size_t)4);
	if (charset_convert(&b, name, job->text) != 0)
		return false;
	job->text = buf_str(&b);
	return true;
}

bool charset_follow(struct charset_job *job, struct str claim,
    struct charset_guess *ret_guess, struct str *ret_doubt)
{
	bool has_seven = is_ascii(job->text);

	/* Nothing but the mail's own signs begins with these. */
	if (has_seven && claim.n == 0 &&
	    str_find_str(job->text, STR("\x1b$B")) < job->text.n)
		claim = STR("iso-2022-jp");
	for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++) {
		const char *shift = told[i].shift;

		if (!is_claim(claim, told[i].claims))
			continue;
		if (shift ? !has_seven || str_find_str(job->text,
					      str_of(shift)) == job->text.n
			  : utf8_is_valid(job->text))
			return false;
		if (told[i].name && follow(job, told[i].name)) {
			*ret_guess = (struct charset_guess){told[i].name, 90};
			return true;
		}
		*ret_doubt = arena_printf(job->a,
		    "The text says that it is in %.*s, and could not be read "
		    "as that; look at it word by word, or save it as UTF-8.",
		    STR_ARG(claim));
		return false;
	}
	return false;
}

struct str charset_doubt_claim(
    struct arena *a, struct str claim, const char *name)
{
	struct str known = charset_claim_name(claim);

	if (claim.n == 0 || charset_is_weighed(known) ||
	    str_eq_fold(claim, STR("utf-8")) || str_eq_fold(claim, STR("utf8")))
		return STR_NONE;
	return arena_printf(a,
	    "The text says that it is in %.*s; by its letters it was read as "
	    "%s. Look at letters with accents.",
	    STR_ARG(claim), name);
}
