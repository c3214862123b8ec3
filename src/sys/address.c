/* SPDX-License-Identifier: MIT
 *
 * Addresses; see address.h.
 */
#include "sys/address.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"

static const uint8_t mapped_v4[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255};

enum rc address_parse(struct str s, struct address *ret_address)
{
	struct address a = {0};
	char z[INET6_ADDRSTRLEN];

	if (s.n == 0 || s.n >= sizeof(z) || str_find(s, '\0') < s.n)
		return RC_INVALID;
	memcpy(z, s.p, s.n);
	z[s.n] = '\0';
	if (inet_pton(AF_INET, z, a.ip) == 1)
		a.kind = ADDRESS_V4;
	else if (inet_pton(AF_INET6, z, a.ip) == 1)
		a.kind = ADDRESS_V6;
	else
		return RC_INVALID;
	if (a.kind == ADDRESS_V6 && memcmp(a.ip, mapped_v4, 12) == 0) {
		memmove(a.ip, a.ip + 12, 4);
		memset(a.ip + 4, 0, 12);
		a.kind = ADDRESS_V4;
	}
	*ret_address = a;
	return RC_OK;
}

enum rc address_parse_place(
    struct str s, struct address *ret_address, struct err *err)
{
	size_t colon = str_find_last(s, ':');
	struct str host = str_part(s, 0, colon);
	bool has_brackets =
	    str_starts(host, STR("[")) && str_ends(host, STR("]"));
	struct address a = {.kind = ADDRESS_ANY};
	uint64_t port;
	enum rc rc = RC_OK;

	if (has_brackets)
		host = str_part(host, 1, host.n - 2);
	if (!str_eq(host, STR("*")) || has_brackets)
		rc = address_parse(host, &a);
	/* A V6 address needs brackets, and nothing else may have them. */
	if (rc != RC_OK || colon == s.n ||
	    has_brackets != (str_find(host, ':') < host.n))
		return err_set(err, RC_INVALID,
		    "\"%.*s\" is no address to listen at: write it as "
		    "127.0.0.1:8080, [::1]:8080 or *:8080",
		    STR_ARG(s));
	if (str_u64(str_from(s, colon + 1), 65535, &port) != RC_OK)
		return err_set(err, RC_INVALID,
		    "\"%.*s\" ends with no port: a number from 0 to 65535 "
		    "belongs behind the last colon",
		    STR_ARG(s));
	a.port = (uint16_t)port;
	*ret_address = a;
	return RC_OK;
}

void address_text(struct buf *b, const struct address *address)
{
	char z[INET6_ADDRSTRLEN];
	int family = address->kind == ADDRESS_V4 ? AF_INET : AF_INET6;

	switch ((enum address_kind)address->kind) {
	case ADDRESS_NONE:
		buf_char(b, '-');
		return;
	case ADDRESS_ANY:
		buf_char(b, '*');
		return;
	case ADDRESS_UNIX:
		buf_lit(b, "unix");
		return;
	case ADDRESS_V4:
	case ADDRESS_V6:
		break;
	}
	must(inet_ntop(family, address->ip, z, sizeof(z)));
	buf_add(b, str_of(z));
}

void address_place(struct buf *b, const struct address *address)
{
	if (address->kind == ADDRESS_V6)
		buf_char(b, '[');
	address_text(b, address);
	if (address->kind == ADDRESS_V6)
		buf_char(b, ']');
	if (address->kind == ADDRESS_NONE || address->kind == ADDRESS_UNIX)
		return;
	buf_char(b, ':');
	buf_u64(b, address->port);
}

uint64_t address_key(const struct address *address)
{
	size_t n = address->kind == ADDRESS_V4 ? 4 : 8;
	uint64_t key = 0;

	if (address->kind != ADDRESS_V4 && address->kind != ADDRESS_V6)
		return ((uint64_t)2 << 32) + address->kind;
	for (size_t i = 0; i < n; i++)
		key = key << 8 | address->ip[i];
	return address->kind == ADDRESS_V4 ? key | (uint64_t)1 << 32 : key;
}

bool address_is_local(const struct address *address)
{
	static const uint8_t one[16] = {[15] = 1};

	return address->kind == ADDRESS_UNIX ||
	       (address->kind == ADDRESS_V4 && address->ip[0] == 127) ||
	       (address->kind == ADDRESS_V6 &&
		   memcmp(address->ip, one, 16) == 0);
}
