/* SPDX-License-Identifier: MIT
 *
 * Opening, closing, transactions and settings of the till's book; see
 * ledger.h and, for what must stay true, ledger_priv.h.
 */
#include "ledger/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "coin/address_find.h"
#include "coin/payee.h"
#include "ledger/ledger_priv.h"
#include "ledger/schema.h"

enum {
	SCRATCH_MAX = 16 * 1024 * 1024,
	SETTINGS_ROOM_MAX = 1024 * 1024,
	CACHE_KB = 16 * 1024,
	DAY_S = 86400,
};

int32_t day_of(struct instant t)
{
	int64_t s = instant_s(t);

	return (int32_t)(s >= 0 ? s / DAY_S : -((-s + DAY_S - 1) / DAY_S));
}

struct instant day_start(int32_t day)
{
	return INSTANT_OF_S((int64_t)day * DAY_S);
}

static enum rc numbers_load(struct ledger *ledger)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT id, value FROM number ORDER BY id"));
	int64_t n[NUMBERS] = {[NUMBER_NETWORK] = -1};
	enum rc rc;

	while ((rc = query_step(q)) == RC_OK) {
		int64_t id = query_i64(q, 0);

		if (id >= 0 && id < NUMBERS)
			n[id] = query_i64(q, 1);
	}
	query_end(q);
	if (rc != RC_NOT_FOUND)
		return rc;
	memcpy(ledger->n, n, sizeof(n));
	memcpy(ledger->saved, n, sizeof(n));
	return RC_OK;
}

static enum rc numbers_save(struct ledger *ledger)
{
	for (int i = 0; i < NUMBERS; i++) {
		struct query *q;
		enum rc rc;

		if (ledger->n[i] == ledger->saved[i])
			continue;
		q = store_query(ledger->db,
		    SQL("INSERT INTO number (id, value) VALUES (?1, ?2)"
			" ON CONFLICT (id) DO UPDATE"
			" SET value = excluded.value"));
		query_add_i64(q, i);
		query_add_i64(q, ledger->n[i]);
		rc = query_run(q, NULL);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

enum rc ledger_begin(struct ledger *ledger, struct err *err)
{
	enum rc rc;

	must(!ledger->is_reader && !ledger->installing);
	arena_reset(ledger->scratch);
	ledger->work.n = 0;
	if (err) {
		err->rc = RC_OK;
		err->why[0] = '\0';
	}
	rc = store_begin(ledger->db);
	return rc == RC_OK
		   ? RC_OK
		   : store_fail(ledger->db, rc, "beginning a change", err);
}

enum rc ledger_end(
    struct ledger *ledger, enum rc rc, const char *doing, struct err *err)
{
	if (rc == RC_OK)
		rc = numbers_save(ledger);
	if (rc == RC_OK)
		rc = store_commit(ledger->db);
	if (rc == RC_OK) {
		memcpy(ledger->saved, ledger->n, sizeof(ledger->n));
		return RC_OK;
	}
	/* Words that a rule has found are better than the database's. */
	if (err && err->rc == RC_OK)
		store_fail(ledger->db, rc, doing, err);
	store_rollback(ledger->db);
	memcpy(ledger->n, ledger->saved, sizeof(ledger->n));
	ledger->is_tip_known = false;
	ledger->entries = -1; /* to be read again */
	return rc;
}

static enum rc setting_load(struct ledger *ledger, struct str *ret_text)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT substr(value, 1, ?1) FROM setting"
			    " WHERE key = 'support'"));
	struct str text = STR("");
	enum rc rc;

	query_add_i64(q, SETTINGS_TEXT_MOST + 1);
	rc = query_step(q);
	if (rc == RC_OK) {
		text = query_copy(q, ledger->settings_room, 0);
		if (!text.p)
			rc = RC_NO_MEMORY;
	}
	query_end(q);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	*ret_text = text;
	return RC_OK;
}

/* Settings that cannot be read, since they were edited or are of another
 * version, stop gifts but not the book: it goes on by the usual ones. */
static enum rc settings_load(struct ledger *ledger, struct err *err)
{
	struct str text;
	enum rc rc = setting_load(ledger, &text);

	if (rc != RC_OK)
		return store_fail(ledger->db, rc, "reading the settings", err);
	rc =
	    settings_parse(ledger->settings_room, text, &ledger->settings, err);
	if (rc == RC_NO_MEMORY)
		return err_prefix(err, rc, "settings of support: ");
	ledger->settings_are_bad = rc != RC_OK;
	if (rc != RC_OK)
		settings_default(&ledger->settings);
	ledger->settings_text = text;
	return RC_OK;
}

static enum rc ledger_check_network(struct ledger *ledger,
    const struct ledger_options *options, struct err *err)
{
	enum rc rc;

	if (ledger->n[NUMBER_NETWORK] == (int64_t)options->network)
		return RC_OK;
	if (ledger->n[NUMBER_NETWORK] >= 0)
		return err_set(err, RC_INVALID,
		    "the till's book is of another network than \"%.*s\"",
		    STR_ARG(network_name(options->network)));
	if (ledger->is_reader)
		return RC_OK; /* nothing was written yet */
	rc = ledger_begin(ledger, err);
	if (rc != RC_OK)
		return rc;
	ledger->n[NUMBER_NETWORK] = (int64_t)options->network;
	return ledger_end(ledger, rc, "writing the network", err);
}

static enum rc ledger_start(struct ledger *ledger, struct str path,
    const struct ledger_options *options, struct err *err)
{
	const struct store_options how = {
	    .mode = options->is_reader ? STORE_READER : STORE_WRITER,
	    .may_create = options->may_create,
	    .is_durable = !options->may_lose_newest,
	    .cache_kb = CACHE_KB,
	};
	char *name = arena_cstr(ledger->scratch, path);
	const struct migration *list;
	size_t n;
	enum rc rc;

	must(name);
	list = schema_till(&n);
	rc = store_open(path, &how, &ledger->db, err);
	if (rc == RC_OK)
		rc = options->is_reader
			 ? migration_check(ledger->db, name, list, n, err)
			 : migration_run(ledger->db, name, list, n, err);
	if (rc != RC_OK)
		return rc;
	rc = numbers_load(ledger);
	if (rc == RC_OK)
		rc = book_open(ledger);
	if (rc != RC_OK)
		return store_fail(ledger->db, rc, "opening the book", err);
	rc = settings_load(ledger, err);
	return rc == RC_OK ? ledger_check_network(ledger, options, err) : rc;
}

enum rc ledger_open(struct str path, const struct ledger_options *options,
    struct ledger **ret_ledger, struct err *err)
{
	struct ledger *ledger = calloc(1, sizeof(*ledger));
	enum rc rc;

	if (!ledger)
		must_failed(
		    "memory for a ledger", __FILE__, __LINE__, __func__);
	ledger->scratch = arena_new(SCRATCH_MAX);
	ledger->settings_room = arena_new(SETTINGS_ROOM_MAX);
	ledger->network = options->network;
	ledger->is_reader = options->is_reader;
	rc = ledger_start(ledger, path, options, err);
	if (rc == RC_OK)
		*ret_ledger = ledger;
	else
		ledger_close(ledger);
	return rc;
}

void ledger_close(struct ledger *ledger)
{
	if (!ledger)
		return;
	if (ledger->installing)
		ledger_install_cancel(ledger);
	store_close(ledger->db);
	arena_free(ledger->scratch);
	arena_free(ledger->settings_room);
	free(ledger->work.v);
	free(ledger);
}

void ledger_use_pin(struct ledger *ledger, const struct pin *pin)
{
	ledger->pin = pin;
}

const struct ledger_settings *ledger_settings(const struct ledger *ledger)
{
	return &ledger->settings;
}

struct str ledger_settings_text(const struct ledger *ledger)
{
	return ledger->settings_text;
}

uint64_t ledger_version(const struct ledger *ledger)
{
	return (uint64_t)ledger->n[NUMBER_VERSION];
}

static enum rc setting_save(struct ledger *ledger, struct str text)
{
	struct query *q = store_query(ledger->db,
	    SQL("INSERT INTO setting (key, value) VALUES ('support', ?1)"
		" ON CONFLICT (key) DO UPDATE SET value = excluded.value"));

	query_add_str(q, text);
	return query_run(q, NULL);
}

/* Readers' pages would not show them: nobody has signed it. */
static enum rc check_no_address(struct str text, struct err *err)
{
	enum payee_kind kind;
	struct address_found found;
	size_t at = 0;

	if (address_find(text, &at, &found))
		return err_set(err, RC_INVALID,
		    "an address stands in the words, %.*s: readers cannot "
		    "check whose it is. Leave it out; they are shown addresses "
		    "of the signed batch",
		    STR_ARG(str_part(found.text, 0, 64)));
	kind = payee_find(text);
	if (kind == PAYEE_NONE)
		return RC_OK;
	return err_set(err, RC_INVALID,
	    "%s stands in the words: readers cannot check whose it is. Leave "
	    "it out; they are shown addresses of the signed batch",
	    payee_name(kind));
}

/* Fewer confirmations may settle what waits for more. */
static enum rc settle_anew(struct ledger *ledger, struct instant now)
{
	enum rc rc = work_add_query(
	    ledger, store_query(ledger->db,
			SQL("SELECT id FROM payment WHERE state = 1")));

	return rc == RC_OK ? work_do(ledger, now) : rc;
}

/* In one step of the ledger; on failure the old ones are in force. */
static enum rc settings_put(struct ledger *ledger, struct str text,
    const struct ledger_settings *settings, struct instant now, struct err *err)
{
	struct ledger_settings old = ledger->settings;
	enum rc rc = ledger_begin(ledger, err);

	if (rc != RC_OK)
		return rc;
	rc = setting_save(ledger, text);
	ledger->n[NUMBER_VERSION]++;
	/* What is known of the sources is of others. */
	if (settings->has_rate_sources != old.has_rate_sources ||
	    settings->rate_sources != old.rate_sources)
		ledger->n[NUMBER_SOURCES] = ledger->n[NUMBER_ANSWERING] = 0;
	ledger->settings = *settings;
	if (rc == RC_OK)
		rc = settle_anew(ledger, now);
	rc = ledger_end(ledger, rc, "changing the settings", err);
	if (rc != RC_OK)
		ledger->settings = old;
	return rc;
}

enum rc ledger_set_settings(
    struct ledger *ledger, struct str text, struct instant now, struct err *err)
{
	struct arena *room = arena_new(SETTINGS_ROOM_MAX);
	struct ledger_settings settings;
	struct str copy = arena_copy(room, text);
	enum rc rc = copy.p ? settings_parse(room, copy, &settings, err)
			    : err_set(err, RC_NO_MEMORY, "no memory");

	if (rc == RC_OK)
		rc = settings_check(&settings, err);
	if (rc == RC_OK)
		rc = check_no_address(copy, err);
	if (rc == RC_OK)
		rc = settings_put(ledger, copy, &settings, now, err);
	if (rc != RC_OK) {
		arena_free(room);
		return rc;
	}
	arena_free(ledger->settings_room);
	ledger->settings_room = room;
	ledger->settings_text = copy;
	ledger->settings_are_bad = false;
	return RC_OK;
}

void query_add_hash(struct query *q, const struct hash256 *h)
{
	query_add_blob(q, hash256_str(h));
}

struct hash256 query_hash(struct query *q, int column)
{
	struct str s = query_str(q, column);
	struct hash256 h = {{0}};

	if (s.n == sizeof(h.b))
		memcpy(h.b, s.p, sizeof(h.b));
	return h;
}

void query_add_mark(struct query *q, struct mark m)
{
	query_add_i64(q, m.epoch);
	query_add_i64(q, (int64_t)m.seq);
}

struct mark query_mark(struct query *q, int column)
{
	return (struct mark){
	    (uint32_t)query_i64(q, column), (uint64_t)query_i64(q, column + 1)};
}

struct mark ledger_mark(const struct ledger *ledger, enum number epoch)
{
	return (struct mark){
	    (uint32_t)ledger->n[epoch], (uint64_t)ledger->n[epoch + 1]};
}

enum rc query_sat(struct query *q, int column, struct sat *ret)
{
	int64_t raw = query_i64(q, column);

	if (!sat_is_valid(raw))
		return RC_IO;
	*ret = sat_of_raw(raw);
	return RC_OK;
}

enum rc query_sum(struct query *q, int coins, struct sat *ret)
{
	int64_t whole = query_i64(q, coins);
	int64_t sats = query_i64(q, coins + 1);

	if (whole < 0 || sats < 0)
		return RC_IO;
	if (whole > SAT_MAX / SAT_PER_BTC ||
	    sats > SAT_MAX - whole * SAT_PER_BTC)
		*ret = sat_of_raw(SAT_MAX);
	else
		*ret = sat_of_raw(whole * SAT_PER_BTC + sats);
	return RC_OK;
}

enum rc query_fiat(struct query *q, int column, struct fiat *ret)
{
	int64_t raw = query_i64(q, column);

	if (!fiat_is_valid(raw))
		return RC_IO;
	*ret = fiat_of_raw(raw);
	return RC_OK;
}

enum rc query_count(struct query *q, int column, int64_t *ret)
{
	int64_t raw = query_i64(q, column);

	if (raw < 0 || raw > UINT32_MAX)
		return RC_IO;
	*ret = raw;
	return RC_OK;
}

enum rc query_time(struct query *q, int column, struct instant *ret)
{
	int64_t us = query_i64(q, column);

	if (us < 0 || us > INT64_C(253402300799999999))
		return RC_IO;
	ret->us = us;
	return RC_OK;
}

enum rc query_currency(
    struct query *q, int code, int decimals, struct currency *ret)
{
	struct str s = query_str(q, code);
	int64_t n = query_i64(q, decimals);
	struct currency c = {{0}, 0};

	if (s.n != 3 || n < 0 || n > 8)
		return RC_IO;
	memcpy(c.code, s.p, s.n);
	c.decimals = (uint8_t)n;
	*ret = c;
	return RC_OK;
}

enum rc query_rate(
    struct query *q, int price, struct currency currency, struct rate *ret_rate)
{
	struct rate rate = {.currency = currency};
	struct str source = query_str(q, price + 1);
	enum rc rc = query_fiat(q, price, &rate.price);

	if (rc == RC_OK)
		rc = query_time(q, price + 2, &rate.at);
	if (rc != RC_OK || source.n > RATE_SOURCE_MAX)
		return RC_IO;
	if (source.n > 0)
		memcpy(rate.source, source.p, source.n);
	*ret_rate = rate;
	return RC_OK;
}

void query_add_rate(struct query *q, const struct rate *rate)
{
	query_add_i64(q, fiat_raw(rate->price));
	query_add_str(q, str_of(rate->source));
	query_add_i64(q, rate->at.us);
}
