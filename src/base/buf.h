/* SPDX-License-Identifier: MIT
 *
 * A growing run of bytes: the one way in which text is put together. It has a
 * limit from birth and a sticky error: once an append fails, for the limit or
 * for memory, later appends do nothing, and buf_rc is asked once at the end.
 *
 * It lives on the heap by itself (buf_init, buf_done) or in an arena
 * (buf_init_arena, no buf_done needed). A byte behind the content is always
 * NUL once something was appended, so b.p can be shown in a debugger.
 *
 *	struct buf b;
 *	buf_init(&b, 64 * 1024);
 *	buf_lit(&b, "Dear ");
 *	buf_add(&b, name);
 *	rc = buf_rc(&b);
 *	...
 *	buf_done(&b);
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "base/str.h"

struct arena;

struct buf {
	char *p;	 /* read freely; may move with the next append */
	size_t n;	 /* bytes in it; read freely */
	size_t size;	 /* private: room at p */
	size_t limit;	 /* private: n never passes it */
	struct arena *a; /* private: NULL means the heap */
	enum rc rc;	 /* private: ask buf_rc */
};

/* An empty buffer on the heap that never holds more than LIMIT bytes. */
void buf_init(struct buf *b, size_t limit);
/* The same in an arena: the content lives as long as the arena. */
void buf_init_arena(struct buf *b, struct arena *a, size_t limit);
/* Frees what buf_init took. May be called twice, and for arena buffers. */
void buf_done(struct buf *b);
/* Empties it and forgets the error; the room is kept. */
void buf_clear(struct buf *b);
/* Cuts the content back to its first N bytes, N being at most b->n. */
void buf_cut(struct buf *b, size_t n);

/* RC_OK, RC_LIMIT or RC_NO_MEMORY: how the appends so far have gone. */
MUST_USE enum rc buf_rc(const struct buf *b);
/* Makes it fail with RC, which must not be RC_OK, for a reason of the
 * writer's own; a failure that came before stays. */
void buf_fail(struct buf *b, enum rc rc);
/* A view of the content; valid until the next append. */
struct str buf_str(const struct buf *b);

void buf_add(struct buf *b, struct str s);
void buf_char(struct buf *b, char c);
void buf_fill(struct buf *b, char c, size_t count);
/* A number in decimal digits. */
void buf_u64(struct buf *b, uint64_t n);
void buf_i64(struct buf *b, int64_t n);
/* A number in decimal digits, with leading zeros up to WIDTH (at most 20). */
void buf_u64_wide(struct buf *b, uint64_t n, unsigned width);
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Room for N more bytes at the returned place, to be filled by the caller and
 * then counted with buf_commit. NULL if the buffer has failed. */
MUST_USE char *buf_room(struct buf *b, size_t n);
void buf_commit(struct buf *b, size_t n);

#define buf_lit(b, literal) buf_add((b), STR(literal))

#endif
