/* SPDX-License-Identifier: MIT
 *
 * The lines of farthing.conf that the watch process is for; see
 * config_watch.c. Private to config*.c.
 */
#ifndef APP_CONFIG_PRIV_H
#define APP_CONFIG_PRIV_H

#include "app/config.h"

/* Reads the VALUE of KEY, which is one of the watch's. Returns NULL, or why
 * not: words that repeat nothing of the value, which may be a secret. */
const char *config_watch_read(
    struct config_watch *watch, struct str key, struct str value);
/* KEY may stand more than once. */
bool config_watch_repeats(struct str key);

#endif
