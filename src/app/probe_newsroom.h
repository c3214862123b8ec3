/* SPDX-License-Identifier: MIT
 *
 * Probes of the newsroom: its table of addresses, and its parsers.
 */
#ifndef APP_PROBE_NEWSROOM_H
#define APP_PROBE_NEWSROOM_H

#include "base/err.h"
#include "base/str.h"

struct arena;
struct buf;

/* Each row of the table as "METHOD PATTERN RIGHT FLAGS ROLES FIELDS", words
 * parted by tabs: flags as letters ("u" step-up, "r" raw body, "s" shows) or
 * "-", the roles that have the right parted by commas or "-", the fields parted
 * by spaces. IN is not looked at. */
MUST_USE enum rc probe_newsroom_routes(
    struct arena *a, struct str in, struct buf *out, struct err *err);
/* A form's body, as "NAME: VALUE" lines. */
MUST_USE enum rc probe_form(
    struct arena *a, struct str in, struct buf *out, struct err *err);

#endif
