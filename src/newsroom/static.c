/* SPDX-License-Identifier: MIT
 *
 * Style sheets and scripts of the screens. The address of each has a hash of
 * its content in it, so a browser keeps it for ever and gets a new one at
 * once.
 */
#include <sodium.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "http/entity.h"
#include "newsroom/newsroom_priv.h"
#include "page/asset.h"

enum { HASH_BYTES = 16, HEX = 16 };

static struct str type_of(struct str name)
{
	if (str_ends(name, STR(".css")))
		return STR("text/css; charset=utf-8");
	if (str_ends(name, STR(".js")))
		return STR("text/javascript; charset=utf-8");
	if (str_ends(name, STR(".svg")))
		return STR("image/svg+xml");
	return STR_NONE;
}

static enum rc load_file(struct newsroom *n, const struct asset *asset)
{
	struct static_file *f = &n->files[n->files_n];
	struct str name = str_of(asset->name);
	unsigned char hash[HASH_BYTES];
	char hex[2 * HASH_BYTES + 1];

	must(n->files_n < STATIC_FILES_MAX);
	crypto_generichash(hash, sizeof(hash),
	    (const unsigned char *)asset->bytes.p, asset->bytes.n, NULL, 0);
	sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
	f->name = name;
	f->url = arena_printf(
	    n->a, "/static/%.*s/%.*s", (int)HEX, hex, STR_ARG(name));
	f->entity = entity_new(&(struct entity_spec){
	    .status = 200,
	    .type = type_of(name),
	    .cache = STR("public, max-age=31536000, immutable"),
	    .extra = STR("Cross-Origin-Resource-Policy: same-origin\r\n"),
	    .modified = INSTANT_NEVER,
	    .body = asset->bytes,
	});
	if (!f->url.p || !f->entity) {
		entity_unref(f->entity);
		return RC_NO_MEMORY;
	}
	n->files_n++;
	return RC_OK;
}

enum rc static_load(struct newsroom *n)
{
	for (const struct asset *asset = assets; asset->name; asset++) {
		enum rc rc;

		if (!type_of(str_of(asset->name)).n)
			continue;
		rc = load_file(n, asset);
		if (rc != RC_OK)
			return rc;
	}
	return RC_OK;
}

void static_free(struct newsroom *n)
{
	for (size_t i = 0; i < n->files_n; i++)
		entity_unref(n->files[i].entity);
	n->files_n = 0;
}

struct entity *static_find(struct newsroom *n, struct str path)
{
	for (size_t i = 0; i < n->files_n; i++)
		if (str_eq(n->files[i].url, path))
			return entity_ref(n->files[i].entity);
	return NULL;
}

struct str static_url(const struct newsroom *n, struct str name)
{
	for (size_t i = 0; i < n->files_n; i++)
		if (str_eq(n->files[i].name, name))
			return n->files[i].url;
	return STR("");
}
