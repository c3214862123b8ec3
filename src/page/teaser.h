/* SPDX-License-Identifier: MIT
 *
 * A story in a list, and the parts that it shares with the story's own page:
 * kicker, byline, picture. Private to page/.
 */
#ifndef PAGE_TEASER_H
#define PAGE_TEASER_H

#include <stdbool.h>

#include "page/frame.h"
#include "page/image.h"

struct teaser_form {
	struct html class; /* of the article element; may be empty */
	unsigned level;	   /* of the headline: 2 or 3 */
	bool has_picture;
	enum image_cut cut;    /* of the picture */
	bool is_first_picture; /* of the page: not loaded lazily */
	bool has_standfirst;
	bool has_byline;
	bool has_section; /* the section's name where there is no kicker; else
			     the list is of one section, which a kicker does
			     not say again */
	bool has_date;
	bool is_of_one_day; /* so the list is, which says the day once */
};

void teaser_put(const struct sheet *s, const struct view_teaser *teaser,
    const struct teaser_form *form);

/* Only the headline, as a link in its language. */
void teaser_headline(const struct sheet *s, const struct view_teaser *teaser);

/* Plain headlines as a list, without its heading. */
void teaser_list(const struct sheet *s, const struct view_teasers *teasers);

/* "By Ada Quill and Tom Weir", in the words of WORDS; nothing if nobody. */
void teaser_byline(const struct sheet *s, const struct words *words,
    const struct view_links *byline);

/* The figure, or a captioned link if the picture lies elsewhere. Its caption
 * is left out where FORM says that it is not the page's first. */
void teaser_picture(const struct sheet *s, const struct view_picture *picture,
    struct html class, const struct teaser_form *form);

#endif
