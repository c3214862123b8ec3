/* SPDX-License-Identifier: MIT
 *
 * The settings of a server, as they stand in DIR/farthing.conf: lines
 * "key = value", empty lines, and comments, whose first character is '#'. A
 * paper without the file is served with what stands here. The newspaper's own
 * settings (name, language, origin) are not here but in the paper.
 *
 *	key			default
 *	listen			127.0.0.1:8080	  or several, with spaces
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
 */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

enum {
	CONFIG_MAX = 64 * 1024,	 /* bytes of the file */
	CONFIG_LISTEN_MAX = 8,	 /* addresses */
	CONFIG_READERS_MAX = 32, /* processes */
	CONFIG_TEXT_MAX = 256,	 /* bytes of a value, its NUL counted */
};

struct arena;

struct config {
	char listen[CONFIG_LISTEN_MAX][CONFIG_TEXT_MAX];
	unsigned listen_n;
	char metrics[CONFIG_TEXT_MAX]; /* empty: off */
	bool has_metrics;	       /* the file says so, not the default */
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

#endif
