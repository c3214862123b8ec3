/* SPDX-License-Identifier: MIT
 *
 * Random numbers fit for secrets, from the system's generator by libsodium.
 */
#ifndef SYS_RANDOM_H
#define SYS_RANDOM_H

#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"

/* Readies libsodium; to be called once at the start of the program, before
 * the sandbox closes. May be called again. RC_IO: the system has no random
 * numbers to give. */
MUST_USE enum rc random_start(void);
/* Fills P with N random bytes. Cannot fail after random_start. */
void random_bytes(void *p, size_t n);
uint64_t random_u64(void);
/* A number from 0 to BELOW - 1, all equally likely. BELOW must not be 0. */
uint32_t random_below(uint32_t below);

#endif
