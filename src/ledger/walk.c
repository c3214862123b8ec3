/* SPDX-License-Identifier: MIT
 *
 * Walking over a message; see walk.h. The first fault is kept, and all that
 * follows does nothing.
 *
 * Nothing is allocated from a number in a message; a count is compared with the
 * list's fixed room before it is used.
 */
#include "ledger/walk.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

enum { DECIMALS_MAX = 4 };

void walk_fail(struct walk *w, enum rc rc)
{
	if (w->rc == RC_OK)
		w->rc = rc;
}

/* N raw bytes to or from P. */
void walk_fixed(struct walk *w, void *p, size_t n)
{
	if (w->rc)
		return;
	if (w->out) {
		buf_add(w->out, (struct str){p, n});
	} else if (w->in.n < n) {
		walk_fail(w, RC_INVALID);
	} else {
		memcpy(p, w->in.p, n);
		w->in = str_from(w->in, n);
	}
}

/* V in SIZE bytes; what it becomes is returned. */
uint64_t walk_number(struct walk *w, uint64_t v, size_t size, uint64_t most)
{
	unsigned char bytes[8];
	uint64_t got = 0;

	for (size_t i = 0; i < size; i++)
		bytes[i] = (unsigned char)(v >> (8 * (size - 1 - i)) & 0xff);
	if (w->out && v > most)
		walk_fail(w, RC_INVALID);
	walk_fixed(w, bytes, size);
	if (w->rc)
		return 0;
	for (size_t i = 0; i < size; i++)
		got = got << 8 | bytes[i];
	if (got > most)
		walk_fail(w, RC_INVALID);
	return w->rc ? 0 : got;
}

void walk_flag(struct walk *w, bool *v)
{
	uint64_t got = walk_number(w, *v, 1, 1);

	if (!w->out)
		*v = got != 0;
}

/* Only a month's totals can be below 0, after a reversal. */
static int64_t walk_signed_number(
    struct walk *w, int64_t v, int64_t least, int64_t most)
{
	uint64_t got;

	if (w->out && (v < least || v > most))
		walk_fail(w, RC_INVALID);
	got = walk_number(w, (uint64_t)v, 8, UINT64_MAX);
	memcpy(&v, &got, sizeof(v));
	if (v < least || v > most)
		walk_fail(w, RC_INVALID);
	return v;
}

void walk_sat_between(struct walk *w, struct sat *v, int64_t least)
{
	int64_t got = walk_signed_number(w, sat_raw(*v), least, SAT_MAX);

	if (!w->out && w->rc == RC_OK)
		*v = sat_of_raw(got);
}

void walk_sat(struct walk *w, struct sat *v)
{
	walk_sat_between(w, v, 0);
}

void walk_fiat_between(struct walk *w, struct fiat *v, int64_t least)
{
	int64_t got = walk_signed_number(w, fiat_raw(*v), least, FIAT_MAX);

	if (!w->out && w->rc == RC_OK)
		*v = fiat_of_raw(got);
}

void walk_fiat(struct walk *w, struct fiat *v)
{
	walk_fiat_between(w, v, 0);
}

void walk_instant(struct walk *w, struct instant *v)
{
	int64_t got = walk_signed_number(w, v->us, 0, INT64_MAX);

	if (!w->out)
		v->us = got;
}

void walk_count(struct walk *w, size_t *n, size_t most)
{
	uint64_t got;

	if (w->out && *n > most)
		walk_fail(w, RC_LIMIT);
	got = walk_number(w, *n, 2, UINT16_MAX);
	if (got > most)
		walk_fail(w, RC_LIMIT);
	if (!w->out)
		*n = w->rc ? 0 : (size_t)got;
}

void walk_bytes(struct walk *w, struct str *s, size_t most)
{
	size_t n = s->n;

	walk_count(w, &n, most);
	if (w->rc)
		return;
	if (w->out) {
		buf_add(w->out, *s);
	} else if (w->in.n < n) {
		walk_fail(w, RC_INVALID);
	} else {
		*s = str_part(w->in, 0, n);
		w->in = str_from(w->in, n);
	}
}

static bool is_clean(struct str s, bool has_lines)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < 0x20 && !(has_lines && (c == '\n' || c == '\t'))) ||
		    c == 0x7f)
			return false;
	}
	return utf8_is_valid(s);
}

void walk_text(struct walk *w, struct str *s, size_t most)
{
	walk_bytes(w, s, most);
	if (w->rc == RC_OK && !is_clean(*s, false))
		walk_fail(w, RC_INVALID);
}

void walk_lines(struct walk *w, struct str *s, size_t most)
{
	walk_bytes(w, s, most);
	if (w->rc == RC_OK && !is_clean(*s, true))
		walk_fail(w, RC_INVALID);
}

void walk_name(struct walk *w, struct str *s)
{
	walk_text(w, s, TILL_NAME_MAX);
}

/* Three capitals, or three NULs for none; and a NUL. */
void walk_code(struct walk *w, char v[4])
{
	static const char none[4] = "";

	walk_fixed(w, v, 3);
	if (w->rc)
		return;
	if (!w->out)
		v[3] = '\0';
	if (memcmp(v, none, 4) == 0)
		return;
	for (size_t i = 0; i < 3; i++)
		if (!ascii_is_upper(v[i]))
			walk_fail(w, RC_INVALID);
	if (v[3] != '\0')
		walk_fail(w, RC_INVALID);
}

void walk_currency(struct walk *w, struct currency *v)
{
	walk_code(w, v->code);
	WALK_NUMBER(w, v->decimals, DECIMALS_MAX);
}

void walk_rate(struct walk *w, struct till_rate *v)
{
	walk_fiat_between(w, &v->per_coin, 1);
	walk_name(w, &v->source);
	walk_instant(w, &v->at);
}
