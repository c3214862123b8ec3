/* SPDX-License-Identifier: MIT
 *
 * Buckets; see throttle.h.
 */
#include "newsroom/throttle.h"

#include <sodium.h>

#include "base/must.h"

static const struct {
	uint32_t most;	/* wrong ones at once */
	int64_t leak_s; /* one is forgotten in this time */
} limits[THROTTLE_KINDS] = {
    [THROTTLE_ACCOUNT] = {10, 30},
    [THROTTLE_NET] = {40, 10},
    [THROTTLE_CODE] = {10, 300},
};

static uint64_t key_of(
    const struct throttle *t, enum throttle_kind kind, struct str key)
{
	unsigned char hash[crypto_shorthash_BYTES];
	uint64_t n = 0;

	must(kind < THROTTLE_KINDS);
	crypto_shorthash(hash, (const unsigned char *)(key.p ? key.p : ""),
	    key.n, t->secret);
	for (size_t i = 0; i < sizeof(hash); i++)
		n = n << 8 | hash[i];
	/* The kind is a part of it, and it is never 0. */
	return (n << 2 | (uint64_t)kind) | 1ULL << 63;
}

static uint32_t level_at(
    const struct throttle *t, size_t i, enum throttle_kind kind, int64_t now_s)
{
	int64_t gone = (now_s - t->v[i].at_s) / limits[kind].leak_s;

	if (gone <= 0)
		return t->v[i].level;
	return gone >= t->v[i].level ? 0 : t->v[i].level - (uint32_t)gone;
}

/* The place of KEY, or THROTTLE_PLACES. */
static size_t find(const struct throttle *t, uint64_t key)
{
	size_t i = 0;

	while (i < THROTTLE_PLACES && t->v[i].key != key)
		i++;
	return i;
}

uint64_t throttle_wait(const struct throttle *t, enum throttle_kind kind,
    struct str key, struct instant now)
{
	size_t i = find(t, key_of(t, kind, key));
	int64_t now_s = instant_s(now);
	int64_t since;

	if (i == THROTTLE_PLACES ||
	    level_at(t, i, kind, now_s) < limits[kind].most)
		return 0;
	since = (now_s - t->v[i].at_s) % limits[kind].leak_s;
	return (uint64_t)(limits[kind].leak_s - (since < 0 ? 0 : since));
}

static size_t find_oldest(const struct throttle *t)
{
	size_t oldest = 0;

	for (size_t i = 0; i < THROTTLE_PLACES; i++) {
		if (t->v[i].key == 0)
			return i;
		if (t->v[i].at_s < t->v[oldest].at_s)
			oldest = i;
	}
	return oldest;
}

void throttle_add(struct throttle *t, enum throttle_kind kind, struct str key,
    struct instant now)
{
	uint64_t id = key_of(t, kind, key);
	int64_t now_s = instant_s(now);
	size_t i = find(t, id);
	uint32_t level = 0;

	if (i == THROTTLE_PLACES)
		i = find_oldest(t);
	else
		level = level_at(t, i, kind, now_s);
	t->v[i].key = id;
	t->v[i].at_s = now_s;
	t->v[i].level = level < limits[kind].most ? level + 1 : level;
}

void throttle_clear(struct throttle *t, enum throttle_kind kind, struct str key)
{
	size_t i = find(t, key_of(t, kind, key));

	if (i < THROTTLE_PLACES)
		t->v[i].key = 0;
}
