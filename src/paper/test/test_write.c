/* SPDX-License-Identifier: MIT
 *
 * Working saves: what becomes of texts that several people write at once, and
 * that readers see nothing of it.
 */
#include "paper/write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/paper_priv.h"
#include "paper/roster.h"
#include "paper/staff.h"
#include "paper/test/desk_fixture.h"
#include "paper/workflow.h"

struct pen {
	struct desk *d;
	int64_t id, base;
	const char *who, *tab;
	struct paper_write_result got;
};

static struct paper_write pen_write(struct pen *p, const struct manuscript *m)
{
	return (struct paper_write){
	    .id = p->id,
	    .base = p->base,
	    .manuscript = m,
	    .kind = PAPER_KIND_AUTOSAVE,
	    .who = str_of(p->who),
	    .tab = str_of(p->tab),
	    .now = p->d->now,
	};
}

/* Saves; where ANSWERED is false the answer does not come back. */
static enum paper_written pen_save(
    struct pen *p, const struct manuscript *m, bool answered)
{
	struct paper_write w = pen_write(p, m);

	p->d->now.us += 1000000;
	desk_ok(
	    p->d, paper_write(p->d->paper, p->d->a, &w, &p->got, &p->d->err));
	if (answered && p->got.outcome != PAPER_CONFLICTED) {
		p->id = p->got.id;
		p->base = p->got.revision;
	}
	return p->got.outcome;
}

static enum paper_written pen_body(struct pen *p, const char *body)
{
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");

	m.body = str_of(body);
	return pen_save(p, &m, true);
}

static struct str newest_body(struct desk *d, int64_t id)
{
	struct paper_story story;
	struct manuscript m;

	desk_ok(d, paper_show(d->paper, d->a, id, &story, &m, &d->err));
	return m.body;
}

static void a_working_save_changes_nothing_for_readers(void **state)
{
	struct desk *d = *state;
	struct pen p = {.d = d, .who = "ada", .tab = "a"};
	struct public_story s;
	int64_t shown;
	struct str before, after;

	p.id = desk_publish(d, "Storm", "News", "Ada Quay");
	desk_ok(d, paper_newest(d->paper, p.id, &p.base, &shown, &d->err));
	assert_int_equal(p.base, shown);
	before = desk_dump(d);
	{
		struct manuscript m =
		    desk_manuscript("Gale", "Weather", "Bo Reed");

		m.body = STR("A secret.\n");
		m.slug = STR("gale");
		assert_int_equal(pen_save(&p, &m, true), PAPER_WRITTEN);
	}
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/storm", &s, NULL), PUBLIC_LIVE);
	desk_text(s.headline, "Storm");
	desk_text(s.section.slug, "news");
	assert_int_equal(desk_read(d, "/2026/11/23/gale", NULL, NULL), -1);
	/* Nor when public.db is made anew. */
	desk_close(d);
	desk_delete_public(d);
	desk_open(d);
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/storm", &s, NULL), PUBLIC_LIVE);
	desk_text(s.headline, "Storm");
	desk_text(s.people.v[0].slug, "ada-quay");
	after = desk_dump(d);
	assert_true(str_eq(str_from(before, str_find(before, '\n')),
	    str_from(after, str_find(after, '\n'))));
	desk_close(d);
	assert_false(desk_file_has(d, "public/public.db", "A secret."));
	assert_false(desk_file_has(d, "public/public.db", "bo-reed"));
	desk_open(d);
	/* Commands publish what they save, with all that was worked on. */
	desk_save(d, p.id, "Gale", "Weather", "Bo Reed");
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/storm", &s, NULL), PUBLIC_LIVE);
	desk_text(s.headline, "Gale");
	desk_text(s.section.slug, "weather");
}

static void the_newest_text_is_replaced_and_an_equal_one_is_not(void **state)
{
	struct pen p = {.d = *state, .who = "ada", .tab = "a"};
	int64_t first;

	assert_int_equal(pen_body(&p, "One.\n"), PAPER_WRITTEN);
	first = p.base;
	assert_int_equal(pen_body(&p, "One.\n"), PAPER_SAME);
	assert_int_equal(p.base, first);
	assert_int_equal(pen_body(&p, "One. Two.\n"), PAPER_WRITTEN);
	assert_true(p.base > first);
}

static void two_people_in_two_paragraphs_are_merged(void **state)
{
	struct desk *d = *state;
	struct pen ada = {.d = d, .who = "ada", .tab = "a"};
	struct pen bo = {.d = d, .who = "bo", .tab = "b"};

	pen_body(&ada, "One.\n\nTwo.\n\nThree.\n");
	bo.id = ada.id;
	bo.base = ada.base;
	assert_int_equal(
	    pen_body(&ada, "One!\n\nTwo.\n\nThree.\n"), PAPER_WRITTEN);
	assert_int_equal(
	    pen_body(&bo, "One.\n\nTwo.\n\nThree?\n"), PAPER_MERGED);
	desk_text(bo.got.text.body, "One!\n\nTwo.\n\nThree?\n");
	desk_text(bo.got.who, "ada");
	desk_text(newest_body(d, bo.id), "One!\n\nTwo.\n\nThree?\n");
	/* Ada goes on from hers, and hears of it. */
	assert_int_equal(
	    pen_body(&ada, "One!\n\nTwo, or so.\n\nThree.\n"), PAPER_MERGED);
	desk_text(newest_body(d, bo.id), "One!\n\nTwo, or so.\n\nThree?\n");
}

static void two_people_in_one_sentence_are_a_conflict(void **state)
{
	struct desk *d = *state;
	struct pen ada = {.d = d, .who = "ada", .tab = "a"};
	struct pen bo = {.d = d, .who = "bo", .tab = "b"};

	pen_body(&ada, "It was red.\n");
	bo.id = ada.id;
	bo.base = ada.base;
	pen_body(&ada, "It was blue.\n");
	assert_int_equal(pen_body(&bo, "It was green.\n"), PAPER_CONFLICTED);
	desk_text(bo.got.text.body, "It was blue.\n");
	desk_text(bo.got.base.body, "It was red.\n");
	desk_text(bo.got.who, "ada");
	assert_int_equal(bo.got.conflicts, 1u << FIELD_BODY);
	assert_int_equal(bo.got.revision, ada.base);
	desk_text(newest_body(d, bo.id), "It was blue.\n");
	/* Bo decides. */
	bo.base = bo.got.revision;
	assert_int_equal(pen_body(&bo, "It was teal.\n"), PAPER_WRITTEN);
}

static void fields_are_merged_one_by_one(void **state)
{
	struct desk *d = *state;
	struct pen ada = {.d = d, .who = "ada", .tab = "a"};
	struct pen bo = {.d = d, .who = "bo", .tab = "b"};
	struct str tags[] = {STR("sea"), STR("wall")};
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");
	struct manuscript other = m;

	m.tags = (struct str_list){tags, 1};
	pen_save(&ada, &m, true);
	bo.id = ada.id;
	bo.base = ada.base;
	other = m;
	m.headline = STR("Storm breaks wall");
	pen_save(&ada, &m, true);
	other.kicker = STR("Coast");
	other.tags = (struct str_list){tags, 2};
	assert_int_equal(pen_save(&bo, &other, true), PAPER_MERGED);
	desk_text(bo.got.text.headline, "Storm breaks wall");
	desk_text(bo.got.text.kicker, "Coast");
	assert_int_equal(bo.got.text.tags.n, 2);
	other.headline = STR("Another");
	m.headline = STR("A third");
	pen_save(&ada, &m, true);
	assert_int_equal(pen_save(&bo, &other, true), PAPER_CONFLICTED);
	assert_true(bo.got.conflicts & (1u << FIELD_HEADLINE));
}

static void a_lost_answer_is_no_conflict_with_oneself(void **state)
{
	struct desk *d = *state;
	struct pen ada = {.d = d, .who = "ada", .tab = "a"};
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");

	pen_body(&ada, "The\n");
	m.body = STR("The wall\n");
	pen_save(&ada, &m, false);
	m.body = STR("The wall held\n");
	assert_int_equal(pen_save(&ada, &m, true), PAPER_WRITTEN);
	desk_text(newest_body(d, ada.id), "The wall held\n");
}

static void a_lost_answer_of_a_merge_takes_no_words_away(void **state)
{
	struct desk *d = *state;
	struct pen ada = {.d = d, .who = "ada", .tab = "a"};
	struct pen bo = {.d = d, .who = "bo", .tab = "b"};
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");

	pen_body(&ada, "One.\n\nTwo.\n\nThree.\n");
	bo.id = ada.id;
	bo.base = ada.base;
	pen_body(&bo, "One.\n\nTwo.\n\nThree, by Bo.\n");
	m.body = STR("One, by Ada.\n\nTwo.\n\nThree.\n");
	assert_int_equal(pen_save(&ada, &m, false), PAPER_MERGED);
	/* She does not hear of it, and types on. */
	m.body = STR("One, by Ada Quay.\n\nTwo.\n\nThree.\n");
	assert_int_equal(pen_save(&ada, &m, true), PAPER_MERGED);
	desk_text(newest_body(d, ada.id),
	    "One, by Ada Quay.\n\nTwo.\n\nThree, by Bo.\n");
}

static void an_earlier_revision_can_be_restored_and_named(void **state)
{
	struct desk *d = *state;
	struct pen p = {.d = d, .who = "ada", .tab = "a"};
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");
	struct paper_write w;
	struct paper_saving *v;
	size_t n;
	int64_t first, older;

	pen_body(&p, "One.\n");
	first = p.base;
	pen_body(&p, "Two.\n");
	w = pen_write(&p, &m);
	desk_ok(d, paper_restore(d->paper, d->a, first, &w, &p.got, &d->err));
	assert_int_equal(p.got.outcome, PAPER_WRITTEN);
	desk_text(newest_body(d, p.id), "One.\n");
	/* From a page that has not seen it. */
	desk_ok(d, paper_restore(d->paper, d->a, p.base, &w, &p.got, &d->err));
	assert_int_equal(p.got.outcome, PAPER_CONFLICTED);
	desk_ok(d,
	    paper_name(d->paper, p.id, first, STR("Before the call"), &d->err));
	assert_int_equal(paper_name(d->paper, p.id + 1, first, STR("x"), NULL),
	    RC_NOT_FOUND);
	desk_ok(d,
	    paper_history(d->paper, d->a, p.id, 0, 2, &v, &n, &older, &d->err));
	assert_int_equal(n, 2);
	assert_int_equal(v[0].kind, PAPER_KIND_RESTORE);
	assert_int_equal(v[1].kind, PAPER_KIND_AUTOSAVE);
	desk_ok(d, paper_history(d->paper, d->a, p.id, older, 2, &v, &n, &older,
		       &d->err));
	assert_int_equal(n, 1);
	assert_int_equal(older, 0);
	desk_text(v[0].name, "Before the call");
	assert_int_equal(v[0].id, first);
}

/* A revision keeps the name that its section had; what becomes the newest text
 * goes by the name of today. */
static void a_renamed_section_is_the_same_one_for_old_texts(void **state)
{
	const struct roster_wish wish = {
	    STR_INIT("news"), STR_INIT("Today"), true, false};
	struct desk *d = *state;
	const struct staff_by by = {0, STR("(shell)"), d->now};
	struct pen p = {.d = d, .who = "ada", .tab = "a"};
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");
	struct paper_write w;
	struct paper_story story;
	struct str_list names;
	struct str name;
	int64_t first;

	pen_body(&p, "One.\n");
	first = p.base;
	desk_ok(d, roster_arrange(d->paper, &wish, 1, &by, NULL, &d->err));
	/* The same text under either name is no new one. */
	assert_int_equal(pen_body(&p, "One.\n"), PAPER_SAME);
	m = desk_manuscript("Storm", "Sport", "Ada Quay");
	w = pen_write(&p, &m);
	desk_ok(d, paper_write(d->paper, d->a, &w, &p.got, &d->err));
	p.base = p.got.revision;
	desk_ok(d, paper_text(d->paper, d->a, p.id, first, &m, &d->err));
	desk_text(m.section, "News");
	desk_ok(
	    d, paper_section_of(d->paper, d->a, p.id, first, &name, &d->err));
	desk_text(name, "Today");
	desk_ok(
	    d, paper_sections_of(d->paper, d->a, p.id, first, &names, &d->err));
	assert_int_equal(names.n, 2);
	w = pen_write(&p, &m);
	desk_ok(d, paper_restore(d->paper, d->a, first, &w, &p.got, &d->err));
	assert_int_equal(p.got.outcome, PAPER_WRITTEN);
	desk_ok(d, paper_show(d->paper, d->a, p.id, &story, &m, &d->err));
	desk_text(story.section, "Today");
	desk_text(m.section, "Today");
	desk_ok(
	    d, paper_text(d->paper, d->a, p.id, p.got.revision, &m, &d->err));
	desk_text(m.section, "Today");
	assert_int_equal(
	    paper_section_of(d->paper, d->a, p.id + 1, first, &name, &d->err),
	    RC_NOT_FOUND);
	assert_int_equal(
	    paper_sections_of(d->paper, d->a, p.id + 1, 0, &names, &d->err),
	    RC_NOT_FOUND);
}

/* What readers see, saw last, and are to see. */
static void every_section_that_a_step_touches_is_told(void **state)
{
	struct desk *d = *state;
	struct pen p = {.d = d, .who = "ada", .tab = "a"};
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");
	struct paper_write w;
	struct str_list names;

	pen_body(&p, "One.\n");
	desk_ok(d, paper_publish(d->paper, p.id, d->now, NULL, &d->err));
	m.section = STR("Sport");
	w = pen_write(&p, &m);
	desk_ok(d, paper_write(d->paper, d->a, &w, &p.got, &d->err));
	desk_ok(d, paper_sections_of(d->paper, d->a, p.id, 0, &names, &d->err));
	assert_int_equal(names.n, 2);
	desk_ok(d, paper_withdraw(d->paper, p.id, STR("Why"), d->now, &d->err));
	desk_ok(d, paper_sections_of(d->paper, d->a, p.id, 0, &names, &d->err));
	assert_int_equal(names.n, 2);
	desk_text(names.v[0], "News");
	desk_text(names.v[1], "Sport");
}

static void what_cannot_be_saved_is_refused_whole(void **state)
{
	struct desk *d = *state;
	struct pen p = {.d = d, .who = "ada", .tab = "a"};
	struct manuscript m = {.kicker = STR("only this")};
	struct paper_write w = pen_write(&p, &m);
	int64_t other;

	assert_int_equal(
	    paper_write(d->paper, d->a, &w, &p.got, &d->err), RC_INVALID);
	pen_body(&p, "One.\n");
	other = desk_save(d, 0, "Other", "News", "Ada Quay");
	w = pen_write(&p, &m);
	w.id = other;
	assert_int_equal(
	    paper_write(d->paper, d->a, &w, &p.got, &d->err), RC_NOT_FOUND);
	w.id = 99;
	assert_int_equal(
	    paper_write(d->paper, d->a, &w, &p.got, &d->err), RC_NOT_FOUND);
	/* A draft may be emptied, a story that waits may not lose its head. */
	m = (struct manuscript){0};
	assert_int_equal(pen_save(&p, &m, true), PAPER_WRITTEN);
	pen_body(&p, "Again.\n");
	desk_ok(d,
	    paper_schedule(d->paper, p.id,
		(struct instant){d->now.us + 9000000}, d->now, NULL, &d->err));
	w = pen_write(&p, &m);
	assert_int_equal(
	    paper_write(d->paper, d->a, &w, &p.got, &d->err), RC_DENIED);
	desk_text(newest_body(d, p.id), "Again.\n");
}

static void what_is_due_shows_the_newest_text(void **state)
{
	struct desk *d = *state;
	struct pen p = {.d = d, .who = "ada", .tab = "a"};
	struct instant next;
	struct public_story s;
	size_t n;

	pen_body(&p, "One.\n");
	desk_ok(d,
	    paper_schedule(d->paper, p.id,
		(struct instant){d->now.us + 9000000}, d->now, NULL, &d->err));
	pen_body(&p, "Two.\n");
	d->now.us += 60000000;
	desk_ok(d, paper_due(d->paper, d->now, &n, &next, &d->err));
	assert_int_equal(n, 1);
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/storm", &s, NULL), PUBLIC_LIVE);
	desk_text(s.body, "Two.\n");
}

static void a_new_slug_leaves_what_readers_see(void **state)
{
	struct desk *d = *state;
	struct pen p = {.d = d, .who = "ada", .tab = "a"};
	struct public_story s;
	int64_t shown;

	p.id = desk_publish(d, "Storm", "News", "Ada Quay");
	desk_ok(d, paper_newest(d->paper, p.id, &p.base, &shown, &d->err));
	pen_body(&p, "Not yet.\n");
	desk_ok(d, paper_rename(d->paper, p.id, STR("gale"), d->now, &d->err));
	desk_apply(d);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/storm", NULL, NULL), PUBLIC_MOVED);
	assert_int_equal(
	    desk_read(d, "/2026/11/23/gale", &s, NULL), PUBLIC_LIVE);
	desk_text(s.body, "The wall held.\n");
	desk_text(newest_body(d, p.id), "Not yet.\n");
}

/* Ada saves, and Bo from the same base, and one asks for what is not. */
static void make_tasks(struct desk *d, struct paper_write_task v[3],
    struct manuscript m[3], int64_t id, int64_t base)
{
	static const char *const bodies[] = {
	    "One!\n\nTwo.\n", "One.\n\nTwo?\n", "Three.\n"};

	for (int i = 0; i < 3; i++) {
		m[i] = desk_manuscript("Storm", "News", "Ada Quay");
		m[i].body = str_of(bodies[i]);
		v[i] = (struct paper_write_task){
		    .write = {.id = i < 2 ? id : 0,
			.base = i < 2 ? base : 0,
			.manuscript = &m[i],
			.who = i == 0 ? STR("ada") : STR("bo"),
			.now = d->now}};
	}
}

static void saves_that_come_at_once_end_as_one_by_one(void **state)
{
	struct desk *d = *state;
	struct pen p = {.d = d, .who = "ada", .tab = "a"};
	struct paper_write_task v[3];
	struct manuscript m[3];

	pen_body(&p, "One.\n\nTwo.\n");
	make_tasks(d, v, m, p.id, p.base);
	paper_write_all(d->paper, d->a, v, 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(v[i].rc, RC_OK);
	assert_int_equal(v[0].result.outcome, PAPER_WRITTEN);
	assert_int_equal(v[1].result.outcome, PAPER_MERGED);
	desk_text(v[1].result.text.body, "One!\n\nTwo?\n");
	desk_text(newest_body(d, p.id), "One!\n\nTwo?\n");
	desk_text(newest_body(d, v[2].result.id), "Three.\n");
	/* One that is refused does not take the others along. */
	pen_body(&p, "One.\n\nTwo.\n");
	pen_body(&p, "One.\n\nTwo.\n\nEnd.\n");
	make_tasks(d, v, m, p.id, p.base);
	m[0].body = STR("One!\n\nTwo.\n\nEnd.\n");
	v[1].write.id = 99;
	paper_write_all(d->paper, d->a, v, 3);
	assert_int_equal(v[0].rc, RC_OK);
	assert_int_equal(v[1].rc, RC_NOT_FOUND);
	assert_true(v[1].err.why[0] != '\0');
	assert_int_equal(v[2].rc, RC_OK);
	paper_write_all(d->paper, d->a, v, 0);
}

/* --- Several writers, and a network that loses things ------------------- */

enum { TABS = 4, TEXT_MAX = 64 * 1024, STEPS = 1200 };

struct tab {
	struct pen pen;
	char name[8];
	char text[TEXT_MAX]; /* as it stands in the browser */
	unsigned words;	     /* it has typed "a0", "a1", ... */
	unsigned merges, conflicts;
};

static uint64_t seed_state;

static unsigned below(unsigned n)
{
	seed_state ^= seed_state << 13;
	seed_state ^= seed_state >> 7;
	seed_state ^= seed_state << 17;
	return (unsigned)(seed_state % n);
}

static unsigned count_of(struct str text, const char *word)
{
	unsigned n = 0;

	for (size_t at = str_find_str(text, str_of(word)); at < text.n;
	     at = str_find_str(text, str_of(word))) {
		text = str_from(text, at + strlen(word));
		n += text.n == 0 || !ascii_is_digit(text.p[0]);
	}
	return n;
}

static void insert(char *text, size_t at, const char *word)
{
	size_t n = strlen(word);

	assert_true(strlen(text) + n + 1 < TEXT_MAX);
	memmove(text + at + n, text + at, strlen(text + at) + 1);
	memcpy(text + at, word, n);
}

/* A word more, somewhere between two words, or a paragraph of its own. */
static void tab_type(struct tab *t)
{
	char word[32];
	size_t at = below((unsigned)strlen(t->text) + 1);

	snprintf(word, sizeof(word), below(6) ? "%s%u " : "\n\n%s%u ", t->name,
	    t->words++);
	while (at > 0 && t->text[at - 1] != ' ')
		at--;
	insert(t->text, at, word);
}

static void tab_take(struct tab *t, struct str text)
{
	assert_true(text.n < TEXT_MAX);
	memcpy(t->text, text.p, text.n);
	t->text[text.n] = '\0';
}

/* The writer takes the newest text, and puts in what they have typed and do
 * not find there. */
static void tab_solve(struct tab *t)
{
	char word[32];

	tab_take(t, t->pen.got.text.body);
	t->pen.base = t->pen.got.revision;
	for (unsigned i = 0; i < t->words; i++) {
		snprintf(word, sizeof(word), "%s%u", t->name, i);
		if (count_of(str_of(t->text), word) > 0)
			continue;
		strcat(word, " ");
		insert(t->text, strlen(t->text), word);
	}
}

static void tab_save(struct tab *t, bool is_reliable)
{
	struct manuscript m = desk_manuscript("Storm", "News", "Ada Quay");
	bool answered = is_reliable || below(4) != 0;

	if (!is_reliable && below(6) == 0)
		return; /* the request is lost */
	m.body = arena_copy(t->pen.d->a, str_of(t->text));
	switch (pen_save(&t->pen, &m, answered)) {
	case PAPER_MERGED:
		t->merges++;
		if (answered)
			tab_take(t, t->pen.got.text.body);
		break;
	case PAPER_CONFLICTED:
		t->conflicts++;
		if (answered)
			tab_solve(t);
		break;
	case PAPER_WRITTEN:
	case PAPER_SAME:
		break;
	}
}

static void assert_all_is_there(struct desk *d, struct tab *tabs)
{
	struct str text = newest_body(d, tabs[0].pen.id);
	char word[32];

	for (int i = 0; i < TABS; i++)
		for (unsigned k = 0; k < tabs[i].words; k++) {
			snprintf(word, sizeof(word), "%s%u", tabs[i].name, k);
			if (count_of(text, word) != 1)
				fail_msg("%s is there %u times", word,
				    count_of(text, word));
		}
}

static void no_word_of_anybody_is_ever_lost(void **state)
{
	const char *wish = getenv("FARTHING_TEST_SEED");
	uint64_t seed = wish ? strtoull(wish, NULL, 10) : 20261127;
	struct desk *d = *state;
	struct tab *tabs = calloc(TABS, sizeof(*tabs));

	print_message("note: seed %llu\n", (unsigned long long)seed);
	seed_state = seed * 2 + 1;
	tabs[0].pen = (struct pen){.d = d, .who = "w0", .tab = "t0"};
	pen_body(&tabs[0].pen, "It begins. ");
	for (int i = 0; i < TABS; i++) {
		snprintf(tabs[i].name, sizeof(tabs[i].name), "%c", 'a' + i);
		tabs[i].pen.d = d;
		tabs[i].pen.id = tabs[0].pen.id;
		tabs[i].pen.base = tabs[0].pen.base;
		tabs[i].pen.who = tabs[i].pen.tab = tabs[i].name;
		strcpy(tabs[i].text, "It begins. ");
	}
	for (int i = 0; i < STEPS; i++) {
		struct tab *t = &tabs[below(TABS)];

		tab_type(t);
		if (below(3) == 0)
			tab_save(t, false);
		if (below(200) == 0) {
			desk_close(d);
			desk_open(d);
		}
		arena_reset(d->a);
	}
	/* Again and again, until each has seen what the others typed. */
	for (int round = 0; round < 8; round++)
		for (int i = 0; i < TABS; i++)
			tab_save(&tabs[i], true);
	assert_all_is_there(d, tabs);
	for (int i = 1; i < TABS; i++) {
		tabs[0].merges += tabs[i].merges;
		tabs[0].conflicts += tabs[i].conflicts;
	}
	print_message("note: %u merges, %u conflicts\n", tabs[0].merges,
	    tabs[0].conflicts);
	assert_true(tabs[0].merges > 20 && tabs[0].conflicts > 20);
	free(tabs);
}

/* --- Faults ------------------------------------------------------------ */

static enum rc strike(void *data)
{
	int *left = data;

	return --*left == 0 ? RC_NO_SPACE : RC_OK;
}

static void a_fault_at_any_step_loses_nothing_and_saves_nothing(void **state)
{
	struct desk *d = *state;
	struct pen ada = {.d = d, .who = "ada", .tab = "a"};
	struct pen bo = {.d = d, .who = "bo", .tab = "b"};
	struct manuscript m = desk_manuscript("Storm", "News", "Bo Reed");
	int at = 0;
	enum rc rc = RC_NO_SPACE;

	pen_body(&ada, "One.\n\nTwo.\n\nThree.\n");
	bo.id = ada.id;
	bo.base = ada.base;
	pen_body(&ada, "One!\n\nTwo.\n\nThree.\n");
	m.body = STR("One.\n\nTwo.\n\nThree?\n");
	while (rc != RC_OK) {
		struct paper_write w = pen_write(&bo, &m);
		int left = ++at;

		bo.got.revision = -7;
		store_hook(d->paper->db, strike, &left);
		rc = paper_write(d->paper, d->a, &w, &bo.got, &d->err);
		store_hook(d->paper->db, NULL, NULL);
		if (rc == RC_OK)
			break;
		assert_int_equal(rc, RC_NO_SPACE);
		assert_int_equal(bo.got.revision, -7);
		desk_text(newest_body(d, bo.id), "One!\n\nTwo.\n\nThree.\n");
		assert_true(at < 200);
	}
	assert_true(at > 8);
	assert_int_equal(bo.got.outcome, PAPER_MERGED);
	desk_text(newest_body(d, bo.id), "One!\n\nTwo.\n\nThree?\n");
}

static void failing_memory_at_any_place_saves_nothing(void **state)
{
	struct desk *d = *state;
	struct pen p = {.d = d, .who = "ada", .tab = "a"};
	struct manuscript m = desk_manuscript("Storm", "News", "Bo Reed");
	enum rc rc = RC_NO_MEMORY;

	pen_body(&p, "One.\n");
	m.body = STR("Two.\n");
	for (unsigned long at = 1; rc != RC_OK; at++) {
		struct paper_write w = pen_write(&p, &m);

		arena_fail_after(at);
		rc = paper_write(d->paper, d->a, &w, &p.got, &d->err);
		arena_fail_after(0);
		arena_reset(d->a);
		if (rc != RC_OK)
			desk_text(newest_body(d, p.id), "One.\n");
		assert_true(at < 500);
	}
	desk_text(newest_body(d, p.id), "Two.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(a_working_save_changes_nothing_for_readers),
	    desk_test(the_newest_text_is_replaced_and_an_equal_one_is_not),
	    desk_test(two_people_in_two_paragraphs_are_merged),
	    desk_test(two_people_in_one_sentence_are_a_conflict),
	    desk_test(fields_are_merged_one_by_one),
	    desk_test(a_lost_answer_is_no_conflict_with_oneself),
	    desk_test(a_lost_answer_of_a_merge_takes_no_words_away),
	    desk_test(a_renamed_section_is_the_same_one_for_old_texts),
	    desk_test(every_section_that_a_step_touches_is_told),
	    desk_test(an_earlier_revision_can_be_restored_and_named),
	    desk_test(what_cannot_be_saved_is_refused_whole),
	    desk_test(what_is_due_shows_the_newest_text),
	    desk_test(a_new_slug_leaves_what_readers_see),
	    desk_test(saves_that_come_at_once_end_as_one_by_one),
	    desk_test(no_word_of_anybody_is_ever_lost),
	    desk_test(a_fault_at_any_step_loses_nothing_and_saves_nothing),
	    desk_test(failing_memory_at_any_place_saves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
