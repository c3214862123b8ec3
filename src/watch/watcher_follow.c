/* SPDX-License-Identifier: MIT
 *
 * Following the best chain. The chain that was told is compared with the
 * node's from the top down, until a block is found that both have. What lies
 * above it is told as gone only after the headers of the other branch were
 * read, stand on each other, carry their work, and carry more of it than what
 * they replace. A node that is behind, or was cut off, so undoes nothing.
 *
 * Where only hashes of the told branch are known (after a HELLO), its work is
 * not: there the other branch must be higher.
 */
#include "watch/watcher_priv.h"

#include <string.h>

#include "base/arena.h"
#include "base/must.h"

enum { CATCH_UP = 6, PROGRESS = 500 };

static enum rc broken(struct err *err, const char *what)
{
	return err_set(
	    err, RC_INVALID, "the node's chain is not sound: %s", what);
}

/* HEADER may stand on LINK, at the height above it. */
static enum rc check_step(const struct watcher *w,
    const struct chain_link *link, const struct block_header *header,
    struct err *err)
{
	if (!hash256_eq(&header->prev, &link->hash))
		return broken(err, "a block does not stand on the one below");
	if (!block_work_is_done(header, w->network))
		return broken(err, "a block lacks the work that it claims");
	if (link->is_known && !block_bits_may_follow(link->bits, header->bits,
				  link->height + 1, w->network))
		return broken(err, "a block is easier than it may be");
	return RC_OK;
}

/* How many of the told links are also in the node's chain. */
static enum rc find_fork(
    struct watcher *w, struct rpc *r, size_t *ret_n, struct err *err)
{
	size_t n = w->chain.n;

	while (n > 0) {
		const struct chain_link *link = &w->chain.v[n - 1];
		struct hash256 hash;
		enum rc rc = node_hash_at(r, link->height, &hash, err);

		if (rc == RC_OK && hash256_eq(&hash, &link->hash))
			break;
		if (rc != RC_OK && rc != RC_NOT_FOUND)
			return rc;
		n--;
	}
	*ret_n = n;
	return RC_OK;
}

/* Fills in what the header of the chain's link I says. */
static enum rc learn(
    struct watcher *w, struct rpc *r, size_t i, struct err *err)
{
	struct chain_link *link = &w->chain.v[i];
	struct block_header header;
	enum rc rc;

	if (link->is_known)
		return RC_OK;
	rc = node_header(r, &link->hash, &header, err);
	if (rc == RC_OK)
		*link = chain_link_of(link->height, &header);
	return rc;
}

/* Does the node's branch on the first N links outweigh those above? Reads
 * headers until that is known. */
static enum rc outweighs(struct watcher *w, struct rpc *r, size_t n,
    const struct node_tip *tip, bool *ret_does, struct err *err)
{
	bool is_known;
	block_work_t told = chain_work_above(&w->chain, n, &is_known), seen = 0;
	uint32_t told_height = chain_top(&w->chain)->height;
	struct chain_link at = w->chain.v[n - 1];

	*ret_does = false;
	while (at.height < tip->height) {
		struct block_header header;
		struct hash256 hash;
		enum rc rc = node_hash_at(r, at.height + 1, &hash, err);

		if (rc == RC_OK)
			rc = node_header(r, &hash, &header, err);
		if (rc == RC_OK)
			rc = check_step(w, &at, &header, err);
		if (rc != RC_OK)
			return rc;
		at = chain_link_of(at.height + 1, &header);
		seen += block_work(at.bits);
		*ret_does = is_known ? seen > told : at.height > told_height;
		if (*ret_does)
			return RC_OK;
	}
	return RC_OK;
}

/* Tells all above the first N links as gone. */
static enum rc undo(struct watcher *w, size_t n)
{
	while (w->chain.n > n) {
		struct chain_link top = *chain_top(&w->chain);
		enum rc rc = watcher_tell_block(w, FACT_BLOCK_GONE, &top);

		if (rc != RC_OK)
			return rc;
		watcher_scan_gone(w, top.height);
		chain_pop(&w->chain);
		w->is_synced = false;
	}
	return RC_OK;
}

/* Puts the block below the first one to look at onto an empty chain. *RET_HAS
 * is false if the node has no such block yet. */
static enum rc anchor(struct watcher *w, struct rpc *r,
    const struct node_tip *tip, bool *ret_has, struct err *err)
{
	uint32_t height = w->birth > 0 ? w->birth - 1 : 0;
	struct block_header header;
	struct chain_link link;
	struct hash256 hash;
	enum rc rc;

	if (w->birth == FACT_BIRTH_NOW)
		height = tip->height;
	*ret_has = height <= tip->height;
	if (!*ret_has)
		return RC_OK;
	rc = node_hash_at(r, height, &hash, err);
	if (rc == RC_OK)
		rc = node_header(r, &hash, &header, err);
	if (rc != RC_OK)
		return rc;
	if (height > 0 && !block_work_is_done(&header, w->network))
		return broken(err, "a block lacks the work that it claims");
	link = chain_link_of(height, &header);
	/* From now on there is a place to go on from. */
	if (w->birth == FACT_BIRTH_NOW)
		w->birth = height + 1;
	rc = watcher_tell_block(w, FACT_BLOCK, &link);
	return rc == RC_OK ? chain_push(&w->chain, &link) : rc;
}

/* Finds where the chains part, and undoes what is above if the node's is the
 * better. *RET_GO: there is something to go on with. */
static enum rc align(struct watcher *w, struct rpc *r,
    const struct node_tip *tip, bool *ret_go, struct err *err)
{
	bool does = true;
	size_t n;
	enum rc rc = find_fork(w, r, &n, err);

	if (rc != RC_OK)
		return rc;
	*ret_go = true;
	if (n > 0)
		rc = learn(w, r, n - 1, err);
	else if (tip->height <= chain_top(&w->chain)->height)
		does = false;
	if (rc == RC_OK && n > 0 && n < w->chain.n)
		rc = outweighs(w, r, n, tip, &does, err);
	if (rc != RC_OK)
		return rc;
	if (!does) {
		*ret_go = false;
		return watcher_say(w, NODE_SYNCING,
		    "The node is at block %lu of a chain that has not more "
		    "work than the one known already, up to block %lu. "
		    "Waiting for it.",
		    (unsigned long)tip->height,
		    (unsigned long)chain_top(&w->chain)->height);
	}
	if (n == 0 && w->birth > w->chain.v[0].height)
		w->birth = w->chain.v[0].height;
	rc = undo(w, n);
	return rc == RC_OK && n == 0 ? anchor(w, r, tip, ret_go, err) : rc;
}

/* Takes the block above the chain's top. *RET_FITS is false if the node has
 * another chain by now. */
static enum rc step(
    struct watcher *w, struct rpc *r, bool *ret_fits, struct err *err)
{
	struct chain_link top = *chain_top(&w->chain), link;
	struct hash256 hash;
	struct block block;
	enum rc rc = node_hash_at(r, top.height + 1, &hash, err);

	*ret_fits = rc != RC_NOT_FOUND;
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	arena_reset(w->block_arena);
	rc = node_block(r, &hash, w->network, w->block_arena, &block, err);
	if (rc != RC_OK)
		return rc;
	*ret_fits = hash256_eq(&block.header.prev, &top.hash);
	if (!*ret_fits)
		return RC_OK;
	rc = check_step(w, &top, &block.header, err);
	if (rc != RC_OK)
		return rc;
	link = chain_link_of(top.height + 1, &block.header);
	w->is_synced = false;
	rc = watcher_tell_block(w, FACT_BLOCK, &link);
	if (rc == RC_OK)
		rc = chain_push(&w->chain, &link);
	return rc == RC_OK ? watcher_scan_block(w, &block, link.height, err)
			   : rc;
}

static enum rc tell_progress(
    struct watcher *w, const struct node_tip *tip, uint32_t done)
{
	uint32_t height = chain_top(&w->chain)->height;
	enum rc rc;

	if (done % PROGRESS != 0 || tip->height - height < CATCH_UP)
		return RC_OK;
	rc = watcher_say(w, NODE_SYNCING, "Catching up: at block %lu of %lu.",
	    (unsigned long)height, (unsigned long)tip->height);
	return rc == RC_OK && done > 0 ? watcher_tell_synced(w, false) : rc;
}

static enum rc climb(struct watcher *w, struct rpc *r,
    const struct node_tip *tip, struct err *err)
{
	bool fits = true;

	for (uint32_t done = 0;
	     fits && chain_top(&w->chain)->height < tip->height; done++) {
		enum rc rc = watcher_hear(w);

		if (rc == RC_OK)
			rc = tell_progress(w, tip, done);
		if (rc == RC_OK)
			rc = step(w, r, &fits, err);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

enum rc watcher_follow(
    struct watcher *w, struct rpc *r, bool *ret_level, struct err *err)
{
	const struct chain_link *top;
	struct node_tip tip;
	bool goes = true;
	enum rc rc = node_tip(r, &tip, err);

	if (rc != RC_OK)
		return rc;
	/* Not before: a HELLO may have come with the answer. */
	top = chain_top(&w->chain);
	*ret_level = false;
	w->node_height = tip.height;
	if (!top)
		rc = anchor(w, r, &tip, &goes, err);
	else if (!hash256_eq(&top->hash, &tip.hash))
		rc = align(w, r, &tip, &goes, err);
	else
		rc = learn(w, r, w->chain.n - 1, err);
	if (rc != RC_OK || (!goes && chain_top(&w->chain)))
		return rc;
	if (!goes)
		return watcher_say(w, NODE_SYNCING,
		    "The node is at block %lu; this paper's addresses begin "
		    "at block %lu. Waiting for it.",
		    (unsigned long)tip.height, (unsigned long)w->birth);
	rc = climb(w, r, &tip, err);
	if (rc != RC_OK)
		return rc;
	top = chain_top(&w->chain);
	*ret_level = hash256_eq(&top->hash, &tip.hash);
	pending_age(w->pending, top->height);
	if (*ret_level && !w->is_synced) {
		rc = watcher_tell_synced(w, w->pool_told);
		w->is_synced = rc == RC_OK;
	}
	return rc;
}

/* The hashes from FROM up to (not with) the link TOP, each proven by the one
 * above it, into a heap array of COUNT. */
static enum rc walk_down(struct watcher *w, struct rpc *r,
    struct chain_link *links, size_t count, struct err *err)
{
	struct hash256 want = links[count - 1].hash;
	uint32_t height = links[count - 1].height;

	for (size_t i = count; i-- > 0; height--) {
		struct block_header header;
		enum rc rc = watcher_hear(w);

		if (rc == RC_OK)
			rc = node_header(r, &want, &header, err);
		if (rc != RC_OK)
			return rc;
		links[i] = chain_link_of(height, &header);
		want = header.prev;
	}
	return RC_OK;
}

static enum rc rescan_block(struct watcher *w, struct rpc *r,
    const struct chain_link *link, struct err *err)
{
	struct block block;
	enum rc rc = watcher_hear(w);

	if (rc != RC_OK)
		return rc;
	arena_reset(w->block_arena);
	rc =
	    node_block(r, &link->hash, w->network, w->block_arena, &block, err);
	if (rc == RC_OK)
		rc = watcher_tell_block(w, FACT_BLOCK, link);
	return rc == RC_OK ? watcher_scan_block(w, &block, link->height, err)
			   : rc;
}

enum rc watcher_rescan(struct watcher *w, struct rpc *r, struct err *err)
{
	const struct chain_link *top = chain_top(&w->chain);
	struct arena *a;
	struct chain_link *links;
	size_t count;
	uint32_t from = w->rescan_from;
	enum rc rc;

	if (!w->has_rescan || !top)
		return RC_OK;
	if (from > top->height) {
		w->has_rescan = false;
		return RC_OK;
	}
	/* The first block pays nobody, and no node will give it. */
	if (from == 0)
		from = 1;
	count = (size_t)top->height + 1 - from;
	a = arena_new(count * sizeof(*links) + 4096);
	links = ARENA_ARRAY(a, struct chain_link, count ? count : 1);
	rc = links ? RC_OK : RC_NO_MEMORY;
	if (rc == RC_OK && count > 0) {
		links[count - 1] = *top;
		rc = walk_down(w, r, links, count, err);
	}
	for (size_t i = 0; rc == RC_OK && i < count; i++)
		rc = rescan_block(w, r, &links[i], err);
	arena_free(a);
	if (rc != RC_OK)
		return rc;
	w->has_rescan = false;
	return watcher_tell_synced(w, w->pool_told);
}
