/* SPDX-License-Identifier: MIT
 *
 * What somebody would send who wants to break a page, as text, dates, links,
 * stories and money, chosen by a seed; and the check of what became of it.
 */
#ifndef PAGE_TEST_HOSTILE_H
#define PAGE_TEST_HOSTILE_H

#include <inttypes.h>

#include "base/arena.h"
#include "base/buf.h"
#include "page/test/markup.h"
#include "page/view.h"

enum { LIST = 3 };

/* splitmix64 */
static inline uint64_t next(uint64_t *seed)
{
	uint64_t z = (*seed += 0x9E3779B97F4A7C15u);

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

struct random {
	struct arena *a;
	uint64_t seed;
};

static inline struct str text(struct random *r)
{
	static const char *const pieces[] = {"<script>alert(1)</script>", "\"",
	    "'", "</p>", "<!--", "-->", "]]>", "<![CDATA[", "&", "&lt;", "&#0;",
	    "javascript:alert(1)", "//evil.example/", "https://x.example/?a&b",
	    "/own", "\xFF\xC0", "\xE2\x80\xA8", "\xED\xA0\x80", "\xEF\xBF\xBF",
	    "\x01\x1b", "\r\n", "مرحبا", "\xE2\x80\xAE", "words ", "</style>",
	    "</title>", "\\u003c", "\\", "{", "\xF0\x9F\x97\x9E", "-", "en"};
	struct buf b;

	buf_init_arena(&b, r->a, 4096);
	for (uint64_t n = next(&r->seed) % 4; n > 0; n--)
		buf_add(&b, str_of(pieces[next(&r->seed) % 32]));
	if (next(&r->seed) % 8 == 0)
		buf_char(&b, '\0');
	return buf_str(&b);
}

static inline struct civil date(struct random *r)
{
	int32_t offset = (int32_t)(next(&r->seed) % 86400) - 43200;

	return civil_at(INSTANT_OF_S((int64_t)(next(&r->seed) >> 30)), offset);
}

static inline struct view_link link_(struct random *r)
{
	return (struct view_link){.name = text(r), .url = text(r)};
}

static inline struct view_links links(struct random *r)
{
	struct view_links l = {.n = next(&r->seed) % LIST};

	l.v = ARENA_ARRAY(r->a, struct view_link, LIST);
	for (size_t i = 0; i < LIST; i++)
		l.v[i] = link_(r);
	return l;
}

static inline struct view_teaser teaser(struct random *r)
{
	return (struct view_teaser){
	    .url = text(r),
	    .headline = text(r),
	    .kicker = text(r),
	    .standfirst = text(r),
	    .lang = text(r),
	    .dateline = text(r),
	    .section = link_(r),
	    .byline = links(r),
	    .picture = {.url = text(r),
		.alt = text(r),
		.caption = text(r),
		.credit = text(r),
		.rights = text(r),
		.width = (uint32_t)next(&r->seed) % 3,
		.height = 1},
	    .published = date(r),
	    .updated = date(r),
	    .has_updated = next(&r->seed) % 2,
	    .is_opinion = next(&r->seed) % 2,
	};
}

static inline struct view_teasers teasers(struct random *r)
{
	struct view_teasers t = {.n = next(&r->seed) % (LIST + 1)};

	t.v = ARENA_ARRAY(r->a, struct view_teaser, LIST);
	for (size_t i = 0; i < LIST; i++)
		t.v[i] = teaser(r);
	return t;
}

static inline struct view_money money(struct random *r)
{
	return (struct view_money){.code = text(r),
	    .units = (int64_t)next(&r->seed),
	    .decimals = (uint8_t)(next(&r->seed) % 19)};
}

static inline struct view_choices choices(struct random *r)
{
	struct view_choice *v = ARENA_ARRAY(r->a, struct view_choice, LIST);

	for (size_t i = 0; i < LIST; i++)
		v[i] = (struct view_choice){text(r), money(r), text(r)};
	return (struct view_choices){v, next(&r->seed) % (LIST + 1)};
}

static inline struct view_runway runway(struct random *r)
{
	return (struct view_runway){.is_known = next(&r->seed) % 2,
	    .is_over = next(&r->seed) % 2,
	    .until = date(r),
	    .as_of = date(r),
	    .days = (uint32_t)next(&r->seed)};
}

static inline struct view_paper paper(struct random *r)
{
	return (struct view_paper){.name = text(r),
	    .lang = text(r),
	    .motto = text(r),
	    .place = text(r),
	    .origin = text(r),
	    .publisher = text(r),
	    .address = text(r),
	    .sections = links(r),
	    .policies = links(r),
	    .support_text = text(r),
	    .support_url = text(r),
	    .key = text(r),
	    .support_amounts = choices(r),
	    .support_runway = runway(r),
	    .support_css = STR("q{}</style>"),
	    .css = next(&r->seed) % 2 ? STR("p{}</style><script>x")
				      : STR("p > a{color:red}")};
}

static inline void check(struct buf *b, bool is_xml, uint64_t seed)
{
	const char *fault;

	assert_int_equal(buf_rc(b), RC_OK);
	fault = markup_fault(buf_str(b), is_xml);
	if (fault)
		print_error("seed %" PRIu64 ": %s in:\n%.*s\n", seed, fault,
		    STR_ARG(buf_str(b)));
	assert_null(fault);
	buf_clear(b);
}

#endif
