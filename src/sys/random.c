/* SPDX-License-Identifier: MIT
 *
 * Random numbers; see random.h.
 */
#include "sys/random.h"

#include <sodium.h>

#include "base/must.h"

enum rc random_start(void)
{
	return sodium_init() < 0 ? RC_IO : RC_OK;
}

void random_bytes(void *p, size_t n)
{
	randombytes_buf(p, n);
}

uint64_t random_u64(void)
{
	uint64_t n;

	random_bytes(&n, sizeof(n));
	return n;
}

uint32_t random_below(uint32_t below)
{
	must(below > 0);
	return randombytes_uniform(below);
}
