/* SPDX-License-Identifier: MIT
 *
 * The ledger written out; see export.h.
 */
#include "ledger/export.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "ledger/escape.h"
#include "ledger/ledger_priv.h"

enum { PIECE = 64 * 1024, PIECE_MOST = 4 * PIECE, PIECE_SENT = 48 * 1024 };

struct exporting {
	struct ledger *ledger;
	enum rc (*sink)(void *ctx, struct str bytes);
	void *ctx;
	struct buf b;
	bool is_first;
	bool was_valued; /* the entry that this one is about has a value of its
			    own, from the first */
};

static const char *const FORMATS[] = {"csv", "json", "hledger", "bip329"};

enum rc export_format_find(struct str name, enum ledger_format *ret_format)
{
	for (size_t i = 0; i < sizeof(FORMATS) / sizeof(FORMATS[0]); i++) {
		if (str_eq(name, str_of(FORMATS[i]))) {
			*ret_format = (enum ledger_format)i;
			return RC_OK;
		}
	}
	return RC_INVALID;
}

static enum rc flush(struct exporting *x, size_t least)
{
	enum rc rc = buf_rc(&x->b);

	if (rc != RC_OK || x->b.n < least || x->b.n == 0)
		return rc;
	rc = x->sink(x->ctx, buf_str(&x->b));
	buf_clear(&x->b);
	return rc;
}

static void put_address(struct exporting *x, struct str script)
{
	struct script_pubkey s;

	if (script_pubkey_of(script, &s) == RC_OK)
		script_address(&x->b, &s, x->ledger->network);
}

static void csv_value(struct buf *b, const struct entry *e)
{
	if (!e->has_value) {
		buf_lit(b, ",,,,,");
		return;
	}
	buf_add(b, str_of(e->rate.currency.code));
	buf_char(b, ',');
	fiat_text(b, e->value, e->rate.currency);
	buf_char(b, ',');
	fiat_text(b, e->rate.price, e->rate.currency);
	buf_char(b, ',');
	escape_csv(b, str_of(e->rate.source));
	buf_char(b, ',');
	escape_time(b, e->rate.at);
	buf_char(b, ',');
}

static void csv_entry(
    struct exporting *x, const struct entry *e, struct str script)
{
	struct buf *b = &x->b;

	buf_u64(b, e->seq);
	buf_char(b, ',');
	buf_add(b, str_of(entry_kind_name(e->kind)));
	buf_char(b, ',');
	escape_time(b, e->booked);
	buf_char(b, ',');
	escape_time(b, e->date);
	buf_char(b, ',');
	hash256_text_id(b, &e->outpoint.txid);
	buf_printf(b, ",%u,", (unsigned)e->outpoint.vout);
	hash256_text_id(b, &e->block);
	buf_printf(b, ",%u,", (unsigned)e->height);
	put_address(x, script);
	buf_char(b, ',');
	if (e->about > 0)
		buf_u64(b, e->about);
	buf_char(b, ',');
	sat_text(b, e->amount);
	buf_char(b, ',');
	escape_csv(b, e->debit);
	buf_char(b, ',');
	escape_csv(b, e->credit);
	buf_char(b, ',');
	csv_value(b, e);
	hash256_text(b, &e->hash);
	buf_lit(b, "\r\n");
}

static void json_value(struct buf *b, const struct entry *e)
{
	buf_lit(b, ", \"currency\": ");
	escape_json(b, str_of(e->rate.currency.code));
	buf_printf(b, ", \"decimals\": %u, \"value\": \"",
	    (unsigned)e->rate.currency.decimals);
	fiat_text(b, e->value, e->rate.currency);
	buf_lit(b, "\", \"price\": \"");
	fiat_text(b, e->rate.price, e->rate.currency);
	buf_lit(b, "\", \"source\": ");
	escape_json(b, str_of(e->rate.source));
	buf_printf(b, ", \"rate_us\": %lld", (long long)e->rate.at.us);
}

static void json_entry(
    struct exporting *x, const struct entry *e, struct str script)
{
	struct buf *b = &x->b;

	buf_add(b, x->is_first ? STR("\n") : STR(",\n"));
	x->is_first = false;
	buf_printf(b,
	    "{\"seq\": %llu, \"kind\": \"%s\", \"booked_us\": %lld, "
	    "\"date_us\": %lld, \"txid\": \"",
	    (unsigned long long)e->seq, entry_kind_name(e->kind),
	    (long long)e->booked.us, (long long)e->date.us);
	hash256_text_id(b, &e->outpoint.txid);
	buf_printf(
	    b, "\", \"vout\": %u, \"block\": \"", (unsigned)e->outpoint.vout);
	hash256_text_id(b, &e->block);
	buf_printf(b,
	    "\", \"height\": %u, \"leaf\": %llu, \"about\": %llu, "
	    "\"address\": \"",
	    (unsigned)e->height, (unsigned long long)e->leaf,
	    (unsigned long long)e->about);
	put_address(x, script);
	buf_printf(
	    b, "\", \"sat\": %lld, \"debit\": ", (long long)sat_raw(e->amount));
	escape_json(b, e->debit);
	buf_lit(b, ", \"credit\": ");
	escape_json(b, e->credit);
	if (e->has_value)
		json_value(b, e);
	buf_lit(b, ", \"hash\": \"");
	hash256_text(b, &e->hash);
	buf_lit(b, "\"}");
}

static void hledger_posting(struct exporting *x, const struct entry *e,
    struct str account, int64_t sats)
{
	struct buf *b = &x->b;
	struct fiat value = e->value;

	buf_lit(b, "    ");
	buf_add(b, account);
	buf_lit(b, "  ");
	buf_i64(b, sats);
	buf_lit(b, " sat");
	/* What came in without a cost goes without one, or the two would not
	 * cancel at cost. */
	if (e->has_value && (e->kind != ENTRY_REVERSE || x->was_valued)) {
		if (fiat_raw(value) < 0)
			value = fiat_neg(value);
		buf_lit(b, " @@ ");
		fiat_text(b, value, e->rate.currency);
		buf_char(b, ' ');
		buf_add(b, str_of(e->rate.currency.code));
	}
	buf_char(b, '\n');
}

static void hledger_entry(
    struct exporting *x, const struct entry *e, struct str script)
{
	struct buf *b = &x->b;
	int64_t sats = sat_raw(e->amount);

	if (e->kind == ENTRY_VALUE) {
		buf_printf(b, "; (%llu) entry %llu has the value ",
		    (unsigned long long)e->seq, (unsigned long long)e->about);
		fiat_text(b, e->value, e->rate.currency);
		buf_printf(b, " %s\n\n", e->rate.currency.code);
		return;
	}
	escape_day(b, day_of(e->date));
	buf_printf(b, " * (%llu) %s", (unsigned long long)e->seq,
	    entry_kind_name(e->kind));
	if (e->about > 0)
		buf_printf(b, " of %llu", (unsigned long long)e->about);
	buf_lit(b, "  ; address:");
	put_address(x, script);
	buf_lit(b, ", output:");
	hash256_text_id(b, &e->outpoint.txid);
	buf_printf(b, ".%u\n", (unsigned)e->outpoint.vout);
	hledger_posting(x, e, e->debit, sats);
	hledger_posting(x, e, e->credit, -sats);
	buf_char(b, '\n');
}

/* Entries, each with its address's script and with the currency, if any, of the
 * entry that it is about. */
#define ENTRIES                                                                \
	"SELECT " BOOK_COLUMNS ", l.script, g.currency" BOOK_FROM              \
	" LEFT JOIN leaf l ON l.number = e.leaf"                               \
	" LEFT JOIN entry g ON g.seq = e.about"

static enum rc export_entries(struct exporting *x,
    void (*put)(struct exporting *, const struct entry *, struct str))
{
	struct query *q =
	    store_query(x->ledger->db, SQL(ENTRIES " ORDER BY e.seq"));
	struct entry e;
	enum rc rc;

	while ((rc = query_step(q)) == RC_OK) {
		rc = book_read(q, NULL, &e);
		if (rc != RC_OK)
			break;
		x->was_valued = !query_is_null(q, 23);
		put(x, &e, query_str(q, 22));
		rc = flush(x, PIECE);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* "batch 3 no. 17, for new-press": what a wallet shows beside an address. */
static void put_label(struct buf *b, struct query *q, int batch)
{
	struct str purpose = query_str(q, batch + 2);

	buf_lit(b, "\"batch ");
	buf_i64(b, query_i64(q, batch));
	buf_lit(b, " no. ");
	buf_i64(b, query_i64(q, batch + 1));
	if (query_i64(q, batch + 3) == 1)
		buf_lit(b, ", shared");
	/* Its letters need no escape (ledger/purpose.h). */
	if (purpose.n > 0) {
		buf_lit(b, ", for ");
		buf_add(b, purpose);
	}
	buf_char(b, '"');
}

static enum rc bip329_addresses(struct exporting *x)
{
	struct query *q = store_query(x->ledger->db,
	    SQL("SELECT l.script, l.batch, l.number - b.first,"
		" CASE WHEN l.is_shared = 0 THEN a.purpose ELSE '' END,"
		" l.is_shared FROM leaf l JOIN batch b ON b.number = l.batch"
		" LEFT JOIN ask a ON a.leaf = l.number AND a.is_shared = 0"
		" WHERE a.id NOT NULL OR l.is_shared = 1"
		" OR EXISTS (SELECT 1 FROM payment p WHERE p.leaf = l.number)"
		" ORDER BY l.number"));
	enum rc rc;

	while ((rc = query_step(q)) == RC_OK) {
		buf_lit(&x->b, "{\"type\":\"addr\",\"ref\":\"");
		put_address(x, query_str(q, 0));
		buf_lit(&x->b, "\",\"label\":");
		put_label(&x->b, q, 1);
		buf_lit(&x->b, "}\n");
		rc = flush(x, PIECE);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc bip329_outputs(struct exporting *x)
{
	struct query *q = store_query(x->ledger->db,
	    SQL("SELECT p.txid, p.vout, l.batch, l.number - b.first,"
		" CASE WHEN l.is_shared = 0 THEN a.purpose ELSE '' END,"
		" l.is_shared, p.state FROM payment p"
		" JOIN leaf l ON l.number = p.leaf"
		" JOIN batch b ON b.number = l.batch"
		" LEFT JOIN ask a ON a.leaf = l.number AND a.is_shared = 0"
		" WHERE p.state IN (0, 1, 2, 3) ORDER BY p.id"));
	enum rc rc;

	while ((rc = query_step(q)) == RC_OK) {
		struct hash256 txid = query_hash(q, 0);

		buf_lit(&x->b, "{\"type\":\"tx\",\"ref\":\"");
		hash256_text_id(&x->b, &txid);
		buf_lit(&x->b, "\",\"label\":\"gift\"}\n");
		buf_lit(&x->b, "{\"type\":\"output\",\"ref\":\"");
		hash256_text_id(&x->b, &txid);
		buf_printf(
		    &x->b, ":%u\",\"label\":", (unsigned)query_i64(q, 1));
		put_label(&x->b, q, 2);
		buf_lit(&x->b, "}\n");
		rc = flush(x, PIECE);
		if (rc != RC_OK)
			break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

typedef void put_fn(struct exporting *, const struct entry *, struct str);

static put_fn *start_of(struct exporting *x, enum ledger_format format)
{
	switch (format) {
	case LEDGER_CSV:
		buf_lit(&x->b,
		    "seq,kind,booked,date,txid,vout,block,height,address,"
		    "about,btc,debit,credit,currency,value,price,source,"
		    "rate_time,hash\r\n");
		return csv_entry;
	case LEDGER_JSON:
		buf_lit(&x->b, "{\"farthing_entries\": 1, \"network\": ");
		escape_json(&x->b, network_name(x->ledger->network));
		buf_lit(&x->b, ", \"entries\": [");
		return json_entry;
	case LEDGER_HLEDGER:
		buf_lit(&x->b, "; farthing ledger, network ");
		buf_add(&x->b, network_name(x->ledger->network));
		buf_lit(&x->b, "\ncommodity 1000. sat\ndecimal-mark .\n\n");
		return hledger_entry;
	case LEDGER_BIP329:
		break;
	}
	return NULL;
}

static void put_end(struct exporting *x, enum ledger_format format)
{
	if (format == LEDGER_JSON)
		buf_lit(&x->b, "\n]}\n");
}

static enum rc export_as(struct exporting *x, enum ledger_format format)
{
	put_fn *put = start_of(x, format);
	enum rc rc;

	if (put) {
		rc = export_entries(x, put);
		put_end(x, format);
		return rc;
	}
	rc = bip329_addresses(x);
	return rc == RC_OK ? bip329_outputs(x) : rc;
}

/* Entries behind AFTER, until B is long enough. *RET_LAST: the last of them,
 * and 0 if there are no more. */
static enum rc put_some(struct exporting *x, put_fn *put, uint64_t after,
    uint64_t upto, uint64_t *ret_last)
{
	struct query *q = store_query(x->ledger->db,
	    SQL(ENTRIES " WHERE e.seq > ?1 AND e.seq <= ?2 ORDER BY e.seq"));
	struct entry e;
	enum rc rc;

	*ret_last = 0;
	query_add_i64(q, (int64_t)after);
	query_add_i64(q, (int64_t)upto);
	while ((rc = query_step(q)) == RC_OK) {
		rc = book_read(q, NULL, &e);
		if (rc != RC_OK)
			break;
		x->was_valued = !query_is_null(q, 23);
		put(x, &e, query_str(q, 22));
		if (x->b.n < PIECE_SENT)
			continue;
		*ret_last = e.seq < upto ? e.seq : 0;
		break;
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc ledger_export_piece(struct ledger *ledger, enum ledger_format format,
    uint64_t after, uint64_t upto, struct buf *out, uint64_t *ret_next,
    struct err *err)
{
	struct exporting x = {.ledger = ledger, .is_first = after == 0};
	uint64_t next = 0;
	put_fn *put;
	enum rc rc;

	if (format == LEDGER_BIP329 || upto > INT64_MAX || after > upto)
		return err_set(err, RC_INVALID, "no such piece");
	buf_init(&x.b, PIECE_MOST);
	put = start_of(&x, format);
	must(put);
	if (after > 0)
		buf_clear(&x.b);
	rc = put_some(&x, put, after, upto, &next);
	if (rc == RC_OK && next == 0)
		put_end(&x, format);
	if (rc == RC_OK)
		rc = buf_rc(&x.b);
	if (rc == RC_OK) {
		buf_add(out, buf_str(&x.b));
		rc = buf_rc(out);
	}
	buf_done(&x.b);
	if (rc != RC_OK)
		return store_fail(
		    ledger->db, rc, "writing the ledger out", err);
	*ret_next = next;
	return RC_OK;
}

enum rc ledger_export(struct ledger *ledger, enum ledger_format format,
    enum rc (*sink)(void *ctx, struct str bytes), void *ctx, struct err *err)
{
	struct exporting x = {
	    .ledger = ledger,
	    .sink = sink,
	    .ctx = ctx,
	    .is_first = true,
	};
	enum rc rc;

	buf_init(&x.b, PIECE_MOST);
	rc = export_as(&x, format);
	if (rc == RC_OK)
		rc = flush(&x, 1);
	buf_done(&x.b);
	return rc == RC_OK
		   ? RC_OK
		   : store_fail(ledger->db, rc, "writing the ledger out", err);
}
