/* SPDX-License-Identifier: MIT
 *
 * A story's revisions: listed, compared, named, restored.
 */
#include "newsroom/intake.h"
#include "newsroom/story.h"
#include "newsroom/story_form.h"
#include "newsroom/visit.h"
#include "page/desk_history.h"
#include "paper/workflow.h"
#include "paper/write.h"

enum { HISTORY_ROWS = 100, FOLD_S = 30 * 60 };

static bool is_mere(const struct paper_saving *s)
{
	return s->kind == PAPER_KIND_AUTOSAVE && s->name.n == 0 && !s->is_shown;
}

/* Whether the save at AT belongs to the run of the one above it: both made
 * while the same person wrote on without a long break. */
static bool is_folded(const struct paper_saving *v, size_t at)
{
	return at > 0 && is_mere(&v[at]) &&
	       v[at - 1].kind == PAPER_KIND_AUTOSAVE &&
	       str_eq(v[at].who, v[at - 1].who) &&
	       v[at - 1].saved.us - v[at].saved.us <= (int64_t)FOLD_S * 1000000;
}

static enum rc fill_rows(struct visit *v, int64_t newest, int64_t before,
    struct view_history *view, struct err *err)
{
	struct view_revision *rows;
	struct paper_saving *s;
	struct people people;
	int64_t older = 0;
	size_t n = 0;
	enum rc rc = people_load(v, &people, err);

	if (rc == RC_OK)
		rc = paper_history(v->paper, v->a, view->id, before,
		    HISTORY_ROWS, &s, &n, &older, err);
	if (rc != RC_OK)
		return rc;
	rows = ARENA_ARRAY(v->a, struct view_revision, n);
	if (!rows)
		return RC_NO_MEMORY;
	for (size_t i = 0; i < n; i++)
		rows[i] = (struct view_revision){
		    .id = s[i].id,
		    .previous = i + 1 < n ? s[i + 1].id : 0,
		    .kind = (int)s[i].kind,
		    .saved = visit_civil(v, s[i].saved),
		    .who = people_name(&people, s[i].who),
		    .name = s[i].name,
		    .headline = s[i].headline,
		    .is_newest = s[i].id == newest,
		    .is_shown = s[i].is_shown,
		    .is_folded = is_folded(s, i),
		};
	view->v = rows;
	view->n = n;
	if (older > 0)
		view->older =
		    arena_printf(v->a, "/stories/%lld/revisions?before=%lld",
			(long long)view->id, (long long)older);
	return RC_OK;
}

static enum rc read_number(struct str s, int64_t *ret)
{
	uint64_t u;
	enum rc rc = str_u64(s, INT64_MAX, &u);

	if (rc == RC_OK)
		*ret = (int64_t)u;
	return rc == RC_OK ? RC_OK : RC_NOT_FOUND;
}

static struct entity *show_history(struct visit *v)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_STORIES);
	struct view_history view = {0};
	struct paper_story story;
	struct str before = visit_query(v, STR("before"));
	int64_t from = 0;
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc = b ? story_open(v, &story, NULL, &err) : RC_NO_MEMORY;

	if (rc == RC_OK && before.n > 0)
		rc = read_number(before, &from);
	if (rc == RC_OK) {
		view.id = story.id;
		view.headline = story.headline;
		view.newest = story.revision;
		view.can_write = story_may(v, RIGHT_WRITE, &story);
		rc = fill_rows(v, story.revision, from, &view, &err);
	}
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	desk_history(b, &desk, &view);
	return visit_page(v, 200, b);
}

/* Two side by side. */

/* What is known of REVISION, and its text. */
static enum rc read_revision(struct visit *v, int64_t story, int64_t revision,
    struct view_revision *ret_view, struct write_text *ret_text,
    struct err *err)
{
	struct manuscript m;
	struct people people;
	struct paper_saving s;
	enum rc rc = paper_text(v->paper, v->a, story, revision, &m, err);

	if (rc == RC_OK)
		rc = story_form_of(v->a, &m, ret_text);
	if (rc == RC_OK)
		rc = people_load(v, &people, err);
	if (rc == RC_OK)
		rc = paper_saving(v->paper, v->a, story, revision, &s, err);
	if (rc != RC_OK)
		return rc;
	*ret_view = (struct view_revision){.id = revision,
	    .saved = visit_civil(v, s.saved),
	    .who = people_name(&people, s.who),
	    .name = s.name,
	    .is_shown = s.is_shown};
	return RC_OK;
}

static struct entity *show_comparison(struct visit *v)
{
	struct view_desk desk = visit_desk(v, MSG_RAIL_STORIES);
	struct view_comparison view = {0};
	struct paper_story story;
	int64_t a = 0, c = 0;
	struct buf *b = visit_buf(v);
	struct err err = {0};
	enum rc rc = b ? story_open(v, &story, NULL, &err) : RC_NO_MEMORY;

	if (rc == RC_OK)
		rc = read_number(visit_query(v, STR("a")), &a);
	if (rc == RC_OK)
		rc = read_number(visit_query(v, STR("b")), &c);
	/* The older one always stands first. */
	if (rc == RC_OK)
		rc = read_revision(
		    v, story.id, a < c ? a : c, &view.old, &view.was, &err);
	if (rc == RC_OK)
		rc = read_revision(
		    v, story.id, a < c ? c : a, &view.news, &view.is, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	view.id = story.id;
	view.headline = story.headline;
	view.newest = story.revision;
	view.can_write = story_may(v, RIGHT_WRITE, &story);
	desk_comparison(b, &desk, &view);
	return visit_page(v, 200, b);
}

/* Changes. */

/* The story, which the person may write, and the revision that was named. */
static enum rc read_order(struct visit *v, struct paper_story *ret_story,
    int64_t *ret_revision, struct err *err)
{
	enum rc rc = story_open(v, ret_story, NULL, err);

	if (rc == RC_OK && !story_may(v, RIGHT_WRITE, ret_story))
		rc = RC_DENIED;
	if (rc == RC_OK)
		rc = read_number(visit_field(v, STR("revision")), ret_revision);
	return rc;
}

/* Back to the list, which says WORD. */
static struct entity *history_done(struct visit *v, int64_t id, struct str word)
{
	struct str url =
	    arena_printf(v->a, "/stories/%lld/revisions", (long long)id);

	return url.p ? visit_done(v, url, word) : NULL;
}

static struct entity *send_restore(struct visit *v)
{
	struct paper_story story;
	struct paper_write write = {
	    .kind = PAPER_KIND_RESTORE, .who = v->who.login, .now = v->now};
	struct paper_write_result result;
	int64_t revision = 0;
	struct str url, section;
	struct err err = {0};
	enum rc rc = read_order(v, &story, &revision, &err);

	if (rc == RC_OK)
		rc = read_number(visit_field(v, STR("base")), &write.base);
	if (rc == RC_OK)
		rc = paper_section_of(
		    v->paper, v->a, story.id, revision, &section, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	if (!story_may_move(v, &story, section))
		return history_done(v, story.id, STR("not-yours"));
	write.id = story.id;
	rc = paper_restore(v->paper, v->a, revision, &write, &result, &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	url = stories_url(v, story.id);
	if (!url.p)
		return NULL;
	return result.outcome != PAPER_CONFLICTED
		   ? visit_done(v, url, STR("restored"))
		   : history_done(v, story.id, STR("not-restored"));
}

static struct entity *send_name(struct visit *v)
{
	struct paper_story story;
	int64_t revision = 0;
	struct err err = {0};
	enum rc rc = read_order(v, &story, &revision, &err);

	if (rc == RC_OK)
		rc = paper_name(v->paper, story.id, revision,
		    visit_field(v, STR("name")), &err);
	if (rc != RC_OK)
		return visit_failed(v, rc, &err);
	return history_done(v, story.id, STR("named"));
}

static const struct route routes[] = {
    {HTTP_GET, "/stories/:id/revisions", RIGHT_STORIES, 0, "", show_history},
    {HTTP_GET, "/stories/:id/compare", RIGHT_STORIES, 0, "", show_comparison},
    {HTTP_POST, "/stories/:id/restore", RIGHT_WRITE, 0, "revision base",
	send_restore},
    {HTTP_POST, "/stories/:id/name", RIGHT_WRITE, 0, "revision name",
	send_name},
};

const struct route *routes_history(size_t *ret_n)
{
	*ret_n = sizeof(routes) / sizeof(routes[0]);
	return routes;
}
