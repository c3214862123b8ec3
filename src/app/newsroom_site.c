/* SPDX-License-Identifier: MIT
 *
 * The newsroom's view of site/ and coin/; see newsroom_site.h.
 */
#include "app/newsroom_site.h"

#include <string.h>

#include "coin/address_find.h"
#include "coin/payee.h"
#include "newsroom/newsroom.h"
#include "page/asset.h"
#include "paper/checklist.h"
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

enum rc newsroom_site_around(
    struct newsroom_site *s, struct newsroom_around *around, struct err *err)
{
	struct site_around shown;
	enum rc rc = s->site ? RC_OK : open_site(s, err);

	if (rc != RC_OK)
		return rc;
	rc = site_preview_around(s->site, &around->story, around->now, &shown);
	if (rc != RC_OK)
		return err_set(err, rc,
		    "what surrounds a story cannot be made: %s", rc_name(rc));
	around->paper = shown.paper;
	around->related = shown.related;
	around->has_versions = shown.has_versions;
	return RC_OK;
}

/* What the till may know by its whole word. */
static void put_word(
    const struct address_found *found, struct check_address *address)
{
	address->text = found->text;
	if (found->kind > ADDRESS_FOUND_TEST ||
	    found->text.n >= sizeof(address->plain))
		return;
	memcpy(address->plain, found->text.p, found->text.n);
}

bool newsroom_find_address(
    void *ctx, struct str text, size_t *at, struct check_address *ret_address)
{
	struct check_address address = {.text = STR("")};
	struct address_found word;
	struct payee_found hidden;
	size_t word_at = *at, hidden_at = *at;
	bool is_word = address_find(text, &word_at, &word);
	bool is_hidden = payee_next(text, &hidden_at, &hidden);

	(void)ctx;
	_Static_assert((int)PAYEE_PLAIN_MAX <= (int)CHECK_PLAIN_MAX, "it fits");
	if (is_word &&
	    (!is_hidden || word.text.p < hidden.text.p + hidden.text.n)) {
		put_word(&word, &address);
		*at = word_at;
	} else if (is_hidden) {
		address.text = hidden.text;
		memcpy(address.plain, hidden.plain, sizeof(hidden.plain));
		*at = hidden_at;
	} else {
		*at = text.n;
		return false;
	}
	*ret_address = address;
	return true;
}
