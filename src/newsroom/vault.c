/* SPDX-License-Identifier: MIT
 *
 * The packets between newsroom and vault; see vault.h. Each side reads what
 * the other wrote as if it had been taken over.
 */
#include "newsroom/vault.h"

#include "base/buf.h"
#include "base/must.h"

static void put_number(struct buf *b, uint64_t n, unsigned bytes)
{
	for (unsigned i = bytes; i-- > 0;)
		buf_char(b, (char)(unsigned char)(n >> (8 * i) & 0xff));
}

static void put_text(struct buf *b, struct str s)
{
	put_number(b, s.n, 2);
	buf_add(b, s);
}

static bool take_number(struct str *rest, unsigned bytes, uint64_t *ret_n)
{
	uint64_t n = 0;

	if (rest->n < bytes)
		return false;
	for (unsigned i = 0; i < bytes; i++)
		n = n << 8 | (unsigned char)rest->p[i];
	*rest = str_from(*rest, bytes);
	*ret_n = n;
	return true;
}

static bool take_text(struct str *rest, size_t most, struct str *ret)
{
	uint64_t n;

	if (!take_number(rest, 2, &n) || n > most || n > rest->n)
		return false;
	*ret = str_part(*rest, 0, (size_t)n);
	*rest = str_from(*rest, (size_t)n);
	return true;
}

void vault_put_ask(struct buf *b, const struct vault_ask *ask)
{
	must(ask->hash.n <= VAULT_HASH_MAX);
	must(ask->password.n <= VAULT_PASSWORD_MAX);
	put_number(b, ask->id, 8);
	put_number(b, (uint64_t)ask->kind, 1);
	put_text(b, ask->hash);
	put_text(b, ask->password);
}

void vault_put_reply(struct buf *b, const struct vault_reply *reply)
{
	must(reply->hash.n <= VAULT_HASH_MAX);
	put_number(b, reply->id, 8);
	put_number(b, reply->is_right, 1);
	put_text(b, reply->hash);
}

enum rc vault_ask_parse(struct str packet, struct vault_ask *ret_ask)
{
	struct vault_ask ask = {0};
	uint64_t kind = 0;

	if (!take_number(&packet, 8, &ask.id) ||
	    !take_number(&packet, 1, &kind) ||
	    (kind != VAULT_CHECK && kind != VAULT_HASH) ||
	    !take_text(&packet, VAULT_HASH_MAX, &ask.hash) ||
	    !take_text(&packet, VAULT_PASSWORD_MAX, &ask.password) ||
	    packet.n > 0)
		return RC_INVALID;
	ask.kind = (enum vault_kind)kind;
	*ret_ask = ask;
	return RC_OK;
}

enum rc vault_reply_parse(struct str packet, struct vault_reply *ret_reply)
{
	struct vault_reply reply = {0};
	uint64_t is_right = 0;

	if (!take_number(&packet, 8, &reply.id) ||
	    !take_number(&packet, 1, &is_right) || is_right > 1 ||
	    !take_text(&packet, VAULT_HASH_MAX, &reply.hash) || packet.n > 0)
		return RC_INVALID;
	reply.is_right = is_right == 1;
	*ret_reply = reply;
	return RC_OK;
}
