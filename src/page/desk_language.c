/* SPDX-License-Identifier: MIT
 *
 * Languages by name; see desk_language.h. First those of the newsroom itself.
 */
#include "page/desk_language.h"

#include "page/desk_words.h"
#include "page/lang.h"
#include "page/screen.h"

static const struct {
	struct str code, name;
} others[] = {
    {STR_INIT("am"), STR_INIT("አማርኛ")},
    {STR_INIT("az"), STR_INIT("Azərbaycanca")},
    {STR_INIT("be"), STR_INIT("Беларуская")},
    {STR_INIT("bg"), STR_INIT("Български")},
    {STR_INIT("bn"), STR_INIT("বাংলা")},
    {STR_INIT("ca"), STR_INIT("Català")},
    {STR_INIT("cs"), STR_INIT("Čeština")},
    {STR_INIT("da"), STR_INIT("Dansk")},
    {STR_INIT("el"), STR_INIT("Ελληνικά")},
    {STR_INIT("et"), STR_INIT("Eesti")},
    {STR_INIT("eu"), STR_INIT("Euskara")},
    {STR_INIT("fa"), STR_INIT("فارسی")},
    {STR_INIT("fi"), STR_INIT("Suomi")},
    {STR_INIT("gl"), STR_INIT("Galego")},
    {STR_INIT("he"), STR_INIT("עברית")},
    {STR_INIT("hi"), STR_INIT("हिन्दी")},
    {STR_INIT("hr"), STR_INIT("Hrvatski")},
    {STR_INIT("hu"), STR_INIT("Magyar")},
    {STR_INIT("hy"), STR_INIT("Հայերեն")},
    {STR_INIT("id"), STR_INIT("Bahasa Indonesia")},
    {STR_INIT("it"), STR_INIT("Italiano")},
    {STR_INIT("ja"), STR_INIT("日本語")},
    {STR_INIT("ka"), STR_INIT("ქართული")},
    {STR_INIT("kk"), STR_INIT("Қазақша")},
    {STR_INIT("ku"), STR_INIT("Kurdî")},
    {STR_INIT("lt"), STR_INIT("Lietuvių")},
    {STR_INIT("lv"), STR_INIT("Latviešu")},
    {STR_INIT("my"), STR_INIT("မြန်မာ")},
    {STR_INIT("nl"), STR_INIT("Nederlands")},
    {STR_INIT("no"), STR_INIT("Norsk")},
    {STR_INIT("pl"), STR_INIT("Polski")},
    {STR_INIT("pt"), STR_INIT("Português")},
    {STR_INIT("pt-BR"), STR_INIT("Português (Brasil)")},
    {STR_INIT("ro"), STR_INIT("Română")},
    {STR_INIT("sk"), STR_INIT("Slovenčina")},
    {STR_INIT("sq"), STR_INIT("Shqip")},
    {STR_INIT("sr"), STR_INIT("Српски")},
    {STR_INIT("sv"), STR_INIT("Svenska")},
    {STR_INIT("sw"), STR_INIT("Kiswahili")},
    {STR_INIT("th"), STR_INIT("ไทย")},
    {STR_INIT("tr"), STR_INIT("Türkçe")},
    {STR_INIT("uk"), STR_INIT("Українська")},
    {STR_INIT("ur"), STR_INIT("اردو")},
    {STR_INIT("uz"), STR_INIT("Oʻzbekcha")},
    {STR_INIT("vi"), STR_INIT("Tiếng Việt")},
    {STR_INIT("zh"), STR_INIT("中文")},
};

enum { OTHERS = sizeof(others) / sizeof(others[0]) };

struct str desk_language(size_t at, struct str *ret_name)
{
	if (at < DESK_LANGS) {
		*ret_name = desk_lang_name((unsigned)at);
		return desk_lang_code((unsigned)at);
	}
	if (at - DESK_LANGS >= OTHERS)
		return STR_NONE;
	*ret_name = others[at - DESK_LANGS].name;
	return others[at - DESK_LANGS].code;
}

void desk_languages(const struct screen *s, struct str id)
{
	struct buf *b = s->b;
	struct str code, name;

	html_lit(b, "<datalist");
	html_attr(b, "id", id);
	html_lit(b, ">\n");
	for (size_t i = 0; (code = desk_language(i, &name)).p; i++) {
		html_lit(b, "<option");
		html_attr(b, "value", code);
		lang_attrs(b, code, desk_lang_code(s->lang));
		html_lit(b, ">");
		html_text(b, name);
		html_lit(b, "</option>\n");
	}
	html_lit(b, "</datalist>\n");
}
