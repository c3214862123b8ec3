/* SPDX-License-Identifier: MIT
 *
 * An answer on its way out: the status line, the date and the connection's
 * fate are put together on the stack, the rest lies ready in the entity, and
 * one system call sends both. Only what the socket does not take is noted in
 * an outbox, with a reference to the entity and without a copy of it. A body
 * that is a file goes through the server's one room for pieces; what of a piece
 * the socket does not take is read again.
 */
#include "http/connection.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "http/coding.h"
#include "http/entity_file.h"
#include "http/field.h"
#include "http/status.h"
#include "sys/clock.h"
#include "sys/socket.h"

struct answer {
	unsigned status;
	enum coding coding;
	struct str rest; /* fields, and body if it is sent */
	uint64_t file_n; /* bytes of the entity's file that follow */
};

static char *put(char *to, struct str s)
{
	memcpy(to, s.p, s.n);
	return to + s.n;
}

/* The status line and the fields that are not the entity's. */
static struct str put_line(
    struct connection *c, unsigned status, char line[128])
{
	char *to = put(line, STR("HTTP/1.1 "));

	*to++ = (char)('0' + status / 100);
	*to++ = (char)('0' + status / 10 % 10);
	*to++ = (char)('0' + status % 10);
	*to++ = ' ';
	to = put(to, http_reason(status));
	to = put(to, STR("\r\n"));
	to = put(to, server_date(c->server));
	if (c->is_ending)
		to = put(to, STR("Connection: close\r\n"));
	return (struct str){line, (size_t)(to - line)};
}

static enum coding wanted_coding(struct http_server *s, struct str accept)
{
	if (accept.n != s->accept_n ||
	    memcmp(accept.p, s->accept, accept.n) != 0) {
		enum coding coding = coding_choose(accept);

		if (accept.n > ACCEPT_MAX)
			return coding;
		memcpy(s->accept, accept.p, accept.n);
		s->accept_n = accept.n;
		s->accept_coding = coding;
	}
	return s->accept_coding;
}

static struct answer choose(
    struct http_server *s, const struct http_request *r, struct entity *e);

/* The same as choose, where a list stands in several lines. */
static struct answer choose_joined(
    struct http_server *s, const struct http_request *r, struct entity *e)
{
	struct http_request joined = *r;
	struct answer a;
	struct buf b;
	size_t n;

	buf_init(&b, 2 * HTTP_HEAD_MAX);
	http_request_join(r, STR("accept-encoding"), &b);
	n = b.n;
	http_request_join(r, STR("if-none-match"), &b);
	/* Without memory it is the first lines alone, which only costs the
	 * reader some bytes. */
	if (buf_rc(&b) == RC_OK) {
		joined.accept_encoding = str_part(buf_str(&b), 0, n);
		if (r->if_none_match.p)
			joined.if_none_match = str_from(buf_str(&b), n);
	}
	joined.has_split_lists = false;
	a = choose(s, &joined, e);
	buf_done(&b);
	return a;
}

/* Chooses the form of E that answers R. */
static struct answer choose(
    struct http_server *s, const struct http_request *r, struct entity *e)
{
	struct answer a = {.status = entity_status(e)};
	enum coding wanted = CODING_IDENTITY;
	size_t body_at;

	if (r && r->has_split_lists)
		return choose_joined(s, r, e);
	if (r && r->accept_encoding.n)
		wanted = wanted_coding(s, r->accept_encoding);
	if (r && (r->if_none_match.p || r->if_modified_since.p) &&
	    r->method != HTTP_POST &&
	    entity_is_fresh(
		e, wanted, r->if_none_match, r->if_modified_since)) {
		a.status = 304;
		a.rest = entity_not_modified(e, wanted);
		return a;
	}
	a.rest = entity_form(e, wanted, &body_at, &a.coding);
	if (r && r->method == HTTP_HEAD)
		a.rest.n = body_at;
	else if (entity_body_file(e))
		a.file_n = entity_file_size(entity_body_file(e));
	return a;
}

/* Who asked, as a word for the log. */
static struct str reader_word(
    struct connection *c, const struct http_request *r, char text[64])
{
	struct address reader = c->address;
	struct buf b;
	size_t n;

	/* Whom the limits count, too; else it is the proxy. */
	if (c->is_local && r && r->forwarded_for.n &&
	    c->server->config.trusts_loopback)
		(void)!http_forwarded_parse(r->forwarded_for, &reader);
	buf_init(&b, 64);
	address_text(&b, &reader);
	n = b.n;
	if (n)
		memcpy(text, b.p, n);
	buf_done(&b);
	return (struct str){text, n};
}

/* Whether PATH is PRIVATE or lies below it. In any case of its letters: an
 * address mistyped so is as private. */
static bool is_private(struct str path, struct str private)
{
	if (!private.n || path.n < private.n ||
	    (path.p[1] | 0x20) != private.p[1])
		return false;
	return (path.n == private.n || path.p[private.n] == '/') &&
	       str_eq_fold(str_part(path, 0, private.n), private);
}

static void note(struct connection *c, const struct http_request *r,
    const struct answer *a, uint64_t bytes)
{
	static const struct str methods[] = {
	    STR_INIT("GET"), STR_INIT("HEAD"), STR_INIT("POST"), STR_INIT("-")};
	struct http_server *s = c->server;
	struct access_line line = {.status = a->status, .bytes = bytes};
	char text[64];

	metric_add(&s->metrics->requests[a->status / 100], 1);
	if (!s->log)
		return;
	line.now = loop_now(s->loop);
	line.duration_us = (uint64_t)(clock_ns() - loop_ns(s->loop)) / 1000;
	line.method = r ? methods[r->method] : STR("-");
	line.coding = coding_name(a->coding);
	if (r && is_private(r->path, s->config.private_path)) {
		line.path = s->config.private_path;
		access_log_add(s->log, &line);
		return;
	}
	if (r && s->config.log_path) {
		line.path = s->config.log_path(r->path);
		access_log_add(s->log, &line);
		return;
	}
	if (r) {
		line.path = r->path;
		line.agent = r->user_agent;
	}
	if (s->config.logs_addresses)
		line.address = reader_word(c, r, text);
	access_log_add(s->log, &line);
}

/* All is sent: what becomes of the connection. */
static void finish(struct connection *c)
{
	if (c->is_streaming || !c->is_ending)
		return;
	socket_end(c->watch.fd);
	c->state = CONNECTION_LINGER;
}

static void count_sent(struct connection *c, size_t n)
{
	metric_add(&c->server->metrics->bytes_sent, n);
	server_spend(c->server, n);
}

/* Keeps what the socket did not take. */
static void keep(struct connection *c, struct entity *e, struct str line,
    struct str rest, size_t sent)
{
	struct outbox *out = malloc(sizeof(*out));

	if (!out) {
		c->state = CONNECTION_DONE;
		entity_unref(e);
		return;
	}
	/* What the kernel has by now the reader has still to take. */
	*out = (struct outbox){.entity = e, .sent = socket_unsent(c->watch.fd)};
	if (line.n)
		memcpy(out->line, line.p, line.n);
	out->parts[0] = str_from((struct str){out->line, line.n}, sent);
	out->parts[1] = str_from(rest, sent > line.n ? sent - line.n : 0);
	c->out = out;
	c->state = CONNECTION_SEND;
	c->progress = 0;
	loop_arm(c->server->loop, &c->timer, c->server->window_ms);
}

/* The same with a copy of BYTES, which are a piece's. */
static void keep_piece(struct connection *c, struct str bytes)
{
	char *own = malloc(bytes.n);

	c->state = CONNECTION_DONE;
	if (!own)
		return;
	memcpy(own, bytes.p, bytes.n);
	keep(c, NULL, STR(""), (struct str){own, bytes.n}, 0);
	if (c->state != CONNECTION_SEND) {
		free(own);
		return;
	}
	c->out->own = own;
}

/* Sends HEAD, and behind it the file that is E's body. */
static void begin_file(struct connection *c, struct entity *e,
    const struct str head[2], uint64_t file_n)
{
	keep(c, e, head[0], head[1], 0);
	if (!c->out)
		return;
	c->out->file_left = file_n;
	(void)connection_send_on(c);
}

void connection_answer(
    struct connection *c, const struct http_request *r, struct entity *e)
{
	char buffer[128];
	struct answer a = choose(c->server, r, e);
	struct str parts[2];
	size_t n = 0;
	enum rc rc;

	must(!c->out);
	c->has_answered = true;
	/* Whoever uses a method that is not there may be at odds with us about
	 * where the next request starts. */
	if (a.status == 405)
		c->is_ending = true;
	parts[0] = put_line(c, a.status, buffer);
	parts[1] = a.rest;
	if (a.file_n) {
		note(c, r, &a, parts[0].n + parts[1].n + a.file_n);
		begin_file(c, e, parts, a.file_n);
		return;
	}
	rc = socket_send(c->watch.fd, parts, 2, false, &n);
	if (rc == RC_BUSY)
		n = 0;
	note(c, r, &a, parts[0].n + parts[1].n);
	if (rc != RC_OK && rc != RC_BUSY) {
		c->state = CONNECTION_DONE;
		entity_unref(e);
		return;
	}
	count_sent(c, n);
	if (n < parts[0].n + parts[1].n) {
		keep(c, e, parts[0], parts[1], n);
		return;
	}
	entity_unref(e);
	finish(c);
}

/* A piece, and what frames it (RFC 9112 7.1), as it goes out. */
static bool frame(struct buf *b, struct connection *c,
    const struct http_request *r, struct entity *head, struct str bytes,
    bool is_last)
{
	/* Without keep-alive the end of the connection is that of the body. */
	bool is_chunked = r->is_keep_alive;
	struct answer a;
	char line[128];

	if (head) {
		a = choose(c->server, NULL, head);
		buf_add(b, put_line(c, a.status, line));
		if (is_chunked)
			buf_lit(b, "Transfer-Encoding: chunked\r\n");
		buf_add(b, a.rest);
		note(c, r, &a, b->n);
	}
	if (r->method == HTTP_HEAD)
		return buf_rc(b) == RC_OK;
	if (is_chunked && bytes.n > 0)
		buf_printf(b, "%zx\r\n", bytes.n);
	buf_add(b, bytes);
	if (is_chunked && bytes.n > 0)
		buf_lit(b, "\r\n");
	if (is_chunked && is_last)
		buf_lit(b, "0\r\n\r\n");
	return buf_rc(b) == RC_OK;
}

void connection_put_piece(struct connection *c, const struct http_request *r,
    struct entity *head, struct str bytes, bool is_last)
{
	struct str parts[2] = {STR(""), STR_NONE};
	struct buf b;
	size_t n = 0;
	enum rc rc;

	must(!c->out);
	c->has_answered = true;
	buf_init(&b, bytes.n + HTTP_HEAD_MAX);
	rc = RC_NO_MEMORY;
	if (frame(&b, c, r, head, bytes, is_last)) {
		parts[1] = buf_str(&b);
		rc = socket_send(c->watch.fd, parts, 2, false, &n);
	}
	if (rc != RC_OK && rc != RC_BUSY) {
		c->state = CONNECTION_DONE;
	} else {
		n = rc == RC_BUSY ? 0 : n;
		count_sent(c, n);
		if (n == parts[1].n)
			finish(c);
		else
			keep_piece(c, str_from(parts[1], n));
	}
	/* Also of the last piece. */
	c->is_stuck = c->state == CONNECTION_DONE;
	buf_done(&b);
}

/* Sends of OUT what is in memory. RC_BUSY: not all. */
static enum rc send_parts(struct connection *c, struct outbox *out)
{
	size_t n = 0;
	enum rc rc;

	if (!out->parts[0].n && !out->parts[1].n)
		return RC_OK;
	rc = socket_send(c->watch.fd, out->parts, 2, out->file_left > 0, &n);
	if (rc != RC_OK)
		return rc;
	count_sent(c, n);
	out->sent += n;
	if (n >= out->parts[0].n) {
		out->parts[1] = str_from(out->parts[1], n - out->parts[0].n);
		out->parts[0].n = 0;
	} else {
		out->parts[0] = str_from(out->parts[0], n);
	}
	return out->parts[1].n || out->parts[0].n ? RC_BUSY : RC_OK;
}

/* Sends of the file behind them, at most a share in this turn. RC_BUSY: not
 * all. A file that was written to meanwhile ends the connection before all has
 * come: so nobody takes two halves for a whole. */
static enum rc send_file(struct connection *c, struct outbox *out)
{
	const struct entity_file *file = entity_body_file(out->entity);
	char *room = c->server->piece;
	size_t share = (size_t)HTTP_SHARE_UNITS * HTTP_UNIT_BYTES;

	while (out->file_left > 0 && share >= HTTP_PIECE_BYTES) {
		size_t n = out->file_left < HTTP_PIECE_BYTES
			       ? (size_t)out->file_left
			       : HTTP_PIECE_BYTES;
		size_t taken = 0;
		enum rc rc = entity_file_read(
		    file, entity_file_size(file) - out->file_left, room, n);

		if (rc != RC_OK)
			return RC_IO;
		rc = socket_send(
		    c->watch.fd, &(struct str){room, n}, 1, false, &taken);
		if (rc != RC_OK)
			return rc;
		count_sent(c, taken);
		out->sent += taken;
		out->file_left -= taken;
		if (taken < n)
			return RC_BUSY;
		share -= n;
	}
	return out->file_left > 0 ? RC_BUSY : RC_OK;
}

bool connection_send_on(struct connection *c)
{
	struct outbox *out = c->out;
	enum rc rc = send_parts(c, out);

	if (rc == RC_OK && out->file_left > 0)
		rc = send_file(c, out);
	if (rc == RC_BUSY)
		return false;
	if (rc != RC_OK) {
		c->state = CONNECTION_DONE;
		return false;
	}
	entity_unref(out->entity);
	free(out->own);
	free(out);
	c->out = NULL;
	c->state = CONNECTION_IDLE;
	finish(c);
	return true;
}
