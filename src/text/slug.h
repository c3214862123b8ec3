/* SPDX-License-Identifier: MIT
 *
 * Slugs: the last part of a story's address, made from its headline.
 *
 * Latin, Cyrillic and Greek letters become ASCII, by the habits of the
 * language ("Größe" is "groesse" in German, "Öl" is "ol" in Swedish); other
 * scripts keep their letters, small and composed, in UTF-8. Words are joined
 * by "-". The same headline and language give the same slug for ever.
 */
#ifndef TEXT_SLUG_H
#define TEXT_SLUG_H

#include <stdbool.h>

#include "base/str.h"

struct arena;
struct buf;

enum { SLUG_MAX = 80 }; /* characters */

/* The slug of HEADLINE (UTF-8, faults skipped), at most SLUG_MAX characters,
 * cut between words where that is possible; "story" if nothing is left. LANG
 * may be empty. p is NULL only when the arena is spent. */
struct str slug_make(struct arena *a, struct str headline, struct str lang);
/* The same, with FALLBACK, a slug, for a HEADLINE that leaves nothing. */
struct str slug_make_or(
    struct arena *a, struct str headline, struct str lang, struct str fallback);

/* SLUG is one that slug_make can give: words of small letters and digits,
 * joined by single "-", 1 to SLUG_MAX characters. */
bool slug_is_valid(struct str slug);

/* Appends PATH as it stands in an address: every byte that is not unreserved
 * (RFC 3986 section 2.3) or "/" as %XX, with capital digits. */
void url_encode_path(struct buf *b, struct str path);

#endif
