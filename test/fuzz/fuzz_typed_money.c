/* SPDX-License-Identifier: MIT
 *
 * Amounts as they are typed. The first byte chooses the decimals. What is read
 * and written plainly is read as the same again.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/must.h"
#include "coin/amount.h"
#include "site/typed_money.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	unsigned decimals = n ? data[0] % 9 : 0;
	struct str s = {(const char *)data + 1, n ? n - 1 : 0};
	int64_t units = -1;
	int64_t again = -1;
	int64_t one = 1;
	char text[64];
	int len;

	if (n == 0)
		return 0;
	if (typed_money_parse(s, decimals, SAT_MAX, &units) != RC_OK) {
		must(units == -1);
		return 0;
	}
	must(units >= 0 && units <= SAT_MAX);
	for (unsigned i = 0; i < decimals; i++)
		one *= 10;
	if (decimals)
		len = snprintf(text, sizeof(text), "%" PRId64 ",%0*" PRId64,
		    units / one, (int)decimals, units % one);
	else
		len = snprintf(text, sizeof(text), "%" PRId64, units);
	must(typed_money_parse((struct str){text, (size_t)len}, decimals,
		 SAT_MAX, &again) == RC_OK);
	must(again == units);
	return 0;
}
