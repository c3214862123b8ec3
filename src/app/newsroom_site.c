/* SPDX-License-Identifier: MIT
 *
 * The newsroom's view of site/ and coin/; see newsroom_site.h.
 */
#include "app/newsroom_site.h"

#include <string.h>

#include "coin/address_find.h"
#include "newsroom/newsroom.h"
#include "page/asset.h"
#include "paper/public.h"
#include "site/site.h"
#include "sys/random.h"
#include "sys/zone_file.h"

enum { CACHE_BYTES = 1024 * 1024 };

static enum rc open_site(struct newsroom_site *s, struct err *err)
{
	struct site_config config = {
	    .css = asset_find(STR("broadsheet.css")),
	    .favicon = asset_find(STR("favicon.svg")),
	    .cache_limit = CACHE_BYTES,
	    .load_zone = zone_file_load,
	};
	enum rc rc = public_open(s->dir, &s->db, err);

	if (rc != RC_OK)
		return rc;
	config.db = s->db;
	random_bytes(config.secret, sizeof(config.secret));
	rc = site_new(&config, &s->site, err);
	if (rc == RC_OK)
		return RC_OK;
	public_close(s->db);
	s->db = NULL;
	return rc;
}

void newsroom_site_done(struct newsroom_site *s)
{
	site_free(s->site);
	public_close(s->db);
	s->site = NULL;
	s->db = NULL;
}

enum rc newsroom_site_front(struct newsroom_site *s,
    struct newsroom_front *front, struct buf *out, struct err *err)
{
	struct site_front shown;
	enum rc rc = s->site ? RC_OK : open_site(s, err);

	if (rc != RC_OK)
		return rc;
	rc =
	    site_preview_front(s->site, &front->front, front->now, out, &shown);
	if (rc != RC_OK)
		return err_set(
		    err, rc, "the front page cannot be made: %s", rc_name(rc));
	_Static_assert((int)SITE_FRONT_MOST <= (int)NEWSROOM_FRONT_MOST,
	    "all that stands there has its place");
	memcpy(front->ids, shown.ids, shown.n * sizeof(shown.ids[0]));
	front->n = shown.n;
	front->seconds = shown.seconds;
	front->csp = shown.csp;
	return RC_OK;
}

bool newsroom_find_address(void *ctx, struct str text, struct str *ret_address)
{
	struct address_found found;
	size_t at = 0;

	(void)ctx;
	if (!address_find(text, &at, &found))
		return false;
	*ret_address = found.text;
	return true;
}
