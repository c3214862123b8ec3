/* SPDX-License-Identifier: MIT
 *
 * Manuscripts and columns; see field.h.
 */
#include "paper/field.h"

#include "base/arena.h"
#include "base/buf.h"
#include "paper/packing.h"
#include "text/merge.h"

/* What is packed of one manuscript; MANUSCRIPT_MAX bounds what there is. */
enum { PACKED_MAX = 2 * MANUSCRIPT_MAX };

/* Packs follow each other in one buffer, which may move: so their places are
 * kept, and made views when all are in it. */
struct packs {
	struct buf b;
	struct {
		enum field field;
		size_t from, to;
	} v[FIELD_COUNT];
	size_t n;
};

static void packs_end(struct packs *p, enum field field)
{
	p->v[p->n].field = field;
	p->v[p->n].from = p->n > 0 ? p->v[p->n - 1].to : 0;
	p->v[p->n++].to = p->b.n;
}

enum rc fields_of(
    struct arena *a, const struct manuscript *m, struct fields *ret_fields)
{
	struct fields f = {{{0}}};
	struct packs p = {.n = 0};

	f.v[FIELD_HEADLINE] = m->headline;
	f.v[FIELD_KICKER] = m->kicker;
	f.v[FIELD_STANDFIRST] = m->standfirst;
	f.v[FIELD_SLUG] = m->slug;
	f.v[FIELD_SECTION] = str_trim(m->section);
	f.v[FIELD_DATELINE] = m->dateline;
	f.v[FIELD_LANG] = m->lang;
	f.v[FIELD_IS_DRAFT] = m->is_draft ? STR("1") : STR("");
	f.v[FIELD_BODY] = m->body;
	buf_init_arena(&p.b, a, PACKED_MAX);
	packing_list(&p.b, &m->authors);
	packs_end(&p, FIELD_AUTHORS);
	packing_list(&p.b, &m->tags);
	packs_end(&p, FIELD_TAGS);
	packing_list(&p.b, &m->aliases);
	packs_end(&p, FIELD_ALIASES);
	packing_picture(&p.b, &m->picture);
	packs_end(&p, FIELD_PICTURE);
	packing_corrections(&p.b, m->corrections, m->corrections_n);
	packs_end(&p, FIELD_CORRECTIONS);
	packing_translations(&p.b, m->translations, m->translations_n);
	packs_end(&p, FIELD_TRANSLATIONS);
	if (m->has_published)
		packing_civil(&p.b, m->published);
	packs_end(&p, FIELD_PUBLISHED);
	if (m->has_updated)
		packing_civil(&p.b, m->updated);
	packs_end(&p, FIELD_UPDATED);
	if (m->has_embargo)
		packing_civil(&p.b, m->embargo);
	packs_end(&p, FIELD_EMBARGO);
	if (buf_rc(&p.b) != RC_OK)
		return buf_rc(&p.b);
	for (size_t i = 0; i < p.n; i++)
		f.v[p.v[i].field] = str_part(
		    buf_str(&p.b), p.v[i].from, p.v[i].to - p.v[i].from);
	*ret_fields = f;
	return RC_OK;
}

enum rc fields_manuscript(
    struct arena *a, const struct fields *f, struct manuscript *ret_m)
{
	struct manuscript m = {
	    .headline = f->v[FIELD_HEADLINE],
	    .kicker = f->v[FIELD_KICKER],
	    .standfirst = f->v[FIELD_STANDFIRST],
	    .slug = f->v[FIELD_SLUG],
	    .section = f->v[FIELD_SECTION],
	    .dateline = f->v[FIELD_DATELINE],
	    .lang = f->v[FIELD_LANG],
	    .is_draft = f->v[FIELD_IS_DRAFT].n > 0,
	    .body = f->v[FIELD_BODY],
	};
	enum rc rc;

	m.picture = packing_to_picture(f->v[FIELD_PICTURE]);
	m.has_published =
	    civil_parse(f->v[FIELD_PUBLISHED], &m.published) == RC_OK;
	m.has_updated = civil_parse(f->v[FIELD_UPDATED], &m.updated) == RC_OK;
	m.has_embargo = civil_parse(f->v[FIELD_EMBARGO], &m.embargo) == RC_OK;
	rc = packing_to_list(a, f->v[FIELD_AUTHORS], &m.authors);
	if (rc == RC_OK)
		rc = packing_to_list(a, f->v[FIELD_TAGS], &m.tags);
	if (rc == RC_OK)
		rc = packing_to_list(a, f->v[FIELD_ALIASES], &m.aliases);
	if (rc == RC_OK)
		rc = packing_to_corrections(a, f->v[FIELD_CORRECTIONS],
		    &m.corrections, &m.corrections_n);
	if (rc == RC_OK)
		rc = packing_to_translations(a, f->v[FIELD_TRANSLATIONS],
		    &m.translations, &m.translations_n);
	if (rc == RC_OK)
		*ret_m = m;
	return rc;
}

bool fields_equal(const struct fields *a, const struct fields *b)
{
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (!str_eq(a->v[i], b->v[i]))
			return false;
	return true;
}

bool fields_look_equal(const struct fields *a, const struct fields *b)
{
	static const enum field seen[] = {FIELD_HEADLINE, FIELD_KICKER,
	    FIELD_STANDFIRST, FIELD_DATELINE, FIELD_PICTURE, FIELD_BODY};

	for (size_t i = 0; i < sizeof(seen) / sizeof(seen[0]); i++)
		if (!str_eq(a->v[seen[i]], b->v[seen[i]]))
			return false;
	return true;
}

static enum rc merge_packed(struct arena *a, struct str base, struct str ours,
    struct str theirs, struct str *ret_packed)
{
	struct str_list b, o, t, list;
	struct buf packed;
	enum rc rc = packing_to_list(a, base, &b);

	if (rc == RC_OK)
		rc = packing_to_list(a, ours, &o);
	if (rc == RC_OK)
		rc = packing_to_list(a, theirs, &t);
	if (rc == RC_OK)
		rc = merge_list(a, &b, &o, &t, &list);
	if (rc != RC_OK)
		return rc;
	if (list.n > MANUSCRIPT_LIST_MAX)
		list.n = MANUSCRIPT_LIST_MAX;
	buf_init_arena(&packed, a, PACKED_MAX);
	packing_list(&packed, &list);
	*ret_packed = buf_str(&packed);
	return buf_rc(&packed);
}

static enum rc merge_body(struct arena *a, struct str base, struct str ours,
    struct str theirs, struct str *ret_body, bool *ret_is_clean)
{
	struct merge m;
	enum rc rc = merge_text(a, base, ours, theirs, &m);

	if (rc != RC_OK)
		return rc;
	*ret_is_clean = m.is_clean && m.text.n <= MANUSCRIPT_MAX;
	*ret_body = *ret_is_clean ? m.text : ours;
	return RC_OK;
}

enum rc fields_merge(struct arena *a, const struct fields *base,
    const struct fields *ours, const struct fields *theirs,
    struct fields *ret_fields, uint32_t *ret_conflicts)
{
	struct fields f = *ours;
	uint32_t conflicts = 0;

	for (unsigned i = 0; i < FIELD_COUNT; i++) {
		struct str b = base->v[i], o = ours->v[i], t = theirs->v[i];
		bool is_clean = true;
		enum rc rc = RC_OK;

		if (str_eq(o, t) || str_eq(t, b))
			continue;
		if (str_eq(o, b))
			f.v[i] = t;
		else if (i == FIELD_TAGS || i == FIELD_ALIASES)
			rc = merge_packed(a, b, o, t, &f.v[i]);
		else if (i == FIELD_BODY)
			rc = merge_body(a, b, o, t, &f.v[i], &is_clean);
		else
			is_clean = false;
		if (rc != RC_OK)
			return rc;
		if (!is_clean)
			conflicts |= 1u << i;
	}
	*ret_fields = f;
	*ret_conflicts = conflicts;
	return RC_OK;
}
