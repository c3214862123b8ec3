/* SPDX-License-Identifier: MIT
 *
 * The watch: orders, nodes, and when what is done; see watcher.h.
 */
#include "watch/watcher.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "sys/clock.h"
#include "watch/notice.h"
#include "watch/rate_clock.h"
#include "watch/watcher_priv.h"

enum {
	POLL_MS = 5000,
	CALL_MS = 30000,
	AGAIN_MS = 60000,
	STALE_S = 6 * 3600,
	SCRIPTS_MOST = 4000000,
	SLEEP_FIRST_MS = 1000,
	SLEEP_MOST_MS = 60000,
	HEAR_MS = 1000,
	EARLY_MS = 200,	   /* after a look, at least, until an early one */
	EARLY_FACTOR = 10, /* and so many times what the look took */
	TEXT_PART = 250,   /* of an error's words in a NODE fact */
	SOURCES_TEXT = 4096,
};

#define NS_OF_MS INT64_C(1000000)

static bool hear_now(void *ctx)
{
	return watcher_hear(ctx) == RC_OK;
}

static void fill_defaults(struct watcher_settings *s)
{
	if (s->poll_ms == 0)
		s->poll_ms = POLL_MS;
	if (s->pool_ms == 0)
		s->pool_ms = s->poll_ms;
	if (s->call_ms == 0)
		s->call_ms = CALL_MS;
	if (s->again_ms == 0)
		s->again_ms = AGAIN_MS;
	if (s->stale_s == 0)
		s->stale_s = STALE_S;
	if (s->scripts_max == 0)
		s->scripts_max = SCRIPTS_MOST;
}

enum rc watcher_new(const struct watcher_settings *settings,
    struct watcher_till till, struct watcher **ret_w, struct err *err)
{
	struct watcher *w = calloc(1, sizeof(*w));
	enum rc rc;

	must(settings->nodes_n <= WATCHER_NODES_MAX);
	if (!w)
		return err_set(err, RC_NO_MEMORY, "no memory for the watch");
	w->settings = *settings;
	fill_defaults(&w->settings);
	w->till = till;
	w->block_arena = arena_new(WATCHER_BLOCK_ARENA);
	w->tx_arena = arena_new(WATCHER_TX_ARENA);
	rc = http_client_new(&w->client, err);
	if (rc == RC_OK &&
	    (pending_new(&w->pending) != RC_OK ||
		script_set_new(w->settings.scripts_max, &w->scripts) != RC_OK))
		rc = err_set(err, RC_NO_MEMORY, "no memory for the watch");
	for (size_t i = 0; i < settings->nodes_n; i++)
		w->nodes[i].rpc = (struct rpc){.client = w->client,
		    .place = settings->nodes[i],
		    .ms_max = w->settings.call_ms,
		    .go_on = hear_now,
		    .ctx = w};
	if (rc != RC_OK) {
		watcher_free(w);
		return rc;
	}
	*ret_w = w;
	return RC_OK;
}

void watcher_free(struct watcher *w)
{
	if (!w)
		return;
	http_client_free(w->client);
	pending_free(w->pending);
	script_set_free(w->scripts);
	chain_done(&w->chain);
	arena_free(w->block_arena);
	arena_free(w->tx_arena);
	free(w->pool);
	free(w);
}

static enum rc begin(struct watcher *w, const struct order *o)
{
	const struct order_hello *h = &o->u.hello;
	struct script_set *scripts = NULL;
	struct pending *pending = NULL;

	if (script_set_new(w->settings.scripts_max, &scripts) != RC_OK ||
	    pending_new(&pending) != RC_OK) {
		script_set_free(scripts);
		return RC_NO_MEMORY;
	}
	script_set_free(w->scripts);
	pending_free(w->pending);
	w->scripts = scripts;
	w->pending = pending;
	chain_clear(&w->chain);
	for (size_t i = h->blocks_n; i-- > 0;) {
		const struct chain_link link = {
		    .height = h->blocks[i].height, .hash = h->blocks[i].hash};

		if (chain_push(&w->chain, &link) != RC_OK)
			return RC_NO_MEMORY;
	}
	w->has_hello = true;
	w->has_scripts = false;
	w->is_interrupted = true;
	w->epoch = o->epoch;
	w->seq = w->acked = 0;
	w->network = h->network;
	w->birth = h->birth;
	w->has_rescan = false;
	w->pool_n = 0;
	w->pool_told = w->is_synced = false;
	w->pool_due_ns = 0;
	w->told_text[0] = '\0';
	w->told_changes = 0;
	for (size_t i = 0; i < w->settings.nodes_n; i++)
		w->nodes[i].is_checked = false;
	return RC_OK;
}

static enum rc add_scripts(struct watcher *w, struct order_scripts s)
{
	struct script_pubkey script;

	while (order_next_script(&s.packed, &script)) {
		enum rc rc = script_set_add(w->scripts, &script);

		if (rc != RC_OK && rc != RC_EXISTS)
			return rc;
	}
	return RC_OK;
}

static void use_rates(struct rate_clock *c, const struct order_currency *o)
{
	rate_clock_choose(c, o->has_sources ? &o->sources : NULL);
	rate_clock_use(c, o->is_wanted ? &o->currency : NULL);
}

enum rc watcher_order(struct watcher *w, const struct order *o)
{
	if (o->kind == ORDER_HELLO)
		return begin(w, o);
	if (!w->has_hello || o->epoch != w->epoch)
		return RC_INVALID;
	switch (o->kind) {
	case ORDER_SCRIPTS:
		return add_scripts(w, o->u.scripts);
	case ORDER_PENDING:
		return pending_put(
			   w->pending, &o->u.pending.txid, &o->u.pending.inputs)
			   ? RC_OK
			   : RC_LIMIT;
	case ORDER_SCRIPTS_END:
		w->has_scripts = true;
		return RC_OK;
	case ORDER_RESCAN:
		if (!w->has_rescan || o->u.rescan_from < w->rescan_from)
			w->rescan_from = o->u.rescan_from;
		w->has_rescan = true;
		return RC_OK;
	case ORDER_ACK:
		if (o->seq > w->seq)
			return RC_INVALID;
		if (o->seq > w->acked)
			w->acked = o->seq;
		return RC_OK;
	case ORDER_CURRENCY:
		if (w->settings.rates)
			use_rates(w->settings.rates, &o->u.currency);
		return RC_OK;
	case ORDER_HELLO:
		break;
	}
	unreachable("kind of an order");
}

/* Waits MS milliseconds at most. */
static enum rc wait(struct watcher *w, unsigned ms)
{
	if (!w->is_ended && !w->till.hear(w->till.ctx, w, ms))
		w->is_ended = true;
	if (ms > 0 && w->settings.notice)
		notice_turn(w->settings.notice);
	return w->is_ended || w->is_interrupted ? RC_BUSY : RC_OK;
}

enum rc watcher_hear(struct watcher *w)
{
	return wait(w, 0);
}

enum rc watcher_tell(struct watcher *w, struct fact *f)
{
	while (w->seq - w->acked >= FACT_WINDOW)
		if (wait(w, HEAR_MS) != RC_OK)
			return RC_BUSY;
	f->epoch = w->epoch;
	f->seq = ++w->seq;
	w->till.tell(w->till.ctx, f);
	return RC_OK;
}

enum rc watcher_tell_block(
    struct watcher *w, enum fact_kind kind, const struct chain_link *link)
{
	struct fact f = {.kind = kind};

	f.u.block = (struct fact_block){
	    link->height, link->hash, link->prev, link->time};
	return watcher_tell(w, &f);
}

enum rc watcher_tell_synced(struct watcher *w, bool pool_told)
{
	const struct chain_link *top = chain_top(&w->chain);
	struct fact f = {.kind = FACT_SYNCED};

	f.u.synced = (struct fact_synced){top->height, top->hash, pool_told};
	return watcher_tell(w, &f);
}

enum rc watcher_say(
    struct watcher *w, enum node_state state, const char *fmt, ...)
{
	struct fact f = {.kind = FACT_NODE};
	struct err text; /* cuts at a character's border, and cleans */
	char words[FACT_TEXT_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(words, sizeof(words), fmt, ap);
	va_end(ap);
	(void)err_set(&text, RC_IO, "%s", words);
	if (state == w->told_state && strcmp(text.why, w->told_text) == 0 &&
	    (state != NODE_OK || clock_ns() < w->again_ns))
		return RC_OK;
	w->again_ns = clock_ns() + w->settings.again_ms * NS_OF_MS;
	w->told_state = state;
	(void)snprintf(w->told_text, sizeof(w->told_text), "%s", text.why);
	f.u.node =
	    (struct fact_node){state, w->node_height, str_of(w->told_text)};
	return watcher_tell(w, &f);
}

/* The node's first block is that of the till's network. */
static enum rc check_network(
    struct watcher *w, struct watcher_node *node, struct err *err)
{
	struct hash256 genesis;
	enum network is;
	enum rc rc;

	if (node->is_checked)
		return RC_OK;
	rc = node_hash_at(&node->rpc, 0, &genesis, err);
	if (rc != RC_OK)
		return rc;
	if (network_of_genesis(&genesis, &is) != RC_OK || is != w->network) {
		node->state = NODE_WRONG_NETWORK;
		return err_set(err, RC_INVALID,
		    "the node follows another chain than %.*s",
		    STR_ARG(network_name(w->network)));
	}
	node->is_checked = true;
	return RC_OK;
}

static enum rc say_level(struct watcher *w)
{
	const struct chain_link *top = chain_top(&w->chain);
	int64_t age_s = instant_s(clock_now()) - instant_s(top->time);

	if (age_s > (int64_t)w->settings.stale_s)
		return watcher_say(w, NODE_STALE,
		    "The newest block, %lu, is more than %u minutes old. Has "
		    "the node lost its peers?",
		    (unsigned long)top->height, w->settings.stale_s / 60);
	return watcher_say(w, NODE_OK, "Up to date.");
}

static enum rc ask_node(
    struct watcher *w, struct watcher_node *node, struct err *err)
{
	bool level = false;
	enum rc rc = check_network(w, node, err);

	w->is_level = false;
	if (rc == RC_OK)
		rc = watcher_follow(w, &node->rpc, &level, err);
	if (rc == RC_OK && level)
		rc = watcher_rescan(w, &node->rpc, err);
	if (rc == RC_OK && level && clock_ns() >= w->pool_due_ns) {
		rc = watcher_scan_pool(w, &node->rpc, err);
		w->pool_due_ns = clock_ns() + w->settings.pool_ms * NS_OF_MS;
	}
	w->is_level = level;
	return rc == RC_OK && level ? say_level(w) : rc;
}

/* NODE has failed: it sleeps for a while, longer each time. */
static void put_to_sleep(struct watcher_node *node)
{
	unsigned shift = node->failures < 6 ? node->failures : 6;
	unsigned ms = (unsigned)SLEEP_FIRST_MS << shift;

	node->failures++;
	node->is_checked = false;
	node->asleep_ns =
	    clock_ns() + (ms < SLEEP_MOST_MS ? ms : SLEEP_MOST_MS) * NS_OF_MS;
}

/* Every node has failed: says how, by the words of the one asked last. */
static void say_down(struct watcher *w, const struct watcher_node *node)
{
	struct str host = STR_NONE;

	(void)!http_client_host(node->rpc.place.url, &host);
	if (w->settings.nodes_n == 1)
		(void)!watcher_say(w, node->state, "Node %.*s: %.*s",
		    STR_ARG(host), TEXT_PART, node->err.why);
	else
		(void)!watcher_say(w, node->state,
		    "None of %zu nodes will do; the last, %.*s: %.*s",
		    w->settings.nodes_n, STR_ARG(host), TEXT_PART,
		    node->err.why);
}

/* Asks the nodes that are awake, from the current one on, until one does. */
static void turn(struct watcher *w)
{
	const struct watcher_node *failed = NULL;
	size_t n = w->settings.nodes_n;

	for (size_t i = 0; i < n; i++) {
		struct watcher_node *node = &w->nodes[w->at];
		enum rc rc;

		if (clock_ns() >= node->asleep_ns) {
			node->state = NODE_DOWN;
			rc = ask_node(w, node, &node->err);
			if (rc == RC_OK)
				node->failures = 0;
			/* It is behind: perhaps another is not. */
			if (rc == RC_OK && !w->is_level)
				w->at = (w->at + 1) % n;
			if (rc == RC_OK || w->is_interrupted || w->is_ended)
				return;
			put_to_sleep(node);
			failed = node;
		}
		w->at = (w->at + 1) % n;
	}
	if (failed)
		say_down(w, failed);
}

/* Tells how many sources of rates answer, if that is not what was told
 * last. */
static void tell_sources(struct watcher *w)
{
	struct fact f = {.kind = FACT_SOURCES};
	unsigned total = 0, answering = 0;
	uint64_t changes = 0;
	struct err words; /* cuts at a character's border, and cleans */
	struct buf text;

	buf_init(&text, SOURCES_TEXT);
	if (rate_clock_standing(w->settings.rates, &answering, &total, &changes,
		&text) == RC_OK &&
	    changes != w->told_changes) {
		w->told_changes = changes;
		(void)err_set(&words, RC_IO, "%.*s", STR_ARG(buf_str(&text)));
		f.u.sources =
		    (struct fact_sources){(uint16_t)total, (uint16_t)answering,
			answering < total
			    ? utf8_head(str_of(words.why), FACT_TEXT_MAX)
			    : STR("")};
		(void)!watcher_tell(w, &f);
	}
	buf_done(&text);
}

static void ask_rates(struct watcher *w)
{
	const struct rate_clock_call call = {.client = w->client,
	    .now = clock_now(),
	    .go_on = hear_now,
	    .ctx = w};
	struct fact f = {.kind = FACT_RATE};
	struct err err;

	if (!w->settings.rates || !w->has_hello || w->is_interrupted ||
	    w->is_ended)
		return;
	if (rate_clock_turn(w->settings.rates, &call, &f.u.rate, &err) ==
		RC_OK &&
	    !w->is_interrupted)
		(void)!watcher_tell(w, &f);
	if (!w->is_interrupted && !w->is_ended)
		tell_sources(w);
}

/* Looks at the chain, the mempool and prices. */
static void look(struct watcher *w)
{
	int64_t began = clock_ns(), took;

	if (w->settings.notice)
		notice_forget(w->settings.notice);
	if (w->has_scripts && w->settings.nodes_n > 0)
		turn(w);
	/* Notices may come without end: so that looking early takes a small
	 * part of the node's time and ours. */
	took = clock_ns() - began;
	w->early_ns = clock_ns() + (took * EARLY_FACTOR > EARLY_MS * NS_OF_MS
					   ? took * EARLY_FACTOR
					   : EARLY_MS * NS_OF_MS);
	ask_rates(w);
}

/* How long to wait when the next look is due in LEFT ms; 0: look now. */
static unsigned pause_ms(struct watcher *w, int64_t left)
{
	if (w->settings.notice && notice_is_rung(w->settings.notice)) {
		int64_t early = (w->early_ns - clock_ns()) / NS_OF_MS;

		if (early <= 0)
			w->pool_due_ns = 0;
		if (early < left)
			left = early;
	}
	if (left <= 0)
		return 0;
	return left > HEAR_MS ? HEAR_MS : (unsigned)left;
}

void watcher_run(struct watcher *w)
{
	while (!w->is_ended) {
		int64_t due;

		w->is_interrupted = false;
		look(w);
		due = clock_ns() + w->settings.poll_ms * NS_OF_MS;
		while (!w->is_interrupted && !w->is_ended) {
			unsigned ms =
			    pause_ms(w, (due - clock_ns()) / NS_OF_MS);
			bool began = w->has_scripts, rescans = w->has_rescan;

			if (ms == 0)
				break;
			(void)!wait(w, ms);
			if (w->has_scripts != began || w->has_rescan != rescans)
				break;
			ask_rates(w);
		}
	}
}
