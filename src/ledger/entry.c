/* SPDX-License-Identifier: MIT
 *
 * The bytes of an entry and their hash; see entry.h.
 */
#include "ledger/entry.h"

#include <string.h>

#include "base/buf.h"
#include "base/must.h"

enum {
	ENTRY_BYTES_MAX = 1024, /* two accounts of 250 bytes at most, and more
				   than the rest */
};

const char *entry_kind_name(enum entry_kind kind)
{
	switch (kind) {
	case ENTRY_GIFT:
		return "gift";
	case ENTRY_REVERSE:
		return "reverse";
	case ENTRY_VALUE:
		return "value";
	}
	return "unknown";
}

/* A run of bytes that is built in place: a million of them are hashed when
 * the ledger is checked. */
struct packed {
	char p[ENTRY_BYTES_MAX];
	size_t n;
};

static void put_bytes(struct packed *b, const void *p, size_t n)
{
	if (n > sizeof(b->p) - b->n) /* edited by hand: another hash */
		n = sizeof(b->p) - b->n;
	if (n > 0)
		memcpy(b->p + b->n, p, n);
	b->n += n;
}

static void put_number(struct packed *b, uint64_t value, unsigned bytes)
{
	uint8_t v[8];

	for (unsigned i = 0; i < bytes; i++)
		v[i] = (uint8_t)(value >> (8 * (bytes - 1 - i)));
	put_bytes(b, v, bytes);
}

static void put_text(struct packed *b, struct str s)
{
	put_number(b, s.n, 2);
	put_bytes(b, s.p, s.n);
}

static void put_value(struct packed *b, const struct entry *e)
{
	put_text(b, str_of(e->rate.currency.code));
	put_number(b, e->rate.currency.decimals, 1);
	put_number(b, (uint64_t)fiat_raw(e->value), 8);
	put_number(b, (uint64_t)fiat_raw(e->rate.price), 8);
	put_text(b, str_of(e->rate.source));
	put_number(b, (uint64_t)e->rate.at.us, 8);
}

struct hash256 entry_hash(const struct entry *e, const struct hash256 *previous)
{
	static const char head[] = "farthing entry 1\n";
	struct packed b;

	b.n = 0;
	put_bytes(&b, head, sizeof(head) - 1);
	put_bytes(&b, previous->b, HASH256_BYTES);
	put_number(&b, e->seq, 8);
	put_number(&b, (uint64_t)e->kind, 1);
	put_number(&b, (uint64_t)e->booked.us, 8);
	put_number(&b, (uint64_t)e->date.us, 8);
	put_bytes(&b, e->outpoint.txid.b, HASH256_BYTES);
	put_number(&b, e->outpoint.vout, 4);
	put_bytes(&b, e->block.b, HASH256_BYTES);
	put_number(&b, e->height, 4);
	put_number(&b, e->leaf, 8);
	put_number(&b, e->about, 8);
	put_number(&b, (uint64_t)sat_raw(e->amount), 8);
	put_text(&b, e->debit);
	put_text(&b, e->credit);
	put_number(&b, e->has_value ? 1 : 0, 1);
	if (e->has_value)
		put_value(&b, e);
	return hash_sha256((struct str){b.p, b.n});
}
