/* SPDX-License-Identifier: MIT
 *
 * Where the reader of a request is, as coarsely as will do to share out what
 * is scarce.
 */
#ifndef HTTP_READER_H
#define HTTP_READER_H

#include <stdbool.h>
#include <stdint.h>

struct http_request;

/* The reader's network: the first 24 bits of an IPv4 address, the first 48 of
 * an IPv6 one, so that two networks give the same number only if they are the
 * same. The address is taken from where the limits take it: X-Forwarded-For of
 * a proxy on this machine that is trusted, else the connection, which is asked
 * now and remembers nothing. False: not known, as of those who come through
 * this machine itself (an onion service, a Unix socket), or R was not read by
 * a server. To be called by the answer function. */
bool http_reader_net(const struct http_request *r, uint64_t *ret_net);

#endif
