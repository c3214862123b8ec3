/* SPDX-License-Identifier: MIT
 *
 * The clocks. This is the only place where the program reads them: functions
 * that depend on the time get it as an argument, so that tests can choose it.
 * None of these can fail.
 */
#ifndef SYS_CLOCK_H
#define SYS_CLOCK_H

#include <stdint.h>

#include "base/instant.h"

/* The wall clock. It may jump, also backwards. */
struct instant clock_now(void);
/* Nanoseconds since some moment in the past; never goes backwards. */
int64_t clock_ns(void);
/* Nanoseconds of processor that this thread has used. */
int64_t clock_thread_cpu_ns(void);
/* The same of all threads of this process. */
int64_t clock_process_cpu_ns(void);

#endif
