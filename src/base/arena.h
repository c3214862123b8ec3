/* SPDX-License-Identifier: MIT
 *
 * Memory that is freed all at once: one arena per request, per job, per test.
 * A function that takes a "struct arena *" gives results which live as long
 * as that arena. There is no arena of the process, and none that a function
 * finds by itself.
 *
 * An arena has a limit from birth. Once a request would pass it, the arena
 * gives NULL, is marked spent, and gives NULL ever after, so that the job ends
 * in one refusal, not in a machine without memory. The same holds when the
 * system has no memory.
 *
 * In debug builds (FARTHING_DEBUG) each object is a malloc of its own, so that
 * the address sanitizer sees every overrun and use after reset. There, tests
 * can also let the Nth allocation fail (arena_fail_after).
 *
 *	struct arena *a = arena_new(1 << 20);
 *	char *name = arena_copy(a, STR("Farthing")).p;
 *	arena_free(a);
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/rc.h"
#include "base/str.h"

struct arena;

/* An arena which will never hand out more than LIMIT bytes (at least 1).
 * Ends the process with a message if there is no memory for even that. The
 * caller owns it. */
struct arena *arena_new(size_t limit);
/* Runs the clean-ups, then frees the arena with all it gave. NULL is fine. */
void arena_free(struct arena *a);
/* Runs the clean-ups and forgets all that was given, keeping the first block
 * for the next job; the arena is no longer spent. */
void arena_reset(struct arena *a);

/* N zeroed bytes, aligned for any type; N may be 0. NULL if the arena is
 * spent. */
MUST_USE void *arena_alloc(struct arena *a, size_t n);
/* COUNT zeroed objects of SIZE bytes; NULL also if the product overflows. */
MUST_USE void *arena_array(struct arena *a, size_t count, size_t size);

/* A copy of S with a NUL behind it that n does not count. When the arena is
 * spent, an empty view with p NULL. */
MUST_USE struct str arena_copy(struct arena *a, struct str s);
/* The same as a C string, for the C library. NULL when spent. Bytes behind a
 * NUL inside S cannot be seen by the C library: check hostile input first. */
MUST_USE char *arena_cstr(struct arena *a, struct str s);
/* A formatted text, with a NUL behind it. As arena_copy when spent. */
MUST_USE struct str arena_printf(struct arena *a, const char *fmt, ...)
    PRINTF_LIKE(2, 3);

/* Has FN(DATA) called when the arena is reset or freed, the latest first:
 * for descriptors, statements and references that must be let go with it.
 * If the arena is spent, FN is called at once and RC_NO_MEMORY returned. */
MUST_USE enum rc arena_defer(struct arena *a, void (*fn)(void *), void *data);

/* A request could not be met since birth or the last reset. */
bool arena_is_spent(const struct arena *a);
/* How many bytes were given since birth or the last reset. */
size_t arena_used(const struct arena *a);

/* Debug builds: lets the Nth allocation from now on (1: the next), over all
 * arenas, fail once; 0 turns it off. Other builds: does nothing. */
void arena_fail_after(unsigned long n);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count)                                            \
	((type *)arena_array((a), (count), sizeof(type)))

#endif
