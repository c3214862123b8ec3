/* SPDX-License-Identifier: MIT
 *
 * Tokens of cookies and links: one that is read is written back the same. And
 * the Cookie field.
 */
#include "base/buf.h"
#include "base/must.h"
#include "newsroom/device.h"
#include "newsroom/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void try_token(struct str s)
{
	uint8_t token[TOKEN_BYTES];
	struct buf b;

	if (token_parse(s, token) != RC_OK)
		return;
	buf_init(&b, 100);
	token_put(&b, token);
	must(str_eq(buf_str(&b), s));
	buf_done(&b);
}

/* The device's cookie: what is read is written back the same while it is of
 * the moment from which it holds. */
static void try_device(struct str s)
{
	static const uint8_t key[DEVICE_KEY] =
	    "a key that everybody knows.....";
	struct device device;
	struct instant now = INSTANT_OF_S(1000000);
	struct buf b;

	if (device_parse(s, key, now, &device) != RC_OK)
		return;
	buf_init(&b, 100);
	device_put(&b, key, &device, now);
	must(b.n == DEVICE_TEXT);
	must(device_parse(buf_str(&b), key, now, &device) == RC_OK);
	buf_done(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str s = {(const char *)data, n};
	struct str value;

	try_token(s);
	try_device(s);
	if (cookie_parse(s, STR(TOKEN_COOKIE), &value) == RC_OK) {
		must(value.n < n && value.p >= s.p);
		must(str_find(value, ';') == value.n);
		try_token(value);
	}
	return 0;
}
