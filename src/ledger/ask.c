/* SPDX-License-Identifier: MIT
 *
 * Who asks is given an address (reserve.c), and the ask is remembered under a
 * hash of its token.
 */
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "ledger/ledger_priv.h"

#define MINUTE_US INT64_C(60000000)

struct hash256 token_hash(const struct ledger_token *token)
{
	return hash_tagged(STR("farthing receipt"),
	    (struct str){(const char *)token->b, LEDGER_TOKEN_BYTES});
}

struct hash256 token_seal(const struct ledger_token *token, int64_t leaf,
    bool is_shared, bool is_common)
{
	uint8_t bytes[LEDGER_TOKEN_BYTES + 10];

	memcpy(bytes, token->b, LEDGER_TOKEN_BYTES);
	for (unsigned i = 0; i < 8; i++)
		bytes[LEDGER_TOKEN_BYTES + i] =
		    (uint8_t)((uint64_t)leaf >> (56 - 8 * i));
	bytes[LEDGER_TOKEN_BYTES + 8] = is_shared;
	bytes[LEDGER_TOKEN_BYTES + 9] = is_common;
	return hash_tagged(STR("farthing ask"),
	    (struct str){(const char *)bytes, sizeof(bytes)});
}

static struct ledger_token token_common(const struct statement *s, int64_t leaf)
{
	struct hash256 hash = statement_hash(s);
	struct ledger_token token;
	uint8_t bytes[HASH256_BYTES + 8];

	memcpy(bytes, hash.b, HASH256_BYTES);
	for (unsigned i = 0; i < 8; i++)
		bytes[HASH256_BYTES + i] =
		    (uint8_t)((uint64_t)leaf >> (56 - 8 * i));
	hash = hash_tagged(STR("farthing common receipt"),
	    (struct str){(const char *)bytes, sizeof(bytes)});
	memcpy(token.b, hash.b, sizeof(token.b));
	return token;
}

static enum rc request_check(struct ledger *ledger,
    const struct ledger_request *r, struct instant now, struct err *err)
{
	const struct ledger_settings *s = &ledger->settings;
	const struct settings_campaign *c;
	int64_t money = fiat_raw(r->money);

	if (sat_raw(r->amount) < 0 || money < 0 ||
	    (sat_raw(r->amount) > 0 && money > 0))
		return err_set(err, RC_INVALID, "this is no amount to ask for");
	if (money > 0 && !s->has_currency)
		return err_set(
		    err, RC_INVALID, "amounts can be asked in bitcoin only");
	if (money > 0 && !settings_offers(s, r->money))
		return err_set(err, RC_INVALID,
		    "the amount is outside of what can be asked for");
	if (r->purpose.kind != PURPOSE_CAMPAIGN)
		return RC_OK;
	c = settings_campaign(s, r->purpose.name);
	if (!c || day_of(now) < c->from_day || day_of(now) > c->to_day)
		return err_set(err, RC_INVALID,
		    "there is no campaign \"%.*s\" now",
		    STR_ARG(r->purpose.name));
	return RC_OK;
}

static enum rc ask_insert(struct ledger *ledger, const struct ledger_request *r,
    const struct choice *c, struct instant now)
{
	bool is_common = c->limit == ASK_FLOOD;
	struct hash256 hash = token_hash(&c->token);
	struct hash256 seal =
	    token_seal(&c->token, c->leaf, !c->is_own, is_common);
	struct sat wanted = is_common ? SAT_ZERO : r->amount;
	struct fiat money = is_common ? fiat_of_raw(0) : r->money;
	struct rate rate = {.currency = ledger->settings.currency};
	bool has_rate;
	struct query *q;
	enum rc rc = ledger_rate(ledger, now, &rate, NULL);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	has_rate = rc == RC_OK && !is_common;
	if (has_rate && fiat_raw(money) > 0)
		has_rate = rate_sat(&rate, money, &wanted);
	else if (has_rate && sat_raw(wanted) > 0)
		has_rate = rate_fiat(&rate, wanted, &money);
	q = store_query(ledger->db,
	    SQL("INSERT INTO ask (token, leaf, is_shared, is_common, is_open,"
		" asked_us, kind, purpose, wanted, money, currency, decimals,"
		" seal, net, price, source, rate_us, ends_us)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
		" ?13, ?14, ?15, ?16, ?17, ?18)"
		" ON CONFLICT (token) DO NOTHING RETURNING id"));
	query_add_hash(q, &hash);
	query_add_i64(q, c->leaf);
	query_add_i64(q, c->is_own ? 0 : 1);
	query_add_i64(q, is_common ? 1 : 0);
	query_add_i64(q, c->is_own ? 1 : 0);
	query_add_i64(q, now.us);
	query_add_i64(q, is_common ? PURPOSE_GENERAL : r->purpose.kind);
	query_add_str(q, is_common ? STR("") : r->purpose.name);
	query_add_i64(q, sat_raw(wanted));
	query_add_i64(q, fiat_raw(money));
	query_add_str(q, str_of(ledger->settings.currency.code));
	query_add_i64(q, ledger->settings.currency.decimals);
	query_add_hash(q, &seal);
	if (reserve_knows_net(r) && !is_common)
		query_add_blob(
		    q, (struct str){(const char *)r->net, LEDGER_NET_BYTES});
	else
		query_add_null(q);
	if (has_rate) {
		query_add_rate(q, &rate);
		query_add_i64(
		    q, now.us +
			   (int64_t)ledger->settings.quote_minutes * MINUTE_US);
	}
	rc = query_step(q);
	query_end(q);
	if (rc == RC_NOT_FOUND)
		return is_common ? RC_OK : RC_EXISTS;
	/* Not the token: the leaf is in another ask. */
	return rc == RC_EXISTS ? RC_DENIED : rc;
}

enum rc ledger_note_proof(
    struct ledger *ledger, int64_t leaf, bool holds, struct err *err)
{
	/* Any number can stand in an edited row. */
	bool is_number = leaf >= 0 && leaf < INT64_MAX;
	int64_t bad = holds ? 0 : is_number ? leaf + 1 : INT64_MAX;
	enum rc rc;

	if (ledger->is_reader || ledger->n[NUMBER_BAD_PROOF] == bad)
		return RC_OK;
	rc = ledger_begin(ledger, err);
	if (rc != RC_OK)
		return rc;
	ledger->n[NUMBER_BAD_PROOF] = bad;
	ledger->n[NUMBER_VERSION]++;
	return ledger_end(ledger, RC_OK, "noting a damaged address", err);
}

/* No batch has that leaf: a row was edited that named it, and what matters is
 * whether the row still does, which is found out when it is used again. */
static enum rc leaf_is_of_none(struct ledger *ledger, int64_t leaf, bool *ret)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT count(*) FROM batch WHERE first <= ?1"
			    " AND ?1 - first < count"));
	int64_t n = 0;
	enum rc rc;

	query_add_i64(q, leaf);
	rc = query_one(q, &n);
	*ret = n == 0;
	return rc;
}

enum rc ask_check_old(
    struct ledger *ledger, struct instant now, struct err *err)
{
	int64_t bad = ledger->n[NUMBER_BAD_PROOF];
	struct proof proof = {0};
	bool is_of_none = false;
	struct leaf_row leaf;
	struct arena *a;
	enum rc rc;

	if (bad == 0)
		return RC_OK;
	a = arena_new(64 * 1024);
	bad = bad > 0 ? bad - 1 : -1;
	rc = leaf_prove(ledger, a, bad, now, &leaf, &proof, err);
	arena_free(a);
	if (rc == RC_DENIED && ledger->pin) {
		enum rc looked = leaf_is_of_none(ledger, bad, &is_of_none);

		if (looked != RC_OK)
			return store_fail(
			    ledger->db, looked, "reading batches", err);
	}
	if (rc == RC_OK || rc == RC_GONE || is_of_none)
		rc = ledger_note_proof(ledger, bad, true, err);
	return rc;
}

/* All within the transaction that hands a leaf out. *RET_BAD: the leaf's proof
 * does not hold. */
static enum rc ask_within(struct ledger *ledger,
    const struct ledger_request *request, struct instant now,
    struct choice *choice, bool *ret_bad, struct err *err)
{
	struct proof proof = {0};
	struct leaf_row leaf;
	enum rc rc = reserve_leaf(ledger, request, now, choice, err);

	if (rc != RC_OK)
		return rc;
	rc = leaf_prove(
	    ledger, ledger->scratch, choice->leaf, now, &leaf, &proof, err);
	*ret_bad = rc == RC_DENIED && ledger->pin;
	if (rc != RC_OK)
		return rc;
	if (leaf.is_shared == choice->is_own)
		return err_set(err, RC_IO,
		    "till.db: leaf %lld is not what its batch says",
		    (long long)choice->leaf);
	if (choice->limit == ASK_FLOOD)
		choice->token = token_common(&proof.statement, choice->leaf);
	rc = ask_insert(ledger, request, choice, now);
	if (rc == RC_EXISTS)
		return err_set(err, rc, "this token was used before");
	if (rc == RC_DENIED)
		return err_set(err, rc,
		    "till.db: leaf %lld is next, but it was handed out "
		    "before: a row was damaged or edited",
		    (long long)choice->leaf);
	return rc == RC_OK ? reserve_pledge(ledger, choice, err) : rc;
}

enum rc ledger_look_ahead(
    struct ledger *ledger, struct instant now, struct err *err)
{
	int64_t leaves[2] = {-1, -1};
	enum rc rc = reserve_next(ledger, leaves);

	if (rc == RC_NOT_FOUND || rc == RC_LIMIT || !ledger->pin ||
	    ledger->n[NUMBER_BAD_PROOF] != 0)
		return RC_OK; /* it is paused already */
	if (rc != RC_OK)
		return store_fail(ledger->db, rc, "looking ahead", err);
	for (unsigned i = 0; i < 2 && leaves[i] >= 0; i++) {
		struct arena *a = arena_new(64 * 1024);
		struct proof proof = {0};
		struct leaf_row leaf;

		rc = leaf_prove(ledger, a, leaves[i], now, &leaf, &proof, err);
		arena_free(a);
		if (rc == RC_DENIED) {
			enum rc noted =
			    ledger_note_proof(ledger, leaves[i], false, NULL);

			return noted == RC_OK ? rc : noted;
		}
		if (rc != RC_OK && rc != RC_GONE)
			return rc;
	}
	return RC_OK;
}

enum rc ledger_ask(struct ledger *ledger, const struct ledger_request *request,
    struct instant now, enum ledger_ask_limit *ret_limit,
    struct ledger_token *ret_token, struct err *err)
{
	struct choice choice = {.limit = ASK_OWN, .token = request->token};
	bool is_bad = false;
	enum rc rc;

	if (ledger->settings_are_bad)
		return err_set(
		    err, RC_GONE, "the settings of support cannot be read");
	rc = request_check(ledger, request, now, err);
	if (rc == RC_OK)
		rc = ask_check_old(ledger, now, err);
	if (rc == RC_OK)
		rc = ledger_catch_up(ledger, now, err);
	if (rc == RC_OK)
		rc = ledger_begin(ledger, err);
	if (rc != RC_OK)
		return rc;
	rc = ask_within(ledger, request, now, &choice, &is_bad, err);
	rc = ledger_end(ledger, rc, "reserving an address", err);
	if (is_bad) {
		enum rc noted =
		    ledger_note_proof(ledger, choice.leaf, false, NULL);

		return noted == RC_OK ? rc : noted;
	}
	if (rc == RC_OK) {
		reserve_done(ledger, &choice);
		*ret_limit = choice.limit;
		*ret_token = choice.token;
	}
	return rc;
}
