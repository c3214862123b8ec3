/* SPDX-License-Identifier: MIT
 *
 * An entity is made of one block of bytes for each form:
 *
 *	Content-Encoding, Content-Length	differ from form to form
 *	Content-Type, security, Link, ...	the same in each ("fixed")
 *	ETag					differs
 *	Last-Modified, Cache-Control, Vary	the same in each ("kept")
 *	empty line, body
 *
 * From ETag to the empty line it is, as it stands, what a 304 must carry (RFC
 * 9110 15.4.5), so that an answer to a conditional request is a view too. The
 * identity form is there from birth, and the others are made out of it. Where
 * the body is a file, that form ends with the empty line and is the only one.
 */
#include "http/entity.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "http/coding.h"
#include "http/entity_file.h"
#include "http/field.h"
#include "sys/hash.h"

enum {
	TAG_MAX = HASH_HEX + 8, /* quotes and a suffix */
	ENTITY_MAX = 64 * 1024 * 1024,
	FIELDS_MAX = 32 * 1024,
};

struct form {
	char *p; /* NULL: not made */
	size_t n;
	uint32_t etag_at;
	uint32_t body_at;
};

struct entity {
	unsigned refs;
	uint16_t status;
	bool has_etag;
	bool is_compressible;
	bool was_tried[CODING_COUNT];
	struct instant modified;
	struct entity_file *file; /* NULL: the body is in the forms */
	struct form forms[CODING_COUNT];
	char *not_modified[CODING_COUNT]; /* where the form is not made */
	size_t not_modified_n[CODING_COUNT];
	uint32_t fixed_at; /* in the identity form */
	uint32_t kept_at;
	char hex[HASH_HEX + 1];
	char etag[TAG_MAX]; /* of identity, with quotes */
	uint8_t etag_n;
};

static void field(struct buf *b, struct str name, struct str value)
{
	if (value.n == 0)
		return;
	/* A line end in a value would be a field of somebody else's. */
	for (size_t i = 0; i < value.n; i++)
		must((unsigned char)value.p[i] >= 0x20 || value.p[i] == '\t');
	buf_add(b, name);
	buf_lit(b, ": ");
	buf_add(b, value);
	buf_lit(b, "\r\n");
}

static size_t put_etag(const struct entity *e, enum coding coding, char *to)
{
	static const struct str suffixes[] = {
	    STR_INIT("\""), STR_INIT("-gz\""), STR_INIT("-br\"")};
	struct str suffix = suffixes[coding];

	to[0] = '"';
	memcpy(to + 1, e->hex, HASH_HEX);
	memcpy(to + 1 + HASH_HEX, suffix.p, suffix.n);
	return 1 + HASH_HEX + suffix.n;
}

static void etag_field(struct buf *b, const struct entity *e, enum coding c)
{
	char etag[TAG_MAX];

	if (!e->has_etag)
		return;
	field(b, STR("ETag"), (struct str){etag, put_etag(e, c, etag)});
}

static void varying_fields(struct buf *b, enum coding coding, uint64_t n)
{
	if (coding != CODING_IDENTITY)
		field(b, STR("Content-Encoding"), coding_name(coding));
	buf_lit(b, "Content-Length: ");
	buf_u64(b, n);
	buf_lit(b, "\r\n");
}

static void fixed_fields(struct buf *b, const struct entity_spec *spec)
{
	field(b, STR("Content-Type"), spec->type);
	if (spec->type.n)
		field(b, STR("X-Content-Type-Options"), STR("nosniff"));
	if (spec->is_html) {
		field(b, STR("Content-Security-Policy"), spec->csp);
		field(b, STR("Referrer-Policy"),
		    spec->referrer.n ? spec->referrer : STR("same-origin"));
		field(b, STR("Cross-Origin-Opener-Policy"), STR("same-origin"));
		field(b, STR("Permissions-Policy"),
		    STR("camera=(), geolocation=(), microphone=()"));
	}
	field(b, STR("Location"), spec->location);
	field(b, STR("Link"), spec->link);
	if (spec->retry_after_s) {
		buf_lit(b, "Retry-After: ");
		buf_u64(b, spec->retry_after_s);
		buf_lit(b, "\r\n");
	}
	must(spec->extra.n == 0 || str_ends(spec->extra, STR("\r\n")));
	buf_add(b, spec->extra);
}

static void kept_fields(
    struct buf *b, const struct entity *e, const struct entity_spec *spec)
{
	if (spec->modified.us != INSTANT_NEVER.us) {
		buf_lit(b, "Last-Modified: ");
		instant_http(b, spec->modified);
		buf_lit(b, "\r\n");
	}
	field(b, STR("Cache-Control"), spec->cache);
	if (e->is_compressible)
		field(b, STR("Vary"), STR("Accept-Encoding"));
}

/* Puts HEAD and BODY into a block of exactly their size. */
static bool form_set(
    struct form *f, const struct buf *head, size_t etag_at, struct str body)
{
	char *p;

	if (buf_rc(head) != RC_OK)
		return false;
	p = malloc(head->n + body.n);
	if (!p)
		return false;
	memcpy(p, head->p, head->n);
	if (body.n)
		memcpy(p + head->n, body.p, body.n);
	*f = (struct form){.p = p,
	    .n = head->n + body.n,
	    .etag_at = (uint32_t)etag_at,
	    .body_at = (uint32_t)head->n};
	return true;
}

static void name_content(struct entity *e, struct hash hash)
{
	hash_hex(hash, e->hex);
	e->has_etag = true;
	e->etag_n = (uint8_t)put_etag(e, CODING_IDENTITY, e->etag);
}

static void name_body(struct entity *e, const struct entity_spec *spec)
{
	if (spec->is_streamed ||
	    (e->status != 200 && e->status != 404 && e->status != 410))
		return;
	if (!e->file)
		name_content(e, hash_of(spec->body));
	else if (spec->modified.us != INSTANT_NEVER.us)
		name_content(e, entity_file_hash(e->file));
}

static bool identity_make(struct entity *e, const struct entity_spec *spec)
{
	struct buf b;
	size_t etag_at;
	bool is_made;

	buf_init(&b, FIELDS_MAX);
	if (!spec->is_streamed)
		varying_fields(&b, CODING_IDENTITY,
		    e->file ? entity_file_size(e->file) : spec->body.n);
	e->fixed_at = (uint32_t)b.n;
	fixed_fields(&b, spec);
	etag_at = b.n;
	etag_field(&b, e, CODING_IDENTITY);
	e->kept_at = (uint32_t)b.n;
	kept_fields(&b, e, spec);
	buf_lit(&b, "\r\n");
	is_made = form_set(&e->forms[CODING_IDENTITY], &b, etag_at, spec->body);
	buf_done(&b);
	return is_made;
}

struct entity *entity_new(const struct entity_spec *spec)
{
	struct entity *e = calloc(1, sizeof(*e));

	must(spec->status >= 200 && spec->status <= 599);
	must(!spec->is_streamed || (spec->body.n == 0 && !spec->file));
	must(!spec->file || spec->body.n == 0);
	if (!e || spec->body.n > ENTITY_MAX) {
		entity_file_free(spec->file);
		free(e);
		return NULL;
	}
	e->refs = 1;
	e->status = (uint16_t)spec->status;
	e->modified = spec->modified;
	e->file = spec->file;
	e->is_compressible = !e->file && coding_pays(spec->type, spec->body.n);
	name_body(e, spec);
	if (!identity_make(e, spec)) {
		entity_unref(e);
		return NULL;
	}
	return e;
}

struct entity *entity_ref(struct entity *e)
{
	must(e->refs > 0 && e->refs < UINT32_MAX);
	e->refs++;
	return e;
}

void entity_unref(struct entity *e)
{
	if (!e)
		return;
	must(e->refs > 0);
	if (--e->refs)
		return;
	for (int i = 0; i < CODING_COUNT; i++) {
		free(e->forms[i].p);
		free(e->not_modified[i]);
	}
	entity_file_free(e->file);
	free(e);
}

size_t entity_size(const struct entity *e)
{
	/* What malloc keeps for itself in front of each block. */
	const size_t overhead = 16;
	size_t n = sizeof(*e) + overhead;

	for (int i = 0; i < CODING_COUNT; i++) {
		if (e->forms[i].p)
			n += e->forms[i].n + overhead;
		if (e->not_modified[i])
			n += e->not_modified_n[i] + overhead;
	}
	return n;
}

unsigned entity_status(const struct entity *e)
{
	return e->status;
}

struct str entity_etag(const struct entity *e)
{
	return (struct str){e->etag, e->etag_n};
}

const struct entity_file *entity_body_file(const struct entity *e)
{
	return e->file;
}

static struct str identity_part(const struct entity *e, size_t from, size_t to)
{
	return (struct str){e->forms[CODING_IDENTITY].p + from, to - from};
}

static struct str identity_body(const struct entity *e)
{
	const struct form *f = &e->forms[CODING_IDENTITY];

	return identity_part(e, f->body_at, f->n);
}

/* Joins the fields of identity with a body in another coding. */
static void form_join(struct entity *e, enum coding coding, struct str body)
{
	const struct form *identity = &e->forms[CODING_IDENTITY];
	struct buf b;
	size_t etag_at;

	buf_init(&b, FIELDS_MAX + 256);
	varying_fields(&b, coding, body.n);
	buf_add(&b, identity_part(e, e->fixed_at, identity->etag_at));
	etag_at = b.n;
	etag_field(&b, e, coding);
	buf_add(&b, identity_part(e, e->kept_at, identity->body_at));
	(void)!form_set(&e->forms[coding], &b, etag_at, body);
	buf_done(&b);
}

/* Makes the form, or notes that it is not worth having. Without memory
 * neither: it is tried again with the next request. */
static void form_make(struct entity *e, enum coding coding)
{
	struct str body = identity_body(e);
	char *room = malloc(coding_bound(coding, body.n));
	size_t n;

	if (!room)
		return;
	if (coding_apply(coding, body, room, &n) == RC_OK) {
		e->was_tried[coding] = true;
		if (n + 64 < body.n)
			form_join(e, coding, (struct str){room, n});
	}
	free(room);
}

struct str entity_form(struct entity *e, enum coding coding,
    size_t *ret_body_at, enum coding *ret_coding)
{
	const struct form *f = &e->forms[coding];

	if (!f->p && e->is_compressible && !e->was_tried[coding])
		form_make(e, coding);
	if (!f->p) {
		coding = CODING_IDENTITY;
		f = &e->forms[CODING_IDENTITY];
	}
	*ret_body_at = f->body_at;
	*ret_coding = coding;
	return (struct str){f->p, f->n};
}

/* The coding that a reader who asks for CODING gets, as far as it is known
 * without compressing. */
static enum coding likely_coding(const struct entity *e, enum coding coding)
{
	bool is_refused = e->was_tried[coding] && !e->forms[coding].p;

	return e->is_compressible && !is_refused ? coding : CODING_IDENTITY;
}

static void not_modified_make(struct entity *e, enum coding coding)
{
	const struct form *identity = &e->forms[CODING_IDENTITY];
	struct buf b;

	buf_init(&b, FIELDS_MAX);
	etag_field(&b, e, coding);
	buf_add(&b, identity_part(e, e->kept_at, identity->body_at));
	if (buf_rc(&b) == RC_OK)
		e->not_modified[coding] = malloc(b.n);
	if (e->not_modified[coding]) {
		memcpy(e->not_modified[coding], b.p, b.n);
		e->not_modified_n[coding] = b.n;
	}
	buf_done(&b);
}

struct str entity_not_modified(struct entity *e, enum coding coding)
{
	const struct form *f;

	coding = likely_coding(e, coding);
	if (!e->forms[coding].p && !e->not_modified[coding])
		not_modified_make(e, coding);
	if (e->not_modified[coding])
		return (struct str){
		    e->not_modified[coding], e->not_modified_n[coding]};
	f = &e->forms[e->forms[coding].p ? coding : CODING_IDENTITY];
	return (struct str){f->p + f->etag_at, f->body_at - f->etag_at};
}

static bool names_etag(struct str list, struct str etag)
{
	struct str member;

	if (str_eq(http_trim(list), STR("*")))
		return true;
	while (http_list_next(&list, &member)) {
		/* RFC 9110 13.1.2: the weak comparison. */
		if (str_starts(member, STR("W/")))
			member = str_from(member, 2);
		if (str_eq(member, etag))
			return true;
	}
	return false;
}

bool entity_is_fresh(const struct entity *e, enum coding coding,
    struct str if_none_match, struct str if_modified_since)
{
	char etag[TAG_MAX];
	struct instant since;
	size_t n;

	if (e->status != 200)
		return false;
	if (if_none_match.p && !e->has_etag)
		return str_eq(http_trim(if_none_match), STR("*"));
	if (if_none_match.p) {
		n = put_etag(e, likely_coding(e, coding), etag);
		return names_etag(if_none_match, (struct str){etag, n});
	}
	if (!if_modified_since.n || e->modified.us == INSTANT_NEVER.us)
		return false;
	if (http_date_parse(if_modified_since, &since) != RC_OK)
		return false;
	return instant_s(e->modified) <= instant_s(since);
}
