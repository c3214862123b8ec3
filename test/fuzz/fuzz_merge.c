/* SPDX-License-Identifier: MIT
 *
 * Any three texts, parted by zero bytes: merges and differences that must be
 * what they say.
 */
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "text/merge.h"
#include "text/word_diff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must_merge_to(struct arena *a, struct str base, struct str ours,
    struct str theirs, struct str want)
{
	struct merge m;

	must(merge_text(a, base, ours, theirs, &m) == RC_OK);
	must(m.is_clean && str_eq(m.text, want));
}

/* The parts give each text back where the other changed nothing else. */
static void must_add_up(struct arena *a, const struct merge *m)
{
	struct buf b;

	buf_init_arena(&b, a, 4 << 20);
	for (size_t i = 0; i < m->parts_n; i++) {
		const struct merge_part *p = &m->parts[i];

		must(!p->is_conflict || !m->is_clean);
		must(!p->is_conflict || !str_eq(p->ours, p->theirs));
		buf_add(&b, p->text);
	}
	must(!m->is_clean || str_eq(buf_str(&b), m->text));
}

static void must_give_both(struct arena *a, struct str old, struct str news)
{
	struct word_diff diff;
	struct buf was, is;

	must(word_diff(a, old, news, &diff) == RC_OK);
	buf_init_arena(&was, a, old.n + 1);
	buf_init_arena(&is, a, news.n + 1);
	for (size_t i = 0; i < diff.n; i++)
		for (size_t k = 0; k < diff.rows[i].n; k++) {
			const struct word_piece *p = &diff.rows[i].v[k];

			must(p->text.n > 0);
			if (p->fate != WORD_CAME)
				buf_add(&was, p->text);
			if (p->fate != WORD_WENT)
				buf_add(&is, p->text);
		}
	must(str_eq(buf_str(&was), old) && str_eq(buf_str(&is), news));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new(256 << 20);
	struct str rest = {(const char *)data, n};
	struct str base = str_cut(&rest, '\0');
	struct str ours = rest.p ? str_cut(&rest, '\0') : STR_NONE;
	struct str theirs = rest.p ? rest : STR_NONE;
	struct merge one, other;

	must(merge_text(a, base, ours, theirs, &one) == RC_OK);
	must(merge_text(a, base, theirs, ours, &other) == RC_OK);
	must(one.is_clean == other.is_clean);
	must(str_eq(one.text, other.text));
	must_add_up(a, &one);
	must_merge_to(a, base, ours, base, ours);
	must_merge_to(a, base, base, theirs, theirs);
	must_merge_to(a, base, theirs, theirs, theirs);
	must_give_both(a, ours, theirs);
	arena_free(a);
	return 0;
}
