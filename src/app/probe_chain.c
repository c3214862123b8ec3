/* SPDX-License-Identifier: MIT
 *
 * Probes of the chain's and the world's bytes; see probe_chain.h.
 */
#include "app/probe_chain.h"

#include <string.h>

#include "app/gift_page.h"
#include "base/arena.h"
#include "base/buf.h"
#include "coin/block.h"
#include "coin/fact.h"
#include "coin/hex.h"
#include "coin/tx.h"
#include "sys/clock.h"
#include "watch/rate.h"

enum { FILLED_MAX = 512 };

/* The bytes that IN means: those that its digits stand for, or IN itself. */
static enum rc bytes_of(
    struct arena *a, struct str in, struct str *ret_bytes, struct err *err)
{
	struct str digits = str_trim(in);
	size_t n = digits.n / 2;
	uint8_t *bytes = arena_alloc(a, n ? n : 1);

	if (!bytes)
		return err_set(err, RC_NO_MEMORY, "no memory left");
	*ret_bytes =
	    digits.n > 0 && digits.n % 2 == 0 && hex_read(digits, bytes, n)
		? (struct str){(const char *)bytes, n}
		: in;
	return RC_OK;
}

static void put_outpoint(struct buf *out, const struct outpoint *o)
{
	hash256_text_id(out, &o->txid);
	buf_printf(out, ":%lu", (unsigned long)o->vout);
}

static void put_tx(struct buf *out, const struct tx *tx)
{
	struct cursor at = tx_inputs(tx);
	struct hash256 id = tx_id(tx);
	struct tx_output o;
	struct tx_input i;

	buf_lit(out, "tx ");
	hash256_text_id(out, &id);
	buf_printf(out, ", %zu bytes, version %lu, lock time %lu%s%s%s\n",
	    tx->bytes.n, (unsigned long)tx->version,
	    (unsigned long)tx->lock_time,
	    tx->has_witness ? ", with witnesses" : "",
	    tx->is_coinbase ? ", coinbase" : "",
	    tx->signals_rbf ? ", may be replaced" : "");
	while (tx_next_input(&at, &i)) {
		buf_lit(out, "spends ");
		put_outpoint(out, &i.from);
		buf_char(out, '\n');
	}
	at = tx_outputs(tx);
	while (tx_next_output(&at, &o)) {
		buf_lit(out, "pays ");
		sat_text(out, o.value);
		buf_char(out, ' ');
		hex_write(out, o.script);
		buf_char(out, '\n');
	}
}

enum rc probe_tx(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct str bytes;
	struct tx tx;
	enum rc rc = bytes_of(a, in, &bytes, err);

	if (rc != RC_OK)
		return rc;
	rc = tx_parse(bytes, &tx);
	if (rc != RC_OK)
		return err_set(err, rc, "no transaction (%s)", rc_name(rc));
	put_tx(out, &tx);
	return RC_OK;
}

enum rc probe_block(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct str bytes;
	struct block block;
	enum rc rc = bytes_of(a, in, &bytes, err);

	if (rc == RC_OK)
		rc = block_parse(a, bytes, &block, err);
	if (rc != RC_OK)
		return rc;
	buf_lit(out, "block ");
	hash256_text_id(out, &block.header.hash);
	buf_lit(out, "\nprev  ");
	hash256_text_id(out, &block.header.prev);
	buf_lit(out, "\ntime  ");
	civil_rfc3339(out, civil_at(block.header.time, 0));
	buf_printf(out, "\nbits  %08lx\n", (unsigned long)block.header.bits);
	for (unsigned i = 0; i < NETWORK_COUNT; i++)
		if (block_work_is_done(&block.header, (enum network)i))
			buf_printf(out, "its work is enough for %.*s\n",
			    STR_ARG(network_name((enum network)i)));
	for (uint32_t i = 0; i < block.txs_n; i++)
		put_tx(out, &block.txs[i].tx);
	return RC_OK;
}

static void put_fact(struct buf *out, const struct fact *f)
{
	buf_printf(out, "fact \"%s\", epoch %lu, seq %llu\n",
	    fact_kind_name(f->kind), (unsigned long)f->epoch,
	    (unsigned long long)f->seq);
	if (f->kind == FACT_NODE)
		buf_printf(out, "%s: %.*s\n", node_state_name(f->u.node.state),
		    STR_ARG(f->u.node.text));
	if (f->kind == FACT_BLOCK || f->kind == FACT_BLOCK_GONE) {
		buf_printf(
		    out, "height %lu, ", (unsigned long)f->u.block.height);
		hash256_text_id(out, &f->u.block.hash);
		buf_char(out, '\n');
	}
	if (f->kind == FACT_PAID || f->kind == FACT_SEEN) {
		put_outpoint(out, f->kind == FACT_PAID ? &f->u.paid.outpoint
						       : &f->u.seen.outpoint);
		buf_char(out, ' ');
		sat_text(out,
		    f->kind == FACT_PAID ? f->u.paid.value : f->u.seen.value);
		buf_char(out, '\n');
	}
	if (f->kind == FACT_RATE) {
		buf_printf(out, "%s: ", f->u.rate.source);
		fiat_text(out, f->u.rate.price, f->u.rate.currency);
		buf_printf(out, " %s\n", f->u.rate.currency.code);
	}
	if (f->kind == FACT_SOURCES)
		buf_printf(out, "%u of %u: %.*s\n",
		    (unsigned)f->u.sources.answering,
		    (unsigned)f->u.sources.total, STR_ARG(f->u.sources.text));
}

enum rc probe_fact(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct fact *f = arena_alloc(a, sizeof(*f));
	struct order *o = arena_alloc(a, sizeof(*o));
	struct str bytes;
	enum rc rc = bytes_of(a, in, &bytes, err);

	if (!f || !o)
		return err_set(err, RC_NO_MEMORY, "no memory left");
	if (rc != RC_OK)
		return rc;
	rc = fact_parse(bytes, f);
	if (rc == RC_OK) {
		put_fact(out, f);
		return RC_OK;
	}
	rc = order_parse(bytes, o);
	if (rc != RC_OK)
		return err_set(err, rc, "neither a fact nor an order (%s)",
		    rc == RC_NEWER ? "of another version" : rc_name(rc));
	buf_printf(out, "order %d, epoch %lu, seq %llu\n", (int)o->kind,
	    (unsigned long)o->epoch, (unsigned long long)o->seq);
	return RC_OK;
}

/* Where WORD says the price is: a place, or that of a ready source. */
static struct str place_of(struct str word)
{
	for (size_t i = 0; rate_ready(i); i++)
		if (str_eq(word, str_of(rate_ready(i)->name)))
			return str_of(rate_ready(i)->path);
	return word;
}

enum rc probe_rate(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	struct str place = STR_NONE;
	struct currency currency;
	struct fiat price;
	struct str code;
	struct buf filled;
	enum rc rc;

	if (!str_line(&in, &place))
		place = STR("");
	code = str_cut(&place, ' ');
	if (currency_parse(code, &currency) != RC_OK || place.n == 0)
		return err_set(err, RC_INVALID,
		    "the first line says what to read, as \"EUR data.amount\" "
		    "or \"EUR kraken\"; the answer follows");
	buf_init_arena(&filled, a, FILLED_MAX);
	rate_fill(&filled, place_of(place), &currency);
	rc = buf_rc(&filled);
	if (rc != RC_OK)
		return err_set(err, rc, "the place is too long");
	rc = rate_answer_parse(in, buf_str(&filled), currency, &price, err);
	if (rc != RC_OK)
		return rc;
	fiat_text(out, price, currency);
	buf_printf(out, " %s\n", currency.code);
	return RC_OK;
}

enum rc probe_gift_page(
    struct arena *a, struct str in, struct buf *out, struct err *err)
{
	const struct instant now = clock_now();
	struct minisign_key key;
	struct gift_page page;
	struct err why = {0};
	enum rc rc = gift_page_parse(a, in, &page);

	if (rc != RC_OK)
		return err_set(err, rc, "there is no proof in this page");
	rc = gift_page_key(&page, now, &key);
	if (rc == RC_OK) {
		buf_lit(out, "address ");
		rc = gift_page_check(a, &page, &key, now, out, &why);
		if (rc == RC_OK)
			buf_lit(out, ", genuine by the page's own key");
		else
			buf_printf(out, "not genuine: %s", why.why);
	} else {
		buf_lit(out, "the page names no key that signed its proof");
	}
	buf_lit(out, "\n\n");
	buf_add(out, page.proof);
	buf_char(out, '\n');
	buf_add(out, page.text);
	buf_char(out, '\n');
	return rc == RC_NO_MEMORY ? err_set(err, rc, "no memory left") : RC_OK;
}
