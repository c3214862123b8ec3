/* SPDX-License-Identifier: MIT
 *
 * How long a story is wanted; see length.h. A script sends it by itself; a form
 * without one sends it with the story.
 */
#include "newsroom/length.h"

#include "newsroom/intake.h"
#include "newsroom/newsroom_priv.h"
#include "newsroom/settings.h"
#include "newsroom/visit.h"
#include "newsroom/write.h"
#include "page/json.h"
#include "text/markdown.h"

static const struct str units[] = {
    [PAPER_UNIT_WORDS] = STR_INIT("words"),
    [PAPER_UNIT_CHARACTERS] = STR_INIT("characters"),
};

bool length_may(const struct visit *v, const struct paper_story *story)
{
	const struct paper_length *is = &story->wanted;

	return story_may(v, RIGHT_EDIT, story) ||
	       (story_may(v, RIGHT_WRITE, story) &&
		   (is->count == 0 || str_eq(is->who, v->who.login)));
}

enum rc length_fill(struct visit *v, const struct paper_story *story,
    const struct manuscript *m, const struct people *people,
    struct view_length *ret_length)
{
	struct markdown_options options = {.lang = m->lang};
	struct manuscript_left *left;
	struct view_length length = {.wanted = story->wanted.count,
	    .is_characters = story->wanted.unit == PAPER_UNIT_CHARACTERS,
	    .can_set = length_may(v, story)};
	struct str lang = m->lang;
	struct node *body;
	struct err err;
	size_t n;
	enum rc rc = RC_OK;

	if (lang.n == 0)
		rc = paper_lang(v->paper, v->a, &lang, &err);
	if (rc == RC_OK)
		rc = markdown_parse(v->a, m->body, &options, &body, &left, &n);
	/* What is nested too deep is written all the same. */
	if (rc == RC_NO_MEMORY)
		return rc;
	if (rc == RC_OK) {
		length.words = node_words(body);
		length.characters = node_characters(body);
	}
	if (length.wanted > 0)
		length.by = people_name(people, story->wanted.who);
	else
		length.is_characters = lang_counts_characters(lang);
	*ret_length = length;
	return RC_OK;
}

static enum rc read_length(
    const struct visit *v, struct paper_length *ret_length)
{
	struct str count = str_trim(visit_field(v, STR("length")));
	struct str unit = visit_field(v, STR("unit"));
	struct paper_length length = {.who = v->who.login};
	uint64_t n = 0;

	if (count.n > 0 && str_u64(count, PAPER_LENGTH_MAX, &n) != RC_OK)
		return RC_INVALID;
	length.count = (uint32_t)n;
	if (str_eq(unit, units[PAPER_UNIT_CHARACTERS]))
		length.unit = PAPER_UNIT_CHARACTERS;
	else if (!str_eq(unit, units[PAPER_UNIT_WORDS]))
		return RC_INVALID;
	*ret_length = length;
	return RC_OK;
}

static enum rc keep(struct visit *v, const struct paper_story *story,
    const struct paper_length *length, struct err *err)
{
	struct str about =
	    arena_printf(v->a, "story %lld", (long long)story->id);
	struct str detail =
	    arena_printf(v->a, "%u %s", length->count, units[length->unit].p);
	enum rc rc = about.p && detail.p ? paper_step_begin(v->paper, err)
					 : RC_NO_MEMORY;

	if (rc != RC_OK)
		return rc;
	rc = paper_set_length(v->paper, story->id, length, err);
	if (rc == RC_OK)
		rc = settings_log(v, STR("length"), about, detail, err);
	return paper_step_end(v->paper, rc, err);
}

enum rc length_save(
    struct visit *v, const struct paper_story *story, struct err *err)
{
	const struct paper_length *is = &story->wanted;
	struct paper_length length;
	enum rc rc = read_length(v, &length);

	if (rc != RC_OK)
		return rc;
	if (length.count == is->count &&
	    (length.count == 0 || length.unit == is->unit))
		return RC_OK;
	return length_may(v, story) ? keep(v, story, &length, err) : RC_DENIED;
}

static struct entity *send_length(struct visit *v)
{
	struct paper_story story;
	struct err err;
	struct str url;
	struct buf *b;
	enum rc rc = story_open(v, &story, NULL, &err);

	if (rc == RC_OK && !story_may(v, RIGHT_WRITE, &story))
		rc = RC_DENIED;
	if (rc == RC_OK)
		rc = length_save(v, &story, &err);
	if (rc == RC_INVALID && v->is_json)
		return write_refusal(v, 422, MSG_DONE_NO_LENGTH);
	if (rc != RC_OK && rc != RC_INVALID)
		return visit_failed(v, rc, &err);
	if (!v->is_json) {
		url = stories_url(v, story.id);
		return url.p
			   ? visit_done(v, url,
				 rc == RC_OK ? STR("length") : STR("no-length"))
			   : NULL;
	}
	b = visit_buf(v);
	if (!b)
		return NULL;
	buf_lit(b, "{\"status\":\"saved\"}\n");
	return visit_json(v, 200, b);
}

static const struct route routes[] = {
    {HTTP_POST, "/stories/:id/length", RIGHT_WRITE, 0, "length unit",
	send_length},
};

const struct route *routes_length(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
