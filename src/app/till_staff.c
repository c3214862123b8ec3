/* SPDX-License-Identifier: MIT
 *
 * The till's end of the socket to the newsroom; see till_staff.h. An answer
 * that does not fit into the socket is dropped: nobody waits for it by then.
 */
#include "app/till_staff.h"

#include <stdlib.h>
#include <string.h>

#include "app/till_book.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "coin/hash.h"
#include "ledger/alarm.h"
#include "ledger/export.h"
#include "ledger/money_wire.h"
#include "ledger/treasury.h"
#include "sys/clock.h"
#include "sys/loop.h"
#include "sys/socket.h"

enum { MESSAGES_AT_ONCE = 8 };

struct till_staff {
	struct loop *loop;
	struct till_book *book;
	const struct alarm_list *alarms;
	void (*changed)(void *ctx);
	void *ctx;
	struct watch watch;
	struct money_message in, out;
	char room[MONEY_WIRE_MAX + 1];
};

/* The alarms that stand, the worst first. */
static void fill_alarms(struct till_staff *t, struct money_report *report)
{
	for (int severity = ALARM_URGENT; severity >= ALARM_NOTICE; severity--)
		for (int i = 0; i < ALARM_KINDS; i++) {
			const struct alarm *a = &t->alarms->v[i];

			if ((int)a->severity != severity)
				continue;
			report->alarms[report->alarms_n++] =
			    (struct money_alarm){.kind = (uint8_t)i,
				.severity = (uint8_t)a->severity,
				.since = a->since,
				.has_numbers = a->has_numbers,
				.n = {a->n[0], a->n[1], a->n[2]},
				.what = str_of(a->what)};
		}
	_Static_assert((int)ALARM_KINDS <= (int)MONEY_ALARMS_MAX, "all fit");
	_Static_assert(
	    (int)ALARM_NUMBERS == (int)MONEY_ALARM_NUMBERS, "all of them");
}

static void fill_rules(struct till_staff *t)
{
	struct money_rules *rules = &t->out.rules;
	struct hash256 hash;

	t->out.kind = MONEY_RULED;
	rules->text = ledger_settings_text(t->book->ledger);
	hash = hash_sha256(rules->text);
	memcpy(rules->hash, hash.b, sizeof(rules->hash));
}

static enum rc set_rules(struct till_staff *t, struct err *err)
{
	struct str is = ledger_settings_text(t->book->ledger);
	struct hash256 hash = hash_sha256(is);
	enum rc rc;

	if (memcmp(hash.b, t->in.rules.hash, sizeof(t->in.rules.hash)) != 0)
		return err_set(err, RC_BUSY,
		    "somebody else has changed the settings meanwhile");
	rc = ledger_set_settings(
	    t->book->ledger, t->in.rules.text, clock_now(), err);
	if (rc == RC_OK && t->changed)
		t->changed(t->ctx);
	return rc;
}

/* Which addresses are the paper's own. What is none is not. */
static enum rc tell_own(struct till_staff *t, struct err *err)
{
	const struct money_whose *asked = &t->in.whose;
	struct money_whose *told = &t->out.whose;
	enum rc rc = RC_OK;

	t->out.kind = MONEY_OWNED;
	*told = *asked;
	for (size_t i = 0; rc == RC_OK && i < told->n; i++)
		rc = ledger_owns(t->book->ledger, t->book->call,
		    told->address[i], clock_now(), &told->is_own[i], err);
	return rc;
}

static enum rc put_piece(struct till_staff *t, struct err *err)
{
	const struct money_export *ask = &t->in.export;
	struct money_piece *piece = &t->out.piece;
	struct buf b;
	enum rc rc;

	t->out.kind = MONEY_PIECE;
	buf_init_arena(&b, t->book->call, MONEY_TEXT_MAX);
	rc = ledger_export_piece(t->book->ledger,
	    (enum ledger_format)ask->format, ask->after, ask->upto, &b,
	    &piece->next, err);
	piece->bytes = buf_str(&b);
	return rc;
}

static enum rc act(struct till_staff *t, struct err *err)
{
	struct till_book *book = t->book;
	enum rc rc = RC_OK;

	memset(&t->out, 0, sizeof(t->out));
	switch ((enum money_kind)t->in.kind) {
	case MONEY_LOOK:
		t->out.kind = MONEY_REPORT;
		rc = treasury_report(
		    book->ledger, book->call, clock_now(), &t->out.report, err);
		if (rc == RC_OK)
			fill_alarms(t, &t->out.report);
		return rc;
	case MONEY_PAGE:
		t->out.kind = MONEY_ENTRIES;
		return treasury_entries(book->ledger, book->call, t->in.before,
		    &t->out.entries, err);
	case MONEY_RULE:
		rc = set_rules(t, err);
		if (rc == RC_OK)
			fill_rules(t);
		return rc;
	case MONEY_RULES:
		fill_rules(t);
		return RC_OK;
	case MONEY_WHOSE:
		return tell_own(t, err);
	case MONEY_EXPORT:
		return put_piece(t, err);
	case MONEY_PIECE:
	case MONEY_REPORT:
	case MONEY_ENTRIES:
	case MONEY_RULED:
	case MONEY_REFUSED:
	case MONEY_OWNED:
		break;
	}
	return err_set(err, RC_INVALID, "that is an answer");
}

/* Words for a person in one line. */
static struct str line_of(struct err *err, enum rc rc)
{
	if (!err->why[0])
		return str_of(rc_name(rc));
	for (char *p = err->why; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	return str_of(err->why);
}

static void refuse(struct till_staff *t, enum rc rc, struct err *err)
{
	memset(&t->out, 0, sizeof(t->out));
	t->out.kind = MONEY_REFUSED;
	t->out.refused.rc = (uint8_t)rc;
	t->out.refused.why = line_of(err, rc);
}

static void answer(struct till_staff *t)
{
	struct err err = {0};
	struct str packet;
	struct buf b;
	size_t n;
	enum rc rc = act(t, &err);

	if (rc != RC_OK)
		refuse(t, rc, &err);
	t->out.id = t->in.id;
	buf_init(&b, MONEY_WIRE_MAX);
	rc = money_wire_write(&b, &t->out);
	if (rc != RC_OK) {
		/* A text from an edited file. */
		buf_clear(&b);
		err.why[0] = '\0';
		refuse(t, rc, &err);
		t->out.id = t->in.id;
		rc = money_wire_write(&b, &t->out);
		must(rc == RC_OK || rc == RC_NO_MEMORY);
	}
	packet = buf_str(&b);
	if (rc == RC_OK)
		rc = socket_send(t->watch.fd, &packet, 1, false, &n);
	(void)rc;
	buf_done(&b);
	arena_reset(t->book->call);
}

static void readable(struct loop *l, struct watch *w, unsigned events)
{
	struct till_staff *t = LOOP_OWNER(w, struct till_staff, watch);

	(void)events;
	for (int i = 0; i < MESSAGES_AT_ONCE; i++) {
		size_t n = 0;
		enum rc rc = socket_recv(w->fd, t->room, sizeof(t->room), &n);

		if (rc == RC_BUSY)
			return;
		if (rc != RC_OK || n == 0) {
			loop_unwatch(l, w);
			return;
		}
		if (money_wire_parse((struct str){t->room, n}, &t->in) == RC_OK)
			answer(t);
	}
}

enum rc till_staff_new(struct loop *loop, struct till_book *book,
    const struct alarm_list *alarms, int fd, struct till_staff **ret_staff,
    struct err *err)
{
	struct till_staff *t = calloc(1, sizeof(*t));
	enum rc rc;

	must(t);
	t->loop = loop;
	t->book = book;
	t->alarms = alarms;
	rc = loop_watch(loop, &t->watch, fd, LOOP_READ, readable);
	if (rc != RC_OK) {
		free(t);
		return err_set(err, rc, "cannot wait for the newsroom");
	}
	*ret_staff = t;
	return RC_OK;
}

void till_staff_on_change(
    struct till_staff *staff, void (*changed)(void *ctx), void *ctx)
{
	staff->changed = changed;
	staff->ctx = ctx;
}

void till_staff_free(struct till_staff *t)
{
	if (!t)
		return;
	loop_unwatch(t->loop, &t->watch);
	free(t);
}
