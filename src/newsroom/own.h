/* SPDX-License-Identifier: MIT
 *
 * Which addresses for coins are the paper's own. Only the till knows, another
 * process: so what a story has is first looked up in what the till has said
 * lately; what is not known yet is asked, and looked up again. A till that is
 * silent has no address. Private to newsroom/.
 */
#ifndef NEWSROOM_OWN_H
#define NEWSROOM_OWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/instant.h"
#include "base/str.h"
#include "ledger/money_wire.h"
#include "paper/checklist.h"

struct newsroom;

enum { OWN_KEPT = 128 };

/* What the till has said, until it has to be asked anew. */
struct own_word {
	char address[CHECK_PLAIN_MAX];
	struct instant until;
	bool is_own;
};

struct own_words {
	struct own_word v[OWN_KEPT];
	size_t next; /* the place that is overwritten next */
};

/* One look through a story. */
struct own_look {
	struct newsroom *n;
	struct instant now;
	char unknown[MONEY_ASKED_MAX][CHECK_PLAIN_MAX];
	size_t unknown_n;
};

/* check_options.is_own, whose context is a struct own_look. What is not known
 * is noted there, and is not the paper's. */
bool own_is(void *ctx, struct str address);
/* Something is unknown that the till could say. */
bool own_asks(const struct own_look *look);

/* Asks for what is unknown, and calls DONE(CTX) once, now or later. LOOK may be
 * gone by then. */
void own_ask(const struct own_look *look, void (*done)(void *ctx), void *ctx);

#endif
