/* SPDX-License-Identifier: MIT
 *
 * Facts and orders as bytes; the format is in fact.h. Reader and writer stand
 * side by side for each kind, member by member in the same order.
 *
 * Invariant 1: the writer reads back what it wrote, and takes it away again
 * if the reader refuses it. So there is one place that says what a good
 * message is.
 */
#include "coin/fact.h"

#include <string.h>

#include "base/buf.h"
#include "base/cursor.h"
#include "base/must.h"
#include "base/utf8.h"
#include "coin/rate_source.h"

enum { ORDER_FIRST = ORDER_HELLO };

/* The last moment that civil_at knows: the end of the year 9999. */
#define TIME_MOST INT64_C(253402300799999999)

const char *node_state_name(enum node_state state)
{
	switch (state) {
	case NODE_OK:
		return "ok";
	case NODE_DOWN:
		return "down";
	case NODE_WRONG_NETWORK:
		return "wrong network";
	case NODE_SYNCING:
		return "syncing";
	case NODE_STALE:
		return "stale";
	}
	unreachable("state of a node");
}

const char *fact_kind_name(enum fact_kind kind)
{
	switch (kind) {
	case FACT_NODE:
		return "node";
	case FACT_BLOCK:
		return "block";
	case FACT_BLOCK_GONE:
		return "block gone";
	case FACT_PAID:
		return "paid";
	case FACT_SEEN:
		return "seen";
	case FACT_DROPPED:
		return "dropped";
	case FACT_SPENT_BY:
		return "spent by";
	case FACT_SYNCED:
		return "synced";
	case FACT_RATE:
		return "rate";
	case FACT_SOURCES:
		return "sources";
	case FACT_ALIVE:
		return "alive";
	}
	unreachable("kind of a fact");
}

static void put_be(struct buf *b, uint64_t n, unsigned bytes)
{
	while (bytes-- > 0)
		buf_char(b, (char)(unsigned char)(n >> 8 * bytes & 0xff));
}

static void put_hash(struct buf *b, const struct hash256 *h)
{
	buf_add(b, hash256_str(h));
}

static struct hash256 get_hash(struct cursor *c)
{
	const uint8_t *p = cursor_step(c, HASH256_BYTES);
	struct hash256 h = {{0}};

	if (p)
		memcpy(h.b, p, sizeof(h.b));
	return h;
}

static void put_outpoint(struct buf *b, const struct outpoint *o)
{
	put_hash(b, &o->txid);
	put_be(b, o->vout, 4);
}

static struct outpoint get_outpoint(struct cursor *c)
{
	struct outpoint o = {.txid = get_hash(c)};

	o.vout = cursor_be32(c);
	return o;
}

static void put_bool(struct buf *b, bool is_true)
{
	buf_char(b, is_true ? 1 : 0);
}

static bool get_bool(struct cursor *c)
{
	uint8_t n = cursor_u8(c);

	if (n > 1)
		c->bad = true;
	return n == 1;
}

static uint32_t get_height(struct cursor *c)
{
	uint32_t height = cursor_be32(c);

	if (height > FACT_HEIGHT_MAX)
		c->bad = true;
	return height;
}

static struct instant get_time(struct cursor *c)
{
	uint64_t us = cursor_be64(c);

	if (us > (uint64_t)TIME_MOST) {
		c->bad = true;
		us = 0;
	}
	return (struct instant){(int64_t)us};
}

static struct sat get_sat(struct cursor *c)
{
	uint64_t raw = cursor_be64(c);

	if (raw > (uint64_t)SAT_MAX) {
		c->bad = true;
		raw = 0;
	}
	return sat_of_raw((int64_t)raw);
}

static void put_script(struct buf *b, const struct script_pubkey *s)
{
	put_be(b, s->n, 1);
	buf_add(b, (struct str){(const char *)s->p, s->n});
}

static struct script_pubkey get_script(struct cursor *c)
{
	struct str bytes = cursor_take(c, cursor_u8(c));
	struct script_pubkey s = {0};

	if (bytes.n == 0 || bytes.n > sizeof(s.p)) {
		c->bad = true;
		return s;
	}
	s.n = (uint8_t)bytes.n;
	memcpy(s.p, bytes.p, bytes.n);
	return s;
}

static void put_text(struct buf *b, struct str text)
{
	put_be(b, text.n & 0xffff, 2);
	buf_add(b, text);
}

/* Text for a person: UTF-8 without control characters. */
static struct str get_text(struct cursor *c, size_t most)
{
	struct str text = cursor_take(c, cursor_be16(c));

	if (text.n > most || !utf8_is_valid(text))
		c->bad = true;
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] < ' ' || text.p[i] == 0x7f)
			c->bad = true;
	return text;
}

static void put_inputs(struct buf *b, const struct fact_inputs *in)
{
	put_be(b, in->total, 4);
	put_be(b, in->n, 2);
	for (size_t i = 0; i < in->n && i < FACT_INPUTS_MAX; i++)
		put_outpoint(b, &in->v[i]);
}

static void get_inputs(struct cursor *c, struct fact_inputs *in)
{
	in->total = cursor_be32(c);
	in->n = cursor_be16(c);
	if (in->total == 0 || in->n > FACT_INPUTS_MAX ||
	    in->n !=
		(in->total < FACT_INPUTS_MAX ? in->total : FACT_INPUTS_MAX)) {
		c->bad = true;
		in->n = 0;
	}
	for (size_t i = 0; i < in->n; i++)
		in->v[i] = get_outpoint(c);
}

static void put_node(struct buf *b, const struct fact_node *n)
{
	put_be(b, n->state, 1);
	put_be(b, n->height, 4);
	put_text(b, n->text);
}

static void get_node(struct cursor *c, struct fact_node *n)
{
	uint8_t state = cursor_u8(c);

	if (state < NODE_OK || state > NODE_STALE)
		c->bad = true;
	n->state = (enum node_state)state;
	n->height = get_height(c);
	n->text = get_text(c, FACT_TEXT_MAX);
}

static void put_block(struct buf *b, const struct fact_block *f)
{
	put_be(b, f->height, 4);
	put_hash(b, &f->hash);
	put_hash(b, &f->prev);
	put_be(b, (uint64_t)f->time.us, 8);
}

static void get_block(struct cursor *c, struct fact_block *f)
{
	f->height = get_height(c);
	f->hash = get_hash(c);
	f->prev = get_hash(c);
	f->time = get_time(c);
	if (f->time.us % 1000000 != 0)
		c->bad = true;
}

static void put_paid(struct buf *b, const struct fact_paid *f)
{
	put_be(b, f->height, 4);
	put_hash(b, &f->block);
	put_outpoint(b, &f->outpoint);
	put_script(b, &f->script);
	put_be(b, (uint64_t)sat_raw(f->value), 8);
	put_bool(b, f->is_coinbase);
	put_inputs(b, &f->inputs);
}

static void get_paid(struct cursor *c, struct fact_paid *f)
{
	f->height = get_height(c);
	f->block = get_hash(c);
	f->outpoint = get_outpoint(c);
	f->script = get_script(c);
	f->value = get_sat(c);
	f->is_coinbase = get_bool(c);
	get_inputs(c, &f->inputs);
}

static void put_seen(struct buf *b, const struct fact_seen *f)
{
	put_outpoint(b, &f->outpoint);
	put_script(b, &f->script);
	put_be(b, (uint64_t)sat_raw(f->value), 8);
	put_bool(b, f->signals_rbf);
	put_inputs(b, &f->inputs);
}

static void get_seen(struct cursor *c, struct fact_seen *f)
{
	f->outpoint = get_outpoint(c);
	f->script = get_script(c);
	f->value = get_sat(c);
	f->signals_rbf = get_bool(c);
	get_inputs(c, &f->inputs);
}

static void put_dropped(struct buf *b, const struct fact_dropped *f)
{
	put_hash(b, &f->txid);
	put_be(b, f->reason, 1);
	put_hash(b, &f->by);
}

static void get_dropped(struct cursor *c, struct fact_dropped *f)
{
	uint8_t reason;

	f->txid = get_hash(c);
	reason = cursor_u8(c);
	f->by = get_hash(c);
	if (reason != DROP_GONE && reason != DROP_REPLACED)
		c->bad = true;
	f->reason = (enum drop_reason)reason;
	if (hash256_is_zero(&f->by) != (reason == DROP_GONE))
		c->bad = true;
}

static void put_spent_by(struct buf *b, const struct fact_spent_by *f)
{
	put_outpoint(b, &f->outpoint);
	put_hash(b, &f->seen);
	put_hash(b, &f->txid);
	put_be(b, f->height, 4);
	put_hash(b, &f->block);
}

static void get_spent_by(struct cursor *c, struct fact_spent_by *f)
{
	f->outpoint = get_outpoint(c);
	f->seen = get_hash(c);
	f->txid = get_hash(c);
	f->height = get_height(c);
	f->block = get_hash(c);
	if (hash256_is_zero(&f->block) && f->height != 0)
		c->bad = true;
	if (hash256_eq(&f->seen, &f->txid))
		c->bad = true;
}

static void put_synced(struct buf *b, const struct fact_synced *f)
{
	put_be(b, f->height, 4);
	put_hash(b, &f->hash);
	put_bool(b, f->pool_told);
}

static void get_synced(struct cursor *c, struct fact_synced *f)
{
	f->height = get_height(c);
	f->hash = get_hash(c);
	f->pool_told = get_bool(c);
}

static void put_rate(struct buf *b, const struct rate *r)
{
	put_text(b, str_of(r->source));
	buf_add(b, (struct str){r->currency.code, 3});
	put_be(b, r->currency.decimals, 1);
	put_be(b, (uint64_t)fiat_raw(r->price), 8);
	put_be(b, (uint64_t)r->at.us, 8);
}

static void get_rate(struct cursor *c, struct rate *r)
{
	struct str source = get_text(c, RATE_SOURCE_MAX);
	struct str code = cursor_take(c, 3);
	uint64_t price;

	memset(r, 0, sizeof(*r));
	if (c->bad || source.n == 0 ||
	    currency_parse(code, &r->currency) != RC_OK) {
		c->bad = true;
		return;
	}
	for (size_t i = 0; i < source.n; i++)
		if ((unsigned char)source.p[i] >= 0x7f)
			c->bad = true;
	memcpy(r->source, source.p, source.n);
	if (cursor_u8(c) != r->currency.decimals)
		c->bad = true;
	price = cursor_be64(c);
	if (price == 0 || price > (uint64_t)FIAT_MAX) {
		c->bad = true;
		price = 0;
	}
	r->price = fiat_of_raw((int64_t)price);
	r->at = get_time(c);
}

static void put_sources(struct buf *b, const struct fact_sources *s)
{
	put_be(b, s->total, 2);
	put_be(b, s->answering, 2);
	put_text(b, s->text);
}

static void get_sources(struct cursor *c, struct fact_sources *s)
{
	s->total = cursor_be16(c);
	s->answering = cursor_be16(c);
	s->text = get_text(c, FACT_TEXT_MAX);
	if (s->total == 0 || s->answering > s->total ||
	    (s->text.n == 0) != (s->answering == s->total))
		c->bad = true;
}

static void put_currency(struct buf *b, const struct order_currency *o)
{
	put_bool(b, o->is_wanted);
	if (!o->is_wanted)
		return;
	buf_add(b, (struct str){o->currency.code, 3});
	put_be(b, o->currency.decimals, 1);
	put_bool(b, o->has_sources);
	if (o->has_sources)
		put_be(b, o->sources, 4);
}

static void get_currency(struct cursor *c, struct order_currency *o)
{
	struct str code;

	memset(o, 0, sizeof(*o));
	o->is_wanted = get_bool(c);
	if (!o->is_wanted)
		return;
	code = cursor_take(c, 3);
	if (c->bad || currency_parse(code, &o->currency) != RC_OK ||
	    cursor_u8(c) != o->currency.decimals)
		c->bad = true;
	o->has_sources = get_bool(c);
	if (o->has_sources)
		o->sources = cursor_be32(c);
	if (o->sources & ~(uint32_t)RATE_READY_ALL)
		c->bad = true;
}

static void put_hello(struct buf *b, const struct order_hello *h)
{
	put_be(b, h->network, 1);
	put_be(b, h->birth, 4);
	put_be(b, h->blocks_n, 2);
	for (size_t i = 0; i < h->blocks_n && i < FACT_BLOCKS_MAX; i++) {
		put_be(b, h->blocks[i].height, 4);
		put_hash(b, &h->blocks[i].hash);
	}
}

static void get_hello(struct cursor *c, struct order_hello *h)
{
	uint8_t network = cursor_u8(c);

	if (network >= NETWORK_COUNT)
		c->bad = true;
	h->network = (enum network)network;
	h->birth = get_height(c);
	h->blocks_n = cursor_be16(c);
	if (h->blocks_n > FACT_BLOCKS_MAX) {
		c->bad = true;
		h->blocks_n = 0;
	}
	for (size_t i = 0; i < h->blocks_n; i++) {
		h->blocks[i].height = get_height(c);
		h->blocks[i].hash = get_hash(c);
		if (i > 0 && h->blocks[i].height >= h->blocks[i - 1].height)
			c->bad = true;
	}
}

static void put_scripts(struct buf *b, const struct order_scripts *s)
{
	put_be(b, s->first, 8);
	put_be(b, s->n, 2);
	buf_add(b, s->packed);
}

static void get_scripts(struct cursor *c, struct order_scripts *s)
{
	struct cursor at;

	s->first = cursor_be64(c);
	s->n = cursor_be16(c);
	if (s->n == 0 || s->n > FACT_SCRIPTS_MAX || s->first > INT64_MAX)
		c->bad = true;
	at = *c;
	s->packed = cursor_take(c, cursor_left(c));
	for (size_t i = 0; i < s->n && !at.bad; i++)
		(void)get_script(&at);
	if (at.bad || cursor_left(&at) > 0)
		c->bad = true;
}

/* The head of a message. RC_OK, RC_NEWER, RC_LIMIT or RC_INVALID. */
static enum rc get_head(struct cursor *c, uint8_t *ret_kind)
{
	size_t all = cursor_left(c);
	uint8_t version = cursor_u8(c);
	uint8_t kind = cursor_u8(c);
	uint32_t follows = cursor_be32(c);

	if (c->bad)
		return RC_INVALID;
	if (version != FACT_VERSION)
		return RC_NEWER;
	if (all > FACT_MESSAGE_MAX)
		return RC_LIMIT;
	if (follows != cursor_left(c))
		return RC_INVALID;
	*ret_kind = kind;
	return RC_OK;
}

/* Writes a head; its length is filled in by put_end. */
static void put_head(struct buf *b, unsigned kind, uint32_t epoch, uint64_t seq)
{
	put_be(b, FACT_VERSION, 1);
	put_be(b, kind, 1);
	put_be(b, 0, 4);
	put_be(b, epoch, 4);
	put_be(b, seq, 8);
}

/* RC_OK, or what the buffer says; then nothing of the message is left. */
static enum rc put_end(struct buf *b, size_t start)
{
	enum rc rc = buf_rc(b);
	size_t n;

	if (rc != RC_OK)
		return rc;
	n = b->n - start - 6;
	if (n + 6 > FACT_MESSAGE_MAX) {
		buf_cut(b, start);
		return RC_INVALID;
	}
	for (unsigned i = 0; i < 4; i++)
		b->p[start + 2 + i] =
		    (char)(unsigned char)(n >> 8 * (3 - i) & 0xff);
	return RC_OK;
}

static void get_fact(struct cursor *c, struct fact *f)
{
	switch (f->kind) {
	case FACT_NODE:
		get_node(c, &f->u.node);
		return;
	case FACT_BLOCK:
	case FACT_BLOCK_GONE:
		get_block(c, &f->u.block);
		return;
	case FACT_PAID:
		get_paid(c, &f->u.paid);
		return;
	case FACT_SEEN:
		get_seen(c, &f->u.seen);
		return;
	case FACT_DROPPED:
		get_dropped(c, &f->u.dropped);
		return;
	case FACT_SPENT_BY:
		get_spent_by(c, &f->u.spent_by);
		return;
	case FACT_SYNCED:
		get_synced(c, &f->u.synced);
		return;
	case FACT_RATE:
		get_rate(c, &f->u.rate);
		return;
	case FACT_SOURCES:
		get_sources(c, &f->u.sources);
		return;
	case FACT_ALIVE:
		return;
	}
	unreachable("kind of a fact");
}

enum rc fact_parse(struct str message, struct fact *ret_fact)
{
	struct cursor c = cursor_of(message);
	struct fact f;
	uint8_t kind;
	enum rc rc = get_head(&c, &kind);

	if (rc != RC_OK)
		return rc;
	if (kind < FACT_NODE || kind > FACT_ALIVE)
		return RC_INVALID;
	f.kind = (enum fact_kind)kind;
	f.epoch = cursor_be32(&c);
	f.seq = cursor_be64(&c);
	if (f.seq > INT64_MAX || (f.seq == 0) != (f.kind == FACT_ALIVE) ||
	    (f.kind == FACT_ALIVE && f.epoch != 0))
		return RC_INVALID;
	get_fact(&c, &f);
	if (c.bad || cursor_left(&c) > 0)
		return RC_INVALID;
	*ret_fact = f;
	return RC_OK;
}

static void put_fact(struct buf *b, const struct fact *f)
{
	switch (f->kind) {
	case FACT_NODE:
		put_node(b, &f->u.node);
		return;
	case FACT_BLOCK:
	case FACT_BLOCK_GONE:
		put_block(b, &f->u.block);
		return;
	case FACT_PAID:
		put_paid(b, &f->u.paid);
		return;
	case FACT_SEEN:
		put_seen(b, &f->u.seen);
		return;
	case FACT_DROPPED:
		put_dropped(b, &f->u.dropped);
		return;
	case FACT_SPENT_BY:
		put_spent_by(b, &f->u.spent_by);
		return;
	case FACT_SYNCED:
		put_synced(b, &f->u.synced);
		return;
	case FACT_RATE:
		put_rate(b, &f->u.rate);
		return;
	case FACT_SOURCES:
		put_sources(b, &f->u.sources);
		return;
	case FACT_ALIVE:
		return;
	}
	unreachable("kind of a fact");
}

enum rc fact_write(struct buf *b, const struct fact *f)
{
	size_t start = b->n;
	struct fact back;
	enum rc rc;

	put_head(b, f->kind, f->epoch, f->seq);
	put_fact(b, f);
	rc = put_end(b, start);
	if (rc != RC_OK)
		return rc;
	if (fact_parse(str_from(buf_str(b), start), &back) != RC_OK) {
		buf_cut(b, start);
		return RC_INVALID;
	}
	return RC_OK;
}

static void get_order(struct cursor *c, struct order *o)
{
	switch (o->kind) {
	case ORDER_HELLO:
		get_hello(c, &o->u.hello);
		return;
	case ORDER_SCRIPTS:
		get_scripts(c, &o->u.scripts);
		return;
	case ORDER_PENDING:
		o->u.pending.txid = get_hash(c);
		get_inputs(c, &o->u.pending.inputs);
		return;
	case ORDER_RESCAN:
		o->u.rescan_from = get_height(c);
		return;
	case ORDER_CURRENCY:
		get_currency(c, &o->u.currency);
		return;
	case ORDER_SCRIPTS_END:
	case ORDER_ACK:
		return;
	}
	unreachable("kind of an order");
}

enum rc order_parse(struct str message, struct order *ret_order)
{
	struct cursor c = cursor_of(message);
	struct order o;
	uint8_t kind;
	enum rc rc = get_head(&c, &kind);

	if (rc != RC_OK)
		return rc;
	if (kind < ORDER_FIRST || kind > ORDER_CURRENCY)
		return RC_INVALID;
	o.kind = (enum order_kind)kind;
	o.epoch = cursor_be32(&c);
	o.seq = cursor_be64(&c);
	if (o.seq > INT64_MAX || (o.seq != 0) != (kind == ORDER_ACK))
		return RC_INVALID;
	get_order(&c, &o);
	if (c.bad || cursor_left(&c) > 0)
		return RC_INVALID;
	*ret_order = o;
	return RC_OK;
}

static void put_order(struct buf *b, const struct order *o)
{
	switch (o->kind) {
	case ORDER_HELLO:
		put_hello(b, &o->u.hello);
		return;
	case ORDER_SCRIPTS:
		put_scripts(b, &o->u.scripts);
		return;
	case ORDER_PENDING:
		put_hash(b, &o->u.pending.txid);
		put_inputs(b, &o->u.pending.inputs);
		return;
	case ORDER_RESCAN:
		put_be(b, o->u.rescan_from, 4);
		return;
	case ORDER_CURRENCY:
		put_currency(b, &o->u.currency);
		return;
	case ORDER_SCRIPTS_END:
	case ORDER_ACK:
		return;
	}
	unreachable("kind of an order");
}

enum rc order_write(struct buf *b, const struct order *o)
{
	size_t start = b->n;
	struct order back;
	enum rc rc;

	put_head(b, o->kind, o->epoch, o->seq);
	put_order(b, o);
	rc = put_end(b, start);
	if (rc != RC_OK)
		return rc;
	if (order_parse(str_from(buf_str(b), start), &back) != RC_OK) {
		buf_cut(b, start);
		return RC_INVALID;
	}
	return RC_OK;
}

void order_pack_script(struct buf *b, const struct script_pubkey *s)
{
	put_script(b, s);
}

bool order_next_script(struct str *packed, struct script_pubkey *ret_script)
{
	struct cursor c = cursor_of(*packed);
	struct script_pubkey s;

	if (packed->n == 0)
		return false;
	s = get_script(&c);
	if (c.bad)
		return false;
	*packed = str_from(*packed, packed->n - cursor_left(&c));
	*ret_script = s;
	return true;
}
