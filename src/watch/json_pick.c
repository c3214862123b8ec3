/* SPDX-License-Identifier: MIT
 *
 * Picking a value; see json_pick.h. The text is walked once, from the front;
 * values that are not on the path are stepped over.
 */
#include "watch/json_pick.h"

#include <stdbool.h>

struct walk {
	struct str in;
	size_t at;
	enum rc rc; /* sticky */
};

static void fail(struct walk *w, enum rc rc)
{
	if (w->rc == RC_OK)
		w->rc = rc;
}

static char peek(const struct walk *w)
{
	return w->rc == RC_OK && w->at < w->in.n ? w->in.p[w->at] : '\0';
}

static void skip_space(struct walk *w)
{
	char c;

	while ((c = peek(w)) == ' ' || c == '\t' || c == '\n' || c == '\r')
		w->at++;
}

/* Takes C, and white space before it. */
static bool take(struct walk *w, char c)
{
	skip_space(w);
	if (peek(w) != c)
		return false;
	w->at++;
	return true;
}

static void expect(struct walk *w, char c)
{
	if (!take(w, c))
		fail(w, RC_INVALID);
}

/* What stands between the quotes; *RET_PLAIN is false if it has escapes. */
static struct str take_string(struct walk *w, bool *ret_plain)
{
	size_t start;

	*ret_plain = true;
	expect(w, '"');
	start = w->at;
	while (w->rc == RC_OK) {
		char c = peek(w);

		if (c == '"') {
			w->at++;
			return str_part(w->in, start, w->at - 1 - start);
		}
		if ((unsigned char)c < ' ')
			break;
		if (c == '\\') {
			*ret_plain = false;
			w->at++;
			if (peek(w) == '\0')
				break;
		}
		w->at++;
	}
	fail(w, RC_INVALID);
	return STR_NONE;
}

/* A number, true, false or null: a run of the characters of these. */
static struct str take_word(struct walk *w)
{
	size_t start = w->at;
	char c;

	while (ascii_is_digit(c = peek(w)) || ascii_is_alpha(c) || c == '-' ||
	       c == '+' || c == '.')
		w->at++;
	if (w->at == start)
		fail(w, RC_INVALID);
	return str_part(w->in, start, w->at - start);
}

static void skip_value(struct walk *w, unsigned depth);

static void skip_members(struct walk *w, unsigned depth, char end)
{
	bool plain;

	if (take(w, end))
		return;
	do {
		if (end == '}') {
			(void)take_string(w, &plain);
			expect(w, ':');
		}
		skip_value(w, depth + 1);
	} while (w->rc == RC_OK && take(w, ','));
	expect(w, end);
}

static void skip_value(struct walk *w, unsigned depth)
{
	bool plain;

	if (depth > JSON_PICK_DEPTH)
		fail(w, RC_LIMIT);
	skip_space(w);
	if (take(w, '{'))
		skip_members(w, depth, '}');
	else if (take(w, '['))
		skip_members(w, depth, ']');
	else if (peek(w) == '"')
		(void)take_string(w, &plain);
	else
		(void)take_word(w);
}

/* Moves to the value that NAME names in the object or array at W. */
static void enter(struct walk *w, struct str name)
{
	bool is_object = take(w, '{'), is_any = str_eq(name, STR("*")), plain;
	uint64_t want = 0;

	if (!is_object && !take(w, '[')) {
		fail(w, RC_NOT_FOUND);
		return;
	}
	if (!is_object && !is_any && str_u64(name, 1000000, &want) != RC_OK)
		fail(w, RC_NOT_FOUND);
	if (take(w, is_object ? '}' : ']'))
		fail(w, RC_NOT_FOUND);
	for (uint64_t i = 0; w->rc == RC_OK; i++) {
		struct str key = STR_NONE;

		if (is_object) {
			key = take_string(w, &plain);
			expect(w, ':');
		}
		if (is_any || (is_object ? str_eq(key, name) : i == want))
			return;
		skip_value(w, 1);
		if (!take(w, ','))
			fail(w, peek(w) == (is_object ? '}' : ']')
				    ? RC_NOT_FOUND
				    : RC_INVALID);
		skip_space(w);
	}
}

enum rc json_pick_parse(struct str json, struct str path, struct str *ret_value)
{
	struct walk w = {.in = json};
	struct str value = STR_NONE;
	bool plain = true;

	while (path.n > 0 && w.rc == RC_OK)
		enter(&w, str_cut(&path, '.'));
	skip_space(&w);
	if (peek(&w) == '"')
		value = take_string(&w, &plain);
	else if (peek(&w) == '{' || peek(&w) == '[')
		fail(&w, RC_INVALID);
	else
		value = take_word(&w);
	if (!plain)
		fail(&w, RC_INVALID);
	if (w.rc == RC_OK)
		*ret_value = value;
	return w.rc;
}
