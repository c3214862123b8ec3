/* SPDX-License-Identifier: MIT
 *
 * The newsroom's end of the socket to the till: questions go out, and each gets
 * its answer, or after some seconds the word that none comes.
 */
#ifndef APP_TILL_ASK_H
#define APP_TILL_ASK_H

#include <stdint.h>

#include "base/err.h"
#include "newsroom/till.h"
#include "sys/loop.h"

enum { TILL_QUESTIONS_MAX = 16 };

struct till_question {
	uint64_t id; /* 0: this place is free */
	int64_t due_ns;
	till_done_fn *done;
	void *ctx;
};

struct till_asker {
	struct loop *loop; /* NULL: not begun */
	int fd;
	struct watch watch;
	struct timer timer; /* armed while a question is out */
	struct till_question v[TILL_QUESTIONS_MAX];
	struct money_message reply;
	char room[MONEY_WIRE_MAX + 1];
};

/* Begins to listen at FD, which stays the caller's. ASKER stays in place until
 * till_asker_done; LOOP outlives it. */
MUST_USE enum rc till_asker_init(
    struct till_asker *asker, struct loop *loop, int fd, struct err *err);
/* Tells all who wait that nothing comes. */
void till_asker_done(struct till_asker *asker);

/* How newsroom/ asks. */
struct till till_asker_till(struct till_asker *asker);

#endif
