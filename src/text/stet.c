/* SPDX-License-Identifier: MIT
 *
 * Marks that are answered; see stet.h.
 */
#include "text/stet.h"

#include "base/utf8.h"
#include "text/mend_priv.h"

enum {
	WORDS_BETWEEN = 3, /* of a day's phrase: "last Monday night" */
	DATE_MOST = 120,   /* bytes between brackets */
};

/* What stands between brackets is a date: words and numbers with a year among
 * them, one of which is the first or the last. */
static bool is_date(struct str s)
{
	size_t run = 0;
	bool has_year = false;

	s = str_trim(s);
	for (size_t i = 0; i < s.n; i++) {
		run = ascii_is_digit(s.p[i]) ? run + 1 : 0;
		has_year |= run == 4;
		if (run > 4 || s.p[i] == '\n')
			return false;
	}
	return has_year &&
	       (ascii_is_digit(s.p[0]) || ascii_is_digit(s.p[s.n - 1]));
}

/* The date in brackets at AT, spaces and a backslash before them left out. */
static bool has_date_at(struct str s, size_t at)
{
	static const struct {
		struct str open, close;
	} pairs[] = {{STR_INIT("["), STR_INIT("]")},
	    {STR_INIT("("), STR_INIT(")")}, {STR_INIT("［"), STR_INIT("］")},
	    {STR_INIT("（"), STR_INIT("）")}};

	while (at < s.n && s.p[at] == ' ')
		at++;
	if (at < s.n && s.p[at] == '\\')
		at++;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		struct str part = str_from(s, at);
		size_t end;

		if (!str_starts(part, pairs[i].open))
			continue;
		part = str_part(part, pairs[i].open.n, DATE_MOST);
		end = str_find_str(part, pairs[i].close);
		if (end == part.n)
			return false;
		part.n = end;
		if (part.n > 0 && part.p[part.n - 1] == '\\')
			part.n--;
		return is_date(part);
	}
	return false;
}

static bool is_dated(struct str s, const struct proof_mark *mark)
{
	size_t at = mark->offset + mark->length;

	for (int words = 0; words <= WORDS_BETWEEN; words++) {
		struct str next;

		if (has_date_at(s, at))
			return true;
		if (at >= s.n || s.p[at] != ' ')
			return false;
		next = word_behind(s, at);
		if (next.n == 0)
			return false;
		at = (size_t)(next.p - s.p) + next.n;
	}
	return false;
}

size_t stet_place(const struct manuscript *m, const struct proof_mark *mark)
{
	struct manuscript copy = *m;
	const struct str *text = mend_field(&copy, mark->field);

	return text && mark->excerpt.n > 0
		   ? (size_t)(text->p + mark->offset - mark->excerpt.p)
		   : 0;
}

static bool is_answered(const struct manuscript *m,
    const struct proof_mark *mark, struct stet *v, size_t n)
{
	struct str kind = str_of(proof_kind_name(mark->kind));
	struct manuscript copy = *m;
	const struct str *text = mend_field(&copy, mark->field);
	bool is_stet = false;

	if (mark->kind == PROOF_RELATIVE_DAY && text && is_dated(*text, mark))
		return true;
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].kind, kind) &&
		    v[i].place == stet_place(m, mark) &&
		    str_eq(v[i].field, mark->field) &&
		    str_eq(v[i].words, mark->excerpt))
			is_stet = v[i].is_met = true;
	return is_stet;
}

enum rc stet_read(struct arena *a, const struct manuscript *m, struct str lang,
    struct stet *v, size_t n, struct proof_mark **ret_marks, size_t *ret_n)
{
	struct proof_mark *marks;
	size_t all, kept = 0;
	enum rc rc = proof_read(a, m, lang, &marks, &all);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < n; i++)
		v[i].is_met = false;
	for (size_t i = 0; i < all; i++)
		if (!is_answered(m, &marks[i], v, n))
			marks[kept++] = marks[i];
	*ret_marks = marks;
	*ret_n = kept;
	return RC_OK;
}
