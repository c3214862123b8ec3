/* SPDX-License-Identifier: MIT
 *
 * Differences; see diff.h.
 *
 * A box is a part of the old sequence and one of the new. What its ends have
 * in common is matched; then a point is sought through which a shortest path
 * from one corner to the other goes, by searching from both corners at once,
 * and the two boxes before and behind that point are done in the same way. A
 * diagonal is a place in the old one less a place in the new one; on each the
 * farthest place reached is kept.
 *
 * When a search has taken EFFORT rounds it ends at the farthest place that the
 * forward search has reached. The box before that place is then known to
 * need no more than EFFORT rounds; so boxes lie in each other about as deep as
 * EFFORT has bits, and the one behind is done in a loop. Once STEPS have been
 * taken, places looked at, a search ends after LITTLE rounds.
 */
#include "text/diff.h"

#include "base/arena.h"
#include "base/must.h"

enum { EFFORT = 200, LITTLE = 8, STEPS = 4 * 1000 * 1000, DEPTH_MAX = 64 };

struct diff {
	const uint32_t *old, *news;
	int32_t *forward, *back; /* by diagonal */
	uint32_t *at;
	int64_t left; /* of STEPS */
};

struct box {
	int32_t old_from, old_to, new_from, new_to;
};

struct reach {
	int32_t low, high; /* diagonals */
};

/* The ends that both have in common. */
static void box_trim(struct diff *d, struct box *b)
{
	while (b->old_from < b->old_to && b->new_from < b->new_to &&
	       d->old[b->old_from] == d->news[b->new_from])
		d->at[b->old_from++] = (uint32_t)b->new_from++;
	while (b->old_from < b->old_to && b->new_from < b->new_to &&
	       d->old[b->old_to - 1] == d->news[b->new_to - 1])
		d->at[--b->old_to] = (uint32_t)--b->new_to;
}

/* One more diagonal on each side, or one less where the box ends. */
static void reach_grow(struct reach *r, const struct box *b, int32_t *v,
    int32_t low_mark, int32_t high_mark)
{
	if (r->low > b->old_from - b->new_to)
		v[--r->low - 1] = low_mark;
	else
		r->low++;
	if (r->high < b->old_to - b->new_from)
		v[++r->high + 1] = high_mark;
	else
		r->high--;
}

/* One round of the search from the start. *RET_X: where it met the other. */
static bool search_forward(struct diff *d, const struct box *b,
    struct reach *own, const struct reach *other, int32_t *ret_diagonal)
{
	int32_t *v = d->forward;

	reach_grow(own, b, v, -1, -1);
	d->left -= (own->high - own->low) / 2 + 1;
	for (int32_t k = own->high; k >= own->low; k -= 2) {
		int32_t x = v[k - 1] < v[k + 1] ? v[k + 1] : v[k - 1] + 1;
		int32_t y = x - k;

		while (
		    x < b->old_to && y < b->new_to && d->old[x] == d->news[y]) {
			x++;
			y++;
			d->left--;
		}
		v[k] = x;
		if (other && k >= other->low && k <= other->high &&
		    d->back[k] <= x) {
			*ret_diagonal = k;
			return true;
		}
	}
	return false;
}

static bool search_back(struct diff *d, const struct box *b, struct reach *own,
    const struct reach *other, int32_t *ret_diagonal)
{
	int32_t *v = d->back;

	reach_grow(own, b, v, INT32_MAX, INT32_MAX);
	d->left -= (own->high - own->low) / 2 + 1;
	for (int32_t k = own->high; k >= own->low; k -= 2) {
		int32_t x = v[k - 1] < v[k + 1] ? v[k - 1] : v[k + 1] - 1;
		int32_t y = x - k;

		while (x > b->old_from && y > b->new_from &&
		       d->old[x - 1] == d->news[y - 1]) {
			x--;
			y--;
			d->left--;
		}
		v[k] = x;
		if (other && k >= other->low && k <= other->high &&
		    x <= d->forward[k]) {
			*ret_diagonal = k;
			return true;
		}
	}
	return false;
}

/* The farthest place that the forward search has reached. */
static void farthest(struct diff *d, const struct box *b,
    const struct reach *reach, int32_t *ret_x, int32_t *ret_y)
{
	int32_t best = -1;

	for (int32_t k = reach->high; k >= reach->low; k -= 2) {
		int32_t x =
		    d->forward[k] < b->old_to ? d->forward[k] : b->old_to;
		int32_t y = x - k;

		if (y > b->new_to) {
			y = b->new_to;
			x = y + k;
		}
		if (x + y > best) {
			best = x + y;
			*ret_x = x;
			*ret_y = y;
		}
	}
}

/* A point in the box through which a good path goes. */
static void box_split(
    struct diff *d, const struct box *b, int32_t *ret_x, int32_t *ret_y)
{
	int32_t start = b->old_from - b->new_from;
	int32_t end = b->old_to - b->new_to;
	bool is_odd = (start - end) % 2 != 0;
	struct reach forward = {start, start};
	struct reach back = {end, end};
	int32_t k;

	d->forward[start] = b->old_from;
	d->back[end] = b->old_to;
	for (int round = 0; round < LITTLE || (round < EFFORT && d->left > 0);
	     round++) {
		if (search_forward(d, b, &forward, is_odd ? &back : NULL, &k)) {
			*ret_x = d->forward[k];
			*ret_y = *ret_x - k;
			return;
		}
		if (search_back(d, b, &back, is_odd ? NULL : &forward, &k)) {
			*ret_x = d->back[k];
			*ret_y = *ret_x - k;
			return;
		}
	}
	farthest(d, b, &forward, ret_x, ret_y);
}

static void box_do(struct diff *d, struct box b, int depth)
{
	must(depth < DEPTH_MAX);
	for (;;) {
		struct box before;
		int32_t x = 0, y = 0;

		box_trim(d, &b);
		if (b.old_from == b.old_to || b.new_from == b.new_to)
			return;
		box_split(d, &b, &x, &y);
		must(x >= b.old_from && x <= b.old_to && y >= b.new_from &&
		     y <= b.new_to);
		must(x - b.old_from + y - b.new_from > 0);
		must(b.old_to - x + b.new_to - y > 0);
		before = (struct box){b.old_from, x, b.new_from, y};
		box_do(d, before, depth + 1);
		b.old_from = x;
		b.new_from = y;
	}
}

enum rc diff_match(struct arena *a, const uint32_t *old, size_t old_n,
    const uint32_t *news, size_t news_n, uint32_t **ret_at)
{
	size_t diagonals = old_n + news_n + 3;
	struct diff d = {.old = old, .news = news, .left = STEPS};
	int32_t *forward, *back;

	if (old_n > DIFF_MOST || news_n > DIFF_MOST)
		return RC_LIMIT;
	forward = ARENA_ARRAY(a, int32_t, diagonals);
	back = ARENA_ARRAY(a, int32_t, diagonals);
	d.at = ARENA_ARRAY(a, uint32_t, old_n);
	if (!forward || !back || !d.at)
		return RC_NO_MEMORY;
	d.forward = forward + news_n + 1;
	d.back = back + news_n + 1;
	for (size_t i = 0; i < old_n; i++)
		d.at[i] = DIFF_NONE;
	box_do(&d, (struct box){0, (int32_t)old_n, 0, (int32_t)news_n}, 0);
	*ret_at = d.at;
	return RC_OK;
}
