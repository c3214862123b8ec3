/* SPDX-License-Identifier: MIT
 *
 * Lines of the signed texts (statement, proof, pin, batch). All of them have
 * one form only: lines "name: value" in a fixed order, each ended by one LF,
 * binary values in lower-case hexadecimal digits or in base64 with padding
 * (RFC 4648 section 4) whose unused bits are zero. Because there is one form,
 * a text can be compared and hashed as bytes, and no bit of it is idle.
 *
 * Private to coin/. Nothing here allocates.
 */
#ifndef COIN_LINE_H
#define COIN_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "coin/script.h"

struct buf;
struct minisign_signature;

/* Takes the next line, without its LF, from *TEXT. False, with *TEXT as it
 * was, if there is no LF left in it. */
bool line_next(struct str *text, struct str *ret_line);
/* Takes the next line from *TEXT if it is "NAME: value" with a value of at
 * least one byte. False, with *TEXT as it was, if it is anything else. */
bool line_field(struct str *text, struct str name, struct str *ret_value);
/* Takes the next line from *TEXT if it is exactly LINE. */
bool line_is(struct str *text, struct str line);
/* The first line of TEXT is START and a version above 1. */
bool line_is_newer(struct str text, struct str start);

/* VALUE is exactly N bytes in lower-case hexadecimal digits. */
bool line_hex(struct str value, uint8_t *ret_bytes, size_t n);
/* VALUE is base64 of at least 1 and at most MAX bytes. */
bool line_base64(
    struct str value, uint8_t *ret_bytes, size_t max, size_t *ret_n);
/* VALUE is a decimal number without leading zeros, from LEAST to MOST. */
bool line_number(
    struct str value, uint32_t least, uint32_t most, uint32_t *ret_n);
/* VALUE is a second of UTC, "2026-11-23T14:05:06Z". */
bool line_time(struct str value, struct instant *ret_time);

void line_put_base64(struct buf *b, const uint8_t *bytes, size_t n);
/* Seconds; what is below them is cut off. */
void line_put_time(struct buf *b, struct instant t);

/* VALUE is an address of NETWORK, in the form in which it is written. */
bool line_address(
    struct str value, enum network network, struct script_pubkey *ret_script);

/* The three lines of a signature inside of another text: "signature",
 * "comment" and "comment-signature". Returns the name of the line that is
 * missing or wrong, or NULL. The comment looks into *TEXT. */
const char *line_take_signature(
    struct str *text, struct minisign_signature *ret_signature);
void line_put_signature(struct buf *b, const struct minisign_signature *s);

#endif
