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

static void put_runs(struct buf *b, struct str text, enum script around)
{
	enum script script;
	size_t start = 0, end;

	while (script_next_run(text, around, &start, &end, &script)) {
		html_text(b, str_part(text, 0, start));
		put_run(b, str_part(text, start, end - start), script, around);
		text = str_from(text, end);
		start = 0;
	}
	html_text(b, text);
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
		html_text(b, text);
		return;
	}
	n = letters_of(text, around);
	if (n.own <= n.all / 10)
		put_run(b, text, script, around);
	else
		put_runs(b, text, around);
}
