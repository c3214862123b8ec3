/* SPDX-License-Identifier: MIT
 *
 * Forms. What is decoded is never longer than what was sent, so a small form's
 * own room holds it all, and nothing is allocated.
 */
#include "http/form.h"

#include "base/arena.h"
#include "base/url.h"
#include "base/utf8.h"
#include "http/field.h"
#include "http/request.h"

static bool is_control(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7f;
}

/* A form while it is read. */
struct reading {
	const struct http_form_limits *limits;
	struct http_form_field *v;
	size_t n;
	char *to; /* room for what is still to be decoded */
};

/* The byte at *AT, decoded; -1: broken. *AT is moved to its last byte. */
static int decode_byte(struct str s, size_t *at)
{
	char c = s.p[*at];
	int high;
	int low;

	if (c == '+')
		return ' ';
	if (c != '%')
		return c == '=' || c == ' ' || (unsigned char)c > 0x7e
			   ? -1
			   : (unsigned char)c;
	high = *at + 2 < s.n ? ascii_hex(s.p[*at + 1]) : -1;
	low = *at + 2 < s.n ? ascii_hex(s.p[*at + 2]) : -1;
	*at += 2;
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* Decodes S. False: broken. */
static bool decode(
    struct reading *r, struct str s, bool has_lines, struct str *ret)
{
	char *to = r->to;
	size_t n = 0;
	bool is_return = false; /* the byte before was a CR, written as LF */

	for (size_t i = 0; i < s.n; i++) {
		int c = decode_byte(s, &i);
		bool is_line = has_lines && (c == '\r' || c == '\n');

		if (c < 0)
			return false;
		if (!is_line && !(has_lines && c == '\t') &&
		    is_control((char)c))
			return false;
		if (!(is_return && c == '\n'))
			to[n++] = is_line ? '\n' : (char)c;
		is_return = c == '\r';
	}
	*ret = (struct str){to, n};
	r->to += n;
	return utf8_is_valid(*ret);
}

static struct str value_of(
    const struct http_form_field *v, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].name, name))
			return v[i].value;
	return STR_NONE;
}

static enum rc read_field(struct reading *r, struct str pair)
{
	struct http_form_field *field = &r->v[r->n];
	struct str name = str_cut(&pair, '=');

	if (!pair.p)
		return RC_INVALID;
	if (!decode(r, name, false, &field->name) || !field->name.n)
		return RC_INVALID;
	if (!decode(r, pair, r->limits->has_lines, &field->value))
		return RC_INVALID;
	if (field->name.n > HTTP_FORM_NAME_MAX ||
	    field->value.n > r->limits->value_max)
		return RC_LIMIT;
	/* field->name is not among the first n yet. */
	if (value_of(r->v, r->n, field->name).p)
		return RC_INVALID;
	r->n++;
	return RC_OK;
}

static enum rc read_fields(struct reading *r, struct str s)
{
	if (s.n == 0)
		return RC_OK;
	while (s.p) {
		struct str pair = str_cut(&s, '&');
		enum rc rc = RC_LIMIT;

		if (r->n < r->limits->fields_max)
			rc = read_field(r, pair);
		if (rc)
			return rc;
	}
	return RC_OK;
}

enum rc http_form_parse(struct str s, struct http_form *f)
{
	static const struct http_form_limits limits = {
	    .fields_max = HTTP_FORM_FIELDS_MAX,
	    .value_max = HTTP_FORM_VALUE_MAX};
	struct reading r = {.limits = &limits, .v = f->v, .to = f->room};
	enum rc rc;

	f->n = 0;
	if (s.n > HTTP_FORM_MAX)
		return RC_LIMIT;
	rc = read_fields(&r, s);
	f->n = r.n;
	return rc;
}

/* How many fields S can have. */
static size_t count_pairs(struct str s)
{
	size_t n = 1;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '&';
	return n;
}

enum rc http_long_form_read(struct arena *a, struct str s,
    const struct http_form_limits *limits, struct http_long_form *ret_form)
{
	struct reading r = {.limits = limits};
	size_t n = count_pairs(s);
	enum rc rc;

	if (n > limits->fields_max)
		return RC_LIMIT;
	r.v = ARENA_ARRAY(a, struct http_form_field, n);
	r.to = arena_alloc(a, s.n);
	if (!r.v || !r.to)
		return RC_NO_MEMORY;
	rc = read_fields(&r, s);
	if (rc == RC_OK)
		*ret_form = (struct http_long_form){r.n, r.v};
	return rc;
}

struct str http_long_form_value(const struct http_long_form *f, struct str name)
{
	return value_of(f->v, f->n, name);
}

struct str http_form_value(const struct http_form *f, struct str name)
{
	return value_of(f->v, f->n, name);
}

bool http_is_form(const struct http_request *r)
{
	struct str value;

	if (http_request_field(r, STR("content-type"), &value) != 1)
		return false;
	return str_eq_fold(http_trim(str_part(value, 0, str_find(value, ';'))),
	    STR("application/x-www-form-urlencoded"));
}

bool http_is_foreign(const struct http_request *r, struct str host)
{
	struct str value;
	unsigned n = http_request_field(r, STR("sec-fetch-site"), &value);

	if (n > 0)
		return n > 1 || str_eq_fold(value, STR("cross-site"));
	n = http_request_field(r, STR("origin"), &value);
	if (n == 0 || str_eq(value, STR("null")))
		return false;
	value = url_host(value);
	return n > 1 || (!str_eq_fold(value, r->host) &&
			    !(host.n && str_eq_fold(value, host)));
}
