/* SPDX-License-Identifier: MIT
 *
 * The watch process. What looking up names and checking certificates need is
 * all that its sandbox leaves to be read; what it must know of the paper
 * comes with its order.
 */
#include "app/watcher.h"

#include <signal.h>

#include "app/child.h"
#include "app/say.h"
#include "sys/loop.h"
#include "sys/random.h"
#include "sys/sandbox.h"

struct watcher {
	const struct child_order *order;
	const char *name;
	struct config config;
	struct loop *loop;
};

static enum rc close_sandbox(struct err *err)
{
	static const struct str readable[] = {STR_INIT("/etc/resolv.conf"),
	    STR_INIT("/etc/hosts"), STR_INIT("/etc/nsswitch.conf"),
	    STR_INIT("/etc/host.conf"), STR_INIT("/etc/gai.conf"),
	    STR_INIT("/etc/services"), STR_INIT("/run/systemd/resolve"),
	    STR_INIT("/etc/ssl"), STR_INIT("/usr/lib/ssl"),
	    STR_INIT("/usr/share/ca-certificates"),
	    STR_INIT("/usr/local/share/ca-certificates")};
	const struct sandbox_rules rules = {
	    .role = SANDBOX_WATCH,
	    .readable = readable,
	    .readable_count = sizeof(readable) / sizeof(readable[0]),
	};
	struct sandbox_report report;

	return sandbox_enter(&rules, &report, err);
}

static void signal_came(struct loop *l, void *ctx, int signo)
{
	(void)ctx;
	(void)signo;
	loop_stop(l);
}

int watcher_run(const struct child_order *order)
{
	static const int signals[] = {SIGTERM};
	static struct watcher w;
	struct err err;
	enum rc rc = random_start();

	w.order = order;
	w.name = child_name(CHILD_WATCH, 0);
	if (rc != RC_OK)
		err_set(&err, rc, "no random numbers");
	if (rc == RC_OK)
		rc = child_read_config(order, &w.config, &err);
	if (rc == RC_OK)
		rc = loop_new(&w.loop, &err);
	if (rc == RC_OK)
		rc = loop_signals(w.loop, signals, 1, signal_came, &w, &err);
	if (rc == RC_OK)
		rc = close_sandbox(&err);
	if (rc != RC_OK) {
		say(w.name, "%s", err.why);
		return 1;
	}
	child_is_ready(order);
	loop_run(w.loop);
	loop_free(w.loop);
	return 0;
}
