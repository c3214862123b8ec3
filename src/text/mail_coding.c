/* SPDX-License-Identifier: MIT
 *
 * See mail_priv.h: the codings of RFC 2045 section 6, undone.
 */
#include "text/mail_priv.h"

#include "base/buf.h"

static int digit_of(char c)
{
	if (ascii_is_upper(c))
		return c - 'A';
	if (ascii_is_alpha(c))
		return c - 'a' + 26;
	if (ascii_is_digit(c))
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static bool is_all_base64(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (digit_of(s.p[i]) < 0 && s.p[i] != '=' &&
		    !ascii_is_space(s.p[i]))
			return false;
	return true;
}

/* RFC 2045 6.8: what is no digit is passed over, "=" ends it; or a piece of it,
 * where nothing else follows. */
static void put_base64(struct buf *b, struct str s)
{
	uint32_t bits = 0;
	unsigned n = 0;
	bool is_first = true;

	for (size_t i = 0; i < s.n; i++) {
		int digit = digit_of(s.p[i]);

		if (s.p[i] == '=') {
			if (is_first && !is_all_base64(str_from(s, i)))
				break;
			is_first = false;
			n = 0;
		}
		if (digit < 0)
			continue;
		bits = (bits << 6 | (uint32_t)digit) & 0xFFFFFF;
		n += 6;
		if (n >= 8) {
			n -= 8;
			buf_char(b, (char)(bits >> n & 0xFF));
		}
	}
}

/* RFC 2045 6.7. */
static void put_quoted(struct buf *b, struct str s)
{
	struct str line;

	while (str_line(&s, &line)) {
		bool is_soft = false;

		while (line.n > 0 && ascii_is_space(line.p[line.n - 1]))
			line.n--;
		for (size_t i = 0; i < line.n && !is_soft; i++) {
			int high =
			    i + 2 < line.n ? ascii_hex(line.p[i + 1]) : -1;
			int low =
			    i + 2 < line.n ? ascii_hex(line.p[i + 2]) : -1;

			is_soft = line.p[i] == '=' && i + 1 == line.n;
			if (is_soft)
				break;
			if (line.p[i] != '=' || high < 0 || low < 0) {
				buf_char(b, line.p[i]);
				continue;
			}
			buf_char(b, (char)(high << 4 | low));
			i += 2;
		}
		if (!is_soft)
			buf_char(b, '\n');
	}
}

struct str mail_decode(struct arena *a, struct str coding, struct str body)
{
	bool is_base64 = str_eq_fold(coding, STR("base64"));
	struct buf b;

	if (!is_base64 && !str_eq_fold(coding, STR("quoted-printable")))
		return body;
	buf_init_arena(&b, a, body.n + 16);
	if (is_base64)
		put_base64(&b, body);
	else
		put_quoted(&b, body);
	return buf_str(&b);
}
