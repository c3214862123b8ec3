/* SPDX-License-Identifier: MIT
 *
 * Lines for the owner of a server. A control character in what is said, which
 * may come out of a file's name, is shown as a question mark, so that no name
 * can forge a line or steer a terminal.
 */
#include "app/say.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/instant.h"
#include "sys/clock.h"

enum { LINE_MAX_BYTES = 1000, MOMENT_MAX = 32, DATE_LENGTH = 11 };

/* How much of "2026-11-28T14:05:06Z " is left out in front. */
static enum { TIMES_NONE, TIMES_OF_DAY, TIMES_WHOLE } times;

/* systemd.exec(5), JOURNAL_STREAM: the file that is the journal, which standard
 * error may have been and is not any more. */
static bool is_journal(void)
{
	const char *journal = getenv("JOURNAL_STREAM");
	char own[64];
	struct stat st;

	if (!journal || fstat(STDERR_FILENO, &st) != 0)
		return false;
	snprintf(own, sizeof(own), "%llu:%llu", (unsigned long long)st.st_dev,
	    (unsigned long long)st.st_ino);
	return strcmp(journal, own) == 0;
}

void say_times(void)
{
	times = is_journal()		? TIMES_NONE
		: isatty(STDERR_FILENO) ? TIMES_OF_DAY
					: TIMES_WHOLE;
}

/* Without a byte where there is no room, which there is. */
static size_t put_moment(char *to, size_t room)
{
	char moment[MOMENT_MAX];
	struct civil c = civil_at(clock_now(), 0);
	size_t skip = times == TIMES_OF_DAY ? DATE_LENGTH : 0;
	int n =
	    snprintf(moment, sizeof(moment), "%04d-%02u-%02uT%02u:%02u:%02uZ ",
		(int)c.year, (unsigned)c.month, (unsigned)c.day,
		(unsigned)c.hour, (unsigned)c.minute, (unsigned)c.second);

	if (times == TIMES_NONE || n < (int)skip || (size_t)n - skip > room)
		return 0;
	memcpy(to, moment + skip, (size_t)n - skip);
	return (size_t)n - skip;
}

void say(const char *who, const char *fmt, ...)
{
	char line[LINE_MAX_BYTES + 1];
	size_t start = put_moment(line, sizeof(line));
	int head = snprintf(line + start, sizeof(line) - start, "%s: ", who);
	size_t at = start + (head < 0 ? 0 : (size_t)head);
	struct pollfd out = {.fd = STDERR_FILENO, .events = POLLOUT};
	ssize_t written;
	va_list args;
	int n;

	if (at >= sizeof(line))
		at = 0;
	va_start(args, fmt);
	n = vsnprintf(line + at, sizeof(line) - at, fmt, args);
	va_end(args);
	at += n < 0 ? 0 : (size_t)n;
	if (at >= sizeof(line))
		at = sizeof(line) - 1;
	for (size_t i = 0; i < at; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = '?';
	line[at++] = '\n';
	/* Whoever reads this may have stopped reading: a line is lost then,
	 * and not the server's time. */
	if (poll(&out, 1, 0) != 1)
		return;
	written = write(STDERR_FILENO, line, at);
	(void)written;
}

/* How long the control character at AT is; 0 if there stands another one. */
static size_t control_length(struct str s, size_t at, bool has_lines)
{
	unsigned char c = (unsigned char)s.p[at];
	unsigned char next = at + 1 < s.n ? (unsigned char)s.p[at + 1] : 0;

	if (c == 0xc2 && next >= 0x80 && next <= 0x9f)
		return 2;
	if (c == '\t' || (c == '\n' && has_lines))
		return 0;
	return c < ' ' || c == 0x7f;
}

void say_put(FILE *out, struct str s, bool has_lines)
{
	for (size_t at = 0; at < s.n;) {
		size_t n = control_length(s, at, has_lines);

		putc(n ? '?' : s.p[at], out);
		at += n ? n : 1;
	}
}

void say_plain(char *p, size_t n)
{
	struct str s = {p, n};

	for (size_t at = 0; at < n; at++) {
		size_t length = control_length(s, at, true);

		for (; length > 0; length--)
			p[at + length - 1] = '?';
	}
}
