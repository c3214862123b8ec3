/* SPDX-License-Identifier: MIT
 *
 * Runs of words in another script; see script_run.h.
 */
#include "text/script_run.h"

#include "base/utf8.h"

bool lang_has_many_scripts(struct str lang)
{
	static const char *const langs[] = {"sr", "bs", "uz", "az", "kk", "ky",
	    "tg", "tk", "tt", "mn", "pa", "ku", "ks", "sd", "ug", "sa"};

	for (size_t i = 0; i < sizeof(langs) / sizeof(langs[0]); i++)
		if (lang_same(lang, str_of(langs[i])))
			return true;
	return false;
}

bool script_next_run(struct str text, enum script around, size_t *at,
    size_t *ret_end, enum script *ret_script)
{
	size_t start = 0;
	size_t end = 0;
	uint32_t words = 0;
	bool in_word = false;
	enum script script = SCRIPT_COMMON;

	for (size_t i = *at; i < text.n;) {
		size_t here = i;
		uint32_t c = utf8_next(text, &i);
		enum letter_class class = letter_class_of(c);
		enum script one = script_of(c);

		if (class == LETTER && one != SCRIPT_COMMON) {
			bool is_foreign = !script_same(one, around);

			if (words > 0 &&
			    (!is_foreign || !script_same(one, script))) {
				if (words >= SCRIPT_RUN_WORDS)
					break;
				words = 0;
				in_word = false;
			}
			if (is_foreign) {
				if (words == 0) {
					start = here;
					script = one;
				}
				words += !in_word || !script_has_spaces(one);
				end = i;
				in_word = true;
			}
			if (!is_foreign)
				in_word = false;
		} else if (class == LETTER_MARK && in_word) {
			end = i;
		} else {
			in_word = false;
		}
	}
	if (words < SCRIPT_RUN_WORDS)
		return false;
	*at = start;
	*ret_end = end;
	*ret_script = script;
	return true;
}
