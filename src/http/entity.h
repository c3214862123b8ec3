/* SPDX-License-Identifier: MIT
 *
 * An answer made ready: status, fields and body in every encoding, immutable
 * and counted, so that serving it again costs two writes of ready bytes. The
 * page cache of site/ holds these; http/server.h sends them.
 *
 * A form (identity, gzip, br) is compressed the first time it is asked for
 * and kept. The date line and the connection line are the server's; all else
 * is here, so the same state gives the same bytes.
 */
#ifndef HTTP_ENTITY_H
#define HTTP_ENTITY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/instant.h"
#include "base/rc.h"
#include "base/str.h"

struct entity;
struct entity_file;

enum coding { CODING_IDENTITY, CODING_GZIP, CODING_BR, CODING_COUNT };

struct entity_spec {
	unsigned status;	 /* 200, 301, 404, 410, 503, ... */
	struct str type;	 /* "text/html; charset=utf-8"; empty: none */
	struct str cache;	 /* Cache-Control; empty: none */
	struct str location;	 /* of a redirect; empty: none */
	struct str link;	 /* Link; empty: none */
	struct str extra;	 /* further whole lines, each ended by CRLF */
	struct instant modified; /* Last-Modified; INSTANT_NEVER: none */
	unsigned retry_after_s;	 /* 0: none */
	bool is_html;		 /* adds the security fields of a page */
	struct str csp;		 /* Content-Security-Policy where is_html */
	struct str referrer;	 /* Referrer-Policy where is_html; empty:
				       "same-origin" */
	bool is_streamed;	 /* only the head of an answer in pieces
				       (http/later.h): no length, no ETag */
	struct str body;	 /* copied */

	/* The body instead: it is sent from there (http/entity_file.h), and is
	 * not compressed. Taken over, also where NULL is returned. */
	struct entity_file *file;
};

/* One reference, owned by the caller. NULL without memory. A strong ETag is
 * made from the body (200 and 404, 410 too); from what is known of a file, and
 * only where MODIFIED is said: what changed a moment ago can change again and
 * look the same. Texts of the spec go into fields as they are: no control bytes
 * in them, which would be our own mistake. */
MUST_USE struct entity *entity_new(const struct entity_spec *spec);
struct entity *entity_ref(struct entity *e);
void entity_unref(struct entity *e); /* NULL is fine */

/* How much memory it holds now; grows when a form is made. */
size_t entity_size(const struct entity *e);
unsigned entity_status(const struct entity *e);
struct str entity_etag(const struct entity *e); /* with its quotes */

/* The status line's rest, fields and body for CODING, and where the body
 * starts in it: "Content-Type: ...CRLF ... CRLF CRLF body". Makes the form if
 * it is not there yet; falls back to identity where compression does not
 * pay or memory is short (*RET_CODING says which it is). A file's bytes are not
 * in it. Valid as long as the entity. */
struct str entity_form(struct entity *e, enum coding coding,
    size_t *ret_body_at, enum coding *ret_coding);
/* The file that is its body; NULL: none is. */
const struct entity_file *entity_body_file(const struct entity *e);
/* The fields of a 304 answer, ended by an empty line. */
struct str entity_not_modified(struct entity *e, enum coding coding);

/* The best coding for a request's Accept-Encoding (RFC 9110 12.5.3). */
enum coding coding_choose(struct str accept_encoding);
/* Whether If-None-Match or, without it, If-Modified-Since says that the
 * reader has this entity (RFC 9110 13.2.2). */
bool entity_is_fresh(const struct entity *e, enum coding coding,
    struct str if_none_match, struct str if_modified_since);

#endif
