/* SPDX-License-Identifier: MIT
 *
 * A hierarchical timing wheel; see wheel.h.
 *
 * A tick is read as six digits of six bits. A timer lies in the level of the
 * highest digit in which its due tick differs from now, in the slot that this
 * digit names; when the time reaches the slot's first tick, its timers are
 * sorted again by the digits below:
 *
 *	now 00 00 00 00 07 3A
 *	due 00 00 00 00 07 3F	level 0, slot 3F: called at that tick
 *	due 00 00 00 00 09 02	level 1, slot 09: moved down at .. 09 00
 *
 * I1  a timer in a slot is due later than w->tick, and agrees with it in all
 *     digits above its level. So the lowest filled level has the next event,
 *     in its lowest filled slot.
 * I2  bit S of filled[L] is set exactly when slots[L][S] is not empty.
 */
#include "sys/wheel.h"

#include <string.h>

#include "base/must.h"

void wheel_init(struct wheel *w)
{
	memset(w, 0, sizeof(*w));
}

bool timer_is_armed(const struct timer *t)
{
	return t->link != NULL;
}

static void wheel_link(struct timer **list, struct timer *t)
{
	t->next = *list;
	t->link = list;
	if (t->next)
		t->next->link = &t->next;
	*list = t;
}

static void wheel_unlink(struct timer *t)
{
	*t->link = t->next;
	if (t->next)
		t->next->link = t->link;
	t->next = NULL;
	t->link = NULL;
}

/* Puts an unlinked timer where its due tick belongs. */
static void wheel_sort(struct wheel *w, struct timer *t)
{
	unsigned level;
	unsigned slot;

	if (t->due <= w->tick) {
		wheel_link(&w->expired, t);
		return;
	}
	level = (63 - (unsigned)__builtin_clzll(t->due ^ w->tick)) / WHEEL_BITS;
	slot = (unsigned)(t->due >> (level * WHEEL_BITS)) & (WHEEL_SLOTS - 1);
	must(level < WHEEL_LEVELS);
	wheel_link(&w->slots[level][slot], t);
	w->filled[level] |= (uint64_t)1 << slot; /* I2 */
}

void wheel_cancel(struct wheel *w, struct timer *t)
{
	struct timer **list = t->link;
	uintptr_t at;

	if (!list)
		return;
	wheel_unlink(t);
	w->armed--;
	/* Was it the only one of a slot? Then LIST is one of slots[][]. */
	at = (uintptr_t)list - (uintptr_t)w->slots;
	if (!*list && (uintptr_t)list >= (uintptr_t)w->slots &&
	    at < sizeof(w->slots)) {
		size_t index = at / sizeof(*list);

		w->filled[index / WHEEL_SLOTS] &=
		    ~((uint64_t)1 << index % WHEEL_SLOTS); /* I2 */
	}
}

void wheel_arm(struct wheel *w, struct timer *t, uint64_t due)
{
	must(t->fn);
	wheel_cancel(w, t);
	t->due = due < WHEEL_LAST ? due : WHEEL_LAST;
	wheel_sort(w, t);
	w->armed++;
}

/* The first tick of the first filled slot, and which slot that is. */
static uint64_t wheel_first(
    const struct wheel *w, unsigned *ret_level, unsigned *ret_slot)
{
	for (unsigned level = 0; level < WHEEL_LEVELS; level++) {
		unsigned shift = level * WHEEL_BITS;
		uint64_t above = w->tick >> shift >> WHEEL_BITS;
		unsigned slot;

		if (!w->filled[level])
			continue;
		slot = (unsigned)__builtin_ctzll(w->filled[level]);
		*ret_level = level;
		*ret_slot = slot;
		return (above << WHEEL_BITS | slot) << shift; /* I1 */
	}
	return WHEEL_NEVER;
}

uint64_t wheel_next(const struct wheel *w)
{
	unsigned level, slot;

	return w->expired ? w->tick : wheel_first(w, &level, &slot);
}

void wheel_turn(struct wheel *w, uint64_t tick)
{
	struct timer *due;
	unsigned level, slot;

	must(tick >= w->tick);
	if (tick > WHEEL_LAST)
		tick = WHEEL_LAST;
	for (;;) {
		uint64_t first = wheel_first(w, &level, &slot);

		if (first > tick)
			break;
		must_slow(first > w->tick); /* I1 */
		w->tick = first;
		w->filled[level] &= ~((uint64_t)1 << slot);
		while (w->slots[level][slot]) {
			struct timer *t = w->slots[level][slot];

			wheel_unlink(t);
			wheel_sort(w, t);
		}
	}
	w->tick = tick;
	/* Timers armed by the callbacks for now wait in w->expired. */
	due = w->expired;
	w->expired = NULL;
	if (due)
		due->link = &due;
	while (due) {
		struct timer *t = due;

		wheel_unlink(t);
		w->armed--;
		t->fn(t);
	}
}
