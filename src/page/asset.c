/* SPDX-License-Identifier: MIT
 *
 * Files built into the binary; see asset.h.
 */
#include "page/asset.h"

struct str asset_find(struct str name)
{
	for (const struct asset *asset = assets; asset->name; asset++)
		if (str_eq(str_of(asset->name), name))
			return asset->bytes;
	return STR_NONE;
}
