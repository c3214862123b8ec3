/* SPDX-License-Identifier: MIT
 *
 * What a node answers to call 1, and what is made of it.
 */
#include <stdlib.h>

#include "base/must.h"
#include "coin/fact.h"
#include "watch/node.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size};
	struct hash256 *ids = NULL;
	struct node_tip tip;
	json_t *result = NULL;
	size_t n = 0;
	struct err err;

	if (rpc_answer_parse(in, 1, &result, &err) != RC_OK)
		return 0;
	must(result && !json_is_null(result));
	if (node_tip_parse(result, &tip) == RC_OK)
		must(tip.height < FACT_HEIGHT_MAX);
	if (node_pool_parse(result, &ids, &n) == RC_OK)
		must(n == json_array_size(result));
	free(ids);
	json_decref(result);
	return 0;
}
