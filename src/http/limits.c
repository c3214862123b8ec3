/* SPDX-License-Identifier: MIT
 *
 * The table of readers: sets of eight slots, the set chosen by the hash. A
 * slot is free for another reader when it has no connection and its debt is
 * paid. The rate is GCRA: one number for each reader, the time at which all
 * its requests so far would have been due at the allowed rate; a request is
 * too fast if that is more than the burst ahead of now.
 *
 * When the key changes, the slots in use keep their counts until their
 * connections are closed; nobody finds them any more by address.
 */
#include "http/limits.h"

#include <stdlib.h>

#include "base/must.h"
#include "sys/hash.h"
#include "sys/random.h"

enum {
	SET_SLOTS = 8,
	SETS = 4096, /* a power of two */
	SLOTS = SETS * SET_SLOTS,
};

#define DAY_US (INT64_C(86400) * 1000000)

struct slot {
	uint64_t tag;	 /* 0: never used */
	int64_t paid_us; /* see the top */
	uint32_t connections;
	uint32_t held; /* bytes; 0 without connections */
};

struct limits {
	struct limits_config config;
	int64_t interval_us; /* between requests at the allowed rate; 0: any */
	int64_t burst_us;
	int64_t key_until_us;
	unsigned char key[HASH_KEY_BYTES];
	struct slot slots[SLOTS];
};

struct limits *limits_new(const struct limits_config *config)
{
	struct limits *l = calloc(1, sizeof(*l));

	must(l);
	l->config = *config;
	if (config->requests_per_s)
		l->interval_us = 1000000 / config->requests_per_s;
	l->burst_us = l->interval_us * config->requests_burst;
	l->key_until_us = INT64_MIN;
	return l;
}

void limits_free(struct limits *l)
{
	free(l);
}

static uint64_t tag_of(struct limits *l, uint64_t key, int64_t now_us)
{
	uint64_t tag;

	if (now_us >= l->key_until_us) {
		random_bytes(l->key, sizeof(l->key));
		l->key_until_us = now_us + DAY_US;
	}
	tag = hash_keyed(l->key, (struct str){(char *)&key, sizeof(key)});
	return tag ? tag : 1;
}

/* The reader's slot, a fresh one if need be. */
static limits_slot find(struct limits *l, uint64_t key, int64_t now_us)
{
	uint64_t tag = tag_of(l, key, now_us);
	limits_slot first = (limits_slot)(tag % SETS) * SET_SLOTS;
	limits_slot best = LIMITS_NOBODY;

	for (limits_slot i = first; i < first + SET_SLOTS; i++) {
		struct slot *s = &l->slots[i];

		if (s->tag == tag)
			return i;
		/* The one whose debt is the oldest makes room. */
		if (s->connections == 0 &&
		    (best == LIMITS_NOBODY ||
			s->paid_us < l->slots[best].paid_us))
			best = i;
	}
	if (best != LIMITS_NOBODY)
		l->slots[best] = (struct slot){.tag = tag};
	return best;
}

enum rc limits_open(
    struct limits *l, uint64_t key, int64_t now_us, limits_slot *ret_slot)
{
	limits_slot slot = find(l, key, now_us);

	if (slot != LIMITS_NOBODY) {
		struct slot *s = &l->slots[slot];

		if (l->config.connections &&
		    s->connections >= l->config.connections)
			return RC_LIMIT;
		s->connections++;
	}
	*ret_slot = slot;
	return RC_OK;
}

void limits_close(struct limits *l, limits_slot slot)
{
	if (slot == LIMITS_NOBODY)
		return;
	must(slot < SLOTS && l->slots[slot].connections > 0);
	l->slots[slot].connections--;
}

void limits_hold(struct limits *l, limits_slot slot, ptrdiff_t change)
{
	int64_t held;

	if (slot == LIMITS_NOBODY)
		return;
	must(slot < SLOTS && l->slots[slot].connections > 0);
	held = (int64_t)l->slots[slot].held + change;
	must(held >= 0 && held <= UINT32_MAX);
	l->slots[slot].held = (uint32_t)held;
}

size_t limits_held(const struct limits *l, limits_slot slot)
{
	must(slot == LIMITS_NOBODY || slot < SLOTS);
	return slot == LIMITS_NOBODY ? 0 : l->slots[slot].held;
}

bool limits_request(struct limits *l, limits_slot slot, int64_t now_us)
{
	struct slot *s;

	if (slot == LIMITS_NOBODY || !l->interval_us)
		return true;
	must(slot < SLOTS);
	s = &l->slots[slot];
	if (s->paid_us - now_us > l->burst_us)
		return false;
	if (s->paid_us < now_us)
		s->paid_us = now_us;
	s->paid_us += l->interval_us;
	return true;
}

bool limits_request_of(struct limits *l, uint64_t key, int64_t now_us)
{
	if (!l->interval_us)
		return true;
	return limits_request(l, find(l, key, now_us), now_us);
}
