/* SPDX-License-Identifier: MIT
 *
 * Lines that say themselves that they are the caption of a picture, or the
 * name of the one who took it.
 */
#include "base/utf8.h"
#include "text/intake_priv.h"
#include "text/script.h"

/* "..., le 11 mars 2026. SÉBASTIEN GALOP / RIVAGE", and the same in Japanese:
 * the one who took the picture stands behind its last stop. */
static bool split_credit(
    struct str text, struct str *ret_caption, struct str *ret_credit)
{
	struct str taken = STR("撮影"), comma = STR("、");
	size_t at = 0;

	for (struct str rest = text; rest.n > 0;) {
		size_t n = str_find_str(rest, STR(". "));

		if (n == rest.n)
			break;
		rest = str_from(rest, n + 2);
		at = text.n - rest.n;
	}
	if (at > 20 && text.n - at <= 80 &&
	    intake_is_capitals(str_from(text, at)) &&
	    str_find(str_from(text, at), '/') < text.n - at) {
		*ret_caption = str_trim(str_part(text, 0, at));
		*ret_credit = str_trim(str_from(text, at));
		return true;
	}
	if (!str_ends(text, taken))
		return false;
	text = str_part(text, 0, text.n - taken.n);
	for (at = text.n; at > comma.n; at--)
		if (str_starts(str_from(text, at - comma.n), comma))
			break;
	if (at <= comma.n || at == text.n)
		return false;
	*ret_credit = str_from(text, at);
	*ret_caption = str_part(text, 0, at - comma.n);
	return true;
}

/* Behind a stop or in brackets, or at the end of what is no sentence: the rest
 * of "It was a fine picture: the lake." is no credit. */
static bool is_credit_place(struct str text, size_t at)
{
	struct str before = str_trim(str_part(text, 0, at));

	return !intake_is_ended(text) || str_ends(before, STR(".")) ||
	       str_ends(before, STR("(")) || str_ends(before, STR(")"));
}

/* "Photo" without a colon, behind which a name stands, and not what it shows.
 */
static bool is_photo_of(const struct piece *p)
{
	size_t skip = intake_starts_with(p->folded, "фото |تصوير "), at = skip;
	uint32_t c;

	if (skip == 0 || skip >= p->text.n)
		return false;
	c = utf8_next(p->text, &at);
	return intake_is_ended(p->text) || p->words > 5 ||
	       (script_of(c) == SCRIPT_CYRILLIC && !letter_is_capital(c) &&
		   !intake_starts_with(str_from(p->folded, skip),
		       "из |автора|предоставл|пресс|с сайта"));
}

bool intake_caption(
    const struct piece *p, struct str *ret_caption, struct str *ret_credit)
{
	static const char *const credits =
	    "photo: |photo by |foto: |photo : |crédit photo : |credit: |"
	    "photograph: |photographs: |photography: |credit...|credit…|"
	    "image source, |image credit: |photo credit: |fotos: |bild: |"
	    "foto por |foto di |crédito: |bildquelle: |"
	    "φωτο: |φωτογραφία: |צילום: |fotoğraf: |撮影: |"
	    "фото: |фото |fot. |zdjęcie: |사진=|사진: |写真・|撮影・|"
	    "image: |picture: |تصوير: |تصوير ";
	static const char *const captions =
	    "caption: |image caption, |bildunterschrift: |légende : |"
	    "pie de foto: |legenda: |didascalia: |"
	    "подпись: |podpis: |사진설명: |写真：|صورة: ";
	struct str text = p->text, rest;
	size_t skip;

	if (p->chars > 260)
		return false;
	skip = intake_starts_with(p->folded, credits);
	if (skip && p->chars < 70 && !is_photo_of(p)) {
		*ret_caption = STR_NONE;
		*ret_credit = str_trim(str_from(text, skip));
		return true;
	}
	if (split_credit(text, ret_caption, ret_credit))
		return true;
	skip = intake_starts_with(p->folded, captions);
	*ret_caption = skip ? str_trim(str_from(text, skip)) : text;
	*ret_credit = STR_NONE;
	/* "... at the wheel. (Photo: P. Orme)" or "... Foto: dpa" */
	for (rest = str_of(credits); rest.p;) {
		struct str one = str_cut(&rest, '|');
		size_t at = str_find_str(p->folded, one);

		if (at == p->folded.n || at < 8 || p->chars > 200 ||
		    p->folded.n != text.n ||
		    (text.p[at - 1] != '(' && text.p[at - 1] != ' ') ||
		    !is_credit_place(text, at))
			continue;
		if (str_eq(one, STR("фото ")) || str_eq(one, STR("تصوير ")))
			continue;
		*ret_credit = str_trim(str_from(text, at + one.n));
		if (str_ends(*ret_credit, STR(")")))
			ret_credit->n--;
		skip = ret_caption->n < text.n ? text.n - ret_caption->n : 0;
		if (text.p[at - 1] == '(')
			at--;
		*ret_caption = str_trim(str_part(text, skip, at - skip));
		return true;
	}
	return skip > 0;
}
