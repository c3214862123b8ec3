/* SPDX-License-Identifier: MIT
 *
 * The access log. A line is put together by hand in the buffer's own room: a
 * formatter would cost a tenth of the whole request.
 */
#include "http/access_log.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/must.h"

enum {
	/* Every path byte may take three, every agent byte four. */
	LINE_MAX_BYTES =
	    400 + 3 * ACCESS_LOG_PATH_MAX + 4 * ACCESS_LOG_AGENT_MAX,
	TIME_BYTES = 20,
};

struct access_log {
	int fd;
	struct http_metrics *metrics;
	int64_t second; /* that TIME is of */
	char time[TIME_BYTES];
	size_t n;
	size_t lines;
	char p[ACCESS_LOG_BYTES];
};

struct access_log *access_log_new(int fd, struct http_metrics *metrics)
{
	struct access_log *log = malloc(sizeof(*log));

	must(log);
	log->fd = fd;
	log->metrics = metrics;
	log->second = INT64_MIN;
	log->n = 0;
	log->lines = 0;
	return log;
}

void access_log_free(struct access_log *log)
{
	if (log)
		access_log_flush(log);
	free(log);
}

void access_log_flush(struct access_log *log)
{
	size_t at = 0;

	while (at < log->n) {
		ssize_t n = write(log->fd, log->p + at, log->n - at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			if (log->metrics)
				metric_add(
				    &log->metrics->log_lines_lost, log->lines);
			break;
		}
		at += (size_t)n;
	}
	log->n = 0;
	log->lines = 0;
}

static char *put(char *to, struct str s)
{
	if (s.n)
		memcpy(to, s.p, s.n);
	return to + s.n;
}

static char *put_u64(char *to, uint64_t n)
{
	char digits[20];
	size_t i = sizeof(digits);

	do {
		digits[--i] = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	return put(to, (struct str){digits + i, sizeof(digits) - i});
}

static char *put_hex(char *to, unsigned char c)
{
	static const char hex[] = "0123456789ABCDEF";

	*to++ = hex[c >> 4];
	*to++ = hex[c & 15];
	return to;
}

/* None of the eight bytes at P is below LOW, above 0x7e, a quote, a backslash
 * or ALSO. It may say no without need, next to a byte that is one of these. */
static bool is_plain(const char *p, unsigned low, char also)
{
	const uint64_t ones = 0x0101010101010101;
	const char odd[] = {0x7f, '"', '\\', also};
	uint64_t w;
	uint64_t found;

	memcpy(&w, p, 8);
	found = w | ((w - ones * low) & ~w);
	for (size_t i = 0; i < sizeof(odd); i++) {
		uint64_t x = w ^ (ones * (unsigned char)odd[i]);

		found |= (x - ones) & ~x;
	}
	return (found & (ones * 0x80)) == 0;
}

static char *put_path(char *to, struct str s)
{
	s = str_part(s, 0, ACCESS_LOG_PATH_MAX);
	if (s.n == 0)
		*to++ = '-';
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c;

		while (s.n - i >= 8 && is_plain(s.p + i, 0x21, '%')) {
			memcpy(to, s.p + i, 8);
			to += 8;
			i += 8;
		}
		if (i == s.n)
			break;
		c = (unsigned char)s.p[i];
		if (c > 0x20 && c < 0x7f && c != '%' && c != '"') {
			*to++ = (char)c;
		} else {
			*to++ = '%';
			to = put_hex(to, c);
		}
	}
	return to;
}

static char *put_agent(char *to, struct str s)
{
	s = str_part(s, 0, ACCESS_LOG_AGENT_MAX);
	*to++ = '"';
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c;

		while (s.n - i >= 8 && is_plain(s.p + i, 0x20, '"')) {
			memcpy(to, s.p + i, 8);
			to += 8;
			i += 8;
		}
		if (i == s.n)
			break;
		c = (unsigned char)s.p[i];
		if (c >= 0x20 && c < 0x7f && c != '\\' && c != '"') {
			*to++ = (char)c;
		} else {
			*to++ = '\\';
			*to++ = 'x';
			to = put_hex(to, c);
		}
	}
	*to++ = '"';
	return to;
}

static char *put_two(char *to, unsigned n)
{
	*to++ = (char)('0' + n / 10 % 10);
	*to++ = (char)('0' + n % 10);
	return to;
}

/* The time in whole seconds, made once for each of them. */
static void set_time(struct access_log *log, struct instant now)
{
	struct civil c = civil_at(now, 0);
	char *to = log->time;

	log->second = instant_s(now);
	to = put_two(to, (unsigned)c.year / 100);
	to = put_two(to, (unsigned)c.year % 100);
	*to++ = '-';
	to = put_two(to, c.month);
	*to++ = '-';
	to = put_two(to, c.day);
	*to++ = 'T';
	to = put_two(to, c.hour);
	*to++ = ':';
	to = put_two(to, c.minute);
	*to++ = ':';
	to = put_two(to, c.second);
	*to++ = 'Z';
	must(to == log->time + TIME_BYTES);
}

void access_log_add(struct access_log *log, const struct access_line *line)
{
	char *to;

	if (sizeof(log->p) - log->n < LINE_MAX_BYTES)
		access_log_flush(log);
	if (instant_s(line->now) != log->second)
		set_time(log, line->now);
	to = put(log->p + log->n, (struct str){log->time, TIME_BYTES});
	*to++ = ' ';
	to = put(to, str_part(line->method, 0, 16));
	*to++ = ' ';
	to = put_path(to, line->path);
	*to++ = ' ';
	to = put_u64(to, line->status);
	*to++ = ' ';
	to = put_u64(to, line->bytes);
	*to++ = ' ';
	to = put_u64(to, line->duration_us);
	to = put(to, STR("us "));
	to = put(to, str_part(line->coding, 0, 16));
	*to++ = ' ';
	to = put_agent(to, line->agent);
	if (line->address.n) {
		*to++ = ' ';
		to = put(to, str_part(line->address, 0, 64));
	}
	*to++ = '\n';
	log->n = (size_t)(to - log->p);
	log->lines++;
	must(log->n <= sizeof(log->p));
}
