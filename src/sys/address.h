/* SPDX-License-Identifier: MIT
 *
 * Who is at the other end: addresses of the internet, as values. Pure; the
 * sockets are in sys/socket.h.
 *
 * An IPv4 address inside IPv6 (::ffff:192.0.2.1), as a socket for both gives
 * it, is made an IPv4 address everywhere, so that one reader has one address.
 */
#ifndef SYS_ADDRESS_H
#define SYS_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct buf;

enum address_kind {
	ADDRESS_NONE, /* zeroed memory; also the end of a socket pair */
	ADDRESS_V4,
	ADDRESS_V6,
	ADDRESS_ANY,  /* "*": every address of this machine, old and new */
	ADDRESS_UNIX, /* somebody on this machine, by a Unix socket */
};

struct address {
	uint8_t ip[16]; /* network order; the first four for V4 */
	uint16_t port;	/* 0: none, or let the system choose */
	uint8_t kind;	/* enum address_kind */
};

/* Reads "192.0.2.1" or "2001:db8::1" (RFC 4291 section 2.2; no zone, no
 * brackets, no port). RC_INVALID for all else. */
MUST_USE enum rc address_parse(struct str s, struct address *ret_address);

/* Reads a place to listen at or to connect to: "127.0.0.1:8080", "[::1]:8080"
 * or "*:8080". A name ("localhost:8080") is RC_INVALID: it takes a question
 * to somebody else to know what it means. */
MUST_USE enum rc address_parse_place(
    struct str s, struct address *ret_address, struct err *err);

/* "192.0.2.1", "2001:db8::1", "*", "unix", or "-" for none. */
void address_text(struct buf *b, const struct address *address);
/* The same with the port, as address_parse_place reads it. */
void address_place(struct buf *b, const struct address *address);

/* What stands for one reader where readers are counted: all of an IPv4
 * address, the first 64 bits of an IPv6 one, since whoever has one of the
 * rest has them all. Keys of different kinds never meet: IPv4 is 2^32 and
 * the address, which as IPv6 is reserved by RFC 4291 section 4. */
uint64_t address_key(const struct address *address);

/* 127.0.0.0/8, ::1, and Unix sockets. */
bool address_is_local(const struct address *address);

#endif
