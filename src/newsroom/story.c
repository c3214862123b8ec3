/* SPDX-License-Identifier: MIT
 *
 * Rights to one story, and names; see story.h.
 */
#include "newsroom/story.h"

#include "base/must.h"
#include "newsroom/visit.h"
#include "paper/roster.h"
#include "paper/staff.h"

static bool is_own(const struct who *who, const struct paper_story *story)
{
	return who->login.n > 0 && (str_eq(story->writer, who->login) ||
				       str_eq(story->assigned, who->login));
}

static bool may(
    const struct who *who, enum right right, const struct paper_story *story)
{
	must(right != RIGHT_PUBLISH && right != RIGHT_WITHDRAW);
	if (!right_has_any(who, right))
		return false;
	if ((right == RIGHT_STORIES || right == RIGHT_WRITE) &&
	    is_own(who, story))
		return true;
	if (right == RIGHT_WRITE)
		right = RIGHT_EDIT;
	return right_has(who, right, story->section);
}

bool story_may(
    const struct visit *v, enum right right, const struct paper_story *story)
{
	return may(&v->who, right, story);
}

bool story_may_account(const struct staff *staff, enum right right,
    const struct paper_story *story)
{
	const struct who who = {.id = staff->id,
	    .login = staff->login,
	    .role = staff->role,
	    .sections = staff->sections,
	    .state = STAFF_FULL,
	    .session = 1};

	return !staff->is_disabled && may(&who, right, story);
}

bool story_may_release(
    const struct visit *v, enum right right, const struct str_list *sections)
{
	must(right == RIGHT_PUBLISH || right == RIGHT_WITHDRAW);
	must(sections->n > 0);
	for (size_t i = 0; i < sections->n; i++)
		if (!right_has(&v->who, right, sections->v[i]))
			return false;
	return true;
}

static bool is_open(
    const struct roster_term *sections, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(sections[i].name, name))
			return !sections[i].is_closed;
	return true;
}

bool story_may_move(
    const struct visit *v, const struct paper_story *story, struct str to)
{
	struct roster_term *sections;
	size_t n;

	if (to.n == 0 || str_eq(to, story->section))
		return true;
	return right_has(&v->who, RIGHT_WRITE, to) &&
	       roster_sections(v->paper, v->a, &sections, &n, NULL) == RC_OK &&
	       is_open(sections, n, to);
}

enum rc story_open(struct visit *v, struct paper_story *ret_story,
    struct manuscript *ret_m, struct err *err)
{
	struct paper_story story;
	int64_t id = 0;
	enum rc rc = visit_id(v, 0, &id);

	/* The right first: a long text that is none of one's business is
	 * missing as quickly as one that never was. */
	if (rc == RC_OK)
		rc = paper_show(v->paper, v->a, id, &story, NULL, err);
	if (rc != RC_OK)
		return rc;
	if (!story_may(v, RIGHT_STORIES, &story))
		return RC_NOT_FOUND;
	if (ret_m)
		rc = paper_show(v->paper, v->a, id, &story, ret_m, err);
	if (rc != RC_OK)
		return rc;
	*ret_story = story;
	return RC_OK;
}

enum rc story_sections(struct visit *v, enum right right,
    struct str_list *ret_names, struct err *err)
{
	struct roster_term *all;
	struct str_list names = {NULL, 0};
	size_t n = 0;
	enum rc rc = roster_sections(v->paper, v->a, &all, &n, err);

	if (rc != RC_OK)
		return rc;
	names.v = ARENA_ARRAY(v->a, struct str, n);
	if (!names.v)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		if (right_has(&v->who, right, all[i].name) &&
		    !(right == RIGHT_WRITE && all[i].is_closed))
			names.v[names.n++] = all[i].name;
	*ret_names = names;
	return RC_OK;
}

enum rc people_load(struct visit *v, struct people *ret_people, struct err *err)
{
	struct staff *list;
	size_t n;
	enum rc rc = staff_list(v->paper, v->a, &list, &n, err);

	if (rc == RC_OK)
		*ret_people = (struct people){list, n};
	return rc;
}

struct str people_name(const struct people *people, struct str login)
{
	for (size_t i = 0; i < people->n; i++)
		if (str_eq(people->v[i].login, login))
			return people->v[i].name;
	return login;
}
