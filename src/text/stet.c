/* SPDX-License-Identifier: MIT
 *
 * Marks that are answered; see stet.h.
 */
#include "text/stet.h"

#include "text/mend_priv.h"

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
	bool is_stet = false;

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
