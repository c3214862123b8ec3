/* SPDX-License-Identifier: MIT
 *
 * Sections, people, and how the paper stands.
 */
#include "paper/roster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "paper/audit.h"
#include "paper/paper_priv.h"
#include "paper/staff.h"
#include "paper/test/desk_fixture.h"

static const struct staff_by by = {7, STR_INIT("Ada"), {1000000}};

static struct str section(struct desk *d, size_t at, size_t want)
{
	struct roster_term *v;
	size_t n;

	desk_ok(d, roster_sections(d->paper, d->a, &v, &n, &d->err));
	assert_int_equal(n, want);
	return v[at].name;
}

static enum rc arrange(
    struct desk *d, const struct roster_wish *v, size_t n, size_t *ret_at)
{
	return roster_arrange(d->paper, v, n, &by, ret_at, &d->err);
}

static void a_section_keeps_its_address_under_another_name(void **state)
{
	struct desk *d = *state;
	const struct roster_wish v[] = {
	    {STR_INIT(""), STR_INIT("Harbour"), true, false},
	    {STR_INIT("world"), STR_INIT("Globe"), false, false},
	};
	struct str name, about;
	int64_t id = desk_publish(d, "A", "World", "Ada Quay");
	struct paper_story story;

	desk_ok(d, arrange(d, v, 2, NULL));
	desk_text(section(d, 0, 2), "Harbour");
	desk_text(section(d, 1, 2), "Globe");
	desk_apply(d);
	desk_ok(d, public_name(d->public, d->a, PUBLIC_SECTION, STR("world"),
		       &name, &about));
	desk_text(name, "Globe");
	/* By the old name and by the new one the same section is meant. */
	desk_publish(d, "B", "World", "Ada Quay");
	desk_publish(d, "C", "Globe", "Ada Quay");
	section(d, 0, 2);
	desk_ok(d, paper_show(d->paper, d->a, id, &story, NULL, &d->err));
	desk_text(story.section, "Globe");
}

static void whoever_is_for_a_section_stays_so(void **state)
{
	struct desk *d = *state;
	struct str names[] = {STR("World"), STR("Sport")};
	struct str_list sections = {names, 2};
	struct staff_link link = {.kind = STAFF_LINK_JOIN,
	    .role = STAFF_REPORTER,
	    .name = STR("Tom"),
	    .sections = sections,
	    .created = d->now,
	    .expires = {d->now.us + 1000000}};
	const struct roster_wish v = {
	    STR_INIT("world"), STR_INIT("Globe"), true, false};
	uint8_t hash[STAFF_HASH] = {1};
	struct staff_link found;

	desk_publish(d, "A", "World", "Ada Quay");
	desk_ok(d, staff_make_link(d->paper, &link, hash, &by, &d->err));
	desk_ok(d, arrange(d, &v, 1, NULL));
	desk_ok(
	    d, staff_find_link(d->paper, d->a, hash, d->now, &found, &d->err));
	assert_int_equal(found.sections.n, 2);
	desk_text(found.sections.v[0], "Globe");
	desk_text(found.sections.v[1], "Sport");
}

static void two_sections_have_two_names(void **state)
{
	struct desk *d = *state;
	const struct roster_wish same[] = {
	    {STR_INIT("world"), STR_INIT("World"), true, false},
	    {STR_INIT(""), STR_INIT("World"), true, false},
	};
	const struct roster_wish blank = {
	    STR_INIT(""), STR_INIT(" "), true, false};
	const struct roster_wish none = {
	    STR_INIT("nowhere"), STR_INIT("X"), true, false};
	const struct roster_wish renamed = {
	    STR_INIT("world"), STR_INIT("Globe"), true, false};
	const struct roster_wish again[] = {
	    {STR_INIT("world"), STR_INIT("Globe"), true, false},
	    {STR_INIT(""), STR_INIT("World"), true, false},
	};
	struct audit_row *rows;
	size_t at = 9, n;

	desk_publish(d, "A", "World", "Ada Quay");
	assert_int_equal(arrange(d, same, 2, &at), RC_EXISTS);
	assert_int_equal(at, 1);
	assert_int_equal(arrange(d, &blank, 1, &at), RC_INVALID);
	assert_int_equal(arrange(d, &none, 1, &at), RC_NOT_FOUND);
	desk_ok(d, arrange(d, &renamed, 1, NULL));
	assert_int_equal(arrange(d, again, 2, &at), RC_EXISTS);
	desk_text(section(d, 0, 1), "Globe");
	desk_ok(d, audit_list(d->paper, d->a,
		       &(struct audit_wish){.before = INT64_MAX, .limit = 9},
		       &rows, &n, &d->err));
	assert_int_equal(n, 2);
	desk_text(rows[0].entry.about, "");
	desk_text(rows[0].entry.detail, "Globe");
	desk_text(rows[1].entry.about, "Globe");
	desk_text(rows[1].entry.detail, "World");
}

/* Stories that still say the name would be filed under the other one. */
static void a_section_takes_no_name_that_another_had(void **state)
{
	struct desk *d = *state;
	const struct roster_wish planet = {
	    STR_INIT("world"), STR_INIT("Planet"), true, false};
	const struct roster_wish world = {
	    STR_INIT("sport"), STR_INIT("world"), true, false};
	const struct roster_wish back = {
	    STR_INIT("world"), STR_INIT("World"), true, false};
	int64_t id;
	struct paper_story story;

	desk_publish(d, "A", "World", "Ada Quay");
	id = desk_publish(d, "B", "Sport", "Ada Quay");
	desk_ok(d, arrange(d, &planet, 1, NULL));
	assert_int_equal(arrange(d, &world, 1, NULL), RC_EXISTS);
	desk_ok(d, paper_show(d->paper, d->a, id, &story, NULL, &d->err));
	desk_text(story.section, "Sport");
	/* It is still the one's own. */
	desk_ok(d, arrange(d, &back, 1, NULL));
}

static void a_person_takes_no_name_that_another_has_or_had(void **state)
{
	struct desk *d = *state;
	struct roster_term term;

	desk_publish(d, "A", "World", "Ines Corvo");
	desk_publish(d, "B", "World", "Bea Sol");
	desk_ok(d, paper_set_person(d->paper, STR("ines-corvo"),
		       STR("Ines Lima"), STR(""), &d->err));
	assert_int_equal(paper_set_person(d->paper, STR("bea-sol"),
			     STR("Ines Corvo"), STR(""), &d->err),
	    RC_EXISTS);
	assert_int_equal(paper_set_person(d->paper, STR("bea-sol"),
			     STR("INES LIMA"), STR(""), &d->err),
	    RC_EXISTS);
	desk_ok(
	    d, roster_person(d->paper, d->a, STR("bea-sol"), &term, &d->err));
	desk_text(term.name, "Bea Sol");
	/* It is still the one's own, in any way to write it. */
	desk_ok(d, paper_set_person(d->paper, STR("ines-corvo"),
		       STR("Ines CORVO"), STR("Ships."), &d->err));
}

static void the_log_says_who_came_since(void **state)
{
	struct desk *d = *state;
	const struct roster_wish v = {
	    STR_INIT("world"), STR_INIT("Globe"), true, false};
	struct audit_row row;

	desk_publish(d, "A", "World", "Ada Quay");
	assert_int_equal(audit_since(d->paper, d->a, 0, STR("section"), STR(""),
			     &row, &d->err),
	    RC_NOT_FOUND);
	desk_ok(d, arrange(d, &v, 1, NULL));
	desk_ok(d, audit_since(d->paper, d->a, 0, STR("section"), STR(""), &row,
		       &d->err));
	desk_text(row.entry.about, "");
	desk_text(row.entry.name, "Ada");
	desk_ok(d, audit_since(d->paper, d->a, 0, STR("section"), STR("Globe"),
		       &row, &d->err));
	assert_int_equal(audit_since(d->paper, d->a, row.seq, STR("section"),
			     STR("Globe"), &row, &d->err),
	    RC_NOT_FOUND);
	assert_int_equal(
	    audit_since(d->paper, d->a, 0, STR("page"), STR(""), &row, &d->err),
	    RC_NOT_FOUND);
}

static void a_person_is_found_by_any_way_to_write_the_name(void **state)
{
	struct desk *d = *state;
	struct roster_term term;

	desk_ok(d, paper_set_person(d->paper, STR(""), STR("Ada Quay"),
		       STR("Walls."), &d->err));
	desk_ok(d, roster_person_named(
		       d->paper, d->a, STR(" ADA quay "), &term, &d->err));
	desk_text(term.slug, "ada-quay");
	desk_text(term.about, "Walls.");
	assert_int_equal(
	    roster_person_named(d->paper, d->a, STR("Ada"), &term, &d->err),
	    RC_NOT_FOUND);
}

static enum rc strike(void *data)
{
	int *left = data;

	return --*left == 0 ? RC_NO_SPACE : RC_OK;
}

static void a_fault_leaves_the_sections_as_they_were(void **state)
{
	struct desk *d = *state;
	const struct roster_wish v[] = {
	    {STR_INIT(""), STR_INIT("Harbour"), true, false},
	    {STR_INIT("world"), STR_INIT("Globe"), true, false},
	};
	enum rc rc;
	int at = 0;

	desk_publish(d, "A", "World", "Ada Quay");
	do {
		int left = ++at;

		store_hook(d->paper->db, strike, &left);
		rc = arrange(d, v, 2, NULL);
		store_hook(d->paper->db, NULL, NULL);
		if (rc != RC_OK)
			desk_text(section(d, 0, 1), "World");
	} while (rc == RC_NO_SPACE && at < 200);
	desk_ok(d, rc);
	assert_true(at > 10);
	desk_text(section(d, 1, 2), "Globe");
}

static void people_are_found_by_name_and_by_address(void **state)
{
	struct desk *d = *state;
	struct roster_term *v, one;
	size_t n;

	desk_ok(d, paper_set_person(d->paper, STR(""), STR("Tom Reed"),
		       STR("Ships."), &d->err));
	desk_publish(d, "A", "World", "Ada Quay");
	desk_ok(d, roster_people(d->paper, d->a, STR_NONE, 1, &v, &n, &d->err));
	assert_int_equal(n, 1);
	desk_text(v[0].name, "Ada Quay");
	desk_ok(
	    d, roster_people(d->paper, d->a, v[0].name, 9, &v, &n, &d->err));
	assert_int_equal(n, 1);
	desk_ok(
	    d, roster_person(d->paper, d->a, STR("tom-reed"), &one, &d->err));
	desk_text(one.about, "Ships.");
	assert_int_equal(
	    roster_person(d->paper, d->a, STR("world"), &one, &d->err),
	    RC_NOT_FOUND);
}

static void the_pulse_is_what_is_out_and_what_comes(void **state)
{
	struct desk *d = *state;
	struct roster_pulse p;
	int64_t id;

	desk_ok(d, roster_pulse(d->paper, d->a, STR("Ada Quay"), &p, &d->err));
	assert_false(p.has_story || p.has_person || p.last || p.next);
	id = desk_publish(d, "Out", "World", "Ada Quay");
	desk_ok(d,
	    paper_set_person(d->paper, STR(""), STR("Tom"), STR(""), &d->err));
	desk_ok(d, roster_pulse(d->paper, d->a, STR("Ada Quay"), &p, &d->err));
	assert_true(p.has_outbox);
	desk_apply(d);
	desk_save(d, 0, "To come", "World", "Ada Quay");
	desk_ok(d,
	    paper_schedule(d->paper, id + 1,
		(struct instant){d->now.us + 60000000}, d->now, NULL, &d->err));
	desk_ok(d, roster_pulse(d->paper, d->a, STR("Ada Quay"), &p, &d->err));
	assert_false(p.has_outbox || p.has_picture);
	assert_true(p.has_story);
	assert_false(p.has_person);
	desk_ok(d, paper_set_person(d->paper, STR(""), STR("Ada Quay"),
		       STR("Ships."), &d->err));
	desk_ok(d, roster_pulse(d->paper, d->a, STR("Ada Quay"), &p, &d->err));
	assert_true(p.has_person);
	desk_text(p.last_headline, "Out");
	desk_text(p.next_headline, "To come");
	assert_int_equal(p.next_at.us, d->now.us + 60000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    desk_test(a_section_keeps_its_address_under_another_name),
	    desk_test(whoever_is_for_a_section_stays_so),
	    desk_test(two_sections_have_two_names),
	    desk_test(a_section_takes_no_name_that_another_had),
	    desk_test(a_person_takes_no_name_that_another_has_or_had),
	    desk_test(the_log_says_who_came_since),
	    desk_test(a_person_is_found_by_any_way_to_write_the_name),
	    desk_test(a_fault_leaves_the_sections_as_they_were),
	    desk_test(people_are_found_by_name_and_by_address),
	    desk_test(the_pulse_is_what_is_out_and_what_comes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
