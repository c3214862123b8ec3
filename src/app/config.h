/* SPDX-License-Identifier: MIT
 *
 * The settings of a server, as they stand in DIR/farthing.conf: lines
 * "key = value", empty lines, and comments, whose first character is '#'. A
 * paper without the file is served with what stands here. The newspaper's own
 * settings (name, language, origin) are not here but in the paper.
 *
 *	key			default
 *	listen			127.0.0.1:8080	  or several, with spaces
 *	newsroom		127.0.0.1:8081	  the staff's pages; or "off"
 *	newsroom_origin		http://localhost  as browsers reach them, such
 *				and that port	  as https://desk.example.org
 *	metrics			127.0.0.1:9180	  or "off"; loopback only
 *	readers			0		  processes; 0: one a core
 *	cache_mb		64		  of all readers together
 *	access_log		off		  a file in DIR or from "/"
 *	log_addresses		no
 *	trust_loopback		yes		  X-Forwarded-For from there
 *	host			any		  or the one name to answer to
 *	connections		16000		  of all readers together
 *	connections_per_address	256		  0: no limit
 *	requests_per_second	100		  per address; 0: no limit
 *	requests_burst		400
 *	head_seconds		10		  for a whole request head
 *	idle_seconds		60		  between two requests
 *	slowest_bytes_per_second 500		  slower readers are let go
 *	cold_budget_ms		40		  rendering per turn of the loop
 *	grace_seconds		10		  for open requests at the end
 *	watchdog_seconds	20		  a process that hangs is killed
 *						  after them; 0: never
 *
 * What the watch process connects to. Without a node and a source of rates, be
 * it here or chosen by the newsroom (ledger/settings.h), there is no such
 * process. These lines, which may hold passwords, are for it
 * alone: all other processes get the text without them (config_watch.c).
 *
 *	node			none		  http://USER:WORD@HOST:PORT,
 *						  up to 4 lines
 *	node_auth		none		  its cookie file instead
 *	node_ca			the system's	  certificate to show
 *	node_poll_seconds	10		  how often a node is asked
 *	node_notices		none		  tcp://HOST:PORT of ZeroMQ's,
 *						  up to 4 lines; or off
 *	rates			off		  coinbase, kraken, bitstamp
 *	rate_source		none		  NAME URL PATH; up to 8 lines
 *	rate_currency		-		  of old: has no effect, the
 *						  ledger says the currency
 *	rate_minutes		10		  how often
 *	socks5			none		  HOST:PORT, as 127.0.0.1:9050
 */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "watch/rate.h"

enum {
	CONFIG_MAX = 64 * 1024,	 /* bytes of the file */
	CONFIG_LISTEN_MAX = 8,	 /* addresses */
	CONFIG_READERS_MAX = 32, /* processes */
	CONFIG_TEXT_MAX = 256,	 /* bytes of a value, its NUL counted */
	CONFIG_NODES_MAX = 4,
	CONFIG_RATES_MAX = 8,
	CONFIG_NOTICES_MAX = 4,
};

struct arena;

struct config_watch {
	char nodes[CONFIG_NODES_MAX][CONFIG_TEXT_MAX];
	unsigned nodes_n;
	char node_auth[CONFIG_TEXT_MAX]; /* empty: none */
	char node_ca[CONFIG_TEXT_MAX];	 /* empty: the system's */
	unsigned node_poll_seconds;
	char notices[CONFIG_NOTICES_MAX][CONFIG_TEXT_MAX];
	unsigned notices_n;
	bool notices_off; /* nor from the nodes' WebSocket */
	struct rate_source rates[CONFIG_RATES_MAX];
	unsigned rates_n;
	bool has_rate_currency; /* it stands there, and has no effect */
	unsigned rate_minutes;
	char socks5[CONFIG_TEXT_MAX]; /* empty: none */
};

struct config {
	char listen[CONFIG_LISTEN_MAX][CONFIG_TEXT_MAX];
	unsigned listen_n;
	char newsroom[CONFIG_TEXT_MAX]; /* empty: off */
	bool has_newsroom; /* the file or the command says so, not the default
			    */
	char newsroom_origin[CONFIG_TEXT_MAX]; /* empty: localhost, the port */
	char metrics[CONFIG_TEXT_MAX];	       /* empty: off */
	bool has_metrics; /* the file says so, not the default */
	unsigned readers;
	unsigned cache_mb;
	char access_log[CONFIG_TEXT_MAX]; /* empty: off */
	bool logs_addresses;
	bool trusts_loopback;
	char host[CONFIG_TEXT_MAX]; /* empty: any */
	unsigned connections;
	unsigned connections_per_address;
	unsigned requests_per_second;
	unsigned requests_burst;
	unsigned head_seconds;
	unsigned idle_seconds;
	unsigned slowest_bytes_per_second;
	unsigned cold_budget_ms;
	unsigned grace_seconds;
	unsigned watchdog_seconds;
	struct config_watch watch;
};

/* The settings that hold where the file says nothing. */
void config_default(struct config *config);

/* Reads TEXT as it stands in a farthing.conf. RC_INVALID with "farthing.conf:
 * LINE: ..." in ERR: a key unknown or given twice, a value that cannot be, a
 * byte order mark, bytes that are no text; RC_LIMIT: above CONFIG_MAX. */
MUST_USE enum rc config_parse(
    struct str text, struct config *ret_config, struct err *err);

/* Reads DIR/farthing.conf, if there is one. *RET_TEXT (in the arena) is what
 * config_parse found good; empty without a file. Besides the results of
 * config_parse, RC_DENIED: others may write to the file; RC_IO. */
MUST_USE enum rc config_load(struct arena *a, struct str dir,
    struct str *ret_text, struct config *ret_config, struct err *err);

/* There is something to watch. */
bool config_watches(const struct config *config);
/* A node's line has a password in it. */
bool config_has_secret(const struct config *config);
/* The same text with an empty line for each that is the watch's alone, so
 * that the others keep their numbers. RC_NO_MEMORY. */
MUST_USE enum rc config_without_secrets(
    struct arena *a, struct str text, struct str *ret_text, struct err *err);

#endif
