/* SPDX-License-Identifier: MIT
 *
 * The paper's own addresses; see own.h.
 */
#include "newsroom/own.h"

#include <stdlib.h>
#include <string.h>

#include "newsroom/newsroom_priv.h"

/* A batch may have been installed since; a silent till may speak again. */
static const int64_t KEPT_US = INT64_C(60) * 1000 * 1000;

static const struct own_word *word_of(
    const struct own_words *words, struct str address, struct instant now)
{
	for (size_t i = 0; i < OWN_KEPT; i++) {
		const struct own_word *w = &words->v[i];

		/* A clock that was set back must not keep it for long; and the
		 * request that asks began a moment before the answer. */
		if (w->address[0] && w->until.us > now.us &&
		    w->until.us <= now.us + 2 * KEPT_US &&
		    str_eq(str_of(w->address), address))
			return w;
	}
	return NULL;
}

static bool is_noted(const struct own_look *look, struct str address)
{
	for (size_t i = 0; i < look->unknown_n; i++)
		if (str_eq(str_of(look->unknown[i]), address))
			return true;
	return false;
}

bool own_is(void *ctx, struct str address)
{
	struct own_look *look = ctx;
	const struct own_word *word =
	    word_of(&look->n->own, address, look->now);

	if (word)
		return word->is_own;
	if (look->unknown_n < MONEY_ASKED_MAX && address.n < CHECK_PLAIN_MAX &&
	    !is_noted(look, address)) {
		char *to = look->unknown[look->unknown_n++];

		memcpy(to, address.p, address.n);
		to[address.n] = '\0';
	}
	return false;
}

bool own_asks(const struct own_look *look)
{
	return look->unknown_n > 0 && look->n->config.till.ask;
}

struct asking {
	struct own_look look;
	void (*done)(void *ctx);
	void *ctx;
};

static void keep(
    struct newsroom *n, const char address[CHECK_PLAIN_MAX], bool is_own)
{
	struct own_word *w = &n->own.v[n->own.next++ % OWN_KEPT];

	memcpy(w->address, address, sizeof(w->address));
	w->is_own = is_own;
	w->until.us = n->config.now().us + KEPT_US;
}

static void answered(void *ctx, enum rc rc, const struct money_message *reply)
{
	struct asking *asking = ctx;
	const struct own_look *look = &asking->look;
	const struct money_whose *told =
	    rc == RC_OK && reply->kind == MONEY_OWNED ? &reply->whose : NULL;

	for (size_t i = 0; i < look->unknown_n; i++)
		keep(look->n, look->unknown[i],
		    told && i < told->n && told->is_own[i] &&
			str_eq(told->address[i], str_of(look->unknown[i])));
	asking->done(asking->ctx);
	free(asking);
}

void own_ask(const struct own_look *look, void (*done)(void *ctx), void *ctx)
{
	struct till *till = &look->n->config.till;
	struct asking *asking = malloc(sizeof(*asking));
	struct money_message *ask = calloc(1, sizeof(*ask));

	if (!asking || !ask) {
		free(asking);
		free(ask);
		done(ctx);
		return;
	}
	*asking = (struct asking){.look = *look, .done = done, .ctx = ctx};
	ask->kind = MONEY_WHOSE;
	ask->whose.n = look->unknown_n;
	for (size_t i = 0; i < look->unknown_n; i++)
		ask->whose.address[i] = str_of(asking->look.unknown[i]);
	if (till->ask(till->ctx, ask, answered, asking) != RC_OK)
		answered(asking, RC_IO, NULL);
	free(ask);
}
