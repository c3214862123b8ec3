/* SPDX-License-Identifier: MIT
 *
 * The access log: a line for each answer, gathered and written in large
 * pieces.
 *
 *	2026-11-23T14:05:06Z GET /2026/11/23/slug 200 6403 41us br "Mozilla..."
 *
 * Time, method, path, status, bytes sent, time from the wake-up that brought
 * the request (or, for one that comes later, the answer) to the answer's last
 * byte handed to the system, coding, user agent. The path is percent-encoded,
 * the user agent has \xHH for what is not plain ASCII, both are cut. "-"
 * stands for what is not known. Only where addresses are logged, the reader's
 * is one more word at the end. A query is never logged.
 */
#ifndef HTTP_ACCESS_LOG_H
#define HTTP_ACCESS_LOG_H

#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"
#include "http/metrics.h"

enum {
	ACCESS_LOG_BYTES = 64 * 1024,
	ACCESS_LOG_PATH_MAX = 1024,
	ACCESS_LOG_AGENT_MAX = 200,
};

struct access_log;

struct access_line {
	struct instant now;
	struct str method;
	struct str path;
	unsigned status;
	uint64_t bytes;
	uint64_t duration_us;
	struct str coding;
	struct str agent;
	struct str address; /* empty: not logged */
};

/* Writes to FD, which stays the caller's. Ends the process if there is no
 * memory. METRICS may be NULL. */
struct access_log *access_log_new(int fd, struct http_metrics *metrics);
/* Writes what is gathered. NULL is fine. */
void access_log_free(struct access_log *log);
/* Gathers a line; writes the gathered ones if there is no room. */
void access_log_add(struct access_log *log, const struct access_line *line);
/* Writes what is gathered. What cannot be written is lost and counted. */
void access_log_flush(struct access_log *log);

#endif
