/* SPDX-License-Identifier: MIT
 *
 * Moving stories about on the front page; see front.h.
 */
#include "newsroom/front.h"

#include <stdio.h>

enum { NAME_MAX_BYTES = 24, UNTIL_MAX = 32 };

static size_t most_of(enum paper_slot slot)
{
	switch (slot) {
	case PAPER_LEAD:
		return 1;
	case PAPER_SECOND:
		return PAPER_SECONDS_MOST;
	case PAPER_BRIEF:
		break;
	}
	return PAPER_BRIEFS_MOST;
}

static size_t count(const struct arrangement *a, enum paper_slot slot)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++)
		n += a->v[i].slot == slot;
	return n;
}

static bool has(const struct arrangement *a, int64_t story)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].story == story)
			return true;
	return false;
}

static struct arrangement_row take(struct arrangement *a, size_t at)
{
	struct arrangement_row row = a->v[at];

	for (size_t i = at; i + 1 < a->n; i++)
		a->v[i] = a->v[i + 1];
	a->n--;
	return row;
}

/* In front of what stands in its slot, or behind it. */
static void put(struct arrangement *a, struct arrangement_row row, bool first)
{
	size_t at = 0;

	while (at < a->n &&
	       (first ? a->v[at].slot < row.slot : a->v[at].slot <= row.slot))
		at++;
	for (size_t i = a->n; i > at; i--)
		a->v[i] = a->v[i - 1];
	a->v[at] = row;
	a->n++;
}

/* The last one of a slot that is too full goes to the head of the next one,
 * and out of the last. */
static void settle(struct arrangement *a)
{
	for (int slot = PAPER_LEAD; slot <= PAPER_BRIEF; slot++) {
		while (count(a, (enum paper_slot)slot) >
		       most_of((enum paper_slot)slot)) {
			size_t at = a->n;
			struct arrangement_row row;

			while (a->v[at - 1].slot != (enum paper_slot)slot)
				at--;
			row = take(a, at - 1);
			if (slot == PAPER_BRIEF)
				continue;
			row.slot = (enum paper_slot)(slot + 1);
			put(a, row, true);
		}
	}
}

/* "2:17" */
static bool read_row(struct str value, struct arrangement_row *row)
{
	uint64_t slot, story;
	struct str head = str_cut(&value, ':');

	if (!value.p || str_u64(head, PAPER_BRIEF, &slot) != RC_OK ||
	    slot < PAPER_LEAD || str_u64(value, INT64_MAX, &story) != RC_OK ||
	    story == 0)
		return false;
	row->slot = (enum paper_slot)slot;
	row->story = (int64_t)story;
	return true;
}

static struct str field(
    const struct http_long_form *form, const char *name, size_t at)
{
	char text[NAME_MAX_BYTES];

	(void)snprintf(text, sizeof(text), "%s_%zu", name, at);
	return http_long_form_value(form, str_of(text));
}

bool arrangement_read(
    const struct http_long_form *form, struct arrangement *ret_arrangement)
{
	struct arrangement *a = ret_arrangement;
	bool has_any = false;

	a->n = 0;
	for (size_t i = 0; i < PAPER_PLACED_MOST; i++) {
		struct arrangement_row row;
		struct str value = field(form, "row", i);

		if (!value.p)
			continue;
		has_any = true;
		if (!read_row(value, &row) || has(a, row.story))
			continue;
		row.until = str_trim(field(form, "until", i));
		if (row.until.n > UNTIL_MAX)
			row.until = STR("");
		put(a, row, false);
		settle(a);
	}
	return has_any;
}

static void swap(struct arrangement *a, size_t at, size_t with)
{
	struct arrangement_row row = a->v[at];

	if (a->v[with].slot != row.slot)
		return;
	a->v[at] = a->v[with];
	a->v[with] = row;
}

static bool slot_of(struct str name, enum paper_slot *ret_slot)
{
	static const struct str names[] = {
	    STR_INIT("lead"), STR_INIT("second"), STR_INIT("brief")};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(name, names[i])) {
			*ret_slot = (enum paper_slot)(i + 1);
			return true;
		}
	return false;
}

/* A new lead stands in front of the one before; elsewhere the newcomer is the
 * last, unless that would push it out at once. */
static void place(struct arrangement *a, struct arrangement_row row)
{
	put(a, row, count(a, row.slot) >= most_of(row.slot));
	settle(a);
}

static void do_story(struct arrangement *a, struct str what, uint64_t story)
{
	struct arrangement_row row = {
	    .story = (int64_t)story, .until = STR("")};

	if (story == 0 || has(a, row.story) || !slot_of(what, &row.slot))
		return;
	place(a, row);
}

void arrangement_do(struct arrangement *a, struct str what)
{
	struct str verb = str_cut(&what, ':');
	enum paper_slot slot;
	uint64_t at;

	if (!what.p || str_u64(what, INT64_MAX, &at) != RC_OK)
		return;
	if (str_starts(verb, STR("add-"))) {
		do_story(a, str_from(verb, 4), at);
		return;
	}
	if (at >= a->n)
		return;
	if (str_eq(verb, STR("up")) && at > 0)
		swap(a, at, at - 1);
	else if (str_eq(verb, STR("down")) && at + 1 < a->n)
		swap(a, at, at + 1);
	else if (str_eq(verb, STR("out")))
		(void)take(a, at);
	else if (slot_of(verb, &slot)) {
		struct arrangement_row row = take(a, at);

		row.slot = slot;
		place(a, row);
	}
}

void arrangement_write(struct buf *b, const struct arrangement *a)
{
	for (size_t i = 0; i < a->n; i++) {
		if (i > 0)
			buf_char(b, '&');
		buf_printf(b, "row_%zu=%d%%3A%lld", i, (int)a->v[i].slot,
		    (long long)a->v[i].story);
		if (a->v[i].until.n == 0)
			continue;
		buf_printf(b, "&until_%zu=", i);
		for (size_t k = 0; k < a->v[i].until.n; k++) {
			char c = a->v[i].until.p[k];

			if (ascii_is_digit(c) || ascii_is_alpha(c) || c == '-')
				buf_char(b, c);
			else
				buf_printf(b, "%%%02X", (unsigned char)c);
		}
	}
}
