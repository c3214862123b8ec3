/* SPDX-License-Identifier: MIT
 *
 * What is pending; see pending.h. Each is an own block of memory in one list;
 * two chained tables lead to them, by txid and by outpoint, both keyed with
 * SipHash.
 *
 * Invariant 1: every input listed in a pending transaction has one entry in
 * the table of spends, and there are no others; inputs_n counts them.
 */
#include "watch/pending.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "sys/hash.h"
#include "sys/random.h"

enum { BUCKETS = 1 << 16 };

struct spend {
	struct outpoint from;
	struct pending_tx *tx;
	struct spend *next;
};

struct node {
	struct pending_tx *tx;
	struct node *next;
};

struct pending {
	unsigned char key[HASH_KEY_BYTES];
	struct pending_tx *first;
	size_t n;
	size_t inputs_n; /* of all */
	struct node *by_id[BUCKETS];
	struct spend *by_from[BUCKETS];
};

enum rc pending_new(struct pending **ret_p)
{
	struct pending *p = calloc(1, sizeof(*p));

	if (!p)
		return RC_NO_MEMORY;
	random_bytes(p->key, sizeof(p->key));
	*ret_p = p;
	return RC_OK;
}

void pending_free(struct pending *p)
{
	if (!p)
		return;
	while (p->first)
		pending_drop(p, p->first);
	free(p);
}

static size_t bucket_of_id(const struct pending *p, const struct hash256 *id)
{
	return hash_keyed(p->key, hash256_str(id)) % BUCKETS;
}

static size_t bucket_of(const struct pending *p, const struct outpoint *o)
{
	return (hash_keyed(p->key, hash256_str(&o->txid)) + o->vout) % BUCKETS;
}

struct pending_tx *pending_get(
    const struct pending *p, const struct hash256 *txid)
{
	const struct node *node = p->by_id[bucket_of_id(p, txid)];

	while (node && !hash256_eq(&node->tx->txid, txid))
		node = node->next;
	return node ? node->tx : NULL;
}

static bool add_spends(struct pending *p, struct pending_tx *tx)
{
	for (size_t i = 0; i < tx->inputs_n; i++) {
		struct spend *s = calloc(1, sizeof(*s));
		struct spend **head = &p->by_from[bucket_of(p, &tx->inputs[i])];

		if (!s)
			return false;
		s->from = tx->inputs[i];
		s->tx = tx;
		s->next = *head;
		*head = s;
	}
	return true;
}

static void drop_spends(struct pending *p, const struct pending_tx *tx)
{
	for (size_t i = 0; i < tx->inputs_n; i++) {
		struct spend **at = &p->by_from[bucket_of(p, &tx->inputs[i])];

		while (*at) {
			struct spend *s = *at;

			if (s->tx != tx) {
				at = &s->next;
				continue;
			}
			*at = s->next;
			free(s);
		}
	}
}

void pending_drop(struct pending *p, struct pending_tx *tx)
{
	struct node **at = &p->by_id[bucket_of_id(p, &tx->txid)];

	drop_spends(p, tx);
	while (*at && (*at)->tx != tx)
		at = &(*at)->next;
	if (*at) {
		struct node *node = *at;

		*at = node->next;
		free(node);
	}
	if (tx->prev)
		tx->prev->next = tx->next;
	else
		p->first = tx->next;
	if (tx->next)
		tx->next->prev = tx->prev;
	p->n--;
	p->inputs_n -= tx->inputs_n;
	free(tx);
}

struct pending_tx *pending_put(struct pending *p, const struct hash256 *txid,
    const struct fact_inputs *inputs)
{
	struct pending_tx *tx = pending_get(p, txid);
	struct node *node, **head = &p->by_id[bucket_of_id(p, txid)];
	size_t n = inputs->n;

	if (tx || p->n >= PENDING_MAX)
		return tx;
	must(inputs->n <= FACT_INPUTS_MAX);
	if (n > PENDING_INPUTS_MAX - p->inputs_n)
		n = 0;
	tx = calloc(1, sizeof(*tx) + n * sizeof(tx->inputs[0]));
	node = calloc(1, sizeof(*node));
	if (!tx || !node) {
		free(tx);
		free(node);
		return NULL;
	}
	tx->txid = *txid;
	tx->inputs_n = n;
	memcpy(tx->inputs, inputs->v, n * sizeof(tx->inputs[0]));
	tx->next = p->first;
	if (tx->next)
		tx->next->prev = tx;
	p->first = tx;
	p->n++;
	p->inputs_n += n;
	node->tx = tx;
	node->next = *head;
	*head = node;
	if (!add_spends(p, tx)) {
		pending_drop(p, tx);
		return NULL;
	}
	return tx;
}

struct pending_tx *pending_spending(const struct pending *p,
    const struct outpoint *outpoint, const struct hash256 *except)
{
	const struct spend *s = p->by_from[bucket_of(p, outpoint)];

	while (s && (!outpoint_eq(&s->from, outpoint) ||
			hash256_eq(&s->tx->txid, except)))
		s = s->next;
	return s ? s->tx : NULL;
}

void pending_age(struct pending *p, uint32_t height)
{
	struct pending_tx *next;

	for (struct pending_tx *tx = p->first; tx; tx = next) {
		next = tx->next;
		if (tx->height != 0 &&
		    tx->height + PENDING_KEEP_BLOCKS < height)
			pending_drop(p, tx);
	}
}

struct pending_tx *pending_first(const struct pending *p)
{
	return p->first;
}

struct pending_tx *pending_next(const struct pending_tx *tx)
{
	return tx->next;
}

bool pending_is_empty(const struct pending *p)
{
	return p->n == 0;
}
