/* SPDX-License-Identifier: MIT
 *
 * Places of others; see outlink.h. The text is cut into runs of what addresses
 * are made of; each run is judged in a form in which what is not seen is gone
 * and full width letters are plain.
 */
#include "text/outlink.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

enum {
	TLD_LEAST = 2,
	TLD_MOST = 24,
	WORDS_MAX = 1024 * 1024,
	ENDS = -1,   /* the character is in no address */
	HIDDEN = -2, /* it is not seen */
};

static const struct str HOLE = STR_INIT("[\xE2\x80\xA6]");

/* --- Runs ------------------------------------------------------------- */

static bool is_hidden(uint32_t c)
{
	return c == 0xAD || (c >= 0x300 && c <= 0x36F) || c == 0x61C ||
	       (c >= 0x180B && c <= 0x180E) || (c >= 0x200B && c <= 0x200F) ||
	       (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
	       (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
	       (c >= 0xE0000 && c <= 0xE01EF);
}

/* The character of ASCII that C stands for in an address, or ENDS, HIDDEN. */
static int part_of(uint32_t c)
{
	if (is_hidden(c))
		return HIDDEN;
	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFEE0;
	if (c == 0x3002 || c == 0xFF61 || c == 0x2024)
		c = '.';
	if (c >= 0x80 || c <= ' ' ||
	    str_find(STR("()[]{}<>\"|,;`\\^"), (char)c) < 15 || c == 0x7F)
		return ENDS;
	return (int)c;
}

static bool is_edge(char c)
{
	return str_find(STR(".:!?'*_~&=-"), c) < 11;
}

/* --- Judging ---------------------------------------------------------- */

static bool is_below(struct str host, struct str above)
{
	return host.n > above.n + 1 && above.n > 0 &&
	       host.p[host.n - above.n - 1] == '.' &&
	       str_eq_fold(str_from(host, host.n - above.n), above);
}

static bool is_own_host(struct str host, struct str own)
{
	return own.n > 0 && (str_eq_fold(host, own) || is_below(host, own));
}

static struct str host_of(struct str place)
{
	size_t n = 0;

	while (n < place.n && str_find(STR("/?#:"), place.p[n]) == 4)
		n++;
	return str_part(place, 0, n);
}

/* The last of the names joined by points can end a host's. */
static bool is_top_name(struct str s, bool any_case)
{
	size_t small = 0, capital = 0;

	if (s.n < TLD_LEAST || s.n > TLD_MOST)
		return false;
	if (str_eq_fold(str_part(s, 0, 4), STR("xn--")))
		return true;
	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_is_alpha(s.p[i]))
			return false;
		if (ascii_is_upper(s.p[i]))
			capital++;
		else
			small++;
	}
	return any_case || small == 0 || capital == 0;
}

static bool is_host(struct str s, bool any_case)
{
	size_t at = str_find_last(s, '.');

	if (at == s.n || at == 0 || !is_top_name(str_from(s, at + 1), any_case))
		return false;
	for (size_t i = 0; i < at; i++)
		if (!ascii_is_alpha(s.p[i]) && !ascii_is_digit(s.p[i]) &&
		    s.p[i] != '-' && s.p[i] != '_' && s.p[i] != '.')
			return false;
	return true;
}

static bool ends_fold(struct str s, struct str end)
{
	return s.n >= end.n && str_eq_fold(str_from(s, s.n - end.n), end);
}

/* What stands behind "://" is user, host, port, path. A user is there only to
 * make the host look like another one. */
static bool is_foreign_url(struct str run, size_t scheme_n, struct str own)
{
	struct str scheme = str_part(run, 0, scheme_n);
	struct str rest = str_from(run, scheme_n + 3);
	struct str host = host_of(rest);

	if (!ends_fold(scheme, STR("http")) && !ends_fold(scheme, STR("https")))
		return true;
	return !is_own_host(host, own) ||
	       str_find(str_part(rest, 0, str_find(rest, '/')), '@') <
		   str_find(rest, '/');
}

static bool is_foreign(struct str run, struct str own)
{
	size_t scheme_n = str_find_str(run, STR("://"));
	size_t slash = str_find(run, '/');
	size_t at;

	if (scheme_n < run.n)
		return is_foreign_url(run, scheme_n, own);
	at = str_find_last(str_part(run, 0, slash), '@');
	if (at < slash) {
		struct str domain = host_of(str_from(run, at + 1));

		return is_host(domain, true) && !is_own_host(domain, own) &&
		       !is_below(own, domain);
	}
	/* "bitcoin:evil.example", "mailto:" and the like. */
	if (str_find(run, ':') < slash &&
	    is_host(host_of(str_from(run, str_find(run, ':') + 1)), true) &&
	    !is_host(host_of(run), true))
		run = str_from(run, str_find(run, ':') + 1);
	return is_host(host_of(run), host_of(run).n < run.n) &&
	       !is_own_host(host_of(run), own);
}

/* --- Texts ------------------------------------------------------------ */

struct run {
	struct buf plain; /* as it is judged */
	size_t start, end;
};

/* The run from AT of TEXT on; empty where there is none. Two points end one:
 * "so...then" is no place. */
static void run_read(struct run *r, struct str text, size_t at)
{
	buf_clear(&r->plain);
	r->start = r->end = at;
	while (at < text.n) {
		int c = part_of(utf8_next(text, &at));
		struct str so_far = buf_str(&r->plain);

		if (c == ENDS || (c == '.' && str_ends(so_far, STR("."))))
			return;
		if (c != HIDDEN)
			buf_char(&r->plain, (char)c);
		r->end = at;
	}
}

/* What stands at the ends of a run and is no part of a place. */
static struct str run_core(const struct run *r)
{
	struct str s = buf_str(&r->plain);

	while (s.n > 0 && is_edge(s.p[0]))
		s = str_from(s, 1);
	while (s.n > 0 && is_edge(s.p[s.n - 1]))
		s.n--;
	return s;
}

enum rc outlink_cut(
    struct arena *a, struct str text, struct str host, struct str *ret_text)
{
	struct run run;
	struct buf out;
	bool is_cut = false;
	enum rc rc;

	buf_init(&out, 4 * text.n + 16);
	buf_init(&run.plain, text.n + 1);
	for (size_t at = 0; at < text.n;) {
		run_read(&run, text, at);
		if (run.end > at && is_foreign(run_core(&run), host)) {
			buf_add(&out, HOLE);
			is_cut = true;
			at = run.end;
			continue;
		}
		if (run.end == at)
			utf8_next(text, &run.end);
		buf_add(&out, str_part(text, at, run.end - at));
		at = run.end;
	}
	rc = buf_rc(&out) == RC_OK ? buf_rc(&run.plain) : buf_rc(&out);
	if (rc == RC_OK && is_cut) {
		struct str copy = arena_copy(a, buf_str(&out));

		rc = copy.p ? RC_OK : RC_NO_MEMORY;
		text = copy;
	}
	buf_done(&out);
	buf_done(&run.plain);
	if (rc == RC_OK)
		*ret_text = text;
	return rc == RC_OK ? RC_OK : RC_NO_MEMORY;
}

/* --- Trees ------------------------------------------------------------ */

struct cutting {
	struct arena *a;
	struct str host;
	struct buf *words;
	enum rc rc;
};

bool outlink_is_own(struct str url, struct str host)
{
	size_t colon = str_find(url, ':');

	if (url.n == 0 || str_starts(url, STR("//")) ||
	    str_find(url, '\\') < url.n)
		return false;
	if (str_eq_fold(str_part(url, 0, 7), STR("mailto:")))
		return !is_foreign(str_from(url, 7), host);
	if (colon == url.n || str_find(url, '/') < colon ||
	    str_find(url, '?') < colon || str_find(url, '#') < colon)
		return true;
	return str_starts(str_from(url, colon), STR("://")) &&
	       !is_foreign_url(url, colon, host);
}

/* Pictures go, foreign links become what stood in them, and places that stand
 * whole in one text are cut out of it. */
static void cut_nodes(struct cutting *c, struct node *parent)
{
	struct node **at = &parent->child;

	while (*at) {
		struct node *n = *at;

		if (n->kind == NODE_PICTURE || n->kind == NODE_FIGURE) {
			*at = n->next;
			continue;
		}
		if ((n->kind == NODE_TEXT || n->kind == NODE_CODE) &&
		    c->rc == RC_OK)
			c->rc = outlink_cut(c->a, n->text, c->host, &n->text);
		if (n->kind == NODE_LINK) {
			n->title = STR("");
			if (!outlink_is_own(n->url, c->host)) {
				n->kind = NODE_SPAN;
				n->url = STR("");
			}
		}
		cut_nodes(c, n);
		at = &n->next;
	}
}

static void cut_code(struct cutting *c, struct node *n)
{
	c->rc = outlink_cut(c->a, n->text, c->host, &n->text);
	if (c->words) {
		buf_add(c->words, n->text);
		buf_char(c->words, '\n');
	}
}

/* A block of inlines is judged as one text, for marks may stand in a place. */
static void cut_inlines(struct cutting *c, struct node *block)
{
	struct buf plain;
	struct str is, shall;

	buf_init_arena(&plain, c->a, WORDS_MAX);
	node_plain(block, WORDS_MAX, &plain);
	is = buf_str(&plain);
	c->rc = buf_rc(&plain) == RC_OK ? outlink_cut(c->a, is, c->host, &shall)
					: RC_NO_MEMORY;
	if (c->rc != RC_OK)
		return;
	if (c->words) {
		buf_add(c->words, shall);
		buf_char(c->words, '\n');
	}
	if (shall.p == is.p)
		return;
	block->child = ARENA_NEW(c->a, struct node);
	if (!block->child) {
		c->rc = RC_NO_MEMORY;
		return;
	}
	block->child->kind = NODE_TEXT;
	block->child->text = shall;
}

static void cut_block(struct cutting *c, struct node *n)
{
	switch (n->kind) {
	case NODE_PARAGRAPH:
	case NODE_HEADING:
	case NODE_CELL:
		cut_inlines(c, n);
		return;
	case NODE_CODE_BLOCK:
		cut_code(c, n);
		return;
	default:
		for (n = n->child; n && c->rc == RC_OK; n = n->next)
			cut_block(c, n);
		return;
	}
}

enum rc outlink_cut_tree(
    struct arena *a, struct node *document, struct str host, struct buf *words)
{
	struct cutting c = {.a = a, .host = host, .words = words};

	cut_nodes(&c, document);
	if (c.rc == RC_OK)
		cut_block(&c, document);
	if (c.rc == RC_OK && words)
		c.rc = buf_rc(words);
	return c.rc == RC_OK && !arena_is_spent(a) ? RC_OK : RC_NO_MEMORY;
}
