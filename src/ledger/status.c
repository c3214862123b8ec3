/* SPDX-License-Identifier: MIT
 *
 * How the till stands.
 */
#include "base/arena.h"
#include "coin/statement.h"
#include "ledger/ledger_priv.h"
#include "ledger/rates.h"

enum { MINUTE_US = 60 * 1000000 };

static struct ledger_passed passed_of(const struct ledger *ledger)
{
	int64_t us = ledger->n[NUMBER_PASSED_US];

	return (struct ledger_passed){
	    .batch = (uint32_t)ledger->n[NUMBER_PASSED_BATCH],
	    .from = (uint32_t)ledger->n[NUMBER_PASSED_FROM],
	    .to = (uint32_t)ledger->n[NUMBER_PASSED_TO],
	    .at = us > 0 ? (struct instant){us} : INSTANT_NEVER,
	};
}

/* Whether a leaf from NEXT on was paid, though nobody was given it. */
static enum rc status_unasked(struct ledger *ledger, int64_t first,
    int64_t next, int64_t count, struct ledger_status *status)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT min(leaf) FROM payment WHERE leaf >= ?1"
			    " AND leaf < ?2"));
	enum rc rc;

	query_add_i64(q, first + next);
	query_add_i64(q, first + count);
	rc = query_step(q);
	if (rc == RC_OK && !query_is_null(q, 0)) {
		status->has_unasked = true;
		status->unasked = (uint32_t)(query_i64(q, 0) - first);
	}
	query_end(q);
	return rc;
}

/* What cannot be read is found out with the addresses' proofs. */
static void status_time(
    struct str text, struct instant now, struct ledger_status *status)
{
	struct statement s;

	if (statement_parse(text, &s, NULL) != RC_OK)
		return;
	status->until = s.until;
	if (now.us < s.from.us || now.us >= s.until.us)
		status->pause = LEDGER_OUT_OF_TIME;
}

/* The newest batch. RC_NOT_FOUND: there is none. */
static enum rc status_newest(
    struct ledger *ledger, struct instant now, struct ledger_status *status)
{
	struct query *q = store_query(ledger->db,
	    SQL("SELECT number, first, count, shared, next, statement FROM batch"
		" ORDER BY number DESC LIMIT 1"));
	int64_t first = 0;
	int64_t count = 0;
	int64_t shared = 0;
	int64_t next = 0;
	int64_t leaf;
	enum rc rc = query_step(q);

	if (rc == RC_OK) {
		status->batch = (uint32_t)query_i64(q, 0);
		rc = query_count(q, 1, &first);
		if (rc == RC_OK)
			rc = query_count(q, 2, &count);
		if (rc == RC_OK)
			rc = query_count(q, 3, &shared);
		if (rc == RC_OK)
			rc = query_count(q, 4, &next);
		status_time(query_str(q, 5), now, status);
	}
	query_end(q);
	if (rc != RC_OK)
		return rc;
	status->leaves = count > shared ? (uint64_t)(count - shared) : 0;
	status->left = count > next ? (uint64_t)(count - next) : 0;
	status->is_low = status->left * 5 <= status->leaves;
	rc = status_unasked(ledger, first, next, count, status);
	if (rc == RC_OK && status->left > 0 && status->has_unasked) {
		rc = reserve_fresh(ledger, status->batch,
		    first + (next < shared ? shared : next), &leaf);
		if (rc == RC_LIMIT)
			status->pause = LEDGER_TAKEN;
		if (rc == RC_NOT_FOUND)
			status->pause = LEDGER_USED_UP;
		if (rc == RC_LIMIT || rc == RC_NOT_FOUND)
			rc = RC_OK;
	}
	return rc;
}

/* The first batch that the pin knows and till.db does not. */
static enum rc status_missing(
    struct ledger *ledger, struct ledger_status *status)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT number FROM batch WHERE number >= ?1"
			    " ORDER BY number"));
	uint32_t want = ledger->pin->first;
	enum rc rc;

	query_add_i64(q, want);
	while ((rc = query_step(q)) == RC_OK && query_i64(q, 0) == want)
		want++;
	query_end(q);
	if (want - ledger->pin->first < ledger->pin->n_batches)
		status->missing = want;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc status_batch(
    struct ledger *ledger, struct instant now, struct ledger_status *status)
{
	enum rc rc = status_newest(ledger, now, status);
	bool has_batch = rc == RC_OK;

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (!ledger->pin)
		status->pause = LEDGER_NO_PIN;
	else if (!has_batch)
		status->pause = LEDGER_NO_BATCH;
	else if (ledger->n[NUMBER_BAD_PROOF] != 0)
		status->pause = LEDGER_BAD_PROOF;
	else if (status->left == 0)
		status->pause = LEDGER_USED_UP;
	else if (ledger->settings_are_bad)
		status->pause = LEDGER_BAD_SETTINGS;
	rc = ledger->pin ? status_missing(ledger, status) : RC_OK;
	if (rc != RC_OK)
		return rc;
	return query_one(store_query(ledger->db,
			     SQL("SELECT count(*) FROM ask WHERE is_open = 1")),
	    (int64_t *)&status->outstanding);
}

static enum rc status_chain(struct ledger *ledger, struct arena *a,
    struct instant now, struct ledger_status *status)
{
	int64_t heard = ledger->n[NUMBER_HEARD_US];
	struct query *q = store_query(
	    ledger->db, SQL("SELECT value FROM setting WHERE key = 'node'"));
	enum rc rc = query_step(q);

	status->node = (enum node_state)ledger->n[NUMBER_NODE_STATE];
	status->node_text = rc == RC_OK ? query_copy(q, a, 0) : STR("");
	query_end(q);
	if (rc == RC_OK && !status->node_text.p)
		return RC_NO_MEMORY;
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	status->heard = heard > 0 ? (struct instant){heard} : INSTANT_NEVER;
	status->is_verified = ledger_is_verified(ledger, now);
	q = store_query(
	    ledger->db, SQL("SELECT height, hash FROM block WHERE is_best = 1"
			    " ORDER BY height DESC LIMIT 1"));
	rc = query_step(q);
	status->has_tip = rc == RC_OK;
	if (rc == RC_OK) {
		status->tip.height = (uint32_t)query_i64(q, 0);
		status->tip.hash = query_hash(q, 1);
	}
	query_end(q);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

/* What was told of the sources of rates. */
static enum rc status_sources(
    struct ledger *ledger, struct arena *a, struct ledger_status *status)
{
	struct query *q = store_query(
	    ledger->db, SQL("SELECT value FROM setting WHERE key = 'sources'"));
	enum rc rc = query_step(q);
	int64_t total = ledger->n[NUMBER_SOURCES];
	int64_t answering = ledger->n[NUMBER_ANSWERING];

	status->sources_text = rc == RC_OK ? query_copy(q, a, 0) : STR("");
	query_end(q);
	if (rc == RC_OK && !status->sources_text.p)
		return RC_NO_MEMORY;
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	/* An edited number is none. */
	if (total > 0 && total <= UINT16_MAX && answering >= 0 &&
	    answering <= total) {
		status->sources = (unsigned)total;
		status->answering = (unsigned)answering;
	}
	return RC_OK;
}

bool ledger_is_verified(const struct ledger *ledger, struct instant now)
{
	int64_t heard = ledger->n[NUMBER_HEARD_US];
	int64_t state = ledger->n[NUMBER_NODE_STATE];
	int64_t limit =
	    (int64_t)ledger->settings.unverified_minutes * MINUTE_US;

	/* Each watch that begins says that it is catching up. */
	return (state == NODE_OK || state == NODE_SYNCING) && heard > 0 &&
	       now.us - heard <= limit;
}

enum rc ledger_status(struct ledger *ledger, struct arena *a,
    struct instant now, struct ledger_status *ret_status, struct err *err)
{
	struct ledger_status status = {
	    .until = INSTANT_NEVER,
	    .ignored = (uint64_t)ledger->n[NUMBER_IGNORED],
	    .contradictions = (uint64_t)ledger->n[NUMBER_CONTRADICTIONS],
	    .passed = passed_of(ledger),
	    .tally_mended = ledger->n[NUMBER_TALLY_US] > 0
				? (struct instant){ledger->n[NUMBER_TALLY_US]}
				: INSTANT_NEVER,
	};
	enum rc rc = status_batch(ledger, now, &status);

	if (rc == RC_OK)
		rc = status_chain(ledger, a, now, &status);
	if (rc == RC_OK)
		rc = status_sources(ledger, a, &status);
	if (rc != RC_OK)
		return store_fail(ledger->db, rc, "reading the state", err);
	rc = ledger_rate(ledger, now, &status.rate, err);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	status.has_rate = rc == RC_OK;
	status.is_rate_fixed =
	    rates_fixed(&ledger->settings, now, &status.rate);
	if (ledger->settings.has_currency && !status.is_rate_fixed)
		status.sources_needed = ledger->settings.rate_sources_least;
	*ret_status = status;
	return RC_OK;
}
