/* SPDX-License-Identifier: MIT
 *
 * Reads farthing.conf. A setting that is not understood is never skipped: a
 * limit that its owner believes in and that does not hold is worse than a
 * server that does not start. The keys are one table, KEYS, in the order in
 * which the header explains them.
 */
#include "app/config.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "app/config_priv.h"
#include "app/say.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "sys/address.h"
#include "sys/file.h"
#include "sys/oserr.h"

enum key_kind {
	KEY_LISTEN,
	KEY_NEWSROOM,
	KEY_ORIGIN,
	KEY_METRICS,
	KEY_NUMBER,
	KEY_FLAG,
	KEY_FILE,
	KEY_HOST,
	KEY_WATCH, /* see config_watch.c */
};

struct key {
	const char *name;
	enum key_kind kind;
	size_t offset; /* of the member in struct config */
	unsigned least, most;
};

#define NUMBER(key, low, high)                                                 \
	{                                                                      \
#key, KEY_NUMBER, offsetof(struct config, key), (low), (high)  \
	}

static const struct key KEYS[] = {
    {"listen", KEY_LISTEN, offsetof(struct config, listen), 0, 0},
    {"newsroom", KEY_NEWSROOM, offsetof(struct config, newsroom), 0, 0},
    {"newsroom_origin", KEY_ORIGIN, offsetof(struct config, newsroom_origin), 0,
	0},
    {"metrics", KEY_METRICS, offsetof(struct config, metrics), 0, 0},
    NUMBER(readers, 0, CONFIG_READERS_MAX),
    NUMBER(cache_mb, 1, 65536),
    {"access_log", KEY_FILE, offsetof(struct config, access_log), 0, 0},
    {"log_addresses", KEY_FLAG, offsetof(struct config, logs_addresses), 0, 0},
    {"trust_loopback", KEY_FLAG, offsetof(struct config, trusts_loopback), 0,
	0},
    {"host", KEY_HOST, offsetof(struct config, host), 0, 0},
    NUMBER(connections, 1, 10000000),
    NUMBER(connections_per_address, 0, 10000000),
    NUMBER(requests_per_second, 0, 1000000),
    NUMBER(requests_burst, 1, 1000000),
    NUMBER(head_seconds, 1, 3600),
    NUMBER(idle_seconds, 1, 3600),
    NUMBER(slowest_bytes_per_second, 1, 1000000),
    NUMBER(cold_budget_ms, 1, 10000),
    NUMBER(grace_seconds, 1, 3600),
    NUMBER(watchdog_seconds, 0, 3600),
    {"node", KEY_WATCH, 0, 0, 0},
    {"node_auth", KEY_WATCH, 0, 0, 0},
    {"node_ca", KEY_WATCH, 0, 0, 0},
    {"node_poll_seconds", KEY_NUMBER,
	offsetof(struct config, watch.node_poll_seconds), 1, 3600},
    {"node_notices", KEY_WATCH, 0, 0, 0},
    {"rates", KEY_WATCH, 0, 0, 0},
    {"rate_source", KEY_WATCH, 0, 0, 0},
    {"rate_currency", KEY_WATCH, 0, 0, 0},
    {"rate_minutes", KEY_NUMBER, offsetof(struct config, watch.rate_minutes), 1,
	1440},
    {"socks5", KEY_WATCH, 0, 0, 0},
};

enum { KEYS_N = sizeof(KEYS) / sizeof(KEYS[0]) };

/* What the reading of one file knows. */
struct reading {
	struct config config;
	unsigned line_of[KEYS_N]; /* where a key was given; 0: not yet */
	unsigned line;
	struct err *err;
};

void config_default(struct config *config)
{
	*config = (struct config){
	    .listen = {"127.0.0.1:8080"},
	    .listen_n = 1,
	    .newsroom = "127.0.0.1:8081",
	    .metrics = "127.0.0.1:9180",
	    .cache_mb = 64,
	    .trusts_loopback = true,
	    .connections = 16000,
	    .connections_per_address = 256,
	    .requests_per_second = 100,
	    .requests_burst = 400,
	    .head_seconds = 10,
	    .idle_seconds = 60,
	    .slowest_bytes_per_second = 500,
	    .cold_budget_ms = 40,
	    .grace_seconds = 10,
	    .watchdog_seconds = 20,
	    .watch = {.node_poll_seconds = 10, .rate_minutes = 10},
	};
}

static enum rc refuse(struct reading *r, const char *key, const char *why)
{
	return err_set(
	    r->err, RC_INVALID, "farthing.conf:%u: %s: %s", r->line, key, why);
}

static enum rc keep_text(
    struct reading *r, const char *key, struct str value, char *at)
{
	if (value.n >= CONFIG_TEXT_MAX)
		return refuse(r, key, "the value is too long");
	memcpy(at, value.p, value.n);
	at[value.n] = '\0';
	return RC_OK;
}

static enum rc read_listen(struct reading *r, struct str value)
{
	unsigned n = 0;

	while (!str_blank(value)) {
		struct address address;
		struct str one;
		enum rc rc;

		value = str_trim(value);
		one = str_cut(&value, ' ');
		if (n == CONFIG_LISTEN_MAX)
			return refuse(r, "listen", "at most 8 addresses");
		if (address_parse_place(one, &address, NULL) != RC_OK ||
		    address.port == 0)
			return refuse(r, "listen",
			    "write addresses as 127.0.0.1:8080, "
			    "[::1]:8080 or *:80");
		rc = keep_text(r, "listen", one, r->config.listen[n++]);
		if (rc != RC_OK)
			return rc;
	}
	r->config.listen_n = n;
	return RC_OK;
}

static enum rc read_newsroom(struct reading *r, struct str value)
{
	struct address address;

	r->config.has_newsroom = true;
	r->config.newsroom[0] = '\0';
	if (str_eq(value, STR("off")))
		return RC_OK;
	if (address_parse_place(value, &address, NULL) != RC_OK ||
	    address.port == 0)
		return refuse(r, "newsroom",
		    "write \"off\" or an address as 127.0.0.1:8081");
	return keep_text(r, "newsroom", value, r->config.newsroom);
}

static bool is_host(struct str value);

/* As a browser writes it, for it is compared with what browsers send: small
 * letters, no path, no port where it is the scheme's own. */
static enum rc read_origin(struct reading *r, struct str value)
{
	struct str rest = STR_NONE;
	struct str host;
	uint64_t port = 1;
	bool is_plain = str_starts(value, STR("http://"));
	bool is_good;

	if (is_plain)
		rest = str_from(value, 7);
	else if (str_starts(value, STR("https://")))
		rest = str_from(value, 8);
	host = str_cut(&rest, ':');
	is_good = host.n > 0 && is_host(host);
	for (size_t i = 0; i < host.n; i++)
		is_good &= !ascii_is_upper(host.p[i]);
	if (rest.p)
		is_good &= str_u64(rest, 65535, &port) == RC_OK && port > 0 &&
			   rest.p[0] != '0' && port != (is_plain ? 80 : 443);
	/* Browsers keep passkeys and safe cookies from all else. */
	if (is_plain && !str_eq(host, STR("localhost")) &&
	    !str_ends(host, STR(".onion")))
		is_good = false;
	if (!is_good)
		return refuse(r, "newsroom_origin",
		    "write it as https://desk.example.org, in small letters "
		    "and without a path; http:// only for localhost and "
		    "names that end in .onion");
	return keep_text(
	    r, "newsroom_origin", value, r->config.newsroom_origin);
}

static enum rc read_metrics(struct reading *r, struct str value)
{
	struct address address;

	r->config.has_metrics = true;
	r->config.metrics[0] = '\0';
	if (str_eq(value, STR("off")))
		return RC_OK;
	if (address_parse_place(value, &address, NULL) != RC_OK ||
	    address.port == 0 || !address_is_local(&address))
		return refuse(r, "metrics",
		    "write \"off\" or a loopback address as 127.0.0.1:9180");
	return keep_text(r, "metrics", value, r->config.metrics);
}

static enum rc read_number(
    struct reading *r, const struct key *key, struct str value)
{
	unsigned *at = (unsigned *)(void *)((char *)&r->config + key->offset);
	uint64_t n;

	if (str_u64(value, key->most, &n) != RC_OK || n < key->least)
		return err_set(r->err, RC_INVALID,
		    "farthing.conf:%u: %s: write a whole number from %u to %u",
		    r->line, key->name, key->least, key->most);
	*at = (unsigned)n;
	return RC_OK;
}

static enum rc read_flag(
    struct reading *r, const struct key *key, struct str value)
{
	bool *at = (bool *)((char *)&r->config + key->offset);
	bool is_yes = str_eq(value, STR("yes"));

	if (!is_yes && !str_eq(value, STR("no")))
		return refuse(r, key->name, "write yes or no");
	*at = is_yes;
	return RC_OK;
}

/* A word that turns the setting off, or a text that is kept. */
static enum rc read_text(
    struct reading *r, const struct key *key, struct str value, struct str off)
{
	char *at = (char *)&r->config + key->offset;

	at[0] = '\0';
	return str_eq(value, off) ? RC_OK : keep_text(r, key->name, value, at);
}

static bool is_host(struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if (!ascii_is_alpha(value.p[i]) &&
		    !ascii_is_digit(value.p[i]) && value.p[i] != '.' &&
		    value.p[i] != '-')
			return false;
	return true;
}

static enum rc read_watch(
    struct reading *r, const struct key *key, struct str value)
{
	const char *why =
	    config_watch_read(&r->config.watch, str_of(key->name), value);

	return why ? refuse(r, key->name, why) : RC_OK;
}

static enum rc read_value(
    struct reading *r, const struct key *key, struct str value)
{
	switch (key->kind) {
	case KEY_LISTEN:
		return read_listen(r, value);
	case KEY_NEWSROOM:
		return read_newsroom(r, value);
	case KEY_ORIGIN:
		return read_origin(r, value);
	case KEY_METRICS:
		return read_metrics(r, value);
	case KEY_NUMBER:
		return read_number(r, key, value);
	case KEY_FLAG:
		return read_flag(r, key, value);
	case KEY_FILE:
		return read_text(r, key, value, STR("off"));
	case KEY_HOST:
		if (!is_host(value))
			return refuse(r, key->name,
			    "write \"any\" or a name as example.org");
		return read_text(r, key, value, STR("any"));
	case KEY_WATCH:
		return read_watch(r, key, value);
	}
	unreachable("a kind of key that is not in the list");
}

static enum rc unknown_key(struct reading *r, struct str name)
{
	struct buf all;
	enum rc rc;

	buf_init(&all, ERR_WHY_MAX);
	for (size_t i = 0; i < KEYS_N; i++) {
		if (i > 0)
			buf_lit(&all, ", ");
		buf_add(&all, str_of(KEYS[i].name));
	}
	rc = err_set(r->err, RC_INVALID,
	    "farthing.conf:%u: unknown key \"%.*s\"; the keys are: %.*s",
	    r->line, (int)utf8_head(name, 40).n, name.p,
	    STR_ARG(buf_str(&all)));
	buf_done(&all);
	return rc;
}

static enum rc read_line(struct reading *r, struct str line)
{
	struct str value = str_trim(line);
	struct str name;

	if (value.n == 0 || value.p[0] == '#')
		return RC_OK;
	if (str_find(value, '=') == value.n)
		return refuse(r, "not understood", "write key = value");
	name = str_trim(str_cut(&value, '='));
	value = str_trim(value);
	for (size_t i = 0; i < KEYS_N; i++) {
		if (!str_eq(name, str_of(KEYS[i].name)))
			continue;
		if (r->line_of[i] && !config_watch_repeats(name))
			return err_set(r->err, RC_INVALID,
			    "farthing.conf:%u: %s was given in line %u "
			    "already; remove one",
			    r->line, KEYS[i].name, r->line_of[i]);
		r->line_of[i] = r->line;
		if (value.n == 0)
			return refuse(r, KEYS[i].name, "the value is missing");
		return read_value(r, &KEYS[i], value);
	}
	return unknown_key(r, name);
}

static bool has_control(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (((unsigned char)line.p[i] < ' ' && line.p[i] != '\t') ||
		    line.p[i] == 0x7f)
			return true;
	return false;
}

enum rc config_parse(
    struct str text, struct config *ret_config, struct err *err)
{
	struct reading r = {.err = err};
	struct str line;

	if (text.n > CONFIG_MAX)
		return err_set(err, RC_LIMIT,
		    "farthing.conf is larger than %d bytes; is it the right "
		    "file?",
		    CONFIG_MAX);
	if (str_starts(text, STR("\xef\xbb\xbf")))
		return err_set(err, RC_INVALID,
		    "farthing.conf:1: starts with a byte order mark; save it "
		    "as plain UTF-8");
	config_default(&r.config);
	while (str_line(&text, &line)) {
		enum rc rc;

		r.line++;
		if (!utf8_is_valid(line) || has_control(line))
			return refuse(&r, "not text",
			    "there are bytes in it that are no UTF-8 text");
		rc = read_line(&r, line);
		if (rc != RC_OK)
			return rc;
	}
	*ret_config = r.config;
	return RC_OK;
}

enum rc config_load(struct arena *a, struct str dir, struct str *ret_text,
    struct config *ret_config, struct err *err)
{
	struct str path = arena_printf(a, "%.*s/farthing.conf", STR_ARG(dir));
	struct str text = STR_NONE;
	struct stat is = {0};
	enum rc rc;

	if (!path.p)
		return err_set(err, RC_NO_MEMORY, "no memory for settings");
	if (stat(path.p, &is) != 0) {
		int errnum = errno;

		/* None is fine; a link to one that is not there is not. */
		if (errnum != ENOENT || lstat(path.p, &is) == 0)
			return oserr_set(err, errnum, "%s", path.p);
	} else if (is.st_mode & S_IWOTH) {
		return err_set(err, RC_DENIED,
		    "%s: everyone on this machine may write to it; do: chmod "
		    "o-w %s",
		    path.p, path.p);
	} else {
		rc = file_read(a, path, CONFIG_MAX, &text, err);
		if (rc != RC_OK)
			return rc;
	}
	rc = config_parse(text, ret_config, err);
	if (rc == RC_OK && config_has_secret(ret_config) &&
	    is.st_mode & (S_IRGRP | S_IROTH))
		say("farthing",
		    "%s holds a password, and others on this machine may read "
		    "it; do: chmod 0600 %s",
		    path.p, path.p);
	if (rc == RC_OK)
		*ret_text = text;
	return rc;
}
