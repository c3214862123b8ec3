/* SPDX-License-Identifier: MIT
 *
 * An amount as a person types it. Pure.
 *
 *	5	5.00	5,00	0,00012	1 500	1.500,00	1,500.00	٥٫٢٥
 *
 * A point and a comma are both taken as the decimal sign, since readers come
 * from everywhere and type what their keyboards have. What could be meant in
 * two ways is not guessed: "1,500" with a currency of two decimals is refused,
 * as it has three digits behind the sign. Where both signs stand, the last is
 * the decimal one, and the other, like a space or an apostrophe, parts groups
 * of three digits. Digits may be Latin, Arabic (U+0660) or Persian (U+06F0),
 * and the Arabic decimal sign is U+066B.
 */
#ifndef SITE_TYPED_MONEY_H
#define SITE_TYPED_MONEY_H

#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

/* Reads S as a number of units of 1/10^DECIMALS (DECIMALS at most 8, MOST at
 * least 0). RC_INVALID: it is no amount, or has more decimals than that;
 * RC_LIMIT: above MOST. */
MUST_USE enum rc typed_money_parse(
    struct str s, unsigned decimals, int64_t most, int64_t *ret_units);

#endif
