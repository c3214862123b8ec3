/* SPDX-License-Identifier: MIT
 *
 * The set of scripts; see script_set.h. Slots are twice to four times as many
 * as scripts, so that a search is short. Both arrays double when needed.
 *
 * Invariant 1: a slot is 0 (empty) or tag << 32 | (index + 1), and every
 * script can be reached from its first slot without passing an empty one.
 */
#include "watch/script_set.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "sys/hash.h"
#include "sys/random.h"

enum { SLOTS_FIRST = 1024, AHEAD = 16 };

struct script_set {
	unsigned char key[HASH_KEY_BYTES];
	uint64_t *slots;
	uint64_t mask; /* number of slots less one; a power of two */
	struct script_pubkey *scripts;
	size_t n;
	size_t room;
	size_t most;
};

enum rc script_set_new(size_t most, struct script_set **ret_set)
{
	struct script_set *set = calloc(1, sizeof(*set));

	must(most > 0 && most < INT32_MAX);
	if (!set)
		return RC_NO_MEMORY;
	set->slots = calloc(SLOTS_FIRST, sizeof(*set->slots));
	if (!set->slots) {
		free(set);
		return RC_NO_MEMORY;
	}
	set->mask = SLOTS_FIRST - 1;
	set->most = most;
	random_bytes(set->key, sizeof(set->key));
	*ret_set = set;
	return RC_OK;
}

void script_set_free(struct script_set *set)
{
	if (!set)
		return;
	free(set->slots);
	free(set->scripts);
	free(set);
}

size_t script_set_count(const struct script_set *set)
{
	return set->n;
}

static uint64_t hash_of_script(const struct script_set *set, struct str bytes)
{
	return hash_keyed(set->key, bytes);
}

/* The slot that holds BYTES, or the empty one where it would stand. */
static uint64_t find(const struct script_set *set, struct str bytes, uint64_t h)
{
	uint64_t at = h & set->mask, slot;

	while ((slot = set->slots[at]) != 0) {
		const struct script_pubkey *s =
		    &set->scripts[(slot & UINT32_MAX) - 1];

		if (slot >> 32 == h >> 32 && s->n == bytes.n &&
		    memcmp(s->p, bytes.p, bytes.n) == 0)
			break;
		at = (at + 1) & set->mask;
	}
	return at;
}

static enum rc grow_slots(struct script_set *set)
{
	uint64_t old_mask = set->mask, *old = set->slots;
	uint64_t *slots = calloc((size_t)(old_mask + 1) * 2, sizeof(*slots));

	if (!slots)
		return RC_NO_MEMORY;
	set->slots = slots;
	set->mask = old_mask * 2 + 1;
	for (size_t i = 0; i < set->n; i++) {
		struct str bytes = script_pubkey_str(&set->scripts[i]);
		uint64_t h = hash_of_script(set, bytes);

		slots[find(set, bytes, h)] = h >> 32 << 32 | (i + 1);
	}
	free(old);
	return RC_OK;
}

static enum rc grow_scripts(struct script_set *set)
{
	size_t room = set->room ? set->room * 2 : SLOTS_FIRST / 2;
	struct script_pubkey *p =
	    realloc(set->scripts, room * sizeof(*set->scripts));

	if (!p)
		return RC_NO_MEMORY;
	set->scripts = p;
	set->room = room;
	return RC_OK;
}

enum rc script_set_add(
    struct script_set *set, const struct script_pubkey *script)
{
	struct str bytes = script_pubkey_str(script);
	uint64_t h = hash_of_script(set, bytes), at;

	must(script->n > 0);
	if (set->slots[find(set, bytes, h)] != 0)
		return RC_EXISTS;
	if (set->n >= set->most)
		return RC_LIMIT;
	if (set->n >= set->room && grow_scripts(set) != RC_OK)
		return RC_NO_MEMORY;
	if ((set->n + 1) * 2 > set->mask && grow_slots(set) != RC_OK)
		return RC_NO_MEMORY;
	at = find(set, bytes, h);
	set->scripts[set->n++] = *script;
	set->slots[at] = h >> 32 << 32 | set->n;
	return RC_OK;
}

bool script_set_has(const struct script_set *set, struct str bytes)
{
	if (bytes.n == 0 || bytes.n > SCRIPT_PUBKEY_MAX)
		return false;
	return set->slots[find(set, bytes, hash_of_script(set, bytes))] != 0;
}

void script_set_has_each(
    const struct script_set *set, const struct str *v, size_t n, bool *ret)
{
	uint64_t h[AHEAD];

	for (size_t from = 0; from < n; from += AHEAD) {
		size_t part = n - from < AHEAD ? n - from : AHEAD;

		for (size_t i = 0; i < part; i++) {
			struct str s = v[from + i];

			ret[from + i] = s.n > 0 && s.n <= SCRIPT_PUBKEY_MAX;
			if (!ret[from + i])
				continue;
			h[i] = hash_of_script(set, s);
			__builtin_prefetch(&set->slots[h[i] & set->mask]);
		}
		for (size_t i = 0; i < part; i++)
			if (ret[from + i])
				ret[from + i] =
				    set->slots[find(set, v[from + i], h[i])] !=
				    0;
	}
}
