/* SPDX-License-Identifier: MIT
 *
 * What looks like a private key; see descriptor_has_private_key.
 *
 * Shapes are enough, checksums are not asked for: a mistyped key is still
 * nearly all of a key. What is seen:
 *
 *	xprv... yprv zprv tprv uprv vprv Yprv Zprv Uprv Vprv	BIP32, SLIP-132
 *	5... or 9... of 51 characters, K... L... c... of 52	WIF
 *	6P... of 58 characters					BIP38
 *	S... of 22, 26 or 30 characters, by their hash		mini keys
 *	64 hexadecimal digits and nothing else			a bare number
 *	a line of 12, 15, 18, 21 or 24 short words		BIP39, Electrum
 */
#include "coin/descriptor.h"

#include <string.h>

#include "base/must.h"
#include "coin/base58.h"
#include "coin/hash.h"

enum { XPRV_LEAST = 20, WORD_LEAST = 3, WORD_MOST = 8, WORDS_MOST = 24 };

static bool is_alnum(char c)
{
	return ascii_is_alpha(c) || ascii_is_digit(c);
}

static bool is_extended(struct str token)
{
	return token.n >= XPRV_LEAST && strchr("xyztuvYZUV", token.p[0]) &&
	       str_eq(str_part(token, 1, 3), STR("prv"));
}

static bool is_wif(struct str token)
{
	char c = token.p[0];

	if (token.n == 51)
		return (c == '5' || c == '9') && base58_is_all(token);
	return token.n == 52 && (c == 'K' || c == 'L' || c == 'c') &&
	       base58_is_all(token);
}

static bool is_bip38(struct str token)
{
	return token.n == 58 && str_starts(token, STR("6P")) &&
	       base58_is_all(token);
}

static bool is_mini(struct str token)
{
	struct str parts[2] = {token, STR("?")};

	if ((token.n != 22 && token.n != 26 && token.n != 30) ||
	    token.p[0] != 'S' || !base58_is_all(token))
		return false;
	return hash_sha256_parts(parts, 2).b[0] == 0;
}

static bool is_number(struct str text)
{
	if (text.n != 64)
		return false;
	for (size_t i = 0; i < text.n; i++)
		if (ascii_hex(text.p[i]) < 0)
			return false;
	return true;
}

static bool is_word(struct str word)
{
	if (word.n < WORD_LEAST || word.n > WORD_MOST)
		return false;
	for (size_t i = 0; i < word.n; i++)
		if (!ascii_is_alpha(word.p[i]))
			return false;
	return true;
}

static bool is_phrase(struct str line)
{
	unsigned words = 0;

	for (line = str_trim(line); line.n > 0; line = str_trim(line)) {
		size_t n = 0;

		while (n < line.n && !ascii_is_space(line.p[n]))
			n++;
		if (!is_word(str_part(line, 0, n)) || ++words > WORDS_MOST)
			return false;
		line = str_from(line, n);
	}
	return words >= 12 && words % 3 == 0;
}

static bool has_secret_token(struct str text)
{
	size_t at = 0;

	while (at < text.n) {
		struct str token;
		size_t start = at;

		while (at < text.n && is_alnum(text.p[at]))
			at++;
		token = str_part(text, start, at - start);
		if (token.n > 0 && (is_extended(token) || is_wif(token) ||
				       is_bip38(token) || is_mini(token)))
			return true;
		if (token.n == 0)
			at++;
	}
	return false;
}

bool descriptor_has_private_key(struct str text)
{
	struct str rest = text;
	struct str line;

	if (is_number(str_trim(text)) || is_phrase(text) ||
	    has_secret_token(text))
		return true;
	while (str_line(&rest, &line))
		if (is_phrase(line))
			return true;
	return false;
}
