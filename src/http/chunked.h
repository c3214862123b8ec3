/* SPDX-License-Identifier: MIT
 *
 * The chunked transfer coding (RFC 9112 7.1), read strictly: sizes of one to
 * eight hexadecimal digits and nothing around them, CRLF and nothing else as
 * the end of a line, extensions and trailers of visible bytes within limits
 * and ignored.
 */
#ifndef HTTP_CHUNKED_H
#define HTTP_CHUNKED_H

#include <stddef.h>
#include <stdint.h>

/* What a parser found. */
enum http_parse {
	HTTP_PARSE_DONE,   /* a whole request */
	HTTP_PARSE_MORE,   /* the bytes so far are a fair beginning */
	HTTP_PARSE_REFUSE, /* refuse with *ret_status and close */
};

enum {
	CHUNK_LINE_MAX = 256,	  /* size and extensions */
	CHUNK_TRAILER_MAX = 2048, /* all trailer fields */
};

/* How far a body was read. Zeroed before the first piece. */
struct chunked {
	uint8_t state;	/* private */
	uint8_t digits; /* private: of the chunk's size */
	uint16_t line;	/* private: bytes of this line, or of the trailer */
	uint32_t left;	/* private: bytes of this chunk still to come */
	size_t at;	/* private: bytes of the input read */
	size_t body;	/* bytes of the body found so far; read freely */
};

/* Reads on in IN, which holds the body as sent from its start and only grows
 * from call to call. DONE: *RET_USED bytes are the coded body. REFUSE:
 * *RET_STATUS is 400, or 413 for more than MOST bytes of body or of coding
 * around it. IN is left as it is. */
enum http_parse chunked_scan(struct chunked *c, const char *in, size_t n,
    size_t most, size_t *ret_used, unsigned *ret_status);

/* Takes the coding out of IN, in place, once chunked_scan said DONE for these
 * N bytes. Returns how many bytes the body has. */
size_t chunked_join(char *in, size_t n);

#endif
