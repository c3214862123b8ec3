/* SPDX-License-Identifier: MIT
 *
 * A gift as its page shows it; see giving_view.h.
 *
 * The address is taken from the proof and from nowhere else: what was checked
 * and what is shown are the same bytes. If the check fails in any way, nothing
 * of the proof gets into the view, and the page says that support is paused.
 */
#include "site/giving_view.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "coin/hex.h"
#include "coin/network.h"
#include "coin/payment_uri.h"
#include "coin/pin.h"
#include "coin/proof.h"
#include "coin/script.h"
#include "ledger/rates.h"

enum {
	TEXT_BYTES = 2048, /* of an address, a link, a key */
	MINUTE_S = 60,
	/* How soon the page asks again: in the first ten minutes every five
	 * seconds, then less and less often. */
	WAITING_S = 5,
	WAITING_FAST_S = 600,
	WAITING_MOST_S = 60,
	SEEN_S = 10,
	CONFIRMED_S = 30,
	ELSE_S = 60,
};

static struct str text_done(const struct buf *b)
{
	return buf_rc(b) == RC_OK ? buf_str(b) : STR_NONE;
}

/* --- The proof -------------------------------------------------------- */

/* Was the address given out when that was allowed? */
static bool was_in_time(
    const struct till_gift *gift, const struct statement *statement)
{
	return gift->asked.us >= statement->from.us &&
	       gift->asked.us < statement->until.us;
}

/* NULL: it holds. Else why not. Addresses are given out of the newest batch
 * alone, so that one must be meant for this paper; what was given out of those
 * before stays good, wherever the paper was then. */
static const char *judge(const struct job *job, const struct pin *pin,
    const struct till_gift *gift, struct proof *proof)
{
	enum proof_fault fault = PROOF_FAULT_NONE;
	enum rc rc;

	if (!pin || pin->n_batches == 0)
		return "there is no pin to check addresses against";
	if (proof_parse(gift->proof, proof, NULL) != RC_OK)
		return "a proof cannot be read";
	rc = proof_check(pin, proof, job->now, &fault, NULL);
	/* Given out in time, it is good for ever; a fresh one must be in time
	 * now. */
	if (rc != RC_OK &&
	    (rc != RC_GONE || !was_in_time(gift, &proof->statement)))
		return proof_fault_text(fault);
	if (proof->statement.batch == pin->first + pin->n_batches - 1 &&
	    !statement_is_at(&proof->statement, job->settings->origin))
		return "the newest batch is signed for a paper at another "
		       "place; see `farthing support`";
	return NULL;
}

static struct str address_text(struct job *job, const struct proof *proof)
{
	struct buf b;

	buf_init_arena(&b, job->a, TEXT_BYTES);
	script_address(&b, &proof->leaf.script, proof->statement.network);
	return text_done(&b);
}

static struct str uri_text(struct job *job, const struct proof *proof,
    const struct payment_uri *uri, bool is_qr)
{
	struct buf b;

	buf_init_arena(&b, job->a, PAYMENT_URI_MAX);
	if (is_qr)
		payment_uri_write_qr(&b, uri, proof->statement.network);
	else
		payment_uri_write(&b, uri, proof->statement.network);
	return text_done(&b);
}

/* What has come need not be paid once more: the link asks for the rest, or for
 * no amount if there is none. */
static struct sat still_wanted(const struct till_gift *gift)
{
	struct sat all, rest;

	if (!sat_add(&all, gift->settled, gift->confirmed) ||
	    !sat_add(&all, all, gift->seen) ||
	    !sat_sub(&rest, gift->wanted, all) || sat_raw(rest) < 0)
		return SAT_ZERO;
	return rest;
}

static enum rc fill_address(struct job *job, const struct pin *pin,
    const struct till_gift *gift, const struct proof *proof,
    struct view_gift *view)
{
	struct sat rest = still_wanted(gift);
	struct payment_uri uri = {.script = proof->leaf.script,
	    .has_amount = sat_raw(rest) > 0,
	    .amount = rest,
	    .label = job->paper->name};
	const struct pin_batch *batch = pin_find(pin, proof->statement.batch);
	struct buf b;

	must(batch); /* the proof holds */
	view->address = address_text(job, proof);
	view->uri = uri_text(job, proof, &uri, false);
	view->qr = uri_text(job, proof, &uri, true);
	if (network_is_test(proof->statement.network))
		view->network = network_name(proof->statement.network);
	view->is_shared = proof->leaf.is_shared;
	if (job->now.us >= proof->statement.until.us)
		view->given_until = job_civil(job, proof->statement.until);
	buf_init_arena(&b, job->a, TEXT_BYTES);
	/* Not the key in use now: the one that signed this batch. */
	minisign_key_base64(&b, &pin->keys[batch->key]);
	view->proof = (struct view_proof){.text = gift->proof,
	    .key = text_done(&b),
	    .batch = proof->statement.batch,
	    .leaf = proof->leaf.index,
	    .verify_url = STR("/support/verify")};
	return view->address.p && view->uri.p && view->qr.p && view->proof.key.p
		   ? RC_OK
		   : RC_NO_MEMORY;
}

/* --- Payments --------------------------------------------------------- */

static enum view_gift_state state_of(uint8_t state)
{
	switch ((enum till_state)state) {
	case TILL_SEEN:
		return VIEW_GIFT_SEEN;
	case TILL_CONFIRMED:
		return VIEW_GIFT_CONFIRMED;
	case TILL_SETTLED:
		return VIEW_GIFT_SETTLED;
	case TILL_REVERSED:
		return VIEW_GIFT_REVERSED;
	case TILL_WAITING:
	case TILL_STATES:
		break;
	}
	return VIEW_GIFT_WAITING;
}

/* As explorers write it: the last byte first. */
static struct str txid_text(
    struct job *job, const uint8_t txid[TILL_TXID_BYTES])
{
	struct buf b;

	buf_init_arena(&b, job->a, 2 * TILL_TXID_BYTES + 1);
	for (size_t i = TILL_TXID_BYTES; i > 0; i--)
		buf_printf(&b, "%02x", txid[i - 1]);
	return text_done(&b);
}

/* "median of 3" and what the newsroom has set are said in the reader's
 * language, a name as it is. */
static struct view_rate rate_of(
    struct job *job, const struct till_rate *rate, const struct currency *c)
{
	static const struct str median = STR_INIT("median of ");
	struct view_rate view = {.price = giving_view_fiat(rate->per_coin, c),
	    .time = job_civil(job, rate->at)};
	uint64_t n;
	int32_t day;

	if (rates_is_fixed(rate->source, &day)) {
		view.set_day = civil_at(INSTANT_OF_S((int64_t)day * 86400), 0);
		view.set_day.has_time = false;
		return view;
	}
	if (str_starts(rate->source, median) &&
	    str_u64(str_from(rate->source, median.n), UINT32_MAX, &n) == RC_OK)
		view.sources = (uint32_t)n;
	else
		view.source = rate->source;
	return view;
}

/* N of M, where the policy can have changed since the last block. */
static uint32_t confirmations(const struct till_payment *p)
{
	return p->confirmations < p->needed ? p->confirmations : p->needed;
}

/* What is said of a gift that is in the chain is said of the payment that will
 * be settled first. */
static void note_confirmations(
    const struct till_payment *p, struct view_gift *view)
{
	uint32_t n = confirmations(p);

	if (p->state != TILL_CONFIRMED ||
	    (view->wanted > 0 &&
		p->needed - n >= view->wanted - view->confirmations))
		return;
	view->confirmations = n;
	view->wanted = p->needed;
}

static enum rc fill_payments(
    struct job *job, const struct till_gift *gift, struct view_gift *view)
{
	struct view_payment *v =
	    ARENA_ARRAY(job->a, struct view_payment, gift->payments_n);

	if (!v)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < gift->payments_n; i++) {
		const struct till_payment *p = &gift->payments[i];

		v[i] = (struct view_payment){.state = state_of(p->state),
		    .coin = giving_view_sat(p->amount),
		    .time = job_civil(job, p->at),
		    .confirmations = confirmations(p),
		    .wanted = p->needed,
		    .txid = txid_text(job, p->txid),
		    .is_late = p->is_late,
		    .is_replaced = p->is_replaced,
		    .is_dropped = p->is_dropped,
		    .was_settled = p->was_settled};
		if (p->has_worth) {
			v[i].value = giving_view_fiat(p->worth, &p->currency);
			v[i].rate = rate_of(job, &p->rate, &p->currency);
		}
		note_confirmations(p, view);
	}
	view->payments = v;
	view->payments_n = gift->payments_n;
	if (gift->payments_all > gift->payments_n)
		view->payments_all = gift->payments_all;
	return arena_is_spent(job->a) ? RC_NO_MEMORY : RC_OK;
}

static bool is_same(const struct currency *a, const struct currency *b)
{
	return str_eq(str_of(a->code), str_of(b->code)) &&
	       a->decimals == b->decimals;
}

/* What counts, and how it compares with what was asked for. */
static void fill_totals(const struct till_gift *gift, struct view_gift *view)
{
	const struct currency *currency = NULL;
	struct fiat worth = fiat_of_raw(0);
	struct sat all;
	bool is_known = gift->payments_all <= gift->payments_n;
	int order;

	if (!sat_add(&all, gift->settled, gift->confirmed) ||
	    !sat_add(&all, all, gift->seen))
		return;
	if (sat_raw(all) == 0)
		return;
	view->total_coin = giving_view_sat(all);
	for (size_t i = 0; i < gift->payments_n; i++) {
		const struct till_payment *p = &gift->payments[i];

		if (p->state == TILL_REVERSED)
			continue;
		/* Of two currencies there is no sum. */
		is_known = is_known && p->has_worth &&
			   (!currency || is_same(currency, &p->currency)) &&
			   fiat_add(&worth, worth, p->worth);
		currency = &p->currency;
	}
	if (is_known && currency)
		view->total_value = giving_view_fiat(worth, currency);
	if (sat_raw(gift->wanted) == 0)
		return;
	order = sat_cmp(all, gift->wanted);
	view->fit = order < 0	? VIEW_FIT_UNDER
		    : order > 0 ? VIEW_FIT_OVER
				: VIEW_FIT_EXACT;
}

/* --- The rest --------------------------------------------------------- */

static void fill_quote(
    struct job *job, const struct till_gift *gift, struct view_gift *view)
{
	int64_t age_s = instant_s(job->now) - instant_s(gift->rate.at);

	if (sat_raw(gift->wanted) > 0)
		view->coin = giving_view_sat(gift->wanted);
	view->has_quote = gift->has_quote;
	if (!gift->has_quote)
		return;
	if (fiat_raw(gift->worth) > 0)
		view->value = giving_view_fiat(gift->worth, &gift->currency);
	view->rate = rate_of(job, &gift->rate, &gift->currency);
	view->is_quote_over = job->now.us >= gift->quote_until.us;
	view->quote_until = job_civil(job, gift->quote_until);
	view->quote_minutes = age_s > 0 && age_s / MINUTE_S < UINT32_MAX
				  ? (uint32_t)(age_s / MINUTE_S)
				  : 0;
}

static uint32_t refresh_s(
    const struct till_gift *gift, struct instant now, bool is_paused)
{
	int64_t age_s = instant_s(now) - instant_s(gift->asked);

	if (is_paused)
		return ELSE_S;
	switch ((enum till_state)gift->state) {
	case TILL_WAITING:
		if (age_s <= WAITING_FAST_S)
			return WAITING_S;
		age_s /= WAITING_FAST_S / WAITING_S;
		return age_s < WAITING_MOST_S ? (uint32_t)age_s
					      : WAITING_MOST_S;
	case TILL_SEEN:
		return SEEN_S;
	case TILL_CONFIRMED:
		return CONFIRMED_S;
	case TILL_SETTLED:
		/* Another payment can be on its way. */
		return sat_raw(gift->seen) > 0	      ? SEEN_S
		       : sat_raw(gift->confirmed) > 0 ? CONFIRMED_S
						      : 0;
	case TILL_REVERSED:
	case TILL_STATES:
		break;
	}
	return ELSE_S;
}

enum rc giving_view_gift(struct job *job, const struct pin *pin,
    const struct till_gift *gift, struct view_gift *view,
    const char **ret_fault)
{
	struct proof proof;
	enum rc rc;

	*view = (struct view_gift){
	    .state = state_of(gift->state),
	    .asked = job_civil(job, gift->asked),
	    .is_unverified = gift->is_unverified,
	};
	*ret_fault = NULL;
	view->is_paused = gift->proof.n == 0;
	if (!view->is_paused) {
		*ret_fault = judge(job, pin, gift, &proof);
		view->is_paused = *ret_fault != NULL;
	}
	if (gift->synced.us > 0)
		view->verified_at = job_civil(job, gift->synced);
	view->refresh_s = refresh_s(gift, job->now, view->is_paused);
	fill_quote(job, gift, view);
	fill_totals(gift, view);
	rc = fill_payments(job, gift, view);
	if (rc == RC_OK && !view->is_paused)
		rc = fill_address(job, pin, gift, &proof, view);
	if (rc)
		return rc;
	/* A story can have gone since; the gift stays what it is. */
	rc = giving_view_purpose(job, gift->purpose, &view->purpose);
	if (rc == RC_NO_MEMORY)
		return rc;
	if (rc)
		view->purpose = (struct view_purpose){.value = STR("")};
	return RC_OK;
}
