/* SPDX-License-Identifier: MIT
 *
 * Comparing two texts; see word_diff.h.
 */
#include "text/word_diff.h"

#include "base/arena.h"
#include "base/must.h"
#include "text/diff.h"
#include "text/token.h"

/* For two texts of TOKENS_MOST words. */
enum { WORDS_MEMORY = 48 * 1024 * 1024 };

struct two {
	struct tokens old, news;
	uint32_t *at; /* where each of the old ones stands among the new */
};

struct pieces {
	struct word_piece *v;
	size_t n, room;
};

static enum rc two_make(struct arena *a, struct str old, struct str news,
    enum rc (*tokens_of)(struct arena *, struct str, struct tokens *),
    struct two *ret_two)
{
	struct two t;
	struct tokens *both[] = {&t.old, &t.news};
	enum rc rc = tokens_of(a, old, &t.old);

	if (rc == RC_OK)
		rc = tokens_of(a, news, &t.news);
	if (rc == RC_OK)
		rc = tokens_number(a, both, 2);
	if (rc == RC_OK)
		rc = diff_match(
		    a, t.old.ids, t.old.n, t.news.ids, t.news.n, &t.at);
	if (rc == RC_OK)
		*ret_two = t;
	return rc;
}

/* Appends; joins what follows in the same text with the same fate. */
static void pieces_add(struct pieces *p, enum word_fate fate, struct str text)
{
	struct word_piece *last = p->n > 0 ? &p->v[p->n - 1] : NULL;

	if (text.n == 0)
		return;
	if (last && last->fate == fate &&
	    last->text.p + last->text.n == text.p) {
		last->text.n += text.n;
		return;
	}
	must(p->n < p->room);
	p->v[p->n++] = (struct word_piece){fate, text};
}

/* A stretch of the old text [old, old_to) and of the new one. */
struct stretch {
	size_t old, old_to, news, news_to;
};

/* The stretch from FROM on in which nothing is the same. */
static struct stretch stretch_at(const struct two *t, size_t old, size_t news)
{
	struct stretch s = {old, old, news, t->news.n};

	while (s.old_to < t->old.n && t->at[s.old_to] == DIFF_NONE)
		s.old_to++;
	if (s.old_to < t->old.n)
		s.news_to = t->at[s.old_to];
	return s;
}

/* How many are the same from there on. */
static size_t same_at(const struct two *t, size_t old, size_t news)
{
	size_t n = 0;

	while (old + n < t->old.n && t->at[old + n] == news + n)
		n++;
	return n;
}

/* Nothing but spaces, with a change behind it. */
static bool is_gap(const struct two *t, size_t old, size_t n)
{
	for (size_t i = old; i < old + n; i++)
		if (!str_blank(t->old.v[i]))
			return false;
	return n > 0 && old + n < t->old.n;
}

static size_t count_words(const struct tokens *t, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += token_is_word(t->v[i]);
	return n;
}

/* A stretch that goes on over single spaces. */
static struct stretch stretch_words(
    const struct two *t, size_t old, size_t news)
{
	struct stretch s = stretch_at(t, old, news);

	for (;;) {
		size_t n = same_at(t, s.old_to, s.news_to);
		struct stretch more;

		if (!is_gap(t, s.old_to, n))
			return s;
		more = stretch_at(t, s.old_to + n, s.news_to + n);
		/* What was only put in or only taken out reads well as it is.
		 */
		if (more.old == more.old_to || more.news == more.news_to ||
		    s.old == s.old_to || s.news == s.news_to)
			return s;
		s.old_to = more.old_to;
		s.news_to = more.news_to;
	}
}

static enum rc row_whole(struct arena *a, struct str old, struct str news,
    struct word_row *ret_row, struct word_diff *diff)
{
	struct pieces p = {
	    .v = ARENA_ARRAY(a, struct word_piece, 2), .room = 2};

	if (!p.v)
		return RC_NO_MEMORY;
	pieces_add(&p, WORD_WENT, old);
	pieces_add(&p, WORD_CAME, news);
	diff->went += words_count(old);
	diff->came += words_count(news);
	*ret_row = (struct word_row){.v = p.v, .n = p.n};
	return RC_OK;
}

/* Pieces and all that they are found with lie in WORDS; what is of use goes
 * into A. */
static enum rc row_words(struct arena *a, struct arena *words,
    const struct str texts[2], struct word_row *ret_row, struct word_diff *diff)
{
	struct pieces p = {0};
	struct word_piece *v;
	struct two t;
	size_t i = 0, k = 0;
	enum rc rc;

	arena_reset(words);
	rc = two_make(words, texts[0], texts[1], tokens_of_words, &t);
	if (rc == RC_LIMIT)
		return row_whole(a, texts[0], texts[1], ret_row, diff);
	if (rc != RC_OK)
		return rc;
	p.room = t.old.n + t.news.n;
	p.v = ARENA_ARRAY(words, struct word_piece, p.room);
	if (!p.v)
		return RC_NO_MEMORY;
	while (i < t.old.n || k < t.news.n) {
		size_t n = same_at(&t, i, k);
		struct stretch s = stretch_words(&t, i + n, k + n);

		pieces_add(&p, WORD_STAYED, tokens_text(&t.old, i, n));
		pieces_add(&p, WORD_WENT,
		    tokens_text(&t.old, s.old, s.old_to - s.old));
		pieces_add(&p, WORD_CAME,
		    tokens_text(&t.news, s.news, s.news_to - s.news));
		diff->went += count_words(&t.old, s.old, s.old_to);
		diff->came += count_words(&t.news, s.news, s.news_to);
		i = s.old_to;
		k = s.news_to;
	}
	v = ARENA_ARRAY(a, struct word_piece, p.n);
	if (!v)
		return RC_NO_MEMORY;
	for (size_t at = 0; at < p.n; at++)
		v[at] = p.v[at];
	*ret_row = (struct word_row){.v = v, .n = p.n};
	return RC_OK;
}

static enum rc row_same(
    struct arena *a, struct str text, struct word_row *ret_row)
{
	struct word_piece *piece = ARENA_NEW(a, struct word_piece);

	if (!piece)
		return RC_NO_MEMORY;
	*piece = (struct word_piece){WORD_STAYED, text};
	*ret_row = (struct word_row){.is_same = true, .v = piece, .n = 1};
	return RC_OK;
}

static enum rc diff_whole(struct arena *a, struct str old, struct str news,
    struct word_diff *ret_diff)
{
	struct word_diff diff = {.rows = ARENA_NEW(a, struct word_row), .n = 1};
	enum rc rc;

	if (!diff.rows)
		return RC_NO_MEMORY;
	rc = str_eq(old, news) ? row_same(a, old, diff.rows)
			       : row_whole(a, old, news, diff.rows, &diff);
	if (rc == RC_OK)
		*ret_diff = diff;
	return rc;
}

static enum rc rows_make(struct arena *a, struct arena *words,
    const struct two *t, struct word_diff *diff)
{
	size_t i = 0, k = 0;
	enum rc rc = RC_OK;

	while (rc == RC_OK && (i < t->old.n || k < t->news.n)) {
		size_t n = same_at(t, i, k);
		struct stretch s = stretch_at(t, i + n, k + n);
		const struct str texts[2] = {
		    tokens_text(&t->old, s.old, s.old_to - s.old),
		    tokens_text(&t->news, s.news, s.news_to - s.news)};

		if (n > 0)
			rc = row_same(a, tokens_text(&t->old, i, n),
			    &diff->rows[diff->n++]);
		if (rc == RC_OK && (s.old < s.old_to || s.news < s.news_to))
			rc = row_words(
			    a, words, texts, &diff->rows[diff->n++], diff);
		i = s.old_to;
		k = s.news_to;
	}
	return rc;
}

enum rc word_diff(struct arena *a, struct str old, struct str news,
    struct word_diff *ret_diff)
{
	struct word_diff diff = {0};
	struct arena *words;
	struct two t;
	enum rc rc = two_make(a, old, news, tokens_of_paragraphs, &t);

	if (rc == RC_LIMIT)
		return diff_whole(a, old, news, ret_diff);
	if (rc != RC_OK)
		return rc;
	diff.rows = ARENA_ARRAY(a, struct word_row, t.old.n + t.news.n + 1);
	if (!diff.rows)
		return RC_NO_MEMORY;
	words = arena_new(WORDS_MEMORY);
	rc = rows_make(a, words, &t, &diff);
	arena_free(words);
	if (rc == RC_OK)
		*ret_diff = diff;
	return rc;
}
