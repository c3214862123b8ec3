/* SPDX-License-Identifier: MIT
 *
 * What the newsroom must know of the till: one list of what is wrong now, with
 * at most one alarm of each kind. An alarm says in one sentence or two what
 * has happened, where, and what to do. It goes by itself: what follows from the
 * state of the book as soon as the state is another one; what was an event
 * (somebody said or did something) a day after it happened last.
 *
 * The till keeps the list in memory, for what is wrong may be that the disk is
 * full, and in till.db, so that since when it stands survives a new start.
 */
#ifndef LEDGER_ALARM_H
#define LEDGER_ALARM_H

#include <stdbool.h>

#include "base/err.h"
#include "base/instant.h"
#include "ledger/ledger.h"

/* The numbers lie in files. */
enum alarm_kind {
	ALARM_PAUSED,	/* no address is handed out */
	ALARM_LOW,	/* a fifth of the addresses is left, or less */
	ALARM_OLD_BOOK, /* till.db was older than the tally */
	ALARM_TALLY,	/* the tally was missing, or older than till.db */
	ALARM_UNASKED,	/* an address was paid before its turn */
	ALARM_LOST,	/* a pinned batch is not in till.db */
	ALARM_NODE,	/* no node has said anything for long, and for two
			    minutes since the till looks */
	ALARM_WRITING,	/* till.db or the tally cannot be written */
	ALARM_BATCH,	/* a batch that lies ready cannot be taken in */
	ALARM_ASKING,	/* an address could not be handed out */
	ALARM_RECEIPT,	/* a receipt cannot be shown */
	ALARM_READER,	/* a reader process found something wrong */
	ALARM_WATCH,	/* the watch and the till do not understand each
			    other */
	ALARM_SILENT,	/* the watch says nothing any more */
	ALARM_RATES,	/* too few sources of rates answer, or for ten
			    minutes no rate came of what they say */
	ALARM_ENDING,	/* the newest batch's time ends within four weeks */
	ALARM_KINDS,
};

enum alarm_severity {
	ALARM_NOTICE = 1, /* nothing need be done */
	ALARM_WARNING,	  /* something must be done some day */
	ALARM_URGENT,	  /* gifts are stopped, or somebody meddles */
};

enum { ALARM_TEXT_MAX = ERR_WHY_MAX + 200, ALARM_NUMBERS = 3 };

struct alarm {
	enum alarm_severity severity; /* 0: there is none of this kind */
	struct instant since;	      /* when it was raised first */
	struct instant last;	      /* and last */
	/* It follows from the book's state, and these numbers of its text are
	 * all that is in it, so that it can be said in another language; not
	 * kept in till.db, where the next look at the state finds them anew:
	 *	PAUSED		of enum ledger_pause
	 *	LOW, LOST, ENDING	the batch
	 *	OLD_BOOK	the first address, the last, the batch
	 *	UNASKED		the address, the batch
	 *	RATES		sources that answer, all, that must agree */
	bool has_numbers;
	uint32_t n[ALARM_NUMBERS];
	char what[ALARM_TEXT_MAX];
};

/* By kind. Some 8 kB; zeros: all is well. */
struct alarm_list {
	struct alarm v[ALARM_KINDS];
	struct instant unheard; /* since when no node is heard of; 0: one is,
				   or nobody has looked; not kept in till.db */
	struct instant unrated; /* the same of a rate that sources give */
};

/* "notice", "warning", "urgent"; "?" for none. Lives for ever. */
const char *alarm_severity_name(enum alarm_severity severity);

/* Raises an alarm about an event. True: it is news, and to be said; false: it
 * stands already, in these words. */
bool alarm_raise(struct alarm_list *list, enum alarm_kind kind,
    const char *what, struct instant now);
/* There is nothing wrong of this kind any more. True: there was. */
bool alarm_clear(struct alarm_list *list, enum alarm_kind kind);

/* Raises and clears what follows from the book's state and the time. SAY(CTX)
 * is told each alarm that is news (may be NULL). True: the list is another
 * one. */
bool alarm_look(struct alarm_list *list, const struct ledger_status *status,
    struct instant now, void (*say)(void *ctx, const struct alarm *alarm),
    void *ctx);

/* The alarms that stand, the worst first, one line each: severity, since when
 * (RFC 3339), and what is wrong, with spaces between. Gives how many; they live
 * as long as the arena, p NULL where that is spent. */
size_t alarm_lines(const struct alarm_list *list, struct arena *a,
    struct str ret_v[ALARM_KINDS]);

/* Keeps the list in till.db. RC_OK: it is on the disk. */
MUST_USE enum rc ledger_alarms_save(
    struct ledger *ledger, const struct alarm_list *list, struct err *err);
/* The list that was kept; whatever was edited in it is left out. */
MUST_USE enum rc ledger_alarms(
    struct ledger *ledger, struct alarm_list *ret_list, struct err *err);

#endif
