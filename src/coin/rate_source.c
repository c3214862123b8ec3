/* SPDX-License-Identifier: MIT
 *
 * The names of ready sources of rates; see rate_source.h.
 */
#include "coin/rate_source.h"

#include "base/buf.h"
#include "base/must.h"

static const char *const NAMES[RATE_READY_N] = {"coinbase", "kraken",
    "bitstamp", "coingecko", "mempool", "bitfinex", "blockchain", "gemini"};

const char *rate_ready_name(unsigned i)
{
	must(i < RATE_READY_N);
	return NAMES[i];
}

static bool is_between(char c)
{
	return c == ',' || ascii_is_space(c);
}

/* The next word; empty at the end. */
static struct str next_name(struct str *rest)
{
	size_t from = 0, to;
	struct str name;

	while (from < rest->n && is_between(rest->p[from]))
		from++;
	to = from;
	while (to < rest->n && !is_between(rest->p[to]))
		to++;
	name = str_part(*rest, from, to - from);
	*rest = str_from(*rest, to);
	return name;
}

enum rc rate_ready_parse(struct str names, uint32_t *ret_set)
{
	uint32_t set = 0;
	struct str name;

	if (str_eq(str_trim(names), STR("off"))) {
		*ret_set = 0;
		return RC_OK;
	}
	while ((name = next_name(&names)).n > 0) {
		unsigned i = 0;

		while (i < RATE_READY_N && !str_eq(name, str_of(NAMES[i])))
			i++;
		if (i == RATE_READY_N)
			return RC_INVALID;
		set |= UINT32_C(1) << i;
	}
	if (set == 0)
		return RC_INVALID;
	*ret_set = set;
	return RC_OK;
}

void rate_ready_write(struct buf *b, uint32_t set)
{
	bool is_first = true;

	must((set & ~(uint32_t)RATE_READY_ALL) == 0);
	if (set == 0)
		buf_lit(b, "off");
	for (unsigned i = 0; i < RATE_READY_N; i++) {
		if (!(set & UINT32_C(1) << i))
			continue;
		if (!is_first)
			buf_lit(b, ", ");
		is_first = false;
		buf_add(b, str_of(NAMES[i]));
	}
}
