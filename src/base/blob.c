/* SPDX-License-Identifier: MIT
 *
 * Counted bytes; see blob.h.
 */
#include "base/blob.h"

#include <stdlib.h>
#include <string.h>

#include "base/must.h"

struct blob *blob_new(struct str bytes)
{
	struct blob *b = malloc(sizeof(*b) + bytes.n);

	if (!b)
		return NULL;
	b->n = bytes.n;
	b->refs = 1;
	if (bytes.n)
		memcpy(b->p, bytes.p, bytes.n);
	return b;
}

struct blob *blob_ref(struct blob *b)
{
	must(b->refs > 0);
	b->refs++;
	must(b->refs > 0);
	return b;
}

void blob_unref(struct blob *b)
{
	if (!b)
		return;
	must(b->refs > 0);
	if (--b->refs == 0)
		free(b);
}

struct str blob_str(const struct blob *b)
{
	return (struct str){b->p, b->n};
}
