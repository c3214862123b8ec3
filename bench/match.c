/* SPDX-License-Identifier: MIT
 *
 * match ROUNDS: a full block of 4,000,000 bytes is matched against a million
 * watched scripts, and its transactions' ids are hashed, by turns in the same
 * process. Prints a line for each round: nanoseconds of hashing, of matching,
 * of reading the block whole (parsing, ids, Merkle root), the number of
 * transactions and of hits.
 *
 * The block's transactions are as most are today: one input with a witness,
 * two outputs. One in a thousand outputs is watched.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "coin/block.h"
#include "sys/clock.h"
#include "sys/random.h"
#include "watch/block_match.h"

enum { SCRIPTS = 1000000, TX_BYTES = 223, HIT_EVERY = 1000 };

static struct script_pubkey random_script(void)
{
	struct script_pubkey s = {.n = 22, .p = {0, 20}};

	random_bytes(s.p + 2, 20);
	return s;
}

static void put_le(struct buf *b, uint64_t n, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		buf_char(b, (char)(unsigned char)(n >> 8 * i & 0xff));
}

static void put_random(struct buf *b, size_t n)
{
	char *p = buf_room(b, n);

	must(p);
	random_bytes(p, n);
	buf_commit(b, n);
}

static void put_output(struct buf *b, struct script_pubkey script)
{
	put_le(b, 1000, 8);
	put_le(b, script.n, 1);
	buf_add(b, (struct str){(const char *)script.p, script.n});
}

static void put_tx(struct buf *b, const struct script_pubkey *watched)
{
	put_le(b, 2, 4);
	put_le(b, 0x100, 2);
	put_le(b, 1, 1);
	put_random(b, 36);
	put_le(b, 0, 1);
	put_le(b, 0xfffffffd, 4);
	put_le(b, 2, 1);
	put_output(b, watched ? *watched : random_script());
	put_output(b, random_script());
	put_le(b, 2, 1);
	put_le(b, 72, 1);
	put_random(b, 72);
	put_le(b, 33, 1);
	put_random(b, 33);
	put_le(b, 0, 4);
}

static void put_coinbase(struct buf *b)
{
	put_le(b, 1, 4);
	put_le(b, 1, 1);
	buf_fill(b, '\0', 32);
	put_le(b, UINT32_MAX, 4);
	put_le(b, 2, 1);
	put_le(b, 0x0101, 2);
	put_le(b, UINT32_MAX, 4);
	put_le(b, 1, 1);
	put_output(b, random_script());
	put_le(b, 0, 4);
}

/* A full block with the right root. */
static void make_block(struct buf *b, const struct script_pubkey *watched)
{
	size_t n = (BLOCK_BYTES_MAX - 200) / TX_BYTES;
	struct arena *a = arena_new(64 << 20);
	struct hash256 *ids = ARENA_ARRAY(a, struct hash256, n + 1);
	struct cursor c;
	struct tx tx;

	must(ids);
	buf_fill(b, '\0', BLOCK_HEADER_BYTES);
	put_le(b, 0xfd, 1);
	put_le(b, n + 1, 2);
	put_coinbase(b);
	for (size_t i = 0; i < n; i++)
		put_tx(b, i % (HIT_EVERY / 2) == 0 ? &watched[i] : NULL);
	must(buf_rc(b) == RC_OK);
	c = cursor_of(str_from(buf_str(b), BLOCK_HEADER_BYTES + 3));
	for (size_t i = 0; i <= n; i++) {
		must(tx_take(&c, &tx) == RC_OK);
		ids[i] = tx_id(&tx);
	}
	for (size_t left = n + 1; left > 1; left = (left + 1) / 2)
		for (size_t i = 0; i < left; i += 2)
			ids[i / 2] = hash_sha256d_pair(
			    &ids[i], &ids[i + 1 < left ? i + 1 : i]);
	memcpy(b->p + 36, ids[0].b, sizeof(ids[0].b));
	arena_free(a);
}

static uint8_t hash_all(const struct block *block)
{
	uint8_t all = 0;

	for (uint32_t i = 0; i < block->txs_n; i++)
		all ^= tx_id(&block->txs[i].tx).b[0];
	return all;
}

static void run_round(const struct script_set *set, struct str bytes)
{
	struct arena *a = arena_new(64 << 20);
	struct block block;
	struct err err;
	uint64_t hits = 0;
	bool *pays;
	int64_t start = clock_thread_cpu_ns(), read, hashed, matched;
	volatile uint8_t sink;

	must(block_parse(a, bytes, &block, &err) == RC_OK);
	pays = ARENA_ARRAY(a, bool, block.txs_n);
	must(pays);
	read = clock_thread_cpu_ns();
	sink = hash_all(&block);
	hashed = clock_thread_cpu_ns();
	block_match(set, &block, pays);
	matched = clock_thread_cpu_ns();
	for (uint32_t i = 0; i < block.txs_n; i++)
		hits += pays[i];
	(void)sink;
	printf("%lld %lld %lld %llu %llu\n", (long long)(hashed - read),
	    (long long)(matched - hashed), (long long)(read - start),
	    (unsigned long long)block.txs_n, (unsigned long long)hits);
	arena_free(a);
}

int main(int argc, char **argv)
{
	struct script_pubkey *watched = calloc(SCRIPTS, sizeof(*watched));
	struct script_set *set;
	uint64_t rounds;
	struct buf b;

	if (argc != 2 || random_start() != RC_OK || !watched ||
	    str_u64(str_of(argv[1]), 1000, &rounds) != RC_OK ||
	    script_set_new(SCRIPTS, &set) != RC_OK)
		return 2;
	for (size_t i = 0; i < SCRIPTS; i++) {
		watched[i] = random_script();
		must(script_set_add(set, &watched[i]) == RC_OK);
	}
	buf_init(&b, BLOCK_BYTES_MAX);
	make_block(&b, watched);
	for (uint64_t i = 0; i < rounds; i++)
		run_round(set, buf_str(&b));
	buf_done(&b);
	script_set_free(set);
	free(watched);
	return 0;
}
