/* SPDX-License-Identifier: MIT
 *
 * The content codings that bodies are sent in: which are worth the trouble,
 * and how they are made.
 */
#ifndef HTTP_CODING_H
#define HTTP_CODING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/rc.h"
#include "base/str.h"
#include "http/entity.h"

/* "gzip", "br"; "identity" for none. Lives for ever. */
struct str coding_name(enum coding coding);
/* Whether a body of this type and size is worth compressing. */
bool coding_pays(struct str type, size_t n);
/* How many bytes BODY may take in CODING, which is not identity. */
size_t coding_bound(enum coding coding, size_t n);
/* Compresses BODY to ROOM, which has coding_bound bytes. The same body gives
 * the same bytes. RC_NO_MEMORY. */
MUST_USE enum rc coding_apply(
    enum coding coding, struct str body, char *room, size_t *ret_n);

#endif
