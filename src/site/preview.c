/* SPDX-License-Identifier: MIT
 *
 * The front page, and what surrounds a story, before readers see them; see
 * site.h. All is made as theirs is, by the same functions, and never gets near
 * the cache.
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

/* Whether readers can look up what they had of STORY before. */
static enum rc read_versions(
    struct job *job, const struct public_story *story, bool *ret_has)
{
	enum public_state state;
	struct public_story out = {0};
	struct str text;
	enum rc rc = RC_NOT_FOUND;

	if (story->path.n > 0)
		rc = public_story(
		    job->db, job->a, story->path, &state, &out, &text);
	*ret_has = rc == RC_OK && state == PUBLIC_LIVE && out.has_versions;
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

enum rc site_preview_around(struct site *site, const struct public_story *story,
    struct instant now, struct site_around *ret_around)
{
	struct site_around around = {.paper = &site->view};
	struct job job;
	enum rc rc = site_notice_changes(site);

	if (rc != RC_OK)
		return rc;
	job = site_job(site, now);
	rc = pages_related(&job, story, &around.related);
	if (rc == RC_OK)
		rc = read_versions(&job, story, &around.has_versions);
	if (rc == RC_OK)
		*ret_around = around;
	return rc;
}
