/* SPDX-License-Identifier: MIT
 *
 * Cookies of devices; see device.h.
 */
#include "newsroom/device.h"

#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "newsroom/token.h"

enum {
	STAFF_AT = DEVICE_ID,
	UNTIL_AT = STAFF_AT + 8,
	TAG_AT = UNTIL_AT + 8,
	TAG = 16,
	BYTES = TAG_AT + TAG,
};

_Static_assert(BYTES * 4 == DEVICE_TEXT * 3, "whole groups of base64");

static void put_number(uint8_t *p, int64_t n)
{
	for (size_t i = 0; i < 8; i++)
		p[i] = (uint8_t)((uint64_t)n >> (56 - 8 * i) & 0xff);
}

static int64_t number_at(const uint8_t *p)
{
	uint64_t n = 0;

	for (size_t i = 0; i < 8; i++)
		n = n << 8 | p[i];
	return n > INT64_MAX ? INT64_MAX : (int64_t)n;
}

void device_put(struct buf *b, const uint8_t key[DEVICE_KEY],
    const struct device *device, struct instant now)
{
	char text[DEVICE_TEXT + 1];
	uint8_t p[BYTES];

	memcpy(p, device->id, DEVICE_ID);
	put_number(p + STAFF_AT, device->staff);
	put_number(p + UNTIL_AT, instant_s(now) + DEVICE_S);
	crypto_generichash(p + TAG_AT, TAG, p, TAG_AT, key, DEVICE_KEY);
	sodium_bin2base64(text, sizeof(text), p, sizeof(p),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	buf_add(b, (struct str){text, DEVICE_TEXT});
}

enum rc device_parse(struct str s, const uint8_t key[DEVICE_KEY],
    struct instant now, struct device *ret_device)
{
	uint8_t p[BYTES], tag[TAG];
	struct device device;
	size_t n;

	if (s.n != DEVICE_TEXT || !token_is_base64url(s) ||
	    sodium_base642bin(p, sizeof(p), s.p, s.n, NULL, &n, NULL,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
	    n != sizeof(p))
		return RC_INVALID;
	crypto_generichash(tag, TAG, p, TAG_AT, key, DEVICE_KEY);
	if (sodium_memcmp(tag, p + TAG_AT, TAG) != 0)
		return RC_INVALID;
	if (number_at(p + UNTIL_AT) < instant_s(now))
		return RC_GONE;
	memcpy(device.id, p, DEVICE_ID);
	device.staff = number_at(p + STAFF_AT);
	if (device.staff <= 0)
		return RC_INVALID;
	*ret_device = device;
	return RC_OK;
}

void device_account_put(
    struct buf *b, const uint8_t key[DEVICE_KEY], int64_t staff)
{
	static const char what[] = "copies of";
	char text[DEVICE_ACCOUNT_TEXT + 1];
	uint8_t p[sizeof(what) + 8], hash[TAG];

	/* As long as no cookie is, so it is none's tag. */
	_Static_assert((int)sizeof(p) != (int)TAG_AT, "another message");
	memcpy(p, what, sizeof(what));
	put_number(p + sizeof(what), staff);
	crypto_generichash(hash, sizeof(hash), p, sizeof(p), key, DEVICE_KEY);
	sodium_bin2base64(text, sizeof(text), hash, sizeof(hash),
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	buf_add(b, (struct str){text, DEVICE_ACCOUNT_TEXT});
}
