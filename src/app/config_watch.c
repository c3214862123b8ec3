/* SPDX-License-Identifier: MIT
 *
 * What the watch process connects to. Sources of rates are read by
 * watch/rate.h, which has some ready.
 *
 * A line of these may hold a password. So no message repeats a value, and the
 * other processes, one of which speaks with strangers, get the settings
 * without these lines.
 */
#include <string.h>

#include "app/config_priv.h"
#include "base/arena.h"
#include "base/buf.h"
#include "watch/notice.h"

static const char *const OURS[] = {"node", "node_auth", "node_poll_seconds",
    "node_ca", "node_notices", "rates", "rate_source", "rate_currency",
    "rate_minutes", "socks5"};

static const char FULL[] = "at most 8 sources of rates";
static const char TOO_LONG[] = "the value is too long";

static bool keep(char *at, size_t room, struct str value)
{
	if (value.n == 0 || value.n >= room)
		return false;
	memcpy(at, value.p, value.n);
	at[value.n] = '\0';
	return true;
}

/* The URL with a host behind its scheme, and nothing in it that a line of
 * HTTP could not carry. */
static bool is_url(struct str url)
{
	struct str rest;

	for (size_t i = 0; i < url.n; i++)
		if (url.p[i] <= ' ' || (unsigned char)url.p[i] >= 0x7f)
			return false;
	if (str_starts(url, STR("http://")))
		rest = str_from(url, 7);
	else if (str_starts(url, STR("https://")))
		rest = str_from(url, 8);
	else
		return false;
	return rest.n > 0 && rest.p[0] != '/';
}

static const char *read_node(struct config_watch *w, struct str value)
{
	if (w->nodes_n == CONFIG_NODES_MAX)
		return "at most 4 nodes";
	if (!is_url(value))
		return "write it as http://USER:PASSWORD@127.0.0.1:8332";
	if (!keep(w->nodes[w->nodes_n], CONFIG_TEXT_MAX, value))
		return TOO_LONG;
	w->nodes_n++;
	return NULL;
}

static const char *add_rate(struct config_watch *w, struct str text)
{
	struct rate_source source;
	enum rc rc;

	if (w->rates_n == CONFIG_RATES_MAX)
		return FULL;
	rc = rate_source_parse(text, &source, NULL);
	if (rc == RC_NOT_FOUND)
		return "there is no ready source of that name; "
		       "doc/serving.md lists them";
	if (rc != RC_OK)
		return "write NAME URL PATH, as: "
		       "mine https://example.org/btc{cur} data.last";
	for (unsigned i = 0; i < w->rates_n; i++)
		if (strcmp(w->rates[i].name, source.name) == 0)
			return "that source stands there already";
	w->rates[w->rates_n++] = source;
	return NULL;
}

/* The next word, with spaces or commas around it; empty at the end. */
static struct str next_word(struct str *rest)
{
	size_t from = 0, to;

	while (from < rest->n &&
	       (ascii_is_space(rest->p[from]) || rest->p[from] == ','))
		from++;
	to = from;
	while (
	    to < rest->n && !ascii_is_space(rest->p[to]) && rest->p[to] != ',')
		to++;
	struct str word = str_part(*rest, from, to - from);

	*rest = str_from(*rest, to);
	return word;
}

static const char *read_rates(struct config_watch *w, struct str value)
{
	const char *why = NULL;
	struct str word;

	if (str_eq(value, STR("off")))
		return NULL;
	while (!why && (word = next_word(&value)).n > 0)
		why = add_rate(w, word);
	return why;
}

static const char *read_source(struct config_watch *w, struct str value)
{
	if (str_find(value, ' ') == value.n)
		return "write NAME URL PATH; a ready source goes into "
		       "\"rates\"";
	return add_rate(w, value);
}

/* Of versions before the till told the watch its currency. */
static const char *read_currency(struct config_watch *w, struct str value)
{
	(void)value;
	w->has_rate_currency = true;
	return NULL;
}

static const char *read_socks5(struct config_watch *w, struct str value)
{
	size_t colon = str_find_last(value, ':');
	uint64_t port;

	if (colon == 0 || colon == value.n ||
	    str_u64(str_from(value, colon + 1), 65535, &port) != RC_OK ||
	    port == 0 || str_find(value, ' ') < value.n ||
	    str_find(value, '/') < value.n)
		return "write HOST:PORT, as 127.0.0.1:9050";
	return keep(w->socks5, sizeof(w->socks5), value) ? NULL : TOO_LONG;
}

static const char *read_ca(struct config_watch *w, struct str value)
{
	if (value.p[0] != '/')
		return "write the whole path of the certificate's file, from /";
	return keep(w->node_ca, sizeof(w->node_ca), value) ? NULL : TOO_LONG;
}

static const char *read_auth(struct config_watch *w, struct str value)
{
	if (value.p[0] != '/')
		return "write the whole path of the cookie file, from /";
	return keep(w->node_auth, sizeof(w->node_auth), value) ? NULL
							       : TOO_LONG;
}

static const char *read_notices(struct config_watch *w, struct str value)
{
	struct str host;

	if (str_eq(value, STR("off"))) {
		w->notices_off = true;
	} else {
		if (w->notices_n == CONFIG_NOTICES_MAX)
			return "at most 4 addresses of notices";
		if (notice_address_parse(value, &host) != RC_OK)
			return "write tcp://HOST:PORT, as "
			       "tcp://127.0.0.1:28332, or off";
		if (!keep(w->notices[w->notices_n], CONFIG_TEXT_MAX, value))
			return TOO_LONG;
		w->notices_n++;
	}
	return w->notices_off && w->notices_n > 0 ? "either an address or off"
						  : NULL;
}

const char *config_watch_read(
    struct config_watch *watch, struct str key, struct str value)
{
	static const struct {
		const char *key;
		const char *(*read)(struct config_watch *w, struct str value);
	} rows[] = {
	    {"node", read_node},
	    {"node_auth", read_auth},
	    {"node_ca", read_ca},
	    {"node_notices", read_notices},
	    {"rates", read_rates},
	    {"rate_source", read_source},
	    {"rate_currency", read_currency},
	    {"socks5", read_socks5},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (str_eq(key, str_of(rows[i].key)))
			return rows[i].read(watch, value);
	return "this key is none of the watch's";
}

bool config_watch_repeats(struct str key)
{
	return str_eq(key, STR("node")) || str_eq(key, STR("rate_source")) ||
	       str_eq(key, STR("node_notices"));
}

bool config_watches(const struct config *config)
{
	return config->watch.nodes_n > 0 || config->watch.rates_n > 0;
}

bool config_has_secret(const struct config *config)
{
	for (unsigned i = 0; i < config->watch.nodes_n; i++)
		if (strchr(config->watch.nodes[i], '@'))
			return true;
	return false;
}

static bool is_ours(struct str line)
{
	struct str name = str_trim(str_cut(&line, '='));

	for (size_t i = 0; i < sizeof(OURS) / sizeof(OURS[0]); i++)
		if (str_eq(name, str_of(OURS[i])))
			return true;
	return false;
}

enum rc config_without_secrets(
    struct arena *a, struct str text, struct str *ret_text, struct err *err)
{
	struct buf b;
	struct str line;

	buf_init_arena(&b, a, 2 * CONFIG_MAX);
	while (str_line(&text, &line)) {
		if (!is_ours(line))
			buf_add(&b, line);
		buf_char(&b, '\n');
	}
	if (buf_rc(&b) != RC_OK)
		return err_set(err, RC_NO_MEMORY, "no memory for settings");
	*ret_text = buf_str(&b);
	return RC_OK;
}
