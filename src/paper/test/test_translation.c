/* SPDX-License-Identifier: MIT
 *
 * A story names its translations. One of this paper that is not published must
 * not be seen there, nor lie in the readers' database.
 */
#include "paper/public.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "paper/paper_priv.h"
#include "paper/test/desk_fixture.h"

#define FIRST  "/2026/11/23/first"
#define SECRET "/2026/11/23/secret"

static int64_t save_naming(struct desk *d, int64_t id, const char *headline,
    const char *const *urls, size_t n)
{
	struct manuscript m = desk_manuscript(headline, "News", "Ada Quay");
	struct manuscript_translation v[8];

	for (size_t i = 0; i < n; i++)
		v[i] =
		    (struct manuscript_translation){STR("pt"), str_of(urls[i])};
	m.translations = v;
	m.translations_n = n;
	return desk_save_manuscript(d, id, &m);
}

static int64_t publish_naming(
    struct desk *d, const char *headline, const char *const *urls, size_t n)
{
	int64_t id = save_naming(d, 0, headline, urls, n);

	desk_ok(d, paper_publish(d->paper, id, d->now, NULL, &d->err));
	desk_apply(d);
	return id;
}

/* How many translations readers see at PATH. */
static size_t shown(struct desk *d, const char *path)
{
	struct public_story story = {0};

	assert_int_equal(desk_read(d, path, &story, NULL), PUBLIC_LIVE);
	return story.translations_n;
}

static bool public_has(struct desk *d, const char *text)
{
	return desk_file_has(d, "public/public.db", text) ||
	       desk_file_has(d, "public/public.db-wal", text);
}

static uint64_t seq(struct desk *d)
{
	uint64_t n;

	desk_ok(d, public_seq(d->public, &n));
	return n;
}

static bool is_told(struct desk *d, uint64_t since, const char *tag)
{
	struct public_change *v;
	size_t n;

	desk_ok(d, public_changes(d->public, d->a, since, 1000, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].tag, str_of(tag)))
			return true;
	return false;
}

static void a_translation_is_named_only_while_it_is_published(void **state)
{
	static const char *const urls[] = {
	    SECRET, "https://other.example/2026/11/23/theirs"};
	struct desk *d = *state;
	struct instant due = {d->now.us + 1000000};
	struct instant next;
	uint64_t since;
	size_t count;
	int64_t id;

	publish_naming(d, "First", urls, 2);
	id = desk_save(d, 0, "Secret", "News", "Bo Reed");
	desk_ok(d, paper_schedule(d->paper, id, due, d->now, NULL, &d->err));
	desk_apply(d);
	assert_int_equal(shown(d, FIRST), 1);
	assert_false(public_has(d, "secret"));
	since = seq(d);
	desk_ok(d, paper_due(d->paper, due, &count, &next, &d->err));
	desk_apply(d);
	assert_int_equal(shown(d, FIRST), 2);
	assert_true(is_told(d, since, "story:1"));
	since = seq(d);
	desk_ok(d, paper_withdraw(d->paper, id, STR("x"), due, &d->err));
	desk_apply(d);
	assert_int_equal(shown(d, FIRST), 1);
	assert_true(is_told(d, since, "story:1"));
	desk_ok(d, paper_publish(d->paper, id, due, NULL, &d->err));
	desk_apply(d);
	assert_int_equal(shown(d, FIRST), 2);
}

static void set_origin(struct desk *d, const char *origin)
{
	struct paper_settings s;

	desk_ok(d, paper_settings(d->paper, d->a, &s, &d->err));
	s.origin = str_of(origin);
	desk_ok(d, paper_set_settings(d->paper, &s, d->now, &d->err));
	desk_apply(d);
}

static void our_own_address_is_known_in_every_spelling(void **state)
{
	static const char *const urls[] = {SECRET "/", SECRET "?a#b",
	    "https://Paper.Example" SECRET, "//paper.example:443" SECRET,
	    "https://paper.example/2026/11/23/%73ecret", "/2026/11/23/x/../y",
	    "https:" SECRET};
	struct desk *d = *state;

	set_origin(d, "https://paper.example");
	publish_naming(d, "First", urls, 7);
	assert_int_equal(shown(d, FIRST), 0);
	desk_publish(d, "Secret", "News", "Bo Reed");
	assert_int_equal(shown(d, FIRST), 5);
}

static void a_new_origin_is_ours_from_then_on(void **state)
{
	static const char *const urls[] = {"https://new.example" SECRET};
	struct desk *d = *state;

	publish_naming(d, "First", urls, 1);
	assert_int_equal(shown(d, FIRST), 1);
	set_origin(d, "https://new.example");
	assert_int_equal(shown(d, FIRST), 0);
	set_origin(d, "https://old.example");
	assert_int_equal(shown(d, FIRST), 1);
}

static void a_translation_is_found_under_its_old_and_new_address(void **state)
{
	static const char *const urls[] = {SECRET, "/2026/11/23/open"};
	struct desk *d = *state;
	int64_t id;

	publish_naming(d, "First", urls, 2);
	id = desk_publish(d, "Secret", "News", "Bo Reed");
	assert_int_equal(shown(d, FIRST), 1);
	desk_ok(d, paper_rename(d->paper, id, STR("open"), d->now, &d->err));
	desk_apply(d);
	assert_int_equal(shown(d, FIRST), 2);
	desk_ok(d, paper_withdraw(d->paper, id, STR("x"), d->now, &d->err));
	desk_apply(d);
	assert_int_equal(shown(d, FIRST), 0);
}

static void a_later_save_names_other_translations(void **state)
{
	static const char *const urls[] = {SECRET, "/2026/11/23/open"};
	struct desk *d = *state;
	int64_t id = publish_naming(d, "First", urls, 1);

	save_naming(d, id, "First", urls + 1, 1);
	desk_apply(d);
	desk_publish(d, "Secret", "News", "Bo Reed");
	assert_int_equal(shown(d, FIRST), 0);
	desk_publish(d, "Open", "News", "Bo Reed");
	assert_int_equal(shown(d, FIRST), 1);
}

static void imported_translations_find_each_other(void **state)
{
	struct desk *d = *state;
	static const char *const names[] = {"First", "Secret"};
	struct manuscript_translation v[] = {
	    {STR("pt"), STR(SECRET)}, {STR("en"), STR(FIRST)}};

	desk_ok(d, paper_batch_begin(d->paper, d->now, &d->err));
	for (size_t i = 0; i < 2; i++) {
		struct manuscript m =
		    desk_manuscript(names[i], "News", "Ada Quay");
		struct paper_import import = {.key = str_of(names[i]),
		    .hash = STR("01234567"),
		    .manuscript = &m,
		    .now = d->now};
		enum paper_outcome outcome;

		m.translations = &v[i];
		m.translations_n = 1;
		desk_ok(d,
		    paper_import(d->paper, &import, &outcome, NULL, &d->err));
	}
	desk_ok(d, paper_batch_commit(d->paper, d->now, &d->err));
	assert_int_equal(shown(d, FIRST), 1);
	assert_int_equal(shown(d, SECRET), 1);
}

static void run(struct store *db, struct sql sql)
{
	assert_int_equal(query_run(store_query(db, sql), NULL), RC_OK);
}

static void a_paper_of_before_is_put_right_when_it_is_opened(void **state)
{
	static const char *const urls[] = {SECRET, "/2026/11/23/open"};
	struct desk *d = *state;

	publish_naming(d, "First", urls, 2);
	/* As the first version left it. */
	run(d->paper->edition,
	    SQL("UPDATE body SET translations = 'pt' || char(31) ||"
		" '/2026/11/23/secret' || char(30) || 'pt' || char(31) ||"
		" '/2026/11/23/open' || char(30)"));
	run(d->paper->db, SQL("DELETE FROM translation"));
	run(d->paper->db,
	    SQL("DELETE FROM setting WHERE key = 'translations'"));
	assert_int_equal(shown(d, FIRST), 2);
	desk_close(d);
	desk_open(d);
	desk_apply(d);
	assert_int_equal(shown(d, FIRST), 0);
	desk_publish(d, "Secret", "News", "Bo Reed");
	assert_int_equal(shown(d, FIRST), 1);
}

static void a_story_is_no_translation_of_itself(void **state)
{
	static const char *const urls[] = {
	    FIRST, "https://other.example/2026/11/23/theirs"};
	struct desk *d = *state;
	int64_t id = publish_naming(d, "First", urls, 2);

	assert_int_equal(shown(d, FIRST), 1);
	save_naming(d, id, "First and last", urls, 2);
	desk_apply(d);
	assert_int_equal(shown(d, FIRST), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(a_translation_is_named_only_while_it_is_published),
	    desk_test(a_story_is_no_translation_of_itself),
	    desk_test(our_own_address_is_known_in_every_spelling),
	    desk_test(a_new_origin_is_ours_from_then_on),
	    desk_test(a_translation_is_found_under_its_old_and_new_address),
	    desk_test(a_later_save_names_other_translations),
	    desk_test(imported_translations_find_each_other),
	    desk_test(a_paper_of_before_is_put_right_when_it_is_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
