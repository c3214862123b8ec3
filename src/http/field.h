/* SPDX-License-Identifier: MIT
 *
 * The small grammars inside field values: byte classes, lists of tokens, dates
 * and the addresses that proxies report. Pure; shared by the files here.
 */
#ifndef HTTP_FIELD_H
#define HTTP_FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/rc.h"
#include "base/str.h"
#include "sys/address.h"

/* What a byte may stand for; bits of http_class[byte]. */
enum {
	HTTP_TOKEN = 1,	 /* tchar, RFC 9110 5.6.2 */
	HTTP_PATH = 2,	 /* in a path of the request line, '%' not included */
	HTTP_QUERY = 4,	 /* in a query */
	HTTP_HOST = 8,	 /* in a host name or an IPv4 address */
	HTTP_DIGIT = 16, /* 0 to 9 */
	HTTP_HEX = 32,	 /* 0 to 9, A to F, a to f */
	HTTP_ETAG = 64,	 /* etagc, RFC 9110 8.8.3 */
};

extern const uint8_t http_class[256];

/* S without spaces and tabs at its ends (OWS, RFC 9110 5.6.3). */
struct str http_trim(struct str s);

/* Takes the next member of a comma-separated list (RFC 9110 5.6.1) from
 * *LIST, trimmed; empty members are left out. False when there is none left.
 * A comma inside a quoted string does not part members. */
bool http_list_next(struct str *list, struct str *ret_member);

/* Whether the list has the token TOKEN, in any case. */
bool http_list_has(struct str list, struct str token);

/* Reads a date in any of the three forms of RFC 9110 5.6.7. Two-digit years
 * are those of 1970 to 2069. RC_INVALID. */
MUST_USE enum rc http_date_parse(struct str s, struct instant *ret_t);

/* Reads an address as proxies report it: "192.0.2.1", "192.0.2.1:80",
 * "2001:db8::1", "[2001:db8::1]" or "[2001:db8::1]:80". RC_INVALID. */
MUST_USE enum rc http_ip_parse(struct str s, struct address *ret_address);

/* The last address in an X-Forwarded-For value: the one that the nearest
 * proxy saw itself, while those before it are what others say. RC_INVALID. */
MUST_USE enum rc http_forwarded_parse(
    struct str s, struct address *ret_address);

#endif
