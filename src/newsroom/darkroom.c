/* SPDX-License-Identifier: MIT
 *
 * The packets between newsroom and darkroom; see darkroom.h. Each side reads
 * what the other wrote as if it had been taken over.
 */
#include "newsroom/darkroom.h"

#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"

enum { FOCUS_MAX = 1000 };

static void put_number(struct buf *b, uint64_t n, unsigned bytes)
{
	for (unsigned i = bytes; i-- > 0;)
		buf_char(b, (char)(unsigned char)(n >> (8 * i) & 0xff));
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

void darkroom_put_order(struct buf *b, const struct darkroom_order *order)
{
	must(order->focus.x <= FOCUS_MAX && order->focus.y <= FOCUS_MAX);
	put_number(b, order->id, 8);
	put_number(b, order->focus.x, 2);
	put_number(b, order->focus.y, 2);
}

void darkroom_put_answer(struct buf *b, const struct darkroom_answer *answer)
{
	must(answer->why.n <= DARKROOM_WHY_MAX);
	put_number(b, answer->id, 8);
	put_number(b, (uint64_t)answer->rc, 1);
	put_number(b, answer->why.n, 2);
	buf_add(b, answer->why);
}

enum rc darkroom_order_parse(
    struct str packet, struct darkroom_order *ret_order)
{
	uint64_t id = 0, x = 0, y = 0;

	if (!take_number(&packet, 8, &id) || !take_number(&packet, 2, &x) ||
	    !take_number(&packet, 2, &y) || packet.n > 0 || x > FOCUS_MAX ||
	    y > FOCUS_MAX)
		return RC_INVALID;
	*ret_order = (struct darkroom_order){id, {(uint16_t)x, (uint16_t)y}};
	return RC_OK;
}

enum rc darkroom_answer_parse(
    struct str packet, struct darkroom_answer *ret_answer)
{
	uint64_t id = 0, rc = 0, n = 0;

	if (!take_number(&packet, 8, &id) || !take_number(&packet, 1, &rc) ||
	    !take_number(&packet, 2, &n) || packet.n != n ||
	    n > DARKROOM_WHY_MAX || rc >= RC_COUNT || !utf8_is_valid(packet))
		return RC_INVALID;
	*ret_answer = (struct darkroom_answer){id, (enum rc)rc, packet};
	return RC_OK;
}
