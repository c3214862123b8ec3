/* SPDX-License-Identifier: MIT
 *
 * Blocks. A header is version 4, previous block 32, Merkle root 32, time 4,
 * bits 4, nonce 4, numbers with the lowest byte first. Behind it stand a
 * CompactSize count and the transactions.
 *
 * The short form of a target: the highest byte is its length in bytes, the
 * three others are its first bytes. Bit 23 would be a sign: a target that has
 * it set, or is zero, is none.
 *
 * The Merkle tree of a block does not tell leaves from inner nodes. That two
 * inner nodes are passed off as a transaction (CVE-2017-12842) is no danger
 * here: the first of such a list would have to be a coinbase, that is, 36 of
 * its 64 bytes, which are hashes, would have to be given ones.
 */
#include "coin/block.h"

#include <string.h>

#include "base/arena.h"
#include "base/must.h"

enum { TX_LEAST = 60, TARGET_MANTISSA = 0x7fffff, TARGET_SIGN = 0x800000 };

/* The easiest target of each network, in its short form. */
static const uint32_t EASIEST[NETWORK_COUNT] = {
    [NETWORK_MAIN] = 0x1d00ffff,
    [NETWORK_TESTNET] = 0x1d00ffff,
    [NETWORK_SIGNET] = 0x1e0377ae,
    [NETWORK_REGTEST] = 0x207fffff,
};

/* A target as 32 bytes, highest first. False: it is none. */
static bool target_of(uint32_t bits, uint8_t ret_target[32])
{
	uint32_t length = bits >> 24, mantissa = bits & TARGET_MANTISSA;

	if (bits & TARGET_SIGN || mantissa == 0 || length < 3 || length > 32)
		return false;
	memset(ret_target, 0, 32);
	ret_target[32 - length] = (uint8_t)(mantissa >> 16);
	ret_target[33 - length] = (uint8_t)(mantissa >> 8 & 0xff);
	ret_target[34 - length] = (uint8_t)(mantissa & 0xff);
	return true;
}

enum rc block_header_parse(struct str bytes, struct block_header *ret_header)
{
	struct cursor c = cursor_of(bytes);
	struct block_header h;
	const uint8_t *prev, *root;

	if (bytes.n != BLOCK_HEADER_BYTES)
		return RC_INVALID;
	h.version = cursor_le32(&c);
	prev = cursor_step(&c, HASH256_BYTES);
	root = cursor_step(&c, HASH256_BYTES);
	must(prev && root);
	memcpy(h.prev.b, prev, HASH256_BYTES);
	memcpy(h.merkle_root.b, root, HASH256_BYTES);
	h.time = INSTANT_OF_S(cursor_le32(&c));
	h.bits = cursor_le32(&c);
	h.nonce = cursor_le32(&c);
	must(!c.bad && cursor_left(&c) == 0);
	h.hash = hash_sha256d(bytes);
	*ret_header = h;
	return RC_OK;
}

bool block_work_is_done(const struct block_header *header, enum network network)
{
	uint8_t target[32], easiest[32], hash[32];

	must((unsigned)network < NETWORK_COUNT);
	if (!target_of(header->bits, target))
		return false;
	must(target_of(EASIEST[network], easiest));
	for (size_t i = 0; i < 32; i++)
		hash[i] = header->hash.b[31 - i];
	return memcmp(target, easiest, 32) <= 0 &&
	       memcmp(hash, target, 32) <= 0;
}

block_work_t block_work(uint32_t bits)
{
	uint32_t length = bits >> 24, mantissa = bits & TARGET_MANTISSA;
	unsigned power;

	/* 2^256 / (mantissa * 256^(length - 3)) */
	if (mantissa == 0 || length > 32 || length < 3)
		return 1;
	power = 256 - 8 * (length - 3);
	if (power > 100)
		return (block_work_t)1 << 100;
	return ((block_work_t)1 << power) / mantissa + 1;
}

bool block_bits_may_follow(
    uint32_t prev_bits, uint32_t bits, uint32_t height, enum network network)
{
	block_work_t before = block_work(prev_bits), now = block_work(bits);

	if (network == NETWORK_TESTNET || network == NETWORK_REGTEST)
		return true;
	if (height % BLOCK_SPAN != 0)
		return bits == prev_bits;
	/* Five instead of four, for the short form is rounded. */
	return now <= before * 5 && before <= now * 5;
}

/* Folds the N ids at V to their root, in place. False: two that stand side by
 * side are the same, so the list may have been lengthened without changing
 * the root. */
static bool fold(struct hash256 *v, size_t n, struct hash256 *ret_root)
{
	while (n > 1) {
		size_t half = (n + 1) / 2;

		for (size_t i = 0; i < half; i++) {
			size_t right = 2 * i + 1 < n ? 2 * i + 1 : 2 * i;

			if (right != 2 * i && hash256_eq(&v[2 * i], &v[right]))
				return false;
			v[i] = hash_sha256d_pair(&v[2 * i], &v[right]);
		}
		n = half;
	}
	*ret_root = v[0];
	return true;
}

static enum rc check_root(
    struct arena *a, const struct block *block, struct err *err)
{
	struct hash256 *ids = ARENA_ARRAY(a, struct hash256, block->txs_n);
	struct hash256 root;

	if (!ids)
		return err_set(err, RC_NO_MEMORY, "no memory for a block");
	for (size_t i = 0; i < block->txs_n; i++)
		ids[i] = block->txs[i].id;
	if (!fold(ids, block->txs_n, &root))
		return err_set(err, RC_INVALID,
		    "the block repeats transactions in a way that hides it");
	if (!hash256_eq(&root, &block->header.merkle_root))
		return err_set(err, RC_INVALID,
		    "the block's transactions are not those of its header");
	return RC_OK;
}

static enum rc take_txs(
    struct cursor *c, struct block_tx *txs, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		if (tx_take(c, &txs[i].tx) != RC_OK)
			return err_set(err, RC_INVALID,
			    "transaction %zu of the block cannot be read", i);
		if (txs[i].tx.is_coinbase != (i == 0))
			return err_set(err, RC_INVALID,
			    "transaction %zu of the block: a coinbase must "
			    "stand at the head and nowhere else",
			    i);
		txs[i].id = tx_id(&txs[i].tx);
	}
	return RC_OK;
}

enum rc block_parse(
    struct arena *a, struct str bytes, struct block *ret_block, struct err *err)
{
	struct cursor c = cursor_of(str_from(bytes, BLOCK_HEADER_BYTES));
	struct block_tx *txs;
	struct block block;
	enum rc rc;

	if (bytes.n > BLOCK_BYTES_MAX)
		return err_set(err, RC_LIMIT, "the block is above 4 MB");
	if (block_header_parse(
		str_part(bytes, 0, BLOCK_HEADER_BYTES), &block.header) != RC_OK)
		return err_set(err, RC_INVALID, "the block has no header");
	block.txs_n = (uint32_t)cursor_count(&c, TX_LEAST);
	if (c.bad || block.txs_n == 0)
		return err_set(err, RC_INVALID,
		    "the block's count of transactions cannot be");
	txs = ARENA_ARRAY(a, struct block_tx, block.txs_n);
	if (!txs)
		return err_set(err, RC_NO_MEMORY, "no memory for a block");
	rc = take_txs(&c, txs, block.txs_n, err);
	if (rc != RC_OK)
		return rc;
	if (cursor_left(&c) > 0)
		return err_set(err, RC_INVALID,
		    "there are bytes behind the block's last transaction");
	block.txs = txs;
	rc = check_root(a, &block, err);
	if (rc == RC_OK)
		*ret_block = block;
	return rc;
}
