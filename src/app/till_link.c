/* SPDX-License-Identifier: MIT
 *
 * The till's end of the socket to the watch; see till_link.h.
 *
 * A watch that starts says so by a fact of epoch 0. It is answered with a new
 * epoch and all that it needs. So is the till's own start, for the watch may
 * have run on without it. Whatever lies in the socket from before is of an
 * older epoch, and the ledger sorts that out.
 */
#include "app/till_link.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/till_book.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "sys/clock.h"
#include "sys/loop.h"
#include "sys/socket.h"

enum {
	FACTS_AT_ONCE = 256,
	FACTS_ROOM = 8 * 1024 * 1024,
	RETRY_MS = 1000,
};

enum sending {
	SEND_HELLO,
	SEND_SCRIPTS,
	SEND_PENDING,
	SEND_END,
	SEND_ACKS,
};

struct till_link {
	struct loop *loop;
	struct till_book *book;
	int fd;
	const struct till_link_calls *calls;
	void *ctx;
	struct watch watch;
	struct timer retry;
	/* Out. */
	uint32_t epoch;
	enum sending sending;
	bool has_ended; /* SCRIPTS_END was sent in this epoch */
	struct order_currency told_currency;
	bool currency_due; /* it is to be told, or told again */
	uint64_t next_script;
	struct hash256 pending; /* the last one sent */
	uint64_t acknowledged;
	struct buf out; /* a message that is to be sent */
	struct script_pubkey scripts[FACT_SCRIPTS_MAX];
	struct buf packed;
	/* In. */
	struct arena *a;
	struct fact facts[FACTS_AT_ONCE];
	size_t facts_n;
	bool wants_hello; /* the watch does */
	char room[FACT_MESSAGE_MAX];
};

/* About how high the chain was at T, surely not higher: where nothing was
 * heard of it yet, scanning begins there. Blocks come every ten minutes on
 * average, and over years never as slowly as here. */
static uint32_t height_at(enum network network, struct instant t)
{
	static const struct {
		int64_t at_s;
		uint32_t height;
		uint32_t slowest_s;
	} marks[NETWORK_COUNT] = {
	    [NETWORK_MAIN] = {1713571767, 840000, 610},
	    [NETWORK_TESTNET] = {1624000000, 1900000, 620},
	    [NETWORK_SIGNET] = {1598918400, 0, 620},
	    [NETWORK_REGTEST] = {0, 0, 0},
	};
	int64_t since = instant_s(t) - marks[network].at_s;

	if (marks[network].slowest_s == 0 || since < 0)
		return 0;
	return marks[network].height +
	       (uint32_t)(since / marks[network].slowest_s);
}

static enum rc write_hello(struct till_link *link, struct err *err)
{
	struct ledger_block blocks[FACT_BLOCKS_MAX];
	struct order order = {.kind = ORDER_HELLO};
	struct order_hello *hello = &order.u.hello;
	struct instant born;
	size_t n = 0;
	enum rc rc = ledger_next_epoch(link->book->ledger, &link->epoch, err);

	if (rc == RC_OK)
		rc = ledger_known_blocks(
		    link->book->ledger, blocks, FACT_BLOCKS_MAX, &n, err);
	if (rc == RC_OK)
		rc = ledger_born(link->book->ledger, &born, err);
	if (rc != RC_OK)
		return rc;
	order.epoch = link->epoch;
	hello->network = link->book->pin->network;
	hello->birth = height_at(hello->network, born);
	hello->blocks_n = (uint16_t)n;
	for (size_t i = 0; i < n; i++)
		hello->blocks[i] = (struct order_block){
		    .height = blocks[i].height, .hash = blocks[i].hash};
	rc = order_write(&link->out, &order);
	link->sending = SEND_SCRIPTS;
	link->has_ended = false;
	link->currency_due = true;
	link->next_script = 0;
	link->pending = (struct hash256){0};
	link->acknowledged = 0;
	return rc;
}

static struct order_currency currency_of(const struct till_link *link)
{
	const struct ledger_settings *s = ledger_settings(link->book->ledger);
	struct order_currency currency = {.is_wanted = s->has_currency};

	if (!s->has_currency)
		return currency;
	currency.currency = s->currency;
	currency.has_sources = s->has_rate_sources;
	currency.sources = s->has_rate_sources ? s->rate_sources : 0;
	return currency;
}

static enum rc write_currency(struct till_link *link)
{
	struct order order = {.kind = ORDER_CURRENCY, .epoch = link->epoch};

	order.u.currency = link->told_currency = currency_of(link);
	link->currency_due = false;
	return order_write(&link->out, &order);
}

static enum rc write_scripts(struct till_link *link, struct err *err)
{
	struct order order = {.kind = ORDER_SCRIPTS, .epoch = link->epoch};
	size_t n = 0;
	enum rc rc = ledger_scripts(link->book->ledger, link->next_script,
	    link->scripts, FACT_SCRIPTS_MAX, &n, err);

	if (rc != RC_OK)
		return rc;
	if (n == 0) {
		link->sending = link->has_ended ? SEND_ACKS : SEND_PENDING;
		return RC_OK;
	}
	buf_clear(&link->packed);
	for (size_t i = 0; i < n; i++)
		order_pack_script(&link->packed, &link->scripts[i]);
	order.u.scripts = (struct order_scripts){.first = link->next_script,
	    .n = (uint16_t)n,
	    .packed = buf_str(&link->packed)};
	rc = buf_rc(&link->packed);
	if (rc == RC_OK)
		rc = order_write(&link->out, &order);
	if (rc == RC_OK)
		link->next_script += n;
	return rc;
}

static enum rc write_pending(struct till_link *link, struct err *err)
{
	struct order order = {.kind = ORDER_PENDING, .epoch = link->epoch};
	enum rc rc = ledger_next_pending(
	    link->book->ledger, &link->pending, &order.u.pending, err);

	if (rc == RC_NOT_FOUND) {
		link->sending = SEND_END;
		return RC_OK;
	}
	if (rc == RC_OK)
		rc = order_write(&link->out, &order);
	if (rc == RC_OK)
		link->pending = order.u.pending.txid;
	return rc;
}

static enum rc write_ack(struct till_link *link)
{
	struct order order = {.kind = ORDER_ACK};

	ledger_heard(link->book->ledger, &order.epoch, &order.seq);
	if (order.epoch != link->epoch || order.seq <= link->acknowledged)
		return RC_OK;
	link->acknowledged = order.seq;
	return order_write(&link->out, &order);
}

/* Puts the next message into "out"; leaves it empty if there is none now. */
static enum rc write_next(struct till_link *link, struct err *err)
{
	struct order order = {.epoch = link->epoch};
	enum rc rc = RC_OK;

	buf_clear(&link->out);
	if (link->sending == SEND_HELLO)
		return write_hello(link, err);
	if (link->currency_due)
		return write_currency(link);
	if (link->sending == SEND_SCRIPTS)
		rc = write_scripts(link, err);
	if (rc == RC_OK && link->sending == SEND_PENDING && link->out.n == 0)
		rc = write_pending(link, err);
	if (rc != RC_OK || link->out.n > 0)
		return rc;
	if (link->sending == SEND_END) {
		order.kind = ORDER_SCRIPTS_END;
		link->sending = SEND_ACKS;
		link->has_ended = true;
		return order_write(&link->out, &order);
	}
	return write_ack(link);
}

static void complain(struct till_link *link, const char *doing, enum rc rc,
    const struct err *err)
{
	char line[ERR_WHY_MAX + 64];

	snprintf(line, sizeof(line), "%s: %s", doing,
	    err->why[0] ? err->why : rc_name(rc));
	link->calls->alarm(link->ctx, ALARM_WRITING, line);
	loop_arm(link->loop, &link->retry, RETRY_MS);
}

/* Sends as much as fits; waits for room, if there is more. */
static void send_out(struct till_link *link)
{
	struct err err = {0};
	enum rc rc = RC_OK;

	while (rc == RC_OK) {
		struct str message;
		size_t n;

		if (link->out.n == 0) {
			rc = write_next(link, &err);
			if (rc != RC_OK || link->out.n == 0)
				break;
		}
		message = buf_str(&link->out);
		rc = socket_send(link->fd, &message, 1, false, &n);
		if (rc == RC_OK)
			buf_clear(&link->out);
	}
	if (rc != RC_OK && rc != RC_BUSY) {
		buf_clear(&link->out);
		link->sending = SEND_HELLO;
		complain(
		    link, "the watch cannot be told what to watch", rc, &err);
	}
	loop_rewatch(link->loop, &link->watch,
	    (link->facts_n == 0 ? LOOP_READ : 0) |
		(rc == RC_BUSY ? LOOP_WRITE : 0));
}

static void begin(struct till_link *link)
{
	link->sending = SEND_HELLO;
	link->wants_hello = false;
	buf_clear(&link->out);
	send_out(link);
}

/* Facts. */

static void take_fact(struct till_link *link, struct str message)
{
	struct fact *f = &link->facts[link->facts_n];
	struct str kept = arena_copy(link->a, message);
	enum rc rc = kept.p ? fact_parse(kept, f) : RC_NO_MEMORY;

	/* What the program before this one has left there is told again after
	 * the HELLO. */
	if (rc == RC_NEWER || (rc == RC_OK && f->kind == FACT_ALIVE))
		return;
	if (rc != RC_OK) {
		link->calls->alarm(link->ctx, ALARM_WATCH,
		    "the watch said something that is not understood; are "
		    "both of one version?");
		return;
	}
	if (f->epoch == 0)
		link->wants_hello = true;
	else
		link->facts_n++;
}

/* Hands what was read to the ledger. */
static void keep_facts(struct till_link *link)
{
	struct err err = {0};
	enum rc rc;

	if (link->facts_n > 0) {
		rc = ledger_facts(link->book->ledger, link->facts,
		    link->facts_n, clock_now(), &err);
		if (rc != RC_OK) {
			complain(link,
			    "what the watch has told cannot be written down",
			    rc, &err);
			loop_rewatch(link->loop, &link->watch, 0);
			return;
		}
		link->facts_n = 0;
		link->calls->told(link->ctx);
	}
	arena_reset(link->a);
	if (link->wants_hello)
		begin(link);
	else
		send_out(link);
}

static void read_facts(struct till_link *link)
{
	while (link->facts_n < FACTS_AT_ONCE &&
	       arena_used(link->a) < FACTS_ROOM / 2) {
		size_t n = 0;
		enum rc rc =
		    socket_recv(link->fd, link->room, sizeof(link->room), &n);

		if (rc != RC_OK || n == 0)
			break;
		take_fact(link, (struct str){link->room, n});
	}
	keep_facts(link);
}

static void link_event(struct loop *l, struct watch *w, unsigned events)
{
	struct till_link *link = LOOP_OWNER(w, struct till_link, watch);

	(void)l;
	if (events & LOOP_READ)
		link->calls->heard(link->ctx);
	if (events & LOOP_READ && link->facts_n == 0)
		read_facts(link);
	else if (events & LOOP_WRITE)
		send_out(link);
}

static void retry_due(struct timer *t)
{
	struct till_link *link = LOOP_OWNER(t, struct till_link, retry);

	link->calls->heard(link->ctx);
	keep_facts(link);
}

enum rc till_link_new(struct loop *loop, struct till_book *book, int fd,
    const struct till_link_calls *calls, void *ctx, struct till_link **ret_link,
    struct err *err)
{
	struct till_link *link = calloc(1, sizeof(*link));
	enum rc rc;

	must(link);
	link->loop = loop;
	link->book = book;
	link->fd = fd;
	link->calls = calls;
	link->ctx = ctx;
	link->retry.fn = retry_due;
	link->a = arena_new(FACTS_ROOM);
	buf_init(&link->out, FACT_MESSAGE_MAX);
	buf_init(&link->packed, FACT_MESSAGE_MAX);
	rc = loop_watch(loop, &link->watch, fd, LOOP_READ, link_event);
	if (rc != RC_OK) {
		till_link_free(link);
		return err_set(err, rc, "cannot listen to the watch");
	}
	begin(link);
	*ret_link = link;
	return RC_OK;
}

void till_link_free(struct till_link *link)
{
	if (!link)
		return;
	loop_disarm(link->loop, &link->retry);
	loop_unwatch(link->loop, &link->watch);
	buf_done(&link->packed);
	buf_done(&link->out);
	arena_free(link->a);
	free(link);
}

void till_link_renew(struct till_link *link)
{
	begin(link);
}

void till_link_new_settings(struct till_link *link)
{
	struct order_currency now = currency_of(link);
	const struct order_currency *told = &link->told_currency;

	if (now.is_wanted == told->is_wanted &&
	    (!now.is_wanted || currency_eq(now.currency, told->currency)) &&
	    now.has_sources == told->has_sources &&
	    now.sources == told->sources)
		return;
	link->currency_due = true;
	send_out(link);
}
