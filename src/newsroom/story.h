/* SPDX-License-Identifier: MIT
 *
 * One story while a request is about it: who may do what with it, and what the
 * people are called who did something to it.
 *
 * A story belongs to whoever began it and to whoever is to edit it: they see
 * and write it whatever section it stands in. All else goes by section
 * (newsroom/right.h). In the paper's records people stand by their login, which
 * never changes; screens say their names.
 */
#ifndef NEWSROOM_STORY_H
#define NEWSROOM_STORY_H

#include "base/err.h"
#include "newsroom/right.h"
#include "paper/paper.h"

struct visit;

/* The person has RIGHT (not to publish or withdraw) for this story, by the
 * section of its newest text. */
bool story_may(
    const struct visit *v, enum right right, const struct paper_story *story);
/* The same for the account WHO, as far as it would have it when signed in. */
bool story_may_account(
    const struct staff *who, enum right right, const struct paper_story *story);
/* The person has RIGHT, to publish or withdraw, for each of these sections
 * (paper_sections_of): also for that in which readers have the story, whatever
 * section its working text was moved to. */
bool story_may_release(
    const struct visit *v, enum right right, const struct str_list *sections);
/* A text may be put into the section TO: the story is in it already, or the
 * section takes new stories and the person may write there; out of one anybody
 * may take it. */
bool story_may_move(
    const struct visit *v, const struct paper_story *story, struct str to);

/* The story that the address names (its first parameter), with its newest
 * text; RET_M may be NULL. RC_NOT_FOUND also for one that the person may not
 * see: both get the same answer. */
MUST_USE enum rc story_open(struct visit *v, struct paper_story *ret_story,
    struct manuscript *ret_m, struct err *err);

/* The names of sections in which the person has RIGHT; to write, of those that
 * take new stories. */
MUST_USE enum rc story_sections(struct visit *v, enum right right,
    struct str_list *ret_names, struct err *err);

/* All accounts' names. */
struct people {
	const struct staff *v;
	size_t n;
};

MUST_USE enum rc people_load(
    struct visit *v, struct people *ret_people, struct err *err);
/* The name of who has LOGIN; LOGIN itself if nobody has, as for commands. */
struct str people_name(const struct people *people, struct str login);

#endif
