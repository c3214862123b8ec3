/* SPDX-License-Identifier: MIT
 *
 * The watch process: wiring between the settings, the socket to the till, and
 * watch/watcher.h. What looking up names and checking certificates need is
 * all that its sandbox leaves to be read; what it must know of the paper comes
 * with its order and from the till.
 *
 * The till does not notice by itself that this process has begun: it is told
 * so by a fact of epoch 0 (app/till_link.c), again and again until it says
 * HELLO. Nor would anybody notice that it hangs, for it shares no memory with
 * the supervisor: so it says ALIVE wherever it comes by, at most once a second,
 * and the till passes that on (app/watchdog.h).
 */
#include "app/watching.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/child.h"
#include "app/say.h"
#include "base/arena.h"
#include "base/buf.h"
#include "coin/fact.h"
#include "sys/clock.h"
#include "sys/file.h"
#include "sys/oserr.h"
#include "sys/random.h"
#include "sys/sandbox.h"
#include "sys/socket.h"
#include "watch/notice.h"
#include "watch/rate_clock.h"
#include "watch/watcher.h"

enum {
	WATCHING_ARENA = 64 * 1024,
	COOKIE_MAX = 1024,
	AGAIN_MS = 1000, /* between two words that it has begun */
	ALIVE_MS = 1000, /* between two words that it does not hang */
	SEND_MS = 200,	 /* how long it waits for room before it looks around */
	COOKIE_MS = 3000, /* between two looks at the cookie file's time */
};

struct watching {
	const struct child_order *order;
	const char *name;
	struct config config;
	struct arena *a;
	struct watcher *watcher;
	struct rate_clock *rates;
	struct notice *notice;
	int signals;
	bool has_hello;
	bool is_ended;
	int64_t begun_ns;   /* when it was last said; 0: never */
	int64_t alive_ns;   /* when that was last said */
	struct stat cookie; /* of its file when it was read */
	int64_t looked_ns;
	struct buf out;
	char room[FACT_MESSAGE_MAX];
};

/* Waits until the till's socket may be read or written (EVENTS), a notice or
 * the wish for an end comes, or MS have passed. True: the till's socket may. */
static bool wait_for(struct watching *w, short events, int ms)
{
	struct pollfd fds[2 + NOTICE_FDS_MAX] = {
	    {.fd = w->order->till_fd, .events = events},
	    {.fd = w->signals, .events = POLLIN}};
	int notices[NOTICE_FDS_MAX];
	size_t count = 0;
	int n;

	/* Who waits to write has no ear for notices. */
	if (w->notice && events == POLLIN)
		count = notice_fds(w->notice, notices);
	for (size_t i = 0; i < count; i++)
		fds[2 + i] =
		    (struct pollfd){.fd = notices[i], .events = POLLIN};
	n = poll(fds, 2 + (nfds_t)count, ms);

	if (n > 0 && fds[1].revents)
		w->is_ended = true;
	return n > 0 && fds[0].revents;
}

/* Sends a fact, however long that takes: what is dropped would be missed. */
static void send_fact(struct watching *w, const struct fact *f, bool may_drop)
{
	struct str message;

	buf_clear(&w->out);
	if (fact_write(&w->out, f) != RC_OK) {
		say(w->name, "a fact (%s) could not be written",
		    fact_kind_name(f->kind));
		return;
	}
	message = buf_str(&w->out);
	while (!w->is_ended) {
		size_t n;
		enum rc rc =
		    socket_send(w->order->till_fd, &message, 1, false, &n);

		if (rc != RC_BUSY || may_drop)
			return;
		wait_for(w, POLLOUT, SEND_MS);
	}
}

static void tell(void *ctx, const struct fact *f)
{
	send_fact(ctx, f, false);
}

static void say_begun(struct watching *w)
{
	const struct fact f = {
	    .kind = FACT_NODE,
	    .seq = 1,
	    .u.node = {.state = NODE_SYNCING, .text = STR_INIT("starting")},
	};
	int64_t now = clock_ns();

	if (w->has_hello ||
	    (w->begun_ns != 0 &&
		now - w->begun_ns < AGAIN_MS * INT64_C(1000000)))
		return;
	w->begun_ns = now;
	send_fact(w, &f, true);
}

static void say_alive(struct watching *w)
{
	const struct fact f = {.kind = FACT_ALIVE};
	int64_t now = clock_ns();

	if (now - w->alive_ns < ALIVE_MS * INT64_C(1000000))
		return;
	w->alive_ns = now;
	send_fact(w, &f, true);
}

static void take_order(struct watching *w, struct watcher *watcher, size_t n)
{
	struct order order;
	enum rc rc = order_parse((struct str){w->room, n}, &order);

	/* Left there by the program before this one. */
	if (rc == RC_NEWER)
		return;
	if (rc != RC_OK) {
		say(w->name, "the till said something that is not understood");
		return;
	}
	w->has_hello |= order.kind == ORDER_HELLO;
	rc = watcher_order(watcher, &order);
	if (rc == RC_LIMIT || rc == RC_NO_MEMORY)
		say(w->name, "not all addresses can be watched (%s)",
		    rc_name(rc));
}

/* A node writes another cookie whenever it starts. In the sandbox the file can
 * be seen and not be read: this process ends, and the next one reads it. */
static void look_at_cookie(struct watching *w)
{
	const char *path = w->config.watch.node_auth;
	struct stat is;
	int64_t now = clock_ns();

	if (!path[0] || now - w->looked_ns < COOKIE_MS * INT64_C(1000000))
		return;
	w->looked_ns = now;
	if (stat(path, &is) != 0 ||
	    (is.st_ino == w->cookie.st_ino &&
		is.st_mtim.tv_sec == w->cookie.st_mtim.tv_sec &&
		is.st_mtim.tv_nsec == w->cookie.st_mtim.tv_nsec))
		return;
	say(w->name, "%s is another now; starting again with it", path);
	w->is_ended = true;
}

static bool hear(void *ctx, struct watcher *watcher, unsigned ms)
{
	struct watching *w = ctx;
	int step = ms > AGAIN_MS && !w->has_hello ? AGAIN_MS : (int)ms;

	say_begun(w);
	say_alive(w);
	look_at_cookie(w);
	if (!wait_for(w, POLLIN, step))
		return !w->is_ended;
	while (!w->is_ended) {
		size_t n = 0;
		enum rc rc = socket_recv(
		    w->order->till_fd, w->room, sizeof(w->room), &n);

		if (rc != RC_OK || n == 0)
			break;
		take_order(w, watcher, n);
	}
	return !w->is_ended;
}

/* Settings. */

/* A node's line without the user and the password in it. */
static enum rc split_node(
    struct watching *w, const char *line, struct rpc_place *place)
{
	struct str url = str_of(line);
	size_t scheme = str_find_str(url, STR("://")) + 3;
	struct str rest = str_from(url, scheme);
	struct str host = str_part(rest, 0, str_find(rest, '/'));
	size_t at = str_find_last(host, '@');
	struct str user;

	place->url = url;
	if (at == host.n)
		return RC_OK;
	user = str_part(host, 0, at);
	place->user = str_cut(&user, ':');
	place->password = user;
	place->url = arena_printf(w->a, "%.*s%.*s",
	    STR_ARG(str_part(url, 0, scheme)), STR_ARG(str_from(rest, at + 1)));
	return place->url.p ? RC_OK : RC_NO_MEMORY;
}

/* On this machine, where no proxy is needed and none would reach it. */
static bool is_here(struct str host)
{
	return str_starts(host, STR("127.")) ||
	       str_starts(host, STR("localhost")) ||
	       str_starts(host, STR("[::1]"));
}

/* "user:password", as nodes write it into their cookie file. */
static enum rc read_cookie(
    struct watching *w, struct str *ret_cookie, struct err *err)
{
	const char *path = w->config.watch.node_auth;
	enum rc rc;

	*ret_cookie = STR_NONE;
	if (!path[0] || stat(path, &w->cookie) != 0)
		return path[0] ? oserr_set(err, errno, "%s", path) : RC_OK;
	rc = file_read(w->a, str_of(path), COOKIE_MAX, ret_cookie, err);
	*ret_cookie = str_trim(*ret_cookie);
	return rc;
}

static enum rc fill_nodes(
    struct watching *w, struct watcher_settings *settings, struct err *err)
{
	const struct config_watch *c = &w->config.watch;
	struct str cookie;
	enum rc rc = read_cookie(w, &cookie, err);

	/* The node may not have written it yet, or be down. */
	if (rc != RC_OK)
		say(w->name, "node_auth: %s", err->why);
	for (unsigned i = 0; i < c->nodes_n; i++) {
		struct rpc_place *place = &settings->nodes[i];
		struct str host;

		rc = split_node(w, c->nodes[i], place);
		if (rc != RC_OK)
			return err_set(err, rc, "no memory");
		if (place->user.n == 0 && cookie.n > 0) {
			struct str password = cookie;

			place->user = str_cut(&password, ':');
			place->password = password;
		}
		place->ca_file = str_of(c->node_ca);
		if (http_client_host(place->url, &host) != RC_OK ||
		    !is_here(host))
			place->proxy = str_of(c->socks5);
	}
	settings->nodes_n = c->nodes_n;
	settings->poll_ms = c->node_poll_seconds * 1000;
	return RC_OK;
}

static void told_of_rates(
    void *ctx, const char *name, const char *why, const char *to_do)
{
	const struct watching *w = ctx;

	if (why)
		say(w->name,
		    "rates: %s fails: %s. It is asked again, after 5 s at "
		    "first and ever longer, up to %u min. To do: %s",
		    name, why, w->config.watch.rate_minutes, to_do);
	else
		say(w->name, "rates: %s answers again", name);
}

static enum rc make_rates(struct watching *w, struct err *err)
{
	const struct config_watch *c = &w->config.watch;
	struct rate_clock_settings settings = {
	    .interval_s = c->rate_minutes * 60,
	    .proxy = str_of(c->socks5),
	    .told = told_of_rates,
	    .ctx = w,
	};

	/* Without one, the newsroom may still choose some. */
	for (unsigned i = 0; i < c->rates_n; i++)
		settings.sources[settings.sources_n++] = c->rates[i];
	return rate_clock_new(&settings, &w->rates, err);
}

static void told_of_notices(void *ctx, struct str host, const char *why)
{
	const struct watching *w = ctx;

	if (why)
		say(w->name,
		    "no notices from %.*s (%s); it is asked every %u s",
		    STR_ARG(host), why, w->config.watch.node_poll_seconds);
	else
		say(w->name, "notices come from %.*s", STR_ARG(host));
}

static enum rc make_notices(struct watching *w,
    const struct watcher_settings *settings, struct err *err)
{
	const struct config_watch *c = &w->config.watch;
	struct notice_settings s = {.told = told_of_notices, .ctx = w};

	if (c->notices_off)
		return RC_OK;
	for (size_t i = 0; i < settings->nodes_n; i++)
		s.nodes[s.nodes_n++] = settings->nodes[i];
	for (unsigned i = 0; i < c->notices_n; i++) {
		struct notice_address *address = &s.addresses[i];
		struct str host;

		address->at = str_of(c->notices[i]);
		if (notice_address_parse(address->at, &host) != RC_OK ||
		    !is_here(host))
			address->proxy = str_of(c->socks5);
	}
	s.addresses_n = c->notices_n;
	return notice_new(&s, &w->notice, err);
}

static enum rc make_watcher(struct watching *w, struct err *err)
{
	struct watcher_settings settings = {0};
	const struct watcher_till till = {tell, hear, w};
	enum rc rc = fill_nodes(w, &settings, err);

	if (rc == RC_OK)
		rc = make_rates(w, err);
	/* It can do without them. */
	if (rc == RC_OK && make_notices(w, &settings, err) != RC_OK)
		say(w->name, "no notices: %s", err->why);
	settings.rates = w->rates;
	settings.notice = w->notice;
	return rc == RC_OK ? watcher_new(&settings, till, &w->watcher, err)
			   : rc;
}

static enum rc close_sandbox(struct watching *w, struct err *err)
{
	struct str readable[SANDBOX_PATHS_MAX] = {STR("/etc/resolv.conf"),
	    STR("/etc/hosts"), STR("/etc/nsswitch.conf"), STR("/etc/host.conf"),
	    STR("/etc/gai.conf"), STR("/etc/services"),
	    STR("/run/systemd/resolve"), STR("/etc/ssl"), STR("/usr/lib/ssl"),
	    STR("/usr/share/ca-certificates"),
	    STR("/usr/local/share/ca-certificates")};
	struct sandbox_rules rules = {
	    .role = SANDBOX_WATCH, .readable = readable, .readable_count = 11};
	struct sandbox_report report;

	if (w->config.watch.node_ca[0])
		readable[rules.readable_count++] =
		    str_of(w->config.watch.node_ca);
	return sandbox_enter(&rules, &report, err);
}

static enum rc prepare(struct watching *w, struct err *err)
{
	sigset_t set;
	enum rc rc = random_start();

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	w->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (w->signals < 0)
		return oserr_set(err, errno, "signals");
	if (rc != RC_OK)
		err_set(err, rc, "no random numbers");
	if (rc == RC_OK)
		rc = child_read_config(w->order, &w->config, err);
	if (rc == RC_OK)
		rc = make_watcher(w, err);
	if (rc == RC_OK)
		rc = close_sandbox(w, err);
	return rc;
}

int watching_run(const struct child_order *order)
{
	static struct watching w;
	struct err err;
	int code = 1;

	w.order = order;
	w.name = child_name(CHILD_WATCH, 0);
	w.a = arena_new(WATCHING_ARENA);
	buf_init(&w.out, FACT_MESSAGE_MAX);
	if (prepare(&w, &err) == RC_OK) {
		child_is_ready(order);
		watcher_run(w.watcher);
		code = 0;
	} else {
		say(w.name, "%s", err.why);
	}
	watcher_free(w.watcher);
	rate_clock_free(w.rates);
	notice_free(w.notice);
	buf_done(&w.out);
	arena_free(w.a);
	return code;
}
