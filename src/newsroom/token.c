/* SPDX-License-Identifier: MIT
 *
 * Tokens and the cookie; see token.h.
 */
#include "newsroom/token.h"

#include <sodium.h>

#include "base/buf.h"

void token_put(struct buf *b, const uint8_t token[TOKEN_BYTES])
{
	char text[TOKEN_TEXT + 1];

	sodium_bin2base64(text, sizeof(text), token, TOKEN_BYTES,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	buf_add(b, (struct str){text, TOKEN_TEXT});
}

bool token_is_base64url(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alpha(s.p[i]) && !ascii_is_digit(s.p[i]) &&
		    s.p[i] != '-' && s.p[i] != '_')
			return false;
	return true;
}

enum rc token_parse(struct str s, uint8_t ret_token[TOKEN_BYTES])
{
	uint8_t token[TOKEN_BYTES];
	size_t n;

	/* sodium refuses bits that are left over. */
	if (s.n != TOKEN_TEXT || !token_is_base64url(s) ||
	    sodium_base642bin(token, sizeof(token), s.p, s.n, NULL, &n, NULL,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
	    n != TOKEN_BYTES)
		return RC_INVALID;
	for (size_t i = 0; i < TOKEN_BYTES; i++)
		ret_token[i] = token[i];
	return RC_OK;
}

enum rc cookie_parse(struct str field, struct str name, struct str *ret_value)
{
	struct str found = STR_NONE;

	while (field.p) {
		struct str pair = str_trim(str_cut(&field, ';'));
		struct str key = str_cut(&pair, '=');

		if (!pair.p || !str_eq(key, name))
			continue;
		if (found.p)
			return RC_INVALID;
		found = pair;
	}
	if (!found.p)
		return RC_NOT_FOUND;
	*ret_value = found;
	return RC_OK;
}
