/* SPDX-License-Identifier: MIT
 *
 * Attributes of language and direction; see lang.h.
 */
#include "page/lang.h"

#include "page/html.h"

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
