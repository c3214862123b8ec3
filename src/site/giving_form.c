/* SPDX-License-Identifier: MIT
 *
 * The form of /support; see giving_form.h. An amount that was typed goes
 * before one that was chosen, for whoever types has changed their mind.
 */
#include "site/giving_form.h"

#include <string.h>

#include "base/arena.h"
#include "coin/amount.h"
#include "site/giving.h"
#include "site/giving_view.h"
#include "site/typed_money.h"

enum { BTC_DECIMALS = 8 };

static enum view_form_fault read_bitcoin(
    struct str own, unsigned decimals, struct till_ask *ask)
{
	int64_t units;
	enum rc rc = typed_money_parse(own, decimals, SAT_MAX, &units);

	if (rc == RC_LIMIT)
		return VIEW_FORM_TOO_LARGE;
	if (rc)
		return VIEW_FORM_NOT_A_NUMBER;
	if (units == 0)
		return VIEW_FORM_TOO_SMALL;
	ask->wanted = sat_of_raw(units);
	return VIEW_FORM_GOOD;
}

/* Whether WORTH is more than there is bitcoin. */
static bool is_beyond(const struct till_summary *s, struct fiat worth)
{
	struct rate rate = {.price = s->rate.per_coin, .currency = s->currency};
	struct sat sat;

	return !rate_sat(&rate, worth, &sat) || sat_raw(sat) > SAT_MAX;
}

static enum view_form_fault read_fiat(
    const struct till_summary *s, struct str own, struct till_ask *ask)
{
	int64_t units;
	struct fiat worth;
	enum rc rc;

	if (!s->has_rate)
		return VIEW_FORM_NO_RATE;
	rc = typed_money_parse(own, s->currency.decimals, FIAT_MAX, &units);
	if (rc == RC_LIMIT)
		return VIEW_FORM_TOO_LARGE;
	if (rc)
		return VIEW_FORM_NOT_A_NUMBER;
	worth = fiat_of_raw(units);
	if (units == 0 || fiat_cmp(worth, s->least) < 0)
		return VIEW_FORM_TOO_SMALL;
	if (is_beyond(s, worth) ||
	    (fiat_raw(s->most) > 0 && fiat_cmp(worth, s->most) > 0))
		return VIEW_FORM_TOO_LARGE;
	ask->worth = worth;
	return VIEW_FORM_GOOD;
}

static enum view_form_fault read_own(const struct till_summary *s,
    struct str own, struct str unit, struct till_ask *ask)
{
	if (str_eq(unit, STR("BTC")))
		return read_bitcoin(own, BTC_DECIMALS, ask);
	if (str_eq(unit, STR("sat")))
		return read_bitcoin(own, 0, ask);
	if (unit.n && str_eq(unit, str_of(s->currency.code)))
		return read_fiat(s, own, ask);
	return VIEW_FORM_UNKNOWN;
}

static enum view_form_fault read_choice(struct job *job,
    const struct till_summary *s, struct str value, struct till_ask *ask)
{
	struct view_choices choices;

	if (value.n == 0 || str_eq(value, STR("none")))
		return VIEW_FORM_GOOD;
	giving_view_amounts(job->a, s, &choices);
	for (size_t i = 0; i < choices.n; i++) {
		const struct view_choice *c = &choices.v[i];

		if (!str_eq(c->value, value))
			continue;
		if (str_eq(c->money.code, STR("BTC")))
			ask->wanted = sat_of_raw(c->money.units);
		else
			ask->worth = fiat_of_raw(c->money.units);
		return VIEW_FORM_GOOD;
	}
	return VIEW_FORM_UNKNOWN;
}

enum rc giving_form_read(struct job *job, const struct http_form *form,
    struct view_form *ret_view, struct till_ask *ret_ask)
{
	const struct till_summary *s = giving_summary(job->giving);
	struct view_form view = {
	    .amount = http_form_value(form, STR("amount")),
	    .own = http_form_value(form, STR("own")),
	    .unit = http_form_value(form, STR("unit")),
	    .purpose = http_form_value(form, STR("for")),
	};
	struct till_ask ask = {.wanted = SAT_ZERO, .worth = fiat_of_raw(0)};
	struct view_purpose purpose;
	enum rc rc = giving_view_purpose(job, view.purpose, &purpose);

	if (rc && rc != RC_NOT_FOUND)
		return rc;
	if (str_trim(view.own).n)
		view.fault = read_own(s, str_trim(view.own), view.unit, &ask);
	else
		view.fault = read_choice(job, s, view.amount, &ask);
	if (rc == RC_NOT_FOUND && view.fault == VIEW_FORM_GOOD)
		view.fault = VIEW_FORM_UNKNOWN;
	ask.purpose = purpose.value;
	if (fiat_raw(ask.worth) > 0)
		memcpy(ask.currency, s->currency.code, sizeof(ask.currency));
	*ret_view = view;
	*ret_ask = ask;
	return RC_OK;
}
