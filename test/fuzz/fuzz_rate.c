/* SPDX-License-Identifier: MIT
 *
 * Answers of rate sources, and sources as a newsroom writes them. The first
 * line of the input is a path, the rest the answer.
 */
#include "watch/rate.h"

#include "base/buf.h"
#include "base/must.h"
#include "http/client.h"
#include "watch/json_pick.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str in = {(const char *)data, size}, answer = in, value, host;
	struct str path = str_cut(&answer, '\n');
	const struct currency euro = {"EUR", 2};
	struct rate_source source;
	struct fiat price;
	struct err err;
	struct buf b;

	if (json_pick_parse(answer, path, &value) == RC_OK && value.n > 0)
		must(value.p >= answer.p &&
		     value.p + value.n <= answer.p + answer.n);
	if (rate_answer_parse(answer, path, euro, &price, &err) == RC_OK)
		must(fiat_raw(price) > 0 && fiat_raw(price) <= FIAT_MAX);
	if (rate_source_parse(in, &source, &err) == RC_OK) {
		buf_init(&b, 4096);
		rate_fill(&b, str_of(source.url), &euro);
		must(buf_rc(&b) == RC_OK);
		must(http_client_host(str_of(source.url), &host) == RC_OK);
		buf_done(&b);
	}
	return 0;
}
