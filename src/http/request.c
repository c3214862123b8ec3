/* SPDX-License-Identifier: MIT
 *
 * The strict reader of HTTP/1.1 requests. It walks over the head once, by a
 * table of byte classes in names and targets and by words of eight bytes in
 * values, copies nothing, and keeps only views of the few fields in use.
 *
 * What is refused, beyond what no grammar allows, and with which status:
 *
 *	400  both Content-Length and Transfer-Encoding; any of these, or Host,
 *	     twice; a length that is not digits or is above 2^64-1; no Host in
 *	     HTTP/1.1; a Host that is no name, address or port
 *	400  CR without LF and LF without CR anywhere; folded lines; space
 *	     before the colon; control bytes
 *	400  a body with GET or HEAD; Transfer-Encoding in HTTP/1.0; HTTP/0.9
 *	400  paths with an empty, "." or ".." segment, an encoded slash,
 *	     backslash or control byte, or that are not UTF-8 when decoded
 *	400  the absolute form, unless it is http:// and names what Host names
 *	405  methods of RFC 9110 and PATCH that are not served; OPTIONS * too
 *	411  POST without a length
 *	413  a body above HTTP_BODY_MAX, or what the program allows
 *	414  a target above HTTP_TARGET_MAX
 *	417  Expect with a body (nothing is told to go on), or any but
 *	     100-continue
 *	431  a head above HTTP_HEAD_MAX, or too many fields
 *	501  other methods; any transfer coding but chunked alone
 *	505  versions but 1.0 and 1.1
 *
 * One empty line before the request is let pass (RFC 9112 2.2). HTTP/1.0 is
 * answered and closed; its keep-alive never was a standard.
 *
 * Invariants:
 * I1. A fault is decided by the bytes up to it, or by the whole head, never by
 *     how the bytes were cut: so a request in pieces ends as it would whole.
 * I2. Nothing is written to the input before the request is whole and good.
 */
#include "http/request.h"

#include <string.h>

#include "base/must.h"
#include "base/utf8.h"
#include "http/field.h"

enum { METHOD_MAX = 24 };

/* What the walk over a head finds. */
struct head {
	const char *end; /* of what may be looked at */
	struct str method;
	struct str target;
	struct str authority; /* the Host field as it stands, port included */
	struct str length;    /* Content-Length */
	struct str expect;
	size_t used; /* bytes of the head */
	unsigned fields;
	unsigned status; /* of a refusal */
	bool is_1_0;
	bool has_percent;
	bool is_dotted; /* the path may have "//", "/." in it */
	bool has_host;
	bool has_length;
	bool has_coding;
	struct http_request *request;
	struct http_parser *parser;
};

static enum http_parse refuse(struct head *h, unsigned status)
{
	h->status = status;
	return HTTP_PARSE_REFUSE;
}

static bool is_class(char c, unsigned class)
{
	return (http_class[(unsigned char)c] & class) != 0;
}

/* --- the request line --- */

static enum http_parse read_method(struct head *h, const char **at)
{
	const char *p = *at;
	const char *start = p;

	while (p < h->end && is_class(*p, HTTP_TOKEN))
		if (++p - start > METHOD_MAX)
			return refuse(h, 501);
	if (p == h->end)
		return HTTP_PARSE_MORE;
	if (*p != ' ' || p == start)
		return refuse(h, 400);
	h->method = (struct str){start, (size_t)(p - start)};
	*at = p + 1;
	return HTTP_PARSE_DONE;
}

static enum http_parse read_target(struct head *h, const char **at)
{
	const char *start = *at;
	const char *p = start;
	const char *end = h->end;
	bool is_long = end - p > HTTP_TARGET_MAX;
	char before = 0;

	if (is_long)
		end = p + HTTP_TARGET_MAX + 1;
	for (; p < end; p++) {
		char c = *p;

		if (!is_class(c, HTTP_PATH)) {
			if (c != '%')
				break;
			h->has_percent = true;
		} else if (before == '/' && (c == '/' || c == '.')) {
			h->is_dotted = true;
		}
		before = c;
	}
	if (p < end && *p == '?') {
		h->request->query.p = ++p;
		while (p < end && is_class(*p, HTTP_QUERY))
			p++;
		h->request->query.n = (size_t)(p - h->request->query.p);
	}
	if (p == end)
		return is_long ? refuse(h, 414) : HTTP_PARSE_MORE;
	if (*p != ' ' || p == start)
		return refuse(h, 400);
	h->target = (struct str){start, (size_t)(p - start)};
	*at = p + 1;
	return HTTP_PARSE_DONE;
}

static enum http_parse read_version(struct head *h, const char **at)
{
	static const char form[] = "HTTP/0.0\r\n";
	const char *p = *at;

	if (h->end - p >= 10 && memcmp(p, "HTTP/1.1\r\n", 10) == 0) {
		*at = p + 10;
		return HTTP_PARSE_DONE;
	}
	for (size_t i = 0; i < 10; i++) {
		if (p + i == h->end)
			return HTTP_PARSE_MORE;
		if (form[i] == '0' ? !ascii_is_digit(p[i]) : p[i] != form[i])
			return refuse(h, 400);
	}
	if (p[5] != '1' || p[7] > '1')
		return refuse(h, 505);
	h->is_1_0 = p[7] == '0';
	*at = p + 10;
	return HTTP_PARSE_DONE;
}

static enum http_parse know_method(struct head *h)
{
	static const struct str others[] = {STR_INIT("PUT"), STR_INIT("DELETE"),
	    STR_INIT("CONNECT"), STR_INIT("OPTIONS"), STR_INIT("TRACE"),
	    STR_INIT("PATCH")};
	struct str m = h->method;

	if (str_eq(m, STR("GET")))
		h->request->method = HTTP_GET;
	else if (str_eq(m, STR("HEAD")))
		h->request->method = HTTP_HEAD;
	else if (str_eq(m, STR("POST")))
		h->request->method = HTTP_POST;
	else
		h->request->method = HTTP_OTHER;
	if (h->request->method != HTTP_OTHER)
		return HTTP_PARSE_DONE;
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (str_eq(m, others[i]))
			return refuse(h, 405);
	return refuse(h, 501);
}

static enum http_parse read_request_line(struct head *h, const char **at)
{
	enum http_parse got;

	if (*at < h->end && **at == '\r') {
		if (h->end - *at < 2)
			return HTTP_PARSE_MORE;
		if ((*at)[1] != '\n')
			return refuse(h, 400);
		*at += 2;
	}
	got = read_method(h, at);
	if (got == HTTP_PARSE_DONE)
		got = read_target(h, at);
	if (got == HTTP_PARSE_DONE)
		got = read_version(h, at);
	if (got == HTTP_PARSE_DONE)
		got = know_method(h);
	return got;
}

/* --- fields --- */

/* The first byte from P on that is no token byte, or END. Nearly all names are
 * letters and '-', and are passed over eight at a time. */
static const char *skip_name(const char *p, const char *end)
{
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	const uint64_t ones = 0x0101010101010101;
	const uint64_t tops = ones * 0x80;

	while (end - p >= 8) {
		uint64_t w, small, letter, other, odd;

		memcpy(&w, p, 8);
		/* All sums stay within their byte: its top bit is taken out
		 * first and judged at the end. */
		small = (w | ones * 0x20) & ~tops;
		letter = (small + ones * (0x80 - 'a')) &
			 ~(small + ones * (0x80 - 'z' - 1));
		other = ((w ^ ones * '-') & ~tops) + ones * 0x7f;
		odd = (~letter & other) | w;
		odd &= tops;
		if (odd) {
			p += __builtin_ctzll(odd) >> 3;
			break;
		}
		p += 8;
	}
#endif
	while (p < end && is_class(*p, HTTP_TOKEN))
		p++;
	return p;
}

/* NAME is WORD, which is in small letters. A token byte or'ed with 0x20 can
 * be a small letter or '-' only if it is that in one of its cases. */
static bool is_named(const char *name, const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((name[i] | 0x20) != word[i])
			return false;
	return true;
}

/* Keeps VALUE if it is the field's first. */
static void keep(struct str *field, struct str value)
{
	if (!field->p)
		*field = value;
}

/* The same for a list, of which further lines are only noted. */
static void keep_list(struct head *h, struct str *field, struct str value)
{
	if (field->p)
		h->request->has_split_lists = true;
	keep(field, value);
}

static bool know_host(struct head *h, struct str value)
{
	if (h->has_host)
		return false;
	h->has_host = true;
	h->authority = value;
	return true;
}

static bool know_length(struct head *h, struct str value)
{
	if (h->has_length)
		return false;
	h->has_length = true;
	h->length = value;
	return true;
}

static unsigned know_coding(struct head *h, struct str value)
{
	if (h->has_coding)
		return 400;
	h->has_coding = true;
	return str_eq_fold(value, STR("chunked")) ? 0 : 501;
}

static void know_connection(struct head *h, struct str value)
{
	if (value.n == 10 && is_named(value.p, "keep-alive", 10))
		return;
	if (http_list_has(value, STR("close")))
		h->request->is_keep_alive = false;
}

/* Looks at one field. Returns 0 or the status to refuse with. */
static unsigned know_field(struct head *h, struct str name, struct str value)
{
	struct http_request *r = h->request;

#define IS(word) is_named(name.p, word, sizeof(word) - 1)
	switch (name.n) {
	case 4:
		if (IS("host"))
			return know_host(h, value) ? 0 : 400;
		break;
	case 6:
		if (IS("expect"))
			h->expect = value.n ? value : STR("?");
		break;
	case 10:
		if (IS("user-agent"))
			keep(&r->user_agent, value);
		else if (IS("connection"))
			know_connection(h, value);
		break;
	case 13:
		if (IS("if-none-match"))
			keep_list(h, &r->if_none_match, value);
		break;
	case 14:
		if (IS("content-length"))
			return know_length(h, value) ? 0 : 400;
		break;
	case 15:
		if (IS("accept-encoding"))
			keep_list(h, &r->accept_encoding, value);
		else if (IS("x-forwarded-for"))
			r->forwarded_for = value;
		break;
	case 17:
		if (IS("transfer-encoding"))
			return know_coding(h, value);
		if (IS("if-modified-since"))
			keep(&r->if_modified_since, value);
		break;
	}
#undef IS
	return 0;
}

/* The first byte from P on that is a control byte, or END. */
static const char *skip_value(const char *p, const char *end)
{
	const uint64_t ones = 0x0101010101010101;
	const uint64_t tops = ones * 0x80;

	for (; end - p >= 8; p += 8) {
		uint64_t w, low, del;

		memcpy(&w, p, 8);
		/* Top bits are set at bytes below 0x20, and at 0x7f; a borrow
		 * can only mark a byte above one that is marked rightly, and
		 * those are looked at one by one. */
		low = (w - ones * 0x20) & ~w;
		del = ((w ^ ones * 0x7f) - ones) & ~(w ^ ones * 0x7f);
		if ((low | del) & tops)
			break;
	}
	while (p < end && (unsigned char)*p >= 0x20 && *p != 0x7f)
		p++;
	return p;
}

static enum http_parse read_value(
    struct head *h, const char **at, struct str *ret_value)
{
	const char *p = *at;
	const char *start;

	while (p < h->end && (*p == ' ' || *p == '\t'))
		p++;
	start = p;
	for (;;) {
		p = skip_value(p, h->end);
		if (p == h->end)
			return HTTP_PARSE_MORE;
		if (*p != '\t')
			break;
		p++;
	}
	if (*p != '\r')
		return refuse(h, 400);
	if (h->end - p < 2)
		return HTTP_PARSE_MORE;
	if (p[1] != '\n')
		return refuse(h, 400);
	*at = p + 2;
	while (p > start && (p[-1] == ' ' || p[-1] == '\t'))
		p--;
	*ret_value = (struct str){start, (size_t)(p - start)};
	return HTTP_PARSE_DONE;
}

static enum http_parse read_fields(struct head *h, const char **at)
{
	const char *p = *at;
	const char *start = p;

	while (p < h->end && *p != '\r') {
		struct str name = {p, 0};
		struct str value;
		enum http_parse got;
		unsigned status;

		p = skip_name(p, h->end);
		if (p == h->end)
			return HTTP_PARSE_MORE;
		name.n = (size_t)(p - name.p);
		if (*p++ != ':' || name.n == 0)
			return refuse(h, 400);
		got = read_value(h, &p, &value);
		if (got != HTTP_PARSE_DONE)
			return got;
		if (++h->fields > HTTP_FIELDS_MAX)
			return refuse(h, 431);
		status = know_field(h, name, value);
		if (status)
			return refuse(h, status);
	}
	if (h->end - p < 2)
		return HTTP_PARSE_MORE;
	if (p[1] != '\n')
		return refuse(h, 400);
	*at = p + 2;
	h->request->fields = (struct str){start, (size_t)(*at - start)};
	return HTTP_PARSE_DONE;
}

/* Takes the next line of the field NAME from *REST. */
static bool next_of(struct str *rest, struct str name, struct str *ret_value)
{
	while (rest->n) {
		struct str value = str_cut(rest, '\n');
		struct str key = str_cut(&value, ':');

		if (!value.p || !str_eq_fold(key, name))
			continue;
		value.n--; /* the CR */
		*ret_value = http_trim(value);
		return true;
	}
	return false;
}

void http_request_join(
    const struct http_request *r, struct str name, struct buf *b)
{
	struct str rest = r->fields;
	struct str value;
	bool is_first = true;

	while (next_of(&rest, name, &value)) {
		if (!is_first)
			buf_lit(b, ", ");
		is_first = false;
		buf_add(b, value);
	}
}

unsigned http_request_field(
    const struct http_request *r, struct str name, struct str *ret_value)
{
	struct str rest = r->fields;
	struct str value;
	unsigned n = 0;

	*ret_value = STR_NONE;
	while (next_of(&rest, name, &value))
		if (n++ == 0)
			*ret_value = value;
	return n;
}

/* --- what the head means --- */

/* "name", "name:80", "[::1]:80": sets request->host. */
static bool judge_host(struct head *h)
{
	struct str host = h->authority;
	size_t i = 0;
	size_t port;

	if (host.n && host.p[0] == '[') {
		struct address ip;

		i = str_find(host, ']') + 1;
		if (i > host.n ||
		    http_ip_parse(str_part(host, 0, i), &ip) != RC_OK)
			return false;
	} else {
		while (i < host.n && is_class(host.p[i], HTTP_HOST))
			i++;
	}
	if (i == 0 || i > 255)
		return false;
	h->request->host = str_part(host, 0, i);
	if (i == host.n)
		return true;
	port = i + 1;
	if (host.p[i] != ':' || host.n - port > 5)
		return false;
	for (i = port; i < host.n; i++)
		if (!ascii_is_digit(host.p[i]))
			return false;
	return true;
}

/* How long a body this request may have. */
static size_t body_most(const struct head *h)
{
	struct http_parser *p = h->parser;

	if (!p->body_most && p->most)
		p->body_most = p->most(p->most_ctx, h->request, &p->sender);
	if (!p->body_most)
		p->body_most = HTTP_BODY_MAX;
	return p->body_most;
}

/* 0, or the status to refuse with. */
static unsigned judge_body(struct head *h, uint64_t *ret_body)
{
	struct http_request *r = h->request;
	uint64_t n = 0;

	if (h->has_length && h->has_coding)
		return 400;
	if (h->has_coding && h->is_1_0)
		return 400;
	if (h->has_length && str_u64(h->length, UINT64_MAX, &n) != RC_OK)
		return 400;
	r->has_body = h->has_coding || n > 0;
	if (r->has_body && r->method != HTTP_POST)
		return 400;
	if (r->method == HTTP_POST && !h->has_length && !h->has_coding)
		return 411;
	/* What all may send need not be asked for. */
	if ((h->has_coding || n > HTTP_BODY_MAX) && n > body_most(h))
		return 413;
	if (h->expect.n &&
	    (r->has_body || !str_eq_fold(h->expect, STR("100-continue"))))
		return 417;
	*ret_body = n;
	return 0;
}

/* Cuts "http://authority" off the target. */
static bool judge_absolute(struct head *h, struct str *path)
{
	const struct str scheme = STR("http://");
	size_t end;

	if (!str_eq_fold(str_part(*path, 0, scheme.n), scheme))
		return false;
	*path = str_from(*path, scheme.n);
	end = str_find(*path, '/');
	if (!h->has_host || !str_eq_fold(str_part(*path, 0, end), h->authority))
		return false;
	*path = end == path->n ? STR("/") : str_from(*path, end);
	return true;
}

/* No segment is empty (but the last), "." or "..". */
static bool has_fair_segments(struct str path)
{
	str_cut(&path, '/');
	while (path.p) {
		struct str segment = str_cut(&path, '/');

		if (segment.n == 0 && path.p)
			return false;
		if (str_eq(segment, STR(".")) || str_eq(segment, STR("..")))
			return false;
	}
	return true;
}

/* The byte that "%41" at P means, -1 if it is none that a path may hide. */
static int decode_byte(struct str path, size_t at)
{
	int high = at + 2 < path.n ? ascii_hex(path.p[at + 1]) : -1;
	int low = at + 2 < path.n ? ascii_hex(path.p[at + 2]) : -1;
	int c = high * 16 + low;

	if (high < 0 || low < 0 || c < 0x20 || c == 0x7f || c == '/' ||
	    c == '\\')
		return -1;
	return c;
}

/* Whether PATH decodes to a fair one, without writing (I2). */
static bool judge_encoded(struct str path)
{
	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] == '%' && decode_byte(path, i) < 0)
			return false;
	return true;
}

/* Decodes PATH, which lies in the input, in place. */
static struct str decode_path(char *in, struct str path)
{
	char *to = in + (path.p - in);
	size_t n = 0;

	for (size_t i = 0; i < path.n; i++) {
		if (path.p[i] == '%') {
			to[n++] = (char)decode_byte(path, i);
			i += 2;
		} else {
			to[n++] = path.p[i];
		}
	}
	return (struct str){to, n};
}

/* The path without its query, still encoded; false: a form not served. */
static bool judge_form(struct head *h)
{
	struct http_request *r = h->request;
	struct str path = h->target;

	if (r->query.p)
		path.n = (size_t)(r->query.p - 1 - path.p);
	if (path.n == 0 || (path.p[0] != '/' && !judge_absolute(h, &path)))
		return false;
	r->path = path;
	return !h->has_percent || judge_encoded(path);
}

/* Reads the head; *RET_BODY is what Content-Length says. */
static enum http_parse read_head(
    struct head *h, const char *in, uint64_t *ret_body)
{
	const char *at = in;
	enum http_parse got = read_request_line(h, &at);
	unsigned status = 0;

	if (got == HTTP_PARSE_DONE)
		got = read_fields(h, &at);
	if (got != HTTP_PARSE_DONE)
		return got;
	if (h->is_1_0)
		h->request->is_keep_alive = false;
	else if (!h->has_host)
		status = 400;
	if (!status && h->has_host && !judge_host(h))
		status = 400;
	if (!status && !judge_form(h))
		status = 400;
	if (!status)
		status = judge_body(h, ret_body);
	if (status)
		return refuse(h, status);
	h->used = (size_t)(at - in);
	return HTTP_PARSE_DONE;
}

/* --- the request as a whole --- */

static enum http_parse try_head(struct head *h, struct http_request *request,
    const char *in, size_t n, uint64_t *ret_body)
{
	enum http_parse got;

	*request = (struct http_request){.is_keep_alive = true};
	*h = (struct head){.request = request, .parser = h->parser};
	h->end = in + (n < HTTP_HEAD_MAX ? n : HTTP_HEAD_MAX);
	got = read_head(h, in, ret_body);
	if (got == HTTP_PARSE_MORE && n >= HTTP_HEAD_MAX)
		return refuse(h, 431);
	return got;
}

/* All is there: the path is decoded, which is its last check. */
static enum http_parse finish(struct http_parser *p, char *in, struct head *h,
    size_t *ret_used, unsigned *ret_status)
{
	struct http_request *r = h->request;
	bool is_fair = true;

	if (h->has_percent) {
		r->path = decode_path(in, r->path);
		is_fair = utf8_is_valid(r->path) && has_fair_segments(r->path);
	} else if (h->is_dotted) {
		is_fair = has_fair_segments(r->path);
	}
	if (!is_fair) {
		*ret_status = 400;
		return HTTP_PARSE_REFUSE;
	}
	if (r->has_body) {
		size_t n = p->is_chunked ? p->chunked.at : (size_t)p->body;

		*ret_used = p->head + n;
		if (p->is_chunked)
			n = chunked_join(in + p->head, n);
		r->body = (struct str){in + p->head, n};
	} else {
		*ret_used = p->head;
	}
	return HTTP_PARSE_DONE;
}

/* Whether the bytes behind those tried can change what was found: a line has
 * ended, or a limit is near. So a head that comes byte by byte is read once
 * for each of its lines, not once for each byte. */
static bool is_worth_trying(
    const struct http_parser *p, const char *in, size_t n)
{
	if (p->tried == 0 || n >= HTTP_HEAD_MAX ||
	    (p->tried <= HTTP_TARGET_MAX && n > HTTP_TARGET_MAX))
		return true;
	return memchr(in + p->tried, '\n', n - p->tried) != NULL;
}

enum http_parse http_parser_run(struct http_parser *p, char *in, size_t n,
    struct http_request *ret_request, size_t *ret_used, unsigned *ret_status)
{
	struct head h = {.parser = p};
	enum http_parse got;
	uint64_t body = 0;
	size_t used;

	if (p->head) {
		/* The head is known to be good; is the body there? */
		if (!p->is_chunked) {
			if (n - p->head < p->body)
				return HTTP_PARSE_MORE;
		} else {
			got = chunked_scan(&p->chunked, in + p->head,
			    n - p->head, p->body_most, &used, ret_status);
			if (got != HTTP_PARSE_DONE)
				return got;
		}
	} else if (!is_worth_trying(p, in, n)) {
		return HTTP_PARSE_MORE;
	}
	got = try_head(&h, ret_request, in, n, &body);
	if (got == HTTP_PARSE_REFUSE)
		*ret_status = h.status;
	p->tried = n;
	if (got != HTTP_PARSE_DONE)
		return got;
	if (!p->head) {
		p->head = h.used;
		p->body = body;
		p->is_chunked = h.has_coding;
		if (ret_request->has_body)
			return http_parser_run(
			    p, in, n, ret_request, ret_used, ret_status);
	}
	must(p->head == h.used);
	return finish(p, in, &h, ret_used, ret_status);
}

enum http_parse http_request_parse(char *in, size_t n,
    struct http_request *ret_request, size_t *ret_used, unsigned *ret_status)
{
	struct http_parser p = {0};

	return http_parser_run(&p, in, n, ret_request, ret_used, ret_status);
}
