/* SPDX-License-Identifier: MIT
 *
 * What was seen; see seen.h.
 */
#include "newsroom/seen.h"

#include <sodium.h>

#include "base/buf.h"
#include "base/must.h"
#include "newsroom/visit.h"
#include "paper/audit.h"

enum { HASH_DIGITS = 16, FIELD_MAX = 32 + SEEN_MOST * (HASH_DIGITS + 1) };

static uint64_t hash_of(struct str value)
{
	crypto_generichash_state state;
	uint8_t out[crypto_generichash_BYTES_MIN];
	uint64_t hash = 0;
	struct str line;

	value = str_trim(value);
	crypto_generichash_init(&state, NULL, 0, sizeof(out));
	while (str_line(&value, &line)) {
		if (line.n > 0)
			crypto_generichash_update(
			    &state, (const uint8_t *)line.p, line.n);
		crypto_generichash_update(&state, (const uint8_t *)"\n", 1);
	}
	crypto_generichash_final(&state, out, sizeof(out));
	for (size_t i = 0; i < sizeof(hash); i++)
		hash = hash << 8 | out[i];
	return hash;
}

enum rc seen_write(struct visit *v, const struct str *values, size_t n,
    struct str *ret_text, struct err *err)
{
	const struct audit_wish wish = {.before = INT64_MAX, .limit = 1};
	struct audit_row *rows;
	size_t rows_n = 0;
	struct buf b;
	enum rc rc = audit_list(v->paper, v->a, &wish, &rows, &rows_n, err);

	must(n > 0 && n <= SEEN_MOST);
	if (rc != RC_OK)
		return rc;
	buf_init_arena(&b, v->a, FIELD_MAX);
	buf_i64(&b, rows_n > 0 ? rows[0].seq : 0);
	for (size_t i = 0; i < n; i++)
		buf_printf(
		    &b, ".%016llx", (unsigned long long)hash_of(values[i]));
	if (buf_rc(&b) != RC_OK)
		return err_set(err, buf_rc(&b), "no memory for a form");
	*ret_text = buf_str(&b);
	return RC_OK;
}

static bool read_hash(struct str digits, uint64_t *ret_hash)
{
	uint64_t hash = 0;

	if (digits.n != HASH_DIGITS)
		return false;
	for (size_t i = 0; i < digits.n; i++) {
		int digit = ascii_hex(digits.p[i]);

		if (digit < 0)
			return false;
		hash = hash << 4 | (uint64_t)digit;
	}
	*ret_hash = hash;
	return true;
}

struct seen seen_read(struct str text)
{
	const struct seen none = {0};
	struct seen seen = {0};
	uint64_t row;

	if (!text.p || text.n > FIELD_MAX ||
	    str_u64(str_cut(&text, '.'), INT64_MAX, &row) != RC_OK)
		return none;
	seen.row = (int64_t)row;
	while (text.p) {
		if (seen.n == SEEN_MOST ||
		    !read_hash(str_cut(&text, '.'), &seen.hash[seen.n]))
			return none;
		seen.n++;
	}
	return seen;
}

struct seen seen_sent(const struct visit *v)
{
	return seen_read(visit_field(v, STR("seen")));
}

enum seen_fate seen_fate(
    const struct seen *seen, size_t at, struct str mine, struct str is)
{
	uint64_t theirs = hash_of(is), ours = hash_of(mine);

	if (theirs == ours)
		return SEEN_MINE;
	if (at >= seen->n)
		return SEEN_BOTH;
	if (theirs == seen->hash[at])
		return SEEN_MINE;
	return ours == seen->hash[at] ? SEEN_THEIRS : SEEN_BOTH;
}

enum rc seen_by(struct visit *v, const struct seen *seen, struct str what,
    struct str about, struct str url, struct view_theirs *ret_theirs)
{
	struct view_theirs theirs = {.is_there = true, .url = url};
	struct audit_row row;
	struct err err = {0};
	enum rc rc =
	    audit_since(v->paper, v->a, seen->row, what, about, &row, &err);

	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	if (rc == RC_OK && row.entry.name.n > 0) {
		theirs.who = row.entry.name;
		theirs.at = visit_civil(v, row.entry.at);
	}
	*ret_theirs = theirs;
	return RC_OK;
}
