/* SPDX-License-Identifier: MIT
 *
 * The till's ends of the sockets to the readers; see till_readers.h.
 *
 * A summary that does not fit into a socket is sent when there is room; an
 * answer that does not fit is dropped, for whoever asked has gone by then.
 *
 * The secret of the hash by which networks are told apart is made anew each
 * day and is in no file: yesterday's readers cannot be found again.
 */
#include "app/till_readers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/till_book.h"
#include "app/till_view.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "sys/clock.h"
#include "sys/loop.h"
#include "sys/random.h"
#include "sys/socket.h"

enum { MESSAGES_AT_ONCE = 32, DAY_S = 86400 };

struct channel {
	struct till_readers *readers;
	struct watch watch;
	bool wants_summary; /* it could not be sent yet */
};

struct till_readers {
	struct loop *loop;
	struct till_book *book;
	const struct till_readers_calls *calls;
	void *ctx;
	struct buf summary; /* the message as it was told last; id 0 */
	struct buf out;
	uint8_t secret[TILL_SECRET_BYTES];
	int64_t secret_day;
	struct till_message in, answer;
	char room[TILL_WIRE_MAX];
	unsigned n;
	struct channel channels[];
};

static void send_summary(struct channel *c)
{
	struct str message = buf_str(&c->readers->summary);
	size_t n;

	c->wants_summary = message.n > 0 && socket_send(c->watch.fd, &message,
						1, false, &n) == RC_BUSY;
	loop_rewatch(c->readers->loop, &c->watch,
	    LOOP_READ | (c->wants_summary ? LOOP_WRITE : 0));
}

static void send_answer(struct channel *c)
{
	struct till_readers *r = c->readers;
	struct str message;
	size_t n;
	enum rc rc;

	buf_clear(&r->out);
	r->answer.id = r->in.id;
	rc = till_wire_write(&r->out, &r->answer);
	if (rc != RC_OK) {
		r->calls->alarm(r->ctx, ALARM_RECEIPT,
		    "an answer to a reader process could not be written; this "
		    "is a fault of the program, please tell its makers");
		return;
	}
	message = buf_str(&r->out);
	rc = socket_send(c->watch.fd, &message, 1, false, &n);
	(void)rc;
}

/* The summary. */

static void renew_secret(struct till_readers *r, struct instant now)
{
	int64_t day = instant_s(now) / DAY_S;

	if (day == r->secret_day)
		return;
	r->secret_day = day;
	random_bytes(r->secret, sizeof(r->secret));
}

static enum rc make_summary(struct till_readers *r, struct err *err)
{
	struct till_book *book = r->book;
	struct till_summary *summary = &r->answer.summary;
	struct instant now = clock_now();
	enum rc rc;

	r->answer.kind = TILL_SUMMARY;
	renew_secret(r, now);
	rc = till_view_summary(
	    book->ledger, book->call, book->pin->network, now, summary, err);
	if (rc == RC_OK)
		memcpy(summary->secret, r->secret, sizeof(summary->secret));
	return rc;
}

void till_readers_tell(struct till_readers *r, bool must_tell)
{
	struct err err = {0};
	enum rc rc = make_summary(r, &err);
	bool is_same = false;

	r->answer.id = 0;
	buf_clear(&r->out);
	if (rc == RC_OK)
		rc = till_wire_write(&r->out, &r->answer);
	arena_reset(r->book->call);
	if (rc != RC_OK) {
		r->calls->alarm(
		    r->ctx, ALARM_WRITING, err.why[0] ? err.why : rc_name(rc));
		return;
	}
	is_same = str_eq(buf_str(&r->out), buf_str(&r->summary));
	if (is_same && !must_tell)
		return;
	buf_clear(&r->summary);
	buf_add(&r->summary, buf_str(&r->out));
	for (unsigned i = 0; i < r->n; i++)
		send_summary(&r->channels[i]);
}

/* Asking. */

static enum till_refusal refusal_of(enum rc rc)
{
	switch (rc) {
	case RC_OK:
		return TILL_GIVEN;
	case RC_GONE:
	case RC_DENIED:
		return TILL_PAUSED;
	case RC_LIMIT:
		return TILL_LIMITED;
	case RC_INVALID:
	case RC_NOT_FOUND:
		return TILL_NO_SUCH;
	case RC_EXISTS:
	case RC_NO_MEMORY:
	case RC_NO_SPACE:
	case RC_IO:
	case RC_BUSY:
	case RC_NEWER:
	case RC_DAMAGED:
	case RC_COUNT:
		break;
	}
	return TILL_NOT_NOW;
}

/* The currency of the request is the ledger's, or none is meant. */
static bool is_currency_right(
    const struct till_readers *r, const struct till_ask *ask)
{
	const struct ledger_settings *s = ledger_settings(r->book->ledger);

	return fiat_cmp(ask->worth, fiat_of_raw(0)) == 0 ||
	       (s->has_currency &&
		   strcmp(s->currency.code, ask->currency) == 0);
}

static enum rc reserve(struct till_readers *r, const struct till_ask *ask,
    struct instant now, struct till_asked *ret_asked, struct err *err)
{
	struct ledger_request request = {
	    .amount = ask->wanted, .money = ask->worth};
	enum ledger_ask_limit limit = ASK_OWN;
	struct ledger_token token;
	enum rc rc = purpose_parse(ask->purpose, &request.purpose);

	_Static_assert(sizeof(request.net) == sizeof(ask->net), "one hash");
	if (rc != RC_OK || !is_currency_right(r, ask))
		return err_set(err, RC_INVALID, "no such purpose or currency");
	memcpy(request.net, ask->net, sizeof(request.net));
	do {
		random_bytes(&request.token, sizeof(request.token));
		rc = ledger_ask(
		    r->book->ledger, &request, now, &limit, &token, err);
	} while (rc == RC_EXISTS);
	if (rc != RC_OK)
		return rc;
	ret_asked->is_shared = limit != ASK_OWN;
	memcpy(ret_asked->token.b, token.b, sizeof(token.b));
	return RC_OK;
}

static void answer_ask(struct channel *c)
{
	struct till_readers *r = c->readers;
	struct till_asked asked = {0};
	struct instant now = clock_now();
	int64_t age_us = now.us - r->in.ask.at.us;
	struct err err = {0};
	enum rc rc;

	/* Nobody waits for it any more: it lay here while there was no till,
	 * and an address is too dear. */
	if (age_us > TILL_PATIENCE_MS * INT64_C(1000) ||
	    age_us < -TILL_PATIENCE_MS * INT64_C(1000))
		return;
	rc = reserve(r, &r->in.ask, now, &asked, &err);
	asked.refusal = (uint8_t)refusal_of(rc);
	if (asked.refusal == TILL_NOT_NOW || rc == RC_DENIED)
		r->calls->alarm(r->ctx, ALARM_ASKING, err.why);
	else if (rc == RC_OK)
		r->calls->alarm(r->ctx, ALARM_ASKING, NULL);
	r->answer.kind = TILL_ASKED;
	r->answer.asked = asked;
	send_answer(c);
	r->calls->asked(r->ctx);
}

/* Up to when the chain is known. */
static struct instant heard_of_chain(struct till_readers *r, struct instant now)
{
	struct ledger_status status;
	struct err err;

	return ledger_status(
		   r->book->ledger, r->book->call, now, &status, &err) == RC_OK
		   ? status.heard
		   : INSTANT_NEVER;
}

static void answer_gift(struct channel *c)
{
	struct till_readers *r = c->readers;
	struct ledger_gift *gift = ARENA_NEW(r->book->call, struct ledger_gift);
	struct instant now = clock_now();
	struct ledger_token token;
	struct err err = {0};
	enum rc rc = RC_NO_MEMORY;

	memcpy(token.b, r->in.token.b, sizeof(token.b));
	if (gift)
		rc = ledger_gift(
		    r->book->ledger, r->book->call, token, now, gift, &err);
	if (rc == RC_NOT_FOUND) {
		r->answer.kind = TILL_NO_GIFT;
		send_answer(c);
		return;
	}
	if (rc != RC_OK && rc != RC_DENIED) {
		/* The reader's patience ends, and it says "later". */
		r->calls->alarm(
		    r->ctx, ALARM_RECEIPT, err.why[0] ? err.why : rc_name(rc));
		return;
	}
	r->answer.kind = TILL_GIFT;
	memset(&r->answer.gift, 0, sizeof(r->answer.gift));
	if (rc == RC_DENIED)
		r->calls->alarm(r->ctx, ALARM_RECEIPT, err.why);
	else
		till_view_gift(gift, heard_of_chain(r, now), &r->answer.gift);
	send_answer(c);
}

static void take_alarm(struct till_readers *r)
{
	char line[TILL_NAME_MAX + 64];

	snprintf(line, sizeof(line),
	    "a reader process showed no address, for: %.*s",
	    STR_ARG(r->in.alarm.what));
	r->calls->alarm(r->ctx, ALARM_READER, line);
}

static void answer(struct channel *c)
{
	struct till_readers *r = c->readers;
	struct err err = {0};

	switch ((enum till_kind)r->in.kind) {
	case TILL_ASK:
		answer_ask(c);
		break;
	case TILL_GIFT_GET:
		answer_gift(c);
		break;
	case TILL_SUMMARY_GET:
		if (make_summary(r, &err) == RC_OK)
			send_answer(c);
		break;
	case TILL_ALARM:
		take_alarm(r);
		break;
	case TILL_ASKED:
	case TILL_GIFT:
	case TILL_NO_GIFT:
	case TILL_SUMMARY:
		r->calls->alarm(r->ctx, ALARM_READER,
		    "a reader process answers instead of asking: are readers "
		    "and till of one version? Start the server anew");
		break;
	}
	arena_reset(r->book->call);
}

static void channel_event(struct loop *l, struct watch *w, unsigned events)
{
	struct channel *c = LOOP_OWNER(w, struct channel, watch);
	struct till_readers *r = c->readers;

	(void)l;
	for (unsigned i = 0; events & LOOP_READ && i < MESSAGES_AT_ONCE; i++) {
		size_t n = 0;

		if (socket_recv(w->fd, r->room, sizeof(r->room), &n) != RC_OK ||
		    n == 0)
			break;
		if (till_wire_parse((struct str){r->room, n}, &r->in) == RC_OK)
			answer(c);
		else
			r->calls->alarm(r->ctx, ALARM_READER,
			    "a reader process said something that is not "
			    "understood: are readers and till of one version? "
			    "Start the server anew");
	}
	if (events & LOOP_WRITE && c->wants_summary)
		send_summary(c);
}

enum rc till_readers_new(struct loop *loop, struct till_book *book,
    const int *fds, unsigned n, const struct till_readers_calls *calls,
    void *ctx, struct till_readers **ret_readers, struct err *err)
{
	struct till_readers *r =
	    calloc(1, sizeof(*r) + n * sizeof(r->channels[0]));
	enum rc rc = RC_OK;

	must(r);
	r->loop = loop;
	r->book = book;
	r->calls = calls;
	r->ctx = ctx;
	r->secret_day = -1;
	r->n = n;
	buf_init(&r->summary, TILL_WIRE_MAX);
	buf_init(&r->out, TILL_WIRE_MAX);
	for (unsigned i = 0; rc == RC_OK && i < n; i++) {
		r->channels[i].readers = r;
		rc = loop_watch(loop, &r->channels[i].watch, fds[i], LOOP_READ,
		    channel_event);
	}
	if (rc != RC_OK) {
		till_readers_free(r);
		return err_set(err, rc, "cannot listen to the readers");
	}
	*ret_readers = r;
	return RC_OK;
}

void till_readers_free(struct till_readers *r)
{
	if (!r)
		return;
	for (unsigned i = 0; i < r->n; i++)
		loop_unwatch(r->loop, &r->channels[i].watch);
	buf_done(&r->out);
	buf_done(&r->summary);
	free(r);
}
