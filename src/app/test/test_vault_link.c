/* SPDX-License-Identifier: MIT
 *
 * Strangers do not take all the places before the vault.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

/* The program's own folder is not in the library. */
#include "app/vault_link.c"

static unsigned ended;

static void count(void *ctx, enum rc rc, const struct vault_reply *reply)
{
	(void)ctx;
	(void)reply;
	assert_int_equal(rc, RC_IO);
	ended++;
}

static void strangers_leave_places_for_those_who_work_here(void **state)
{
	struct vault_ask ask = {
	    .kind = VAULT_CHECK, .hash = STR("hash"), .password = STR("pass")};
	static struct vault_link link;
	struct vault vault;
	struct loop *loop;
	struct err err;
	int fds[2];

	(void)state;
	assert_int_equal(random_start(), RC_OK);
	assert_int_equal(
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, fds), 0);
	assert_int_equal(loop_new(&loop, &err), RC_OK);
	assert_int_equal(vault_link_init(&link, loop, fds[0], &err), RC_OK);
	vault = vault_link_vault(&link);
	for (int i = 0; i < VAULT_STRANGERS_MAX; i++)
		assert_int_equal(
		    vault.ask(vault.ctx, &ask, count, NULL), RC_OK);
	assert_int_equal(vault.ask(vault.ctx, &ask, count, NULL), RC_BUSY);
	ask.is_known = true;
	for (int i = VAULT_STRANGERS_MAX; i < VAULT_QUEUE_MAX; i++)
		assert_int_equal(
		    vault.ask(vault.ctx, &ask, count, NULL), RC_OK);
	assert_int_equal(vault.ask(vault.ctx, &ask, count, NULL), RC_BUSY);
	vault_link_done(&link);
	assert_int_equal(ended, VAULT_QUEUE_MAX);
	loop_free(loop);
	close(fds[0]);
	close(fds[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(strangers_leave_places_for_those_who_work_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
