/* SPDX-License-Identifier: MIT
 *
 * Missing pictures; see missing.h. The text is searched for what Markdown's
 * pictures look like, "](/pictures/NAME", and not read: an import does this
 * for every file.
 */
#include "app/missing.h"

#include "base/arena.h"
#include "base/buf.h"
#include "paper/library.h"
#include "sys/file.h"

struct search {
	struct arena *a;
	struct str dir;
	const struct library_picture *known;
	size_t known_n;
	struct buf *b;
};

static const struct str folder = STR_INIT("/pictures/");

static bool is_end(char c)
{
	return ascii_is_space(c) || c == ')' || c == '?' || c == '#' ||
	       c == '"' || c == '<' || c == '>';
}

static bool is_known(const struct search *s, struct str url)
{
	struct str stem = library_stem(url);

	for (size_t i = 0; stem.p && i < s->known_n; i++)
		if (str_eq(s->known[i].stem, stem))
			return true;
	return false;
}

/* URL begins with the folder; what stands behind the address is cut off. */
static enum rc search_one(const struct search *s, struct str url)
{
	struct str name, path;

	for (size_t i = 0; i < url.n; i++)
		if (is_end(url.p[i]))
			url.n = i;
	name = str_from(url, folder.n);
	/* What is written with %XX, or leads elsewhere, is not judged. */
	if (name.n == 0 || str_find(name, '%') < name.n ||
	    str_find(name, '/') < name.n || is_known(s, url))
		return RC_OK;
	path = arena_printf(
	    s->a, "%.*s/public%.*s", STR_ARG(s->dir), STR_ARG(url));
	if (!path.p)
		return RC_NO_MEMORY;
	if (file_kind(path) != FILE_REGULAR) {
		buf_lit(s->b, "the picture ");
		buf_add(s->b, url);
		buf_lit(s->b, " is not there\n");
	}
	return RC_OK;
}

/* Where the address of the next picture or link to the folder has its "](";
 * S.n: nowhere. Brackets are rarer than letters: one is looked for alone. */
static size_t next_address(struct str s)
{
	size_t at = str_find(s, ']');

	while (at < s.n && !str_starts(str_from(s, at), STR("](/pictures/")))
		at += 1 + str_find(str_from(s, at + 1), ']');
	return at < s.n ? at : s.n;
}

static enum rc search_body(const struct search *s, struct str body)
{
	enum rc rc = RC_OK;

	while (rc == RC_OK && body.n > 0) {
		size_t at = next_address(body);
		struct str before = str_part(body, 0, at);
		size_t bracket = str_find_last(before, '[');

		if (at == body.n)
			break;
		body = str_from(body, at + 2);
		if (bracket > 0 && bracket < before.n &&
		    before.p[bracket - 1] == '!')
			rc = search_one(s, body);
	}
	return rc;
}

enum rc missing_pictures(struct paper *paper, struct arena *a, struct str dir,
    const struct manuscript *m, struct buf *b, struct err *err)
{
	struct search s = {.a = a, .dir = dir, .b = b};
	struct library_picture *known;
	bool is_head = str_starts(m->picture.url, folder);
	enum rc rc;

	if (!is_head && next_address(m->body) == m->body.n)
		return RC_OK;
	rc = library_in(paper, a, m, &known, &s.known_n, err);
	if (rc != RC_OK)
		return rc;
	s.known = known;
	if (is_head)
		rc = search_one(&s, m->picture.url);
	if (rc == RC_OK)
		rc = search_body(&s, m->body);
	return rc == RC_OK ? RC_OK
			   : err_set(err, rc, "no memory for a picture");
}
