/* SPDX-License-Identifier: MIT
 *
 * Tries that wait; see slow.h.
 */
#include "newsroom/slow.h"

enum rc slow_add(struct slow *s, const struct slow_try *try)
{
	size_t same = 0;

	for (size_t i = 0; i < s->n; i++)
		same += s->v[i].key == try->key;
	if (s->n == SLOW_MOST || same == SLOW_EACH)
		return RC_BUSY;
	s->v[s->n++] = *try;
	return RC_OK;
}

/* Milliseconds that TRY still has to wait. */
static int64_t left_ms(const struct slow_try *try, struct instant now)
{
	int64_t left = SLOW_MS - (now.us - try->since.us) / 1000;

	return left > SLOW_MS ? 0 : left;
}

static void take_first(struct slow *s)
{
	struct slow_try first = s->v[0];

	s->n--;
	for (size_t i = 0; i < s->n; i++)
		s->v[i] = s->v[i + 1];
	first.fn(first.ctx);
}

uint64_t slow_run(struct slow *s, struct instant now)
{
	while (s->n > 0 && left_ms(&s->v[0], now) <= 0)
		take_first(s);
	return s->n > 0 ? (uint64_t)left_ms(&s->v[0], now) : 0;
}

void slow_end(struct slow *s)
{
	while (s->n > 0)
		take_first(s);
}
