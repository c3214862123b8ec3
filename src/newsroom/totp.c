/* SPDX-License-Identifier: MIT
 *
 * TOTP; see totp.h. The HMAC is OpenSSL's.
 */
#include "newsroom/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/buf.h"
#include "base/must.h"
#include "newsroom/base32.h"

int64_t totp_step(struct instant t)
{
	return instant_s(t) / TOTP_STEP_S;
}

/* RFC 4226 section 5.3. */
uint32_t totp_code(struct str secret, int64_t step)
{
	unsigned char counter[8], mac[EVP_MAX_MD_SIZE];
	unsigned int n = 0;
	uint32_t bits;
	size_t at;

	for (size_t i = 0; i < sizeof(counter); i++)
		counter[i] =
		    (unsigned char)((uint64_t)step >> (56 - 8 * i) & 0xff);
	must(HMAC(EVP_sha1(), secret.p, (int)secret.n, counter, sizeof(counter),
		 mac, &n) &&
	     n == 20);
	at = mac[19] & 15;
	bits = (uint32_t)(mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 |
	       (uint32_t)mac[at + 2] << 8 | mac[at + 3];
	return bits % 1000000;
}

enum rc totp_parse(struct str s, uint32_t *ret_code)
{
	uint32_t code = 0;
	unsigned digits = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == ' ')
			continue;
		if (!ascii_is_digit(s.p[i]) || ++digits > TOTP_DIGITS)
			return RC_INVALID;
		code = code * 10 + (uint32_t)(s.p[i] - '0');
	}
	if (digits != TOTP_DIGITS)
		return RC_INVALID;
	*ret_code = code;
	return RC_OK;
}

enum rc totp_find(struct str secret, uint32_t code, struct instant now,
    int64_t used, int64_t *ret_step)
{
	int64_t step = totp_step(now);
	enum rc rc = RC_NOT_FOUND;

	for (int64_t i = step - TOTP_WINDOW; i <= step + TOTP_WINDOW; i++) {
		if (totp_code(secret, i) != code)
			continue;
		if (i <= used) {
			if (rc == RC_NOT_FOUND)
				rc = RC_EXISTS;
		} else if (rc != RC_OK) {
			*ret_step = i;
			rc = RC_OK;
		}
	}
	return rc;
}

static void put_part(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (ascii_is_alpha(s.p[i]) || ascii_is_digit(s.p[i]) ||
		    s.p[i] == '-' || s.p[i] == '.' || s.p[i] == '_')
			buf_char(b, s.p[i]);
		else
			buf_printf(b, "%%%02X", (unsigned char)s.p[i]);
}

void totp_uri(
    struct buf *b, struct str paper, struct str login, struct str secret)
{
	buf_lit(b, "otpauth://totp/");
	put_part(b, paper);
	buf_char(b, ':');
	put_part(b, login);
	buf_lit(b, "?secret=");
	base32_put(b, (const uint8_t *)secret.p, secret.n, '\0');
	buf_lit(b, "&issuer=");
	put_part(b, paper);
}
