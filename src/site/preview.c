/* SPDX-License-Identifier: MIT
 *
 * The front page before readers see it; see site.h. It is made as theirs is,
 * by the same functions, and never gets near the cache.
 */
#include "base/buf.h"
#include "site/pages.h"
#include "site/site_priv.h"

enum rc site_preview_front(struct site *site, const struct paper_front *plan,
    struct instant now, struct buf *out, struct site_front *ret_front)
{
	struct site_front front = {.csp = buf_str(&site->csp)};
	struct job job;
	enum rc rc = site_notice_changes(site);

	if (rc != RC_OK)
		return rc;
	job = site_job(site, now);
	job.plan = plan;
	job.ret_front = &front;
	rc = pages_front(&job);
	if (rc != RC_OK)
		return rc;
	if (out) {
		buf_add(out, buf_str(job.out));
		rc = buf_rc(out);
	}
	if (rc == RC_OK)
		*ret_front = front;
	return rc;
}
