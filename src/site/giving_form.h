/* SPDX-License-Identifier: MIT
 *
 * The form of /support as it was sent becomes a question to the till, or a
 * fault to be shown beside its field. Private to site/.
 */
#ifndef SITE_GIVING_FORM_H
#define SITE_GIVING_FORM_H

#include "http/form.h"
#include "ledger/till_wire.h"
#include "page/view_support.h"
#include "site/job.h"

/* Reads FORM, whose fields page/view_support.h names. *RET_VIEW always is what
 * was sent, with the first fault; where that is VIEW_FORM_GOOD, *RET_ASK has
 * amount, currency and purpose. RC_NO_MEMORY and results of paper/public.h. */
MUST_USE enum rc giving_form_read(struct job *job, const struct http_form *form,
    struct view_form *ret_view, struct till_ask *ret_ask);

#endif
