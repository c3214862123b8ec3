/* SPDX-License-Identifier: MIT
 *
 * What a small form of a page sends: names and values, percent-encoded
 * (application/x-www-form-urlencoded, URL Standard section 5), read strictly.
 * A query of the same grammar is read by the same function.
 *
 *	amount=5%2C00&unit=EUR&for=%2F2026%2F11%2F23%2Fharbour
 *
 * Every browser writes the same few forms, so what none of them would write
 * is refused: a name without "=", an empty name, a name that comes twice, a
 * percent sign that starts no byte, a byte that had to be encoded, text that
 * is not UTF-8 or has control characters in it (no form here has a field of
 * several lines).
 */
#ifndef HTTP_FORM_H
#define HTTP_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rc.h"
#include "base/str.h"

struct arena;
struct http_request;

enum {
	HTTP_FORM_MAX = 4096, /* bytes as sent */
	HTTP_FORM_FIELDS_MAX = 16,
	HTTP_FORM_NAME_MAX = 64,    /* bytes, decoded */
	HTTP_FORM_VALUE_MAX = 1024, /* bytes, decoded */
};

struct http_form_field {
	struct str name; /* never empty */
	struct str value;
};

/* Its views look into its own room: it must not be moved or copied. */
struct http_form {
	size_t n;
	struct http_form_field v[HTTP_FORM_FIELDS_MAX];
	char room[HTTP_FORM_MAX]; /* private */
};

/* Reads all of S; an empty S is a form without fields. RC_INVALID, and
 * RC_LIMIT for what is longer, or more, than the limits above. *RET_FORM may
 * be written to whatever the result. */
MUST_USE enum rc http_form_parse(struct str s, struct http_form *ret_form);

/* The value of the field NAME; p is NULL if the form has no such field. */
struct str http_form_value(const struct http_form *form, struct str name);

/* A larger form, as the staff fill in: with its own limits, and, where
 * HAS_LINES, values of several lines. Their ends come as CRLF and are given as
 * LF; tabs are kept. */
struct http_form_limits {
	size_t fields_max;
	size_t value_max; /* bytes, decoded */
	bool has_lines;
};

struct http_long_form {
	size_t n;
	struct http_form_field *v;
};

/* Reads all of S, as http_form_parse does. What is in the form lives as long
 * as the arena, from which it takes the bytes of S and a field for each "&".
 * RC_INVALID, RC_LIMIT, RC_NO_MEMORY. */
MUST_USE enum rc http_long_form_read(struct arena *a, struct str s,
    const struct http_form_limits *limits, struct http_long_form *ret_form);

/* As http_form_value. */
struct str http_long_form_value(
    const struct http_long_form *form, struct str name);

/* The request's body is said to be such a form: one Content-Type, with or
 * without parameters. */
bool http_is_form(const struct http_request *r);

/* A browser sent it for a page of another site: Sec-Fetch-Site says
 * "cross-site" (Fetch Metadata section 2.4), or, where the browser does not
 * send that field, Origin names a host that is neither the request's own nor
 * HOST (which may be empty). Programs that send neither are no browsers, and
 * "Origin: null" is what the paper's own pages send, which ask for
 * no-referrer. */
bool http_is_foreign(const struct http_request *r, struct str host);

#endif
