/* SPDX-License-Identifier: MIT
 *
 * Time zones from TZif files; see zone.h.
 *
 * Such a file (RFC 8536 section 3) is a header, a block with times of 32
 * bits, and, from version 2 on, a second header, the same block with 64 bits,
 * and a footer between two newlines. Only the better block is read:
 *
 *	times		when the clock was changed
 *	types		for each of these: which type holds from then on
 *	type records	offset from UTC, summer or not, index of the name
 *	names		passed over, as are leap seconds (there must be none)
 *			and the two lists of flags behind them
 *
 * I1  at[] ascends strictly; the type of at[i] holds from at[i] up to, not
 *     including, at[i + 1]. Before at[0] type 0 holds, from the last one on
 *     the footer's rule, if there is one.
 * I2  offsets are between ZONE_OFFSET_LEAST and _MOST.
 */
#include "base/zone.h"

#include "base/arena.h"
#include "base/must.h"
#include "base/zone_priv.h"

enum {
	HEADER = 44,
	BYTES_MOST = 256 * 1024, /* real ones have at most 4 kB */
	TYPE_RECORD = 6,
	S_PER_DAY = 86400,
};

struct zone {
	const int64_t *at;
	const int32_t *offsets; /* from at[] on */
	size_t count;
	int32_t first_offset; /* before at[0] */
	bool has_rule;
	struct zone_rule rule;
};

const struct zone *zone_utc(void)
{
	static const struct zone utc;

	return &utc;
}

/* The counts of a header, and what they make of the block behind it. */
struct counts {
	size_t is_ut, is_std, leap, time, type, name;
};

static uint64_t big_endian(struct str s, size_t at, size_t n)
{
	uint64_t value = 0;

	for (size_t i = 0; i < n; i++)
		value = value << 8 | (unsigned char)s.p[at + i];
	return value;
}

static int32_t signed_32(struct str s, size_t at)
{
	return (int32_t)(uint32_t)big_endian(s, at, 4);
}

/* Takes a header from *S. */
static bool take_header(struct str *s, char *ret_version, struct counts *ret_c)
{
	struct counts c;

	if (s->n < HEADER || !str_starts(*s, STR("TZif")))
		return false;
	c.is_ut = (size_t)big_endian(*s, 20, 4);
	c.is_std = (size_t)big_endian(*s, 24, 4);
	c.leap = (size_t)big_endian(*s, 28, 4);
	c.time = (size_t)big_endian(*s, 32, 4);
	c.type = (size_t)big_endian(*s, 36, 4);
	c.name = (size_t)big_endian(*s, 40, 4);
	/* One byte at least stands for each of these. */
	if (c.is_ut > s->n || c.is_std > s->n || c.leap > s->n ||
	    c.time > s->n || c.type > s->n || c.name > s->n)
		return false;
	*ret_version = s->p[4];
	*ret_c = c;
	*s = str_from(*s, HEADER);
	return true;
}

/* How long the block with times of WIDTH bytes is. */
static size_t block_size(const struct counts *c, size_t width)
{
	return c->time * (width + 1) + c->type * TYPE_RECORD + c->name +
	       c->leap * (width + 4) + c->is_std + c->is_ut;
}

/* The offset of type record INDEX, which start at FROM. */
static bool type_offset(struct str block, size_t from, size_t index,
    const struct counts *c, int32_t *ret_offset)
{
	size_t at = from + index * TYPE_RECORD;
	int32_t offset;

	if (index >= c->type || (unsigned char)block.p[at + 5] >= c->name)
		return false;
	offset = signed_32(block, at);
	if (offset < ZONE_OFFSET_LEAST || offset > ZONE_OFFSET_MOST)
		return false; /* I2 */
	*ret_offset = offset;
	return true;
}

/* Reads a block, whose length has been checked. */
static enum rc read_block(struct arena *a, struct str block,
    const struct counts *c, size_t width, struct zone *z)
{
	int64_t *at = ARENA_ARRAY(a, int64_t, c->time);
	int32_t *offsets = ARENA_ARRAY(a, int32_t, c->time);
	size_t indexes = c->time * width;
	size_t types = indexes + c->time;

	if (!at || !offsets)
		return RC_NO_MEMORY;
	if (!type_offset(block, types, 0, c, &z->first_offset))
		return RC_INVALID;
	for (size_t i = 0; i < c->time; i++) {
		unsigned char type = (unsigned char)block.p[indexes + i];

		at[i] = width == 8 ? (int64_t)big_endian(block, i * 8, 8)
				   : (int64_t)signed_32(block, i * 4);
		if (i > 0 && at[i] <= at[i - 1])
			return RC_INVALID; /* I1 */
		if (!type_offset(block, types, type, c, &offsets[i]))
			return RC_INVALID;
	}
	z->at = at;
	z->offsets = offsets;
	z->count = c->time;
	return RC_OK;
}

/* Reads what stands behind the second block. */
static enum rc read_footer(struct str s, struct zone *z)
{
	struct str rule;

	if (s.n < 2 || s.p[0] != '\n' || s.p[s.n - 1] != '\n')
		return RC_INVALID;
	rule = str_part(s, 1, s.n - 2);
	if (rule.n == 0)
		return RC_OK; /* no rule is known */
	z->has_rule = true;
	return zone_rule_read(rule, &z->rule);
}

static enum rc read_file(struct arena *a, struct str s, struct zone *z)
{
	struct counts c;
	size_t width = 4;
	char version;
	enum rc rc;

	if (s.n > BYTES_MOST || !take_header(&s, &version, &c) ||
	    s.n < block_size(&c, width))
		return RC_INVALID;
	if (version != '\0') {
		/* The first block is there for old readers only. */
		s = str_from(s, block_size(&c, width));
		width = 8;
		if (version < '2' || !take_header(&s, &version, &c) ||
		    s.n < block_size(&c, width))
			return RC_INVALID;
	}
	if (c.leap > 0)
		return RC_INVALID;
	rc = read_block(a, s, &c, width, z);
	if (rc == RC_OK && width == 8)
		rc = read_footer(str_from(s, block_size(&c, width)), z);
	return rc;
}

enum rc zone_parse(struct arena *a, struct str bytes,
    const struct zone **ret_zone, struct err *err)
{
	struct zone *z = ARENA_NEW(a, struct zone);
	enum rc rc = z ? read_file(a, bytes, z) : RC_NO_MEMORY;

	if (rc == RC_NO_MEMORY)
		return err_set(err, rc, "no memory to read a time zone");
	if (rc != RC_OK)
		return err_set(
		    err, rc, "no time zone file (TZif without leap seconds)");
	*ret_zone = z;
	return RC_OK;
}

/* How many changes there were up to S, S included. */
static size_t changes_until(const struct zone *z, int64_t s)
{
	size_t low = 0;
	size_t high = z->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (z->at[middle] <= s)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int32_t offset_at(const struct zone *z, int64_t s)
{
	size_t changes = changes_until(z, s);

	if (changes == z->count && z->has_rule)
		return zone_rule_offset(&z->rule, s);
	return changes > 0 ? z->offsets[changes - 1] : z->first_offset;
}

/* The first change later than S, or INT64_MAX. */
static int64_t next_change(const struct zone *z, int64_t s)
{
	size_t changes = changes_until(z, s);

	if (changes < z->count)
		return z->at[changes];
	return z->has_rule ? zone_rule_next(&z->rule, s) : INT64_MAX;
}

int32_t zone_offset(const struct zone *z, struct instant t)
{
	return offset_at(z, instant_s(t));
}

struct civil zone_civil(const struct zone *z, struct instant t)
{
	return civil_at(t, zone_offset(z, t));
}

struct instant zone_next_change(const struct zone *z, struct instant t)
{
	int64_t s = next_change(z, instant_s(t));

	return s < civil_days(10000, 1, 1) * S_PER_DAY ? INSTANT_OF_S(s)
						       : INSTANT_NEVER;
}

/* Every stretch of time without a change that may show the local second
 * LOCAL on its clock is looked at; where one does, that is an answer. Between
 * two stretches there may be a gap with it inside. */
enum zone_fit zone_instant(const struct zone *z, struct civil c,
    enum zone_choice choice, struct instant *ret_t)
{
	int64_t local = civil_days(c.year, c.month, c.day) * S_PER_DAY +
			c.hour * 3600 + c.minute * 60 + c.second;
	int64_t from = local - ZONE_OFFSET_MOST - 1;
	int64_t found[2] = {0, 0};
	int64_t behind_gap = local - offset_at(z, local);
	size_t count = 0;

	while (from <= local - ZONE_OFFSET_LEAST) {
		int64_t until = next_change(z, from);
		int32_t offset = offset_at(z, from);
		int64_t s = local - offset;

		if (s >= from && s < until) {
			found[count > 0] = s;
			count++;
		} else if (count == 0 && s >= until) {
			behind_gap = s;
		}
		from = until;
	}
	if (count == 0) {
		*ret_t = INSTANT_OF_S(behind_gap);
		return ZONE_GAP;
	}
	*ret_t = INSTANT_OF_S(found[count > 1 && choice == ZONE_LATER ? 1 : 0]);
	return count > 1 ? ZONE_TWICE : ZONE_ONCE;
}
