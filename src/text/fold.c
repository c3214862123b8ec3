/* SPDX-License-Identifier: MIT
 *
 * Names as they are compared; see fold.h. Letters are taken apart, not put
 * together, which needs one look at each: the accents of composed letters come
 * out in the order in which text that was never composed has them.
 */
#include "text/fold.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "text/script.h"

struct fold_parts {
	uint16_t whole, letter, accent;
};

#include "text/fold_table.h"

/* No letter has more than three accents, none more than three bytes each. */
enum { GROWTH = 6, ACCENTS_MOST = 4 };

static const struct fold_parts *parts_of(uint32_t c)
{
	size_t from = 0, to = sizeof(fold_parts) / sizeof(fold_parts[0]);

	while (from < to) {
		size_t mid = from + (to - from) / 2;

		if (fold_parts[mid].whole == c)
			return &fold_parts[mid];
		if (fold_parts[mid].whole < c)
			from = mid + 1;
		else
			to = mid;
	}
	return NULL;
}

/* Hangul syllables into their parts: Unicode 14, section 3.12. */
static void put_hangul(struct buf *b, uint32_t c)
{
	uint32_t tail = (c - 0xAC00) % 28;

	utf8_put(b, 0x1100 + (c - 0xAC00) / 588);
	utf8_put(b, 0x1161 + (c - 0xAC00) % 588 / 28);
	if (tail > 0)
		utf8_put(b, 0x11A7 + tail);
}

static void put_letter(struct buf *b, uint32_t c)
{
	uint32_t accents[ACCENTS_MOST];
	const struct fold_parts *parts;
	size_t n = 0;

	c = letter_lower(c);
	while (n < ACCENTS_MOST && (parts = parts_of(c))) {
		c = letter_lower(parts->letter);
		if (parts->accent)
			accents[n++] = parts->accent;
	}
	if (c >= 0xAC00 && c <= 0xD7A3)
		put_hangul(b, c);
	else
		utf8_put(b, c == 0x3C2 ? 0x3C3 : c); /* a final sigma */
	while (n > 0)
		utf8_put(b, accents[--n]);
}

static uint32_t plain(uint32_t c)
{
	if (c == 0x2018 || c == 0x2019 || c == 0x2BC)
		return '\'';
	return c == 0x2010 || c == 0x2011 ? '-' : c;
}

struct str fold_name(struct arena *a, struct str name)
{
	struct buf b;
	bool has_gap = false;

	buf_init_arena(&b, a, name.n * GROWTH + 1);
	for (size_t at = 0; at < name.n;) {
		uint32_t c = utf8_next(name, &at);

		if (script_is_space(c)) {
			has_gap = true;
		} else if (!script_is_unseen(c)) {
			if (has_gap && b.n > 0)
				buf_char(&b, ' ');
			has_gap = false;
			put_letter(&b, plain(c));
		}
	}
	if (buf_rc(&b) != RC_OK)
		return STR_NONE;
	return b.n > 0 ? buf_str(&b) : STR("");
}
