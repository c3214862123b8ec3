/* SPDX-License-Identifier: MIT
 *
 * Who asks is given an address, and the ask is remembered under a hash of its
 * token.
 *
 * Addresses of a batch's own leaves are few, so they are rationed: by network,
 * and by how many may be out unpaid. Beyond that a shared one is given, so that
 * whoever uses the ration up stops nobody's gift. The memory for asks of
 * shared ones is rationed too: beyond that all get one common ask, whose token
 * is no secret.
 */
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "ledger/ledger_priv.h"

enum {
	SHARED_IN_HOUR = 1000, /* asks of shared addresses that are kept */
};

#define HOUR_US	  INT64_C(3600000000)
#define DAY_US	  INT64_C(86400000000)
#define MINUTE_US INT64_C(60000000)

struct choice {
	enum ledger_ask_limit limit;
	int64_t leaf;
	uint32_t batch;
	bool is_own;
};

struct hash256 token_hash(const struct ledger_token *token)
{
	return hash_tagged(STR("farthing receipt"),
	    (struct str){(const char *)token->b, LEDGER_TOKEN_BYTES});
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
	if (money > 0 &&
	    ((fiat_raw(s->most) > 0 && money > fiat_raw(s->most)) ||
		money < fiat_raw(s->least)))
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

static bool net_is_known(const struct ledger_request *r)
{
	static const uint8_t zeros[LEDGER_NET_BYTES];

	return memcmp(r->net, zeros, sizeof(zeros)) != 0;
}

/* Which ration is used up, if one is. */
static enum rc ration(struct ledger *ledger, const struct ledger_request *r,
    struct instant now, enum ledger_ask_limit *ret_limit)
{
	const struct ledger_settings *s = &ledger->settings;
	int64_t n = 0;
	struct query *q;
	enum rc rc;

	*ret_limit = ASK_OWN;
	if (net_is_known(r)) {
		q = store_query(
		    ledger->db, SQL("SELECT count(*) FROM ask WHERE net = ?1"
				    " AND net IS NOT NULL AND asked_us > ?2"
				    " AND is_shared = 0"));
		query_add_blob(
		    q, (struct str){(const char *)r->net, LEDGER_NET_BYTES});
		query_add_i64(q, now.us - DAY_US);
		rc = query_one(q, &n);
		if (rc != RC_OK)
			return rc;
		if (n >= s->network_most) {
			*ret_limit = ASK_NETWORK;
			return RC_OK;
		}
	}
	q = store_query(
	    ledger->db, SQL("SELECT count(*) FROM ask WHERE is_open = 1"));
	rc = query_one(q, &n);
	if (rc == RC_OK && n >= s->window)
		*ret_limit = ASK_WINDOW;
	return rc;
}

static enum rc shared_is_flooded(
    struct ledger *ledger, struct instant now, bool *ret)
{
	int64_t n = 0;
	struct query *q = store_query(
	    ledger->db, SQL("SELECT count(*) FROM ask WHERE is_shared = 1"
			    " AND asked_us > ?1"));
	enum rc rc;

	query_add_i64(q, now.us - HOUR_US);
	rc = query_one(q, &n);
	*ret = n >= SHARED_IN_HOUR;
	return rc;
}

/* The first leaf of BATCH from LEAF on that nobody was given and nobody has
 * paid to. Where the count of those handed out is from before (a copy of
 * till.db was put back, a row was edited), the asks and what the chain has told
 * since know better. RC_NOT_FOUND: none is left. */
static enum rc leaf_fresh(
    struct ledger *ledger, uint32_t batch, int64_t leaf, int64_t *ret_leaf)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT l.number FROM leaf l WHERE l.batch = ?1"
		" AND l.number >= ?2 AND NOT EXISTS (SELECT 1 FROM payment p"
		" WHERE p.leaf = l.number) AND NOT EXISTS (SELECT 1 FROM ask a"
		" WHERE a.leaf = l.number AND a.is_shared = 0)"
		" ORDER BY l.number LIMIT 1"));

	query_add_i64(q, batch);
	query_add_i64(q, leaf);
	return query_one(q, ret_leaf);
}

/* Takes a leaf of one's own, from FIRST + NEXT on. RC_NOT_FOUND as above. */
static enum rc leaf_take(
    struct ledger *ledger, struct choice *choice, int64_t first, int64_t next)
{
	struct query *q;
	enum rc rc =
	    leaf_fresh(ledger, choice->batch, first + next, &choice->leaf);

	if (rc != RC_OK)
		return rc;
	q = store_query(
	    ledger->db, SQL("UPDATE batch SET next = ?2 WHERE number = ?1"));
	query_add_i64(q, choice->batch);
	query_add_i64(q, choice->leaf - first + 1);
	return query_run(q, NULL);
}

static enum rc used_up(uint32_t batch, struct err *err)
{
	return err_set(err, RC_GONE,
	    "all addresses of batch %u were handed out: sign and install the "
	    "next one",
	    (unsigned)batch);
}

static enum rc leaf_choose(struct ledger *ledger,
    const struct ledger_request *r, struct instant now, struct choice *choice,
    struct err *err)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT number, first, count, shared, next FROM batch"
		" ORDER BY number DESC LIMIT 1"));
	int64_t first = 0;
	int64_t count = 0;
	int64_t shared = 0;
	int64_t next = 0;
	int64_t turn;
	bool is_flooded = false;
	enum rc rc = query_step(q);

	if (rc == RC_OK) {
		choice->batch = (uint32_t)query_i64(q, 0);
		rc = query_count(q, 1, &first);
		if (rc == RC_OK)
			rc = query_count(q, 2, &count);
		if (rc == RC_OK)
			rc = query_count(q, 3, &shared);
		if (rc == RC_OK)
			rc = query_count(q, 4, &next);
	}
	query_end(q);
	if (rc == RC_NOT_FOUND)
		return err_set(err, RC_GONE, "no batch is installed yet");
	if (rc == RC_OK && next >= count)
		return used_up(choice->batch, err);
	if (rc == RC_OK)
		rc = ration(ledger, r, now, &choice->limit);
	if (rc != RC_OK)
		return rc;
	choice->is_own = choice->limit == ASK_OWN;
	if (choice->is_own) {
		/* The shared ones come first, whatever the rows say. */
		rc = leaf_take(
		    ledger, choice, first, next < shared ? shared : next);
		return rc == RC_NOT_FOUND ? used_up(choice->batch, err) : rc;
	}
	if (shared <= 0)
		return err_set(err, RC_LIMIT,
		    "too many addresses are out unpaid, and batch %u has no "
		    "shared ones",
		    (unsigned)choice->batch);
	rc = shared_is_flooded(ledger, now, &is_flooded);
	if (is_flooded)
		choice->limit = ASK_FLOOD;
	turn = ledger->n[NUMBER_NEXT_SHARED];
	turn = turn >= 0 && turn < shared ? turn : 0;
	choice->leaf = first + turn;
	ledger->n[NUMBER_NEXT_SHARED] = (turn + 1) % shared;
	return rc;
}

static enum rc ask_insert(struct ledger *ledger, const struct ledger_request *r,
    const struct choice *c, const struct ledger_token *token,
    struct instant now)
{
	bool is_common = c->limit == ASK_FLOOD;
	struct hash256 hash = token_hash(token);
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
		" net, price, source, rate_us, ends_us)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
		" ?13, ?14, ?15, ?16, ?17)"
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
	if (net_is_known(r) && !is_common)
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

enum rc ask_check_old(
    struct ledger *ledger, struct instant now, struct err *err)
{
	int64_t bad = ledger->n[NUMBER_BAD_PROOF];
	struct proof proof = {0};
	struct leaf_row leaf;
	struct arena *a;
	enum rc rc;

	if (bad == 0)
		return RC_OK;
	a = arena_new(64 * 1024);
	bad = bad > 0 ? bad - 1 : -1;
	rc = leaf_prove(ledger, a, bad, now, &leaf, &proof, err);
	arena_free(a);
	if (rc == RC_OK || rc == RC_GONE)
		rc = ledger_note_proof(ledger, bad, true, err);
	return rc;
}

enum rc ledger_ask(struct ledger *ledger, const struct ledger_request *request,
    struct instant now, enum ledger_ask_limit *ret_limit,
    struct ledger_token *ret_token, struct err *err)
{
	struct choice choice = {.limit = ASK_OWN};
	struct ledger_token token = request->token;
	struct proof proof = {0};
	struct leaf_row leaf;
	bool is_bad;
	enum rc rc = request_check(ledger, request, now, err);

	if (rc == RC_OK)
		rc = ask_check_old(ledger, now, err);
	if (rc == RC_OK)
		rc = ledger_begin(ledger, err);
	if (rc != RC_OK)
		return rc;
	rc = leaf_choose(ledger, request, now, &choice, err);
	is_bad = rc == RC_OK;
	if (rc == RC_OK)
		rc = leaf_prove(ledger, ledger->scratch, choice.leaf, now,
		    &leaf, &proof, err);
	is_bad = is_bad && rc == RC_DENIED && ledger->pin;
	if (rc == RC_OK && leaf.is_shared == choice.is_own)
		rc = err_set(err, RC_IO,
		    "till.db: leaf %lld is not what its "
		    "batch says",
		    (long long)choice.leaf);
	if (rc == RC_OK && choice.limit == ASK_FLOOD)
		token = token_common(&proof.statement, choice.leaf);
	if (rc == RC_OK)
		rc = ask_insert(ledger, request, &choice, &token, now);
	if (rc == RC_EXISTS && err && err->rc == RC_OK)
		err_set(err, rc, "this token was used before");
	if (rc == RC_DENIED && err && err->rc == RC_OK)
		err_set(err, rc,
		    "till.db: leaf %lld is next, but it was handed out "
		    "before: a row was damaged or edited",
		    (long long)choice.leaf);
	rc = ledger_end(ledger, rc, "reserving an address", err);
	if (is_bad) {
		enum rc noted =
		    ledger_note_proof(ledger, choice.leaf, false, NULL);

		return noted == RC_OK ? rc : noted;
	}
	if (rc == RC_OK) {
		*ret_limit = choice.limit;
		*ret_token = token;
	}
	return rc;
}
