/* SPDX-License-Identifier: MIT
 *
 * Which proof marks (text/proof.h) are still to be dealt with: all but those
 * that somebody of the newsroom has read and let stand, for which printers
 * write "stet".
 */
#ifndef TEXT_STET_H
#define TEXT_STET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/instant.h"
#include "base/str.h"
#include "text/proof.h"

struct arena;

/* A mark that is to stand. It is known by what it says and by the words around
 * it: where they are changed, it is a mark again. */
struct stet {
	struct str kind;  /* as proof_kind_name gives it */
	struct str field; /* as in struct proof_mark */
	struct str words; /* its excerpt */
	size_t place;	  /* bytes of these before the mark */
	struct str who;	  /* let it stand, and when */
	struct instant at;
	bool is_met; /* set by stet_read: the text has such a mark */
};

/* Where MARK, which M has, begins in its excerpt. */
size_t stet_place(const struct manuscript *m, const struct proof_mark *mark);

/* proof_read, without the marks that are answered; V may be NULL if N is 0.
 * is_met is set in each of V that was needed, and cleared in all others. */
MUST_USE enum rc stet_read(struct arena *a, const struct manuscript *m,
    struct str lang, struct stet *v, size_t n, struct proof_mark **ret_marks,
    size_t *ret_n);

#endif
