/* SPDX-License-Identifier: MIT
 *
 * Questions to a node; see node.h.
 */
#include "watch/node.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "coin/fact.h"
#include "coin/hex.h"

enum { PARAMS_MAX = 128, POOL_MAX = 2000000 };

static enum rc parse_id(const json_t *j, struct hash256 *ret)
{
	if (!json_is_string(j))
		return RC_INVALID;
	return hash256_parse_id(
	    (struct str){json_string_value(j), json_string_length(j)}, ret);
}

static bool parse_height(const json_t *j, uint32_t *ret)
{
	json_int_t n = json_integer_value(j);

	if (!json_is_integer(j) || n < 0 || n >= FACT_HEIGHT_MAX)
		return false;
	*ret = (uint32_t)n;
	return true;
}

enum rc node_tip_parse(const json_t *result, struct node_tip *ret)
{
	struct node_tip tip;

	if (!parse_height(json_object_get(result, "blocks"), &tip.height) ||
	    parse_id(json_object_get(result, "bestblockhash"), &tip.hash) !=
		RC_OK)
		return RC_INVALID;
	if (!parse_height(json_object_get(result, "headers"), &tip.headers))
		tip.headers = tip.height;
	*ret = tip;
	return RC_OK;
}

enum rc node_pool_parse(
    const json_t *result, struct hash256 **ret_ids, size_t *ret_n)
{
	size_t n = json_array_size(result);
	struct hash256 *ids;

	if (!json_is_array(result) || n > POOL_MAX)
		return RC_INVALID;
	ids = calloc(n ? n : 1, sizeof(*ids));
	if (!ids)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		if (parse_id(json_array_get(result, i), &ids[i]) != RC_OK) {
			free(ids);
			return RC_INVALID;
		}
	*ret_ids = ids;
	*ret_n = n;
	return RC_OK;
}

enum rc node_tip(struct rpc *r, struct node_tip *ret, struct err *err)
{
	json_t *result = NULL;
	enum rc rc = rpc_call(r, "getblockchaininfo", "[]", &result, err);

	if (rc != RC_OK)
		return rc;
	rc = node_tip_parse(result, ret);
	json_decref(result);
	if (rc != RC_OK)
		return err_set(err, rc,
		    "getblockchaininfo: no height or no hash in the answer");
	return RC_OK;
}

enum rc node_hash_at(
    struct rpc *r, uint32_t height, struct hash256 *ret_hash, struct err *err)
{
	json_t *result = NULL;
	struct buf b;
	enum rc rc;

	buf_init(&b, PARAMS_MAX);
	buf_printf(&b, "[%lu]", (unsigned long)height);
	if (buf_rc(&b) != RC_OK) {
		buf_done(&b);
		return err_set(err, RC_NO_MEMORY, "no memory for a question");
	}
	rc = rpc_call(r, "getblockhash", b.p, &result, err);
	buf_done(&b);
	if (rc != RC_OK)
		return rc;
	rc = parse_id(result, ret_hash);
	json_decref(result);
	if (rc != RC_OK)
		return err_set(err, rc, "getblockhash: the answer is no hash");
	return RC_OK;
}

/* A call with a hash, answered by bytes in hex. */
struct hex_call {
	const char *method;
	const char *more; /* parameters behind the hash */
	const struct hash256 *id;
	size_t bytes_max;
};

static enum rc decode(struct arena *a, const json_t *result,
    const struct hex_call *call, struct str *ret, struct err *err)
{
	size_t n = json_string_length(result) / 2;
	char *p;

	if (!json_is_string(result) || n == 0 || n > call->bytes_max)
		return err_set(err, RC_INVALID,
		    "%s: the answer is no text, or too long", call->method);
	p = arena_alloc(a, n);
	if (!p)
		return err_set(err, RC_NO_MEMORY, "no memory for an answer");
	if (!hex_read((struct str){json_string_value(result),
			  json_string_length(result)},
		(uint8_t *)p, n))
		return err_set(err, RC_INVALID,
		    "%s: the answer is not hexadecimal", call->method);
	*ret = (struct str){p, n};
	return RC_OK;
}

static enum rc ask_hex(struct rpc *r, struct arena *a,
    const struct hex_call *call, struct str *ret, struct err *err)
{
	json_t *result = NULL;
	struct buf b;
	enum rc rc;

	buf_init(&b, PARAMS_MAX);
	buf_lit(&b, "[\"");
	hash256_text_id(&b, call->id);
	buf_printf(&b, "\"%s]", call->more);
	rc = buf_rc(&b);
	if (rc == RC_OK)
		rc = rpc_call(r, call->method, b.p, &result, err);
	buf_done(&b);
	if (rc != RC_OK)
		return rc;
	rc = decode(a, result, call, ret, err);
	json_decref(result);
	return rc;
}

enum rc node_header(struct rpc *r, const struct hash256 *hash,
    struct block_header *ret_header, struct err *err)
{
	const struct hex_call call = {
	    "getblockheader", ",false", hash, BLOCK_HEADER_BYTES};
	struct arena *a = arena_new(4096);
	struct block_header header;
	struct str bytes;
	enum rc rc = ask_hex(r, a, &call, &bytes, err);

	if (rc != RC_OK)
		goto done;
	if (block_header_parse(bytes, &header) != RC_OK ||
	    !hash256_eq(&header.hash, hash)) {
		rc = err_set(err, RC_INVALID,
		    "getblockheader: not the header that was asked for");
		goto done;
	}
	*ret_header = header;
done:
	arena_free(a);
	return rc;
}

enum rc node_block(struct rpc *r, const struct hash256 *hash,
    enum network network, struct arena *a, struct block *ret_block,
    struct err *err)
{
	const struct hex_call call = {"getblock", ",0", hash, BLOCK_BYTES_MAX};
	struct block block;
	struct str bytes;
	enum rc rc = ask_hex(r, a, &call, &bytes, err);

	if (rc != RC_OK)
		return rc;
	rc = block_parse(a, bytes, &block, err);
	if (rc != RC_OK)
		return err_prefix(err, rc, "getblock: ");
	if (!hash256_eq(&block.header.hash, hash))
		return err_set(err, RC_INVALID,
		    "getblock: not the block that was asked for");
	if (!block_work_is_done(&block.header, network))
		return err_set(
		    err, RC_INVALID, "getblock: no work went into the block");
	*ret_block = block;
	return RC_OK;
}

enum rc node_pool(
    struct rpc *r, struct hash256 **ret_ids, size_t *ret_n, struct err *err)
{
	json_t *result = NULL;
	enum rc rc = rpc_call(r, "getrawmempool", "[]", &result, err);

	if (rc != RC_OK)
		return rc;
	rc = node_pool_parse(result, ret_ids, ret_n);
	json_decref(result);
	if (rc != RC_OK)
		return err_set(
		    err, rc, "getrawmempool: the answer is no list of ids");
	return RC_OK;
}

enum rc node_tx(struct rpc *r, const struct hash256 *id, struct arena *a,
    struct tx *ret_tx, struct err *err)
{
	const struct hex_call call = {
	    "getrawtransaction", "", id, TX_BYTES_MAX};
	struct hash256 got;
	struct str bytes;
	struct tx tx;
	enum rc rc = ask_hex(r, a, &call, &bytes, err);

	if (rc != RC_OK)
		return rc;
	if (tx_parse(bytes, &tx) != RC_OK)
		return err_set(err, RC_INVALID,
		    "getrawtransaction: the answer is no transaction");
	got = tx_id(&tx);
	if (!hash256_eq(&got, id))
		return err_set(err, RC_INVALID,
		    "getrawtransaction: not the one that was asked for");
	*ret_tx = tx;
	return RC_OK;
}
