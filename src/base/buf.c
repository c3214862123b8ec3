/* SPDX-License-Identifier: MIT
 *
 * The builder; see buf.h.
 *
 * I1  n <= limit, and n < size whenever p is not NULL (the NUL's place).
 * I2  rc != RC_OK means that no append changes anything any more.
 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"

enum { BUF_FIRST = 256 };

void buf_init(struct buf *b, size_t limit)
{
	*b = (struct buf){.limit = limit};
}

void buf_init_arena(struct buf *b, struct arena *a, size_t limit)
{
	must(a);
	*b = (struct buf){.limit = limit, .a = a};
}

void buf_done(struct buf *b)
{
	if (!b->a)
		free(b->p);
	*b = (struct buf){0};
}

void buf_clear(struct buf *b)
{
	b->n = 0;
	b->rc = RC_OK;
	if (b->p)
		b->p[0] = '\0';
}

void buf_cut(struct buf *b, size_t n)
{
	must(n <= b->n);
	b->n = n;
	if (b->p)
		b->p[n] = '\0';
}

enum rc buf_rc(const struct buf *b)
{
	return b->rc;
}

void buf_fail(struct buf *b, enum rc rc)
{
	must(rc != RC_OK);
	if (b->rc == RC_OK)
		b->rc = rc;
}

struct str buf_str(const struct buf *b)
{
	return (struct str){b->p, b->n};
}

/* Makes room for N bytes and a NUL; true if it is there. */
static bool buf_reserve(struct buf *b, size_t n)
{
	size_t size = b->size ? b->size : BUF_FIRST;
	char *p;

	if (b->rc != RC_OK)
		return false; /* I2 */
	if (n > b->limit - b->n) {
		b->rc = RC_LIMIT;
		return false;
	}
	if (n < b->size - b->n)
		return true;
	while (size - b->n <= n && size <= SIZE_MAX / 2)
		size += size;
	/* Never more than the limit and its NUL, which is room enough: so an
	 * arena pays for no byte that cannot be used. */
	if (size - b->n <= n || size - 1 > b->limit)
		size = b->limit < SIZE_MAX ? b->limit + 1 : SIZE_MAX;
	if (b->a) {
		p = arena_alloc(b->a, size);
		if (p && b->n)
			memcpy(p, b->p, b->n);
	} else {
		p = realloc(b->p, size);
	}
	if (!p) {
		b->rc = RC_NO_MEMORY;
		return false;
	}
	b->p = p;
	b->size = size;
	return true;
}

char *buf_room(struct buf *b, size_t n)
{
	return buf_reserve(b, n) ? b->p + b->n : NULL;
}

void buf_commit(struct buf *b, size_t n)
{
	must(n < b->size - b->n); /* I1 */
	b->n += n;
	b->p[b->n] = '\0';
}

void buf_add(struct buf *b, struct str s)
{
	if (!buf_reserve(b, s.n))
		return;
	if (s.n)
		memcpy(b->p + b->n, s.p, s.n);
	buf_commit(b, s.n);
}

void buf_char(struct buf *b, char c)
{
	buf_add(b, (struct str){&c, 1});
}

void buf_fill(struct buf *b, char c, size_t count)
{
	char *at = buf_room(b, count);

	if (!at)
		return;
	memset(at, c, count);
	buf_commit(b, count);
}

void buf_u64_wide(struct buf *b, uint64_t n, unsigned width)
{
	char digits[20];
	size_t at = sizeof(digits);

	must(width <= sizeof(digits));
	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	while (sizeof(digits) - at < width)
		digits[--at] = '0';
	buf_add(b, (struct str){digits + at, sizeof(digits) - at});
}

void buf_u64(struct buf *b, uint64_t n)
{
	buf_u64_wide(b, n, 1);
}

void buf_i64(struct buf *b, int64_t n)
{
	if (n < 0)
		buf_char(b, '-');
	buf_u64(b, n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n);
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	va_list again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	must(n >= 0);
	if (buf_reserve(b, (size_t)n)) {
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
		buf_commit(b, (size_t)n);
	}
	va_end(again);
	va_end(ap);
}
