/* SPDX-License-Identifier: MIT
 *
 * The tally as bytes; see tally.h.
 */
#include "ledger/tally.h"

#include <string.h>

#include "base/buf.h"

#define HEAD "farthing tally 1\n"

/* A number from 1 on, in its one form. */
static bool number_read(struct str s, uint32_t *ret)
{
	uint64_t n;

	if (s.n == 0 || s.p[0] < '1' || s.p[0] > '9' ||
	    str_u64(s, UINT32_MAX, &n) != RC_OK)
		return false;
	*ret = (uint32_t)n;
	return true;
}

static bool line_read(struct str line, struct tally_batch *ret)
{
	struct str number = str_cut(&line, ' ');
	struct str n = str_cut(&line, ' ');

	ret->is_sure = str_eq(line, STR("given"));
	return number_read(number, &ret->number) && number_read(n, &ret->n) &&
	       (!line.p || ret->is_sure);
}

static struct tally_batch *batch_at(const struct tally *tally, uint32_t number)
{
	for (size_t i = 0; i < tally->batches_n; i++)
		if (tally->batches[i].number == number)
			return (struct tally_batch *)&tally->batches[i];
	return NULL;
}

struct tally_batch tally_find(const struct tally *tally, uint32_t batch)
{
	const struct tally_batch *b = batch_at(tally, batch);

	return b ? *b : (struct tally_batch){.number = batch};
}

enum rc tally_raise(
    struct tally *tally, uint32_t batch, uint32_t n, bool is_sure)
{
	struct tally_batch *b = batch_at(tally, batch);

	if (!b) {
		if (tally->batches_n == TALLY_BATCHES_MAX)
			return RC_LIMIT;
		b = &tally->batches[tally->batches_n++];
		*b = (struct tally_batch){.number = batch};
	}
	if (n > b->n) {
		b->n = n;
		b->is_sure = is_sure;
	} else if (n == b->n) {
		b->is_sure = b->is_sure || is_sure;
	}
	return RC_OK;
}

enum rc tally_parse(struct str text, struct tally *ret_tally, struct err *err)
{
	struct str head = STR(HEAD);
	struct str line;

	memset(ret_tally, 0, sizeof(*ret_tally));
	if (text.n < head.n && str_starts(head, text))
		return RC_OK;
	if (!str_starts(text, head)) {
		bool is_newer = str_starts(text, STR("farthing tally "));

		return err_set(err, is_newer ? RC_NEWER : RC_INVALID,
		    is_newer ? "was written by a newer version of farthing"
			     : "is no tally of addresses");
	}
	text = str_from(text, head.n);
	while (str_line(&text, &line)) {
		struct tally_batch b;
		enum rc rc = RC_OK;

		if (line_read(line, &b))
			rc = tally_raise(ret_tally, b.number, b.n, b.is_sure);
		else if (line.n > 0)
			ret_tally->odd++;
		if (rc != RC_OK)
			return err_set(err, rc, "has too many batches");
	}
	return RC_OK;
}

void tally_write_head(struct buf *b)
{
	buf_lit(b, HEAD);
}

void tally_write(struct buf *b, const struct tally_batch *batch)
{
	buf_printf(b, "%lu %lu%s\n", (unsigned long)batch->number,
	    (unsigned long)batch->n, batch->is_sure ? " given" : "");
}
