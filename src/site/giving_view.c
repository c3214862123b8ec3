/* SPDX-License-Identifier: MIT
 *
 * From the till's words to views; see giving_view.h.
 */
#include "site/giving_view.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/utf8.h"
#include "base/zone.h"
#include "coin/network.h"
#include "coin/pin.h"
#include "paper/body.h"
#include "site/giving.h"

enum {
	BTC_DECIMALS = 8,
	CHOICES_MAX = 4,   /* page/ shows no more */
	PURPOSE_MAX = 200, /* ledger/purpose.h */
	DAY_S = 24 * 60 * 60,
	MONTHS = 12,
	YEAR_DAYS = 365,
	PERMILLE = 1000,
	PERMILLE_MAX = 1000000,
	KEY_BYTES = 64,
};

/* --- Amounts ---------------------------------------------------------- */

struct view_money giving_view_sat(struct sat sat)
{
	return (struct view_money){STR("BTC"), sat_raw(sat), BTC_DECIMALS};
}

struct view_money giving_view_fiat(
    struct fiat fiat, const struct currency *currency)
{
	if (!currency->code[0])
		return (struct view_money){STR_NONE, 0, 0};
	return (struct view_money){
	    str_of(currency->code), fiat_raw(fiat), currency->decimals};
}

/* PART of WHOLE in thousandths, without a product that could be too large. */
static uint32_t permille(int64_t part, int64_t whole)
{
	int64_t n;

	if (part <= 0 || whole <= 0)
		return 0;
	n = part <= INT64_MAX / PERMILLE ? part * PERMILLE / whole
	    : whole >= PERMILLE		 ? part / (whole / PERMILLE)
					 : PERMILLE_MAX;
	return n < PERMILLE_MAX ? (uint32_t)n : PERMILLE_MAX;
}

/* Whether amounts in the paper's currency can be asked for. */
static bool has_currency(const struct till_summary *s)
{
	return s->has_rate && s->currency.code[0];
}

static void put_choice(
    struct arena *a, struct view_choice *choice, struct view_money money)
{
	choice->money = money;
	choice->value =
	    arena_printf(a, "%.*s%" PRId64, STR_ARG(money.code), money.units);
}

void giving_view_amounts(struct arena *a, const struct till_summary *s,
    struct view_choices *ret_choices)
{
	bool is_fiat = has_currency(s) && s->offers_n > 0;
	size_t n = is_fiat ? s->offers_n : s->sat_offers_n;
	struct view_choice *v;

	if (n > CHOICES_MAX)
		n = CHOICES_MAX;
	v = ARENA_ARRAY(a, struct view_choice, n);
	*ret_choices = (struct view_choices){NULL, 0};
	if (!v)
		return;
	for (size_t i = 0; i < n; i++) {
		put_choice(a, &v[i],
		    is_fiat ? giving_view_fiat(s->offers[i].worth, &s->currency)
			    : giving_view_sat(s->sat_offers[i].amount));
		/* The choices of the call outlive the summary's bytes. */
		v[i].what = arena_copy(
		    a, is_fiat ? s->offers[i].what : s->sat_offers[i].what);
	}
	if (!arena_is_spent(a))
		*ret_choices = (struct view_choices){v, n};
}

/* The ledger's days are those of UTC, whatever the paper's zone. */
static struct civil day_of(struct instant t)
{
	struct civil c = civil_at(t, 0);

	return (struct civil){.year = c.year, .month = c.month, .day = c.day};
}

struct instant giving_view_last(struct instant end)
{
	return (struct instant){end.us - 1};
}

void giving_view_runway(
    const struct till_summary *s, struct view_runway *ret_runway)
{
	int64_t days =
	    (instant_s(s->runway_until) - instant_s(s->as_of)) / DAY_S;

	*ret_runway = (struct view_runway){.is_known = s->has_runway};
	if (!s->has_runway)
		return;
	/* The day of the count is paid for; is the next one? */
	ret_runway->is_over = days <= 1;
	ret_runway->until = day_of(s->runway_until);
	ret_runway->as_of = day_of(s->as_of);
	ret_runway->days = days > 0 ? (uint32_t)days : 0;
}

void giving_view_call_text(struct buf *b, const struct till_summary *s)
{
	buf_printf(b, "%s %d ", s->currency.code, has_currency(s));
	for (size_t i = 0; i < s->offers_n; i++) {
		buf_i64(b, fiat_raw(s->offers[i].worth));
		buf_add(b, s->offers[i].what);
		buf_char(b, '\n');
	}
	for (size_t i = 0; i < s->sat_offers_n; i++) {
		buf_i64(b, sat_raw(s->sat_offers[i].amount));
		buf_add(b, s->sat_offers[i].what);
		buf_char(b, '\n');
	}
	if (s->has_runway)
		buf_printf(b, "%" PRId64 " %" PRId64,
		    instant_s(s->runway_until) / DAY_S,
		    instant_s(s->as_of) / DAY_S);
}

static struct str network_of(uint8_t network)
{
	return network_is_test((enum network)network)
		   ? network_name((enum network)network)
		   : STR_NONE;
}

/* --- Purposes --------------------------------------------------------- */

/* A path whose bytes were encoded once more, as it stands in a link. */
static struct str decode_path(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1);
	size_t n = 0;

	if (!p)
		return STR_NONE;
	for (size_t i = 0; i < s.n; i++) {
		int high = -1, low = -1;

		p[n] = s.p[i];
		if (s.p[i] == '%' && s.n - i > 2) {
			high = ascii_hex(s.p[i + 1]);
			low = ascii_hex(s.p[i + 2]);
		}
		if (high >= 0 && low >= 0) {
			p[n] = (char)(unsigned char)(high * 16 + low);
			i += 2;
		}
		n++;
	}
	return (struct str){p, n};
}

static enum rc story_purpose(
    struct job *job, struct str text, struct view_purpose *ret)
{
	struct str path = decode_path(job->a, text);
	struct public_story story;
	enum public_state state;
	struct str moved;
	enum rc rc;

	if (!path.p)
		return RC_NO_MEMORY;
	if (!utf8_is_valid(path))
		return RC_NOT_FOUND;
	rc = public_story(job->db, job->a, path, &state, &story, &moved);
	if (rc)
		return rc;
	if (state != PUBLIC_LIVE)
		return RC_NOT_FOUND;
	ret->is_story = true;
	ret->name = story.headline;
	ret->lang = story.lang;
	ret->url = job_url_path(job, story.path);
	ret->value = ret->url;
	job_tag_story(job, story.id);
	if (!ret->url.p)
		return RC_NO_MEMORY;
	return ret->value.n <= PURPOSE_MAX ? RC_OK : RC_NOT_FOUND;
}

static const struct till_campaign *find_campaign(
    const struct till_summary *s, struct str id)
{
	for (size_t i = 0; i < s->campaigns_n; i++)
		if (str_eq(s->campaigns[i].id, id))
			return &s->campaigns[i];
	return NULL;
}

enum rc giving_view_purpose(
    struct job *job, struct str text, struct view_purpose *ret_purpose)
{
	const struct till_summary *s = giving_summary(job->giving);
	const struct till_campaign *c;

	*ret_purpose = (struct view_purpose){.value = STR("")};
	if (text.n == 0)
		return RC_OK;
	if (text.p[0] == '/')
		return story_purpose(job, text, ret_purpose);
	c = s ? find_campaign(s, text) : NULL;
	if (!c || !c->is_open)
		return RC_NOT_FOUND;
	ret_purpose->value = c->id;
	ret_purpose->name = c->title;
	return RC_OK;
}

/* --- /support --------------------------------------------------------- */

static enum rc fill_purposes(
    struct job *job, struct str chosen, struct view_support *view)
{
	const struct till_summary *s = giving_summary(job->giving);
	struct view_purpose *v =
	    ARENA_ARRAY(job->a, struct view_purpose, s->campaigns_n + 2);
	size_t n = 0;
	enum rc rc = RC_OK;

	if (!v)
		return RC_NO_MEMORY;
	v[n++].value = STR("");
	if (chosen.n && chosen.p[0] == '/') {
		rc = giving_view_purpose(job, chosen, &v[n]);
		n += rc == RC_OK;
	}
	for (size_t i = 0; i < s->campaigns_n; i++) {
		if (!s->campaigns[i].is_open)
			continue;
		v[n].value = s->campaigns[i].id;
		v[n++].name = s->campaigns[i].title;
	}
	view->purposes = v;
	view->purposes_n = n;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

static enum rc fill_campaigns(
    struct job *job, const struct view_campaign **ret_v, size_t *ret_n)
{
	const struct till_summary *s = giving_summary(job->giving);
	struct view_campaign *v =
	    ARENA_ARRAY(job->a, struct view_campaign, s->campaigns_n);

	if (!v)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < s->campaigns_n; i++) {
		const struct till_campaign *c = &s->campaigns[i];

		v[i] = (struct view_campaign){.id = c->id,
		    .name = c->title,
		    .text = c->text,
		    .raised = giving_view_fiat(c->reached, &s->currency),
		    .permille =
			permille(fiat_raw(c->reached), fiat_raw(c->goal))};
		if (fiat_raw(c->goal) > 0)
			v[i].goal = giving_view_fiat(c->goal, &s->currency);
		if (c->ends.us > 0)
			v[i].ends = day_of(giving_view_last(c->ends));
	}
	*ret_v = v;
	*ret_n = s->campaigns_n;
	return RC_OK;
}

struct fiat giving_view_cost_day(struct fiat monthly)
{
	return fiat_of_raw(
	    (fiat_raw(monthly) / YEAR_DAYS) * MONTHS +
	    ((fiat_raw(monthly) % YEAR_DAYS) * MONTHS + YEAR_DAYS / 2) /
		YEAR_DAYS);
}

static enum rc fill_costs(struct job *job, struct view_support *view)
{
	const struct till_summary *s = giving_summary(job->giving);
	struct view_cost *v = ARENA_ARRAY(job->a, struct view_cost, s->costs_n);

	if (!v)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < s->costs_n; i++) {
		v[i].name = s->costs[i].label;
		v[i].month =
		    giving_view_fiat(s->costs[i].monthly, &s->currency);
	}
	view->costs = v;
	view->costs_n = s->costs_n;
	if (fiat_raw(s->monthly) > 0) {
		view->cost_month = giving_view_fiat(s->monthly, &s->currency);
		view->cost_day = giving_view_fiat(
		    giving_view_cost_day(s->monthly), &s->currency);
	}
	return RC_OK;
}

/* Nobody has signed the text: nothing in it leads elsewhere. */
static enum rc fill_body(struct job *job, struct view_support *view)
{
	const struct paper_source source = {
	    giving_summary(job->giving)->text, job->paper->lang};

	return paper_body_own(
	    job->a, &source, giving_origin(job->giving), &view->body, NULL);
}

enum rc giving_view_main(
    struct job *job, const struct view_form *form, struct view_support *view)
{
	const struct till_summary *s = giving_summary(job->giving);
	enum rc rc;

	must(s);
	*view = (struct view_support){
	    .state = giving_is_open(job->giving) ? VIEW_SUPPORT_OPEN
						 : VIEW_SUPPORT_PAUSED,
	    .title = s->title,
	    .why = s->text.n ? STR_NONE : job->paper->support_text,
	    .currency = str_of(s->currency.code),
	    .has_rate = has_currency(s),
	    .network = network_of(s->network),
	    .form = *form,
	};
	if (fiat_raw(s->least) > 0)
		view->least = giving_view_fiat(s->least, &s->currency);
	giving_view_amounts(job->a, s, &view->amounts);
	giving_view_runway(s, &view->runway);
	rc = fill_costs(job, view);
	if (rc == RC_OK && s->text.n)
		rc = fill_body(job, view);
	if (rc == RC_OK)
		rc = fill_campaigns(job, &view->campaigns, &view->campaigns_n);
	if (rc == RC_OK)
		rc = fill_purposes(job, form->purpose, view);
	return rc;
}

/* --- /support/ledger -------------------------------------------------- */

static int64_t greatest(const struct till_summary *s)
{
	int64_t n = 0;

	for (size_t i = 0; i < s->months_n; i++)
		if (sat_raw(s->months[i].received) > n)
			n = sat_raw(s->months[i].received);
	return n;
}

struct giving_total giving_view_total(const struct till_summary *s)
{
	struct giving_total t = {.gifts = s->earlier.gifts,
	    .is_summed = true,
	    .coins = s->earlier.received,
	    .worth = s->earlier.worth};

	for (size_t i = 0; i < s->months_n; i++) {
		const struct till_month *m = &s->months[i];

		t.gifts += m->gifts;
		t.is_summed = sat_add(&t.coins, t.coins, m->received) &&
			      fiat_add(&t.worth, t.worth, m->worth) &&
			      t.is_summed;
	}
	return t;
}

static enum rc fill_months(struct job *job, struct view_ledger *view)
{
	const struct till_summary *s = giving_summary(job->giving);
	struct view_ledger_month *v =
	    ARENA_ARRAY(job->a, struct view_ledger_month, s->months_n);
	struct giving_total total = giving_view_total(s);
	int64_t most = greatest(s);

	if (!v)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < s->months_n; i++) {
		const struct till_month *m = &s->months[i];

		v[i].month = (struct civil){
		    .year = m->year, .month = m->month, .day = 1};
		v[i].gifts = m->gifts;
		v[i].coin = giving_view_sat(m->received);
		v[i].value = giving_view_fiat(m->worth, &s->currency);
		v[i].permille = permille(sat_raw(m->received), most);
	}
	view->months = v;
	view->months_n = s->months_n;
	if (s->earlier.months > 0) {
		view->has_earlier = true;
		view->earlier.gifts = s->earlier.gifts;
		view->earlier.coin = giving_view_sat(s->earlier.received);
		view->earlier.value =
		    giving_view_fiat(s->earlier.worth, &s->currency);
	}
	view->total_gifts = total.gifts;
	if (total.is_summed) {
		view->total_coin = giving_view_sat(total.coins);
		view->total_value = giving_view_fiat(total.worth, &s->currency);
	}
	return RC_OK;
}

enum rc giving_view_ledger(struct job *job, struct view_ledger *view)
{
	const struct till_summary *s = giving_summary(job->giving);
	enum rc rc;

	must(s);
	*view = (struct view_ledger){
	    .opening = giving_view_fiat(s->opening, &s->currency),
	    .given = giving_view_fiat(s->given, &s->currency),
	    .used = giving_view_fiat(s->used, &s->currency),
	    .delay_days = s->delay_days,
	    .file_url = STR("/support/ledger.json"),
	    .network = network_of(s->network),
	};
	giving_view_runway(s, &view->runway);
	if (s->since.us > 0)
		view->since = day_of(s->since);
	view->as_of = day_of(s->as_of);
	if (fiat_raw(s->coarse_step) > 1)
		view->step = giving_view_fiat(s->coarse_step, &s->currency);
	if (fiat_raw(s->monthly) > 0) {
		view->cost_month = giving_view_fiat(s->monthly, &s->currency);
		view->cost_day = giving_view_fiat(
		    giving_view_cost_day(s->monthly), &s->currency);
	}
	rc = fill_months(job, view);
	if (rc == RC_OK)
		rc = fill_campaigns(job, &view->campaigns, &view->campaigns_n);
	return rc;
}

/* --- /support/verify -------------------------------------------------- */

static struct str key_text(struct job *job, const struct minisign_key *key)
{
	struct buf b;

	buf_init_arena(&b, job->a, KEY_BYTES);
	minisign_key_base64(&b, key);
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

static struct str fingerprint(struct job *job, const struct minisign_key *key)
{
	struct buf b;

	buf_init_arena(&b, job->a, KEY_BYTES);
	minisign_fingerprint(&b, minisign_key_hash(key));
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

/* All but the key in use, with the batches that stand below each. */
static enum rc fill_old_keys(
    struct job *job, const struct pin *pin, struct view_verify *view)
{
	struct view_old_key *v =
	    ARENA_ARRAY(job->a, struct view_old_key, pin->n_keys);
	size_t n = 0;

	if (!v)
		return RC_NO_MEMORY;
	for (uint32_t key = pin->n_keys - 1; key > 0; key--) {
		const struct minisign_key *k = &pin->keys[key - 1];
		struct view_old_key *old = &v[n];

		*old = (struct view_old_key){.key = key_text(job, k),
		    .fingerprint = fingerprint(job, k)};
		for (uint32_t i = 0; i < pin->n_batches; i++) {
			if (pin->batches[i].key != key - 1)
				continue;
			if (old->first == 0)
				old->first = pin->first + i;
			old->last = pin->first + i;
		}
		n += old->first > 0;
	}
	view->old_keys = v;
	view->old_keys_n = n;
	return arena_is_spent(job->a) ? RC_NO_MEMORY : RC_OK;
}

enum rc giving_view_verify(struct job *job, struct view_verify *view)
{
	const struct pin *pin = giving_pin(job->giving);
	struct buf b;

	*view = (struct view_verify){.html_url = STR("/support/verify.html")};
	if (!pin || pin->n_batches == 0)
		return RC_OK;
	view->key = key_text(job, pin_key(pin));
	view->batch = pin->first + pin->n_batches - 1;
	view->network = network_of((uint8_t)pin->network);
	/* As minisign writes it: a number, its low byte first. */
	buf_init_arena(&b, job->a, KEY_BYTES);
	for (size_t i = MINISIGN_ID; i > 0; i--)
		buf_printf(&b, "%02X", pin_key(pin)->id[i - 1]);
	view->key_id = buf_str(&b);
	if (buf_rc(&b) != RC_OK)
		return RC_NO_MEMORY;
	view->fingerprint = fingerprint(job, pin_key(pin));
	if (!view->key.p || !view->fingerprint.p)
		return RC_NO_MEMORY;
	return fill_old_keys(job, pin, view);
}
