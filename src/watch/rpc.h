/* SPDX-License-Identifier: MIT
 *
 * JSON-RPC 1.0 over HTTP, as bitcoind and btcd speak it: one question, one
 * answer. Nothing is believed but the form of the answer; whether it is true
 * is for node.c to check.
 */
#ifndef WATCH_RPC_H
#define WATCH_RPC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/err.h"
#include "base/str.h"
#include "http/client.h"

struct buf;

/* Most bytes of an answer: a block of 4 MB in hex, and a large mempool. */
enum { RPC_ANSWER_MAX = 48 * 1024 * 1024 };

/* Where a node is, and how to speak to it. Views of the settings. */
struct rpc_place {
	struct str url; /* http://127.0.0.1:8332/ */
	struct str user;
	struct str password;
	struct str ca_file; /* certificates that it may show; or empty */
	struct str proxy;   /* SOCKS5, "host:port"; or empty */
};

struct rpc {
	struct http_client *client; /* not owned */
	struct rpc_place place;
	unsigned ms_max; /* for one call */
	bool (*go_on)(void *ctx);
	void *ctx;
	uint64_t id; /* of the last call */
};

/* Calls METHOD with PARAMS, a JSON array as text. The result is the caller's
 * to json_decref. RC_NOT_FOUND: the node answers that there is no such block
 * or transaction (code -5), or no such height (-8, -1); RC_DENIED: the node
 * refuses the user or password; RC_INVALID: what came is no answer to this
 * call, or the node reports another error, which *ERR quotes; RC_LIMIT, RC_IO
 * and RC_BUSY as http_client_ask. */
MUST_USE enum rc rpc_call(struct rpc *r, const char *method, const char *params,
    json_t **ret_result, struct err *err);

/* Reads the answer to call ID. As rpc_call. */
MUST_USE enum rc rpc_answer_parse(
    struct str body, uint64_t id, json_t **ret_result, struct err *err);

#endif
