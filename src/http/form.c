/* SPDX-License-Identifier: MIT
 *
 * Small forms. What is decoded is never longer than what was sent, so the
 * form's own room holds it all, and nothing is allocated.
 */
#include "http/form.h"

#include "base/utf8.h"
#include "http/field.h"
#include "http/request.h"

static bool is_control(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7f;
}

/* Decodes S to TO, which has room for s.n bytes. False: broken. */
static bool decode(struct str s, char *to, struct str *ret)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '+') {
			c = ' ';
		} else if (c == '%') {
			int high = i + 2 < s.n ? ascii_hex(s.p[i + 1]) : -1;
			int low = i + 2 < s.n ? ascii_hex(s.p[i + 2]) : -1;

			if (high < 0 || low < 0)
				return false;
			c = (char)(unsigned char)(high * 16 + low);
			i += 2;
		} else if (c == '=' || c == ' ' || (unsigned char)c > 0x7e) {
			return false;
		}
		if (is_control(c))
			return false;
		to[n++] = c;
	}
	*ret = (struct str){to, n};
	return utf8_is_valid(*ret);
}

static enum rc read_field(struct http_form *f, struct str pair, size_t *used)
{
	struct http_form_field *field = &f->v[f->n];
	struct str name = str_cut(&pair, '=');

	if (!pair.p)
		return RC_INVALID;
	if (!decode(name, f->room + *used, &field->name) || !field->name.n)
		return RC_INVALID;
	*used += field->name.n;
	if (!decode(pair, f->room + *used, &field->value))
		return RC_INVALID;
	*used += field->value.n;
	if (field->name.n > HTTP_FORM_NAME_MAX ||
	    field->value.n > HTTP_FORM_VALUE_MAX)
		return RC_LIMIT;
	/* field->name is not among the first n yet. */
	if (http_form_value(f, field->name).p)
		return RC_INVALID;
	f->n++;
	return RC_OK;
}

enum rc http_form_parse(struct str s, struct http_form *f)
{
	size_t used = 0;

	f->n = 0;
	if (s.n > HTTP_FORM_MAX)
		return RC_LIMIT;
	if (s.n == 0)
		return RC_OK;
	while (s.p) {
		struct str pair = str_cut(&s, '&');
		enum rc rc = RC_LIMIT;

		if (f->n < HTTP_FORM_FIELDS_MAX)
			rc = read_field(f, pair, &used);
		if (rc)
			return rc;
	}
	return RC_OK;
}

struct str http_form_value(const struct http_form *f, struct str name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->v[i].name, name))
			return f->v[i].value;
	return STR_NONE;
}

bool http_is_form(const struct http_request *r)
{
	struct str value;

	if (http_request_field(r, STR("content-type"), &value) != 1)
		return false;
	return str_eq_fold(http_trim(str_part(value, 0, str_find(value, ';'))),
	    STR("application/x-www-form-urlencoded"));
}

/* "https://paper.example:8443" to "paper.example". */
static struct str origin_host(struct str origin)
{
	size_t at = str_find_str(origin, STR("://"));
	size_t end;

	origin = str_from(origin, at < origin.n ? at + 3 : 0);
	if (str_starts(origin, STR("[")))
		end = str_find(origin, ']') + 1;
	else
		end = str_find(origin, ':');
	return str_part(origin, 0, end);
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
	value = origin_host(value);
	return n > 1 || (!str_eq_fold(value, r->host) &&
			    !(host.n && str_eq_fold(value, host)));
}
