/* SPDX-License-Identifier: MIT
 *
 * Bytes that never change and are shared by counting: a rendered page that
 * lies in the cache while a hundred slow readers are being sent it. The count
 * is not atomic: a blob stays within one thread.
 */
#ifndef BASE_BLOB_H
#define BASE_BLOB_H

#include <stddef.h>

#include "base/rc.h"
#include "base/str.h"

struct blob {
	size_t n;
	unsigned refs; /* private */
	char p[];
};

/* A copy of BYTES with one reference, owned by the caller; NULL if there is
 * no memory. */
MUST_USE struct blob *blob_new(struct str bytes);
/* One more reference; returns B. */
struct blob *blob_ref(struct blob *b);
/* One less; the last frees it. NULL is fine. */
void blob_unref(struct blob *b);
struct str blob_str(const struct blob *b);

#endif
