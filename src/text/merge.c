/* SPDX-License-Identifier: MIT
 *
 * Merges; see merge.h. A piece of the base that both texts still have stands
 * firm; what lies between two firm pieces is a region, in which one of the
 * texts, or both, say something else than the base.
 */
#include "text/merge.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "text/diff.h"
#include "text/token.h"

/* For three texts of TOKENS_MOST words. */
enum { WORDS_MEMORY = 64 * 1024 * 1024 };

struct three {
	struct tokens base, ours, theirs;
	uint32_t *in_ours, *in_theirs; /* of each piece of the base */
};

struct parts {
	struct arena *a;
	struct arena *words; /* of one region's words, one after the other */
	struct merge_part *v;
	size_t n, room;
	bool is_clean;
	enum rc rc;
};

/* A region, as views of the three texts. */
struct region {
	struct str base, ours, theirs;
};

static void parts_push(struct parts *p, const struct merge_part *part)
{
	if (p->rc == RC_OK && p->n == p->room) {
		size_t room = p->room * 2 + 16;
		struct merge_part *v =
		    ARENA_ARRAY(p->a, struct merge_part, room);

		if (!v) {
			p->rc = RC_NO_MEMORY;
			return;
		}
		for (size_t i = 0; i < p->n; i++)
			v[i] = p->v[i];
		p->v = v;
		p->room = room;
	}
	if (p->rc == RC_OK)
		p->v[p->n++] = *part;
}

/* Adds to the part before where that is a piece of the same text. */
static void parts_add(struct parts *p, struct str text)
{
	struct merge_part *last = p->n > 0 ? &p->v[p->n - 1] : NULL;

	if (text.n == 0 || p->rc != RC_OK)
		return;
	if (last && !last->is_conflict && last->text.p + last->text.n == text.p)
		last->text.n += text.n;
	else
		parts_push(p, &(struct merge_part){.text = text});
}

static void parts_conflict(struct parts *p, const struct region *r)
{
	p->is_clean = false;
	parts_push(p, &(struct merge_part){.is_conflict = true,
			  .base = r->base,
			  .ours = r->ours,
			  .theirs = r->theirs});
}

static enum rc three_make(struct arena *a, const struct region *texts,
    enum rc (*tokens_of)(struct arena *, struct str, struct tokens *),
    struct three *ret_three)
{
	struct three t;
	struct tokens *all[] = {&t.base, &t.ours, &t.theirs};
	enum rc rc = tokens_of(a, texts->base, &t.base);

	if (rc == RC_OK)
		rc = tokens_of(a, texts->ours, &t.ours);
	if (rc == RC_OK)
		rc = tokens_of(a, texts->theirs, &t.theirs);
	if (rc == RC_OK)
		rc = tokens_number(a, all, 3);
	if (rc == RC_OK)
		rc = diff_match(
		    a, t.base.ids, t.base.n, t.ours.ids, t.ours.n, &t.in_ours);
	if (rc == RC_OK)
		rc = diff_match(a, t.base.ids, t.base.n, t.theirs.ids,
		    t.theirs.n, &t.in_theirs);
	if (rc == RC_OK)
		*ret_three = t;
	return rc;
}

/* Where one walks through the three. */
struct place {
	size_t base, ours, theirs;
};

/* How many pieces stand firm from AT on. */
static size_t firm(const struct three *t, const struct place *at)
{
	size_t n = 0;

	while (at->base + n < t->base.n &&
	       t->in_ours[at->base + n] == at->ours + n &&
	       t->in_theirs[at->base + n] == at->theirs + n)
		n++;
	return n;
}

/* The region from AT on, which moves behind it. */
static struct region region_take(const struct three *t, struct place *at)
{
	struct place end = {at->base, t->ours.n, t->theirs.n};
	struct region r;

	while (end.base < t->base.n && (t->in_ours[end.base] == DIFF_NONE ||
					   t->in_theirs[end.base] == DIFF_NONE))
		end.base++;
	if (end.base < t->base.n) {
		end.ours = t->in_ours[end.base];
		end.theirs = t->in_theirs[end.base];
	}
	r.base = tokens_text(&t->base, at->base, end.base - at->base);
	r.ours = tokens_text(&t->ours, at->ours, end.ours - at->ours);
	r.theirs = tokens_text(&t->theirs, at->theirs, end.theirs - at->theirs);
	*at = end;
	return r;
}

static bool has_word(const struct tokens *t, size_t at, size_t n)
{
	for (size_t i = at; i < at + n; i++)
		if (token_is_word(t->v[i]))
			return true;
	return false;
}

enum side { SIDE_OURS = 1, SIDE_THEIRS = 2, SIDE_BOTH = 3 };

static unsigned region_sides(const struct region *r)
{
	return (str_eq(r->ours, r->base) ? 0u : SIDE_OURS) |
	       (str_eq(r->theirs, r->base) ? 0u : SIDE_THEIRS);
}

/* The words of one region of paragraphs into *P; false if they conflict. */
static enum rc merge_words(struct parts *p, const struct region *texts)
{
	struct parts words = {.a = p->words, .is_clean = true};
	struct three t;
	struct place at = {0};
	unsigned near = 0; /* who has changed something since the last word */
	enum rc rc;

	arena_reset(p->words);
	rc = three_make(p->words, texts, tokens_of_words, &t);
	if (rc == RC_LIMIT) {
		parts_conflict(p, texts);
		return p->rc;
	}
	while (rc == RC_OK && words.is_clean &&
	       (at.base < t.base.n || at.ours < t.ours.n ||
		   at.theirs < t.theirs.n)) {
		size_t n = firm(&t, &at);
		struct region r;
		unsigned sides;

		if (has_word(&t.base, at.base, n))
			near = 0;
		parts_add(&words, tokens_text(&t.base, at.base, n));
		at.base += n;
		at.ours += n;
		at.theirs += n;
		r = region_take(&t, &at);
		sides = region_sides(&r);
		near |= sides;
		if (near == SIDE_BOTH && !str_eq(r.ours, r.theirs))
			words.is_clean = false;
		else if (sides == SIDE_BOTH)
			near = 0; /* of one mind */
		parts_add(&words, sides == SIDE_THEIRS ? r.theirs : r.ours);
		rc = words.rc;
	}
	if (rc != RC_OK)
		return rc;
	if (!words.is_clean)
		parts_conflict(p, texts);
	for (size_t i = 0; words.is_clean && i < words.n; i++)
		parts_add(p, words.v[i].text);
	return p->rc;
}

static enum rc merge_region(struct parts *p, const struct region *r)
{
	unsigned sides = region_sides(r);

	if (sides != SIDE_BOTH)
		parts_add(p, sides == SIDE_THEIRS ? r->theirs : r->ours);
	else if (str_eq(r->ours, r->theirs))
		parts_add(p, r->ours);
	else
		return merge_words(p, r);
	return p->rc;
}

static enum rc parts_join(const struct parts *p, struct str *ret_text)
{
	struct buf b;
	size_t n = 1;

	for (size_t i = 0; i < p->n; i++)
		n += p->v[i].text.n;
	buf_init_arena(&b, p->a, n);
	for (size_t i = 0; i < p->n; i++)
		buf_add(&b, p->v[i].text);
	*ret_text = buf_str(&b);
	return buf_rc(&b);
}

static enum rc merge_paragraphs(struct parts *p, const struct region *texts)
{
	struct three t;
	struct place at = {0};
	enum rc rc = three_make(p->a, texts, tokens_of_paragraphs, &t);

	if (rc == RC_LIMIT) {
		parts_conflict(p, texts);
		return p->rc;
	}
	while (rc == RC_OK && (at.base < t.base.n || at.ours < t.ours.n ||
				  at.theirs < t.theirs.n)) {
		size_t n = firm(&t, &at);
		struct region r;

		parts_add(p, tokens_text(&t.base, at.base, n));
		at.base += n;
		at.ours += n;
		at.theirs += n;
		r = region_take(&t, &at);
		rc = merge_region(p, &r);
	}
	return rc == RC_OK ? p->rc : rc;
}

enum rc merge_text(struct arena *a, struct str base, struct str ours,
    struct str theirs, struct merge *ret_merge)
{
	const struct region texts = {base, ours, theirs};
	struct parts p = {.a = a, .is_clean = true};
	struct merge merge = {0};
	enum rc rc;

	p.words = arena_new(WORDS_MEMORY);

	/* What one side left alone is the other's. */
	if (region_sides(&texts) != SIDE_BOTH || str_eq(ours, theirs)) {
		parts_add(&p, str_eq(ours, base) ? theirs : ours);
		rc = p.rc;
	} else {
		rc = merge_paragraphs(&p, &texts);
	}
	arena_free(p.words);
	if (rc == RC_OK && p.is_clean)
		rc = parts_join(&p, &merge.text);
	if (rc != RC_OK)
		return rc;
	merge.is_clean = p.is_clean;
	merge.parts = p.v;
	merge.parts_n = p.n;
	*ret_merge = merge;
	return RC_OK;
}

static bool list_has(const struct str_list *list, struct str item)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->v[i], item))
			return true;
	return false;
}

/* Those of FROM that the other did not take out. */
static void list_keep(struct str_list *to, const struct str_list *from,
    const struct str_list *base, const struct str_list *other)
{
	for (size_t i = 0; i < from->n; i++)
		if (!list_has(to, from->v[i]) &&
		    (list_has(other, from->v[i]) ||
			!list_has(base, from->v[i])))
			to->v[to->n++] = from->v[i];
}

enum rc merge_list(struct arena *a, const struct str_list *base,
    const struct str_list *ours, const struct str_list *theirs,
    struct str_list *ret_list)
{
	struct str_list list = {
	    ARENA_ARRAY(a, struct str, ours->n + theirs->n), 0};

	if (!list.v)
		return RC_NO_MEMORY;
	list_keep(&list, ours, base, theirs);
	list_keep(&list, theirs, base, ours);
	*ret_list = list;
	return RC_OK;
}
