/* SPDX-License-Identifier: MIT
 *
 * Recovery codes; see recovery.h.
 */
#include "newsroom/recovery.h"

#include "newsroom/base32.h"

static void hash(const uint8_t *bytes, uint8_t *ret_hash)
{
	staff_hash((struct str){(const char *)bytes, RECOVERY_BYTES}, ret_hash);
}

void recovery_make(struct buf *b, const uint8_t bytes[RECOVERY_BYTES],
    uint8_t ret_hash[STAFF_HASH])
{
	base32_put(b, bytes, RECOVERY_BYTES, '-');
	hash(bytes, ret_hash);
}

enum rc recovery_parse(struct str s, uint8_t ret_hash[STAFF_HASH])
{
	uint8_t bytes[RECOVERY_BYTES];

	if (base32_parse(s, bytes, sizeof(bytes)) != RC_OK)
		return RC_INVALID;
	hash(bytes, ret_hash);
	return RC_OK;
}
