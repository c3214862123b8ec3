/* SPDX-License-Identifier: MIT
 *
 * What the files of text/mail.h share.
 */
#ifndef TEXT_MAIL_PRIV_H
#define TEXT_MAIL_PRIV_H

#include "base/str.h"

struct arena;
struct buf;

/* BODY without its CODING, as the mail names it; one that is not known is none.
 * The result lives as long as the arena and BODY. */
struct str mail_decode(struct arena *a, struct str coding, struct str body);

/* Appends the text of S, which is HTML, without its tags: at most four bytes
 * for a tag. Entities stay; they are text/charset.h's. */
void mail_put_html(struct buf *b, struct str s);

#endif
