/* SPDX-License-Identifier: MIT
 *
 * Text inside of JSON and CSV, for what the ledger writes out, and days.
 */
#ifndef LEDGER_ESCAPE_H
#define LEDGER_ESCAPE_H

#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"

struct buf;

/* S in quotation marks, as a string of JSON (RFC 8259 section 7). What is no
 * UTF-8 becomes U+FFFD. */
void escape_json(struct buf *b, struct str s);
/* S as a field of CSV (RFC 4180), in quotation marks. */
void escape_csv(struct buf *b, struct str s);
/* "2026-11-23", a day since 1970 in UTC. */
void escape_day(struct buf *b, int32_t day);
/* "2026-11-23T10:00:00Z". */
void escape_time(struct buf *b, struct instant t);

#endif
