/* SPDX-License-Identifier: MIT
 *
 * Which quotation marks a language sets; see typography.h.
 */
#include "text/typography.h"

#include "text/script.h"

#define NNBSP "\xE2\x80\xAF" /* U+202F narrow no-break space */

struct lang_quotes {
	char lang[6];
	struct quotes quotes;
};

#define QUOTES(o, c, io, ic)                                                   \
	{                                                                      \
		STR_INIT(o), STR_INIT(c), STR_INIT(io), STR_INIT(ic),          \
		    STR_INIT("")                                               \
	}
#define QUOTES_SPACED(o, c, io, ic)                                            \
	{                                                                      \
		STR_INIT(o), STR_INIT(c), STR_INIT(io), STR_INIT(ic),          \
		    STR_INIT(NNBSP)                                            \
	}

static const struct quotes english = QUOTES("“", "”", "‘", "’");

/* Sorted so that a whole tag comes before its language. */
static const struct lang_quotes table[] = {
    {"de-CH", QUOTES("«", "»", "‹", "›")},
    {"de-LI", QUOTES("«", "»", "‹", "›")},
    {"fr-CH", QUOTES("«", "»", "‹", "›")},
    {"it-CH", QUOTES("«", "»", "‹", "›")},
    {"pt-BR", QUOTES("“", "”", "‘", "’")},
    {"de", QUOTES("„", "“", "‚", "‘")},
    {"fr", QUOTES_SPACED("«", "»", "“", "”")},
    {"es", QUOTES("«", "»", "“", "”")},
    {"it", QUOTES("«", "»", "“", "”")},
    {"ca", QUOTES("«", "»", "“", "”")},
    {"gl", QUOTES("«", "»", "“", "”")},
    {"eu", QUOTES("«", "»", "“", "”")},
    {"pt", QUOTES("«", "»", "“", "”")},
    {"el", QUOTES("«", "»", "“", "”")},
    {"nb", QUOTES("«", "»", "‘", "’")},
    {"nn", QUOTES("«", "»", "‘", "’")},
    {"no", QUOTES("«", "»", "‘", "’")},
    {"ru", QUOTES("«", "»", "„", "“")},
    {"uk", QUOTES("«", "»", "„", "“")},
    {"be", QUOTES("«", "»", "„", "“")},
    {"hy", QUOTES("«", "»", "„", "“")},
    {"fa", QUOTES("«", "»", "‹", "›")},
    {"ar", QUOTES("«", "»", "“", "”")},
    {"cs", QUOTES("„", "“", "‚", "‘")},
    {"sk", QUOTES("„", "“", "‚", "‘")},
    {"sl", QUOTES("„", "“", "‚", "‘")},
    {"bg", QUOTES("„", "“", "’", "’")},
    {"is", QUOTES("„", "“", "‚", "‘")},
    {"lt", QUOTES("„", "“", "‚", "‘")},
    {"et", QUOTES("„", "“", "‚", "‘")},
    {"ka", QUOTES("„", "“", "‚", "‘")},
    {"mk", QUOTES("„", "“", "’", "‘")},
    {"pl", QUOTES("„", "”", "«", "»")},
    {"ro", QUOTES("„", "”", "«", "»")},
    {"hu", QUOTES("„", "”", "»", "«")},
    {"hr", QUOTES("„", "”", "‘", "’")},
    {"sr", QUOTES("„", "”", "’", "’")},
    {"bs", QUOTES("„", "”", "’", "’")},
    {"he", QUOTES("”", "”", "’", "’")},
    {"sv", QUOTES("”", "”", "’", "’")},
    {"fi", QUOTES("”", "”", "’", "’")},
    {"da", QUOTES("»", "«", "›", "‹")},
    {"ja", QUOTES("「", "」", "『", "』")},
    {"zh-TW", QUOTES("「", "」", "『", "』")},
    {"zh-HK", QUOTES("「", "」", "『", "』")},
    {"nl", QUOTES("“", "”", "‘", "’")},
    {"tr", QUOTES("“", "”", "‘", "’")},
    {"zh", QUOTES("“", "”", "‘", "’")},
    {"ko", QUOTES("“", "”", "‘", "’")},
};

const struct quotes *quotes_of(struct str lang)
{
	size_t n = sizeof(table) / sizeof(table[0]);

	for (size_t i = 0; i < n; i++)
		if (str_eq_fold(lang, str_of(table[i].lang)))
			return &table[i].quotes;
	for (size_t i = 0; i < n; i++)
		if (str_eq_fold(lang_base(lang), str_of(table[i].lang)))
			return &table[i].quotes;
	return &english;
}
