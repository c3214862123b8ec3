/* SPDX-License-Identifier: MIT
 *
 * Forms with files. The bytes of a part end before the next CRLF, two dashes
 * and boundary; browsers choose a boundary that is nowhere in them.
 */
#include "http/multipart.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "http/field.h"
#include "http/request.h"

enum { BOUNDARY_MAX = 70 };

static bool is_boundary(struct str s)
{
	if (s.n == 0 || s.n > BOUNDARY_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alpha(s.p[i]) && !ascii_is_digit(s.p[i]) &&
		    !strchr("'()+_,-./:=?", s.p[i]))
			return false;
	return true;
}

enum rc http_multipart_boundary(
    const struct http_request *r, struct str *ret_boundary)
{
	struct str value;
	struct str name;

	if (http_request_field(r, STR("content-type"), &value) != 1)
		return RC_NOT_FOUND;
	name = http_trim(str_cut(&value, ';'));
	if (!str_eq_fold(name, STR("multipart/form-data")))
		return RC_NOT_FOUND;
	value = http_trim(value);
	name = str_cut(&value, '=');
	if (!str_eq_fold(name, STR("boundary")))
		return RC_INVALID;
	if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
		value = str_part(value, 1, value.n - 2);
	if (!is_boundary(value))
		return RC_INVALID;
	*ret_boundary = value;
	return RC_OK;
}

/* Takes ' NAME="value"' from the start of *S, if it stands there. The three
 * characters that browsers write as %22, %0D and %0A stay so: they are in
 * names that are shown, and in no other. */
static bool take_quoted(struct str *s, struct str name, struct str *ret)
{
	struct str value = *s;
	size_t end;

	if (!str_starts(value, name))
		return false;
	value = str_from(value, name.n);
	if (!str_starts(value, STR("=\"")))
		return false;
	value = str_from(value, 2);
	end = str_find(value, '"');
	if (end == value.n || end > HTTP_PART_NAME_MAX)
		return false;
	*ret = str_part(value, 0, end);
	*s = str_from(value, end + 1);
	return utf8_is_valid(*ret);
}

static bool read_disposition(struct str value, struct http_part *part)
{
	const struct str start = STR("form-data; ");

	if (part->name.p || !str_starts(value, start))
		return false;
	value = str_from(value, start.n);
	if (!take_quoted(&value, STR("name"), &part->name) || !part->name.n)
		return false;
	if (str_starts(value, STR("; "))) {
		value = str_from(value, 2);
		if (!take_quoted(&value, STR("filename"), &part->file_name))
			return false;
	}
	return value.n == 0;
}

static bool read_line(struct str line, struct http_part *part)
{
	struct str name = str_cut(&line, ':');

	if (!line.p)
		return false;
	line = http_trim(line);
	for (size_t i = 0; i < line.n; i++)
		if ((unsigned char)line.p[i] < 0x20 || line.p[i] == 0x7f)
			return false;
	if (str_eq_fold(name, STR("content-disposition")))
		return read_disposition(line, part);
	if (!str_eq_fold(name, STR("content-type")) || part->type.p)
		return false;
	part->type = line;
	return !str_starts(line, STR("multipart/"));
}

/* Reads the head of a part at the start of *REST. */
static enum rc read_head(struct str *rest, struct http_part *part)
{
	struct str room = str_part(*rest, 0, HTTP_PART_HEAD_MAX);
	size_t at = 0;

	for (;;) {
		struct str line = str_from(room, at);
		size_t end = str_find_str(line, STR("\r\n"));

		if (end == line.n)
			return room.n < rest->n ? RC_LIMIT : RC_INVALID;
		at += end + 2;
		if (end == 0)
			break;
		if (!read_line(str_part(line, 0, end), part))
			return RC_INVALID;
	}
	*rest = str_from(*rest, at);
	return part->name.p ? RC_OK : RC_INVALID;
}

/* "CRLF--BOUNDARY" in a room of its own. */
static struct str delimiter_of(struct arena *a, struct str boundary)
{
	return arena_printf(a, "\r\n--%.*s", STR_ARG(boundary));
}

/* What stands behind a boundary: 1, another part; 0, nothing, it was the last;
 * -1, something that may not. */
static int follow(struct str *rest)
{
	if (str_starts(*rest, STR("\r\n"))) {
		*rest = str_from(*rest, 2);
		return 1;
	}
	if (!str_starts(*rest, STR("--")))
		return -1;
	*rest = str_from(*rest, 2);
	return rest->n == 0 || str_eq(*rest, STR("\r\n")) ? 0 : -1;
}

enum rc http_multipart_read(struct arena *a, struct str body,
    struct str boundary, struct http_multipart *ret_parts)
{
	struct str delimiter = delimiter_of(a, boundary);
	struct http_part *v = ARENA_ARRAY(a, struct http_part, HTTP_PARTS_MAX);
	struct str start;
	size_t n = 0;
	int next;

	if (!delimiter.p || !v)
		return RC_NO_MEMORY;
	start = str_from(delimiter, 2);
	if (!str_starts(body, start))
		return RC_INVALID;
	body = str_from(body, start.n);
	while ((next = follow(&body)) > 0) {
		size_t end;
		enum rc rc;

		if (n == HTTP_PARTS_MAX)
			return RC_LIMIT;
		rc = read_head(&body, &v[n]);
		if (rc != RC_OK)
			return rc;
		end = str_find_str(body, delimiter);
		if (end == body.n)
			return RC_INVALID;
		v[n++].bytes = str_part(body, 0, end);
		body = str_from(body, end + delimiter.n);
	}
	if (next < 0)
		return RC_INVALID;
	*ret_parts = (struct http_multipart){n, v};
	return RC_OK;
}

struct str http_multipart_value(
    const struct http_multipart *parts, struct str name)
{
	for (size_t i = 0; i < parts->n; i++)
		if (!parts->v[i].file_name.p && str_eq(parts->v[i].name, name))
			return parts->v[i].bytes;
	return STR_NONE;
}
