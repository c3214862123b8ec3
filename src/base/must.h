/* SPDX-License-Identifier: MIT
 *
 * Assertions: for our own mistakes, never for what the world does. They stay
 * on in production: a process that finds itself in a state that cannot be
 * dies at once, and the supervisor starts it again.
 *
 *	must(n > 0);		cheap, always checked
 *	must_slow(sorted(v));	costly, checked in debug builds only
 *	unreachable("why");	a place that no path leads to
 */
#ifndef BASE_MUST_H
#define BASE_MUST_H

#define must(x) ((x) ? (void)0 : must_failed(#x, __FILE__, __LINE__, __func__))

#ifdef FARTHING_DEBUG
#define must_slow(x) must(x)
#else
#define must_slow(x) ((void)0)
#endif

#define unreachable(why) must_failed((why), __FILE__, __LINE__, __func__)

/* Prints the broken condition and its place to standard error and aborts. */
_Noreturn void must_failed(
    const char *what, const char *file, int line, const char *function);

#endif
