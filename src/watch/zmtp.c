/* SPDX-License-Identifier: MIT
 *
 * ZMTP's bytes; see zmtp.h.
 *
 *	greeting	ff, 8 bytes, 7f; version 3, minor; mechanism in 20
 *			bytes; 0 (no server); 31 bytes of 0
 *	frame		flags (1: more, 2: length of 64 bits, 4: command);
 *			length in 1 or 8 bytes; body
 *	READY		5 "READY", then properties: length in 1 byte, name,
 *			length in 4 bytes, value
 */
#include "watch/zmtp.h"

#include <stdint.h>

#include "base/buf.h"
#include "base/must.h"

enum {
	FLAG_MORE = 1,
	FLAG_LONG = 2,
	FLAG_COMMAND = 4,
	VERSION_AT = 10,
	MECHANISM_AT = 12,
	MECHANISM_BYTES = 20,
	TOPIC_MAX = 100,
};

void zmtp_write_greeting(struct buf *b)
{
	buf_char(b, (char)0xff);
	buf_fill(b, '\0', 8);
	buf_char(b, 0x7f);
	buf_char(b, 3);
	buf_char(b, 0);
	buf_lit(b, "NULL");
	buf_fill(b, '\0', MECHANISM_BYTES - 4 + 32);
}

/* The byte that must stand AT; -1: any. */
static int expected(size_t at)
{
	static const char mechanism[MECHANISM_BYTES] = "NULL";

	if (at == 0)
		return 0xff;
	if (at == VERSION_AT - 1)
		return 0x7f;
	if (at >= MECHANISM_AT && at < MECHANISM_AT + MECHANISM_BYTES)
		return (unsigned char)mechanism[at - MECHANISM_AT];
	return -1;
}

enum rc zmtp_read_greeting(struct str in)
{
	const uint8_t *p = (const uint8_t *)in.p;

	for (size_t i = 0; i < in.n && i < ZMTP_GREETING; i++) {
		if (expected(i) >= 0 && expected(i) != p[i])
			return RC_INVALID;
		if (i == VERSION_AT && p[i] < 3)
			return RC_INVALID;
	}
	return in.n < ZMTP_GREETING ? RC_BUSY : RC_OK;
}

enum rc zmtp_read_frame(
    struct str in, struct zmtp_frame *ret_frame, size_t *ret_n)
{
	const uint8_t *p = (const uint8_t *)in.p;
	uint64_t length = 0;
	size_t head;

	if (in.n < 1)
		return RC_BUSY;
	if ((p[0] & ~(FLAG_MORE | FLAG_LONG | FLAG_COMMAND)) ||
	    ((p[0] & FLAG_COMMAND) && (p[0] & FLAG_MORE)))
		return RC_INVALID;
	head = p[0] & FLAG_LONG ? 9 : 2;
	if (in.n < head)
		return RC_BUSY;
	for (size_t i = 1; i < head; i++)
		length = length << 8 | p[i];
	if (length > ZMTP_BODY_MAX)
		return RC_LIMIT;
	if (in.n - head < length)
		return RC_BUSY;
	*ret_frame = (struct zmtp_frame){(p[0] & FLAG_COMMAND) != 0,
	    (p[0] & FLAG_MORE) != 0, str_part(in, head, (size_t)length)};
	*ret_n = head + (size_t)length;
	return RC_OK;
}

/* Takes the next property. */
static bool take_property(
    struct str *rest, struct str *ret_name, struct str *ret_value)
{
	const uint8_t *p = (const uint8_t *)rest->p;
	size_t name_n = p[0];
	uint64_t n = 0;

	if (name_n == 0 || rest->n < 1 + name_n + 4)
		return false;
	*ret_name = str_part(*rest, 1, name_n);
	for (size_t i = 0; i < 4; i++)
		n = n << 8 | p[1 + name_n + i];
	*rest = str_from(*rest, 1 + name_n + 4);
	if (n > rest->n)
		return false;
	*ret_value = str_part(*rest, 0, (size_t)n);
	*rest = str_from(*rest, (size_t)n);
	return true;
}

enum rc zmtp_read_ready(struct str body)
{
	struct str rest = str_from(body, 6), name, value;
	bool publishes = false;

	if (!str_starts(body, STR("\5READY")))
		return RC_INVALID;
	while (rest.n > 0) {
		if (!take_property(&rest, &name, &value))
			return RC_INVALID;
		if (str_eq_fold(name, STR("Socket-Type")))
			publishes = str_eq(value, STR("PUB")) ||
				    str_eq(value, STR("XPUB"));
	}
	return publishes ? RC_OK : RC_INVALID;
}

static void write_frame(struct buf *b, unsigned flags, struct str body)
{
	buf_char(b, (char)flags);
	buf_char(b, (char)body.n);
	buf_add(b, body);
}

void zmtp_write_ready(struct buf *b)
{
	write_frame(b, FLAG_COMMAND,
	    STR("\5READY"
		"\13Socket-Type"
		"\0\0\0\3SUB"));
}

void zmtp_write_subscription(struct buf *b, struct str topic)
{
	must(topic.n <= TOPIC_MAX);
	buf_char(b, 0);
	buf_char(b, (char)(topic.n + 1));
	buf_char(b, 1);
	buf_add(b, topic);
}
