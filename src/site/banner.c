/* SPDX-License-Identifier: MIT
 *
 * The banner for news that cannot wait, where it stands on every page: part of
 * what stands behind all of them, as the paper's name does. A page with it is
 * right until it ends; when it comes, changes or goes, or its story appears,
 * all pages are made anew. See site_priv.h.
 */
#include "base/arena.h"
#include "paper/public.h"
#include "site/job.h"
#include "site/site_priv.h"

enum rc site_banner(struct site *site, struct arena *a,
    struct public_banner *ret_banner, struct view_link *ret_view)
{
	struct job job = {.a = a};
	struct view_link view = {.name = STR_NONE};
	enum rc rc = public_banner(site->config.db, a, ret_banner);

	if (rc == RC_OK && ret_banner->text.n > 0) {
		view.name = ret_banner->text;
		if (ret_banner->path.n > 0) {
			view.url = job_url_path(&job, ret_banner->path);
			rc = view.url.p ? RC_OK : RC_NO_MEMORY;
		}
	}
	if (rc == RC_OK)
		*ret_view = view;
	return rc;
}

bool site_has_banner_of(const struct site *site, struct str tag)
{
	uint64_t id;

	return site->banner_story > 0 && str_starts(tag, STR("story:")) &&
	       str_u64(str_from(tag, 6), INT64_MAX, &id) == RC_OK &&
	       (int64_t)id == site->banner_story;
}
