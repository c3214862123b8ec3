/* SPDX-License-Identifier: MIT
 *
 * The fields of the messages that the till exchanges with its neighbours. Each
 * function reads a field into the struct or writes it from there, as the walk
 * says: so the two directions cannot differ, and what is refused in one is
 * refused in the other. Private to ledger/; ledger/till_wire.h has the form of
 * the fields.
 */
#ifndef LEDGER_WALK_H
#define LEDGER_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rc.h"
#include "ledger/till_wire.h"

struct buf;

enum { WALK_NETWORKS = 4 /* of coin/network.h */ };

struct walk {
	struct buf *out; /* NULL: reads from IN */
	struct str in;
	enum rc rc; /* the first fault */
};

void walk_fail(struct walk *w, enum rc rc);
/* N raw bytes to or from P. */
void walk_fixed(struct walk *w, void *p, size_t n);
/* V in SIZE bytes; what it becomes is returned. */
uint64_t walk_number(struct walk *w, uint64_t v, size_t size, uint64_t most);
/* A field of whole numbers from 0 to MOST. When writing, nothing is stored: the
 * message may be constant. */
#define WALK_NUMBER(w, field, most)                                            \
	do {                                                                   \
		uint64_t got_ = walk_number(                                   \
		    (w), (uint64_t)(field), sizeof(field), (uint64_t)(most));  \
		if (!(w)->out)                                                 \
			(field) = (__typeof__(field))got_;                     \
	} while (0)
void walk_flag(struct walk *w, bool *v);
/* Amounts from LEAST on, or from 0. */
void walk_sat_between(struct walk *w, struct sat *v, int64_t least);
void walk_sat(struct walk *w, struct sat *v);
void walk_fiat_between(struct walk *w, struct fiat *v, int64_t least);
void walk_fiat(struct walk *w, struct fiat *v);
void walk_instant(struct walk *w, struct instant *v);
/* How many a list has, or a text bytes. */
void walk_count(struct walk *w, size_t *n, size_t most);
void walk_bytes(struct walk *w, struct str *s, size_t most);
/* One line, or several. */
void walk_text(struct walk *w, struct str *s, size_t most);
void walk_lines(struct walk *w, struct str *s, size_t most);
void walk_name(struct walk *w, struct str *s); /* TILL_NAME_MAX */
/* Three capitals, or three NULs for none; and a NUL. */
void walk_code(struct walk *w, char v[4]);
void walk_currency(struct walk *w, struct currency *v);
void walk_rate(struct walk *w, struct till_rate *v);

#endif
