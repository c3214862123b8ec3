/* SPDX-License-Identifier: MIT
 *
 * Buckets; see throttle.h.
 */
#include "newsroom/throttle.h"

#include <sodium.h>

static const struct {
	uint32_t most;	/* wrong ones at once */
	int64_t leak_s; /* one is forgotten in this time */
} limits[THROTTLE_KINDS] = {
    [THROTTLE_ACCOUNT] = {10, 30},
    [THROTTLE_NET] = {40, 10},
    [THROTTLE_CODE] = {10, 300},
    [THROTTLE_AGAIN] = {10, 30},
};

static uint64_t key_of(const struct throttle *t, struct str key)
{
	unsigned char hash[crypto_shorthash_BYTES];
	uint64_t n = 0;

	crypto_shorthash(hash, (const unsigned char *)(key.p ? key.p : ""),
	    key.n, t->secret);
	for (size_t i = 0; i < sizeof(hash); i++)
		n = n << 8 | hash[i];
	return n ? n : 1;
}

static uint32_t level_at(
    const struct throttle_bucket *b, enum throttle_kind kind, int64_t now_s)
{
	int64_t leak_s = limits[kind].leak_s;
	int64_t gone = (now_s - b->at_s) / leak_s;

	/* The clock was set back: nobody waits for it to come round again. */
	if (b->at_s - now_s > leak_s)
		return 0;
	if (gone <= 0)
		return b->level;
	return gone >= b->level ? 0 : b->level - (uint32_t)gone;
}

/* The place of KEY in the table V, or THROTTLE_PLACES. */
static size_t find(const struct throttle_bucket *v, uint64_t key)
{
	size_t i = 0;

	while (i < THROTTLE_PLACES && v[i].key != key)
		i++;
	return i;
}

uint64_t throttle_wait(const struct throttle *t, enum throttle_kind kind,
    struct str key, struct instant now)
{
	const struct throttle_bucket *v = t->v[kind];
	size_t i = find(v, key_of(t, key));
	int64_t now_s = instant_s(now);
	int64_t since;

	if (i == THROTTLE_PLACES ||
	    level_at(&v[i], kind, now_s) < limits[kind].most)
		return 0;
	since = (now_s - v[i].at_s) % limits[kind].leak_s;
	return (uint64_t)(limits[kind].leak_s - (since < 0 ? 0 : since));
}

static size_t find_emptiest(
    const struct throttle_bucket *v, enum throttle_kind kind, int64_t now_s)
{
	uint32_t least = UINT32_MAX;
	size_t best = 0;

	for (size_t i = 0; i < THROTTLE_PLACES; i++) {
		uint32_t level;

		if (v[i].key == 0)
			return i;
		level = level_at(&v[i], kind, now_s);
		if (level < least ||
		    (level == least && v[i].at_s < v[best].at_s)) {
			least = level;
			best = i;
		}
	}
	return best;
}

bool throttle_add(struct throttle *t, enum throttle_kind kind, struct str key,
    struct instant now)
{
	struct throttle_bucket *v = t->v[kind];
	uint64_t id = key_of(t, key);
	int64_t now_s = instant_s(now);
	size_t i = find(v, id);
	uint32_t level = 0;
	bool was_full = false;

	if (i == THROTTLE_PLACES) {
		i = find_emptiest(v, kind, now_s);
	} else {
		level = level_at(&v[i], kind, now_s);
		was_full = level > 0 && v[i].was_full;
	}
	if (level < limits[kind].most)
		level++;
	v[i] = (struct throttle_bucket){.key = id,
	    .at_s = now_s,
	    .level = level,
	    .was_full = was_full || level == limits[kind].most};
	return v[i].was_full && !was_full;
}

void throttle_clear(struct throttle *t, enum throttle_kind kind, struct str key)
{
	size_t i = find(t->v[kind], key_of(t, key));

	if (i < THROTTLE_PLACES)
		t->v[kind][i].key = 0;
}
