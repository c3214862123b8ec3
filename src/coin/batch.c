/* SPDX-License-Identifier: MIT
 *
 * Batch files; see batch.h.
 */
#include "coin/batch.h"

#include <sodium.h>
#include <string.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/hex.h"
#include "coin/line.h"

static void put_u32(uint8_t *p, uint32_t n)
{
	for (unsigned i = 0; i < 4; i++)
		p[i] = (uint8_t)(n >> (24 - 8 * i));
}

void batch_secret_make(const struct minisign_secret *key,
    const struct statement *s, struct batch_secret *ret_secret)
{
	static const char domain[] = "farthing batch"; /* with its NUL */
	crypto_auth_hmacsha256_state state;
	uint8_t tail[5] = {(uint8_t)s->network};

	put_u32(tail + 1, s->batch);
	crypto_auth_hmacsha256_init(&state, key->seed, sizeof(key->seed));
	crypto_auth_hmacsha256_update(
	    &state, (const unsigned char *)domain, sizeof(domain));
	crypto_auth_hmacsha256_update(&state, s->paper_id.b, HASH256_BYTES);
	crypto_auth_hmacsha256_update(&state, tail, sizeof(tail));
	crypto_auth_hmacsha256_final(&state, ret_secret->b);
	sodium_memzero(&state, sizeof(state));
}

void batch_salt(const struct batch_secret *secret, uint32_t index,
    uint8_t ret_salt[BATCH_SALT])
{
	uint8_t message[18] = "farthing salt"; /* with its NUL, then index */
	uint8_t mac[crypto_auth_hmacsha256_BYTES];

	put_u32(message + 14, index);
	crypto_auth_hmacsha256(mac, message, sizeof(message), secret->b);
	memcpy(ret_salt, mac, BATCH_SALT);
}

void batch_write_head(struct buf *b, const struct batch_head *head)
{
	buf_lit(b, "farthing batch 1\nkey: ");
	minisign_key_base64(b, &head->key);
	buf_char(b, '\n');
	line_put_signature(b, &head->signature);
	buf_add(b, head->statement.text);
}

void batch_write_leaf(
    struct buf *b, enum network network, const struct batch_leaf *leaf)
{
	buf_printf(b, "%u %s ", leaf->index, leaf->is_shared ? "yes" : "no");
	script_address(b, &leaf->script, network);
	buf_char(b, ' ');
	hex_write(b, (struct str){(const char *)leaf->salt, BATCH_SALT});
	buf_char(b, '\n');
}

void batch_write_end(struct buf *b)
{
	buf_lit(b, "end\n");
}

void batch_reader_init(
    struct batch_reader *r, const struct batch_reader_calls *calls, void *ctx)
{
	memset(r, 0, sizeof(*r));
	r->calls = calls;
	r->ctx = ctx;
	r->line = 1;
	batch_tree_init(&r->tree);
}

/* Takes the lines before the statement. */
static bool take_signed(struct str *text, struct batch_head *head)
{
	struct str value;

	return line_is(text, STR("farthing batch 1")) &&
	       line_field(text, STR("key"), &value) &&
	       minisign_key_parse(value, &head->key, NULL) == RC_OK &&
	       !line_take_signature(text, &head->signature);
}

/* The head is whole: reads it, checks it, tells it. */
static enum rc read_head(struct batch_reader *r, struct err *err)
{
	struct str text = {r->held, r->held_n};
	struct batch_head *head = &r->head;
	enum rc rc;

	if (line_is_newer(text, STR("farthing batch ")))
		return err_set(err, RC_NEWER,
		    "the batch is of a version that this program does not "
		    "know: take a newer one");
	if (!take_signed(&text, head))
		return err_set(err, RC_INVALID,
		    "one of the first five lines, with the key and its "
		    "signature, is missing or wrong");
	rc = statement_parse(text, &head->statement, err);
	if (rc == RC_OK)
		rc = minisign_verify(&head->key, &head->signature, text, err);
	if (rc == RC_OK && r->calls->head)
		rc = r->calls->head(r->ctx, head, err);
	return rc;
}

static enum rc read_leaf(
    struct batch_reader *r, struct str line, struct err *err)
{
	const struct statement *s = &r->head.statement;
	struct batch_leaf leaf = {0};
	struct str shared;

	if (!line_number(
		str_cut(&line, ' '), 0, STATEMENT_COUNT_MAX - 1, &leaf.index) ||
	    leaf.index != r->tree.n || leaf.index >= s->count)
		return err_set(err, RC_INVALID,
		    "line %llu: address %u of %u is expected here",
		    (unsigned long long)r->line, r->tree.n, s->count);
	leaf.is_shared = leaf.index < s->shared;
	shared = str_cut(&line, ' ');
	if (!str_eq(shared, leaf.is_shared ? STR("yes") : STR("no")))
		return err_set(err, RC_INVALID,
		    "line %llu: whether the address is shared is not as in the "
		    "statement",
		    (unsigned long long)r->line);
	if (!line_address(str_cut(&line, ' '), s->network, &leaf.script))
		return err_set(err, RC_INVALID,
		    "line %llu: there is no address of the network %.*s",
		    (unsigned long long)r->line,
		    STR_ARG(network_name(s->network)));
	if (!line_hex(line, leaf.salt, BATCH_SALT))
		return err_set(err, RC_INVALID,
		    "line %llu: the salt is not 32 hexadecimal digits",
		    (unsigned long long)r->line);
	batch_tree_add(&r->tree, batch_leaf_hash(s->network, &leaf));
	return r->calls->leaf ? r->calls->leaf(r->ctx, &leaf, err) : RC_OK;
}

/* Takes a part of a line into a buffer that has room for it. */
static bool hold(char *held, size_t size, size_t *n, struct str part)
{
	if (part.n > size - *n)
		return false;
	if (part.n > 0)
		memcpy(held + *n, part.p, part.n);
	*n += part.n;
	return true;
}

/* A line of the head, with its LF, or the start of one. */
static enum rc feed_head(
    struct batch_reader *r, struct str part, bool is_end, struct err *err)
{
	static const struct str first = STR_INIT("farthing batch ");
	struct str line;

	if (!hold(r->held, sizeof(r->held), &r->held_n, part))
		return err_set(err, RC_INVALID,
		    "this is no batch: its head is longer than %d bytes",
		    BATCH_HEAD_MAX);
	/* Say soon that it is something else altogether. */
	if (r->held_n >= first.n &&
	    !str_starts((struct str){r->held, r->held_n}, first))
		return err_set(err, RC_INVALID,
		    "this is no batch: it begins with \"farthing batch 1\"");
	if (!is_end)
		return RC_OK;
	line = (struct str){r->held + r->head_n, r->held_n - r->head_n};
	r->head_n = r->held_n;
	r->line++;
	if (!str_starts(line, STR("next-key: ")))
		return RC_OK;
	r->state = BATCH_IN_LEAVES;
	return read_head(r, err);
}

static enum rc feed_leaf(
    struct batch_reader *r, struct str part, bool is_end, struct err *err)
{
	struct str line;
	enum rc rc;

	if (!hold(r->leaf, sizeof(r->leaf), &r->leaf_n, part))
		return err_set(err, RC_INVALID, "line %llu is too long",
		    (unsigned long long)r->line);
	if (!is_end)
		return RC_OK;
	line = (struct str){r->leaf, r->leaf_n - 1};
	r->leaf_n = 0;
	if (str_eq(line, STR("end"))) {
		r->state = BATCH_AT_END;
		return RC_OK;
	}
	rc = read_leaf(r, line, err);
	r->line++;
	return rc;
}

enum rc batch_reader_feed(
    struct batch_reader *r, struct str bytes, struct err *err)
{
	enum rc rc = RC_OK;

	while (bytes.n > 0 && rc == RC_OK) {
		size_t lf = str_find(bytes, '\n');
		bool is_end = lf < bytes.n;
		struct str part = str_part(bytes, 0, is_end ? lf + 1 : lf);

		bytes = str_from(bytes, part.n);
		switch (r->state) {
		case BATCH_IN_HEAD:
			rc = feed_head(r, part, is_end, err);
			break;
		case BATCH_IN_LEAVES:
			rc = feed_leaf(r, part, is_end, err);
			break;
		case BATCH_AT_END:
			rc = err_set(err, RC_INVALID,
			    "there is something behind the batch's end");
		}
	}
	return rc;
}

enum rc batch_reader_end(struct batch_reader *r, struct err *err)
{
	const struct statement *s = &r->head.statement;
	struct hash256 root;

	if (r->state == BATCH_IN_HEAD)
		return err_set(err, RC_INVALID,
		    "this is no batch, or one that is cut short in its head");
	if (r->state == BATCH_IN_LEAVES || r->tree.n != s->count)
		return err_set(err, RC_INVALID,
		    "the batch is cut short: it has %u of %u addresses%s",
		    r->tree.n, s->count,
		    r->tree.n == s->count ? ", and no end" : "");
	root = batch_tree_root(&r->tree);
	if (!hash256_eq(&root, &s->root))
		return err_set(err, RC_DENIED,
		    "the addresses are not those that were signed: the batch "
		    "was changed or damaged");
	return RC_OK;
}
