/* SPDX-License-Identifier: MIT
 *
 * The log; see log.h.
 */
#include "sys/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/instant.h"
#include "base/must.h"
#include "base/utf8.h"
#include "sys/clock.h"

/* Characters that show nothing and change what is around them: the C1
 * controls, line and paragraph separators, and those that turn the direction
 * of text (Unicode 15, Bidi_Control). */
static bool is_treacherous(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x61C ||
	       c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
	       (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

/* One character of the message, made safe; returns where the next begins. */
static size_t log_put(struct buf *b, struct str s, size_t at)
{
	size_t start = at;
	uint32_t c = utf8_next(s, &at);
	bool is_fault = c == UTF8_BAD && at - start == 1;

	if (c == '\\') {
		buf_lit(b, "\\\\");
	} else if (is_fault || is_treacherous(c)) {
		for (size_t i = start; i < at; i++)
			buf_printf(b, "\\x%02X", (unsigned char)s.p[i]);
	} else {
		buf_add(b, str_part(s, start, at - start));
	}
	return at;
}

static void log_put_moment(struct buf *b)
{
	struct instant now = clock_now();
	struct civil c = civil_at(now, 0);
	int64_t ms = (now.us - instant_s(now) * 1000000) / 1000;

	civil_rfc3339(b, c);
	/* In front of the Z that closes it. */
	buf_cut(b, b->n - 1);
	buf_char(b, '.');
	buf_u64_wide(b, (uint64_t)ms, 3);
	buf_lit(b, "Z ");
}

static void log_put_name(struct buf *b, struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		buf_char(b, ascii_is_space(name.p[i]) ? '_' : name.p[i]);
	buf_char(b, ' ');
}

void log_event(
    const struct log *log, const char *decision, const char *fmt, ...)
{
	char words[LOG_LINE_MAX];
	struct str message = {words, 0};
	bool is_cut;
	struct buf b;
	va_list ap;
	int n;

	if (!log || log->fd < 0)
		return;
	must(decision && fmt);
	va_start(ap, fmt);
	n = vsnprintf(words, sizeof(words), fmt, ap);
	va_end(ap);
	is_cut = n >= (int)sizeof(words);
	message.n = n < 0 ? 0 : is_cut ? sizeof(words) - 1 : (size_t)n;
	if (is_cut)
		message = utf8_head(message, message.n - 4);
	/* Four bytes may stand for one. */
	buf_init(&b, 5 * LOG_LINE_MAX);
	log_put_moment(&b);
	log_put_name(&b, str_of(log->role));
	log_put_name(&b, str_of(decision));
	for (size_t at = 0; at < message.n;) {
		at = log_put(&b, message, at);
		if (b.n > LOG_LINE_MAX - 16) {
			is_cut = is_cut || at < message.n;
			break;
		}
	}
	if (is_cut)
		buf_lit(&b, "...");
	buf_char(&b, '\n');
	if (buf_rc(&b) == RC_OK && write(log->fd, b.p, b.n) < 0)
		n = 0; /* there is nobody left to tell */
	buf_done(&b);
}
