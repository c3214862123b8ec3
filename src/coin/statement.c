/* SPDX-License-Identifier: MIT
 *
 * Statements; see statement.h.
 */
#include "coin/statement.h"

#include "base/buf.h"
#include "base/must.h"
#include "base/url.h"
#include "base/utf8.h"
#include "coin/line.h"

static const uint32_t index_end = UINT32_C(1) << 31;

/* Marks that change the direction of text, or are not seen at all: with them
 * a name can look like another. */
static bool is_unseen(uint32_t c)
{
	return c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
	       (c >= 0xe0000 && c <= 0xe0fff);
}

bool statement_paper_is_valid(struct str name)
{
	size_t at = 0;

	if (name.n == 0 || name.n > STATEMENT_PAPER_MAX ||
	    !utf8_is_valid(name) || str_trim(name).n != name.n)
		return false;
	while (at < name.n)
		if (is_unseen(utf8_next(name, &at)))
			return false;
	return true;
}

bool statement_origin_is_valid(struct str origin)
{
	struct str rest, host;
	uint32_t port;

	if (origin.n > STATEMENT_ORIGIN_MAX)
		return false;
	if (str_starts(origin, STR("https://")))
		rest = str_from(origin, 8);
	else if (str_starts(origin, STR("http://")))
		rest = str_from(origin, 7);
	else
		return false;
	if (str_starts(rest, STR("["))) {
		size_t end = str_find(rest, ']');

		if (end == rest.n)
			return false;
		host = str_part(rest, 1, end - 1);
		rest = str_from(rest, end + 1);
		for (size_t i = 0; i < host.n; i++)
			if (host.p[i] != ':' && (ascii_hex(host.p[i]) < 0 ||
						    ascii_is_upper(host.p[i])))
				return false;
	} else {
		host = str_part(rest, 0, str_find(rest, ':'));
		rest = str_from(rest, host.n);
		for (size_t i = 0; i < host.n; i++)
			if (host.p[i] != '.' && host.p[i] != '-' &&
			    !ascii_is_digit(host.p[i]) &&
			    (!ascii_is_alpha(host.p[i]) ||
				ascii_is_upper(host.p[i])))
				return false;
	}
	if (host.n == 0)
		return false;
	return rest.n == 0 ||
	       (rest.p[0] == ':' &&
		   line_number(str_from(rest, 1), 1, 65535, &port));
}

static bool take_hash(
    struct str *text, struct str name, struct hash256 *ret_hash)
{
	struct str value;

	return line_field(text, name, &value) &&
	       line_hex(value, ret_hash->b, HASH256_BYTES);
}

static bool take_number(struct str *text, struct str name, uint32_t least,
    uint32_t most, uint32_t *ret_n)
{
	struct str value;

	return line_field(text, name, &value) &&
	       line_number(value, least, most, ret_n);
}

static bool take_time(
    struct str *text, struct str name, struct instant *ret_time)
{
	struct str value;

	return line_field(text, name, &value) && line_time(value, ret_time) &&
	       ret_time->us >= 0;
}

/* Takes paper, paper-id and origins. Returns the name of the field that is
 * wrong, or NULL. */
static const char *take_paper(struct str *text, struct statement *s)
{
	struct str value;

	if (!line_field(text, STR("paper"), &s->paper) ||
	    !statement_paper_is_valid(s->paper))
		return "paper";
	if (!take_hash(text, STR("paper-id"), &s->paper_id))
		return "paper-id";
	while (line_field(text, STR("origin"), &value)) {
		if (s->n_origins == STATEMENT_ORIGINS_MAX ||
		    !statement_origin_is_valid(value))
			return "origin";
		for (uint32_t i = 0; i < s->n_origins; i++)
			if (str_eq(s->origins[i], value))
				return "origin";
		s->origins[s->n_origins++] = value;
	}
	return NULL;
}

/* Takes what is said of the addresses. */
static const char *take_addresses(struct str *text, struct statement *s)
{
	struct str value;

	if (!line_is(text, STR("rail: btc")))
		return "rail";
	if (!line_field(text, STR("network"), &value) ||
	    network_parse(value, &s->network) != RC_OK)
		return "network";
	if (!take_number(text, STR("batch"), 1, STATEMENT_BATCH_MAX, &s->batch))
		return "batch";
	if (!take_number(text, STR("first"), 0, index_end - 1, &s->first))
		return "first";
	if (!take_number(
		text, STR("count"), 1, STATEMENT_COUNT_MAX, &s->count) ||
	    s->count > index_end - s->first)
		return "count";
	if (!take_number(
		text, STR("shared"), 0, STATEMENT_SHARED_MAX, &s->shared) ||
	    s->shared > s->count)
		return "shared";
	if (!take_hash(text, STR("root"), &s->root))
		return "root";
	return NULL;
}

static const char *take_chain(struct str *text, struct statement *s)
{
	if (!take_time(text, STR("from"), &s->from))
		return "from";
	if (!take_time(text, STR("until"), &s->until) ||
	    s->until.us <= s->from.us)
		return "until";
	/* The first one, and only that, has none before it. */
	if (!take_hash(text, STR("previous"), &s->previous) ||
	    hash256_is_zero(&s->previous) != (s->batch == 1))
		return "previous";
	if (!take_hash(text, STR("next-key"), &s->next_key))
		return "next-key";
	return NULL;
}

enum rc statement_parse(
    struct str text, struct statement *ret_statement, struct err *err)
{
	struct statement s = {.text = text};
	struct str rest = text;
	const char *wrong;

	if (text.n > STATEMENT_MAX)
		return err_set(err, RC_INVALID,
		    "the statement is longer than %d bytes", STATEMENT_MAX);
	if (!line_is(&rest, STR("farthing statement 1"))) {
		if (line_is_newer(text, STR("farthing statement ")))
			return err_set(err, RC_NEWER,
			    "the statement is of a version that this program "
			    "does not know: take a newer one");
		return err_set(err, RC_INVALID,
		    "there is no statement: it begins with \"farthing "
		    "statement 1\"");
	}
	wrong = take_paper(&rest, &s);
	if (!wrong)
		wrong = take_addresses(&rest, &s);
	if (!wrong)
		wrong = take_chain(&rest, &s);
	if (wrong)
		return err_set(err, RC_INVALID,
		    "the statement's line \"%s\" is missing or wrong", wrong);
	if (rest.n > 0)
		return err_set(err, RC_INVALID,
		    "there is something behind the statement's end");
	*ret_statement = s;
	return RC_OK;
}

static void put_hash(struct buf *b, struct str name, struct hash256 hash)
{
	buf_add(b, name);
	buf_lit(b, ": ");
	hash256_text(b, &hash);
	buf_char(b, '\n');
}

static void put_time(struct buf *b, struct str name, struct instant t)
{
	buf_add(b, name);
	buf_lit(b, ": ");
	line_put_time(b, t);
	buf_char(b, '\n');
}

void statement_write(struct buf *b, const struct statement *s)
{
	must(s->n_origins <= STATEMENT_ORIGINS_MAX);
	buf_printf(b, "farthing statement 1\npaper: %.*s\n", STR_ARG(s->paper));
	put_hash(b, STR("paper-id"), s->paper_id);
	for (uint32_t i = 0; i < s->n_origins; i++)
		buf_printf(b, "origin: %.*s\n", STR_ARG(s->origins[i]));
	buf_printf(b,
	    "rail: btc\nnetwork: %.*s\nbatch: %u\nfirst: %u\n"
	    "count: %u\nshared: %u\n",
	    STR_ARG(network_name(s->network)), s->batch, s->first, s->count,
	    s->shared);
	put_hash(b, STR("root"), s->root);
	put_time(b, STR("from"), s->from);
	put_time(b, STR("until"), s->until);
	put_hash(b, STR("previous"), s->previous);
	put_hash(b, STR("next-key"), s->next_key);
}

struct hash256 statement_hash(const struct statement *s)
{
	return hash_sha256(s->text);
}

/* On this machine alone, for a try. */
static bool is_here(struct str origin)
{
	static const struct str hosts[] = {
	    STR_INIT("localhost"), STR_INIT("127.0.0.1"), STR_INIT("[::1]")};
	struct str host = url_host(origin);

	for (unsigned i = 0; i < sizeof(hosts) / sizeof(*hosts); i++)
		if (str_eq_fold(host, hosts[i]))
			return true;
	return false;
}

bool statement_is_at(const struct statement *s, struct str origin)
{
	if (str_ends(origin, STR("/")))
		origin.n--;
	if (origin.n == 0 || s->n_origins == 0 || is_here(origin))
		return true;
	for (uint32_t i = 0; i < s->n_origins; i++)
		if (str_eq_fold(s->origins[i], origin))
			return true;
	return false;
}
