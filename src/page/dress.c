/* SPDX-License-Identifier: MIT
 *
 * Words of a picture; see dress.h.
 */
#include "page/dress.h"

struct view_picture dress_picture(
    const struct view_picture *known, const struct manuscript_picture *own)
{
	struct view_picture p = *known;

	p.url = own->url;
	if (own->alt.n || !p.alt.p)
		p.alt = own->alt;
	if (own->caption.n || !p.caption.p)
		p.caption = own->caption;
	if (own->credit.n || own->rights.n || !p.credit.p) {
		p.credit = own->credit;
		p.rights = own->rights;
	}
	return p;
}
