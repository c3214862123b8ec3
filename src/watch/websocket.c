/* SPDX-License-Identifier: MIT
 *
 * WebSocket's bytes; see websocket.h.
 *
 *	byte 0	FIN, three reserved bits, opcode
 *	byte 1	mask bit (ours: 1; the server's: 0), length up to 125;
 *		126: 16 bits of length follow, 127: 64
 *	then	the mask, if there is one; the payload
 */
#include "watch/websocket.h"

#include "base/buf.h"
#include "base/must.h"
#include "coin/hash.h"
#include "coin/line.h"

enum {
	FIN = 0x80,
	RESERVED = 0x70,
	OPCODE = 0x0f,
	MASKED = 0x80,
	LENGTH = 0x7f,
	LENGTH_16 = 126,
	LENGTH_64 = 127,
	STATUS_SWITCHING = 101,
	NONCE_TEXT = 24,      /* base64 of 16 bytes */
	ACCEPT_ROOM = 28 + 1, /* base64 of 20 bytes, and a NUL */
	CREDENTIALS_MAX = 1024,
};

static const char ACCEPT_GUID[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

static void write_credentials(
    struct buf *b, struct str user, struct str password)
{
	struct buf plain;

	buf_init(&plain, CREDENTIALS_MAX);
	buf_add(&plain, user);
	buf_char(&plain, ':');
	buf_add(&plain, password);
	if (buf_rc(&plain) != RC_OK)
		buf_fail(b, buf_rc(&plain));
	else
		line_put_base64(b, (const uint8_t *)plain.p, plain.n);
	buf_done(&plain);
}

void websocket_write_opening(
    struct buf *b, const struct websocket_opening *opening)
{
	buf_printf(b, "GET %.*s HTTP/1.1\r\nHost: %.*s\r\n",
	    STR_ARG(opening->path), STR_ARG(opening->host));
	buf_lit(b, "Upgrade: websocket\r\nConnection: Upgrade\r\n"
		   "User-Agent: farthing\r\n"
		   "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ");
	line_put_base64(b, opening->nonce, WEBSOCKET_NONCE_BYTES);
	if (opening->user.n > 0) {
		buf_lit(b, "\r\nAuthorization: Basic ");
		write_credentials(b, opening->user, opening->password);
	}
	buf_lit(b, "\r\n\r\n");
}

/* What the server must answer to NONCE (section 4.2.2, step 5.4). */
static void write_accept(struct buf *b, const uint8_t *nonce)
{
	struct hash160 h;
	struct buf text;

	buf_init(&text, NONCE_TEXT + sizeof(ACCEPT_GUID));
	line_put_base64(&text, nonce, WEBSOCKET_NONCE_BYTES);
	buf_add(&text, str_of(ACCEPT_GUID));
	if (buf_rc(&text) == RC_OK) {
		h = hash_sha1(buf_str(&text));
		line_put_base64(b, h.b, sizeof(h.b));
	} else {
		buf_fail(b, buf_rc(&text));
	}
	buf_done(&text);
}

/* TOKEN is one of the list VALUE, "a, b". */
static bool lists(struct str value, struct str token)
{
	while (value.p)
		if (str_eq_fold(str_trim(str_cut(&value, ',')), token))
			return true;
	return false;
}

struct answer {
	unsigned upgrade, connection, accept; /* how often each came, right */
	bool is_wrong;
};

static void take_field(struct answer *a, struct str line, struct str accept)
{
	size_t colon = str_find(line, ':');
	struct str name = str_part(line, 0, colon);
	struct str value = str_trim(str_from(line, colon + 1));

	if (colon == 0 || colon == line.n || line.p[0] == ' ' ||
	    line.p[0] == '\t' || line.p[colon - 1] == ' ')
		a->is_wrong = true;
	else if (str_eq_fold(name, STR("Upgrade")))
		a->upgrade += str_eq_fold(value, STR("websocket")) ? 1 : 2;
	else if (str_eq_fold(name, STR("Connection")))
		a->connection += lists(value, STR("upgrade"));
	else if (str_eq_fold(name, STR("Sec-WebSocket-Accept")))
		a->accept += str_eq(value, accept) ? 1 : 2;
	else if (str_eq_fold(name, STR("Sec-WebSocket-Extensions")) ||
		 str_eq_fold(name, STR("Sec-WebSocket-Protocol")))
		a->is_wrong = true;
}

/* "HTTP/1.1 101 Switching Protocols": 101; 0: not of that form. */
static unsigned status_of(struct str line)
{
	struct str digits = str_part(line, 9, 3);
	uint64_t status;

	if (!str_starts(line, STR("HTTP/1.1 ")) || digits.n != 3 ||
	    (line.n > 12 && line.p[12] != ' ') ||
	    str_u64(digits, 999, &status) != RC_OK || status < 100)
		return 0;
	return (unsigned)status;
}

static enum rc check_answer(
    struct str head, const uint8_t *nonce, struct err *err)
{
	struct str line = STR_NONE;
	struct answer a = {0};
	unsigned status;
	struct buf accept;

	(void)!str_line(&head, &line);
	status = status_of(line);
	if (status >= 400 && status < 500)
		return err_set(err, RC_DENIED, "status %u", status);
	if (status != STATUS_SWITCHING)
		return err_set(
		    err, RC_INVALID, "no WebSocket (status %u)", status);
	buf_init(&accept, ACCEPT_ROOM);
	write_accept(&accept, nonce);
	while (str_line(&head, &line))
		take_field(&a, line, buf_str(&accept));
	if (buf_rc(&accept) != RC_OK || a.is_wrong || a.upgrade != 1 ||
	    a.connection != 1 || a.accept != 1) {
		buf_done(&accept);
		return err_set(err, RC_INVALID,
		    "the answer to WebSocket's opening is wrong");
	}
	buf_done(&accept);
	return RC_OK;
}

enum rc websocket_read_answer(struct str in,
    const uint8_t nonce[WEBSOCKET_NONCE_BYTES], size_t *ret_n, struct err *err)
{
	size_t end =
	    str_find_str(str_part(in, 0, WEBSOCKET_HEAD_MAX), STR("\r\n\r\n"));
	enum rc rc;

	if (end + 4 > in.n && in.n < WEBSOCKET_HEAD_MAX)
		return RC_BUSY;
	if (end + 4 > WEBSOCKET_HEAD_MAX)
		return err_set(err, RC_LIMIT, "an answer without an end");
	rc = check_answer(str_part(in, 0, end), nonce, err);
	if (rc == RC_OK)
		*ret_n = end + 4;
	return rc;
}

static bool is_control(unsigned opcode)
{
	return opcode >= WEBSOCKET_CLOSE;
}

static bool is_opcode(unsigned opcode)
{
	return opcode <= WEBSOCKET_BINARY ||
	       (opcode >= WEBSOCKET_CLOSE && opcode <= WEBSOCKET_PONG);
}

/* The length at P, of N bytes, of which the first is the short form. *RET_AT:
 * how many bytes it takes. */
static enum rc read_length(
    const uint8_t *p, size_t n, uint64_t *ret_length, size_t *ret_at)
{
	unsigned wide = p[0] == LENGTH_16 ? 2 : p[0] == LENGTH_64 ? 8 : 0;
	uint64_t length = wide ? 0 : p[0];

	if (n < 1 + wide)
		return RC_BUSY;
	for (unsigned i = 1; i <= wide; i++)
		length = length << 8 | p[i];
	if ((wide == 2 && length < LENGTH_16) ||
	    (wide == 8 && length <= UINT16_MAX))
		return RC_INVALID;
	*ret_length = length;
	*ret_at = 1 + wide;
	return RC_OK;
}

enum rc websocket_read_frame(
    struct str in, struct websocket_frame *ret_frame, size_t *ret_n)
{
	const uint8_t *p = (const uint8_t *)in.p;
	unsigned opcode;
	uint64_t length = 0;
	size_t at = 0;
	enum rc rc;

	if (in.n < 2)
		return RC_BUSY;
	opcode = p[0] & OPCODE;
	if ((p[0] & RESERVED) || !is_opcode(opcode) || (p[1] & MASKED))
		return RC_INVALID;
	if (is_control(opcode) &&
	    (!(p[0] & FIN) || (p[1] & LENGTH) > WEBSOCKET_CONTROL_MAX))
		return RC_INVALID;
	rc = read_length(p + 1, in.n - 1, &length, &at);
	if (rc != RC_OK)
		return rc;
	if (length > WEBSOCKET_PAYLOAD_MAX)
		return RC_LIMIT;
	at++;
	if (in.n - at < length)
		return RC_BUSY;
	*ret_frame = (struct websocket_frame){(p[0] & FIN) != 0,
	    (enum websocket_opcode)opcode, str_part(in, at, (size_t)length)};
	*ret_n = at + (size_t)length;
	return RC_OK;
}

void websocket_write_frame(struct buf *b, enum websocket_opcode opcode,
    struct str payload, const uint8_t mask[WEBSOCKET_MASK_BYTES])
{
	must(payload.n <= WEBSOCKET_PAYLOAD_MAX);
	buf_char(b, (char)(FIN | opcode));
	if (payload.n < LENGTH_16) {
		buf_char(b, (char)(MASKED | payload.n));
	} else {
		unsigned wide = payload.n > UINT16_MAX ? 8 : 2;

		buf_char(
		    b, (char)(MASKED | (wide == 2 ? LENGTH_16 : LENGTH_64)));
		for (unsigned i = wide; i-- > 0;)
			buf_char(b, (char)((uint64_t)payload.n >> 8 * i));
	}
	buf_add(b, (struct str){(const char *)mask, WEBSOCKET_MASK_BYTES});
	for (size_t i = 0; i < payload.n; i++)
		buf_char(b, (char)((uint8_t)payload.p[i] ^
				   mask[i % WEBSOCKET_MASK_BYTES]));
}
