/* SPDX-License-Identifier: MIT
 *
 * Arenas; see arena.h.
 *
 * In production an arena is a chain of blocks and a pointer that moves through
 * the newest one. A block is 4 kB at first and doubles up to 256 kB; an object
 * that does not fit gets a block of its own size. In debug builds a block
 * holds exactly one object.
 *
 * I1  a->used <= a->limit.
 * I2  every object is aligned to ALIGN.
 * I3  once spent, nothing is given until the next reset.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"

enum {
	ALIGN = alignof(max_align_t),
	BLOCK_FIRST = 4096,
	BLOCK_MOST = 256 * 1024,
};

struct block {
	struct block *older;
	size_t size; /* of data */
	size_t used;
	alignas(ALIGN) char data[];
};

struct cleanup {
	struct cleanup *older;
	void (*fn)(void *);
	void *data;
};

struct arena {
	struct block *newest;
	struct cleanup *cleanups;
	size_t limit;
	size_t used;
	size_t next_block;
	bool is_spent;
};

#ifdef FARTHING_DEBUG
/* How many allocations are left before one is made to fail. */
static unsigned long fail_countdown; /* Global: debug builds only. */

void arena_fail_after(unsigned long n)
{
	fail_countdown = n;
}

static bool must_fail_now(void)
{
	return fail_countdown > 0 && --fail_countdown == 0;
}
#else
void arena_fail_after(unsigned long n)
{
	(void)n;
}

static bool must_fail_now(void)
{
	return false;
}
#endif

struct arena *arena_new(size_t limit)
{
	struct arena *a = calloc(1, sizeof(*a));

	must(limit > 0);
	if (!a) {
		fputs("farthing: no memory left\n", stderr);
		exit(1);
	}
	a->limit = limit;
	a->next_block = BLOCK_FIRST;
	return a;
}

static void arena_clean(struct arena *a)
{
	while (a->cleanups) {
		struct cleanup *c = a->cleanups;

		a->cleanups = c->older;
		c->fn(c->data);
	}
}

/* Frees all blocks but the newest, which is returned (or NULL). */
static struct block *arena_drop(struct arena *a)
{
	struct block *newest = a->newest;

	while (newest && newest->older) {
		struct block *older = newest->older;

		newest->older = older->older;
		free(older);
	}
	a->newest = NULL;
	return newest;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	arena_clean(a);
	free(arena_drop(a));
	free(a);
}

void arena_reset(struct arena *a)
{
	struct block *kept;

	arena_clean(a);
	kept = arena_drop(a);
	/* The newest is the largest, so a run of jobs of one size settles on
	 * one block. What no job needs for long is not kept. */
#ifdef FARTHING_DEBUG
	free(kept);
	kept = NULL;
#endif
	if (kept && kept->size > BLOCK_MOST) {
		free(kept);
		kept = NULL;
	}
	if (kept) {
		memset(kept->data, 0, kept->used);
		kept->used = 0;
	} else {
		a->next_block = BLOCK_FIRST;
	}
	a->newest = kept;
	a->used = 0;
	a->is_spent = false;
}

/* A new block with room for N bytes becomes the newest. */
static struct block *arena_grow(struct arena *a, size_t n)
{
	size_t size = n > a->next_block ? n : a->next_block;
	struct block *b;

#ifdef FARTHING_DEBUG
	size = n;
#endif
	b = size <= SIZE_MAX - sizeof(*b) ? calloc(1, sizeof(*b) + size) : NULL;
	if (!b)
		return NULL;
	b->size = size;
	b->older = a->newest;
	a->newest = b;
	if (a->next_block < BLOCK_MOST)
		a->next_block *= 2;
	return b;
}

void *arena_alloc(struct arena *a, size_t n)
{
	size_t padded =
	    n > SIZE_MAX - ALIGN ? n : (n + ALIGN - 1) / ALIGN * ALIGN;
	struct block *b = a->newest;
	void *p;

	if (a->is_spent)
		return NULL; /* I3 */
	if (padded > a->limit - a->used || must_fail_now()) {
		a->is_spent = true;
		return NULL;
	}
#ifdef FARTHING_DEBUG
	/* Exactly N bytes, so that a step past them is seen. */
	b = arena_grow(a, n);
	padded = n;
#else
	if (!b || b->size - b->used < padded)
		b = arena_grow(a, padded);
#endif
	if (!b) {
		a->is_spent = true;
		return NULL;
	}
	p = b->data + b->used;
	b->used += padded;
	a->used += padded;
	must_slow(a->used <= a->limit);			/* I1 */
	must((uintptr_t)p % ALIGN == 0 || padded == 0); /* I2 */
	return p;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	if (size > 0 && count > SIZE_MAX / size) {
		a->is_spent = true;
		return NULL;
	}
	return arena_alloc(a, count * size);
}

char *arena_cstr(struct arena *a, struct str s)
{
	char *p = s.n < SIZE_MAX ? arena_alloc(a, s.n + 1) : NULL;

	if (p && s.n)
		memcpy(p, s.p, s.n);
	return p;
}

struct str arena_copy(struct arena *a, struct str s)
{
	char *p = arena_cstr(a, s);

	return p ? (struct str){p, s.n} : STR_NONE;
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	va_list again;
	struct str s = STR_NONE;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	if (n >= 0) {
		char *p = arena_alloc(a, (size_t)n + 1);

		if (p) {
			vsnprintf(p, (size_t)n + 1, fmt, again);
			s = (struct str){p, (size_t)n};
		}
	}
	va_end(again);
	va_end(ap);
	return s;
}

enum rc arena_defer(struct arena *a, void (*fn)(void *), void *data)
{
	struct cleanup *c = arena_alloc(a, sizeof(*c));

	if (!c) {
		fn(data);
		return RC_NO_MEMORY;
	}
	c->fn = fn;
	c->data = data;
	c->older = a->cleanups;
	a->cleanups = c;
	return RC_OK;
}

bool arena_is_spent(const struct arena *a)
{
	return a->is_spent;
}

size_t arena_used(const struct arena *a)
{
	return a->used;
}
