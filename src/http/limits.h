/* SPDX-License-Identifier: MIT
 *
 * How much one reader may take: connections at a time and requests a second,
 * counted in a table of fixed size, and the numbers that are the same for all.
 *
 * A reader is a hash of the address (sys/address.h: address_key) under a key
 * that lives for a day and is never written down, so that the table tells
 * nobody who was here, and nobody can aim at a place in it.
 */
#ifndef HTTP_LIMITS_H
#define HTTP_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/rc.h"
#include "base/str.h"

enum {
	/* Unfinished requests of all connections together: beyond it, who
	 * sends in pieces gets a 503. One reader has at most half of what the
	 * others leave of it, so that there always is room for one more. */
	HTTP_UNFINISHED_MAX = 16 * 1024 * 1024,
	/* A request longer than this comes into a file, if there is a folder
	 * for it, and then is not counted among those; how much all of these
	 * may come to. Nobody alone has more than half of what the others leave
	 * of it, so that there always is room for one more. */
	HTTP_SPOOL_FROM = 256 * 1024,
	HTTP_SPOOLED_MAX = 512 * 1024 * 1024,
	/* A refused connection is read from and thrown away this long, so that
	 * its answer is not lost in a reset. */
	HTTP_LINGER_MS = 2000,
	HTTP_LINGER_BYTES = 256 * 1024,
	/* Connections refused for their number that may linger as well. */
	HTTP_LINGERING_MAX = 256,
	/* The least speed of a body. */
	HTTP_BODY_MIN_BYTES_PER_S = 500,
	/* Connections taken in one turn of the loop from one socket. */
	HTTP_ACCEPT_BATCH = 64,
	/* Bytes read in one turn from one connection: pipelined requests
	 * beyond them wait for the next turn. */
	HTTP_READ_BYTES = 16 * 1024,
	/* How many answers to pipelined requests go out in one turn of the
	 * loop, to one connection and to all: beyond them they wait for the
	 * next turn. Each HTTP_UNIT_BYTES of an answer count as one more. The
	 * first answer after an event always goes. */
	HTTP_SHARE_UNITS = 16,
	HTTP_TURN_UNITS = 64,
	HTTP_UNIT_BYTES = 16 * 1024,
	/* How much of a file is read at once to be sent. */
	HTTP_PIECE_BYTES = 64 * 1024,
	/* Connections that wait for an answer that comes later. */
	HTTP_LATER_MAX = 256,
};

struct limits;

/* A place in the table. LIMITS_NOBODY is not counted: local readers, and
 * those who come when the table is full of others. */
typedef uint32_t limits_slot;
#define LIMITS_NOBODY UINT32_MAX

struct limits_config {
	unsigned connections; /* at a time; 0: no limit */
	unsigned requests_per_s;
	unsigned requests_burst;
};

/* Ends the process if there is no memory. */
struct limits *limits_new(const struct limits_config *config);
void limits_free(struct limits *l); /* NULL is fine */

/* The reader of address key KEY opens a connection. RC_OK: counted, to be
 * closed with limits_close; RC_LIMIT: has enough of them. */
MUST_USE enum rc limits_open(
    struct limits *l, uint64_t key, int64_t now_us, limits_slot *ret_slot);
void limits_close(struct limits *l, limits_slot slot);

/* Bytes that are held for the reader in SLOT become more by CHANGE, or fewer;
 * of LIMITS_NOBODY, none are counted. */
void limits_hold(struct limits *l, limits_slot slot, ptrdiff_t change);
size_t limits_held(const struct limits *l, limits_slot slot);

/* One request of the reader in SLOT, or of address key KEY: false if they
 * come too fast. NOW_US is monotonic. */
MUST_USE bool limits_request(
    struct limits *l, limits_slot slot, int64_t now_us);
MUST_USE bool limits_request_of(struct limits *l, uint64_t key, int64_t now_us);

#endif
