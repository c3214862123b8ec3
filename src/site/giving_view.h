/* SPDX-License-Identifier: MIT
 *
 * What the till has told becomes what a page shows. Amounts leave their types
 * here, to be written by page/. Private to site/.
 */
#ifndef SITE_GIVING_VIEW_H
#define SITE_GIVING_VIEW_H

#include <stdbool.h>

#include "coin/amount.h"
#include "ledger/till_wire.h"
#include "page/view_support.h"
#include "site/job.h"

struct pin;

struct view_money giving_view_sat(struct sat sat);
/* CURRENCY must live as long as the result. No code: no money. */
struct view_money giving_view_fiat(
    struct fiat fiat, const struct currency *currency);

/* Amounts on offer and the runway: what every page says of gifts. The amounts'
 * names live as long as A, other texts as long as SUMMARY. */
void giving_view_amounts(struct arena *a, const struct till_summary *summary,
    struct view_choices *ret_choices);
void giving_view_runway(
    const struct till_summary *summary, struct view_runway *ret_runway);

/* All that the months of SUMMARY add up to, with those before them. */
struct giving_total {
	uint64_t gifts;
	bool is_summed; /* the sums are in their range */
	struct sat coins;
	struct fiat worth;
};
struct giving_total giving_view_total(const struct till_summary *summary);
/* What a day costs, if a year has twelve such months. */
struct fiat giving_view_cost_day(struct fiat monthly);
/* The last day before END, of which a campaign ends at the beginning. */
struct instant giving_view_last(struct instant end);

/* Appends a text that is another one if these two would be. */
void giving_view_call_text(struct buf *b, const struct till_summary *summary);

/* What TEXT names, decoded once from a form or a query: the paper (empty), a
 * story by its path, a campaign that is open. RC_NOT_FOUND: no such thing;
 * results of paper/public.h. */
MUST_USE enum rc giving_view_purpose(
    struct job *job, struct str text, struct view_purpose *ret_purpose);

/* The page /support. FORM says what is chosen; its purpose, if any, was found
 * before. RC_NO_MEMORY and results of paper/public.h. */
MUST_USE enum rc giving_view_main(struct job *job, const struct view_form *form,
    struct view_support *ret_view);
MUST_USE enum rc giving_view_ledger(
    struct job *job, struct view_ledger *ret_view);
MUST_USE enum rc giving_view_verify(
    struct job *job, struct view_verify *ret_view);

/* A gift. Its address is shown only if its proof holds against PIN (NULL:
 * none does): else is_paused is set and *RET_FAULT says in words for the
 * newsroom what was wrong (NULL: the till itself says so). RC_NO_MEMORY. */
MUST_USE enum rc giving_view_gift(struct job *job, const struct pin *pin,
    const struct till_gift *gift, struct view_gift *ret_view,
    const char **ret_fault);

#endif
