/* SPDX-License-Identifier: MIT
 *
 * Notices; see notice.h. A line is one connection:
 *
 *	resting -> connecting -> opening -> (ready, ZeroMQ only) -> standing
 *
 * and back to resting from anywhere when something is wrong or takes too
 * long. Invariant: a line has a pipe exactly if it does not rest.
 */
#include "watch/notice.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "http/pipe.h"
#include "sys/clock.h"
#include "sys/random.h"
#include "watch/websocket.h"
#include "watch/zmtp.h"

enum {
	CONNECT_MS = 10000,
	OPENING_MS = 15000, /* from the connection on until it stands */
	REST_MS = 1000,
	REST_SHIFT_MOST = 8,	/* REST_MS doubles so often: 256 s */
	STEADY_MS = 60000,	/* who stood so long begins at REST_MS again */
	SILENT_MS = 60000,	/* then it is asked whether it is there */
	ANSWER_MS = 30000,	/* and has to answer */
	FLOOD_MS = 10000,	/* in so long, ... */
	FLOOD_BYTES = 4 << 20,	/* no more than so many bytes */
	TURN_BYTES = 256 << 10, /* read in one turn */
	IN_MAX = WEBSOCKET_PAYLOAD_MAX + 64,
	OUT_MAX = 16 * 1024,
	URL_ROOM = 300,
	PATH_ROOM = 300,
	ROOM_BESIDE = 64 * 1024, /* for what is no line */
};

#define NS_OF_MS INT64_C(1000000)

enum stage { RESTING, CONNECTING, OPENING, READY, STANDING };

struct line {
	bool is_zmtp;
	const struct rpc_place *node; /* NULL: ZeroMQ */
	struct str proxy;
	struct str host;
	char url[URL_ROOM];   /* for http_pipe_new */
	char path[PATH_ROOM]; /* of the WebSocket */

	enum stage stage;
	struct http_pipe *pipe;
	int64_t due_ns; /* RESTING: the next try; before STANDING: it has
			   failed then */
	int64_t stood_ns;
	int64_t heard_ns;
	bool is_asked; /* whether it is there, since heard_ns + SILENT_MS */
	int64_t flood_ns;
	size_t flood_bytes;
	unsigned failures;
	bool told_failure;

	uint8_t nonce[WEBSOCKET_NONCE_BYTES];
	bool in_message; /* a text whose last frame has not come */
	struct buf out;
	size_t in_n;
	char in[IN_MAX];
};

struct notice {
	struct arena *a; /* in which it lies itself, and its lines */
	struct notice_settings settings;
	bool is_rung;
	size_t lines_n;
	struct line *lines;
};

static int64_t in_ms(int64_t ms)
{
	return clock_ns() + ms * NS_OF_MS;
}

enum rc notice_address_parse(struct str address, struct str *ret_host)
{
	struct str host = str_from(address, 6);
	size_t colon = str_find_last(host, ':');
	uint64_t port;

	if (!str_starts(address, STR("tcp://")) || colon == 0 ||
	    colon == host.n || host.n > 255 ||
	    str_u64(str_from(host, colon + 1), UINT16_MAX, &port) != RC_OK ||
	    port == 0)
		return RC_INVALID;
	for (size_t i = 0; i < host.n; i++)
		if (host.p[i] <= ' ' || (unsigned char)host.p[i] >= 0x7f ||
		    strchr("/?#@\\%*", host.p[i]))
			return RC_INVALID;
	*ret_host = host;
	return RC_OK;
}

static enum rc add_address(
    struct notice *n, const struct notice_address *address, struct err *err)
{
	struct line *line = &n->lines[n->lines_n];

	if (notice_address_parse(address->at, &line->host) != RC_OK)
		return err_set(err, RC_INVALID,
		    "notices come from tcp://HOST:PORT, as "
		    "tcp://127.0.0.1:28332");
	line->is_zmtp = true;
	line->proxy = address->proxy;
	snprintf(
	    line->url, sizeof(line->url), "http://%.*s/", STR_ARG(line->host));
	n->lines_n++;
	return RC_OK;
}

static enum rc add_node(
    struct notice *n, const struct rpc_place *node, struct err *err)
{
	struct line *line = &n->lines[n->lines_n];
	struct str path;

	if (node->url.n + 4 > PATH_ROOM ||
	    http_client_host(node->url, &line->host) != RC_OK)
		return err_set(err, RC_INVALID,
		    "a node's address must begin with http:// or https://");
	path = str_from(
	    node->url, (size_t)(line->host.p + line->host.n - node->url.p));
	path = str_part(path, 0, str_find(path, '?'));
	path = str_part(path, 0, str_find(path, '#'));
	while (str_ends(path, STR("/")))
		path.n--;
	line->node = node;
	line->proxy = node->proxy;
	snprintf(line->url, sizeof(line->url), "%.*s", STR_ARG(node->url));
	snprintf(line->path, sizeof(line->path), "%.*s/ws", STR_ARG(path));
	n->lines_n++;
	return RC_OK;
}

enum rc notice_new(const struct notice_settings *settings,
    struct notice **ret_notice, struct err *err)
{
	size_t lines = settings->nodes_n + settings->addresses_n;
	struct arena *a =
	    arena_new((lines + 1) * sizeof(struct line) + ROOM_BESIDE);
	struct notice *n = ARENA_NEW(a, struct notice);
	const struct notice_settings *s;
	enum rc rc = RC_OK;

	must(settings->nodes_n <= NOTICE_NODES_MAX);
	must(settings->addresses_n <= NOTICE_ADDRESSES_MAX);
	if (!n) {
		arena_free(a);
		return err_set(err, RC_NO_MEMORY, "no memory for notices");
	}
	s = &n->settings;
	n->a = a;
	n->settings = *settings;
	if (n->settings.rest_ms == 0)
		n->settings.rest_ms = REST_MS;
	n->lines = ARENA_ARRAY(a, struct line, lines);
	if (!n->lines)
		rc = err_set(err, RC_NO_MEMORY, "no memory for notices");
	for (size_t i = 0; rc == RC_OK && i < s->nodes_n; i++)
		rc = add_node(n, &s->nodes[i], err);
	for (size_t i = 0; rc == RC_OK && i < s->addresses_n; i++)
		rc = add_address(n, &s->addresses[i], err);
	for (size_t i = 0; i < n->lines_n; i++)
		buf_init(&n->lines[i].out, OUT_MAX);
	if (rc != RC_OK) {
		notice_free(n);
		return rc;
	}
	*ret_notice = n;
	return RC_OK;
}

void notice_free(struct notice *n)
{
	if (!n)
		return;
	for (size_t i = 0; i < n->lines_n; i++) {
		http_pipe_free(n->lines[i].pipe);
		buf_done(&n->lines[i].out);
	}
	arena_free(n->a);
}

static void tell(struct notice *n, const struct line *line, const char *why)
{
	if (n->settings.told)
		n->settings.told(n->settings.ctx, line->host, why);
}

/* The line is given up for now. RC_DENIED: the other side offers no notices,
 * so it is asked again very seldom. */
static void rest(
    struct notice *n, struct line *line, enum rc rc, const char *why)
{
	bool stood = line->stage == STANDING;
	int64_t ms;

	http_pipe_free(line->pipe);
	line->pipe = NULL;
	if (stood && clock_ns() - line->stood_ns >= STEADY_MS * NS_OF_MS)
		line->failures = 0;
	if (rc == RC_DENIED)
		line->failures = REST_SHIFT_MOST;
	ms = (int64_t)n->settings.rest_ms << line->failures;
	ms += random_below((uint32_t)(ms / 4 + 1));
	line->due_ns = in_ms(ms);
	if (line->failures < REST_SHIFT_MOST)
		line->failures++;
	line->stage = RESTING;
	if (stood || !line->told_failure)
		tell(n, line, why);
	line->told_failure = true;
}

static void connect_line(struct notice *n, struct line *line)
{
	struct http_pipe_place place = {.url = str_of(line->url),
	    .proxy = line->proxy,
	    .ms_max = CONNECT_MS};
	struct err err;
	enum rc rc;

	if (line->node)
		place.ca_file = line->node->ca_file;
	rc = http_pipe_new(&place, &line->pipe, &err);
	if (rc != RC_OK) {
		rest(n, line, rc, err.why);
		return;
	}
	buf_clear(&line->out);
	line->in_n = 0;
	line->in_message = line->is_asked = false;
	line->flood_bytes = 0;
	line->stage = CONNECTING;
	line->due_ns = in_ms(CONNECT_MS + OPENING_MS);
}

/* The connection stands: says the first word. */
static void open_line(struct line *line)
{
	line->stage = OPENING;
	line->due_ns = in_ms(OPENING_MS);
	line->heard_ns = line->flood_ns = clock_ns();
	if (line->is_zmtp) {
		zmtp_write_greeting(&line->out);
		return;
	}
	struct websocket_opening opening = {.host = line->host,
	    .path = str_of(line->path),
	    .user = line->node->user,
	    .password = line->node->password};

	random_bytes(opening.nonce, sizeof(opening.nonce));
	memcpy(line->nonce, opening.nonce, sizeof(line->nonce));
	websocket_write_opening(&line->out, &opening);
}

static void stand(struct notice *n, struct line *line)
{
	line->stage = STANDING;
	line->stood_ns = clock_ns();
	line->told_failure = false;
	/* What came before it stood was not noticed. */
	n->is_rung = true;
	tell(n, line, NULL);
}

static void say_frame(
    struct line *line, enum websocket_opcode opcode, struct str payload)
{
	uint8_t mask[WEBSOCKET_MASK_BYTES];

	random_bytes(mask, sizeof(mask));
	websocket_write_frame(&line->out, opcode, payload, mask);
}

/* Each of these takes what stands at the start of IN. RC_OK: *RET_N bytes of
 * it; RC_BUSY: more must come; else the line is done for. */

static enum rc take_answer(struct notice *n, struct line *line, struct str in,
    size_t *ret_n, struct err *err)
{
	enum rc rc = websocket_read_answer(in, line->nonce, ret_n, err);

	if (rc != RC_OK)
		return rc;
	say_frame(line, WEBSOCKET_TEXT,
	    STR("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"notifyblocks\","
		"\"params\":[]}"));
	say_frame(line, WEBSOCKET_TEXT,
	    STR("{\"jsonrpc\":\"1.0\",\"id\":2,\"method\":"
		"\"notifynewtransactions\",\"params\":[false]}"));
	stand(n, line);
	return RC_OK;
}

static enum rc obey_frame(struct notice *n, struct line *line,
    const struct websocket_frame *frame, struct err *err)
{
	switch (frame->opcode) {
	case WEBSOCKET_PING:
		say_frame(line, WEBSOCKET_PONG, frame->payload);
		return RC_OK;
	case WEBSOCKET_PONG:
		return RC_OK;
	case WEBSOCKET_CLOSE:
		return err_set(err, RC_GONE, "it has closed the connection");
	case WEBSOCKET_TEXT:
	case WEBSOCKET_CONTINUATION:
		if (line->in_message !=
		    (frame->opcode == WEBSOCKET_CONTINUATION))
			break;
		line->in_message = !frame->is_last;
		if (frame->is_last)
			n->is_rung = true;
		return RC_OK;
	case WEBSOCKET_BINARY:
		break;
	}
	return err_set(err, RC_INVALID, "a frame that does not belong there");
}

static enum rc take_websocket(struct notice *n, struct line *line,
    struct str in, size_t *ret_n, struct err *err)
{
	struct websocket_frame frame;
	enum rc rc;

	if (line->stage == OPENING)
		return take_answer(n, line, in, ret_n, err);
	rc = websocket_read_frame(in, &frame, ret_n);
	if (rc == RC_OK)
		rc = obey_frame(n, line, &frame, err);
	else if (rc != RC_BUSY)
		(void)err_set(err, rc, "a frame that breaks the rules");
	return rc;
}

static enum rc take_greeting(
    struct line *line, struct str in, size_t *ret_n, struct err *err)
{
	enum rc rc = zmtp_read_greeting(in);

	if (rc == RC_INVALID)
		return err_set(err, rc, "no ZeroMQ of version 3 there");
	if (rc == RC_OK) {
		*ret_n = ZMTP_GREETING;
		zmtp_write_ready(&line->out);
		line->stage = READY;
	}
	return rc;
}

static enum rc take_ready(struct notice *n, struct line *line,
    const struct zmtp_frame *frame, struct err *err)
{
	if (!frame->is_command || zmtp_read_ready(frame->body) != RC_OK)
		return err_set(
		    err, RC_INVALID, "it is no publisher of ZeroMQ's");
	zmtp_write_subscription(&line->out, STR("hashblock"));
	zmtp_write_subscription(&line->out, STR("hashtx"));
	stand(n, line);
	return RC_OK;
}

static enum rc take_zmtp(struct notice *n, struct line *line, struct str in,
    size_t *ret_n, struct err *err)
{
	struct zmtp_frame frame;
	enum rc rc;

	if (line->stage == OPENING)
		return take_greeting(line, in, ret_n, err);
	rc = zmtp_read_frame(in, &frame, ret_n);
	if (rc == RC_BUSY)
		return rc;
	if (rc != RC_OK)
		return err_set(err, rc, "a frame that breaks the rules");
	if (line->stage == READY)
		return take_ready(n, line, &frame, err);
	if (!frame.is_command && !frame.has_more)
		n->is_rung = true;
	return RC_OK;
}

/* Takes all that has come whole. */
static enum rc take_all(struct notice *n, struct line *line, struct err *err)
{
	size_t at = 0;
	enum rc rc = RC_OK;

	while (rc == RC_OK && at < line->in_n) {
		struct str in = {line->in + at, line->in_n - at};
		size_t took = 0;

		rc = line->is_zmtp ? take_zmtp(n, line, in, &took, err)
				   : take_websocket(n, line, in, &took, err);
		if (rc == RC_OK)
			at += took;
	}
	line->in_n -= at;
	memmove(line->in, line->in + at, line->in_n);
	return rc == RC_BUSY ? RC_OK : rc;
}

static enum rc count_flood(struct line *line, size_t n, struct err *err)
{
	int64_t now = clock_ns();

	if (now - line->flood_ns >= FLOOD_MS * NS_OF_MS) {
		line->flood_ns = now;
		line->flood_bytes = 0;
	}
	line->flood_bytes += n;
	return line->flood_bytes > FLOOD_BYTES
		   ? err_set(err, RC_LIMIT, "it sends more than anyone needs")
		   : RC_OK;
}

static enum rc read_line(struct notice *n, struct line *line, struct err *err)
{
	size_t all = 0, got = 0;
	enum rc rc = RC_OK;

	while (rc == RC_OK && all < TURN_BYTES) {
		/* No frame is as long as the room, so there is some. */
		must(line->in_n < IN_MAX);
		rc = http_pipe_recv(line->pipe, line->in + line->in_n,
		    IN_MAX - line->in_n, &got);
		if (rc == RC_BUSY)
			return RC_OK;
		if (rc != RC_OK)
			return err_set(err, rc, "the connection has ended");
		all += got;
		line->in_n += got;
		line->heard_ns = clock_ns();
		line->is_asked = false;
		rc = count_flood(line, got, err);
		if (rc == RC_OK)
			rc = take_all(n, line, err);
	}
	return rc;
}

static enum rc write_line(struct line *line, struct err *err)
{
	size_t at = 0, n = 0;
	enum rc rc = buf_rc(&line->out);

	if (rc != RC_OK)
		return err_set(err, rc, "it does not take our answers");
	while (rc == RC_OK && at < line->out.n) {
		rc = http_pipe_send(
		    line->pipe, str_from(buf_str(&line->out), at), &n);
		if (rc == RC_OK)
			at += n;
	}
	if (at > 0) {
		memmove(line->out.p, line->out.p + at, line->out.n - at);
		buf_cut(&line->out, line->out.n - at);
	}
	return rc == RC_OK || rc == RC_BUSY
		   ? RC_OK
		   : err_set(err, rc, "the connection has ended");
}

/* What the clock says of a line that is not at rest. */
static enum rc judge(struct line *line, struct err *err)
{
	int64_t silent_ms = (clock_ns() - line->heard_ns) / NS_OF_MS;

	if (line->stage != STANDING)
		return clock_ns() < line->due_ns
			   ? RC_OK
			   : err_set(err, RC_LIMIT, "it does not answer");
	/* ZeroMQ 3.0 has no such question; TCP itself asks. */
	if (line->is_zmtp || silent_ms < SILENT_MS)
		return RC_OK;
	if (!line->is_asked) {
		say_frame(line, WEBSOCKET_PING, STR("farthing"));
		line->is_asked = true;
		line->due_ns = in_ms(ANSWER_MS);
		return RC_OK;
	}
	return clock_ns() < line->due_ns
		   ? RC_OK
		   : err_set(err, RC_LIMIT, "it has fallen silent");
}

static void turn_line(struct notice *n, struct line *line)
{
	struct err err;
	enum rc rc = RC_OK;

	if (line->stage == RESTING && clock_ns() >= line->due_ns)
		connect_line(n, line);
	if (line->stage == RESTING)
		return;
	if (line->stage == CONNECTING) {
		rc = http_pipe_turn(line->pipe, &err);
		if (rc == RC_OK)
			open_line(line);
		else if (rc == RC_BUSY)
			rc = RC_OK;
	}
	if (rc == RC_OK && line->stage != CONNECTING) {
		rc = read_line(n, line, &err);
		if (rc == RC_OK)
			rc = write_line(line, &err);
	}
	if (rc == RC_OK)
		rc = judge(line, &err);
	if (rc != RC_OK)
		rest(n, line, rc, err.why);
}

void notice_turn(struct notice *n)
{
	for (size_t i = 0; i < n->lines_n; i++)
		turn_line(n, &n->lines[i]);
}

size_t notice_fds(const struct notice *n, int *ret_fds)
{
	size_t count = 0;

	for (size_t i = 0; i < n->lines_n; i++)
		if (n->lines[i].stage > CONNECTING)
			ret_fds[count++] = http_pipe_fd(n->lines[i].pipe);
	return count;
}

bool notice_is_rung(const struct notice *n)
{
	return n->is_rung;
}

void notice_forget(struct notice *n)
{
	n->is_rung = false;
}
