/* SPDX-License-Identifier: MIT
 *
 * The packets between newsroom and darkroom; see darkroom.h. Each side reads
 * what the other wrote as if it had been taken over.
 */
#include "newsroom/darkroom.h"

#include "base/buf.h"
#include "base/cursor.h"
#include "base/must.h"
#include "base/utf8.h"

enum { FOCUS_MAX = 1000 };

static void put_number(struct buf *b, uint64_t n, unsigned bytes)
{
	for (unsigned i = bytes; i-- > 0;)
		buf_char(b, (char)(unsigned char)(n >> (8 * i) & 0xff));
}

/* Those that people write, in the order of the packet. */
static void list_words(
    struct picture_words *w, struct str *texts[DARKROOM_WORDS])
{
	texts[0] = &w->caption;
	texts[1] = &w->alt;
	texts[2] = &w->credit;
	texts[3] = &w->creator;
	texts[4] = &w->rights;
	texts[5] = &w->expires;
}

static bool is_cut(const struct picture_cut *cut)
{
	return cut->left <= FOCUS_MAX && cut->top <= FOCUS_MAX &&
	       cut->width <= FOCUS_MAX;
}

void darkroom_put_order(struct buf *b, const struct darkroom_order *order)
{
	struct picture_words words = order->words;
	struct str *texts[DARKROOM_WORDS];

	must(order->focus.x <= FOCUS_MAX && order->focus.y <= FOCUS_MAX);
	put_number(b, order->id, 8);
	put_number(b, order->focus.x, 2);
	put_number(b, order->focus.y, 2);
	for (size_t i = 0; i < PICTURE_CUTS; i++) {
		must(is_cut(&order->cuts[i]));
		put_number(b, order->cuts[i].left, 2);
		put_number(b, order->cuts[i].top, 2);
		put_number(b, order->cuts[i].width, 2);
	}
	put_number(b, order->has_words, 1);
	list_words(&words, texts);
	for (size_t i = 0; order->has_words && i < DARKROOM_WORDS; i++) {
		must(picture_is_text(*texts[i]));
		put_number(b, texts[i]->n, 2);
		buf_add(b, *texts[i]);
	}
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
	struct cursor c = cursor_of(packet);
	struct darkroom_order order = {0};
	struct str *texts[DARKROOM_WORDS];
	uint8_t has_words;

	order.id = cursor_be64(&c);
	order.focus.x = cursor_be16(&c);
	order.focus.y = cursor_be16(&c);
	for (size_t i = 0; i < PICTURE_CUTS; i++) {
		order.cuts[i].left = cursor_be16(&c);
		order.cuts[i].top = cursor_be16(&c);
		order.cuts[i].width = cursor_be16(&c);
		if (!is_cut(&order.cuts[i]))
			return RC_INVALID;
	}
	has_words = cursor_u8(&c);
	order.has_words = has_words == 1;
	list_words(&order.words, texts);
	for (size_t i = 0; order.has_words && i < DARKROOM_WORDS; i++) {
		*texts[i] = cursor_take(&c, cursor_be16(&c));
		if (!picture_is_text(*texts[i]))
			return RC_INVALID;
	}
	if (c.bad || cursor_left(&c) > 0 || has_words > 1 ||
	    order.focus.x > FOCUS_MAX || order.focus.y > FOCUS_MAX)
		return RC_INVALID;
	*ret_order = order;
	return RC_OK;
}

enum rc darkroom_answer_parse(
    struct str packet, struct darkroom_answer *ret_answer)
{
	struct cursor c = cursor_of(packet);
	uint64_t id = cursor_be64(&c);
	uint8_t rc = cursor_u8(&c);
	struct str why = cursor_take(&c, cursor_be16(&c));

	if (c.bad || cursor_left(&c) > 0 || why.n > DARKROOM_WHY_MAX ||
	    rc >= RC_COUNT || !utf8_is_valid(why))
		return RC_INVALID;
	*ret_answer = (struct darkroom_answer){id, (enum rc)rc, why};
	return RC_OK;
}
