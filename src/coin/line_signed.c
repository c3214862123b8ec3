/* SPDX-License-Identifier: MIT
 *
 * Addresses and signatures as lines of the signed texts; see line.h.
 */
#include <string.h>

#include "base/buf.h"
#include "coin/line.h"
#include "coin/minisign.h"

enum { SIGNATURE_BYTES = 2 + MINISIGN_ID + MINISIGN_SIG };

bool line_address(
    struct str value, enum network network, struct script_pubkey *ret_script)
{
	struct script_pubkey script;

	if (script_parse_address(value, network, &script, NULL) != RC_OK)
		return false;
	/* Segwit addresses are read in capital letters, too. */
	if (script_kind(script_pubkey_str(&script)) >= SCRIPT_P2WPKH)
		for (size_t i = 0; i < value.n; i++)
			if (ascii_is_upper(value.p[i]))
				return false;
	*ret_script = script;
	return true;
}

const char *line_take_signature(
    struct str *text, struct minisign_signature *ret_signature)
{
	struct minisign_signature s = {0};
	uint8_t raw[SIGNATURE_BYTES];
	struct str value;
	size_t n;

	if (!line_field(text, STR("signature"), &value) ||
	    !line_base64(value, raw, sizeof(raw), &n) || n != sizeof(raw) ||
	    memcmp(raw, "ED", 2) != 0)
		return "signature";
	memcpy(s.id, raw + 2, MINISIGN_ID);
	memcpy(s.sig, raw + 2 + MINISIGN_ID, MINISIGN_SIG);
	if (!line_field(text, STR("comment"), &s.comment) ||
	    !minisign_comment_is_valid(s.comment))
		return "comment";
	if (!line_field(text, STR("comment-signature"), &value) ||
	    !line_base64(value, s.comment_sig, MINISIGN_SIG, &n) ||
	    n != MINISIGN_SIG)
		return "comment-signature";
	*ret_signature = s;
	return NULL;
}

void line_put_signature(struct buf *b, const struct minisign_signature *s)
{
	uint8_t raw[SIGNATURE_BYTES] = {'E', 'D'};

	memcpy(raw + 2, s->id, MINISIGN_ID);
	memcpy(raw + 2 + MINISIGN_ID, s->sig, MINISIGN_SIG);
	buf_lit(b, "signature: ");
	line_put_base64(b, raw, sizeof(raw));
	buf_printf(
	    b, "\ncomment: %.*s\ncomment-signature: ", STR_ARG(s->comment));
	line_put_base64(b, s->comment_sig, MINISIGN_SIG);
	buf_char(b, '\n');
}
