/* SPDX-License-Identifier: MIT
 *
 * What the tests of mends share: a newsroom on Friday, 27 November 2026, and
 * what becomes of a text by a click.
 */
#ifndef TEXT_TEST_MEND_FIXTURE_H
#define TEXT_TEST_MEND_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/mend.h"
#include "text/stet.h"

static inline bool put_day(struct buf *b, struct str lang, struct civil day)
{
	static const char *const months[] = {
	    "November", "ноября", "نوفمبر", "December", "Dezember"};
	bool is_german = str_eq(lang, STR("de"));

	if (str_eq(lang, STR("ko")))
		buf_printf(b, "%d년 %d월 %d일", day.year, day.month, day.day);
	else if (str_eq(lang, STR("es")))
		buf_printf(b, "%d de noviembre de %d", day.day, day.year);
	else
		buf_printf(b, "%d%s %s %d", day.day, is_german ? "." : "",
		    months[day.month == 12	     ? 3 + is_german
			   : str_eq(lang, STR("ru")) ? 1
			   : str_eq(lang, STR("ar")) ? 2
						     : 0],
		    day.year);
	return true;
}

static inline enum rc find_picture(
    void *ctx, struct str url, struct mend_picture *ret_picture)
{
	(void)ctx;
	if (!str_eq(url, STR("/pictures/quay.jpg")))
		return RC_NOT_FOUND;
	*ret_picture = (struct mend_picture){.alt = STR("The old quay"),
	    .caption = STR("The quay at noon"),
	    .credit = STR("Rita Vaz")};
	return RC_OK;
}

/* Friday. */
static const struct mend_known known = {.byline = STR_INIT("Ada Quay"),
    .dateline = STR_INIT("Port Lune"),
    .today = {.year = 2026, .month = 11, .day = 27, .weekday = 4},
    .day = put_day,
    .picture = find_picture};

struct read {
	struct proof_mark *marks;
	struct mending *mendings;
	size_t n;
};

static inline struct read read_all(struct arena *a, const struct manuscript *m)
{
	struct read r;

	assert_int_equal(
	    stet_read(a, m, STR("en"), NULL, 0, &r.marks, &r.n), RC_OK);
	assert_int_equal(
	    mend_find(a, m, STR("en"), &known, r.marks, r.n, &r.mendings),
	    RC_OK);
	return r;
}

static inline struct manuscript story(
    struct arena *a, const char *lang, const char *body)
{
	struct str *author = ARENA_NEW(a, struct str);

	*author = STR("A");
	return (struct manuscript){.lang = str_of(lang),
	    .headline = STR("A quay"),
	    .body = str_of(body),
	    .body_line = 1,
	    .dateline = STR("Port"),
	    .authors = {author, 1}};
}

/* The only mark of BODY is of KIND, and its mend number AT (from 0) makes WANT
 * of it; WANT NULL: there are just AT mends. */
static inline void makes(const char *lang, enum proof_kind kind,
    const char *body, size_t at, const char *want)
{
	struct arena *a = arena_new(8 << 20);
	struct manuscript m = story(a, lang, body), made;
	struct read r = read_all(a, &m);
	size_t i = 0;

	while (i < r.n && r.marks[i].kind != kind)
		i++;
	if (i == r.n)
		fail_msg("[%s] %s has no mark of this kind", lang, body);
	if (!want) {
		if (r.mendings[i].n != at)
			fail_msg("[%s] %s has %zu mends, the first \"%.*s\"",
			    lang, body, r.mendings[i].n,
			    STR_ARG(r.mendings[i].v[0].text));
		arena_free(a);
		return;
	}
	if (at >= r.mendings[i].n)
		fail_msg("[%s] %s has %zu mends, not \"%s\"", lang, body,
		    r.mendings[i].n, want);
	made = mend_apply(a, &m, &r.mendings[i].v[at]);
	if (!str_eq(made.body, str_of(want)))
		fail_msg("[%s] %s\n becomes: %.*s\n want: %s", lang, body,
		    STR_ARG(made.body), want);
	assert_true(r.mendings[i].v[at].about.n > 0);
	assert_true(r.mendings[i].v[at].about.n <= MEND_ABOUT);
	arena_free(a);
}

#endif
