/* SPDX-License-Identifier: MIT
 *
 * What the watch says of the node, and how often.
 */
#include "watch/watcher.c"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unistd.h>

#include "sys/random.h"

enum { SHORT_MS = 20, LONGER_US = 30000 };

struct said {
	unsigned n;
	enum node_state last;
};

static void keep(void *ctx, const struct fact *f)
{
	struct said *said = ctx;

	assert_int_equal(f->kind, FACT_NODE);
	said->n++;
	said->last = f->u.node.state;
}

static bool hear_nothing(void *ctx, struct watcher *w, unsigned ms)
{
	(void)ctx;
	(void)w;
	(void)ms;
	return true;
}

static struct watcher *new_watcher(struct said *said, unsigned again_ms)
{
	const struct watcher_settings settings = {.again_ms = again_ms};
	const struct watcher_till till = {keep, hear_nothing, said};
	struct watcher *w = NULL;
	struct err err;

	assert_int_equal(random_start(), RC_OK);
	assert_int_equal(watcher_new(&settings, till, &w, &err), RC_OK);
	return w;
}

static void that_all_is_well_is_said_again_after_a_while(void **state)
{
	struct said said = {0};
	struct watcher *w = new_watcher(&said, SHORT_MS);

	(void)state;
	assert_int_equal(watcher_say(w, NODE_OK, "Up to date."), RC_OK);
	assert_int_equal(watcher_say(w, NODE_OK, "Up to date."), RC_OK);
	assert_int_equal(said.n, 1);
	usleep(LONGER_US);
	assert_int_equal(watcher_say(w, NODE_OK, "Up to date."), RC_OK);
	assert_int_equal(said.n, 2);
	assert_int_equal(said.last, NODE_OK);
	watcher_free(w);
}

static void what_is_wrong_is_said_once(void **state)
{
	struct said said = {0};
	struct watcher *w = new_watcher(&said, SHORT_MS);

	(void)state;
	assert_int_equal(watcher_say(w, NODE_DOWN, "No answer."), RC_OK);
	usleep(LONGER_US);
	assert_int_equal(watcher_say(w, NODE_DOWN, "No answer."), RC_OK);
	assert_int_equal(said.n, 1);
	watcher_free(w);
}

static void it_is_said_once_a_minute_where_nothing_else_is_set(void **state)
{
	struct said said = {0};
	struct watcher *w = new_watcher(&said, 0);

	(void)state;
	assert_int_equal(w->settings.again_ms, 60000);
	watcher_free(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(that_all_is_well_is_said_again_after_a_while),
	    cmocka_unit_test(what_is_wrong_is_said_once),
	    cmocka_unit_test(
		it_is_said_once_a_minute_where_nothing_else_is_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
