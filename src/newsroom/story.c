/* SPDX-License-Identifier: MIT
 *
 * Rights to one story, and names; see story.h.
 */
#include "newsroom/story.h"

#include "newsroom/visit.h"
#include "paper/staff.h"

static bool is_own(const struct visit *v, const struct paper_story *story)
{
	return v->who.login.n > 0 && (str_eq(story->writer, v->who.login) ||
					 str_eq(story->assigned, v->who.login));
}

bool story_may(
    const struct visit *v, enum right right, const struct paper_story *story)
{
	if (!right_has_any(&v->who, right))
		return false;
	if ((right == RIGHT_STORIES || right == RIGHT_WRITE) &&
	    is_own(v, story))
		return true;
	if (right == RIGHT_WRITE)
		right = RIGHT_EDIT;
	return right_has(&v->who, right, story->section);
}

enum rc story_open(struct visit *v, struct paper_story *ret_story,
    struct manuscript *ret_m, struct err *err)
{
	struct paper_story story;
	int64_t id = 0;
	enum rc rc = visit_id(v, 0, &id);

	if (rc == RC_OK)
		rc = paper_show(v->paper, v->a, id, &story, ret_m, err);
	if (rc != RC_OK)
		return rc;
	if (!story_may(v, RIGHT_STORIES, &story))
		return RC_NOT_FOUND;
	*ret_story = story;
	return RC_OK;
}

enum rc story_sections(struct visit *v, enum right right,
    struct str_list *ret_names, struct err *err)
{
	struct str_list all;
	size_t n = 0;
	enum rc rc = paper_sections(v->paper, v->a, &all, err);

	if (rc != RC_OK)
		return rc;
	for (size_t i = 0; i < all.n; i++)
		if (right_has(&v->who, right, all.v[i]))
			all.v[n++] = all.v[i];
	*ret_names = (struct str_list){all.v, n};
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
