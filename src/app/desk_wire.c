/* SPDX-License-Identifier: MIT
 *
 * The messages of the desk as bytes. The format is in desk_wire.h. The side
 * that reads trusts no number in it: a length is compared with what is really
 * there before anything is looked at, and nothing is allocated from one.
 */
#include "app/desk_wire.h"

#include "base/buf.h"
#include "base/must.h"

static const char *const VERBS[] = {
    [DESK_PING] = "ping",
    [DESK_KNOWN] = "known",
    [DESK_IMPORT] = "import",
    [DESK_SAVE] = "save",
    [DESK_SUBMIT] = "submit",
    [DESK_PUBLISH] = "publish",
    [DESK_SCHEDULE] = "schedule",
    [DESK_WITHDRAW] = "withdraw",
    [DESK_RENAME] = "rename",
    [DESK_SET] = "set",
    [DESK_PERSON] = "person",
    [DESK_FLUSH] = "flush",
    [DESK_STAFF_LINK] = "staff-link",
    [DESK_STAFF_LIST] = "staff-list",
};

const char *desk_verb_name(enum desk_verb verb)
{
	must(verb < DESK_VERBS);
	return VERBS[verb];
}

static size_t get_u32(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (size_t)u[0] << 24 | (size_t)u[1] << 16 | (size_t)u[2] << 8 |
	       (size_t)u[3];
}

static void put_u32(struct buf *b, size_t n)
{
	buf_char(b, (char)(unsigned char)(n >> 24 & 0xff));
	buf_char(b, (char)(unsigned char)(n >> 16 & 0xff));
	buf_char(b, (char)(unsigned char)(n >> 8 & 0xff));
	buf_char(b, (char)(unsigned char)(n & 0xff));
}

static size_t head_parts(struct str head)
{
	return (size_t)(unsigned char)head.p[2] << 8 |
	       (size_t)(unsigned char)head.p[3];
}

enum rc desk_wire_head(struct str head, size_t *ret_follows)
{
	size_t follows, parts;

	if (head.n < DESK_HEAD)
		return RC_INVALID;
	if ((unsigned char)head.p[0] != DESK_VERSION)
		return RC_NEWER;
	parts = head_parts(head);
	follows = get_u32(head.p + 4);
	if (parts > DESK_PARTS_MAX || follows > DESK_MESSAGE_MAX)
		return RC_LIMIT;
	if (follows < parts * 4)
		return RC_INVALID;
	*ret_follows = follows;
	return RC_OK;
}

enum rc desk_wire_read(struct str message, struct desk_message *ret_message)
{
	size_t follows, n;
	enum rc rc = desk_wire_head(message, &follows);
	struct str rest = str_from(message, DESK_HEAD);

	if (rc != RC_OK)
		return rc;
	if (rest.n != follows)
		return RC_INVALID;
	n = head_parts(message);
	for (size_t i = 0; i < n; i++) {
		size_t length;

		if (rest.n < 4)
			return RC_INVALID;
		length = get_u32(rest.p);
		rest = str_from(rest, 4);
		if (length > rest.n)
			return RC_INVALID;
		ret_message->v[i] = str_part(rest, 0, length);
		rest = str_from(rest, length);
	}
	if (rest.n > 0)
		return RC_INVALID;
	ret_message->kind = (unsigned char)message.p[1];
	ret_message->n = n;
	return RC_OK;
}

enum rc desk_wire_write(
    struct buf *b, unsigned kind, const struct str *parts, size_t n)
{
	size_t follows = 0;

	must(kind <= 0xff);
	if (n > DESK_PARTS_MAX)
		return RC_LIMIT;
	for (size_t i = 0; i < n; i++) {
		if (parts[i].n > DESK_MESSAGE_MAX)
			return RC_LIMIT;
		follows += 4 + parts[i].n;
	}
	if (follows > DESK_MESSAGE_MAX)
		return RC_LIMIT;
	buf_char(b, DESK_VERSION);
	buf_char(b, (char)(unsigned char)kind);
	buf_char(b, (char)(unsigned char)(n >> 8));
	buf_char(b, (char)(unsigned char)(n & 0xff));
	put_u32(b, follows);
	for (size_t i = 0; i < n; i++) {
		put_u32(b, parts[i].n);
		buf_add(b, parts[i]);
	}
	return buf_rc(b);
}
