/* SPDX-License-Identifier: MIT
 *
 * One value out of a JSON text (RFC 8259), as it is written there. Libraries
 * turn numbers into floating ones and so lose digits of a price; this gives
 * the digits.
 */
#ifndef WATCH_JSON_PICK_H
#define WATCH_JSON_PICK_H

#include "base/rc.h"
#include "base/str.h"

enum { JSON_PICK_DEPTH = 32 };

/* Finds the value at PATH in JSON: names of members and numbers of elements,
 * with points between, "*" being the first of either; the first of equal
 * names counts. Gives a number as it stands, or what stands between a
 * string's quotes if that has no escapes. RC_INVALID: up to there it is no
 * JSON, or the value is neither; RC_NOT_FOUND; RC_LIMIT: nested more than
 * JSON_PICK_DEPTH deep. What stands behind the value is not looked at. */
MUST_USE enum rc json_pick_parse(
    struct str json, struct str path, struct str *ret_value);

#endif
