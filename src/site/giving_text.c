/* SPDX-License-Identifier: MIT
 *
 * Texts of the till without addresses; see giving_text.h.
 */
#include "site/giving_text.h"

#include "coin/address_find.h"
#include "ledger/till_wire.h"

static bool cut(struct str *text)
{
	struct address_found found;
	size_t at = 0;

	if (!address_find(*text, &at, &found))
		return false;
	*text = STR("");
	return true;
}

static bool cut_offers(struct till_summary *s)
{
	bool has_cut = false;

	for (size_t i = 0; i < s->offers_n; i++)
		has_cut |= cut(&s->offers[i].what);
	for (size_t i = 0; i < s->sat_offers_n; i++)
		has_cut |= cut(&s->sat_offers[i].what);
	for (size_t i = 0; i < s->costs_n; i++)
		has_cut |= cut(&s->costs[i].label);
	return has_cut;
}

static bool cut_campaigns(struct till_summary *s)
{
	bool has_cut = false;

	for (size_t i = 0; i < s->campaigns_n; i++) {
		has_cut |= cut(&s->campaigns[i].id);
		has_cut |= cut(&s->campaigns[i].title);
		has_cut |= cut(&s->campaigns[i].text);
	}
	return has_cut;
}

bool giving_text_cut(struct till_summary *s)
{
	bool has_cut = cut(&s->title);

	has_cut |= cut(&s->text);
	has_cut |= cut(&s->rate.source);
	has_cut |= cut_offers(s);
	has_cut |= cut_campaigns(s);
	return has_cut;
}
