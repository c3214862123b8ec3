/* SPDX-License-Identifier: MIT
 *
 * The watch without a till, for tests: takes orders as lines from standard
 * input and prints facts as lines, each acknowledged at once.
 *
 *	watch_probe POLL_MS STALE_S [notices] [tcp://HOST:PORT...]
 *		[ws:NAME:PASSWORD@URL...] NAME:PASSWORD@URL...
 *
 * "notices": by the WebSocket of each node; "ws:": of what is none.
 *
 *	hello EPOCH NETWORK BIRTH|now HEIGHT:HASH...
 *	scripts HEX...
 *	pending TXID TXID:VOUT...
 *	end
 *	rescan HEIGHT
 *	deaf		no more ACKs
 *	quit
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/must.h"
#include "coin/hex.h"
#include "sys/random.h"
#include "watch/notice.h"
#include "watch/watcher.h"

enum { LINE_MAX_BYTES = 1 << 16, URL_ARGS = 3 };

struct probe {
	char in[LINE_MAX_BYTES];
	size_t n;
	uint32_t epoch;
	uint64_t first; /* number of the next script */
	uint64_t seen;	/* seq of the last fact */
	uint64_t acked;
	bool is_deaf;
	bool is_over;
	struct notice *notice;
};

static struct str next(struct str *rest)
{
	*rest = str_trim(*rest);
	return rest->n ? str_cut(rest, ' ') : STR_NONE;
}

static uint32_t number(struct str s)
{
	uint64_t n;

	must(str_u64(s, UINT32_MAX, &n) == RC_OK);
	return (uint32_t)n;
}

static struct hash256 id(struct str s)
{
	struct hash256 h;

	must(hash256_parse_id(s, &h) == RC_OK);
	return h;
}

static void hello(struct order *o, struct str rest)
{
	struct order_hello *h = &o->u.hello;
	struct str s;

	must(network_parse(next(&rest), &h->network) == RC_OK);
	s = next(&rest);
	h->birth = str_eq(s, STR("now")) ? FACT_BIRTH_NOW : number(s);
	while ((s = next(&rest)).n > 0) {
		struct str height = str_cut(&s, ':');

		must(h->blocks_n < FACT_BLOCKS_MAX);
		h->blocks[h->blocks_n++] =
		    (struct order_block){number(height), id(s)};
	}
}

/* One order through its bytes, as between processes. */
static void send(struct watcher *w, const struct order *o)
{
	struct order back;
	struct buf b;

	buf_init(&b, FACT_MESSAGE_MAX);
	must(order_write(&b, o) == RC_OK);
	must(order_parse(buf_str(&b), &back) == RC_OK);
	if (watcher_order(w, &back) != RC_OK)
		fprintf(stderr, "watch_probe: an order was refused\n");
	buf_done(&b);
}

static void scripts(
    struct probe *p, struct watcher *w, struct order *o, struct str rest)
{
	struct buf packed;
	struct str s;

	buf_init(&packed, FACT_MESSAGE_MAX);
	while ((s = next(&rest)).n > 0) {
		struct script_pubkey script = {.n = (uint8_t)(s.n / 2)};

		must(s.n / 2 <= sizeof(script.p));
		must(hex_read(s, script.p, s.n / 2));
		order_pack_script(&packed, &script);
		o->u.scripts.n++;
	}
	o->u.scripts.first = p->first;
	p->first += o->u.scripts.n;
	o->u.scripts.packed = buf_str(&packed);
	send(w, o);
	buf_done(&packed);
}

static void pending(struct order *o, struct str rest)
{
	struct order_pending *p = &o->u.pending;
	struct str s;

	p->txid = id(next(&rest));
	while ((s = next(&rest)).n > 0) {
		struct outpoint *at = &p->inputs.v[p->inputs.n++];

		at->txid = id(str_cut(&s, ':'));
		at->vout = number(s);
		p->inputs.total++;
	}
}

static void take_line(struct probe *p, struct watcher *w, struct str line)
{
	struct str verb = next(&line);
	struct order o;

	memset(&o, 0, sizeof(o));
	o.epoch = p->epoch;
	if (str_eq(verb, STR("hello"))) {
		o.kind = ORDER_HELLO;
		o.epoch = p->epoch = number(next(&line));
		p->first = p->seen = p->acked = 0;
		hello(&o, line);
		send(w, &o);
	} else if (str_eq(verb, STR("scripts"))) {
		o.kind = ORDER_SCRIPTS;
		scripts(p, w, &o, line);
	} else if (str_eq(verb, STR("pending"))) {
		o.kind = ORDER_PENDING;
		pending(&o, line);
		send(w, &o);
	} else if (str_eq(verb, STR("end"))) {
		o.kind = ORDER_SCRIPTS_END;
		send(w, &o);
	} else if (str_eq(verb, STR("rescan"))) {
		o.kind = ORDER_RESCAN;
		o.u.rescan_from = number(next(&line));
		send(w, &o);
	} else if (str_eq(verb, STR("deaf"))) {
		p->is_deaf = true;
	} else {
		p->is_over = true;
	}
}

static void acknowledge(struct probe *p, struct watcher *w)
{
	struct order o;

	if (p->is_deaf || p->seen == p->acked)
		return;
	memset(&o, 0, sizeof(o));
	o.kind = ORDER_ACK;
	o.epoch = p->epoch;
	o.seq = p->acked = p->seen;
	send(w, &o);
}

static bool hear(void *ctx, struct watcher *w, unsigned ms)
{
	struct probe *p = ctx;
	struct pollfd at[1 + NOTICE_FDS_MAX] = {{.fd = 0, .events = POLLIN}};
	int fds[NOTICE_FDS_MAX];
	size_t fds_n = p->notice ? notice_fds(p->notice, fds) : 0;
	char *end;

	acknowledge(p, w);
	for (size_t i = 0; i < fds_n; i++)
		at[1 + i] = (struct pollfd){.fd = fds[i], .events = POLLIN};
	if (poll(at, 1 + (nfds_t)fds_n, (int)ms) > 0 && at[0].revents) {
		ssize_t n = read(0, p->in + p->n, sizeof(p->in) - p->n);

		if (n <= 0)
			p->is_over = true;
		else
			p->n += (size_t)n;
	}
	while ((end = memchr(p->in, '\n', p->n)) != NULL) {
		size_t n = (size_t)(end - p->in);

		take_line(p, w, (struct str){p->in, n});
		memmove(p->in, end + 1, p->n - n - 1);
		p->n -= n + 1;
	}
	must(p->n < sizeof(p->in));
	return !p->is_over;
}

static void put_outpoint(struct buf *b, const struct outpoint *o)
{
	hash256_text_id(b, &o->txid);
	buf_printf(b, ":%lu ", (unsigned long)o->vout);
}

static void put_pay(struct buf *b, const struct outpoint *at,
    const struct script_pubkey *script, struct sat value)
{
	put_outpoint(b, at);
	hex_write(b, script_pubkey_str(script));
	buf_printf(b, " %lld ", (long long)sat_raw(value));
}

static void put_fact(struct buf *b, const struct fact *f)
{
	switch (f->kind) {
	case FACT_NODE:
		buf_printf(b, "%s: %.*s", node_state_name(f->u.node.state),
		    STR_ARG(f->u.node.text));
		return;
	case FACT_BLOCK:
	case FACT_BLOCK_GONE:
		buf_printf(b, "%lu ", (unsigned long)f->u.block.height);
		hash256_text_id(b, &f->u.block.hash);
		return;
	case FACT_PAID:
		put_pay(
		    b, &f->u.paid.outpoint, &f->u.paid.script, f->u.paid.value);
		buf_printf(b, "%lu %u", (unsigned long)f->u.paid.height,
		    f->u.paid.inputs.n);
		return;
	case FACT_SEEN:
		put_pay(
		    b, &f->u.seen.outpoint, &f->u.seen.script, f->u.seen.value);
		buf_printf(b, "%s", f->u.seen.signals_rbf ? "rbf" : "final");
		return;
	case FACT_DROPPED:
		hash256_text_id(b, &f->u.dropped.txid);
		buf_char(b, ' ');
		hash256_text_id(b, &f->u.dropped.by);
		return;
	case FACT_SPENT_BY:
		put_outpoint(b, &f->u.spent_by.outpoint);
		hash256_text_id(b, &f->u.spent_by.seen);
		buf_char(b, ' ');
		hash256_text_id(b, &f->u.spent_by.txid);
		buf_printf(b, " %lu", (unsigned long)f->u.spent_by.height);
		return;
	case FACT_SYNCED:
		buf_printf(b, "%lu %s", (unsigned long)f->u.synced.height,
		    f->u.synced.pool_told ? "pool" : "blocks");
		return;
	case FACT_RATE:
		buf_printf(b, "%s %s %lld", f->u.rate.source,
		    f->u.rate.currency.code,
		    (long long)fiat_raw(f->u.rate.price));
		return;
	case FACT_SOURCES:
		buf_printf(b, "%u %u", (unsigned)f->u.sources.total,
		    (unsigned)f->u.sources.answering);
		return;
	case FACT_ALIVE:
		return;
	}
}

static void tell(void *ctx, const struct fact *f)
{
	struct probe *p = ctx;
	struct buf b, line;
	struct fact back;

	buf_init(&b, FACT_MESSAGE_MAX);
	buf_init(&line, FACT_MESSAGE_MAX);
	must(fact_write(&b, f) == RC_OK);
	must(fact_parse(buf_str(&b), &back) == RC_OK);
	must(f->epoch == p->epoch && f->seq == p->seen + 1);
	p->seen = f->seq;
	put_fact(&line, &back);
	printf("%lu %llu %s %.*s\n", (unsigned long)f->epoch,
	    (unsigned long long)f->seq, fact_kind_name(f->kind),
	    STR_ARG(buf_str(&line)));
	fflush(stdout);
	buf_done(&b);
	buf_done(&line);
}

static void told(void *ctx, struct str host, const char *why)
{
	(void)ctx;
	printf("notices %.*s: %s\n", STR_ARG(host), why ? why : "ok");
	fflush(stdout);
}

static void read_place(struct rpc_place *place, struct str url)
{
	struct str who = str_cut(&url, '@');

	place->user = str_cut(&who, ':');
	place->password = who;
	place->url = url;
}

int main(int argc, char **argv)
{
	struct notice_settings notices = {.told = told, .rest_ms = 100};
	bool has_notices = false;
	static struct probe p;
	struct watcher_settings settings = {.call_ms = 3000};
	struct watcher_till till = {tell, hear, &p};
	struct watcher *w;
	struct err err;

	if (argc < URL_ARGS || random_start() != RC_OK)
		return 2;
	settings.poll_ms = number(str_of(argv[1]));
	settings.stale_s = number(str_of(argv[2]));
	for (int i = URL_ARGS; i < argc; i++) {
		struct str arg = str_of(argv[i]);

		if (str_eq(arg, STR("notices")))
			has_notices = true;
		else if (str_starts(arg, STR("tcp://")))
			notices.addresses[notices.addresses_n++].at = arg;
		else if (str_starts(arg, STR("ws:")))
			read_place(&notices.nodes[notices.nodes_n++],
			    str_from(arg, 3));
		else
			read_place(&settings.nodes[settings.nodes_n++], arg);
	}
	for (size_t i = 0; has_notices && i < settings.nodes_n; i++)
		notices.nodes[notices.nodes_n++] = settings.nodes[i];
	if (notices.nodes_n + notices.addresses_n > 0 &&
	    notice_new(&notices, &p.notice, &err) != RC_OK) {
		fprintf(stderr, "watch_probe: %s\n", err.why);
		return 1;
	}
	settings.notice = p.notice;
	if (watcher_new(&settings, till, &w, &err) != RC_OK) {
		fprintf(stderr, "watch_probe: %s\n", err.why);
		return 1;
	}
	watcher_run(w);
	watcher_free(w);
	notice_free(p.notice);
	return 0;
}
