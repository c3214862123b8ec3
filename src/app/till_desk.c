/* SPDX-License-Identifier: MIT
 *
 * The till's desk; see till_desk.h.
 */
#include "app/till_desk.h"

#include "app/till_book.h"
#include "base/arena.h"
#include "base/buf.h"
#include "ledger/alarm.h"
#include "sys/clock.h"

/* The parts of an answer. */
struct answer {
	struct str v[ALARM_KINDS];
	size_t n;
};

static enum rc do_set(
    struct till_book *book, const struct desk_message *message, struct err *err)
{
	return ledger_set_settings(
	    book->ledger, message->v[0], clock_now(), err);
}

static enum rc do_alarms(struct till_book *book,
    const struct alarm_list *alarms, struct answer *out, struct err *err)
{
	struct alarm_list *kept = ARENA_NEW(book->call, struct alarm_list);
	enum rc rc = RC_OK;

	if (!kept)
		return err_set(err, RC_NO_MEMORY, "no memory");
	if (!alarms)
		rc = ledger_alarms(book->ledger, kept, err);
	if (rc != RC_OK)
		return rc;
	out->n = alarm_lines(alarms ? alarms : kept, book->call, out->v);
	for (size_t i = 0; i < out->n; i++)
		if (!out->v[i].p)
			return err_set(err, RC_NO_MEMORY, "no memory");
	return RC_OK;
}

static enum rc act(struct till_book *book, const struct alarm_list *alarms,
    const struct desk_message *message, struct answer *out, struct err *err)
{
	unsigned count = 0;
	enum rc rc;

	if (message->kind >= TILL_VERBS)
		return err_set(err, RC_INVALID,
		    "the running server does not know this command; it is "
		    "older than this program");
	if (message->n != (message->kind == TILL_SET))
		return err_set(err, RC_INVALID, "a wrong number of parts");
	switch ((enum till_verb)message->kind) {
	case TILL_SET:
		return do_set(book, message, err);
	case TILL_TAKE_IN:
		rc = till_book_take_in(book, clock_now(), &count, err);
		if (rc == RC_OK)
			out->v[out->n++] =
			    arena_printf(book->call, "%u", count);
		return rc;
	case TILL_TELL_ALARMS:
		return do_alarms(book, alarms, out, err);
	case TILL_PING:
	case TILL_VERBS:
		break;
	}
	return RC_OK;
}

enum rc till_desk_do(struct till_book *book, const struct alarm_list *alarms,
    const struct desk_message *message, struct buf *answer)
{
	struct answer out = {0};
	struct err err = {0};
	enum rc rc = act(book, alarms, message, &out, &err);

	if (rc == RC_OK) {
		rc = desk_wire_write(answer, RC_OK, out.v, out.n);
	} else {
		struct str why = str_of(err.why[0] ? err.why : rc_name(rc));

		rc = desk_wire_write(answer, (unsigned)rc, &why, 1);
	}
	arena_reset(book->call);
	return rc;
}

static enum rc open_till(struct str dir, void **ret_work, struct err *err)
{
	struct till_book *book;
	struct str pin;
	enum rc rc = till_book_lock(dir, &book, err);

	if (rc != RC_OK)
		return rc;
	rc = till_read_pin(book->a, dir, &pin, err);
	if (rc == RC_OK)
		rc = till_book_open(book, pin, err);
	if (rc == RC_OK)
		*ret_work = book;
	else
		till_book_close(book);
	return rc;
}

static void close_till(void *work)
{
	till_book_close(work);
}

static enum rc do_till(
    void *work, const struct desk_message *message, struct buf *answer)
{
	return till_desk_do(work, NULL, message, answer);
}

static const char *name_till(unsigned verb)
{
	static const char *const names[TILL_VERBS] = {
	    [TILL_PING] = "ping",
	    [TILL_SET] = "support",
	    [TILL_TAKE_IN] = "batch install",
	    [TILL_TELL_ALARMS] = "alarms",
	};

	return verb < TILL_VERBS ? names[verb] : "?";
}

static bool repeats_till(unsigned verb)
{
	return verb < TILL_VERBS;
}

const struct desk_place till_desk = {
    .what = "the till",
    .socket = "run/till.sock",
    .open = open_till,
    .close = close_till,
    .act = do_till,
    .verb_name = name_till,
    .may_repeat = repeats_till,
};
