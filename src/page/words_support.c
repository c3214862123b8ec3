/* SPDX-License-Identifier: MIT
 *
 * Choosing a saying; see words_support.h.
 */
#include "page/words_support.h"

#include "base/must.h"
#include "page/words.h"

static const struct {
	struct str lang;
	const char *const *says;
} catalogues[] = {
    {STR_INIT("en"), words_support_en},
    {STR_INIT("es"), words_support_es},
    {STR_INIT("fr"), words_support_fr},
    {STR_INIT("de"), words_support_de},
    {STR_INIT("ru"), words_support_ru},
    {STR_INIT("ar"), words_support_ar},
    {STR_INIT("ko"), words_support_ko},
};

struct str words_saying(const struct words *w, enum saying saying)
{
	const char *const *says = words_support_en;

	for (size_t i = 0; i < sizeof(catalogues) / sizeof(catalogues[0]); i++)
		if (str_eq(catalogues[i].lang, str_of(w->lang)))
			says = catalogues[i].says;
	must(saying < SAY_COUNT && says[saying]);
	return str_of(says[saying]);
}
