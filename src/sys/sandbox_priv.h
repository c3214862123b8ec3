/* SPDX-License-Identifier: MIT
 *
 * The sandbox's two fences; see sandbox.h. Private to sys/.
 */
#ifndef SYS_SANDBOX_PRIV_H
#define SYS_SANDBOX_PRIV_H

#include "sys/sandbox.h"

/* Landlock; fills in its part of *REPORT. */
MUST_USE enum rc landlock_enter(const struct sandbox_rules *rules,
    struct sandbox_report *report, struct err *err);

/* seccomp; looks at what *REPORT says of Landlock, and fills in its part. */
MUST_USE enum rc seccomp_enter(const struct sandbox_rules *rules,
    struct sandbox_report *report, struct err *err);

#endif
