/* SPDX-License-Identifier: MIT
 *
 * The reader's network; see reader.h.
 */
#include "http/reader.h"

#include "http/connection.h"
#include "http/field.h"
#include "http/request.h"
#include "sys/socket.h"

enum { V4_BYTES = 3, V6_BYTES = 6 };

bool http_reader_net(const struct http_request *r, uint64_t *ret_net)
{
	const struct connection *c = r->connection;
	struct address a;
	uint64_t net = 0;
	size_t n;

	if (!c)
		return false;
	if (!c->is_local) {
		if (socket_peer(c->watch.fd, &a) != RC_OK)
			return false;
	} else if (!c->server->config.trusts_loopback || !r->forwarded_for.n ||
		   http_forwarded_parse(r->forwarded_for, &a) != RC_OK) {
		return false;
	}
	if (address_is_local(&a) ||
	    (a.kind != ADDRESS_V4 && a.kind != ADDRESS_V6))
		return false;
	n = a.kind == ADDRESS_V4 ? V4_BYTES : V6_BYTES;
	for (size_t i = 0; i < n; i++)
		net = net << 8 | a.ip[i];
	*ret_net = net | (uint64_t)n << 56;
	return true;
}
