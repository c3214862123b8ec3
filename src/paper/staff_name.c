/* SPDX-License-Identifier: MIT
 *
 * Names that look like one another; see staff.h. Two are the same if they are
 * so in small letters, without accents that are characters of their own, what
 * nobody sees, punctuation and doubled spaces, and with letters that look alike
 * taken as one: the Cyrillic and Greek ones that Latin has too, and 0, 1 and l.
 * It may take two people's names for one; then one of them adds a word. The log
 * and the screens show names, and nobody is to pass for a colleague there.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "paper/staff_priv.h"
#include "text/script.h"

static const struct {
	uint32_t is;
	char like;
} alike[] = {
    {'0', 'o'},
    {'1', 'i'},
    {'l', 'i'},
    /* Greek */
    {0x3b1, 'a'}, /* alpha */
    {0x3b2, 'b'},
    {0x3b5, 'e'},
    {0x3b6, 'z'},
    {0x3b7, 'h'}, /* eta */
    {0x3b9, 'i'},
    {0x3ba, 'k'},
    {0x3bc, 'm'},
    {0x3bd, 'n'},
    {0x3bf, 'o'},
    {0x3c1, 'p'}, /* rho */
    {0x3c4, 't'},
    {0x3c5, 'y'},
    {0x3c7, 'x'},
    /* Cyrillic */
    {0x430, 'a'},
    {0x432, 'b'}, /* ve */
    {0x433, 'r'}, /* ghe */
    {0x435, 'e'},
    {0x43a, 'k'},
    {0x43c, 'm'},
    {0x43d, 'h'}, /* en */
    {0x43e, 'o'},
    {0x440, 'p'}, /* er */
    {0x441, 'c'}, /* es */
    {0x442, 't'},
    {0x443, 'y'},
    {0x445, 'x'},
    {0x455, 's'},
    {0x456, 'i'},
    {0x458, 'j'},
    {0x4bb, 'h'},
    {0x501, 'd'},
    {0x51b, 'q'},
    {0x51d, 'w'},
};

static uint32_t look_of(uint32_t c)
{
	c = letter_lower(c);
	for (size_t i = 0; i < sizeof(alike) / sizeof(alike[0]); i++)
		if (alike[i].is == c)
			return (uint32_t)alike[i].like;
	return c;
}

/* Nobody sees it, and it parts nothing. */
static bool is_unseen(uint32_t c)
{
	return c == 0xad || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) ||
	       c == 0xfeff;
}

/* What NAME looks like; p NULL: no memory. */
static struct str name_look(struct arena *a, struct str name)
{
	bool is_parted = false;
	struct buf b;
	size_t at = 0;

	buf_init_arena(&b, a, 8 * STAFF_NAME_MAX);
	while (at < name.n) {
		uint32_t c = utf8_next(name, &at);

		if (letter_class_of(c) == LETTER_MARK || is_unseen(c))
			continue;
		if (!letter_is_word(c)) {
			is_parted = true;
			continue;
		}
		if (is_parted && b.n > 0)
			buf_char(&b, ' ');
		is_parted = false;
		utf8_put(&b, look_of(c));
	}
	return buf_rc(&b) == RC_OK ? buf_str(&b) : STR_NONE;
}

bool staff_name_may_be(struct str name)
{
	name = str_trim(name);
	return name.n > 0 && name.n <= STAFF_NAME_MAX && script_is_plain(name);
}

bool staff_names_alike(struct arena *a, struct str one, struct str other)
{
	struct str x = name_look(a, one);
	struct str y = name_look(a, other);

	return !x.p || !y.p || str_eq(x, y);
}

enum rc staff_name_is_free(struct paper *paper, struct arena *a,
    struct str name, int64_t id, bool *ret_is_free, struct err *err)
{
	struct query *q = store_query(
	    paper->db, SQL("SELECT name FROM staff WHERE id <> ?1"));
	bool is_free = true;
	enum rc rc;

	query_add_i64(q, id);
	while ((rc = query_step(q)) == RC_OK)
		is_free &= !staff_names_alike(a, query_str(q, 0), name);
	query_end(q);
	if (rc != RC_NOT_FOUND)
		return store_fail(paper->db, rc, "looking for a name", err);
	*ret_is_free = is_free;
	return RC_OK;
}

enum rc staff_claim_name(
    struct paper *paper, struct str name, int64_t id, struct err *err)
{
	bool is_free = false;
	enum rc rc =
	    staff_name_is_free(paper, paper->scratch, name, id, &is_free, err);

	if (rc == RC_OK && !is_free)
		rc = err_set(err, RC_EXISTS,
		    "somebody has this name, or one that looks like it");
	return rc;
}
