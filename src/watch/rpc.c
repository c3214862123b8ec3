/* SPDX-License-Identifier: MIT
 *
 * JSON-RPC; see rpc.h. Jansson reads the JSON, with a limit on depth of its
 * own (2048, which costs little memory) and on bytes by the client's.
 */
#include "watch/rpc.h"

#include <string.h>

#include "base/buf.h"

enum { QUESTION_MAX = 4096, HTTP_UNAUTHORIZED = 401, HTTP_FORBIDDEN = 403 };

/* Codes of bitcoind's, which btcd shares. */
enum { CODE_NO_ADDRESS_OR_KEY = -5, CODE_PARAMETER = -8, CODE_MISC = -1 };

static enum rc read_error(const json_t *error, struct err *err)
{
	const json_t *code = json_object_get(error, "code");
	const char *text = json_string_value(json_object_get(error, "message"));
	json_int_t n = json_integer_value(code);

	if (!json_is_integer(code))
		return err_set(err, RC_INVALID,
		    "the node's answer is an error without a code");
	if (n == CODE_NO_ADDRESS_OR_KEY || n == CODE_PARAMETER ||
	    n == CODE_MISC)
		return err_set(err, RC_NOT_FOUND, "the node says: %.100s",
		    text ? text : "not found");
	return err_set(err, RC_INVALID, "the node says: %.100s (code %lld)",
	    text ? text : "an error", (long long)n);
}

enum rc rpc_answer_parse(
    struct str body, uint64_t id, json_t **ret_result, struct err *err)
{
	json_error_t why;
	json_t *root = json_loadb(
	    body.n ? body.p : "", body.n, JSON_REJECT_DUPLICATES, &why);
	json_t *result, *error, *answer_id;
	enum rc rc;

	if (!json_is_object(root)) {
		json_decref(root);
		return err_set(
		    err, RC_INVALID, "what the node answers is no JSON-RPC");
	}
	result = json_object_get(root, "result");
	error = json_object_get(root, "error");
	answer_id = json_object_get(root, "id");
	if (error && !json_is_null(error)) {
		rc = read_error(error, err);
	} else if (!json_is_integer(answer_id) ||
		   (uint64_t)json_integer_value(answer_id) != id) {
		rc = err_set(
		    err, RC_INVALID, "the node answers another question");
	} else if (!result || json_is_null(result)) {
		rc =
		    err_set(err, RC_INVALID, "the node's answer has no result");
	} else {
		*ret_result = json_incref(result);
		rc = RC_OK;
	}
	json_decref(root);
	return rc;
}

enum rc rpc_call(struct rpc *r, const char *method, const char *params,
    json_t **ret_result, struct err *err)
{
	struct buf question, answer;
	struct http_ask ask = {.url = r->place.url,
	    .content_type = STR("application/json"),
	    .user = r->place.user,
	    .password = r->place.password,
	    .ca_file = r->place.ca_file,
	    .proxy = r->place.proxy,
	    .bytes_max = RPC_ANSWER_MAX,
	    .ms_max = r->ms_max,
	    .go_on = r->go_on,
	    .ctx = r->ctx};
	unsigned status = 0;
	enum rc rc;

	buf_init(&question, QUESTION_MAX);
	buf_init(&answer, RPC_ANSWER_MAX);
	buf_printf(&question,
	    "{\"jsonrpc\":\"1.0\",\"id\":%llu,\"method\":\"%s\",\"params\":%s}",
	    (unsigned long long)++r->id, method, params);
	rc = buf_rc(&question);
	if (rc != RC_OK) {
		(void)err_set(err, rc, "%s: the question is too long", method);
		goto done;
	}
	ask.body = buf_str(&question);
	rc = http_client_ask(r->client, &ask, &answer, &status, err);
	if (rc != RC_OK)
		goto done;
	if (status == HTTP_UNAUTHORIZED || status == HTTP_FORBIDDEN) {
		rc = err_set(err, RC_DENIED,
		    "the node refuses the user name or the password");
		goto done;
	}
	rc = rpc_answer_parse(buf_str(&answer), r->id, ret_result, err);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		(void)err_prefix(err, rc, "%s: ", method);
done:
	buf_done(&question);
	buf_done(&answer);
	return rc;
}
