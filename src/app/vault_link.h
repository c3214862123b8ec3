/* SPDX-License-Identifier: MIT
 *
 * The newsroom's end of the socket to the vault: which questions are out, and
 * who waits for them.
 */
#ifndef APP_VAULT_LINK_H
#define APP_VAULT_LINK_H

#include <stdint.h>

#include "base/err.h"
#include "newsroom/vault.h"
#include "sys/loop.h"

struct vault_question {
	uint64_t id; /* 0: this place is free */
	int64_t due_ns;
	bool is_known;
	vault_done_fn *done;
	void *ctx;
};

struct vault_link {
	struct loop *loop;
	int fd;
	struct watch watch;
	struct timer timer; /* armed while a question is out */
	struct vault_question v[VAULT_QUEUE_MAX];
	char room[VAULT_PACKET_MAX + 1];
};

/* Begins to listen at FD, which stays the caller's. LINK stays in place until
 * vault_link_done; LOOP outlives it. */
MUST_USE enum rc vault_link_init(
    struct vault_link *link, struct loop *loop, int fd, struct err *err);
/* Tells all who wait that nothing comes (RC_IO). */
void vault_link_done(struct vault_link *link);

/* How newsroom/ asks. */
struct vault vault_link_vault(struct vault_link *link);

#endif
