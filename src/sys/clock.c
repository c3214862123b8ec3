/* SPDX-License-Identifier: MIT
 *
 * Reading clocks; see clock.h.
 */
#include "sys/clock.h"

#include <time.h>

#include "base/must.h"

enum { READINGS_MOST = 100 };

static bool is_possible(struct timespec t)
{
	return t.tv_sec >= 0 && t.tv_nsec >= 0 && t.tv_nsec < 1000000000;
}

/* A virtual machine was seen to give a time that was wrong by 2^63 nanoseconds,
 * once: an invitation made with it had run out in the year 1734. What cannot
 * be is read again. */
static struct timespec clock_read(clockid_t id)
{
	struct timespec t = {-1, 0};

	for (int i = 0; i < READINGS_MOST && !is_possible(t); i++) {
		int failed = clock_gettime(id, &t);

		must(!failed);
	}
	must(is_possible(t));
	return t;
}

static int64_t clock_read_ns(clockid_t id)
{
	struct timespec t = clock_read(id);

	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct instant clock_now(void)
{
	struct timespec t = clock_read(CLOCK_REALTIME);

	return (struct instant){(int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000};
}

int64_t clock_ns(void)
{
	return clock_read_ns(CLOCK_MONOTONIC);
}

int64_t clock_thread_cpu_ns(void)
{
	return clock_read_ns(CLOCK_THREAD_CPUTIME_ID);
}

int64_t clock_process_cpu_ns(void)
{
	return clock_read_ns(CLOCK_PROCESS_CPUTIME_ID);
}
