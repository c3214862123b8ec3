/* SPDX-License-Identifier: MIT
 *
 * What a form with files sends (multipart/form-data, RFC 7578), read strictly:
 * what every browser writes (HTML Standard 4.10.22.8), and nothing else.
 *
 *	--BOUNDARY CRLF
 *	Content-Disposition: form-data; name="picture"; filename="a.jpg" CRLF
 *	Content-Type: image/jpeg CRLF
 *	CRLF
 *	bytes CRLF
 *	--BOUNDARY-- CRLF
 *
 * Refused: anything before the first boundary or behind the last, another
 * field in a part's head, either of the two twice, a name in another form
 * ("filename*", no quotes), multipart within multipart.
 */
#ifndef HTTP_MULTIPART_H
#define HTTP_MULTIPART_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rc.h"
#include "base/str.h"

struct arena;
struct http_request;

enum {
	HTTP_PARTS_MAX = 128,
	HTTP_PART_HEAD_MAX = 8 * 1024, /* bytes */
	HTTP_PART_NAME_MAX = 1024,     /* bytes of a name or file name */
};

struct http_part {
	struct str name;      /* never empty */
	struct str file_name; /* as the browser says it, to be shown and
				     never used as a path; p NULL: no file */
	struct str type;      /* as the browser says it; may be empty */
	struct str bytes;     /* a view of the body */
};

struct http_multipart {
	size_t n;
	struct http_part *v;
};

/* The boundary that R's one Content-Type names. RC_NOT_FOUND: it is not such a
 * form; RC_INVALID: no boundary, or one that RFC 2046 5.1.1 does not allow. */
MUST_USE enum rc http_multipart_boundary(
    const struct http_request *r, struct str *ret_boundary);

/* Reads all of BODY, in linear time. The parts are the arena's; what they
 * show lives as long as both. RC_INVALID, RC_LIMIT, RC_NO_MEMORY. */
MUST_USE enum rc http_multipart_read(struct arena *a, struct str body,
    struct str boundary, struct http_multipart *ret_parts);

/* The first part NAME that is no file; p NULL if there is none. */
struct str http_multipart_value(
    const struct http_multipart *parts, struct str name);

#endif
